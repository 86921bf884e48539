/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEVPTS_FS_H
#define _LINUX_DEVPTS_FS_H

/* devpts: the nodes of pseudo-terminals' slaves. pty.c drives it. */

#include <linux/compiler.h>

struct dentry;
struct file;
struct pts_fs_info;
struct vfsmount;

struct vfsmount *devpts_mntget(struct file *file, struct pts_fs_info *fsi);
struct pts_fs_info *devpts_acquire(struct file *file);
void devpts_release(struct pts_fs_info *fsi);
int devpts_new_index(struct pts_fs_info *fsi);
void devpts_kill_index(struct pts_fs_info *fsi, int idx);
struct dentry *devpts_pty_new(struct pts_fs_info *fsi, int index, void *priv);
void *devpts_get_priv(struct dentry *dentry);
void devpts_pty_kill(struct dentry *dentry);

#endif /* _LINUX_DEVPTS_FS_H */
