/* SPDX-License-Identifier: MIT */
/* The frame of the interrupt that this CPU is handling. */
#ifndef _ASM_X86_IRQ_REGS_H
#define _ASM_X86_IRQ_REGS_H

#include <asm/percpu.h>

struct pt_regs;

DECLARE_PER_CPU(struct pt_regs *, irq_regs);
#define ARCH_HAS_OWN_IRQ_REGS

static inline struct pt_regs *get_irq_regs(void)
{
	return __this_cpu_read(irq_regs);
}

/** set_irq_regs - these registers are those of the running interrupt. Return: the ones before */
static inline struct pt_regs *set_irq_regs(struct pt_regs *new_regs)
{
	struct pt_regs *old_regs = get_irq_regs();

	__this_cpu_write(irq_regs, new_regs);
	return old_regs;
}

#endif /* _ASM_X86_IRQ_REGS_H */
