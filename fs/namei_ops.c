// SPDX-License-Identifier: MIT
/*
 * Changes of names: create, mkdir, mknod, symlink, link, unlink, rmdir, rename.
 *
 * Each vfs_*() has the directory's i_rwsem for writing, asks for permission, the security modules,
 * then the file system. A rename locks its two directories the ancestor first; between directories
 * s_vfs_rename_mutex keeps the tree's shape, so that "ancestor" stays true while it is acted on.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/fs_struct.h>
#include <linux/highmem.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pagemap.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/stringhash.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"
#include "namei_internal.h"

/* ---- may one? ---- */

/* Sticky directory: only owners of the object or the directory. */
static bool check_sticky(struct inode *dir, struct inode *inode)
{
	if (!(dir->i_mode & S_ISVTX))
		return false;
	if (uid_eq(inode->i_uid, current_fsuid()) || uid_eq(dir->i_uid, current_fsuid()))
		return false;
	return !capable(CAP_FOWNER);
}

static int may_delete(struct inode *dir, struct dentry *victim, bool isdir)
{
	struct inode *inode = victim->d_inode;
	int error;

	if (!inode)
		return -ENOENT;
	error = inode_permission(&nop_mnt_idmap, dir, MAY_WRITE | MAY_EXEC);
	if (error)
		return error;
	if (IS_APPEND(dir) || check_sticky(dir, inode) || IS_APPEND(inode) || IS_IMMUTABLE(inode))
		return -EPERM;
	if (isdir && !d_is_dir(victim))
		return -ENOTDIR;
	if (isdir && IS_ROOT(victim))
		return -EBUSY;
	if (!isdir && d_is_dir(victim))
		return -EISDIR;
	return IS_DEADDIR(dir) ? -ENOENT : 0;
}

static int may_create(struct inode *dir, struct dentry *child)
{
	if (child->d_inode)
		return -EEXIST;
	if (IS_DEADDIR(dir))
		return -ENOENT;
	return inode_permission(&nop_mnt_idmap, dir, MAY_WRITE | MAY_EXEC);
}

/* ---- vfs_*: @dir is locked for writing, @dentry is its child ---- */

/**
 * vfs_create - make a regular file
 * @idmap: nop_mnt_idmap
 * @dir: the directory, locked for writing
 * @dentry: the name in it, negative
 * @mode: permissions, the umask applied
 * @want_excl: the caller has seen to it that the name is new: file systems may rely on it
 *
 * Return: 0, -EEXIST, -ENOENT, -EACCES, -EPERM, what the file system says.
 */
int vfs_create(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry, umode_t mode,
	       bool want_excl)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->create)
		return -EACCES;
	mode = (mode & S_IALLUGO) | S_IFREG;
	error = security_inode_create(dir, dentry, mode);
	if (!error)
		error = dir->i_op->create(idmap, dir, dentry, mode, want_excl);
	if (!error)
		fsnotify_create(dir, dentry);
	return error;
}
EXPORT_SYMBOL(vfs_create);

/**
 * vfs_mkobj - make a file of a kind that the caller knows how to make
 * @dentry: a negative name, its directory locked for writing
 * @mode: permissions, the umask applied
 * @f: makes it, given the mode with S_IFREG, and @arg
 * @arg: what ->create() has no parameter for
 *
 * Context: may sleep.
 * Return: 0, -EEXIST, -ENOENT, -EACCES, a security module's word, what @f says.
 */
int vfs_mkobj(struct dentry *dentry, umode_t mode,
	      int (*f)(struct dentry *dentry, umode_t mode, void *arg), void *arg)
{
	struct inode *dir = d_inode(dentry->d_parent);
	int error = may_create(dir, dentry);

	if (error)
		return error;
	mode = (mode & S_IALLUGO) | S_IFREG;
	error = security_inode_create(dir, dentry, mode);
	if (!error)
		error = f(dentry, mode, arg);
	if (!error)
		fsnotify_create(dir, dentry);
	return error;
}
EXPORT_SYMBOL(vfs_mkobj);

