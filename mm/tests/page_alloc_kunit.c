// SPDX-License-Identifier: MIT
/*
 * The page allocator: blocks, folios, references, per-CPU lists, watermarks, what gfp flags do, and
 * what it says of pages that come back in a bad state.
 */

#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/report.h>
#include <linux/sched/mm.h>
#include <linux/string.h>

#include "../internal.h"

static void each_order_is_aligned_to_its_size(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order <= MAX_PAGE_ORDER; order++) {
		struct page *page = alloc_pages(GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY, order);

		if (!page && order > 6)
			continue;	/* a small machine may have no such block left */
		KUNIT_ASSERT_NOT_NULL(test, page);
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED(page_to_pfn(page), 1UL << order));
		KUNIT_EXPECT_EQ(test, page_count(page), 1);
		__free_pages(page, order);
	}
}

static void too_large_an_order_gives_null(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, alloc_pages(GFP_KERNEL | __GFP_NOWARN, MAX_PAGE_ORDER + 1));
}

static void zeroed_pages_are_zero(struct kunit *test)
{
	unsigned int round;

	for (round = 0; round < 8; round++) {
		void *p = (void *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, 2);

		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, PAGE_SIZE << 2));
		memset(p, 0x55, PAGE_SIZE << 2);
		free_pages((unsigned long)p, 2);
	}
}

static void blocks_do_not_overlap(struct kunit *test)
{
	static struct page *pages[64];
	int i, j;

	for (i = 0; i < 64; i++) {
		pages[i] = alloc_pages(GFP_KERNEL, i % 4);
		KUNIT_ASSERT_NOT_NULL(test, pages[i]);
		memset(page_address(pages[i]), i, PAGE_SIZE << (i % 4));
	}
	for (i = 0; i < 64; i++)
		KUNIT_EXPECT_NULL(test,
				  memchr_inv(page_address(pages[i]), i, PAGE_SIZE << (i % 4)));
	for (j = 0; j < 64; j++) {
		i = (j * 37) % 64;
		__free_pages(pages[i], i % 4);
	}
}

/* B1 to B4 of mm/buddy.c. */
static void check_zone(struct kunit *test, struct zone *zone)
{
	unsigned long flags, sum = 0, bad = 0;
	unsigned int order;
	struct page *page;

	spin_lock_irqsave(&zone->lock, flags);
	for (order = 0; order < NR_PAGE_ORDERS; order++) {
		bad += list_empty(&zone->free_area[order].free_list) ==
		       !!(zone->free_orders & BIT(order));
		list_for_each_entry(page, &zone->free_area[order].free_list, buddy_list) {
			unsigned long pfn = page_to_pfn(page);
			struct page *buddy = pfn_to_page(pfn ^ (1UL << order));

			sum += 1UL << order;
			bad += !PageBuddy(page) || page_private(page) != order ||
			       !IS_ALIGNED(pfn, 1UL << order);
			if (order < MAX_PAGE_ORDER && page_zonenum(buddy) == page_zonenum(page))
				bad += PageBuddy(buddy) && page_private(buddy) == order;
		}
	}
	spin_unlock_irqrestore(&zone->lock, flags);
	KUNIT_EXPECT_EQ(test, sum, READ_ONCE(zone->nr_free));
	KUNIT_EXPECT_EQ(test, bad, 0UL);
}

static void free_lists_keep_their_invariants(struct kunit *test)
{
	static struct page *pages[128];
	struct zone *zone;
	u32 seed = 42;
	int i, n;

	memset(pages, 0, sizeof(pages));
	for (n = 0; n < 4000; n++) {
		seed = seed * 1664525 + 1013904223;
		i = (seed >> 10) % 128;
		if (pages[i]) {
			__free_pages(pages[i], i % 6);
			pages[i] = NULL;
		} else {
			pages[i] = alloc_pages(GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY, i % 6);
		}
	}
	for (i = 0; i < 128; i++)
		if (pages[i])
			__free_pages(pages[i], i % 6);
	drain_all_pages(NULL);
	for_each_populated_zone(zone)
		check_zone(test, zone);
}

static void freed_buddies_merge(struct kunit *test)
{
	struct page *block = alloc_pages(GFP_KERNEL, 4);
	struct zone *zone;
	unsigned long free;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, block);
	zone = page_zone(block);
	drain_all_pages(NULL);
	free = READ_ONCE(zone->free_area[0].nr_free);
	split_page(block, 4);
	for (i = 15; i >= 0; i--)
		__free_page(block + i);
	drain_all_pages(NULL);
	/* Sixteen single pages went in and none is single. Other tasks may move the count a bit. */
	KUNIT_EXPECT_LT(test, READ_ONCE(zone->free_area[0].nr_free), free + 8);
	check_zone(test, zone);
}

