// SPDX-License-Identifier: MIT
/*
 * Interrupt descriptors: making, finding, freeing them, and their counts.
 *
 * A table of pointers leads from the number to the descriptor. Interrupt entry reads it without a
 * lock; a descriptor is freed an RCU grace period after it left the table, so a handler that found
 * it can finish. Numbers are given out under sparse_irq_lock.
 *
 * Lock order: sparse_irq_lock, desc->request_mutex, chip bus lock, desc->lock.
 */
#include <linux/irq.h>

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "internals.h"

static DEFINE_MUTEX(sparse_irq_lock);
static DECLARE_BITMAP(allocated_irqs, NR_IRQS);		/* sparse_irq_lock */
static struct irq_desc __rcu *irq_desc_table[NR_IRQS];	/* the same; readers RCU or hard irq */

cpumask_var_t irq_default_affinity;

/** irq_get_nr_irqs - one more than the highest number there can be */
unsigned int irq_get_nr_irqs(void)
{
	return NR_IRQS;
}

/**
 * irq_to_desc - the descriptor of a line
 * @irq: number
 *
 * Context: any. The descriptor stays as long as the line is in use, or an RCU reader lasts.
 * Return: NULL if there is no such line.
 */
struct irq_desc *irq_to_desc(unsigned int irq)
{
	return irq < NR_IRQS ? rcu_dereference_raw(irq_desc_table[irq]) : NULL;
}
EXPORT_SYMBOL_GPL(irq_to_desc);

/**
 * irq_get_next_irq - the first number in use
 * @offset: from here on
 *
 * Return: the number; NR_IRQS if there are no more.
 */
unsigned int irq_get_next_irq(unsigned int offset)
{
	return find_next_bit(allocated_irqs, NR_IRQS, offset);
}

static struct irq_desc *alloc_desc(unsigned int irq, const struct cpumask *affinity,
				   struct module *owner)
{
	struct irq_desc *desc = kzalloc(sizeof(*desc), GFP_KERNEL);

	if (!desc)
		return NULL;
	desc->kstat_irqs = alloc_percpu(struct irqstat);
	if (!desc->kstat_irqs)
		goto err_free;
	if (!zalloc_cpumask_var(&desc->irq_common_data.affinity, GFP_KERNEL))
		goto err_percpu;
	if (!zalloc_cpumask_var(&desc->irq_common_data.effective_affinity, GFP_KERNEL))
		goto err_affinity;

	raw_spin_lock_init(&desc->lock);
	mutex_init(&desc->request_mutex);
	init_waitqueue_head(&desc->wait_for_threads);
	desc->irq_data.irq = irq;
	desc->irq_data.common = &desc->irq_common_data;
	desc->irq_data.chip = &no_irq_chip;
	irq_settings_clr_and_set(desc, ~0, IRQ_DEFAULT_INIT_FLAGS);
	irqd_set(&desc->irq_data, IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED);
	desc->handle_irq = handle_bad_irq;
	desc->depth = 1;
	desc->owner = owner;
	cpumask_copy(desc->irq_common_data.affinity, affinity ?: irq_default_affinity);
	return desc;

err_affinity:
	free_cpumask_var(desc->irq_common_data.affinity);
err_percpu:
	free_percpu(desc->kstat_irqs);
err_free:
	kfree(desc);
	return NULL;
}

static void destroy_desc(struct irq_desc *desc)
{
	free_cpumask_var(desc->irq_common_data.effective_affinity);
	free_cpumask_var(desc->irq_common_data.affinity);
	free_percpu(desc->kstat_irqs);
	kfree(desc->percpu_enabled);
	kfree(desc);
}

static void delayed_free_desc(struct rcu_head *rhp)
{
	destroy_desc(container_of(rhp, struct irq_desc, rcu));
}

static void remove_desc(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	RCU_INIT_POINTER(irq_desc_table[irq], NULL);
	call_rcu(&desc->rcu, delayed_free_desc);
}

/**
 * __irq_alloc_descs - make descriptors for a range of numbers
 * @irq: the first number, or negative for any
 * @from: look from this number on, if @irq is negative
 * @cnt: how many
 * @node: for memory; ignored
 * @owner: for show
 * @affinity: NULL for the default; else one mask for all
 *
 * Context: may sleep.
 * Return: the first number; -EINVAL, -EEXIST if the very number is taken, -ENOSPC, -ENOMEM.
 */
