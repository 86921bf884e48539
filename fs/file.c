// SPDX-License-Identifier: MIT
/*
 * Descriptors: from a number to an open file. The table of a process as a whole is in fdtable.c.
 *
 * A lookup takes no lock:
 *
 *	rcu_read_lock()
 *	file = fdt->fd[fd]			may be closed and freed from here on
 *	get_file_rcu(file)			fails if its last reference is gone
 *	fdt->fd[fd] still file?			else it was reused for another open: again
 *
 * A task that is alone with its table needs no reference at all for the length of one call, since
 * only it could close the descriptor; fdget() leaves it out then.
 *
 * A slot's life: its bit in open_fds is set (__get_unused_fd_flags()), the file is put in
 * (fd_install()), both are cleared by close. Between the first two the number is taken, but a
 * lookup finds nothing.
 */

#include <linux/bitmap.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/nospec.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/close_range.h>

#include "file.h"
#include "internal.h"

/* ---- numbers ---- */

static unsigned int find_next_fd(const struct fdtable *fdt, unsigned int start)
{
	unsigned int maxbit = fdt->max_fds / BITS_PER_LONG, bit = start / BITS_PER_LONG;

	/* Most often the first word looked at has one free. */
	bit = find_next_zero_bit(fdt->full_fds_bits, maxbit, bit) * BITS_PER_LONG;
	if (bit >= fdt->max_fds)
		return fdt->max_fds;
	return find_next_zero_bit(fdt->open_fds, fdt->max_fds, max(bit, start));
}

/* Take the lowest free number from @start on, below @end. */
static int alloc_fd(unsigned int start, unsigned int end, unsigned int flags)
{
	struct files_struct *files = current->files;
	struct fdtable *fdt;
	unsigned int fd;
	int error;

	if (unlikely(!files))
		return -EMFILE;
	spin_lock(&files->file_lock);
	do {
		fdt = files_fdtable(files);
		fd = find_next_fd(fdt, max(start, files->next_fd));
		error = -EMFILE;
		if (unlikely(fd >= end))
			goto out;
		error = expand_files(files, fd);
		if (unlikely(error < 0))
			goto out;
	} while (unlikely(error));
	if (start <= files->next_fd)
		files->next_fd = fd + 1;
	__set_open_fd(fd, fdt, flags & O_CLOEXEC);
	error = fd;
out:
	spin_unlock(&files->file_lock);
	return error;
}

/**
 * __get_unused_fd_flags - reserve the lowest free descriptor below a limit
 * @flags: O_CLOEXEC or 0
 * @nofile: the limit
 *
 * Context: may sleep.
 * Return: the descriptor, -EMFILE, -ENOMEM.
 */
int __get_unused_fd_flags(unsigned int flags, unsigned long nofile)
{
	return alloc_fd(0, min(nofile, (unsigned long)UINT_MAX), flags);
}

/**
 * get_unused_fd_flags - take a number
 * @flags: O_CLOEXEC
 *
 * Return: the number, which fd_install() or put_unused_fd() has to follow; -EMFILE, -ENOMEM.
 */
int get_unused_fd_flags(unsigned int flags)
{
	return __get_unused_fd_flags(flags, rlimit(RLIMIT_NOFILE));
}
EXPORT_SYMBOL(get_unused_fd_flags);

static void __put_unused_fd(struct files_struct *files, unsigned int fd)
{
	__clear_open_fd(fd, files_fdtable(files));
	if (fd < files->next_fd)
		files->next_fd = fd;
}

/**
 * put_unused_fd - give a number back that holds no file
 * @fd: from get_unused_fd_flags()
 */
void put_unused_fd(unsigned int fd)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	__put_unused_fd(files, fd);
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(put_unused_fd);

/**
 * fd_install - from now on the number means the file
 * @fd: from get_unused_fd_flags()
 * @file: its reference goes to the table
 */
