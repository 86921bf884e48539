// SPDX-License-Identifier: MIT
/*
 * Pseudo-terminals: two terminals back to back. What is written to one is received by the other:
 *
 *	program <-> master file <-> n_tty (raw) <-> ptm ==== pts <-> n_tty <-> slave file <-> shell
 *
 * Opening /dev/ptmx makes a pair. The slave's node is in devpts; it can be opened once the master's
 * owner has unlocked it (TIOCSPTLCK). When the master is closed the slave is hung up; when the
 * slave's last file is closed the master reads -EIO until somebody opens it again.
 *
 * The two tty_structs are made, and go, together (tty_struct.c). The master's driver_data is the
 * instance of devpts, the slave's its dentry there.
 */

#include <linux/cdev.h>
#include <linux/cred.h>
#include <linux/device.h>
#include <linux/devpts_fs.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/major.h>
#include <linux/mount.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/termios_internal.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include <linux/uaccess.h>

#include "tty.h"

#define NR_UNIX98_PTYS	(1 << MINORBITS)
#define PTMX_MINOR	2
#define PTY_BUF_LIMIT	8192

static struct tty_driver *ptm_driver, *pts_driver;

static bool is_master(const struct tty_struct *tty)
{
	return tty->driver->subtype == PTY_TYPE_MASTER;
}

/* ---- bytes ---- */

static ssize_t pty_write(struct tty_struct *tty, const u8 *buf, size_t c)
{
	if (tty->flow.stopped || !c)
		return 0;
	return tty_insert_flip_string_and_push_buffer(tty->link->port, buf, c);
}

static unsigned int pty_write_room(struct tty_struct *tty)
{
	if (tty->flow.stopped)
		return 0;
	return tty_buffer_space_avail(tty->link->port);
}

/* Nothing is sent that the other side doesn't have. */
static void pty_flush_buffer(struct tty_struct *tty)
{
	struct tty_struct *to = tty->link;

	if (!to)
		return;
	tty_buffer_flush(to, NULL);
	if (to->ctrl.packet) {
		spin_lock_irq(&tty->ctrl.lock);
		tty->ctrl.pktstatus |= TIOCPKT_FLUSHWRITE;
		wake_up_interruptible(&to->read_wait);
		spin_unlock_irq(&tty->ctrl.lock);
	}
}

/* The one who reads @tty has room: who writes to it may go on. */
static void pty_unthrottle(struct tty_struct *tty)
{
	tty_wakeup(tty->link);
}

/* ---- open, close ---- */

static int pty_open(struct tty_struct *tty, struct file *filp)
{
	if (!tty || !tty->link)
		return -ENODEV;
	if (test_bit(TTY_OTHER_CLOSED, &tty->flags))
		goto err_io;
	if (test_bit(TTY_PTY_LOCK, &tty->link->flags))
		goto err_io;
	if (!is_master(tty) && tty->link->count != 1)
		goto err_io;
	clear_bit(TTY_IO_ERROR, &tty->flags);
	/* The master reads again, what the new slave writes. */
	clear_bit(TTY_OTHER_CLOSED, &tty->link->flags);
	return 0;

err_io:
	set_bit(TTY_IO_ERROR, &tty->flags);
	return -EIO;
}

static void pty_close(struct tty_struct *tty, struct file *filp)
{
	if (is_master(tty)) {
		WARN_ON(tty->count > 1);
	} else {
		if (tty_io_error(tty))
			return;		/* an open that failed */
		if (tty->count > 2)
			return;		/* more files; one count is the master's */
	}
	set_bit(TTY_IO_ERROR, &tty->flags);
	wake_up_interruptible_poll(&tty->read_wait, EPOLLIN);
	wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT);
	spin_lock_irq(&tty->ctrl.lock);
	tty->ctrl.packet = false;
	spin_unlock_irq(&tty->ctrl.lock);
	/* What is on its way to the other side arrives before the end does. */
	if (!tty->link)
		return;
	set_bit(TTY_OTHER_CLOSED, &tty->link->flags);
	wake_up_interruptible_poll(&tty->link->read_wait, EPOLLIN);
	wake_up_interruptible_poll(&tty->link->write_wait, EPOLLOUT);
	if (is_master(tty)) {
		set_bit(TTY_OTHER_CLOSED, &tty->flags);
		if (tty->link->driver_data)
			devpts_pty_kill(tty->link->driver_data);
		tty->link->driver_data = NULL;
		tty_vhangup(tty->link);
	}
}

