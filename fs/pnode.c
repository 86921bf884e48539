// SPDX-License-Identifier: MIT
/*
 * Mounts that follow each other (Documentation/filesystems/sharedsubtree.rst is the contract).
 *
 * Shared mounts form peer groups. What is mounted or unmounted below one peer happens at the same
 * place below all of them. A slave receives from its master, and from the master's peers, but sends
 * nothing back. It may be shared itself: then it hands on what it receives to its peers, and to its
 * own slaves.
 *
 *	A --- B			peers: a ring (mnt_share), one number (mnt_group_id)
 *	|     |
 *	C     D --- E		slaves, in their masters' mnt_slave_list; D and E are shared again
 *	      |
 *	      F
 *
 * From A receive, in the order of next_receiver(): C, B, D, F, E. (C hangs on A and D on B; which
 * peer a slave hangs on makes no difference.)
 *
 * Invariants:
 *	P1  mnt_shared: mnt_group_id is that of the ring, of which all are shared; else the ring
 *	    is the mount alone. (The id of a mount that isn't shared is one that is about to be
 *	    used.)
 *	P2  only shared mounts have slaves;
 *	P3  all peers have a master of the same group, or none has;
 *	P4  at most one mount is on a place (parent, dentry). When a copy comes to a place where
 *	    something is, it slips beneath: what was there is mounted on the copy's root.
 *
 * P4 is why an unmounted copy may have to leave one mount behind: what covers it whole takes its
 * place.
 *
 * Everything here is guarded by namespace_sem, held for writing by who changes it.
 */

#include "pnode.h"

#include <linux/dcache.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/list.h>
#include <linux/mount.h>

static DEFINE_IDA(group_ida);

/* ---- groups ---- */

static struct mount *next_peer(struct mount *mnt)
{
	return list_next_entry(mnt, mnt_share);
}

static struct mount *first_slave(struct mount *mnt)
{
	return list_first_entry(&mnt->mnt_slave_list, struct mount, mnt_slave);
}

/** init_propagation - a new mount follows nobody */
void init_propagation(struct mount *mnt)
{
	INIT_LIST_HEAD(&mnt->mnt_share);
	INIT_LIST_HEAD(&mnt->mnt_slave_list);
	INIT_LIST_HEAD(&mnt->mnt_slave);
}

static int new_group_id(struct mount *mnt)
{
	int id = ida_alloc_min(&group_ida, 1, GFP_KERNEL);

	if (id < 0)
		return id;
	mnt->mnt_group_id = id;
	return 0;
}

static void release_group_id(struct mount *mnt)
{
	ida_free(&group_ida, mnt->mnt_group_id);
	mnt->mnt_group_id = 0;
}

static void set_master(struct mount *mnt, struct mount *master)
{
	list_del_init(&mnt->mnt_slave);
	mnt->mnt_master = master;
	if (master)
		list_add(&mnt->mnt_slave, &master->mnt_slave_list);
}

static void join_group(struct mount *mnt, struct mount *peer)
{
	mnt->mnt_group_id = peer->mnt_group_id;
	mnt->mnt_shared = true;
	list_add(&mnt->mnt_share, &peer->mnt_share);
}

/**
 * copy_propagation - a copy takes its place beside the original, or below it
 * @new: the copy, which follows nobody
 * @old: the original
 * @flags: CL_SLAVE, CL_MAKE_SHARED, CL_PRIVATE
 *
 * Without flags a copy of a shared mount is its peer, one of a slave a slave of the same master,
 * and one of a mount that is both is both (P3).
 *
 * Return: 0; -ENOMEM, -ENOSPC: no number for a group of its own.
 */
int copy_propagation(struct mount *new, struct mount *old, int flags)
{
	if (flags & CL_PRIVATE)
		return 0;
	if (flags & CL_SLAVE) {
		set_master(new, old);
	} else {
		/* The number comes before the group is shared: see invent_group_ids(). */
		if (old->mnt_group_id)
			join_group(new, old);
		set_master(new, old->mnt_master);
		new->mnt_unbindable = old->mnt_unbindable;
	}
	if ((flags & CL_MAKE_SHARED) && !is_shared(new)) {
		int err = new_group_id(new);

		if (err) {
			change_propagation(new, MS_PRIVATE);
			return err;
		}
		new->mnt_shared = true;
	}
	return 0;
}

