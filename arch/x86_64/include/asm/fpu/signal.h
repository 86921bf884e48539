/* SPDX-License-Identifier: MIT */
/* Vector registers in signal frames. */
#ifndef _ASM_X86_FPU_SIGNAL_H
#define _ASM_X86_FPU_SIGNAL_H

#include <linux/types.h>

unsigned long fpu_sigframe_size(void);
bool fpu_sigframe_is_extended(void);
int fpu_save_to_sigframe(void __user *buf);
int fpu_restore_from_sigframe(void __user *buf);
int fpu_exception_code(int trapnr);

#endif /* _ASM_X86_FPU_SIGNAL_H */
