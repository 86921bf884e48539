/* SPDX-License-Identifier: MIT */
#ifndef _LOCKING_RTMUTEX_COMMON_H
#define _LOCKING_RTMUTEX_COMMON_H

/*
 * The rt_mutex from inside, for PI futexes and RCU: locks that are owned from the start, and
 * waiting on another task's behalf.
 *
 * A requeued PI futex moves a sleeping task from one wait to another without waking it: the one
 * who requeues enters the task as a waiter (rt_mutex_start_proxy_lock()), and the task, once it
 * runs, waits on (rt_mutex_wait_proxy_lock()) and clears up (rt_mutex_cleanup_proxy_lock()).
 */

#include <linux/rtmutex.h>
#include <linux/rbtree.h>
#include <linux/sched.h>

struct hrtimer_sleeper;

/**
 * struct rt_mutex_waiter - one task that waits for one lock, on its stack
 * @tree: in the lock's waiters
 * @pi_tree: in the owner's pi_waiters, if it is the lock's most urgent waiter
 * @task: who waits; NULL while not queued, and so once it was handed the lock
 * @lock: for what
 * @prio: the task's priority as both trees are sorted; all fair tasks count the same
 *
 * All under the graph lock.
 */
struct rt_mutex_waiter {
	struct rb_node		tree;
	struct rb_node		pi_tree;
	struct task_struct	*task;
	struct rt_mutex_base	*lock;
	int			prio;
};

#define RT_MUTEX_HAS_WAITERS	1UL

static inline struct task_struct *rt_mutex_owner(struct rt_mutex_base *lock)
{
	return (struct task_struct *)(READ_ONCE(lock->owner) & ~RT_MUTEX_HAS_WAITERS);
}

static inline bool rt_mutex_has_waiters(struct rt_mutex_base *lock)
{
	return !RB_EMPTY_ROOT(&lock->waiters.rb_root);
}

void rt_mutex_init_waiter(struct rt_mutex_waiter *waiter);

void rt_mutex_init_proxy_locked(struct rt_mutex_base *lock, struct task_struct *proxy_owner);
void rt_mutex_proxy_unlock(struct rt_mutex_base *lock);
int rt_mutex_start_proxy_lock(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter,
			      struct task_struct *task);
int rt_mutex_wait_proxy_lock(struct rt_mutex_base *lock, struct hrtimer_sleeper *to,
			     struct rt_mutex_waiter *waiter);
bool rt_mutex_cleanup_proxy_lock(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter);

int rt_mutex_futex_trylock(struct rt_mutex_base *lock);
void rt_mutex_futex_unlock(struct rt_mutex_base *lock);
struct task_struct *rt_mutex_futex_top_task(struct rt_mutex_base *lock);
void rt_mutex_futex_handoff(struct rt_mutex_base *lock, struct task_struct *task);

#endif /* _LOCKING_RTMUTEX_COMMON_H */
