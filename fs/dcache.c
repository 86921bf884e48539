// SPDX-License-Identifier: MIT
/*
 * The dentry cache: dentries from allocation to the last reference. Lookups are in dcache_lookup.c,
 * changes of names in dcache_move.c, and giving memory back in dcache_shrink.c.
 *
 * A dentry with count 0 is kept, on the LRU, for the next lookup; it dies when it isn't hashed, or
 * memory is short, or its file system goes. Death:
 *
 *	count = dead (no lookup without locks can revive it), off the LRU, out of the hash
 *	inode given back
 *	off the parent's list; freed after a grace period; the parent loses a reference
 *
 * Who has a dentry on a private shrink list (DCACHE_SHRINK_LIST) frees it, whoever killed it.
 *
 * Lock order: rename_lock > inode->i_lock > d_lock of the parent > d_lock of the child > hash
 * bucket, LRU. Two d_locks without kinship: only under rename_lock.
 *
 * Lookups without locks: a walk through a bucket can be led astray by a dentry that is moved to
 * another bucket meanwhile. Then it may find nothing, wrongly; who needs the truth (d_lookup())
 * looks at rename_lock's sequence around it. What it does find is checked by d_seq.
 */

#include <linux/dcache.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/init.h>
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

__cacheline_aligned_in_smp DEFINE_SEQLOCK(rename_lock);
EXPORT_SYMBOL(rename_lock);

const struct qstr empty_name = QSTR_INIT("", 0);
const struct qstr slash_name = QSTR_INIT("/", 1);
const struct qstr dotdot_name = QSTR_INIT("..", 2);

static struct kmem_cache *dentry_cache __ro_after_init;
struct hlist_bl_head *dentry_hashtable __ro_after_init;
unsigned int d_hash_shift __ro_after_init;

static struct percpu_counter nr_dentry;

/** get_nr_dentries - dentries in memory */
long get_nr_dentries(void)
{
	return percpu_counter_sum_positive(&nr_dentry);
}

/* ---- names ---- */

/* A name too long for d_iname. Dentries that were renamed into each other's place share none. */
struct external_name {
	struct rcu_head head;
	unsigned char name[];
};

static struct external_name *external_name(const struct dentry *dentry)
{
	return container_of((unsigned char *)dentry->d_name.name, struct external_name, name[0]);
}

/**
 * take_dentry_name_snapshot - copy a name that a rename may change
 * @snap: the copy; for release_dentry_name_snapshot()
 * @dentry: referenced
 *
 * Context: may sleep, since a long name needs memory; takes d_lock.
 * Return: 0, or -ENOMEM.
 */
int take_dentry_name_snapshot(struct name_snapshot *snap, struct dentry *dentry)
{
	unsigned int len;
	unsigned char *heap = NULL;

	for (;;) {
		spin_lock(&dentry->d_lock);
		len = dentry->d_name.len;
		if (len < DNAME_INLINE_LEN || heap)
			break;
		spin_unlock(&dentry->d_lock);
		heap = kmalloc(NAME_MAX + 1, GFP_KERNEL);
		if (!heap)
			return -ENOMEM;
	}
	snap->name = dentry->d_name;
	snap->heap_name = heap;
	snap->name.name = heap ? heap : snap->inline_name;
	memcpy((void *)snap->name.name, dentry->d_name.name, len + 1);
	spin_unlock(&dentry->d_lock);
	return 0;
}
EXPORT_SYMBOL(take_dentry_name_snapshot);

/**
 * release_dentry_name_snapshot - give back what take_dentry_name_snapshot() made
 * @snap: the copy
 */
void release_dentry_name_snapshot(struct name_snapshot *snap)
{
	kfree(snap->heap_name);
}
EXPORT_SYMBOL(release_dentry_name_snapshot);

/* ---- allocation ---- */

