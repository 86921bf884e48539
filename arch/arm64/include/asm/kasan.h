/* SPDX-License-Identifier: MIT */
/* KASAN's shadow of the kernel half; the addresses are in layout.h. */
#ifndef _ASM_KASAN_H
#define _ASM_KASAN_H

#include <asm/layout.h>

#ifndef __ASSEMBLY__

#include <linux/linkage.h>

#ifdef CONFIG_KASAN
asmlinkage void kasan_early_init(void);
void kasan_init(void);
#else
static inline void kasan_init(void) { }
#endif

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_KASAN_H */
