// SPDX-License-Identifier: MIT
/*
 * A process's table of descriptors: how it grows, is copied at fork, and goes.
 *
 *	files_struct -> fdt -> fd[]		the open files
 *			       open_fds		one bit per number: it is taken
 *			       close_on_exec
 *			       full_fds_bits	one bit per word of open_fds: all its numbers are
 *						taken
 *
 * The first NR_OPEN_DEFAULT numbers have their place within the files_struct. A larger table is
 * made beside the old one and put in its place (expand_files()); whoever reads the old one without
 * a lock is waited for by RCU.
 */

#include <linux/bitmap.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "file.h"
#include "internal.h"

unsigned int sysctl_nr_open = 1024 * 1024;
unsigned int sysctl_nr_open_min = BITS_PER_LONG;
unsigned int sysctl_nr_open_max = (INT_MAX / sizeof(void *)) & -BITS_PER_LONG;

struct kmem_cache *files_cachep __ro_after_init;

/* ---- tables ---- */

/* Words of full_fds_bits for @nr descriptors. */
#define FULL_WORDS(nr)	BITS_TO_LONGS((nr) / BITS_PER_LONG)

static void free_fdtable(struct fdtable *fdt)
{
	kvfree(fdt->fd);
	kvfree(fdt->open_fds);
	kfree(fdt);
}

static void free_fdtable_rcu(struct rcu_head *rcu)
{
	free_fdtable(container_of(rcu, struct fdtable, rcu));
}

/* A table for descriptors 0 to @slots - 1 and a few more. One allocation holds all bitmaps. */
static struct fdtable *alloc_fdtable(unsigned int slots)
{
	unsigned int nr = roundup_pow_of_two(max(slots, 4u * BITS_PER_LONG));
	unsigned int words;
	struct fdtable *fdt;

	if (unlikely(nr > sysctl_nr_open))
		nr = round_up(min(slots, sysctl_nr_open), BITS_PER_LONG);
	if (unlikely(nr < slots || nr > sysctl_nr_open_max))
		return ERR_PTR(-EMFILE);
	fdt = kmalloc(sizeof(*fdt), GFP_KERNEL_ACCOUNT);
	if (!fdt)
		return ERR_PTR(-ENOMEM);
	fdt->max_fds = nr;
	fdt->fd = kvmalloc_array(nr, sizeof(struct file *), GFP_KERNEL_ACCOUNT);
	if (!fdt->fd)
		goto err_fdt;
	words = nr / BITS_PER_LONG;
	fdt->open_fds = kvmalloc(sizeof(long) * (2 * words + FULL_WORDS(nr)), GFP_KERNEL_ACCOUNT);
	if (!fdt->open_fds)
		goto err_fd;
	fdt->close_on_exec = fdt->open_fds + words;
	fdt->full_fds_bits = fdt->close_on_exec + words;
	return fdt;

err_fd:
	kvfree(fdt->fd);
err_fdt:
	kfree(fdt);
	return ERR_PTR(-ENOMEM);
}

/* Descriptors below @count from @ofdt, the rest of @nfdt is empty. @count: a multiple of a word. */
static void copy_fd_bitmaps(struct fdtable *nfdt, const struct fdtable *ofdt, unsigned int count)
{
	unsigned int words = count / BITS_PER_LONG, rest = nfdt->max_fds / BITS_PER_LONG - words;

	memcpy(nfdt->open_fds, ofdt->open_fds, words * sizeof(long));
	memset(nfdt->open_fds + words, 0, rest * sizeof(long));
	memcpy(nfdt->close_on_exec, ofdt->close_on_exec, words * sizeof(long));
	memset(nfdt->close_on_exec + words, 0, rest * sizeof(long));
	bitmap_copy_and_extend(nfdt->full_fds_bits, ofdt->full_fds_bits, words,
			       nfdt->max_fds / BITS_PER_LONG);
}

static void copy_fdtable(struct fdtable *nfdt, const struct fdtable *ofdt)
{
	memcpy(nfdt->fd, ofdt->fd, ofdt->max_fds * sizeof(struct file *));
	memset(nfdt->fd + ofdt->max_fds, 0,
	       (nfdt->max_fds - ofdt->max_fds) * sizeof(struct file *));
	copy_fd_bitmaps(nfdt, ofdt, ofdt->max_fds);
}

