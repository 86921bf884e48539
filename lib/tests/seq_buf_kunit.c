// SPDX-License-Identifier: MIT
/* Tests of <linux/seq_buf.h>, <linux/glob.h> and <linux/string_choices.h>. */

#include <kunit/test.h>

#include <linux/glob.h>
#include <linux/seq_buf.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/string_choices.h>

static void a_new_seq_buf_is_empty(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 32);

	KUNIT_EXPECT_EQ(test, s.size, 32);
	KUNIT_EXPECT_EQ(test, seq_buf_used(&s), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_buffer_left(&s), 32);
	KUNIT_EXPECT_FALSE(test, seq_buf_has_overflowed(&s));
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "");
}

static void init_takes_any_buffer(struct kunit *test)
{
	char buf[4] = "xyz";
	struct seq_buf s;

	seq_buf_init(&s, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, seq_buf_used(&s), 0);
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "");
}

static void puts_appends(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 16);

	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, "hello"), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, " you"), 0);
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "hello you");
	KUNIT_EXPECT_EQ(test, seq_buf_used(&s), 9);
}

static void puts_needs_room_for_its_nul(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 6);

	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, "hello"), 0);
	seq_buf_clear(&s);
	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, "hello!"), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
}

static void putc_fills_to_the_last_byte(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 3);

	KUNIT_EXPECT_EQ(test, seq_buf_putc(&s, 'a'), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_putc(&s, 'b'), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_putc(&s, 'c'), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_putc(&s, 'd'), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
}

static void printf_appends_formatted_text(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 32);

	KUNIT_EXPECT_EQ(test, seq_buf_printf(&s, "%d-%s", 42, "x"), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_printf(&s, "/%c", 'y'), 0);
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "42-x/y");
}

static void printf_that_does_not_fit_overflows(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 8);

	KUNIT_EXPECT_EQ(test, seq_buf_printf(&s, "%s", "123456789"), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
	KUNIT_EXPECT_EQ(test, seq_buf_buffer_left(&s), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_used(&s), 8);
	KUNIT_EXPECT_EQ(test, strlen(seq_buf_str(&s)), 7);
}

static void an_overflow_is_for_good_until_cleared(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 4);

	seq_buf_puts(&s, "too long");
	KUNIT_EXPECT_EQ(test, seq_buf_putc(&s, 'x'), -1);
	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, ""), -1);
	seq_buf_clear(&s);
	KUNIT_EXPECT_FALSE(test, seq_buf_has_overflowed(&s));
	KUNIT_EXPECT_EQ(test, seq_buf_puts(&s, "ok"), 0);
}

static void putmem_copies_bytes_and_no_nul(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 4);

	KUNIT_EXPECT_EQ(test, seq_buf_putmem(&s, "a\0bc", 4), 0);
	KUNIT_EXPECT_EQ(test, memcmp(s.buffer, "a\0bc", 4), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_putmem(&s, "d", 1), -1);
}

static void a_buffer_is_taken_and_committed(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 16);
	char *p;

	KUNIT_EXPECT_EQ(test, seq_buf_get_buf(&s, &p), 16);
	memcpy(p, "abc", 3);
	seq_buf_commit(&s, 3);
	KUNIT_EXPECT_EQ(test, seq_buf_used(&s), 3);
	KUNIT_EXPECT_EQ(test, seq_buf_get_buf(&s, &p), 13);
	seq_buf_commit(&s, -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
	KUNIT_EXPECT_EQ(test, seq_buf_get_buf(&s, &p), 0);
	KUNIT_EXPECT_NULL(test, p);
}

static void pop_takes_the_last_character_back(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 8);

	seq_buf_puts(&s, "ab");
	seq_buf_pop(&s);
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "a");
}

static void a_hex_dump_has_lines(struct kunit *test)
{
	DECLARE_SEQ_BUF(s, 256);

	KUNIT_EXPECT_EQ(test, seq_buf_hex_dump(&s, "p: ", DUMP_PREFIX_OFFSET, 16, 1,
					       "0123456789abcdefg", 17, false), 0);
	KUNIT_EXPECT_EQ(test, strncmp(seq_buf_str(&s), "p: 00000000: 30 31 32", 21), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(seq_buf_str(&s), "\np: 00000010: 67\n"));
}

/* --- Globs ------------------------------------------------------------------------------------ */

#define YES(pat, str)	KUNIT_EXPECT_TRUE_MSG(test, glob_match(pat, str), "%s %s", pat, str)
#define NO(pat, str)	KUNIT_EXPECT_FALSE_MSG(test, glob_match(pat, str), "%s %s", pat, str)

static void plain_text_matches_itself(struct kunit *test)
{
	YES("", ""); YES("a", "a"); YES("abc", "abc");
	NO("a", "b"); NO("a", "aa"); NO("", "a"); NO("aa", "a"); NO("abc", "");
}

static void a_question_mark_is_one_character(struct kunit *test)
{
	YES("?", "a"); YES("a?c", "abc"); YES("??", "ab");
	NO("?", ""); NO("?", "ab"); NO("a?", "a");
}

static void a_star_is_any_number(struct kunit *test)
{
	YES("*", ""); YES("*", "abc"); YES("a*", "a"); YES("a*c", "abbbc"); YES("**", "x");
	NO("a*", "b"); NO("a*c", "abcd"); NO("*a", "b");
}

