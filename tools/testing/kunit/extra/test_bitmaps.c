// SPDX-License-Identifier: MIT
/*
 * Bitmaps in the older shape of Linux's tests: kselftest_module.h, counters, no KUnit.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bitmap.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "../tools/testing/selftests/kselftest_module.h"

#define NBITS	1024

KSTM_MODULE_GLOBALS();

/* bitmap_print_to_pagebuf() writes to the end of a page, and not further. */
static char text_buf[PAGE_SIZE * 2] __initdata __aligned(PAGE_SIZE);

struct parse_case {
	const char *in;
	int want_err;
	unsigned int want_weight;
};

static const struct parse_case list_cases[] __initconst = {
	{ "0", 0, 1 },
	{ "1-3,5", 0, 4 },
	{ "0-31:2/4", 0, 16 },
	{ "all", 0, NBITS },
	{ "0-N", 0, NBITS },
	{ "", 0, 0 },
	{ "3-1", -EINVAL, 0 },
	{ "0-2000", -ERANGE, 0 },
	{ "a-b", -EINVAL, 0 },
};

static int __init parse_one(const struct parse_case *c)
{
	DECLARE_BITMAP(map, NBITS);
	int err;

	bitmap_fill(map, NBITS);
	err = bitmap_parselist(c->in, map, NBITS);
	if (err != c->want_err) {
		pr_err("\"%s\": error %d, want %d\n", c->in, err, c->want_err);
		return 1;
	}
	return !err && bitmap_weight(map, NBITS) != c->want_weight;
}

static int __init print_and_parse(unsigned int step)
{
	unsigned long *map = bitmap_zalloc(NBITS, GFP_KERNEL);
	unsigned long *back = bitmap_alloc(NBITS, GFP_KERNEL);
	unsigned int bit;
	int ret = 1;

	if (!map || !back)
		goto out;
	for (bit = 0; bit < NBITS; bit += step)
		__set_bit(bit, map);
	bitmap_print_to_pagebuf(true, text_buf, map, NBITS);
	strim(text_buf);
	ret = bitmap_parselist(text_buf, back, NBITS) || !bitmap_equal(map, back, NBITS);
	if (ret)
		goto out;
	scnprintf(text_buf, sizeof(text_buf), "%*pb", NBITS, map);
	ret = bitmap_parse(text_buf, UINT_MAX, back, NBITS) || !bitmap_equal(map, back, NBITS);
out:
	bitmap_free(map);
	bitmap_free(back);
	return ret;
}

static int __init compare_with_shifts(void)
{
	DECLARE_BITMAP(a, 128) = { };
	DECLARE_BITMAP(b, 128);
	unsigned int n;

	bitmap_set(a, 60, 8);
	for (n = 0; n < 60; n++) {
		bitmap_shift_right(b, a, n, 128);
		if (find_first_bit(b, 128) != 60 - n || bitmap_weight(b, 128) != 8)
			return 1;
		bitmap_shift_left(b, b, n, 128);
		if (!bitmap_equal(a, b, 128))
			return 1;
	}
	return 0;
}

static void __init selftest(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(list_cases); i++)
		KSTM_CHECK_ZERO(parse_one(&list_cases[i]));
	for (i = 1; i < 130; i++)
		KSTM_CHECK_ZERO(print_and_parse(i));
	KSTM_CHECK_ZERO(compare_with_shifts());
}

KSTM_MODULE_LOADERS(test_bitmaps);
MODULE_AUTHOR("nobody in particular");
MODULE_DESCRIPTION("Test of bitmaps in the older shape");
MODULE_LICENSE("GPL");
