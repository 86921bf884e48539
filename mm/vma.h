/* SPDX-License-Identifier: MIT */
#ifndef _MM_VMA_H
#define _MM_VMA_H

/*
 * VMAs as mm/ sees them: putting them into the tree, cutting and joining them. Everything here is
 * called with mmap_lock held for writing.
 */

#include <linux/mm.h>
#include <linux/mmap_lock.h>

/* What is looked for by vm_unmapped_area(). */
struct vm_unmapped_area_info {
#define VM_UNMAPPED_AREA_TOPDOWN	1
	unsigned long flags;
	unsigned long length;
	unsigned long low_limit;
	unsigned long high_limit;
	unsigned long align_mask;	/* start & align_mask == align_offset & align_mask */
	unsigned long align_offset;
};

unsigned long vm_unmapped_area(const struct vm_unmapped_area_info *info);

/* Writes to it reach the object, now or after an mprotect(). */
static inline bool vma_is_shared_maywrite(const struct vm_area_struct *vma)
{
	return (vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == (VM_SHARED | VM_MAYWRITE);
}

void vma_adopt_object(struct vm_area_struct *vma);
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma);
void vma_unlink(struct vm_area_struct *vma);
void vma_remove(struct vm_area_struct *vma);
void vma_set_range(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		   pgoff_t pgoff);
int split_vma(struct vm_area_struct *vma, unsigned long addr);
struct vm_area_struct *vma_isolate(struct vm_area_struct *vma, unsigned long start,
				   unsigned long end);
struct vm_area_struct *vma_join(struct vm_area_struct *vma);
struct vm_area_struct *vma_extend(struct mm_struct *mm, unsigned long start, unsigned long end,
				  vm_flags_t flags, struct file *file, pgoff_t pgoff);
struct vm_area_struct *vma_change_flags(struct vm_area_struct *vma, unsigned long start,
					unsigned long end, vm_flags_t flags);
struct vm_area_struct *copy_vma(struct vm_area_struct *vma, unsigned long addr,
				unsigned long len, pgoff_t pgoff);
int do_vmi_munmap(struct mm_struct *mm, unsigned long start, unsigned long end);

/* mm/unmap.c */
void unmap_vmas_range(struct mm_struct *mm, struct vm_area_struct *first, unsigned long start,
		      unsigned long end);
void unmap_all(struct mm_struct *mm);

#endif /* _MM_VMA_H */
