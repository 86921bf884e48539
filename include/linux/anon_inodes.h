/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ANON_INODES_H
#define _LINUX_ANON_INODES_H

/*
 * Open files without a name of their own (eventfd, epoll, pidfd ...): they share one inode, as all
 * that matters is file->f_op and file->private_data.
 */

struct file;
struct file_operations;
struct inode;

struct file *anon_inode_getfile(const char *name, const struct file_operations *fops, void *priv,
				int flags);
struct file *anon_inode_create_getfile(const char *name, const struct file_operations *fops,
				       void *priv, int flags, const struct inode *context_inode);
int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags);

#endif /* _LINUX_ANON_INODES_H */
