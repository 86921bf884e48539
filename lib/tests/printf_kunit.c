// SPDX-License-Identifier: MIT
/* Tests of <linux/sprintf.h>: printf with its %p letters, binary printf, scanf. */

#include <kunit/test.h>

#include <linux/bitmap.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/ioport.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/rtc.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/uuid.h>

#define BUF_SIZE	256
#define FILL		'$'

/*
 * The text must be @want: with room to spare, cut at any place, and with no room at all; nothing
 * behind the buffer's size may be touched. It must also come out of binary printf.
 */
static void __printf(3, 4) expect(struct kunit *test, const char *want, const char *fmt, ...)
{
	char buf[BUF_SIZE];
	u32 words[BUF_SIZE / 4];
	size_t len = strlen(want), size;
	va_list args;
	int ret;

	va_start(args, fmt);
	for (size = 0; size < len + 3; size++) {
		va_list copy;

		memset(buf, FILL, sizeof(buf));
		va_copy(copy, args);
		ret = vsnprintf(size ? buf : NULL, size, fmt, copy);
		va_end(copy);
		KUNIT_ASSERT_EQ_MSG(test, ret, len, "\"%s\" size %zu", fmt, size);
		if (size) {
			size_t stored = min(len, size - 1);

			KUNIT_ASSERT_MEMEQ_MSG(test, buf, want, stored, "\"%s\" size %zu", fmt,
					       size);
			KUNIT_ASSERT_EQ(test, buf[stored], '\0');
		}
		KUNIT_ASSERT_EQ(test, buf[size], FILL);

		va_copy(copy, args);
		ret = vscnprintf(buf, size, fmt, copy);
		va_end(copy);
		KUNIT_ASSERT_EQ(test, ret, size ? min(len, size - 1) : 0);
	}

	memset(buf, FILL, sizeof(buf));
	ret = vbin_printf(words, ARRAY_SIZE(words), fmt, args);
	va_end(args);
	KUNIT_ASSERT_LE(test, ret, ARRAY_SIZE(words));
	KUNIT_ASSERT_EQ(test, bstr_printf(buf, sizeof(buf), fmt, words), len);
	KUNIT_ASSERT_STREQ_MSG(test, buf, want, "binary \"%s\"", fmt);
}

static void literal_text_and_percent_signs(struct kunit *test)
{
	expect(test, "hello", "hello");
	expect(test, "100%", "100%%");
	expect(test, "", "%s", "");
	expect(test, "%", "%%");
}

static void integers_in_all_bases(struct kunit *test)
{
	expect(test, "0 1 -1", "%d %d %d", 0, 1, -1);
	expect(test, "-2147483648", "%i", INT_MIN);
	expect(test, "4294967295", "%u", UINT_MAX);
	expect(test, "18446744073709551615", "%llu", ULLONG_MAX);
	expect(test, "-9223372036854775808", "%lld", LLONG_MIN);
	expect(test, "deadbeef DEADBEEF", "%x %X", 0xdeadbeef, 0xdeadbeef);
	expect(test, "37777777777", "%o", UINT_MAX);
	expect(test, "0xff 0XFF 0377", "%#x %#X %#o", 255, 255, 255);
	expect(test, "0x0 0", "%#x %#o", 0, 0);
	expect(test, "12345", "%zu", (size_t)12345);
	expect(test, "-7", "%td", (ptrdiff_t)-7);
	expect(test, "-5", "%zd", (ssize_t)-5);
	expect(test, "99", "%ld", 99L);
	expect(test, "ffffffffffffffff", "%lx", ~0UL);
}

static void narrow_sizes_truncate_the_argument(struct kunit *test)
{
	expect(test, "-1 255", "%hhd %hhu", 0xff, 0xff);
	expect(test, "-32768 32768", "%hd %hu", 0x8000, 0x8000);
	expect(test, "34", "%hhx", (unsigned char)0x34);
}

