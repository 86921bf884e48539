/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PAGE_FLAGS_H
#define _LINUX_PAGE_FLAGS_H

/*
 * Page flags and page types.
 *
 * A flag is one bit of page->flags that many owners understand and that is changed atomically.
 * A type says who owns a frame that is not mapped into user space; a page has one type at most.
 */

#include <linux/bitops.h>
#include <linux/mm_types.h>
#include <linux/types.h>

enum pageflags {
	PG_locked,
	PG_writeback,
	PG_referenced,
	PG_uptodate,
	PG_dirty,
	PG_lru,
	PG_head,		/* first page of a folio with more than one */
	PG_waiters,
	PG_active,
	PG_workingset,
	PG_owner_priv_1,
	PG_owner_2,
	PG_arch_1,
	PG_reserved,		/* not the buddy allocator's: firmware, kernel image, hole */
	PG_private,
	PG_private_2,
	PG_reclaim,
	PG_swapbacked,
	PG_unevictable,
	PG_mlocked,
	PG_poisoned,		/* filled with PAGE_POISON while free (CONFIG_DEBUG_PAGEALLOC) */
	__NR_PAGEFLAGS,
};

#define PAGEFLAGS_MASK		((1UL << __NR_PAGEFLAGS) - 1)

/* Flags that must be clear when a page is freed; a set one is a bug of its owner. */
#define PAGE_FLAGS_CHECK_AT_FREE					\
	(BIT(PG_lru) | BIT(PG_locked) | BIT(PG_private) | BIT(PG_private_2) |	\
	 BIT(PG_writeback) | BIT(PG_reserved) | BIT(PG_active) |	\
	 BIT(PG_unevictable) | BIT(PG_mlocked))

/** PageTail - is a page part of what begins with another? */
static inline int PageTail(const struct page *page)
{
	return READ_ONCE(page->compound_head) & 1;
}

/**
 * _compound_head - the address of the first page of what a page is part of; its own if of nothing
 */
static inline unsigned long _compound_head(const struct page *page)
{
	unsigned long head = READ_ONCE(page->compound_head);

	return (head & 1) ? head - 1 : (unsigned long)page;
}

#define compound_head(page)	((typeof(page))_compound_head(page))
#define page_folio(p)		((struct folio *)_compound_head(p))
#define folio_page(folio, n)	(&(folio)->page + (n))

