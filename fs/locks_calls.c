// SPDX-License-Identifier: MIT
/*
 * Locks on files: flock(2), fcntl(2), and what close(2) does to them.
 *
 * A file may have methods of its own, ->lock and ->flock, for locks that are kept elsewhere. All
 * goes by way of these, if they are there, and else to locks.c.
 */

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/overflow.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/syscalls.h>

#include "internal.h"

/* ---- through the file's methods, if it has its own ---- */

/** vfs_test_lock - F_GETLK */
int vfs_test_lock(struct file *filp, struct file_lock *fl)
{
	if (filp->f_op->lock)
		return filp->f_op->lock(filp, F_GETLK, fl);
	posix_test_lock(filp, fl);
	return 0;
}
EXPORT_SYMBOL_GPL(vfs_test_lock);

/** vfs_lock_file - F_SETLK */
int vfs_lock_file(struct file *filp, unsigned int cmd, struct file_lock *fl,
		  struct file_lock *conf)
{
	if (filp->f_op->lock)
		return filp->f_op->lock(filp, cmd, fl);
	return posix_lock_file(filp, fl, conf);
}
EXPORT_SYMBOL_GPL(vfs_lock_file);

SYSCALL_DEFINE2(flock, unsigned int, fd, unsigned int, cmd)
{
	static const unsigned char types[] = {
		[LOCK_SH] = F_RDLCK, [LOCK_EX] = F_WRLCK, [LOCK_UN] = F_UNLCK,
	};
	unsigned int what = cmd & ~LOCK_NB;
	struct file_lock fl;
	struct file *file;
	int error = -EBADF;
	struct fd f;

	/* Mandatory share modes: once accepted by Linux, and without effect for long. */
	if (cmd & LOCK_MAND)
		return 0;
	if (what != LOCK_SH && what != LOCK_EX && what != LOCK_UN)
		return -EINVAL;
	f = fdget(fd);
	if (fd_empty(f))
		return -EBADF;
	file = fd_file(f);
	if (what != LOCK_UN && !(file->f_mode & (FMODE_READ | FMODE_WRITE)))
		goto out;
	locks_init_lock(&fl);
	fl.c.flc_file = file;
	fl.c.flc_owner = file;
	fl.c.flc_pid = current->tgid;
	fl.c.flc_flags = FL_FLOCK | (cmd & LOCK_NB ? 0 : FL_SLEEP);
	fl.c.flc_type = types[what];
	fl.fl_end = OFFSET_MAX;
	error = security_file_lock(file, fl.c.flc_type);
	if (!error)
		error = file->f_op->flock ?
			file->f_op->flock(file, cmd & LOCK_NB ? F_SETLK : F_SETLKW, &fl) :
			locks_lock_inode_wait(file_inode(file), &fl);
out:
	fdput(f);
	return error;
}

/* ---- fcntl(2)'s struct flock ---- */

/* What l_start counts from; negative: -EINVAL. */
static loff_t range_base(struct file *filp, short whence)
{
	switch (whence) {
	case SEEK_SET:
		return 0;
	case SEEK_CUR:
		return filp->f_pos;
	case SEEK_END:
		return i_size_read(file_inode(filp));
	default:
		return -EINVAL;
	}
}

/*
 * l_len bytes from l_start on; none means to the end of all files, a negative length counts back
 * from the start. Return: 0, -EINVAL, -EOVERFLOW.
 */
static int read_range(struct file *filp, struct file_lock *fl, const struct flock *l)
{
	loff_t base = range_base(filp, l->l_whence), start, len = l->l_len;

	if (base < 0)
		return -EINVAL;
	if (check_add_overflow(base, (loff_t)l->l_start, &start))
		return -EOVERFLOW;
	if (start < 0 || (len < 0 && start + len < 0))
		return -EINVAL;
	fl->fl_start = len < 0 ? start + len : start;
	fl->fl_end = len < 0 ? start - 1 : OFFSET_MAX;
	if (len > 0 && check_add_overflow(start, len - 1, &fl->fl_end))
		return -EOVERFLOW;
	return 0;
}

/* Return: 0, -EINVAL, -EOVERFLOW. */
static int posix_lock_of_user(struct file *filp, struct file_lock *fl, const struct flock *l)
{
	int error;

	locks_init_lock(fl);
	error = read_range(filp, fl, l);
	if (error)
		return error;
	if (l->l_type != F_RDLCK && l->l_type != F_WRLCK && l->l_type != F_UNLCK)
		return -EINVAL;
	fl->c.flc_type = l->l_type;
	fl->c.flc_owner = current->files;
	fl->c.flc_pid = current->tgid;
	fl->c.flc_file = filp;
	fl->c.flc_flags = FL_POSIX;
	return 0;
}

static int make_ofd(struct file_lock *fl, struct file *filp, const struct flock *l)
{
	if (l->l_pid)
		return -EINVAL;
	fl->c.flc_flags |= FL_OFDLCK;
	fl->c.flc_owner = filp;
	return 0;
}

