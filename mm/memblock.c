// SPDX-License-Identifier: MIT
/*
 * memblock: who owns which physical memory while the kernel boots.
 *
 * Two tables of ranges, each sorted by address, disjoint, and with touching neighbours of equal
 * flags merged:
 *
 *	memory    |#########|      |####################|       what RAM there is
 *	reserved     |##|              |####|      |####|       what of it is taken
 *	free      |##|  |###|      |###|    |######|            the difference
 *
 * Everything follows from two operations on one table: add a range (memblock_add_range()) and
 * take a range away (memblock_remove_range()). Both may be given ranges that overlap what is
 * there; adding what is there already changes nothing. Allocation looks for a free range that
 * fits and adds it to `reserved`; from high addresses down, so that low memory stays for those
 * who need it.
 *
 * Only the boot CPU runs, so there is no lock. mm_core_init() ends the use of the allocator; the
 * table of RAM stays, to answer which frames exist.
 */

#define pr_fmt(fmt) "memblock: " fmt

#include <linux/memblock.h>
#include <linux/align.h>
#include <linux/cache.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "internal.h"

static struct memblock_region memory_regions[INIT_MEMBLOCK_MEMORY_REGIONS];
static struct memblock_region reserved_regions[INIT_MEMBLOCK_RESERVED_REGIONS];

struct memblock memblock = {
	.memory = {
		.regions = memory_regions,
		.max = INIT_MEMBLOCK_MEMORY_REGIONS,
		.name = "memory",
	},
	.reserved = {
		.regions = reserved_regions,
		.max = INIT_MEMBLOCK_RESERVED_REGIONS,
		.name = "reserved",
	},
	.current_limit = MEMBLOCK_ALLOC_ANYWHERE,
};

/* ---- one table ---- */

static phys_addr_t region_end(const struct memblock_region *r)
{
	return r->base + r->size;
}

/* The end of [base, base + size), cut off where physical addresses end. */
static phys_addr_t range_end(phys_addr_t base, phys_addr_t size)
{
	return size > ~(phys_addr_t)0 - base ? ~(phys_addr_t)0 : base + size;
}

static void insert_region(struct memblock_type *type, unsigned long idx, phys_addr_t base,
			  phys_addr_t end, enum memblock_flags flags)
{
	struct memblock_region *r = &type->regions[idx];

	memmove(r + 1, r, (type->cnt - idx) * sizeof(*r));
	r->base = base;
	r->size = end - base;
	r->flags = flags;
	type->cnt++;
	type->total_size += end - base;
}

static void delete_region(struct memblock_type *type, unsigned long idx)
{
	struct memblock_region *r = &type->regions[idx];

	type->total_size -= r->size;
	memmove(r, r + 1, (type->cnt - idx - 1) * sizeof(*r));
	type->cnt--;
}

static void merge_neighbours(struct memblock_type *type)
{
	unsigned long i = 0;

	while (i + 1 < type->cnt) {
		struct memblock_region *r = &type->regions[i], *next = r + 1;

		if (region_end(r) != next->base || r->flags != next->flags) {
			i++;
			continue;
		}
		r->size += next->size;
		memmove(next, next + 1, (type->cnt - i - 2) * sizeof(*next));
		type->cnt--;
	}
}

/* How many regions a range would add: one for each gap of the table that it reaches into. */
static unsigned long count_gaps(const struct memblock_type *type, phys_addr_t base,
				phys_addr_t end)
{
	unsigned long i, gaps = 0;

	for (i = 0; i < type->cnt && base < end; i++) {
		const struct memblock_region *r = &type->regions[i];

		if (region_end(r) <= base)
			continue;
		if (r->base >= end)
			break;
		if (base < r->base)
			gaps++;
		base = region_end(r);
	}
	return gaps + (base < end);
}

/**
 * memblock_add_range() - make a table cover a range
 * @type: the table
 * @base: first byte
 * @size: bytes; cut off at the end of the physical address space
 * @flags: of the regions that are new; what was covered before keeps its own
 *
 * Return: 0, or -ENOMEM if the table has no room; it is unchanged then.
 */
