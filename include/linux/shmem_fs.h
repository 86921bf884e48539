/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SHMEM_FS_H
#define _LINUX_SHMEM_FS_H

/*
 * Memory that has an object of its own: tmpfs files, shared anonymous mappings, memfd_create(2),
 * System V shared memory. The model is in mm/shmem.c.
 */

#include <linux/atomic.h>
#include <linux/container_of.h>
#include <linux/fs.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/xattr.h>

struct file;
struct vm_area_struct;

/*
 * Fields: l = lock, w = the inode's i_rwsem, c = constant.
 */
struct shmem_inode_info {
	spinlock_t lock;
	unsigned int seals;		/* w: F_SEAL_*; only ever more */
	unsigned long flags;		/* c: VM_NORESERVE: pages are promised one by one */
	unsigned long alloced;		/* l: pages that the accounts know of */
	struct simple_xattrs xattrs;
	size_t xattr_space;		/* w: what they take */
	struct inode vfs_inode;
};

/** SHMEM_I - the larger struct that a tmpfs inode is part of */
static inline struct shmem_inode_info *SHMEM_I(struct inode *inode)
{
	return container_of(inode, struct shmem_inode_info, vfs_inode);
}

/* One mounted tmpfs. Fields: a = atomic, u = the super block's s_umount. */
struct shmem_sb_info {
	unsigned long max_blocks;	/* u: pages; 0: no limit */
	atomic_long_t used_blocks;	/* a */
	unsigned long max_inodes;	/* u: 0: no limit */
	atomic_long_t used_inodes;	/* a */
	umode_t mode;			/* u: of the root */
	kuid_t uid;			/* u */
	kgid_t gid;			/* u */
	bool noswap;			/* u: it was asked for; there is no swap in any case */
};

/** SHMEM_SB - what tmpfs keeps for a mount */
static inline struct shmem_sb_info *SHMEM_SB(struct super_block *sb)
{
	return sb->s_fs_info;
}

struct file *shmem_file_setup(const char *name, loff_t size, unsigned long flags);
struct file *shmem_kernel_file_setup(const char *name, loff_t size, unsigned long flags);
int shmem_zero_setup(struct vm_area_struct *vma);
bool shmem_mapping(const struct address_space *mapping);
bool vma_is_shmem(const struct vm_area_struct *vma);
void shmem_truncate_range(struct inode *inode, loff_t start, loff_t end);
int shmem_init_fs_context(struct fs_context *fc);

#define F_ALL_SEALS	(F_SEAL_SEAL | F_SEAL_EXEC | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | \
			 F_SEAL_FUTURE_WRITE)

/* mm/memfd.c: fcntl(2) F_ADD_SEALS and F_GET_SEALS */
long memfd_fcntl(struct file *file, unsigned int cmd, unsigned int arg);

#endif /* _LINUX_SHMEM_FS_H */
