/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

/*
 * For those who implement interrupt controllers.
 *
 * Four things meet in a line's descriptor:
 *
 *   irq_chip	how this controller masks, acknowledges, ends and routes
 *   flow	which of these to call around the handlers: handle_level_irq() and its sisters
 *   irqaction	the device drivers' handlers
 *   irq_domain	the controller's own numbering (hwirq) translated to ours (irq)
 *
 * A chip's functions are called with the descriptor's lock held and interrupts off, except
 * irq_bus_lock/unlock, which may sleep.
 */

#include <linux/cache.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/irqhandler.h>
#include <linux/irqnr.h>
#include <linux/irqreturn.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/topology.h>

#include <asm/irq.h>
#include <asm/irq_regs.h>
#include <asm/ptrace.h>

struct irq_chip;
struct irq_data;
struct irq_desc;
struct irq_domain;
struct irqaction;
struct module;
struct msi_msg;
struct seq_file;
enum irqchip_irq_state;

/* The trigger types, and line status bits above them. */
enum {
	IRQ_TYPE_NONE		= 0x00000000,
	IRQ_TYPE_EDGE_RISING	= 0x00000001,
	IRQ_TYPE_EDGE_FALLING	= 0x00000002,
	IRQ_TYPE_EDGE_BOTH	= (IRQ_TYPE_EDGE_FALLING | IRQ_TYPE_EDGE_RISING),
	IRQ_TYPE_LEVEL_HIGH	= 0x00000004,
	IRQ_TYPE_LEVEL_LOW	= 0x00000008,
	IRQ_TYPE_LEVEL_MASK	= (IRQ_TYPE_LEVEL_LOW | IRQ_TYPE_LEVEL_HIGH),
	IRQ_TYPE_SENSE_MASK	= 0x0000000f,
	IRQ_TYPE_DEFAULT	= IRQ_TYPE_SENSE_MASK,

	IRQ_TYPE_PROBE		= 0x00000010,

	IRQ_LEVEL		= 1 << 8,	/* level triggered */
	IRQ_PER_CPU		= 1 << 9,	/* one of each CPU, served there only */
	IRQ_NOPROBE		= 1 << 10,
	IRQ_NOREQUEST		= 1 << 11,	/* request_irq() says -EINVAL */
	IRQ_NOAUTOEN		= 1 << 12,	/* request_irq() leaves it disabled */
	IRQ_NO_BALANCING	= 1 << 13,	/* its affinity is fixed */
	IRQ_NESTED_THREAD	= 1 << 15,
	IRQ_NOTHREAD		= 1 << 16,
	IRQ_PER_CPU_DEVID	= 1 << 17,	/* dev_id is per-CPU */
	IRQ_IS_POLLED		= 1 << 18,
	IRQ_DISABLE_UNLAZY	= 1 << 19,	/* disable_irq() masks at once */
	IRQ_HIDDEN		= 1 << 20,
	IRQ_NO_DEBUG		= 1 << 21,
};

#define IRQF_MODIFY_MASK	\
	(IRQ_TYPE_SENSE_MASK | IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOAUTOEN | IRQ_LEVEL | \
	 IRQ_NO_BALANCING | IRQ_PER_CPU | IRQ_NESTED_THREAD | IRQ_NOTHREAD | \
	 IRQ_PER_CPU_DEVID | IRQ_IS_POLLED | IRQ_DISABLE_UNLAZY | IRQ_HIDDEN | IRQ_NO_DEBUG)

#define IRQ_NO_BALANCING_MASK	(IRQ_PER_CPU | IRQ_NO_BALANCING)

/* What irq_set_affinity() of a chip may answer; positive values are good. */
enum {
	IRQ_SET_MASK_OK = 0,		/* the core copies the mask */
	IRQ_SET_MASK_OK_NOCOPY,		/* the chip has done so */
	IRQ_SET_MASK_OK_DONE,		/* the same for a stack of chips */
};

