/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SIMD_H
#define _ASM_SIMD_H

#include <linux/types.h>

/*
 * May this context call kernel_neon_begin()? Not in a hard interrupt, nor while this CPU is inside
 * such a section.
 */
bool may_use_simd(void);

#endif /* _ASM_SIMD_H */
