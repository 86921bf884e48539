// SPDX-License-Identifier: MIT
/*
 * Terminals: hangup.
 *
 * The line broke, the master side of a pty was closed, or the leader of the terminal's session
 * exits. Whatever has the terminal open must neither go on with it nor notice the next one who
 * opens it:
 *
 *	files		turn into ones that are at their end (hung_up_tty_fops), for ever
 *	the session	its leader and foreground group get SIGHUP and SIGCONT; it has no terminal
 *	sleepers	leave: TTY_HUPPING is set, and tty_ldisc_hangup() waits for them
 *	the terminal	is TTY_HUPPED until it is opened afresh
 *
 * Files of /dev/console are spared: somebody has to hear the kernel.
 */

#include <linux/tty.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/uio.h>

#include "tty.h"

/* ---- what is left of a file ---- */

static __poll_t hung_up_tty_poll(struct file *filp, poll_table *wait)
{
	return TTY_HUNG_UP_EVENTS;
}

static ssize_t hung_up_tty_read(struct kiocb *iocb, struct iov_iter *to)
{
	return 0;
}

static ssize_t hung_up_tty_write(struct kiocb *iocb, struct iov_iter *from)
{
	return -EIO;
}

static long hung_up_tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return cmd == TIOCSPGRP ? -ENOTTY : -EIO;
}

static int hung_up_tty_fasync(int fd, struct file *file, int on)
{
	return -ENOTTY;
}

static const struct file_operations hung_up_tty_fops = {
	.read_iter	= hung_up_tty_read,
	.write_iter	= hung_up_tty_write,
	.poll		= hung_up_tty_poll,
	.unlocked_ioctl	= hung_up_tty_ioctl,
	.release	= tty_release,
	.fasync		= hung_up_tty_fasync,
};

/** tty_hung_up_p - was the terminal hung up since this file was opened? */
int tty_hung_up_p(struct file *filp)
{
	return filp && READ_ONCE(filp->f_op) == &hung_up_tty_fops;
}
EXPORT_SYMBOL(tty_hung_up_p);

static bool opened_as_console(struct file *file)
{
	return file_inode(file)->i_rdev == MKDEV(TTYAUX_MAJOR, 1);
}

/* ---- hanging up ---- */

/* Files of /dev/console live on. Return: how many files did not; *@console: did any? */
static int hang_up_files(struct tty_struct *tty, bool *console)
{
	struct tty_file_private *priv;
	int nr_hung_up = 0;

	*console = false;
	spin_lock(&tty->files_lock);
	list_for_each_entry(priv, &tty->tty_files, list) {
		if (opened_as_console(priv->file)) {
			*console = true;
			continue;
		}
		nr_hung_up++;
		tty_set_fasync(-1, priv->file, 0);
		WRITE_ONCE(priv->file->f_op, &hung_up_tty_fops);
	}
	spin_unlock(&tty->files_lock);
	return nr_hung_up;
}

static void hang_up_session(struct tty_struct *tty, bool leader_exits)
{
	int refs = tty_signal_session_leader(tty, leader_exits);

	/* Those that the session's tasks had. */
	while (refs--)
		tty_kref_put(tty);
}

static void forget_session(struct tty_struct *tty)
{
	spin_lock_irq(&tty->ctrl.lock);
	clear_bit(TTY_THROTTLED, &tty->flags);
	clear_bit(TTY_DO_WRITE_WAKEUP, &tty->flags);
	put_pid(tty->ctrl.session);
	put_pid(tty->ctrl.pgrp);
	tty->ctrl.session = NULL;
	tty->ctrl.pgrp = NULL;
	tty->ctrl.pktstatus = 0;
	spin_unlock_irq(&tty->ctrl.lock);
}

/* A console's line goes on: it is closed as often as there were other files. */
static void hang_up_line(struct tty_struct *tty, bool console, int nr_hung_up)
{
	if (!console) {
		if (tty->ops->hangup)
			tty->ops->hangup(tty);
		return;
	}
	while (tty->ops->close && nr_hung_up--)
		tty->ops->close(tty, NULL);
}

/**
 * __tty_hangup - hang a terminal up now
 * @tty: it; NULL: nothing happens
 * @leader_exits: its session's leader exits: tell the foreground group
 *
 * Context: may sleep, until those who read and write have left.
 */
void __tty_hangup(struct tty_struct *tty, bool leader_exits)
{
	int nr_hung_up;
	bool console;

	if (!tty)
		return;
	tty_lock(tty);
	if (test_bit(TTY_HUPPED, &tty->flags))
		goto out_unlock;
	/* Before anybody is woken: readers and writers that see it leave. */
	set_bit(TTY_HUPPING, &tty->flags);
	nr_hung_up = hang_up_files(tty, &console);
	hang_up_session(tty, leader_exits);
	tty_ldisc_hangup(tty, console);
	forget_session(tty);
	hang_up_line(tty, console, nr_hung_up);
	set_bit(TTY_HUPPED, &tty->flags);
	clear_bit(TTY_HUPPING, &tty->flags);
out_unlock:
	tty_unlock(tty);
}

/** tty_hangup_work - the function of tty->hangup_work */
void tty_hangup_work(struct work_struct *work)
{
	__tty_hangup(container_of(work, struct tty_struct, hangup_work), false);
}

/** tty_hangup - hang a terminal up, soon. Context: any. */
void tty_hangup(struct tty_struct *tty)
{
	schedule_work(&tty->hangup_work);
}
EXPORT_SYMBOL(tty_hangup);

/** tty_vhangup - hang a terminal up. Context: may sleep. */
void tty_vhangup(struct tty_struct *tty)
{
	__tty_hangup(tty, false);
}
EXPORT_SYMBOL(tty_vhangup);

/** tty_vhangup_self - vhangup(2): one's own terminal */
void tty_vhangup_self(void)
{
	struct tty_struct *tty = get_current_tty();

	if (tty) {
		tty_vhangup(tty);
		tty_kref_put(tty);
	}
}

/** tty_vhangup_session - hang a terminal up because its session's leader exits */
void tty_vhangup_session(struct tty_struct *tty)
{
	__tty_hangup(tty, true);
}
