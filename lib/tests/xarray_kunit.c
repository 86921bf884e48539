// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/xarray.h>: the normal interface, by its documentation. Entries of many indices
 * are xarray_multi_kunit.c's, the advanced interface, memory that runs out and long random runs
 * xarray_adv_kunit.c's, readers beside a writer xarray_rcu_kunit.c's.
 */

#include "xarray_test.h"

#include <linux/fault-inject.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

/* ---- entries ---- */

static void entries_of_each_kind_are_told_apart(struct kunit *test)
{
	int object;
	void *p = &object;

	KUNIT_EXPECT_TRUE(test, xa_is_value(xa_mk_value(0)));
	KUNIT_EXPECT_EQ(test, xa_to_value(xa_mk_value(LONG_MAX)), (unsigned long)LONG_MAX);
	KUNIT_EXPECT_FALSE(test, xa_is_value(p));
	KUNIT_EXPECT_FALSE(test, xa_is_internal(p));
	KUNIT_EXPECT_FALSE(test, xa_is_internal(NULL));
	KUNIT_EXPECT_PTR_EQ(test, xa_untag_pointer(xa_tag_pointer(p, 3)), p);
	KUNIT_EXPECT_EQ(test, xa_pointer_tag(xa_tag_pointer(p, 1)), 1U);
	KUNIT_EXPECT_TRUE(test, xa_is_zero(XA_ZERO_ENTRY));
	KUNIT_EXPECT_FALSE(test, xa_is_advanced(XA_ZERO_ENTRY));
	KUNIT_EXPECT_TRUE(test, xa_is_advanced(XA_RETRY_ENTRY));
	KUNIT_EXPECT_TRUE(test, xa_is_sibling(xa_mk_sibling(0)));
	KUNIT_EXPECT_FALSE(test, xa_is_sibling(XA_RETRY_ENTRY));
	KUNIT_EXPECT_EQ(test, xa_err(XA_ERROR(-ENOMEM)), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_err(xa_mk_value(5)), 0);
	KUNIT_EXPECT_EQ(test, xa_err(NULL), 0);
}

/* ---- load, store, erase ---- */

static void an_empty_array_reads_as_null_everywhere(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int i;

	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		KUNIT_EXPECT_NULL(test, xa_load(&xa, borders[i]));
		KUNIT_EXPECT_NULL(test, xa_erase(&xa, borders[i]));
		KUNIT_EXPECT_FALSE(test, xa_get_mark(&xa, borders[i], XA_MARK_1));
	}
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void a_store_at_any_border_alone_is_read_back(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int i, j;

	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		KUNIT_EXPECT_NULL(test,
				  xa_store(&xa, borders[i], entry_of(borders[i]), GFP_KERNEL));
		for (j = 0; j < ARRAY_SIZE(borders); j++) {
			if (j == i)
				expect_present(test, &xa, borders[j]);
			else
				KUNIT_EXPECT_NULL(test, xa_load(&xa, borders[j]));
		}
		KUNIT_EXPECT_PTR_EQ(test, xa_erase(&xa, borders[i]), entry_of(borders[i]));
		KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	}
}

