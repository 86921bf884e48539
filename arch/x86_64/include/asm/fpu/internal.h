/* SPDX-License-Identifier: MIT */
/* The FPU code's calls for process.c, smpboot.c and the tests. */
#ifndef _ASM_X86_FPU_INTERNAL_H
#define _ASM_X86_FPU_INTERNAL_H

#include <linux/types.h>
#include <asm/fpu/types.h>

struct task_struct;

extern unsigned int fpu_kernel_size;
extern u64 fpu_kernel_xfeatures;

void fpu__init_system(void);
void fpu__init_cpu(void);
void fpstate_cache_init(void);

int fpu_dup_task(struct task_struct *dst, struct task_struct *src);
int fpu_attach(struct task_struct *dst, struct task_struct *src);
void fpu_free_task(struct task_struct *tsk);
void fpu_switch_prepare(struct task_struct *prev, int cpu);
void fpu_switch_finish(struct task_struct *next);

void save_fpregs_to_fpstate(struct fpu *fpu);
void restore_fpregs_from_fpstate(struct fpstate *fpstate);
void fpu_flush_thread(void);

/*
 * The current task's image, for signal frames and debuggers: memory is the truth until user mode.
 */
union fpregs_state *fpu_image_begin(void);
void fpu_image_reset(void);
/* Likewise of a task that is stopped. */
union fpregs_state *fpu_image_of(struct task_struct *task);
bool fpu_image_is_valid(const union fpregs_state *image);
u32 fpu_mxcsr_mask(void);
void fpu_component_place(unsigned int nr, unsigned int *offset, unsigned int *size);
/* An image that the processor refuses: load the initial state instead. */
void fpu_reset_from_exception_fixup(void);

#endif /* _ASM_X86_FPU_INTERNAL_H */
