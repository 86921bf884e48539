/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MUTEX_TYPES_H
#define _LINUX_MUTEX_TYPES_H

#include <linux/atomic.h>
#include <linux/lockdep_types.h>
#include <linux/osq_lock.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

/* A sleeping lock for one. See <linux/mutex.h>. */
struct mutex {
	atomic_long_t owner;		/* the task, with three flags in the low bits */
	raw_spinlock_t wait_lock;	/* guards wait_list */
	struct optimistic_spin_queue osq; /* who spins while the owner runs */
	struct list_head wait_list;	/* who sleeps, first come first */
#ifdef CONFIG_DEBUG_MUTEXES
	void *magic;			/* points to itself while it is alive */
#endif
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
#endif
};

#endif /* _LINUX_MUTEX_TYPES_H */
