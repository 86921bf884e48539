// SPDX-License-Identifier: MIT
/*
 * Changing the rights of mapped kernel pages.
 *
 * A range is walked leaf by leaf. A large leaf that lies wholly in the range is changed
 * as it is; one that sticks out is split first: a new table with 512 smaller leaves of
 * the same rights takes its place, which changes no translation, so it needs no flush of
 * its own before the smaller ones are used. cpa_lock serialises all changes, so a split
 * never races with another.
 */

#include <linux/set_memory.h>

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/spinlock.h>

#include <asm/cacheflush.h>
#include <asm/pgalloc.h>
#include <asm/processor.h>
#include <asm/tlbflush.h>

/* Guards the rights and the size of leaves in the kernel's tables. Innermost but pgd_lock. */
static DEFINE_SPINLOCK(cpa_lock);

static unsigned long level_size(unsigned int level)
{
	switch (level) {
	case PG_LEVEL_2M:
		return PMD_SIZE;
	case PG_LEVEL_1G:
		return PUD_SIZE;
	default:
		return PAGE_SIZE;
	}
}

/*
 * Fill a table with leaves one level smaller. PAT sits at bit 12 of a large leaf and at bit 7 of
 * a 4 KiB one, where a large leaf has PSE.
 */
static void fill_split(pte_t *table, pte_t leaf, unsigned int level)
{
	unsigned long flags = pte_val(leaf) & ~PTE_PFN_MASK;
	unsigned long phys = pte_val(leaf) & PTE_PFN_MASK & ~_PAGE_PAT_LARGE;
	unsigned long step = level == PG_LEVEL_1G ? PMD_SIZE : PAGE_SIZE;
	unsigned int i;

	if (level == PG_LEVEL_2M) {
		flags &= ~_PAGE_PSE;
		if (pte_val(leaf) & _PAGE_PAT_LARGE)
			flags |= _PAGE_PAT;
	} else {
		flags |= pte_val(leaf) & _PAGE_PAT_LARGE;
	}
	for (i = 0; i < PTRS_PER_PTE; i++)
		set_pte(&table[i], __pte((phys + i * step) | flags));
}

/* Return: true if @spare was used. Under cpa_lock. */
static bool split_leaf(unsigned long addr, pte_t *spare)
{
	unsigned int level;
	pte_t *leaf = lookup_address(addr, &level);

	if (!leaf || level == PG_LEVEL_4K)
		return false;
	fill_split(spare, *leaf, level);
	/* The table is whole before a walk can reach it. */
	smp_wmb();
	set_pte(leaf, __pte(__pa(spare) | _KERNPG_TABLE));
	return true;
}

struct cpa {
	unsigned long addr;	/* next to do */
	unsigned long end;
	pgprot_t set;
	pgprot_t clear;
};

/*
 * Change leaves until one has to be split. Return: 0 at the end, -EAGAIN for a split at
 * cpa->addr, -EFAULT for a hole.
 */
static int change_leaves(struct cpa *cpa)
{
	while (cpa->addr < cpa->end) {
		unsigned int level;
		pte_t *ptep = lookup_address(cpa->addr, &level);
		unsigned long size = level_size(level);
		pte_t new;

		if (!ptep || pte_none(*ptep))
			return -EFAULT;
		if ((cpa->addr & (size - 1)) || cpa->end - cpa->addr < size)
			return -EAGAIN;
		new = __pte((pte_val(*ptep) & ~pgprot_val(cpa->clear)) | pgprot_val(cpa->set));
		if (pte_val(new) != pte_val(*ptep))
			set_pte(ptep, new);
		cpa->addr += size;
	}
	return 0;
}

static int change_page_attr(unsigned long addr, int numpages, pgprot_t set, pgprot_t clear)
{
	struct cpa cpa = {
		.addr = addr,
		.end = addr + ((unsigned long)numpages << PAGE_SHIFT),
		.set = set,
		.clear = clear,
	};
	pte_t *spare = NULL;
	unsigned long flags;
	int ret;

	if (WARN_ON(addr & ~PAGE_MASK) || numpages <= 0)
		return -EINVAL;
	for (;;) {
		spin_lock_irqsave(&cpa_lock, flags);
		ret = change_leaves(&cpa);
		if (ret == -EAGAIN && spare && split_leaf(cpa.addr, spare))
			spare = NULL;
		spin_unlock_irqrestore(&cpa_lock, flags);
		if (ret != -EAGAIN)
			break;
		if (!spare)
			spare = (pte_t *)__get_free_page(GFP_KERNEL);
		if (!spare)
			return -ENOMEM;
	}
	if (spare)
		free_page((unsigned long)spare);
	return ret;
}

