/* SPDX-License-Identifier: MIT */
#ifndef _ASM_HARDIRQ_H
#define _ASM_HARDIRQ_H

/* Interrupts are off from the exception's first instruction until its return. */
#define __ARCH_IRQ_EXIT_IRQS_DISABLED	1

#include <asm-generic/hardirq.h>

void ack_bad_irq(unsigned int irq);
#define ack_bad_irq ack_bad_irq

#endif /* _ASM_HARDIRQ_H */
