// SPDX-License-Identifier: MIT
/* Tests of <linux/bits.h>, <linux/minmax.h> and <linux/log2.h>: values that headers compute. */

#include <kunit/test.h>

#include <linux/bits.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/minmax.h>

/* What is a constant has to be usable as one. */
static_assert(GENMASK(7, 4) == 0xf0);
static_assert(BIT(31) == 0x80000000ul);
static_assert(ilog2(4096) == 12);
static_assert(roundup_pow_of_two(1000) == 1024);

static __always_inline unsigned long hidden(unsigned long n)
{
	OPTIMIZER_HIDE_VAR(n);
	return n;
}

/* --- Bits ------------------------------------------------------------------------------------- */

static void bit_sets_one_bit_of_a_long(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, BIT(0), 1ul);
	KUNIT_EXPECT_EQ(test, BIT(hidden(BITS_PER_LONG - 1)), 1ul << (BITS_PER_LONG - 1));
}

static void bit_ull_reaches_bit_63(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, BIT_ULL(63), 0x8000000000000000ull);
}

static void bit_mask_and_word_split_a_number(struct kunit *test)
{
	unsigned long nr = hidden(3 * BITS_PER_LONG + 5);

	KUNIT_EXPECT_EQ(test, BIT_WORD(nr), 3ul);
	KUNIT_EXPECT_EQ(test, BIT_MASK(nr), 1ul << 5);
	KUNIT_EXPECT_EQ(test, BIT_ULL_WORD(130), 2);
	KUNIT_EXPECT_EQ(test, BIT_ULL_MASK(130), 4ull);
}

static void bits_to_units_rounds_up(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, BITS_TO_LONGS(0), 0);
	KUNIT_EXPECT_EQ(test, BITS_TO_LONGS(1), 1);
	KUNIT_EXPECT_EQ(test, BITS_TO_LONGS(64), 1);
	KUNIT_EXPECT_EQ(test, BITS_TO_LONGS(65), 2);
	KUNIT_EXPECT_EQ(test, BITS_TO_U32(33), 2);
	KUNIT_EXPECT_EQ(test, BITS_TO_BYTES(9), 2);
}

static void genmask_includes_both_ends(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, GENMASK(0, 0), 1ul);
	KUNIT_EXPECT_EQ(test, GENMASK(3, 1), 0xeul);
	KUNIT_EXPECT_EQ(test, GENMASK(hidden(20), hidden(10)), 0x1ffc00ul);
}

static void genmask_of_all_bits_is_all_ones(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, GENMASK(BITS_PER_LONG - 1, 0), ~0ul);
	KUNIT_EXPECT_EQ(test, GENMASK_ULL(63, 0), ~0ull);
}

static void genmask_of_the_top_bit_is_one_bit(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, GENMASK_ULL(63, 63), 1ull << 63);
	KUNIT_EXPECT_EQ(test, GENMASK_ULL(39, 21), 0x000000ffffe00000ull);
}

/* --- Minima and maxima ------------------------------------------------------------------------ */

static void min_and_max_choose(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, min(3, 4), 3);
	KUNIT_EXPECT_EQ(test, max(3, 4), 4);
	KUNIT_EXPECT_EQ(test, min(-3, -4), -4);
	KUNIT_EXPECT_EQ(test, max(-3, -4), -3);
}

static void min_of_equal_values_is_the_value(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, min(7ul, 7ul), 7ul);
	KUNIT_EXPECT_EQ(test, max(INT_MIN, INT_MIN), INT_MIN);
}

static void min_and_max_reach_the_ends_of_types(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, min(S64_MIN, S64_MAX), S64_MIN);
	KUNIT_EXPECT_EQ(test, max(0ull, U64_MAX), U64_MAX);
}

static void min3_and_max3_look_at_all_three(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, min3(3, 1, 2), 1);
	KUNIT_EXPECT_EQ(test, min3(1, 3, 2), 1);
	KUNIT_EXPECT_EQ(test, min3(2, 3, 1), 1);
	KUNIT_EXPECT_EQ(test, max3(3, 1, 2), 3);
	KUNIT_EXPECT_EQ(test, max3(1, 3, 2), 3);
	KUNIT_EXPECT_EQ(test, max3(1, 2, 3), 3);
}

static void min_t_converts_first(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, min_t(unsigned int, -1, 5), 5u);
	KUNIT_EXPECT_EQ(test, max_t(unsigned int, -1, 5), UINT_MAX);
	KUNIT_EXPECT_EQ(test, min_t(u8, hidden(256), 5), 0);
}

