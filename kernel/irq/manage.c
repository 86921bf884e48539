// SPDX-License-Identifier: MIT
/*
 * What drivers ask of a line: handlers, on and off.
 *
 * free_irq() waits for handlers by synchronize_irq(): for INPROGRESS to end, then for
 * threads_active to reach 0.
 *
 * Lock order: desc->request_mutex, chip bus lock, desc->lock.
 */
#include <linux/interrupt.h>

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "internals.h"
/* ---- waiting for handlers ---- */

/* Until no handler of the line runs. A chip may know of one that has not arrived yet. */
static void __synchronize_hardirq(struct irq_desc *desc, bool sync_chip)
{
	struct irq_data *d = &desc->irq_data;
	bool inprogress;

	do {
		unsigned long flags;

		while (irqd_irq_inprogress(d))
			cpu_relax();
		/* Under the lock: the handler's end is before what the caller does next. */
		raw_spin_lock_irqsave(&desc->lock, flags);
		inprogress = irqd_irq_inprogress(d);
		if (!inprogress && sync_chip && d->chip->irq_get_irqchip_state)
			d->chip->irq_get_irqchip_state(d, IRQCHIP_STATE_ACTIVE, &inprogress);
		raw_spin_unlock_irqrestore(&desc->lock, flags);
	} while (inprogress);
}

/**
 * synchronize_hardirq - wait for a line's hard handlers
 * @irq: number
 *
 * The caller holds nothing that a handler wants.
 * Return: false if a thread handler is still at work.
 */
bool synchronize_hardirq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc)
		return true;
	__synchronize_hardirq(desc, false);
	return !atomic_read(&desc->threads_active);
}
EXPORT_SYMBOL(synchronize_hardirq);

static void __synchronize_irq(struct irq_desc *desc)
{
	__synchronize_hardirq(desc, true);
	wait_event(desc->wait_for_threads, !atomic_read(&desc->threads_active));
}

/**
 * synchronize_irq - wait for a line's handlers, threads too
 * @irq: number
 *
 * Context: may sleep. The caller holds nothing that a handler wants.
 */
void synchronize_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (desc)
		__synchronize_irq(desc);
}
EXPORT_SYMBOL(synchronize_irq);

/** wake_threads_waitq - a thread handler is done: with the last synchronize_irq() goes on */
void wake_threads_waitq(struct irq_desc *desc)
{
	if (atomic_dec_and_test(&desc->threads_active))
		wake_up(&desc->wait_for_threads);
}

/* ---- off and on ---- */

/* desc->lock held. */
void __disable_irq(struct irq_desc *desc)
{
	if (!desc->depth++)
		irq_disable(desc);
}

static bool __disable_irq_nosync(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags, IRQ_GET_DESC_CHECK_GLOBAL);

	if (!desc)
		return false;
	__disable_irq(desc);
	irq_put_desc_busunlock(desc, flags);
	return true;
}

/**
 * disable_irq_nosync - hold a line off; a handler may still be running
 * @irq: number
 *
 * Nests. Context: any but NMI.
 */
void disable_irq_nosync(unsigned int irq)
{
	__disable_irq_nosync(irq);
}
EXPORT_SYMBOL(disable_irq_nosync);

/**
 * disable_irq - hold a line off and wait for its handlers
 * @irq: number
 *
 * Nests. The caller holds nothing that a handler wants.
 *
 * Context: may sleep.
 */
void disable_irq(unsigned int irq)
{
	might_sleep();
	if (__disable_irq_nosync(irq))
		synchronize_irq(irq);
}
EXPORT_SYMBOL(disable_irq);

/**
 * disable_hardirq - disable_irq() that waits for hard handlers only
 * @irq: number
 *
 * Context: any but NMI and the handler itself.
 * Return: as synchronize_hardirq().
 */
bool disable_hardirq(unsigned int irq)
{
	return __disable_irq_nosync(irq) && synchronize_hardirq(irq);
}
EXPORT_SYMBOL_GPL(disable_hardirq);

/* desc->lock held. */
void __enable_irq(struct irq_desc *desc)
{
	switch (desc->depth) {
	case 0:
		WARN(1, "Unbalanced enable for IRQ %u\n", irq_desc_get_irq(desc));
		break;
	case 1:
		/* Never started, by IRQF_NO_AUTOEN: this starts it. */
		irq_startup(desc, true, true);
		break;
	default:
		desc->depth--;
	}
}

