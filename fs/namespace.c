// SPDX-License-Identifier: MIT
/*
 * Mounts: which file systems hang where. Each process sees one namespace, a tree of mounts
 * (mnt_ns.c); beside these are small anonymous ones, to which only a descriptor leads (mount_fd.c).
 *
 * A mount is found by (parent mount, mount point dentry) in a hash, by walks without locks, under
 * mount_lock's sequence. It is kept by references counted per CPU: cheap while it is in the tree,
 * which holds one itself, so that only a mount out of the tree ever needs its sum.
 *
 * Mounts can follow each other: pnode.c tells who else gets or loses a mount, here it happens.
 *
 * Lock order: namespace_sem > mount_lock > d_lock.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/fs_struct.h>
#include <linux/hash.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/nsproxy.h>
#include <linux/percpu.h>
#include <linux/ramfs.h>
#include <linux/rculist.h>
#include <linux/rwsem.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/task_work.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"
#include "pnode.h"

unsigned int sysctl_mount_max __read_mostly = 100000;	/* in a namespace */
#define MHASH_BITS	8

__cacheline_aligned_in_smp DEFINE_SEQLOCK(mount_lock);
static DECLARE_RWSEM(namespace_sem);
static struct hlist_head mount_hashtable[1 << MHASH_BITS];
static struct kmem_cache *mnt_cache __ro_after_init;
static DEFINE_IDA(mnt_id_ida);

static struct hlist_head *m_hash(struct vfsmount *mnt, struct dentry *dentry)
{
	unsigned long key = (unsigned long)mnt / L1_CACHE_BYTES +
			    (unsigned long)dentry / L1_CACHE_BYTES;

	return &mount_hashtable[hash_long(key, MHASH_BITS)];
}

/* ---- references ---- */

static void mnt_add_count(struct mount *mnt, int n)
{
	this_cpu_add(mnt->mnt_pcp->mnt_count, n);
}

/** mnt_get_count - references to a mount. Exact with mount_lock held for writing */
int mnt_get_count(struct mount *mnt)
{
	int cpu, count = 0;

	for_each_possible_cpu(cpu)
		count += per_cpu_ptr(mnt->mnt_pcp, cpu)->mnt_count;
	return count;
}

/**
 * mntget - one reference more
 * @mnt: referenced, or NULL
 *
 * Context: any.
 * Return: @mnt.
 */
struct vfsmount *mntget(struct vfsmount *mnt)
{
	if (mnt)
		mnt_add_count(real_mount(mnt), 1);
	return mnt;
}
EXPORT_SYMBOL(mntget);

static void delayed_free_mnt(struct rcu_head *head)
{
	struct mount *mnt = container_of(head, struct mount, mnt_rcu);

	kfree_const(mnt->mnt_devname);
	free_percpu(mnt->mnt_pcp);
	kmem_cache_free(mnt_cache, mnt);
}

static void cleanup_mnt(struct mount *mnt)
{
	WARN_ON(mnt_get_writers(mnt));
	dput(mnt->mnt.mnt_root);
	deactivate_super(mnt->mnt.mnt_sb);
	ida_free(&mnt_id_ida, mnt->mnt_id);
	call_rcu(&mnt->mnt_rcu, delayed_free_mnt);
}

/**
 * mntput - give a reference to a mount back
 * @m: the mount; NULL is fine
 *
 * Context: may sleep, if it may be the last: that one takes the mount apart.
 */
void mntput(struct vfsmount *m)
{
	struct mount *mnt;

	if (!m)
		return;
	mnt = real_mount(m);
	rcu_read_lock();
	if (likely(READ_ONCE(mnt->mnt_ns))) {
		/* In the tree, which has one: ours isn't the last. */
		mnt_add_count(mnt, -1);
		rcu_read_unlock();
		return;
	}
	write_seqlock(&mount_lock);
	/* Pairs with the one of __legitimize_mnt(). */
	smp_mb();
	mnt_add_count(mnt, -1);
	if (mnt_get_count(mnt) || (mnt->mnt.mnt_flags & MNT_DOOMED)) {
		rcu_read_unlock();
		write_sequnlock(&mount_lock);
		return;
	}
	mnt->mnt.mnt_flags |= MNT_DOOMED;
	rcu_read_unlock();
	list_del(&mnt->mnt_instance);
	write_sequnlock(&mount_lock);
	cleanup_mnt(mnt);
}
EXPORT_SYMBOL(mntput);

