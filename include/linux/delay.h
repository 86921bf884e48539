/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

/*
 * Waiting a while. Below about 10 us spin: ndelay(), udelay(), mdelay(). Up to some ms sleep on
 * an hrtimer: usleep_range(). Above that sleep on a jiffies timer: msleep(). fsleep() picks.
 *
 * Spinning reads the machine's counter, nothing is calibrated. Before there is a clock source
 * the machine's arch_delay_cycles() answers.
 */

#include <linux/math.h>
#include <linux/sched.h>
#include <linux/types.h>

void __ndelay(unsigned long nsecs);
void __udelay(unsigned long usecs);
#define ndelay(n)	__ndelay(n)
#define udelay(n)	__udelay(n)
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

/*
 * The machine's free-running counter for delays before timekeeping is up: both have weak defaults
 * that say "none"; the frequency may be 0 while it is not known.
 */
u64 arch_delay_counter(void);
u64 arch_delay_counter_hz(void);

#endif /* _LINUX_DELAY_H */
