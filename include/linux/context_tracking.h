/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CONTEXT_TRACKING_H
#define _LINUX_CONTEXT_TRACKING_H

/*
 * The places where a CPU passes between user mode, idle and the kernel. Entry code and the idle
 * loop call these hooks; RCU learns from them when a CPU can't have readers, and then neither waits
 * for it nor disturbs it.
 *
 * The kernel's contexts nest: an interrupt comes out of idle, an NMI out of anything, even out of
 * the middle of these functions. One count per CPU tells who has to undo what:
 *
 *	depth 0		extended quiescent state
 *	depth odd	the outermost context ended such a state: its exit begins one
 *	depth even	an NMI hit between the two steps of an entry or exit and found RCU
 *			watching; it leaves that as it was
 *
 *	enter:	not watched?	word += watching; depth = 1	exit:	depth 1?	depth = 0; word += ..
 *		watched?	depth += 2			else		depth -= 2
 *
 * An NMI between "word" and "depth = 1" takes depth from 0 to 2 and back; one between "depth = 0"
 * and "word" likewise. Either leaves the word alone.
 *
 * All are called with interrupts off, but for NMIs, and are inlined into noinstr code.
 */

#include <linux/context_tracking_state.h>

/* @delta: what the context bits change by on top. */
static __always_inline void ct_kernel_enter(int delta)
{
	struct context_tracking *ct = raw_cpu_ptr(&context_tracking);

	if (raw_atomic_read(&ct->state) & CT_RCU_WATCHING) {
		ct->depth += 2;
		return;
	}
	/*
	 * Full barrier: pairs with the one in front of ct_rcu_watching_cpu_acquire() in
	 * kernel/rcu/.
	 */
	raw_atomic_add_return(CT_RCU_WATCHING + delta, &ct->state);
	barrier();
	ct->depth = 1;
}

static __always_inline void ct_kernel_exit(int delta)
{
	struct context_tracking *ct = raw_cpu_ptr(&context_tracking);

	if (ct->depth != 1) {
		ct->depth -= 2;
		return;
	}
	ct->depth = 0;
	barrier();
	/* Full barrier: pairs with the same. */
	raw_atomic_add_return(CT_RCU_WATCHING + delta, &ct->state);
}

/* The idle task, about to halt. */
static __always_inline void ct_idle_enter(void)
{
	ct_kernel_exit(CONTEXT_IDLE);
}

static __always_inline void ct_idle_exit(void)
{
	ct_kernel_enter(-CONTEXT_IDLE);
}

/* An interrupt or exception that hit the idle task. */
static __always_inline void ct_irq_enter(void)
{
	ct_kernel_enter(0);
}

static __always_inline void ct_irq_exit(void)
{
	ct_kernel_exit(0);
}

/* One that may hit anything, this file included. */
static __always_inline void ct_nmi_enter(void)
{
	ct_kernel_enter(0);
}

static __always_inline void ct_nmi_exit(void)
{
	ct_kernel_exit(0);
}

static __always_inline void user_enter_irqoff(void)
{
	ct_kernel_exit(CONTEXT_USER);
}

static __always_inline void user_exit_irqoff(void)
{
	ct_kernel_enter(-CONTEXT_USER);
}

static __always_inline void ct_cpuidle_enter(void)
{
	ct_idle_enter();
}

static __always_inline void ct_cpuidle_exit(void)
{
	ct_idle_exit();
}

/* Where this CPU is, or was before the interrupt that asks. */
static __always_inline int ct_state(void)
{
	return __ct_state();
}

static inline enum ctx_state exception_enter(void)
{
	return CONTEXT_KERNEL;
}

static inline void exception_exit(enum ctx_state prev_ctx)
{
	(void)prev_ctx;
}

#endif /* _LINUX_CONTEXT_TRACKING_H */
