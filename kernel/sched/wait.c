// SPDX-License-Identifier: MIT
/*
 * Wait queues. The rules of use, and why a wake-up can't be lost, are in linux/wait.h.
 *
 * The queue is a list of entries with a callback each; waking walks it under head->lock. The usual
 * callback, autoremove_wake_function(), wakes the entry's task and takes the entry off, so that
 * the woken task needs no lock to leave: it sees an empty list node. That look is list_empty_
 * careful(), which checks both pointers, because the waker's list_del_init() may be between its
 * two stores.
 */

#include <linux/rcuwait.h>
#include <linux/wait.h>

#include "sched.h"

/**
 * __init_waitqueue_head - make an empty wait queue; called through init_waitqueue_head()
 * @wq_head: the queue
 * @name: for the lock checker
 * @key: its class; each place that calls init_waitqueue_head() has one
 */
void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name,
			   struct lock_class_key *key)
{
	spin_lock_init(&wq_head->lock);
	lockdep_set_class_and_name(&wq_head->lock, key, name);
	INIT_LIST_HEAD(&wq_head->head);
}
EXPORT_SYMBOL(__init_waitqueue_head);

/**
 * add_wait_queue - queue an entry in front; every wake-up reaches it
 * @wq_head: the queue
 * @wq_entry: the entry, in no queue
 *
 * Context: any but NMI.
 */
void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	unsigned long flags;

	wq_entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq_head->lock, flags);
	__add_wait_queue(wq_head, wq_entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue);

/**
 * add_wait_queue_exclusive - queue an entry at the end; a wake-up stops at so many of these
 * @wq_head: the queue
 * @wq_entry: the entry, in no queue
 *
 * Context: any but NMI.
 */
void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	unsigned long flags;

	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq_head->lock, flags);
	__add_wait_queue_entry_tail(wq_head, wq_entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue_exclusive);

/**
 * add_wait_queue_priority - queue an entry before all others, which it may keep the wake-up from
 * @wq_head: the queue
 * @wq_entry: the entry, in no queue; what its callback answers counts as for an exclusive one
 *
 * Context: any but NMI.
 */
void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	unsigned long flags;

	wq_entry->flags |= WQ_FLAG_EXCLUSIVE | WQ_FLAG_PRIORITY;
	spin_lock_irqsave(&wq_head->lock, flags);
	__add_wait_queue(wq_head, wq_entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue_priority);

/**
 * remove_wait_queue - take an entry off
 * @wq_head: the queue
 * @wq_entry: the entry; no callback of it runs when this returns
 *
 * Context: any but NMI.
 */
void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	unsigned long flags;

	spin_lock_irqsave(&wq_head->lock, flags);
	__remove_wait_queue(wq_head, wq_entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(remove_wait_queue);

/* ---- waking ---- */

/*
 * Every non-exclusive waiter and @nr_exclusive exclusive ones (0: all). A callback may take its
 * entry off the list, hence _safe. Called with the lock held.
 *
 * Return: how many exclusive wake-ups are left over.
 */
static int __wake_up_common(struct wait_queue_head *wq_head, unsigned int mode, int nr_exclusive,
			    int wake_flags, void *key)
{
	struct wait_queue_entry *curr, *next;

	lockdep_assert_held(&wq_head->lock);
	list_for_each_entry_safe(curr, next, &wq_head->head, entry) {
		unsigned int flags = curr->flags;
		int ret = curr->func(curr, mode, wake_flags, key);

		if (ret < 0)
			break;
		if (ret && (flags & WQ_FLAG_EXCLUSIVE) && !--nr_exclusive)
			break;
	}
	return nr_exclusive;
}

static int __wake_up_common_lock(struct wait_queue_head *wq_head, unsigned int mode,
				 int nr_exclusive, int wake_flags, void *key)
{
	unsigned long flags;
	int remaining;

	spin_lock_irqsave(&wq_head->lock, flags);
	remaining = __wake_up_common(wq_head, mode, nr_exclusive, wake_flags, key);
	spin_unlock_irqrestore(&wq_head->lock, flags);
	return nr_exclusive - remaining;
}

/**
 * __wake_up - wake waiters
 * @wq_head: the queue
 * @mode: task states to wake
 * @nr_exclusive: how many exclusive waiters at most; 0 wakes all
 * @key: passed to the callbacks
 *
 * A full barrier stands before each task's state is looked at, if there is one to wake.
 *
 * Context: any but NMI.
 * Return: how many exclusive waiters were woken.
 */
int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr_exclusive, void *key)
{
	return __wake_up_common_lock(wq_head, mode, nr_exclusive, 0, key);
}
EXPORT_SYMBOL(__wake_up);

