// SPDX-License-Identifier: MIT
/*
 * Extended attributes: the calls, who may use which class, and attributes kept in memory.
 *
 *	user.		files and directories, by their mode; in a sticky directory only the owner
 *			writes
 *	trusted.	CAP_SYS_ADMIN; to others they don't exist
 *	security.	anybody reads; the security modules say who writes
 *	system.		the file system's own
 *
 * A file system has a table of handlers (sb->s_xattr); who has none answers -EOPNOTSUPP.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/xattr.h>

#include "internal.h"

static bool has_prefix(const char *name, const char *prefix)
{
	return !strncmp(name, prefix, strlen(prefix));
}

/*
 * The handler of a name, which becomes what the handler wants to see: all of it, or behind its
 * prefix.
 */
static const struct xattr_handler *xattr_resolve_name(struct inode *inode, const char **name)
{
	const struct xattr_handler *const *handlers = inode->i_sb->s_xattr;

	for (; handlers && *handlers; handlers++) {
		const struct xattr_handler *h = *handlers;

		if (h->name && !strcmp(*name, h->name)) {
			*name = "";
			return h;
		}
		if (h->prefix && has_prefix(*name, h->prefix)) {
			/* "user." alone is the name of nothing. */
			if (!(*name)[strlen(h->prefix)])
				return ERR_PTR(-EINVAL);
			*name += strlen(h->prefix);
			return h;
		}
	}
	return ERR_PTR(-EOPNOTSUPP);
}

/**
 * xattr_full_name - the whole name of what a handler was called with
 * @handler: the handler
 * @name: as it was called: behind the prefix
 */
const char *xattr_full_name(const struct xattr_handler *handler, const char *name)
{
	return name - strlen(xattr_prefix(handler));
}
EXPORT_SYMBOL(xattr_full_name);

static int xattr_permission(struct inode *inode, const char *name, int mask)
{
	if ((mask & MAY_WRITE) && (IS_IMMUTABLE(inode) || IS_APPEND(inode)))
		return -EPERM;
	if (has_prefix(name, XATTR_SECURITY_PREFIX) || has_prefix(name, XATTR_SYSTEM_PREFIX))
		return 0;
	if (has_prefix(name, XATTR_TRUSTED_PREFIX)) {
		if (capable(CAP_SYS_ADMIN))
			return 0;
		return mask & MAY_WRITE ? -EPERM : -ENODATA;
	}
	/* The mode of other objects says something else than who may write to them. */
	if (has_prefix(name, XATTR_USER_PREFIX)) {
		if (!S_ISREG(inode->i_mode) && !S_ISDIR(inode->i_mode))
			return mask & MAY_WRITE ? -EPERM : -ENODATA;
		if (S_ISDIR(inode->i_mode) && (inode->i_mode & S_ISVTX) && (mask & MAY_WRITE) &&
		    !inode_owner_or_capable(&nop_mnt_idmap, inode))
			return -EPERM;
	}
	return inode_permission(&nop_mnt_idmap, inode, mask);
}

/* ---- one attribute ---- */

/**
 * __vfs_getxattr - vfs_getxattr() without questions about rights
 * @dentry: a name of the file
 * @inode: the file
 * @name: with its prefix
 * @value: where to; ignored for size 0
 * @size: bytes; 0: only ask how many there are
 *
 * Context: may sleep.
 * Return: bytes; -EOPNOTSUPP if nobody has such names, -EINVAL for a bare prefix, -ENODATA, -ERANGE
 * or what else the handler says. xattr(7).
 */
ssize_t __vfs_getxattr(struct dentry *dentry, struct inode *inode, const char *name, void *value,
		       size_t size)
{
	const struct xattr_handler *handler = xattr_resolve_name(inode, &name);

	if (IS_ERR(handler))
		return PTR_ERR(handler);
	return handler->get ? handler->get(handler, dentry, inode, name, value, size) :
			      -EOPNOTSUPP;
}
EXPORT_SYMBOL(__vfs_getxattr);

/**
 * vfs_getxattr - read an extended attribute
 * @idmap: nop_mnt_idmap
 * @dentry: the file
 * @name: with its prefix
 * @value: where to; ignored for size 0
 * @size: bytes; 0: only ask how many there are
 *
 * Context: may sleep.
 * Return: bytes; -EACCES, -EPERM, what a security module said, or as __vfs_getxattr(). getxattr(2).
 */
