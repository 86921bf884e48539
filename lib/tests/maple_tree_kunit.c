// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/maple_tree.h>: each function by its documentation, memory that runs out at every
 * step, and long random runs held against a naive list of ranges. Readers beside a writer: see
 * xarray_rcu_kunit.c.
 */

#include <kunit/test.h>

#include <linux/fault-inject.h>
#include <linux/maple_tree.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "../../kernel/tests/patience.h"

static void *val(unsigned long v)
{
	return xa_mk_value(v & LONG_MAX);
}

static void validate(struct kunit *test, struct maple_tree *mt)
{
#ifdef CONFIG_DEBUG_MAPLE_TREE
	int run = atomic_read(&maple_tree_tests_run);
#endif
	mtree_lock(mt);
	mt_validate(mt);
	mtree_unlock(mt);
#ifdef CONFIG_DEBUG_MAPLE_TREE
	KUNIT_EXPECT_EQ(test, atomic_read(&maple_tree_tests_run), run);
#endif
}

/* @n entries: i at 10 * i .. 10 * i + 4. */
static void fill(struct kunit *test, struct maple_tree *mt, unsigned long n)
{
	unsigned long i;

	for (i = 0; i < n; i++) {
		KUNIT_ASSERT_EQ(test, mtree_store_range(mt, 10 * i, 10 * i + 4, val(i), GFP_KERNEL),
				0);
	}
	validate(test, mt);
}

/* ---- the simple interface ---- */

static void an_empty_tree_reads_as_null(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	unsigned long index = 0;

	KUNIT_EXPECT_TRUE(test, mtree_empty(&mt));
	KUNIT_EXPECT_NULL(test, mtree_load(&mt, 0));
	KUNIT_EXPECT_NULL(test, mtree_load(&mt, ULONG_MAX));
	KUNIT_EXPECT_NULL(test, mtree_erase(&mt, 5));
	KUNIT_EXPECT_NULL(test, mt_find(&mt, &index, ULONG_MAX));
	KUNIT_EXPECT_NULL(test, mt_next(&mt, 0, ULONG_MAX));
	KUNIT_EXPECT_NULL(test, mt_prev(&mt, ULONG_MAX, 0));
	KUNIT_EXPECT_EQ(test, mt_height(&mt), 0U);
	KUNIT_EXPECT_EQ(test, mtree_store_range(&mt, 0, ULONG_MAX, NULL, GFP_KERNEL), 0);
	KUNIT_EXPECT_TRUE(test, mtree_empty(&mt));
	mtree_destroy(&mt);
}

static void a_range_is_read_at_all_its_indices_and_no_other(struct kunit *test)
{
	static const unsigned long ranges[][2] = {
		{ 0, 0 }, { 0, 5 }, { 7, 7 }, { 100, 1000 }, { 5, ULONG_MAX }, { 0, ULONG_MAX },
		{ ULONG_MAX, ULONG_MAX }, { ULONG_MAX - 5, ULONG_MAX - 1 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		static DEFINE_MTREE(mt);
		unsigned long first = ranges[i][0], last = ranges[i][1];

		KUNIT_EXPECT_EQ(test, mtree_insert_range(&mt, first, last, val(3), GFP_KERNEL), 0);
		KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, first), val(3));
		KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, last), val(3));
		KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, first + (last - first) / 2), val(3));
		if (first)
			KUNIT_EXPECT_NULL(test, mtree_load(&mt, first - 1));
		if (last != ULONG_MAX)
			KUNIT_EXPECT_NULL(test, mtree_load(&mt, last + 1));
		KUNIT_EXPECT_EQ(test, mtree_insert(&mt, last, val(1), GFP_KERNEL), -EEXIST);
		KUNIT_EXPECT_PTR_EQ(test, mtree_erase(&mt, last), val(3));
		KUNIT_EXPECT_TRUE(test, mtree_empty(&mt));
	}
}

static void a_store_cuts_what_it_overlaps(struct kunit *test)
{
	static DEFINE_MTREE(mt);

	KUNIT_EXPECT_EQ(test, mtree_store_range(&mt, 10, 19, val(1), GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, mtree_store_range(&mt, 13, 15, val(2), GFP_KERNEL), 0);	/* splits */
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 12), val(1));
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 13), val(2));
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 15), val(2));
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 16), val(1));
	KUNIT_EXPECT_EQ(test, mtree_store_range(&mt, 0, 11, val(3), GFP_KERNEL), 0);	/* trims */
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 11), val(3));
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 12), val(1));
	KUNIT_EXPECT_EQ(test, mtree_store_range(&mt, 5, 17, NULL, GFP_KERNEL), 0);	/* a hole */
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 4), val(3));
	KUNIT_EXPECT_NULL(test, mtree_load(&mt, 5));
	KUNIT_EXPECT_NULL(test, mtree_load(&mt, 17));
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 18), val(1));
	KUNIT_EXPECT_EQ(test, mtree_store(&mt, 18, val(9), GFP_KERNEL), 0);
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 19), val(1));
	validate(test, &mt);
	mtree_destroy(&mt);
}

