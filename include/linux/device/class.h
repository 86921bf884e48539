/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEVICE_CLASS_H
#define _LINUX_DEVICE_CLASS_H

/* Classes: devices that do the same kind of thing ("tty", "mem", "misc"). */

#include <linux/err.h>
#include <linux/types.h>

struct attribute_group;
struct device;

/**
 * struct class - a kind of devices
 * @name: folder in /sys/class
 * @class_groups: the class's own attributes
 * @dev_groups: attributes of each of its devices
 * @devnode: name and mode of a device's node in /dev, allocated; NULL: dev_name(), 0600
 * @class_release: of one made by class_create()
 * @dev_release: of devices without a release of their own
 */
struct class {
	const char *name;
	const struct attribute_group **class_groups;
	const struct attribute_group **dev_groups;
	char *(*devnode)(const struct device *dev, umode_t *mode);
	void (*class_release)(const struct class *class);
	void (*dev_release)(struct device *dev);
};

int __must_check class_register(const struct class *class);
void class_unregister(const struct class *class);
bool class_is_registered(const struct class *class);
struct class * __must_check class_create(const char *name);
void class_destroy(const struct class *cls);

#endif /* _LINUX_DEVICE_CLASS_H */
