/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_CLOCK_H
#define _LINUX_SCHED_CLOCK_H

/*
 * A fast nanosecond clock for accounting and log time stamps. Monotonic per CPU; between CPUs it
 * may differ by what the machine's counter differs. Not settable, counts from boot, may be read in
 * any context, NMI included. The arch or kernel/time provides sched_clock().
 */

#include <linux/smp.h>
#include <linux/types.h>

unsigned long long notrace sched_clock(void);
u64 sched_clock_cpu(int cpu);
void sched_clock_init(void);

/** sched_clock_tick - a tick; the clock of our machines needs no help */
static inline void sched_clock_tick(void)
{
}

/** clear_sched_clock_stable - the machine's clock isn't steady: it always is */
static inline void clear_sched_clock_stable(void)
{
}

/** sched_clock_idle_sleep_event - this CPU goes to sleep; its clock runs on */
static inline void sched_clock_idle_sleep_event(void)
{
}

/** sched_clock_idle_wakeup_event - this CPU woke up; its clock ran on */
static inline void sched_clock_idle_wakeup_event(void)
{
}

/** cpu_clock - sched_clock_cpu() */
static inline u64 cpu_clock(int cpu)
{
	return sched_clock_cpu(cpu);
}

/** local_clock_noinstr - local_clock() for entry code */
static __always_inline u64 local_clock_noinstr(void)
{
	return sched_clock();
}

/** local_clock - ns since boot, for measuring. Context: any */
static __always_inline u64 local_clock(void)
{
	return sched_clock();
}

#endif /* _LINUX_SCHED_CLOCK_H */