int memblock_add_range(struct memblock_type *type, phys_addr_t base, phys_addr_t size,
		       enum memblock_flags flags)
{
	phys_addr_t end = range_end(base, size);
	unsigned long i;

	if (base == end)
		return 0;
	if (type->cnt + count_gaps(type, base, end) > type->max)
		return -ENOMEM;

	for (i = 0; i < type->cnt && base < end; i++) {
		struct memblock_region *r = &type->regions[i];
		phys_addr_t next = region_end(r);

		if (next <= base)
			continue;
		if (r->base >= end)
			break;
		if (base < r->base)
			insert_region(type, i++, base, r->base, flags);
		base = next;
	}
	if (base < end)
		insert_region(type, i, base, end, flags);
	merge_neighbours(type);
	return 0;
}

/* Cut the region that @addr lies inside of, so that a region begins there. */
static int split_at(struct memblock_type *type, phys_addr_t addr)
{
	unsigned long i;

	for (i = 0; i < type->cnt; i++) {
		struct memblock_region *r = &type->regions[i];
		phys_addr_t end = region_end(r);

		if (addr <= r->base || addr >= end)
			continue;
		if (type->cnt == type->max)
			return -ENOMEM;
		type->total_size -= end - addr;
		r->size = addr - r->base;
		insert_region(type, i + 1, addr, end, r->flags);
		return 0;
	}
	return 0;
}

static int split_round(struct memblock_type *type, phys_addr_t base, phys_addr_t end)
{
	int ret = split_at(type, base);

	if (!ret)
		ret = split_at(type, end);
	if (ret)
		merge_neighbours(type);
	return ret;
}

/**
 * memblock_remove_range() - make a table cover nothing of a range
 * @type: the table
 * @base: first byte
 * @size: bytes
 *
 * Return: 0, or -ENOMEM if a region must be split and there is no room; unchanged then.
 */
int memblock_remove_range(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = range_end(base, size);
	unsigned long i = 0;
	int ret;

	if (base == end)
		return 0;
	ret = split_round(type, base, end);
	if (ret)
		return ret;
	while (i < type->cnt) {
		struct memblock_region *r = &type->regions[i];

		if (r->base >= base && region_end(r) <= end)
			delete_region(type, i);
		else
			i++;
	}
	return 0;
}

static long find_region(const struct memblock_type *type, phys_addr_t addr)
{
	unsigned long lo = 0, hi = type->cnt;

	while (lo < hi) {
		unsigned long mid = (lo + hi) / 2;
		const struct memblock_region *r = &type->regions[mid];

		if (addr < r->base)
			hi = mid;
		else if (addr >= region_end(r))
			lo = mid + 1;
		else
			return mid;
	}
	return -1;
}

/**
 * memblock_overlaps_region() - does a table cover any byte of a range?
 * @type: the table
 * @base: first byte
 * @size: bytes
 */
bool memblock_overlaps_region(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = range_end(base, size);
	unsigned long i;

	for (i = 0; i < type->cnt; i++)
		if (type->regions[i].base < end && base < region_end(&type->regions[i]))
			return true;
	return false;
}

/* ---- the difference of the two ---- */

/* The first reserved byte at or after @pos, or @end; if @pos is reserved, *@pos moves past it. */
static phys_addr_t skip_reserved(const struct memblock_type *reserved, phys_addr_t *pos,
				 phys_addr_t end)
{
	unsigned long i;

	for (i = 0; i < reserved->cnt; i++) {
		const struct memblock_region *r = &reserved->regions[i];

		if (region_end(r) <= *pos)
			continue;
		if (r->base > *pos)
			return min(r->base, end);
		*pos = region_end(r);
	}
	return end;
}

/**
 * __memblock_next_free() - the first free range at or above an address
 * @mb: the pair of tables
 * @from: the address
 * @start: where the range begins
 * @end: where it ends
 *
 * Return: false if there is none.
 */
