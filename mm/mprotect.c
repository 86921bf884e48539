// SPDX-License-Identifier: MIT
/*
 * mprotect(2): change the rights of mapped memory.
 *
 * First the VMAs, cut so that the range is made of whole ones, then the entries that exist, then
 * the TLBs. Rights that are taken away are gone on every CPU when the call returns; rights that are
 * given may be noticed late, by a fault that finds nothing to do.
 */

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/personality.h>
#include <linux/pgtable.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <asm/tlbflush.h>

#include "vma.h"

/* ---- the page table ---- */

struct change {
	struct vm_area_struct *vma;
	pgprot_t prot;
	long pages;
};

/*
 * An entry that may be written right away saves a fault: a private page that is ours alone and
 * dirty already.
 */
static bool stays_writable(const struct change *c, unsigned long addr, pte_t pte)
{
	struct page *page;

	if (!(c->vma->vm_flags & VM_WRITE) || !pte_dirty(pte))
		return false;
	if (c->vma->vm_flags & VM_SHARED)
		return true;
	page = vm_normal_page(c->vma, addr, pte);
	return page && PageAnon(page) && page_ref_count(page) == 1;
}

static void change_ptes(struct change *c, pmd_t *pmd, unsigned long addr, unsigned long end)
{
	struct mm_struct *mm = c->vma->vm_mm;
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl), *first = pte;

	if (!pte)
		return;
	for (; addr != end; pte++, addr += PAGE_SIZE) {
		pte_t old, new;

		if (pte_none(ptep_get(pte)))
			continue;
		/* Cleared while it changes: the CPU sets bits in a live entry. */
		old = ptep_get_and_clear(mm, addr, pte);
		new = pte_modify(old, c->prot);
		if (stays_writable(c, addr, old))
			new = pte_mkwrite(new, c->vma);
		set_pte_at(mm, addr, pte, new);
		c->pages++;
	}
	pte_unmap_unlock(first, ptl);
}

static void change_pmds(struct change *c, pud_t *pud, unsigned long addr, unsigned long end)
{
	pmd_t *pmd = pmd_offset(pud, addr);
	unsigned long next;

	for (; addr != end; pmd++, addr = next) {
		next = pmd_addr_end(addr, end);
		if (!pmd_none(*pmd))
			change_ptes(c, pmd, addr, next);
		cond_resched();
	}
}

static void change_puds(struct change *c, p4d_t *p4d, unsigned long addr, unsigned long end)
{
	pud_t *pud = pud_offset(p4d, addr);
	unsigned long next;

	for (; addr != end; pud++, addr = next) {
		next = pud_addr_end(addr, end);
		if (!pud_none(*pud))
			change_pmds(c, pud, addr, next);
	}
}

/**
 * change_protection - make the entries of a range agree with its VMA
 * @vma: contains the range; its vm_page_prot is the new one
 * @start: page aligned
 * @end: page aligned
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: entries that were changed.
 */
long change_protection(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct change c = { .vma = vma, .prot = vma->vm_page_prot };
	unsigned long addr = start, next;
	pgd_t *pgd = pgd_offset(vma->vm_mm, addr);

	for (; addr != end; pgd++, addr = next) {
		p4d_t *p4d = p4d_offset(pgd, addr);

		next = pgd_addr_end(addr, end);
		if (!p4d_none(*p4d))
			change_puds(&c, p4d, addr, next);
	}
	if (c.pages)
		flush_tlb_range(vma, start, end);
	return c.pages;
}

/* ---- the VMAs ---- */

/* New private writable pages may have to exist one day. */
static int account_change(struct vm_area_struct *vma, vm_flags_t *newflags, long pages)
{
	struct mm_struct *mm = vma->vm_mm;

	if (!(*newflags & VM_WRITE) || (vma->vm_flags & (VM_ACCOUNT | VM_WRITE | VM_SHARED |
							VM_NORESERVE)))
		return 0;
	if (!may_expand_vm(mm, *newflags, pages) && may_expand_vm(mm, vma->vm_flags, pages))
		return -ENOMEM;
	if (security_vm_enough_memory_mm(mm, pages))
		return -ENOMEM;
	*newflags |= VM_ACCOUNT;
	return 0;
}

