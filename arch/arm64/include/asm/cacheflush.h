/* SPDX-License-Identifier: MIT */
/*
 * Caches. Data caches are coherent between CPUs and with the table walker; what software must do is
 * to make new instructions visible to fetches (clean to the point of unification, invalidate the
 * instruction cache), and to reach readers that bypass the caches, such as a CPU that starts with
 * its MMU off (clean to the point of coherency).
 */
#ifndef _ASM_CACHEFLUSH_H
#define _ASM_CACHEFLUSH_H

#include <linux/types.h>

/* mm/cache.S; [start, end) */
void caches_clean_inval_pou(unsigned long start, unsigned long end);
void dcache_clean_poc(unsigned long start, unsigned long end);
void dcache_clean_inval_poc(unsigned long start, unsigned long end);
void dcache_inval_poc(unsigned long start, unsigned long end);

/** flush_icache_range - instructions written to [start, end) can be executed. Context: any */
static inline void flush_icache_range(unsigned long start, unsigned long end)
{
	caches_clean_inval_pou(start, end);
}
#define flush_icache_range flush_icache_range

/*
 * PG_dcache_clean: what was written to the page can be fetched. set_pte_at() makes it so before it
 * makes a page executable for user programs; whoever writes to a page that programs may have takes
 * the flag away.
 */
#define PG_dcache_clean PG_arch_1
struct page;
struct folio;

/* mm/flush.c */
void flush_dcache_page(struct page *page);
void flush_dcache_folio(struct folio *folio);
#define flush_dcache_page flush_dcache_page

#include <asm-generic/cacheflush.h>

#endif /* _ASM_CACHEFLUSH_H */
