// SPDX-License-Identifier: MIT
/*
 * Files that stand for namespaces. /proc/PID/ns/KIND leads to one; open, it keeps the namespace,
 * and is what setns(2) takes; so does a mount of it on another file. Two of them stand for the same
 * namespace if stat(2) tells the same device and inode: the inode has the namespace's number.
 */

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/mount.h>
#include <linux/ns_common.h>
#include <linux/nsfs.h>
#include <linux/path.h>
#include <linux/pseudo_fs.h>
#include <linux/seq_file.h>
#include <linux/sprintf.h>
#include <uapi/linux/magic.h>
#include <uapi/linux/nsfs.h>

#include "internal.h"

static struct vfsmount *nsfs_mnt __ro_after_init;

/* ---- numbers ---- */

/* Below are those of the namespaces that Linux makes when it is built. */
#define FIRST_INUM	0xf0000000U

static DEFINE_IDA(inum_ida);

/**
 * ns_alloc_inum - a number for a new namespace
 * @ns: gets it
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, -ENOSPC.
 */
int ns_alloc_inum(struct ns_common *ns)
{
	int nr = ida_alloc_max(&inum_ida, UINT_MAX - FIRST_INUM, GFP_KERNEL);

	if (nr < 0)
		return nr;
	ns->inum = FIRST_INUM + nr;
	return 0;
}

/**
 * ns_free_inum - give a namespace's number back
 * @ns: the namespace
 */
void ns_free_inum(struct ns_common *ns)
{
	ida_free(&inum_ida, ns->inum - FIRST_INUM);
}

/* ---- files ---- */

static struct ns_common *ns_of(const struct inode *inode)
{
	return inode->i_private;
}

static char *ns_dname(struct dentry *dentry, char *buffer, int buflen)
{
	struct ns_common *ns = ns_of(d_inode(dentry));

	return dynamic_dname(buffer, buflen, "%s:[%u]", ns->ops->name, ns->inum);
}

static const struct dentry_operations ns_dentry_operations = {
	.d_dname = ns_dname,
};

static long ns_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	(void)arg;
	switch (cmd) {
	case NS_GET_NSTYPE:
		return ns_of(file_inode(file))->ops->type;
	case NS_GET_USERNS:
		return -EPERM;		/* the one there is can't be had */
	case NS_GET_PARENT:
	case NS_GET_OWNER_UID:
		return -EINVAL;		/* of kinds that have such a thing */
	default:
		return -ENOTTY;
	}
}

static const struct file_operations ns_file_operations = {
	.unlocked_ioctl	= ns_ioctl,
};

static void nsfs_evict(struct inode *inode)
{
	struct ns_common *ns = ns_of(inode);

	clear_inode(inode);
	if (ns)
		ns->ops->put(ns);
}

static int nsfs_show_path(struct seq_file *seq, struct dentry *dentry)
{
	struct ns_common *ns = ns_of(d_inode(dentry));

	seq_printf(seq, "%s:[%u]", ns->ops->name, ns->inum);
	return 0;
}

static const struct super_operations nsfs_ops = {
	.statfs		= simple_statfs,
	.evict_inode	= nsfs_evict,
	.show_path	= nsfs_show_path,
};

/**
 * is_ns_file - does a dentry stand for a namespace?
 * @dentry: any
 */
bool is_ns_file(const struct dentry *dentry)
{
	return dentry->d_op == &ns_dentry_operations;
}

/**
 * get_proc_ns - the namespace that a dentry stands for
 * @dentry: is_ns_file() is true; it keeps the namespace
 */
struct ns_common *get_proc_ns(const struct dentry *dentry)
{
	return ns_of(d_inode(dentry));
}

/**
 * proc_ns_file - is an open file that of a namespace?
 * @file: any
 */
bool proc_ns_file(const struct file *file)
{
	return file->f_op == &ns_file_operations;
}

/* The inode has the caller's reference to @ns. NULL: without memory, and the caller keeps it. */
static struct inode *make_inode(struct ns_common *ns)
{
	struct inode *inode = new_inode(nsfs_mnt->mnt_sb);

	if (!inode)
		return NULL;
	inode->i_ino = ns->inum;
	inode->i_mode = S_IFREG | 0444;
	inode->i_flags |= S_IMMUTABLE;
	inode->i_fop = &ns_file_operations;
	inode->i_private = ns;
	simple_inode_init_ts(inode);
	return inode;
}

/**
 * ns_get_path - the place of a task's namespace
 * @path: set, with references
 * @task: whose
 * @ops: which kind
 *
 * Return: 0; -ENOENT: the task has ended; -ENOMEM.
 */
int ns_get_path(struct path *path, struct task_struct *task, const struct proc_ns_operations *ops)
{
	struct qstr no_name = QSTR_INIT("", 0);
	struct ns_common *ns = ops->get(task);
	struct dentry *dentry;
	struct inode *inode;

	if (!ns)
		return -ENOENT;
	dentry = d_alloc_pseudo(nsfs_mnt->mnt_sb, &no_name);
	inode = dentry ? make_inode(ns) : NULL;
	if (!inode) {
		dput(dentry);
		ops->put(ns);
		return -ENOMEM;
	}
	d_instantiate(dentry, inode);
	path->mnt = mntget(nsfs_mnt);
	path->dentry = dentry;
	return 0;
}

/**
 * ns_get_name - the text of the link to a task's namespace
 * @buf: for it
 * @size: of @buf
 * @task: whose
 * @ops: which kind
 *
 * Return: its length; -ENOENT: the task has ended.
 */
int ns_get_name(char *buf, size_t size, struct task_struct *task,
		const struct proc_ns_operations *ops)
{
	struct ns_common *ns = ops->get(task);
	int len;

	if (!ns)
		return -ENOENT;
	len = snprintf(buf, size, "%s:[%u]", ops->name, ns->inum);
	ops->put(ns);
	return len;
}

/* ---- the file system ---- */

static int nsfs_init_fs_context(struct fs_context *fc)
{
	struct pseudo_fs_context *ctx = init_pseudo(fc, NSFS_MAGIC);

	if (!ctx)
		return -ENOMEM;
	ctx->ops = &nsfs_ops;
	ctx->dops = &ns_dentry_operations;
	return 0;
}

static struct file_system_type nsfs_type = {
	.name			= "nsfs",
	.init_fs_context	= nsfs_init_fs_context,
	.kill_sb		= kill_anon_super,
};

static int __init nsfs_init(void)
{
	nsfs_mnt = kern_mount(&nsfs_type);
	if (IS_ERR(nsfs_mnt))
		panic("nsfs: no mount: %ld", PTR_ERR(nsfs_mnt));
	/* Its files, unlike those of other file systems without names, can be mounted elsewhere. */
	nsfs_mnt->mnt_sb->s_flags &= ~SB_NOUSER;
	return 0;
}
core_initcall(nsfs_init);