static int change_and_flush(unsigned long addr, int numpages, unsigned long set,
			    unsigned long clear)
{
	int ret = change_page_attr(addr, numpages, __pgprot(set), __pgprot(clear));

	flush_tlb_kernel_range(addr, addr + ((unsigned long)numpages << PAGE_SHIFT));
	return ret;
}

/**
 * set_memory_ro - kernel memory can't be written any more
 * @addr: the first page
 * @numpages: how many, above 0
 *
 * It may be of the direct map: larger pages are split. So do the functions that follow.
 *
 * Context: may sleep.
 * Return: 0; -EINVAL for an @addr within a page or no pages, -EFAULT if one isn't mapped, -ENOMEM.
 */
int set_memory_ro(unsigned long addr, int numpages)
{
	return change_and_flush(addr, numpages, 0, _PAGE_RW | _PAGE_DIRTY);
}

/** set_memory_rw - kernel memory can be written */
int set_memory_rw(unsigned long addr, int numpages)
{
	return change_and_flush(addr, numpages, _PAGE_RW | _PAGE_DIRTY, 0);
}

/** set_memory_x - kernel memory can be executed */
int set_memory_x(unsigned long addr, int numpages)
{
	return change_and_flush(addr, numpages, 0, _PAGE_NX);
}

/** set_memory_nx - kernel memory can't be executed */
int set_memory_nx(unsigned long addr, int numpages)
{
	return change_and_flush(addr, numpages, _PAGE_NX, 0);
}

/** set_memory_np - kernel memory isn't present: every access faults */
int set_memory_np(unsigned long addr, int numpages)
{
	/* GLOBAL without PRESENT would read as "present, no access". */
	return change_and_flush(addr, numpages, 0, _PAGE_PRESENT | _PAGE_GLOBAL);
}

/** set_memory_p - undo set_memory_np() */
int set_memory_p(unsigned long addr, int numpages)
{
	return change_and_flush(addr, numpages, _PAGE_PRESENT | _PAGE_GLOBAL, 0);
}

/** set_memory_uc - kernel memory isn't cached (UC-) */
int set_memory_uc(unsigned long addr, int numpages)
{
	return change_and_flush(addr, numpages, _PAGE_CACHE_UC_MINUS, _PAGE_PWT | _PAGE_PCD);
}

/** set_memory_wc - stores to kernel memory are combined, not cached */
int set_memory_wc(unsigned long addr, int numpages)
{
	return change_and_flush(addr, numpages, _PAGE_CACHE_WC, _PAGE_PWT | _PAGE_PCD);
}

/** set_memory_wb - kernel memory is cached as usual */
int set_memory_wb(unsigned long addr, int numpages)
{
	return change_and_flush(addr, numpages, 0, _PAGE_PWT | _PAGE_PCD);
}

/**
 * set_direct_map_invalid_noflush - a page leaves the direct map; TLBs may still have it
 *
 * Return: as set_memory_np().
 */
int set_direct_map_invalid_noflush(struct page *page)
{
	return change_page_attr((unsigned long)page_address(page), 1, __pgprot(0),
				__pgprot(_PAGE_PRESENT | _PAGE_GLOBAL));
}

/**
 * set_direct_map_default_noflush - a page is in the direct map as usual
 *
 * Return: as set_memory_p().
 */
int set_direct_map_default_noflush(struct page *page)
{
	return change_page_attr((unsigned long)page_address(page), 1,
				__pgprot(_PAGE_PRESENT | _PAGE_RW | _PAGE_GLOBAL), __pgprot(0));
}

/** kernel_page_present - is the page in the direct map? */
bool kernel_page_present(struct page *page)
{
	unsigned int level;
	pte_t *pte = lookup_address((unsigned long)page_address(page), &level);

	return pte && (pte_val(*pte) & _PAGE_PRESENT);
}

/** clflush_cache_range - write back and drop the cache lines of memory. Context: any */
void clflush_cache_range(void *addr, unsigned int size)
{
	unsigned long step = boot_cpu_data.x86_clflush_size;
	void *p = (void *)((unsigned long)addr & ~(step - 1));

	/* The fences order the flushes with the stores before and after. */
	mb();
	for (; p < addr + size; p += step)
		clflush(p);
	mb();
}
