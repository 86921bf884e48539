/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

/*
 * The page cache: an object's data in memory, by page number.
 *
 * A folio in the cache holds one reference of the cache's. What is known of it:
 *
 *	locked		somebody reads, writes or removes it; folio->mapping can't change
 *	uptodate	it has the object's data (or newer)
 *	dirty		newer than what is stored
 *	writeback	being stored right now
 *
 * Lookups take no lock: the tree is read under RCU, a reference is tried, and the tree is looked at
 * again, since the folio may have left meanwhile.
 *
 *	reader				remover
 *	folio = tree[index]
 *					tree[index] = NULL
 *					references: cache's given up -> 0, freed, used anew
 *	folio_try_get(folio): works
 *	tree[index] != folio: put, again
 */

#include <asm/cacheflush.h>
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/page-flags.h>
#include <linux/uaccess.h>
#include <linux/wait_bit.h>
#include <linux/xarray.h>

/* address_space.flags */
enum mapping_flags {
	AS_EIO = 0,		/* writing failed */
	AS_ENOSPC = 1,
	AS_MM_ALL_LOCKS = 2,
	AS_UNEVICTABLE = 3,	/* pages stay: ramfs, locked shared memory */
	AS_EXITING = 4,		/* the inode is going */
	AS_NO_WRITEBACK_TAGS = 5, /* nothing is ever stored */
};

/** mapping_set_unevictable - the object's pages are to stay in memory */
static inline void mapping_set_unevictable(struct address_space *mapping)
{
	set_bit(AS_UNEVICTABLE, &mapping->flags);
}

/** mapping_clear_unevictable - undo mapping_set_unevictable() */
static inline void mapping_clear_unevictable(struct address_space *mapping)
{
	clear_bit(AS_UNEVICTABLE, &mapping->flags);
}

/** mapping_unevictable - are the object's pages to stay in memory? Not if there is no object */
static inline bool mapping_unevictable(const struct address_space *mapping)
{
	return mapping && test_bit(AS_UNEVICTABLE, &mapping->flags);
}

/** mapping_can_writeback - is there a place where an object's pages are stored? */
static inline bool mapping_can_writeback(const struct address_space *mapping)
{
	return mapping->a_ops && (mapping->a_ops->writepages || mapping->a_ops->writepage);
}

/** mapping_gfp_mask - how an object's pages are allocated */
static inline gfp_t mapping_gfp_mask(const struct address_space *mapping)
{
	return mapping->gfp_mask;
}

/** mapping_gfp_constraint - what @gfp and an object allow both */
static inline gfp_t mapping_gfp_constraint(const struct address_space *mapping, gfp_t gfp)
{
	return mapping_gfp_mask(mapping) & gfp;
}

/** mapping_set_gfp_mask - say how an object's pages are allocated; there are none yet */
static inline void mapping_set_gfp_mask(struct address_space *mapping, gfp_t mask)
{
	mapping->gfp_mask = mask;
}

/**
 * mapping_set_error - remember an error of writeback for whoever syncs
 * @mapping: the object's
 * @error: negative errno; 0: nothing to remember
 */
static inline void mapping_set_error(struct address_space *mapping, int error)
{
	if (likely(!error))
		return;
	errseq_set(&mapping->wb_err, error);
	set_bit(error == -ENOSPC ? AS_ENOSPC : AS_EIO, &mapping->flags);
}

void address_space_init_once(struct address_space *mapping);

/* ---- a folio's place ---- */

/** folio_next_index - index of the page behind a folio */
static inline pgoff_t folio_next_index(const struct folio *folio)
{
	return folio->index + folio_nr_pages(folio);
}

/** folio_pos - position in its object of a folio's first byte */
static inline loff_t folio_pos(const struct folio *folio)
{
	return (loff_t)folio->index << PAGE_SHIFT;
}

/** page_offset - position in its object of a page's first byte */
static inline loff_t page_offset(const struct page *page)
{
	return (loff_t)page->index << PAGE_SHIFT;
}

/** offset_in_folio - where in its folio a position lies */
static inline size_t offset_in_folio(const struct folio *folio, loff_t pos)
{
	return pos & (folio_size(folio) - 1);
}

/** folio_file_page - the page of a folio that has an index in its object */
static inline struct page *folio_file_page(struct folio *folio, pgoff_t index)
{
	return folio_page(folio, index & (folio_nr_pages(folio) - 1));
}

/** folio_mapping - the object of a folio; NULL for anonymous memory */
static inline struct address_space *folio_mapping(const struct folio *folio)
{
	return folio_test_anon(folio) ? NULL : folio->mapping;
}

