// SPDX-License-Identifier: MIT
/*
 * The page allocator: zones, the buddy system, and per-CPU lists in front of it.
 *
 * Buddy system. Free memory is kept as blocks of 2^order pages, each aligned to its size, on one
 * list per order. The buddy of a block is the neighbour with which it makes up the next larger
 * block; their frame numbers differ in bit `order` only:
 *
 *	order 2   [ 0  1  2  3 ][ 4  5  6  7 ]		buddy(pfn, order) = pfn ^ (1 << order)
 *	order 1   [ 0  1 ][ 2  3 ] ...
 *
 * An allocation takes the smallest block that is large enough and splits it, putting the upper
 * halves back. A free merges with its buddy as long as that is free and whole. Invariants, under
 * zone->lock:
 *
 *	B1  a free block is on free_area[order].free_list; its first page has type "buddy" and the
 *	    order in ->private; its other pages have no type
 *	B2  two free buddies of the same order never coexist below MAX_PAGE_ORDER
 *	B3  zone->nr_free is the number of pages on all the lists
 *
 * Per-CPU lists hold pages of order 0 to 3 that were freed a short while ago: most allocations and
 * frees stop there, with a lock that no other CPU wants, and cache-warm pages. They are filled
 * and emptied `batch` pages at a time. Pages on them count as allocated to the buddy system.
 *
 * Who gets what (the watermarks are explained in mmzone.h):
 *
 *	fast path	while a zone stays above `low`
 *	slow path	down to `min`; GFP_ATOMIC to half and a bit of it; PF_MEMALLOC to zero
 *	reclaim		if the caller may sleep: shrinkers, drained lists; then once more
 *	out of memory	mm/oom_kill.c; __GFP_NORETRY, __GFP_RETRY_MAYFAIL and large orders
 *			fail instead
 *
 * A zone falls back to the lower ones (NORMAL to DMA32), which keep lowmem_reserve() pages from
 * such guests.
 *
 * Adding page mobility later means one list per mobility and order in free_area, and a pageblock
 * bitmap; nothing else knows how the lists are split.
 */

#define pr_fmt(fmt) "page_alloc: " fmt

#include <linux/align.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/math.h>
#include <linux/mm.h>
#include <linux/oom.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/report.h>
#include <linux/sched/mm.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "internal.h"

/* Flags that may be asked for now: while booting nobody can sleep. */
gfp_t gfp_allowed_mask __read_mostly = __GFP_BITS_MASK & ~(__GFP_RECLAIM | __GFP_IO | __GFP_FS);

static DEFINE_PER_CPU(struct per_cpu_pages, pcp_lists[MAX_NR_ZONES]);

#define MAX_RECLAIM_RETRIES	4

/* ---- bad pages ---- */

/**
 * dump_page() - print what a struct page says of itself
 * @page: the page
 * @reason: why it is printed, or NULL
 */
void dump_page(const struct page *page, const char *reason)
{
	int mapcount = page_has_type(page) ? 0 : atomic_read(&page->_mapcount) + 1;

	printk(KERN_WARNING "page: refcount:%d mapcount:%d mapping:%p index:%#lx pfn:%#lx\n",
	       page_ref_count(page), mapcount, page->mapping, page->index, page_to_pfn(page));
	printk(KERN_WARNING "flags: %#lx zone:%d type:%#x private:%#lx\n",
	       page->flags & PAGEFLAGS_MASK, page_zonenum(page), page->page_type, page->private);
	if (reason)
		printk(KERN_WARNING "page dumped because: %s\n", reason);
}

