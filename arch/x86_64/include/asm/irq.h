/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_IRQ_H
#define _ASM_X86_IRQ_H

#include <linux/cpumask.h>
#include <asm/irq_vectors.h>

/* Ask the CPUs in @mask, all but @exclude_cpu, for a back trace by NMI. */
void arch_trigger_cpumask_backtrace(const cpumask_t *mask, int exclude_cpu);
#define arch_trigger_cpumask_backtrace arch_trigger_cpumask_backtrace

/** irq_canonicalize - the line on which devices of ISA line @irq sit */
static inline int irq_canonicalize(int irq)
{
	/* ISA line 2 is the cascade of the two controllers: its devices sit on 9. */
	return irq == 2 ? 9 : irq;
}

#endif /* _ASM_X86_IRQ_H */