/*
 * Take a reference to a mount found under RCU, if nothing has changed since mount_lock's @seq.
 * Return: 0; 1: it changed, no reference was kept; -1: a reference is held, to be put after RCU.
 */
int __legitimize_mnt(struct vfsmount *bastard, unsigned int seq)
{
	struct mount *mnt;

	if (read_seqretry(&mount_lock, seq))
		return 1;
	if (!bastard)
		return 0;
	mnt = real_mount(bastard);
	mnt_add_count(mnt, 1);
	/* Pairs with the one of mntput(): it sees our count, or we the changed sequence. */
	smp_mb();
	if (likely(!read_seqretry(&mount_lock, seq)))
		return 0;
	write_seqlock(&mount_lock);
	if (mnt->mnt.mnt_flags & (MNT_SYNC_UMOUNT | MNT_DOOMED)) {
		mnt_add_count(mnt, -1);
		write_sequnlock(&mount_lock);
		return 1;
	}
	write_sequnlock(&mount_lock);
	return -1;
}

/**
 * legitimize_mnt - a reference to a mount found under RCU, if nothing was mounted since @seq; NULL
 * is fine
 */
bool legitimize_mnt(struct vfsmount *mnt, unsigned int seq)
{
	int res = __legitimize_mnt(mnt, seq);

	if (likely(!res))
		return true;
	if (res < 0) {
		rcu_read_unlock();
		mntput(mnt);
		rcu_read_lock();
	}
	return false;
}

/* Under RCU, or with one of the locks of the tree. */
struct mount *__lookup_mnt(struct vfsmount *mnt, struct dentry *dentry)
{
	struct mount *p;

	hlist_for_each_entry_rcu(p, m_hash(mnt, dentry), mnt_hash, lockdep_is_held(&namespace_sem))
		if (&p->mnt_parent->mnt == mnt && p->mnt_mountpoint == dentry)
			return p;
	return NULL;
}

/** lookup_mnt - what is mounted there, referenced; NULL */
struct vfsmount *lookup_mnt(const struct path *path)
{
	struct mount *child;
	struct vfsmount *m;
	unsigned int seq;

	rcu_read_lock();
	do {
		seq = read_seqbegin(&mount_lock);
		child = __lookup_mnt(path->mnt, path->dentry);
		m = child ? &child->mnt : NULL;
	} while (!legitimize_mnt(m, seq));
	rcu_read_unlock();
	return m;
}

/* ---- making ---- */

static struct mount *alloc_vfsmnt(const char *name)
{
	struct mount *mnt = kmem_cache_zalloc(mnt_cache, GFP_KERNEL);
	int id;

	if (!mnt)
		return NULL;
	id = ida_alloc_range(&mnt_id_ida, 1, INT_MAX, GFP_KERNEL);
	if (id < 0)
		goto err_mnt;
	mnt->mnt_id = id;
	mnt->mnt_devname = kstrdup_const(name ? name : "none", GFP_KERNEL_ACCOUNT);
	if (!mnt->mnt_devname)
		goto err_id;
	mnt->mnt_pcp = alloc_percpu(struct mnt_pcp);
	if (!mnt->mnt_pcp)
		goto err_name;
	this_cpu_add(mnt->mnt_pcp->mnt_count, 1);
	INIT_HLIST_NODE(&mnt->mnt_hash);
	INIT_LIST_HEAD(&mnt->mnt_child);
	INIT_LIST_HEAD(&mnt->mnt_mounts);
	INIT_LIST_HEAD(&mnt->mnt_list);
	init_propagation(mnt);
	mnt->mnt.mnt_idmap = &nop_mnt_idmap;
	return mnt;

err_name:
	kfree_const(mnt->mnt_devname);
err_id:
	ida_free(&mnt_id_ida, id);
err_mnt:
	kmem_cache_free(mnt_cache, mnt);
	return NULL;
}

