// SPDX-License-Identifier: MIT
/*
 * Simple wait queues; see linux/swait.h for what they leave out and why.
 */

#include <linux/swait.h>

#include "sched.h"

/**
 * __init_swait_queue_head - the function under init_swait_queue_head()
 * @q: the queue
 * @name: for lockdep, kept by pointer
 * @key: the class of its lock
 */
void __init_swait_queue_head(struct swait_queue_head *q, const char *name,
			     struct lock_class_key *key)
{
	raw_spin_lock_init(&q->lock);
	lockdep_set_class_and_name(&q->lock, key, name);
	INIT_LIST_HEAD(&q->task_list);
}
EXPORT_SYMBOL(__init_swait_queue_head);

/**
 * swake_up_locked - wake the first waiter, with the lock held
 * @q: the queue
 * @wake_flags: WF_*
 *
 * It is taken off here, or else two wake-ups in a row could both go to it. The task is woken before
 * the entry is unlinked: afterwards it may be gone.
 *
 * Context: q->lock is held, interrupts off.
 */
void swake_up_locked(struct swait_queue_head *q, int wake_flags)
{
	struct swait_queue *curr;

	if (list_empty(&q->task_list))
		return;
	curr = list_first_entry(&q->task_list, struct swait_queue, task_list);
	try_to_wake_up(curr->task, TASK_NORMAL, wake_flags);
	list_del_init_careful(&curr->task_list);
}
EXPORT_SYMBOL(swake_up_locked);

/**
 * swake_up_all_locked - wake every waiter with the lock held for all of them: for short lists, as
 * of complete_all()
 * @q: the queue
 *
 * Context: q->lock is held, interrupts off.
 */
void swake_up_all_locked(struct swait_queue_head *q)
{
	while (!list_empty(&q->task_list))
		swake_up_locked(q, 0);
}

/**
 * swake_up_one - wake the first waiter
 * @q: the queue
 *
 * Context: any but NMI.
 */
void swake_up_one(struct swait_queue_head *q)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&q->lock, flags);
	swake_up_locked(q, 0);
	raw_spin_unlock_irqrestore(&q->lock, flags);
}
EXPORT_SYMBOL(swake_up_one);

/**
 * swake_up_all - wake every waiter that is queued now
 * @q: the queue
 *
 * The lock is dropped between two of them, to bound the time with interrupts off.
 * Context: task context, interrupts on.
 */
void swake_up_all(struct swait_queue_head *q)
{
	struct swait_queue *curr;
	LIST_HEAD(tmp);

	raw_spin_lock_irq(&q->lock);
	list_splice_init(&q->task_list, &tmp);
	while (!list_empty(&tmp)) {
		curr = list_first_entry(&tmp, struct swait_queue, task_list);
		wake_up_state(curr->task, TASK_NORMAL);
		list_del_init_careful(&curr->task_list);
		if (list_empty(&tmp))
			break;
		raw_spin_unlock_irq(&q->lock);
		raw_spin_lock_irq(&q->lock);
	}
	raw_spin_unlock_irq(&q->lock);
}
EXPORT_SYMBOL(swake_up_all);

/**
 * __prepare_to_swait - queue current with the lock held; its state stays
 * @q: the queue
 * @wait: the entry; if it is queued already, it stays where it is
 */
void __prepare_to_swait(struct swait_queue_head *q, struct swait_queue *wait)
{
	wait->task = current;
	if (list_empty(&wait->task_list))
		list_add_tail(&wait->task_list, &q->task_list);
}

/**
 * prepare_to_swait_exclusive - queue and set the state, before testing the condition
 * @q: the queue
 * @wait: the entry, from DECLARE_SWAITQUEUE()
 * @state: to sleep in; a wake-up is for TASK_NORMAL
 *
 * Every waiter here is exclusive: swake_up_one() wakes one.
 */
void prepare_to_swait_exclusive(struct swait_queue_head *q, struct swait_queue *wait, int state)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&q->lock, flags);
	__prepare_to_swait(q, wait);
	set_current_state(state);
	raw_spin_unlock_irqrestore(&q->lock, flags);
}
EXPORT_SYMBOL(prepare_to_swait_exclusive);

/**
 * prepare_to_swait_event - prepare_to_swait_exclusive() that also looks for signals
 * @q: the queue
 * @wait: the entry
 * @state: to sleep in
 *
 * Return: 0; or -ERESTARTSYS, and the entry is off the queue, as by prepare_to_wait_event().
 */
long prepare_to_swait_event(struct swait_queue_head *q, struct swait_queue *wait, int state)
{
	unsigned long flags;
	long ret = 0;

	raw_spin_lock_irqsave(&q->lock, flags);
	if (signal_pending_state(state, current)) {
		list_del_init(&wait->task_list);
		ret = -ERESTARTSYS;
	} else {
		__prepare_to_swait(q, wait);
		set_current_state(state);
	}
	raw_spin_unlock_irqrestore(&q->lock, flags);
	return ret;
}
EXPORT_SYMBOL(prepare_to_swait_event);

/**
 * __finish_swait - finish_swait() with the lock held
 * @q: the queue
 * @wait: the entry
 */
void __finish_swait(struct swait_queue_head *q, struct swait_queue *wait)
{
	(void)q;
	__set_current_state(TASK_RUNNING);
	if (!list_empty(&wait->task_list))
		list_del_init(&wait->task_list);
}

/**
 * finish_swait - run again, and be off the queue
 * @q: the queue
 * @wait: the entry
 */
void finish_swait(struct swait_queue_head *q, struct swait_queue *wait)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	if (!list_empty_careful(&wait->task_list)) {
		raw_spin_lock_irqsave(&q->lock, flags);
		list_del_init(&wait->task_list);
		raw_spin_unlock_irqrestore(&q->lock, flags);
	}
}
EXPORT_SYMBOL(finish_swait);
