/* SPDX-License-Identifier: MIT */
#ifndef _FS_PROC_INTERNAL_H
#define _FS_PROC_INTERNAL_H

/* What the files of /proc share. */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/pgtable.h>
#include <linux/pid.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

/**
 * struct proc_dir_entry - a file or folder that some part of the kernel made
 * @refcnt: the tree, inodes
 * @users: calls of its functions under way; PDE_GONE added: no new ones
 * @unused: waited for by who removes it
 * @parent: above it
 * @list: in the parent's @children, under proc_subdir_lock
 * @children: of a folder
 * @iop: of inodes, if not those of inode.c
 * @ops: of a file that has its own functions
 * @seq_ops: of one that is a sequence
 * @show: of one that a single function prints
 * @data: the owner's
 * @state_size: of a sequence: bytes for each open file
 * @link: of a symlink: where it points
 * @mode: type and rights
 * @nlink: of a folder
 * @ino: inode number
 * @size: as stat(2) tells
 * @uid: owner
 * @gid: group
 * @rcu: walks under RCU may look at it when its last reference is gone
 * @name: in its folder
 */
struct proc_dir_entry {
	refcount_t refcnt;
	atomic_t users;
	struct completion unused;
	struct proc_dir_entry *parent;
	struct list_head list;
	struct list_head children;
	const struct inode_operations *iop;
	const struct proc_ops *ops;
	const struct seq_operations *seq_ops;
	int (*show)(struct seq_file *m, void *v);
	void *data;
	unsigned int state_size;
	const char *link;
	umode_t mode;
	unsigned int nlink;
	unsigned int ino;
	loff_t size;
	kuid_t uid;
	kgid_t gid;
	struct rcu_head rcu;
	char name[];
};

#define PDE_GONE	(1 << 30)

/* A row of the tables in base.c: a name in the folder of a process or a thread. */
typedef int (*proc_show_t)(struct seq_file *m, struct pid *pid, struct task_struct *task);

struct pid_entry {
	const char *name;
	umode_t mode;
	const struct inode_operations *iop;
	const struct file_operations *fop;
	proc_show_t show;			/* of a file that one function prints */
	int (*get_link)(struct task_struct *task, struct path *path);
};

/* An inode of /proc: of an entry (@pde), or of a process (@pid). */
struct proc_inode {
	struct pid *pid;
	unsigned int fd;
	const struct pid_entry *entry;
	struct proc_dir_entry *pde;
	struct hlist_node flush_node;		/* of a task's folder: in flush.c's hash */
	struct inode vfs_inode;
};

static inline struct proc_inode *PROC_I(const struct inode *inode)
{
	return container_of(inode, struct proc_inode, vfs_inode);
}

static inline struct proc_dir_entry *PDE(const struct inode *inode)
{
	return PROC_I(inode)->pde;
}

static inline struct pid *proc_pid(const struct inode *inode)
{
	return PROC_I(inode)->pid;
}

static inline struct task_struct *get_proc_task(const struct inode *inode)
{
	return get_pid_task(proc_pid(inode), PIDTYPE_PID);
}

#define PROC_ROOT_INO		1
#define PROC_SELF_INO		2
#define PROC_THREAD_SELF_INO	3

/* generic.c */
extern struct proc_dir_entry proc_root;
void pde_put(struct proc_dir_entry *de);
struct dentry *proc_lookup_de(struct inode *dir, struct dentry *dentry,
			      struct proc_dir_entry *de);
int proc_readdir_de(struct file *file, struct dir_context *ctx, struct proc_dir_entry *de);
extern const struct file_operations proc_dir_operations;
extern const struct inode_operations proc_dir_inode_operations;
struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags);
int proc_getattr(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
		 u32 request_mask, unsigned int query_flags);
int proc_notify_change(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr);
struct proc_dir_entry *proc_find_entry(const char *name, struct proc_dir_entry *parent);
struct proc_dir_entry *proc_create_iop(const char *name, umode_t mode,
				       struct proc_dir_entry *parent,
				       const struct proc_ops *proc_ops,
				       const struct inode_operations *iop, void *data);
struct proc_dir_entry *proc_mkdir_iop(const char *name, struct proc_dir_entry *parent,
				      const struct inode_operations *iop);
