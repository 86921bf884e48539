// SPDX-License-Identifier: MIT
/*
 * RCU torture: kvfree_rcu() while memory is short.
 *
 * Updaters put objects, from a slab cache or vmalloc(), into slots and free those that they replace
 * by kvfree_rcu(), or without need of a head in the object by kvfree_rcu_mightsleep(). Half of
 * their page allocations fail (fail_page_alloc), so that both the pages of pointers and the
 * fallback without them are taken; a hog fills and empties memory, so that the shrinkers come.
 * Readers look for the stamp of a living object. A freed one has SLAB_POISON's pattern in place of
 * it, or no page behind it.
 *
 * The hog is a cache: whoever is pressed gets pages back from it through its own shrinker. Without
 * one the kernel would be right to call memory exhausted and to panic, since there is no process to
 * kill, when some bystander wants a page (kthreadd, say, for a stack) at the moment that the hog
 * has the last one.
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
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "break.h"
#include "../rcu.h"

#define SLOTS		16
#define UPDATERS	3
#define READERS		6
#define STAMP		0x6c69766573746d70UL
#define BIG		(3 * PAGE_SIZE)		/* from vmalloc */

struct object {
	unsigned long stamp;
	struct rcu_head head;
	unsigned long end_stamp;
};

static struct kmem_cache *cache;
static struct object __rcu *slots[SLOTS];
static struct task_struct *updaters[UPDATERS], *kv_readers[READERS], *hog, *heart;
static atomic_long_t reads, updates, failed_pages;
static unsigned long beats;

/* What the hog holds. Its lock is taken under reclaim: nothing is allocated inside. */
static DEFINE_SPINLOCK(hoard_lock);
static LIST_HEAD(hoard);			/* hoard_lock; by page->lru */
static unsigned long hoarded, hogged, pressed;	/* hoard_lock; now, ever, taken back by reclaim */

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

static DEFINE_MUTEX(refuser);	/* of fail_page_alloc */

static void retire(struct object *o, struct torture_random_state *rand)
{
	bool refuse;

	if (!o)
		return;
	/*
	 * Every other page that this task asks for is refused. There is one refuser for all
	 * updaters.
	 */
	refuse = mutex_trylock(&refuser);
	if (refuse)
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
	if (refuse) {
		atomic_long_add(fault_attr_disarm(&fail_page_alloc), &failed_pages);
		mutex_unlock(&refuser);
	}
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

static void hoard_page(struct page *page)
{
	spin_lock(&hoard_lock);
	list_add(&page->lru, &hoard);
	hoarded++;
	hogged++;
	spin_unlock(&hoard_lock);
}

static struct page *unhoard_page(void)
{
	struct page *page;

	spin_lock(&hoard_lock);
	page = list_first_entry_or_null(&hoard, struct page, lru);
	if (page) {
		list_del(&page->lru);
		hoarded--;
	}
	spin_unlock(&hoard_lock);
	return page;
}

static unsigned long free_hoard(unsigned long most)
{
	unsigned long freed = 0;
	struct page *page;

	while (freed < most && (page = unhoard_page())) {
		__free_page(page);
		freed++;
	}
	return freed;
}

static unsigned long hoard_count(struct shrinker *shrink, struct shrink_control *sc)
{
	return READ_ONCE(hoarded) ?: SHRINK_EMPTY;
}

static unsigned long hoard_scan(struct shrinker *shrink, struct shrink_control *sc)
{
	unsigned long freed = free_hoard(sc->nr_to_scan);

	spin_lock(&hoard_lock);
	pressed += freed;
	spin_unlock(&hoard_lock);
	return freed ?: SHRINK_STOP;
}

/* Takes every page that is to be had without reclaim, holds them for two ticks. */
static int rcu_torture_kvfree_hog(void *arg)
{
	struct page *page;

	while (!torture_must_stop()) {
		while (!torture_must_stop() && (page = alloc_page(GFP_NOWAIT | __GFP_NOWARN))) {
			hoard_page(page);
			cond_resched();
		}
		schedule_timeout_uninterruptible(2);
		free_hoard(ULONG_MAX);
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

static struct shrinker *make_shrinker(void)
{
	struct shrinker *shrinker = shrinker_alloc(0, "rcu-torture-hog");

	if (!shrinker)
		return NULL;
	shrinker->count_objects = hoard_count;
	shrinker->scan_objects = hoard_scan;
	shrinker_register(shrinker);
	return shrinker;
}

/* The scenario "kvfree". As rcu_torture_run(). */
int rcu_torture_kvfree(struct rcu_torture_result *result, unsigned int seconds)
{
	struct shrinker *shrinker;
	unsigned long gps;
	int err;

	if (!torture_init_begin("rcutorture kvfree"))
		return -EBUSY;
	err = -ENOMEM;
	cache = kmem_cache_create("rcu_torture_kvfree", sizeof(struct object), 0,
				  SLAB_POISON | SLAB_NO_MERGE, NULL);
	if (!cache)
		goto end;
	shrinker = make_shrinker();
	if (!shrinker)
		goto destroy;
	atomic_long_set(&reads, 0);
	atomic_long_set(&updates, 0);
	atomic_long_set(&failed_pages, 0);
	hogged = 0;
	pressed = 0;
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
	pr_info("kvfree: %ld pages of pointers refused, %lu pages hogged, %lu reclaimed\n",
		atomic_long_read(&failed_pages), hogged, pressed);
	result->errors = rcu_torture_errors_taken();
	shrinker_free(shrinker);
destroy:
	/* It warns, and a test fails by that, if an object did not come back. */
	kmem_cache_destroy(cache);
end:
	torture_cleanup_end();
	return err;
}
