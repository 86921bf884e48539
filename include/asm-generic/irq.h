/* SPDX-License-Identifier: MIT */
#ifndef __ASM_GENERIC_IRQ_H
#define __ASM_GENERIC_IRQ_H

static inline int irq_canonicalize(int irq)
{
	return irq;
}

#endif /* __ASM_GENERIC_IRQ_H */
