// SPDX-License-Identifier: MIT
/* On a PC without sound card or second printer, ISA line 5 is free. */
#include "spare_irq.h"

unsigned int spare_irq(struct kunit *test)
{
	return 5;
}

void spare_irq_put(unsigned int irq)
{
}
