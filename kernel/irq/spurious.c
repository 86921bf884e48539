// SPDX-License-Identifier: MIT
/*
 * Interrupts that nobody wants.
 *
 * A level line that no handler quietens would keep the CPU in hard irq for ever. So unhandled
 * interrupts are counted; if 99,900 of 100,000 were, the line is shut off with a report. A single
 * one is no crime: shared lines and races with a masked device produce them.
 */
#include <linux/irq.h>

#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/stacktrace.h>

#include "internals.h"

#define SPURIOUS_WINDOW		100000
#define SPURIOUS_LIMIT		99900

static bool noirqdebug __read_mostly;

static int __init noirqdebug_setup(char *str)
{
	noirqdebug = true;
	return 1;
}
__setup("noirqdebug", noirqdebug_setup);

static void report_and_disable(struct irq_desc *desc)
{
	unsigned int irq = irq_desc_get_irq(desc);
	struct irqaction *action;
	unsigned long flags;

	pr_err("irq %u: nobody cared (try booting with the \"noirqdebug\" option)\n", irq);
	dump_stack();
	raw_spin_lock_irqsave(&desc->lock, flags);
	pr_err("handlers:\n");
	for_each_action_of_desc(desc, action)
		pr_err("[<%px>] %ps threaded [<%px>] %ps\n", action->handler, action->handler,
		       action->thread_fn, action->thread_fn);
	pr_emerg("Disabling IRQ #%u\n", irq);
	desc->istate |= IRQS_SPURIOUS_DISABLED;
	desc->depth++;
	irq_disable(desc);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

/**
 * note_interrupt - the handlers of a line have answered
 * @desc: the line
 * @action_ret: their answers together
 *
 * Context: hard irq, IRQD_IRQ_INPROGRESS: nobody else changes the counts.
 */
void note_interrupt(struct irq_desc *desc, irqreturn_t action_ret)
{
	if (noirqdebug || irq_settings_is_polled(desc) || irq_settings_is_per_cpu(desc) ||
	    desc->istate & IRQS_SPURIOUS_DISABLED)
		return;

	if (action_ret > (IRQ_HANDLED | IRQ_WAKE_THREAD)) {
		pr_err_ratelimited("irq event %u: bogus return value %x\n",
				   irq_desc_get_irq(desc), action_ret);
		return;
	}
	if (action_ret == IRQ_NONE) {
		/* Rare ones are stray, not stuck: start over after a tenth of a second. */
		if (time_after(jiffies, desc->last_unhandled + HZ / 10))
			desc->irqs_unhandled = 1;
		else
			desc->irqs_unhandled++;
		desc->last_unhandled = jiffies;
	}

	if (++desc->irq_count < SPURIOUS_WINDOW)
		return;
	desc->irq_count = 0;
	if (desc->irqs_unhandled > SPURIOUS_LIMIT)
		report_and_disable(desc);
	desc->irqs_unhandled = 0;
}
