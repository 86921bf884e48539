// SPDX-License-Identifier: MIT
/*
 * The device core: which devices there are.
 *
 * Who finds a piece of hardware, or makes one up, calls device_add() or device_create(). That gives
 *
 *	a node in /dev			devtmpfs.c, if the device has a number
 *	/sys/devices/.../<name>		its folder: attributes of its own and of its class, "dev"
 *	/sys/class/<class>/<name>	a link to it; /sys/dev/char/<major>:<minor> likewise
 *	a driver			if it is on a bus (bus.c) and one fits (dd.c)
 *
 * References: kobj. The list of devices holds one from device_add() to device_del().
 *
 * Lock: devices_lock guards the list; nothing that sleeps for long is done under it.
 */

#include <linux/device.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/string_helpers.h>
#include <linux/sysfs.h>

#include "base.h"

static LIST_HEAD(devices);
static DEFINE_MUTEX(devices_lock);

static struct kobject *devices_kobj;
struct kobject *virtual_devices_kobj;
struct kobject *dev_char_kobj;

/* ---- names ---- */

/** dev_set_name - name a device, printf-like: 0, -ENOMEM */
int dev_set_name(struct device *dev, const char *name, ...)
{
	va_list vargs;
	int ret;

	va_start(vargs, name);
	ret = kobject_set_name_vargs(&dev->kobj, name, vargs);
	va_end(vargs);
	return ret;
}
EXPORT_SYMBOL_GPL(dev_set_name);

/**
 * device_get_devnode - how a device's node in /dev is called
 * @dev: the device
 * @mode: what the class says, or unchanged
 * @tmp: gets what the caller has to kfree()
 *
 * Return: the name, which may have slashes; NULL without memory.
 */
const char *device_get_devnode(const struct device *dev, umode_t *mode, const char **tmp)
{
	char *s;

	*tmp = NULL;
	if (dev->class && dev->class->devnode)
		*tmp = dev->class->devnode(dev, mode);
	if (*tmp)
		return *tmp;
	if (!strchr(dev_name(dev), '!'))
		return dev_name(dev);
	s = kstrdup_and_replace(dev_name(dev), '!', '/', GFP_KERNEL);
	*tmp = s;
	return s;
}

/** dev_driver_string - who is concerned: the driver's name, else the bus's or class's, else "" */
const char *dev_driver_string(const struct device *dev)
{
	const struct device_driver *drv = READ_ONCE(dev->driver);

	return drv ? drv->name : dev_bus_name(dev);
}
EXPORT_SYMBOL(dev_driver_string);

/** _dev_printk - a message that begins with the driver's and the device's name */
void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	if (dev)
		printk("%s%s %s: %pV", level, dev_driver_string(dev), dev_name(dev), &vaf);
	else
		printk("%s(NULL device *): %pV", level, &vaf);
	va_end(args);
}
EXPORT_SYMBOL(_dev_printk);

/**
 * dev_err_probe - print why probe() fails
 * @dev: the device
 * @err: what probe() returns
 * @fmt: why
 *
 * Nothing is printed of -EPROBE_DEFER, which is no failure, and of -ENOMEM, which printed enough.
 *
 * Return: @err.
 */
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	if (err != -EPROBE_DEFER && err != -ENOMEM)
		dev_err(dev, "error %pe: %pV", ERR_PTR(err), &vaf);
	va_end(args);
	return err;
}
EXPORT_SYMBOL_GPL(dev_err_probe);

/* ---- life ---- */

static void device_release(struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);

	/* Of a device that had no driver, or was never added. */
	devres_release_all(dev);
	if (dev->release)
		dev->release(dev);
	else if (dev->class && dev->class->dev_release)
		dev->class->dev_release(dev);
	else
		WARN(1, "device '%s' has no release(), it can't be freed\n", dev_name(dev));
}

static ssize_t dev_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct device_attribute *dattr = container_of(attr, struct device_attribute, attr);

	return dattr->show ? dattr->show(kobj_to_dev(kobj), dattr, buf) : -EIO;
}

static ssize_t dev_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct device_attribute *dattr = container_of(attr, struct device_attribute, attr);

	return dattr->store ? dattr->store(kobj_to_dev(kobj), dattr, buf, count) : -EIO;
}

static const struct sysfs_ops dev_sysfs_ops = {
	.show	= dev_attr_show,
	.store	= dev_attr_store,
};

static const struct kobj_type device_ktype = {
	.release	= device_release,
	.sysfs_ops	= &dev_sysfs_ops,
};

