// SPDX-License-Identifier: MIT
/*
 * Misc devices: drivers of one device each, that share major 10 and are told apart by minor. A
 * minor is either fixed by Linux's list or any free one from 256 up.
 *
 * Lock: misc_mtx guards the list and the map of minors; it is held over device_create(), not over a
 * driver's open().
 */

#include <linux/miscdevice.h>

#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

static LIST_HEAD(misc_list);
static DEFINE_MUTEX(misc_mtx);
static DEFINE_IDA(misc_minors_ida);	/* minors from MISC_DYNAMIC_MINOR + 1 */

static char *misc_devnode(const struct device *dev, umode_t *mode)
{
	const struct miscdevice *c = dev_get_drvdata(dev);

	if (mode && c->mode)
		*mode = c->mode;
	return c->nodename ? kstrdup(c->nodename, GFP_KERNEL) : NULL;
}

static const struct class misc_class = {
	.name		= "misc",
	.devnode	= misc_devnode,
};

static struct miscdevice *misc_find(int minor)
{
	struct miscdevice *c;

	lockdep_assert_held(&misc_mtx);
	list_for_each_entry(c, &misc_list, list) {
		if (c->minor == minor)
			return c;
	}
	return NULL;
}

static int misc_open(struct inode *inode, struct file *file)
{
	const struct file_operations *fops = NULL;
	struct miscdevice *c;

	mutex_lock(&misc_mtx);
	c = misc_find(iminor(inode));
	if (c) {
		fops = fops_get(c->fops);
		/* So that a driver that is part of a larger struct finds itself. */
		file->private_data = c;
	}
	mutex_unlock(&misc_mtx);
	if (!fops)
		return -ENODEV;
	replace_fops(file, fops);
	return fops->open ? fops->open(inode, file) : 0;
}

static const struct file_operations misc_fops = {
	.open	= misc_open,
	.llseek	= noop_llseek,
};

/**
 * misc_register - make a misc device known
 * @misc: its name, functions and minor; kept until misc_deregister()
 *
 * Context: may sleep.
 * Return: 0, -EBUSY if the minor is taken, -ENOMEM, what device_create() says.
 */
int misc_register(struct miscdevice *misc)
{
	bool dynamic = misc->minor == MISC_DYNAMIC_MINOR;
	int ret = 0;

	INIT_LIST_HEAD(&misc->list);
	mutex_lock(&misc_mtx);
	if (dynamic) {
		ret = ida_alloc_range(&misc_minors_ida, MISC_DYNAMIC_MINOR + 1, MINORMASK,
				      GFP_KERNEL);
		if (ret < 0)
			goto out_unlock;
		misc->minor = ret;
		ret = 0;
	} else if (misc_find(misc->minor)) {
		ret = -EBUSY;
		goto out_unlock;
	}
	misc->this_device = device_create(&misc_class, misc->parent,
					  MKDEV(MISC_MAJOR, misc->minor), misc, "%s",
					  misc->name);
	if (IS_ERR(misc->this_device)) {
		ret = PTR_ERR(misc->this_device);
		if (dynamic) {
			ida_free(&misc_minors_ida, misc->minor);
			misc->minor = MISC_DYNAMIC_MINOR;
		}
		goto out_unlock;
	}
	list_add(&misc->list, &misc_list);
out_unlock:
	mutex_unlock(&misc_mtx);
	return ret;
}
EXPORT_SYMBOL(misc_register);

/** misc_deregister - undo misc_register(); files that are open stay so */
void misc_deregister(struct miscdevice *misc)
{
	if (WARN_ON(list_empty(&misc->list)))
		return;
	mutex_lock(&misc_mtx);
	list_del_init(&misc->list);
	device_destroy(&misc_class, MKDEV(MISC_MAJOR, misc->minor));
	if (misc->minor > MISC_DYNAMIC_MINOR) {
		ida_free(&misc_minors_ida, misc->minor);
		misc->minor = MISC_DYNAMIC_MINOR;
	}
	mutex_unlock(&misc_mtx);
}
EXPORT_SYMBOL(misc_deregister);

/* ---- /proc/misc ---- */

static void *misc_seq_start(struct seq_file *seq, loff_t *pos)
{
	mutex_lock(&misc_mtx);
	return seq_list_start(&misc_list, *pos);
}

static void *misc_seq_next(struct seq_file *seq, void *v, loff_t *pos)
{
	return seq_list_next(v, &misc_list, pos);
}

static void misc_seq_stop(struct seq_file *seq, void *v)
{
	mutex_unlock(&misc_mtx);
}

static int misc_seq_show(struct seq_file *seq, void *v)
{
	const struct miscdevice *p = list_entry(v, struct miscdevice, list);

	seq_printf(seq, "%3i %s\n", p->minor, p->name ? p->name : "");
	return 0;
}

static const struct seq_operations misc_seq_ops = {
	.start	= misc_seq_start,
	.next	= misc_seq_next,
	.stop	= misc_seq_stop,
	.show	= misc_seq_show,
};

static int __init misc_init(void)
{
	int ret = class_register(&misc_class);

	if (ret)
		return ret;
	proc_create_seq("misc", 0, NULL, &misc_seq_ops);
	return __register_chrdev(MISC_MAJOR, 0, MINORMASK + 1, "misc", &misc_fops);
}
subsys_initcall(misc_init);