static void wrong_arguments_are_refused(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	unsigned long start, next = 0;

	KUNIT_EXPECT_EQ(test, mtree_store_range(&mt, 2, 1, val(1), GFP_KERNEL), -EINVAL);
	KUNIT_EXPECT_EQ(test, mtree_insert_range(&mt, 2, 1, val(1), GFP_KERNEL), -EINVAL);
	KUNIT_EXPECT_EQ(test, mtree_alloc_range(&mt, &start, val(1), 1, 0, 9, GFP_KERNEL), -EINVAL);
	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 0, 9, &next, GFP_KERNEL),
			-EINVAL);
	KUNIT_EXPECT_TRUE(test, mtree_empty(&mt));
}

static void a_zero_entry_keeps_its_range_but_reads_as_null(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	unsigned long index = 0;

	KUNIT_EXPECT_EQ(test, mtree_store_range(&mt, 5, 9, XA_ZERO_ENTRY, GFP_KERNEL), 0);
	KUNIT_EXPECT_NULL(test, mtree_load(&mt, 7));
	KUNIT_EXPECT_EQ(test, mtree_insert(&mt, 7, val(1), GFP_KERNEL), -EEXIST);
	KUNIT_EXPECT_EQ(test, mtree_store_range(&mt, 20, 29, val(2), GFP_KERNEL), 0);
	KUNIT_EXPECT_PTR_EQ(test, mt_find(&mt, &index, ULONG_MAX), val(2));
	KUNIT_EXPECT_EQ(test, index, 30UL);
	mtree_destroy(&mt);
}

static void mt_find_goes_over_all_entries(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	unsigned long index = 0, n = 0;
	void *entry;

	fill(test, &mt, 500);
	KUNIT_EXPECT_EQ(test, mtree_store(&mt, ULONG_MAX, val(7), GFP_KERNEL), 0);
	mt_for_each(&mt, entry, index, ULONG_MAX) {
		if (n < 500) {
			KUNIT_EXPECT_PTR_EQ(test, entry, val(n));
			KUNIT_EXPECT_EQ(test, index, 10 * n + 5);
		}
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 501UL);
	KUNIT_EXPECT_EQ(test, index, 0UL);
	index = 13;
	KUNIT_EXPECT_PTR_EQ(test, mt_find(&mt, &index, ULONG_MAX), val(1));
	KUNIT_EXPECT_NULL(test, mt_find(&mt, &index, 19));
	KUNIT_EXPECT_EQ(test, index, 15UL);
	KUNIT_EXPECT_PTR_EQ(test, mt_next(&mt, 10, 20), val(2));
	KUNIT_EXPECT_NULL(test, mt_next(&mt, 10, 19));
	KUNIT_EXPECT_PTR_EQ(test, mt_prev(&mt, 10, 0), val(0));
	KUNIT_EXPECT_PTR_EQ(test, mt_prev(&mt, 18, 14), val(1));
	KUNIT_EXPECT_NULL(test, mt_prev(&mt, 18, 15));
	mtree_destroy(&mt);
}

/* ---- states ---- */

static void expect_at(struct kunit *test, struct ma_state *mas, unsigned long index,
		      unsigned long last, enum maple_status status)
{
	KUNIT_EXPECT_EQ(test, mas->index, index);
	KUNIT_EXPECT_EQ(test, mas->last, last);
	KUNIT_EXPECT_EQ(test, (int)mas->status, (int)status);
}

static void mas_walk_gives_the_range_taken_or_free(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);
	unsigned long i;

	fill(test, &mt, 200);
	rcu_read_lock();
	mas_lock(&mas);
	for (i = 0; i < 200; i++) {
		mas_set(&mas, 10 * i + 2);
		KUNIT_EXPECT_PTR_EQ(test, mas_walk(&mas), val(i));
		expect_at(test, &mas, 10 * i, 10 * i + 4, ma_active);
		mas_set(&mas, 10 * i + 7);
		KUNIT_EXPECT_NULL(test, mas_walk(&mas));
		expect_at(test, &mas, 10 * i + 5, i == 199 ? ULONG_MAX : 10 * i + 9, ma_active);
	}
	mas_unlock(&mas);
	rcu_read_unlock();
	mtree_destroy(&mt);
}

static void loops_go_up_and_down_over_all_entries(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);
	unsigned long n = 0;
	void *entry;

	fill(test, &mt, 333);
	mas_lock(&mas);
	mas_for_each(&mas, entry, ULONG_MAX) {
		KUNIT_EXPECT_PTR_EQ(test, entry, val(n));
		KUNIT_EXPECT_EQ(test, mas.index, 10 * n);
		KUNIT_EXPECT_EQ(test, mas.last, 10 * n + 4);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 333UL);
	mas_set(&mas, ULONG_MAX);
	mas_for_each_rev(&mas, entry, 0) {
		n--;
		KUNIT_EXPECT_PTR_EQ(test, entry, val(n));
	}
	KUNIT_EXPECT_EQ(test, n, 0UL);

	mas_set(&mas, 12);
	KUNIT_EXPECT_PTR_EQ(test, mas_find(&mas, 30), val(1));
	KUNIT_EXPECT_PTR_EQ(test, mas_find(&mas, 30), val(2));
	KUNIT_EXPECT_PTR_EQ(test, mas_find(&mas, 30), val(3));
	KUNIT_EXPECT_NULL(test, mas_find(&mas, 30));
	mas_set(&mas, 18);
	KUNIT_EXPECT_PTR_EQ(test, mas_find_rev(&mas, 3), val(1));
	KUNIT_EXPECT_PTR_EQ(test, mas_find_rev(&mas, 3), val(0));
	KUNIT_EXPECT_NULL(test, mas_find_rev(&mas, 3));
	mas_unlock(&mas);
	mtree_destroy(&mt);
}

