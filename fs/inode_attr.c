// SPDX-License-Identifier: MIT
/*
 * What an inode says of its object: links, owner, type, times, set-id bits, and that it has
 * changed.
 *
 * Times are stamped as the object is used. An access time is not: it would turn every read into a
 * write. With relatime, the default, it moves only when it is not later than the last change, or a
 * day old. When a file is written by somebody who isn't privileged its set-id bits go, as what it
 * would run as was granted to the old contents.
 */

#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/pagemap.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "internal.h"

/* ---- links, owners, special files ---- */

/**
 * set_nlink - how many names an inode has, as its file system read it
 * @inode: the inode
 * @nlink: the number
 */
void set_nlink(struct inode *inode, unsigned int nlink)
{
	inode->__i_nlink = nlink;
}
EXPORT_SYMBOL(set_nlink);

/**
 * inc_nlink - one name more
 * @inode: the inode, locked by its directory's operation
 */
void inc_nlink(struct inode *inode)
{
	WARN_ON_ONCE(!inode->i_nlink && !(inode->i_state & I_LINKABLE));
	inode->__i_nlink++;
}
EXPORT_SYMBOL(inc_nlink);

/**
 * drop_nlink - one name less
 * @inode: the inode, which has one
 */
void drop_nlink(struct inode *inode)
{
	WARN_ON_ONCE(!inode->i_nlink);
	inode->__i_nlink--;
}
EXPORT_SYMBOL(drop_nlink);

/**
 * clear_nlink - no name at all
 * @inode: the inode
 */
void clear_nlink(struct inode *inode)
{
	inode->__i_nlink = 0;
}
EXPORT_SYMBOL(clear_nlink);

static const struct file_operations no_device_fops = { .open = no_open, .llseek = noop_llseek };

/*
 * Which operations a device or FIFO has. Drivers' tables are linked in by their owners (weak until
 * then): without them opening gives -ENXIO, as for a device that isn't there.
 */
const struct file_operations def_blk_fops __weak = { .open = no_open, .llseek = noop_llseek };
const struct file_operations pipefifo_fops __weak = { .open = no_open };

/**
 * init_special_inode - a device, FIFO or socket: what open(2) finds
 * @inode: new
 * @mode: type and permission bits
 * @rdev: of a device
 */
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev)
{
	inode->i_mode = mode;
	if (S_ISCHR(mode)) {
		inode->i_fop = &def_chr_fops;
		inode->i_rdev = rdev;
	} else if (S_ISBLK(mode)) {
		inode->i_fop = &def_blk_fops;
		inode->i_rdev = rdev;
	} else if (S_ISFIFO(mode)) {
		inode->i_fop = &pipefifo_fops;
	} else {
		inode->i_fop = &no_device_fops;
	}
}
EXPORT_SYMBOL(init_special_inode);

/**
 * mode_strip_sgid - a new file's mode without a set-group-ID bit that its maker may not give
 * @idmap: nop_mnt_idmap
 * @dir: where its name goes, or NULL
 * @mode: asked for
 */
umode_t mode_strip_sgid(struct mnt_idmap *idmap, const struct inode *dir, umode_t mode)
{
	(void)idmap;
	if ((mode & (S_ISGID | S_IXGRP)) != (S_ISGID | S_IXGRP))
		return mode;
	if (S_ISDIR(mode) || !dir || !(dir->i_mode & S_ISGID))
		return mode;
	if (in_group_p(dir->i_gid) || capable(CAP_FSETID))
		return mode;
	return mode & ~S_ISGID;
}

/**
 * inode_init_owner - owner, group and mode of a new inode
 * @idmap: nop_mnt_idmap
 * @inode: new
 * @dir: where its name goes, which may hand its group down; NULL
 * @mode: type and permission bits
 */
void inode_init_owner(struct mnt_idmap *idmap, struct inode *inode, const struct inode *dir,
		      umode_t mode)
{
	(void)idmap;
	inode->i_uid = current_fsuid();
	if (dir && (dir->i_mode & S_ISGID)) {
		inode->i_gid = dir->i_gid;
		if (S_ISDIR(mode))
			mode |= S_ISGID;
	} else {
		inode->i_gid = current_fsgid();
	}
	inode->i_mode = mode;
}
EXPORT_SYMBOL(inode_init_owner);

