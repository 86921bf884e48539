// SPDX-License-Identifier: MIT
/* Changes of an inode's attributes: who may, and what goes along with it. */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/security.h>

#include "internal.h"

static bool chown_ok(const struct inode *inode, kuid_t uid)
{
	if (uid_eq(inode->i_uid, current_fsuid()) && uid_eq(uid, inode->i_uid))
		return true;
	return capable(CAP_CHOWN);
}

static bool chgrp_ok(const struct inode *inode, kgid_t gid)
{
	if (uid_eq(inode->i_uid, current_fsuid()) &&
	    (in_group_p(gid) || gid_eq(gid, inode->i_gid)))
		return true;
	return capable(CAP_CHOWN);
}

/**
 * setattr_should_drop_sgid - does a change of owner or data take the set-group-ID bit away?
 * @idmap: nop_mnt_idmap
 * @inode: the file
 *
 * Return: ATTR_KILL_SGID if so, else 0. chown(2).
 */
int setattr_should_drop_sgid(struct mnt_idmap *idmap, const struct inode *inode)
{
	(void)idmap;
	if (!(inode->i_mode & S_ISGID))
		return 0;
	/* Without execution by the group the bit once meant mandatory locks. */
	if ((inode->i_mode & S_IXGRP) || (!in_group_p(inode->i_gid) && !capable(CAP_FSETID)))
		return ATTR_KILL_SGID;
	return 0;
}
EXPORT_SYMBOL(setattr_should_drop_sgid);

/**
 * inode_newsize_ok - may a file get this size?
 * @inode: the file
 * @offset: bytes
 *
 * Context: task context; beyond RLIMIT_FSIZE current gets SIGXFSZ.
 * Return: 0; -EINVAL if negative, -EFBIG beyond RLIMIT_FSIZE or what the file system can, -ETXTBSY
 * for a shorter file that is swapped to.
 */
int inode_newsize_ok(const struct inode *inode, loff_t offset)
{
	if (offset < 0)
		return -EINVAL;
	if (inode->i_size < offset) {
		unsigned long limit = rlimit(RLIMIT_FSIZE);

		if (limit != RLIM_INFINITY && (unsigned long)offset > limit) {
			send_sig(SIGXFSZ, current, 0);
			return -EFBIG;
		}
		if (offset > inode->i_sb->s_maxbytes)
			return -EFBIG;
	} else if (inode->i_flags & S_SWAPFILE) {
		return -ETXTBSY;
	}
	return 0;
}
EXPORT_SYMBOL(inode_newsize_ok);

/**
 * setattr_prepare - may current change that?
 * @idmap: nop_mnt_idmap
 * @dentry: whose attributes; its i_rwsem is held for writing
 * @attr: what changes; a set-group-ID bit that isn't allowed is taken out
 *
 * Return: 0; -EPERM; as inode_newsize_ok() for a size; what a security module said.
 */
int setattr_prepare(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	unsigned int ia_valid = attr->ia_valid;
	int error;

	if (ia_valid & ATTR_SIZE) {
		error = inode_newsize_ok(inode, attr->ia_size);
		if (error)
			return error;
	}
	if (ia_valid & ATTR_FORCE)
		goto kill_priv;
	if ((ia_valid & ATTR_UID) && !chown_ok(inode, attr->ia_uid))
		return -EPERM;
	if ((ia_valid & ATTR_GID) && !chgrp_ok(inode, attr->ia_gid))
		return -EPERM;
	if (ia_valid & ATTR_MODE) {
		kgid_t gid = ia_valid & ATTR_GID ? attr->ia_gid : inode->i_gid;

		if (!inode_owner_or_capable(idmap, inode))
			return -EPERM;
		if (!in_group_p(gid) && !capable(CAP_FSETID))
			attr->ia_mode &= ~S_ISGID;
	}
	if ((ia_valid & (ATTR_MTIME_SET | ATTR_ATIME_SET | ATTR_TIMES_SET)) &&
	    !inode_owner_or_capable(idmap, inode))
		return -EPERM;
kill_priv:
	if (ia_valid & ATTR_KILL_PRIV) {
		error = security_inode_killpriv(idmap, dentry);
		if (error)
			return error;
	}
	return 0;
}
EXPORT_SYMBOL(setattr_prepare);

