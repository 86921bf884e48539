/* SPDX-License-Identifier: MIT */
/*
 * The little that all our serial ports have in common.
 *
 * A port driver fills in a struct uart_port with its registers and operations and calls
 * uart_add_port().  The core gives it a console for printk, an early console, and an input
 * buffer filled by interrupt, which console_getchar() empties.
 *
 * Locks: @lock guards the registers and is taken with interrupts off; the console's write
 * takes it too, except while an oops is being printed, because the CPU that holds it may be the
 * one that is dying.  Input goes through a single-producer ring of its own.
 */
#ifndef _LINUX_SERIAL_CORE_H
#define _LINUX_SERIAL_CORE_H

#include <linux/compiler.h>
#include <linux/spinlock.h>
#include <linux/timer_types.h>
#include <linux/tty_port.h>
#include <linux/types.h>
#include <linux/workqueue.h>

struct console;
struct tty_driver;
struct uart_port;

#define UART_RX_SIZE	256	/* a power of two */
#define UART_XMIT_SIZE	4096	/* likewise */
#define NO_POLL_CHAR	(-1)

/**
 * struct uart_ops - what a port driver can do
 * @startup: program line and FIFOs; returns 0 or -ENODEV if nobody is there.  Lock not held.
 * @put_char: send one byte, waiting for room but not for ever.  Lock held.
 * @poll_get_char: one received byte or NO_POLL_CHAR, never waits.  Lock held.
 * @start_rx: let received bytes raise interrupts.  Lock held.
 * @irq_pending: does the port want something?  Asked again and again by the interrupt handler,
 *	until it doesn't; acknowledges what needs that.  Lock held.
 * @tx_ready: is there room for a byte now?  Lock held.
 * @set_tx_irq: raise an interrupt when there is, or not.  Lock held.
 * @set_line: change speed and format: c_cflag.  Lock held.
 * @get_mctrl: modem lines, TIOCM_*.  Lock held.
 * @set_mctrl: those that we drive.  Lock held.
 * @set_break: hold the line low, or not.  Lock held.
 */
struct uart_ops {
	int (*startup)(struct uart_port *port, unsigned int baud);
	void (*put_char)(struct uart_port *port, unsigned char c);
	int (*poll_get_char)(struct uart_port *port);
	void (*start_rx)(struct uart_port *port);
	bool (*irq_pending)(struct uart_port *port);
	bool (*tx_ready)(struct uart_port *port);
	void (*set_tx_irq)(struct uart_port *port, bool on);
	void (*set_line)(struct uart_port *port, unsigned int cflag, unsigned int baud);
	unsigned int (*get_mctrl)(struct uart_port *port);
	void (*set_mctrl)(struct uart_port *port, unsigned int mctrl);
	void (*set_break)(struct uart_port *port, bool on);
};

/**
 * struct uart_driver - the terminals of one kind of ports
 * @driver_name: for /proc/tty/drivers
 * @dev_name: of the nodes
 * @major: their numbers
 * @minor: the first
 * @nr: how many at most
 * @tty_driver: once registered
 */
struct uart_driver {
	const char *driver_name;
	const char *dev_name;
	int major;
	int minor;
	int nr;
	struct tty_driver *tty_driver;
};

/**
 * struct uart_port - one serial port
 * @lock: guards the registers
 * @name: "ttyS" or "ttyAMA"
 * @line: its number
 * @iobase: I/O port, for ports in I/O space
 * @membase: registers, for ports in memory
 * @mapbase: physical address of @membase
 * @irq: Linux interrupt number, 0 if it can only be polled
 * @uartclk: input clock in Hz, 0 if the firmware's divisor stays
 * @ops: the driver
 * @added: uart_add_port() knows it
 * @rx_irqs: receive interrupts taken; written by the handler only
 * @overruns: bytes lost because nobody read; guarded by @lock
 * @rx_head: next free slot of @rx_buf; written under @lock
 * @rx_tail: oldest byte; written by the one reader, under the reader's lock
 * @rx_buf: received bytes, while no terminal is open
 * @drv: its terminals' driver
 * @tport: the terminal's end of it
 * @tty_open: bytes go to the terminal; written under @lock
 * @stopped: nothing is sent (^S); under @lock
 * @tx_wake: somebody may wait for room; under @lock
 * @x_char: to be sent before all else; under @lock
 * @mctrl: modem lines that we drive, TIOCM_*; under @lock
 * @xmit_head: next free slot of @xmit; under @lock, as all of it
 * @xmit_tail: next byte to be sent
 * @xmit: what the terminal sends
 * @tx_work: tells the terminal that there is room
 * @poll_timer: of a port without interrupt: looks for input
 */
struct uart_port {
	spinlock_t lock;
	const char *name;
	int line;
	unsigned long iobase;
	unsigned char __iomem *membase;
	phys_addr_t mapbase;
	unsigned int irq;
	unsigned int uartclk;
	const struct uart_ops *ops;
	bool added;

	unsigned int rx_irqs;
	unsigned int overruns;
	unsigned int rx_head;
	unsigned int rx_tail;
	unsigned char rx_buf[UART_RX_SIZE];

	struct uart_driver *drv;
	struct tty_port tport;
	bool tty_open;
	bool stopped;
	bool tx_wake;
	unsigned char x_char;
	unsigned int mctrl;
	unsigned int xmit_head;
	unsigned int xmit_tail;
	unsigned char *xmit;
	struct work_struct tx_work;
	struct timer_list poll_timer;
};

int uart_add_port(struct uart_port *port);
int uart_start_rx(struct uart_port *port);
void uart_handle_rx(struct uart_port *port);
void uart_write_console(struct uart_port *port, const char *s, unsigned int count);
void uart_early_write(struct uart_port *port, const char *s, unsigned int count);
struct tty_driver *uart_console_device(struct console *co, int *index);

/* serial_tty.c */
int uart_register_tty(struct uart_port *port);
void uart_transmit(struct uart_port *port);

unsigned int uart_parse_baud(const char *options, unsigned int fallback);

/* Input for the kernel monitor, until there is a tty layer. */
int console_getchar(void);
int console_poll_getchar(void);
void console_puts(const char *s);

/**
 * struct earlycon_id - a port type that earlycon= can name
 * @name: the word on the command line
 * @compatible: what the device tree calls it, for a bare "earlycon"
 * @setup: readies @port (registers mapped); returns 0 or a negative errno
 */
struct earlycon_id {
	const char *name;
	const char *compatible;
	int (*setup)(struct uart_port *port, const char *options);
};

int setup_earlycon(char *spec);

#endif /* _LINUX_SERIAL_CORE_H */
