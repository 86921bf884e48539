// SPDX-License-Identifier: MIT
/* Tests of <linux/rational.h>, against a search of all fractions, and of <linux/linear_range.h>. */

#include <kunit/test.h>

#include <linux/array_size.h>
#include <linux/gcd.h>
#include <linux/linear_range.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/rational.h>

static void expect_best(struct kunit *test, unsigned long num, unsigned long den,
			unsigned long max_n, unsigned long max_d, unsigned long n,
			unsigned long d)
{
	unsigned long got_n = 0, got_d = 0;

	rational_best_approximation(num, den, max_n, max_d, &got_n, &got_d);
	KUNIT_EXPECT_EQ_MSG(test, got_n, n, "%lu/%lu", num, den);
	KUNIT_EXPECT_EQ_MSG(test, got_d, d, "%lu/%lu", num, den);
}

static void known_fractions_are_found(struct kunit *test)
{
	expect_best(test, 1230, 10, 100, 20, 100, 1);
	expect_best(test, 34567, 100, 120, 20, 120, 1);
	expect_best(test, 1, 30, 100, 10, 0, 1);
	expect_best(test, 1, 19, 100, 10, 1, 10);
	expect_best(test, 314159265, 100000000, 1000, 1000, 355, 113);
	expect_best(test, 100, 200, 10, 10, 1, 2);
	expect_best(test, 0, 7, 5, 5, 0, 1);
	expect_best(test, 7, 0, 5, 5, 1, 0);
	expect_best(test, ULONG_MAX, ULONG_MAX, 1, 1, 1, 1);
	expect_best(test, ULONG_MAX, 1, ULONG_MAX, 1, ULONG_MAX, 1);
	expect_best(test, ULONG_MAX, 1, ULONG_MAX - 1, 1, ULONG_MAX - 1, 1);
	expect_best(test, 1, ULONG_MAX, ULONG_MAX, ULONG_MAX, 1, ULONG_MAX);
}

/* |num / den - n / d| as a multiple of 1 / (den * d) */
static unsigned long distance(long num, long den, long n, long d)
{
	return abs(num * d - n * den);
}

static void no_fraction_within_the_bounds_is_nearer(struct kunit *test)
{
	unsigned long num, den, max_n = 9, max_d = 7, n, d, x, y, bad = 0;

	for (num = 0; num < 60; num++) {
		for (den = 1; den < 60; den++) {
			rational_best_approximation(num, den, max_n, max_d, &n, &d);
			bad += n > max_n || !d || d > max_d || gcd(n, d) != 1;
			for (x = 0; x <= max_n; x++)
				for (y = 1; y <= max_d; y++)
					bad += distance(num, den, x, y) * d <
					       distance(num, den, n, d) * y;
		}
	}
	KUNIT_EXPECT_EQ(test, bad, 0UL);
}

/* ---- linear_range.h ---- */

static const struct linear_range ranges[] = {
	LINEAR_RANGE_IDX(0, 100, 0, 3, 10),	/* 100 110 120 130 */
	LINEAR_RANGE_IDX(1, 200, 5, 7, 0),	/* 200, three times */
	LINEAR_RANGE_IDX(2, 300, 8, 9, 50),	/* 300 350 */
};

