// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/overflow.h>, type by type: each checked operation is tried on all pairs of a
 * type's interesting values and held against arithmetic that is wide enough (128 bits).
 */

#include <kunit/test.h>

#include <linux/limits.h>
#include <linux/overflow.h>

typedef __int128 wide;

/* The ends of the type, the values beside them, and beside the middle. */
#define VALUES(type, lowest, highest)						\
	{ (lowest), (lowest) + 1, 0, 1, 2, 3, (highest) / 2, (highest) / 2 + 1,	\
	  (highest) - 1, (highest), (type)((lowest) / 2), (type)(0x55 & (highest)) }

#define TEST_TYPE(type, lowest, highest)					\
static void check_##type(struct kunit *test, const char *what, bool overflows, type got, \
			 wide want, type a, type b)				\
{										\
	bool fits = want >= (wide)(lowest) && want <= (wide)(highest);		\
										\
	if (overflows == fits || got != (type)want)				\
		KUNIT_FAIL_AND_ABORT(test, "%lld %s %lld: %d, %lld", (long long)a, what, \
				     (long long)b, overflows, (long long)got);	\
}										\
										\
static void add_of_##type(struct kunit *test)					\
{										\
	static const type v[] = VALUES(type, lowest, highest);			\
	int i, j;								\
										\
	for (i = 0; i < ARRAY_SIZE(v); i++) {					\
		for (j = 0; j < ARRAY_SIZE(v); j++) {				\
			type sum;						\
			bool over = check_add_overflow(v[i], v[j], &sum);	\
										\
			check_##type(test, "+", over, sum, (wide)v[i] + v[j], v[i], v[j]); \
			KUNIT_EXPECT_EQ(test, wrapping_add(type, v[i], v[j]), sum); \
		}								\
	}									\
}										\
										\
static void sub_of_##type(struct kunit *test)					\
{										\
	static const type v[] = VALUES(type, lowest, highest);			\
	int i, j;								\
										\
	for (i = 0; i < ARRAY_SIZE(v); i++) {					\
		for (j = 0; j < ARRAY_SIZE(v); j++) {				\
			type diff;						\
			bool over = check_sub_overflow(v[i], v[j], &diff);	\
										\
			check_##type(test, "-", over, diff, (wide)v[i] - v[j], v[i], v[j]); \
			KUNIT_EXPECT_EQ(test, wrapping_sub(type, v[i], v[j]), diff); \
		}								\
	}									\
}										\
										\
static void mul_of_##type(struct kunit *test)					\
{										\
	static const type v[] = VALUES(type, lowest, highest);			\
	int i, j;								\
										\
	for (i = 0; i < ARRAY_SIZE(v); i++) {					\
		for (j = 0; j < ARRAY_SIZE(v); j++) {				\
			type product;						\
			bool over = check_mul_overflow(v[i], v[j], &product);	\
										\
			check_##type(test, "*", over, product,			\
				     (wide)((unsigned __int128)(wide)v[i] *	\
					    (unsigned __int128)(wide)v[j]), v[i], v[j]); \
			KUNIT_EXPECT_EQ(test, wrapping_mul(type, v[i], v[j]), product); \
		}								\
	}									\
}										\
										\
static void shl_of_##type(struct kunit *test)					\
{										\
	static const type v[] = VALUES(type, lowest, highest);			\
	int i, by;								\
										\
	for (i = 0; i < ARRAY_SIZE(v); i++) {					\
		for (by = 0; by < 8 * (int)sizeof(type); by++) {		\
			type shifted;						\
			bool over = check_shl_overflow(v[i], by, &shifted);	\
			wide want = (wide)((unsigned __int128)(wide)v[i] << by); \
			bool fits = v[i] >= 0 && want >= 0 && want <= (wide)(highest); \
										\
			KUNIT_EXPECT_EQ_MSG(test, over, !fits, "%lld << %d", (long long)v[i], by); \
			if (fits)						\
				KUNIT_EXPECT_EQ(test, shifted, (type)want);	\
		}								\
	}									\
}

TEST_TYPE(u8, 0, U8_MAX)
TEST_TYPE(s8, S8_MIN, S8_MAX)
TEST_TYPE(u16, 0, U16_MAX)
TEST_TYPE(s16, S16_MIN, S16_MAX)
TEST_TYPE(u32, 0, U32_MAX)
TEST_TYPE(s32, S32_MIN, S32_MAX)
TEST_TYPE(u64, 0, U64_MAX)
TEST_TYPE(s64, S64_MIN, S64_MAX)

static void operands_of_mixed_types_are_judged_by_the_result(struct kunit *test)
{
	u8 small;
	s64 large;

	KUNIT_EXPECT_FALSE(test, check_add_overflow(200, 55u, &small));
	KUNIT_EXPECT_EQ(test, small, 255);
	KUNIT_EXPECT_TRUE(test, check_add_overflow(200, 56u, &small));
	KUNIT_EXPECT_EQ(test, small, 0);
	KUNIT_EXPECT_TRUE(test, check_sub_overflow(0, 1, &small));
	KUNIT_EXPECT_FALSE(test, check_sub_overflow(0u, 1, &large));
	KUNIT_EXPECT_EQ(test, large, -1);
}

static void a_shift_by_the_width_or_less_than_zero_overflows(struct kunit *test)
{
	u32 r;

	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1, 32, &r));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1, -1, &r));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(-1, 1, &r));
	KUNIT_EXPECT_FALSE(test, check_shl_overflow(1, 31, &r));
}

