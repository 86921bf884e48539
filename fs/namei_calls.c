// SPDX-License-Identifier: MIT
/*
 * Changes of names by path: mknod(2), mkdir(2), symlink(2), link(2), unlink(2), rmdir(2) and
 * rename(2), and the same for the kernel's own callers.
 *
 * All go the same way, with one directory or two:
 *
 *	walk to the directory of the last component	filename_parentat()
 *	ask for the right to write to its mount		mnt_want_write()
 *	lock the directory				i_rwsem
 *	look the last component up
 *	ask the security modules, then change it	vfs_*(), in namei_ops.c
 *
 * and back. The names are consumed: each do_*at() puts them, whatever happens.
 */

#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/security.h>
#include <linux/stringhash.h>
#include <linux/syscalls.h>

#include "internal.h"
#include "mount.h"
#include "namei_internal.h"

/* ---- single names ---- */

static struct dentry *lookup_one_qstr(const struct qstr *name, struct dentry *base)
{
	return lookup_in_dir(name, base, 0);
}

static int lookup_one_common(const char *name, struct dentry *base, int len, struct qstr *this)
{
	this->name = (const unsigned char *)name;
	this->hash_len = hashlen_create(full_name_hash(base, name, len), len);
	if (!len || memchr(name, '/', len) || memchr(name, 0, len))
		return -EACCES;
	if (name[0] == '.' && (len < 2 || (len == 2 && name[1] == '.')))
		return -EACCES;
	if (base->d_flags & DCACHE_OP_HASH) {
		int err = base->d_op->d_hash(base, this);

		if (err < 0)
			return err;
	}
	return inode_permission(&nop_mnt_idmap, base->d_inode, MAY_EXEC);
}

/**
 * lookup_one_len - a child by name, for the kernel
 * @name: not terminated
 * @base: the directory, its i_rwsem held
 * @len: bytes of @name
 *
 * Context: may sleep.
 * Return: the child, referenced, negative perhaps; an error pointer: -EACCES for a bad name or
 * without search permission, or what the file system says.
 */
struct dentry *lookup_one_len(const char *name, struct dentry *base, int len)
{
	struct qstr this;
	int err = lookup_one_common(name, base, len, &this);

	return err ? ERR_PTR(err) : lookup_one_qstr(&this, base);
}
EXPORT_SYMBOL(lookup_one_len);

/**
 * lookup_one_len_unlocked - a child of @base, whose i_rwsem is not held
 * @name: the name, of
 * @base: the directory
 * @len: and of so many bytes
 *
 * Context: may sleep. Return: the dentry, perhaps negative; ERR_PTR.
 */
struct dentry *lookup_one_len_unlocked(const char *name, struct dentry *base, int len)
{
	struct dentry *ret;

	inode_lock_shared(base->d_inode);
	ret = lookup_one_len(name, base, len);
	inode_unlock_shared(base->d_inode);
	return ret;
}
EXPORT_SYMBOL(lookup_one_len_unlocked);

/* ---- creating by path ---- */

/**
 * kern_path_locked - the last component of a path, with its directory locked
 * @name: the path, in kernel memory
 * @path: the directory, referenced
 *
 * Symbolic links on the way are followed, one at the end is not. The caller unlocks the inode of
 * @path->dentry, then dput()s the dentry and path_put()s @path.
 *
 * Context: may sleep.
 * Return: the dentry, negative if there is no such file; ERR_PTR(-EINVAL) if the path ends in "/",
 * "." or "..", and what a walk or the file system says. Nothing is held then.
 */
struct dentry *kern_path_locked(const char *name, struct path *path)
{
	struct filename *filename = getname_kernel(name);
	struct dentry *dentry;
	struct qstr last;
	int type, error = filename_parentat(AT_FDCWD, filename, 0, path, &last, &type);

	if (error) {
		dentry = ERR_PTR(error);
		goto out_name;
	}
	if (unlikely(type != LAST_NORM)) {
		dentry = ERR_PTR(-EINVAL);
		goto out_path;
	}
	inode_lock_nested(path->dentry->d_inode, I_MUTEX_PARENT);
	dentry = lookup_one_qstr(&last, path->dentry);
	if (!IS_ERR(dentry))
		goto out_name;
	inode_unlock(path->dentry->d_inode);
out_path:
	path_put(path);
out_name:
	putname(filename);
	return dentry;
}
EXPORT_SYMBOL(kern_path_locked);

