// SPDX-License-Identifier: MIT
/*
 * Platform devices, their drivers, and the forms of both that go with a test; who listens to a bus.
 */
#include <kunit/platform_device.h>
#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

/* A driver that counts, and a device's worth of what it saw. */
struct seen {
	struct platform_driver drv;
	int probes, removes, answer;
	struct platform_device *last;
	int value;
	const struct platform_device_id *row;
};

static int seen_probe(struct platform_device *pdev)
{
	struct seen *seen = container_of(to_platform_driver(pdev->dev.driver), struct seen, drv);

	seen->probes++;
	seen->last = pdev;
	seen->row = platform_get_device_id(pdev);
	seen->value = dev_get_platdata(&pdev->dev) ? *(int *)dev_get_platdata(&pdev->dev) : 0;
	platform_set_drvdata(pdev, seen);
	return seen->answer;
}

static void seen_remove(struct platform_device *pdev)
{
	struct seen *seen = platform_get_drvdata(pdev);

	seen->removes++;
}

static struct seen *new_driver(struct kunit *test, const char *name)
{
	struct seen *seen = kunit_kzalloc(test, sizeof(*seen), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, seen);
	seen->drv.probe = seen_probe;
	seen->drv.remove = seen_remove;
	seen->drv.driver.name = name;
	return seen;
}

static struct platform_device *new_device(struct kunit *test, const char *name, int id)
{
	struct platform_device *pdev = kunit_platform_device_alloc(test, name, id);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pdev);
	KUNIT_ASSERT_EQ(test, kunit_platform_device_add(test, pdev), 0);
	return pdev;
}

static void name_comes_from_kind_and_number(struct kunit *test)
{
	struct platform_device *a = new_device(test, "kunit-kind", PLATFORM_DEVID_NONE);
	struct platform_device *b = new_device(test, "kunit-kind", 7);
	struct platform_device *c = new_device(test, "kunit-kind", PLATFORM_DEVID_AUTO);
	struct platform_device *d = new_device(test, "kunit-kind", PLATFORM_DEVID_AUTO);
	char name[40];

	KUNIT_EXPECT_STREQ(test, dev_name(&a->dev), "kunit-kind");
	KUNIT_EXPECT_STREQ(test, dev_name(&b->dev), "kunit-kind.7");
	snprintf(name, sizeof(name), "kunit-kind.%d.auto", c->id);
	KUNIT_EXPECT_STREQ(test, dev_name(&c->dev), name);
	KUNIT_EXPECT_NE(test, c->id, d->id);
	KUNIT_EXPECT_PTR_EQ(test, a->dev.parent, &platform_bus);
	KUNIT_EXPECT_TRUE(test, dev_is_platform(&a->dev));
}

static void same_name_is_refused(struct kunit *test)
{
	struct platform_device *other;

	new_device(test, "kunit-twice", PLATFORM_DEVID_NONE);
	other = kunit_platform_device_alloc(test, "kunit-twice", PLATFORM_DEVID_NONE);
	KUNIT_ASSERT_NOT_NULL(test, other);
	KUNIT_EXPECT_EQ(test, platform_device_add(other), -EEXIST);
}

static void device_goes_to_the_driver_of_its_name(struct kunit *test)
{
	struct seen *mine = new_driver(test, "kunit-mine"), *other = new_driver(test, "kunit-other");
	struct platform_device *pdev;
	int value = 42;

	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &mine->drv), 0);
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &other->drv), 0);
	pdev = platform_device_register_data(NULL, "kunit-mine", 3, &value, sizeof(value));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pdev);
	value = 0;
	KUNIT_EXPECT_EQ(test, mine->probes, 1);
	KUNIT_EXPECT_PTR_EQ(test, mine->last, pdev);
	KUNIT_EXPECT_EQ(test, mine->value, 42);
	KUNIT_EXPECT_EQ(test, other->probes, 0);
	platform_device_unregister(pdev);
	KUNIT_EXPECT_EQ(test, mine->removes, 1);
}

