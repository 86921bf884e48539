// SPDX-License-Identifier: MIT
/*
 * Drivers of terminals: registration, their nodes, and the nodes that are everybody's:
 *
 *	/dev/tty	(5:0)	the terminal of one's session
 *	/dev/console	(5:1)	the one behind the console that printk() uses
 *
 * tty_mutex guards the list of drivers.
 */

#include <linux/tty_driver.h>

#include <linux/cdev.h>
#include <linux/console.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>

#include "tty.h"

LIST_HEAD(tty_drivers);

static char *tty_devnode(const struct device *dev, umode_t *mode)
{
	if (mode && (dev->devt == MKDEV(TTYAUX_MAJOR, 0) || dev->devt == MKDEV(TTYAUX_MAJOR, 2)))
		*mode = 0666;
	return NULL;
}

const struct class tty_class = {
	.name		= "tty",
	.devnode	= tty_devnode,
};

/* ---- life of a driver ---- */

static bool single_nodes(unsigned long flags)
{
	return flags & TTY_DRIVER_DYNAMIC_DEV && !(flags & TTY_DRIVER_DEVPTS_MEM);
}

/**
 * __tty_alloc_driver - a driver with room for @lines terminals
 * @lines: how many
 * @owner: module
 * @flags: TTY_DRIVER_*
 *
 * Return: the driver with one reference, ERR_PTR(-ENOMEM), ERR_PTR(-EINVAL).
 */
