// SPDX-License-Identifier: MIT
/*
 * Buses and subsystems: /sys/bus. As with classes, the struct is constant, and what the core knows
 * of it stands in a bus_entry, which is found by the struct's address:
 *
 *	/sys/bus/<name>/devices/	links to its devices
 *	/sys/bus/<name>/drivers/	folders of its drivers (driver.c)
 *	drivers_autoprobe		1: whatever is new is tried with what is there
 *	drivers_probe			a device's name: try it with all drivers
 *	uevent				an action: tell user space of it once more
 *
 * Lock: buses_lock guards the list of buses. A bus is unregistered when it has neither devices nor
 * drivers; who calls with a bus sees to it that it is registered.
 */

#include <linux/device.h>

#include <linux/cleanup.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "base.h"

static LIST_HEAD(buses);
static DEFINE_MUTEX(buses_lock);
static struct kobject *bus_kobj;
static struct kobject *system_kobj;

/* NULL if it isn't registered. */
struct bus_entry *bus_entry_of(const struct bus_type *bus)
{
	struct bus_entry *e;

	guard(mutex)(&buses_lock);
	list_for_each_entry(e, &buses, node) {
		if (e->bus == bus)
			return e;
	}
	return NULL;
}

/** bus_is_registered - is there /sys/bus/<name>? */
bool bus_is_registered(const struct bus_type *bus)
{
	return bus_entry_of(bus);
}
EXPORT_SYMBOL_GPL(bus_is_registered);

/** bus_get_dev_root - the device that stands for a subsystem, referenced; NULL */
struct device *bus_get_dev_root(const struct bus_type *bus)
{
	struct bus_entry *e = bus_entry_of(bus);

	return e ? get_device(e->root) : NULL;
}
EXPORT_SYMBOL_GPL(bus_get_dev_root);

/* ---- walks ---- */

static struct device *device_of_bus_node(struct klist_node *n)
{
	return container_of(n, struct device, knode_bus);
}

static void device_joins(struct klist_node *n)
{
	get_device(device_of_bus_node(n));
}

static void device_has_left(struct klist_node *n)
{
	put_device(device_of_bus_node(n));
}

/**
 * bus_for_each_dev - call a function for each device of a bus
 * @bus: the bus
 * @start: begin behind this device; NULL: with the first
 * @data: for @fn
 * @fn: anything but 0 ends the walk. It may sleep, add and remove devices
 *
 * Return: what @fn returned last; 0 for no device; -EINVAL if the bus isn't registered.
 */
int bus_for_each_dev(const struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data))
{
	struct bus_entry *e = bus_entry_of(bus);

	if (!e)
		return -EINVAL;
	return walk_devices(&e->devices, start ? &start->knode_bus : NULL, device_of_bus_node, data,
			    fn);
}
EXPORT_SYMBOL_GPL(bus_for_each_dev);

/**
 * bus_find_device - the first device of a bus that matches
 * @bus: the bus
 * @start: begin behind this device; NULL: with the first
 * @data: for @match
 * @match: is it this one?
 *
 * Return: the device, referenced; NULL if there is none.
 */
struct device *bus_find_device(const struct bus_type *bus, struct device *start,
			       const void *data,
			       int (*match)(struct device *dev, const void *data))
{
	struct bus_entry *e = bus_entry_of(bus);

	if (!e)
		return NULL;
	return find_in_devices(&e->devices, start ? &start->knode_bus : NULL, device_of_bus_node,
			       data, match);
}
EXPORT_SYMBOL_GPL(bus_find_device);

/** bus_find_device_by_name - bus_find_device() by name; a newline at its end doesn't count */
struct device *bus_find_device_by_name(const struct bus_type *bus, struct device *start,
				       const char *name)
{
	return bus_find_device(bus, start, name, device_match_name);
}
EXPORT_SYMBOL_GPL(bus_find_device_by_name);

/** bus_for_each_drv - call a function for each driver of a bus; otherwise as bus_for_each_dev() */
int bus_for_each_drv(const struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *drv, void *data))
{
	struct bus_entry *e = bus_entry_of(bus);
	struct klist_iter i;
	struct klist_node *n;
	int ret = 0;

	if (!e)
		return -EINVAL;
	klist_iter_init_node(&e->drivers, &i, start ? &start->p->knode_bus : NULL);
	while (!ret && (n = klist_next(&i)))
		ret = fn(driver_of_bus_node(n), data);
	klist_iter_exit(&i);
	return ret;
}
EXPORT_SYMBOL_GPL(bus_for_each_drv);

