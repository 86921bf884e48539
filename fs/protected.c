// SPDX-License-Identifier: MIT
/*
 * Traps in folders that everybody may write to (/tmp). Who expects a file of his own there can be
 * led elsewhere by somebody who was quicker:
 *
 *	a symlink	a privileged program opens it and writes over what it points at
 *	a FIFO, a file	it writes its secrets into what another one reads
 *	a hard link	a set-id file that was mended lives on under the name of who kept it
 *
 * Each rule is off until the administrator turns it on: /proc/sys/fs/protected_*. A folder is a
 * common one if it is sticky and others may write to it; at level 2, also if its group may.
 */

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/fs.h>

#include "internal.h"

int sysctl_protected_symlinks __read_mostly;
int sysctl_protected_hardlinks __read_mostly;
int sysctl_protected_fifos __read_mostly;
int sysctl_protected_regular __read_mostly;

/**
 * may_follow_link - may the last part of a path be followed?
 * @dir: where the link is
 * @link: the link
 *
 * Yes if it is one's own, of the folder's owner, or in a folder that isn't a common one.
 *
 * Return: 0, -EACCES.
 */
int may_follow_link(const struct inode *dir, const struct inode *link)
{
	if (!sysctl_protected_symlinks || uid_eq(link->i_uid, current_fsuid()))
		return 0;
	if ((dir->i_mode & (S_ISVTX | S_IWOTH)) != (S_ISVTX | S_IWOTH))
		return 0;
	return uid_eq(dir->i_uid, link->i_uid) ? 0 : -EACCES;
}

/**
 * may_create_in_sticky - may open(O_CREAT) take what is there already?
 * @dir_mode: the folder's
 * @dir_uid: the folder's
 * @inode: what is there
 *
 * Return: 0, -EACCES.
 */
int may_create_in_sticky(umode_t dir_mode, kuid_t dir_uid, const struct inode *inode)
{
	int level = 0;

	if (likely(!(dir_mode & S_ISVTX)))
		return 0;
	if (S_ISREG(inode->i_mode))
		level = sysctl_protected_regular;
	else if (S_ISFIFO(inode->i_mode))
		level = sysctl_protected_fifos;
	if (!level || uid_eq(inode->i_uid, dir_uid) || uid_eq(inode->i_uid, current_fsuid()))
		return 0;
	if (dir_mode & S_IWOTH)
		return -EACCES;
	return (dir_mode & S_IWGRP) && level >= 2 ? -EACCES : 0;
}

/* A plain file without set-id bits that one may write to gains nobody anything by a second name. */
static bool is_safe_to_link(struct inode *inode)
{
	umode_t mode = inode->i_mode;

	if (!S_ISREG(mode) || (mode & S_ISUID))
		return false;
	if ((mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
		return false;
	return !inode_permission(&nop_mnt_idmap, inode, MAY_READ | MAY_WRITE);
}

/** may_linkat - may a second name be given to @inode: 0, -EPERM */
int may_linkat(struct inode *inode)
{
	if (!sysctl_protected_hardlinks || is_safe_to_link(inode) ||
	    inode_owner_or_capable(&nop_mnt_idmap, inode))
		return 0;
	return -EPERM;
}