static void table_names_devices_too(struct kunit *test)
{
	static const struct platform_device_id rows[] = {
		{ "kunit-row-a", 1 }, { "kunit-row-b", 2 }, {}
	};
	struct seen *drv = new_driver(test, "kunit-table");

	drv->drv.id_table = rows;
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &drv->drv), 0);
	new_device(test, "kunit-row-b", PLATFORM_DEVID_NONE);
	KUNIT_EXPECT_EQ(test, drv->probes, 1);
	KUNIT_ASSERT_PTR_EQ(test, drv->row, &rows[1]);
	KUNIT_EXPECT_EQ(test, drv->row->driver_data, 2UL);
	/* With a table its own name counts no more. */
	new_device(test, "kunit-table", PLATFORM_DEVID_NONE);
	KUNIT_EXPECT_EQ(test, drv->probes, 1);
}

static void override_names_the_only_driver(struct kunit *test)
{
	struct seen *named = new_driver(test, "kunit-named");
	struct seen *usual = new_driver(test, "kunit-usual");
	struct platform_device *pdev;

	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &named->drv), 0);
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &usual->drv), 0);
	pdev = kunit_platform_device_alloc(test, "kunit-usual", PLATFORM_DEVID_NONE);
	KUNIT_ASSERT_NOT_NULL(test, pdev);
	pdev->driver_override = kstrdup("kunit-named", GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, pdev->driver_override);
	KUNIT_ASSERT_EQ(test, kunit_platform_device_add(test, pdev), 0);
	KUNIT_EXPECT_EQ(test, named->probes, 1);
	KUNIT_EXPECT_EQ(test, usual->probes, 0);
}

static void driver_that_can_not_wait_gets_no_second_question(struct kunit *test)
{
	struct seen *drv = new_driver(test, "kunit-hasty"), *more = new_driver(test, "kunit-more");
	struct platform_device *pdev;

	drv->drv.prevent_deferred_probe = true;
	drv->answer = -EPROBE_DEFER;
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &drv->drv), 0);
	pdev = new_device(test, "kunit-hasty", PLATFORM_DEVID_NONE);
	KUNIT_EXPECT_EQ(test, drv->probes, 1);
	KUNIT_EXPECT_NULL(test, pdev->dev.driver);
	/* Another device's driver comes, and nobody asks again. */
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &more->drv), 0);
	new_device(test, "kunit-more", PLATFORM_DEVID_NONE);
	wait_for_device_probe();
	KUNIT_EXPECT_EQ(test, drv->probes, 1);
}

static void resources_are_found_by_kind_number_and_name(struct kunit *test)
{
	const struct resource res[] = {
		DEFINE_RES_IRQ(40),
		DEFINE_RES_NAMED(0x10, 4, "window", IORESOURCE_REG),
		DEFINE_RES_IRQ_NAMED(41, "second"),
	};
	struct platform_device *pdev = kunit_platform_device_alloc(test, "kunit-res", 1);

	KUNIT_ASSERT_NOT_NULL(test, pdev);
	KUNIT_ASSERT_EQ(test, platform_device_add_resources(pdev, res, ARRAY_SIZE(res)), 0);
	KUNIT_ASSERT_EQ(test, kunit_platform_device_add(test, pdev), 0);
	KUNIT_EXPECT_EQ(test, platform_irq_count(pdev), 2);
	KUNIT_EXPECT_EQ(test, platform_get_irq(pdev, 1), 41);
	KUNIT_EXPECT_EQ(test, platform_get_irq_byname(pdev, "second"), 41);
	KUNIT_EXPECT_EQ(test, platform_get_irq_optional(pdev, 2), -ENXIO);
	KUNIT_EXPECT_EQ(test, platform_get_irq(pdev, 2), -ENXIO);
	KUNIT_EXPECT_PTR_EQ(test, platform_get_resource(pdev, IORESOURCE_REG, 0),
			    &pdev->resource[1]);
	KUNIT_EXPECT_NULL(test, platform_get_resource(pdev, IORESOURCE_REG, 1));
	KUNIT_EXPECT_PTR_EQ(test, platform_get_resource_byname(pdev, IORESOURCE_REG, "window"),
			    &pdev->resource[1]);
	KUNIT_EXPECT_NULL(test, platform_get_resource_byname(pdev, IORESOURCE_IRQ, "window"));
	/* One without a name has the device's. */
	KUNIT_EXPECT_STREQ(test, pdev->resource[0].name, "kunit-res.1");
}

