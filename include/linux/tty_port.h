/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TTY_PORT_H
#define _LINUX_TTY_PORT_H

/*
 * A port: what stays of a terminal while nobody has it open. It has the queue of received bytes,
 * and knows the tty_struct that is open on it.
 */

#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/tty_buffer.h>
#include <linux/wait.h>

struct device;
struct file;
struct tty_driver;
struct tty_port;
struct tty_struct;

/**
 * struct tty_port_operations - what a driver does for its port
 * @dtr_rts: raise or drop the modem lines; may be NULL
 * @shutdown: the last user went; may sleep
 * @activate: the first one came; may sleep; returns 0 or a negative errno
 * @destruct: the last reference went: free it; NULL: it is static
 */
struct tty_port_operations {
	void (*dtr_rts)(struct tty_port *port, bool active);
	void (*shutdown)(struct tty_port *port);
	int (*activate)(struct tty_port *port, struct tty_struct *tty);
	void (*destruct)(struct tty_port *port);
};

struct tty_port {
	struct tty_bufhead buf;
	struct tty_struct *tty;		/* @lock: the open one, referenced */
	struct tty_struct *itty;	/* who gets the bytes; as long as the work may run */
	const struct tty_port_operations *ops;
	spinlock_t lock;
	int count;			/* @lock: opens */
	bool initialized;		/* @mutex: activate() was called */
	wait_queue_head_t open_wait;
	struct mutex mutex;		/* open, close and hangup, one at a time */
	struct kref kref;
};

void tty_port_init(struct tty_port *port);
void tty_port_destroy(struct tty_port *port);
void tty_port_put(struct tty_port *port);
void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned int index);
struct device *tty_port_register_device(struct tty_port *port, struct tty_driver *driver,
					unsigned int index, struct device *device);
struct tty_struct *tty_port_tty_get(struct tty_port *port);
void tty_port_tty_set(struct tty_port *port, struct tty_struct *tty);
void tty_port_hangup(struct tty_port *port);
void tty_port_tty_hangup(struct tty_port *port, bool check_clocal);
void tty_port_tty_wakeup(struct tty_port *port);
int tty_port_open(struct tty_port *port, struct tty_struct *tty, struct file *filp);
void tty_port_close(struct tty_port *port, struct tty_struct *tty, struct file *filp);

/** tty_port_get() - one more reference; NULL if the last one is gone */
static inline struct tty_port *tty_port_get(struct tty_port *port)
{
	if (port && kref_get_unless_zero(&port->kref))
		return port;
	return NULL;
}

#endif /* _LINUX_TTY_PORT_H */