static struct mount *next_in(struct mount *mnt, struct mount *tree, bool recurse)
{
	return recurse ? next_mnt(mnt, tree) : NULL;
}

/**
 * invent_group_ids - numbers for all that is not shared yet and is going to be
 * @tree: its root
 * @recurse: and all below
 *
 * Return: 0; -ENOMEM, -ENOSPC, and nothing has changed.
 */
int invent_group_ids(struct mount *tree, bool recurse)
{
	struct mount *p;
	int err = 0;

	for (p = tree; p && !err; p = next_in(p, tree, recurse))
		if (!p->mnt_group_id)
			err = new_group_id(p);
	if (err)
		drop_unused_group_ids(tree, recurse);
	return err;
}

/** drop_unused_group_ids - of mounts that didn't become shared after all */
void drop_unused_group_ids(struct mount *tree, bool recurse)
{
	struct mount *p;

	for (p = tree; p; p = next_in(p, tree, recurse))
		if (p->mnt_group_id && !is_shared(p))
			release_group_id(p);
}

/* From whom the slaves of @mnt, and it itself, shall receive when it leaves its group. */
static struct mount *heir_of(struct mount *mnt)
{
	struct mount *peer;

	for (peer = next_peer(mnt); peer != mnt; peer = next_peer(peer))
		/*
		 * One that shows the same part of the file system shows all that they can receive.
		 */
		if (peer->mnt.mnt_root == mnt->mnt.mnt_root)
			return peer;
	return next_peer(mnt) != mnt ? next_peer(mnt) : mnt->mnt_master;
}

/* Out of its group, whose slave it becomes; its own slaves go there, too. */
static void become_slave(struct mount *mnt)
{
	struct mount *heir, *slave, *next;

	if (!is_shared(mnt))
		return;
	heir = heir_of(mnt);
	if (list_empty(&mnt->mnt_share))
		release_group_id(mnt);
	list_del_init(&mnt->mnt_share);
	mnt->mnt_group_id = 0;
	mnt->mnt_shared = false;
	list_for_each_entry_safe(slave, next, &mnt->mnt_slave_list, mnt_slave)
		set_master(slave, heir);
	set_master(mnt, heir);
}

/**
 * change_propagation - one mount becomes another kind
 * @mnt: which; with a group's number if it shall be shared
 * @type: MS_SHARED, MS_PRIVATE, MS_SLAVE, MS_UNBINDABLE
 *
 * A slave that becomes shared stays a slave. A shared mount without peers or master that becomes a
 * slave is private; one that is unbindable stays so.
 */
void change_propagation(struct mount *mnt, int type)
{
	if (type == MS_SHARED) {
		mnt->mnt_shared = true;
		mnt->mnt_unbindable = false;
		return;
	}
	become_slave(mnt);
	if (type == MS_SLAVE)
		return;
	set_master(mnt, NULL);
	mnt->mnt_unbindable = type == MS_UNBINDABLE;
}

/* ---- who receives ---- */

static bool are_peers(const struct mount *a, const struct mount *b)
{
	return a == b || (is_shared(a) && is_shared(b) && a->mnt_group_id == b->mnt_group_id);
}

/*
 * The receiver behind @m of what happens below @origin; first call it with @origin. Depth first:
 * the slaves of a mount come before its next brother or peer.
 */
static struct mount *next_receiver(struct mount *m, struct mount *origin)
{
	if (!list_empty(&m->mnt_slave_list))
		return first_slave(m);
	/* Up, as long as there is no next one on this level. */
	while (!are_peers(m, origin)) {
		if (!list_is_last(&m->mnt_slave, &m->mnt_master->mnt_slave_list))
			return list_next_entry(m, mnt_slave);
		m = m->mnt_master;
	}
	m = next_peer(m);
	return m == origin ? NULL : m;
}