static void __d_free(struct rcu_head *head)
{
	struct dentry *dentry = container_of(head, struct dentry, d_u.d_rcu);

	if (unlikely(name_is_external(dentry)))
		kfree(external_name(dentry));
	kmem_cache_free(dentry_cache, dentry);
}

/** dentry_free - free a dead dentry's memory, after a grace period if a walk may look at it */
void dentry_free(struct dentry *dentry)
{
	WARN_ON(!hlist_unhashed(&dentry->d_u.d_alias));
	if (dentry->d_flags & DCACHE_NORCU)
		__d_free(&dentry->d_u.d_rcu);
	else
		call_rcu(&dentry->d_u.d_rcu, __d_free);
}

/* A dentry without a parent; count 1. NULL without memory, or if ->d_init() says no. */
struct dentry *__d_alloc(struct super_block *sb, const struct qstr *name)
{
	struct dentry *dentry = kmem_cache_alloc_lru(dentry_cache, &sb->s_dentry_lru, GFP_KERNEL);
	unsigned char *dname;

	if (!dentry)
		return NULL;
	if (!name)
		name = &slash_name;
	dname = dentry->d_iname;
	if (name->len > DNAME_INLINE_LEN - 1) {
		struct external_name *p = kmalloc(struct_size(p, name, name->len + 1),
						  GFP_KERNEL_ACCOUNT | __GFP_RECLAIMABLE);
		if (!p) {
			kmem_cache_free(dentry_cache, dentry);
			return NULL;
		}
		dname = p->name;
	}
	/* However a name is torn while it is swapped with another: it ends. */
	dentry->d_iname[DNAME_INLINE_LEN - 1] = 0;
	memcpy(dname, name->name, name->len);
	dname[name->len] = 0;
	dentry->d_name.hash_len = name->hash_len;
	/* Pairs with the dependent load of readers: the bytes before the pointer. */
	smp_store_release(&dentry->d_name.name, dname);
	lockref_init(&dentry->d_lockref);
	seqcount_spinlock_init(&dentry->d_seq, &dentry->d_lock);
	dentry->d_flags = 0;
	dentry->d_inode = NULL;
	dentry->d_parent = dentry;
	dentry->d_sb = sb;
	dentry->d_op = NULL;
	dentry->d_fsdata = NULL;
	dentry->d_time = 0;
	INIT_HLIST_BL_NODE(&dentry->d_hash);
	INIT_LIST_HEAD(&dentry->d_lru);
	INIT_HLIST_HEAD(&dentry->d_children);
	INIT_HLIST_NODE(&dentry->d_u.d_alias);
	INIT_HLIST_NODE(&dentry->d_sib);
	d_set_d_op(dentry, sb->s_d_op);
	if (dentry->d_op && dentry->d_op->d_init && dentry->d_op->d_init(dentry)) {
		if (name_is_external(dentry))
			kfree(external_name(dentry));
		kmem_cache_free(dentry_cache, dentry);
		return NULL;
	}
	percpu_counter_inc(&nr_dentry);
	return dentry;
}

/**
 * d_alloc - a dentry for a name in a directory, not hashed
 * @parent: referenced; the dentry takes a reference of its own
 * @name: the name
 *
 * Return: the dentry with one reference, or NULL.
 */
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry = __d_alloc(parent->d_sb, name);

	if (!dentry)
		return NULL;
	spin_lock(&parent->d_lock);
	dentry->d_parent = dget_dlock(parent);
	hlist_add_head(&dentry->d_sib, &parent->d_children);
	spin_unlock(&parent->d_lock);
	return dentry;
}
EXPORT_SYMBOL(d_alloc);

/**
 * d_alloc_anon - a dentry without parent, named "/"
 * @sb: the file system
 *
 * Context: may sleep.
 * Return: the dentry with one reference, or NULL.
 */
struct dentry *d_alloc_anon(struct super_block *sb)
{
	return __d_alloc(sb, NULL);
}
EXPORT_SYMBOL(d_alloc_anon);

