/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

/*
 * Wait queues: sleep until a condition holds.
 *
 * Rules of use:
 *  - The waker changes the condition first and calls wake_up() after. The sleeper's test and the
 *    waker's test of the queue cannot both miss, because the sleeper queues itself and sets its
 *    state (a full barrier) before it tests.
 *  - A waker that skips wake_up() when waitqueue_active() says nobody waits needs smp_mb()
 *    between its store of the condition and that test; wq_has_sleeper() has it inside.
 *  - wait_event*() evaluates its condition many times, in task context, with the task's state
 *    possibly not TASK_RUNNING: the condition must not sleep (wait_woken() is for those that do).
 *  - An exclusive waiter is one of many equals: wake_up() wakes all non-exclusive waiters and one
 *    exclusive one. Exclusive waiters queue at the tail for that.
 *  - wake_up*() may be called from any context but NMI. The wait_*() calls sleep.
 *
 * The condition's guard is the caller's; head->lock guards the list alone, except in the _locked
 * forms, where the caller holds it and may guard the condition with it too.
 */

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include <asm/current.h>

typedef struct wait_queue_entry wait_queue_entry_t;

/* What a wake-up does with one entry: < 0 stops the walk, > 0 counts against exclusive wakes. */
typedef int (*wait_queue_func_t)(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
				 void *key);
int default_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
			  void *key);

#define WQ_FLAG_EXCLUSIVE	0x01
#define WQ_FLAG_WOKEN		0x02
#define WQ_FLAG_CUSTOM		0x04
#define WQ_FLAG_DONE		0x08
#define WQ_FLAG_PRIORITY	0x10

struct wait_queue_entry {
	unsigned int flags;
	void *private;			/* the task, for the usual functions */
	wait_queue_func_t func;
	struct list_head entry;		/* guarded by head->lock */
};

struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
};
typedef struct wait_queue_head wait_queue_head_t;

struct task_struct;

#define __WAITQUEUE_INITIALIZER(name, tsk) { \
	.private = tsk, \
	.func = default_wake_function, \
	.entry = { NULL, NULL } }

/** DECLARE_WAITQUEUE - an entry on the stack that wakes task @tsk */
#define DECLARE_WAITQUEUE(name, tsk) \
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)

#define __WAIT_QUEUE_HEAD_INITIALIZER(name) { \
	.lock = __SPIN_LOCK_UNLOCKED(name.lock), \
	.head = LIST_HEAD_INIT(name.head) }

/** DECLARE_WAIT_QUEUE_HEAD - a static, empty queue */
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)

void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name,
			   struct lock_class_key *key);

/** init_waitqueue_head - make an empty queue; each place that does has a lock class of its own */
#define init_waitqueue_head(wq_head) \
do { \
	static struct lock_class_key __key; \
	__init_waitqueue_head((wq_head), #wq_head, &__key); \
} while (0)

#ifdef CONFIG_LOCKDEP
/* On the stack the head needs a lock class of its own, which is static. */
#define __WAIT_QUEUE_HEAD_INIT_ONSTACK(name) \
	({ init_waitqueue_head(&name); name; })

/** DECLARE_WAIT_QUEUE_HEAD_ONSTACK - an empty queue on the stack */
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INIT_ONSTACK(name)
#else
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name)	DECLARE_WAIT_QUEUE_HEAD(name)
#endif

/** init_waitqueue_entry - an entry that wakes task @p */
static inline void init_waitqueue_entry(struct wait_queue_entry *wq_entry, struct task_struct *p)
{
	wq_entry->flags = 0;
	wq_entry->private = p;
	wq_entry->func = default_wake_function;
}

/** init_waitqueue_func_entry - an entry that calls @func */
static inline void init_waitqueue_func_entry(struct wait_queue_entry *wq_entry,
					     wait_queue_func_t func)
{
	wq_entry->flags = 0;
	wq_entry->private = NULL;
	wq_entry->func = func;
}