int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int node,
		      struct module *owner, const void *affinity)
{
	unsigned int start, i;
	int ret;

	if (!cnt || cnt > NR_IRQS)
		return -EINVAL;
	if (irq >= 0) {
		if (from > irq)
			return -EINVAL;
		from = irq;
	}

	mutex_lock(&sparse_irq_lock);
	start = bitmap_find_next_zero_area(allocated_irqs, NR_IRQS, from, cnt, 0);
	ret = -EEXIST;
	if (irq >= 0 && start != irq)
		goto out_unlock;
	ret = -ENOSPC;
	if (start + cnt > NR_IRQS)
		goto out_unlock;

	for (i = 0; i < cnt; i++) {
		struct irq_desc *desc = alloc_desc(start + i, affinity, owner);

		if (!desc)
			goto err_remove;
		rcu_assign_pointer(irq_desc_table[start + i], desc);
	}
	bitmap_set(allocated_irqs, start, cnt);
	ret = start;
	goto out_unlock;

err_remove:
	while (i--)
		remove_desc(start + i);
	ret = -ENOMEM;
out_unlock:
	mutex_unlock(&sparse_irq_lock);
	return ret;
}
EXPORT_SYMBOL_GPL(__irq_alloc_descs);

/**
 * irq_free_descs - give numbers back
 * @from: the first
 * @cnt: how many
 *
 * Nothing is requested on them.
 * Context: may sleep.
 */
void irq_free_descs(unsigned int from, unsigned int cnt)
{
	unsigned int i;

	if (from >= NR_IRQS || from + cnt > NR_IRQS)
		return;
	mutex_lock(&sparse_irq_lock);
	for (i = 0; i < cnt; i++)
		if (irq_to_desc(from + i))
			remove_desc(from + i);
	bitmap_clear(allocated_irqs, from, cnt);
	mutex_unlock(&sparse_irq_lock);
}
EXPORT_SYMBOL_GPL(irq_free_descs);

/**
 * arch_probe_nr_irqs - how many lines the machine wants to have before its controllers are probed
 *
 * Return: 0 by default; a machine may define its own.
 */
int __init __weak arch_probe_nr_irqs(void)
{
	return 0;
}

/**
 * arch_early_irq_init - what a machine does when the first descriptors exist
 *
 * Return: 0; an error is passed on by early_irq_init().
 */
int __init __weak arch_early_irq_init(void)
{
	return 0;
}

/** early_irq_init - make the first descriptors. Context: boot. */
int __init early_irq_init(void)
{
	int initcnt = arch_probe_nr_irqs();

	zalloc_cpumask_var(&irq_default_affinity, GFP_NOWAIT);
	cpumask_setall(irq_default_affinity);
	if (initcnt && irq_alloc_descs(0, 0, initcnt, NUMA_NO_NODE) < 0)
		panic("no memory for interrupt descriptors");
	return arch_early_irq_init();
}

/* ---- locked access for the other files ---- */

/**
 * __irq_get_desc_lock - find and lock a line
 * @irq: number
 * @flags: for the unlock
 * @bus: lock the chip's slow bus too; may sleep then
 * @check: _IRQ_DESC_*: the line must (not) be per-CPU
 *
 * Return: NULL if there is no such line, or one of the other kind.
 */
struct irq_desc *__irq_get_desc_lock(unsigned int irq, unsigned long *flags, bool bus,
				     unsigned int check)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc)
		return NULL;
	if (check & _IRQ_DESC_CHECK &&
	    !!(check & _IRQ_DESC_PERCPU) != irq_settings_is_per_cpu_devid(desc))
		return NULL;
	if (bus)
		chip_bus_lock(desc);
	raw_spin_lock_irqsave(&desc->lock, *flags);
	return desc;
}

/** __irq_put_desc_unlock - end __irq_get_desc_lock() */
void __irq_put_desc_unlock(struct irq_desc *desc, unsigned long flags, bool bus)
{
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (bus)
		chip_bus_sync_unlock(desc);
}

