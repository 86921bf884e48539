// SPDX-License-Identifier: MIT
/*
 * Threaded handlers. A hard handler that returns IRQ_WAKE_THREAD has a kthread run thread_fn. A
 * oneshot line stays masked until all threads that were woken have run; each has a bit in
 * desc->threads_oneshot, and the last to finish unmasks:
 *
 *	hard irq			thread
 *	INPROGRESS, unlocked
 *	  handler: WAKE_THREAD
 *	  RUNTHREAD set, bit set ---->	RUNTHREAD cleared, thread_fn()
 *					irq_finalize_oneshot: locked
 *					  INPROGRESS? wait: the handler may be about to
 *					  set RUNTHREAD again
 *	locked, INPROGRESS cleared	  RUNTHREAD again? leave it masked, run again
 *					  clear the bit; none left: unmask
 */
#include <linux/interrupt.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/wait.h>

#include "internals.h"

/* The hard handler of a request without one. */
irqreturn_t irq_default_primary_handler(int irq, void *dev_id)
{
	return IRQ_WAKE_THREAD;
}

/* This action's thread is done: see the drawing at the top. */
static void irq_finalize_oneshot(struct irq_desc *desc, struct irqaction *action)
{
	if (!(desc->istate & IRQS_ONESHOT))
		return;
	for (;;) {
		chip_bus_lock(desc);
		raw_spin_lock_irq(&desc->lock);
		if (!irqd_irq_inprogress(&desc->irq_data))
			break;
		raw_spin_unlock_irq(&desc->lock);
		chip_bus_sync_unlock(desc);
		cpu_relax();
	}
	/* Woken again meanwhile: the next round will come here. */
	if (!test_bit(IRQTF_RUNTHREAD, &action->thread_flags)) {
		desc->threads_oneshot &= ~action->thread_mask;
		if (!desc->threads_oneshot && !irqd_irq_disabled(&desc->irq_data) &&
		    irqd_irq_masked(&desc->irq_data))
			unmask_threaded_irq(desc);
	}
	raw_spin_unlock_irq(&desc->lock);
	chip_bus_sync_unlock(desc);
}

static void irq_thread_check_affinity(struct irq_desc *desc, struct irqaction *action)
{
	struct cpumask mask;

	if (!test_and_clear_bit(IRQTF_AFFINITY, &action->thread_flags))
		return;
	__set_current_state(TASK_RUNNING);
	raw_spin_lock_irq(&desc->lock);
	cpumask_copy(&mask, irq_data_get_effective_affinity_mask(&desc->irq_data));
	raw_spin_unlock_irq(&desc->lock);
	if (cpumask_intersects(&mask, cpu_online_mask))
		set_cpus_allowed_ptr(current, &mask);
}

/* Sleep until the hard handler asks. Return: false if the thread shall end. */
static bool irq_wait_for_interrupt(struct irq_desc *desc, struct irqaction *action)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		irq_thread_check_affinity(desc, action);
		if (kthread_should_stop()) {
			/* What was asked for before the end is still done. */
			__set_current_state(TASK_RUNNING);
			return test_and_clear_bit(IRQTF_RUNTHREAD, &action->thread_flags);
		}
		if (test_and_clear_bit(IRQTF_RUNTHREAD, &action->thread_flags)) {
			__set_current_state(TASK_RUNNING);
			return true;
		}
		schedule();
	}
}

static int irq_thread(void *data)
{
	struct irqaction *action = data;
	struct irq_desc *desc = irq_to_desc(action->irq);

	set_bit(IRQTF_READY, &action->thread_flags);
	wake_up(&desc->wait_for_threads);
	sched_set_fifo(current);

	while (irq_wait_for_interrupt(desc, action)) {
		action->thread_fn(action->irq, action->dev_id);
		irq_finalize_oneshot(desc, action);
		wake_threads_waitq(desc);
	}
	return 0;
}

/** setup_irq_thread - make the thread of a handler, not yet running. Return: 0, -errno */
int setup_irq_thread(struct irqaction *new, unsigned int irq)
{
	struct task_struct *t = kthread_create(irq_thread, new, "irq/%u-%s", irq, new->name);

	if (IS_ERR(t))
		return PTR_ERR(t);
	/* The hard handler may hold the pointer when the thread ends. */
	new->thread = get_task_struct(t);
	set_bit(IRQTF_AFFINITY, &new->thread_flags);
	return 0;
}

/**
 * wake_up_and_wait_for_irq_thread_ready - start a handler's thread, and wait until it is in its
 * loop
 */
void wake_up_and_wait_for_irq_thread_ready(struct irq_desc *desc, struct irqaction *action)
{
	if (!action || !action->thread)
		return;
	wake_up_process(action->thread);
	wait_event(desc->wait_for_threads, test_bit(IRQTF_READY, &action->thread_flags));
}

/**
 * irq_wake_thread - have a line's thread handler run as if the hard one had asked
 * @irq: number
 * @dev_id: whose
 *
 * Context: any but NMI; takes the descriptor's lock.
 */
void irq_wake_thread(unsigned int irq, void *dev_id)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	unsigned long flags;

	if (!desc || WARN_ON(irq_settings_is_per_cpu_devid(desc)))
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	for_each_action_of_desc(desc, action) {
		if (action->dev_id == dev_id) {
			if (action->thread)
				__irq_wake_thread(desc, action);
			break;
		}
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}
EXPORT_SYMBOL_GPL(irq_wake_thread);
