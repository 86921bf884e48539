// SPDX-License-Identifier: MIT
/*
 * Terminals: open(2) and close(2).
 *
 * A name in /dev tells a number, the number a driver and a line of it. If the terminal is open
 * already it counts one more open, else it is made (tty_struct.c). Two names are not terminals:
 * /dev/tty is that of one's session, /dev/console the driver's that prints the kernel's messages.
 *
 * Open and last close meet:
 *
 *	close				open
 *	tty_lock; count 1 -> 0
 *	tty_unlock			tty_mutex; finds it in the table, takes a reference
 *	closes the discipline		tty_lock; count is 0: -EAGAIN, it tries again
 *	tty_mutex; out of the table
 *					tty_mutex; finds none, makes a new one
 *
 * And so do open and hangup: a driver's open() may wait for a carrier, without the lock. If the
 * terminal is hung up meanwhile it returns -ERESTARTSYS, and the file is opened afresh.
 */

#include <linux/tty.h>

#include <linux/capability.h>
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "tty.h"

static bool tty_is_pty_master(struct tty_struct *tty)
{
	return tty->driver->type == TTY_DRIVER_TYPE_PTY &&
	       tty->driver->subtype == PTY_TYPE_MASTER;
}

/* ---- a file and its terminal ---- */

/** tty_alloc_file - what a file needs to stand for a terminal. Return: 0 or -ENOMEM */
int tty_alloc_file(struct file *file)
{
	struct tty_file_private *priv = kzalloc(sizeof(*priv), GFP_KERNEL);

	if (!priv)
		return -ENOMEM;
	file->private_data = priv;
	return 0;
}

/** tty_add_file - @file stands for @tty from now on */
void tty_add_file(struct tty_struct *tty, struct file *file)
{
	struct tty_file_private *priv = file->private_data;

	priv->tty = tty;
	priv->file = file;
	spin_lock(&tty->files_lock);
	list_add(&priv->list, &tty->tty_files);
	spin_unlock(&tty->files_lock);
}

/** tty_free_file - undo tty_alloc_file() */
void tty_free_file(struct file *file)
{
	kfree(file->private_data);
	file->private_data = NULL;
}

static void tty_del_file(struct file *file)
{
	struct tty_file_private *priv = file->private_data;
	struct tty_struct *tty = priv->tty;

	spin_lock(&tty->files_lock);
	list_del(&priv->list);
	spin_unlock(&tty->files_lock);
	tty_free_file(file);
}

/* ---- close ---- */

/*
 * Whoever still sleeps in a read or a write of a file that is being closed for the last time has
 * to leave: they hold a reference to the file, so there can't be any but pollers, who needn't be
 * waited for: they hold one too. What is left are sleepers on the other side of a pty.
 */
static void tty_wake_all(struct tty_struct *tty)
{
	if (!tty)
		return;
	wake_up_poll(&tty->read_wait, EPOLLIN);
	wake_up_poll(&tty->write_wait, EPOLLOUT);
}

/* One open less; the other side of a pty loses that of its master. Both are locked. */
static void tty_count_down(struct tty_struct *tty)
{
	if (tty->count <= 1)
		tty_wake_all(tty);
	WARN_ON(--tty->count < 0);
}

/* Nobody has it open: no session has it any more. */
static void tty_leave_session(struct tty_struct *tty)
{
	if (!tty || tty->count)
		return;
	read_lock(&tasklist_lock);
	session_clear_tty(tty->ctrl.session);
	read_unlock(&tasklist_lock);
}

/* The last file of a terminal, and of the other side of a pty, has been closed. */
static void tty_close_last(struct tty_struct *tty)
{
	tty_ldisc_release(tty);
	cancel_work_sync(&tty->hangup_work);
	if (tty->link)
		cancel_work_sync(&tty->link->hangup_work);
	mutex_lock(&tty_mutex);
	tty_forget(tty);
	mutex_unlock(&tty_mutex);
}

/**
 * tty_release - close(2) of a terminal
 * @inode: its
 * @filp: the file, which nobody uses any more
 *
 * Return: 0.
 */
int tty_release(struct inode *inode, struct file *filp)
{
	struct tty_struct *tty = file_tty(filp), *slave = NULL;
	bool last;

	tty_lock(tty);
	tty_set_fasync(-1, filp, 0);
	tty->closing = tty->count <= 1;
	/* Only a master takes its other side along. */
	if (tty_is_pty_master(tty))
		slave = tty->link;

	if (tty->ops->close)
		tty->ops->close(tty, filp);
	tty_lock_slave(slave);
	if (slave) {
		tty_wake_all(slave);
		tty_count_down(slave);
	}
	tty_count_down(tty);
	tty_del_file(filp);
	tty_leave_session(tty);
	tty_leave_session(slave);
	/* A slave is released with its master, or with its last file after that. */
	last = !tty->count && !(tty->link && tty->link->count);
	tty_unlock_slave(slave);
	tty_unlock(tty);
	if (last)
		tty_close_last(tty);
	return 0;
}

/* ---- open ---- */

/* After a hangup there is none: then nobody sleeps in it, and it can be locked. */
static int tty_ensure_ldisc(struct tty_struct *tty)
{
	struct tty_ldisc *ld = tty_ldisc_ref_wait(tty);
	int ret = 0;

	if (ld) {
		tty_ldisc_deref(ld);
		return 0;
	}
	down_write(&tty->ldisc_sem);
	if (!tty->ldisc)
		ret = tty_ldisc_reinit(tty);
	up_write(&tty->ldisc_sem);
	return ret;
}

