// SPDX-License-Identifier: MIT
/*
 * Ports: what drivers of real lines have in common. Opening the first time activates the port,
 * closing the last time (or a hangup) shuts it down.
 *
 *	port->mutex	one open, close or hangup at a time; @initialized
 *	port->lock	@tty and @count, from any context
 */

#include <linux/tty_port.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/tty.h>

#include "tty.h"

/** tty_port_init - set up a port; it has one reference */
void tty_port_init(struct tty_port *port)
{
	memset(port, 0, sizeof(*port));
	tty_buffer_init(port);
	init_waitqueue_head(&port->open_wait);
	mutex_init(&port->mutex);
	spin_lock_init(&port->lock);
	kref_init(&port->kref);
}
EXPORT_SYMBOL(tty_port_init);

/** tty_port_destroy - free what hangs on a port whose struct is somebody else's */
void tty_port_destroy(struct tty_port *port)
{
	tty_buffer_cancel_work(port);
	tty_buffer_free_all(port);
}
EXPORT_SYMBOL(tty_port_destroy);

static void tty_port_destructor(struct kref *kref)
{
	struct tty_port *port = container_of(kref, struct tty_port, kref);

	/* Somebody's terminal still has it: not the last reference then. */
	if (WARN_ON(port->itty))
		return;
	tty_port_destroy(port);
	if (port->ops && port->ops->destruct)
		port->ops->destruct(port);
}

/**
 * tty_port_put - drop a reference; the last one frees the buffers and calls ops->destruct(). @port
 * may be NULL
 */
void tty_port_put(struct tty_port *port)
{
	if (port)
		kref_put(&port->kref, tty_port_destructor);
}
EXPORT_SYMBOL(tty_port_put);

/** tty_port_link_device - this port is the driver's number @index */
void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned int index)
{
	if (WARN_ON(index >= driver->num))
		return;
	driver->ports[index] = port;
}
EXPORT_SYMBOL_GPL(tty_port_link_device);

/** tty_port_register_device - link it and make its device: that, or an ERR_PTR */
struct device *tty_port_register_device(struct tty_port *port, struct tty_driver *driver,
					unsigned int index, struct device *device)
{
	tty_port_link_device(port, driver, index);
	return tty_register_device(driver, index, device);
}
EXPORT_SYMBOL_GPL(tty_port_register_device);

/** tty_port_tty_get - the terminal that is open on the port, referenced; NULL. Context: any. */
struct tty_struct *tty_port_tty_get(struct tty_port *port)
{
	struct tty_struct *tty;
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	tty = tty_kref_get(port->tty);
	spin_unlock_irqrestore(&port->lock, flags);
	return tty;
}
EXPORT_SYMBOL(tty_port_tty_get);

/**
 * tty_port_tty_set - this terminal is open on the port now
 * @port: the port
 * @tty: gets a reference; NULL: none is open
 *
 * The one before loses its reference.
 *
 * Context: may sleep.
 */
void tty_port_tty_set(struct tty_port *port, struct tty_struct *tty)
{
	struct tty_struct *old;
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	old = port->tty;
	port->tty = tty_kref_get(tty);
	spin_unlock_irqrestore(&port->lock, flags);
	tty_kref_put(old);
}
EXPORT_SYMBOL(tty_port_tty_set);

/** tty_port_tty_wakeup - the port has room: wake writers. Context: may sleep. */
void tty_port_tty_wakeup(struct tty_port *port)
{
	struct tty_struct *tty = tty_port_tty_get(port);

	if (tty) {
		tty_wakeup(tty);
		tty_kref_put(tty);
	}
}
EXPORT_SYMBOL_GPL(tty_port_tty_wakeup);

/** tty_port_tty_hangup - carrier was lost */
void tty_port_tty_hangup(struct tty_port *port, bool check_clocal)
{
	struct tty_struct *tty = tty_port_tty_get(port);

	if (tty && (!check_clocal || !C_CLOCAL(tty)))
		tty_hangup(tty);
	tty_kref_put(tty);
}
EXPORT_SYMBOL_GPL(tty_port_tty_hangup);

/* mutex is held. */
static void tty_port_shutdown(struct tty_port *port, struct tty_struct *tty)
{
	if (!port->initialized)
		return;
	port->initialized = false;
	if (tty && C_HUPCL(tty) && port->ops->dtr_rts)
		port->ops->dtr_rts(port, false);
	if (port->ops->shutdown)
		port->ops->shutdown(port);
}

/** tty_port_hangup - of a driver's ->hangup(): nobody has it open any more */
void tty_port_hangup(struct tty_port *port)
{
	struct tty_struct *tty;
	unsigned long flags;

	mutex_lock(&port->mutex);
	spin_lock_irqsave(&port->lock, flags);
	port->count = 0;
	tty = port->tty;
	port->tty = NULL;
	spin_unlock_irqrestore(&port->lock, flags);
	if (tty)
		set_bit(TTY_IO_ERROR, &tty->flags);
	tty_port_shutdown(port, tty);
	tty_kref_put(tty);
	mutex_unlock(&port->mutex);
	wake_up_interruptible(&port->open_wait);
}
EXPORT_SYMBOL(tty_port_hangup);

/**
 * tty_port_open - of a driver's ->open()
 * @port: the port
 * @tty: the terminal
 * @filp: the file
 *
 * Our lines have no carrier to wait for: they are there or not.
 *
 * Return: 0, or what ->activate() says. ->close() follows in either case.
 */
int tty_port_open(struct tty_port *port, struct tty_struct *tty, struct file *filp)
{
	int ret = 0;

	spin_lock_irq(&port->lock);
	port->count++;
	spin_unlock_irq(&port->lock);
	tty_port_tty_set(port, tty);

	mutex_lock(&port->mutex);
	if (!port->initialized) {
		clear_bit(TTY_IO_ERROR, &tty->flags);
		if (port->ops->activate)
			ret = port->ops->activate(port, tty);
		if (!ret) {
			port->initialized = true;
			if (C_BAUD(tty) && port->ops->dtr_rts)
				port->ops->dtr_rts(port, true);
		}
	}
	mutex_unlock(&port->mutex);
	return ret;
}
EXPORT_SYMBOL(tty_port_open);

/** tty_port_close - of a driver's ->close() */
void tty_port_close(struct tty_port *port, struct tty_struct *tty, struct file *filp)
{
	bool last;

	if (tty_hung_up_p(filp))
		return;		/* tty_port_hangup() has closed it for all */
	spin_lock_irq(&port->lock);
	if (port->count > 0)
		port->count--;
	last = !port->count;
	spin_unlock_irq(&port->lock);
	if (!last)
		return;
	tty_wait_until_sent(tty, 30 * HZ);
	mutex_lock(&port->mutex);
	set_bit(TTY_IO_ERROR, &tty->flags);
	tty_port_shutdown(port, tty);
	mutex_unlock(&port->mutex);
	tty_port_tty_set(port, NULL);
}
EXPORT_SYMBOL(tty_port_close);
