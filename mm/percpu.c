// SPDX-License-Identifier: MIT
/*
 * The per-CPU allocator.
 *
 * A chunk is an array of units, one per possible CPU, all of one size. An allocation is the same
 * offset in every unit. The distance between units is the same in all chunks, so one number per
 * CPU leads from a per-CPU pointer to that CPU's copy, whichever chunk it is in:
 *
 *	chunk 0 (boot)	| static, dynamic | static, dynamic | ...	from memblock
 *	chunk 1...	| dynamic         | dynamic         | ...	vmalloc addresses
 *	                  unit of CPU 0     unit of CPU 1
 *
 *	__percpu pointer = address in the first unit - pcpu_base_addr + __per_cpu_start
 *	per_cpu_ptr(p, cpu) = p + __per_cpu_offset[cpu]
 *
 * The first unit's static part is a copy of the section .data..percpu, so that a static variable's
 * link-time address is such a pointer by itself.
 *
 * Inside a chunk each granule of PCPU_MIN_ALLOC_SIZE bytes has two bits: `used`, and `bound`, set
 * where an allocation begins. What is free is found by first fit. Chunks other than the first get
 * memory page by page as allocations touch them; it stays until the chunk is empty.
 *
 * pcpu_lock guards bit maps and the list of chunks. pcpu_mutex, taken first, serialises those who
 * make and populate chunks; who can't sleep does without, and takes only what is populated.
 */

#define pr_fmt(fmt) "percpu: " fmt

#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/log2.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include <asm/sections.h>

#include "internal.h"

struct pcpu_chunk {
	struct list_head list;		/* pcpu_lock */
	void *base;			/* first unit */
	struct vm_struct *vm;		/* NULL: the boot chunk */
	unsigned int free_bytes;	/* pcpu_lock */
	unsigned int first_free;	/* pcpu_lock: no free granule below */
	unsigned long *used;		/* pcpu_lock: granules */
	unsigned long *bound;		/* pcpu_lock: granules, and one more */
	unsigned long *populated;	/* pages; set under both locks, read under either */
	struct page **pages;		/* pcpu_mutex: unit * unit_pages + page */
};

void *pcpu_base_addr __ro_after_init;
unsigned long __per_cpu_offset[NR_CPUS] __read_mostly;

static unsigned int unit_size __ro_after_init;
static unsigned int unit_pages __ro_after_init;
static unsigned int nr_units __ro_after_init;
static unsigned int granules __ro_after_init;

static DEFINE_SPINLOCK(pcpu_lock);
static DEFINE_MUTEX(pcpu_mutex);
static LIST_HEAD(chunks);
static unsigned long allocated_bytes;	/* pcpu_lock */

#define SHIFT	3
static_assert(1 << SHIFT == PCPU_MIN_ALLOC_SIZE);

/* ---- addresses ---- */

static void __percpu *addr_to_ptr(void *addr)
{
	return (void __percpu __force *)((unsigned long)addr - (unsigned long)pcpu_base_addr +
					 (unsigned long)__per_cpu_start);
}

static void *ptr_to_addr(void __percpu *ptr)
{
	return (void *)((__force unsigned long)ptr + (unsigned long)pcpu_base_addr -
			(unsigned long)__per_cpu_start);
}

static struct pcpu_chunk *chunk_of(const void *addr)
{
	struct pcpu_chunk *chunk;

	list_for_each_entry(chunk, &chunks, list)
		if (addr >= chunk->base && addr < chunk->base + unit_size)
			return chunk;
	return NULL;
}

/* ---- bit maps; under pcpu_lock ---- */

static bool range_populated(const struct pcpu_chunk *chunk, unsigned int off, unsigned int bits)
{
	unsigned int first = (off << SHIFT) >> PAGE_SHIFT;
	unsigned int end = PFN_UP((off + bits) << SHIFT);

	return find_next_zero_bit(chunk->populated, end, first) >= end;
}

