/* SPDX-License-Identifier: MIT */
#ifndef _FS_KERNFS_INTERNAL_H
#define _FS_KERNFS_INTERNAL_H

/* What the files of kernfs share. */

#include <linux/fs.h>
#include <linux/kernfs.h>

static inline struct kernfs_node *kn_of(const struct inode *inode)
{
	return inode->i_private;
}

extern const struct file_operations kernfs_dir_fops, kernfs_file_fops;
extern const struct inode_operations kernfs_dir_iops, kernfs_file_iops, kernfs_symlink_iops;
struct inode *kernfs_get_inode(struct super_block *sb, struct kernfs_node *kn);

#endif /* _FS_KERNFS_INTERNAL_H */
