// SPDX-License-Identifier: MIT
/*
 * Flow handlers, and driving a line's chip.
 *
 * A flow handler knows what a kind of line needs round its handlers:
 *
 *	level	the device holds the line until served: mask and ack, handle, unmask
 *	edge	a pulse, lost if it comes twice unseen: ack at once, so that the next one is
 *		latched while handlers run; one that came meanwhile is handled in the same go
 *	fasteoi	the controller holds equal priorities back until told (GIC, IO-APIC): handle, eoi
 *	simple	a software line: handle
 *	percpu	one of each CPU, nobody else can interfere: ack, handle, eoi; no lock
 *
 * Disabling is lazy: a disabled line stays unmasked in hardware until it fires; the flow handler
 * then masks it and notes IRQS_PENDING, which enabling makes good. Most disable/enable pairs so
 * never touch the controller, and an edge in between is not lost.
 *
 * desc->lock serialises all of it; handlers run without, under IRQD_IRQ_INPROGRESS:
 *
 *	CPU 0: edge, handlers run		CPU 1: the same line again
 *	INPROGRESS, unlocked			sees INPROGRESS: PENDING, mask, return
 *	locked: PENDING? unmask, once more
 */
#include <linux/irq.h>

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>

#include "internals.h"

/* ---- chips that are none ---- */

static void noop(struct irq_data *data)
{
}

static unsigned int noop_ret(struct irq_data *data)
{
	return 0;
}

static void bad_chip_ack(struct irq_data *data)
{
	ack_bad_irq(data->irq);
}

/* A line without controller. */
struct irq_chip no_irq_chip = {
	.name		= "none",
	.irq_startup	= noop_ret,
	.irq_shutdown	= noop,
	.irq_enable	= noop,
	.irq_disable	= noop,
	.irq_ack	= bad_chip_ack,
	.flags		= IRQCHIP_SKIP_SET_WAKE,
};

/* A controller that wants nothing. */
struct irq_chip dummy_irq_chip = {
	.name		= "dummy",
	.irq_startup	= noop_ret,
	.irq_shutdown	= noop,
	.irq_enable	= noop,
	.irq_disable	= noop,
	.irq_ack	= noop,
	.irq_mask	= noop,
	.irq_unmask	= noop,
	.flags		= IRQCHIP_SKIP_SET_WAKE,
};
EXPORT_SYMBOL_GPL(dummy_irq_chip);

static irqreturn_t bad_chained_irq(int irq, void *dev_id)
{
	WARN_ONCE(1, "Chained irq %d should not call an action\n", irq);
	return IRQ_NONE;
}

/* Stands in desc->action of a line that feeds another controller. */
struct irqaction chained_action = {
	.handler = bad_chained_irq,
	.name = "chained",
};

/* ---- setting a line up ---- */

/**
 * irq_set_chip - which controller drives a line
 * @irq: number
 * @chip: its callbacks; NULL: one that does nothing
 *
 * Context: any but NMI; takes the descriptor's lock.
 * Return: 0, or -EINVAL if there is no such line.
 */
int irq_set_chip(unsigned int irq, const struct irq_chip *chip)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags, 0);

	if (!desc)
		return -EINVAL;
	desc->irq_data.chip = (struct irq_chip *)(chip ?: &no_irq_chip);
	irq_put_desc_unlock(desc, flags);
	return 0;
}
EXPORT_SYMBOL(irq_set_chip);

/**
 * irq_set_irq_type - how a line signals
 * @irq: number
 * @type: IRQ_TYPE_*
 *
 * Context: takes the chip's bus lock, which may sleep, if it has one, then the descriptor's.
 * Return: 0; -EINVAL if there is no such line, or it is one per CPU; or the chip's answer.
 */
int irq_set_irq_type(unsigned int irq, unsigned int type)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags, IRQ_GET_DESC_CHECK_GLOBAL);
	int ret;

	if (!desc)
		return -EINVAL;
	ret = __irq_set_trigger(desc, type);
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL(irq_set_irq_type);

