// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/xarray.h>: each function by its documentation, memory that runs out at every
 * step, and long random runs held against a naive array. Readers beside a writer: see
 * xarray_rcu_kunit.c.
 *
 * The arrays are static, as lockdep wants it of locks that are initialised where they are defined;
 * each case leaves its own empty.
 */

#include <kunit/test.h>

#include <linux/fault-inject.h>
#include <linux/list.h>
#include <linux/prandom.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/xarray.h>

/* Places where something changes: ends of nodes, of levels, of the index. */
static const unsigned long borders[] = {
	0, 1, 2, 62, 63, 64, 65, 4094, 4095, 4096, 4097, 262143, 262144, (1UL << 31) - 1, 1UL << 31,
	(1UL << 32) - 1, 1UL << 32, (1UL << 60) - 1, 1UL << 60, LONG_MAX, 1UL << 63,
	ULONG_MAX - 64, ULONG_MAX - 63, ULONG_MAX - 1, ULONG_MAX,
};

/* An entry that can be told from those of other indices. */
static void *entry_of(unsigned long index)
{
	return xa_mk_value(index & LONG_MAX);
}

static void expect_present(struct kunit *test, struct xarray *xa, unsigned long index)
{
	KUNIT_EXPECT_PTR_EQ(test, xa_load(xa, index), entry_of(index));
}

static void store(struct kunit *test, struct xarray *xa, unsigned long index)
{
	KUNIT_ASSERT_EQ(test, xa_err(xa_store(xa, index, entry_of(index), GFP_KERNEL)), 0);
}

static void *store_order(struct xarray *xa, unsigned long index, unsigned int order, void *entry)
{
	XA_STATE_ORDER(xas, xa, index, order);
	void *old;

	do {
		xas_lock(&xas);
		old = xas_store(&xas, entry);
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	return xas_error(&xas) ? (void *)xas.xa_node : old;
}

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
		KUNIT_EXPECT_NULL(test, xa_store(&xa, borders[i], entry_of(borders[i]), GFP_KERNEL));
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
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, entry_of(0), XA_LIMIT(10, 11), GFP_KERNEL), -EBUSY);
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
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic_bh(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 4U);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic_irq(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 5U);
	KUNIT_EXPECT_EQ(test, next, 6U);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, id, 3U);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&xa, &id, entry_of(1), limit, &next, GFP_KERNEL), -EBUSY);
	xa_destroy(&xa);

	next = UINT_MAX;
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&xa, &id, entry_of(1), xa_limit_32b, &next, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, UINT_MAX);
	KUNIT_EXPECT_EQ(test, next, 0U);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&xa, &id, entry_of(1), xa_limit_32b, &next, GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, id, 0U);
	xa_destroy(&xa);
}

/* ---- multi-index entries ---- */

static void a_multi_index_entry_is_one_entry_at_all_its_indices(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order <= 20; order++) {
		static DEFINE_XARRAY(xa);
		unsigned long size = 1UL << order, base = size * 5, index, found = 0;
		void *entry, *other = xa_mk_value(order + 100);

		KUNIT_EXPECT_NULL(test, store_order(&xa, base + size / 2, order, xa_mk_value(order)));
		KUNIT_EXPECT_NULL(test, xa_load(&xa, base - 1));
		KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, base), xa_mk_value(order));
		KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, base + size - 1), xa_mk_value(order));
		KUNIT_EXPECT_NULL(test, xa_load(&xa, base + size));
		KUNIT_EXPECT_EQ(test, xa_get_order(&xa, base + size - 1), (int)order);
		xa_for_each(&xa, index, entry) {
			found++;
			KUNIT_EXPECT_EQ(test, index, base);
		}
		KUNIT_EXPECT_EQ(test, found, 1UL);

		/* through any index: mark, replace, erase */
		xa_set_mark(&xa, base + size - 1, XA_MARK_1);
		KUNIT_EXPECT_TRUE(test, xa_get_mark(&xa, base, XA_MARK_1));
		KUNIT_EXPECT_PTR_EQ(test, xa_store(&xa, base + size - 1, other, GFP_KERNEL),
				    xa_mk_value(order));
		KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, base), other);
		KUNIT_EXPECT_TRUE(test, xa_get_mark(&xa, base, XA_MARK_1));
		KUNIT_EXPECT_PTR_EQ(test, xa_erase(&xa, base + size - 1), other);
		KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	}
}

