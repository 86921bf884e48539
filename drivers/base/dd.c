// SPDX-License-Identifier: MIT
/*
 * Devices and drivers: which driver works which device.
 *
 * dev->driver is NULL, or the driver that has it. It changes only with device_lock(dev) held, which
 * is also held while probe() and remove() run. Binding a device is
 *
 *	dev->driver = drv; links in /sys; probe(); on the driver's list
 *
 * and what fails on the way is undone backwards. Letting go is the same backwards, with everything
 * that is managed released after remove(), when the driver doesn't touch the device any more.
 *
 * A device that goes away (device_del()) is marked dead under the lock, so that a walk that still
 * stands on it doesn't bind it anew.
 *
 * A device whose probe() returns -EPROBE_DEFER waits in defer.c for another try, unless it was
 * given to this one driver by hand (bind).
 */

#include <linux/device.h>

#include <linux/cleanup.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/sysfs.h>

#include "base.h"

/* May @drv work @dev? */
bool driver_matches(const struct device_driver *drv, struct device *dev)
{
	return !drv->bus->match || drv->bus->match(dev, drv) > 0;
}

/* ---- binding ---- */

static int add_links(struct device *dev)
{
	struct kobject *drv = &dev->driver->p->kobj;
	int err = sysfs_create_link(drv, &dev->kobj, dev_name(dev));

	if (err)
		return err;
	err = sysfs_create_link(&dev->kobj, drv, "driver");
	if (err)
		sysfs_remove_link(drv, dev_name(dev));
	return err;
}

static void remove_links(struct device *dev)
{
	sysfs_remove_link(&dev->kobj, "driver");
	sysfs_remove_link(&dev->driver->p->kobj, dev_name(dev));
}

static int call_probe(struct device *dev)
{
	if (dev->bus && dev->bus->probe)
		return dev->bus->probe(dev);
	return dev->driver->probe ? dev->driver->probe(dev) : 0;
}

static void call_remove(struct device *dev)
{
	if (dev->bus && dev->bus->remove)
		dev->bus->remove(dev);
	else if (dev->driver->remove)
		dev->driver->remove(dev);
}

/* What a driver leaves behind, also one whose probe() failed. */
static void clean_up(struct device *dev)
{
	devres_release_all(dev);
	dev_set_drvdata(dev, NULL);
	WRITE_ONCE(dev->driver, NULL);
}

/* The end of binding, when probe() has said yes or isn't asked. */
static int take_in(struct device *dev)
{
	int err = 0;

	if (dev->driver->dev_groups)
		err = sysfs_create_groups(&dev->kobj, dev->driver->dev_groups);
	if (err)
		return err;
	klist_add_tail(&dev->knode_driver, &dev->driver->p->devices);
	bus_notify(dev, BUS_NOTIFY_BOUND_DRIVER);
	kobject_uevent(&dev->kobj, KOBJ_BIND);
	deferral_forget(dev);
	deferral_try_again();
	return 0;
}

static void complain(struct device *dev, const struct device_driver *drv, int err)
{
	if (err == -ENODEV || err == -ENXIO)
		dev_dbg(dev, "%s doesn't want it (%d)\n", drv->name, err);
	else if (err == -EPROBE_DEFER)
		dev_dbg(dev, "%s wants something that isn't there yet\n", drv->name);
	else
		dev_warn(dev, "probe with driver %s failed with error %d\n", drv->name, err);
}