/**
 * vfs_mknod - make a device, a FIFO, a socket or a file
 * @idmap: nop_mnt_idmap
 * @dir: the directory, locked for writing
 * @dentry: the name in it, negative
 * @mode: kind and permissions
 * @dev: a device's number
 *
 * Return: 0, -EPERM for a device without CAP_MKNOD, and as vfs_create().
 */
int vfs_mknod(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry, umode_t mode,
	      dev_t dev)
{
	bool is_whiteout = S_ISCHR(mode) && !dev;
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if ((S_ISCHR(mode) || S_ISBLK(mode)) && !is_whiteout && !capable(CAP_MKNOD))
		return -EPERM;
	if (!dir->i_op->mknod)
		return -EPERM;
	error = security_inode_mknod(dir, dentry, mode, dev);
	if (!error)
		error = dir->i_op->mknod(idmap, dir, dentry, mode, dev);
	if (!error)
		fsnotify_create(dir, dentry);
	return error;
}
EXPORT_SYMBOL(vfs_mknod);

/**
 * vfs_mkdir - make a directory
 * @idmap: nop_mnt_idmap
 * @dir: the parent, locked for writing
 * @dentry: the name in it, negative
 * @mode: permissions
 *
 * Return: 0, -EMLINK, and as vfs_create().
 */
int vfs_mkdir(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry, umode_t mode)
{
	unsigned int max_links = dir->i_sb->s_max_links;
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->mkdir)
		return -EPERM;
	mode &= S_IRWXUGO | S_ISVTX;
	error = security_inode_mkdir(dir, dentry, mode);
	if (error)
		return error;
	if (max_links && dir->i_nlink >= max_links)
		return -EMLINK;
	error = dir->i_op->mkdir(idmap, dir, dentry, mode);
	if (!error)
		fsnotify_mkdir(dir, dentry);
	return error;
}
EXPORT_SYMBOL(vfs_mkdir);

/**
 * vfs_symlink - make a symlink
 * @idmap: nop_mnt_idmap
 * @dir: the directory, locked for writing
 * @dentry: the name in it, negative
 * @oldname: the text
 *
 * Return: as vfs_create().
 */
int vfs_symlink(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		const char *oldname)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->symlink)
		return -EPERM;
	error = security_inode_symlink(dir, dentry, oldname);
	if (!error)
		error = dir->i_op->symlink(idmap, dir, dentry, oldname);
	if (!error)
		fsnotify_create(dir, dentry);
	return error;
}
EXPORT_SYMBOL(vfs_symlink);

/**
 * vfs_link - give an object one more name
 * @old_dentry: a name that it has
 * @idmap: nop_mnt_idmap
 * @dir: the directory of the new name, locked for writing
 * @new_dentry: the new name, negative
 * @delegated_inode: not used: there are no delegations
 *
 * Return: 0, -EXDEV, -EMLINK, -ENOENT if the object has no name any more, -EPERM for directories,
 * and
 * as vfs_create().
 */
int vfs_link(struct dentry *old_dentry, struct mnt_idmap *idmap, struct inode *dir,
	     struct dentry *new_dentry, struct inode **delegated_inode)
{
	struct inode *inode = old_dentry->d_inode;
	int error;

	(void)idmap;
	(void)delegated_inode;
	if (!inode)
		return -ENOENT;
	error = may_create(dir, new_dentry);
	if (error)
		return error;
	if (dir->i_sb != inode->i_sb)
		return -EXDEV;
	if (IS_APPEND(inode) || IS_IMMUTABLE(inode) || !dir->i_op->link || S_ISDIR(inode->i_mode))
		return -EPERM;
	error = security_inode_link(old_dentry, dir, new_dentry);
	if (error)
		return error;
	inode_lock(inode);
	if (!inode->i_nlink && !(inode->i_state & I_LINKABLE))
		error = -ENOENT;
	else if (inode->i_sb->s_max_links && inode->i_nlink >= inode->i_sb->s_max_links)
		error = -EMLINK;
	else
		error = dir->i_op->link(old_dentry, dir, new_dentry);
	if (!error && (inode->i_state & I_LINKABLE)) {
		spin_lock(&inode->i_lock);
		inode->i_state &= ~I_LINKABLE;
		spin_unlock(&inode->i_lock);
	}
	inode_unlock(inode);
	if (!error)
		fsnotify_link(dir, inode, new_dentry);
	return error;
}
EXPORT_SYMBOL(vfs_link);

