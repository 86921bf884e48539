// SPDX-License-Identifier: MIT
/*
 * Which CPUs take a line. The wish is kept in the descriptor and goes to the controller when the
 * line is started; where the controller then sends it is the "effective" affinity. A thread handler
 * follows.
 */
#include <linux/interrupt.h>

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/printk.h>
#include <linux/workqueue.h>

#include "internals.h"

static bool __irq_can_set_affinity(struct irq_desc *desc)
{
	return desc && irqd_can_balance(&desc->irq_data) && desc->irq_data.chip &&
	       desc->irq_data.chip->irq_set_affinity;
}

/**
 * irq_can_set_affinity - can a line be routed to other CPUs?
 * @irq: number
 *
 * Return: nonzero if the chip can, and the line is neither one per CPU nor tied to a place.
 */
int irq_can_set_affinity(unsigned int irq)
{
	return __irq_can_set_affinity(irq_to_desc(irq));
}

/* The threads follow; they look at IRQTF_AFFINITY before they run. */
void irq_set_thread_affinity(struct irq_desc *desc)
{
	struct irqaction *action;

	for_each_action_of_desc(desc, action) {
		if (!action->thread)
			continue;
		set_bit(IRQTF_AFFINITY, &action->thread_flags);
		wake_up_process(action->thread);
	}
}

/* ---- who wants to know ---- */

/* desc->lock held. A call under way has a reference; one that waits will see the new mask. */
static void tell_of_affinity(struct irq_desc *desc)
{
	struct irq_affinity_notify *notify = desc->affinity_notify;

	if (!notify)
		return;
	kref_get(&notify->kref);
	/* The line's reference is left, so this one is not the last. */
	if (!schedule_work(&notify->work))
		kref_put(&notify->kref, notify->release);
}

static void call_affinity_notify(struct work_struct *work)
{
	struct irq_affinity_notify *notify = container_of(work, struct irq_affinity_notify, work);
	struct irq_desc *desc = irq_to_desc(notify->irq);
	cpumask_var_t mask;

	if (desc && zalloc_cpumask_var(&mask, GFP_KERNEL)) {
		raw_spin_lock_irq(&desc->lock);
		cpumask_copy(mask, desc->irq_common_data.affinity);
		raw_spin_unlock_irq(&desc->lock);
		notify->notify(notify, mask);
		free_cpumask_var(mask);
	}
	kref_put(&notify->kref, notify->release);
}

/**
 * irq_set_affinity_notifier - have somebody told when a line is routed to other CPUs
 * @irq: number, requested
 * @notify: whom, with notify() and release() set; NULL: nobody. Who was told before is let go
 *
 * The line must be without one before its last free_irq().
 *
 * Context: may sleep; of a call that runs the end is waited for.
 * Return: 0; -EINVAL if there is no such line.
 */
int irq_set_affinity_notifier(unsigned int irq, struct irq_affinity_notify *notify)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irq_affinity_notify *old;

	might_sleep();
	if (!desc)
		return -EINVAL;
	if (notify) {
		notify->irq = irq;
		kref_init(&notify->kref);
		INIT_WORK(&notify->work, call_affinity_notify);
	}
	raw_spin_lock_irq(&desc->lock);
	old = desc->affinity_notify;
	desc->affinity_notify = notify;
	raw_spin_unlock_irq(&desc->lock);

	if (!old)
		return 0;
	if (cancel_work_sync(&old->work))
		kref_put(&old->kref, old->release);
	kref_put(&old->kref, old->release);
	return 0;
}
EXPORT_SYMBOL_GPL(irq_set_affinity_notifier);

/* ---- routing ---- */

/* desc->lock held. Only online CPUs reach the chip, unless @force. */
int irq_do_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct irq_desc *desc = irq_data_to_desc(data);
	struct irq_chip *chip = data->chip;
	struct cpumask online;
	int ret;

	if (!chip || !chip->irq_set_affinity)
		return -EINVAL;
	cpumask_and(&online, mask, cpu_online_mask);
	if (force)
		ret = chip->irq_set_affinity(data, mask, force);
	else if (!cpumask_empty(&online))
		ret = chip->irq_set_affinity(data, &online, force);
	else
		ret = -EINVAL;

	switch (ret) {
	case IRQ_SET_MASK_OK:
	case IRQ_SET_MASK_OK_DONE:
		cpumask_copy(desc->irq_common_data.affinity, mask);
		fallthrough;
	case IRQ_SET_MASK_OK_NOCOPY:
		irq_set_thread_affinity(desc);
		tell_of_affinity(desc);
		ret = 0;
	}
	return ret;
}

