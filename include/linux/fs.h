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
 * The second, the first and the last are in <linux/fs/{inode,super_types,address_space}.h>.
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
#include <linux/fs/address_space.h>
#include <linux/fs/inode.h>
#include <linux/fs/super_types.h>
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

/*
 * Who looks through a mount, for mounts that map ids. Ours don't: there is one, that maps nothing.
 */
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
#define FMODE_PATH		((__force fmode_t)(1 << 14))	/* O_PATH: a place, no content */
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
		u64 f_pipe;			/* a FIFO has no position: w_counter at open */
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

/** is_sync_kiocb - is the caller to wait for this I/O? */
static inline bool is_sync_kiocb(const struct kiocb *kiocb)
{
	return kiocb->ki_complete == NULL;
}

/** special_file - is it a device, a pipe or a socket? */
#define special_file(m) (S_ISCHR(m) || S_ISBLK(m) || S_ISFIFO(m) || S_ISSOCK(m))

/** file_inode - what an open file is open on */
static inline struct inode *file_inode(const struct file *f)
{
	return f->f_inode;
}

/** file_dentry - by which name it was opened */
static inline struct dentry *file_dentry(const struct file *file)
{
	return file->f_path.dentry;
}

/** get_file - one reference more, on top of one that the caller has. Return: @f */
static inline struct file *get_file(struct file *f)
{
	atomic_long_inc(&f->f_count);
	return f;
}

#define get_file_rcu(x)		atomic_long_inc_not_zero(&(x)->f_count)

/** file_count - references; it may be old news */
#define file_count(x)		atomic_long_read(&(x)->f_count)

/** init_sync_kiocb - I/O on a file that the caller waits for; set ki_pos */
static inline void init_sync_kiocb(struct kiocb *kiocb, struct file *filp)
{
	*kiocb = (struct kiocb){ .ki_filp = filp, .ki_flags = filp->f_iocb_flags };
}

/** call_mmap - the file's ->mmap(). Context: mmap_lock held for writing */
static inline int call_mmap(struct file *file, struct vm_area_struct *vma)
{
	return file->f_op->mmap(file, vma);
}

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
unsigned int get_next_ino(void);
void set_nlink(struct inode *inode, unsigned int nlink);
void inc_nlink(struct inode *inode);
void drop_nlink(struct inode *inode);
void clear_nlink(struct inode *inode);
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev);
void inode_init_owner(struct mnt_idmap *idmap, struct inode *inode, const struct inode *dir,
		      umode_t mode);
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

/** insert_inode_hash - let lookups by number find an inode */
static inline void insert_inode_hash(struct inode *inode)
{
	__insert_inode_hash(inode, inode->i_ino);
}

/** remove_inode_hash - lookups find an inode no more; nothing if they didn't */
static inline void remove_inode_hash(struct inode *inode)
{
	if (!hlist_unhashed(&inode->i_hash))
		__remove_inode_hash(inode);
}

/** inode_unhashed - does no lookup find it? */
static inline int inode_unhashed(struct inode *inode)
{
	return hlist_unhashed(&inode->i_hash);
}

/** __iget - one reference more, with i_lock held, on top of one that the caller has */
static inline void __iget(struct inode *inode)
{
	atomic_inc(&inode->i_count);
}

/**
 * get_write_access - somebody is going to write to a file
 * @inode: the file
 *
 * Who writes and who executes exclude each other.
 *
 * Return: 0; -ETXTBSY if it is being executed. execve(2).
 */
static inline int get_write_access(struct inode *inode)
{
	return atomic_inc_unless_negative(&inode->i_writecount) ? 0 : -ETXTBSY;
}

/** put_write_access - end get_write_access() */
static inline void put_write_access(struct inode *inode)
{
	atomic_dec(&inode->i_writecount);
}

/**
 * deny_write_access - somebody is going to execute a file
 *
 * Return: 0; -ETXTBSY if somebody writes to it.
 */
static inline int deny_write_access(struct file *file)
{
	return atomic_dec_unless_positive(&file_inode(file)->i_writecount) ? 0 : -ETXTBSY;
}

/** allow_write_access - end deny_write_access(); NULL is fine */
static inline void allow_write_access(struct file *file)
{
	if (file)
		atomic_inc(&file_inode(file)->i_writecount);
}

