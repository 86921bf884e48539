// SPDX-License-Identifier: MIT
/*
 * sysfs: the tree of kobjects as a file system. A kobject is a folder (kobj->sd, which holds the
 * kobject as ->priv), its attributes are files (file.c), groups of them may have a folder of their
 * own, and links lead from one kobject to another.
 */

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/printk.h>

#include <uapi/linux/magic.h>

#include "sysfs.h"

static struct kernfs_root *sysfs_root;
struct kernfs_node *sysfs_root_kn;

/* Two owners want one name: a mistake of theirs, which the log should tell. */
void sysfs_warn_dup(struct kernfs_node *parent, const char *name)
{
	pr_warn("sysfs: cannot create duplicate filename '%s/%s'\n", parent->name, name);
	dump_stack();
}

/* ---- folders ---- */

/**
 * sysfs_create_dir - make the folder of a kobject, in that of its parent
 * @kobj: named; without a parent it goes to the root
 *
 * Context: may sleep.
 * Return: 0; -ENOENT if the parent has none; -EEXIST, with a warning; -ENOMEM.
 */
int sysfs_create_dir(struct kobject *kobj)
{
	struct kernfs_node *parent = kobj->parent ? kobj->parent->sd : sysfs_root_kn, *kn;

	if (!parent)
		return -ENOENT;
	kn = kernfs_create_dir(parent, kobject_name(kobj), 0755, kobj);
	if (IS_ERR(kn)) {
		if (PTR_ERR(kn) == -EEXIST)
			sysfs_warn_dup(parent, kobject_name(kobj));
		return PTR_ERR(kn);
	}
	/* A parent that goes first takes the folder along, and the kobject doesn't know. */
	kernfs_get(kn);
	kobj->sd = kn;
	return 0;
}

/**
 * sysfs_remove_dir - remove the folder of a kobject with all in it; calls that are under way in it
 * end first
 * @kobj: the kobject
 *
 * Context: may sleep; not in a function of what goes.
 */
void sysfs_remove_dir(struct kobject *kobj)
{
	struct kernfs_node *kn = kobj->sd;

	kobj->sd = NULL;
	kernfs_remove(kn);
	kernfs_put(kn);
}

/**
 * sysfs_create_mount_point - make an empty folder to mount on
 * @parent_kobj: in whose folder
 * @name: its name
 *
 * Context: may sleep.
 * Return: 0, -EEXIST, -ENOMEM.
 */
int sysfs_create_mount_point(struct kobject *parent_kobj, const char *name)
{
	struct kernfs_node *kn = kernfs_create_dir(parent_kobj->sd, name, 0555, NULL);

	return PTR_ERR_OR_ZERO(kn);
}
EXPORT_SYMBOL_GPL(sysfs_create_mount_point);

/**
 * sysfs_remove_mount_point - undo sysfs_create_mount_point()
 * @parent_kobj: whose folder it is in
 * @name: its name
 */
void sysfs_remove_mount_point(struct kobject *parent_kobj, const char *name)
{
	kernfs_remove_by_name(parent_kobj->sd, name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_mount_point);

/* ---- groups ---- */

static int add_attributes(struct kernfs_node *folder, struct kobject *kobj,
			  const struct attribute_group *grp)
{
	int i, err = 0;

	for (i = 0; grp->attrs && grp->attrs[i] && !err; i++) {
		umode_t mode = grp->attrs[i]->mode;

		if (grp->is_visible)
			mode = grp->is_visible(kobj, grp->attrs[i], i);
		if (mode)
			err = sysfs_add_file_mode(folder, grp->attrs[i], mode);
	}
	return err;
}

static void remove_attributes(struct kernfs_node *folder, const struct attribute_group *grp)
{
	int i;

	for (i = 0; grp->attrs && grp->attrs[i]; i++)
		kernfs_remove_by_name(folder, grp->attrs[i]->name);
}

/**
 * sysfs_create_group - make the attributes of a group, in a folder of their own if it has a name
 * @kobj: in whose folder
 * @grp: the group
 *
 * Context: may sleep.
 * Return: 0, or why one of them couldn't be made: then none is there.
 */
int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp)
{
	struct kernfs_node *folder = kobj->sd;
	int err;

	if (grp->name)
		folder = kernfs_create_dir(kobj->sd, grp->name, 0755, kobj);
	if (IS_ERR(folder))
		return PTR_ERR(folder);
	err = add_attributes(folder, kobj, grp);
	if (err && grp->name)
		kernfs_remove(folder);
	else if (err)
		remove_attributes(folder, grp);
	return err;
}
EXPORT_SYMBOL_GPL(sysfs_create_group);

