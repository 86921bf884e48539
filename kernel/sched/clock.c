// SPDX-License-Identifier: MIT
/*
 * The scheduler's clock.
 *
 * sched_clock() comes from the machine: the TSC, or the architected counter through
 * kernel/time/sched_clock.c. All our machines' counters run at one rate on every CPU and in idle,
 * so there is no per-CPU correction here.
 */

#include <linux/sched_clock.h>

#include "sched.h"

/**
 * sched_clock_cpu - sched_clock() as another CPU would read it: all read the same
 * @cpu: ignored
 *
 * Return: ns.
 */
u64 sched_clock_cpu(int cpu)
{
	(void)cpu;
	return sched_clock();
}

/** sched_clock_init - what a machine does to make sched_clock() good; timers run from here on */
void __weak __init sched_clock_init(void)
{
	generic_sched_clock_init();
}
