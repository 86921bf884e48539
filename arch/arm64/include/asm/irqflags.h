/* SPDX-License-Identifier: MIT */
/* Interrupts on and off for this CPU: PSTATE.I, and PSTATE.F with it, since no FIQ is ours. */
#ifndef _ASM_IRQFLAGS_H
#define _ASM_IRQFLAGS_H

#include <linux/compiler.h>
#include <linux/types.h>

#define ARCH_IRQ_DISABLED	0xc0UL		/* I and F in DAIF */

/** arch_local_save_flags - the interrupt state */
static __always_inline unsigned long arch_local_save_flags(void)
{
	unsigned long flags;

	asm volatile("mrs %0, daif" : "=r" (flags) : : "memory");
	return flags;
}

/** arch_local_irq_disable - mask interrupts and FIQs on this CPU */
static __always_inline void arch_local_irq_disable(void)
{
	asm volatile("msr daifset, #3" : : : "memory");
}

/** arch_local_irq_enable - take interrupts and FIQs on this CPU */
static __always_inline void arch_local_irq_enable(void)
{
	asm volatile("msr daifclr, #3" : : : "memory");
}

/** arch_local_irq_restore - set the interrupt state */
static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	asm volatile("msr daif, %0" : : "r" (flags) : "memory");
}

/** arch_irqs_disabled_flags - are interrupts off in that state? */
static __always_inline bool arch_irqs_disabled_flags(unsigned long flags)
{
	return (flags & ARCH_IRQ_DISABLED) != 0;
}

/** arch_local_irq_save - mask interrupts and FIQs. Return: the state before */
static __always_inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	if (!arch_irqs_disabled_flags(flags))
		arch_local_irq_disable();
	return flags;
}

/** arch_irqs_disabled - are interrupts off on this CPU? */
static __always_inline bool arch_irqs_disabled(void)
{
	return arch_irqs_disabled_flags(arch_local_save_flags());
}

#endif /* _ASM_IRQFLAGS_H */