static void bad_page(struct page *page, const char *reason)
{
	enum report_verdict verdict = report_begin(REPORT_PAGE, reason);

	pr_alert("BUG: Bad page state in process %s  pfn:%05lx\n", current->comm,
		 page_to_pfn(page));
	dump_page(page, reason);
	dump_stack();
	if (verdict == REPORT_REAL)
		add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

/* Why a page that is free, or is about to be, can't be: NULL if all is well. */
static const char *page_bad_reason(const struct page *page, unsigned long forbidden)
{
	if (unlikely(page->page_type != ~0U))
		return page_has_type(page) ? "has a page type" : "nonzero mapcount";
	if (unlikely(page->mapping))
		return "non-NULL mapping";
	if (unlikely(page_ref_count(page)))
		return "nonzero _refcount";
	if (unlikely(page->flags & forbidden))
		return "PAGE_FLAGS_CHECK_AT_FREE flag(s) set";
	return NULL;
}

/* ---- content checks of free pages (CONFIG_DEBUG_PAGEALLOC) ---- */

#ifdef CONFIG_DEBUG_PAGEALLOC
static bool poison_enabled = true;

/** debug_pagealloc_enabled() - are free pages filled with poison? */
bool debug_pagealloc_enabled(void)
{
	return poison_enabled;
}

/**
 * debug_pagealloc_unmap_pages() - pages become free: fill them, so that a write through a stale
 * pointer shows
 * @page: the first
 * @numpages: how many
 */
void debug_pagealloc_unmap_pages(struct page *page, int numpages)
{
	kasan_disable_current();
	for (; numpages--; page++) {
		memset(page_address(page), PAGE_POISON, PAGE_SIZE);
		__set_bit(PG_poisoned, &page->flags);
	}
	kasan_enable_current();
}

static void check_poison(struct page *page)
{
	const u8 *bad = memchr_inv(page_address(page), PAGE_POISON, PAGE_SIZE);
	enum report_verdict verdict;

	if (likely(!bad))
		return;
	verdict = report_begin(REPORT_PAGE, "page poison overwritten");
	pr_err("pagealloc: memory corruption: %px is %02x, expected %02x\n", bad, *bad,
	       PAGE_POISON);
	dump_page(page, "written to while free");
	dump_stack();
	if (verdict == REPORT_REAL)
		add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

/**
 * debug_pagealloc_map_pages() - pages are allocated: is the filling as it was?
 * @page: the first
 * @numpages: how many; those that weren't filled are passed over
 */
void debug_pagealloc_map_pages(struct page *page, int numpages)
{
	kasan_disable_current();
	for (; numpages--; page++)
		if (__test_and_clear_bit(PG_poisoned, &page->flags))
			check_poison(page);
	kasan_enable_current();
}
#endif

/* ---- the buddy system; all under zone->lock ---- */

static inline unsigned int buddy_order(const struct page *page)
{
	return page->private;
}

/* Marked, as the watermark checks read the counts without the lock. */
static void count_free(struct zone *zone, unsigned int order, long blocks)
{
	struct free_area *area = &zone->free_area[order];

	WRITE_ONCE(area->nr_free, area->nr_free + blocks);
	WRITE_ONCE(zone->nr_free, zone->nr_free + blocks * (1L << order));
}

static void add_to_free_list(struct zone *zone, struct page *page, unsigned int order, bool tail)
{
	struct free_area *area = &zone->free_area[order];

	page->private = order;
	__SetPageBuddy(page);
	if (tail)
		list_add_tail(&page->buddy_list, &area->free_list);
	else
		list_add(&page->buddy_list, &area->free_list);
	count_free(zone, order, 1);
}

static void del_from_free_list(struct zone *zone, struct page *page, unsigned int order)
{
	list_del(&page->buddy_list);
	__ClearPageBuddy(page);
	page->private = 0;
	count_free(zone, order, -1);
}

/* The free buddy of the block at @page, or NULL: it must be whole (B1) and of the same zone. */
static struct page *find_buddy(struct page *page, unsigned long pfn, unsigned int order)
{
	struct page *buddy = page + (long)((pfn ^ (1UL << order)) - pfn);

	if (!PageBuddy(buddy) || buddy_order(buddy) != order)
		return NULL;
	return page_zonenum(buddy) == page_zonenum(page) ? buddy : NULL;
}

static void __free_one_page(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page);
	struct page *buddy;

	for (; order < MAX_PAGE_ORDER; order++) {
		unsigned long low = pfn & ~(1UL << order);

		buddy = find_buddy(page, pfn, order);
		if (!buddy)
			break;
		del_from_free_list(zone, buddy, order);
		page -= pfn - low;
		pfn = low;
	}
	add_to_free_list(zone, page, order, false);
}

/* Take the block of order @high apart until one of order @low is left; it is @page itself. */
static void expand(struct zone *zone, struct page *page, unsigned int low, unsigned int high)
{
	while (high > low) {
		high--;
		add_to_free_list(zone, page + (1UL << high), high, false);
	}
}

static struct page *__rmqueue(struct zone *zone, unsigned int order)
{
	unsigned int current_order;

	for (current_order = order; current_order <= MAX_PAGE_ORDER; current_order++) {
		struct page *page = list_first_entry_or_null(
			&zone->free_area[current_order].free_list, struct page, buddy_list);

		if (!page)
			continue;
		del_from_free_list(zone, page, current_order);
		expand(zone, page, order, current_order);
		return page;
	}
	return NULL;
}

/* ---- per-CPU lists ---- */

static int rmqueue_bulk(struct zone *zone, unsigned int order, int count, struct list_head *list)
{
	int got = 0;

	spin_lock(&zone->lock);
	for (; got < count; got++) {
		struct page *page = __rmqueue(zone, order);

		if (!page)
			break;
		list_add_tail(&page->pcp_list, list);
	}
	spin_unlock(&zone->lock);
	return got;
}

/* Give @count pages (or all there are) back, the least recently used of each list first. */
static void free_pcp_bulk(struct zone *zone, struct per_cpu_pages *pcp, int count)
{
	unsigned int order = NR_PCP_LISTS - 1;

	lockdep_assert_held(&pcp->lock);
	spin_lock(&zone->lock);
	while (count > 0 && pcp->count > 0) {
		struct list_head *list = &pcp->lists[order];

		if (list_empty(list)) {
			order = order ? order - 1 : NR_PCP_LISTS - 1;
			continue;
		}
		while (count > 0 && !list_empty(list)) {
			struct page *page = list_last_entry(list, struct page, pcp_list);

			list_del(&page->pcp_list);
			pcp->count -= 1 << order;
			count -= 1 << order;
			__free_one_page(zone, page, order);
		}
	}
	spin_unlock(&zone->lock);
}

/* How many blocks to fetch at once: fewer when they are large. */
static int refill_batch(const struct per_cpu_pages *pcp, unsigned int order)
{
	return max(READ_ONCE(pcp->batch) >> order, 1);
}

static struct page *pcp_take(struct zone *zone, struct per_cpu_pages *pcp, unsigned int order)
{
	struct list_head *list = &pcp->lists[order];
	struct page *page;

	lockdep_assert_held(&pcp->lock);
	if (list_empty(list))
		pcp->count += rmqueue_bulk(zone, order, refill_batch(pcp, order), list) << order;
	page = list_first_entry_or_null(list, struct page, pcp_list);
	if (!page)
		return NULL;
	list_del(&page->pcp_list);
	pcp->count -= 1 << order;
	return page;
}

static void drain_pcp(struct zone *zone, struct per_cpu_pages *pcp)
{
	unsigned long flags;

	spin_lock_irqsave(&pcp->lock, flags);
	if (pcp->count)
		free_pcp_bulk(zone, pcp, pcp->count);
	spin_unlock_irqrestore(&pcp->lock, flags);
}

static void drain_cpu(unsigned int cpu, struct zone *only)
{
	struct zone *zone;

	for_each_populated_zone(zone)
		if (!only || zone == only)
			drain_pcp(zone, per_cpu_ptr(zone->per_cpu_pageset, cpu));
}

/**
 * drain_local_pages() - empty this CPU's page lists
 * @zone: of this zone, or NULL for all
 */
void drain_local_pages(struct zone *zone)
{
	drain_cpu(raw_smp_processor_id(), zone);
}

/**
 * drain_all_pages() - empty every CPU's page lists
 * @zone: of this zone, or NULL for all
 *
 * Context: Any but NMI. Takes the lists' locks, interrupts nobody.
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

/**
 * page_alloc_init_cpuhp() - from now on a CPU that goes gives its lists of pages back
 *
 * Context: boot.
 */
void page_alloc_init_cpuhp(void)
{
	cpuhp_setup_state_nocalls(CPUHP_PAGE_ALLOC, "mm/page_alloc:pcp", NULL,
				  page_alloc_cpu_dead);
}

/* ---- preparing pages ---- */

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

static bool unprep_compound_page(struct page *page, unsigned int order)
{
	unsigned int i, nr = 1U << order;

	if (unlikely(compound_order(page) != order)) {
		bad_page(page, "freed with another order than it was allocated with");
		return false;
	}
	__ClearPageHead(page);
	page[1].flags &= ~0xffUL;
	for (i = 1; i < nr; i++) {
		clear_compound_head(&page[i]);
		page[i].lru.prev = NULL;
		page[i].mapping = NULL;
		page[i].index = 0;
		page[i].private = 0;
	}
	return true;
}

/* Make a block ready to be free. False: it is damaged and is kept out of circulation. */
static bool free_pages_prepare(struct page *page, unsigned int order)
{
	unsigned int i, nr = 1U << order;
	const char *reason;

	if (test_bit(PG_head, &page->flags) && !unprep_compound_page(page, order))
		return false;
	for (i = 0; i < nr; i++) {
		reason = page_bad_reason(&page[i], PAGE_FLAGS_CHECK_AT_FREE);
		if (unlikely(reason)) {
			bad_page(&page[i], reason);
			return false;
		}
		page[i].flags &= ~PAGEFLAGS_MASK;
	}
	page->private = 0;
	if (debug_pagealloc_enabled())
		debug_pagealloc_unmap_pages(page, nr);
	kasan_poison_pages(page, order);
	return true;
}

static bool check_new_pages(struct page *page, unsigned int order)
{
	unsigned int i;

	for (i = 0; i < 1U << order; i++) {
		const char *reason = page_bad_reason(&page[i], PAGEFLAGS_MASK & ~BIT(PG_poisoned));

		if (unlikely(reason)) {
			bad_page(&page[i], reason);
			return false;
		}
	}
	return true;
}

static void prep_new_page(struct page *page, unsigned int order, gfp_t gfp)
{
	unsigned int i;

	page->private = 0;
	set_page_count(page, 1);
	kasan_unpoison_pages(page, order);
	if (debug_pagealloc_enabled())
		debug_pagealloc_map_pages(page, 1 << order);
	if (gfp & __GFP_ZERO)
		for (i = 0; i < 1U << order; i++)
			clear_page(page_address(page + i));
	if (order && (gfp & __GFP_COMP))
		prep_compound_page(page, order);
}

/* ---- taking from one zone ---- */

static struct page *rmqueue_pcplist(struct zone *zone, unsigned int order)
{
	struct per_cpu_pages *pcp;
	unsigned long flags;
	struct page *page;

	local_irq_save(flags);
	pcp = this_cpu_ptr(zone->per_cpu_pageset);
	spin_lock(&pcp->lock);
	page = pcp_take(zone, pcp, order);
	spin_unlock(&pcp->lock);
	local_irq_restore(flags);
	return page;
}

static struct page *rmqueue_buddy(struct zone *zone, unsigned int order)
{
	unsigned long flags;
	struct page *page;

	spin_lock_irqsave(&zone->lock, flags);
	page = __rmqueue(zone, order);
	spin_unlock_irqrestore(&zone->lock, flags);
	return page;
}

static struct page *rmqueue(struct zone *zone, unsigned int order)
{
	struct page *page;

	do {
		page = order < NR_PCP_LISTS ? rmqueue_pcplist(zone, order) :
					      rmqueue_buddy(zone, order);
	} while (page && !check_new_pages(page, order));
	return page;
}

/* What a zone keeps for those who can only use it, from those who could go higher. */
static unsigned long lowmem_reserve(const struct zone *z, enum zone_type highest)
{
	unsigned long above = 0;
	enum zone_type i;

	for (i = zone_idx(z) + 1; i <= highest; i++)
		above += zone_managed_pages(&contig_page_data.node_zones[i]);
	return above / 256;
}

/**
 * zone_watermark_ok() - may a block be taken without going below a watermark?
 * @z: the zone
 * @order: of the block
 * @mark: pages that must be left
 * @highest: the highest zone that the allocation may use
 * @alloc_flags: ALLOC_* that lower the mark
 *
 * Reads the counts without the lock: the answer is good enough for a decision.
 */
bool zone_watermark_ok(const struct zone *z, unsigned int order, unsigned long mark,
		       enum zone_type highest, unsigned int alloc_flags)
{
	unsigned long free = READ_ONCE(z->nr_free), taken = (1UL << order) - 1;
	unsigned int o;

	if (alloc_flags & ALLOC_MIN_RESERVE)
		mark -= mark / 2;
	if (alloc_flags & ALLOC_NON_BLOCK)
		mark -= mark / 4;
	if (zone_idx(z) < highest)
		mark += lowmem_reserve(z, highest);
	if (free < taken || free - taken <= mark)
		return false;
	for (o = order; o <= MAX_PAGE_ORDER; o++)
		if (READ_ONCE(z->free_area[o].nr_free))
			return true;
	return false;
}

static bool zone_allows(struct zone *zone, unsigned int order, enum zone_type highest,
			unsigned int alloc_flags)
{
	unsigned long mark;

	if (!managed_zone(zone))
		return false;
	if (alloc_flags & ALLOC_NO_WATERMARKS)
		return true;
	mark = zone->_watermark[alloc_flags & ALLOC_WMARK_MASK];
	return zone_watermark_ok(zone, order, mark, highest, alloc_flags);
}

static struct page *get_page_from_freelist(gfp_t gfp, unsigned int order,
					   unsigned int alloc_flags)
{
	enum zone_type highest = gfp_zone(gfp);
	int i;

	for (i = highest; i >= 0; i--) {
		struct zone *zone = &contig_page_data.node_zones[i];
		struct page *page;

		if (!zone_allows(zone, order, highest, alloc_flags))
			continue;
		page = rmqueue(zone, order);
		if (page) {
			prep_new_page(page, order, gfp);
			return page;
		}
	}
	return NULL;
}

/* ---- the slow path ---- */

static bool may_use_all(gfp_t gfp)
{
	if (gfp & __GFP_NOMEMALLOC)
		return false;
	if (gfp & __GFP_MEMALLOC)
		return true;
	return !in_interrupt() && ((current->flags & PF_MEMALLOC) || tsk_is_oom_victim(current));
}

static unsigned int gfp_to_alloc_flags(gfp_t gfp)
{
	unsigned int alloc_flags = ALLOC_WMARK_MIN;

	if (gfp & __GFP_HIGH)
		alloc_flags |= ALLOC_MIN_RESERVE;
	if (!(gfp & __GFP_DIRECT_RECLAIM) && (gfp & __GFP_HIGH))
		alloc_flags |= ALLOC_NON_BLOCK;
	if (may_use_all(gfp))
		alloc_flags |= ALLOC_NO_WATERMARKS;
	return alloc_flags;
}

static const struct {
	gfp_t flag;
	const char *name;
} gfp_names[] = {
	{ GFP_KERNEL,		"GFP_KERNEL" },
	{ GFP_NOFS,		"GFP_NOFS" },
	{ GFP_ATOMIC,		"GFP_ATOMIC" },
	{ GFP_NOIO,		"GFP_NOIO" },
	{ GFP_NOWAIT,		"GFP_NOWAIT" },
	{ __GFP_DIRECT_RECLAIM,	"__GFP_DIRECT_RECLAIM" },
	{ __GFP_KSWAPD_RECLAIM,	"__GFP_KSWAPD_RECLAIM" },
	{ __GFP_HIGH,		"__GFP_HIGH" },
	{ __GFP_IO,		"__GFP_IO" },
	{ __GFP_FS,		"__GFP_FS" },
	{ __GFP_DMA,		"__GFP_DMA" },
	{ __GFP_DMA32,		"__GFP_DMA32" },
	{ __GFP_NOWARN,		"__GFP_NOWARN" },
	{ __GFP_RETRY_MAYFAIL,	"__GFP_RETRY_MAYFAIL" },
	{ __GFP_NOFAIL,		"__GFP_NOFAIL" },
	{ __GFP_NORETRY,	"__GFP_NORETRY" },
	{ __GFP_MEMALLOC,	"__GFP_MEMALLOC" },
	{ __GFP_COMP,		"__GFP_COMP" },
	{ __GFP_ZERO,		"__GFP_ZERO" },
	{ __GFP_ACCOUNT,	"__GFP_ACCOUNT" },
};

/* The names of the flags in @gfp, joined by '|', largest sets first. */
void gfp_to_text(gfp_t gfp, char *buf, size_t len)
{
	size_t pos = 0;
	unsigned int i;

	buf[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(gfp_names); i++) {
		if ((gfp & gfp_names[i].flag) != gfp_names[i].flag)
			continue;
		gfp &= ~gfp_names[i].flag;
		pos += scnprintf(buf + pos, len - pos, "%s%s", pos ? "|" : "", gfp_names[i].name);
	}
	if (gfp)
		scnprintf(buf + pos, len - pos, "%s%#x", pos ? "|" : "", gfp);
}

static void warn_alloc(gfp_t gfp, unsigned int order)
{
	static DEFINE_RATELIMIT_STATE(nopage_rs, 10 * HZ, 1);
	char text[128];

	if ((gfp & __GFP_NOWARN) || !__ratelimit(&nopage_rs))
		return;
	gfp_to_text(gfp, text, sizeof(text));
	pr_warn("%s: page allocation failure: order:%u, mode:%#x(%s), nodemask=(null)\n",
		current->comm, order, gfp, text);
	dump_stack();
	show_mem();
}

/* True if an out-of-memory action is in order for a failing allocation like this. */
static bool may_oom(gfp_t gfp, unsigned int order)
{
	if (gfp & __GFP_NOFAIL)
		return true;
	if (gfp & (__GFP_NORETRY | __GFP_RETRY_MAYFAIL | __GFP_THISNODE))
		return false;
	return order <= PAGE_ALLOC_COSTLY_ORDER && !(current->flags & PF_DUMPCORE);
}

/* Ask for memory back in the last resort; true if some came, and it pays to try again. */
static bool alloc_pages_may_oom(gfp_t gfp, unsigned int order, struct page **page)
{
	struct oom_control oc = { .gfp_mask = gfp, .order = order };
	bool progress;

	*page = NULL;
	/* Somebody else is at it already: what that frees is ours too. */
	if (!mutex_trylock(&oom_lock)) {
		cond_resched();
		return true;
	}
	/* A free between our last look and the lock must not cost a life. */
	*page = get_page_from_freelist(gfp & ~__GFP_DIRECT_RECLAIM, order, ALLOC_WMARK_HIGH);
	progress = *page || (may_oom(gfp, order) && out_of_memory(&oc));
	mutex_unlock(&oom_lock);
	return progress;
}

static struct page *reclaim_and_retry(gfp_t gfp, unsigned int order, unsigned int alloc_flags,
				      bool *progress)
{
	*progress = try_to_free_pages(order, gfp) > 0;
	drain_all_pages(NULL);
	return get_page_from_freelist(gfp, order, alloc_flags);
}

static struct page *alloc_pages_slowpath(gfp_t gfp, unsigned int order)
{
	bool can_sleep = gfp & __GFP_DIRECT_RECLAIM, progress;
	int fruitless = 0;
	unsigned int alloc_flags;
	struct page *page;

	WARN_ON_ONCE((gfp & __GFP_NOFAIL) && !can_sleep);
retry:
	alloc_flags = gfp_to_alloc_flags(gfp);
	page = get_page_from_freelist(gfp, order, alloc_flags);
	if (page)
		return page;
	/* What reclaim itself needs comes from the reserve or not at all. */
	if (!can_sleep || (current->flags & PF_MEMALLOC))
		goto nopage;

	page = reclaim_and_retry(gfp, order, alloc_flags, &progress);
	if (page)
		return page;
	if (gfp & __GFP_NORETRY)
		goto nopage;
	if (order > PAGE_ALLOC_COSTLY_ORDER && !(gfp & (__GFP_RETRY_MAYFAIL | __GFP_NOFAIL)))
		goto nopage;
	fruitless = progress ? 0 : fruitless + 1;
	cond_resched();
	if (fruitless < MAX_RECLAIM_RETRIES)
		goto retry;

	/* It had the last pages open to it: what there isn't won't come by waiting. */
	if (tsk_is_oom_victim(current) && !(gfp & __GFP_NOFAIL))
		goto nopage;
	if (alloc_pages_may_oom(gfp, order, &page)) {
		if (page)
			return page;
		fruitless = 0;
		goto retry;
	}
nopage:
	if ((gfp & __GFP_NOFAIL) && can_sleep) {
		cond_resched();
		fruitless = 0;
		goto retry;
	}
	warn_alloc(gfp, order);
	return NULL;
}

/* ---- the public door: allocation ---- */

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

	if (WARN_ON_ONCE(order > MAX_PAGE_ORDER && !(gfp & __GFP_NOWARN)) ||
	    order > MAX_PAGE_ORDER)
		return NULL;
	gfp = current_gfp_context(gfp & gfp_allowed_mask);
	might_alloc(gfp);
	if (should_fail_alloc_page(gfp, order))
		return NULL;
	page = get_page_from_freelist(gfp, order, ALLOC_WMARK_LOW);
	if (likely(page))
		return page;
	return alloc_pages_slowpath(gfp, order);
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

/**
 * get_free_pages_noprof() - alloc_pages() that returns the address
 * @gfp: how
 * @order: 2^order pages
 *
 * Return: address in the direct map, 0 if there is no memory.
 */
unsigned long get_free_pages_noprof(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages_noprof(gfp & ~__GFP_HIGHMEM, order);

	return page ? (unsigned long)page_address(page) : 0;
}

/**
 * get_zeroed_page_noprof() - one page, zeroed
 * @gfp: how
 *
 * Return: its address, 0 if there is no memory.
 */
unsigned long get_zeroed_page_noprof(gfp_t gfp)
{
	return get_free_pages_noprof(gfp | __GFP_ZERO, 0);
}

/* Take up to @want pages from one CPU's list under one lock; chains them on @list. */
static unsigned long bulk_take(gfp_t gfp, unsigned long want, struct list_head *list)
{
	enum zone_type highest = gfp_zone(gfp);
	unsigned long flags, got = 0;
	int i;

	for (i = highest; i >= 0 && got < want; i--) {
		struct zone *zone = &contig_page_data.node_zones[i];
		struct per_cpu_pages *pcp;
		unsigned long mark = low_wmark_pages(zone) + want;

		if (!managed_zone(zone) || !zone_watermark_ok(zone, 0, mark, highest, 0))
			continue;
		local_irq_save(flags);
		pcp = this_cpu_ptr(zone->per_cpu_pageset);
		spin_lock(&pcp->lock);
		while (got < want) {
			struct page *page = pcp_take(zone, pcp, 0);

			if (!page)
				break;
			if (!check_new_pages(page, 0))
				continue;
			list_add_tail(&page->pcp_list, list);
			got++;
		}
		spin_unlock(&pcp->lock);
		local_irq_restore(flags);
	}
	return got;
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
	unsigned long filled = 0, want;
	struct page *page, *next;
	LIST_HEAD(fresh);
	int i;

	gfp = current_gfp_context(gfp & gfp_allowed_mask);
	might_alloc(gfp);
	if (page_array)
		for (i = 0; i < nr_pages; i++)
			filled += page_array[i] != NULL;
	want = nr_pages - filled;
	if (nr_pages <= 0 || !want || should_fail_alloc_page(gfp, 0))
		return filled;

	if (!bulk_take(gfp, want, &fresh)) {
		page = alloc_pages_noprof(gfp, 0);
		if (!page)
			return filled;
		if (page_list) {
			list_add_tail(&page->lru, page_list);
			return 1;
		}
		for (i = 0; page_array[i]; i++)
			;
		page_array[i] = page;
		return filled + 1;
	}

	i = 0;
	list_for_each_entry_safe(page, next, &fresh, pcp_list) {
		list_del(&page->pcp_list);
		prep_new_page(page, 0, gfp);
		filled++;
		if (page_list) {
			list_add_tail(&page->lru, page_list);
			continue;
		}
		while (page_array[i])
			i++;
		page_array[i] = page;
	}
	return filled;
}

/* ---- freeing ---- */

static void free_one_block(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);
	struct per_cpu_pages *pcp;
	unsigned long flags;

	if (!free_pages_prepare(page, order))
		return;
	if (order >= NR_PCP_LISTS) {
		spin_lock_irqsave(&zone->lock, flags);
		__free_one_page(zone, page, order);
		spin_unlock_irqrestore(&zone->lock, flags);
		return;
	}

	local_irq_save(flags);
	pcp = this_cpu_ptr(zone->per_cpu_pageset);
	spin_lock(&pcp->lock);
	list_add(&page->pcp_list, &pcp->lists[order]);
	pcp->count += 1 << order;
	if (pcp->count > pcp->high)
		free_pcp_bulk(zone, pcp, pcp->count - pcp->high + pcp->batch);
	spin_unlock(&pcp->lock);
	local_irq_restore(flags);
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
	bool head = test_bit(PG_head, &page->flags);

	if (put_page_testzero(page)) {
		free_one_block(page, order);
	} else if (!head) {
		while (order-- > 0)
			free_one_block(page + (1UL << order), order);
	}
}

