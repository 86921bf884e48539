// SPDX-License-Identifier: MIT
/*
 * Drivers: /sys/bus/<bus>/drivers/<name>. Which devices a driver gets is dd.c's matter.
 *
 *	<device>	a link to each device that it works
 *	bind, unbind	a device's name: give it to this driver, take it away
 *	uevent		an action: tell user space of it once more
 *
 * struct device_driver is the driver's and stands still; driver_private is ours, freed when nobody
 * looks at the folder any more.
 */

#include <linux/device.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "base.h"

static struct driver_private *private_of_kobj(struct kobject *kobj)
{
	return container_of(kobj, struct driver_private, kobj);
}

/* ---- among the bus's drivers ---- */

static struct driver_private *private_of_node(struct klist_node *n)
{
	return container_of(n, struct driver_private, knode_bus);
}

static void driver_joins(struct klist_node *n)
{
	kobject_get(&private_of_node(n)->kobj);
}

static void driver_has_left(struct klist_node *n)
{
	kobject_put(&private_of_node(n)->kobj);
}

/* A bus's list of drivers. */
void driver_klist_init(struct klist *k)
{
	klist_init(k, driver_joins, driver_has_left);
}

struct device_driver *driver_of_bus_node(struct klist_node *n)
{
	return private_of_node(n)->driver;
}

struct by_name {
	const char *name;
	struct device_driver *found;
};

static int find_by_name(struct device_driver *drv, void *data)
{
	struct by_name *search = data;

	if (strcmp(drv->name, search->name))
		return 0;
	search->found = drv;
	return 1;
}

/** driver_find - the driver of this name on a bus; the caller keeps it registered. NULL */
struct device_driver *driver_find(const char *name, const struct bus_type *bus)
{
	struct by_name search = { .name = name };

	bus_for_each_drv(bus, NULL, &search, find_by_name);
	return search.found;
}
EXPORT_SYMBOL_GPL(driver_find);

/* ---- its devices ---- */

static struct device *device_of_driver_node(struct klist_node *n)
{
	return container_of(n, struct device, knode_driver);
}

static void device_bound(struct klist_node *n)
{
	get_device(device_of_driver_node(n));
}

static void device_unbound(struct klist_node *n)
{
	put_device(device_of_driver_node(n));
}

/**
 * driver_for_each_device - bus_for_each_dev() over the devices that a driver works
 *
 * @fn may not take device_lock(): who holds it to let go of a device waits for this walk.
 */
int driver_for_each_device(struct device_driver *drv, struct device *start, void *data,
			   int (*fn)(struct device *dev, void *data))
{
	if (!drv->p)
		return -EINVAL;
	return walk_devices(&drv->p->devices, start ? &start->knode_driver : NULL,
			    device_of_driver_node, data, fn);
}
EXPORT_SYMBOL_GPL(driver_for_each_device);

/** driver_find_device - bus_find_device() among the devices that a driver works */
struct device *driver_find_device(const struct device_driver *drv, struct device *start,
				  const void *data,
				  int (*match)(struct device *dev, const void *data))
{
	if (!drv->p)
		return NULL;
	return find_in_devices(&drv->p->devices, start ? &start->knode_driver : NULL,
			       device_of_driver_node, data, match);
}
EXPORT_SYMBOL_GPL(driver_find_device);

/* ---- attributes ---- */

static ssize_t drv_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct driver_attribute *dattr = container_of(attr, struct driver_attribute, attr);

	return dattr->show ? dattr->show(private_of_kobj(kobj)->driver, buf) : -EIO;
}

static ssize_t drv_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct driver_attribute *dattr = container_of(attr, struct driver_attribute, attr);

	return dattr->store ? dattr->store(private_of_kobj(kobj)->driver, buf, count) : -EIO;
}

static const struct sysfs_ops drv_sysfs_ops = {
	.show	= drv_attr_show,
	.store	= drv_attr_store,
};

static void driver_private_release(struct kobject *kobj)
{
	kfree(private_of_kobj(kobj));
}

static const struct kobj_type driver_ktype = {
	.release	= driver_private_release,
	.sysfs_ops	= &drv_sysfs_ops,
};

static ssize_t bind_store(struct device_driver *drv, const char *buf, size_t count)
{
	struct device *dev = bus_find_device_by_name(drv->bus, NULL, buf);
	int err = -ENODEV;

	if (dev && driver_matches(drv, dev))
		err = device_driver_attach(drv, dev);
	put_device(dev);
	return err ? err : count;
}
static DRIVER_ATTR_WO(bind);