/* A mount, in no tree, of @root; a reference to it and its super block is taken. */
static struct mount *new_mount(const char *name, struct dentry *root)
{
	struct mount *mnt = alloc_vfsmnt(name);

	if (!mnt)
		return ERR_PTR(-ENOMEM);
	atomic_inc(&root->d_sb->s_active);
	mnt->mnt.mnt_sb = root->d_sb;
	mnt->mnt.mnt_root = dget(root);
	mnt->mnt_mountpoint = mnt->mnt.mnt_root;
	mnt->mnt_parent = mnt;
	write_seqlock(&mount_lock);
	list_add_tail(&mnt->mnt_instance, &root->d_sb->s_mounts);
	write_sequnlock(&mount_lock);
	return mnt;
}

/**
 * vfs_create_mount - a mount, in no tree, of what a context has made
 * @fc: after vfs_get_tree(); keeps its own references
 *
 * Context: may sleep.
 * Return: the mount with one reference; ERR_PTR(-EINVAL) without a tree, ERR_PTR(-ENOMEM).
 */
struct vfsmount *vfs_create_mount(struct fs_context *fc)
{
	struct mount *mnt;

	if (!fc->root)
		return ERR_PTR(-EINVAL);
	mnt = new_mount(fc->source, fc->root);
	if (IS_ERR(mnt))
		return ERR_CAST(mnt);
	if (fc->sb_flags & SB_KERNMOUNT)
		mnt->mnt.mnt_flags = MNT_INTERNAL;
	return &mnt->mnt;
}
EXPORT_SYMBOL(vfs_create_mount);

/**
 * fc_mount - make or find the super block, and a mount of it in no tree
 * @fc: configured
 *
 * Context: may sleep.
 * Return: the mount with one reference; an error pointer, of vfs_get_tree() or vfs_create_mount().
 */
struct vfsmount *fc_mount(struct fs_context *fc)
{
	int err = vfs_get_tree(fc);

	if (err)
		return ERR_PTR(err);
	up_write(&fc->root->d_sb->s_umount);
	return vfs_create_mount(fc);
}
EXPORT_SYMBOL(fc_mount);

/**
 * vfs_kern_mount - a mount that is in no tree
 * @type: of file system
 * @flags: SB_*
 * @name: of the device
 * @data: options, which are torn apart; NULL
 *
 * Context: may sleep.
 * Return: the mount with one reference; ERR_PTR(-EINVAL) without a type, or as
 * fs_context_for_mount(), vfs_parse_fs_string(), parse_monolithic_mount_data() and fc_mount().
 */
struct vfsmount *vfs_kern_mount(struct file_system_type *type, int flags, const char *name,
				void *data)
{
	struct vfsmount *mnt;
	struct fs_context *fc;
	int ret = 0;

	if (!type)
		return ERR_PTR(-EINVAL);
	fc = fs_context_for_mount(type, flags);
	if (IS_ERR(fc))
		return ERR_CAST(fc);
	if (name)
		ret = vfs_parse_fs_string(fc, "source", name, strlen(name));
	if (!ret)
		ret = parse_monolithic_mount_data(fc, data);
	mnt = ret ? ERR_PTR(ret) : fc_mount(fc);
	put_fs_context(fc);
	return mnt;
}
EXPORT_SYMBOL_GPL(vfs_kern_mount);

/**
 * kern_mount - mount a file system for the kernel's own use
 * @type: of file system
 *
 * Context: may sleep.
 * Return: the mount, for kern_unmount(); an error pointer.
 */
