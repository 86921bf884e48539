// SPDX-License-Identifier: MIT
/*
 * mount(2): one call for seven jobs, told apart by its flags.
 *
 *	MS_REMOUNT | MS_BIND	other flags for one mount
 *	MS_REMOUNT		other flags and options for a file system
 *	MS_BIND			a mount of a part of a tree that is there already
 *	MS_SHARED, MS_PRIVATE, MS_SLAVE, MS_UNBINDABLE
 *				whom a mount follows, and who follows it (pnode.c)
 *	MS_MOVE			a mount goes elsewhere
 *	none of these		a new mount of a file system
 *
 * Checks come first, then namespace_sem (lock_mount()), then what can't fail. The tree itself is
 * namespace.c's.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/fs_struct.h>
#include <linux/idr.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/nsfs.h>
#include <linux/rculist.h>
#include <linux/rwsem.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"
#include "pnode.h"

static int do_new_mount(const struct path *where, const char *fstype, int sb_flags, int mnt_flags,
			const char *name, void *data)
{
	struct path path = *where;
	struct file_system_type *type;
	struct vfsmount *mnt;
	int err;

	if (!fstype)
		return -EINVAL;
	type = get_fs_type(fstype);
	if (!type)
		return -ENODEV;
	mnt = vfs_kern_mount(type, sb_flags, name, data);
	put_filesystem(type);
	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	mnt->mnt_flags = mnt_flags;
	path_get(&path);
	err = lock_mount(&path);
	if (!err) {
		/* The same root of the same file system once more on top of itself. */
		err = -EBUSY;
		if (path.mnt->mnt_sb != mnt->mnt_sb || path.dentry != path.mnt->mnt_root)
			err = graft_tree(real_mount(mnt), &path);
		unlock_mount(&path);
	}
	path_put(&path);
	if (err)
		mntput(mnt);
	return err;
}

/* Does a copy leave out @p and what is below it? @top, of which @dentry down is copied. */
static bool is_left_out(struct mount *p, struct mount *top, struct dentry *dentry, int flags)
{
	if (p->mnt_parent == top && !is_subdir(p->mnt_mountpoint, dentry))
		return true;
	if (p->mnt_unbindable && !(flags & CL_COPY_UNBINDABLE))
		return true;
	return is_mnt_ns_file(p->mnt.mnt_root) && !(flags & CL_COPY_MNT_NS_FILE);
}

/* The mount behind @p and all below it. */
static struct mount *next_beside(struct mount *p, struct mount *top)
{
	while (p != top && list_is_last(&p->mnt_child, &p->mnt_parent->mnt_mounts))
		p = p->mnt_parent;
	return p == top ? NULL : list_next_entry(p, mnt_child);
}

/**
 * copy_tree - a copy of a mount from a dentry down
 * @top: the mount
 * @dentry: in it
 * @flags: CL_*
 * @recurse: with all that is mounted below
 *
 * Context: namespace_sem is held for writing.
 * Return: the root, in no namespace; an error pointer: -ENOMEM, -ENOSPC.
 */
struct mount *copy_tree(struct mount *top, struct dentry *dentry, int flags, bool recurse)
{
	struct mount *res = clone_mnt(top, dentry, flags), *p, *copy;
	/* The last original that was copied, and its copy: both trees are walked in step. */
	struct mount *from = top, *to = res;

	if (IS_ERR(res) || !recurse)
		return res;
	p = next_mnt(top, top);
	while (p) {
		if (is_left_out(p, top, dentry, flags)) {
			p = next_beside(p, top);
			continue;
		}
		for (; from != p->mnt_parent; from = from->mnt_parent)
			to = to->mnt_parent;
		copy = clone_mnt(p, p->mnt.mnt_root, flags);
		if (IS_ERR(copy)) {
			put_tree(res);
			return copy;
		}
		write_seqlock(&mount_lock);
		attach_mnt(copy, to, p->mnt_mountpoint);
		write_sequnlock(&mount_lock);
		from = p;
		to = copy;
		p = next_mnt(p, top);
	}
	return res;
}

/* A tree in no namespace, which nobody else knows. namespace_sem is held. */
void put_tree(struct mount *tree)
{
	struct mount *p;
	LIST_HEAD(gone);

	for (p = tree; p; p = next_mnt(p, tree))
		list_add(&p->mnt_list, &gone);
	put_umounted(&gone);
}

/* May a copy of it be mounted? It is in our tree and has a name, or it is a namespace's file. */
bool may_bind(const struct path *path)
{
	struct mount *mnt = real_mount(path->mnt);

	if (mnt->mnt_unbindable)
		return false;
	return is_ns_file(path->dentry) || (check_mnt(mnt) && !d_unlinked(path->dentry));
}