#define FOLIO_TEST_FLAG(name, bit)					\
static inline bool folio_test_##name(const struct folio *folio)	\
{ return test_bit(PG_##bit, &folio->flags); }
#define FOLIO_SET_FLAG(name, bit)					\
static inline void folio_set_##name(struct folio *folio)		\
{ set_bit(PG_##bit, &folio->flags); }
#define FOLIO_CLEAR_FLAG(name, bit)					\
static inline void folio_clear_##name(struct folio *folio)		\
{ clear_bit(PG_##bit, &folio->flags); }

#define PAGEFLAG(uname, lname)						\
FOLIO_TEST_FLAG(lname, lname)						\
FOLIO_SET_FLAG(lname, lname)						\
FOLIO_CLEAR_FLAG(lname, lname)						\
static inline int Page##uname(const struct page *page)		\
{ return folio_test_##lname(page_folio(page)); }			\
static inline void SetPage##uname(struct page *page)			\
{ folio_set_##lname(page_folio(page)); }				\
static inline void ClearPage##uname(struct page *page)		\
{ folio_clear_##lname(page_folio(page)); }				\
static inline bool folio_test_set_##lname(struct folio *folio)	\
{ return test_and_set_bit(PG_##lname, &folio->flags); }		\
static inline bool folio_test_clear_##lname(struct folio *folio)	\
{ return test_and_clear_bit(PG_##lname, &folio->flags); }		\
static inline int TestSetPage##uname(struct page *page)		\
{ return folio_test_set_##lname(page_folio(page)); }			\
static inline int TestClearPage##uname(struct page *page)		\
{ return folio_test_clear_##lname(page_folio(page)); }

PAGEFLAG(Locked, locked)
PAGEFLAG(Writeback, writeback)
PAGEFLAG(Referenced, referenced)
PAGEFLAG(Dirty, dirty)
PAGEFLAG(LRU, lru)
PAGEFLAG(Waiters, waiters)
PAGEFLAG(Active, active)
PAGEFLAG(Workingset, workingset)
PAGEFLAG(Reserved, reserved)
PAGEFLAG(Private, private)
PAGEFLAG(Private2, private_2)
PAGEFLAG(Reclaim, reclaim)
PAGEFLAG(SwapBacked, swapbacked)
PAGEFLAG(Unevictable, unevictable)
PAGEFLAG(Mlocked, mlocked)

static inline int PageHead(const struct page *page)
{
	return test_bit(PG_head, &page->flags) && !PageTail(page);
}

/** folio_test_large - has a folio more than one page? */
static inline bool folio_test_large(const struct folio *folio)
{
	return test_bit(PG_head, &folio->flags);
}

/** PageCompound - is a page, first or not, part of something larger? */
static inline int PageCompound(const struct page *page)
{
	return test_bit(PG_head, &page->flags) || PageTail(page);
}

/** __SetPageHead - a page is the first of several; nobody else looks */
static inline void __SetPageHead(struct page *page)
{
	__set_bit(PG_head, &page->flags);
}

/** __ClearPageHead - undo __SetPageHead(); nobody else looks */
static inline void __ClearPageHead(struct page *page)
{
	__clear_bit(PG_head, &page->flags);
}

/** __SetPageReserved - a page isn't the page allocator's; nobody else looks */
static inline void __SetPageReserved(struct page *page)
{
	__set_bit(PG_reserved, &page->flags);
}

/** __ClearPageReserved - undo __SetPageReserved(); nobody else looks */
static inline void __ClearPageReserved(struct page *page)
{
	__clear_bit(PG_reserved, &page->flags);
}

/**
 * folio_test_uptodate - does a folio hold what it is to hold?
 * @folio: referenced
 *
 * Whoever sees the flag also sees the data: the setter orders the filling of the page before the
 * flag, the reader orders the flag before its look at the page.
 */
static inline bool folio_test_uptodate(const struct folio *folio)
{
	bool ret = test_bit(PG_uptodate, &folio->flags);

	if (ret)
		smp_rmb();	/* pairs with smp_wmb() in folio_mark_uptodate() */
	return ret;
}

/**
 * folio_mark_uptodate - a folio has been filled: everything stored into it before is seen by who
 * finds the flag
 */
static inline void folio_mark_uptodate(struct folio *folio)
{
	smp_wmb();	/* pairs with smp_rmb() in folio_test_uptodate() */
	set_bit(PG_uptodate, &folio->flags);
}

/** folio_clear_uptodate - a folio doesn't hold what it is to hold */
static inline void folio_clear_uptodate(struct folio *folio)
{
	clear_bit(PG_uptodate, &folio->flags);
}

/** PageUptodate - folio_test_uptodate() by a page */
static inline int PageUptodate(const struct page *page)
{
	return folio_test_uptodate(page_folio(page));
}

/** SetPageUptodate - folio_mark_uptodate() by a page */
static inline void SetPageUptodate(struct page *page)
{
	folio_mark_uptodate(page_folio(page));
}

/** ClearPageUptodate - folio_clear_uptodate() by a page */
static inline void ClearPageUptodate(struct page *page)
{
	folio_clear_uptodate(page_folio(page));
}

/*
 * Page types live in the top byte of page_type. An untyped page has ~0 there, which is also what
 * _mapcount reads when nobody maps the page, so the two share the word.
 */
enum pagetype {
	PGTY_buddy	= 0xf0,
	PGTY_offline	= 0xf1,
	PGTY_table	= 0xf2,
	PGTY_guard	= 0xf3,
	PGTY_hugetlb	= 0xf4,
	PGTY_slab	= 0xf5,
	PGTY_mapcount_underflow = 0xff
};

/** page_type_has_type - does page->page_type hold a PGTY_*? */
static inline bool page_type_has_type(int page_type)
{
	return page_type < (int)((unsigned int)PGTY_mapcount_underflow << 24);
}

/** page_has_type - is a page of a kind that programs can't map, PGTY_*, such as a slab? */
static inline bool page_has_type(const struct page *page)
{
	return page_type_has_type(READ_ONCE(page->page_type));
}

#define PAGE_TYPE_OPS(uname, lname)					\
static inline int Page##uname(const struct page *page)		\
{									\
	return READ_ONCE(page->page_type) >> 24 == PGTY_##lname;	\
}									\
static inline void __SetPage##uname(struct page *page)		\
{									\
	page->page_type = (unsigned int)PGTY_##lname << 24;		\
}									\
static inline void __ClearPage##uname(struct page *page)		\
{									\
	page->page_type = ~0U;						\
}									\
static inline bool folio_test_##lname(const struct folio *folio)	\
{									\
	return Page##uname(&folio->page);				\
}									\
static inline void __folio_set_##lname(struct folio *folio)		\
{									\
	__SetPage##uname(&folio->page);				\
}									\
static inline void __folio_clear_##lname(struct folio *folio)		\
{									\
	__ClearPage##uname(&folio->page);				\
}

PAGE_TYPE_OPS(Buddy, buddy)
PAGE_TYPE_OPS(Table, table)
PAGE_TYPE_OPS(Guard, guard)
PAGE_TYPE_OPS(Slab, slab)


#endif /* _LINUX_PAGE_FLAGS_H */
