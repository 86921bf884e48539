// SPDX-License-Identifier: MIT
/*
 * Parameters, resources, deferred actions, static stubs: the rest of the KUnit interface, used as
 * its documentation shows it.
 */
#include <kunit/resource.h>
#include <kunit/static_stub.h>
#include <kunit/test.h>
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/vmalloc.h>

struct params_case {
	const char *name;
	u64 in;
	u32 by;
	u64 want;
};

static const struct params_case params_cases[] = {
	{ .name = "nothing", .in = 0, .by = 3, .want = 0 },
	{ .name = "small", .in = 7, .by = 2, .want = 3 },
	{ .name = "large", .in = 1ULL << 40, .by = 1 << 20, .want = 1 << 20 },
};

static void params_case_desc(const struct params_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(params_div, params_cases, params_case_desc);

static void params_test_div(struct kunit *test)
{
	const struct params_case *c = test->param_value;

	KUNIT_EXPECT_EQ(test, div_u64(c->in, c->by), c->want);
}

static const void *params_gen_bits(const void *prev, char *desc)
{
	long n = (long)prev;

	if (n >= 5)
		return NULL;
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "bit %ld", n);
	return (void *)(n + 1);
}

static void params_test_bits(struct kunit *test)
{
	long n = (long)test->param_value - 1;

	KUNIT_EXPECT_EQ(test, hweight_long(BIT(n)), 1);
}

static void params_free_vmalloc(void *p)
{
	vfree(p);
}

KUNIT_DEFINE_ACTION_WRAPPER(params_kfree_wrapper, kfree, const void *);

static void params_test_actions(struct kunit *test)
{
	void *v = vmalloc(PAGE_SIZE), *k = kmalloc(8, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, v);
	KUNIT_ASSERT_NOT_NULL(test, k);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, params_free_vmalloc, v), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, params_kfree_wrapper, k), 0);
	kunit_release_action(test, params_kfree_wrapper, k);
}

static int params_real(int x)
{
	KUNIT_STATIC_STUB_REDIRECT(params_real, x);
	return x + 1;
}

static int params_fake(int x)
{
	return x * 100;
}

static void params_test_stub(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, params_real(1), 2);
	kunit_activate_static_stub(test, params_real, params_fake);
	KUNIT_EXPECT_EQ(test, params_real(1), 100);
	kunit_deactivate_static_stub(test, params_real);
	KUNIT_EXPECT_EQ(test, params_real(1), 2);
}

static int params_cmp(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void params_test_sort(struct kunit *test)
{
	int *a = kunit_kmalloc_array(test, 100, sizeof(*a), GFP_KERNEL), i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, a);
	for (i = 0; i < 100; i++)
		a[i] = (i * 37) % 100;
	sort(a, 100, sizeof(*a), params_cmp, NULL);
	for (i = 0; i < 100; i++)
		KUNIT_ASSERT_EQ(test, a[i], i);
	kunit_info(test, "%d numbers are in order", i);
}

static void params_test_memory(struct kunit *test)
{
	static const u8 a[] = { 1, 2, 3 }, b[] = { 1, 2, 4 };

	KUNIT_EXPECT_MEMEQ(test, a, b, 2);
	KUNIT_EXPECT_MEMNEQ(test, a, b, sizeof(a));
	KUNIT_EXPECT_GE(test, sizeof(a), 3);
	KUNIT_EXPECT_STRNEQ(test, "a", "b");
	KUNIT_SUCCEED(test);
}

static struct kunit_case params_test_cases[] = {
	KUNIT_CASE_PARAM(params_test_div, params_div_gen_params),
	KUNIT_CASE_PARAM(params_test_bits, params_gen_bits),
	KUNIT_CASE(params_test_actions),
	KUNIT_CASE(params_test_stub),
	KUNIT_CASE(params_test_sort),
	KUNIT_CASE(params_test_memory),
	{}
};

static int params_suite_init(struct kunit_suite *suite)
{
	kunit_info(suite, "set up");
	return 0;
}

static struct kunit_suite params_test_suite = {
	.name = "extra-params",
	.suite_init = params_suite_init,
	.test_cases = params_test_cases,
};

kunit_test_suite(params_test_suite);

MODULE_AUTHOR("Lectern");
MODULE_DESCRIPTION("KUnit's interface as documented");
MODULE_LICENSE("GPL");