void fd_install(unsigned int fd, struct file *file)
{
	struct files_struct *files = current->files;
	struct fdtable *fdt;

	/* The lock keeps the table from being replaced between the copy and our store. */
	spin_lock(&files->file_lock);
	fdt = files_fdtable(files);
	WARN_ON_ONCE(rcu_dereference_raw(fdt->fd[fd]));
	rcu_assign_pointer(fdt->fd[fd], file);
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(fd_install);

/* ---- closing ---- */

/* Take the file out of its slot. file_lock held. Return: the file or NULL. */
static struct file *file_close_fd_locked(struct files_struct *files, unsigned int fd)
{
	struct fdtable *fdt = files_fdtable(files);
	struct file *file;

	if (fd >= fdt->max_fds)
		return NULL;
	fd = array_index_nospec(fd, fdt->max_fds);
	file = rcu_dereference_raw(fdt->fd[fd]);
	if (file) {
		rcu_assign_pointer(fdt->fd[fd], NULL);
		__put_unused_fd(files, fd);
	}
	return file;
}

/**
 * file_close_fd - take a descriptor's file
 * @fd: of current; free afterwards
 *
 * Return: the file, whose reference is the caller's now; NULL.
 */
struct file *file_close_fd(unsigned int fd)
{
	struct files_struct *files = current->files;
	struct file *file;

	if (unlikely(!files))
		return NULL;
	spin_lock(&files->file_lock);
	file = file_close_fd_locked(files, fd);
	spin_unlock(&files->file_lock);
	return file;
}

/**
 * close_fd - close(2) of current's descriptor
 * @fd: the number
 *
 * Context: may sleep.
 * Return: 0, -EBADF, or what the file's ->flush() said.
 */
int close_fd(unsigned int fd)
{
	struct file *file = file_close_fd(fd);

	return file ? filp_close(file, current->files) : -EBADF;
}
EXPORT_SYMBOL(close_fd);

static void range_cloexec(struct files_struct *files, unsigned int fd, unsigned int max_fd)
{
	struct fdtable *fdt;

	spin_lock(&files->file_lock);
	fdt = files_fdtable(files);
	max_fd = min(max_fd, fdt->max_fds - 1);
	if (fd <= max_fd)
		bitmap_set(fdt->close_on_exec, fd, max_fd - fd + 1);
	spin_unlock(&files->file_lock);
}

static void range_close(struct files_struct *files, unsigned int fd, unsigned int max_fd)
{
	struct fdtable *fdt;

	spin_lock(&files->file_lock);
	for (;; fd++) {
		struct file *file;

		fdt = files_fdtable(files);
		fd = find_next_bit(fdt->open_fds, fdt->max_fds, fd);
		if (fd >= fdt->max_fds || fd > max_fd)
			break;
		file = file_close_fd_locked(files, fd);
		if (file) {
			spin_unlock(&files->file_lock);
			filp_close(file, files);
			cond_resched();
			spin_lock(&files->file_lock);
		}
	}
	spin_unlock(&files->file_lock);
}

SYSCALL_DEFINE3(close_range, unsigned int, fd, unsigned int, max_fd, unsigned int, flags)
{
	struct files_struct *files = current->files, *old = NULL;

	if (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC))
		return -EINVAL;
	if (fd > max_fd)
		return -EINVAL;
	if (unlikely(!files))
		return 0;
	if ((flags & CLOSE_RANGE_UNSHARE) && atomic_read(&files->count) > 1) {
		struct fd_range range = { fd, max_fd }, *hole = &range;
		struct files_struct *copy;

		/* What would be closed in the copy needn't be copied. */
		if (flags & CLOSE_RANGE_CLOEXEC)
			hole = NULL;
		copy = dup_fd(files, hole);
		if (IS_ERR(copy))
			return PTR_ERR(copy);
		old = files;
		files = copy;
	}
	if (flags & CLOSE_RANGE_CLOEXEC)
		range_cloexec(files, fd, max_fd);
	else
		range_close(files, fd, max_fd);
	if (old) {
		task_lock(current);
		current->files = files;
		task_unlock(current);
		put_files_struct(old);
	}
	return 0;
}

SYSCALL_DEFINE1(close, unsigned int, fd)
{
	struct file *file = file_close_fd(fd);
	int err;

	if (!file)
		return -EBADF;
	err = filp_flush(file, current->files);
	/*
	 * Nothing is locked here, so the last reference need not wait for the return to user mode.
	 */
	__fput_sync(file);
	/* The descriptor is gone: a restart would close somebody else's. */
	if (unlikely(err == -ERESTARTSYS || err == -ERESTARTNOINTR || err == -ERESTARTNOHAND ||
		     err == -ERESTART_RESTARTBLOCK))
		err = -EINTR;
	return err;
}

/**
 * do_close_on_exec - execve(2): close what is marked so
 * @files: the task's own table
 *
 * Context: may sleep.
 */