/**
 * inode_owner_or_capable - may current do what the owner may?
 * @idmap: nop_mnt_idmap
 * @inode: whose
 */
bool inode_owner_or_capable(struct mnt_idmap *idmap, const struct inode *inode)
{
	(void)idmap;
	return uid_eq(inode->i_uid, current_fsuid()) || capable(CAP_FOWNER);
}
EXPORT_SYMBOL(inode_owner_or_capable);

/**
 * lock_two_nondirectories - lock two inodes, in the order in which everybody does
 * @a: one, or NULL
 * @b: the other, the same, or NULL
 */
void lock_two_nondirectories(struct inode *a, struct inode *b)
{
	if (a > b)
		swap(a, b);
	if (a)
		inode_lock(a);
	if (b && b != a)
		inode_lock_nested(b, I_MUTEX_NONDIR2);
}
EXPORT_SYMBOL(lock_two_nondirectories);

/**
 * unlock_two_nondirectories - undo that
 * @a: one, or NULL
 * @b: the other, the same, or NULL
 */
void unlock_two_nondirectories(struct inode *a, struct inode *b)
{
	if (a)
		inode_unlock(a);
	if (b && b != a)
		inode_unlock(b);
}
EXPORT_SYMBOL(unlock_two_nondirectories);

/**
 * inode_nohighmem - pages of this inode need an address in the kernel, as links' text does
 * @inode: with no pages yet
 */
void inode_nohighmem(struct inode *inode)
{
	mapping_set_gfp_mask(inode->i_mapping, GFP_USER);
}

/* ---- dirt ---- */

/**
 * __mark_inode_dirty - an inode is newer than what is stored of it
 * @inode: the inode
 * @flags: I_DIRTY_*
 *
 * One that can be stored goes on its super block's list, for sync.
 *
 * Context: no spin locks that ->dirty_inode() would mind.
 */
void __mark_inode_dirty(struct inode *inode, int flags)
{
	struct super_block *sb = inode->i_sb;

	if ((flags & I_DIRTY_INODE) && sb->s_op->dirty_inode)
		sb->s_op->dirty_inode(inode, flags & I_DIRTY_INODE);
	if (!sb->s_op->write_inode && !mapping_can_writeback(inode->i_mapping))
		return;
	if ((READ_ONCE(inode->i_state) & flags) == (u32)flags)
		return;
	spin_lock(&inode->i_lock);
	inode->i_state |= flags;
	if (!(inode->i_state & I_FREEING) && list_empty(&inode->i_io_list)) {
		spin_lock(&sb->s_inode_wblist_lock);
		list_add_tail(&inode->i_io_list, &sb->s_inodes_wb);
		spin_unlock(&sb->s_inode_wblist_lock);
	}
	spin_unlock(&inode->i_lock);
}
EXPORT_SYMBOL(__mark_inode_dirty);

/* ---- times ---- */

/**
 * timestamp_truncate - a time as the file system can keep it
 * @t: the time
 * @inode: of whose file system
 *
 * Return: @t within s_time_min and s_time_max, in steps of s_time_gran.
 */
struct timespec64 timestamp_truncate(struct timespec64 t, struct inode *inode)
{
	struct super_block *sb = inode->i_sb;

	t.tv_sec = clamp(t.tv_sec, sb->s_time_min, sb->s_time_max);
	if (unlikely(t.tv_sec == sb->s_time_max || t.tv_sec == sb->s_time_min))
		t.tv_nsec = 0;
	if (sb->s_time_gran > 1)
		t.tv_nsec -= t.tv_nsec % sb->s_time_gran;
	return t;
}
EXPORT_SYMBOL(timestamp_truncate);

/**
 * current_time - now, as coarse as an inode stores it
 * @inode: the inode
 */
struct timespec64 current_time(struct inode *inode)
{
	struct timespec64 now;

