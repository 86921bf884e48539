// SPDX-License-Identifier: MIT
/*
 * Top-level page tables, and looking entries up.
 *
 * Every address space has its own top table, whose upper half is the kernel's: 256
 * entries that are copies of swapper_pg_dir's. Tables below it are shared, so only a
 * new entry at the top has to be spread. p4d_populate() does that at once, to all
 * tables on pgd_list, before the mapping it serves can be used; so no fault has to
 * repair a missing entry, not even for a kernel stack.
 */

#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/spinlock.h>

#include <asm/pgalloc.h>

/* Guards pgd_list and the copying of kernel entries. Innermost. */
static DEFINE_SPINLOCK(pgd_lock);
/* The struct pages of all top tables but swapper_pg_dir, through their lru. */
static LIST_HEAD(pgd_list);

/**
 * pgd_alloc - a top-level table, with the kernel's half
 *
 * Context: may sleep. Return: it, or NULL.
 */
pgd_t *pgd_alloc(struct mm_struct *mm)
{
	pgd_t *pgd = __pgd_alloc(mm, 0);
	unsigned long flags;
	unsigned int i;

	if (!pgd)
		return NULL;
	spin_lock_irqsave(&pgd_lock, flags);
	for (i = KERNEL_PGD_BOUNDARY; i < PTRS_PER_PGD; i++)
		pgd[i] = swapper_pg_dir[i];
	list_add(&virt_to_page(pgd)->lru, &pgd_list);
	spin_unlock_irqrestore(&pgd_lock, flags);
	return pgd;
}

/** pgd_free - free a top-level table of pgd_alloc() */
void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	unsigned long flags;

	spin_lock_irqsave(&pgd_lock, flags);
	list_del(&virt_to_page(pgd)->lru);
	spin_unlock_irqrestore(&pgd_lock, flags);
	__pgd_free(mm, pgd);
}

/* A kernel entry of the top level has come to swapper_pg_dir: copy it to all. */
static void sync_kernel_entry(unsigned int index, p4d_t entry)
{
	struct page *page;
	unsigned long flags;

	spin_lock_irqsave(&pgd_lock, flags);
	list_for_each_entry(page, &pgd_list, lru)
		set_p4d((p4d_t *)((pgd_t *)page_address(page) + index), entry);
	spin_unlock_irqrestore(&pgd_lock, flags);
}

/**
 * p4d_populate - let a top-level entry lead to a table; one of the kernel's goes into all tables
 */
void p4d_populate(struct mm_struct *mm, p4d_t *p4d, pud_t *pud)
{
	p4d_t entry = __p4d(__pa(pud) | (mm == &init_mm ? _KERNPG_TABLE : _PAGE_TABLE));

	set_p4d(p4d, entry);
	if (mm == &init_mm)
		sync_kernel_entry((pgd_t *)p4d - swapper_pg_dir, entry);
}

/**
 * lookup_address_in_pgd - the entry that maps an address
 * @pgd: the top-level table
 * @address: any
 * @level: gets PG_LEVEL_*: the size of the entry's mapping
 *
 * Return: the entry, which may not be present; NULL if a table is missing.
 */
pte_t *lookup_address_in_pgd(pgd_t *pgd, unsigned long address, unsigned int *level)
{
	p4d_t *p4d = p4d_offset(pgd + pgd_index(address), address);
	pud_t *pud;
	pmd_t *pmd;

	*level = PG_LEVEL_512G;
	if (!p4d_present(*p4d))
		return NULL;
	*level = PG_LEVEL_1G;
	pud = pud_offset(p4d, address);
	if (pud_none(*pud))
		return NULL;
	if (pud_leaf(*pud))
		return (pte_t *)pud;
	*level = PG_LEVEL_2M;
	pmd = pmd_offset(pud, address);
	if (pmd_none(*pmd))
		return NULL;
	if (pmd_leaf(*pmd))
		return (pte_t *)pmd;
	*level = PG_LEVEL_4K;
	return pte_offset_kernel(pmd, address);
}

pte_t *lookup_address(unsigned long address, unsigned int *level)
{
	return lookup_address_in_pgd(swapper_pg_dir, address, level);
}
