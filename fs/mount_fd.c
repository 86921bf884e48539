// SPDX-License-Identifier: MIT
/*
 * Mounts by descriptor: open_tree(2), move_mount(2), mount_setattr(2).
 *
 * A mount, or a tree of mounts, can be held by a descriptor alone: fsmount(2) makes one,
 * open_tree(2) with OPEN_TREE_CLONE copies one. It has a namespace of its own (anonymous), so that
 * it counts as mounted and can be walked through. When the descriptor is closed and nobody has
 * moved it into the tree that processes see, it goes (FMODE_NEED_UNMOUNT, dissolve_on_fput()).
 *
 * mount_setattr(2) changes many mounts or none: first all that shall become read-only are held,
 * with their writers shut out; if that works for all of them nothing can fail any more.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"
#include "pnode.h"

/**
 * mount_fd - a descriptor that holds a tree of mounts
 * @mnt: the root, in no namespace; the caller's reference goes, whatever comes of it
 * @root: where the descriptor stands
 * @o_flags: O_CLOEXEC
 *
 * Return: the descriptor, -errno.
 */
int mount_fd(struct mount *mnt, struct dentry *root, unsigned int o_flags)
{
	struct path path = { &mnt->mnt, root };
	struct mnt_namespace *ns;
	struct file *file;
	int fd;

	namespace_lock();
	ns = new_anonymous_ns(mnt);
	if (!ns)
		put_tree(mnt);
	namespace_unlock();
	if (!ns)
		return -ENOMEM;
	file = dentry_open(&path, O_PATH, current_cred());
	if (IS_ERR(file)) {
		dissolve_on_fput(&mnt->mnt);
		return PTR_ERR(file);
	}
	file->f_mode |= FMODE_NEED_UNMOUNT;
	fd = get_unused_fd_flags(o_flags);
	if (fd < 0)
		fput(file);
	else
		fd_install(fd, file);
	return fd;
}

/* --- open_tree(2) ----------------------------------------------------------------------------- */

static int open_copy(const struct path *path, bool recurse, unsigned int o_flags)
{
	struct mount *old = real_mount(path->mnt), *copy = ERR_PTR(-EINVAL);

	namespace_lock();
	if (may_bind(path))
		copy = copy_tree(old, path->dentry, CL_COPY_MNT_NS_FILE, recurse);
	namespace_unlock();
	return IS_ERR(copy) ? PTR_ERR(copy) : mount_fd(copy, path->dentry, o_flags);
}

static int open_place(const struct path *path, unsigned int o_flags)
{
	int fd = get_unused_fd_flags(o_flags);
	struct file *file;

	if (fd < 0)
		return fd;
	file = dentry_open(path, O_PATH, current_cred());
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}

