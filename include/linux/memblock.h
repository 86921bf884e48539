/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MEMBLOCK_H
#define _LINUX_MEMBLOCK_H

/*
 * memblock: the boot-time allocator.
 *
 * Two sorted arrays of ranges: `memory` is what RAM there is, `reserved` is what of it is taken.
 * Free memory is the difference. The machine's set-up code fills them from the loader's tables;
 * memblock_alloc() takes from the difference; mm_core_init() hands what is left to the buddy
 * allocator, and from then on nobody allocates here. `memory` stays, for pfn questions.
 *
 * Boot CPU only, no locking. Addresses are physical unless the type is a pointer. Allocation
 * needs the direct map over the range that it returns; memblock_set_current_limit() says how far
 * the map reaches.
 */

#include <linux/init.h>
#include <linux/types.h>
#include <asm/page.h>

#define INIT_MEMBLOCK_MEMORY_REGIONS	128
#define INIT_MEMBLOCK_RESERVED_REGIONS	256

#define MEMBLOCK_ALLOC_ANYWHERE		(~(phys_addr_t)0)
#define MEMBLOCK_ALLOC_ACCESSIBLE	0
#define MEMBLOCK_ALLOC_NOLEAKTRACE	1
#define MEMBLOCK_LOW_LIMIT		0

enum memblock_flags {
	MEMBLOCK_NONE	= 0x0,
	MEMBLOCK_HOTPLUG = 0x1,
	MEMBLOCK_MIRROR	= 0x2,
	MEMBLOCK_NOMAP	= 0x4,		/* RAM, but not in the direct map and never freed */
};

struct memblock_region {
	phys_addr_t base;
	phys_addr_t size;
	enum memblock_flags flags;
};

struct memblock_type {
	unsigned long cnt;		/* regions in use */
	unsigned long max;		/* room for so many */
	phys_addr_t total_size;
	struct memblock_region *regions;	/* sorted, disjoint, neighbours merged */
	const char *name;
};

struct memblock {
	bool bottom_up;			/* allocate from low addresses up */
	phys_addr_t current_limit;	/* memblock_alloc() stays below */
	struct memblock_type memory;
	struct memblock_type reserved;
};

extern struct memblock memblock;

int memblock_add(phys_addr_t base, phys_addr_t size);
int memblock_remove(phys_addr_t base, phys_addr_t size);
int memblock_reserve(phys_addr_t base, phys_addr_t size);
int memblock_phys_free(phys_addr_t base, phys_addr_t size);
void memblock_free(void *ptr, size_t size);
int memblock_mark_nomap(phys_addr_t base, phys_addr_t size);

phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align,
				      phys_addr_t start, phys_addr_t end);
void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
			     phys_addr_t max_addr, int nid);
void *memblock_alloc_try_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
				 phys_addr_t max_addr, int nid);
void *__memblock_alloc_or_panic(phys_addr_t size, phys_addr_t align, const char *func);

/** memblock_phys_alloc - boot memory by its physical address, as it was; 0 if there is none */
static inline phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_phys_alloc_range(size, align, 0, MEMBLOCK_ALLOC_ACCESSIBLE);
}

/** memblock_phys_alloc_try_nid - memblock_phys_alloc(); there is one node */
static inline phys_addr_t memblock_phys_alloc_try_nid(phys_addr_t size, phys_addr_t align, int nid)
{
	(void)nid;
	return memblock_phys_alloc(size, align);
}

/**
 * memblock_alloc - boot memory, zeroed
 * @size: bytes
 * @align: power of two; 0 is a cache line
 *
 * Context: boot, before mm_core_init().
 * Return: address in the direct map, NULL if there is no such memory.
 */
static inline void *memblock_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_alloc_try_nid(size, align, MEMBLOCK_LOW_LIMIT,
				      MEMBLOCK_ALLOC_ACCESSIBLE, -1);
}

/** memblock_alloc_raw - memblock_alloc(), not zeroed */
static inline void *memblock_alloc_raw(phys_addr_t size, phys_addr_t align)
{
	return memblock_alloc_try_nid_raw(size, align, MEMBLOCK_LOW_LIMIT,
					  MEMBLOCK_ALLOC_ACCESSIBLE, -1);
}

/** memblock_alloc_from - memblock_alloc(), not below @min_addr if that can be met */
static inline void *memblock_alloc_from(phys_addr_t size, phys_addr_t align,
					phys_addr_t min_addr)
{
	return memblock_alloc_try_nid(size, align, min_addr, MEMBLOCK_ALLOC_ACCESSIBLE, -1);
}

/** memblock_alloc_node - memblock_alloc(); there is one node */
static inline void *memblock_alloc_node(phys_addr_t size, phys_addr_t align, int nid)
{
	return memblock_alloc_try_nid(size, align, MEMBLOCK_LOW_LIMIT,
				      MEMBLOCK_ALLOC_ACCESSIBLE, nid);
}

#define memblock_alloc_or_panic(size, align) \
	__memblock_alloc_or_panic(size, align, __func__)

