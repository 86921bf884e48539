// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/hash.h>, hashtable.h, jhash.h, siphash.h, uuid.h and random.h: what a user of
 * each relies on. The published vectors are in hash_kunit.c.
 */

#include <kunit/test.h>

#include <linux/bitmap.h>
#include <linux/hash.h>
#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/siphash.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include <linux/uuid.h>

static void hash_32_keeps_to_its_bits(struct kunit *test)
{
	u32 i;
	int bits;

	for (bits = 1; bits <= 32; bits++)
		for (i = 0; i < 1000; i += 37)
			KUNIT_EXPECT_LE(test, (u64)hash_32(i, bits), (1ull << bits) - 1);
}

static void hash_64_keeps_to_its_bits(struct kunit *test)
{
	u64 i;
	int bits;

	for (bits = 1; bits <= 32; bits++)
		for (i = 0; i < 1000; i += 37)
			KUNIT_EXPECT_LE(test, (u64)hash_64(i << 20, bits), (1ull << bits) - 1);
}

static void hashes_of_neighbours_spread(struct kunit *test)
{
	DECLARE_BITMAP(used, 256);
	int i;

	bitmap_zero(used, 256);
	for (i = 0; i < 256; i++)
		__set_bit(hash_long(i * 4096ul, 8), used);
	/* multiples of the golden ratio fill the range evenly */
	KUNIT_EXPECT_GT(test, bitmap_weight(used, 256), 128);
}

static void hash_ptr_is_stable(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hash_ptr(test, 10), hash_ptr(test, 10));
	KUNIT_EXPECT_LT(test, hash_ptr(test, 10), 1024);
}

/* --- Tables ----------------------------------------------------------------------------------- */

struct entry {
	int key, value, visited;
	struct hlist_node node;
};

static void a_table_knows_its_size(struct kunit *test)
{
	DEFINE_HASHTABLE(table, 3);

	KUNIT_EXPECT_EQ(test, HASH_SIZE(table), 8);
	KUNIT_EXPECT_EQ(test, HASH_BITS(table), 3);
	KUNIT_EXPECT_TRUE(test, hash_empty(table));
}

static void a_declared_table_is_initialised(struct kunit *test)
{
	DECLARE_HASHTABLE(table, 2);

	memset(table, 0xff, sizeof(table));
	hash_init(table);
	KUNIT_EXPECT_TRUE(test, hash_empty(table));
}

static void an_entry_is_in_the_table_until_deleted(struct kunit *test)
{
	DEFINE_HASHTABLE(table, 3);
	struct entry e = { .key = 5 };

	KUNIT_EXPECT_FALSE(test, hash_hashed(&e.node));
	hash_add(table, &e.node, e.key);
	KUNIT_EXPECT_TRUE(test, hash_hashed(&e.node));
	KUNIT_EXPECT_FALSE(test, hash_empty(table));
	hash_del(&e.node);
	KUNIT_EXPECT_FALSE(test, hash_hashed(&e.node));
	KUNIT_EXPECT_TRUE(test, hash_empty(table));
}

static void a_walk_visits_every_entry_once(struct kunit *test)
{
	DEFINE_HASHTABLE(table, 2);
	struct entry e[20] = { }, *pos;
	int i, bucket, n = 0;

	for (i = 0; i < 20; i++) {
		e[i].key = i;
		hash_add(table, &e[i].node, i);
	}
	hash_for_each(table, bucket, pos, node) {
		pos->visited++;
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 20);
	for (i = 0; i < 20; i++)
		KUNIT_EXPECT_EQ(test, e[i].visited, 1);
}

static void entries_may_go_during_a_safe_walk(struct kunit *test)
{
	DEFINE_HASHTABLE(table, 2);
	struct entry e[10] = { }, *pos;
	struct hlist_node *tmp;
	int i, bucket, n = 0;

	for (i = 0; i < 10; i++)
		hash_add(table, &e[i].node, i);
	hash_for_each_safe(table, bucket, tmp, pos, node) {
		hash_del(&pos->node);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 10);
	KUNIT_EXPECT_TRUE(test, hash_empty(table));
}

static void all_entries_of_a_key_are_possible(struct kunit *test)
{
	DEFINE_HASHTABLE(table, 4);
	struct entry e[6] = { }, *pos;
	int i, n = 0;

	for (i = 0; i < 6; i++) {
		e[i].key = i / 2;
		hash_add(table, &e[i].node, e[i].key);
	}
	hash_for_each_possible(table, pos, node, 1)
		n += pos->key == 1;
	KUNIT_EXPECT_EQ(test, n, 2);
	hash_for_each_possible(table, pos, node, 77)
		KUNIT_EXPECT_NE(test, pos->key, 77);
}

/* --- jhash, siphash --------------------------------------------------------------------------- */

static void jhash_depends_on_every_byte(struct kunit *test)
{
	u8 buf[40];
	u32 whole;
	int i;

	for (i = 0; i < 40; i++)
		buf[i] = i;
	whole = jhash(buf, 40, 0);
	for (i = 0; i < 40; i++) {
		buf[i] ^= 0x80;
		KUNIT_EXPECT_NE(test, jhash(buf, 40, 0), whole);
		buf[i] ^= 0x80;
	}
	KUNIT_EXPECT_EQ(test, jhash(buf, 40, 0), whole);
}