static ssize_t dev_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	(void)attr;
	return sysfs_emit(buf, "%u:%u\n", MAJOR(dev->devt), MINOR(dev->devt));
}
static DEVICE_ATTR_RO(dev);

static ssize_t uevent_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t count)
{
	int err = kobject_synth_uevent(&dev->kobj, buf, count);

	return err ? err : count;
}

static ssize_t uevent_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const char *tmp, *name;
	umode_t mode = 0;
	int len = 0;

	(void)attr;
	if (!MAJOR(dev->devt))
		return 0;
	name = device_get_devnode(dev, &mode, &tmp);
	len += sysfs_emit_at(buf, len, "MAJOR=%u\nMINOR=%u\n", MAJOR(dev->devt),
			     MINOR(dev->devt));
	if (name)
		len += sysfs_emit_at(buf, len, "DEVNAME=%s\n", name);
	if (mode)
		len += sysfs_emit_at(buf, len, "DEVMODE=%#o\n", mode & 0777);
	kfree(tmp);
	return len;
}
static DEVICE_ATTR_RW(uevent);

/**
 * device_initialize - a device with one reference that nobody knows of
 * @dev: zeroed, but for what device_add() is to find
 */
void device_initialize(struct device *dev)
{
	kobject_init(&dev->kobj, &device_ktype);
	INIT_LIST_HEAD(&dev->node);
	mutex_init(&dev->mutex);
	/* Parent and child are of one class, and a parent's probe() adds children. */
	lockdep_set_novalidate_class(&dev->mutex);
	spin_lock_init(&dev->devres_lock);
	INIT_LIST_HEAD(&dev->devres_head);
	INIT_LIST_HEAD(&dev->deferred);
}
EXPORT_SYMBOL_GPL(device_initialize);

/*
 * The folders of classes in /sys/devices/virtual, made with their first device. They stay.
 * Lock: virtual_lock.
 */
static struct kobject *virtual_class_kobj(const struct class *class)
{
	static DEFINE_MUTEX(virtual_lock);
	static LIST_HEAD(folders);
	struct folder {
		struct list_head node;
		struct kobject *kobj;
	} *f;
	struct kobject *kobj = NULL;

	mutex_lock(&virtual_lock);
	list_for_each_entry(f, &folders, node) {
		if (!strcmp(kobject_name(f->kobj), class->name))
			kobj = f->kobj;
	}
	f = kobj ? NULL : kzalloc(sizeof(*f), GFP_KERNEL);
	if (f) {
		kobj = f->kobj = kobject_create_and_add(class->name, virtual_devices_kobj);
		if (kobj)
			list_add(&f->node, &folders);
		else
			kfree(f);
	}
	mutex_unlock(&virtual_lock);
	return kobj ? kobj : virtual_devices_kobj;
}

/* Where the folder of @dev goes: below its parent, or with those that are only software. */
static struct kobject *device_parent_kobj(struct device *dev)
{
	if (dev->parent)
		return &dev->parent->kobj;
	return dev->class ? virtual_class_kobj(dev->class) : devices_kobj;
}

static void device_links(struct device *dev, bool add)
{
	struct kobject *class = dev->class ? class_kobj(dev->class) : NULL;
	struct bus_entry *bus = dev->bus ? bus_entry_of(dev->bus) : NULL;
	char number[24];

	if (bus && add)
		sysfs_create_link(bus->devices_kobj, &dev->kobj, dev_name(dev));
	else if (bus)
		sysfs_remove_link(bus->devices_kobj, dev_name(dev));
	if (class && add)
		sysfs_create_link(class, &dev->kobj, dev_name(dev));
	else if (class)
		sysfs_remove_link(class, dev_name(dev));
	if (!MAJOR(dev->devt) || !dev_char_kobj)
		return;
	snprintf(number, sizeof(number), "%u:%u", MAJOR(dev->devt), MINOR(dev->devt));
	if (add)
		sysfs_create_link(dev_char_kobj, &dev->kobj, number);
	else
		sysfs_remove_link(dev_char_kobj, number);
}

