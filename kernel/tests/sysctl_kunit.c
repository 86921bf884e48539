// SPDX-License-Identifier: MIT
/* The handlers of /proc/sys: text to variables and back (kernel/sysctl.c). */

#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/sysctl.h>

/* Write @text as one write(2) at the start would. Return: the error, or what was taken. */
static long put(const struct ctl_table *table, const char *text)
{
	size_t len = strlen(text);
	loff_t pos = 0;
	int err = table->proc_handler(table, 1, (void *)text, &len, &pos);

	return err ? err : (long)len;
}

static const char *get(struct kunit *test, const struct ctl_table *table)
{
	size_t len = 256;
	char *buf = kunit_kzalloc(test, len, GFP_KERNEL);
	loff_t pos = 0;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	KUNIT_EXPECT_EQ(test, table->proc_handler(table, 0, buf, &len, &pos), 0);
	KUNIT_EXPECT_EQ(test, (size_t)pos, len);
	buf[len] = '\0';
	return buf;
}

static void an_int_takes_three_bases_and_a_sign(struct kunit *test)
{
	int v = 0;
	struct ctl_table t = { .data = &v, .maxlen = sizeof(v), .proc_handler = proc_dointvec };

	KUNIT_EXPECT_EQ(test, put(&t, "42\n"), 3);
	KUNIT_EXPECT_EQ(test, v, 42);
	KUNIT_EXPECT_EQ(test, put(&t, " -0x2a "), 7);
	KUNIT_EXPECT_EQ(test, v, -42);
	KUNIT_EXPECT_EQ(test, put(&t, "010"), 3);
	KUNIT_EXPECT_EQ(test, v, 8);
	KUNIT_EXPECT_EQ(test, put(&t, "-2147483648"), 11);
	KUNIT_EXPECT_EQ(test, v, INT_MIN);
	KUNIT_EXPECT_STREQ(test, get(test, &t), "-2147483648\n");
}

static void what_is_no_number_changes_nothing(struct kunit *test)
{
	static const char *const bad[] = {
		"", " ", "\n", "x", "-", "1x", "--1", "0x", "2147483648", "-2147483649",
		"18446744073709551616", "111111111111111111111111",
	};
	int v = 7, i;
	struct ctl_table t = { .data = &v, .maxlen = sizeof(v), .proc_handler = proc_dointvec };

	for (i = 1; i < ARRAY_SIZE(bad); i++) {
		KUNIT_EXPECT_EQ_MSG(test, put(&t, bad[i]), -EINVAL, "'%s'", bad[i]);
		KUNIT_EXPECT_EQ(test, v, 7);
	}
	KUNIT_EXPECT_EQ(test, put(&t, bad[0]), 0);
}

static void a_vector_keeps_what_is_not_written(struct kunit *test)
{
	int v[3] = { 1, 2, 3 };
	struct ctl_table t = { .data = v, .maxlen = sizeof(v), .proc_handler = proc_dointvec };

	KUNIT_EXPECT_STREQ(test, get(test, &t), "1\t2\t3\n");
	KUNIT_EXPECT_EQ(test, put(&t, "9\t8"), 3);
	KUNIT_EXPECT_STREQ(test, get(test, &t), "9\t8\t3\n");
	/* What comes behind the last value is left. */
	KUNIT_EXPECT_EQ(test, put(&t, "4 5 6 7"), 6);
	KUNIT_EXPECT_STREQ(test, get(test, &t), "4\t5\t6\n");
	KUNIT_EXPECT_EQ(test, put(&t, "0 x"), -EINVAL);
	KUNIT_EXPECT_STREQ(test, get(test, &t), "0\t5\t6\n");
}

static void bounds_are_inclusive(struct kunit *test)
{
	int v = 1;
	unsigned int u = 1, lo = 1, hi = 4;
	struct ctl_table t = { .data = &v, .maxlen = sizeof(v), .extra1 = SYSCTL_ONE,
			       .extra2 = SYSCTL_FOUR, .proc_handler = proc_dointvec_minmax };
	struct ctl_table tu = { .data = &u, .maxlen = sizeof(u), .extra1 = &lo, .extra2 = &hi,
				.proc_handler = proc_douintvec_minmax };

	KUNIT_EXPECT_EQ(test, put(&t, "4"), 1);
	KUNIT_EXPECT_EQ(test, put(&t, "5"), -EINVAL);
	KUNIT_EXPECT_EQ(test, put(&t, "0"), -EINVAL);
	KUNIT_EXPECT_EQ(test, v, 4);
	KUNIT_EXPECT_EQ(test, put(&tu, "4"), 1);
	KUNIT_EXPECT_EQ(test, put(&tu, "5"), -EINVAL);
	KUNIT_EXPECT_EQ(test, put(&tu, "-1"), -EINVAL);
	KUNIT_EXPECT_EQ(test, put(&tu, "1 2"), 3);
	KUNIT_EXPECT_EQ(test, u, 1U);
	KUNIT_EXPECT_EQ(test, put(&tu, "3\n"), 2);
	KUNIT_EXPECT_EQ(test, u, 3U);
}