bool __memblock_next_free(const struct memblock *mb, phys_addr_t from, phys_addr_t *start,
			  phys_addr_t *end)
{
	unsigned long i;

	for (i = 0; i < mb->memory.cnt; i++) {
		const struct memblock_region *r = &mb->memory.regions[i];
		phys_addr_t pos = max(r->base, from), stop;

		if (pos >= region_end(r) || (r->flags & MEMBLOCK_NOMAP))
			continue;
		stop = skip_reserved(&mb->reserved, &pos, region_end(r));
		if (pos >= region_end(r))
			continue;
		*start = pos;
		*end = stop;
		return true;
	}
	return false;
}

/**
 * __memblock_find_range() - look for free memory
 * @mb: the pair of tables
 * @size: bytes
 * @align: of the address, a power of two
 * @start: not below
 * @end: not above
 *
 * Return: the address, 0 if there is none (address 0 is never handed out).
 */
phys_addr_t __memblock_find_range(const struct memblock *mb, phys_addr_t size, phys_addr_t align,
				  phys_addr_t start, phys_addr_t end)
{
	phys_addr_t pos = max(start, (phys_addr_t)PAGE_SIZE), found = 0, lo, hi;

	while (__memblock_next_free(mb, pos, &lo, &hi)) {
		pos = hi;
		hi = min(hi, end);
		if (lo >= hi || hi - lo < size)
			continue;
		if (mb->bottom_up) {
			lo = ALIGN(lo, align);
			if (lo < hi && hi - lo >= size)
				return lo;
		} else {
			hi = ALIGN_DOWN(hi - size, align);
			if (hi >= lo)
				found = hi;
		}
	}
	return found;
}

/* ---- the boot allocator ---- */

/* A table that is full while booting means lost RAM or a lost reservation: say so. */
static int add_or_complain(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	int ret = memblock_add_range(type, base, size, MEMBLOCK_NONE);

	if (ret)
		pr_err("%s: no room for %#llx, %#llx bytes\n", type->name,
		       (unsigned long long)base, (unsigned long long)size);
	return ret;
}

/**
 * memblock_add() - there is RAM
 * @base: first byte
 * @size: bytes
 *
 * Return: 0; -ENOMEM, with a message, if the table has no room.
 */
int memblock_add(phys_addr_t base, phys_addr_t size)
{
	return add_or_complain(&memblock.memory, base, size);
}

/**
 * memblock_remove() - there is no RAM, or we are not to use it
 * @base: first byte
 * @size: bytes
 *
 * Return: 0 or -ENOMEM.
 */
int memblock_remove(phys_addr_t base, phys_addr_t size)
{
	return memblock_remove_range(&memblock.memory, base, size);
}

/**
 * memblock_reserve() - memory is in use, RAM or not
 * @base: first byte
 * @size: bytes
 *
 * Return: 0; -ENOMEM, with a message, if the table has no room.
 */
int memblock_reserve(phys_addr_t base, phys_addr_t size)
{
	return add_or_complain(&memblock.reserved, base, size);
}

/**
 * memblock_phys_free() - undo memblock_reserve()
 * @base: first byte
 * @size: bytes
 *
 * Return: 0 or -ENOMEM.
 */
int memblock_phys_free(phys_addr_t base, phys_addr_t size)
{
	return memblock_remove_range(&memblock.reserved, base, size);
}

/**
 * memblock_free() - give back what memblock_alloc() gave
 * @ptr: its address
 * @size: its size
 *
 * Context: While booting, before mm_core_init(); afterwards free_reserved_area() is the way.
 */
void memblock_free(void *ptr, size_t size)
{
	if (ptr)
		memblock_phys_free(__pa(ptr), size);
}

static int set_region_flag(phys_addr_t base, phys_addr_t size, enum memblock_flags flag, bool set)
{
	struct memblock_type *type = &memblock.memory;
	phys_addr_t end = range_end(base, size);
	unsigned long i;
	int ret = split_round(type, base, end);

	if (ret)
		return ret;
	for (i = 0; i < type->cnt; i++) {
		struct memblock_region *r = &type->regions[i];

		if (r->base < base || region_end(r) > end)
			continue;
		r->flags = set ? r->flags | flag : r->flags & ~flag;
	}
	merge_neighbours(type);
	return 0;
}

