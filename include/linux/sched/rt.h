/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_RT_H
#define _LINUX_SCHED_RT_H

#include <linux/sched.h>

#define RR_TIMESLICE	(100 * HZ / 1000)	/* ticks */

extern unsigned int sysctl_sched_rt_period;
extern int sysctl_sched_rt_runtime;
extern int sysctl_sched_rr_timeslice;	/* ms; what /proc/sys tells of the next */
extern int sched_rr_timeslice;		/* ticks */

/** rt_prio - is it a real-time priority? */
static inline bool rt_prio(int prio)
{
	return prio < MAX_RT_PRIO;
}

/** rt_or_dl_prio - is it a priority before all fair ones? */
static inline bool rt_or_dl_prio(int prio)
{
	return prio < MAX_RT_PRIO;
}

/** rt_task - does a task run at a real-time priority, inherited or its own? */
static inline bool rt_task(struct task_struct *p)
{
	return rt_prio(p->prio);
}

/** rt_or_dl_task - does a task run before all fair ones? */
static inline bool rt_or_dl_task(struct task_struct *p)
{
	return rt_prio(p->prio);
}

/** rt_or_dl_task_policy - has a task asked for real time, whatever it inherits? */
static inline bool rt_or_dl_task_policy(struct task_struct *tsk)
{
	return tsk->policy == SCHED_FIFO || tsk->policy == SCHED_RR;
}

/*
 * Priority inheritance: kernel/locking/rtmutex.c says from whom, kernel/sched/policy.c does it.
 */

/**
 * rt_mutex_get_top_task - the most urgent task that waits for something that @p owns, NULL if there
 * is none
 */
static inline struct task_struct *rt_mutex_get_top_task(struct task_struct *p)
{
	return p->pi_top_task;
}

/** tsk_is_pi_blocked - does a task wait for an rt_mutex? */
static inline bool tsk_is_pi_blocked(struct task_struct *tsk)
{
	return tsk->pi_blocked_on != NULL;
}

void rt_mutex_setprio(struct task_struct *p, struct task_struct *pi_task);
void rt_mutex_adjust_pi(struct task_struct *p);

#endif /* _LINUX_SCHED_RT_H */
