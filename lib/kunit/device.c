// SPDX-License-Identifier: MIT
/*
 * Devices for tests: <kunit/device.h>.
 *
 *	/sys/devices/kunit/<name>	the devices, below one without hardware
 *	/sys/bus/kunit			their bus: a device fits the one driver that it was made for
 *
 * Device and driver belong to the test by actions, so that they go in the right order: first the
 * device, which needs its driver to let go.
 */

#include <kunit/device.h>
#include <kunit/resource.h>
#include <kunit/test.h>

#include <linux/device.h>
#include <linux/init.h>
#include <linux/slab.h>

struct kunit_device {
	struct device dev;
	const struct device_driver *driver;	/* the one that fits; constant */
	struct device_driver *own_driver;	/* made for this device alone, or NULL; constant */
};

static struct device *kunit_root;

static struct kunit_device *to_kunit_device(struct device *dev)
{
	return container_of(dev, struct kunit_device, dev);
}

static int fits(struct device *dev, const struct device_driver *drv)
{
	return to_kunit_device(dev)->driver == drv;
}

static const struct bus_type kunit_bus = {
	.name	= "kunit",
	.match	= fits,
};

/* ---- drivers ---- */

/* A test may have unregistered it by hand. */
static void unregister_driver(void *data)
{
	struct device_driver *drv = data;

	if (drv->p)
		driver_unregister(drv);
}

/**
 * kunit_driver_create() - register a driver on the bus for tests
 * @test: it goes with it
 * @name: no other test's driver has it
 *
 * Context: may sleep.
 * Return: a driver that takes every device given to it; driver_unregister() may end it before the
 * test does; ERR_PTR(-ENOMEM), ERR_PTR(-EBUSY) if the name is taken.
 */
struct device_driver *kunit_driver_create(struct kunit *test, const char *name)
{
	struct device_driver *drv = kunit_kzalloc(test, sizeof(*drv), GFP_KERNEL);
	int err;

	if (!drv)
		return ERR_PTR(-ENOMEM);
	drv->name = kunit_kstrdup_const(test, name, GFP_KERNEL);
	if (!drv->name)
		return ERR_PTR(-ENOMEM);
	drv->bus = &kunit_bus;
	drv->owner = THIS_MODULE;
	err = driver_register(drv);
	if (!err)
		err = kunit_add_action_or_reset(test, unregister_driver, drv);
	return err ? ERR_PTR(err) : drv;
}
EXPORT_SYMBOL_GPL(kunit_driver_create);

/* ---- devices ---- */

static void kunit_device_release(struct device *dev)
{
	kfree(to_kunit_device(dev));
}

static void unregister_device(void *dev)
{
	device_unregister(dev);
}

static struct device *register_device(struct kunit *test, const char *name,
				      const struct device_driver *drv,
				      struct device_driver *own_driver)
{
	struct kunit_device *kdev = kzalloc(sizeof(*kdev), GFP_KERNEL);
	int err;

	if (!kdev)
		return ERR_PTR(-ENOMEM);
	kdev->driver = drv;
	kdev->own_driver = own_driver;
	device_initialize(&kdev->dev);
	kdev->dev.release = kunit_device_release;
	kdev->dev.bus = &kunit_bus;
	kdev->dev.parent = kunit_root;
	err = dev_set_name(&kdev->dev, "%s", name);
	if (!err)
		err = device_add(&kdev->dev);
	if (err) {
		put_device(&kdev->dev);
		return ERR_PTR(err);
	}
	err = kunit_add_action_or_reset(test, unregister_device, &kdev->dev);
	return err ? ERR_PTR(err) : &kdev->dev;
}

/**
 * kunit_device_register_with_driver() - register a device for a driver that the test has
 * @test: the device goes with it
 * @name: no other test's device has it
 * @drv: registered on the bus for tests, as kunit_driver_create() does
 *
 * Context: may sleep; calls the driver's probe().
 * Return: the device; ERR_PTR(-ENOMEM), ERR_PTR(-EEXIST) if the name is taken.
 */
struct device *kunit_device_register_with_driver(struct kunit *test, const char *name,
						 const struct device_driver *drv)
{
	return register_device(test, name, drv, NULL);
}
EXPORT_SYMBOL_GPL(kunit_device_register_with_driver);

/**
 * kunit_device_register() - register a device with a driver of its own, of the same name
 * @test: both go with it
 * @name: no other test's device or driver has it
 *
 * Context: may sleep.
 * Return: the device, bound; ERR_PTR(-ENOMEM), ERR_PTR(-EEXIST) or ERR_PTR(-EBUSY) if the name is
 * taken.
 */
struct device *kunit_device_register(struct kunit *test, const char *name)
{
	struct device_driver *drv = kunit_driver_create(test, name);
	struct device *dev;

	if (IS_ERR(drv))
		return ERR_CAST(drv);
	dev = register_device(test, name, drv, drv);
	if (IS_ERR(dev))
		kunit_release_action(test, unregister_driver, drv);
	return dev;
}
EXPORT_SYMBOL_GPL(kunit_device_register);

/**
 * kunit_device_unregister() - let a device go before the test ends, and the driver made for it
 * @test: whose it is
 * @dev: from one of the two calls above
 */
void kunit_device_unregister(struct kunit *test, struct device *dev)
{
	struct device_driver *drv = to_kunit_device(dev)->own_driver;

	kunit_release_action(test, unregister_device, dev);
	if (drv)
		kunit_release_action(test, unregister_driver, drv);
}
EXPORT_SYMBOL_GPL(kunit_device_unregister);

static int __init kunit_bus_init(void)
{
	int err;

	kunit_root = root_device_register("kunit");
	if (IS_ERR(kunit_root))
		return PTR_ERR(kunit_root);
	err = bus_register(&kunit_bus);
	if (err)
		root_device_unregister(kunit_root);
	return err;
}
subsys_initcall(kunit_bus_init);
