// SPDX-License-Identifier: MIT
/*
 * Buses and subsystems: /sys/bus. As with classes, the struct is constant, and what the core knows
 * of it stands in a list of its own.
 *
 * Lock: buses_lock guards the list; an entry is never removed.
 */

#include <linux/device.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "base.h"

struct bus_entry {
	struct list_head node;
	const struct bus_type *bus;
	struct kobject *kobj;		/* /sys/bus/<name> */
	struct kobject *devices;	/* its devices/ */
	struct device *root;		/* of a subsystem: /sys/devices/system/<name> */
};

static LIST_HEAD(buses);
static DEFINE_MUTEX(buses_lock);
static struct kobject *bus_kobj;
static struct kobject *system_kobj;

static struct bus_entry *entry_of(const struct bus_type *bus)
{
	struct bus_entry *e, *found = NULL;

	mutex_lock(&buses_lock);
	list_for_each_entry(e, &buses, node) {
		if (e->bus == bus)
			found = e;
	}
	mutex_unlock(&buses_lock);
	return found;
}

/* Folders of a registered bus. */
struct kobject *bus_kobj_of(const struct bus_type *bus)
{
	struct bus_entry *e = entry_of(bus);

	return e ? e->kobj : NULL;
}

struct kobject *bus_devices_kobj(const struct bus_type *bus)
{
	struct bus_entry *e = entry_of(bus);

	return e ? e->devices : NULL;
}

/** bus_get_dev_root - the device that stands for a subsystem, referenced; NULL */
struct device *bus_get_dev_root(const struct bus_type *bus)
{
	struct bus_entry *e = entry_of(bus);

	return e ? get_device(e->root) : NULL;
}
EXPORT_SYMBOL_GPL(bus_get_dev_root);

/** bus_register - make a bus known: 0, -ENOMEM. Context: may sleep. */
int bus_register(const struct bus_type *bus)
{
	struct bus_entry *e = kzalloc(sizeof(*e), GFP_KERNEL);
	struct kobject *drivers;

	if (!e)
		return -ENOMEM;
	e->bus = bus;
	e->kobj = kobject_create_and_add(bus->name, bus_kobj);
	if (!e->kobj)
		goto err_free;
	e->devices = kobject_create_and_add("devices", e->kobj);
	if (!e->devices)
		goto err_kobj;
	drivers = kobject_create_and_add("drivers", e->kobj);
	if (!drivers)
		goto err_devices;
	mutex_lock(&buses_lock);
	list_add_tail(&e->node, &buses);
	mutex_unlock(&buses_lock);
	return 0;

err_devices:
	kobject_put(e->devices);
err_kobj:
	kobject_put(e->kobj);
err_free:
	kfree(e);
	return -ENOMEM;
}
EXPORT_SYMBOL_GPL(bus_register);

static void root_release(struct device *dev)
{
	kfree(dev);
}

/**
 * subsys_system_register - a bus whose devices are below /sys/devices/system/<name>
 * @subsys: the bus
 * @groups: attributes of that folder, or NULL
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, -EEXIST.
 */
int subsys_system_register(const struct bus_type *subsys, const struct attribute_group **groups)
{
	int err = bus_register(subsys);
	struct device *dev;

	if (err)
		return err;
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return -ENOMEM;
	device_initialize(dev);
	dev->groups = groups;
	dev->release = root_release;
	err = dev_set_name(dev, "%s", subsys->name);
	if (!err)
		err = device_add_below(dev, system_kobj);
	if (err) {
		put_device(dev);
		return err;
	}
	entry_of(subsys)->root = dev;
	return 0;
}
EXPORT_SYMBOL_GPL(subsys_system_register);

int __init buses_init(struct kobject *devices)
{
	bus_kobj = kobject_create_and_add("bus", NULL);
	system_kobj = kobject_create_and_add("system", devices);
	return bus_kobj && system_kobj ? 0 : -ENOMEM;
}
