/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_XATTR_H
#define _LINUX_XATTR_H

/*
 * Extended attributes: pairs of a name ("class.rest") and some bytes, on an inode. A file system
 * has a table of handlers, one a class; simple_xattrs keep them in memory.
 */

#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <uapi/linux/xattr.h>

struct dentry;
struct inode;
struct mnt_idmap;

struct xattr_handler {
	const char *name;	/* the whole name, or */
	const char *prefix;	/* how it begins: get and set are called with the rest */
	int flags;		/* the owner's */
	bool (*list)(struct dentry *dentry);
	int (*get)(const struct xattr_handler *handler, struct dentry *dentry, struct inode *inode,
		   const char *name, void *buffer, size_t size);
	int (*set)(const struct xattr_handler *handler, struct mnt_idmap *idmap,
		   struct dentry *dentry, struct inode *inode, const char *name,
		   const void *buffer, size_t size, int flags);
};

struct xattr {
	const char *name;
	void *value;
	size_t value_len;
};

/** xattr_prefix - what the names of a handler begin with, or its one name */
static inline const char *xattr_prefix(const struct xattr_handler *handler)
{
	return handler->prefix ? handler->prefix : handler->name;
}

ssize_t __vfs_getxattr(struct dentry *dentry, struct inode *inode, const char *name, void *value,
		       size_t size);
ssize_t vfs_getxattr(struct mnt_idmap *idmap, struct dentry *dentry, const char *name, void *value,
		     size_t size);
ssize_t vfs_listxattr(struct dentry *dentry, char *list, size_t size);
int __vfs_setxattr(struct mnt_idmap *idmap, struct dentry *dentry, struct inode *inode,
		   const char *name, const void *value, size_t size, int flags);
int __vfs_setxattr_noperm(struct mnt_idmap *idmap, struct dentry *dentry, const char *name,
			  const void *value, size_t size, int flags);
int vfs_setxattr(struct mnt_idmap *idmap, struct dentry *dentry, const char *name,
		 const void *value, size_t size, int flags);
int __vfs_removexattr(struct mnt_idmap *idmap, struct dentry *dentry, const char *name);
int vfs_removexattr(struct mnt_idmap *idmap, struct dentry *dentry, const char *name);
ssize_t generic_listxattr(struct dentry *dentry, char *buffer, size_t size);
const char *xattr_full_name(const struct xattr_handler *handler, const char *name);

/* ---- attributes in memory ---- */

struct simple_xattrs {
	struct rb_root rb_root;		/* by name */
	rwlock_t lock;			/* guards it */
};

struct simple_xattr {
	struct rb_node rb_node;
	char *name;
	size_t size;
	char value[];
};

void simple_xattrs_init(struct simple_xattrs *xattrs);
void simple_xattrs_free(struct simple_xattrs *xattrs, size_t *freed_space);
size_t simple_xattr_space(const char *name, size_t size);
struct simple_xattr *simple_xattr_alloc(const void *value, size_t size);
void simple_xattr_free(struct simple_xattr *xattr);
int simple_xattr_get(struct simple_xattrs *xattrs, const char *name, void *buffer, size_t size);
struct simple_xattr *simple_xattr_set(struct simple_xattrs *xattrs, const char *name,
				      const void *value, size_t size, int flags);
ssize_t simple_xattr_list(struct inode *inode, struct simple_xattrs *xattrs, char *buffer,
			  size_t size);

#endif /* _LINUX_XATTR_H */