static void a_negative_unsigned_long_is_passed_over(struct kunit *test)
{
	unsigned long v[2] = { 5, 6 };
	struct ctl_table t = { .data = v, .maxlen = sizeof(v),
			       .proc_handler = proc_doulongvec_minmax };

	KUNIT_EXPECT_EQ(test, put(&t, "-1 7"), 4);
	KUNIT_EXPECT_EQ(test, v[0], 5UL);
	KUNIT_EXPECT_EQ(test, v[1], 7UL);
	KUNIT_EXPECT_EQ(test, put(&t, "18446744073709551615"), 20);
	KUNIT_EXPECT_EQ(test, v[0], ULONG_MAX);
	KUNIT_EXPECT_EQ(test, put(&t, "18446744073709551616"), -EINVAL);
}

static void jiffies_are_seconds_outside(struct kunit *test)
{
	int v = 5 * HZ;
	struct ctl_table t = { .data = &v, .maxlen = sizeof(v),
			       .proc_handler = proc_dointvec_jiffies };

	KUNIT_EXPECT_STREQ(test, get(test, &t), "5\n");
	KUNIT_EXPECT_EQ(test, put(&t, "7"), 1);
	KUNIT_EXPECT_EQ(test, v, 7 * HZ);
	t.proc_handler = proc_dointvec_ms_jiffies;
	KUNIT_EXPECT_EQ(test, put(&t, "1000"), 4);
	KUNIT_EXPECT_EQ(test, v, HZ);
	KUNIT_EXPECT_STREQ(test, get(test, &t), "1000\n");
}

static void a_bool_is_zero_or_one(struct kunit *test)
{
	bool v = false;
	struct ctl_table t = { .data = &v, .maxlen = sizeof(v), .proc_handler = proc_dobool };

	KUNIT_EXPECT_EQ(test, put(&t, "1"), 1);
	KUNIT_EXPECT_TRUE(test, v);
	KUNIT_EXPECT_EQ(test, put(&t, "2"), -EINVAL);
	KUNIT_EXPECT_STREQ(test, get(test, &t), "1\n");
}

static void a_string_ends_with_its_line_and_fits(struct kunit *test)
{
	char v[8] = "old";
	struct ctl_table t = { .data = v, .maxlen = sizeof(v), .proc_handler = proc_dostring };

	KUNIT_EXPECT_STREQ(test, get(test, &t), "old\n");
	KUNIT_EXPECT_EQ(test, put(&t, "new\nrest"), 8);
	KUNIT_EXPECT_STREQ(test, v, "new");
	KUNIT_EXPECT_EQ(test, put(&t, "0123456789"), 10);
	KUNIT_EXPECT_STREQ(test, v, "0123456");
}

static void later_writes_of_a_number_have_no_effect(struct kunit *test)
{
	int v = 7;
	struct ctl_table t = { .data = &v, .maxlen = sizeof(v), .proc_handler = proc_dointvec };
	char text[] = "9";
	size_t len = 1;
	loff_t pos = 1;

	KUNIT_EXPECT_EQ(test, proc_dointvec(&t, 1, text, &len, &pos), 0);
	KUNIT_EXPECT_EQ(test, len, (size_t)1);
	KUNIT_EXPECT_EQ(test, v, 7);
	len = 1;
	pos = 1;
	KUNIT_EXPECT_EQ(test, proc_dointvec(&t, 0, text, &len, &pos), 0);
	KUNIT_EXPECT_EQ(test, len, (size_t)0);
}

static void short_buffers_get_the_beginning(struct kunit *test)
{
	int v[2] = { 123456, 7 };
	struct ctl_table t = { .data = v, .maxlen = sizeof(v), .proc_handler = proc_dointvec };
	char text[4] = "...";
	size_t len = 2;
	loff_t pos = 0;

	KUNIT_EXPECT_EQ(test, proc_dointvec(&t, 0, text, &len, &pos), 0);
	KUNIT_EXPECT_EQ(test, len, (size_t)2);
	KUNIT_EXPECT_STREQ(test, text, "12.");
}

static void tables_register_once(struct kunit *test)
{
	static int v;
	static const struct ctl_table t[] = {
		{ .procname = "a", .data = &v, .maxlen = sizeof(v), .mode = 0644,
		  .proc_handler = proc_dointvec },
		{ .procname = "b", .data = &v, .maxlen = sizeof(v), .mode = 0444,
		  .proc_handler = proc_dointvec },
	};
	struct ctl_table_header *first, *again;

	first = register_sysctl("kunit/one/two", t);
	KUNIT_ASSERT_NOT_NULL(test, first);
	unregister_sysctl_table(first);
	/* Its folders went with it, so that they can be made again. */
	again = register_sysctl("kunit/one/two", t);
	KUNIT_ASSERT_NOT_NULL(test, again);
	unregister_sysctl_table(again);
}

static struct kunit_case sysctl_cases[] = {
	KUNIT_CASE(an_int_takes_three_bases_and_a_sign),
	KUNIT_CASE(what_is_no_number_changes_nothing),
	KUNIT_CASE(a_vector_keeps_what_is_not_written),
	KUNIT_CASE(bounds_are_inclusive),
	KUNIT_CASE(a_negative_unsigned_long_is_passed_over),
	KUNIT_CASE(jiffies_are_seconds_outside),
	KUNIT_CASE(a_bool_is_zero_or_one),
	KUNIT_CASE(a_string_ends_with_its_line_and_fits),
	KUNIT_CASE(later_writes_of_a_number_have_no_effect),
	KUNIT_CASE(short_buffers_get_the_beginning),
	KUNIT_CASE(tables_register_once),
	{}
};

static struct kunit_suite sysctl_suite = {
	.name		= "sysctl",
	.test_cases	= sysctl_cases,
};
kunit_test_suite(sysctl_suite);
