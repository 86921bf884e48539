// SPDX-License-Identifier: MIT
/*
 * The page allocator: whoever needs memory by the page comes here.
 *
 * Memory is divided into zones by what it can be used for (ZONE_DMA32 for devices that see 4 GiB,
 * ZONE_NORMAL for the rest). An allocation names the highest zone that will do, tries that, and
 * falls back to the lower ones, which keep lowmem_reserve() pages from such guests: their memory
 * does for everybody, but for some nothing else does.
 *
 * A zone gives a block as long as that leaves it above a watermark (zone.c has the picture):
 *
 *	fast path	while it stays above `low`
 *	slow path	down to `min`; GFP_ATOMIC to half and a bit of it; PF_MEMALLOC to zero
 *	reclaim		if the caller may sleep: shrinkers, drained stocks; then once more
 *	out of memory	mm/oom_kill.c; __GFP_NORETRY, __GFP_RETRY_MAYFAIL and large orders
 *			fail instead
 *
 * Blocks of order 0 to 3 come from this CPU's stock of the zone, larger ones from its buddy system.
 * page_alloc.h tells which file does what, and the order of locks.
 *
 * The life of a block:
 *
 *	free  --check_out()-->  allocated, one reference  --last reference: check_in()-->  free
 */

#define pr_fmt(fmt) "page_alloc: " fmt

#include "page_alloc.h"

#include <linux/align.h>
#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/sched/mm.h>

/* Flags that may be asked for now: while booting nobody can sleep. */
gfp_t gfp_allowed_mask __read_mostly = __GFP_BITS_MASK & ~(__GFP_RECLAIM | __GFP_IO | __GFP_FS);

/* Flags that a page can't have: as it goes out none but that of poison, as it comes in fewer. */
#define FORBIDDEN_WHEN_TAKEN	(PAGEFLAGS_MASK & ~BIT(PG_poisoned))
#define FORBIDDEN_WHEN_GIVEN	PAGE_FLAGS_CHECK_AT_FREE

/* ---- blocks as folios ---- */

/**
 * prep_compound_page() - make one folio of a block
 * @page: its first page
 * @order: its order, at least 1
 */
void prep_compound_page(struct page *page, unsigned int order)
{
	struct folio *folio = (struct folio *)page;
	unsigned int i, nr = 1U << order;

	__SetPageHead(page);
	for (i = 1; i < nr; i++) {
		page[i].mapping = NULL;
		set_page_count(&page[i], 0);
		set_compound_head(&page[i], page);
	}
	folio->_flags_1 = (folio->_flags_1 & ~0xffUL) | order;
	folio->_folio_nr_pages = nr;
	atomic_set(&folio->_large_mapcount, -1);
	atomic_set(&folio->_entire_mapcount, -1);
	atomic_set(&folio->_nr_pages_mapped, 0);
	atomic_set(&folio->_pincount, 0);
}

/* Single pages again. False: the block is not what its owner takes it for; it has been reported. */
static bool take_folio_apart(struct page *head, unsigned int order)
{
	struct page *page, *end = head + (1UL << order);

	if (unlikely(compound_order(head) != order)) {
		bad_page(head, "is freed with another order than it was allocated with");
		return false;
	}
	__ClearPageHead(head);
	head[1].flags &= ~0xffUL;	/* the order that was kept there */
	for (page = head + 1; page < end; page++) {
		clear_compound_head(page);
		page->lru.prev = NULL;
		page->mapping = NULL;
		page->index = 0;
		page->private = 0;
	}
	return true;
}

/* ---- in and out ---- */

/* From here on a block is somebody's. It has been found sound. */
static void check_out(struct page *page, unsigned int order, gfp_t gfp)
{
	unsigned long i, nr = 1UL << order;

	page->private = 0;
	set_page_count(page, 1);
	kasan_unpoison_pages(page, order);
	if (debug_pagealloc_enabled())
		debug_pagealloc_map_pages(page, nr);
	if (gfp & __GFP_ZERO)
		for (i = 0; i < nr; i++)
			clear_page(page_address(page + i));
	if (order && gfp & __GFP_COMP)
		prep_compound_page(page, order);
}

