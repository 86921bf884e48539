/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_PGALLOC_H
#define _ASM_GENERIC_PGALLOC_H

/*
 * Page-table pages, one page per table at every level. All come zeroed; all are counted; those of
 * user space carry page type "table". May sleep.
 */

#include <linux/gfp.h>
#include <linux/mm.h>

#define GFP_PGTABLE_KERNEL	(GFP_KERNEL | __GFP_ZERO)
#define GFP_PGTABLE_USER	(GFP_PGTABLE_KERNEL | __GFP_ACCOUNT)

void *pgtable_page_alloc(struct mm_struct *mm);
void pgtable_page_free(void *table);

#ifndef pte_alloc_one_kernel
static inline pte_t *pte_alloc_one_kernel(struct mm_struct *mm)
{
	return pgtable_page_alloc(mm);
}
#endif

static inline void pte_free_kernel(struct mm_struct *mm, pte_t *pte)
{
	(void)mm;
	pgtable_page_free(pte);
}

#ifndef pte_alloc_one
static inline pgtable_t pte_alloc_one(struct mm_struct *mm)
{
	void *table = pgtable_page_alloc(mm);

	return table ? virt_to_page(table) : NULL;
}
#endif

static inline void pte_free(struct mm_struct *mm, struct page *pte_page)
{
	(void)mm;
	pgtable_page_free(page_address(pte_page));
}

#ifndef pmd_alloc_one
static inline pmd_t *pmd_alloc_one(struct mm_struct *mm, unsigned long addr)
{
	(void)addr;
	return pgtable_page_alloc(mm);
}
#endif

static inline void pmd_free(struct mm_struct *mm, pmd_t *pmd)
{
	(void)mm;
	pgtable_page_free(pmd);
}

#ifndef pud_alloc_one
static inline pud_t *pud_alloc_one(struct mm_struct *mm, unsigned long addr)
{
	(void)addr;
	return pgtable_page_alloc(mm);
}
#endif

static inline void pud_free(struct mm_struct *mm, pud_t *pud)
{
	(void)mm;
	pgtable_page_free(pud);
}

/* For a machine whose pgd is one page; it copies or shares the kernel's part itself. */
static inline pgd_t *__pgd_alloc(struct mm_struct *mm, unsigned int order)
{
	(void)order;
	return pgtable_page_alloc(mm);
}

static inline void __pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	(void)mm;
	pgtable_page_free(pgd);
}

#endif /* _ASM_GENERIC_PGALLOC_H */
