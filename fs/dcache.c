// SPDX-License-Identifier: MIT
/*
 * The dentry cache: allocation, references, the hash, moving names, and giving memory back.
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
 * Lock order: rename_lock > inode->i_lock > d_lock of the parent > d_lock of the child > hash bucket,
 * LRU. Two d_locks without kinship: only under rename_lock.
 *
 * Lookups without locks: a walk through a bucket can be led astray by a dentry that is moved to
 * another bucket meanwhile. Then it may find nothing, wrongly; who needs the truth (d_lookup()) looks
 * at rename_lock's sequence around it. What it does find is checked by d_seq.
 */

#include <linux/dcache.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/hash.h>
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
#include <linux/wordpart.h>

#include "internal.h"

__cacheline_aligned_in_smp DEFINE_SEQLOCK(rename_lock);
EXPORT_SYMBOL(rename_lock);

const struct qstr empty_name = QSTR_INIT("", 0);
const struct qstr slash_name = QSTR_INIT("/", 1);
const struct qstr dotdot_name = QSTR_INIT("..", 2);

static struct kmem_cache *dentry_cache __ro_after_init;
static struct hlist_bl_head *dentry_hashtable __ro_after_init;
static unsigned int d_hash_shift __ro_after_init;

#define IN_LOOKUP_SHIFT	10
static struct hlist_bl_head in_lookup_hashtable[1 << IN_LOOKUP_SHIFT];

static struct percpu_counter nr_dentry;

static struct hlist_bl_head *d_hash(u32 hash)
{
	return dentry_hashtable + (hash >> d_hash_shift);
}

static struct hlist_bl_head *in_lookup_hash(const struct dentry *parent, u32 hash)
{
	return in_lookup_hashtable +
	       hash_32(hash + (u32)((unsigned long)parent / L1_CACHE_BYTES), IN_LOOKUP_SHIFT);
}

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

static bool name_is_external(const struct dentry *dentry)
{
	return dentry->d_name.name != dentry->d_iname;
}

static struct external_name *external_name(const struct dentry *dentry)
{
	return container_of((unsigned char *)dentry->d_name.name, struct external_name, name[0]);
}

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

void release_dentry_name_snapshot(struct name_snapshot *snap)
{
	kfree(snap->heap_name);
}
EXPORT_SYMBOL(release_dentry_name_snapshot);

/*
 * Are the @len bytes the same? The dentry's name may be changing while it is read, so that @len isn't
 * its length: but it ends with a NUL, which @name has not, and this stops at the first difference. A
 * word is read only if the one before was the same, so it begins within the name, and being aligned
 * it stays within the page.
 */
static __always_inline bool same_bytes(const unsigned char *cs, const unsigned char *name,
				       unsigned int len)
{
	for (; len >= sizeof(unsigned long); len -= sizeof(unsigned long)) {
		if (READ_ONCE_NOCHECK(*(const unsigned long *)cs) !=
		    get_unaligned((const unsigned long *)name))
			return false;
		cs += sizeof(unsigned long);
		name += sizeof(unsigned long);
	}
	for (; len; len--)
		if (READ_ONCE(*cs++) != *name++)
			return false;
	return true;
}

/* Is it? Under d_lock, or by a reader who checks d_seq. */
bool d_same_name(const struct dentry *dentry, const struct dentry *parent,
		 const struct qstr *name)
{
	if (unlikely(parent->d_flags & DCACHE_OP_COMPARE))
		return !parent->d_op->d_compare(dentry, dentry->d_name.len,
						(const char *)dentry->d_name.name, name);
	return dentry->d_name.len == name->len &&
	       same_bytes(smp_load_acquire(&dentry->d_name.name), name->name, name->len);
}
EXPORT_SYMBOL_GPL(d_same_name);

/* ---- allocation ---- */

static void __d_free(struct rcu_head *head)
{
	struct dentry *dentry = container_of(head, struct dentry, d_u.d_rcu);

	if (unlikely(name_is_external(dentry)))
		kfree(external_name(dentry));
	kmem_cache_free(dentry_cache, dentry);
}

