/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FS_INODE_H
#define _LINUX_FS_INODE_H

/* One object of a file system. Included by <linux/fs.h>, which has the rules of use. */

#include <linux/atomic.h>
#include <linux/fs/address_space.h>
#include <linux/fs/super_types.h>
#include <linux/kdev_t.h>
#include <linux/list.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/stat.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/uidgid.h>

struct address_space;
struct cdev;
struct delayed_call;
struct dentry;
struct fiemap_extent_info;
struct file;
struct file_lock_context;
struct file_operations;
struct fsnotify_mark_connector;
struct iattr;
struct kstat;
struct mnt_idmap;
struct path;
struct pipe_inode_info;
struct posix_acl;
struct super_block;

#define IOP_FASTPERM	0x0001	/* the mode bits decide: no ->permission */
#define IOP_LOOKUP	0x0002
#define IOP_NOFOLLOW	0x0004
#define IOP_XATTR	0x0008
#define IOP_DEFAULT_READLINK 0x0010

/*
 * struct inode - one object of a file system
 *
 * Fields: c = constant after it is set up, w = i_rwsem, l = i_lock, a = atomic, s = the super
 * block's list lock, h = the bucket of the inode hash.
 */
struct inode {
	umode_t i_mode;				/* w */
	unsigned short i_opflags;		/* c: IOP_* */
	kuid_t i_uid;				/* w */
	kgid_t i_gid;				/* w */
	unsigned int i_flags;			/* w: S_* */
	struct posix_acl *i_acl;
	struct posix_acl *i_default_acl;
	const struct inode_operations *i_op;	/* c */
	struct super_block *i_sb;		/* c */
	struct address_space *i_mapping;	/* c: &i_data as a rule */
	void *i_security;			/* the security modules' */
	unsigned long i_ino;			/* c */
	union {
		const unsigned int i_nlink;	/* w: change by set_nlink() and its kin */
		unsigned int __i_nlink;
	};
	dev_t i_rdev;				/* c */
	loff_t i_size;				/* w writes; i_size_read() */
	time64_t i_atime_sec;			/* racy: readers may see half of a change */
	time64_t i_mtime_sec;
	time64_t i_ctime_sec;
	u32 i_atime_nsec;
	u32 i_mtime_nsec;
	u32 i_ctime_nsec;
	u32 i_generation;
	spinlock_t i_lock;
	unsigned short i_bytes;			/* l: bytes beyond i_blocks */
	u8 i_blkbits;				/* c */
	blkcnt_t i_blocks;			/* l: of 512 bytes */

	u32 i_state;				/* l: I_* */
	struct rw_semaphore i_rwsem;

	unsigned long dirtied_when;		/* jiffies */
	struct hlist_node i_hash;		/* h */
	struct list_head i_io_list;		/* dirty inodes of the super block */
	struct list_head i_lru;			/* unused ones */
	struct list_head i_sb_list;		/* s */
	union {
		struct hlist_head i_dentry;	/* l: names */
		struct rcu_head i_rcu;
	};
	atomic64_t i_version;
	atomic64_t i_sequence;
	atomic_t i_count;			/* a: references */
	atomic_t i_dio_count;
	atomic_t i_writecount;			/* a: open for writing; negative: being executed */
	atomic_t i_readcount;
	union {
		const struct file_operations *i_fop;	/* c */
		void (*free_inode)(struct inode *inode);
	};
	struct file_lock_context *i_flctx;
	struct address_space i_data;
	struct list_head i_devices;		/* in i_cdev's list: char_dev.c's lock */
	union {
		struct pipe_inode_info *i_pipe;
		struct cdev *i_cdev;
		char *i_link;			/* a symlink's text */
		unsigned int i_dir_seq;
	};
	u32 i_fsnotify_mask;
	struct fsnotify_mark_connector __rcu *i_fsnotify_marks;
	void *i_private;			/* the file system's */
};

/* i_state */
#define I_NEW			(1U << 0)	/* being set up: unlock_new_inode() wakes */
#define I_SYNC			(1U << 1)	/* being written */
#define I_LRU_ISOLATING		(1U << 2)
#define I_DIRTY_SYNC		(1U << 3)
#define I_DIRTY_DATASYNC	(1U << 4)
#define I_DIRTY_PAGES		(1U << 5)
#define I_WILL_FREE		(1U << 6)
#define I_FREEING		(1U << 7)
#define I_CLEAR			(1U << 8)
#define I_REFERENCED		(1U << 9)
#define I_LINKABLE		(1U << 10)
#define I_DIRTY_TIME		(1U << 11)
#define I_WB_SWITCH		(1U << 12)
#define I_CREATING		(1U << 15)
#define I_DONTCACHE		(1U << 16)

#define I_DIRTY_INODE		(I_DIRTY_SYNC | I_DIRTY_DATASYNC)
#define I_DIRTY			(I_DIRTY_INODE | I_DIRTY_PAGES)
#define I_DIRTY_ALL		(I_DIRTY | I_DIRTY_TIME)

