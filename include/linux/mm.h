/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

/*
 * Memory management, the public door: pages and folios, their references and addresses, the
 * kernel's page tables, and figures. User memory: mm/vma.h, mm/fault.h.
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
#include <linux/ioport.h>
#include <linux/list.h>
#include <linux/mm/fault.h>
#include <linux/mm/vma.h>
#include <linux/mm_types.h>
#include <linux/mmdebug.h>
#include <linux/mmzone.h>
#include <linux/page-flags.h>
#include <linux/page-flags-layout.h>
#include <linux/page_ref.h>
#include <linux/pgtable.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/types.h>
#include <linux/xarray.h>
#include <asm/page.h>
#include <asm/processor.h>

struct mempolicy;
struct pt_regs;
struct rlimit;
struct sysinfo;

/* What region_intersects() finds, of the kind that was asked for: nothing else, none, both. */
enum {
	REGION_INTERSECTS,
	REGION_DISJOINT,
	REGION_MIXED,
};

int region_intersects(resource_size_t start, size_t size, unsigned long flags,
		      unsigned long desc);

/* ---- sizes and addresses ---- */

#ifndef PAGE_ALIGN

/** PAGE_ALIGN - up to a page's border */
#define PAGE_ALIGN(addr)	ALIGN(addr, PAGE_SIZE)
#endif
/** PAGE_ALIGN_DOWN - down to a page's border */
#define PAGE_ALIGN_DOWN(addr)	ALIGN_DOWN(addr, PAGE_SIZE)
/** PAGE_ALIGNED - is it at a page's border? */
#define PAGE_ALIGNED(addr)	IS_ALIGNED((unsigned long)(addr), PAGE_SIZE)
/** offset_in_page - bytes from its page's beginning */
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

extern unsigned long max_pfn;		/* one past the last frame of RAM */
extern unsigned long max_low_pfn;
extern unsigned long min_low_pfn;
extern void *high_memory;		/* end of the direct map of RAM */
extern atomic_long_t _totalram_pages;

/** totalram_pages - pages that the page allocator manages */
static inline unsigned long totalram_pages(void)
{
	return (unsigned long)atomic_long_read(&_totalram_pages);
}

/** totalram_pages_add - the page allocator gets pages, or loses them: @count < 0 */
static inline void totalram_pages_add(long count)
{
	atomic_long_add(count, &_totalram_pages);
}

/** virt_to_head_page - the first page of what an address in the direct map lies in */
static inline struct page *virt_to_head_page(const void *x)
{
	return compound_head(virt_to_page(x));
}

/** virt_to_folio - the folio that an address in the direct map lies in */
static inline struct folio *virt_to_folio(const void *x)
{
	return page_folio(virt_to_page(x));
}

/** page_address - a page's address in the direct map */
static inline void *page_address(const struct page *page)
{
	return __va(PFN_PHYS(page_to_pfn(page)));
}
#define page_address page_address
#define lowmem_page_address(page)	page_address(page)

/** folio_address - a folio's address in the direct map */
static inline void *folio_address(const struct folio *folio)
{
	return page_address(&folio->page);
}

/** folio_pfn - number of a folio's first frame */
static inline unsigned long folio_pfn(const struct folio *folio)
{
	return page_to_pfn(&folio->page);
}

#define PageHighMem(page)	((void)(page), 0)

/* ---- zones ---- */

/** page_zonenum - which kind of zone a page is in */
static inline enum zone_type page_zonenum(const struct page *page)
{
	return (enum zone_type)((page->flags >> ZONES_PGSHIFT) & ZONES_MASK);
}

/** page_zone - the zone that a page is in */
static inline struct zone *page_zone(const struct page *page)
{
	return &contig_page_data.node_zones[page_zonenum(page)];
}

/** page_to_nid - the node that a page is on: there is one */
static inline int page_to_nid(const struct page *page)
{
	(void)page;
	return 0;
}

/* ---- compound pages and folios ---- */

/** folio_large_order - order of a folio of more than one page */
static inline unsigned int folio_large_order(const struct folio *folio)
{
	return folio->_flags_1 & 0xff;
}

/** folio_order - a folio has 2^order pages */
static inline unsigned int folio_order(const struct folio *folio)
{
	return folio_test_large(folio) ? folio_large_order(folio) : 0;
}

/** folio_nr_pages - pages of a folio */
static inline long folio_nr_pages(const struct folio *folio)
{
	return folio_test_large(folio) ? (long)folio->_folio_nr_pages : 1;
}