/**
 * irq_set_handler_data - what the flow handler finds with irq_data_get_irq_handler_data()
 * @irq: number
 * @data: its own
 *
 * Context: any but NMI; takes the descriptor's lock.
 * Return: 0, or -EINVAL if there is no such line.
 */
int irq_set_handler_data(unsigned int irq, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags, 0);

	if (!desc)
		return -EINVAL;
	desc->irq_common_data.handler_data = data;
	irq_put_desc_unlock(desc, flags);
	return 0;
}
EXPORT_SYMBOL(irq_set_handler_data);

/**
 * irq_set_chip_data - what the chip's callbacks find with irq_data_get_irq_chip_data()
 * @irq: number
 * @data: the controller's own
 *
 * Context: any but NMI; takes the descriptor's lock.
 * Return: 0, or -EINVAL if there is no such line.
 */
int irq_set_chip_data(unsigned int irq, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags, 0);

	if (!desc)
		return -EINVAL;
	desc->irq_data.chip_data = data;
	irq_put_desc_unlock(desc, flags);
	return 0;
}
EXPORT_SYMBOL(irq_set_chip_data);

/**
 * irq_get_irq_data - a line as its outermost controller sees it
 * @irq: number
 *
 * Return: part of the descriptor, or NULL if there is no such line.
 */
struct irq_data *irq_get_irq_data(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? &desc->irq_data : NULL;
}
EXPORT_SYMBOL_GPL(irq_get_irq_data);

static void __irq_do_set_handler(struct irq_desc *desc, irq_flow_handler_t handle,
				 int is_chained, const char *name)
{
	if (!handle)
		handle = handle_bad_irq;
	if (handle == handle_bad_irq) {
		if (desc->irq_data.chip != &no_irq_chip)
			mask_irq(desc);
		irqd_set(&desc->irq_data, IRQD_IRQ_DISABLED);
		if (is_chained)
			desc->action = NULL;
		desc->depth = 1;
	}
	desc->handle_irq = handle;
	desc->name = name;

	if (handle != handle_bad_irq && is_chained) {
		unsigned int type = irqd_get_trigger_type(&desc->irq_data);

		/* The type may have been set before the chip was there to hear it. */
		if (type != IRQ_TYPE_NONE) {
			__irq_set_trigger(desc, type);
			desc->handle_irq = handle;
		}
		irq_settings_clr_and_set(desc, 0, IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOTHREAD);
		desc->action = &chained_action;
		irq_activate_and_startup(desc, false);
	}
}

/**
 * __irq_set_handler - which flow handler a line has
 * @irq: number; nothing happens if there is no such line
 * @handle: the handler; NULL masks the line and gives it to handle_bad_irq()
 * @is_chained: the line is another controller's input: it is started, and can't be requested
 * @name: for /proc/interrupts, kept by pointer, or NULL
 *
 * Context: takes the chip's bus lock, which may sleep, if it has one, then the descriptor's.
 */
void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained,
		       const char *name)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags, 0);

	if (!desc)
		return;
	__irq_do_set_handler(desc, handle, is_chained, name);
	irq_put_desc_busunlock(desc, flags);
}
EXPORT_SYMBOL_GPL(__irq_set_handler);

/**
 * irq_set_chained_handler_and_data - make a line another controller's input
 * @irq: number; nothing happens if there is no such line
 * @handle: finds out which of that controller's lines it is
 * @data: for @handle, set before the line is started
 *
 * Context: as __irq_set_handler().
 */
void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t handle, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags, 0);

	if (!desc)
		return;
	desc->irq_common_data.handler_data = data;
	__irq_do_set_handler(desc, handle, 1, NULL);
	irq_put_desc_busunlock(desc, flags);
}
EXPORT_SYMBOL_GPL(irq_set_chained_handler_and_data);

/**
 * irq_set_chip_and_handler_name - the controller and the flow of a line
 * @irq: number; nothing happens if there is no such line
 * @chip: the controller
 * @handle: the flow handler
 * @name: for /proc/interrupts, kept by pointer, or NULL
 *
 * Context: as __irq_set_handler().
 */
