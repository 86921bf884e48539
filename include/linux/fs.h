/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

/*
 * The virtual file system: what all file systems have in common.
 *
 *	super_block	one file system that is in use		super_operations
 *	inode		one object of it			inode_operations
 *	dentry		one name of an object (dcache.h)	dentry_operations
 *	file		one open(): position and flags		file_operations
 *	address_space	an object's pages in memory		address_space_operations
 *
 * Rules of use:
 *  - An inode is kept by its dentries and open files; iget/iput count. A file is kept by the
 *    descriptors that refer to it; get_file/fput count.
 *  - i_rwsem of a directory is held for writing while its names change, shared for a lookup; that
 *    of a regular file for writing while its data or size change by write() or truncate().
 *  - Two inodes are locked parents first, then by address (lock_two_nondirectories(),
 *    lock_rename()).
 *
 * Lock order: s_umount > i_rwsem > invalidate_lock > folio lock > mmap_lock's i_mmap_rwsem >
 * i_pages.xa_lock; inode->i_lock innermost of the inode's own.
 */

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/errseq.h>
#include <linux/fcntl.h>
#include <linux/kdev_t.h>
#include <linux/list.h>
#include <linux/list_lru.h>
#include <linux/mm_types.h>
#include <linux/mutex.h>
#include <linux/path.h>
#include <linux/percpu-rwsem.h>
#include <linux/pid_types.h>
#include <linux/rbtree.h>
#include <linux/rcuref.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stat.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/uio.h>
#include <linux/uuid.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include <uapi/linux/fs.h>

typedef __kernel_rwf_t rwf_t;

struct bdi_writeback;
struct backing_dev_info;
struct block_device;
struct cdev;
struct cred;
struct delayed_call;
struct dir_context;
struct export_operations;
struct fasync_struct;
struct fiemap_extent_info;
struct file_lease;
struct file_lock;
struct file_lock_context;
struct filename;
struct folio;
struct fs_context;
struct fs_parameter_spec;
struct fsnotify_mark_connector;
struct io_comp_batch;
struct iov_iter;
struct kiocb;
struct kstatfs;
struct nameidata;
struct page;
struct pipe_inode_info;
struct poll_table_struct;
struct posix_acl;
struct readahead_control;
struct seq_file;
struct user_namespace;
struct vfsmount;
struct vm_area_struct;
struct workqueue_struct;
struct writeback_control;
struct xattr_handler;
struct file_operations;
struct inode_operations;
struct super_operations;

/* Who looks through a mount, for mounts that map ids. Ours don't: there is one, that maps nothing. */
struct mnt_idmap {
	char unused;
};
extern struct mnt_idmap nop_mnt_idmap;

/* ---- rights and flags ---- */

#define MAY_EXEC		0x00000001
#define MAY_WRITE		0x00000002
#define MAY_READ		0x00000004
#define MAY_APPEND		0x00000008
#define MAY_ACCESS		0x00000010
#define MAY_OPEN		0x00000020
#define MAY_CHDIR		0x00000040
#define MAY_NOT_BLOCK		0x00000080	/* walking under RCU: -ECHILD instead of sleeping */

/* The device that overlay file systems use to say "nothing here". */
#define WHITEOUT_MODE		0
#define WHITEOUT_DEV		0

#define FMODE_READ		((__force fmode_t)(1 << 0))
#define FMODE_WRITE		((__force fmode_t)(1 << 1))
#define FMODE_LSEEK		((__force fmode_t)(1 << 2))
#define FMODE_PREAD		((__force fmode_t)(1 << 3))
#define FMODE_PWRITE		((__force fmode_t)(1 << 4))
#define FMODE_EXEC		((__force fmode_t)(1 << 5))
#define FMODE_WRITE_RESTRICTED	((__force fmode_t)(1 << 6))
#define FMODE_CAN_ATOMIC_WRITE	((__force fmode_t)(1 << 7))
#define FMODE_32BITHASH		((__force fmode_t)(1 << 9))
#define FMODE_64BITHASH		((__force fmode_t)(1 << 10))
#define FMODE_NOCMTIME		((__force fmode_t)(1 << 11))
#define FMODE_RANDOM		((__force fmode_t)(1 << 12))
#define FMODE_UNSIGNED_OFFSET	((__force fmode_t)(1 << 13))
#define FMODE_PATH		((__force fmode_t)(1 << 14))	/* O_PATH: a place, not its content */
#define FMODE_ATOMIC_POS	((__force fmode_t)(1 << 15))	/* f_pos_lock is taken */
#define FMODE_WRITER		((__force fmode_t)(1 << 16))	/* holds the mount's write access */
#define FMODE_CAN_READ		((__force fmode_t)(1 << 17))	/* has read methods */
#define FMODE_CAN_WRITE		((__force fmode_t)(1 << 18))
#define FMODE_OPENED		((__force fmode_t)(1 << 19))
#define FMODE_CREATED		((__force fmode_t)(1 << 20))
#define FMODE_STREAM		((__force fmode_t)(1 << 21))	/* has no position */
#define FMODE_CAN_ODIRECT	((__force fmode_t)(1 << 22))
#define FMODE_NOREUSE		((__force fmode_t)(1 << 23))
#define FMODE_BACKING		((__force fmode_t)(1 << 25))
#define FMODE_NONOTIFY		((__force fmode_t)(1 << 26))
#define FMODE_NOWAIT		((__force fmode_t)(1 << 27))
#define FMODE_NEED_UNMOUNT	((__force fmode_t)(1 << 28))
#define FMODE_NOACCOUNT		((__force fmode_t)(1 << 29))

/* struct iattr's ia_valid */
#define ATTR_MODE		(1 << 0)
#define ATTR_UID		(1 << 1)
#define ATTR_GID		(1 << 2)
#define ATTR_SIZE		(1 << 3)
#define ATTR_ATIME		(1 << 4)
#define ATTR_MTIME		(1 << 5)
#define ATTR_CTIME		(1 << 6)
#define ATTR_ATIME_SET		(1 << 7)
#define ATTR_MTIME_SET		(1 << 8)
#define ATTR_FORCE		(1 << 9)
#define ATTR_KILL_SUID		(1 << 11)
#define ATTR_KILL_SGID		(1 << 12)
#define ATTR_FILE		(1 << 13)
#define ATTR_KILL_PRIV		(1 << 14)
#define ATTR_OPEN		(1 << 15)
#define ATTR_TIMES_SET		(1 << 16)
#define ATTR_TOUCH		(1 << 17)

