// SPDX-License-Identifier: MIT
/*
 * Page tables: adding levels, walking, mapping into vmalloc space, and tables of user space.
 *
 * The walk has one shape at each level: cut [addr, end) at the level's boundaries, and for each
 * piece look at the entry and go down. A level is added under mm->page_table_lock, after the
 * table has been zeroed; two that race find out there, and the loser frees his.
 *
 *	CPU 0				CPU 1
 *	new = pmd_alloc_one()		new = pmd_alloc_one()
 *	lock
 *	pud_none: pud_populate(new)	lock ... waits
 *	unlock				pud not none: keep what is there
 *					unlock, free new
 *
 * smp_wmb() before an entry is set lets a walker on another CPU that follows the pointer (an
 * address dependency) see a zeroed table.
 */

#include <linux/errno.h>
#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/printk.h>
#include <linux/sched/mm.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <asm/pgalloc.h>
#include <asm/tlbflush.h>

#include "internal.h"

/* ---- table pages ---- */

/**
 * pgtable_page_alloc() - a zeroed page for a table of any level
 * @mm: whose
 *
 * Context: May sleep, unless it is too early for that.
 * Return: its address or NULL.
 */
void *pgtable_page_alloc(struct mm_struct *mm)
{
	gfp_t gfp = mm == &init_mm ? GFP_PGTABLE_KERNEL : GFP_PGTABLE_USER;
	struct page *page;

	if (unlikely(!slab_is_available()))
		return pgtable_boot_page();
	page = alloc_page(gfp);
	if (!page)
		return NULL;
	__SetPageTable(page);
	mm_stat_add(NR_PAGETABLE, 1);
	return page_address(page);
}

/**
 * pgtable_page_free() - free a page table; one that was made while booting stays
 * @table: its address
 */
void pgtable_page_free(void *table)
{
	struct page *page = virt_to_page(table);

	if (PageReserved(page))
		return;		/* made while booting: not the page allocator's */
	__ClearPageTable(page);
	mm_stat_add(NR_PAGETABLE, -1);
	__free_page(page);
}

/* ---- adding a level ---- */

/**
 * __pud_alloc() - pud_alloc() where the entry is empty: make a table
 * @mm: the address space
 * @p4d: the entry; somebody else may fill it first
 * @address: that it is for
 *
 * Context: may sleep; takes page_table_lock.
 * Return: 0: the entry points to a table; -ENOMEM.
 */
int __pud_alloc(struct mm_struct *mm, p4d_t *p4d, unsigned long address)
{
	pud_t *new = pud_alloc_one(mm, address);

	if (!new)
		return -ENOMEM;
	spin_lock(&mm->page_table_lock);
	if (p4d_none(*p4d)) {
		mm_inc_nr_puds(mm);
		smp_wmb();	/* see the top of the file */
		p4d_populate(mm, p4d, new);
		new = NULL;
	}
	spin_unlock(&mm->page_table_lock);
	if (new)
		pud_free(mm, new);
	return 0;
}

/**
 * __pmd_alloc() - pmd_alloc() where the entry is empty: make a table
 * @mm: the address space
 * @pud: the entry; somebody else may fill it first
 * @address: that it is for
 *
 * Context: may sleep; takes page_table_lock.
 * Return: 0: the entry points to a table; -ENOMEM.
 */
int __pmd_alloc(struct mm_struct *mm, pud_t *pud, unsigned long address)
{
	pmd_t *new = pmd_alloc_one(mm, address);

	if (!new)
		return -ENOMEM;
	spin_lock(&mm->page_table_lock);
	if (pud_none(*pud)) {
		mm_inc_nr_pmds(mm);
		smp_wmb();	/* see the top of the file */
		pud_populate(mm, pud, new);
		new = NULL;
	}
	spin_unlock(&mm->page_table_lock);
	if (new)
		pmd_free(mm, new);
	return 0;
}

/**
 * __pte_alloc() - pte_alloc() where the entry is empty: make a table
 * @mm: the address space
 * @pmd: the entry; somebody else may fill it first
 *
 * Context: may sleep; takes page_table_lock.
 * Return: 0: the entry points to a table; -ENOMEM.
 */
int __pte_alloc(struct mm_struct *mm, pmd_t *pmd)
{
	pgtable_t new = pte_alloc_one(mm);

	if (!new)
		return -ENOMEM;
	spin_lock(&mm->page_table_lock);
	if (pmd_none(*pmd)) {
		mm_inc_nr_ptes(mm);
		smp_wmb();	/* see the top of the file */
		pmd_populate(mm, pmd, new);
		new = NULL;
	}
	spin_unlock(&mm->page_table_lock);
	if (new)
		pte_free(mm, new);
	return 0;
}