static void flags_width_and_precision_of_numbers(struct kunit *test)
{
	expect(test, "   42|42   |00042", "%5d|%-5d|%05d", 42, 42, 42);
	expect(test, "+42|-42| 42|-42", "%+d|%+d|% d|% d", 42, -42, 42, -42);
	expect(test, "  042|042  |  042", "%5.3d|%-5.3d|%05.3d", 42, 42, 42);
	expect(test, "-0042|-0042", "%05d|%.4d", -42, -42);
	expect(test, "0x00002a|  0x2a|0x2a  ", "%#08x|%#6x|%-#6x", 42, 42, 42);
	expect(test, "1234", "%2d", 1234);
	expect(test, "42   |", "%-05d|", 42);
	expect(test, "  +42", "%+5d", 42);
	expect(test, "0|0|00", "%.0d|%.d|%.2d", 0, 0, 0);
}

static void width_and_precision_as_arguments(struct kunit *test)
{
	expect(test, "   42|42   ", "%*d|%*d", 5, 42, -5, 42);
	expect(test, "00042", "%.*d", 5, 42);
	expect(test, "42", "%.*d", -5, 42);
	expect(test, "  ab|ab  ", "%*.*s|%-*.*s", 4, 2, "abc", 4, 2, "abc");
}

static void strings_and_characters(struct kunit *test)
{
	expect(test, "a", "%c", 'a');
	expect(test, "  a|a  ", "%3c|%-3c", 'a', 'a');
	expect(test, "hello", "%s", "hello");
	expect(test, "   hi|hi   ", "%5s|%-5s", "hi", "hi");
	expect(test, "he", "%.2s", "hello");
	expect(test, "", "%.0s", "hello");
	expect(test, "hello", "%.s", "hello");
	expect(test, "    |", "%4.*s|", -5, "hello");
}

static void bad_strings_are_named_not_followed(struct kunit *test)
{
	const char *volatile null = NULL;
	const char *volatile low = (const char *)8;
	const char *volatile error = ERR_PTR(-EINVAL);

	expect(test, "(null)", "%s", null);
	expect(test, "(efault)", "%s", low);
	expect(test, "(efault)", "%s", error);
	expect(test, "  (null)", "%8s", null);
}

static void the_plain_calls_agree(struct kunit *test)
{
	char buf[16];

	KUNIT_EXPECT_EQ(test, sprintf(buf, "%d-%s", 1, "x"), 3);
	KUNIT_EXPECT_STREQ(test, buf, "1-x");
	KUNIT_EXPECT_EQ(test, snprintf(buf, 4, "%s", "abcdef"), 6);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, scnprintf(buf, 4, "%s", "abcdef"), 3);
	KUNIT_EXPECT_EQ(test, scnprintf(buf, 0, "%s", "abcdef"), 0);
	KUNIT_EXPECT_EQ(test, num_to_str(buf, sizeof(buf), 1234, 6), 6);
	KUNIT_EXPECT_MEMEQ(test, buf, "  1234", 6);
	KUNIT_EXPECT_EQ(test, num_to_str(buf, 3, 1234, 0), 0);
}

static int __printf(3, 0) call_vsprintf(char *buf, int unused, const char *fmt, ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = vsprintf(buf, fmt, args);
	va_end(args);
	return ret;
}

static void vsprintf_does_not_limit(struct kunit *test)
{
	char buf[32];

	KUNIT_EXPECT_EQ(test, call_vsprintf(buf, 0, "%d %s", 12, "abc"), 6);
	KUNIT_EXPECT_STREQ(test, buf, "12 abc");
}

static void kasprintf_allocates_what_it_needs(struct kunit *test)
{
	char *s = kasprintf(GFP_KERNEL, "%s %d", "number", 42);

	KUNIT_EXPECT_STREQ(test, s, "number 42");
	kfree(s);
}

/* --- Pointers --------------------------------------------------------------------------------- */

static void plain_pointers_are_hashed_but_stable(struct kunit *test)
{
	char a[32], b[32], raw[32];

	snprintf(a, sizeof(a), "%p", test);
	snprintf(b, sizeof(b), "%p", test);
	snprintf(raw, sizeof(raw), "%px", test);
	KUNIT_EXPECT_STREQ(test, a, b);
	KUNIT_EXPECT_EQ(test, strlen(a), 16);
	KUNIT_EXPECT_MEMEQ(test, a, "00000000", 8);
	KUNIT_EXPECT_STRNEQ(test, a, raw);
	snprintf(b, sizeof(b), "%p", test + 1);
	KUNIT_EXPECT_STRNEQ(test, a, b);
}

