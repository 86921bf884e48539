// SPDX-License-Identifier: MIT
/*
 * Root, working directory and umask of processes.
 *
 * Kernel threads have init_fs: the tree as init sees it first. User processes get a copy at fork,
 * or share their parent's.
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/init_task.h>
#include <linux/mount.h>
#include <linux/path.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/syscalls.h>

#include "internal.h"

struct kmem_cache *fs_cachep __ro_after_init;

struct fs_struct init_fs = {
	.users	= 1,
	.lock	= __SPIN_LOCK_UNLOCKED(init_fs.lock),
	.seq	= SEQCNT_SPINLOCK_ZERO(init_fs.seq, &init_fs.lock),
	.umask	= 0022,
};

/* Put @new where @old says; readers without references see all of it or nothing. */
static void replace_path_locked(struct fs_struct *fs, struct path *where, const struct path *new,
				struct path *old)
{
	write_seqcount_begin(&fs->seq);
	*old = *where;
	*where = *new;
	write_seqcount_end(&fs->seq);
}

static void replace_path(struct fs_struct *fs, struct path *where, const struct path *new)
{
	struct path old;

	path_get(new);
	spin_lock(&fs->lock);
	replace_path_locked(fs, where, new, &old);
	spin_unlock(&fs->lock);
	if (old.dentry)
		path_put(&old);
}

/**
 * set_fs_root - chroot(2)'s half
 * @fs: current's
 * @path: the new root; a reference is taken
 *
 * Context: takes fs->lock; may sleep afterwards.
 */
void set_fs_root(struct fs_struct *fs, const struct path *path)
{
	replace_path(fs, &fs->root, path);
}

/**
 * set_fs_pwd - chdir(2)'s half
 * @fs: current's
 * @path: the new working directory; a reference is taken
 *
 * Context: takes fs->lock; may sleep afterwards.
 */
void set_fs_pwd(struct fs_struct *fs, const struct path *path)
{
	replace_path(fs, &fs->pwd, path);
}

/* One structure of chroot_fs_refs(). Return: how many paths were replaced, references not moved. */
static int move_fs(struct fs_struct *fs, const struct path *old_root, const struct path *new_root)
{
	struct path old;
	int hits = 0;

	spin_lock(&fs->lock);
	if (path_equal(&fs->root, old_root)) {
		replace_path_locked(fs, &fs->root, new_root, &old);
		hits++;
	}
	if (path_equal(&fs->pwd, old_root)) {
		replace_path_locked(fs, &fs->pwd, new_root, &old);
		hits++;
	}
	spin_unlock(&fs->lock);
	return hits;
}

/**
 * chroot_fs_refs - pivot_root(2): who stood at the old root stands at the new one
 * @old_root: referenced by the caller
 * @new_root: likewise
 */
void chroot_fs_refs(const struct path *old_root, const struct path *new_root)
{
	struct task_struct *g, *p;
	int count = 0;

	rcu_read_lock();
	for_each_process_thread(g, p) {
		struct fs_struct *fs;
		int hits;

		task_lock(p);
		fs = p->fs;
		hits = fs ? move_fs(fs, old_root, new_root) : 0;
		task_unlock(p);
		for (count += hits; hits; hits--)
			path_get(new_root);
	}
	rcu_read_unlock();
	/* Never the last ones: the caller has one of its own. */
	while (count--)
		path_put(old_root);
}

/**
 * free_fs_struct - free what the last user left
 * @fs: nobody's
 *
 * Context: may sleep.
 */
void free_fs_struct(struct fs_struct *fs)
{
	path_put(&fs->root);
	path_put(&fs->pwd);
	kmem_cache_free(fs_cachep, fs);
}

static void put_fs(struct fs_struct *fs)
{
	int users;

	spin_lock(&fs->lock);
	users = --fs->users;
	spin_unlock(&fs->lock);
	if (!users)
		free_fs_struct(fs);
}

/**
 * exit_fs - a task ends: its root and working directory go
 * @tsk: current
 *
 * Context: may sleep.
 */
void exit_fs(struct task_struct *tsk)
{
	struct fs_struct *fs = tsk->fs;

	if (!fs)
		return;
	task_lock(tsk);
	tsk->fs = NULL;
	task_unlock(tsk);
	put_fs(fs);
}

/**
 * copy_fs_struct - the same places, in a structure of its own
 * @old: somebody's
 *
 * Context: may sleep.
 * Return: the copy, with one user; NULL without memory.
 */
struct fs_struct *copy_fs_struct(struct fs_struct *old)
{
	struct fs_struct *fs = kmem_cache_alloc(fs_cachep, GFP_KERNEL);

	if (!fs)
		return NULL;
	fs->users = 1;
	fs->in_exec = 0;
	spin_lock_init(&fs->lock);
	seqcount_spinlock_init(&fs->seq, &fs->lock);
	fs->umask = old->umask;
	spin_lock(&old->lock);
	fs->root = old->root;
	path_get(&fs->root);
	fs->pwd = old->pwd;
	path_get(&fs->pwd);
	spin_unlock(&old->lock);
	return fs;
}

/**
 * copy_fs - a new task's
 * @clone_flags: CLONE_FS shares the current task's
 * @tsk: the new task
 *
 * Return: 0, -ENOMEM, or -EAGAIN if a thread is in the middle of exec().
 */
int copy_fs(unsigned long clone_flags, struct task_struct *tsk)
{
	struct fs_struct *fs = current->fs;

	if (clone_flags & CLONE_FS) {
		int err = 0;

		spin_lock(&fs->lock);
		if (fs->in_exec)
			err = -EAGAIN;
		else
			fs->users++;
		spin_unlock(&fs->lock);
		tsk->fs = err ? NULL : fs;
		return err;
	}
	tsk->fs = copy_fs_struct(fs);
	return tsk->fs ? 0 : -ENOMEM;
}

/**
 * switch_fs_struct - current gets another structure
 * @new: whose reference goes to it
 *
 * Context: may sleep.
 */
void switch_fs_struct(struct fs_struct *new)
{
	struct fs_struct *old = current->fs;

	task_lock(current);
	current->fs = new;
	task_unlock(current);
	put_fs(old);
}

/**
 * current_umask - the permission bits that new files of current don't get
 *
 * Return: 0 to 0777. umask(2).
 */
int current_umask(void)
{
	return current->fs->umask;
}
EXPORT_SYMBOL(current_umask);

/**
 * fs_struct_init - make the cache, and give the first task its own
 *
 * Context: boot.
 */
void __init fs_struct_init(void)
{
	fs_cachep = kmem_cache_create("fs_cache", sizeof(struct fs_struct), 0,
				      SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT, NULL);
	init_task.fs = &init_fs;
}

SYSCALL_DEFINE1(umask, int, mask)
{
	return xchg(&current->fs->umask, mask & S_IRWXUGO);
}