typedef struct {
	uid_t val;
} vfsuid_t;

typedef struct {
	gid_t val;
} vfsgid_t;

/* What setattr is to change. */
struct iattr {
	unsigned int ia_valid;
	umode_t ia_mode;
	union {
		kuid_t ia_uid;
		vfsuid_t ia_vfsuid;
	};
	union {
		kgid_t ia_gid;
		vfsgid_t ia_vfsgid;
	};
	loff_t ia_size;
	struct timespec64 ia_atime;
	struct timespec64 ia_mtime;
	struct timespec64 ia_ctime;
	struct file *ia_file;		/* ATTR_FILE: opened by ftruncate() */
};

/* ---- pages in memory ---- */

struct address_space_operations {
	int (*writepage)(struct page *page, struct writeback_control *wbc);
	int (*read_folio)(struct file *file, struct folio *folio);
	int (*writepages)(struct address_space *mapping, struct writeback_control *wbc);
	bool (*dirty_folio)(struct address_space *mapping, struct folio *folio);
	void (*readahead)(struct readahead_control *rac);
	int (*write_begin)(struct file *file, struct address_space *mapping, loff_t pos,
			   unsigned int len, struct folio **foliop, void **fsdata);
	int (*write_end)(struct file *file, struct address_space *mapping, loff_t pos,
			 unsigned int len, unsigned int copied, struct folio *folio, void *fsdata);
	sector_t (*bmap)(struct address_space *mapping, sector_t block);
	void (*invalidate_folio)(struct folio *folio, size_t offset, size_t len);
	bool (*release_folio)(struct folio *folio, gfp_t gfp);
	void (*free_folio)(struct folio *folio);
	ssize_t (*direct_IO)(struct kiocb *iocb, struct iov_iter *iter);
	int (*launder_folio)(struct folio *folio);
	bool (*is_partially_uptodate)(struct folio *folio, size_t from, size_t count);
	int (*error_remove_folio)(struct address_space *mapping, struct folio *folio);
};

extern const struct address_space_operations empty_aops;

/**
 * struct address_space - the pages of one object, and who maps them
 * @host: the inode
 * @i_pages: folios by page number; its lock guards the tree and @nrpages
 * @invalidate_lock: shared while pages are brought, exclusive while they are removed for good
 * @gfp_mask: for new pages
 * @i_mmap_writable: VM_SHARED mappings; negative: such are forbidden (sealed)
 * @i_mmap: VMAs by range of pages, under @i_mmap_rwsem
 * @i_mmap_rwsem: see @i_mmap
 * @nrpages: pages in @i_pages
 * @writeback_index: where cyclic writeback goes on
 * @a_ops: the file system's
 * @flags: AS_*, atomic
 * @wb_err: errors of writeback, for fsync() to report once to each open file
 * @i_private_lock: for the owner of @i_private_list
 * @i_private_list: the file system's
 * @i_private_data: the file system's
 */
struct address_space {
	struct inode *host;
	struct xarray i_pages;
	struct rw_semaphore invalidate_lock;
	gfp_t gfp_mask;
	atomic_t i_mmap_writable;
	struct rb_root_cached i_mmap;
	struct rw_semaphore i_mmap_rwsem;
	unsigned long nrpages;
	pgoff_t writeback_index;
	const struct address_space_operations *a_ops;
	unsigned long flags;
	errseq_t wb_err;
	spinlock_t i_private_lock;
	struct list_head i_private_list;
	void *i_private_data;
};

#define PAGECACHE_TAG_DIRTY	XA_MARK_0
#define PAGECACHE_TAG_WRITEBACK	XA_MARK_1
#define PAGECACHE_TAG_TOWRITE	XA_MARK_2

static inline bool mapping_tagged(struct address_space *mapping, xa_mark_t tag)
{
	return xa_marked(&mapping->i_pages, tag);
}

static inline void i_mmap_lock_write(struct address_space *mapping)
{
	down_write(&mapping->i_mmap_rwsem);
}

static inline void i_mmap_unlock_write(struct address_space *mapping)
{
	up_write(&mapping->i_mmap_rwsem);
}

static inline void i_mmap_lock_read(struct address_space *mapping)
{
	down_read(&mapping->i_mmap_rwsem);
}

static inline void i_mmap_unlock_read(struct address_space *mapping)
{
	up_read(&mapping->i_mmap_rwsem);
}

static inline bool mapping_mapped(const struct address_space *mapping)
{
	return !RB_EMPTY_ROOT(&mapping->i_mmap.rb_root);
}

static inline bool mapping_writably_mapped(const struct address_space *mapping)
{
	return atomic_read(&mapping->i_mmap_writable) > 0;
}

/* A shared writable mapping begins: -EPERM if they are forbidden. */
static inline int mapping_map_writable(struct address_space *mapping)
{
	return atomic_inc_unless_negative(&mapping->i_mmap_writable) ? 0 : -EPERM;
}

static inline void mapping_unmap_writable(struct address_space *mapping)
{
	atomic_dec(&mapping->i_mmap_writable);
}

static inline int mapping_deny_writable(struct address_space *mapping)
{
	return atomic_dec_unless_positive(&mapping->i_mmap_writable) ? 0 : -EBUSY;
}

/* One more, beside one that is counted. */
static inline void mapping_allow_writable(struct address_space *mapping)
{
	atomic_inc(&mapping->i_mmap_writable);
}

static inline void filemap_invalidate_lock(struct address_space *mapping)
{
	down_write(&mapping->invalidate_lock);
}

static inline void filemap_invalidate_unlock(struct address_space *mapping)
{
	up_write(&mapping->invalidate_lock);
}

static inline void filemap_invalidate_lock_shared(struct address_space *mapping)
{
	down_read(&mapping->invalidate_lock);
}

static inline void filemap_invalidate_unlock_shared(struct address_space *mapping)
{
	up_read(&mapping->invalidate_lock);
}

/* ---- inodes ---- */

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

static inline loff_t i_size_read(const struct inode *inode)
{
	return READ_ONCE(inode->i_size);
}

