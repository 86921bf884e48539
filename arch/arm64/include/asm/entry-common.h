/* SPDX-License-Identifier: MIT */
/* arm64's hooks into kernel/entry/common.c. */
#ifndef _ASM_ENTRY_COMMON_H
#define _ASM_ENTRY_COMMON_H

#include <linux/thread_info.h>
#include <asm/fpsimd.h>

struct pt_regs;

/* Before user mode the task's FPSIMD registers have to be its own. */
#define ARCH_EXIT_TO_USER_MODE_WORK	_TIF_FOREIGN_FPSTATE

/** arch_exit_to_user_mode_work - this machine's work on the way to user mode: FPSIMD registers */
static inline void arch_exit_to_user_mode_work(struct pt_regs *regs, unsigned long ti_work)
{
	(void)regs;
	if (ti_work & _TIF_FOREIGN_FPSTATE)
		fpsimd_restore_current_state();
}
#define arch_exit_to_user_mode_work arch_exit_to_user_mode_work

#endif /* _ASM_ENTRY_COMMON_H */
