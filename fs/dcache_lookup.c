// SPDX-License-Identifier: MIT
/*
 * The dentry cache answers: is there a child of this name?
 *
 * Three lookups, each surer and dearer than the one before:
 *
 *	__d_lookup_rcu()	no reference, no lock: what it finds, and that it finds nothing,
 *				holds only if the caller's sequence numbers do
 *	__d_lookup()		a reference; may miss a child while something is renamed
 *	d_lookup()		again until rename_lock says that nothing was
 *
 * Who finds nothing asks the file system. d_alloc_parallel() sees to it that a name is asked for
 * once: the first makes a dentry "in lookup" and enters it in a hash of its own; the others wait
 * for it there (d_wait_lookup()) until d_add() or __d_lookup_unhash_wake() says that the answer is
 * in.
 */

#include <linux/dcache.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/hash.h>
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

#define IN_LOOKUP_SHIFT	10
static struct hlist_bl_head in_lookup_hashtable[1 << IN_LOOKUP_SHIFT];

static struct hlist_bl_head *in_lookup_hash(const struct dentry *parent, u32 hash)
{
	return in_lookup_hashtable +
	       hash_32(hash + (u32)((unsigned long)parent / L1_CACHE_BYTES), IN_LOOKUP_SHIFT);
}

/*
 * Are the @len bytes the same? The dentry's name may be changing while it is read, so that @len
 * isn't its length: but it ends with a NUL, which @name has not, and this stops at the first
 * difference. A word is read only if the one before was the same, so it begins within the name, and
 * being aligned it stays within the page.
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

/**
 * d_same_name - has the dentry this name?
 * @dentry: under d_lock, or of a reader who checks d_seq afterwards
 * @parent: its directory, whose d_compare() decides if there is one
 * @name: the name
 */
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

/**
 * __d_lookup - d_lookup() that may miss a child while something is renamed
 * @parent: referenced
 * @name: hashed
 *
 * Return: the child, referenced; NULL, which may be wrong.
 */
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

/**
 * d_lookup - find a child in the cache, whatever is renamed meanwhile
 * @parent: referenced
 * @name: hashed
 *
 * Return: the child, referenced, negative perhaps; NULL if it isn't cached: which is true then.
 */
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

/**
 * d_hash_and_lookup - hash a name as the directory's file system does, and find it in the cache
 * @dir: the directory, referenced
 * @name: the name; its hash is filled in
 *
 * Return: the child, referenced; NULL if it isn't cached; what d_hash() said.
 */
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
wait_queue_head_t *__d_lookup_unhash(struct dentry *dentry)
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

/**
 * __d_lookup_unhash_wake - the lookup of a dentry is over: wake those who want the same name
 * @dentry: DCACHE_PAR_LOOKUP is set
 *
 * Context: doesn't sleep; takes d_lock.
 */
void __d_lookup_unhash_wake(struct dentry *dentry)
{
	spin_lock(&dentry->d_lock);
	wake_up_all(__d_lookup_unhash(dentry));
	spin_unlock(&dentry->d_lock);
}
EXPORT_SYMBOL(__d_lookup_unhash_wake);

/* i_lock, if there is an inode, is held, and dropped. */
void __d_add(struct dentry *dentry, struct inode *inode)
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

/**
 * d_add - a lookup's answer
 * @entry: what was asked for
 * @inode: its reference goes to @entry; NULL: there is no such name
 */
void d_add(struct dentry *entry, struct inode *inode)
{
	if (inode)
		spin_lock(&inode->i_lock);
	__d_add(entry, inode);
}
EXPORT_SYMBOL(d_add);
