// SPDX-License-Identifier: MIT
/*
 * Where a process is: its mounts; cwd, root and exe, which are magic links. Following one leads to
 * the place itself, also if its name is gone or out of sight; only its text is a name.
 */

#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/ptrace.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"

/* ---- mounts ---- */

static int with_task(struct inode *inode, struct file *file,
		     int (*open)(struct file *file, struct task_struct *task))
{
	struct task_struct *task = get_proc_task(inode);
	int ret;

	if (!task)
		return -EINVAL;
	ret = open(file, task);
	put_task_struct(task);
	return ret;
}

static int open_mounts(struct file *file, struct task_struct *task)
{
	return proc_mounts_open(file, task, PROC_MOUNTS);
}

static int open_mountinfo(struct file *file, struct task_struct *task)
{
	return proc_mounts_open(file, task, PROC_MOUNTINFO);
}

static int open_mountstats(struct file *file, struct task_struct *task)
{
	return proc_mounts_open(file, task, PROC_MOUNTSTATS);
}

static int mountstats_open(struct inode *inode, struct file *file)
{
	return with_task(inode, file, open_mountstats);
}

static int mounts_open(struct inode *inode, struct file *file)
{
	return with_task(inode, file, open_mounts);
}

static int mountinfo_open(struct inode *inode, struct file *file)
{
	return with_task(inode, file, open_mountinfo);
}

const struct file_operations proc_mounts_operations = {
	.open		= mounts_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= proc_mounts_release,
};

const struct file_operations proc_mountinfo_operations = {
	.open		= mountinfo_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= proc_mounts_release,
};

const struct file_operations proc_mountstats_operations = {
	.open		= mountstats_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= proc_mounts_release,
};

/* ---- links ---- */

static int get_task_fs_path(struct task_struct *task, struct path *path,
			    void (*get)(struct fs_struct *fs, struct path *path))
{
	int ret = -ENOENT;

	task_lock(task);
	if (task->fs) {
		get(task->fs, path);
		ret = 0;
	}
	task_unlock(task);
	return ret;
}

/** proc_cwd_link - where /proc/PID/cwd leads. Return: 0 and @path referenced, -ENOENT */
int proc_cwd_link(struct task_struct *task, struct path *path)
{
	return get_task_fs_path(task, path, get_fs_pwd);
}

/** proc_root_link - where /proc/PID/root leads. Return: 0 and @path referenced, -ENOENT */
int proc_root_link(struct task_struct *task, struct path *path)
{
	return get_task_fs_path(task, path, get_fs_root);
}

/** proc_exe_link - where /proc/PID/exe leads. Return: 0 and @path referenced, -ENOENT */
int proc_exe_link(struct task_struct *task, struct path *path)
{
	struct file *exe = get_task_exe_file(task);

	if (!exe)
		return -ENOENT;
	*path = exe->f_path;
	path_get(path);
	fput(exe);
	return 0;
}

/* Where the link goes, if current may know. */
static int link_path(struct inode *inode, struct path *path)
{
	struct task_struct *task = get_proc_task(inode);
	int ret = -EACCES;

	if (!task)
		return -ENOENT;
	if (ptrace_may_access(task, PTRACE_MODE_READ_FSCREDS))
		ret = PROC_I(inode)->entry->get_link(task, path);
	put_task_struct(task);
	return ret;
}

static const char *proc_pid_get_link(struct dentry *dentry, struct inode *inode,
				     struct delayed_call *done)
{
	struct path path;
	int error;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	error = link_path(inode, &path);
	return error ? ERR_PTR(error) : nd_jump_link(&path, done);
}

/*
 * The text of a magic link, for readlink(2): where @path is now, cut at @buflen. The path is put.
 * Return: the bytes copied, -ENOMEM, -EFAULT, or d_path()'s error.
 */
int proc_readlink_path(struct path *path, char __user *buffer, int buflen)
{
	char *text, *tmp = kmalloc(PATH_MAX, GFP_KERNEL);
	int ret = -ENOMEM;

	if (tmp) {
		text = d_path(path, tmp, PATH_MAX);
		ret = PTR_ERR_OR_ZERO(text);
		if (!ret)
			ret = readlink_copy(buffer, buflen, text, strlen(text));
		kfree(tmp);
	}
	path_put(path);
	return ret;
}

static int proc_pid_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct path path;
	int error = link_path(d_inode(dentry), &path);

	return error ?: proc_readlink_path(&path, buffer, buflen);
}

const struct inode_operations proc_pid_link_inode_operations = {
	.readlink	= proc_pid_readlink,
	.get_link	= proc_pid_get_link,
	.setattr	= proc_setattr,
};