static long find_room(struct pcpu_chunk *chunk, unsigned int bits, unsigned int align_mask,
		      bool populated_only)
{
	unsigned long off = chunk->first_free;

	if (chunk->free_bytes < bits << SHIFT)
		return -1;
	for (;;) {
		off = bitmap_find_next_zero_area(chunk->used, granules, off, bits, align_mask);
		if (off + bits > granules)
			return -1;
		if (!populated_only || range_populated(chunk, off, bits))
			return off;
		off++;
	}
}

static void take_room(struct pcpu_chunk *chunk, unsigned int off, unsigned int bits)
{
	bitmap_set(chunk->used, off, bits);
	__set_bit(off, chunk->bound);
	if (off == chunk->first_free)
		chunk->first_free = find_next_zero_bit(chunk->used, granules, off + bits);
	chunk->free_bytes -= bits << SHIFT;
	allocated_bytes += bits << SHIFT;
}

/* Granules of the allocation that begins at @off. */
static unsigned int alloc_bits(const struct pcpu_chunk *chunk, unsigned int off)
{
	unsigned int next_bound = find_next_bit(chunk->bound, granules, off + 1);
	unsigned int next_free = find_next_zero_bit(chunk->used, granules, off);

	return min(next_bound, next_free) - off;
}

static void release_room(struct pcpu_chunk *chunk, unsigned int off)
{
	unsigned int bits = alloc_bits(chunk, off);

	bitmap_clear(chunk->used, off, bits);
	__clear_bit(off, chunk->bound);
	chunk->first_free = min(chunk->first_free, off);
	chunk->free_bytes += bits << SHIFT;
	allocated_bytes -= bits << SHIFT;
}

/* ---- chunks come and go; under pcpu_mutex ---- */

static void free_chunk(struct pcpu_chunk *chunk)
{
	kvfree(chunk->pages);
	kfree(chunk->populated);
	kvfree(chunk->bound);
	kvfree(chunk->used);
	kfree(chunk);
}

static struct pcpu_chunk *create_chunk(gfp_t gfp)
{
	struct pcpu_chunk *chunk = kzalloc(sizeof(*chunk), gfp);
	size_t map = BITS_TO_LONGS(granules) * sizeof(long);

	if (!chunk)
		return NULL;
	chunk->used = kvzalloc(map, gfp);
	chunk->bound = kvzalloc(map, gfp);
	chunk->populated = kzalloc(BITS_TO_LONGS(unit_pages) * sizeof(long), gfp);
	chunk->pages = kvcalloc(nr_units, unit_pages * sizeof(struct page *), gfp);
	if (!chunk->used || !chunk->bound || !chunk->populated || !chunk->pages)
		goto fail;
	chunk->vm = get_vm_area((unsigned long)nr_units * unit_size, VM_ALLOC);
	if (!chunk->vm)
		goto fail;
	chunk->base = chunk->vm->addr;
	chunk->free_bytes = unit_size;
	return chunk;
fail:
	free_chunk(chunk);
	return NULL;
}

static void depopulate_page(struct pcpu_chunk *chunk, unsigned int page)
{
	unsigned int unit;

	for (unit = 0; unit < nr_units; unit++) {
		struct page **slot = &chunk->pages[unit * unit_pages + page];

		if (*slot) {
			__free_page(*slot);
			mm_stat_add(NR_PERCPU_PAGES, -1);
			*slot = NULL;
		}
	}
}

static void destroy_chunk(struct pcpu_chunk *chunk)
{
	unsigned int page;

	/* The mapping goes first; what its pages become must not be seen through it. */
	free_vm_area(chunk->vm);
	vm_unmap_aliases();
	for (page = 0; page < unit_pages; page++)
		depopulate_page(chunk, page);
	free_chunk(chunk);
}

