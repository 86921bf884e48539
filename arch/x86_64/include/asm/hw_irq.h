/* SPDX-License-Identifier: MIT */
/*
 * Where the entry code hands an interrupt over to the drivers' side.
 *
 * The entry stubs save a frame, tell lockdep and RCU, switch to the interrupt stack and then
 * call x86_dispatch_vector() for every vector from FIRST_EXTERNAL_VECTOR up.  All knowledge
 * of what a vector means, and of acknowledging it, is behind that call.
 */
#ifndef _ASM_X86_HW_IRQ_H
#define _ASM_X86_HW_IRQ_H

#include <asm/irq_vectors.h>

#ifndef __ASSEMBLY__

#include <linux/types.h>

struct cpumask;
struct pt_regs;

void x86_dispatch_vector(struct pt_regs *regs, unsigned int vector);

/**
 * struct irq_cpustat - which kernel-internal interrupts a CPU has had
 *
 * What /proc/interrupts lists below the device lines.  Written by the CPU itself.
 */
struct irq_cpustat {
	unsigned int apic_timer_irqs;
	unsigned int irq_spurious_count;
	unsigned int irq_error_count;
	unsigned int apic_irq_work_irqs;
	unsigned int irq_resched_count;
	unsigned int irq_call_count;
	unsigned int irq_unclaimed_count;
};

const struct irq_cpustat *x86_irq_stat(unsigned int cpu);

/* Device vectors; one number means the same interrupt on every CPU (apic/vector.c). */
int assign_irq_vector(unsigned int irq);
int assign_isa_irq_vector(unsigned int irq);
void free_irq_vector(unsigned int irq, unsigned int vector);
unsigned int irq_vector_target(const struct cpumask *mask);
void fixup_irqs(void);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_HW_IRQ_H */
