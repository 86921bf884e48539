// SPDX-License-Identifier: MIT
/*
 * Tests of lib/inflate.c and gunzip(), on streams that zlib made; every cut and every broken bit.
 */

#include <kunit/test.h>

#include <linux/crc32.h>
#include <linux/decompress/generic.h>
#include <linux/decompress/inflate.h>
#include <linux/decompress/unzstd.h>
#include <linux/inflate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#define ROOM	(128u << 10)
#include "decompress_sink.h"
#include "inflate_vectors.h"


static int unzip(struct kunit *test, const u8 *in, size_t len, long *used)
{
	return decompress_copy(test, gunzip, in, len, used);
}

static void expect_text(struct kunit *test, const u8 *in, size_t len)
{
	long used;

	KUNIT_EXPECT_EQ(test, unzip(test, in, len, &used), 0);
	KUNIT_EXPECT_EQ(test, used, (long)len);
	KUNIT_EXPECT_EQ(test, sink.len, strlen(VECTOR_TEXT));
	KUNIT_EXPECT_MEMEQ(test, sink.buf, VECTOR_TEXT, strlen(VECTOR_TEXT));
	KUNIT_EXPECT_NULL(test, sink.message);
}

static void blocks_of_each_type_are_decoded(struct kunit *test)
{
	u8 *p;
	int i;

	expect_text(test, gz_stored, sizeof(gz_stored));
	expect_text(test, gz_fixed, sizeof(gz_fixed));
	KUNIT_EXPECT_EQ(test, unzip(test, gz_empty, sizeof(gz_empty), NULL), 0);
	KUNIT_EXPECT_EQ(test, sink.len, 0UL);

	KUNIT_EXPECT_EQ(test, unzip(test, gz_dynamic, sizeof(gz_dynamic), NULL), 0);
	KUNIT_EXPECT_EQ(test, sink.len, 2 * (3 * strlen(VECTOR_TEXT) + 256));
	p = sink.buf + 3 * strlen(VECTOR_TEXT);
	for (i = 0; i < 256; i++)
		KUNIT_EXPECT_EQ(test, p[i], i);
	KUNIT_EXPECT_MEMEQ(test, p + 256, VECTOR_TEXT, strlen(VECTOR_TEXT));
}

static void all_fields_of_the_header_are_skipped(struct kunit *test)
{
	expect_text(test, gz_every_field, sizeof(gz_every_field));
}

static void matches_reach_back_a_whole_window(struct kunit *test)
{
	unsigned int i, wrong = 0;

	KUNIT_EXPECT_EQ(test, unzip(test, gz_far, sizeof(gz_far), NULL), 0);
	KUNIT_EXPECT_EQ(test, sink.len, 100000UL);
	KUNIT_EXPECT_MEMEQ(test, sink.buf + 70000, VECTOR_TEXT, 40);
	KUNIT_EXPECT_MEMEQ(test, sink.buf + 70000 - INFLATE_WINDOW, VECTOR_TEXT, 40);
	for (i = 0; i < 30000; i++)
		wrong += sink.buf[i] != (i % 997 ? 0 : i / 997);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
}

static void what_follows_a_member_is_left(struct kunit *test)
{
	u8 two[sizeof(gz_fixed) + sizeof(gz_stored)];
	long used;

	memcpy(two, gz_fixed, sizeof(gz_fixed));
	memcpy(two + sizeof(gz_fixed), gz_stored, sizeof(gz_stored));
	KUNIT_EXPECT_EQ(test, unzip(test, two, sizeof(two), &used), 0);
	KUNIT_EXPECT_EQ(test, used, (long)sizeof(gz_fixed));
	KUNIT_EXPECT_EQ(test, unzip(test, two + used, sizeof(two) - used, NULL), 0);
}

static void output_may_go_to_a_buffer(struct kunit *test)
{
	u8 out[128] = "";

	sink.message = NULL;
	KUNIT_EXPECT_EQ(test, gunzip((u8 *)gz_fixed, sizeof(gz_fixed), NULL, NULL, out, NULL,
				     take_error), 0);
	KUNIT_EXPECT_STREQ(test, (char *)out, VECTOR_TEXT);
	KUNIT_EXPECT_EQ(test, gunzip((u8 *)gz_fixed, sizeof(gz_fixed), take_output, NULL, out, NULL,
				     take_error), -1);
	KUNIT_EXPECT_NOT_NULL(test, sink.message);
}

static void a_sink_that_is_full_ends_it(struct kunit *test)
{
	sink.len = 0;
	sink.limit = 40000;
	sink.message = NULL;
	KUNIT_EXPECT_EQ(test, gunzip((u8 *)gz_far, sizeof(gz_far), NULL, take_output, NULL, NULL,
				     take_error), -1);
	KUNIT_EXPECT_STREQ(test, sink.message, "output was refused");
	KUNIT_EXPECT_EQ(test, sink.len, (size_t)INFLATE_WINDOW);
}

static void every_cut_is_an_error(struct kunit *test)
{
	size_t len;

	for (len = 0; len < sizeof(gz_every_field); len++) {
		KUNIT_EXPECT_EQ(test, unzip(test, gz_every_field, len, NULL), -1);
		KUNIT_EXPECT_NOT_NULL(test, sink.message);
	}
	for (len = 0; len < sizeof(gz_dynamic); len++)
		KUNIT_EXPECT_EQ(test, unzip(test, gz_dynamic, len, NULL), -1);
}