/* From here on it is nobody's. False: it is damaged, has been reported and stays away. */
static bool check_in(struct page *page, unsigned int order)
{
	unsigned long i, nr = 1UL << order;

	if (test_bit(PG_head, &page->flags) && !take_folio_apart(page, order))
		return false;
	if (unlikely(!block_is_sound(page, order, FORBIDDEN_WHEN_GIVEN)))
		return false;
	for (i = 0; i < nr; i++)
		page[i].flags &= ~PAGEFLAGS_MASK;
	page->private = 0;
	if (debug_pagealloc_enabled())
		debug_pagealloc_unmap_pages(page, nr);
	kasan_poison_pages(page, order);
	return true;
}

/* ---- one zone ---- */

static struct page *take_from_stock(struct zone *zone, unsigned int order)
{
	struct per_cpu_pages *pcp;
	unsigned long flags;
	struct page *page;

	pcp = pcp_lock_mine(zone, &flags);
	page = __pcp_take(zone, pcp, order);
	pcp_unlock_mine(pcp, flags);
	return page;
}

/* An unsound block has been reported and is lost: the next one then. */
static struct page *take_from_zone(struct zone *zone, unsigned int order)
{
	struct page *page;

	do {
		if (order < NR_PCP_LISTS)
			page = take_from_stock(zone, order);
		else
			page = buddy_take(zone, order);
	} while (page && unlikely(!block_is_sound(page, order, FORBIDDEN_WHEN_TAKEN)));
	return page;
}

/* What a zone keeps for those who can only use it: a 256th of what the others have besides. */
static unsigned long lowmem_reserve(const struct zone *zone, enum zone_type highest)
{
	unsigned long above = 0;
	enum zone_type i;

	for (i = zone_idx(zone) + 1; i <= highest; i++)
		above += zone_managed_pages(&contig_page_data.node_zones[i]);
	return above / 256;
}

/**
 * zone_watermark_ok() - may a block be taken without going below a watermark?
 * @zone: the zone
 * @order: of the block
 * @mark: pages that must be left
 * @highest: the highest zone that the allocation may use
 * @alloc_flags: ALLOC_* that lower the mark
 *
 * Reads the counts without the lock: the answer is good enough for a decision.
 */
bool zone_watermark_ok(const struct zone *zone, unsigned int order, unsigned long mark,
		       enum zone_type highest, unsigned int alloc_flags)
{
	if (alloc_flags & ALLOC_MIN_RESERVE)
		mark -= mark / 2;
	if (alloc_flags & ALLOC_NON_BLOCK)
		mark -= mark / 4;
	if (zone_idx(zone) < highest)
		mark += lowmem_reserve(zone, highest);
	if (READ_ONCE(zone->nr_free) < mark + (1UL << order))
		return false;
	/* So many pages, but in blocks that are large enough? */
	return READ_ONCE(zone->free_orders) >> order;
}

static bool zone_allows(struct zone *zone, unsigned int order, enum zone_type highest,
			unsigned int alloc_flags)
{
	if (!managed_zone(zone))
		return false;
	if (alloc_flags & ALLOC_NO_WATERMARKS)
		return true;
	return zone_watermark_ok(zone, order, zone->_watermark[alloc_flags & ALLOC_WMARK_MASK],
				 highest, alloc_flags);
}

/* Inline for the fast path, whose @alloc_flags are constant. */
static __always_inline struct page *__take_from_zones(gfp_t gfp, unsigned int order,
						      unsigned int alloc_flags)
{
	struct zone *zones = contig_page_data.node_zones;
	enum zone_type highest = gfp_zone(gfp);
	struct zone *zone;
	struct page *page;

	for (zone = &zones[highest]; zone >= zones; zone--) {
		if (!zone_allows(zone, order, highest, alloc_flags))
			continue;
		page = take_from_zone(zone, order);
		if (likely(page)) {
			check_out(page, order, gfp);
			return page;
		}
	}
	return NULL;
}

/**
 * take_from_zones - allocate a block from what is free
 * @gfp: where from, and what to make of it
 * @order: 2^order pages
 * @alloc_flags: ALLOC_*, how deep into the zones
 *
 * Context: any but NMI.
 * Return: the first page, ready for use, or NULL.
 */
struct page *take_from_zones(gfp_t gfp, unsigned int order, unsigned int alloc_flags)
{
	return __take_from_zones(gfp, order, alloc_flags);
}

/* ---- allocating ---- */

/**
 * __alloc_pages_noprof() - allocate a block of pages
 * @gfp: how, see gfp_types.h
 * @order: 2^order pages, 0 to MAX_PAGE_ORDER
 * @nid: ignored, there is one node
 * @nodemask: likewise
 *
 * Context: Any but NMI; with __GFP_DIRECT_RECLAIM it may sleep.
 * Return: the first page, with one reference, or NULL.
 */