/**
 * struct irq_common_data - what every level of a hierarchy of chips shares
 * @state_use_accessors: IRQD_*, by irqd_*() only
 * @handler_data: for chained flow handlers
 * @affinity: CPUs that the user allows
 * @effective_affinity: CPUs that the chip chose of those
 */
struct irq_common_data {
	unsigned int state_use_accessors;
	void *handler_data;
	cpumask_var_t affinity;
	cpumask_var_t effective_affinity;
};

/**
 * struct irq_data - one line as one chip sees it
 * @mask: for chips that keep a bit mask
 * @irq: our number
 * @hwirq: the chip's number
 * @common: shared by all levels
 * @chip: the chip
 * @domain: the translation between @hwirq and @irq
 * @parent_data: the next level towards the CPU
 * @chip_data: the chip's own
 */
struct irq_data {
	u32 mask;
	unsigned int irq;
	irq_hw_number_t hwirq;
	struct irq_common_data *common;
	struct irq_chip *chip;
	struct irq_domain *domain;
	struct irq_data *parent_data;
	void *chip_data;
	struct hlist_node revmap_node;	/* domain->revmap_lock; numbers beyond the table */
};

/* State of a line in common->state_use_accessors. The lowest four bits are the trigger type. */
enum {
	IRQD_TRIGGER_MASK		= 0xf,
	IRQD_AFFINITY_SET		= BIT(12),
	IRQD_ACTIVATED			= BIT(9),
	IRQD_NO_BALANCING		= BIT(10),
	IRQD_PER_CPU			= BIT(11),
	IRQD_LEVEL			= BIT(13),
	IRQD_IRQ_DISABLED		= BIT(16),
	IRQD_IRQ_MASKED			= BIT(17),
	IRQD_IRQ_INPROGRESS		= BIT(18),
	IRQD_AFFINITY_MANAGED		= BIT(21),
	IRQD_IRQ_STARTED		= BIT(22),
	IRQD_SINGLE_TARGET		= BIT(24),
	IRQD_DEFAULT_TRIGGER_SET	= BIT(25),
	IRQD_HANDLE_ENFORCE_IRQCTX	= BIT(28),
	IRQD_AFFINITY_ON_ACTIVATE	= BIT(29),
};

#define __irqd_to_state(d)	((d)->common->state_use_accessors)

/**
 * irqd_get_trigger_type - how a line signals: IRQ_TYPE_*. These are for the chip's callbacks, with
 * the lock held
 */
static inline u32 irqd_get_trigger_type(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_TRIGGER_MASK;
}

/** irqd_set_trigger_type - say how a line signals, as firmware does, before anybody asks for it */
static inline void irqd_set_trigger_type(struct irq_data *d, u32 type)
{
	__irqd_to_state(d) &= ~IRQD_TRIGGER_MASK;
	__irqd_to_state(d) |= type & IRQD_TRIGGER_MASK;
	__irqd_to_state(d) |= IRQD_DEFAULT_TRIGGER_SET;
}

/** irqd_trigger_type_was_set - has irqd_set_trigger_type() been called? */
static inline bool irqd_trigger_type_was_set(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_DEFAULT_TRIGGER_SET;
}

/** irqd_is_level_type - does it signal as long as there is something to do? */
static inline bool irqd_is_level_type(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_LEVEL;
}

/** irqd_set_single_target - the chip can route a line to one CPU only */
static inline void irqd_set_single_target(struct irq_data *d)
{
	__irqd_to_state(d) |= IRQD_SINGLE_TARGET;
}

/** irqd_is_single_target - can the chip route it to one CPU only? */
static inline bool irqd_is_single_target(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_SINGLE_TARGET;
}

/** irqd_set_handle_enforce_irqctx - the line must be told in hard irq context only */
static inline void irqd_set_handle_enforce_irqctx(struct irq_data *d)
{
	__irqd_to_state(d) |= IRQD_HANDLE_ENFORCE_IRQCTX;
}

