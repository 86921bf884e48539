// SPDX-License-Identifier: MIT
/*
 * Buses, drivers and devices: who gets whom, in which order, and what is undone when it fails.
 *
 * The bus here lets a driver work the devices whose names begin with the driver's.
 */

#include <kunit/test.h>

#include <linux/device.h>
#include <linux/kernfs.h>
#include <linux/report.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../base.h"

/* One at a time: what the suite's driver is to answer, and what it was asked. */
static struct {
	int answer;		/* of probe() */
	int probed, removed;
	void *drvdata;		/* seen by remove() */
	bool managed_in_remove;	/* still there? */
} seen;

static int name_begins(struct device *dev, const struct device_driver *drv)
{
	return strstarts(dev_name(dev), drv->name);
}

static const struct bus_type test_bus = {
	.name	= "driver-test",
	.match	= name_begins,
};

static void managed_release(struct device *dev, void *res)
{
}

static int test_probe(struct device *dev)
{
	void *res = devres_alloc(managed_release, 8, GFP_KERNEL);

	seen.probed++;
	if (!res)
		return -ENOMEM;
	devres_add(dev, res);
	dev_set_drvdata(dev, &seen);
	return seen.answer;
}

static int test_remove(struct device *dev)
{
	seen.removed++;
	seen.drvdata = dev_get_drvdata(dev);
	seen.managed_in_remove = devres_find(dev, managed_release, NULL, NULL);
	return 0;
}

static struct device_driver red = {
	.name	= "red",
	.bus	= &test_bus,
	.probe	= test_probe,
	.remove	= test_remove,
};

static struct device_driver reddish = {
	.name	= "re",
	.bus	= &test_bus,
};

static struct device_driver blue = {
	.name	= "blue",
	.bus	= &test_bus,
};

static void device_freed(struct device *dev)
{
	kfree(dev);
}

static void unregister(void *dev)
{
	device_unregister(dev);
}

static struct device *make(struct kunit *test, const char *name)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, dev);
	dev->bus = &test_bus;
	dev->init_name = name;
	dev->release = device_freed;
	KUNIT_ASSERT_EQ(test, device_register(dev), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, unregister, dev), 0);
	return dev;
}

static void end(struct kunit *test, struct device *dev)
{
	kunit_release_action(test, unregister, dev);
}

static void driver_action(void *drv)
{
	driver_unregister(drv);
}

static void start(struct kunit *test, struct device_driver *drv)
{
	KUNIT_ASSERT_EQ(test, driver_register(drv), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, driver_action, drv), 0);
}

static void stop(struct kunit *test, struct device_driver *drv)
{
	kunit_release_action(test, driver_action, drv);
}

static int driver_suite_init(struct kunit_suite *suite)
{
	return bus_register(&test_bus);
}

static void driver_suite_exit(struct kunit_suite *suite)
{
	bus_unregister(&test_bus);
}

static int driver_test_init(struct kunit *test)
{
	memset(&seen, 0, sizeof(seen));
	return 0;
}

/* ---- who gets whom ---- */

static void a_new_device_is_shown_to_the_drivers(struct kunit *test)
{
	struct device *dev;

	start(test, &red);
	dev = make(test, "red1");
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &red);
	KUNIT_EXPECT_STREQ(test, dev_driver_string(dev), "red");
	KUNIT_EXPECT_NULL(test, make(test, "blue1")->driver);
	KUNIT_EXPECT_EQ(test, seen.probed, 1);
}

static void a_new_driver_is_shown_to_the_devices(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	make(test, "red2");
	make(test, "blue1");
	KUNIT_EXPECT_STREQ(test, dev_driver_string(dev), "driver-test");
	start(test, &red);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &red);
	KUNIT_EXPECT_EQ(test, seen.probed, 2);
}

static void a_device_keeps_its_first_driver(struct kunit *test)
{
	struct device *dev;

	start(test, &reddish);
	dev = make(test, "red1");
	start(test, &red);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &reddish);
	KUNIT_EXPECT_EQ(test, seen.probed, 0);
	KUNIT_EXPECT_EQ(test, device_driver_attach(&red, dev), -EBUSY);
}

