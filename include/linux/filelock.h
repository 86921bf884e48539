/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FILELOCK_H
#define _LINUX_FILELOCK_H

/*
 * Locks on files: POSIX record locks (owner: the files_struct), OFD locks (owner: the open file),
 * BSD locks (flock(2): the open file, no ranges), and leases. fs/locks.c has the model.
 */

#include <linux/fs.h>

/* flc_flags */
#define FL_POSIX	1
#define FL_FLOCK	2
#define FL_DELEG	4
#define FL_ACCESS	8	/* only asks */
#define FL_EXISTS	16	/* an unlock that wants to know if there was one */
#define FL_LEASE	32
#define FL_CLOSE	64	/* the file is being closed */
#define FL_SLEEP	128	/* wait for it */
#define FL_OFDLCK	1024

#define OFFSET_MAX	LLONG_MAX

/* Returned instead of 0 where a request waits: it will be told later. */
#define FILE_LOCK_DEFERRED	1

struct file_lock_core {
	struct file_lock_core *flc_blocker;	/* whom we wait for */
	struct list_head flc_list;		/* in the context's list */
	struct hlist_node flc_link;		/* in the table of waiting POSIX owners */
	struct list_head flc_blocked_requests;	/* those who wait for us */
	struct list_head flc_blocked_member;	/* in the blocker's list above */
	fl_owner_t flc_owner;
	unsigned int flc_flags;			/* FL_* */
	unsigned char flc_type;			/* F_RDLCK, F_WRLCK, F_UNLCK */
	pid_t flc_pid;
	wait_queue_head_t flc_wait;
	struct file *flc_file;
};

struct file_lock {
	struct file_lock_core c;
	loff_t fl_start;
	loff_t fl_end;				/* the last byte */
};

struct file_lease {
	struct file_lock_core c;
	struct fasync_struct *fl_fasync;
	unsigned long fl_break_time;
	unsigned long fl_downgrade_time;
};

/* An inode's locks. Made with the first and kept until the inode goes. */
struct file_lock_context {
	spinlock_t flc_lock;			/* guards the lists */
	struct list_head flc_flock;		/* file_lock, at most one an open file */
	struct list_head flc_posix;		/* by owner, then by start */
	struct list_head flc_lease;
};

/** locks_inode_context - the locks of a file; NULL if it never had any */
static inline struct file_lock_context *locks_inode_context(const struct inode *inode)
{
	/* Pairs with the cmpxchg that publishes it. */
	return smp_load_acquire(&inode->i_flctx);
}

void locks_init_lock(struct file_lock *fl);
struct file_lock *locks_alloc_lock(void);
void locks_free_lock(struct file_lock *fl);
void locks_copy_lock(struct file_lock *new, struct file_lock *fl);
void locks_free_lock_context(struct inode *inode);
void locks_remove_posix(struct file *filp, fl_owner_t owner);
void locks_remove_file(struct file *filp);
void posix_test_lock(struct file *filp, struct file_lock *fl);
int posix_lock_file(struct file *filp, struct file_lock *fl, struct file_lock *conflock);
int locks_wait_unblocked(struct file_lock *fl);
int locks_lock_inode_wait(struct inode *inode, struct file_lock *fl);
int locks_delete_block(struct file_lock *waiter);
int vfs_test_lock(struct file *filp, struct file_lock *fl);
int vfs_lock_file(struct file *filp, unsigned int cmd, struct file_lock *fl,
		  struct file_lock *conf);
int fcntl_getlk(struct file *filp, unsigned int cmd, struct flock *flock);
int fcntl_setlk(unsigned int fd, struct file *filp, unsigned int cmd, struct flock *flock);
int fcntl_setlease(unsigned int fd, struct file *filp, int arg);
int fcntl_getlease(struct file *filp);

#endif /* _LINUX_FILELOCK_H */
