/* SPDX-License-Identifier: MIT */
#ifndef __ASM_GENERIC_IRQ_H
#define __ASM_GENERIC_IRQ_H

/* How many interrupt numbers there can be; descriptors are made as they are asked for. */
#ifndef NR_IRQS
#define NR_IRQS 2048
#endif

static inline int irq_canonicalize(int irq)
{
	return irq;
}

#endif /* __ASM_GENERIC_IRQ_H */
