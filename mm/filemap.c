// SPDX-License-Identifier: MIT
/*
 * The page cache: finding, adding and removing folios; their locks and flags. The model is in
 * <linux/pagemap.h>; reading and writing through it in filemap_io.c, mapping it in filemap_map.c,
 * cutting it off in truncate.c.
 *
 * i_pages.xa_lock guards the tree, nrpages, and folio->mapping of what is in it. Folios have one
 * page.
 */

#include <linux/pagemap.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/wait_bit.h>

#include "internal.h"

/**
 * address_space_init_once - an empty page cache
 * @mapping: memory for it; for the constructor of an inode cache
 */
void address_space_init_once(struct address_space *mapping)
{
	memset(mapping, 0, sizeof(*mapping));
	xa_init_flags(&mapping->i_pages, XA_FLAGS_LOCK_IRQ | XA_FLAGS_ACCOUNT);
	init_rwsem(&mapping->i_mmap_rwsem);
	init_rwsem(&mapping->invalidate_lock);
	spin_lock_init(&mapping->i_private_lock);
	INIT_LIST_HEAD(&mapping->i_private_list);
	mapping->i_mmap = RB_ROOT_CACHED;
	mapping->gfp_mask = GFP_HIGHUSER_MOVABLE;
}
EXPORT_SYMBOL(address_space_init_once);

const struct address_space_operations empty_aops = { };
EXPORT_SYMBOL(empty_aops);

/* ---- locks ---- */

/**
 * __folio_lock - folio_lock() when the lock was taken: wait for it
 * @folio: referenced
 *
 * Context: may sleep; counts as waiting for I/O.
 */
