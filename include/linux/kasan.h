/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KASAN_H
#define _LINUX_KASAN_H

/*
 * KASAN, the generic flavour: one shadow byte says of eight bytes of memory which may be
 * accessed. The compiler calls us before each access; the allocators tell us what is whose.
 *
 *	shadow(addr) = (addr >> 3) + KASAN_SHADOW_OFFSET
 *
 * Life of the shadow while booting:
 *
 *	1. kasan_early_init() (machine): all shadow is the one page kasan_early_shadow_page, which
 *	   is zero: every access passes. Entry code that runs before it is not instrumented.
 *	2. kasan_init() (machine, at the end of setup_arch()): real shadow for the direct map and
 *	   the image by kasan_populate_shadow(); the early page, now read-only, for all that is
 *	   not tracked; then kasan_init_generic() turns reports on.
 *	3. vmalloc areas get real shadow when they are made.
 *
 * The machine's asm/layout.h gives KASAN_SHADOW_START and KASAN_SHADOW_END.
 */

#include <linux/kasan-checks.h>
#include <linux/types.h>
#include <linux/stackdepot.h>

struct kmem_cache;
struct page;
struct slab;
struct task_struct;
struct vm_struct;

#define KASAN_SHADOW_SCALE_SHIFT	3
#define KASAN_GRANULE_SIZE		(1UL << KASAN_SHADOW_SCALE_SHIFT)

/* Per-cache layout and per-object records that KASAN keeps. */
struct kasan_cache {
	int alloc_meta_offset;
	int free_meta_offset;
	bool is_kmalloc;
};

#ifdef CONFIG_KASAN

#include <asm/kasan.h>
#include <asm/page.h>
#include <asm/pgtable.h>

#ifndef KASAN_SHADOW_OFFSET
#define KASAN_SHADOW_OFFSET	_AC(CONFIG_KASAN_SHADOW_OFFSET, UL)
#endif
#define KASAN_SHADOW_INIT	0

/* One page and one table of each level; together they are a shadow of zeroes for any range. */
extern unsigned char kasan_early_shadow_page[PAGE_SIZE];
extern pte_t kasan_early_shadow_pte[PTRS_PER_PTE];
extern pmd_t kasan_early_shadow_pmd[PTRS_PER_PMD];
extern pud_t kasan_early_shadow_pud[PTRS_PER_PUD];

#ifndef kasan_mem_to_shadow

/** kasan_mem_to_shadow - where the shadow of an address is */
static inline void *kasan_mem_to_shadow(const void *addr)
{
	return (void *)((unsigned long)addr >> KASAN_SHADOW_SCALE_SHIFT) + KASAN_SHADOW_OFFSET;
}
#endif

/** kasan_shadow_to_mem - what address has its shadow there */
static inline const void *kasan_shadow_to_mem(const void *shadow_addr)
{
	return (void *)(((unsigned long)shadow_addr - KASAN_SHADOW_OFFSET)
			<< KASAN_SHADOW_SCALE_SHIFT);
}

/* For the machine's kasan_init(). Ranges are shadow addresses; the tables are init_mm's. */
void kasan_early_init(void);
void kasan_init(void);
int kasan_populate_early_shadow(const void *shadow_start, const void *shadow_end);
void kasan_populate_shadow(const void *shadow_start, const void *shadow_end);
void kasan_protect_early_shadow(void);
void kasan_init_generic(void);
extern bool kasan_ready;

/** kasan_enabled - are accesses watched yet? */
static __always_inline bool kasan_enabled(void)
{
	return kasan_ready;
}

/* current: no reports for what this task does between the two. Nests. */
void kasan_enable_current(void);
void kasan_disable_current(void);

void kasan_poison_range(const void *address, size_t size);
void kasan_unpoison_range(const void *address, size_t size);
bool kasan_check_byte(const void *address);

void kasan_poison_pages(struct page *page, unsigned int order);
void kasan_unpoison_pages(struct page *page, unsigned int order);

