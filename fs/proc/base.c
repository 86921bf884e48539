// SPDX-License-Identifier: MIT
/*
 * /proc/PID: a folder for each process and, in its task/, for each thread. Their files are a table
 * (struct pid_entry). An inode holds the struct pid, not the task: when the process is gone its names
 * are dropped (pid_revalidate), and open files answer -ESRCH.
 *
 * Owner. Inodes belong to the process's effective user; to root if the process isn't dumpable. What
 * is in the process's memory is for who may ptrace it.
 */

#include <linux/cred.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/resource.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "internal.h"

typedef int (*proc_show_t)(struct seq_file *m, struct pid *pid, struct task_struct *task);

struct pid_entry {
	const char *name;
	umode_t mode;
	const struct inode_operations *iop;
	const struct file_operations *fop;
	proc_show_t show;			/* of a file that one function prints */
	int (*get_link)(struct task_struct *task, struct path *path);
};

#define DIR(NAME, MODE, IOPS, FOPS) \
	{ .name = (NAME), .mode = S_IFDIR | (MODE), .iop = &(IOPS), .fop = &(FOPS) }
#define LNK(NAME, GET) \
	{ .name = (NAME), .mode = S_IFLNK | 0777, .iop = &proc_pid_link_inode_operations, \
	  .get_link = (GET) }
#define REG(NAME, MODE, FOPS)	{ .name = (NAME), .mode = S_IFREG | (MODE), .fop = &(FOPS) }
#define ONE(NAME, MODE, SHOW) \
	{ .name = (NAME), .mode = S_IFREG | (MODE), .fop = &proc_single_file_operations, \
	  .show = (SHOW) }

/* ---- inodes of processes ---- */

/** task_dump_owner - to whom the files of a task belong */
void task_dump_owner(struct task_struct *task, umode_t mode, kuid_t *ruid, kgid_t *rgid)
{
	const struct cred *cred;

	if (task->flags & PF_KTHREAD) {
		*ruid = GLOBAL_ROOT_UID;
		*rgid = GLOBAL_ROOT_GID;
		return;
	}
	rcu_read_lock();
	cred = __task_cred(task);
	*ruid = cred->euid;
	*rgid = cred->egid;
	rcu_read_unlock();
	/* The folder itself stays the user's, so that ps can tell. */
	if (mode != (S_IFDIR | 0555)) {
		struct mm_struct *mm;

		task_lock(task);
		mm = task->mm;
		if (mm && get_dumpable(mm) != SUID_DUMP_USER) {
			*ruid = GLOBAL_ROOT_UID;
			*rgid = GLOBAL_ROOT_GID;
		}
		task_unlock(task);
	}
}

/** proc_pid_make_inode - an inode of @task, or NULL */
struct inode *proc_pid_make_inode(struct super_block *sb, struct task_struct *task, umode_t mode)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_mode = mode;
	inode->i_ino = get_next_ino();
	simple_inode_init_ts(inode);
	PROC_I(inode)->pid = get_task_pid(task, PIDTYPE_PID);
	if (!PROC_I(inode)->pid) {
		iput(inode);	/* it is gone */
		return NULL;
	}
	task_dump_owner(task, mode, &inode->i_uid, &inode->i_gid);
	return inode;
}

int pid_getattr(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
		u32 request_mask, unsigned int query_flags)
{
	struct inode *inode = d_inode(path->dentry);
	struct task_struct *task;

	generic_fillattr(&nop_mnt_idmap, request_mask, inode, stat);
	rcu_read_lock();
	task = pid_task(proc_pid(inode), PIDTYPE_PID);
	if (task) {
		get_task_struct(task);
		rcu_read_unlock();
		task_dump_owner(task, inode->i_mode, &stat->uid, &stat->gid);
		put_task_struct(task);
		return 0;
	}
	rcu_read_unlock();
	return 0;
}

/* A name is good as long as its process is there. */
int pid_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode;
	struct task_struct *task;
	int ret = 0;

	if (flags & LOOKUP_RCU)
		return -ECHILD;		/* task_lock() is needed */
	inode = d_inode(dentry);
	if (!inode)
		return 0;
	task = get_proc_task(inode);
	if (task) {
		task_dump_owner(task, inode->i_mode, &inode->i_uid, &inode->i_gid);
		put_task_struct(task);
		ret = 1;
	}
	return ret;
}

