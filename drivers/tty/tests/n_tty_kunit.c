// SPDX-License-Identifier: MIT
/*
 * The line discipline, on a terminal of our own whose driver keeps what it is given. What is
 * "typed" is put into the port; reads don't block. Editing is compared with a model of a few lines,
 * over random keys.
 */

#include <kunit/test.h>

#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/termios_internal.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>

#include "../tty.h"

#define OUT_SIZE	16384

static struct tty_driver *driver;
static struct tty_port port;
static struct file *file;
static char out[OUT_SIZE];
static size_t out_len;
static size_t out_room;		/* what the driver takes at most */

/* ---- the driver ---- */

static int keep_open(struct tty_struct *tty, struct file *filp)
{
	return 0;
}

static void keep_close(struct tty_struct *tty, struct file *filp)
{
}

static ssize_t keep_write(struct tty_struct *tty, const u8 *buf, size_t count)
{
	size_t n = min(count, out_room - out_len);

	if (tty->flow.stopped)
		return 0;
	memcpy(out + out_len, buf, n);
	out_len += n;
	return n;
}

static unsigned int keep_write_room(struct tty_struct *tty)
{
	return tty->flow.stopped ? 0 : out_room - out_len;
}

static const struct tty_operations keep_ops = {
	.open		= keep_open,
	.close		= keep_close,
	.write		= keep_write,
	.write_room	= keep_write_room,
};

static struct tty_struct *tty(void)
{
	return file_tty(file);
}

static void type_bytes(const char *s, size_t n)
{
	tty_insert_flip_string(&port, (const u8 *)s, n);
	tty_flip_buffer_push(&port);
	tty_buffer_flush_work(&port);
}

static void type(const char *s)
{
	type_bytes(s, strlen(s));
}

static ssize_t read_tty(char *buf, size_t n)
{
	loff_t pos = 0;

	return kernel_read(file, buf, n, &pos);
}

static void set_flags(tcflag_t lflag_set, tcflag_t lflag_clear, tcflag_t iflag, tcflag_t oflag)
{
	struct ktermios t = tty()->termios;

	t.c_lflag = (t.c_lflag | lflag_set) & ~lflag_clear;
	t.c_iflag = iflag;
	t.c_oflag = oflag;
	tty_set_termios(tty(), &t);
}

#define EXPECT_READ(test, size, text)						\
do {										\
	char __buf[256] = {};							\
	ssize_t __n = read_tty(__buf, size);					\
										\
	KUNIT_EXPECT_EQ(test, __n, (ssize_t)strlen(text));			\
	KUNIT_EXPECT_STREQ(test, __buf, text);					\
} while (0)

#define EXPECT_OUT(test, text)							\
do {										\
	out[out_len] = '\0';							\
	KUNIT_EXPECT_STREQ(test, out, text);					\
	out_len = 0;								\
} while (0)

/* ---- cases ---- */

static void line_is_read_when_it_ends(struct kunit *test)
{
	char buf[8];

	type("hel");
	KUNIT_EXPECT_EQ(test, read_tty(buf, sizeof(buf)), (ssize_t)-EAGAIN);
	type("lo\rnext");
	EXPECT_READ(test, 100, "hello\n");
	KUNIT_EXPECT_EQ(test, read_tty(buf, sizeof(buf)), (ssize_t)-EAGAIN);
	EXPECT_OUT(test, "hello\r\nnext");
}

static void line_is_read_in_parts(struct kunit *test)
{
	type("abcdef\n");
	EXPECT_READ(test, 4, "abcd");
	EXPECT_READ(test, 100, "ef\n");
}

static void end_of_file_ends_a_line_and_reads_as_zero(struct kunit *test)
{
	type("ab\004\004");
	EXPECT_READ(test, 2, "ab");	/* filled to the last byte: the end belongs to it */
	EXPECT_READ(test, 10, "");
}

static void erasing_is_shown(struct kunit *test)
{
	type("ab\177c\n");
	EXPECT_READ(test, 100, "ac\n");
	EXPECT_OUT(test, "ab\b \bc\r\n");
	type("x\001\177\n");
	EXPECT_OUT(test, "x^A\b \b\b \b\r\n");
	EXPECT_READ(test, 100, "x\n");
}

static void erased_tab_goes_back_to_where_it_began(struct kunit *test)
{
	type("ab\t\177\n");
	EXPECT_OUT(test, "ab\t\b\b\b\b\b\b\r\n");
	EXPECT_READ(test, 100, "ab\n");
}

