// SPDX-License-Identifier: MIT
/*
 * What GICv2 and GICv3 have in common: numbers, triggers, the domain.
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

#include "irq-gic-common.h"

#define GIC_SPEC_SPI	0
#define GIC_SPEC_PPI	1

/**
 * gic_configure_irq - set an interrupt's trigger
 * @hwirq: which; 16 and up
 * @type: IRQ_TYPE_*
 * @base: registers that hold its bits: distributor, or redistributor for private ones
 *
 * Context: the caller serialises; the interrupt is masked.
 * Return: 0; -EINVAL for a trigger that the GIC doesn't know, or that the line can't change to.
 */
int gic_configure_irq(unsigned int hwirq, unsigned int type, void __iomem *base)
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
 * gic_state_register - where a bit has to be written so that an interrupt gets into a state
 * @which: the state
 * @state: into it, or out of it
 *
 * Return: the first of the registers, as an offset from the distributor or redistributor; -EINVAL.
 */
int gic_state_register(enum irqchip_irq_state which, bool state)
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

/**
 * gic_irq_domain_setup - chip and flow of a fresh interrupt
 * @d: the domain
 * @virq: Linux number
 * @hwirq: hardware number
 * @chip: the driver's
 */
void gic_irq_domain_setup(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq,
			  struct irq_chip *chip)
{
	if (hwirq < GIC_FIRST_SPI) {
		irq_set_percpu_devid(virq);
		irq_set_chip_and_handler(virq, chip, handle_percpu_devid_irq);
	} else {
		irq_set_chip_and_handler(virq, chip, handle_fasteoi_irq);
		irq_set_probe(virq);
	}
	irq_set_chip_data(virq, d->host_data);
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
