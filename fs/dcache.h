/* SPDX-License-Identifier: MIT */
#ifndef _FS_DCACHE_H
#define _FS_DCACHE_H

/* What the files of the dentry cache (dcache*.c) share. dcache.c has the lock order. */

#include <linux/dcache.h>
#include <linux/list_bl.h>
#include <linux/types.h>

struct list_head;
struct wait_queue_head;

extern struct hlist_bl_head *dentry_hashtable;
extern unsigned int d_hash_shift;

static inline struct hlist_bl_head *d_hash(u32 hash)
{
	return dentry_hashtable + (hash >> d_hash_shift);
}

/* A name too long for d_iname. Dentries that were renamed into each other's place share none. */
static inline bool name_is_external(const struct dentry *dentry)
{
	return dentry->d_name.name != dentry->d_iname;
}

/* dcache.c */
unsigned int d_flags_for_inode(const struct inode *inode);
void __d_set_inode_and_type(struct dentry *dentry, struct inode *inode, unsigned int type);
void dentry_unlink_inode(struct dentry *dentry);
void dentry_free(struct dentry *dentry);
void d_lru_del(struct dentry *dentry);
void d_shrink_add(struct dentry *dentry, struct list_head *list);
void d_shrink_del(struct dentry *dentry);
void __d_rehash(struct dentry *dentry);
void ___d_drop(struct dentry *dentry);
bool retain_dentry(struct dentry *dentry);
bool lock_for_kill(struct dentry *dentry);
struct dentry *__dentry_kill(struct dentry *dentry);
void finish_dput(struct dentry *dentry);
struct dentry *__d_find_alias(struct inode *inode, bool any);

/* dcache_lookup.c */
struct wait_queue_head *__d_lookup_unhash(struct dentry *dentry);
void __d_add(struct dentry *dentry, struct inode *inode);

#endif /* _FS_DCACHE_H */