static void word_and_line_are_erased(struct kunit *test)
{
	type("one two  \027x\n");
	EXPECT_READ(test, 100, "one x\n");
	type("all this\025new\n");
	EXPECT_READ(test, 100, "new\n");
}

static void next_key_is_taken_as_it_is(struct kunit *test)
{
	type("a\026\003b\n");
	EXPECT_READ(test, 100, "a\003b\n");
}

static void reprint_shows_the_line_again(struct kunit *test)
{
	type("ab\022\n");
	EXPECT_OUT(test, "ab^R\r\nab\r\n");
	EXPECT_READ(test, 100, "ab\n");
}

static void utf8_is_erased_by_characters(struct kunit *test)
{
	set_flags(0, 0, ICRNL | IUTF8, OPOST | ONLCR);
	type("a\303\244\177b\n");
	EXPECT_READ(test, 100, "ab\n");
	EXPECT_OUT(test, "a\303\244\b \bb\r\n");
}

static void raw_input_is_read_at_once(struct kunit *test)
{
	set_flags(0, ICANON | ECHO | ISIG | IEXTEN, 0, 0);
	type("a\r\003");
	EXPECT_READ(test, 100, "a\r\003");
	EXPECT_OUT(test, "");
}

static void what_was_typed_raw_is_a_line_afterwards(struct kunit *test)
{
	set_flags(0, ICANON | ECHO, 0, 0);
	type("abc");
	set_flags(ICANON, 0, 0, 0);
	EXPECT_READ(test, 100, "abc");
}

static void stop_key_stops_output(struct kunit *test)
{
	loff_t pos = 0;

	type("\023");
	KUNIT_EXPECT_EQ(test, kernel_write(file, "x", 1, &pos), (ssize_t)-EAGAIN);
	type("y");
	EXPECT_OUT(test, "");
	type("\021");
	EXPECT_OUT(test, "y");
}

static void output_counts_columns(struct kunit *test)
{
	loff_t pos = 0;

	set_flags(0, 0, 0, OPOST | ONLCR | XTABS);
	KUNIT_EXPECT_EQ(test, kernel_write(file, "abc\td\n\te", 8, &pos), (ssize_t)8);
	EXPECT_OUT(test, "abc     d\r\n        e");
}

static void short_of_room_nothing_is_lost(struct kunit *test)
{
	loff_t pos = 0;

	out_room = 20;
	KUNIT_EXPECT_LT(test, kernel_write(file, "0123456789012345678901234", 25, &pos),
			(ssize_t)25);
	type("e");	/* its echo waits */
	out_room = OUT_SIZE - 1;
	tty_wakeup(tty());
	KUNIT_EXPECT_EQ(test, out[out_len - 1], 'e');
	out_len = 0;
	type("\n");
	EXPECT_READ(test, 100, "e\n");
	out_len = 0;
}

static void too_long_a_line_can_still_be_ended(struct kunit *test)
{
	char *big = kunit_kzalloc(test, 6000, GFP_KERNEL);
	size_t total = 0;
	ssize_t n;

	set_flags(0, ECHO, ICRNL, 0);
	memset(big, 'a', 5999);
	type_bytes(big, 5999);
	type("\n");
	while ((n = read_tty(big, 6000)) > 0)
		total += n;
	KUNIT_EXPECT_EQ(test, total, (size_t)4096);
	KUNIT_EXPECT_EQ(test, n, (ssize_t)-EAGAIN);
	type("x\n");
	EXPECT_READ(test, 100, "x\n");
}

/* ---- the model: one line being typed ---- */

struct model {
	char line[64], lines[2048];
	size_t len, done;
	bool lnext;
};

static bool in_word(char c)
{
	return c == 'a' || c == 'b' || c == '_';
}

static void model_erase_word(struct model *m)
{
	bool seen = false;

	while (m->len) {
		if (in_word(m->line[m->len - 1]))
			seen = true;
		else if (seen)
			break;
		m->len--;
	}
}

static void model_key(struct model *m, char c)
{
	if (m->lnext) {
		m->lnext = false;
		m->line[m->len++] = c;
	} else if (c == '\n') {
		m->line[m->len++] = c;
		memcpy(m->lines + m->done, m->line, m->len);
		m->done += m->len;
		m->len = 0;
	} else if (c == '\177') {
		m->len -= m->len > 0;
	} else if (c == '\025') {
		m->len = 0;
	} else if (c == '\027') {
		model_erase_word(m);
	} else if (c == '\026') {
		m->lnext = true;
	} else {
		m->line[m->len++] = c;
	}
}