static void null_and_error_pointers_are_not_hashed(struct kunit *test)
{
	expect(test, "0000000000000000", "%p", NULL);
	expect(test, "ffffffffffffffea", "%p", ERR_PTR(-EINVAL));
}

static void raw_addresses(struct kunit *test)
{
	expect(test, "00000000deadbeef", "%px", (void *)0xdeadbeefUL);
	expect(test, "ffff888000000000", "%px", (void *)0xffff888000000000UL);
}

static void restricted_pointers_follow_kptr_restrict(struct kunit *test)
{
	int saved = kptr_restrict;
	char plain[32];

	snprintf(plain, sizeof(plain), "%p", test);
	kptr_restrict = 0;
	expect(test, plain, "%pK", test);
	kptr_restrict = 2;
	expect(test, "0000000000000000", "%pK", test);
	kptr_restrict = saved;
}

/* The thread of a case ends with it: it may give its rights away. */
static void a_trusted_reader_sees_restricted_pointers(struct kunit *test)
{
	static const char zeros[] = "0000000000000000";
	struct cred *new = prepare_creds();
	int saved = kptr_restrict;
	char bare[32];

	KUNIT_ASSERT_NOT_NULL(test, new);
	snprintf(bare, sizeof(bare), "%px", test);
	kptr_restrict = 1;
	expect(test, bare, "%pK", test);

	/* Rights from a set-user-ID program. */
	new->uid = make_kuid(&init_user_ns, 1000);
	commit_creds(new);
	kptr_restrict = 1;
	expect(test, zeros, "%pK", test);

	new = prepare_creds();
	kptr_restrict = saved;
	KUNIT_ASSERT_NOT_NULL(test, new);
	new->uid = new->euid;
	cap_lower(new->cap_effective, CAP_SYSLOG);
	commit_creds(new);
	kptr_restrict = 1;
	expect(test, zeros, "%pK", test);
	kptr_restrict = saved;
}

static void errors_by_name(struct kunit *test)
{
	expect(test, "-EINVAL", "%pe", ERR_PTR(-EINVAL));
	expect(test, "-ENOMEM", "%pe", ERR_PTR(-ENOMEM));
	expect(test, "-EPROBE_DEFER", "%pe", ERR_PTR(-EPROBE_DEFER));
	expect(test, "[  -EIO]", "[%6pe]", ERR_PTR(-EIO));
	expect(test, "-4095", "%pe", ERR_PTR(-4095));
}

static void symbols_with_and_without_offset(struct kunit *test)
{
	char buf[KSYM_SYMBOL_LEN];

	expect(test, "vsnprintf", "%ps", vsnprintf);
	snprintf(buf, sizeof(buf), "%pS", vsnprintf);
	KUNIT_EXPECT_TRUE(test, strstarts(buf, "vsnprintf+0x0/0x"));
	snprintf(buf, sizeof(buf), "%pS", (void *)vsnprintf + 3);
	KUNIT_EXPECT_TRUE(test, strstarts(buf, "vsnprintf+0x3/0x"));
	/* a return address right behind a function belongs to its last call */
	snprintf(buf, sizeof(buf), "%pB", (void *)vsnprintf + 1);
	KUNIT_EXPECT_TRUE(test, strstarts(buf, "vsnprintf+0x1/0x"));
}

static void resources(struct kunit *test)
{
	struct resource mem = {
		.start = 0xc0ffee00, .end = 0xc0ffee00, .flags = IORESOURCE_MEM,
	};
	struct resource range = {
		.start = 0x100000, .end = 0x1fffff,
		.flags = IORESOURCE_MEM | IORESOURCE_PREFETCH | IORESOURCE_MEM_64,
	};
	struct resource io = { .start = 0x3f8, .end = 0x3ff, .flags = IORESOURCE_IO };
	struct resource irq = { .start = 4, .end = 4, .flags = IORESOURCE_IRQ };

	expect(test, "[mem 0xc0ffee00]", "%pR", &mem);
	expect(test, "[mem 0xc0ffee00 flags 0x200]", "%pr", &mem);
	expect(test, "[mem 0x00100000-0x001fffff 64bit pref]", "%pR", &range);
	expect(test, "[io  0x03f8-0x03ff]", "%pR", &io);
	expect(test, "[irq 4]", "%pR", &irq);
	expect(test, "(null)", "%pR", NULL);
}

