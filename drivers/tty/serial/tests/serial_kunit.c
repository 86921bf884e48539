// SPDX-License-Identifier: MIT
/* The serial core with a port that exists only here. */
#include <kunit/test.h>

#include <linux/serial_core.h>
#include <linux/slab.h>
#include <linux/string.h>

static struct {
	unsigned int to_receive;	/* bytes that the line still has for us */
	unsigned char next;
	char sent[64];
	unsigned int nr_sent;
} line;

static int fake_poll_get_char(struct uart_port *port)
{
	if (!line.to_receive)
		return NO_POLL_CHAR;
	line.to_receive--;
	return line.next++;
}

static void fake_put_char(struct uart_port *port, unsigned char c)
{
	if (line.nr_sent < sizeof(line.sent) - 1)
		line.sent[line.nr_sent++] = c;
}

static const struct uart_ops fake_ops = {
	.put_char = fake_put_char,
	.poll_get_char = fake_poll_get_char,
};

static int serial_test_init(struct kunit *test)
{
	struct uart_port *port = kunit_kzalloc(test, sizeof(*port), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, port);
	spin_lock_init(&port->lock);
	port->ops = &fake_ops;
	test->priv = port;
	memset(&line, 0, sizeof(line));
	return 0;
}

static void serial_receives_into_the_ring(struct kunit *test)
{
	struct uart_port *port = test->priv;

	line.to_receive = 10;
	uart_handle_rx(port);
	KUNIT_EXPECT_EQ(test, port->rx_head - port->rx_tail, 10U);
	KUNIT_EXPECT_EQ(test, port->rx_buf[9], 9);
}

static void serial_counts_what_does_not_fit(struct kunit *test)
{
	struct uart_port *port = test->priv;

	line.to_receive = UART_RX_SIZE + 5;
	uart_handle_rx(port);
	uart_handle_rx(port);
	KUNIT_EXPECT_EQ(test, port->rx_head - port->rx_tail, (unsigned int)UART_RX_SIZE);
	KUNIT_EXPECT_EQ(test, port->overruns, 5U);
	/* What came first is kept. */
	KUNIT_EXPECT_EQ(test, port->rx_buf[port->rx_tail % UART_RX_SIZE], 0);
}

static void serial_ring_wraps(struct kunit *test)
{
	struct uart_port *port = test->priv;

	port->rx_head = port->rx_tail = UINT_MAX - 1;
	line.to_receive = 4;
	uart_handle_rx(port);
	KUNIT_EXPECT_EQ(test, port->rx_head, 2U);
	KUNIT_EXPECT_EQ(test, port->rx_buf[1], 3);
}

static void serial_port_that_never_runs_dry_does_not_hold_us(struct kunit *test)
{
	struct uart_port *port = test->priv;

	line.to_receive = UINT_MAX;
	uart_handle_rx(port);
	KUNIT_EXPECT_LE(test, UINT_MAX - line.to_receive, 2U * UART_RX_SIZE);
}

static void serial_console_adds_carriage_returns(struct kunit *test)
{
	struct uart_port *port = test->priv;

	uart_write_console(port, "a\nb\n", 4);
	KUNIT_EXPECT_STREQ(test, line.sent, "a\r\nb\r\n");
}

static void serial_baud_comes_from_the_options(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, uart_parse_baud("9600n8", 1), 9600U);
	KUNIT_EXPECT_EQ(test, uart_parse_baud(NULL, 115200), 115200U);
	KUNIT_EXPECT_EQ(test, uart_parse_baud("n8", 115200), 115200U);
	KUNIT_EXPECT_LT(test, uart_parse_baud("99999999999999", 1), 1000000000U);
}

static struct kunit_case serial_cases[] = {
	KUNIT_CASE(serial_receives_into_the_ring),
	KUNIT_CASE(serial_counts_what_does_not_fit),
	KUNIT_CASE(serial_ring_wraps),
	KUNIT_CASE(serial_port_that_never_runs_dry_does_not_hold_us),
	KUNIT_CASE(serial_console_adds_carriage_returns),
	KUNIT_CASE(serial_baud_comes_from_the_options),
	{}
};

static struct kunit_suite serial_suite = {
	.name = "serial",
	.init = serial_test_init,
	.test_cases = serial_cases,
};

kunit_test_suite(serial_suite);