ssize_t vfs_getxattr(struct mnt_idmap *idmap, struct dentry *dentry, const char *name, void *value,
		     size_t size)
{
	struct inode *inode = dentry->d_inode;
	int error = xattr_permission(inode, name, MAY_READ);

	(void)idmap;
	if (!error)
		error = security_inode_getxattr(dentry, name);
	return error ? error : __vfs_getxattr(dentry, inode, name, value, size);
}
EXPORT_SYMBOL_GPL(vfs_getxattr);

/**
 * __vfs_setxattr - set an attribute without questions about rights
 * @idmap: nop_mnt_idmap
 * @dentry: a name of the file
 * @inode: the file; i_rwsem is held for writing
 * @name: with its prefix
 * @value: the value
 * @size: its bytes; 0: an empty value, which is not the same as none
 * @flags: XATTR_CREATE, XATTR_REPLACE, 0
 *
 * Context: may sleep.
 * Return: 0; as __vfs_getxattr(), or what the handler says: -EEXIST, -ENODATA, -ENOSPC, ...
 */
int __vfs_setxattr(struct mnt_idmap *idmap, struct dentry *dentry, struct inode *inode,
		   const char *name, const void *value, size_t size, int flags)
{
	const struct xattr_handler *handler = xattr_resolve_name(inode, &name);

	if (IS_ERR(handler))
		return PTR_ERR(handler);
	if (!handler->set)
		return -EOPNOTSUPP;
	/* Of no bytes, which is not the same as none: NULL would remove it. */
	if (!size)
		value = "";
	return handler->set(handler, idmap, dentry, inode, name, value, size, flags);
}
EXPORT_SYMBOL(__vfs_setxattr);

/**
 * __vfs_setxattr_noperm - vfs_setxattr() when rights were asked for
 * @idmap: nop_mnt_idmap
 * @dentry: the file; its i_rwsem is held for writing
 * @name: with its prefix
 * @value: the value
 * @size: its bytes
 * @flags: XATTR_CREATE, XATTR_REPLACE, 0
 *
 * Context: may sleep.
 * Return: as __vfs_setxattr().
 */
int __vfs_setxattr_noperm(struct mnt_idmap *idmap, struct dentry *dentry, const char *name,
			  const void *value, size_t size, int flags)
{
	struct inode *inode = dentry->d_inode;
	int error;

	if (has_prefix(name, XATTR_SECURITY_PREFIX))
		inode->i_flags &= ~S_NOSEC;
	error = __vfs_setxattr(idmap, dentry, inode, name, value, size, flags);
	if (error)
		return error;
	fsnotify_xattr(dentry);
	security_inode_post_setxattr(dentry, name, value, size, flags);
	return 0;
}

/**
 * vfs_setxattr - set an extended attribute
 * @idmap: nop_mnt_idmap
 * @dentry: the file
 * @name: with its prefix
 * @value: the value
 * @size: its bytes
 * @flags: XATTR_CREATE, XATTR_REPLACE, 0
 *
 * Context: may sleep; takes i_rwsem for writing.
 * Return: 0; -EPERM, -EACCES, what a security module said, or as __vfs_setxattr(). setxattr(2).
 */
int vfs_setxattr(struct mnt_idmap *idmap, struct dentry *dentry, const char *name,
		 const void *value, size_t size, int flags)
{
	struct inode *inode = dentry->d_inode;
	int error;

	inode_lock(inode);
	error = xattr_permission(inode, name, MAY_WRITE);
	if (!error)
		error = security_inode_setxattr(idmap, dentry, name, value, size, flags);
	if (!error)
		error = __vfs_setxattr_noperm(idmap, dentry, name, value, size, flags);
	inode_unlock(inode);
	return error;
}
EXPORT_SYMBOL_GPL(vfs_setxattr);

/**
 * __vfs_removexattr - remove an attribute without questions about rights
 * @idmap: nop_mnt_idmap
 * @dentry: the file; its i_rwsem is held for writing
 * @name: with its prefix
 *
 * Context: may sleep.
 * Return: 0; -EOPNOTSUPP, -EINVAL, -ENODATA, or what else the handler says.
 */
int __vfs_removexattr(struct mnt_idmap *idmap, struct dentry *dentry, const char *name)
{
	struct inode *inode = d_inode(dentry);
	const struct xattr_handler *handler = xattr_resolve_name(inode, &name);

	if (IS_ERR(handler))
		return PTR_ERR(handler);
	if (!handler->set)
		return -EOPNOTSUPP;
	return handler->set(handler, idmap, dentry, inode, name, NULL, 0, XATTR_REPLACE);
}
EXPORT_SYMBOL(__vfs_removexattr);