static void dma32_memory_is_below_4g(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL | GFP_DMA32);

	if (!page)
		kunit_skip(test, "no memory below 4 GiB");
	KUNIT_EXPECT_LT(test, page_to_phys(page), (phys_addr_t)1 << 32);
	KUNIT_EXPECT_EQ(test, (int)zone_idx(page_zone(page)), (int)ZONE_DMA32);
	__free_page(page);
}

/* ---- folios ---- */

static void folio_knows_its_order(struct kunit *test)
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 3);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, folio);
	KUNIT_EXPECT_EQ(test, folio_order(folio), 3U);
	KUNIT_EXPECT_EQ(test, folio_nr_pages(folio), 8L);
	KUNIT_EXPECT_EQ(test, folio_size(folio), PAGE_SIZE << 3);
	for (i = 0; i < 8; i++)
		KUNIT_EXPECT_PTR_EQ(test, page_folio(folio_page(folio, i)), folio);
	KUNIT_EXPECT_TRUE(test, PageHead(&folio->page));
	KUNIT_EXPECT_TRUE(test, PageTail(folio_page(folio, 7)));
	folio_put(folio);
}

static void single_page_folio_is_not_large(struct kunit *test)
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 0);

	KUNIT_ASSERT_NOT_NULL(test, folio);
	KUNIT_EXPECT_FALSE(test, folio_test_large(folio));
	KUNIT_EXPECT_EQ(test, folio_nr_pages(folio), 1L);
	folio_put(folio);
}

static void last_reference_frees(struct kunit *test)
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 2);

	KUNIT_ASSERT_NOT_NULL(test, folio);
	get_page(folio_page(folio, 3));		/* a tail counts for the folio */
	KUNIT_EXPECT_EQ(test, folio_ref_count(folio), 2);
	put_page(folio_page(folio, 1));
	KUNIT_EXPECT_EQ(test, folio_ref_count(folio), 1);
	KUNIT_EXPECT_TRUE(test, folio_try_get(folio));
	folio_put_refs(folio, 2);
}

static void release_pages_drops_one_reference_for_each_element(struct kunit *test)
{
	struct page *single = alloc_page(GFP_KERNEL);
	struct folio *folio = folio_alloc(GFP_KERNEL, 1);
	struct page *pages[3];

	if (!single || !folio) {
		if (single)
			__free_page(single);
		if (folio)
			folio_put(folio);
		kunit_skip(test, "no memory");
	}
	/* The folio stands there twice, once by its second page. */
	pages[0] = &folio->page;
	pages[1] = single;
	pages[2] = folio_page(folio, 1);
	folio_ref_add(folio, 2);
	get_page(single);
	release_pages(pages, 0);
	KUNIT_EXPECT_EQ(test, folio_ref_count(folio), 3);
	release_pages(pages, 3);
	KUNIT_EXPECT_EQ(test, folio_ref_count(folio), 1);
	KUNIT_EXPECT_EQ(test, page_count(single), 1);
	release_pages(&single, 1);
	release_pages(&folio, 1);
}

static void free_pages_with_an_extra_reference_keeps_the_first(struct kunit *test)
{
	struct page *page = alloc_pages(GFP_KERNEL, 2);

	KUNIT_ASSERT_NOT_NULL(test, page);
	get_page(page);
	__free_pages(page, 2);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	put_page(page);
}

static void page_flags_work_on_the_head(struct kunit *test)
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 1);

	KUNIT_ASSERT_NOT_NULL(test, folio);
	SetPageDirty(folio_page(folio, 1));
	KUNIT_EXPECT_TRUE(test, folio_test_dirty(folio));
	KUNIT_EXPECT_TRUE(test, TestClearPageDirty(&folio->page));
	KUNIT_EXPECT_FALSE(test, folio_test_set_locked(folio));
	KUNIT_EXPECT_TRUE(test, folio_test_set_locked(folio));
	folio_clear_locked(folio);
	folio_mark_uptodate(folio);
	KUNIT_EXPECT_TRUE(test, PageUptodate(folio_page(folio, 1)));
	folio_put(folio);
}

/* ---- other doors ---- */

static void bulk_fills_the_empty_places(struct kunit *test)
{
	struct page *pages[20] = { NULL }, *mine = alloc_page(GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, mine);
	pages[5] = mine;
	for (i = 0; i < 100 && alloc_pages_bulk_array(GFP_KERNEL, 20, pages) < 20; i++)
		;
	KUNIT_EXPECT_PTR_EQ(test, pages[5], mine);
	for (i = 0; i < 20; i++) {
		KUNIT_ASSERT_NOT_NULL(test, pages[i]);
		KUNIT_EXPECT_EQ(test, page_count(pages[i]), 1);
		__free_page(pages[i]);
	}
}

