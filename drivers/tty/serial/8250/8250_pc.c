// SPDX-License-Identifier: MIT
/*
 * The four serial ports of a PC: 16550s in I/O space, ttyS0 to ttyS3.
 *
 * Output is polled: wait until the transmitter has room, write a byte.  The wait is bounded,
 * so that a port that never drains costs output, not the machine.  Input interrupts are
 * switched on late, by uart_start_rx(); until then, and in an oops, the receiver is polled.
 */
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/serial_core.h>
#include <linux/serial_reg.h>
#include <linux/tty.h>

#include <asm/io.h>
#include <asm/processor.h>

#include "../earlycon.h"

#define PC_UART_CLOCK	1843200
#define NR_PC_PORTS	4
#define DEFAULT_BAUD	115200

/* Reads of the status register before a byte is given up: 10 ms and more on real hardware. */
#define TX_TRIES	10000

static unsigned int serial_in(struct uart_port *port, int reg)
{
	return inb(port->iobase + reg);
}

static void serial_out(struct uart_port *port, int reg, unsigned int value)
{
	outb(value, port->iobase + reg);
}

static void pc_put_char(struct uart_port *port, unsigned char c)
{
	int tries;

	for (tries = TX_TRIES; tries; tries--) {
		if (serial_in(port, UART_LSR) & UART_LSR_THRE)
			break;
		cpu_relax();
	}
	serial_out(port, UART_TX, c);
}

static int pc_poll_get_char(struct uart_port *port)
{
	unsigned int lsr = serial_in(port, UART_LSR);

	/* 0xff: nothing decodes this address (any more). */
	if (lsr == 0xff || !(lsr & UART_LSR_DR))
		return NO_POLL_CHAR;
	return serial_in(port, UART_RX);
}

static void pc_start_rx(struct uart_port *port)
{
	serial_out(port, UART_MCR, UART_MCR_DTR | UART_MCR_RTS | UART_MCR_OUT2);
	serial_out(port, UART_IER, UART_IER_RDI);
}

/* Reading the identification takes a "transmitter empty" back. */
static bool pc_irq_pending(struct uart_port *port)
{
	return !(serial_in(port, UART_IIR) & UART_IIR_NO_INT);
}

static bool pc_tx_ready(struct uart_port *port)
{
	return serial_in(port, UART_LSR) & UART_LSR_THRE;
}

static void pc_set_tx_irq(struct uart_port *port, bool on)
{
	serial_out(port, UART_IER, UART_IER_RDI | (on ? UART_IER_THRI : 0));
}

static unsigned int pc_get_mctrl(struct uart_port *port)
{
	unsigned int msr = serial_in(port, UART_MSR), ret = 0;

	if (msr & UART_MSR_DCD)
		ret |= TIOCM_CAR;
	if (msr & UART_MSR_RI)
		ret |= TIOCM_RNG;
	if (msr & UART_MSR_DSR)
		ret |= TIOCM_DSR;
	if (msr & UART_MSR_CTS)
		ret |= TIOCM_CTS;
	return ret;
}

/* OUT2 lets interrupts through. */
static void pc_set_mctrl(struct uart_port *port, unsigned int mctrl)
{
	unsigned int mcr = port->irq ? UART_MCR_OUT2 : 0;

	if (mctrl & TIOCM_DTR)
		mcr |= UART_MCR_DTR;
	if (mctrl & TIOCM_RTS)
		mcr |= UART_MCR_RTS;
	if (mctrl & TIOCM_LOOP)
		mcr |= UART_MCR_LOOP;
	serial_out(port, UART_MCR, mcr);
}

static void pc_set_break(struct uart_port *port, bool on)
{
	unsigned int lcr = serial_in(port, UART_LCR);

	serial_out(port, UART_LCR, on ? lcr | UART_LCR_SBC : lcr & ~UART_LCR_SBC);
}

/* The scratch register remembers; an address where nobody listens doesn't. */
static bool pc_present(struct uart_port *port)
{
	serial_out(port, UART_SCR, 0x5a);
	if (serial_in(port, UART_SCR) != 0x5a)
		return false;
	serial_out(port, UART_SCR, 0xa5);
	return serial_in(port, UART_SCR) == 0xa5;
}

static void pc_set_baud(struct uart_port *port, unsigned int baud)
{
	unsigned int divisor = DIV_ROUND_CLOSEST(port->uartclk, 16 * baud);

	divisor = clamp(divisor, 1u, 0xffffu);
	serial_out(port, UART_LCR, UART_LCR_DLAB | UART_LCR_WLEN8);
	serial_out(port, UART_DLL, divisor & 0xff);
	serial_out(port, UART_DLM, divisor >> 8);
	serial_out(port, UART_LCR, UART_LCR_WLEN8);
}