static void jhash_depends_on_its_length_and_seed(struct kunit *test)
{
	static const u8 zeros[32];

	KUNIT_EXPECT_NE(test, jhash(zeros, 8, 0), jhash(zeros, 9, 0));
	KUNIT_EXPECT_NE(test, jhash(zeros, 8, 0), jhash(zeros, 8, 1));
}

static void jhash_does_not_care_about_alignment(struct kunit *test)
{
	u8 buf[64];
	int at, i;
	u32 first;

	for (i = 0; i < 64; i++)
		buf[i] = i % 16;
	first = jhash(buf, 16, 3);
	for (at = 16; at <= 48; at += 16)
		KUNIT_EXPECT_EQ(test, jhash(buf + at, 16, 3), first);
	memmove(buf + 1, buf, 16);
	KUNIT_EXPECT_EQ(test, jhash(buf + 1, 16, 3), first);
}

static void jhash_of_words_takes_one_two_or_three(struct kunit *test)
{
	KUNIT_EXPECT_NE(test, jhash_1word(1, 0), jhash_1word(2, 0));
	KUNIT_EXPECT_NE(test, jhash_2words(1, 2, 0), jhash_2words(2, 1, 0));
	KUNIT_EXPECT_NE(test, jhash_3words(1, 2, 3, 0), jhash_3words(3, 2, 1, 0));
}

static void siphash_needs_its_key(struct kunit *test)
{
	siphash_key_t one = { { 1, 2 } }, other = { { 1, 3 } }, zero = { };

	KUNIT_EXPECT_NE(test, siphash("text", 4, &one), siphash("text", 4, &other));
	KUNIT_EXPECT_TRUE(test, siphash_key_is_zero(&zero));
	KUNIT_EXPECT_FALSE(test, siphash_key_is_zero(&one));
}

static void siphash_of_numbers_is_that_of_their_bytes(struct kunit *test)
{
	siphash_key_t key = { { 0x0706050403020100ull, 0x0f0e0d0c0b0a0908ull } };
	u64 a = 0x1122334455667788ull, b = 0x99aabbccddeeff00ull, pair[2] = { a, b };

	KUNIT_EXPECT_EQ(test, siphash_1u64(a, &key), siphash(&a, 8, &key));
	KUNIT_EXPECT_EQ(test, siphash_2u64(a, b, &key), siphash(pair, 16, &key));
	KUNIT_EXPECT_EQ(test, siphash_1u32(0x12345678, &key),
			siphash(&(u32){ 0x12345678 }, 4, &key));
}

static void siphash_does_not_care_about_alignment(struct kunit *test)
{
	siphash_key_t key = { { 5, 6 } };
	u8 aligned[24] __aligned(8), room[32] __aligned(8);
	int i, len;

	for (i = 0; i < 24; i++)
		aligned[i] = room[i + 1] = 3 * i;
	for (len = 0; len <= 24; len++)
		KUNIT_EXPECT_EQ(test, siphash(room + 1, len, &key), siphash(aligned, len, &key));
}

/* --- UUIDs ------------------------------------------------------------------------------------ */

static void a_random_uuid_says_version_4(struct kunit *test)
{
	uuid_t u;
	guid_t g;

	uuid_gen(&u);
	KUNIT_EXPECT_EQ(test, u.b[6] >> 4, 4);
	KUNIT_EXPECT_EQ(test, u.b[8] >> 6, 2);
	guid_gen(&g);
	KUNIT_EXPECT_EQ(test, g.b[7] >> 4, 4);
	KUNIT_EXPECT_EQ(test, g.b[8] >> 6, 2);
}

static void two_random_uuids_differ(struct kunit *test)
{
	uuid_t a, b;

	uuid_gen(&a);
	uuid_gen(&b);
	KUNIT_EXPECT_FALSE(test, uuid_equal(&a, &b));
}

static void uuids_are_copied_and_compared(struct kunit *test)
{
	uuid_t a = UUID_INIT(0x12345678, 0x9abc, 0xdef0, 1, 2, 3, 4, 5, 6, 7, 8), b;

	KUNIT_EXPECT_TRUE(test, uuid_is_null(&uuid_null));
	KUNIT_EXPECT_FALSE(test, uuid_is_null(&a));
	uuid_copy(&b, &a);
	KUNIT_EXPECT_TRUE(test, uuid_equal(&a, &b));
	KUNIT_EXPECT_TRUE(test, guid_is_null(&guid_null));
}

static void uuid_and_guid_differ_in_byte_order(struct kunit *test)
{
	static const char text[] = "12345678-9abc-def0-0102-030405060708";
	uuid_t u;
	guid_t g;

	KUNIT_EXPECT_EQ(test, uuid_parse(text, &u), 0);
	KUNIT_EXPECT_EQ(test, guid_parse(text, &g), 0);
	KUNIT_EXPECT_EQ(test, u.b[0], 0x12);
	KUNIT_EXPECT_EQ(test, g.b[0], 0x78);
	KUNIT_EXPECT_EQ(test, u.b[15], 8);
	KUNIT_EXPECT_EQ(test, g.b[15], 8);
}