static void a_larger_entry_replaces_the_smaller_ones_below(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	unsigned long i;

	for (i = 0; i < 1024; i += 5)
		store(test, &xa, i);
	xa_set_mark(&xa, 600, XA_MARK_0);
	store_order(&xa, 512, 9, xa_mk_value(1));
	for (i = 0; i < 1100; i++) {
		void *want = i % 5 || i >= 1024 ? NULL : entry_of(i);

		if (i >= 512 && i < 1024)
			want = xa_mk_value(1);
		KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, i), want);
	}
	xa_destroy(&xa);
}

static void a_larger_entry_gathers_the_marks_of_its_slots(struct kunit *test)
{
	static DEFINE_XARRAY(xa);

	store(test, &xa, 9);
	store(test, &xa, 13);
	xa_set_mark(&xa, 13, XA_MARK_0);
	store_order(&xa, 8, 3, xa_mk_value(1));
	KUNIT_EXPECT_TRUE(test, xa_get_mark(&xa, 8, XA_MARK_0));
	xa_clear_mark(&xa, 15, XA_MARK_0);
	KUNIT_EXPECT_FALSE(test, xa_marked(&xa, XA_MARK_0));
	xa_destroy(&xa);
}

static void a_loop_from_within_an_entry_finds_it_once(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	unsigned long index, n = 0;
	void *entry;

	store_order(&xa, 64, 4, xa_mk_value(1));
	store_order(&xa, 80, 4, xa_mk_value(2));
	xa_for_each_start(&xa, index, entry, 70)
		n++;
	KUNIT_EXPECT_EQ(test, n, 2UL);
	index = 64;
	KUNIT_EXPECT_PTR_EQ(test, xa_find_after(&xa, &index, ULONG_MAX, XA_PRESENT), xa_mk_value(2));
	KUNIT_EXPECT_EQ(test, index, 80UL);
	xa_set_mark(&xa, 90, XA_MARK_2);
	index = 85;
	KUNIT_EXPECT_PTR_EQ(test, xa_find(&xa, &index, ULONG_MAX, XA_MARK_2), xa_mk_value(2));
	xa_destroy(&xa);
}

static void xa_store_range_covers_exactly_its_range(struct kunit *test)
{
	static const unsigned long ends[] = { 0, 1, 5, 63, 64, 65, 127, 128, 191, 1000, 4095, 4096, 9000 };
	int i, j;
	unsigned long k;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		for (j = i; j < ARRAY_SIZE(ends); j++) {
			static DEFINE_XARRAY(xa);
			unsigned long bad = 0;

			KUNIT_EXPECT_NULL(test, xa_store_range(&xa, ends[i], ends[j], xa_mk_value(3),
							       GFP_KERNEL));
			for (k = 0; k < 9100; k++) {
				bool in = k >= ends[i] && k <= ends[j];

				bad += xa_load(&xa, k) != (in ? xa_mk_value(3) : NULL);
			}
			KUNIT_EXPECT_EQ(test, bad, 0UL);
			KUNIT_EXPECT_NULL(test, xa_store_range(&xa, ends[i], ends[j], NULL, GFP_KERNEL));
			KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
		}
	}
}

