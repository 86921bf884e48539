/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MMU_CONTEXT_H
#define _LINUX_MMU_CONTEXT_H

/* Switching address spaces: the arch's part with its defaults. */

#include <asm/mmu.h>
#include <asm/mmu_context.h>

#ifndef switch_mm_irqs_off
#define switch_mm_irqs_off	switch_mm
#endif

/* Of the running task: see kernel/fork_mm.c. */
struct mm_struct *take_current_mm(struct mm_struct *mm);
void drop_current_mm(void);

#endif /* _LINUX_MMU_CONTEXT_H */
