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
#include <linux/types.h>

struct console;
struct uart_port;

#define UART_RX_SIZE	256	/* a power of two */
#define NO_POLL_CHAR	(-1)

/**
 * struct uart_ops - what a port driver can do
 * @startup: program line and FIFOs; returns 0 or -ENODEV if nobody is there.  Lock not held.
 * @put_char: send one byte, waiting for room but not for ever.  Lock held.
 * @poll_get_char: one received byte or NO_POLL_CHAR, never waits.  Lock held.
 * @start_rx: let received bytes raise interrupts.  Lock held.
 */
struct uart_ops {
	int (*startup)(struct uart_port *port, unsigned int baud);
	void (*put_char)(struct uart_port *port, unsigned char c);
	int (*poll_get_char)(struct uart_port *port);
	void (*start_rx)(struct uart_port *port);
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
 * @rx_irqs: receive interrupts taken; written by the handler only
 * @overruns: bytes lost because nobody read; guarded by @lock
 * @rx_head: next free slot of @rx_buf; written under @lock
 * @rx_tail: oldest byte; written by the one reader, under the reader's lock
 * @rx_buf: received bytes
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

	unsigned int rx_irqs;
	unsigned int overruns;
	unsigned int rx_head;
	unsigned int rx_tail;
	unsigned char rx_buf[UART_RX_SIZE];
};

int uart_add_port(struct uart_port *port);
int uart_start_rx(struct uart_port *port);
void uart_handle_rx(struct uart_port *port);
void uart_write_console(struct uart_port *port, const char *s, unsigned int count);
void uart_early_write(struct uart_port *port, const char *s, unsigned int count);
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
