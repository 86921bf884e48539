// SPDX-License-Identifier: MIT
/*
 * Sizes that the compiler knows of what allocators give, managed ones among them: what a test of
 * fortified strings for Linux needs of headers.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <kunit/device.h>
#include <kunit/test.h>
#include <kunit/test-bug.h>
#include <linux/device.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* The compiler can't tell this one. */
static volatile size_t hidden_size = 50;

#define EXPECT_SIZE(test, want, alloc, free)				\
do {									\
	size_t bytes = (want);						\
	void *p = (alloc);						\
									\
	KUNIT_EXPECT_NOT_NULL_MSG(test, p, #alloc);			\
	KUNIT_EXPECT_EQ_MSG(test, __builtin_object_size(p, 1), bytes, #alloc); \
	free;								\
} while (0)

static void devices_test_constant_sizes(struct kunit *test)
{
	struct device *dev = kunit_device_register(test, "extra-device");
	char *grows;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	EXPECT_SIZE(test, 40, kmalloc(40, GFP_KERNEL), kfree(p));
	EXPECT_SIZE(test, 40, kcalloc(10, 4, GFP_KERNEL), kfree(p));
	EXPECT_SIZE(test, 40, vmalloc(40), vfree(p));
	EXPECT_SIZE(test, 40, kvmalloc(40, GFP_KERNEL), kvfree(p));

	EXPECT_SIZE(test, 40, devm_kmalloc(dev, 40, GFP_KERNEL), devm_kfree(dev, p));
	EXPECT_SIZE(test, 40, devm_kzalloc(dev, 40, GFP_KERNEL), devm_kfree(dev, p));
	EXPECT_SIZE(test, 40, devm_kmalloc_array(dev, 8, 5, GFP_KERNEL), devm_kfree(dev, p));
	EXPECT_SIZE(test, 40, devm_kcalloc(dev, 5, 8, GFP_KERNEL), devm_kfree(dev, p));
	EXPECT_SIZE(test, 5, devm_kmemdup(dev, "text", 5, GFP_KERNEL), devm_kfree(dev, p));

	grows = devm_kmemdup(dev, "text", 5, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, grows);
	EXPECT_SIZE(test, 100, devm_krealloc(dev, grows, 100, GFP_KERNEL), devm_kfree(dev, p));
	grows = devm_kmemdup(dev, "text", 5, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, grows);
	EXPECT_SIZE(test, 80, devm_krealloc_array(dev, grows, 10, 8, GFP_KERNEL),
		    devm_kfree(dev, p));
	EXPECT_SIZE(test, 90, krealloc(kmalloc(40, GFP_KERNEL), 90, GFP_KERNEL), kfree(p));
	EXPECT_SIZE(test, 90, krealloc_array(kmalloc(40, GFP_KERNEL), 9, 10, GFP_KERNEL), kfree(p));
	EXPECT_SIZE(test, 90, kvrealloc(kvmalloc(40, GFP_KERNEL), 90, GFP_KERNEL), kvfree(p));
	kunit_device_unregister(test, dev);
}

static void devices_test_hidden_sizes(struct kunit *test)
{
	size_t size = hidden_size;
	struct device *dev = kunit_device_register(test, "extra-device");
	char *p;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	p = devm_kzalloc(dev, size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_EQ(test, strscpy(p, "text", size), 4);
	KUNIT_EXPECT_PTR_EQ(test, kunit_get_current_test(), test);
	dev_info(dev, "holds %zu bytes\n", size);
}

static struct kunit_case devices_test_cases[] = {
	KUNIT_CASE(devices_test_constant_sizes),
	KUNIT_CASE(devices_test_hidden_sizes),
	{}
};

static struct kunit_suite devices_test_suite = {
	.name = "extra_devices",
	.test_cases = devices_test_cases,
};
kunit_test_suite(devices_test_suite);

MODULE_DESCRIPTION("Sizes of allocations");
MODULE_LICENSE("Dual MIT/GPL");
