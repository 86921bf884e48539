// SPDX-License-Identifier: MIT
/*
 * Terminals: reading, writing, polling; flow.
 *
 * A file's calls go to the terminal's line discipline, which is held by a reference for as long as
 * the call takes (tty_ldisc.c). There is none once the terminal has been hung up; a call that was
 * on its way then ends as one on a hung-up file does (tty_hangup.c).
 *
 *	read(2)		the discipline -> a buffer -> the user
 *	write(2)	the user -> tty->write_buf -> the discipline, a piece at a time
 *
 * Who writes has atomic_write_lock for all of his pieces: what two tasks write does not mix.
 */

#include <linux/tty.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "tty.h"

/* ---- read, write, poll ---- */

#define TTY_READ_CHUNK	256	/* as much is read by way of the stack */
#define TTY_READ_MAX	4096

static void tty_update_time(struct tty_struct *tty, bool mtime)
{
	time64_t sec = ktime_get_real_seconds();
	struct tty_file_private *priv;

	spin_lock(&tty->files_lock);
	list_for_each_entry(priv, &tty->tty_files, list) {
		struct inode *inode = file_inode(priv->file);
		struct timespec64 time = mtime ? inode_get_mtime(inode) :
						 inode_get_atime(inode);

		/*
		 * In steps of eight seconds, so that nobody learns from the times of a terminal
		 * when which key was hit.
		 */
		if ((sec ^ time.tv_sec) & ~7) {
			time = (struct timespec64){ .tv_sec = sec };
			if (mtime)
				inode_set_mtime_to_ts(inode, time);
			else
				inode_set_atime_to_ts(inode, time);
		}
	}
	spin_unlock(&tty->files_lock);
}

/* Have the discipline fill a buffer. Return: bytes; 0 at the end, a hangup among it; an errno. */
static ssize_t tty_read_buf(struct tty_struct *tty, struct file *file, u8 *buf, size_t count)
{
	struct tty_ldisc *ld = tty_ldisc_ref_wait(tty);
	ssize_t ret = -EIO;

	if (!ld)
		return 0;
	if (ld->ops->read)
		ret = ld->ops->read(tty, file, buf, count);
	tty_ldisc_deref(ld);
	return ret;
}

/* Return: bytes that the user has got, of the @n that were read; -EFAULT if none. */
static ssize_t tty_give_to_user(struct tty_struct *tty, const u8 *buf, size_t n,
				struct iov_iter *to)
{
	size_t copied = copy_to_iter(buf, n, to);

	tty_update_time(tty, false);
	return copied ? copied : -EFAULT;
}

static ssize_t tty_read(struct kiocb *iocb, struct iov_iter *to)
{
	size_t count = min_t(size_t, iov_iter_count(to), TTY_READ_MAX);
	struct file *file = iocb->ki_filp;
	struct tty_struct *tty = file_tty(file);
	u8 stack_buf[TTY_READ_CHUNK], *buf = stack_buf;
	ssize_t ret;

	if (!tty || tty_io_error(tty))
		return -EIO;
	if (count > sizeof(stack_buf)) {
		buf = kmalloc(count, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
	}
	ret = tty_read_buf(tty, file, buf, count);
	if (ret > 0)
		ret = tty_give_to_user(tty, buf, ret, to);
	/* Somebody may have typed a password. */
	if (buf == stack_buf)
		memzero_explicit(stack_buf, sizeof(stack_buf));
	else
		kfree_sensitive(buf);
	return ret;
}

static int tty_write_lock(struct tty_struct *tty, bool ndelay)
{
	if (mutex_trylock(&tty->atomic_write_lock))
		return 0;
	if (ndelay)
		return -EAGAIN;
	return mutex_lock_interruptible(&tty->atomic_write_lock) ? -ERESTARTSYS : 0;
}

static void tty_write_unlock(struct tty_struct *tty)
{
	mutex_unlock(&tty->atomic_write_lock);
	wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT);
}

