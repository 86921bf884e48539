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

/* An inode of @pid, referenced; NULL: there is none that isn't about to go by itself. */
static struct inode *take_inode(struct flush_bucket *b, const struct pid *pid)
{
	struct proc_inode *ei;
	struct hlist_node *n;
	struct inode *inode = NULL;

	spin_lock(&b->lock);
	hlist_for_each_entry_safe(ei, n, &b->inodes, flush_node) {
		if (ei->pid != pid)
			continue;
		/* Eviction waits for our lock in proc_pid_forget_inode(), or finds it done. */
		inode = igrab(&ei->vfs_inode);
		if (inode) {
			hlist_del_init(&ei->flush_node);
			break;
		}
	}
	spin_unlock(&b->lock);
	return inode;
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
	struct dentry *dentry;
	struct inode *inode;

	/* Few tasks are ever looked at. One who comes just now finds the task gone (see above). */
	if (hlist_empty(&b->inodes))
		return;
	while ((inode = take_inode(b, pid))) {
		dentry = d_find_any_alias(inode);
		if (dentry) {
			d_invalidate(dentry);
			dput(dentry);
		}
		iput(inode);
	}
}
