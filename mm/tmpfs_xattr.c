// SPDX-License-Identifier: MIT
/*
 * Extended attributes of tmpfs: in memory, beside the inode. All of one inode's together have a
 * limit, so that a user who may fill no file can't fill memory with attributes of one.
 */

#include <linux/fs.h>
#include <linux/shmem_fs.h>
#include <linux/xattr.h>

#include "shmem.h"

#define INODE_XATTR_MAX	(128 * 1024)

static int shmem_xattr_get(const struct xattr_handler *handler, struct dentry *dentry,
			   struct inode *inode, const char *name, void *buffer, size_t size)
{
	(void)dentry;
	return simple_xattr_get(&SHMEM_I(inode)->xattrs, xattr_full_name(handler, name), buffer,
				size);
}

/* i_rwsem is held for writing: it guards xattr_space. */
static int shmem_xattr_set(const struct xattr_handler *handler, struct mnt_idmap *idmap,
			   struct dentry *dentry, struct inode *inode, const char *name,
			   const void *value, size_t size, int flags)
{
	struct shmem_inode_info *info = SHMEM_I(inode);
	size_t space = 0, replaced;
	struct simple_xattr *old;
	int had;

	(void)idmap;
	(void)dentry;
	name = xattr_full_name(handler, name);
	if (value) {
		space = simple_xattr_space(name, size);
		had = simple_xattr_get(&info->xattrs, name, NULL, 0);
		replaced = had < 0 ? 0 : simple_xattr_space(name, had);
		/* Even a full inode takes a value that is no longer than the one before. */
		if (space > replaced && info->xattr_space - replaced + space > INODE_XATTR_MAX)
			return -ENOSPC;
	}
	old = simple_xattr_set(&info->xattrs, name, value, size, flags);
	if (IS_ERR(old))
		return PTR_ERR(old);
	info->xattr_space += space;
	if (old)
		info->xattr_space -= simple_xattr_space(old->name, old->size);
	simple_xattr_free(old);
	inode_set_ctime_current(inode);
	return 0;
}

#define SHMEM_XATTR(class, class_prefix)				\
	static const struct xattr_handler shmem_##class##_xattr_handler = { \
		.prefix	= class_prefix,					\
		.get	= shmem_xattr_get,				\
		.set	= shmem_xattr_set,				\
	}
SHMEM_XATTR(security, XATTR_SECURITY_PREFIX);
SHMEM_XATTR(trusted, XATTR_TRUSTED_PREFIX);
SHMEM_XATTR(user, XATTR_USER_PREFIX);

const struct xattr_handler *const shmem_xattr_handlers[] = {
	&shmem_security_xattr_handler,
	&shmem_trusted_xattr_handler,
	&shmem_user_xattr_handler,
	NULL
};

/** shmem_listxattr - ->listxattr() of tmpfs */
ssize_t shmem_listxattr(struct dentry *dentry, char *buffer, size_t size)
{
	struct inode *inode = d_inode(dentry);

	return simple_xattr_list(inode, &SHMEM_I(inode)->xattrs, buffer, size);
}