void do_close_on_exec(struct files_struct *files)
{
	struct fdtable *fdt;
	unsigned int fd;

	spin_lock(&files->file_lock);
	for (fd = 0;; fd++) {
		struct file *file;

		fdt = files_fdtable(files);
		fd = find_next_bit(fdt->close_on_exec, fdt->max_fds, fd);
		if (fd >= fdt->max_fds)
			break;
		__clear_bit(fd, fdt->close_on_exec);
		file = file_close_fd_locked(files, fd);
		if (file) {
			spin_unlock(&files->file_lock);
			filp_close(file, files);
			cond_resched();
			spin_lock(&files->file_lock);
		}
	}
	spin_unlock(&files->file_lock);
}

/* ---- lookups ---- */

/* The file of @fd, with a reference, unless its mode has a bit of @mask. */
static struct file *__fget_files(struct files_struct *files, unsigned int fd, fmode_t mask)
{
	struct file *file;

	rcu_read_lock();
	for (;;) {
		struct fdtable *fdt = rcu_dereference_raw(files->fdt);

		if (unlikely(fd >= fdt->max_fds)) {
			file = NULL;
			break;
		}
		file = rcu_dereference_raw(fdt->fd[array_index_nospec(fd, fdt->max_fds)]);
		if (!file)
			break;
		if (unlikely(!get_file_rcu(file)))
			continue;
		/*
		 * Is it still that descriptor's? The object may have been freed and have become
		 * another file; and a dup2() in between may have been followed by the old table's
		 * last use.
		 */
		if (unlikely(rcu_dereference_raw(files->fdt) != fdt ||
			     rcu_dereference_raw(fdt->fd[fd]) != file)) {
			rcu_read_unlock();
			fput(file);
			rcu_read_lock();
			continue;
		}
		if (unlikely(file->f_mode & mask)) {
			rcu_read_unlock();
			fput(file);
			return NULL;
		}
		break;
	}
	rcu_read_unlock();
	return file;
}

static struct file *__fget(unsigned int fd, fmode_t mask)
{
	struct files_struct *files = current->files;

	return likely(files) ? __fget_files(files, fd, mask) : NULL;
}

/**
 * fget - the file of a descriptor
 * @fd: of current
 *
 * Return: the file, referenced, for fput(); NULL if there is none, or only a place (O_PATH).
 */
struct file *fget(unsigned int fd)
{
	return __fget(fd, FMODE_PATH);
}
EXPORT_SYMBOL(fget);

/**
 * fget_raw - the file of a descriptor, O_PATH too
 * @fd: of current
 *
 * Return: the file, referenced, for fput(); NULL.
 */
struct file *fget_raw(unsigned int fd)
{
	return __fget(fd, 0);
}
EXPORT_SYMBOL(fget_raw);

/**
 * fget_task - the file of a descriptor of another task
 * @task: the task
 * @fd: its descriptor
 *
 * Context: doesn't sleep; takes task_lock().
 * Return: the file, referenced; NULL.
 */
struct file *fget_task(struct task_struct *task, unsigned int fd)
{
	struct file *file = NULL;

	/* The lock keeps the table: exit_files() has to come past it. */
	task_lock(task);
	if (task->files)
		file = __fget_files(task->files, fd, 0);
	task_unlock(task);
	return file;
}

/**
 * fget_task_next - a task's first open descriptor from a number on
 * @task: the task
 * @fd: the number; becomes the descriptor
 *
 * Context: doesn't sleep; takes task_lock().
 * Return: the file, referenced; NULL if there are no more.
 */
struct file *fget_task_next(struct task_struct *task, unsigned int *fd)
{
	struct file *file = NULL;

	task_lock(task);
	if (task->files) {
		unsigned int n;

		rcu_read_lock();
		for (n = *fd; n < files_fdtable(task->files)->max_fds; n++) {
			file = __fget_files(task->files, n, 0);
			if (file)
				break;
		}
		rcu_read_unlock();
		*fd = n;
	}
	task_unlock(task);
	return file;
}