/* The folder in sysfs with all that is in it. */
static int device_show(struct device *dev)
{
	struct bus_entry *bus = dev->bus ? bus_entry_of(dev->bus) : NULL;
	int ret = sysfs_create_file(&dev->kobj, &dev_attr_uevent.attr);

	if (!ret && MAJOR(dev->devt))
		ret = sysfs_create_file(&dev->kobj, &dev_attr_dev.attr);
	if (!ret && dev->class && dev->class->dev_groups)
		ret = sysfs_create_groups(&dev->kobj, dev->class->dev_groups);
	if (!ret && dev->groups)
		ret = sysfs_create_groups(&dev->kobj, dev->groups);
	if (ret)
		return ret;
	if (dev->bus && dev->bus->dev_groups)
		ret = sysfs_create_groups(&dev->kobj, dev->bus->dev_groups);
	if (ret)
		return ret;
	if (bus)
		ret = sysfs_create_link(&dev->kobj, &bus->kobj, "subsystem");
	else if (dev->class && class_kobj(dev->class))
		ret = sysfs_create_link(&dev->kobj, class_kobj(dev->class), "subsystem");
	if (!ret)
		ret = software_node_show(dev);
	if (!ret)
		device_links(dev, true);
	return ret;
}

/**
 * device_add - make a device seen, and look for a driver if it is on a bus
 * @dev: initialised and named
 *
 * Context: may sleep.
 * Return: 0, -EINVAL without a name, -EEXIST if the name is taken, -ENOMEM. Then put_device().
 */
int device_add(struct device *dev)
{
	return device_add_below(dev, NULL);
}
EXPORT_SYMBOL_GPL(device_add);

/* The same; the folder goes below @above if that isn't NULL. */
int device_add_below(struct device *dev, struct kobject *above)
{
	int ret;

	if (dev->init_name) {
		ret = dev_set_name(dev, "%s", dev->init_name);
		if (ret)
			return ret;
		dev->init_name = NULL;
	}
	if (!dev_name(dev) && dev->bus && dev->bus->dev_name) {
		ret = dev_set_name(dev, "%s%u", dev->bus->dev_name, dev->id);
		if (ret)
			return ret;
	}
	if (!dev_name(dev))
		return -EINVAL;
	get_device(dev);
	get_device(dev->parent);
	/* Its name stays where it is: there may be pointers to it. */
	ret = kobject_add(&dev->kobj, above ? above : device_parent_kobj(dev), NULL);
	if (ret)
		goto err_put;
	ret = device_show(dev);
	if (ret)
		goto err_kobj;
	if (MAJOR(dev->devt)) {
		ret = devtmpfs_create_node(dev);
		if (ret)
			pr_warn("devtmpfs: no node for %s (%d)\n", dev_name(dev), ret);
	}
	mutex_lock(&devices_lock);
	list_add_tail(&dev->node, &devices);
	mutex_unlock(&devices_lock);
	kobject_uevent(&dev->kobj, KOBJ_ADD);
	bus_add_device(dev);
	return 0;

err_kobj:
	kobject_del(&dev->kobj);
err_put:
	put_device(dev->parent);
	put_device(dev);
	return ret;
}

/** device_del - undo device_add(), driver first; the struct lives on with its references */
void device_del(struct device *dev)
{
	struct device *parent = dev->parent;

	bus_notify(dev, BUS_NOTIFY_DEL_DEVICE);
	device_end_binding(dev);
	bus_remove_device(dev);
	/* Without a driver; who keeps a reference doesn't keep these. */
	devres_release_all(dev);
	mutex_lock(&devices_lock);
	list_del_init(&dev->node);
	mutex_unlock(&devices_lock);
	if (MAJOR(dev->devt))
		devtmpfs_delete_node(dev);
	device_links(dev, false);
	software_node_hide(dev);
	bus_notify(dev, BUS_NOTIFY_REMOVED_DEVICE);
	kobject_uevent(&dev->kobj, KOBJ_REMOVE);
	kobject_del(&dev->kobj);
	put_device(dev);
	put_device(parent);
}
EXPORT_SYMBOL_GPL(device_del);

/** device_create_file - one more attribute: 0, -EEXIST, -ENOMEM */
int device_create_file(struct device *dev, const struct device_attribute *attr)
{
	return sysfs_create_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_create_file);

/** device_remove_file - undo device_create_file(). Context: may sleep */
void device_remove_file(struct device *dev, const struct device_attribute *attr)
{
	sysfs_remove_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_remove_file);

/**
 * device_register - device_initialize(), then device_add()
 * @dev: zeroed but for what its maker knows, with a release function in it, its class or its type
 *
 * Context: may sleep.
 * Return: as device_add(). After an error too, put_device() is what frees it.
 */
int device_register(struct device *dev)
{
	device_initialize(dev);
	return device_add(dev);
}
EXPORT_SYMBOL_GPL(device_register);

/** device_unregister - device_del(), and drop the maker's reference. Context: may sleep */
void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}
EXPORT_SYMBOL_GPL(device_unregister);

