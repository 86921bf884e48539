// SPDX-License-Identifier: MIT
/*
 * /proc/PID/ns: a magic link for each kind of namespace, to the file that stands for the one the
 * process is in (fs/nsfs.c). Both the file and its name are for who may ptrace the process.
 */

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/namei.h>
#include <linux/nsfs.h>
#include <linux/ptrace.h>
#include <linux/sched/task.h>
#include <linux/string.h>

#include "internal.h"

static const struct proc_ns_operations *const kinds[] = {
	&mntns_operations, &utsns_operations,
};

/* Which kind an inode is of. */
static const struct proc_ns_operations *ops_of(const struct inode *inode)
{
	return kinds[PROC_I(inode)->fd];
}

/* Its task, referenced, if current may ask; an error pointer: -EACCES. */
static struct task_struct *task_of(const struct inode *inode)
{
	struct task_struct *task = get_proc_task(inode);

	if (task && ptrace_may_access(task, PTRACE_MODE_READ_FSCREDS))
		return task;
	if (task)
		put_task_struct(task);
	return ERR_PTR(-EACCES);
}

static const char *ns_get_link(struct dentry *dentry, struct inode *inode,
			       struct delayed_call *done)
{
	struct task_struct *task;
	struct path path;
	int error;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	task = task_of(inode);
	if (IS_ERR(task))
		return ERR_CAST(task);
	error = ns_get_path(&path, task, ops_of(inode));
	put_task_struct(task);
	return error ? ERR_PTR(error) : nd_jump_link(&path, done);
}

static int ns_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct inode *inode = d_inode(dentry);
	struct task_struct *task = task_of(inode);
	char name[32];
	int len;

	if (IS_ERR(task))
		return PTR_ERR(task);
	len = ns_get_name(name, sizeof(name), task, ops_of(inode));
	put_task_struct(task);
	return len < 0 ? len : readlink_copy(buffer, buflen, name, len);
}

static const struct inode_operations ns_link_inode_operations = {
	.readlink	= ns_readlink,
	.get_link	= ns_get_link,
	.setattr	= proc_setattr,
};

/* @ptr is the number of the kind. */
static struct dentry *ns_instantiate(struct dentry *dentry, struct task_struct *task,
				     const void *ptr)
{
	struct inode *inode = proc_pid_make_inode(dentry->d_sb, task, S_IFLNK | 0777);

	if (!inode)
		return ERR_PTR(-ENOENT);
	PROC_I(inode)->fd = (unsigned long)ptr;
	inode->i_op = &ns_link_inode_operations;
	d_set_d_op(dentry, &pid_dentry_operations);
	return d_splice_alias(inode, dentry);
}

static struct dentry *ns_dir_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct task_struct *task = get_proc_task(dir);
	struct dentry *res = ERR_PTR(-ENOENT);
	unsigned long i;

	(void)flags;
	if (!task)
		return res;
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp((const char *)dentry->d_name.name, kinds[i]->name))
			res = ns_instantiate(dentry, task, (const void *)i);
	put_task_struct(task);
	return res;
}

static int ns_dir_readdir(struct file *file, struct dir_context *ctx)
{
	struct task_struct *task = get_proc_task(file_inode(file));
	const char *name;

	if (!task)
		return -ENOENT;
	if (dir_emit_dots(file, ctx)) {
		for (; ctx->pos < (loff_t)ARRAY_SIZE(kinds) + 2; ctx->pos++) {
			name = kinds[ctx->pos - 2]->name;
			if (!proc_fill_cache(file, ctx, name, strlen(name), ns_instantiate, task,
					     (const void *)(unsigned long)(ctx->pos - 2)))
				break;
		}
	}
	put_task_struct(task);
	return 0;
}

const struct file_operations proc_ns_dir_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= ns_dir_readdir,
	.llseek		= generic_file_llseek,
};

const struct inode_operations proc_ns_dir_inode_operations = {
	.lookup		= ns_dir_lookup,
	.getattr	= pid_getattr,
	.setattr	= proc_setattr,
};
