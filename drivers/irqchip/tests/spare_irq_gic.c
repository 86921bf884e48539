// SPDX-License-Identifier: MIT
/* Behind a GIC: a shared interrupt far above those that QEMU's board wires up. */
#include <kunit/test.h>

#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/of.h>

#include "spare_irq.h"

#define SPARE_SPI 200

unsigned int spare_irq(struct kunit *test)
{
	struct irq_fwspec fwspec = {
		.param_count = 3,
		.param = { 0, SPARE_SPI, IRQ_TYPE_EDGE_RISING },
	};
	struct device_node *np = of_find_compatible_node(NULL, NULL, "arm,gic-v3");

	if (!np)
		np = of_find_compatible_node(NULL, NULL, "arm,cortex-a15-gic");
	KUNIT_ASSERT_NOT_NULL(test, np);
	fwspec.fwnode = of_node_to_fwnode(np);
	return irq_create_fwspec_mapping(&fwspec);
}

void spare_irq_put(unsigned int irq)
{
	irq_dispose_mapping(irq);
}
