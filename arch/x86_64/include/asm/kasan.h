/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_KASAN_H
#define _ASM_X86_KASAN_H

#include <asm/layout.h>

#ifndef __ASSEMBLY__
#ifdef CONFIG_KASAN
void kasan_early_init(void);
void kasan_init(void);
void kasan_populate_shadow_for_vaddr(void *va, unsigned long size, int nid);
#else
static inline void kasan_early_init(void) { }
static inline void kasan_init(void) { }
#endif
#endif

#endif /* _ASM_X86_KASAN_H */