static void bus_addresses_by_reference(struct kunit *test)
{
	phys_addr_t phys = 0x12345678;
	dma_addr_t dma = 0xabcdef;

	expect(test, "0x0000000012345678", "%pa", &phys);
	expect(test, "0x0000000012345678", "%pap", &phys);
	expect(test, "0x0000000000abcdef", "%pad", &dma);
}

static void bytes_in_hex(struct kunit *test)
{
	const u8 bytes[] = { 0xc0, 0xff, 0xee };

	expect(test, "c0 ff ee", "%3ph", bytes);
	expect(test, "c0:ff:ee", "%3phC", bytes);
	expect(test, "c0-ff-ee", "%3phD", bytes);
	expect(test, "c0ffee", "%3phN", bytes);
	expect(test, "c0 ff", "%*ph", 2, bytes);
	expect(test, "c0", "%ph", bytes);
	expect(test, "", "%*ph", 0, bytes);
}

static void escaped_bytes(struct kunit *test)
{
	const char bytes[] = "a\n\\\001";

	expect(test, "a\\n\\\\001", "%4pE", bytes);
	expect(test, "\\x61\\x0a\\x5c\\x01", "%4pEh", bytes);
	expect(test, "a\\n", "%*pE", 2, bytes);
	expect(test, "a", "%pE", bytes);
	expect(test, "", "%*pE", 0, bytes);
}

static void bitmaps_of_many_bits(struct kunit *test)
{
	const unsigned int nbits = 1 << 20;
	unsigned long *bits = bitmap_zalloc(nbits, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bits);
	bitmap_set(bits, 40000, 3);
	__set_bit(nbits - 1, bits);
	expect(test, "40000-40002,1048575", "%*pbl", nbits, bits);
	expect(test, "40000-40002,1048575", "%1048576pbl", bits);
	bitmap_free(bits);
}

static void bitmaps_as_masks_and_lists(struct kunit *test)
{
	DECLARE_BITMAP(bits, 80);

	bitmap_zero(bits, 80);
	bitmap_set(bits, 0, 4);
	__set_bit(7, bits);
	bitmap_set(bits, 64, 2);
	expect(test, "0003,00000000,0000008f", "%80pb", bits);
	expect(test, "0-3,7,64-65", "%80pbl", bits);
	expect(test, "8f", "%*pb", 8, bits);
	expect(test, "0-2", "%*pbl", 3, bits);
	expect(test, "", "%*pbl", 0, bits);
	bitmap_zero(bits, 80);
	expect(test, "", "%80pbl", bits);
	expect(test, "0", "%1pb", bits);
}

static void mac_addresses(struct kunit *test)
{
	const u8 mac[6] = { 0x2d, 0x48, 0xd6, 0xfc, 0x7a, 0x05 };

	expect(test, "2d:48:d6:fc:7a:05", "%pM", mac);
	expect(test, "05:7a:fc:d6:48:2d", "%pMR", mac);
	expect(test, "2d-48-d6-fc-7a-05", "%pMF", mac);
	expect(test, "2d48d6fc7a05", "%pm", mac);
	expect(test, "057afcd6482d", "%pmR", mac);
}

static void ip_addresses(struct kunit *test)
{
	const u8 v4[4] = { 127, 0, 0, 1 };
	static const struct { u8 a[16]; const char *text; } v6[] = {
		{ { 0 }, "::" },
		{ { [15] = 1 }, "::1" },
		{ { 0xfe, 0x80, [15] = 1 }, "fe80::1" },
		{ { 0x20, 0x01, 0x0d, 0xb8, [13] = 1, [15] = 1 }, "2001:db8::1:1" },
		{ { [10] = 0xff, 0xff, 1, 2, 3, 4 }, "::ffff:1.2.3.4" },
		{ { 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8 }, "1:2:3:4:5:6:7:8" },
		{ { 0, 1, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8 }, "1:0:3:4::8" },
		{ { 0, 1, [14] = 0, 0 }, "1::" },
	};
	int i;

	expect(test, "127.0.0.1", "%pI4", v4);
	expect(test, "127.000.000.001", "%pi4", v4);
	expect(test, "1.0.0.127", "%pI4l", v4);
	for (i = 0; i < ARRAY_SIZE(v6); i++)
		expect(test, v6[i].text, "%pI6c", v6[i].a);
	expect(test, "fe80:0000:0000:0000:0000:0000:0000:0001", "%pI6", v6[2].a);
	expect(test, "fe800000000000000000000000000001", "%pi6", v6[2].a);
}

