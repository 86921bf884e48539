// SPDX-License-Identifier: MIT
/* What is known of an inode, for stat(2) and its kin. */

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"

/**
 * generic_fillattr - stat(2)'s answer from what the inode says
 * @idmap: nop_mnt_idmap
 * @request_mask: STATX_*: what is asked for
 * @inode: the inode
 * @stat: the answer
 */
void generic_fillattr(struct mnt_idmap *idmap, u32 request_mask, struct inode *inode,
		      struct kstat *stat)
{
	(void)idmap;
	(void)request_mask;
	stat->dev = inode->i_sb->s_dev;
	stat->ino = inode->i_ino;
	stat->mode = inode->i_mode;
	stat->nlink = inode->i_nlink;
	stat->uid = inode->i_uid;
	stat->gid = inode->i_gid;
	stat->rdev = inode->i_rdev;
	stat->size = i_size_read(inode);
	stat->atime = inode_get_atime(inode);
	stat->mtime = inode_get_mtime(inode);
	stat->ctime = inode_get_ctime(inode);
	stat->blksize = i_blocksize(inode);
	stat->blocks = inode->i_blocks;
}
EXPORT_SYMBOL(generic_fillattr);

/**
 * vfs_getattr_nosec - vfs_getattr() that asks no security module
 * @path: the file
 * @stat: the answer
 * @request_mask: STATX_*, what is asked for
 * @query_flags: AT_STATX_*, how fresh it has to be
 *
 * Context: may sleep.
 * Return: 0, or what ->getattr() said.
 */
int vfs_getattr_nosec(const struct path *path, struct kstat *stat, u32 request_mask,
		      unsigned int query_flags)
{
	struct inode *inode = d_inode(path->dentry);

	memset(stat, 0, sizeof(*stat));
	stat->result_mask |= STATX_BASIC_STATS;
	query_flags &= AT_STATX_SYNC_TYPE;
	if (IS_NOATIME(inode))
		stat->result_mask &= ~STATX_ATIME;
	if (inode->i_op->getattr)
		return inode->i_op->getattr(&nop_mnt_idmap, path, stat, request_mask, query_flags);
	generic_fillattr(&nop_mnt_idmap, request_mask, inode, stat);
	return 0;
}
EXPORT_SYMBOL(vfs_getattr_nosec);

/**
 * vfs_getattr - ask for a file's attributes
 * @path: the file
 * @stat: the answer
 * @request_mask: STATX_*, what is asked for
 * @query_flags: AT_STATX_*, how fresh it has to be
 *
 * Context: may sleep.
 * Return: 0; what a security module or ->getattr() said.
 */
int vfs_getattr(const struct path *path, struct kstat *stat, u32 request_mask,
		unsigned int query_flags)
{
	int retval = security_inode_getattr(path);

	return retval ? retval : vfs_getattr_nosec(path, stat, request_mask, query_flags);
}
EXPORT_SYMBOL(vfs_getattr);

/**
 * vfs_fstat - fstat(2)
 * @fd: of current; O_PATH is enough
 * @stat: the answer
 *
 * Context: may sleep.
 * Return: 0, -EBADF, or as vfs_getattr().
 */
int vfs_fstat(int fd, struct kstat *stat)
{
	struct fd f = fdget_raw(fd);
	int error;

	if (fd_empty(f))
		return -EBADF;
	error = vfs_getattr(&fd_file(f)->f_path, stat, STATX_BASIC_STATS, 0);
	fdput(f);
	return error;
}

static int stat_at(const struct path *path, int flags, struct kstat *stat, u32 request_mask)
{
	int error = vfs_getattr(path, stat, request_mask, flags);

	if (error)
		return error;
	if (request_mask & STATX_MNT_ID) {
		stat->mnt_id = real_mount(path->mnt)->mnt_id;
		stat->result_mask |= STATX_MNT_ID;
	}
	if (path->mnt->mnt_root == path->dentry)
		stat->attributes |= STATX_ATTR_MOUNT_ROOT;
	stat->attributes_mask |= STATX_ATTR_MOUNT_ROOT;
	return 0;
}

/*
 * Does the caller mean the descriptor itself: AT_EMPTY_PATH with "" or NULL? One byte of user
 * memory decides, and the walk and its copy of the name are saved: this is how libc does fstat().
 */
static bool means_the_fd(const char __user *filename, int flags)
{
	char c;

	if (likely(!(flags & AT_EMPTY_PATH)))
		return false;
	if (!filename)
		return true;
	return !get_user(c, filename) && !c;
}

static int stat_fd(int fd, int flags, struct kstat *stat, u32 request_mask)
{
	struct fd f = fdget_raw(fd);
	int error;

	if (fd_empty(f))
		return -EBADF;
	error = stat_at(&fd_file(f)->f_path, flags, stat, request_mask);
	fdput(f);
	return error;
}

