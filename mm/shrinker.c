// SPDX-License-Identifier: MIT
/*
 * Shrinkers: asking the kernel's caches for memory.
 *
 * shrink_slab() goes round all registered shrinkers. Each says how many objects it could free;
 * the priority (12: light pressure, 0: the last attempt) says which part of them we ask for:
 *
 *	to scan = freeable >> priority, weighted by 4 / seeks, and what earlier calls left over
 *
 * A run happens outside of the list's lock, since it may sleep and take long. The reference that
 * shrinker_try_get() takes keeps the shrinker meanwhile, and its place on the list, from which the
 * walk goes on:
 *
 *	shrink_slab()			shrinker_free()
 *	lock, try_get, unlock
 *	count, scan ...			put own reference: no new run can begin
 *	lock, put (done)		wait for done
 *	next; unlock			lock, unlink, unlock, free
 *
 * The last put is under the lock, and the walk has read `next` when the lock is free again.
 *
 * shrinker_lock guards the list.
 */

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/sprintf.h>
#include <linux/vmalloc.h>
#include <linux/kasan.h>

#include "internal.h"

#define SHRINK_BATCH	128
#define DEF_PRIORITY	12
#define RECLAIM_TARGET	32UL

static DEFINE_SPINLOCK(shrinker_lock);
static LIST_HEAD(shrinker_list);

/**
 * shrinker_alloc() - a new shrinker, not yet active
 * @flags: SHRINKER_*
 * @fmt: its name, for reports
 *
 * Context: May sleep.
 * Return: the shrinker, for the caller to fill in and register, or NULL.
 */
struct shrinker *shrinker_alloc(unsigned int flags, const char *fmt, ...)
{
	struct shrinker *shrinker = kzalloc(sizeof(*shrinker), GFP_KERNEL);
	va_list ap;

	if (!shrinker)
		return NULL;
	va_start(ap, fmt);
	shrinker->name = kvasprintf(GFP_KERNEL, fmt, ap);
	va_end(ap);
	if (!shrinker->name) {
		kfree(shrinker);
		return NULL;
	}
	shrinker->flags = flags | SHRINKER_ALLOCATED;
	shrinker->seeks = DEFAULT_SEEKS;
	init_completion(&shrinker->done);
	INIT_LIST_HEAD(&shrinker->list);
	return shrinker;
}

/**
 * shrinker_register() - from now on a shrinker is called
 * @shrinker: of shrinker_alloc(), with both callbacks set
 *
 * Context: doesn't sleep; takes shrinker_lock.
 */
void shrinker_register(struct shrinker *shrinker)
{
	if (WARN_ON(!(shrinker->flags & SHRINKER_ALLOCATED) || !shrinker->count_objects ||
		    !shrinker->scan_objects))
		return;
	refcount_set(&shrinker->refcount, 1);
	spin_lock(&shrinker_lock);
	list_add_tail(&shrinker->list, &shrinker_list);
	shrinker->flags |= SHRINKER_REGISTERED;
	spin_unlock(&shrinker_lock);
}

/**
 * shrinker_free() - end a shrinker
 * @shrinker: registered or not, or NULL
 *
 * Returns when no call of it is running.
 *
 * Context: May sleep; not from its own callbacks.
 */
void shrinker_free(struct shrinker *shrinker)
{
	if (!shrinker)
		return;
	if (shrinker->flags & SHRINKER_REGISTERED) {
		shrinker_put(shrinker);
		wait_for_completion(&shrinker->done);
		spin_lock(&shrinker_lock);
		list_del(&shrinker->list);
		spin_unlock(&shrinker_lock);
	}
	kfree(shrinker->name);
	kfree(shrinker);
}

static long wanted_scan(struct shrinker *shrinker, long freeable, int priority)
{
	long delta;

	if (!shrinker->seeks)
		return freeable / 2;	/* objects that cost nothing to make anew */
	delta = freeable >> priority;
	return delta * 4 / shrinker->seeks;
}

static unsigned long shrink_one(struct shrinker *shrinker, struct shrink_control *sc,
				int priority)
{
	long batch = shrinker->batch ?: SHRINK_BATCH, freeable, total;
	unsigned long freed = 0;

	freeable = shrinker->count_objects(shrinker, sc);
	if (freeable <= 0)		/* none, or SHRINK_EMPTY */
		return 0;
	total = wanted_scan(shrinker, freeable, priority) +
		atomic_long_xchg(&shrinker->nr_deferred, 0);
	total = min(total, 2 * freeable);

	/* The rest that is less than a batch waits, unless the whole cache is smaller than one. */
	while (total >= batch || (total > 0 && (total >= freeable || !priority))) {
		unsigned long got;

		sc->nr_to_scan = sc->nr_scanned = min(batch, total);
		got = shrinker->scan_objects(shrinker, sc);
		if (got == SHRINK_STOP)
			break;
		freed += got;
		total -= min_t(long, total, max(sc->nr_scanned, 1UL));
		cond_resched();
	}
	if (total > 0)
		atomic_long_add(total, &shrinker->nr_deferred);
	return freed;
}

/**
 * shrink_slab() - let all caches shrink
 * @gfp_mask: of the allocation that is in need
 * @nid: node, 0
 * @memcg: NULL
 * @priority: 12 to 0, from light to desperate
 *
 * Context: May sleep.
 * Return: objects freed.
 */
unsigned long shrink_slab(gfp_t gfp_mask, int nid, struct mem_cgroup *memcg, int priority)
{
	unsigned long freed = 0;
	struct shrinker *shrinker;

	spin_lock(&shrinker_lock);
	list_for_each_entry(shrinker, &shrinker_list, list) {
		struct shrink_control sc = { .gfp_mask = gfp_mask, .nid = nid, .memcg = memcg };

		if (!shrinker_try_get(shrinker))
			continue;
		spin_unlock(&shrinker_lock);
		freed += shrink_one(shrinker, &sc, priority);
		spin_lock(&shrinker_lock);
		shrinker_put(shrinker);
	}
	spin_unlock(&shrinker_lock);
	return freed;
}

/*
 * What the memory manager itself holds back. None of it is much, all of it is cheap to part with;
 * like the shrinkers it is asked once the pressure shows.
 */
static unsigned long shrink_own_caches(void)
{
	unsigned long freed = thread_stack_cache_drain();

	kasan_quarantine_drain();
	return freed + vmap_purge_lazy();
}

/**
 * try_to_free_pages() - reclaim for an allocation that found nothing
 * @order: of the allocation
 * @gfp_mask: likewise
 *
 * Context: May sleep. What it allocates itself comes out of the reserve (PF_MEMALLOC).
 * Return: how much was freed, in things of different size: only zero has a meaning.
 */
unsigned long try_to_free_pages(unsigned int order, gfp_t gfp_mask)
{
	unsigned int noreclaim = memalloc_noreclaim_save();
	unsigned long freed = 0;
	int priority;

	for (priority = DEF_PRIORITY; priority >= 0; priority--) {
		freed += shrink_slab(gfp_mask, 0, NULL, priority);
		if (freed >= max(RECLAIM_TARGET, 1UL << order))
			break;
	}
	if (!freed)
		freed += shrink_own_caches();
	memalloc_noreclaim_restore(noreclaim);
	return freed;
}
