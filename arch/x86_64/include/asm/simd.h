/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SIMD_H
#define _ASM_X86_SIMD_H

#include <asm/fpu/api.h>

/* May code at this place use vector registers? */
static __must_check inline bool may_use_simd(void)
{
	return irq_fpu_usable();
}

#endif /* _ASM_X86_SIMD_H */
