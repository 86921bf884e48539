/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SHRINKER_H
#define _LINUX_SHRINKER_H

/*
 * Shrinkers: how a cache gives memory back when an allocation finds none.
 *
 * count_objects() says how many objects could go (SHRINK_EMPTY: none at all), scan_objects() tries
 * to free nr_to_scan of them and says how many it freed (SHRINK_STOP: no progress possible now).
 * Both run in the allocating task, which may hold locks: they look at sc->gfp_mask before they
 * take a lock that an allocation may be made under.
 */

#include <linux/atomic.h>
#include <linux/types.h>
#include <linux/refcount.h>
#include <linux/completion.h>
#include <linux/list.h>

#define SHRINK_STOP	(~0UL)
#define SHRINK_EMPTY	(~0UL - 1)
#define DEFAULT_SEEKS	2

#define SHRINKER_REGISTERED	(1 << 0)
#define SHRINKER_ALLOCATED	(1 << 1)
#define SHRINKER_NUMA_AWARE	(1 << 2)
#define SHRINKER_MEMCG_AWARE	(1 << 3)
#define SHRINKER_NONSLAB	(1 << 4)

struct mem_cgroup;

struct shrink_control {
	gfp_t gfp_mask;			/* of the allocation that is in need */
	int nid;
	unsigned long nr_to_scan;
	unsigned long nr_scanned;	/* scan_objects() may set it to what it looked at */
	struct mem_cgroup *memcg;
};

struct shrinker {
	unsigned long (*count_objects)(struct shrinker *shrinker, struct shrink_control *sc);
	unsigned long (*scan_objects)(struct shrinker *shrinker, struct shrink_control *sc);
	long batch;			/* objects per scan call, 0: SHRINK_BATCH */
	int seeks;			/* cost of making an object anew */
	unsigned int flags;		/* SHRINKER_* */
	void *private_data;

	/* mm/shrinker.c's */
	refcount_t refcount;		/* runs in progress, and one of the registration */
	struct completion done;		/* refcount is zero */
	struct list_head list;		/* shrinker_lock */
	atomic_long_t nr_deferred;	/* objects that a caller in a hurry left over */
	const char *name;
};

struct shrinker *shrinker_alloc(unsigned int flags, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void shrinker_register(struct shrinker *shrinker);
void shrinker_free(struct shrinker *shrinker);

/** shrinker_try_get - a reference to a shrinker found under RCU. Return: false if it goes */
static inline bool shrinker_try_get(struct shrinker *shrinker)
{
	return refcount_inc_not_zero(&shrinker->refcount);
}

/** shrinker_put - one reference less; with the last shrinker_free() goes on */
static inline void shrinker_put(struct shrinker *shrinker)
{
	if (refcount_dec_and_test(&shrinker->refcount))
		complete(&shrinker->done);
}

unsigned long shrink_slab(gfp_t gfp_mask, int nid, struct mem_cgroup *memcg, int priority);

#endif /* _LINUX_SHRINKER_H */