static void xa_store_range_reaches_the_end_of_the_index(struct kunit *test)
{
	static DEFINE_XARRAY(xa);

	KUNIT_EXPECT_NULL(test, xa_store_range(&xa, ULONG_MAX - 100, ULONG_MAX, xa_mk_value(3), GFP_KERNEL));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, ULONG_MAX), xa_mk_value(3));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, ULONG_MAX - 100), xa_mk_value(3));
	KUNIT_EXPECT_NULL(test, xa_load(&xa, ULONG_MAX - 101));
	xa_destroy(&xa);
	KUNIT_EXPECT_NULL(test, xa_store_range(&xa, 0, ULONG_MAX, xa_mk_value(4), GFP_KERNEL));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 0), xa_mk_value(4));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 1UL << 62), xa_mk_value(4));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, ULONG_MAX), xa_mk_value(4));
	xa_destroy(&xa);
	KUNIT_EXPECT_EQ(test, xa_err(xa_store_range(&xa, 5, 4, xa_mk_value(1), GFP_KERNEL)), -EINVAL);
}

static void a_split_gives_smaller_entries_with_the_same_marks(struct kunit *test)
{
	unsigned int from, to;

	for (from = 1; from <= 11; from++) {
		for (to = 0; to < from; to++) {
			static DEFINE_XARRAY(xa);
			unsigned long base = 3UL << from, i, n = 0;
			XA_STATE_ORDER(xas, &xa, base, to);
			void *entry = xa_mk_value(9);

			if (to - to % XA_CHUNK_SHIFT + 2 * XA_CHUNK_SHIFT <= from)
				continue;	/* two levels: documented as impossible */
			store_order(&xa, base, from, entry);
			xa_set_mark(&xa, base, XA_MARK_1);
			xas_split_alloc(&xas, entry, from, GFP_KERNEL);
			KUNIT_EXPECT_EQ(test, xas_error(&xas), 0);
			xas_lock(&xas);
			xas_split(&xas, entry, from);
			xas_unlock(&xas);
			xas_destroy(&xas);

			for (i = base; i < base + (1UL << from); i += 1UL << to) {
				KUNIT_EXPECT_EQ(test, xa_get_order(&xa, i), (int)to);
				KUNIT_EXPECT_TRUE(test, xa_get_mark(&xa, i, XA_MARK_1));
			}
			xa_for_each_marked(&xa, i, entry, XA_MARK_1)
				n++;
			KUNIT_EXPECT_EQ(test, n, 1UL << (from - to));
			for (i = base; i < base + (1UL << from); i += 1UL << to)
				KUNIT_EXPECT_PTR_EQ(test, xa_erase(&xa, i), xa_mk_value(9));
			KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
		}
	}
}

static void xas_create_range_makes_stores_need_no_memory(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE_ORDER(xas, &xa, 1 << 10, 9);
	unsigned long i;

	do {
		xas_lock(&xas);
		xas_create_range(&xas);
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, xas_error(&xas), 0);
#ifdef CONFIG_FAULT_INJECTION
	fault_attr_arm(&failslab, 0, -1, 1);
#endif
	xas_lock(&xas);
	for (i = 0; i < 512; i++) {
		KUNIT_EXPECT_EQ(test, xas.xa_index, 1024 + i);
		KUNIT_EXPECT_NULL(test, xas_store(&xas, entry_of(1024 + i)));
		xas_next(&xas);
	}
	xas_unlock(&xas);
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_EXPECT_EQ(test, fault_attr_disarm(&failslab), 0U);
#endif
	for (i = 0; i < 512; i++)
		KUNIT_EXPECT_PTR_EQ(test, xa_erase(&xa, 1024 + i), entry_of(1024 + i));
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void conflicts_within_a_range_are_found_then_it_can_be_stored(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE_ORDER(xas, &xa, 512, 9);
	void *entry;
	int n = 0;

	store(test, &xa, 511);
	store(test, &xa, 512);
	store(test, &xa, 700);
	store(test, &xa, 1023);
	store(test, &xa, 1024);
	store_order(&xa, 800, 3, entry_of(800));
	do {
		n = 0;
		xas_lock(&xas);
		xas_for_each_conflict(&xas, entry)
			n++;
		xas_store(&xas, xa_mk_value(1));
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, n, 4);
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 512), xa_mk_value(1));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 1023), xa_mk_value(1));
	expect_present(test, &xa, 511);
	expect_present(test, &xa, 1024);

	xas_set_order(&xas, 520, 2);
	xas_lock(&xas);
	KUNIT_EXPECT_PTR_EQ(test, xas_find_conflict(&xas), xa_mk_value(1));
	KUNIT_EXPECT_NULL(test, xas_find_conflict(&xas));
	xas_set_order(&xas, 1 << 20, 4);
	KUNIT_EXPECT_NULL(test, xas_find_conflict(&xas));
	xas_unlock(&xas);
	xa_destroy(&xa);
}

