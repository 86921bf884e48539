/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PID_NAMESPACE_H
#define _LINUX_PID_NAMESPACE_H

/*
 * The pid namespace, of which there is one: who gets the orphans, and how far numbers have come.
 */

#include <linux/pid.h>
#include <linux/sched.h>

#define MAX_PID_NS_LEVEL	32

struct pid_namespace {
	struct task_struct *child_reaper;	/* tasklist_lock: init */
	unsigned int level;
};

extern struct pid_namespace init_pid_ns;

/** task_active_pid_ns - the namespace that a task's number is of; there is one */
static inline struct pid_namespace *task_active_pid_ns(struct task_struct *tsk)
{
	(void)tsk;
	return &init_pid_ns;
}

/* The number given out last, which is what /proc/loadavg ends with. */
int pid_last_number(void);

#endif /* _LINUX_PID_NAMESPACE_H */