void irq_set_chip_and_handler_name(unsigned int irq, const struct irq_chip *chip,
				   irq_flow_handler_t handle, const char *name)
{
	irq_set_chip(irq, chip);
	__irq_set_handler(irq, handle, 0, name);
}
EXPORT_SYMBOL_GPL(irq_set_chip_and_handler_name);

/**
 * irq_modify_status - change IRQ_* settings of a line
 * @irq: number; nothing happens if there is no such line
 * @clr: those to clear
 * @set: those to set, afterwards
 *
 * Context: any but NMI; takes the descriptor's lock.
 */
void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, &flags, 0);
	u32 type;

	if (!desc)
		return;
	irq_settings_clr_and_set(desc, clr, set);

	/* The settings that chips may look at are mirrored in the data. */
	irqd_clear(&desc->irq_data, IRQD_NO_BALANCING | IRQD_PER_CPU | IRQD_LEVEL);
	if (desc->status_use_accessors & IRQ_NO_BALANCING)
		irqd_set(&desc->irq_data, IRQD_NO_BALANCING);
	if (irq_settings_is_per_cpu(desc))
		irqd_set(&desc->irq_data, IRQD_PER_CPU);
	if (desc->status_use_accessors & IRQ_LEVEL)
		irqd_set(&desc->irq_data, IRQD_LEVEL);
	type = desc->status_use_accessors & IRQ_TYPE_SENSE_MASK;
	if (type != IRQ_TYPE_NONE) {
		irqd_clear(&desc->irq_data, IRQD_TRIGGER_MASK);
		irqd_set(&desc->irq_data, type);
	}
	irq_put_desc_unlock(desc, flags);
}
EXPORT_SYMBOL_GPL(irq_modify_status);

/* ---- starting, stopping, masking: desc->lock held ---- */

int irq_activate(struct irq_desc *desc)
{
	return irq_domain_activate_irq(&desc->irq_data, false);
}

/**
 * irq_activate_and_startup - set a line up and let it fire; with @resend what came before is made
 * up for
 */
void irq_activate_and_startup(struct irq_desc *desc, bool resend)
{
	if (WARN_ON(irq_activate(desc)))
		return;
	irq_startup(desc, resend, true);
}

static int __irq_startup(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;
	int ret = 0;

	WARN_ON_ONCE(!irqd_is_activated(d));
	if (d->chip->irq_startup) {
		ret = d->chip->irq_startup(d);
		irqd_clear(d, IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED);
	} else {
		irq_enable(desc);
	}
	irqd_set(d, IRQD_IRQ_STARTED);
	return ret;
}

/**
 * irq_startup - let a line fire
 * @desc: locked
 * @resend: make up for what came while it was off
 * @force: unused; kept for callers that say so
 *
 * Return: what the chip's irq_startup() returned, else 0.
 */
int irq_startup(struct irq_desc *desc, bool resend, bool force)
{
	struct irq_data *d = &desc->irq_data;
	int ret = 0;

	desc->depth = 0;
	if (irqd_is_started(d)) {
		irq_enable(desc);
	} else {
		if (d->chip->flags & IRQCHIP_AFFINITY_PRE_STARTUP)
			irq_setup_affinity(desc);
		ret = __irq_startup(desc);
		if (!(d->chip->flags & IRQCHIP_AFFINITY_PRE_STARTUP))
			irq_setup_affinity(desc);
	}
	if (resend)
		check_irq_resend(desc, false);
	return ret;
}

/** irq_shutdown - stop a line for good */
void irq_shutdown(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	if (!irqd_is_started(d))
		return;
	desc->depth = 1;
	if (d->chip->irq_shutdown) {
		d->chip->irq_shutdown(d);
		irqd_set(d, IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED);
	} else {
		irqd_set(d, IRQD_IRQ_DISABLED);
		if (d->chip->irq_disable) {
			d->chip->irq_disable(d);
			irqd_set(d, IRQD_IRQ_MASKED);
		} else {
			mask_irq(desc);
		}
	}
	irqd_clear(d, IRQD_IRQ_STARTED);
}

