// SPDX-License-Identifier: MIT
/*
 * Keeping what is fetched the same as what was stored. Instruction caches don't watch stores:
 * new code must be cleaned out of the data cache and the instruction caches told to forget.
 *
 * It is done late and once: when a page becomes executable for a user program, if PG_dcache_clean
 * is not set. Programs that write code of their own do the same by instructions that they may use.
 */

#include <linux/bitops.h>
#include <linux/mm.h>
#include <linux/page-flags.h>

#include <asm/cacheflush.h>
#include <asm/pgtable.h>

/**
 * __sync_icache_dcache - before a page can be executed: instructions are fetched as written
 * @pte: maps the page
 *
 * Once for each folio, until the kernel writes to it again.
 */
void __sync_icache_dcache(pte_t pte)
{
	struct folio *folio = page_folio(pte_page(pte));
	unsigned long start = (unsigned long)folio_address(folio);

	if (test_bit(PG_dcache_clean, &folio->flags))
		return;
	caches_clean_inval_pou(start, start + folio_size(folio));
	set_bit(PG_dcache_clean, &folio->flags);
}

/** flush_dcache_folio - the kernel has written to it: see __sync_icache_dcache() */
void flush_dcache_folio(struct folio *folio)
{
	if (test_bit(PG_dcache_clean, &folio->flags))
		clear_bit(PG_dcache_clean, &folio->flags);
}

/** flush_dcache_page - flush_dcache_folio() of the page's */
void flush_dcache_page(struct page *page)
{
	flush_dcache_folio(page_folio(page));
}