struct page *__alloc_pages_noprof(gfp_t gfp, unsigned int order, int nid, void *nodemask)
{
	struct page *page;

	if (unlikely(order > MAX_PAGE_ORDER)) {
		WARN_ON_ONCE(!(gfp & __GFP_NOWARN));
		return NULL;
	}
	gfp = current_gfp_context(gfp & gfp_allowed_mask);
	might_alloc(gfp);
	if (should_fail_alloc_page(gfp, order))
		return NULL;
	page = __take_from_zones(gfp, order, ALLOC_WMARK_LOW);
	return likely(page) ? page : alloc_slowly(gfp, order);
}

/**
 * __folio_alloc_noprof() - allocate a folio
 * @gfp: how
 * @order: of the folio
 * @nid: ignored
 * @nodemask: ignored
 *
 * Return: the folio, with one reference, or NULL.
 */
struct folio *__folio_alloc_noprof(gfp_t gfp, unsigned int order, int nid, void *nodemask)
{
	return (struct folio *)__alloc_pages_noprof(gfp | __GFP_COMP, order, nid, nodemask);
}

/** get_free_pages_noprof() - the same, by address. Return: it, or 0 */
unsigned long get_free_pages_noprof(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages_noprof(gfp & ~__GFP_HIGHMEM, order);

	return page ? (unsigned long)page_address(page) : 0;
}

/** get_zeroed_page_noprof() - a page of zeros, by address. Return: it, or 0 */
unsigned long get_zeroed_page_noprof(gfp_t gfp)
{
	return get_free_pages_noprof(gfp | __GFP_ZERO, 0);
}

/* ---- many single pages ---- */

/* Up to @want sound pages out of this CPU's stock of a zone, under one lock, by pcp_list. */
static unsigned long bulk_take_from_zone(struct zone *zone, unsigned long want,
					 struct list_head *list)
{
	unsigned long flags, got = 0;
	struct per_cpu_pages *pcp;
	struct page *page;

	pcp = pcp_lock_mine(zone, &flags);
	while (got < want && (page = __pcp_take(zone, pcp, 0))) {
		if (unlikely(!block_is_sound(page, 0, FORBIDDEN_WHEN_TAKEN)))
			continue;
		list_add_tail(&page->pcp_list, list);
		got++;
	}
	pcp_unlock_mine(pcp, flags);
	return got;
}

/* Of zones that have so many to spare; they are not checked out. Return: were there any? */
static bool bulk_take(gfp_t gfp, unsigned long want, struct list_head *list)
{
	struct zone *zones = contig_page_data.node_zones;
	enum zone_type highest = gfp_zone(gfp);
	struct zone *zone;

	for (zone = &zones[highest]; zone >= zones && want; zone--) {
		if (!managed_zone(zone) ||
		    !zone_watermark_ok(zone, 0, low_wmark_pages(zone) + want, highest, 0))
			continue;
		want -= bulk_take_from_zone(zone, want, list);
	}
	return !list_empty(list);
}

/* Where the pages of a bulk allocation go: to a list, or into the holes of an array. */
struct bulk_target {
	struct list_head *list;
	struct page **next_place;
};

static void bulk_deliver(struct bulk_target *target, struct page *page)
{
	if (target->list) {
		list_add_tail(&page->lru, target->list);
		return;
	}
	while (*target->next_place)
		target->next_place++;
	*target->next_place = page;
}

/**
 * alloc_pages_bulk_noprof() - allocate many single pages
 * @gfp: how
 * @nid: ignored
 * @nodemask: ignored
 * @nr_pages: how many
 * @page_list: append them here, or
 * @page_array: fill the empty (NULL) ones among the first @nr_pages places
 *
 * May deliver fewer than asked for; tries for at least one.
 *
 * Return: pages on the list, or places of the array that are filled.
 */
unsigned long alloc_pages_bulk_noprof(gfp_t gfp, int nid, void *nodemask, int nr_pages,
				      struct list_head *page_list, struct page **page_array)
{
	struct bulk_target target = { .list = page_list, .next_place = page_array };
	struct page *page, *next;
	unsigned long filled = 0;
	LIST_HEAD(fresh);
	int i;

	gfp = current_gfp_context(gfp & gfp_allowed_mask);
	might_alloc(gfp);
	for (i = 0; page_array && i < nr_pages; i++)
		filled += page_array[i] != NULL;
	if (nr_pages <= 0 || filled == nr_pages || should_fail_alloc_page(gfp, 0))
		return filled;

