/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MMU_CONTEXT_H
#define _LINUX_MMU_CONTEXT_H

/* Switching address spaces: the arch's part with its defaults. */

#include <asm/mmu.h>
#include <asm/mmu_context.h>

#ifndef switch_mm_irqs_off
#define switch_mm_irqs_off	switch_mm
#endif

#endif /* _LINUX_MMU_CONTEXT_H */