void __folio_lock(struct folio *folio)
{
	wait_on_bit_lock_io(&folio->flags, PG_locked, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(__folio_lock);

/**
 * __folio_lock_killable - __folio_lock(), or a fatal signal
 * @folio: referenced
 *
 * Context: may sleep.
 * Return: 0 with the lock, or -EINTR.
 */
int __folio_lock_killable(struct folio *folio)
{
	return wait_on_bit_lock_io(&folio->flags, PG_locked, TASK_KILLABLE);
}
EXPORT_SYMBOL(__folio_lock_killable);

/**
 * folio_unlock - let the next one have the lock
 * @folio: locked by the caller, or for it
 *
 * Context: any but NMI. The task that locked need not be the one that unlocks.
 */
void folio_unlock(struct folio *folio)
{
	VM_BUG_ON_PAGE(!folio_test_locked(folio), &folio->page);
	clear_bit_unlock(PG_locked, &folio->flags);
	/* The bit before the look at the queue. Partner: the waiter queues, then tests the bit. */
	smp_mb__after_atomic();
	wake_up_bit(&folio->flags, PG_locked);
}
EXPORT_SYMBOL(folio_unlock);

/**
 * folio_end_read - reading has ended
 * @folio: locked; it is unlocked
 * @success: the data is there
 */
void folio_end_read(struct folio *folio, bool success)
{
	if (likely(success))
		folio_mark_uptodate(folio);
	folio_unlock(folio);
}
EXPORT_SYMBOL(folio_end_read);

/* ---- finding ---- */

/**
 * filemap_get_entry - what the cache has at an index
 * @mapping: the object's
 * @index: page number
 *
 * Context: any.
 * Return: the folio with a reference for the caller; NULL.
 */
struct folio *filemap_get_entry(struct address_space *mapping, pgoff_t index)
{
	XA_STATE(xas, &mapping->i_pages, index);
	struct folio *folio;

	rcu_read_lock();
	for (;;) {
		xas_reset(&xas);
		folio = xas_load(&xas);
		if (xas_retry(&xas, folio))
			continue;
		if (!folio || xa_is_value(folio)) {
			folio = NULL;
			break;
		}
		if (!folio_try_get(folio))
			continue;
		if (likely(folio == xas_reload(&xas)))
			break;
		folio_put(folio);
	}
	rcu_read_unlock();
	return folio;
}

static int lock_found(struct address_space *mapping, struct folio *folio, fgf_t flags)
{
	if (flags & FGP_NOWAIT) {
		if (!folio_trylock(folio))
			return -EAGAIN;
	} else {
		folio_lock(folio);
	}
	/* Truncated while we waited. */
	if (unlikely(folio->mapping != mapping)) {
		folio_unlock(folio);
		return -ESTALE;
	}
	return 0;
}

/**
 * __filemap_get_folio - find a folio, or make one
 * @mapping: the object's
 * @index: page number
 * @fgp_flags: FGP_LOCK: return it locked. FGP_CREAT: if it is not there, add an empty one (not
 * uptodate). FGP_WRITE, FGP_STABLE: it will be written. FGP_NOWAIT: don't sleep for the lock.
 * @gfp: for a new one
 *
 * Context: may sleep for FGP_LOCK and FGP_CREAT.
 * Return: the folio, referenced; an error pointer: -ENOENT, -EAGAIN, -ENOMEM.
 */
struct folio *__filemap_get_folio(struct address_space *mapping, pgoff_t index, fgf_t fgp_flags,
				  gfp_t gfp)
{
	struct folio *folio;
	int err;

repeat:
	folio = filemap_get_entry(mapping, index);
	if (folio) {
		if (fgp_flags & FGP_LOCK) {
			err = lock_found(mapping, folio, fgp_flags);
			if (err) {
				folio_put(folio);
				if (err == -ESTALE)
					goto repeat;
				return ERR_PTR(err);
			}
		}
		if (fgp_flags & FGP_ACCESSED)
			folio_mark_accessed(folio);
		if (fgp_flags & FGP_STABLE)
			folio_wait_stable(folio);
		return folio;
	}
	if (!(fgp_flags & FGP_CREAT))
		return ERR_PTR(-ENOENT);
	if (fgp_flags & FGP_NOFS)
		gfp &= ~__GFP_FS;
	if (fgp_flags & FGP_NOWAIT)
		gfp = (gfp & ~GFP_KERNEL) | GFP_NOWAIT | __GFP_NOWARN;
	folio = filemap_alloc_folio(gfp, 0);
	if (!folio)
		return ERR_PTR(-ENOMEM);
	err = filemap_add_folio(mapping, folio, index, gfp);
	if (err) {
		folio_put(folio);
		/* Somebody was faster: his is as good. */
		if (err == -EEXIST)
			goto repeat;
		return ERR_PTR(err);
	}
	/* It was added locked. */
	if (!(fgp_flags & FGP_LOCK))
		folio_unlock(folio);
	return folio;
}
EXPORT_SYMBOL(__filemap_get_folio);

/**
 * filemap_get_folios - some folios of a range, in order
 * @mapping: the object's
 * @start: first index; set behind the last that was found
 * @end: last index, inclusive
 * @folios: room for them; each with a reference
 * @max: how much room
 *
 * Return: how many; 0: there are no more.
 */
unsigned int filemap_get_folios(struct address_space *mapping, pgoff_t *start, pgoff_t end,
				struct folio **folios, unsigned int max)
{
	XA_STATE(xas, &mapping->i_pages, *start);
	unsigned int n = 0;
	struct folio *folio;

	rcu_read_lock();
	xas_for_each(&xas, folio, end) {
		if (xas_retry(&xas, folio) || xa_is_value(folio))
			continue;
		if (!folio_try_get(folio)) {
			xas_reset(&xas);
			continue;
		}
		if (unlikely(folio != xas_reload(&xas))) {
			folio_put(folio);
			xas_reset(&xas);
			continue;
		}
		folios[n++] = folio;
		*start = folio_next_index(folio);
		if (n == max)
			break;
	}
	rcu_read_unlock();
	return n;
}
EXPORT_SYMBOL(filemap_get_folios);

/* ---- adding and removing ---- */

/**
 * filemap_add_folio - put a new folio into the cache
 * @mapping: the object's
 * @folio: nobody else knows of it; it is locked here, and the cache takes a reference
 * @index: page number
 * @gfp: for the tree
 *
 * Context: may sleep as @gfp says.
 * Return: 0; -EEXIST if there is one, -ENOMEM; the folio is not locked then.
 */
int filemap_add_folio(struct address_space *mapping, struct folio *folio, pgoff_t index,
		      gfp_t gfp)
{
	XA_STATE(xas, &mapping->i_pages, index);
	void *old;

	__set_bit(PG_locked, &folio->flags);
	folio_get(folio);
	folio->mapping = mapping;
	folio->index = index;
	/* The count of mappings starts at none, as the allocator left it. */
	do {
		xas_lock_irq(&xas);
		old = xas_load(&xas);
		if (old && !xa_is_value(old)) {
			xas_set_err(&xas, -EEXIST);
		} else {
			xas_store(&xas, folio);
			if (!xas_error(&xas))
				mapping->nrpages++;
		}
		xas_unlock_irq(&xas);
	} while (xas_nomem(&xas, gfp & GFP_RECLAIM_MASK));
	if (!xas_error(&xas))
		return 0;
	folio->mapping = NULL;
	__clear_bit(PG_locked, &folio->flags);
	folio_put(folio);
	return xas_error(&xas);
}
EXPORT_SYMBOL(filemap_add_folio);

/**
 * filemap_remove_folio - take a folio out of the cache
 * @folio: locked, in the cache, mapped by nobody; the caller has a reference beside the cache's
 *
 * What is dirty in it is lost: the caller knows.
 *
 * Context: any but NMI; interrupts may be off.
 */
void filemap_remove_folio(struct folio *folio)
{
	struct address_space *mapping = folio->mapping;
	XA_STATE(xas, &mapping->i_pages, folio->index);
	unsigned long flags;

	VM_BUG_ON_PAGE(!folio_test_locked(folio), &folio->page);
	xas_lock_irqsave(&xas, flags);
	xas_store(&xas, NULL);
	/* Lookups without the tree's lock compare it with theirs. */
	WRITE_ONCE(folio->mapping, NULL);
	mapping->nrpages--;
	xas_unlock_irqrestore(&xas, flags);
	if (mapping->a_ops->free_folio)
		mapping->a_ops->free_folio(folio);
	folio_put(folio);
}
EXPORT_SYMBOL(filemap_remove_folio);

/* ---- dirty ---- */

/**
 * noop_dirty_folio - ->dirty_folio() where nothing is stored: remember only that it is in use
 * @mapping: ignored
 * @folio: the folio
 *
 * Return: false if it was dirty already.
 */
bool noop_dirty_folio(struct address_space *mapping, struct folio *folio)
{
	(void)mapping;
	/* Nothing is stored, so nothing has to be remembered but that it is in use. */
	return !folio_test_dirty(folio) && !folio_test_set_dirty(folio);
}
EXPORT_SYMBOL(noop_dirty_folio);

/**
 * filemap_dirty_folio - dirty_folio of file systems that store pages
 * @mapping: the object's
 * @folio: in the cache; referenced, and locked or mapped
 *
 * Return: false if it was dirty already.
 */
bool filemap_dirty_folio(struct address_space *mapping, struct folio *folio)
{
	unsigned long flags;

	if (folio_test_set_dirty(folio))
		return false;
	xa_lock_irqsave(&mapping->i_pages, flags);
	if (folio->mapping == mapping)
		__xa_set_mark(&mapping->i_pages, folio->index, PAGECACHE_TAG_DIRTY);
	xa_unlock_irqrestore(&mapping->i_pages, flags);
	if (mapping->host)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);
	return true;
}
EXPORT_SYMBOL(filemap_dirty_folio);

/**
 * folio_mark_dirty - note that a folio is newer than what is stored
 * @folio: referenced; locked, or mapped by an entry that the caller holds still
 *
 * Return: false if it was dirty already.
 */
bool folio_mark_dirty(struct folio *folio)
{
	struct address_space *mapping = folio_mapping(folio);

	if (mapping && mapping->a_ops->dirty_folio)
		return mapping->a_ops->dirty_folio(mapping, folio);
	return !folio_test_set_dirty(folio);
}
EXPORT_SYMBOL(folio_mark_dirty);

/**
 * set_page_dirty - folio_mark_dirty() by page
 * @page: any of the folio's
 *
 * Return: as folio_mark_dirty(), as an int.
 */
int set_page_dirty(struct page *page)
{
	return folio_mark_dirty(page_folio(page));
}
EXPORT_SYMBOL(set_page_dirty);

/**
 * folio_cancel_dirty - what was to be stored is not wanted any more
 * @folio: locked
 */
void folio_cancel_dirty(struct folio *folio)
{
	folio_test_clear_dirty(folio);
}
EXPORT_SYMBOL(folio_cancel_dirty);

/**
 * folio_mark_accessed - note that a folio was used: referenced the first time, active the second
 * @folio: referenced by the caller
 *
 * For a reclaim that takes old pages; there is none yet (see mm/README.md), and only
 * /proc/PID/smaps tells.
 */
void folio_mark_accessed(struct folio *folio)
{
	if (!folio_test_referenced(folio))
		folio_set_referenced(folio);
	else if (!folio_test_active(folio) && folio_test_lru(folio))
		folio_set_active(folio);
}
EXPORT_SYMBOL(folio_mark_accessed);
