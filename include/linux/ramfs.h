/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RAMFS_H
#define _LINUX_RAMFS_H

#include <linux/fs.h>

struct inode *ramfs_get_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
			      dev_t dev);
int ramfs_init_fs_context(struct fs_context *fc);
void ramfs_kill_sb(struct super_block *sb);
extern const struct file_operations ramfs_file_operations;

#endif /* _LINUX_RAMFS_H */
