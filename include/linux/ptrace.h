/* SPDX-License-Identifier: MIT */
/*
 * The registers of an interrupted context, and the places where a tracer steps in.
 *
 * There are no tracers yet, so task->ptrace is always 0 and the functions below are never asked for
 * more than that; their bodies come with ptrace(2).

 * The registers of an interrupted context, and who may look into whom. (Tracing itself will be
 * declared here as well.)
 */
#ifndef _LINUX_PTRACE_H
#define _LINUX_PTRACE_H

#include <linux/compiler.h>
#include <linux/pid_types.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/jobctl.h>
#include <linux/sched/task_stack.h>
#include <linux/spinlock.h>
#include <asm/ptrace.h>

#ifndef current_pt_regs
#define current_pt_regs()	task_pt_regs(current)
#endif

/* Tracing is entered under a task's own registers. */
#ifndef signal_pt_regs
#define signal_pt_regs()	task_pt_regs(current)
#endif

#define PT_PTRACED	0x00000001
#define PT_SEIZED	0x00010000

static inline bool ptrace_seized(const struct task_struct *t)
{
	return unlikely(t->ptrace & PT_SEIZED);
}

/* Is the parent that is told of the task's changes somebody else than its own? */
static inline int ptrace_reparented(struct task_struct *child)
{
	return rcu_access_pointer(child->real_parent) != rcu_access_pointer(child->parent);
}

/* A job control event for a seized task: make it tell its tracer. Locked. */
static inline void ptrace_trap_notify(struct task_struct *t)
{
	(void)t;
}

/*
 * The current task has taken a signal and is traced: stop, siglock dropped meanwhile.
 * Return: the signal to go on with, 0 if the tracer took it away.
 */
static inline int ptrace_signal(int sig, struct kernel_siginfo *info, enum pid_type type)
{
	(void)info;
	(void)type;
	return sig;
}

/* The current task has a JOBCTL_TRAP_*: stop for the tracer. Locked; the lock is dropped. */
static inline void ptrace_jobctl_trap(struct task_struct *t, spinlock_t *siglock)
{
	task_clear_jobctl_pending(t, JOBCTL_TRAP_MASK);
	spin_unlock_irq(siglock);
}

/* The frame of a handler was made while single-stepping: stop before its first instruction. */
static inline void ptrace_notify(int exit_code, unsigned long message)
{
	(void)exit_code;
	(void)message;
}

/*
 * What is wanted of another task: to read, or to change it; and by which of the caller's ids that is
 * judged: fsuid for access through files, the real uid for calls.
 */
#define PTRACE_MODE_READ	0x01
#define PTRACE_MODE_ATTACH	0x02
#define PTRACE_MODE_NOAUDIT	0x04
#define PTRACE_MODE_FSCREDS	0x08
#define PTRACE_MODE_REALCREDS	0x10

#define PTRACE_MODE_READ_FSCREDS	(PTRACE_MODE_READ | PTRACE_MODE_FSCREDS)
#define PTRACE_MODE_READ_REALCREDS	(PTRACE_MODE_READ | PTRACE_MODE_REALCREDS)
#define PTRACE_MODE_ATTACH_FSCREDS	(PTRACE_MODE_ATTACH | PTRACE_MODE_FSCREDS)
#define PTRACE_MODE_ATTACH_REALCREDS	(PTRACE_MODE_ATTACH | PTRACE_MODE_REALCREDS)

bool ptrace_may_access(struct task_struct *task, unsigned int mode);

#endif /* _LINUX_PTRACE_H */