/* Under i_rwsem, or before anybody else knows of the inode. */
static inline void i_size_write(struct inode *inode, loff_t i_size)
{
	WRITE_ONCE(inode->i_size, i_size);
}

static inline void inode_lock(struct inode *inode)
{
	down_write(&inode->i_rwsem);
}

static inline void inode_unlock(struct inode *inode)
{
	up_write(&inode->i_rwsem);
}

static inline void inode_lock_shared(struct inode *inode)
{
	down_read(&inode->i_rwsem);
}

static inline void inode_unlock_shared(struct inode *inode)
{
	up_read(&inode->i_rwsem);
}

static inline int inode_trylock(struct inode *inode)
{
	return down_write_trylock(&inode->i_rwsem);
}

static inline int inode_trylock_shared(struct inode *inode)
{
	return down_read_trylock(&inode->i_rwsem);
}

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

static inline void inode_lock_nested(struct inode *inode, unsigned int subclass)
{
	down_write_nested(&inode->i_rwsem, subclass);
}

static inline void inode_lock_shared_nested(struct inode *inode, unsigned int subclass)
{
	down_read_nested(&inode->i_rwsem, subclass);
}

static inline unsigned int iminor(const struct inode *inode)
{
	return MINOR(inode->i_rdev);
}

static inline unsigned int imajor(const struct inode *inode)
{
	return MAJOR(inode->i_rdev);
}

static inline uid_t i_uid_read(const struct inode *inode)
{
	return from_kuid(&init_user_ns, inode->i_uid);
}

static inline gid_t i_gid_read(const struct inode *inode)
{
	return from_kgid(&init_user_ns, inode->i_gid);
}

static inline void i_uid_write(struct inode *inode, uid_t uid)
{
	inode->i_uid = make_kuid(&init_user_ns, uid);
}

static inline void i_gid_write(struct inode *inode, gid_t gid)
{
	inode->i_gid = make_kgid(&init_user_ns, gid);
}

static inline struct timespec64 inode_get_atime(const struct inode *inode)
{
	return (struct timespec64){ inode->i_atime_sec, inode->i_atime_nsec };
}

static inline struct timespec64 inode_get_mtime(const struct inode *inode)
{
	return (struct timespec64){ inode->i_mtime_sec, inode->i_mtime_nsec };
}

static inline struct timespec64 inode_get_ctime(const struct inode *inode)
{
	return (struct timespec64){ inode->i_ctime_sec, inode->i_ctime_nsec };
}

static inline struct timespec64 inode_set_atime_to_ts(struct inode *inode, struct timespec64 ts)
{
	inode->i_atime_sec = ts.tv_sec;
	inode->i_atime_nsec = ts.tv_nsec;
	return ts;
}

static inline struct timespec64 inode_set_mtime_to_ts(struct inode *inode, struct timespec64 ts)
{
	inode->i_mtime_sec = ts.tv_sec;
	inode->i_mtime_nsec = ts.tv_nsec;
	return ts;
}

static inline struct timespec64 inode_set_ctime_to_ts(struct inode *inode, struct timespec64 ts)
{
	inode->i_ctime_sec = ts.tv_sec;
	inode->i_ctime_nsec = ts.tv_nsec;
	return ts;
}

struct timespec64 current_time(struct inode *inode);
struct timespec64 inode_set_ctime_current(struct inode *inode);
struct timespec64 simple_inode_init_ts(struct inode *inode);

/* ---- open files ---- */

struct fown_struct {
	struct file *file;
	rwlock_t lock;			/* guards the rest */
	struct pid *pid;		/* who is told of SIGIO */
	enum pid_type pid_type;
	kuid_t uid, euid;		/* of who set it */
	int signum;			/* 0: SIGIO */
};

/* Where sequential reading is; owned by whoever reads. */
struct file_ra_state {
	pgoff_t start;
	unsigned int size;
	unsigned int async_size;
	unsigned int ra_pages;
	unsigned int mmap_miss;
	loff_t prev_pos;
};

/*
 * struct file - one open()
 *
 * Fields: c = constant after open, p = f_pos_lock, l = f_lock, a = atomic.
 */
struct file {
	atomic_long_t f_count;			/* a: references */
	spinlock_t f_lock;
	fmode_t f_mode;				/* c */
	const struct file_operations *f_op;	/* c */
	struct address_space *f_mapping;	/* c */
	void *private_data;			/* the owner of f_op's */
	struct inode *f_inode;			/* c */
	unsigned int f_flags;			/* l: O_* */
	unsigned int f_iocb_flags;		/* l */
	const struct cred *f_cred;		/* c: of who opened it */
	struct path f_path;			/* c */
	union {
		struct mutex f_pos_lock;
		u64 f_pipe;			/* a FIFO's, which has no position: w_counter at open */
	};
	loff_t f_pos;				/* p */
	void *f_security;			/* the security modules' */
	struct fown_struct *f_owner;
	errseq_t f_wb_err;			/* errors of the mapping reported up to here */
	errseq_t f_sb_err;
	struct hlist_head *f_ep;		/* l: epolls that watch it */
	union {
		struct callback_head f_task_work;	/* the last fput() */
		struct llist_node f_llist;
		struct rcu_head f_rcu;
		struct file_ra_state f_ra;
	};
};

typedef void *fl_owner_t;
typedef int (*filldir_ok_t)(void);

struct dir_context;
typedef bool (*filldir_t)(struct dir_context *ctx, const char *name, int len, loff_t pos, u64 ino,
			  unsigned int type);

/* A reader of a directory: actor is called for each entry until it returns false. */
struct dir_context {
	filldir_t actor;
	loff_t pos;
};

typedef unsigned int fop_flags_t;
#define FOP_BUFFER_RASYNC	(1 << 0)
#define FOP_BUFFER_WASYNC	(1 << 1)
#define FOP_MMAP_SYNC		(1 << 2)
#define FOP_DIO_PARALLEL_WRITE	(1 << 3)
#define FOP_HUGE_PAGES		(1 << 4)
#define FOP_UNSIGNED_OFFSET	(1 << 5)

