/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MOUNT_H
#define _LINUX_MOUNT_H

/*
 * What others see of a mount. Whoever wants to keep one calls mntget() and mntput(); whoever is
 * going to write through it brackets that by mnt_want_write() and mnt_drop_write(), which is what
 * makes a remount to read-only wait for nobody and lose nothing.
 */

#include <linux/compiler.h>
#include <linux/types.h>
#include <uapi/linux/mount.h>

struct dentry;
struct file;
struct file_system_type;
struct fs_context;
struct mnt_idmap;
struct path;
struct inode;
struct super_block;
struct task_struct;

#define MNT_NOSUID		0x01
#define MNT_NODEV		0x02
#define MNT_NOEXEC		0x04
#define MNT_NOATIME		0x08
#define MNT_NODIRATIME		0x10
#define MNT_RELATIME		0x20
#define MNT_READONLY		0x40
#define MNT_NOSYMFOLLOW		0x80
#define MNT_WRITE_HOLD		0x200	/* a remount to read-only counts the writers */
#define MNT_USER_SETTABLE_MASK	(MNT_NOSUID | MNT_NODEV | MNT_NOEXEC | MNT_NOATIME | \
				 MNT_NODIRATIME | MNT_RELATIME | MNT_READONLY | MNT_NOSYMFOLLOW)
#define MNT_ATIME_MASK		(MNT_NOATIME | MNT_NODIRATIME | MNT_RELATIME)
#define MNT_INTERNAL		0x4000	/* the kernel's own: in no tree */
#define MNT_LOCKED		0x800000
#define MNT_DOOMED		0x1000000	/* its last reference went */
#define MNT_SYNC_UMOUNT		0x2000000	/* umount(2) saw that nobody uses it */
#define MNT_UMOUNT		0x8000000	/* out of the tree */

struct vfsmount {
	struct dentry *mnt_root;		/* what is seen at the mount point */
	struct super_block *mnt_sb;
	int mnt_flags;				/* MNT_*: the mount lock writes */
	struct mnt_idmap *mnt_idmap;
};

/** mnt_idmap - how a mount maps ids: nop_mnt_idmap */
static inline struct mnt_idmap *mnt_idmap(const struct vfsmount *mnt)
{
	return READ_ONCE(mnt->mnt_idmap);
}

int mnt_want_write(struct vfsmount *mnt);
int mnt_want_write_file(struct file *file);
void mnt_drop_write(struct vfsmount *mnt);
void mnt_drop_write_file(struct file *file);
int mnt_get_write_access(struct vfsmount *mnt);
void mnt_put_write_access(struct vfsmount *mnt);
void mntput(struct vfsmount *mnt);
struct vfsmount *mntget(struct vfsmount *mnt);
bool __mnt_is_readonly(const struct vfsmount *mnt);
bool mnt_may_suid(struct vfsmount *mnt);
struct vfsmount *fc_mount(struct fs_context *fc);
struct vfsmount *vfs_create_mount(struct fs_context *fc);
struct vfsmount *vfs_kern_mount(struct file_system_type *type, int flags, const char *name,
				void *data);
struct vfsmount *kern_mount(struct file_system_type *type);
void kern_unmount(struct vfsmount *mnt);
struct vfsmount *clone_private_mount(const struct path *path);
int path_is_mountpoint(const struct path *path);
int path_mount(const char *dev_name, const struct path *path, const char *type_page,
	       unsigned long flags, void *data_page);
int path_umount(const struct path *path, int flags);
int path_pivot_root(const struct path *new, const struct path *old);
void mnt_init(void);

/* The mounts as text, for procfs: open and release; seq_read and seq_lseek between. */
enum proc_mounts_kind { PROC_MOUNTS, PROC_MOUNTINFO, PROC_MOUNTSTATS };
int proc_mounts_open(struct file *file, struct task_struct *task, enum proc_mounts_kind kind);
int proc_mounts_release(struct inode *inode, struct file *file);

#endif /* _LINUX_MOUNT_H */