/**
 * free_pages() - __free_pages() by address
 * @addr: from __get_free_pages(), or 0
 * @order: as it was allocated
 *
 * Context: any but NMI.
 */
void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page((void *)addr), order);
}

/**
 * __folio_put() - free a folio whose last reference is gone
 * @folio: mapped nowhere, in no page cache
 *
 * Context: any but NMI.
 */
void __folio_put(struct folio *folio)
{
	/*
	 * An anonymous folio keeps its mark to the last; one of the page cache has left it before.
	 */
	if (folio_test_anon(folio))
		folio->mapping = NULL;
	free_one_block(&folio->page, folio_order(folio));
}

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

/**
 * free_pages_exact() - free what alloc_pages_exact() gave
 * @virt: its address
 * @size: bytes that were asked for
 */
void free_pages_exact(void *virt, size_t size)
{
	unsigned long addr = (unsigned long)virt, end = addr + PAGE_ALIGN(size);

	for (; addr < end; addr += PAGE_SIZE)
		free_page(addr);
}

/* ---- setting up ---- */

/* The reserve grows with the root of memory: 4 * sqrt(KiB) KiB, 128 KiB to 256 MiB. */
unsigned long min_free_pages_for(unsigned long managed)
{
	unsigned long kbytes = managed << (PAGE_SHIFT - 10);
	unsigned long min_kbytes = int_sqrt(kbytes * 16);

	return clamp(min_kbytes, 128UL, 262144UL) >> (PAGE_SHIFT - 10);
}

