// SPDX-License-Identifier: MIT
/*
 * Mount namespaces: each process sees one tree of mounts. clone(2) and unshare(2) with CLONE_NEWNS
 * make a copy of it, setns(2) enters another; it ends with its last process, file and mount of its
 * file.
 *
 * A copy's mounts follow the originals as copies do (pnode.c): those of shared ones are their
 * peers, so that what is mounted here is seen there, until somebody makes them private.
 *
 * A file that stands for a mount namespace can be mounted, which keeps the namespace. If it could
 * be mounted in itself, or two in each other, they would never end. So a namespace can only hold
 * younger ones (seq), and a copy of a tree leaves out mounts of such files.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mnt_namespace.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/ns_common.h>
#include <linux/nsfs.h>
#include <linux/nsproxy.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

#include "mount.h"
#include "pnode.h"

#define INIT_INUM	0xeffffff8U	/* below those that are handed out */

struct mnt_namespace init_mnt_ns = {
	.ns = { .ops = &mntns_operations, .inum = INIT_INUM, .count = REFCOUNT_INIT(1) },
	.seq = 1,
};

static atomic64_t last_seq = ATOMIC64_INIT(1);

static struct mnt_namespace *to_mnt_ns(struct ns_common *ns)
{
	return container_of(ns, struct mnt_namespace, ns);
}

/**
 * get_mnt_ns - one reference more
 * @ns: referenced
 */
void get_mnt_ns(struct mnt_namespace *ns)
{
	refcount_inc(&ns->ns.count);
}

/**
 * put_mnt_ns - give a reference back; with the last the tree goes
 * @ns: the namespace
 *
 * Context: may sleep.
 */
void put_mnt_ns(struct mnt_namespace *ns)
{
	LIST_HEAD(gone);

	if (!refcount_dec_and_test(&ns->ns.count))
		return;
	namespace_lock();
	write_seqlock(&mount_lock);
	umount_tree(first_mount(ns), &gone);
	write_sequnlock(&mount_lock);
	put_umounted(&gone);
	namespace_unlock();
	ns_free_inum(&ns->ns);
	kfree(ns);
}

static struct mnt_namespace *alloc_mnt_ns(void)
{
	struct mnt_namespace *ns = kzalloc(sizeof(*ns), GFP_KERNEL_ACCOUNT);
	int err;

	if (!ns)
		return ERR_PTR(-ENOMEM);
	err = ns_alloc_inum(&ns->ns);
	if (err) {
		kfree(ns);
		return ERR_PTR(err);
	}
	ns->ns.ops = &mntns_operations;
	refcount_set(&ns->ns.count, 1);
	ns->seq = atomic64_inc_return(&last_seq);
	return ns;
}

/*
 * The mount of the tree @copy that @mnt of the tree @root was copied to; NULL: it was left out, or
 * isn't in the tree. From the root down, each time by the place of the next one on the way.
 */
static struct mount *counterpart(struct mount *mnt, struct mount *root, struct mount *copy)
{
	struct mount *p;

	while (root != mnt && copy) {
		for (p = mnt; mnt_has_parent(p) && p->mnt_parent != root; p = p->mnt_parent)
			;
		if (!mnt_has_parent(p))
			return NULL;
		copy = __lookup_mnt(&copy->mnt, p->mnt_mountpoint);
		root = p;
	}
	return copy;
}

/* A place of @fs in the old tree becomes the same place in the new one. */
static void move_place(struct fs_struct *fs, const struct path *place,
		       void (*set)(struct fs_struct *fs, const struct path *path),
		       struct mount *root, struct mount *copy)
{
	struct mount *there = counterpart(real_mount(place->mnt), root, copy);
	struct path path = { there ? &there->mnt : NULL, place->dentry };

	if (there)
		set(fs, &path);
}

/**
 * copy_mnt_ns - a namespace for a new set
 * @flags: CLONE_NEWNS: a copy of @ns
 * @ns: the present one
 * @new_fs: nobody else's; it moves to the copy
 *
 * Return: referenced; an error pointer: -ENOMEM, -ENOSPC.
 */