static void editing_agrees_with_the_model(struct kunit *test)
{
	static const char keys[] = "aabb_  .\177\177\025\027";
	struct model *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);
	char *got = kunit_kzalloc(test, 4096, GFP_KERNEL);
	struct rnd_state rnd;
	size_t have = 0;
	int round, i;

	prandom_seed_state(&rnd, 20261122);
	for (round = 0; round < 200; round++) {
		int n = prandom_u32_state(&rnd) % 40;
		bool in_one_go = round % 4;
		char typed[40];
		ssize_t r;

		m->done = 0;
		have = 0;
		for (i = 0; i < n; i++) {
			typed[i] = keys[prandom_u32_state(&rnd) % (sizeof(keys) - 1)];
			model_key(m, typed[i]);
			if (!in_one_go)
				type_bytes(&typed[i], 1);
		}
		if (in_one_go)
			type_bytes(typed, n);
		if (m->lnext) {		/* else the newline would be a key like any other */
			model_key(m, '.');
			type(".");
		}
		model_key(m, '\n');
		type("\n");
		while ((r = read_tty(got + have, 4096 - have)) > 0)
			have += r;
		KUNIT_ASSERT_EQ(test, have, m->done);
		KUNIT_ASSERT_MEMEQ(test, got, m->lines, have);
		out_len = 0;
	}
}

/* ---- set up ---- */

static int n_tty_test_init(struct kunit *test)
{
	out_len = 0;
	out_room = OUT_SIZE - 1;
	file = filp_open("/dev/kunit_tty0", O_RDWR | O_NOCTTY | O_NONBLOCK, 0);
	return PTR_ERR_OR_ZERO(file);
}

static void n_tty_test_exit(struct kunit *test)
{
	if (!IS_ERR_OR_NULL(file))
		__fput_sync(file);
	file = NULL;
}

static int n_tty_suite_init(struct kunit_suite *suite)
{
	struct device *dev;
	int ret;

	tty_port_init(&port);
	driver = tty_alloc_driver(1, TTY_DRIVER_RESET_TERMIOS | TTY_DRIVER_DYNAMIC_DEV);
	if (IS_ERR(driver))
		return PTR_ERR(driver);
	driver->driver_name = "kunit_tty";
	driver->name = "kunit_tty";
	driver->type = TTY_DRIVER_TYPE_SYSTEM;
	driver->init_termios = tty_std_termios;
	tty_set_operations(driver, &keep_ops);
	ret = tty_register_driver(driver);
	if (ret)
		return ret;
	dev = tty_port_register_device(&port, driver, 0, NULL);
	return PTR_ERR_OR_ZERO(dev);
}

static void n_tty_suite_exit(struct kunit_suite *suite)
{
	if (IS_ERR_OR_NULL(driver))
		return;
	tty_unregister_device(driver, 0);
	tty_unregister_driver(driver);
	tty_driver_kref_put(driver);
	tty_port_destroy(&port);
}

static struct kunit_case n_tty_cases[] = {
	KUNIT_CASE(line_is_read_when_it_ends),
	KUNIT_CASE(line_is_read_in_parts),
	KUNIT_CASE(end_of_file_ends_a_line_and_reads_as_zero),
	KUNIT_CASE(erasing_is_shown),
	KUNIT_CASE(erased_tab_goes_back_to_where_it_began),
	KUNIT_CASE(word_and_line_are_erased),
	KUNIT_CASE(next_key_is_taken_as_it_is),
	KUNIT_CASE(reprint_shows_the_line_again),
	KUNIT_CASE(utf8_is_erased_by_characters),
	KUNIT_CASE(raw_input_is_read_at_once),
	KUNIT_CASE(what_was_typed_raw_is_a_line_afterwards),
	KUNIT_CASE(stop_key_stops_output),
	KUNIT_CASE(output_counts_columns),
	KUNIT_CASE(short_of_room_nothing_is_lost),
	KUNIT_CASE(too_long_a_line_can_still_be_ended),
	KUNIT_CASE(editing_agrees_with_the_model),
	{}
};

static struct kunit_suite n_tty_suite = {
	.name		= "n_tty",
	.suite_init	= n_tty_suite_init,
	.suite_exit	= n_tty_suite_exit,
	.init		= n_tty_test_init,
	.exit		= n_tty_test_exit,
	.test_cases	= n_tty_cases,
};
kunit_test_suite(n_tty_suite);
