/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TTY_LDISC_H
#define _LINUX_TTY_LDISC_H

/*
 * Line disciplines: what is between a terminal's driver and those who read and write it.
 */

#include <linux/fs.h>
#include <linux/types.h>
#include <linux/wait.h>

#include <uapi/linux/tty.h>

struct ktermios;
struct module;
struct tty_struct;

/**
 * struct tty_ldisc_ops - a line discipline
 * @name: for people
 * @num: N_*
 * @open: a terminal begins to use it: 0 or a negative errno
 * @close: it ends; nothing else is called any more
 * @flush_buffer: forget received bytes
 * @read: wait for bytes and copy up to @nr to kernel memory; bytes or a negative errno
 * @write: send: bytes taken or a negative errno; may sleep for room
 * @ioctl: what the terminal's ioctl doesn't know; -ENOIOCTLCMD
 * @set_termios: the settings changed; @old is NULL at first. termios_rwsem is held for writing.
 * @poll: as of files
 * @hangup: the line is gone
 * @receive_buf2: bytes came, @fp their flags or NULL: how many were taken. May sleep.
 * @write_wakeup: the driver has room again; asked for by TTY_DO_WRITE_WAKEUP. May sleep.
 */
struct tty_ldisc_ops {
	const char *name;
	int num;
	int (*open)(struct tty_struct *tty);
	void (*close)(struct tty_struct *tty);
	void (*flush_buffer)(struct tty_struct *tty);
	ssize_t (*read)(struct tty_struct *tty, struct file *file, u8 *buf, size_t nr);
	ssize_t (*write)(struct tty_struct *tty, struct file *file, const u8 *buf, size_t nr);
	int (*ioctl)(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
	void (*set_termios)(struct tty_struct *tty, const struct ktermios *old);
	__poll_t (*poll)(struct tty_struct *tty, struct file *file,
			 struct poll_table_struct *wait);
	void (*hangup)(struct tty_struct *tty);
	size_t (*receive_buf2)(struct tty_struct *tty, const u8 *cp, const u8 *fp, size_t count);
	void (*write_wakeup)(struct tty_struct *tty);
	struct module *owner;
};

/* One terminal's use of a discipline. */
struct tty_ldisc {
	const struct tty_ldisc_ops *ops;
	struct tty_struct *tty;
};

int tty_register_ldisc(const struct tty_ldisc_ops *new_ldisc);
void tty_unregister_ldisc(const struct tty_ldisc_ops *ldisc);
struct tty_ldisc *tty_ldisc_ref(struct tty_struct *tty);
struct tty_ldisc *tty_ldisc_ref_wait(struct tty_struct *tty);
void tty_ldisc_deref(struct tty_ldisc *ld);
void tty_ldisc_flush(struct tty_struct *tty);

#endif /* _LINUX_TTY_LDISC_H */
