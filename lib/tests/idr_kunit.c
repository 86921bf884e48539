// SPDX-License-Identifier: MIT
/* Tests of <linux/idr.h>: IDR and IDA, and the older names in <linux/radix-tree.h>. */

#include <kunit/test.h>

#include <linux/err.h>
#include <linux/fault-inject.h>
#include <linux/idr.h>
#include <linux/prandom.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

static int objects[64];

static void *object(unsigned int i)
{
	return &objects[i % ARRAY_SIZE(objects)];
}

/* ---- IDR ---- */

static void idr_alloc_gives_the_lowest_free_id(struct kunit *test)
{
	static DEFINE_IDR(idr);
	int i;

	KUNIT_EXPECT_TRUE(test, idr_is_empty(&idr));
	for (i = 0; i < 300; i++)
		KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(i), 0, 0, GFP_KERNEL), i);
	for (i = 0; i < 300; i++)
		KUNIT_EXPECT_PTR_EQ(test, idr_find(&idr, i), object(i));
	KUNIT_EXPECT_NULL(test, idr_find(&idr, 300));
	KUNIT_EXPECT_PTR_EQ(test, idr_remove(&idr, 150), object(150));
	KUNIT_EXPECT_NULL(test, idr_remove(&idr, 150));
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(1), 0, 0, GFP_KERNEL), 150);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(1), 1000, 0, GFP_KERNEL), 1000);
	idr_destroy(&idr);
	KUNIT_EXPECT_TRUE(test, idr_is_empty(&idr));
}

static void idr_alloc_keeps_to_start_and_end(struct kunit *test)
{
	static DEFINE_IDR(idr);

	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(0), 5, 7, GFP_KERNEL), 5);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(0), 5, 7, GFP_KERNEL), 6);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(0), 5, 7, GFP_KERNEL), -ENOSPC);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(0), INT_MAX, 0, GFP_KERNEL), INT_MAX);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(0), INT_MAX, 0, GFP_KERNEL), -ENOSPC);
	idr_destroy(&idr);
}

static void idr_alloc_u32_reaches_the_last_id(struct kunit *test)
{
	static DEFINE_IDR(idr);
	u32 id = UINT_MAX;
	unsigned long next = 0, tmp, n = 0;
	void *p;

	KUNIT_EXPECT_EQ(test, idr_alloc_u32(&idr, object(1), &id, UINT_MAX, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, UINT_MAX);
	KUNIT_EXPECT_EQ(test, idr_alloc_u32(&idr, object(1), &id, UINT_MAX, GFP_KERNEL), -ENOSPC);
	KUNIT_EXPECT_EQ(test, id, UINT_MAX);
	idr_for_each_entry_ul(&idr, p, tmp, next) {
		KUNIT_EXPECT_EQ(test, next, (unsigned long)UINT_MAX);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 1UL);
	idr_destroy(&idr);
}

static void an_id_given_to_null_is_taken_but_not_seen(struct kunit *test)
{
	static DEFINE_IDR(idr);
	void *p;
	int id, n = 0;

	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, NULL, 0, 0, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(1), 0, 0, GFP_KERNEL), 1);
	KUNIT_EXPECT_NULL(test, idr_find(&idr, 0));
	idr_for_each_entry(&idr, p, id)
		n++;
	KUNIT_EXPECT_EQ(test, n, 1);
	KUNIT_EXPECT_NULL(test, idr_replace(&idr, object(5), 0));
	KUNIT_EXPECT_PTR_EQ(test, idr_find(&idr, 0), object(5));
	KUNIT_EXPECT_PTR_EQ(test, idr_replace(&idr, NULL, 0), object(5));
	KUNIT_EXPECT_NULL(test, idr_remove(&idr, 0));
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(1), 0, 0, GFP_KERNEL), 0);
	idr_destroy(&idr);
}

static void idr_replace_needs_an_id_that_is_taken(struct kunit *test)
{
	static DEFINE_IDR(idr);

	KUNIT_EXPECT_EQ(test, PTR_ERR(idr_replace(&idr, object(1), 3)), (long)-ENOENT);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(1), 3, 4, GFP_KERNEL), 3);
	KUNIT_EXPECT_PTR_EQ(test, idr_replace(&idr, object(2), 3), object(1));
	KUNIT_EXPECT_PTR_EQ(test, idr_find(&idr, 3), object(2));
	KUNIT_EXPECT_EQ(test, PTR_ERR(idr_replace(&idr, object(1), 1UL << 40)), (long)-ENOENT);
	idr_destroy(&idr);
}

