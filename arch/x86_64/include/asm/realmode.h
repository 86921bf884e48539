/* SPDX-License-Identifier: MIT */
/*
 * The page below 1 MiB through which a starting CPU comes: it wakes in real
 * mode at the page's first byte, and leaves it in long mode.
 */
#ifndef _ASM_X86_REALMODE_H
#define _ASM_X86_REALMODE_H

#include <linux/init.h>
#include <linux/types.h>

extern char trampoline_start[], trampoline_end[];

/* Take a page below 1 MiB while memblock still has some. */
void __init reserve_real_mode(void);
/* Copy the trampoline and build its page table; the page becomes executable only there. */
int __init init_trampoline(void);
/* Physical address of the trampoline, 0 if there is no low page. */
extern unsigned long trampoline_phys;

#endif /* _ASM_X86_REALMODE_H */
