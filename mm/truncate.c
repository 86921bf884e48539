// SPDX-License-Identifier: MIT
/*
 * Taking pages of an object away: truncation, holes, and the end of an inode.
 *
 * The order that makes it safe against everybody else:
 *
 *	1. the size is set		new faults and reads beyond it fail
 *	2. mappings are zapped		programs fault again, and find 1
 *	3. folios are removed, each locked
 *	4. mappings are zapped again	for a fault that was between its look at the size and its
 *					entry; private copies of it are the program's own data, and
 *					go too, as POSIX has it
 */

#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>

#include "internal.h"

#define TRUNCATE_BATCH	16

/* ---- mappings ---- */

/**
 * unmap_mapping_pages - take pages of an object out of all page tables
 * @mapping: the object's
 * @start: first page
 * @nr: how many; 0: to the end
 * @even_cows: private copies too
 *
 * Context: may sleep.
 */
void unmap_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t nr, bool even_cows)
{
	pgoff_t last = nr ? start + nr - 1 : ULONG_MAX;
	struct vm_area_struct *vma;

	if (last < start)
		last = ULONG_MAX;
	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, start, last) {
		pgoff_t first = max(start, vma->vm_pgoff);
		pgoff_t end = min(last, vma->vm_pgoff + vma_pages(vma) - 1);

		zap_file_pages(vma, vma->vm_start + ((first - vma->vm_pgoff) << PAGE_SHIFT),
			       (end - first + 1) << PAGE_SHIFT, even_cows);
	}
	i_mmap_unlock_read(mapping);
}
EXPORT_SYMBOL_GPL(unmap_mapping_pages);

/**
 * unmap_mapping_range - unmap_mapping_pages(), in bytes
 * @mapping: the object's
 * @holebegin: first byte; rounded up to a page
 * @holelen: bytes, 0: to the end
 * @even_cows: private copies too
 */
void unmap_mapping_range(struct address_space *mapping, loff_t holebegin, loff_t holelen,
			 int even_cows)
{
	pgoff_t first = (pgoff_t)DIV_ROUND_UP_ULL(holebegin, PAGE_SIZE);
	pgoff_t end = holelen ? (pgoff_t)((holebegin + holelen) >> PAGE_SHIFT) : 0;

	if (holelen && end <= first)
		return;
	unmap_mapping_pages(mapping, first, holelen ? end - first : 0, even_cows);
}
EXPORT_SYMBOL(unmap_mapping_range);

/* ---- folios ---- */

/* Out of the cache for good. Locked. */
static void truncate_folio(struct address_space *mapping, struct folio *folio)
{
	if (folio->mapping != mapping)
		return;
	if (folio_mapped(folio))
		unmap_mapping_pages(mapping, folio->index, folio_nr_pages(folio), false);
	if (mapping->a_ops->invalidate_folio)
		mapping->a_ops->invalidate_folio(folio, 0, folio_size(folio));
	folio_cancel_dirty(folio);
	filemap_remove_folio(folio);
}

/**
 * generic_error_remove_folio - ->error_remove_folio(): drop a folio whose memory has failed
 * @mapping: its page cache
 * @folio: locked
 *
 * Context: may sleep.
 * Return: 0; -EINVAL without a mapping.
 */
int generic_error_remove_folio(struct address_space *mapping, struct folio *folio)
{
	if (!mapping)
		return -EINVAL;
	truncate_folio(mapping, folio);
	return 0;
}
EXPORT_SYMBOL(generic_error_remove_folio);

/* Zero a part of a page that stays. */
static void truncate_partial(struct address_space *mapping, pgoff_t index, size_t from, size_t to)
{
	struct folio *folio;

	if (from >= to)
		return;
	folio = filemap_lock_folio(mapping, index);
	if (IS_ERR(folio))
		return;
	folio_wait_writeback(folio);
	folio_zero_segment(folio, from, to);
	if (mapping->a_ops->invalidate_folio)
		mapping->a_ops->invalidate_folio(folio, from, to - from);
	folio_unlock(folio);
	folio_put(folio);
}

/**
 * truncate_inode_pages_range - remove the pages of a range of bytes
 * @mapping: the object's
 * @lstart: first byte
 * @lend: last byte, inclusive; -1: the end
 *
 * The parts of pages at the edges are zeroed.
 *
 * Context: may sleep. The caller keeps others from adding pages there: the size is set, or the
 * invalidate lock is held for writing.
 */
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart, loff_t lend)
{
	pgoff_t start = (pgoff_t)DIV_ROUND_UP_ULL(lstart, PAGE_SIZE), index = start;
	/* One past the last whole page. */
	pgoff_t end = lend == -1 ? ULONG_MAX : (pgoff_t)((lend + 1) >> PAGE_SHIFT);
	struct folio *folios[TRUNCATE_BATCH];
	unsigned int n, i;

	if (!mapping->nrpages)
		return;
	while (index < end &&
	       (n = filemap_get_folios(mapping, &index, end - 1, folios, TRUNCATE_BATCH))) {
		for (i = 0; i < n; i++) {
			folio_lock(folios[i]);
			folio_wait_writeback(folios[i]);
			truncate_folio(mapping, folios[i]);
			folio_unlock(folios[i]);
			folio_put(folios[i]);
		}
		cond_resched();
	}
	/* The edges: both in one page, or one at each end. */
	if (start > end) {
		truncate_partial(mapping, lstart >> PAGE_SHIFT, offset_in_page(lstart),
				 offset_in_page(lend) + 1);
		return;
	}
	if (offset_in_page(lstart))
		truncate_partial(mapping, lstart >> PAGE_SHIFT, offset_in_page(lstart), PAGE_SIZE);
	if (lend != -1 && offset_in_page(lend + 1))
		truncate_partial(mapping, lend >> PAGE_SHIFT, 0, offset_in_page(lend) + 1);
}
EXPORT_SYMBOL(truncate_inode_pages_range);

