// SPDX-License-Identifier: MIT
/*
 * Serial ports as terminals: ttyS0, ttyAMA0.
 *
 * What is written goes into the port's ring; uart_transmit() sends as much as the hardware takes at
 * once and asks for an interrupt if there is more. printk's output (serial_core.c) goes past the
 * ring, under the same lock, so the two mix by whole messages.
 *
 *	write:	lock, fill xmit, uart_transmit(), unlock
 *	irq:	lock, uart_transmit(), unlock; room? -> tx_work -> tty_wakeup()
 *
 * Lock: port->lock guards the ring and the registers; it is taken in interrupts. The terminal's
 * calls are made without it, in a worker.
 */

#include <linux/console.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/serial_core.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/termios_internal.h>
#include <linux/timer.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>

#define WAKEUP_CHARS	256	/* no more than that left: writers may go on */

static struct uart_port *tty_to_port(struct tty_struct *tty)
{
	return container_of(tty->port, struct uart_port, tport);
}

static unsigned int xmit_count(const struct uart_port *port)
{
	return port->xmit_head - port->xmit_tail;
}

/* ---- sending ---- */

/**
 * uart_transmit - send what the port takes now
 * @port: with its lock held, interrupts off
 */
void uart_transmit(struct uart_port *port)
{
	if (!port->tty_open)
		return;
	if (port->x_char && port->ops->tx_ready(port)) {
		port->ops->put_char(port, port->x_char);
		port->x_char = 0;
	}
	while (!port->stopped && xmit_count(port) && port->ops->tx_ready(port))
		port->ops->put_char(port, port->xmit[port->xmit_tail++ % UART_XMIT_SIZE]);
	if (port->irq)
		port->ops->set_tx_irq(port, port->x_char ||
					    (!port->stopped && xmit_count(port)));
	if (port->tx_wake && xmit_count(port) < WAKEUP_CHARS) {
		port->tx_wake = xmit_count(port);
		queue_work(system_unbound_wq, &port->tx_work);
	}
}

static void uart_tx_room(struct work_struct *work)
{
	tty_port_tty_wakeup(&container_of(work, struct uart_port, tx_work)->tport);
}

/* A port without interrupt is asked a hundred times a second. */
static void uart_poll(struct timer_list *t)
{
	struct uart_port *port = from_timer(port, t, poll_timer);
	unsigned long flags;

	uart_handle_rx(port);
	spin_lock_irqsave(&port->lock, flags);
	uart_transmit(port);
	spin_unlock_irqrestore(&port->lock, flags);
	mod_timer(&port->poll_timer, jiffies + HZ / 100);
}

static ssize_t uart_write(struct tty_struct *tty, const u8 *buf, size_t count)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;
	size_t n = 0;

	spin_lock_irqsave(&port->lock, flags);
	if (port->tty_open) {
		while (n < count && xmit_count(port) < UART_XMIT_SIZE)
			port->xmit[port->xmit_head++ % UART_XMIT_SIZE] = buf[n++];
		uart_transmit(port);
		/* Who waits for room, or for the end, is told. */
		port->tx_wake = xmit_count(port);
	}
	spin_unlock_irqrestore(&port->lock, flags);
	return n;
}

static unsigned int uart_write_room(struct tty_struct *tty)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;
	unsigned int room;

	spin_lock_irqsave(&port->lock, flags);
	room = port->tty_open ? UART_XMIT_SIZE - xmit_count(port) : 0;
	spin_unlock_irqrestore(&port->lock, flags);
	return room;
}

static unsigned int uart_chars_in_buffer(struct tty_struct *tty)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;
	unsigned int count;

	spin_lock_irqsave(&port->lock, flags);
	count = xmit_count(port);
	spin_unlock_irqrestore(&port->lock, flags);
	return count;
}

static void uart_flush_buffer(struct tty_struct *tty)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	port->xmit_tail = port->xmit_head;
	uart_transmit(port);
	spin_unlock_irqrestore(&port->lock, flags);
}

static void uart_send_xchar(struct tty_struct *tty, u8 ch)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	port->x_char = ch;
	uart_transmit(port);
	spin_unlock_irqrestore(&port->lock, flags);
}

