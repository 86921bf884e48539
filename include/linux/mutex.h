/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

/*
 * The mutex. Rules of use:
 *
 *  - One owner at a time, and it is the owner, a task, who unlocks. No recursion.
 *  - Not from interrupts or with a spin lock held: the caller may sleep. (mutex_trylock() neither.)
 *  - A task doesn't exit while it owns one; memory that holds an owned mutex isn't freed. Don't
 *    free it either while mutex_unlock() may still be running, as a completion's owner could.
 */

#include <linux/cleanup.h>
#include <linux/debug_locks.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/mutex_types.h>
#include <linux/spinlock_types.h>

#include <asm/current.h>
#include <asm/processor.h>

#ifdef CONFIG_DEBUG_MUTEXES
#define __DEBUG_MUTEX_INITIALIZER(lockname)	, .magic = &lockname
void mutex_destroy(struct mutex *lock);
#else
#define __DEBUG_MUTEX_INITIALIZER(lockname)
static inline void mutex_destroy(struct mutex *lock) { (void)lock; }
#endif

#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define __DEP_MAP_MUTEX_INITIALIZER(lockname) \
	, .dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_SLEEP, }
#else
#define __DEP_MAP_MUTEX_INITIALIZER(lockname)
#endif

#define __MUTEX_INITIALIZER(lockname) {						\
	.owner = ATOMIC_LONG_INIT(0),						\
	.wait_lock = __RAW_SPIN_LOCK_UNLOCKED(lockname.wait_lock),		\
	.osq = OSQ_LOCK_UNLOCKED,						\
	.wait_list = LIST_HEAD_INIT(lockname.wait_list)				\
	__DEBUG_MUTEX_INITIALIZER(lockname)					\
	__DEP_MAP_MUTEX_INITIALIZER(lockname) }

/** DEFINE_MUTEX - a static mutex, free */
#define DEFINE_MUTEX(mutexname)	struct mutex mutexname = __MUTEX_INITIALIZER(mutexname)

/** mutex_init - make a mutex, free; each place that does has a lock class of its own */
#define mutex_init(mutex)				\
do {							\
	static struct lock_class_key __key;		\
							\
	__mutex_init((mutex), #mutex, &__key);		\
} while (0)

#define mutex_init_with_key(mutex, key)	__mutex_init((mutex), #mutex, (key))

struct device;

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key);
bool mutex_is_locked(struct mutex *lock);

#ifdef CONFIG_DEBUG_LOCK_ALLOC
void mutex_lock_nested(struct mutex *lock, unsigned int subclass);
void _mutex_lock_nest_lock(struct mutex *lock, struct lockdep_map *nest_lock);
int __must_check mutex_lock_interruptible_nested(struct mutex *lock, unsigned int subclass);
int __must_check mutex_lock_killable_nested(struct mutex *lock, unsigned int subclass);
void mutex_lock_io_nested(struct mutex *lock, unsigned int subclass);

#define mutex_lock(lock)			mutex_lock_nested(lock, 0)
#define mutex_lock_interruptible(lock)		mutex_lock_interruptible_nested(lock, 0)
#define mutex_lock_killable(lock)		mutex_lock_killable_nested(lock, 0)
#define mutex_lock_io(lock)			mutex_lock_io_nested(lock, 0)

/**
 * mutex_lock_nest_lock - mutex_lock() of any number of one class, under @nest_lock, which is held
 */
#define mutex_lock_nest_lock(lock, nest_lock)				\
do {									\
	typecheck(struct lockdep_map *, &(nest_lock)->dep_map);		\
	_mutex_lock_nest_lock(lock, &(nest_lock)->dep_map);		\
} while (0)
#else
void mutex_lock(struct mutex *lock);
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);
void mutex_lock_io(struct mutex *lock);

#define mutex_lock_nested(lock, subclass)		mutex_lock(lock)
#define mutex_lock_interruptible_nested(lock, subclass)	mutex_lock_interruptible(lock)
#define mutex_lock_killable_nested(lock, subclass)	mutex_lock_killable(lock)
#define mutex_lock_nest_lock(lock, nest_lock)		mutex_lock(lock)
#define mutex_lock_io_nested(lock, subclass)		mutex_lock_io(lock)
#endif

int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock);
unsigned long mutex_get_owner(struct mutex *lock);

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
DEFINE_GUARD_COND(mutex, _try, mutex_trylock(_T))
DEFINE_GUARD_COND(mutex, _intr, mutex_lock_interruptible(_T) == 0)

#endif /* _LINUX_MUTEX_H */
