// SPDX-License-Identifier: MIT
/*
 * Tests of arithmetic: <linux/math.h>, math64.h, log2.h, int_log.h, gcd.h, overflow.h, minmax.h,
 * err.h.
 */

#include <kunit/test.h>

#include <linux/err.h>
#include <linux/gcd.h>
#include <linux/int_log.h>
#include <linux/lcm.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/prandom.h>
#include <linux/reciprocal_div.h>
#include <linux/slab.h>

#define SEED 11

/* Hide a value from the compiler, so that the run-time half of a macro is taken. */
#define HIDE(x) ({ typeof(x) __hidden = (x); OPTIMIZER_HIDE_VAR(__hidden); __hidden; })

static u64 random_u64(struct rnd_state *rnd)
{
	u64 v = (u64)prandom_u32_state(rnd) << 32 | prandom_u32_state(rnd);

	/* all magnitudes alike */
	return v >> (prandom_u32_state(rnd) % 64);
}

static void logarithms_of_constants_and_variables_agree(struct kunit *test)
{
	static const int table[const_ilog2(1024)];
	unsigned long n;

	KUNIT_EXPECT_EQ(test, ARRAY_SIZE(table), 10);
	KUNIT_EXPECT_EQ(test, ilog2(1), 0);
	KUNIT_EXPECT_EQ(test, ilog2(~0ULL), 63);
	KUNIT_EXPECT_EQ(test, ilog2(HIDE(0x80000000u)), 31);
	for (n = 1; n; n <<= 1) {
		KUNIT_EXPECT_EQ(test, 1UL << ilog2(HIDE(n)), n);
		KUNIT_EXPECT_TRUE(test, is_power_of_2(n));
		KUNIT_EXPECT_EQ(test, __roundup_pow_of_two(n), n);
		KUNIT_EXPECT_EQ(test, __rounddown_pow_of_two(n), n);
		if (n > 2 && n < 1UL << 63) {
			KUNIT_EXPECT_EQ(test, roundup_pow_of_two(HIDE(n - 1)), n);
			KUNIT_EXPECT_EQ(test, roundup_pow_of_two(HIDE(n + 1)), n * 2);
			KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(HIDE(n + 1)), n);
			KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(HIDE(n - 1)), n / 2);
		}
	}
	KUNIT_EXPECT_FALSE(test, is_power_of_2(0));
	KUNIT_EXPECT_FALSE(test, is_power_of_2(6));
	KUNIT_EXPECT_EQ(test, roundup_pow_of_two(5), 8);
	KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(5), 4);
}

static void order_base_2_and_bits_per_as_documented(struct kunit *test)
{
	static const int orders[] = { 0, 0, 1, 2, 2, 3 }, bits[] = { 1, 1, 2, 2, 3 };
	unsigned long n;

	for (n = 0; n < ARRAY_SIZE(orders); n++)
		KUNIT_EXPECT_EQ(test, order_base_2(HIDE(n)), orders[n]);
	for (n = 0; n < ARRAY_SIZE(bits); n++)
		KUNIT_EXPECT_EQ(test, bits_per(HIDE(n)), bits[n]);
	KUNIT_EXPECT_EQ(test, order_base_2(5), 3);
	KUNIT_EXPECT_EQ(test, bits_per(4), 3);
}

static void fixed_point_logarithms(struct kunit *test)
{
	int i;

	for (i = 0; i < 32; i++)
		KUNIT_EXPECT_EQ(test, intlog2(1u << i), i << 24);
	KUNIT_EXPECT_EQ(test, intlog2(8), 3 << 24);
	/* log2(3) = 1.5849625, log2(10) = 3.3219281 */
	KUNIT_EXPECT_LE(test, abs((int)intlog2(3) - 26591258), 2);
	KUNIT_EXPECT_LE(test, abs((int)intlog2(10) - 55732705), 2);
	KUNIT_EXPECT_LE(test, abs((int)intlog10(1000) - (3 << 24)), 4);
	KUNIT_EXPECT_LE(test, abs((int)intlog10(10) - (1 << 24)), 4);
	KUNIT_EXPECT_EQ(test, intlog10(1), 0);
}