/** exe_file_deny_write_access - deny_write_access() of a program that runs */
static inline int exe_file_deny_write_access(struct file *exe_file)
{
	return deny_write_access(exe_file);
}

/** exe_file_allow_write_access - end exe_file_deny_write_access() */
static inline void exe_file_allow_write_access(struct file *exe_file)
{
	allow_write_access(exe_file);
}

/** inode_is_open_for_write - does somebody write to it? It may be old news */
static inline bool inode_is_open_for_write(const struct inode *inode)
{
	return atomic_read(&inode->i_writecount) > 0;
}

/** mark_inode_dirty_sync - attributes that fdatasync(2) doesn't need have changed */
static inline void mark_inode_dirty_sync(struct inode *inode)
{
	__mark_inode_dirty(inode, I_DIRTY_SYNC);
}

/* dcache.c */
void vfs_caches_init(void);
extern struct kmem_cache *names_cachep;

/** __getname - PATH_MAX bytes for a path, or NULL. Context: may sleep */
#define __getname()		kmem_cache_alloc(names_cachep, GFP_KERNEL)
/** __putname - undo __getname() */
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
int vfs_mkobj(struct dentry *dentry, umode_t mode,
	      int (*f)(struct dentry *dentry, umode_t mode, void *arg), void *arg);
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

/**
 * execute_ok - is there any execute bit, or is it a directory? CAP_DAC_OVERRIDE doesn't help
 * without
 */
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
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos);
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

/**
 * dir_emit - tell one entry of a directory
 * @ctx: whom; the position is ctx->pos
 * @name: not terminated
 * @namelen: bytes
 * @ino: inode number
 * @type: DT_*
 *
 * Return: false if there is no more room: stop, without counting it.
 */
static inline bool dir_emit(struct dir_context *ctx, const char *name, int namelen, u64 ino,
			    unsigned int type)
{
	return ctx->actor(ctx, name, namelen, ctx->pos, ino, type);
}

/** dir_emit_dot - tell "." */
static inline bool dir_emit_dot(struct file *file, struct dir_context *ctx)
{
	return dir_emit(ctx, ".", 1, file_inode(file)->i_ino, DT_DIR);
}

ino_t parent_ino(struct dentry *dentry);

/** dir_emit_dotdot - tell ".." */
static inline bool dir_emit_dotdot(struct file *file, struct dir_context *ctx)
{
	return dir_emit(ctx, "..", 2, parent_ino(file->f_path.dentry), DT_DIR);
}

/**
 * dir_emit_dots - tell "." and "..", positions 0 and 1, as far as that wasn't done
 *
 * Return: false: stop.
 */
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

/**
 * register_chrdev - all 256 minors of a major for a driver
 * @major: 0: any free one
 * @name: for /proc/devices
 * @fops: what opening does
 *
 * Context: may sleep.
 * Return: as __register_chrdev().
 */
static inline int register_chrdev(unsigned int major, const char *name,
				  const struct file_operations *fops)
{
	return __register_chrdev(major, 0, 256, name, fops);
}

/** unregister_chrdev - undo register_chrdev() */
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

/** mark_inode_dirty - attributes, and perhaps data, have changed */
static inline void mark_inode_dirty(struct inode *inode)
{
	__mark_inode_dirty(inode, I_DIRTY);
}

/** file_accessed - a file was read: its access time changes, if the mount and the file want that */
static inline void file_accessed(struct file *file)
{
	if (!(file->f_flags & O_NOATIME))
		touch_atime(&file->f_path);
}

/** i_blocksize - bytes of a block */
static inline unsigned int i_blocksize(const struct inode *node)
{
	return 1 << node->i_blkbits;
}

/** iocb_is_dsync - is what is written to be stored before the call returns? */
static inline bool iocb_is_dsync(const struct kiocb *iocb)
{
	return (iocb->ki_flags & IOCB_DSYNC) || IS_SYNC(iocb->ki_filp->f_mapping->host);
}

/**
 * generic_write_sync - the end of a write(2): with O_SYNC and O_DSYNC store it first
 * @iocb: ki_pos is behind what was written
 * @count: bytes written
 *
 * Context: may sleep.
 * Return: @count, or an error of storing.
 */
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
