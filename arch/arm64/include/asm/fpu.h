/* SPDX-License-Identifier: MIT */
#ifndef _ASM_FPU_H
#define _ASM_FPU_H

#include <asm/neon.h>

#define kernel_fpu_available()	cpu_has_neon()
#define kernel_fpu_begin()	kernel_neon_begin()
#define kernel_fpu_end()	kernel_neon_end()

#endif /* _ASM_FPU_H */