/* One page for each unit, mapped. On failure what was mapped stays unseen: nothing is populated. */
static int populate_page(struct pcpu_chunk *chunk, unsigned int page, gfp_t gfp)
{
	unsigned long addr = (unsigned long)chunk->base + page * PAGE_SIZE;
	unsigned int unit;

	for (unit = 0; unit < nr_units; unit++) {
		struct page **slot = &chunk->pages[unit * unit_pages + page];
		unsigned long va = addr + (unsigned long)unit * unit_size;

		if (*slot)
			continue;	/* left over from an attempt that ran out of memory */
		*slot = alloc_page(gfp | __GFP_ZERO);
		if (!*slot)
			return -ENOMEM;
		if (vmap_pages_range(va, va + PAGE_SIZE, PAGE_KERNEL, slot, PAGE_SHIFT)) {
			__free_page(*slot);
			*slot = NULL;
			return -ENOMEM;
		}
		mm_stat_add(NR_PERCPU_PAGES, 1);
		kasan_unpoison_vmalloc((void *)va, PAGE_SIZE);
	}
	spin_lock_irq(&pcpu_lock);
	__set_bit(page, chunk->populated);
	spin_unlock_irq(&pcpu_lock);
	return 0;
}

static int populate_range(struct pcpu_chunk *chunk, unsigned int off, unsigned int bits,
			  gfp_t gfp)
{
	unsigned int page = (off << SHIFT) >> PAGE_SHIFT;
	unsigned int end = PFN_UP((off + bits) << SHIFT);
	int ret;

	lockdep_assert_held(&pcpu_mutex);
	for (; page < end; page++) {
		if (test_bit(page, chunk->populated))
			continue;
		ret = populate_page(chunk, page, gfp);
		if (ret)
			return ret;
	}
	return 0;
}

/* Empty chunks beyond the first are freed here, since free_percpu() mustn't sleep. */
static void reclaim_empty_chunks(struct work_struct *work)
{
	struct pcpu_chunk *chunk, *next;
	LIST_HEAD(empty);

	(void)work;
	mutex_lock(&pcpu_mutex);
	spin_lock_irq(&pcpu_lock);
	list_for_each_entry_safe(chunk, next, &chunks, list)
		if (chunk->vm && chunk->free_bytes == unit_size)
			list_move(&chunk->list, &empty);
	spin_unlock_irq(&pcpu_lock);
	list_for_each_entry_safe(chunk, next, &empty, list) {
		list_del(&chunk->list);
		destroy_chunk(chunk);
	}
	mutex_unlock(&pcpu_mutex);
}
static DECLARE_WORK(reclaim_work, reclaim_empty_chunks);

/* ---- the public door ---- */

static struct pcpu_chunk *reserve(unsigned int bits, unsigned int align_mask,
				  bool populated_only, long *off)
{
	struct pcpu_chunk *chunk;
	unsigned long flags;

	spin_lock_irqsave(&pcpu_lock, flags);
	list_for_each_entry(chunk, &chunks, list) {
		*off = find_room(chunk, bits, align_mask, populated_only);
		if (*off >= 0) {
			take_room(chunk, *off, bits);
			spin_unlock_irqrestore(&pcpu_lock, flags);
			return chunk;
		}
	}
	spin_unlock_irqrestore(&pcpu_lock, flags);
	return NULL;
}

static void unreserve(struct pcpu_chunk *chunk, unsigned int off)
{
	unsigned long flags;

	spin_lock_irqsave(&pcpu_lock, flags);
	release_room(chunk, off);
	spin_unlock_irqrestore(&pcpu_lock, flags);
}

/* Room in a chunk, a new one if need be, with memory behind it. May sleep. */
static struct pcpu_chunk *reserve_sleeping(unsigned int bits, unsigned int align_mask, gfp_t gfp,
					   long *off)
{
	struct pcpu_chunk *chunk;

	mutex_lock(&pcpu_mutex);
	chunk = reserve(bits, align_mask, false, off);
	if (!chunk) {
		chunk = create_chunk(gfp);
		if (!chunk)
			goto out;
		spin_lock_irq(&pcpu_lock);
		list_add_tail(&chunk->list, &chunks);
		*off = find_room(chunk, bits, align_mask, false);
		take_room(chunk, *off, bits);
		spin_unlock_irq(&pcpu_lock);
	}
	if (populate_range(chunk, *off, bits, gfp)) {
		unreserve(chunk, *off);
		chunk = NULL;
	}
out:
	mutex_unlock(&pcpu_mutex);
	return chunk;
}