	ktime_get_coarse_real_ts64(&now);
	return timestamp_truncate(now, inode);
}
EXPORT_SYMBOL(current_time);

/**
 * inode_set_ctime_current - the inode changes now
 * @inode: the inode
 *
 * Return: the time that it got.
 */
struct timespec64 inode_set_ctime_current(struct inode *inode)
{
	return inode_set_ctime_to_ts(inode, current_time(inode));
}
EXPORT_SYMBOL(inode_set_ctime_current);

/**
 * simple_inode_init_ts - all times of a new inode are now
 * @inode: the inode
 *
 * Return: that time.
 */
struct timespec64 simple_inode_init_ts(struct inode *inode)
{
	struct timespec64 ts = inode_set_ctime_current(inode);

	inode_set_atime_to_ts(inode, ts);
	return inode_set_mtime_to_ts(inode, ts);
}
EXPORT_SYMBOL(simple_inode_init_ts);

/**
 * generic_update_time - set times and mark the inode dirty
 * @inode: the inode
 * @flags: S_ATIME, S_MTIME, S_CTIME, S_VERSION: which
 *
 * Return: 0.
 */
int generic_update_time(struct inode *inode, int flags)
{
	struct timespec64 now = inode_set_ctime_current(inode);

	if (flags & S_ATIME)
		inode_set_atime_to_ts(inode, now);
	if (flags & S_MTIME)
		inode_set_mtime_to_ts(inode, now);
	__mark_inode_dirty(inode, flags & S_ATIME ? I_DIRTY_TIME : I_DIRTY_SYNC);
	return 0;
}
EXPORT_SYMBOL(generic_update_time);

/**
 * inode_update_time - the file system's own ->update_time(), or the generic one
 * @inode: the inode
 * @flags: as there
 *
 * Return: 0 or what the file system says.
 */
int inode_update_time(struct inode *inode, int flags)
{
	if (inode->i_op->update_time)
		return inode->i_op->update_time(inode, flags);
	return generic_update_time(inode, flags);
}
EXPORT_SYMBOL(inode_update_time);

/* relatime: not newer than a change, or a day old. */
static bool relatime_need_update(struct vfsmount *mnt, struct inode *inode, struct timespec64 now)
{
	struct timespec64 atime = inode_get_atime(inode), other;

	if (!(mnt->mnt_flags & MNT_RELATIME))
		return true;
	other = inode_get_mtime(inode);
	if (timespec64_compare(&other, &atime) >= 0)
		return true;
	other = inode_get_ctime(inode);
	if (timespec64_compare(&other, &atime) >= 0)
		return true;
	return now.tv_sec - atime.tv_sec >= 24 * 60 * 60;
}

/**
 * atime_needs_update - has an access to be written down?
 * @path: how it was reached; the mount says noatime, relatime, ...
 * @inode: what was accessed
 *
 * Return: true if so; not if the time wouldn't change. mount(8).
 */
bool atime_needs_update(const struct path *path, struct inode *inode)
{
	struct vfsmount *mnt = path->mnt;
	struct timespec64 now, atime;

	if ((inode->i_flags & S_NOATIME) || IS_NOATIME(inode))
		return false;
	if ((inode->i_sb->s_flags & SB_NODIRATIME) && S_ISDIR(inode->i_mode))
		return false;
	if (mnt->mnt_flags & MNT_NOATIME)
		return false;
	if ((mnt->mnt_flags & MNT_NODIRATIME) && S_ISDIR(inode->i_mode))
		return false;
	now = current_time(inode);
	if (!relatime_need_update(mnt, inode, now))
		return false;
	atime = inode_get_atime(inode);
	return !timespec64_equal(&atime, &now);
}

/**
 * touch_atime - an object was read
 * @path: its
 *
 * Context: may sleep.
 */
void touch_atime(const struct path *path)
{
	struct inode *inode = d_inode(path->dentry);
	struct timespec64 now;

	if (!atime_needs_update(path, inode))
		return;
	if (mnt_get_write_access(path->mnt))
		return;
	if (inode->i_op->update_time) {
		inode->i_op->update_time(inode, S_ATIME);
	} else {
		/* The status didn't change: ctime stays. */
		now = current_time(inode);
		inode_set_atime_to_ts(inode, now);
		__mark_inode_dirty(inode, I_DIRTY_TIME);
	}
	mnt_put_write_access(path->mnt);
}
EXPORT_SYMBOL(touch_atime);