static void the_next_driver_may_take_what_one_refuses(struct kunit *test)
{
	struct device *dev;

	seen.answer = -ENODEV;
	start(test, &red);
	start(test, &reddish);
	dev = make(test, "red1");
	KUNIT_EXPECT_EQ(test, seen.probed, 1);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &reddish);
}

static void a_deferred_probe_is_asked_again_by_a_rescan(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	seen.answer = -EPROBE_DEFER;
	start(test, &red);
	KUNIT_EXPECT_NULL(test, dev->driver);
	/* It is bound to nothing, so that nothing new can be had of it. */
	make(test, "blue1");
	KUNIT_EXPECT_EQ(test, seen.probed, 1);
	KUNIT_EXPECT_EQ(test, device_driver_attach(&red, dev), -EAGAIN);
	seen.answer = 0;
	KUNIT_EXPECT_EQ(test, bus_rescan_devices(&test_bus), 0);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &red);
	KUNIT_EXPECT_EQ(test, device_attach(dev), 1);
}

static void a_deferred_probe_is_asked_again_when_another_device_is_bound(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	seen.answer = -EPROBE_DEFER;
	start(test, &red);
	wait_for_device_probe();
	KUNIT_EXPECT_EQ(test, seen.probed, 1);

	seen.answer = 0;
	start(test, &blue);
	KUNIT_EXPECT_PTR_EQ(test, make(test, "blue1")->driver, &blue);
	wait_for_device_probe();
	KUNIT_EXPECT_EQ(test, seen.probed, 2);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &red);

	/* It doesn't wait any more. */
	make(test, "blue2");
	wait_for_device_probe();
	KUNIT_EXPECT_EQ(test, seen.probed, 2);
}

/* Its own probe() binds another device, and misses what that one gives. */
static int late_probe(struct device *dev)
{
	if (seen.probed++)
		return 0;
	/* Of the driver "re", which takes it at once. */
	return device_attach(seen.drvdata) == 1 ? -EPROBE_DEFER : -EIO;
}

static void what_is_bound_during_a_probe_counts(struct kunit *test)
{
	struct device_driver late = { .name = "late", .bus = &test_bus, .probe = late_probe };
	struct device *gives = make(test, "re1"), *dev = make(test, "late1");

	seen.drvdata = gives;
	/* The giver has its driver chosen for it, so that device_attach() binds it. */
	gives->driver = &reddish;
	start(test, &reddish);
	start(test, &late);
	wait_for_device_probe();
	KUNIT_EXPECT_EQ(test, seen.probed, 2);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &late);
	stop(test, &late);
}

static void a_device_that_goes_does_not_wait(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	seen.answer = -EPROBE_DEFER;
	start(test, &red);
	KUNIT_EXPECT_EQ(test, seen.probed, 1);
	end(test, dev);
	start(test, &reddish);
	make(test, "re1");
	wait_for_device_probe();
	KUNIT_EXPECT_EQ(test, seen.probed, 1);
}

static void names_of_drivers_are_unique(struct kunit *test)
{
	struct device_driver twin = { .name = "red", .bus = &test_bus };
	static const struct bus_type nowhere = { .name = "nowhere" };
	struct device_driver stray = { .name = "stray", .bus = &nowhere };

	start(test, &red);
	KUNIT_EXPECT_EQ(test, driver_register(&twin), -EBUSY);
	KUNIT_EXPECT_EQ(test, driver_register(&stray), -EINVAL);
	KUNIT_EXPECT_PTR_EQ(test, driver_find("red", &test_bus), &red);
	KUNIT_EXPECT_NULL(test, driver_find("blue", &test_bus));
	KUNIT_EXPECT_EQ(test, bus_register(&test_bus), -EEXIST);
}

/* ---- what is undone ---- */