/* For file systems that don't say how such objects are called: "/NAME (deleted)", as of a memfd. */
static const struct dentry_operations nameless_dops = {
	.d_dname = simple_dname,
};

/**
 * d_alloc_pseudo - a dentry of an object that has no name in any directory: a pipe, a socket
 * @sb: a pseudo file system
 * @name: for ->d_dname(), or as it is shown
 *
 * Context: may sleep.
 * Return: the dentry with one reference; NULL.
 */
struct dentry *d_alloc_pseudo(struct super_block *sb, const struct qstr *name)
{
	struct dentry *dentry = __d_alloc(sb, name);

	if (!dentry)
		return NULL;
	/* No lookup finds it: nobody looks at it without a reference. */
	dentry->d_flags |= DCACHE_NORCU;
	if (!dentry->d_op)
		dentry->d_op = &nameless_dops;
	return dentry;
}

/**
 * d_alloc_name - d_alloc() by a string, hashed the default way
 * @parent: referenced; its file system has no d_hash() of its own
 * @name: the name
 *
 * Context: may sleep.
 * Return: the dentry with one reference, not in the hash table; NULL.
 */
struct dentry *d_alloc_name(struct dentry *parent, const char *name)
{
	struct qstr q = QSTR(name);

	q.hash_len = hashlen_string(parent, name);
	return d_alloc(parent, &q);
}
EXPORT_SYMBOL(d_alloc_name);

/**
 * d_set_d_op - give a dentry its operations; for a file system that has several kinds
 * @dentry: without operations, not known to others yet
 * @op: the operations; d_flags notes which exist, to spare lookups the pointer. NULL: none
 */
void d_set_d_op(struct dentry *dentry, const struct dentry_operations *op)
{
	WARN_ON_ONCE(dentry->d_op);
	dentry->d_op = op;
	if (!op)
		return;
	dentry->d_flags |= (op->d_hash ? DCACHE_OP_HASH : 0) |
			   (op->d_compare ? DCACHE_OP_COMPARE : 0) |
			   (op->d_revalidate ? DCACHE_OP_REVALIDATE : 0) |
			   (op->d_weak_revalidate ? DCACHE_OP_WEAK_REVALIDATE : 0) |
			   (op->d_delete ? DCACHE_OP_DELETE : 0) |
			   (op->d_prune ? DCACHE_OP_PRUNE : 0) |
			   (op->d_real ? DCACHE_OP_REAL : 0);
}
EXPORT_SYMBOL(d_set_d_op);

/* ---- dentry and inode ---- */

unsigned int d_flags_for_inode(const struct inode *inode)
{
	unsigned int flags = DCACHE_REGULAR_TYPE;

	if (!inode)
		return DCACHE_MISS_TYPE;
	if (S_ISDIR(inode->i_mode))
		flags = inode->i_op->lookup ? DCACHE_DIRECTORY_TYPE : DCACHE_AUTODIR_TYPE;
	else if (S_ISLNK(inode->i_mode))
		flags = DCACHE_SYMLINK_TYPE;
	else if (!S_ISREG(inode->i_mode))
		flags = DCACHE_SPECIAL_TYPE;
	if (unlikely(IS_AUTOMOUNT(inode)))
		flags |= DCACHE_NEED_AUTOMOUNT;
	return flags;
}

/**
 * __d_set_inode_and_type - a dentry's inode and DCACHE_*_TYPE
 *
 * Context: d_lock held, in a write section of d_seq.
 */
void __d_set_inode_and_type(struct dentry *dentry, struct inode *inode, unsigned int type)
{
	dentry->d_inode = inode;
	WRITE_ONCE(dentry->d_flags,
		   (dentry->d_flags & ~(DCACHE_ENTRY_TYPE | DCACHE_NEED_AUTOMOUNT)) | type);
}

