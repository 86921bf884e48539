/* SPDX-License-Identifier: MIT */
/* Addresses in the device tree: "reg" and "ranges" to CPU physical addresses and mappings. */
#ifndef _LINUX_OF_ADDRESS_H
#define _LINUX_OF_ADDRESS_H

#include <linux/compiler.h>
#include <linux/types.h>

struct device_node;

#define OF_BAD_ADDR ((u64)-1)

int of_address_to_range(struct device_node *node, int index, u64 *addr, u64 *size);
void __iomem *of_iomap(struct device_node *node, int index);

#endif /* _LINUX_OF_ADDRESS_H */
