// SPDX-License-Identifier: MIT
/*
 * Tests of lib/zstd_decode.c and unzstd(), on frames that the zstd tool made; every cut. And of
 * xxhash.
 */

#include <kunit/test.h>

#include <linux/crc32.h>
#include <linux/decompress/generic.h>
#include <linux/decompress/unzstd.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/xxhash.h>

#define ROOM	(512u << 10)
#include "decompress_sink.h"
#include "zstd_vectors.h"

#define TEXT	"How much wood would a woodchuck chuck if a woodchuck could chuck wood?\n"

static int unpack(struct kunit *test, const u8 *in, size_t len, long *used)
{
	return decompress_copy(test, unzstd, in, len, used);
}

static void expect_whole(struct kunit *test, const u8 *in, size_t len, size_t out)
{
	long used = 0;

	KUNIT_EXPECT_EQ(test, unpack(test, in, len, &used), 0);
	KUNIT_EXPECT_EQ(test, used, (long)len);
	KUNIT_EXPECT_EQ(test, sink.len, out);
	KUNIT_EXPECT_NULL(test, sink.message);
}

static void blocks_of_each_type_are_decoded(struct kunit *test)
{
	size_t n = strlen(TEXT);
	unsigned int i;

	expect_whole(test, zstd_empty, sizeof(zstd_empty), 0);
	expect_whole(test, zstd_raw, sizeof(zstd_raw), 12);
	KUNIT_EXPECT_MEMEQ(test, sink.buf, TEXT, 12);
	expect_whole(test, zstd_text, sizeof(zstd_text), 3 * n);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_MEMEQ(test, sink.buf + i * n, TEXT, n);
	expect_whole(test, zstd_run, sizeof(zstd_run), 300000);
	KUNIT_EXPECT_NULL(test, memchr_inv(sink.buf, 0, 300000));
}

static void codes_and_tables_are_read(struct kunit *test)
{
	expect_whole(test, zstd_many, sizeof(zstd_many), ZSTD_MANY_LEN);
	KUNIT_EXPECT_EQ(test, ~crc32_le(~0, sink.buf, sink.len), ZSTD_MANY_CRC32);
	expect_whole(test, zstd_four, sizeof(zstd_four), ZSTD_FOUR_LEN);
	KUNIT_EXPECT_EQ(test, ~crc32_le(~0, sink.buf, sink.len), ZSTD_FOUR_CRC32);
}

static void matches_reach_far_back(struct kunit *test)
{
	expect_whole(test, zstd_far, sizeof(zstd_far), 100000);
	KUNIT_EXPECT_EQ(test, ~crc32_le(~0, sink.buf, sink.len), ZSTD_FAR_CRC32);
}

static void size_and_sum_are_optional(struct kunit *test)
{
	expect_whole(test, zstd_no_sum, sizeof(zstd_no_sum), 2 * strlen(TEXT));
	expect_whole(test, zstd_stream, sizeof(zstd_stream), 9 + 2 * strlen(TEXT));
}

static void frames_for_others_are_skipped(struct kunit *test)
{
	u8 in[11 + sizeof(zstd_raw) + 5] = { 0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3 };
	long used;

	memcpy(in + 11, zstd_raw, sizeof(zstd_raw));
	KUNIT_EXPECT_EQ(test, unpack(test, in, sizeof(in), &used), 0);
	KUNIT_EXPECT_EQ(test, used, (long)sizeof(in) - 5);
	KUNIT_EXPECT_EQ(test, sink.len, 12UL);
}

static void every_cut_is_refused(struct kunit *test)
{
	unsigned int len, accepted = 0, quiet = 0;

	for (len = 1; len < sizeof(zstd_text); len++) {
		accepted += !unpack(test, zstd_text, len, NULL);
		quiet += !sink.message;
	}
	for (len = 1; len < sizeof(zstd_four); len += 13)
		accepted += !unpack(test, zstd_four, len, NULL);
	KUNIT_EXPECT_EQ(test, accepted, 0U);
	KUNIT_EXPECT_EQ(test, quiet, 0U);
}

static void a_wrong_sum_is_noticed(struct kunit *test)
{
	u8 in[sizeof(zstd_text)];

	memcpy(in, zstd_text, sizeof(in));
	in[sizeof(in) - 1] ^= 1;
	KUNIT_EXPECT_EQ(test, unpack(test, in, sizeof(in), NULL), -1);
	KUNIT_EXPECT_STREQ(test, sink.message, "a wrong check sum");
}

