/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_KASAN_H
#define _ASM_X86_KASAN_H

#include <asm/layout.h>

#ifndef __ASSEMBLY__
#include <asm/pgtable_types.h>

#ifdef CONFIG_KASAN
void kasan_early_init(void);
void kasan_init(void);
void kasan_map_early_shadow(pgd_t *pgd);
#else
static inline void kasan_early_init(void) { }
static inline void kasan_init(void) { }
static inline void kasan_map_early_shadow(pgd_t *pgd) { (void)pgd; }
#endif
#endif

#endif /* _ASM_X86_KASAN_H */
