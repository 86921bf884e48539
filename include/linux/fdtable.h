/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FDTABLE_H
#define _LINUX_FDTABLE_H

/*
 * A process's descriptors.
 *
 * Lookups read files->fdt and the slot under RCU and try for a reference; everything that changes a
 * slot or a bit holds file_lock. When the table is too small a larger copy replaces it, and the old
 * one is freed after a grace period.
 */

#include <linux/bitops.h>
#include <linux/compiler.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct file;
struct task_struct;

/* How many descriptors live in the files_struct itself. */
#define NR_OPEN_DEFAULT	BITS_PER_LONG

struct fdtable {
	unsigned int max_fds;
	struct file __rcu **fd;			/* file_lock writes */
	unsigned long *close_on_exec;		/* file_lock */
	unsigned long *open_fds;		/* file_lock */
	unsigned long *full_fds_bits;		/* file_lock: words of open_fds that are all ones */
	struct rcu_head rcu;
};

struct files_struct {
	atomic_t count;				/* tasks that share it */
	struct fdtable __rcu *fdt;
	struct fdtable fdtab;			/* the first */
	spinlock_t file_lock ____cacheline_aligned_in_smp;
	unsigned int next_fd;			/* file_lock: none is free below it */
	unsigned long close_on_exec_init[1];
	unsigned long open_fds_init[1];
	unsigned long full_fds_bits_init[1];
	struct file __rcu *fd_array[NR_OPEN_DEFAULT];
};

#define rcu_dereference_check_fdtable(files, fdtfd)	\
	rcu_dereference_check((fdtfd), lockdep_is_held(&(files)->file_lock))
#define files_fdtable(files)	rcu_dereference_check_fdtable((files), (files)->fdt)

/** close_on_exec - does execve(2) close it? Context: RCU or file_lock */
static inline bool close_on_exec(unsigned int fd, const struct fdtable *fdt)
{
	return test_bit(fd, fdt->close_on_exec);
}

/** fd_is_open - is it open? Context: RCU or file_lock */
static inline bool fd_is_open(unsigned int fd, const struct fdtable *fdt)
{
	return test_bit(fd, fdt->open_fds);
}

/**
 * files_lookup_fd_raw - the file of a descriptor, without a reference: look only at the pointer
 *
 * Context: RCU
 */
static inline struct file *files_lookup_fd_raw(struct files_struct *files, unsigned int fd)
{
	struct fdtable *fdt = rcu_dereference_raw(files->fdt);

	return fd < fdt->max_fds ? rcu_dereference_raw(fdt->fd[fd]) : NULL;
}

/** files_lookup_fd_locked - the file of a descriptor. Context: file_lock held, which keeps it */
static inline struct file *files_lookup_fd_locked(struct files_struct *files, unsigned int fd)
{
	lockdep_assert_held(&files->file_lock);
	return files_lookup_fd_raw(files, fd);
}

struct fd_range {
	unsigned int from, to;
};

extern struct kmem_cache *files_cachep;

void files_struct_init(void);
struct files_struct *files_struct_alloc(void);
struct files_struct *dup_fd(struct files_struct *oldf, struct fd_range *punch_hole);
void put_files_struct(struct files_struct *fs);
void exit_files(struct task_struct *tsk);
int copy_files(unsigned long clone_flags, struct task_struct *tsk, int no_files);
int unshare_fd(unsigned long unshare_flags, struct files_struct **new_fdp);
int unshare_files(void);
void do_close_on_exec(struct files_struct *files);
int iterate_fd(struct files_struct *files, unsigned int start,
	       int (*fn)(const void *arg, struct file *file, unsigned int fd), const void *arg);
struct file *fget_task_next(struct task_struct *task, unsigned int *fd);
struct file *file_close_fd(unsigned int fd);

#endif /* _LINUX_FDTABLE_H */