static void umin_and_umax_mix_types_that_are_not_negative(struct kunit *test)
{
	int a = 5;
	unsigned long b = 7;

	KUNIT_EXPECT_EQ(test, umin(a, b), 5);
	KUNIT_EXPECT_EQ(test, umax(a, b), 7);
}

static void min_not_zero_leaves_zero_out(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, min_not_zero(0, 5), 5);
	KUNIT_EXPECT_EQ(test, min_not_zero(5, 0), 5);
	KUNIT_EXPECT_EQ(test, min_not_zero(4, 5), 4);
	KUNIT_EXPECT_EQ(test, min_not_zero(0, 0), 0);
}

static void clamp_keeps_what_is_inside(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, clamp(5, 0, 10), 5);
	KUNIT_EXPECT_EQ(test, clamp(0, 0, 10), 0);
	KUNIT_EXPECT_EQ(test, clamp(10, 0, 10), 10);
}

static void clamp_moves_what_is_outside_to_the_edge(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, clamp(-1, 0, 10), 0);
	KUNIT_EXPECT_EQ(test, clamp(11, 0, 10), 10);
	KUNIT_EXPECT_EQ(test, clamp(INT_MIN, -5, 5), -5);
}

static void clamp_t_and_clamp_val_convert(struct kunit *test)
{
	u8 v = 200;

	KUNIT_EXPECT_EQ(test, clamp_val(v, 10, hidden(300)), 44);	/* 300 is 44 in a u8 */
	KUNIT_EXPECT_EQ(test, clamp_t(int, v, 10, 300), 200);
}

static void arrays_have_a_minimum_and_a_maximum(struct kunit *test)
{
	int a[] = { 5, -3, 9, 0 };
	int one[] = { 4 };

	KUNIT_EXPECT_EQ(test, min_array(a, ARRAY_SIZE(a)), -3);
	KUNIT_EXPECT_EQ(test, max_array(a, ARRAY_SIZE(a)), 9);
	KUNIT_EXPECT_EQ(test, min_array(one, 1), 4);
}

static void in_range_excludes_its_end(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, in_range(10, 10, 5));
	KUNIT_EXPECT_TRUE(test, in_range(14, 10, 5));
	KUNIT_EXPECT_FALSE(test, in_range(15, 10, 5));
	KUNIT_EXPECT_FALSE(test, in_range(9, 10, 5));
	KUNIT_EXPECT_FALSE(test, in_range(10, 10, 0));
}

static void in_range_does_not_wrap(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, in_range(U64_MAX, U64_MAX - 1, (u64)2));
	KUNIT_EXPECT_FALSE(test, in_range((u64)0, U64_MAX - 1, (u64)2));
}

static void swap_exchanges_any_type(struct kunit *test)
{
	int a = 1, b = 2;
	const char *s = "s", *t = "t";

	swap(a, b);
	swap(s, t);
	KUNIT_EXPECT_EQ(test, a * 10 + b, 21);
	KUNIT_EXPECT_STREQ(test, s, "t");
}

static void arguments_are_evaluated_once(struct kunit *test)
{
	int i = 0, j = 10;

	KUNIT_EXPECT_EQ(test, max(i++, j++), 10);
	KUNIT_EXPECT_EQ(test, i, 1);
	KUNIT_EXPECT_EQ(test, j, 11);
	KUNIT_EXPECT_EQ(test, clamp(i++, 0, 100), 1);
	KUNIT_EXPECT_EQ(test, i, 2);
}

/* --- Logarithms ------------------------------------------------------------------------------- */

static void ilog2_of_powers_is_exact(struct kunit *test)
{
	int i;

	for (i = 0; i < 64; i++)
		KUNIT_EXPECT_EQ(test, ilog2((u64)hidden(1ul << i)), i);
}

static void ilog2_rounds_down(struct kunit *test)
{
	int i;

	for (i = 1; i < 63; i++)
		KUNIT_EXPECT_EQ(test, ilog2((u64)hidden((2ul << i) - 1)), i);
}

static void ilog2_works_on_32_bits(struct kunit *test)
{
	u32 v = hidden(0x80000000u);

	KUNIT_EXPECT_EQ(test, ilog2(v), 31);
	KUNIT_EXPECT_EQ(test, ilog2(v - 1), 30);
}

static void zero_is_no_power_of_two(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, is_power_of_2(hidden(0)));
}