/** memblock_set_bottom_up - is memory to be looked for from low addresses up? */
static inline void memblock_set_bottom_up(bool enable)
{
	memblock.bottom_up = enable;
}

/** memblock_bottom_up - what memblock_set_bottom_up() said */
static inline bool memblock_bottom_up(void)
{
	return memblock.bottom_up;
}

void memblock_set_current_limit(phys_addr_t limit);
void memblock_enforce_memory_limit(phys_addr_t limit);
void memblock_mem_limit_remove_map(phys_addr_t limit);

phys_addr_t memblock_phys_mem_size(void);
phys_addr_t memblock_reserved_size(void);
phys_addr_t memblock_start_of_DRAM(void);
phys_addr_t memblock_end_of_DRAM(void);
bool memblock_is_memory(phys_addr_t addr);
bool memblock_is_map_memory(phys_addr_t addr);
bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size);
bool memblock_is_reserved(phys_addr_t addr);
bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size);
bool memblock_overlaps_region(struct memblock_type *type, phys_addr_t base, phys_addr_t size);
void memblock_free_all(void);
void memblock_dump_all(void);

/* The engine behind the calls above, on any type; the tests drive it with tables of their own. */
int memblock_add_range(struct memblock_type *type, phys_addr_t base, phys_addr_t size,
		       enum memblock_flags flags);
int memblock_remove_range(struct memblock_type *type, phys_addr_t base, phys_addr_t size);
phys_addr_t __memblock_find_range(const struct memblock *mb, phys_addr_t size, phys_addr_t align,
				  phys_addr_t start, phys_addr_t end);
bool __memblock_next_free(const struct memblock *mb, phys_addr_t from,
			  phys_addr_t *start, phys_addr_t *end);

#define for_each_mem_region(region)					\
	for ((region) = memblock.memory.regions;			\
	     (region) < memblock.memory.regions + memblock.memory.cnt; (region)++)

#define for_each_reserved_mem_region(region)				\
	for ((region) = memblock.reserved.regions;			\
	     (region) < memblock.reserved.regions + memblock.reserved.cnt; (region)++)

/* Each range of RAM, as [*p_start, *p_end). @i is a u64 that the loop owns. */
#define for_each_mem_range(i, p_start, p_end)				\
	for ((i) = 0; (i) < memblock.memory.cnt &&			\
	     (*(p_start) = memblock.memory.regions[i].base,		\
	      *(p_end) = *(p_start) + memblock.memory.regions[i].size, true); (i)++)

/* for_each_mem_range() from the highest down. */
#define for_each_mem_range_rev(i, p_start, p_end)			\
	for ((i) = memblock.memory.cnt; (i) > 0 &&			\
	     (*(p_start) = memblock.memory.regions[(i) - 1].base,	\
	      *(p_end) = *(p_start) + memblock.memory.regions[(i) - 1].size, true); (i)--)

/* Each reserved range; otherwise as for_each_mem_range(). */
#define for_each_reserved_mem_range(i, p_start, p_end)			\
	for ((i) = 0; (i) < memblock.reserved.cnt &&			\
	     (*(p_start) = memblock.reserved.regions[i].base,		\
	      *(p_end) = *(p_start) + memblock.reserved.regions[i].size, true); (i)++)

/* Each free range, ascending, as [*p_start, *p_end). @i is a phys_addr_t that the loop owns. */
#define for_each_free_mem_range(i, nid, flags, p_start, p_end, p_nid)	\
	for ((i) = 0; __memblock_next_free(&memblock, (i), (p_start), (p_end)); \
	     (i) = *(p_end))

/** memblock_region_memory_base_pfn - a region's first frame */
static inline unsigned long memblock_region_memory_base_pfn(const struct memblock_region *reg)
{
	return (unsigned long)(reg->base >> PAGE_SHIFT);
}

/** memblock_region_memory_end_pfn - one past a region's last frame */
static inline unsigned long memblock_region_memory_end_pfn(const struct memblock_region *reg)
{
	return (unsigned long)((reg->base + reg->size) >> PAGE_SHIFT);
}

/** memblock_region_reserved_base_pfn - the first frame that a reserved region is in */
static inline unsigned long memblock_region_reserved_base_pfn(const struct memblock_region *reg)
{
	return (unsigned long)(reg->base >> PAGE_SHIFT);
}

/** memblock_region_reserved_end_pfn - one past the last frame that a reserved region is in */
static inline unsigned long memblock_region_reserved_end_pfn(const struct memblock_region *reg)
{
	return (unsigned long)((reg->base + reg->size + PAGE_SIZE - 1) >> PAGE_SHIFT);
}

/** memblock_estimated_nr_free_pages - pages neither reserved nor missing, roughly */
static inline unsigned long memblock_estimated_nr_free_pages(void)
{
	return (memblock_phys_mem_size() - memblock_reserved_size()) >> PAGE_SHIFT;
}

/** memblock_is_nomap - does a region keep out of the direct map? */
static inline bool memblock_is_nomap(const struct memblock_region *reg)
{
	return reg->flags & MEMBLOCK_NOMAP;
}

#endif /* _LINUX_MEMBLOCK_H */