static void a_failed_probe_leaves_nothing(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	seen.answer = -EIO;
	start(test, &red);
	KUNIT_EXPECT_EQ(test, seen.probed, 1);
	KUNIT_EXPECT_EQ(test, seen.removed, 0);
	KUNIT_EXPECT_NULL(test, dev->driver);
	KUNIT_EXPECT_NULL(test, dev_get_drvdata(dev));
	KUNIT_EXPECT_NULL(test, devres_find(dev, managed_release, NULL, NULL));
	KUNIT_EXPECT_EQ(test, device_driver_attach(&red, dev), -EIO);
	seen.answer = EIO;	/* a probe() that forgot the sign */
	KUNIT_EXPECT_EQ(test, device_driver_attach(&red, dev), -EIO);
	seen.answer = 0;
	KUNIT_EXPECT_EQ(test, device_driver_attach(&red, dev), 0);
}

static void remove_comes_before_the_managed_resources_go(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	start(test, &red);
	device_release_driver(dev);
	KUNIT_EXPECT_EQ(test, seen.removed, 1);
	KUNIT_EXPECT_PTR_EQ(test, seen.drvdata, (void *)&seen);
	KUNIT_EXPECT_TRUE(test, seen.managed_in_remove);
	KUNIT_EXPECT_NULL(test, devres_find(dev, managed_release, NULL, NULL));
	KUNIT_EXPECT_NULL(test, dev_get_drvdata(dev));
	device_release_driver(dev);
	KUNIT_EXPECT_EQ(test, seen.removed, 1);
	KUNIT_EXPECT_EQ(test, device_reprobe(dev), 1);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &red);
}

static void a_driver_that_goes_loses_its_devices(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	make(test, "red2");
	start(test, &red);
	stop(test, &red);
	KUNIT_EXPECT_EQ(test, seen.removed, 2);
	KUNIT_EXPECT_NULL(test, dev->driver);
	KUNIT_EXPECT_EQ(test, device_attach(dev), 0);
	kunit_expect_report(test, REPORT_WARN);
	driver_unregister(&red);
}

static void a_device_that_goes_loses_its_driver(struct kunit *test)
{
	struct device *dev;

	start(test, &red);
	dev = get_device(make(test, "red1"));
	end(test, dev);
	KUNIT_EXPECT_EQ(test, seen.removed, 1);
	KUNIT_EXPECT_NULL(test, dev->driver);
	KUNIT_EXPECT_EQ(test, device_attach(dev), -ENODEV);
	KUNIT_EXPECT_EQ(test, device_driver_attach(&red, dev), -ENODEV);
	put_device(dev);
}

static void a_device_with_resources_is_not_probed(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	KUNIT_ASSERT_NOT_NULL(test, devm_kmalloc(dev, 8, GFP_KERNEL));
	start(test, &red);
	KUNIT_EXPECT_EQ(test, seen.probed, 0);
	KUNIT_EXPECT_EQ(test, device_driver_attach(&red, dev), -EBUSY);
	/* The suite's balance tells whether they go with the device. */
}

static void a_chosen_driver_is_bound_without_probe(struct kunit *test)
{
	struct device *dev = make(test, "blue1");

	start(test, &red);
	device_lock(dev);
	KUNIT_EXPECT_EQ(test, device_bind_driver(dev), -EINVAL);
	dev->driver = &red;
	KUNIT_EXPECT_FALSE(test, device_is_bound(dev));
	KUNIT_EXPECT_EQ(test, device_bind_driver(dev), 0);
	KUNIT_EXPECT_TRUE(test, device_is_bound(dev));
	KUNIT_EXPECT_EQ(test, device_bind_driver(dev), -EBUSY);
	device_unlock(dev);
	KUNIT_EXPECT_EQ(test, seen.probed, 0);
	stop(test, &red);
	KUNIT_EXPECT_EQ(test, seen.removed, 1);
	KUNIT_EXPECT_NULL(test, dev->driver);
}

/* ---- files ---- */

/* The attribute of this name, as sysfs keeps it. */
static struct attribute *attribute_of(struct kunit *test, struct kobject *kobj, const char *name)
{
	struct kernfs_node *kn = kernfs_find_and_get(kobj->sd, name);
	struct attribute *attr;

