/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_NOHZ_H
#define _LINUX_SCHED_NOHZ_H

/*
 * Between the scheduler and the tickless idle code. A CPU whose tick stops enters the set of
 * CPUs that a busy one balances for; it leaves at its first tick.
 */

#include <linux/types.h>

void nohz_balance_enter_idle(int cpu);
void nohz_balance_exit_idle(int cpu);
void wake_up_nohz_cpu(int cpu);
void wake_up_if_idle(int cpu);

/** calc_load_nohz_start - this CPU's tick stops; the load is counted without it */
static inline void calc_load_nohz_start(void)
{
}

/** calc_load_nohz_remote - the load of a CPU without a tick is looked at; it is counted anyway */
static inline void calc_load_nohz_remote(void *rq)
{
	(void)rq;
}

/** calc_load_nohz_stop - this CPU's tick goes on */
static inline void calc_load_nohz_stop(void)
{
}

#endif /* _LINUX_SCHED_NOHZ_H */
