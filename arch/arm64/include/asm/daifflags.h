/* SPDX-License-Identifier: MIT */
/*
 * PSTATE's four masks: Debug, SError (A), IRQ, FIQ.
 *
 * An exception masks all four; which are opened again depends on what the handler is:
 *   DAIF_PROCCTX        process context: all open
 *   DAIF_PROCCTX_NOIRQ  process context, interrupts off: debug exceptions and SErrors come through
 *   DAIF_ERRCTX         an error is being handled: only debug exceptions come through
 *   DAIF_MASK           none
 */
#ifndef _ASM_DAIFFLAGS_H
#define _ASM_DAIFFLAGS_H

#include <asm/ptrace.h>

#define DAIF_PROCCTX		0
#define DAIF_PROCCTX_NOIRQ	(PSR_I_BIT | PSR_F_BIT)
#define DAIF_ERRCTX		(PSR_A_BIT | PSR_I_BIT | PSR_F_BIT)
#define DAIF_MASK		(PSR_D_BIT | PSR_A_BIT | PSR_I_BIT | PSR_F_BIT)

#ifndef __ASSEMBLY__

#include <linux/compiler.h>
#include <asm/sysreg.h>

/** local_daif_mask - mask debug exceptions, SErrors, interrupts and FIQs */
static __always_inline void local_daif_mask(void)
{
	asm volatile("msr daifset, #0xf" ::: "memory");
}

/** local_daif_save_flags - the four masks as they are */
static __always_inline unsigned long local_daif_save_flags(void)
{
	return read_sysreg(daif);
}

/** local_daif_save - mask all four. Return: what they were */
static __always_inline unsigned long local_daif_save(void)
{
	unsigned long flags = local_daif_save_flags();

	local_daif_mask();
	return flags;
}

/** local_daif_restore - set the four masks */
static __always_inline void local_daif_restore(unsigned long flags)
{
	barrier();
	write_sysreg(flags, daif);
	barrier();
}

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_DAIFFLAGS_H */
