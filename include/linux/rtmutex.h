/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RTMUTEX_H
#define _LINUX_RTMUTEX_H

/*
 * The rt_mutex: a mutex whose owner inherits the priority of the most urgent task that waits for
 * it. Without that, a task of middling urgency that keeps the owner from its CPU keeps the urgent
 * waiter waiting too, for as long as it likes ("priority inversion").
 *
 * Rules of use are the mutex's (<linux/mutex.h>): owned by a task, which unlocks; not from
 * interrupts. Waiters get it by priority, first come first served among equals; all tasks of the
 * fair class are equals. There is no spinning, so as an ordinary lock a mutex is quicker.
 *
 * struct rt_mutex_base is the lock without the checker's part, for PI futexes and RCU.
 */

#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <linux/rbtree_types.h>
#include <linux/types.h>

struct task_struct;

/**
 * struct rt_mutex_base - the lock
 * @owner: the owning task; bit 0 says that the slow path has to be taken
 * @waiters: struct rt_mutex_waiter by urgency; under the graph lock of kernel/locking/rtmutex.c
 */
struct rt_mutex_base {
	unsigned long		owner;
	struct rb_root_cached	waiters;
};

struct rt_mutex {
	struct rt_mutex_base	rtmutex;
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map	dep_map;
#endif
};

#define __RT_MUTEX_BASE_INITIALIZER(name)	{ .owner = 0, .waiters = RB_ROOT_CACHED }

#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define __DEP_MAP_RT_MUTEX_INITIALIZER(lockname) \
	, .dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_SLEEP, }
#else
#define __DEP_MAP_RT_MUTEX_INITIALIZER(lockname)
#endif

#define __RT_MUTEX_INITIALIZER(lockname) {					\
	.rtmutex = __RT_MUTEX_BASE_INITIALIZER(lockname.rtmutex)		\
	__DEP_MAP_RT_MUTEX_INITIALIZER(lockname) }

#define DEFINE_RT_MUTEX(mutexname) \
	struct rt_mutex mutexname = __RT_MUTEX_INITIALIZER(mutexname)

/**
 * rt_mutex_base_is_locked - is it owned, at this moment?
 * @lock: the lock
 */
static inline bool rt_mutex_base_is_locked(struct rt_mutex_base *lock)
{
	return (READ_ONCE(lock->owner) & ~1UL) != 0;
}

/** rt_mutex_is_locked - does anybody hold it? A hint */
static inline bool rt_mutex_is_locked(struct rt_mutex *lock)
{
	return rt_mutex_base_is_locked(&lock->rtmutex);
}

void rt_mutex_base_init(struct rt_mutex_base *rtb);
void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key);

#define rt_mutex_init(mutex)					\
do {								\
	static struct lock_class_key __key;			\
								\
	__rt_mutex_init((mutex), #mutex, &__key);		\
} while (0)

#ifdef CONFIG_DEBUG_LOCK_ALLOC
void rt_mutex_lock_nested(struct rt_mutex *lock, unsigned int subclass);
void _rt_mutex_lock_nest_lock(struct rt_mutex *lock, struct lockdep_map *nest_lock);
#define rt_mutex_lock(lock)			rt_mutex_lock_nested(lock, 0)
#define rt_mutex_lock_nest_lock(lock, nest_lock)			\
do {									\
	typecheck(struct lockdep_map *, &(nest_lock)->dep_map);		\
	_rt_mutex_lock_nest_lock(lock, &(nest_lock)->dep_map);		\
} while (0)
#else
void rt_mutex_lock(struct rt_mutex *lock);
#define rt_mutex_lock_nested(lock, subclass)		rt_mutex_lock(lock)
#define rt_mutex_lock_nest_lock(lock, nest_lock)	rt_mutex_lock(lock)
#endif

int __must_check rt_mutex_lock_interruptible(struct rt_mutex *lock);
int __must_check rt_mutex_lock_killable(struct rt_mutex *lock);
int rt_mutex_trylock(struct rt_mutex *lock);
void rt_mutex_unlock(struct rt_mutex *lock);

#endif /* _LINUX_RTMUTEX_H */