static void all_borders_live_side_by_side(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int i, j;

	for (i = 0; i < ARRAY_SIZE(borders); i++)
		store(test, &xa, borders[i]);
	for (i = 0; i < ARRAY_SIZE(borders); i++)
		expect_present(test, &xa, borders[i]);
	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		xa_erase(&xa, borders[i]);
		for (j = i + 1; j < ARRAY_SIZE(borders); j++)
			expect_present(test, &xa, borders[j]);
	}
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void xa_store_returns_what_was_there(struct kunit *test)
{
	static DEFINE_XARRAY(xa);

	KUNIT_EXPECT_NULL(test, xa_store(&xa, 5, xa_mk_value(1), GFP_KERNEL));
	KUNIT_EXPECT_PTR_EQ(test, xa_store(&xa, 5, xa_mk_value(2), GFP_KERNEL), xa_mk_value(1));
	KUNIT_EXPECT_PTR_EQ(test, xa_store_bh(&xa, 5, xa_mk_value(3), GFP_KERNEL), xa_mk_value(2));
	KUNIT_EXPECT_PTR_EQ(test, xa_store_irq(&xa, 5, NULL, GFP_KERNEL), xa_mk_value(3));
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void the_tree_shrinks_back_to_the_entry_in_the_head(struct kunit *test)
{
	static DEFINE_XARRAY(xa);

	store(test, &xa, 0);
	store(test, &xa, ULONG_MAX);
	KUNIT_EXPECT_TRUE(test, xa_is_node((__force void *)xa.xa_head));
	xa_erase(&xa, ULONG_MAX);
	KUNIT_EXPECT_PTR_EQ(test, (__force void *)xa.xa_head, entry_of(0));
	expect_present(test, &xa, 0);
	xa_erase(&xa, 0);
}

static void nodes_count_entries_and_values(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	struct xa_node *node;
	int object;

	store(test, &xa, 3);
	KUNIT_EXPECT_PTR_EQ(test, xa_store(&xa, 4, &object, GFP_KERNEL), NULL);
	node = xa_to_node((__force void *)xa.xa_head);
	KUNIT_EXPECT_EQ(test, (int)node->count, 2);
	KUNIT_EXPECT_EQ(test, (int)node->nr_values, 1);
	xa_store(&xa, 3, &object, GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, (int)node->count, 2);
	KUNIT_EXPECT_EQ(test, (int)node->nr_values, 0);
	xa_destroy(&xa);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void xa_cmpxchg_stores_only_over_the_expected(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	void *a = xa_mk_value(1), *b = xa_mk_value(2);

	KUNIT_EXPECT_PTR_EQ(test, xa_cmpxchg(&xa, 70, a, b, GFP_KERNEL), NULL);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	KUNIT_EXPECT_PTR_EQ(test, xa_cmpxchg(&xa, 70, NULL, a, GFP_KERNEL), NULL);
	KUNIT_EXPECT_PTR_EQ(test, xa_cmpxchg_bh(&xa, 70, NULL, b, GFP_KERNEL), a);
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 70), a);
	KUNIT_EXPECT_PTR_EQ(test, xa_cmpxchg_irq(&xa, 70, a, b, GFP_KERNEL), a);
	KUNIT_EXPECT_PTR_EQ(test, xa_cmpxchg(&xa, 70, b, NULL, GFP_KERNEL), b);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void xa_insert_refuses_a_taken_place(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	void *a = xa_mk_value(1), *b = xa_mk_value(2);

	KUNIT_EXPECT_EQ(test, xa_insert(&xa, 1000, a, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, xa_insert(&xa, 1000, b, GFP_KERNEL), -EBUSY);
	KUNIT_EXPECT_EQ(test, xa_insert_bh(&xa, 1001, NULL, GFP_KERNEL), 0);
	KUNIT_EXPECT_NULL(test, xa_load(&xa, 1001));
	KUNIT_EXPECT_EQ(test, xa_insert_irq(&xa, 1001, b, GFP_KERNEL), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 1000), a);
	xa_destroy(&xa);
}

static void a_reserved_place_reads_as_null_and_needs_no_memory(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	unsigned long index;
	void *entry;

	KUNIT_EXPECT_EQ(test, xa_reserve(&xa, 12345678, GFP_KERNEL), 0);
	KUNIT_EXPECT_NULL(test, xa_load(&xa, 12345678));
	KUNIT_EXPECT_FALSE(test, xa_empty(&xa));
	xa_for_each(&xa, index, entry)
		KUNIT_FAIL(test, "found a reserved place");
#ifdef CONFIG_FAULT_INJECTION
	fault_attr_arm(&failslab, 0, -1, 1);
	KUNIT_EXPECT_NULL(test, xa_store(&xa, 12345678, xa_mk_value(1), GFP_NOWAIT));
	fault_attr_disarm(&failslab);
#endif
	xa_release(&xa, 12345678);
	KUNIT_EXPECT_NOT_NULL(test, xa_erase(&xa, 12345678));

	KUNIT_EXPECT_EQ(test, xa_reserve_bh(&xa, 0, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, xa_reserve_irq(&xa, 0, GFP_KERNEL), 0);
	xa_release(&xa, 0);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void errors_come_back_as_entries(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, xa_err(xa_mk_internal(-EINVAL)), -EINVAL);
	KUNIT_EXPECT_EQ(test, xa_err(XA_ERROR(-MAX_ERRNO)), -MAX_ERRNO);
}

/* ---- marks ---- */

static void marks_are_set_cleared_and_found_at_every_border(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int i;

	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		xa_set_mark(&xa, borders[i], XA_MARK_0);
		KUNIT_EXPECT_FALSE(test, xa_get_mark(&xa, borders[i], XA_MARK_0));
		store(test, &xa, borders[i]);
	}
	KUNIT_EXPECT_FALSE(test, xa_marked(&xa, XA_MARK_0));
	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		unsigned long index = 0;

		xa_set_mark(&xa, borders[i], XA_MARK_2);
		KUNIT_EXPECT_TRUE(test, xa_get_mark(&xa, borders[i], XA_MARK_2));
		KUNIT_EXPECT_FALSE(test, xa_get_mark(&xa, borders[i], XA_MARK_1));
		KUNIT_EXPECT_TRUE(test, xa_marked(&xa, XA_MARK_2));
		KUNIT_EXPECT_PTR_EQ(test, xa_find(&xa, &index, ULONG_MAX, XA_MARK_2),
				    entry_of(borders[i]));
		KUNIT_EXPECT_EQ(test, index, borders[i]);
		xa_clear_mark(&xa, borders[i], XA_MARK_2);
		KUNIT_EXPECT_FALSE(test, xa_marked(&xa, XA_MARK_2));
	}
	xa_destroy(&xa);
}

