// SPDX-License-Identifier: MIT
/*
 * Slab debugging finds what it is there to find: each case plants one bug in a cache with red
 * zones, poison and owner tracking, and expects its report.
 */

#include <kunit/test.h>
#include <linux/report.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../slab.h"

#define OBJ_SIZE	64

static int debug_cache_init(struct kunit *test)
{
	test->priv = kmem_cache_create("kunit_debug", OBJ_SIZE, 0,
				       DEBUG_DEFAULT_FLAGS | SLAB_NO_USER_FLAGS, NULL);
	KUNIT_ASSERT_NOT_NULL(test, test->priv);
	return 0;
}

static void debug_cache_exit(struct kunit *test)
{
	kmem_cache_destroy(test->priv);
}

static void clean_use_is_not_reported(struct kunit *test)
{
	struct kmem_cache *s = test->priv;
	void *p[40];
	int i;

	for (i = 0; i < 40; i++) {
		p[i] = kmem_cache_alloc(s, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p[i]);
		memset(p[i], i, OBJ_SIZE);
	}
	for (i = 0; i < 40; i++)
		KUNIT_EXPECT_NULL(test, memchr_inv(p[i], i, OBJ_SIZE));
	KUNIT_EXPECT_EQ(test, slub_debug_validate(s), 0UL);
	for (i = 0; i < 40; i++)
		kmem_cache_free(s, p[i]);
	KUNIT_EXPECT_EQ(test, slub_debug_validate(s), 0UL);
}

static void right_overflow_is_found_at_free(struct kunit *test)
{
	u8 *p = kmem_cache_alloc(test->priv, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kunit_expect_report(test, REPORT_SLAB);
	OPTIMIZER_HIDE_VAR(p);
	p[OBJ_SIZE] = 1;
	kmem_cache_free(test->priv, p);
}

static void left_overflow_is_found_at_free(struct kunit *test)
{
	u8 *p = kmem_cache_alloc(test->priv, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kunit_expect_report(test, REPORT_SLAB);
	OPTIMIZER_HIDE_VAR(p);
	p[-1] = 1;
	kmem_cache_free(test->priv, p);
}

static void write_after_free_is_found_by_validate(struct kunit *test)
{
	u8 *p = kmem_cache_alloc(test->priv, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kmem_cache_free(test->priv, p);
	kunit_expect_report(test, REPORT_SLAB);
	OPTIMIZER_HIDE_VAR(p);
	p[10] = 1;
	KUNIT_EXPECT_EQ(test, slub_debug_validate(test->priv), 1UL);
	/* The damage has been repaired. */
	KUNIT_EXPECT_EQ(test, slub_debug_validate(test->priv), 0UL);
}

static void write_after_free_is_found_at_allocation(struct kunit *test)
{
	u8 *p = kmem_cache_alloc(test->priv, GFP_KERNEL), *q;

	KUNIT_ASSERT_NOT_NULL(test, p);
	kmem_cache_free(test->priv, p);
	kunit_expect_report(test, REPORT_SLAB);
	OPTIMIZER_HIDE_VAR(p);
	p[0] = 1;
	q = kmem_cache_alloc(test->priv, GFP_KERNEL);
	KUNIT_EXPECT_PTR_EQ(test, q, p);
	kmem_cache_free(test->priv, q);
}

static void double_free_is_found(struct kunit *test)
{
	u8 *p = kmem_cache_alloc(test->priv, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kmem_cache_free(test->priv, p);
	kunit_expect_report(test, REPORT_SLAB);
	kmem_cache_free(test->priv, p);
}

static void free_of_the_middle_is_found(struct kunit *test)
{
	u8 *p = kmem_cache_alloc(test->priv, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kunit_expect_report(test, REPORT_SLAB);
	kmem_cache_free(test->priv, p + 8);
	kmem_cache_free(test->priv, p);
}

static void broken_link_is_found(struct kunit *test)
{
	struct kmem_cache *s = test->priv;
	u8 *p = kmem_cache_alloc(s, GFP_KERNEL), *q;

	KUNIT_ASSERT_NOT_NULL(test, p);
	kmem_cache_free(s, p);
	kunit_expect_report(test, REPORT_SLAB);
	*(unsigned long *)(p + s->offset) = 0x4141414141414141;
	q = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, q);
	kmem_cache_free(s, q);
}

static void trailing_padding_is_watched(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_pad", 40, 64,
						 DEBUG_DEFAULT_FLAGS | SLAB_NO_USER_FLAGS, NULL);
	u8 *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	p = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	if (s->size - s->red_left_pad > s->offset + 8 + 2 * 32) {
		kunit_expect_report(test, REPORT_SLAB);
		p[s->size - s->red_left_pad - 1] = 0;
	}
	kmem_cache_free(s, p);
	kmem_cache_destroy(s);
}

static void leak_lists_the_objects(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_leaky", 32, 0,
						 DEBUG_DEFAULT_FLAGS | SLAB_NO_USER_FLAGS, NULL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	p = kmem_cache_alloc(s, GFP_KERNEL);
	kunit_expect_reports(test, REPORT_SLAB, 2);	/* the list, and that the cache stays */
	kmem_cache_destroy(s);
	kmem_cache_free(s, p);
	s->refcount = 1;
	kmem_cache_destroy(s);
}

static struct kunit_case slub_debug_cases[] = {
	KUNIT_CASE(clean_use_is_not_reported),
	KUNIT_CASE(right_overflow_is_found_at_free),
	KUNIT_CASE(left_overflow_is_found_at_free),
	KUNIT_CASE(write_after_free_is_found_by_validate),
	KUNIT_CASE(write_after_free_is_found_at_allocation),
	KUNIT_CASE(double_free_is_found),
	KUNIT_CASE(free_of_the_middle_is_found),
	KUNIT_CASE(broken_link_is_found),
	KUNIT_CASE(trailing_padding_is_watched),
	KUNIT_CASE(leak_lists_the_objects),
	{}
};

static struct kunit_suite slub_debug_suite = {
	.name = "slub_debug",
	.init = debug_cache_init,
	.exit = debug_cache_exit,
	.test_cases = slub_debug_cases,
};
kunit_test_suite(slub_debug_suite);