/* The terminal keeps the buffer, of the largest piece so far. atomic_write_lock is held. */
static int tty_grow_write_buf(struct tty_struct *tty, size_t piece)
{
	size_t size = max_t(size_t, piece, 1024);
	u8 *buf;

	if (tty->write_cnt >= piece)
		return 0;
	buf = kvmalloc(size, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	kvfree(tty->write_buf);
	tty->write_buf = buf;
	tty->write_cnt = size;
	return 0;
}

/* Return: bytes that the discipline took, and @from has advanced by; 0; an errno. */
static ssize_t tty_write_piece(struct tty_ldisc *ld, struct tty_struct *tty, struct file *file,
			       struct iov_iter *from, size_t piece)
{
	size_t size = min(piece, iov_iter_count(from));
	ssize_t ret;

	if (copy_from_iter(tty->write_buf, size, from) != size)
		return -EFAULT;
	ret = ld->ops->write(tty, file, tty->write_buf, size);
	if (ret > 0 && ret != size)
		iov_iter_revert(from, size - ret);
	return ret;
}

/* Drivers of message-like lines (TTY_NO_WRITE_SPLIT) get as much as they can at once. */
static ssize_t tty_write_pieces(struct tty_ldisc *ld, struct tty_struct *tty, struct file *file,
				struct iov_iter *from)
{
	size_t piece = test_bit(TTY_NO_WRITE_SPLIT, &tty->flags) ? 65536 : 2048;
	ssize_t ret, written = 0;

	ret = tty_write_lock(tty, file->f_flags & O_NDELAY);
	if (ret < 0)
		return ret;
	piece = min_t(size_t, piece, iov_iter_count(from));
	ret = tty_grow_write_buf(tty, piece);
	if (ret)
		goto out_unlock;
	for (;;) {
		ret = tty_write_piece(ld, tty, file, from, piece);
		if (ret <= 0)
			break;
		written += ret;
		if (!iov_iter_count(from))
			break;
		ret = -ERESTARTSYS;
		if (signal_pending(current))
			break;
		cond_resched();
	}
	if (written) {
		tty_update_time(tty, true);
		ret = written;
	}
out_unlock:
	tty_write_unlock(tty);
	return ret;
}

static ssize_t tty_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *file = iocb->ki_filp;
	struct tty_struct *tty = file_tty(file);
	struct tty_ldisc *ld;
	ssize_t ret = -EIO;

	if (!tty || !tty->ops->write || tty_io_error(tty))
		return -EIO;
	ld = tty_ldisc_ref_wait(tty);
	if (!ld)
		return -EIO;
	if (ld->ops->write)
		ret = tty_write_pieces(ld, tty, file, from);
	tty_ldisc_deref(ld);
	return ret;
}

static __poll_t tty_poll(struct file *filp, poll_table *wait)
{
	struct tty_struct *tty = file_tty(filp);
	struct tty_ldisc *ld = tty_ldisc_ref_wait(tty);
	__poll_t ret = 0;

	if (!ld)
		return TTY_HUNG_UP_EVENTS;
	if (ld->ops->poll)
		ret = ld->ops->poll(tty, filp, wait);
	tty_ldisc_deref(ld);
	return ret;
}

/* Who gets SIGIO: the foreground group if there is one, else who asked. */
static void tty_set_owner(struct tty_struct *tty, struct file *filp)
{
	enum pid_type type = PIDTYPE_PGID;
	unsigned long flags;
	struct pid *pid;

	spin_lock_irqsave(&tty->ctrl.lock, flags);
	pid = get_pid(tty->ctrl.pgrp);
	spin_unlock_irqrestore(&tty->ctrl.lock, flags);
	if (!pid) {
		pid = get_pid(task_pid(current));
		type = PIDTYPE_TGID;
	}
	__f_setown(filp, pid, type, 0);
	put_pid(pid);
}

/** tty_set_fasync - fasync() of a file of a terminal that is locked. Return: 0 or an errno */
int tty_set_fasync(int fd, struct file *filp, int on)
{
	struct tty_struct *tty = file_tty(filp);
	int ret = fasync_helper(fd, filp, on, &tty->fasync);

	if (ret > 0 && on)
		tty_set_owner(tty, filp);
	return min(ret, 0);
}

