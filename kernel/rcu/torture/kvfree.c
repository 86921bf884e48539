// SPDX-License-Identifier: MIT
/*
 * RCU torture: kvfree_rcu() while memory is short.
 *
 * Updaters put objects, from a slab cache or vmalloc(), into slots and free those that they replace by
 * kvfree_rcu(), or without need of a head in the object by kvfree_rcu_mightsleep(). Half of their page allocations fail
 * (fail_page_alloc), so that both the pages of pointers and the fallback without them are taken;
 * a hog fills and empties memory, so that the shrinker comes. Readers look for the stamp of a
 * living object. A freed one has SLAB_POISON's pattern in place of it, or no page behind it.
 *
 * At the end kvfree_rcu_barrier() has to bring every object back: a cache that still has some
 * refuses to be destroyed.
 */

#define pr_fmt(fmt) "rcutorture: " fmt

#include "rcutorture.h"

#include <linux/atomic.h>
#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "../break.h"
#include "../rcu.h"

#define SLOTS		16
#define UPDATERS	3
#define READERS		6
#define STAMP		0x6c69766573746d70UL
#define BIG		(3 * PAGE_SIZE)		/* from vmalloc */
#define HOG_SPARES	256		/* pages that it leaves to the others */

struct object {
	unsigned long stamp;
	struct rcu_head head;
	unsigned long end_stamp;
};

static struct kmem_cache *cache;
static struct object __rcu *slots[SLOTS];
static struct task_struct *updaters[UPDATERS], *kv_readers[READERS], *hog, *heart;
static atomic_long_t reads, updates, failed_pages, hogged;
static unsigned long beats;

static void read_slot(struct torture_random_state *rand)
{
	struct object *o;

	rcu_read_lock();
	o = rcu_dereference(slots[torture_random(rand) % SLOTS]);
	if (o) {
		if (torture_one_in(rand, 8))
			torture_preempt_schedule();
		if (READ_ONCE(o->stamp) != STAMP || READ_ONCE(o->end_stamp) != ~STAMP)
			rcu_torture_error("kvfree_rcu: a reader holds a freed object, stamp %lx",
					  READ_ONCE(o->stamp));
	}
	rcu_read_unlock();
	atomic_long_inc(&reads);
}

static int rcu_torture_kvfree_reader(void *arg)
{
	DEFINE_TORTURE_RANDOM(rand);

	set_user_nice(current, 19);
	while (!torture_must_stop()) {
		read_slot(&rand);
		cond_resched();
	}
	torture_kthread_stopping("rcu_torture_kvfree_reader");
	return 0;
}

static struct object *make_object(bool big)
{
	struct object *o = big ? vmalloc(BIG) : kmem_cache_alloc(cache, GFP_KERNEL | __GFP_NOWARN);

	if (o) {
		o->stamp = STAMP;
		o->end_stamp = ~STAMP;
	}
	return o;
}

static void retire(struct object *o, struct torture_random_state *rand)
{
	if (!o)
		return;
	/* Every other page that this task asks for is refused. */
	fault_attr_arm(&fail_page_alloc, 0, -1, 2);
	switch (torture_random(rand) % 8) {
	case 0:
		synchronize_rcu_expedited();
		kvfree(o);
		break;
	case 1:
		kvfree_rcu_mightsleep(o);
		break;
	default:
		kvfree_rcu(o, head);
	}
	atomic_long_add(fault_attr_disarm(&fail_page_alloc), &failed_pages);
}

static int rcu_torture_kvfree_updater(void *arg)
{
	unsigned long first = (unsigned long)arg;
	DEFINE_TORTURE_RANDOM(rand);

	/* Each has its own slots: UPDATERS apart. */
	while (!torture_must_stop()) {
		unsigned int i = first + UPDATERS * (torture_random(&rand) % (SLOTS / UPDATERS));
		struct object *o = make_object(torture_one_in(&rand, 50)), *old;

		if (o) {
			old = rcu_replace_pointer(slots[i], o, true);
			retire(old, &rand);
			atomic_long_inc(&updates);
		}
		if (!o || torture_one_in(&rand, 100))
			schedule_timeout_uninterruptible(1);
		cond_resched();
	}
	torture_kthread_stopping("rcu_torture_kvfree_updater");
	return 0;
}