	KUNIT_ASSERT_NOT_NULL_MSG(test, kn, "%s", name);
	attr = kn->priv;
	kernfs_put(kn);
	return attr;
}

/* What write() to the file says. */
static ssize_t write_file(struct kunit *test, struct kobject *kobj, const char *name,
			  const char *text)
{
	return kobj->ktype->sysfs_ops->store(kobj, attribute_of(test, kobj, name), text,
					     strlen(text));
}

static bool file_exists(struct kobject *kobj, const char *name)
{
	struct kernfs_node *kn = kernfs_find_and_get(kobj->sd, name);
	bool exists = kn;

	kernfs_put(kn);
	return exists;
}

static void links_show_who_works_what(struct kunit *test)
{
	struct device *dev = make(test, "red1");
	struct bus_entry *bus = bus_entry_of(&test_bus);

	start(test, &red);
	KUNIT_EXPECT_TRUE(test, file_exists(&dev->kobj, "driver"));
	KUNIT_EXPECT_TRUE(test, file_exists(&dev->kobj, "subsystem"));
	KUNIT_EXPECT_TRUE(test, file_exists(&red.p->kobj, "red1"));
	KUNIT_EXPECT_TRUE(test, file_exists(bus->devices_kobj, "red1"));
	KUNIT_EXPECT_TRUE(test, file_exists(bus->drivers_kobj, "red"));
	device_release_driver(dev);
	KUNIT_EXPECT_FALSE(test, file_exists(&dev->kobj, "driver"));
	KUNIT_EXPECT_FALSE(test, file_exists(&red.p->kobj, "red1"));
}

static void bind_and_unbind_take_names(struct kunit *test)
{
	struct device *dev = make(test, "red1");

	make(test, "blue1");
	start(test, &red);
	KUNIT_EXPECT_EQ(test, write_file(test, &red.p->kobj, "unbind", "red1\n"), 5);
	KUNIT_EXPECT_NULL(test, dev->driver);
	KUNIT_EXPECT_EQ(test, write_file(test, &red.p->kobj, "unbind", "red1\n"), -ENODEV);
	KUNIT_EXPECT_EQ(test, write_file(test, &red.p->kobj, "unbind", "nobody\n"), -ENODEV);
	KUNIT_EXPECT_EQ(test, write_file(test, &red.p->kobj, "bind", "blue1\n"), -ENODEV);
	KUNIT_EXPECT_EQ(test, write_file(test, &red.p->kobj, "bind", "nobody\n"), -ENODEV);
	seen.answer = -EIO;
	KUNIT_EXPECT_EQ(test, write_file(test, &red.p->kobj, "bind", "red1\n"), -EIO);
	seen.answer = 0;
	KUNIT_EXPECT_EQ(test, write_file(test, &red.p->kobj, "bind", "red1"), 4);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &red);
	KUNIT_EXPECT_EQ(test, write_file(test, &red.p->kobj, "bind", "red1\n"), -EBUSY);
}

static void without_autoprobe_a_device_waits_to_be_named(struct kunit *test)
{
	struct kobject *bus = &bus_entry_of(&test_bus)->kobj;
	struct device *dev;

	start(test, &red);
	KUNIT_EXPECT_EQ(test, write_file(test, bus, "drivers_autoprobe", "0\n"), 2);
	dev = make(test, "red1");
	KUNIT_EXPECT_NULL(test, dev->driver);
	KUNIT_EXPECT_EQ(test, write_file(test, bus, "drivers_probe", "nobody\n"), -ENODEV);
	KUNIT_EXPECT_EQ(test, write_file(test, bus, "drivers_probe", "red1\n"), 5);
	KUNIT_EXPECT_PTR_EQ(test, dev->driver, &red);
	KUNIT_EXPECT_EQ(test, write_file(test, bus, "drivers_autoprobe", "1\n"), 2);
}