/** irq_enable - let a line fire. Context: the descriptor's lock held; so for the next ones */
void irq_enable(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	if (!irqd_irq_disabled(d)) {
		unmask_irq(desc);
		return;
	}
	irqd_clear(d, IRQD_IRQ_DISABLED);
	if (d->chip->irq_enable) {
		d->chip->irq_enable(d);
		irqd_clear(d, IRQD_IRQ_MASKED);
	} else {
		unmask_irq(desc);
	}
}

/* Lazily, unless the chip or the line wants it at once. */
void irq_disable(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	if (irqd_irq_disabled(d)) {
		if (irq_settings_disable_unlazy(desc))
			mask_irq(desc);
		return;
	}
	irqd_set(d, IRQD_IRQ_DISABLED);
	if (d->chip->irq_disable) {
		d->chip->irq_disable(d);
		irqd_set(d, IRQD_IRQ_MASKED);
	} else if (irq_settings_disable_unlazy(desc)) {
		mask_irq(desc);
	}
}

/** irq_percpu_enable - let a per-CPU line fire on this CPU */
void irq_percpu_enable(struct irq_desc *desc, unsigned int cpu)
{
	if (desc->irq_data.chip->irq_enable)
		desc->irq_data.chip->irq_enable(&desc->irq_data);
	else
		desc->irq_data.chip->irq_unmask(&desc->irq_data);
	cpumask_set_cpu(cpu, desc->percpu_enabled);
}

/** irq_percpu_disable - let a per-CPU line not fire on this CPU */
void irq_percpu_disable(struct irq_desc *desc, unsigned int cpu)
{
	if (desc->irq_data.chip->irq_disable)
		desc->irq_data.chip->irq_disable(&desc->irq_data);
	else
		desc->irq_data.chip->irq_mask(&desc->irq_data);
	cpumask_clear_cpu(cpu, desc->percpu_enabled);
}

/** mask_irq - mask a line at the controller, if it isn't */
void mask_irq(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	if (irqd_irq_masked(d) || !d->chip->irq_mask)
		return;
	d->chip->irq_mask(d);
	irqd_set(d, IRQD_IRQ_MASKED);
}

static void mask_ack_irq(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	if (d->chip->irq_mask_ack) {
		d->chip->irq_mask_ack(d);
		irqd_set(d, IRQD_IRQ_MASKED);
		return;
	}
	mask_irq(desc);
	if (d->chip->irq_ack)
		d->chip->irq_ack(d);
}

/** unmask_irq - unmask a line at the controller, if it is masked */
void unmask_irq(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	if (!irqd_irq_masked(d))
		return;
	if (d->chip->irq_unmask) {
		d->chip->irq_unmask(d);
		irqd_clear(d, IRQD_IRQ_MASKED);
	}
}

/* The last thread of a oneshot line is done. */
void unmask_threaded_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;

	if (chip->flags & IRQCHIP_EOI_THREADED)
		chip->irq_eoi(&desc->irq_data);
	unmask_irq(desc);
}

/**
 * check_irq_resend - a line comes on: make good what came while it was off
 * @desc: locked
 * @inject: fire even if nothing is pending
 *
 * Level lines need no help: the device still holds them.
 * Return: 0, -EINVAL for a level line, -EBUSY if it is under way.
 */
int check_irq_resend(struct irq_desc *desc, bool inject)
{
	struct irq_data *d = &desc->irq_data;

	if (irqd_is_level_type(d)) {
		desc->istate &= ~IRQS_PENDING;
		return -EINVAL;
	}
	if (desc->istate & IRQS_REPLAY)
		return -EBUSY;
	if (!(desc->istate & IRQS_PENDING) && !inject)
		return 0;
	desc->istate &= ~IRQS_PENDING;

	if (d->chip->irq_retrigger && d->chip->irq_retrigger(d)) {
		desc->istate |= IRQS_REPLAY;
		return 0;
	}
	if (irq_chip_retrigger_hierarchy(d) > 0) {
		desc->istate |= IRQS_REPLAY;
		return 0;
	}
	return -EINVAL;
}

/* ---- flow handlers ---- */

