/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

/*
 * Zones: RAM by what it is good for.
 *
 *	ZONE_DMA32	below 4 GiB, for devices with 32 address bits
 *	ZONE_NORMAL	the rest
 *
 * Each zone has a buddy allocator (free_area[], one lock), a list of spare pages per CPU in front
 * of it, and three watermarks of free pages:
 *
 *	high	reclaim may stop
 *	low	an allocation that finds less starts reclaim, if it may
 *	min	what is below is a reserve: for GFP_ATOMIC down to a half, for MEMALLOC to zero
 *
 * Lock order: per_cpu_pages.lock, then zone->lock. Both are taken with interrupts off.
 */

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/list.h>
#include <linux/percpu-defs.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <asm/page.h>

#define MAX_PAGE_ORDER		10
#define MAX_ORDER_NR_PAGES	(1UL << MAX_PAGE_ORDER)
#define NR_PAGE_ORDERS		(MAX_PAGE_ORDER + 1)
#define pageblock_order		MAX_PAGE_ORDER
#define pageblock_nr_pages	(1UL << pageblock_order)

/* Above this order an allocation may fail rather than kill somebody. */
#define PAGE_ALLOC_COSTLY_ORDER	3

enum zone_type {
	ZONE_DMA32,
	ZONE_NORMAL,
	__MAX_NR_ZONES
};
#define MAX_NR_ZONES	__MAX_NR_ZONES

enum zone_watermarks {
	WMARK_MIN,
	WMARK_LOW,
	WMARK_HIGH,
	NR_WMARK
};

struct free_area {
	struct list_head free_list;	/* blocks of this order, zone->lock */
	unsigned long nr_free;		/* their number, zone->lock */
};

/* Orders that have per-CPU lists; 3 serves kernel stacks and slabs. */
#define NR_PCP_LISTS	(PAGE_ALLOC_COSTLY_ORDER + 1)

struct per_cpu_pages {
	spinlock_t lock;		/* guards all below; remote CPUs take it to drain */
	int count;			/* pages (not blocks) on the lists */
	int high;			/* above this, give batch back */
	int batch;			/* pages moved at a time */
	struct list_head lists[NR_PCP_LISTS];
};

struct zone {
	unsigned long _watermark[NR_WMARK];	/* pages; written under zone->lock */
	unsigned long zone_start_pfn;		/* constant after boot, as the next three */
	unsigned long spanned_pages;		/* end - start, holes included */
	unsigned long present_pages;		/* without holes */
	const char *name;
	struct per_cpu_pages __percpu *per_cpu_pageset;
	atomic_long_t managed_pages;		/* present less what boot kept */

	spinlock_t lock;			/* guards the rest */
	unsigned long nr_free;			/* pages on the free lists; read racily */
	unsigned long free_orders;		/* bit o: free_area[o] has some; read racily */
	struct free_area free_area[NR_PAGE_ORDERS];
} ____cacheline_aligned_in_smp;

typedef struct pglist_data {
	struct zone node_zones[MAX_NR_ZONES];
	int nr_zones;
	unsigned long node_start_pfn;
	unsigned long node_present_pages;
	unsigned long node_spanned_pages;
	int node_id;
} pg_data_t;

extern struct pglist_data contig_page_data;
#define NODE_DATA(nid)		((void)(nid), &contig_page_data)

#define for_each_zone(zone)						\
	for ((zone) = contig_page_data.node_zones;			\
	     (zone) < contig_page_data.node_zones + MAX_NR_ZONES; (zone)++)
#define for_each_populated_zone(zone)					\
	for_each_zone(zone)						\
		if (!populated_zone(zone)) ; else

#define zone_idx(zone)		((enum zone_type)((zone) - contig_page_data.node_zones))

/** zone_managed_pages - pages of a zone that the page allocator has */
static inline unsigned long zone_managed_pages(const struct zone *zone)
{
	return (unsigned long)atomic_long_read(&zone->managed_pages);
}

/** managed_zone - has the page allocator any page of a zone? */
static inline bool managed_zone(const struct zone *zone)
{
	return zone_managed_pages(zone) != 0;
}

/** populated_zone - has a zone any page? */
static inline bool populated_zone(const struct zone *zone)
{
	return zone->present_pages != 0;
}

/** zone_end_pfn - one past a zone's last frame */
static inline unsigned long zone_end_pfn(const struct zone *zone)
{
	return zone->zone_start_pfn + zone->spanned_pages;
}

/** zone_spans_pfn - is a frame between a zone's ends? It may be a hole */
static inline bool zone_spans_pfn(const struct zone *zone, unsigned long pfn)
{
	return zone->zone_start_pfn <= pfn && pfn < zone_end_pfn(zone);
}

/** min_wmark_pages - below it only those allocate who free more */
static inline unsigned long min_wmark_pages(const struct zone *zone)
{
	return zone->_watermark[WMARK_MIN];
}

/** low_wmark_pages - below it a zone is short of memory */
static inline unsigned long low_wmark_pages(const struct zone *zone)
{
	return zone->_watermark[WMARK_LOW];
}

/** high_wmark_pages - above it a zone has plenty */
static inline unsigned long high_wmark_pages(const struct zone *zone)
{
	return zone->_watermark[WMARK_HIGH];
}

/*
 * Is there a struct page for @pfn? vmemmap is populated in whole MAX_PAGE_ORDER blocks, so that
 * the buddy allocator can look at a neighbour without asking.
 */
bool pfn_valid(unsigned long pfn);
#define pfn_valid pfn_valid

#ifndef numa_node_id
#define numa_node_id()		0
#endif
#ifndef NUMA_NO_NODE
#define NUMA_NO_NODE		(-1)
#endif

#endif /* _LINUX_MMZONE_H */