static void addresses_are_claimed_while_it_is_there(struct kunit *test)
{
	struct resource parent = DEFINE_RES_MEM_NAMED(0x1000, 0x1000, "parent");
	struct resource res = DEFINE_RES_MEM(0x1100, 0x100);
	struct platform_device *a, *b;

	res.parent = &parent;
	a = platform_device_register_simple("kunit-mem", 1, &res, 1);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, a);
	KUNIT_EXPECT_PTR_EQ(test, parent.child, &a->resource[0]);
	/* Half of it, and a piece besides: neither fits into the other. */
	res.start += 0x80;
	res.end += 0x80;
	b = platform_device_register_simple("kunit-mem", 2, &res, 1);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(b), -EBUSY);
	platform_device_unregister(a);
	KUNIT_EXPECT_NULL(test, parent.child);
}

static void wait_for_probe_ends_when_the_driver_comes(struct kunit *test)
{
	struct platform_device *pdev = new_device(test, "kunit-wait", PLATFORM_DEVID_NONE);
	struct seen *drv = new_driver(test, "kunit-wait");
	DECLARE_COMPLETION_ONSTACK(early);
	DECLARE_COMPLETION_ONSTACK(late);

	KUNIT_ASSERT_EQ(test, kunit_platform_device_prepare_wait_for_probe(test, pdev, &early), 0);
	KUNIT_EXPECT_FALSE(test, completion_done(&early));
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &drv->drv), 0);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&early, 60 * HZ), 0UL);
	/* And who comes when it has one doesn't wait. */
	KUNIT_ASSERT_EQ(test, kunit_platform_device_prepare_wait_for_probe(test, pdev, &late), 0);
	KUNIT_EXPECT_TRUE(test, completion_done(&late));
}

/* ---- what a test made goes with it ---- */

static void what_a_test_made_goes_with_it(struct kunit *test)
{
	struct kunit *inner = kunit_kzalloc(test, sizeof(*inner), GFP_KERNEL);
	struct seen *drv = new_driver(test, "kunit-goes");
	struct platform_device *pdev;

	KUNIT_ASSERT_NOT_NULL(test, inner);
	kunit_init_test(inner, "inner", NULL);
	pdev = kunit_platform_device_alloc(inner, "kunit-goes", PLATFORM_DEVID_NONE);
	KUNIT_ASSERT_NOT_NULL(test, pdev);
	KUNIT_ASSERT_EQ(test, kunit_platform_device_add(inner, pdev), 0);
	/* One that the test allocated by itself is put by kunit_platform_device_add()'s end. */
	pdev = platform_device_alloc("kunit-goes", 2);
	KUNIT_ASSERT_NOT_NULL(test, pdev);
	KUNIT_ASSERT_EQ(test, kunit_platform_device_add(inner, pdev), 0);
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(inner, &drv->drv), 0);
	KUNIT_EXPECT_EQ(test, drv->probes, 2);
	kunit_cleanup(inner);
	current->kunit_test = test;
	KUNIT_EXPECT_EQ(test, drv->removes, 2);
	KUNIT_EXPECT_NULL(test, bus_find_device_by_name(&platform_bus_type, NULL, "kunit-goes"));
	KUNIT_EXPECT_NULL(test, bus_find_device_by_name(&platform_bus_type, NULL, "kunit-goes.2"));
	KUNIT_EXPECT_NULL(test, driver_find("kunit-goes", &platform_bus_type));
}

