// SPDX-License-Identifier: MIT
/* Tests of <linux/string_helpers.h>, string_choices.h, seq_buf.h and glob.h. */

#include <kunit/test.h>

#include <linux/ctype.h>
#include <linux/glob.h>
#include <linux/prandom.h>
#include <linux/seq_buf.h>
#include <linux/slab.h>
#include <linux/string_helpers.h>

static void sizes_have_three_digits_and_a_unit(struct kunit *test)
{
	static const struct { u64 size, blk; const char *decimal, *binary; } cases[] = {
		{ 0, 512, "0 B", "0 B" }, { 1, 512, "512 B", "512 B" },
		{ 1100, 1, "1.10 kB", "1.07 KiB" }, { 16384, 512, "8.39 MB", "8.00 MiB" },
		{ 8192, 4096, "33.6 MB", "32.0 MiB" }, { 500118192, 512, "256 GB", "238 GiB" },
		{ 3000, 1900, "5.70 MB", "5.44 MiB" }, { 999, 1, "999 B", "999 B" },
		{ 999999, 1, "1.00 MB", "977 KiB" },
		{ U64_MAX, 4095, "75.5 ZB", "64.0 ZiB" }, { 4096, U64_MAX, "75.6 ZB", "64.0 ZiB" },
	};
	char buf[16];
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		string_get_size(cases[i].size, cases[i].blk, STRING_UNITS_10, buf, sizeof(buf));
		KUNIT_EXPECT_STREQ(test, buf, cases[i].decimal);
		string_get_size(cases[i].size, cases[i].blk, STRING_UNITS_2, buf, sizeof(buf));
		KUNIT_EXPECT_STREQ(test, buf, cases[i].binary);
	}
	string_get_size(1100, 1, STRING_UNITS_10 | STRING_UNITS_NO_SPACE, buf, sizeof(buf));
	KUNIT_EXPECT_STREQ(test, buf, "1.10kB");
	string_get_size(1100, 1, STRING_UNITS_2 | STRING_UNITS_NO_BYTES, buf, sizeof(buf));
	KUNIT_EXPECT_STREQ(test, buf, "1.07 Ki");
	KUNIT_EXPECT_EQ(test, string_get_size(1100, 1, STRING_UNITS_10, buf, 4), 7);
}

static void unescape_undoes_the_chosen_kinds(struct kunit *test)
{
	static const struct { const char *in; unsigned int flags; const char *out; } cases[] = {
		{ "\\f\\ \\n\\r\\t\\v", UNESCAPE_SPACE, "\f\\ \n\r\t\v" },
		{ "\\40\\1\\387\\0064\\05\\040\\8a\\110\\777", UNESCAPE_OCTAL,
		  " \001\00387\0064\005 \\8aH?7" },
		{ "\\xv\\xa\\x2c\\xD\\x6f2", UNESCAPE_HEX, "\\xv\n,\ro2" },
		{ "\\h\\\\\\\"\\a\\e\\", UNESCAPE_SPECIAL, "\\h\\\"\a\e\\" },
		{ "\\x41\\101\\n", UNESCAPE_ANY, "AA\n" },
		{ "plain", 0, "plain" },
	};
	char in[64], out[64];
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		strscpy(in, cases[i].in);
		KUNIT_EXPECT_EQ(test, string_unescape(in, out, 0, cases[i].flags),
				strlen(cases[i].out));
		KUNIT_EXPECT_STREQ(test, out, cases[i].out);
		string_unescape_inplace(in, cases[i].flags);
		KUNIT_EXPECT_STREQ(test, in, cases[i].out);
	}
	strscpy(in, "abcdef");
	KUNIT_EXPECT_EQ(test, string_unescape(in, out, 4, 0), 3);
	KUNIT_EXPECT_STREQ(test, out, "abc");
}

