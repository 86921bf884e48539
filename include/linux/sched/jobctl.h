/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_JOBCTL_H
#define _LINUX_SCHED_JOBCTL_H

/*
 * task->jobctl: what stops a task has to take part in. The low 16 bits hold the signal of the last
 * stop, the others these flags. All under siglock.
 */

#include <linux/types.h>

struct task_struct;

#define JOBCTL_STOP_SIGMASK	0xffff

#define JOBCTL_STOP_DEQUEUED_BIT	16	/* a stop signal was taken from the queue */
#define JOBCTL_STOP_PENDING_BIT		17	/* a group stop wants this task */
#define JOBCTL_STOP_CONSUME_BIT		18	/* it counts in group_stop_count */
#define JOBCTL_TRAP_STOP_BIT		19	/* stop for the tracer */
#define JOBCTL_TRAP_NOTIFY_BIT		20	/* tell the tracer of a job control event */
#define JOBCTL_TRAPPING_BIT		21	/* on the way from stopped to traced */
#define JOBCTL_LISTENING_BIT		22	/* stopped for a tracer that waits for events */
#define JOBCTL_TRAP_FREEZE_BIT		23
#define JOBCTL_PTRACE_FROZEN_BIT	24	/* a tracer looks: don't wake */
#define JOBCTL_STOPPED_BIT		26	/* in a group stop */
#define JOBCTL_TRACED_BIT		27	/* in a stop for its tracer */

#define JOBCTL_STOP_DEQUEUED	(1UL << JOBCTL_STOP_DEQUEUED_BIT)
#define JOBCTL_STOP_PENDING	(1UL << JOBCTL_STOP_PENDING_BIT)
#define JOBCTL_STOP_CONSUME	(1UL << JOBCTL_STOP_CONSUME_BIT)
#define JOBCTL_TRAP_STOP	(1UL << JOBCTL_TRAP_STOP_BIT)
#define JOBCTL_TRAP_NOTIFY	(1UL << JOBCTL_TRAP_NOTIFY_BIT)
#define JOBCTL_TRAPPING		(1UL << JOBCTL_TRAPPING_BIT)
#define JOBCTL_LISTENING	(1UL << JOBCTL_LISTENING_BIT)
#define JOBCTL_TRAP_FREEZE	(1UL << JOBCTL_TRAP_FREEZE_BIT)
#define JOBCTL_PTRACE_FROZEN	(1UL << JOBCTL_PTRACE_FROZEN_BIT)
#define JOBCTL_STOPPED		(1UL << JOBCTL_STOPPED_BIT)
#define JOBCTL_TRACED		(1UL << JOBCTL_TRACED_BIT)

#define JOBCTL_TRAP_MASK	(JOBCTL_TRAP_STOP | JOBCTL_TRAP_NOTIFY)
#define JOBCTL_PENDING_MASK	(JOBCTL_STOP_PENDING | JOBCTL_TRAP_MASK)

bool task_set_jobctl_pending(struct task_struct *task, unsigned long mask);
void task_join_group_stop(struct task_struct *task);
void task_clear_jobctl_trapping(struct task_struct *task);
void task_clear_jobctl_pending(struct task_struct *task, unsigned long mask);

#endif /* _LINUX_SCHED_JOBCTL_H */