/* ---- settings ---- */

/* A line of its own it has not; a master in packet mode is told how flow control works now. */
static void pty_set_termios(struct tty_struct *tty, const struct ktermios *old)
{
	bool extproc, flow_changed;
	u8 status;

	tty->termios.c_cflag &= ~(CSIZE | PARENB);
	tty->termios.c_cflag |= CS8 | CREAD;
	if (!tty->link || !tty->link->ctrl.packet || !old)
		return;
	extproc = old->c_lflag & EXTPROC || L_EXTPROC(tty);
	flow_changed = (old->c_iflag ^ tty->termios.c_iflag) & IXON ||
		       old->c_cc[VSTOP] != STOP_CHAR(tty) ||
		       old->c_cc[VSTART] != START_CHAR(tty);
	if (!flow_changed && !extproc)
		return;
	status = I_IXON(tty) && STOP_CHAR(tty) == 023 && START_CHAR(tty) == 021 ?
		 TIOCPKT_DOSTOP : TIOCPKT_NOSTOP;
	spin_lock_irq(&tty->ctrl.lock);
	if (flow_changed) {
		tty->ctrl.pktstatus &= ~(TIOCPKT_DOSTOP | TIOCPKT_NOSTOP);
		tty->ctrl.pktstatus |= status;
	}
	if (extproc)
		tty->ctrl.pktstatus |= TIOCPKT_IOCTL;
	spin_unlock_irq(&tty->ctrl.lock);
	wake_up_interruptible(&tty->link->read_wait);
}

/* Both sides have the one window; whoever is in front of either learns of it. */
static int pty_resize(struct tty_struct *tty, struct winsize *ws)
{
	struct tty_struct *pty = tty->link;
	struct pid *pgrp, *rpgrp;

	mutex_lock(&tty->winsize_mutex);
	if (memcmp(ws, &tty->winsize, sizeof(*ws))) {
		pgrp = tty_get_pgrp(tty);
		rpgrp = tty_get_pgrp(pty);
		if (pgrp)
			kill_pgrp(pgrp, SIGWINCH, 1);
		if (rpgrp != pgrp && rpgrp)
			kill_pgrp(rpgrp, SIGWINCH, 1);
		put_pid(pgrp);
		put_pid(rpgrp);
		tty->winsize = *ws;
		pty->winsize = *ws;	/* never used without the above: of the slave only */
	}
	mutex_unlock(&tty->winsize_mutex);
	return 0;
}

/* ^S and ^Q on the slave. flow.lock is held. */
static void pty_flow_status(struct tty_struct *tty, u8 set, u8 clear)
{
	unsigned long flags;

	if (!tty->link || !tty->link->ctrl.packet)
		return;
	spin_lock_irqsave(&tty->ctrl.lock, flags);
	tty->ctrl.pktstatus &= ~clear;
	tty->ctrl.pktstatus |= set;
	spin_unlock_irqrestore(&tty->ctrl.lock, flags);
	wake_up_interruptible_poll(&tty->link->read_wait, EPOLLIN);
}

static void pty_start(struct tty_struct *tty)
{
	pty_flow_status(tty, TIOCPKT_START, TIOCPKT_STOP);
}

static void pty_stop(struct tty_struct *tty)
{
	pty_flow_status(tty, TIOCPKT_STOP, TIOCPKT_START);
}

/* ---- ioctls of a master ---- */