static struct vm_area_struct *protect_vma(struct vm_area_struct *vma, unsigned long start,
					  unsigned long end, vm_flags_t newflags)
{
	struct mm_struct *mm = vma->vm_mm;
	vm_flags_t oldflags = vma->vm_flags;
	long pages = (end - start) >> PAGE_SHIFT;
	int err;

	if (newflags == oldflags)
		return vma;
	err = account_change(vma, &newflags, pages);
	if (err)
		return ERR_PTR(err);
	vma = vma_change_flags(vma, start, end, newflags);
	if (IS_ERR(vma)) {
		if ((newflags & VM_ACCOUNT) && !(oldflags & VM_ACCOUNT))
			vm_unacct_memory(pages);
		return vma;
	}
	vm_stat_account(mm, oldflags, -pages);
	vm_stat_account(mm, newflags, pages);
	change_protection(vma, start, end);
	return vma;
}

static int protect_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			 unsigned long prot, int grows)
{
	bool rier = (current->personality & READ_IMPLIES_EXEC) && (prot & PROT_READ);
	struct vm_area_struct *vma = find_vma(mm, start);
	vm_flags_t newflags;
	unsigned long upto;
	int err;

	if (!vma)
		return -ENOMEM;
	if (grows & PROT_GROWSDOWN) {
		if (vma->vm_start >= end)
			return -ENOMEM;
		if (!(vma->vm_flags & VM_GROWSDOWN))
			return -EINVAL;
		start = vma->vm_start;
	} else if (vma->vm_start > start) {
		return -ENOMEM;
	}

	for (; start < end; start = upto) {
		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		upto = min(end, vma->vm_end);
		if (rier && (vma->vm_flags & VM_MAYEXEC))
			newflags = calc_vm_prot_bits(prot | PROT_EXEC, 0);
		else
			newflags = calc_vm_prot_bits(prot, 0);
		newflags |= vma->vm_flags & ~VM_ACCESS_FLAGS;
		/* VM_MAY* are VM_*, four bits up. */
		if ((newflags & ~(newflags >> 4)) & VM_ACCESS_FLAGS)
			return -EACCES;
		err = security_file_mprotect(vma, prot, prot);
		if (err)
			return err;
		if (vma->vm_ops && vma->vm_ops->mprotect) {
			err = vma->vm_ops->mprotect(vma, start, upto, newflags);
			if (err)
				return err;
		}
		vma = protect_vma(vma, start, upto, newflags);
		if (IS_ERR(vma))
			return PTR_ERR(vma);
		if (vma->vm_end <= upto)
			vma = vma->vm_next;
	}
	return 0;
}

SYSCALL_DEFINE3(mprotect, unsigned long, start, size_t, len, unsigned long, prot)
{
	struct mm_struct *mm = current->mm;
	int grows = prot & (PROT_GROWSDOWN | PROT_GROWSUP), err;
	unsigned long end;

	start = untagged_addr(start);
	prot &= ~(PROT_GROWSDOWN | PROT_GROWSUP);
	if (grows == (PROT_GROWSDOWN | PROT_GROWSUP))
		return -EINVAL;
	if (offset_in_page(start))
		return -EINVAL;
	if (!len)
		return 0;
	len = PAGE_ALIGN(len);
	end = start + len;
	if (end <= start)
		return -ENOMEM;
	if (!arch_validate_prot(prot, start))
		return -EINVAL;
	/* No machine here has a stack that grows up. */
	if (grows & PROT_GROWSUP)
		return -EINVAL;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	err = protect_range(mm, start, end, prot, grows);
	mmap_write_unlock(mm);
	return err;
}