/* i_lock and d_lock are held. */
static void __d_instantiate(struct dentry *dentry, struct inode *inode)
{
	hlist_add_head(&dentry->d_u.d_alias, &inode->i_dentry);
	raw_write_seqcount_begin(&dentry->d_seq);
	__d_set_inode_and_type(dentry, inode, d_flags_for_inode(inode));
	raw_write_seqcount_end(&dentry->d_seq);
}

/**
 * d_instantiate - a negative dentry gets its inode
 * @dentry: negative
 * @inode: its reference goes to the dentry; NULL: nothing
 */
void d_instantiate(struct dentry *dentry, struct inode *inode)
{
	BUG_ON(!hlist_unhashed(&dentry->d_u.d_alias));
	if (!inode)
		return;
	spin_lock(&inode->i_lock);
	spin_lock(&dentry->d_lock);
	__d_instantiate(dentry, inode);
	spin_unlock(&dentry->d_lock);
	spin_unlock(&inode->i_lock);
}
EXPORT_SYMBOL(d_instantiate);

/**
 * d_instantiate_new - d_instantiate(), and the inode is complete
 * @dentry: negative
 * @inode: I_NEW; its reference goes to the dentry, and who waits for it goes on
 */
void d_instantiate_new(struct dentry *dentry, struct inode *inode)
{
	d_instantiate(dentry, inode);
	unlock_new_inode(inode);
}
EXPORT_SYMBOL(d_instantiate_new);

/**
 * d_make_root - the root of a file system
 * @root_inode: its reference is taken, even if this fails; NULL: it fails
 *
 * Context: may sleep.
 * Return: the dentry; NULL.
 */
struct dentry *d_make_root(struct inode *root_inode)
{
	struct dentry *res;

	if (!root_inode)
		return NULL;
	res = d_alloc_anon(root_inode->i_sb);
	if (res)
		d_instantiate(res, root_inode);
	else
		iput(root_inode);
	return res;
}
EXPORT_SYMBOL(d_make_root);

/* Take the inode away. Both locks are held and dropped. */
void dentry_unlink_inode(struct dentry *dentry)
	__releases(dentry->d_lock)
	__releases(dentry->d_inode->i_lock)
{
	struct inode *inode = dentry->d_inode;

	raw_write_seqcount_begin(&dentry->d_seq);
	__d_set_inode_and_type(dentry, NULL, DCACHE_MISS_TYPE);
	hlist_del_init(&dentry->d_u.d_alias);
	raw_write_seqcount_end(&dentry->d_seq);
	spin_unlock(&dentry->d_lock);
	spin_unlock(&inode->i_lock);
	if (!inode->i_nlink)
		fsnotify_inoderemove(inode);
	if (dentry->d_op && dentry->d_op->d_iput)
		dentry->d_op->d_iput(dentry, inode);
	else
		iput(inode);
}

/* ---- LRU ---- */

static void d_lru_add(struct dentry *dentry)
{
	dentry->d_flags |= DCACHE_LRU_LIST;
	WARN_ON_ONCE(!list_lru_add_obj(&dentry->d_sb->s_dentry_lru, &dentry->d_lru));
}

/** d_lru_del - off the list of unused dentries. Context: d_lock held */
void d_lru_del(struct dentry *dentry)
{
	dentry->d_flags &= ~DCACHE_LRU_LIST;
	WARN_ON_ONCE(!list_lru_del_obj(&dentry->d_sb->s_dentry_lru, &dentry->d_lru));
}

/* Not on any list: to a private one, whose owner frees the dentry from now on. */
void d_shrink_add(struct dentry *dentry, struct list_head *list)
{
	list_add(&dentry->d_lru, list);
	dentry->d_flags |= DCACHE_SHRINK_LIST | DCACHE_LRU_LIST;
}

/** d_shrink_del - off a list of dentries about to be freed. Context: d_lock held */
void d_shrink_del(struct dentry *dentry)
{
	list_del_init(&dentry->d_lru);
	dentry->d_flags &= ~(DCACHE_SHRINK_LIST | DCACHE_LRU_LIST);
}

