/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_LOADAVG_H
#define _LINUX_SCHED_LOADAVG_H

/*
 * The three load averages, as fixed-point numbers with FSHIFT fraction bits. Every LOAD_FREQ ticks
 * each decays towards the number of running and uninterruptible tasks: EXP_n is e^(-5 s / n min).
 */

#include <linux/types.h>

#define FSHIFT		11
#define FIXED_1		(1 << FSHIFT)
#define LOAD_FREQ	(5 * HZ + 1)
#define EXP_1		1884
#define EXP_5		2014
#define EXP_15		2037

#define LOAD_INT(x)	((x) >> FSHIFT)
#define LOAD_FRAC(x)	LOAD_INT(((x) & (FIXED_1 - 1)) * 100)

extern unsigned long avenrun[];
extern unsigned long calc_load_update;
void get_avenrun(unsigned long *loads, unsigned long offset, int shift);

/* Called by the timekeeping CPU once per tick, under jiffies_lock or from one CPU only. */
void calc_global_load(void);

#endif /* _LINUX_SCHED_LOADAVG_H */
