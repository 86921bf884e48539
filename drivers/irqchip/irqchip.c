// SPDX-License-Identifier: MIT
/*
 * Finding the interrupt controller that the device tree describes.
 */
#define pr_fmt(fmt) "irqchip: " fmt

#include <linux/init.h>
#include <linux/irqchip.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/printk.h>

#include "irq-gic-common.h"

static const struct of_device_id irqchip_table[] __initconst = {
	{ .compatible = "arm,cortex-a15-gic", .data = gic_of_init },
	{ .compatible = "arm,cortex-a9-gic", .data = gic_of_init },
	{ .compatible = "arm,gic-400", .data = gic_of_init },
	{ .compatible = "arm,gic-v3", .data = gic_v3_of_init },
	{ }
};

/**
 * irqchip_init - start the root interrupt controller
 *
 * Without one there are no timer interrupts and no other CPUs, so that panics.
 *
 * Context: init_IRQ(), interrupts off.
 */
void __init irqchip_init(void)
{
	const struct of_device_id *match;
	struct device_node *np = NULL;
	int (*init)(struct device_node *node);
	int ret;

	while ((np = of_find_matching_node_and_match(np, irqchip_table, &match))) {
		if (!of_device_is_available(np) ||
		    !of_property_present(np, "interrupt-controller"))
			continue;
		init = match->data;
		ret = init(np);
		if (!ret)
			return;
		pr_err("%s: can't be used (%d)\n", np->full_name, ret);
	}
	panic("the device tree names no usable interrupt controller\n");
}