/** irqd_is_handle_enforce_irqctx - must it be told in hard irq context only? */
static inline bool irqd_is_handle_enforce_irqctx(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_HANDLE_ENFORCE_IRQCTX;
}

/** irqd_is_per_cpu - has each CPU its own? */
static inline bool irqd_is_per_cpu(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_PER_CPU;
}

/** irqd_can_balance - may it go to other CPUs? */
static inline bool irqd_can_balance(struct irq_data *d)
{
	return !(__irqd_to_state(d) & (IRQD_PER_CPU | IRQD_NO_BALANCING));
}

/** irqd_affinity_was_set - has anybody said where it is to go? */
static inline bool irqd_affinity_was_set(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_AFFINITY_SET;
}

/** irqd_irq_disabled - is it disabled? It may be unmasked all the same until it comes */
static inline bool irqd_irq_disabled(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_IRQ_DISABLED;
}

/** irqd_irq_masked - is it masked at the controller? */
static inline bool irqd_irq_masked(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_IRQ_MASKED;
}

/** irqd_irq_inprogress - does its handler run? */
static inline bool irqd_irq_inprogress(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_IRQ_INPROGRESS;
}

/** irqd_affinity_is_managed - does the kernel alone say where it goes? */
static inline bool irqd_affinity_is_managed(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_AFFINITY_MANAGED;
}

/** irqd_is_activated - is it set up in the hierarchy? */
static inline bool irqd_is_activated(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_ACTIVATED;
}

/** irqd_set_activated - it is set up in the hierarchy */
static inline void irqd_set_activated(struct irq_data *d)
{
	__irqd_to_state(d) |= IRQD_ACTIVATED;
}

/** irqd_clr_activated - it is not set up in the hierarchy */
static inline void irqd_clr_activated(struct irq_data *d)
{
	__irqd_to_state(d) &= ~IRQD_ACTIVATED;
}

/** irqd_is_started - has it been started? */
static inline bool irqd_is_started(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_IRQ_STARTED;
}

/** irqd_to_hwirq - the controller's own number for it */
static inline irq_hw_number_t irqd_to_hwirq(struct irq_data *d)
{
	return d->hwirq;
}

/**
 * struct irq_chip - what a controller can do with a line
 * @name: for show
 * @irq_startup: start (default: enable or unmask); the value says "more pending", unused
 * @irq_shutdown: stop for good (default: disable or mask)
 * @irq_enable: default: unmask
 * @irq_disable: default: lazily, mask when the next one comes
 * @irq_ack: latch a new edge from here on
 * @irq_mask: let none through
 * @irq_mask_ack: both in one
 * @irq_unmask: let them through
 * @irq_eoi: end of service, for controllers that hold back equal priorities until told
 * @irq_set_affinity: route to @dest
 * @irq_retrigger: make it fire again; non-zero if that worked
 * @irq_set_type: trigger type
 * @irq_set_wake: wake the system from sleep
 * @irq_bus_lock: lock a slow bus; may sleep
 * @irq_bus_sync_unlock: write out what was changed under the lock, and unlock
 * @irq_get_irqchip_state: read pending, active, masked
 * @irq_set_irqchip_state: write them
 * @ipi_send_single: IPI by irq number
 * @ipi_send_mask: the same to several
 * @flags: IRQCHIP_*
 */
