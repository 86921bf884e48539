// SPDX-License-Identifier: MIT
/*
 * Completions: a counter of things done and a queue of those who wait for one.
 *
 * complete() adds one and wakes one waiter, which takes one off: both under wait.lock, which makes
 * it safe to free a completion on the waiter's stack as soon as the wait returns. done stays at
 * UINT_MAX once complete_all() put it there.
 */

#include <linux/completion.h>

#include "sched.h"

static void complete_with_flags(struct completion *x, int wake_flags)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&x->wait.lock, flags);
	if (x->done != UINT_MAX)
		x->done++;
	swake_up_locked(&x->wait, wake_flags);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
}

/**
 * complete - one more thing is done; wake one waiter
 * @x: the completion
 *
 * Context: any but NMI. All that was stored before is visible to the waiter that it lets through.
 */
void complete(struct completion *x)
{
	complete_with_flags(x, 0);
}
EXPORT_SYMBOL(complete);

/**
 * complete_all - everything is done; wake all waiters, and let all later ones through
 * @x: the completion
 */
void complete_all(struct completion *x)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&x->wait.lock, flags);
	x->done = UINT_MAX;
	swake_up_all_locked(&x->wait);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete_all);

/* Sleeps by @action until something is done or the time is up. Called with the lock held. */
static long do_wait_for_common(struct completion *x, long (*action)(long), long timeout,
			       int state)
{
	if (!x->done) {
		DECLARE_SWAITQUEUE(wait);

		do {
			if (signal_pending_state(state, current)) {
				timeout = -ERESTARTSYS;
				break;
			}
			__prepare_to_swait(&x->wait, &wait);
			__set_current_state(state);
			raw_spin_unlock_irq(&x->wait.lock);
			timeout = action(timeout);
			raw_spin_lock_irq(&x->wait.lock);
		} while (!x->done && timeout);
		__finish_swait(&x->wait, &wait);
		if (!x->done)
			return timeout;
	}
	if (x->done != UINT_MAX)
		x->done--;
	return timeout ? timeout : 1;
}

static long wait_for_common(struct completion *x, long (*action)(long), long timeout, int state)
{
	might_sleep();
	raw_spin_lock_irq(&x->wait.lock);
	timeout = do_wait_for_common(x, action, timeout, state);
	raw_spin_unlock_irq(&x->wait.lock);
	return timeout;
}

/* Without a time limit there is no timer to set. */
static long sleep_forever(long timeout)
{
	schedule();
	return timeout;
}

static long sleep_forever_io(long timeout)
{
	io_schedule();
	return timeout;
}

/**
 * wait_for_completion - wait until something is done
 * @x: the completion
 *
 * Context: may sleep. Not interruptible.
 */
void __sched wait_for_completion(struct completion *x)
{
	wait_for_common(x, sleep_forever, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion);

/**
 * wait_for_completion_io - wait_for_completion() that counts as waiting for I/O
 * @x: the completion
 *
 * Context: may sleep. Not interruptible.
 */
void __sched wait_for_completion_io(struct completion *x)
{
	wait_for_common(x, sleep_forever_io, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_io);

/**
 * wait_for_completion_timeout - wait at most so long
 * @x: the completion
 * @timeout: jiffies
 *
 * Return: 0 if time was up, else the jiffies left, at least 1.
 */
unsigned long __sched wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	return wait_for_common(x, schedule_timeout, timeout, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_timeout);

/**
 * wait_for_completion_io_timeout - wait_for_completion_timeout() that counts as waiting for I/O
 * @x: the completion
 * @timeout: jiffies
 *
 * Context: may sleep. Not interruptible.
 * Return: 0 if time was up, else the jiffies left, at least 1.
 */
unsigned long __sched wait_for_completion_io_timeout(struct completion *x, unsigned long timeout)
{
	return wait_for_common(x, io_schedule_timeout, timeout, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_io_timeout);

/**
 * wait_for_completion_state - wait in a state of the caller's choice
 * @x: the completion
 * @state: TASK_*
 *
 * Return: 0, or -ERESTARTSYS if a signal that @state allows came first.
 */
int __sched wait_for_completion_state(struct completion *x, unsigned int state)
{
	long t = wait_for_common(x, sleep_forever, MAX_SCHEDULE_TIMEOUT, state);

	return t == -ERESTARTSYS ? t : 0;
}
EXPORT_SYMBOL(wait_for_completion_state);

/**
 * wait_for_completion_interruptible - wait until something is done, or for a signal
 * @x: the completion
 *
 * Context: may sleep.
 * Return: 0, or -ERESTARTSYS.
 */
int __sched wait_for_completion_interruptible(struct completion *x)
{
	return wait_for_completion_state(x, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_interruptible);

/**
 * wait_for_completion_killable - wait until something is done, or for a fatal signal
 * @x: the completion
 *
 * Context: may sleep.
 * Return: 0, or -ERESTARTSYS.
 */
int __sched wait_for_completion_killable(struct completion *x)
{
	return wait_for_completion_state(x, TASK_KILLABLE);
}
EXPORT_SYMBOL(wait_for_completion_killable);

/**
 * wait_for_completion_interruptible_timeout - wait at most so long, or for a signal
 * @x: the completion
 * @timeout: jiffies
 *
 * Context: may sleep.
 * Return: the jiffies left, at least 1; 0 if time was up; -ERESTARTSYS on a signal.
 */
long __sched wait_for_completion_interruptible_timeout(struct completion *x,
						       unsigned long timeout)
{
	return wait_for_common(x, schedule_timeout, timeout, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_interruptible_timeout);

/**
 * wait_for_completion_killable_timeout - wait at most so long, or for a fatal signal
 * @x: the completion
 * @timeout: jiffies
 *
 * Context: may sleep.
 * Return: as wait_for_completion_interruptible_timeout().
 */
long __sched wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout)
{
	return wait_for_common(x, schedule_timeout, timeout, TASK_KILLABLE);
}
EXPORT_SYMBOL(wait_for_completion_killable_timeout);

/**
 * try_wait_for_completion - take one thing done, without sleeping
 * @x: the completion
 *
 * Return: whether there was one.
 */
bool try_wait_for_completion(struct completion *x)
{
	unsigned long flags;
	bool ret = true;

	if (!READ_ONCE(x->done))
		return false;
	raw_spin_lock_irqsave(&x->wait.lock, flags);
	if (!x->done)
		ret = false;
	else if (x->done != UINT_MAX)
		x->done--;
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
	return ret;
}
EXPORT_SYMBOL(try_wait_for_completion);

/**
 * completion_done - would a wait return at once
 * @x: the completion
 *
 * Waits for a complete() under way to let the lock go: after true the owner may free @x.
 */
bool completion_done(struct completion *x)
{
	unsigned long flags;

	if (!READ_ONCE(x->done))
		return false;
	raw_spin_lock_irqsave(&x->wait.lock, flags);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
	return true;
}
EXPORT_SYMBOL(completion_done);