static int pty_set_lock(struct tty_struct *tty, int __user *arg)
{
	int val;

	if (get_user(val, arg))
		return -EFAULT;
	if (val)
		set_bit(TTY_PTY_LOCK, &tty->flags);
	else
		clear_bit(TTY_PTY_LOCK, &tty->flags);
	return 0;
}

static int pty_set_pktmode(struct tty_struct *tty, int __user *arg)
{
	int pktmode;

	if (get_user(pktmode, arg))
		return -EFAULT;
	spin_lock_irq(&tty->ctrl.lock);
	if (pktmode && !tty->ctrl.packet) {
		tty->link->ctrl.pktstatus = 0;
		smp_mb();	/* the status is clear before anybody adds to it */
	}
	tty->ctrl.packet = pktmode;
	spin_unlock_irq(&tty->ctrl.lock);
	return 0;
}

static int pty_signal(struct tty_struct *tty, int sig)
{
	struct pid *pgrp;

	if (sig != SIGINT && sig != SIGQUIT && sig != SIGTSTP)
		return -EINVAL;
	pgrp = tty_get_pgrp(tty->link);
	if (pgrp)
		kill_pgrp(pgrp, sig, 1);
	put_pid(pgrp);
	return 0;
}

static int pty_unix98_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	int __user *p = (int __user *)arg;

	switch (cmd) {
	case TIOCSPTLCK:
		return pty_set_lock(tty, p);
	case TIOCGPTLCK:
		return put_user(test_bit(TTY_PTY_LOCK, &tty->flags), p);
	case TIOCPKT:
		return pty_set_pktmode(tty, p);
	case TIOCGPKT:
		return put_user(tty->ctrl.packet, p);
	case TIOCGPTN:
		return put_user(tty->index, (unsigned int __user *)arg);
	case TIOCSIG:
		return pty_signal(tty, arg);
	default:
		return -ENOIOCTLCMD;
	}
}

/**
 * ptm_open_peer - TIOCGPTPEER: a file of the slave, whatever is mounted where its node is
 * @master: a file of the master
 * @tty: the master
 * @flags: of open(2)
 *
 * Return: a descriptor or a negative errno.
 */
int ptm_open_peer(struct file *master, struct tty_struct *tty, int flags)
{
	struct file *filp;
	struct path path;
	int fd, ret;

	if (tty->driver != ptm_driver)
		return -EIO;
	path.mnt = devpts_mntget(master, tty->driver_data);
	if (IS_ERR(path.mnt))
		return PTR_ERR(path.mnt);
	path.dentry = tty->link->driver_data;
	ret = -EIO;
	if (!path.dentry)
		goto out_mnt;
	ret = fd = get_unused_fd_flags(flags);
	if (fd < 0)
		goto out_mnt;
	filp = dentry_open(&path, flags, current_cred());
	if (IS_ERR(filp)) {
		put_unused_fd(fd);
		ret = PTR_ERR(filp);
		goto out_mnt;
	}
	fd_install(fd, filp);
	ret = fd;
out_mnt:
	mntput(path.mnt);
	return ret;
}

/* ---- making a pair ---- */

/* Masters come by ptmx alone. */
static struct tty_struct *ptm_unix98_lookup(struct tty_driver *driver, struct file *file, int idx)
{
	return ERR_PTR(-EIO);
}

/* The slave of the node that was opened, while its master is open. tty_mutex is held. */
static struct tty_struct *pts_unix98_lookup(struct tty_driver *driver, struct file *file, int idx)
{
	struct tty_struct *tty = devpts_get_priv(file->f_path.dentry);

	return tty ? tty : ERR_PTR(-EIO);
}

static void pty_port_destruct(struct tty_port *port)
{
	kfree(port);
}

static const struct tty_port_operations pty_port_ops = {
	.destruct	= pty_port_destruct,
};

static struct tty_port *pty_port_alloc(void)
{
	struct tty_port *port = kmalloc(sizeof(*port), GFP_KERNEL);

	if (!port)
		return NULL;
	tty_port_init(port);
	port->ops = &pty_port_ops;
	tty_buffer_set_limit(port, PTY_BUF_LIMIT);
	return port;
}

