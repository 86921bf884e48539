/* SPDX-License-Identifier: MIT */
/*
 * SIMD in the kernel. Code between begin and end must live in a file of its own, compiled with the
 * SIMD registers allowed; it may not sleep. Ask may_use_simd() first where interrupts could be the
 * caller.
 */
#ifndef _ASM_NEON_H
#define _ASM_NEON_H

#include <linux/types.h>

#define cpu_has_neon()		(1)

void kernel_neon_begin(void);
void kernel_neon_end(void);

#endif /* _ASM_NEON_H */
