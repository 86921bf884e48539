// SPDX-License-Identifier: MIT
/*
 * /proc/PID/mounts, mountinfo and mountstats: the tree of mounts as text.
 *
 * The files are for procfs to put into its tables. A reader holds namespace_sem shared from start()
 * to stop(), so that a piece of text is of one state of the tree; what changes between two pieces
 * may be told twice or not at all.
 *
 * A mount that can't be reached from the reader's root isn't shown.
 */

#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mnt_namespace.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "internal.h"
#include "mount.h"
#include "pnode.h"

/* What an open file of these has in m->private. */
struct proc_mounts {
	struct mnt_namespace *ns;	/* of the process; referenced */
	struct path root;	/* of the process; referenced */
	int (*show)(struct seq_file *m, struct mount *mnt);
};

static void *m_start(struct seq_file *m, loff_t *pos)
{
	struct proc_mounts *p = m->private;
	struct mount *mnt;
	loff_t n = *pos;

	namespace_lock_shared();
	for (mnt = first_mount(p->ns); mnt && n--; mnt = following_mount(mnt, p->ns))
		;
	return mnt;
}

static void *m_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct proc_mounts *p = m->private;

	++*pos;
	return following_mount(v, p->ns);
}

static void m_stop(struct seq_file *m, void *v)
{
	(void)m;
	(void)v;
	namespace_unlock_shared();
}

static int m_show(struct seq_file *m, void *v)
{
	struct proc_mounts *p = m->private;

	return p->show(m, v);
}

static const struct seq_operations mounts_op = {
	.start	= m_start,
	.next	= m_next,
	.stop	= m_stop,
	.show	= m_show,
};

static void mangle(struct seq_file *m, const char *s)
{
	seq_escape(m, s, " \t\n\\#");
}

static void show_type(struct seq_file *m, struct super_block *sb)
{
	mangle(m, sb->s_type->name);
	if (sb->s_subtype) {
		seq_putc(m, '.');
		mangle(m, sb->s_subtype);
	}
}

static void show_devname(struct seq_file *m, struct mount *r)
{
	struct super_block *sb = r->mnt.mnt_sb;

	if (sb->s_op->show_devname)
		sb->s_op->show_devname(m, r->mnt.mnt_root);
	else
		mangle(m, r->mnt_devname && *r->mnt_devname ? r->mnt_devname : "none");
}

struct proc_flag {
	unsigned long flag;
	const char *text;
};

/* @table ends with a zero. */
static void show_flags(struct seq_file *m, unsigned long flags, const struct proc_flag *table)
{
	for (; table->flag; table++)
		if (flags & table->flag)
			seq_puts(m, table->text);
}

static void show_sb_opts(struct seq_file *m, struct super_block *sb)
{
	static const struct proc_flag flags[] = {
		{ SB_SYNCHRONOUS, ",sync" }, { SB_DIRSYNC, ",dirsync" },
		{ SB_MANDLOCK, ",mand" }, { SB_LAZYTIME, ",lazytime" }, { 0, NULL },
	};

	show_flags(m, sb->s_flags, flags);
}

static void show_mnt_opts(struct seq_file *m, struct vfsmount *mnt)
{
	static const struct proc_flag flags[] = {
		{ MNT_NOSUID, ",nosuid" }, { MNT_NODEV, ",nodev" }, { MNT_NOEXEC, ",noexec" },
		{ MNT_NOATIME, ",noatime" }, { MNT_NODIRATIME, ",nodiratime" },
		{ MNT_RELATIME, ",relatime" }, { MNT_NOSYMFOLLOW, ",nosymfollow" }, { 0, NULL },
	};

	show_flags(m, mnt->mnt_flags, flags);
}

static int show_fs_options(struct seq_file *m, struct vfsmount *mnt)
{
	struct super_block *sb = mnt->mnt_sb;

	return sb->s_op->show_options ? sb->s_op->show_options(m, mnt->mnt_root) : 0;
}

/* fstab(5)'s line: device place type options 0 0 */
static int show_vfsmnt(struct seq_file *m, struct mount *r)
{
	struct proc_mounts *p = m->private;
	struct path mnt_path = { &r->mnt, r->mnt.mnt_root };
	struct super_block *sb = r->mnt.mnt_sb;
	int err;

	show_devname(m, r);
	seq_putc(m, ' ');
	err = seq_path_root(m, &mnt_path, &p->root, " \t\n\\#");
	if (err)
		return err;
	seq_putc(m, ' ');
	show_type(m, sb);
	seq_puts(m, __mnt_is_readonly(&r->mnt) ? " ro" : " rw");
	show_sb_opts(m, sb);
	show_mnt_opts(m, &r->mnt);
	err = show_fs_options(m, &r->mnt);
	seq_puts(m, " 0 0\n");
	return err;
}

