// SPDX-License-Identifier: MIT
/*
 * The three load averages.
 *
 * Every LOAD_FREQ ticks (five seconds and one tick, so that it does not beat with things that
 * happen every second) the timekeeping CPU counts the tasks that run or wait uninterruptibly and
 * lets each average decay towards the count. A stretch without ticks, when all CPUs idled, is made
 * up for by as many decays as were missed.
 */

#include <linux/jiffies.h>

#include "sched.h"

unsigned long avenrun[3];
unsigned long calc_load_update;		/* when, in jiffies; tests bring it near */

static int __init calc_load_init(void)
{
	calc_load_update = jiffies + LOAD_FREQ;
	return 0;
}
early_initcall(calc_load_init);

/* One step: load * exp + active * (1 - exp), rounding up while the load rises. */
static unsigned long calc_load(unsigned long load, unsigned long exp, unsigned long active)
{
	unsigned long new = load * exp + active * (FIXED_1 - exp);

	if (active >= load)
		new += FIXED_1 - 1;
	return new / FIXED_1;
}

static unsigned long count_active(void)
{
	long active = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		active += READ_ONCE(cpu_rq(cpu)->nr_running);
		active += (int)READ_ONCE(cpu_rq(cpu)->nr_uninterruptible);
	}
	return active > 0 ? active * FIXED_1 : 0;
}

/**
 * calc_global_load - every five seconds: count who runs, and age avenrun[]
 *
 * Context: the tick, on a CPU that has just counted jiffies; jiffies_lock is held, which makes it
 * one at a time.
 */
void calc_global_load(void)
{
	unsigned long due = READ_ONCE(calc_load_update), active;

	if (likely(!due || time_before(jiffies, due + 10)))
		return;
	active = count_active();
	while (time_after_eq(jiffies, due + 10)) {
		avenrun[0] = calc_load(avenrun[0], EXP_1, active);
		avenrun[1] = calc_load(avenrun[1], EXP_5, active);
		avenrun[2] = calc_load(avenrun[2], EXP_15, active);
		due += LOAD_FREQ;
	}
	WRITE_ONCE(calc_load_update, due);
}

/**
 * get_avenrun - read the averages
 * @loads: three results
 * @offset: added to each, for rounding
 * @shift: shifts each left
 */
void get_avenrun(unsigned long *loads, unsigned long offset, int shift)
{
	int i;

	for (i = 0; i < 3; i++)
		loads[i] = (avenrun[i] + offset) << shift;
}