/** folio_size - bytes of a folio */
static inline size_t folio_size(const struct folio *folio)
{
	return PAGE_SIZE << folio_order(folio);
}

/** folio_shift - binary logarithm of a folio's bytes */
static inline size_t folio_shift(const struct folio *folio)
{
	return PAGE_SHIFT + folio_order(folio);
}

/** compound_order - order of what begins with this page; 0 for a page inside something */
static inline unsigned int compound_order(const struct page *page)
{
	const struct folio *folio = (const struct folio *)page;

	return test_bit(PG_head, &page->flags) ? folio_large_order(folio) : 0;
}

/** compound_nr - pages of what begins with this page */
static inline unsigned long compound_nr(const struct page *page)
{
	return 1UL << compound_order(page);
}

/** page_size - bytes of what begins with this page */
static inline unsigned long page_size(const struct page *page)
{
	return PAGE_SIZE << compound_order(page);
}

/** folio_page_idx - number of a page within its folio, from 0 */
static inline unsigned long folio_page_idx(const struct folio *folio, const struct page *page)
{
	return page_to_pfn(page) - folio_pfn(folio);
}

/** set_compound_head - make a page part of what begins with @head */
static inline void set_compound_head(struct page *page, struct page *head)
{
	WRITE_ONCE(page->compound_head, (unsigned long)head + 1);
}

/** clear_compound_head - a page is part of nothing any more */
static inline void clear_compound_head(struct page *page)
{
	WRITE_ONCE(page->compound_head, 0);
}

void prep_compound_page(struct page *page, unsigned int order);
void split_page(struct page *page, unsigned int order);

/* ---- references ---- */

void __folio_put(struct folio *folio);

/** page_count - references to the folio of a page; it may be old news */
static inline int page_count(const struct page *page)
{
	return folio_ref_count(page_folio(page));
}

/**
 * folio_get - one reference more
 * @folio: referenced by the caller; see folio_try_get() if it isn't
 *
 * Context: any.
 */
static inline void folio_get(struct folio *folio)
{
	VM_BUG_ON_PAGE(folio_ref_count(folio) <= 0, &folio->page);
	page_ref_inc(&folio->page);
}

/** get_page - folio_get() by a page */
static inline void get_page(struct page *page)
{
	folio_get(page_folio(page));
}

/** try_get_page - folio_try_get() by a page. Return: false if it is free already */
static inline bool __must_check try_get_page(struct page *page)
{
	return folio_try_get(page_folio(page));
}

/** put_page_testzero - one reference less. Return: nonzero if it was the last: free it then */
static inline int put_page_testzero(struct page *page)
{
	VM_BUG_ON_PAGE(page_ref_count(page) == 0, page);
	return page_ref_dec_and_test(page);
}

/** folio_put_testzero - one reference less. Return: nonzero if it was the last: free it then */
static inline int folio_put_testzero(struct folio *folio)
{
	return put_page_testzero(&folio->page);
}

/**
 * folio_put - one reference less; the last one frees the folio
 * @folio: not to be touched afterwards
 *
 * Context: any but NMI.
 */
static inline void folio_put(struct folio *folio)
{
	if (folio_put_testzero(folio))
		__folio_put(folio);
}

/** folio_put_refs - @refs references less; the last one frees the folio */
static inline void folio_put_refs(struct folio *folio, int refs)
{
	if (page_ref_sub_and_test(&folio->page, refs))
		__folio_put(folio);
}

/** put_page - folio_put() by a page */
static inline void put_page(struct page *page)
{
	folio_put(page_folio(page));
}

/* What release_pages() takes: an array of pages or one of folios. */
typedef union {
	struct page **pages;
	struct folio **folios;
} release_pages_arg __attribute__((__transparent_union__));

void release_pages(release_pages_arg arg, int nr);

/** set_page_private - what the page's owner keeps with it */
static inline void set_page_private(struct page *page, unsigned long private)
{
	page->private = private;
}

/** page_private - what the page's owner keeps with it */
#define page_private(page)	((page)->private)

/** page_mapcount_reset - a page is mapped nowhere */
static inline void page_mapcount_reset(struct page *page)
{
	atomic_set(&page->_mapcount, -1);
}

/**
 * folio_mapcount - how many page-table entries map a folio; 0 for one with a type, which programs
 * can't map
 */
static inline int folio_mapcount(const struct folio *folio)
{
	if (page_has_type(&folio->page))
		return 0;
	return atomic_read(&folio->_mapcount) + 1;
}

/** folio_mapped - does any page table map a folio? */
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