struct irq_chip {
	const char *name;
	unsigned int (*irq_startup)(struct irq_data *data);
	void (*irq_shutdown)(struct irq_data *data);
	void (*irq_enable)(struct irq_data *data);
	void (*irq_disable)(struct irq_data *data);
	void (*irq_ack)(struct irq_data *data);
	void (*irq_mask)(struct irq_data *data);
	void (*irq_mask_ack)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	void (*irq_eoi)(struct irq_data *data);
	int (*irq_set_affinity)(struct irq_data *data, const struct cpumask *dest, bool force);
	int (*irq_retrigger)(struct irq_data *data);
	int (*irq_set_type)(struct irq_data *data, unsigned int flow_type);
	int (*irq_set_wake)(struct irq_data *data, unsigned int on);
	void (*irq_bus_lock)(struct irq_data *data);
	void (*irq_bus_sync_unlock)(struct irq_data *data);
	void (*irq_calc_mask)(struct irq_data *data);
	void (*irq_print_chip)(struct irq_data *data, struct seq_file *p);
	int (*irq_request_resources)(struct irq_data *data);
	void (*irq_release_resources)(struct irq_data *data);
	void (*irq_compose_msi_msg)(struct irq_data *data, struct msi_msg *msg);
	void (*irq_write_msi_msg)(struct irq_data *data, struct msi_msg *msg);
	int (*irq_get_irqchip_state)(struct irq_data *data, enum irqchip_irq_state which,
				     bool *state);
	int (*irq_set_irqchip_state)(struct irq_data *data, enum irqchip_irq_state which,
				     bool state);
	void (*ipi_send_single)(struct irq_data *data, unsigned int cpu);
	void (*ipi_send_mask)(struct irq_data *data, const struct cpumask *dest);
	unsigned long flags;
};

/*
 * SET_TYPE_MASKED: mask while the type changes. EOI_IF_HANDLED: no eoi for a disabled line.
 * MASK_ON_SUSPEND, SKIP_SET_WAKE: sleep states. ONESHOT_SAFE: needs no masking for IRQF_ONESHOT.
 * EOI_THREADED: eoi only when the thread is done. AFFINITY_PRE_STARTUP: route before starting.
 */
enum {
	IRQCHIP_SET_TYPE_MASKED			= 1 << 0,
	IRQCHIP_EOI_IF_HANDLED			= 1 << 1,
	IRQCHIP_MASK_ON_SUSPEND			= 1 << 2,
	IRQCHIP_ONOFFLINE_ENABLED		= 1 << 3,
	IRQCHIP_SKIP_SET_WAKE			= 1 << 4,
	IRQCHIP_ONESHOT_SAFE			= 1 << 5,
	IRQCHIP_EOI_THREADED			= 1 << 6,
	IRQCHIP_SUPPORTS_LEVEL_MSI		= 1 << 7,
	IRQCHIP_SUPPORTS_NMI			= 1 << 8,
	IRQCHIP_ENABLE_WAKEUP_ON_SUSPEND	= 1 << 9,
	IRQCHIP_AFFINITY_PRE_STARTUP		= 1 << 10,
	IRQCHIP_IMMUTABLE			= 1 << 11,
};

#include <linux/irqdesc.h>

#ifndef ARCH_IRQ_INIT_FLAGS
#define ARCH_IRQ_INIT_FLAGS 0
#endif
#define IRQ_DEFAULT_INIT_FLAGS ARCH_IRQ_INIT_FLAGS

int irq_set_affinity_locked(struct irq_data *data, const struct cpumask *cpumask, bool force);
void irq_migrate_all_off_this_cpu(void);
int irq_affinity_online_cpu(unsigned int cpu);

/* ---- flow handlers: struct irq_desc.handle_irq ---- */

void handle_level_irq(struct irq_desc *desc);
void handle_fasteoi_irq(struct irq_desc *desc);
void handle_edge_irq(struct irq_desc *desc);
void handle_simple_irq(struct irq_desc *desc);
void handle_untracked_irq(struct irq_desc *desc);
void handle_percpu_irq(struct irq_desc *desc);
void handle_percpu_devid_irq(struct irq_desc *desc);
void handle_bad_irq(struct irq_desc *desc);
void handle_nested_irq(unsigned int irq);

/* ---- a stack of chips: the default is to pass it on ---- */

