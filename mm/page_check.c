// SPDX-License-Identifier: MIT
/*
 * Is a page that is free, or is about to be, really nobody's?
 *
 * A page goes through the allocator twice, in and out, and both times its struct page is looked at
 * (page_is_sound()): no reference, no mapping, no type, no flag that somebody still relies on. A
 * block with a page that fails is reported and never handed out again: its memory is lost, what
 * somebody still does to it harms nobody else.
 *
 * With CONFIG_DEBUG_PAGEALLOC the contents are checked too. While a page is free it is filled with
 * PAGE_POISON; a byte that has changed when it goes out was written through a stale pointer.
 */

#define pr_fmt(fmt) "page_alloc: " fmt

#include "page_alloc.h"

#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/string.h>

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
		printk(KERN_WARNING "the page %s\n", reason);
}

static void taint_if_real(enum report_verdict verdict)
{
	if (verdict == REPORT_REAL)
		add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

/** bad_page - report a page that is not what it should be. Context: any */
void bad_page(struct page *page, const char *reason)
{
	enum report_verdict verdict = report_begin(REPORT_PAGE, reason);

	pr_alert("BUG: Bad page state in process %s  pfn:%05lx\n", current->comm,
		 page_to_pfn(page));
	dump_page(page, reason);
	dump_stack();
	taint_if_real(verdict);
}

/* What page_is_sound() found, in words; NULL: nothing. */
static const char *why_unsound(const struct page *page, unsigned long forbidden)
{
	if (page_has_type(page))
		return "has a type: it is free already, a slab's or a page table";
	if (page->page_type != ~0U)
		return "is still mapped";
	if (page->mapping)
		return "still belongs to a mapping";
	if (page_ref_count(page))
		return "is still referenced";
	if (page->flags & forbidden)
		return "has flags that a free page can't have";
	return NULL;
}

/**
 * block_report_unsound - find the page of a block that is not nobody's, and report it
 * @page: first page
 * @order: 2^order pages
 * @forbidden: flags that none may have
 *
 * Return: was there one?
 */
bool block_report_unsound(struct page *page, unsigned int order, unsigned long forbidden)
{
	struct page *end = page + (1UL << order);

	for (; page < end; page++) {
		const char *reason = why_unsound(page, forbidden);

		if (!reason)
			continue;
		bad_page(page, reason);
		return true;
	}
	return false;
}

#ifdef CONFIG_DEBUG_PAGEALLOC
static bool poison_enabled = true;

/** debug_pagealloc_enabled() - are the contents of free pages checked? */
bool debug_pagealloc_enabled(void)
{
	return poison_enabled;
}

/** debug_pagealloc_unmap_pages() - poison pages that are about to be free */
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
	pr_err("BUG: a free page was written to: %px is %02x and should be %02x\n", bad, *bad,
	       PAGE_POISON);
	dump_page(page, "was written to while it was free");
	dump_stack();
	taint_if_real(verdict);
}

/** debug_pagealloc_map_pages() - check the poison of pages that are about to be allocated */
void debug_pagealloc_map_pages(struct page *page, int numpages)
{
	kasan_disable_current();
	for (; numpages--; page++)
		if (__test_and_clear_bit(PG_poisoned, &page->flags))
			check_poison(page);
	kasan_enable_current();
}
#endif
