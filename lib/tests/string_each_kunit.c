// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/string.h>, call by call: the borders of each (nothing, one character, the last
 * byte before an unmapped page) and what its documentation promises. fastpath_kunit.c holds the
 * machine's own versions against the portable ones; string_kunit.c tests them over lengths and
 * alignments.
 */

#include <kunit/test.h>

#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* Two pages, and nothing mapped behind them. */
static char *area;
#define AREA	(2 * PAGE_SIZE)

static int make_area(struct kunit_suite *suite)
{
	area = vmalloc(AREA);
	return area ? 0 : -ENOMEM;
}

static void free_area(struct kunit_suite *suite)
{
	vfree(area);
}

/* @text with its NUL in the last bytes of the area. */
static char *at_end(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(area + AREA - size, text, size);
}

/* The same without its NUL: whoever looks for it faults. */
static char *at_end_unterminated(const char *text)
{
	size_t size = strlen(text);

	return memcpy(area + AREA - size, text, size);
}

static void strlen_of_the_last_string_before_a_hole(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strlen(at_end("")), 0);
	KUNIT_EXPECT_EQ(test, strlen(at_end("a")), 1);
	KUNIT_EXPECT_EQ(test, strlen(at_end("a rather longer text")), 20);
}

static void strnlen_reads_no_more_than_its_count(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strnlen(at_end_unterminated("abc"), 3), 3);
	KUNIT_EXPECT_EQ(test, strnlen(at_end("abc"), 100), 3);
	KUNIT_EXPECT_EQ(test, strnlen(area + AREA, 0), 0);
}

static void strcmp_stops_at_the_difference(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strcmp(at_end(""), ""), 0);
	KUNIT_EXPECT_LT(test, strcmp(at_end("ab"), "abc"), 0);
	KUNIT_EXPECT_GT(test, strcmp(at_end("b"), "abc"), 0);
	KUNIT_EXPECT_LT(test, strcmp(at_end_unterminated("a"), "b"), 0);
	KUNIT_EXPECT_GT(test, strcmp("\x80", at_end("\x7f")), 0);
}

static void strncmp_reads_no_more_than_its_count(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strncmp(at_end_unterminated("abc"), "abcdef", 3), 0);
	KUNIT_EXPECT_EQ(test, strncmp("x", "y", 0), 0);
	KUNIT_EXPECT_LT(test, strncmp("abc", "abd", 3), 0);
	KUNIT_EXPECT_EQ(test, strncmp("abc", "abd", 2), 0);
	KUNIT_EXPECT_EQ(test, strncmp(at_end("ab"), "ab", 100), 0);
}

static void strcasecmp_folds_ascii_letters(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strcasecmp("HeLLo", "hEllO"), 0);
	KUNIT_EXPECT_LT(test, strcasecmp("a", "B"), 0);
	KUNIT_EXPECT_GT(test, strcasecmp("C", "b"), 0);
	KUNIT_EXPECT_NE(test, strcasecmp("[", "{"), 0);
}

static void strncasecmp_reads_no_more_than_its_count(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strncasecmp(at_end_unterminated("ABC"), "abcdef", 3), 0);
	KUNIT_EXPECT_EQ(test, strncasecmp("a", "b", 0), 0);
	KUNIT_EXPECT_LT(test, strncasecmp("AB", "ac", 2), 0);
}

static void strchr_finds_the_first_and_the_nul(struct kunit *test)
{
	char *s = at_end("abcabc");

	KUNIT_EXPECT_PTR_EQ(test, strchr(s, 'b'), s + 1);
	KUNIT_EXPECT_PTR_EQ(test, strchr(s, '\0'), s + 6);
	KUNIT_EXPECT_NULL(test, strchr(s, 'x'));
}

static void strrchr_finds_the_last_and_the_nul(struct kunit *test)
{
	char *s = at_end("abcabc");

	KUNIT_EXPECT_PTR_EQ(test, strrchr(s, 'b'), s + 4);
	KUNIT_EXPECT_PTR_EQ(test, strrchr(s, '\0'), s + 6);
	KUNIT_EXPECT_NULL(test, strrchr(s, 'x'));
}

