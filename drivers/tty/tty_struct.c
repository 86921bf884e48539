// SPDX-License-Identifier: MIT
/*
 * Terminals: the tty_struct, from its making to its end.
 *
 * The first open of a terminal makes it (tty_init_dev), puts it into driver->ttys[] and opens its
 * line discipline. The table stands for one reference; open files and those who look have more.
 * After the last close tty_forget() takes it out of the table. The memory goes with the last
 * reference, in a worker, as that may be dropped anywhere.
 *
 *	kref	tty_kref_get(), tty_kref_put(): the memory
 *	count	opens that have not been closed; 0 and still in the table: it is being released
 *
 * A pty is two tty_structs, made and released together: while the master is open the slave has one
 * count for it.
 *
 * The settings outlive it: tty_save_termios() leaves them with the driver for the next open.
 *
 * Lock order of all terminals:
 *	tty_mutex		driver->ttys[], the list of drivers
 *	> tty->legacy_mutex	open, close, hangup, count; a pty's master before its slave
 *	> tty->ldisc_sem	(tty_ldisc.c)
 *	> tty->atomic_write_lock	one write(2) at a time
 *	> tty->termios_rwsem	settings
 *	> the discipline's lock	(n_tty.c)
 *	> tasklist_lock > siglock > tty->ctrl.lock
 *	port->mutex, port->buf.lock: see tty_port.c, tty_buffer.c; below legacy_mutex
 *	files_lock, flow.lock, port->lock: innermost
 */

#include <linux/tty.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/termios_internal.h>

#include "tty.h"

DEFINE_MUTEX(tty_mutex);

/* ---- the lock of one terminal ---- */

void tty_lock(struct tty_struct *tty)
{
	tty_kref_get(tty);
	mutex_lock(&tty->legacy_mutex);
}

int tty_lock_interruptible(struct tty_struct *tty)
{
	int ret;

	tty_kref_get(tty);
	ret = mutex_lock_interruptible(&tty->legacy_mutex);
	if (ret)
		tty_kref_put(tty);
	return ret;
}

void tty_unlock(struct tty_struct *tty)
{
	mutex_unlock(&tty->legacy_mutex);
	tty_kref_put(tty);
}

void tty_lock_slave(struct tty_struct *tty)
{
	if (tty)
		tty_lock(tty);
}

void tty_unlock_slave(struct tty_struct *tty)
{
	if (tty)
		tty_unlock(tty);
}

/* A pty's slave: locked inside its master. */
void tty_set_lock_subclass(struct tty_struct *tty)
{
	lockdep_set_subclass(&tty->legacy_mutex, TTY_LOCK_SLAVE);
}

/* ---- names ---- */

/** tty_name - the terminal's name, as "ttyS0"; never NULL */
const char *tty_name(const struct tty_struct *tty)
{
	return tty ? tty->name : "NULL tty";
}
EXPORT_SYMBOL(tty_name);

/** tty_devnum - the number of its device */
dev_t tty_devnum(struct tty_struct *tty)
{
	return MKDEV(tty->driver->major, tty->driver->minor_start) + tty->index;
}

/* ---- memory ---- */

static void tty_line_name(struct tty_driver *driver, int index, char *p, size_t size)
{
	if (driver->flags & TTY_DRIVER_UNNUMBERED_NODE)
		strscpy(p, driver->name, size);
	else
		snprintf(p, size, "%s%d", driver->name, index + driver->name_base);
}

/* One reference; nobody knows of it yet. NULL without memory. */
struct tty_struct *alloc_tty_struct(struct tty_driver *driver, int idx)
{
	struct tty_struct *tty = kzalloc(sizeof(*tty), GFP_KERNEL);