static void range_steps_see_free_ranges_too(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);
	unsigned long i;

	fill(test, &mt, 100);
	mas_lock(&mas);
	KUNIT_EXPECT_PTR_EQ(test, mas_find_range(&mas, ULONG_MAX), val(0));
	for (i = 0; i < 99; i++) {
		KUNIT_EXPECT_NULL(test, mas_next_range(&mas, ULONG_MAX));
		expect_at(test, &mas, 10 * i + 5, 10 * i + 9, ma_active);
		KUNIT_EXPECT_PTR_EQ(test, mas_find_range(&mas, ULONG_MAX), val(i + 1));
		expect_at(test, &mas, 10 * i + 10, 10 * i + 14, ma_active);
	}
	KUNIT_EXPECT_NULL(test, mas_prev_range(&mas, 0));
	expect_at(test, &mas, 985, 989, ma_active);
	KUNIT_EXPECT_PTR_EQ(test, mas_find_range_rev(&mas, 0), val(98));
	mas_unlock(&mas);
	mtree_destroy(&mt);
}

static void next_and_prev_turn_round_at_their_limits(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);

	mtree_store_range(&mt, 0x1000, 0x1500, val(1), GFP_KERNEL);
	mtree_store_range(&mt, 0x2000, 0x2500, val(2), GFP_KERNEL);
	mtree_store_range(&mt, 0x3000, 0x3500, val(3), GFP_KERNEL);
	mas_lock(&mas);
	KUNIT_EXPECT_PTR_EQ(test, mas_next(&mas, ULONG_MAX), val(1));
	expect_at(test, &mas, 0x1000, 0x1500, ma_active);
	KUNIT_EXPECT_PTR_EQ(test, mas_next(&mas, 0x2100), val(2));
	KUNIT_EXPECT_NULL(test, mas_next(&mas, 0x2999));
	expect_at(test, &mas, 0x2501, 0x2fff, ma_overflow);
	KUNIT_EXPECT_PTR_EQ(test, mas_next(&mas, ULONG_MAX), val(3));
	KUNIT_EXPECT_NULL(test, mas_next(&mas, ULONG_MAX));
	expect_at(test, &mas, 0x3501, ULONG_MAX, ma_overflow);
	KUNIT_EXPECT_NULL(test, mas_next(&mas, ULONG_MAX));
	KUNIT_EXPECT_PTR_EQ(test, mas_prev(&mas, 0), val(3));
	expect_at(test, &mas, 0x3000, 0x3500, ma_active);
	KUNIT_EXPECT_PTR_EQ(test, mas_prev(&mas, 0), val(2));
	KUNIT_EXPECT_PTR_EQ(test, mas_prev(&mas, 0x1200), val(1));
	KUNIT_EXPECT_NULL(test, mas_prev(&mas, 0x1200));
	expect_at(test, &mas, 0x1000, 0x1500, ma_underflow);
	KUNIT_EXPECT_PTR_EQ(test, mas_next(&mas, ULONG_MAX), val(1));
	KUNIT_EXPECT_NULL(test, mas_prev(&mas, 0));
	expect_at(test, &mas, 0, 0xfff, ma_underflow);
	KUNIT_EXPECT_PTR_EQ(test, mas_find(&mas, ULONG_MAX), val(1));
	expect_at(test, &mas, 0x1000, 0x1500, ma_active);
	mas_unlock(&mas);
	mtree_destroy(&mt);
}

static void a_tree_with_index_zero_alone_has_root_and_none(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);

	mas_lock(&mas);
	KUNIT_EXPECT_NULL(test, mas_walk(&mas));
	expect_at(test, &mas, 0, ULONG_MAX, ma_none);
	mas_set(&mas, 0);
	KUNIT_EXPECT_EQ(test, mas_store_gfp(&mas, val(1), GFP_KERNEL), 0);
	mas_set(&mas, 10);
	KUNIT_EXPECT_NULL(test, mas_walk(&mas));
	expect_at(test, &mas, 1, ULONG_MAX, ma_none);
	mas_set(&mas, 0);
	KUNIT_EXPECT_PTR_EQ(test, mas_find(&mas, ULONG_MAX), val(1));
	expect_at(test, &mas, 0, 0, ma_root);
	KUNIT_EXPECT_NULL(test, mas_find(&mas, ULONG_MAX));
	expect_at(test, &mas, 1, ULONG_MAX, ma_none);
	KUNIT_EXPECT_PTR_EQ(test, mas_find_rev(&mas, 0), val(1));
	expect_at(test, &mas, 0, 0, ma_root);
	KUNIT_EXPECT_NULL(test, mas_find_rev(&mas, 0));
	expect_at(test, &mas, 0, 0, ma_none);
	mas_set(&mas, 10);
	KUNIT_EXPECT_PTR_EQ(test, mas_prev(&mas, 0), val(1));
	expect_at(test, &mas, 0, 0, ma_root);
	mas_set(&mas, 0);
	KUNIT_EXPECT_NULL(test, mas_next(&mas, ULONG_MAX));
	expect_at(test, &mas, 1, ULONG_MAX, ma_none);
	mas_unlock(&mas);
	mtree_destroy(&mt);
}

