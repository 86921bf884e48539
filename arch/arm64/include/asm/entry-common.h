/* SPDX-License-Identifier: MIT */
/* arm64's hooks into kernel/entry/common.c. */
#ifndef _ASM_ENTRY_COMMON_H
#define _ASM_ENTRY_COMMON_H

#include <linux/thread_info.h>
#include <asm/daifflags.h>
#include <asm/fpsimd.h>
#include <asm/stacktrace.h>

#ifndef ARCH_EXIT_TO_USER_MODE_WORK
#define ARCH_EXIT_TO_USER_MODE_WORK	(0)
#endif

/* The last thing before user mode, interrupts off: give the task its FPSIMD registers back. */
static __always_inline void arch_exit_to_user_mode_prepare(struct pt_regs *regs,
							   unsigned long ti_work)
{
	if (ti_work & _TIF_FOREIGN_FPSTATE)
		fpsimd_restore_current_state();
}
#define arch_exit_to_user_mode_prepare arch_exit_to_user_mode_prepare

#endif /* _ASM_ENTRY_COMMON_H */