static void dentry_free(struct dentry *dentry)
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

struct dentry *d_alloc_anon(struct super_block *sb)
{
	return __d_alloc(sb, NULL);
}
EXPORT_SYMBOL(d_alloc_anon);

/** d_alloc_pseudo - of an object that has no name in any directory: a pipe, a socket */
struct dentry *d_alloc_pseudo(struct super_block *sb, const struct qstr *name)
{
	struct dentry *dentry = __d_alloc(sb, name);

	/* No lookup finds it: nobody looks at it without a reference. */
	if (dentry)
		dentry->d_flags |= DCACHE_NORCU;
	return dentry;
}

struct dentry *d_alloc_name(struct dentry *parent, const char *name)
{
	struct qstr q = QSTR(name);

	q.hash_len = hashlen_string(parent, name);
	return d_alloc(parent, &q);
}
EXPORT_SYMBOL(d_alloc_name);

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

static unsigned int d_flags_for_inode(const struct inode *inode)
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

static void __d_set_inode_and_type(struct dentry *dentry, struct inode *inode, unsigned int type)
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

void d_instantiate_new(struct dentry *dentry, struct inode *inode)
{
	d_instantiate(dentry, inode);
	unlock_new_inode(inode);
}
EXPORT_SYMBOL(d_instantiate_new);

/** d_make_root - the root of a file system; takes the inode's reference even if it fails */
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
static void dentry_unlink_inode(struct dentry *dentry)
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

static void d_lru_del(struct dentry *dentry)
{
	dentry->d_flags &= ~DCACHE_LRU_LIST;
	WARN_ON_ONCE(!list_lru_del_obj(&dentry->d_sb->s_dentry_lru, &dentry->d_lru));
}

/* Not on any list: to a private one, whose owner frees the dentry from now on. */
static void d_shrink_add(struct dentry *dentry, struct list_head *list)
{
	list_add(&dentry->d_lru, list);
	dentry->d_flags |= DCACHE_SHRINK_LIST | DCACHE_LRU_LIST;
}

static void d_shrink_del(struct dentry *dentry)
{
	list_del_init(&dentry->d_lru);
	dentry->d_flags &= ~(DCACHE_SHRINK_LIST | DCACHE_LRU_LIST);
}

/* ---- the hash ---- */

static void __d_rehash(struct dentry *dentry)
{
	struct hlist_bl_head *b = d_hash(dentry->d_name.hash);

	hlist_bl_lock(b);
	hlist_bl_add_head_rcu(&dentry->d_hash, b);
	hlist_bl_unlock(b);
}

static void ___d_drop(struct dentry *dentry)
{
	struct hlist_bl_head *b;

	/* A root that was made known by file handle only would be in s_roots; we have none. */
	b = d_hash(dentry->d_name.hash);
	hlist_bl_lock(b);
	__hlist_bl_del(&dentry->d_hash);
	hlist_bl_unlock(b);
}

/* d_lock held: no lookup finds it any more, and walks that have it without a reference fail. */
void __d_drop(struct dentry *dentry)
{
	if (d_unhashed(dentry))
		return;
	___d_drop(dentry);
	dentry->d_hash.pprev = NULL;
	write_seqcount_invalidate(&dentry->d_seq);
}
EXPORT_SYMBOL(__d_drop);

void d_drop(struct dentry *dentry)
{
	spin_lock(&dentry->d_lock);
	__d_drop(dentry);
	spin_unlock(&dentry->d_lock);
}
EXPORT_SYMBOL(d_drop);

/** d_rehash - lookups find it from now on */
void d_rehash(struct dentry *entry)
{
	spin_lock(&entry->d_lock);
	__d_rehash(entry);
	spin_unlock(&entry->d_lock);
}
EXPORT_SYMBOL(d_rehash);

/* ---- the last reference ---- */