static void single_bits_are_powers_of_two(struct kunit *test)
{
	int i;

	for (i = 0; i < BITS_PER_LONG; i++)
		KUNIT_EXPECT_TRUE(test, is_power_of_2(hidden(1ul << i)));
	for (i = 2; i < BITS_PER_LONG; i++) {
		KUNIT_EXPECT_FALSE(test, is_power_of_2(hidden((1ul << i) - 1)));
		KUNIT_EXPECT_FALSE(test, is_power_of_2(hidden((1ul << i) | 1)));
	}
}

static void roundup_pow_of_two_keeps_powers(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, roundup_pow_of_two(hidden(1)), 1);
	KUNIT_EXPECT_EQ(test, roundup_pow_of_two(hidden(64)), 64);
	KUNIT_EXPECT_EQ(test, roundup_pow_of_two(hidden(65)), 128);
	KUNIT_EXPECT_EQ(test, roundup_pow_of_two(hidden(127)), 128);
}

static void rounddown_pow_of_two_keeps_powers(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(hidden(1)), 1);
	KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(hidden(64)), 64);
	KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(hidden(127)), 64);
	KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(hidden(~0ul)), 1ul << 63);
}

static void order_base_2_is_the_documented_row(struct kunit *test)
{
	static const int row[] = { 0, 0, 1, 2, 2, 3 };
	int n;

	for (n = 0; n < ARRAY_SIZE(row); n++)
		KUNIT_EXPECT_EQ_MSG(test, order_base_2(hidden(n)), row[n], "n = %d", n);
}

static void bits_per_is_the_documented_row(struct kunit *test)
{
	static const int row[] = { 1, 1, 2, 2, 3 };
	int n;

	for (n = 0; n < ARRAY_SIZE(row); n++)
		KUNIT_EXPECT_EQ_MSG(test, bits_per(hidden(n)), row[n], "n = %d", n);
}

static struct kunit_case bits_cases[] = {
	KUNIT_CASE(bit_sets_one_bit_of_a_long),
	KUNIT_CASE(bit_ull_reaches_bit_63),
	KUNIT_CASE(bit_mask_and_word_split_a_number),
	KUNIT_CASE(bits_to_units_rounds_up),
	KUNIT_CASE(genmask_includes_both_ends),
	KUNIT_CASE(genmask_of_all_bits_is_all_ones),
	KUNIT_CASE(genmask_of_the_top_bit_is_one_bit),
	{}
};

static struct kunit_case minmax_cases[] = {
	KUNIT_CASE(min_and_max_choose),
	KUNIT_CASE(min_of_equal_values_is_the_value),
	KUNIT_CASE(min_and_max_reach_the_ends_of_types),
	KUNIT_CASE(min3_and_max3_look_at_all_three),
	KUNIT_CASE(min_t_converts_first),
	KUNIT_CASE(umin_and_umax_mix_types_that_are_not_negative),
	KUNIT_CASE(min_not_zero_leaves_zero_out),
	KUNIT_CASE(clamp_keeps_what_is_inside),
	KUNIT_CASE(clamp_moves_what_is_outside_to_the_edge),
	KUNIT_CASE(clamp_t_and_clamp_val_convert),
	KUNIT_CASE(arrays_have_a_minimum_and_a_maximum),
	KUNIT_CASE(in_range_excludes_its_end),
	KUNIT_CASE(in_range_does_not_wrap),
	KUNIT_CASE(swap_exchanges_any_type),
	KUNIT_CASE(arguments_are_evaluated_once),
	{}
};

static struct kunit_case log2_cases[] = {
	KUNIT_CASE(ilog2_of_powers_is_exact),
	KUNIT_CASE(ilog2_rounds_down),
	KUNIT_CASE(ilog2_works_on_32_bits),
	KUNIT_CASE(zero_is_no_power_of_two),
	KUNIT_CASE(single_bits_are_powers_of_two),
	KUNIT_CASE(roundup_pow_of_two_keeps_powers),
	KUNIT_CASE(rounddown_pow_of_two_keeps_powers),
	KUNIT_CASE(order_base_2_is_the_documented_row),
	KUNIT_CASE(bits_per_is_the_documented_row),
	{}
};

static struct kunit_suite bits_suite = { .name = "bits", .test_cases = bits_cases };
static struct kunit_suite minmax_suite = { .name = "minmax", .test_cases = minmax_cases };
static struct kunit_suite log2_suite = { .name = "log2", .test_cases = log2_cases };
kunit_test_suites(&bits_suite, &minmax_suite, &log2_suite);

MODULE_LICENSE("MIT");
