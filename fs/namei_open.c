// SPDX-License-Identifier: MIT
/*
 * A walk that ends in an open file.
 *
 *	path_openat()		by kind of open:
 *	  do_tmpfile()		O_TMPFILE: the path names a directory, the file has no name
 *	  do_o_path()		O_PATH: only the place
 *	  open_last_lookups()	the last component is looked up, and made (lookup_open()) under the
 *				directory's lock; a symlink at the end is walked on from
 *	  do_open()		what was found is opened: rights, truncation
 *
 * The walk to the last component, and the three tries (without references, with, trusting no cached
 * answer), are namei.c's.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/delayed_call.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"
#include "namei_internal.h"

/* ---- open ---- */

static int may_open(const struct path *path, int acc_mode, int flag)
{
	struct inode *inode = path->dentry->d_inode;
	int error;

	switch (inode->i_mode & S_IFMT) {
	case S_IFLNK:
		return -ELOOP;
	case S_IFDIR:
		if (acc_mode & (MAY_WRITE | MAY_EXEC))
			return acc_mode & MAY_WRITE ? -EISDIR : -EACCES;
		break;
	case S_IFBLK:
	case S_IFCHR:
		if ((path->mnt->mnt_flags & MNT_NODEV) ||
		    (inode->i_sb->s_iflags & SB_I_NODEV))
			return -EACCES;
		fallthrough;
	case S_IFIFO:
	case S_IFSOCK:
		if (acc_mode & MAY_EXEC)
			return -EACCES;
		break;
	case S_IFREG:
		if ((acc_mode & MAY_EXEC) && path_noexec(path))
			return -EACCES;
		break;
	}
	error = inode_permission(&nop_mnt_idmap, inode, MAY_OPEN | acc_mode);
	if (error)
		return error;
	if (IS_APPEND(inode)) {
		if ((flag & O_ACCMODE) != O_RDONLY && !(flag & O_APPEND))
			return -EPERM;
		if (flag & O_TRUNC)
			return -EPERM;
	}
	if ((flag & O_NOATIME) && !inode_owner_or_capable(&nop_mnt_idmap, inode))
		return -EPERM;
	return 0;
}

/* The last component with the directory locked: look it up, make it if that is wanted. */
static struct dentry *lookup_open(struct nameidata *nd, struct file *file,
				  const struct open_flags *op, int got_write)
{
	struct dentry *dir = nd->path.dentry, *dentry;
	struct inode *dir_inode = dir->d_inode;
	int error;

	dentry = __lookup_slow(&nd->last, dir, nd->flags);
	if (IS_ERR(dentry) || dentry->d_inode || !(op->open_flag & O_CREAT))
		return dentry;
	error = got_write;
	if (!error)
		error = security_path_mknod(&nd->path, dentry, op->mode, 0);
	if (!error) {
		umode_t mode = mode_strip_sgid(&nop_mnt_idmap, dir_inode,
					       op->mode & ~current_umask());

		error = vfs_create(&nop_mnt_idmap, dir_inode, dentry, mode,
				   op->open_flag & O_EXCL);
	}
	if (error) {
		dput(dentry);
		return ERR_PTR(error);
	}
	file->f_mode |= FMODE_CREATED;
	return dentry;
}

static const char *open_last_lookups(struct nameidata *nd, struct file *file,
				     const struct open_flags *op)
{
	struct dentry *dir = nd->path.dentry, *dentry;
	int open_flag = op->open_flag, got_write = -EROFS;

	nd->flags |= op->intent;
	if (nd->last_type != LAST_NORM) {
		if (open_flag & O_CREAT)
			return ERR_PTR(-EISDIR);
		return handle_dots(nd, nd->last_type);
	}
	if (nd->last.name[nd->last.len]) {
		if (open_flag & O_CREAT)
			return ERR_PTR(-EISDIR);
		nd->flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
	}
	nd->dir_mode = nd->inode->i_mode;
	nd->dir_uid = nd->inode->i_uid;
	/* What exists needs no lock, whatever the flags. */
	dentry = lookup_fast(nd);
	if (IS_ERR(dentry))
		return ERR_CAST(dentry);
	if (dentry && (!(open_flag & O_CREAT) || d_inode_rcu(dentry)))
		return step_into(nd, WALK_TRAILING, dentry);
	if (nd->flags & LOOKUP_RCU) {
		if (!try_to_unlazy(nd))
			return ERR_PTR(-ECHILD);
	} else {
		dput(dentry);
	}
	if (open_flag & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR))
		got_write = mnt_want_write(nd->path.mnt);
	if (open_flag & O_CREAT)
		inode_lock_nested(dir->d_inode, I_MUTEX_PARENT);
	else
		inode_lock_shared(dir->d_inode);
	dentry = lookup_open(nd, file, op, got_write);
	if (open_flag & O_CREAT)
		inode_unlock(dir->d_inode);
	else
		inode_unlock_shared(dir->d_inode);
	if (!got_write)
		mnt_drop_write(nd->path.mnt);
	if (IS_ERR(dentry))
		return ERR_CAST(dentry);
	return step_into(nd, WALK_TRAILING, dentry);
}

static int handle_truncate(struct file *filp)
{
	struct inode *inode = file_inode(filp);
	int error = get_write_access(inode);

	if (error)
		return error;
	error = security_file_truncate(filp);
	if (!error)
		error = do_truncate(&nop_mnt_idmap, filp->f_path.dentry, 0,
				    ATTR_MTIME | ATTR_CTIME | ATTR_OPEN, filp);
	put_write_access(inode);
	return error;
}

