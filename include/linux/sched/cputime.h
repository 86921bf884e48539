/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_CPUTIME_H
#define _LINUX_SCHED_CPUTIME_H

#include <linux/sched.h>

/* The tick charges its length to the current task, by where it hit. */
void account_process_tick(struct task_struct *p, int user_tick);
void account_idle_ticks(unsigned long ticks);
void account_user_time(struct task_struct *p, u64 cputime);
void account_system_time(struct task_struct *p, int hardirq_offset, u64 cputime);
void account_idle_time(u64 cputime);

/** task_cputime - user and system time of a task in ns, the sampled parts as they are */
static inline void task_cputime(struct task_struct *t, u64 *utime, u64 *stime)
{
	*utime = READ_ONCE(t->utime);
	*stime = READ_ONCE(t->stime);
}

/* Scales the sampled parts so that their sum is the exactly measured run time. */
void task_cputime_adjusted(struct task_struct *p, u64 *ut, u64 *st);

/* Per-CPU sums in nanoseconds. */
enum cpu_usage_stat {
	CPUTIME_USER,
	CPUTIME_NICE,
	CPUTIME_SYSTEM,
	CPUTIME_SOFTIRQ,
	CPUTIME_IRQ,
	CPUTIME_IDLE,
	CPUTIME_IOWAIT,
	NR_STATS,
};

struct kernel_cpustat {
	u64 cpustat[NR_STATS];
};

DECLARE_PER_CPU(struct kernel_cpustat, kernel_cpustat);
#define kcpustat_this_cpu	this_cpu_ptr(&kernel_cpustat)
#define kcpustat_cpu(cpu)	per_cpu(kernel_cpustat, cpu)

#endif /* _LINUX_SCHED_CPUTIME_H */
