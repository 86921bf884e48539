/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEQLOCK_TYPES_H
#define _LINUX_SEQLOCK_TYPES_H

#include <linux/lockdep_types.h>
#include <linux/mutex_types.h>
#include <linux/spinlock_types.h>

struct ww_mutex;

/* The counter: odd while a writer is at work. */
typedef struct seqcount {
	unsigned int sequence;
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
#endif
} seqcount_t;

/* A counter that knows which lock its writers hold, so that lockdep can check it. */
#ifdef CONFIG_LOCKDEP
#define __SEQ_LOCK(expr)	expr
#else
#define __SEQ_LOCK(expr)
#endif

#define SEQCOUNT_LOCKNAME(lockname, locktype, preemptible)	\
typedef struct seqcount_##lockname {				\
	seqcount_t seqcount;					\
	__SEQ_LOCK(locktype *lock);				\
} seqcount_##lockname##_t;

SEQCOUNT_LOCKNAME(raw_spinlock, raw_spinlock_t, false)
SEQCOUNT_LOCKNAME(spinlock, spinlock_t, false)
SEQCOUNT_LOCKNAME(rwlock, rwlock_t, false)
SEQCOUNT_LOCKNAME(mutex, struct mutex, true)
SEQCOUNT_LOCKNAME(ww_mutex, struct ww_mutex, true)
#undef SEQCOUNT_LOCKNAME

/* A counter with the lock of its writers. */
typedef struct {
	seqcount_spinlock_t seqcount;
	spinlock_t lock;
} seqlock_t;

/* A counter whose low bit says which of two copies of the data is at rest. */
typedef struct {
	seqcount_t seqcount;
} seqcount_latch_t;

#endif /* _LINUX_SEQLOCK_TYPES_H */
