// SPDX-License-Identifier: MIT
/*
 * Where the memory is: the report of a failed allocation, the figures of /proc/meminfo, and the
 * balance that a test takes before and after.
 */

#define pr_fmt(fmt) fmt

#include <linux/gfp.h>
#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include <uapi/linux/sysinfo.h>

#include "internal.h"
#include "slab.h"

#define K(pages)	((pages) << (PAGE_SHIFT - 10))

static void show_zone(const struct zone *zone)
{
	unsigned long total = 0;
	unsigned int order;

	pr_info("%s free:%lukB min:%lukB low:%lukB high:%lukB present:%lukB managed:%lukB pcp:%lukB\n",
		zone->name, K(READ_ONCE(zone->nr_free)), K(min_wmark_pages(zone)),
		K(low_wmark_pages(zone)), K(high_wmark_pages(zone)), K(zone->present_pages),
		K(zone_managed_pages(zone)), K(zone_pcp_pages(zone)));
	pr_info("%s: ", zone->name);
	for (order = 0; order < NR_PAGE_ORDERS; order++) {
		unsigned long nr = READ_ONCE(zone->free_area[order].nr_free);

		total += nr << order;
		pr_cont("%lu*%lukB ", nr, K(1UL) << order);
	}
	pr_cont("= %lukB\n", K(total));
}

void show_free_areas(void)
{
	struct zone *zone;

	for_each_populated_zone(zone)
		show_zone(zone);
}

/**
 * show_mem() - print where the memory is
 *
 * Context: Any. Takes no locks, so figures that change may not add up.
 */
void show_mem(void)
{
	pr_info("Mem-Info:\n");
	pr_info("free:%lu slab:%lu pagetables:%lu vmalloc:%lu percpu:%lu\n", nr_free_pages(),
		mm_stat_read(NR_SLAB_PAGES), mm_stat_read(NR_PAGETABLE), vmalloc_nr_pages(),
		pcpu_nr_pages());
	show_free_areas();
	pr_info("%lu pages RAM\n", contig_page_data.node_present_pages);
	pr_info("%lu pages reserved\n", contig_page_data.node_present_pages - totalram_pages());
}

/**
 * si_mem_available() - memory that a new program could have without pushing anybody
 *
 * Return: pages.
 */
long si_mem_available(void)
{
	long available = nr_free_pages();
	struct zone *zone;

	for_each_populated_zone(zone)
		available += zone_pcp_pages(zone) - high_wmark_pages(zone);
	return max(available, 0L);
}

/**
 * si_meminfo() - sysinfo(2)'s part of memory
 * @val: cleared; total and free RAM in pages
 */
void si_meminfo(struct sysinfo *val)
{
	memset(val, 0, sizeof(*val));
	val->totalram = totalram_pages();
	val->freeram = nr_free_pages();
	val->mem_unit = PAGE_SIZE;
}

static void meminfo_line(const char *name, unsigned long pages)
{
	pr_info("%-16s%8lu kB\n", name, K(pages));
}

/** meminfo_show() - the lines of /proc/meminfo that we have something for, for the monitor */
void meminfo_show(void)
{
	meminfo_line("MemTotal:", totalram_pages());
	meminfo_line("MemFree:", nr_free_pages());
	meminfo_line("MemAvailable:", si_mem_available());
	meminfo_line("Slab:", mm_stat_read(NR_SLAB_PAGES));
	meminfo_line("PageTables:", mm_stat_read(NR_PAGETABLE));
	meminfo_line("VmallocUsed:", vmalloc_nr_pages());
	meminfo_line("Percpu:", pcpu_nr_pages());
}

/* Let go of all that is kept back for speed, so that figures before and after can be compared. */
static void settle(void)
{
	struct kmem_cache *s;

	kvfree_rcu_barrier();
	rcu_barrier();
	kvfree_rcu_drain_spares();
	thread_stack_cache_drain();
	vfree_deferred_now();
	kasan_quarantine_drain();
	mutex_lock(&slab_mutex);
	list_for_each_entry(s, &slab_caches, list)
		kasan_cache_shrink(s);
	mutex_unlock(&slab_mutex);
	vmap_purge_lazy();
	drain_all_pages(NULL);
}

/**
 * mm_read_totals() - how much memory is in use, without what allocators keep back
 * @totals: where to put the figures
 *
 * Deferred frees that are already due (RCU callbacks, the quarantine) are carried out first.
 * Other tasks that allocate meanwhile show up as differences.
 *
 * Context: May sleep.
 */
void mm_read_totals(struct mm_totals *totals)
{
	settle();
	totals->slab_objects = slab_active_objects();
	totals->percpu_bytes = pcpu_allocated_bytes();
	totals->vmap_areas = vmap_area_count();
	totals->pages = totalram_pages() - nr_free_pages() - mm_stat_read(NR_SLAB_PAGES) -
			mm_stat_read(NR_PAGETABLE) - mm_stat_read(NR_PERCPU_PAGES) -
			mm_stat_read(NR_STACKDEPOT_PAGES);
}