static void bulk_appends_to_a_list(struct kunit *test)
{
	struct page *page, *next;
	unsigned long got, n = 0;
	LIST_HEAD(list);

	got = alloc_pages_bulk_list(GFP_KERNEL | __GFP_ZERO, 10, &list);
	KUNIT_EXPECT_GE(test, got, 1UL);
	list_for_each_entry_safe(page, next, &list, lru) {
		list_del(&page->lru);
		KUNIT_EXPECT_NULL(test, memchr_inv(page_address(page), 0, PAGE_SIZE));
		__free_page(page);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, got);
}

static void exact_allocation_gives_the_rest_back(struct kunit *test)
{
	size_t size = 5 * PAGE_SIZE + 100;
	void *p = alloc_pages_exact(size, GFP_KERNEL | __GFP_ZERO);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_EQ(test, page_count(virt_to_page(p + 5 * PAGE_SIZE)), 1);
	memset(p, 0xff, size);
	free_pages_exact(p, size);

	p = alloc_pages_exact_nid(0, size, GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, size));
	free_pages_exact(p, size);
}

static void freeing_address_zero_does_nothing(struct kunit *test)
{
	free_pages(0, 0);
	KUNIT_SUCCEED(test);
}

/* ---- watermarks and gfp ---- */

/* A zone of our own; it has no index, so that no other zone reserves anything in it. */
static struct zone *made_up_zone(struct kunit *test, unsigned long free)
{
	struct zone *z = kunit_kzalloc(test, sizeof(*z), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, z);
	z->nr_free = free;
	z->free_orders = BIT(0);
	return z;
}

static void atomic_may_go_below_min(struct kunit *test)
{
	struct zone *z = made_up_zone(test, 70);

	KUNIT_EXPECT_FALSE(test, zone_watermark_ok(z, 0, 100, ZONE_DMA32, 0));
	KUNIT_EXPECT_TRUE(test, zone_watermark_ok(z, 0, 100, ZONE_DMA32, ALLOC_MIN_RESERVE));
	z->nr_free = 40;
	KUNIT_EXPECT_FALSE(test, zone_watermark_ok(z, 0, 100, ZONE_DMA32, ALLOC_MIN_RESERVE));
	KUNIT_EXPECT_TRUE(test, zone_watermark_ok(z, 0, 100, ZONE_DMA32,
						  ALLOC_MIN_RESERVE | ALLOC_NON_BLOCK));
}

static void watermark_needs_a_block_of_the_order(struct kunit *test)
{
	struct zone *z = made_up_zone(test, 1000);

	KUNIT_EXPECT_TRUE(test, zone_watermark_ok(z, 0, 100, ZONE_DMA32, 0));
	KUNIT_EXPECT_FALSE(test, zone_watermark_ok(z, 1, 100, ZONE_DMA32, 0));
	z->free_orders |= BIT(5);
	KUNIT_EXPECT_TRUE(test, zone_watermark_ok(z, 1, 100, ZONE_DMA32, 0));
}

static void marks_are_ordered(struct kunit *test)
{
	struct zone *zone;

	for_each_populated_zone(zone) {
		KUNIT_EXPECT_GT(test, min_wmark_pages(zone), 0UL);
		KUNIT_EXPECT_LT(test, min_wmark_pages(zone), low_wmark_pages(zone));
		KUNIT_EXPECT_LT(test, low_wmark_pages(zone), high_wmark_pages(zone));
		KUNIT_EXPECT_LT(test, high_wmark_pages(zone), zone_managed_pages(zone));
	}
}

static void reserve_grows_with_the_root_of_memory(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, min_free_pages_for(262144), 1024UL);	/* 1 GiB: 4 MiB */
	KUNIT_EXPECT_EQ(test, min_free_pages_for(16), 32UL);		/* at least 128 KiB */
}

static void noio_context_takes_io_away(struct kunit *test)
{
	unsigned int old = memalloc_noio_save();

	KUNIT_EXPECT_EQ(test, current_gfp_context(GFP_KERNEL), GFP_NOIO);
	memalloc_noio_restore(old);
	KUNIT_EXPECT_EQ(test, current_gfp_context(GFP_KERNEL), GFP_KERNEL);
	old = memalloc_nofs_save();
	KUNIT_EXPECT_EQ(test, current_gfp_context(GFP_KERNEL), GFP_NOFS);
	memalloc_nofs_restore(old);
}