static void uuids(struct kunit *test)
{
	const u8 uuid[16] = {
		0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf
	};

	expect(test, "00010203-0405-0607-0809-0a0b0c0d0e0f", "%pU", uuid);
	expect(test, "00010203-0405-0607-0809-0a0b0c0d0e0f", "%pUb", uuid);
	expect(test, "00010203-0405-0607-0809-0A0B0C0D0E0F", "%pUB", uuid);
	expect(test, "03020100-0504-0706-0809-0a0b0c0d0e0f", "%pUl", uuid);
	expect(test, "03020100-0504-0706-0809-0A0B0C0D0E0F", "%pUL", uuid);
}

static void four_character_codes(struct kunit *test)
{
	const u32 nv12 = 0x3231564e, big = 0xb231564e, odd = 0x10111213;

	expect(test, "NV12 little-endian (0x3231564e)", "%p4cc", &nv12);
	expect(test, "NV12 big-endian (0xb231564e)", "%p4cc", &big);
	expect(test, ".... little-endian (0x10111213)", "%p4cc", &odd);
}

static void times(struct kunit *test)
{
	const struct rtc_time tm = {
		.tm_sec = 43, .tm_min = 35, .tm_hour = 5,
		.tm_mday = 4, .tm_mon = 0, .tm_year = 119,
	};
	const time64_t t = 1546580143;		/* the same instant */

	expect(test, "2019-01-04T05:35:43", "%ptR", &tm);
	expect(test, "0119-00-04T05:35:43", "%ptRr", &tm);
	expect(test, "05:35:43", "%ptRt", &tm);
	expect(test, "2019-01-04", "%ptRd", &tm);
	expect(test, "2019-01-04 05:35:43", "%ptRs", &tm);
	expect(test, "2019-01-04T05:35:43", "%ptT", &t);
	expect(test, "2019-01-04 05:35:43", "%ptTs", &t);
}

static void __printf(3, 4) expect_nested(struct kunit *test, const char *want, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	char buf[64];
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	/* twice: the arguments must still be there */
	snprintf(buf, sizeof(buf), "[%pV][%pV]", &vaf, &vaf);
	va_end(args);
	KUNIT_EXPECT_STREQ(test, buf, want);
}

static void a_format_inside_a_format(struct kunit *test)
{
	expect_nested(test, "[a 1 b][a 1 b]", "%s %d %c", "a", 1, 'b');
}

static void binary_printf_tells_how_many_words_it_needs(struct kunit *test)
{
	u32 words[8];
	char buf[32];

	KUNIT_EXPECT_EQ(test, bprintf(words, 8, "%d %s", 5, "abcd"), 3);
	KUNIT_EXPECT_EQ(test, bstr_printf(buf, sizeof(buf), "%d %s", words), 6);
	KUNIT_EXPECT_STREQ(test, buf, "5 abcd");
	KUNIT_EXPECT_EQ(test, bprintf(words, 2, "%llu %d", 1ull, 5), 3);
	KUNIT_EXPECT_EQ(test, bstr_printf(buf, 3, "%s", (u32[]) { 0x64636261, 0 }), 4);
	KUNIT_EXPECT_STREQ(test, buf, "ab");
}

/* --- scanf ------------------------------------------------------------------------------------ */

