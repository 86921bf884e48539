// SPDX-License-Identifier: MIT
/*
 * From memblock to a working memory manager.
 *
 *	setup_arch()		memblock knows RAM and what is taken; the direct map stands
 *	setup_per_cpu_areas()	last large users of memblock
 *	mm_core_init()
 *	  free_area_init()	which frames exist, vmemmap behind their struct pages, zones
 *	  mm_init_struct_pages() one pass over all struct pages; free ones go to the buddy lists
 *	  kmem_cache_init()	slab caches
 *	  vmalloc_init()	vmalloc space
 *
 * Struct pages exist for whole blocks of MAX_PAGE_ORDER, so that the buddy allocator may look at
 * any frame's neighbour. Frames of such a block that are no RAM are marked reserved for ever.
 *
 * Cost: the pass stores each struct page's eight words once and touches free pages no more than
 * that; 256 MiB of RAM are 65,536 of them.
 */

#define pr_fmt(fmt) "mm: " fmt

#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stackdepot.h>
#include <linux/vmalloc.h>
#include <asm/sections.h>

#include "internal.h"

struct pglist_data contig_page_data;
unsigned long max_pfn;
unsigned long max_low_pfn;
unsigned long min_low_pfn;
void *high_memory;
atomic_long_t _totalram_pages;
atomic_long_t mm_stat[NR_MM_STAT_ITEMS];

/* Blocks of frames that have struct pages: sorted, disjoint, constant after free_area_init(). */
#define MAX_VMEMMAP_RANGES	INIT_MEMBLOCK_MEMORY_REGIONS
static struct pfn_range {
	unsigned long start;
	unsigned long end;
} vmemmap_ranges[MAX_VMEMMAP_RANGES] __ro_after_init;
static unsigned int nr_vmemmap_ranges __ro_after_init;

#define DMA32_END_PFN	(1UL << (32 - PAGE_SHIFT))

/* ---- mem= ---- */

static phys_addr_t memory_limit __initdata;

/**
 * early_parse_mem() - mem=nn[KMG]: use only so much RAM
 * @arg: the text behind the sign
 *
 * Works whether memblock is filled before or after.
 *
 * Return: 0, -EINVAL without text.
 */
int __init early_parse_mem(char *arg)
{
	if (!arg)
		return -EINVAL;
	memory_limit = memparse(arg, &arg) & PAGE_MASK;
	pr_notice("memory limited to %llu MiB\n", (unsigned long long)memory_limit >> 20);
	memblock_enforce_memory_limit(memory_limit);
	return 0;
}
early_param("mem", early_parse_mem);

/* ---- which frames exist ---- */

/**
 * pfn_valid() - has a frame a struct page?
 * @pfn: its number
 *
 * Context: any.
 */
bool pfn_valid(unsigned long pfn)
{
	unsigned int i;

	for (i = 0; i < nr_vmemmap_ranges; i++)
		if (pfn >= vmemmap_ranges[i].start && pfn < vmemmap_ranges[i].end)
			return true;
	return false;
}

static void __init collect_ranges(void)
{
	struct memblock_region *r;

	for_each_mem_region(r) {
		unsigned long start = ALIGN_DOWN(PFN_DOWN(r->base), MAX_ORDER_NR_PAGES);
		unsigned long end = ALIGN(PFN_UP(r->base + r->size), MAX_ORDER_NR_PAGES);
		struct pfn_range *last;

		if (nr_vmemmap_ranges) {
			last = &vmemmap_ranges[nr_vmemmap_ranges - 1];
			if (start <= last->end) {
				last->end = max(last->end, end);
				continue;
			}
		}
		vmemmap_ranges[nr_vmemmap_ranges++] = (struct pfn_range){ start, end };
	}
	if (!nr_vmemmap_ranges)
		panic("no memory\n");
}