/* May the handlers run now? If they run on another CPU they don't; the caller deals with it. */
static bool irq_may_run(struct irq_desc *desc)
{
	return !irqd_irq_inprogress(&desc->irq_data);
}

static bool irq_can_handle_actions(struct irq_desc *desc)
{
	desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
	if (unlikely(!desc->action || irqd_irq_disabled(&desc->irq_data))) {
		desc->istate |= IRQS_PENDING;
		return false;
	}
	return true;
}

/**
 * handle_simple_irq - flow of a line that needs no acknowledging
 * @desc: the line
 *
 * Context: hard irq, interrupts off; so for all flow handlers.
 */
void handle_simple_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	if (irq_may_run(desc)) {
		__kstat_incr_irqs(desc);
		if (irq_can_handle_actions(desc))
			handle_irq_event(desc);
	}
	raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL_GPL(handle_simple_irq);

/**
 * handle_untracked_irq - flow of a line that several CPUs may serve at a time: no spurious check,
 * no second round
 * @desc: the line
 */
void handle_untracked_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	if (!irq_may_run(desc) || !irq_can_handle_actions(desc)) {
		raw_spin_unlock(&desc->lock);
		return;
	}
	desc->istate &= ~IRQS_PENDING;
	__kstat_incr_irqs(desc);
	irqd_set(&desc->irq_data, IRQD_IRQ_INPROGRESS);
	raw_spin_unlock(&desc->lock);

	__handle_irq_event_percpu(desc);

	raw_spin_lock(&desc->lock);
	irqd_clear(&desc->irq_data, IRQD_IRQ_INPROGRESS);
	raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL_GPL(handle_untracked_irq);

/* A oneshot line stays masked while a thread has it. */
static void cond_unmask_irq(struct irq_desc *desc)
{
	if (!irqd_irq_disabled(&desc->irq_data) && irqd_irq_masked(&desc->irq_data) &&
	    !desc->threads_oneshot)
		unmask_irq(desc);
}

/**
 * handle_level_irq - flow of a line that the device holds until it is served: masked meanwhile
 * @desc: the line
 */
void handle_level_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	mask_ack_irq(desc);
	if (!irq_may_run(desc))
		goto out_unlock;
	__kstat_incr_irqs(desc);
	/* Disabled: it stays masked. */
	if (!irq_can_handle_actions(desc))
		goto out_unlock;
	handle_irq_event(desc);
	cond_unmask_irq(desc);
out_unlock:
	raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL_GPL(handle_level_irq);

static void cond_unmask_eoi_irq(struct irq_desc *desc, struct irq_chip *chip)
{
	if (!(desc->istate & IRQS_ONESHOT)) {
		chip->irq_eoi(&desc->irq_data);
		return;
	}
	/* No thread was woken, or the line may be ended while one still runs. */
	if (!irqd_irq_disabled(&desc->irq_data) && irqd_irq_masked(&desc->irq_data) &&
	    !desc->threads_oneshot) {
		chip->irq_eoi(&desc->irq_data);
		unmask_irq(desc);
	} else if (!(chip->flags & IRQCHIP_EOI_THREADED)) {
		chip->irq_eoi(&desc->irq_data);
	}
}

/**
 * handle_fasteoi_irq - flow of a controller that needs only to be told of the end
 * @desc: the line
 */
void handle_fasteoi_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;

	raw_spin_lock(&desc->lock);
	/*
	 * The routing changed under way and it fires on a second CPU: the first one's handlers
	 * will see the device anyhow, if it is level; an edge is made up for afterwards.
	 */
	if (!irq_may_run(desc)) {
		desc->istate |= IRQS_PENDING;
		goto out_eoi;
	}
	if (!irq_can_handle_actions(desc)) {
		mask_irq(desc);
		goto out_eoi;
	}
	__kstat_incr_irqs(desc);
	if (desc->istate & IRQS_ONESHOT)
		mask_irq(desc);
	handle_irq_event(desc);
	cond_unmask_eoi_irq(desc, chip);
	if (unlikely(desc->istate & IRQS_PENDING))
		check_irq_resend(desc, false);
	raw_spin_unlock(&desc->lock);
	return;

