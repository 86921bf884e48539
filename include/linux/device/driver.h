/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEVICE_DRIVER_H
#define _LINUX_DEVICE_DRIVER_H

/*
 * Drivers: code that works devices of one bus. A driver and a device come together when the bus's
 * match() says that they fit and the driver's probe() takes the device; each new device is shown to
 * all drivers of its bus, each new driver to all devices.
 *
 * probe() and remove() run with device_lock() held. After probe() failed or remove() returned, the
 * core releases what is managed (<linux/device/devres.h>).
 */

#include <linux/compiler.h>
#include <linux/kobject.h>
#include <linux/types.h>

struct bus_type;
struct device;
struct driver_private;
struct module;

/**
 * struct device_driver - a driver
 * @name: folder in /sys/bus/<bus>/drivers
 * @bus: whose devices it works
 * @owner: the module it is in
 * @mod_name: of a driver in the image
 * @suppress_bind_attrs: no files bind and unbind
 * @probe: take this device: 0 or an errno, of which -ENODEV and -ENXIO mean that it isn't ours,
 *	and -EPROBE_DEFER that something is missing: it is asked again when another device has got
 *	its driver
 * @remove: let go of it
 * @shutdown: the machine stops
 * @groups: attributes of the driver
 * @dev_groups: attributes of each of its devices
 * @p: the core's, while it is registered
 */
struct device_driver {
	const char *name;
	const struct bus_type *bus;

	struct module *owner;
	const char *mod_name;
	bool suppress_bind_attrs;

	int (*probe)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);

	const struct attribute_group **groups;
	const struct attribute_group **dev_groups;

	struct driver_private *p;
};

struct driver_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device_driver *driver, char *buf);
	ssize_t (*store)(struct device_driver *driver, const char *buf, size_t count);
};

#define DRIVER_ATTR_RO(_name) \
	struct driver_attribute driver_attr_##_name = __ATTR_RO(_name)
#define DRIVER_ATTR_WO(_name) \
	struct driver_attribute driver_attr_##_name = __ATTR_WO(_name)
#define DRIVER_ATTR_RW(_name) \
	struct driver_attribute driver_attr_##_name = __ATTR_RW(_name)

int __must_check driver_register(struct device_driver *drv);
void driver_unregister(struct device_driver *drv);
struct device_driver *driver_find(const char *name, const struct bus_type *bus);

int __must_check driver_create_file(const struct device_driver *driver,
				    const struct driver_attribute *attr);
void driver_remove_file(const struct device_driver *driver, const struct driver_attribute *attr);

int __must_check driver_for_each_device(struct device_driver *drv, struct device *start,
					void *data, int (*fn)(struct device *dev, void *data));
struct device *driver_find_device(const struct device_driver *drv, struct device *start,
				  const void *data,
				  int (*match)(struct device *dev, const void *data));

/* dd.c: who works what */
int __must_check driver_attach(const struct device_driver *drv);
int __must_check device_attach(struct device *dev);
int __must_check device_bind_driver(struct device *dev);
int __must_check device_driver_attach(const struct device_driver *drv, struct device *dev);
void device_release_driver(struct device *dev);
int __must_check device_reprobe(struct device *dev);
bool device_is_bound(struct device *dev);

/* defer.c: who waits for another probe() */
void wait_for_device_probe(void);
int driver_deferred_probe_check_state(struct device *dev);

/* A driver that needs nothing but to be registered: at boot, and never unregistered. */
#define builtin_driver(__driver, __register, ...)			\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
device_initcall(__driver##_init)

#define module_driver(__driver, __register, __unregister, ...)		\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
module_init(__driver##_init);						\
static void __exit __driver##_exit(void)				\
{									\
	__unregister(&(__driver), ##__VA_ARGS__);			\
}									\
module_exit(__driver##_exit)

#endif /* _LINUX_DEVICE_DRIVER_H */