/* ---- the advanced interface ---- */

static void xas_next_and_prev_go_round_the_whole_index(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 0);
	unsigned long i;

	store(test, &xa, 0);
	store(test, &xa, 300);
	rcu_read_lock();
	for (i = 0; i < 1000; i++) {
		void *want = i == 0 || i == 300 ? entry_of(i) : NULL;

		KUNIT_EXPECT_PTR_EQ(test, xas_next(&xas), want);
		KUNIT_EXPECT_EQ(test, xas.xa_index, i);
	}
	for (i = 999; i-- > 0;) {
		void *want = i == 0 || i == 300 ? entry_of(i) : NULL;

		KUNIT_EXPECT_PTR_EQ(test, xas_prev(&xas), want);
		KUNIT_EXPECT_EQ(test, xas.xa_index, i);
	}
	KUNIT_EXPECT_NULL(test, xas_prev(&xas));
	KUNIT_EXPECT_EQ(test, xas.xa_index, ULONG_MAX);
	KUNIT_EXPECT_PTR_EQ(test, xas_next(&xas), entry_of(0));
	KUNIT_EXPECT_EQ(test, xas.xa_index, 0UL);
	xas_set(&xas, ULONG_MAX);
	KUNIT_EXPECT_NULL(test, xas_next(&xas));
	KUNIT_EXPECT_EQ(test, xas.xa_index, ULONG_MAX);
	rcu_read_unlock();
	xa_destroy(&xa);
}

static void xas_next_sees_a_multi_index_entry_at_each_index(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 60);
	unsigned long i;

	store_order(&xa, 64, 3, xa_mk_value(1));
	store_order(&xa, 128, 6, xa_mk_value(2));
	rcu_read_lock();
	for (i = 60; i < 200; i++) {
		void *want = i >= 64 && i < 72 ? xa_mk_value(1) : i >= 128 && i < 192 ? xa_mk_value(2) : NULL;

		KUNIT_EXPECT_PTR_EQ(test, xas_next(&xas), want);
		KUNIT_EXPECT_EQ(test, xas.xa_index, i);
	}
	rcu_read_unlock();
	xa_destroy(&xa);
}

static void a_paused_loop_goes_on_after_the_entry(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 0);
	unsigned int n = 0;
	void *entry;

	store_order(&xa, 0, 2, xa_mk_value(0));
	store(test, &xa, 63);
	store_order(&xa, 64, 6, xa_mk_value(1));
	store(test, &xa, 128);
	store(test, &xa, ULONG_MAX);
	rcu_read_lock();
	xas_for_each(&xas, entry, ULONG_MAX) {
		n++;
		xas_pause(&xas);
		rcu_read_unlock();
		rcu_read_lock();
	}
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, n, 5U);
	xa_destroy(&xa);
}

static void a_find_that_hit_its_limit_can_go_on_with_another(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 0);

	store(test, &xa, 10);
	store(test, &xa, 20);
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, xas_find(&xas, 15), entry_of(10));
	KUNIT_EXPECT_NULL(test, xas_find(&xas, 15));
	KUNIT_EXPECT_PTR_EQ(test, xas_find(&xas, 25), entry_of(20));
	KUNIT_EXPECT_NULL(test, xas_find(&xas, ULONG_MAX));
	KUNIT_EXPECT_NULL(test, xas_find(&xas, ULONG_MAX));
	rcu_read_unlock();
	xa_destroy(&xa);
}