/**
 * memblock_mark_nomap() - RAM that keeps out of the direct map and is never given out
 * @base: first byte
 * @size: bytes
 *
 * Return: 0 or -ENOMEM.
 */
int memblock_mark_nomap(phys_addr_t base, phys_addr_t size)
{
	return set_region_flag(base, size, MEMBLOCK_NOMAP, true);
}

/**
 * memblock_phys_alloc_range() - reserve free memory between two addresses
 * @size: bytes
 * @align: power of two; 0 is a cache line
 * @start: not below
 * @end: not above; MEMBLOCK_ALLOC_ACCESSIBLE: what the direct map reaches
 *
 * The content is what it was.
 *
 * Return: physical address, 0 if there is none.
 */
phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				      phys_addr_t end)
{
	phys_addr_t found;

	if (WARN_ON_ONCE(slab_is_available()))
		return 0;
	if (!align)
		align = SMP_CACHE_BYTES;
	if (end == MEMBLOCK_ALLOC_ACCESSIBLE || end == MEMBLOCK_ALLOC_NOLEAKTRACE)
		end = memblock.current_limit;
	if (!size)
		return 0;
	found = __memblock_find_range(&memblock, size, align, start, end);
	if (!found || memblock_reserve(found, size))
		return 0;
	return found;
}

/**
 * memblock_alloc_try_nid_raw() - boot memory by its address, not zeroed
 * @size: bytes
 * @align: power of two; 0 is a cache line
 * @min_addr: wish for the lowest physical address, dropped if it can't be met
 * @max_addr: limit of the physical address, or MEMBLOCK_ALLOC_ACCESSIBLE
 * @nid: ignored, there is one node
 *
 * Return: address in the direct map, NULL if there is no such memory.
 */
void *memblock_alloc_try_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
				 phys_addr_t max_addr, int nid)
{
	phys_addr_t addr;

	if (max_addr == MEMBLOCK_ALLOC_ACCESSIBLE || max_addr > memblock.current_limit)
		max_addr = memblock.current_limit;
	addr = memblock_phys_alloc_range(size, align, min_addr, max_addr);
	if (!addr && min_addr)
		addr = memblock_phys_alloc_range(size, align, 0, max_addr);
	return addr ? __va(addr) : NULL;
}

/**
 * memblock_alloc_try_nid() - memblock_alloc_try_nid_raw(), zeroed
 * @size: bytes
 * @align: power of two; 0 is a cache line
 * @min_addr: wish for the lowest physical address
 * @max_addr: limit of the physical address, or MEMBLOCK_ALLOC_ACCESSIBLE
 * @nid: ignored, there is one node
 *
 * Return: address in the direct map, NULL if there is no such memory.
 */
void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
			     phys_addr_t max_addr, int nid)
{
	void *ptr = memblock_alloc_try_nid_raw(size, align, min_addr, max_addr, nid);

	return ptr ? memset(ptr, 0, size) : NULL;
}

/**
 * __memblock_alloc_or_panic() - memblock_alloc() of what booting can't do without
 * @size: bytes
 * @align: power of two
 * @func: the caller, for the last words
 */
void *__memblock_alloc_or_panic(phys_addr_t size, phys_addr_t align, const char *func)
{
	void *ptr = memblock_alloc(size, align);

	if (!ptr)
		panic("%s: no memory for %llu bytes\n", func, (unsigned long long)size);
	return ptr;
}

/* ---- limits and questions ---- */

/**
 * memblock_set_current_limit() - what the direct map reaches so far
 * @limit: one past the last physical address that MEMBLOCK_ALLOC_ACCESSIBLE allows
 */
void memblock_set_current_limit(phys_addr_t limit)
{
	memblock.current_limit = limit;
}

