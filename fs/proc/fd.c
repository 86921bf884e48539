// SPDX-License-Identifier: MIT
/* /proc/PID/fd and fdinfo: a process's open files. */

#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/ptrace.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "../mount.h"
#include "internal.h"

/* How a descriptor was opened, as the mode of its link says. Zero if there is none. */
static fmode_t fd_mode(struct task_struct *task, unsigned int fd)
{
	struct file *file = fget_task(task, fd);
	fmode_t mode = 0;

	if (file) {
		mode = file->f_mode | FMODE_OPENED;
		fput(file);
	}
	return mode;
}

static umode_t link_mode(fmode_t f_mode)
{
	umode_t mode = S_IFLNK;

	if (f_mode & FMODE_READ)
		mode |= S_IRUSR | S_IXUSR;
	if (f_mode & FMODE_WRITE)
		mode |= S_IWUSR | S_IXUSR;
	return mode;
}

static int fd_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct task_struct *task;
	struct inode *inode;
	fmode_t mode;

	if (flags & LOOKUP_RCU)
		return -ECHILD;
	inode = d_inode(dentry);
	task = inode ? get_proc_task(inode) : NULL;
	if (!task)
		return 0;
	mode = fd_mode(task, PROC_I(inode)->fd);
	if (mode) {
		task_dump_owner(task, 0, &inode->i_uid, &inode->i_gid);
		if (S_ISLNK(inode->i_mode))
			inode->i_mode = link_mode(mode);
	}
	put_task_struct(task);
	return mode != 0;
}

static int fd_delete_dentry(const struct dentry *dentry)
{
	return 1;
}

static const struct dentry_operations fd_dentry_operations = {
	.d_revalidate	= fd_revalidate,
	.d_delete	= fd_delete_dentry,
};

static int fd_path(struct inode *inode, struct path *path)
{
	struct task_struct *task = get_proc_task(inode);
	struct file *file;
	int ret = -ENOENT;

	if (!task)
		return -ENOENT;
	if (!ptrace_may_access(task, PTRACE_MODE_READ_FSCREDS)) {
		ret = -EACCES;
		goto out;
	}
	file = fget_task(task, PROC_I(inode)->fd);
	if (file) {
		*path = file->f_path;
		path_get(path);
		fput(file);
		ret = 0;
	}
out:
	put_task_struct(task);
	return ret;
}

static const char *fd_get_link(struct dentry *dentry, struct inode *inode,
			       struct delayed_call *done)
{
	struct path path;
	int error;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	error = fd_path(inode, &path);
	return error ? ERR_PTR(error) : nd_jump_link(&path, done);
}

static int fd_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct path path;
	int error = fd_path(d_inode(dentry), &path);

	return error ?: proc_readlink_path(&path, buffer, buflen);
}

static const struct inode_operations fd_link_inode_operations = {
	.readlink	= fd_readlink,
	.get_link	= fd_get_link,
	.setattr	= proc_setattr,
};

/* ---- fdinfo ---- */

static int fdinfo_show(struct seq_file *m, void *v)
{
	struct inode *inode = m->private;
	struct task_struct *task = get_proc_task(inode);
	struct file *file;
	unsigned int flags;

	if (!task)
		return -ENOENT;
	file = fget_task(task, PROC_I(inode)->fd);
	put_task_struct(task);
	if (!file)
		return -ENOENT;
	flags = file->f_flags & ~O_CLOEXEC;
	seq_printf(m, "pos:\t%lli\nflags:\t0%o\nmnt_id:\t%i\nino:\t%lu\n", (long long)file->f_pos,
		   flags, real_mount(file->f_path.mnt)->mnt_id, file_inode(file)->i_ino);
	if (file->f_op->show_fdinfo)
		file->f_op->show_fdinfo(m, file);
	fput(file);
	return 0;
}

static int fdinfo_open(struct inode *inode, struct file *file)
{
	struct task_struct *task = get_proc_task(inode);
	bool allowed;

	if (!task)
		return -ESRCH;
	allowed = ptrace_may_access(task, PTRACE_MODE_READ_FSCREDS);
	put_task_struct(task);
	return allowed ? single_open(file, fdinfo_show, inode) : -EACCES;
}

static const struct file_operations fdinfo_file_operations = {
	.open		= fdinfo_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= single_release,
};

/* ---- the folders ---- */

