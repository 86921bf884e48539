// SPDX-License-Identifier: MIT
/*
 * Boot information from good and hostile loaders.
 */
#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <asm/bootinfo.h>

#include "bootinfo_sample.h"

struct bootinfo_fixture {
	u8 *data;
	size_t size;
	struct x86_bootinfo out;
};

static int bootinfo_test_init(struct kunit *test)
{
	struct bootinfo_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->data = kunit_kzalloc(test, BOOTINFO_SAMPLE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->data);
	f->size = multiboot2_sample_build(f->data, true);
	test->priv = f;
	return 0;
}

static int parse(struct bootinfo_fixture *f)
{
	return multiboot2_parse(f->data, f->size, &f->out);
}

static u32 *word(struct bootinfo_fixture *f, size_t at)
{
	return (u32 *)(f->data + at);
}

/* Offset of the first tag of a type. */
static size_t find_tag(struct kunit *test, struct bootinfo_fixture *f, u32 type)
{
	size_t at;

	for (at = 8; at < f->size; at += (*word(f, at + 4) + 7) & ~7u) {
		if (*word(f, at) == type)
			return at;
	}
	KUNIT_FAIL_AND_ABORT(test, "no tag %u", type);
	return 0;
}

static void multiboot2_says_what_the_loader_said(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;

	KUNIT_ASSERT_EQ(test, parse(f), 0);
	KUNIT_EXPECT_STREQ(test, f->out.cmdline, BOOTINFO_SAMPLE_CMDLINE);
	KUNIT_EXPECT_EQ(test, f->out.nr_ranges, BOOTINFO_SAMPLE_RANGES);
	KUNIT_EXPECT_EQ(test, f->out.dropped, 0U);
	KUNIT_EXPECT_EQ(test, f->out.initrd_start, BOOTINFO_SAMPLE_INITRD);
	KUNIT_EXPECT_EQ(test, f->out.initrd_size, BOOTINFO_SAMPLE_INITRD_SIZE);
	KUNIT_EXPECT_EQ(test, f->out.rsdp_copy_len, 36U);
}

static void multiboot2_refuses_every_truncation(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;
	size_t size = f->size;

	for (f->size = 0; f->size < size; f->size++) {
		KUNIT_ASSERT_NE(test, parse(f), 0);
		/* The same with a header that agrees. */
		if (f->size >= 4) {
			*word(f, 0) = f->size;
			KUNIT_ASSERT_NE_MSG(test, parse(f), 0, "cut to %zu", f->size);
			*word(f, 0) = size;
		}
	}
}

static void multiboot2_refuses_tags_that_do_not_move_on(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;
	size_t at = find_tag(test, f, 2);
	u32 len;

	for (len = 0; len < 8; len++) {
		*word(f, at + 4) = len;
		KUNIT_EXPECT_EQ(test, parse(f), -EBADMSG);
	}
}

static void multiboot2_refuses_tags_beyond_the_end(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;
	size_t at = find_tag(test, f, 2);

	*word(f, at + 4) = 0xffffffff;
	KUNIT_EXPECT_EQ(test, parse(f), -EBADMSG);
	*word(f, at + 4) = 0xfffffff9;	/* would wrap round when aligned */
	KUNIT_EXPECT_EQ(test, parse(f), -EBADMSG);
}

static void multiboot2_refuses_absurd_sizes(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;

	*word(f, 0) = BOOTINFO_MAX_SIZE + 1;
	KUNIT_EXPECT_EQ(test, parse(f), -E2BIG);
	*word(f, 0) = 4;
	KUNIT_EXPECT_EQ(test, parse(f), -EINVAL);
}

static void multiboot2_refuses_map_entries_of_no_size(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;
	size_t at = find_tag(test, f, 6);

	*word(f, at + 8) = 0;
	KUNIT_EXPECT_EQ(test, parse(f), -EBADMSG);
	*word(f, at + 8) = 23;
	KUNIT_EXPECT_EQ(test, parse(f), -EBADMSG);
}

static void multiboot2_drops_ranges_that_wrap(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;
	size_t at = find_tag(test, f, 6) + 16;

	memset(f->data + at, 0xff, 8);
	KUNIT_EXPECT_EQ(test, parse(f), 0);
	KUNIT_EXPECT_EQ(test, f->out.dropped, 1U);
	KUNIT_EXPECT_EQ(test, f->out.nr_ranges, BOOTINFO_SAMPLE_RANGES - 1U);
}

static void multiboot2_needs_a_memory_map(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;

	*word(f, find_tag(test, f, 6)) = 99;
	KUNIT_EXPECT_EQ(test, parse(f), -ENODATA);
}

static void multiboot2_cuts_a_long_command_line(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;
	size_t at = find_tag(test, f, 1);

	/* Without an end mark it ends with the tag. */
	memset(f->data + at + 8, 'x', *word(f, at + 4) - 8);
	KUNIT_EXPECT_EQ(test, parse(f), 0);
	KUNIT_EXPECT_EQ(test, strlen(f->out.cmdline), *word(f, at + 4) - 8UL);
	KUNIT_EXPECT_FALSE(test, f->out.cmdline_truncated);
}

