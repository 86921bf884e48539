// SPDX-License-Identifier: MIT
/*
 * Each CPU's stock of free pages.
 *
 * Before a zone's buddy system stands, for each CPU, a stock of blocks of order 0 to 3 that were
 * freed a short while ago. Most allocations and frees stop there: its lock is wanted by no other
 * CPU, and the pages are still in the cache. To the buddy system they count as allocated.
 *
 *	      take                     give
 *	       |                         |
 *	 lists[order]  first <---- blocks ----> last		newest first
 *	       ^                                 |
 *	 empty: __pcp_refill()        above `high`: __pcp_trim()
 *	       |                                 v
 *	       +--------- buddy system ----------+		`batch` pages at a time
 *
 * With a batch between the two ends, a CPU that takes and gives in turn does not go to the zone
 * each time. Other CPUs come for a stock only to empty it: when memory is short, and when its CPU
 * is gone.
 */
#include "page_alloc.h"

#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/smp.h>

static DEFINE_PER_CPU(struct per_cpu_pages, pcp_lists[MAX_NR_ZONES]);

/* ---- between stock and zone: pcp->lock is held ---- */

/** __pcp_refill - fetch blocks of an order; fewer when they are large. Maybe there are none */
void __pcp_refill(struct zone *zone, struct per_cpu_pages *pcp, unsigned int order)
{
	int blocks = max(READ_ONCE(pcp->batch) >> order, 1);

	pcp->count += buddy_take_many(zone, order, blocks, &pcp->lists[order]) << order;
}

/* Give up to @count pages of one order, oldest first. Return: how many are still to be given. */
static int trim_list(struct zone *zone, struct per_cpu_pages *pcp, unsigned int order, int count)
{
	struct list_head *list = &pcp->lists[order];
	struct page *page;

	while (count > 0 && !list_empty(list)) {
		page = list_last_entry(list, struct page, pcp_list);
		list_del(&page->pcp_list);
		pcp->count -= 1 << order;
		count -= 1 << order;
		__buddy_give(zone, page, order);
	}
	return count;
}

/**
 * __pcp_trim - give pages back, of the largest blocks first
 * @zone: the zone
 * @pcp: a stock of it, locked
 * @count: how many at least; all, if there are less
 */
void __pcp_trim(struct zone *zone, struct per_cpu_pages *pcp, int count)
{
	unsigned int order = NR_PCP_LISTS;

	lockdep_assert_held(&pcp->lock);
	spin_lock(&zone->lock);
	while (order-- > 0 && count > 0)
		count = trim_list(zone, pcp, order, count);
	spin_unlock(&zone->lock);
}

/* ---- emptying ---- */

static void drain_stock(struct zone *zone, unsigned int cpu)
{
	struct per_cpu_pages *pcp = per_cpu_ptr(zone->per_cpu_pageset, cpu);
	unsigned long flags;

	spin_lock_irqsave(&pcp->lock, flags);
	if (pcp->count)
		__pcp_trim(zone, pcp, pcp->count);
	spin_unlock_irqrestore(&pcp->lock, flags);
}

static void drain_cpu(unsigned int cpu, struct zone *only)
{
	struct zone *zone;

	for_each_populated_zone(zone)
		if (!only || zone == only)
			drain_stock(zone, cpu);
}

/**
 * drain_all_pages() - empty every CPU's stock
 * @zone: of this zone, or NULL for all
 *
 * Context: Any but NMI. Takes the stocks' locks, interrupts nobody.
 */
void drain_all_pages(struct zone *zone)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		drain_cpu(cpu, zone);
}

static int page_alloc_cpu_dead(unsigned int cpu)
{
	drain_cpu(cpu, NULL);
	return 0;
}

/** page_alloc_init_cpuhp() - from here on a CPU that goes leaves no pages behind */
void page_alloc_init_cpuhp(void)
{
	cpuhp_setup_state_nocalls(CPUHP_PAGE_ALLOC, "mm/page_alloc:pcp", NULL,
				  page_alloc_cpu_dead);
}

/* ---- setting up, figures ---- */

/** pcp_init - empty stocks for a zone. Context: boot */
void __init pcp_init(struct zone *zone)
{
	unsigned int cpu, order;

	zone->per_cpu_pageset = &pcp_lists[zone_idx(zone)];
	for_each_possible_cpu(cpu) {
		struct per_cpu_pages *pcp = per_cpu_ptr(zone->per_cpu_pageset, cpu);

		spin_lock_init(&pcp->lock);
		pcp->batch = 1;
		for (order = 0; order < NR_PCP_LISTS; order++)
			INIT_LIST_HEAD(&pcp->lists[order]);
	}
}

/**
 * pcp_set_limits - how large stocks may be
 * @zone: all stocks of it together hold a 32nd of it at the most
 *
 * A batch is a 4096th of the zone, at most 63 pages: more would hold zone->lock for long.
 */
void pcp_set_limits(struct zone *zone)
{
	unsigned long managed = zone_managed_pages(zone);
	int batch = clamp(managed / 4096, 1UL, 63UL);
	int high = clamp(managed / (32 * num_possible_cpus()), 4UL, 6UL * batch + 64);
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct per_cpu_pages *pcp = per_cpu_ptr(zone->per_cpu_pageset, cpu);

		pcp->batch = min(batch, high);
		pcp->high = high;
	}
}

/** zone_pcp_pages() - how many free pages of a zone are in stocks, about */
unsigned long zone_pcp_pages(const struct zone *zone)
{
	unsigned long sum = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(zone->per_cpu_pageset, cpu)->count);
	return sum;
}
