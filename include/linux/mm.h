/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

/*
 * Memory management, the public door: pages and folios, their references and addresses, the
 * kernel's page tables, and figures.
 *
 * Rules of use:
 *  - get_page()/put_page() and folio_get()/folio_put() are for somebody who holds a reference
 *    already; who doesn't uses folio_try_get().
 *  - page_address() is the direct-map address; all RAM has one.
 *  - The functions that add page tables may sleep.
 */

#include <linux/align.h>
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/mmdebug.h>
#include <linux/mmzone.h>
#include <linux/page-flags.h>
#include <linux/page_ref.h>
#include <linux/pgtable.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/types.h>
#include <asm/page.h>
#include <asm/processor.h>

struct mempolicy;
struct sysinfo;

/* ---- sizes and addresses ---- */

#ifndef PAGE_ALIGN
#define PAGE_ALIGN(addr)	ALIGN(addr, PAGE_SIZE)
#endif
#define PAGE_ALIGN_DOWN(addr)	ALIGN_DOWN(addr, PAGE_SIZE)
#define PAGE_ALIGNED(addr)	IS_ALIGNED((unsigned long)(addr), PAGE_SIZE)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

extern unsigned long max_pfn;		/* one past the last frame of RAM */
extern unsigned long max_low_pfn;
extern unsigned long min_low_pfn;
extern void *high_memory;		/* end of the direct map of RAM */
extern atomic_long_t _totalram_pages;

static inline unsigned long totalram_pages(void)
{
	return (unsigned long)atomic_long_read(&_totalram_pages);
}

static inline void totalram_pages_add(long count)
{
	atomic_long_add(count, &_totalram_pages);
}

static inline struct page *virt_to_head_page(const void *x)
{
	return compound_head(virt_to_page(x));
}

static inline struct folio *virt_to_folio(const void *x)
{
	return page_folio(virt_to_page(x));
}

static inline void *page_address(const struct page *page)
{
	return __va(PFN_PHYS(page_to_pfn(page)));
}
#define page_address page_address
#define lowmem_page_address(page)	page_address(page)

static inline void *folio_address(const struct folio *folio)
{
	return page_address(&folio->page);
}

static inline unsigned long folio_pfn(const struct folio *folio)
{
	return page_to_pfn(&folio->page);
}

#define PageHighMem(page)	((void)(page), 0)

/* ---- zones ---- */

#define ZONES_SHIFT		2
#define ZONES_PGSHIFT		(8 * sizeof(unsigned long) - ZONES_SHIFT)
#define ZONES_MASK		((1UL << ZONES_SHIFT) - 1)

static inline enum zone_type page_zonenum(const struct page *page)
{
	return (enum zone_type)((page->flags >> ZONES_PGSHIFT) & ZONES_MASK);
}

static inline struct zone *page_zone(const struct page *page)
{
	return &contig_page_data.node_zones[page_zonenum(page)];
}

static inline int page_to_nid(const struct page *page)
{
	(void)page;
	return 0;
}

/* ---- compound pages and folios ---- */

static inline unsigned int folio_large_order(const struct folio *folio)
{
	return folio->_flags_1 & 0xff;
}

static inline unsigned int folio_order(const struct folio *folio)
{
	return folio_test_large(folio) ? folio_large_order(folio) : 0;
}

static inline long folio_nr_pages(const struct folio *folio)
{
	return folio_test_large(folio) ? (long)folio->_folio_nr_pages : 1;
}

static inline size_t folio_size(const struct folio *folio)
{
	return PAGE_SIZE << folio_order(folio);
}

static inline size_t folio_shift(const struct folio *folio)
{
	return PAGE_SHIFT + folio_order(folio);
}

static inline unsigned int compound_order(const struct page *page)
{
	const struct folio *folio = (const struct folio *)page;

	return test_bit(PG_head, &page->flags) ? folio_large_order(folio) : 0;
}

static inline unsigned long compound_nr(const struct page *page)
{
	return 1UL << compound_order(page);
}

static inline unsigned long page_size(const struct page *page)
{
	return PAGE_SIZE << compound_order(page);
}

static inline unsigned long folio_page_idx(const struct folio *folio, const struct page *page)
{
	return page_to_pfn(page) - folio_pfn(folio);
}

static inline void set_compound_head(struct page *page, struct page *head)
{
	WRITE_ONCE(page->compound_head, (unsigned long)head + 1);
}

static inline void clear_compound_head(struct page *page)
{
	WRITE_ONCE(page->compound_head, 0);
}

void prep_compound_page(struct page *page, unsigned int order);
void split_page(struct page *page, unsigned int order);

/* ---- references ---- */

void __folio_put(struct folio *folio);

static inline int page_count(const struct page *page)
{
	return folio_ref_count(page_folio(page));
}

static inline void folio_get(struct folio *folio)
{
	VM_BUG_ON_PAGE(folio_ref_count(folio) <= 0, &folio->page);
	page_ref_inc(&folio->page);
}

static inline void get_page(struct page *page)
{
	folio_get(page_folio(page));
}

static inline bool __must_check try_get_page(struct page *page)
{
	return folio_try_get(page_folio(page));
}