static void some_drivers_have_no_bind_files(struct kunit *test)
{
	struct device_driver shy = { .name = "shy", .bus = &test_bus, .suppress_bind_attrs = true };

	start(test, &shy);
	KUNIT_EXPECT_FALSE(test, file_exists(&shy.p->kobj, "bind"));
	KUNIT_EXPECT_FALSE(test, file_exists(&shy.p->kobj, "unbind"));
	KUNIT_EXPECT_TRUE(test, file_exists(&shy.p->kobj, "uevent"));
	stop(test, &shy);
}

/* ---- walks ---- */

static int count_device(struct device *dev, void *data)
{
	return ++*(int *)data == 2 ? 7 : 0;
}

static int end_each(struct device *dev, void *data)
{
	end(data, dev);
	return 0;
}

static void walks_see_all_and_may_change_all(struct kunit *test)
{
	struct device *first = make(test, "red1"), *dev;
	int n = 0;

	make(test, "red2");
	make(test, "blue1");
	KUNIT_EXPECT_EQ(test, bus_for_each_dev(&test_bus, NULL, &n, count_device), 7);
	n = 0;
	KUNIT_EXPECT_EQ(test, bus_for_each_dev(&test_bus, first, &n, count_device), 7);
	n = 0;
	start(test, &red);
	KUNIT_EXPECT_EQ(test, driver_for_each_device(&red, first, &n, count_device), 0);
	KUNIT_EXPECT_EQ(test, n, 1);

	dev = bus_find_device_by_name(&test_bus, NULL, "red2\n");
	KUNIT_ASSERT_NOT_NULL(test, dev);
	KUNIT_EXPECT_STREQ(test, dev_name(dev), "red2");
	put_device(dev);
	KUNIT_EXPECT_NULL(test, bus_find_device_by_name(&test_bus, dev, "red1"));
	KUNIT_EXPECT_NULL(test, driver_find_device(&red, NULL, "blue1", device_match_name));

	KUNIT_EXPECT_EQ(test, bus_for_each_dev(&test_bus, NULL, test, end_each), 0);
	n = 0;
	KUNIT_EXPECT_EQ(test, bus_for_each_dev(&test_bus, NULL, &n, count_device), 0);
	KUNIT_EXPECT_EQ(test, n, 0);
}

static struct kunit_case driver_cases[] = {
	KUNIT_CASE(a_new_device_is_shown_to_the_drivers),
	KUNIT_CASE(a_new_driver_is_shown_to_the_devices),
	KUNIT_CASE(a_device_keeps_its_first_driver),
	KUNIT_CASE(the_next_driver_may_take_what_one_refuses),
	KUNIT_CASE(a_deferred_probe_is_asked_again_by_a_rescan),
	KUNIT_CASE(a_deferred_probe_is_asked_again_when_another_device_is_bound),
	KUNIT_CASE(what_is_bound_during_a_probe_counts),
	KUNIT_CASE(a_device_that_goes_does_not_wait),
	KUNIT_CASE(names_of_drivers_are_unique),
	KUNIT_CASE(a_failed_probe_leaves_nothing),
	KUNIT_CASE(remove_comes_before_the_managed_resources_go),
	KUNIT_CASE(a_driver_that_goes_loses_its_devices),
	KUNIT_CASE(a_device_that_goes_loses_its_driver),
	KUNIT_CASE(a_device_with_resources_is_not_probed),
	KUNIT_CASE(a_chosen_driver_is_bound_without_probe),
	KUNIT_CASE(links_show_who_works_what),
	KUNIT_CASE(bind_and_unbind_take_names),
	KUNIT_CASE(without_autoprobe_a_device_waits_to_be_named),
	KUNIT_CASE(some_drivers_have_no_bind_files),
	KUNIT_CASE(walks_see_all_and_may_change_all),
	{}
};

static struct kunit_suite driver_suite = {
	.name = "driver",
	.suite_init = driver_suite_init,
	.suite_exit = driver_suite_exit,
	.init = driver_test_init,
	.test_cases = driver_cases,
};
kunit_test_suite(driver_suite);