struct tty_driver *__tty_alloc_driver(unsigned int lines, struct module *owner,
				      unsigned long flags)
{
	struct tty_driver *driver;

	if (!lines || (flags & TTY_DRIVER_UNNUMBERED_NODE && lines > 1))
		return ERR_PTR(-EINVAL);
	driver = kzalloc(sizeof(*driver), GFP_KERNEL);
	if (!driver)
		return ERR_PTR(-ENOMEM);
	kref_init(&driver->kref);
	driver->num = lines;
	driver->owner = owner;
	driver->flags = flags;
	INIT_LIST_HEAD(&driver->tty_drivers);
	if (!(flags & TTY_DRIVER_DEVPTS_MEM)) {
		driver->ttys = kvcalloc(lines, sizeof(*driver->ttys), GFP_KERNEL);
		driver->termios = kvcalloc(lines, sizeof(*driver->termios), GFP_KERNEL);
		driver->ports = kvcalloc(lines, sizeof(*driver->ports), GFP_KERNEL);
		if (!driver->ttys || !driver->termios || !driver->ports)
			goto err_free;
	}
	/* One for each node that comes alone, or one for them all. */
	driver->cdevs = kcalloc(single_nodes(flags) ? lines : 1, sizeof(*driver->cdevs),
				GFP_KERNEL);
	if (!driver->cdevs)
		goto err_free;
	return driver;

err_free:
	kvfree(driver->ports);
	kvfree(driver->termios);
	kvfree(driver->ttys);
	kfree(driver);
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(__tty_alloc_driver);

static void destruct_tty_driver(struct kref *kref)
{
	struct tty_driver *driver = container_of(kref, struct tty_driver, kref);
	unsigned int i;

	for (i = 0; driver->termios && i < driver->num; i++)
		kfree(driver->termios[i]);
	kfree(driver->cdevs);
	kvfree(driver->ports);
	kvfree(driver->termios);
	kvfree(driver->ttys);
	kfree(driver);
}

/** tty_driver_kref_put - drop a reference to a driver; the last one frees it. Context: may sleep */
void tty_driver_kref_put(struct tty_driver *driver)
{
	kref_put(&driver->kref, destruct_tty_driver);
}
EXPORT_SYMBOL(tty_driver_kref_put);

static int tty_cdev_add(struct tty_driver *driver, dev_t dev, unsigned int index,
			unsigned int count)
{
	struct cdev *cdev = cdev_alloc();
	int ret;

	if (!cdev)
		return -ENOMEM;
	cdev->ops = &tty_fops;
	cdev->owner = driver->owner;
	ret = cdev_add(cdev, dev, count);
	if (ret)
		kobject_put(&cdev->kobj);
	else
		driver->cdevs[index] = cdev;
	return ret;
}

/**
 * tty_register_device - make the node of one terminal
 * @driver: registered
 * @index: which
 * @device: above it, or NULL
 *
 * Return: the device, or an ERR_PTR. The terminal can be opened before this returns.
 */
struct device *tty_register_device(struct tty_driver *driver, unsigned int index,
				   struct device *device)
{
	dev_t devt = MKDEV(driver->major, driver->minor_start) + index;
	bool dynamic = single_nodes(driver->flags);
	struct device *dev;
	int ret;

	if (index >= driver->num)
		return ERR_PTR(-EINVAL);
	if (dynamic && !driver->cdevs[index]) {
		ret = tty_cdev_add(driver, devt, index, 1);
		if (ret)
			return ERR_PTR(ret);
	}
	if (driver->flags & TTY_DRIVER_UNNUMBERED_NODE)
		dev = device_create(&tty_class, device, devt, NULL, "%s", driver->name);
	else
		dev = device_create(&tty_class, device, devt, NULL, "%s%d", driver->name,
				    index + driver->name_base);
	if (IS_ERR(dev) && dynamic) {
		cdev_del(driver->cdevs[index]);
		driver->cdevs[index] = NULL;
	}
	return dev;
}
EXPORT_SYMBOL(tty_register_device);

/** tty_unregister_device - undo tty_register_device() */
void tty_unregister_device(struct tty_driver *driver, unsigned int index)
{
	device_destroy(&tty_class, MKDEV(driver->major, driver->minor_start) + index);
	if (single_nodes(driver->flags) && driver->cdevs[index]) {
		cdev_del(driver->cdevs[index]);
		driver->cdevs[index] = NULL;
	}
}
EXPORT_SYMBOL(tty_unregister_device);

/**
 * tty_register_driver - make a driver known, and its nodes unless those come one by one
 * @driver: filled in; a major number of 0 is replaced by a free one
 *
 * Return: 0 or a negative errno.
 */
int tty_register_driver(struct tty_driver *driver)
{
	unsigned int i;
	dev_t dev;
	int ret;

	if (!driver->major) {
		ret = alloc_chrdev_region(&dev, driver->minor_start, driver->num, driver->name);
		if (ret)
			return ret;
		driver->major = MAJOR(dev);
		driver->minor_start = MINOR(dev);
	} else {
		dev = MKDEV(driver->major, driver->minor_start);
		ret = register_chrdev_region(dev, driver->num, driver->name);
		if (ret)
			return ret;
	}
	mutex_lock(&tty_mutex);
	list_add(&driver->tty_drivers, &tty_drivers);
	mutex_unlock(&tty_mutex);
	if (single_nodes(driver->flags))
		goto out;

	ret = tty_cdev_add(driver, dev, 0, driver->num);
	if (ret)
		goto err_list;
	if (driver->flags & TTY_DRIVER_DYNAMIC_DEV)
		goto out;	/* devpts has the nodes */
	for (i = 0; i < driver->num; i++) {
		struct device *d = tty_register_device(driver, i, NULL);

		if (IS_ERR(d)) {
			ret = PTR_ERR(d);
			goto err_devices;
		}
	}
out:
	driver->flags |= TTY_DRIVER_INSTALLED;
	return 0;

err_devices:
	while (i--)
		tty_unregister_device(driver, i);
	cdev_del(driver->cdevs[0]);
err_list:
	mutex_lock(&tty_mutex);
	list_del(&driver->tty_drivers);
	mutex_unlock(&tty_mutex);
	unregister_chrdev_region(dev, driver->num);
	return ret;
}
EXPORT_SYMBOL(tty_register_driver);

/** tty_unregister_driver - nobody has one of its terminals open; its dynamic nodes are gone */
void tty_unregister_driver(struct tty_driver *driver)
{
	unsigned int i;

	if (!(driver->flags & TTY_DRIVER_DYNAMIC_DEV)) {
		for (i = 0; i < driver->num; i++)
			tty_unregister_device(driver, i);
		cdev_del(driver->cdevs[0]);
	}
	mutex_lock(&tty_mutex);
	list_del(&driver->tty_drivers);
	mutex_unlock(&tty_mutex);
	unregister_chrdev_region(MKDEV(driver->major, driver->minor_start), driver->num);
}
EXPORT_SYMBOL(tty_unregister_driver);

/* ---- /proc/tty/drivers ---- */

static void *t_start(struct seq_file *m, loff_t *pos)
{
	mutex_lock(&tty_mutex);
	return seq_list_start(&tty_drivers, *pos);
}

static void *t_next(struct seq_file *m, void *v, loff_t *pos)
{
	return seq_list_next(v, &tty_drivers, pos);
}

static void t_stop(struct seq_file *m, void *v)
{
	mutex_unlock(&tty_mutex);
}

static const char *driver_kind(const struct tty_driver *p)
{
	switch (p->type) {
	case TTY_DRIVER_TYPE_SYSTEM:
		return p->subtype == SYSTEM_TYPE_CONSOLE ? "system:console" : "system:/dev/tty";
	case TTY_DRIVER_TYPE_CONSOLE:
		return "console";
	case TTY_DRIVER_TYPE_SERIAL:
		return "serial";
	case TTY_DRIVER_TYPE_PTY:
		return p->subtype == PTY_TYPE_MASTER ? "pty:master" : "pty:slave";
	}
	return "type:0.0";
}

static void show_driver_line(struct seq_file *m, const char *name, const char *node, int major,
			     unsigned int first, unsigned int count, const char *kind)
{
	seq_printf(m, "%-20s /dev/%-8s ", name, node);
	if (count > 1)
		seq_printf(m, "%3d %d-%d ", major, first, first + count - 1);
	else
		seq_printf(m, "%3d %7d ", major, first);
	seq_printf(m, "%s\n", kind);
}

static int show_tty_driver(struct seq_file *m, void *v)
{
	struct tty_driver *p = list_entry(v, struct tty_driver, tty_drivers);

	/* Before the first: those that are no driver's. */
	if (&p->tty_drivers == tty_drivers.next) {
		seq_printf(m, "%-20s /dev/%-8s %3d %7d %s\n", "/dev/tty", "tty", TTYAUX_MAJOR, 0,
			   "system:/dev/tty");
		seq_printf(m, "%-20s /dev/%-8s %3d %7d %s\n", "/dev/console", "console",
			   TTYAUX_MAJOR, 1, "system:console");
		seq_printf(m, "%-20s /dev/%-8s %3d %7d %s\n", "/dev/ptmx", "ptmx", TTYAUX_MAJOR,
			   2, "system");
	}
	show_driver_line(m, p->driver_name ? p->driver_name : "unknown", p->name, p->major,
			 p->minor_start, p->num, driver_kind(p));
	return 0;
}

static const struct seq_operations tty_drivers_op = {
	.start	= t_start,
	.next	= t_next,
	.stop	= t_stop,
	.show	= show_tty_driver,
};

/* ---- the nodes that are everybody's ---- */

static struct cdev tty_cdev, console_cdev;

static ssize_t show_cons_active(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct console *c, *cs[16];
	int i = 0;
	ssize_t count = 0;

	console_lock();
	for_each_console(c) {
		if (!c->device || !c->write || !(c->flags & CON_ENABLED))
			continue;
		cs[i++] = c;
		if (i == ARRAY_SIZE(cs))
			break;
	}
	while (i--)
		count += sysfs_emit_at(buf, count, "%s%d%c", cs[i]->name, cs[i]->index,
				       i ? ' ' : '\n');
	console_unlock();
	return count;
}

static struct device_attribute dev_attr_active = __ATTR(active, 0444, show_cons_active, NULL);

static struct attribute *cons_dev_attrs[] = {
	&dev_attr_active.attr,
	NULL
};
ATTRIBUTE_GROUPS(cons_dev);

static struct device console_device_struct = {
	.init_name	= "console",
	.class		= &tty_class,
	.devt		= MKDEV(TTYAUX_MAJOR, 1),
	.groups		= cons_dev_groups,
};

static void console_device_release(struct device *dev)
{
	/* It is static, and never goes. */
}

static int __init tty_class_init(void)
{
	n_tty_init();
	return class_register(&tty_class);
}
postcore_initcall(tty_class_init);

static int __init tty_nodes_init(void)
{
	proc_mkdir("tty", NULL);
	proc_create_seq("tty/drivers", 0, NULL, &tty_drivers_op);
	proc_create_single("tty/ldiscs", 0, NULL, tty_ldiscs_show);

	cdev_init(&tty_cdev, &tty_fops);
	if (cdev_add(&tty_cdev, MKDEV(TTYAUX_MAJOR, 0), 1) ||
	    register_chrdev_region(MKDEV(TTYAUX_MAJOR, 0), 1, "/dev/tty") < 0)
		panic("no room for /dev/tty\n");
	device_create(&tty_class, NULL, MKDEV(TTYAUX_MAJOR, 0), NULL, "tty");

	cdev_init(&console_cdev, &tty_fops);
	if (cdev_add(&console_cdev, MKDEV(TTYAUX_MAJOR, 1), 1) ||
	    register_chrdev_region(MKDEV(TTYAUX_MAJOR, 1), 1, "/dev/console") < 0)
		panic("no room for /dev/console\n");
	console_device_struct.release = console_device_release;
	return device_register(&console_device_struct);
}
fs_initcall(tty_nodes_init);