void irq_chip_enable_parent(struct irq_data *data);
void irq_chip_disable_parent(struct irq_data *data);
void irq_chip_ack_parent(struct irq_data *data);
void irq_chip_mask_parent(struct irq_data *data);
void irq_chip_unmask_parent(struct irq_data *data);
void irq_chip_eoi_parent(struct irq_data *data);
int irq_chip_set_affinity_parent(struct irq_data *data, const struct cpumask *dest, bool force);
int irq_chip_set_type_parent(struct irq_data *data, unsigned int type);
void irq_chip_mask_ack_parent(struct irq_data *data);
int irq_chip_set_wake_parent(struct irq_data *data, unsigned int on);
int irq_chip_get_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool *state);
int irq_chip_set_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool val);
int irq_chip_request_resources_parent(struct irq_data *data);
void irq_chip_release_resources_parent(struct irq_data *data);
int irq_chip_retrigger_hierarchy(struct irq_data *data);

/* ---- setting up lines ---- */

extern struct irq_chip no_irq_chip;
extern struct irq_chip dummy_irq_chip;

void irq_set_chip_and_handler_name(unsigned int irq, const struct irq_chip *chip,
				   irq_flow_handler_t handle, const char *name);

/** irq_set_chip_and_handler - irq_set_chip_and_handler_name() without a name */
static inline void irq_set_chip_and_handler(unsigned int irq, const struct irq_chip *chip,
					    irq_flow_handler_t handle)
{
	irq_set_chip_and_handler_name(irq, chip, handle, NULL);
}

int irq_set_percpu_devid(unsigned int irq);
int irq_set_percpu_devid_partition(unsigned int irq, const struct cpumask *affinity);
int irq_get_percpu_devid_partition(unsigned int irq, struct cpumask *affinity);

void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained,
		       const char *name);

/** irq_set_handler - the flow handler of a line */
static inline void irq_set_handler(unsigned int irq, irq_flow_handler_t handle)
{
	__irq_set_handler(irq, handle, 0, NULL);
}

/**
 * irq_set_chained_handler - the line feeds another controller: it starts at once and nobody can
 * request it
 */
static inline void irq_set_chained_handler(unsigned int irq, irq_flow_handler_t handle)
{
	__irq_set_handler(irq, handle, 1, NULL);
}

void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t handle, void *data);
void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set);

/** irq_set_status_flags - add IRQ_* settings */
static inline void irq_set_status_flags(unsigned int irq, unsigned long set)
{
	irq_modify_status(irq, 0, set);
}

/** irq_clear_status_flags - take IRQ_* settings away */
static inline void irq_clear_status_flags(unsigned int irq, unsigned long clr)
{
	irq_modify_status(irq, clr, 0);
}

/* The line's handlers run in the thread of another line: handle_nested_irq(). */
static inline void irq_set_nested_thread(unsigned int irq, bool nest)
{
	if (nest)
		irq_set_status_flags(irq, IRQ_NESTED_THREAD);
	else
		irq_clear_status_flags(irq, IRQ_NESTED_THREAD);
}

static inline void irq_set_noprobe(unsigned int irq)
{
	irq_modify_status(irq, 0, IRQ_NOPROBE);
}

/** irq_set_probe - it may be found by trying */
static inline void irq_set_probe(unsigned int irq)
{
	irq_modify_status(irq, IRQ_NOPROBE, 0);
}

int irq_set_chip(unsigned int irq, const struct irq_chip *chip);
int irq_set_handler_data(unsigned int irq, void *data);
int irq_set_chip_data(unsigned int irq, void *data);
int irq_set_irq_type(unsigned int irq, unsigned int type);
int irq_set_irq_wake(unsigned int irq, unsigned int on);
struct irq_data *irq_get_irq_data(unsigned int irq);

/** enable_irq_wake - the line may wake a sleeping machine. Return: as irq_set_irq_wake() */
static inline int enable_irq_wake(unsigned int irq)
{
	return irq_set_irq_wake(irq, 1);
}

/** disable_irq_wake - the line may not wake a sleeping machine. Return: as irq_set_irq_wake() */
static inline int disable_irq_wake(unsigned int irq)
{
	return irq_set_irq_wake(irq, 0);
}

