// SPDX-License-Identifier: MIT
/*
 * kfifo, min_heap, uuid, string_helpers, overflow, list_sort: as tests of Linux use them, with no
 * more includes than those have.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <kunit/test.h>
#include <kunit/visibility.h>

#include <linux/device.h>
#include <linux/kfifo.h>
#include <linux/list_sort.h>
#include <linux/log2.h>
#include <linux/min_heap.h>
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/string_helpers.h>
#include <linux/uuid.h>

/* A table type per operand type, filled and checked by macros. */
#define DEFINE_PRODUCT_TEST(t)						\
	static void structures_test_product_##t(struct kunit *test)	\
	{								\
		int i;							\
									\
		for (i = 0; i < ARRAY_SIZE(products_##t); i++) {	\
			t got = 0;					\
			bool wraps;					\
									\
			wraps = check_mul_overflow(products_##t[i].a,	\
						   products_##t[i].b, &got); \
			KUNIT_EXPECT_EQ_MSG(test, wraps, products_##t[i].wraps, \
					    "case %d of " #t, i);	\
			KUNIT_EXPECT_EQ(test, got, products_##t[i].want); \
			KUNIT_EXPECT_EQ(test, got, wrapping_mul(t, products_##t[i].a, \
								products_##t[i].b)); \
		}							\
	}

#define PRODUCT_TABLE(t)						\
	static const struct { t a, b, want; bool wraps; } products_##t[]

PRODUCT_TABLE(u8) = {
	{ 0, 255, 0, false }, { 15, 17, 255, false }, { 16, 16, 0, true },
	{ U8_MAX, U8_MAX, 1, true },
};
PRODUCT_TABLE(s64) = {
	{ S64_MAX, 1, S64_MAX, false }, { S64_MIN, -1, S64_MIN, true }, { -3, 4, -12, false },
};
DEFINE_PRODUCT_TEST(u8)
DEFINE_PRODUCT_TEST(s64)

struct flexible {
	size_t count;
	u32 data[] __counted_by(count);
};

static void structures_test_flexible(struct kunit *test)
{
	DEFINE_RAW_FLEX(struct flexible, raw, data, 3);
	DEFINE_FLEX(struct flexible, flex, data, count, 3);
	size_t huge = SIZE_MAX;

	KUNIT_EXPECT_EQ(test, __struct_size(raw), sizeof(size_t) + 3 * sizeof(u32) + 4);
	KUNIT_EXPECT_EQ(test, flex->count, 3);
	KUNIT_EXPECT_EQ(test, raw->count, 0);
	KUNIT_EXPECT_EQ(test, struct_size(flex, data, 3), sizeof(size_t) + 12);
	KUNIT_EXPECT_EQ(test, struct_size(flex, data, huge), SIZE_MAX);
	KUNIT_EXPECT_EQ(test, size_add(SIZE_MAX, 1), SIZE_MAX);
}

static DEFINE_KFIFO(fifo, int, 32);

static void structures_test_kfifo(struct kunit *test)
{
	struct kfifo dynamic;
	unsigned char buf[6], c;
	int i, v;

	for (i = 0; i < 20; i++)
		KUNIT_ASSERT_EQ(test, kfifo_put(&fifo, i), 1);
	KUNIT_EXPECT_EQ(test, kfifo_len(&fifo), 20);
	KUNIT_EXPECT_EQ(test, kfifo_peek(&fifo, &v), 1);
	for (i = 0; kfifo_get(&fifo, &v); i++)
		KUNIT_EXPECT_EQ(test, v, i);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&fifo));

	KUNIT_ASSERT_EQ(test, kfifo_alloc(&dynamic, 100, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, kfifo_size(&dynamic), roundup_pow_of_two(100));
	KUNIT_EXPECT_EQ(test, kfifo_in(&dynamic, "hello", 5), 5);
	c = '!';
	KUNIT_EXPECT_EQ(test, kfifo_put(&dynamic, c), 1);
	KUNIT_EXPECT_EQ(test, kfifo_out(&dynamic, buf, sizeof(buf)), 6);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "hello!", 6), 0);
	kfifo_free(&dynamic);
}

DEFINE_MIN_HEAP(int, int_heap);

static bool __always_inline int_less(const void *lhs, const void *rhs, void __always_unused *args)
{
	return *(int *)lhs < *(int *)rhs;
}

static void int_swap(void *lhs, void *rhs, void __always_unused *args)
{
	swap(*(int *)lhs, *(int *)rhs);
}

static void structures_test_min_heap(struct kunit *test)
{
	int values[] = { 3, 1, 2, 4, 0x8000000, 0x7FFFFFF, 0, -3, -1, -2, -4 };
	const struct min_heap_callbacks funcs = { .less = int_less, .swp = int_swap };
	struct int_heap heap = { .data = values, .nr = ARRAY_SIZE(values),
				 .size = ARRAY_SIZE(values) };
	int last = INT_MIN;

	min_heapify_all(&heap, &funcs, NULL);
	while (heap.nr > 0) {
		KUNIT_EXPECT_LE(test, last, heap.data[0]);
		last = heap.data[0];
		min_heap_pop(&heap, &funcs, NULL);
	}
	for (last = 9; last >= 0; last--)
		min_heap_push(&heap, &last, &funcs, NULL);
	KUNIT_EXPECT_EQ(test, heap.data[0], 0);
}

static void structures_test_uuid(struct kunit *test)
{
	static const char text[] = "c33f4995-3701-450e-9fbf-206a2e98e576";
	static const uuid_t be = UUID_INIT(0xc33f4995, 0x3701, 0x450e, 0x9f, 0xbf, 0x20, 0x6a, 0x2e,
					   0x98, 0xe5, 0x76);
	char buf[UUID_STRING_LEN + 1];
	guid_t le;
	uuid_t u;

	KUNIT_EXPECT_EQ(test, uuid_parse(text, &u), 0);
	KUNIT_EXPECT_TRUE(test, uuid_equal(&u, &be));
	KUNIT_EXPECT_EQ(test, guid_parse(text, &le), 0);
	snprintf(buf, sizeof(buf), "%pUl", &le);
	KUNIT_EXPECT_STREQ(test, buf, text);
	KUNIT_EXPECT_EQ(test, uuid_parse("c33f4995-3701-450e-9fbf206a2e98e576 ", &u), -EINVAL);
	uuid_gen(&u);
	KUNIT_EXPECT_EQ(test, u.b[6] >> 4, 4);
}

struct size_case {
	u64 size;
	u32 block;
	enum string_size_units units;
	const char *want;
};

static const struct size_case size_cases[] = {
	{ 0, 512, STRING_UNITS_10, "0 B" },
	{ 1100, 1, STRING_UNITS_10, "1.10 kB" },
	{ 16384, 512, STRING_UNITS_2, "8.00 MiB" },
	{ 500118192, 512, STRING_UNITS_2, "238 GiB" },
	{ 4096, U32_MAX, STRING_UNITS_10, "17.6 TB" },
};

static void size_case_desc(const struct size_case *c, char *desc)
{
	strscpy(desc, c->want, KUNIT_PARAM_DESC_SIZE);
}
KUNIT_ARRAY_PARAM(sizes, size_cases, size_case_desc);

static void structures_test_sizes(struct kunit *test)
{
	const struct size_case *c = test->param_value;
	char buf[32];

	string_get_size(c->size, c->block, c->units, buf, sizeof(buf));
	KUNIT_EXPECT_STREQ(test, buf, c->want);
}

static void structures_test_escape(struct kunit *test)
{
	char out[64], *copy = kunit_kmalloc(test, 16, GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, copy);
	KUNIT_EXPECT_EQ(test,
			string_escape_str("\f\\ \n\r\t\v", out, sizeof(out), ESCAPE_SPACE, NULL),
			12);
	KUNIT_EXPECT_EQ(test, memcmp(out, "\\f\\ \\n\\r\\t\\v", 12), 0);
	strscpy(copy, "\\x41\\102c", 16);
	KUNIT_EXPECT_EQ(test, string_unescape_any_inplace(copy), 3);
	KUNIT_EXPECT_STREQ(test, copy, "ABc");
}

struct sorted {
	struct list_head list;
	int value, serial;
};

static int sorted_cmp(void *priv, const struct list_head *a, const struct list_head *b)
{
	struct sorted *ela = container_of(a, struct sorted, list);
	struct sorted *elb = container_of(b, struct sorted, list);

	return ela->value - elb->value;
}

static void structures_test_list_sort(struct kunit *test)
{
	struct sorted *el, *prev = NULL;
	LIST_HEAD(head);
	int i, count = 1;

	for (i = 0; i < 513; i++) {
		el = kunit_kzalloc(test, sizeof(*el), GFP_KERNEL);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, el);
		el->value = get_random_u32_below(513 / 3);
		el->serial = i;
		list_add_tail(&el->list, &head);
	}
	list_sort(test, &head, sorted_cmp);
	list_for_each_entry(el, &head, list) {
		if (prev) {
			KUNIT_ASSERT_LE_MSG(test, prev->value, el->value, "list is not sorted");
			if (prev->value == el->value)
				KUNIT_ASSERT_LT(test, prev->serial, el->serial);
			count++;
		}
		prev = el;
	}
	KUNIT_EXPECT_EQ_MSG(test, count, 513, "list length changed after sorting!");
}

static struct kunit_case structures_test_cases[] = {
	KUNIT_CASE(structures_test_product_u8),
	KUNIT_CASE(structures_test_product_s64),
	KUNIT_CASE(structures_test_flexible),
	KUNIT_CASE(structures_test_kfifo),
	KUNIT_CASE(structures_test_min_heap),
	KUNIT_CASE(structures_test_uuid),
	KUNIT_CASE_PARAM(structures_test_sizes, sizes_gen_params),
	KUNIT_CASE(structures_test_escape),
	KUNIT_CASE_SLOW(structures_test_list_sort),
	{},
};

static struct kunit_suite structures_test_suite = {
	.name = "structures",
	.test_cases = structures_test_cases,
};

kunit_test_suite(structures_test_suite);

MODULE_DESCRIPTION("Structures and helpers, as tests of Linux use them");
MODULE_LICENSE("Dual MIT/GPL");