static int stat_path(int dfd, const char __user *filename, int flags, struct kstat *stat,
		     u32 request_mask)
{
	unsigned int lookup_flags = 0;
	struct path path;
	int error;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	if (means_the_fd(filename, flags) && dfd >= 0)
		return stat_fd(dfd, flags, stat, request_mask);
	if (!(flags & AT_SYMLINK_NOFOLLOW))
		lookup_flags |= LOOKUP_FOLLOW;
	if (flags & AT_EMPTY_PATH)
		lookup_flags |= LOOKUP_EMPTY;
	error = user_path_at(dfd, filename, lookup_flags, &path);
	if (error)
		return error;
	error = stat_at(&path, flags, stat, request_mask);
	path_put(&path);
	return error;
}

/**
 * vfs_fstatat - fstatat(2)
 * @dfd: where a relative path starts: a descriptor, or AT_FDCWD
 * @filename: user address
 * @stat: the answer
 * @flags: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH, AT_NO_AUTOMOUNT
 *
 * Context: may sleep.
 * Return: 0, -EINVAL for other flags, an error of the walk, or as vfs_getattr().
 */
int vfs_fstatat(int dfd, const char __user *filename, struct kstat *stat, int flags)
{
	return stat_path(dfd, filename, flags | AT_NO_AUTOMOUNT, stat, STATX_BASIC_STATS);
}

