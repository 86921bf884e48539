// SPDX-License-Identifier: MIT
/*
 * Taking user mappings away.
 *
 * A page may be given back only when no CPU can reach it any more, and a CPU's TLB remembers what
 * the table said. So it goes in three steps, many pages at a time:
 *
 *	clear the entries		under the page-table lock
 *	flush the TLBs			of the CPUs in mm_cpumask
 *	drop the references		the pages may be reused from here on
 *
 * struct mmu_gather collects pages between the first step and the third. The same holds for the
 * tables themselves: a CPU walks them on its own, and caches the upper levels.
 *
 * At the end of an address space it is simpler. Nobody runs in it; a CPU that has it loaded for
 * want of another (a kernel thread's lazy TLB) could still walk. Once the few top-level entries are
 * cleared and the TLBs flushed, nothing below can be reached, and is freed without further care.
 */

#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>
#include <asm/pgalloc.h>
#include <asm/tlbflush.h>

#include "internal.h"
#include "vma.h"

#define MMU_GATHER_BATCH	64

/* Fields: all the caller's. */
struct mmu_gather {
	struct mm_struct *mm;
	unsigned long start, end;		/* addresses that TLBs may remember */
	bool freed_tables;
	bool keep_anon;				/* private copies of a file's pages stay */
	unsigned int nr;
	struct page *pages[MMU_GATHER_BATCH];
	struct list_head tables;		/* by page->lru */
};

static void tlb_reset(struct mmu_gather *tlb)
{
	tlb->start = ULONG_MAX;
	tlb->end = 0;
	tlb->freed_tables = false;
	tlb->nr = 0;
	INIT_LIST_HEAD(&tlb->tables);
}

static void tlb_gather_mmu(struct mmu_gather *tlb, struct mm_struct *mm)
{
	tlb->mm = mm;
	tlb->keep_anon = false;
	tlb_reset(tlb);
}

static void tlb_note_range(struct mmu_gather *tlb, unsigned long start, unsigned long end)
{
	tlb->start = min(tlb->start, start);
	tlb->end = max(tlb->end, end);
}

static void free_table_page(struct page *page)
{
	pgtable_page_free(page_address(page));
}

static void tlb_flush_mmu(struct mmu_gather *tlb)
{
	struct page *page, *next;
	unsigned int i;

	if (tlb->start < tlb->end)
		flush_tlb_mm_range(tlb->mm, tlb->start, tlb->end, PAGE_SHIFT, tlb->freed_tables);
	for (i = 0; i < tlb->nr; i++)
		put_page(tlb->pages[i]);
	list_for_each_entry_safe(page, next, &tlb->tables, lru)
		free_table_page(page);
	tlb_reset(tlb);
}

#define tlb_finish_mmu(tlb)	tlb_flush_mmu(tlb)

/* ---- pages ---- */

/* What the entry knew of the page goes to the page. The caller still owes the reference. */
static void forget_mapping(struct mm_struct *mm, struct page *page, pte_t pte)
{
	struct folio *folio = page_folio(page);

	if (folio_test_anon(folio)) {
		dec_mm_counter(mm, MM_ANONPAGES);
		return;
	}
	if (pte_dirty(pte))
		folio_mark_dirty(folio);
	if (pte_young(pte))
		folio_mark_accessed(folio);
	dec_mm_counter(mm, folio_test_swapbacked(folio) ? MM_SHMEMPAGES : MM_FILEPAGES);
	atomic_dec(&folio->_mapcount);
}

/* Returns how far it came: a full batch has to be flushed without the lock. */
static unsigned long zap_ptes(struct mmu_gather *tlb, pmd_t *pmd, unsigned long addr,
			      unsigned long end)
{
	struct mm_struct *mm = tlb->mm;
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_t *first = pte;

	if (!pte)
		return end;
	for (; addr < end && tlb->nr < MMU_GATHER_BATCH; pte++, addr += PAGE_SIZE) {
		pte_t old = ptep_get(pte);
		struct page *page;

		if (pte_none(old))
			continue;
		page = vm_normal_page(NULL, addr, old);
		if (tlb->keep_anon && (!page || PageAnon(page)))
			continue;
		/* Cleared while it is read: the CPU may have set it dirty since. */
		old = ptep_get_and_clear(mm, addr, pte);
		tlb_note_range(tlb, addr, addr + PAGE_SIZE);
		if (!page)
			continue;
		forget_mapping(mm, page, old);
		tlb->pages[tlb->nr++] = page;
	}
	pte_unmap_unlock(first, ptl);
	return addr;
}

