// SPDX-License-Identifier: MIT
/*
 * Claimed and mapped addresses of a device: what they give, what they refuse, and that all is back
 * when the device goes. The addresses are far above any RAM; nothing touches them.
 */

#include <kunit/device.h>
#include <kunit/test.h>

#include <linux/device.h>
#include <linux/err.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/report.h>

#define BASE	((resource_size_t)1 << 38)

static struct device *start(struct kunit *test)
{
	struct device *dev = kunit_device_register(test, "devm-io");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	return dev;
}

/* Nobody has these addresses. */
static bool are_free(resource_size_t from, resource_size_t n)
{
	if (!request_mem_region(from, n, "devm-io-test"))
		return false;
	release_mem_region(from, n);
	return true;
}

static void a_claim_is_given_back_with_the_device(struct kunit *test)
{
	struct device *dev = start(test), *other = kunit_device_register(test, "devm-io-other");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, other);
	KUNIT_EXPECT_NOT_NULL(test, devm_request_mem_region(dev, BASE, 0x100, "one"));
	KUNIT_EXPECT_NULL(test, devm_request_mem_region(other, BASE + 0xff, 0x100, "two"));
	KUNIT_EXPECT_NOT_NULL(test, devm_request_mem_region(other, BASE + 0x100, 0x100, "two"));
	kunit_device_unregister(test, dev);
	KUNIT_EXPECT_TRUE(test, are_free(BASE, 0x100));
	KUNIT_EXPECT_FALSE(test, are_free(BASE + 0x1ff, 1));
	devm_release_mem_region(other, BASE + 0x100, 0x100);
	KUNIT_EXPECT_TRUE(test, are_free(BASE, 0x200));
	kunit_expect_report(test, REPORT_WARN);
	devm_release_mem_region(other, BASE + 0x100, 0x100);
}

static void a_resource_is_claimed_as_it_stands(struct kunit *test)
{
	struct resource a = DEFINE_RES_MEM_NAMED(BASE, 0x1000, "a");
	struct resource b = DEFINE_RES_MEM_NAMED(BASE + 0x800, 0x1000, "b");
	struct device *dev = start(test);

	KUNIT_ASSERT_EQ(test, devm_request_resource(dev, &iomem_resource, &a), 0);
	KUNIT_EXPECT_EQ(test, devm_request_resource(dev, &iomem_resource, &b), -EBUSY);
	devm_release_resource(dev, &a);
	KUNIT_EXPECT_EQ(test, devm_request_resource(dev, &iomem_resource, &b), 0);
	kunit_device_unregister(test, dev);
	KUNIT_EXPECT_TRUE(test, are_free(BASE, 0x1800));
	KUNIT_EXPECT_NULL(test, b.parent);
}

static void a_mapping_ends_early_or_with_the_device(struct kunit *test)
{
	struct device *dev = start(test);
	void __iomem *p = devm_ioremap(dev, BASE + 0x123, 0x100);
	void __iomem *wc = devm_ioremap_wc(dev, BASE + PAGE_SIZE, 8);

	KUNIT_ASSERT_NOT_NULL(test, (__force void *)p);
	KUNIT_ASSERT_NOT_NULL(test, (__force void *)wc);
	KUNIT_EXPECT_EQ(test, offset_in_page(p), 0x123UL);
	KUNIT_EXPECT_NULL(test, (__force void *)devm_ioremap(dev, BASE, 0));
	devm_iounmap(dev, p);
	kunit_expect_report(test, REPORT_WARN);
	devm_iounmap(dev, p);
	kunit_device_unregister(test, dev);
	KUNIT_EXPECT_FALSE(test, is_vmalloc_addr((__force void *)wc) &&
				 vmalloc_to_page((__force void *)wc));
}

static void a_resource_is_claimed_and_mapped(struct kunit *test)
{
	struct resource regs = DEFINE_RES_MEM(BASE + 0x10, 0x20);
	struct resource irq = DEFINE_RES_IRQ(7);
	struct resource wraps = { .start = 0, .end = ~(resource_size_t)0, .flags = IORESOURCE_MEM };
	struct device *dev = start(test);
	void __iomem *p = devm_ioremap_resource(dev, &regs);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, (__force void *)p);
	KUNIT_EXPECT_EQ(test, offset_in_page(p), 0x10UL);
	KUNIT_EXPECT_FALSE(test, are_free(BASE + 0x2f, 1));
	KUNIT_EXPECT_EQ(test, PTR_ERR((__force void *)devm_ioremap_resource(dev, &regs)), -EBUSY);
	KUNIT_EXPECT_EQ(test, PTR_ERR((__force void *)devm_ioremap_resource(dev, NULL)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR((__force void *)devm_ioremap_resource(dev, &irq)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR((__force void *)devm_ioremap_resource_wc(dev, &wraps)),
			-EBUSY);
	kunit_device_unregister(test, dev);
	KUNIT_EXPECT_TRUE(test, are_free(BASE + 0x10, 0x20));
}

static struct kunit_case devm_io_cases[] = {
	KUNIT_CASE(a_claim_is_given_back_with_the_device),
	KUNIT_CASE(a_resource_is_claimed_as_it_stands),
	KUNIT_CASE(a_mapping_ends_early_or_with_the_device),
	KUNIT_CASE(a_resource_is_claimed_and_mapped),
	{}
};

static struct kunit_suite devm_io_suite = {
	.name = "devm_io",
	.test_cases = devm_io_cases,
};
kunit_test_suite(devm_io_suite);
