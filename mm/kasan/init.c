// SPDX-License-Identifier: MIT
/*
 * KASAN: page tables of the shadow.
 *
 * At first all of the shadow is one page of zeroes, mapped over and over by one table of each
 * level (kasan_early_shadow_*; the machine's kasan_early_init() links them):
 *
 *	pgd entries -> early pud -> early pmd -> early pte -> early page
 *	               (all entries of each table are alike)
 *
 * Real shadow takes the place of it piece by piece: on the way down, an entry that leads to an
 * early table gets a private copy of that table, and at the end an entry that leads to the early
 * page gets a page of its own. The translation stays the same at each step until the page itself
 * changes, and the new page is zero too, so that nobody notices. What is left of the early page is
 * made read-only in the end: it must never say anything but "fine".
 */

#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <asm/pgalloc.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>

#include "../internal.h"
#include "kasan.h"

unsigned char kasan_early_shadow_page[PAGE_SIZE] __page_aligned_bss;
pte_t kasan_early_shadow_pte[PTRS_PER_PTE] __page_aligned_bss;
pmd_t kasan_early_shadow_pmd[PTRS_PER_PMD] __page_aligned_bss;
pud_t kasan_early_shadow_pud[PTRS_PER_PUD] __page_aligned_bss;

static bool leads_to(const void *table, const void *early)
{
	return __pa(table) == __pa_symbol(early);
}

static bool is_early_pte(pte_t pte)
{
	return pte_present(pte) && pte_pfn(pte) == PHYS_PFN(__pa_symbol(kasan_early_shadow_page));
}

/* A table for the shadow: while booting from memblock, later from the page allocator. */
static void *shadow_table(const void *template)
{
	void *table = pgtable_page_alloc(&init_mm);

	if (table && template)
		__memcpy(table, template, PAGE_SIZE);
	return table;
}

/*
 * The way to the last-level entry of a shadow address, all of it private. NULL: no memory, or a
 * large page is there.
 */
static pud_t *private_pud(unsigned long addr)
{
	p4d_t *p4d = p4d_offset(pgd_offset_k(addr), addr);
	void *new;

	if (p4d_none(*p4d) || leads_to(p4d_pgtable(*p4d), kasan_early_shadow_pud)) {
		new = shadow_table(p4d_none(*p4d) ? NULL : kasan_early_shadow_pud);
		if (!new)
			return NULL;
		p4d_populate(&init_mm, p4d, new);
	}
	return pud_offset(p4d, addr);
}

static pmd_t *private_pmd(unsigned long addr)
{
	pud_t *pud = private_pud(addr);
	void *new;

	if (!pud)
		return NULL;
	if (pud_none(*pud) || leads_to(pud_pgtable(*pud), kasan_early_shadow_pmd)) {
		new = shadow_table(pud_none(*pud) ? NULL : kasan_early_shadow_pmd);
		if (!new)
			return NULL;
		pud_populate(&init_mm, pud, new);
	}
	return pmd_offset(pud, addr);
}

static bool pmd_is_early(pmd_t pmd)
{
	return pmd_none(pmd) || (!pmd_leaf(pmd) &&
				 leads_to((void *)pmd_page_vaddr(pmd), kasan_early_shadow_pte));
}

static pte_t *private_pte(unsigned long addr)
{
	pmd_t *pmd = private_pmd(addr);
	void *new;

	if (!pmd || pmd_leaf(*pmd))
		return NULL;
	if (pmd_is_early(*pmd)) {
		new = shadow_table(pmd_none(*pmd) ? NULL : kasan_early_shadow_pte);
		if (!new)
			return NULL;
		pmd_populate_kernel(&init_mm, pmd, new);
	}
	return pte_offset_kernel(pmd, addr);
}

/* ---- while booting ---- */

static void __init *boot_shadow(unsigned long size)
{
	void *p = memblock_alloc_raw(size, size);

	return p ? __memset(p, KASAN_SHADOW_INIT, size) : NULL;
}

static bool __init populate_large(unsigned long addr)
{
	pmd_t *pmd = private_pmd(addr);
	void *p;

	if (!pmd || !pmd_is_early(*pmd))
		return pmd && pmd_leaf(*pmd);
	p = boot_shadow(PMD_SIZE);
	if (!p)
		return false;
	set_pmd(pmd, pmd_mkhuge(pfn_pmd(PHYS_PFN(__pa(p)), PAGE_KERNEL)));
	return true;
}

static void __init populate_small(unsigned long addr)
{
	pmd_t *pmd = private_pmd(addr);
	pte_t *pte;
	void *p;

	if (pmd && pmd_leaf(*pmd))
		return;
	pte = private_pte(addr);
	if (pte && !pte_none(*pte) && !is_early_pte(*pte))
		return;
	p = pte ? boot_shadow(PAGE_SIZE) : NULL;
	if (!p)
		panic("kasan: no memory for shadow\n");
	set_pte(pte, pfn_pte(PHYS_PFN(__pa(p)), PAGE_KERNEL));
}

/**
 * kasan_populate_shadow() - real shadow for a range, while booting
 * @shadow_start: shadow address
 * @shadow_end: shadow address
 *
 * Context: kasan_init(), with memblock and the direct map working. The caller flushes the TLB.
 */
void __init kasan_populate_shadow(const void *shadow_start, const void *shadow_end)
{
	unsigned long addr = (unsigned long)shadow_start & PAGE_MASK;
	unsigned long end = PAGE_ALIGN((unsigned long)shadow_end), next;

	for (; addr < end; addr = next) {
		next = pmd_addr_end(addr, end);
		if (next - addr == PMD_SIZE && populate_large(addr))
			continue;
		for (; addr < next; addr += PAGE_SIZE)
			populate_small(addr);
	}
}