static inline int put_page_testzero(struct page *page)
{
	VM_BUG_ON_PAGE(page_ref_count(page) == 0, page);
	return page_ref_dec_and_test(page);
}

static inline int folio_put_testzero(struct folio *folio)
{
	return put_page_testzero(&folio->page);
}

static inline void folio_put(struct folio *folio)
{
	if (folio_put_testzero(folio))
		__folio_put(folio);
}

static inline void folio_put_refs(struct folio *folio, int refs)
{
	if (page_ref_sub_and_test(&folio->page, refs))
		__folio_put(folio);
}

static inline void put_page(struct page *page)
{
	folio_put(page_folio(page));
}

static inline void set_page_private(struct page *page, unsigned long private)
{
	page->private = private;
}

#define page_private(page)	((page)->private)

static inline void page_mapcount_reset(struct page *page)
{
	atomic_set(&page->_mapcount, -1);
}

static inline int folio_mapcount(const struct folio *folio)
{
	if (page_has_type(&folio->page))
		return 0;
	return atomic_read(&folio->_mapcount) + 1;
}

static inline bool folio_mapped(const struct folio *folio)
{
	return folio_mapcount(folio) > 0;
}

/* ---- vmalloc addresses; the rest is in vmalloc.h ---- */

bool is_vmalloc_addr(const void *x);
bool is_vmalloc_or_module_addr(const void *x);
struct page *vmalloc_to_page(const void *addr);

/* ---- page tables ---- */

int __pud_alloc(struct mm_struct *mm, p4d_t *p4d, unsigned long address);
int __pmd_alloc(struct mm_struct *mm, pud_t *pud, unsigned long address);
int __pte_alloc(struct mm_struct *mm, pmd_t *pmd);
int __pte_alloc_kernel(pmd_t *pmd);

static inline void mm_pgtables_bytes_init(struct mm_struct *mm)
{
	atomic_long_set(&mm->pgtables_bytes, 0);
}

static inline unsigned long mm_pgtables_bytes(const struct mm_struct *mm)
{
	return (unsigned long)atomic_long_read(&mm->pgtables_bytes);
}

static inline void mm_inc_nr_tables(struct mm_struct *mm)
{
	atomic_long_add(PAGE_SIZE, &mm->pgtables_bytes);
}

static inline void mm_dec_nr_tables(struct mm_struct *mm)
{
	atomic_long_sub(PAGE_SIZE, &mm->pgtables_bytes);
}

#define mm_inc_nr_puds(mm)	mm_inc_nr_tables(mm)
#define mm_dec_nr_puds(mm)	mm_dec_nr_tables(mm)
#define mm_inc_nr_pmds(mm)	mm_inc_nr_tables(mm)
#define mm_dec_nr_pmds(mm)	mm_dec_nr_tables(mm)
#define mm_inc_nr_ptes(mm)	mm_inc_nr_tables(mm)
#define mm_dec_nr_ptes(mm)	mm_dec_nr_tables(mm)

static inline p4d_t *p4d_alloc(struct mm_struct *mm, pgd_t *pgd, unsigned long address)
{
	(void)mm;
	return p4d_offset(pgd, address);
}

static inline pud_t *pud_alloc(struct mm_struct *mm, p4d_t *p4d, unsigned long address)
{
	if (unlikely(p4d_none(*p4d)) && __pud_alloc(mm, p4d, address))
		return NULL;
	return pud_offset(p4d, address);
}

static inline pmd_t *pmd_alloc(struct mm_struct *mm, pud_t *pud, unsigned long address)
{
	if (unlikely(pud_none(*pud)) && __pmd_alloc(mm, pud, address))
		return NULL;
	return pmd_offset(pud, address);
}

/* The lock of the entries in one page of ptes. One per address space; splitting can come later. */
static inline spinlock_t *pte_lockptr(struct mm_struct *mm, pmd_t *pmd)
{
	(void)pmd;
	return &mm->page_table_lock;
}

static inline spinlock_t *pmd_lockptr(struct mm_struct *mm, pmd_t *pmd)
{
	(void)pmd;
	return &mm->page_table_lock;
}

static inline pte_t *pte_offset_map(pmd_t *pmd, unsigned long addr)
{
	return pmd_none(*pmd) ? NULL : pte_offset_kernel(pmd, addr);
}

#define pte_unmap(pte)		((void)(pte))

static inline pte_t *pte_offset_map_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long addr,
					 spinlock_t **ptlp)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	spin_lock(ptl);
	if (unlikely(pmd_none(*pmd))) {
		spin_unlock(ptl);
		return NULL;
	}
	*ptlp = ptl;
	return pte_offset_kernel(pmd, addr);
}

#define pte_unmap_unlock(pte, ptl)	\
do {					\
	spin_unlock(ptl);		\
	pte_unmap(pte);			\
} while (0)

#define pte_alloc(mm, pmd)	(unlikely(pmd_none(*(pmd))) && __pte_alloc(mm, pmd))
#define pte_alloc_map(mm, pmd, address)	\
	(pte_alloc(mm, pmd) ? NULL : pte_offset_map(pmd, address))
