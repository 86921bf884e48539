/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PAGE_REF_H
#define _LINUX_PAGE_REF_H

/*
 * Reference counts of pages and folios. Zero means free; whoever takes the count from one to zero
 * frees the block. page_* work on the page given (the caller has found the head).
 */

#include <linux/atomic.h>
#include <linux/mm_types.h>

/** page_ref_count - references to a page that stands for a folio; it may be old news */
static inline int page_ref_count(const struct page *page)
{
	return atomic_read(&page->_refcount);
}

/** folio_ref_count - references to a folio; it may be old news */
static inline int folio_ref_count(const struct folio *folio)
{
	return page_ref_count(&folio->page);
}

/** set_page_count - the count of a page that nobody else sees */
static inline void set_page_count(struct page *page, int v)
{
	atomic_set(&page->_refcount, v);
}

/** init_page_count - one reference to a page that nobody else sees */
static inline void init_page_count(struct page *page)
{
	set_page_count(page, 1);
}

/** page_ref_add - @nr references more, on top of one that the caller has */
static inline void page_ref_add(struct page *page, int nr)
{
	atomic_add(nr, &page->_refcount);
}

/** folio_ref_add - page_ref_add() of a folio */
static inline void folio_ref_add(struct folio *folio, int nr)
{
	page_ref_add(&folio->page, nr);
}

/** page_ref_sub - @nr references less, and not the last */
static inline void page_ref_sub(struct page *page, int nr)
{
	atomic_sub(nr, &page->_refcount);
}

/** page_ref_inc - one reference more, on top of one that the caller has */
static inline void page_ref_inc(struct page *page)
{
	atomic_inc(&page->_refcount);
}

/** page_ref_dec - one reference less, and not the last */
static inline void page_ref_dec(struct page *page)
{
	atomic_dec(&page->_refcount);
}

/** page_ref_sub_and_test - @nr references less. Return: nonzero if none is left */
static inline int page_ref_sub_and_test(struct page *page, int nr)
{
	return atomic_sub_and_test(nr, &page->_refcount);
}

/** page_ref_dec_and_test - one reference less. Return: nonzero if none is left */
static inline int page_ref_dec_and_test(struct page *page)
{
	return atomic_dec_and_test(&page->_refcount);
}

/** page_ref_inc_return - one reference more. Return: how many now */
static inline int page_ref_inc_return(struct page *page)
{
	return atomic_inc_return(&page->_refcount);
}

/**
 * page_ref_add_unless - @nr references more, unless there are @u
 *
 * Return: whether they were taken.
 */
static inline bool page_ref_add_unless(struct page *page, int nr, int u)
{
	return atomic_add_unless(&page->_refcount, nr, u);
}

/** folio_ref_add_unless - page_ref_add_unless() of a folio */
static inline bool folio_ref_add_unless(struct folio *folio, int nr, int u)
{
	return page_ref_add_unless(&folio->page, nr, u);
}

/**
 * folio_try_get - a reference to a folio that may be free already, or being freed
 * @folio: found without a reference; it may be something else by now: look again afterwards
 *
 * Context: any.
 * Return: false if it is free.
 */
static inline bool folio_try_get(struct folio *folio)
{
	return folio_ref_add_unless(folio, 1, 0);
}

/**
 * page_ref_freeze - if there are just @count references, all the caller's, let nobody take one:
 * folio_try_get() fails
 * @page: the page
 * @count: how many
 *
 * Return: nonzero if so; for page_ref_unfreeze().
 */
static inline int page_ref_freeze(struct page *page, int count)
{
	return atomic_cmpxchg(&page->_refcount, count, 0) == count;
}

/** folio_ref_freeze - page_ref_freeze() of a folio */
static inline int folio_ref_freeze(struct folio *folio, int count)
{
	return page_ref_freeze(&folio->page, count);
}

/**
 * page_ref_unfreeze - there are @count references again; what was done meanwhile is seen by who
 * takes one
 */
static inline void page_ref_unfreeze(struct page *page, int count)
{
	/* Pairs with the acquire side of whoever finds the page afterwards and takes it. */
	atomic_set_release(&page->_refcount, count);
}

#endif /* _LINUX_PAGE_REF_H */