/* The new name's dentry, negative, its directory locked and writable; done_path_create() undoes. */
static struct dentry *filename_create(int dfd, struct filename *name, struct path *path,
				      unsigned int lookup_flags)
{
	bool want_dir = lookup_flags & LOOKUP_DIRECTORY;
	struct dentry *dentry;
	struct qstr last;
	int type, error, err2;

	error = filename_parentat(dfd, name, lookup_flags & LOOKUP_REVAL, path, &last, &type);
	if (error)
		return ERR_PTR(error);
	if (unlikely(type != LAST_NORM)) {
		path_put(path);
		return ERR_PTR(-EEXIST);
	}
	err2 = mnt_want_write(path->mnt);
	inode_lock_nested(path->dentry->d_inode, I_MUTEX_PARENT);
	dentry = lookup_one_qstr(&last, path->dentry);
	if (IS_ERR(dentry)) {
		error = PTR_ERR(dentry);
		goto unlock;
	}
	if (d_is_positive(dentry))
		error = -EEXIST;
	else if (last.name[last.len] && !want_dir)
		error = -ENOENT;
	else
		error = err2;
	if (!error)
		return dentry;
	dput(dentry);
unlock:
	inode_unlock(path->dentry->d_inode);
	if (!err2)
		mnt_drop_write(path->mnt);
	path_put(path);
	return ERR_PTR(error);
}

/**
 * kern_path_create - the new name's dentry, negative, its directory locked and writable
 * @dfd: where relative paths start
 * @pathname: the path, in kernel memory
 * @path: the directory, referenced
 * @lookup_flags: LOOKUP_DIRECTORY if it is to be a directory
 *
 * Context: may sleep; done_path_create() undoes all.
 * Return: the dentry; ERR_PTR(-EEXIST) and what a walk says.
 */
struct dentry *kern_path_create(int dfd, const char *pathname, struct path *path,
				unsigned int lookup_flags)
{
	struct filename *filename = getname_kernel(pathname);
	struct dentry *res = filename_create(dfd, filename, path, lookup_flags);

	putname(filename);
	return res;
}
EXPORT_SYMBOL(kern_path_create);

/**
 * user_path_create - kern_path_create() of a path in user memory
 * @dfd: where relative paths start
 * @pathname: the path
 * @path: the directory, referenced
 * @lookup_flags: as there
 *
 * Return: as there; ERR_PTR(-EFAULT).
 */
struct dentry *user_path_create(int dfd, const char __user *pathname, struct path *path,
				unsigned int lookup_flags)
{
	struct filename *filename = getname(pathname);
	struct dentry *res = filename_create(dfd, filename, path, lookup_flags);

	putname(filename);
	return res;
}
EXPORT_SYMBOL(user_path_create);

/**
 * done_path_create - give back what kern_path_create() took
 * @path: the directory
 * @dentry: the name, made or not
 */
void done_path_create(struct path *path, struct dentry *dentry)
{
	dput(dentry);
	inode_unlock(path->dentry->d_inode);
	mnt_drop_write(path->mnt);
	path_put(path);
}
EXPORT_SYMBOL(done_path_create);

/** do_mknodat - what mknodat(2) does; @name is consumed */
int do_mknodat(int dfd, struct filename *name, umode_t mode, unsigned int dev)
{
	struct dentry *dentry;
	struct path path;
	int error = 0;

	if (S_ISDIR(mode))
		error = -EPERM;
	else if (!(S_ISREG(mode) || S_ISCHR(mode) || S_ISBLK(mode) || S_ISFIFO(mode) ||
		   S_ISSOCK(mode) || !(mode & S_IFMT)))
		error = -EINVAL;
	if (error)
		goto out_name;
	dentry = filename_create(dfd, name, &path, 0);
	error = PTR_ERR_OR_ZERO(dentry);
	if (error)
		goto out_name;
	mode = mode_strip_sgid(&nop_mnt_idmap, path.dentry->d_inode, mode & ~current_umask());
	error = security_path_mknod(&path, dentry, mode, dev);
	if (!error) {
		if (S_ISREG(mode) || !(mode & S_IFMT))
			error = vfs_create(&nop_mnt_idmap, path.dentry->d_inode, dentry, mode,
					   true);
		else
			error = vfs_mknod(&nop_mnt_idmap, path.dentry->d_inode, dentry, mode,
					  S_ISCHR(mode) || S_ISBLK(mode) ? new_decode_dev(dev) : 0);
	}
	done_path_create(&path, dentry);
out_name:
	putname(name);
	return error;
}