static void a_paused_loop_goes_on_after_the_range(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);
	unsigned long n = 0;
	void *entry;

	fill(test, &mt, 100);
	mas_lock(&mas);
	mas_for_each(&mas, entry, ULONG_MAX) {
		KUNIT_EXPECT_PTR_EQ(test, entry, val(n));
		n++;
		mas_pause(&mas);
		mas_unlock(&mas);
		mas_lock(&mas);
	}
	mas_unlock(&mas);
	KUNIT_EXPECT_EQ(test, n, 100UL);
	mtree_destroy(&mt);
}

static void a_loop_may_erase_and_store_through_its_state(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);
	unsigned long n = 0;
	void *entry;

	fill(test, &mt, 300);
	mas_lock(&mas);
	mas_for_each(&mas, entry, ULONG_MAX) {
		KUNIT_EXPECT_PTR_EQ(test, entry, val(n));
		if (n % 3 == 0)
			KUNIT_EXPECT_PTR_EQ(test, mas_erase(&mas), entry);
		else if (n % 3 == 1)
			KUNIT_EXPECT_EQ(test, mas_store_gfp(&mas, val(n + 1000), GFP_KERNEL), 0);
		n++;
	}
	mas_unlock(&mas);
	KUNIT_EXPECT_EQ(test, n, 300UL);
	validate(test, &mt);
	KUNIT_EXPECT_NULL(test, mtree_load(&mt, 0));
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 12), val(1001));
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 24), val(2));
	mtree_destroy(&mt);
}

static void storing_null_gives_the_whole_free_range(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 10, 14);

	fill(test, &mt, 3);
	mas_lock(&mas);
	KUNIT_EXPECT_PTR_EQ(test, mas_store(&mas, NULL), val(1));
	KUNIT_EXPECT_EQ(test, mas.index, 5UL);
	KUNIT_EXPECT_EQ(test, mas.last, 19UL);
	mas_unlock(&mas);
	mtree_destroy(&mt);
}

static void a_store_gives_the_first_entry_of_its_range(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 15, 19);

	mas_lock(&mas);
	KUNIT_EXPECT_NULL(test, mas_store(&mas, NULL));
	mas_unlock(&mas);
	fill(test, &mt, 300);

	mas_lock(&mas);
	mas_set_range(&mas, 15, 19);		/* free */
	KUNIT_EXPECT_NULL(test, mas_store(&mas, val(900)));
	mas_set_range(&mas, 17, 22);
	KUNIT_EXPECT_PTR_EQ(test, mas_store(&mas, val(901)), val(900));
	mas_set_range(&mas, 25, 2000);		/* begins free, and ends many leaves further */
	KUNIT_EXPECT_PTR_EQ(test, mas_store(&mas, NULL), val(3));
	mas_set_range(&mas, 30, 40);
	KUNIT_EXPECT_NULL(test, mas_store(&mas, val(902)));
	mas_set_range(&mas, 5000, ULONG_MAX);	/* behind all */
	KUNIT_EXPECT_NULL(test, mas_store(&mas, val(903)));
	mas_unlock(&mas);
	validate(test, &mt);
	mtree_destroy(&mt);
}

static void other_changes_do_not_confuse_a_state(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);
	MA_STATE(other, &mt, 0, 0);
	unsigned long i;

	fill(test, &mt, 300);
	mas_lock(&mas);
	mas_set(&mas, 1500);
	KUNIT_EXPECT_PTR_EQ(test, mas_walk(&mas), val(150));
	for (i = 0; i < 300; i++) {
		if (i == 150 || i == 299)
			continue;
		mas_set(&other, 10 * i);
		KUNIT_EXPECT_PTR_EQ(test, mas_erase(&other), val(i));
	}
	KUNIT_EXPECT_PTR_EQ(test, mas_next(&mas, ULONG_MAX), val(299));
	KUNIT_EXPECT_PTR_EQ(test, mas_prev(&mas, 0), val(150));
	mas_unlock(&mas);
	mtree_destroy(&mt);
}

/* ---- free ranges ---- */

