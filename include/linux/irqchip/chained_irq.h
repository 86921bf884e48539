/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQCHIP_CHAINED_IRQ_H
#define _LINUX_IRQCHIP_CHAINED_IRQ_H

/* For a controller behind another one: acknowledging the line above round the demultiplexing. */

#include <linux/irq.h>

/**
 * chained_irq_enter - first thing in a chained handler: tell the outer controller that the line was
 * taken
 * @chip: the outer controller
 * @desc: its line
 */
static inline void chained_irq_enter(struct irq_chip *chip, struct irq_desc *desc)
{
	if (chip->irq_eoi)
		return;

	if (chip->irq_mask_ack) {
		chip->irq_mask_ack(&desc->irq_data);
	} else {
		chip->irq_mask(&desc->irq_data);
		if (chip->irq_ack)
			chip->irq_ack(&desc->irq_data);
	}
}

/**
 * chained_irq_exit - last thing in a chained handler: let the line come again
 * @chip: the outer controller
 * @desc: its line
 */
static inline void chained_irq_exit(struct irq_chip *chip, struct irq_desc *desc)
{
	if (chip->irq_eoi)
		chip->irq_eoi(&desc->irq_data);
	else
		chip->irq_unmask(&desc->irq_data);
}

#endif /* _LINUX_IRQCHIP_CHAINED_IRQ_H */