/**
 * setattr_copy - put checked attributes into an inode
 * @idmap: nop_mnt_idmap
 * @inode: i_rwsem is held for writing
 * @attr: as setattr_prepare() left it; a size isn't looked at
 */
void setattr_copy(struct mnt_idmap *idmap, struct inode *inode, const struct iattr *attr)
{
	unsigned int ia_valid = attr->ia_valid;

	(void)idmap;
	if (ia_valid & ATTR_UID)
		inode->i_uid = attr->ia_uid;
	if (ia_valid & ATTR_GID)
		inode->i_gid = attr->ia_gid;
	if (ia_valid & ATTR_ATIME)
		inode_set_atime_to_ts(inode, attr->ia_atime);
	if (ia_valid & ATTR_MTIME)
		inode_set_mtime_to_ts(inode, attr->ia_mtime);
	if (ia_valid & ATTR_CTIME)
		inode_set_ctime_to_ts(inode, attr->ia_ctime);
	if (ia_valid & ATTR_MODE) {
		umode_t mode = attr->ia_mode;

		if (!in_group_p(inode->i_gid) && !capable(CAP_FSETID))
			mode &= ~S_ISGID;
		inode->i_mode = mode;
	}
}
EXPORT_SYMBOL(setattr_copy);

static int may_setattr(struct mnt_idmap *idmap, struct inode *inode, unsigned int ia_valid)
{
	if ((ia_valid & (ATTR_MODE | ATTR_UID | ATTR_GID | ATTR_TIMES_SET)) &&
	    (IS_IMMUTABLE(inode) || IS_APPEND(inode)))
		return -EPERM;
	/* utimes() to now: a writer may, too. */
	if (ia_valid & ATTR_TOUCH) {
		if (IS_IMMUTABLE(inode))
			return -EPERM;
		if (!inode_owner_or_capable(idmap, inode))
			return inode_permission(idmap, inode, MAY_WRITE);
	}
	return 0;
}

/**
 * notify_change - change attributes
 * @idmap: nop_mnt_idmap
 * @dentry: whose; the inode's i_rwsem is held for writing
 * @attr: what; is edited
 * @delegated_inode: for leases, which we have not
 *
 * Return: 0, -EPERM, -EFBIG, what the file system says.
 */
int notify_change(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr,
		  struct inode **delegated_inode)
{
	struct inode *inode = dentry->d_inode;
	unsigned int ia_valid = attr->ia_valid;
	umode_t mode = inode->i_mode;
	struct timespec64 now;
	int error;

	(void)delegated_inode;
	lockdep_assert_held_write(&inode->i_rwsem);
	error = may_setattr(idmap, inode, ia_valid);
	if (error)
		return error;
	if ((ia_valid & ATTR_MODE) && S_ISLNK(mode))
		return -EOPNOTSUPP;
	now = current_time(inode);
	attr->ia_ctime = now;
	attr->ia_atime = ia_valid & ATTR_ATIME_SET ? timestamp_truncate(attr->ia_atime, inode) :
		now;
	attr->ia_mtime = ia_valid & ATTR_MTIME_SET ? timestamp_truncate(attr->ia_mtime, inode) :
		now;
	/* The two set-id bits go by way of the mode, which nobody else sets at once. */
	if ((ia_valid & (ATTR_KILL_SUID | ATTR_KILL_SGID)) && WARN_ON(ia_valid & ATTR_MODE))
		return -EINVAL;
	if ((ia_valid & ATTR_KILL_SUID) && (mode & S_ISUID))
		mode &= ~S_ISUID;
	if ((ia_valid & ATTR_KILL_SGID) && (mode & S_ISGID))
		mode &= ~S_ISGID;
	ia_valid &= ~(ATTR_KILL_SUID | ATTR_KILL_SGID);
	if (mode != inode->i_mode) {
		attr->ia_mode = mode;
		ia_valid |= ATTR_MODE;
	}
	attr->ia_valid = ia_valid;
	if (!(ia_valid & ~(ATTR_FORCE | ATTR_OPEN)))
		return 0;
	error = security_inode_setattr(idmap, dentry, attr);
	if (error)
		return error;
	error = inode->i_op->setattr ? inode->i_op->setattr(idmap, dentry, attr) :
				       simple_setattr(idmap, dentry, attr);
	if (!error)
		fsnotify_change(dentry, ia_valid);
	return error;
}
EXPORT_SYMBOL(notify_change);