static void powers_and_roots(struct kunit *test)
{
	struct rnd_state rnd;
	unsigned long x;
	int i;

	KUNIT_EXPECT_EQ(test, int_pow(3, 0), 1);
	KUNIT_EXPECT_EQ(test, int_pow(0, 0), 1);
	KUNIT_EXPECT_EQ(test, int_pow(10, 19), 10000000000000000000ull);
	KUNIT_EXPECT_EQ(test, int_pow(2, 63), 1ull << 63);
	KUNIT_EXPECT_EQ(test, int_pow(7, 3), 343);

	for (x = 0; x < 1000; x++) {
		unsigned long r = int_sqrt(x);

		KUNIT_ASSERT_TRUE(test, r * r <= x && (r + 1) * (r + 1) > x);
	}
	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < 1000; i++) {
		u64 v = random_u64(&rnd);
		u64 r = int_sqrt64(v);

		KUNIT_ASSERT_TRUE(test, r * r <= v && (r == U32_MAX || (r + 1) * (r + 1) > v));
	}
	KUNIT_EXPECT_EQ(test, int_sqrt(ULONG_MAX), U32_MAX);
	KUNIT_EXPECT_EQ(test, int_sqrt64(U64_MAX), U32_MAX);
}

static void common_divisors(struct kunit *test)
{
	struct rnd_state rnd;
	int i;

	KUNIT_EXPECT_EQ(test, gcd(0, 0), 0);
	KUNIT_EXPECT_EQ(test, gcd(0, 5), 5);
	KUNIT_EXPECT_EQ(test, gcd(5, 0), 5);
	KUNIT_EXPECT_EQ(test, gcd(48, 180), 12);
	KUNIT_EXPECT_EQ(test, gcd(1UL << 40, 1UL << 63), 1UL << 40);
	KUNIT_EXPECT_EQ(test, lcm(4, 6), 12);
	KUNIT_EXPECT_EQ(test, lcm(0, 6), 0);
	KUNIT_EXPECT_EQ(test, lcm_not_zero(0, 6), 6);
	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < 300; i++) {
		u64 a = random_u64(&rnd), b = random_u64(&rnd), x = a, y = b;

		while (y) {
			u64 t = x % y;

			x = y;
			y = t;
		}
		KUNIT_ASSERT_EQ(test, gcd(a, b), x);
	}
}

static void divisions_and_remainders(struct kunit *test)
{
	u64 n = 1000000000007ull, rem64;
	u32 rem;
	s32 srem;

	KUNIT_EXPECT_EQ(test, do_div(n, 1000), 7);
	KUNIT_EXPECT_EQ(test, n, 1000000000ull);
	KUNIT_EXPECT_EQ(test, div_u64_rem(100, 7, &rem), 14);
	KUNIT_EXPECT_EQ(test, rem, 2);
	KUNIT_EXPECT_EQ(test, div_s64_rem(-100, 7, &srem), -14);
	KUNIT_EXPECT_EQ(test, srem, -2);
	KUNIT_EXPECT_EQ(test, div64_u64_rem(U64_MAX, 1ull << 32, &rem64), U32_MAX);
	KUNIT_EXPECT_EQ(test, rem64, U32_MAX);
	KUNIT_EXPECT_EQ(test, div64_u64(U64_MAX, U64_MAX), 1);
	KUNIT_EXPECT_EQ(test, div64_s64(-7, 2), -3);
	KUNIT_EXPECT_EQ(test, div_u64(7, 2), 3);
	KUNIT_EXPECT_EQ(test, div_s64(-7, 2), -3);
	KUNIT_EXPECT_EQ(test, iter_div_u64_rem(10, 3, &rem64), 3);
	KUNIT_EXPECT_EQ(test, rem64, 1);
}

static void rounded_divisions(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP(7, 2), 4);
	KUNIT_EXPECT_EQ(test, DIV64_U64_ROUND_UP(10ull, 5), 2);
	KUNIT_EXPECT_EQ(test, DIV64_U64_ROUND_UP(11ull, 5), 3);
	KUNIT_EXPECT_EQ(test, DIV_U64_ROUND_UP(11ull, 5), 3);
	KUNIT_EXPECT_EQ(test, DIV64_U64_ROUND_CLOSEST(7ull, 2), 4);
	KUNIT_EXPECT_EQ(test, DIV64_U64_ROUND_CLOSEST(13ull, 5), 3);
	KUNIT_EXPECT_EQ(test, DIV_U64_ROUND_CLOSEST(12, 5), 2);
	KUNIT_EXPECT_EQ(test, DIV_S64_ROUND_CLOSEST(-13, 5), -3);
	KUNIT_EXPECT_EQ(test, DIV_S64_ROUND_CLOSEST(-12, 5), -2);
	KUNIT_EXPECT_EQ(test, DIV_S64_ROUND_CLOSEST(13, -5), -3);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(-13, 5), -3);
	KUNIT_EXPECT_EQ(test, roundup_u64(11, 5), 15);
	KUNIT_EXPECT_EQ(test, roundup(11, 5), 15);
	KUNIT_EXPECT_EQ(test, rounddown(11, 5), 10);
	KUNIT_EXPECT_EQ(test, round_up(11, 8), 16);
	KUNIT_EXPECT_EQ(test, round_down(11, 8), 8);
	KUNIT_EXPECT_EQ(test, mult_frac(1000000007u, 3000u, 1000u), 3000000021u);
	KUNIT_EXPECT_EQ(test, abs(-5), 5);
	KUNIT_EXPECT_EQ(test, abs_diff(3u, 5u), 2);
}

