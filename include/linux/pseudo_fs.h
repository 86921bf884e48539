/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PSEUDO_FS_H
#define _LINUX_PSEUDO_FS_H

/*
 * File systems that are never mounted by anybody: they give pipes, sockets and the like an inode.
 */

#include <linux/fs_context.h>

struct pseudo_fs_context {
	const struct super_operations *ops;	/* NULL: simple_statfs */
	const struct xattr_handler *const *xattr;
	const struct dentry_operations *dops;
	unsigned long magic;
};

struct pseudo_fs_context *init_pseudo(struct fs_context *fc, unsigned long magic);

#endif /* _LINUX_PSEUDO_FS_H */
