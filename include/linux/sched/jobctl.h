/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_JOBCTL_H
#define _LINUX_SCHED_JOBCTL_H

/* task->jobctl: the low 16 bits hold the signal of the last stop, the others these flags. */
#define JOBCTL_STOP_SIGMASK	0xffff

#define JOBCTL_STOP_DEQUEUED	(1UL << 16)
#define JOBCTL_STOP_PENDING	(1UL << 17)
#define JOBCTL_STOP_CONSUME	(1UL << 18)
#define JOBCTL_TRAP_STOP	(1UL << 19)
#define JOBCTL_TRAP_NOTIFY	(1UL << 20)
#define JOBCTL_TRAPPING		(1UL << 21)
#define JOBCTL_LISTENING	(1UL << 22)
#define JOBCTL_TRAP_FREEZE	(1UL << 23)
#define JOBCTL_PTRACE_FROZEN	(1UL << 24)
#define JOBCTL_STOPPED		(1UL << 26)
#define JOBCTL_TRACED		(1UL << 27)

#define JOBCTL_TRAP_MASK	(JOBCTL_TRAP_STOP | JOBCTL_TRAP_NOTIFY)
#define JOBCTL_PENDING_MASK	(JOBCTL_STOP_PENDING | JOBCTL_TRAP_MASK)

#endif /* _LINUX_SCHED_JOBCTL_H */
