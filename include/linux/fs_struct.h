/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FS_STRUCT_H
#define _LINUX_FS_STRUCT_H

/*
 * Where a process stands in the tree: its root, its working directory, its umask. Shared between
 * tasks by clone(CLONE_FS). Read in the walk without references, under `seq`.
 */

#include <linux/path.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>

struct fs_struct {
	int users;			/* lock */
	spinlock_t lock;
	seqcount_spinlock_t seq;	/* lock writes: root and pwd */
	int umask;			/* the tasks' own: racy between threads */
	int in_exec;			/* lock */
	struct path root, pwd;		/* lock */
};

extern struct kmem_cache *fs_cachep;
extern struct fs_struct init_fs;

void fs_struct_init(void);
void exit_fs(struct task_struct *tsk);
void set_fs_root(struct fs_struct *fs, const struct path *path);
void set_fs_pwd(struct fs_struct *fs, const struct path *path);
struct fs_struct *copy_fs_struct(struct fs_struct *old);
void free_fs_struct(struct fs_struct *fs);
void switch_fs_struct(struct fs_struct *new);
int copy_fs(unsigned long clone_flags, struct task_struct *tsk);
int current_umask(void);
void chroot_fs_refs(const struct path *old_root, const struct path *new_root);

/** get_fs_root - a task's root, referenced, for path_put(). Context: takes fs->lock */
static inline void get_fs_root(struct fs_struct *fs, struct path *root)
{
	spin_lock(&fs->lock);
	*root = fs->root;
	path_get(root);
	spin_unlock(&fs->lock);
}

/** get_fs_pwd - a task's working directory, referenced, for path_put(). Context: takes fs->lock */
static inline void get_fs_pwd(struct fs_struct *fs, struct path *pwd)
{
	spin_lock(&fs->lock);
	*pwd = fs->pwd;
	path_get(pwd);
	spin_unlock(&fs->lock);
}

/** current_chrooted - has current another root than the first task? */
static inline bool current_chrooted(void)
{
	return !path_equal(&current->fs->root, &init_fs.root);
}

#endif /* _LINUX_FS_STRUCT_H */