struct file_operations {
	struct module *owner;
	fop_flags_t fop_flags;
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);
	ssize_t (*read)(struct file *file, char __user *buf, size_t count, loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t count, loff_t *pos);
	ssize_t (*read_iter)(struct kiocb *iocb, struct iov_iter *to);
	ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *from);
	int (*iopoll)(struct kiocb *kiocb, struct io_comp_batch *batch, unsigned int flags);
	int (*iterate_shared)(struct file *file, struct dir_context *ctx);
	__poll_t (*poll)(struct file *file, struct poll_table_struct *wait);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	long (*compat_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*open)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file, fl_owner_t id);
	int (*release)(struct inode *inode, struct file *file);
	int (*fsync)(struct file *file, loff_t start, loff_t end, int datasync);
	int (*fasync)(int fd, struct file *file, int on);
	int (*lock)(struct file *file, int cmd, struct file_lock *fl);
	unsigned long (*get_unmapped_area)(struct file *file, unsigned long addr,
					   unsigned long len, unsigned long pgoff,
					   unsigned long flags);
	int (*check_flags)(int flags);
	int (*flock)(struct file *file, int cmd, struct file_lock *fl);
	ssize_t (*splice_write)(struct pipe_inode_info *pipe, struct file *out, loff_t *ppos,
				size_t len, unsigned int flags);
	ssize_t (*splice_read)(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe,
			       size_t len, unsigned int flags);
	void (*splice_eof)(struct file *file);
	int (*setlease)(struct file *file, int arg, struct file_lease **flp, void **priv);
	long (*fallocate)(struct file *file, int mode, loff_t offset, loff_t len);
	void (*show_fdinfo)(struct seq_file *m, struct file *f);
	ssize_t (*copy_file_range)(struct file *in, loff_t pos_in, struct file *out,
				   loff_t pos_out, size_t len, unsigned int flags);
	loff_t (*remap_file_range)(struct file *in, loff_t pos_in, struct file *out,
				   loff_t pos_out, loff_t len, unsigned int remap_flags);
	int (*fadvise)(struct file *file, loff_t start, loff_t len, int advice);
};

/* One read or write under way. */
struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos;
	void (*ki_complete)(struct kiocb *iocb, long ret);
	void *private;
	int ki_flags;			/* IOCB_* */
	u16 ki_ioprio;
};

#define IOCB_HIPRI	(__force int)RWF_HIPRI
#define IOCB_DSYNC	(__force int)RWF_DSYNC
#define IOCB_SYNC	(__force int)RWF_SYNC
#define IOCB_NOWAIT	(__force int)RWF_NOWAIT
#define IOCB_APPEND	(__force int)RWF_APPEND
#define IOCB_ATOMIC	(__force int)RWF_ATOMIC
#define IOCB_EVENTFD	(1 << 16)
#define IOCB_DIRECT	(1 << 17)
#define IOCB_WRITE	(1 << 18)
#define IOCB_WAITQ	(1 << 19)
#define IOCB_NOIO	(1 << 20)

static inline bool is_sync_kiocb(const struct kiocb *kiocb)
{
	return kiocb->ki_complete == NULL;
}

#define special_file(m) (S_ISCHR(m) || S_ISBLK(m) || S_ISFIFO(m) || S_ISSOCK(m))

static inline struct inode *file_inode(const struct file *f)
{
	return f->f_inode;
}

static inline struct dentry *file_dentry(const struct file *file)
{
	return file->f_path.dentry;
}

static inline struct file *get_file(struct file *f)
{
	atomic_long_inc(&f->f_count);
	return f;
}

#define get_file_rcu(x)		atomic_long_inc_not_zero(&(x)->f_count)
#define file_count(x)		atomic_long_read(&(x)->f_count)

static inline void init_sync_kiocb(struct kiocb *kiocb, struct file *filp)
{
	*kiocb = (struct kiocb){ .ki_filp = filp, .ki_flags = filp->f_iocb_flags };
}

static inline int call_mmap(struct file *file, struct vm_area_struct *vma)
{
	return file->f_op->mmap(file, vma);
}

/* ---- file systems ---- */

#define SB_RDONLY	BIT(0)
#define SB_NOSUID	BIT(1)
#define SB_NODEV	BIT(2)
#define SB_NOEXEC	BIT(3)
#define SB_SYNCHRONOUS	BIT(4)
#define SB_MANDLOCK	BIT(6)
#define SB_DIRSYNC	BIT(7)
#define SB_NOATIME	BIT(10)
#define SB_NODIRATIME	BIT(11)
#define SB_SILENT	BIT(15)
#define SB_POSIXACL	BIT(16)
#define SB_INLINECRYPT	BIT(17)
#define SB_KERNMOUNT	BIT(22)
#define SB_I_VERSION	BIT(23)
#define SB_LAZYTIME	BIT(25)
#define SB_DEAD		BIT(21)
#define SB_DYING	BIT(24)
#define SB_FORCE	BIT(27)
#define SB_NOSEC	BIT(28)
#define SB_BORN		BIT(29)
#define SB_ACTIVE	BIT(30)
#define SB_NOUSER	BIT(31)

/* s_iflags */
#define SB_I_CGROUPWB	0x00000001
#define SB_I_NOEXEC	0x00000002
#define SB_I_NODEV	0x00000004
#define SB_I_STABLE_WRITES 0x00000008
#define SB_I_USERNS_VISIBLE 0x00000010
#define SB_I_SKIP_SYNC	0x00000100

#define MAX_LFS_FILESIZE	((loff_t)LLONG_MAX)

struct sb_writers {
	unsigned short frozen;
	int freeze_holders;
	struct percpu_rw_semaphore rw_sem[3];
};

/*
 * struct super_block - one file system that is in use
 *
 * Fields: c = constant after fill_super, u = s_umount, S = sb_lock, l = the lock beside it.
 */