SYSCALL_DEFINE4(mknodat, int, dfd, const char __user *, filename, umode_t, mode, unsigned int, dev)
{
	return do_mknodat(dfd, getname(filename), mode, dev);
}

SYSCALL_DEFINE3(mknod, const char __user *, filename, umode_t, mode, unsigned int, dev)
{
	return do_mknodat(AT_FDCWD, getname(filename), mode, dev);
}

/** do_mkdirat - what mkdirat(2) does; @name is consumed */
int do_mkdirat(int dfd, struct filename *name, umode_t mode)
{
	struct path path;
	struct dentry *dentry = filename_create(dfd, name, &path, LOOKUP_DIRECTORY);
	int error = PTR_ERR_OR_ZERO(dentry);

	if (!error) {
		mode &= ~current_umask();
		error = security_path_mkdir(&path, dentry, mode);
		if (!error)
			error = vfs_mkdir(&nop_mnt_idmap, path.dentry->d_inode, dentry, mode);
		done_path_create(&path, dentry);
	}
	putname(name);
	return error;
}

SYSCALL_DEFINE3(mkdirat, int, dfd, const char __user *, pathname, umode_t, mode)
{
	return do_mkdirat(dfd, getname(pathname), mode);
}

SYSCALL_DEFINE2(mkdir, const char __user *, pathname, umode_t, mode)
{
	return do_mkdirat(AT_FDCWD, getname(pathname), mode);
}

/** do_symlinkat - what symlinkat(2) does; the names are consumed */
int do_symlinkat(struct filename *from, int newdfd, struct filename *to)
{
	struct dentry *dentry;
	struct path path;
	int error = PTR_ERR_OR_ZERO(from);

	if (error)
		goto out;
	dentry = filename_create(newdfd, to, &path, 0);
	error = PTR_ERR_OR_ZERO(dentry);
	if (error)
		goto out;
	error = security_path_symlink(&path, dentry, from->name);
	if (!error)
		error = vfs_symlink(&nop_mnt_idmap, path.dentry->d_inode, dentry, from->name);
	done_path_create(&path, dentry);
out:
	putname(to);
	putname(from);
	return error;
}

SYSCALL_DEFINE3(symlinkat, const char __user *, oldname, int, newdfd, const char __user *, newname)
{
	return do_symlinkat(getname(oldname), newdfd, getname(newname));
}

SYSCALL_DEFINE2(symlink, const char __user *, oldname, const char __user *, newname)
{
	return do_symlinkat(getname(oldname), AT_FDCWD, getname(newname));
}

/** do_linkat - what linkat(2) does; the names are consumed */
int do_linkat(int olddfd, struct filename *old, int newdfd, struct filename *new, int flags)
{
	struct path old_path, new_path;
	struct dentry *new_dentry;
	int how = flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0, error = -EINVAL;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		goto out_names;
	error = -ENOENT;
	if ((flags & AT_EMPTY_PATH) && !capable(CAP_DAC_READ_SEARCH))
		goto out_names;
	if (flags & AT_SYMLINK_FOLLOW)
		how |= LOOKUP_FOLLOW;
	error = filename_lookup(olddfd, old, how, &old_path, NULL);
	if (error)
		goto out_names;
	new_dentry = filename_create(newdfd, new, &new_path, how & LOOKUP_REVAL);
	error = PTR_ERR_OR_ZERO(new_dentry);
	if (error)
		goto out_old;
	error = -EXDEV;
	if (old_path.mnt == new_path.mnt)
		error = may_linkat(d_inode(old_path.dentry)) ?:
			security_path_link(old_path.dentry, &new_path, new_dentry);
	if (!error)
		error = vfs_link(old_path.dentry, &nop_mnt_idmap, new_path.dentry->d_inode,
				 new_dentry, NULL);
	done_path_create(&new_path, new_dentry);
out_old:
	path_put(&old_path);
out_names:
	putname(old);
	putname(new);
	return error;
}