static void free_pages_of(struct list_head *pages, unsigned long most)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, pages, lru) {
		if (!most--)
			break;
		list_del(&page->lru);
		__free_page(page);
	}
}

/* Takes all memory that it gets without others being pressed, holds it for two ticks. */
static int rcu_torture_kvfree_hog(void *arg)
{
	LIST_HEAD(pages);
	struct page *page;

	while (!torture_must_stop()) {
		do {
			page = alloc_page(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN);
			if (page) {
				list_add(&page->lru, &pages);
				atomic_long_inc(&hogged);
			}
			cond_resched();
		} while (page && !torture_must_stop());
		free_pages_of(&pages, HOG_SPARES);
		schedule_timeout_uninterruptible(2);
		free_pages_of(&pages, ULONG_MAX);
		schedule_timeout_uninterruptible(20);
	}
	torture_kthread_stopping("rcu_torture_kvfree_hog");
	return 0;
}

static int rcu_torture_kvfree_heart(void *arg)
{
	while (!torture_must_stop()) {
		schedule_timeout_uninterruptible(1);
		beats++;
	}
	torture_kthread_stopping("rcu_torture_kvfree_heart");
	return 0;
}

static int start_threads(void)
{
	unsigned long i;
	int err = torture_create_kthread(rcu_torture_kvfree_heart, NULL, heart);

	for (i = 0; i < UPDATERS && !err; i++)
		err = torture_create_kthread(rcu_torture_kvfree_updater, (void *)i, updaters[i]);
	for (i = 0; i < READERS && !err; i++)
		err = torture_create_kthread(rcu_torture_kvfree_reader, NULL, kv_readers[i]);
	if (!err)
		err = torture_create_kthread(rcu_torture_kvfree_hog, NULL, hog);
	return err;
}

static void stop_threads(void)
{
	int i;

	torture_cleanup_begin();
	for (i = 0; i < UPDATERS; i++)
		torture_stop_kthread(rcu_torture_kvfree_updater, updaters[i]);
	for (i = 0; i < READERS; i++)
		torture_stop_kthread(rcu_torture_kvfree_reader, kv_readers[i]);
	torture_stop_kthread(rcu_torture_kvfree_hog, hog);
	torture_stop_kthread(rcu_torture_kvfree_heart, heart);
}

static void empty_slots(void)
{
	int i;

	for (i = 0; i < SLOTS; i++) {
		struct object *o = rcu_replace_pointer(slots[i], NULL, true);

		if (o)
			kvfree_rcu(o, head);
	}
}

/* The scenario "kvfree". As rcu_torture_run(). */
int rcu_torture_kvfree(struct rcu_torture_result *result, unsigned int seconds)
{
	unsigned long gps;
	int err;

	if (!torture_init_begin("rcutorture kvfree"))
		return -EBUSY;
	cache = kmem_cache_create("rcu_torture_kvfree", sizeof(struct object), 0,
				  SLAB_POISON | SLAB_NO_MERGE, NULL);
	if (!cache) {
		torture_cleanup_end();
		return -ENOMEM;
	}
	atomic_long_set(&reads, 0);
	atomic_long_set(&updates, 0);
	atomic_long_set(&failed_pages, 0);
	atomic_long_set(&hogged, 0);
	beats = 0;
	gps = rcu_get_gp_seq();
	err = start_threads();
	rcu_break_arm();
	if (!err)
		schedule_timeout_uninterruptible(seconds * HZ);
	stop_threads();
	rcu_break_disarm();
	empty_slots();
	kvfree_rcu_barrier();
	result->reads = atomic_long_read(&reads);
	result->updates = atomic_long_read(&updates);
	result->gps = (rcu_get_gp_seq() - gps) >> RCU_SEQ_CTR_SHIFT;
	result->heartbeats = beats;
	if (!err && !result->updates)
		rcu_torture_error("kvfree_rcu: no update");
	if (!err && result->updates > 1000 && !result->gps)
		rcu_torture_error("kvfree_rcu: no grace period in %lu updates", result->updates);
	pr_info("kvfree: %ld pages of pointers refused, %ld pages hogged\n",
		atomic_long_read(&failed_pages), atomic_long_read(&hogged));
	/* It warns, and a test fails by that, if an object did not come back. */
	kmem_cache_destroy(cache);
	result->errors = rcu_torture_errors_taken();
	torture_cleanup_end();
	return err;
}