/* 0 or what probe() said, but as an error in any case. */
static int bind(const struct device_driver *drv, struct device *dev)
{
	int err;

	device_lock_assert(dev);
	if (dev->dead || !device_is_registered(dev))
		return -ENODEV;
	if (!list_empty(&dev->devres_head)) {
		dev_crit(dev, "has managed resources before it has a driver\n");
		return -EBUSY;
	}
	/* Messages read it without the lock. */
	WRITE_ONCE(dev->driver, (struct device_driver *)drv);
	bus_notify(dev, BUS_NOTIFY_BIND_DRIVER);
	err = add_links(dev);
	if (err)
		goto err_driver;
	err = call_probe(dev);
	if (err)
		goto err_links;
	err = take_in(dev);
	if (err)
		goto err_probed;
	return 0;

err_probed:
	call_remove(dev);
err_links:
	remove_links(dev);
err_driver:
	clean_up(dev);
	bus_notify(dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
	complain(dev, drv, err);
	return err > 0 ? -err : err;
}

/**
 * device_driver_attach - give a device to this driver, without asking the bus
 * @drv: registered
 * @dev: registered
 *
 * Context: may sleep.
 * Return: 0; -EBUSY if it has a driver or managed resources; -ENODEV if it is going; -EAGAIN if
 * probe() wants to be asked later; what else probe() says.
 */
int device_driver_attach(const struct device_driver *drv, struct device *dev)
{
	int err;

	guard(device)(dev);
	err = dev->driver ? -EBUSY : bind(drv, dev);
	return err == -EPROBE_DEFER ? -EAGAIN : err;
}
EXPORT_SYMBOL_GPL(device_driver_attach);

/**
 * device_bind_driver - bind a device to the driver that the caller wrote to dev->driver
 *
 * probe() isn't called. Context: may sleep; device_lock() held.
 * Return: 0, -EINVAL without a driver, -EBUSY if it is bound, or what sysfs says.
 */
int device_bind_driver(struct device *dev)
{
	int err;

	device_lock_assert(dev);
	if (!dev->driver)
		return -EINVAL;
	if (klist_node_attached(&dev->knode_driver))
		return -EBUSY;
	err = add_links(dev);
	if (err)
		return err;
	err = take_in(dev);
	if (err)
		remove_links(dev);
	return err;
}
EXPORT_SYMBOL_GPL(device_bind_driver);

/** device_is_bound - has a driver taken the device? Context: device_lock() held. */
bool device_is_bound(struct device *dev)
{
	return klist_node_attached(&dev->knode_driver);
}
EXPORT_SYMBOL_GPL(device_is_bound);

/* Binds, or sees to it that binding is tried again if it was too early. 0 or an error. */
static int bind_or_wait(const struct device_driver *drv, struct device *dev)
{
	unsigned long begun = deferral_begin();
	int err = bind(drv, dev);

	if (err == -EPROBE_DEFER)
		deferral_add(dev, begun);
	return err;
}

static int try_driver(struct device_driver *drv, void *data)
{
	struct device *dev = data;

	return driver_matches(drv, dev) && !bind_or_wait(drv, dev);
}

/**
 * device_attach - look for a driver among those of the device's bus
 * @dev: the device
 *
 * Context: may sleep.
 * Return: 1 if it has one now, 0 if none takes it, -ENODEV if it is going, -EINVAL if its bus isn't
 * registered.
 */
int device_attach(struct device *dev)
{
	guard(device)(dev);
	if (dev->dead)
		return -ENODEV;
	if (!dev->driver)
		return bus_for_each_drv(dev->bus, NULL, dev, try_driver);
	/* Bound, or its maker chose the driver. */
	return device_is_bound(dev) || !device_bind_driver(dev);
}
EXPORT_SYMBOL_GPL(device_attach);

static int try_device(struct device *dev, void *data)
{
	const struct device_driver *drv = data;

	guard(device)(dev);
	if (!dev->driver && driver_matches(drv, dev))
		bind_or_wait(drv, dev);
	return 0;
}

/** driver_attach - try a driver with each free device of its bus: 0, -EINVAL without bus */
int driver_attach(const struct device_driver *drv)
{
	return bus_for_each_dev(drv->bus, NULL, (void *)drv, try_device);
}
EXPORT_SYMBOL_GPL(driver_attach);

/* ---- letting go ---- */

static void unbind(struct device *dev)
{
	device_lock_assert(dev);
	if (!dev->driver)
		return;
	if (device_is_bound(dev)) {
		bus_notify(dev, BUS_NOTIFY_UNBIND_DRIVER);
		if (dev->driver->dev_groups)
			sysfs_remove_groups(&dev->kobj, dev->driver->dev_groups);
		remove_links(dev);
		call_remove(dev);
		/* Waits for walks over the driver's devices: the node may be used again at once. */
		klist_remove(&dev->knode_driver);
		kobject_uevent(&dev->kobj, KOBJ_UNBIND);
		clean_up(dev);
		bus_notify(dev, BUS_NOTIFY_UNBOUND_DRIVER);
		return;
	}
	clean_up(dev);
}

/** device_release_driver - take its driver from a device, if it has one. Context: may sleep. */
void device_release_driver(struct device *dev)
{
	guard(device)(dev);
	unbind(dev);
}
EXPORT_SYMBOL_GPL(device_release_driver);

/* The same, if the driver is @drv: was it? */
bool device_release_from(struct device *dev, const struct device_driver *drv)
{
	guard(device)(dev);
	if (dev->driver != drv)
		return false;
	unbind(dev);
	return true;
}

/** device_reprobe - take its driver from a device and look for one again: as device_attach() */
int device_reprobe(struct device *dev)
{
	device_release_driver(dev);
	return device_attach(dev);
}
EXPORT_SYMBOL_GPL(device_reprobe);

/* All devices of @drv lose it. No walk of the bus finds @drv any more. */
void driver_detach(const struct device_driver *drv)
{
	struct device *dev;

	while ((dev = driver_find_device(drv, NULL, NULL, device_match_any))) {
		device_release_from(dev, drv);
		put_device(dev);
	}
}

/* Of device_del(): no driver from now on. */
void device_end_binding(struct device *dev)
{
	guard(device)(dev);
	dev->dead = true;
	deferral_forget(dev);
	unbind(dev);
}