static void ranges_know_their_values(struct kunit *test)
{
	unsigned int v = 1;

	KUNIT_EXPECT_EQ(test, linear_range_values_in_range(&ranges[0]), 4U);
	KUNIT_EXPECT_EQ(test, linear_range_values_in_range(NULL), 0U);
	KUNIT_EXPECT_EQ(test, linear_range_values_in_range_array(ranges, 3), 9U);
	KUNIT_EXPECT_EQ(test, linear_range_get_max_value(&ranges[0]), 130U);
	KUNIT_EXPECT_EQ(test, linear_range_get_max_value(&ranges[1]), 200U);
	KUNIT_EXPECT_EQ(test, linear_range_get_value(&ranges[0], 3, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 130U);
	KUNIT_EXPECT_EQ(test, linear_range_get_value(&ranges[0], 4, &v), -EINVAL);
	KUNIT_EXPECT_EQ(test, linear_range_get_value(&ranges[1], 4, &v), -EINVAL);
	KUNIT_EXPECT_EQ(test, linear_range_get_value_array(ranges, 3, 9, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 350U);
	KUNIT_EXPECT_EQ(test, linear_range_get_value_array(ranges, 3, 4, &v), -EINVAL);
}

static void selectors_are_rounded_as_asked(struct kunit *test)
{
	static const struct {
		unsigned int val;
		int low_ret;
		unsigned int low;
		bool low_found;
		int high_ret;
		unsigned int high;
		bool high_found;
		unsigned int within;
	} rows[] = {
		{ 99, -EINVAL, 77, false, 0, 0, false, 0 },
		{ 100, 0, 0, true, 0, 0, true, 0 },
		{ 101, 0, 0, true, 0, 1, true, 0 },
		{ 110, 0, 1, true, 0, 1, true, 1 },
		{ 129, 0, 2, true, 0, 3, true, 2 },
		{ 130, 0, 3, true, 0, 3, true, 3 },
		{ 131, 0, 3, false, -EINVAL, 77, false, 3 },
	};
	unsigned int i, sel;
	bool found;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		sel = 77;
		KUNIT_EXPECT_EQ(test, linear_range_get_selector_low(&ranges[0], rows[i].val, &sel,
								    &found), rows[i].low_ret);
		KUNIT_EXPECT_EQ(test, sel, rows[i].low);
		KUNIT_EXPECT_EQ(test, found, rows[i].low_found);
		sel = 77;
		KUNIT_EXPECT_EQ(test, linear_range_get_selector_high(&ranges[0], rows[i].val, &sel,
								     &found), rows[i].high_ret);
		KUNIT_EXPECT_EQ(test, sel, rows[i].high);
		KUNIT_EXPECT_EQ(test, found, rows[i].high_found);
		linear_range_get_selector_within(&ranges[0], rows[i].val, &sel);
		KUNIT_EXPECT_EQ(test, sel, rows[i].within);
	}
}

static void steps_of_zero_have_two_ends(struct kunit *test)
{
	unsigned int sel;
	bool found;

	KUNIT_EXPECT_EQ(test, linear_range_get_selector_low(&ranges[1], 200, &sel, &found), 0);
	KUNIT_EXPECT_EQ(test, sel, 5U);
	KUNIT_EXPECT_EQ(test, linear_range_get_selector_high(&ranges[1], 200, &sel, &found), 0);
	KUNIT_EXPECT_EQ(test, sel, 7U);
}

static void arrays_give_the_nearest_below(struct kunit *test)
{
	unsigned int sel = 77;
	bool found;

	KUNIT_EXPECT_EQ(test, linear_range_get_selector_low_array(ranges, 3, 99, &sel, &found),
			-EINVAL);
	KUNIT_EXPECT_FALSE(test, found);
	KUNIT_EXPECT_EQ(test, linear_range_get_selector_low_array(ranges, 3, 349, &sel, &found), 0);
	KUNIT_EXPECT_TRUE(test, found);
	KUNIT_EXPECT_EQ(test, sel, 8U);
	KUNIT_EXPECT_EQ(test, linear_range_get_selector_low_array(ranges, 3, 250, &sel, &found), 0);
	KUNIT_EXPECT_FALSE(test, found);
	KUNIT_EXPECT_EQ(test, sel, 7U);
	KUNIT_EXPECT_EQ(test, linear_range_get_selector_low_array(ranges, 3, 999, &sel, &found), 0);
	KUNIT_EXPECT_FALSE(test, found);
	KUNIT_EXPECT_EQ(test, sel, 9U);
}

static struct kunit_case rational_cases[] = {
	KUNIT_CASE(known_fractions_are_found),
	KUNIT_CASE(no_fraction_within_the_bounds_is_nearer),
	{}
};

static struct kunit_suite rational_suite = {
	.name = "rational",
	.test_cases = rational_cases,
};

static struct kunit_case linear_range_cases[] = {
	KUNIT_CASE(ranges_know_their_values),
	KUNIT_CASE(selectors_are_rounded_as_asked),
	KUNIT_CASE(steps_of_zero_have_two_ends),
	KUNIT_CASE(arrays_give_the_nearest_below),
	{}
};

static struct kunit_suite linear_range_suite = {
	.name = "linear_range",
	.test_cases = linear_range_cases,
};
kunit_test_suites(&rational_suite, &linear_range_suite);
