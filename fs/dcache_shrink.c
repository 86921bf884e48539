// SPDX-License-Identifier: MIT
/*
 * The dentry cache gives memory back: one by one from the LRU, or a whole subtree.
 *
 * Dentries without a reference are moved from the LRU, or from where a walk through a subtree meets
 * them, to a private list (DCACHE_SHRINK_LIST), and killed from there (dcache.c, "the last
 * reference"). Between the two anybody may revive one, or kill it: a revived one is just taken off
 * the list, a killed one is left there, and this side frees its memory.
 *
 * A subtree is walked with rename_lock's sequence held still; d_walk() starts again when it wasn't.
 */

#include <linux/dcache.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/list_lru.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/percpu_counter.h>
#include <linux/rculist.h>
#include <linux/rculist_bl.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/unaligned.h>

#include "dcache.h"
#include "internal.h"

/* ---- giving memory back ---- */

static void shrink_dentry_list(struct list_head *list)
{
	while (!list_empty(list)) {
		struct dentry *dentry = list_last_entry(list, struct dentry, d_lru);

		spin_lock(&dentry->d_lock);
		rcu_read_lock();
		if (!lock_for_kill(dentry)) {
			bool can_free = dentry->d_flags & DCACHE_DENTRY_KILLED;

			/* Used again, or killed by another, who left the memory to us. */
			d_shrink_del(dentry);
			spin_unlock(&dentry->d_lock);
			rcu_read_unlock();
			if (can_free)
				dentry_free(dentry);
			continue;
		}
		d_shrink_del(dentry);
		rcu_read_unlock();
		dentry = __dentry_kill(dentry);
		/* Its parent, if that was the last child. */
		if (dentry) {
			if (retain_dentry(dentry)) {
				spin_unlock(&dentry->d_lock);
			} else {
				rcu_read_lock();
				finish_dput(dentry);
			}
		}
		cond_resched();
	}
}

static enum lru_status isolate(struct list_head *item, struct list_lru_one *lru, void *arg,
			       bool all)
{
	struct list_head *freeable = arg;
	struct dentry *dentry = container_of(item, struct dentry, d_lru);

	/* d_lock comes before the list's lock. */
	if (!spin_trylock(&dentry->d_lock))
		return LRU_SKIP;
	if (dentry->d_lockref.count) {
		dentry->d_flags &= ~(DCACHE_LRU_LIST | DCACHE_REFERENCED);
		list_lru_isolate(lru, &dentry->d_lru);
		spin_unlock(&dentry->d_lock);
		return LRU_REMOVED;
	}
	if (!all && (dentry->d_flags & DCACHE_REFERENCED)) {
		dentry->d_flags &= ~DCACHE_REFERENCED;
		spin_unlock(&dentry->d_lock);
		return LRU_ROTATE;
	}
	dentry->d_flags |= DCACHE_SHRINK_LIST;
	list_lru_isolate_move(lru, &dentry->d_lru, freeable);
	spin_unlock(&dentry->d_lock);
	return LRU_REMOVED;
}

static enum lru_status dentry_lru_isolate(struct list_head *item, struct list_lru_one *lru,
					  spinlock_t *lock, void *arg)
{
	(void)lock;
	return isolate(item, lru, arg, false);
}

static enum lru_status dentry_lru_isolate_all(struct list_head *item, struct list_lru_one *lru,
					      spinlock_t *lock, void *arg)
{
	(void)lock;
	return isolate(item, lru, arg, true);
}

/* The super block's shrinker: how many were taken off the LRU and killed. */
long prune_dcache_sb(struct super_block *sb, struct shrink_control *sc)
{
	LIST_HEAD(dispose);
	long freed = list_lru_shrink_walk(&sb->s_dentry_lru, sc, dentry_lru_isolate, &dispose);

	shrink_dentry_list(&dispose);
	return freed;
}

/**
 * shrink_dcache_sb - forget all unused dentries of a file system
 * @sb: the file system
 *
 * Context: may sleep.
 */
