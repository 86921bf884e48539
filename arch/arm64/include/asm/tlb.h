/* SPDX-License-Identifier: MIT */
/* The end of a gathered unmapping: one flush, then the pages and tables may be reused. */
#ifndef _ASM_TLB_H
#define _ASM_TLB_H

struct mmu_gather;
static inline void tlb_flush(struct mmu_gather *tlb);
#define tlb_flush tlb_flush

#include <asm-generic/tlb.h>

static inline void tlb_flush(struct mmu_gather *tlb)
{
	struct vm_area_struct vma = { .vm_mm = tlb->mm };

	if (tlb->fullmm) {
		flush_tlb_mm(tlb->mm);
		return;
	}
	__flush_tlb_range(&vma, tlb->start, tlb->end, PAGE_SIZE, !tlb->freed_tables);
}

#define __pte_free_tlb(tlb, ptep, addr)	tlb_remove_table((tlb), (ptep))
#define __pmd_free_tlb(tlb, pmdp, addr)	tlb_remove_table((tlb), virt_to_page(pmdp))
#define __pud_free_tlb(tlb, pudp, addr)	tlb_remove_table((tlb), virt_to_page(pudp))

#endif /* _ASM_TLB_H */
