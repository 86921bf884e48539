// SPDX-License-Identifier: MIT
/*
 * A walk that ends in an open file. By kind of open:
 *
 *	O_TMPFILE	the path names a directory, the file gets no name
 *	O_PATH		only the place is wanted
 *	else		the last component is looked up, and made under the directory's lock if it
 *			isn't there; a symlink at the end is walked on from. What was found is
 *			opened: rights, truncation
 *
 * The file is allocated before a try begins, since what can fail for want of memory had better fail
 * before a file is made or truncated. Steps and tries are namei.c's and namei_lookup.c's.
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

/* ---- what was found ---- */

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

static int truncate_opened(struct file *filp)
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

/*
 * O_CREAT of something that exists. Return: 0, or why not: -EEXIST, -EISDIR, -EACCES in a sticky
 * directory that others may write to.
 */
static int check_existing(const struct spot *found, int open_flag, umode_t dir_mode, kuid_t dir_uid)
{
	if (open_flag & O_EXCL)
		return -EEXIST;
	if (d_is_dir(found->path.dentry))
		return -EISDIR;
	return may_create_in_sticky(dir_mode, dir_uid, found->inode);
}

/* The walk is complete. A file that this open has made is its maker's, whatever its mode says. */
static int open_found(struct walk *w, struct file *file, const struct open_flags *op)
{
	bool created = file->f_mode & FMODE_CREATED;
	int open_flag = created ? op->open_flag & ~O_TRUNC : op->open_flag;
	struct path *path = &w->here.path;
	bool truncates;
	int err;

	if ((w->flags & LOOKUP_DIRECTORY) && !d_can_lookup(path->dentry))
		return -ENOTDIR;
	truncates = (open_flag & O_TRUNC) && d_is_reg(path->dentry);
	err = truncates ? mnt_want_write(path->mnt) : 0;
	if (err)
		return err;
	err = may_open(path, created ? 0 : op->acc_mode, open_flag);
	if (!err)
		err = vfs_open(path, file);
	if (!err && truncates)
		err = truncate_opened(file);
	if (truncates)
		mnt_drop_write(path->mnt);
	return err;
}

/* ---- the last component ---- */

/* @dentry is negative; its directory, where we stand, is locked. @writable: 0, or why it isn't. */
static int create_last(struct walk *w, struct dentry *dentry, struct file *file,
		       const struct open_flags *op, int writable)
{
	struct inode *dir = w->here.inode;
	umode_t mode = mode_strip_sgid(&nop_mnt_idmap, dir, op->mode & ~current_umask());
	int err = writable;

	if (!err)
		err = security_path_mknod(&w->here.path, dentry, op->mode, 0);
	if (!err)
		err = vfs_create(&nop_mnt_idmap, dir, dentry, mode, op->open_flag & O_EXCL);
	if (!err)
		file->f_mode |= FMODE_CREATED;
	return err;
}

/*
 * Look again with the directory locked, and make what isn't there. A mount that can't be written to
 * matters only if there is something to make.
 */
static int find_or_create(struct walk *w, struct spot *child, struct file *file,
			  const struct open_flags *op)
{
	struct dentry *dir = w->here.path.dentry, *dentry;
	int writable = mnt_want_write(w->here.path.mnt), err;

	inode_lock_nested(dir->d_inode, I_MUTEX_PARENT);
	dentry = lookup_in_dir(&w->last, dir, w->flags);
	err = PTR_ERR_OR_ZERO(dentry);
	if (!err && !dentry->d_inode) {
		err = create_last(w, dentry, file, op, writable);
		if (err)
			dput(dentry);
	}
	inode_unlock(dir->d_inode);
	if (!writable)
		mnt_drop_write(w->here.path.mnt);
	child->path.mnt = w->here.path.mnt;
	child->path.dentry = dentry;
	return err;
}

/* The last step of an open with O_CREAT. Return: as walk_step(). */
static int step_or_create(struct walk *w, struct file *file, const struct open_flags *op)
{
	struct spot *child = &w->next;
	int res;

	/* "/", "." and "..", and what a slash says is a directory, are not made by open(). */
	if (w->last_type != LAST_NORM || walk_last_has_slash(w))
		return -EISDIR;
	/* What exists needs no lock. */
	res = walk_find_cached(w, child);
	if (res < 0)
		return res;
	if (res && READ_ONCE(child->path.dentry->d_inode))
		return walk_step_to(w, child, WALK_TRAILING);
	if (w->flags & LOOKUP_RCU) {
		if (!walk_firmly(w))
			return -ECHILD;
	} else if (res) {
		dput(child->path.dentry);
	}
	res = find_or_create(w, child, file, op);
	return res ? res : walk_step_to(w, child, WALK_TRAILING);
}

static int step_to_existing(struct walk *w)
{
	if (walk_last_has_slash(w))
		w->flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
	return walk_step(w, WALK_TRAILING);
}

