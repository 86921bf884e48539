// SPDX-License-Identifier: MIT
/*
 * Fortified string calls: each kind of overflow is tried and counted, and nothing is written.
 *
 * fortify_panic() is redefined, as <linux/fortify-string.h> allows: it counts, and the call returns
 * without doing its work. One case for each direction lets the real one end a thread. What may not
 * even compile is in tools/testing/fortify/.
 */

#include <linux/types.h>

static void count_overflow(int write);

#define fortify_panic(func, write, avail, size, retfail) do {			\
	count_overflow(write);							\
	return (retfail);							\
} while (0)

#define fortify_warn_once(condition, ...) do {					\
	if (condition)								\
		field_overflows++;						\
} while (0)

static int read_overflows, write_overflows, field_overflows;

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/slab.h>
#include <linux/string.h>

static void count_overflow(int write)
{
	if (write)
		write_overflows++;
	else
		read_overflows++;
}

static int start_counting(struct kunit *test)
{
	read_overflows = write_overflows = field_overflows = 0;
	return 0;
}

#define EXPECT_COUNTS(test, reads, writes) do {					\
	KUNIT_EXPECT_EQ(test, read_overflows, reads);				\
	KUNIT_EXPECT_EQ(test, write_overflows, writes);				\
} while (0)

/* A number that the compiler can't know. */
static __always_inline size_t hidden(size_t n)
{
	OPTIMIZER_HIDE_VAR(n);
	return n;
}

/* A small buffer between bytes that must survive. */
struct padded {
	unsigned long before;
	char buf[32];
	unsigned long after;
};

#define CLEAN(pad) ((pad).before == 0 && (pad).after == 0)

static void size_of_an_array_is_known(struct kunit *test)
{
	struct padded pad;

	KUNIT_EXPECT_EQ(test, __member_size(pad.buf), 32);
	KUNIT_EXPECT_EQ(test, __struct_size(pad.buf), 32 + sizeof(long));
	KUNIT_EXPECT_EQ(test, __member_size(&pad.buf[10]), 22);
}

static void size_of_a_kmalloc_is_known(struct kunit *test)
{
	char *p = kmalloc(40, GFP_KERNEL);

	KUNIT_EXPECT_EQ(test, __struct_size(p), 40);
	kfree(p);
}

static void size_behind_a_pointer_is_unknown(struct kunit *test)
{
	char *p = test->priv;

	OPTIMIZER_HIDE_VAR(p);
	KUNIT_EXPECT_EQ(test, __struct_size(p), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, __member_size(p), SIZE_MAX);
}

static void length_of_a_literal_is_a_constant(struct kunit *test)
{
	static const char text[] = "twelve chars";
	static const size_t len = strlen("abc");

	KUNIT_EXPECT_EQ(test, len, 3);
	KUNIT_EXPECT_EQ(test, __compiletime_strlen("twelve chars"), 12);
	KUNIT_EXPECT_EQ(test, __compiletime_strlen(text), 12);
	KUNIT_EXPECT_EQ(test, __compiletime_strlen((char *)test->priv), SIZE_MAX);
}

/* --- Strings ---------------------------------------------------------------------------------- */

static void strlen_of_an_unterminated_array_is_caught(struct kunit *test)
{
	struct padded pad = { };

	memset(pad.buf, 'x', sizeof(pad.buf) - 1);
	KUNIT_EXPECT_EQ(test, strlen(pad.buf), 31);
	EXPECT_COUNTS(test, 0, 0);
	pad.buf[hidden(31)] = 'x';
	KUNIT_EXPECT_EQ(test, strlen(pad.buf), 32);
	EXPECT_COUNTS(test, 1, 0);
}

static void strnlen_may_ask_for_more_than_there_is_if_it_ends(struct kunit *test)
{
	struct padded pad = { };

	memset(pad.buf, 'x', sizeof(pad.buf) - 1);
	KUNIT_EXPECT_EQ(test, strnlen(pad.buf, hidden(100)), 31);
	KUNIT_EXPECT_EQ(test, strnlen(pad.buf, hidden(5)), 5);
	EXPECT_COUNTS(test, 0, 0);
	pad.buf[hidden(31)] = 'x';
	KUNIT_EXPECT_EQ(test, strnlen(pad.buf, hidden(32)), 32);
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_EQ(test, strnlen(pad.buf, hidden(33)), 32);
	EXPECT_COUNTS(test, 1, 0);
}

