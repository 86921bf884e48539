// SPDX-License-Identifier: MIT
/*
 * pivot_root(2): the root mount and another one change places.
 *
 *	before	root			after	new
 *		 `- /new  (new_root)		 `- /new/old  root
 *		      `- /new/old (put_old)
 *
 * Every task whose root or current directory was the old root's is moved to the new one's.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/fs_struct.h>
#include <linux/idr.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/rculist.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>

#include "internal.h"
#include "mount.h"
#include "pnode.h"

/**
 * path_pivot_root - what pivot_root(2) does
 * @new: the root of a mount, which becomes the root
 * @old: a directory in it, where the old root goes
 *
 * Whoever had the old root or its mount as root or working directory has the new one afterwards.
 *
 * Context: may sleep; takes namespace_sem.
 * Return: 0; -EPERM without CAP_SYS_ADMIN; -EINVAL if @new or current's root is no mount's root,
 * one of them isn't in current's namespace or has a parent that others follow, or @old isn't below
 * @new; -ENOENT if one was removed; -EBUSY if @new or @old is on the root's own mount; or what a
 * security module said.
 */
int path_pivot_root(const struct path *new, const struct path *old)
{
	struct path root, where = *old, root_place = { NULL, NULL }, new_place = { NULL, NULL };
	struct mount *new_mnt = real_mount(new->mnt), *root_mnt, *parent;
	struct dentry *mountpoint;
	int error;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	error = security_sb_pivotroot(old, new);
	if (error)
		return error;
	get_fs_root(current->fs, &root);
	root_mnt = real_mount(root.mnt);
	path_get(&where);
	error = lock_mount(&where);
	if (error)
		goto out;
	error = -EINVAL;
	if (!check_mnt(root_mnt) || !check_mnt(new_mnt) || root.mnt->mnt_root != root.dentry ||
	    new->mnt->mnt_root != new->dentry || !mnt_has_parent(new_mnt) ||
	    !mnt_has_parent(root_mnt))
		goto out_unlock;
	/* Neither of them may have been, nor be going to be, below a mount that others follow. */
	if (is_shared(real_mount(where.mnt)) || is_shared(new_mnt->mnt_parent) ||
	    is_shared(root_mnt->mnt_parent))
		goto out_unlock;
	error = -ENOENT;
	if (d_unlinked(new->dentry))
		goto out_unlock;
	error = -EBUSY;
	if (new_mnt == root_mnt || real_mount(where.mnt) == root_mnt)
		goto out_unlock;
	error = -EINVAL;
	/* The old root's place must be below the new one. */
	for (parent = real_mount(where.mnt), mountpoint = where.dentry;
	     parent != new_mnt && mnt_has_parent(parent); parent = parent->mnt_parent)
		mountpoint = parent->mnt_mountpoint;
	if (parent != new_mnt || !is_subdir(mountpoint, new->dentry))
		goto out_unlock;
	error = d_set_mounted(where.dentry);
	if (error && error != -EBUSY)
		goto out_unlock;
	write_seqlock(&mount_lock);
	new_place = detach_mnt(new_mnt);
	root_place = detach_mnt(root_mnt);
	attach_mnt(root_mnt, real_mount(where.mnt), where.dentry);
	spin_lock(&root_place.dentry->d_lock);
	root_place.dentry->d_flags |= DCACHE_MOUNTED;
	spin_unlock(&root_place.dentry->d_lock);
	attach_mnt(new_mnt, real_mount(root_place.mnt), root_place.dentry);
	write_sequnlock(&mount_lock);
	chroot_fs_refs(&root, new);
	error = 0;
out_unlock:
	unlock_mount(&where);
	path_put(&new_place);
	path_put(&root_place);
out:
	path_put(&where);
	path_put(&root);
	return error;
}

SYSCALL_DEFINE2(pivot_root, const char __user *, new_root, const char __user *, put_old)
{
	struct path new, old;
	int error;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	error = user_path_at(AT_FDCWD, new_root, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &new);
	if (error)
		return error;
	error = user_path_at(AT_FDCWD, put_old, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &old);
	if (!error) {
		error = path_pivot_root(&new, &old);
		path_put(&old);
	}
	path_put(&new);
	return error;
}
