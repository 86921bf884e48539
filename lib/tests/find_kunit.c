// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/find.h>: each search at its borders. (bitmap_kunit.c holds them against a model.)
 *
 * Sizes are hidden from the compiler where the function proper is meant, and constants where the
 * inline form for one word is.
 */

#include <kunit/test.h>

#include <linux/bitmap.h>
#include <linux/find.h>

#define BITS	200

static __always_inline unsigned long hidden(unsigned long n)
{
	OPTIMIZER_HIDE_VAR(n);
	return n;
}

static DECLARE_BITMAP(a, BITS);
static DECLARE_BITMAP(b, BITS);
static DECLARE_BITMAP(c, BITS);

static int clear_maps(struct kunit *test)
{
	bitmap_zero(a, BITS);
	bitmap_zero(b, BITS);
	bitmap_zero(c, BITS);
	return 0;
}

static void first_bit_of_an_empty_map_is_its_size(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, find_first_bit(a, hidden(BITS)), BITS);
	KUNIT_EXPECT_EQ(test, find_first_bit(a, 30), 30);
	KUNIT_EXPECT_EQ(test, find_first_bit(a, hidden(0)), 0);
}

static void first_bit_is_found_in_any_word(struct kunit *test)
{
	int i;

	for (i = 0; i < BITS; i++) {
		bitmap_zero(a, BITS);
		__set_bit(i, a);
		KUNIT_EXPECT_EQ(test, find_first_bit(a, hidden(BITS)), i);
	}
}

static void bits_behind_the_size_do_not_count(struct kunit *test)
{
	bitmap_fill(a, BITS);
	bitmap_clear(a, 0, 70);
	KUNIT_EXPECT_EQ(test, find_first_bit(a, hidden(70)), 70);
	KUNIT_EXPECT_EQ(test, find_first_bit(a, hidden(69)), 69);
	KUNIT_EXPECT_EQ(test, find_next_bit(a, hidden(70), hidden(65)), 70);
	KUNIT_EXPECT_EQ(test, find_last_bit(a, hidden(70)), 70);
}

static void first_zero_bit_mirrors_first_bit(struct kunit *test)
{
	bitmap_fill(a, BITS);
	KUNIT_EXPECT_EQ(test, find_first_zero_bit(a, hidden(BITS)), BITS);
	__clear_bit(64, a);
	KUNIT_EXPECT_EQ(test, find_first_zero_bit(a, hidden(BITS)), 64);
	KUNIT_EXPECT_EQ(test, find_first_zero_bit(a, 60), 60);
}

static void next_bit_includes_its_start(struct kunit *test)
{
	__set_bit(63, a);
	__set_bit(64, a);
	KUNIT_EXPECT_EQ(test, find_next_bit(a, hidden(BITS), 63), 63);
	KUNIT_EXPECT_EQ(test, find_next_bit(a, hidden(BITS), 64), 64);
	KUNIT_EXPECT_EQ(test, find_next_bit(a, hidden(BITS), 65), BITS);
}

static void next_bit_from_behind_the_end_is_the_size(struct kunit *test)
{
	bitmap_fill(a, BITS);
	KUNIT_EXPECT_EQ(test, find_next_bit(a, hidden(BITS), hidden(BITS)), BITS);
	KUNIT_EXPECT_EQ(test, find_next_bit(a, hidden(BITS), hidden(BITS + 100)), BITS);
	KUNIT_EXPECT_EQ(test, find_next_bit(a, 40, hidden(41)), 40);
}

static void next_zero_bit_skips_runs(struct kunit *test)
{
	bitmap_set(a, 10, 150);
	KUNIT_EXPECT_EQ(test, find_next_zero_bit(a, hidden(BITS), 0), 0);
	KUNIT_EXPECT_EQ(test, find_next_zero_bit(a, hidden(BITS), 10), 160);
	KUNIT_EXPECT_EQ(test, find_next_zero_bit(a, hidden(160), 10), 160);
}

static void last_bit_is_the_highest(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, find_last_bit(a, hidden(BITS)), BITS);
	__set_bit(0, a);
	KUNIT_EXPECT_EQ(test, find_last_bit(a, hidden(BITS)), 0);
	__set_bit(BITS - 1, a);
	KUNIT_EXPECT_EQ(test, find_last_bit(a, hidden(BITS)), BITS - 1);
	KUNIT_EXPECT_EQ(test, find_last_bit(a, hidden(BITS - 1)), 0);
	KUNIT_EXPECT_EQ(test, find_last_bit(a, 20), 0);
}

static void and_searches_need_both(struct kunit *test)
{
	bitmap_set(a, 0, 100);
	bitmap_set(b, 90, 100);
	KUNIT_EXPECT_EQ(test, find_first_and_bit(a, b, hidden(BITS)), 90);
	KUNIT_EXPECT_EQ(test, find_next_and_bit(a, b, hidden(BITS), 95), 95);
	KUNIT_EXPECT_EQ(test, find_next_and_bit(a, b, hidden(BITS), 100), BITS);
	KUNIT_EXPECT_EQ(test, find_first_and_bit(a, b, 64), 64);
}

