// SPDX-License-Identifier: MIT
/* The word and the count of <linux/context_tracking.h>: every CPU begins in the kernel. */

#include <linux/context_tracking.h>

#include <linux/export.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>

DEFINE_PER_CPU(struct context_tracking, context_tracking) = {
	.state = ATOMIC_INIT(CT_RCU_WATCHING | CONTEXT_KERNEL),
	.depth = 1,
};
EXPORT_PER_CPU_SYMBOL_GPL(context_tracking);

/* ---- what RCU tells others about the word ---- */

/**
 * rcu_irq_exit_check_preempt - an interrupt is about to preempt: may it?
 *
 * Not out of idle, which RCU believes to be free of readers. Context: interrupts off.
 */
void rcu_irq_exit_check_preempt(void)
{
	lockdep_assert_irqs_disabled();
	RCU_LOCKDEP_WARN(__ct_state() != CONTEXT_KERNEL || !__ct_rcu_watching(),
			 "RCU in extended quiescent state at preemption");
}

/** rcu_is_watching - does RCU watch this CPU, so that readers are allowed? */
notrace bool rcu_is_watching(void)
{
	guard(preempt_notrace)();
	return __ct_rcu_watching();
}

/**
 * rcu_momentary_eqs - for a loop with interrupts off that is no reader: an extended quiescent state
 * of no length
 *
 * Context: any but NMI; not inside a reader.
 */
void rcu_momentary_eqs(void)
{
	unsigned long flags;

	raw_local_irq_save(flags);
	raw_atomic_add_return(2 * CT_RCU_WATCHING, &raw_cpu_ptr(&context_tracking)->state);
	raw_local_irq_restore(flags);
}