/* The address below which there are @limit bytes of RAM. */
static phys_addr_t limit_to_address(phys_addr_t limit)
{
	struct memblock_region *r;

	for_each_mem_region(r) {
		if (limit <= r->size)
			return r->base + limit;
		limit -= r->size;
	}
	return ~(phys_addr_t)0;
}

/**
 * memblock_enforce_memory_limit() - forget RAM beyond so many bytes (mem=)
 * @limit: bytes of RAM to keep, counted from the lowest address; 0: no limit
 *
 * What is reserved above goes too: the caller has looked that the kernel isn't there.
 */
void memblock_enforce_memory_limit(phys_addr_t limit)
{
	phys_addr_t top;

	if (!limit)
		return;
	top = limit_to_address(limit);
	if (top == ~(phys_addr_t)0)
		return;
	memblock_remove_range(&memblock.memory, top, ~(phys_addr_t)0);
	memblock_remove_range(&memblock.reserved, top, ~(phys_addr_t)0);
}

/**
 * memblock_mem_limit_remove_map() - memblock_enforce_memory_limit() that keeps what is reserved
 * @limit: bytes of RAM to keep; 0: no limit
 */
void memblock_mem_limit_remove_map(phys_addr_t limit)
{
	phys_addr_t top = limit_to_address(limit);

	if (top != ~(phys_addr_t)0)
		memblock_remove_range(&memblock.memory, top, ~(phys_addr_t)0);
}

/** memblock_phys_mem_size() - bytes of RAM */
phys_addr_t memblock_phys_mem_size(void)
{
	return memblock.memory.total_size;
}

/** memblock_reserved_size() - bytes reserved */
phys_addr_t memblock_reserved_size(void)
{
	return memblock.reserved.total_size;
}

/** memblock_start_of_DRAM() - the first byte of RAM */
phys_addr_t memblock_start_of_DRAM(void)
{
	return memblock.memory.cnt ? memblock.memory.regions[0].base : 0;
}

/** memblock_end_of_DRAM() - one past the last byte of RAM */
phys_addr_t memblock_end_of_DRAM(void)
{
	return memblock.memory.cnt ?
		region_end(&memblock.memory.regions[memblock.memory.cnt - 1]) : 0;
}

/**
 * memblock_is_memory() - is it RAM?
 * @addr: physical address
 */
bool memblock_is_memory(phys_addr_t addr)
{
	return find_region(&memblock.memory, addr) >= 0;
}

/**
 * memblock_is_map_memory() - is it RAM in the direct map?
 * @addr: physical address
 */
bool memblock_is_map_memory(phys_addr_t addr)
{
	long i = find_region(&memblock.memory, addr);

	return i >= 0 && !memblock_is_nomap(&memblock.memory.regions[i]);
}

/**
 * memblock_is_region_memory() - is a range all RAM, in one region?
 * @base: first byte
 * @size: bytes
 */
bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size)
{
	long i = find_region(&memblock.memory, base);

	return i >= 0 && region_end(&memblock.memory.regions[i]) >= range_end(base, size);
}

/**
 * memblock_is_reserved() - is it reserved?
 * @addr: physical address
 */
bool memblock_is_reserved(phys_addr_t addr)
{
	return find_region(&memblock.reserved, addr) >= 0;
}

/**
 * memblock_is_region_reserved() - is any byte of a range reserved?
 * @base: first byte
 * @size: bytes
 */
bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size)
{
	return memblock_overlaps_region(&memblock.reserved, base, size);
}

static void dump_type(const struct memblock_type *type)
{
	unsigned long i;

	pr_info(" %s: %lu ranges, %llu KiB\n", type->name, type->cnt,
		(unsigned long long)type->total_size >> 10);
	for (i = 0; i < type->cnt; i++) {
		const struct memblock_region *r = &type->regions[i];

		pr_info("  [mem %#018llx-%#018llx] flags %x\n", (unsigned long long)r->base,
			(unsigned long long)region_end(r) - 1, r->flags);
	}
}

/** memblock_dump_all() - print both tables */
void memblock_dump_all(void)
{
	dump_type(&memblock.memory);
	dump_type(&memblock.reserved);
}
