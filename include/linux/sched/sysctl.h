/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_SYSCTL_H
#define _LINUX_SCHED_SYSCTL_H

/*
 * Knobs of the watchdog over waiting tasks, kernel/hung_task.c.
 */

extern unsigned long sysctl_hung_task_timeout_secs;	/* 0: off */
extern unsigned int sysctl_hung_task_panic;
extern int sysctl_hung_task_warnings;			/* reports left; -1: no limit */

#endif /* _LINUX_SCHED_SYSCTL_H */
