/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_SYSCTL_H
#define _LINUX_SCHED_SYSCTL_H

#include <linux/types.h>

/*
 * Knobs of the watchdog over waiting tasks, kernel/hung_task.c.
 */

struct ctl_table;

int proc_hung_task_timeout(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			   loff_t *ppos);
int proc_sched_rt(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos);
int proc_sched_rr(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos);

extern unsigned long sysctl_hung_task_timeout_secs;	/* 0: off */
extern unsigned int sysctl_hung_task_panic;
extern int sysctl_hung_task_warnings;			/* reports left; -1: no limit */

#endif /* _LINUX_SCHED_SYSCTL_H */