/* ---- the hash ---- */

/** __d_rehash - into the hash table. Context: d_lock held */
void __d_rehash(struct dentry *dentry)
{
	struct hlist_bl_head *b = d_hash(dentry->d_name.hash);

	hlist_bl_lock(b);
	hlist_bl_add_head_rcu(&dentry->d_hash, b);
	hlist_bl_unlock(b);
}

/** ___d_drop - out of the hash table, and nothing more. Context: d_lock held */
void ___d_drop(struct dentry *dentry)
{
	struct hlist_bl_head *b;

	/* A root that was made known by file handle only would be in s_roots; we have none. */
	b = d_hash(dentry->d_name.hash);
	hlist_bl_lock(b);
	__hlist_bl_del(&dentry->d_hash);
	hlist_bl_unlock(b);
}

/**
 * __d_drop - d_drop() with the lock held: no lookup finds the dentry any more
 * @dentry: d_lock is held; walks that have it without a reference fail
 */
void __d_drop(struct dentry *dentry)
{
	if (d_unhashed(dentry))
		return;
	___d_drop(dentry);
	dentry->d_hash.pprev = NULL;
	write_seqcount_invalidate(&dentry->d_seq);
}
EXPORT_SYMBOL(__d_drop);

/**
 * d_drop - no lookup finds the dentry any more; who has it keeps it
 * @dentry: referenced
 *
 * Context: doesn't sleep; takes d_lock.
 */
void d_drop(struct dentry *dentry)
{
	spin_lock(&dentry->d_lock);
	__d_drop(dentry);
	spin_unlock(&dentry->d_lock);
}
EXPORT_SYMBOL(d_drop);

/**
 * d_rehash - lookups find a dentry from now on
 * @entry: not hashed
 *
 * Context: doesn't sleep; takes d_lock.
 */
void d_rehash(struct dentry *entry)
{
	spin_lock(&entry->d_lock);
	__d_rehash(entry);
	spin_unlock(&entry->d_lock);
}
EXPORT_SYMBOL(d_rehash);

/* ---- the last reference ---- */

/* d_lock held, count 0 (or about to be): is it worth keeping? */
bool retain_dentry(struct dentry *dentry)
{
	if (d_unhashed(dentry) || (dentry->d_flags & (DCACHE_DISCONNECTED | DCACHE_DONTCACHE)))
		return false;
	if ((dentry->d_flags & DCACHE_OP_DELETE) && dentry->d_op->d_delete(dentry))
		return false;
	if (!(dentry->d_flags & DCACHE_LRU_LIST))
		d_lru_add(dentry);
	else if (!(dentry->d_flags & DCACHE_REFERENCED))
		dentry->d_flags |= DCACHE_REFERENCED;
	return true;
}

/*
 * Give one reference back without the lock, if what is left needs nothing done.
 * Return: true: done. False: d_lock is held, the count is 0. RCU read lock held.
 */
static bool fast_dput(struct dentry *dentry)
{
	int ret = lockref_put_return(&dentry->d_lockref);
	unsigned int flags;

	if (ret > 0)
		return true;
	if (unlikely(ret < 0)) {
		spin_lock(&dentry->d_lock);
		if (--dentry->d_lockref.count > 0) {
			spin_unlock(&dentry->d_lock);
			return true;
		}
	} else {
		/* Hashed, on the LRU and marked as used: exactly as retain_dentry() leaves it. */
		flags = READ_ONCE(dentry->d_flags) &
			(DCACHE_REFERENCED | DCACHE_LRU_LIST | DCACHE_DISCONNECTED |
			 DCACHE_OP_DELETE | DCACHE_DONTCACHE);
		if (flags == (DCACHE_REFERENCED | DCACHE_LRU_LIST) && !d_unhashed(dentry))
			return true;
		spin_lock(&dentry->d_lock);
	}
	/* Somebody may have taken it again, or even killed it, before we had the lock. */
	if (dentry->d_lockref.count || retain_dentry(dentry)) {
		spin_unlock(&dentry->d_lock);
		return true;
	}
	return false;
}