static int do_loopback(const struct path *where, const char *old_name, bool recurse)
{
	struct path old_path, path = *where;
	struct mount *mnt;
	int err;

	if (!old_name || !*old_name)
		return -EINVAL;
	err = kern_path(old_name, LOOKUP_FOLLOW | LOOKUP_AUTOMOUNT, &old_path);
	if (err)
		return err;
	path_get(&path);
	err = lock_mount(&path);
	if (err)
		goto out;
	mnt = ERR_PTR(-EINVAL);
	if (may_bind(&old_path) && !mnt_ns_loop(old_path.dentry))
		mnt = copy_tree(real_mount(old_path.mnt), old_path.dentry, CL_COPY_MNT_NS_FILE,
				recurse);
	err = PTR_ERR_OR_ZERO(mnt);
	if (!err) {
		err = graft_tree(mnt, &path);
		if (err)
			put_tree(mnt);
	}
	unlock_mount(&path);
out:
	path_put(&path);
	path_put(&old_path);
	return err;
}

/* May it go elsewhere? A mount in the tree, or the root of one that a descriptor leads to. */
static bool is_movable(struct mount *mnt)
{
	if (mnt_has_parent(mnt))
		return check_mnt(mnt);
	return mnt->mnt_ns && mnt->mnt_ns->anonymous;
}

/*
 * Who follows whom sets limits, too: what is below a shared mount stays where its peers have
 * theirs, and what may not be copied can't be put where copies would be made.
 */
static bool propagation_forbids(struct mount *mnt, struct mount *dest)
{
	if (mnt_has_parent(mnt) && is_shared(mnt->mnt_parent))
		return true;
	return is_shared(dest) && tree_has_unbindable(mnt);
}

/**
 * do_move_mount - a mount, and all below it, goes elsewhere
 * @from: its root
 * @where: where to
 *
 * Return: 0; -EINVAL; -ELOOP: @where is below it; -ENOENT: @where was removed; -ENOSPC.
 */
int do_move_mount(const struct path *from, const struct path *where)
{
	struct path path = *where, place = { NULL, NULL };
	struct mount *old = real_mount(from->mnt), *p;
	struct mnt_namespace *ns;
	int err;

	path_get(&path);
	err = lock_mount(&path);
	if (err)
		goto out;
	ns = old->mnt_ns;
	err = -EINVAL;
	if (from->dentry != from->mnt->mnt_root || !is_movable(old) ||
	    !check_mnt(real_mount(path.mnt)))
		goto out_unlock;
	if (d_is_dir(path.dentry) != d_is_dir(from->dentry) ||
	    propagation_forbids(old, real_mount(path.mnt)))
		goto out_unlock;
	err = -ELOOP;
	for (p = real_mount(path.mnt); p != old && mnt_has_parent(p); p = p->mnt_parent)
		;
	if (p == old)
		goto out_unlock;
	if (mnt_has_parent(old)) {
		err = attach_tree(old, &path, &place);
	} else {
		/* The root of an anonymous namespace, whose reference to it goes along. */
		err = attach_tree(old, &path, NULL);
		if (!err)
			kfree(ns);
	}
out_unlock:
	unlock_mount(&path);
	path_put(&place);
out:
	path_put(&path);
	return err;
}

static int do_move_mount_old(const struct path *where, const char *old_name)
{
	struct path from;
	int err;

	if (!old_name || !*old_name)
		return -EINVAL;
	err = kern_path(old_name, LOOKUP_FOLLOW, &from);
	if (err)
		return err;
	err = security_move_mount(&from, where);
	if (!err)
		err = do_move_mount(&from, where);
	path_put(&from);
	return err;
}

/* New flags of one mount (MS_REMOUNT | MS_BIND), and of the whole file system. */
static int do_remount(const struct path *path, int ms_flags, int sb_flags, int mnt_flags,
		      void *data)
{
	struct super_block *sb = path->mnt->mnt_sb;
	struct mount *mnt = real_mount(path->mnt);
	struct fs_context *fc;
	int err = 0;

	if (path->dentry != path->mnt->mnt_root || !check_mnt(mnt))
		return -EINVAL;
	if (!(ms_flags & MS_BIND)) {
		fc = fs_context_for_reconfigure(path->dentry, sb_flags, MS_RMT_MASK);
		if (IS_ERR(fc))
			return PTR_ERR(fc);
		err = parse_monolithic_mount_data(fc, data);
		if (!err) {
			down_write(&sb->s_umount);
			err = reconfigure_super(fc);
			up_write(&sb->s_umount);
		}
		put_fs_context(fc);
	}
	if (err)
		return err;
	down_read(&sb->s_umount);
	write_seqlock(&mount_lock);
	if ((mnt_flags & MNT_READONLY) && !(mnt->mnt.mnt_flags & MNT_READONLY))
		err = mnt_make_readonly(mnt);
	if (!err)
		mnt->mnt.mnt_flags = (mnt->mnt.mnt_flags & ~MNT_USER_SETTABLE_MASK) | mnt_flags;
	write_sequnlock(&mount_lock);
	up_read(&sb->s_umount);
	return err;
}

/* ---- whom it follows ---- */

/**
 * propagation_type - the one of MS_SHARED, MS_PRIVATE, MS_SLAVE, MS_UNBINDABLE in some flags
 *
 * Return: it; 0: there is none of them, or several, or others beside MS_REC and MS_SILENT.
 */
