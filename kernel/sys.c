// SPDX-License-Identifier: MIT
/*
 * System calls that only tell what the kernel knows of the caller.
 */

#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

/* getpid(2): the process, that is the thread group. */
SYSCALL_DEFINE0(getpid)
{
	return task_tgid_nr(current);
}

/* gettid(2) */
SYSCALL_DEFINE0(gettid)
{
	return task_pid_nr(current);
}

/* getppid(2). The parent may exit and be replaced at any moment; its struct stays under RCU. */
SYSCALL_DEFINE0(getppid)
{
	int pid;

	rcu_read_lock();
	pid = task_tgid_nr(rcu_dereference(current->real_parent));
	rcu_read_unlock();
	return pid;
}

/* sched_yield(2) */
SYSCALL_DEFINE0(sched_yield)
{
	yield();
	return 0;
}