SYSCALL_DEFINE5(linkat, int, olddfd, const char __user *, oldname, int, newdfd,
		const char __user *, newname, int, flags)
{
	return do_linkat(olddfd, getname_uflags(oldname, flags), newdfd, getname(newname), flags);
}

SYSCALL_DEFINE2(link, const char __user *, oldname, const char __user *, newname)
{
	return do_linkat(AT_FDCWD, getname(oldname), AT_FDCWD, getname(newname), 0);
}

/* ---- removing by path ---- */

int do_rmdir(int dfd, struct filename *name)
{
	struct dentry *dentry;
	struct path path;
	struct qstr last;
	int error, type;

	error = filename_parentat(dfd, name, 0, &path, &last, &type);
	if (error)
		goto out_name;
	error = type == LAST_DOTDOT ? -ENOTEMPTY : type == LAST_DOT ? -EINVAL :
		type == LAST_ROOT ? -EBUSY : mnt_want_write(path.mnt);
	if (error)
		goto out_path;
	inode_lock_nested(path.dentry->d_inode, I_MUTEX_PARENT);
	dentry = lookup_one_qstr(&last, path.dentry);
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		error = dentry->d_inode ? security_path_rmdir(&path, dentry) : -ENOENT;
		if (!error)
			error = vfs_rmdir(&nop_mnt_idmap, path.dentry->d_inode, dentry);
		dput(dentry);
	}
	inode_unlock(path.dentry->d_inode);
	mnt_drop_write(path.mnt);
out_path:
	path_put(&path);
out_name:
	putname(name);
	return error;
}

/** do_unlinkat - what unlinkat(2) does to what is no directory; @name is consumed */
int do_unlinkat(int dfd, struct filename *name)
{
	struct inode *inode = NULL;
	struct dentry *dentry;
	struct path path;
	struct qstr last;
	int error, type;

	error = filename_parentat(dfd, name, 0, &path, &last, &type);
	if (error)
		goto out_name;
	error = type != LAST_NORM ? -EISDIR : mnt_want_write(path.mnt);
	if (error)
		goto out_path;
	inode_lock_nested(path.dentry->d_inode, I_MUTEX_PARENT);
	dentry = lookup_one_qstr(&last, path.dentry);
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		if (!dentry->d_inode)
			error = -ENOENT;
		else if (last.name[last.len])
			error = d_is_dir(dentry) ? -EISDIR : -ENOTDIR;
		else
			error = security_path_unlink(&path, dentry);
		if (!error) {
			/* Its end may be long work: not under the directory's lock. */
			inode = dentry->d_inode;
			ihold(inode);
			error = vfs_unlink(&nop_mnt_idmap, path.dentry->d_inode, dentry, NULL);
		}
		dput(dentry);
	}
	inode_unlock(path.dentry->d_inode);
	iput(inode);
	mnt_drop_write(path.mnt);
out_path:
	path_put(&path);
out_name:
	putname(name);
	return error;
}

SYSCALL_DEFINE1(rmdir, const char __user *, pathname)
{
	return do_rmdir(AT_FDCWD, getname(pathname));
}

SYSCALL_DEFINE3(unlinkat, int, dfd, const char __user *, pathname, int, flag)
{
	if (flag & ~AT_REMOVEDIR)
		return -EINVAL;
	if (flag & AT_REMOVEDIR)
		return do_rmdir(dfd, getname(pathname));
	return do_unlinkat(dfd, getname(pathname));
}

SYSCALL_DEFINE1(unlink, const char __user *, pathname)
{
	return do_unlinkat(AT_FDCWD, getname(pathname));
}

/* ---- rename by path ---- */

/* Both directories are locked: look both names up and do it. @trap: lock_rename()'s. */
static int rename_locked(struct path *old_path, const struct qstr *old_last,
			 struct path *new_path, const struct qstr *new_last,
			 struct dentry *trap, unsigned int flags)
{
	struct dentry *old, *new;
	struct renamedata rd;
	int error;