bool pde_use(struct proc_dir_entry *de);
void pde_unuse(struct proc_dir_entry *de);

/* inode.c */
void proc_init_kmemcache(void);
struct inode *proc_get_inode(struct super_block *sb, struct proc_dir_entry *de);
extern const struct super_operations proc_sops;

/* base.c */
#define FIRST_PROCESS_ENTRY	256
struct dentry *proc_pid_lookup(struct dentry *dentry);
int proc_pid_readdir(struct file *file, struct dir_context *ctx);
struct inode *proc_pid_make_inode(struct super_block *sb, struct task_struct *task, umode_t mode);
int pid_revalidate(struct dentry *dentry, unsigned int flags);
int pid_getattr(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
		u32 request_mask, unsigned int query_flags);
int proc_setattr(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr);
void task_dump_owner(struct task_struct *task, umode_t mode, kuid_t *ruid, kgid_t *rgid);
extern const struct dentry_operations pid_dentry_operations;
typedef struct dentry *instantiate_t(struct dentry *dentry, struct task_struct *task,
				     const void *ptr);
bool proc_fill_cache(struct file *file, struct dir_context *ctx, const char *name, unsigned int len,
		     instantiate_t *instantiate, struct task_struct *task, const void *ptr);

/* task_info.c */
extern const struct file_operations proc_pid_set_comm_operations, proc_pid_timerslack_operations;
int proc_pid_limits(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_personality(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_wchan(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_stack(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_syscall(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_schedstat(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_sched(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_cgroup(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_id_map(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_setgroups(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_timers(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_children(struct seq_file *m, struct pid *pid, struct task_struct *task);

/* task_oom.c */
extern const struct file_operations proc_oom_score_adj_operations, proc_oom_adj_operations;
int proc_oom_score(struct seq_file *m, struct pid *pid, struct task_struct *task);

/* task_mem.c */
extern const struct file_operations proc_pid_cmdline_ops, proc_environ_operations;
extern const struct file_operations proc_auxv_operations, proc_mem_operations;
extern const struct file_operations proc_coredump_filter_operations;
int proc_mm_open_mode(struct inode *inode, struct file *file, unsigned int mode);
int proc_mm_release(struct inode *inode, struct file *file);

/* task_links.c */
extern const struct file_operations proc_mounts_operations, proc_mountinfo_operations;
extern const struct file_operations proc_mountstats_operations;
extern const struct inode_operations proc_pid_link_inode_operations;
int proc_cwd_link(struct task_struct *task, struct path *path);
int proc_root_link(struct task_struct *task, struct path *path);
int proc_exe_link(struct task_struct *task, struct path *path);
int proc_readlink_path(struct path *path, char __user *buffer, int buflen);

/* array.c: what is printed about a process */
int proc_tgid_stat(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_tid_stat(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_status(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_pid_statm(struct seq_file *m, struct pid *pid, struct task_struct *task);

/* flush.c */
void proc_pid_note_inode(struct inode *inode);
void proc_pid_forget_inode(struct inode *inode);

/* task_io.c */
int proc_tid_io(struct seq_file *m, struct pid *pid, struct task_struct *task);
int proc_tgid_io(struct seq_file *m, struct pid *pid, struct task_struct *task);

/* map_files.c */
extern const struct file_operations proc_map_files_operations;
extern const struct inode_operations proc_map_files_inode_operations;

/* namespaces.c */
extern const struct file_operations proc_ns_dir_operations;
extern const struct inode_operations proc_ns_dir_inode_operations;

/* fd.c */
extern const struct file_operations proc_fd_operations, proc_fdinfo_operations;
extern const struct inode_operations proc_fd_inode_operations, proc_fdinfo_inode_operations;

/* task_mmu.c */
extern const struct file_operations proc_pid_maps_operations, proc_pid_smaps_operations;
extern const struct file_operations proc_pid_smaps_rollup_operations;

/* task_pages.c */
void walk_pages(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		void (*fn)(struct vm_area_struct *vma, unsigned long addr, pte_t *pte, void *arg),
		void *arg);
extern const struct file_operations proc_pagemap_operations, proc_clear_refs_operations;

/* self.c */
int proc_setup_self(struct super_block *s);
void proc_drop_self(struct super_block *s);

#endif /* _FS_PROC_INTERNAL_H */
