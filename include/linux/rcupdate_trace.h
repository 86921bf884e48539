/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUPDATE_TRACE_H
#define _LINUX_RCUPDATE_TRACE_H

/*
 * Tasks Trace RCU: readers that may sleep for a moment and page-fault, may run where RCU doesn't
 * watch (idle, entry), and cost two plain stores. Updaters pay: a grace period asks every CPU.
 *
 * Rules of use:
 *  - rcu_read_lock_trace() and rcu_read_unlock_trace() in one task; they nest.
 *  - A reader doesn't wait for long, and not at all for anything that waits for a grace period.
 *  - A grace period is one of RCU too: rcu_trace_implies_rcu_gp().
 *
 * kernel/rcu/tasks_trace.c tells how readers are found.
 */

#include <linux/rcupdate.h>
#include <linux/sched.h>

#include <asm/current.h>

extern struct lockdep_map rcu_trace_lock_map;

#ifdef CONFIG_DEBUG_LOCK_ALLOC

/** rcu_read_lock_trace_held - is the caller a reader? Nonzero if so, or if the checker is off. */
static inline int rcu_read_lock_trace_held(void)
{
	if (!debug_lockdep_rcu_enabled())
		return 1;
	return lock_is_held(&rcu_trace_lock_map);
}

#else

static inline int rcu_read_lock_trace_held(void)
{
	return 1;
}

#endif

/**
 * rcu_read_unlock_trace_special - the slow half of rcu_read_unlock_trace(), of a noted reader
 * @t: current
 *
 * A reader in an interrupt may come here first; then there is nothing left for us.
 *
 * Context: any but NMI.
 */
void rcu_read_unlock_trace_special(struct task_struct *t);

/**
 * rcu_read_lock_trace - a reader begins
 *
 * Context: Any but NMI, idle included.
 */
static inline void rcu_read_lock_trace(void)
{
	struct task_struct *t = current;

	WRITE_ONCE(t->trc_reader_nesting, READ_ONCE(t->trc_reader_nesting) + 1);
	barrier();	/* the compiler keeps the reader's accesses behind; CPUs are asked */
	rcu_lock_acquire(&rcu_trace_lock_map);
}

/**
 * rcu_read_unlock_trace - a reader ends
 *
 * The outermost one has more to do if a grace period waits for it, or if it was switched out.
 */
static inline void rcu_read_unlock_trace(void)
{
	struct task_struct *t = current;
	int nesting;

	rcu_lock_release(&rcu_trace_lock_map);
	nesting = READ_ONCE(t->trc_reader_nesting) - 1;
	barrier();	/* the compiler keeps the reader's accesses before */
	WRITE_ONCE(t->trc_reader_nesting, nesting);
	barrier();	/* the count before the look: see tasks_trace.c */
	if (unlikely(READ_ONCE(t->trc_reader_special.s)) && !nesting)
		rcu_read_unlock_trace_special(t);
}

void call_rcu_tasks_trace(struct rcu_head *rhp, rcu_callback_t func);
void synchronize_rcu_tasks_trace(void);
void rcu_barrier_tasks_trace(void);
struct task_struct *get_rcu_tasks_trace_gp_kthread(void);

DEFINE_LOCK_GUARD_0(rcu_tasks_trace, rcu_read_lock_trace(), rcu_read_unlock_trace())

#endif /* _LINUX_RCUPDATE_TRACE_H */