static void what_we_cannot_do_is_refused(struct kunit *test)
{
	static const u8 dictionary[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x01, 0x00, 5, 1, 0, 0 };
	static const u8 window[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 1, 0, 0 };
	static const u8 reserved[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x08, 0x00, 1, 0, 0 };

	KUNIT_EXPECT_EQ(test, unpack(test, dictionary, sizeof(dictionary), NULL), -1);
	KUNIT_EXPECT_STREQ(test, sink.message, "a frame that needs a dictionary");
	KUNIT_EXPECT_EQ(test, unpack(test, window, sizeof(window), NULL), -1);
	KUNIT_EXPECT_STREQ(test, sink.message, "a window that is too big");
	KUNIT_EXPECT_EQ(test, unpack(test, reserved, sizeof(reserved), NULL), -1);
	KUNIT_EXPECT_EQ(test, unpack(test, zstd_raw + 1, sizeof(zstd_raw) - 1, NULL), -1);
}

static void output_that_is_not_taken_ends_it(struct kunit *test)
{
	u8 *copy = kmemdup(zstd_text, sizeof(zstd_text), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	sink.len = 0;
	sink.limit = 10;
	KUNIT_EXPECT_EQ(test, unzstd(copy, sizeof(zstd_text), NULL, take_output, NULL, NULL,
				     take_error), -1);
	KUNIT_EXPECT_STREQ(test, sink.message, "output wasn't taken");
	/* and into a buffer */
	KUNIT_EXPECT_EQ(test, unzstd(copy, sizeof(zstd_text), NULL, NULL, sink.buf, NULL,
				     take_error), 0);
	KUNIT_EXPECT_MEMEQ(test, sink.buf, TEXT, strlen(TEXT));
	kfree(copy);
}

static void the_method_is_known_by_its_magic(struct kunit *test)
{
	const char *name;

	KUNIT_EXPECT_PTR_EQ(test, decompress_method(zstd_raw, 2, &name), &unzstd);
	KUNIT_EXPECT_STREQ(test, name, "zstd");
}

static struct kunit_case zstd_cases[] = {
	KUNIT_CASE(blocks_of_each_type_are_decoded),
	KUNIT_CASE(codes_and_tables_are_read),
	KUNIT_CASE(matches_reach_far_back),
	KUNIT_CASE(size_and_sum_are_optional),
	KUNIT_CASE(frames_for_others_are_skipped),
	KUNIT_CASE(every_cut_is_refused),
	KUNIT_CASE(a_wrong_sum_is_noticed),
	KUNIT_CASE(what_we_cannot_do_is_refused),
	KUNIT_CASE(output_that_is_not_taken_ends_it),
	KUNIT_CASE(the_method_is_known_by_its_magic),
	{}
};

static struct kunit_suite zstd_suite = {
	.name = "zstd",
	.init = sink_init,
	.exit = sink_exit,
	.test_cases = zstd_cases,
};

/* ---- xxhash.h ---- */

static void hashes_are_those_of_the_specification(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, xxh32("", 0, 0), 0x02cc5d05U);
	KUNIT_EXPECT_EQ(test, xxh32("abc", 3, 0), 0x32d153ffU);
	KUNIT_EXPECT_EQ(test, xxh64("", 0, 0), 0xef46db3751d8e999ULL);
	KUNIT_EXPECT_EQ(test, xxh64("abc", 3, 0), 0x44bc2cf5ad770999ULL);
	KUNIT_EXPECT_EQ(test, xxhash("abc", 3, 0), 0x44bc2cf5ad770999UL);
}

static void pieces_hash_as_the_whole(struct kunit *test)
{
	static u8 data[150];
	struct xxh64_state state, other;
	unsigned int len, cut, bad = 0;

	for (len = 0; len < sizeof(data); len++)
		data[len] = len * 37 + 11;
	for (len = 0; len < sizeof(data); len += 3) {
		u64 whole = xxh64(data, len, 42);

		for (cut = 0; cut <= len; cut++) {
			xxh64_reset(&state, 42);
			xxh64_update(&state, data, cut);
			xxh64_copy_state(&other, &state);
			xxh64_update(&other, data + cut, len - cut);
			bad += xxh64_digest(&other) != whole;
		}
	}
	KUNIT_EXPECT_EQ(test, bad, 0U);
	KUNIT_EXPECT_EQ(test, xxh64_update(&state, NULL, 1), -EINVAL);
}

static struct kunit_case xxhash_cases[] = {
	KUNIT_CASE(hashes_are_those_of_the_specification),
	KUNIT_CASE(pieces_hash_as_the_whole),
	{}
};

static struct kunit_suite xxhash_suite = {
	.name = "xxhash",
	.test_cases = xxhash_cases,
};
kunit_test_suites(&zstd_suite, &xxhash_suite);
