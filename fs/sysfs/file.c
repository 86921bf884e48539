// SPDX-License-Identifier: MIT
/*
 * Attributes as files. The kobject is the folder's; which functions serve an attribute, its
 * kobject's type says (ktype->sysfs_ops). The text of ->show() is one page at most.
 */

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kobject.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/seq_file.h>

#include "sysfs.h"

static const struct sysfs_ops *ops_of(struct kobject *kobj)
{
	return kobj->ktype ? kobj->ktype->sysfs_ops : NULL;
}

/* The whole page is zeroed first: a careless ->show() tells nothing of what was there. */
static int sysfs_kf_seq_show(struct seq_file *sf, void *v)
{
	struct kernfs_open_file *of = sf->private;
	struct kobject *kobj = of->kn->parent->priv;
	ssize_t count;
	char *buf;

	if (seq_get_buf(sf, &buf) < PAGE_SIZE) {
		seq_commit(sf, -1);	/* again with a larger one */
		return 0;
	}
	memset(buf, 0, PAGE_SIZE);
	count = ops_of(kobj)->show(kobj, of->kn->priv, buf);
	if (count < 0)
		return count;
	if (WARN_ONCE(count >= PAGE_SIZE, "sysfs: %s wrote %zd bytes\n", of->kn->name, count))
		count = PAGE_SIZE - 1;
	seq_commit(sf, count);
	return 0;
}

static ssize_t sysfs_kf_write(struct kernfs_open_file *of, char *buf, size_t count, loff_t pos)
{
	struct kobject *kobj = of->kn->parent->priv;

	return count ? ops_of(kobj)->store(kobj, of->kn->priv, buf, count) : 0;
}

/* Four kinds, by what can be done: an open for the rest is refused. */
static const struct kernfs_ops sysfs_file_kfops_empty = {};

static const struct kernfs_ops sysfs_file_kfops_ro = {
	.seq_show	= sysfs_kf_seq_show,
};

static const struct kernfs_ops sysfs_file_kfops_wo = {
	.write		= sysfs_kf_write,
};

static const struct kernfs_ops sysfs_file_kfops_rw = {
	.seq_show	= sysfs_kf_seq_show,
	.write		= sysfs_kf_write,
};

int sysfs_add_file_mode(struct kernfs_node *parent, const struct attribute *attr, umode_t mode)
{
	const struct sysfs_ops *sysfs_ops = ops_of(parent->priv);
	const struct kernfs_ops *ops;
	struct kernfs_node *kn;

	if (WARN(!sysfs_ops, "sysfs: no functions for %s\n", attr->name))
		return -EINVAL;
	if (sysfs_ops->show && sysfs_ops->store)
		ops = &sysfs_file_kfops_rw;
	else if (sysfs_ops->show)
		ops = &sysfs_file_kfops_ro;
	else
		ops = sysfs_ops->store ? &sysfs_file_kfops_wo : &sysfs_file_kfops_empty;
	kn = __kernfs_create_file(parent, attr->name, mode & 0777, GLOBAL_ROOT_UID,
				  GLOBAL_ROOT_GID, PAGE_SIZE, ops, (void *)attr);
	if (!IS_ERR(kn))
		return 0;
	if (PTR_ERR(kn) == -EEXIST)
		sysfs_warn_dup(parent, attr->name);
	return PTR_ERR(kn);
}

/**
 * sysfs_create_file - an attribute of a kobject becomes a file
 * @kobj: in the tree
 * @attr: lives as long as the file
 *
 * Context: may sleep.
 * Return: 0; -EINVAL if @kobj isn't in the tree; -EEXIST, -ENOMEM.
 */
int sysfs_create_file(struct kobject *kobj, const struct attribute *attr)
{
	if (WARN_ON(!kobj || !kobj->sd || !attr))
		return -EINVAL;
	return sysfs_add_file_mode(kobj->sd, attr, attr->mode);
}
EXPORT_SYMBOL_GPL(sysfs_create_file);

/**
 * sysfs_create_files - make several attributes, all or none
 * @kobj: in whose folder
 * @ptr: up to a NULL
 *
 * Context: may sleep.
 * Return: as sysfs_create_file().
 */
int sysfs_create_files(struct kobject *kobj, const struct attribute *const *ptr)
{
	int i, err = 0;

	for (i = 0; ptr[i] && !err; i++)
		err = sysfs_create_file(kobj, ptr[i]);
	if (err) {
		for (i--; i > 0; i--)
			sysfs_remove_file(kobj, ptr[i - 1]);
	}
	return err;
}
EXPORT_SYMBOL_GPL(sysfs_create_files);

/**
 * sysfs_remove_file - remove an attribute; ->show() and ->store() don't run any more when it
 * returns
 * @kobj: in whose folder
 * @attr: the attribute
 *
 * Context: may sleep; not in one of these two.
 */
void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
{
	kernfs_remove_by_name(kobj->sd, attr->name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_file);

/**
 * sysfs_notify - who polls an attribute wakes
 * @kobj: in whose folder
 * @dir: in this one in there; NULL: not
 * @attr: its name
 *
 * Context: may sleep.
 */
void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr)
{
	struct kernfs_node *folder, *kn;

	if (!kobj->sd)
		return;
	if (dir) {
		folder = kernfs_find_and_get(kobj->sd, dir);
	} else {
		folder = kobj->sd;
		kernfs_get(folder);
	}
	if (!folder)
		return;
	kn = kernfs_find_and_get(folder, attr);
	kernfs_notify(kn);
	kernfs_put(kn);
	kernfs_put(folder);
}
EXPORT_SYMBOL_GPL(sysfs_notify);