/**
 * sysfs_remove_group - undo sysfs_create_group()
 * @kobj: in whose folder
 * @grp: the group
 *
 * Context: may sleep.
 */
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp)
{
	if (grp->name)
		kernfs_remove_by_name(kobj->sd, grp->name);
	else
		remove_attributes(kobj->sd, grp);
}
EXPORT_SYMBOL_GPL(sysfs_remove_group);

/**
 * sysfs_create_groups - several groups, all or none
 * @kobj: in whose folder
 * @groups: up to a NULL; NULL: none
 *
 * Context: may sleep.
 * Return: as sysfs_create_group().
 */
int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	int i, err = 0;

	for (i = 0; groups && groups[i] && !err; i++)
		err = sysfs_create_group(kobj, groups[i]);
	if (err) {
		for (i--; i > 0; i--)
			sysfs_remove_group(kobj, groups[i - 1]);
	}
	return err;
}
EXPORT_SYMBOL_GPL(sysfs_create_groups);

/**
 * sysfs_remove_groups - undo sysfs_create_groups()
 * @kobj: whose folder they are in
 * @groups: up to a NULL; NULL: none
 */
void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	int i;

	for (i = 0; groups && groups[i]; i++)
		sysfs_remove_group(kobj, groups[i]);
}
EXPORT_SYMBOL_GPL(sysfs_remove_groups);

/* ---- links ---- */

/**
 * sysfs_create_link - make a link
 * @kobj: in whose folder; NULL: the root
 * @target: where it leads
 * @name: its name
 *
 * Context: may sleep.
 * Return: 0; -ENOENT if one of the two has no folder; -EEXIST, with a warning; -ENOMEM.
 */
int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name)
{
	struct kernfs_node *parent = kobj ? kobj->sd : sysfs_root_kn, *kn;

	if (!parent || !target || !target->sd)
		return -ENOENT;
	kn = kernfs_create_link(parent, name, target->sd);
	if (PTR_ERR_OR_ZERO(kn) == -EEXIST)
		sysfs_warn_dup(parent, name);
	return PTR_ERR_OR_ZERO(kn);
}
EXPORT_SYMBOL_GPL(sysfs_create_link);

/**
 * sysfs_remove_link - undo sysfs_create_link()
 * @kobj: whose folder it is in; NULL: the root
 * @name: its name
 */
void sysfs_remove_link(struct kobject *kobj, const char *name)
{
	struct kernfs_node *parent = kobj ? kobj->sd : sysfs_root_kn;

	if (parent)
		kernfs_remove_by_name(parent, name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_link);

/* ---- mounting ---- */

static int sysfs_fill_super(struct super_block *sb, struct fs_context *fc)
{
	return kernfs_fill_super(sb, sysfs_root, SYSFS_MAGIC);
}

static int sysfs_get_tree(struct fs_context *fc)
{
	return get_tree_single(fc, sysfs_fill_super);
}

static const struct fs_context_operations sysfs_fs_context_ops = {
	.get_tree	= sysfs_get_tree,
};

static int sysfs_init_fs_context(struct fs_context *fc)
{
	fc->ops = &sysfs_fs_context_ops;
	return 0;
}

static struct file_system_type sysfs_fs_type = {
	.name			= "sysfs",
	.init_fs_context	= sysfs_init_fs_context,
	.kill_sb		= kill_anon_super,
	.fs_flags		= FS_USERNS_MOUNT,
};

/* Before the first kobject: the device core makes its folders one level later. */
static int __init sysfs_init(void)
{
	sysfs_root = kernfs_create_root(0755, NULL);
	if (IS_ERR(sysfs_root))
		return PTR_ERR(sysfs_root);
	sysfs_root_kn = sysfs_root->kn;
	return register_filesystem(&sysfs_fs_type);
}
core_initcall(sysfs_init);
