// SPDX-License-Identifier: MIT
/* Opening and closing, and the calls that act on a path's inode: truncate, chdir, chmod, chown. */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/falloc.h>
#include <linux/file.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pagemap.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

#include "internal.h"

/* ---- size ---- */

/**
 * do_truncate - change a file's size
 * @idmap: nop_mnt_idmap
 * @dentry: the file
 * @length: bytes
 * @time_attrs: ATTR_MTIME and the like, which change with it
 * @filp: by which open file; NULL: by name
 *
 * Set-user-ID bits and file capabilities go, if the writer has no right to keep them.
 *
 * Context: may sleep; takes i_rwsem for writing.
 * Return: 0; -EINVAL for a negative size; or as notify_change(). truncate(2).
 */
int do_truncate(struct mnt_idmap *idmap, struct dentry *dentry, loff_t length,
		unsigned int time_attrs, struct file *filp)
{
	struct iattr newattrs = { .ia_size = length, .ia_valid = ATTR_SIZE | time_attrs };
	int ret;

	if (length < 0)
		return -EINVAL;
	if (filp) {
		newattrs.ia_file = filp;
		newattrs.ia_valid |= ATTR_FILE;
	}
	ret = dentry_needs_remove_privs(idmap, dentry);
	if (ret < 0)
		return ret;
	if (ret)
		newattrs.ia_valid |= ret | ATTR_FORCE;
	inode_lock(dentry->d_inode);
	ret = notify_change(idmap, dentry, &newattrs, NULL);
	inode_unlock(dentry->d_inode);
	return ret;
}

/**
 * vfs_truncate - what truncate(2) does
 * @path: the file
 * @length: bytes
 *
 * Context: may sleep.
 * Return: 0; -EISDIR, -EINVAL if it is no regular file; -EROFS, -EACCES, -EPERM, -ETXTBSY; what a
 * security module said; or as do_truncate().
 */
int vfs_truncate(const struct path *path, loff_t length)
{
	struct inode *inode = path->dentry->d_inode;
	int error;

	if (S_ISDIR(inode->i_mode))
		return -EISDIR;
	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	error = mnt_want_write(path->mnt);
	if (error)
		return error;
	error = inode_permission(&nop_mnt_idmap, inode, MAY_WRITE);
	if (!error && IS_APPEND(inode))
		error = -EPERM;
	if (!error)
		error = get_write_access(inode);
	if (!error) {
		error = security_path_truncate(path);
		if (!error)
			error = do_truncate(&nop_mnt_idmap, path->dentry, length, 0, NULL);
		put_write_access(inode);
	}
	mnt_drop_write(path->mnt);
	return error;
}
EXPORT_SYMBOL_GPL(vfs_truncate);

SYSCALL_DEFINE2(truncate, const char __user *, path, long, length)
{
	struct path p;
	int error;

	if (length < 0)
		return -EINVAL;
	error = user_path_at(AT_FDCWD, path, LOOKUP_FOLLOW, &p);
	if (!error) {
		error = vfs_truncate(&p, length);
		path_put(&p);
	}
	return error;
}

SYSCALL_DEFINE2(ftruncate, unsigned int, fd, off_t, length)
{
	struct fd f;
	struct file *file;
	int error = -EINVAL;

	if (length < 0)
		return -EINVAL;
	f = fdget(fd);
	if (fd_empty(f))
		return -EBADF;
	file = fd_file(f);
	if (S_ISREG(file_inode(file)->i_mode) && (file->f_mode & FMODE_WRITE)) {
		error = IS_APPEND(file_inode(file)) ? -EPERM : security_file_truncate(file);
		if (!error)
			error = do_truncate(&nop_mnt_idmap, file->f_path.dentry, length,
					    ATTR_MTIME | ATTR_CTIME, file);
	}
	fdput(f);
	return error;
}

/**
 * vfs_fallocate - what fallocate(2) does
 * @file: open for writing
 * @mode: FALLOC_FL_*
 * @offset: first byte
 * @len: bytes
 *
 * Context: may sleep.
 * Return: 0; -EINVAL, -EBADF, -EPERM, -ETXTBSY, -ESPIPE, -EISDIR, -ENODEV, -EFBIG; -EOPNOTSUPP
 * where the file system has no such thing; or what it says.
 */