/* ---- locked ---- */

void __folio_lock(struct folio *folio);
int __folio_lock_killable(struct folio *folio);
void folio_unlock(struct folio *folio);

/** folio_trylock - folio_lock() that doesn't wait. Return: whether the lock is ours */
static inline bool folio_trylock(struct folio *folio)
{
	return likely(!test_and_set_bit_lock(PG_locked, &folio->flags));
}

/**
 * folio_lock - wait for, and take, the lock of a folio
 * @folio: referenced
 *
 * Context: may sleep. Several are locked by rising index.
 */
static inline void folio_lock(struct folio *folio)
{
	might_sleep();
	if (!folio_trylock(folio))
		__folio_lock(folio);
}

/** folio_lock_killable - folio_lock(), or a fatal signal. Return: 0, -EINTR */
static inline int folio_lock_killable(struct folio *folio)
{
	might_sleep();
	return folio_trylock(folio) ? 0 : __folio_lock_killable(folio);
}

/** lock_page - folio_lock() by a page */
static inline void lock_page(struct page *page)
{
	folio_lock(page_folio(page));
}

/** unlock_page - folio_unlock() by a page */
static inline void unlock_page(struct page *page)
{
	folio_unlock(page_folio(page));
}

/** trylock_page - folio_trylock() by a page */
static inline bool trylock_page(struct page *page)
{
	return folio_trylock(page_folio(page));
}

/**
 * folio_wait_locked - wait until nobody has it locked; who takes it next is another matter
 *
 * Context: may sleep
 */
static inline void folio_wait_locked(struct folio *folio)
{
	wait_on_bit_io(&folio->flags, PG_locked, TASK_UNINTERRUPTIBLE);
}

/** folio_wait_locked_killable - folio_wait_locked(), or a fatal signal. Return: 0, -EINTR */
static inline int folio_wait_locked_killable(struct folio *folio)
{
	return wait_on_bit_io(&folio->flags, PG_locked, TASK_KILLABLE);
}

/** folio_wait_writeback - wait until it isn't being stored. Context: may sleep */
static inline void folio_wait_writeback(struct folio *folio)
{
	wait_on_bit_io(&folio->flags, PG_writeback, TASK_UNINTERRUPTIBLE);
}

/**
 * folio_wait_stable - wait if its device needs the data unchanged while it stores it
 *
 * Context: may sleep.
 */
static inline void folio_wait_stable(struct folio *folio)
{
	if (folio->mapping && folio->mapping->host &&
	    (folio->mapping->host->i_sb->s_iflags & SB_I_STABLE_WRITES))
		folio_wait_writeback(folio);
}

void folio_end_read(struct folio *folio, bool success);

/* ---- dirty, used ---- */

bool folio_mark_dirty(struct folio *folio);
bool filemap_dirty_folio(struct address_space *mapping, struct folio *folio);
bool noop_dirty_folio(struct address_space *mapping, struct folio *folio);
void folio_cancel_dirty(struct folio *folio);
int set_page_dirty(struct page *page);
void folio_mark_accessed(struct folio *folio);

/* ---- finding and adding (mm/filemap.c) ---- */

typedef unsigned int __bitwise fgf_t;
#define FGP_ACCESSED	((__force fgf_t)0x00000001)
#define FGP_LOCK	((__force fgf_t)0x00000002)
#define FGP_CREAT	((__force fgf_t)0x00000004)
#define FGP_WRITE	((__force fgf_t)0x00000008)
#define FGP_NOFS	((__force fgf_t)0x00000010)
#define FGP_NOWAIT	((__force fgf_t)0x00000020)
#define FGP_FOR_MMAP	((__force fgf_t)0x00000040)
#define FGP_STABLE	((__force fgf_t)0x00000080)
#define FGP_WRITEBEGIN	(FGP_LOCK | FGP_WRITE | FGP_CREAT | FGP_STABLE)

struct folio *filemap_get_entry(struct address_space *mapping, pgoff_t index);
struct folio *__filemap_get_folio(struct address_space *mapping, pgoff_t index, fgf_t fgp_flags,
				  gfp_t gfp);
int filemap_add_folio(struct address_space *mapping, struct folio *folio, pgoff_t index,
		      gfp_t gfp);
void filemap_remove_folio(struct folio *folio);
unsigned int filemap_get_folios(struct address_space *mapping, pgoff_t *start, pgoff_t end,
				struct folio **folios, unsigned int max);
struct folio *read_cache_folio(struct address_space *mapping, pgoff_t index, struct file *file);