/**
 * waitqueue_active - does anybody wait, at a glance without the lock
 * @wq_head: the queue
 *
 * Needs smp_mb() between the caller's store to the condition and this call, see the top.
 */
static inline int waitqueue_active(struct wait_queue_head *wq_head)
{
	return !list_empty(&wq_head->head);
}

/** wq_has_single_sleeper - is there exactly one entry? A hint without the lock */
static inline bool wq_has_single_sleeper(struct wait_queue_head *wq_head)
{
	return list_is_singular(&wq_head->head);
}

/** wq_has_sleeper - is there an entry? With the barrier that waitqueue_active() needs */
static inline bool wq_has_sleeper(struct wait_queue_head *wq_head)
{
	smp_mb();	/* the caller's condition before our look; pairs with set_current_state() */
	return waitqueue_active(wq_head);
}

void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);

/**
 * __add_wait_queue - add_wait_queue() with the lock held: behind priority entries, before all
 * others
 */
static inline void __add_wait_queue(struct wait_queue_head *wq_head,
				    struct wait_queue_entry *wq_entry)
{
	struct list_head *head = &wq_head->head;
	struct wait_queue_entry *wq;

	list_for_each_entry(wq, &wq_head->head, entry) {
		if (!(wq->flags & WQ_FLAG_PRIORITY))
			break;
		head = &wq->entry;
	}
	list_add(&wq_entry->entry, head);
}

/** __add_wait_queue_exclusive - __add_wait_queue() for one of those of whom a wake-up takes one */
static inline void __add_wait_queue_exclusive(struct wait_queue_head *wq_head,
					      struct wait_queue_entry *wq_entry)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue(wq_head, wq_entry);
}

/** __add_wait_queue_entry_tail - append an entry, with the lock held */
static inline void __add_wait_queue_entry_tail(struct wait_queue_head *wq_head,
					       struct wait_queue_entry *wq_entry)
{
	list_add_tail(&wq_entry->entry, &wq_head->head);
}

/** __add_wait_queue_entry_tail_exclusive - append an exclusive entry, with the lock held */
static inline void __add_wait_queue_entry_tail_exclusive(struct wait_queue_head *wq_head,
							 struct wait_queue_entry *wq_entry)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue_entry_tail(wq_head, wq_entry);
}

/** __remove_wait_queue - remove_wait_queue() with the lock held */
static inline void __remove_wait_queue(struct wait_queue_head *wq_head,
				       struct wait_queue_entry *wq_entry)
{
	(void)wq_head;
	list_del(&wq_entry->entry);
}

int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key);
void __wake_up_on_current_cpu(struct wait_queue_head *wq_head, unsigned int mode, void *key);
void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);
void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);
void __wake_up_locked_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);
void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr);
void __wake_up_sync(struct wait_queue_head *wq_head, unsigned int mode);
void __wake_up_pollfree(struct wait_queue_head *wq_head);

/**
 * wake_up - wake all that aren't exclusive, and one that is
 * @x: the queue
 *
 * The condition is true by now, and was made so before the call. Context: any but NMI; so for all
 * of these.
 */
#define wake_up(x)			__wake_up(x, TASK_NORMAL, 1, NULL)
/** wake_up_nr - wake_up() for @nr exclusive ones */
#define wake_up_nr(x, nr)		__wake_up(x, TASK_NORMAL, nr, NULL)
/** wake_up_all - wake_up() for all */
#define wake_up_all(x)			__wake_up(x, TASK_NORMAL, 0, NULL)
/** wake_up_locked - wake_up() with the lock held */
#define wake_up_locked(x)		__wake_up_locked((x), TASK_NORMAL, 1)
/** wake_up_all_locked - wake_up_all() with the lock held */
#define wake_up_all_locked(x)		__wake_up_locked((x), TASK_NORMAL, 0)
/** wake_up_sync - wake_up(), about to sleep: the woken needn't preempt us */
#define wake_up_sync(x)			__wake_up_sync(x, TASK_NORMAL)
/** wake_up_interruptible - wake_up() for those in TASK_INTERRUPTIBLE */
#define wake_up_interruptible(x)	__wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
/** wake_up_interruptible_nr - wake_up_nr() for those in TASK_INTERRUPTIBLE */
#define wake_up_interruptible_nr(x, nr)	__wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
/** wake_up_interruptible_all - wake_up_all() for those in TASK_INTERRUPTIBLE */
#define wake_up_interruptible_all(x)	__wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
/** wake_up_interruptible_sync - wake_up_sync() for those in TASK_INTERRUPTIBLE */
#define wake_up_interruptible_sync(x)	__wake_up_sync((x), TASK_INTERRUPTIBLE)

