/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_FPU_H
#define _ASM_X86_FPU_H

#include <asm/fpu/api.h>

/* SSE2 is part of the architecture. */
#define kernel_fpu_available()	true

#endif /* _ASM_X86_FPU_H */