static void strcpy_that_does_not_fit_is_caught(struct kunit *test)
{
	struct padded pad = { };
	char src[40] = "0123456789012345678901234567890";

	KUNIT_EXPECT_PTR_EQ(test, strcpy(pad.buf, src), (char *)pad.buf);
	KUNIT_EXPECT_STREQ(test, pad.buf, src);
	EXPECT_COUNTS(test, 0, 0);
	src[hidden(31)] = '1';
	strcpy(pad.buf, src);
	EXPECT_COUNTS(test, 0, 1);
	KUNIT_EXPECT_TRUE(test, CLEAN(pad));
	KUNIT_EXPECT_EQ(test, pad.buf[31], '\0');
}

static void strncpy_beyond_the_buffer_is_caught(struct kunit *test)
{
	struct padded pad = { };

	strncpy(pad.buf, "abc", hidden(32));
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_STREQ(test, pad.buf, "abc");
	strncpy(pad.buf, "xyz", hidden(33));
	EXPECT_COUNTS(test, 0, 1);
	KUNIT_EXPECT_STREQ(test, pad.buf, "abc");
	KUNIT_EXPECT_TRUE(test, CLEAN(pad));
}

static void strscpy_is_judged_by_what_it_would_write(struct kunit *test)
{
	struct padded pad = { };
	char src[64] = "short";

	/* more room claimed than there is, but the string fits */
	KUNIT_EXPECT_EQ(test, strscpy(pad.buf, src, hidden(64)), 5);
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_STREQ(test, pad.buf, "short");
	/* cut to the true size */
	memset(src, 'y', sizeof(src) - 1);
	KUNIT_EXPECT_EQ(test, strscpy(pad.buf, src, hidden(32)), -E2BIG);
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_EQ(test, strlen(pad.buf), 31);
	KUNIT_EXPECT_EQ(test, strscpy(pad.buf, src, hidden(33)), -E2BIG);
	EXPECT_COUNTS(test, 0, 1);
	KUNIT_EXPECT_TRUE(test, CLEAN(pad));
}

static void strscpy_from_an_unterminated_array_is_caught(struct kunit *test)
{
	struct padded pad = { };
	char dst[64] = "";

	memset(pad.buf, 'z', sizeof(pad.buf));
	strscpy(dst, pad.buf, hidden(20));
	EXPECT_COUNTS(test, 0, 0);
	strscpy(dst, pad.buf, hidden(64));
	EXPECT_COUNTS(test, 1, 0);
}

static void strcat_beyond_the_buffer_is_caught(struct kunit *test)
{
	struct padded pad = { };
	char src[40] = "0123456789";

	strcat(pad.buf, src);
	strcat(pad.buf, src);
	strcat(pad.buf, src);
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_EQ(test, strlen(pad.buf), 30);
	strcat(pad.buf, "x");
	EXPECT_COUNTS(test, 0, 0);
	strcat(pad.buf, src);
	EXPECT_COUNTS(test, 0, 1);
	KUNIT_EXPECT_TRUE(test, CLEAN(pad));
	KUNIT_EXPECT_EQ(test, strlen(pad.buf), 31);
}

static void strncat_counts_its_nul(struct kunit *test)
{
	struct padded pad = { };
	char src[40] = "01234567890123456789012345678901";

	strncat(pad.buf, src, hidden(31));
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_EQ(test, strlen(pad.buf), 31);
	pad.buf[0] = '\0';
	strncat(pad.buf, src, hidden(32));
	EXPECT_COUNTS(test, 0, 1);
	KUNIT_EXPECT_TRUE(test, CLEAN(pad));
}

