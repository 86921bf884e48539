/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SECTIONS_H
#define _ASM_X86_SECTIONS_H

#include <asm-generic/sections.h>

/* The low, identity-linked boot code: its bounds are physical addresses. */
extern char __boot_start[], __boot_end[];

#endif /* _ASM_X86_SECTIONS_H */
