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
 *	enter:	not watched?	word += watching; depth = 1
 *		watched?	depth += 2
 *	exit:	depth is 1?	depth = 0; word += watching
 *		more?		depth -= 2
 *
 * An NMI between "word" and "depth = 1" takes depth from 0 to 2 and back; one between "depth = 0"
 * and "word" likewise. Either leaves the word alone.
 *
 * All are called with interrupts off, but for NMIs, and are inlined into noinstr code.
 */

#include <linux/context_tracking_state.h>

/**
 * ct_kernel_enter - RCU watches this CPU from here on; counts entries on top of each other
 * @delta: what the context bits change by on top
 *
 * Context: noinstr, interrupts off.
 */
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

/**
 * ct_kernel_exit - undo ct_kernel_enter(); with the last RCU doesn't watch this CPU
 * @delta: what the context bits change by on top
 *
 * Context: noinstr, interrupts off.
 */
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

/** ct_idle_enter - the idle task is about to halt */
static __always_inline void ct_idle_enter(void)
{
	ct_kernel_exit(CONTEXT_IDLE);
}

/** ct_idle_exit - the idle task goes on */
static __always_inline void ct_idle_exit(void)
{
	ct_kernel_enter(-CONTEXT_IDLE);
}

/** ct_irq_enter - an interrupt or exception hit the idle task */
static __always_inline void ct_irq_enter(void)
{
	ct_kernel_enter(0);
}

/** ct_irq_exit - end ct_irq_enter() */
static __always_inline void ct_irq_exit(void)
{
	ct_kernel_exit(0);
}

/** ct_nmi_enter - an interrupt that may hit anything, this file included */
static __always_inline void ct_nmi_enter(void)
{
	ct_kernel_enter(0);
}

/** ct_nmi_exit - end ct_nmi_enter() */
static __always_inline void ct_nmi_exit(void)
{
	ct_kernel_exit(0);
}

/** user_enter_irqoff - about to return to user mode. Context: interrupts off */
static __always_inline void user_enter_irqoff(void)
{
	ct_kernel_exit(CONTEXT_USER);
}

/** user_exit_irqoff - just come from user mode. Context: interrupts off */
static __always_inline void user_exit_irqoff(void)
{
	ct_kernel_enter(-CONTEXT_USER);
}

/** ct_cpuidle_enter - ct_idle_enter() for a driver of idle states */
static __always_inline void ct_cpuidle_enter(void)
{
	ct_idle_enter();
}

/** ct_cpuidle_exit - ct_idle_exit() for a driver of idle states */
static __always_inline void ct_cpuidle_exit(void)
{
	ct_idle_exit();
}

/** ct_state - where this CPU is, or was before the interrupt that asks: CONTEXT_* */
static __always_inline int ct_state(void)
{
	return __ct_state();
}

/**
 * exception_enter - for machines whose exceptions don't go through entry code of their own; nothing
 */
static inline enum ctx_state exception_enter(void)
{
	return CONTEXT_KERNEL;
}

/** exception_exit - end exception_enter() */
static inline void exception_exit(enum ctx_state prev_ctx)
{
	(void)prev_ctx;
}

#endif /* _LINUX_CONTEXT_TRACKING_H */