static void areas_are_found_lowest_or_highest_first(struct kunit *test)
{
	static struct maple_tree mt = MTREE_INIT(mt, MT_FLAGS_ALLOC_RANGE);
	MA_STATE(mas, &mt, 0, 0);

	fill(test, &mt, 200);
	mtree_erase(&mt, 1000);		/* 995 to 1009 */
	mtree_erase(&mt, 500);		/* 495 to 509 */
	mas_lock(&mas);
	KUNIT_EXPECT_EQ(test, mas_empty_area(&mas, 0, 1990, 5), 0);
	expect_at(test, &mas, 5, 9, ma_start);
	KUNIT_EXPECT_EQ(test, mas_empty_area(&mas, 0, 1990, 6), 0);
	expect_at(test, &mas, 495, 500, ma_start);
	KUNIT_EXPECT_EQ(test, mas_empty_area(&mas, 496, 1990, 15), 0);
	expect_at(test, &mas, 995, 1009, ma_start);
	KUNIT_EXPECT_EQ(test, mas_empty_area_rev(&mas, 0, 1990, 6), 0);
	expect_at(test, &mas, 1004, 1009, ma_start);
	KUNIT_EXPECT_EQ(test, mas_empty_area_rev(&mas, 0, 1008, 15), 0);
	expect_at(test, &mas, 495, 509, ma_start);
	KUNIT_EXPECT_EQ(test, mas_empty_area_rev(&mas, 0, ULONG_MAX, 1), 0);
	expect_at(test, &mas, ULONG_MAX, ULONG_MAX, ma_start);
	KUNIT_EXPECT_EQ(test, mas_empty_area(&mas, 0, ULONG_MAX, 1000), 0);
	expect_at(test, &mas, 1995, 2994, ma_start);
	KUNIT_EXPECT_EQ(test, mas_empty_area(&mas, 0, 1990, 16), -EBUSY);
	KUNIT_EXPECT_EQ(test, mas_empty_area_rev(&mas, 0, 1990, 16), -EBUSY);
	KUNIT_EXPECT_EQ(test, mas_empty_area(&mas, 10, 9, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, mas_empty_area(&mas, 10, 19, 11), -EINVAL);
	KUNIT_EXPECT_EQ(test, mas_empty_area(&mas, 10, 19, 0), -EINVAL);
	mas_unlock(&mas);
	mtree_destroy(&mt);
}

static void ranges_are_allocated_from_both_ends(struct kunit *test)
{
	static struct maple_tree mt = MTREE_INIT(mt, MT_FLAGS_ALLOC_RANGE);
	unsigned long start, i;

	for (i = 0; i < 100; i++) {
		KUNIT_EXPECT_EQ(test, mtree_alloc_range(&mt, &start, val(i), 7, 100, 2000,
							GFP_KERNEL), 0);
		KUNIT_EXPECT_EQ(test, start, 100 + 7 * i);
		KUNIT_EXPECT_EQ(test, mtree_alloc_rrange(&mt, &start, val(i), 9, 100, 2000,
							 GFP_KERNEL), 0);
		KUNIT_EXPECT_EQ(test, start, 2001 - 9 * (i + 1));
	}
	KUNIT_EXPECT_EQ(test, mtree_alloc_range(&mt, &start, val(1), 302, 100, 2000, GFP_KERNEL),
			-EBUSY);
	KUNIT_EXPECT_EQ(test, mtree_alloc_range(&mt, &start, val(1), 301, 100, 2000, GFP_KERNEL),
			0);
	KUNIT_EXPECT_EQ(test, mtree_alloc_range(&mt, &start, val(1), 1, 100, 2000, GFP_KERNEL),
			-EBUSY);
	
	validate(test, &mt);
	mtree_destroy(&mt);
}

static void cyclic_allocation_comes_round(struct kunit *test)
{
	static struct maple_tree mt = MTREE_INIT(mt, MT_FLAGS_ALLOC_RANGE);
	unsigned long start, next = 0;

	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 3, 5, &next, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, start, 3UL);
	mtree_erase(&mt, 3);
	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 3, 5, &next, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, start, 4UL);
	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 3, 5, &next, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 3, 5, &next, GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, start, 3UL);
	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 3, 5, &next, GFP_KERNEL),
			-EBUSY);

	next = ULONG_MAX;
	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 10, ULONG_MAX, &next,
						 GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, start, ULONG_MAX);
	KUNIT_EXPECT_EQ(test, next, 0UL);
	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 10, ULONG_MAX, &next,
						 GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, start, 10UL);
	mtree_destroy(&mt);
}

/* ---- memory ahead, copies ---- */

static void a_copy_is_equal_and_independent(struct kunit *test)
{
	unsigned long sizes[] = { 0, 1, 15, 16, 200, 2000 };
	int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		static DEFINE_MTREE(mt);
		static DEFINE_MTREE(copy);
		unsigned long j, bad = 0;

		fill(test, &mt, sizes[i]);
		KUNIT_EXPECT_EQ(test, mtree_dup(&mt, &copy, GFP_NOWAIT), 0);
		validate(test, &copy);
		for (j = 0; j < 10 * sizes[i] + 10; j++)
			bad += mtree_load(&mt, j) != mtree_load(&copy, j);
		KUNIT_EXPECT_EQ(test, bad, 0UL);
		if (sizes[i]) {
			KUNIT_EXPECT_EQ(test, mtree_dup(&mt, &copy, GFP_NOWAIT), -EINVAL);
			mtree_store(&copy, 0, val(77), GFP_KERNEL);
			KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 0), val(0));
		}
		mtree_destroy(&mt);
		mtree_destroy(&copy);
	}
}

