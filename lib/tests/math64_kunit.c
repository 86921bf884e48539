// SPDX-License-Identifier: MIT
/* Tests of <linux/math.h> and <linux/math64.h>, call by call. */

#include <kunit/test.h>

#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/prandom.h>

static __always_inline u64 hidden(u64 n)
{
	OPTIMIZER_HIDE_VAR(n);
	return n;
}

static void round_up_and_down_to_powers_of_two(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, round_up(hidden(0), 8), 0);
	KUNIT_EXPECT_EQ(test, round_up(hidden(1), 8), 8);
	KUNIT_EXPECT_EQ(test, round_up(hidden(8), 8), 8);
	KUNIT_EXPECT_EQ(test, round_down(hidden(7), 8), 0);
	KUNIT_EXPECT_EQ(test, round_down(hidden(8), 8), 8);
	KUNIT_EXPECT_EQ(test, round_down(hidden(U64_MAX), 4096), U64_MAX - 4095);
}

static void roundup_and_rounddown_to_any_number(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, roundup(hidden(10), 7), 14);
	KUNIT_EXPECT_EQ(test, roundup(hidden(14), 7), 14);
	KUNIT_EXPECT_EQ(test, rounddown(hidden(13), 7), 7);
	KUNIT_EXPECT_EQ(test, rounddown(-13, 7), -7);	/* towards zero */
}

static void div_round_up_counts_what_covers(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP(hidden(0), 4), 0);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP(hidden(1), 4), 1);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP(hidden(4), 4), 1);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP(hidden(5), 4), 2);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP_ULL(hidden(U64_MAX - 3), 4), U64_MAX / 4);
}

static void div_round_closest_rounds_half_up(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(7, 2), 4);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(-7, 2), -4);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(5u, 4u), 1);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(6u, 4u), 2);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST_ULL(hidden(10), 4), 3);
}

static void abs_of_each_width(struct kunit *test)
{
	long long ll = -5000000000ll;
	int i = -7;
	s8 c = -8;

	KUNIT_EXPECT_EQ(test, abs(ll), 5000000000ll);
	KUNIT_EXPECT_EQ(test, abs(i), 7);
	KUNIT_EXPECT_EQ(test, abs(c), 8);
	KUNIT_EXPECT_EQ(test, abs(3), 3);
}

static void abs_diff_has_no_sign(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, abs_diff(3u, 5u), 2);
	KUNIT_EXPECT_EQ(test, abs_diff(5u, 3u), 2);
	KUNIT_EXPECT_EQ(test, abs_diff(-3, 5), 8);
}

static void mult_frac_does_not_overflow_early(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, mult_frac(hidden(U64_MAX / 2), 2, 4), U64_MAX / 4);
	KUNIT_EXPECT_EQ(test, mult_frac(hidden(1000), 3, 7), 428);
}

static void reciprocal_scale_spreads_over_the_range(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, reciprocal_scale(0, 10), 0);
	KUNIT_EXPECT_EQ(test, reciprocal_scale(U32_MAX, 10), 9);
	KUNIT_EXPECT_EQ(test, reciprocal_scale(U32_MAX / 2 + 1, 10), 5);
}

static void int_sqrt_rounds_down(struct kunit *test)
{
	unsigned long n;

	for (n = 0; n < 1000; n++) {
		unsigned long r = int_sqrt(hidden(n));

		KUNIT_EXPECT_TRUE(test, r * r <= n && (r + 1) * (r + 1) > n);
	}
	KUNIT_EXPECT_EQ(test, int_sqrt(hidden(U64_MAX)), U32_MAX);
	KUNIT_EXPECT_EQ(test, int_sqrt64(hidden(1ull << 62)), 1u << 31);
}

static void int_pow_by_squares(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, int_pow(7, 0), 1);
	KUNIT_EXPECT_EQ(test, int_pow(0, 5), 0);
	KUNIT_EXPECT_EQ(test, int_pow(10, 19), 10000000000000000000ull);
	KUNIT_EXPECT_EQ(test, int_pow(2, 63), 1ull << 63);
}

/* --- 64 bits ---------------------------------------------------------------------------------- */

static void div_u64_divides_by_32_bits(struct kunit *test)
{
	u32 rem;

	KUNIT_EXPECT_EQ(test, div_u64(hidden(10000000000ull), 3), 3333333333ull);
	KUNIT_EXPECT_EQ(test, div_u64_rem(hidden(10000000000ull), 3, &rem), 3333333333ull);
	KUNIT_EXPECT_EQ(test, rem, 1);
	KUNIT_EXPECT_EQ(test, div_u64(hidden(U64_MAX), U32_MAX), 0x100000001ull);
}

static void div_s64_truncates_towards_zero(struct kunit *test)
{
	s32 rem;

	KUNIT_EXPECT_EQ(test, div_s64(-10, 3), -3);
	KUNIT_EXPECT_EQ(test, div_s64(10, -3), -3);
	KUNIT_EXPECT_EQ(test, div_s64_rem(-10, 3, &rem), -3);
	KUNIT_EXPECT_EQ(test, rem, -1);
	KUNIT_EXPECT_EQ(test, div_s64(S64_MIN, 1), S64_MIN);
}

