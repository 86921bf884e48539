/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

/*
 * Devices, as far as /dev and /sys have to know them: a name, a number, a class.
 *
 * device_add() makes a device seen: a node in /dev if it has a number, a folder in /sys. After
 * device_initialize() it is freed by put_device() alone, also if device_add() fails.
 */

#include <linux/dev_printk.h>
#include <linux/device/bus.h>
#include <linux/device/class.h>
#include <linux/err.h>
#include <linux/kdev_t.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/types.h>

struct device;

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
 * @driver_data: the driver's
 * @devt: number of its node; 0: none
 * @bus: what it hangs on, or NULL
 * @class: of which kind; constant
 * @id: its number on @bus
 * @groups: its own attributes
 * @release: frees it; else the class's
 * @node: among all devices, under the core's lock
 */
struct device {
	struct kobject kobj;
	struct device *parent;
	const char *init_name;
	void *driver_data;
	dev_t devt;
	const struct bus_type *bus;
	const struct class *class;
	u32 id;
	const struct attribute_group **groups;
	void (*release)(struct device *dev);
	struct list_head node;
};

#define kobj_to_dev(__kobj)	container_of_const(__kobj, struct device, kobj)

static inline const char *dev_name(const struct device *dev)
{
	if (dev->init_name)
		return dev->init_name;
	return kobject_name(&dev->kobj);
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

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
struct device *device_create(const struct class *cls, struct device *parent, dev_t devt,
			     void *drvdata, const char *fmt, ...) __printf(5, 6);
void device_destroy(const struct class *cls, dev_t devt);
struct device *class_find_device_by_devt(const struct class *cls, dev_t devt);
int class_for_each_device(const struct class *cls, void *data,
			  int (*fn)(struct device *dev, void *data));
const char *device_get_devnode(const struct device *dev, umode_t *mode, const char **tmp);

/* devtmpfs.c */
int devtmpfs_create_node(struct device *dev);
int devtmpfs_delete_node(struct device *dev);
int devtmpfs_mount(void);

#endif /* _LINUX_DEVICE_H */