struct super_block {
	struct list_head s_list;		/* S: all of them */
	dev_t s_dev;				/* c: st_dev of its objects */
	unsigned char s_blocksize_bits;
	unsigned long s_blocksize;
	loff_t s_maxbytes;			/* c: largest file */
	struct file_system_type *s_type;	/* c */
	const struct super_operations *s_op;	/* c */
	const struct export_operations *s_export_op;
	unsigned long s_flags;			/* u: SB_* */
	unsigned long s_iflags;
	unsigned long s_magic;			/* c: statfs(2)'s f_type */
	struct dentry *s_root;			/* c */
	struct rw_semaphore s_umount;
	int s_count;				/* S: references to the struct */
	atomic_t s_active;			/* mounts and other users */
	void *s_security;
	const struct xattr_handler *const *s_xattr;
	struct hlist_bl_head s_roots;
	struct list_head s_mounts;		/* the mount lock */
	struct block_device *s_bdev;
	struct backing_dev_info *s_bdi;
	struct hlist_node s_instances;		/* S: of the type */
	struct sb_writers s_writers;
	void *s_fs_info;			/* the file system's */
	u32 s_time_gran;			/* ns */
	time64_t s_time_min;
	time64_t s_time_max;
	char s_id[32];				/* c: for messages */
	uuid_t s_uuid;
	u8 s_uuid_len;
	unsigned int s_max_links;
	struct mutex s_vfs_rename_mutex;	/* renames across directories, one at a time */
	const char *s_subtype;
	const struct dentry_operations *s_d_op;	/* c: of new dentries */
	struct shrinker *s_shrink;
	atomic_long_t s_remove_count;
	int s_readonly_remount;
	errseq_t s_wb_err;
	struct workqueue_struct *s_dio_done_wq;
	struct hlist_head s_pins;
	struct user_namespace *s_user_ns;
	struct list_lru s_dentry_lru;
	struct list_lru s_inode_lru;
	struct rcu_head rcu;
	struct work_struct destroy_work;
	struct mutex s_sync_lock;
	int s_stack_depth;
	spinlock_t s_inode_list_lock ____cacheline_aligned;
	struct list_head s_inodes;		/* l */
	spinlock_t s_inode_wblist_lock;
	struct list_head s_inodes_wb;		/* l */
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*destroy_inode)(struct inode *inode);
	void (*free_inode)(struct inode *inode);	/* after a grace period */
	void (*dirty_inode)(struct inode *inode, int flags);
	int (*write_inode)(struct inode *inode, struct writeback_control *wbc);
	int (*drop_inode)(struct inode *inode);
	void (*evict_inode)(struct inode *inode);
	void (*put_super)(struct super_block *sb);
	int (*sync_fs)(struct super_block *sb, int wait);
	int (*freeze_fs)(struct super_block *sb);
	int (*unfreeze_fs)(struct super_block *sb);
	int (*statfs)(struct dentry *dentry, struct kstatfs *buf);
	int (*remount_fs)(struct super_block *sb, int *flags, char *data);
	void (*umount_begin)(struct super_block *sb);
	int (*show_options)(struct seq_file *m, struct dentry *root);
	int (*show_devname)(struct seq_file *m, struct dentry *root);
	int (*show_path)(struct seq_file *m, struct dentry *root);
	int (*show_stats)(struct seq_file *m, struct dentry *root);
	long (*nr_cached_objects)(struct super_block *sb, struct shrink_control *sc);
	long (*free_cached_objects)(struct super_block *sb, struct shrink_control *sc);
	void (*shutdown)(struct super_block *sb);
};

struct file_system_type {
	const char *name;
	int fs_flags;
#define FS_REQUIRES_DEV		1
#define FS_BINARY_MOUNTDATA	2
#define FS_HAS_SUBTYPE		4
#define FS_USERNS_MOUNT		8
#define FS_DISALLOW_NOTIFY_PERM	16
#define FS_ALLOW_IDMAP		32
#define FS_RENAME_DOES_D_MOVE	32768
	int (*init_fs_context)(struct fs_context *fc);
	const struct fs_parameter_spec *parameters;
	struct dentry *(*mount)(struct file_system_type *type, int flags, const char *dev_name,
				void *data);
	void (*kill_sb)(struct super_block *sb);
	struct module *owner;
	struct file_system_type *next;
	struct hlist_head fs_supers;
	struct lock_class_key s_lock_key;
	struct lock_class_key s_umount_key;
	struct lock_class_key i_lock_key;
	struct lock_class_key i_mutex_key;
	struct lock_class_key invalidate_lock_key;
	struct lock_class_key i_mutex_dir_key;
};

#define DT_UNKNOWN	0
#define DT_FIFO		1
#define DT_CHR		2
#define DT_DIR		4
#define DT_BLK		6
#define DT_REG		8
#define DT_LNK		10
#define DT_SOCK		12
#define DT_WHT		14

/* The name that a system call was given, in kernel memory. */
struct filename {
	const char *name;
	const __user char *uptr;
	atomic_t refcnt;
	struct audit_names *aname;
	const char iname[];
};

/* ---- the calls (fs/) ---- */

/* A method's answer: the folio is not locked any more and may have gone: look it up again. */
#define AOP_WRITEPAGE_ACTIVATE	0x80000
#define AOP_TRUNCATED_PAGE	0x80001

void fput(struct file *file);
bool path_noexec(const struct path *path);
int file_update_time(struct file *file);
int file_remove_privs(struct file *file);
void touch_atime(const struct path *path);
int file_permission(struct file *file, int mask);
bool inode_owner_or_capable(struct mnt_idmap *idmap, const struct inode *inode);
void __mark_inode_dirty(struct inode *inode, int flags);
int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync);
int vfs_fallocate(struct file *file, int mode, loff_t offset, loff_t len);
int vfs_fadvise(struct file *file, loff_t offset, loff_t len, int advice);
ssize_t generic_write_checks(struct kiocb *iocb, struct iov_iter *from);
ssize_t generic_file_direct_write(struct kiocb *iocb, struct iov_iter *from);
ssize_t direct_write_fallback(struct kiocb *iocb, struct iov_iter *iter, ssize_t direct_written,
			      ssize_t buffered_written);

#define OPEN_FMODE(flag)	((__force fmode_t)(((flag) + 1) & O_ACCMODE))
#define ACC_MODE(x)		("\004\002\006\006"[(x) & O_ACCMODE])
#define IS_POSIXACL(inode)	__IS_FLG(inode, SB_POSIXACL)

#define is_root_inode(inode)	((inode) == (inode)->i_sb->s_root->d_inode)

/* file_table.c, file.c */
void files_init(void);
struct file *alloc_empty_file(int flags, const struct cred *cred);
long get_nr_files(void);
unsigned long get_max_files(void);