static void gfp_flags_have_names(struct kunit *test)
{
	char text[128];

	gfp_to_text(GFP_KERNEL | __GFP_ZERO | __GFP_COMP, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	gfp_to_text(GFP_ATOMIC, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "GFP_ATOMIC");
}

static void atomic_allocation_works_with_interrupts_off(struct kunit *test)
{
	unsigned long flags;
	struct page *page;

	local_irq_save(flags);
	page = alloc_pages(GFP_ATOMIC, 1);
	if (page)
		__free_pages(page, 1);
	local_irq_restore(flags);
	KUNIT_EXPECT_NOT_NULL(test, page);
}

#ifdef CONFIG_DEBUG_ATOMIC_SLEEP
static void kernel_allocation_in_atomic_context_is_reported(struct kunit *test)
{
	struct page *page;

	kunit_expect_report(test, REPORT_ATOMIC);
	preempt_disable();
	page = alloc_page(GFP_KERNEL);
	preempt_enable();
	if (page)
		__free_page(page);
}
#endif

static void drained_lists_are_empty(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct zone *zone = page_zone(page);
	unsigned long before;

	KUNIT_ASSERT_NOT_NULL(test, page);
	__free_page(page);
	before = zone_pcp_pages(zone);
	drain_all_pages(zone);
	/* Other CPUs may have begun to fill theirs again. */
	KUNIT_EXPECT_LE(test, zone_pcp_pages(zone), before);
}

/* ---- planted bugs ---- */

static void free_with_a_mapping_is_reported(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	kunit_expect_report(test, REPORT_PAGE);
	page->mapping = (void *)0x1000;
	__free_page(page);	/* reported, and kept out of circulation */
	page->mapping = NULL;
	set_page_count(page, 1);
	__free_page(page);
}

static void free_of_a_locked_page_is_reported(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	kunit_expect_report(test, REPORT_PAGE);
	SetPageLocked(page);
	__free_page(page);
	ClearPageLocked(page);
	set_page_count(page, 1);
	__free_page(page);
}

#if defined(CONFIG_DEBUG_PAGEALLOC) && !defined(CONFIG_KASAN)
static void write_to_a_free_page_is_reported(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL), *again;

	KUNIT_ASSERT_NOT_NULL(test, page);
	kunit_expect_report(test, REPORT_PAGE);
	preempt_disable();	/* the page comes back to whoever asks this CPU next: us */
	__free_page(page);
	*(volatile char *)(page_address(page) + 100) = 1;
	again = alloc_page(GFP_ATOMIC);
	preempt_enable();
	KUNIT_EXPECT_PTR_EQ(test, again, page);
	__free_page(again);
}
#endif

static struct kunit_case page_alloc_cases[] = {
	KUNIT_CASE(each_order_is_aligned_to_its_size),
	KUNIT_CASE(too_large_an_order_gives_null),
	KUNIT_CASE(zeroed_pages_are_zero),
	KUNIT_CASE(blocks_do_not_overlap),
	KUNIT_CASE(free_lists_keep_their_invariants),
	KUNIT_CASE(freed_buddies_merge),
	KUNIT_CASE(dma32_memory_is_below_4g),
	KUNIT_CASE(folio_knows_its_order),
	KUNIT_CASE(single_page_folio_is_not_large),
	KUNIT_CASE(last_reference_frees),
	KUNIT_CASE(release_pages_drops_one_reference_for_each_element),
	KUNIT_CASE(free_pages_with_an_extra_reference_keeps_the_first),
	KUNIT_CASE(page_flags_work_on_the_head),
	KUNIT_CASE(bulk_fills_the_empty_places),
	KUNIT_CASE(bulk_appends_to_a_list),
	KUNIT_CASE(exact_allocation_gives_the_rest_back),
	KUNIT_CASE(freeing_address_zero_does_nothing),
	KUNIT_CASE(atomic_may_go_below_min),
	KUNIT_CASE(watermark_needs_a_block_of_the_order),
	KUNIT_CASE(marks_are_ordered),
	KUNIT_CASE(reserve_grows_with_the_root_of_memory),
	KUNIT_CASE(noio_context_takes_io_away),
	KUNIT_CASE(gfp_flags_have_names),
	KUNIT_CASE(atomic_allocation_works_with_interrupts_off),
#ifdef CONFIG_DEBUG_ATOMIC_SLEEP
	KUNIT_CASE(kernel_allocation_in_atomic_context_is_reported),
#endif
	KUNIT_CASE(drained_lists_are_empty),
	KUNIT_CASE(free_with_a_mapping_is_reported),
	KUNIT_CASE(free_of_a_locked_page_is_reported),
#if defined(CONFIG_DEBUG_PAGEALLOC) && !defined(CONFIG_KASAN)
	KUNIT_CASE(write_to_a_free_page_is_reported),
#endif
	{}
};

static struct kunit_suite page_alloc_suite = {
	.name = "page_alloc",
	.test_cases = page_alloc_cases,
};
kunit_test_suite(page_alloc_suite);
