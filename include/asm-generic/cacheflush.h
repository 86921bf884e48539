/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_CACHEFLUSH_H
#define _ASM_GENERIC_CACHEFLUSH_H

/*
 * Cache maintenance for a machine whose caches are coherent with memory and
 * with instruction fetch: there is nothing to do. A machine where there is
 * defines the function and a macro of its name before it includes this.
 */
#include <linux/types.h>

struct mm_struct;
struct vm_area_struct;
struct page;
struct folio;

#ifndef flush_cache_all

/**
 * flush_cache_all - caches that go by virtual addresses: ours don't, so these have nothing to do
 */
static inline void flush_cache_all(void) { }
#define flush_cache_all flush_cache_all
#endif
#ifndef flush_cache_mm
/** flush_cache_mm - nothing: caches go by physical addresses. So the next three */
static inline void flush_cache_mm(struct mm_struct *mm) { }
#define flush_cache_mm flush_cache_mm
#endif
#ifndef flush_cache_range
static inline void flush_cache_range(struct vm_area_struct *vma, unsigned long start,
				     unsigned long end) { }
#define flush_cache_range flush_cache_range
#endif
#ifndef flush_dcache_page
static inline void flush_dcache_page(struct page *page) { }
static inline void flush_dcache_folio(struct folio *folio) { }
#define flush_dcache_page flush_dcache_page
#endif
#ifndef flush_icache_range
static inline void flush_icache_range(unsigned long start, unsigned long end) { }
#define flush_icache_range flush_icache_range
#endif
#ifndef flush_icache_pages
struct page;
struct vm_area_struct;

/** flush_icache_pages - pages that programs will execute were written: nothing to do */
static inline void flush_icache_pages(struct vm_area_struct *vma, struct page *page,
				      unsigned int nr)
{
	(void)vma;
	(void)page;
	(void)nr;
}
#define flush_icache_pages flush_icache_pages
#endif
#ifndef flush_icache_user_range
#define flush_icache_user_range flush_icache_range
#endif
#ifndef flush_cache_vmap
static inline void flush_cache_vmap(unsigned long start, unsigned long end) { }
#define flush_cache_vmap flush_cache_vmap
#endif
#ifndef flush_cache_vunmap
static inline void flush_cache_vunmap(unsigned long start, unsigned long end) { }
#define flush_cache_vunmap flush_cache_vunmap
#endif

#endif /* _ASM_GENERIC_CACHEFLUSH_H */