/* Behind the header's ten bytes, where time and system may be anything, a broken bit is noticed. */
static void every_broken_bit_is_noticed(struct kunit *test)
{
	u8 copy[sizeof(gz_dynamic)];
	size_t bit, accepted = 0;

	for (bit = 10 * 8; bit < sizeof(copy) * 8; bit++) {
		memcpy(copy, gz_dynamic, sizeof(copy));
		copy[bit / 8] ^= 1 << bit % 8;
		accepted += !unzip(test, copy, sizeof(copy), NULL);
	}
	/* a bit of padding behind the last block means nothing */
	KUNIT_EXPECT_LE(test, accepted, 7UL);
}

static int count_output(void *arg, const u8 *data, size_t len)
{
	*(size_t *)arg += len;
	return 0;
}

static void expect_bad(struct kunit *test, struct inflate_state *s, const char *bits, size_t len,
		       const char *why)
{
	size_t out = 0;

	inflate_begin(s, bits, len, count_output, &out);
	KUNIT_EXPECT_EQ(test, inflate_raw(s), -EINVAL);
	KUNIT_EXPECT_STREQ(test, s->why, why);
}

static void malformed_streams_are_named(struct kunit *test)
{
	struct inflate_state *s = kvmalloc(sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	expect_bad(test, s, "", 0, "input ends too early");
	expect_bad(test, s, "\x07", 1, "type of a block");
	expect_bad(test, s, "\x01\x01\x00\x00\x00", 5, "length of a stored block");
	expect_bad(test, s, "\x01\x01\x00\xfe\xff", 5, "input ends too early");
	/* fixed code: a match of distance 1 when there is nothing yet */
	expect_bad(test, s, "\x03\x02\x00", 3, "match before the start");
	/* dynamic: 288 literal symbols */
	expect_bad(test, s, "\xfd\x00\x00", 3, "too many symbols");
	/* dynamic: no code length has a code */
	expect_bad(test, s, "\x05\x00\x00\x00\x00\x00", 6, "code of the code lengths");
	kvfree(s);
}

static void zlib_streams_are_checked(struct kunit *test)
{
	struct inflate_state *s = kvmalloc(sizeof(*s), GFP_KERNEL);
	u8 copy[sizeof(zlib_text)];
	size_t out = 0;

	KUNIT_ASSERT_NOT_NULL(test, s);
	inflate_begin(s, zlib_text, sizeof(zlib_text), count_output, &out);
	KUNIT_EXPECT_EQ(test, inflate_zlib(s), 0);
	KUNIT_EXPECT_EQ(test, out, strlen(VECTOR_TEXT));
	memcpy(copy, zlib_text, sizeof(copy));
	copy[sizeof(copy) - 1] ^= 1;
	inflate_begin(s, copy, sizeof(copy), count_output, &out);
	KUNIT_EXPECT_EQ(test, inflate_zlib(s), -EINVAL);
	KUNIT_EXPECT_STREQ(test, s->why, "check sum");
	inflate_begin(s, gz_fixed, sizeof(gz_fixed), count_output, &out);
	KUNIT_EXPECT_EQ(test, inflate_zlib(s), -EINVAL);
	KUNIT_EXPECT_STREQ(test, s->why, "not a zlib stream");
	kvfree(s);
}

static void methods_are_known_by_their_magic(struct kunit *test)
{
	const char *name;

	KUNIT_EXPECT_PTR_EQ(test, decompress_method(gz_fixed, sizeof(gz_fixed), &name),
			    (decompress_fn)gunzip);
	KUNIT_EXPECT_STREQ(test, name, "gzip");
	KUNIT_EXPECT_PTR_EQ(test, decompress_method((const u8 *)"\x28\xb5\x2f\xfd", 4, &name),
			    (decompress_fn)unzstd);
	KUNIT_EXPECT_STREQ(test, name, "zstd");
	KUNIT_EXPECT_NULL(test, decompress_method((const u8 *)"070701", 6, &name));
	KUNIT_EXPECT_NULL(test, name);
	KUNIT_EXPECT_NULL(test, decompress_method(gz_fixed, 1, NULL));
}

static struct kunit_case inflate_cases[] = {
	KUNIT_CASE(blocks_of_each_type_are_decoded),
	KUNIT_CASE(all_fields_of_the_header_are_skipped),
	KUNIT_CASE(matches_reach_back_a_whole_window),
	KUNIT_CASE(what_follows_a_member_is_left),
	KUNIT_CASE(output_may_go_to_a_buffer),
	KUNIT_CASE(a_sink_that_is_full_ends_it),
	KUNIT_CASE(every_cut_is_an_error),
	KUNIT_CASE(every_broken_bit_is_noticed),
	KUNIT_CASE(malformed_streams_are_named),
	KUNIT_CASE(zlib_streams_are_checked),
	KUNIT_CASE(methods_are_known_by_their_magic),
	{}
};

static struct kunit_suite inflate_suite = {
	.name = "inflate",
	.init = sink_init,
	.exit = sink_exit,
	.test_cases = inflate_cases,
};
kunit_test_suite(inflate_suite);
