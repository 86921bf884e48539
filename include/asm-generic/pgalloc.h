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

/**
 * pte_alloc_one_kernel - an empty last-level table for the kernel's part; NULL
 *
 * Context: may sleep.
 */
static inline pte_t *pte_alloc_one_kernel(struct mm_struct *mm)
{
	return pgtable_page_alloc(mm);
}
#endif

/** pte_free_kernel - free such a table */
static inline void pte_free_kernel(struct mm_struct *mm, pte_t *pte)
{
	(void)mm;
	pgtable_page_free(pte);
}

#ifndef pte_alloc_one

/**
 * pte_alloc_one - an empty last-level table for a program, by its page; NULL
 *
 * Context: may sleep.
 */
static inline pgtable_t pte_alloc_one(struct mm_struct *mm)
{
	void *table = pgtable_page_alloc(mm);

	return table ? virt_to_page(table) : NULL;
}
#endif

/** pte_free - free such a table */
static inline void pte_free(struct mm_struct *mm, struct page *pte_page)
{
	(void)mm;
	pgtable_page_free(page_address(pte_page));
}

#ifndef pmd_alloc_one

/** pmd_alloc_one - an empty second-level table; NULL. Context: may sleep */
static inline pmd_t *pmd_alloc_one(struct mm_struct *mm, unsigned long addr)
{
	(void)addr;
	return pgtable_page_alloc(mm);
}
#endif

/** pmd_free - free such a table */
static inline void pmd_free(struct mm_struct *mm, pmd_t *pmd)
{
	(void)mm;
	pgtable_page_free(pmd);
}

#ifndef pud_alloc_one

/** pud_alloc_one - an empty third-level table; NULL. Context: may sleep */
static inline pud_t *pud_alloc_one(struct mm_struct *mm, unsigned long addr)
{
	(void)addr;
	return pgtable_page_alloc(mm);
}
#endif

/** pud_free - free such a table */
static inline void pud_free(struct mm_struct *mm, pud_t *pud)
{
	(void)mm;
	pgtable_page_free(pud);
}

/** __pgd_alloc - an empty top-level table, of one page; the machine fills in the kernel's part */
static inline pgd_t *__pgd_alloc(struct mm_struct *mm, unsigned int order)
{
	(void)order;
	return pgtable_page_alloc(mm);
}

/** __pgd_free - free such a table */
static inline void __pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	(void)mm;
	pgtable_page_free(pgd);
}

#endif /* _ASM_GENERIC_PGALLOC_H */
