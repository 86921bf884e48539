/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

/*
 * Page allocation, the public door of mm/page_alloc.c.
 *
 * Rules of use:
 *  - A block is 2^order pages, naturally aligned, order 0 to MAX_PAGE_ORDER.
 *  - It is freed with the order that it was allocated with, by whoever holds the last reference
 *    (__free_pages() drops one, so a page that somebody else still holds survives).
 *  - gfp decides whether the call may sleep; see gfp_types.h. No allocation from NMI.
 *  - With __GFP_COMP the block is a folio: its first page knows the order, all others the first.
 */

#include <linux/gfp_types.h>
#include <linux/mmzone.h>

struct page;
struct folio;
struct mempolicy;

/** gfpflags_allow_blocking - may an allocation with these flags sleep? */
static inline bool gfpflags_allow_blocking(const gfp_t gfp)
{
	return !!(gfp & __GFP_DIRECT_RECLAIM);
}

#define OPT_ZONE_DMA	ZONE_NORMAL
#define OPT_ZONE_DMA32	ZONE_DMA32
#define OPT_ZONE_HIGHMEM ZONE_NORMAL

/**
 * gfp_zone - the highest zone that may serve @gfp; lower zones serve it too when that one is full
 */
static inline enum zone_type gfp_zone(gfp_t gfp)
{
	return (gfp & __GFP_DMA32) ? OPT_ZONE_DMA32 : ZONE_NORMAL;
}

struct page *__alloc_pages_noprof(gfp_t gfp, unsigned int order, int nid, void *nodemask);
struct folio *__folio_alloc_noprof(gfp_t gfp, unsigned int order, int nid, void *nodemask);
unsigned long alloc_pages_bulk_noprof(gfp_t gfp, int nid, void *nodemask, int nr_pages,
				      struct list_head *page_list, struct page **page_array);
unsigned long get_free_pages_noprof(gfp_t gfp, unsigned int order);
unsigned long get_zeroed_page_noprof(gfp_t gfp);
void *alloc_pages_exact_noprof(size_t size, gfp_t gfp) __attribute__((alloc_size(1)));
void free_pages_exact(void *virt, size_t size);

/** alloc_pages_noprof - 2^@order pages, contiguous; or NULL */
static inline struct page *alloc_pages_noprof(gfp_t gfp, unsigned int order)
{
	return __alloc_pages_noprof(gfp, order, 0, NULL);
}

/** folio_alloc_noprof - a folio of 2^@order pages; or NULL */
static inline struct folio *folio_alloc_noprof(gfp_t gfp, unsigned int order)
{
	return __folio_alloc_noprof(gfp, order, 0, NULL);
}

#define __alloc_pages(gfp, order, nid, mask)	__alloc_pages_noprof(gfp, order, nid, mask)
#define __folio_alloc(gfp, order, nid, mask)	__folio_alloc_noprof(gfp, order, nid, mask)

/**
 * alloc_pages - 2^@order pages, contiguous and aligned
 * @gfp: GFP_*
 * @order: 0 to MAX_PAGE_ORDER
 *
 * Context: as @gfp says; any but NMI.
 * Return: the first struct page, for __free_pages(); NULL.
 */
#define alloc_pages(gfp, order)			alloc_pages_noprof(gfp, order)
/** alloc_pages_node - alloc_pages(); there is one node */
#define alloc_pages_node(nid, gfp, order)	((void)(nid), alloc_pages_noprof(gfp, order))
#define __alloc_pages_node(nid, gfp, order)	((void)(nid), alloc_pages_noprof(gfp, order))
/** folio_alloc - alloc_pages() as a folio, for folio_put() */
#define folio_alloc(gfp, order)			folio_alloc_noprof(gfp, order)
/** alloc_page - one page, for __free_page() */
#define alloc_page(gfp)				alloc_pages(gfp, 0)

#define alloc_pages_bulk_list(gfp, nr, list) \
	alloc_pages_bulk_noprof(gfp, 0, NULL, nr, list, NULL)
/**
 * alloc_pages_bulk_array - @nr single pages into the empty slots of @array
 *
 * Return: slots that are full.
 */
#define alloc_pages_bulk_array(gfp, nr, array) \
	alloc_pages_bulk_noprof(gfp, 0, NULL, nr, NULL, array)
#define alloc_pages_bulk_array_node(gfp, nid, nr, array) \
	alloc_pages_bulk_noprof(gfp, nid, NULL, nr, NULL, array)

/** __get_free_pages - alloc_pages() by address in the direct map, for free_pages(); 0 */
#define __get_free_pages(gfp, order)	get_free_pages_noprof(gfp, order)
/** __get_free_page - one page by its address, for free_page(); 0 */
#define __get_free_page(gfp)		__get_free_pages(gfp, 0)
#define __get_dma_pages(gfp, order)	__get_free_pages((gfp) | GFP_DMA, order)
/** get_zeroed_page - one page by its address, zeroed, for free_page(); 0 */
#define get_zeroed_page(gfp)		get_zeroed_page_noprof(gfp)
/** alloc_pages_exact - so many bytes, rounded up to pages, for free_pages_exact(); NULL */
#define alloc_pages_exact(size, gfp)	alloc_pages_exact_noprof(size, gfp)
/** alloc_pages_exact_nid - alloc_pages_exact(); there is one node */
#define alloc_pages_exact_nid(nid, size, gfp)	((void)(nid), alloc_pages_exact(size, gfp))

void __free_pages(struct page *page, unsigned int order);
void free_pages(unsigned long addr, unsigned int order);

/** __free_page - free alloc_page()'s page */
#define __free_page(page)	__free_pages((page), 0)
/** free_page - free a page by its address */
#define free_page(addr)		free_pages((addr), 0)

void page_alloc_init_cpuhp(void);
void drain_all_pages(struct zone *zone);

extern gfp_t gfp_allowed_mask;

#endif /* _LINUX_GFP_H */
