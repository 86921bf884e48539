/* SPDX-License-Identifier: MIT */
/* Between the GIC drivers and their common part. */
#ifndef _IRQ_GIC_COMMON_H
#define _IRQ_GIC_COMMON_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irqdomain.h>
#include <linux/types.h>

struct device_node;
struct irq_chip;

#define GIC_NR_IPIS	8

/**
 * struct gic_common - what the common part has to know of a GIC: its domain's host data
 * @domain: its domain
 * @nr_irqs: its interrupts, 32 and up
 * @chip: of each of them
 * @frame: the registers that hold an interrupt's bits: distributor, or redistributor
 */
struct gic_common {
	struct irq_domain *domain;
	unsigned int nr_irqs;
	struct irq_chip *chip;
	void __iomem *(*frame)(irq_hw_number_t hwirq);
};

/* Methods of both chips. */
int gic_set_type(struct irq_data *d, unsigned int type);
int gic_retrigger(struct irq_data *d);
int gic_set_irqchip_state(struct irq_data *d, enum irqchip_irq_state which, bool state);

int gic_irq_domain_translate(struct irq_domain *d, struct irq_fwspec *fwspec,
			     unsigned long *hwirq, unsigned int *type);
int gic_create_domain(struct device_node *node, struct gic_common *gic);
int gic_create_ipis(struct irq_domain *d);

/* Write an interrupt's bit to the register at @reg of its frame. */
static inline void gic_poke_bit(void __iomem *frame, irq_hw_number_t hwirq, unsigned int reg)
{
	writel_relaxed(BIT(hwirq % 32), frame + reg + (hwirq / 32) * 4);
}

int gic_of_init(struct device_node *node);
int gic_v3_of_init(struct device_node *node);

#endif /* _IRQ_GIC_COMMON_H */
