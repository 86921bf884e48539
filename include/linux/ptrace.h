/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PTRACE_H
#define _LINUX_PTRACE_H

/*
 * Tracing: who may look into whom, and the places where a traced task stops for its tracer.
 * kernel/ptrace/README.md is the story; this is what the rest of the kernel calls.
 *
 * task->ptrace is 0 or PT_PTRACED with the tracer's options. Written under tasklist_lock (for
 * writing) and the task's siglock, so either is enough to read it. The traced task itself may look
 * without a lock where a change a moment later is no worse than one a moment earlier.
 */

#include <linux/compiler.h>
#include <linux/pid_types.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/jobctl.h>
#include <linux/sched/task_stack.h>
#include <linux/spinlock.h>
#include <uapi/linux/ptrace.h>
#include <asm/ptrace.h>

struct iovec;
struct kernel_siginfo;
struct list_head;

#ifndef current_pt_regs
#define current_pt_regs()	task_pt_regs(current)
#endif

/* Tracing is entered under a task's own registers. */
#ifndef signal_pt_regs
#define signal_pt_regs()	task_pt_regs(current)
#endif

/* task->ptrace: the options (PTRACE_O_*) shifted, and these two. */
#define PT_PTRACED		0x00000001
#define PT_SEIZED		0x00010000
#define PT_OPT_FLAG_SHIFT	3
#define PT_EVENT_FLAG(event)	(1 << (PT_OPT_FLAG_SHIFT + (event)))
#define PT_TRACESYSGOOD		PT_EVENT_FLAG(0)
#define PT_EXITKILL		(PTRACE_O_EXITKILL << PT_OPT_FLAG_SHIFT)

/** ptrace_seized - has its tracer come by PTRACE_SEIZE? */
static inline bool ptrace_seized(const struct task_struct *t)
{
	return unlikely(t->ptrace & PT_SEIZED);
}

/**
 * ptrace_reparented - is the parent that is told of the task's changes somebody else than its own?
 */
static inline int ptrace_reparented(struct task_struct *child)
{
	return rcu_access_pointer(child->real_parent) != rcu_access_pointer(child->parent);
}

/** ptrace_event_enabled - does its tracer want to hear of this PTRACE_EVENT_*? */
static inline bool ptrace_event_enabled(const struct task_struct *task, int event)
{
	return unlikely(task->ptrace & PT_EVENT_FLAG(event));
}

/* ---- who may ---- */

/*
 * What is wanted of another task: to read, or to change it; and by which of the caller's ids that
 * is judged: fsuid for access through files, the real uid for calls.
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
int ptrace_access_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags);

/* ---- stops ---- */

int ptrace_notify(int exit_code, unsigned long message);
int ptrace_signal(int sig, struct kernel_siginfo *info, enum pid_type type);
void ptrace_jobctl_trap(struct task_struct *t, spinlock_t *siglock);
void ptrace_trap_notify(struct task_struct *t);
void __ptrace_event(int event, unsigned long message);

/**
 * ptrace_event - something that the tracer may want to know of has happened
 * @event: PTRACE_EVENT_*
 * @message: what PTRACE_GETEVENTMSG gives
 *
 * Context: the task itself, may sleep, no lock held.
 */
static inline void ptrace_event(int event, unsigned long message)
{
	if (unlikely(current->ptrace))
		__ptrace_event(event, message);
}

int ptrace_report_syscall_entry(struct pt_regs *regs);
void ptrace_report_syscall_exit(struct pt_regs *regs, int step);

/* kernel/signal/stop.c: the task does its part in a group stop. Locked. Return: the last one. */
bool task_participate_group_stop(struct task_struct *task);

/* ---- birth and death of the relation ---- */

void ptrace_init_task(struct task_struct *child, bool ptrace);
void ptrace_release_task(struct task_struct *task);
void ptrace_unlink_locked(struct task_struct *child);
void exit_ptrace(struct task_struct *tracer, struct list_head *dead);

/* ---- the machine's ---- */

long arch_ptrace(struct task_struct *child, long request, unsigned long addr, unsigned long data);
long ptrace_request(struct task_struct *child, long request, unsigned long addr,
		    unsigned long data);

/*
 * One instruction, or up to the next branch, then SIGTRAP. The task is stopped, or current. Enable
 * may be called again, which means: once more.
 */
void user_enable_single_step(struct task_struct *task);
void user_disable_single_step(struct task_struct *task);
#ifdef arch_has_block_step
void user_enable_block_step(struct task_struct *task);
#endif
/* A step that ended on a system call's way out: the signal of it. */
void user_single_step_report(struct pt_regs *regs);

#endif /* _LINUX_PTRACE_H */
