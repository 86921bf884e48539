/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H

#include <linux/rwlock_types.h>
#include <linux/spinlock_types_raw.h>

/* The everyday spin lock. A type of its own, so that nobody passes one where a raw one belongs. */
typedef struct spinlock {
	union {
		struct raw_spinlock rlock;
#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define LOCK_PADSIZE	(__builtin_offsetof(struct raw_spinlock, dep_map))
		/* rlock.dep_map under the name that every lock type has it */
		struct {
			u8 __padding[LOCK_PADSIZE];
			struct lockdep_map dep_map;
		};
#endif
	};
} spinlock_t;

#define ___SPIN_LOCK_INITIALIZER(lockname) {		\
	.raw_lock = __ARCH_SPIN_LOCK_UNLOCKED,		\
	SPIN_DEBUG_INIT(lockname)			\
	SPIN_DEP_MAP_INIT(lockname) }
#define __SPIN_LOCK_INITIALIZER(lockname)	\
	{ { .rlock = ___SPIN_LOCK_INITIALIZER(lockname) } }
#define __SPIN_LOCK_UNLOCKED(lockname)	\
	((spinlock_t) __SPIN_LOCK_INITIALIZER(lockname))
#define DEFINE_SPINLOCK(x)	spinlock_t x = __SPIN_LOCK_UNLOCKED(x)

#endif /* _LINUX_SPINLOCK_TYPES_H */
