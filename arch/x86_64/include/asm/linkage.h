/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_LINKAGE_H
#define _ASM_X86_LINKAGE_H

/* Padding is int3, so that a jump astray stops at once. */
#define __ALIGN		.balign 16, 0xcc
#define __ALIGN_STR	".balign 16, 0xcc"

#endif /* _ASM_X86_LINKAGE_H */
