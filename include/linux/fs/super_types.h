/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FS_SUPER_TYPES_H
#define _LINUX_FS_SUPER_TYPES_H

/* A file system that is in use, and its type. Included by <linux/fs.h>. */

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/cache.h>
#include <linux/errseq.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/list_bl.h>
#include <linux/list_lru.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/percpu-rwsem.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/uuid.h>
#include <linux/workqueue.h>

struct backing_dev_info;
struct block_device;
struct dentry;
struct export_operations;
struct fs_context;
struct fs_parameter_spec;
struct inode;
struct kstatfs;
struct lock_class_key;
struct module;
struct seq_file;
struct shrink_control;
struct user_namespace;
struct workqueue_struct;
struct writeback_control;
struct xattr_handler;

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

#endif /* _LINUX_FS_SUPER_TYPES_H */
