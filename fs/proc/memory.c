// SPDX-License-Identifier: MIT
/* What /proc tells of memory: meminfo, vmstat, buddyinfo, zoneinfo. */

#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmzone.h>
#include <linux/percpu.h>
#include <linux/proc_fs.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <linux/vmalloc.h>

#include <uapi/linux/sysinfo.h>

#include "internal.h"

/* ---- the page cache ---- */

static void add_file_pages(struct super_block *sb, void *arg)
{
	unsigned long *pages = arg;
	struct inode *inode;

	spin_lock(&sb->s_inode_list_lock);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list)
		*pages += READ_ONCE(inode->i_data.nrpages);
	spin_unlock(&sb->s_inode_list_lock);
}

/*
 * Pages of all files. They are summed up when somebody asks: a count would cost each page a write.
 */
static unsigned long file_pages(void)
{
	unsigned long pages = 0;

	iterate_supers(add_file_pages, &pages);
	return pages;
}

/* ---- meminfo ---- */

static void show_kb(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_printf(m, "%-16s%8lu kB\n", name, pages << (PAGE_SHIFT - 10));
}

static int meminfo_proc_show(struct seq_file *m, void *v)
{
	struct sysinfo i;

	si_meminfo(&i);
	show_kb(m, "MemTotal:", i.totalram);
	show_kb(m, "MemFree:", i.freeram);
	show_kb(m, "MemAvailable:", si_mem_available());
	show_kb(m, "Buffers:", i.bufferram);
	show_kb(m, "Cached:", file_pages());
	show_kb(m, "SwapCached:", 0);
	show_kb(m, "SwapTotal:", i.totalswap);
	show_kb(m, "SwapFree:", i.freeswap);
	show_kb(m, "Shmem:", i.sharedram);
	show_kb(m, "Slab:", mm_stat_read(NR_SLAB_PAGES));
	show_kb(m, "SReclaimable:", 0);
	show_kb(m, "SUnreclaim:", mm_stat_read(NR_SLAB_PAGES));
	seq_printf(m, "%-16s%8lu kB\n", "KernelStack:",
		   (unsigned long)nr_threads * (THREAD_SIZE >> 10));
	show_kb(m, "PageTables:", mm_stat_read(NR_PAGETABLE));
	show_kb(m, "CommitLimit:", vm_commit_limit());
	show_kb(m, "Committed_AS:", vm_memory_committed());
	seq_printf(m, "%-16s%8lu kB\n", "VmallocTotal:", (VMALLOC_END - VMALLOC_START) >> 10);
	show_kb(m, "VmallocUsed:", mm_stat_read(NR_VMALLOC_PAGES));
	show_kb(m, "VmallocChunk:", 0);		/* not told any more: it took a walk of all */
	show_kb(m, "Percpu:", mm_stat_read(NR_PERCPU_PAGES));
	return 0;
}

/* ---- vmstat ---- */

static void show_stat(struct seq_file *m, const char *name, unsigned long n)
{
	seq_puts(m, name);
	seq_put_decimal_ull(m, " ", n);
	seq_putc(m, '\n');
}

static int vmstat_show(struct seq_file *m, void *v)
{
	struct sysinfo i;

	si_meminfo(&i);
	show_stat(m, "nr_free_pages", i.freeram);
	show_stat(m, "nr_file_pages", file_pages());
	show_stat(m, "nr_shmem", i.sharedram);
	show_stat(m, "nr_slab_unreclaimable", mm_stat_read(NR_SLAB_PAGES));
	show_stat(m, "nr_page_table_pages", mm_stat_read(NR_PAGETABLE));
	show_stat(m, "nr_kernel_stack", (unsigned long)nr_threads * (THREAD_SIZE >> 10));
	return 0;
}

/* ---- zones ---- */

static int buddyinfo_show(struct seq_file *m, void *v)
{
	struct zone *zone;
	unsigned int order;

	for_each_populated_zone(zone) {
		seq_printf(m, "Node %d, zone %8s ", 0, zone->name);
		for (order = 0; order < NR_PAGE_ORDERS; order++)
			seq_printf(m, "%6lu ", READ_ONCE(zone->free_area[order].nr_free));
		seq_putc(m, '\n');
	}
	return 0;
}

static void show_zone_line(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_printf(m, "\n        %-8s %lu", name, pages);
}

static void show_pagesets(struct seq_file *m, struct zone *zone)
{
	int cpu;

	seq_puts(m, "\n  pagesets");
	for_each_online_cpu(cpu) {
		struct per_cpu_pages *pcp = per_cpu_ptr(zone->per_cpu_pageset, cpu);

		seq_printf(m, "\n    cpu: %i\n              count: %i\n              high:  %i\n"
			   "              batch: %i", cpu, READ_ONCE(pcp->count), pcp->high,
			   pcp->batch);
	}
}

static int zoneinfo_show(struct seq_file *m, void *v)
{
	struct zone *zone;

	for_each_populated_zone(zone) {
		seq_printf(m, "Node %d, zone %8s\n  pages free     %lu", 0, zone->name,
			   READ_ONCE(zone->nr_free));
		show_zone_line(m, "min", min_wmark_pages(zone));
		show_zone_line(m, "low", low_wmark_pages(zone));
		show_zone_line(m, "high", high_wmark_pages(zone));
		show_zone_line(m, "spanned", zone->spanned_pages);
		show_zone_line(m, "present", zone->present_pages);
		show_zone_line(m, "managed", zone_managed_pages(zone));
		show_pagesets(m, zone);
		seq_printf(m, "\n  start_pfn:           %lu\n", zone->zone_start_pfn);
	}
	return 0;
}

static int __init proc_memory_init(void)
{
	proc_create_single("meminfo", 0, NULL, meminfo_proc_show);
	proc_create_single("vmstat", 0, NULL, vmstat_show);
	proc_create_single("buddyinfo", 0, NULL, buddyinfo_show);
	proc_create_single("zoneinfo", 0, NULL, zoneinfo_show);
	return 0;
}
fs_initcall(proc_memory_init);