static int pid_delete_dentry(const struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	return !inode || !proc_pid(inode) || hlist_empty(&proc_pid(inode)->tasks[PIDTYPE_PID]);
}

const struct dentry_operations pid_dentry_operations = {
	.d_revalidate	= pid_revalidate,
	.d_delete	= pid_delete_dentry,
};

/**
 * proc_fill_cache - tell one name of a folder, whose inode is made for its number
 *
 * Return: false when the reader has enough.
 */
bool proc_fill_cache(struct file *file, struct dir_context *ctx, const char *name, unsigned int len,
		     instantiate_t *instantiate, struct task_struct *task, const void *ptr)
{
	struct dentry *child, *dir = file->f_path.dentry;
	struct qstr qname = QSTR_INIT(name, len);
	unsigned int type = DT_UNKNOWN;
	ino_t ino = 1;

	child = d_hash_and_lookup(dir, &qname);
	if (!child) {
		DECLARE_WAIT_QUEUE_HEAD_ONSTACK(wq);

		child = d_alloc_parallel(dir, &qname, &wq);
		if (IS_ERR(child))
			goto out;
		if (d_in_lookup(child)) {
			struct dentry *res = instantiate(child, task, ptr);

			d_lookup_done(child);
			if (unlikely(res)) {
				dput(child);
				child = res;
				if (IS_ERR(child))
					goto out;
			}
		}
	}
	if (IS_ERR(child))
		goto out;
	if (d_inode(child)) {
		ino = d_inode(child)->i_ino;
		type = d_inode(child)->i_mode >> 12;
	}
	dput(child);
out:
	return dir_emit(ctx, name, len, ino, type);
}

/* ---- files that one function prints ---- */

static int proc_single_show(struct seq_file *m, void *v)
{
	struct inode *inode = m->private;
	struct task_struct *task = get_proc_task(inode);
	int ret;

	if (!task)
		return -ESRCH;
	ret = PROC_I(inode)->entry->show(m, proc_pid(inode), task);
	put_task_struct(task);
	return ret;
}

static int proc_single_open(struct inode *inode, struct file *file)
{
	return single_open(file, proc_single_show, inode);
}

static const struct file_operations proc_single_file_operations = {
	.open		= proc_single_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= single_release,
};

/* ---- comm, limits, scores ---- */

static int comm_show(struct seq_file *m, void *v)
{
	struct task_struct *p = get_proc_task(m->private);
	char comm[TASK_COMM_LEN];

	if (!p)
		return -ESRCH;
	get_task_comm(comm, p);
	seq_puts(m, comm);
	seq_putc(m, '\n');
	put_task_struct(p);
	return 0;
}

static int comm_open(struct inode *inode, struct file *file)
{
	return single_open(file, comm_show, inode);
}

/* Of a thread of one's own process. */
static ssize_t comm_write(struct file *file, const char __user *buf, size_t count, loff_t *offset)
{
	struct task_struct *p;
	char buffer[TASK_COMM_LEN];
	ssize_t ret = count;

	memset(buffer, 0, sizeof(buffer));
	if (copy_from_user(buffer, buf, min(count, sizeof(buffer) - 1)))
		return -EFAULT;
	p = get_proc_task(file_inode(file));
	if (!p)
		return -ESRCH;
	if (same_thread_group(current, p))
		set_task_comm(p, buffer);
	else
		ret = -EINVAL;
	put_task_struct(p);
	return ret;
}

static const struct file_operations proc_pid_set_comm_operations = {
	.open		= comm_open,
	.read_iter	= seq_read_iter,
	.write		= comm_write,
	.llseek		= seq_lseek,
	.release	= single_release,
};

