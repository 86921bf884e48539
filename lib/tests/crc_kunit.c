// SPDX-License-Identifier: MIT
/* Tests of <linux/crc*.h>: catalogued check values, and division bit by bit. */

#include <kunit/test.h>

#include <linux/bitrev.h>
#include <linux/crc-ccitt.h>
#include <linux/crc-itu-t.h>
#include <linux/crc16.h>
#include <linux/crc32.h>
#include <linux/crc32c.h>
#include <linux/crc32poly.h>
#include <linux/crc4.h>
#include <linux/crc64.h>
#include <linux/crc7.h>
#include <linux/crc8.h>
#include <linux/prandom.h>
#include <linux/string.h>

#include "../crc32_internal.h"

/* The usual check value of a CRC is that of these nine characters. */
static const u8 digits[] = "123456789";

static void check_values_are_the_catalogued_ones(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, ~crc32_le(~0, digits, 9), 0xcbf43926);
	KUNIT_EXPECT_EQ(test, ~crc32_be(~0, digits, 9), 0xfc891918);
	KUNIT_EXPECT_EQ(test, ~crc32c(~0, digits, 9), 0xe3069283);
	KUNIT_EXPECT_EQ(test, crc16(0, digits, 9), 0xbb3d);
	KUNIT_EXPECT_EQ(test, crc_ccitt(0, digits, 9), 0x2189);
	KUNIT_EXPECT_EQ(test, crc_ccitt(0xffff, digits, 9), 0x6f91);
	KUNIT_EXPECT_EQ(test, crc_itu_t(0, digits, 9), 0x31c3);
	KUNIT_EXPECT_EQ(test, crc_itu_t(0xffff, digits, 9), 0x29b1);
	KUNIT_EXPECT_EQ(test, crc7_be(0, digits, 9), 0x75 << 1);
	KUNIT_EXPECT_EQ(test, crc64_be(0, digits, 9), 0x6c40df5f0b497347ull);
}

static void crc7_is_left_aligned(struct kunit *test)
{
	/* the reset command of an SD card, whose last byte is 0x95: the CRC and a one */
	const u8 reset[] = { 0x40, 0, 0, 0, 0 };
	int i;

	KUNIT_EXPECT_EQ(test, crc7_be(0, reset, 5), 0x94);
	for (i = 0; i < 256; i++)
		KUNIT_EXPECT_EQ(test, crc7_be_byte(0, i) & 1, 0);
}

/* Division bit by bit, for whole nibbles. */
static u8 slow_crc4(u8 crc, u64 x, int bits)
{
	int i;

	for (i = bits - 1; i >= 0; i--) {
		u8 top = (crc >> 3) ^ (x >> i & 1);

		crc = (crc << 1 & 0xf) ^ (top & 1 ? 0x7 : 0);
	}
	return crc;
}

