// SPDX-License-Identifier: MIT
/*
 * The VMAs that map a file, by the pages of it that they show: who maps page n?
 */

#include <linux/fs.h>
#include <linux/interval_tree_generic.h>
#include <linux/mm.h>
#include <linux/pagemap.h>

static inline unsigned long vma_first_page(struct vm_area_struct *vma)
{
	return vma->vm_pgoff;
}

static inline unsigned long vma_last_page(struct vm_area_struct *vma)
{
	return vma->vm_pgoff + vma_pages(vma) - 1;
}

INTERVAL_TREE_DEFINE(struct vm_area_struct, shared.rb, unsigned long, shared.rb_subtree_last,
		     vma_first_page, vma_last_page, /* extern */, vma_interval_tree)