/** fcntl_getlk - F_GETLK, F_OFD_GETLK: @flock becomes the answer. 0, -EINVAL, -EOVERFLOW */
int fcntl_getlk(struct file *filp, unsigned int cmd, struct flock *flock)
{
	struct file_lock fl;
	int error;

	if (flock->l_type != F_RDLCK && flock->l_type != F_WRLCK && cmd != F_OFD_GETLK)
		return -EINVAL;
	error = posix_lock_of_user(filp, &fl, flock);
	if (!error && cmd == F_OFD_GETLK)
		error = make_ofd(&fl, filp, flock);
	if (!error)
		error = vfs_test_lock(filp, &fl);
	if (error)
		return error;
	flock->l_type = fl.c.flc_type;
	if (fl.c.flc_type == F_UNLCK)
		return 0;
	flock->l_pid = fl.c.flc_flags & FL_OFDLCK ? -1 : fl.c.flc_pid;
	flock->l_start = fl.fl_start;
	flock->l_len = fl.fl_end == OFFSET_MAX ? 0 : fl.fl_end - fl.fl_start + 1;
	flock->l_whence = 0;
	return 0;
}

/* Set it, waiting for as long as the file says "deferred". */
static int set_and_wait(struct file *filp, unsigned int cmd, struct file_lock *fl)
{
	int error = security_file_lock(filp, fl->c.flc_type);

	if (error)
		return error;
	do {
		error = vfs_lock_file(filp, cmd, fl, NULL);
		if (error != FILE_LOCK_DEFERRED)
			break;
		error = locks_wait_unblocked(fl);
	} while (!error);
	locks_delete_block(fl);
	return error;
}

/**
 * fcntl_setlk - F_SETLK, F_SETLKW and their OFD kin
 *
 * Return: 0, -EINVAL, -EOVERFLOW, -EBADF, -EAGAIN, -EDEADLK, -ENOLCK, -ERESTARTSYS.
 */
int fcntl_setlk(unsigned int fd, struct file *filp, unsigned int cmd, struct flock *flock)
{
	bool ofd = cmd == F_OFD_SETLK || cmd == F_OFD_SETLKW;
	struct file_lock fl;
	struct file *f;
	int error = posix_lock_of_user(filp, &fl, flock);

	if (!error && ofd)
		error = make_ofd(&fl, filp, flock);
	if (error)
		return error;
	if ((fl.c.flc_type == F_RDLCK && !(filp->f_mode & FMODE_READ)) ||
	    (fl.c.flc_type == F_WRLCK && !(filp->f_mode & FMODE_WRITE)))
		return -EBADF;
	if (cmd == F_SETLKW || cmd == F_OFD_SETLKW)
		fl.c.flc_flags |= FL_SLEEP;
	error = set_and_wait(filp, ofd ? F_OFD_SETLK : cmd, &fl);
	if (error || fl.c.flc_type == F_UNLCK || ofd)
		return error;
	/*
	 * Another thread may have closed the descriptor while we were at it, and its close() saw no
	 * lock to remove:
	 *
	 *	fcntl(fd, F_SETLK)	close(fd)
	 *				take fd out of the table
	 *				locks_remove_posix()
	 *	insert the lock
	 *	fd is another file? remove the lock
	 */
	spin_lock(&current->files->file_lock);
	f = files_lookup_fd_locked(current->files, fd);
	spin_unlock(&current->files->file_lock);
	if (f != filp) {
		fl.c.flc_type = F_UNLCK;
		set_and_wait(filp, cmd, &fl);
		error = -EBADF;
	}
	return error;
}

/* Leases: Linux grants them where it can; a file system that has none says EINVAL, as we do. */
int fcntl_getlease(struct file *filp)
{
	(void)filp;
	return F_UNLCK;
}

int fcntl_setlease(unsigned int fd, struct file *filp, int arg)
{
	(void)fd;
	(void)filp;
	return arg == F_UNLCK ? -EAGAIN : -EINVAL;
}

/* ---- close ---- */

/* An unlock of all of a file, as close() does it. */
static void init_close(struct file_lock *fl, struct file *filp, fl_owner_t owner,
		       unsigned int kind)
{
	locks_init_lock(fl);
	fl->c.flc_flags = kind | FL_CLOSE;
	fl->c.flc_type = F_UNLCK;
	fl->c.flc_owner = owner;
	fl->c.flc_pid = current->tgid;
	fl->c.flc_file = filp;
	fl->fl_end = OFFSET_MAX;
}

/**
 * locks_remove_posix - a process closes a descriptor: all its POSIX locks on the file go
 * @filp: the file
 * @owner: the process' table of files
 */
void locks_remove_posix(struct file *filp, fl_owner_t owner)
{
	struct file_lock_context *ctx = locks_inode_context(file_inode(filp));
	struct file_lock fl;

	if (likely(!ctx) || list_empty(&ctx->flc_posix))
		return;
	init_close(&fl, filp, owner, FL_POSIX);
	vfs_lock_file(filp, F_SETLK, &fl, NULL);
}
EXPORT_SYMBOL(locks_remove_posix);

/** locks_remove_file - the last close of an open file: its flock(2) and OFD locks go */
void locks_remove_file(struct file *filp)
{
	struct file_lock_context *ctx = locks_inode_context(file_inode(filp));
	struct file_lock fl;

	if (likely(!ctx))
		return;
	/* OFD locks have the file as owner. */
	locks_remove_posix(filp, filp);
	if (list_empty(&ctx->flc_flock))
		return;
	init_close(&fl, filp, filp, FL_FLOCK);
	if (filp->f_op->flock)
		filp->f_op->flock(filp, F_SETLKW, &fl);
	else
		locks_lock_inode_wait(file_inode(filp), &fl);
}