/*
 * The object's last moments are told first, if this was its last name; then that the name is gone.
 */
static void d_delete_notify(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	if (!fsnotify_anyone()) {
		d_delete(dentry);
		return;
	}
	ihold(inode);
	d_delete(dentry);
	fsnotify_delete(dir, dentry, S_ISDIR(inode->i_mode));
	iput(inode);
}

/**
 * vfs_rmdir - remove an empty directory
 * @idmap: nop_mnt_idmap
 * @dir: the parent, locked for writing
 * @dentry: its name
 *
 * Return: 0, -ENOTEMPTY, -EBUSY: something is mounted on it, -EACCES, -EPERM.
 */
int vfs_rmdir(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry)
{
	int error = may_delete(dir, dentry, true);

	(void)idmap;
	if (error)
		return error;
	if (!dir->i_op->rmdir)
		return -EPERM;
	dget(dentry);
	inode_lock(dentry->d_inode);
	error = -EBUSY;
	if (d_mountpoint(dentry))
		goto out;
	error = security_inode_rmdir(dir, dentry);
	if (error)
		goto out;
	error = dir->i_op->rmdir(dir, dentry);
	if (error)
		goto out;
	shrink_dcache_parent(dentry);
	dentry->d_inode->i_flags |= S_DEAD;
	dont_mount(dentry);
out:
	inode_unlock(dentry->d_inode);
	if (!error)
		d_delete_notify(dir, dentry);
	dput(dentry);
	return error;
}
EXPORT_SYMBOL(vfs_rmdir);

/**
 * vfs_unlink - remove a name
 * @idmap: nop_mnt_idmap
 * @dir: the directory, locked for writing
 * @dentry: the name
 * @delegated_inode: not used: there are no delegations
 *
 * Return: 0, -EBUSY: something is mounted on it, -EISDIR, -EACCES, -EPERM.
 */
int vfs_unlink(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
	       struct inode **delegated_inode)
{
	struct inode *target = dentry->d_inode;
	int error = may_delete(dir, dentry, false);

	(void)idmap;
	(void)delegated_inode;
	if (error)
		return error;
	if (!dir->i_op->unlink)
		return -EPERM;
	inode_lock(target);
	error = -EBUSY;
	if (!d_mountpoint(dentry)) {
		error = security_inode_unlink(dir, dentry);
		if (!error)
			error = dir->i_op->unlink(dir, dentry);
		if (!error)
			dont_mount(dentry);
	}
	inode_unlock(target);
	if (!error) {
		fsnotify_link_count(target);
		d_delete_notify(dir, dentry);
	}
	return error;
}
EXPORT_SYMBOL(vfs_unlink);

/* Checks of vfs_rename() that need no locks of the objects. */
static int may_rename(struct renamedata *rd, bool is_dir)
{
	struct dentry *new = rd->new_dentry;
	int error = may_delete(rd->old_dir, rd->old_dentry, is_dir);

	if (error)
		return error;
	if (!new->d_inode)
		error = may_create(rd->new_dir, new);
	else if (rd->flags & RENAME_EXCHANGE)
		error = may_delete(rd->new_dir, new, d_is_dir(new));
	else
		error = may_delete(rd->new_dir, new, is_dir);
	if (error)
		return error;
	if (!rd->old_dir->i_op->rename)
		return -EPERM;
	/* A directory that moves changes its "..". */
	if (rd->old_dir != rd->new_dir && is_dir) {
		error = inode_permission(&nop_mnt_idmap, rd->old_dentry->d_inode, MAY_WRITE);
		if (error)
			return error;
	}
	return security_inode_rename(rd->old_dir, rd->old_dentry, rd->new_dir, new);
}

/**
 * vfs_rename - move a name
 * @rd: what, where to; both directories locked by lock_rename()
 *
 * Return: 0, -errno; nothing changed then.
 */
