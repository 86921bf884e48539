// SPDX-License-Identifier: MIT
/*
 * kvfree_rcu(): every kind of memory and every way to collect it. That it comes back, once, is
 * checked by the suite's balance of pages and objects, and by KASAN and red zones where built in.
 */

#include <kunit/test.h>

#include <linux/fault-inject.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>

#include "../../../mm/kvfree_rcu.h"
#include "reader.h"

struct thing {
	int value;
	struct rcu_head rcu;
};

static int collected(void)
{
	int cpu, n = 0;

	for_each_possible_cpu(cpu) {
		struct kfree_rcu_cpu *krcp = per_cpu_ptr(&krc, cpu);

		n += atomic_read(&krcp->head_count) + atomic_read(&krcp->bulk_count[0]) +
		     atomic_read(&krcp->bulk_count[1]);
	}
	return n;
}

static void slab_objects_are_collected_and_freed(struct kunit *test)
{
	int i;

	kvfree_rcu_barrier();
	rcu_read_lock();
	for (i = 0; i < 100; i++) {
		struct thing *t = kmalloc(sizeof(*t), GFP_ATOMIC);

		KUNIT_EXPECT_NOT_NULL(test, t);
		if (t)
			kfree_rcu(t, rcu);
	}
	KUNIT_EXPECT_GE(test, collected(), 1);
	rcu_read_unlock();
	kvfree_rcu_barrier();
	KUNIT_EXPECT_EQ(test, collected(), 0);
}

static void objects_of_a_cache_are_freed_before_it_goes(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("rcu_kvfree_test", sizeof(struct thing), 0, 0,
						     NULL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	for (i = 0; i < 700; i++) {
		struct thing *t = kmem_cache_alloc(cache, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, t);
		kfree_rcu(t, rcu);
	}
	/* Waits for them by itself; a leak would be reported. */
	kmem_cache_destroy(cache);
}

static void vmalloc_areas_are_freed(struct kunit *test)
{
	struct thing *t = vmalloc(3 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, t);
	kvfree_rcu(t, rcu);
	t = vmalloc(PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, t);
	kvfree_rcu_mightsleep(t);
	kvfree_rcu_barrier();
}

static void memory_without_a_head_is_freed(struct kunit *test)
{
	int i;

	for (i = 0; i < 20; i++) {
		char *p = kmalloc(40, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, p);
		kfree_rcu_mightsleep(p);
	}
	kvfree_rcu_barrier();
}

/* What the lists look like on the way: pointers in a block, the block in a batch. */
static void pointers_go_into_blocks_and_blocks_into_batches(struct kunit *test)
{
	struct thing *t = kmalloc(sizeof(*t), GFP_KERNEL);
	struct kvfree_rcu_bulk_data *block = NULL;
	struct kfree_rcu_cpu_work *krwp;
	struct kfree_rcu_cpu *krcp;
	unsigned long flags;
	bool found = false;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, t);
	KUNIT_EXPECT_LE(test, struct_size(block, records, KVFREE_BULK_MAX_ENTR), PAGE_SIZE);
	kvfree_rcu_barrier();
	rcu_read_lock();	/* no batch goes before we have looked */
	kfree_rcu(t, rcu);
	for_each_possible_cpu(i) {
		krcp = per_cpu_ptr(&krc, i);
		raw_spin_lock_irqsave(&krcp->lock, flags);
		block = list_first_entry_or_null(&krcp->bulk_head[0], struct kvfree_rcu_bulk_data,
						 list);
		found |= block && block->nr_records && block->records[block->nr_records - 1] == t;
		raw_spin_unlock_irqrestore(&krcp->lock, flags);
	}
	rcu_read_unlock();
	KUNIT_EXPECT_TRUE(test, found);
	kvfree_rcu_barrier();
	for_each_possible_cpu(i) {
		krcp = per_cpu_ptr(&krc, i);
		for (krwp = krcp->krw_arr; krwp < krcp->krw_arr + KFREE_N_BATCHES; krwp++) {
			KUNIT_EXPECT_PTR_EQ(test, krwp->krcp, krcp);
			KUNIT_EXPECT_NULL(test, krwp->head_free);
			KUNIT_EXPECT_TRUE(test, list_empty(&krwp->bulk_head_free[0]));
			KUNIT_EXPECT_TRUE(test, list_empty(&krwp->bulk_head_free[1]));
		}
	}
}

