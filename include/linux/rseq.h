/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RSEQ_H
#define _LINUX_RSEQ_H

/*
 * Restartable sequences: what the scheduler, signals and entry code call. kernel/rseq.c has the
 * story.
 *
 * An event that breaks a sequence off is noted in the task, together with TIF_RSEQ; the task acts
 * upon it before its next user instruction. A task without an area costs each caller one test.
 */

#include <linux/bits.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <uapi/linux/rseq.h>

struct event_ring_set;
struct ksignal;
struct pt_regs;

/* Bits of task->rseq_event_mask. */
enum rseq_event_mask_bits {
	RSEQ_EVENT_PREEMPT_BIT,
	RSEQ_EVENT_SIGNAL_BIT,
	RSEQ_EVENT_MIGRATE_BIT,
	RSEQ_EVENT_NEW_IDS_BIT,		/* the area is new, or mm_cid is another */
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
	set_tsk_thread_flag(t, TIF_RSEQ);
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
 * rseq_new_mm_cid - @t's concurrency id isn't any more what its program was told
 *
 * Context: as rseq_migrate(), or @t is current with interrupts off.
 */
static inline void rseq_new_mm_cid(struct task_struct *t)
{
	rseq_note_event(t, RSEQ_EVENT_NEW_IDS_BIT);
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
 * rseq_look_suffices - has current been switched away from, and nothing else?
 * @t: current
 *
 * If it has its ids still, and is in no sequence, all is as it should be, and the events are done
 * with. So it is after most switches. A place that isn't in memory now is for rseq_resume().
 *
 * Context: TIF_RSEQ is set; interrupts off, so that a fault fails at once, and no event comes.
 * Return: nothing is left to do, and TIF_RSEQ is off.
 */
static __always_inline bool rseq_look_suffices(struct task_struct *t)
{
	struct rseq __user *area = t->rseq;
	u64 section;

	/* With DEBUG_RSEQ each visit checks the ids. */
	if (IS_ENABLED(CONFIG_DEBUG_RSEQ) || t->rseq_event_mask != BIT(RSEQ_EVENT_PREEMPT_BIT))
		return false;
	/* rseq(2) has checked that it is the user's. */
	__uaccess_begin();
	unsafe_get_user(section, &area->rseq_cs, fault);
	user_access_end();
	if (section)
		return false;
	t->rseq_event_mask = 0;
	clear_tsk_thread_flag(t, TIF_RSEQ);
	return true;
fault:
	user_access_end();
	return false;
}

/**
 * rseq_resume - current goes back to user mode: an interrupted sequence goes to its abort handler
 * @regs: what user mode will be entered with
 *
 * Context: TIF_RSEQ is set; may sleep.
 */
static inline void rseq_resume(struct pt_regs *regs)
{
	clear_thread_flag(TIF_RSEQ);
	if (current->rseq)
		__rseq_handle_notify_resume(NULL, regs);
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