int vfs_rename(struct renamedata *rd)
{
	struct dentry *old = rd->old_dentry, *new = rd->new_dentry;
	struct inode *source = old->d_inode, *target = new->d_inode;
	bool is_dir = d_is_dir(old), exchange = rd->flags & RENAME_EXCHANGE;
	bool two_dirs = is_dir || d_is_dir(new), notify = fsnotify_anyone();
	struct name_snapshot old_name;
	int error;

	if (source == target)
		return 0;
	error = may_rename(rd, is_dir);
	if (!error && notify)
		error = take_dentry_name_snapshot(&old_name, old);
	if (error)
		return error;
	dget(new);
	if (target && exchange && two_dirs) {
		/* Directories among them: by address, as nobody else locks two children. */
		inode_lock_nested(source < target ? source : target, I_MUTEX_CHILD);
		inode_lock_nested(source < target ? target : source, I_MUTEX_NONDIR2);
	} else if (target && is_dir) {
		inode_lock_nested(target, I_MUTEX_CHILD);
	} else if (!is_dir) {
		lock_two_nondirectories(source, target);
	}
	error = -EBUSY;
	if (!d_mountpoint(old) && !d_mountpoint(new)) {
		if (!exchange && target && is_dir)
			shrink_dcache_parent(new);
		error = rd->old_dir->i_op->rename(rd->old_mnt_idmap, rd->old_dir, old,
						  rd->new_dir, new, rd->flags);
	}
	if (!error && !exchange && target) {
		if (is_dir)
			target->i_flags |= S_DEAD;
		dont_mount(new);
	}
	if (!error && !(rd->old_dir->i_sb->s_type->fs_flags & FS_RENAME_DOES_D_MOVE)) {
		if (exchange)
			d_exchange(old, new);
		else
			d_move(old, new);
	}
	if (target && exchange && two_dirs) {
		inode_unlock(source);
		inode_unlock(target);
	} else if (target && is_dir) {
		inode_unlock(target);
	} else if (!is_dir) {
		unlock_two_nondirectories(source, target);
	}
	if (!error && notify) {
		fsnotify_move(rd->old_dir, rd->new_dir, &old_name.name, is_dir,
			      exchange ? NULL : target, old);
		if (exchange)
			fsnotify_move(rd->new_dir, rd->old_dir, &old->d_name, d_is_dir(new), NULL,
				      new);
	}
	if (notify)
		release_dentry_name_snapshot(&old_name);
	dput(new);
	return error;
}
EXPORT_SYMBOL(vfs_rename);

/* ---- locking two directories ---- */

/**
 * lock_rename - lock two directories for a rename
 * @p1: the one
 * @p2: the other; may be the same
 *
 * Context: may sleep; takes s_vfs_rename_mutex if they differ, and their i_rwsem for writing.
 * Return: the child of one that is, or is above, the other; NULL; ERR_PTR(-EXDEV): file systems
 * differ (nothing is locked).
 */
struct dentry *lock_rename(struct dentry *p1, struct dentry *p2)
{
	struct dentry *p;

	if (p1 == p2) {
		inode_lock_nested(p1->d_inode, I_MUTEX_PARENT);
		return NULL;
	}
	if (p1->d_sb != p2->d_sb)
		return ERR_PTR(-EXDEV);
	mutex_lock(&p1->d_sb->s_vfs_rename_mutex);
	p = d_ancestor(p2, p1);
	if (p) {
		inode_lock_nested(p2->d_inode, I_MUTEX_PARENT);
		inode_lock_nested(p1->d_inode, I_MUTEX_PARENT2);
		return p;
	}
	p = d_ancestor(p1, p2);
	inode_lock_nested(p1->d_inode, I_MUTEX_PARENT);
	inode_lock_nested(p2->d_inode, I_MUTEX_PARENT2);
	return p;
}
EXPORT_SYMBOL(lock_rename);

/**
 * unlock_rename - undo lock_rename()
 * @p1: a directory
 * @p2: the other, or the same
 */
void unlock_rename(struct dentry *p1, struct dentry *p2)
{
	inode_unlock(p1->d_inode);
	if (p1 != p2) {
		inode_unlock(p2->d_inode);
		mutex_unlock(&p1->d_sb->s_vfs_rename_mutex);
	}
}
EXPORT_SYMBOL(unlock_rename);

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

/* ---- symlinks' texts ---- */

