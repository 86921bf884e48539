// SPDX-License-Identifier: MIT
/*
 * Interrupts in the device tree.
 *
 * A device says "interrupts = <...>" in the language of its interrupt parent: the node that the
 * nearest "interrupt-parent" on the way up refers to.  That controller says with
 * "#interrupt-cells" how long one specifier is, and its irq_domain translates it.
 * "interrupts-extended" names a controller for each specifier instead.
 *
 * References can form a ring in a hostile tree; the walk up is bounded by the depth of the tree
 * because it follows real parents only, and takes one hop by phandle at its end.
 */
#include <linux/errno.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/libfdt.h>
#include <linux/of.h>
#include <linux/of_irq.h>

/**
 * of_irq_find_parent - the controller that a node's interrupts go to
 * @node: the device
 * Return: its node, NULL if the tree names none.
 */
struct device_node *of_irq_find_parent(struct device_node *node)
{
	struct device_node *np, *parent;
	u32 handle;

	for (np = node; np; np = np->parent) {
		if (of_property_read_u32(np, "interrupt-parent", &handle)) {
			/* Without a reference the nearest controller above is meant. */
			if (np != node && of_property_present(np, "#interrupt-cells"))
				return np;
			continue;
		}
		parent = of_find_node_by_phandle(handle);
		return parent == node ? NULL : parent;
	}
	return NULL;
}

/**
 * of_irq_parse_one - one interrupt of a device, as its controller's specifier
 * @node: the device
 * @index: which one
 * @out: gets controller and cells
 * Return: 0; -EINVAL if there is none such or the tree is inconsistent.
 */
int of_irq_parse_one(struct device_node *node, int index, struct of_phandle_args *out)
{
	struct device_node *parent;
	u32 cells, i;

	if (index < 0)
		return -EINVAL;
	if (!of_parse_phandle_with_args(node, "interrupts-extended", "#interrupt-cells", index,
					out))
		return 0;

	parent = of_irq_find_parent(node);
	if (!parent || of_property_read_u32(parent, "#interrupt-cells", &cells))
		return -EINVAL;
	if (!cells || cells > MAX_PHANDLE_ARGS)
		return -EINVAL;
	out->np = parent;
	out->args_count = cells;
	for (i = 0; i < cells; i++) {
		if (of_property_read_u32_index(node, "interrupts", index * cells + i,
					       &out->args[i]))
			return -EINVAL;
	}
	return 0;
}

/**
 * of_irq_count - how many interrupts a device has
 * @node: the device
 * Return: the number.
 */
int of_irq_count(struct device_node *node)
{
	struct of_phandle_args args;
	int n = 0;

	while (n < 1024 && !of_irq_parse_one(node, n, &args))
		n++;
	return n;
}

/* Linux number of a specifier; 0 if its controller has no driver or refuses. */
static unsigned int map_specifier(struct of_phandle_args *args)
{
	struct irq_fwspec fwspec = { .param_count = args->args_count };
	int i;

	fwspec.fwnode = of_node_to_fwnode(args->np);
	for (i = 0; i < args->args_count && i < IRQ_DOMAIN_IRQ_SPEC_PARAMS; i++)
		fwspec.param[i] = args->args[i];
	return irq_create_fwspec_mapping(&fwspec);
}

/**
 * irq_of_parse_and_map - Linux number of a device's interrupt
 * @node: the device
 * @index: which one
 *
 * Context: process, may sleep.
 * Return: the number, 0 if there is none.
 */
unsigned int irq_of_parse_and_map(struct device_node *node, int index)
{
	struct of_phandle_args args;

	if (of_irq_parse_one(node, index, &args))
		return 0;
	return map_specifier(&args);
}

/**
 * of_irq_get - the same with an errno
 * @node: the device
 * @index: which one
 * Return: the number, -EINVAL if the tree names none, -ENXIO if it can't be mapped.
 */
int of_irq_get(struct device_node *node, int index)
{
	struct of_phandle_args args;
	unsigned int irq;

	if (of_irq_parse_one(node, index, &args))
		return -EINVAL;
	irq = map_specifier(&args);
	return irq ? (int)irq : -ENXIO;
}
