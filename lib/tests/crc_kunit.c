// SPDX-License-Identifier: MIT
/* Tests of the CRCs, of the keyed hashes and of the generators of random numbers. */

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
#include <linux/jhash.h>
#include <linux/hash.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/siphash.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uuid.h>

#include <crypto/blake2s.h>
#include <crypto/chacha.h>

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
		u32 start = prandom_u32_state(&rnd) % 64, len = prandom_u32_state(&rnd) % (BUF - 64);
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

/* --- Keyed hashes ------------------------------------------------------------------------------------------- */

static void siphash_gives_the_papers_value(struct kunit *test)
{
	/* key 00 01 ... 0f, message 00 01 ... 0e */
	const siphash_key_t key = { { 0x0706050403020100ull, 0x0f0e0d0c0b0a0908ull } };
	u8 message[16];
	int i;

	for (i = 0; i < 16; i++)
		message[i] = i;
	KUNIT_EXPECT_EQ(test, siphash(message, 15, &key), 0xa129ca6149be45e5ull);
	KUNIT_EXPECT_EQ(test, siphash(message, 0, &key), 0x726fdb47dd0e0e31ull);
	KUNIT_EXPECT_EQ(test, siphash(message, 8, &key), 0x93f5f5799a932462ull);
	KUNIT_EXPECT_EQ(test, siphash_1u64(0x0706050403020100ull, &key), siphash(message, 8, &key));
	KUNIT_EXPECT_EQ(test, siphash_2u64(0x0706050403020100ull, 0x0f0e0d0c0b0a0908ull, &key),
			siphash(message, 16, &key));
	KUNIT_EXPECT_EQ(test, siphash_1u32(0x03020100, &key), siphash(message, 4, &key));
	KUNIT_EXPECT_EQ(test, siphash_2u32(0x03020100, 0x07060504, &key), siphash(message, 8, &key));
	KUNIT_EXPECT_EQ(test, siphash_3u32(0x03020100, 0x07060504, 0x0b0a0908, &key),
			siphash(message, 12, &key));
}

static void hsiphash_words_equal_its_bytes(struct kunit *test)
{
	const hsiphash_key_t key = { { 1, 2 } };
	const u32 w[4] = { 11, 22, 33, 44 };

	KUNIT_EXPECT_EQ(test, hsiphash_1u32(11, &key), hsiphash(w, 4, &key));
	KUNIT_EXPECT_EQ(test, hsiphash_2u32(11, 22, &key), hsiphash(w, 8, &key));
	KUNIT_EXPECT_EQ(test, hsiphash_3u32(11, 22, 33, &key), hsiphash(w, 12, &key));
	KUNIT_EXPECT_EQ(test, hsiphash_4u32(11, 22, 33, 44, &key), hsiphash(w, 16, &key));
}

static void jhash_of_bytes_and_words_agree(struct kunit *test)
{
	const u32 w[3] = { 1, 2, 3 };

	KUNIT_EXPECT_EQ(test, jhash2(w, 3, 7), jhash(w, 12, 7));
	KUNIT_EXPECT_EQ(test, jhash_1word(1, 7), jhash2(w, 1, 7));
	KUNIT_EXPECT_EQ(test, jhash_2words(1, 2, 7), jhash2(w, 2, 7));
	KUNIT_EXPECT_EQ(test, jhash_3words(1, 2, 3, 7), jhash2(w, 3, 7));
	/* lookup3's own driver prints these */
	KUNIT_EXPECT_EQ(test, jhash("", 0, 0), 0xdeadbeef);
	KUNIT_EXPECT_EQ(test, jhash("Four score and seven years ago", 30, 0), 0x17770551);
	KUNIT_EXPECT_EQ(test, jhash("Four score and seven years ago", 30, 1), 0xcd628161);
	KUNIT_EXPECT_LT(test, hash_64(~0ull, 5), 32);
	KUNIT_EXPECT_LT(test, hash_32(~0u, 5), 32);
}

static void chacha20_gives_the_rfcs_block(struct kunit *test)
{
	/* RFC 8439, 2.3.2 */
	static const u8 want[16] = {
		0x10, 0xf1, 0xe7, 0xe4, 0xd1, 0x3b, 0x59, 0x15,
		0x50, 0x0f, 0xdd, 0x1f, 0xa3, 0x20, 0x71, 0xc4
	};
	u32 state[16];
	u8 block[64];
	int i;

	chacha_init_consts(state);
	for (i = 0; i < 8; i++)
		state[4 + i] = 0x03020100 + i * 0x04040404;
	state[12] = 1;
	state[13] = 0x09000000;
	state[14] = 0x4a000000;
	state[15] = 0;
	chacha20_block(state, block);
	KUNIT_EXPECT_MEMEQ(test, block, want, 16);
	KUNIT_EXPECT_EQ(test, state[12], 2);
}

static void blake2s_gives_the_rfcs_hash(struct kunit *test)
{
	/* RFC 7693, appendix B */
	static const u8 want[32] = {
		0x50, 0x8c, 0x5e, 0x8c, 0x32, 0x7c, 0x14, 0xe2, 0xe1, 0xa7, 0x2b, 0xa3, 0x4e, 0xeb,
		0x45, 0x2f, 0x37, 0x45, 0x8b, 0x20, 0x9e, 0xd6, 0x3a, 0x29, 0x4d, 0x99, 0x9b, 0x4c,
		0x86, 0x67, 0x59, 0x82
	};
	u8 out[32];

	blake2s(out, "abc", NULL, 32, 3, 0);
	KUNIT_EXPECT_MEMEQ(test, out, want, 32);
}

