/* SPDX-License-Identifier: MIT */
#ifndef _DRIVERS_BASE_BASE_H
#define _DRIVERS_BASE_BASE_H

/*
 * What the files of this folder share.
 *
 * Lock order: device_lock() of a parent, of its child; a bus's listeners; bus.c's list; class.c's;
 * core.c's; klists; devres_lock.
 */

#include <linux/device.h>
#include <linux/klist.h>
#include <linux/kobject.h>
#include <linux/notifier.h>

/**
 * struct bus_entry - what the core knows of a registered bus
 * @kobj: /sys/bus/<name>; its last reference frees the entry
 * @node: among all buses, under bus.c's lock
 * @bus: the bus
 * @devices_kobj: its devices/
 * @drivers_kobj: its drivers/
 * @devices: by knode_bus, each with a reference
 * @drivers: by driver_private.knode_bus, each with a reference
 * @listeners: told of its devices' doings
 * @autoprobe: show new devices to the drivers, and new drivers to the devices; no lock
 * @root: of a subsystem: /sys/devices/system/<name>
 */
struct bus_entry {
	struct kobject kobj;
	struct list_head node;
	const struct bus_type *bus;
	struct kobject *devices_kobj;
	struct kobject *drivers_kobj;
	struct klist devices;
	struct klist drivers;
	struct blocking_notifier_head listeners;
	bool autoprobe;
	struct device *root;
};

/**
 * struct driver_private - what the core knows of a registered driver
 * @kobj: /sys/bus/<bus>/drivers/<name>; its last reference frees this
 * @driver: the driver
 * @knode_bus: among its bus's drivers
 * @devices: those that it works, by knode_driver
 */
struct driver_private {
	struct kobject kobj;
	struct device_driver *driver;
	struct klist_node knode_bus;
	struct klist devices;
};

/* core.c */
int for_each_device(void *data, int (*fn)(struct device *dev, void *data));
int device_add_below(struct device *dev, struct kobject *above);	/* not below its parent */
extern struct kobject *virtual_devices_kobj;	/* devices of software */
extern struct kobject *dev_char_kobj;

/* bus.c */
int buses_init(struct kobject *devices);
struct bus_entry *bus_entry_of(const struct bus_type *bus);
void bus_add_device(struct device *dev);
void bus_remove_device(struct device *dev);
void bus_notify(struct device *dev, enum bus_notifier_event event);

/* walk.c */
typedef struct device *(*device_of_node_t)(struct klist_node *n);
int walk_devices(struct klist *k, struct klist_node *from, device_of_node_t device_of, void *data,
		 int (*fn)(struct device *dev, void *data));
struct device *find_in_devices(struct klist *k, struct klist_node *from,
			       device_of_node_t device_of, const void *data,
			       int (*match)(struct device *dev, const void *data));

/* class.c */
struct kobject *class_kobj(const struct class *class);

/* driver.c */
void driver_klist_init(struct klist *k);
struct device_driver *driver_of_bus_node(struct klist_node *n);

/* dd.c */
bool driver_matches(const struct device_driver *drv, struct device *dev);
bool device_release_from(struct device *dev, const struct device_driver *drv);
void driver_detach(const struct device_driver *drv);
void device_end_binding(struct device *dev);

/* defer.c */
unsigned long deferral_begin(void);
void deferral_add(struct device *dev, unsigned long begun);
void deferral_forget(struct device *dev);
void deferral_try_again(void);

/* swnode.c */
int software_node_show(struct device *dev);
void software_node_hide(struct device *dev);

/* devres.c */
void *devres_new(dr_release_t release, size_t size, gfp_t gfp, const char *name);
size_t devres_size(void *res);
bool devres_replace(struct device *dev, void *res, void *new_res);
int devres_match_itself(struct device *dev, void *res, void *match_data);
int devres_release_all(struct device *dev);

#endif /* _DRIVERS_BASE_BASE_H */
