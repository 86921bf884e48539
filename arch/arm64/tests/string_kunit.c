// SPDX-License-Identifier: MIT
/*
 * The assembly of arch/arm64/lib against byte loops: every length and alignment near the places
 * where it branches.
 */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include <asm/cpufeature.h>
#include <asm/crc32.h>
#include <asm/page.h>
#include <asm/word-at-a-time.h>

#define MAX_LEN	300
#define PAD	32

static u8 src[MAX_LEN + 2 * PAD + 16], dst[MAX_LEN + 2 * PAD + 16], want[MAX_LEN + 2 * PAD + 16];

void *__memcpy(void *to, const void *from, size_t n);
void *__memmove(void *to, const void *from, size_t n);
void *__memset(void *p, int c, size_t n);
int __memcmp(const void *a, const void *b, size_t n);
size_t __strlen(const char *s);

static void fill_buffers(void)
{
	int i;

	for (i = 0; i < sizeof(src); i++) {
		src[i] = i * 7 + 1;
		dst[i] = want[i] = 0xee;
	}
}

static void memcpy_copies_exactly(struct kunit *test)
{
	int len, i, s, d;

	for (len = 0; len <= MAX_LEN; len += len < 140 ? 1 : 13) {
		for (s = 0; s < 9; s += 3) {
			for (d = 0; d < 9; d += 4) {
				fill_buffers();
				for (i = 0; i < len; i++)
					want[PAD + d + i] = src[PAD + s + i];
				KUNIT_ASSERT_PTR_EQ(test,
						    __memcpy(dst + PAD + d, src + PAD + s, len),
						    (void *)(dst + PAD + d));
				for (i = 0; i < sizeof(dst); i++)
					if (dst[i] != want[i])
						break;
				KUNIT_ASSERT_EQ(test, i, sizeof(dst));
			}
		}
	}
}

static void memmove_copies_overlapping(struct kunit *test)
{
	int len, shift, i;

	for (len = 1; len <= MAX_LEN - 40; len += len < 140 ? 1 : 17) {
		for (shift = -33; shift <= 33; shift += 3) {
			fill_buffers();
			memcpy(dst, src, sizeof(dst));
			memcpy(want, src, sizeof(dst));
			for (i = 0; i < len; i++)
				want[PAD + 2 + shift + i] = src[PAD + 2 + i];
			__memmove(dst + PAD + 2 + shift, dst + PAD + 2, len);
			for (i = 0; i < sizeof(dst); i++)
				if (dst[i] != want[i])
					break;
			KUNIT_ASSERT_EQ(test, i, sizeof(dst));
		}
	}
}

static void memset_sets_exactly(struct kunit *test)
{
	int len, i, d, c;

	for (c = 0; c < 2; c++) {
		for (len = 0; len <= MAX_LEN; len++) {
			for (d = 0; d < 17; d += 5) {
				fill_buffers();
				for (i = 0; i < len; i++)
					want[PAD + d + i] = c ? 0xa5 : 0;
				__memset(dst + PAD + d, c ? 0x7a5 : 0, len);
				for (i = 0; i < sizeof(dst); i++)
					if (dst[i] != want[i])
						break;
				KUNIT_ASSERT_EQ(test, i, sizeof(dst));
			}
		}
	}
}

static void memset_zeroes_large_areas_exactly(struct kunit *test)
{
	u8 *buf = kunit_kzalloc(test, 4096, GFP_KERNEL);
	int len, off, i;

	for (off = 1; off < 130; off += 43) {
		for (len = 250; len < 3000; len += 331) {
			for (i = 0; i < 4096; i++)
				buf[i] = 0x11;
			__memset(buf + off, 0, len);
			for (i = 0; i < 4096; i++)
				if (buf[i] != (i >= off && i < off + len ? 0 : 0x11))
					break;
			KUNIT_ASSERT_EQ(test, i, 4096);
		}
	}
}

