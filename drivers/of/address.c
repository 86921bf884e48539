// SPDX-License-Identifier: MIT
/*
 * Addresses in the device tree.
 *
 * "reg" of a node is an address on its parent's bus.  Each bus on the way up translates it
 * with "ranges": (address on this bus, address on the parent's, size); an empty "ranges" means
 * the same addresses, none at all means that the bus can't be reached from above.
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/libfdt.h>
#include <linux/of.h>
#include <linux/of_address.h>

/* Cells that addresses (or sizes) have on the bus @bus itself. */
static int own_cells(const struct device_node *bus, const char *name, int fallback)
{
	u32 cells;

	if (of_property_read_u32(bus, name, &cells))
		return fallback;
	return cells > 4 ? -EINVAL : (int)cells;
}

/* One step up: @addr on @bus to the address on @bus's parent. */
static int translate_one(struct device_node *bus, u64 *addr, u64 size)
{
	int na = own_cells(bus, "#address-cells", 2);
	int ns = own_cells(bus, "#size-cells", 1);
	int pna = own_cells(bus->parent, "#address-cells", 2);
	const u8 *p;
	int len, entry;
	u64 child, parent, span;

	p = of_get_property(bus, "ranges", &len);
	if (!p || na < 1 || ns < 1 || pna < 1)
		return -EINVAL;
	if (!len)
		return 0;
	entry = 4 * (na + pna + ns);
	for (; len >= entry; len -= entry, p += entry) {
		child = of_read_number(p, na);
		parent = of_read_number(p + 4 * na, pna);
		span = of_read_number(p + 4 * (na + pna), ns);
		if (*addr >= child && *addr - child < span && size <= span - (*addr - child)) {
			*addr = parent + (*addr - child);
			return 0;
		}
	}
	return -EINVAL;
}

/**
 * of_address_to_range - a "reg" entry as CPU physical addresses
 * @node: the device
 * @index: which entry
 * @addr: gets the start
 * @size: gets the bytes
 *
 * Context: any.
 * Return: 0; -EINVAL if there is no such entry, it wraps round, or a bus doesn't pass it on.
 */
int of_address_to_range(struct device_node *node, int index, u64 *addr, u64 *size)
{
	int na = of_n_addr_cells(node), ns = of_n_size_cells(node), len;
	const u8 *reg = of_get_property(node, "reg", &len);
	struct device_node *bus;
	int entry = 4 * (na + ns);

	if (!reg || index < 0 || na < 1 || len / entry <= index)
		return -EINVAL;
	reg += entry * index;
	*addr = of_read_number(reg, na);
	*size = of_read_number(reg + 4 * na, ns);
	if (*addr + *size < *addr)
		return -EINVAL;

	for (bus = node->parent; bus && bus->parent; bus = bus->parent) {
		if (translate_one(bus, addr, *size))
			return -EINVAL;
	}
	return 0;
}

/**
 * of_iomap - map the registers of a "reg" entry
 * @node: the device
 * @index: which entry
 *
 * Context: may sleep once the allocators are up.
 * Return: the mapping, NULL if there is nothing to map or no room.
 */
void __iomem *of_iomap(struct device_node *node, int index)
{
	u64 addr, size;

	if (of_address_to_range(node, index, &addr, &size) || !size)
		return NULL;
	return ioremap(addr, size);
}