/**
 * enable_irq - undo one disable_irq(); the last one lets the line fire
 * @irq: number
 *
 * An edge that came meanwhile is made up for.
 *
 * Context: any but NMI, unless the chip sits behind a slow bus.
 */
void enable_irq(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags, IRQ_GET_DESC_CHECK_GLOBAL);

	if (!desc)
		return;
	if (!WARN(!desc->irq_data.chip, "enable_irq before setup/request_irq: irq %u\n", irq))
		__enable_irq(desc);
	irq_put_desc_busunlock(desc, flags);
}
EXPORT_SYMBOL(enable_irq);

/**
 * irq_set_irq_wake - may this line wake a sleeping machine?
 * @irq: number
 * @on: 1 yes, 0 no
 *
 * Context: takes the chip's bus lock, which may sleep, if it has one, then the descriptor's.
 * Return: 0; -EINVAL if there is no such line, or it is one per CPU; -ENXIO if the chip can't; else
 * the chip's answer.
 */
int irq_set_irq_wake(unsigned int irq, unsigned int on)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags, IRQ_GET_DESC_CHECK_GLOBAL);
	int ret = -ENXIO;

	if (!desc)
		return -EINVAL;
	if (desc->irq_data.chip->flags & IRQCHIP_SKIP_SET_WAKE)
		ret = 0;
	else if (desc->irq_data.chip->irq_set_wake)
		ret = desc->irq_data.chip->irq_set_wake(&desc->irq_data, on);
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL(irq_set_irq_wake);

/* Tell the chip the trigger type. desc->lock held. */
int __irq_set_trigger(struct irq_desc *desc, unsigned long flags)
{
	struct irq_chip *chip = desc->irq_data.chip;
	struct irq_data *d = &desc->irq_data;
	bool unmask = false;
	int ret;

	flags &= IRQ_TYPE_SENSE_MASK;
	/* A line whose type is fixed by the hardware needs no function for it. */
	if (!chip || !chip->irq_set_type) {
		irqd_set_trigger_type(d, flags);
		return 0;
	}
	if (chip->flags & IRQCHIP_SET_TYPE_MASKED) {
		unmask = !irqd_irq_disabled(d) && !irqd_irq_masked(d);
		mask_irq(desc);
	}

	ret = chip->irq_set_type(d, flags);
	switch (ret) {
	case IRQ_SET_MASK_OK:
	case IRQ_SET_MASK_OK_DONE:
		irqd_set_trigger_type(d, flags);
		fallthrough;
	case IRQ_SET_MASK_OK_NOCOPY:
		flags = irqd_get_trigger_type(d);
		irqd_clear(d, IRQD_LEVEL);
		irq_settings_clr_and_set(desc, IRQ_TYPE_SENSE_MASK | IRQ_LEVEL, flags);
		if (flags & IRQ_TYPE_LEVEL_MASK) {
			irq_settings_clr_and_set(desc, 0, IRQ_LEVEL);
			irqd_set(d, IRQD_LEVEL);
		}
		ret = 0;
		break;
	default:
		pr_err("Setting trigger mode %lu for irq %u failed (%pS)\n", flags,
		       irq_desc_get_irq(desc), chip->irq_set_type);
	}
	if (unmask)
		unmask_irq(desc);
	return ret;
}

/* ---- requesting ---- */

static int irq_request_resources(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	return d->chip->irq_request_resources ? d->chip->irq_request_resources(d) : 0;
}

static void irq_release_resources(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	if (d->chip->irq_release_resources)
		d->chip->irq_release_resources(d);
}

/* May @new share the line with those that have it? desc->lock held. */
static bool irq_can_share(struct irq_desc *desc, struct irqaction *old, struct irqaction *new)
{
	unsigned int oldtype = old->flags & IRQF_TRIGGER_MASK;

	if (irqd_trigger_type_was_set(&desc->irq_data))
		oldtype = irqd_get_trigger_type(&desc->irq_data);

	/* COND_ONESHOT: whatever the first one chose. */
	if (old->flags & new->flags & IRQF_SHARED && old->flags & IRQF_ONESHOT &&
	    new->flags & IRQF_COND_ONESHOT)
		new->flags |= IRQF_ONESHOT;

	return old->flags & new->flags & IRQF_SHARED &&
	       (!(new->flags & IRQF_TRIGGER_MASK) ||
		oldtype == (new->flags & IRQF_TRIGGER_MASK) || !oldtype) &&
	       !((old->flags ^ new->flags) & (IRQF_ONESHOT | IRQF_PERCPU));
}