static void memcmp_orders_by_the_first_difference(struct kunit *test)
{
	int len, at;

	for (len = 1; len < 40; len++) {
		for (at = 0; at < len; at++) {
			fill_buffers();
			memcpy(dst, src, sizeof(dst));
			KUNIT_ASSERT_EQ(test, __memcmp(dst, src, len), 0);
			dst[at] = 0xff;
			src[at] = 0x01;
			KUNIT_ASSERT_GT(test, __memcmp(dst, src, len), 0);
			KUNIT_ASSERT_LT(test, __memcmp(src, dst, len), 0);
			KUNIT_ASSERT_EQ(test, __memcmp(src, dst, at), 0);
		}
	}
}

static void strlen_stops_at_the_end_of_memory(struct kunit *test)
{
	char *page = vmalloc(PAGE_SIZE);
	int len;

	KUNIT_ASSERT_NOT_NULL(test, page);
	memset(page, 0x80, PAGE_SIZE);
	page[PAGE_SIZE - 1] = 0;
	/* The page behind is not mapped. */
	for (len = 0; len < 40; len++)
		KUNIT_EXPECT_EQ(test, __strlen(page + PAGE_SIZE - 1 - len), len);
	vfree(page);
}

static void load_unaligned_zeropad_pads_at_the_end_of_memory(struct kunit *test)
{
	u8 *page = vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, page);
	memset(page, 0x42, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, load_unaligned_zeropad(page + 5), 0x4242424242424242UL);
	KUNIT_EXPECT_EQ(test, load_unaligned_zeropad(page + PAGE_SIZE - 3), 0x424242UL);
	vfree(page);
}

static void pages_are_cleared_and_copied_whole(struct kunit *test)
{
	u8 *a = (u8 *)__get_free_pages(GFP_KERNEL, 1), *b = (u8 *)__get_free_pages(GFP_KERNEL, 1);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	for (i = 0; i < 2 * PAGE_SIZE; i++) {
		a[i] = i * 13 + (i >> 8);
		b[i] = 0xcc;
	}
	copy_page(b, a);
	KUNIT_EXPECT_EQ(test, __memcmp(a, b, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, b[PAGE_SIZE], 0xcc);
	clear_page(b);
	for (i = 0; i < PAGE_SIZE && !b[i]; i++)
		;
	KUNIT_EXPECT_EQ(test, i, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, b[PAGE_SIZE], 0xcc);
	free_pages((unsigned long)a, 1);
	free_pages((unsigned long)b, 1);
}

static void crc_instructions_give_the_standard_sums(struct kunit *test)
{
	static const u8 digits[] = "123456789";

	if (!cpus_have_cap(ARM64_HAS_CRC32))
		kunit_skip(test, "CPU has no CRC32");
	KUNIT_EXPECT_EQ(test, ~crc32_le_arm64(~0u, digits, 9), 0xcbf43926);
	KUNIT_EXPECT_EQ(test, ~crc32c_le_arm64(~0u, digits, 9), 0xe3069283);
}

static struct kunit_case string_cases[] = {
	KUNIT_CASE(memcpy_copies_exactly),
	KUNIT_CASE(memmove_copies_overlapping),
	KUNIT_CASE(memset_sets_exactly),
	KUNIT_CASE(memset_zeroes_large_areas_exactly),
	KUNIT_CASE(memcmp_orders_by_the_first_difference),
	KUNIT_CASE(strlen_stops_at_the_end_of_memory),
	KUNIT_CASE(load_unaligned_zeropad_pads_at_the_end_of_memory),
	KUNIT_CASE(pages_are_cleared_and_copied_whole),
	KUNIT_CASE(crc_instructions_give_the_standard_sums),
	{},
};

static struct kunit_suite string_suite = {
	.name = "arm64_string",
	.test_cases = string_cases,
};
kunit_test_suite(string_suite);