/* ---- mounting ---- */

/* A peer of @m (or @m) that has its copy already; NULL. */
static struct mount *served_peer(struct mount *m)
{
	struct mount *peer = m;

	do {
		if (peer->mnt_copy)
			return peer;
		peer = next_peer(peer);
	} while (peer != m);
	return NULL;
}

/*
 * What a receiver's copy is made of. A peer's copy is a peer of the others' copies; the first one
 * in a group of slaves is a slave of what the masters got, or the masters' masters if these don't
 * show the place. The origin has the source, so that the way up ends.
 */
static struct mount *model_for(struct mount *m, int *flags)
{
	struct mount *served = served_peer(m);

	*flags = CL_MAKE_SHARED;
	if (served)
		return served->mnt_copy;
	*flags = CL_SLAVE | (is_shared(m) ? CL_MAKE_SHARED : 0);
	do {
		m = m->mnt_master;
		served = served_peer(m);
	} while (!served);
	return served->mnt_copy;
}

/*
 * The receivers that show @where, into @list (mnt_list). Not mounts that are still being made: the
 * source may have joined the group of its destination.
 */
static void collect_receivers(struct mount *dest, struct dentry *where, struct list_head *list)
{
	struct mount *m;

	for (m = next_receiver(dest, dest); m; m = next_receiver(m, dest))
		if (m->mnt_ns && is_subdir(where, m->mnt.mnt_root))
			list_add_tail(&m->mnt_list, list);
}

/** put_copies - they aren't to be attached after all; the list is empty then */
void put_copies(struct list_head *copies)
{
	struct mount *m, *next;

	list_for_each_entry_safe(m, next, copies, mnt_list) {
		list_del_init(&m->mnt_list);
		if (m->mnt_copy)
			put_tree(m->mnt_copy);
		m->mnt_copy = NULL;
	}
}

/**
 * propagate_mount - make the copies for all who receive
 * @dest: where the source will be mounted; shared
 * @where: on which dentry of it
 * @source: a tree with group numbers
 * @copies: gets the receivers (mnt_list), each with its copy in mnt_copy, for the caller to attach;
 *	the caller sets both back
 *
 * Return: 0; -ENOMEM, -ENOSPC, and there are no copies.
 */
int propagate_mount(struct mount *dest, struct dentry *where, struct mount *source,
		    struct list_head *copies)
{
	struct mount *m, *model, *copy;
	int flags, err = 0;

	collect_receivers(dest, where, copies);
	dest->mnt_copy = source;
	list_for_each_entry(m, copies, mnt_list) {
		model = model_for(m, &flags);
		copy = copy_tree(model, model->mnt.mnt_root, flags | CL_COPY_MNT_NS_FILE, true);
		if (IS_ERR(copy)) {
			err = PTR_ERR(copy);
			break;
		}
		m->mnt_copy = copy;
	}
	dest->mnt_copy = NULL;
	if (err)
		put_copies(copies);
	return err;
}

/* ---- unmounting ---- */

/* What takes the place of a mount that goes: the one that covers it, if that stays; NULL. */
struct mount *staying_cover(struct mount *mnt)
{
	while (mnt && (mnt->mnt.mnt_flags & MNT_UMOUNT))
		mnt = __lookup_mnt(&mnt->mnt, mnt->mnt.mnt_root);
	return mnt;
}

/* May it go, without one below it that stays, but for one that can take its place? */
static bool may_go(struct mount *mnt)
{
	struct mount *child;

	list_for_each_entry(child, &mnt->mnt_mounts, mnt_child)
		if (child->mnt_mountpoint != mnt->mnt.mnt_root && staying_cover(child))
			return false;
	return true;
}