static void a_copy_needs_the_same_flags(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	static struct maple_tree copy = MTREE_INIT(copy, MT_FLAGS_ALLOC_RANGE);

	fill(test, &mt, 5);
	KUNIT_EXPECT_EQ(test, mtree_dup(&mt, &copy, GFP_NOWAIT), -EINVAL);
	KUNIT_EXPECT_TRUE(test, mtree_empty(&copy));
	mtree_destroy(&mt);
}

#ifdef CONFIG_FAULT_INJECTION
static void a_copy_without_memory_is_empty(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	static DEFINE_MTREE(copy);
	int step;

	fill(test, &mt, 300);
	for (step = 0; step < 25; step++) {
		fault_attr_arm(&failslab, step, -1, 1);
		KUNIT_EXPECT_EQ(test, mtree_dup(&mt, &copy, GFP_NOWAIT | __GFP_NOWARN), -ENOMEM);
		fault_attr_disarm(&failslab);
		KUNIT_EXPECT_TRUE(test, mtree_empty(&copy));
	}
	mtree_destroy(&mt);
}

/* Whether the tree has readers under RCU decides how it is changed. */
static void stores_without_memory(struct kunit *test, unsigned int flags)
{
	struct maple_tree mt;
	unsigned long i, failures = 0;
	int step, ret;

	mt_init_flags(&mt, flags);
	for (i = 0; i < long_run(2000); i++) {
		unsigned long first = (i * 7919) % 5000, last = first + i % 3 * (i % 50);
		void *entry = i % 4 ? val(i) : NULL, *before = mtree_load(&mt, first);

		for (step = 0; step < 20; step++) {
			fault_attr_arm(&failslab, step, -1, 1);
			ret = mtree_store_range(&mt, first, last, entry, GFP_KERNEL | __GFP_NOWARN);
			fault_attr_disarm(&failslab);
			if (!ret)
				break;
			failures++;
			KUNIT_EXPECT_EQ(test, ret, -ENOMEM);
			KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, first), before);
		}
		KUNIT_EXPECT_EQ(test, ret, 0);
		KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, last), entry);
	}
	KUNIT_EXPECT_GT(test, failures, 20UL);
	validate(test, &mt);
	mtree_destroy(&mt);
}

static void a_store_without_memory_changes_nothing(struct kunit *test)
{
	stores_without_memory(test, 0);
	stores_without_memory(test, MT_FLAGS_USE_RCU);
}

static void every_allocating_function_reports_enomem(struct kunit *test)
{
	static struct maple_tree mt = MTREE_INIT(mt, MT_FLAGS_ALLOC_RANGE | MT_FLAGS_USE_RCU);
	gfp_t gfp = GFP_KERNEL | __GFP_NOWARN;
	MA_STATE(mas, &mt, 3, 4);
	unsigned long start, next = 0;

	fault_attr_arm(&failslab, 0, -1, 1);
	KUNIT_EXPECT_EQ(test, mtree_insert(&mt, 1, val(1), gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, mtree_store(&mt, 1, val(1), gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, mtree_alloc_range(&mt, &start, val(1), 3, 0, 9, gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, mtree_alloc_rrange(&mt, &start, val(1), 3, 0, 9, gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, mtree_alloc_cyclic(&mt, &start, val(1), 0, 9, &next, gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, next, 0UL);
	KUNIT_EXPECT_EQ(test, mas_expected_entries(&mas, 100), -ENOMEM);
	mas_lock(&mas);
	KUNIT_EXPECT_EQ(test, mas_preallocate(&mas, val(1), GFP_NOWAIT), -ENOMEM);
	mas_store(&mas, val(1));
	KUNIT_EXPECT_TRUE(test, mas_is_err(&mas));
	KUNIT_EXPECT_EQ(test, xa_err(mas.node), -ENOMEM);
	KUNIT_EXPECT_FALSE(test, mas_nomem(&mas, gfp));
	fault_attr_disarm(&failslab);
	KUNIT_EXPECT_TRUE(test, mas_nomem(&mas, gfp));
	mas_set_range(&mas, 3, 4);
	mas_store(&mas, val(1));
	KUNIT_EXPECT_FALSE(test, mas_is_err(&mas));
	mas_unlock(&mas);
	KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 4), val(1));
	mtree_destroy(&mt);
}

static void a_preallocated_store_needs_no_memory(struct kunit *test)
{
	static struct maple_tree mt = MTREE_INIT(mt, MT_FLAGS_USE_RCU);
	unsigned long i;

	for (i = 0; i < long_run(1500); i++) {
		unsigned long first = (i * 7919) % 5000, last = first + i % 3 * (i % 500);
		void *entry = i % 4 ? val(i) : NULL;
		MA_STATE(mas, &mt, first, last);

		mas_lock(&mas);
		KUNIT_ASSERT_EQ(test, mas_preallocate(&mas, entry, GFP_NOWAIT), 0);
		fault_attr_arm(&failslab, 0, -1, 1);
		mas_store_prealloc(&mas, entry);
		KUNIT_EXPECT_EQ(test, fault_attr_disarm(&failslab), 0U);
		mas_unlock(&mas);
		KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, last), entry);
	}
	validate(test, &mt);
	mtree_destroy(&mt);
}

static void expected_entries_need_no_memory(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	MA_STATE(mas, &mt, 0, 0);
	unsigned long i;

	KUNIT_ASSERT_EQ(test, mas_expected_entries(&mas, 3000), 0);
	fault_attr_arm(&failslab, 0, -1, 1);
	mas_lock(&mas);
	for (i = 0; i < 3000; i++) {
		mas_set_range(&mas, 10 * i, 10 * i + 3);
		mas_store(&mas, val(i));
		KUNIT_EXPECT_FALSE(test, mas_is_err(&mas));
	}
	mas_unlock(&mas);
	KUNIT_EXPECT_EQ(test, fault_attr_disarm(&failslab), 0U);
	mas_destroy(&mas);
	validate(test, &mt);
	for (i = 0; i < 3000; i++)
		KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, 10 * i + 3), val(i));
	mtree_destroy(&mt);
}
#endif