static const struct {
	const char *name, *unit;
} limit_names[RLIM_NLIMITS] = {
	[RLIMIT_CPU]		= { "Max cpu time", "seconds" },
	[RLIMIT_FSIZE]		= { "Max file size", "bytes" },
	[RLIMIT_DATA]		= { "Max data size", "bytes" },
	[RLIMIT_STACK]		= { "Max stack size", "bytes" },
	[RLIMIT_CORE]		= { "Max core file size", "bytes" },
	[RLIMIT_RSS]		= { "Max resident set", "bytes" },
	[RLIMIT_NPROC]		= { "Max processes", "processes" },
	[RLIMIT_NOFILE]		= { "Max open files", "files" },
	[RLIMIT_MEMLOCK]	= { "Max locked memory", "bytes" },
	[RLIMIT_AS]		= { "Max address space", "bytes" },
	[RLIMIT_LOCKS]		= { "Max file locks", "locks" },
	[RLIMIT_SIGPENDING]	= { "Max pending signals", "signals" },
	[RLIMIT_MSGQUEUE]	= { "Max msgqueue size", "bytes" },
	[RLIMIT_NICE]		= { "Max nice priority", NULL },
	[RLIMIT_RTPRIO]		= { "Max realtime priority", NULL },
	[RLIMIT_RTTIME]		= { "Max realtime timeout", "us" },
};

static void show_limit(struct seq_file *m, unsigned long value)
{
	if (value == RLIM_INFINITY)
		seq_printf(m, "%-20s ", "unlimited");
	else
		seq_printf(m, "%-20lu ", value);
}

static int proc_pid_limits(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	struct rlimit rlim[RLIM_NLIMITS];
	unsigned long flags;
	unsigned int i;

	if (!lock_task_sighand(task, &flags))
		return 0;
	memcpy(rlim, task->signal->rlim, sizeof(rlim));
	unlock_task_sighand(task, &flags);
	seq_puts(m, "Limit                     Soft Limit           Hard Limit           Units     \n");
	for (i = 0; i < RLIM_NLIMITS; i++) {
		seq_printf(m, "%-25s ", limit_names[i].name);
		show_limit(m, rlim[i].rlim_cur);
		show_limit(m, rlim[i].rlim_max);
		if (limit_names[i].unit)
			seq_printf(m, "%-10s\n", limit_names[i].unit);
		else
			seq_putc(m, '\n');
	}
	return 0;
}

static int proc_oom_score_adj_show(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	unsigned long flags;
	int adj = 0;

	if (lock_task_sighand(task, &flags)) {
		adj = task->signal->oom_score_adj;
		unlock_task_sighand(task, &flags);
	}
	seq_printf(m, "%d\n", adj);
	return 0;
}

static int proc_pid_personality(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	if (!ptrace_may_access(task, PTRACE_MODE_ATTACH_FSCREDS))
		return -EPERM;
	seq_printf(m, "%08x\n", task->personality);
	return 0;
}

/* Where it sleeps isn't told: 0, as to those who may not know. */
static int proc_pid_wchan(struct seq_file *m, struct pid *pid, struct task_struct *task)
{
	seq_putc(m, '0');
	return 0;
}

/* ---- what is in its memory ---- */

/*
 * cmdline: the arguments, each with its zero. A program may write a longer text over them and over
 * the environment behind them (setproctitle(3)): then the last byte isn't zero, and the text goes
 * on to the first zero.
 */
static ssize_t mm_cmdline(struct mm_struct *mm, u8 *page, size_t size, loff_t pos)
{
	unsigned long start, end, env_end;
	u8 last = 0;
	ssize_t got;

	spin_lock(&mm->arg_lock);
	start = mm->arg_start;
	end = mm->arg_end;
	env_end = mm->env_end;
	spin_unlock(&mm->arg_lock);
	if (start >= end)
		return 0;
	if (access_remote_vm(mm, end - 1, &last, 1, FOLL_ANON) == 1 && last)
		end = max(end, env_end);
	else
		last = 0;
	if (pos >= end - start)
		return 0;
	got = access_remote_vm(mm, start + pos, page, min_t(size_t, size, end - start - pos),
			       FOLL_ANON);
	if (got > 0 && last) {
		u8 *nul = memchr(page, 0, got);

		if (nul)
			got = nul - page + (pos ? 0 : 1);
	}
	return got;
}

static ssize_t mm_environ(struct mm_struct *mm, u8 *page, size_t size, loff_t pos)
{
	unsigned long start, end;

	spin_lock(&mm->arg_lock);
	start = mm->env_start;
	end = mm->env_end;
	spin_unlock(&mm->arg_lock);
	if (start >= end || pos >= end - start)
		return 0;
	return access_remote_vm(mm, start + pos, page, min_t(size_t, size, end - start - pos),
				FOLL_ANON);
}