struct vfsmount *kern_mount(struct file_system_type *type)
{
	return vfs_kern_mount(type, SB_KERNMOUNT, type->name, NULL);
}
EXPORT_SYMBOL_GPL(kern_mount);

/**
 * kern_unmount - undo kern_mount()
 * @mnt: the mount; NULL or an error pointer is fine
 *
 * Context: may sleep.
 */
void kern_unmount(struct vfsmount *mnt)
{
	if (IS_ERR_OR_NULL(mnt))
		return;
	mntput(mnt);
}
EXPORT_SYMBOL(kern_unmount);

/* A mount of @root like @old; @flags: CL_*, how it follows @old. namespace_sem is held. */
struct mount *clone_mnt(struct mount *old, struct dentry *root, int flags)
{
	struct mount *mnt = new_mount(old->mnt_devname, root);
	int err;

	if (IS_ERR(mnt))
		return mnt;
	mnt->mnt.mnt_flags = old->mnt.mnt_flags & MNT_USER_SETTABLE_MASK;
	err = copy_propagation(mnt, old, flags);
	if (!err)
		return mnt;
	mntput(&mnt->mnt);
	return ERR_PTR(err);
}

/**
 * clone_private_mount - a mount of the same, in no tree, that mounts and unmounts don't spread to
 * @path: the mount, and what becomes the root
 *
 * Context: may sleep.
 * Return: the mount with one reference; ERR_PTR(-ENOMEM).
 */
struct vfsmount *clone_private_mount(const struct path *path)
{
	struct mount *mnt = clone_mnt(real_mount(path->mnt), path->dentry, CL_PRIVATE);

	return IS_ERR(mnt) ? ERR_CAST(mnt) : &mnt->mnt;
}
EXPORT_SYMBOL_GPL(clone_private_mount);

/* ---- the tree; namespace_sem is held for writing ---- */

/**
 * next_mnt - the mount behind @p in a walk over @root's tree, parents first; NULL
 *
 * Context: namespace_sem.
 */
struct mount *next_mnt(struct mount *p, struct mount *root)
{
	if (!list_empty(&p->mnt_mounts))
		return list_first_entry(&p->mnt_mounts, struct mount, mnt_child);
	while (p != root) {
		if (!list_is_last(&p->mnt_child, &p->mnt_parent->mnt_mounts))
			return list_next_entry(p, mnt_child);
		p = p->mnt_parent;
	}
	return NULL;
}

/* mount_lock held: no mount point any more, unless another mount (of a clone) is there, too. */
static void put_mountpoint(struct dentry *dentry)
{
	struct mount *p;
	int i;

	for (i = 0; i < 1 << MHASH_BITS; i++)
		hlist_for_each_entry(p, &mount_hashtable[i], mnt_hash)
			if (p->mnt_mountpoint == dentry)
				return;
	spin_lock(&dentry->d_lock);
	dentry->d_flags &= ~DCACHE_MOUNTED;
	spin_unlock(&dentry->d_lock);
}

static void mark_mountpoint(struct dentry *dentry)
{
	spin_lock(&dentry->d_lock);
	dentry->d_flags |= DCACHE_MOUNTED;
	spin_unlock(&dentry->d_lock);
}

/* mount_lock held. The references to the place are the mount's from here on. */
static void hang(struct mount *mnt, struct mount *parent, struct dentry *dentry)
{
	mnt->mnt_parent = parent;
	mnt->mnt_mountpoint = dentry;
	hlist_add_head_rcu(&mnt->mnt_hash, m_hash(&parent->mnt, dentry));
	list_add_tail(&mnt->mnt_child, &parent->mnt_mounts);
}

/* mount_lock held. Return: the place, whose references are the caller's. */
static struct path unhang(struct mount *mnt)
{
	struct path old = { &mnt->mnt_parent->mnt, mnt->mnt_mountpoint };