/*
 * The inode's lock comes before d_lock, which we have. RCU read lock held; d_lock held on entry and
 * return. Return: false: it is used again.
 */
bool lock_for_kill(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	if (unlikely(dentry->d_lockref.count))
		return false;
	if (!inode || likely(spin_trylock(&inode->i_lock)))
		return true;
	do {
		spin_unlock(&dentry->d_lock);
		spin_lock(&inode->i_lock);
		spin_lock(&dentry->d_lock);
		if (likely(inode == dentry->d_inode))
			break;
		spin_unlock(&inode->i_lock);
		inode = dentry->d_inode;
	} while (inode);
	if (likely(!dentry->d_lockref.count))
		return true;
	if (inode)
		spin_unlock(&inode->i_lock);
	return false;
}

/*
 * Kill it: count 0, d_lock and its inode's lock held; all are dropped.
 * Return: the parent, d_lock held, if its count became 0; NULL.
 */
struct dentry *__dentry_kill(struct dentry *dentry)
{
	struct dentry *parent = NULL;
	bool can_free;

	lockref_mark_dead(&dentry->d_lockref);
	if (dentry->d_flags & DCACHE_OP_PRUNE)
		dentry->d_op->d_prune(dentry);
	if ((dentry->d_flags & (DCACHE_LRU_LIST | DCACHE_SHRINK_LIST)) == DCACHE_LRU_LIST)
		d_lru_del(dentry);
	__d_drop(dentry);
	if (dentry->d_inode)
		dentry_unlink_inode(dentry);
	else
		spin_unlock(&dentry->d_lock);
	percpu_counter_dec(&nr_dentry);
	if (dentry->d_op && dentry->d_op->d_release)
		dentry->d_op->d_release(dentry);
	/* Dead and negative: nobody moves it, so its parent stays the parent. */
	if (!IS_ROOT(dentry)) {
		parent = dentry->d_parent;
		spin_lock(&parent->d_lock);
	}
	spin_lock_nested(&dentry->d_lock, DENTRY_D_LOCK_NESTED);
	dentry->d_flags |= DCACHE_DENTRY_KILLED;
	/* d_sib.next stays, for a walker that stands here. */
	if (!hlist_unhashed(&dentry->d_sib))
		__hlist_del(&dentry->d_sib);
	can_free = !(dentry->d_flags & DCACHE_SHRINK_LIST);
	spin_unlock(&dentry->d_lock);
	if (likely(can_free))
		dentry_free(dentry);
	if (parent && --parent->d_lockref.count) {
		spin_unlock(&parent->d_lock);
		return NULL;
	}
	return parent;
}

/* Kill it and every ancestor that only it kept. d_lock held, count 0; RCU read lock, dropped. */
void finish_dput(struct dentry *dentry)
{
	while (lock_for_kill(dentry)) {
		rcu_read_unlock();
		dentry = __dentry_kill(dentry);
		if (!dentry)
			return;
		if (retain_dentry(dentry)) {
			spin_unlock(&dentry->d_lock);
			return;
		}
		rcu_read_lock();
	}
	spin_unlock(&dentry->d_lock);
	rcu_read_unlock();
}

/**
 * dput - give a reference back
 * @dentry: NULL: nothing
 *
 * Context: may sleep.
 */
void dput(struct dentry *dentry)
{
	if (!dentry)
		return;
	might_sleep();
	rcu_read_lock();
	if (likely(fast_dput(dentry))) {
		rcu_read_unlock();
		return;
	}
	finish_dput(dentry);
}
EXPORT_SYMBOL(dput);