static void strlcat_cuts_at_its_limit_and_no_later(struct kunit *test)
{
	struct padded pad = { };
	char src[40] = "0123456789";

	strcpy(pad.buf, "ab");
	KUNIT_EXPECT_EQ(test, strlcat(pad.buf, src, hidden(8)), 12);
	KUNIT_EXPECT_STREQ(test, pad.buf, "ab01234");
	KUNIT_EXPECT_EQ(test, strlcat(pad.buf, src, hidden(32)), 17);
	EXPECT_COUNTS(test, 0, 0);
	/* a limit above the size does no harm while the text fits ... */
	KUNIT_EXPECT_EQ(test, strlcat(pad.buf, src, hidden(33)), 27);
	EXPECT_COUNTS(test, 0, 0);
	/* ... and is stopped when it doesn't */
	strlcat(pad.buf, src, hidden(60));
	EXPECT_COUNTS(test, 0, 1);
	KUNIT_EXPECT_TRUE(test, CLEAN(pad));
}

static void strlcat_to_an_unterminated_array_is_caught(struct kunit *test)
{
	struct padded pad = { };
	char src[4] = "abc";

	memset(pad.buf, 'x', sizeof(pad.buf));
	KUNIT_EXPECT_EQ(test, strlcat(pad.buf, src, hidden(32)), 35);
	EXPECT_COUNTS(test, 0, 0);
	strlcat(pad.buf, src, hidden(33));
	EXPECT_COUNTS(test, 1, 0);
}

/* --- Blocks ----------------------------------------------------------------------------------- */

static void memcpy_beyond_the_destination_is_a_write_overflow(struct kunit *test)
{
	char dst[8] = "", src[64] = "";

	memcpy(dst, src, hidden(8));
	EXPECT_COUNTS(test, 0, 0);
	/* counted; the copy itself is not stopped by a counting fortify_panic(), so none is made */
	KUNIT_EXPECT_TRUE(test, fortify_memcpy_chk(hidden(9), sizeof(dst), sizeof(src), sizeof(dst),
						   sizeof(src), FORTIFY_FUNC_memcpy));
	EXPECT_COUNTS(test, 0, 1);
}

static void memcpy_beyond_the_source_is_a_read_overflow(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, fortify_memcpy_chk(hidden(9), 64, 8, 64, 8, FORTIFY_FUNC_memcpy));
	EXPECT_COUNTS(test, 1, 0);
}

static void memcpy_over_members_is_told_of(struct kunit *test)
{
	struct {
		char one[8];
		char two[8];
		int last;
	} s = { };
	char src[16] = "0123456789abcde";

	memcpy(s.one, src, hidden(8));
	KUNIT_EXPECT_EQ(test, field_overflows, 0);
	memcpy(s.one, src, hidden(9));
	KUNIT_EXPECT_EQ(test, field_overflows, 1);
	/* said, and done: it stays in the object */
	KUNIT_EXPECT_EQ(test, s.two[0], '8');
	EXPECT_COUNTS(test, 0, 0);
	unsafe_memcpy(s.one, src, hidden(16), "a test of it");
	KUNIT_EXPECT_EQ(test, field_overflows, 1);
	KUNIT_EXPECT_EQ(test, s.two[7], '\0');
}

static void memset_beyond_the_object_is_caught(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, fortify_memset_chk(hidden(8), 8, 8));
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_TRUE(test, fortify_memset_chk(hidden(9), 8, 8));
	EXPECT_COUNTS(test, 0, 1);
}

static void memcmp_beyond_either_side_is_caught(struct kunit *test)
{
	char a[8] = "", b[16] = "";

	KUNIT_EXPECT_EQ(test, memcmp(a, b, hidden(8)), 0);
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_EQ(test, memcmp(a, b, hidden(9)), INT_MIN);
	EXPECT_COUNTS(test, 1, 0);
	KUNIT_EXPECT_EQ(test, memcmp(b, a, hidden(9)), INT_MIN);
	EXPECT_COUNTS(test, 2, 0);
}

static void searches_beyond_the_object_are_caught(struct kunit *test)
{
	char a[8] = "abcdefg";

	KUNIT_EXPECT_PTR_EQ(test, memchr(a, 'g', hidden(8)), (void *)&a[6]);
	KUNIT_EXPECT_PTR_EQ(test, memscan(a, 'c', hidden(8)), (void *)&a[2]);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(a, 'a', hidden(8)), (void *)&a[1]);
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_NULL(test, memchr(a, 'g', hidden(9)));
	EXPECT_COUNTS(test, 1, 0);
	KUNIT_EXPECT_NULL(test, memscan(a, 'g', hidden(9)));
	EXPECT_COUNTS(test, 2, 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(a, 'a', hidden(9)));
	EXPECT_COUNTS(test, 3, 0);
}