/** mm_pgtables_bytes_init - a new address space has no page tables but the top one */
static inline void mm_pgtables_bytes_init(struct mm_struct *mm)
{
	atomic_long_set(&mm->pgtables_bytes, 0);
}

/** mm_pgtables_bytes - bytes of an address space's page tables, the top one apart */
static inline unsigned long mm_pgtables_bytes(const struct mm_struct *mm)
{
	return (unsigned long)atomic_long_read(&mm->pgtables_bytes);
}

/** mm_inc_nr_tables - count one page table more */
static inline void mm_inc_nr_tables(struct mm_struct *mm)
{
	atomic_long_add(PAGE_SIZE, &mm->pgtables_bytes);
}

/** mm_dec_nr_tables - count one page table less */
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

/** p4d_alloc - the entry of an address at this level, which our machines fold into the one above */
static inline p4d_t *p4d_alloc(struct mm_struct *mm, pgd_t *pgd, unsigned long address)
{
	(void)mm;
	return p4d_offset(pgd, address);
}

/**
 * pud_alloc - the entry of an address at this level; the table is made if there is none
 * @mm: the address space
 * @p4d: the entry above
 * @address: the address
 *
 * Context: may sleep; mmap_lock held.
 * Return: the entry; NULL without memory.
 */
static inline pud_t *pud_alloc(struct mm_struct *mm, p4d_t *p4d, unsigned long address)
{
	if (unlikely(p4d_none(*p4d)) && __pud_alloc(mm, p4d, address))
		return NULL;
	return pud_offset(p4d, address);
}

/**
 * pmd_alloc - the entry of an address at this level; the table is made if there is none
 * @mm: the address space
 * @pud: the entry above
 * @address: the address
 *
 * Context: may sleep; mmap_lock held.
 * Return: the entry; NULL without memory.
 */
static inline pmd_t *pmd_alloc(struct mm_struct *mm, pud_t *pud, unsigned long address)
{
	if (unlikely(pud_none(*pud)) && __pmd_alloc(mm, pud, address))
		return NULL;
	return pmd_offset(pud, address);
}

/**
 * pte_lockptr - the lock of the entries in one page of ptes
 * @mm: the address space
 * @pmd: the entry above
 *
 * One per address space; splitting can come later.
 */
static inline spinlock_t *pte_lockptr(struct mm_struct *mm, pmd_t *pmd)
{
	(void)pmd;
	return &mm->page_table_lock;
}

/** pmd_lockptr - the lock of the entries in one page of pmds: the same */
static inline spinlock_t *pmd_lockptr(struct mm_struct *mm, pmd_t *pmd)
{
	(void)pmd;
	return &mm->page_table_lock;
}

/** pte_offset_map - the entry of an address, without its lock; NULL if there is no table */
static inline pte_t *pte_offset_map(pmd_t *pmd, unsigned long addr)
{
	return pmd_none(*pmd) ? NULL : pte_offset_kernel(pmd, addr);
}

/** pte_unmap - end pte_offset_map() */
#define pte_unmap(pte)		((void)(pte))

/**
 * pte_offset_map_lock - the entry of an address, locked
 * @mm: the address space
 * @pmd: the entry above
 * @addr: the address
 * @ptlp: the lock, for pte_unmap_unlock()
 *
 * Context: takes the lock, unless it returns NULL.
 * Return: the entry; NULL if there is no table.
 */
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

/** pte_unmap_unlock - end pte_offset_map_lock() */
#define pte_unmap_unlock(pte, ptl)	\
do {					\
	spin_unlock(ptl);		\
	pte_unmap(pte);			\
} while (0)

/** pte_alloc - have a last-level table. Return: nonzero without memory. Context: may sleep */
#define pte_alloc(mm, pmd)	(unlikely(pmd_none(*(pmd))) && __pte_alloc(mm, pmd))
#define pte_alloc_map(mm, pmd, address)	\
	(pte_alloc(mm, pmd) ? NULL : pte_offset_map(pmd, address))

/** pte_alloc_map_lock - pte_alloc(), then pte_offset_map_lock(); NULL without memory */
#define pte_alloc_map_lock(mm, pmd, address, ptlp)	\
	(pte_alloc(mm, pmd) ? NULL : pte_offset_map_lock(mm, pmd, address, ptlp))

/**
 * pte_alloc_kernel - the last-level entry of a kernel address, with a table if need be; NULL
 * without memory
 */
#define pte_alloc_kernel(pmd, address)			\
	((unlikely(pmd_none(*(pmd))) && __pte_alloc_kernel(pmd)) ? \
		NULL : pte_offset_kernel(pmd, address))