static void __init populate_ranges(void)
{
	unsigned int i;

	for (i = 0; i < nr_vmemmap_ranges; i++) {
		unsigned long start = (unsigned long)pfn_to_page(vmemmap_ranges[i].start);
		unsigned long end = (unsigned long)pfn_to_page(vmemmap_ranges[i].end);

		if (vmemmap_populate(start & PAGE_MASK, PAGE_ALIGN(end)))
			panic("no memory for struct pages\n");
	}
}

/* RAM pages in [start, end), and where they begin and end. */
static unsigned long __init present_in(unsigned long start, unsigned long end,
				       unsigned long *first, unsigned long *last)
{
	struct memblock_region *r;
	unsigned long present = 0;

	*first = *last = start;
	for_each_mem_region(r) {
		unsigned long lo = max((unsigned long)PFN_UP(r->base), start);
		unsigned long hi = min((unsigned long)PFN_DOWN(r->base + r->size), end);

		if (lo >= hi)
			continue;
		if (!present)
			*first = lo;
		*last = hi;
		present += hi - lo;
	}
	return present;
}

static void __init init_zone_range(enum zone_type type, const char *name, unsigned long start,
				   unsigned long end)
{
	struct zone *zone = &contig_page_data.node_zones[type];
	unsigned long first, last, present = present_in(start, end, &first, &last);

	zone_init(zone, name, first, last, present);
	contig_page_data.node_present_pages += present;
}

/* Find the frames, back their struct pages, set up empty zones. */
void __init free_area_init(void)
{
	collect_ranges();
	populate_ranges();

	min_low_pfn = PFN_UP(memblock_start_of_DRAM());
	max_pfn = PFN_DOWN(memblock_end_of_DRAM());
	max_low_pfn = max_pfn;
	high_memory = __va(PFN_PHYS(max_pfn) - 1) + 1;

	contig_page_data.node_start_pfn = min_low_pfn;
	contig_page_data.node_spanned_pages = max_pfn - min_low_pfn;
	contig_page_data.nr_zones = MAX_NR_ZONES;
	init_zone_range(ZONE_DMA32, "DMA32", 0, DMA32_END_PFN);
	init_zone_range(ZONE_NORMAL, "Normal", DMA32_END_PFN, max(max_pfn, DMA32_END_PFN));
}

/* ---- struct pages ---- */

static __always_inline void init_one(struct page *page, unsigned long flags, int refs)
{
	page->flags = flags;
	page->compound_head = 0;
	page->lru.prev = NULL;
	page->mapping = NULL;
	page->index = 0;
	page->private = 0;
	page->page_type = ~0U;
	atomic_set(&page->_refcount, refs);
	page->memcg_data = 0;
}

static void __init init_reserved(unsigned long pfn, unsigned long end)
{
	struct page *page = pfn_to_page(pfn);

	for (; pfn < end; pfn++, page++) {
		unsigned long zone = pfn < DMA32_END_PFN ? ZONE_DMA32 : ZONE_NORMAL;

		init_one(page, zone << ZONES_PGSHIFT | BIT(PG_reserved), 1);
	}
}

static void __init init_free_in_zone(enum zone_type type, unsigned long start, unsigned long end)
{
	struct page *page = pfn_to_page(start), *last = pfn_to_page(end);
	unsigned long flags = (unsigned long)type << ZONES_PGSHIFT;

	for (; page < last; page++)
		init_one(page, flags, 0);
	zone_add_free_range(&contig_page_data.node_zones[type], start, end);
	totalram_pages_add(end - start);
}

static void __init init_free(unsigned long start, unsigned long end)
{
	unsigned long border = clamp(DMA32_END_PFN, start, end);

	if (start < border)
		init_free_in_zone(ZONE_DMA32, start, border);
	if (border < end)
		init_free_in_zone(ZONE_NORMAL, border, end);
}