/* open_tree(2) */
SYSCALL_DEFINE3(open_tree, int, dfd, const char __user *, filename, unsigned int, flags)
{
	unsigned int lookup = LOOKUP_FOLLOW, o_flags = flags & OPEN_TREE_CLOEXEC ? O_CLOEXEC : 0;
	struct path path;
	int ret;

	if (flags & ~(AT_EMPTY_PATH | AT_NO_AUTOMOUNT | AT_RECURSIVE | AT_SYMLINK_NOFOLLOW |
		      OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC))
		return -EINVAL;
	if ((flags & (AT_RECURSIVE | OPEN_TREE_CLONE)) == AT_RECURSIVE)
		return -EINVAL;
	if (flags & AT_SYMLINK_NOFOLLOW)
		lookup &= ~LOOKUP_FOLLOW;
	if (flags & AT_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	if ((flags & OPEN_TREE_CLONE) && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	ret = user_path_at(dfd, filename, lookup, &path);
	if (ret)
		return ret;
	ret = flags & OPEN_TREE_CLONE ? open_copy(&path, flags & AT_RECURSIVE, o_flags) :
					open_place(&path, o_flags);
	path_put(&path);
	return ret;
}

/* --- move_mount(2) ---------------------------------------------------------------------------- */

/* move_mount(2) */
SYSCALL_DEFINE5(move_mount, int, from_dfd, const char __user *, from_pathname, int, to_dfd,
		const char __user *, to_pathname, unsigned int, flags)
{
	unsigned int lookup;
	struct path from, to;
	int ret;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (flags & ~MOVE_MOUNT__MASK)
		return -EINVAL;
	/* No mount joins a group afterwards, nor is one put beneath another by hand. */
	if (flags & (MOVE_MOUNT_SET_GROUP | MOVE_MOUNT_BENEATH))
		return -EINVAL;
	lookup = flags & MOVE_MOUNT_F_SYMLINKS ? LOOKUP_FOLLOW : 0;
	if (flags & MOVE_MOUNT_F_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	ret = user_path_at(from_dfd, from_pathname, lookup, &from);
	if (ret)
		return ret;
	lookup = flags & MOVE_MOUNT_T_SYMLINKS ? LOOKUP_FOLLOW : 0;
	if (flags & MOVE_MOUNT_T_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	ret = user_path_at(to_dfd, to_pathname, lookup, &to);
	if (!ret) {
		ret = security_move_mount(&from, &to);
		if (!ret)
			ret = do_move_mount(&from, &to);
		path_put(&to);
	}
	path_put(&from);
	return ret;
}

/* --- mount_setattr(2) ------------------------------------------------------------------------- */

struct mount_change {
	int set, clear;		/* MNT_* */
	int propagation;	/* MS_SHARED ...; 0: as it is */
	bool recurse;
};

static bool becomes_readonly(const struct mount *mnt, const struct mount_change *change)
{
	return (change->set & MNT_READONLY) && !(mnt->mnt.mnt_flags & MNT_READONLY);
}

static struct mount *next_to_change(struct mount *mnt, struct mount *root,
				    const struct mount_change *change)
{
	return change->recurse ? next_mnt(mnt, root) : NULL;
}

/* namespace_sem and mount_lock are held. Return: 0, or -EBUSY and nothing has changed. */
static int change_mounts(struct mount *root, const struct mount_change *change)
{
	struct mount *m, *failed = NULL;
	int err = 0;

	for (m = root; m && !err; m = next_to_change(m, root, change)) {
		if (!becomes_readonly(m, change))
			continue;
		err = mnt_hold_writers(m);
		if (err)
			failed = m;
	}
	for (m = root; m; m = next_to_change(m, root, change)) {
		if (!err)
			WRITE_ONCE(m->mnt.mnt_flags,
				   (m->mnt.mnt_flags & ~change->clear) | change->set);
		if (m->mnt.mnt_flags & MNT_WRITE_HOLD)
			mnt_unhold_writers(m);
		if (m == failed)
			break;
	}
	return err;
}

static int do_mount_setattr(const struct path *path, const struct mount_change *change)
{
	struct mount *mnt = real_mount(path->mnt), *m;
	int ret = -EINVAL;

	if (path->dentry != path->mnt->mnt_root)
		return -EINVAL;
	namespace_lock();
	if (!mnt->mnt_ns || !(check_mnt(mnt) || !mnt_has_parent(mnt)))
		goto out;
	ret = change->propagation == MS_SHARED ? invent_group_ids(mnt, change->recurse) : 0;
	if (ret)
		goto out;
	write_seqlock(&mount_lock);
	ret = change_mounts(mnt, change);
	write_sequnlock(&mount_lock);
	for (m = mnt; m && !ret && change->propagation; m = next_to_change(m, mnt, change))
		change_propagation(m, change->propagation);
	if (ret && change->propagation == MS_SHARED)
		drop_unused_group_ids(mnt, change->recurse);
out:
	namespace_unlock();
	return ret;
}

/* What a program asks for; checked. All access times' bits are cleared before one is set. */
static int build_change(const struct mount_attr *attr, struct mount_change *change)
{
	int set, clear;

	if ((attr->attr_set | attr->attr_clr) & ~(u64)MOUNT_ATTR_KNOWN)
		return -EINVAL;
	if (attr->propagation &&
	    (propagation_type(attr->propagation) != (long long)attr->propagation))
		return -EINVAL;
	change->propagation = attr->propagation;
	if (attr->attr_clr & MOUNT_ATTR__ATIME) {
		if ((attr->attr_clr & MOUNT_ATTR__ATIME) != MOUNT_ATTR__ATIME)
			return -EINVAL;
	} else if (attr->attr_set & MOUNT_ATTR__ATIME) {
		return -EINVAL;
	}
	if (mnt_flags_of_attr(attr->attr_set, &set) ||
	    mnt_flags_of_attr(attr->attr_clr & ~MOUNT_ATTR__ATIME, &clear))
		return -EINVAL;
	clear &= ~MNT_RELATIME;
	if (attr->attr_clr & MOUNT_ATTR__ATIME)
		clear |= MNT_RELATIME | MNT_NOATIME;
	else
		set &= ~MNT_RELATIME;
	change->set = set;
	change->clear = clear;
	return 0;
}

/* mount_setattr(2) */
SYSCALL_DEFINE5(mount_setattr, int, dfd, const char __user *, path, unsigned int, flags,
		struct mount_attr __user *, uattr, size_t, usize)
{
	unsigned int lookup = LOOKUP_FOLLOW;
	struct mount_change change;
	struct mount_attr attr;
	struct path target;
	int ret;

	if (flags & ~(AT_EMPTY_PATH | AT_RECURSIVE | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT))
		return -EINVAL;
	if (usize > PAGE_SIZE)
		return -E2BIG;
	if (usize < MOUNT_ATTR_SIZE_VER0)
		return -EINVAL;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	ret = copy_struct_from_user(&attr, sizeof(attr), uattr, usize);
	if (ret)
		return ret;
	if (!attr.attr_set && !attr.attr_clr && !attr.propagation)
		return 0;
	ret = build_change(&attr, &change);
	if (ret)
		return ret;
	change.recurse = flags & AT_RECURSIVE;
	if (flags & AT_SYMLINK_NOFOLLOW)
		lookup &= ~LOOKUP_FOLLOW;
	if (flags & AT_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	ret = user_path_at(dfd, path, lookup, &target);
	if (ret)
		return ret;
	ret = do_mount_setattr(&target, &change);
	path_put(&target);
	return ret;
}
