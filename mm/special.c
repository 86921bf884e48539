// SPDX-License-Identifier: MIT
/*
 * Mappings that show no file and no memory of the program's own: the vDSO's pages, and ranges of
 * frames that a driver puts into a page table itself.
 *
 * A special mapping has no file. Its pages are the kernel's and never written by the program; they
 * are named in advance or brought by a function. Drivers' frames may be RAM with a struct page
 * (vm_insert_page(), counted and referenced) or not (remap_pfn_range(), vmf_insert_pfn*(): the
 * entry is special, nothing is counted).
 */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>
#include <asm/pgalloc.h>

#include "vma.h"

/* ---- special mappings ---- */

static vm_fault_t special_fault(struct vm_fault *vmf)
{
	const struct vm_special_mapping *sm = vmf->vma->vm_private_data;
	pgoff_t left = vmf->pgoff;
	struct page **pages;

	if (sm->fault)
		return sm->fault(sm, vmf->vma, vmf);
	for (pages = sm->pages; left && *pages; pages++)
		left--;
	if (!*pages)
		return VM_FAULT_SIGBUS;
	get_page(*pages);
	vmf->page = *pages;
	return 0;
}

static int special_mremap(struct vm_area_struct *vma)
{
	const struct vm_special_mapping *sm = vma->vm_private_data;

	/* Only the program itself knows where it wants it. */
	if (WARN_ON_ONCE(current->mm != vma->vm_mm))
		return -EFAULT;
	return sm->mremap ? sm->mremap(sm, vma) : 0;
}

/* The address of each page has a meaning: a part alone would be useless. */
static int special_may_split(struct vm_area_struct *vma, unsigned long addr)
{
	(void)vma;
	(void)addr;
	return -EINVAL;
}

static const char *special_name(struct vm_area_struct *vma)
{
	const struct vm_special_mapping *sm = vma->vm_private_data;

	return sm->name;
}

static const struct vm_operations_struct special_mapping_vmops = {
	.fault = special_fault,
	.mremap = special_mremap,
	.may_split = special_may_split,
	.name = special_name,
};

/**
 * _install_special_mapping - map pages of the kernel's for a program
 * @mm: current's, or one that exec is making
 * @addr: page aligned; the range is free
 * @len: bytes, page aligned
 * @vm_flags: VM_READ and so on, with VM_MAY*
 * @spec: constant as long as the mapping exists
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: the VMA; an error pointer: -ENOMEM.
 */
struct vm_area_struct *_install_special_mapping(struct mm_struct *mm, unsigned long addr,
						unsigned long len, unsigned long vm_flags,
						const struct vm_special_mapping *spec)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);
	int err;

	if (!vma)
		return ERR_PTR(-ENOMEM);
	vma->vm_start = addr;
	vma->vm_end = addr + len;
	vm_flags_init(vma, (vm_flags | mm->def_flags | VM_DONTEXPAND | VM_SOFTDIRTY) &
			   ~VM_LOCKED_MASK);
	vma->vm_page_prot = vm_get_page_prot(vma->vm_flags);
	vma->vm_ops = &special_mapping_vmops;
	vma->vm_private_data = (void *)spec;
	err = insert_vm_struct(mm, vma);
	if (err) {
		vm_area_free(vma);
		return ERR_PTR(err);
	}
	vm_stat_account(mm, vma->vm_flags, len >> PAGE_SHIFT);
	return vma;
}

/* ---- frames that a driver maps ---- */

static pte_t *alloc_pte_locked(struct mm_struct *mm, unsigned long addr, spinlock_t **ptl)
{
	pud_t *pud = pud_alloc(mm, p4d_offset(pgd_offset(mm, addr), addr), addr);
	pmd_t *pmd = pud ? pmd_alloc(mm, pud, addr) : NULL;

	return pmd ? pte_alloc_map_lock(mm, pmd, addr, ptl) : NULL;
}

/* Set an entry that is empty; the caller's reference to a page becomes the entry's. */
static int insert_entry(struct vm_area_struct *vma, unsigned long addr, pte_t entry,
			struct page *page)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *ptl;
	pte_t *pte;
	int err = -EBUSY;

	if (addr < vma->vm_start || addr >= vma->vm_end)
		return -EFAULT;
	pte = alloc_pte_locked(mm, addr, &ptl);
	if (!pte)
		return -ENOMEM;
	if (pte_none(ptep_get(pte))) {
		if (page) {
			atomic_inc(&page_folio(page)->_mapcount);
			inc_mm_counter(mm, MM_FILEPAGES);
		}
		set_pte_at(mm, addr, pte, entry);
		err = 0;
	}
	pte_unmap_unlock(pte, ptl);
	return err;
}

