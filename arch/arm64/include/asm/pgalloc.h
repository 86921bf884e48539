/* SPDX-License-Identifier: MIT */
/*
 * Hooking a new table below an entry. Allocation itself is the same on both machines (asm-generic).
 */
#ifndef _ASM_PGALLOC_H
#define _ASM_PGALLOC_H

#include <asm/cacheflush.h>
#include <asm/processor.h>
#include <asm/tlbflush.h>

#include <asm-generic/pgalloc.h>

#ifndef __ASSEMBLY__

static inline void pud_populate(struct mm_struct *mm, pud_t *pudp, pmd_t *pmdp)
{
	(void)mm;
	set_pud(pudp, __pud(__pa(pmdp) | PUD_TYPE_TABLE));
}

static inline void p4d_populate(struct mm_struct *mm, p4d_t *p4dp, pud_t *pudp)
{
	(void)mm;
	set_p4d(p4dp, (p4d_t) { __pgd(__pa(pudp) | PGD_TYPE_TABLE) });
}

static inline void pmd_populate_kernel(struct mm_struct *mm, pmd_t *pmdp, pte_t *ptep)
{
	(void)mm;
	set_pmd(pmdp, __pmd(__pa(ptep) | PMD_TYPE_TABLE));
}

static inline void pmd_populate(struct mm_struct *mm, pmd_t *pmdp, pgtable_t ptep)
{
	(void)mm;
	set_pmd(pmdp, __pmd(page_to_phys(ptep) | PMD_TYPE_TABLE));
}

pgd_t *pgd_alloc(struct mm_struct *mm);
void pgd_free(struct mm_struct *mm, pgd_t *pgdp);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_PGALLOC_H */