int vfs_fallocate(struct file *file, int mode, loff_t offset, loff_t len)
{
	struct inode *inode = file_inode(file);
	loff_t sum;
	int ret;

	if (offset < 0 || len <= 0)
		return -EINVAL;
	if (mode & ~FALLOC_FL_SUPPORTED_MASK)
		return -EOPNOTSUPP;
	if ((mode & FALLOC_FL_PUNCH_HOLE) && !(mode & FALLOC_FL_KEEP_SIZE))
		return -EOPNOTSUPP;
	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if ((mode & ~FALLOC_FL_KEEP_SIZE) && IS_APPEND(inode))
		return -EPERM;
	if (IS_IMMUTABLE(inode))
		return -EPERM;
	if (inode->i_flags & S_SWAPFILE)
		return -ETXTBSY;
	ret = security_file_permission(file, MAY_WRITE);
	if (ret)
		return ret;
	if (S_ISFIFO(inode->i_mode))
		return -ESPIPE;
	if (S_ISDIR(inode->i_mode))
		return -EISDIR;
	if (!S_ISREG(inode->i_mode) && !S_ISBLK(inode->i_mode))
		return -ENODEV;
	if (check_add_overflow(offset, len, &sum) || sum > inode->i_sb->s_maxbytes)
		return -EFBIG;
	if (!file->f_op->fallocate)
		return -EOPNOTSUPP;
	ret = file->f_op->fallocate(file, mode, offset, len);
	if (!ret)
		fsnotify_modify(file, len);
	return ret;
}
EXPORT_SYMBOL_GPL(vfs_fallocate);

SYSCALL_DEFINE4(fallocate, int, fd, int, mode, loff_t, offset, loff_t, len)
{
	struct fd f = fdget(fd);
	int error;

	if (fd_empty(f))
		return -EBADF;
	error = vfs_fallocate(fd_file(f), mode, offset, len);
	fdput(f);
	return error;
}

/* ---- where one stands ---- */

static int chdir_to(const struct path *path)
{
	int error = inode_permission(&nop_mnt_idmap, d_inode(path->dentry), MAY_EXEC | MAY_CHDIR);

	if (!error)
		set_fs_pwd(current->fs, path);
	return error;
}

SYSCALL_DEFINE1(chdir, const char __user *, filename)
{
	struct path path;
	int error = user_path_at(AT_FDCWD, filename, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);

	if (!error) {
		error = chdir_to(&path);
		path_put(&path);
	}
	return error;
}

SYSCALL_DEFINE1(fchdir, unsigned int, fd)
{
	struct fd f = fdget_raw(fd);
	int error = -ENOTDIR;

	if (fd_empty(f))
		return -EBADF;
	if (d_can_lookup(fd_file(f)->f_path.dentry))
		error = chdir_to(&fd_file(f)->f_path);
	fdput(f);
	return error;
}

SYSCALL_DEFINE1(chroot, const char __user *, filename)
{
	struct path path;
	int error = user_path_at(AT_FDCWD, filename, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);

	if (error)
		return error;
	error = inode_permission(&nop_mnt_idmap, d_inode(path.dentry), MAY_EXEC | MAY_CHDIR);
	if (!error && !capable(CAP_SYS_CHROOT))
		error = -EPERM;
	if (!error)
		error = security_path_chroot(&path);
	if (!error)
		set_fs_root(current->fs, &path);
	path_put(&path);
	return error;
}

/* ---- mode ---- */

/**
 * chmod_common - what the calls of the chmod(2) family do
 * @path: the file
 * @mode: permission bits
 *
 * Context: may sleep; takes write access to the mount, and i_rwsem for writing.
 * Return: 0, -EROFS, -EPERM, what a module said.
 */
int chmod_common(const struct path *path, umode_t mode)
{
	struct inode *inode = path->dentry->d_inode;
	struct iattr newattrs;
	int error = mnt_want_write(path->mnt);

	if (error)
		return error;
	inode_lock(inode);
	error = security_path_chmod(path, mode);
	if (!error) {
		newattrs.ia_mode = (mode & S_IALLUGO) | (inode->i_mode & ~S_IALLUGO);
		newattrs.ia_valid = ATTR_MODE | ATTR_CTIME;
		error = notify_change(&nop_mnt_idmap, path->dentry, &newattrs, NULL);
	}
	inode_unlock(inode);
	mnt_drop_write(path->mnt);
	return error;
}

static int do_fchmodat(int dfd, const char __user *filename, umode_t mode, unsigned int flags)
{
	struct path path;
	int error = user_path_by_at_flags(dfd, filename, flags, &path);

	if (!error) {
		error = chmod_common(&path, mode);
		path_put(&path);
	}
	return error;
}