/* A free bit for @new among the oneshot actions of the line. */
static int irq_choose_thread_mask(struct irq_desc *desc, struct irqaction *new,
				  unsigned long taken)
{
	if (new->flags & IRQF_ONESHOT) {
		if (taken == ~0UL)
			return -EBUSY;
		new->thread_mask = 1UL << ffz(taken);
		return 0;
	}
	/*
	 * Without a hard handler and without oneshot a level line would fire again at once, for
	 * ever, and the thread never run. A nested line doesn't fire itself.
	 */
	if (new->handler == irq_default_primary_handler && !irq_settings_is_nested_thread(desc) &&
	    !(desc->irq_data.chip->flags & IRQCHIP_ONESHOT_SAFE)) {
		pr_err("Threaded irq requested with handler=NULL and !ONESHOT for %s (irq %u)\n",
		       new->name, irq_desc_get_irq(desc));
		return -EINVAL;
	}
	return 0;
}

/* The first action of a line sets it up. desc->lock held. */
static int irq_setup_first(struct irq_desc *desc, struct irqaction *new)
{
	int ret;

	if (new->flags & IRQF_TRIGGER_MASK) {
		ret = __irq_set_trigger(desc, new->flags & IRQF_TRIGGER_MASK);
		if (ret)
			return ret;
	}
	ret = irq_activate(desc);
	if (ret)
		return ret;

	desc->istate &= ~(IRQS_SPURIOUS_DISABLED | IRQS_ONESHOT | IRQS_WAITING);
	irqd_clear(&desc->irq_data, IRQD_IRQ_INPROGRESS);
	if (new->flags & IRQF_PERCPU) {
		irqd_set(&desc->irq_data, IRQD_PER_CPU);
		irq_settings_clr_and_set(desc, 0, IRQ_PER_CPU);
	}
	if (new->flags & IRQF_ONESHOT)
		desc->istate |= IRQS_ONESHOT;
	if (new->flags & IRQF_NOBALANCING) {
		irq_settings_clr_and_set(desc, 0, IRQ_NO_BALANCING);
		irqd_set(&desc->irq_data, IRQD_NO_BALANCING);
	}
	return 0;
}

static void irq_start_first(struct irq_desc *desc, struct irqaction *new)
{
	if (!(new->flags & IRQF_NO_AUTOEN) && irq_settings_can_autoenable(desc))
		irq_startup(desc, true, false);
	else
		desc->depth = 1;
}

/* Put @new into the list. Mutex and bus lock held. */
static int irq_link_action(struct irq_desc *desc, struct irqaction *new)
{
	struct irqaction **link = &desc->action, *old = desc->action;
	unsigned long flags, taken = 0;
	bool shared = old;
	int ret = -EBUSY;

	raw_spin_lock_irqsave(&desc->lock, flags);
	if (old) {
		if (!irq_can_share(desc, old, new)) {
			if (!(new->flags & IRQF_PROBE_SHARED))
				pr_err("Flags mismatch irq %u. %08x (%s) vs. %08x (%s)\n",
				       irq_desc_get_irq(desc), new->flags, new->name,
				       old->flags, old->name);
			goto out_unlock;
		}
		for (; *link; link = &(*link)->next)
			taken |= (*link)->thread_mask;
	}
	ret = irq_choose_thread_mask(desc, new, taken);
	if (!ret && !shared)
		ret = irq_setup_first(desc, new);
	if (ret)
		goto out_unlock;

	/* Handlers walk the list without the lock: the node must be complete before it shows. */
	smp_store_release(link, new);
	desc->irq_count = 0;
	desc->irqs_unhandled = 0;
	if (!shared) {
		irq_start_first(desc, new);
	} else if (desc->istate & IRQS_SPURIOUS_DISABLED) {
		/* Shut off because nobody cared: now somebody may. */
		desc->istate &= ~IRQS_SPURIOUS_DISABLED;
		__enable_irq(desc);
	}
out_unlock:
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return ret;
}

