// SPDX-License-Identifier: MIT
/* Calling the handlers of a line: the part that all flow handlers share. */
#include <linux/irq.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>

#include "internals.h"

/**
 * handle_bad_irq - the flow handler of a line that has nobody
 * @desc: the line; counted, and the machine is told, which may have to acknowledge it
 *
 * Context: hard irq.
 */
void handle_bad_irq(struct irq_desc *desc)
{
	unsigned int irq = irq_desc_get_irq(desc);

	pr_warn_ratelimited("irq %u: nobody set up a handler\n", irq);
	__kstat_incr_irqs(desc);
	ack_bad_irq(irq);
}
EXPORT_SYMBOL_GPL(handle_bad_irq);

/** ack_bad_irq - what a machine does about an interrupt that is nobody's; nothing by default */
void __weak ack_bad_irq(unsigned int irq)
{
}

/**
 * no_action - a handler that does nothing
 * @cpl: ignored
 * @dev_id: ignored
 *
 * Return: IRQ_NONE.
 */
irqreturn_t no_action(int cpl, void *dev_id)
{
	return IRQ_NONE;
}
EXPORT_SYMBOL_GPL(no_action);

static void warn_no_thread(unsigned int irq, struct irqaction *action)
{
	if (test_and_set_bit(IRQTF_WARNED, &action->thread_flags))
		return;
	pr_warn("IRQ %u device %s returned IRQ_WAKE_THREAD but no thread function available.\n",
		irq, action->name);
}

/**
 * __irq_wake_thread - a hard handler has asked for its thread
 * @desc: the line, IRQD_IRQ_INPROGRESS or locked
 * @action: whose
 *
 * threads_oneshot is changed here without desc->lock: INPROGRESS keeps the thread side out, see
 * irq_finalize_oneshot().
 */
void __irq_wake_thread(struct irq_desc *desc, struct irqaction *action)
{
	/* A thread that is ending has been asked for by free_irq(). */
	if (action->thread->flags & PF_EXITING)
		return;
	if (test_and_set_bit(IRQTF_RUNTHREAD, &action->thread_flags))
		return;
	desc->threads_oneshot |= action->thread_mask;
	atomic_inc(&desc->threads_active);
	wake_up_process(action->thread);
}

/* Call all of them: several that share a line may have raised it. */
irqreturn_t __handle_irq_event_percpu(struct irq_desc *desc)
{
	irqreturn_t res, retval = IRQ_NONE;
	unsigned int irq = desc->irq_data.irq;
	struct irqaction *action;

	for_each_action_of_desc(desc, action) {
		res = action->handler(irq, action->dev_id);
		if (WARN_ONCE(!irqs_disabled(), "irq %u handler %pS enabled interrupts\n", irq,
			      action->handler))
			local_irq_disable();

		if (res == IRQ_WAKE_THREAD) {
			if (unlikely(!action->thread_fn))
				warn_no_thread(irq, action);
			else
				__irq_wake_thread(desc, action);
		}
		retval |= res;
	}
	return retval;
}

/** handle_irq_event_percpu - run a line's handlers, and look whether any was responsible */
irqreturn_t handle_irq_event_percpu(struct irq_desc *desc)
{
	irqreturn_t retval = __handle_irq_event_percpu(desc);

	note_interrupt(desc, retval);
	return retval;
}

/**
 * handle_irq_event - call the handlers of a line
 * @desc: locked; unlocked while handlers run, with IRQD_IRQ_INPROGRESS instead
 *
 * Return: IRQ_*, of all handlers together.
 */
irqreturn_t handle_irq_event(struct irq_desc *desc)
{
	irqreturn_t ret;

	desc->istate &= ~IRQS_PENDING;
	irqd_set(&desc->irq_data, IRQD_IRQ_INPROGRESS);
	raw_spin_unlock(&desc->lock);

	ret = handle_irq_event_percpu(desc);

	raw_spin_lock(&desc->lock);
	irqd_clear(&desc->irq_data, IRQD_IRQ_INPROGRESS);
	return ret;
}