/* Walk one block range: what memblock has free goes to the buddy lists, the rest is reserved. */
static void __init init_block_range(unsigned long pfn, unsigned long end_pfn)
{
	phys_addr_t lo, hi;

	while (pfn < end_pfn && __memblock_next_free(&memblock, PFN_PHYS(pfn), &lo, &hi)) {
		unsigned long start = PFN_UP(lo), end = PFN_DOWN(hi);

		if (start >= end_pfn)
			break;
		end = min(end, end_pfn);
		if (start >= end) {	/* less than a page is free there */
			start = end = max(PFN_UP(hi), pfn + 1);
			start = end = min(end, end_pfn);
		}
		init_reserved(pfn, start);
		if (start < end)
			init_free(start, end);
		pfn = end;
	}
	init_reserved(pfn, end_pfn);
}

/** mm_init_struct_pages() - fill the struct pages in, and hand free memory to the page allocator */
void __init mm_init_struct_pages(void)
{
	unsigned int i;

	for (i = 0; i < nr_vmemmap_ranges; i++)
		init_block_range(vmemmap_ranges[i].start, vmemmap_ranges[i].end);
}

/**
 * memblock_free_all() - hand what is free to the page allocator; memblock allocates no more
 *
 * Context: boot.
 */
void __init memblock_free_all(void)
{
	mm_init_struct_pages();
}

/**
 * mm_core_init() - bring up memory management
 *
 * Context: Boot CPU, interrupts off, after setup_per_cpu_areas().
 */
void __init mm_core_init(void)
{
	free_area_init();
	memblock_free_all();
	page_alloc_init();
	kmem_cache_init();
	vmalloc_init();
#if defined(CONFIG_KASAN) || defined(CONFIG_SLUB_DEBUG)
	stack_depot_init();
#endif
	mem_init_print_info();
}

/** mem_init_print_info() - say how much memory there is, and what the kernel takes */
void __init mem_init_print_info(void)
{
	unsigned long text = _etext - _stext, data = _edata - _sdata;
	unsigned long ro = __end_rodata - __start_rodata, bss = __bss_stop - __bss_start;
	unsigned long init = __init_end - __init_begin;
	unsigned long present = contig_page_data.node_present_pages;

	pr_info("Memory: %luK/%luK available (%luK kernel code, %luK rwdata, %luK rodata, %luK init, %luK bss, %luK reserved)\n",
		nr_free_pages() << (PAGE_SHIFT - 10), present << (PAGE_SHIFT - 10), text >> 10,
		data >> 10, ro >> 10, init >> 10, bss >> 10,
		(present - totalram_pages()) << (PAGE_SHIFT - 10));
}

/* ---- memory that boot held and gives back ---- */

/**
 * adjust_managed_page_count() - the page allocator manages so many pages more
 * @page: one of them
 * @count: how many, may be negative
 */
void adjust_managed_page_count(struct page *page, long count)
{
	atomic_long_add(count, &page_zone(page)->managed_pages);
	totalram_pages_add(count);
}

/**
 * free_reserved_page() - give a page that was reserved at boot to the page allocator
 * @page: the page; its direct map must be intact
 */
void free_reserved_page(struct page *page)
{
	__ClearPageReserved(page);
	init_page_count(page);
	adjust_managed_page_count(page, 1);
	__free_page(page);
}

/**
 * free_reserved_area() - give a range that was reserved at boot to the page allocator
 * @start: address in the direct map or the kernel image
 * @end: one past the last byte
 * @poison: byte to fill it with first, or -1
 * @s: what it was, for the log, or NULL
 *
 * Only whole pages inside the range are freed.
 *
 * Return: how many.
 */
unsigned long free_reserved_area(void *start, void *end, int poison, const char *s)
{
	void *pos = (void *)PAGE_ALIGN((unsigned long)start);
	void *stop = (void *)((unsigned long)end & PAGE_MASK);
	unsigned long pages = 0;

	for (; pos < stop; pos += PAGE_SIZE, pages++) {
		struct page *page = phys_to_page(__pa(pos));

		/* By the direct map: the image's own mapping may be read-only by now. */
		if (poison >= 0)
			memset(page_address(page), poison, PAGE_SIZE);
		free_reserved_page(page);
	}
	if (pages && s)
		pr_info("Freeing %s memory: %luK\n", s, pages << (PAGE_SHIFT - 10));
	return pages;
}
