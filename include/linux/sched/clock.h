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
u64 running_clock(void);
u64 sched_clock_cpu(int cpu);
void sched_clock_init(void);

static inline void sched_clock_tick(void)
{
}

static inline void clear_sched_clock_stable(void)
{
}

static inline void sched_clock_idle_sleep_event(void)
{
}

static inline void sched_clock_idle_wakeup_event(void)
{
}

static inline u64 cpu_clock(int cpu)
{
	return sched_clock_cpu(cpu);
}

static __always_inline u64 local_clock_noinstr(void)
{
	return sched_clock();
}

static __always_inline u64 local_clock(void)
{
	return sched_clock();
}

#endif /* _LINUX_SCHED_CLOCK_H */