static void stars_backtrack(struct kunit *test)
{
	YES("*abc", "ababc"); YES("*ab*cd", "abcabcd"); YES("a*b*c*d", "aXbXcXcXd");
	YES("*bb", "abbb"); YES("*aab", "aaaaab");
	NO("*ab*cd", "abcabcdee"); NO("*bb", "abab");
}

static void classes_list_characters(struct kunit *test)
{
	YES("[abc]", "b"); YES("x[abc]y", "xcy");
	NO("[abc]", "d"); NO("[abc]", ""); NO("[abc]", "ab");
}

static void classes_have_ranges(struct kunit *test)
{
	YES("[a-c]", "b"); YES("[a-c0-9]", "7"); YES("[-a]", "-"); YES("[a-]", "-");
	NO("[a-c]", "d"); NO("[a-c]", "-");
}

static void classes_are_negated(struct kunit *test)
{
	YES("[!abc]", "d"); YES("[!a-c]", "z");
	NO("[!abc]", "b"); NO("[!abc]", "");
}

static void a_bracket_first_is_itself(struct kunit *test)
{
	YES("[]]", "]"); YES("[]a]", "a"); YES("[!]]", "x");
	NO("[!]]", "]");
}

static void a_backslash_takes_the_next_as_it_is(struct kunit *test)
{
	YES("\\*", "*"); YES("a\\?", "a?"); YES("\\[a]", "[a]");
	NO("\\*", "x"); NO("a\\?", "ab");
}

static void an_open_bracket_is_itself(struct kunit *test)
{
	YES("[", "["); YES("[a", "[a"); YES("a[", "a[");
	NO("[a", "a");
}

/* --- Choices ---------------------------------------------------------------------------------- */

#define TEST_CHOICE(yes, no)							\
static void choice_##yes##_##no(struct kunit *test)				\
{										\
	KUNIT_EXPECT_STREQ(test, str_##yes##_##no(true), #yes);			\
	KUNIT_EXPECT_STREQ(test, str_##yes##_##no(false), #no);			\
	KUNIT_EXPECT_STREQ(test, str_##no##_##yes(true), #no);			\
	KUNIT_EXPECT_STREQ(test, str_##no##_##yes(false), #yes);		\
}

TEST_CHOICE(enable, disable)
TEST_CHOICE(enabled, disabled)
TEST_CHOICE(hi, lo)
TEST_CHOICE(high, low)
TEST_CHOICE(on, off)
TEST_CHOICE(read, write)
TEST_CHOICE(true, false)
TEST_CHOICE(up, down)
TEST_CHOICE(yes, no)
TEST_CHOICE(input, output)
TEST_CHOICE(assert, deassert)

static void a_plural_is_for_all_but_one(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, str_plural(0), "s");
	KUNIT_EXPECT_STREQ(test, str_plural(1), "");
	KUNIT_EXPECT_STREQ(test, str_plural(2), "s");
}

static struct kunit_case seq_buf_cases[] = {
	KUNIT_CASE(a_new_seq_buf_is_empty),
	KUNIT_CASE(init_takes_any_buffer),
	KUNIT_CASE(puts_appends),
	KUNIT_CASE(puts_needs_room_for_its_nul),
	KUNIT_CASE(putc_fills_to_the_last_byte),
	KUNIT_CASE(printf_appends_formatted_text),
	KUNIT_CASE(printf_that_does_not_fit_overflows),
	KUNIT_CASE(an_overflow_is_for_good_until_cleared),
	KUNIT_CASE(putmem_copies_bytes_and_no_nul),
	KUNIT_CASE(a_buffer_is_taken_and_committed),
	KUNIT_CASE(pop_takes_the_last_character_back),
	KUNIT_CASE(a_hex_dump_has_lines),
	{}
};

static struct kunit_case glob_cases[] = {
	KUNIT_CASE(plain_text_matches_itself),
	KUNIT_CASE(a_question_mark_is_one_character),
	KUNIT_CASE(a_star_is_any_number),
	KUNIT_CASE(stars_backtrack),
	KUNIT_CASE(classes_list_characters),
	KUNIT_CASE(classes_have_ranges),
	KUNIT_CASE(classes_are_negated),
	KUNIT_CASE(a_bracket_first_is_itself),
	KUNIT_CASE(a_backslash_takes_the_next_as_it_is),
	KUNIT_CASE(an_open_bracket_is_itself),
	{}
};

static struct kunit_case choices_cases[] = {
	KUNIT_CASE(choice_enable_disable),
	KUNIT_CASE(choice_enabled_disabled),
	KUNIT_CASE(choice_hi_lo),
	KUNIT_CASE(choice_high_low),
	KUNIT_CASE(choice_on_off),
	KUNIT_CASE(choice_read_write),
	KUNIT_CASE(choice_true_false),
	KUNIT_CASE(choice_up_down),
	KUNIT_CASE(choice_yes_no),
	KUNIT_CASE(choice_input_output),
	KUNIT_CASE(choice_assert_deassert),
	KUNIT_CASE(a_plural_is_for_all_but_one),
	{}
};

static struct kunit_suite seq_buf_suite = { .name = "seq_buf", .test_cases = seq_buf_cases };
static struct kunit_suite glob_suite = { .name = "glob", .test_cases = glob_cases };
static struct kunit_suite choices_suite = { .name = "string_choices", .test_cases = choices_cases };
kunit_test_suites(&seq_buf_suite, &glob_suite, &choices_suite);

MODULE_LICENSE("MIT");
