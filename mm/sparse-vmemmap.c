// SPDX-License-Identifier: MIT
/*
 * vmemmap: backing for the array of struct page.
 *
 * The array is laid out as if every frame up to the highest existed, at a fixed virtual address;
 * memory stands behind it only where there is RAM. It is mapped in pieces as large as fit: a
 * whole PMD (2 MiB of struct pages describe 128 MiB of RAM) where the range covers one, single
 * pages at the ends, so that a machine with 32 MiB doesn't pay for 2 MiB.
 *
 * Runs once, on the boot CPU, with memory from memblock.
 */

#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/string.h>
#include <asm/pgalloc.h>

#include "internal.h"

/**
 * pgtable_boot_page() - a zeroed page for a page table, before the page allocator is up
 *
 * Return: its address; panics when there is none, since nothing works without.
 */
void __init *pgtable_boot_page(void)
{
	void *page = memblock_alloc(PAGE_SIZE, PAGE_SIZE);

	if (!page)
		panic("no memory for a page table\n");
	mm_stat_add(NR_PAGETABLE, 1);
	return page;
}

static pmd_t __init *boot_pmd_of(unsigned long addr)
{
	p4d_t *p4d = p4d_offset(pgd_offset_k(addr), addr);
	pud_t *pud;

	if (p4d_none(*p4d))
		p4d_populate(&init_mm, p4d, pgtable_boot_page());
	pud = pud_offset(p4d, addr);
	if (pud_none(*pud))
		pud_populate(&init_mm, pud, pgtable_boot_page());
	return pmd_offset(pud, addr);
}

static phys_addr_t __init backing(unsigned long size)
{
	return memblock_phys_alloc(size, size);
}

static int __init populate_page(unsigned long addr)
{
	pmd_t *pmd = boot_pmd_of(addr);
	pte_t *pte;
	phys_addr_t phys;

	if (pmd_leaf(*pmd))
		return 0;
	if (pmd_none(*pmd))
		pmd_populate_kernel(&init_mm, pmd, pgtable_boot_page());
	pte = pte_offset_kernel(pmd, addr);
	if (!pte_none(*pte))
		return 0;
	phys = backing(PAGE_SIZE);
	if (!phys)
		return -ENOMEM;
	set_pte(pte, pfn_pte(PHYS_PFN(phys), PAGE_KERNEL));
	return 0;
}

/* True if the whole PMD is mapped now, by a large page. */
static bool __init populate_pmd(unsigned long addr)
{
	pmd_t *pmd = boot_pmd_of(addr);
	phys_addr_t phys;

	if (!pmd_none(*pmd))
		return pmd_leaf(*pmd);
	phys = backing(PMD_SIZE);
	if (!phys)
		return false;
	set_pmd(pmd, pmd_mkhuge(pfn_pmd(PHYS_PFN(phys), PAGE_KERNEL)));
	return true;
}

/**
 * vmemmap_populate_basepages() - put single pages behind a range of the array
 * @start: virtual address, page aligned
 * @end: likewise
 *
 * The content is not zeroed. What is populated already stays.
 *
 * Return: 0 or -ENOMEM.
 */
int __init vmemmap_populate_basepages(unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE)
		if (populate_page(start))
			return -ENOMEM;
	return 0;
}

/**
 * vmemmap_populate() - put memory behind a range of the array
 * @start: virtual address, page aligned
 * @end: likewise
 *
 * Large pages are used where the range covers them. The content is not zeroed.
 *
 * Return: 0 or -ENOMEM.
 */
int __init vmemmap_populate(unsigned long start, unsigned long end)
{
	while (start < end) {
		unsigned long next = pmd_addr_end(start, end);
		bool whole = !(start & ~PMD_MASK) && next - start == PMD_SIZE;

		if (!(whole && populate_pmd(start)) && vmemmap_populate_basepages(start, next))
			return -ENOMEM;
		start = next;
	}
	return 0;
}
