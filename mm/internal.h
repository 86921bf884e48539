/* SPDX-License-Identifier: MIT */
#ifndef _MM_INTERNAL_H
#define _MM_INTERNAL_H

/*
 * What the files of mm/ share among themselves. The way through them is in README.md.
 */

#include <linux/mm.h>

/* What the memory for an allocator's own records inherits from the caller's flags. */
#define GFP_RECLAIM_MASK	(__GFP_RECLAIM | __GFP_HIGH | __GFP_IO | __GFP_FS | __GFP_NOWARN | \
				 __GFP_RETRY_MAYFAIL | __GFP_NOFAIL | __GFP_NORETRY | \
				 __GFP_MEMALLOC | __GFP_NOMEMALLOC)

/* How deep an allocation may cut, beside the watermark itself. */
#define ALLOC_WMARK_MIN		WMARK_MIN
#define ALLOC_WMARK_LOW		WMARK_LOW
#define ALLOC_WMARK_HIGH	WMARK_HIGH
#define ALLOC_WMARK_MASK	0x3
#define ALLOC_NO_WATERMARKS	0x4	/* nothing is kept back */
#define ALLOC_NON_BLOCK		0x10	/* can't sleep: a quarter of the reserve too */
#define ALLOC_MIN_RESERVE	0x20	/* __GFP_HIGH: half of the reserve */

/* mm_init.c */
void __init free_area_init(void);
void __init mm_init_struct_pages(void);

/* page_alloc.h has the parts of the page allocator and what they share. */
void __init zone_init(struct zone *zone, const char *name, unsigned long start, unsigned long end,
		      unsigned long present);
void __init zone_add_free_range(struct zone *zone, unsigned long start, unsigned long end);
void __init page_alloc_init(void);
bool zone_watermark_ok(const struct zone *z, unsigned int order, unsigned long mark,
		       enum zone_type highest, unsigned int alloc_flags);
unsigned long zone_pcp_pages(const struct zone *zone);
void gfp_to_text(gfp_t gfp, char *buf, size_t len);
extern int min_free_kbytes;
void setup_per_zone_wmarks(void);
unsigned long min_free_pages_for(unsigned long managed);

/* oom_kill.c */
bool oom_reap_mm(struct mm_struct *mm);

/* show_mem.c */
void show_free_areas(void);

/* slab_common.c, slub.c */
void __init create_kmalloc_caches(void);

/* vmscan.c */
unsigned long try_to_free_pages(unsigned int order, gfp_t gfp_mask);

/* vmalloc.c */
unsigned long vmap_purge_lazy(void);
long vmap_area_count(void);
void vfree_deferred_now(void);
unsigned long thread_stack_cache_drain(void);

/* pgtable-generic.c */
void __init *pgtable_boot_page(void);

#endif /* _MM_INTERNAL_H */