/* The key of a poll wake-up is the mask of events that happened. */
#define poll_to_key(m)	((void *)(__force uintptr_t)(__poll_t)(m))
#define key_to_poll(m)	((__force __poll_t)(uintptr_t)(void *)(m))
/** wake_up_poll - wake_up() that says which events, EPOLL*, have happened */
#define wake_up_poll(x, m) \
	__wake_up(x, TASK_NORMAL, 1, poll_to_key(m))
/** wake_up_poll_on_current_cpu - wake_up_poll(): the woken had better run here */
#define wake_up_poll_on_current_cpu(x, m) \
	__wake_up_on_current_cpu(x, TASK_NORMAL, poll_to_key(m))
/** wake_up_locked_poll - wake_up_poll() with the lock held */
#define wake_up_locked_poll(x, m) \
	__wake_up_locked_key((x), TASK_NORMAL, poll_to_key(m))
/** wake_up_interruptible_poll - wake_up_poll() for those in TASK_INTERRUPTIBLE */
#define wake_up_interruptible_poll(x, m) \
	__wake_up(x, TASK_INTERRUPTIBLE, 1, poll_to_key(m))
/** wake_up_interruptible_sync_poll - wake_up_interruptible_poll(), about to sleep */
#define wake_up_interruptible_sync_poll(x, m) \
	__wake_up_sync_key((x), TASK_INTERRUPTIBLE, poll_to_key(m))
/** wake_up_interruptible_sync_poll_locked - wake_up_interruptible_sync_poll() with the lock held */
#define wake_up_interruptible_sync_poll_locked(x, m) \
	__wake_up_locked_sync_key((x), TASK_INTERRUPTIBLE, poll_to_key(m))

/** wake_up_pollfree - the queue is about to be freed under pollers: they take themselves off */
static inline void wake_up_pollfree(struct wait_queue_head *wq_head)
{
	if (waitqueue_active(wq_head))
		__wake_up_pollfree(wq_head);
}

/* ---- wait_event and its family ---- */

void init_wait_entry(struct wait_queue_entry *wq_entry, int flags);
void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry,
		     int state);
bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head,
			       struct wait_queue_entry *wq_entry, int state);
long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry,
			   int state);
void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
long wait_woken(struct wait_queue_entry *wq_entry, unsigned int mode, long timeout);
int woken_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key);
int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync,
			     void *key);
int do_wait_intr(struct wait_queue_head *wq, struct wait_queue_entry *wait);
int do_wait_intr_irq(struct wait_queue_head *wq, struct wait_queue_entry *wait);

/** DEFINE_WAIT_FUNC - an entry on the stack, of current, that calls @function when it is woken */
#define DEFINE_WAIT_FUNC(name, function) \
	struct wait_queue_entry name = { \
		.private = current, \
		.func = function, \
		.entry = LIST_HEAD_INIT((name).entry), \
	}

/** DEFINE_WAIT - an entry on the stack, of current, that leaves the queue when it is woken */
#define DEFINE_WAIT(name)	DEFINE_WAIT_FUNC(name, autoremove_wake_function)