/*
 * Make room for @nr. file_lock is held, dropped while memory is found, and held again.
 * Return: 1 if the lock was dropped, 0 if there was room, -EMFILE, -ENOMEM.
 */
int expand_files(struct files_struct *files, unsigned int nr)
	__releases(files->file_lock)
	__acquires(files->file_lock)
{
	struct fdtable *new_fdt, *cur_fdt = files_fdtable(files);

	if (nr < cur_fdt->max_fds)
		return 0;
	if (nr >= sysctl_nr_open)
		return -EMFILE;
	spin_unlock(&files->file_lock);
	new_fdt = alloc_fdtable(nr + 1);
	spin_lock(&files->file_lock);
	if (IS_ERR(new_fdt))
		return PTR_ERR(new_fdt);
	cur_fdt = files_fdtable(files);
	if (cur_fdt->max_fds >= new_fdt->max_fds) {
		free_fdtable(new_fdt);
		return 1;
	}
	copy_fdtable(new_fdt, cur_fdt);
	/* Pairs with the dependent loads of lookups: they see the copied slots. */
	rcu_assign_pointer(files->fdt, new_fdt);
	if (cur_fdt != &files->fdtab)
		call_rcu(&cur_fdt->rcu, free_fdtable_rcu);
	return 1;
}

static struct files_struct *new_files_struct(void)
{
	struct files_struct *newf = kmem_cache_alloc(files_cachep, GFP_KERNEL);
	struct fdtable *fdt;

	if (!newf)
		return NULL;
	atomic_set(&newf->count, 1);
	spin_lock_init(&newf->file_lock);
	newf->next_fd = 0;
	fdt = &newf->fdtab;
	fdt->max_fds = NR_OPEN_DEFAULT;
	fdt->close_on_exec = newf->close_on_exec_init;
	fdt->open_fds = newf->open_fds_init;
	fdt->full_fds_bits = newf->full_fds_bits_init;
	fdt->fd = &newf->fd_array[0];
	rcu_assign_pointer(newf->fdt, fdt);
	return newf;
}

/**
 * files_struct_alloc - an empty table, for a process that has no parent with one
 *
 * Return: the table with one reference, or NULL.
 */
struct files_struct *files_struct_alloc(void)
{
	struct files_struct *newf = new_files_struct();

	if (!newf)
		return NULL;
	newf->close_on_exec_init[0] = 0;
	newf->open_fds_init[0] = 0;
	newf->full_fds_bits_init[0] = 0;
	memset(newf->fd_array, 0, sizeof(newf->fd_array));
	return newf;
}

/* How many slots a copy needs: up to the last open one that isn't in @hole, in whole words. */
static unsigned int sane_fdtable_size(const struct fdtable *fdt, const struct fd_range *hole)
{
	unsigned int last = find_last_bit(fdt->open_fds, fdt->max_fds);

	if (last == fdt->max_fds)
		return NR_OPEN_DEFAULT;
	if (hole && hole->to >= last && hole->from <= last) {
		last = find_last_bit(fdt->open_fds, hole->from);
		if (last == hole->from)
			return NR_OPEN_DEFAULT;
	}
	return ALIGN(last + 1, BITS_PER_LONG);
}

/**
 * dup_fd - a copy of a table, for fork()
 * @oldf: the table
 * @punch_hole: descriptors that are going to be closed anyway; NULL: none
 *
 * Context: may sleep.
 * Return: the copy; -ENOMEM, -EMFILE.
 */
struct files_struct *dup_fd(struct files_struct *oldf, struct fd_range *punch_hole)
{
	struct files_struct *newf = new_files_struct();
	struct fdtable *old_fdt, *new_fdt;
	unsigned int open_files, i;