/* Whom it follows: optional fields, none for a private mount. */
static void show_propagation(struct seq_file *m, struct mount *r, const struct proc_mounts *p)
{
	int seen;

	if (is_shared(r))
		seq_printf(m, " shared:%d", r->mnt_group_id);
	if (r->mnt_master) {
		seq_printf(m, " master:%d", r->mnt_master->mnt_group_id);
		/* The nearest group up that the process knows, if it doesn't know the master. */
		seen = master_seen_from(r, p->ns, &p->root);
		if (seen && seen != r->mnt_master->mnt_group_id)
			seq_printf(m, " propagate_from:%d", seen);
	}
	if (r->mnt_unbindable)
		seq_puts(m, " unbindable");
}

/* proc(5): id parent major:minor root place options [whom it follows] - type device options */
static int show_mountinfo(struct seq_file *m, struct mount *r)
{
	struct proc_mounts *p = m->private;
	struct super_block *sb = r->mnt.mnt_sb;
	struct path mnt_path = { &r->mnt, r->mnt.mnt_root };
	int err = 0;

	seq_printf(m, "%d %d %u:%u ", r->mnt_id, r->mnt_parent->mnt_id, MAJOR(sb->s_dev),
		   MINOR(sb->s_dev));
	if (sb->s_op->show_path)
		err = sb->s_op->show_path(m, r->mnt.mnt_root);
	else
		/* Negative: it overflowed, and the record is shown again. */
		seq_dentry(m, r->mnt.mnt_root, " \t\n\\");
	if (err)
		return err;
	seq_putc(m, ' ');
	err = seq_path_root(m, &mnt_path, &p->root, " \t\n\\");
	if (err)
		return err;
	seq_puts(m, r->mnt.mnt_flags & MNT_READONLY ? " ro" : " rw");
	show_mnt_opts(m, &r->mnt);
	show_propagation(m, r, p);
	seq_puts(m, " - ");
	show_type(m, sb);
	seq_putc(m, ' ');
	show_devname(m, r);
	seq_puts(m, sb_rdonly(sb) ? " ro" : " rw");
	show_sb_opts(m, sb);
	err = show_fs_options(m, &r->mnt);
	seq_putc(m, '\n');
	return err;
}

static int show_vfsstat(struct seq_file *m, struct mount *r)
{
	struct proc_mounts *p = m->private;
	struct path mnt_path = { &r->mnt, r->mnt.mnt_root };
	struct super_block *sb = r->mnt.mnt_sb;
	int err;

	seq_puts(m, "device ");
	show_devname(m, r);
	seq_puts(m, " mounted on ");
	err = seq_path_root(m, &mnt_path, &p->root, " \t\n\\");
	if (err)
		return err;
	seq_puts(m, " with fstype ");
	show_type(m, sb);
	if (sb->s_op->show_stats) {
		seq_putc(m, ' ');
		err = sb->s_op->show_stats(m, r->mnt.mnt_root);
	}
	seq_putc(m, '\n');
	return err;
}

/**
 * proc_mounts_open - open one of the three for a task
 * @file: being opened
 * @task: whose root counts
 * @kind: PROC_MOUNTS ...
 *
 * Return: 0; -EINVAL: the task has ended; -ENOMEM.
 */
int proc_mounts_open(struct file *file, struct task_struct *task, enum proc_mounts_kind kind)
{
	static int (*const shows[])(struct seq_file *m, struct mount *mnt) = {
		[PROC_MOUNTS] = show_vfsmnt,
		[PROC_MOUNTINFO] = show_mountinfo,
		[PROC_MOUNTSTATS] = show_vfsstat,
	};
	struct mnt_namespace *ns;
	struct proc_mounts *p;
	struct path root;

	task_lock(task);
	if (!task->fs || !task->nsproxy) {
		task_unlock(task);
		return -EINVAL;
	}
	ns = task->nsproxy->mnt_ns;
	get_mnt_ns(ns);
	get_fs_root(task->fs, &root);
	task_unlock(task);
	p = __seq_open_private(file, &mounts_op, sizeof(*p));
	if (!p) {
		put_mnt_ns(ns);
		path_put(&root);
		return -ENOMEM;
	}
	p->ns = ns;
	p->root = root;
	p->show = shows[kind];
	return 0;
}

/**
 * proc_mounts_release - ->release() of /proc/PID/mounts and its kin
 * @inode: ignored
 * @file: the file
 *
 * Return: 0.
 */
int proc_mounts_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;
	struct proc_mounts *p = m->private;

	path_put(&p->root);
	put_mnt_ns(p->ns);
	return seq_release_private(inode, file);
}
