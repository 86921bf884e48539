// SPDX-License-Identifier: MIT
/* statfs(2): how large is a file system, and how is it mounted? */

#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/security.h>
#include <linux/statfs.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"

static int statfs_flags(const struct vfsmount *mnt)
{
	static const struct { int mnt, st; } map[] = {
		{ MNT_READONLY, ST_RDONLY }, { MNT_NOSUID, ST_NOSUID }, { MNT_NODEV, ST_NODEV },
		{ MNT_NOEXEC, ST_NOEXEC }, { MNT_NOATIME, ST_NOATIME },
		{ MNT_NODIRATIME, ST_NODIRATIME }, { MNT_RELATIME, ST_RELATIME },
		{ MNT_NOSYMFOLLOW, ST_NOSYMFOLLOW },
	};
	unsigned long sb_flags = mnt->mnt_sb->s_flags;
	int flags = ST_VALID;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(map); i++)
		if (mnt->mnt_flags & map[i].mnt)
			flags |= map[i].st;
	if (sb_flags & SB_SYNCHRONOUS)
		flags |= ST_SYNCHRONOUS;
	if (sb_flags & SB_RDONLY)
		flags |= ST_RDONLY;
	return flags;
}

static int statfs_by_dentry(struct dentry *dentry, struct kstatfs *buf)
{
	int retval;

	if (!dentry->d_sb->s_op->statfs)
		return -ENOSYS;
	memset(buf, 0, sizeof(*buf));
	retval = security_sb_statfs(dentry);
	if (retval)
		return retval;
	retval = dentry->d_sb->s_op->statfs(dentry, buf);
	if (!retval && !buf->f_frsize)
		buf->f_frsize = buf->f_bsize;
	return retval;
}

/**
 * vfs_statfs - ask a place's file system for its figures
 * @path: the place
 * @buf: the answer, with the mount's flags
 *
 * Context: may sleep.
 * Return: 0; -ENOSYS if it has none; what a security module or ->statfs() said. statfs(2).
 */
int vfs_statfs(const struct path *path, struct kstatfs *buf)
{
	int error = statfs_by_dentry(path->dentry, buf);

	if (!error)
		buf->f_flags = statfs_flags(path->mnt);
	return error;
}
EXPORT_SYMBOL(vfs_statfs);

static int put_statfs(const struct kstatfs *st, struct statfs __user *p)
{
	struct statfs buf = {
		.f_type = st->f_type, .f_bsize = st->f_bsize, .f_blocks = st->f_blocks,
		.f_bfree = st->f_bfree, .f_bavail = st->f_bavail, .f_files = st->f_files,
		.f_ffree = st->f_ffree, .f_fsid = st->f_fsid, .f_namelen = st->f_namelen,
		.f_frsize = st->f_frsize, .f_flags = st->f_flags,
	};

	static_assert(sizeof(buf) == 120);
	return copy_to_user(p, &buf, sizeof(buf)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(statfs, const char __user *, pathname, struct statfs __user *, buf)
{
	struct kstatfs st;
	struct path path;
	int error = user_path_at(AT_FDCWD, pathname, LOOKUP_FOLLOW | LOOKUP_AUTOMOUNT, &path);

	if (error)
		return error;
	error = vfs_statfs(&path, &st);
	path_put(&path);
	return error ? error : put_statfs(&st, buf);
}

SYSCALL_DEFINE2(fstatfs, unsigned int, fd, struct statfs __user *, buf)
{
	struct fd f = fdget_raw(fd);
	struct kstatfs st;
	int error;

	if (fd_empty(f))
		return -EBADF;
	error = vfs_statfs(&fd_file(f)->f_path, &st);
	fdput(f);
	return error ? error : put_statfs(&st, buf);
}

SYSCALL_DEFINE2(ustat, unsigned int, dev, struct ustat __user *, ubuf)
{
	struct super_block *sb = user_get_super(new_decode_dev(dev));
	struct ustat tmp;
	struct kstatfs st;
	int error;

	if (!sb)
		return -EINVAL;
	error = statfs_by_dentry(sb->s_root, &st);
	drop_super(sb);
	if (error)
		return error;
	memset(&tmp, 0, sizeof(tmp));
	tmp.f_tfree = st.f_bfree;
	tmp.f_tinode = st.f_ffree;
	return copy_to_user(ubuf, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}