/**
 * __pte_alloc_kernel() - __pte_alloc() of the kernel's part
 * @pmd: the entry; somebody else may fill it first
 *
 * Context: may sleep; takes init_mm's page_table_lock.
 * Return: 0: the entry points to a table; -ENOMEM.
 */
int __pte_alloc_kernel(pmd_t *pmd)
{
	pte_t *new = pte_alloc_one_kernel(&init_mm);

	if (!new)
		return -ENOMEM;
	spin_lock(&init_mm.page_table_lock);
	if (pmd_none(*pmd)) {
		smp_wmb();	/* see the top of the file */
		pmd_populate_kernel(&init_mm, pmd, new);
		new = NULL;
	}
	spin_unlock(&init_mm.page_table_lock);
	if (new)
		pte_free_kernel(&init_mm, new);
	return 0;
}

/* ---- corrupt entries ---- */

/**
 * p4d_clear_bad() - report an entry that makes no sense, and empty it
 * @p4d: the entry
 */
void p4d_clear_bad(p4d_t *p4d)
{
	pr_err("bad p4d %016lx\n", (unsigned long)p4d_val(*p4d));
	p4d_clear(p4d);
}

/**
 * pud_clear_bad() - report an entry that makes no sense, and empty it
 * @pud: the entry
 */
void pud_clear_bad(pud_t *pud)
{
	pr_err("bad pud %016lx\n", (unsigned long)pud_val(*pud));
	pud_clear(pud);
}

/**
 * pmd_clear_bad() - report an entry that makes no sense, and empty it
 * @pmd: the entry
 */
void pmd_clear_bad(pmd_t *pmd)
{
	pr_err("bad pmd %016lx\n", (unsigned long)pmd_val(*pmd));
	pmd_clear(pmd);
}

/* ---- apply_to_page_range ---- */

struct apply_args {
	struct mm_struct *mm;
	pte_fn_t fn;
	void *data;
	bool create;
};

static int apply_ptes(const struct apply_args *a, pmd_t *pmd, unsigned long addr,
		      unsigned long end)
{
	pte_t *pte;
	int ret = 0;

	if (a->create)
		pte = a->mm == &init_mm ? pte_alloc_kernel(pmd, addr) :
					  pte_alloc_map(a->mm, pmd, addr);
	else
		pte = pte_offset_kernel(pmd, addr);
	if (!pte)
		return -ENOMEM;
	for (; addr < end && !ret; pte++, addr += PAGE_SIZE)
		if (a->create || !pte_none(ptep_get(pte)))
			ret = a->fn(pte, addr, a->data);
	return ret;
}

static int apply_pmds(const struct apply_args *a, pud_t *pud, unsigned long addr,
		      unsigned long end)
{
	pmd_t *pmd = a->create ? pmd_alloc(a->mm, pud, addr) : pmd_offset(pud, addr);
	unsigned long next;
	int ret = 0;

	if (!pmd)
		return -ENOMEM;
	for (; addr != end && !ret; pmd++, addr = next) {
		next = pmd_addr_end(addr, end);
		if (pmd_none(*pmd) && !a->create)
			continue;
		ret = pmd_leaf(*pmd) ? -EINVAL : apply_ptes(a, pmd, addr, next);
	}
	return ret;
}

static int apply_puds(const struct apply_args *a, p4d_t *p4d, unsigned long addr,
		      unsigned long end)
{
	pud_t *pud = a->create ? pud_alloc(a->mm, p4d, addr) : pud_offset(p4d, addr);
	unsigned long next;
	int ret = 0;

	if (!pud)
		return -ENOMEM;
	for (; addr != end && !ret; pud++, addr = next) {
		next = pud_addr_end(addr, end);
		if (pud_none(*pud) && !a->create)
			continue;
		ret = pud_leaf(*pud) ? -EINVAL : apply_pmds(a, pud, addr, next);
	}
	return ret;
}

