/* SPDX-License-Identifier: MIT */
#ifndef _MM_SHMEM_H
#define _MM_SHMEM_H

/* What shmem.c (objects and their pages) and tmpfs.c (names and mounts) share. */

#include <linux/fs.h>
#include <linux/shmem_fs.h>

/* shmem.c */
extern const struct address_space_operations shmem_aops;
extern const struct file_operations shmem_file_operations;
extern const struct inode_operations shmem_inode_operations;
struct inode *shmem_alloc_inode(struct super_block *sb);
void shmem_free_inode(struct inode *inode);
void shmem_evict_inode(struct inode *inode);
void shmem_inode_cache_init(void);

/* tmpfs.c */
extern struct vfsmount *shm_mnt;
struct inode *shmem_get_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
			      dev_t dev, unsigned long flags);
void shmem_uncharge_inode(struct super_block *sb);

/* tmpfs_xattr.c */
extern const struct xattr_handler *const shmem_xattr_handlers[];
ssize_t shmem_listxattr(struct dentry *dentry, char *buffer, size_t size);

#endif /* _MM_SHMEM_H */
