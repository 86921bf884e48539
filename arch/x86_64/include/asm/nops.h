/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_NOPS_H
#define _ASM_X86_NOPS_H

#define ASM_NOP_MAX 8

#ifndef __ASSEMBLY__
#include <linux/types.h>
/* Fill with as few and as long nop instructions as possible. */
void add_nops(void *insns, unsigned int len);
#endif

#endif /* _ASM_X86_NOPS_H */