static void null_is_nothing_to_free(struct kunit *test)
{
	struct thing *t = NULL;

	kfree_rcu(t, rcu);
	kfree_rcu_mightsleep(t);
	kvfree_rcu_barrier();
	KUNIT_SUCCEED(test);
}

static void many_blocks_fill_and_empty(struct kunit *test)
{
	int i;

	for (i = 0; i < 4 * (int)KVFREE_BULK_MAX_ENTR; i++) {
		struct thing *t = kmalloc(sizeof(*t), GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, t);
		kfree_rcu(t, rcu);
	}
	/* Full blocks are not left to the barrier, nor to five seconds. */
	KUNIT_EXPECT_TRUE(test, eventually(collected() < 3 * (int)KVFREE_BULK_MAX_ENTR));
	kvfree_rcu_barrier();
	KUNIT_EXPECT_EQ(test, collected(), 0);
}

/* With interrupts off no block is allocated: spare ones, then the objects' own heads. */
static void without_a_block_objects_link_themselves(struct kunit *test)
{
	int i, n = 10, by_head = 0;

	kvfree_rcu_barrier();
	kvfree_rcu_drain_spares();
	local_irq_disable();
	for (i = 0; i < n; i++) {
		struct thing *t = kmalloc(sizeof(*t), GFP_ATOMIC);

		if (t)
			kfree_rcu(t, rcu);
	}
	by_head = atomic_read(&this_cpu_ptr(&krc)->head_count);
	local_irq_enable();
	KUNIT_EXPECT_EQ(test, by_head, n);
	kvfree_rcu_barrier();
	KUNIT_EXPECT_EQ(test, collected(), 0);
}

/* Nor with memory short, where the one without a head has to wait on the spot. */
static void shortage_of_memory_is_survived(struct kunit *test)
{
	char *p = kmalloc(40, GFP_KERNEL);
	struct thing *t = kmalloc(sizeof(*t), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, t);
	kvfree_rcu_barrier();
	kvfree_rcu_drain_spares();
#ifdef CONFIG_FAULT_INJECTION
	fault_attr_arm(&fail_page_alloc, 0, -1, 1);
#endif
	kfree_rcu_mightsleep(p);
	kfree_rcu(t, rcu);
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_EXPECT_GE(test, fault_attr_disarm(&fail_page_alloc), 2U);
#endif
	kvfree_rcu_barrier();
	KUNIT_EXPECT_EQ(test, collected(), 0);
}

static void pressure_makes_batches_at_once(struct kunit *test)
{
	struct thing *t = kmalloc(sizeof(*t), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, t);
	kvfree_rcu_barrier();
	kfree_rcu(t, rcu);
	KUNIT_EXPECT_GE(test, collected(), 1);
	KUNIT_EXPECT_TRUE(test, eventually((shrink_slab(GFP_KERNEL, 0, NULL, 0), !collected())));
	kvfree_rcu_barrier();
}

static void an_object_outlives_its_readers(struct kunit *test)
{
	struct thing *t = kzalloc(sizeof(*t), GFP_KERNEL);
	struct reader r;
	struct waiter w;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, t);
	t->value = 42;
	reader_start(test, &r, READER_PREEMPTED, -1);
	kfree_rcu(t, rcu);
	waiter_start(test, &w, kvfree_rcu_barrier);
	for (i = 0; i < 5; i++) {
		msleep(2);
		KUNIT_EXPECT_EQ(test, READ_ONCE(t->value), 42);
	}
	KUNIT_EXPECT_FALSE(test, completion_done(&w.done));
	reader_stop(&r);
	waiter_join(&w);
}

static struct kunit_case kvfree_cases[] = {
	KUNIT_CASE(slab_objects_are_collected_and_freed),
	KUNIT_CASE(objects_of_a_cache_are_freed_before_it_goes),
	KUNIT_CASE(vmalloc_areas_are_freed),
	KUNIT_CASE(memory_without_a_head_is_freed),
	KUNIT_CASE(pointers_go_into_blocks_and_blocks_into_batches),
	KUNIT_CASE(null_is_nothing_to_free),
	KUNIT_CASE(many_blocks_fill_and_empty),
	KUNIT_CASE(without_a_block_objects_link_themselves),
	KUNIT_CASE(shortage_of_memory_is_survived),
	KUNIT_CASE(pressure_makes_batches_at_once),
	KUNIT_CASE(an_object_outlives_its_readers),
	{}
};

static struct kunit_suite kvfree_suite = {
	.name = "rcu_kvfree",
	.test_cases = kvfree_cases,
};
kunit_test_suite(kvfree_suite);

MODULE_LICENSE("MIT");