static void kmemdup_of_more_than_there_is_is_caught(struct kunit *test)
{
	char a[8] = "abcdefg";
	char *copy = kmemdup(a, hidden(8), GFP_KERNEL);

	KUNIT_EXPECT_NOT_NULL(test, copy);
	kfree(copy);
	EXPECT_COUNTS(test, 0, 0);
	KUNIT_EXPECT_NULL(test, kmemdup(a, hidden(9), GFP_KERNEL));
	EXPECT_COUNTS(test, 1, 0);
}

static void overflow_of_a_kmalloc_is_caught(struct kunit *test)
{
	size_t size = hidden(24);
	char *p = kmalloc(size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	strncpy(p, "fits", hidden(24));
	EXPECT_COUNTS(test, 0, 0);
	strncpy(p, "does not", hidden(25));
	EXPECT_COUNTS(test, 0, 1);
	KUNIT_EXPECT_STREQ(test, p, "fits");
	kfree(p);
}

/* --- The real thing --------------------------------------------------------------------------- */

static void overflow_now(void *data)
{
	__fortify_panic(FORTIFY_REASON(FORTIFY_FUNC_strcpy, FORTIFY_WRITE), 8, 9);
}

static void caught(void *data)
{
	*(bool *)data = true;
}

static void an_overflow_is_reported_and_ends_the_task(struct kunit *test)
{
	struct kunit_try_catch try_catch;
	bool ended = false;

	kunit_expect_report(test, REPORT_WARN);
	kunit_expect_report(test, REPORT_BUG);
	kunit_try_catch_init(&try_catch, test, overflow_now, caught);
	kunit_try_catch_run(&try_catch, &ended);
	KUNIT_EXPECT_TRUE(test, ended);
}

static void an_unknown_reason_is_printed_as_such(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	__fortify_report(0xff, 1, 2);
}

static struct kunit_case fortify_cases[] = {
	KUNIT_CASE(size_of_an_array_is_known),
	KUNIT_CASE(size_of_a_kmalloc_is_known),
	KUNIT_CASE(size_behind_a_pointer_is_unknown),
	KUNIT_CASE(length_of_a_literal_is_a_constant),
	KUNIT_CASE(strlen_of_an_unterminated_array_is_caught),
	KUNIT_CASE(strnlen_may_ask_for_more_than_there_is_if_it_ends),
	KUNIT_CASE(strcpy_that_does_not_fit_is_caught),
	KUNIT_CASE(strncpy_beyond_the_buffer_is_caught),
	KUNIT_CASE(strscpy_is_judged_by_what_it_would_write),
	KUNIT_CASE(strscpy_from_an_unterminated_array_is_caught),
	KUNIT_CASE(strcat_beyond_the_buffer_is_caught),
	KUNIT_CASE(strncat_counts_its_nul),
	KUNIT_CASE(strlcat_cuts_at_its_limit_and_no_later),
	KUNIT_CASE(strlcat_to_an_unterminated_array_is_caught),
	KUNIT_CASE(memcpy_beyond_the_destination_is_a_write_overflow),
	KUNIT_CASE(memcpy_beyond_the_source_is_a_read_overflow),
	KUNIT_CASE(memcpy_over_members_is_told_of),
	KUNIT_CASE(memset_beyond_the_object_is_caught),
	KUNIT_CASE(memcmp_beyond_either_side_is_caught),
	KUNIT_CASE(searches_beyond_the_object_are_caught),
	KUNIT_CASE(kmemdup_of_more_than_there_is_is_caught),
	KUNIT_CASE(overflow_of_a_kmalloc_is_caught),
	KUNIT_CASE(an_overflow_is_reported_and_ends_the_task),
	KUNIT_CASE(an_unknown_reason_is_printed_as_such),
	{}
};

static struct kunit_suite fortify_suite = {
	.name = "fortify",
	.init = start_counting,
	.test_cases = fortify_cases,
};
kunit_test_suite(fortify_suite);

MODULE_LICENSE("MIT");
