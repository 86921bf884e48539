// SPDX-License-Identifier: MIT
/*
 * Files in memory: the page faults of mmap(2), answered from the page cache.
 */

#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>

#include "internal.h"

/* One past the last page that has a byte of the file. */
static pgoff_t pages_of(const struct inode *inode)
{
	return DIV_ROUND_UP_ULL(i_size_read(inode), PAGE_SIZE);
}

static vm_fault_t error_to_fault(int err)
{
	return err == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
}

/**
 * filemap_fault - fault of file mappings
 * @vmf: the fault
 *
 * Context: mmap_lock held for reading; may sleep.
 * Return: VM_FAULT_LOCKED with the page in vmf->page; VM_FAULT_SIGBUS past the end of the file or
 * if it can't be read; VM_FAULT_OOM.
 */
vm_fault_t filemap_fault(struct vm_fault *vmf)
{
	struct file *file = vmf->vma->vm_file;
	struct address_space *mapping = file->f_mapping;
	struct inode *inode = mapping->host;
	vm_fault_t ret = VM_FAULT_LOCKED;
	struct folio *folio;
	int err;

	if (unlikely(vmf->pgoff >= pages_of(inode)))
		return VM_FAULT_SIGBUS;
	for (;;) {
		folio = filemap_get_folio(mapping, vmf->pgoff);
		if (!IS_ERR(folio) && folio_test_uptodate(folio)) {
			folio_lock(folio);
		} else {
			if (!IS_ERR(folio))
				folio_put(folio);
			ret |= VM_FAULT_MAJOR;
			filemap_invalidate_lock_shared(mapping);
			folio = read_cache_folio(mapping, vmf->pgoff, file);
			filemap_invalidate_unlock_shared(mapping);
			if (IS_ERR(folio)) {
				err = PTR_ERR(folio);
				return error_to_fault(err);
			}
			folio_lock(folio);
		}
		if (likely(folio->mapping == mapping && folio_test_uptodate(folio)))
			break;
		folio_unlock(folio);
		folio_put(folio);
	}
	/* Truncated while we were busy? Under the lock the answer stays. */
	if (unlikely(vmf->pgoff >= pages_of(inode))) {
		folio_unlock(folio);
		folio_put(folio);
		return VM_FAULT_SIGBUS;
	}
	vmf->page = folio_file_page(folio, vmf->pgoff);
	return ret;
}
EXPORT_SYMBOL(filemap_fault);

/* May this folio be mapped without waiting? Then it is locked. */
static bool lock_mappable(struct address_space *mapping, struct folio *folio)
{
	if (!folio_test_uptodate(folio) || !folio_trylock(folio))
		return false;
	if (folio->mapping == mapping && folio_test_uptodate(folio) &&
	    folio->index < pages_of(mapping->host))
		return true;
	folio_unlock(folio);
	return false;
}

/**
 * filemap_map_pages - map what the cache has round a fault
 * @vmf: the fault
 * @start_pgoff: first page
 * @end_pgoff: last page; all are in one table
 *
 * Context: RCU read side; doesn't sleep.
 * Return: VM_FAULT_NOPAGE if the page of the fault itself was mapped; 0.
 */
vm_fault_t filemap_map_pages(struct vm_fault *vmf, pgoff_t start_pgoff, pgoff_t end_pgoff)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	XA_STATE(xas, &mapping->i_pages, start_pgoff);
	vm_fault_t ret = 0;
	struct folio *folio;
	pte_t *fault_pte;

	fault_pte = pte_offset_map_lock(vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl);
	if (!fault_pte)
		return 0;
	xas_for_each(&xas, folio, end_pgoff) {
		unsigned long addr;

		if (xas_retry(&xas, folio) || xa_is_value(folio) || !folio_try_get(folio))
			continue;
		if (folio != xas_reload(&xas) || !lock_mappable(mapping, folio)) {
			folio_put(folio);
			continue;
		}
		addr = vmf->address + ((folio->index - vmf->pgoff) << PAGE_SHIFT);
		vmf->pte = fault_pte + ((long)folio->index - (long)vmf->pgoff);
		if (pte_none(ptep_get(vmf->pte))) {
			set_pte_range(vmf, folio, &folio->page, 1, addr);
			if (folio->index == vmf->pgoff)
				ret = VM_FAULT_NOPAGE;
			folio_unlock(folio);
		} else {
			folio_unlock(folio);
			folio_put(folio);
		}
	}
	pte_unmap_unlock(fault_pte, vmf->ptl);
	return ret;
}
EXPORT_SYMBOL(filemap_map_pages);

/**
 * filemap_page_mkwrite - ->page_mkwrite() of file systems that need no space set aside
 * @vmf: the fault
 *
 * Context: mmap_lock held; may sleep.
 * Return: VM_FAULT_LOCKED: the page is dirty, and locked; VM_FAULT_NOPAGE if it was truncated.
 */
vm_fault_t filemap_page_mkwrite(struct vm_fault *vmf)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	struct folio *folio = page_folio(vmf->page);

	file_update_time(vmf->vma->vm_file);
	folio_lock(folio);
	if (folio->mapping != mapping) {
		folio_unlock(folio);
		return VM_FAULT_NOPAGE;
	}
	folio_mark_dirty(folio);
	folio_wait_stable(folio);
	return VM_FAULT_LOCKED;
}
EXPORT_SYMBOL(filemap_page_mkwrite);

static const struct vm_operations_struct generic_file_vm_ops = {
	.fault = filemap_fault,
	.map_pages = filemap_map_pages,
	.page_mkwrite = filemap_page_mkwrite,
};

/**
 * generic_file_mmap - ->mmap() of file systems with a page cache
 * @file: the file; its access time is set
 * @vma: gets faults that look in the page cache
 *
 * Context: mmap_lock is held for writing.
 * Return: 0; -ENOEXEC if there is no way to read a page. mmap(2).
 */
int generic_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!file->f_mapping->a_ops->read_folio)
		return -ENOEXEC;
	file_accessed(file);
	vma->vm_ops = &generic_file_vm_ops;
	return 0;
}
EXPORT_SYMBOL(generic_file_mmap);

/**
 * generic_file_readonly_mmap - generic_file_mmap() where nothing can be written back
 * @file: the file
 * @vma: shared and writable, now or by mprotect(2) later, is refused
 *
 * Context: mmap_lock is held for writing.
 * Return: 0, -EINVAL, -ENOEXEC.
 */
int generic_file_readonly_mmap(struct file *file, struct vm_area_struct *vma)
{
	if ((vma->vm_flags & VM_SHARED) && (vma->vm_flags & VM_MAYWRITE))
		return -EINVAL;
	return generic_file_mmap(file, vma);
}
EXPORT_SYMBOL(generic_file_readonly_mmap);