static int cp_new_stat(const struct kstat *stat, struct stat __user *statbuf)
{
	struct stat tmp;

	memset(&tmp, 0, sizeof(tmp));
	tmp.st_dev = new_encode_dev(stat->dev);
	tmp.st_ino = stat->ino;
	tmp.st_mode = stat->mode;
	tmp.st_nlink = stat->nlink;
	tmp.st_uid = from_kuid_munged(current_user_ns(), stat->uid);
	tmp.st_gid = from_kgid_munged(current_user_ns(), stat->gid);
	tmp.st_rdev = new_encode_dev(stat->rdev);
	tmp.st_size = stat->size;
	tmp.st_atime = stat->atime.tv_sec;
	tmp.st_atime_nsec = stat->atime.tv_nsec;
	tmp.st_mtime = stat->mtime.tv_sec;
	tmp.st_mtime_nsec = stat->mtime.tv_nsec;
	tmp.st_ctime = stat->ctime.tv_sec;
	tmp.st_ctime_nsec = stat->ctime.tv_nsec;
	tmp.st_blocks = stat->blocks;
	tmp.st_blksize = stat->blksize;
	return copy_to_user(statbuf, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

SYSCALL_DEFINE4(newfstatat, int, dfd, const char __user *, filename, struct stat __user *, statbuf,
		int, flag)
{
	struct kstat stat;
	int error = vfs_fstatat(dfd, filename, &stat, flag);

	return error ? error : cp_new_stat(&stat, statbuf);
}

SYSCALL_DEFINE2(stat, const char __user *, filename, struct stat __user *, statbuf)
{
	struct kstat stat;
	int error = vfs_fstatat(AT_FDCWD, filename, &stat, 0);

	return error ? error : cp_new_stat(&stat, statbuf);
}

SYSCALL_DEFINE2(lstat, const char __user *, filename, struct stat __user *, statbuf)
{
	struct kstat stat;
	int error = vfs_fstatat(AT_FDCWD, filename, &stat, AT_SYMLINK_NOFOLLOW);

	return error ? error : cp_new_stat(&stat, statbuf);
}

SYSCALL_DEFINE2(fstat, unsigned int, fd, struct stat __user *, statbuf)
{
	struct kstat stat;
	int error = vfs_fstat(fd, &stat);

	return error ? error : cp_new_stat(&stat, statbuf);
}

/* ---- statx(2) ---- */

static struct statx_timestamp statx_time(struct timespec64 ts)
{
	return (struct statx_timestamp){ .tv_sec = ts.tv_sec, .tv_nsec = ts.tv_nsec };
}

static int cp_statx(const struct kstat *stat, struct statx __user *buffer)
{
	struct statx tmp;

	static_assert(sizeof(tmp) == 256);
	memset(&tmp, 0, sizeof(tmp));
	tmp.stx_mask = stat->result_mask;
	tmp.stx_blksize = stat->blksize;
	tmp.stx_attributes = stat->attributes & stat->attributes_mask;
	tmp.stx_nlink = stat->nlink;
	tmp.stx_uid = from_kuid_munged(current_user_ns(), stat->uid);
	tmp.stx_gid = from_kgid_munged(current_user_ns(), stat->gid);
	tmp.stx_mode = stat->mode;
	tmp.stx_ino = stat->ino;
	tmp.stx_size = stat->size;
	tmp.stx_blocks = stat->blocks;
	tmp.stx_attributes_mask = stat->attributes_mask;
	tmp.stx_atime = statx_time(stat->atime);
	tmp.stx_btime = statx_time(stat->btime);
	tmp.stx_ctime = statx_time(stat->ctime);
	tmp.stx_mtime = statx_time(stat->mtime);
	tmp.stx_rdev_major = MAJOR(stat->rdev);
	tmp.stx_rdev_minor = MINOR(stat->rdev);
	tmp.stx_dev_major = MAJOR(stat->dev);
	tmp.stx_dev_minor = MINOR(stat->dev);
	tmp.stx_mnt_id = stat->mnt_id;
	tmp.stx_dio_mem_align = stat->dio_mem_align;
	tmp.stx_dio_offset_align = stat->dio_offset_align;
	tmp.stx_subvol = stat->subvol;
	return copy_to_user(buffer, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

SYSCALL_DEFINE5(statx, int, dfd, const char __user *, filename, unsigned int, flags,
		unsigned int, mask, struct statx __user *, buffer)
{
	struct kstat stat;
	int error;

	if (mask & STATX__RESERVED)
		return -EINVAL;
	if ((flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
		return -EINVAL;
	/* The mount's id is free of charge: it is told unasked, as on Linux. */
	error = stat_path(dfd, filename, flags, &stat, mask | STATX_MNT_ID);
	return error ? error : cp_statx(&stat, buffer);
}

/* ---- readlink(2) ---- */

static int do_readlinkat(int dfd, const char __user *pathname, char __user *buf, int bufsiz)
{
	struct path path;
	int error;

	if (bufsiz <= 0)
		return -EINVAL;
	error = user_path_at(dfd, pathname, LOOKUP_EMPTY, &path);
	if (error)
		return error;
	if (d_is_symlink(path.dentry) || d_inode(path.dentry)->i_op->readlink) {
		error = security_inode_readlink(path.dentry);
		if (!error) {
			touch_atime(&path);
			error = vfs_readlink(path.dentry, buf, bufsiz);
		}
	} else {
		/* An empty path named something else than a symlink. */
		char c = 1;

		error = !get_user(c, pathname) && !c ? -ENOENT : -EINVAL;
	}
	path_put(&path);
	return error;
}

SYSCALL_DEFINE4(readlinkat, int, dfd, const char __user *, path, char __user *, buf, int, bufsiz)
{
	return do_readlinkat(dfd, path, buf, bufsiz);
}

SYSCALL_DEFINE3(readlink, const char __user *, path, char __user *, buf, int, bufsiz)
{
	return do_readlinkat(AT_FDCWD, path, buf, bufsiz);
}

/* ---- blocks and bytes that an inode takes, for file systems that count them ---- */

/**
 * inode_add_bytes - the object takes more room
 * @inode: the inode
 * @bytes: how much
 */
void inode_add_bytes(struct inode *inode, loff_t bytes)
{
	spin_lock(&inode->i_lock);
	inode->i_blocks += bytes >> 9;
	inode->i_bytes += bytes & 511;
	if (inode->i_bytes >= 512) {
		inode->i_blocks++;
		inode->i_bytes -= 512;
	}
	spin_unlock(&inode->i_lock);
}
EXPORT_SYMBOL(inode_add_bytes);

/**
 * inode_sub_bytes - the object takes less room
 * @inode: the inode
 * @bytes: how much
 */
void inode_sub_bytes(struct inode *inode, loff_t bytes)
{
	spin_lock(&inode->i_lock);
	inode->i_blocks -= bytes >> 9;
	if (inode->i_bytes < (bytes & 511)) {
		inode->i_blocks--;
		inode->i_bytes += 512;
	}
	inode->i_bytes -= bytes & 511;
	spin_unlock(&inode->i_lock);
}
EXPORT_SYMBOL(inode_sub_bytes);

/**
 * inode_get_bytes - how much room the object takes
 * @inode: the inode
 */
loff_t inode_get_bytes(struct inode *inode)
{
	loff_t ret;

	spin_lock(&inode->i_lock);
	ret = ((loff_t)inode->i_blocks << 9) + inode->i_bytes;
	spin_unlock(&inode->i_lock);
	return ret;
}
EXPORT_SYMBOL(inode_get_bytes);

/**
 * inode_set_bytes - the object takes so much room
 * @inode: the inode
 * @bytes: how much
 */
void inode_set_bytes(struct inode *inode, loff_t bytes)
{
	inode->i_blocks = bytes >> 9;
	inode->i_bytes = bytes & 511;
}
EXPORT_SYMBOL(inode_set_bytes);
