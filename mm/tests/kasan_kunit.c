// SPDX-License-Identifier: MIT
/*
 * KASAN finds each kind of bug that it knows: one planted bug a case.
 */

#include <kunit/test.h>
#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/report.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* The compiler must neither see the bug nor leave the access out. */
#define HIDE(p)		OPTIMIZER_HIDE_VAR(p)

static char global_array[10];
static volatile char sink;

static void expect_kasan(struct kunit *test)
{
	kunit_expect_report(test, REPORT_KASAN);
}

/* @size bytes, of whose misuse there will be a report. */
static void *to_be_misused(struct kunit *test, size_t size)
{
	void *p = kmalloc(size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	expect_kasan(test);
	HIDE(p);
	return p;
}

/* The same, freed. */
static void *freed(struct kunit *test, size_t size)
{
	void *p = to_be_misused(test, size);

	kfree(p);
	HIDE(p);
	return p;
}

static void kmalloc_oob_right(struct kunit *test)
{
	char *p = to_be_misused(test, 123);

	p[123] = 'x';
	KUNIT_EXPECT_STREQ(test, report_last_what(), "slab-out-of-bounds");
	kfree(p);
}

static void kmalloc_oob_in_the_next_granule(struct kunit *test)
{
	char *p = to_be_misused(test, 64);

	sink = p[64];
	KUNIT_EXPECT_STREQ(test, report_last_what(), "slab-out-of-bounds");
	kfree(p);
}

static void kmalloc_oob_left(struct kunit *test)
{
	char *p = to_be_misused(test, 15);

	sink = *(p - 1);
	kfree(p);
}

static void kmalloc_large_oob_right(struct kunit *test)
{
	size_t size = KMALLOC_MAX_CACHE_SIZE + 10;
	char *p;

	HIDE(size);
	p = kmalloc(size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	HIDE(p);
	expect_kasan(test);
	p[size] = 0;
	kfree(p);
}

static void wide_access_over_the_end(struct kunit *test)
{
	char *p = to_be_misused(test, 12);

	*(volatile u64 *)(p + 8) = 0;
	kfree(p);
}

static void krealloc_narrows(struct kunit *test)
{
	char *p = kmalloc(100, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	p = krealloc(p, 70, GFP_KERNEL);
	HIDE(p);
	expect_kasan(test);
	p[70] = 'x';
	kfree(p);
}

static void krealloc_widens(struct kunit *test)
{
	char *p = kmalloc(70, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	p = krealloc(p, 90, GFP_KERNEL);
	HIDE(p);
	p[89] = 'x';		/* fine */
	expect_kasan(test);
	p[90] = 'x';
	kfree(p);
}

static void use_after_free(struct kunit *test)
{
	char *p = freed(test, 40);

	p[8] = 'x';
	KUNIT_EXPECT_STREQ(test, report_last_what(), "slab-use-after-free");
}

static void use_after_free_behind_other_allocations(struct kunit *test)
{
	char *p = kmalloc(43, GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, p);
	kfree(p);
	for (i = 0; i < 50; i++)
		kfree(kmalloc(43, GFP_KERNEL));
	HIDE(p);
	expect_kasan(test);
	sink = p[40];
}

static void page_use_after_free(struct kunit *test)
{
	char *p = (char *)__get_free_pages(GFP_KERNEL, 5);

	KUNIT_ASSERT_NOT_NULL(test, p);
	free_pages((unsigned long)p, 5);
	HIDE(p);
	expect_kasan(test);
	sink = p[100];
	KUNIT_EXPECT_STREQ(test, report_last_what(), "use-after-free");
}

static void double_free(struct kunit *test)
{
	char *p = freed(test, 128);

	kfree(p);
	KUNIT_EXPECT_STREQ(test, report_last_what(), "double-free");
}

static void invalid_free(struct kunit *test)
{
	char *p = kmalloc(128, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	expect_kasan(test);
	kfree(p + 8);
	KUNIT_EXPECT_STREQ(test, report_last_what(), "invalid-free");
	kfree(p);
}

static void cache_object_oob(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_kasan", 200, 0, SLAB_NO_USER_FLAGS, NULL);
	char *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	p = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	HIDE(p);
	expect_kasan(test);
	sink = p[200];
	kmem_cache_free(s, p);
	kmem_cache_destroy(s);
}

static void cache_double_free(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_kasan2", 200, 0, SLAB_NO_USER_FLAGS, NULL);
	char *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	p = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	kmem_cache_free(s, p);
	expect_kasan(test);
	kmem_cache_free(s, p);
	kmem_cache_destroy(s);
}

static void stack_oob(struct kunit *test)
{
	char array[10];
	volatile int i = sizeof(array);
	char *p = array;

	HIDE(p);
	expect_kasan(test);
	sink = p[i];
	KUNIT_EXPECT_STREQ(test, report_last_what(), "stack-out-of-bounds");
}

static void global_oob(struct kunit *test)
{
	volatile int i = 3;
	char *p = global_array;

	HIDE(p);	/* the array's bounds too, or UBSAN is first */
	p += ARRAY_SIZE(global_array) + i;
	expect_kasan(test);
	sink = *p;
	KUNIT_EXPECT_STREQ(test, report_last_what(), "global-out-of-bounds");
}

static void vmalloc_oob(struct kunit *test)
{
	size_t size = PAGE_SIZE / 2 - 5;
	char *p = vmalloc(size);

	KUNIT_ASSERT_NOT_NULL(test, p);
	HIDE(p);
	p[size - 1] = 1;	/* fine */
	expect_kasan(test);
	p[size + 8] = 1;
	KUNIT_EXPECT_STREQ(test, report_last_what(), "vmalloc-out-of-bounds");
	vfree(p);
}

static void memset_oob(struct kunit *test)
{
	size_t size = 130;
	char *p = kmalloc(120, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	HIDE(p);
	HIDE(size);
	expect_kasan(test);
	memset(p, 0, size);
	kfree(p);
}

static void memcpy_from_freed(struct kunit *test)
{
	char *p = kmalloc(64, GFP_KERNEL), *q = kmalloc(64, GFP_KERNEL);
	size_t size = 64;

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, q);
	kfree(p);
	HIDE(p);
	HIDE(size);
	expect_kasan(test);
	memcpy(q, p, size);
	kfree(q);
}

static void strings_are_checked(struct kunit *test)
{
	char *p = freed(test, 24);

	sink = memchr(p, '1', 1) != NULL;
}

static void ksize_of_freed_memory(struct kunit *test)
{
	char *p = freed(test, 100);

	KUNIT_EXPECT_EQ(test, ksize(p), (size_t)0);
}

static void sensitive_free_twice(struct kunit *test)
{
	char *p = kmalloc(100, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	kfree_sensitive(p);
	HIDE(p);
	kunit_expect_reports(test, REPORT_KASAN, 2);	/* its size, then the free */
	kfree_sensitive(p);
}

static void bit_operations_are_checked(struct kunit *test)
{
	unsigned long *p = kzalloc(sizeof(*p), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	HIDE(p);
	expect_kasan(test);
	set_bit(BITS_PER_LONG, p);
	kfree(p);
}

static void atomics_are_checked(struct kunit *test)
{
	atomic_t *p = to_be_misused(test, 4);

	atomic_inc(p + 1);
	kfree(p);
}

static void clean_code_is_not_reported(struct kunit *test)
{
	unsigned long before = report_count(REPORT_REAL);
	char *p = kzalloc(100, GFP_KERNEL), array[30];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < 30; i++)
		array[i] = i;
	memcpy(p + 70, array, 30);
	kfree(p);
	KUNIT_EXPECT_EQ(test, report_count(REPORT_REAL), before);
}

static struct kunit_case kasan_cases[] = {
	KUNIT_CASE(kmalloc_oob_right),
	KUNIT_CASE(kmalloc_oob_in_the_next_granule),
	KUNIT_CASE(kmalloc_oob_left),
	KUNIT_CASE(kmalloc_large_oob_right),
	KUNIT_CASE(wide_access_over_the_end),
	KUNIT_CASE(krealloc_narrows),
	KUNIT_CASE(krealloc_widens),
	KUNIT_CASE(use_after_free),
	KUNIT_CASE(use_after_free_behind_other_allocations),
	KUNIT_CASE(page_use_after_free),
	KUNIT_CASE(double_free),
	KUNIT_CASE(invalid_free),
	KUNIT_CASE(cache_object_oob),
	KUNIT_CASE(cache_double_free),
	KUNIT_CASE(stack_oob),
	KUNIT_CASE(global_oob),
	KUNIT_CASE(vmalloc_oob),
	KUNIT_CASE(memset_oob),
	KUNIT_CASE(memcpy_from_freed),
	KUNIT_CASE(strings_are_checked),
	KUNIT_CASE(ksize_of_freed_memory),
	KUNIT_CASE(sensitive_free_twice),
	KUNIT_CASE(bit_operations_are_checked),
	KUNIT_CASE(atomics_are_checked),
	KUNIT_CASE(clean_code_is_not_reported),
	{}
};

static struct kunit_suite kasan_suite = {
	.name = "kasan",
	.test_cases = kasan_cases,
};
kunit_test_suite(kasan_suite);
