// SPDX-License-Identifier: MIT
/*
 * Classes of devices: a folder in /sys/class for each. The struct is constant and the driver's;
 * what the core knows of it stands in a list of its own.
 *
 * Lock: classes_lock guards the list.
 */

#include <linux/device/class.h>

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "base.h"

struct class_entry {
	struct list_head node;
	const struct class *class;
	struct kobject *kobj;
};

static LIST_HEAD(classes);
static DEFINE_MUTEX(classes_lock);
static struct kobject *classes_kobj;

static struct class_entry *class_entry_of(const struct class *class)
{
	struct class_entry *e;

	lockdep_assert_held(&classes_lock);
	list_for_each_entry(e, &classes, node) {
		if (e->class == class)
			return e;
	}
	return NULL;
}

/* The folder; it stays as long as the class is registered, which its devices see to. */
struct kobject *class_kobj(const struct class *class)
{
	struct class_entry *e;

	guard(mutex)(&classes_lock);
	e = class_entry_of(class);
	return e ? e->kobj : NULL;
}

/**
 * class_is_registered - is @class between class_register() and class_unregister()? Context: may
 * sleep
 */
bool class_is_registered(const struct class *class)
{
	guard(mutex)(&classes_lock);
	return class_entry_of(class);
}

/**
 * class_register - make a class known
 * @class: constant from now on
 *
 * Context: may sleep.
 * Return: 0, -EEXIST, -ENOMEM.
 */
int class_register(const struct class *class)
{
	struct class_entry *e = kzalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return -ENOMEM;
	e->class = class;
	e->kobj = kobject_create_and_add(class->name, classes_kobj);
	if (!e->kobj) {
		kfree(e);
		return -ENOMEM;
	}
	mutex_lock(&classes_lock);
	list_add_tail(&e->node, &classes);
	mutex_unlock(&classes_lock);
	return class->class_groups ? sysfs_create_groups(e->kobj, class->class_groups) : 0;
}
EXPORT_SYMBOL_GPL(class_register);

/** class_unregister - undo class_register(); there are no devices of it any more */
void class_unregister(const struct class *class)
{
	struct class_entry *e;

	mutex_lock(&classes_lock);
	e = class_entry_of(class);
	if (e)
		list_del(&e->node);
	mutex_unlock(&classes_lock);
	if (!e)
		return;
	kobject_del(e->kobj);
	kobject_put(e->kobj);
	kfree(e);
	if (class->class_release)
		class->class_release(class);
}
EXPORT_SYMBOL_GPL(class_unregister);

static void class_create_release(const struct class *class)
{
	kfree(class);
}

/** class_create - a class that has only a name: the class, ERR_PTR(-ENOMEM) */
struct class *class_create(const char *name)
{
	struct class *class = kzalloc(sizeof(*class), GFP_KERNEL);
	int ret;

	if (!class)
		return ERR_PTR(-ENOMEM);
	class->name = name;
	class->class_release = class_create_release;
	ret = class_register(class);
	if (!ret)
		return class;
	kfree(class);
	return ERR_PTR(ret);
}
EXPORT_SYMBOL_GPL(class_create);

/** class_destroy - undo class_create() */
void class_destroy(const struct class *cls)
{
	if (!IS_ERR_OR_NULL(cls))
		class_unregister(cls);
}
EXPORT_SYMBOL_GPL(class_destroy);

struct class_walk {
	const struct class *class;
	void *data;
	int (*fn)(struct device *dev, void *data);
};

static int class_walk_one(struct device *dev, void *data)
{
	struct class_walk *walk = data;

	return dev->class == walk->class ? walk->fn(dev, walk->data) : 0;
}

/**
 * class_for_each_device - call a function for each device of a class
 * @cls: the class
 * @data: for @fn
 * @fn: a device and @data; what isn't 0 ends the walk
 *
 * Context: may sleep.
 * Return: what @fn returned last; 0 if the class has no device.
 */
int class_for_each_device(const struct class *cls, void *data,
			  int (*fn)(struct device *dev, void *data))
{
	struct class_walk walk = { .class = cls, .data = data, .fn = fn };

	return for_each_device(&walk, class_walk_one);
}
EXPORT_SYMBOL_GPL(class_for_each_device);

static int __init classes_init(void)
{
	classes_kobj = kobject_create_and_add("class", NULL);
	return classes_kobj ? 0 : -ENOMEM;
}
core_initcall_sync(classes_init);