static void scanf_converts_numbers(struct kunit *test)
{
	int d, i, x;
	unsigned int u, o;
	long l;
	long long ll;
	unsigned char hh;
	short h;

	KUNIT_EXPECT_EQ(test, sscanf("-12 0x1f 077 34 ff", "%d %i %o %u %x", &d, &i, &o, &u, &x),
			5);
	KUNIT_EXPECT_EQ(test, d, -12);
	KUNIT_EXPECT_EQ(test, i, 31);
	KUNIT_EXPECT_EQ(test, o, 63);
	KUNIT_EXPECT_EQ(test, u, 34);
	KUNIT_EXPECT_EQ(test, x, 255);
	KUNIT_EXPECT_EQ(test, sscanf("300 -2 -3 9223372036854775807", "%hhu %hd %ld %lld", &hh,
				     &h, &l, &ll), 4);
	KUNIT_EXPECT_EQ(test, hh, 44);
	KUNIT_EXPECT_EQ(test, h, -2);
	KUNIT_EXPECT_EQ(test, l, -3);
	KUNIT_EXPECT_EQ(test, ll, LLONG_MAX);
}

static void scanf_widths_cut_numbers(struct kunit *test)
{
	int a, b, c;

	KUNIT_EXPECT_EQ(test, sscanf("123456", "%2d%3d%d", &a, &b, &c), 3);
	KUNIT_EXPECT_EQ(test, a, 12);
	KUNIT_EXPECT_EQ(test, b, 345);
	KUNIT_EXPECT_EQ(test, c, 6);
	KUNIT_EXPECT_EQ(test, sscanf("0x1234", "%4x", &a), 1);
	KUNIT_EXPECT_EQ(test, a, 0x12);
}

static void scanf_strings_sets_and_characters(struct kunit *test)
{
	char s[16], t[16], c[3] = "";

	KUNIT_EXPECT_EQ(test, sscanf("  word rest", "%s %2c", s, c), 2);
	KUNIT_EXPECT_STREQ(test, s, "word");
	KUNIT_EXPECT_STREQ(test, c, "re");
	KUNIT_EXPECT_EQ(test, sscanf("abcdef", "%3s%s", s, t), 2);
	KUNIT_EXPECT_STREQ(test, s, "abc");
	KUNIT_EXPECT_STREQ(test, t, "def");
	KUNIT_EXPECT_EQ(test, sscanf("name:value", "%15[amen^]", s), 1);
	KUNIT_EXPECT_EQ(test, sscanf("name:value", "%15[^:]:%15s", s, t), 2);
	KUNIT_EXPECT_STREQ(test, s, "name");
	KUNIT_EXPECT_STREQ(test, t, "value");
}

static void scanf_stops_at_the_first_mismatch(struct kunit *test)
{
	int a = -1, b = -1, n = -1;

	KUNIT_EXPECT_EQ(test, sscanf("1,x", "%d,%d", &a, &b), 1);
	KUNIT_EXPECT_EQ(test, b, -1);
	KUNIT_EXPECT_EQ(test, sscanf("x", "%d", &a), 0);
	KUNIT_EXPECT_EQ(test, sscanf("", "%d", &a), 0);
	KUNIT_EXPECT_EQ(test, sscanf("5 6", "%*d %d", &a), 1);
	KUNIT_EXPECT_EQ(test, a, 6);
	KUNIT_EXPECT_EQ(test, sscanf("12 ab", "%d%n", &a, &n), 1);
	KUNIT_EXPECT_EQ(test, n, 2);
	KUNIT_EXPECT_EQ(test, sscanf("50%", "%d%%", &a), 1);
}

static void a_width_may_end_in_a_prefix(struct kunit *test)
{
	int a = -1, b = -1;

	/* before it, in it, and behind it */
	KUNIT_EXPECT_EQ(test, sscanf("-4 2", "%1i %i", &a, &b), 0);
	KUNIT_EXPECT_EQ(test, sscanf("0xB9", "%1x%x", &a, &b), 1);
	KUNIT_EXPECT_EQ(test, a, 0);
	KUNIT_EXPECT_EQ(test, sscanf("0xB9", "%2x%x", &a, &b), 2);
	KUNIT_EXPECT_EQ(test, a, 0);
	KUNIT_EXPECT_EQ(test, b, 0xb9);
	KUNIT_EXPECT_EQ(test, sscanf("0x83", "%2i%i", &a, &b), 2);
	KUNIT_EXPECT_EQ(test, b, 83);
	KUNIT_EXPECT_EQ(test, sscanf("0xB9", "%2i%i", &a, &b), 1);
	KUNIT_EXPECT_EQ(test, sscanf("-0xB9", "%2i%i", &a, &b), 1);
	KUNIT_EXPECT_EQ(test, sscanf("-0x83", "%3i%i", &a, &b), 2);
	KUNIT_EXPECT_EQ(test, a, 0);
	KUNIT_EXPECT_EQ(test, b, 83);
	KUNIT_EXPECT_EQ(test, sscanf("0xB9", "%3x%x", &a, &b), 2);
	KUNIT_EXPECT_EQ(test, a, 0xb);
	KUNIT_EXPECT_EQ(test, b, 9);
}

