// SPDX-License-Identifier: MIT
/*
 * /proc/PID: a folder for each process and, in its task/, for each thread. Their files are a table
 * (struct pid_entry). An inode holds the struct pid, not the task: when the process is gone its
 * names are dropped (pid_revalidate), and open files answer -ESRCH.
 *
 * Owner. Inodes belong to the process's effective user; to root if the process isn't dumpable. What
 * is in the process's memory is for who may ptrace it.
 */

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/namei.h>
#include <linux/pid.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "internal.h"

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

/** pid_getattr - ->getattr() of what is in /proc/PID: owner and group are the task's */
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

/**
 * proc_setattr - ->setattr() of what is in /proc/PID: nobody changes its mode
 * @idmap: nop_mnt_idmap
 * @dentry: the name; its inode's i_rwsem is held for writing
 * @attr: what changes; an owner lasts until the name is looked up again, a size isn't looked at
 *
 * Return: 0, -EPERM.
 */
int proc_setattr(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr)
{
	int error;

	if (attr->ia_valid & ATTR_MODE)
		return -EPERM;
	error = setattr_prepare(idmap, dentry, attr);
	if (!error)
		setattr_copy(idmap, d_inode(dentry), attr);
	return error;
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

/* ---- the tables ---- */

static const struct file_operations proc_task_operations;
static const struct inode_operations proc_task_inode_operations;

static const struct inode_operations proc_def_inode_operations = {
	.setattr	= proc_setattr,
};

#define COMMON_ENTRIES							\
	DIR("fd", 0500, proc_fd_inode_operations, proc_fd_operations),	\
	DIR("ns", 0511, proc_ns_dir_inode_operations, proc_ns_dir_operations), \
	DIR("fdinfo", 0555, proc_fdinfo_inode_operations, proc_fdinfo_operations), \
	REG("environ", 0400, proc_environ_operations),			\
	REG("auxv", 0400, proc_auxv_operations),			\
	ONE("status", 0444, proc_pid_status),				\
	ONE("personality", 0400, proc_pid_personality),			\
	ONE("limits", 0444, proc_pid_limits),				\
	ONE("sched", 0444, proc_pid_sched),				\
	REG("comm", 0644, proc_pid_set_comm_operations),		\
	ONE("syscall", 0400, proc_pid_syscall),				\
	REG("cmdline", 0444, proc_pid_cmdline_ops),			\
	ONE("statm", 0444, proc_pid_statm),				\
	REG("maps", 0444, proc_pid_maps_operations),			\
	REG("mem", 0600, proc_mem_operations),				\
	LNK("cwd", proc_cwd_link),					\
	LNK("root", proc_root_link),					\
	LNK("exe", proc_exe_link),					\
	REG("mounts", 0444, proc_mounts_operations),			\
	REG("mountinfo", 0444, proc_mountinfo_operations),		\
	REG("clear_refs", 0200, proc_clear_refs_operations),		\
	REG("smaps", 0444, proc_pid_smaps_operations),			\
	REG("smaps_rollup", 0444, proc_pid_smaps_rollup_operations),	\
	REG("pagemap", 0400, proc_pagemap_operations),			\
	ONE("wchan", 0444, proc_pid_wchan),				\
	ONE("stack", 0400, proc_pid_stack),				\
	ONE("schedstat", 0444, proc_pid_schedstat),			\
	ONE("cgroup", 0444, proc_pid_cgroup),				\
	ONE("oom_score", 0444, proc_oom_score),				\
	REG("oom_adj", 0644, proc_oom_adj_operations),			\
	REG("oom_score_adj", 0644, proc_oom_score_adj_operations),	\
	ONE("uid_map", 0644, proc_pid_id_map),				\
	ONE("gid_map", 0644, proc_pid_id_map),				\
	ONE("projid_map", 0644, proc_pid_id_map),			\
	ONE("setgroups", 0644, proc_pid_setgroups)

static const struct pid_entry tgid_base_stuff[] = {
	DIR("task", 0555, proc_task_inode_operations, proc_task_operations),
	DIR("map_files", 0500, proc_map_files_inode_operations, proc_map_files_operations),
	COMMON_ENTRIES,
	ONE("stat", 0444, proc_tgid_stat),
	ONE("io", 0400, proc_tgid_io),
	ONE("timers", 0444, proc_pid_timers),
	REG("mountstats", 0400, proc_mountstats_operations),
	REG("coredump_filter", 0644, proc_coredump_filter_operations),
	REG("timerslack_ns", 0666, proc_pid_timerslack_operations),
};

static const struct pid_entry tid_base_stuff[] = {
	COMMON_ENTRIES,
	ONE("stat", 0444, proc_tid_stat),
	ONE("io", 0400, proc_tid_io),
	ONE("children", 0444, proc_pid_children),
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

/**
 * tgid_pidfd_to_pid - the process that an open folder /proc/PID stands for
 * @file: any; it has to stay open as long as the answer is used
 *
 * Before there were pidfds such a folder was one, and pidfd_send_signal(2) still takes it.
 *
 * Return: its pid, without a reference; ERR_PTR(-EBADF): @file is something else.
 */
struct pid *tgid_pidfd_to_pid(const struct file *file)
{
	return file->f_op == &proc_tgid_base_operations ? proc_pid(file_inode(file)) :
		ERR_PTR(-EBADF);
}

static const struct inode_operations proc_tgid_base_inode_operations = {
	.lookup		= proc_tgid_base_lookup,
	.getattr	= pid_getattr,
	.setattr	= proc_setattr,
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
	.setattr	= proc_setattr,
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
	proc_pid_note_inode(inode);
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

/**
 * proc_pid_lookup - a name in /proc that is a number; threads are found too, but not listed
 * @dentry: the name
 *
 * Context: may sleep.
 * Return: as ->lookup(); ERR_PTR(-ENOENT) if there is no such task.
 */
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
	.setattr	= proc_setattr,
};

static const struct file_operations proc_task_operations = {
	.read		= generic_read_dir,
	.iterate_shared	= proc_task_readdir,
	.llseek		= generic_file_llseek,
};