void shrink_dcache_sb(struct super_block *sb)
{
	do {
		LIST_HEAD(dispose);

		list_lru_walk(&sb->s_dentry_lru, dentry_lru_isolate_all, &dispose, 1024);
		shrink_dentry_list(&dispose);
		cond_resched();
	} while (list_lru_count(&sb->s_dentry_lru) > 0);
}
EXPORT_SYMBOL(shrink_dcache_sb);

/* ---- walking a subtree ---- */

enum d_walk_ret { D_WALK_CONTINUE, D_WALK_QUIT, D_WALK_SKIP };

/*
 * Call @enter for @parent and all below it, each with its d_lock held. Renames are kept out, so
 * that nobody leaves or joins the subtree; deaths are not, and a walker that comes back up to a
 * killed dentry finds its way by the d_sib.next that it left.
 */
static void d_walk(struct dentry *parent, void *data,
		   enum d_walk_ret (*enter)(void *data, struct dentry *dentry))
{
	struct dentry *this_parent = parent, *dentry;
	enum d_walk_ret ret;

	read_seqlock_excl(&rename_lock);
	spin_lock(&this_parent->d_lock);
	if (enter(data, this_parent) != D_WALK_CONTINUE)
		goto out;
descend:
	dentry = hlist_entry_safe(this_parent->d_children.first, struct dentry, d_sib);
resume:
	for (; dentry; dentry = hlist_entry_safe(dentry->d_sib.next, struct dentry, d_sib)) {
		if (unlikely(dentry->d_flags & (DCACHE_DENTRY_CURSOR | DCACHE_DENTRY_KILLED)))
			continue;
		spin_lock_nested(&dentry->d_lock, DENTRY_D_LOCK_NESTED);
		ret = enter(data, dentry);
		if (ret == D_WALK_QUIT) {
			spin_unlock(&dentry->d_lock);
			goto out;
		}
		if (ret == D_WALK_CONTINUE && !hlist_empty(&dentry->d_children)) {
			spin_unlock(&this_parent->d_lock);
			spin_release(&dentry->d_lock.dep_map, _RET_IP_);
			this_parent = dentry;
			spin_acquire(&this_parent->d_lock.dep_map, 0, 1, _RET_IP_);
			goto descend;
		}
		spin_unlock(&dentry->d_lock);
	}
	if (this_parent != parent) {
		/* Up. It may be killed as soon as we let go; RCU keeps the memory. */
		rcu_read_lock();
		dentry = this_parent;
		this_parent = dentry->d_parent;
		spin_unlock(&dentry->d_lock);
		spin_lock(&this_parent->d_lock);
		do {
			dentry = hlist_entry_safe(dentry->d_sib.next, struct dentry, d_sib);
		} while (dentry && (dentry->d_flags & DCACHE_DENTRY_KILLED));
		rcu_read_unlock();
		goto resume;
	}
out:
	spin_unlock(&this_parent->d_lock);
	read_sequnlock_excl(&rename_lock);
}

struct select_data {
	struct dentry *start;
	struct list_head dispose;
	int found;
};

static enum d_walk_ret select_collect(void *_data, struct dentry *dentry)
{
	struct select_data *data = _data;

	if (data->start == dentry)
		return D_WALK_CONTINUE;
	if (dentry->d_flags & DCACHE_SHRINK_LIST) {
		/* Another is at it: come again. */
		data->found++;
	} else if (!dentry->d_lockref.count) {
		if (dentry->d_flags & DCACHE_LRU_LIST)
			d_lru_del(dentry);
		d_shrink_add(dentry, &data->dispose);
		data->found++;
	} else if (dentry->d_lockref.count < 0) {
		data->found++;
	}
	/* Let others have the locks from time to time. */
	if (!list_empty(&data->dispose) && need_resched())
		return D_WALK_QUIT;
	return D_WALK_CONTINUE;
}

/**
 * shrink_dcache_parent - kill all unused dentries below one
 * @parent: referenced
 *
 * Context: may sleep.
 */
void shrink_dcache_parent(struct dentry *parent)
{
	for (;;) {
		struct select_data data = { .start = parent };

		INIT_LIST_HEAD(&data.dispose);
		d_walk(parent, &data, select_collect);
		if (!data.found)
			break;
		shrink_dentry_list(&data.dispose);
		cond_resched();
	}
}
EXPORT_SYMBOL(shrink_dcache_parent);