#define pte_alloc_map_lock(mm, pmd, address, ptlp)	\
	(pte_alloc(mm, pmd) ? NULL : pte_offset_map_lock(mm, pmd, address, ptlp))
#define pte_alloc_kernel(pmd, address)			\
	((unlikely(pmd_none(*(pmd))) && __pte_alloc_kernel(pmd)) ? \
		NULL : pte_offset_kernel(pmd, address))

typedef int (*pte_fn_t)(pte_t *pte, unsigned long addr, void *data);
int apply_to_page_range(struct mm_struct *mm, unsigned long address, unsigned long size,
			pte_fn_t fn, void *data);
int apply_to_existing_page_range(struct mm_struct *mm, unsigned long address,
				 unsigned long size, pte_fn_t fn, void *data);

/*
 * For tests and early users of an address space, until VMAs exist: put one page at a user
 * address, take it out again, free all tables below the user's end.
 */
int mm_map_user_page(struct mm_struct *mm, unsigned long addr, struct page *page, pgprot_t prot);
struct page *mm_unmap_user_page(struct mm_struct *mm, unsigned long addr);
void mm_free_user_tables(struct mm_struct *mm);

/* ---- the pages behind user addresses (mm/gup.c) ---- */

#define FOLL_WRITE	(1 << 0)	/* they will be written */
#define FOLL_NOFAULT	(1 << 5)	/* only those that are there */
#define FOLL_LONGTERM	(1 << 8)	/* for longer than a call */

/* A pin of a small folio counts as that many references, so that pins can be told from them. */
#define GUP_PIN_COUNTING_BIAS	(1U << 10)

int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
int pin_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long npages);

/** folio_maybe_dma_pinned - may somebody have pinned the folio? Surely not if false. */
static inline bool folio_maybe_dma_pinned(struct folio *folio)
{
	if (folio_test_large(folio))
		return atomic_read(&folio->_pincount) > 0;
	return ((unsigned int)folio_ref_count(folio)) >= GUP_PIN_COUNTING_BIAS;
}

/* ---- vmemmap ---- */

int vmemmap_populate(unsigned long start, unsigned long end);
int vmemmap_populate_basepages(unsigned long start, unsigned long end);
void vmemmap_verify_range(unsigned long start, unsigned long end);

/* ---- boot ---- */

void mm_core_init(void);
void mem_init_print_info(void);
void free_initmem(void);
unsigned long free_reserved_area(void *start, void *end, int poison, const char *s);
void free_reserved_page(struct page *page);
void adjust_managed_page_count(struct page *page, long count);
void setup_initial_init_mm(void *start_code, void *end_code, void *end_data, void *brk);
int __init early_parse_mem(char *arg);

/* ---- kernel stacks (kernel/fork.c): mapped in vmalloc space, guard pages at both ends ---- */

struct vm_struct *alloc_thread_stack_vm(void);
void free_thread_stack_vm(struct vm_struct *vm);

/* ---- debugging ---- */

#define PAGE_POISON	0xaa

#ifdef CONFIG_DEBUG_PAGEALLOC
bool debug_pagealloc_enabled(void);
void debug_pagealloc_map_pages(struct page *page, int numpages);
void debug_pagealloc_unmap_pages(struct page *page, int numpages);
#else
static inline bool debug_pagealloc_enabled(void) { return false; }
static inline void debug_pagealloc_map_pages(struct page *page, int numpages) { }
static inline void debug_pagealloc_unmap_pages(struct page *page, int numpages) { }
#endif

void mem_dump_obj(void *object);

/* ---- figures ---- */

enum mm_stat_item {
	NR_SLAB_PAGES,		/* of slab caches, without large kmalloc()s */
	NR_PAGETABLE,
	NR_VMALLOC_PAGES,
	NR_PERCPU_PAGES,
	NR_STACKDEPOT_PAGES,	/* never given back */
	NR_MM_STAT_ITEMS
};

extern atomic_long_t mm_stat[NR_MM_STAT_ITEMS];

static inline void mm_stat_add(enum mm_stat_item item, long pages)
{
	atomic_long_add(pages, &mm_stat[item]);
}

static inline unsigned long mm_stat_read(enum mm_stat_item item)
{
	long v = atomic_long_read(&mm_stat[item]);

	return v < 0 ? 0 : v;
}

unsigned long nr_free_pages(void);		/* in the buddy lists */
unsigned long nr_free_buffer_pages(void);
long si_mem_available(void);
void si_meminfo(struct sysinfo *val);
void show_mem(void);
void meminfo_show(void);

/**
 * struct mm_totals - what is in use, for a balance before and after a test
 * @pages: pages in use by anybody but the allocators below
 * @slab_objects: live objects of all caches
 * @percpu_bytes: bytes of dynamic per-CPU memory, of one CPU
 * @vmap_areas: live areas of vmalloc space
 */
struct mm_totals {
	long pages;
	long slab_objects;
	long percpu_bytes;
	long vmap_areas;
};

void mm_read_totals(struct mm_totals *totals);
long slab_active_objects(void);

#endif /* _LINUX_MM_H */