/* ---- who listens ---- */

/**
 * bus_register_notifier - hear what happens to the devices of a bus
 * @bus: the bus
 * @nb: called with an enum bus_notifier_event and the struct device
 *
 * Context: may sleep.
 * Return: 0; -EINVAL if the bus isn't registered; -EEXIST if it is called already.
 */
int bus_register_notifier(const struct bus_type *bus, struct notifier_block *nb)
{
	struct bus_entry *e = bus_entry_of(bus);

	return e ? blocking_notifier_chain_register(&e->listeners, nb) : -EINVAL;
}
EXPORT_SYMBOL_GPL(bus_register_notifier);

/**
 * bus_unregister_notifier - undo bus_register_notifier(); no call is under way on return
 * @bus: the bus
 * @nb: whom
 *
 * Context: may sleep.
 * Return: 0; -EINVAL if the bus isn't registered; -ENOENT if it heard of nothing.
 */
int bus_unregister_notifier(const struct bus_type *bus, struct notifier_block *nb)
{
	struct bus_entry *e = bus_entry_of(bus);

	return e ? blocking_notifier_chain_unregister(&e->listeners, nb) : -EINVAL;
}
EXPORT_SYMBOL_GPL(bus_unregister_notifier);

/* Tell who listens to @dev's bus, if it hangs on one. */
void bus_notify(struct device *dev, enum bus_notifier_event event)
{
	struct bus_entry *e = dev->bus ? bus_entry_of(dev->bus) : NULL;

	if (e)
		blocking_notifier_call_chain(&e->listeners, event, dev);
}

/* ---- devices come and go ---- */

/* Of device_add(), when the device has its folder. */
void bus_add_device(struct device *dev)
{
	struct bus_entry *e = dev->bus ? bus_entry_of(dev->bus) : NULL;

	if (!e)
		return;
	klist_add_tail(&dev->knode_bus, &e->devices);
	bus_notify(dev, BUS_NOTIFY_ADD_DEVICE);
	if (READ_ONCE(e->autoprobe) && device_attach(dev) < 0)
		dev_warn(dev, "no driver could be looked for\n");
}

/* Of device_del(): no walk comes past it any more. */
void bus_remove_device(struct device *dev)
{
	if (klist_node_attached(&dev->knode_bus))
		klist_del(&dev->knode_bus);
}

static int try_device(struct device *dev, void *data)
{
	int ret = device_attach(dev);

	(void)data;
	return ret < 0 ? ret : 0;
}

/** bus_rescan_devices - try each device that has no driver with all drivers: 0 or an errno */
int bus_rescan_devices(const struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, try_device);
}
EXPORT_SYMBOL_GPL(bus_rescan_devices);

/* ---- attributes ---- */

static struct bus_entry *entry_of_kobj(struct kobject *kobj)
{
	return container_of(kobj, struct bus_entry, kobj);
}

static ssize_t bus_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct bus_attribute *battr = container_of(attr, struct bus_attribute, attr);

	return battr->show ? battr->show(entry_of_kobj(kobj)->bus, buf) : -EIO;
}

static ssize_t bus_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct bus_attribute *battr = container_of(attr, struct bus_attribute, attr);

	return battr->store ? battr->store(entry_of_kobj(kobj)->bus, buf, count) : -EIO;
}

static const struct sysfs_ops bus_sysfs_ops = {
	.show	= bus_attr_show,
	.store	= bus_attr_store,
};

static void bus_entry_release(struct kobject *kobj)
{
	kfree(entry_of_kobj(kobj));
}

static ssize_t drivers_autoprobe_show(const struct bus_type *bus, char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(bus_entry_of(bus)->autoprobe));
}

static ssize_t drivers_autoprobe_store(const struct bus_type *bus, const char *buf, size_t count)
{
	WRITE_ONCE(bus_entry_of(bus)->autoprobe, buf[0] != '0');
	return count;
}
static BUS_ATTR_RW(drivers_autoprobe);

static ssize_t drivers_probe_store(const struct bus_type *bus, const char *buf, size_t count)
{
	struct device *dev = bus_find_device_by_name(bus, NULL, buf);
	int err;

	if (!dev)
		return -ENODEV;
	err = try_device(dev, NULL);
	put_device(dev);
	return err ? err : count;
}
static BUS_ATTR_WO(drivers_probe);

static ssize_t uevent_store(const struct bus_type *bus, const char *buf, size_t count)
{
	int err = kobject_synth_uevent(&bus_entry_of(bus)->kobj, buf, count);

	return err ? err : count;
}
static BUS_ATTR_WO(uevent);