static void zap_pmds(struct mmu_gather *tlb, pud_t *pud, unsigned long addr, unsigned long end)
{
	pmd_t *pmd = pmd_offset(pud, addr);
	unsigned long next;

	for (; addr != end; pmd++, addr = next) {
		next = pmd_addr_end(addr, end);
		while (addr != next && !pmd_none(pmdp_get(pmd))) {
			addr = zap_ptes(tlb, pmd, addr, next);
			if (tlb->nr == MMU_GATHER_BATCH)
				tlb_flush_mmu(tlb);
		}
		cond_resched();
	}
}

static void zap_puds(struct mmu_gather *tlb, p4d_t *p4d, unsigned long addr, unsigned long end)
{
	pud_t *pud = pud_offset(p4d, addr);
	unsigned long next;

	for (; addr != end; pud++, addr = next) {
		next = pud_addr_end(addr, end);
		if (!pud_none(pudp_get(pud)))
			zap_pmds(tlb, pud, addr, next);
	}
}

static void zap_range(struct mmu_gather *tlb, unsigned long addr, unsigned long end)
{
	pgd_t *pgd = pgd_offset(tlb->mm, addr);
	unsigned long next;

	for (; addr != end; pgd++, addr = next) {
		p4d_t *p4d = p4d_offset(pgd, addr);

		next = pgd_addr_end(addr, end);
		if (!p4d_none(p4dp_get(p4d)))
			zap_puds(tlb, p4d, addr, next);
	}
}

/**
 * zap_page_range_single - unmap the pages of a range, and keep the VMA
 * @vma: contains the range
 * @address: page aligned
 * @size: bytes, page aligned
 *
 * Context: mmap_lock held, reading is enough; or the file's i_mmap lock. May sleep.
 */
void zap_page_range_single(struct vm_area_struct *vma, unsigned long address, unsigned long size)
{
	struct mmu_gather tlb;

	update_hiwater_rss(vma->vm_mm);
	tlb_gather_mmu(&tlb, vma->vm_mm);
	zap_range(&tlb, address, address + size);
	tlb_finish_mmu(&tlb);
}

/**
 * zap_file_pages - unmap pages of a file that goes, in part
 * @vma: of the file
 * @address: page aligned
 * @size: bytes, page aligned
 * @even_cows: private copies too
 *
 * Context: the file's i_mmap lock held, which keeps the VMA; may sleep.
 */
void zap_file_pages(struct vm_area_struct *vma, unsigned long address, unsigned long size,
		    bool even_cows)
{
	struct mmu_gather tlb;

	tlb_gather_mmu(&tlb, vma->vm_mm);
	tlb.keep_anon = !even_cows;
	zap_range(&tlb, address, address + size);
	tlb_finish_mmu(&tlb);
}

/* ---- tables ---- */

static void take_table(struct mmu_gather *tlb, void *table)
{
	list_add(&virt_to_page(table)->lru, &tlb->tables);
	tlb->freed_tables = true;
	mm_dec_nr_tables(tlb->mm);
}

/*
 * Free the tables that lie wholly in [floor, ceiling), of which [addr, end) was mapped. At each
 * level the bounds are rounded to what one entry covers: an entry that also covers somebody else's
 * addresses stays.
 */
static void take_ptes(struct mmu_gather *tlb, pud_t *pud, unsigned long addr, unsigned long end,
		      unsigned long floor, unsigned long ceiling)
{
	pmd_t *pmd = pmd_offset(pud, addr);
	unsigned long next;

	for (; addr != end; pmd++, addr = next) {
		unsigned long first = addr & PMD_MASK;

		next = pmd_addr_end(addr, end);
		if (pmd_none(*pmd) || first < floor || first + PMD_SIZE > ceiling)
			continue;
		tlb_note_range(tlb, addr, next);
		take_table(tlb, (void *)pmd_page_vaddr(*pmd));
		pmd_clear(pmd);
	}
}

