// SPDX-License-Identifier: MIT
/*
 * Serial ports: what the drivers share.
 *
 * Output is polled and belongs to printk: uart_write_console() takes the port's lock, sends
 * byte after byte, and returns.  Input comes by interrupt into a ring in the port:
 *
 *	interrupt                            reader (console_getchar)
 *	lock port
 *	rx_buf[rx_head % SIZE] = c
 *	rx_head + 1 (release)  ---------->   rx_head (acquire) != rx_tail
 *	unlock, wake                         c = rx_buf[rx_tail % SIZE]
 *	rx_tail (acquire)      <----------   rx_tail + 1 (release)
 *
 * Indices run freely and wrap; their difference is the number of bytes held.  There is one
 * producer (the port's lock) and one consumer (uart_reader_lock).  While a terminal is open on
 * the port (serial_tty.c) its bytes go there, and the ring rests.
 *
 * Lock order: uart_reader_lock -> port lock.  Nothing is called with either held but the
 * driver's own register operations.
 */
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/serial_core.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include <linux/wait.h>

#define UART_MAX_PORTS 8

/* Ports are added on one CPU during boot and never go; readers may look without a lock. */
static struct uart_port *uart_ports[UART_MAX_PORTS];
static unsigned int nr_uart_ports;

static DEFINE_SPINLOCK(uart_reader_lock);
static DECLARE_WAIT_QUEUE_HEAD(uart_rx_wait);

/**
 * uart_add_port - make a port known
 * @port: operations and registers filled in; @port stays in use for ever
 *
 * Context: boot, one CPU.
 * Return: 0, or -ENOSPC when the table is full.
 */
int uart_add_port(struct uart_port *port)
{
	if (nr_uart_ports == UART_MAX_PORTS)
		return -ENOSPC;
	spin_lock_init(&port->lock);
	port->added = true;
	uart_ports[nr_uart_ports] = port;
	smp_store_release(&nr_uart_ports, nr_uart_ports + 1); /* pairs with console_puts() */
	return 0;
}

/**
 * uart_parse_baud - the rate in a console's options
 * @options: what followed the comma of console=, like "115200n8", or NULL
 * @fallback: rate to take when there is none
 *
 * Return: bits per second.
 */
unsigned int uart_parse_baud(const char *options, unsigned int fallback)
{
	unsigned int baud = 0;

	if (!options)
		return fallback;
	while (*options >= '0' && *options <= '9' && baud < 10000000)
		baud = baud * 10 + (*options++ - '0');
	return baud ? baud : fallback;
}

static void uart_put_text(struct uart_port *port, const char *s, unsigned int count)
{
	while (count--) {
		if (*s == '\n')
			port->ops->put_char(port, '\r');
		port->ops->put_char(port, *s++);
	}
}

/**
 * uart_write_console - send a piece of the kernel log
 * @port: where
 * @s: text, not terminated
 * @count: its length in bytes
 *
 * Context: any, NMI included; printk serialises its callers.  While an oops is being printed
 * the lock is not taken: its holder may be the CPU that is dying, and all that it keeps apart
 * is sending and receiving, which use different registers.
 */
void uart_write_console(struct uart_port *port, const char *s, unsigned int count)
{
	unsigned long flags;

	if (oops_in_progress) {
		uart_put_text(port, s, count);
		return;
	}
	spin_lock_irqsave(&port->lock, flags);
	uart_put_text(port, s, count);
	spin_unlock_irqrestore(&port->lock, flags);
}

/**
 * uart_early_write - the same for the early console, before locks mean anything
 * @port: where
 * @s: text
 * @count: its length
 */
void uart_early_write(struct uart_port *port, const char *s, unsigned int count)
{
	uart_put_text(port, s, count);
}

/**
 * uart_handle_rx - take what has arrived off the port
 * @port: port whose interrupt fired, or which is being polled
 *
 * Bytes that find the ring full are counted and dropped: blocking an interrupt for a reader
 * that may never come is worse.
 *
 * Context: any but NMI.
 */
void uart_handle_rx(struct uart_port *port)
{
	unsigned long flags;
	unsigned int head;
	bool got = false, to_tty = false;
	int c, budget;

	spin_lock_irqsave(&port->lock, flags);
	head = port->rx_head;
	/* A port that always claims to have one more byte must not hold the CPU for ever. */
	for (budget = UART_RX_SIZE; budget; budget--) {
		c = port->ops->poll_get_char(port);
		if (c == NO_POLL_CHAR)
			break;
		if (port->tty_open) {
			if (!tty_insert_flip_char(&port->tport, c, TTY_NORMAL))
				port->overruns++;
			to_tty = true;
			continue;
		}
		if (head - smp_load_acquire(&port->rx_tail) == UART_RX_SIZE) {
			port->overruns++;
			continue;
		}
		port->rx_buf[head++ % UART_RX_SIZE] = c;
		smp_store_release(&port->rx_head, head); /* pairs with uart_rx_pop() */
		got = true;
	}
	spin_unlock_irqrestore(&port->lock, flags);

	if (to_tty)
		tty_flip_buffer_push(&port->tport);
	if (got)
		wake_up_interruptible(&uart_rx_wait);
}

