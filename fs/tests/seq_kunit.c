// SPDX-License-Identifier: MIT
/* Sequences: reads of any size at any place give the same text; records that don't fit, errors. */

#include <kunit/test.h>

#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#define RECORDS	700	/* several pages of text */

static int started, stopped;

static void *numbers_start(struct seq_file *m, loff_t *pos)
{
	(void)m;
	started++;
	return *pos < RECORDS ? (void *)(unsigned long)(*pos + 1) : NULL;
}

static void *numbers_next(struct seq_file *m, void *v, loff_t *pos)
{
	(void)m;
	(void)v;
	++*pos;
	return *pos < RECORDS ? (void *)(unsigned long)(*pos + 1) : NULL;
}

static void numbers_stop(struct seq_file *m, void *v)
{
	(void)m;
	(void)v;
	stopped++;
}

/* Every third record isn't shown; one is longer than a page. */
static int numbers_show(struct seq_file *m, void *v)
{
	unsigned long n = (unsigned long)v - 1;
	int i;

	if (n % 3 == 2)
		return SEQ_SKIP;
	seq_printf(m, "record %lu\n", n);
	if (n == 300)
		for (i = 0; i < 6000; i++)
			seq_putc(m, 'a' + i % 26);
	return 0;
}

static const struct seq_operations numbers_ops = {
	.start = numbers_start, .next = numbers_next, .stop = numbers_stop, .show = numbers_show,
};

/* The text as it must be. */
static char *expected(struct kunit *test, size_t *len)
{
	char *text = kunit_kzalloc(test, 32768, GFP_KERNEL);
	size_t at = 0;
	int n, i;

	for (n = 0; text && n < RECORDS; n++) {
		if (n % 3 == 2)
			continue;
		at += sprintf(text + at, "record %d\n", n);
		if (n == 300)
			for (i = 0; i < 6000; i++)
				text[at++] = 'a' + i % 26;
	}
	*len = at;
	return text;
}

/* A struct file that has only what a sequence looks at. */
static struct file *sequence(struct kunit *test, const struct seq_operations *ops)
{
	struct file *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	KUNIT_ASSERT_EQ(test, seq_open(f, ops), 0);
	started = stopped = 0;
	return f;
}

static ssize_t read_at(struct file *f, char *buf, size_t len, loff_t *pos)
{
	struct kvec vec = { .iov_base = buf, .iov_len = len };
	struct iov_iter iter;
	struct kiocb kiocb;
	ssize_t ret;

	iov_iter_kvec(&iter, ITER_DEST, &vec, 1, len);
	init_sync_kiocb(&kiocb, f);
	kiocb.ki_pos = *pos;
	ret = seq_read_iter(&kiocb, &iter);
	*pos = kiocb.ki_pos;
	return ret;
}

static void reads_of_any_size_give_the_text(struct kunit *test)
{
	static const size_t sizes[] = { 1, 7, 100, 4096, 5000, 32768 };
	char *buf = kunit_kzalloc(test, 32768, GFP_KERNEL), *text;
	size_t len, at;
	unsigned int i;

	text = expected(test, &len);
	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_ASSERT_NOT_NULL(test, buf);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct file *f = sequence(test, &numbers_ops);
		loff_t pos = 0;

		for (at = 0;;) {
			ssize_t n = read_at(f, buf + at, min(sizes[i], 32768 - at), &pos);

			KUNIT_ASSERT_GE(test, n, 0);
			if (!n)
				break;
			at += n;
		}
		KUNIT_EXPECT_EQ(test, at, len);
		KUNIT_EXPECT_EQ(test, memcmp(buf, text, len), 0);
		KUNIT_EXPECT_EQ(test, started, stopped);
		seq_release(NULL, f);
	}
}

static void a_read_elsewhere_walks_from_the_start(struct kunit *test)
{
	static const loff_t places[] = { 5000, 17, 9000, 0, 3500, 9001 };
	struct file *f = sequence(test, &numbers_ops);
	char buf[64], *text;
	unsigned int i;
	size_t len;

	text = expected(test, &len);
	KUNIT_ASSERT_NOT_NULL(test, text);
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		loff_t pos = places[i];

		KUNIT_EXPECT_GT(test, read_at(f, buf, sizeof(buf), &pos), 0);
		KUNIT_EXPECT_EQ(test, memcmp(buf, text + places[i], 8), 0);
	}
	seq_release(NULL, f);
}

static void seeking_sets_the_place_of_the_next_read(struct kunit *test)
{
	struct file *f = sequence(test, &numbers_ops);
	char buf[8], *text;
	size_t len;

	text = expected(test, &len);
	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_EQ(test, seq_lseek(f, 4321, SEEK_SET), 4321);
	KUNIT_EXPECT_EQ(test, read_at(f, buf, 8, &f->f_pos), 8);
	KUNIT_EXPECT_EQ(test, memcmp(buf, text + 4321, 8), 0);
	KUNIT_EXPECT_EQ(test, seq_lseek(f, -1, SEEK_SET), -EINVAL);
	KUNIT_EXPECT_EQ(test, seq_lseek(f, 0, SEEK_END), -EINVAL);
	seq_release(NULL, f);
}

static void *failing_start(struct seq_file *m, loff_t *pos)
{
	(void)m;
	(void)pos;
	started++;
	return ERR_PTR(-EACCES);
}

static void an_error_of_start_is_the_answer(struct kunit *test)
{
	static const struct seq_operations ops = {
		.start = failing_start, .next = numbers_next, .stop = numbers_stop,
		.show = numbers_show,
	};
	struct file *f = sequence(test, &ops);
	loff_t pos = 0;
	char c;

	KUNIT_EXPECT_EQ(test, read_at(f, &c, 1, &pos), -EACCES);
	KUNIT_EXPECT_EQ(test, pos, 0);
	KUNIT_EXPECT_EQ(test, started, stopped);
	seq_release(NULL, f);
}

static int show_numbers_of_all_kinds(struct seq_file *m, void *v)
{
	(void)v;
	seq_put_decimal_ull(m, "a ", 0);
	seq_put_decimal_ll(m, " ", LLONG_MIN);
	seq_put_decimal_ull_width(m, " ", 42, 6);
	seq_put_hex_ll(m, " ", 0xbeef, 8);
	seq_escape(m, " x\ty\n", "\t\n");
	return 0;
}

static void numbers_are_printed_as_by_printf(struct kunit *test)
{
	struct file *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	char buf[128] = "";
	loff_t pos = 0;

	KUNIT_ASSERT_NOT_NULL(test, f);
	KUNIT_ASSERT_EQ(test, single_open(f, show_numbers_of_all_kinds, NULL), 0);
	KUNIT_EXPECT_GT(test, read_at(f, buf, sizeof(buf) - 1, &pos), 0);
	KUNIT_EXPECT_STREQ(test, buf, "a 0 -9223372036854775808     42 0000beef x\\011y\\012");
	single_release(NULL, f);
}

static struct kunit_case seq_test_cases[] = {
	KUNIT_CASE(reads_of_any_size_give_the_text),
	KUNIT_CASE(a_read_elsewhere_walks_from_the_start),
	KUNIT_CASE(seeking_sets_the_place_of_the_next_read),
	KUNIT_CASE(an_error_of_start_is_the_answer),
	KUNIT_CASE(numbers_are_printed_as_by_printf),
	{}
};

static struct kunit_suite seq_test_suite = {
	.name = "seq_file",
	.test_cases = seq_test_cases,
};
kunit_test_suite(seq_test_suite);
