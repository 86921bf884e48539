/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

/*
 * Waiting a while. Below about 10 us spin: ndelay(), udelay(), mdelay(). Up to some ms sleep on
 * an hrtimer: usleep_range(). Above that sleep on a jiffies timer: msleep(). fsleep() picks.
 *
 * Spinning reads a counter whose rate is known, nothing is calibrated.
 */

#include <linux/math.h>
#include <linux/sched.h>
#include <linux/types.h>

#include <asm/delay.h>

void mdelay(unsigned long msecs);

void msleep(unsigned int msecs);
unsigned long msleep_interruptible(unsigned int msecs);
void usleep_range_state(unsigned long min, unsigned long max, unsigned int state);

/**
 * usleep_range - sleep at least @min us and, if something else wakes the CPU by then, at most @max
 */
static inline void usleep_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_UNINTERRUPTIBLE);
}

/** usleep_idle_range - usleep_range() that isn't counted as load */
static inline void usleep_idle_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_IDLE);
}

/** ssleep - msleep() by seconds */
static inline void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}

void fsleep(unsigned long usecs);

#endif /* _LINUX_DELAY_H */