/**
 * vm_insert_page - map one page of RAM for a program
 * @vma: VM_MIXEDMAP is set, if mmap_lock is held for writing
 * @addr: page aligned, in @vma
 * @page: not anonymous; the mapping takes a reference
 *
 * Context: mmap_lock held; may sleep.
 * Return: 0; -EINVAL, -EFAULT, -ENOMEM, -EBUSY.
 */
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page)
{
	int err;

	if (!page_count(page) || PageAnon(page) || page_has_type(page))
		return -EINVAL;
	if (!(vma->vm_flags & VM_MIXEDMAP))
		vm_flags_set(vma, VM_MIXEDMAP);
	get_page(page);
	err = insert_entry(vma, addr, mk_pte(page, vma->vm_page_prot), page);
	if (err)
		put_page(page);
	return err;
}
EXPORT_SYMBOL(vm_insert_page);

static vm_fault_t error_to_fault(int err)
{
	/* Somebody was faster: as good. */
	if (!err || err == -EBUSY)
		return VM_FAULT_NOPAGE;
	return err == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
}

/**
 * vmf_insert_page - vm_insert_page() for a fault handler
 * @vma: the area
 * @addr: page aligned, in @vma
 * @page: not anonymous; the mapping takes a reference
 *
 * Return: VM_FAULT_NOPAGE, also if somebody was faster; VM_FAULT_OOM, VM_FAULT_SIGBUS.
 */
vm_fault_t vmf_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page)
{
	return error_to_fault(vm_insert_page(vma, addr, page));
}
EXPORT_SYMBOL(vmf_insert_page);

/**
 * vmf_insert_pfn_prot - map a frame in a fault handler
 * @vma: VM_PFNMAP or VM_MIXEDMAP
 * @addr: page aligned
 * @pfn: the frame; nothing is counted for it
 * @pgprot: of the entry
 *
 * Return: VM_FAULT_NOPAGE, VM_FAULT_OOM, VM_FAULT_SIGBUS.
 */
vm_fault_t vmf_insert_pfn_prot(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
			       pgprot_t pgprot)
{
	return error_to_fault(insert_entry(vma, addr, pte_mkspecial(pfn_pte(pfn, pgprot)), NULL));
}
EXPORT_SYMBOL(vmf_insert_pfn_prot);

/**
 * vmf_insert_pfn - vmf_insert_pfn_prot() with the area's own protection
 * @vma: VM_PFNMAP or VM_MIXEDMAP
 * @addr: page aligned
 * @pfn: the frame; nothing is counted for it
 *
 * Return: VM_FAULT_NOPAGE, VM_FAULT_OOM, VM_FAULT_SIGBUS.
 */
vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn)
{
	return vmf_insert_pfn_prot(vma, addr, pfn, vma->vm_page_prot);
}
EXPORT_SYMBOL(vmf_insert_pfn);

/**
 * remap_pfn_range - map frames that lie one after the other
 * @vma: in mmap()
 * @addr: page aligned
 * @pfn: the first
 * @size: bytes
 * @prot: of the entries
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: 0; -EINVAL, -ENOMEM, -EBUSY. What was mapped goes with the VMA.
 */
int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		    unsigned long size, pgprot_t prot)
{
	unsigned long end = addr + PAGE_ALIGN(size);
	int err = 0;

	if (!PAGE_ALIGNED(addr) || end <= addr)
		return -EINVAL;
	/* A private mapping would have to know which frame was copied: only whole VMAs. */
	if (is_cow_mapping(vma->vm_flags)) {
		if (addr != vma->vm_start || end != vma->vm_end)
			return -EINVAL;
		vma->vm_pgoff = pfn;
	}
	vm_flags_set(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP);
	for (; addr < end && !err; addr += PAGE_SIZE, pfn++)
		err = insert_entry(vma, addr, pte_mkspecial(pfn_pte(pfn, prot)), NULL);
	return err;
}
EXPORT_SYMBOL(remap_pfn_range);
