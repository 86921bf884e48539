/* SPDX-License-Identifier: MIT */
/* Between the GIC drivers and their common part. */
#ifndef _IRQ_GIC_COMMON_H
#define _IRQ_GIC_COMMON_H

#include <linux/compiler.h>
#include <linux/interrupt.h>
#include <linux/irqdomain.h>
#include <linux/types.h>

struct device_node;
struct irq_chip;

#define GIC_NR_IPIS	8

int gic_configure_irq(unsigned int hwirq, unsigned int type, void __iomem *base);
int gic_state_register(enum irqchip_irq_state which, bool state);
int gic_irq_domain_translate(struct irq_domain *d, struct irq_fwspec *fwspec,
			     unsigned long *hwirq, unsigned int *type);
void gic_irq_domain_setup(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq,
			  struct irq_chip *chip);
int gic_create_ipis(struct irq_domain *d);

int gic_of_init(struct device_node *node);
int gic_v3_of_init(struct device_node *node);

#endif /* _IRQ_GIC_COMMON_H */