SYSCALL_DEFINE4(fchmodat2, int, dfd, const char __user *, filename, umode_t, mode,
		unsigned int, flags)
{
	return do_fchmodat(dfd, filename, mode, flags);
}

SYSCALL_DEFINE3(fchmodat, int, dfd, const char __user *, filename, umode_t, mode)
{
	return do_fchmodat(dfd, filename, mode, 0);
}

SYSCALL_DEFINE2(chmod, const char __user *, filename, umode_t, mode)
{
	return do_fchmodat(AT_FDCWD, filename, mode, 0);
}

SYSCALL_DEFINE2(fchmod, unsigned int, fd, umode_t, mode)
{
	struct fd f = fdget(fd);
	int error;

	if (fd_empty(f))
		return -EBADF;
	error = chmod_common(&fd_file(f)->f_path, mode);
	fdput(f);
	return error;
}

/* ---- owner ---- */

/**
 * chown_common - chown(2)
 * @path: of what
 * @user: -1: leave it
 * @group: -1: leave it
 *
 * Set-id bits and capabilities go: they were the old owner's to give.
 *
 * Return: 0, -EROFS, -EPERM, what the file system says.
 */
int chown_common(const struct path *path, uid_t user, gid_t group)
{
	struct inode *inode = path->dentry->d_inode;
	struct iattr newattrs = { .ia_valid = ATTR_CTIME };
	int error = mnt_want_write(path->mnt);

	if (error)
		return error;
	if (user != (uid_t)-1) {
		newattrs.ia_uid = make_kuid(current_user_ns(), user);
		newattrs.ia_valid |= ATTR_UID;
	}
	if (group != (gid_t)-1) {
		newattrs.ia_gid = make_kgid(current_user_ns(), group);
		newattrs.ia_valid |= ATTR_GID;
	}
	inode_lock(inode);
	if (!S_ISDIR(inode->i_mode))
		newattrs.ia_valid |= ATTR_KILL_SUID | ATTR_KILL_PRIV |
				     setattr_should_drop_sgid(&nop_mnt_idmap, inode);
	error = security_path_chown(path, newattrs.ia_uid, newattrs.ia_gid);
	if (!error)
		error = notify_change(&nop_mnt_idmap, path->dentry, &newattrs, NULL);
	inode_unlock(inode);
	mnt_drop_write(path->mnt);
	return error;
}

static int do_fchownat(int dfd, const char __user *filename, uid_t user, gid_t group, int flag)
{
	struct path path;
	int error = user_path_by_at_flags(dfd, filename, flag, &path);

	if (!error) {
		error = chown_common(&path, user, group);
		path_put(&path);
	}
	return error;
}

SYSCALL_DEFINE5(fchownat, int, dfd, const char __user *, filename, uid_t, user, gid_t, group,
		int, flag)
{
	return do_fchownat(dfd, filename, user, group, flag);
}

SYSCALL_DEFINE3(chown, const char __user *, filename, uid_t, user, gid_t, group)
{
	return do_fchownat(AT_FDCWD, filename, user, group, 0);
}

SYSCALL_DEFINE3(lchown, const char __user *, filename, uid_t, user, gid_t, group)
{
	return do_fchownat(AT_FDCWD, filename, user, group, AT_SYMLINK_NOFOLLOW);
}

SYSCALL_DEFINE3(fchown, unsigned int, fd, uid_t, user, gid_t, group)
{
	struct fd f = fdget(fd);
	int error;

	if (fd_empty(f))
		return -EBADF;
	error = chown_common(&fd_file(f)->f_path, user, group);
	fdput(f);
	return error;
}

/* ---- open ---- */

