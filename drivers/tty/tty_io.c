// SPDX-License-Identifier: MIT
/*
 * Terminals: opening, closing, reading and writing one, and what hangs up.
 *
 * Life. The first open makes the tty_struct (tty_init_dev), puts it into driver->ttys[] and opens its
 * line discipline; later opens find it there (tty_reopen). tty->count counts opens. The last close
 * (tty_release) closes the discipline, takes the tty out of the table and drops the reference that
 * it stood for; the memory goes with the last reference, in a worker, as that may be dropped
 * anywhere.
 *
 *	count = 0, still in the table: being released. An open that finds it so tries again.
 *
 * A pty is two tty_structs, made and released together: while the master is open the slave has one
 * count for it.
 *
 * A hangup turns all files of the terminal into ones that are at their end (hung_up_tty_fops) and
 * tells the session. The terminal can be opened afresh; the old files never come back.
 *
 * Lock order:
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

#include <linux/capability.h>
#include <linux/console.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/termios_internal.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

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

/* ---- names and files ---- */

const char *tty_name(const struct tty_struct *tty)
{
	return tty ? tty->name : "NULL tty";
}
EXPORT_SYMBOL(tty_name);

const char *tty_driver_name(const struct tty_struct *tty)
{
	return tty && tty->driver ? tty->driver->name : "";
}

dev_t tty_devnum(struct tty_struct *tty)
{
	return MKDEV(tty->driver->major, tty->driver->minor_start) + tty->index;
}

int tty_alloc_file(struct file *file)
{
	struct tty_file_private *priv = kzalloc(sizeof(*priv), GFP_KERNEL);

	if (!priv)
		return -ENOMEM;
	file->private_data = priv;
	return 0;
}

/* The file stands for @tty from now on. */
void tty_add_file(struct tty_struct *tty, struct file *file)
{
	struct tty_file_private *priv = file->private_data;

	priv->tty = tty;
	priv->file = file;
	spin_lock(&tty->files_lock);
	list_add(&priv->list, &tty->tty_files);
	spin_unlock(&tty->files_lock);
}

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

/* ---- memory ---- */

static void do_tty_hangup(struct work_struct *work)
{
	struct tty_struct *tty = container_of(work, struct tty_struct, hangup_work);

	__tty_hangup(tty, false);
}

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
	INIT_WORK(&tty->hangup_work, do_tty_hangup);
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