/* The copies of what is in @gone, at the same places of all who receive: into @list. */
static void collect_copies(struct list_head *gone, struct list_head *list)
{
	struct mount *p, *m, *child;

	list_for_each_entry(p, gone, mnt_list) {
		if (!mnt_has_parent(p))
			continue;
		for (m = next_receiver(p->mnt_parent, p->mnt_parent); m;
		     m = next_receiver(m, p->mnt_parent)) {
			child = __lookup_mnt(&m->mnt, p->mnt_mountpoint);
			/* On a list: it is one of those, or collected already. */
			if (child && list_empty(&child->mnt_list))
				list_add_tail(&child->mnt_list, list);
		}
	}
}

/**
 * propagate_umount - what goes elsewhere because these go
 * @gone: mounts marked MNT_UMOUNT, children first; the others are added
 *
 * A copy that has mounts below it which stay is left alone. Whether they stay can depend on other
 * copies: so it is asked again until nothing changes.
 *
 * Context: mount_lock held, too.
 */
void propagate_umount(struct list_head *gone)
{
	struct mount *m, *next;
	LIST_HEAD(maybe);
	bool changed;

	collect_copies(gone, &maybe);
	do {
		changed = false;
		list_for_each_entry_safe(m, next, &maybe, mnt_list) {
			if (!may_go(m))
				continue;
			m->mnt.mnt_flags |= MNT_UMOUNT;
			list_move_tail(&m->mnt_list, gone);
			changed = true;
		}
	} while (changed);
	list_for_each_entry_safe(m, next, &maybe, mnt_list)
		list_del_init(&m->mnt_list);
}

/**
 * propagate_busy - does anybody use a mount, or a copy that would go with it?
 * @mnt: in the tree; the caller has a reference
 *
 * Context: mount_lock held, too.
 */
bool propagate_busy(struct mount *mnt)
{
	struct mount *parent = mnt->mnt_parent, *m, *child;

	/* Its place in the tree, and the caller. */
	if (!list_empty(&mnt->mnt_mounts) || mnt_get_count(mnt) > 2)
		return true;
	for (m = next_receiver(parent, parent); m; m = next_receiver(m, parent)) {
		child = __lookup_mnt(&m->mnt, mnt->mnt_mountpoint);
		if (!child)
			continue;
		/*
		 * One with others below it doesn't go; one that is covered has that reference, too.
		 */
		if (__lookup_mnt(&child->mnt, child->mnt.mnt_root)) {
			if (mnt_get_count(child) > 2)
				return true;
		} else if (list_empty(&child->mnt_mounts) && mnt_get_count(child) > 1) {
			return true;
		}
	}
	return false;
}

/* ---- questions ---- */

/** tree_has_unbindable - is any mount of a tree unbindable? */
bool tree_has_unbindable(struct mount *tree)
{
	struct mount *p;

	for (p = tree; p; p = next_mnt(p, tree))
		if (p->mnt_unbindable)
			return true;
	return false;
}

static bool is_below(struct mount *mnt, const struct path *root)
{
	struct dentry *dentry = mnt->mnt.mnt_root;

	while (&mnt->mnt != root->mnt && mnt_has_parent(mnt)) {
		dentry = mnt->mnt_mountpoint;
		mnt = mnt->mnt_parent;
	}
	return &mnt->mnt == root->mnt && is_subdir(dentry, root->dentry);
}

/* The group of @mnt, if one of its mounts can be seen from @root. */
static int group_seen_from(struct mount *mnt, const struct mnt_namespace *ns,
			   const struct path *root)
{
	struct mount *m = mnt;

	do {
		if (m->mnt_ns == ns && is_below(m, root))
			return m->mnt_group_id;
		m = next_peer(m);
	} while (m != mnt);
	return 0;
}

/**
 * master_seen_from - the next group up that somebody can see a mount of
 * @mnt: a slave
 * @ns: in which namespace
 * @root: from where
 *
 * Return: its number; 0: none.
 */
int master_seen_from(struct mount *mnt, const struct mnt_namespace *ns, const struct path *root)
{
	struct mount *m;
	int id = 0;

	for (m = mnt->mnt_master; m && !id; m = m->mnt_master)
		id = group_seen_from(m, ns, root);
	return id;
}
