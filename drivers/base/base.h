/* SPDX-License-Identifier: MIT */
#ifndef _DRIVERS_BASE_BASE_H
#define _DRIVERS_BASE_BASE_H

/* What core.c, class.c and devtmpfs.c share. */

struct device;

int for_each_device(void *data, int (*fn)(struct device *dev, void *data));

/* core.c: a folder that isn't its parent's */
struct kobject;
int device_add_below(struct device *dev, struct kobject *above);

/* bus.c */
struct bus_type;
int buses_init(struct kobject *devices);
struct kobject *bus_kobj_of(const struct bus_type *bus);
struct kobject *bus_devices_kobj(const struct bus_type *bus);

/* class.c */
struct class;
struct kobject *class_kobj(const struct class *class);

/* core.c: where the folders of devices without a parent are */
extern struct kobject *virtual_devices_kobj;
extern struct kobject *dev_char_kobj;

#endif /* _DRIVERS_BASE_BASE_H */
