/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_IRQ_INTERNALS_H
#define _KERNEL_IRQ_INTERNALS_H

/*
 * Between the files of this folder.
 *
 * A line's state is in two words. common->state_use_accessors (IRQD_*) is what chips may look at;
 * core_internal_state (IRQS_*) and status_use_accessors (IRQ_*, the settings) are ours. All are
 * changed under desc->lock.
 */

#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>

#define istate core_internal_state__do_not_mess_with_it

/* action->thread_flags, bit numbers */
enum {
	IRQTF_RUNTHREAD,	/* the thread shall run its handler */
	IRQTF_WARNED,		/* complained about a missing thread function */
	IRQTF_AFFINITY,		/* the thread shall follow the line's affinity */
	IRQTF_READY,		/* the thread has started */
};

/* desc->istate */
enum {
	IRQS_SPURIOUS_DISABLED	= 0x00000002,	/* nobody handled it: shut off */
	IRQS_ONESHOT		= 0x00000020,	/* masked until the threads have run */
	IRQS_REPLAY		= 0x00000040,	/* being made to fire again */
	IRQS_WAITING		= 0x00000080,
	IRQS_PENDING		= 0x00000200,	/* came while disabled or in progress */
	IRQS_SUSPENDED		= 0x00000800,
};

extern struct irqaction chained_action;

#define for_each_action_of_desc(desc, act)	\
	for (act = (desc)->action; act; act = act->next)

/* chip.c */
int irq_activate(struct irq_desc *desc);
void irq_activate_and_startup(struct irq_desc *desc, bool resend);
int irq_startup(struct irq_desc *desc, bool resend, bool force);
void irq_shutdown(struct irq_desc *desc);
void irq_enable(struct irq_desc *desc);
void irq_disable(struct irq_desc *desc);
void irq_percpu_enable(struct irq_desc *desc, unsigned int cpu);
void irq_percpu_disable(struct irq_desc *desc, unsigned int cpu);
void mask_irq(struct irq_desc *desc);
void unmask_irq(struct irq_desc *desc);
void unmask_threaded_irq(struct irq_desc *desc);
int check_irq_resend(struct irq_desc *desc, bool inject);

/* handle.c */
irqreturn_t __handle_irq_event_percpu(struct irq_desc *desc);
irqreturn_t handle_irq_event_percpu(struct irq_desc *desc);
irqreturn_t handle_irq_event(struct irq_desc *desc);
void __irq_wake_thread(struct irq_desc *desc, struct irqaction *action);

/* manage.c */
int __irq_set_trigger(struct irq_desc *desc, unsigned long flags);
void __disable_irq(struct irq_desc *desc);
void __enable_irq(struct irq_desc *desc);
int irq_do_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force);
int irq_setup_affinity(struct irq_desc *desc);
void irq_set_thread_affinity(struct irq_desc *desc);
void wake_threads_waitq(struct irq_desc *desc);

/* spurious.c */
void note_interrupt(struct irq_desc *desc, irqreturn_t action_ret);

/* irqdesc.c */
void __kstat_incr_irqs(struct irq_desc *desc);

/* Locking a descriptor, with the slow bus of its chip if it has one. */
#define _IRQ_DESC_CHECK		(1 << 0)
#define _IRQ_DESC_PERCPU	(1 << 1)
#define IRQ_GET_DESC_CHECK_GLOBAL	(_IRQ_DESC_CHECK)
#define IRQ_GET_DESC_CHECK_PERCPU	(_IRQ_DESC_CHECK | _IRQ_DESC_PERCPU)

struct irq_desc *__irq_get_desc_lock(unsigned int irq, unsigned long *flags, bool bus,
				     unsigned int check);
void __irq_put_desc_unlock(struct irq_desc *desc, unsigned long flags, bool bus);

/* manage.c */
int __setup_irq(unsigned int irq, struct irq_desc *desc, struct irqaction *new);

/* thread.c */
irqreturn_t irq_default_primary_handler(int irq, void *dev_id);
void wake_up_and_wait_for_irq_thread_ready(struct irq_desc *desc, struct irqaction *action);
int setup_irq_thread(struct irqaction *new, unsigned int irq);

static inline struct irq_desc *irq_get_desc_buslock(unsigned int irq, unsigned long *flags,
						    unsigned int check)
{
	return __irq_get_desc_lock(irq, flags, true, check);
}

static inline void irq_put_desc_busunlock(struct irq_desc *desc, unsigned long flags)
{
	__irq_put_desc_unlock(desc, flags, true);
}

static inline struct irq_desc *irq_get_desc_lock(unsigned int irq, unsigned long *flags,
						 unsigned int check)
{
	return __irq_get_desc_lock(irq, flags, false, check);
}

static inline void irq_put_desc_unlock(struct irq_desc *desc, unsigned long flags)
{
	__irq_put_desc_unlock(desc, flags, false);
}

static inline void chip_bus_lock(struct irq_desc *desc)
{
	if (unlikely(desc->irq_data.chip->irq_bus_lock))
		desc->irq_data.chip->irq_bus_lock(&desc->irq_data);
}

static inline void chip_bus_sync_unlock(struct irq_desc *desc)
{
	if (unlikely(desc->irq_data.chip->irq_bus_sync_unlock))
		desc->irq_data.chip->irq_bus_sync_unlock(&desc->irq_data);
}

static inline void irqd_set(struct irq_data *d, unsigned int mask)
{
	__irqd_to_state(d) |= mask;
}

static inline void irqd_clear(struct irq_data *d, unsigned int mask)
{
	__irqd_to_state(d) &= ~mask;
}

static inline bool irqd_has_set(struct irq_data *d, unsigned int mask)
{
	return __irqd_to_state(d) & mask;
}

/* The settings. */

static inline bool irq_settings_is_per_cpu_devid(struct irq_desc *desc)
{
	return desc->status_use_accessors & IRQ_PER_CPU_DEVID;
}

static inline bool irq_settings_is_per_cpu(struct irq_desc *desc)
{
	return desc->status_use_accessors & IRQ_PER_CPU;
}

static inline bool irq_settings_can_request(struct irq_desc *desc)
{
	return !(desc->status_use_accessors & IRQ_NOREQUEST);
}

static inline bool irq_settings_can_autoenable(struct irq_desc *desc)
{
	return !(desc->status_use_accessors & IRQ_NOAUTOEN);
}

static inline bool irq_settings_disable_unlazy(struct irq_desc *desc)
{
	return desc->status_use_accessors & IRQ_DISABLE_UNLAZY;
}

static inline bool irq_settings_is_nested_thread(struct irq_desc *desc)
{
	return desc->status_use_accessors & IRQ_NESTED_THREAD;
}

static inline bool irq_settings_is_polled(struct irq_desc *desc)
{
	return desc->status_use_accessors & IRQ_IS_POLLED;
}

static inline void irq_settings_clr_and_set(struct irq_desc *desc, u32 clr, u32 set)
{
	desc->status_use_accessors &= ~(clr & IRQF_MODIFY_MASK);
	desc->status_use_accessors |= set & IRQF_MODIFY_MASK;
}

static inline bool irq_desc_is_chained(struct irq_desc *desc)
{
	return desc->action && desc->action == &chained_action;
}

/* irqdomain.c, for hierarchies */
struct irq_domain;
void irq_domain_set_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
			    struct irq_data *irq_data);
void irq_domain_clear_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
			      struct irq_data *irq_data);

#endif /* _KERNEL_IRQ_INTERNALS_H */