/**
 * irq_set_affinity_locked - irq_set_affinity() with the descriptor's lock held
 * @data: the line
 * @mask: the CPUs; without @force those that are online
 * @force: offline ones too
 *
 * Return: 0; -EINVAL if the chip can't, or no CPU is left; else the chip's answer.
 */
int irq_set_affinity_locked(struct irq_data *data, const struct cpumask *mask, bool force)
{
	int ret;

	/* Not started yet: remembered, and applied by irq_startup(). */
	if (!irqd_is_activated(data)) {
		cpumask_copy(data->common->affinity, mask);
		irqd_set(data, IRQD_AFFINITY_SET);
		return 0;
	}
	ret = irq_do_set_affinity(data, mask, force);
	irqd_set(data, IRQD_AFFINITY_SET);
	return ret;
}

static int __irq_set_affinity(unsigned int irq, const struct cpumask *mask, bool force)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned long flags;
	int ret = -EIO;

	if (!desc)
		return -EINVAL;
	raw_spin_lock_irqsave(&desc->lock, flags);
	if (__irq_can_set_affinity(desc))
		ret = irq_set_affinity_locked(&desc->irq_data, mask, force);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return ret;
}

/**
 * irq_set_affinity - which CPUs may serve a line
 * @irq: number
 * @cpumask: at least one of them online
 *
 * Context: any but NMI.
 * Return: 0, -EINVAL, -EIO if the line can't be routed, or the chip's answer.
 */
int irq_set_affinity(unsigned int irq, const struct cpumask *cpumask)
{
	return __irq_set_affinity(irq, cpumask, false);
}
EXPORT_SYMBOL_GPL(irq_set_affinity);

/**
 * irq_force_affinity - irq_set_affinity() to CPUs that need not be online yet
 * @irq: number
 * @cpumask: the CPUs
 *
 * Context: any but NMI; takes the descriptor's lock.
 * Return: 0; -EINVAL if there is no such line, -EIO if it can't be routed, or the chip's answer.
 */
int irq_force_affinity(unsigned int irq, const struct cpumask *cpumask)
{
	return __irq_set_affinity(irq, cpumask, true);
}
EXPORT_SYMBOL_GPL(irq_force_affinity);

/**
 * __irq_apply_affinity_hint - a driver says where its line had better be served
 * @irq: number
 * @m: the CPUs, kept by pointer; NULL to take the hint back
 * @setaffinity: also route the line there now, best effort
 *
 * Context: any but NMI; takes the descriptor's lock.
 * Return: 0, or -EINVAL if there is no such line, or it is one per CPU.
 */
int __irq_apply_affinity_hint(unsigned int irq, const struct cpumask *m, bool setaffinity)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags, IRQ_GET_DESC_CHECK_GLOBAL);

	if (!desc)
		return -EINVAL;
	desc->affinity_hint = m;
	irq_put_desc_unlock(desc, flags);
	if (m && setaffinity)
		__irq_set_affinity(irq, m, false);
	return 0;
}
EXPORT_SYMBOL_GPL(__irq_apply_affinity_hint);

/* Route a line that starts: where it was told to, or by default. desc->lock held. */
int irq_setup_affinity(struct irq_desc *desc)
{
	const struct cpumask *set = irq_default_affinity;
	struct cpumask mask;

	if (!__irq_can_set_affinity(desc))
		return 0;
	if (irqd_affinity_was_set(&desc->irq_data)) {
		if (cpumask_intersects(desc->irq_common_data.affinity, cpu_online_mask))
			set = desc->irq_common_data.affinity;
		else
			irqd_clear(&desc->irq_data, IRQD_AFFINITY_SET);
	}
	cpumask_and(&mask, cpu_online_mask, set);
	if (cpumask_empty(&mask))
		cpumask_copy(&mask, cpu_online_mask);
	return irq_do_set_affinity(&desc->irq_data, &mask, false);
}