int min_free_kbytes;	/* /proc/sys/vm; each zone keeps its share */

static void set_watermarks(struct zone *zone, unsigned long total_managed)
{
	unsigned long managed = zone_managed_pages(zone);
	unsigned long pages = (unsigned long)READ_ONCE(min_free_kbytes) >> (PAGE_SHIFT - 10);
	unsigned long min = pages * managed / max(total_managed, 1UL), flags;
	unsigned long gap = max(min / 4, managed / 1000);

	spin_lock_irqsave(&zone->lock, flags);
	zone->_watermark[WMARK_MIN] = min;
	zone->_watermark[WMARK_LOW] = min + gap;
	zone->_watermark[WMARK_HIGH] = min + 2 * gap;
	spin_unlock_irqrestore(&zone->lock, flags);
}

static void set_pcp_limits(struct zone *zone)
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

static void __init init_pcp(struct zone *zone)
{
	unsigned int cpu, i;

	zone->per_cpu_pageset = &pcp_lists[zone_idx(zone)];
	for_each_possible_cpu(cpu) {
		struct per_cpu_pages *pcp = per_cpu_ptr(zone->per_cpu_pageset, cpu);

		spin_lock_init(&pcp->lock);
		pcp->batch = 1;
		for (i = 0; i < NR_PCP_LISTS; i++)
			INIT_LIST_HEAD(&pcp->lists[i]);
	}
}

