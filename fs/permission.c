// SPDX-License-Identifier: MIT
/*
 * May this task do that with an inode? The question that every step of a walk asks.
 *
 * The mode's bits are looked at first, without a call of the file system, for the class that the
 * task is in: the owner, the group, the others; only one of them counts. What they refuse, a
 * capability may grant. ->permission() of a file system that decides by itself takes the place of
 * all this. The security modules are asked last, about what would be allowed.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/slab.h>

#include "internal.h"

/* ---- permission ---- */

static int acl_permission_check(struct inode *inode, int mask)
{
	unsigned int mode = inode->i_mode;

	mask &= MAY_READ | MAY_WRITE | MAY_EXEC;
	/* Owner, group and others may all do it: no matter who we are. */
	if (!(mask & 7 & ~(mode & (mode >> 3) & (mode >> 6))))
		return 0;
	if (uid_eq(current_fsuid(), inode->i_uid))
		mode >>= 6;
	else if (in_group_p(inode->i_gid))
		mode >>= 3;
	return mask & ~mode ? -EACCES : 0;
}

/**
 * generic_permission - what mode bits and capabilities say
 * @idmap: nop_mnt_idmap
 * @inode: of what
 * @mask: MAY_*
 *
 * Context: any.
 * Return: 0, -EACCES.
 */
int generic_permission(struct mnt_idmap *idmap, struct inode *inode, int mask)
{
	int ret = acl_permission_check(inode, mask);

	(void)idmap;
	if (ret != -EACCES)
		return ret;
	if (S_ISDIR(inode->i_mode)) {
		if (!(mask & MAY_WRITE) && capable(CAP_DAC_READ_SEARCH))
			return 0;
		return capable(CAP_DAC_OVERRIDE) ? 0 : -EACCES;
	}
	mask &= MAY_READ | MAY_WRITE | MAY_EXEC;
	if (mask == MAY_READ && capable(CAP_DAC_READ_SEARCH))
		return 0;
	/* Nobody executes what isn't executable for anybody. */
	if ((!(mask & MAY_EXEC) || (inode->i_mode & S_IXUGO)) && capable(CAP_DAC_OVERRIDE))
		return 0;
	return -EACCES;
}
EXPORT_SYMBOL(generic_permission);

static int do_inode_permission(struct mnt_idmap *idmap, struct inode *inode, int mask)
{
	if (unlikely(!(inode->i_opflags & IOP_FASTPERM))) {
		if (inode->i_op->permission)
			return inode->i_op->permission(idmap, inode, mask);
		spin_lock(&inode->i_lock);
		inode->i_opflags |= IOP_FASTPERM;
		spin_unlock(&inode->i_lock);
	}
	return generic_permission(idmap, inode, mask);
}

/**
 * inode_permission - may the current task do that?
 * @idmap: nop_mnt_idmap
 * @inode: of what
 * @mask: MAY_*; with MAY_NOT_BLOCK it doesn't sleep, -ECHILD if it would have to
 *
 * Return: 0, -EACCES, -EROFS, -EPERM.
 */
int inode_permission(struct mnt_idmap *idmap, struct inode *inode, int mask)
{
	int err;

	if (unlikely(mask & MAY_WRITE)) {
		umode_t mode = inode->i_mode;

		if (sb_rdonly(inode->i_sb) && (S_ISREG(mode) || S_ISDIR(mode) || S_ISLNK(mode)))
			return -EROFS;
		if (IS_IMMUTABLE(inode))
			return -EPERM;
	}
	err = do_inode_permission(idmap, inode, mask);
	return err ? err : security_inode_permission(inode, mask);
}
EXPORT_SYMBOL(inode_permission);
