// SPDX-License-Identifier: MIT
/*
 * mincore(2) and msync(2): what of a mapping is in memory, and what of it is on disk.
 */

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"

/*
 * A file's pages are told of only to somebody who could read or write the file: what others have
 * brought into memory is their affair.
 */
static bool may_know_of_cache(struct vm_area_struct *vma)
{
	if (vma_is_anonymous(vma))
		return true;
	if (!vma->vm_file)
		return false;
	return inode_owner_or_capable(&nop_mnt_idmap, file_inode(vma->vm_file)) ||
	       file_permission(vma->vm_file, MAY_WRITE) == 0;
}

static unsigned char page_is_there(struct vm_area_struct *vma, unsigned long addr)
{
	pte_t *pte = walk_user_pte(vma->vm_mm, addr);
	struct folio *folio;
	unsigned char there;

	if (pte && !pte_none(ptep_get(pte)))
		return 1;
	if (!vma->vm_file)
		return 0;
	folio = filemap_get_folio(vma->vm_file->f_mapping, linear_page_index(vma, addr));
	if (IS_ERR(folio))
		return 0;
	there = folio_test_uptodate(folio);
	folio_put(folio);
	return there;
}

/* At most a page of answers; returns how many, -ENOMEM at a hole. */
static long do_mincore(unsigned long addr, unsigned long pages, unsigned char *vec)
{
	struct vm_area_struct *vma = vma_lookup(current->mm, addr);
	unsigned long end, i;

	if (!vma)
		return -ENOMEM;
	end = min(vma->vm_end, addr + (pages << PAGE_SHIFT));
	pages = (end - addr) >> PAGE_SHIFT;
	if (!may_know_of_cache(vma)) {
		memset(vec, 1, pages);
		return pages;
	}
	for (i = 0; i < pages; i++)
		vec[i] = page_is_there(vma, addr + (i << PAGE_SHIFT));
	return pages;
}

SYSCALL_DEFINE3(mincore, unsigned long, start, size_t, len, unsigned char __user *, vec)
{
	unsigned long pages;
	unsigned char *tmp;
	long n = 0;

	start = untagged_addr(start);
	if (offset_in_page(start))
		return -EINVAL;
	if (start + len < start || start + len > current->mm->task_size)
		return -ENOMEM;
	pages = DIV_ROUND_UP(len, PAGE_SIZE);
	if (!access_ok(vec, pages))
		return -EFAULT;
	tmp = (void *)__get_free_page(GFP_USER);
	if (!tmp)
		return -EAGAIN;
	while (pages) {
		mmap_read_lock(current->mm);
		n = do_mincore(start, min(pages, PAGE_SIZE), tmp);
		mmap_read_unlock(current->mm);
		if (n <= 0)
			break;
		if (copy_to_user(vec, tmp, n)) {
			n = -EFAULT;
			break;
		}
		pages -= n;
		vec += n;
		start += n << PAGE_SHIFT;
		n = 0;
	}
	free_page((unsigned long)tmp);
	return n;
}

/* ---- msync ---- */

SYSCALL_DEFINE3(msync, unsigned long, start, size_t, len, int, flags)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned long end;
	int unmapped = 0, err;

	start = untagged_addr(start);
	if (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC))
		return -EINVAL;
	if (offset_in_page(start))
		return -EINVAL;
	if ((flags & MS_ASYNC) && (flags & MS_SYNC))
		return -EINVAL;
	len = PAGE_ALIGN(len);
	end = start + len;
	if (end < start)
		return -ENOMEM;
	if (end == start)
		return 0;

	mmap_read_lock(mm);
	for (vma = find_vma(mm, start); start < end; vma = find_vma(mm, start)) {
		struct file *file;
		loff_t first, last;

		if (!vma) {
			unmapped = -ENOMEM;
			break;
		}
		if (start < vma->vm_start) {
			unmapped = -ENOMEM;
			start = vma->vm_start;
			continue;
		}
		if ((flags & MS_INVALIDATE) && (vma->vm_flags & VM_LOCKED)) {
			mmap_read_unlock(mm);
			return -EBUSY;
		}
		file = vma->vm_file;
		first = (loff_t)linear_page_index(vma, start) << PAGE_SHIFT;
		last = first + min(end, vma->vm_end) - start - 1;
		start = vma->vm_end;
		if (!(flags & MS_SYNC) || !file || !(vma->vm_flags & VM_SHARED))
			continue;
		/* Writing takes its time: the mapping may go meanwhile. */
		get_file(file);
		mmap_read_unlock(mm);
		err = vfs_fsync_range(file, first, last, 1);
		fput(file);
		if (err)
			return err;
		mmap_read_lock(mm);
	}
	mmap_read_unlock(mm);
	return unmapped;
}
