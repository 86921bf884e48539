/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_DEVICE_H
#define _KUNIT_DEVICE_H

/*
 * Devices for tests: on a bus of their own, "kunit", whose only other use is to have drivers. They
 * go when the test ends, and with them what is managed (<linux/device/devres.h>).
 */

#if IS_ENABLED(CONFIG_KUNIT)

#include <kunit/test.h>

struct device;
struct device_driver;

struct device_driver *kunit_driver_create(struct kunit *test, const char *name);
struct device *kunit_device_register(struct kunit *test, const char *name);
struct device *kunit_device_register_with_driver(struct kunit *test, const char *name,
						 const struct device_driver *drv);
void kunit_device_unregister(struct kunit *test, struct device *dev);

#endif /* CONFIG_KUNIT */

#endif /* _KUNIT_DEVICE_H */