	hlist_del_init_rcu(&mnt->mnt_hash);
	list_del_init(&mnt->mnt_child);
	mnt->mnt_parent = mnt;
	mnt->mnt_mountpoint = mnt->mnt.mnt_root;
	return old;
}

/* mount_lock held: @mnt appears at @dentry of @parent, whose reference it takes. */
void attach_mnt(struct mount *mnt, struct mount *parent, struct dentry *dentry)
{
	mnt_add_count(parent, 1);
	hang(mnt, parent, dget(dentry));
}

/* mount_lock held. Return: the place, whose references are the caller's now. */
struct path detach_mnt(struct mount *mnt)
{
	struct path old = unhang(mnt);

	put_mountpoint(old.dentry);
	return old;
}

/*
 * mount_lock held: @mnt takes the place of @above, which is then on @mnt's root.
 *
 *	parent			parent
 *	  `- above		  `- mnt
 *				       `- above
 */
static void slip_beneath(struct mount *mnt, struct mount *above)
{
	struct path place = unhang(above);

	hang(mnt, real_mount(place.mnt), place.dentry);
	mark_mountpoint(mnt->mnt.mnt_root);
	attach_mnt(above, mnt, mnt->mnt.mnt_root);
}

/* mount_lock held: the way back. Return: @mnt's root, whose references are the caller's. */
static struct path pull_out_beneath(struct mount *mnt, struct mount *above)
{
	struct path root = detach_mnt(above), place = unhang(mnt);

	hang(above, real_mount(place.mnt), place.dentry);
	return root;
}

static void set_ns_of_one(struct mount *mnt, struct mnt_namespace *ns)
{
	if (mnt->mnt_ns)
		mnt->mnt_ns->nr_mounts--;
	if (ns)
		ns->nr_mounts++;
	WRITE_ONCE(mnt->mnt_ns, ns);
}

/* mount_lock held. NULL: in none. */
void set_mnt_ns(struct mount *tree, struct mnt_namespace *ns)
{
	struct mount *p;

	for (p = tree; p; p = next_mnt(p, tree))
		set_ns_of_one(p, ns);
}

/* The topmost mount on @path, whose directory is locked. */
int lock_mount(struct path *path)
{
	struct vfsmount *mnt;

	for (;;) {
		inode_lock(path->dentry->d_inode);
		if (unlikely(cant_mount(path->dentry))) {
			inode_unlock(path->dentry->d_inode);
			return -ENOENT;
		}
		down_write(&namespace_sem);
		mnt = lookup_mnt(path);
		if (likely(!mnt))
			return 0;
		up_write(&namespace_sem);
		inode_unlock(path->dentry->d_inode);
		path_put(path);
		path->mnt = mnt;
		path->dentry = dget(mnt->mnt_root);
	}
}

void unlock_mount(const struct path *path)
{
	up_write(&namespace_sem);
	inode_unlock(path->dentry->d_inode);
}

static int check_room(const struct mnt_namespace *ns, struct mount *tree)
{
	unsigned int max = READ_ONCE(sysctl_mount_max), n = 0;
	struct mount *p;

	for (p = tree; p; p = next_mnt(p, tree))
		n++;
	return n > max || ns->nr_mounts > max - n ? -ENOSPC : 0;
}

/* The copies that propagate_mount() made, and whether there is room for all of them. */
static int make_copies(struct mount *dest, struct dentry *where, struct mount *source,
		       struct list_head *copies)
{
	struct mount *m;
	int err;

	if (!is_shared(dest))
		return 0;
	err = invent_group_ids(source, true);
	if (err)
		return err;
	err = propagate_mount(dest, where, source, copies);
	if (err)
		goto drop_ids;
	list_for_each_entry(m, copies, mnt_list)
		if (!err)
			err = check_room(m->mnt_ns, m->mnt_copy);
	if (!err)
		return 0;
	put_copies(copies);
drop_ids:
	drop_unused_group_ids(source, true);
	return err;
}