	if (!tty)
		return NULL;
	kref_init(&tty->kref);
	if (tty_ldisc_init(tty)) {
		kfree(tty);
		return NULL;
	}
	mutex_init(&tty->legacy_mutex);
	mutex_init(&tty->atomic_write_lock);
	mutex_init(&tty->throttle_mutex);
	mutex_init(&tty->winsize_mutex);
	init_rwsem(&tty->termios_rwsem);
	init_rwsem(&tty->ldisc_sem);
	init_waitqueue_head(&tty->write_wait);
	init_waitqueue_head(&tty->read_wait);
	INIT_WORK(&tty->hangup_work, tty_hangup_work);
	spin_lock_init(&tty->ctrl.lock);
	spin_lock_init(&tty->flow.lock);
	spin_lock_init(&tty->files_lock);
	INIT_LIST_HEAD(&tty->tty_files);
	tty->driver = tty_driver_kref_get(driver);
	tty->ops = driver->ops;
	tty->index = idx;
	tty_line_name(driver, idx, tty->name, sizeof(tty->name));
	return tty;
}

static void free_tty_struct(struct tty_struct *tty)
{
	tty_ldisc_deinit(tty);
	kvfree(tty->write_buf);
	kfree(tty);
}

/* The last reference went, maybe in a place that may not sleep. */
static void release_one_tty(struct work_struct *work)
{
	struct tty_struct *tty = container_of(work, struct tty_struct, hangup_work);
	struct tty_driver *driver = tty->driver;

	if (tty->ops->cleanup)
		tty->ops->cleanup(tty);
	put_pid(tty->ctrl.pgrp);
	put_pid(tty->ctrl.session);
	free_tty_struct(tty);
	tty_driver_kref_put(driver);
}

static void queue_release_one_tty(struct kref *kref)
{
	struct tty_struct *tty = container_of(kref, struct tty_struct, kref);

	/* Nobody hangs up what nobody refers to: the work can be used for this. */
	INIT_WORK(&tty->hangup_work, release_one_tty);
	schedule_work(&tty->hangup_work);
}

/** tty_kref_put - give a reference back. Context: any. */
void tty_kref_put(struct tty_struct *tty)
{
	if (tty)
		kref_put(&tty->kref, queue_release_one_tty);
}
EXPORT_SYMBOL(tty_kref_put);

/* ---- settings that outlive a close ---- */

struct ktermios tty_std_termios = {
	.c_iflag = ICRNL | IXON,
	.c_oflag = OPOST | ONLCR,
	.c_cflag = B38400 | CS8 | CREAD | HUPCL,
	.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
	.c_cc = INIT_C_CC,
	.c_ispeed = 38400,
	.c_ospeed = 38400,
};
EXPORT_SYMBOL(tty_std_termios);

/** tty_init_termios - what the terminal had when it was closed, or the driver's settings */
int tty_init_termios(struct tty_struct *tty)
{
	struct ktermios *saved = NULL;

	if (!(tty->driver->flags & TTY_DRIVER_RESET_TERMIOS) && tty->driver->termios)
		saved = tty->driver->termios[tty->index];
	tty->termios = saved ? *saved : tty->driver->init_termios;
	tty->termios.c_line = N_TTY;
	tty->termios.c_ispeed = tty_termios_input_baud_rate(&tty->termios);
	tty->termios.c_ospeed = tty_termios_baud_rate(&tty->termios);
	return 0;
}
EXPORT_SYMBOL_GPL(tty_init_termios);

/** tty_save_termios - keep the settings for the next open; without memory they are forgotten */
void tty_save_termios(struct tty_struct *tty)
{
	int idx = tty->index;

	if (tty->driver->flags & TTY_DRIVER_RESET_TERMIOS || !tty->driver->termios)
		return;
	if (!tty->driver->termios[idx])
		tty->driver->termios[idx] = kmalloc(sizeof(struct ktermios), GFP_KERNEL);
	if (tty->driver->termios[idx])
		*tty->driver->termios[idx] = tty->termios;
}

/* ---- the driver's table. tty_mutex is held. ---- */

