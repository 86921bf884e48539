// SPDX-License-Identifier: MIT
/*
 * The buddy system: the free blocks of a zone.
 *
 * Free memory is kept as blocks of 2^order pages, each aligned to its size, on one list per order.
 * The buddy of a block is the neighbour with which it makes up the next larger block; their frame
 * numbers differ in bit `order` only:
 *
 *	order 2   [ 0  1  2  3 ][ 4  5  6  7 ]		buddy(pfn, order) = pfn ^ (1 << order)
 *	order 1   [ 0  1 ][ 2  3 ] ...
 *
 * Taking: the smallest block that is large enough is split, upper halves go back to the lists,
 * until what is left is as large as asked for. Giving: as long as the buddy is free and whole the
 * two become one. Both take a step per order, so at most MAX_PAGE_ORDER.
 *
 * Invariants, under zone->lock:
 *
 *	B1  a free block is on free_area[order].free_list; its first page has type "buddy" and the
 *	    order in ->private; its other pages have no type
 *	B2  two free buddies of the same order never coexist below MAX_PAGE_ORDER
 *	B3  zone->nr_free is the number of pages on all the lists, free_area[].nr_free of blocks on
 *	    each
 *	B4  bit o of zone->free_orders is set if and only if the list of order o has a block; the
 *	    smallest block that will do is one ffs away
 *
 * The counts and the mask are read without the lock, for decisions that may be wrong; hence
 * WRITE_ONCE().
 *
 * Adding page mobility later means one list per mobility and order in free_area, and a pageblock
 * bitmap; nothing outside this file knows how the lists are split.
 */
#include "page_alloc.h"

#include <linux/bitops.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>

/* ---- lists and counts ---- */

static unsigned int buddy_order(const struct page *page)
{
	return page->private;
}

static void count_blocks(struct zone *zone, unsigned int order, long blocks)
{
	struct free_area *area = &zone->free_area[order];

	WRITE_ONCE(area->nr_free, area->nr_free + blocks);
	WRITE_ONCE(zone->nr_free, zone->nr_free + blocks * (1L << order));
}

/* B1, B3, B4. Who comes first goes first, unless @last. */
static void list_block(struct zone *zone, struct page *page, unsigned int order, bool last)
{
	struct list_head *list = &zone->free_area[order].free_list;

	page->private = order;
	__SetPageBuddy(page);
	list_add(&page->buddy_list, last ? list->prev : list);
	count_blocks(zone, order, 1);
	WRITE_ONCE(zone->free_orders, zone->free_orders | BIT(order));
}

static void unlist_block(struct zone *zone, struct page *page, unsigned int order)
{
	list_del(&page->buddy_list);
	__ClearPageBuddy(page);
	page->private = 0;
	count_blocks(zone, order, -1);
	if (list_empty(&zone->free_area[order].free_list))
		WRITE_ONCE(zone->free_orders, zone->free_orders & ~BIT(order));
}

/* ---- taking ---- */

static struct page *__buddy_take(struct zone *zone, unsigned int order)
{
	unsigned long large_enough = zone->free_orders >> order;
	struct page *page;
	unsigned int have;

	if (!large_enough)
		return NULL;
	have = order + __ffs(large_enough);
	page = list_first_entry(&zone->free_area[have].free_list, struct page, buddy_list);
	unlist_block(zone, page, have);
	while (have-- > order)
		list_block(zone, page + (1UL << have), have, false);
	return page;
}

/**
 * buddy_take - take a block out of a zone
 * @zone: the zone
 * @order: 2^order pages
 *
 * Context: any but NMI.
 * Return: its first page, its fields as they were when it was freed; NULL if there is none.
 */
struct page *buddy_take(struct zone *zone, unsigned int order)
{
	unsigned long flags;
	struct page *page;

	spin_lock_irqsave(&zone->lock, flags);
	page = __buddy_take(zone, order);
	spin_unlock_irqrestore(&zone->lock, flags);
	return page;
}

/**
 * buddy_take_many - take blocks while there are any
 * @zone: the zone
 * @order: of each
 * @count: how many at most
 * @list: they are appended, by pcp_list
 *
 * Context: interrupts off.
 * Return: how many it was.
 */
int buddy_take_many(struct zone *zone, unsigned int order, int count, struct list_head *list)
{
	struct page *page;
	int got;

	spin_lock(&zone->lock);
	for (got = 0; got < count; got++) {
		page = __buddy_take(zone, order);
		if (!page)
			break;
		list_add_tail(&page->pcp_list, list);
	}
	spin_unlock(&zone->lock);
	return got;
}

/* ---- giving back ---- */

/* The buddy of the block at @page, if it is free, whole (B1) and of the same zone; or NULL. */
static struct page *free_buddy(struct page *page, unsigned long pfn, unsigned int order)
{
	struct page *buddy = page + (long)((pfn ^ (1UL << order)) - pfn);

	if (!PageBuddy(buddy) || buddy_order(buddy) != order)
		return NULL;
	return page_zonenum(buddy) == page_zonenum(page) ? buddy : NULL;
}

/** __buddy_give - buddy_give() for who holds zone->lock */
void __buddy_give(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page);
	struct page *buddy;

	lockdep_assert_held(&zone->lock);
	while (order < MAX_PAGE_ORDER && (buddy = free_buddy(page, pfn, order))) {
		unlist_block(zone, buddy, order);
		page = min(page, buddy);
		pfn &= ~(1UL << order);
		order++;
	}
	list_block(zone, page, order, false);
}

/**
 * buddy_give - give a block to a zone
 * @zone: the one that the block is in
 * @page: its first page, with no type, nobody's
 * @order: 2^order pages
 *
 * Context: any but NMI.
 */
void buddy_give(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long flags;

	spin_lock_irqsave(&zone->lock, flags);
	__buddy_give(zone, page, order);
	spin_unlock_irqrestore(&zone->lock, flags);
}

/* The largest block that starts at a frame and ends by another. */
static unsigned int __init largest_order(unsigned long start, unsigned long end)
{
	unsigned int order = start ? __ffs(start) : MAX_PAGE_ORDER;

	return min3(order, (unsigned int)MAX_PAGE_ORDER, (unsigned int)__fls(end - start));
}

/**
 * zone_add_free_range - what boot gives to a zone
 * @zone: the zone
 * @start: first frame, whose struct page and those of the others are initialised
 * @end: frame behind the last
 *
 * Ranges come in ascending order and never touch each other (memblock merges those that do), except
 * where one ends with a zone; so the largest aligned blocks inside a range have no free buddy
 * outside, and B2 holds without a look.
 *
 * Context: boot, one CPU.
 */
void __init zone_add_free_range(struct zone *zone, unsigned long start, unsigned long end)
{
	unsigned int order;

	atomic_long_add(end - start, &zone->managed_pages);
	for (; start < end; start += 1UL << order) {
		order = largest_order(start, end);
		list_block(zone, pfn_to_page(start), order, true);
		kasan_poison_pages(pfn_to_page(start), order);
	}
}
