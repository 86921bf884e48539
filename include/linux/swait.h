/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SWAIT_H
#define _LINUX_SWAIT_H

/*
 * Simple wait queues: no callbacks, no keys, all waiters exclusive. What that buys is a raw lock
 * held for a bounded time, so that waking one is possible from any context with interrupts off.
 * swake_up_all() is for task context: it drops the lock between waiters.
 */

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>
#include <linux/wait.h>

#include <asm/current.h>

struct swait_queue_head {
	raw_spinlock_t lock;
	struct list_head task_list;
};

struct swait_queue {
	struct task_struct *task;
	struct list_head task_list;
};

#define __SWAITQUEUE_INITIALIZER(name) { \
	.task = current, \
	.task_list = LIST_HEAD_INIT((name).task_list), \
}

/** DECLARE_SWAITQUEUE() - an entry on the stack, of current */
#define DECLARE_SWAITQUEUE(name) \
	struct swait_queue name = __SWAITQUEUE_INITIALIZER(name)

#define __SWAIT_QUEUE_HEAD_INITIALIZER(name) { \
	.lock = __RAW_SPIN_LOCK_UNLOCKED(name.lock), \
	.task_list = LIST_HEAD_INIT((name).task_list), \
}

/** DECLARE_SWAIT_QUEUE_HEAD() - a static, empty queue */
#define DECLARE_SWAIT_QUEUE_HEAD(name) \
	struct swait_queue_head name = __SWAIT_QUEUE_HEAD_INITIALIZER(name)

void __init_swait_queue_head(struct swait_queue_head *q, const char *name,
			     struct lock_class_key *key);

/**
 * init_swait_queue_head() - make an empty queue; each place that does has a lock class of its own
 */
#define init_swait_queue_head(q) \
do { \
	static struct lock_class_key __key; \
	__init_swait_queue_head((q), #q, &__key); \
} while (0)

#ifdef CONFIG_LOCKDEP
#define __SWAIT_QUEUE_HEAD_INIT_ONSTACK(name) \
	({ init_swait_queue_head(&name); name; })
#define DECLARE_SWAIT_QUEUE_HEAD_ONSTACK(name) \
	struct swait_queue_head name = __SWAIT_QUEUE_HEAD_INIT_ONSTACK(name)
#else
#define DECLARE_SWAIT_QUEUE_HEAD_ONSTACK(name)	DECLARE_SWAIT_QUEUE_HEAD(name)
#endif

/** swait_active() - does anybody wait? Needs the same barrier as waitqueue_active() */
static inline int swait_active(struct swait_queue_head *wq)
{
	return !list_empty(&wq->task_list);
}

/** swq_has_sleeper() - swait_active() with the barrier */
static inline bool swq_has_sleeper(struct swait_queue_head *wq)
{
	smp_mb();	/* pairs with set_current_state() in prepare_to_swait_event() */
	return swait_active(wq);
}

void swake_up_one(struct swait_queue_head *q);
void swake_up_all(struct swait_queue_head *q);
void swake_up_locked(struct swait_queue_head *q, int wake_flags);
void swake_up_all_locked(struct swait_queue_head *q);
void prepare_to_swait_exclusive(struct swait_queue_head *q, struct swait_queue *wait, int state);
long prepare_to_swait_event(struct swait_queue_head *q, struct swait_queue *wait, int state);
void __prepare_to_swait(struct swait_queue_head *q, struct swait_queue *wait);
void __finish_swait(struct swait_queue_head *q, struct swait_queue *wait);
void finish_swait(struct swait_queue_head *q, struct swait_queue *wait);

#define ___swait_event(wq, condition, state, ret, cmd) \
({ \
	__label__ __out; \
	struct swait_queue __wait; \
	long __ret = ret; \
	\
	__wait.task = NULL; \
	INIT_LIST_HEAD(&__wait.task_list); \
	for (;;) { \
		long __int = prepare_to_swait_event(&wq, &__wait, state); \
		\
		if (condition) \
			break; \
		if (___wait_is_interruptible(state) && __int) { \
			__ret = __int; \
			goto __out; \
		} \
		cmd; \
	} \
	finish_swait(&wq, &__wait); \
__out:	__ret; \
})

/**
 * swait_event_exclusive() - sleep until @condition, as wait_event(); a wake-up is for one
 * @wq: the queue
 * @condition: evaluated before sleeping and after each wake-up
 *
 * Context: may sleep.
 */
#define swait_event_exclusive(wq, condition) \
do { \
	if (condition) \
		break; \
	(void)___swait_event(wq, condition, TASK_UNINTERRUPTIBLE, 0, schedule()); \
} while (0)

/**
 * swait_event_timeout_exclusive() - swait_event_exclusive() for at most @timeout jiffies
 *
 * Return: the jiffies left, at least 1; 0 when time was up.
 */
#define swait_event_timeout_exclusive(wq, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	if (!___wait_cond_timeout(condition)) \
		__ret = ___swait_event(wq, ___wait_cond_timeout(condition), \
				       TASK_UNINTERRUPTIBLE, timeout, \
				       __ret = schedule_timeout(__ret)); \
	__ret; \
})

/**
 * swait_event_interruptible_exclusive() - swait_event_exclusive(), or a signal
 *
 * Return: 0, -ERESTARTSYS.
 */
#define swait_event_interruptible_exclusive(wq, condition) \
({ \
	int __ret = 0; \
	\
	if (!(condition)) \
		__ret = ___swait_event(wq, condition, TASK_INTERRUPTIBLE, 0, schedule()); \
	__ret; \
})

/**
 * swait_event_interruptible_timeout_exclusive() - the same for at most @timeout jiffies
 *
 * Return: the jiffies left, at least 1; 0 when time was up; -ERESTARTSYS on a signal.
 */
#define swait_event_interruptible_timeout_exclusive(wq, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	if (!___wait_cond_timeout(condition)) \
		__ret = ___swait_event(wq, ___wait_cond_timeout(condition), \
				       TASK_INTERRUPTIBLE, timeout, \
				       __ret = schedule_timeout(__ret)); \
	__ret; \
})

/** swait_event_idle_exclusive() - swait_event_exclusive() that isn't counted as load */
#define swait_event_idle_exclusive(wq, condition) \
do { \
	if (condition) \
		break; \
	(void)___swait_event(wq, condition, TASK_IDLE, 0, schedule()); \
} while (0)

/**
 * swait_event_idle_timeout_exclusive() - the same for at most @timeout jiffies
 *
 * Return: the jiffies left, at least 1; 0 when time was up.
 */
#define swait_event_idle_timeout_exclusive(wq, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	if (!___wait_cond_timeout(condition)) \
		__ret = ___swait_event(wq, ___wait_cond_timeout(condition), TASK_IDLE, timeout, \
				       __ret = schedule_timeout(__ret)); \
	__ret; \
})

#endif /* _LINUX_SWAIT_H */
