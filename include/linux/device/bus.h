/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEVICE_BUS_H
#define _LINUX_DEVICE_BUS_H

/*
 * Buses: /sys/bus/<name>/devices has a link to each device with dev->bus set. A subsystem is a bus
 * without drivers whose devices are parts of the machine: /sys/devices/system/<name>.
 */

#include <linux/compiler.h>
#include <linux/types.h>

struct attribute_group;
struct device;

/**
 * struct bus_type - a bus
 * @name: folder in /sys/bus
 * @dev_name: of devices that have only a number: <dev_name><id>
 * @dev_groups: attributes of each of its devices
 */
struct bus_type {
	const char *name;
	const char *dev_name;
	const struct attribute_group **dev_groups;
};

int __must_check bus_register(const struct bus_type *bus);
int subsys_system_register(const struct bus_type *subsys, const struct attribute_group **groups);
struct device *bus_get_dev_root(const struct bus_type *bus);

#endif /* _LINUX_DEVICE_BUS_H */
