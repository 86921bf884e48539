// SPDX-License-Identifier: MIT
/* What the GIC makes of the device tree's specifiers. */
#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>

#include "../irq-gic-common.h"

static int translate(int count, u32 kind, u32 number, unsigned long *hwirq, unsigned int *type)
{
	struct irq_fwspec fwspec = {
		.param_count = count,
		.param = { kind, number, 0xf04 },	/* PPIs carry a CPU mask above the type */
	};

	return gic_irq_domain_translate(NULL, &fwspec, hwirq, type);
}

static void gic_numbers_shared_and_private_interrupts(struct kunit *test)
{
	unsigned long hwirq;
	unsigned int type;

	KUNIT_ASSERT_EQ(test, translate(3, 0, 1, &hwirq, &type), 0);
	KUNIT_EXPECT_EQ(test, hwirq, 33UL);
	KUNIT_EXPECT_EQ(test, type, (unsigned int)IRQ_TYPE_LEVEL_HIGH);
	KUNIT_ASSERT_EQ(test, translate(3, 1, 11, &hwirq, &type), 0);
	KUNIT_EXPECT_EQ(test, hwirq, 27UL);
}

static void gic_refuses_specifiers_that_make_no_sense(struct kunit *test)
{
	unsigned long hwirq;
	unsigned int type;

	KUNIT_EXPECT_EQ(test, translate(2, 0, 1, &hwirq, &type), -EINVAL);
	KUNIT_EXPECT_EQ(test, translate(3, 7, 1, &hwirq, &type), -EINVAL);
	KUNIT_EXPECT_EQ(test, translate(3, 0, 988, &hwirq, &type), -EINVAL);
	KUNIT_EXPECT_EQ(test, translate(3, 0, 0xffffffff, &hwirq, &type), -EINVAL);
	KUNIT_EXPECT_EQ(test, translate(3, 1, 16, &hwirq, &type), -EINVAL);
}

static struct kunit_case gic_cases[] = {
	KUNIT_CASE(gic_numbers_shared_and_private_interrupts),
	KUNIT_CASE(gic_refuses_specifiers_that_make_no_sense),
	{}
};

static struct kunit_suite gic_suite = {
	.name = "gic",
	.test_cases = gic_cases,
};

kunit_test_suite(gic_suite);