	if (!bulk_take(gfp, nr_pages - filled, &fresh)) {
		page = alloc_pages_noprof(gfp, 0);
		if (!page)
			return filled;
		bulk_deliver(&target, page);
		return filled + 1;
	}
	list_for_each_entry_safe(page, next, &fresh, pcp_list) {
		list_del(&page->pcp_list);
		check_out(page, 0, gfp);
		bulk_deliver(&target, page);
		filled++;
	}
	return filled;
}

/* ---- freeing ---- */

static void give_back(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);
	struct per_cpu_pages *pcp;
	unsigned long flags;

	if (unlikely(!check_in(page, order)))
		return;
	if (order >= NR_PCP_LISTS) {
		buddy_give(zone, page, order);
		return;
	}
	pcp = pcp_lock_mine(zone, &flags);
	__pcp_give(zone, pcp, page, order);
	pcp_unlock_mine(pcp, flags);
}

/**
 * __free_pages() - drop the allocator's reference to a block
 * @page: its first page
 * @order: the order that it was allocated with
 *
 * If somebody else still holds a reference of a block that is no folio, all pages but the first
 * are freed now, since nobody could free them later: the last put_page() frees one page.
 *
 * Context: Any but NMI.
 */
void __free_pages(struct page *page, unsigned int order)
{
	bool is_folio = test_bit(PG_head, &page->flags);

	if (put_page_testzero(page)) {
		give_back(page, order);
		return;
	}
	while (!is_folio && order-- > 0)
		give_back(page + (1UL << order), order);
}

/** free_pages() - the same, by address; 0 is nothing to free */
void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page((void *)addr), order);
}

/** __folio_put() - the last reference of a folio is gone */
void __folio_put(struct folio *folio)
{
	/* An anonymous folio keeps its mark to the last; one of a file has left its file before. */
	if (folio_test_anon(folio))
		folio->mapping = NULL;
	give_back(&folio->page, folio_order(folio));
}

/**
 * release_pages() - folio_put() for each element of an array
 * @arg: pages or folios; one folio may stand there several times, once for each reference
 * @nr: how many; 0 is nothing to do
 *
 * Context: any but NMI.
 */
void release_pages(release_pages_arg arg, int nr)
{
	for (int i = 0; i < nr; i++)
		folio_put(page_folio(arg.pages[i]));
}
EXPORT_SYMBOL(release_pages);

/* ---- as many pages as needed ---- */

/**
 * split_page() - turn a block that is no folio into single pages
 * @page: its first page, with one reference
 * @order: its order
 *
 * Each page has a reference of its own afterwards.
 */
void split_page(struct page *page, unsigned int order)
{
	unsigned int i;

	VM_BUG_ON_PAGE(PageCompound(page), page);
	for (i = 1; i < 1U << order; i++)
		set_page_count(page + i, 1);
}

/**
 * alloc_pages_exact_noprof() - contiguous pages, as many as needed and no more
 * @size: bytes
 * @gfp: how; not __GFP_COMP
 *
 * Return: address, to be freed by free_pages_exact() with the same size; or NULL.
 */
void *alloc_pages_exact_noprof(size_t size, gfp_t gfp)
{
	unsigned int order = get_order(size);
	unsigned long addr, used, end;

	if (WARN_ON_ONCE(gfp & (__GFP_COMP | __GFP_HIGHMEM)))
		gfp &= ~(__GFP_COMP | __GFP_HIGHMEM);
	addr = get_free_pages_noprof(gfp, order);
	if (!addr)
		return NULL;
	split_page(virt_to_page((void *)addr), order);
	end = addr + (PAGE_SIZE << order);
	for (used = addr + PAGE_ALIGN(size); used < end; used += PAGE_SIZE)
		free_page(used);
	return (void *)addr;
}

/** free_pages_exact() - free what alloc_pages_exact() gave, of the same size */
void free_pages_exact(void *virt, size_t size)
{
	unsigned long addr = (unsigned long)virt, end = addr + PAGE_ALIGN(size);

	for (; addr < end; addr += PAGE_SIZE)
		free_page(addr);
}

/* Interrupts are on and the scheduler runs: from here on allocations may sleep. */
static int __init page_alloc_late_init(void)
{
	gfp_allowed_mask = __GFP_BITS_MASK;
	page_alloc_init_cpuhp();
	return 0;
}
early_initcall(page_alloc_late_init);