static void wide_products(struct kunit *test)
{
	struct rnd_state rnd;
	int i;

	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64(U64_MAX, U64_MAX, U64_MAX), U64_MAX);
	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64(1ull << 63, 6, 3), U64_MAX);
	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64_roundup(10, 10, 3), 34);
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(1ull << 63, 4, 2), 1ull << 63);
	KUNIT_EXPECT_EQ(test, mul_u64_u64_shr(U64_MAX, U64_MAX, 64), U64_MAX - 1);
	KUNIT_EXPECT_EQ(test, mul_s64_u64_shr(-8, 3, 2), -6);
	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < 500; i++) {
		u64 a = random_u64(&rnd), q = random_u64(&rnd) | 1;
		u32 mul = random_u64(&rnd), div = (u32)random_u64(&rnd) | 1;
		unsigned __int128 product = (unsigned __int128)a * q;

		/* a * q / a is q again */
		if (a)
			KUNIT_ASSERT_EQ(test, mul_u64_u64_div_u64(a, q, a), q);
		/* against the shift, for a divisor that is a power of two */
		if (!(product >> 96))
			KUNIT_ASSERT_EQ(test, mul_u64_u64_div_u64(a, q, 1ull << 32),
					(u64)(product >> 32));
		if ((a >> 32) * mul < 1ull << 31)
			KUNIT_ASSERT_EQ(test, mul_u64_u32_div(a, mul, div),
					mul_u64_u64_div_u64(a, mul, div));
	}
}

static void reciprocals_divide_exactly(struct kunit *test)
{
	struct rnd_state rnd;
	int i;

	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < 2000; i++) {
		u32 d = random_u64(&rnd), n = random_u64(&rnd);

		d = d ? d : 1;
		KUNIT_ASSERT_EQ(test, reciprocal_divide(n, reciprocal_value(d)), n / d);
		KUNIT_ASSERT_LT(test, reciprocal_scale(n, d), d);
	}
}

/* --- overflow.h ------------------------------------------------------------------------------- */

static void checked_arithmetic_stores_the_wrapped_result(struct kunit *test)
{
	u8 a;
	s8 b;
	int i;
	u64 u;

	KUNIT_EXPECT_FALSE(test, check_add_overflow((u8)200, (u8)55, &a));
	KUNIT_EXPECT_EQ(test, a, 255);
	KUNIT_EXPECT_TRUE(test, check_add_overflow((u8)200, (u8)56, &a));
	KUNIT_EXPECT_EQ(test, a, 0);
	KUNIT_EXPECT_TRUE(test, check_sub_overflow((u8)1, (u8)2, &a));
	KUNIT_EXPECT_EQ(test, a, 255);
	KUNIT_EXPECT_TRUE(test, check_mul_overflow((s8)16, (s8)8, &b));
	KUNIT_EXPECT_EQ(test, b, -128);
	KUNIT_EXPECT_TRUE(test, check_add_overflow(INT_MAX, 1, &i));
	KUNIT_EXPECT_EQ(test, i, INT_MIN);
	KUNIT_EXPECT_TRUE(test, check_mul_overflow(1ull << 32, 1ull << 32, &u));
	KUNIT_EXPECT_EQ(test, u, 0);
	KUNIT_EXPECT_FALSE(test, check_sub_overflow(5, 7, &i));
	KUNIT_EXPECT_EQ(test, i, -2);
}

static void shifts_that_lose_anything_overflow(struct kunit *test)
{
	u8 a;
	int i;
	u64 u;

	KUNIT_EXPECT_FALSE(test, check_shl_overflow(1, 7, &a));
	KUNIT_EXPECT_EQ(test, a, 128);
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1, 8, &a));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(3, 7, &a));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1, -1, &a));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(-1, 1, &i));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1, 31, &i));
	KUNIT_EXPECT_FALSE(test, check_shl_overflow(1, 30, &i));
	KUNIT_EXPECT_FALSE(test, check_shl_overflow(1ull, 63, &u));
	KUNIT_EXPECT_TRUE(test, check_shl_overflow(1ull, 64, &u));
	KUNIT_EXPECT_FALSE(test, check_shl_overflow(0, 7, &a));
}

