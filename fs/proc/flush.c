// SPDX-License-Identifier: MIT
/*
 * The names of the dead. Dentries of /proc/PID and /proc/PID/task/TID are cached like any others.
 * When the process or thread ends nobody will look them up again, and what is below them (an inode
 * of some 700 bytes for each file that was looked at) would stay until memory is short: a shell
 * that runs thousands of programs which read /proc/self fills the caches so. So the end of a task
 * takes them out, through the inodes of these folders, which are found by their struct pid in a
 * hash.
 *
 *	proc_pid_note_inode()			release_task()
 *	  get_task_pid(): alive			  detach_pid()
 *	  into the hash				  proc_flush_pid(): takes it out, if there
 *	  the dentry gets its inode
 *
 * A folder that comes into the hash too late, or has no dentry yet when it is found, has a dentry
 * that isn't kept: pid_delete_dentry() sees at its last dput() that the process is gone.
 *
 * Lock: the bucket's, innermost.
 */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "internal.h"

#define FLUSH_BITS	7

static struct flush_bucket {
	spinlock_t lock;
	struct hlist_head inodes;
} buckets[1 << FLUSH_BITS] = {
	[0 ... (1 << FLUSH_BITS) - 1] = { .lock = __SPIN_LOCK_UNLOCKED(buckets.lock) },
};

static struct flush_bucket *bucket_of(const struct pid *pid)
{
	return &buckets[hash_ptr(pid, FLUSH_BITS)];
}

/** proc_pid_note_inode - the inode of a task's folder shall go with the task */
void proc_pid_note_inode(struct inode *inode)
{
	struct flush_bucket *b = bucket_of(proc_pid(inode));

	spin_lock(&b->lock);
	hlist_add_head(&PROC_I(inode)->flush_node, &b->inodes);
	spin_unlock(&b->lock);
}

/** proc_pid_forget_inode - it goes; its pid is still there */
void proc_pid_forget_inode(struct inode *inode)
{
	struct proc_inode *ei = PROC_I(inode);
	struct flush_bucket *b;

	if (hlist_unhashed(&ei->flush_node))
		return;
	b = bucket_of(ei->pid);
	spin_lock(&b->lock);
	hlist_del_init(&ei->flush_node);
	spin_unlock(&b->lock);
}

/*
 * The next inode of @pid leaves the hash. Its super block is kept from being shut down (s_active);
 * the inode is referenced too, unless it is about to go by itself: then @inode is NULL. RCU keeps
 * the memory of both while we look, since eviction doesn't wait for us when the hash has lost it.
 * Return: the super block; NULL: there is no other.
 */
static struct super_block *take_inode(struct flush_bucket *b, const struct pid *pid,
				      struct inode **inode)
{
	struct super_block *sb = NULL;
	struct proc_inode *ei;
	struct hlist_node *n;

	rcu_read_lock();
	spin_lock(&b->lock);
	hlist_for_each_entry_safe(ei, n, &b->inodes, flush_node) {
		if (ei->pid != pid)
			continue;
		hlist_del_init(&ei->flush_node);
		if (!atomic_inc_not_zero(&ei->vfs_inode.i_sb->s_active))
			continue;	/* all of it goes */
		sb = ei->vfs_inode.i_sb;
		*inode = igrab(&ei->vfs_inode);
		break;
	}
	spin_unlock(&b->lock);
	rcu_read_unlock();
	return sb;
}

static void forget_names(struct inode *inode)
{
	struct dentry *dentry = d_find_any_alias(inode);

	if (dentry) {
		d_invalidate(dentry);
		dput(dentry);
	}
}

/**
 * proc_flush_pid - a task is gone: its folders leave the cache
 * @pid: it had; attached to no task any more
 *
 * Context: may sleep.
 */
void proc_flush_pid(struct pid *pid)
{
	struct flush_bucket *b = bucket_of(pid);
	struct super_block *sb;
	struct inode *inode;

	/* Few tasks are ever looked at. One who comes just now finds the task gone (see above). */
	if (hlist_empty(&b->inodes))
		return;
	while ((sb = take_inode(b, pid, &inode))) {
		if (inode) {
			forget_names(inode);
			iput(inode);
		}
		deactivate_super(sb);
	}
}
