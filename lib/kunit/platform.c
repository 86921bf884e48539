// SPDX-License-Identifier: MIT
/*
 * Platform devices for tests: <kunit/platform_device.h>, as dev-tools/kunit/api/platformdevice has
 * it. What a test made goes in the opposite order: the driver, the device from its bus, the device.
 */
#include <kunit/platform_device.h>
#include <kunit/resource.h>
#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/export.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>

/* ---- devices ---- */

static int hold_device(struct kunit_resource *res, void *pdev)
{
	res->data = pdev;
	return 0;
}

static void put_held_device(struct kunit_resource *res)
{
	platform_device_put(res->data);
}

static bool holds_device(struct kunit *test, struct kunit_resource *res, void *pdev)
{
	return res->free == put_held_device && res->data == pdev;
}

KUNIT_DEFINE_ACTION_WRAPPER(del_device, platform_device_del, struct platform_device *);
KUNIT_DEFINE_ACTION_WRAPPER(unregister_device, platform_device_unregister,
			    struct platform_device *);

/**
 * kunit_platform_device_alloc() - platform_device_alloc() for a test
 * @test: its end puts the device
 * @name: of its kind
 * @id: its number, or PLATFORM_DEVID_*
 *
 * Context: may sleep.
 * Return: the device, NULL.
 */
struct platform_device *kunit_platform_device_alloc(struct kunit *test, const char *name, int id)
{
	struct platform_device *pdev = platform_device_alloc(name, id);

	if (!pdev)
		return NULL;
	if (!kunit_alloc_resource(test, hold_device, put_held_device, GFP_KERNEL, pdev)) {
		platform_device_put(pdev);
		return NULL;
	}
	return pdev;
}
EXPORT_SYMBOL_GPL(kunit_platform_device_alloc);

/**
 * kunit_platform_device_add() - platform_device_add() for a test
 * @test: its end unregisters the device
 * @pdev: from kunit_platform_device_alloc(), or from platform_device_alloc(): then it is put, too
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, or what platform_device_add() said.
 */
int kunit_platform_device_add(struct kunit *test, struct platform_device *pdev)
{
	struct kunit_resource *held = kunit_find_resource(test, holds_device, pdev);
	int err = platform_device_add(pdev);

	if (!err)
		err = kunit_add_action_or_reset(test, held ? del_device : unregister_device, pdev);
	if (held)
		kunit_put_resource(held);
	return err;
}
EXPORT_SYMBOL_GPL(kunit_platform_device_add);

/* ---- who waits for a driver ---- */

struct probe_waiter {
	struct notifier_block nb;
	struct device *dev;
	struct completion *done;
};

static int tell_waiter(struct notifier_block *nb, unsigned long event, void *data)
{
	struct probe_waiter *waiter = container_of(nb, struct probe_waiter, nb);

	if (event == BUS_NOTIFY_BOUND_DRIVER && data == waiter->dev)
		complete(waiter->done);
	return NOTIFY_DONE;
}

static void stop_listening(void *waiter)
{
	bus_unregister_notifier(&platform_bus_type, &((struct probe_waiter *)waiter)->nb);
}

/**
 * kunit_platform_device_prepare_wait_for_probe() - have it told when a driver takes a device
 * @test: its end ends this
 * @pdev: added
 * @x: completed when a driver has it; at once, if one has
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int kunit_platform_device_prepare_wait_for_probe(struct kunit *test, struct platform_device *pdev,
						 struct completion *x)
{
	struct probe_waiter *waiter = kunit_kzalloc(test, sizeof(*waiter), GFP_KERNEL);
	int err;

	if (!waiter)
		return -ENOMEM;
	waiter->nb.notifier_call = tell_waiter;
	waiter->dev = &pdev->dev;
	waiter->done = x;
	/* No driver comes while we have the lock: it has come, or we hear of it. */
	scoped_guard(device, &pdev->dev) {
		if (device_is_bound(&pdev->dev)) {
			complete(x);
			return 0;
		}
		err = bus_register_notifier(&platform_bus_type, &waiter->nb);
	}
	return err ?: kunit_add_action_or_reset(test, stop_listening, waiter);
}
EXPORT_SYMBOL_GPL(kunit_platform_device_prepare_wait_for_probe);

/* ---- drivers ---- */

KUNIT_DEFINE_ACTION_WRAPPER(unregister_driver, platform_driver_unregister,
			    struct platform_driver *);

/**
 * kunit_platform_driver_register() - platform_driver_register() for a test
 * @test: its end unregisters the driver
 * @drv: the driver
 *
 * Context: may sleep; calls probe() for the devices that fit.
 * Return: 0, or what driver_register() said.
 */
int kunit_platform_driver_register(struct kunit *test, struct platform_driver *drv)
{
	int err = platform_driver_register(drv);

	return err ?: kunit_add_action_or_reset(test, unregister_driver, drv);
}
EXPORT_SYMBOL_GPL(kunit_platform_driver_register);