static void crc4_divides_by_its_polynomial(struct kunit *test)
{
	struct rnd_state rnd;
	int i, bits;

	KUNIT_EXPECT_EQ(test, crc4(0, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, crc4(0, 1, 4), 0x7);
	prandom_seed_state(&rnd, 4);
	for (i = 0; i < 100; i++) {
		u64 x = (u64)prandom_u32_state(&rnd) << 32 | prandom_u32_state(&rnd);

		for (bits = 4; bits <= 64; bits += 4) {
			u64 low = bits < 64 ? x & ((1ull << bits) - 1) : x;

			KUNIT_ASSERT_EQ(test, crc4(i & 15, x, bits), slow_crc4(i & 15, low, bits));
		}
		/* bits above are ignored, zeros fill up the first nibble */
		KUNIT_ASSERT_EQ(test, crc4(0, x, 6), slow_crc4(0, x & 0x3f, 8));
	}
}

static void crc8_tables_work_both_ways_round(struct kunit *test)
{
	DECLARE_CRC8_TABLE(msb);
	DECLARE_CRC8_TABLE(lsb);
	int i;

	/* x^8 + x^2 + x + 1: the check value is 0xf4 */
	crc8_populate_msb(msb, 0x07);
	KUNIT_EXPECT_EQ(test, crc8(msb, digits, 9, 0), 0xf4);
	/* Dallas' x^8 + x^5 + x^4 + 1: 0xa1 */
	crc8_populate_lsb(lsb, 0x8c);
	KUNIT_EXPECT_EQ(test, crc8(lsb, digits, 9, 0), 0xa1);
	crc8_populate_lsb(lsb, 0xe0);
	for (i = 0; i < 256; i++)
		KUNIT_EXPECT_EQ(test, lsb[i], bitrev8(msb[bitrev8(i)]));
}

#define BUF 300

static void fast_crcs_equal_division_bit_by_bit(struct kunit *test)
{
	u8 *buf = kunit_kmalloc(test, BUF, GFP_KERNEL);
	struct rnd_state rnd;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	prandom_seed_state(&rnd, 32);
	prandom_bytes_state(&rnd, buf, BUF);
	for (i = 0; i < 300; i++) {
		u32 start = prandom_u32_state(&rnd) % 64;
		u32 len = prandom_u32_state(&rnd) % (BUF - 64);
		u32 crc = prandom_u32_state(&rnd);
		const u8 *p = buf + start;
		u32 le = crc32_le_generic(crc, p, len, NULL, CRC32_POLY_LE);
		u32 be = crc32_be_generic(crc, p, len, NULL, CRC32_POLY_BE);
		u32 c = crc32_le_generic(crc, p, len, NULL, CRC32C_POLY_LE);

		KUNIT_ASSERT_EQ(test, crc32_le(crc, p, len), le);
		KUNIT_ASSERT_EQ(test, crc32_le_base(crc, p, len), le);
		KUNIT_ASSERT_EQ(test, crc32_be(crc, p, len), be);
		KUNIT_ASSERT_EQ(test, __crc32c_le(crc, p, len), c);
		KUNIT_ASSERT_EQ(test, __crc32c_le_base(crc, p, len), c);
	}
}

static void crcs_of_blocks_combine(struct kunit *test)
{
	u8 *buf = kunit_kmalloc(test, BUF, GFP_KERNEL);
	struct rnd_state rnd;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	prandom_seed_state(&rnd, 33);
	prandom_bytes_state(&rnd, buf, BUF);
	for (i = 0; i < 100; i++) {
		u32 cut = prandom_u32_state(&rnd) % BUF, seed = prandom_u32_state(&rnd);
		u32 a = crc32_le(seed, buf, cut), b = crc32_le(0, buf + cut, BUF - cut);

		KUNIT_ASSERT_EQ(test, crc32_le_combine(a, b, BUF - cut), crc32_le(seed, buf, BUF));
		a = __crc32c_le(seed, buf, cut);
		b = __crc32c_le(0, buf + cut, BUF - cut);
		KUNIT_ASSERT_EQ(test, __crc32c_le_combine(a, b, BUF - cut),
				__crc32c_le(seed, buf, BUF));
	}
	/* a shift is what zero bytes do */
	memset(buf, 0, BUF);
	KUNIT_EXPECT_EQ(test, crc32_generic_shift(0x12345678, 77, CRC32_POLY_LE),
			crc32_le(0x12345678, buf, 77));
	KUNIT_EXPECT_EQ(test, crc32_generic_shift(5, 0, CRC32_POLY_LE), 5);
}

static void bits_reverse(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, bitrev8(0x01), 0x80);
	KUNIT_EXPECT_EQ(test, bitrev16(0x0003), 0xc000);
	KUNIT_EXPECT_EQ(test, bitrev32(0x12345678), 0x1e6a2c48);
	KUNIT_EXPECT_EQ(test, bitrev8x4(0x01020304), 0x8040c020);
}

static struct kunit_case crc_cases[] = {
	KUNIT_CASE(check_values_are_the_catalogued_ones),
	KUNIT_CASE(crc7_is_left_aligned),
	KUNIT_CASE(crc4_divides_by_its_polynomial),
	KUNIT_CASE(crc8_tables_work_both_ways_round),
	KUNIT_CASE(fast_crcs_equal_division_bit_by_bit),
	KUNIT_CASE(crcs_of_blocks_combine),
	KUNIT_CASE(bits_reverse),
	{}
};

static struct kunit_suite crc_suite = { .name = "crc", .test_cases = crc_cases };
kunit_test_suite(crc_suite);

MODULE_LICENSE("MIT");