/* One more open of a terminal that is there. It is locked. */
static int tty_reopen(struct tty_struct *tty)
{
	int ret;

	if (tty_is_pty_master(tty))
		return -EIO;
	if (!tty->count)
		return -EAGAIN;		/* being released */
	if (test_bit(TTY_EXCLUSIVE, &tty->flags) && !capable(CAP_SYS_ADMIN))
		return -EBUSY;
	ret = tty_ensure_ldisc(tty);
	if (!ret)
		tty->count++;
	return ret;
}

/* The driver of a number, referenced; its own index of it. */
static struct tty_driver *get_tty_driver(dev_t device, int *index)
{
	struct tty_driver *p;

	list_for_each_entry(p, &tty_drivers, tty_drivers) {
		dev_t base = MKDEV(p->major, p->minor_start);

		if (device < base || device >= base + p->num)
			continue;
		*index = device - base;
		return tty_driver_kref_get(p);
	}
	return NULL;
}

static struct tty_driver *tty_lookup_driver(dev_t device, struct file *filp, int *index)
{
	struct tty_driver *driver;

	if (device == MKDEV(TTYAUX_MAJOR, 1)) {
		driver = console_device(index);
		if (!driver)
			return ERR_PTR(-ENODEV);
		/* Nobody waits for a carrier on the console. */
		filp->f_flags |= O_NONBLOCK;
		return tty_driver_kref_get(driver);
	}
	driver = get_tty_driver(device, index);
	return driver ? driver : ERR_PTR(-ENODEV);
}

/* /dev/tty: the terminal of one's session. NULL if @device is another. Locked, with a count. */
static struct tty_struct *tty_open_current_tty(dev_t device, struct file *filp)
{
	struct tty_struct *tty;
	int ret;

	if (device != MKDEV(TTYAUX_MAJOR, 0))
		return NULL;
	tty = get_current_tty();
	if (!tty)
		return ERR_PTR(-ENXIO);
	filp->f_flags |= O_NONBLOCK;	/* don't wait for carrier */
	tty_lock(tty);
	tty_kref_put(tty);
	ret = tty_reopen(tty);
	if (ret) {
		tty_unlock(tty);
		return ERR_PTR(ret);
	}
	return tty;
}

/* Not with tty_mutex held: who closes it has its lock, and wants that. Locked, with a count. */
static struct tty_struct *tty_open_found(struct tty_struct *tty)
{
	int ret = tty_lock_interruptible(tty);

	tty_kref_put(tty);	/* the lookup's; the lock has its own */
	if (ret)
		return ERR_PTR(ret == -EINTR ? -ERESTARTSYS : ret);
	ret = tty_reopen(tty);
	if (!ret)
		return tty;
	tty_unlock(tty);
	return ERR_PTR(ret);
}

/* Find or make the terminal of a number. Locked, with a count. */
static struct tty_struct *tty_open_by_driver(dev_t device, struct file *filp)
{
	struct tty_driver *driver;
	struct tty_struct *tty;
	int index = -1;
	bool found;

	mutex_lock(&tty_mutex);
	driver = tty_lookup_driver(device, filp, &index);
	if (IS_ERR(driver)) {
		mutex_unlock(&tty_mutex);
		return ERR_CAST(driver);
	}
	tty = tty_driver_lookup_tty(driver, filp, index);
	found = tty;
	if (!found)
		tty = tty_init_dev(driver, index);
	mutex_unlock(&tty_mutex);
	if (found && !IS_ERR(tty))
		tty = tty_open_found(tty);
	tty_driver_kref_put(driver);
	return tty;
}

static bool tty_may_become_ctty(struct tty_struct *tty, dev_t device, struct file *filp)
{
	if (filp->f_flags & O_NOCTTY || device == MKDEV(TTYAUX_MAJOR, 1))
		return false;
	return !tty_is_pty_master(tty);
}

/* Return: what tty_open() returns, unless *@again says that another try may fare better. */
static int tty_try_open(struct inode *inode, struct file *filp, bool *again)
{
	unsigned int flags = filp->f_flags;
	dev_t device = inode->i_rdev;
	struct tty_struct *tty;
	int ret;

	*again = false;
	ret = tty_alloc_file(filp);
	if (ret)
		return ret;
	tty = tty_open_current_tty(device, filp);
	if (!tty)
		tty = tty_open_by_driver(device, filp);
	if (IS_ERR(tty)) {
		tty_free_file(filp);
		filp->f_flags = flags;
		*again = tty == ERR_PTR(-EAGAIN);	/* its release is under way */
		return PTR_ERR(tty);
	}
	tty_add_file(tty, filp);
	ret = tty->ops->open ? tty->ops->open(tty, filp) : -ENODEV;
	filp->f_flags = flags;
	if (ret) {
		tty_unlock(tty);
		tty_release(inode, filp);
		*again = ret == -ERESTARTSYS;		/* it was hung up while we waited */
		return ret;
	}
	clear_bit(TTY_HUPPED, &tty->flags);
	if (tty_may_become_ctty(tty, device, filp))
		tty_open_proc_set_tty(filp, tty);
	tty_unlock(tty);
	return 0;
}

/**
 * tty_open - open(2) of a terminal
 * @inode: tells the number
 * @filp: the file
 *
 * Return: 0; -ENXIO for /dev/tty without a terminal; -ENODEV, -EIO, -EBUSY (TIOCEXCL), -ENOMEM,
 * what the driver says.
 */
int tty_open(struct inode *inode, struct file *filp)
{
	bool again;
	int ret;

	nonseekable_open(inode, filp);
	for (;;) {
		ret = tty_try_open(inode, filp, &again);
		if (!again || signal_pending(current))
			return ret;
		schedule();
		/* A hangup took the file's operations: it gets them back. */
		if (tty_hung_up_p(filp))
			filp->f_op = &tty_fops;
	}
}
