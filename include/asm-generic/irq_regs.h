/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_IRQ_REGS_H
#define _ASM_GENERIC_IRQ_REGS_H

/* The frame of the interrupt that is being served, for handlers that look at it. */

#include <linux/percpu-defs.h>

#include <asm/percpu.h>

struct pt_regs;

DECLARE_PER_CPU(struct pt_regs *, __irq_regs);

/** get_irq_regs - registers that the current hard irq interrupted; NULL outside one */
static inline struct pt_regs *get_irq_regs(void)
{
	return __this_cpu_read(__irq_regs);
}

static inline struct pt_regs *set_irq_regs(struct pt_regs *new_regs)
{
	struct pt_regs *old_regs = __this_cpu_read(__irq_regs);

	__this_cpu_write(__irq_regs, new_regs);
	return old_regs;
}

#endif /* _ASM_GENERIC_IRQ_REGS_H */
