/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

/*
 * Whether a sleeping task should be woken because of a signal, and the walks over all tasks.
 * (Signal queues and delivery join here with user processes.)
 */

#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/jobctl.h>
#include <linux/sched/task.h>

static inline int signal_pending(struct task_struct *p)
{
	/*
	 * TIF_NOTIFY_SIGNAL asks for task work from a sleep as a signal would, without being one.
	 */
	if (unlikely(test_tsk_thread_flag(p, TIF_NOTIFY_SIGNAL)))
		return 1;
	return unlikely(test_tsk_thread_flag(p, TIF_SIGPENDING));
}

/* A kernel thread takes no signals; a user task's queues will be asked for SIGKILL here. */
int __fatal_signal_pending(struct task_struct *p);

static inline int fatal_signal_pending(struct task_struct *p)
{
	return signal_pending(p) && __fatal_signal_pending(p);
}

/* May a task with this __state stay asleep? */
static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	if (!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)))
		return 0;
	if (!signal_pending(p))
		return 0;
	return (state & TASK_INTERRUPTIBLE) || __fatal_signal_pending(p);
}

static inline int thread_group_empty(struct task_struct *p)
{
	return p->group_leader == p && list_empty(&p->thread_node);
}

static inline bool thread_group_leader(struct task_struct *p)
{
	return p->exit_signal >= 0;
}

#define tasklist_empty()	list_empty(&init_task.tasks)

#define next_task(p) \
	list_entry_rcu((p)->tasks.next, struct task_struct, tasks)

/* All thread-group leaders but init_task. Under tasklist_lock or RCU. */
#define for_each_process(p) \
	for ((p) = &init_task; ((p) = next_task(p)) != &init_task; )

/*
 * Every thread of every process. Kernel threads are groups of one; the inner walk over a group's
 * threads arrives with user threads.
 */
#define for_each_process_thread(p, t) \
	for_each_process(p) for ((t) = (p); (t); (t) = NULL)


#endif /* _LINUX_SCHED_SIGNAL_H */