/* ---- random runs against a naive array ---- */

#define SPAN	3000

static void compare(struct kunit *test, struct maple_tree *mt, const unsigned int *model)
{
	MA_STATE(mas, mt, 0, 0);
	unsigned long i, bad = 0;
	void *entry;

	validate(test, mt);
	for (i = 0; i < SPAN; i++)
		bad += mtree_load(mt, i) != (model[i] ? val(model[i]) : NULL);

	/* Upwards and downwards the entries tile what is taken. */
	mas_lock(&mas);
	i = 0;
	mas_for_each(&mas, entry, SPAN) {
		for (; i < mas.index && i < SPAN; i++)
			bad += model[i] != 0;
		for (; i <= mas.last && i < SPAN; i++)
			bad += val(model[i]) != entry;
	}
	for (; i < SPAN; i++)
		bad += model[i] != 0;
	i = SPAN;
	mas_set(&mas, SPAN);
	mas_for_each_rev(&mas, entry, 0) {
		for (; i > mas.last + 1; i--)
			bad += model[i - 1] != 0;
		for (; i > mas.index; i--)
			bad += val(model[i - 1]) != entry;
	}
	for (; i > 0; i--)
		bad += model[i - 1] != 0;
	mas_unlock(&mas);
	KUNIT_EXPECT_EQ(test, bad, 0UL);
}

/* The lowest (or highest) free run of @size in min..max, or SPAN. */
static unsigned long model_gap(const unsigned int *model, unsigned long min, unsigned long max,
			       unsigned long size, bool highest)
{
	unsigned long run = 0, i;

	for (i = 0; i <= max - min; i++) {
		unsigned long at = highest ? max - i : min + i;

		run = model[at] ? 0 : run + 1;
		if (run == size)
			return highest ? at : at - size + 1;
	}
	return SPAN;
}

static void random_run(struct kunit *test, u64 seed, unsigned int flags, unsigned int longest)
{
	unsigned int *model = vzalloc(SPAN * sizeof(*model));
	struct maple_tree mt;
	struct rnd_state rnd;
	unsigned int step, steps = long_run(6000);

	KUNIT_ASSERT_NOT_NULL(test, model);
	mt_init_flags(&mt, flags | MT_FLAGS_ALLOC_RANGE);
	prandom_seed_state(&rnd, seed);
	for (step = 1; step <= steps; step++) {
		unsigned long first = prandom_u32_state(&rnd) % SPAN, i;
		unsigned long last = min(first + prandom_u32_state(&rnd) % longest, SPAN - 1UL);
		unsigned int what = prandom_u32_state(&rnd) % 16;
		MA_STATE(mas, &mt, first, last);

		if (what < 8 || (what < 11 && step > steps / 2)) {
			unsigned int value = what < (step < steps / 2 ? 6 : 4) ? step : 0;
			void *entry = value ? val(value) : NULL;

			KUNIT_EXPECT_EQ(test, 0,
					mtree_store_range(&mt, first, last, entry, GFP_KERNEL));
			for (i = first; i <= last; i++)
				model[i] = value;
		} else if (what < 12) {
			bool free = true;

			for (i = first; i <= last; i++)
				free &= !model[i];
			KUNIT_EXPECT_EQ(test, free ? 0 : -EEXIST,
					mtree_insert_range(&mt, first, last, val(step),
							   GFP_KERNEL));
			for (i = first; free && i <= last; i++)
				model[i] = step;
		} else if (what == 12) {
			unsigned int value = model[first];
			void *entry;

			mas_lock(&mas);
			entry = mas_erase(&mas);
			mas_unlock(&mas);
			KUNIT_EXPECT_PTR_EQ(test, entry, value ? val(value) : NULL);
			for (i = mas.index; entry && i <= mas.last; i++) {
				KUNIT_EXPECT_EQ(test, model[i], value);
				model[i] = 0;
			}
		} else {
			bool highest = what & 1;
			unsigned long size = 1 + prandom_u32_state(&rnd) % 30;
			unsigned long want = last - first + 1 < size ? SPAN :
				model_gap(model, first, last, size, highest);
			int ret;

			mas_lock(&mas);
			ret = highest ? mas_empty_area_rev(&mas, first, last, size) :
				mas_empty_area(&mas, first, last, size);
			mas_unlock(&mas);
			KUNIT_EXPECT_EQ(test, !ret, want != SPAN);
			if (!ret) {
				KUNIT_EXPECT_EQ(test, mas.index, want);
				KUNIT_EXPECT_EQ(test, mas.last, want + size - 1);
			}
		}
		if (step % 200 == 0)
			compare(test, &mt, model);
	}
	mtree_store_range(&mt, 0, ULONG_MAX, NULL, GFP_KERNEL);
	KUNIT_EXPECT_TRUE(test, mtree_empty(&mt));
	vfree(model);
}

