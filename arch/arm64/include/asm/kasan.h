/* SPDX-License-Identifier: MIT */
/* KASAN's shadow of the kernel half; the addresses are in layout.h. */
#ifndef _ASM_KASAN_H
#define _ASM_KASAN_H

#include <asm/layout.h>

#endif /* _ASM_KASAN_H */