static int open_by_name(struct walk *w, unsigned int flags, struct file *file,
			const struct open_flags *op)
{
	bool creates = op->open_flag & O_CREAT;
	umode_t dir_mode;
	kuid_t dir_uid;
	int res = walk_start(w, flags);

	if (res)
		goto out;
	do {
		res = walk_to_last(w);
		if (res)
			goto out;
		w->flags |= op->intent;
		dir_mode = w->here.inode->i_mode;
		dir_uid = w->here.inode->i_uid;
		res = creates ? step_or_create(w, file, op) : step_to_existing(w);
	} while (res > 0);
	if (!res)
		res = walk_complete(w);
	if (!res && creates && !(file->f_mode & FMODE_CREATED))
		res = check_existing(&w->here, op->open_flag, dir_mode, dir_uid);
	if (!res)
		res = open_found(w, file, op);
out:
	walk_end(w);
	return res;
}

/* ---- the other kinds ---- */

static int open_place(struct walk *w, unsigned int flags, struct file *file)
{
	struct path path;
	int err = walk_to_place(w, flags, &path);

	if (err)
		return err;
	err = vfs_open(&path, file);
	path_put(&path);
	return err;
}

/* O_EXCL: the file is to stay without a name. */
static void allow_linkat(struct inode *inode)
{
	spin_lock(&inode->i_lock);
	inode->i_state |= I_LINKABLE;
	spin_unlock(&inode->i_lock);
}

/* A file in @path's file system, without a name. */
static int make_tmpfile(const struct path *path, struct file *file, const struct open_flags *op)
{
	struct inode *dir = path->dentry->d_inode;
	struct dentry *nameless;
	umode_t mode;
	int err = inode_permission(&nop_mnt_idmap, dir, MAY_WRITE | MAY_EXEC);

	if (err)
		return err;
	if (!dir->i_op->tmpfile)
		return -EOPNOTSUPP;
	nameless = d_alloc(path->dentry, &slash_name);
	if (!nameless)
		return -ENOMEM;
	mode = mode_strip_sgid(&nop_mnt_idmap, dir, op->mode & ~current_umask());
	file->f_path.mnt = path->mnt;
	file->f_path.dentry = nameless;
	err = dir->i_op->tmpfile(&nop_mnt_idmap, dir, file, mode);
	dput(nameless);		/* the open file has its own reference */
	if (!err && !(op->open_flag & O_EXCL))
		allow_linkat(file_inode(file));
	return err;
}

static int open_tmpfile(struct walk *w, unsigned int flags, struct file *file,
			const struct open_flags *op)
{
	struct path path;
	int err = walk_to_place(w, flags | LOOKUP_DIRECTORY, &path);

	if (err)
		return err;
	err = mnt_want_write(path.mnt);
	if (!err) {
		err = make_tmpfile(&path, file, op);
		mnt_drop_write(path.mnt);
	}
	path_put(&path);
	return err;
}

/* ---- all of it ---- */

struct opening {
	const struct open_flags *op;
	struct file *file;		/* the result */
};

static int go_and_open(struct walk *w, unsigned int flags, void *arg)
{
	struct opening *opening = arg;
	const struct open_flags *op = opening->op;
	struct file *file = alloc_empty_file(op->open_flag, current_cred());
	int err;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (unlikely(file->f_flags & __O_TMPFILE))
		err = open_tmpfile(w, flags, file, op);
	else if (unlikely(file->f_flags & O_PATH))
		err = open_place(w, flags, file);
	else
		err = open_by_name(w, flags, file, op);
	if (!err && WARN_ON(!(file->f_mode & FMODE_OPENED)))
		err = -EINVAL;
	if (likely(!err)) {
		opening->file = file;
		return 0;
	}
	if (file->f_mode & FMODE_OPENED)
		fput(file);
	else
		release_empty_file(file);
	return err;
}

static struct file *open_by_walk(int dfd, struct filename *name, const struct open_flags *op,
				 const struct path *root)
{
	struct opening opening = { .op = op };
	int err = walk_patiently(dfd, name, op->lookup_flags, root, go_and_open, &opening);

	return err ? ERR_PTR(err) : opening.file;
}

/**
 * do_filp_open - open a file by its path
 * @dfd: where relative ones start
 * @pathname: the path
 * @op: how, from build_open_flags()
 *
 * Context: may sleep.
 * Return: the file, or ERR_PTR of what open(2) says.
 */
struct file *do_filp_open(int dfd, struct filename *pathname, const struct open_flags *op)
{
	return open_by_walk(dfd, pathname, op, NULL);
}

/**
 * do_file_open_root - open a file by a path from a place, which is the root of the walk, too
 * @root: the place
 * @name: the path, in kernel memory
 * @op: how
 *
 * Context: may sleep.
 * Return: as do_filp_open().
 */
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