static int apply_range(const struct apply_args *a, unsigned long addr, unsigned long size)
{
	unsigned long end = addr + size, next;
	pgd_t *pgd;
	p4d_t *p4d;
	int ret = 0;

	if (WARN_ON(end - 1 < addr) || !size)
		return -EINVAL;
	for (pgd = pgd_offset(a->mm, addr); addr != end && !ret; pgd++, addr = next) {
		next = pgd_addr_end(addr, end);
		p4d = p4d_offset(pgd, addr);
		if (p4d_none(*p4d) && !a->create)
			continue;
		ret = apply_puds(a, p4d, addr, next);
	}
	return ret;
}

/**
 * apply_to_page_range() - call a function on each last-level entry of a range
 * @mm: the address space
 * @address: page aligned
 * @size: bytes
 * @fn: called with the entry and its address; a non-zero return ends the walk
 * @data: passed to @fn
 *
 * Missing tables are made. A large page in the range is -EINVAL.
 *
 * Context: May sleep. @fn is called without locks: the caller owns the range.
 * Return: 0, -ENOMEM, -EINVAL, or what @fn returned.
 */
int apply_to_page_range(struct mm_struct *mm, unsigned long address, unsigned long size,
			pte_fn_t fn, void *data)
{
	struct apply_args args = { .mm = mm, .fn = fn, .data = data, .create = true };

	return apply_range(&args, address, size);
}

/**
 * apply_to_existing_page_range() - apply_to_page_range() for entries that aren't empty; makes no
 * tables
 * @mm: the address space
 * @address: page aligned
 * @size: bytes
 * @fn: called with each entry
 * @data: for @fn
 *
 * Return: 0, or what @fn returned, at which it stops.
 */
int apply_to_existing_page_range(struct mm_struct *mm, unsigned long address,
				 unsigned long size, pte_fn_t fn, void *data)
{
	struct apply_args args = { .mm = mm, .fn = fn, .data = data };

	return apply_range(&args, address, size);
}

/* ---- walking the kernel's tables ---- */

static int walk_ptes(pmd_t *pmd, unsigned long addr, unsigned long end,
		     const struct kernel_walk_ops *ops, void *private)
{
	pte_t *pte = pte_offset_kernel(pmd, addr);
	int ret = 0;

	for (; addr != end && !ret; pte++, addr += PAGE_SIZE)
		if (!pte_none(ptep_get(pte)) && ops->pte)
			ret = ops->pte(pte, addr, addr + PAGE_SIZE, private);
	return ret;
}

static int walk_pmds(pud_t *pud, unsigned long addr, unsigned long end,
		     const struct kernel_walk_ops *ops, void *private)
{
	pmd_t *pmd = pmd_offset(pud, addr);
	unsigned long next;
	int ret = 0;

	for (; addr != end && !ret; pmd++, addr = next) {
		next = pmd_addr_end(addr, end);
		if (pmd_none(*pmd))
			continue;
		if (!pmd_leaf(*pmd))
			ret = walk_ptes(pmd, addr, next, ops, private);
		else if (ops->pmd)
			ret = ops->pmd(pmd, addr, next, private);
	}
	return ret;
}

static int walk_puds(p4d_t *p4d, unsigned long addr, unsigned long end,
		     const struct kernel_walk_ops *ops, void *private)
{
	pud_t *pud = pud_offset(p4d, addr);
	unsigned long next;
	int ret = 0;

	for (; addr != end && !ret; pud++, addr = next) {
		next = pud_addr_end(addr, end);
		if (pud_none(*pud))
			continue;
		if (!pud_leaf(*pud))
			ret = walk_pmds(pud, addr, next, ops, private);
		else if (ops->pud)
			ret = ops->pud(pud, addr, next, private);
	}
	return ret;
}

/**
 * walk_kernel_page_range() - visit what is mapped in a range of kernel addresses
 * @start: page aligned
 * @end: page aligned, 0 for the top of the address space
 * @ops: what to call for each size of mapping
 * @private: passed on
 *
 * Context: Whatever @ops allow; kernel tables are never freed, so no lock is needed to walk.
 * Return: 0, or the first non-zero value that a callback returned.
 */
int walk_kernel_page_range(unsigned long start, unsigned long end,
			   const struct kernel_walk_ops *ops, void *private)
{
	pgd_t *pgd = pgd_offset_k(start);
	unsigned long next;
	int ret = 0;

	for (; start != end && !ret; pgd++, start = next) {
		p4d_t *p4d = p4d_offset(pgd, start);

		next = pgd_addr_end(start, end);
		if (!p4d_none(*p4d))
			ret = walk_puds(p4d, start, next, ops, private);
	}
	return ret;
}