/* i_flags */
#define S_SYNC		(1 << 0)
#define S_NOATIME	(1 << 1)
#define S_APPEND	(1 << 2)
#define S_IMMUTABLE	(1 << 3)
#define S_DEAD		(1 << 4)	/* a directory that was removed */
#define S_NOQUOTA	(1 << 5)
#define S_DIRSYNC	(1 << 6)
#define S_NOCMTIME	(1 << 7)
#define S_SWAPFILE	(1 << 8)
#define S_PRIVATE	(1 << 9)	/* the kernel's: no security module looks */
#define S_IMA		(1 << 10)
#define S_AUTOMOUNT	(1 << 11)
#define S_NOSEC		(1 << 12)	/* no set-id bits or capabilities to strip */
#define S_CASEFOLD	(1 << 15)

#define __IS_FLG(inode, flg)	((inode)->i_sb->s_flags & (flg))
#define sb_rdonly(sb)		((sb)->s_flags & SB_RDONLY)
#define IS_RDONLY(inode)	sb_rdonly((inode)->i_sb)
#define IS_SYNC(inode)		(__IS_FLG(inode, SB_SYNCHRONOUS) || ((inode)->i_flags & S_SYNC))
#define IS_DIRSYNC(inode)	(__IS_FLG(inode, SB_SYNCHRONOUS | SB_DIRSYNC) || \
				 ((inode)->i_flags & (S_SYNC | S_DIRSYNC)))
#define IS_NOATIME(inode)	__IS_FLG(inode, SB_RDONLY | SB_NOATIME)
#define IS_APPEND(inode)	((inode)->i_flags & S_APPEND)
#define IS_IMMUTABLE(inode)	((inode)->i_flags & S_IMMUTABLE)
#define IS_DEADDIR(inode)	((inode)->i_flags & S_DEAD)
#define IS_NOCMTIME(inode)	((inode)->i_flags & S_NOCMTIME)
#define IS_AUTOMOUNT(inode)	((inode)->i_flags & S_AUTOMOUNT)
#define IS_PRIVATE(inode)	((inode)->i_flags & S_PRIVATE)
#define IS_NOSEC(inode)		((inode)->i_flags & S_NOSEC)

struct inode_operations {
	struct dentry *(*lookup)(struct inode *dir, struct dentry *dentry, unsigned int flags);
	const char *(*get_link)(struct dentry *dentry, struct inode *inode,
				struct delayed_call *done);
	int (*permission)(struct mnt_idmap *idmap, struct inode *inode, int mask);
	struct posix_acl *(*get_inode_acl)(struct inode *inode, int type, bool rcu);
	int (*readlink)(struct dentry *dentry, char __user *buffer, int buflen);
	int (*create)(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		      umode_t mode, bool excl);
	int (*link)(struct dentry *old, struct inode *dir, struct dentry *dentry);
	int (*unlink)(struct inode *dir, struct dentry *dentry);
	int (*symlink)(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		       const char *target);
	int (*mkdir)(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		     umode_t mode);
	int (*rmdir)(struct inode *dir, struct dentry *dentry);
	int (*mknod)(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		     umode_t mode, dev_t dev);
	int (*rename)(struct mnt_idmap *idmap, struct inode *old_dir, struct dentry *old_dentry,
		      struct inode *new_dir, struct dentry *new_dentry, unsigned int flags);
	int (*setattr)(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr);
	int (*getattr)(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
		       u32 request_mask, unsigned int query_flags);
	ssize_t (*listxattr)(struct dentry *dentry, char *buffer, size_t size);
	int (*fiemap)(struct inode *inode, struct fiemap_extent_info *info, u64 start, u64 len);
	int (*update_time)(struct inode *inode, int flags);
	int (*atomic_open)(struct inode *dir, struct dentry *dentry, struct file *file,
			   unsigned int open_flag, umode_t create_mode);
	int (*tmpfile)(struct mnt_idmap *idmap, struct inode *dir, struct file *file,
		       umode_t mode);
	struct posix_acl *(*get_acl)(struct mnt_idmap *idmap, struct dentry *dentry, int type);
	int (*set_acl)(struct mnt_idmap *idmap, struct dentry *dentry, struct posix_acl *acl,
		       int type);
} ____cacheline_aligned;

/** i_size_read - a file's size, which somebody may be changing. Context: any */
static inline loff_t i_size_read(const struct inode *inode)
{
	return READ_ONCE(inode->i_size);
}

/**
 * i_size_write - change a file's size
 *
 * Context: i_rwsem held for writing, or nobody else knows the inode.
 */
static inline void i_size_write(struct inode *inode, loff_t i_size)
{
	WRITE_ONCE(inode->i_size, i_size);
}

/** inode_lock - write to a file, or change the names in a directory. Context: may sleep */
static inline void inode_lock(struct inode *inode)
{
	down_write(&inode->i_rwsem);
}

