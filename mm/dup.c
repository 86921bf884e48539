// SPDX-License-Identifier: MIT
/*
 * fork(): a second address space like the first.
 *
 * Pages are not copied. Both tables point to the same page, and where the mapping is private and
 * may be written, both entries are made read-only: the first write of either side faults and makes
 * the copy then (mm/fault.c). The parent's TLBs are flushed once at the end; until then a thread of
 * it could still write to a page that the child has already.
 *
 * Pages that the object can give again are left out: the child's faults will find them.
 */

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/pgtable.h>
#include <linux/sched/signal.h>
#include <asm/mmu_context.h>
#include <asm/pgalloc.h>
#include <asm/tlbflush.h>

#include "vma.h"

/* ---- one VMA's pages ---- */

struct dup {
	struct vm_area_struct *dst, *src;
	bool cow;
	long rss[NR_MM_COUNTERS];
};

static void dup_pte(struct dup *dup, pte_t *dst, pte_t *src, unsigned long addr, pte_t pte)
{
	struct page *page = vm_normal_page(dup->src, addr, pte);

	if (dup->cow && pte_write(pte)) {
		ptep_set_wrprotect(dup->src->vm_mm, addr, src);
		pte = pte_wrprotect(pte);
	}
	/* A shared page's dirt is the parent's to tell. */
	if (dup->src->vm_flags & VM_SHARED)
		pte = pte_mkclean(pte);
	if (page) {
		struct folio *folio = page_folio(page);

		folio_get(folio);
		if (folio_test_anon(folio)) {
			dup->rss[MM_ANONPAGES]++;
		} else {
			atomic_inc(&folio->_mapcount);
			dup->rss[folio_test_swapbacked(folio) ? MM_SHMEMPAGES : MM_FILEPAGES]++;
		}
	}
	set_pte_at(dup->dst->vm_mm, addr, dst, pte);
}

static int dup_ptes(struct dup *dup, pmd_t *dst_pmd, pmd_t *src_pmd, unsigned long addr,
		    unsigned long end)
{
	struct mm_struct *dst_mm = dup->dst->vm_mm, *src_mm = dup->src->vm_mm;
	spinlock_t *src_ptl, *dst_ptl;
	pte_t *dst, *src;

	dst = pte_alloc_map_lock(dst_mm, dst_pmd, addr, &dst_ptl);
	if (!dst)
		return -ENOMEM;
	src = pte_offset_kernel(src_pmd, addr);
	src_ptl = pte_lockptr(src_mm, src_pmd);
	spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);
	for (; addr != end; dst++, src++, addr += PAGE_SIZE) {
		pte_t pte = ptep_get(src);

		if (!pte_none(pte))
			dup_pte(dup, dst, src, addr, pte);
	}
	spin_unlock(src_ptl);
	spin_unlock(dst_ptl);
	return 0;
}

static int dup_pmds(struct dup *dup, pud_t *dst_pud, pud_t *src_pud, unsigned long addr,
		    unsigned long end)
{
	pmd_t *dst = pmd_alloc(dup->dst->vm_mm, dst_pud, addr);
	pmd_t *src = pmd_offset(src_pud, addr);
	unsigned long next;

	if (!dst)
		return -ENOMEM;
	for (; addr != end; dst++, src++, addr = next) {
		next = pmd_addr_end(addr, end);
		if (!pmd_none(*src) && dup_ptes(dup, dst, src, addr, next))
			return -ENOMEM;
		cond_resched();
	}
	return 0;
}

static int dup_puds(struct dup *dup, p4d_t *dst_p4d, p4d_t *src_p4d, unsigned long addr,
		    unsigned long end)
{
	pud_t *dst = pud_alloc(dup->dst->vm_mm, dst_p4d, addr);
	pud_t *src = pud_offset(src_p4d, addr);
	unsigned long next;

	if (!dst)
		return -ENOMEM;
	for (; addr != end; dst++, src++, addr = next) {
		next = pud_addr_end(addr, end);
		if (!pud_none(*src) && dup_pmds(dup, dst, src, addr, next))
			return -ENOMEM;
	}
	return 0;
}

