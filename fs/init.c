// SPDX-License-Identifier: MIT
/* System calls as the kernel makes them while it boots: the same work, with names of its own. */

#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init_syscalls.h>
#include <linux/namei.h>

#include "internal.h"

/**
 * init_chown - fchownat(2)
 * @filename: whose
 * @user: uid, -1: as it is
 * @group: gid, -1: as it is
 * @flags: AT_SYMLINK_NOFOLLOW or 0
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_chown(const char *filename, uid_t user, gid_t group, int flags)
{
	struct path path;
	int error = kern_path(filename, flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW, &path);

	if (error)
		return error;
	error = chown_common(&path, user, group);
	path_put(&path);
	return error;
}

/**
 * init_chmod - chmod(2)
 * @filename: whose
 * @mode: permission bits
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_chmod(const char *filename, umode_t mode)
{
	struct path path;
	int error = kern_path(filename, LOOKUP_FOLLOW, &path);

	if (error)
		return error;
	error = chmod_common(&path, mode);
	path_put(&path);
	return error;
}

/**
 * init_eaccess - is the file there, and may the walk get to it? access(2) with F_OK
 * @filename: the file
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_eaccess(const char *filename)
{
	struct path path;
	int error = kern_path(filename, LOOKUP_FOLLOW, &path);

	if (error)
		return error;
	error = inode_permission(&nop_mnt_idmap, d_inode(path.dentry), MAY_ACCESS);
	path_put(&path);
	return error;
}

/**
 * init_stat - stat(2)
 * @filename: whose
 * @stat: the answer
 * @flags: AT_SYMLINK_NOFOLLOW or 0
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_stat(const char *filename, struct kstat *stat, int flags)
{
	struct path path;
	int error = kern_path(filename, flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW, &path);

	if (error)
		return error;
	error = vfs_getattr(&path, stat, STATX_BASIC_STATS, flags | AT_NO_AUTOMOUNT);
	path_put(&path);
	return error;
}

/**
 * init_mknod - mknod(2)
 * @filename: the new name
 * @mode: type and permission bits
 * @dev: as user programs see it, new_decode_dev()
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_mknod(const char *filename, umode_t mode, unsigned int dev)
{
	return do_mknodat(AT_FDCWD, getname_kernel(filename), mode, dev);
}

/**
 * init_link - link(2)
 * @oldname: the file
 * @newname: the new name
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_link(const char *oldname, const char *newname)
{
	return do_linkat(AT_FDCWD, getname_kernel(oldname), AT_FDCWD, getname_kernel(newname), 0);
}

/**
 * init_symlink - symlink(2)
 * @oldname: the text
 * @newname: the new name
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_symlink(const char *oldname, const char *newname)
{
	return do_symlinkat(getname_kernel(oldname), AT_FDCWD, getname_kernel(newname));
}

/**
 * init_unlink - unlink(2)
 * @pathname: the name
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_unlink(const char *pathname)
{
	return do_unlinkat(AT_FDCWD, getname_kernel(pathname));
}

/**
 * init_mkdir - mkdir(2)
 * @pathname: the new name
 * @mode: permission bits
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_mkdir(const char *pathname, umode_t mode)
{
	return do_mkdirat(AT_FDCWD, getname_kernel(pathname), mode);
}

/**
 * init_rmdir - rmdir(2)
 * @pathname: the directory
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_rmdir(const char *pathname)
{
	return do_rmdir(AT_FDCWD, getname_kernel(pathname));
}

/**
 * init_utimes - set a file's times; a link isn't followed
 * @filename: whose
 * @ts: access, modification
 *
 * Return: 0 or -errno, as of the system call.
 */
int __init init_utimes(char *filename, struct timespec64 *ts)
{
	struct path path;
	int error = kern_path(filename, 0, &path);

	if (error)
		return error;
	error = vfs_utimes(&path, ts);
	path_put(&path);
	return error;
}

/**
 * init_dup - the next descriptor of current is a file
 * @file: its reference stays the caller's
 *
 * Return: 0, -EMFILE, -ENOMEM.
 */
int __init init_dup(struct file *file)
{
	int fd = get_unused_fd_flags(0);

	if (fd < 0)
		return fd;
	fd_install(fd, get_file(file));
	return 0;
}