/* d_lock held, count 0 (or about to be): is it worth keeping? */
static bool retain_dentry(struct dentry *dentry)
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
static bool lock_for_kill(struct dentry *dentry)
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
static struct dentry *__dentry_kill(struct dentry *dentry)
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
static void finish_dput(struct dentry *dentry)
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

/** dget_parent - the parent, referenced */
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

static struct dentry *__d_find_alias(struct inode *inode, bool any)
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

/** d_find_alias - a hashed name of an inode, referenced; NULL */
struct dentry *d_find_alias(struct inode *inode)
{
	return find_alias(inode, false);
}
EXPORT_SYMBOL(d_find_alias);

struct dentry *d_find_any_alias(struct inode *inode)
{
	return find_alias(inode, true);
}
EXPORT_SYMBOL(d_find_any_alias);

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

/** shrink_dcache_sb - all unused dentries of a file system */
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
 * Call @enter for @parent and all below it, each with its d_lock held. Renames are kept out, so that
 * nobody leaves or joins the subtree; deaths are not, and a walker that comes back up to a killed
 * dentry finds its way by the d_sib.next that it left.
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

static enum d_walk_ret find_submount(void *_data, struct dentry *dentry)
{
	int *found = _data;

	if (!d_mountpoint(dentry))
		return D_WALK_CONTINUE;
	*found = 1;
	return D_WALK_QUIT;
}

int path_has_submounts(const struct path *parent)
{
	int found = 0;

	d_walk(parent->dentry, &found, find_submount);
	return found;
}

/** d_invalidate - it is stale: out of the hash, and what is below it */
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

/** d_genocide - drop the reference that a file system in memory has on each of its dentries */
void d_genocide(struct dentry *parent)
{
	d_walk(parent, parent, d_genocide_kill);
}

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

/* ---- lookups ---- */

/**
 * __d_lookup_rcu - find a child without references
 * @parent: the directory
 * @name: with hash
 * @seqp: the child's d_seq, by which the caller checks whatever it takes from it
 *
 * Context: RCU read lock held; the caller also checks the parent's d_seq.
 * Return: the child, or NULL, which may be wrong.
 */
struct dentry *__d_lookup_rcu(const struct dentry *parent, const struct qstr *name,
			      unsigned int *seqp)
{
	u64 hashlen = name->hash_len;
	struct hlist_bl_head *b = d_hash(hashlen_hash(hashlen));
	struct hlist_bl_node *node;
	struct dentry *dentry;

	hlist_bl_for_each_entry_rcu(dentry, node, b, d_hash) {
		unsigned int seq;

again:
		/* An odd value is rounded down: the caller's check fails then. */
		seq = raw_seqcount_begin(&dentry->d_seq);
		if (dentry->d_parent != parent || d_unhashed(dentry))
			continue;
		if (unlikely(parent->d_flags & DCACHE_OP_COMPARE)) {
			unsigned int len = dentry->d_name.len;
			const char *str = (const char *)dentry->d_name.name;

			if (dentry->d_name.hash != name->hash)
				continue;
			/* The method may walk the name: both halves must belong together. */
			if (read_seqcount_retry(&dentry->d_seq, seq)) {
				cpu_relax();
				goto again;
			}
			if (parent->d_op->d_compare(dentry, len, str, name))
				continue;
		} else {
			if (READ_ONCE(dentry->d_name.hash_len) != hashlen)
				continue;
			if (!same_bytes(smp_load_acquire(&dentry->d_name.name), name->name,
					hashlen_len(hashlen)))
				continue;
		}
		*seqp = seq;
		return dentry;
	}
	return NULL;
}

/** __d_lookup - find a child, referenced; NULL may be wrong while something is renamed */
struct dentry *__d_lookup(const struct dentry *parent, const struct qstr *name)
{
	struct hlist_bl_head *b = d_hash(name->hash);
	struct hlist_bl_node *node;
	struct dentry *dentry, *found = NULL;

