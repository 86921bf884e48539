/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RWLOCK_TYPES_H
#define _LINUX_RWLOCK_TYPES_H

#include <linux/spinlock_types_raw.h>

/* Many readers or one writer, spinning, fair. */
typedef struct rwlock {
	arch_rwlock_t raw_lock;
#ifdef CONFIG_DEBUG_SPINLOCK
	unsigned int magic, owner_cpu;	/* written by the writer inside */
	void *owner;
#endif
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
#endif
} rwlock_t;

#define RWLOCK_MAGIC	0xdeaf1eed

#ifdef CONFIG_DEBUG_SPINLOCK
#define RW_DEBUG_INIT(lockname)	\
	.magic = RWLOCK_MAGIC, .owner_cpu = -1, .owner = SPINLOCK_OWNER_INIT,
#else
#define RW_DEBUG_INIT(lockname)
#endif

#define __RW_LOCK_UNLOCKED(lockname) (rwlock_t) {	\
	.raw_lock = __ARCH_RW_LOCK_UNLOCKED,		\
	RW_DEBUG_INIT(lockname)				\
	SPIN_DEP_MAP_INIT(lockname) }

#define DEFINE_RWLOCK(x)	rwlock_t x = __RW_LOCK_UNLOCKED(x)

#endif /* _LINUX_RWLOCK_TYPES_H */
