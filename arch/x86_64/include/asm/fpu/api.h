/* SPDX-License-Identifier: MIT */
/*
 * Using vector registers in the kernel:
 *
 *	if (irq_fpu_usable()) {
 *		kernel_fpu_begin();
 *		... SSE, AVX ...
 *		kernel_fpu_end();
 *	}
 *
 * Between the two preemption is off and sections don't nest. In interrupts and
 * softirqs the answer of irq_fpu_usable() depends on what was interrupted; in
 * NMIs it is always no.
 */
#ifndef _ASM_X86_FPU_API_H
#define _ASM_X86_FPU_API_H

#include <linux/types.h>

struct task_struct;
struct pt_regs;

#define KFPU_387	(1 << 0)	/* the x87 control word shall be the default */
#define KFPU_MXCSR	(1 << 1)	/* MXCSR shall be the default */

void kernel_fpu_begin_mask(unsigned int kfpu_mask);
void kernel_fpu_end(void);
bool irq_fpu_usable(void);

/**
 * kernel_fpu_begin - the kernel may use the FPU registers, with default control words
 *
 * Context: irq_fpu_usable(). Preemption is off until kernel_fpu_end().
 */
static inline void kernel_fpu_begin(void)
{
	kernel_fpu_begin_mask(KFPU_387 | KFPU_MXCSR);
}

/* Make the registers this task's again before user mode sees them. */
void switch_fpu_return(void);

#endif /* _ASM_X86_FPU_API_H */
