/* SPDX-License-Identifier: MIT */
#ifndef _FS_INTERNAL_H
#define _FS_INTERNAL_H

/* What the files of the VFS share among themselves. */

#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/sched/xacct.h>
#include <linux/types.h>
#include <uapi/linux/openat2.h>

struct file_system_type;
struct fs_context;
struct mount;

/* file_table.c */
void release_empty_file(struct file *f);

/* inode.c, inode_attr.c */
int no_open(struct inode *inode, struct file *file);
long prune_icache_sb(struct super_block *sb, struct shrink_control *sc);
int dentry_needs_remove_privs(struct mnt_idmap *idmap, struct dentry *dentry);

/* dcache.c */
void dcache_init(void);
long prune_dcache_sb(struct super_block *sb, struct shrink_control *sc);
void shrink_dcache_for_umount(struct super_block *sb);
struct dentry *__d_alloc(struct super_block *sb, const struct qstr *name);
int d_set_mounted(struct dentry *dentry);
long get_nr_dentries(void);

/* libfs.c */
extern const struct super_operations simple_super_operations;

/* open.c */
int filp_flush(struct file *filp, fl_owner_t id);

/* locks.c: who waits for which lock */
extern spinlock_t blocked_lock_lock;

/* protected.c */
extern int sysctl_protected_symlinks, sysctl_protected_hardlinks;
extern int sysctl_protected_fifos, sysctl_protected_regular;
int may_follow_link(const struct inode *dir, const struct inode *link);
int may_create_in_sticky(umode_t dir_mode, kuid_t dir_uid, const struct inode *inode);
int may_linkat(struct inode *inode);

/* file_table.c, namespace.c, eventpoll.c: /proc/sys/fs */
extern unsigned long sysctl_max_files;
extern unsigned int sysctl_mount_max;
extern long epoll_max_user_watches;

/* super.c */
bool super_trylock_shared(struct super_block *sb);
struct super_block *user_get_super(dev_t dev);
void drop_super(struct super_block *sb);

/* namespace.c */
int sb_prepare_remount_readonly(struct super_block *sb);
void sb_end_remount_readonly(struct super_block *sb);

/* read_write.c */
ssize_t call_iter(struct file *file, struct iov_iter *iter, loff_t *ppos, int type, rwf_t flags);

/* A call that reads or writes (@type) is over: it counts for /proc/PID/io, and its bytes if any. */
static __always_inline void account_rw(int type, ssize_t ret)
{
	if (type == READ) {
		if (ret > 0)
			add_rchar(current, ret);
		inc_syscr(current);
	} else {
		if (ret > 0)
			add_wchar(current, ret);
		inc_syscw(current);
	}
}

/* namei.c */
int do_rmdir(int dfd, struct filename *name);
int do_unlinkat(int dfd, struct filename *name);
int do_mknodat(int dfd, struct filename *name, umode_t mode, unsigned int dev);
int do_mkdirat(int dfd, struct filename *name, umode_t mode);
int do_symlinkat(struct filename *from, int newdfd, struct filename *to);
int do_linkat(int olddfd, struct filename *old, int newdfd, struct filename *new, int flags);
int filename_lookup(int dfd, struct filename *name, unsigned int flags, struct path *path,
		    const struct path *root);

/* How an open is to be done; made of open_how by build_open_flags(). */
struct open_flags {
	int open_flag;
	umode_t mode;
	int acc_mode;
	int intent;
	int lookup_flags;
};

int user_path_by_at_flags(int dfd, const char __user *name, unsigned int at_flags,
			  struct path *path);
struct file *do_filp_open(int dfd, struct filename *pathname, const struct open_flags *op);
struct file *do_file_open_root(const struct path *root, const char *name,
			       const struct open_flags *op);
struct open_how build_open_how(int flags, umode_t mode);
int build_open_flags(const struct open_how *how, struct open_flags *op);

#endif /* _FS_INTERNAL_H */