static void escape_chooses_by_flags_and_dictionary(struct kunit *test)
{
	static const struct { const char *in,
			     *only; unsigned int flags; const char *out; } cases[] = {
		{ "a\n\"\\\001", NULL, ESCAPE_SPACE, "a\\n\"\\\001" },
		{ "a\n\"\\\001", NULL, ESCAPE_SPECIAL, "a\n\\\"\\\\\001" },
		{ "a\n\001", NULL, ESCAPE_OCTAL, "\\141\\012\\001" },
		{ "a\n\001", NULL, ESCAPE_HEX, "\\x61\\x0a\\x01" },
		{ "a\n\001", NULL, ESCAPE_OCTAL | ESCAPE_HEX, "\\141\\012\\001" },
		{ "a\n\001", NULL, ESCAPE_ANY_NP, "a\\n\\001" },
		{ "a\n\001", NULL, ESCAPE_HEX | ESCAPE_NP, "a\\x0a\\x01" },
		{ "a\n\001", "a", ESCAPE_HEX, "\\x61\n\001" },
		{ "ab\n", "b", ESCAPE_HEX | ESCAPE_NAP | ESCAPE_APPEND, "a\\x62\\x0a" },
		{ "a\303\n", NULL, ESCAPE_HEX | ESCAPE_NA, "a\\xc3\n" },
		{ "a\303\n", NULL, ESCAPE_HEX | ESCAPE_NAP, "a\\xc3\\x0a" },
	};
	char out[64];
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t len = strlen(cases[i].in), want = strlen(cases[i].out), room;

		for (room = 0; room <= want; room++) {
			memset(out, '#', sizeof(out));
			KUNIT_EXPECT_EQ(test, string_escape_mem(cases[i].in, len, out, room,
					cases[i].flags, cases[i].only), want);
			KUNIT_EXPECT_MEMEQ(test, out, cases[i].out, room);
			KUNIT_EXPECT_EQ(test, out[room], '#');
		}
	}
	KUNIT_EXPECT_EQ(test, string_escape_mem("\0a", 2, out, 9, ESCAPE_NULL, NULL), 3);
	KUNIT_EXPECT_MEMEQ(test, out, "\\0a", 3);
}

static void blanks_are_trimmed(struct kunit *test)
{
	char a[] = "  two words \n", b[] = "   ", c[] = "";

	KUNIT_EXPECT_STREQ(test, skip_spaces(" \t\nx "), "x ");
	KUNIT_EXPECT_STREQ(test, strim(a), "two words");
	KUNIT_EXPECT_STREQ(test, strim(b), "");
	KUNIT_EXPECT_STREQ(test, strim(c), "");
}

static void input_matches_with_a_newline(struct kunit *test)
{
	static const char * const words[] = { "off", "on", "auto", NULL, "never" };

	KUNIT_EXPECT_TRUE(test, sysfs_streq("on\n", "on"));
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on", "on\n"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on\n\n", "on"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on", "off"));
	KUNIT_EXPECT_EQ(test, match_string(words, -1, "auto"), 2);
	KUNIT_EXPECT_EQ(test, match_string(words, 2, "auto"), -EINVAL);
	KUNIT_EXPECT_EQ(test, match_string(words, 5, "never"), -EINVAL);
	KUNIT_EXPECT_EQ(test, match_string(words, 5, "auto\n"), -EINVAL);
	KUNIT_EXPECT_EQ(test, sysfs_match_string(words, "auto\n"), 2);
	KUNIT_EXPECT_EQ(test, __sysfs_match_string(words, 1, "on"), -EINVAL);
}

static void characters_are_replaced(struct kunit *test)
{
	char s[] = "a-b-c";

	KUNIT_EXPECT_PTR_EQ(test, strreplace(s, '-', '_'), (char *)s);
	KUNIT_EXPECT_STREQ(test, s, "a_b_c");
}

