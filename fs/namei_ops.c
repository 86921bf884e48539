// SPDX-License-Identifier: MIT
/*
 * Changes of names: create, mkdir, mknod, symlink, link, unlink, rmdir, rename. The calls that find
 * the directories first are in namei_calls.c.
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
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/security.h>

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