	if (!newf)
		return ERR_PTR(-ENOMEM);
	new_fdt = &newf->fdtab;
	spin_lock(&oldf->file_lock);
	old_fdt = files_fdtable(oldf);
	open_files = sane_fdtable_size(old_fdt, punch_hole);
	while (unlikely(open_files > new_fdt->max_fds)) {
		spin_unlock(&oldf->file_lock);
		if (new_fdt != &newf->fdtab)
			free_fdtable(new_fdt);
		new_fdt = alloc_fdtable(open_files);
		if (IS_ERR(new_fdt)) {
			kmem_cache_free(files_cachep, newf);
			return ERR_CAST(new_fdt);
		}
		/* It may have grown while nobody held the lock. */
		spin_lock(&oldf->file_lock);
		old_fdt = files_fdtable(oldf);
		open_files = sane_fdtable_size(old_fdt, punch_hole);
	}
	copy_fd_bitmaps(new_fdt, old_fdt, min(open_files, old_fdt->max_fds));
	for (i = 0; i < open_files; i++) {
		struct file *f = rcu_dereference_raw(old_fdt->fd[i]);

		/* A number that a thread has taken and not filled isn't open in the copy. */
		if (f)
			get_file(f);
		else
			__clear_open_fd(i, new_fdt);
		rcu_assign_pointer(new_fdt->fd[i], f);
	}
	spin_unlock(&oldf->file_lock);
	memset(new_fdt->fd + open_files, 0,
	       (new_fdt->max_fds - open_files) * sizeof(struct file *));
	rcu_assign_pointer(newf->fdt, new_fdt);
	return newf;
}

/* Nobody else has the table any more. */
static void close_files(struct files_struct *files)
{
	struct fdtable *fdt = rcu_dereference_raw(files->fdt);
	unsigned int fd;

	for_each_set_bit(fd, fdt->open_fds, fdt->max_fds) {
		struct file *file = rcu_dereference_raw(fdt->fd[fd]);

		if (file) {
			filp_close(file, files);
			cond_resched();
		}
	}
}

/**
 * put_files_struct - give a reference to a table of descriptors back; the last one closes all
 * @files: the table
 *
 * Context: may sleep.
 */
void put_files_struct(struct files_struct *files)
{
	struct fdtable *fdt;

	if (!atomic_dec_and_test(&files->count))
		return;
	close_files(files);
	fdt = rcu_dereference_raw(files->fdt);
	if (fdt != &files->fdtab)
		free_fdtable(fdt);
	kmem_cache_free(files_cachep, files);
}

/**
 * exit_files - a task ends: its table goes
 * @tsk: current
 *
 * Context: may sleep.
 */
void exit_files(struct task_struct *tsk)
{
	struct files_struct *files = tsk->files;

	if (!files)
		return;
	task_lock(tsk);
	tsk->files = NULL;
	task_unlock(tsk);
	put_files_struct(files);
}

/**
 * copy_files - a new task's table
 * @clone_flags: CLONE_FILES shares the current task's
 * @tsk: the new task, of which nobody knows yet
 * @no_files: it gets none
 *
 * Return: 0, -ENOMEM, -EMFILE.
 */
int copy_files(unsigned long clone_flags, struct task_struct *tsk, int no_files)
{
	struct files_struct *oldf = current->files, *newf;

	tsk->files = NULL;
	if (no_files || (tsk->flags & PF_KTHREAD))
		return 0;
	/* A kernel thread's child that is to be a process. */
	if (!oldf) {
		tsk->files = files_struct_alloc();
		return tsk->files ? 0 : -ENOMEM;
	}
	if (clone_flags & CLONE_FILES) {
		atomic_inc(&oldf->count);
		tsk->files = oldf;
		return 0;
	}
	newf = dup_fd(oldf, NULL);
	if (IS_ERR(newf))
		return PTR_ERR(newf);
	tsk->files = newf;
	return 0;
}

/**
 * unshare_fd - a copy of current's table, if unshare(2) asks for one and it is shared
 * @unshare_flags: CLONE_FILES or not
 * @new_fdp: gets the copy; left alone if none is needed
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, -EMFILE.
 */
int unshare_fd(unsigned long unshare_flags, struct files_struct **new_fdp)
{
	struct files_struct *fd = current->files;

	if (!(unshare_flags & CLONE_FILES) || !fd || atomic_read(&fd->count) <= 1)
		return 0;
	fd = dup_fd(fd, NULL);
	if (IS_ERR(fd))
		return PTR_ERR(fd);
	*new_fdp = fd;
	return 0;
}

/** unshare_files - exec() wants a table of its own */
int unshare_files(void)
{
	struct files_struct *old, *copy = NULL;
	int err = unshare_fd(CLONE_FILES, &copy);

	if (err || !copy)
		return err;
	old = current->files;
	task_lock(current);
	current->files = copy;
	task_unlock(current);
	put_files_struct(old);
	return 0;
}