static void a_state_that_failed_does_nothing_until_reset(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 3);

	store(test, &xa, 3);
	xas_lock(&xas);
	xas_set_err(&xas, -EIO);
	KUNIT_EXPECT_EQ(test, xas_error(&xas), -EIO);
	KUNIT_EXPECT_NULL(test, xas_load(&xas));
	KUNIT_EXPECT_NULL(test, xas_store(&xas, xa_mk_value(1)));
	KUNIT_EXPECT_NULL(test, xas_find(&xas, ULONG_MAX));
	KUNIT_EXPECT_NULL(test, xas_find_marked(&xas, ULONG_MAX, XA_MARK_0));
	KUNIT_EXPECT_NULL(test, xas_next(&xas));
	KUNIT_EXPECT_FALSE(test, xas_get_mark(&xas, XA_MARK_0));
	KUNIT_EXPECT_EQ(test, xas.xa_index, 3UL);
	xas_reset(&xas);
	KUNIT_EXPECT_PTR_EQ(test, xas_load(&xas), entry_of(3));
	KUNIT_EXPECT_PTR_EQ(test, xas_reload(&xas), entry_of(3));
	xas_unlock(&xas);
	xa_destroy(&xa);
}

static int update_balance;		/* nodes on the list that watch() keeps */
static LIST_HEAD(watched);

static void watch(struct xa_node *node)
{
	if (node->count && list_empty(&node->private_list)) {
		list_add(&node->private_list, &watched);
		update_balance++;
	} else if (!node->count && !list_empty(&node->private_list)) {
		list_del_init(&node->private_list);
		update_balance--;
	}
}

static void an_update_function_sees_nodes_come_and_go(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 0);
	unsigned long i;

	xas_set_update(&xas, watch);
	for (i = 0; i < 4096; i += 64) {
		do {
			xas_lock(&xas);
			xas_set(&xas, i);
			xas_store(&xas, entry_of(i));
			xas_unlock(&xas);
		} while (xas_nomem(&xas, GFP_KERNEL));
	}
	KUNIT_EXPECT_EQ(test, update_balance, 65);

	/* the owner of a node may remove it whole */
	xa_lock(&xa);
	xa_delete_node(list_first_entry(&watched, struct xa_node, private_list), watch);
	xa_unlock(&xa);
	KUNIT_EXPECT_LE(test, update_balance, 64);
	for (i = 0; i < 4096; i += 64) {
		xas_lock(&xas);
		xas_set(&xas, i);
		xas_store(&xas, NULL);
		xas_unlock(&xas);
	}
	KUNIT_EXPECT_EQ(test, update_balance, 0);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

/* ---- memory runs out ---- */