/**
 * __wake_up_on_current_cpu - wake one exclusive waiter, about to sleep: it had better run here
 * @wq_head: the queue
 * @mode: task states to wake
 * @key: passed to the callbacks
 *
 * Context: any but NMI.
 */
void __wake_up_on_current_cpu(struct wait_queue_head *wq_head, unsigned int mode, void *key)
{
	__wake_up_common_lock(wq_head, mode, 1, WF_CURRENT_CPU, key);
}

/**
 * __wake_up_locked - wake_up() of one who holds the queue's lock
 * @wq_head: the queue, locked
 * @mode: task states to wake
 * @nr: how many exclusive waiters at most; 0 wakes all
 */
void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr)
{
	__wake_up_common(wq_head, mode, nr, 0, NULL);
}
EXPORT_SYMBOL(__wake_up_locked);

/**
 * __wake_up_locked_key - __wake_up_locked() with a key, for one exclusive waiter
 * @wq_head: the queue, locked
 * @mode: task states to wake
 * @key: passed to the callbacks
 */
void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)
{
	__wake_up_common(wq_head, mode, 1, 0, key);
}
EXPORT_SYMBOL(__wake_up_locked_key);

/**
 * __wake_up_sync_key - wake, about to sleep: the woken task needn't preempt the waker
 * @wq_head: the queue, or NULL
 * @mode: task states to wake
 * @key: passed to the callbacks
 *
 * Context: any but NMI.
 */
void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)
{
	if (unlikely(!wq_head))
		return;
	__wake_up_common_lock(wq_head, mode, 1, WF_SYNC, key);
}
EXPORT_SYMBOL(__wake_up_sync_key);

/**
 * __wake_up_locked_sync_key - __wake_up_sync_key() of one who holds the queue's lock
 * @wq_head: the queue, locked
 * @mode: task states to wake
 * @key: passed to the callbacks
 */
void __wake_up_locked_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)
{
	__wake_up_common(wq_head, mode, 1, WF_SYNC, key);
}
EXPORT_SYMBOL(__wake_up_locked_sync_key);

/**
 * __wake_up_sync - __wake_up_sync_key() without a key
 * @wq_head: the queue
 * @mode: task states to wake
 */
void __wake_up_sync(struct wait_queue_head *wq_head, unsigned int mode)
{
	__wake_up_sync_key(wq_head, mode, NULL);
}
EXPORT_SYMBOL(__wake_up_sync);

/* Key of the last wake-up of a queue: EPOLLHUP | POLLFREE. */
#define POLLFREE_KEY	((void *)(uintptr_t)(0x10 | 0x4000))

/**
 * __wake_up_pollfree - the queue goes: who polls on it has to leave
 * @wq_head: the queue, to be freed after an RCU grace period
 *
 * Context: any but NMI. See wake_up_pollfree().
 */
void __wake_up_pollfree(struct wait_queue_head *wq_head)
{
	__wake_up(wq_head, TASK_NORMAL, 0, POLLFREE_KEY);
	/* Those who know POLLFREE have left; anyone who stays would use freed memory. */
	WARN_ON_ONCE(waitqueue_active(wq_head));
}

/* ---- callbacks ---- */

/**
 * default_wake_function - the callback that wakes the entry's task, and leaves the entry queued
 * @curr: the entry; ->private is the task
 * @mode: task states to wake
 * @wake_flags: WF_*
 * @key: ignored
 *
 * Return: 1 if it woke the task, 0 if that was not asleep in such a state.
 */
int default_wake_function(struct wait_queue_entry *curr, unsigned int mode, int wake_flags,
			  void *key)
{
	(void)key;
	return try_to_wake_up(curr->private, mode, wake_flags);
}
EXPORT_SYMBOL(default_wake_function);

/**
 * autoremove_wake_function - the callback that wakes the entry's task and takes the entry off
 * @wq_entry: the entry
 * @mode: task states to wake
 * @sync: WF_*
 * @key: ignored
 *
 * Return: as default_wake_function().
 */
int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync,
			     void *key)
{
	int ret = default_wake_function(wq_entry, mode, sync, key);

	if (ret)
		list_del_init_careful(&wq_entry->entry);
	return ret;
}
EXPORT_SYMBOL(autoremove_wake_function);

