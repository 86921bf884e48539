/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_TIME_TESTS_HRES_H
#define _KERNEL_TIME_TESTS_HRES_H

#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/hrtimer.h>

/*
 * Until a CPU's first tick after the clock became fit for it, the tick runs its hrtimers
 * (hrtimer_run_queues()), as on Linux. Few tests before this one, and the CPU is not there yet:
 * who needs an exact hrtimer, or the tick that is one, waits for this with eventually().
 */
static inline bool all_cpus_are_in_hres_mode(void)
{
	int cpu;

	for_each_online_cpu(cpu)
		if (!data_race((bool)per_cpu(hrtimer_bases, cpu).hres_active))
			return false;
	return true;
}

#endif /* _KERNEL_TIME_TESTS_HRES_H */