/* mount_lock held. @m gets its copy, beneath what is there. */
static void attach_copy(struct mount *m, struct dentry *where)
{
	struct mount *copy = m->mnt_copy, *above = __lookup_mnt(&m->mnt, where);

	list_del_init(&m->mnt_list);
	m->mnt_copy = NULL;
	set_mnt_ns(copy, m->mnt_ns);
	if (above)
		slip_beneath(copy, above);
	else
		attach_mnt(copy, m, where);
}

/**
 * attach_tree - a tree appears at a place, and its copies where these are to be
 * @source: its root, in no tree, or (@old_place) at another place, which it leaves
 * @where: a place where nothing is, in a namespace
 * @old_place: NULL; or gets where @source was, with references that are the caller's
 *
 * Context: under lock_mount(). The tree's reference to @source is the caller's.
 * Return: 0; -ENOENT: @where was removed; -ENOSPC, -ENOMEM.
 */
int attach_tree(struct mount *source, const struct path *where, struct path *old_place)
{
	struct mount *dest = real_mount(where->mnt), *m, *next;
	LIST_HEAD(copies);
	int err = 0;

	if (source->mnt_ns != dest->mnt_ns)
		err = check_room(dest->mnt_ns, source);
	if (err)
		return err;
	err = make_copies(dest, where->dentry, source, &copies);
	if (err)
		return err;
	err = d_set_mounted(where->dentry);
	if (err && err != -EBUSY)
		goto out_copies;
	write_seqlock(&mount_lock);
	if (is_shared(dest))
		for (m = source; m; m = next_mnt(m, source))
			change_propagation(m, MS_SHARED);
	if (old_place)
		*old_place = detach_mnt(source);
	attach_mnt(source, dest, where->dentry);
	set_mnt_ns(source, dest->mnt_ns);
	list_for_each_entry_safe(m, next, &copies, mnt_list)
		attach_copy(m, where->dentry);
	write_sequnlock(&mount_lock);
	return 0;

out_copies:
	put_copies(&copies);
	drop_unused_group_ids(source, true);
	return err;
}

/* Under lock_mount(). The tree's reference to @mnt is the caller's. */
int graft_tree(struct mount *mnt, const struct path *where)
{
	if (mnt->mnt.mnt_sb->s_flags & SB_NOUSER)
		return -EINVAL;
	if (!check_mnt(real_mount(where->mnt)))
		return -EINVAL;
	if (d_is_dir(where->dentry) != d_is_dir(mnt->mnt.mnt_root))
		return -ENOTDIR;
	return attach_tree(mnt, where, NULL);
}

/*
 * Take a tree apart, and (@propagate) what follows it; the list's mounts are put when no lock is
 * held. mount_lock held.
 */
static void take_apart(struct mount *mnt, struct list_head *gone, bool propagate, int flags)
{
	struct mount *p;

	/* Children come first: each is added in front of its parent. */
	for (p = mnt; p; p = next_mnt(p, mnt)) {
		p->mnt.mnt_flags |= MNT_UMOUNT;
		list_add(&p->mnt_list, gone);
	}
	if (propagate)
		propagate_umount(gone);
	list_for_each_entry(p, gone, mnt_list) {
		p->mnt.mnt_flags |= flags;
		set_ns_of_one(p, NULL);
	}
}

/* A tree alone, whoever follows it. mount_lock held. */
void umount_tree(struct mount *mnt, struct list_head *gone)
{
	take_apart(mnt, gone, false, 0);
}

/* From its place in the tree, which goes to what covers it and stays. */
static struct path leave_place(struct mount *mnt)
{
	struct mount *above = __lookup_mnt(&mnt->mnt, mnt->mnt.mnt_root);

	return above && !(above->mnt.mnt_flags & MNT_UMOUNT) ? pull_out_beneath(mnt, above) :
							       detach_mnt(mnt);
}

