/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEVICE_BUS_H
#define _LINUX_DEVICE_BUS_H

/*
 * Buses: /sys/bus/<name>/devices has a link to each device with dev->bus set, drivers/ a folder for
 * each driver. A subsystem is a bus without drivers whose devices are parts of the machine:
 * /sys/devices/system/<name>.
 */

#include <linux/compiler.h>
#include <linux/kobject.h>
#include <linux/types.h>

struct attribute_group;
struct device;
struct device_driver;
struct notifier_block;

/**
 * struct bus_type - a bus
 * @name: folder in /sys/bus
 * @dev_name: of devices that have only a number: <dev_name><id>
 * @bus_groups: attributes of the bus
 * @dev_groups: attributes of each of its devices
 * @drv_groups: attributes of each of its drivers
 * @match: may this driver work this device? Positive: yes. NULL: each may
 * @probe: called in place of the driver's
 * @remove: likewise
 */
struct bus_type {
	const char *name;
	const char *dev_name;
	const struct attribute_group **bus_groups;
	const struct attribute_group **dev_groups;
	const struct attribute_group **drv_groups;

	int (*match)(struct device *dev, const struct device_driver *drv);
	int (*probe)(struct device *dev);
	void (*remove)(struct device *dev);
};

struct bus_attribute {
	struct attribute attr;
	ssize_t (*show)(const struct bus_type *bus, char *buf);
	ssize_t (*store)(const struct bus_type *bus, const char *buf, size_t count);
};

#define BUS_ATTR_RO(_name) \
	struct bus_attribute bus_attr_##_name = __ATTR_RO(_name)
#define BUS_ATTR_WO(_name) \
	struct bus_attribute bus_attr_##_name = __ATTR_WO(_name)
#define BUS_ATTR_RW(_name) \
	struct bus_attribute bus_attr_##_name = __ATTR_RW(_name)

int __must_check bus_register(const struct bus_type *bus);
void bus_unregister(const struct bus_type *bus);
bool bus_is_registered(const struct bus_type *bus);
int __must_check bus_create_file(const struct bus_type *bus, struct bus_attribute *attr);
void bus_remove_file(const struct bus_type *bus, struct bus_attribute *attr);
int __must_check bus_rescan_devices(const struct bus_type *bus);

/**
 * enum bus_notifier_event - what listeners of a bus are told of a device
 * @BUS_NOTIFY_ADD_DEVICE: it is new, and drivers are to be looked for
 * @BUS_NOTIFY_DEL_DEVICE: it is about to go
 * @BUS_NOTIFY_REMOVED_DEVICE: it has gone
 * @BUS_NOTIFY_BIND_DRIVER: a driver is about to be asked
 * @BUS_NOTIFY_BOUND_DRIVER: and has taken it
 * @BUS_NOTIFY_UNBIND_DRIVER: its driver is about to let go
 * @BUS_NOTIFY_UNBOUND_DRIVER: and has let go
 * @BUS_NOTIFY_DRIVER_NOT_BOUND: the driver did not want it
 *
 * Those about drivers come with device_lock() held.
 */
enum bus_notifier_event {
	BUS_NOTIFY_ADD_DEVICE,
	BUS_NOTIFY_DEL_DEVICE,
	BUS_NOTIFY_REMOVED_DEVICE,
	BUS_NOTIFY_BIND_DRIVER,
	BUS_NOTIFY_BOUND_DRIVER,
	BUS_NOTIFY_UNBIND_DRIVER,
	BUS_NOTIFY_UNBOUND_DRIVER,
	BUS_NOTIFY_DRIVER_NOT_BOUND,
};

int bus_register_notifier(const struct bus_type *bus, struct notifier_block *nb);
int bus_unregister_notifier(const struct bus_type *bus, struct notifier_block *nb);

int bus_for_each_dev(const struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data));
struct device *bus_find_device(const struct bus_type *bus, struct device *start,
			       const void *data,
			       int (*match)(struct device *dev, const void *data));
struct device *bus_find_device_by_name(const struct bus_type *bus, struct device *start,
				       const char *name);
int bus_for_each_drv(const struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *drv, void *data));

int subsys_system_register(const struct bus_type *subsys, const struct attribute_group **groups);
struct device *bus_get_dev_root(const struct bus_type *bus);

/* Match functions for the _find_ calls. */
int device_match_name(struct device *dev, const void *name);
int device_match_devt(struct device *dev, const void *pdevt);
int device_match_any(struct device *dev, const void *unused);

#endif /* _LINUX_DEVICE_BUS_H */
