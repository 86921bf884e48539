/* SPDX-License-Identifier: MIT */
#ifndef _SPARE_IRQ_H
#define _SPARE_IRQ_H

struct kunit;

/* An edge-triggered interrupt that no device of the test machine uses. */
unsigned int spare_irq(struct kunit *test);
void spare_irq_put(unsigned int irq);

#endif /* _SPARE_IRQ_H */