static ssize_t read_mm(struct mm_struct *mm, char __user *buf, size_t count, loff_t *pos,
		       ssize_t (*get)(struct mm_struct *mm, u8 *page, size_t size, loff_t pos))
{
	u8 *page = (u8 *)__get_free_page(GFP_KERNEL);
	ssize_t ret = 0;

	if (!page)
		return -ENOMEM;
	while (count) {
		ssize_t n = get(mm, page, min_t(size_t, count, PAGE_SIZE), *pos);

		if (n <= 0)
			break;
		if (copy_to_user(buf, page, n)) {
			ret = ret ? ret : -EFAULT;
			break;
		}
		buf += n;
		count -= n;
		*pos += n;
		ret += n;
	}
	free_page((unsigned long)page);
	return ret;
}

static ssize_t proc_pid_cmdline_read(struct file *file, char __user *buf, size_t count,
				     loff_t *pos)
{
	struct task_struct *task = get_proc_task(file_inode(file));
	struct mm_struct *mm;
	ssize_t ret;

	if (!task)
		return -ESRCH;
	mm = get_task_mm(task);
	put_task_struct(task);
	if (!mm)
		return 0;
	ret = read_mm(mm, buf, count, pos, mm_cmdline);
	mmput(mm);
	return ret;
}

static const struct file_operations proc_pid_cmdline_ops = {
	.read	= proc_pid_cmdline_read,
	.llseek	= generic_file_llseek,
};

/* The right to see it is that of open(), and stays with the file; so does the memory's struct. */
static int proc_mm_open(struct inode *inode, struct file *file)
{
	struct task_struct *task = get_proc_task(inode);
	struct mm_struct *mm;

	if (!task)
		return -ESRCH;
	mm = mm_access(task, PTRACE_MODE_READ_FSCREDS);
	put_task_struct(task);
	if (IS_ERR(mm))
		return PTR_ERR(mm);
	if (mm) {
		mmgrab(mm);	/* not its contents: they go with the process */
		mmput(mm);
	}
	file->private_data = mm;
	return 0;
}

static int proc_mm_release(struct inode *inode, struct file *file)
{
	if (file->private_data)
		mmdrop(file->private_data);
	return 0;
}

static ssize_t environ_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct mm_struct *mm = file->private_data;
	ssize_t ret;

	if (!mm || !mmget_not_zero(mm))
		return 0;
	ret = read_mm(mm, buf, count, ppos, mm_environ);
	mmput(mm);
	return ret;
}

static const struct file_operations proc_environ_operations = {
	.open		= proc_mm_open,
	.read		= environ_read,
	.llseek		= generic_file_llseek,
	.release	= proc_mm_release,
};

static ssize_t auxv_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct mm_struct *mm = file->private_data;
	unsigned int n = 0;

	if (!mm)
		return 0;
	while (n + 2 <= AT_VECTOR_SIZE && mm->saved_auxv[n])
		n += 2;
	/* Up to and including AT_NULL. */
	n = min_t(unsigned int, n + 2, AT_VECTOR_SIZE);
	return simple_read_from_buffer(buf, count, ppos, mm->saved_auxv,
				       n * sizeof(mm->saved_auxv[0]));
}

static const struct file_operations proc_auxv_operations = {
	.open		= proc_mm_open,
	.read		= auxv_read,
	.llseek		= generic_file_llseek,
	.release	= proc_mm_release,
};

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

static int mounts_open(struct inode *inode, struct file *file)
{
	return with_task(inode, file, open_mounts);
}

static int mountinfo_open(struct inode *inode, struct file *file)
{
	return with_task(inode, file, open_mountinfo);
}

static const struct file_operations proc_mounts_operations = {
	.open		= mounts_open,
	.read_iter	= seq_read_iter,
	.llseek		= seq_lseek,
	.release	= proc_mounts_release,
};