static void marks_outlive_a_replacement_but_not_an_erasure(struct kunit *test)
{
	static DEFINE_XARRAY(xa);

	store(test, &xa, 100);
	xa_set_mark(&xa, 100, XA_MARK_1);
	xa_store(&xa, 100, xa_mk_value(7), GFP_KERNEL);
	KUNIT_EXPECT_TRUE(test, xa_get_mark(&xa, 100, XA_MARK_1));
	xa_erase(&xa, 100);
	KUNIT_EXPECT_FALSE(test, xa_get_mark(&xa, 100, XA_MARK_1));
	KUNIT_EXPECT_FALSE(test, xa_marked(&xa, XA_MARK_1));
	store(test, &xa, 100);
	KUNIT_EXPECT_FALSE(test, xa_get_mark(&xa, 100, XA_MARK_1));
	xa_destroy(&xa);
}

static void marks_survive_growing_and_shrinking(struct kunit *test)
{
	static DEFINE_XARRAY(xa);

	store(test, &xa, 0);
	xa_set_mark(&xa, 0, XA_MARK_0);
	store(test, &xa, 1UL << 40);
	KUNIT_EXPECT_TRUE(test, xa_get_mark(&xa, 0, XA_MARK_0));
	KUNIT_EXPECT_FALSE(test, xa_get_mark(&xa, 1UL << 40, XA_MARK_0));
	xa_erase(&xa, 1UL << 40);
	KUNIT_EXPECT_TRUE(test, xa_get_mark(&xa, 0, XA_MARK_0));
	xa_destroy(&xa);
	KUNIT_EXPECT_FALSE(test, xa_marked(&xa, XA_MARK_0));
}

static void a_mark_loop_sees_only_marked_entries(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	unsigned long index, seen = 0;
	void *entry;

	for (index = 0; index < 1000; index++) {
		store(test, &xa, index);
		if (index % 7 == 3)
			xa_set_mark(&xa, index, XA_MARK_1);
	}
	xa_for_each_marked(&xa, index, entry, XA_MARK_1) {
		KUNIT_EXPECT_EQ(test, index % 7, 3UL);
		seen++;
	}
	KUNIT_EXPECT_EQ(test, seen, 143UL);
	xa_destroy(&xa);
}

/* ---- finding ---- */

static void loops_go_over_all_entries_in_order(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	unsigned long index;
	void *entry;
	int i;

	for (i = ARRAY_SIZE(borders) - 1; i >= 0; i--)
		store(test, &xa, borders[i]);
	i = 0;
	xa_for_each(&xa, index, entry) {
		KUNIT_EXPECT_EQ(test, index, borders[i]);
		KUNIT_EXPECT_PTR_EQ(test, entry, entry_of(index));
		i++;
	}
	KUNIT_EXPECT_EQ(test, i, (int)ARRAY_SIZE(borders));

	i = 5;
	xa_for_each_range(&xa, index, entry, 64, 4096)
		KUNIT_EXPECT_EQ(test, index, borders[i++]);
	KUNIT_EXPECT_EQ(test, i, 10);

	i = ARRAY_SIZE(borders) - 1;
	xa_for_each_start(&xa, index, entry, ULONG_MAX)
		KUNIT_EXPECT_EQ(test, index, borders[i++]);
	KUNIT_EXPECT_EQ(test, i, (int)ARRAY_SIZE(borders));
	xa_destroy(&xa);
}