static void arrays_of_strings_are_made_and_freed(struct kunit *test)
{
	char **names = kasprintf_strarray(GFP_KERNEL, "disk", 3), **argv;
	int *ints, argc;

	KUNIT_ASSERT_NOT_NULL(test, names);
	KUNIT_EXPECT_STREQ(test, names[0], "disk-0");
	KUNIT_EXPECT_STREQ(test, names[2], "disk-2");
	kfree_strarray(names, 3);
	kfree_strarray(NULL, 3);
	argv = argv_split(GFP_KERNEL, "  one two\tthree ", &argc);
	KUNIT_ASSERT_NOT_NULL(test, argv);
	KUNIT_EXPECT_EQ(test, argc, 3);
	KUNIT_EXPECT_STREQ(test, argv[2], "three");
	KUNIT_EXPECT_NULL(test, argv[3]);
	argv_free(argv);
	KUNIT_EXPECT_EQ(test, parse_int_array("1,2,5-6", 7, &ints), 0);
	KUNIT_EXPECT_MEMEQ(test, ints, ((int[]) { 4, 1, 2, 5, 6 }), 5 * sizeof(int));
	kfree(ints);
	KUNIT_EXPECT_EQ(test, parse_int_array("x", 1, &ints), -ENOENT);
	KUNIT_EXPECT_EQ(test, parse_int_array_user((const char __user *)test, 4, &ints), -EFAULT);
}

static void text_is_appended_until_it_overflows(struct kunit *test)
{
	char buf[16];
	struct seq_buf s;

	seq_buf_init(&s, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, seq_buf_printf(&s, "%d-", 12), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, "abc"), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_putc(&s, '!'), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_putmem(&s, "\001", 1), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_used(&s), 8);
	seq_buf_pop(&s);
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "12-abc!");
	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, "too long for it"), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
	KUNIT_EXPECT_EQ(test, seq_buf_buffer_left(&s), 0);
	seq_buf_clear(&s);
	KUNIT_EXPECT_EQ(test, seq_buf_putmem_hex(&s, "\x12\x34", 2), 0);
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "3412 ");
}

static void globs_match_whole_strings(struct kunit *test)
{
	static const struct { const char *pat, *str; bool match; } cases[] = {
		{ "a", "a", true }, { "a", "b", false }, { "a", "aa", false }, { "", "", true },
		{ "?", "a", true }, { "?", "", false }, { "*", "", true }, { "*b*", "abc", true },
		{ "[a]", "a", true }, { "[!a]", "a", false }, { "[!a]", "b", true },
		{ "[a-c]x", "bx", true }, { "[a-c]x", "dx", false }, { "[]]", "]", true },
		{ "[a-]", "-", true }, { "[", "[", true },
		{ "\\*", "*", true }, { "\\*", "a", false },
		{ "*ab*cd*", "abxxabcd", true }, { "*ab*cd*", "abxxabc", false },
		{ "a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaa", false }, { "list*", "list_sort", true },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, glob_match(cases[i].pat, cases[i].str), cases[i].match,
				    "%s %s", cases[i].pat, cases[i].str);
}

static struct kunit_case string_helpers_cases[] = {
	KUNIT_CASE(sizes_have_three_digits_and_a_unit),
	KUNIT_CASE(unescape_undoes_the_chosen_kinds),
	KUNIT_CASE(escape_chooses_by_flags_and_dictionary),
	KUNIT_CASE(blanks_are_trimmed),
	KUNIT_CASE(input_matches_with_a_newline),
	KUNIT_CASE(characters_are_replaced),
	KUNIT_CASE(arrays_of_strings_are_made_and_freed),
	KUNIT_CASE(text_is_appended_until_it_overflows),
	KUNIT_CASE(globs_match_whole_strings),
	{}
};

static struct kunit_suite string_helpers_suite = {
	.name = "string_helpers", .test_cases = string_helpers_cases,
};
kunit_test_suite(string_helpers_suite);

MODULE_LICENSE("MIT");
