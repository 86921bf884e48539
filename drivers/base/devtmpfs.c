// SPDX-License-Identifier: MIT
/*
 * devtmpfs: the file system of /dev, in which each device has its node from the moment that it is
 * added. There is one instance; every mount shows it. Programs may change names and modes there and
 * make files of their own, as in any ramfs: a node is taken away with its device only while it is
 * as the kernel made it.
 *
 * The kernel works in its own mount of it, with its own credentials, whoever adds the device.
 *
 * Lock order: node_lock > the VFS's locks. node_lock makes a directory and a node in it one step.
 */

#include <linux/cred.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/init.h>
#include <linux/init_task.h>
#include <linux/mount.h>
#include <linux/mutex.h>
#include <linux/namei.h>
#include <linux/printk.h>
#include <linux/ramfs.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <uapi/linux/magic.h>

#include "base.h"

static struct vfsmount *dev_mnt;	/* set once, early in boot */
static DEFINE_MUTEX(node_lock);

/* How an inode says that the kernel made it. */
static char kernel_made;

/* ---- the file system ---- */

static const struct super_operations devtmpfs_super_ops = {
	.statfs		= simple_statfs,
	.drop_inode	= generic_delete_inode,
};

static int devtmpfs_fill_super(struct super_block *sb, struct fs_context *fc)
{
	(void)fc;
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = TMPFS_MAGIC;
	sb->s_op = &devtmpfs_super_ops;
	sb->s_time_gran = 1;
	sb->s_root = d_make_root(ramfs_get_inode(sb, NULL, S_IFDIR | 0755, 0));
	return sb->s_root ? 0 : -ENOMEM;
}

static int devtmpfs_get_tree(struct fs_context *fc)
{
	return get_tree_single(fc, devtmpfs_fill_super);
}

/* tmpfs's options are let pass: the one instance has no limits to set. */
static int devtmpfs_parse_param(struct fs_context *fc, struct fs_parameter *param)
{
	(void)fc;
	return strcmp(param->key, "source") ? 0 : -ENOPARAM;
}

static const struct fs_context_operations devtmpfs_context_ops = {
	.parse_param	= devtmpfs_parse_param,
	.get_tree	= devtmpfs_get_tree,
};

static int devtmpfs_init_fs_context(struct fs_context *fc)
{
	fc->ops = &devtmpfs_context_ops;
	return 0;
}

static struct file_system_type devtmpfs_type = {
	.name			= "devtmpfs",
	.init_fs_context	= devtmpfs_init_fs_context,
	.kill_sb		= kill_litter_super,
};

/* ---- nodes ---- */

/* The directory that @name's last part goes into; *@last gets that part. */
static int dev_parent(const char *name, struct path *parent, const char **last)
{
	const char *slash = strrchr(name, '/');
	char *dir;
	int ret;

	if (!slash) {
		parent->mnt = mntget(dev_mnt);
		parent->dentry = dget(dev_mnt->mnt_root);
		*last = name;
		return 0;
	}
	*last = slash + 1;
	dir = kstrndup(name, slash - name, GFP_KERNEL);
	if (!dir)
		return -ENOMEM;
	ret = vfs_path_lookup(dev_mnt->mnt_root, dev_mnt, dir, LOOKUP_FOLLOW | LOOKUP_DIRECTORY,
			      parent);
	kfree(dir);
	return ret;
}

static void mark_kernel_made(struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	/* Symlinks and regular files keep other things there; the kernel makes neither. */
	if (inode)
		inode->i_private = &kernel_made;
}

/* One directory or node. @parent's directory exists. */
static int dev_make_one(const struct path *parent, const char *last, umode_t mode, dev_t dev)
{
	struct inode *dir = d_inode(parent->dentry);
	struct dentry *dentry;
	int ret;

	inode_lock_nested(dir, I_MUTEX_PARENT);
	dentry = lookup_one_len(last, parent->dentry, strlen(last));
	if (IS_ERR(dentry)) {
		ret = PTR_ERR(dentry);
		goto out_unlock;
	}
	if (d_is_positive(dentry))
		ret = -EEXIST;
	else if (S_ISDIR(mode))
		ret = vfs_mkdir(&nop_mnt_idmap, dir, dentry, mode & S_IALLUGO);
	else
		ret = vfs_mknod(&nop_mnt_idmap, dir, dentry, mode, dev);
	if (!ret)
		mark_kernel_made(dentry);
	dput(dentry);
out_unlock:
	inode_unlock(dir);
	return ret;
}

static int dev_make(const char *name, umode_t mode, dev_t dev)
{
	struct path parent;
	const char *last;
	int ret = dev_parent(name, &parent, &last);

	if (ret)
		return ret;
	ret = dev_make_one(&parent, last, mode, dev);
	path_put(&parent);
	return ret;
}