/** get_device - one more reference; @dev may be NULL. Return: @dev */
struct device *get_device(struct device *dev)
{
	if (dev)
		kobject_get(&dev->kobj);
	return dev;
}
EXPORT_SYMBOL_GPL(get_device);

/** put_device - drop a reference; the last one calls the release function. @dev may be NULL */
void put_device(struct device *dev)
{
	if (dev)
		kobject_put(&dev->kobj);
}
EXPORT_SYMBOL_GPL(put_device);

/* ---- devices made by the core ---- */

static void device_create_release(struct device *dev)
{
	kfree(dev);
}

/**
 * device_create - a device that is nothing but a name and a number
 * @cls: its class
 * @parent: above it, or NULL
 * @devt: its number, 0: none
 * @drvdata: for the driver
 * @fmt: its name
 *
 * Context: may sleep.
 * Return: the device, gone by device_destroy(); ERR_PTR(-ENOMEM) and what device_add() says.
 */
struct device *device_create(const struct class *cls, struct device *parent, dev_t devt,
			     void *drvdata, const char *fmt, ...)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	va_list vargs;
	int ret;

	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->class = cls;
	dev->parent = parent;
	dev->devt = devt;
	dev->release = device_create_release;
	dev->driver_data = drvdata;
	va_start(vargs, fmt);
	ret = kobject_set_name_vargs(&dev->kobj, fmt, vargs);
	va_end(vargs);
	if (!ret)
		ret = device_add(dev);
	if (!ret)
		return dev;
	put_device(dev);
	return ERR_PTR(ret);
}
EXPORT_SYMBOL_GPL(device_create);

/**
 * __root_device_register - what root_device_register() calls: a folder for devices without hardware
 * @name: its name in /sys/devices
 * @owner: the module; all are in the image
 *
 * Context: may sleep.
 * Return: a device to hang others on, gone by root_device_unregister(); ERR_PTR(-ENOMEM, -EEXIST).
 */
struct device *__root_device_register(const char *name, struct module *owner)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int err;

	(void)owner;
	if (!dev)
		return ERR_PTR(-ENOMEM);
	dev->release = device_create_release;
	device_initialize(dev);
	err = dev_set_name(dev, "%s", name);
	if (!err)
		err = device_add(dev);
	if (!err)
		return dev;
	put_device(dev);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_GPL(__root_device_register);

/** root_device_unregister - undo root_device_register() */
void root_device_unregister(struct device *dev)
{
	device_unregister(dev);
}
EXPORT_SYMBOL_GPL(root_device_unregister);

/** class_find_device_by_devt - the device of this class and number, referenced; NULL */
struct device *class_find_device_by_devt(const struct class *cls, dev_t devt)
{
	struct device *dev, *found = NULL;

	mutex_lock(&devices_lock);
	list_for_each_entry(dev, &devices, node) {
		if (dev->class == cls && dev->devt == devt) {
			found = get_device(dev);
			break;
		}
	}
	mutex_unlock(&devices_lock);
	return found;
}
EXPORT_SYMBOL_GPL(class_find_device_by_devt);

/** device_destroy - undo device_create() */
void device_destroy(const struct class *cls, dev_t devt)
{
	struct device *dev = class_find_device_by_devt(cls, devt);

	if (!dev)
		return;
	put_device(dev);	/* the search's; its maker's keeps it */
	device_unregister(dev);
}
EXPORT_SYMBOL_GPL(device_destroy);

/* @fn may not add or remove devices. It ends the walk by anything but 0. */
int for_each_device(void *data, int (*fn)(struct device *dev, void *data))
{
	struct device *dev;
	int ret = 0;

	mutex_lock(&devices_lock);
	list_for_each_entry(dev, &devices, node) {
		ret = fn(dev, data);
		if (ret)
			break;
	}
	mutex_unlock(&devices_lock);
	return ret;
}

/* The folders that everything else hangs on; before any initcall of a driver. */
static int __init devices_init(void)
{
	struct kobject *dev_kobj;

	devices_kobj = kobject_create_and_add("devices", NULL);
	virtual_devices_kobj = kobject_create_and_add("virtual", devices_kobj);
	dev_kobj = kobject_create_and_add("dev", NULL);
	dev_char_kobj = kobject_create_and_add("char", dev_kobj);
	if (!virtual_devices_kobj || !dev_char_kobj ||
	    !kobject_create_and_add("block", dev_kobj) || !kobject_create_and_add("block", NULL))
		return -ENOMEM;
	return buses_init(devices_kobj);
}
core_initcall_sync(devices_init);
