// SPDX-License-Identifier: MIT
/*
 * Lines whose CPU goes away.
 *
 * A dying CPU, the others stopped, hands every line that it serves to another one. If none of the
 * CPUs that the user allowed is left the line goes to any, with a message: better there than lost.
 */
#include <linux/irq.h>

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include "internals.h"

static bool irq_served_here(struct irq_desc *desc, unsigned int cpu)
{
	const struct cpumask *mask = irq_data_get_effective_affinity_mask(&desc->irq_data);

	/* A chip that doesn't keep it up to date leaves it empty. */
	if (cpumask_empty(mask))
		mask = irq_data_get_affinity_mask(&desc->irq_data);
	return cpumask_test_cpu(cpu, mask);
}

/* desc->lock held. Return: true if the user's choice had to be broken. */
static bool migrate_one_irq(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;
	const struct cpumask *affinity = irq_data_get_affinity_mask(d);
	struct cpumask wish;
	bool broken = false;
	int err;

	if (irqd_is_per_cpu(d) || !irqd_is_started(d) || !desc->action ||
	    !irq_served_here(desc, smp_processor_id()))
		return false;
	if (!d->chip || !d->chip->irq_set_affinity) {
		pr_debug("IRQ %u: unable to migrate away\n", d->irq);
		return false;
	}

	/* irq_do_set_affinity() writes the wish back: it must survive the CPU's absence. */
	cpumask_copy(&wish, affinity);
	if (!cpumask_intersects(affinity, cpu_online_mask)) {
		affinity = cpu_online_mask;
		broken = true;
	}
	err = irq_do_set_affinity(d, affinity, false);
	if (err)
		pr_warn_ratelimited("IRQ%u: set affinity failed(%d).\n", d->irq, err);
	else if (!broken)
		cpumask_copy(d->common->affinity, &wish);
	return broken && !err;
}

/**
 * irq_migrate_all_off_this_cpu - hand all lines over
 *
 * Context: the dying CPU, not in cpu_online_mask any more, interrupts off.
 */
void irq_migrate_all_off_this_cpu(void)
{
	struct irq_desc *desc;
	unsigned int irq;
	bool broken;

	for_each_active_irq(irq) {
		desc = irq_to_desc(irq);
		if (!desc)
			continue;
		raw_spin_lock(&desc->lock);
		broken = migrate_one_irq(desc);
		raw_spin_unlock(&desc->lock);
		if (broken)
			pr_debug_ratelimited("IRQ %u: no longer affine to CPU%u\n", irq,
					     smp_processor_id());
	}
}

/* Lines that are allowed on a CPU that came up may use it again. */
static void irq_restore_affinity(struct irq_desc *desc, unsigned int cpu)
{
	struct irq_data *d = &desc->irq_data;
	const struct cpumask *affinity = irq_data_get_affinity_mask(d);

	if (!desc->action || !d->chip || !d->chip->irq_set_affinity || irqd_is_per_cpu(d) ||
	    !irqd_is_started(d) || !cpumask_test_cpu(cpu, affinity))
		return;
	/* It has a CPU already; leave it, unless the only one allowed was missing. */
	if (irqd_is_single_target(d))
		return;
	irq_do_set_affinity(d, affinity, false);
}

/**
 * irq_affinity_online_cpu - a CPU has come up: lines that are to go there do so
 * @cpu: this one
 *
 * Context: its cpuhp thread.
 * Return: 0.
 */
int irq_affinity_online_cpu(unsigned int cpu)
{
	struct irq_desc *desc;
	unsigned int irq;

	for_each_active_irq(irq) {
		desc = irq_to_desc(irq);
		if (!desc)
			continue;
		raw_spin_lock_irq(&desc->lock);
		irq_restore_affinity(desc, cpu);
		raw_spin_unlock_irq(&desc->lock);
	}
	return 0;
}
