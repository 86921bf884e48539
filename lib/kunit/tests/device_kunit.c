// SPDX-License-Identifier: MIT
/* <kunit/device.h>: devices and drivers that go with their test. */

#include <kunit/device.h>
#include <kunit/test.h>

#include <linux/device.h>

static void a_device_is_bound_to_a_driver_of_its_name(struct kunit *test)
{
	struct device *dev = kunit_device_register(test, "my_device");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	KUNIT_EXPECT_STREQ(test, dev_name(dev), "my_device");
	KUNIT_EXPECT_STREQ(test, dev_driver_string(dev), "my_device");
	KUNIT_EXPECT_STREQ(test, dev_bus_name(dev), "kunit");
	KUNIT_EXPECT_STREQ(test, dev_name(dev->parent), "kunit");
}

static void names_are_free_again_after_unregister(struct kunit *test)
{
	struct device *dev = kunit_device_register(test, "my_device");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	KUNIT_EXPECT_EQ(test, PTR_ERR(kunit_device_register(test, "my_device")), -EBUSY);
	kunit_device_unregister(test, dev);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, kunit_device_register(test, "my_device"));
}

static int probes;

static int count_probe(struct device *dev)
{
	probes++;
	return 0;
}

static void a_given_driver_gets_its_devices_only(struct kunit *test)
{
	struct device_driver *drv = kunit_driver_create(test, "mine");
	struct device *dev, *other;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, drv);
	probes = 0;
	drv->probe = count_probe;
	dev = kunit_device_register_with_driver(test, "first", drv);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, drv);
	other = kunit_device_register(test, "second");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, other);
	KUNIT_EXPECT_PTR_NE(test, other->driver, drv);
	KUNIT_EXPECT_EQ(test, probes, 1);
	KUNIT_EXPECT_EQ(test, -EEXIST,
			PTR_ERR(kunit_device_register_with_driver(test, "first", drv)));
	kunit_device_unregister(test, dev);
	KUNIT_EXPECT_PTR_EQ(test, driver_find("mine", drv->bus), drv);
	driver_unregister(drv);	/* the test's end finds it done */
}

static void set_flag(void *data)
{
	*(bool *)data = true;
}

static void unregister_releases_what_is_managed(struct kunit *test)
{
	struct device *dev = kunit_device_register(test, "my_device");
	bool released = false;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dev);
	KUNIT_ASSERT_EQ(test, devm_add_action(dev, set_flag, &released), 0);
	get_device(dev);
	kunit_device_unregister(test, dev);
	KUNIT_EXPECT_TRUE(test, released);
	put_device(dev);
}

static struct kunit_case device_cases[] = {
	KUNIT_CASE(a_device_is_bound_to_a_driver_of_its_name),
	KUNIT_CASE(names_are_free_again_after_unregister),
	KUNIT_CASE(a_given_driver_gets_its_devices_only),
	KUNIT_CASE(unregister_releases_what_is_managed),
	{}
};

static struct kunit_suite device_suite = {
	.name = "kunit_device",
	.test_cases = device_cases,
};
kunit_test_suite(device_suite);