static void strchrnul_ends_at_the_nul(struct kunit *test)
{
	char *s = at_end("abc");

	KUNIT_EXPECT_PTR_EQ(test, strchrnul(s, 'b'), s + 1);
	KUNIT_EXPECT_PTR_EQ(test, strchrnul(s, 'x'), s + 3);
	KUNIT_EXPECT_PTR_EQ(test, strnchrnul(s, 2, 'c'), s + 2);
	KUNIT_EXPECT_PTR_EQ(test, strnchrnul(s, 10, 'x'), s + 3);
}

static void strnchr_reads_no_more_than_its_count(struct kunit *test)
{
	char *s = at_end_unterminated("abc");

	KUNIT_EXPECT_PTR_EQ(test, strnchr(s, 3, 'c'), s + 2);
	KUNIT_EXPECT_NULL(test, strnchr(s, 2, 'c'));
	KUNIT_EXPECT_NULL(test, strnchr(s, 3, 'x'));
	KUNIT_EXPECT_NULL(test, strnchr(s, 0, 'a'));
}

static void strstr_finds_the_empty_string_at_once(struct kunit *test)
{
	char *s = at_end("abcabd");

	KUNIT_EXPECT_PTR_EQ(test, strstr(s, ""), s);
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, "abd"), s + 3);
	KUNIT_EXPECT_NULL(test, strstr(s, "abdx"));
	KUNIT_EXPECT_NULL(test, strstr(at_end(""), "a"));
}

static void strnstr_reads_no_more_than_its_count(struct kunit *test)
{
	char *s = at_end_unterminated("abcabd");

	KUNIT_EXPECT_PTR_EQ(test, strnstr(s, "abd", 6), s + 3);
	KUNIT_EXPECT_NULL(test, strnstr(s, "abd", 5));
	KUNIT_EXPECT_PTR_EQ(test, strnstr(s, "", 0), s);
}

static void strspn_and_strcspn_count_the_start(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strspn(at_end("aabbc"), "ab"), 4);
	KUNIT_EXPECT_EQ(test, strspn("abc", ""), 0);
	KUNIT_EXPECT_EQ(test, strcspn(at_end("xyza"), "ab"), 3);
	KUNIT_EXPECT_EQ(test, strcspn(at_end("xyz"), "ab"), 3);
}

static void strpbrk_finds_any_of_a_set(struct kunit *test)
{
	char *s = at_end("hello, you");

	KUNIT_EXPECT_PTR_EQ(test, strpbrk(s, " ,"), s + 5);
	KUNIT_EXPECT_NULL(test, strpbrk(s, "XYZ"));
	KUNIT_EXPECT_NULL(test, strpbrk(s, ""));
}

static void strsep_ends_with_null(struct kunit *test)
{
	char text[] = "a,,b";
	char *p = text;

	KUNIT_EXPECT_STREQ(test, strsep(&p, ","), "a");
	KUNIT_EXPECT_STREQ(test, strsep(&p, ","), "");
	KUNIT_EXPECT_STREQ(test, strsep(&p, ","), "b");
	KUNIT_EXPECT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, strsep(&p, ","));
}

static void strscpy_reads_no_more_than_fits(struct kunit *test)
{
	char buf[4];

	KUNIT_EXPECT_EQ(test, strscpy(buf, at_end("abc")), 3);
	KUNIT_EXPECT_EQ(test, strscpy(buf, at_end_unterminated("abcd")), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "x", 0), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "", 1), 0);
}

static void strscpy_pad_fills_the_rest(struct kunit *test)
{
	char buf[6] = "xxxxx";

	KUNIT_EXPECT_EQ(test, strscpy_pad(buf, "ab"), 2);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "ab\0\0\0\0", 6), 0);
	KUNIT_EXPECT_EQ(test, strscpy_pad(buf, "abcdefg"), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "abcde");
}

static void memchr_inv_finds_the_odd_byte_out(struct kunit *test)
{
	char *p = area + AREA - 100;

	memset(p, 'z', 100);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 'z', 100));
	p[99] = 'y';
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(p, 'z', 100), (void *)(p + 99));
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 'z', 99));
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 'q', 0));
}

static void mem_is_zero_looks_at_every_byte(struct kunit *test)
{
	char *p = area + AREA - 33;

	memset(p, 0, 33);
	KUNIT_EXPECT_TRUE(test, mem_is_zero(p, 33));
	p[32] = 1;
	KUNIT_EXPECT_FALSE(test, mem_is_zero(p, 33));
	KUNIT_EXPECT_TRUE(test, mem_is_zero(p, 32));
}