int __setup_irq(unsigned int irq, struct irq_desc *desc, struct irqaction *new)
{
	int ret;

	if (desc->irq_data.chip == &no_irq_chip)
		return -ENOSYS;
	new->irq = irq;
	if (!(new->flags & IRQF_TRIGGER_MASK))
		new->flags |= irqd_get_trigger_type(&desc->irq_data);
	/* The type that the firmware gave counts, but it is no wish of the driver's. */
	if (irq_settings_is_nested_thread(desc)) {
		if (!new->thread_fn)
			return -EINVAL;
	} else if (new->thread_fn) {
		ret = setup_irq_thread(new, irq);
		if (ret)
			return ret;
	}
	/* A chip that cannot be asked twice needs no masking. */
	if (desc->irq_data.chip->flags & IRQCHIP_ONESHOT_SAFE)
		new->flags &= ~IRQF_ONESHOT;

	mutex_lock(&desc->request_mutex);
	chip_bus_lock(desc);
	ret = desc->action ? 0 : irq_request_resources(desc);
	if (!ret) {
		ret = irq_link_action(desc, new);
		if (ret && !desc->action)
			irq_release_resources(desc);
	}
	chip_bus_sync_unlock(desc);
	mutex_unlock(&desc->request_mutex);

	if (ret) {
		if (new->thread) {
			kthread_stop_put(new->thread);
			new->thread = NULL;
		}
		return ret;
	}
	wake_up_and_wait_for_irq_thread_ready(desc, new);
	return 0;
}

/**
 * request_threaded_irq - ask for a line
 * @irq: number
 * @handler: called in hard irq; NULL: just wakes the thread (needs IRQF_ONESHOT)
 * @thread_fn: called in a thread when @handler returns IRQ_WAKE_THREAD; NULL: no thread
 * @irqflags: IRQF_*
 * @devname: for show; must stay valid
 * @dev_id: handlers' argument; unique and not NULL when IRQF_SHARED
 *
 * The line is enabled before this returns (but with IRQF_NO_AUTOEN).
 * Context: may sleep.
 * Return: 0; -EINVAL no such line, no handler, flags that don't go together; -EBUSY taken and not
 * shared; -ENOSYS no controller; -ENOMEM; -ENOTCONN.
 */
int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long irqflags, const char *devname, void *dev_id)
{
	struct irqaction *action;
	struct irq_desc *desc;
	int ret;

	if (irq == IRQ_NOTCONNECTED)
		return -ENOTCONN;
	if (irqflags & IRQF_SHARED && (!dev_id || irqflags & IRQF_NO_AUTOEN))
		return -EINVAL;
	if (!(irqflags & IRQF_SHARED) && irqflags & IRQF_COND_SUSPEND)
		return -EINVAL;
	desc = irq_to_desc(irq);
	if (!desc || !irq_settings_can_request(desc) ||
	    WARN_ON(irq_settings_is_per_cpu_devid(desc)))
		return -EINVAL;
	if (!handler) {
		if (!thread_fn)
			return -EINVAL;
		handler = irq_default_primary_handler;
	}

	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->handler = handler;
	action->thread_fn = thread_fn;
	action->flags = irqflags;
	action->name = devname;
	action->dev_id = dev_id;

	ret = __setup_irq(irq, desc, action);
	if (ret)
		kfree(action);
	return ret;
}
EXPORT_SYMBOL(request_threaded_irq);

/**
 * request_any_context_irq - the same, in whichever context the line's controller needs
 *
 * Return: IRQC_IS_HARDIRQ or IRQC_IS_NESTED, that is in a thread; the errors of
 * request_threaded_irq().
 */
int request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			    const char *name, void *dev_id)
{
	struct irq_desc *desc = irq == IRQ_NOTCONNECTED ? NULL : irq_to_desc(irq);
	int ret;

	if (irq == IRQ_NOTCONNECTED)
		return -ENOTCONN;
	if (!desc)
		return -EINVAL;
	if (!irq_settings_is_nested_thread(desc)) {
		ret = request_irq(irq, handler, flags, name, dev_id);
		return ret ? ret : IRQC_IS_HARDIRQ;
	}
	ret = request_threaded_irq(irq, NULL, handler, flags, name, dev_id);
	return ret ? ret : IRQC_IS_NESTED;
}
EXPORT_SYMBOL_GPL(request_any_context_irq);

/* ---- giving back ---- */

