/* SPDX-License-Identifier: MIT */
/* Page and stack sizes, and what converts the image's addresses to physical. */
#ifndef _ASM_X86_PAGE_TYPES_H
#define _ASM_X86_PAGE_TYPES_H

#include <asm/layout.h>

#define PMD_PAGE_SIZE		(_AC(1, UL) << 21)
#define PMD_PAGE_MASK		(~(PMD_PAGE_SIZE - 1))
#define PUD_PAGE_SIZE		(_AC(1, UL) << 30)
#define PUD_PAGE_MASK		(~(PUD_PAGE_SIZE - 1))

#define __PHYSICAL_MASK_SHIFT	52
#define __PHYSICAL_MASK		((_AC(1, UL) << __PHYSICAL_MASK_SHIFT) - 1)
#define __VIRTUAL_MASK		((_AC(1, UL) << __VIRTUAL_MASK_SHIFT) - 1)
#define PHYSICAL_PAGE_MASK	(PAGE_MASK & __PHYSICAL_MASK)

#define EXCEPTION_STACK_ORDER	(THREAD_SIZE_ORDER - 1)
#define EXCEPTION_STKSZ		(PAGE_SIZE << EXCEPTION_STACK_ORDER)
#define IRQ_STACK_ORDER		THREAD_SIZE_ORDER
#define IRQ_STACK_SIZE		(PAGE_SIZE << IRQ_STACK_ORDER)

#define HPAGE_SHIFT		21
#define HPAGE_SIZE		(_AC(1, UL) << HPAGE_SHIFT)
#define HPAGE_MASK		(~(HPAGE_SIZE - 1))
#define HUGETLB_PAGE_ORDER	(HPAGE_SHIFT - PAGE_SHIFT)

/* Index into the TSS's IST slots, minus one; slot 0 means "no switch". */
#define IST_INDEX_DF		0
#define IST_INDEX_NMI		1
#define IST_INDEX_DB		2
#define IST_INDEX_MCE		3
#define N_EXCEPTION_STACKS	4

#endif /* _ASM_X86_PAGE_TYPES_H */
