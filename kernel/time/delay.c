// SPDX-License-Identifier: MIT
/*
 * Waiting: spinning for microseconds, sleeping for more.
 *
 * Nothing is calibrated: spinning watches sched_clock(), whose rate is known. A machine with a
 * cheaper or earlier counter brings its own __udelay() and __ndelay().
 */
#include <linux/delay.h>

#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/signal.h>

#include <asm/processor.h>

/* Over this the rounding of a tick costs a msleep() less than a tenth. */
#define FSLEEP_MSLEEP_US	(20 * USEC_PER_MSEC)

/**
 * __ndelay - spin for at least so long
 * @nsecs: ns
 *
 * Context: any. The task may be preempted and moved; only time counts.
 */
void __weak __ndelay(unsigned long nsecs)
{
	u64 start = sched_clock();

	while (sched_clock() - start < nsecs)
		cpu_relax();
}
EXPORT_SYMBOL(__ndelay);

/**
 * __udelay - spin for at least so long
 * @usecs: us
 *
 * Context: any.
 */
void __weak __udelay(unsigned long usecs)
{
	__ndelay(usecs * NSEC_PER_USEC);
}
EXPORT_SYMBOL(__udelay);

/**
 * mdelay - spin for at least so long; sleep instead wherever that is allowed
 * @msecs: ms
 *
 * Context: any.
 */
void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}
EXPORT_SYMBOL(mdelay);

/**
 * msleep - sleep for at least so long, deaf to signals
 * @msecs: ms
 *
 * Context: may sleep.
 */
void msleep(unsigned int msecs)
{
	/* One more: jiffies is behind the clock where interrupts were off over a tick. */
	unsigned long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
}
EXPORT_SYMBOL(msleep);

/**
 * msleep_interruptible - sleep for so long or until a signal comes
 * @msecs: ms
 *
 * Context: may sleep.
 * Return: the ms that were left.
 */
unsigned long msleep_interruptible(unsigned int msecs)
{
	unsigned long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return jiffies_to_msecs(timeout);
}
EXPORT_SYMBOL(msleep_interruptible);

/**
 * usleep_range_state - sleep at least @min and preferably at most @max microseconds
 * @min: us
 * @max: us; the wider the range the more wake-ups can be shared
 * @state: task state to sleep in
 *
 * Context: may sleep.
 */
void usleep_range_state(unsigned long min, unsigned long max, unsigned int state)
{
	ktime_t exp = ktime_add_us(ktime_get(), min);
	u64 delta = (u64)(max - min) * NSEC_PER_USEC;

	for (;;) {
		__set_current_state(state);
		/* A wake-up that is not the timer's, sleep again. */
		if (!schedule_hrtimeout_range(&exp, delta, HRTIMER_MODE_ABS))
			break;
	}
}
EXPORT_SYMBOL(usleep_range_state);

/**
 * fsleep - wait for at least so long in the way that suits the length
 * @usecs: us
 *
 * Context: may sleep.
 */
void fsleep(unsigned long usecs)
{
	if (usecs <= 10)
		udelay(usecs);
	else if (usecs < FSLEEP_MSLEEP_US)
		usleep_range(usecs, usecs + (usecs >> 2));
	else
		msleep(DIV_ROUND_UP(usecs, USEC_PER_MSEC));
}
EXPORT_SYMBOL(fsleep);
