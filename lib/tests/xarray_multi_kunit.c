// SPDX-License-Identifier: MIT
/* Tests of <linux/xarray.h>: entries of more than one index, ranges, splitting. */

#include "xarray_test.h"

#include <linux/fault-inject.h>
#include <linux/slab.h>

/* ---- multi-index entries ---- */

static void a_multi_index_entry_is_one_entry_at_all_its_indices(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order <= 20; order++) {
		static DEFINE_XARRAY(xa);
		unsigned long size = 1UL << order, base = size * 5, index, found = 0;
		void *entry, *other = xa_mk_value(order + 100);

		KUNIT_EXPECT_NULL(test,
				  store_order(&xa, base + size / 2, order, xa_mk_value(order)));
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
	KUNIT_EXPECT_PTR_EQ(test, xa_find_after(&xa, &index, ULONG_MAX, XA_PRESENT),
			    xa_mk_value(2));
	KUNIT_EXPECT_EQ(test, index, 80UL);
	xa_set_mark(&xa, 90, XA_MARK_2);
	index = 85;
	KUNIT_EXPECT_PTR_EQ(test, xa_find(&xa, &index, ULONG_MAX, XA_MARK_2), xa_mk_value(2));
	xa_destroy(&xa);
}

static void xa_store_range_covers_exactly_its_range(struct kunit *test)
{
	static const unsigned long ends[] = { 0, 1, 5, 63, 64, 65, 127, 128, 191, 1000, 4095, 4096,
					     9000 };
	int i, j;
	unsigned long k;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		for (j = i; j < ARRAY_SIZE(ends); j++) {
			static DEFINE_XARRAY(xa);
			unsigned long bad = 0;

			KUNIT_EXPECT_NULL(test, xa_store_range(&xa, ends[i], ends[j],
							       xa_mk_value(3), GFP_KERNEL));
			for (k = 0; k < 9100; k++) {
				bool in = k >= ends[i] && k <= ends[j];

				bad += xa_load(&xa, k) != (in ? xa_mk_value(3) : NULL);
			}
			KUNIT_EXPECT_EQ(test, bad, 0UL);
			KUNIT_EXPECT_NULL(test,
					  xa_store_range(&xa, ends[i], ends[j], NULL, GFP_KERNEL));
			KUNIT_EXPECT_TRUE(test, xa_empty(&xa));
		}
	}
}

static void xa_store_range_reaches_the_end_of_the_index(struct kunit *test)
{
	static DEFINE_XARRAY(xa);

	KUNIT_EXPECT_NULL(test, xa_store_range(&xa, ULONG_MAX - 100, ULONG_MAX, xa_mk_value(3),
					       GFP_KERNEL));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, ULONG_MAX), xa_mk_value(3));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, ULONG_MAX - 100), xa_mk_value(3));
	KUNIT_EXPECT_NULL(test, xa_load(&xa, ULONG_MAX - 101));
	xa_destroy(&xa);
	KUNIT_EXPECT_NULL(test, xa_store_range(&xa, 0, ULONG_MAX, xa_mk_value(4), GFP_KERNEL));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 0), xa_mk_value(4));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 1UL << 62), xa_mk_value(4));
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, ULONG_MAX), xa_mk_value(4));
	xa_destroy(&xa);
	KUNIT_EXPECT_EQ(test, xa_err(xa_store_range(&xa, 5, 4, xa_mk_value(1), GFP_KERNEL)),
			-EINVAL);
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

static struct kunit_case xarray_multi_cases[] = {
	KUNIT_CASE(a_multi_index_entry_is_one_entry_at_all_its_indices),
	KUNIT_CASE(a_larger_entry_replaces_the_smaller_ones_below),
	KUNIT_CASE(a_larger_entry_gathers_the_marks_of_its_slots),
	KUNIT_CASE(a_loop_from_within_an_entry_finds_it_once),
	KUNIT_CASE(xa_store_range_covers_exactly_its_range),
	KUNIT_CASE(xa_store_range_reaches_the_end_of_the_index),
	KUNIT_CASE(a_split_gives_smaller_entries_with_the_same_marks),
	KUNIT_CASE(xas_create_range_makes_stores_need_no_memory),
	KUNIT_CASE(conflicts_within_a_range_are_found_then_it_can_be_stored),

	{}
};

static struct kunit_suite xarray_multi_suite = {
	.name = "xarray_multi",
	.test_cases = xarray_multi_cases,
};

kunit_test_suite(xarray_multi_suite);

MODULE_LICENSE("MIT");