static void take_pmds(struct mmu_gather *tlb, p4d_t *p4d, unsigned long addr, unsigned long end,
		      unsigned long floor, unsigned long ceiling)
{
	pud_t *pud = pud_offset(p4d, addr);
	unsigned long next;

	for (; addr != end; pud++, addr = next) {
		unsigned long first = addr & PUD_MASK;

		next = pud_addr_end(addr, end);
		if (pud_none(*pud))
			continue;
		take_ptes(tlb, pud, addr, next, floor, ceiling);
		if (first < floor || first + PUD_SIZE > ceiling)
			continue;
		take_table(tlb, pud_pgtable(*pud));
		pud_clear(pud);
	}
}

static void take_tables(struct mmu_gather *tlb, unsigned long addr, unsigned long end,
			unsigned long floor, unsigned long ceiling)
{
	struct mm_struct *mm = tlb->mm;
	pgd_t *pgd = pgd_offset(mm, addr);
	unsigned long next;

	/* Walkers under the lock (access_remote_vm, truncation) see a table or none. */
	spin_lock(&mm->page_table_lock);
	for (; addr != end; pgd++, addr = next) {
		p4d_t *p4d = p4d_offset(pgd, addr);
		unsigned long first = addr & PGDIR_MASK;

		next = pgd_addr_end(addr, end);
		if (p4d_none(*p4d))
			continue;
		take_pmds(tlb, p4d, addr, next, floor, ceiling);
		if (first < floor || first + PGDIR_SIZE > ceiling)
			continue;
		take_table(tlb, p4d_pgtable(*p4d));
		p4d_clear(p4d);
	}
	spin_unlock(&mm->page_table_lock);
}

/**
 * unmap_vmas_range - unmap a range from which the VMAs were taken
 * @mm: the address space
 * @first: list of the VMAs, by vm_next; they are in no tree and file any more
 * @start: of the range
 * @end: of the range
 *
 * Context: mmap_lock held for writing; may sleep.
 */
void unmap_vmas_range(struct mm_struct *mm, struct vm_area_struct *first, unsigned long start,
		      unsigned long end)
{
	struct vm_area_struct *prev, *next = find_vma_prev(mm, start, &prev);
	struct mmu_gather tlb;

	tlb_gather_mmu(&tlb, mm);
	for (; first; first = first->vm_next)
		zap_range(&tlb, first->vm_start, first->vm_end);
	take_tables(&tlb, start, end, prev ? prev->vm_end : FIRST_USER_ADDRESS,
		    next ? next->vm_start : round_up(mm->task_size, PGDIR_SIZE));
	tlb_finish_mmu(&tlb);
}

/* ---- the end of an address space ---- */

static void drop_ptes(struct mm_struct *mm, pmd_t *pmd)
{
	pte_t *table = (pte_t *)pmd_page_vaddr(*pmd);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PTE; i++) {
		pte_t pte = table[i];
		struct page *page;

		if (pte_none(pte))
			continue;
		page = vm_normal_page(NULL, 0, pte);
		if (!page)
			continue;
		forget_mapping(mm, page, pte);
		put_page(page);
	}
	pgtable_page_free(table);
	mm_dec_nr_tables(mm);
}

static void drop_pmds(struct mm_struct *mm, pud_t *pud)
{
	pmd_t *table = pud_pgtable(*pud);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PMD; i++)
		if (!pmd_none(table[i]))
			drop_ptes(mm, &table[i]);
	pgtable_page_free(table);
	mm_dec_nr_tables(mm);
	cond_resched();
}

static void drop_puds(struct mm_struct *mm, p4d_t *p4d)
{
	pud_t *table = p4d_pgtable(*p4d);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PUD; i++)
		if (!pud_none(table[i]))
			drop_pmds(mm, &table[i]);
	pgtable_page_free(table);
	mm_dec_nr_tables(mm);
}

#define TOP_ENTRIES	8

/**
 * unmap_all - drop all user pages and tables
 * @mm: nobody uses it any more
 *
 * Context: may sleep.
 */
void unmap_all(struct mm_struct *mm)
{
	unsigned int last = pgd_index(mm->task_size - 1), i = 0, n;
	p4d_t taken[TOP_ENTRIES];

	while (i <= last) {
		for (n = 0; i <= last && n < TOP_ENTRIES; i++) {
			p4d_t *p4d = p4d_offset(mm->pgd + i, i * PGDIR_SIZE);

			if (p4d_none(*p4d))
				continue;
			taken[n++] = *p4d;
			p4d_clear(p4d);
		}
		if (!n)
			break;
		flush_tlb_mm(mm);
		while (n)
			drop_puds(mm, &taken[--n]);
	}
}