void kasan_cache_create(struct kmem_cache *cache, unsigned int *size, slab_flags_t *flags);
void kasan_cache_shrink(struct kmem_cache *cache);
void kasan_cache_shutdown(struct kmem_cache *cache);
void kasan_quarantine_drain(void);
void kasan_poison_slab(struct slab *slab);
void kasan_unpoison_new_object(struct kmem_cache *cache, void *object);
void kasan_poison_new_object(struct kmem_cache *cache, void *object);
void *kasan_init_slab_obj(struct kmem_cache *cache, const void *object);
void *kasan_slab_alloc(struct kmem_cache *s, void *object, gfp_t flags, bool init);
void *kasan_kmalloc(struct kmem_cache *s, const void *object, size_t size, gfp_t flags);
void *kasan_kmalloc_large(const void *ptr, size_t size, gfp_t flags);
void *kasan_krealloc(const void *object, size_t new_size, gfp_t flags);
void kasan_kfree_large(void *ptr);
bool kasan_slab_pre_free(struct kmem_cache *s, void *object);
bool kasan_slab_free(struct kmem_cache *s, void *object, bool init);
int kasan_populate_vmalloc(unsigned long start, unsigned long size);
void kasan_unpoison_vmalloc(const void *start, unsigned long size);
void kasan_poison_vmalloc(const void *start, unsigned long size);
void kasan_unpoison_task_stack(struct task_struct *task);
void kasan_unpoison_task_stack_below(const void *watermark);
bool kasan_report(const void *addr, size_t size, bool is_write, unsigned long ip);
void kasan_non_canonical_hook(unsigned long addr);
void kasan_set_quarantine_limit(size_t bytes);

#else /* !CONFIG_KASAN */

static inline void kasan_early_init(void) { }
static inline void kasan_init(void) { }
static inline bool kasan_enabled(void) { return false; }
static inline void kasan_enable_current(void) { }
static inline void kasan_disable_current(void) { }
static inline void kasan_poison_range(const void *address, size_t size) { }
static inline void kasan_unpoison_range(const void *address, size_t size) { }
static inline bool kasan_check_byte(const void *address) { return true; }
static inline void kasan_poison_pages(struct page *page, unsigned int order) { }
static inline void kasan_unpoison_pages(struct page *page, unsigned int order) { }
static inline void kasan_cache_create(struct kmem_cache *cache, unsigned int *size,
				      slab_flags_t *flags) { }
static inline void kasan_cache_shrink(struct kmem_cache *cache) { }
static inline void kasan_cache_shutdown(struct kmem_cache *cache) { }
static inline void kasan_quarantine_drain(void) { }
static inline void kasan_poison_slab(struct slab *slab) { }
static inline void kasan_unpoison_new_object(struct kmem_cache *cache, void *object) { }
static inline void kasan_poison_new_object(struct kmem_cache *cache, void *object) { }

static inline void *kasan_init_slab_obj(struct kmem_cache *cache, const void *object)
{
	return (void *)object;
}

static inline void *kasan_slab_alloc(struct kmem_cache *s, void *object, gfp_t flags, bool init)
{
	return object;
}

static inline void *kasan_kmalloc(struct kmem_cache *s, const void *object, size_t size,
				  gfp_t flags)
{
	return (void *)object;
}

static inline void *kasan_kmalloc_large(const void *ptr, size_t size, gfp_t flags)
{
	return (void *)ptr;
}

static inline void *kasan_krealloc(const void *object, size_t new_size, gfp_t flags)
{
	return (void *)object;
}

static inline void kasan_kfree_large(void *ptr) { }

static inline bool kasan_slab_pre_free(struct kmem_cache *s, void *object)
{
	return false;
}

static inline bool kasan_slab_free(struct kmem_cache *s, void *object, bool init)
{
	return false;
}

static inline int kasan_populate_vmalloc(unsigned long start, unsigned long size) { return 0; }
static inline void kasan_unpoison_vmalloc(const void *start, unsigned long size) { }
static inline void kasan_poison_vmalloc(const void *start, unsigned long size) { }
static inline void kasan_unpoison_task_stack(struct task_struct *task) { }
static inline void kasan_unpoison_task_stack_below(const void *watermark) { }
static inline void kasan_non_canonical_hook(unsigned long addr) { }

#endif /* CONFIG_KASAN */

#endif /* _LINUX_KASAN_H */