/* An empty zone over [start, end), of which @present pages are RAM. */
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
	init_pcp(zone);
}

/*
 * Add a free range whose struct pages are initialised. Ranges come in ascending order and never
 * touch each other (memblock merges those that do), except where one ends with a zone; so the
 * largest aligned blocks inside a range have no free buddy outside, and B2 holds without a look.
 */
void __init zone_add_free_range(struct zone *zone, unsigned long start, unsigned long end)
{
	atomic_long_add(end - start, &zone->managed_pages);
	while (start < end) {
		unsigned int order = MAX_PAGE_ORDER;

		if (start)
			order = min_t(unsigned int, order, __ffs(start));
		while (start + (1UL << order) > end)
			order--;
		add_to_free_list(zone, pfn_to_page(start), order, true);
		kasan_poison_pages(pfn_to_page(start), order);
		start += 1UL << order;
	}
}

/** setup_per_zone_wmarks - each zone's watermarks follow min_free_kbytes */
void setup_per_zone_wmarks(void)
{
	unsigned long managed = totalram_pages();
	struct zone *zone;

	for_each_populated_zone(zone)
		set_watermarks(zone, managed);
}

/**
 * page_alloc_init() - watermarks and the sizes of the CPUs' lists follow from how much memory there
 * is
 */
