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
struct irq_desc;
struct pt_regs;

void x86_dispatch_vector(struct pt_regs *regs, unsigned int vector);

/*
 * Which kernel-internal interrupts a CPU has had, by kind: what /proc/interrupts lists below
 * the device lines.
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

int assign_irq_vector(unsigned int irq, struct irq_desc *desc, const struct cpumask *mask,
		      unsigned int *cpu, u8 *vector);
int assign_isa_irq_vector(unsigned int irq, struct irq_desc *desc);
void free_irq_vector(unsigned int irq);
void vectors_online_cpu(unsigned int cpu);
void fixup_irqs(void);

void apic_send_IPI_mask(const struct cpumask *mask, unsigned int vector);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_HW_IRQ_H */