static __always_inline struct fd __fdget(unsigned int fd, fmode_t mask)
{
	struct files_struct *files = current->files;
	struct file *file;

	if (unlikely(!files))
		return EMPTY_FD;
	/*
	 * Alone with the table: acquire, so that what a former sharer did to it before it let go
	 * is seen.
	 */
	if (likely(atomic_read_acquire(&files->count) == 1)) {
		file = files_lookup_fd_raw(files, fd);
		if (!file || unlikely(file->f_mode & mask))
			return EMPTY_FD;
		return BORROWED_FD(file);
	}
	file = __fget_files(files, fd, mask);
	return file ? CLONED_FD(file) : EMPTY_FD;
}

/**
 * fdget - the file of a descriptor for the length of a system call
 * @fd: of current; not O_PATH
 *
 * Without a reference if current alone has the table.
 *
 * Return: for fdput(); empty if there is none: fd_empty().
 */
struct fd fdget(unsigned int fd)
{
	return __fdget(fd, FMODE_PATH);
}
EXPORT_SYMBOL(fdget);

/**
 * fdget_raw - fdget() with O_PATH too
 * @fd: of current
 *
 * Return: for fdput().
 */
struct fd fdget_raw(unsigned int fd)
{
	return __fdget(fd, 0);
}

/* The position needs its lock if somebody else may use the file, too. */
static bool file_needs_f_pos_lock(struct file *file)
{
	return (file->f_mode & FMODE_ATOMIC_POS) &&
	       (file_count(file) > 1 || file->f_op->iterate_shared);
}

static noinline struct fd lock_pos(struct fd f)
{
	mutex_lock(&fd_file(f)->f_pos_lock);
	f.word |= FDPUT_POS_UNLOCK;
	return f;
}

/**
 * fdget_pos - fdget() for a call that moves the position
 * @fd: of current
 *
 * Context: may sleep; takes f_pos_lock if the file is shared.
 * Return: for fdput_pos().
 */
struct fd fdget_pos(unsigned int fd)
{
	struct fd f = __fdget(fd, FMODE_PATH);
	struct file *file = fd_file(f);

	return file && file_needs_f_pos_lock(file) ? lock_pos(f) : f;
}

/**
 * __f_unlock_pos - others may use the file's position again
 * @file: the file
 */
void __f_unlock_pos(struct file *file)
{
	mutex_unlock(&file->f_pos_lock);
}

/* ---- duplicates ---- */

/**
 * set_close_on_exec - shall execve(2) close a descriptor of current?
 * @fd: open
 * @flag: nonzero: yes
 */
void set_close_on_exec(unsigned int fd, int flag)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	__set_close_on_exec(fd, files_fdtable(files), flag);
	spin_unlock(&files->file_lock);
}

/**
 * get_close_on_exec - does execve(2) close a descriptor of current?
 * @fd: below the table's size
 */
bool get_close_on_exec(unsigned int fd)
{
	bool res;

	rcu_read_lock();
	res = close_on_exec(fd, rcu_dereference_raw(current->files->fdt));
	rcu_read_unlock();
	return res;
}

/* Put @file at @fd, whatever is there. file_lock is held on entry and dropped. */
static int do_dup2(struct files_struct *files, struct file *file, unsigned int fd,
		   unsigned int flags)
	__releases(&files->file_lock)
{
	struct fdtable *fdt = files_fdtable(files);
	struct file *tofree = rcu_dereference_raw(fdt->fd[fd]);

	/* Taken and not filled: another thread is about to install there. */
	if (!tofree && fd_is_open(fd, fdt)) {
		spin_unlock(&files->file_lock);
		return -EBUSY;
	}
	get_file(file);
	rcu_assign_pointer(fdt->fd[fd], file);
	__set_open_fd(fd, fdt, flags & O_CLOEXEC);
	spin_unlock(&files->file_lock);
	if (tofree)
		filp_close(tofree, files);
	return fd;
}

/**
 * replace_fd - make a number mean a file
 * @fd: the number
 * @file: NULL closes
 * @flags: O_CLOEXEC
 *
 * Return: the number; -EBADF, -EMFILE, -EBUSY.
 */
int replace_fd(unsigned int fd, struct file *file, unsigned int flags)
{
	struct files_struct *files = current->files;
	int err;

	if (!file)
		return close_fd(fd);
	if (fd >= rlimit(RLIMIT_NOFILE))
		return -EBADF;
	spin_lock(&files->file_lock);
	err = expand_files(files, fd);
	if (unlikely(err < 0)) {
		spin_unlock(&files->file_lock);
		return err;
	}
	return do_dup2(files, file, fd, flags);
}

