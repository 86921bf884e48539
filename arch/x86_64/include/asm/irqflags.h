/* SPDX-License-Identifier: MIT */
/* The interrupt flag of this CPU: save, restore, disable, enable, ask. */
#ifndef _ASM_X86_IRQFLAGS_H
#define _ASM_X86_IRQFLAGS_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/processor-flags.h>

/** native_save_fl - RFLAGS */
static __always_inline unsigned long native_save_fl(void)
{
	unsigned long flags;

	asm volatile("pushfq; popq %0" : "=rm" (flags) : : "memory");
	return flags;
}

/** native_irq_disable - cli */
static __always_inline void native_irq_disable(void)
{
	asm volatile("cli" : : : "memory");
}

/** native_irq_enable - sti */
static __always_inline void native_irq_enable(void)
{
	asm volatile("sti" : : : "memory");
}

/**
 * native_safe_halt - enable interrupts and sleep
 *
 * The instruction after sti still runs with interrupts off: no wake-up is lost.
 */
static __always_inline void native_safe_halt(void)
{
	asm volatile("sti; hlt" : : : "memory");
}

/** native_halt - sleep; with interrupts off only an NMI ends it */
static __always_inline void native_halt(void)
{
	asm volatile("hlt" : : : "memory");
}

/** arch_local_save_flags - the interrupt state */
static __always_inline unsigned long arch_local_save_flags(void)
{
	return native_save_fl();
}

/** arch_local_irq_disable - take no interrupts on this CPU */
static __always_inline void arch_local_irq_disable(void)
{
	native_irq_disable();
}

/** arch_local_irq_enable - take interrupts on this CPU */
static __always_inline void arch_local_irq_enable(void)
{
	native_irq_enable();
}

/** arch_local_irq_save - take no interrupts. Return: the state before */
static __always_inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	arch_local_irq_disable();
	return flags;
}

/** arch_irqs_disabled_flags - are interrupts off in that state? */
static __always_inline bool arch_irqs_disabled_flags(unsigned long flags)
{
	return !(flags & X86_EFLAGS_IF);
}

/** arch_irqs_disabled - are interrupts off on this CPU? */
static __always_inline bool arch_irqs_disabled(void)
{
	return arch_irqs_disabled_flags(arch_local_save_flags());
}

/** arch_local_irq_restore - set the interrupt state, in which they were off until now */
static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	if (!arch_irqs_disabled_flags(flags))
		arch_local_irq_enable();
}

/** arch_safe_halt - enable interrupts and sleep, without losing a wake-up */
static __always_inline void arch_safe_halt(void)
{
	native_safe_halt();
}

/** halt - sleep; with interrupts off only an NMI ends it */
static __always_inline void halt(void)
{
	native_halt();
}

#endif /* _ASM_X86_IRQFLAGS_H */