/** init_wait_func - DEFINE_WAIT_FUNC() for memory that is there */
#define init_wait_func(wait, function) \
do { \
	(wait)->private = current; \
	(wait)->func = function; \
	INIT_LIST_HEAD(&(wait)->entry); \
	(wait)->flags = 0; \
} while (0)

/** init_wait - DEFINE_WAIT() for memory that is there */
#define init_wait(wait)	init_wait_func(wait, autoremove_wake_function)

#define ___wait_is_interruptible(state) \
	(!__builtin_constant_p(state) || \
	 ((state) & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)))

/*
 * Every wait_event form is this loop with another @cmd for the sleep itself.
 * prepare_to_wait_event() reports a pending signal only after it took the entry off the queue, and
 * looks at the condition once more here first: an exclusive waiter that was woken must not turn
 * that wake-up into -EINTR.
 */
#define ___wait_event(wq_head, condition, state, exclusive, ret, cmd) \
({ \
	__label__ __out; \
	struct wait_queue_entry __wq_entry; \
	long __ret = ret; \
	\
	init_wait_entry(&__wq_entry, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0); \
	for (;;) { \
		long __int = prepare_to_wait_event(&(wq_head), &__wq_entry, state); \
		\
		if (condition) \
			break; \
		if (___wait_is_interruptible(state) && __int) { \
			__ret = __int; \
			goto __out; \
		} \
		cmd; \
		if (condition) \
			break; \
	} \
	finish_wait(&(wq_head), &__wq_entry); \
__out:	__ret; \
})

/*
 * For the forms with a timeout: true also when time is up, and then turns a condition that came
 * true in the last moment into "one tick left", so that 0 always means "timed out and still false".
 */
#define ___wait_cond_timeout(condition) \
({ \
	bool __cond = (condition); \
	\
	if (__cond && !__ret) \
		__ret = 1; \
	__cond || !__ret; \
})

#define __wait_event(wq_head, condition) \
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, schedule())

/**
 * wait_event - sleep, not interruptible, until @condition is true
 * @wq_head: the queue that is woken after the condition may have changed
 * @condition: C expression, evaluated before sleeping and after each wake-up
 *
 * Context: may sleep.
 */
#define wait_event(wq_head, condition) \
do { \
	might_sleep(); \
	if (condition) \
		break; \
	__wait_event(wq_head, condition); \
} while (0)

#define __io_wait_event(wq_head, condition) \
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, io_schedule())

/**
 * io_wait_event - wait_event() that counts as waiting for I/O
 * @wq_head: the queue
 * @condition: as for wait_event()
 */
#define io_wait_event(wq_head, condition) \
do { \
	might_sleep(); \
	if (condition) \
		break; \
	__io_wait_event(wq_head, condition); \
} while (0)

#define __wait_event_timeout(wq_head, condition, timeout) \
	___wait_event(wq_head, ___wait_cond_timeout(condition), TASK_UNINTERRUPTIBLE, 0, timeout, \
		      __ret = schedule_timeout(__ret))

/**
 * wait_event_timeout - wait_event() for at most @timeout ticks
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @timeout: jiffies
 *
 * Return: 0 if @condition was false when time was up, else the jiffies left, at least 1.
 */
#define wait_event_timeout(wq_head, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	might_sleep(); \
	if (!___wait_cond_timeout(condition)) \
		__ret = __wait_event_timeout(wq_head, condition, timeout); \
	__ret; \
})

#define __wait_event_cmd(wq_head, condition, cmd1, cmd2) \
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
			    cmd1; schedule(); cmd2)

/**
 * wait_event_cmd - wait_event() with something to do round each sleep
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @cmd1: runs just before the sleep, with the state already set
 * @cmd2: runs just after
 */
#define wait_event_cmd(wq_head, condition, cmd1, cmd2) \
do { \
	if (condition) \
		break; \
	__wait_event_cmd(wq_head, condition, cmd1, cmd2); \
} while (0)

#define __wait_event_exclusive_cmd(wq_head, condition, cmd1, cmd2) \
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 1, 0, \
			    cmd1; schedule(); cmd2)

