// SPDX-License-Identifier: MIT
/* Tests of <linux/ctype.h> (each class over all characters), <linux/hex.h> and hex dumps. */

#include <kunit/test.h>

#include <linux/ctype.h>
#include <linux/hex.h>
#include <linux/printk.h>
#include <linux/string.h>

/* The class holds exactly the ASCII characters for which @expected is true; above it is Latin-1. */
#define TEST_CLASS(name, is, expected)						\
static void name(struct kunit *test)						\
{										\
	int c;									\
										\
	for (c = 0; c < 128; c++)						\
		KUNIT_EXPECT_EQ_MSG(test, !!is(c), !!(expected), "character %#x", c); \
}

TEST_CLASS(isdigit_is_0_to_9, isdigit, c >= '0' && c <= '9')
TEST_CLASS(isxdigit_adds_a_to_f, isxdigit,
	   (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
TEST_CLASS(islower_is_a_to_z, islower, c >= 'a' && c <= 'z')
TEST_CLASS(isupper_is_A_to_Z, isupper, c >= 'A' && c <= 'Z')
TEST_CLASS(isalpha_is_both_cases, isalpha, (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
TEST_CLASS(isalnum_is_letters_and_digits, isalnum,
	   (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
TEST_CLASS(isspace_is_blank_and_control_blanks, isspace, c == ' ' || (c >= '\t' && c <= '\r'))
TEST_CLASS(iscntrl_is_below_blank_and_delete, iscntrl, c < ' ' || c == 0x7f)
TEST_CLASS(isprint_is_blank_to_tilde, isprint, c >= ' ' && c <= '~')
TEST_CLASS(isgraph_is_isprint_without_blank, isgraph, c > ' ' && c <= '~')
TEST_CLASS(ispunct_is_the_rest_of_isgraph, ispunct, isgraph(c) && !isalnum(c))
TEST_CLASS(isascii_is_all_of_them, isascii, true)
TEST_CLASS(isodigit_is_0_to_7, isodigit, c >= '0' && c <= '7')

static void tolower_changes_capitals_only(struct kunit *test)
{
	int c;

	for (c = 0; c < 128; c++)
		KUNIT_EXPECT_EQ(test, tolower(c), c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static void toupper_changes_small_letters_only(struct kunit *test)
{
	int c;

	for (c = 0; c < 128; c++)
		KUNIT_EXPECT_EQ(test, toupper(c), c >= 'a' && c <= 'z' ? c - 32 : c);
}

static void high_characters_are_no_ascii(struct kunit *test)
{
	int c;

	for (c = 128; c < 256; c++) {
		KUNIT_EXPECT_FALSE(test, isascii(c));
		KUNIT_EXPECT_FALSE(test, isdigit(c));
		KUNIT_EXPECT_LT(test, toascii(c), 128);
	}
}

/* --- Hex -------------------------------------------------------------------------------------- */

static void hex_to_bin_knows_16_digits_in_two_cases(struct kunit *test)
{
	int c, good = 0;

	for (c = 0; c < 256; c++)
		good += hex_to_bin(c) >= 0;
	KUNIT_EXPECT_EQ(test, good, 22);
	KUNIT_EXPECT_EQ(test, hex_to_bin('0'), 0);
	KUNIT_EXPECT_EQ(test, hex_to_bin('9'), 9);
	KUNIT_EXPECT_EQ(test, hex_to_bin('a'), 10);
	KUNIT_EXPECT_EQ(test, hex_to_bin('F'), 15);
	KUNIT_EXPECT_EQ(test, hex_to_bin('g'), -1);
}

static void hex2bin_reads_pairs(struct kunit *test)
{
	u8 out[4] = { };

	KUNIT_EXPECT_EQ(test, hex2bin(out, "00ffA5", 3), 0);
	KUNIT_EXPECT_EQ(test, out[1], 0xff);
	KUNIT_EXPECT_EQ(test, out[2], 0xa5);
	KUNIT_EXPECT_EQ(test, out[3], 0);
	KUNIT_EXPECT_EQ(test, hex2bin(out, "", 0), 0);
}

static void hex2bin_refuses_other_characters(struct kunit *test)
{
	u8 out[2];

	KUNIT_EXPECT_EQ(test, hex2bin(out, "0g", 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, hex2bin(out, "g0", 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, hex2bin(out, "00 1", 2), -EINVAL);
	KUNIT_EXPECT_EQ(test, hex2bin(out, "0", 1), -EINVAL);
}

static void mac_pton_reads_six_pairs_or_writes_nothing(struct kunit *test)
{
	static const u8 expected[7] = { 0x52, 0x54, 0x00, 0xab, 0xCD, 0xff };
	static const char * const bad[] = {
		"", "5", "52:54:00:12:34", "52:54:00:12:34:5", "52:54:00:12:34:5g",
		"52-54-00-12-34-56", "525400123456", "2:54:00:12:34:56",
	};
	u8 mac[7] = { };
	int i;

	KUNIT_EXPECT_TRUE(test, mac_pton("52:54:00:aB:CD:ff", mac));
	KUNIT_EXPECT_MEMEQ(test, mac, expected, sizeof(mac));
	KUNIT_EXPECT_TRUE(test, mac_pton("52:54:00:ab:cd:ff,more", mac));
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_FALSE_MSG(test, mac_pton(bad[i], mac), "%s", bad[i]);
	KUNIT_EXPECT_MEMEQ(test, mac, expected, sizeof(mac));
}

static void bin2hex_writes_small_letters_and_no_nul(struct kunit *test)
{
	static const u8 bytes[] = { 0x01, 0xab, 0xff };
	char out[8] = "????????";

	KUNIT_EXPECT_PTR_EQ(test, bin2hex(out, bytes, 3), (char *)out + 6);
	KUNIT_EXPECT_EQ(test, memcmp(out, "01abff??", 8), 0);
}

static void single_bytes_are_packed_in_either_case(struct kunit *test)
{
	char out[4] = "";

	KUNIT_EXPECT_PTR_EQ(test, hex_byte_pack(out, 0xbe), (char *)out + 2);
	KUNIT_EXPECT_STREQ(test, out, "be");
	hex_byte_pack_upper(out, 0xbe);
	KUNIT_EXPECT_STREQ(test, out, "BE");
	KUNIT_EXPECT_EQ(test, hex_asc_hi(0x5c), '5');
	KUNIT_EXPECT_EQ(test, hex_asc_upper_lo(0x5c), 'C');
}

static const u8 sample[] = "0123456789abcdef\x80\xff";

static void expect_dump(struct kunit *test, const char *want, size_t len, int rowsize,
			int groupsize, bool ascii)
{
	char line[128];

	KUNIT_EXPECT_EQ(test, hex_dump_to_buffer(sample, len, rowsize, groupsize, line,
						 sizeof(line), ascii), strlen(want));
	KUNIT_EXPECT_STREQ(test, line, want);
}

static void a_dump_by_bytes(struct kunit *test)
{
	expect_dump(test, "30 31 32 33", 4, 16, 1, false);
	expect_dump(test, "30", 1, 16, 1, false);
}

static void a_dump_of_nothing_is_empty(struct kunit *test)
{
	expect_dump(test, "", 0, 16, 1, false);
}

static void a_dump_by_words_is_in_machine_order(struct kunit *test)
{
	expect_dump(test, "3130 3332", 4, 16, 2, false);
	expect_dump(test, "33323130 37363534", 8, 16, 4, false);
	expect_dump(test, "3736353433323130", 8, 16, 8, false);
}

static void a_dump_of_an_odd_length_goes_by_bytes(struct kunit *test)
{
	expect_dump(test, "30 31 32", 3, 16, 2, false);
	expect_dump(test, "30 31 32 33 34", 5, 16, 4, false);
}

static void a_dump_stops_at_its_row(struct kunit *test)
{
	char line[128];

	hex_dump_to_buffer(sample, 18, 16, 1, line, sizeof(line), false);
	KUNIT_EXPECT_EQ(test, strlen(line), 47);
	hex_dump_to_buffer(sample, 18, 7, 1, line, sizeof(line), false);
	KUNIT_EXPECT_EQ_MSG(test, strlen(line), 47, "a row is 16 or 32 bytes");
}

static void a_dump_shows_characters_in_a_column(struct kunit *test)
{
	char line[128];

	hex_dump_to_buffer("ab\n", 3, 16, 1, line, sizeof(line), true);
	KUNIT_EXPECT_EQ(test, memcmp(line, "61 62 0a ", 9), 0);
	KUNIT_EXPECT_STREQ(test, line + strlen(line) - 3, "ab.");
	KUNIT_EXPECT_EQ(test, strlen(line), 16 * 3 + 1 + 3);
}

static void a_cut_dump_tells_its_full_length(struct kunit *test)
{
	char line[8];

	KUNIT_EXPECT_EQ(test, hex_dump_to_buffer(sample, 4, 16, 1, line, sizeof(line), false), 11);
	KUNIT_EXPECT_STREQ(test, line, "30 31 3");
	KUNIT_EXPECT_EQ(test, hex_dump_to_buffer(sample, 4, 16, 1, NULL, 0, false), 11);
}

static struct kunit_case ctype_cases[] = {
	KUNIT_CASE(isdigit_is_0_to_9),
	KUNIT_CASE(isxdigit_adds_a_to_f),
	KUNIT_CASE(islower_is_a_to_z),
	KUNIT_CASE(isupper_is_A_to_Z),
	KUNIT_CASE(isalpha_is_both_cases),
	KUNIT_CASE(isalnum_is_letters_and_digits),
	KUNIT_CASE(isspace_is_blank_and_control_blanks),
	KUNIT_CASE(iscntrl_is_below_blank_and_delete),
	KUNIT_CASE(isprint_is_blank_to_tilde),
	KUNIT_CASE(isgraph_is_isprint_without_blank),
	KUNIT_CASE(ispunct_is_the_rest_of_isgraph),
	KUNIT_CASE(isascii_is_all_of_them),
	KUNIT_CASE(isodigit_is_0_to_7),
	KUNIT_CASE(tolower_changes_capitals_only),
	KUNIT_CASE(toupper_changes_small_letters_only),
	KUNIT_CASE(high_characters_are_no_ascii),
	{}
};

static struct kunit_case hexdump_cases[] = {
	KUNIT_CASE(hex_to_bin_knows_16_digits_in_two_cases),
	KUNIT_CASE(hex2bin_reads_pairs),
	KUNIT_CASE(hex2bin_refuses_other_characters),
	KUNIT_CASE(mac_pton_reads_six_pairs_or_writes_nothing),
	KUNIT_CASE(bin2hex_writes_small_letters_and_no_nul),
	KUNIT_CASE(single_bytes_are_packed_in_either_case),
	KUNIT_CASE(a_dump_by_bytes),
	KUNIT_CASE(a_dump_of_nothing_is_empty),
	KUNIT_CASE(a_dump_by_words_is_in_machine_order),
	KUNIT_CASE(a_dump_of_an_odd_length_goes_by_bytes),
	KUNIT_CASE(a_dump_stops_at_its_row),
	KUNIT_CASE(a_dump_shows_characters_in_a_column),
	KUNIT_CASE(a_cut_dump_tells_its_full_length),
	{}
};

static struct kunit_suite ctype_suite = { .name = "ctype", .test_cases = ctype_cases };
static struct kunit_suite hexdump_suite = { .name = "hexdump", .test_cases = hexdump_cases };
kunit_test_suites(&ctype_suite, &hexdump_suite);

MODULE_LICENSE("MIT");