static int tty_fasync(int fd, struct file *filp, int on)
{
	struct tty_struct *tty = file_tty(filp);
	int ret = -ENOTTY;

	tty_lock(tty);
	if (!tty_hung_up_p(filp))
		ret = tty_set_fasync(fd, filp, on);
	tty_unlock(tty);
	return ret;
}

static void tty_show_fdinfo(struct seq_file *m, struct file *file)
{
	struct tty_struct *tty = file_tty(file);

	if (tty && tty->ops->show_fdinfo)
		tty->ops->show_fdinfo(tty, m);
}

const struct file_operations tty_fops = {
	.read_iter	= tty_read,
	.write_iter	= tty_write,
	.poll		= tty_poll,
	.unlocked_ioctl	= tty_ioctl,
	.open		= tty_open,
	.release	= tty_release,
	.fasync		= tty_fasync,
	.show_fdinfo	= tty_show_fdinfo,
};

/* ---- flow ---- */

/** __stop_tty - stop_tty() for who holds flow.lock */
void __stop_tty(struct tty_struct *tty)
{
	if (tty->flow.stopped)
		return;
	tty->flow.stopped = true;
	if (tty->ops->stop)
		tty->ops->stop(tty);
}

/** stop_tty - send nothing more (^S). Context: any. */
void stop_tty(struct tty_struct *tty)
{
	unsigned long flags;

	spin_lock_irqsave(&tty->flow.lock, flags);
	__stop_tty(tty);
	spin_unlock_irqrestore(&tty->flow.lock, flags);
}
EXPORT_SYMBOL(stop_tty);

/** __start_tty - start_tty() for who holds flow.lock, and wakes writers himself */
void __start_tty(struct tty_struct *tty)
{
	if (!tty->flow.stopped || tty->flow.tco_stopped)
		return;
	tty->flow.stopped = false;
	if (tty->ops->start)
		tty->ops->start(tty);
}

/** start_tty - go on (^Q). Context: may sleep. */
void start_tty(struct tty_struct *tty)
{
	unsigned long flags;

	spin_lock_irqsave(&tty->flow.lock, flags);
	__start_tty(tty);
	spin_unlock_irqrestore(&tty->flow.lock, flags);
	wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT);
}
EXPORT_SYMBOL(start_tty);

/** tty_wakeup - there is room for writers. Context: may sleep; no lock of the discipline held. */
void tty_wakeup(struct tty_struct *tty)
{
	struct tty_ldisc *ld;

	if (test_bit(TTY_DO_WRITE_WAKEUP, &tty->flags)) {
		ld = tty_ldisc_ref(tty);
		if (ld) {
			if (ld->ops->write_wakeup)
				ld->ops->write_wakeup(tty);
			tty_ldisc_deref(ld);
		}
	}
	wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT);
}
EXPORT_SYMBOL_GPL(tty_wakeup);

/** tty_put_char - send one character. Return: 1, or 0 without room */
int tty_put_char(struct tty_struct *tty, u8 c)
{
	return tty->ops->write(tty, &c, 1);
}
EXPORT_SYMBOL_GPL(tty_put_char);

/**
 * tty_do_resize - the window has another size now
 * @tty: the terminal
 * @ws: the size
 *
 * The foreground group gets SIGWINCH if it is another.
 *
 * Return: 0.
 */
int tty_do_resize(struct tty_struct *tty, struct winsize *ws)
{
	struct pid *pgrp;

	mutex_lock(&tty->winsize_mutex);
	if (memcmp(ws, &tty->winsize, sizeof(*ws))) {
		pgrp = tty_get_pgrp(tty);
		if (pgrp)
			kill_pgrp(pgrp, SIGWINCH, 1);
		put_pid(pgrp);
		tty->winsize = *ws;
	}
	mutex_unlock(&tty->winsize_mutex);
	return 0;
}
EXPORT_SYMBOL(tty_do_resize);