	rcu_read_lock();
	hlist_bl_for_each_entry_rcu(dentry, node, b, d_hash) {
		if (dentry->d_name.hash != name->hash)
			continue;
		spin_lock(&dentry->d_lock);
		if (dentry->d_parent == parent && !d_unhashed(dentry) &&
		    d_same_name(dentry, parent, name)) {
			dget_dlock(dentry);
			found = dentry;
		}
		spin_unlock(&dentry->d_lock);
		if (found)
			break;
	}
	rcu_read_unlock();
	return found;
}

/** d_lookup - find a child, referenced; NULL is true */
struct dentry *d_lookup(const struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry;
	unsigned int seq;

	do {
		seq = read_seqbegin(&rename_lock);
		dentry = __d_lookup(parent, name);
	} while (!dentry && read_seqretry(&rename_lock, seq));
	return dentry;
}
EXPORT_SYMBOL(d_lookup);

struct dentry *d_hash_and_lookup(struct dentry *dir, struct qstr *name)
{
	name->hash = full_name_hash(dir, (const char *)name->name, name->len);
	if (dir->d_flags & DCACHE_OP_HASH) {
		int err = dir->d_op->d_hash(dir, name);

		if (unlikely(err < 0))
			return ERR_PTR(err);
	}
	return d_lookup(dir, name);
}
EXPORT_SYMBOL(d_hash_and_lookup);

/* Its owner has finished. Wait without touching d_wait again: that is on the owner's stack. */
static void d_wait_lookup(struct dentry *dentry)
{
	DECLARE_WAITQUEUE(wait, current);

	if (!d_in_lookup(dentry))
		return;
	add_wait_queue(dentry->d_wait, &wait);
	do {
		set_current_state(TASK_UNINTERRUPTIBLE);
		spin_unlock(&dentry->d_lock);
		schedule();
		spin_lock(&dentry->d_lock);
	} while (d_in_lookup(dentry));
}

/*
 * Somebody else looks the same name up. Wait for the answer.
 * Return: the dentry, if it became what we look for; NULL: look again.
 */
static struct dentry *join_lookup(struct dentry *parent, const struct qstr *name,
				  struct dentry *dentry)
{
	spin_lock(&dentry->d_lock);
	d_wait_lookup(dentry);
	if (likely(dentry->d_name.hash == name->hash && dentry->d_parent == parent &&
		   !d_unhashed(dentry) && d_same_name(dentry, parent, name))) {
		spin_unlock(&dentry->d_lock);
		return dentry;
	}
	spin_unlock(&dentry->d_lock);
	dput(dentry);
	return NULL;
}

/**
 * d_alloc_parallel - the child of that name, or a new one that the caller looks up
 * @parent: i_rwsem held, shared is enough
 * @name: with hash
 * @wq: on the caller's stack, for others who want the same
 *
 * Of several at once one gets the new dentry, d_in_lookup(), asks the file system and calls
 * d_lookup_done(); the others wait for it.
 *
 * Return: the dentry, referenced; ERR_PTR(-ENOMEM).
 */