/* Of the master: its slave is made with it. */
static int pty_unix98_install(struct tty_driver *driver, struct tty_struct *tty)
{
	struct tty_port *ports[2] = { pty_port_alloc(), pty_port_alloc() };
	struct tty_struct *o_tty;

	if (!ports[0] || !ports[1])
		goto err_ports;
	o_tty = alloc_tty_struct(driver->other, tty->index);
	if (!o_tty)
		goto err_ports;
	tty_set_lock_subclass(o_tty);
	/*
	 * The slave's ^C flushes what is on its way to the master, so the slave's locks nest
	 * outside the master's: different classes to lockdep.
	 */
	lockdep_set_subclass(&o_tty->termios_rwsem, TTY_LOCK_SLAVE);
	lockdep_set_subclass(&ports[1]->buf.lock, TTY_LOCK_SLAVE);
	tty_init_termios(tty);
	tty_init_termios(o_tty);
	tty->link = o_tty;
	o_tty->link = tty;
	tty->port = ports[0];
	o_tty->port = ports[1];
	o_tty->port->itty = o_tty;
	tty->count++;
	o_tty->count++;
	return 0;

err_ports:
	tty_port_put(ports[0]);
	tty_port_put(ports[1]);
	return -ENOMEM;
}

/* Out of the table, which is devpts: the number is free again. tty_mutex is held. */
static void pty_unix98_remove(struct tty_driver *driver, struct tty_struct *tty)
{
	struct tty_struct *master = is_master(tty) ? tty : tty->link;
	struct pts_fs_info *fsi = master->driver_data;

	if (fsi) {
		devpts_kill_index(fsi, tty->index);
		devpts_release(fsi);
	}
}

static void pty_cleanup(struct tty_struct *tty)
{
	tty_port_put(tty->port);
}

static void pty_show_fdinfo(struct tty_struct *tty, struct seq_file *m)
{
	seq_printf(m, "tty-index:\t%d\n", tty->index);
}

static const struct tty_operations ptm_unix98_ops = {
	.lookup		= ptm_unix98_lookup,
	.install	= pty_unix98_install,
	.remove		= pty_unix98_remove,
	.open		= pty_open,
	.close		= pty_close,
	.write		= pty_write,
	.write_room	= pty_write_room,
	.flush_buffer	= pty_flush_buffer,
	.unthrottle	= pty_unthrottle,
	.ioctl		= pty_unix98_ioctl,
	.resize		= pty_resize,
	.cleanup	= pty_cleanup,
	.show_fdinfo	= pty_show_fdinfo,
};

static const struct tty_operations pty_unix98_ops = {
	.lookup		= pts_unix98_lookup,
	.install	= pty_unix98_install,
	.remove		= pty_unix98_remove,
	.open		= pty_open,
	.close		= pty_close,
	.write		= pty_write,
	.write_room	= pty_write_room,
	.flush_buffer	= pty_flush_buffer,
	.unthrottle	= pty_unthrottle,
	.set_termios	= pty_set_termios,
	.start		= pty_start,
	.stop		= pty_stop,
	.cleanup	= pty_cleanup,
};

/**
 * ptmx_open - open(2) of ptmx: a new pair
 * @inode: ptmx
 * @filp: becomes the master's file
 *
 * Return: 0; -ENODEV without a devpts beside it; -ENOSPC; -ENOMEM.
 */