static void pc_set_line(struct uart_port *port, unsigned int cflag, unsigned int baud)
{
	unsigned int lcr = tty_get_char_size(cflag) - 5;	/* 5 to 8 bits are 0 to 3 */

	if (cflag & CSTOPB)
		lcr |= UART_LCR_STOP;
	if (cflag & PARENB)
		lcr |= UART_LCR_PARITY;
	if (!(cflag & PARODD))
		lcr |= UART_LCR_EPAR;
	if (baud)
		pc_set_baud(port, baud);
	serial_out(port, UART_LCR, lcr);
}

static int pc_startup(struct uart_port *port, unsigned int baud)
{
	if (!pc_present(port))
		return -ENODEV;
	serial_out(port, UART_IER, 0);
	pc_set_baud(port, baud);
	serial_out(port, UART_FCR, UART_FCR_ENABLE_FIFO | UART_FCR_CLEAR_RCVR |
		   UART_FCR_CLEAR_XMIT | UART_FCR_TRIGGER_1);
	serial_out(port, UART_MCR, UART_MCR_DTR | UART_MCR_RTS);
	return 0;
}

static const struct uart_ops pc_uart_ops = {
	.startup	= pc_startup,
	.put_char	= pc_put_char,
	.poll_get_char	= pc_poll_get_char,
	.start_rx	= pc_start_rx,
	.irq_pending	= pc_irq_pending,
	.tx_ready	= pc_tx_ready,
	.set_tx_irq	= pc_set_tx_irq,
	.set_line	= pc_set_line,
	.get_mctrl	= pc_get_mctrl,
	.set_mctrl	= pc_set_mctrl,
	.set_break	= pc_set_break,
};

static struct uart_driver pc_uart_driver = {
	.driver_name	= "serial",
	.dev_name	= "ttyS",
	.major		= TTY_MAJOR,
	.minor		= 64,
	.nr		= NR_PC_PORTS,
};

#define PC_PORT(nr, base, line_irq) { \
	.name = "ttyS", .line = (nr), .iobase = (base), .irq = (line_irq), \
	.uartclk = PC_UART_CLOCK, .ops = &pc_uart_ops, .drv = &pc_uart_driver }

static struct uart_port pc_ports[NR_PC_PORTS] = {
	PC_PORT(0, 0x3f8, 4),
	PC_PORT(1, 0x2f8, 3),
	PC_PORT(2, 0x3e8, 0),	/* shares 4 with the first: polled */
	PC_PORT(3, 0x2e8, 0),	/* shares 3 with the second */
};

static void pc_console_write(struct console *con, const char *s, unsigned int count)
{
	uart_write_console(&pc_ports[con->index], s, count);
}

static int __init pc_console_setup(struct console *con, char *options)
{
	struct uart_port *port;
	unsigned int baud;
	int ret;

	if (con->index < 0)
		con->index = 0;
	if (con->index >= NR_PC_PORTS)
		return -ENODEV;
	port = &pc_ports[con->index];
	baud = uart_parse_baud(options, DEFAULT_BAUD);
	ret = pc_startup(port, baud);
	if (ret)
		return ret;
	con->cflag = baud;
	return uart_add_port(port);
}

static struct console pc_console = {
	.name	= "ttyS",
	.write	= pc_console_write,
	.setup	= pc_console_setup,
	.device	= uart_console_device,
	.data	= &pc_uart_driver,
	.flags	= CON_PRINTBUFFER,
	.index	= -1,
};

static int __init pc_console_init(void)
{
	register_console(&pc_console);
	return 0;
}
console_initcall(pc_console_init);

#define NR_REGISTERS	8

/* Those that are no console but there. */
static int __init pc_find_ports(void)
{
	struct uart_port *port;

	for (port = pc_ports; port < pc_ports + NR_PC_PORTS; port++) {
		if (!port->added && !pc_startup(port, DEFAULT_BAUD))
			uart_add_port(port);
		if (port->added)
			request_region(port->iobase, NR_REGISTERS, "serial");
	}
	return 0;
}
device_initcall(pc_find_ports);

static int __init early_8250_setup(struct uart_port *port, const char *options)
{
	if (!port->iobase)
		return -ENODEV;
	port->ops = &pc_uart_ops;
	port->uartclk = PC_UART_CLOCK;
	if (options && uart_parse_baud(options, 0))
		return pc_startup(port, uart_parse_baud(options, DEFAULT_BAUD));
	return pc_present(port) ? 0 : -ENODEV;
}

const struct earlycon_id earlycon_table[] __initconst = {
	{ .name = "uart8250", .compatible = "", .setup = early_8250_setup },
	{ .name = "uart", .compatible = "", .setup = early_8250_setup },
	{ }
};

const char earlycon_default_spec[] __initconst = "uart8250,io,0x3f8,115200";
const char earlycon_panic_spec[] __initconst = "uart8250,io,0x3f8,115200";
