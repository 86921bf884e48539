// SPDX-License-Identifier: MIT
/* Tests of the hashes (<linux/hash.h>, jhash.h, siphash.h, crypto/), of random.h and of uuid.h. */

#include <kunit/test.h>

#include <linux/hash.h>
#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/siphash.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uuid.h>

#include <crypto/blake2s.h>
#include <crypto/chacha.h>

/* --- Keyed hashes ----------------------------------------------------------------------------- */

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
	KUNIT_EXPECT_EQ(test, siphash_2u32(0x03020100, 0x07060504, &key),
			siphash(message, 8, &key));
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

/* --- Random numbers --------------------------------------------------------------------------- */

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

/* --- UUIDs ------------------------------------------------------------------------------------ */

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

static struct kunit_suite hash_suite = { .name = "hash", .test_cases = hash_cases };
kunit_test_suite(hash_suite);

MODULE_LICENSE("MIT");