static void random_short_ranges_match_the_model(struct kunit *test)
{
	random_run(test, 1, 0, 4);
	random_run(test, 2, MT_FLAGS_USE_RCU, 4);
}

static void random_long_ranges_match_the_model(struct kunit *test)
{
	u64 seed;

	for (seed = 10; seed < 13; seed++) {
		random_run(test, seed, 0, 60);
		random_run(test, seed, MT_FLAGS_USE_RCU, 60);
		random_run(test, seed, MT_FLAGS_USE_RCU, 1500);
	}
}

static void a_big_tree_grows_and_shrinks(struct kunit *test)
{
	static DEFINE_MTREE(mt);
	unsigned long i, n = long_run(20000) & ~1UL;

	for (i = 0; i < n; i++)
		KUNIT_ASSERT_EQ(test, mtree_store(&mt, i * 0x12345, val(i), GFP_KERNEL), 0);
	validate(test, &mt);
	KUNIT_EXPECT_LE(test, mt_height(&mt), 6U);
	for (i = 0; i < n; i++)
		KUNIT_EXPECT_PTR_EQ(test, mtree_load(&mt, i * 0x12345), val(i));
	for (i = 0; i < n; i += 2)
		KUNIT_EXPECT_PTR_EQ(test, mtree_erase(&mt, i * 0x12345), val(i));
	validate(test, &mt);
	for (i = n - 1; i < n; i -= 2)
		KUNIT_EXPECT_PTR_EQ(test, mtree_erase(&mt, i * 0x12345), val(i));
	KUNIT_EXPECT_TRUE(test, mtree_empty(&mt));
}

static struct kunit_case maple_tree_cases[] = {
	KUNIT_CASE(an_empty_tree_reads_as_null),
	KUNIT_CASE(a_range_is_read_at_all_its_indices_and_no_other),
	KUNIT_CASE(a_store_cuts_what_it_overlaps),
	KUNIT_CASE(wrong_arguments_are_refused),
	KUNIT_CASE(a_zero_entry_keeps_its_range_but_reads_as_null),
	KUNIT_CASE(mt_find_goes_over_all_entries),
	KUNIT_CASE(mas_walk_gives_the_range_taken_or_free),
	KUNIT_CASE(loops_go_up_and_down_over_all_entries),
	KUNIT_CASE(range_steps_see_free_ranges_too),
	KUNIT_CASE(next_and_prev_turn_round_at_their_limits),
	KUNIT_CASE(a_tree_with_index_zero_alone_has_root_and_none),
	KUNIT_CASE(a_paused_loop_goes_on_after_the_range),
	KUNIT_CASE(a_loop_may_erase_and_store_through_its_state),
	KUNIT_CASE(storing_null_gives_the_whole_free_range),
	KUNIT_CASE(a_store_gives_the_first_entry_of_its_range),
	KUNIT_CASE(other_changes_do_not_confuse_a_state),
	KUNIT_CASE(areas_are_found_lowest_or_highest_first),
	KUNIT_CASE(ranges_are_allocated_from_both_ends),
	KUNIT_CASE(cyclic_allocation_comes_round),
	KUNIT_CASE(a_copy_is_equal_and_independent),
	KUNIT_CASE(a_copy_needs_the_same_flags),
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_CASE(a_copy_without_memory_is_empty),
	KUNIT_CASE(a_store_without_memory_changes_nothing),
	KUNIT_CASE(every_allocating_function_reports_enomem),
	KUNIT_CASE(a_preallocated_store_needs_no_memory),
	KUNIT_CASE(expected_entries_need_no_memory),
#endif
	KUNIT_CASE(random_short_ranges_match_the_model),
	KUNIT_CASE(random_long_ranges_match_the_model),
	KUNIT_CASE(a_big_tree_grows_and_shrinks),
	{}
};

static struct kunit_suite maple_tree_suite = {
	.name = "maple_tree",
	.test_cases = maple_tree_cases,
};

kunit_test_suite(maple_tree_suite);
