/* SPDX-License-Identifier: MIT */
/* Interrupts in the device tree: which controller, which of its inputs, which Linux number. */
#ifndef _LINUX_OF_IRQ_H
#define _LINUX_OF_IRQ_H

#include <linux/of.h>
#include <linux/types.h>

int of_irq_parse_one(struct device_node *node, int index, struct of_phandle_args *out);
struct device_node *of_irq_find_parent(struct device_node *node);
unsigned int irq_of_parse_and_map(struct device_node *node, int index);
int of_irq_get(struct device_node *node, int index);
int of_irq_count(struct device_node *node);

#endif /* _LINUX_OF_IRQ_H */