struct dentry *d_alloc_parallel(struct dentry *parent, const struct qstr *name,
				wait_queue_head_t *wq)
{
	struct hlist_bl_head *b = in_lookup_hash(parent, name->hash);
	struct dentry *new = __d_alloc(parent->d_sb, name), *dentry;
	struct hlist_bl_node *node;
	unsigned int seq, d_seq;

	if (unlikely(!new))
		return ERR_PTR(-ENOMEM);
	/* Its parent before anybody can see it. */
	spin_lock(&parent->d_lock);
	new->d_parent = dget_dlock(parent);
	hlist_add_head(&new->d_sib, &parent->d_children);
	new->d_flags |= DCACHE_PAR_LOOKUP;
	spin_unlock(&parent->d_lock);
retry:
	rcu_read_lock();
	seq = read_seqbegin(&rename_lock);
	hlist_bl_lock(b);
	hlist_bl_for_each_entry(dentry, node, b, d_u.d_in_lookup_hash) {
		if (dentry->d_name.hash != name->hash || dentry->d_parent != parent ||
		    !d_same_name(dentry, parent, name))
			continue;
		hlist_bl_unlock(b);
		/* d_lock comes before the bucket's. */
		if (!lockref_get_not_dead(&dentry->d_lockref)) {
			rcu_read_unlock();
			goto retry;
		}
		rcu_read_unlock();
		dentry = join_lookup(parent, name, dentry);
		if (!dentry)
			goto retry;
		goto found;
	}
	/*
	 * An owner puts its dentry into the hash before it takes it out of this bucket: what isn't
	 * here any more is there.
	 */
	dentry = __d_lookup_rcu(parent, name, &d_seq);
	if (likely(!dentry)) {
		if (unlikely(read_seqretry(&rename_lock, seq))) {
			hlist_bl_unlock(b);
			rcu_read_unlock();
			goto retry;
		}
		new->d_wait = wq;
		hlist_bl_add_head(&new->d_u.d_in_lookup_hash, b);
		hlist_bl_unlock(b);
		rcu_read_unlock();
		return new;
	}
	hlist_bl_unlock(b);
	if (!lockref_get_not_dead(&dentry->d_lockref)) {
		rcu_read_unlock();
		goto retry;
	}
	rcu_read_unlock();
	if (read_seqcount_retry(&dentry->d_seq, d_seq)) {
		dput(dentry);
		goto retry;
	}
found:
	spin_lock(&new->d_lock);
	new->d_flags &= ~DCACHE_PAR_LOOKUP;
	spin_unlock(&new->d_lock);
	dput(new);
	return dentry;
}
EXPORT_SYMBOL(d_alloc_parallel);

/* d_lock held: out of the bucket. Return: whom to wake. */
static wait_queue_head_t *__d_lookup_unhash(struct dentry *dentry)
{
	struct hlist_bl_head *b = in_lookup_hash(dentry->d_parent, dentry->d_name.hash);
	wait_queue_head_t *d_wait;

	hlist_bl_lock(b);
	dentry->d_flags &= ~DCACHE_PAR_LOOKUP;
	__hlist_bl_del(&dentry->d_u.d_in_lookup_hash);
	d_wait = dentry->d_wait;
	dentry->d_wait = NULL;
	hlist_bl_unlock(b);
	INIT_HLIST_NODE(&dentry->d_u.d_alias);
	INIT_LIST_HEAD(&dentry->d_lru);
	return d_wait;
}

void __d_lookup_unhash_wake(struct dentry *dentry)
{
	spin_lock(&dentry->d_lock);
	wake_up_all(__d_lookup_unhash(dentry));
	spin_unlock(&dentry->d_lock);
}
EXPORT_SYMBOL(__d_lookup_unhash_wake);

/* i_lock, if there is an inode, is held, and dropped. */
static void __d_add(struct dentry *dentry, struct inode *inode)
{
	spin_lock(&dentry->d_lock);
	if (inode) {
		raw_write_seqcount_begin(&dentry->d_seq);
		__d_set_inode_and_type(dentry, inode, d_flags_for_inode(inode));
		raw_write_seqcount_end(&dentry->d_seq);
	}
	if (d_unhashed(dentry))
		__d_rehash(dentry);
	if (unlikely(d_in_lookup(dentry)))
		wake_up_all(__d_lookup_unhash(dentry));
	if (inode)
		hlist_add_head(&dentry->d_u.d_alias, &inode->i_dentry);
	spin_unlock(&dentry->d_lock);
	if (inode)
		spin_unlock(&inode->i_lock);
}

/** d_add - a lookup's answer: the inode (its reference goes along), or NULL for a negative one */
void d_add(struct dentry *entry, struct inode *inode)
{
	if (inode)
		spin_lock(&inode->i_lock);
	__d_add(entry, inode);
}
EXPORT_SYMBOL(d_add);

/* ---- changes of names ---- */

/**
 * d_delete - its object was unlinked
 * @dentry: i_rwsem of the parent held for writing
 *
 * Used by the caller alone it becomes negative; otherwise it leaves the hash, and those who use it
 * keep the inode by it.
 */