/**
 * pcpu_alloc_noprof() - per-CPU memory
 * @size: bytes for each CPU
 * @align: power of two, up to PAGE_SIZE
 * @reserved: ignored, there is no reserve for modules
 * @gfp: without __GFP_DIRECT_RECLAIM only what is populated already can be had
 *
 * Return: per-CPU pointer to zeroed memory, or NULL.
 */
void __percpu *pcpu_alloc_noprof(size_t size, size_t align, bool reserved, gfp_t gfp)
{
	struct pcpu_chunk *chunk;
	unsigned int bits, align_mask, cpu;
	void __percpu *ptr;
	long off;

	align = max_t(size_t, align, PCPU_MIN_ALLOC_SIZE);
	size = ALIGN(size, PCPU_MIN_ALLOC_SIZE);
	if (!size || size > unit_size || align > PAGE_SIZE || !is_power_of_2(align)) {
		WARN_ONCE(!(gfp & __GFP_NOWARN), "illegal size (%zu) or align (%zu)\n", size,
			  align);
		return NULL;
	}
	bits = size >> SHIFT;
	align_mask = (align >> SHIFT) - 1;
	gfp &= gfp_allowed_mask;

	chunk = reserve(bits, align_mask, true, &off);
	if (!chunk && gfpflags_allow_blocking(gfp))
		chunk = reserve_sleeping(bits, align_mask, gfp & GFP_RECLAIM_MASK, &off);
	if (!chunk) {
		if (!(gfp & __GFP_NOWARN))
			pr_warn_ratelimited("allocation failed, size=%zu align=%zu atomic=%d\n",
					    size, align, !gfpflags_allow_blocking(gfp));
		return NULL;
	}
	ptr = addr_to_ptr(chunk->base + ((unsigned long)off << SHIFT));
	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(ptr, cpu), 0, size);
	return ptr;
}

/**
 * free_percpu() - free per-CPU memory
 * @ptr: what alloc_percpu() gave, or NULL
 *
 * Context: Any but NMI.
 */
void free_percpu(void __percpu *ptr)
{
	void *addr = ptr_to_addr(ptr);
	struct pcpu_chunk *chunk;
	unsigned long flags;
	bool empty, bad;
	unsigned int off;

	if (!ptr)
		return;
	spin_lock_irqsave(&pcpu_lock, flags);
	chunk = chunk_of(addr);
	off = chunk ? (addr - chunk->base) >> SHIFT : 0;
	bad = !chunk || !test_bit(off, chunk->bound);
	if (!bad)
		release_room(chunk, off);
	empty = !bad && chunk->vm && chunk->free_bytes == unit_size;
	spin_unlock_irqrestore(&pcpu_lock, flags);

	WARN(bad, "free_percpu() of a bad pointer %px\n", (__force void *)ptr);
	if (empty)
		schedule_work(&reclaim_work);
}

/**
 * pcpu_alloc_size() - bytes that an allocation has for each CPU
 * @ptr: what alloc_percpu() gave, or NULL
 *
 * Return: bytes, a multiple of the allocator's unit; 0 if it is none.
 */
size_t pcpu_alloc_size(void __percpu *ptr)
{
	void *addr = ptr_to_addr(ptr);
	struct pcpu_chunk *chunk;
	unsigned long flags;
	size_t size = 0;

	if (!ptr)
		return 0;
	spin_lock_irqsave(&pcpu_lock, flags);
	chunk = chunk_of(addr);
	if (chunk)
		size = (size_t)alloc_bits(chunk, (addr - chunk->base) >> SHIFT) << SHIFT;
	spin_unlock_irqrestore(&pcpu_lock, flags);
	return size;
}

/**
 * is_kernel_percpu_address() - is an address in some CPU's copy of the static per-CPU section?
 * @addr: the address
 */
bool is_kernel_percpu_address(unsigned long addr)
{
	unsigned long static_size = __per_cpu_end - __per_cpu_start;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		unsigned long start = (unsigned long)__per_cpu_start + per_cpu_offset(cpu);

		if (addr >= start && addr < start + static_size)
			return true;
	}
	return false;
}

/**
 * per_cpu_ptr_to_phys() - physical address of what per_cpu_ptr() gave
 * @addr: that
 */