static int do_dentry_open(struct file *f, int (*open)(struct inode *inode, struct file *file))
{
	static const struct file_operations empty_fops;
	struct inode *inode = f->f_path.dentry->d_inode;
	int error;

	path_get(&f->f_path);
	f->f_inode = inode;
	f->f_mapping = inode->i_mapping;
	f->f_wb_err = errseq_sample(&f->f_mapping->wb_err);
	f->f_sb_err = errseq_sample(&inode->i_sb->s_wb_err);
	if (unlikely(f->f_flags & O_PATH)) {
		f->f_mode = FMODE_PATH | FMODE_OPENED;
		f->f_op = &empty_fops;
		return 0;
	}
	if ((f->f_mode & (FMODE_READ | FMODE_WRITE)) == FMODE_READ) {
		atomic_inc(&inode->i_readcount);
	} else if (f->f_mode & FMODE_WRITE &&
		   (S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode) || S_ISLNK(inode->i_mode))) {
		error = get_write_access(inode);
		if (unlikely(error))
			goto err_path;
		error = mnt_get_write_access(f->f_path.mnt);
		if (unlikely(error)) {
			put_write_access(inode);
			goto err_path;
		}
		f->f_mode |= FMODE_WRITER;
	}
	if (S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode))
		f->f_mode |= FMODE_ATOMIC_POS;
	f->f_op = inode->i_fop;
	error = security_file_open(f);
	if (error)
		goto err_access;
	f->f_mode |= FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	if (!open)
		open = f->f_op->open;
	if (open) {
		error = open(inode, f);
		if (error)
			goto err_access;
	}
	f->f_mode |= FMODE_OPENED;
	if ((f->f_mode & FMODE_READ) && (f->f_op->read || f->f_op->read_iter))
		f->f_mode |= FMODE_CAN_READ;
	if ((f->f_mode & FMODE_WRITE) && (f->f_op->write || f->f_op->write_iter))
		f->f_mode |= FMODE_CAN_WRITE;
	if (!f->f_op->llseek)
		f->f_mode &= ~FMODE_LSEEK;
	if (f->f_mapping->a_ops->direct_IO)
		f->f_mode |= FMODE_CAN_ODIRECT;
	f->f_flags &= ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC);
	f->f_iocb_flags = iocb_flags(f);
	memset(&f->f_ra, 0, sizeof(f->f_ra));
	if ((f->f_flags & O_DIRECT) && !(f->f_mode & FMODE_CAN_ODIRECT))
		return -EINVAL;
	return 0;

err_access:
	if (f->f_mode & FMODE_WRITER) {
		put_write_access(inode);
		mnt_put_write_access(f->f_path.mnt);
	} else if ((f->f_mode & (FMODE_READ | FMODE_WRITE)) == FMODE_READ) {
		atomic_dec(&inode->i_readcount);
	}
err_path:
	path_put(&f->f_path);
	f->f_path = (struct path){ NULL, NULL };
	f->f_inode = NULL;
	f->f_mode &= ~FMODE_WRITER;
	return error;
}

/**
 * finish_open - for ->tmpfile() and the like: a file is open from now on
 * @file: being opened
 * @dentry: at this place
 * @open: in the place of its ->open(); NULL: that
 *
 * Context: may sleep.
 * Return: 0, or what opening it says.
 */
int finish_open(struct file *file, struct dentry *dentry,
		int (*open)(struct inode *inode, struct file *file))
{
	int error;

	file->f_path.dentry = dentry;
	error = do_dentry_open(file, open);
	if (!error)
		fsnotify_open(file);
	return error;
}
EXPORT_SYMBOL(finish_open);

/**
 * vfs_open - open a file at a place
 * @path: the place; references are taken
 * @file: fresh
 *
 * Context: may sleep.
 * Return: 0, or why it can't be opened.
 */
int vfs_open(const struct path *path, struct file *file)
{
	int error;

	file->f_path = *path;
	error = do_dentry_open(file, NULL);
	if (!error)
		fsnotify_open(file);
	return error;
}

/**
 * dentry_open - an open file at a place that is known
 * @path: the place; references are taken
 * @flags: O_*
 * @cred: as whom
 *
 * Context: may sleep.
 * Return: the file, for fput(); an error pointer.
 */
struct file *dentry_open(const struct path *path, int flags, const struct cred *cred)
{
	struct file *f = alloc_empty_file(flags, cred);
	int error;

	if (IS_ERR(f))
		return f;
	error = vfs_open(path, f);
	if (!error)
		return f;
	if (f->f_mode & FMODE_OPENED)
		fput(f);
	else
		release_empty_file(f);
	return ERR_PTR(error);
}
EXPORT_SYMBOL(dentry_open);

/* open(2) ignores what it doesn't know. */
struct open_how build_open_how(int flags, umode_t mode)
{
	struct open_how how = { .flags = flags & VALID_OPEN_FLAGS, .mode = mode & S_IALLUGO };

	if (how.flags & O_PATH)
		how.flags &= O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC;
	if (!(how.flags & (O_CREAT | __O_TMPFILE)))
		how.mode = 0;
	return how;
}