/**
 * dget_parent - the parent, which a rename may change meanwhile
 * @dentry: referenced
 *
 * Context: doesn't sleep.
 * Return: the parent of some moment of the call, referenced; a root's is itself.
 */
struct dentry *dget_parent(struct dentry *dentry)
{
	struct dentry *ret;

	for (;;) {
		rcu_read_lock();
		ret = READ_ONCE(dentry->d_parent);
		if (likely(lockref_get_not_dead(&ret->d_lockref))) {
			rcu_read_unlock();
			if (likely(ret == READ_ONCE(dentry->d_parent)))
				return ret;
			dput(ret);
			continue;
		}
		rcu_read_unlock();
	}
}
EXPORT_SYMBOL(dget_parent);

/* ---- aliases ---- */

/** __d_find_alias - d_find_alias(), or any name if @any. Context: i_lock held */
struct dentry *__d_find_alias(struct inode *inode, bool any)
{
	struct dentry *alias;

	lockdep_assert_held(&inode->i_lock);
	hlist_for_each_entry(alias, &inode->i_dentry, d_u.d_alias) {
		spin_lock(&alias->d_lock);
		if (any || S_ISDIR(inode->i_mode) || !d_unhashed(alias)) {
			dget_dlock(alias);
			spin_unlock(&alias->d_lock);
			return alias;
		}
		spin_unlock(&alias->d_lock);
	}
	return NULL;
}

static struct dentry *find_alias(struct inode *inode, bool any)
{
	struct dentry *de = NULL;

	spin_lock(&inode->i_lock);
	if (!hlist_empty(&inode->i_dentry))
		de = __d_find_alias(inode, any);
	spin_unlock(&inode->i_lock);
	return de;
}

/**
 * d_find_alias - a hashed name of an inode
 * @inode: the inode
 *
 * Context: doesn't sleep; takes i_lock.
 * Return: the dentry, referenced; NULL.
 */
struct dentry *d_find_alias(struct inode *inode)
{
	return find_alias(inode, false);
}
EXPORT_SYMBOL(d_find_alias);

/**
 * d_find_any_alias - a name of an inode, hashed or not
 * @inode: the inode
 *
 * Return: the dentry, referenced; NULL.
 */
struct dentry *d_find_any_alias(struct inode *inode)
{
	return find_alias(inode, true);
}
EXPORT_SYMBOL(d_find_any_alias);

/**
 * d_mark_dontcache - forget an inode and its names as soon as nobody uses them
 * @inode: the inode
 *
 * Context: doesn't sleep; takes i_lock and each name's d_lock.
 */
void d_mark_dontcache(struct inode *inode)
{
	struct dentry *de;

	spin_lock(&inode->i_lock);
	hlist_for_each_entry(de, &inode->i_dentry, d_u.d_alias) {
		spin_lock(&de->d_lock);
		de->d_flags |= DCACHE_DONTCACHE;
		spin_unlock(&de->d_lock);
	}
	inode->i_state |= I_DONTCACHE;
	spin_unlock(&inode->i_lock);
}
EXPORT_SYMBOL(d_mark_dontcache);

/* ---- boot ---- */

void __init dcache_init(void)
{
	/* One bucket for 4 pages of memory, between 2^10 and 2^20. */
	unsigned int bits = clamp(ilog2(totalram_pages() / 4), 10, 20);

	dentry_cache = kmem_cache_create("dentry", sizeof(struct dentry), 0,
					 SLAB_RECLAIM_ACCOUNT | SLAB_PANIC | SLAB_ACCOUNT, NULL);
	dentry_hashtable = kvcalloc(1UL << bits, sizeof(struct hlist_bl_head), GFP_KERNEL);
	if (!dentry_hashtable || percpu_counter_init(&nr_dentry, 0, GFP_KERNEL))
		panic("VFS: no memory for the dentry cache");
	d_hash_shift = 32 - bits;
}