static void multiboot2_ignores_a_module_that_ends_before_it_starts(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;
	size_t at = find_tag(test, f, 3);

	*word(f, at + 12) = *word(f, at + 8) - 1;
	KUNIT_EXPECT_EQ(test, parse(f), 0);
	KUNIT_EXPECT_EQ(test, f->out.initrd_size, 0ULL);
}

/* --- PVH --- */

static const void *lend(u64 phys, size_t len, void *ctx)
{
	struct bootinfo_fixture *f = ctx;
	u64 off = phys - PVH_SAMPLE_BASE;

	return off <= f->size && len <= f->size - off ? f->data + off : NULL;
}

static int parse_pvh(struct bootinfo_fixture *f)
{
	return pvh_parse(PVH_SAMPLE_BASE, lend, f, &f->out);
}

static void pvh_says_what_the_loader_said(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;

	f->size = pvh_sample_build(f->data);
	KUNIT_ASSERT_EQ(test, parse_pvh(f), 0);
	KUNIT_EXPECT_STREQ(test, f->out.cmdline, BOOTINFO_SAMPLE_CMDLINE);
	KUNIT_EXPECT_EQ(test, f->out.nr_ranges, BOOTINFO_SAMPLE_RANGES);
	KUNIT_EXPECT_EQ(test, f->out.initrd_start, BOOTINFO_SAMPLE_INITRD);
	KUNIT_EXPECT_EQ(test, f->out.rsdp, PVH_SAMPLE_RSDP);
}

static void pvh_refuses_pointers_outside_memory(struct kunit *test)
{
	static const int pointers[] = { 16, 24, 40 };	/* modules, command line, memory map */
	struct bootinfo_fixture *f = test->priv;
	int i;

	for (i = 0; i < ARRAY_SIZE(pointers); i++) {
		f->size = pvh_sample_build(f->data);
		memset(f->data + pointers[i], 0xff, 8);
		KUNIT_EXPECT_EQ_MSG(test, parse_pvh(f), -EFAULT, "pointer at %d", pointers[i]);
	}
}

static void pvh_refuses_absurd_counts(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;

	f->size = pvh_sample_build(f->data);
	*word(f, 48) = 0xffffffff;
	KUNIT_EXPECT_EQ(test, parse_pvh(f), -E2BIG);
	*word(f, 48) = 0;
	KUNIT_EXPECT_EQ(test, parse_pvh(f), -ENODATA);
}

static void pvh_refuses_a_wrong_magic(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;

	f->size = pvh_sample_build(f->data);
	f->data[0]++;
	KUNIT_EXPECT_EQ(test, parse_pvh(f), -EINVAL);
}

static void pvh_cuts_a_long_command_line(struct kunit *test)
{
	struct bootinfo_fixture *f = test->priv;

	f->size = pvh_sample_build(f->data);
	memset(f->data + 0x100, 'x', 0x100);
	memset(f->data + 0x800, 'x', 0x800);
	*(u64 *)(f->data + 24) = PVH_SAMPLE_BASE + 0x800;
	KUNIT_EXPECT_EQ(test, parse_pvh(f), 0);
	KUNIT_EXPECT_TRUE(test, f->out.cmdline_truncated);
	KUNIT_EXPECT_EQ(test, strlen(f->out.cmdline), BOOTINFO_CMDLINE_SIZE - 1UL);
}

static struct kunit_case bootinfo_cases[] = {
	KUNIT_CASE(multiboot2_says_what_the_loader_said),
	KUNIT_CASE(multiboot2_refuses_every_truncation),
	KUNIT_CASE(multiboot2_refuses_tags_that_do_not_move_on),
	KUNIT_CASE(multiboot2_refuses_tags_beyond_the_end),
	KUNIT_CASE(multiboot2_refuses_absurd_sizes),
	KUNIT_CASE(multiboot2_refuses_map_entries_of_no_size),
	KUNIT_CASE(multiboot2_drops_ranges_that_wrap),
	KUNIT_CASE(multiboot2_needs_a_memory_map),
	KUNIT_CASE(multiboot2_cuts_a_long_command_line),
	KUNIT_CASE(multiboot2_ignores_a_module_that_ends_before_it_starts),
	KUNIT_CASE(pvh_says_what_the_loader_said),
	KUNIT_CASE(pvh_refuses_pointers_outside_memory),
	KUNIT_CASE(pvh_refuses_absurd_counts),
	KUNIT_CASE(pvh_refuses_a_wrong_magic),
	KUNIT_CASE(pvh_cuts_a_long_command_line),
	{}
};

static struct kunit_suite bootinfo_suite = {
	.name = "x86_bootinfo",
	.init = bootinfo_test_init,
	.test_cases = bootinfo_cases,
};

kunit_test_suite(bootinfo_suite);