static void wrapping_arithmetic_wraps(struct kunit *test)
{
	u8 v = 250;

	KUNIT_EXPECT_EQ(test, wrapping_add(u8, 250, 10), 4);
	KUNIT_EXPECT_EQ(test, wrapping_sub(u8, 1, 2), 255);
	KUNIT_EXPECT_EQ(test, wrapping_mul(s8, 16, 8), -128);
	KUNIT_EXPECT_EQ(test, wrapping_add(int, INT_MAX, 1), INT_MIN);
	KUNIT_EXPECT_EQ(test, wrapping_assign_add(v, 10), 4);
	KUNIT_EXPECT_EQ(test, v, 4);
	KUNIT_EXPECT_EQ(test, wrapping_assign_sub(v, 5), 255);
	KUNIT_EXPECT_EQ(test, v, 255);
}

static void ranges_of_types_are_known(struct kunit *test)
{
	int big = HIDE(300);
	u8 narrow = 0;

	KUNIT_EXPECT_TRUE(test, overflows_type(256, u8));
	KUNIT_EXPECT_FALSE(test, overflows_type(255, u8));
	KUNIT_EXPECT_TRUE(test, overflows_type(-1, u8));
	KUNIT_EXPECT_TRUE(test, overflows_type(-129, s8));
	KUNIT_EXPECT_FALSE(test, overflows_type(-128, s8));
	KUNIT_EXPECT_TRUE(test, overflows_type(big, u8));
	KUNIT_EXPECT_FALSE(test, overflows_type(big, u16));
	KUNIT_EXPECT_TRUE(test, overflows_type(big, narrow));
	KUNIT_EXPECT_TRUE(test, castable_to_type(255, u8));
	KUNIT_EXPECT_FALSE(test, castable_to_type(256, u8));
	KUNIT_EXPECT_TRUE(test, castable_to_type(narrow, u8));
	KUNIT_EXPECT_FALSE(test, castable_to_type(big, u8));
	KUNIT_EXPECT_EQ(test, type_max(s16), S16_MAX);
	KUNIT_EXPECT_EQ(test, type_min(s64), S64_MIN);
	KUNIT_EXPECT_EQ(test, type_max(u64), U64_MAX);
}

struct flex {
	u32 count;
	u16 items[];
};

static void sizes_saturate(struct kunit *test)
{
	struct flex *p = NULL;
	size_t n = HIDE(SIZE_MAX), three = HIDE((size_t)3);

	KUNIT_EXPECT_EQ(test, size_mul(3, 5), 15);
	KUNIT_EXPECT_EQ(test, size_mul(n, 2), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_add(n, 1), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_add(3, 5), 8);
	KUNIT_EXPECT_EQ(test, size_sub(5, 3), 2);
	KUNIT_EXPECT_EQ(test, size_sub(3, 5), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_sub(n, 5), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_sub(5, n), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, array_size(3, 4), 12);
	KUNIT_EXPECT_EQ(test, array_size(n, 4), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, array3_size(2, 3, 4), 24);
	KUNIT_EXPECT_EQ(test, array3_size(n / 2, 3, 1), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, flex_array_size(p, items, three), 6);
	KUNIT_EXPECT_EQ(test, struct_size(p, items, three), 10);
	KUNIT_EXPECT_EQ(test, struct_size(p, items, n), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, struct_size_t(struct flex, items, three), 10);
}

static void flexible_structs_live_on_the_stack(struct kunit *test)
{
	DEFINE_RAW_FLEX(struct flex, raw, items, 4);
	DEFINE_FLEX(struct flex, counted, items, count, 6);
	_DEFINE_FLEX(struct flex, given, items, 2, = { .obj.count = 9 });

	KUNIT_EXPECT_EQ(test, raw->count, 0);
	KUNIT_EXPECT_EQ(test, __struct_size(raw), 12);
	KUNIT_EXPECT_EQ(test, counted->count, 6);
	counted->items[5] = 1;
	KUNIT_EXPECT_EQ(test, given->count, 9);
	raw->items[3] = 7;
	KUNIT_EXPECT_EQ(test, raw->items[3], 7);
}

/* --- minmax.h, err.h -------------------------------------------------------------------------- */