static void idr_alloc_cyclic_takes_new_ids_until_it_comes_round(struct kunit *test)
{
	static DEFINE_IDR(idr);
	int i;

	for (i = 10; i < 20; i++) {
		KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, object(i), 10, 20, GFP_KERNEL), i);
		idr_remove(&idr, i);
	}
	KUNIT_EXPECT_EQ(test, idr_get_cursor(&idr), 20U);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, object(0), 10, 20, GFP_KERNEL), 10);
	idr_set_cursor(&idr, 15);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, object(0), 10, 20, GFP_KERNEL), 15);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, object(0), 10, 11, GFP_KERNEL), -ENOSPC);
	idr_set_cursor(&idr, INT_MAX);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, object(0), 1, 0, GFP_KERNEL), INT_MAX);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, object(0), 1, 0, GFP_KERNEL), 1);
	idr_destroy(&idr);
}

static void a_base_is_the_lowest_id(struct kunit *test)
{
	static struct idr idr = IDR_INIT_BASE(idr, 1);
	int id = 0;
	void *p;

	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(1), 0, 0, GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(2), 1, 0, GFP_KERNEL), 2);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(2), 0, 1, GFP_KERNEL), -ENOSPC);
	KUNIT_EXPECT_NULL(test, idr_find(&idr, 0));
	KUNIT_EXPECT_PTR_EQ(test, idr_find(&idr, 1), object(1));
	p = idr_get_next(&idr, &id);
	KUNIT_EXPECT_PTR_EQ(test, p, object(1));
	KUNIT_EXPECT_EQ(test, id, 1);
	KUNIT_EXPECT_PTR_EQ(test, idr_remove(&idr, 1), object(1));
	idr_destroy(&idr);
}

static int sum_ids(int id, void *p, void *data)
{
	*(int *)data += id;
	return id == 40 ? 99 : 0;
}

static void loops_go_over_ids_in_order(struct kunit *test)
{
	static DEFINE_IDR(idr);
	unsigned long tmp, uid;
	int id, last = -1, sum = 0, n = 0;
	void *p;

	for (id = 0; id <= 50; id += 10)
		KUNIT_EXPECT_EQ(test, idr_alloc(&idr, object(id), id, id + 1, GFP_KERNEL), id);
	idr_for_each_entry(&idr, p, id) {
		KUNIT_EXPECT_GT(test, id, last);
		KUNIT_EXPECT_PTR_EQ(test, p, object(id));
		last = id;
	}
	KUNIT_EXPECT_EQ(test, last, 50);
	id = 25;
	idr_for_each_entry_continue(&idr, p, id)
		n++;
	KUNIT_EXPECT_EQ(test, n, 3);
	uid = 30;
	idr_for_each_entry_continue_ul(&idr, p, tmp, uid)
		n++;
	KUNIT_EXPECT_EQ(test, n, 6);
	KUNIT_EXPECT_EQ(test, idr_for_each(&idr, sum_ids, &sum), 99);
	KUNIT_EXPECT_EQ(test, sum, 0 + 10 + 20 + 30 + 40);
	idr_destroy(&idr);
}

#ifdef CONFIG_FAULT_INJECTION
static void idr_alloc_without_memory_takes_no_id(struct kunit *test)
{
	static DEFINE_IDR(idr);
	int step, ret;
	u32 id;

	for (step = 0; step < 20; step++) {
		id = 1U << 30;
		fault_attr_arm(&failslab, step, -1, 1);
		ret = idr_alloc_u32(&idr, object(1), &id, UINT_MAX, GFP_KERNEL | __GFP_NOWARN);
		fault_attr_disarm(&failslab);
		if (!ret)
			break;
		KUNIT_EXPECT_EQ(test, ret, -ENOMEM);
		KUNIT_EXPECT_EQ(test, id, 1U << 30);
		KUNIT_EXPECT_TRUE(test, idr_is_empty(&idr));
	}
	KUNIT_EXPECT_GT(test, step, 0);
	KUNIT_EXPECT_EQ(test, ret, 0);
	idr_destroy(&idr);
}