void d_delete(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	spin_lock(&inode->i_lock);
	spin_lock(&dentry->d_lock);
	if (dentry->d_lockref.count == 1) {
		dentry->d_flags &= ~DCACHE_CANT_MOUNT;
		dentry_unlink_inode(dentry);
	} else {
		__d_drop(dentry);
		spin_unlock(&dentry->d_lock);
		spin_unlock(&inode->i_lock);
	}
}
EXPORT_SYMBOL(d_delete);

/** d_ancestor - the child of @p1 that is @p2 or above it; NULL. Under rename_lock or the like */
struct dentry *d_ancestor(struct dentry *p1, struct dentry *p2)
{
	struct dentry *p;

	for (p = p2; !IS_ROOT(p); p = p->d_parent) {
		if (p->d_parent == p1)
			return p;
	}
	return NULL;
}

/** is_subdir - is @new_dentry @old_dentry or below it? */
bool is_subdir(struct dentry *new_dentry, struct dentry *old_dentry)
{
	bool subdir;
	unsigned int seq;

	if (new_dentry == old_dentry)
		return true;
	rcu_read_lock();
	do {
		seq = read_seqbegin(&rename_lock);
		subdir = d_ancestor(old_dentry, new_dentry);
	} while (read_seqretry(&rename_lock, seq));
	rcu_read_unlock();
	return subdir;
}
EXPORT_SYMBOL(is_subdir);

/* Both hold each other's name afterwards; pointers to d_iname become those of the other. */
static void swap_names(struct dentry *dentry, struct dentry *target)
{
	bool ext = name_is_external(dentry), target_ext = name_is_external(target);
	const unsigned char *name = dentry->d_name.name, *target_name = target->d_name.name;
	unsigned char tmp[DNAME_INLINE_LEN];

	memcpy(tmp, dentry->d_iname, DNAME_INLINE_LEN);
	memcpy(dentry->d_iname, target->d_iname, DNAME_INLINE_LEN);
	memcpy(target->d_iname, tmp, DNAME_INLINE_LEN);
	WRITE_ONCE(dentry->d_name.name, target_ext ? target_name : dentry->d_iname);
	WRITE_ONCE(target->d_name.name, ext ? name : target->d_iname);
	swap(dentry->d_name.hash_len, target->d_name.hash_len);
}

/* Which locks: parents first, the ancestor's before the descendant's. rename_lock is held. */
static void lock_for_move(struct dentry *dentry, struct dentry *target)
{
	struct dentry *a = dentry->d_parent, *b = target->d_parent;

	if (IS_ROOT(dentry) || a == b) {
		spin_lock(&b->d_lock);
	} else if (d_ancestor(b, a)) {
		spin_lock(&b->d_lock);
		spin_lock_nested(&a->d_lock, DENTRY_D_LOCK_NESTED);
	} else {
		spin_lock(&a->d_lock);
		spin_lock_nested(&b->d_lock, DENTRY_D_LOCK_NESTED);
	}
	if (target < dentry)
		swap(target, dentry);
	spin_lock_nested(&dentry->d_lock, 2);
	spin_lock_nested(&target->d_lock, 3);
}