/**
 * wait_event_exclusive_cmd - wait_event_cmd(), exclusive
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @cmd1: runs just before the sleep, with the state already set
 * @cmd2: runs just after
 */
#define wait_event_exclusive_cmd(wq_head, condition, cmd1, cmd2) \
do { \
	if (condition) \
		break; \
	__wait_event_exclusive_cmd(wq_head, condition, cmd1, cmd2); \
} while (0)

#define __wait_event_interruptible(wq_head, condition) \
	___wait_event(wq_head, condition, TASK_INTERRUPTIBLE, 0, 0, schedule())

/**
 * wait_event_interruptible - sleep until @condition is true or a signal is pending
 * @wq_head: the queue
 * @condition: as for wait_event()
 *
 * Return: 0 if the condition became true, -ERESTARTSYS on a signal.
 */
#define wait_event_interruptible(wq_head, condition) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_interruptible(wq_head, condition); \
	__ret; \
})

#define __wait_event_freezable(wq_head, condition) \
	___wait_event(wq_head, condition, (TASK_INTERRUPTIBLE | TASK_FREEZABLE), 0, 0, schedule())

/**
 * wait_event_freezable - wait_event_interruptible() of a kernel thread that may be frozen
 * @wq_head: the queue
 * @condition: as for wait_event()
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_event_freezable(wq_head, condition) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_freezable(wq_head, condition); \
	__ret; \
})

#define __wait_event_interruptible_timeout(wq_head, condition, timeout) \
	___wait_event(wq_head, ___wait_cond_timeout(condition), TASK_INTERRUPTIBLE, 0, timeout, \
		      __ret = schedule_timeout(__ret))

/**
 * wait_event_interruptible_timeout - wait_event_interruptible() for at most @timeout ticks
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @timeout: jiffies
 *
 * Return: the jiffies left, at least 1; 0 when time was up; -ERESTARTSYS on a signal.
 */
#define wait_event_interruptible_timeout(wq_head, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	might_sleep(); \
	if (!___wait_cond_timeout(condition)) \
		__ret = __wait_event_interruptible_timeout(wq_head, condition, timeout); \
	__ret; \
})

#define __wait_event_freezable_timeout(wq_head, condition, timeout) \
	___wait_event(wq_head, ___wait_cond_timeout(condition), \
		      (TASK_INTERRUPTIBLE | TASK_FREEZABLE), 0, timeout, \
		      __ret = schedule_timeout(__ret))

/**
 * wait_event_freezable_timeout - wait_event_interruptible_timeout() of a thread that may be frozen
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @timeout: jiffies
 */
#define wait_event_freezable_timeout(wq_head, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	might_sleep(); \
	if (!___wait_cond_timeout(condition)) \
		__ret = __wait_event_freezable_timeout(wq_head, condition, timeout); \
	__ret; \
})

/* The hrtimer forms need <linux/hrtimer.h> at the place of use. */
#define __wait_event_hrtimeout(wq_head, condition, timeout, state) \
({ \
	int __ret = 0; \
	struct hrtimer_sleeper __t; \
	\
	hrtimer_init_sleeper_on_stack(&__t, CLOCK_MONOTONIC, HRTIMER_MODE_REL); \
	if ((timeout) != KTIME_MAX) { \
		hrtimer_set_expires_range_ns(&__t.timer, timeout, current->timer_slack_ns); \
		hrtimer_sleeper_start_expires(&__t, HRTIMER_MODE_REL); \
	} \
	__ret = ___wait_event(wq_head, condition, state, 0, 0, \
		if (!__t.task) { \
			__ret = -ETIME; \
			break; \
		} \
		schedule()); \
	hrtimer_cancel(&__t.timer); \
	destroy_hrtimer_on_stack(&__t.timer); \
	__ret; \
})

/**
 * wait_event_hrtimeout - wait_event() for at most @timeout nanoseconds
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @timeout: ktime_t, relative; KTIME_MAX waits for ever
 *
 * Return: 0 if the condition became true, -ETIME if time was up.
 */