static int do_open(struct nameidata *nd, struct file *file, const struct open_flags *op)
{
	int open_flag = op->open_flag, acc_mode = op->acc_mode, error;
	bool want_trunc = false;

	error = complete_walk(nd);
	if (error)
		return error;
	if (file->f_mode & FMODE_CREATED) {
		/* Its maker may write to it whatever the mode. */
		open_flag &= ~O_TRUNC;
		acc_mode = 0;
	} else {
		if ((open_flag & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
			return -EEXIST;
		if ((open_flag & O_CREAT) && d_is_dir(nd->path.dentry))
			return -EISDIR;
		if (open_flag & O_CREAT) {
			error = may_create_in_sticky(nd->dir_mode, nd->dir_uid,
						     d_inode(nd->path.dentry));
			if (error)
				return error;
		}
		want_trunc = (open_flag & O_TRUNC) && d_is_reg(nd->path.dentry);
	}
	if ((nd->flags & LOOKUP_DIRECTORY) && !d_can_lookup(nd->path.dentry))
		return -ENOTDIR;
	if (want_trunc) {
		error = mnt_want_write(nd->path.mnt);
		if (error)
			return error;
	}
	error = may_open(&nd->path, acc_mode, open_flag);
	if (!error)
		error = vfs_open(&nd->path, file);
	if (!error && want_trunc)
		error = handle_truncate(file);
	if (want_trunc)
		mnt_drop_write(nd->path.mnt);
	return error;
}

static int do_o_path(struct nameidata *nd, unsigned int flags, struct file *file)
{
	struct path path;
	int error = path_lookupat(nd, flags, &path);

	if (!error) {
		error = vfs_open(&path, file);
		path_put(&path);
	}
	return error;
}

static int do_tmpfile(struct nameidata *nd, unsigned int flags, const struct open_flags *op,
		      struct file *file)
{
	struct dentry *child;
	struct inode *dir;
	struct path path;
	int error;

	error = path_lookupat(nd, flags | LOOKUP_DIRECTORY, &path);
	if (unlikely(error))
		return error;
	error = mnt_want_write(path.mnt);
	if (unlikely(error))
		goto out;
	dir = path.dentry->d_inode;
	error = inode_permission(&nop_mnt_idmap, dir, MAY_WRITE | MAY_EXEC);
	if (error)
		goto out_write;
	error = -EOPNOTSUPP;
	if (!dir->i_op->tmpfile)
		goto out_write;
	error = -ENOMEM;
	child = d_alloc(path.dentry, &slash_name);
	if (!child)
		goto out_write;
	file->f_path.mnt = path.mnt;
	file->f_path.dentry = child;
	error = dir->i_op->tmpfile(&nop_mnt_idmap, dir, file,
				   mode_strip_sgid(&nop_mnt_idmap, dir,
						   op->mode & ~current_umask()));
	dput(child);
	if (!error && !(op->open_flag & O_EXCL)) {
		spin_lock(&file_inode(file)->i_lock);
		file_inode(file)->i_state |= I_LINKABLE;
		spin_unlock(&file_inode(file)->i_lock);
	}
out_write:
	mnt_drop_write(path.mnt);
out:
	path_put(&path);
	return error;
}

static struct file *path_openat(struct nameidata *nd, const struct open_flags *op,
				unsigned int flags)
{
	struct file *file = alloc_empty_file(op->open_flag, current_cred());
	const char *s;
	int error = 0;

	if (IS_ERR(file))
		return file;
	if (unlikely(file->f_flags & __O_TMPFILE)) {
		error = do_tmpfile(nd, flags, op, file);
	} else if (unlikely(file->f_flags & O_PATH)) {
		error = do_o_path(nd, flags, file);
	} else {
		s = path_init(nd, flags);
		if (IS_ERR(s))
			error = PTR_ERR(s);
		while (!error && !(error = link_path_walk(s, nd)) &&
		       (s = open_last_lookups(nd, file, op)) != NULL) {
			if (IS_ERR(s))
				error = PTR_ERR(s);
		}
		if (!error)
			error = do_open(nd, file, op);
		terminate_walk(nd);
	}
	if (likely(!error)) {
		if (likely(file->f_mode & FMODE_OPENED))
			return file;
		WARN_ON(1);
		error = -EINVAL;
	}
	if (file->f_mode & FMODE_OPENED)
		fput(file);
	else
		release_empty_file(file);
	return ERR_PTR(error);
}

static struct file *open_by_walk(int dfd, struct filename *name, const struct open_flags *op,
				 const struct path *root)
{
	struct nameidata nd;
	struct file *filp;

	set_nameidata(&nd, dfd, name, root);
	filp = path_openat(&nd, op, op->lookup_flags | LOOKUP_RCU);
	if (unlikely(filp == ERR_PTR(-ECHILD)))
		filp = path_openat(&nd, op, op->lookup_flags);
	if (unlikely(filp == ERR_PTR(-ESTALE)))
		filp = path_openat(&nd, op, op->lookup_flags | LOOKUP_REVAL);
	restore_nameidata(&nd);
	return filp;
}

struct file *do_filp_open(int dfd, struct filename *pathname, const struct open_flags *op)
{
	return open_by_walk(dfd, pathname, op, NULL);
}

struct file *do_file_open_root(const struct path *root, const char *name,
			       const struct open_flags *op)
{
	struct filename *filename;
	struct file *file;

	if (d_is_symlink(root->dentry) && (op->intent & LOOKUP_OPEN))
		return ERR_PTR(-ELOOP);
	filename = getname_kernel(name);
	if (IS_ERR(filename))
		return ERR_CAST(filename);
	file = open_by_walk(-1, filename, op, root);
	putname(filename);
	return file;
}