/**
 * vfs_removexattr - remove an attribute, and tell who watches
 * @idmap: nop_mnt_idmap
 * @dentry: the file
 * @name: with its prefix
 *
 * Context: may sleep; takes i_rwsem for writing.
 * Return: 0; -EPERM, -EACCES, what a security module said, or as __vfs_removexattr().
 * removexattr(2).
 */
int vfs_removexattr(struct mnt_idmap *idmap, struct dentry *dentry, const char *name)
{
	struct inode *inode = dentry->d_inode;
	int error;

	inode_lock(inode);
	error = xattr_permission(inode, name, MAY_WRITE);
	if (!error)
		error = security_inode_removexattr(idmap, dentry, name);
	if (!error)
		error = __vfs_removexattr(idmap, dentry, name);
	if (!error)
		fsnotify_xattr(dentry);
	inode_unlock(inode);
	return error;
}
EXPORT_SYMBOL_GPL(vfs_removexattr);

/* ---- the list of names ---- */

/**
 * generic_listxattr - the names that handlers always have, one after the other with a NUL each
 * @dentry: the file
 * @buffer: where to; ignored for size 0
 * @size: bytes; 0: only ask how many there are
 *
 * Context: may sleep.
 * Return: bytes; -ERANGE if they don't fit. listxattr(2).
 */
ssize_t generic_listxattr(struct dentry *dentry, char *buffer, size_t size)
{
	const struct xattr_handler *const *handlers = dentry->d_sb->s_xattr;
	size_t used = 0;

	for (; handlers && *handlers; handlers++) {
		const struct xattr_handler *h = *handlers;
		size_t len;

		if (!h->name || (h->list && !h->list(dentry)))
			continue;
		len = strlen(h->name) + 1;
		if (size) {
			if (used + len > size)
				return -ERANGE;
			memcpy(buffer + used, h->name, len);
		}
		used += len;
	}
	return used;
}
EXPORT_SYMBOL(generic_listxattr);

/**
 * vfs_listxattr - the names of a file's extended attributes, with a NUL each
 * @dentry: the file
 * @list: where to; ignored for size 0
 * @size: bytes; 0: only ask how many there are
 *
 * Context: may sleep.
 * Return: bytes; -ERANGE if they don't fit, or what a security module said. listxattr(2).
 */
ssize_t vfs_listxattr(struct dentry *dentry, char *list, size_t size)
{
	struct inode *inode = d_inode(dentry);
	int error = security_inode_listxattr(dentry);

	if (error)
		return error;
	if (inode->i_op->listxattr)
		return inode->i_op->listxattr(dentry, list, size);
	return generic_listxattr(dentry, list, size);
}
EXPORT_SYMBOL_GPL(vfs_listxattr);

/* ---- system calls ---- */

static int copy_name(char *kname, const char __user *name)
{
	long n = strncpy_from_user(kname, name, XATTR_NAME_MAX + 1);

	if (n < 0)
		return n;
	return !n || n == XATTR_NAME_MAX + 1 ? -ERANGE : 0;
}

static long setxattr(const struct path *path, const char __user *name, const void __user *value,
		     size_t size, int flags)
{
	char kname[XATTR_NAME_MAX + 1];
	void *kvalue = NULL;
	long error;

	if (flags & ~(XATTR_CREATE | XATTR_REPLACE))
		return -EINVAL;
	error = copy_name(kname, name);
	if (error)
		return error;
	if (size) {
		if (size > XATTR_SIZE_MAX)
			return -E2BIG;
		kvalue = vmemdup_user(value, size);
		if (IS_ERR(kvalue))
			return PTR_ERR(kvalue);
	}
	error = mnt_want_write(path->mnt);
	if (!error) {
		error = vfs_setxattr(&nop_mnt_idmap, path->dentry, kname, kvalue, size, flags);
		mnt_drop_write(path->mnt);
	}
	kvfree(kvalue);
	return error;
}

static long getxattr(const struct path *path, const char __user *name, void __user *value,
		     size_t size)
{
	char kname[XATTR_NAME_MAX + 1];
	void *kvalue = NULL;
	long error = copy_name(kname, name);

	if (error)
		return error;
	size = min_t(size_t, size, XATTR_SIZE_MAX);
	if (size) {
		kvalue = kvzalloc(size, GFP_KERNEL);
		if (!kvalue)
			return -ENOMEM;
	}
	error = vfs_getxattr(&nop_mnt_idmap, path->dentry, kname, kvalue, size);
	if (error > 0 && size && copy_to_user(value, kvalue, error))
		error = -EFAULT;
	else if (error == -ERANGE && size >= XATTR_SIZE_MAX)
		error = -E2BIG;
	kvfree(kvalue);
	return error;
}