void __init page_alloc_init(void)
{
	struct zone *zone;

	min_free_kbytes = min_free_pages_for(totalram_pages()) << (PAGE_SHIFT - 10);
	setup_per_zone_wmarks();
	for_each_populated_zone(zone)
		set_pcp_limits(zone);
}

/* Interrupts are on and the scheduler runs: from here on allocations may sleep. */
static int __init page_alloc_late_init(void)
{
	gfp_allowed_mask = __GFP_BITS_MASK;
	page_alloc_init_cpuhp();
	return 0;
}
early_initcall(page_alloc_late_init);

/* ---- figures ---- */

/* Pages on the per-CPU lists of a zone. */
unsigned long zone_pcp_pages(const struct zone *zone)
{
	unsigned long sum = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(zone->per_cpu_pageset, cpu)->count);
	return sum;
}

/**
 * nr_free_pages() - free pages, without those on CPUs' lists
 *
 * Return: pages; a sum of numbers that move.
 */
unsigned long nr_free_pages(void)
{
	unsigned long sum = 0;
	struct zone *zone;

	for_each_populated_zone(zone)
		sum += READ_ONCE(zone->nr_free);
	return sum;
}

/**
 * nr_free_buffer_pages() - pages that all may use, beyond the zones' high watermarks
 *
 * Return: pages.
 */
unsigned long nr_free_buffer_pages(void)
{
	unsigned long sum = 0;
	struct zone *zone;

	for_each_populated_zone(zone)
		if (zone_managed_pages(zone) > high_wmark_pages(zone))
			sum += zone_managed_pages(zone) - high_wmark_pages(zone);
	return sum;
}
