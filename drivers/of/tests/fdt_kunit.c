// SPDX-License-Identifier: MIT
/*
 * The device tree reader against good and hostile blobs.
 *
 * Each case breaks one thing in a sample that is accepted, and names the error it expects.
 */
#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/libfdt.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "fdt_sample.h"

struct fdt_fixture {
	u8 *blob;
	size_t size;
};

static int fdt_test_init(struct kunit *test)
{
	struct fdt_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->blob = kunit_kzalloc(test, FDT_SAMPLE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->blob);
	f->size = fdt_sample_build(f->blob, 17);
	test->priv = f;
	return 0;
}

static int check(struct fdt_fixture *f)
{
	return fdt_check_full(f->blob, f->size);
}

static u32 field(struct fdt_fixture *f, int offset)
{
	return fdt32_ld(f->blob + offset);
}

static void set_field(struct fdt_fixture *f, int offset, u32 value)
{
	fdt_sample_put32(f->blob + offset, value);
}

/*
 * Where the structure block's first token of a kind stands, as an offset in the blob.  It walks
 * from token to token, because values may look like tokens.
 */
static u32 find_token(struct fdt_fixture *f, u32 token)
{
	u32 at = field(f, FDT_SAMPLE_OFF_STRUCT), tag;

	while ((tag = fdt32_ld(f->blob + at)) != token && tag != FDT_END) {
		at += 4;
		if (tag == FDT_BEGIN_NODE)
			at += (strlen((char *)f->blob + at) + 4) & ~3u;
		else if (tag == FDT_PROP)
			at += 8 + ((fdt32_ld(f->blob + at) + 3) & ~3u);
	}
	return at;
}

static void fdt_accepts_a_good_blob(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, check(test->priv), 0);
}

static void fdt_accepts_version_16(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	f->size = fdt_sample_build(f->blob, 16);
	KUNIT_EXPECT_EQ(test, check(f), 0);
	KUNIT_EXPECT_GE(test, fdt_path_offset(f->blob, "/soc/serial@1000"), 0);
}

static void fdt_refuses_bad_magic(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, 0, FDT_MAGIC ^ 1);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADMAGIC);
}

static void fdt_refuses_unknown_versions(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, FDT_SAMPLE_VERSION, 15);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADVERSION);
	set_field(f, FDT_SAMPLE_VERSION, 18);
	set_field(f, FDT_SAMPLE_LAST_COMP, 18);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADVERSION);
}

static void fdt_refuses_every_truncation(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;
	size_t size = f->size;

	for (f->size = 0; f->size < size; f->size++)
		KUNIT_ASSERT_LT_MSG(test, check(f), 0, "cut to %zu bytes", f->size);
}

static void fdt_refuses_every_shortened_totalsize(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;
	u32 total;

	for (total = 0; total < f->size; total++) {
		set_field(f, FDT_SAMPLE_TOTALSIZE, total);
		KUNIT_ASSERT_LT_MSG(test, check(f), 0, "total size of %u", total);
	}
}

static void fdt_refuses_blocks_outside(struct kunit *test)
{
	static const int fields[] = {
		FDT_SAMPLE_OFF_STRUCT, FDT_SAMPLE_OFF_STRINGS, FDT_SAMPLE_OFF_RSVMAP,
		FDT_SAMPLE_SIZE_STRINGS, FDT_SAMPLE_SIZE_STRUCT,
	};
	static const u32 values[] = { 0xffffffff, 0xfffffff8, 0x80000000, 0x10000 };
	struct fdt_fixture *f = test->priv;
	int i, j;
	u32 old;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		old = field(f, fields[i]);
		for (j = 0; j < ARRAY_SIZE(values); j++) {
			set_field(f, fields[i], values[j]);
			KUNIT_EXPECT_LT_MSG(test, check(f), 0, "field %d = %#x", fields[i],
					    values[j]);
		}
		set_field(f, fields[i], old);
	}
}

static void fdt_refuses_overlapping_blocks(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, FDT_SAMPLE_OFF_STRINGS, field(f, FDT_SAMPLE_OFF_STRUCT));
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADLAYOUT);
}

