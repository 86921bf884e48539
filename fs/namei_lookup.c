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

static const char *lookup_last(struct nameidata *nd)
{
	if (nd->last_type == LAST_NORM && nd->last.name[nd->last.len])
		nd->flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
	return walk_component(nd, WALK_TRAILING);
}

int path_lookupat(struct nameidata *nd, unsigned int flags, struct path *path)
{
	const char *s = path_init(nd, flags);
	int err = 0;

	if (IS_ERR(s)) {
		terminate_walk(nd);
		return PTR_ERR(s);
	}
	while (!(err = link_path_walk(s, nd)) && (s = lookup_last(nd)) != NULL) {
		if (IS_ERR(s)) {
			err = PTR_ERR(s);
			break;
		}
	}
	if (!err)
		err = complete_walk(nd);
	if (!err && (nd->flags & LOOKUP_DIRECTORY) && !d_can_lookup(nd->path.dentry))
		err = -ENOTDIR;
	if (!err) {
		*path = nd->path;
		nd->path = (struct path){ NULL, NULL };
	}
	terminate_walk(nd);
	return err;
}

void set_nameidata(struct nameidata *nd, int dfd, struct filename *name, const struct path *root)
{
	nd->stack = nd->internal;
	nd->depth = 0;
	nd->state = 0;
	nd->dfd = dfd;
	nd->name = name;
	nd->path = (struct path){ NULL, NULL };
	nd->root = root ? *root : (struct path){ NULL, NULL };
	if (root)
		nd->state = ND_ROOT_PRESET;
}

void restore_nameidata(struct nameidata *nd)
{
	if (nd->stack != nd->internal)
		kfree(nd->stack);
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
	struct nameidata nd;
	int retval;

	if (IS_ERR(name))
		return PTR_ERR(name);
	set_nameidata(&nd, dfd, name, root);
	retval = path_lookupat(&nd, flags | LOOKUP_RCU, path);
	if (unlikely(retval == -ECHILD))
		retval = path_lookupat(&nd, flags, path);
	if (unlikely(retval == -ESTALE))
		retval = path_lookupat(&nd, flags | LOOKUP_REVAL, path);
	restore_nameidata(&nd);
	return retval;
}

static int path_parentat(struct nameidata *nd, unsigned int flags, struct path *parent)
{
	const char *s = path_init(nd, flags);
	int err = IS_ERR(s) ? PTR_ERR(s) : link_path_walk(s, nd);

	if (!err)
		err = complete_walk(nd);
	if (!err) {
		*parent = nd->path;
		nd->path = (struct path){ NULL, NULL };
	}
	terminate_walk(nd);
	return err;
}

/* The directory of the last component, which is left in @last, in @name's memory. */
int filename_parentat(int dfd, struct filename *name, unsigned int flags, struct path *parent,
		      struct qstr *last, int *type)
{
	struct nameidata nd;
	int retval;

	if (IS_ERR(name))
		return PTR_ERR(name);
	set_nameidata(&nd, dfd, name, NULL);
	retval = path_parentat(&nd, flags | LOOKUP_RCU, parent);
	if (unlikely(retval == -ECHILD))
		retval = path_parentat(&nd, flags, parent);
	if (unlikely(retval == -ESTALE))
		retval = path_parentat(&nd, flags | LOOKUP_REVAL, parent);
	if (likely(!retval)) {
		*last = nd.last;
		*type = nd.last_type;
	}
	restore_nameidata(&nd);
	return retval;
}

/** kern_path - walk a path of the kernel's */
int kern_path(const char *name, unsigned int flags, struct path *path)
{
	struct filename *filename = getname_kernel(name);
	int ret = filename_lookup(AT_FDCWD, filename, flags, path, NULL);

	putname(filename);
	return ret;
}
EXPORT_SYMBOL(kern_path);

/** vfs_path_lookup - walk from a place, which is the root of the walk, too */
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

int user_path_at(int dfd, const char __user *name, unsigned int flags, struct path *path)
{
	struct filename *filename = getname_flags(name, flags);
	int ret = filename_lookup(dfd, filename, flags, path, NULL);

	putname(filename);
	return ret;
}
EXPORT_SYMBOL(user_path_at);