int propagation_type(unsigned long flags)
{
	unsigned long type = flags & ~(unsigned long)(MS_REC | MS_SILENT);

	switch (type) {
	case MS_SHARED:
	case MS_PRIVATE:
	case MS_SLAVE:
	case MS_UNBINDABLE:
		return type;
	default:
		return 0;
	}
}

static int do_change_type(const struct path *path, unsigned long flags)
{
	struct mount *top = real_mount(path->mnt), *m;
	int type = propagation_type(flags), err = 0;

	if (!type || path->dentry != path->mnt->mnt_root)
		return -EINVAL;
	namespace_lock();
	if (type == MS_SHARED)
		err = invent_group_ids(top, flags & MS_REC);
	for (m = top; m && !err; m = flags & MS_REC ? next_mnt(m, top) : NULL)
		change_propagation(m, type);
	namespace_unlock();
	return err;
}

static int mnt_flags_of(unsigned long flags)
{
	static const struct { unsigned long ms; int mnt; } map[] = {
		{ MS_NOSUID, MNT_NOSUID }, { MS_NODEV, MNT_NODEV }, { MS_NOEXEC, MNT_NOEXEC },
		{ MS_NOATIME, MNT_NOATIME }, { MS_NODIRATIME, MNT_NODIRATIME },
		{ MS_RDONLY, MNT_READONLY }, { MS_NOSYMFOLLOW, MNT_NOSYMFOLLOW },
	};
	int mnt_flags = flags & (MS_NOATIME | MS_STRICTATIME) ? 0 : MNT_RELATIME;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(map); i++)
		if (flags & map[i].ms)
			mnt_flags |= map[i].mnt;
	return mnt_flags;
}

/**
 * path_mount - mount(2)
 * @dev_name: device, or what to bind or move
 * @path: where
 * @type_page: type of file system
 * @flags: MS_*
 * @data_page: options; NULL
 *
 * Return: 0; -EPERM, -EINVAL, -ENODEV, -EBUSY, -ENOTDIR, -ENOMEM, -ENOSPC, what the file system
 * says.
 */
int path_mount(const char *dev_name, const struct path *path, const char *type_page,
	       unsigned long flags, void *data_page)
{
	int mnt_flags, sb_flags, ret;

	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~MS_MGC_MSK;
	if (data_page)
		((char *)data_page)[PAGE_SIZE - 1] = 0;
	if (flags & MS_NOUSER)
		return -EINVAL;
	ret = security_sb_mount(dev_name, path, type_page, flags, data_page);
	if (ret)
		return ret;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	mnt_flags = mnt_flags_of(flags);
	sb_flags = flags & (SB_RDONLY | SB_SYNCHRONOUS | SB_MANDLOCK | SB_DIRSYNC | SB_SILENT |
			    SB_POSIXACL | SB_LAZYTIME | SB_I_VERSION);
	if (flags & MS_REMOUNT)
		return do_remount(path, flags, sb_flags, mnt_flags, data_page);
	if (flags & MS_BIND)
		return do_loopback(path, dev_name, flags & MS_REC);
	if (flags & (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE))
		return do_change_type(path, flags);
	if (flags & MS_MOVE)
		return do_move_mount_old(path, dev_name);
	return do_new_mount(path, type_page, sb_flags, mnt_flags, dev_name, data_page);
}

static char *copy_mount_string(const void __user *data)
{
	return data ? strndup_user(data, PATH_MAX) : NULL;
}

/* A page of options, which may end before the page does. */
static void *copy_mount_options(const void __user *data)
{
	char *copy;
	size_t left;

	if (!data)
		return NULL;
	copy = kzalloc(PAGE_SIZE, GFP_KERNEL);
	if (!copy)
		return ERR_PTR(-ENOMEM);
	left = copy_from_user(copy, data, PAGE_SIZE);
	if (left == PAGE_SIZE) {
		kfree(copy);
		return ERR_PTR(-EFAULT);
	}
	memset(copy + PAGE_SIZE - left, 0, left);
	return copy;
}

SYSCALL_DEFINE5(mount, char __user *, dev_name, char __user *, dir_name, char __user *, type,
		unsigned long, flags, void __user *, data)
{
	char *kernel_type, *kernel_dev;
	struct path path;
	void *options;
	int ret;

	kernel_type = copy_mount_string(type);
	if (IS_ERR(kernel_type))
		return PTR_ERR(kernel_type);
	kernel_dev = copy_mount_string(dev_name);
	ret = PTR_ERR_OR_ZERO(kernel_dev);
	if (ret)
		goto out_type;
	options = copy_mount_options(data);
	ret = PTR_ERR_OR_ZERO(options);
	if (ret)
		goto out_dev;
	ret = user_path_at(AT_FDCWD, dir_name, LOOKUP_FOLLOW, &path);
	if (!ret) {
		ret = path_mount(kernel_dev, &path, kernel_type, flags, options);
		path_put(&path);
	}
	kfree(options);
out_dev:
	kfree(kernel_dev);
out_type:
	kfree(kernel_type);
	return ret;
}