/* super.c, filesystems.c */
extern spinlock_t sb_lock;
extern struct list_head super_blocks;
int register_filesystem(struct file_system_type *fs);
int unregister_filesystem(struct file_system_type *fs);
struct file_system_type *get_fs_type(const char *name);
struct file_system_type *get_filesystem(struct file_system_type *fs);
void put_filesystem(struct file_system_type *fs);
struct super_block *sget_fc(struct fs_context *fc,
			    int (*test)(struct super_block *sb, struct fs_context *fc),
			    int (*set)(struct super_block *sb, struct fs_context *fc));
void deactivate_super(struct super_block *sb);
void deactivate_locked_super(struct super_block *sb);
void generic_shutdown_super(struct super_block *sb);
void kill_anon_super(struct super_block *sb);
void kill_litter_super(struct super_block *sb);
int set_anon_super_fc(struct super_block *sb, struct fs_context *fc);
int get_anon_bdev(dev_t *dev);
void free_anon_bdev(dev_t dev);
void iterate_supers(void (*fn)(struct super_block *sb, void *arg), void *arg);
int sync_filesystem(struct super_block *sb);

/* inode.c */
void inode_init(void);
int inode_init_always(struct super_block *sb, struct inode *inode);
void inode_init_once(struct inode *inode);
void address_space_init_once(struct address_space *mapping);
struct inode *new_inode(struct super_block *sb);
struct inode *new_inode_pseudo(struct super_block *sb);
void free_inode_nonrcu(struct inode *inode);
void __destroy_inode(struct inode *inode);
void inode_sb_list_add(struct inode *inode);
void __insert_inode_hash(struct inode *inode, unsigned long hashval);
void __remove_inode_hash(struct inode *inode);
struct inode *iget_locked(struct super_block *sb, unsigned long ino);
struct inode *iget5_locked(struct super_block *sb, unsigned long hashval,
			   int (*test)(struct inode *inode, void *data),
			   int (*set)(struct inode *inode, void *data), void *data);
struct inode *ilookup(struct super_block *sb, unsigned long ino);
struct inode *ilookup5(struct super_block *sb, unsigned long hashval,
		       int (*test)(struct inode *inode, void *data), void *data);
int insert_inode_locked(struct inode *inode);
void unlock_new_inode(struct inode *inode);
void discard_new_inode(struct inode *inode);
void iget_failed(struct inode *inode);
struct inode *igrab(struct inode *inode);
void ihold(struct inode *inode);
void iput(struct inode *inode);
void clear_inode(struct inode *inode);
int generic_drop_inode(struct inode *inode);
int generic_delete_inode(struct inode *inode);
void evict_inodes(struct super_block *sb);
void inode_add_lru(struct inode *inode);
unsigned int get_next_ino(void);
void set_nlink(struct inode *inode, unsigned int nlink);
void inc_nlink(struct inode *inode);
void drop_nlink(struct inode *inode);
void clear_nlink(struct inode *inode);
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev);
void inode_init_owner(struct mnt_idmap *idmap, struct inode *inode, const struct inode *dir,
		      umode_t mode);
void inode_set_flags(struct inode *inode, unsigned int flags, unsigned int mask);
struct timespec64 timestamp_truncate(struct timespec64 t, struct inode *inode);
int generic_update_time(struct inode *inode, int flags);
int inode_update_time(struct inode *inode, int flags);
bool atime_needs_update(const struct path *path, struct inode *inode);
int file_modified(struct file *file);
umode_t mode_strip_sgid(struct mnt_idmap *idmap, const struct inode *dir, umode_t mode);
void lock_two_nondirectories(struct inode *a, struct inode *b);
void unlock_two_nondirectories(struct inode *a, struct inode *b);
void inode_nohighmem(struct inode *inode);
unsigned long get_nr_inodes(void);

#define S_ATIME		1
#define S_MTIME		2
#define S_CTIME		4
#define S_VERSION	8

static inline void insert_inode_hash(struct inode *inode)
{
	__insert_inode_hash(inode, inode->i_ino);
}

static inline void remove_inode_hash(struct inode *inode)
{
	if (!hlist_unhashed(&inode->i_hash))
		__remove_inode_hash(inode);
}

static inline int inode_unhashed(struct inode *inode)
{
	return hlist_unhashed(&inode->i_hash);
}

/* With i_lock held, by somebody who has a reference. */
static inline void __iget(struct inode *inode)
{
	atomic_inc(&inode->i_count);
}

/* The next two: whoever writes to a file, and whoever executes it, exclude each other. */
static inline int get_write_access(struct inode *inode)
{
	return atomic_inc_unless_negative(&inode->i_writecount) ? 0 : -ETXTBSY;
}

static inline void put_write_access(struct inode *inode)
{
	atomic_dec(&inode->i_writecount);
}

static inline int deny_write_access(struct file *file)
{
	return atomic_dec_unless_positive(&file_inode(file)->i_writecount) ? 0 : -ETXTBSY;
}

static inline void allow_write_access(struct file *file)
{
	if (file)
		atomic_inc(&file_inode(file)->i_writecount);
}

static inline int exe_file_deny_write_access(struct file *exe_file)
{
	return deny_write_access(exe_file);
}

static inline void exe_file_allow_write_access(struct file *exe_file)
{
	allow_write_access(exe_file);
}

static inline bool inode_is_open_for_write(const struct inode *inode)
{
	return atomic_read(&inode->i_writecount) > 0;
}

static inline void mark_inode_dirty_sync(struct inode *inode)
{
	__mark_inode_dirty(inode, I_DIRTY_SYNC);
}

/* dcache.c */
void vfs_caches_init(void);
extern struct kmem_cache *names_cachep;
#define __getname()		kmem_cache_alloc(names_cachep, GFP_KERNEL)
#define __putname(name)		kmem_cache_free(names_cachep, (void *)(name))

/* namei.c */
struct filename *getname(const char __user *filename);
struct filename *getname_flags(const char __user *filename, int flags);
struct filename *getname_uflags(const char __user *filename, int uflags);
struct filename *getname_kernel(const char *filename);
void putname(struct filename *name);
int generic_permission(struct mnt_idmap *idmap, struct inode *inode, int mask);
int inode_permission(struct mnt_idmap *idmap, struct inode *inode, int mask);
int vfs_create(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry, umode_t mode,
	       bool want_excl);
int vfs_mkdir(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry, umode_t mode);
int vfs_mknod(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry, umode_t mode,
	      dev_t dev);