/* ---- who listens to a bus ---- */

struct listener {
	struct notifier_block nb;
	struct device *dev;
	unsigned long events[16];
	int n;
};

static int note_event(struct notifier_block *nb, unsigned long event, void *data)
{
	struct listener *l = container_of(nb, struct listener, nb);

	if (!strcmp(dev_name(data), "kunit-heard") && l->n < ARRAY_SIZE(l->events))
		l->events[l->n++] = event;
	return NOTIFY_OK;
}

static void listener_hears_of_devices_and_drivers(struct kunit *test)
{
	static const unsigned long taken[] = {
		BUS_NOTIFY_ADD_DEVICE, BUS_NOTIFY_BIND_DRIVER, BUS_NOTIFY_BOUND_DRIVER,
		BUS_NOTIFY_DEL_DEVICE, BUS_NOTIFY_UNBIND_DRIVER, BUS_NOTIFY_UNBOUND_DRIVER,
		BUS_NOTIFY_REMOVED_DEVICE,
	};
	static const unsigned long refused[] = {
		BUS_NOTIFY_ADD_DEVICE, BUS_NOTIFY_BIND_DRIVER, BUS_NOTIFY_DRIVER_NOT_BOUND,
		BUS_NOTIFY_DEL_DEVICE, BUS_NOTIFY_REMOVED_DEVICE,
	};
	struct listener *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	struct seen *drv = new_driver(test, "kunit-heard");
	struct platform_device *pdev;

	KUNIT_ASSERT_NOT_NULL(test, l);
	KUNIT_ASSERT_EQ(test, kunit_platform_driver_register(test, &drv->drv), 0);
	l->nb.notifier_call = note_event;
	KUNIT_ASSERT_EQ(test, bus_register_notifier(&platform_bus_type, &l->nb), 0);

	pdev = platform_device_register_simple("kunit-heard", PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, pdev);
	platform_device_unregister(pdev);
	KUNIT_EXPECT_EQ(test, l->n, (int)ARRAY_SIZE(taken));
	KUNIT_EXPECT_MEMEQ(test, l->events, taken, sizeof(taken));

	l->n = 0;
	drv->answer = -ENODEV;
	pdev = platform_device_register_simple("kunit-heard", PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, pdev);
	platform_device_unregister(pdev);
	KUNIT_EXPECT_EQ(test, l->n, (int)ARRAY_SIZE(refused));
	KUNIT_EXPECT_MEMEQ(test, l->events, refused, sizeof(refused));

	KUNIT_EXPECT_EQ(test, bus_unregister_notifier(&platform_bus_type, &l->nb), 0);
	KUNIT_EXPECT_EQ(test, bus_unregister_notifier(&platform_bus_type, &l->nb), -ENOENT);
}

static struct kunit_case platform_cases[] = {
	KUNIT_CASE(name_comes_from_kind_and_number),
	KUNIT_CASE(same_name_is_refused),
	KUNIT_CASE(device_goes_to_the_driver_of_its_name),
	KUNIT_CASE(table_names_devices_too),
	KUNIT_CASE(override_names_the_only_driver),
	KUNIT_CASE(driver_that_can_not_wait_gets_no_second_question),
	KUNIT_CASE(resources_are_found_by_kind_number_and_name),
	KUNIT_CASE(addresses_are_claimed_while_it_is_there),
	KUNIT_CASE(wait_for_probe_ends_when_the_driver_comes),
	KUNIT_CASE(what_a_test_made_goes_with_it),
	KUNIT_CASE(listener_hears_of_devices_and_drivers),
	{}
};

static struct kunit_suite platform_suite = {
	.name = "platform",
	.test_cases = platform_cases,
};
kunit_test_suite(platform_suite);
MODULE_LICENSE("MIT");
