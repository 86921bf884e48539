// SPDX-License-Identifier: MIT
/*
 * The dentry cache follows changes of names: deletion, renames, and a directory that is found again
 * under another name.
 *
 * A rename changes hash, parent and name of one or two dentries at once. Walkers without locks are
 * told by the d_seq of each; lookups through the hash by rename_lock, which is held for writing
 * throughout. The locks of up to four dentries are needed: see lock_for_move().
 */

#include <linux/dcache.h>
#include <linux/export.h>
#include <linux/fs.h>
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

/**
 * d_ancestor - is a directory above another?
 * @p1: the one
 * @p2: the other
 *
 * Context: rename_lock, or s_vfs_rename_mutex, keeps the tree.
 * Return: the child of @p1 that is @p2 or above it; NULL.
 */
struct dentry *d_ancestor(struct dentry *p1, struct dentry *p2)
{
	struct dentry *p;

	for (p = p2; !IS_ROOT(p); p = p->d_parent) {
		if (p->d_parent == p1)
			return p;
	}
	return NULL;
}

/**
 * is_subdir - is a directory another, or below it?
 * @new_dentry: the one
 * @old_dentry: the other
 *
 * Context: doesn't sleep. True as long as nothing is renamed.
 */
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
		/*
		 * The one that moves takes the target's place and its reference; that one is a
		 * root.
		 */
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

/**
 * d_exchange - two names change places
 * @dentry1: the one, positive
 * @dentry2: the other, positive
 *
 * Context: s_vfs_rename_mutex and the directories' i_rwsem are held; takes rename_lock.
 */
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

/**
 * d_tmpfile - O_TMPFILE: the file has no name
 * @file: being opened; its dentry is in no hash table, and gets a text that tells the inode's
 *         number
 * @inode: loses its link; its reference goes to the dentry
 */
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