/** tty_standard_install - most drivers' install(): old settings, a count, a place in ->ttys[] */
int tty_standard_install(struct tty_driver *driver, struct tty_struct *tty)
{
	tty_init_termios(tty);
	tty->count++;
	driver->ttys[tty->index] = tty;
	return 0;
}
EXPORT_SYMBOL_GPL(tty_standard_install);

static int tty_driver_install_tty(struct tty_driver *driver, struct tty_struct *tty)
{
	return driver->ops->install ? driver->ops->install(driver, tty) :
				      tty_standard_install(driver, tty);
}

static void tty_driver_remove_tty(struct tty_driver *driver, struct tty_struct *tty)
{
	if (driver->ops->remove)
		driver->ops->remove(driver, tty);
	else if (driver->ttys)
		driver->ttys[tty->index] = NULL;
}

/**
 * tty_driver_lookup_tty - the open terminal of a number
 * @driver: whose
 * @file: that is being opened
 * @idx: the number, of @driver's
 *
 * Context: tty_mutex is held.
 * Return: it, referenced; NULL if it is not open; an ERR_PTR.
 */
struct tty_struct *tty_driver_lookup_tty(struct tty_driver *driver, struct file *file, int idx)
{
	struct tty_struct *tty;

	if (driver->ops->lookup)
		tty = driver->ops->lookup(driver, file, idx);
	else
		tty = idx < driver->num ? driver->ttys[idx] : ERR_PTR(-EIO);
	return IS_ERR(tty) ? tty : tty_kref_get(tty);
}

/* Nothing comes in any more. */
static void tty_leave_port(struct tty_struct *tty)
{
	if (!tty || !tty->port)
		return;
	tty->port->itty = NULL;
	tty_buffer_cancel_work(tty->port);
}

/**
 * tty_forget - take a closed terminal out of the table
 * @tty: it, and the other side of a pty with it; may be gone on return
 *
 * The references that the table stood for go.
 *
 * Context: tty_mutex is held; may sleep.
 */
void tty_forget(struct tty_struct *tty)
{
	struct tty_struct *link = tty->link;

	if (tty->ops->shutdown)
		tty->ops->shutdown(tty);
	tty_save_termios(tty);
	tty_driver_remove_tty(tty->driver, tty);
	tty_leave_port(tty);
	tty_leave_port(link);
	tty_kref_put(link);
	tty_kref_put(tty);
}

/* Undo tty_init_dev() when it, or what follows it, failed. tty_mutex is held by the caller. */
void tty_init_release(struct tty_struct *tty, int idx)
{
	tty_ldisc_release(tty);
	tty->count = 0;
	tty_forget(tty);
}

/**
 * tty_init_dev - a fresh terminal, in the table, with its discipline open
 * @driver: whose
 * @idx: its number there
 *
 * Context: tty_mutex is held.
 * Return: the terminal, locked; an ERR_PTR.
 */
struct tty_struct *tty_init_dev(struct tty_driver *driver, int idx)
{
	struct tty_struct *tty = alloc_tty_struct(driver, idx);
	int ret;

	if (!tty)
		return ERR_PTR(-ENOMEM);
	tty_lock(tty);
	ret = tty_driver_install_tty(driver, tty);
	if (ret < 0)
		goto err_free;
	if (!tty->port)
		tty->port = driver->ports[idx];
	if (WARN_ON(!tty->port)) {
		ret = -EIO;
		goto err_release;
	}
	down_write(&tty->ldisc_sem);
	tty->port->itty = tty;
	ret = tty_ldisc_setup(tty, tty->link);
	up_write(&tty->ldisc_sem);
	if (ret)
		goto err_release;
	return tty;

err_free:
	mutex_unlock(&tty->legacy_mutex);
	tty_kref_put(tty);
	tty_kref_put(tty);
	return ERR_PTR(ret);
err_release:
	tty_unlock(tty);
	tty_init_release(tty, idx);
	return ERR_PTR(ret);
}