int vfs_symlink(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		const char *oldname);
int vfs_link(struct dentry *old_dentry, struct mnt_idmap *idmap, struct inode *dir,
	     struct dentry *new_dentry, struct inode **delegated_inode);
int vfs_rmdir(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry);
int vfs_unlink(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
	       struct inode **delegated_inode);
const char *vfs_get_link(struct dentry *dentry, struct delayed_call *done);
int vfs_readlink(struct dentry *dentry, char __user *buffer, int buflen);
int readlink_copy(char __user *buffer, int buflen, const char *link, int linklen);
int page_symlink(struct inode *inode, const char *symname, int len);
const char *page_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done);
void page_put_link(void *arg);
extern const struct inode_operations page_symlink_inode_operations;

/* What vfs_rename() is to do; both directories are locked by lock_rename(). */
struct renamedata {
	struct mnt_idmap *old_mnt_idmap;
	struct inode *old_dir;
	struct dentry *old_dentry;
	struct mnt_idmap *new_mnt_idmap;
	struct inode *new_dir;
	struct dentry *new_dentry;
	struct inode **delegated_inode;
	unsigned int flags;
};
int vfs_rename(struct renamedata *rd);

static inline bool execute_ok(struct inode *inode)
{
	return (inode->i_mode & S_IXUGO) || S_ISDIR(inode->i_mode);
}

/* open.c */
struct file *filp_open(const char *filename, int flags, umode_t mode);
struct file *file_open_root(const struct path *root, const char *filename, int flags,
			    umode_t mode);
struct file *dentry_open(const struct path *path, int flags, const struct cred *cred);
int filp_close(struct file *filp, fl_owner_t id);
int finish_open(struct file *file, struct dentry *dentry,
		int (*open)(struct inode *inode, struct file *file));
int finish_no_open(struct file *file, struct dentry *dentry);
int vfs_open(const struct path *path, struct file *file);
int vfs_truncate(const struct path *path, loff_t length);
int do_truncate(struct mnt_idmap *idmap, struct dentry *dentry, loff_t length,
		unsigned int time_attrs, struct file *filp);
int generic_file_open(struct inode *inode, struct file *filp);
int nonseekable_open(struct inode *inode, struct file *filp);
int stream_open(struct inode *inode, struct file *filp);
int chmod_common(const struct path *path, umode_t mode);

/* attr.c */
int setattr_prepare(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr);
void setattr_copy(struct mnt_idmap *idmap, struct inode *inode, const struct iattr *attr);
int notify_change(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr,
		  struct inode **delegated_inode);
int inode_newsize_ok(const struct inode *inode, loff_t offset);
int setattr_should_drop_sgid(struct mnt_idmap *idmap, const struct inode *inode);
int setattr_should_drop_suidgid(struct mnt_idmap *idmap, struct inode *inode);
int vfs_utimes(const struct path *path, struct timespec64 *times);

/* read_write.c */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos);
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos);
ssize_t vfs_iter_read(struct file *file, struct iov_iter *iter, loff_t *ppos, rwf_t flags);
ssize_t vfs_iter_write(struct file *file, struct iov_iter *iter, loff_t *ppos, rwf_t flags);
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos);
ssize_t __kernel_read(struct file *file, void *buf, size_t count, loff_t *pos);
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos);
ssize_t __kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos);
ssize_t vfs_copy_file_range(struct file *file_in, loff_t pos_in, struct file *file_out,
			    loff_t pos_out, size_t len, unsigned int flags);
int rw_verify_area(int read_write, struct file *file, const loff_t *ppos, size_t count);
int generic_write_checks_count(struct kiocb *iocb, loff_t *count);
loff_t vfs_llseek(struct file *file, loff_t offset, int whence);
loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize);
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence);
loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t maxsize,
				loff_t eof);
loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
loff_t default_llseek(struct file *file, loff_t offset, int whence);
int kiocb_set_rw_flags(struct kiocb *ki, rwf_t flags, int rw_type);
int iocb_flags(struct file *file);

/* stat.c, statfs.c, readdir.c, fcntl.c, sync.c, ioctl.c */
void generic_fillattr(struct mnt_idmap *idmap, u32 request_mask, struct inode *inode,
		      struct kstat *stat);
int vfs_getattr(const struct path *path, struct kstat *stat, u32 request_mask,
		unsigned int query_flags);
int vfs_getattr_nosec(const struct path *path, struct kstat *stat, u32 request_mask,
		      unsigned int query_flags);
int vfs_fstat(int fd, struct kstat *stat);
int vfs_fstatat(int dfd, const char __user *filename, struct kstat *stat, int flags);
void inode_add_bytes(struct inode *inode, loff_t bytes);
void inode_sub_bytes(struct inode *inode, loff_t bytes);
loff_t inode_get_bytes(struct inode *inode);
void inode_set_bytes(struct inode *inode, loff_t bytes);
int iterate_dir(struct file *file, struct dir_context *ctx);
int vfs_fsync(struct file *file, int datasync);
long vfs_ioctl(struct file *filp, unsigned int cmd, unsigned long arg);
int chown_common(const struct path *path, uid_t user, gid_t group);
unsigned char fs_umode_to_dtype(umode_t mode);

static inline bool dir_emit(struct dir_context *ctx, const char *name, int namelen, u64 ino,
			    unsigned int type)
{
	return ctx->actor(ctx, name, namelen, ctx->pos, ino, type);
}

static inline bool dir_emit_dot(struct file *file, struct dir_context *ctx)
{
	return dir_emit(ctx, ".", 1, file_inode(file)->i_ino, DT_DIR);
}

ino_t parent_ino(struct dentry *dentry);

static inline bool dir_emit_dotdot(struct file *file, struct dir_context *ctx)
{
	return dir_emit(ctx, "..", 2, parent_ino(file->f_path.dentry), DT_DIR);
}

static inline bool dir_emit_dots(struct file *file, struct dir_context *ctx)
{
	if (ctx->pos == 0) {
		if (!dir_emit_dot(file, ctx))
			return false;
		ctx->pos = 1;
	}
	if (ctx->pos == 1) {
		if (!dir_emit_dotdot(file, ctx))
			return false;
		ctx->pos = 2;
	}
	return true;
}

/*
 * fcntl.c: files that send SIGIO. A driver has a list of struct fasync_struct for each of its
 * objects; ->fasync() calls fasync_helper() to join or leave it, an event calls kill_fasync().
 */