#ifdef CONFIG_FAULT_INJECTION
static void a_store_without_memory_changes_nothing(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int i, step;

	store(test, &xa, 1);
	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		for (step = 0; step < 40; step++) {
			void *head = (__force void *)xa.xa_head, *old;
			unsigned int failed;

			fault_attr_arm(&failslab, step, -1, 1);
			old = xa_store(&xa, borders[i], entry_of(borders[i]), GFP_KERNEL | __GFP_NOWARN);
			failed = fault_attr_disarm(&failslab);
			if (!xa_is_err(old))
				break;
			KUNIT_EXPECT_GT(test, failed, 0U);
			KUNIT_EXPECT_EQ(test, xa_err(old), -ENOMEM);
			KUNIT_EXPECT_PTR_EQ(test, (__force void *)xa.xa_head, head);
			expect_present(test, &xa, 1);
		}
		KUNIT_EXPECT_LT(test, step, 40);
		expect_present(test, &xa, borders[i]);
	}
	for (i = 0; i < ARRAY_SIZE(borders); i++)
		xa_erase(&xa, borders[i]);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void a_store_that_may_sleep_gets_over_a_passing_shortage(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int i, times;

	for (i = 0; i < ARRAY_SIZE(borders); i++) {
		for (times = 1; times < 2; times++) {
			fault_attr_arm(&failslab, 0, times, 1);
			KUNIT_EXPECT_NULL(test, xa_store(&xa, borders[i], entry_of(borders[i]),
							 GFP_KERNEL | __GFP_NOWARN));
			fault_attr_disarm(&failslab);
			expect_present(test, &xa, borders[i]);
			xa_erase(&xa, borders[i]);
		}
	}
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void a_state_that_failed_at_first_keeps_no_memory(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, ULONG_MAX);

	xas_lock(&xas);
	fault_attr_arm(&failslab, 3, -1, 1);
	xas_store(&xas, xa_mk_value(1));
	fault_attr_disarm(&failslab);
	xas_unlock(&xas);
	KUNIT_EXPECT_EQ(test, xas_error(&xas), -ENOMEM);
	KUNIT_EXPECT_NULL(test, xas.xa_alloc);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
}