static void memchr_and_memscan_differ_in_not_finding(struct kunit *test)
{
	char *p = at_end_unterminated("abcdef");

	KUNIT_EXPECT_PTR_EQ(test, memchr(p, 'f', 6), (void *)(p + 5));
	KUNIT_EXPECT_NULL(test, memchr(p, 'x', 6));
	KUNIT_EXPECT_PTR_EQ(test, memscan(p, 'x', 6), (void *)(p + 6));
	KUNIT_EXPECT_NULL(test, memchr(p, 'a', 0));
}

static void memweight_counts_bits(struct kunit *test)
{
	char *p = area + AREA - 21;

	memset(p, 0x11, 21);
	KUNIT_EXPECT_EQ(test, memweight(p, 21), 42);
	KUNIT_EXPECT_EQ(test, memweight(p, 0), 0);
	KUNIT_EXPECT_EQ(test, memweight(p + 1, 7), 14);
}

static void strim_cuts_both_ends(struct kunit *test)
{
	char text[] = " \t x y \n", blank[] = "  ", none[] = "";

	KUNIT_EXPECT_STREQ(test, strim(text), "x y");
	KUNIT_EXPECT_STREQ(test, strim(blank), "");
	KUNIT_EXPECT_STREQ(test, strim(none), "");
}

static void skip_spaces_stops_at_text(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, skip_spaces(at_end("  a b")), "a b");
	KUNIT_EXPECT_STREQ(test, skip_spaces(at_end("   ")), "");
}

static void strreplace_replaces_all(struct kunit *test)
{
	char text[] = "a.b.c";

	KUNIT_EXPECT_PTR_EQ(test, strreplace(text, '.', '_'), (char *)text);
	KUNIT_EXPECT_STREQ(test, text, "a_b_c");
	strreplace(text, 'x', 'y');
	KUNIT_EXPECT_STREQ(test, text, "a_b_c");
}

static void kbasename_is_behind_the_last_slash(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, kbasename("/usr/lib/x"), "x");
	KUNIT_EXPECT_STREQ(test, kbasename("x"), "x");
	KUNIT_EXPECT_STREQ(test, kbasename("dir/"), "");
}

static void prefixes_count_their_length(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, str_has_prefix("foobar", "foo"), 3);
	KUNIT_EXPECT_EQ(test, str_has_prefix("foobar", "bar"), 0);
	KUNIT_EXPECT_EQ(test, str_has_prefix(at_end("fo"), "foo"), 0);
	KUNIT_EXPECT_TRUE(test, strstarts("foobar", ""));
}

static void match_string_finds_an_index(struct kunit *test)
{
	static const char * const names[] = { "one", "two", NULL, "four" };

	KUNIT_EXPECT_EQ(test, match_string(names, 4, "two"), 1);
	KUNIT_EXPECT_EQ(test, match_string(names, 4, "tw"), -EINVAL);
	KUNIT_EXPECT_EQ(test, match_string(names, 4, "four"), -EINVAL);	/* behind the NULL */
	KUNIT_EXPECT_EQ(test, sysfs_match_string(names, "one\n"), 0);
}

static void sysfs_streq_forgives_one_newline(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on", "on\n"));
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on\n", "on"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on\n\n", "on"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on", "off"));
}