/* ---- waiting ---- */

/**
 * prepare_to_wait - queue and set the state, before testing the condition
 * @wq_head: the queue
 * @wq_entry: the entry, from DEFINE_WAIT()
 * @state: to sleep in
 */
void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state)
{
	unsigned long flags;

	wq_entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq_head->lock, flags);
	if (list_empty(&wq_entry->entry))
		__add_wait_queue(wq_head, wq_entry);
	set_current_state(state);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(prepare_to_wait);

/**
 * prepare_to_wait_exclusive - prepare_to_wait() at the end of the queue, as one of which a wake-up
 * takes one
 * @wq_head: the queue
 * @wq_entry: the entry
 * @state: to sleep in
 *
 * Return: was the queue empty before?
 */
bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head,
			       struct wait_queue_entry *wq_entry, int state)
{
	unsigned long flags;
	bool was_empty = false;

	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq_head->lock, flags);
	if (list_empty(&wq_entry->entry)) {
		was_empty = list_empty(&wq_head->head);
		__add_wait_queue_entry_tail(wq_head, wq_entry);
	}
	set_current_state(state);
	spin_unlock_irqrestore(&wq_head->lock, flags);
	return was_empty;
}
EXPORT_SYMBOL(prepare_to_wait_exclusive);

/**
 * init_wait_entry - an entry for the running task, taken off by its wake-up
 * @wq_entry: the entry
 * @flags: WQ_FLAG_*
 */
void init_wait_entry(struct wait_queue_entry *wq_entry, int flags)
{
	wq_entry->flags = flags;
	wq_entry->private = current;
	wq_entry->func = autoremove_wake_function;
	INIT_LIST_HEAD(&wq_entry->entry);
}
EXPORT_SYMBOL(init_wait_entry);

/**
 * prepare_to_wait_event - prepare_to_wait() that also looks for signals
 * @wq_head: the queue
 * @wq_entry: the entry; its flags say whether it is exclusive
 * @state: to sleep in
 *
 * On a signal the entry leaves the queue here, under the lock: so an exclusive wake-up is either
 * ours already, and then the condition is true and the caller, who tests it once more, returns
 * success; or it goes to another waiter.
 *
 * Return: 0, or -ERESTARTSYS.
 */
long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry,
			   int state)
{
	unsigned long flags;
	long ret = 0;

	spin_lock_irqsave(&wq_head->lock, flags);
	if (signal_pending_state(state, current)) {
		list_del_init(&wq_entry->entry);
		ret = -ERESTARTSYS;
	} else {
		if (list_empty(&wq_entry->entry)) {
			if (wq_entry->flags & WQ_FLAG_EXCLUSIVE)
				__add_wait_queue_entry_tail(wq_head, wq_entry);
			else
				__add_wait_queue(wq_head, wq_entry);
		}
		set_current_state(state);
	}
	spin_unlock_irqrestore(&wq_head->lock, flags);
	return ret;
}
EXPORT_SYMBOL(prepare_to_wait_event);

/**
 * finish_wait - run again, and be off the queue
 * @wq_head: the queue
 * @wq_entry: the entry
 *
 * If the waker took the entry off, its pointers show that without the lock: it stored them with
 * release order as the last thing it did to the entry, so the caller's stack frame is ours again.
 */
void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	if (!list_empty_careful(&wq_entry->entry)) {
		spin_lock_irqsave(&wq_head->lock, flags);
		list_del_init(&wq_entry->entry);
		spin_unlock_irqrestore(&wq_head->lock, flags);
	}
}
EXPORT_SYMBOL(finish_wait);

/* ---- waits that hold head->lock ---- */

/**
 * do_wait_intr - one sleep of a wait that holds the queue's lock
 * @wq: the queue, locked; unlocked for the sleep
 * @wait: the entry, queued at the end if it isn't yet
 *
 * Return: 0, or -ERESTARTSYS without having slept.
 */
int do_wait_intr(struct wait_queue_head *wq, struct wait_queue_entry *wait)
{
	if (likely(list_empty(&wait->entry)))
		__add_wait_queue_entry_tail(wq, wait);
	set_current_state(TASK_INTERRUPTIBLE);
	if (signal_pending(current))
		return -ERESTARTSYS;
	spin_unlock(&wq->lock);
	schedule();
	spin_lock(&wq->lock);
	return 0;
}
EXPORT_SYMBOL(do_wait_intr);

