// SPDX-License-Identifier: MIT
/*
 * schedule_timeout() and its sisters: sleep until woken, or until a timer does it.
 *
 * The caller has set its state before the call, as for schedule(); the timer's wake-up is one
 * like any other, so a return does not say who woke: the rest of the time that is returned does.
 */
#include <linux/sched.h>
#include <linux/sched/debug.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/stddef.h>
#include <linux/timer.h>

/* On the sleeper's stack, which it does not leave before the timer is gone. */
struct process_timer {
	struct timer_list timer;
	struct task_struct *task;
};

static void process_timeout(struct timer_list *t)
{
	struct process_timer *timeout = from_timer(timeout, t, timer);

	wake_up_process(timeout->task);
}

/**
 * schedule_timeout - sleep for at most so many jiffies
 * @timeout: jiffies; MAX_SCHEDULE_TIMEOUT for no limit
 *
 * Context: may sleep; the task's state is set.
 * Return: jiffies left, 0 if the time is over; MAX_SCHEDULE_TIMEOUT if that was given. The state
 * is TASK_RUNNING.
 */
signed long __sched schedule_timeout(signed long timeout)
{
	struct process_timer timer;
	unsigned long expire;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (timeout < 0) {
		WARN_ONCE(1, "schedule_timeout: wrong timeout value %lx\n", timeout);
		__set_current_state(TASK_RUNNING);
		return 0;
	}

	expire = timeout + jiffies;
	timer.task = current;
	timer_setup_on_stack(&timer.timer, process_timeout, 0);
	mod_timer(&timer.timer, expire);
	schedule();
	timer_delete_sync(&timer.timer);
	destroy_timer_on_stack(&timer.timer);

	timeout = expire - jiffies;
	return timeout < 0 ? 0 : timeout;
}
EXPORT_SYMBOL(schedule_timeout);

/**
 * schedule_timeout_interruptible - schedule_timeout() until a signal, setting the state first
 * @timeout: jiffies
 *
 * Context: may sleep.
 * Return: the jiffies left, 0 if time was up.
 */
signed long __sched schedule_timeout_interruptible(signed long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_interruptible);

/**
 * schedule_timeout_killable - schedule_timeout() until a fatal signal
 * @timeout: jiffies
 *
 * Context: may sleep.
 * Return: the jiffies left, 0 if time was up.
 */
signed long __sched schedule_timeout_killable(signed long timeout)
{
	__set_current_state(TASK_KILLABLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_killable);

/**
 * schedule_timeout_uninterruptible - schedule_timeout(), deaf to signals
 * @timeout: jiffies
 *
 * Context: may sleep.
 * Return: the jiffies left if somebody woke it, 0 if time was up.
 */
signed long __sched schedule_timeout_uninterruptible(signed long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_uninterruptible);

/**
 * schedule_timeout_idle - schedule_timeout(), deaf to signals and not counted as load
 * @timeout: jiffies
 *
 * Context: may sleep.
 * Return: as schedule_timeout_uninterruptible().
 */
signed long __sched schedule_timeout_idle(signed long timeout)
{
	__set_current_state(TASK_IDLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_idle);

/**
 * schedule_hrtimeout_range_clock - sleep until a moment
 * @expires: absolute or relative by @mode; NULL for no limit
 * @delta: ns by which the wake-up may be late
 * @mode: HRTIMER_MODE_ABS or _REL
 * @clock_id: the clock
 *
 * Context: may sleep; the task's state is set.
 * Return: 0 if the time is over, -EINTR if woken earlier. The state is TASK_RUNNING.
 */
int __sched schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta,
					   const enum hrtimer_mode mode, clockid_t clock_id)
{
	struct hrtimer_sleeper t;

	if (expires && *expires == 0) {
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	if (!expires) {
		schedule();
		return -EINTR;
	}

	hrtimer_init_sleeper_on_stack(&t, clock_id, mode);
	hrtimer_set_expires_range_ns(&t.timer, *expires, delta);
	hrtimer_sleeper_start_expires(&t, mode);
	if (likely(t.task))
		schedule();
	hrtimer_cancel(&t.timer);
	destroy_hrtimer_on_stack(&t.timer);

	__set_current_state(TASK_RUNNING);
	return t.task ? -EINTR : 0;
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout_range_clock);

/**
 * schedule_hrtimeout_range - schedule_hrtimeout_range_clock() on CLOCK_MONOTONIC
 * @expires: when, or how long; NULL: for ever
 * @delta: ns that it may be late
 * @mode: HRTIMER_MODE_ABS or _REL
 *
 * Context: may sleep; the caller has set current's state.
 * Return: 0 if time was up, -EINTR if it was woken.
 */
int __sched schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range_clock(expires, delta, mode, CLOCK_MONOTONIC);
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout_range);

/**
 * schedule_hrtimeout - schedule_hrtimeout_range() without slack
 * @expires: when, or how long; NULL: for ever
 * @mode: HRTIMER_MODE_ABS or _REL
 *
 * Context: may sleep; the caller has set current's state.
 * Return: 0 if time was up, -EINTR if it was woken.
 */
int __sched schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range(expires, 0, mode);
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout);
