// SPDX-License-Identifier: MIT
/*
 * A platform device and its driver, made by a test: what <kunit/platform_device.h> is for.
 */
#include <kunit/platform_device.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/platform_device.h>

struct plat_context {
	struct platform_driver driver;
	struct platform_device *probed;
	int irq;
};

static int plat_probe(struct platform_device *pdev)
{
	struct plat_context *ctx = container_of(to_platform_driver(pdev->dev.driver),
						struct plat_context, driver);
	u32 *state = devm_kzalloc(&pdev->dev, sizeof(*state), GFP_KERNEL);

	if (!state)
		return -ENOMEM;
	*state = 0x600d;
	platform_set_drvdata(pdev, state);
	ctx->irq = platform_get_irq(pdev, 0);
	ctx->probed = pdev;
	return 0;
}

static void plat_test_probe(struct kunit *test)
{
	const struct resource irq = DEFINE_RES_IRQ(33);
	struct platform_device *pdev;
	struct plat_context *ctx;
	DECLARE_COMPLETION_ONSTACK(bound);

	ctx = kunit_kzalloc(test, sizeof(*ctx), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ctx);
	pdev = kunit_platform_device_alloc(test, "extra-plat", PLATFORM_DEVID_NONE);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pdev);
	KUNIT_ASSERT_EQ(test, platform_device_add_resources(pdev, &irq, 1), 0);
	KUNIT_ASSERT_EQ(test, kunit_platform_device_add(test, pdev), 0);
	KUNIT_ASSERT_EQ(test, kunit_platform_device_prepare_wait_for_probe(test, pdev, &bound), 0);

	ctx->driver.probe = plat_probe;
	ctx->driver.driver.name = "extra-plat";
	ctx->driver.driver.owner = THIS_MODULE;
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &ctx->driver), 0);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&bound, 60 * HZ), 0UL);
	KUNIT_EXPECT_PTR_EQ(test, ctx->probed, pdev);
	KUNIT_EXPECT_EQ(test, ctx->irq, 33);
	KUNIT_EXPECT_EQ(test, *(u32 *)platform_get_drvdata(pdev), 0x600d);
}

static struct kunit_case plat_cases[] = {
	KUNIT_CASE(plat_test_probe),
	{}
};

static struct kunit_suite plat_suite = {
	.name = "extra-platform",
	.test_cases = plat_cases,
};

kunit_test_suite(plat_suite);
MODULE_DESCRIPTION("Platform devices for tests");
MODULE_LICENSE("GPL");
