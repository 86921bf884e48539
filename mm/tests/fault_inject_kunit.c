// SPDX-License-Identifier: MIT
/*
 * Fault injection hits what it is told to hit, and the stack depot keeps what it is given.
 */

#include <kunit/test.h>
#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#ifdef CONFIG_FAULT_INJECTION
static void armed_slab_fails_as_often_as_told(struct kunit *test)
{
	void *p[6];
	int i, failed = 0;

	fault_attr_arm(&failslab, 1, 2, 1);
	for (i = 0; i < 6; i++)
		p[i] = kmalloc(64, GFP_KERNEL | __GFP_NOWARN);
	KUNIT_EXPECT_EQ(test, fault_attr_disarm(&failslab), 2U);
	for (i = 0; i < 6; i++) {
		failed += !p[i];
		kfree(p[i]);
	}
	KUNIT_EXPECT_NOT_NULL(test, p[0]);
	KUNIT_EXPECT_NULL(test, p[1]);
	KUNIT_EXPECT_NULL(test, p[2]);
	KUNIT_EXPECT_EQ(test, failed, 2);
}

static void interval_spares_the_others(struct kunit *test)
{
	struct page *p[6];
	int i, failed = 0;

	fault_attr_arm(&fail_page_alloc, 0, -1, 3);
	for (i = 0; i < 6; i++)
		p[i] = alloc_page(GFP_KERNEL | __GFP_NOWARN);
	fault_attr_disarm(&fail_page_alloc);
	for (i = 0; i < 6; i++) {
		failed += !p[i];
		if (p[i])
			__free_page(p[i]);
	}
	KUNIT_EXPECT_EQ(test, failed, 2);
}

static void nofail_is_never_hit(struct kunit *test)
{
	void *p;

	fault_attr_arm(&failslab, 0, -1, 1);
	p = kmalloc(64, GFP_KERNEL | __GFP_NOFAIL);
	KUNIT_EXPECT_EQ(test, fault_attr_disarm(&failslab), 0U);
	KUNIT_EXPECT_NOT_NULL(test, p);
	kfree(p);
}

static void cache_creation_survives_failure_at_any_step(struct kunit *test)
{
	struct kmem_cache *s;
	int step;

	for (step = 0; step < 6; step++) {
		fault_attr_arm(&failslab, step, 1, 1);
		s = kmem_cache_create("kunit_fail", 100, 0, 0, NULL);
		fault_attr_disarm(&failslab);
		kmem_cache_destroy(s);
	}
}
#endif

static void same_trace_gets_the_same_handle(struct kunit *test)
{
	unsigned long a[3] = { 0x1111, 0x2222, 0x3333 }, b[3] = { 0x1111, 0x2222, 0x4444 };
	unsigned long *entries;
	depot_stack_handle_t ha, hb;

	stack_depot_init();
	ha = stack_depot_save(a, 3, GFP_KERNEL);
	hb = stack_depot_save(b, 3, GFP_KERNEL);
	KUNIT_ASSERT_NE(test, ha, 0U);
	KUNIT_ASSERT_NE(test, hb, 0U);
	KUNIT_EXPECT_NE(test, ha, hb);
	KUNIT_EXPECT_EQ(test, stack_depot_save(a, 3, GFP_KERNEL), ha);
	KUNIT_ASSERT_EQ(test, stack_depot_fetch(ha, &entries), 3U);
	KUNIT_EXPECT_MEMEQ(test, entries, a, sizeof(a));
	KUNIT_EXPECT_EQ(test, stack_depot_fetch(0, &entries), 0U);
	KUNIT_EXPECT_EQ(test, stack_depot_fetch(0xffffffff, &entries), 0U);
}

static struct kunit_case fault_inject_cases[] = {
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_CASE(armed_slab_fails_as_often_as_told),
	KUNIT_CASE(interval_spares_the_others),
	KUNIT_CASE(nofail_is_never_hit),
	KUNIT_CASE(cache_creation_survives_failure_at_any_step),
#endif
	KUNIT_CASE(same_trace_gets_the_same_handle),
	{}
};

static struct kunit_suite fault_inject_suite = {
	.name = "fault_inject",
	.test_cases = fault_inject_cases,
};
kunit_test_suite(fault_inject_suite);