static void a_preloaded_idr_alloc_needs_no_memory(struct kunit *test)
{
	static DEFINE_IDR(idr);
	u32 id = UINT_MAX;
	int ret;

	idr_preload(GFP_KERNEL);
	fault_attr_arm(&failslab, 0, -1, 1);
	ret = idr_alloc_u32(&idr, object(1), &id, UINT_MAX, GFP_NOWAIT);
	fault_attr_disarm(&failslab);
	idr_preload_end();
	KUNIT_EXPECT_EQ(test, ret, 0);
	KUNIT_EXPECT_PTR_EQ(test, idr_find(&idr, UINT_MAX), object(1));

	/* outside of the pair the reserve isn't touched */
	id = 5000;
	fault_attr_arm(&failslab, 0, -1, 1);
	ret = idr_alloc_u32(&idr, object(1), &id, UINT_MAX, GFP_NOWAIT);
	fault_attr_disarm(&failslab);
	KUNIT_EXPECT_EQ(test, ret, -ENOMEM);
	idr_destroy(&idr);
	radix_tree_preload_drain();
}
#endif

static void random_idr_runs_match_the_model(struct kunit *test)
{
	enum { IDS = 2048 };
	void **model = vzalloc(IDS * sizeof(*model));
	static DEFINE_IDR(idr);
	struct rnd_state rnd;
	int step, i;

	KUNIT_ASSERT_NOT_NULL(test, model);
	prandom_seed_state(&rnd, 21);
	for (step = 0; step < 20000; step++) {
		u32 r = prandom_u32_state(&rnd);
		int start = r % IDS;

		if ((r >> 11) % 8 < 5) {
			int id = idr_alloc(&idr, object(step), start, IDS, GFP_KERNEL);

			for (i = start; i < IDS && model[i]; i++)
				;
			KUNIT_EXPECT_EQ(test, id, i < IDS ? i : -ENOSPC);
			if (id >= 0)
				model[id] = object(step);
		} else {
			KUNIT_EXPECT_PTR_EQ(test, idr_remove(&idr, start), model[start]);
			model[start] = NULL;
		}
		KUNIT_EXPECT_PTR_EQ(test, idr_find(&idr, (r >> 16) % IDS), model[(r >> 16) % IDS]);
	}
	idr_destroy(&idr);
	vfree(model);
}

/* ---- IDA ---- */

/* Ends of the value in a chunk, of a chunk, of a node of chunks. */
static const unsigned int ida_borders[] = {
	0, 1, 61, 62, 63, 64, 1022, 1023, 1024, 1025, 1024 + 62, 1024 + 63, 65535, 65536, 1U << 20,
	INT_MAX - 1, INT_MAX,
};

static void ida_takes_and_gives_back_at_every_border(struct kunit *test)
{
	static DEFINE_IDA(ida);
	int i;

	for (i = 0; i < ARRAY_SIZE(ida_borders); i++) {
		unsigned int id = ida_borders[i];

		KUNIT_EXPECT_FALSE(test, ida_exists(&ida, id));
		KUNIT_EXPECT_EQ(test, ida_alloc_range(&ida, id, id, GFP_KERNEL), (int)id);
		KUNIT_EXPECT_EQ(test, ida_alloc_range(&ida, id, id, GFP_KERNEL), -ENOSPC);
		KUNIT_EXPECT_TRUE(test, ida_exists(&ida, id));
		KUNIT_EXPECT_EQ(test, ida_find_first(&ida), (int)id);
		ida_free(&ida, id);
		KUNIT_EXPECT_TRUE(test, ida_is_empty(&ida));
	}
	for (i = 0; i < ARRAY_SIZE(ida_borders); i++)
		KUNIT_EXPECT_EQ(test, ida_alloc_min(&ida, ida_borders[i], GFP_KERNEL),
				(int)ida_borders[i]);
	for (i = 0; i < ARRAY_SIZE(ida_borders); i++)
		ida_free(&ida, ida_borders[i]);
	KUNIT_EXPECT_TRUE(test, ida_is_empty(&ida));
}