static bool uart_irq_pending(struct uart_port *port)
{
	bool pending;

	spin_lock(&port->lock);
	pending = port->ops->irq_pending(port);
	if (pending)
		uart_transmit(port);
	spin_unlock(&port->lock);
	return pending;
}

static irqreturn_t uart_interrupt(int irq, void *dev_id)
{
	struct uart_port *port = dev_id;
	int budget = 256;

	(void)irq;
	port->rx_irqs++;
	/*
	 * Until the port wants nothing more: an interrupt line that signals by its edges stays
	 * silent if it is still raised when we leave.
	 */
	do {
		uart_handle_rx(port);
	} while (uart_irq_pending(port) && --budget);
	return IRQ_HANDLED;
}

/**
 * uart_start_rx - receive by interrupt from now on
 * @port: added port with its irq set
 *
 * Context: may sleep; interrupts and genirq are up.
 * Return: 0, or what request_irq() said; the port is then polled by console_getchar().
 */
int uart_start_rx(struct uart_port *port)
{
	unsigned long flags;
	int ret;

	if (!port->irq)
		return -ENXIO;
	ret = request_irq(port->irq, uart_interrupt, 0, port->name, port);
	if (ret) {
		pr_warn("%s%d: no interrupt %u (%d), input is polled\n",
			port->name, port->line, port->irq, ret);
		port->irq = 0;
		return ret;
	}
	spin_lock_irqsave(&port->lock, flags);
	port->ops->start_rx(port);
	spin_unlock_irqrestore(&port->lock, flags);
	return 0;
}

static int __init uart_start_all(void)
{
	unsigned int i;

	for (i = 0; i < nr_uart_ports; i++) {
		uart_start_rx(uart_ports[i]);
		if (uart_register_tty(uart_ports[i]))
			pr_warn("%s%d: no terminal\n", uart_ports[i]->name, uart_ports[i]->line);
	}
	return 0;
}
device_initcall_sync(uart_start_all);	/* after the drivers' own */

static bool uart_rx_pop(struct uart_port *port, unsigned char *c)
{
	unsigned int tail = port->rx_tail;

	if (smp_load_acquire(&port->rx_head) == tail) /* pairs with uart_handle_rx() */
		return false;
	*c = port->rx_buf[tail % UART_RX_SIZE];
	smp_store_release(&port->rx_tail, tail + 1);
	return true;
}

/**
 * console_poll_getchar - a byte of input if there is one
 *
 * Works with interrupts off too: ports are asked themselves, not only their rings.
 *
 * Context: any but NMI.
 * Return: the byte, or -1.
 */
int console_poll_getchar(void)
{
	unsigned int i, nr = smp_load_acquire(&nr_uart_ports);
	unsigned long flags;
	unsigned char c;
	bool got = false;

	spin_lock_irqsave(&uart_reader_lock, flags);
	for (i = 0; i < nr && !got; i++) {
		uart_handle_rx(uart_ports[i]);
		got = uart_rx_pop(uart_ports[i], &c);
	}
	spin_unlock_irqrestore(&uart_reader_lock, flags);
	return got ? c : NO_POLL_CHAR;
}

static bool uart_any_polled(void)
{
	unsigned int i;

	for (i = 0; i < nr_uart_ports; i++) {
		if (!uart_ports[i]->irq)
			return true;
	}
	return false;
}

/**
 * console_getchar - wait for a byte of input from any serial port
 *
 * Context: may sleep.
 * Return: the byte; -ENODEV if there is no port; -EINTR if a signal (or the end of a kernel
 * thread) cut the wait short.
 */
int console_getchar(void)
{
	int c, ret;

	if (!nr_uart_ports)
		return -ENODEV;
	for (;;) {
		if (uart_any_polled()) {
			/* Nobody will wake us: look a hundred times a second. */
			ret = wait_event_interruptible_timeout(uart_rx_wait,
					(c = console_poll_getchar()) != NO_POLL_CHAR, HZ / 100);
			if (ret > 0)
				return c;
		} else {
			ret = wait_event_interruptible(uart_rx_wait,
					(c = console_poll_getchar()) != NO_POLL_CHAR);
			if (!ret)
				return c;
		}
		if (ret < 0)
			return -EINTR;
	}
}

/**
 * console_puts - write text to every serial port, past the log
 * @s: the text; lines end in "\r\n"
 *
 * For what is typed and prompted at the kernel monitor, which is nobody's log message.
 *
 * Context: any that may take the port's lock.
 */
void console_puts(const char *s)
{
	unsigned int i, count = smp_load_acquire(&nr_uart_ports); /* pairs with uart_add_port() */

	for (i = 0; i < count; i++)
		uart_write_console(uart_ports[i], s, strlen(s));
}
