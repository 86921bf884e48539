// SPDX-License-Identifier: MIT
/*
 * Zones: how much memory of which kind there is, and how much of it is kept back.
 *
 * The allocator must never run dry: reclaim itself, and interrupt handlers, need pages. So each
 * zone keeps a reserve, its share of min_free_kbytes, and three marks count upwards from there (who
 * may go how deep is in page_alloc.c):
 *
 *	free pages
 *	   |  ordinary allocations
 *	 high ---- reclaim has done enough
 *	   |
 *	 low  ---- the fast path ends
 *	   |
 *	 min  ---- who may sleep reclaims; below are the reserves of those who may not
 *	   |
 *	   0
 */

#include "page_alloc.h"

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/math.h>

int min_free_kbytes;	/* /proc/sys/vm; each zone keeps its share */

/* ---- watermarks ---- */

/** min_free_pages_for() - the reserve: 4 * sqrt(KiB) KiB, 128 KiB to 256 MiB; in pages */
unsigned long min_free_pages_for(unsigned long managed)
{
	unsigned long kbytes = managed << (PAGE_SHIFT - 10);
	unsigned long reserve = int_sqrt(16 * kbytes);

	return clamp(reserve, 128UL, 262144UL) >> (PAGE_SHIFT - 10);
}

static void set_watermarks(struct zone *zone, unsigned long reserve, unsigned long total)
{
	unsigned long managed = zone_managed_pages(zone);
	unsigned long min = reserve * managed / max(total, 1UL);
	unsigned long gap = max(min / 4, managed / 1000), flags;

	spin_lock_irqsave(&zone->lock, flags);
	zone->_watermark[WMARK_MIN] = min;
	zone->_watermark[WMARK_LOW] = min + gap;
	zone->_watermark[WMARK_HIGH] = min + 2 * gap;
	spin_unlock_irqrestore(&zone->lock, flags);
}

/** setup_per_zone_wmarks() - each zone's watermarks follow min_free_kbytes. Context: any but NMI */
void setup_per_zone_wmarks(void)
{
	unsigned long reserve = (unsigned long)READ_ONCE(min_free_kbytes) >> (PAGE_SHIFT - 10);
	unsigned long total = totalram_pages();
	struct zone *zone;

	for_each_populated_zone(zone)
		set_watermarks(zone, reserve, total);
}

/* ---- setting up ---- */

/**
 * zone_init() - make an empty zone
 * @zone: one of contig_page_data's
 * @name: for show
 * @start: first frame
 * @end: frame behind the last
 * @present: how many of them are RAM
 *
 * Context: boot.
 */
void __init zone_init(struct zone *zone, const char *name, unsigned long start, unsigned long end,
		      unsigned long present)
{
	unsigned int order;

	zone->name = name;
	zone->zone_start_pfn = start;
	zone->spanned_pages = end - start;
	zone->present_pages = present;
	spin_lock_init(&zone->lock);
	for (order = 0; order < NR_PAGE_ORDERS; order++)
		INIT_LIST_HEAD(&zone->free_area[order].free_list);
	pcp_init(zone);
}

/** page_alloc_init() - all memory is there: set the limits that follow from how much it is */
void __init page_alloc_init(void)
{
	struct zone *zone;

	min_free_kbytes = min_free_pages_for(totalram_pages()) << (PAGE_SHIFT - 10);
	setup_per_zone_wmarks();
	for_each_populated_zone(zone)
		pcp_set_limits(zone);
}

/* ---- figures ---- */

/** nr_free_pages() - pages in the buddy systems of all zones, as of a moment ago */
unsigned long nr_free_pages(void)
{
	unsigned long sum = 0;
	struct zone *zone;

	for_each_populated_zone(zone)
		sum += READ_ONCE(zone->nr_free);
	return sum;
}
