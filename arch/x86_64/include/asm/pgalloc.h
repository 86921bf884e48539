/* SPDX-License-Identifier: MIT */
/* Getting, linking and freeing page tables. */
#ifndef _ASM_X86_PGALLOC_H
#define _ASM_X86_PGALLOC_H

#include <linux/mm.h>
#include <linux/mm_types.h>
#include <asm/pgtable.h>

#define __HAVE_ARCH_PGD_FREE
#include <asm-generic/pgalloc.h>

pgd_t *pgd_alloc(struct mm_struct *mm);
void pgd_free(struct mm_struct *mm, pgd_t *pgd);

/** pmd_populate_kernel - let an entry lead to a kernel's table of pages */
static inline void pmd_populate_kernel(struct mm_struct *mm, pmd_t *pmd, pte_t *pte)
{
	(void)mm;
	set_pmd(pmd, __pmd(__pa(pte) | _KERNPG_TABLE));
}

/** pmd_populate - let an entry lead to a program's table of pages */
static inline void pmd_populate(struct mm_struct *mm, pmd_t *pmd, struct page *pte)
{
	(void)mm;
	set_pmd(pmd, __pmd(((pmdval_t)page_to_pfn(pte) << PAGE_SHIFT) | _PAGE_TABLE));
}

/** pud_populate - let an entry lead to a table of the level below */
static inline void pud_populate(struct mm_struct *mm, pud_t *pud, pmd_t *pmd)
{
	set_pud(pud, __pud(__pa(pmd) | (mm == &init_mm ? _KERNPG_TABLE : _PAGE_TABLE)));
}

void p4d_populate(struct mm_struct *mm, p4d_t *p4d, pud_t *pud);

/** pgd_populate - nothing: the level is folded, see p4d_populate() */
static inline void pgd_populate(struct mm_struct *mm, pgd_t *pgd, p4d_t *p4d)
{
	(void)mm;
	(void)pgd;
	(void)p4d;
}

#endif /* _ASM_X86_PGALLOC_H */
