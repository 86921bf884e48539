/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FS_ADDRESS_SPACE_H
#define _LINUX_FS_ADDRESS_SPACE_H

/*
 * An object's pages in memory, and who maps them. Included by <linux/fs.h>, which has the lock
 * order.
 */

#include <linux/atomic.h>
#include <linux/errseq.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/xarray.h>

struct file;
struct folio;
struct inode;
struct iov_iter;
struct kiocb;
struct page;
struct readahead_control;
struct writeback_control;

struct address_space_operations {
	int (*writepage)(struct page *page, struct writeback_control *wbc);
	int (*read_folio)(struct file *file, struct folio *folio);
	int (*writepages)(struct address_space *mapping, struct writeback_control *wbc);
	bool (*dirty_folio)(struct address_space *mapping, struct folio *folio);
	void (*readahead)(struct readahead_control *rac);
	int (*write_begin)(struct file *file, struct address_space *mapping, loff_t pos,
			   unsigned int len, struct folio **foliop, void **fsdata);
	int (*write_end)(struct file *file, struct address_space *mapping, loff_t pos,
			 unsigned int len, unsigned int copied, struct folio *folio, void *fsdata);
	sector_t (*bmap)(struct address_space *mapping, sector_t block);
	void (*invalidate_folio)(struct folio *folio, size_t offset, size_t len);
	bool (*release_folio)(struct folio *folio, gfp_t gfp);
	void (*free_folio)(struct folio *folio);
	ssize_t (*direct_IO)(struct kiocb *iocb, struct iov_iter *iter);
	int (*launder_folio)(struct folio *folio);
	bool (*is_partially_uptodate)(struct folio *folio, size_t from, size_t count);
	int (*error_remove_folio)(struct address_space *mapping, struct folio *folio);
};

extern const struct address_space_operations empty_aops;

/**
 * struct address_space - the pages of one object, and who maps them
 * @host: the inode
 * @i_pages: folios by page number; its lock guards the tree and @nrpages
 * @invalidate_lock: shared while pages are brought, exclusive while they are removed for good
 * @gfp_mask: for new pages
 * @i_mmap_writable: VM_SHARED mappings; negative: such are forbidden (sealed)
 * @i_mmap: VMAs by range of pages, under @i_mmap_rwsem
 * @i_mmap_rwsem: see @i_mmap
 * @nrpages: pages in @i_pages
 * @writeback_index: where cyclic writeback goes on
 * @a_ops: the file system's
 * @flags: AS_*, atomic
 * @wb_err: errors of writeback, for fsync() to report once to each open file
 * @i_private_lock: for the owner of @i_private_list
 * @i_private_list: the file system's
 * @i_private_data: the file system's
 */
struct address_space {
	struct inode *host;
	struct xarray i_pages;
	struct rw_semaphore invalidate_lock;
	gfp_t gfp_mask;
	atomic_t i_mmap_writable;
	struct rb_root_cached i_mmap;
	struct rw_semaphore i_mmap_rwsem;
	unsigned long nrpages;
	pgoff_t writeback_index;
	const struct address_space_operations *a_ops;
	unsigned long flags;
	errseq_t wb_err;
	spinlock_t i_private_lock;
	struct list_head i_private_list;
	void *i_private_data;
};

#define PAGECACHE_TAG_DIRTY	XA_MARK_0
#define PAGECACHE_TAG_WRITEBACK	XA_MARK_1
#define PAGECACHE_TAG_TOWRITE	XA_MARK_2

/** mapping_tagged - has any page this PAGECACHE_TAG_*? */
static inline bool mapping_tagged(struct address_space *mapping, xa_mark_t tag)
{
	return xa_marked(&mapping->i_pages, tag);
}

/** i_mmap_lock_write - change who maps it. Context: may sleep */
static inline void i_mmap_lock_write(struct address_space *mapping)
{
	down_write(&mapping->i_mmap_rwsem);
}

/** i_mmap_unlock_write - end i_mmap_lock_write() */
static inline void i_mmap_unlock_write(struct address_space *mapping)
{
	up_write(&mapping->i_mmap_rwsem);
}

/** i_mmap_lock_read - look at who maps it. Context: may sleep */
static inline void i_mmap_lock_read(struct address_space *mapping)
{
	down_read(&mapping->i_mmap_rwsem);
}

/** i_mmap_unlock_read - end i_mmap_lock_read() */
static inline void i_mmap_unlock_read(struct address_space *mapping)
{
	up_read(&mapping->i_mmap_rwsem);
}

/** mapping_mapped - does anybody map it? It may be old news */
static inline bool mapping_mapped(const struct address_space *mapping)
{
	return !RB_EMPTY_ROOT(&mapping->i_mmap.rb_root);
}

/** mapping_writably_mapped - is there a shared writable mapping? It may be old news */
static inline bool mapping_writably_mapped(const struct address_space *mapping)
{
	return atomic_read(&mapping->i_mmap_writable) > 0;
}

/**
 * mapping_map_writable - a shared writable mapping begins
 *
 * Return: 0; -EPERM if they are forbidden.
 */
static inline int mapping_map_writable(struct address_space *mapping)
{
	return atomic_inc_unless_negative(&mapping->i_mmap_writable) ? 0 : -EPERM;
}

/** mapping_unmap_writable - a shared writable mapping ends */
static inline void mapping_unmap_writable(struct address_space *mapping)
{
	atomic_dec(&mapping->i_mmap_writable);
}

/** mapping_deny_writable - forbid shared writable mappings. Return: 0; -EBUSY if there is one */
static inline int mapping_deny_writable(struct address_space *mapping)
{
	return atomic_dec_unless_positive(&mapping->i_mmap_writable) ? 0 : -EBUSY;
}

/** mapping_allow_writable - one shared writable mapping more, beside one that is counted */
static inline void mapping_allow_writable(struct address_space *mapping)
{
	atomic_inc(&mapping->i_mmap_writable);
}

/** filemap_invalidate_lock - remove pages: nobody brings new ones in. Context: may sleep */
static inline void filemap_invalidate_lock(struct address_space *mapping)
{
	down_write(&mapping->invalidate_lock);
}

/** filemap_invalidate_unlock - end filemap_invalidate_lock() */
static inline void filemap_invalidate_unlock(struct address_space *mapping)
{
	up_write(&mapping->invalidate_lock);
}

/** filemap_invalidate_lock_shared - bring pages in: nobody removes them. Context: may sleep */
static inline void filemap_invalidate_lock_shared(struct address_space *mapping)
{
	down_read(&mapping->invalidate_lock);
}

/** filemap_invalidate_unlock_shared - end filemap_invalidate_lock_shared() */
static inline void filemap_invalidate_unlock_shared(struct address_space *mapping)
{
	up_read(&mapping->invalidate_lock);
}

#endif /* _LINUX_FS_ADDRESS_SPACE_H */