static ssize_t unbind_store(struct device_driver *drv, const char *buf, size_t count)
{
	struct device *dev = bus_find_device_by_name(drv->bus, NULL, buf);
	bool ours = dev && device_release_from(dev, drv);

	put_device(dev);
	return ours ? count : -ENODEV;
}
static DRIVER_ATTR_WO(unbind);

static ssize_t uevent_store(struct device_driver *drv, const char *buf, size_t count)
{
	int err = kobject_synth_uevent(&drv->p->kobj, buf, count);

	return err ? err : count;
}
static DRIVER_ATTR_WO(uevent);

/** driver_create_file - one more attribute: 0, -EINVAL, -EEXIST, -ENOMEM */
int driver_create_file(const struct device_driver *driver, const struct driver_attribute *attr)
{
	return driver->p ? sysfs_create_file(&driver->p->kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(driver_create_file);

/** driver_remove_file - undo driver_create_file(); nothing if the driver isn't registered */
void driver_remove_file(const struct device_driver *driver, const struct driver_attribute *attr)
{
	if (driver->p)
		sysfs_remove_file(&driver->p->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(driver_remove_file);

static int create_files(struct device_driver *drv)
{
	struct kobject *kobj = &drv->p->kobj;
	int err = driver_create_file(drv, &driver_attr_uevent);

	if (!err && !drv->suppress_bind_attrs)
		err = driver_create_file(drv, &driver_attr_bind);
	if (!err && !drv->suppress_bind_attrs)
		err = driver_create_file(drv, &driver_attr_unbind);
	if (!err && drv->bus->drv_groups)
		err = sysfs_create_groups(kobj, drv->bus->drv_groups);
	if (!err && drv->groups)
		err = sysfs_create_groups(kobj, drv->groups);
	return err;
}

/* ---- registering ---- */

/**
 * driver_register - make a driver known, and try it with the devices of its bus
 * @drv: with a name and a bus
 *
 * Context: may sleep; calls probe().
 * Return: 0, -EINVAL if the bus isn't registered, -EBUSY if it has a driver of that name, -ENOMEM.
 */
int driver_register(struct device_driver *drv)
{
	struct bus_entry *bus = bus_entry_of(drv->bus);
	struct driver_private *p;
	int err;

	if (!bus) {
		pr_err("driver %s: its bus isn't registered\n", drv->name);
		return -EINVAL;
	}
	if (driver_find(drv->name, drv->bus)) {
		pr_err("driver %s: there is one of that name\n", drv->name);
		return -EBUSY;
	}
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	p->driver = drv;
	klist_init(&p->devices, device_bound, device_unbound);
	drv->p = p;
	err = kobject_init_and_add(&p->kobj, &driver_ktype, bus->drivers_kobj, "%s", drv->name);
	if (!err)
		err = create_files(drv);
	if (err)
		goto err_put;
	klist_add_tail(&p->knode_bus, &bus->drivers);
	if (READ_ONCE(bus->autoprobe))
		err = driver_attach(drv);
	if (err)
		goto err_detach;
	kobject_uevent(&p->kobj, KOBJ_ADD);
	return 0;

err_detach:
	klist_remove(&p->knode_bus);
	driver_detach(drv);
err_put:
	kobject_del(&p->kobj);
	drv->p = NULL;
	kobject_put(&p->kobj);
	return err;
}
EXPORT_SYMBOL_GPL(driver_register);

/**
 * driver_unregister - undo driver_register(): its devices lose it first
 *
 * Context: may sleep; calls remove(). When it returns, nobody uses @drv any more.
 */
void driver_unregister(struct device_driver *drv)
{
	struct driver_private *p = drv->p;

	if (WARN(!p, "driver %s isn't registered\n", drv->name))
		return;
	/*
	 * Until the bus's walks have left the driver behind, they may still bind it; and until the
	 * files are gone, so may who writes to them.
	 */
	klist_remove(&p->knode_bus);
	driver_remove_file(drv, &driver_attr_bind);
	driver_detach(drv);
	kobject_uevent(&p->kobj, KOBJ_REMOVE);
	kobject_del(&p->kobj);
	drv->p = NULL;
	kobject_put(&p->kobj);
}
EXPORT_SYMBOL_GPL(driver_unregister);
