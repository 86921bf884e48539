// SPDX-License-Identifier: MIT
/*
 * Files that are only their methods: eventfd, epoll, pidfd and the like.
 *
 * They all have the one inode of a file system that is never mounted, so such a file costs a struct
 * file and a dentry that carries its name for /proc/PID/fd: "anon_inode:[eventfd]".
 */

#include <linux/anon_inodes.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pseudo_fs.h>
#include <linux/init.h>
#include <linux/mount.h>
#include <uapi/linux/magic.h>

#include "internal.h"

static struct vfsmount *anon_inode_mnt __ro_after_init;
static struct inode *anon_inode_inode __ro_after_init;

static char *anon_inodefs_dname(struct dentry *dentry, char *buffer, int buflen)
{
	return dynamic_dname(buffer, buflen, "anon_inode:%s", dentry->d_name.name);
}

static const struct dentry_operations anon_inodefs_dentry_operations = {
	.d_dname = anon_inodefs_dname,
};

static int anon_inodefs_init_fs_context(struct fs_context *fc)
{
	struct pseudo_fs_context *ctx = init_pseudo(fc, ANON_INODE_FS_MAGIC);

	if (!ctx)
		return -ENOMEM;
	ctx->dops = &anon_inodefs_dentry_operations;
	return 0;
}

static struct file_system_type anon_inode_fs_type = {
	.name		 = "anon_inodefs",
	.init_fs_context = anon_inodefs_init_fs_context,
	.kill_sb	 = kill_anon_super,
};

static struct file *getfile(const char *name, const struct file_operations *fops, void *priv,
			    int flags, struct inode *inode)
{
	struct file *file = alloc_file_pseudo(inode, anon_inode_mnt, name,
					      flags & (O_ACCMODE | O_NONBLOCK), fops);

	if (IS_ERR(file)) {
		iput(inode);
		return file;
	}
	file->private_data = priv;
	file->f_mapping = inode->i_mapping;
	return file;
}

/**
 * anon_inode_getfile - an open file with methods and nothing else
 * @name: "[what]", for /proc/PID/fd
 * @fops: the methods
 * @priv: becomes private_data
 * @flags: O_RDWR and its like, O_NONBLOCK
 *
 * Context: may sleep.
 * Return: the file; ERR_PTR(-ENOMEM), -ENFILE; @priv is the caller's then.
 */
struct file *anon_inode_getfile(const char *name, const struct file_operations *fops, void *priv,
				int flags)
{
	ihold(anon_inode_inode);
	return getfile(name, fops, priv, flags, anon_inode_inode);
}
EXPORT_SYMBOL_GPL(anon_inode_getfile);

/**
 * anon_inode_create_getfile - anon_inode_getfile() with an inode of its own, for security modules
 * that label it
 * @name: for /proc/PID/fd
 * @fops: what the file does
 * @priv: its private_data
 * @flags: O_RDWR and its like, O_NONBLOCK
 * @context_inode: whose label it is to have; ignored
 *
 * Context: may sleep.
 * Return: the file; an error pointer, -ENOMEM or -ENFILE.
 */
struct file *anon_inode_create_getfile(const char *name, const struct file_operations *fops,
				       void *priv, int flags, const struct inode *context_inode)
{
	struct inode *inode = alloc_anon_inode(anon_inode_mnt->mnt_sb);

	(void)context_inode;
	if (IS_ERR(inode))
		return ERR_CAST(inode);
	inode->i_flags &= ~S_PRIVATE;
	return getfile(name, fops, priv, flags, inode);
}
EXPORT_SYMBOL_GPL(anon_inode_create_getfile);

/**
 * anon_inode_getfd - anon_inode_getfile() as a new descriptor of current
 * @name: for /proc/PID/fd
 * @fops: what the file does
 * @priv: its private_data
 * @flags: O_RDWR and its like, O_NONBLOCK; O_CLOEXEC is the descriptor's
 *
 * Context: may sleep.
 * Return: the descriptor; -EMFILE, -ENFILE, -ENOMEM.
 */
int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags)
{
	int fd = get_unused_fd_flags(flags);
	struct file *file;

	if (fd < 0)
		return fd;
	file = anon_inode_getfile(name, fops, priv, flags);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}
EXPORT_SYMBOL_GPL(anon_inode_getfd);

static int __init anon_inode_init(void)
{
	anon_inode_mnt = kern_mount(&anon_inode_fs_type);
	if (IS_ERR(anon_inode_mnt))
		panic("anon_inodefs: no mount: %ld\n", PTR_ERR(anon_inode_mnt));
	anon_inode_inode = alloc_anon_inode(anon_inode_mnt->mnt_sb);
	if (IS_ERR(anon_inode_inode))
		panic("anon_inodefs: no inode: %ld\n", PTR_ERR(anon_inode_inode));
	return 0;
}
fs_initcall(anon_inode_init);