/* "input/by-id/x": make "input" and "input/by-id". */
static int dev_make_parents(const char *name)
{
	char *path = kstrdup(name, GFP_KERNEL), *slash;
	int ret = 0;

	if (!path)
		return -ENOMEM;
	for (slash = strchr(path, '/'); slash && !ret; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		ret = dev_make(path, S_IFDIR | 0755, 0);
		if (ret == -EEXIST)
			ret = 0;
		*slash = '/';
	}
	kfree(path);
	return ret;
}

/* Still what the kernel made for this device? */
static bool dev_node_is_ours(struct dentry *dentry, struct device *dev)
{
	struct inode *inode = d_inode(dentry);

	return inode && inode->i_private == &kernel_made && S_ISCHR(inode->i_mode) &&
	       inode->i_rdev == dev->devt;
}

static int dev_remove(const char *name, struct device *dev)
{
	struct path parent;
	struct dentry *dentry;
	struct inode *dir;
	const char *last;
	int ret = dev_parent(name, &parent, &last);

	if (ret)
		return ret;
	dir = d_inode(parent.dentry);
	inode_lock_nested(dir, I_MUTEX_PARENT);
	dentry = lookup_one_len(last, parent.dentry, strlen(last));
	if (IS_ERR(dentry)) {
		ret = PTR_ERR(dentry);
	} else {
		ret = -ENOENT;
		if (dev_node_is_ours(dentry, dev))
			ret = vfs_unlink(&nop_mnt_idmap, dir, dentry, NULL);
		dput(dentry);
	}
	inode_unlock(dir);
	path_put(&parent);
	return ret;
}

/* Do one thing to the node of @dev as the kernel itself. */
static int with_node(struct device *dev, bool create)
{
	const struct cred *old, *kernel;
	const char *name, *tmp;
	umode_t mode = 0;
	int ret = -ENOMEM;

	if (!dev_mnt)
		return 0;	/* devtmpfs_init() will make it */
	name = device_get_devnode(dev, &mode, &tmp);
	if (!name)
		return -ENOMEM;
	mode = S_IFCHR | (mode ? mode & S_IALLUGO : 0600);
	kernel = prepare_kernel_cred(&init_task);
	if (!kernel)
		goto out_free;
	old = override_creds(kernel);
	mutex_lock(&node_lock);
	ret = create ? dev_make(name, mode, dev->devt) : dev_remove(name, dev);
	if (create && ret == -ENOENT) {
		ret = dev_make_parents(name);
		if (!ret)
			ret = dev_make(name, mode, dev->devt);
	}
	mutex_unlock(&node_lock);
	revert_creds(old);
	put_cred(kernel);
out_free:
	kfree(tmp);
	return ret;
}

/** devtmpfs_create_node - of device_add(): 0, -EEXIST, -ENOMEM */
int devtmpfs_create_node(struct device *dev)
{
	return with_node(dev, true);
}

/** devtmpfs_delete_node - of device_del(): 0, -ENOENT if it isn't there as it was made */
int devtmpfs_delete_node(struct device *dev)
{
	return with_node(dev, false);
}

/* ---- at boot ---- */

static int create_for(struct device *dev, void *unused)
{
	(void)unused;
	if (MAJOR(dev->devt))
		devtmpfs_create_node(dev);
	return 0;
}

/* Before any driver's initcall. Devices that are there nevertheless get their nodes now. */
static int __init devtmpfs_init(void)
{
	struct vfsmount *mnt;
	int ret = register_filesystem(&devtmpfs_type);

	if (ret)
		return ret;
	mnt = kern_mount(&devtmpfs_type);
	if (IS_ERR(mnt)) {
		pr_err("devtmpfs: can't be mounted (%ld)\n", PTR_ERR(mnt));
		unregister_filesystem(&devtmpfs_type);
		return PTR_ERR(mnt);
	}
	dev_mnt = mnt;
	for_each_device(NULL, create_for);
	return 0;
}
core_initcall_sync(devtmpfs_init);

/**
 * devtmpfs_mount - mount it at /dev, which is made if it isn't there
 *
 * Context: boot, before the first program.
 * Return: 0 or a negative errno.
 */
int devtmpfs_mount(void)
{
	struct dentry *dentry;
	struct path path;
	int ret = kern_path("/dev", LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);

	if (ret == -ENOENT) {
		dentry = kern_path_create(AT_FDCWD, "/dev", &path, LOOKUP_DIRECTORY);
		if (IS_ERR(dentry))
			return PTR_ERR(dentry);
		ret = vfs_mkdir(&nop_mnt_idmap, d_inode(path.dentry), dentry, 0755);
		done_path_create(&path, dentry);
		if (!ret)
			ret = kern_path("/dev", LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);
	}
	if (ret)
		return ret;
	ret = path_mount("devtmpfs", &path, "devtmpfs", MS_SILENT, NULL);
	path_put(&path);
	if (!ret)
		pr_info("devtmpfs: mounted\n");
	else
		pr_info("devtmpfs: error mounting %d\n", ret);
	return ret;
}

/* After the initramfs was unpacked, before it runs. */
static int __init devtmpfs_mount_late(void)
{
	devtmpfs_mount();
	return 0;
}
late_initcall(devtmpfs_mount_late);
