// SPDX-License-Identifier: MIT
/*
 * What GICv2 and GICv3 have in common: numbers, triggers, states, the domain.
 *
 * The device tree names an interrupt by three cells: kind (0 shared, 1 private to a CPU),
 * number within its kind, and trigger.  The hardware numbers them all in one row: 16 software
 * generated, 16 private, then the shared ones.
 */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqchip/arm-gic.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/spinlock.h>

#include "irq-gic-common.h"

#define GIC_SPEC_SPI	0
#define GIC_SPEC_PPI	1

/* Guards the registers of triggers, which are read and written back. */
static DEFINE_RAW_SPINLOCK(gic_type_lock);

static struct gic_common *gic_of(struct irq_data *d)
{
	return irq_data_get_irq_chip_data(d);
}

static void gic_poke(struct irq_data *d, unsigned int reg)
{
	gic_poke_bit(gic_of(d)->frame(d->hwirq), d->hwirq, reg);
}

static int configure_irq(unsigned int hwirq, unsigned int type, void __iomem *base)
{
	unsigned int shift = (hwirq % 16) * 2 + 1;
	void __iomem *reg = base + GIC_DIST_CONFIG + (hwirq / 16) * 4;
	u32 old = readl_relaxed(reg), new;

	if (type != IRQ_TYPE_LEVEL_HIGH && type != IRQ_TYPE_EDGE_RISING && hwirq >= GIC_FIRST_SPI)
		return -EINVAL;
	new = type & IRQ_TYPE_EDGE_BOTH ? old | 1u << shift : old & ~(1u << shift);
	if (new == old)
		return 0;
	writel_relaxed(new, reg);
	if (readl_relaxed(reg) != new && hwirq >= GIC_FIRST_SPI)
		return -EINVAL;
	return 0;	/* private lines may be wired one way for good: not an error */
}

/**
 * gic_set_type - ->irq_set_type(): set an interrupt's trigger
 * @d: the interrupt, masked
 * @type: IRQ_TYPE_*
 *
 * Return: 0; -EINVAL for a trigger that the GIC doesn't know, or that the line can't change to.
 */
int gic_set_type(struct irq_data *d, unsigned int type)
{
	unsigned long flags;
	int ret;

	if (d->hwirq < GIC_FIRST_PPI)
		return type == IRQ_TYPE_EDGE_RISING ? 0 : -EINVAL;
	raw_spin_lock_irqsave(&gic_type_lock, flags);
	ret = configure_irq(d->hwirq, type, gic_of(d)->frame(d->hwirq));
	raw_spin_unlock_irqrestore(&gic_type_lock, flags);
	return ret;
}

/* Where a bit has to be written so that an interrupt gets into a state, or out of it. */
static int state_register(enum irqchip_irq_state which, bool state)
{
	switch (which) {
	case IRQCHIP_STATE_PENDING:
		return state ? GIC_DIST_PENDING_SET : GIC_DIST_PENDING_CLEAR;
	case IRQCHIP_STATE_ACTIVE:
		return state ? GIC_DIST_ACTIVE_SET : GIC_DIST_ACTIVE_CLEAR;
	case IRQCHIP_STATE_MASKED:
		return state ? GIC_DIST_ENABLE_CLEAR : GIC_DIST_ENABLE_SET;
	default:
		return -EINVAL;
	}
}

/**
 * gic_set_irqchip_state - ->irq_set_irqchip_state()
 * @d: the interrupt
 * @which: pending, active or masked
 * @state: is it to be?
 *
 * Return: 0; -EINVAL for another state.
 */
int gic_set_irqchip_state(struct irq_data *d, enum irqchip_irq_state which, bool state)
{
	int reg = state_register(which, state);

	if (reg < 0)
		return reg;
	gic_poke(d, reg);
	return 0;
}

/**
 * gic_retrigger - ->irq_retrigger(): make an interrupt pending
 * @d: the interrupt
 *
 * Return: 1: the hardware does it.
 */
int gic_retrigger(struct irq_data *d)
{
	gic_poke(d, GIC_DIST_PENDING_SET);
	return 1;
}

/* ---- the domain ---- */

/**
 * gic_irq_domain_translate - a device tree specifier to hardware number and trigger
 * @d: the domain
 * @fwspec: the cells
 * @hwirq: gets the number
 * @type: gets IRQ_TYPE_*
 * Return: 0 or -EINVAL.
 */
int gic_irq_domain_translate(struct irq_domain *d, struct irq_fwspec *fwspec,
			     unsigned long *hwirq, unsigned int *type)
{
	(void)d;
	if (fwspec->param_count < 3)
		return -EINVAL;
	switch (fwspec->param[0]) {
	case GIC_SPEC_SPI:
		if (fwspec->param[1] >= GIC_FIRST_SPECIAL - GIC_FIRST_SPI)
			return -EINVAL;
		*hwirq = fwspec->param[1] + GIC_FIRST_SPI;
		break;
	case GIC_SPEC_PPI:
		if (fwspec->param[1] >= GIC_FIRST_SPI - GIC_FIRST_PPI)
			return -EINVAL;
		*hwirq = fwspec->param[1] + GIC_FIRST_PPI;
		break;
	default:
		return -EINVAL;
	}
	*type = fwspec->param[2] & IRQ_TYPE_SENSE_MASK;
	return 0;
}

/* Chip and flow of a fresh interrupt. */
static int gic_domain_map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq)
{
	struct gic_common *gic = d->host_data;

	if (hwirq >= gic->nr_irqs)
		return -EINVAL;
	if (hwirq < GIC_FIRST_SPI) {
		irq_set_percpu_devid(virq);
		irq_set_chip_and_handler(virq, gic->chip, handle_percpu_devid_irq);
	} else {
		irq_set_chip_and_handler(virq, gic->chip, handle_fasteoi_irq);
		irq_set_probe(virq);
	}
	irq_set_chip_data(virq, gic);
	return 0;
}

static const struct irq_domain_ops gic_domain_ops = {
	.translate	= gic_irq_domain_translate,
	.map		= gic_domain_map,
};

/**
 * gic_create_domain - a domain for a GIC's interrupts
 * @node: the GIC's
 * @gic: all but @domain is filled in
 *
 * Return: 0, -ENOMEM.
 */
int __init gic_create_domain(struct device_node *node, struct gic_common *gic)
{
	gic->domain = irq_domain_create_linear(of_node_to_fwnode(node), gic->nr_irqs,
					       &gic_domain_ops, gic);
	return gic->domain ? 0 : -ENOMEM;
}

/**
 * gic_create_ipis - Linux numbers for the first software generated interrupts
 * @d: the domain
 * Return: the first of GIC_NR_IPIS consecutive numbers, or a negative errno.
 */
int __init gic_create_ipis(struct irq_domain *d)
{
	int base = irq_alloc_descs(-1, 1, GIC_NR_IPIS, NUMA_NO_NODE);

	if (base > 0)
		irq_domain_associate_many(d, base, 0, GIC_NR_IPIS);
	return base;
}