/**
 * irq_set_percpu_devid_partition - a line is one of each CPU, with a dev_id per CPU
 * @irq: number
 * @affinity: the CPUs that have it, NULL for all
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int irq_set_percpu_devid_partition(unsigned int irq, const struct cpumask *affinity)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc || desc->percpu_enabled)
		return -EINVAL;
	desc->percpu_enabled = kzalloc(sizeof(*desc->percpu_enabled), GFP_KERNEL);
	if (!desc->percpu_enabled)
		return -ENOMEM;
	desc->percpu_affinity = affinity ?: cpu_possible_mask;
	irq_modify_status(irq, 0, IRQ_NOAUTOEN | IRQ_PER_CPU | IRQ_PER_CPU_DEVID | IRQ_NOPROBE);
	return 0;
}

/**
 * irq_set_percpu_devid - irq_set_percpu_devid_partition() for all CPUs
 * @irq: number
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int irq_set_percpu_devid(unsigned int irq)
{
	return irq_set_percpu_devid_partition(irq, NULL);
}

/**
 * irq_get_percpu_devid_partition - the CPUs that have a per-CPU line
 * @irq: number
 * @affinity: is filled in, unless NULL
 *
 * Return: 0; -EINVAL if there is no such line, or it isn't one per CPU.
 */
int irq_get_percpu_devid_partition(unsigned int irq, struct cpumask *affinity)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc || !desc->percpu_enabled)
		return -EINVAL;
	if (affinity)
		cpumask_copy(affinity, desc->percpu_affinity);
	return 0;
}
EXPORT_SYMBOL_GPL(irq_get_percpu_devid_partition);

/**
 * irq_check_status_bit - does a line have any of these IRQ_* settings?
 * @irq: number
 * @bitmask: IRQ_*, or'ed
 *
 * Return: false too if there is no such line.
 */
bool irq_check_status_bit(unsigned int irq, unsigned int bitmask)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc && desc->status_use_accessors & bitmask;
}
EXPORT_SYMBOL_GPL(irq_check_status_bit);

/**
 * __irq_set_lockdep_class - tell lockdep that a line's locks nest in others of their kind
 * @irq: number
 * @lock_class: for the descriptor's lock
 * @request_class: for its request mutex
 *
 * Of use to controllers that take another line's lock in their callbacks.
 */
void __irq_set_lockdep_class(unsigned int irq, struct lock_class_key *lock_class,
			     struct lock_class_key *request_class)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (desc) {
		lockdep_set_class(&desc->lock, lock_class);
		lockdep_set_class(&desc->request_mutex, request_class);
	}
}
EXPORT_SYMBOL_GPL(__irq_set_lockdep_class);

/* ---- entry: a number has fired ---- */

/**
 * handle_irq_desc - a line has fired: run its flow handler
 * @desc: the line, or NULL
 *
 * Chips that can't tell twice must be told in hard irq context only.
 *
 * Context: interrupts off.
 * Return: 0; -EINVAL for NULL; -EPERM, with a warning, in the wrong context.
 */
int handle_irq_desc(struct irq_desc *desc)
{
	if (!desc)
		return -EINVAL;
	if (WARN_ON_ONCE(!in_hardirq() && irqd_is_handle_enforce_irqctx(&desc->irq_data)))
		return -EPERM;
	generic_handle_irq_desc(desc);
	return 0;
}

/**
 * generic_handle_irq - a line has fired
 * @irq: number
 *
 * Context: hard irq, interrupts off.
 * Return: 0, or -EINVAL if there is no such line.
 */
int generic_handle_irq(unsigned int irq)
{
	return handle_irq_desc(irq_to_desc(irq));
}
EXPORT_SYMBOL_GPL(generic_handle_irq);

/**
 * generic_handle_irq_safe - generic_handle_irq() with interrupts in any state
 * @irq: number
 *
 * Context: any but NMI; the handlers run with interrupts off.
 * Return: as handle_irq_desc().
 */