struct mnt_namespace *copy_mnt_ns(unsigned long flags, struct mnt_namespace *ns,
				  struct fs_struct *new_fs)
{
	struct mnt_namespace *new_ns;
	struct path root, pwd;
	struct mount *old, *new;

	if (!(flags & CLONE_NEWNS)) {
		get_mnt_ns(ns);
		return ns;
	}
	new_ns = alloc_mnt_ns();
	if (IS_ERR(new_ns))
		return new_ns;
	/* Kept, so that what they leave below isn't put for the last time under the lock. */
	get_fs_root(new_fs, &root);
	get_fs_pwd(new_fs, &pwd);
	namespace_lock();
	old = first_mount(ns);
	new = copy_tree(old, old->mnt.mnt_root, CL_COPY_UNBINDABLE, true);
	if (!IS_ERR(new)) {
		new_ns->root = new;
		write_seqlock(&mount_lock);
		set_mnt_ns(new, new_ns);
		write_sequnlock(&mount_lock);
		move_place(new_fs, &root, set_fs_root, old, new);
		move_place(new_fs, &pwd, set_fs_pwd, old, new);
	}
	namespace_unlock();
	path_put(&pwd);
	path_put(&root);
	if (!IS_ERR(new))
		return new_ns;
	ns_free_inum(&new_ns->ns);
	kfree(new_ns);
	return ERR_CAST(new);
}

/* ---- as a file ---- */

/** is_mnt_ns_file - does a dentry stand for a mount namespace? */
bool is_mnt_ns_file(const struct dentry *dentry)
{
	return is_ns_file(dentry) && get_proc_ns(dentry)->ops == &mntns_operations;
}

/** mnt_ns_loop - would a mount of it in current's namespace keep one that is not younger? */
bool mnt_ns_loop(const struct dentry *dentry)
{
	return is_mnt_ns_file(dentry) &&
	       to_mnt_ns(get_proc_ns(dentry))->seq <= current->nsproxy->mnt_ns->seq;
}

static struct ns_common *mntns_get(struct task_struct *task)
{
	struct ns_common *ns = NULL;

	task_lock(task);
	if (task->nsproxy) {
		ns = &task->nsproxy->mnt_ns->ns;
		refcount_inc(&ns->count);
	}
	task_unlock(task);
	return ns;
}

static void mntns_put(struct ns_common *ns)
{
	put_mnt_ns(to_mnt_ns(ns));
}

/* Its root, and what is mounted upon it. */
static void top_of_root(struct mnt_namespace *ns, struct path *path)
{
	struct mount *root;

	namespace_lock_shared();
	root = first_mount(ns);
	path->mnt = mntget(&root->mnt);
	path->dentry = dget(root->mnt.mnt_root);
	namespace_unlock_shared();
	while (d_mountpoint(path->dentry) && follow_down_one(path))
		;
}

/* Its caller stands at its root afterwards. Nobody may share where it stands. */
static int mntns_install(struct nsproxy *set, struct ns_common *ns)
{
	struct mnt_namespace *mnt_ns = to_mnt_ns(ns);
	struct path root;

	if (!capable(CAP_SYS_ADMIN) || !capable(CAP_SYS_CHROOT))
		return -EPERM;
	if (current->fs->users != 1)
		return -EINVAL;
	get_mnt_ns(mnt_ns);
	put_mnt_ns(set->mnt_ns);
	set->mnt_ns = mnt_ns;
	top_of_root(mnt_ns, &root);
	set_fs_pwd(current->fs, &root);
	set_fs_root(current->fs, &root);
	path_put(&root);
	return 0;
}

const struct proc_ns_operations mntns_operations = {
	.name		= "mnt",
	.type		= CLONE_NEWNS,
	.get		= mntns_get,
	.put		= mntns_put,
	.install	= mntns_install,
};