static const struct { u64 resolve; int lookup; } resolve_map[] = {
	{ RESOLVE_NO_XDEV,	LOOKUP_NO_XDEV },
	{ RESOLVE_NO_MAGICLINKS, LOOKUP_NO_MAGICLINKS },
	{ RESOLVE_NO_SYMLINKS,	LOOKUP_NO_SYMLINKS },
	{ RESOLVE_BENEATH,	LOOKUP_BENEATH },
	{ RESOLVE_IN_ROOT,	LOOKUP_IN_ROOT },
	{ RESOLVE_CACHED,	LOOKUP_CACHED },
};

/** build_open_flags - check, and say what the walk is to do: 0, -EINVAL, -EAGAIN */
int build_open_flags(const struct open_how *how, struct open_flags *op)
{
	u64 flags = how->flags, left = how->resolve;
	int lookup_flags = 0, acc_mode = ACC_MODE(flags);
	unsigned int i;

	if (flags & ~(u64)VALID_OPEN_FLAGS)
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(resolve_map); i++) {
		if (left & resolve_map[i].resolve)
			lookup_flags |= resolve_map[i].lookup;
		left &= ~resolve_map[i].resolve;
	}
	if (left || (lookup_flags & LOOKUP_IS_SCOPED) == LOOKUP_IS_SCOPED)
		return -EINVAL;
	if (flags & (O_CREAT | __O_TMPFILE)) {
		if (how->mode & ~(u64)S_IALLUGO)
			return -EINVAL;
		op->mode = how->mode | S_IFREG;
	} else {
		if (how->mode)
			return -EINVAL;
		op->mode = 0;
	}
	if ((flags & (O_DIRECTORY | O_CREAT)) == (O_DIRECTORY | O_CREAT))
		return -EINVAL;
	if (flags & __O_TMPFILE) {
		if (!(flags & O_DIRECTORY) || !(acc_mode & MAY_WRITE))
			return -EINVAL;
	}
	if (flags & O_PATH) {
		if (flags & ~(u64)(O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC))
			return -EINVAL;
		acc_mode = 0;
	}
	/* O_SYNC is two bits, of which one alone means O_DSYNC. */
	if (flags & __O_SYNC)
		flags |= O_DSYNC;
	op->open_flag = flags & ~O_CLOEXEC;
	if (flags & O_TRUNC)
		acc_mode |= MAY_WRITE;
	if (flags & O_APPEND)
		acc_mode |= MAY_APPEND;
	op->acc_mode = acc_mode;
	op->intent = flags & O_PATH ? 0 : LOOKUP_OPEN;
	if (flags & O_CREAT) {
		op->intent |= LOOKUP_CREATE;
		if (flags & O_EXCL) {
			op->intent |= LOOKUP_EXCL;
			flags |= O_NOFOLLOW;
		}
	}
	if (flags & O_DIRECTORY)
		lookup_flags |= LOOKUP_DIRECTORY;
	if (!(flags & O_NOFOLLOW))
		lookup_flags |= LOOKUP_FOLLOW;
	if ((lookup_flags & LOOKUP_CACHED) && (flags & (O_TRUNC | O_CREAT | __O_TMPFILE)))
		return -EAGAIN;
	op->lookup_flags = lookup_flags;
	return 0;
}

/**
 * filp_open - open a path for the kernel
 * @filename: the path
 * @flags: O_*
 * @mode: of a new file
 *
 * Return: the file, to be closed by filp_close() or fput(); an error pointer.
 */
struct file *filp_open(const char *filename, int flags, umode_t mode)
{
	struct open_how how = build_open_how(flags, mode);
	struct filename *name;
	struct open_flags op;
	struct file *file;
	int err = build_open_flags(&how, &op);

	if (err)
		return ERR_PTR(err);
	name = getname_kernel(filename);
	if (IS_ERR(name))
		return ERR_CAST(name);
	file = do_filp_open(AT_FDCWD, name, &op);
	putname(name);
	return file;
}
EXPORT_SYMBOL(filp_open);

/**
 * file_open_root - open a path for the kernel, from a place that it can't leave upwards
 * @root: the place
 * @filename: the path
 * @flags: O_*
 * @mode: of a new file
 *
 * Context: may sleep.
 * Return: the file, for fput(); an error pointer, as by filp_open().
 */
struct file *file_open_root(const struct path *root, const char *filename, int flags, umode_t mode)
{
	struct open_how how = build_open_how(flags, mode);
	struct open_flags op;
	int err = build_open_flags(&how, &op);

	return err ? ERR_PTR(err) : do_file_open_root(root, filename, &op);
}
EXPORT_SYMBOL(file_open_root);

