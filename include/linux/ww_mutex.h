/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WW_MUTEX_H
#define _LINUX_WW_MUTEX_H

/*
 * The wait/wound mutex: for those who need several locks at once, in an order that nobody knows
 * beforehand. Deadlocks are not avoided but resolved: of two in each other's way the younger gives
 * up what it has and begins anew.
 *
 *	ww_acquire_init(&ctx, &my_class);
 *	retry:
 *		for each lock: err = ww_mutex_lock(lock, &ctx);
 *		if (err == -EDEADLK):
 *			unlock all that were got;
 *			ww_mutex_lock_slow(the one that failed, &ctx), which waits till it is free;
 *			goto retry, skipping that one;
 *	ww_acquire_done(&ctx);		no more locks from here
 *	... unlock all ...
 *	ww_acquire_fini(&ctx);
 *
 * The context's age is its ticket: it keeps it over its retries, so it becomes the oldest in time
 * and gets through. A class has one of two ways:
 *
 *	DEFINE_WD_CLASS	wait-die: the younger one, meeting an older one's lock, gives up
 *	DEFINE_WW_CLASS	wound-wait: the older one, meeting a younger one's lock, "wounds" it, and it
 *			gives up when it would next have to wait. Fewer retries, some wake-ups more
 *
 * Without a context (NULL) a ww_mutex is a plain lock, for those who need just one.
 *
 * Context: Task; all that lock may sleep. A task has one context of a class at a time.
 */

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

struct task_struct;
struct ww_mutex;

/**
 * struct ww_class - locks that may be taken together
 * @stamp: the last ticket given out
 * @is_wait_die: which way
 */
struct ww_class {
	atomic_long_t		stamp;
	struct lock_class_key	acquire_key;
	struct lock_class_key	mutex_key;
	const char		*acquire_name;
	const char		*mutex_name;
	unsigned int		is_wait_die;
};

/**
 * struct ww_acquire_ctx - one task's going for a set of locks
 * @task: whose
 * @stamp: its ticket; lower is older
 * @acquired: how many it has
 * @wounded: an older one wants a lock of ours; written by that one
 * @is_wait_die: the class's way
 * @done: ww_acquire_done() was called
 * @class: of all its locks
 * @contending: the lock that -EDEADLK was about, until it is had; for checks of use
 */
struct ww_acquire_ctx {
	struct task_struct	*task;
	unsigned long		stamp;
	unsigned int		acquired;
	unsigned short		wounded;
	unsigned short		is_wait_die;
	bool			done;
	struct ww_class		*class;
	struct ww_mutex		*contending;
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map	dep_map;
#endif
};

/**
 * struct ww_mutex - the lock
 * @wait_lock: guards the rest
 * @owner: who has it
 * @ctx: the owner's context, or NULL
 * @wait_list: who sleeps: contexts before younger ones, otherwise as they came
 */
struct ww_mutex {
	raw_spinlock_t		wait_lock;
	struct task_struct	*owner;
	struct ww_acquire_ctx	*ctx;
	struct list_head	wait_list;
	struct ww_class		*class;
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map	dep_map;
#endif
};

#define __WW_CLASS_INITIALIZER(ww_class, _is_wait_die)		\
	{ .stamp = ATOMIC_LONG_INIT(0),				\
	  .acquire_name = #ww_class "_acquire",			\
	  .mutex_name = #ww_class "_mutex",			\
	  .is_wait_die = _is_wait_die }

#define DEFINE_WD_CLASS(classname) \
	struct ww_class classname = __WW_CLASS_INITIALIZER(classname, 1)
#define DEFINE_WW_CLASS(classname) \
	struct ww_class classname = __WW_CLASS_INITIALIZER(classname, 0)

void ww_mutex_init(struct ww_mutex *lock, struct ww_class *ww_class);
void ww_mutex_destroy(struct ww_mutex *lock);

void ww_acquire_init(struct ww_acquire_ctx *ctx, struct ww_class *ww_class);
void ww_acquire_done(struct ww_acquire_ctx *ctx);
void ww_acquire_fini(struct ww_acquire_ctx *ctx);

int __must_check ww_mutex_lock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
int __must_check ww_mutex_lock_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
void ww_mutex_lock_slow(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
int __must_check ww_mutex_lock_slow_interruptible(struct ww_mutex *lock,
						  struct ww_acquire_ctx *ctx);
int __must_check ww_mutex_trylock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
void ww_mutex_unlock(struct ww_mutex *lock);

/**
 * ww_mutex_is_locked - does anybody have it, at this moment?
 * @lock: the lock
 */
static inline bool ww_mutex_is_locked(struct ww_mutex *lock)
{
	return READ_ONCE(lock->owner) != NULL;
}

#endif /* _LINUX_WW_MUTEX_H */
