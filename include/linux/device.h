/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

/*
 * Devices: a name, a number, a class or a bus, perhaps a driver, and what that has taken.
 *
 * device_add() makes a device seen: a node in /dev if it has a number, a folder in /sys, and to the
 * drivers of its bus. After device_initialize() it is freed by put_device() alone, also if
 * device_add() fails.
 */

#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/dev_printk.h>
#include <linux/device/bus.h>
#include <linux/device/class.h>
#include <linux/device/devres.h>
#include <linux/device/driver.h>
#include <linux/err.h>
#include <linux/kdev_t.h>
#include <linux/klist.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct device;
struct device_node;
struct fwnode_handle;
struct resource;

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count);
};

#define DEVICE_ATTR_RO(_name) \
	struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_WO(_name) \
	struct device_attribute dev_attr_##_name = __ATTR_WO(_name)
#define DEVICE_ATTR_RW(_name) \
	struct device_attribute dev_attr_##_name = __ATTR_RW(_name)

/**
 * struct device - one device
 * @kobj: name, references
 * @parent: what it hangs on; referenced while it is added
 * @init_name: name to begin with
 * @platform_data: what its maker tells the driver
 * @driver_data: the driver's; NULL when it has let go
 * @devt: number of its node; 0: none
 * @bus: what it hangs on, or NULL; constant
 * @driver: who works it, or NULL; changes under @mutex
 * @mutex: device_lock(): held while a driver comes or goes
 * @dead: it is on its way out, no driver comes any more; under @mutex
 * @class: of which kind; constant
 * @id: its number on @bus
 * @groups: its own attributes
 * @fwnode: what describes it (<linux/property.h>), or NULL
 * @of_node: its node in the device tree, or NULL; comes before @fwnode
 * @deferred: among those that wait for another probe(), with a reference; defer.c's lock
 * @release: frees it; else the class's
 * @devres_lock: guards @devres_head
 * @devres_head: managed resources
 * @node: among all devices, under the core's lock
 * @knode_bus: among those of its bus
 * @knode_driver: among those of its driver; joins and leaves under @mutex
 */
struct device {
	struct kobject kobj;
	struct device *parent;
	const char *init_name;
	void *platform_data;
	void *driver_data;
	dev_t devt;
	const struct bus_type *bus;
	struct device_driver *driver;
	struct mutex mutex;
	bool dead;
	const struct class *class;
	u32 id;
	const struct attribute_group **groups;
	struct fwnode_handle *fwnode;
	struct device_node *of_node;
	struct list_head deferred;
	void (*release)(struct device *dev);
	spinlock_t devres_lock;
	struct list_head devres_head;
	struct list_head node;
	struct klist_node knode_bus;
	struct klist_node knode_driver;
};

#define kobj_to_dev(__kobj)	container_of_const(__kobj, struct device, kobj)

/** dev_name() - the device's name; NULL before it has one */
static inline const char *dev_name(const struct device *dev)
{
	if (dev->init_name)
		return dev->init_name;
	return kobject_name(&dev->kobj);
}

/** dev_get_drvdata() - what the driver keeps with the device */
static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

/** dev_set_drvdata() - let the driver's data be kept with the device */
static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

/** dev_bus_name() - the bus's name, else the class's, else "" */
static inline const char *dev_bus_name(const struct device *dev)
{
	if (dev->bus)
		return dev->bus->name;
	return dev->class ? dev->class->name : "";
}

/** dev_get_platdata() - what the platform's code tells the driver */
static inline void *dev_get_platdata(const struct device *dev)
{
	return dev->platform_data;
}

/** device_lock() - held while a driver takes the device or lets go of it. Context: may sleep */
static inline void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}

/** device_lock_interruptible() - device_lock() that a signal ends: 0, -EINTR */
static inline int device_lock_interruptible(struct device *dev)
{
	return mutex_lock_interruptible(&dev->mutex);
}

/** device_trylock() - device_lock() without waiting; 1: taken */
static inline int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}

/** device_unlock() - end of device_lock() */
static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}

/** device_lock_assert() - the caller holds device_lock() */
static inline void device_lock_assert(struct device *dev)
{
	lockdep_assert_held(&dev->mutex);
}

DEFINE_GUARD(device, struct device *, device_lock(_T), device_unlock(_T))

static inline bool device_is_registered(struct device *dev)
{
	return !list_empty(&dev->node);
}

int __must_check device_create_file(struct device *dev, const struct device_attribute *attr);
void device_remove_file(struct device *dev, const struct device_attribute *attr);
int dev_set_name(struct device *dev, const char *name, ...) __printf(2, 3);
void device_initialize(struct device *dev);
int __must_check device_add(struct device *dev);
void device_del(struct device *dev);
int __must_check device_register(struct device *dev);
void device_unregister(struct device *dev);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
DEFINE_FREE(put_device, struct device *, if (_T) put_device(_T))
DEFINE_FREE(device_del, struct device *, if (_T) device_del(_T))
const char *dev_driver_string(const struct device *dev);
struct device *device_create(const struct class *cls, struct device *parent, dev_t devt,
			     void *drvdata, const char *fmt, ...) __printf(5, 6);
void device_destroy(const struct class *cls, dev_t devt);
struct device *__root_device_register(const char *name, struct module *owner);
#define root_device_register(name)	__root_device_register(name, THIS_MODULE)
void root_device_unregister(struct device *dev);
struct device *class_find_device_by_devt(const struct class *cls, dev_t devt);
int class_for_each_device(const struct class *cls, void *data,
			  int (*fn)(struct device *dev, void *data));

/* Of its registers: claimed and mapped, until the driver lets go. */
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res);
void __iomem *devm_ioremap_resource_wc(struct device *dev, const struct resource *res);

const char *device_get_devnode(const struct device *dev, umode_t *mode, const char **tmp);

/* devtmpfs.c */
int devtmpfs_create_node(struct device *dev);
int devtmpfs_delete_node(struct device *dev);
int devtmpfs_mount(void);

#endif /* _LINUX_DEVICE_H */