static enum d_walk_ret umount_check(void *data, struct dentry *dentry)
{
	(void)data;
	if (!hlist_empty(&dentry->d_children) || dentry->d_lockref.count == 1)
		return D_WALK_CONTINUE;
	WARN(1, "VFS: dentry %p of %s is in use (%d) while its file system is unmounted\n", dentry,
	     dentry->d_sb->s_type->name, dentry->d_lockref.count);
	return D_WALK_CONTINUE;
}

/* The file system goes: nothing may be in use any more. */
void shrink_dcache_for_umount(struct super_block *sb)
{
	struct dentry *dentry = sb->s_root;

	sb->s_root = NULL;
	shrink_dcache_parent(dentry);
	d_walk(dentry, dentry, umount_check);
	d_drop(dentry);
	dput(dentry);
}

/**
 * d_invalidate - a name is stale: no lookup finds it, and what is unused below it goes
 * @dentry: referenced
 *
 * Context: may sleep.
 */
void d_invalidate(struct dentry *dentry)
{
	spin_lock(&dentry->d_lock);
	if (d_unhashed(dentry)) {
		spin_unlock(&dentry->d_lock);
		return;
	}
	__d_drop(dentry);
	spin_unlock(&dentry->d_lock);
	if (dentry->d_inode)
		shrink_dcache_parent(dentry);
}
EXPORT_SYMBOL(d_invalidate);

/* Mark a directory as a mount point: -ENOENT if it is gone, -EBUSY if it is one. */
int d_set_mounted(struct dentry *dentry)
{
	struct dentry *p;
	int ret = -ENOENT;

	write_seqlock(&rename_lock);
	for (p = dentry->d_parent; !IS_ROOT(p); p = p->d_parent) {
		spin_lock(&p->d_lock);
		if (unlikely(d_unhashed(p))) {
			spin_unlock(&p->d_lock);
			goto out;
		}
		spin_unlock(&p->d_lock);
	}
	spin_lock(&dentry->d_lock);
	if (!d_unlinked(dentry)) {
		ret = -EBUSY;
		if (!d_mountpoint(dentry)) {
			dentry->d_flags |= DCACHE_MOUNTED;
			ret = 0;
		}
	}
	spin_unlock(&dentry->d_lock);
out:
	write_sequnlock(&rename_lock);
	return ret;
}

static enum d_walk_ret d_genocide_kill(void *data, struct dentry *dentry)
{
	if (dentry == data)
		return D_WALK_CONTINUE;
	if (d_unhashed(dentry) || !dentry->d_inode)
		return D_WALK_SKIP;
	dentry->d_lockref.count--;
	return D_WALK_CONTINUE;
}

/**
 * d_genocide - drop the reference that a file system in memory has on each of its dentries
 * @parent: its root
 *
 * Context: the file system is going: nobody makes names.
 */
void d_genocide(struct dentry *parent)
{
	d_walk(parent, parent, d_genocide_kill);
}

/**
 * d_prune_aliases - forget the names of an inode that nobody uses
 * @inode: referenced
 *
 * Context: may sleep; takes i_lock and each name's d_lock.
 */
void d_prune_aliases(struct inode *inode)
{
	struct dentry *dentry;
	LIST_HEAD(dispose);

	spin_lock(&inode->i_lock);
	hlist_for_each_entry(dentry, &inode->i_dentry, d_u.d_alias) {
		spin_lock(&dentry->d_lock);
		if (!dentry->d_lockref.count && !(dentry->d_flags & DCACHE_SHRINK_LIST)) {
			if (dentry->d_flags & DCACHE_LRU_LIST)
				d_lru_del(dentry);
			d_shrink_add(dentry, &dispose);
		}
		spin_unlock(&dentry->d_lock);
	}
	spin_unlock(&inode->i_lock);
	shrink_dentry_list(&dispose);
}
EXPORT_SYMBOL(d_prune_aliases);