static void andnot_searches_need_the_first_alone(struct kunit *test)
{
	bitmap_set(a, 0, 100);
	bitmap_set(b, 0, 70);
	KUNIT_EXPECT_EQ(test, find_first_andnot_bit(a, b, hidden(BITS)), 70);
	KUNIT_EXPECT_EQ(test, find_next_andnot_bit(a, b, hidden(BITS), 80), 80);
	KUNIT_EXPECT_EQ(test, find_next_andnot_bit(a, b, hidden(BITS), 100), BITS);
	KUNIT_EXPECT_EQ(test, find_first_andnot_bit(b, a, hidden(BITS)), BITS);
}

static void or_searches_need_either(struct kunit *test)
{
	__set_bit(150, a);
	__set_bit(149, b);
	KUNIT_EXPECT_EQ(test, find_next_or_bit(a, b, hidden(BITS), 0), 149);
	KUNIT_EXPECT_EQ(test, find_next_or_bit(a, b, hidden(BITS), 150), 150);
	KUNIT_EXPECT_EQ(test, find_next_or_bit(a, b, hidden(BITS), 151), BITS);
}

static void a_search_over_three_maps_needs_all(struct kunit *test)
{
	bitmap_set(a, 0, 150);
	bitmap_set(b, 50, 150);
	bitmap_set(c, 99, 3);
	KUNIT_EXPECT_EQ(test, find_first_and_and_bit(a, b, c, hidden(BITS)), 99);
	bitmap_zero(c, BITS);
	KUNIT_EXPECT_EQ(test, find_first_and_and_bit(a, b, c, hidden(BITS)), BITS);
}

static void nth_bit_counts_from_zero(struct kunit *test)
{
	__set_bit(3, a);
	__set_bit(64, a);
	__set_bit(199, a);
	KUNIT_EXPECT_EQ(test, find_nth_bit(a, hidden(BITS), 0), 3);
	KUNIT_EXPECT_EQ(test, find_nth_bit(a, hidden(BITS), 1), 64);
	KUNIT_EXPECT_EQ(test, find_nth_bit(a, hidden(BITS), 2), 199);
}

static void nth_bit_that_is_not_there_is_the_size(struct kunit *test)
{
	__set_bit(3, a);
	KUNIT_EXPECT_GE(test, find_nth_bit(a, hidden(BITS), 1), BITS);
	KUNIT_EXPECT_GE(test, find_nth_bit(a, hidden(BITS), BITS), BITS);
	KUNIT_EXPECT_GE(test, find_nth_bit(b, hidden(BITS), 0), BITS);
}

static void nth_bit_of_combinations(struct kunit *test)
{
	bitmap_set(a, 10, 100);
	bitmap_set(b, 50, 100);
	bitmap_set(c, 60, 5);
	KUNIT_EXPECT_EQ(test, find_nth_and_bit(a, b, hidden(BITS), 3), 53);
	KUNIT_EXPECT_EQ(test, find_nth_andnot_bit(a, b, hidden(BITS), 39), 49);
	KUNIT_EXPECT_GE(test, find_nth_andnot_bit(a, b, hidden(BITS), 40), BITS);
	KUNIT_EXPECT_EQ(test, find_nth_and_andnot_bit(a, b, c, hidden(BITS), 10), 65);
}

static void a_wrapped_search_starts_over(struct kunit *test)
{
	__set_bit(5, a);
	KUNIT_EXPECT_EQ(test, find_next_bit_wrap(a, hidden(BITS), 100), 5);
	KUNIT_EXPECT_EQ(test, find_next_bit_wrap(a, hidden(BITS), 5), 5);
	KUNIT_EXPECT_EQ(test, find_next_bit_wrap(b, hidden(BITS), 5), BITS);
	__set_bit(5, b);
	KUNIT_EXPECT_EQ(test, find_next_and_bit_wrap(a, b, hidden(BITS), 6), 5);
}

static void a_wrapped_walk_visits_each_once_from_its_start(struct kunit *test)
{
	static const int want[] = { 100, 150, 3, 50 };
	unsigned int bit, n = 0;

	__set_bit(3, a);
	__set_bit(50, a);
	__set_bit(100, a);
	__set_bit(150, a);
	for_each_set_bit_wrap(bit, a, BITS, 51) {
		KUNIT_ASSERT_LT(test, n, ARRAY_SIZE(want));
		KUNIT_EXPECT_EQ(test, bit, want[n++]);
	}
	KUNIT_EXPECT_EQ(test, n, 4);
}

static void walks_of_an_empty_map_do_nothing(struct kunit *test)
{
	unsigned long bit, end;
	int n = 0;

	for_each_set_bit(bit, a, BITS)
		n++;
	for_each_set_bitrange(bit, end, a, BITS)
		n++;
	for_each_and_bit(bit, a, b, BITS)
		n++;
	KUNIT_EXPECT_EQ(test, n, 0);
}