static int __scanf(2, 3) call_vsscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = vsscanf(buf, fmt, args);
	va_end(args);
	return ret;
}

static void vsscanf_takes_a_list(struct kunit *test)
{
	int a, b;

	KUNIT_EXPECT_EQ(test, call_vsscanf("3:4", "%d:%d", &a, &b), 2);
	KUNIT_EXPECT_EQ(test, a * 10 + b, 34);
}

static void page_flags_by_name(struct kunit *test)
{
	unsigned long none = 0, some = BIT(PG_uptodate) | BIT(PG_lru);
	char want[80];

	expect(test, "0x0(zone=0)", "%pGp", &none);
	sprintf(want, "%#lx(uptodate|lru|zone=0)", some);
	expect(test, want, "%pGp", &some);
	some |= 1UL << ZONES_PGSHIFT;
	sprintf(want, "%#lx(uptodate|lru|zone=1)", some);
	expect(test, want, "%pGp", &some);
}

static void allocation_flags_by_name(struct kunit *test)
{
	gfp_t gfp = GFP_KERNEL;

	expect(test, "GFP_KERNEL", "%pGg", &gfp);
	gfp = GFP_ATOMIC | __GFP_ZERO;
	expect(test, "GFP_ATOMIC|__GFP_ZERO", "%pGg", &gfp);
	gfp = __GFP_NOWARN;
	expect(test, "__GFP_NOWARN", "%pGg", &gfp);
	gfp = GFP_USER | __GFP_COMP | __GFP_NORETRY;
	expect(test, "GFP_USER|__GFP_NORETRY|__GFP_COMP", "%pGg", &gfp);
	gfp = 0;
	expect(test, "", "%pGg", &gfp);
}

static void page_types_by_name(struct kunit *test)
{
	unsigned int type = (unsigned int)PGTY_slab << 24, unknown = 0x12345678;

	expect(test, "0xf5000000(slab)", "%pGt", &type);
	expect(test, "0x12345678()", "%pGt", &unknown);
	expect(test, "(%pG?)", "%pGx", &type);
	expect(test, "(null)", "%pGp", NULL);
}

static struct property a_compatible = {
	.name = "compatible", .value = "acme,uart\0generic,uart", .length = 23,
};
static struct device_node a_root = { .name = "", .full_name = "" };
static struct device_node a_soc = { .name = "soc", .full_name = "soc", .parent = &a_root };
static struct device_node a_uart = {
	.name = "uart", .full_name = "uart@1000", .phandle = 7, .parent = &a_soc,
	.properties = &a_compatible, .fwnode = { .name = "uart@1000" },
};

static void device_tree_nodes(struct kunit *test)
{
	expect(test, "/", "%pOF", &a_root);
	expect(test, "/soc/uart@1000", "%pOF", &a_uart);
	expect(test, "/soc/uart@1000", "%pOFf", &a_uart);
	expect(test, "uart", "%pOFn", &a_uart);
	expect(test, "uart@1000", "%pOFP", &a_uart);
	expect(test, "7", "%pOFp", &a_uart);
	expect(test, "acme,uart", "%pOFc", &a_uart);
	expect(test, "\"acme,uart\",\"generic,uart\"", "%pOFC", &a_uart);
	expect(test, "/soc/uart@1000:7:acme,uart:----", "%pOFfpcF", &a_uart);
	expect(test, "  uart@1000|uart@1000  |", "%11pOFP|%-11pOFP|", &a_uart, &a_uart);
	expect(test, "/soc/uart@1000", "%5pOFf", &a_uart);
	expect(test, "(null)", "%pOF", NULL);
	expect(test, "(%pO?)", "%pOX", &a_uart);
}