#define wait_event_hrtimeout(wq_head, condition, timeout) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_hrtimeout(wq_head, condition, timeout, \
					       TASK_UNINTERRUPTIBLE); \
	__ret; \
})

/**
 * wait_event_interruptible_hrtimeout - wait_event_hrtimeout(), or a signal
 * @wq: the queue
 * @condition: as for wait_event()
 * @timeout: ktime_t, relative
 *
 * Return: 0, -ETIME, -ERESTARTSYS.
 */
#define wait_event_interruptible_hrtimeout(wq, condition, timeout) \
({ \
	long __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_hrtimeout(wq, condition, timeout, TASK_INTERRUPTIBLE); \
	__ret; \
})

#define __wait_event_interruptible_exclusive(wq, condition) \
	___wait_event(wq, condition, TASK_INTERRUPTIBLE, 1, 0, schedule())

/**
 * wait_event_interruptible_exclusive - wait_event_interruptible() as one of many equals
 * @wq: the queue
 * @condition: as for wait_event()
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_event_interruptible_exclusive(wq, condition) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_interruptible_exclusive(wq, condition); \
	__ret; \
})

#define __wait_event_killable_exclusive(wq, condition) \
	___wait_event(wq, condition, TASK_KILLABLE, 1, 0, schedule())

/**
 * wait_event_killable_exclusive - wait_event_killable() as one of many equals
 * @wq: the queue
 * @condition: as for wait_event()
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_event_killable_exclusive(wq, condition) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_killable_exclusive(wq, condition); \
	__ret; \
})

#define __wait_event_freezable_exclusive(wq, condition) \
	___wait_event(wq, condition, (TASK_INTERRUPTIBLE | TASK_FREEZABLE), 1, 0, schedule())

/**
 * wait_event_freezable_exclusive - wait_event_freezable() as one of many equals
 * @wq: the queue
 * @condition: as for wait_event()
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_event_freezable_exclusive(wq, condition) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_freezable_exclusive(wq, condition); \
	__ret; \
})

/**
 * wait_event_idle - wait_event() that isn't counted as load: for threads that are always there
 * @wq_head: the queue
 * @condition: as for wait_event()
 */
#define wait_event_idle(wq_head, condition) \
do { \
	might_sleep(); \
	if (!(condition)) \
		___wait_event(wq_head, condition, TASK_IDLE, 0, 0, schedule()); \
} while (0)

/**
 * wait_event_idle_exclusive - wait_event_idle() as one of many equals
 * @wq_head: the queue
 * @condition: as for wait_event()
 */
#define wait_event_idle_exclusive(wq_head, condition) \
do { \
	might_sleep(); \
	if (!(condition)) \
		___wait_event(wq_head, condition, TASK_IDLE, 1, 0, schedule()); \
} while (0)

#define __wait_event_idle_timeout(wq_head, condition, timeout) \
	___wait_event(wq_head, ___wait_cond_timeout(condition), TASK_IDLE, 0, timeout, \
		      __ret = schedule_timeout(__ret))

/**
 * wait_event_idle_timeout - wait_event_timeout() that isn't counted as load
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @timeout: jiffies
 *
 * Return: as wait_event_timeout().
 */
#define wait_event_idle_timeout(wq_head, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	might_sleep(); \
	if (!___wait_cond_timeout(condition)) \
		__ret = __wait_event_idle_timeout(wq_head, condition, timeout); \
	__ret; \
})

#define __wait_event_idle_exclusive_timeout(wq_head, condition, timeout) \
	___wait_event(wq_head, ___wait_cond_timeout(condition), TASK_IDLE, 1, timeout, \
		      __ret = schedule_timeout(__ret))

/**
 * wait_event_idle_exclusive_timeout - wait_event_idle_timeout() as one of many equals
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @timeout: jiffies
 *
 * Return: as wait_event_timeout().
 */