static const struct file_operations proc_mountinfo_operations = {
	.open		= mountinfo_open,
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

static int proc_cwd_link(struct task_struct *task, struct path *path)
{
	return get_task_fs_path(task, path, get_fs_pwd);
}

static int proc_root_link(struct task_struct *task, struct path *path)
{
	return get_task_fs_path(task, path, get_fs_root);
}

static int proc_exe_link(struct task_struct *task, struct path *path)
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

static const struct inode_operations proc_pid_link_inode_operations = {
	.readlink	= proc_pid_readlink,
	.get_link	= proc_pid_get_link,
	.setattr	= simple_setattr,
};

/* ---- the tables ---- */

static const struct file_operations proc_task_operations;
static const struct inode_operations proc_task_inode_operations;

static const struct inode_operations proc_def_inode_operations = {
	.setattr	= simple_setattr,
};

#define COMMON_ENTRIES							\
	DIR("fd", 0500, proc_fd_inode_operations, proc_fd_operations),	\
	DIR("fdinfo", 0555, proc_fdinfo_inode_operations, proc_fdinfo_operations), \
	REG("environ", 0400, proc_environ_operations),			\
	REG("auxv", 0400, proc_auxv_operations),			\
	ONE("status", 0444, proc_pid_status),				\
	ONE("personality", 0400, proc_pid_personality),			\
	ONE("limits", 0444, proc_pid_limits),				\
	REG("comm", 0644, proc_pid_set_comm_operations),		\
	REG("cmdline", 0444, proc_pid_cmdline_ops),			\
	ONE("statm", 0444, proc_pid_statm),				\
	REG("maps", 0444, proc_pid_maps_operations),			\
	LNK("cwd", proc_cwd_link),					\
	LNK("root", proc_root_link),					\
	LNK("exe", proc_exe_link),					\
	REG("mounts", 0444, proc_mounts_operations),			\
	REG("mountinfo", 0444, proc_mountinfo_operations),		\
	ONE("wchan", 0444, proc_pid_wchan),				\
	ONE("oom_score_adj", 0444, proc_oom_score_adj_show)

static const struct pid_entry tgid_base_stuff[] = {
	DIR("task", 0555, proc_task_inode_operations, proc_task_operations),
	COMMON_ENTRIES,
	ONE("stat", 0444, proc_tgid_stat),
};

static const struct pid_entry tid_base_stuff[] = {
	COMMON_ENTRIES,
	ONE("stat", 0444, proc_tid_stat),
};

static struct dentry *proc_pident_instantiate(struct dentry *dentry, struct task_struct *task,
					      const void *ptr)
{
	const struct pid_entry *p = ptr;
	struct inode *inode = proc_pid_make_inode(dentry->d_sb, task, p->mode);

	if (!inode)
		return ERR_PTR(-ENOENT);
	if (S_ISDIR(p->mode))
		set_nlink(inode, 2);
	inode->i_op = p->iop ? p->iop : &proc_def_inode_operations;
	if (p->fop)
		inode->i_fop = p->fop;
	PROC_I(inode)->entry = p;
	d_set_d_op(dentry, &pid_dentry_operations);
	return d_splice_alias(inode, dentry);
}

static struct dentry *proc_pident_lookup(struct inode *dir, struct dentry *dentry,
					 const struct pid_entry *ents, unsigned int nents)
{
	struct task_struct *task = get_proc_task(dir);
	struct dentry *res = ERR_PTR(-ENOENT);
	unsigned int i;

	if (!task)
		return res;
	for (i = 0; i < nents; i++) {
		if (strlen(ents[i].name) == dentry->d_name.len &&
		    !memcmp(dentry->d_name.name, ents[i].name, dentry->d_name.len)) {
			res = proc_pident_instantiate(dentry, task, &ents[i]);
			break;
		}
	}
	put_task_struct(task);
	return res;
}

static int proc_pident_readdir(struct file *file, struct dir_context *ctx,
			       const struct pid_entry *ents, unsigned int nents)
{
	struct task_struct *task = get_proc_task(file_inode(file));

	if (!task)
		return -ENOENT;
	if (dir_emit_dots(file, ctx)) {
		while (ctx->pos < nents + 2) {
			const struct pid_entry *p = ents + ctx->pos - 2;

			if (!proc_fill_cache(file, ctx, p->name, strlen(p->name),
					     proc_pident_instantiate, task, p))
				break;
			ctx->pos++;
		}
	}
	put_task_struct(task);
	return 0;
}

static int proc_tgid_base_readdir(struct file *file, struct dir_context *ctx)
{
	return proc_pident_readdir(file, ctx, tgid_base_stuff, ARRAY_SIZE(tgid_base_stuff));
}

static struct dentry *proc_tgid_base_lookup(struct inode *dir, struct dentry *dentry,
					    unsigned int flags)
{
	return proc_pident_lookup(dir, dentry, tgid_base_stuff, ARRAY_SIZE(tgid_base_stuff));
}

static const struct file_operations proc_tgid_base_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= proc_tgid_base_readdir,
	.llseek		= generic_file_llseek,
};