int generic_handle_irq_safe(unsigned int irq)
{
	unsigned long flags;
	int ret;

	local_irq_save(flags);
	ret = handle_irq_desc(irq_to_desc(irq));
	local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL_GPL(generic_handle_irq_safe);

/**
 * generic_handle_domain_irq - a controller's input has fired
 * @domain: the controller's
 * @hwirq: its own number for the line
 *
 * Context: hard irq, interrupts off.
 * Return: as handle_irq_desc().
 */
int generic_handle_domain_irq(struct irq_domain *domain, unsigned int hwirq)
{
	return handle_irq_desc(irq_resolve_mapping(domain, hwirq));
}
EXPORT_SYMBOL_GPL(generic_handle_domain_irq);

/**
 * generic_handle_domain_irq_safe - generic_handle_domain_irq() with interrupts in any state
 * @domain: the controller's
 * @hwirq: its own number for the line
 *
 * Context: any but NMI; the handlers run with interrupts off.
 * Return: 0; -EINVAL if nothing is mapped there; -EPERM if the chip allows hard irq context only.
 */
int generic_handle_domain_irq_safe(struct irq_domain *domain, unsigned int hwirq)
{
	unsigned long flags;
	int ret;

	local_irq_save(flags);
	ret = handle_irq_desc(irq_resolve_mapping(domain, hwirq));
	local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL_GPL(generic_handle_domain_irq_safe);

/* ---- counts ---- */

/* desc->lock held, or a per-CPU line on its CPU. */
void __kstat_incr_irqs(struct irq_desc *desc)
{
	__this_cpu_inc(desc->kstat_irqs->cnt);
}

/**
 * irq_desc_kstat_cpu - how often a line has fired on a CPU
 * @desc: the line
 * @cpu: the CPU
 */
unsigned int irq_desc_kstat_cpu(struct irq_desc *desc, unsigned int cpu)
{
	return desc->kstat_irqs ? READ_ONCE(per_cpu_ptr(desc->kstat_irqs, cpu)->cnt) : 0;
}

/**
 * kstat_irqs_cpu - how often a line fired on a CPU
 * @irq: number; 0 times if there is no such line
 * @cpu: the CPU
 */
unsigned int kstat_irqs_cpu(unsigned int irq, int cpu)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? irq_desc_kstat_cpu(desc, cpu) : 0;
}

/**
 * kstat_irqs_usr - how often a line fired on all CPUs
 * @irq: number
 */
unsigned int kstat_irqs_usr(unsigned int irq)
{
	unsigned int cpu, sum = 0;

	for_each_possible_cpu(cpu)
		sum += kstat_irqs_cpu(irq, cpu);
	return sum;
}

static void show_one_interrupt(unsigned int irq, struct irq_desc *desc)
{
	struct irqaction *action;
	unsigned int cpu;

	pr_info("%4u:", irq);
	for_each_online_cpu(cpu)
		pr_cont(" %10u", irq_desc_kstat_cpu(desc, cpu));
	pr_cont("  %-10s %4lu %-6s", desc->irq_data.chip->name ?: "-", desc->irq_data.hwirq,
		irqd_is_level_type(&desc->irq_data) ? "Level" : "Edge");
	for_each_action_of_desc(desc, action)
		pr_cont("%s %s", action == desc->action ? "" : ",", action->name);
	pr_cont("\n");
}

/* The machine's own interrupts, which have no descriptor. */
void __weak arch_show_interrupts_all(void)
{
}

/** show_interrupts_all - the table of counts, by printk. Context: may sleep. */
void show_interrupts_all(void)
{
	unsigned int irq, cpu, nr;

	pr_info("     ");
	for_each_online_cpu(cpu)
		pr_cont("       CPU%-2u", cpu);
	pr_cont("\n");

	mutex_lock(&sparse_irq_lock);
	for_each_active_irq(irq) {
		struct irq_desc *desc = irq_to_desc(irq);

		if (desc && (desc->action || kstat_irqs_usr(irq)))
			show_one_interrupt(irq, desc);
	}
	mutex_unlock(&sparse_irq_lock);

	arch_show_interrupts_all();
	for (nr = 0; nr < NR_SOFTIRQS; nr++) {
		pr_info("%8s:", softirq_to_name[nr]);
		for_each_online_cpu(cpu)
			pr_cont(" %10u", kstat_softirqs_cpu(nr, cpu));
		pr_cont("\n");
	}
}