/** inode_unlock - end inode_lock() */
static inline void inode_unlock(struct inode *inode)
{
	up_write(&inode->i_rwsem);
}

/** inode_lock_shared - look, with others, at what inode_lock() protects. Context: may sleep */
static inline void inode_lock_shared(struct inode *inode)
{
	down_read(&inode->i_rwsem);
}

/** inode_unlock_shared - end inode_lock_shared() */
static inline void inode_unlock_shared(struct inode *inode)
{
	up_read(&inode->i_rwsem);
}

/** inode_trylock - inode_lock() that doesn't wait. Return: 1 with the lock */
static inline int inode_trylock(struct inode *inode)
{
	return down_write_trylock(&inode->i_rwsem);
}

/** inode_trylock_shared - inode_lock_shared() that doesn't wait. Return: 1 with the lock */
static inline int inode_trylock_shared(struct inode *inode)
{
	return down_read_trylock(&inode->i_rwsem);
}

/** inode_is_locked - does anybody hold it, in either way? For assertions */
static inline int inode_is_locked(struct inode *inode)
{
	return rwsem_is_locked(&inode->i_rwsem);
}

/* For lockdep: in which order i_rwsems of several inodes nest. */
enum inode_i_mutex_lock_class {
	I_MUTEX_NORMAL,
	I_MUTEX_PARENT,
	I_MUTEX_CHILD,
	I_MUTEX_XATTR,
	I_MUTEX_NONDIR2,
	I_MUTEX_PARENT2,
};

/**
 * inode_lock_nested - inode_lock() while another's is held; @subclass: I_MUTEX_*, its place in the
 * order
 */
static inline void inode_lock_nested(struct inode *inode, unsigned int subclass)
{
	down_write_nested(&inode->i_rwsem, subclass);
}

/** inode_lock_shared_nested - inode_lock_shared() while another's is held */
static inline void inode_lock_shared_nested(struct inode *inode, unsigned int subclass)
{
	down_read_nested(&inode->i_rwsem, subclass);
}

/** iminor - minor number of a device file */
static inline unsigned int iminor(const struct inode *inode)
{
	return MINOR(inode->i_rdev);
}

/** imajor - major number of a device file */
static inline unsigned int imajor(const struct inode *inode)
{
	return MAJOR(inode->i_rdev);
}

/** i_uid_read - an inode's owner, as a number */
static inline uid_t i_uid_read(const struct inode *inode)
{
	return from_kuid(&init_user_ns, inode->i_uid);
}

/** i_gid_read - an inode's group, as a number */
static inline gid_t i_gid_read(const struct inode *inode)
{
	return from_kgid(&init_user_ns, inode->i_gid);
}

/** i_uid_write - set the owner of an inode that is being read or made */
static inline void i_uid_write(struct inode *inode, uid_t uid)
{
	inode->i_uid = make_kuid(&init_user_ns, uid);
}

/** i_gid_write - set the group of an inode that is being read or made */
static inline void i_gid_write(struct inode *inode, gid_t gid)
{
	inode->i_gid = make_kgid(&init_user_ns, gid);
}

/** inode_get_atime - when it was last read. Without a lock the two halves may be of two moments */
static inline struct timespec64 inode_get_atime(const struct inode *inode)
{
	return (struct timespec64){ inode->i_atime_sec, inode->i_atime_nsec };
}

/** inode_get_mtime - when its data last changed */
static inline struct timespec64 inode_get_mtime(const struct inode *inode)
{
	return (struct timespec64){ inode->i_mtime_sec, inode->i_mtime_nsec };
}

/** inode_get_ctime - when data or attributes last changed */
static inline struct timespec64 inode_get_ctime(const struct inode *inode)
{
	return (struct timespec64){ inode->i_ctime_sec, inode->i_ctime_nsec };
}

/** inode_set_atime_to_ts - set the time of the last read. Return: @ts */
static inline struct timespec64 inode_set_atime_to_ts(struct inode *inode, struct timespec64 ts)
{
	inode->i_atime_sec = ts.tv_sec;
	inode->i_atime_nsec = ts.tv_nsec;
	return ts;
}

/** inode_set_mtime_to_ts - set the time of the last change of data. Return: @ts */
static inline struct timespec64 inode_set_mtime_to_ts(struct inode *inode, struct timespec64 ts)
{
	inode->i_mtime_sec = ts.tv_sec;
	inode->i_mtime_nsec = ts.tv_nsec;
	return ts;
}

/** inode_set_ctime_to_ts - set the time of the last change. Return: @ts */
static inline struct timespec64 inode_set_ctime_to_ts(struct inode *inode, struct timespec64 ts)
{
	inode->i_ctime_sec = ts.tv_sec;
	inode->i_ctime_nsec = ts.tv_nsec;
	return ts;
}

struct timespec64 current_time(struct inode *inode);
struct timespec64 inode_set_ctime_current(struct inode *inode);
struct timespec64 simple_inode_init_ts(struct inode *inode);

#endif /* _LINUX_FS_INODE_H */