static void walks_over_runs_give_half_open_ranges(struct kunit *test)
{
	unsigned long begin, end;
	int n = 0;

	bitmap_set(a, 0, 1);
	bitmap_set(a, 60, 10);
	bitmap_set(a, 199, 1);
	for_each_set_bitrange(begin, end, a, BITS) {
		static const unsigned long want[][2] = { { 0, 1 }, { 60, 70 }, { 199, 200 } };

		KUNIT_ASSERT_LT(test, n, 3);
		KUNIT_EXPECT_EQ(test, begin, want[n][0]);
		KUNIT_EXPECT_EQ(test, end, want[n][1]);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 3);
}

static void walks_over_gaps_end_with_the_map(struct kunit *test)
{
	unsigned long begin, end;
	int n = 0;

	bitmap_set(a, 0, 150);
	for_each_clear_bitrange(begin, end, a, BITS) {
		KUNIT_EXPECT_EQ(test, begin, 150);
		KUNIT_EXPECT_EQ(test, end, BITS);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 1);
}

static void walks_from_a_place_start_there(struct kunit *test)
{
	unsigned long bit = 61;
	int n = 0;

	bitmap_set(a, 60, 10);
	for_each_set_bit_from(bit, a, BITS)
		n++;
	KUNIT_EXPECT_EQ(test, n, 9);
	bit = 60;
	n = 0;
	for_each_clear_bit_from(bit, a, 72)
		n++;
	KUNIT_EXPECT_EQ(test, n, 2);
}

static void walks_over_combinations(struct kunit *test)
{
	unsigned long bit;
	int both = 0, alone = 0, either = 0;

	bitmap_set(a, 0, 100);
	bitmap_set(b, 75, 100);
	for_each_and_bit(bit, a, b, BITS)
		both++;
	for_each_andnot_bit(bit, a, b, BITS)
		alone++;
	for_each_or_bit(bit, a, b, BITS)
		either++;
	KUNIT_EXPECT_EQ(test, both, 25);
	KUNIT_EXPECT_EQ(test, alone, 75);
	KUNIT_EXPECT_EQ(test, either, 175);
}

static void little_endian_forms_are_the_plain_ones_here(struct kunit *test)
{
	__set_bit(77, a);
	KUNIT_EXPECT_EQ(test, find_next_bit_le(a, hidden(BITS), 0), 77);
	KUNIT_EXPECT_EQ(test, find_first_zero_bit_le(a, hidden(BITS)), 0);
	KUNIT_EXPECT_EQ(test, find_next_zero_bit_le(a, hidden(BITS), 77), 78);
}

static void eight_bit_values_are_found(struct kunit *test)
{
	unsigned long clump = 0;

	bitmap_set_value8(a, 0x5a, 24);
	KUNIT_EXPECT_EQ(test, find_first_clump8(&clump, a, BITS), 24);
	KUNIT_EXPECT_EQ(test, clump, 0x5a);
	KUNIT_EXPECT_EQ(test, find_next_clump8(&clump, a, BITS, 32), BITS);
}

static struct kunit_case find_cases[] = {
	KUNIT_CASE(first_bit_of_an_empty_map_is_its_size),
	KUNIT_CASE(first_bit_is_found_in_any_word),
	KUNIT_CASE(bits_behind_the_size_do_not_count),
	KUNIT_CASE(first_zero_bit_mirrors_first_bit),
	KUNIT_CASE(next_bit_includes_its_start),
	KUNIT_CASE(next_bit_from_behind_the_end_is_the_size),
	KUNIT_CASE(next_zero_bit_skips_runs),
	KUNIT_CASE(last_bit_is_the_highest),
	KUNIT_CASE(and_searches_need_both),
	KUNIT_CASE(andnot_searches_need_the_first_alone),
	KUNIT_CASE(or_searches_need_either),
	KUNIT_CASE(a_search_over_three_maps_needs_all),
	KUNIT_CASE(nth_bit_counts_from_zero),
	KUNIT_CASE(nth_bit_that_is_not_there_is_the_size),
	KUNIT_CASE(nth_bit_of_combinations),
	KUNIT_CASE(a_wrapped_search_starts_over),
	KUNIT_CASE(a_wrapped_walk_visits_each_once_from_its_start),
	KUNIT_CASE(walks_of_an_empty_map_do_nothing),
	KUNIT_CASE(walks_over_runs_give_half_open_ranges),
	KUNIT_CASE(walks_over_gaps_end_with_the_map),
	KUNIT_CASE(walks_from_a_place_start_there),
	KUNIT_CASE(walks_over_combinations),
	KUNIT_CASE(little_endian_forms_are_the_plain_ones_here),
	KUNIT_CASE(eight_bit_values_are_found),
	{}
};

static struct kunit_suite find_suite = { .name = "find", .init = clear_maps,
					.test_cases = find_cases };
kunit_test_suite(find_suite);

MODULE_LICENSE("MIT");