static struct dentry *instantiate(struct dentry *dentry, struct task_struct *task, unsigned int fd,
				  umode_t mode, const struct inode_operations *iop,
				  const struct file_operations *fop)
{
	struct inode *inode = proc_pid_make_inode(dentry->d_sb, task, mode);

	if (!inode)
		return ERR_PTR(-ENOENT);
	PROC_I(inode)->fd = fd;
	if (iop)
		inode->i_op = iop;
	if (fop)
		inode->i_fop = fop;
	inode->i_size = S_ISLNK(mode) ? 64 : 0;
	d_set_d_op(dentry, &fd_dentry_operations);
	return d_splice_alias(inode, dentry);
}

/* @ptr is the descriptor. */
static struct dentry *fd_instantiate(struct dentry *dentry, struct task_struct *task,
				     const void *ptr)
{
	unsigned int fd = (unsigned long)ptr;
	fmode_t mode = fd_mode(task, fd);

	if (!mode)
		return ERR_PTR(-ENOENT);
	return instantiate(dentry, task, fd, link_mode(mode), &fd_link_inode_operations, NULL);
}

static struct dentry *fdinfo_instantiate(struct dentry *dentry, struct task_struct *task,
					 const void *ptr)
{
	return instantiate(dentry, task, (unsigned long)ptr, S_IFREG | 0444, NULL,
			   &fdinfo_file_operations);
}

static struct dentry *lookup_fd(struct inode *dir, struct dentry *dentry, instantiate_t *make)
{
	struct task_struct *task = get_proc_task(dir);
	struct dentry *result = ERR_PTR(-ENOENT);
	unsigned int fd;

	if (!task)
		return result;
	if (!kstrtouint(dentry->d_name.name, 10, &fd) && fd_mode(task, fd))
		result = make(dentry, task, (void *)(unsigned long)fd);
	put_task_struct(task);
	return result;
}

static int readdir_fd(struct file *file, struct dir_context *ctx, instantiate_t *make)
{
	struct task_struct *p = get_proc_task(file_inode(file));
	unsigned int fd;

	if (!p)
		return -ENOENT;
	if (!dir_emit_dots(file, ctx))
		goto out;
	for (fd = ctx->pos - 2;; fd++) {
		struct file *f = fget_task_next(p, &fd);
		char name[12];
		int len;

		ctx->pos = fd + 2LL;
		if (!f)
			break;
		fput(f);
		len = snprintf(name, sizeof(name), "%u", fd);
		if (!proc_fill_cache(file, ctx, name, len, make, p, (void *)(unsigned long)fd))
			break;
		cond_resched();
	}
out:
	put_task_struct(p);
	return 0;
}

static int proc_readfd(struct file *file, struct dir_context *ctx)
{
	return readdir_fd(file, ctx, fd_instantiate);
}

static int proc_readfdinfo(struct file *file, struct dir_context *ctx)
{
	return readdir_fd(file, ctx, fdinfo_instantiate);
}

static struct dentry *proc_lookupfd(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	return lookup_fd(dir, dentry, fd_instantiate);
}

static struct dentry *proc_lookupfdinfo(struct inode *dir, struct dentry *dentry,
					unsigned int flags)
{
	return lookup_fd(dir, dentry, fdinfo_instantiate);
}

/* One's own descriptors one may always see, also after a set-id program changed the owner. */
static int proc_fd_permission(struct mnt_idmap *idmap, struct inode *inode, int mask)
{
	struct task_struct *p;
	int ret = generic_permission(&nop_mnt_idmap, inode, mask);

	if (!ret)
		return 0;
	rcu_read_lock();
	p = pid_task(proc_pid(inode), PIDTYPE_PID);
	if (p && same_thread_group(p, current))
		ret = 0;
	rcu_read_unlock();
	return ret;
}

const struct file_operations proc_fd_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= proc_readfd,
	.llseek		= generic_file_llseek,
};

const struct inode_operations proc_fd_inode_operations = {
	.lookup		= proc_lookupfd,
	.permission	= proc_fd_permission,
	.setattr	= proc_setattr,
};

const struct file_operations proc_fdinfo_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= proc_readfdinfo,
	.llseek		= generic_file_llseek,
};

const struct inode_operations proc_fdinfo_inode_operations = {
	.lookup		= proc_lookupfdinfo,
	.setattr	= proc_setattr,
};