phys_addr_t per_cpu_ptr_to_phys(void *addr)
{
	if (is_vmalloc_addr(addr))
		return page_to_phys(vmalloc_to_page(addr)) + offset_in_page(addr);
	return __pa(addr);
}

/** pcpu_nr_pages() - pages behind all per-CPU memory */
unsigned long pcpu_nr_pages(void)
{
	return mm_stat_read(NR_PERCPU_PAGES) + (unsigned long)nr_units * unit_pages;
}

/** pcpu_allocated_bytes() - bytes handed out for each CPU, now */
unsigned long pcpu_allocated_bytes(void)
{
	return READ_ONCE(allocated_bytes);
}

/**
 * pcpu_reclaim() - free what empty chunks hold, now
 *
 * Context: may sleep.
 */
void pcpu_reclaim(void)
{
	reclaim_empty_chunks(NULL);
}

/* ---- coming up ---- */

/**
 * pcpu_setup_first_chunk() - take the boot CPUs' areas over
 * @base: of the first unit; the others follow at distance @size
 * @size: of a unit, a multiple of PAGE_SIZE
 * @static_size: bytes at the start of each that static variables have
 * @dyn_size: bytes after them that may be allocated
 *
 * Sets __per_cpu_offset[]; the machine then points its register at the boot CPU's area.
 */
void __init pcpu_setup_first_chunk(void *base, size_t size, size_t static_size, size_t dyn_size)
{
	struct pcpu_chunk *chunk = memblock_alloc_or_panic(sizeof(*chunk), 0);
	unsigned int cpu, unit = 0, used;
	size_t map;

	unit_size = size;
	unit_pages = size >> PAGE_SHIFT;
	granules = size >> SHIFT;
	pcpu_base_addr = base;
	for_each_possible_cpu(cpu)
		__per_cpu_offset[cpu] = (unsigned long)base - (unsigned long)__per_cpu_start +
					(unsigned long)unit++ * size;
	nr_units = unit;

	map = BITS_TO_LONGS(granules) * sizeof(long);
	chunk->base = base;
	chunk->used = memblock_alloc_or_panic(map, 0);
	chunk->bound = memblock_alloc_or_panic(map, 0);
	chunk->populated = memblock_alloc_or_panic(BITS_TO_LONGS(unit_pages) * sizeof(long), 0);
	bitmap_fill(chunk->populated, unit_pages);

	used = ALIGN(static_size, PCPU_MIN_ALLOC_SIZE) >> SHIFT;
	bitmap_set(chunk->used, 0, used);
	chunk->first_free = used;
	chunk->free_bytes = size - (used << SHIFT);
	WARN_ON(chunk->free_bytes < dyn_size);
	list_add(&chunk->list, &chunks);
}

/**
 * pcpu_embed_first_chunk() - memory for the boot chunk, filled from the section .data..percpu
 * @dyn_size: bytes of each unit for alloc_percpu()
 *
 * The boot CPU runs on the template until now, so what it has set there is copied with it.
 */
void __init pcpu_embed_first_chunk(size_t dyn_size)
{
	size_t static_size = __per_cpu_end - __per_cpu_start;
	size_t size = max_t(size_t, PAGE_ALIGN(static_size + dyn_size), PCPU_MIN_UNIT_SIZE);
	unsigned int i, n = num_possible_cpus();
	void *base = memblock_alloc(size * n, PAGE_SIZE);

	if (!base)
		panic("percpu: no memory for %u units of %zu bytes\n", n, size);
	for (i = 0; i < n; i++)
		memcpy(base + i * size, __per_cpu_load, static_size);
	pcpu_setup_first_chunk(base, size, static_size, dyn_size);
	pr_info("%u units of %zu KiB, %zu bytes static\n", n, size >> 10, static_size);
}

/**
 * setup_per_cpu_areas() - make the static per-CPU area of every possible CPU
 *
 * A machine that has something to point at the new areas brings its own.
 *
 * Context: boot.
 */
void __init __weak setup_per_cpu_areas(void)
{
	pcpu_embed_first_chunk(PERCPU_DYNAMIC_RESERVE);
}
