/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FUTEX_H
#define _LINUX_FUTEX_H

/*
 * What fork, exec and exit have to do about futexes. See kernel/futex/README.md.
 *
 *	copy_process	futex_init_task(child)
 *	exec		futex_exec_release(tsk) before the old address space goes
 *	exit		futex_exit_release(tsk), the same; futex_exit_recursive() if exit oopses
 */

#include <linux/list.h>
#include <linux/sched.h>
#include <uapi/linux/futex.h>

struct inode;
struct mm_struct;

/* task->futex_state: may others make this task own a PI futex? */
#define FUTEX_STATE_OK		0
#define FUTEX_STATE_EXITING	1	/* it is giving them up: wait for futex_exit_mutex */
#define FUTEX_STATE_DEAD	2	/* no more */

void futex_init_task(struct task_struct *tsk);
void futex_exit_recursive(struct task_struct *tsk);
void futex_exit_release(struct task_struct *tsk);
void futex_exec_release(struct task_struct *tsk);

long do_futex(u32 __user *uaddr, int op, u32 val, ktime_t *timeout, u32 __user *uaddr2, u32 val2,
	      u32 val3);

#endif /* _LINUX_FUTEX_H */