static int ksys_dup3(unsigned int oldfd, unsigned int newfd, int flags)
{
	struct files_struct *files = current->files;
	struct file *file;
	int err = -EBADF;

	if (flags & ~O_CLOEXEC)
		return -EINVAL;
	if (unlikely(oldfd == newfd))
		return -EINVAL;
	if (newfd >= rlimit(RLIMIT_NOFILE))
		return -EBADF;
	spin_lock(&files->file_lock);
	err = expand_files(files, newfd);
	file = files_lookup_fd_locked(files, oldfd);
	if (unlikely(!file))
		err = -EBADF;
	else if (unlikely(err < 0))
		err = err == -EMFILE ? -EBADF : err;
	else
		return do_dup2(files, file, newfd, flags);
	spin_unlock(&files->file_lock);
	return err;
}

SYSCALL_DEFINE3(dup3, unsigned int, oldfd, unsigned int, newfd, int, flags)
{
	return ksys_dup3(oldfd, newfd, flags);
}

SYSCALL_DEFINE2(dup2, unsigned int, oldfd, unsigned int, newfd)
{
	if (unlikely(newfd == oldfd)) {
		struct fd f = fdget_raw(oldfd);

		if (fd_empty(f))
			return -EBADF;
		fdput(f);
		return oldfd;
	}
	return ksys_dup3(oldfd, newfd, 0);
}

SYSCALL_DEFINE1(dup, unsigned int, fildes)
{
	struct file *file = fget_raw(fildes);
	int ret;

	if (!file)
		return -EBADF;
	ret = get_unused_fd_flags(0);
	if (ret >= 0)
		fd_install(ret, file);
	else
		fput(file);
	return ret;
}

/**
 * f_dupfd - fcntl(F_DUPFD)
 * @from: the lowest number wanted
 * @file: a reference is taken
 * @flags: O_CLOEXEC
 *
 * Return: the number; -EINVAL, -EMFILE, -ENOMEM.
 */
int f_dupfd(unsigned int from, struct file *file, unsigned int flags)
{
	unsigned long nofile = rlimit(RLIMIT_NOFILE);
	int err;

	if (from >= nofile)
		return -EINVAL;
	err = alloc_fd(from, min(nofile, (unsigned long)UINT_MAX), flags);
	if (err >= 0) {
		get_file(file);
		fd_install(err, file);
	}
	return err;
}

/**
 * receive_fd - a file that came from another process gets a number here
 * @file: a reference is taken
 * @ufd: the number is written there, too; NULL: not
 * @o_flags: O_CLOEXEC or 0
 *
 * Context: may sleep.
 * Return: the number; -EMFILE, -ENOMEM, -EFAULT, or what a security module said.
 */
int receive_fd(struct file *file, int __user *ufd, unsigned int o_flags)
{
	int new_fd, error;

	error = security_file_receive(file);
	if (error)
		return error;
	new_fd = get_unused_fd_flags(o_flags);
	if (new_fd < 0)
		return new_fd;
	if (ufd && put_user(new_fd, ufd)) {
		put_unused_fd(new_fd);
		return -EFAULT;
	}
	fd_install(new_fd, get_file(file));
	return new_fd;
}

/**
 * iterate_fd - call a function for each open descriptor until it returns something
 * @files: the table, NULL: nothing to do
 * @n: first
 * @fn: called with file_lock held
 * @arg: for @fn
 *
 * Return: what @fn returned at last; 0 if it never returned anything.
 */
int iterate_fd(struct files_struct *files, unsigned int n,
	       int (*fn)(const void *arg, struct file *file, unsigned int fd), const void *arg)
{
	struct fdtable *fdt;
	int res = 0;

	if (!files)
		return 0;
	spin_lock(&files->file_lock);
	for (fdt = files_fdtable(files); n < fdt->max_fds; n++) {
		struct file *file = rcu_dereference_raw(fdt->fd[n]);

		if (!file)
			continue;
		res = fn(arg, file, n);
		if (res)
			break;
	}
	spin_unlock(&files->file_lock);
	return res;
}
EXPORT_SYMBOL(iterate_fd);

/**
 * files_struct_init - make the cache for tables of descriptors
 *
 * Context: boot.
 */
void __init files_struct_init(void)
{
	files_cachep = kmem_cache_create("files_cache", sizeof(struct files_struct), 0,
					 SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT, NULL);
}