/**
 * virt_to_kpte() - the last-level entry of a kernel address
 * @vaddr: the address
 *
 * Return: the entry; NULL if there is none, or a large page.
 */
pte_t *virt_to_kpte(unsigned long vaddr)
{
	p4d_t *p4d = p4d_offset(pgd_offset_k(vaddr), vaddr);
	pud_t *pud;
	pmd_t *pmd;

	if (p4d_none(*p4d))
		return NULL;
	pud = pud_offset(p4d, vaddr);
	if (pud_none(*pud) || pud_leaf(*pud))
		return NULL;
	pmd = pmd_offset(pud, vaddr);
	if (pmd_none(*pmd) || pmd_leaf(*pmd))
		return NULL;
	return pte_offset_kernel(pmd, vaddr);
}

/**
 * vmalloc_to_page() - the page behind an address of vmalloc space
 * @addr: the address
 *
 * Return: the page; NULL if nothing is mapped there, or no RAM.
 */
struct page *vmalloc_to_page(const void *addr)
{
	pte_t *ptep = virt_to_kpte((unsigned long)addr), pte;

	if (!ptep)
		return NULL;
	pte = ptep_get(ptep);
	if (!pte_present(pte) || !pfn_valid(pte_pfn(pte)))
		return NULL;
	return pfn_to_page(pte_pfn(pte));
}

/**
 * vmalloc_to_pfn() - the frame behind an address that isn't in the direct map
 * @addr: the address, mapped
 */
unsigned long vmalloc_to_pfn(const void *addr)
{
	return page_to_pfn(vmalloc_to_page(addr));
}

/* ---- mapping into vmalloc space ---- */

struct map_pages_args {
	struct page **pages;	/* or NULL: consecutive frames from pfn */
	unsigned long pfn;
	pgprot_t prot;
};

static int map_one(pte_t *pte, unsigned long addr, void *data)
{
	struct map_pages_args *a = data;
	unsigned long pfn = a->pages ? page_to_pfn(*a->pages++) : a->pfn++;

	if (WARN_ON(!pte_none(ptep_get(pte))))
		return -EBUSY;
	set_pte_at(&init_mm, addr, pte, pfn_pte(pfn, a->prot));
	return 0;
}

/**
 * vmap_pages_range() - map pages at kernel addresses that are the caller's
 * @addr: page aligned
 * @end: page aligned
 * @prot: of the mapping
 * @pages: one for each page of the range
 * @page_shift: PAGE_SHIFT
 *
 * Context: May sleep.
 * Return: 0, -ENOMEM (some may be mapped then), -EBUSY if something was mapped there.
 */
int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot, struct page **pages,
		     unsigned int page_shift)
{
	struct map_pages_args args = { .pages = pages, .prot = prot };
	int ret = apply_to_page_range(&init_mm, addr, end - addr, map_one, &args);

	WARN_ON_ONCE(page_shift != PAGE_SHIFT);
	arch_sync_kernel_mappings(addr, end);
	return ret;
}

/**
 * vmap_page_range() - map consecutive frames in the kernel's part
 * @addr: page aligned, not mapped
 * @end: one past the last byte
 * @phys: of the first frame
 * @prot: of the entries
 *
 * Context: may sleep.
 * Return: 0; -ENOMEM, -EBUSY for an entry in use: what was mapped before it stays.
 */
int vmap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	struct map_pages_args args = { .pfn = PHYS_PFN(phys), .prot = prot };
	int ret = apply_to_page_range(&init_mm, addr, end - addr, map_one, &args);

	arch_sync_kernel_mappings(addr, end);
	return ret;
}

static int unmap_one(pte_t *pte, unsigned long addr, void *data)
{
	(void)data;
	ptep_get_and_clear(&init_mm, addr, pte);
	return 0;
}

/**
 * vunmap_range_noflush() - unmap addresses of the kernel's part
 * @addr: page aligned
 * @end: one past the last byte
 *
 * TLBs may remember: the caller flushes before the addresses are used again.
 */
void vunmap_range_noflush(unsigned long addr, unsigned long end)
{
	apply_to_existing_page_range(&init_mm, addr, end - addr, unmap_one, NULL);
}

/**
 * vunmap_range() - unmap kernel addresses and flush all TLBs
 * @addr: page aligned
 * @end: page aligned
 */
void vunmap_range(unsigned long addr, unsigned long end)
{
	vunmap_range_noflush(addr, end);
	flush_tlb_kernel_range(addr, end);
}