static struct attribute *bus_attrs[] = {
	&bus_attr_drivers_autoprobe.attr,
	&bus_attr_drivers_probe.attr,
	&bus_attr_uevent.attr,
	NULL,
};
ATTRIBUTE_GROUPS(bus);

static const struct kobj_type bus_ktype = {
	.release	= bus_entry_release,
	.sysfs_ops	= &bus_sysfs_ops,
	.default_groups	= bus_groups,
};

/** bus_create_file - one more attribute of a bus: 0, -EINVAL, -EEXIST, -ENOMEM */
int bus_create_file(const struct bus_type *bus, struct bus_attribute *attr)
{
	struct bus_entry *e = bus_entry_of(bus);

	return e ? sysfs_create_file(&e->kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(bus_create_file);

/** bus_remove_file - undo bus_create_file(). Context: may sleep */
void bus_remove_file(const struct bus_type *bus, struct bus_attribute *attr)
{
	struct bus_entry *e = bus_entry_of(bus);

	if (e)
		sysfs_remove_file(&e->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(bus_remove_file);

/* ---- registering ---- */

/** bus_register - make a bus known: 0, -EEXIST, -ENOMEM. Context: may sleep. */
int bus_register(const struct bus_type *bus)
{
	struct bus_entry *e = kzalloc(sizeof(*e), GFP_KERNEL);
	int err;

	if (!e)
		return -ENOMEM;
	e->bus = bus;
	e->autoprobe = true;
	klist_init(&e->devices, device_joins, device_has_left);
	driver_klist_init(&e->drivers);
	BLOCKING_INIT_NOTIFIER_HEAD(&e->listeners);
	err = kobject_init_and_add(&e->kobj, &bus_ktype, bus_kobj, "%s", bus->name);
	if (err)
		goto err_kobj;
	err = -ENOMEM;
	e->devices_kobj = kobject_create_and_add("devices", &e->kobj);
	if (!e->devices_kobj)
		goto err_kobj;
	e->drivers_kobj = kobject_create_and_add("drivers", &e->kobj);
	if (!e->drivers_kobj)
		goto err_devices;
	err = bus->bus_groups ? sysfs_create_groups(&e->kobj, bus->bus_groups) : 0;
	if (err)
		goto err_drivers;
	mutex_lock(&buses_lock);
	list_add_tail(&e->node, &buses);
	mutex_unlock(&buses_lock);
	return 0;

err_drivers:
	kobject_put(e->drivers_kobj);
err_devices:
	kobject_put(e->devices_kobj);
err_kobj:
	kobject_put(&e->kobj);
	return err;
}
EXPORT_SYMBOL_GPL(bus_register);

/** bus_unregister - undo bus_register(); its devices and drivers have gone. Context: may sleep. */
void bus_unregister(const struct bus_type *bus)
{
	struct bus_entry *e = bus_entry_of(bus);

	if (!e)
		return;
	if (e->root)
		device_unregister(e->root);
	kobject_put(e->drivers_kobj);
	kobject_put(e->devices_kobj);
	/* Who writes to an attribute looks the bus up: the files go first. */
	kobject_del(&e->kobj);
	mutex_lock(&buses_lock);
	list_del(&e->node);
	mutex_unlock(&buses_lock);
	kobject_put(&e->kobj);
}
EXPORT_SYMBOL_GPL(bus_unregister);

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
 * Return: 0, -ENOMEM, -EEXIST; then nothing is registered.
 */
int subsys_system_register(const struct bus_type *subsys, const struct attribute_group **groups)
{
	int err = bus_register(subsys);
	struct device *dev;

	if (err)
		return err;
	err = -ENOMEM;
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		goto err_bus;
	device_initialize(dev);
	dev->groups = groups;
	dev->release = root_release;
	err = dev_set_name(dev, "%s", subsys->name);
	if (!err)
		err = device_add_below(dev, system_kobj);
	if (err)
		goto err_dev;
	bus_entry_of(subsys)->root = dev;
	return 0;

err_dev:
	put_device(dev);
err_bus:
	bus_unregister(subsys);
	return err;
}
EXPORT_SYMBOL_GPL(subsys_system_register);

int __init buses_init(struct kobject *devices)
{
	bus_kobj = kobject_create_and_add("bus", NULL);
	system_kobj = kobject_create_and_add("system", devices);
	return bus_kobj && system_kobj ? 0 : -ENOMEM;
}
