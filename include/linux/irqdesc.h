/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQDESC_H
#define _LINUX_IRQDESC_H

/* All there is to know about one interrupt line. */

#include <linux/irq.h>
#include <linux/irqhandler.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/wait.h>

struct irq_desc;
struct irq_domain;
struct irqaction;
struct module;
struct pt_regs;

/* Count per CPU, kept apart for the lock-free reader. */
struct irqstat {
	unsigned int cnt;
};

/**
 * struct irq_desc - one line
 * @irq_common_data: what all levels of a hierarchy share: affinity, handler data, state
 * @irq_data: the outermost level: what chip functions get
 * @kstat_irqs: counts per CPU
 * @handle_irq: the flow handler: how the line wants to be acknowledged
 * @action: the handlers; changed under @lock with @request_mutex held
 * @status_use_accessors: IRQ_* of irq.h
 * @core_internal_state__do_not_mess_with_it: IRQS_* of kernel/irq/internals.h
 * @depth: how many disable_irq() are outstanding
 * @tot_count: interrupts on any CPU, for lines that only one CPU at a time serves
 * @irq_count: since the last look of the spurious check
 * @last_unhandled: when one was last unhandled
 * @irqs_unhandled: of @irq_count
 * @lock: guards everything here that has no other guard; irqs off
 * @percpu_enabled: on which CPUs a per-CPU line is enabled
 * @percpu_affinity: on which CPUs it exists
 * @affinity_hint: a driver's wish, for show
 * @affinity_notify: who is told when the line is routed elsewhere, or NULL
 * @threads_oneshot: thread_mask bits of threads that have yet to finish
 * @threads_active: thread handlers woken and not yet done
 * @wait_for_threads: where synchronize_irq() sleeps
 * @request_mutex: serialises request_irq() and free_irq()
 * @parent_irq: the line this one is demultiplexed from
 * @name: of the flow, for show
 */
struct irq_desc {
	struct irq_common_data irq_common_data;
	struct irq_data irq_data;
	struct irqstat __percpu *kstat_irqs;
	irq_flow_handler_t handle_irq;
	struct irqaction *action;
	unsigned int status_use_accessors;
	unsigned int core_internal_state__do_not_mess_with_it;
	unsigned int depth;
	unsigned int tot_count;
	unsigned int irq_count;
	unsigned long last_unhandled;
	unsigned int irqs_unhandled;
	raw_spinlock_t lock;
	struct cpumask *percpu_enabled;
	const struct cpumask *percpu_affinity;
	const struct cpumask *affinity_hint;
	struct irq_affinity_notify *affinity_notify;
	unsigned long threads_oneshot;
	atomic_t threads_active;
	wait_queue_head_t wait_for_threads;
	struct rcu_head rcu;
	struct mutex request_mutex;
	int parent_irq;
	struct module *owner;
	const char *name;
} ____cacheline_internodealigned_in_smp;

/** irq_data_to_desc - the descriptor of a line, from any of its levels */
static inline struct irq_desc *irq_data_to_desc(struct irq_data *data)
{
	return container_of(data->common, struct irq_desc, irq_common_data);
}

/** irq_desc_get_irq - a line's number */
static inline unsigned int irq_desc_get_irq(struct irq_desc *desc)
{
	return desc->irq_data.irq;
}

/** irq_desc_get_irq_data - a line as its outermost controller sees it */
static inline struct irq_data *irq_desc_get_irq_data(struct irq_desc *desc)
{
	return &desc->irq_data;
}

/** irq_desc_get_chip - a line's outermost controller */
static inline struct irq_chip *irq_desc_get_chip(struct irq_desc *desc)
{
	return desc->irq_data.chip;
}

/** irq_desc_get_chip_data - what irq_set_chip_data() said */
static inline void *irq_desc_get_chip_data(struct irq_desc *desc)
{
	return desc->irq_data.chip_data;
}

/** irq_desc_get_handler_data - what irq_set_handler_data() said */
static inline void *irq_desc_get_handler_data(struct irq_desc *desc)
{
	return desc->irq_common_data.handler_data;
}

/** irq_desc_has_action - has anybody requested the line? Not if it is NULL */
static inline int irq_desc_has_action(struct irq_desc *desc)
{
	return desc && desc->action != NULL;
}

unsigned int irq_desc_kstat_cpu(struct irq_desc *desc, unsigned int cpu);
unsigned int kstat_irqs_cpu(unsigned int irq, int cpu);
unsigned int kstat_irqs_usr(unsigned int irq);

/** generic_handle_irq_desc - run the flow handler of a line. Context: hard irq, interrupts off */
static inline void generic_handle_irq_desc(struct irq_desc *desc)
{
	desc->handle_irq(desc);
}

int handle_irq_desc(struct irq_desc *desc);
int generic_handle_irq(unsigned int irq);
int generic_handle_irq_safe(unsigned int irq);
int generic_handle_domain_irq(struct irq_domain *domain, unsigned int hwirq);
int generic_handle_domain_irq_safe(struct irq_domain *domain, unsigned int hwirq);

/**
 * irq_set_handler_locked - the flow handler, for code that has the descriptor's lock, as
 * irq_set_type() callbacks do
 */
static inline void irq_set_handler_locked(struct irq_data *data, irq_flow_handler_t handler)
{
	irq_data_to_desc(data)->handle_irq = handler;
}

/**
 * irq_set_chip_handler_name_locked - controller, flow handler and its name, with the descriptor's
 * lock held
 */
static inline void irq_set_chip_handler_name_locked(struct irq_data *data,
						    const struct irq_chip *chip,
						    irq_flow_handler_t handler, const char *name)
{
	struct irq_desc *desc = irq_data_to_desc(data);

	desc->handle_irq = handler;
	desc->name = name;
	data->chip = (struct irq_chip *)chip;
}

bool irq_check_status_bit(unsigned int irq, unsigned int bitmask);

void __irq_set_lockdep_class(unsigned int irq, struct lock_class_key *lock_class,
			     struct lock_class_key *request_class);

/** irq_set_lockdep_class - __irq_set_lockdep_class(), if there is a lockdep */
static inline void irq_set_lockdep_class(unsigned int irq, struct lock_class_key *lock_class,
					 struct lock_class_key *request_class)
{
	if (IS_ENABLED(CONFIG_LOCKDEP))
		__irq_set_lockdep_class(irq, lock_class, request_class);
}

#endif /* _LINUX_IRQDESC_H */