static void duplicates_are_equal_and_separate(struct kunit *test)
{
	char *copy = kstrdup(at_end("text"), GFP_KERNEL);
	char *cut = kstrndup(at_end("text"), 2, GFP_KERNEL);
	char *ended = kmemdup_nul(at_end_unterminated("text"), 4, GFP_KERNEL);

	KUNIT_EXPECT_STREQ(test, copy, "text");
	KUNIT_EXPECT_STREQ(test, cut, "te");
	KUNIT_EXPECT_STREQ(test, ended, "text");
	KUNIT_EXPECT_NULL(test, kstrdup(NULL, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kstrndup(NULL, 5, GFP_KERNEL));
	kfree(copy);
	kfree(cut);
	kfree(ended);
}

static void argv_split_makes_words(struct kunit *test)
{
	int argc = -1;
	char **argv = argv_split(GFP_KERNEL, "  one two\tthree ", &argc);

	KUNIT_ASSERT_NOT_NULL(test, argv);
	KUNIT_EXPECT_EQ(test, argc, 3);
	KUNIT_EXPECT_STREQ(test, argv[0], "one");
	KUNIT_EXPECT_STREQ(test, argv[2], "three");
	KUNIT_EXPECT_NULL(test, argv[3]);
	argv_free(argv);
	argv = argv_split(GFP_KERNEL, "", &argc);
	KUNIT_EXPECT_EQ(test, argc, 0);
	argv_free(argv);
}

static void memory_read_from_buffer_moves_the_position(struct kunit *test)
{
	char to[4] = "";
	loff_t pos = 1;

	KUNIT_EXPECT_EQ(test, memory_read_from_buffer(to, 2, &pos, "abcde", 5), 2);
	KUNIT_EXPECT_EQ(test, memcmp(to, "bc", 2), 0);
	KUNIT_EXPECT_EQ(test, pos, 3);
	KUNIT_EXPECT_EQ(test, memory_read_from_buffer(to, 4, &pos, "abcde", 5), 2);
	KUNIT_EXPECT_EQ(test, memory_read_from_buffer(to, 4, &pos, "abcde", 5), 0);
	pos = -1;
	KUNIT_EXPECT_EQ(test, memory_read_from_buffer(to, 4, &pos, "abcde", 5), -EINVAL);
}

static void memcpy_and_pad_pads_or_cuts(struct kunit *test)
{
	char buf[6];

	memcpy_and_pad(buf, 6, "abc", 3, '-');
	KUNIT_EXPECT_EQ(test, memcmp(buf, "abc---", 6), 0);
	memcpy_and_pad(buf, 2, "xyz", 3, '-');
	KUNIT_EXPECT_EQ(test, memcmp(buf, "xyc---", 6), 0);
}

static struct kunit_case string_each_cases[] = {
	KUNIT_CASE(strlen_of_the_last_string_before_a_hole),
	KUNIT_CASE(strnlen_reads_no_more_than_its_count),
	KUNIT_CASE(strcmp_stops_at_the_difference),
	KUNIT_CASE(strncmp_reads_no_more_than_its_count),
	KUNIT_CASE(strcasecmp_folds_ascii_letters),
	KUNIT_CASE(strncasecmp_reads_no_more_than_its_count),
	KUNIT_CASE(strchr_finds_the_first_and_the_nul),
	KUNIT_CASE(strrchr_finds_the_last_and_the_nul),
	KUNIT_CASE(strchrnul_ends_at_the_nul),
	KUNIT_CASE(strnchr_reads_no_more_than_its_count),
	KUNIT_CASE(strstr_finds_the_empty_string_at_once),
	KUNIT_CASE(strnstr_reads_no_more_than_its_count),
	KUNIT_CASE(strspn_and_strcspn_count_the_start),
	KUNIT_CASE(strpbrk_finds_any_of_a_set),
	KUNIT_CASE(strsep_ends_with_null),
	KUNIT_CASE(strscpy_reads_no_more_than_fits),
	KUNIT_CASE(strscpy_pad_fills_the_rest),
	KUNIT_CASE(memchr_inv_finds_the_odd_byte_out),
	KUNIT_CASE(mem_is_zero_looks_at_every_byte),
	KUNIT_CASE(memchr_and_memscan_differ_in_not_finding),
	KUNIT_CASE(memweight_counts_bits),
	KUNIT_CASE(strim_cuts_both_ends),
	KUNIT_CASE(skip_spaces_stops_at_text),
	KUNIT_CASE(strreplace_replaces_all),
	KUNIT_CASE(kbasename_is_behind_the_last_slash),
	KUNIT_CASE(prefixes_count_their_length),
	KUNIT_CASE(match_string_finds_an_index),
	KUNIT_CASE(sysfs_streq_forgives_one_newline),
	KUNIT_CASE(duplicates_are_equal_and_separate),
	KUNIT_CASE(argv_split_makes_words),
	KUNIT_CASE(memory_read_from_buffer_moves_the_position),
	KUNIT_CASE(memcpy_and_pad_pads_or_cuts),
	{}
};

static struct kunit_suite string_each_suite = {
	.name = "string_each",
	.suite_init = make_area,
	.suite_exit = free_area,
	.test_cases = string_each_cases,
};
kunit_test_suite(string_each_suite);

MODULE_LICENSE("MIT");
