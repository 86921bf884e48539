/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TTY_DRIVER_H
#define _LINUX_TTY_DRIVER_H

/* Drivers of terminals: a range of device numbers, and what can be done with what is behind. */

#include <linux/cdev.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/termios.h>

struct proc_dir_entry;
struct seq_file;
struct tty_driver;
struct tty_port;
struct tty_struct;

/*
 * tty_driver.flags
 *
 * RESET_TERMIOS	the settings are forgotten with the last close
 * REAL_RAW		errors and breaks needn't be looked for if the settings don't ask
 * DYNAMIC_DEV		nodes come by tty_register_device(), not all at once
 * DEVPTS_MEM		ttys[] isn't used: devpts finds them
 * UNNUMBERED_NODE	the one device's name has no number
 */
#define TTY_DRIVER_INSTALLED		BIT(0)
#define TTY_DRIVER_RESET_TERMIOS	BIT(1)
#define TTY_DRIVER_REAL_RAW		BIT(2)
#define TTY_DRIVER_DYNAMIC_DEV		BIT(3)
#define TTY_DRIVER_DEVPTS_MEM		BIT(4)
#define TTY_DRIVER_HARDWARE_BREAK	BIT(5)
#define TTY_DRIVER_UNNUMBERED_NODE	BIT(7)

enum tty_driver_type {
	TTY_DRIVER_TYPE_SYSTEM		= 1,
	TTY_DRIVER_TYPE_CONSOLE		= 2,
	TTY_DRIVER_TYPE_SERIAL		= 3,
	TTY_DRIVER_TYPE_PTY		= 4,
};

enum tty_driver_subtype {
	SYSTEM_TYPE_TTY		= 1,
	SYSTEM_TYPE_CONSOLE	= 2,
	PTY_TYPE_MASTER		= 1,
	PTY_TYPE_SLAVE		= 2,
	SERIAL_TYPE_NORMAL	= 1,
};

/**
 * struct tty_operations - what a driver does
 * @lookup: the tty of a number, if not by ttys[]
 * @install: put a fresh tty into place; NULL: tty_standard_install()
 * @remove: take it out
 * @open: each open; 0 or a negative errno
 * @close: each close, also of an open that failed
 * @shutdown: the last user is gone; may not sleep for long
 * @cleanup: its memory goes
 * @write: send; how many bytes were taken. Doesn't sleep: called under mutexes of the line
 * discipline.
 * @write_room: bytes that write() would take
 * @chars_in_buffer: bytes not sent yet
 * @ioctl: -ENOIOCTLCMD for what it doesn't know
 * @set_termios: the settings are changed; termios_rwsem is held for writing
 * @throttle: stop the other side; @unthrottle: let it go on
 * @stop: stop sending (^S); @start: go on
 * @hangup: the line is gone
 * @break_ctl: -1: begin a break, 0: end it, > 0: so many ms
 * @flush_buffer: forget what isn't sent yet
 * @wait_until_sent: sleep until it is, @timeout jiffies at most
 * @send_xchar: send one byte before all others
 * @tiocmget: modem lines; @tiocmset: set, clear some
 * @resize: the window changed
 */
struct tty_operations {
	struct tty_struct *(*lookup)(struct tty_driver *driver, struct file *filp, int idx);
	int (*install)(struct tty_driver *driver, struct tty_struct *tty);
	void (*remove)(struct tty_driver *driver, struct tty_struct *tty);
	int (*open)(struct tty_struct *tty, struct file *filp);
	void (*close)(struct tty_struct *tty, struct file *filp);
	void (*shutdown)(struct tty_struct *tty);
	void (*cleanup)(struct tty_struct *tty);
	ssize_t (*write)(struct tty_struct *tty, const u8 *buf, size_t count);
	unsigned int (*write_room)(struct tty_struct *tty);
	unsigned int (*chars_in_buffer)(struct tty_struct *tty);
	int (*ioctl)(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
	void (*set_termios)(struct tty_struct *tty, const struct ktermios *old);
	void (*throttle)(struct tty_struct *tty);
	void (*unthrottle)(struct tty_struct *tty);
	void (*stop)(struct tty_struct *tty);
	void (*start)(struct tty_struct *tty);
	void (*hangup)(struct tty_struct *tty);
	int (*break_ctl)(struct tty_struct *tty, int state);
	void (*flush_buffer)(struct tty_struct *tty);
	void (*wait_until_sent)(struct tty_struct *tty, int timeout);
	void (*send_xchar)(struct tty_struct *tty, u8 ch);
	int (*tiocmget)(struct tty_struct *tty);
	int (*tiocmset)(struct tty_struct *tty, unsigned int set, unsigned int clear);
	int (*resize)(struct tty_struct *tty, struct winsize *ws);
	void (*show_fdinfo)(struct tty_struct *tty, struct seq_file *m);
};

struct tty_driver {
	struct kref kref;
	struct cdev **cdevs;
	struct module *owner;
	const char *driver_name;
	const char *name;		/* of the nodes, without the number */
	int name_base;
	int major;			/* 0: any */
	int minor_start;
	unsigned int num;
	enum tty_driver_type type;
	enum tty_driver_subtype subtype;
	struct ktermios init_termios;
	unsigned long flags;
	struct proc_dir_entry *proc_entry;
	struct tty_driver *other;	/* of a pty: the other side's */
	struct tty_struct **ttys;	/* tty_mutex */
	struct tty_port **ports;
	struct ktermios **termios;	/* tty_mutex: settings kept while nobody has it open */
	void *driver_state;
	const struct tty_operations *ops;
	struct list_head tty_drivers;	/* tty_mutex */
};

extern struct list_head tty_drivers;

struct tty_driver *__tty_alloc_driver(unsigned int lines, struct module *owner,
				      unsigned long flags);
#define tty_alloc_driver(lines, flags)	__tty_alloc_driver(lines, NULL, flags)
int tty_register_driver(struct tty_driver *driver);
void tty_unregister_driver(struct tty_driver *driver);
void tty_driver_kref_put(struct tty_driver *driver);

/** tty_driver_kref_get() - one more reference to a driver */
static inline struct tty_driver *tty_driver_kref_get(struct tty_driver *d)
{
	kref_get(&d->kref);
	return d;
}

/** tty_set_operations() - these are the driver's functions */
static inline void tty_set_operations(struct tty_driver *driver, const struct tty_operations *op)
{
	driver->ops = op;
}

#endif /* _LINUX_TTY_DRIVER_H */