/* namespace_sem is held; children first. */
void put_umounted(struct list_head *gone)
{
	struct mount *p, *n;

	list_for_each_entry_safe(p, n, gone, mnt_list) {
		struct path place = { NULL, NULL };

		list_del_init(&p->mnt_list);
		change_propagation(p, MS_PRIVATE);
		write_seqlock(&mount_lock);
		if (mnt_has_parent(p))
			place = leave_place(p);
		write_sequnlock(&mount_lock);
		path_put(&place);
		mntput(&p->mnt);
	}
}

static int do_umount(struct mount *mnt, int flags)
{
	struct super_block *sb = mnt->mnt.mnt_sb;
	LIST_HEAD(gone);
	int retval;

	retval = security_sb_umount(&mnt->mnt, flags);
	if (retval)
		return retval;
	if ((flags & MNT_FORCE) && sb->s_op->umount_begin)
		sb->s_op->umount_begin(sb);
	down_write(&namespace_sem);
	write_seqlock(&mount_lock);
	retval = -EINVAL;
	if (check_mnt(mnt) && mnt_has_parent(mnt)) {
		retval = -EBUSY;
		if ((flags & MNT_DETACH) || !propagate_busy(mnt)) {
			take_apart(mnt, &gone, true, flags & MNT_DETACH ? 0 : MNT_SYNC_UMOUNT);
			retval = 0;
		}
	}
	write_sequnlock(&mount_lock);
	if (!retval) {
		/* Out of the hash before anybody can look for it with the lock given up. */
		put_umounted(&gone);
	}
	up_write(&namespace_sem);
	return retval;
}

/* ---- trees that only a descriptor leads to ---- */

void namespace_lock(void)
{
	down_write(&namespace_sem);
}

void namespace_unlock(void)
{
	up_write(&namespace_sem);
}

/**
 * new_anonymous_ns - a tree gets a namespace of its own
 * @root: in none
 *
 * Context: namespace_sem is held for writing.
 * Return: the namespace, which dissolve_on_fput() or do_move_mount() ends; NULL without memory.
 */
struct mnt_namespace *new_anonymous_ns(struct mount *root)
{
	struct mnt_namespace *ns = kzalloc(sizeof(*ns), GFP_KERNEL_ACCOUNT);

	if (!ns)
		return NULL;
	ns->anonymous = true;
	ns->root = root;
	write_seqlock(&mount_lock);
	set_mnt_ns(root, ns);
	write_sequnlock(&mount_lock);
	return ns;
}

/* The descriptor that led to @mnt is closed: unless it was moved elsewhere, the tree goes. */
void dissolve_on_fput(struct vfsmount *m)
{
	struct mount *mnt = real_mount(m);
	struct mnt_namespace *ns;
	LIST_HEAD(gone);

	down_write(&namespace_sem);
	ns = mnt->mnt_ns;
	if (ns && ns->anonymous && ns->root == mnt) {
		write_seqlock(&mount_lock);
		umount_tree(mnt, &gone);
		write_sequnlock(&mount_lock);
		put_umounted(&gone);
		kfree(ns);
	}
	up_write(&namespace_sem);
}

/**
 * path_umount - what umount2(2) does
 * @path: the root of the mount; its references are consumed
 * @flags: MNT_FORCE, MNT_DETACH
 *
 * Context: may sleep.
 * Return: 0; -EPERM without CAP_SYS_ADMIN; -EINVAL if it is no mount's root, not in current's
 * namespace or the root of that, or for MNT_EXPIRE, which we haven't; -EBUSY; or what a security
 * module said.
 */
int path_umount(const struct path *path, int flags)
{
	struct mount *mnt = real_mount(path->mnt);
	int ret;

	if (!capable(CAP_SYS_ADMIN))
		ret = -EPERM;
	else if (path->dentry != path->mnt->mnt_root || (flags & MNT_EXPIRE))
		ret = -EINVAL;
	else
		ret = do_umount(mnt, flags);
	dput(path->dentry);
	mntput(&mnt->mnt);
	return ret;
}