static void ida_fills_chunk_after_chunk(struct kunit *test)
{
	static DEFINE_IDA(ida);
	int i;

	for (i = 0; i < 3000; i++)
		KUNIT_EXPECT_EQ(test, ida_alloc(&ida, GFP_KERNEL), i);
	ida_free(&ida, 2047);
	ida_free(&ida, 70);
	KUNIT_EXPECT_EQ(test, ida_alloc_min(&ida, 71, GFP_KERNEL), 2047);
	KUNIT_EXPECT_EQ(test, ida_alloc_max(&ida, 69, GFP_KERNEL), -ENOSPC);
	KUNIT_EXPECT_EQ(test, ida_alloc_max(&ida, 70, GFP_KERNEL), 70);
	KUNIT_EXPECT_EQ(test, ida_alloc(&ida, GFP_KERNEL), 3000);
	KUNIT_EXPECT_EQ(test, ida_find_first_range(&ida, 3001, INT_MAX), -ENOENT);
	ida_destroy(&ida);
	KUNIT_EXPECT_TRUE(test, ida_is_empty(&ida));
	KUNIT_EXPECT_EQ(test, ida_alloc(&ida, GFP_KERNEL), 0);
	ida_destroy(&ida);
}

static void ida_refuses_empty_and_too_high_ranges(struct kunit *test)
{
	static DEFINE_IDA(ida);

	KUNIT_EXPECT_EQ(test, ida_alloc_range(&ida, 5, 4, GFP_KERNEL), -ENOSPC);
	KUNIT_EXPECT_EQ(test, ida_alloc_min(&ida, 1U << 31, GFP_KERNEL), -ENOSPC);
	KUNIT_EXPECT_EQ(test, ida_find_first_range(&ida, 5, 4), -EINVAL);
	KUNIT_EXPECT_EQ(test, ida_find_first_range(&ida, 1U << 31, UINT_MAX), -EINVAL);
	KUNIT_EXPECT_EQ(test, ida_find_first(&ida), -ENOENT);
	KUNIT_EXPECT_TRUE(test, ida_is_empty(&ida));
}

#ifdef CONFIG_FAULT_INJECTION
static void ida_without_memory_takes_no_id(struct kunit *test)
{
	static DEFINE_IDA(ida);
	int i, step, ret;

	for (i = 0; i < ARRAY_SIZE(ida_borders); i++) {
		for (step = 0; step < 20; step++) {
			fault_attr_arm(&failslab, step, -1, 1);
			ret = ida_alloc_min(&ida, ida_borders[i], GFP_KERNEL | __GFP_NOWARN);
			fault_attr_disarm(&failslab);
			if (ret >= 0)
				break;
			KUNIT_EXPECT_EQ(test, ret, -ENOMEM);
		}
		KUNIT_EXPECT_EQ(test, ret, (int)ida_borders[i]);
	}
	ida_destroy(&ida);
}
#endif

static void random_ida_runs_match_the_model(struct kunit *test)
{
	enum { IDS = 5000 };
	unsigned char *model = vzalloc(IDS);
	static DEFINE_IDA(ida);
	struct rnd_state rnd;
	int step, i;

	KUNIT_ASSERT_NOT_NULL(test, model);
	prandom_seed_state(&rnd, 31);
	for (step = 0; step < 40000; step++) {
		u32 r = prandom_u32_state(&rnd);
		unsigned int a = r % IDS, b = (r >> 14) % IDS;
		/* first mostly up, then mostly down */
		bool take = (r >> 28) < (step < 20000 ? 12 : 5);

		if (take) {
			int id = ida_alloc_range(&ida, min(a, b), max(a, b), GFP_KERNEL);

			for (i = min(a, b); i <= max(a, b) && model[i]; i++)
				;
			KUNIT_EXPECT_EQ(test, id, i <= max(a, b) ? i : -ENOSPC);
			if (id >= 0)
				model[id] = 1;
		} else if (model[a]) {
			ida_free(&ida, a);
			model[a] = 0;
		}
		KUNIT_EXPECT_EQ(test, ida_exists(&ida, b), (bool)model[b]);
	}
	for (i = 0; i < IDS; i++) {
		if (model[i])
			ida_free(&ida, i);
	}
	KUNIT_EXPECT_TRUE(test, ida_is_empty(&ida));
	vfree(model);
}

/* ---- radix-tree.h ---- */