static void uart_set_stopped(struct tty_struct *tty, bool stopped)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	port->stopped = stopped;
	uart_transmit(port);
	spin_unlock_irqrestore(&port->lock, flags);
}

static void uart_stop(struct tty_struct *tty)
{
	uart_set_stopped(tty, true);
}

static void uart_start(struct tty_struct *tty)
{
	uart_set_stopped(tty, false);
}

/* ---- modem lines and settings ---- */

static void uart_update_mctrl(struct uart_port *port, unsigned int set, unsigned int clear)
{
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	port->mctrl = (port->mctrl & ~clear) | set;
	port->ops->set_mctrl(port, port->mctrl);
	spin_unlock_irqrestore(&port->lock, flags);
}

static void uart_throttle(struct tty_struct *tty)
{
	if (I_IXOFF(tty))
		uart_send_xchar(tty, STOP_CHAR(tty));
	if (C_CRTSCTS(tty))
		uart_update_mctrl(tty_to_port(tty), 0, TIOCM_RTS);
}

static void uart_unthrottle(struct tty_struct *tty)
{
	if (I_IXOFF(tty))
		uart_send_xchar(tty, START_CHAR(tty));
	if (C_CRTSCTS(tty))
		uart_update_mctrl(tty_to_port(tty), TIOCM_RTS, 0);
}

static int uart_tiocmget(struct tty_struct *tty)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;
	int ret;

	if (tty_io_error(tty))
		return -EIO;
	spin_lock_irqsave(&port->lock, flags);
	ret = port->mctrl | port->ops->get_mctrl(port);
	spin_unlock_irqrestore(&port->lock, flags);
	return ret;
}

static int uart_tiocmset(struct tty_struct *tty, unsigned int set, unsigned int clear)
{
	if (tty_io_error(tty))
		return -EIO;
	uart_update_mctrl(tty_to_port(tty), set, clear);
	return 0;
}

static int uart_break_ctl(struct tty_struct *tty, int state)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;

	if (tty_io_error(tty))
		return -EIO;
	spin_lock_irqsave(&port->lock, flags);
	port->ops->set_break(port, state != 0);
	spin_unlock_irqrestore(&port->lock, flags);
	return 0;
}

static void uart_change_line(struct tty_struct *tty)
{
	struct uart_port *port = tty_to_port(tty);
	unsigned long flags;

	/* Mark and space parity, and CTS by hardware, are nothing that these ports do here. */
	tty->termios.c_cflag &= ~CMSPAR;
	spin_lock_irqsave(&port->lock, flags);
	port->ops->set_line(port, tty->termios.c_cflag, tty_termios_baud_rate(&tty->termios));
	spin_unlock_irqrestore(&port->lock, flags);
}

static void uart_set_termios(struct tty_struct *tty, const struct ktermios *old)
{
	const tcflag_t line = CBAUD | CIBAUD | CSIZE | CSTOPB | PARENB | PARODD | CMSPAR;
	struct uart_port *port = tty_to_port(tty);

	if (((tty->termios.c_cflag ^ old->c_cflag) & line) ||
	    tty->termios.c_ospeed != old->c_ospeed)
		uart_change_line(tty);
	/* B0 hangs up; any other speed after it does the opposite. */
	if ((old->c_cflag & CBAUD) && !C_BAUD(tty))
		uart_update_mctrl(port, 0, TIOCM_DTR | TIOCM_RTS);
	else if (!(old->c_cflag & CBAUD) && C_BAUD(tty))
		uart_update_mctrl(port, TIOCM_DTR | TIOCM_RTS, 0);
}

/* ---- open, close ---- */

static int uart_port_activate(struct tty_port *tport, struct tty_struct *tty)
{
	struct uart_port *port = container_of(tport, struct uart_port, tport);

	if (!port->xmit)
		port->xmit = kmalloc(UART_XMIT_SIZE, GFP_KERNEL);
	if (!port->xmit)
		return -ENOMEM;
	spin_lock_irq(&port->lock);
	port->xmit_head = port->xmit_tail = 0;
	port->x_char = 0;
	port->stopped = tty->flow.stopped;
	port->tty_open = true;
	spin_unlock_irq(&port->lock);
	uart_change_line(tty);
	if (!port->irq)
		mod_timer(&port->poll_timer, jiffies + HZ / 100);
	return 0;
}