static void firmware_nodes(struct kunit *test)
{
	expect(test, "uart@1000", "%pfw", &a_uart.fwnode);
	expect(test, "uart@1000", "%pfwP", &a_uart.fwnode);
	expect(test, " uart@1000|uart@1000 |", "%10pfw|%-10pfwf|", &a_uart.fwnode,
	       &a_uart.fwnode);
	expect(test, "(null)", "%pfw", NULL);
	expect(test, "(%pf?)", "%pfx", &a_uart.fwnode);
}

/* No row of the table: like %p, whatever the object is. */
static void letters_without_an_object_are_hashed(struct kunit *test)
{
	char letter[32], bare[32];

	snprintf(letter, sizeof(letter), "%pg", test);
	snprintf(bare, sizeof(bare), "%p", test);
	KUNIT_EXPECT_STREQ(test, letter, bare);
}

static void there_is_no_percent_n(struct kunit *test)
{
	char buf[32];
	int untouched = 77;

	kunit_expect_report(test, REPORT_WARN);
	snprintf(buf, sizeof(buf), "ab%n", &untouched);
	KUNIT_EXPECT_EQ(test, untouched, 77);
}

static struct kunit_case printf_cases[] = {
	KUNIT_CASE(literal_text_and_percent_signs),
	KUNIT_CASE(integers_in_all_bases),
	KUNIT_CASE(narrow_sizes_truncate_the_argument),
	KUNIT_CASE(flags_width_and_precision_of_numbers),
	KUNIT_CASE(width_and_precision_as_arguments),
	KUNIT_CASE(strings_and_characters),
	KUNIT_CASE(bad_strings_are_named_not_followed),
	KUNIT_CASE(the_plain_calls_agree),
	KUNIT_CASE(vsprintf_does_not_limit),
	KUNIT_CASE(kasprintf_allocates_what_it_needs),
	KUNIT_CASE(plain_pointers_are_hashed_but_stable),
	KUNIT_CASE(null_and_error_pointers_are_not_hashed),
	KUNIT_CASE(raw_addresses),
	KUNIT_CASE(restricted_pointers_follow_kptr_restrict),
	KUNIT_CASE(a_trusted_reader_sees_restricted_pointers),
	KUNIT_CASE(errors_by_name),
	KUNIT_CASE(symbols_with_and_without_offset),
	KUNIT_CASE(resources),
	KUNIT_CASE(bus_addresses_by_reference),
	KUNIT_CASE(bytes_in_hex),
	KUNIT_CASE(escaped_bytes),
	KUNIT_CASE(bitmaps_as_masks_and_lists),
	KUNIT_CASE(bitmaps_of_many_bits),
	KUNIT_CASE(mac_addresses),
	KUNIT_CASE(ip_addresses),
	KUNIT_CASE(uuids),
	KUNIT_CASE(four_character_codes),
	KUNIT_CASE(times),
	KUNIT_CASE(a_format_inside_a_format),
	KUNIT_CASE(binary_printf_tells_how_many_words_it_needs),
	KUNIT_CASE(page_flags_by_name),
	KUNIT_CASE(allocation_flags_by_name),
	KUNIT_CASE(page_types_by_name),
	KUNIT_CASE(device_tree_nodes),
	KUNIT_CASE(firmware_nodes),
	KUNIT_CASE(letters_without_an_object_are_hashed),
	KUNIT_CASE(there_is_no_percent_n),
	{}
};

static struct kunit_case scanf_cases[] = {
	KUNIT_CASE(scanf_converts_numbers),
	KUNIT_CASE(scanf_widths_cut_numbers),
	KUNIT_CASE(scanf_strings_sets_and_characters),
	KUNIT_CASE(scanf_stops_at_the_first_mismatch),
	KUNIT_CASE(a_width_may_end_in_a_prefix),
	KUNIT_CASE(vsscanf_takes_a_list),
	{}
};

static struct kunit_suite printf_suite = { .name = "printf", .test_cases = printf_cases };
static struct kunit_suite scanf_suite = { .name = "scanf", .test_cases = scanf_cases };
kunit_test_suites(&printf_suite, &scanf_suite);
