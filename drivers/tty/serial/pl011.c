// SPDX-License-Identifier: MIT
/*
 * Arm's PL011 serial port (technical reference manual DDI 0183), ttyAMA0 and up.
 *
 * Found through the device tree, which also tells its clock; with no clock the firmware's rate
 * stays.  As with the 8250, output is polled with a bounded wait and input is by interrupt: the
 * receive FIFO's level interrupt plus the timeout that catches a lone byte below that level.
 */
#include <linux/bits.h>
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <linux/printk.h>
#include <linux/serial_core.h>
#include <linux/tty.h>

#include <asm/processor.h>

#include "earlycon.h"

#define UART01x_DR		0x00
#define   UART011_DR_ERROR	0xf00	/* overrun, break, parity, framing */
#define UART01x_FR		0x18
#define   UART01x_FR_CTS	BIT(0)
#define   UART01x_FR_DSR	BIT(1)
#define   UART01x_FR_DCD	BIT(2)
#define   UART01x_FR_RXFE	BIT(4)
#define   UART01x_FR_TXFF	BIT(5)
#define UART011_IBRD		0x24
#define UART011_FBRD		0x28
#define UART011_LCRH		0x2c
#define   UART01x_LCRH_BRK	BIT(0)
#define   UART01x_LCRH_PEN	BIT(1)
#define   UART01x_LCRH_EPS	BIT(2)
#define   UART01x_LCRH_STP2	BIT(3)
#define   UART01x_LCRH_FEN	BIT(4)
#define   UART01x_LCRH_WLEN_8	0x60
#define UART011_CR		0x30
#define   UART01x_CR_UARTEN	BIT(0)
#define   UART011_CR_TXE	BIT(8)
#define   UART011_CR_RXE	BIT(9)
#define   UART011_CR_DTR	BIT(10)
#define   UART011_CR_RTS	BIT(11)
#define UART011_IFLS		0x34
#define UART011_IMSC		0x38
#define UART011_MIS		0x40
#define UART011_ICR		0x44
#define   UART011_RXIM		BIT(4)
#define   UART011_TXIM		BIT(5)
#define   UART011_RTIM		BIT(6)
#define   UART011_ALL_INTS	0x7ff

#define DEFAULT_BAUD	115200
#define TX_TRIES	100000
#define MAX_PL011	4

static struct uart_port pl011_ports[MAX_PL011];

static u32 pl011_read(struct uart_port *port, unsigned int reg)
{
	return readl_relaxed(port->membase + reg);
}

static void pl011_write(struct uart_port *port, unsigned int reg, u32 value)
{
	writel_relaxed(value, port->membase + reg);
}

static void pl011_put_char(struct uart_port *port, unsigned char c)
{
	int tries;

	for (tries = TX_TRIES; tries; tries--) {
		if (!(pl011_read(port, UART01x_FR) & UART01x_FR_TXFF))
			break;
		cpu_relax();
	}
	pl011_write(port, UART01x_DR, c);
}

static int pl011_poll_get_char(struct uart_port *port)
{
	u32 data;

	while (!(pl011_read(port, UART01x_FR) & UART01x_FR_RXFE)) {
		data = pl011_read(port, UART01x_DR);
		if (!(data & UART011_DR_ERROR))
			return data & 0xff;
	}
	return NO_POLL_CHAR;
}

static void pl011_start_rx(struct uart_port *port)
{
	pl011_write(port, UART011_ICR, UART011_ALL_INTS);
	pl011_write(port, UART011_IMSC, UART011_RXIM | UART011_RTIM);
}

/* The receive interrupts go with the bytes; that of the transmitter is taken back here. */
static bool pl011_irq_pending(struct uart_port *port)
{
	u32 status = pl011_read(port, UART011_MIS);

	pl011_write(port, UART011_ICR, status & (UART011_TXIM | UART011_RTIM));
	return status;
}

static bool pl011_tx_ready(struct uart_port *port)
{
	return !(pl011_read(port, UART01x_FR) & UART01x_FR_TXFF);
}

static void pl011_set_tx_irq(struct uart_port *port, bool on)
{
	pl011_write(port, UART011_IMSC, UART011_RXIM | UART011_RTIM | (on ? UART011_TXIM : 0));
}

static unsigned int pl011_get_mctrl(struct uart_port *port)
{
	u32 fr = pl011_read(port, UART01x_FR);
	unsigned int ret = 0;

	if (fr & UART01x_FR_DCD)
		ret |= TIOCM_CAR;
	if (fr & UART01x_FR_DSR)
		ret |= TIOCM_DSR;
	if (fr & UART01x_FR_CTS)
		ret |= TIOCM_CTS;
	return ret;
}

static void pl011_set_mctrl(struct uart_port *port, unsigned int mctrl)
{
	u32 cr = pl011_read(port, UART011_CR) & ~(UART011_CR_DTR | UART011_CR_RTS);

	if (mctrl & TIOCM_DTR)
		cr |= UART011_CR_DTR;
	if (mctrl & TIOCM_RTS)
		cr |= UART011_CR_RTS;
	pl011_write(port, UART011_CR, cr);
}

static void pl011_set_break(struct uart_port *port, bool on)
{
	u32 lcr = pl011_read(port, UART011_LCRH);

	pl011_write(port, UART011_LCRH, on ? lcr | UART01x_LCRH_BRK : lcr & ~UART01x_LCRH_BRK);
}