static void overflows_type_asks_without_storing(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, overflows_type(256, u8));
	KUNIT_EXPECT_FALSE(test, overflows_type(255, u8));
	KUNIT_EXPECT_TRUE(test, overflows_type(-1, u8));
	KUNIT_EXPECT_FALSE(test, overflows_type(-128, s8));
	KUNIT_EXPECT_TRUE(test, overflows_type(-129, s8));
}

static void castable_to_type_is_its_opposite(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, castable_to_type(255, u8));
	KUNIT_EXPECT_FALSE(test, castable_to_type(256, u8));
	KUNIT_EXPECT_TRUE(test, castable_to_type(0, s8));
}

static void sizes_saturate_when_multiplied(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, size_mul(3, 5), 15);
	KUNIT_EXPECT_EQ(test, size_mul(SIZE_MAX, 1), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_mul(SIZE_MAX / 2 + 1, 2), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_mul(SIZE_MAX, 0), 0);
}

static void sizes_saturate_when_added(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, size_add(3, 5), 8);
	KUNIT_EXPECT_EQ(test, size_add(SIZE_MAX, 0), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_add(SIZE_MAX, 1), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_add(SIZE_MAX - 1, 1), SIZE_MAX);
}

static void sizes_stay_saturated_when_subtracted(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, size_sub(5, 3), 2);
	KUNIT_EXPECT_EQ(test, size_sub(5, 5), 0);
	KUNIT_EXPECT_EQ(test, size_sub(3, 5), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_sub(SIZE_MAX, 1), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_sub(5, SIZE_MAX), SIZE_MAX);
}

static void sizes_of_arrays_saturate(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, array_size(3, 4), 12);
	KUNIT_EXPECT_EQ(test, array_size(SIZE_MAX, 2), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, array3_size(2, 3, 4), 24);
	KUNIT_EXPECT_EQ(test, array3_size(SIZE_MAX, 2, 0), 0);
	KUNIT_EXPECT_EQ(test, array3_size(SIZE_MAX / 2, 2, 2), SIZE_MAX);
}

struct flexible {
	u32 count;
	u64 item[];
};

static void sizes_of_flexible_structs_saturate(struct kunit *test)
{
	struct flexible *p = NULL;
	size_t most = SIZE_MAX;

	/* a constant count is computed as it is: the compiler would warn */
	OPTIMIZER_HIDE_VAR(most);
	KUNIT_EXPECT_EQ(test, struct_size(p, item, 0), sizeof(*p));
	KUNIT_EXPECT_EQ(test, struct_size(p, item, 3), sizeof(*p) + 24);
	KUNIT_EXPECT_EQ(test, struct_size(p, item, most / 8), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, struct_size_t(struct flexible, item, 2), sizeof(*p) + 16);
	KUNIT_EXPECT_EQ(test, flex_array_size(p, item, 3), 24);
	KUNIT_EXPECT_EQ(test, flex_array_size(p, item, most), SIZE_MAX);
}

static void a_range_is_inside_or_not(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, range_overflows(0U, 10U, 10U));
	KUNIT_EXPECT_TRUE(test, range_overflows(0U, 11U, 10U));
	KUNIT_EXPECT_FALSE(test, range_overflows(9U, 1U, 10U));
	KUNIT_EXPECT_FALSE(test, range_overflows(9U, 0U, 10U));
	KUNIT_EXPECT_TRUE(test, range_overflows(10U, 0U, 10U));
	KUNIT_EXPECT_TRUE(test, range_overflows(5U, UINT_MAX, 10U));
	KUNIT_EXPECT_TRUE(test, range_overflows_t(u8, 200, 100, 255));
	KUNIT_EXPECT_FALSE(test, range_overflows_t(u16, 200, 100, 300));

	KUNIT_EXPECT_FALSE(test, range_end_overflows(10U, 0U, 10U));
	KUNIT_EXPECT_TRUE(test, range_end_overflows(11U, 0U, 10U));
	KUNIT_EXPECT_TRUE(test, range_end_overflows(10U, 1U, 10U));
	KUNIT_EXPECT_TRUE(test, range_end_overflows(5UL, ULONG_MAX, 10UL));
	KUNIT_EXPECT_FALSE(test, range_end_overflows_t(u8, 255, 0, 255));
}

#define CASES_OF(type)								\
	KUNIT_CASE(add_of_##type), KUNIT_CASE(sub_of_##type),			\
	KUNIT_CASE(mul_of_##type), KUNIT_CASE(shl_of_##type)

static struct kunit_case overflow_cases[] = {
	CASES_OF(u8), CASES_OF(s8), CASES_OF(u16), CASES_OF(s16),
	CASES_OF(u32), CASES_OF(s32), CASES_OF(u64), CASES_OF(s64),
	KUNIT_CASE(operands_of_mixed_types_are_judged_by_the_result),
	KUNIT_CASE(a_shift_by_the_width_or_less_than_zero_overflows),
	KUNIT_CASE(overflows_type_asks_without_storing),
	KUNIT_CASE(castable_to_type_is_its_opposite),
	KUNIT_CASE(sizes_saturate_when_multiplied),
	KUNIT_CASE(sizes_saturate_when_added),
	KUNIT_CASE(sizes_stay_saturated_when_subtracted),
	KUNIT_CASE(sizes_of_arrays_saturate),
	KUNIT_CASE(sizes_of_flexible_structs_saturate),
	KUNIT_CASE(a_range_is_inside_or_not),
	{}
};

static struct kunit_suite overflow_suite = { .name = "overflow_types",
					    .test_cases = overflow_cases };
kunit_test_suite(overflow_suite);

MODULE_LICENSE("MIT");