static long do_sys_openat2(int dfd, const char __user *filename, const struct open_how *how)
{
	struct filename *name;
	struct open_flags op;
	struct file *f;
	int fd = build_open_flags(how, &op);

	if (unlikely(fd))
		return fd;
	name = getname(filename);
	if (IS_ERR(name))
		return PTR_ERR(name);
	fd = get_unused_fd_flags(how->flags);
	if (likely(fd >= 0)) {
		f = do_filp_open(dfd, name, &op);
		if (IS_ERR(f)) {
			put_unused_fd(fd);
			fd = PTR_ERR(f);
		} else {
			fd_install(fd, f);
		}
	}
	putname(name);
	return fd;
}

static long do_sys_open(int dfd, const char __user *filename, int flags, umode_t mode)
{
	struct open_how how = build_open_how(flags | O_LARGEFILE, mode);

	return do_sys_openat2(dfd, filename, &how);
}

SYSCALL_DEFINE3(open, const char __user *, filename, int, flags, umode_t, mode)
{
	return do_sys_open(AT_FDCWD, filename, flags, mode);
}

SYSCALL_DEFINE4(openat, int, dfd, const char __user *, filename, int, flags, umode_t, mode)
{
	return do_sys_open(dfd, filename, flags, mode);
}

SYSCALL_DEFINE2(creat, const char __user *, pathname, umode_t, mode)
{
	return do_sys_open(AT_FDCWD, pathname, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

SYSCALL_DEFINE4(openat2, int, dfd, const char __user *, filename, struct open_how __user *, how,
		size_t, usize)
{
	struct open_how tmp;
	int err;

	if (usize < sizeof(tmp))
		return -EINVAL;
	if (usize > PAGE_SIZE)
		return -E2BIG;
	err = copy_struct_from_user(&tmp, sizeof(tmp), how, usize);
	if (err)
		return err;
	if (!(tmp.flags & O_PATH))
		tmp.flags |= O_LARGEFILE;
	return do_sys_openat2(dfd, filename, &tmp);
}

/** filp_flush - a descriptor goes: what ->flush() says. Its POSIX locks go, too */
int filp_flush(struct file *filp, fl_owner_t id)
{
	int retval = 0;

	if (WARN(!file_count(filp), "VFS: close of a file without references\n"))
		return 0;
	if (filp->f_op->flush)
		retval = filp->f_op->flush(filp, id);
	if (likely(!(filp->f_mode & FMODE_PATH)))
		locks_remove_posix(filp, id);
	return retval;
}

/**
 * filp_close - a descriptor's file is closed: filp_flush(), and the reference is given back
 * @filp: the file
 * @id: whose POSIX locks go: current->files
 *
 * Context: may sleep.
 * Return: what ->flush() said.
 */
int filp_close(struct file *filp, fl_owner_t id)
{
	int retval = filp_flush(filp, id);

	fput(filp);
	return retval;
}
EXPORT_SYMBOL(filp_close);

/**
 * generic_file_open - ->open() that has nothing to do
 * @inode: ignored
 * @filp: ignored
 *
 * Return: 0. O_LARGEFILE doesn't matter to 64 bits.
 */
int generic_file_open(struct inode *inode, struct file *filp)
{
	(void)inode;
	(void)filp;
	return 0;
}
EXPORT_SYMBOL(generic_file_open);

/**
 * nonseekable_open - for ->open(): no lseek(), pread() or pwrite()
 * @inode: ignored
 * @filp: the file, which read() and write() still have a position for
 *
 * Return: 0.
 */
int nonseekable_open(struct inode *inode, struct file *filp)
{
	(void)inode;
	filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	return 0;
}
EXPORT_SYMBOL(nonseekable_open);

/**
 * stream_open - for ->open(): no position at all, so reads and writes don't exclude each other
 * @inode: ignored
 * @filp: the file
 *
 * Return: 0.
 */
int stream_open(struct inode *inode, struct file *filp)
{
	(void)inode;
	filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE | FMODE_ATOMIC_POS);
	filp->f_mode |= FMODE_STREAM;
	return 0;
}
EXPORT_SYMBOL(stream_open);

/* vhangup(2): the caller's terminal, for who begins a session anew on it. */
SYSCALL_DEFINE0(vhangup)
{
	if (!capable(CAP_SYS_TTY_CONFIG))
		return -EPERM;
	tty_vhangup_self();
	return 0;
}