static void the_older_names_work_on_the_same_tree(struct kunit *test)
{
	static RADIX_TREE(tree, GFP_KERNEL);
	void *found[4];

	KUNIT_EXPECT_EQ(test, radix_tree_insert(&tree, 9, object(1)), 0);
	KUNIT_EXPECT_EQ(test, radix_tree_insert(&tree, 9, object(2)), -EEXIST);
	KUNIT_EXPECT_EQ(test, radix_tree_insert(&tree, 1UL << 40, object(2)), 0);
	KUNIT_EXPECT_PTR_EQ(test, radix_tree_lookup(&tree, 9), object(1));
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup(&tree, found, 0, 4), 2U);
	KUNIT_EXPECT_PTR_EQ(test, radix_tree_tag_set(&tree, 1UL << 40, 1), object(2));
	KUNIT_EXPECT_NULL(test, radix_tree_tag_set(&tree, 10, 1));
	KUNIT_EXPECT_EQ(test, radix_tree_tag_get(&tree, 1UL << 40, 1), 1);
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup_tag(&tree, found, 0, 4, 1), 1U);
	KUNIT_EXPECT_PTR_EQ(test, found[0], object(2));
	KUNIT_EXPECT_PTR_EQ(test, radix_tree_tag_clear(&tree, 1UL << 40, 1), object(2));
	KUNIT_EXPECT_EQ(test, radix_tree_tagged(&tree, 1), 0);
	KUNIT_EXPECT_NULL(test, radix_tree_delete_item(&tree, 9, object(2)));
	KUNIT_EXPECT_PTR_EQ(test, radix_tree_delete(&tree, 9), object(1));
	KUNIT_EXPECT_PTR_EQ(test, radix_tree_delete(&tree, 1UL << 40), object(2));
	KUNIT_EXPECT_TRUE(test, radix_tree_empty(&tree));
	KUNIT_EXPECT_EQ(test, radix_tree_maybe_preload(GFP_KERNEL), 0);
	radix_tree_preload_end();
	radix_tree_preload_drain();
}

static RADIX_TREE(walked, GFP_KERNEL);

/* Items at every seventh index up to 3,000 and at both ends; every third of them tagged. */
static unsigned int fill_walked(struct kunit *test)
{
	unsigned int n = 0;
	unsigned long i;

	for (i = 0; i < 3000; i += 7, n++) {
		KUNIT_ASSERT_EQ(test, radix_tree_insert(&walked, i, object(i)), 0);
		if (n % 3 == 0)
			radix_tree_tag_set(&walked, i, 1);
	}
	KUNIT_ASSERT_EQ(test, radix_tree_insert(&walked, ULONG_MAX, object(1)), 0);
	return n + 1;
}

static void empty_walked(struct kunit *test)
{
	struct radix_tree_iter iter;
	void __rcu **slot;

	radix_tree_for_each_slot(slot, &walked, &iter, 0)
		radix_tree_iter_delete(&walked, &iter, slot);
	KUNIT_EXPECT_TRUE(test, radix_tree_empty(&walked));
}

static void a_walk_over_slots_sees_each_item_once(struct kunit *test)
{
	unsigned int items = fill_walked(test), seen = 0, tagged = 0, wrong = 0;
	struct radix_tree_iter iter;
	void __rcu **slot;
	void *entry;

	rcu_read_lock();
	radix_tree_for_each_slot(slot, &walked, &iter, 0) {
		entry = radix_tree_deref_slot(slot);
		wrong += radix_tree_deref_retry(entry) || radix_tree_exception(entry) ||
			 entry != radix_tree_lookup(&walked, iter.index) ||
			 slot != radix_tree_lookup_slot(&walked, iter.index);
		seen++;
	}
	radix_tree_for_each_tagged(slot, &walked, &iter, 8, 1) {
		wrong += iter.index % 21 != 0;
		tagged++;
	}
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, seen, items);
	KUNIT_EXPECT_EQ(test, tagged, (3000U + 20) / 21 - 1);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	empty_walked(test);
}

