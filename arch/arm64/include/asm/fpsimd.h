/* SPDX-License-Identifier: MIT */
/* The FPSIMD registers, which user tasks own and the kernel borrows (kernel/fpsimd.c). */
#ifndef _ASM_FPSIMD_H
#define _ASM_FPSIMD_H

#ifndef __ASSEMBLY__

#include <linux/types.h>
#include <asm/ptrace.h>

struct task_struct;

/* kernel/entry-fpsimd.S */
void fpsimd_save_state(struct user_fpsimd_state *state);
void fpsimd_load_state(const struct user_fpsimd_state *state);

void fpsimd_thread_switch(struct task_struct *next);
void fpsimd_flush_thread(void);
void fpsimd_preserve_current_state(void);
void fpsimd_restore_current_state(void);
void fpsimd_update_current_state(const struct user_fpsimd_state *state);
void fpsimd_flush_task_state(struct task_struct *target);
void fpsimd_save_and_flush_cpu_state(void);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_FPSIMD_H */