/* rename_lock held for writing. */
static void __d_move(struct dentry *dentry, struct dentry *target, bool exchange)
{
	struct dentry *old_parent = dentry->d_parent, *new_parent = target->d_parent;
	bool was_root = IS_ROOT(dentry);

	if (WARN_ON(!dentry->d_inode) || WARN_ON(dentry == new_parent))
		return;
	lock_for_move(dentry, target);
	if (unlikely(d_in_lookup(target)))
		wake_up_all(__d_lookup_unhash(target));
	write_seqcount_begin(&dentry->d_seq);
	write_seqcount_begin_nested(&target->d_seq, DENTRY_D_LOCK_NESTED);
	if (!d_unhashed(dentry))
		___d_drop(dentry);
	if (!d_unhashed(target))
		___d_drop(target);
	swap_names(dentry, target);
	hlist_del_init(&dentry->d_sib);
	hlist_del_init(&target->d_sib);
	dentry->d_parent = new_parent;
	hlist_add_head(&dentry->d_sib, &new_parent->d_children);
	if (was_root) {
		/* The one that moves takes the target's place and its reference; that one is a root. */
		target->d_parent = target;
		dentry->d_flags &= ~DCACHE_DISCONNECTED;
	} else {
		target->d_parent = old_parent;
		hlist_add_head(&target->d_sib, &old_parent->d_children);
	}
	dentry->d_hash.pprev = NULL;
	target->d_hash.pprev = NULL;
	__d_rehash(dentry);
	if (exchange)
		__d_rehash(target);
	write_seqcount_end(&target->d_seq);
	write_seqcount_end(&dentry->d_seq);
	spin_unlock(&dentry->d_lock);
	spin_unlock(&target->d_lock);
	if (!was_root && old_parent != new_parent)
		spin_unlock(&old_parent->d_lock);
	spin_unlock(&new_parent->d_lock);
}

/**
 * d_move - a rename happened
 * @dentry: gets the target's name and parent
 * @target: gets its, and isn't hashed afterwards
 *
 * Context: both parents' i_rwsem held for writing.
 */
void d_move(struct dentry *dentry, struct dentry *target)
{
	write_seqlock(&rename_lock);
	__d_move(dentry, target, false);
	write_sequnlock(&rename_lock);
}
EXPORT_SYMBOL(d_move);

/** d_exchange - both change places */
void d_exchange(struct dentry *dentry1, struct dentry *dentry2)
{
	write_seqlock(&rename_lock);
	WARN_ON(!dentry1->d_inode || !dentry2->d_inode);
	__d_move(dentry1, dentry2, true);
	write_sequnlock(&rename_lock);
}
EXPORT_SYMBOL(d_exchange);

/**
 * d_splice_alias - a lookup's answer, of an inode that may have a dentry already
 * @inode: its reference goes along; NULL: negative; an error pointer is passed on
 * @dentry: being looked up
 *
 * A directory has one dentry: if it has it, that one is moved here.
 *
 * Return: NULL: @dentry is it. Another dentry, referenced. ERR_PTR(-ELOOP): it is an ancestor.
 */
struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry)
{
	struct dentry *new;

	if (IS_ERR(inode))
		return ERR_CAST(inode);
	if (!inode) {
		__d_add(dentry, NULL);
		return NULL;
	}
	if (!S_ISDIR(inode->i_mode)) {
		d_add(dentry, inode);
		return NULL;
	}
	spin_lock(&inode->i_lock);
	new = __d_find_alias(inode, true);
	if (!new) {
		__d_add(dentry, inode);
		return NULL;
	}
	spin_unlock(&inode->i_lock);
	write_seqlock(&rename_lock);
	if (unlikely(new == dentry->d_parent || d_ancestor(new, dentry))) {
		write_sequnlock(&rename_lock);
		dput(new);
		iput(inode);
		return ERR_PTR(-ELOOP);
	}
	__d_move(new, dentry, false);
	write_sequnlock(&rename_lock);
	iput(inode);
	return new;
}
EXPORT_SYMBOL(d_splice_alias);

/** d_tmpfile - O_TMPFILE: the inode has no links, its dentry a name that tells the number */
void d_tmpfile(struct file *file, struct inode *inode)
{
	struct dentry *dentry = file->f_path.dentry;

	BUG_ON(name_is_external(dentry) || !d_unlinked(dentry));
	if (inode->i_nlink)
		drop_nlink(inode);
	spin_lock(&dentry->d_parent->d_lock);
	spin_lock_nested(&dentry->d_lock, DENTRY_D_LOCK_NESTED);
	dentry->d_name.len = scnprintf((char *)dentry->d_iname, DNAME_INLINE_LEN, "#%lu",
				       inode->i_ino);
	spin_unlock(&dentry->d_lock);
	spin_unlock(&dentry->d_parent->d_lock);
	d_instantiate(dentry, inode);
}
EXPORT_SYMBOL(d_tmpfile);

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