static long listxattr(const struct path *path, char __user *list, size_t size)
{
	char *klist = NULL;
	long error;

	size = min_t(size_t, size, XATTR_LIST_MAX);
	if (size) {
		klist = kvmalloc(size, GFP_KERNEL);
		if (!klist)
			return -ENOMEM;
	}
	error = vfs_listxattr(path->dentry, klist, size);
	if (error > 0 && size && copy_to_user(list, klist, error))
		error = -EFAULT;
	else if (error == -ERANGE && size >= XATTR_LIST_MAX)
		error = -E2BIG;
	kvfree(klist);
	return error;
}

static long removexattr(const struct path *path, const char __user *name)
{
	char kname[XATTR_NAME_MAX + 1];
	long error = copy_name(kname, name);

	if (error)
		return error;
	error = mnt_want_write(path->mnt);
	if (!error) {
		error = vfs_removexattr(&nop_mnt_idmap, path->dentry, kname);
		mnt_drop_write(path->mnt);
	}
	return error;
}

/* A call by path: walk, do @call with the place, let go. By descriptor: likewise. */
#define BY_PATH(pathname, lookup, call)						\
({										\
	struct path path;							\
	long __ret = user_path_at(AT_FDCWD, pathname, lookup, &path);		\
										\
	if (!__ret) {								\
		__ret = call;							\
		path_put(&path);						\
	}									\
	__ret;									\
})
#define BY_FD(fd, call)								\
({										\
	struct fd __f = fdget(fd);						\
	long __ret = -EBADF;							\
										\
	if (!fd_empty(__f)) {							\
		struct path path = fd_file(__f)->f_path;			\
										\
		__ret = call;							\
		fdput(__f);							\
	}									\
	__ret;									\
})

SYSCALL_DEFINE5(setxattr, const char __user *, pathname, const char __user *, name,
		const void __user *, value, size_t, size, int, flags)
{
	return BY_PATH(pathname, LOOKUP_FOLLOW, setxattr(&path, name, value, size, flags));
}

SYSCALL_DEFINE5(lsetxattr, const char __user *, pathname, const char __user *, name,
		const void __user *, value, size_t, size, int, flags)
{
	return BY_PATH(pathname, 0, setxattr(&path, name, value, size, flags));
}

SYSCALL_DEFINE5(fsetxattr, int, fd, const char __user *, name, const void __user *, value,
		size_t, size, int, flags)
{
	return BY_FD(fd, setxattr(&path, name, value, size, flags));
}

SYSCALL_DEFINE4(getxattr, const char __user *, pathname, const char __user *, name,
		void __user *, value, size_t, size)
{
	return BY_PATH(pathname, LOOKUP_FOLLOW, getxattr(&path, name, value, size));
}

SYSCALL_DEFINE4(lgetxattr, const char __user *, pathname, const char __user *, name,
		void __user *, value, size_t, size)
{
	return BY_PATH(pathname, 0, getxattr(&path, name, value, size));
}

SYSCALL_DEFINE4(fgetxattr, int, fd, const char __user *, name, void __user *, value, size_t, size)
{
	return BY_FD(fd, getxattr(&path, name, value, size));
}

SYSCALL_DEFINE3(listxattr, const char __user *, pathname, char __user *, list, size_t, size)
{
	return BY_PATH(pathname, LOOKUP_FOLLOW, listxattr(&path, list, size));
}

SYSCALL_DEFINE3(llistxattr, const char __user *, pathname, char __user *, list, size_t, size)
{
	return BY_PATH(pathname, 0, listxattr(&path, list, size));
}

SYSCALL_DEFINE3(flistxattr, int, fd, char __user *, list, size_t, size)
{
	return BY_FD(fd, listxattr(&path, list, size));
}

SYSCALL_DEFINE2(removexattr, const char __user *, pathname, const char __user *, name)
{
	return BY_PATH(pathname, LOOKUP_FOLLOW, removexattr(&path, name));
}

SYSCALL_DEFINE2(lremovexattr, const char __user *, pathname, const char __user *, name)
{
	return BY_PATH(pathname, 0, removexattr(&path, name));
}

SYSCALL_DEFINE2(fremovexattr, int, fd, const char __user *, name)
{
	return BY_FD(fd, removexattr(&path, name));
}