/** irq_get_chip - a line's controller; NULL if there is no such line */
static inline struct irq_chip *irq_get_chip(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? d->chip : NULL;
}

/** irq_data_get_irq_chip - a line's controller */
static inline struct irq_chip *irq_data_get_irq_chip(struct irq_data *d)
{
	return d->chip;
}

/** irq_get_chip_data - what irq_set_chip_data() said; NULL if there is no such line */
static inline void *irq_get_chip_data(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? d->chip_data : NULL;
}

/** irq_data_get_irq_chip_data - what irq_set_chip_data() said */
static inline void *irq_data_get_irq_chip_data(struct irq_data *d)
{
	return d->chip_data;
}

/** irq_get_handler_data - what irq_set_handler_data() said; NULL if there is no such line */
static inline void *irq_get_handler_data(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? d->common->handler_data : NULL;
}

/** irq_data_get_irq_handler_data - what irq_set_handler_data() said */
static inline void *irq_data_get_irq_handler_data(struct irq_data *d)
{
	return d->common->handler_data;
}

/** irq_get_trigger_type - how a line signals: IRQ_TYPE_*; 0 if there is no such line */
static inline u32 irq_get_trigger_type(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? irqd_get_trigger_type(d) : 0;
}

/** irq_data_get_node - the node that its memory is on: any */
static inline int irq_data_get_node(struct irq_data *d)
{
	(void)d;
	return NUMA_NO_NODE;
}

/** irq_data_get_affinity_mask - the CPUs it was asked to go to */
static inline const struct cpumask *irq_data_get_affinity_mask(struct irq_data *d)
{
	return d->common->affinity;
}

/** irq_data_update_affinity - note the CPUs it was asked to go to */
static inline void irq_data_update_affinity(struct irq_data *d, const struct cpumask *m)
{
	cpumask_copy(d->common->affinity, m);
}

/** irq_get_affinity_mask - irq_data_get_affinity_mask(); NULL if there is no such line */
static inline const struct cpumask *irq_get_affinity_mask(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? irq_data_get_affinity_mask(d) : NULL;
}

/** irq_data_get_effective_affinity_mask - the CPUs it does go to */
static inline const struct cpumask *irq_data_get_effective_affinity_mask(struct irq_data *d)
{
	return d->common->effective_affinity;
}

/**
 * irq_data_update_effective_affinity - note the CPUs it does go to, for the chip's
 * irq_set_affinity()
 */
static inline void irq_data_update_effective_affinity(struct irq_data *d, const struct cpumask *m)
{
	cpumask_copy(d->common->effective_affinity, m);
}

/**
 * irq_get_effective_affinity_mask - irq_data_get_effective_affinity_mask(); NULL if there is no
 * such line
 */
static inline const struct cpumask *irq_get_effective_affinity_mask(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? irq_data_get_effective_affinity_mask(d) : NULL;
}

/* ---- descriptors ---- */

int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int node,
		      struct module *owner, const void *affinity);

#define irq_alloc_descs(irq, from, cnt, node)	\
	__irq_alloc_descs(irq, from, cnt, node, NULL, NULL)
#define irq_alloc_desc(node)			irq_alloc_descs(-1, 1, 1, node)
#define irq_alloc_desc_at(at, node)		irq_alloc_descs(at, at, 1, node)
#define irq_alloc_desc_from(from, node)		irq_alloc_descs(-1, from, 1, node)
#define irq_alloc_descs_from(from, cnt, node)	irq_alloc_descs(-1, from, cnt, node)

void irq_free_descs(unsigned int irq, unsigned int cnt);

/** irq_free_desc - free one descriptor; nobody uses its line */
static inline void irq_free_desc(unsigned int irq)
{
	irq_free_descs(irq, 1);
}

void ack_bad_irq(unsigned int irq);

#endif /* _LINUX_IRQ_H */