/* --- Random numbers --------------------------------------------------------------------------------------------- */

static void random_numbers_stay_in_their_range(struct kunit *test)
{
	unsigned int seen[6] = { };
	int i;

	for (i = 0; i < 3000; i++) {
		u32 v = get_random_u32_below(6);

		KUNIT_ASSERT_LT(test, v, 6);
		seen[v]++;
		v = get_random_u32_inclusive(10, 12);
		KUNIT_ASSERT_TRUE(test, v >= 10 && v <= 12);
		KUNIT_ASSERT_GT(test, get_random_u32_above(U32_MAX - 2), U32_MAX - 2);
	}
	for (i = 0; i < 6; i++)
		KUNIT_EXPECT_GT(test, seen[i], 300);
	KUNIT_EXPECT_EQ(test, get_random_u32_below(1), 0);
	KUNIT_EXPECT_EQ(test, get_random_canary() & 0xff, 0);
}

static void random_bytes_fill_exactly_and_differ(struct kunit *test)
{
	u8 a[200], b[200];
	int len;

	for (len = 0; len < 150; len += 13) {
		memset(a, 0, sizeof(a));
		get_random_bytes(a, len);
		KUNIT_EXPECT_TRUE(test, mem_is_zero(a + len, sizeof(a) - len));
	}
	get_random_bytes(a, sizeof(a));
	get_random_bytes(b, sizeof(b));
	KUNIT_EXPECT_MEMNEQ(test, a, b, sizeof(a));
	KUNIT_EXPECT_NE(test, get_random_u64(), get_random_u64());
}

static void pseudo_random_sequences_repeat(struct kunit *test)
{
	struct rnd_state a, b;
	u8 x[10], y[10];
	int i;

	prandom_seed_state(&a, 99);
	prandom_seed_state(&b, 99);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_EQ(test, prandom_u32_state(&a), prandom_u32_state(&b));
	prandom_bytes_state(&a, x, 10);
	prandom_bytes_state(&b, y, 10);
	KUNIT_EXPECT_MEMEQ(test, x, y, 10);
	prandom_seed_state(&b, 100);
	KUNIT_EXPECT_NE(test, prandom_u32_state(&a), prandom_u32_state(&b));
}

/* --- UUIDs ------------------------------------------------------------------------------------------------------- */

static void uuids_are_made_and_parsed(struct kunit *test)
{
	unsigned char raw[16], other[16];
	char text[UUID_STRING_LEN + 1];
	uuid_t u, v;
	guid_t g;

	generate_random_uuid(raw);
	generate_random_uuid(other);
	KUNIT_EXPECT_EQ(test, raw[6] >> 4, 4);
	KUNIT_EXPECT_EQ(test, raw[8] >> 6, 2);
	KUNIT_EXPECT_MEMNEQ(test, raw, other, 16);
	snprintf(text, sizeof(text), "%pU", raw);
	KUNIT_EXPECT_TRUE(test, uuid_is_valid(text));
	KUNIT_EXPECT_EQ(test, uuid_parse(text, &u), 0);
	import_uuid(&v, raw);
	KUNIT_EXPECT_TRUE(test, uuid_equal(&u, &v));
	KUNIT_EXPECT_FALSE(test, uuid_is_null(&u));

	KUNIT_EXPECT_EQ(test, guid_parse("00112233-4455-6677-8899-aabbccddeeff", &g), 0);
	KUNIT_EXPECT_TRUE(test, guid_equal(&g, &GUID_INIT(0x00112233, 0x4455, 0x6677, 0x88, 0x99,
			  0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff)));
	KUNIT_EXPECT_EQ(test, g.b[0], 0x33);
	guid_gen(&g);
	KUNIT_EXPECT_EQ(test, g.b[7] >> 4, 4);
}

static void malformed_uuids_are_refused(struct kunit *test)
{
	uuid_t u;

	KUNIT_EXPECT_FALSE(test, uuid_is_valid(""));
	KUNIT_EXPECT_FALSE(test, uuid_is_valid("00112233-4455-6677-8899-aabbccddeef"));
	KUNIT_EXPECT_FALSE(test, uuid_is_valid("00112233-4455-6677-8899-aabbccddeefg"));
	KUNIT_EXPECT_FALSE(test, uuid_is_valid("001122334-455-6677-8899-aabbccddeeff"));
	KUNIT_EXPECT_EQ(test, uuid_parse("001122334-455-6677-8899-aabbccddeeff", &u), -EINVAL);
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

static struct kunit_case hash_cases[] = {
	KUNIT_CASE(siphash_gives_the_papers_value),
	KUNIT_CASE(hsiphash_words_equal_its_bytes),
	KUNIT_CASE(jhash_of_bytes_and_words_agree),
	KUNIT_CASE(chacha20_gives_the_rfcs_block),
	KUNIT_CASE(blake2s_gives_the_rfcs_hash),
	KUNIT_CASE(random_numbers_stay_in_their_range),
	KUNIT_CASE(random_bytes_fill_exactly_and_differ),
	KUNIT_CASE(pseudo_random_sequences_repeat),
	KUNIT_CASE(uuids_are_made_and_parsed),
	KUNIT_CASE(malformed_uuids_are_refused),
	{}
};

static struct kunit_suite crc_suite = { .name = "crc", .test_cases = crc_cases };
static struct kunit_suite hash_suite = { .name = "hash", .test_cases = hash_cases };
kunit_test_suites(&crc_suite, &hash_suite);
