// SPDX-License-Identifier: MIT
/*
 * Who writes through a mount, so that it can become read-only.
 *
 * Writers are counted per CPU, since every open for writing and every new name passes here. The
 * other side is rare and pays: it forbids, then sums up all CPUs. Both do it in the order that lets
 * one of the two see the other:
 *
 *	writer					mount(MS_REMOUNT | MS_RDONLY)
 *	  mnt_writers++				  MNT_WRITE_HOLD
 *	  smp_mb()				  smp_mb()
 *	  MNT_WRITE_HOLD? wait			  any mnt_writers? -EBUSY
 *	  read-only? mnt_writers--, -EROFS	  else MNT_READONLY
 *						  no MNT_WRITE_HOLD any more
 *
 * A whole file system has s_readonly_remount for the same purpose.
 */

#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mount.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/seqlock.h>

#include "internal.h"
#include "mount.h"

/** mnt_get_writers - writers of a mount. Exact once MNT_WRITE_HOLD keeps new ones out */
int mnt_get_writers(struct mount *mnt)
{
	int cpu, count = 0;

	for_each_possible_cpu(cpu)
		count += per_cpu_ptr(mnt->mnt_pcp, cpu)->mnt_writers;
	return count;
}

/**
 * __mnt_is_readonly - may nothing be written through this mount?
 * @mnt: the mount
 *
 * True also while its whole file system is on the way to read-only.
 *
 * Context: any. For an answer that lasts: mnt_get_write_access().
 */
bool __mnt_is_readonly(const struct vfsmount *mnt)
{
	if (READ_ONCE(mnt->mnt_sb->s_readonly_remount))
		return true;
	/* Not under way, so what it did is seen. Pairs with sb_end_remount_readonly(). */
	smp_rmb();
	return (mnt->mnt_flags & MNT_READONLY) || sb_rdonly(mnt->mnt_sb);
}
EXPORT_SYMBOL_GPL(__mnt_is_readonly);

/**
 * mnt_get_write_access - somebody is going to write through a mount; for mnt_put_write_access()
 * @m: the mount
 *
 * The writer counts itself, then looks at the flags; a remount to read-only sets MNT_WRITE_HOLD,
 * then counts: one of the two sees the other.
 *
 * Context: doesn't sleep.
 * Return: 0, -EROFS.
 */
int mnt_get_write_access(struct vfsmount *m)
{
	struct mount *mnt = real_mount(m);
	int ret = 0;

	preempt_disable();
	this_cpu_inc(mnt->mnt_pcp->mnt_writers);
	/* Pairs with the one of mnt_hold_writers(). */
	smp_mb();
	while (READ_ONCE(mnt->mnt.mnt_flags) & MNT_WRITE_HOLD)
		cpu_relax();
	/* Flags as they are after the hold. */
	smp_rmb();
	if (unlikely(__mnt_is_readonly(m))) {
		this_cpu_dec(mnt->mnt_pcp->mnt_writers);
		ret = -EROFS;
	}
	preempt_enable();
	return ret;
}

/**
 * mnt_want_write - begin to change something by name; for mnt_drop_write()
 * @mnt: the mount it is done through
 *
 * Context: doesn't sleep.
 * Return: 0, -EROFS.
 */
int mnt_want_write(struct vfsmount *mnt)
{
	return mnt_get_write_access(mnt);
}
EXPORT_SYMBOL_GPL(mnt_want_write);

/**
 * mnt_want_write_file - mnt_want_write() by an open file; for mnt_drop_write_file()
 * @file: the file
 *
 * Context: doesn't sleep.
 * Return: 0, -EROFS.
 */
int mnt_want_write_file(struct file *file)
{
	/* A writer of the file is counted already, and may go on under a remount that fails. */
	if (file->f_mode & FMODE_WRITER) {
		this_cpu_inc(real_mount(file->f_path.mnt)->mnt_pcp->mnt_writers);
		return 0;
	}
	return mnt_get_write_access(file->f_path.mnt);
}

/**
 * mnt_put_write_access - end mnt_get_write_access()
 * @mnt: the mount
 */
void mnt_put_write_access(struct vfsmount *mnt)
{
	this_cpu_dec(real_mount(mnt)->mnt_pcp->mnt_writers);
}

/**
 * mnt_drop_write - end mnt_want_write()
 * @mnt: the mount
 */
void mnt_drop_write(struct vfsmount *mnt)
{
	mnt_put_write_access(mnt);
}
EXPORT_SYMBOL_GPL(mnt_drop_write);

/**
 * mnt_drop_write_file - end mnt_want_write_file()
 * @file: the file
 */
void mnt_drop_write_file(struct file *file)
{
	mnt_put_write_access(file->f_path.mnt);
}

/* mount_lock held. Return: 0; -EBUSY. Either way writers wait until mnt_unhold_writers(). */
int mnt_hold_writers(struct mount *mnt)
{
	mnt->mnt.mnt_flags |= MNT_WRITE_HOLD;
	/* Pairs with the one of mnt_get_write_access(). */
	smp_mb();
	return mnt_get_writers(mnt) > 0 ? -EBUSY : 0;
}

/** mnt_unhold_writers - end mnt_hold_writers(): who waits in mnt_get_write_access() goes on */
void mnt_unhold_writers(struct mount *mnt)
{
	/* Whoever waited sees MNT_READONLY, if it was set. */
	smp_wmb();
	mnt->mnt.mnt_flags &= ~MNT_WRITE_HOLD;
}

/* mount_lock held. Return: 0, or -EBUSY: somebody writes. */
int mnt_make_readonly(struct mount *mnt)
{
	int ret = mnt_hold_writers(mnt);

	if (!ret)
		mnt->mnt.mnt_flags |= MNT_READONLY;
	mnt_unhold_writers(mnt);
	return ret;
}

/**
 * sb_prepare_remount_readonly - stop new writers of a whole file system, if there are none now
 *
 * Writers that come see s_readonly_remount and get -EROFS, until sb_end_remount_readonly(), when
 * they look at SB_RDONLY, whatever became of it.
 *
 * Context: s_umount held for writing.
 * Return: 0, -EBUSY.
 */
int sb_prepare_remount_readonly(struct super_block *sb)
{
	struct mount *mnt;
	int err = 0;

	/* A file that was unlinked while it is open still wants to be written, away. */
	if (atomic_long_read(&sb->s_remove_count))
		return -EBUSY;
	write_seqlock(&mount_lock);
	WRITE_ONCE(sb->s_readonly_remount, 1);
	/* Pairs with the one of mnt_get_write_access(). */
	smp_mb();
	list_for_each_entry(mnt, &sb->s_mounts, mnt_instance)
		if (!(mnt->mnt.mnt_flags & MNT_READONLY) && mnt_get_writers(mnt) > 0)
			err = -EBUSY;
	if (err)
		WRITE_ONCE(sb->s_readonly_remount, 0);
	write_sequnlock(&mount_lock);
	return err;
}

/** sb_end_remount_readonly - end sb_prepare_remount_readonly() */
void sb_end_remount_readonly(struct super_block *sb)
{
	/* The flags of the super block first. Pairs with the smp_rmb() of __mnt_is_readonly(). */
	smp_wmb();
	WRITE_ONCE(sb->s_readonly_remount, 0);
}
