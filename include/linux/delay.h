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

static inline void usleep_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_UNINTERRUPTIBLE);
}

static inline void usleep_idle_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_IDLE);
}

static inline void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}

void fsleep(unsigned long usecs);

#endif /* _LINUX_DELAY_H */
