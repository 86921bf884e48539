/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RSEQ_H
#define _LINUX_RSEQ_H

/*
 * Restartable sequences: what the scheduler, signals and entry code call. kernel/rseq.c has the
 * story.
 *
 * An event that breaks a sequence off is noted in the task, together with TIF_NOTIFY_RESUME; the
 * task acts upon it before its next user instruction. A task without an area costs each caller one
 * test.
 */

#include <linux/bits.h>
#include <linux/sched.h>
#include <uapi/linux/rseq.h>

struct event_ring_set;
struct ksignal;
struct pt_regs;

/* Bits of task->rseq_event_mask. */
enum rseq_event_mask_bits {
	RSEQ_EVENT_PREEMPT_BIT,
	RSEQ_EVENT_SIGNAL_BIT,
	RSEQ_EVENT_MIGRATE_BIT,
};

/* Tracepoints, recorded in rseq_ring: see linux/event_ring.h and the monitor's command. */
enum rseq_trace {
	RSEQ_TRACE_UPDATE,	/* rseq_update: the ids were written */
	RSEQ_TRACE_ABORT,	/* rseq_ip_fixup: a sequence was broken off */
	RSEQ_TRACE_NR
};

extern struct event_ring_set rseq_ring;

void __rseq_handle_notify_resume(struct ksignal *ksig, struct pt_regs *regs);
void __rseq_syscall(struct pt_regs *regs);
void rseq_fork(struct task_struct *t, unsigned long clone_flags);
void rseq_execve(struct task_struct *t);
void rseq_exit(struct task_struct *t);
void rseq_show(const char *what);

/**
 * rseq_note_event - remember an event for @t's way to user mode
 *
 * Nobody else notes events of @t meanwhile; @t itself takes them in one step, by xchg().
 */
static inline void rseq_note_event(struct task_struct *t, int bit)
{
	if (!t->rseq)
		return;
	WRITE_ONCE(t->rseq_event_mask, t->rseq_event_mask | BIT(bit));
	set_tsk_thread_flag(t, TIF_NOTIFY_RESUME);
}

/**
 * rseq_preempt - @t loses its CPU, or has to look as if it had
 *
 * Context: @t's CPU, interrupts off.
 */
static inline void rseq_preempt(struct task_struct *t)
{
	rseq_note_event(t, RSEQ_EVENT_PREEMPT_BIT);
}

/**
 * rseq_migrate - @t, which doesn't run, gets another CPU
 *
 * Context: its pi_lock or run-queue lock.
 */
static inline void rseq_migrate(struct task_struct *t)
{
	rseq_note_event(t, RSEQ_EVENT_MIGRATE_BIT);
}

/**
 * rseq_signal_deliver - the frame of a handler is about to be made of @regs, current's: a sequence
 * ends before it
 */
static inline void rseq_signal_deliver(struct ksignal *ksig, struct pt_regs *regs)
{
	if (current->rseq)
		__rseq_handle_notify_resume(ksig, regs);
}

/**
 * rseq_handle_notify_resume - current goes back to user mode: an interrupted sequence goes to its
 * abort handler
 */
static inline void rseq_handle_notify_resume(struct ksignal *ksig, struct pt_regs *regs)
{
	if (current->rseq)
		__rseq_handle_notify_resume(ksig, regs);
}

/**
 * rseq_syscall - a system call ends: it must not have been made within a sequence. Checked with
 * DEBUG_RSEQ
 */
static inline void rseq_syscall(struct pt_regs *regs)
{
	if (IS_ENABLED(CONFIG_DEBUG_RSEQ) && current->rseq)
		__rseq_syscall(regs);
}

#endif /* _LINUX_RSEQ_H */
