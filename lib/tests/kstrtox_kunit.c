// SPDX-License-Identifier: MIT
/* Tests of <linux/kstrtox.h>, of lib/cmdline.c and of parse_args(). */

#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/hex.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

struct number {
	const char *text;
	unsigned int base;
	int ret;
	s64 value;
};

static const struct number unsigned_numbers[] = {
	{ "0", 0, 0, 0 }, { "1", 0, 0, 1 }, { "+1", 0, 0, 1 }, { "1\n", 0, 0, 1 },
	{ "010", 0, 0, 8 }, { "0x10", 0, 0, 16 }, { "0X1f", 0, 0, 31 }, { "010", 10, 0, 10 },
	{ "0x10", 16, 0, 16 }, { "10", 16, 0, 16 }, { "10", 2, 0, 2 }, { "777", 8, 0, 511 },
	{ "127", 0, 0, 127 },
	{ "", 0, -EINVAL, 0 }, { "\n", 0, -EINVAL, 0 }, { "+", 0, -EINVAL, 0 },
	{ "-1", 0, -EINVAL, 0 }, { "++1", 0, -EINVAL, 0 }, { "1 ", 0, -EINVAL, 0 },
	{ " 1", 0, -EINVAL, 0 }, { "1\n\n", 0, -EINVAL, 0 }, { "1x", 0, -EINVAL, 0 },
	{ "08", 0, -EINVAL, 0 }, { "2", 2, -EINVAL, 0 }, { "0x", 0, -EINVAL, 0 },
	{ "0xg", 16, -EINVAL, 0 }, { "a", 10, -EINVAL, 0 },
	{ "18446744073709551616", 0, -ERANGE, 0 },
	{ "99999999999999999999999", 0, -ERANGE, 0 },
	{ "0x10000000000000000", 0, -ERANGE, 0 },
};