/**
 * truncate_inode_pages - remove the pages from a byte on
 * @mapping: the object's
 * @lstart: first byte; the rest of its page is zeroed
 *
 * Context: as truncate_inode_pages_range().
 */
void truncate_inode_pages(struct address_space *mapping, loff_t lstart)
{
	truncate_inode_pages_range(mapping, lstart, -1);
}
EXPORT_SYMBOL(truncate_inode_pages);

/**
 * truncate_inode_pages_final - remove all pages, the inode is going
 * @mapping: the inode's
 *
 * Context: may sleep.
 */
void truncate_inode_pages_final(struct address_space *mapping)
{
	set_bit(AS_EXITING, &mapping->flags);
	truncate_inode_pages(mapping, 0);
}
EXPORT_SYMBOL(truncate_inode_pages_final);

/**
 * truncate_pagecache - remove what lies beyond a new size
 * @inode: its size is set
 * @newsize: the size
 */
void truncate_pagecache(struct inode *inode, loff_t newsize)
{
	struct address_space *mapping = inode->i_mapping;
	loff_t holebegin = round_up(newsize, PAGE_SIZE);

	unmap_mapping_range(mapping, holebegin, 0, 1);
	truncate_inode_pages(mapping, newsize);
	unmap_mapping_range(mapping, holebegin, 0, 1);
}
EXPORT_SYMBOL(truncate_pagecache);

/**
 * truncate_setsize - set the size, and remove what lies beyond
 * @inode: i_rwsem is held for writing
 * @newsize: the size
 */
void truncate_setsize(struct inode *inode, loff_t newsize)
{
	loff_t oldsize = inode->i_size;

	i_size_write(inode, newsize);
	if (newsize > oldsize)
		pagecache_isize_extended(inode, oldsize, newsize);
	truncate_pagecache(inode, newsize);
}
EXPORT_SYMBOL(truncate_setsize);

/**
 * pagecache_isize_extended - a file has grown: see that the page at its old end faults before the
 * next write
 * @inode: the file
 * @from: old size in bytes
 * @to: new size
 *
 * The file system may have given the part behind the old end no place yet; the fault gives it the
 * occasion. With the old end at a block's end there is nothing to do.
 *
 * Context: may sleep.
 */
void pagecache_isize_extended(struct inode *inode, loff_t from, loff_t to)
{
	if (from >= to || !(from & (i_blocksize(inode) - 1)))
		return;
	unmap_mapping_pages(inode->i_mapping, from >> PAGE_SHIFT, 1, false);
}
EXPORT_SYMBOL(pagecache_isize_extended);

/**
 * truncate_pagecache_range - make a hole
 * @inode: its
 * @offset: first byte
 * @end: last byte, inclusive
 *
 * Private copies stay: a hole is no end of the file.
 */
void truncate_pagecache_range(struct inode *inode, loff_t offset, loff_t end)
{
	struct address_space *mapping = inode->i_mapping;
	loff_t unmap_start = round_up(offset, PAGE_SIZE);
	loff_t unmap_end = round_down(end + 1, PAGE_SIZE) - 1;

	if (unmap_end > unmap_start)
		unmap_mapping_range(mapping, unmap_start, unmap_end - unmap_start + 1, 0);
	truncate_inode_pages_range(mapping, offset, end);
}
EXPORT_SYMBOL(truncate_pagecache_range);

/**
 * invalidate_mapping_pages - give clean, unused pages back
 * @mapping: the object's
 * @start: first page
 * @end: last page
 *
 * Return: how many went. Locked, dirty, mapped and used ones stay.
 */
unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	struct folio *folios[TRUNCATE_BATCH];
	unsigned long count = 0;
	unsigned int n, i;

	while (start <= end &&
	       (n = filemap_get_folios(mapping, &start, end, folios, TRUNCATE_BATCH))) {
		for (i = 0; i < n; i++) {
			struct folio *folio = folios[i];

			if (folio_trylock(folio)) {
				/* Two references: the cache's and ours. */
				if (folio->mapping == mapping && !folio_test_dirty(folio) &&
				    !folio_test_writeback(folio) && !folio_mapped(folio) &&
				    folio_ref_count(folio) == 2) {
					filemap_remove_folio(folio);
					count++;
				}
				folio_unlock(folio);
			}
			folio_put(folio);
		}
		cond_resched();
	}
	return count;
}
EXPORT_SYMBOL(invalidate_mapping_pages);
