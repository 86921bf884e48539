/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_RT_H
#define _LINUX_SCHED_RT_H

#include <linux/sched.h>

#define RR_TIMESLICE	(100 * HZ / 1000)	/* ticks */

static inline bool rt_prio(int prio)
{
	return prio < MAX_RT_PRIO;
}

static inline bool rt_or_dl_prio(int prio)
{
	return prio < MAX_RT_PRIO;
}

static inline bool rt_task(struct task_struct *p)
{
	return rt_prio(p->prio);
}

static inline bool rt_or_dl_task(struct task_struct *p)
{
	return rt_prio(p->prio);
}

static inline bool rt_or_dl_task_policy(struct task_struct *tsk)
{
	return tsk->policy == SCHED_FIFO || tsk->policy == SCHED_RR;
}

#endif /* _LINUX_SCHED_RT_H */