static void a_walk_can_be_told_where_to_go_on(struct kunit *test)
{
	struct radix_tree_iter iter;
	void __rcu **slot;
	unsigned int n = 0;

	fill_walked(test);
	KUNIT_EXPECT_NULL(test, radix_tree_iter_lookup(&walked, &iter, 8));
	KUNIT_EXPECT_NOT_NULL(test, radix_tree_iter_lookup(&walked, &iter, 14));
	KUNIT_EXPECT_EQ(test, iter.index, 14UL);
	KUNIT_EXPECT_NOT_NULL(test, radix_tree_iter_find(&walked, &iter, 15));
	KUNIT_EXPECT_EQ(test, iter.index, 21UL);
	KUNIT_EXPECT_NOT_NULL(test, radix_tree_iter_find(&walked, &iter, 3001));
	KUNIT_EXPECT_EQ(test, iter.index, ULONG_MAX);
	KUNIT_EXPECT_NULL(test, radix_tree_next_slot(radix_tree_lookup_slot(&walked, ULONG_MAX),
						     &iter, 0));
	KUNIT_EXPECT_NULL(test, radix_tree_next_chunk(&walked, &iter, 0));

	/* each slot twice: looked up again, then on behind it as after a lock was dropped */
	radix_tree_for_each_slot(slot, &walked, &iter, 2900) {
		n++;
		slot = n % 2 ? radix_tree_iter_retry(&iter) : radix_tree_iter_resume(slot, &iter);
	}
	KUNIT_EXPECT_EQ(test, n, 2 * 15U);
	empty_walked(test);
}

static void slots_are_replaced_and_tags_cleared_on_the_way(struct kunit *test)
{
	struct radix_tree_iter iter;
	void __rcu **slot, **slots[3];
	unsigned int values = 0;

	fill_walked(test);
	slot = radix_tree_lookup_slot(&walked, 70);
	radix_tree_replace_slot(&walked, slot, object(71));
	KUNIT_EXPECT_PTR_EQ(test, radix_tree_lookup(&walked, 70), object(71));
	radix_tree_for_each_slot(slot, &walked, &iter, 0)
		radix_tree_iter_replace(&walked, &iter, slot, xa_mk_value(iter.index & LONG_MAX));
	radix_tree_for_each_slot(slot, &walked, &iter, 0)
		values += xa_is_value(radix_tree_lookup(&walked, iter.index));
	KUNIT_EXPECT_EQ(test, values, (3000U + 6) / 7 + 1);
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup_tag_slot(&walked, slots, 22, 3, 1), 3U);
	KUNIT_EXPECT_PTR_EQ(test, slots[0], radix_tree_lookup_slot(&walked, 42));
	radix_tree_for_each_tagged(slot, &walked, &iter, 0, 1)
		radix_tree_iter_tag_clear(&walked, &iter, 1);
	KUNIT_EXPECT_FALSE(test, radix_tree_tagged(&walked, 1));
	empty_walked(test);
}

static struct kunit_case idr_cases[] = {
	KUNIT_CASE(idr_alloc_gives_the_lowest_free_id),
	KUNIT_CASE(idr_alloc_keeps_to_start_and_end),
	KUNIT_CASE(idr_alloc_u32_reaches_the_last_id),
	KUNIT_CASE(an_id_given_to_null_is_taken_but_not_seen),
	KUNIT_CASE(idr_replace_needs_an_id_that_is_taken),
	KUNIT_CASE(idr_alloc_cyclic_takes_new_ids_until_it_comes_round),
	KUNIT_CASE(a_base_is_the_lowest_id),
	KUNIT_CASE(loops_go_over_ids_in_order),
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_CASE(idr_alloc_without_memory_takes_no_id),
	KUNIT_CASE(a_preloaded_idr_alloc_needs_no_memory),
	KUNIT_CASE(ida_without_memory_takes_no_id),
#endif
	KUNIT_CASE(random_idr_runs_match_the_model),
	KUNIT_CASE(ida_takes_and_gives_back_at_every_border),
	KUNIT_CASE(ida_fills_chunk_after_chunk),
	KUNIT_CASE(ida_refuses_empty_and_too_high_ranges),
	KUNIT_CASE(random_ida_runs_match_the_model),
	KUNIT_CASE(the_older_names_work_on_the_same_tree),
	KUNIT_CASE(a_walk_over_slots_sees_each_item_once),
	KUNIT_CASE(a_walk_can_be_told_where_to_go_on),
	KUNIT_CASE(slots_are_replaced_and_tags_cleared_on_the_way),
	{}
};

static struct kunit_suite idr_suite = {
	.name = "idr",
	.test_cases = idr_cases,
};

kunit_test_suite(idr_suite);