static void pl011_set_line(struct uart_port *port, unsigned int cflag, unsigned int baud)
{
	u32 lcr = UART01x_LCRH_FEN | (u32)(tty_get_char_size(cflag) - 5) << 5, divisor;

	if (cflag & CSTOPB)
		lcr |= UART01x_LCRH_STP2;
	if (cflag & PARENB)
		lcr |= UART01x_LCRH_PEN | (cflag & PARODD ? 0 : UART01x_LCRH_EPS);
	if (port->uartclk && baud) {
		divisor = DIV_ROUND_CLOSEST(port->uartclk * 4ULL, baud);
		pl011_write(port, UART011_IBRD, divisor >> 6);
		pl011_write(port, UART011_FBRD, divisor & 0x3f);
	}
	pl011_write(port, UART011_LCRH, lcr);
}

static int pl011_startup(struct uart_port *port, unsigned int baud)
{
	u32 divisor;

	pl011_write(port, UART011_IMSC, 0);
	pl011_write(port, UART011_ICR, UART011_ALL_INTS);
	if (port->uartclk && baud) {
		/* Rate = clock / (16 * divisor), divisor with six fractional bits. */
		divisor = DIV_ROUND_CLOSEST(port->uartclk * 4ULL, baud);
		pl011_write(port, UART011_CR, 0);
		pl011_write(port, UART011_IBRD, divisor >> 6);
		pl011_write(port, UART011_FBRD, divisor & 0x3f);
	}
	/* The divisor takes effect with this write. */
	pl011_write(port, UART011_LCRH, UART01x_LCRH_WLEN_8 | UART01x_LCRH_FEN);
	pl011_write(port, UART011_IFLS, 0);
	pl011_write(port, UART011_CR, UART01x_CR_UARTEN | UART011_CR_TXE | UART011_CR_RXE);
	return 0;
}

static const struct uart_ops pl011_ops = {
	.startup	= pl011_startup,
	.put_char	= pl011_put_char,
	.poll_get_char	= pl011_poll_get_char,
	.start_rx	= pl011_start_rx,
	.irq_pending	= pl011_irq_pending,
	.tx_ready	= pl011_tx_ready,
	.set_tx_irq	= pl011_set_tx_irq,
	.set_line	= pl011_set_line,
	.get_mctrl	= pl011_get_mctrl,
	.set_mctrl	= pl011_set_mctrl,
	.set_break	= pl011_set_break,
};

static struct uart_driver pl011_uart_driver = {
	.driver_name	= "ttyAMA",
	.dev_name	= "ttyAMA",
	.major		= AMBA_MAJOR,
	.minor		= 64,
	.nr		= MAX_PL011,
};

static void pl011_console_write(struct console *con, const char *s, unsigned int count)
{
	uart_write_console(&pl011_ports[con->index], s, count);
}

static int __init pl011_console_setup(struct console *con, char *options)
{
	unsigned int baud = uart_parse_baud(options, DEFAULT_BAUD);

	if (con->index < 0)
		con->index = 0;
	if (con->index >= MAX_PL011 || !pl011_ports[con->index].membase)
		return -ENODEV;
	con->cflag = baud;
	return pl011_startup(&pl011_ports[con->index], baud);
}

static struct console pl011_console = {
	.name	= "ttyAMA",
	.write	= pl011_console_write,
	.setup	= pl011_console_setup,
	.device	= uart_console_device,
	.data	= &pl011_uart_driver,
	.flags	= CON_PRINTBUFFER,
	.index	= -1,
};

/* The port's clock, when it is the plain kind that says its rate. */
static u32 __init pl011_clock_rate(struct device_node *np)
{
	struct device_node *clk = of_parse_phandle(np, "clocks", 0);
	u32 rate;

	if (!clk || of_property_read_u32(clk, "clock-frequency", &rate))
		return 0;
	return rate;
}

static int __init pl011_probe(struct device_node *np, int line)
{
	struct uart_port *port = &pl011_ports[line];

	port->membase = of_iomap(np, 0);
	if (!port->membase)
		return -ENXIO;
	port->name = "ttyAMA";
	port->line = line;
	port->uartclk = pl011_clock_rate(np);
	port->ops = &pl011_ops;
	port->drv = &pl011_uart_driver;
	port->irq = irq_of_parse_and_map(np, 0);
	if (np == of_stdout && !console_set_on_cmdline)
		add_preferred_console("ttyAMA", line, NULL);
	return uart_add_port(port);
}

static int __init pl011_console_init(void)
{
	struct device_node *np;
	int line = 0;

	for_each_compatible_node(np, NULL, "arm,pl011") {
		if (line == MAX_PL011)
			break;
		if (!of_device_is_available(np))
			continue;
		if (pl011_probe(np, line))
			pr_warn("pl011: %s can't be mapped\n", np->full_name);
		else
			line++;
	}
	if (line)
		register_console(&pl011_console);
	return 0;
}
console_initcall(pl011_console_init);

static int __init early_pl011_setup(struct uart_port *port, const char *options)
{
	(void)options;	/* without the clock's rate no other speed can be set */
	if (!port->membase)
		return -ENODEV;
	port->ops = &pl011_ops;
	pl011_write(port, UART011_CR, UART01x_CR_UARTEN | UART011_CR_TXE | UART011_CR_RXE);
	return 0;
}

const struct earlycon_id earlycon_table[] __initconst = {
	{ .name = "pl011", .compatible = "arm,pl011", .setup = early_pl011_setup },
	{ }
};

const char earlycon_default_spec[] __initconst = "";
const char earlycon_panic_spec[] __initconst = CONFIG_EARLYCON_FOR_PANIC;