static void every_allocating_function_reports_enomem(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC(al);
	static DEFINE_XARRAY(xa);
	gfp_t gfp = GFP_KERNEL | __GFP_NOWARN;
	u32 id, next = 5;

	fault_attr_arm(&failslab, 0, -1, 1);
	KUNIT_EXPECT_EQ(test, xa_err(xa_cmpxchg(&xa, 99, NULL, entry_of(1), gfp)), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_insert(&xa, 99, entry_of(1), gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_reserve(&xa, 99, gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_err(xa_store_range(&xa, 10, 99, entry_of(1), gfp)), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_alloc(&al, &id, entry_of(1), XA_LIMIT(5, 9), gfp), -ENOMEM);
	KUNIT_EXPECT_EQ(test, xa_alloc_cyclic(&al, &id, entry_of(1), XA_LIMIT(5, 9), &next, gfp), -ENOMEM);
	fault_attr_disarm(&failslab);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	KUNIT_EXPECT_TRUE(test, xa_empty(&al));
	KUNIT_EXPECT_EQ(test, xa_alloc(&al, &id, entry_of(1), xa_limit_32b, gfp), 0);
	KUNIT_EXPECT_EQ(test, id, 0U);
	xa_destroy(&al);
}

static void a_split_without_memory_leaves_the_entry_whole(struct kunit *test)
{
	static DEFINE_XARRAY(xa);
	int step;

	store_order(&xa, 512, 9, xa_mk_value(1));
	for (step = 0; step < 8; step++) {
		XA_STATE(xas, &xa, 512);

		fault_attr_arm(&failslab, step, -1, 1);
		xas_split_alloc(&xas, xa_mk_value(1), 9, GFP_KERNEL | __GFP_NOWARN);
		fault_attr_disarm(&failslab);
		KUNIT_EXPECT_EQ(test, xas_error(&xas), -ENOMEM);
		xas_destroy(&xas);
		KUNIT_EXPECT_EQ(test, xa_get_order(&xa, 700), 9);
	}
	xa_destroy(&xa);
}
#endif

/* ---- random runs against a naive array ---- */

#define SPAN	4096

/* For each index: the entry that covers it, and where that begins. */
struct model {
	struct {
		unsigned int value;	/* 0: none */
		unsigned int first, last;
		unsigned char marks;
	} at[SPAN];
};

static void model_set(struct model *m, unsigned int first, unsigned int last, unsigned int value,
		      unsigned int marks)
{
	unsigned int i;

	for (i = first; i <= last; i++) {
		m->at[i].value = value;
		m->at[i].first = first;
		m->at[i].last = last;
		m->at[i].marks = value ? marks : 0;
	}
}

/* What a store of 2^order indices does: replaces what it touches, whole. */
static void model_store(struct model *m, unsigned int index, unsigned int order, unsigned int value)
{
	unsigned int first = index & ~((1U << order) - 1), last = first + (1U << order) - 1, i;
	unsigned int marks = 0;

	if (m->at[first].value && m->at[first].last - m->at[first].first > last - first) {
		last = m->at[first].last;
		first = m->at[first].first;
	}
	for (i = first; i <= last; i++)
		marks |= m->at[i].marks;
	/* Marks of nodes that are replaced go with them: see model_check(). */
	model_set(m, first, last, value, marks);
}

static void model_check(struct kunit *test, struct xarray *xa, struct model *m)
{
	XA_STATE(xas, xa, 0);
	unsigned int i = 0, bad = 0;
	unsigned long index;
	void *entry;

	for (i = 0; i < SPAN; i++) {
		void *want = m->at[i].value ? xa_mk_value(m->at[i].value) : NULL;

		bad += xa_load(xa, i) != want;
		bad += want && xa_get_order(xa, i) != __builtin_ctz(m->at[i].last - m->at[i].first + 1);
		bad += xa_get_mark(xa, i, XA_MARK_0) != (m->at[i].marks & 1);
	}
	KUNIT_EXPECT_EQ(test, bad, 0U);

	i = 0;
	xa_for_each(xa, index, entry) {
		while (i < SPAN && !m->at[i].value)
			i++;
		KUNIT_ASSERT_TRUE(test, i < SPAN);
		bad += index != i || xa_to_value(entry) != m->at[i].value;
		i = m->at[i].last + 1;
	}
	while (i < SPAN)
		bad += !!m->at[i++].value;

	i = 0;
	xa_lock(xa);
	xas_for_each_marked(&xas, entry, SPAN, XA_MARK_0) {
		while (i < SPAN && !m->at[i].marks)
			i++;
		bad += i >= SPAN || xas.xa_index != i;
		if (i < SPAN)
			i = m->at[i].last + 1;
	}
	xa_unlock(xa);
	while (i < SPAN)
		bad += !!m->at[i++].marks;
	KUNIT_EXPECT_EQ(test, bad, 0U);
}

static void random_run(struct kunit *test, u64 seed, unsigned int max_order, unsigned int steps)
{
	struct model *m = vzalloc(sizeof(*m));
	static DEFINE_XARRAY(xa);
	struct rnd_state rnd;
	unsigned int step;

	KUNIT_ASSERT_NOT_NULL(test, m);
	prandom_seed_state(&rnd, seed);
	for (step = 0; step < steps; step++) {
		unsigned int r = prandom_u32_state(&rnd), i = r % SPAN, order = 0, value = 0;

		if (max_order && (r >> 20) % 3 == 0)
			order = (r >> 22) % (max_order + 1);
		switch ((r >> 12) % 8) {
		case 0 ... 3:
			value = step + 1;
			fallthrough;
		case 4 ... 5:
			/* One that would replace marked entries takes their marks or drops them; keep
			 * to the case where both agree. */
			if (order) {
				unsigned int first = i & ~((1U << order) - 1), j;

				for (j = first; j < first + (1U << order); j++) {
					if (m->at[j].marks) {
						xa_clear_mark(&xa, j, XA_MARK_0);
						model_set(m, m->at[j].first, m->at[j].last, m->at[j].value, 0);
					}
				}
			}
			store_order(&xa, i, order, value ? xa_mk_value(value) : NULL);
			model_store(m, i, order, value);
			break;
		case 6:
			xa_set_mark(&xa, i, XA_MARK_0);
			model_set(m, m->at[i].value ? m->at[i].first : i, m->at[i].value ? m->at[i].last : i,
				  m->at[i].value, 1);
			break;
		default:
			xa_clear_mark(&xa, i, XA_MARK_0);
			model_set(m, m->at[i].value ? m->at[i].first : i, m->at[i].value ? m->at[i].last : i,
				  m->at[i].value, 0);
			break;
		}
		if (step % 500 == 499)
			model_check(test, &xa, m);
	}
	model_check(test, &xa, m);
	for (step = 0; step < SPAN; step++)
		xa_erase(&xa, step);
	KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
	KUNIT_EXPECT_FALSE(test, xa_marked(&xa, XA_MARK_0));
	vfree(m);
}

static void random_single_stores_match_the_model(struct kunit *test)
{
	random_run(test, 1, 0, 10000);
}

static void random_multi_index_stores_match_the_model(struct kunit *test)
{
	u64 seed;

	for (seed = 2; seed < 8; seed++)
		random_run(test, seed, 9, 3000);
}

static void random_allocation_matches_the_model(struct kunit *test)
{
	static DEFINE_XARRAY_ALLOC(xa);
	unsigned char *taken = vzalloc(SPAN);
	struct rnd_state rnd;
	unsigned int step, i;
	u32 id;

	KUNIT_ASSERT_NOT_NULL(test, taken);
	prandom_seed_state(&rnd, 11);
	for (step = 0; step < 20000; step++) {
		unsigned int r = prandom_u32_state(&rnd), min = r % SPAN;

		if ((r >> 12) % 16 < 9) {
			int ret = xa_alloc(&xa, &id, entry_of(1), XA_LIMIT(min, SPAN - 1), GFP_KERNEL);

			for (i = min; i < SPAN && taken[i]; i++)
				;
			KUNIT_EXPECT_EQ(test, ret, i < SPAN ? 0 : -EBUSY);
			if (!ret) {
				KUNIT_EXPECT_EQ(test, id, i);
				taken[id] = 1;
			}
		} else {
			KUNIT_EXPECT_EQ(test, !!xa_erase(&xa, min), (int)taken[min]);
			taken[min] = 0;
		}
	}
	xa_destroy(&xa);
	vfree(taken);
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
	KUNIT_CASE(a_multi_index_entry_is_one_entry_at_all_its_indices),
	KUNIT_CASE(a_larger_entry_replaces_the_smaller_ones_below),
	KUNIT_CASE(a_larger_entry_gathers_the_marks_of_its_slots),
	KUNIT_CASE(a_loop_from_within_an_entry_finds_it_once),
	KUNIT_CASE(xa_store_range_covers_exactly_its_range),
	KUNIT_CASE(xa_store_range_reaches_the_end_of_the_index),
	KUNIT_CASE(a_split_gives_smaller_entries_with_the_same_marks),
	KUNIT_CASE(xas_create_range_makes_stores_need_no_memory),
	KUNIT_CASE(conflicts_within_a_range_are_found_then_it_can_be_stored),
	KUNIT_CASE(xas_next_and_prev_go_round_the_whole_index),
	KUNIT_CASE(xas_next_sees_a_multi_index_entry_at_each_index),
	KUNIT_CASE(a_paused_loop_goes_on_after_the_entry),
	KUNIT_CASE(a_find_that_hit_its_limit_can_go_on_with_another),
	KUNIT_CASE(a_state_that_failed_does_nothing_until_reset),
	KUNIT_CASE(an_update_function_sees_nodes_come_and_go),
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_CASE(a_store_without_memory_changes_nothing),
	KUNIT_CASE(a_store_that_may_sleep_gets_over_a_passing_shortage),
	KUNIT_CASE(a_state_that_failed_at_first_keeps_no_memory),
	KUNIT_CASE(every_allocating_function_reports_enomem),
	KUNIT_CASE(a_split_without_memory_leaves_the_entry_whole),
#endif
	KUNIT_CASE(random_single_stores_match_the_model),
	KUNIT_CASE(random_multi_index_stores_match_the_model),
	KUNIT_CASE(random_allocation_matches_the_model),
	{}
};

static struct kunit_suite xarray_suite = {
	.name = "xarray",
	.test_cases = xarray_cases,
};

kunit_test_suite(xarray_suite);