static void uuids_go_through_bytes(struct kunit *test)
{
	u8 bytes[16];
	uuid_t a, b;

	uuid_gen(&a);
	export_uuid(bytes, &a);
	import_uuid(&b, bytes);
	KUNIT_EXPECT_TRUE(test, uuid_equal(&a, &b));
}

static void uuid_is_valid_wants_36_characters(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, uuid_is_valid("12345678-9abc-def0-0102-030405060708"));
	KUNIT_EXPECT_TRUE(test, uuid_is_valid("12345678-9ABC-DEF0-0102-030405060708"));
	KUNIT_EXPECT_FALSE(test, uuid_is_valid("12345678-9abc-def0-0102-03040506070"));
	KUNIT_EXPECT_FALSE(test, uuid_is_valid("12345678+9abc-def0-0102-030405060708"));
	KUNIT_EXPECT_FALSE(test, uuid_is_valid("12345678-9abc-def0-0102-03040506070g"));
	KUNIT_EXPECT_FALSE(test, uuid_is_valid(""));
}

/* --- Random numbers --------------------------------------------------------------------------- */

static void random_below_one_is_zero(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, get_random_u32_below(1), 0);
	KUNIT_EXPECT_EQ(test, get_random_u32_inclusive(7, 7), 7);
}

static void random_below_reaches_all_small_numbers(struct kunit *test)
{
	unsigned long seen = 0;
	int i;

	/* that one of ten is missed 2000 times in a row is not going to happen */
	for (i = 0; i < 2000; i++)
		seen |= BIT(get_random_u32_below(10));
	KUNIT_EXPECT_EQ(test, seen, 0x3fful);
}

static void random_above_is_above(struct kunit *test)
{
	int i;

	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_GT(test, get_random_u32_above(U32_MAX - 3), U32_MAX - 3);
}

static void pseudo_random_state_decides_everything(struct kunit *test)
{
	struct rnd_state a, b;
	int i;

	prandom_seed_state(&a, 99);
	prandom_seed_state(&b, 99);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_EQ(test, prandom_u32_state(&a), prandom_u32_state(&b));
	prandom_seed_state(&b, 98);
	KUNIT_EXPECT_NE(test, prandom_u32_state(&a), prandom_u32_state(&b));
}

static struct kunit_case hashtable_cases[] = {
	KUNIT_CASE(hash_32_keeps_to_its_bits),
	KUNIT_CASE(hash_64_keeps_to_its_bits),
	KUNIT_CASE(hashes_of_neighbours_spread),
	KUNIT_CASE(hash_ptr_is_stable),
	KUNIT_CASE(a_table_knows_its_size),
	KUNIT_CASE(a_declared_table_is_initialised),
	KUNIT_CASE(an_entry_is_in_the_table_until_deleted),
	KUNIT_CASE(a_walk_visits_every_entry_once),
	KUNIT_CASE(entries_may_go_during_a_safe_walk),
	KUNIT_CASE(all_entries_of_a_key_are_possible),
	{}
};

static struct kunit_case jhash_cases[] = {
	KUNIT_CASE(jhash_depends_on_every_byte),
	KUNIT_CASE(jhash_depends_on_its_length_and_seed),
	KUNIT_CASE(jhash_does_not_care_about_alignment),
	KUNIT_CASE(jhash_of_words_takes_one_two_or_three),
	KUNIT_CASE(siphash_needs_its_key),
	KUNIT_CASE(siphash_of_numbers_is_that_of_their_bytes),
	KUNIT_CASE(siphash_does_not_care_about_alignment),
	{}
};

static struct kunit_case uuid_cases[] = {
	KUNIT_CASE(a_random_uuid_says_version_4),
	KUNIT_CASE(two_random_uuids_differ),
	KUNIT_CASE(uuids_are_copied_and_compared),
	KUNIT_CASE(uuid_and_guid_differ_in_byte_order),
	KUNIT_CASE(uuids_go_through_bytes),
	KUNIT_CASE(uuid_is_valid_wants_36_characters),
	{}
};

static struct kunit_case random_cases[] = {
	KUNIT_CASE(random_below_one_is_zero),
	KUNIT_CASE(random_below_reaches_all_small_numbers),
	KUNIT_CASE(random_above_is_above),
	KUNIT_CASE(pseudo_random_state_decides_everything),
	{}
};

static struct kunit_suite hashtable_suite = { .name = "hashtable", .test_cases = hashtable_cases };
static struct kunit_suite jhash_suite = { .name = "jhash", .test_cases = jhash_cases };
static struct kunit_suite uuid_suite = { .name = "uuid", .test_cases = uuid_cases };
static struct kunit_suite random_suite = { .name = "random", .test_cases = random_cases };
kunit_test_suites(&hashtable_suite, &jhash_suite, &uuid_suite, &random_suite);

MODULE_LICENSE("MIT");