static void xa_find_leaves_the_index_when_there_is_nothing(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	unsigned long index = 17;

	KUNIT_EXPECT_NULL(test, xa_find(&xa, &index, ULONG_MAX, XA_PRESENT));
	KUNIT_EXPECT_EQ(test, index, 17UL);
	store(test, &xa, 20);
	KUNIT_EXPECT_NULL(test, xa_find(&xa, &index, 19, XA_PRESENT));
	KUNIT_EXPECT_PTR_EQ(test, xa_find(&xa, &index, 20, XA_PRESENT), entry_of(20));
	KUNIT_EXPECT_EQ(test, index, 20UL);
	KUNIT_EXPECT_NULL(test, xa_find_after(&xa, &index, ULONG_MAX, XA_PRESENT));
	index = ULONG_MAX;
	KUNIT_EXPECT_NULL(test, xa_find_after(&xa, &index, ULONG_MAX, XA_PRESENT));
	xa_destroy(&xa);
}

static void a_loop_may_erase_what_it_finds(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	unsigned long index, n = 0;
	void *entry;

	for (index = 0; index < 5000; index += 3)
		store(test, &xa, index);
	xa_for_each(&xa, index, entry) {
		KUNIT_EXPECT_PTR_EQ(test, xa_erase(&xa, index), entry);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 1667UL);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void xa_extract_copies_at_most_n(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	void *dst[8];
	unsigned long i;

	for (i = 0; i < 300; i += 50)
		store(test, &xa, i);
	xa_set_mark(&xa, 200, XA_MARK_0);
	KUNIT_EXPECT_EQ(test, xa_extract(&xa, dst, 0, ULONG_MAX, 8, XA_PRESENT), 6U);
	KUNIT_EXPECT_PTR_EQ(test, dst[5], entry_of(250));
	KUNIT_EXPECT_EQ(test, xa_extract(&xa, dst, 1, ULONG_MAX, 2, XA_PRESENT), 2U);
	KUNIT_EXPECT_PTR_EQ(test, dst[0], entry_of(50));
	KUNIT_EXPECT_EQ(test, xa_extract(&xa, dst, 0, 99, 8, XA_PRESENT), 2U);
	KUNIT_EXPECT_EQ(test, xa_extract(&xa, dst, 0, ULONG_MAX, 8, XA_MARK_0), 1U);
	KUNIT_EXPECT_PTR_EQ(test, dst[0], entry_of(200));
	KUNIT_EXPECT_EQ(test, xa_extract(&xa, dst, 0, ULONG_MAX, 0, XA_PRESENT), 0U);
	xa_destroy(&xa);
}

/* ---- allocation ---- */

static void xa_alloc_gives_the_lowest_free_index(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC(xa);
	u32 id = 99;
	u32 i;

	for (i = 0; i < 200; i++) {
		KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(i), xa_limit_32b, GFP_KERNEL), 0);
		KUNIT_EXPECT_EQ(test, id, i);
	}
	xa_erase(&xa, 130);
	xa_erase(&xa, 7);
	KUNIT_EXPECT_EQ(test, xa_alloc_bh(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 7U);
	KUNIT_EXPECT_EQ(test, xa_alloc_irq(&xa, &id, NULL, xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 130U);
	KUNIT_EXPECT_NULL(test, xa_load(&xa, 130));
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 200U);
	xa_destroy(&xa);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 0U);
	xa_destroy(&xa);
}

static void an_alloc1_array_never_gives_zero(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC1(xa);
	u32 id, i;

	for (i = 1; i < 70; i++) {
		KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(i), xa_limit_32b, GFP_KERNEL), 0);
		KUNIT_EXPECT_EQ(test, id, i);
	}
	for (i = 69; i > 0; i--)
		KUNIT_EXPECT_PTR_EQ(test, xa_erase(&xa, i), entry_of(i));
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 1U);
	xa_destroy(&xa);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 1U);
	xa_destroy(&xa);
}

