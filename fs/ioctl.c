// SPDX-License-Identifier: MIT
/* ioctl(2): what every file knows is done here, the rest is the file's own. */

#include <asm/ioctls.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/fs.h>

#include "internal.h"

/**
 * vfs_ioctl - have a file do what only it knows of
 * @filp: the file
 * @cmd: what
 * @arg: with what: a number or a user address
 *
 * Context: may sleep.
 * Return: what it says; -ENOTTY if it knows nothing of @cmd. ioctl(2).
 */
long vfs_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	long error;

	if (!filp->f_op->unlocked_ioctl)
		return -ENOTTY;
	error = filp->f_op->unlocked_ioctl(filp, cmd, arg);
	return error == -ENOIOCTLCMD ? -ENOTTY : error;
}
EXPORT_SYMBOL(vfs_ioctl);

static int ioctl_fionbio(struct file *filp, int __user *argp)
{
	int on;

	if (get_user(on, argp))
		return -EFAULT;
	spin_lock(&filp->f_lock);
	if (on)
		filp->f_flags |= O_NONBLOCK;
	else
		filp->f_flags &= ~O_NONBLOCK;
	spin_unlock(&filp->f_lock);
	return 0;
}

static int ioctl_fioasync(unsigned int fd, struct file *filp, int __user *argp)
{
	unsigned int flag;
	int on, error = 0;

	if (get_user(on, argp))
		return -EFAULT;
	flag = on ? FASYNC : 0;
	if ((flag ^ filp->f_flags) & FASYNC) {
		if (!filp->f_op->fasync)
			return -ENOTTY;
		/* It changes f_flags itself: fasync_helper(). */
		error = filp->f_op->fasync(fd, filp, on);
	}
	return error < 0 ? error : 0;
}

/* FIGETBSZ, FIONREAD of a regular file; others are for the file. */
static int file_ioctl(struct file *filp, unsigned int cmd, int __user *argp)
{
	struct inode *inode = file_inode(filp);

	switch (cmd) {
	case FIONREAD:
		return put_user(i_size_read(inode) - filp->f_pos, argp);
	default:
		return -ENOIOCTLCMD;
	}
}

static int do_vfs_ioctl(struct file *filp, unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = file_inode(filp);
	void __user *argp = (void __user *)arg;
	loff_t bytes;

	switch (cmd) {
	case FIOCLEX:
		set_close_on_exec(fd, 1);
		return 0;
	case FIONCLEX:
		set_close_on_exec(fd, 0);
		return 0;
	case FIONBIO:
		return ioctl_fionbio(filp, argp);
	case FIOASYNC:
		return ioctl_fioasync(fd, filp, argp);
	case FIOQSIZE:
		if (!S_ISDIR(inode->i_mode) && !S_ISREG(inode->i_mode) && !S_ISLNK(inode->i_mode))
			return -ENOTTY;
		bytes = inode_get_bytes(inode);
		return copy_to_user(argp, &bytes, sizeof(bytes)) ? -EFAULT : 0;
	case FICLONE:
		/* No file system of ours shares blocks. */
		return S_ISREG(inode->i_mode) ? -EOPNOTSUPP : -ENOIOCTLCMD;
	case FIGETBSZ:
		if (!inode->i_sb->s_blocksize)
			return -EINVAL;
		return put_user(inode->i_sb->s_blocksize, (int __user *)argp);
	default:
		return S_ISREG(inode->i_mode) ? file_ioctl(filp, cmd, argp) : -ENOIOCTLCMD;
	}
}

SYSCALL_DEFINE3(ioctl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget(fd);
	int error;

	if (fd_empty(f))
		return -EBADF;
	error = security_file_ioctl(fd_file(f), cmd, arg);
	if (!error) {
		error = do_vfs_ioctl(fd_file(f), fd, cmd, arg);
		if (error == -ENOIOCTLCMD)
			error = vfs_ioctl(fd_file(f), cmd, arg);
	}
	fdput(f);
	return error;
}