/**
 * do_wait_intr_irq - do_wait_intr() with interrupts off under the lock
 * @wq: the queue, locked; unlocked for the sleep
 * @wait: the entry, queued at the end if it isn't yet
 *
 * Return: 0, or -ERESTARTSYS without having slept.
 */
int do_wait_intr_irq(struct wait_queue_head *wq, struct wait_queue_entry *wait)
{
	if (likely(list_empty(&wait->entry)))
		__add_wait_queue_entry_tail(wq, wait);
	set_current_state(TASK_INTERRUPTIBLE);
	if (signal_pending(current))
		return -ERESTARTSYS;
	spin_unlock_irq(&wq->lock);
	schedule();
	spin_lock_irq(&wq->lock);
	return 0;
}
EXPORT_SYMBOL(do_wait_intr_irq);

/* ---- waiting with a condition that sleeps ---- */

/*
 * The wake-up is remembered in the entry (WQ_FLAG_WOKEN), not in the task's state, so a condition
 * that itself sleeps can't lose it:
 *
 *	add_wait_queue(&q, &wait);		wait has woken_wake_function
 *	for (;;) {
 *		if (condition)			may sleep
 *			break;
 *		wait_woken(&wait, mode, timeout);
 *	}
 *	remove_wait_queue(&q, &wait);
 *
 *	waiter (wait_woken)			waker (woken_wake_function)
 *	-------------------			---------------------------
 *	A1 state = mode, full barrier		condition = true
 *	A2 WOKEN? then don't sleep		B1 full barrier
 *	A3 schedule				B2 set WOKEN
 *	A4 state = RUNNING			B3 wake the task (barrier inside, then state)
 *	A5 clear WOKEN, full barrier
 *	   test condition
 *
 * A1/B3: either A2 sees WOKEN or B3 sees the state. A5/B1: either the test sees the condition, or
 * B2 comes after A5 and the next A2 sees WOKEN.
 */
static bool stop_wanted(void)
{
	return (current->flags & PF_KTHREAD) && kthread_should_stop_or_park();
}

/**
 * wait_woken - sleep unless the entry was woken since the condition was tested
 * @wq_entry: the entry, with woken_wake_function() as callback
 * @mode: to sleep in
 * @timeout: jiffies, or MAX_SCHEDULE_TIMEOUT
 *
 * Return: the jiffies that are left.
 */
long wait_woken(struct wait_queue_entry *wq_entry, unsigned int mode, long timeout)
{
	set_current_state(mode);					/* A1 */
	if (!(READ_ONCE(wq_entry->flags) & WQ_FLAG_WOKEN) && !stop_wanted())	/* A2 */
		timeout = schedule_timeout(timeout);
	__set_current_state(TASK_RUNNING);
	smp_store_mb(wq_entry->flags, wq_entry->flags & ~WQ_FLAG_WOKEN);	/* A5 */
	return timeout;
}
EXPORT_SYMBOL(wait_woken);

/**
 * woken_wake_function - the callback that remembers the wake-up in the entry
 * @wq_entry: the entry
 * @mode: task states to wake
 * @sync: WF_*
 * @key: ignored
 *
 * Return: as default_wake_function().
 */
int woken_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key)
{
	smp_mb();	/* B1; pairs with A5 */
	wq_entry->flags |= WQ_FLAG_WOKEN;
	return default_wake_function(wq_entry, mode, sync, key);
}
EXPORT_SYMBOL(woken_wake_function);

/* ---- rcuwait ---- */

/**
 * rcuwait_wake_up - wake the waiter, if there is one
 * @w: the wait
 *
 * Return: 1 if it woke a task.
 */
int rcuwait_wake_up(struct rcuwait *w)
{
	struct task_struct *task;
	int ret = 0;

	rcu_read_lock();
	smp_mb();	/* the condition before the pointer; pairs with set_current_state() */
	task = rcu_dereference(w->task);
	if (task)
		ret = wake_up_process(task);
	rcu_read_unlock();
	return ret;
}
EXPORT_SYMBOL(rcuwait_wake_up);

/**
 * finish_rcuwait - run again, and wait no more
 * @w: the wait
 */
void finish_rcuwait(struct rcuwait *w)
{
	rcu_assign_pointer(w->task, NULL);
	__set_current_state(TASK_RUNNING);
}
EXPORT_SYMBOL(finish_rcuwait);