#define wait_event_idle_exclusive_timeout(wq_head, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	might_sleep(); \
	if (!___wait_cond_timeout(condition)) \
		__ret = __wait_event_idle_exclusive_timeout(wq_head, condition, timeout); \
	__ret; \
})

/*
 * The _locked forms: the caller holds wq.lock, which is dropped during the sleep. @fn is
 * do_wait_intr or do_wait_intr_irq.
 */
#define __wait_event_interruptible_locked(wq, condition, exclusive, fn) \
({ \
	int __ret; \
	DEFINE_WAIT(__wait); \
	\
	if (exclusive) \
		__wait.flags |= WQ_FLAG_EXCLUSIVE; \
	do { \
		__ret = fn(&(wq), &__wait); \
		if (__ret) \
			break; \
	} while (!(condition)); \
	__remove_wait_queue(&(wq), &__wait); \
	__set_current_state(TASK_RUNNING); \
	__ret; \
})

/**
 * wait_event_interruptible_locked - wait_event_interruptible() with the queue's lock held, dropped
 * while it sleeps
 * @wq: the queue
 * @condition: guarded by that lock
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_event_interruptible_locked(wq, condition) \
	((condition) ? 0 : __wait_event_interruptible_locked(wq, condition, 0, do_wait_intr))
/** wait_event_interruptible_locked_irq - for a lock taken with interrupts off */
#define wait_event_interruptible_locked_irq(wq, condition) \
	((condition) ? 0 : __wait_event_interruptible_locked(wq, condition, 0, do_wait_intr_irq))
/** wait_event_interruptible_exclusive_locked - as one of many equals */
#define wait_event_interruptible_exclusive_locked(wq, condition) \
	((condition) ? 0 : __wait_event_interruptible_locked(wq, condition, 1, do_wait_intr))
/** wait_event_interruptible_exclusive_locked_irq - as one of many equals, interrupts off */
#define wait_event_interruptible_exclusive_locked_irq(wq, condition) \
	((condition) ? 0 : __wait_event_interruptible_locked(wq, condition, 1, do_wait_intr_irq))

#define __wait_event_killable(wq, condition) \
	___wait_event(wq, condition, TASK_KILLABLE, 0, 0, schedule())

/**
 * wait_event_killable - wait_event(), or a fatal signal
 * @wq_head: the queue
 * @condition: as for wait_event()
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_event_killable(wq_head, condition) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_killable(wq_head, condition); \
	__ret; \
})

#define __wait_event_state(wq, condition, state) \
	___wait_event(wq, condition, state, 0, 0, schedule())

/**
 * wait_event_state - wait_event() in a state of the caller's choice
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @state: TASK_*
 *
 * Return: 0, -ERESTARTSYS on a signal that @state lets through.
 */
#define wait_event_state(wq_head, condition, state) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = __wait_event_state(wq_head, condition, state); \
	__ret; \
})

#define __wait_event_killable_timeout(wq_head, condition, timeout) \
	___wait_event(wq_head, ___wait_cond_timeout(condition), TASK_KILLABLE, 0, timeout, \
		      __ret = schedule_timeout(__ret))

/**
 * wait_event_killable_timeout - wait_event_killable() for at most @timeout ticks
 * @wq_head: the queue
 * @condition: as for wait_event()
 * @timeout: jiffies
 *
 * Return: as wait_event_interruptible_timeout().
 */
#define wait_event_killable_timeout(wq_head, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	might_sleep(); \
	if (!___wait_cond_timeout(condition)) \
		__ret = __wait_event_killable_timeout(wq_head, condition, timeout); \
	__ret; \
})

/* The lock forms: @lock (spinlock_t) guards the condition; held on entry, on exit and in tests. */
#define __wait_event_lock_irq(wq_head, condition, lock, cmd) \
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
			    spin_unlock_irq(&lock); \
			    cmd; \
			    schedule(); \
			    spin_lock_irq(&lock))