static void xa_alloc_keeps_to_its_limits(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC(xa);
	u32 id;

	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(0), XA_LIMIT(10, 11), GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 10U);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(0), XA_LIMIT(10, 11), GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 11U);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(0), XA_LIMIT(10, 11), GFP_KERNEL),
			-EBUSY);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(0), XA_LIMIT(9, 5), GFP_KERNEL), -EBUSY);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(0), XA_LIMIT(UINT_MAX, UINT_MAX),
				       GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, UINT_MAX);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(0), XA_LIMIT(UINT_MAX, UINT_MAX),
				       GFP_KERNEL), -EBUSY);
	xa_destroy(&xa);
}

static void storing_null_in_an_alloc_array_keeps_the_index_taken(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC(xa);
	u32 id;

	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_PTR_EQ(test, xa_store(&xa, 0, NULL, GFP_KERNEL), entry_of(1));
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 1U);
	xa_store(&xa, 2, entry_of(2), GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 3U);
	KUNIT_EXPECT_EQ(test, xa_reserve(&xa, 4, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, xa_insert(&xa, 5, entry_of(5), GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 6U);
	xa_erase(&xa, 0);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(1), xa_limit_32b, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 0U);
	xa_destroy(&xa);
}

static void xa_alloc_cyclic_goes_on_and_comes_round(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC(xa);
	struct xa_limit limit = XA_LIMIT(3, 5);
	u32 id, next = 0;

	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 3U);
	xa_erase(&xa, 3);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic_bh(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL),
			0);
	KUNIT_EXPECT_EQ(test, id, 4U);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic_irq(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL),
			0);
	KUNIT_EXPECT_EQ(test, id, 5U);
	KUNIT_EXPECT_EQ(test, next, 6U);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, id, 3U);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL),
			-EBUSY);
	xa_destroy(&xa);

	next = UINT_MAX;
	KUNIT_EXPECT_EQ(test,
			xa_alloc_cyclic(&xa, &id, entry_of(1), xa_limit_32b, &next, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, UINT_MAX);
	KUNIT_EXPECT_EQ(test, next, 0U);
	KUNIT_EXPECT_EQ(test,
			xa_alloc_cyclic(&xa, &id, entry_of(1), xa_limit_32b, &next, GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, id, 0U);
	xa_destroy(&xa);
}

static struct kunit_case xarray_cases[] = {
	KUNIT_CASE(entries_of_each_kind_are_told_apart),
	KUNIT_CASE(an_empty_array_reads_as_null_everywhere),
	KUNIT_CASE(a_store_at_any_border_alone_is_read_back),
	KUNIT_CASE(all_borders_live_side_by_side),
	KUNIT_CASE(xa_store_returns_what_was_there),
	KUNIT_CASE(the_tree_shrinks_back_to_the_entry_in_the_head),
	KUNIT_CASE(nodes_count_entries_and_values),
	KUNIT_CASE(xa_cmpxchg_stores_only_over_the_expected),
	KUNIT_CASE(xa_insert_refuses_a_taken_place),
	KUNIT_CASE(a_reserved_place_reads_as_null_and_needs_no_memory),
	KUNIT_CASE(errors_come_back_as_entries),
	KUNIT_CASE(marks_are_set_cleared_and_found_at_every_border),
	KUNIT_CASE(marks_outlive_a_replacement_but_not_an_erasure),
	KUNIT_CASE(marks_survive_growing_and_shrinking),
	KUNIT_CASE(a_mark_loop_sees_only_marked_entries),
	KUNIT_CASE(loops_go_over_all_entries_in_order),
	KUNIT_CASE(xa_find_leaves_the_index_when_there_is_nothing),
	KUNIT_CASE(a_loop_may_erase_what_it_finds),
	KUNIT_CASE(xa_extract_copies_at_most_n),
	KUNIT_CASE(xa_alloc_gives_the_lowest_free_index),
	KUNIT_CASE(an_alloc1_array_never_gives_zero),
	KUNIT_CASE(xa_alloc_keeps_to_its_limits),
	KUNIT_CASE(storing_null_in_an_alloc_array_keeps_the_index_taken),
	KUNIT_CASE(xa_alloc_cyclic_goes_on_and_comes_round),

	{}
};

static struct kunit_suite xarray_suite = {
	.name = "xarray",
	.test_cases = xarray_cases,
};

kunit_test_suite(xarray_suite);

MODULE_LICENSE("MIT");