static void fdt_refuses_a_block_in_the_header(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, FDT_SAMPLE_OFF_STRUCT, 8);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADLAYOUT);
}

static void fdt_refuses_an_endless_reserve_map(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	/* From its start to the blob's end no pair of zeros may be left. */
	memset(f->blob + field(f, FDT_SAMPLE_OFF_RSVMAP) + 16, 0xff, 16);
	set_field(f, FDT_SAMPLE_TOTALSIZE, f->size);
	KUNIT_EXPECT_LT(test, check(f), 0);
}

static void fdt_refuses_a_property_longer_than_the_block(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, find_token(f, FDT_PROP) + 4, 0x7fffffff);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADSTRUCTURE);
	set_field(f, find_token(f, FDT_PROP) + 4, 0xfffffffc);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADSTRUCTURE);
}

static void fdt_refuses_a_name_outside_the_strings(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, find_token(f, FDT_PROP) + 8, 0x7fffffff);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADSTRING);
}

static void fdt_refuses_a_string_without_end(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	/* The last string loses its end mark, which is the blob's last byte. */
	f->blob[f->size - 1] = 'x';
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADSTRING);
}

static void fdt_refuses_an_unknown_token(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, find_token(f, FDT_NOP), 5);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADSTRUCTURE);
}

static void fdt_refuses_an_early_end(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, find_token(f, FDT_NOP), FDT_END);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADSTRUCTURE);
}

static void fdt_refuses_more_ends_than_nodes(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	set_field(f, find_token(f, FDT_NOP), FDT_END_NODE);
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_BADSTRUCTURE);
}

static void fdt_refuses_nesting_without_limit(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;
	u32 at = field(f, FDT_SAMPLE_OFF_STRUCT);
	u32 end = at + field(f, FDT_SAMPLE_SIZE_STRUCT);

	/* Nothing but nodes without a name, each within the last. */
	for (; at + 8 <= end; at += 8) {
		set_field(f, at, FDT_BEGIN_NODE);
		set_field(f, at + 4, 0);
	}
	KUNIT_EXPECT_EQ(test, check(f), -FDT_ERR_TOODEEP);
}

static void fdt_finds_nodes_by_path(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;
	int node = fdt_path_offset(f->blob, "/soc/serial@1000");

	KUNIT_ASSERT_GE(test, node, 0);
	KUNIT_EXPECT_STREQ(test, fdt_get_name(f->blob, node, NULL), "serial@1000");
	KUNIT_EXPECT_EQ(test, fdt_path_offset(f->blob, "/soc/serial"), node);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(f->blob, "/"), 0);
	KUNIT_EXPECT_LT(test, fdt_path_offset(f->blob, "/soc/serial@2000"), 0);
	KUNIT_EXPECT_LT(test, fdt_path_offset(f->blob, "/so"), 0);
}

static void fdt_finds_nodes_by_alias(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, fdt_path_offset(f->blob, "serial0:115200n8"),
			fdt_path_offset(f->blob, "/soc/serial@1000"));
	KUNIT_EXPECT_LT(test, fdt_path_offset(f->blob, "serial1"), 0);
}

static void fdt_compares_compatible_strings_whole(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;
	int node = fdt_path_offset(f->blob, "/soc/serial@1000");

	KUNIT_EXPECT_EQ(test, fdt_node_check_compatible(f->blob, node, "arm,pl011"), 0);
	KUNIT_EXPECT_EQ(test, fdt_node_check_compatible(f->blob, node, "arm,primecell"), 0);
	KUNIT_EXPECT_EQ(test, fdt_node_check_compatible(f->blob, node, "arm,pl01"), 1);
	node = fdt_path_offset(f->blob, "/cpus");
	KUNIT_EXPECT_EQ(test, fdt_node_check_compatible(f->blob, node, "x"), -FDT_ERR_NOTFOUND);
}