static const struct inode_operations proc_tgid_base_inode_operations = {
	.lookup		= proc_tgid_base_lookup,
	.getattr	= pid_getattr,
	.setattr	= simple_setattr,
};

static int proc_tid_base_readdir(struct file *file, struct dir_context *ctx)
{
	return proc_pident_readdir(file, ctx, tid_base_stuff, ARRAY_SIZE(tid_base_stuff));
}

static struct dentry *proc_tid_base_lookup(struct inode *dir, struct dentry *dentry,
					   unsigned int flags)
{
	return proc_pident_lookup(dir, dentry, tid_base_stuff, ARRAY_SIZE(tid_base_stuff));
}

static const struct file_operations proc_tid_base_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= proc_tid_base_readdir,
	.llseek		= generic_file_llseek,
};

static const struct inode_operations proc_tid_base_inode_operations = {
	.lookup		= proc_tid_base_lookup,
	.getattr	= pid_getattr,
	.setattr	= simple_setattr,
};

/* ---- the folders of processes and threads ---- */

static struct dentry *make_base(struct dentry *dentry, struct task_struct *task,
				const struct inode_operations *iop,
				const struct file_operations *fop, unsigned int nlink)
{
	struct inode *inode = proc_pid_make_inode(dentry->d_sb, task, S_IFDIR | 0555);

	if (!inode)
		return ERR_PTR(-ENOENT);
	inode->i_op = iop;
	inode->i_fop = fop;
	set_nlink(inode, nlink);
	d_set_d_op(dentry, &pid_dentry_operations);
	return d_splice_alias(inode, dentry);
}

static struct dentry *proc_pid_instantiate(struct dentry *dentry, struct task_struct *task,
					   const void *ptr)
{
	return make_base(dentry, task, &proc_tgid_base_inode_operations,
			 &proc_tgid_base_operations, 5);
}

static struct dentry *proc_task_instantiate(struct dentry *dentry, struct task_struct *task,
					    const void *ptr)
{
	return make_base(dentry, task, &proc_tid_base_inode_operations, &proc_tid_base_operations,
			 4);
}

/* A name that is a number as it is written: the number; else UINT_MAX. */
static unsigned int name_to_int(const struct qstr *qstr)
{
	const unsigned char *name = qstr->name;
	unsigned int n = 0, len = qstr->len;

	if (!len || (len > 1 && *name == '0'))
		return UINT_MAX;
	while (len--) {
		unsigned int c = *name++ - '0';

		if (c > 9 || n >= (UINT_MAX - 9) / 10)
			return UINT_MAX;
		n = n * 10 + c;
	}
	return n;
}

static struct task_struct *find_get_task(unsigned int nr)
{
	struct task_struct *task;

	rcu_read_lock();
	task = find_task_by_vpid(nr);
	if (task)
		get_task_struct(task);
	rcu_read_unlock();
	return task;
}

/** proc_pid_lookup - a name in /proc that is a number. Threads are found too, but not listed. */
struct dentry *proc_pid_lookup(struct dentry *dentry)
{
	unsigned int tgid = name_to_int(&dentry->d_name);
	struct task_struct *task;
	struct dentry *ret;

	if (tgid == UINT_MAX)
		return ERR_PTR(-ENOENT);
	task = find_get_task(tgid);
	if (!task)
		return ERR_PTR(-ENOENT);
	ret = proc_pid_instantiate(dentry, task, NULL);
	put_task_struct(task);
	return ret;
}

#define TGID_OFFSET	(FIRST_PROCESS_ENTRY + 2)

/* The process with the lowest number that is @tgid or more, referenced; NULL. */
static struct task_struct *next_tgid(unsigned int tgid)
{
	struct task_struct *p, *best = NULL;