/**
 * file_update_time - a file is about to be written
 * @file: open for writing
 *
 * Context: may sleep; i_rwsem held, or a write fault.
 * Return: 0, or what the file system says.
 */
int file_update_time(struct file *file)
{
	struct inode *inode = file_inode(file);
	struct timespec64 now, ts;
	int flags = 0, ret;

	if (IS_NOCMTIME(inode) || unlikely(file->f_mode & FMODE_NOCMTIME))
		return 0;
	now = current_time(inode);
	ts = inode_get_mtime(inode);
	if (!timespec64_equal(&ts, &now))
		flags |= S_MTIME;
	ts = inode_get_ctime(inode);
	if (!timespec64_equal(&ts, &now))
		flags |= S_CTIME;
	if (!flags)
		return 0;
	if (mnt_get_write_access(file->f_path.mnt))
		return 0;
	ret = inode_update_time(inode, flags);
	mnt_put_write_access(file->f_path.mnt);
	return ret;
}
EXPORT_SYMBOL(file_update_time);

/* ---- set-id bits go when a file is written by one who isn't privileged ---- */

/**
 * setattr_should_drop_suidgid - which ATTR_KILL_* a change of the contents brings
 * @idmap: nop_mnt_idmap
 * @inode: the inode
 *
 * Return: ATTR_KILL_SUID, ATTR_KILL_SGID; 0 for who has CAP_FSETID and for what is no regular file.
 */
int setattr_should_drop_suidgid(struct mnt_idmap *idmap, struct inode *inode)
{
	umode_t mode = READ_ONCE(inode->i_mode);
	int kill = 0;

	(void)idmap;
	if (mode & S_ISUID)
		kill |= ATTR_KILL_SUID;
	/* Without group execution the bit means something else, and stays with the group. */
	if ((mode & S_ISGID) &&
	    ((mode & S_IXGRP) || (!in_group_p(inode->i_gid) && !capable(CAP_FSETID))))
		kill |= ATTR_KILL_SGID;
	return kill && !capable(CAP_FSETID) && S_ISREG(mode) ? kill : 0;
}
EXPORT_SYMBOL(setattr_should_drop_suidgid);

/* ATTR_KILL_*, 0, or -errno. */
int dentry_needs_remove_privs(struct mnt_idmap *idmap, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	int mask, ret;

	if (IS_NOSEC(inode))
		return 0;
	mask = setattr_should_drop_suidgid(idmap, inode);
	ret = security_inode_need_killpriv(dentry);
	if (ret < 0)
		return ret;
	return ret ? mask | ATTR_KILL_PRIV : mask;
}

/**
 * file_remove_privs - before a write: set-user-ID bits and file capabilities go
 * @file: the file; its i_rwsem is held for writing
 *
 * Context: may sleep.
 * Return: 0, or why they couldn't.
 */
int file_remove_privs(struct file *file)
{
	struct dentry *dentry = file_dentry(file);
	struct inode *inode = file_inode(file);
	struct iattr attr = {};
	int kill;

	if (IS_NOSEC(inode) || !S_ISREG(inode->i_mode))
		return 0;
	kill = dentry_needs_remove_privs(&nop_mnt_idmap, dentry);
	if (kill <= 0)
		return kill;
	attr.ia_valid = ATTR_FORCE | kill;
	return notify_change(&nop_mnt_idmap, dentry, &attr, NULL);
}
EXPORT_SYMBOL(file_remove_privs);

/**
 * file_modified - the contents are about to change: set-id bits go, times are set
 * @file: the file, its inode locked
 *
 * Context: may sleep. Return: 0, or what the file system says.
 */
int file_modified(struct file *file)
{
	int ret = file_remove_privs(file);

	return ret ? ret : file_update_time(file);
}
EXPORT_SYMBOL(file_modified);