	old = lookup_one_qstr(old_last, old_path->dentry);
	if (IS_ERR(old))
		return PTR_ERR(old);
	error = -ENOENT;
	if (d_is_negative(old))
		goto out_old;
	new = lookup_one_qstr(new_last, new_path->dentry);
	error = PTR_ERR_OR_ZERO(new);
	if (error)
		goto out_old;
	error = -EEXIST;
	if ((flags & RENAME_NOREPLACE) && d_is_positive(new))
		goto out_new;
	error = -ENOENT;
	if ((flags & RENAME_EXCHANGE) && d_is_negative(new))
		goto out_new;
	error = -ENOTDIR;
	if ((flags & RENAME_EXCHANGE) && !d_is_dir(new) && new_last->name[new_last->len])
		goto out_new;
	if (!d_is_dir(old) && (old_last->name[old_last->len] ||
			       (!(flags & RENAME_EXCHANGE) && new_last->name[new_last->len])))
		goto out_new;
	/* Into itself; onto what it is in. */
	error = -EINVAL;
	if (old == trap)
		goto out_new;
	error = flags & RENAME_EXCHANGE ? -EINVAL : -ENOTEMPTY;
	if (new == trap)
		goto out_new;
	error = security_path_rename(old_path, old, new_path, new, flags);
	if (error)
		goto out_new;
	rd = (struct renamedata){
		.old_mnt_idmap = &nop_mnt_idmap,
		.old_dir = old_path->dentry->d_inode,
		.old_dentry = old,
		.new_mnt_idmap = &nop_mnt_idmap,
		.new_dir = new_path->dentry->d_inode,
		.new_dentry = new,
		.flags = flags,
	};
	error = vfs_rename(&rd);
out_new:
	dput(new);
out_old:
	dput(old);
	return error;
}

static int do_renameat2(int olddfd, struct filename *from, int newdfd, struct filename *to,
			unsigned int flags)
{
	struct path old_path, new_path;
	struct qstr old_last, new_last;
	int old_type, new_type, error = -EINVAL;
	struct dentry *trap;

	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT))
		goto out_names;
	if ((flags & (RENAME_NOREPLACE | RENAME_WHITEOUT)) && (flags & RENAME_EXCHANGE))
		goto out_names;
	error = filename_parentat(olddfd, from, 0, &old_path, &old_last, &old_type);
	if (error)
		goto out_names;
	error = filename_parentat(newdfd, to, 0, &new_path, &new_last, &new_type);
	if (error)
		goto out_old;
	error = -EXDEV;
	if (old_path.mnt != new_path.mnt)
		goto out_new;
	error = -EBUSY;
	if (old_type != LAST_NORM)
		goto out_new;
	if (flags & RENAME_NOREPLACE)
		error = -EEXIST;
	if (new_type != LAST_NORM)
		goto out_new;
	error = mnt_want_write(old_path.mnt);
	if (error)
		goto out_new;
	trap = lock_rename(new_path.dentry, old_path.dentry);
	error = PTR_ERR_OR_ZERO(trap);
	if (!error) {
		error = rename_locked(&old_path, &old_last, &new_path, &new_last, trap, flags);
		unlock_rename(new_path.dentry, old_path.dentry);
	}
	mnt_drop_write(old_path.mnt);
out_new:
	path_put(&new_path);
out_old:
	path_put(&old_path);
out_names:
	putname(from);
	putname(to);
	return error;
}

SYSCALL_DEFINE5(renameat2, int, olddfd, const char __user *, oldname, int, newdfd,
		const char __user *, newname, unsigned int, flags)
{
	return do_renameat2(olddfd, getname(oldname), newdfd, getname(newname), flags);
}

SYSCALL_DEFINE4(renameat, int, olddfd, const char __user *, oldname, int, newdfd,
		const char __user *, newname)
{
	return do_renameat2(olddfd, getname(oldname), newdfd, getname(newname), 0);
}

SYSCALL_DEFINE2(rename, const char __user *, oldname, const char __user *, newname)
{
	return do_renameat2(AT_FDCWD, getname(oldname), AT_FDCWD, getname(newname), 0);
}
