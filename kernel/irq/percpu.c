// SPDX-License-Identifier: MIT
/*
 * Per-CPU lines: one number, one handler, but each CPU has a line of its own (its timer, say),
 * enables it for itself and gets its own dev_id.
 */
#include <linux/interrupt.h>

#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "internals.h"

/**
 * enable_percpu_irq - enable a per-CPU line on this CPU
 * @irq: number; nothing happens if it is no such line
 * @type: IRQ_TYPE_*; IRQ_TYPE_NONE: as it was set before
 *
 * Context: preemption off.
 */
void enable_percpu_irq(unsigned int irq, unsigned int type)
{
	unsigned int cpu = smp_processor_id();
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags, IRQ_GET_DESC_CHECK_PERCPU);

	if (!desc)
		return;
	type &= IRQ_TYPE_SENSE_MASK;
	if (type == IRQ_TYPE_NONE)
		type = irqd_get_trigger_type(&desc->irq_data);
	if (type == IRQ_TYPE_NONE ||
	    !WARN(__irq_set_trigger(desc, type), "failed to set type for IRQ%u\n", irq))
		irq_percpu_enable(desc, cpu);
	irq_put_desc_unlock(desc, flags);
}
EXPORT_SYMBOL_GPL(enable_percpu_irq);

/**
 * disable_percpu_irq - disable a per-CPU line on this CPU
 * @irq: number; nothing happens if it is no such line
 *
 * Context: preemption off.
 */
void disable_percpu_irq(unsigned int irq)
{
	unsigned int cpu = smp_processor_id();
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags, IRQ_GET_DESC_CHECK_PERCPU);

	if (!desc)
		return;
	irq_percpu_disable(desc, cpu);
	irq_put_desc_unlock(desc, flags);
}
EXPORT_SYMBOL_GPL(disable_percpu_irq);

/**
 * irq_percpu_is_enabled - is a per-CPU line enabled on this CPU?
 * @irq: number
 *
 * Context: preemption off, or the answer is of a CPU that may be left by now.
 * Return: false too if there is no such line, or it isn't one per CPU.
 */
bool irq_percpu_is_enabled(unsigned int irq)
{
	unsigned int cpu = smp_processor_id();
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags, IRQ_GET_DESC_CHECK_PERCPU);
	bool enabled;

	if (!desc)
		return false;
	enabled = cpumask_test_cpu(cpu, desc->percpu_enabled);
	irq_put_desc_unlock(desc, flags);
	return enabled;
}
EXPORT_SYMBOL_GPL(irq_percpu_is_enabled);

/**
 * __request_percpu_irq - ask for a line that each CPU has one of
 * @irq: number, set up by irq_set_percpu_devid()
 * @handler: gets this CPU's element of @dev_id
 * @flags: 0 or IRQF_TIMER
 * @devname: for show
 * @dev_id: per-CPU
 *
 * Each CPU then enables its own by enable_percpu_irq().
 * Return: 0, -EINVAL, -EBUSY, -ENOMEM.
 */
int __request_percpu_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			 const char *devname, void __percpu *dev_id)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	int ret;

	if (!dev_id || !desc || !irq_settings_can_request(desc) ||
	    !irq_settings_is_per_cpu_devid(desc) || (flags && flags != IRQF_TIMER))
		return -EINVAL;

	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->handler = handler;
	action->flags = flags | IRQF_PERCPU | IRQF_NO_SUSPEND;
	action->name = devname;
	action->percpu_dev_id = dev_id;

	ret = __setup_irq(irq, desc, action);
	if (ret)
		kfree(action);
	return ret;
}
EXPORT_SYMBOL_GPL(__request_percpu_irq);

/**
 * free_percpu_irq - give a per-CPU line back
 * @irq: number; disabled on all CPUs by then
 * @dev_id: as it was requested
 *
 * Context: may sleep.
 */
void free_percpu_irq(unsigned int irq, void __percpu *dev_id)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action = NULL;
	unsigned long flags;

	if (!desc || !irq_settings_is_per_cpu_devid(desc))
		return;
	mutex_lock(&desc->request_mutex);
	raw_spin_lock_irqsave(&desc->lock, flags);
	if (desc->action && desc->action->percpu_dev_id == dev_id &&
	    !WARN(!cpumask_empty(desc->percpu_enabled),
		  "percpu IRQ %u still enabled on CPU%u!\n", irq,
		  cpumask_first(desc->percpu_enabled))) {
		action = desc->action;
		desc->action = NULL;
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	mutex_unlock(&desc->request_mutex);
	/* A handler that is running on another CPU holds no lock: let all of them pass. */
	if (action)
		synchronize_rcu();
	kfree(action);
}
EXPORT_SYMBOL_GPL(free_percpu_irq);