static void div64_u64_divides_by_64_bits(struct kunit *test)
{
	u64 rem;

	KUNIT_EXPECT_EQ(test, div64_u64(hidden(U64_MAX), hidden(U64_MAX)), 1);
	KUNIT_EXPECT_EQ(test, div64_u64_rem(hidden(U64_MAX), 1ull << 40, &rem), (1ull << 24) - 1);
	KUNIT_EXPECT_EQ(test, rem, (1ull << 40) - 1);
	KUNIT_EXPECT_EQ(test, div64_u64(hidden(5), hidden(1ull << 33)), 0);
}

static void div64_s64_keeps_signs(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, div64_s64(-10000000000ll, 5000000000ll), -2);
	KUNIT_EXPECT_EQ(test, div64_s64(-10000000000ll, -5000000000ll), 2);
	KUNIT_EXPECT_EQ(test, div64_ul(hidden(100), 7ul), 14);
	KUNIT_EXPECT_EQ(test, div64_long(-100, 7l), -14);
}

static void do_div_leaves_the_quotient_and_returns_the_rest(struct kunit *test)
{
	u64 n = hidden(1000000000001ull);

	KUNIT_EXPECT_EQ(test, do_div(n, 10), 1);
	KUNIT_EXPECT_EQ(test, n, 100000000000ull);
}

static void div64_u64_round_closest_rounds_half_up(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, DIV64_U64_ROUND_CLOSEST(hidden(10), 4), 3);
	KUNIT_EXPECT_EQ(test, DIV64_U64_ROUND_CLOSEST(hidden(9), 4), 2);
	KUNIT_EXPECT_EQ(test, DIV64_U64_ROUND_UP(hidden(9), 4), 3);
	KUNIT_EXPECT_EQ(test, DIV_U64_ROUND_CLOSEST(hidden(11), 4), 3);
	KUNIT_EXPECT_EQ(test, DIV_S64_ROUND_CLOSEST(-11, 4), -3);
}

static void iter_div_is_for_small_quotients(struct kunit *test)
{
	u64 rem;

	KUNIT_EXPECT_EQ(test, iter_div_u64_rem(hidden(3000000005ull), 1000000000, &rem), 3);
	KUNIT_EXPECT_EQ(test, rem, 5);
}

static void wide_products_are_shifted_down(struct kunit *test)
{
	struct rnd_state rnd;
	int i;

	KUNIT_EXPECT_EQ(test, mul_u64_u64_shr(U64_MAX, U64_MAX, 64), U64_MAX - 1);
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(1ull << 40, 1u << 31, 32), 1ull << 39);
	KUNIT_EXPECT_EQ(test, mul_s64_u64_shr(-4, 3, 1), -6);
	prandom_seed_state(&rnd, 64);
	for (i = 0; i < 200; i++) {
		u64 a = (u64)prandom_u32_state(&rnd) << 32 | prandom_u32_state(&rnd);
		u32 b = prandom_u32_state(&rnd);
		unsigned int shift = prandom_u32_state(&rnd) % 64;

		KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(a, b, shift),
				(u64)((unsigned __int128)a * b >> shift));
		KUNIT_EXPECT_EQ(test, mul_u64_u64_shr(a, a, shift),
				(u64)((unsigned __int128)a * a >> shift));
	}
}

static void products_are_divided_at_full_width(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64(U64_MAX, 10, 10), U64_MAX);
	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64(1ull << 63, 3, 1ull << 62), 6);
	KUNIT_EXPECT_EQ(test, mul_u64_u32_div(U64_MAX, 3, 3), U64_MAX);
	KUNIT_EXPECT_EQ(test, mul_u32_u32(U32_MAX, U32_MAX), 0xfffffffe00000001ull);
}

static void roundup_u64_to_any_number(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, roundup_u64(hidden(10), 7), 14);
	KUNIT_EXPECT_EQ(test, roundup_u64(hidden(14), 7), 14);
	KUNIT_EXPECT_EQ(test, roundup_u64(hidden(10000000001ull), 10), 10000000010ull);
}

static struct kunit_case math_cases[] = {
	KUNIT_CASE(round_up_and_down_to_powers_of_two),
	KUNIT_CASE(roundup_and_rounddown_to_any_number),
	KUNIT_CASE(div_round_up_counts_what_covers),
	KUNIT_CASE(div_round_closest_rounds_half_up),
	KUNIT_CASE(abs_of_each_width),
	KUNIT_CASE(abs_diff_has_no_sign),
	KUNIT_CASE(mult_frac_does_not_overflow_early),
	KUNIT_CASE(reciprocal_scale_spreads_over_the_range),
	KUNIT_CASE(int_sqrt_rounds_down),
	KUNIT_CASE(int_pow_by_squares),
	{}
};

static struct kunit_case math64_cases[] = {
	KUNIT_CASE(div_u64_divides_by_32_bits),
	KUNIT_CASE(div_s64_truncates_towards_zero),
	KUNIT_CASE(div64_u64_divides_by_64_bits),
	KUNIT_CASE(div64_s64_keeps_signs),
	KUNIT_CASE(do_div_leaves_the_quotient_and_returns_the_rest),
	KUNIT_CASE(div64_u64_round_closest_rounds_half_up),
	KUNIT_CASE(iter_div_is_for_small_quotients),
	KUNIT_CASE(wide_products_are_shifted_down),
	KUNIT_CASE(products_are_divided_at_full_width),
	KUNIT_CASE(roundup_u64_to_any_number),
	{}
};

static struct kunit_suite math_suite = { .name = "math_each", .test_cases = math_cases };
static struct kunit_suite math64_suite = { .name = "math64", .test_cases = math64_cases };
kunit_test_suites(&math_suite, &math64_suite);

MODULE_LICENSE("MIT");
