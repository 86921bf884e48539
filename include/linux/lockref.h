/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCKREF_H
#define _LINUX_LOCKREF_H

/*
 * A spin lock and a reference count in one 64-bit word, so that the count can be changed by one
 * compare-and-exchange while nobody holds the lock, and never while somebody does.
 *
 * The holder of the lock sees a count that stands still and may set it as it likes; a negative
 * count is that of a dead object, which no lockref_get_not_dead() revives. Where the lock is too
 * big (debug builds), each function takes it instead: the meaning is the same.
 */

#include <linux/spinlock.h>
#include <linux/types.h>

#ifdef CONFIG_DEBUG_SPINLOCK
#define USE_CMPXCHG_LOCKREF	0
#elif defined(CONFIG_DEBUG_LOCK_ALLOC)
#define USE_CMPXCHG_LOCKREF	0
#else
#define USE_CMPXCHG_LOCKREF	1
#endif

struct lockref {
	union {
#if USE_CMPXCHG_LOCKREF
		aligned_u64 lock_count;
#endif
		struct {
			spinlock_t lock;
			int count;
		};
	};
};

/** lockref_init - an unlocked lockref with a count of one */
#define lockref_init(lockref)			\
do {						\
	spin_lock_init(&(lockref)->lock);	\
	(lockref)->count = 1;			\
} while (0)

void lockref_get(struct lockref *lockref);
int lockref_put_return(struct lockref *lockref);
bool lockref_get_not_zero(struct lockref *lockref);
bool lockref_put_not_zero(struct lockref *lockref);
bool lockref_put_or_lock(struct lockref *lockref);
void lockref_mark_dead(struct lockref *lockref);
bool lockref_get_not_dead(struct lockref *lockref);

/**
 * __lockref_is_dead - is the object on its way out?
 *
 * Context: the lock held, or a stale answer does no harm.
 */
static inline bool __lockref_is_dead(const struct lockref *l)
{
	return ((int)l->count < 0);
}

#endif /* _LINUX_LOCKREF_H */