static void fdt_counts_reserved_ranges(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;
	u64 address, size;

	KUNIT_ASSERT_EQ(test, fdt_num_mem_rsv(f->blob), 1);
	KUNIT_ASSERT_EQ(test, fdt_get_mem_rsv(f->blob, 0, &address, &size), 0);
	KUNIT_EXPECT_EQ(test, address, 0x4e000000ULL);
	KUNIT_EXPECT_EQ(test, size, 0x1000ULL);
	KUNIT_EXPECT_LT(test, fdt_get_mem_rsv(f->blob, 1, &address, &size), 0);
	KUNIT_EXPECT_LT(test, fdt_get_mem_rsv(f->blob, -1, &address, &size), 0);
}

static void fdt_visits_each_node_once(struct kunit *test)
{
	struct fdt_fixture *f = test->priv;
	int node, depth = -1, n = 0, deepest = 0;

	for (node = fdt_next_node(f->blob, -1, &depth); node >= 0;
	     node = fdt_next_node(f->blob, node, &depth)) {
		n++;
		deepest = max(deepest, depth);
	}
	KUNIT_EXPECT_EQ(test, n, 14);
	KUNIT_EXPECT_EQ(test, deepest, 2);
}

/* A cheap cousin of the host's fuzzer: whatever single byte is wrong, the reader comes back. */
static void fdt_survives_every_wrong_byte(struct kunit *test)
{
	static const u8 values[] = { 0x00, 0xff, 0x80 };
	struct fdt_fixture *f = test->priv;
	int node, depth, accepted = 0;
	size_t at, steps;
	u8 old;
	int i;

	for (at = 0; at < f->size; at++) {
		old = f->blob[at];
		for (i = 0; i < ARRAY_SIZE(values); i++) {
			f->blob[at] = values[i];
			if (check(f))
				continue;
			accepted++;
			steps = 0;
			depth = -1;
			for (node = fdt_next_node(f->blob, -1, &depth); node >= 0;
			     node = fdt_next_node(f->blob, node, &depth))
				KUNIT_ASSERT_LT(test, steps++, f->size);
			fdt_path_offset(f->blob, "serial0:1");
		}
		f->blob[at] = old;
	}
	KUNIT_EXPECT_GT(test, accepted, 0);
	KUNIT_EXPECT_EQ(test, check(f), 0);
}

static struct kunit_case fdt_cases[] = {
	KUNIT_CASE(fdt_accepts_a_good_blob),
	KUNIT_CASE(fdt_accepts_version_16),
	KUNIT_CASE(fdt_refuses_bad_magic),
	KUNIT_CASE(fdt_refuses_unknown_versions),
	KUNIT_CASE(fdt_refuses_every_truncation),
	KUNIT_CASE(fdt_refuses_every_shortened_totalsize),
	KUNIT_CASE(fdt_refuses_blocks_outside),
	KUNIT_CASE(fdt_refuses_overlapping_blocks),
	KUNIT_CASE(fdt_refuses_a_block_in_the_header),
	KUNIT_CASE(fdt_refuses_an_endless_reserve_map),
	KUNIT_CASE(fdt_refuses_a_property_longer_than_the_block),
	KUNIT_CASE(fdt_refuses_a_name_outside_the_strings),
	KUNIT_CASE(fdt_refuses_a_string_without_end),
	KUNIT_CASE(fdt_refuses_an_unknown_token),
	KUNIT_CASE(fdt_refuses_an_early_end),
	KUNIT_CASE(fdt_refuses_more_ends_than_nodes),
	KUNIT_CASE(fdt_refuses_nesting_without_limit),
	KUNIT_CASE(fdt_finds_nodes_by_path),
	KUNIT_CASE(fdt_finds_nodes_by_alias),
	KUNIT_CASE(fdt_compares_compatible_strings_whole),
	KUNIT_CASE(fdt_counts_reserved_ranges),
	KUNIT_CASE(fdt_visits_each_node_once),
	KUNIT_CASE(fdt_survives_every_wrong_byte),
	{}
};

static struct kunit_suite fdt_suite = {
	.name = "fdt",
	.init = fdt_test_init,
	.test_cases = fdt_cases,
};

kunit_test_suite(fdt_suite);