static int ptmx_open(struct inode *inode, struct file *filp)
{
	struct pts_fs_info *fsi;
	struct tty_struct *tty;
	struct dentry *dentry;
	int ret, index;

	nonseekable_open(inode, filp);
	ret = tty_alloc_file(filp);
	if (ret)
		return ret;
	fsi = devpts_acquire(filp);
	if (IS_ERR(fsi)) {
		ret = PTR_ERR(fsi);
		goto err_file;
	}
	ret = index = devpts_new_index(fsi);
	if (index < 0)
		goto err_fsi;

	mutex_lock(&tty_mutex);
	tty = tty_init_dev(ptm_driver, index);
	mutex_unlock(&tty_mutex);
	if (IS_ERR(tty)) {
		ret = PTR_ERR(tty);
		goto err_index;
	}
	/* From here on the instance and the number are the terminal's. */
	set_bit(TTY_PTY_LOCK, &tty->flags);
	tty->driver_data = fsi;
	tty_add_file(tty, filp);

	dentry = devpts_pty_new(fsi, index, tty->link);
	if (IS_ERR(dentry)) {
		ret = PTR_ERR(dentry);
		goto err_release;
	}
	tty->link->driver_data = dentry;
	/* A lock is the slave's, not the master's: its own open isn't refused. */
	ret = pty_open(tty, filp);
	if (ret)
		goto err_release;
	tty_unlock(tty);
	return 0;

err_release:
	tty_unlock(tty);
	tty_release(inode, filp);
	return ret;
err_index:
	devpts_kill_index(fsi, index);
err_fsi:
	devpts_release(fsi);
err_file:
	tty_free_file(filp);
	return ret;
}

/* TIOCGPTPEER needs the file, so it doesn't go by way of the driver. */
static long ptmx_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	if (cmd == TIOCGPTPEER)
		return ptm_open_peer(file, file_tty(file), (int)arg);
	return tty_ioctl(file, cmd, arg);
}

static struct file_operations ptmx_fops __ro_after_init;
static struct cdev ptmx_cdev;

static struct tty_driver *__init pty_driver(const char *driver_name, const char *name, int major,
					    int subtype, const struct tty_operations *ops)
{
	struct tty_driver *driver;

	driver = tty_alloc_driver(NR_UNIX98_PTYS, TTY_DRIVER_RESET_TERMIOS | TTY_DRIVER_REAL_RAW |
				  TTY_DRIVER_DYNAMIC_DEV | TTY_DRIVER_DEVPTS_MEM);
	if (IS_ERR(driver))
		panic("no memory for ptys\n");
	driver->driver_name = driver_name;
	driver->name = name;
	driver->major = major;
	driver->type = TTY_DRIVER_TYPE_PTY;
	driver->subtype = subtype;
	driver->init_termios = tty_std_termios;
	driver->init_termios.c_cflag = B38400 | CS8 | CREAD;
	driver->init_termios.c_ispeed = driver->init_termios.c_ospeed = 38400;
	tty_set_operations(driver, ops);
	return driver;
}

static int __init pty_init(void)
{
	ptm_driver = pty_driver("pty_master", "ptm", UNIX98_PTY_MASTER_MAJOR, PTY_TYPE_MASTER,
				&ptm_unix98_ops);
	/* The one who owns a master sees what comes as it is. */
	ptm_driver->init_termios.c_iflag = 0;
	ptm_driver->init_termios.c_oflag = 0;
	ptm_driver->init_termios.c_lflag = 0;
	pts_driver = pty_driver("pty_slave", "pts", UNIX98_PTY_SLAVE_MAJOR, PTY_TYPE_SLAVE,
				&pty_unix98_ops);
	ptm_driver->other = pts_driver;
	pts_driver->other = ptm_driver;
	if (tty_register_driver(ptm_driver) || tty_register_driver(pts_driver))
		panic("can't register ptys\n");

	ptmx_fops = tty_fops;
	ptmx_fops.open = ptmx_open;
	ptmx_fops.unlocked_ioctl = ptmx_ioctl;
	cdev_init(&ptmx_cdev, &ptmx_fops);
	if (cdev_add(&ptmx_cdev, MKDEV(TTYAUX_MAJOR, PTMX_MINOR), 1) ||
	    register_chrdev_region(MKDEV(TTYAUX_MAJOR, PTMX_MINOR), 1, "/dev/ptmx") < 0)
		panic("no room for /dev/ptmx\n");
	device_create(&tty_class, NULL, MKDEV(TTYAUX_MAJOR, PTMX_MINOR), NULL, "ptmx");
	return 0;
}
device_initcall(pty_init);