	rcu_read_lock();
	for_each_process(p) {
		if (p->tgid >= tgid && (!best || p->tgid < best->tgid))
			best = p;
	}
	if (best)
		get_task_struct(best);
	rcu_read_unlock();
	return best;
}

/** proc_pid_readdir - self, thread-self, the processes: position is TGID_OFFSET + number */
int proc_pid_readdir(struct file *file, struct dir_context *ctx)
{
	struct task_struct *task;
	char name[12];
	int len;

	if (ctx->pos == FIRST_PROCESS_ENTRY) {
		if (!dir_emit(ctx, "self", 4, PROC_SELF_INO, DT_LNK))
			return 0;
		ctx->pos++;
	}
	if (ctx->pos == FIRST_PROCESS_ENTRY + 1) {
		if (!dir_emit(ctx, "thread-self", 11, PROC_THREAD_SELF_INO, DT_LNK))
			return 0;
		ctx->pos++;
	}
	while ((task = next_tgid(ctx->pos - TGID_OFFSET))) {
		ctx->pos = TGID_OFFSET + task->tgid;
		len = snprintf(name, sizeof(name), "%u", task->tgid);
		if (!proc_fill_cache(file, ctx, name, len, proc_pid_instantiate, task, NULL)) {
			put_task_struct(task);
			return 0;
		}
		put_task_struct(task);
		ctx->pos++;
		cond_resched();
	}
	return 0;
}

/* ---- task/ ---- */

static struct dentry *proc_task_lookup(struct inode *dir, struct dentry *dentry,
				       unsigned int flags)
{
	struct task_struct *leader = get_proc_task(dir), *task;
	struct dentry *res = ERR_PTR(-ENOENT);
	unsigned int tid = name_to_int(&dentry->d_name);

	if (!leader)
		return res;
	task = tid == UINT_MAX ? NULL : find_get_task(tid);
	if (task) {
		if (same_thread_group(leader, task))
			res = proc_task_instantiate(dentry, task, NULL);
		put_task_struct(task);
	}
	put_task_struct(leader);
	return res;
}

/* The thread of @leader with the lowest number that is @tid or more. */
static struct task_struct *next_tid(struct task_struct *leader, unsigned int tid)
{
	struct task_struct *t, *best = NULL;

	rcu_read_lock();
	if (pid_alive(leader)) {
		for_each_thread(leader, t) {
			if (t->pid >= tid && (!best || t->pid < best->pid))
				best = t;
		}
	}
	if (best)
		get_task_struct(best);
	rcu_read_unlock();
	return best;
}

static int proc_task_readdir(struct file *file, struct dir_context *ctx)
{
	struct task_struct *leader = get_proc_task(file_inode(file)), *task;
	char name[12];
	int len;

	if (!leader)
		return -ENOENT;
	if (!dir_emit_dots(file, ctx))
		goto out;
	while ((task = next_tid(leader, ctx->pos - 2))) {
		ctx->pos = 2 + task->pid;
		len = snprintf(name, sizeof(name), "%u", task->pid);
		if (!proc_fill_cache(file, ctx, name, len, proc_task_instantiate, task, NULL)) {
			put_task_struct(task);
			break;
		}
		put_task_struct(task);
		ctx->pos++;
	}
out:
	put_task_struct(leader);
	return 0;
}

static int proc_task_getattr(struct mnt_idmap *idmap, const struct path *path,
			     struct kstat *stat, u32 request_mask, unsigned int query_flags)
{
	struct inode *inode = d_inode(path->dentry);
	struct task_struct *p = get_proc_task(inode);

	generic_fillattr(&nop_mnt_idmap, request_mask, inode, stat);
	if (p) {
		stat->nlink += get_nr_threads(p);
		put_task_struct(p);
	}
	return 0;
}

static const struct inode_operations proc_task_inode_operations = {
	.lookup		= proc_task_lookup,
	.getattr	= proc_task_getattr,
	.setattr	= simple_setattr,
};

static const struct file_operations proc_task_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= proc_task_readdir,
	.llseek		= generic_file_llseek,
};

/** proc_flush_pid - a process is gone: its names find out when they are looked up (pid_revalidate) */
void proc_flush_pid(struct pid *pid)
{
}
