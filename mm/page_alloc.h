/* SPDX-License-Identifier: MIT */
#ifndef _MM_PAGE_ALLOC_H
#define _MM_PAGE_ALLOC_H

/*
 * What the parts of the page allocator share. From the top down:
 *
 *	page_alloc.c	who asks gets a block: which zone, how deep into it; and gives it back
 *	page_slow.c	what is done when there is none
 *	page_pcp.c	each CPU's stock of small blocks
 *	buddy.c		the free blocks of a zone
 *	page_check.c	is a page that goes in or out what it should be?
 *	zone.c		zones, watermarks, figures
 *
 * Lock order: pcp->lock, then zone->lock; both with interrupts off.
 */

#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include "internal.h"

/* buddy.c */
struct page *buddy_take(struct zone *zone, unsigned int order);
int buddy_take_many(struct zone *zone, unsigned int order, int count, struct list_head *list);
void __buddy_give(struct zone *zone, struct page *page, unsigned int order);
void buddy_give(struct zone *zone, struct page *page, unsigned int order);

/* page_pcp.c */
void __pcp_refill(struct zone *zone, struct per_cpu_pages *pcp, unsigned int order);
void __pcp_trim(struct zone *zone, struct per_cpu_pages *pcp, int count);
void __init pcp_init(struct zone *zone);
void pcp_set_limits(struct zone *zone);

/* page_check.c */
bool block_report_unsound(struct page *page, unsigned int order, unsigned long forbidden);
void bad_page(struct page *page, const char *reason);

/* page_alloc.c */
struct page *take_from_zones(gfp_t gfp, unsigned int order, unsigned int alloc_flags);

/* page_slow.c */
struct page *alloc_slowly(gfp_t gfp, unsigned int order);

/* ---- a CPU's stock: the parts that most allocations and frees are made of ---- */

/* This CPU's stock of a zone, locked. */
static inline struct per_cpu_pages *pcp_lock_mine(struct zone *zone, unsigned long *flags)
{
	struct per_cpu_pages *pcp;

	local_irq_save(*flags);
	pcp = this_cpu_ptr(zone->per_cpu_pageset);
	spin_lock(&pcp->lock);
	return pcp;
}

static inline void pcp_unlock_mine(struct per_cpu_pages *pcp, unsigned long flags)
{
	spin_unlock(&pcp->lock);
	local_irq_restore(flags);
}

/* The block that was freed last, as its memory may still be in the cache; NULL if none is left. */
static inline struct page *__pcp_take(struct zone *zone, struct per_cpu_pages *pcp,
				      unsigned int order)
{
	struct list_head *list = &pcp->lists[order];
	struct page *page;

	lockdep_assert_held(&pcp->lock);
	if (list_empty(list))
		__pcp_refill(zone, pcp, order);
	page = list_first_entry_or_null(list, struct page, pcp_list);
	if (!page)
		return NULL;
	list_del(&page->pcp_list);
	pcp->count -= 1 << order;
	return page;
}

static inline void __pcp_give(struct zone *zone, struct per_cpu_pages *pcp, struct page *page,
			      unsigned int order)
{
	lockdep_assert_held(&pcp->lock);
	list_add(&page->pcp_list, &pcp->lists[order]);
	pcp->count += 1 << order;
	if (pcp->count > pcp->high)
		__pcp_trim(zone, pcp, pcp->count - pcp->high + pcp->batch);
}

/* ---- checks ---- */

/* All that has to be zero in a page that is nobody's, in one branch. */
static inline bool page_is_sound(const struct page *page, unsigned long forbidden)
{
	return !((unsigned long)page->mapping | (page->flags & forbidden) |
		 (unsigned int)page_ref_count(page) | ~page->page_type);
}

/* Has a block that goes in or out nothing but such pages? If not it has been reported. */
static inline bool block_is_sound(struct page *page, unsigned int order, unsigned long forbidden)
{
	struct page *p;

	for (p = page; p < page + (1UL << order); p++)
		if (unlikely(!page_is_sound(p, forbidden)))
			return !block_report_unsound(page, order, forbidden);
	return true;
}

#endif /* _MM_PAGE_ALLOC_H */
