// SPDX-License-Identifier: MIT
/*
 * On a PC, the first printer's line, ISA 7: quiet without a printer driver, and edge-triggered.
 * (QEMU wires 5, 9, 10 and 11 to PCI, level-triggered.)
 */
#include "spare_irq.h"

unsigned int spare_irq(struct kunit *test)
{
	return 7;
}

void spare_irq_put(unsigned int irq)
{
}