/**
 * readlink_copy - hand a link's text to a program, without a NUL
 * @buffer: the program's
 * @buflen: its bytes; what doesn't fit is cut off
 * @link: the text
 * @linklen: its bytes
 *
 * Context: may sleep.
 * Return: bytes copied, -EFAULT. readlink(2).
 */
int readlink_copy(char __user *buffer, int buflen, const char *link, int linklen)
{
	int len = min(linklen, buflen);

	return copy_to_user(buffer, link, len) ? -EFAULT : len;
}

/**
 * vfs_get_link - a symlink's text
 * @dentry: the symlink
 * @done: gives the text back
 *
 * Return: the text; ERR_PTR(-EINVAL) if it is no symlink, and what the file system says.
 */
const char *vfs_get_link(struct dentry *dentry, struct delayed_call *done)
{
	struct inode *inode = d_inode(dentry);
	int error;

	if (!d_is_symlink(dentry))
		return ERR_PTR(-EINVAL);
	error = security_inode_readlink(dentry);
	return error ? ERR_PTR(error) : inode->i_op->get_link(dentry, inode, done);
}
EXPORT_SYMBOL(vfs_get_link);

/**
 * vfs_readlink - a symlink's text to a program, without a NUL
 * @dentry: the symlink
 * @buffer: user memory
 * @buflen: its bytes; a longer text is cut
 *
 * Return: bytes, -EINVAL, -EFAULT, what the file system says.
 */
int vfs_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct inode *inode = d_inode(dentry);
	DEFINE_DELAYED_CALL(done);
	const char *link;
	int res;

	if (inode->i_op->readlink)
		return inode->i_op->readlink(dentry, buffer, buflen);
	if (!d_is_symlink(dentry))
		return -EINVAL;
	link = READ_ONCE(inode->i_link);
	if (!link) {
		link = inode->i_op->get_link(dentry, inode, &done);
		if (IS_ERR(link))
			return PTR_ERR(link);
	}
	res = readlink_copy(buffer, buflen, link, strlen(link));
	do_delayed_call(&done);
	return res;
}
EXPORT_SYMBOL(vfs_readlink);

/**
 * page_get_link - ->get_link() of file systems that keep the text in the page cache
 * @dentry: the link; NULL in a walk under RCU
 * @inode: its inode
 * @done: puts the page when the text was walked
 *
 * Context: may sleep.
 * Return: the text; ERR_PTR(-ECHILD) under RCU; an error of reading.
 */
const char *page_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done)
{
	struct address_space *mapping = inode->i_mapping;
	struct folio *folio;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	folio = read_cache_folio(mapping, 0, NULL);
	if (IS_ERR(folio))
		return ERR_CAST(folio);
	set_delayed_call(done, page_put_link, folio);
	((char *)folio_address(folio))[min_t(loff_t, inode->i_size, PAGE_SIZE - 1)] = 0;
	return folio_address(folio);
}
EXPORT_SYMBOL(page_get_link);

/**
 * page_put_link - give back the text of page_get_link()
 * @arg: the folio
 */
void page_put_link(void *arg)
{
	folio_put(arg);
}
EXPORT_SYMBOL(page_put_link);

/**
 * page_symlink - write a link's text into its page
 * @inode: the link, new
 * @symname: the text
 * @len: its bytes with the NUL
 *
 * Context: may sleep.
 * Return: 0, or what write_begin() and write_end() say.
 */
int page_symlink(struct inode *inode, const char *symname, int len)
{
	struct address_space *mapping = inode->i_mapping;
	struct folio *folio;
	void *fsdata = NULL;
	int err;

	err = mapping->a_ops->write_begin(NULL, mapping, 0, len - 1, &folio, &fsdata);
	if (err)
		return err;
	memcpy(folio_address(folio), symname, len - 1);
	err = mapping->a_ops->write_end(NULL, mapping, 0, len - 1, len - 1, folio, fsdata);
	if (err < 0)
		return err;
	mark_inode_dirty(inode);
	return 0;
}
EXPORT_SYMBOL(page_symlink);

const struct inode_operations page_symlink_inode_operations = {
	.get_link = page_get_link,
};
EXPORT_SYMBOL(page_symlink_inode_operations);