static void minima_evaluate_once(struct kunit *test)
{
	int i = 0, a[] = { 3, -1, 7 };
	unsigned int u = 5;
	u8 narrow = 200;

	KUNIT_EXPECT_EQ(test, min(i++, 5), 0);
	KUNIT_EXPECT_EQ(test, i, 1);
	KUNIT_EXPECT_EQ(test, max(i++, -5), 1);
	KUNIT_EXPECT_EQ(test, min(u, 3), 3);
	KUNIT_EXPECT_EQ(test, max(narrow, 3), 200);
	KUNIT_EXPECT_EQ(test, umin(u, 7L), 5);
	KUNIT_EXPECT_EQ(test, min3(3, 1, 2), 1);
	KUNIT_EXPECT_EQ(test, max3(3, 1, 2), 3);
	KUNIT_EXPECT_EQ(test, min_t(u8, HIDE(257), 3), 1);
	KUNIT_EXPECT_EQ(test, max_t(int, -1, 0), 0);
	KUNIT_EXPECT_EQ(test, min_not_zero(0u, 5u), 5);
	KUNIT_EXPECT_EQ(test, min_not_zero(3u, 5u), 3);
	KUNIT_EXPECT_EQ(test, clamp(7, 1, 5), 5);
	KUNIT_EXPECT_EQ(test, clamp(-7, 1, 5), 1);
	KUNIT_EXPECT_EQ(test, clamp_t(u8, HIDE(300), 1, 50), 44);
	KUNIT_EXPECT_EQ(test, clamp_val(u, 6, 9), 6);
	KUNIT_EXPECT_EQ(test, min_array(a, 3), -1);
	KUNIT_EXPECT_EQ(test, max_array(a, 3), 7);
	KUNIT_EXPECT_TRUE(test, in_range(5u, 5u, 1u));
	KUNIT_EXPECT_FALSE(test, in_range(6u, 5u, 1u));
	swap(a[0], a[1]);
	KUNIT_EXPECT_EQ(test, a[0], -1);
}

static void errors_travel_in_pointers(struct kunit *test)
{
	void *error = ERR_PTR(-ENOMEM);
	int x;

	KUNIT_EXPECT_TRUE(test, IS_ERR(error));
	KUNIT_EXPECT_EQ(test, PTR_ERR(error), -ENOMEM);
	KUNIT_EXPECT_FALSE(test, IS_ERR(&x));
	KUNIT_EXPECT_FALSE(test, IS_ERR(NULL));
	KUNIT_EXPECT_TRUE(test, IS_ERR_OR_NULL(NULL));
	KUNIT_EXPECT_TRUE(test, IS_ERR_OR_NULL(error));
	KUNIT_EXPECT_FALSE(test, IS_ERR_OR_NULL(&x));
	KUNIT_EXPECT_TRUE(test, IS_ERR_VALUE(-1UL));
	KUNIT_EXPECT_TRUE(test, IS_ERR_VALUE(-4095UL));
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(-4096UL));
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(0UL));
	KUNIT_EXPECT_PTR_EQ(test, ERR_CAST(error), error);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(error), -ENOMEM);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(&x), 0);
}

static struct kunit_case math_cases[] = {
	KUNIT_CASE(logarithms_of_constants_and_variables_agree),
	KUNIT_CASE(order_base_2_and_bits_per_as_documented),
	KUNIT_CASE(fixed_point_logarithms),
	KUNIT_CASE(powers_and_roots),
	KUNIT_CASE(common_divisors),
	KUNIT_CASE(divisions_and_remainders),
	KUNIT_CASE(rounded_divisions),
	KUNIT_CASE(wide_products),
	KUNIT_CASE(reciprocals_divide_exactly),
	{}
};

static struct kunit_case overflow_cases[] = {
	KUNIT_CASE(checked_arithmetic_stores_the_wrapped_result),
	KUNIT_CASE(shifts_that_lose_anything_overflow),
	KUNIT_CASE(wrapping_arithmetic_wraps),
	KUNIT_CASE(ranges_of_types_are_known),
	KUNIT_CASE(sizes_saturate),
	KUNIT_CASE(flexible_structs_live_on_the_stack),
	KUNIT_CASE(minima_evaluate_once),
	KUNIT_CASE(errors_travel_in_pointers),
	{}
};

static struct kunit_suite math_suite = { .name = "math", .test_cases = math_cases };
static struct kunit_suite overflow_suite = { .name = "overflow", .test_cases = overflow_cases };
kunit_test_suites(&math_suite, &overflow_suite);