typedef int (*pte_fn_t)(pte_t *pte, unsigned long addr, void *data);
int apply_to_page_range(struct mm_struct *mm, unsigned long address, unsigned long size,
			pte_fn_t fn, void *data);
int apply_to_existing_page_range(struct mm_struct *mm, unsigned long address,
				 unsigned long size, pte_fn_t fn, void *data);

/* For tests: put one page at a user address that belongs to no VMA, take it out again. */
int mm_map_user_page(struct mm_struct *mm, unsigned long addr, struct page *page, pgprot_t prot);
struct page *mm_unmap_user_page(struct mm_struct *mm, unsigned long addr);

/* ---- what an address space has ---- */

/** get_mm_counter - pages of one kind, MM_*, that an address space has mapped */
static inline unsigned long get_mm_counter(struct mm_struct *mm, int member)
{
	long val = atomic_long_read(&mm->rss_stat[member]);

	return val > 0 ? val : 0;
}

/** add_mm_counter - count pages of one kind, MM_*; negative for fewer */
static inline void add_mm_counter(struct mm_struct *mm, int member, long value)
{
	atomic_long_add(value, &mm->rss_stat[member]);
}

/** inc_mm_counter - count a page of one kind, MM_* */
static inline void inc_mm_counter(struct mm_struct *mm, int member)
{
	atomic_long_inc(&mm->rss_stat[member]);
}

/** dec_mm_counter - count one page less of one kind, MM_* */
static inline void dec_mm_counter(struct mm_struct *mm, int member)
{
	atomic_long_dec(&mm->rss_stat[member]);
}

/** get_mm_rss - pages of all kinds that an address space has mapped */
static inline unsigned long get_mm_rss(struct mm_struct *mm)
{
	return get_mm_counter(mm, MM_FILEPAGES) + get_mm_counter(mm, MM_ANONPAGES) +
	       get_mm_counter(mm, MM_SHMEMPAGES);
}

/**
 * update_hiwater_rss - note the most pages so far, before their number falls
 *
 * Context: mmap_lock held.
 */
static inline void update_hiwater_rss(struct mm_struct *mm)
{
	unsigned long rss = get_mm_rss(mm);

	if (mm->hiwater_rss < rss)
		mm->hiwater_rss = rss;
}

/**
 * update_hiwater_vm - note the largest size so far, before it falls
 *
 * Context: mmap_lock held for writing.
 */
static inline void update_hiwater_vm(struct mm_struct *mm)
{
	if (mm->hiwater_vm < mm->total_vm)
		mm->hiwater_vm = mm->total_vm;
}

/** get_mm_hiwater_rss - the most pages that were mapped at a time: VmHWM of proc_pid_status(5) */
static inline unsigned long get_mm_hiwater_rss(struct mm_struct *mm)
{
	return max(mm->hiwater_rss, get_mm_rss(mm));
}

/** get_mm_hiwater_vm - the most pages of areas at a time: VmPeak of proc_pid_status(5) */
static inline unsigned long get_mm_hiwater_vm(struct mm_struct *mm)
{
	return max(mm->hiwater_vm, mm->total_vm);
}

/*
 * Anonymous pages: the low bit of folio->mapping says so. They are not in any list: without swap
 * nobody has to find who maps one. How many do is the reference count, less those who hold it for
 * a moment.
 */
#define PAGE_MAPPING_ANON	0x1UL
#define PAGE_MAPPING_FLAGS	0x3UL

/** folio_test_anon - is a folio memory of a program's own, not of an object? */
static inline bool folio_test_anon(const struct folio *folio)
{
	return ((unsigned long)folio->mapping & PAGE_MAPPING_ANON) != 0;
}

/** PageAnon - folio_test_anon() by a page */
static inline bool PageAnon(const struct page *page)
{
	return folio_test_anon(page_folio(page));
}

/* ---- vmemmap ---- */

int vmemmap_populate(unsigned long start, unsigned long end);
int vmemmap_populate_basepages(unsigned long start, unsigned long end);

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

/** mm_stat_add - count pages that serve a purpose; negative for fewer */
static inline void mm_stat_add(enum mm_stat_item item, long pages)
{
	atomic_long_add(pages, &mm_stat[item]);
}

/** mm_stat_read - pages that serve a purpose */
static inline unsigned long mm_stat_read(enum mm_stat_item item)
{
	long v = atomic_long_read(&mm_stat[item]);

	return v < 0 ? 0 : v;
}

unsigned long nr_free_pages(void);		/* in the buddy lists */
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
