/* SPDX-License-Identifier: MIT */
/* What the machine adds to the generic entry code of kernel/entry/common.c. */
#ifndef _ASM_X86_ENTRY_COMMON_H
#define _ASM_X86_ENTRY_COMMON_H

#include <asm/fpu/api.h>
#include <asm/ptrace.h>
#include <asm/thread_info.h>

/** arch_exit_to_user_mode_prepare - this machine's last work: the FPU registers */
static __always_inline void arch_exit_to_user_mode_prepare(struct pt_regs *regs,
							   unsigned long ti_work)
{
	(void)regs;
	if (unlikely(ti_work & _TIF_NEED_FPU_LOAD))
		switch_fpu_return();
}
#define arch_exit_to_user_mode_prepare arch_exit_to_user_mode_prepare

#define ARCH_EXIT_TO_USER_MODE_WORK	(0)

#endif /* _ASM_X86_ENTRY_COMMON_H */