static void uart_port_shutdown(struct tty_port *tport)
{
	struct uart_port *port = container_of(tport, struct uart_port, tport);

	spin_lock_irq(&port->lock);
	port->tty_open = false;
	port->xmit_tail = port->xmit_head;
	if (port->irq)
		port->ops->set_tx_irq(port, false);
	spin_unlock_irq(&port->lock);
	if (!port->irq)
		timer_delete_sync(&port->poll_timer);
	cancel_work_sync(&port->tx_work);
}

static void uart_dtr_rts(struct tty_port *tport, bool active)
{
	struct uart_port *port = container_of(tport, struct uart_port, tport);

	uart_update_mctrl(port, active ? TIOCM_DTR | TIOCM_RTS : 0,
			  active ? 0 : TIOCM_DTR | TIOCM_RTS);
}

static const struct tty_port_operations uart_port_ops = {
	.dtr_rts	= uart_dtr_rts,
	.shutdown	= uart_port_shutdown,
	.activate	= uart_port_activate,
};

static int uart_open(struct tty_struct *tty, struct file *filp)
{
	return tty_port_open(tty->port, tty, filp);
}

static void uart_close(struct tty_struct *tty, struct file *filp)
{
	tty_port_close(tty->port, tty, filp);
}

static void uart_hangup(struct tty_struct *tty)
{
	uart_flush_buffer(tty);
	tty_port_hangup(tty->port);
}

static const struct tty_operations uart_ops = {
	.open		= uart_open,
	.close		= uart_close,
	.write		= uart_write,
	.write_room	= uart_write_room,
	.chars_in_buffer = uart_chars_in_buffer,
	.flush_buffer	= uart_flush_buffer,
	.set_termios	= uart_set_termios,
	.throttle	= uart_throttle,
	.unthrottle	= uart_unthrottle,
	.send_xchar	= uart_send_xchar,
	.stop		= uart_stop,
	.start		= uart_start,
	.hangup		= uart_hangup,
	.break_ctl	= uart_break_ctl,
	.tiocmget	= uart_tiocmget,
	.tiocmset	= uart_tiocmset,
};

/* ---- registration ---- */

/** uart_console_device - struct console's ->device: its data is the uart_driver */
struct tty_driver *uart_console_device(struct console *co, int *index)
{
	struct uart_driver *drv = co->data;

	*index = co->index;
	return drv->tty_driver;
}

static int uart_register_driver(struct uart_driver *drv)
{
	struct tty_driver *driver;
	int ret;

	driver = tty_alloc_driver(drv->nr, TTY_DRIVER_REAL_RAW | TTY_DRIVER_DYNAMIC_DEV);
	if (IS_ERR(driver))
		return PTR_ERR(driver);
	driver->driver_name = drv->driver_name;
	driver->name = drv->dev_name;
	driver->major = drv->major;
	driver->minor_start = drv->minor;
	driver->type = TTY_DRIVER_TYPE_SERIAL;
	driver->subtype = SERIAL_TYPE_NORMAL;
	driver->init_termios = tty_std_termios;
	driver->init_termios.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL;
	driver->init_termios.c_ispeed = driver->init_termios.c_ospeed = 115200;
	tty_set_operations(driver, &uart_ops);
	ret = tty_register_driver(driver);
	if (ret)
		tty_driver_kref_put(driver);
	else
		drv->tty_driver = driver;
	return ret;
}

/**
 * uart_register_tty - make a terminal of a port
 * @port: added, with its driver named
 *
 * Context: boot; may sleep.
 * Return: 0 or a negative errno.
 */
int uart_register_tty(struct uart_port *port)
{
	struct uart_driver *drv = port->drv;
	struct device *dev;
	int ret;

	if (!drv)
		return -ENODEV;
	if (!drv->tty_driver) {
		ret = uart_register_driver(drv);
		if (ret)
			return ret;
	}
	tty_port_init(&port->tport);
	port->tport.ops = &uart_port_ops;
	INIT_WORK(&port->tx_work, uart_tx_room);
	timer_setup(&port->poll_timer, uart_poll, 0);
	port->mctrl = TIOCM_DTR | TIOCM_RTS;
	dev = tty_port_register_device(&port->tport, drv->tty_driver, port->line, NULL);
	return PTR_ERR_OR_ZERO(dev);
}
