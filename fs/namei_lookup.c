// SPDX-License-Identifier: MIT
/*
 * Walks from one end to the other: to a place, or to the directory that holds the last component.
 *
 * Each is tried without references, then with, then trusting no cached answer (namei.c).
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/delayed_call.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
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

/* The place becomes the caller's. */
static void hand_out(struct walk *w, struct path *place)
{
	*place = w->here.path;
	w->here.path = (struct path){ };
}

/**
 * walk_to_place - one try to get to the end of the path
 * @w: the walk
 * @flags: LOOKUP_*
 * @place: filled if it succeeds, with references
 *
 * Return: 0 or an errno.
 */
int walk_to_place(struct walk *w, unsigned int flags, struct path *place)
{
	int res = walk_start(w, flags);

	if (res)
		goto out;
	do {
		res = walk_to_last(w);
		if (res)
			goto out;
		if (walk_last_has_slash(w))
			w->flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
		res = walk_step(w, WALK_TRAILING);
	} while (res > 0);
	if (!res)
		res = walk_complete(w);
	if (!res && (w->flags & LOOKUP_DIRECTORY) && !d_can_lookup(w->here.path.dentry))
		res = -ENOTDIR;
	if (!res)
		hand_out(w, place);
out:
	walk_end(w);
	return res;
}

static int go_to_place(struct walk *w, unsigned int flags, void *place)
{
	return walk_to_place(w, flags, place);
}

/**
 * filename_lookup - walk a path
 * @dfd: where relative ones start
 * @name: the path; an error pointer is passed on
 * @flags: LOOKUP_*
 * @path: the result, referenced
 * @root: start and root; NULL: the process's
 *
 * Context: may sleep.
 * Return: 0; -ENOENT, -ENOTDIR, -EACCES, -ELOOP, -ENAMETOOLONG, -EBADF, -EXDEV, -EAGAIN, -ENOMEM.
 */
int filename_lookup(int dfd, struct filename *name, unsigned int flags, struct path *path,
		    const struct path *root)
{
	if (IS_ERR(name))
		return PTR_ERR(name);
	return walk_patiently(dfd, name, flags, root, go_to_place, path);
}

struct parent_of_last {
	struct path *parent;
	struct qstr *last;
	int *type;
};

static int go_to_parent(struct walk *w, unsigned int flags, void *arg)
{
	struct parent_of_last *res = arg;
	int err = walk_start(w, flags);

	if (!err)
		err = walk_to_last(w);
	if (!err)
		err = walk_complete(w);
	if (!err) {
		hand_out(w, res->parent);
		*res->last = w->last;
		*res->type = w->last_type;
	}
	walk_end(w);
	return err;
}

/**
 * filename_parentat - walk a path up to the directory of its last component
 * @dfd: where relative ones start
 * @name: the path; an error pointer is passed on
 * @flags: LOOKUP_*
 * @parent: the directory, referenced
 * @last: the component, in @name's memory, with whatever slashes are behind it
 * @type: LAST_*: what kind of component that is
 *
 * Context: may sleep.
 * Return: as filename_lookup().
 */
int filename_parentat(int dfd, struct filename *name, unsigned int flags, struct path *parent,
		      struct qstr *last, int *type)
{
	struct parent_of_last res = { parent, last, type };

	if (IS_ERR(name))
		return PTR_ERR(name);
	return walk_patiently(dfd, name, flags, NULL, go_to_parent, &res);
}

/**
 * kern_path - walk a path of the kernel's
 * @name: the path, in kernel memory
 * @flags: LOOKUP_*
 * @path: the result, referenced
 *
 * Context: may sleep. Return: as filename_lookup().
 */
int kern_path(const char *name, unsigned int flags, struct path *path)
{
	struct filename *filename = getname_kernel(name);
	int ret = filename_lookup(AT_FDCWD, filename, flags, path, NULL);

	putname(filename);
	return ret;
}
EXPORT_SYMBOL(kern_path);

/**
 * vfs_path_lookup - walk from a place, which is the root of the walk, too
 * @dentry: the place,
 * @mnt: and its mount
 * @name: the path, in kernel memory
 * @flags: LOOKUP_*
 * @path: the result, referenced
 *
 * Context: may sleep. Return: as filename_lookup().
 */
int vfs_path_lookup(struct dentry *dentry, struct vfsmount *mnt, const char *name,
		    unsigned int flags, struct path *path)
{
	struct path root = { .mnt = mnt, .dentry = dentry };
	struct filename *filename = getname_kernel(name);
	int ret = filename_lookup(AT_FDCWD, filename, flags, path, &root);

	putname(filename);
	return ret;
}
EXPORT_SYMBOL(vfs_path_lookup);

/**
 * user_path_at - walk a program's path
 * @dfd: where relative ones start
 * @name: the path, in user memory
 * @flags: LOOKUP_*
 * @path: the result, referenced
 *
 * Context: may sleep. Return: as filename_lookup(), -EFAULT.
 */
int user_path_at(int dfd, const char __user *name, unsigned int flags, struct path *path)
{
	struct filename *filename = getname_flags(name, flags);
	int ret = filename_lookup(dfd, filename, flags, path, NULL);

	putname(filename);
	return ret;
}
EXPORT_SYMBOL(user_path_at);

/**
 * user_path_by_at_flags - walk a program's path as its AT_* flags say
 * @dfd: where relative ones start
 * @name: the path, in user memory
 * @at_flags: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH
 * @path: the result, referenced
 *
 * Context: may sleep. Return: as user_path_at(); -EINVAL for other flags.
 */
int user_path_by_at_flags(int dfd, const char __user *name, unsigned int at_flags,
			  struct path *path)
{
	unsigned int lookup = at_flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;

	if (at_flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (at_flags & AT_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	return user_path_at(dfd, name, lookup, path);
}
