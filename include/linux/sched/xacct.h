/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_XACCT_H
#define _LINUX_SCHED_XACCT_H

/*
 * Counting what the current task reads and writes: one call counts once, however many pieces it
 * has, and its bytes if there were any.
 */

#include <linux/sched.h>
#include <linux/types.h>

/** add_rchar - count bytes that a task's system calls read */
static inline void add_rchar(struct task_struct *tsk, ssize_t amt)
{
	tsk->ioac.rchar += amt;
}

/** add_wchar - count bytes that a task's system calls wrote */
static inline void add_wchar(struct task_struct *tsk, ssize_t amt)
{
	tsk->ioac.wchar += amt;
}

/** inc_syscr - count a task's read call */
static inline void inc_syscr(struct task_struct *tsk)
{
	tsk->ioac.syscr++;
}

/** inc_syscw - count a task's write call */
static inline void inc_syscw(struct task_struct *tsk)
{
	tsk->ioac.syscw++;
}

#endif /* _LINUX_SCHED_XACCT_H */