/* The type's function on all the numbers: those above its limit are out of range. */
#define CHECK_TABLE(test, table, fn, type, max)						\
do {											\
	int i;										\
	for (i = 0; i < ARRAY_SIZE(table); i++) {					\
		const struct number *n = &table[i];					\
		type value = 42;							\
		int want = n->ret ? n->ret : (u64)n->value > (u64)(max) ? -ERANGE : 0;	\
		int ret = fn(n->text, n->base, &value);					\
		KUNIT_EXPECT_EQ_MSG(test, ret, want, #fn "(\"%s\", %u)", n->text, n->base); \
		KUNIT_EXPECT_EQ_MSG(test, (s64)value, want ? 42 : n->value,		\
				    #fn "(\"%s\", %u)", n->text, n->base);		\
	}										\
} while (0)

static void unsigned_types_parse_strictly(struct kunit *test)
{
	CHECK_TABLE(test, unsigned_numbers, kstrtoull, unsigned long long, ULLONG_MAX);
	CHECK_TABLE(test, unsigned_numbers, kstrtoul, unsigned long, ULONG_MAX);
	CHECK_TABLE(test, unsigned_numbers, kstrtouint, unsigned int, UINT_MAX);
	CHECK_TABLE(test, unsigned_numbers, kstrtou64, u64, ULLONG_MAX);
	CHECK_TABLE(test, unsigned_numbers, kstrtou32, u32, UINT_MAX);
	CHECK_TABLE(test, unsigned_numbers, kstrtou16, u16, U16_MAX);
	CHECK_TABLE(test, unsigned_numbers, kstrtou8, u8, U8_MAX);
	CHECK_TABLE(test, unsigned_numbers, _kstrtoul, unsigned long, ULONG_MAX);
}

static const struct number signed_numbers[] = {
	{ "0", 0, 0, 0 }, { "-0", 0, 0, 0 }, { "-1", 0, 0, -1 }, { "+1", 0, 0, 1 },
	{ "-0x10", 0, 0, -16 }, { "-010", 0, 0, -8 }, { "-1\n", 0, 0, -1 },
	{ "-128", 0, 0, -128 }, { "127", 0, 0, 127 },
	{ "-", 0, -EINVAL, 0 }, { "--1", 0, -EINVAL, 0 }, { "-+1", 0, -EINVAL, 0 },
	{ "+-1", 0, -EINVAL, 0 }, { "- 1", 0, -EINVAL, 0 }, { "", 0, -EINVAL, 0 },
	{ "9223372036854775808", 0, -ERANGE, 0 }, { "-9223372036854775809", 0, -ERANGE, 0 },
};

#define CHECK_SIGNED(test, fn, type)							\
do {											\
	int i;										\
	for (i = 0; i < ARRAY_SIZE(signed_numbers); i++) {				\
		const struct number *n = &signed_numbers[i];				\
		type value = 42;							\
		int ret = fn(n->text, n->base, &value);					\
		KUNIT_EXPECT_EQ_MSG(test, ret, n->ret, #fn "(\"%s\")", n->text);	\
		KUNIT_EXPECT_EQ_MSG(test, (s64)value, n->ret ? 42 : n->value, #fn "(\"%s\")", \
				    n->text);						\
	}										\
} while (0)

static void signed_types_parse_strictly(struct kunit *test)
{
	CHECK_SIGNED(test, kstrtoll, long long);
	CHECK_SIGNED(test, kstrtol, long);
	CHECK_SIGNED(test, kstrtoint, int);
	CHECK_SIGNED(test, kstrtos64, s64);
	CHECK_SIGNED(test, kstrtos32, s32);
	CHECK_SIGNED(test, kstrtos16, s16);
	CHECK_SIGNED(test, kstrtos8, s8);
	CHECK_SIGNED(test, _kstrtol, long);
}

static void limits_of_each_type_fit_and_one_more_does_not(struct kunit *test)
{
	unsigned long long ull;
	unsigned long ul;
	long long ll;
	long l;
	int i;
	unsigned int u;
	s8 s;
	u8 b;

	KUNIT_EXPECT_EQ(test, kstrtoull("18446744073709551615", 0, &ull), 0);
	KUNIT_EXPECT_EQ(test, ull, ULLONG_MAX);
	KUNIT_EXPECT_EQ(test, kstrtoll("-9223372036854775808", 0, &ll), 0);
	KUNIT_EXPECT_EQ(test, ll, LLONG_MIN);
	KUNIT_EXPECT_EQ(test, kstrtoul("0xffffffffffffffff", 0, &ul), 0);
	KUNIT_EXPECT_EQ(test, ul, ULONG_MAX);
	KUNIT_EXPECT_EQ(test, kstrtoul("-1", 0, &ul), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtol("9223372036854775807", 0, &l), 0);
	KUNIT_EXPECT_EQ(test, l, LONG_MAX);
	KUNIT_EXPECT_EQ(test, kstrtol("9223372036854775808", 0, &l), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoint("2147483647", 0, &i), 0);
	KUNIT_EXPECT_EQ(test, kstrtoint("2147483648", 0, &i), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoint("-2147483648", 0, &i), 0);
	KUNIT_EXPECT_EQ(test, kstrtoint("-2147483649", 0, &i), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtouint("4294967295", 0, &u), 0);
	KUNIT_EXPECT_EQ(test, kstrtouint("4294967296", 0, &u), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtou8("255", 0, &b), 0);
	KUNIT_EXPECT_EQ(test, kstrtou8("256", 0, &b), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtos8("-128", 0, &s), 0);
	KUNIT_EXPECT_EQ(test, kstrtos8("-129", 0, &s), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtos8("128", 0, &s), -ERANGE);
}

static void kstrtobool_takes_words_and_letters(struct kunit *test)
{
	static const char * const yes[] = { "y", "Y", "yes", "t", "T", "1", "on", "ON", "oN",
					   "1x" };
	static const char * const no[] = { "n", "N", "no", "f", "F", "0", "off", "Off" };
	static const char * const bad[] = { "", "2", "o", "ox", " y", "-1" };
	bool res;
	int i;

	for (i = 0; i < ARRAY_SIZE(yes); i++) {
		res = false;
		KUNIT_EXPECT_EQ_MSG(test, kstrtobool(yes[i], &res), 0, "%s", yes[i]);
		KUNIT_EXPECT_TRUE_MSG(test, res, "%s", yes[i]);
	}
	for (i = 0; i < ARRAY_SIZE(no); i++) {
		res = true;
		KUNIT_EXPECT_EQ_MSG(test, kstrtobool(no[i], &res), 0, "%s", no[i]);
		KUNIT_EXPECT_FALSE_MSG(test, res, "%s", no[i]);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		res = true;
		KUNIT_EXPECT_EQ_MSG(test, kstrtobool(bad[i], &res), -EINVAL, "%s", bad[i]);
		KUNIT_EXPECT_TRUE(test, res);
	}
	KUNIT_EXPECT_EQ(test, kstrtobool(NULL, &res), -EINVAL);
}

static void bad_user_addresses_fault(struct kunit *test)
{
	const char __user *bad = (const char __user *)test;
	bool b;
	int i;

	KUNIT_EXPECT_EQ(test, kstrtoint_from_user(bad, 4, 0, &i), -EFAULT);
	KUNIT_EXPECT_EQ(test, kstrtobool_from_user(bad, 4, &b), -EFAULT);
}

static void simple_strto_parse_as_far_as_digits_go(struct kunit *test)
{
	char *end;

	KUNIT_EXPECT_EQ(test, simple_strtoul("12abc", &end, 10), 12);
	KUNIT_EXPECT_STREQ(test, end, "abc");
	KUNIT_EXPECT_EQ(test, simple_strtoul("0x1fg", &end, 0), 31);
	KUNIT_EXPECT_STREQ(test, end, "g");
	KUNIT_EXPECT_EQ(test, simple_strtoull("077x", &end, 0), 63);
	KUNIT_EXPECT_STREQ(test, end, "x");
	KUNIT_EXPECT_EQ(test, simple_strtol("-12 ", &end, 0), -12);
	KUNIT_EXPECT_STREQ(test, end, " ");
	KUNIT_EXPECT_EQ(test, simple_strtoll("-9223372036854775808", NULL, 0), LLONG_MIN);
	KUNIT_EXPECT_EQ(test, simple_strtoul("", &end, 0), 0);
	KUNIT_EXPECT_EQ(test, simple_strtoul("xyz", &end, 0), 0);
	KUNIT_EXPECT_STREQ(test, end, "xyz");
	KUNIT_EXPECT_EQ(test, simple_strntoul("1234", &end, 10, 2), 12);
	KUNIT_EXPECT_STREQ(test, end, "34");
}

static void hex_digits_convert_both_ways(struct kunit *test)
{
	u8 bytes[4];
	char text[9] = "";
	int c;

	for (c = 0; c < 256; c++) {
		int want = c >= '0' && c <= '9' ? c - '0' :
			   (c | 32) >= 'a' && (c | 32) <= 'f' && c < 128 ? (c | 32) - 'a' + 10 : -1;

		KUNIT_EXPECT_EQ_MSG(test, hex_to_bin(c), want, "character %d", c);
	}
	KUNIT_EXPECT_EQ(test, hex2bin(bytes, "c0fFEe01", 4), 0);
	KUNIT_EXPECT_EQ(test, bytes[1], 0xff);
	KUNIT_EXPECT_EQ(test, hex2bin(bytes, "c0fg", 2), -EINVAL);
	KUNIT_EXPECT_EQ(test, hex2bin(bytes, "c0ffee01", 4), 0);
	KUNIT_EXPECT_PTR_EQ(test, bin2hex(text, bytes, 4), (char *)text + 8);
	KUNIT_EXPECT_STREQ(test, text, "c0ffee01");
}

/* --- lib/cmdline.c ---------------------------------------------------------------------------- */

static void get_option_tells_what_follows(struct kunit *test)
{
	static const struct { const char *text; int ret, value; const char *rest; } cases[] = {
		{ "", 0, -42, "" }, { "x", 0, 0, "x" }, { "5", 1, 5, "" }, { "5,", 2, 5, "" },
		{ "5,6", 2, 5, "6" }, { "5-6", 3, 5, "-6" }, { "-5", 1, -5, "" },
		{ "-", 0, 0, "" }, { "-x", 0, 0, "x" }, { "0x10,", 2, 16, "" }, { "5x", 1, 5, "x" },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *s = (char *)cases[i].text;
		int value = -42;

		KUNIT_EXPECT_EQ_MSG(test, get_option(&s, &value), cases[i].ret, "\"%s\"",
				    cases[i].text);
		KUNIT_EXPECT_EQ_MSG(test, value, cases[i].value, "\"%s\"", cases[i].text);
		KUNIT_EXPECT_STREQ_MSG(test, s, cases[i].rest, "\"%s\"", cases[i].text);
		s = (char *)cases[i].text;
		KUNIT_EXPECT_EQ(test, get_option(&s, NULL), cases[i].ret);
	}
}

static void get_options_expands_ranges(struct kunit *test)
{
	int ints[8];
	char *end;

	end = get_options("1,3-5,7", 8, ints);
	KUNIT_EXPECT_EQ(test, *end, '\0');
	KUNIT_EXPECT_MEMEQ(test, ints, ((int[]) { 5, 1, 3, 4, 5, 7 }), 6 * sizeof(int));
	end = get_options("1,3-5,7", 0, ints);
	KUNIT_EXPECT_EQ(test, *end, '\0');
	KUNIT_EXPECT_EQ(test, ints[0], 5);
	end = get_options("1,2,3,4", 3, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 2);
	KUNIT_EXPECT_STREQ(test, end, "3,4");
	end = get_options("1,x", 8, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 1);
	KUNIT_EXPECT_STREQ(test, end, "x");
	get_options("-3--1", 8, ints);
	KUNIT_EXPECT_MEMEQ(test, ints, ((int[]) { 3, -3, -2, -1 }), 4 * sizeof(int));
	end = get_options("5-5,9", 8, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 2);
	KUNIT_EXPECT_EQ(test, ints[1], 5);
	KUNIT_EXPECT_EQ(test, ints[2], 9);
	KUNIT_EXPECT_STREQ(test, end, "");
	get_options("5-3", 8, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 0);
	get_options("2147483646-2147483647", 8, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 2);
	KUNIT_EXPECT_EQ(test, ints[2], INT_MAX);

	/* What was parsed before a bad range is there, but doesn't count. */
	ints[1] = 0;
	get_options("4--6", 8, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 0);
	KUNIT_EXPECT_EQ(test, ints[1], 4);

	get_options("", 8, ints);
	KUNIT_EXPECT_EQ(test, ints[0], 0);
}

static void memparse_knows_binary_suffixes(struct kunit *test)
{
	char *end;

	KUNIT_EXPECT_EQ(test, memparse("512", &end), 512);
	KUNIT_EXPECT_EQ(test, *end, '\0');
	KUNIT_EXPECT_EQ(test, memparse("4k,", &end), 4096);
	KUNIT_EXPECT_EQ(test, *end, ',');
	KUNIT_EXPECT_EQ(test, memparse("4K", NULL), 4096);
	KUNIT_EXPECT_EQ(test, memparse("1M", NULL), 1ull << 20);
	KUNIT_EXPECT_EQ(test, memparse("0x2g", NULL), 2ull << 30);
	KUNIT_EXPECT_EQ(test, memparse("1T", NULL), 1ull << 40);
	KUNIT_EXPECT_EQ(test, memparse("1p", NULL), 1ull << 50);
	KUNIT_EXPECT_EQ(test, memparse("1E", NULL), 1ull << 60);
	KUNIT_EXPECT_EQ(test, memparse("7x", &end), 7);
	KUNIT_EXPECT_EQ(test, *end, 'x');
}

static void parse_option_str_finds_whole_words(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, parse_option_str("a,bb,c", "bb"));
	KUNIT_EXPECT_FALSE(test, parse_option_str("a,bbb,c", "bb"));
	KUNIT_EXPECT_FALSE(test, parse_option_str("", "bb"));
	KUNIT_EXPECT_TRUE(test, parse_option_str("c", "c"));
}

static void next_arg_cuts_words_and_quotes(struct kunit *test)
{
	char line[] = "plain a=b  c=\"d e\" \"f=g h\" i= j";
	char *rest = line, *param, *val;

	rest = next_arg(rest, &param, &val);
	KUNIT_EXPECT_STREQ(test, param, "plain");
	KUNIT_EXPECT_NULL(test, val);
	rest = next_arg(rest, &param, &val);
	KUNIT_EXPECT_STREQ(test, param, "a");
	KUNIT_EXPECT_STREQ(test, val, "b");
	rest = next_arg(rest, &param, &val);
	KUNIT_EXPECT_STREQ(test, param, "c");
	KUNIT_EXPECT_STREQ(test, val, "d e");
	rest = next_arg(rest, &param, &val);
	KUNIT_EXPECT_STREQ(test, param, "f");
	KUNIT_EXPECT_STREQ(test, val, "g h");
	rest = next_arg(rest, &param, &val);
	KUNIT_EXPECT_STREQ(test, param, "i");
	KUNIT_EXPECT_STREQ(test, val, "");
	rest = next_arg(rest, &param, &val);
	KUNIT_EXPECT_STREQ(test, param, "j");
	KUNIT_EXPECT_EQ(test, *rest, '\0');
}

/* --- parse_args() ----------------------------------------------------------------------------- */

static int an_int, array[4];
static unsigned int array_count;
static bool a_bool, inverse = true;
static char a_string[8];
static char unknown_seen[16];

static const struct kparam_string string_arg = { sizeof(a_string), a_string };
static const struct kparam_array array_arg = {
	.max = 4, .elemsize = sizeof(int), .num = &array_count, .ops = &param_ops_int,
	.elem = array,
};
static const struct kernel_param params[] = {
	{ .name = "an_int", .ops = &param_ops_int, .level = -1, .arg = &an_int },
	{ .name = "a_bool", .ops = &param_ops_bool, .level = -1, .arg = &a_bool },
	{ .name = "inverse", .ops = &param_ops_invbool, .level = -1, .arg = &inverse },
	{ .name = "text", .ops = &param_ops_string, .level = -1, .str = &string_arg },
	{ .name = "array", .ops = &param_array_ops, .level = -1, .arr = &array_arg },
};

static int unknown(char *param, char *val, const char *doing, void *arg)
{
	strscpy(unknown_seen, param);
	return 0;
}

static char *parse(char *line)
{
	return parse_args("test", line, params, ARRAY_SIZE(params), -1, -1, NULL, unknown);
}

static void parse_args_sets_parameters_of_each_type(struct kunit *test)
{
	char line[] = "an-int=5 a_bool inverse=1 text=abc array=1,2,3 other=x -- rest of it";
	char *rest = parse(line);

	KUNIT_EXPECT_EQ(test, an_int, 5);
	KUNIT_EXPECT_TRUE(test, a_bool);
	KUNIT_EXPECT_FALSE(test, inverse);
	KUNIT_EXPECT_STREQ(test, a_string, "abc");
	KUNIT_EXPECT_EQ(test, array_count, 3);
	KUNIT_EXPECT_EQ(test, array[2], 3);
	KUNIT_EXPECT_STREQ(test, unknown_seen, "other");
	KUNIT_EXPECT_STREQ(test, rest, "rest of it");
}

static void parse_args_reports_bad_values_and_goes_on(struct kunit *test)
{
	char number[] = "an_int=five a_bool=n";
	char too_long[] = "text=12345678";
	char too_many[] = "array=1,2,3,4,5";
	char missing[] = "an_int";

	KUNIT_EXPECT_EQ(test, PTR_ERR(parse(number)), -EINVAL);
	KUNIT_EXPECT_FALSE(test, a_bool);
	KUNIT_EXPECT_EQ(test, PTR_ERR(parse(too_long)), -ENOSPC);
	KUNIT_EXPECT_EQ(test, PTR_ERR(parse(too_many)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR(parse(missing)), -EINVAL);
}

static void names_compare_with_dashes_as_underscores(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, parameq("a-b", "a_b"));
	KUNIT_EXPECT_FALSE(test, parameq("a-b", "a_bc"));
	KUNIT_EXPECT_TRUE(test, parameqn("a-bx", "a_by", 3));
}

static struct kunit_case kstrtox_cases[] = {
	KUNIT_CASE(unsigned_types_parse_strictly),
	KUNIT_CASE(signed_types_parse_strictly),
	KUNIT_CASE(limits_of_each_type_fit_and_one_more_does_not),
	KUNIT_CASE(kstrtobool_takes_words_and_letters),
	KUNIT_CASE(bad_user_addresses_fault),
	KUNIT_CASE(simple_strto_parse_as_far_as_digits_go),
	KUNIT_CASE(hex_digits_convert_both_ways),
	{}
};

static struct kunit_case cmdline_cases[] = {
	KUNIT_CASE(get_option_tells_what_follows),
	KUNIT_CASE(get_options_expands_ranges),
	KUNIT_CASE(memparse_knows_binary_suffixes),
	KUNIT_CASE(parse_option_str_finds_whole_words),
	KUNIT_CASE(next_arg_cuts_words_and_quotes),
	KUNIT_CASE(parse_args_sets_parameters_of_each_type),
	KUNIT_CASE(parse_args_reports_bad_values_and_goes_on),
	KUNIT_CASE(names_compare_with_dashes_as_underscores),
	{}
};

static struct kunit_suite kstrtox_suite = { .name = "kstrtox", .test_cases = kstrtox_cases };
static struct kunit_suite cmdline_suite = { .name = "cmdline", .test_cases = cmdline_cases };
kunit_test_suites(&kstrtox_suite, &cmdline_suite);