struct fasync_struct {
	rwlock_t fa_lock;		/* guards fa_file and fa_fd against kill_fasync() */
	int magic;
	int fa_fd;
	struct fasync_struct *fa_next;	/* fasync_lock writes, RCU reads */
	struct file *fa_file;
	struct rcu_head fa_rcu;
};

#define FASYNC_MAGIC	0x4601

int fasync_helper(int fd, struct file *filp, int on, struct fasync_struct **fapp);
void kill_fasync(struct fasync_struct **fp, int sig, int band);
int file_f_owner_allocate(struct file *file);
void __f_setown(struct file *filp, struct pid *pid, enum pid_type type, int force);
int f_setown(struct file *filp, int who, int force);
void f_delown(struct file *filp);
pid_t f_getown(struct file *filp);
void send_sigio(struct fown_struct *fown, int fd, int band);
int send_sigurg(struct file *file);
int setfl(int fd, struct file *filp, unsigned int arg);

/* libfs.c */
extern const struct dentry_operations simple_dentry_operations;
extern const struct file_operations simple_dir_operations;
extern const struct inode_operations simple_dir_inode_operations;
extern const struct inode_operations simple_symlink_inode_operations;
extern const struct address_space_operations ram_aops;
struct tree_descr {
	const char *name;
	const struct file_operations *ops;
	int mode;
};
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags);
int always_delete_dentry(const struct dentry *dentry);
int dcache_dir_open(struct inode *inode, struct file *file);
int dcache_dir_close(struct inode *inode, struct file *file);
loff_t dcache_dir_lseek(struct file *file, loff_t offset, int whence);
int dcache_readdir(struct file *file, struct dir_context *ctx);
ssize_t generic_read_dir(struct file *filp, char __user *buf, size_t siz, loff_t *ppos);
int simple_statfs(struct dentry *dentry, struct kstatfs *buf);
int simple_getattr(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
		   u32 request_mask, unsigned int query_flags);
int simple_setattr(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *iattr);
int simple_open(struct inode *inode, struct file *file);
int simple_link(struct dentry *old_dentry, struct inode *dir, struct dentry *dentry);
int simple_unlink(struct inode *dir, struct dentry *dentry);
int simple_rmdir(struct inode *dir, struct dentry *dentry);
int simple_empty(struct dentry *dentry);
int simple_rename(struct mnt_idmap *idmap, struct inode *old_dir, struct dentry *old_dentry,
		  struct inode *new_dir, struct dentry *new_dentry, unsigned int flags);
int simple_rename_exchange(struct inode *old_dir, struct dentry *old_dentry,
			   struct inode *new_dir, struct dentry *new_dentry);
void simple_rename_timestamp(struct inode *old_dir, struct dentry *old_dentry,
			     struct inode *new_dir, struct dentry *new_dentry);
int simple_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
		       unsigned int len, struct folio **foliop, void **fsdata);
int simple_fill_super(struct super_block *s, unsigned long magic, const struct tree_descr *files);
int simple_pin_fs(struct file_system_type *type, struct vfsmount **mount, int *count);
void simple_release_fs(struct vfsmount **mount, int *count);
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available);
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos,
			       const void __user *from, size_t count);
const char *simple_get_link(struct dentry *dentry, struct inode *inode,
			    struct delayed_call *done);
int noop_fsync(struct file *file, loff_t start, loff_t end, int datasync);
void make_empty_dir_inode(struct inode *inode);
bool is_empty_dir_inode(struct inode *inode);
struct inode *alloc_anon_inode(struct super_block *sb);
void kfree_link(void *arg);

/* char_dev.c */
#define CHRDEV_MAJOR_MAX	512
#define CHRDEV_MAJOR_DYN_END	234	/* majors are given out from 254 down to here, */
#define CHRDEV_MAJOR_DYN_EXT_START 511	/* then from here ... */
#define CHRDEV_MAJOR_DYN_EXT_END 384	/* ... down to here */
int register_chrdev_region(dev_t from, unsigned count, const char *name);
int alloc_chrdev_region(dev_t *dev, unsigned baseminor, unsigned count, const char *name);
int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
		      const char *name, const struct file_operations *fops);
void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
			 const char *name);
void unregister_chrdev_region(dev_t from, unsigned count);
void chrdev_show(struct seq_file *f, off_t offset);
void __init chrdev_init(void);

static inline int register_chrdev(unsigned int major, const char *name,
				  const struct file_operations *fops)
{
	return __register_chrdev(major, 0, 256, name, fops);
}

static inline void unregister_chrdev(unsigned int major, const char *name)
{
	__unregister_chrdev(major, 0, 256, name);
}

/* Puts @fops in place of the file's; both hold their modules. */
#define fops_get(fops)		(fops)
#define fops_put(fops)		do { (void)(fops); } while (0)
#define replace_fops(f, fops)	((f)->f_op = (fops))

/* devices (fs/char_dev.c) and FIFOs (fs/pipe.c); until those are linked opening one is -ENXIO */
extern const struct file_operations def_chr_fops;
extern const struct file_operations def_blk_fops;
extern const struct file_operations pipefifo_fops;

static inline void mark_inode_dirty(struct inode *inode)
{
	__mark_inode_dirty(inode, I_DIRTY);
}

static inline void file_accessed(struct file *file)
{
	if (!(file->f_flags & O_NOATIME))
		touch_atime(&file->f_path);
}

static inline unsigned int i_blocksize(const struct inode *node)
{
	return 1 << node->i_blkbits;
}

static inline bool iocb_is_dsync(const struct kiocb *iocb)
{
	return (iocb->ki_flags & IOCB_DSYNC) || IS_SYNC(iocb->ki_filp->f_mapping->host);
}

/* O_SYNC and O_DSYNC: what was written is stored before write(2) returns. */
static inline ssize_t generic_write_sync(struct kiocb *iocb, ssize_t count)
{
	if (iocb_is_dsync(iocb)) {
		int ret = vfs_fsync_range(iocb->ki_filp, iocb->ki_pos - count, iocb->ki_pos - 1,
					  iocb->ki_flags & IOCB_SYNC ? 0 : 1);
		if (ret)
			return ret;
	}
	return count;
}

#endif /* _LINUX_FS_H */