/* Take @dev_id's action out of the list. Mutex and bus lock held. */
static struct irqaction *irq_unlink_action(struct irq_desc *desc, void *dev_id)
{
	struct irqaction **link, *action;
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	for (link = &desc->action; (action = *link); link = &action->next)
		if (action->dev_id == dev_id)
			break;
	if (action) {
		WRITE_ONCE(*link, action->next);
		if (!desc->action)
			irq_shutdown(desc);
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return action;
}

/* No thread of @action will run again: what it owed of a oneshot line is paid here. */
static void irq_thread_left(struct irq_desc *desc, struct irqaction *action)
{
	raw_spin_lock_irq(&desc->lock);
	desc->threads_oneshot &= ~action->thread_mask;
	if (desc->action && desc->istate & IRQS_ONESHOT && !desc->threads_oneshot &&
	    !irqd_irq_disabled(&desc->irq_data) && irqd_irq_masked(&desc->irq_data))
		unmask_threaded_irq(desc);
	raw_spin_unlock_irq(&desc->lock);
}

/**
 * free_irq - give a line back
 * @irq: number
 * @dev_id: as requested
 *
 * Returns when the handlers have run for the last time. The caller sees to it that its device
 * does not raise a shared line any more.
 * Context: may sleep.
 * Return: the name given with the request; NULL if there is no such action.
 */
const void *free_irq(unsigned int irq, void *dev_id)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	const char *name;

	if (!desc || WARN_ON(irq_settings_is_per_cpu_devid(desc)))
		return NULL;
	WARN(in_interrupt(), "Trying to free IRQ %u from IRQ context!\n", irq);

	mutex_lock(&desc->request_mutex);
	chip_bus_lock(desc);
	action = irq_unlink_action(desc, dev_id);
	chip_bus_sync_unlock(desc);
	if (!action) {
		mutex_unlock(&desc->request_mutex);
		WARN(1, "Trying to free already-free IRQ %u\n", irq);
		return NULL;
	}

	/*
	 * A handler that walks the list may still be at the action, whichever it is of those that
	 * share the line.
	 */
	__synchronize_hardirq(desc, true);
	if (action->thread) {
		kthread_stop_put(action->thread);
		irq_thread_left(desc, action);
	}

	if (!desc->action) {
		if (WARN(desc->affinity_notify, "IRQ %u is freed with its affinity notifier\n", irq))
			irq_set_affinity_notifier(irq, NULL);
		chip_bus_lock(desc);
		raw_spin_lock_irq(&desc->lock);
		irq_domain_deactivate_irq(&desc->irq_data);
		raw_spin_unlock_irq(&desc->lock);
		irq_release_resources(desc);
		chip_bus_sync_unlock(desc);
	}
	mutex_unlock(&desc->request_mutex);
	name = action->name;
	kfree(action);
	return name;
}
EXPORT_SYMBOL(free_irq);

/**
 * irq_has_action - has anybody requested the line?
 * @irq: number
 */
bool irq_has_action(unsigned int irq)
{
	return irq_desc_has_action(irq_to_desc(irq));
}
EXPORT_SYMBOL_GPL(irq_has_action);

/* ---- asking the controller ---- */

static struct irq_data *irqchip_state_data(struct irq_desc *desc, bool set)
{
	struct irq_data *d;

	for (d = &desc->irq_data; d; d = d->parent_data)
		if (d->chip && (set ? !!d->chip->irq_set_irqchip_state :
				      !!d->chip->irq_get_irqchip_state))
			return d;
	return NULL;
}

/**
 * irq_get_irqchip_state - ask the controller: pending, active, masked, level?
 * @irq: number
 * @which: IRQCHIP_STATE_*
 * @state: the answer
 *
 * Context: takes the chip's bus lock, which may sleep, if it has one, then the descriptor's.
 * Return: 0; -EINVAL if there is no such line, or no level of it can tell; or the chip's error.
 */
int irq_get_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool *state)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags, 0);
	struct irq_data *d;
	int ret = -EINVAL;

	if (!desc)
		return ret;
	d = irqchip_state_data(desc, false);
	if (d)
		ret = d->chip->irq_get_irqchip_state(d, which, state);
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL_GPL(irq_get_irqchip_state);

/**
 * irq_set_irqchip_state - have the controller make it pending, active or masked, or not
 * @irq: number
 * @which: IRQCHIP_STATE_*
 * @val: what it is to be
 *
 * Context: as irq_get_irqchip_state().
 * Return: likewise.
 */
int irq_set_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool val)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, &flags, 0);
	struct irq_data *d;
	int ret = -EINVAL;

	if (!desc)
		return ret;
	d = irqchip_state_data(desc, true);
	if (d)
		ret = d->chip->irq_set_irqchip_state(d, which, val);
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL_GPL(irq_set_irqchip_state);