/**
 * copy_page_range - give the child's VMA the pages of the parent's
 * @dst_vma: the child's, of the same range
 * @src_vma: the parent's
 *
 * Context: both mmap_locks held for writing; may sleep. The caller flushes the parent's TLBs.
 * Return: 0 or -ENOMEM; what was copied goes with the child.
 */
int copy_page_range(struct vm_area_struct *dst_vma, struct vm_area_struct *src_vma)
{
	struct dup dup = {
		.dst = dst_vma, .src = src_vma, .cow = is_cow_mapping(src_vma->vm_flags),
	};
	unsigned long addr = src_vma->vm_start, end = src_vma->vm_end, next;
	pgd_t *dst = pgd_offset(dst_vma->vm_mm, addr), *src = pgd_offset(src_vma->vm_mm, addr);
	int i, err = 0;

	if (!src_vma->vm_anon && !(src_vma->vm_flags & (VM_PFNMAP | VM_MIXEDMAP)))
		return 0;
	for (; addr != end && !err; dst++, src++, addr = next) {
		p4d_t *src_p4d = p4d_offset(src, addr);

		next = pgd_addr_end(addr, end);
		if (!p4d_none(*src_p4d))
			err = dup_puds(&dup, p4d_offset(dst, addr), src_p4d, addr, next);
	}
	for (i = 0; i < NR_MM_COUNTERS; i++)
		if (dup.rss[i])
			add_mm_counter(dst_vma->vm_mm, i, dup.rss[i]);
	return err;
}

/* ---- all VMAs ---- */

static int dup_vma(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *new;
	long account = vma->vm_flags & VM_ACCOUNT ? vma_pages(vma) : 0;

	if (account && security_vm_enough_memory_mm(mm, account))
		return -ENOMEM;
	new = vm_area_dup(vma);
	if (!new) {
		vm_unacct_memory(account);
		return -ENOMEM;
	}
	new->vm_mm = mm;
	vm_flags_clear(new, VM_LOCKED_MASK);
	if (vma->vm_flags & VM_WIPEONFORK)
		new->vm_anon = false;
	vma_adopt_object(new);
	vma_link(mm, new);
	mm->total_vm += vma_pages(vma);
	if (vma->vm_flags & VM_WIPEONFORK)
		return 0;
	return copy_page_range(new, vma);
}

/**
 * dup_mmap - fill a new address space with what another has
 * @mm: new and empty, but for what is copied from the struct
 * @oldmm: the original, current's
 *
 * Context: may sleep.
 * Return: 0; -ENOMEM; -EINTR if a fatal signal came. After a failure @mm holds a part, which
 * mmput() frees.
 */
int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct vm_area_struct *vma;
	int err = 0;

	if (mmap_write_lock_killable(oldmm))
		return -EINTR;
	mmap_write_lock_nested(mm, SINGLE_DEPTH_NESTING);
	mm->data_vm = oldmm->data_vm;
	mm->exec_vm = oldmm->exec_vm;
	mm->stack_vm = oldmm->stack_vm;
	for (vma = oldmm->mmap; vma && !err; vma = vma->vm_next) {
		if (vma->vm_flags & VM_DONTCOPY) {
			vm_stat_account(mm, vma->vm_flags, -vma_pages(vma));
			mm->total_vm += vma_pages(vma);
			continue;
		}
		err = fatal_signal_pending(current) ? -EINTR : dup_vma(mm, vma);
	}
	if (!err)
		err = arch_dup_mmap(oldmm, mm);
	mmap_write_unlock(mm);
	flush_tlb_mm(oldmm);
	mmap_write_unlock(oldmm);
	return err;
}