/* The open terminal of a number, referenced; NULL; an ERR_PTR. */
static struct tty_struct *tty_driver_lookup_tty(struct tty_driver *driver, struct file *file,
						int idx)
{
	struct tty_struct *tty;

	if (driver->ops->lookup)
		tty = driver->ops->lookup(driver, file, idx);
	else
		tty = idx < driver->num ? driver->ttys[idx] : ERR_PTR(-EIO);
	return IS_ERR(tty) ? tty : tty_kref_get(tty);
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
	struct tty_driver *driver = tty->driver;
	int ret;

	if (driver->type == TTY_DRIVER_TYPE_PTY && driver->subtype == PTY_TYPE_MASTER)
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

/* ---- release ---- */

/* Out of the table; the table's reference, and that of a pty's other side, go. tty_mutex is held. */
static void release_tty(struct tty_struct *tty)
{
	struct tty_struct *link = tty->link;

	if (tty->ops->shutdown)
		tty->ops->shutdown(tty);
	tty_save_termios(tty);
	tty_driver_remove_tty(tty->driver, tty);
	if (tty->port)
		tty->port->itty = NULL;
	if (link && link->port)
		link->port->itty = NULL;
	if (tty->port)
		tty_buffer_cancel_work(tty->port);
	if (link && link->port)
		tty_buffer_cancel_work(link->port);
	if (link)
		tty_kref_put(link);
	tty_kref_put(tty);
}

/* Undo tty_init_dev() when it, or what follows it, failed. tty_mutex is held by the caller. */
void tty_init_release(struct tty_struct *tty, int idx)
{
	tty_ldisc_release(tty);
	tty->count = 0;
	release_tty(tty);
}

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

static int __tty_fasync(int fd, struct file *filp, int on);

/**
 * tty_release - close(2) of a terminal
 * @inode: its
 * @filp: the file, which nobody uses any more
 *
 * Return: 0.
 */
int tty_release(struct inode *inode, struct file *filp)
{
	struct tty_struct *tty = file_tty(filp), *o_tty = NULL;
	bool final;

	tty_lock(tty);
	__tty_fasync(-1, filp, 0);
	tty->closing = tty->count <= 1;
	/* Only a master takes its other side along. */
	if (tty->driver->type == TTY_DRIVER_TYPE_PTY &&
	    tty->driver->subtype == PTY_TYPE_MASTER)
		o_tty = tty->link;

	if (tty->ops->close)
		tty->ops->close(tty, filp);
	tty_lock_slave(o_tty);
	if (tty->count <= 1)
		tty_wake_all(tty);
	if (o_tty) {
		tty_wake_all(o_tty);
		WARN_ON(--o_tty->count < 0);
	}
	WARN_ON(--tty->count < 0);
	tty_del_file(filp);

	if (!tty->count || (o_tty && !o_tty->count)) {
		read_lock(&tasklist_lock);
		if (!tty->count)
			session_clear_tty(tty->ctrl.session);
		if (o_tty && !o_tty->count)
			session_clear_tty(o_tty->ctrl.session);
		read_unlock(&tasklist_lock);
	}
	/* A slave is released with its master, or with its last file after that. */
	final = !tty->count && !(tty->link && tty->link->count);
	tty_unlock_slave(o_tty);
	tty_unlock(tty);
	if (!final)
		return 0;

	tty_ldisc_release(tty);
	cancel_work_sync(&tty->hangup_work);
	if (tty->link)
		cancel_work_sync(&tty->link->hangup_work);
	mutex_lock(&tty_mutex);
	release_tty(tty);
	mutex_unlock(&tty_mutex);
	return 0;
}

/* ---- open ---- */

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

/* Find or make the terminal of a number. Locked, with a count. */
static struct tty_struct *tty_open_by_driver(dev_t device, struct file *filp)
{
	struct tty_driver *driver;
	struct tty_struct *tty;
	int index = -1, ret;

	mutex_lock(&tty_mutex);
	driver = tty_lookup_driver(device, filp, &index);
	if (IS_ERR(driver)) {
		mutex_unlock(&tty_mutex);
		return ERR_CAST(driver);
	}
	tty = tty_driver_lookup_tty(driver, filp, index);
	if (IS_ERR(tty)) {
		mutex_unlock(&tty_mutex);
		goto out;
	}
	if (!tty) {
		tty = tty_init_dev(driver, index);
		mutex_unlock(&tty_mutex);
		goto out;
	}
	mutex_unlock(&tty_mutex);
	ret = tty_lock_interruptible(tty);
	tty_kref_put(tty);	/* the lookup's; the lock has its own */
	if (ret) {
		tty = ERR_PTR(ret == -EINTR ? -ERESTARTSYS : ret);
		goto out;
	}
	ret = tty_reopen(tty);
	if (ret) {
		tty_unlock(tty);
		tty = ERR_PTR(ret);
	}
out:
	tty_driver_kref_put(driver);
	return tty;
}

static bool tty_may_become_ctty(struct tty_struct *tty, dev_t device, struct file *filp)
{
	if (filp->f_flags & O_NOCTTY || device == MKDEV(TTYAUX_MAJOR, 1))
		return false;
	return tty->driver->type != TTY_DRIVER_TYPE_PTY ||
	       tty->driver->subtype != PTY_TYPE_MASTER;
}

/**
 * tty_open - open(2) of a terminal
 * @inode: tells the number
 * @filp: the file
 *
 * Return: 0; -ENXIO for /dev/tty without a terminal; -ENODEV, -EIO, -EBUSY (TIOCEXCL), -ENOMEM, what
 * the driver says.
 */
static int tty_open(struct inode *inode, struct file *filp)
{
	dev_t device = inode->i_rdev;
	unsigned int saved_flags = filp->f_flags;
	struct tty_struct *tty;
	int ret;

	nonseekable_open(inode, filp);
retry:
	ret = tty_alloc_file(filp);
	if (ret)
		return ret;
	tty = tty_open_current_tty(device, filp);
	if (!tty)
		tty = tty_open_by_driver(device, filp);
	if (IS_ERR(tty)) {
		tty_free_file(filp);
		ret = PTR_ERR(tty);
		if (ret != -EAGAIN || signal_pending(current))
			return ret;
		schedule();	/* its release is under way */
		goto retry;
	}
	tty_add_file(tty, filp);
	ret = tty->ops->open ? tty->ops->open(tty, filp) : -ENODEV;
	filp->f_flags = saved_flags;
	if (ret) {
		tty_unlock(tty);
		tty_release(inode, filp);
		if (ret != -ERESTARTSYS || signal_pending(current))
			return ret;
		schedule();
		/* It was hung up while we waited: a fresh one then. */
		if (tty_hung_up_p(filp))
			filp->f_op = &tty_fops;
		goto retry;
	}
	clear_bit(TTY_HUPPED, &tty->flags);
	if (tty_may_become_ctty(tty, device, filp))
		tty_open_proc_set_tty(filp, tty);
	tty_unlock(tty);
	return 0;
}

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

static ssize_t tty_read(struct kiocb *iocb, struct iov_iter *to)
{
	size_t count = min_t(size_t, iov_iter_count(to), TTY_READ_MAX);
	struct file *file = iocb->ki_filp;
	struct tty_struct *tty = file_tty(file);
	u8 stack_buf[TTY_READ_CHUNK], *buf = stack_buf;
	struct tty_ldisc *ld;
	ssize_t ret = -EIO;

	if (!tty || tty_io_error(tty))
		return -EIO;
	if (count > sizeof(stack_buf)) {
		buf = kmalloc(count, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
	}
	ld = tty_ldisc_ref_wait(tty);
	if (!ld) {
		/* Hung up: the end. */
		ret = 0;
		goto out;
	}
	if (ld->ops->read)
		ret = ld->ops->read(tty, file, buf, count);
	tty_ldisc_deref(ld);
	if (ret > 0) {
		size_t n = copy_to_iter(buf, ret, to);

		tty_update_time(tty, false);
		if (!n)
			ret = -EFAULT;
		else
			ret = n;
	}
out:
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

/* A piece at a time, through a buffer that the terminal keeps. */
static ssize_t iterate_tty_write(struct tty_ldisc *ld, struct tty_struct *tty, struct file *file,
				 struct iov_iter *from)
{
	size_t chunk = test_bit(TTY_NO_WRITE_SPLIT, &tty->flags) ? 65536 : 2048;
	ssize_t ret, written = 0;

	ret = tty_write_lock(tty, file->f_flags & O_NDELAY);
	if (ret < 0)
		return ret;
	chunk = min_t(size_t, chunk, iov_iter_count(from));
	if (tty->write_cnt < chunk) {
		size_t size = max_t(size_t, chunk, 1024);
		u8 *buf = kvmalloc(size, GFP_KERNEL);

		ret = -ENOMEM;
		if (!buf)
			goto out;
		kvfree(tty->write_buf);
		tty->write_buf = buf;
		tty->write_cnt = size;
	}
	for (;;) {
		size_t size = min(chunk, iov_iter_count(from));

		ret = -EFAULT;
		if (copy_from_iter(tty->write_buf, size, from) != size)
			break;
		ret = ld->ops->write(tty, file, tty->write_buf, size);
		if (ret <= 0)
			break;
		written += ret;
		if (ret != size)
			iov_iter_revert(from, size - ret);
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
out:
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
		ret = iterate_tty_write(ld, tty, file, from);
	tty_ldisc_deref(ld);
	return ret;
}

static __poll_t hung_up_tty_poll(struct file *filp, poll_table *wait)
{
	return EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLRDNORM | EPOLLWRNORM;
}

static __poll_t tty_poll(struct file *filp, poll_table *wait)
{
	struct tty_struct *tty = file_tty(filp);
	struct tty_ldisc *ld = tty_ldisc_ref_wait(tty);
	__poll_t ret = 0;

	if (!ld)
		return hung_up_tty_poll(filp, wait);
	if (ld->ops->poll)
		ret = ld->ops->poll(tty, filp, wait);
	tty_ldisc_deref(ld);
	return ret;
}

static int __tty_fasync(int fd, struct file *filp, int on)
{
	struct tty_struct *tty = file_tty(filp);
	enum pid_type type = PIDTYPE_TGID;
	struct pid *pid = NULL;
	unsigned long flags;
	int ret;

	ret = fasync_helper(fd, filp, on, &tty->fasync);
	if (ret <= 0 || !on)
		return min(ret, 0);
	spin_lock_irqsave(&tty->ctrl.lock, flags);
	if (tty->ctrl.pgrp) {
		pid = tty->ctrl.pgrp;
		type = PIDTYPE_PGID;
	} else {
		pid = task_pid(current);
	}
	get_pid(pid);
	spin_unlock_irqrestore(&tty->ctrl.lock, flags);
	__f_setown(filp, pid, type, 0);
	put_pid(pid);
	return 0;
}

static int tty_fasync(int fd, struct file *filp, int on)
{
	struct tty_struct *tty = file_tty(filp);
	int ret = -ENOTTY;

	tty_lock(tty);
	if (!tty_hung_up_p(filp))
		ret = __tty_fasync(fd, filp, on);
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

/* ---- hangup ---- */

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

/**
 * __tty_hangup - hang a terminal up now
 * @tty: it
 * @exit_session: its session leader exits: tell the foreground group
 *
 * Context: may sleep, until those who read and write have left.
 */
void __tty_hangup(struct tty_struct *tty, bool exit_session)
{
	struct tty_file_private *priv;
	int closecount = 0, n, refs;
	bool console = false;

	if (!tty)
		return;
	tty_lock(tty);
	if (test_bit(TTY_HUPPED, &tty->flags)) {
		tty_unlock(tty);
		return;
	}
	/* Readers and writers that see it leave. */
	set_bit(TTY_HUPPING, &tty->flags);

	/* Files of /dev/console live on: there is always one. */
	spin_lock(&tty->files_lock);
	list_for_each_entry(priv, &tty->tty_files, list) {
		if (opened_as_console(priv->file)) {
			console = true;
			continue;
		}
		closecount++;
		__tty_fasync(-1, priv->file, 0);
		WRITE_ONCE(priv->file->f_op, &hung_up_tty_fops);
	}
	spin_unlock(&tty->files_lock);

	refs = tty_signal_session_leader(tty, exit_session);
	while (refs--)
		tty_kref_put(tty);

	tty_ldisc_hangup(tty, console);

	spin_lock_irq(&tty->ctrl.lock);
	clear_bit(TTY_THROTTLED, &tty->flags);
	clear_bit(TTY_DO_WRITE_WAKEUP, &tty->flags);
	put_pid(tty->ctrl.session);
	put_pid(tty->ctrl.pgrp);
	tty->ctrl.session = NULL;
	tty->ctrl.pgrp = NULL;
	tty->ctrl.pktstatus = 0;
	spin_unlock_irq(&tty->ctrl.lock);

	/*
	 * A console goes on: its line is closed as often as there were other files. Without one
	 * the driver hangs the line up.
	 */
	if (console) {
		if (tty->ops->close) {
			for (n = 0; n < closecount; n++)
				tty->ops->close(tty, NULL);
		}
	} else if (tty->ops->hangup) {
		tty->ops->hangup(tty);
	}
	set_bit(TTY_HUPPED, &tty->flags);
	clear_bit(TTY_HUPPING, &tty->flags);
	tty_unlock(tty);
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

void tty_vhangup_session(struct tty_struct *tty)
{
	__tty_hangup(tty, true);
}

/* ---- flow ---- */

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