/**
 * wait_event_lock_irq_cmd - wait_event_lock_irq() with something to do before each sleep
 * @wq_head: the queue
 * @condition: guarded by @lock
 * @lock: spinlock_t, held
 * @cmd: runs without the lock, with the state already set
 */
#define wait_event_lock_irq_cmd(wq_head, condition, lock, cmd) \
do { \
	if (condition) \
		break; \
	__wait_event_lock_irq(wq_head, condition, lock, cmd); \
} while (0)

/**
 * wait_event_lock_irq - wait_event() for a condition that a lock guards
 * @wq_head: the queue
 * @condition: evaluated with the lock held
 * @lock: spinlock_t, held by spin_lock_irq() on entry and on exit, dropped while it sleeps
 */
#define wait_event_lock_irq(wq_head, condition, lock) \
do { \
	if (condition) \
		break; \
	__wait_event_lock_irq(wq_head, condition, lock, ); \
} while (0)

#define __wait_event_interruptible_lock_irq(wq_head, condition, lock, cmd) \
	___wait_event(wq_head, condition, TASK_INTERRUPTIBLE, 0, 0, \
		      spin_unlock_irq(&lock); \
		      cmd; \
		      schedule(); \
		      spin_lock_irq(&lock))

/**
 * wait_event_interruptible_lock_irq_cmd - wait_event_lock_irq_cmd(), or a signal
 * @wq_head: the queue
 * @condition: guarded by @lock
 * @lock: spinlock_t, held
 * @cmd: runs without the lock, with the state already set
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_event_interruptible_lock_irq_cmd(wq_head, condition, lock, cmd) \
({ \
	int __ret = 0; \
	\
	if (!(condition)) \
		__ret = __wait_event_interruptible_lock_irq(wq_head, condition, lock, cmd); \
	__ret; \
})

/**
 * wait_event_interruptible_lock_irq - wait_event_lock_irq(), or a signal
 * @wq_head: the queue
 * @condition: guarded by @lock
 * @lock: spinlock_t, held
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_event_interruptible_lock_irq(wq_head, condition, lock) \
({ \
	int __ret = 0; \
	\
	if (!(condition)) \
		__ret = __wait_event_interruptible_lock_irq(wq_head, condition, lock, ); \
	__ret; \
})

#define __wait_event_lock_irq_timeout(wq_head, condition, lock, timeout, state) \
	___wait_event(wq_head, ___wait_cond_timeout(condition), state, 0, timeout, \
		      spin_unlock_irq(&lock); \
		      __ret = schedule_timeout(__ret); \
		      spin_lock_irq(&lock))

/**
 * wait_event_interruptible_lock_irq_timeout - the same for at most @timeout ticks
 * @wq_head: the queue
 * @condition: guarded by @lock
 * @lock: spinlock_t, held
 * @timeout: jiffies
 *
 * Return: as wait_event_interruptible_timeout().
 */
#define wait_event_interruptible_lock_irq_timeout(wq_head, condition, lock, timeout) \
({ \
	long __ret = timeout; \
	\
	if (!___wait_cond_timeout(condition)) \
		__ret = __wait_event_lock_irq_timeout(wq_head, condition, lock, timeout, \
						      TASK_INTERRUPTIBLE); \
	__ret; \
})

/**
 * wait_event_lock_irq_timeout - wait_event_lock_irq() for at most @timeout ticks
 * @wq_head: the queue
 * @condition: guarded by @lock
 * @lock: spinlock_t, held
 * @timeout: jiffies
 *
 * Return: as wait_event_timeout().
 */
#define wait_event_lock_irq_timeout(wq_head, condition, lock, timeout) \
({ \
	long __ret = timeout; \
	\
	if (!___wait_cond_timeout(condition)) \
		__ret = __wait_event_lock_irq_timeout(wq_head, condition, lock, timeout, \
						      TASK_UNINTERRUPTIBLE); \
	__ret; \
})

#include <linux/sched.h>

#endif /* _LINUX_WAIT_H */
