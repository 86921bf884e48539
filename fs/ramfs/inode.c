// SPDX-License-Identifier: MIT
/*
 * ramfs: files that live in the caches, for as long as the file system is mounted.
 *
 * A dentry that exists has one reference more than its users take, so it is never pruned; its inode
 * hangs on it; the inode's pages are never clean and stay. Nothing limits the size.
 */

#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/pagemap.h>
#include <linux/ramfs.h>
#include <linux/slab.h>
#include <uapi/linux/magic.h>

#include "internal.h"

#define RAMFS_DEFAULT_MODE	0755

struct ramfs_fs_info {
	umode_t mode;		/* of the root */
};

static const struct inode_operations ramfs_dir_inode_operations;

/**
 * ramfs_get_inode - a new inode
 * @sb: whose
 * @dir: the directory it goes into, NULL: the root
 * @mode: type and rights
 * @dev: for devices
 *
 * Return: the inode, or NULL without memory.
 */
struct inode *ramfs_get_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
			      dev_t dev)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode_init_owner(&nop_mnt_idmap, inode, dir, mode);
	inode->i_mapping->a_ops = &ram_aops;
	mapping_set_gfp_mask(inode->i_mapping, GFP_HIGHUSER);
	mapping_set_unevictable(inode->i_mapping);
	simple_inode_init_ts(inode);
	switch (mode & S_IFMT) {
	case S_IFREG:
		inode->i_op = &ramfs_file_inode_operations;
		inode->i_fop = &ramfs_file_operations;
		break;
	case S_IFDIR:
		inode->i_op = &ramfs_dir_inode_operations;
		inode->i_fop = &simple_dir_operations;
		inc_nlink(inode);	/* its own "." */
		break;
	case S_IFLNK:
		inode->i_op = &page_symlink_inode_operations;
		inode_nohighmem(inode);
		break;
	default:
		init_special_inode(inode, mode, dev);
		break;
	}
	return inode;
}

static int ramfs_mknod(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		       umode_t mode, dev_t dev)
{
	struct inode *inode = ramfs_get_inode(dir->i_sb, dir, mode, dev);

	(void)idmap;
	if (!inode)
		return -ENOSPC;
	d_instantiate(dentry, inode);
	dget(dentry);	/* the one that makes it exist */
	inode_set_mtime_to_ts(dir, inode_set_ctime_current(dir));
	return 0;
}

static int ramfs_mkdir(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		       umode_t mode)
{
	int ret = ramfs_mknod(idmap, dir, dentry, mode | S_IFDIR, 0);

	if (!ret)
		inc_nlink(dir);
	return ret;
}

static int ramfs_create(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
			umode_t mode, bool excl)
{
	(void)excl;
	return ramfs_mknod(idmap, dir, dentry, mode | S_IFREG, 0);
}

static int ramfs_symlink(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
			 const char *target)
{
	struct inode *inode = ramfs_get_inode(dir->i_sb, dir, S_IFLNK | 0777, 0);
	int error;

	(void)idmap;
	if (!inode)
		return -ENOSPC;
	error = page_symlink(inode, target, strlen(target) + 1);
	if (error) {
		iput(inode);
		return error;
	}
	d_instantiate(dentry, inode);
	dget(dentry);
	inode_set_mtime_to_ts(dir, inode_set_ctime_current(dir));
	return 0;
}

static int ramfs_tmpfile(struct mnt_idmap *idmap, struct inode *dir, struct file *file,
			 umode_t mode)
{
	struct inode *inode = ramfs_get_inode(dir->i_sb, dir, mode, 0);

	(void)idmap;
	if (!inode)
		return -ENOSPC;
	d_tmpfile(file, inode);
	return finish_open(file, file->f_path.dentry, NULL);
}

static const struct inode_operations ramfs_dir_inode_operations = {
	.create		= ramfs_create,
	.lookup		= simple_lookup,
	.link		= simple_link,
	.unlink		= simple_unlink,
	.symlink	= ramfs_symlink,
	.mkdir		= ramfs_mkdir,
	.rmdir		= simple_rmdir,
	.mknod		= ramfs_mknod,
	.rename		= simple_rename,
	.tmpfile	= ramfs_tmpfile,
};

static const struct super_operations ramfs_ops = {
	.statfs		= simple_statfs,
	.drop_inode	= generic_delete_inode,
};

/*
 * mode=octal. Other options are none of ours and are let pass, as root file systems get them all.
 */
static int ramfs_parse_param(struct fs_context *fc, struct fs_parameter *param)
{
	struct ramfs_fs_info *fsi = fc->s_fs_info;
	unsigned int mode;

	if (!strcmp(param->key, "source"))
		return -ENOPARAM;
	if (strcmp(param->key, "mode"))
		return 0;
	if (param->type != fs_value_is_string || kstrtouint(param->string, 8, &mode))
		return -EINVAL;
	fsi->mode = mode & S_IALLUGO;
	return 0;
}

static int ramfs_fill_super(struct super_block *sb, struct fs_context *fc)
{
	struct ramfs_fs_info *fsi = sb->s_fs_info;

	(void)fc;
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = RAMFS_MAGIC;
	sb->s_op = &ramfs_ops;
	sb->s_time_gran = 1;
	sb->s_root = d_make_root(ramfs_get_inode(sb, NULL, S_IFDIR | fsi->mode, 0));
	return sb->s_root ? 0 : -ENOMEM;
}

static int ramfs_get_tree(struct fs_context *fc)
{
	return get_tree_nodev(fc, ramfs_fill_super);
}

static void ramfs_free_fc(struct fs_context *fc)
{
	kfree(fc->s_fs_info);
}

static const struct fs_context_operations ramfs_context_ops = {
	.free		= ramfs_free_fc,
	.parse_param	= ramfs_parse_param,
	.get_tree	= ramfs_get_tree,
};

/**
 * ramfs_init_fs_context - ->init_fs_context() of ramfs
 * @fc: the context
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int ramfs_init_fs_context(struct fs_context *fc)
{
	struct ramfs_fs_info *fsi = kzalloc(sizeof(*fsi), GFP_KERNEL);

	if (!fsi)
		return -ENOMEM;
	fsi->mode = RAMFS_DEFAULT_MODE;
	fc->s_fs_info = fsi;
	fc->ops = &ramfs_context_ops;
	return 0;
}

/**
 * ramfs_kill_sb - ->kill_sb() of ramfs
 * @sb: s_umount held for writing, dropped
 */
void ramfs_kill_sb(struct super_block *sb)
{
	void *fsi = sb->s_fs_info;

	kill_litter_super(sb);
	kfree(fsi);
}

static struct file_system_type ramfs_fs_type = {
	.name			= "ramfs",
	.init_fs_context	= ramfs_init_fs_context,
	.kill_sb		= ramfs_kill_sb,
	.fs_flags		= FS_USERNS_MOUNT,
};

static int __init init_ramfs_fs(void)
{
	return register_filesystem(&ramfs_fs_type);
}
fs_initcall(init_ramfs_fs);