SYSCALL_DEFINE2(umount2, char __user *, name, int, flags)
{
	unsigned int lookup_flags = LOOKUP_MOUNTPOINT;
	struct path path;
	int ret;

	if (flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW))
		return -EINVAL;
	if (!(flags & UMOUNT_NOFOLLOW))
		lookup_flags |= LOOKUP_FOLLOW;
	ret = user_path_at(AT_FDCWD, name, lookup_flags, &path);
	return ret ? ret : path_umount(&path, flags);
}

/* ---- questions ---- */

/**
 * path_is_mountpoint - is something mounted just here?
 * @path: referenced
 *
 * A dentry may be a mount point in one mount and not in another: both are looked at.
 *
 * Context: may sleep.
 * Return: 1, 0.
 */
int path_is_mountpoint(const struct path *path)
{
	struct vfsmount *mnt;

	if (!d_mountpoint(path->dentry))
		return 0;
	mnt = lookup_mnt(path);
	mntput(mnt);
	return mnt != NULL;
}
EXPORT_SYMBOL(path_is_mountpoint);

/** check_mnt - is a mount in current's namespace? */
bool check_mnt(const struct mount *mnt)
{
	return mnt->mnt_ns == current->nsproxy->mnt_ns;
}

/**
 * mnt_may_suid - do set-user-ID bits and file capabilities count there?
 * @mnt: the mount
 *
 * Return: not on a nosuid mount, nor on one of another namespace. execve(2).
 */
bool mnt_may_suid(struct vfsmount *mnt)
{
	return !(mnt->mnt_flags & MNT_NOSUID) && check_mnt(real_mount(mnt));
}

/**
 * path_noexec - may nothing be executed there?
 * @path: referenced
 */
bool path_noexec(const struct path *path)
{
	return (path->mnt->mnt_flags & MNT_NOEXEC) || (path->mnt->mnt_sb->s_iflags & SB_I_NOEXEC);
}

void namespace_lock_shared(void)
{
	down_read(&namespace_sem);
}

/** namespace_unlock_shared - end namespace_lock_shared() */
void namespace_unlock_shared(void)
{
	up_read(&namespace_sem);
}

/* Under the lock above. NULL: the namespace is about to end. */
struct mount *first_mount(struct mnt_namespace *ns)
{
	struct mount *p = ns->root;

	if (!p || p->mnt_ns != ns)
		return NULL;

	/* pivot_root(2) may have put another mount in front of the first. */
	while (mnt_has_parent(p))
		p = p->mnt_parent;
	return p;
}

/** following_mount - the mount behind this one in its namespace; NULL. Context: namespace_sem */
struct mount *following_mount(struct mount *mnt, struct mnt_namespace *ns)
{
	return next_mnt(mnt, first_mount(ns));
}

/* ---- boot: rootfs, a ramfs on which everything else is mounted ---- */

static struct file_system_type rootfs_fs_type = {
	.name		 = "rootfs",
	.init_fs_context = ramfs_init_fs_context,
	.kill_sb	 = ramfs_kill_sb,
};

/**
 * mnt_init - make the first namespace with rootfs as its root, and let the first task stand there
 *
 * Context: boot.
 */
void __init mnt_init(void)
{
	struct vfsmount *mnt;
	struct path root;

	mnt_cache = kmem_cache_create("mnt_cache", sizeof(struct mount), 0,
				      SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT, NULL);
	mnt = vfs_kern_mount(&rootfs_fs_type, 0, "rootfs", NULL);
	if (IS_ERR(mnt))
		panic("VFS: no root file system: %ld", PTR_ERR(mnt));
	init_mnt_ns.root = real_mount(mnt);
	real_mount(mnt)->mnt_ns = &init_mnt_ns;
	init_mnt_ns.nr_mounts = 1;
	root.mnt = mnt;
	root.dentry = mnt->mnt_root;
	set_fs_pwd(&init_fs, &root);
	set_fs_root(&init_fs, &root);
}