static void __init fill_ptes(pmd_t *pmd, unsigned long addr, unsigned long end)
{
	pte_t *pte = pte_offset_kernel(pmd, addr);

	for (; addr != end; pte++, addr += PAGE_SIZE)
		if (pte_none(*pte))
			set_pte(pte, kasan_early_shadow_pte[0]);
}

static void __init fill_pmds(pud_t *pud, unsigned long addr, unsigned long end)
{
	pmd_t *pmd = pmd_offset(pud, addr);
	unsigned long next;

	for (; addr != end; pmd++, addr = next) {
		next = pmd_addr_end(addr, end);
		if (pmd_none(*pmd))
			pmd_populate_kernel(&init_mm, pmd, lm_alias(kasan_early_shadow_pte));
		else if (!pmd_leaf(*pmd) && !pmd_is_early(*pmd))
			fill_ptes(pmd, addr, next);
	}
}

static void __init fill_puds(p4d_t *p4d, unsigned long addr, unsigned long end)
{
	pud_t *pud = pud_offset(p4d, addr);
	unsigned long next;

	for (; addr != end; pud++, addr = next) {
		next = pud_addr_end(addr, end);
		if (pud_none(*pud))
			pud_populate(&init_mm, pud, lm_alias(kasan_early_shadow_pmd));
		else if (!leads_to(pud_pgtable(*pud), kasan_early_shadow_pmd))
			fill_pmds(pud, addr, next);
	}
}

/**
 * kasan_populate_early_shadow() - the page of zeroes wherever a range has nothing
 * @shadow_start: shadow address
 * @shadow_end: shadow address
 *
 * For a machine that began its final tables without the early ones.
 *
 * Return: 0.
 */
int __init kasan_populate_early_shadow(const void *shadow_start, const void *shadow_end)
{
	unsigned long addr = (unsigned long)shadow_start & PAGE_MASK, next;
	unsigned long end = PAGE_ALIGN((unsigned long)shadow_end);

	for (; addr != end; addr = next) {
		p4d_t *p4d = p4d_offset(pgd_offset_k(addr), addr);

		next = pgd_addr_end(addr, end);
		if (p4d_none(*p4d))
			p4d_populate(&init_mm, p4d, lm_alias(kasan_early_shadow_pud));
		else if (!leads_to(p4d_pgtable(*p4d), kasan_early_shadow_pud))
			fill_puds(p4d, addr, next);
	}
	return 0;
}

/**
 * kasan_protect_early_shadow() - the early page is read-only from now on
 *
 * Context: kasan_init(), after the ranges with real shadow have it.
 */
void __init kasan_protect_early_shadow(void)
{
	unsigned int i;

	for (i = 0; i < PTRS_PER_PTE; i++)
		set_pte(&kasan_early_shadow_pte[i],
			pfn_pte(PHYS_PFN(__pa_symbol(kasan_early_shadow_page)), PAGE_KERNEL_RO));
	flush_tlb_all();
	__memset(kasan_early_shadow_page, 0, PAGE_SIZE);
}

/*
 * kasan_init() for a machine whose tables allow it: real shadow for RAM and the kernel image. The
 * image has its shadow whole, since red zones of global variables are written there.
 */
void __init __weak kasan_init(void)
{
	phys_addr_t start, end;
	u64 i;

	for_each_mem_range(i, &start, &end)
		kasan_populate_shadow(kasan_mem_to_shadow(__va(start)),
				      kasan_mem_to_shadow(__va(end - 1)) + 1);
	kasan_populate_shadow(kasan_mem_to_shadow(_text), kasan_mem_to_shadow(_end - 1) + 1);
	flush_tlb_all();
	kasan_protect_early_shadow();
	kasan_init_generic();
}

/* ---- vmalloc ---- */

static DEFINE_MUTEX(vmalloc_shadow_lock);	/* one at a time adds shadow */

static int populate_vmalloc_page(unsigned long addr)
{
	struct page *page;
	pte_t *pte;

	spin_lock(&init_mm.page_table_lock);
	pte = virt_to_kpte(addr);
	if (pte && !pmd_is_early(*pmd_off_k(addr)) && !pte_none(*pte) && !is_early_pte(*pte)) {
		spin_unlock(&init_mm.page_table_lock);
		return 0;
	}
	spin_unlock(&init_mm.page_table_lock);

	page = alloc_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	__memset(page_address(page), KASAN_VMALLOC_INVALID, PAGE_SIZE);
	pte = private_pte(addr);
	if (!pte) {
		__free_page(page);
		return -ENOMEM;
	}
	mm_stat_add(NR_PAGETABLE, 1);
	set_pte_at(&init_mm, addr, pte, pfn_pte(page_to_pfn(page), PAGE_KERNEL));
	return 0;
}

/**
 * kasan_populate_vmalloc() - real shadow for a new range of vmalloc space
 * @start: page aligned
 * @size: bytes
 *
 * The shadow stays when the range is freed: the addresses are used again, and soon.
 *
 * Context: May sleep.
 * Return: 0 or -ENOMEM.
 */
int kasan_populate_vmalloc(unsigned long start, unsigned long size)
{
	unsigned long addr = (unsigned long)kasan_mem_to_shadow((void *)start) & PAGE_MASK;
	unsigned long end = PAGE_ALIGN((unsigned long)kasan_mem_to_shadow((void *)start + size));
	int ret = 0;

	mutex_lock(&vmalloc_shadow_lock);
	for (start = addr; addr < end && !ret; addr += PAGE_SIZE)
		ret = populate_vmalloc_page(addr);
	mutex_unlock(&vmalloc_shadow_lock);
	/* Other CPUs may have cached the page of zeroes, which isn't writable. */
	flush_tlb_kernel_range(start, end);
	return ret;
}