out_eoi:
	if (!(chip->flags & IRQCHIP_EOI_IF_HANDLED))
		chip->irq_eoi(&desc->irq_data);
	raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_irq);

/* Handlers of an edge line, again while new edges come. Locked. */
static void handle_edge_actions(struct irq_desc *desc)
{
	do {
		if (unlikely(!desc->action)) {
			mask_irq(desc);
			return;
		}
		/* An edge that came on another CPU while we were at it masked the line. */
		if (unlikely(desc->istate & IRQS_PENDING) &&
		    !irqd_irq_disabled(&desc->irq_data) && irqd_irq_masked(&desc->irq_data))
			unmask_irq(desc);
		handle_irq_event(desc);
	} while (desc->istate & IRQS_PENDING && !irqd_irq_disabled(&desc->irq_data));
}

/**
 * handle_edge_irq - flow of a pulse: acknowledged first, so that the next one is seen
 * @desc: the line
 */
void handle_edge_irq(struct irq_desc *desc)
{
	raw_spin_lock(&desc->lock);
	if (!irq_may_run(desc)) {
		desc->istate |= IRQS_PENDING;
		mask_ack_irq(desc);
		goto out_unlock;
	}
	if (!irq_can_handle_actions(desc)) {
		mask_ack_irq(desc);
		goto out_unlock;
	}
	__kstat_incr_irqs(desc);
	if (desc->irq_data.chip->irq_ack)
		desc->irq_data.chip->irq_ack(&desc->irq_data);
	handle_edge_actions(desc);
out_unlock:
	raw_spin_unlock(&desc->lock);
}
EXPORT_SYMBOL(handle_edge_irq);

/**
 * handle_percpu_irq - flow of a line of this CPU alone: no lock
 * @desc: the line
 */
void handle_percpu_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = irq_desc_get_chip(desc);

	__kstat_incr_irqs(desc);
	if (chip->irq_ack)
		chip->irq_ack(&desc->irq_data);
	handle_irq_event_percpu(desc);
	if (chip->irq_eoi)
		chip->irq_eoi(&desc->irq_data);
}

/**
 * handle_percpu_devid_irq - handle_percpu_irq(), each CPU with its own dev_id
 * @desc: the line
 */
void handle_percpu_devid_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = irq_desc_get_chip(desc);
	struct irqaction *action = desc->action;
	unsigned int irq = irq_desc_get_irq(desc);
	unsigned int cpu = smp_processor_id();

	__kstat_incr_irqs(desc);
	if (chip->irq_ack)
		chip->irq_ack(&desc->irq_data);

	if (likely(action)) {
		action->handler(irq, raw_cpu_ptr(action->percpu_dev_id));
	} else {
		bool enabled = cpumask_test_cpu(cpu, desc->percpu_enabled);

		if (enabled)
			irq_percpu_disable(desc, cpu);
		pr_err_once("Spurious%s percpu IRQ%u on CPU%u\n",
			    enabled ? " and unmasked" : "", irq, cpu);
	}
	if (chip->irq_eoi)
		chip->irq_eoi(&desc->irq_data);
}

/**
 * handle_nested_irq - a line behind a slow bus, from the thread of the line above
 * @irq: number
 *
 * Context: task; only thread handlers are called.
 */
void handle_nested_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	irqreturn_t ret = IRQ_NONE;

	might_sleep();
	raw_spin_lock_irq(&desc->lock);
	desc->istate &= ~(IRQS_REPLAY | IRQS_WAITING);
	if (unlikely(!desc->action || irqd_irq_disabled(&desc->irq_data))) {
		desc->istate |= IRQS_PENDING;
		raw_spin_unlock_irq(&desc->lock);
		return;
	}
	__kstat_incr_irqs(desc);
	atomic_inc(&desc->threads_active);
	raw_spin_unlock_irq(&desc->lock);

	for_each_action_of_desc(desc, action)
		ret |= action->thread_fn(action->irq, action->dev_id);
	note_interrupt(desc, ret);
	wake_threads_waitq(desc);
}
EXPORT_SYMBOL_GPL(handle_nested_irq);
