// SPDX-License-Identifier: MIT
/* Setting times: utimensat(2) and its ancestors. */

#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include <linux/time64.h>
#include <linux/uaccess.h>
#include <uapi/linux/time_types.h>
#include <uapi/linux/utime.h>

#include "internal.h"

static bool nsec_valid(long nsec)
{
	return nsec == UTIME_OMIT || nsec == UTIME_NOW || (nsec >= 0 && nsec < NSEC_PER_SEC);
}

/**
 * vfs_utimes - set atime and mtime
 * @path: of what
 * @times: two, whose tv_nsec may be UTIME_NOW or UTIME_OMIT; NULL: both now
 *
 * Return: 0, -EINVAL, -EROFS, -EPERM, -EACCES, what the file system says.
 */
int vfs_utimes(const struct path *path, struct timespec64 *times)
{
	struct inode *inode = path->dentry->d_inode;
	struct iattr newattrs = { .ia_valid = ATTR_CTIME | ATTR_ATIME | ATTR_MTIME };
	int error;

	if (times) {
		if (!nsec_valid(times[0].tv_nsec) || !nsec_valid(times[1].tv_nsec))
			return -EINVAL;
		if (times[0].tv_nsec == UTIME_NOW && times[1].tv_nsec == UTIME_NOW)
			times = NULL;
	}
	error = mnt_want_write(path->mnt);
	if (error)
		return error;
	if (times) {
		if (times[0].tv_nsec == UTIME_OMIT) {
			newattrs.ia_valid &= ~ATTR_ATIME;
		} else if (times[0].tv_nsec != UTIME_NOW) {
			newattrs.ia_atime = times[0];
			newattrs.ia_valid |= ATTR_ATIME_SET;
		}
		if (times[1].tv_nsec == UTIME_OMIT) {
			newattrs.ia_valid &= ~ATTR_MTIME;
		} else if (times[1].tv_nsec != UTIME_NOW) {
			newattrs.ia_mtime = times[1];
			newattrs.ia_valid |= ATTR_MTIME_SET;
		}
		/* Only the owner may say which time, even if one of the two is UTIME_NOW. */
		newattrs.ia_valid |= ATTR_TIMES_SET;
	} else {
		newattrs.ia_valid |= ATTR_TOUCH;
	}
	inode_lock(inode);
	error = notify_change(&nop_mnt_idmap, path->dentry, &newattrs, NULL);
	inode_unlock(inode);
	mnt_drop_write(path->mnt);
	return error;
}

static int do_utimes_path(int dfd, const char __user *filename, struct timespec64 *times, int flags)
{
	struct path path;
	int error = user_path_by_at_flags(dfd, filename, flags, &path);

	if (!error) {
		error = vfs_utimes(&path, times);
		path_put(&path);
	}
	return error;
}

static long do_utimes(int dfd, const char __user *filename, struct timespec64 *times, int flags)
{
	struct fd f;
	int error;

	if (filename || dfd == AT_FDCWD)
		return do_utimes_path(dfd, filename, times, flags);
	/* utimensat(fd, NULL, ...) is futimens(). */
	if (flags)
		return -EINVAL;
	f = fdget(dfd);
	if (fd_empty(f))
		return -EBADF;
	error = vfs_utimes(&fd_file(f)->f_path, times);
	fdput(f);
	return error;
}

SYSCALL_DEFINE4(utimensat, int, dfd, const char __user *, filename,
		struct __kernel_timespec __user *, utimes, int, flags)
{
	struct __kernel_timespec ts[2];
	struct timespec64 tstimes[2];
	int i;

	if (!utimes)
		return do_utimes(dfd, filename, NULL, flags);
	if (copy_from_user(ts, utimes, sizeof(ts)))
		return -EFAULT;
	for (i = 0; i < 2; i++)
		tstimes[i] = (struct timespec64){ ts[i].tv_sec, ts[i].tv_nsec };
	/* Nothing to do, and nothing is checked. */
	if (tstimes[0].tv_nsec == UTIME_OMIT && tstimes[1].tv_nsec == UTIME_OMIT)
		return 0;
	return do_utimes(dfd, filename, tstimes, flags);
}

static long do_futimesat(int dfd, const char __user *filename,
			 const struct __kernel_old_timeval __user *utimes)
{
	struct __kernel_old_timeval times[2];
	struct timespec64 tstimes[2];
	int i;

	if (!utimes)
		return do_utimes(dfd, filename, NULL, 0);
	if (copy_from_user(times, utimes, sizeof(times)))
		return -EFAULT;
	for (i = 0; i < 2; i++) {
		if (times[i].tv_usec >= USEC_PER_SEC || times[i].tv_usec < 0)
			return -EINVAL;
		tstimes[i] = (struct timespec64){ times[i].tv_sec,
						  times[i].tv_usec * NSEC_PER_USEC };
	}
	return do_utimes(dfd, filename, tstimes, 0);
}

SYSCALL_DEFINE3(futimesat, int, dfd, const char __user *, filename,
		struct __kernel_old_timeval __user *, utimes)
{
	return do_futimesat(dfd, filename, utimes);
}

SYSCALL_DEFINE2(utimes, char __user *, filename, struct __kernel_old_timeval __user *, utimes)
{
	return do_futimesat(AT_FDCWD, filename, utimes);
}

SYSCALL_DEFINE2(utime, char __user *, filename, struct utimbuf __user *, times)
{
	struct timespec64 tv[2];
	struct utimbuf ut;

	if (!times)
		return do_utimes(AT_FDCWD, filename, NULL, 0);
	if (copy_from_user(&ut, times, sizeof(ut)))
		return -EFAULT;
	tv[0] = (struct timespec64){ ut.actime, 0 };
	tv[1] = (struct timespec64){ ut.modtime, 0 };
	return do_utimes(AT_FDCWD, filename, tv, 0);
}