/** filemap_get_folio - the folio at an index, referenced; ERR_PTR(-ENOENT) */
static inline struct folio *filemap_get_folio(struct address_space *mapping, pgoff_t index)
{
	return __filemap_get_folio(mapping, index, 0, 0);
}

/**
 * filemap_lock_folio - the folio at an index, referenced and locked; ERR_PTR(-ENOENT)
 *
 * Context: may sleep.
 */
static inline struct folio *filemap_lock_folio(struct address_space *mapping, pgoff_t index)
{
	return __filemap_get_folio(mapping, index, FGP_LOCK, 0);
}

/**
 * filemap_grab_folio - the folio at an index, made if there is none
 * @mapping: the object's
 * @index: which
 *
 * Context: may sleep.
 * Return: the folio, referenced and locked; an error pointer.
 */
static inline struct folio *filemap_grab_folio(struct address_space *mapping, pgoff_t index)
{
	return __filemap_get_folio(mapping, index, FGP_LOCK | FGP_ACCESSED | FGP_CREAT,
				   mapping_gfp_mask(mapping));
}

/** filemap_alloc_folio - a folio that is to go into a page cache; NULL */
static inline struct folio *filemap_alloc_folio(gfp_t gfp, unsigned int order)
{
	return folio_alloc(gfp, order);
}

/** find_lock_page - filemap_lock_folio() by page; NULL */
static inline struct page *find_lock_page(struct address_space *mapping, pgoff_t index)
{
	struct folio *folio = filemap_lock_folio(mapping, index);

	return IS_ERR(folio) ? NULL : folio_file_page(folio, index);
}

/* ---- reading, writing, mapping ---- */

ssize_t filemap_read(struct kiocb *iocb, struct iov_iter *iter, ssize_t already_read);
ssize_t generic_file_read_iter(struct kiocb *iocb, struct iov_iter *iter);
ssize_t generic_perform_write(struct kiocb *iocb, struct iov_iter *i);
ssize_t __generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from);
ssize_t generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from);
vm_fault_t filemap_fault(struct vm_fault *vmf);
vm_fault_t filemap_map_pages(struct vm_fault *vmf, pgoff_t start_pgoff, pgoff_t end_pgoff);
vm_fault_t filemap_page_mkwrite(struct vm_fault *vmf);
int generic_file_mmap(struct file *file, struct vm_area_struct *vma);
int generic_file_readonly_mmap(struct file *file, struct vm_area_struct *vma);
int filemap_write_and_wait_range(struct address_space *mapping, loff_t lstart, loff_t lend);

/* ---- removing (mm/truncate.c) ---- */

void truncate_inode_pages(struct address_space *mapping, loff_t lstart);
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart, loff_t lend);
void truncate_inode_pages_final(struct address_space *mapping);
void truncate_pagecache(struct inode *inode, loff_t newsize);
void truncate_pagecache_range(struct inode *inode, loff_t offset, loff_t end);
void truncate_setsize(struct inode *inode, loff_t newsize);
void pagecache_isize_extended(struct inode *inode, loff_t from, loff_t to);
unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t end);
void unmap_mapping_range(struct address_space *mapping, loff_t holebegin, loff_t holelen,
			 int even_cows);
void unmap_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t nr, bool even_cows);
int generic_error_remove_folio(struct address_space *mapping, struct folio *folio);

/* ---- VMAs of a file, by page (mm/interval_tree.c) ---- */

void vma_interval_tree_insert(struct vm_area_struct *node, struct rb_root_cached *root);
void vma_interval_tree_remove(struct vm_area_struct *node, struct rb_root_cached *root);
struct vm_area_struct *vma_interval_tree_iter_first(struct rb_root_cached *root,
						    unsigned long start, unsigned long last);
struct vm_area_struct *vma_interval_tree_iter_next(struct vm_area_struct *node,
						   unsigned long start, unsigned long last);

#define vma_interval_tree_foreach(vma, root, start, last)		\
	for (vma = vma_interval_tree_iter_first(root, start, last); vma; \
	     vma = vma_interval_tree_iter_next(vma, start, last))

/* ---- user memory, before it is touched with page faults disabled (mm/gup.c) ---- */

size_t fault_in_readable(const char __user *uaddr, size_t size);
size_t fault_in_writeable(char __user *uaddr, size_t size);
size_t fault_in_subpage_writeable(char __user *uaddr, size_t size);
size_t fault_in_safe_writeable(const char __user *uaddr, size_t size);

#endif /* _LINUX_PAGEMAP_H */
