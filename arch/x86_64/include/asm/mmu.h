/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_MMU_H
#define _ASM_X86_MMU_H

#include <linux/atomic.h>
#include <linux/types.h>

typedef struct {
	/* Unique for the life of the kernel: tells a reused mm_struct from the old. */
	u64 ctx_id;
	/* Raised before each flush; a CPU that is behind has to flush. */
	atomic64_t tlb_gen;
	void __user *vdso;
	const void *vdso_image;
} mm_context_t;

#define INIT_MM_CONTEXT(mm)	.context = { .ctx_id = 1, }

#endif /* _ASM_X86_MMU_H */
