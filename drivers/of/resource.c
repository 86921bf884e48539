// SPDX-License-Identifier: MIT
/*
 * The registers of all devices, as branches of the tree that /proc/iomem shows.
 *
 * Apart from address.c, which parses and is fuzzed on the host: this rests on the whole kernel.
 */
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/slab.h>

/* One device. */
static int __init insert_registers(struct device_node *node)
{
	struct resource *res;
	u64 addr, size;
	int i;

	for (i = 0; !of_address_to_range(node, i, &addr, &size); i++) {
		if (!size)
			continue;
		res = kzalloc(sizeof(*res), GFP_KERNEL);
		if (!res)
			return -ENOMEM;
		*res = DEFINE_RES_MEM_NAMED(addr, size, node->full_name);
		if (insert_resource(&iomem_resource, res))
			kfree(res);
	}
	return 0;
}

/* Devices have "compatible", memory hasn't; a "reg" that is no address (of a CPU) has no size. */
static int __init of_insert_resources(void)
{
	struct device_node *node;
	int err = 0;

	for (node = of_root; node && !err; node = node->allnext)
		if (of_get_property(node, "compatible", NULL) && of_device_is_available(node))
			err = insert_registers(node);
	return err;
}
arch_initcall(of_insert_resources);
