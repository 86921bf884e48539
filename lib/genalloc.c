// SPDX-License-Identifier: MIT
/*
 * Pools of memory that is not the kernel's own: <linux/genalloc.h> has the rules.
 *
 * A pool is a list of chunks, a chunk has one bit for each unit of its memory. Taking n units:
 *
 *	the algorithm finds n clear bits at b;
 *	b..b+n-1 are set, a word at a time, each word by cmpxchg: all of the bits wanted, if all are
 *		clear;
 *	if somebody was quicker in one of the words, the words before it are cleared again, and the
 *		algorithm looks anew from b on.
 *
 * Between the words others see units in use that will be given back; they may miss a place for
 * that, but nobody gets what another has. There is no lock, so that an interrupt or NMI in the
 * middle goes its own way. Chunks are never taken out but with the pool.
 */

#include <linux/genalloc.h>

#include <linux/align.h>
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static size_t chunk_size(const struct gen_pool_chunk *chunk)
{
	return chunk->end_addr - chunk->start_addr + 1;
}

static unsigned long units(const struct gen_pool *pool, size_t bytes)
{
	return DIV_ROUND_UP(bytes, 1UL << pool->min_alloc_order);
}

/* ---- bits ---- */

/* The bits of the word with bit @at that belong to @at..@end-1. */
static unsigned long mask_in_word(unsigned long at, unsigned long end)
{
	unsigned long last = min(end, round_down(at, BITS_PER_LONG) + BITS_PER_LONG) - 1;

	return GENMASK(last % BITS_PER_LONG, at % BITS_PER_LONG);
}

static unsigned long next_word(unsigned long at)
{
	return round_down(at, BITS_PER_LONG) + BITS_PER_LONG;
}

/* All of @mask, if none of it is as it shall be. Ordered: what was done with the memory before. */
static bool change_word(unsigned long *word, unsigned long mask, bool set)
{
	unsigned long old = READ_ONCE(*word);

	do {
		if ((set ? old : ~old) & mask)
			return false;
	} while (!try_cmpxchg(word, &old, old ^ mask));
	return true;
}

/* Changes @start..@end-1 from the left. Return: how far it came, @end if all is done. */
static unsigned long change_bits(unsigned long *map, unsigned long start, unsigned long end,
				 bool set)
{
	unsigned long at;

	for (at = start; at < end; at = next_word(at)) {
		if (!change_word(&map[BIT_WORD(at)], mask_in_word(at, end), set))
			return at;
	}
	return end;
}

/* ---- pools ---- */

/**
 * gen_pool_create - a pool without memory
 * @min_alloc_order: log2 of the bytes in a unit
 * @nid: node for what the pool needs itself; there is one
 *
 * Context: may sleep. Return: the pool; NULL without memory.
 */
struct gen_pool *gen_pool_create(int min_alloc_order, int nid)
{
	struct gen_pool *pool = kzalloc_node(sizeof(*pool), GFP_KERNEL, nid);

	if (!pool)
		return NULL;
	spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->chunks);
	pool->min_alloc_order = min_alloc_order;
	pool->algo = gen_pool_first_fit;
	return pool;
}
EXPORT_SYMBOL(gen_pool_create);

/**
 * gen_pool_add_owner - give memory to a pool
 * @pool: the pool
 * @virt: first byte
 * @phys: its physical address; -1: there is none
 * @size: bytes; what is left over of a unit is not used
 * @nid: node for the bits; there is one
 * @owner: what who allocates is to be told
 *
 * Context: may sleep. Return: 0, -ENOMEM.
 */
int gen_pool_add_owner(struct gen_pool *pool, unsigned long virt, phys_addr_t phys, size_t size,
		       int nid, void *owner)
{
	unsigned long nbits = size >> pool->min_alloc_order;
	struct gen_pool_chunk *chunk;

	chunk = vzalloc(struct_size(chunk, bits, BITS_TO_LONGS(nbits)));
	if (!chunk)
		return -ENOMEM;
	(void)nid;
	chunk->phys_addr = phys;
	chunk->start_addr = virt;
	chunk->end_addr = virt + size - 1;
	chunk->owner = owner;
	atomic_long_set(&chunk->avail, nbits << pool->min_alloc_order);
	scoped_guard(spinlock, &pool->lock)
		list_add_tail_rcu(&chunk->next_chunk, &pool->chunks);
	return 0;
}
EXPORT_SYMBOL(gen_pool_add_owner);

/**
 * gen_pool_destroy - end a pool, which nobody uses
 *
 * Memory that wasn't given back would be used after this by two: then the kernel stops (BUG()).
 * Context: may sleep.
 */
void gen_pool_destroy(struct gen_pool *pool)
{
	struct gen_pool_chunk *chunk, *next;
	unsigned long nbits;

	list_for_each_entry_safe(chunk, next, &pool->chunks, next_chunk) {
		nbits = chunk_size(chunk) >> pool->min_alloc_order;
		BUG_ON(!bitmap_empty(chunk->bits, nbits));
		list_del(&chunk->next_chunk);
		vfree(chunk);
	}
	kfree_const(pool->name);
	kfree(pool);
}
EXPORT_SYMBOL(gen_pool_destroy);

/** gen_pool_set_algo - let @algo choose from now on, with @data; NULL: gen_pool_first_fit() */
void gen_pool_set_algo(struct gen_pool *pool, genpool_algo_t algo, void *data)
{
	pool->algo = algo ? algo : gen_pool_first_fit;
	pool->data = algo ? data : NULL;
}
EXPORT_SYMBOL(gen_pool_set_algo);

/* ---- taking and giving back ---- */

/* @nbits units of @chunk. Return: the first; more than there are: there is no place. */
static unsigned long take(struct gen_pool *pool, struct gen_pool_chunk *chunk,
			  unsigned long nbits, genpool_algo_t algo, void *data)
{
	unsigned long end = chunk_size(chunk) >> pool->min_alloc_order, start = 0, got;

	for (;;) {
		start = algo(chunk->bits, end, start, nbits, data, pool, chunk->start_addr);
		if (start >= end)
			return end;
		got = change_bits(chunk->bits, start, start + nbits, true);
		if (got == start + nbits)
			return start;
		change_bits(chunk->bits, start, got, false);
	}
}

/**
 * gen_pool_alloc_algo_owner - allocate from a pool
 * @pool: the pool
 * @size: bytes
 * @algo: who chooses the place in a chunk; the chunks are tried in the order in which they came
 * @data: for @algo
 * @owner: gets what was given with the memory, if not NULL
 *
 * Context: any. Return: the address; 0: there is no place, or @size is 0.
 */
unsigned long gen_pool_alloc_algo_owner(struct gen_pool *pool, size_t size, genpool_algo_t algo,
					void *data, void **owner)
{
	unsigned long nbits = units(pool, size), bytes = nbits << pool->min_alloc_order;
	unsigned long start, addr = 0;
	struct gen_pool_chunk *chunk;

	if (owner)
		*owner = NULL;
	if (!size)
		return 0;
	rcu_read_lock();
	list_for_each_entry_rcu(chunk, &pool->chunks, next_chunk) {
		if (bytes > atomic_long_read(&chunk->avail))
			continue;
		start = take(pool, chunk, nbits, algo, data);
		if (start >= chunk_size(chunk) >> pool->min_alloc_order)
			continue;
		atomic_long_sub(bytes, &chunk->avail);
		if (owner)
			*owner = chunk->owner;
		addr = chunk->start_addr + (start << pool->min_alloc_order);
		break;
	}
	rcu_read_unlock();
	return addr;
}
EXPORT_SYMBOL(gen_pool_alloc_algo_owner);

/* The chunk with the @size bytes at @addr. rcu_read_lock() is held. */
static struct gen_pool_chunk *chunk_of(struct gen_pool *pool, unsigned long addr, size_t size)
{
	struct gen_pool_chunk *chunk;

	list_for_each_entry_rcu(chunk, &pool->chunks, next_chunk) {
		if (addr >= chunk->start_addr && addr <= chunk->end_addr)
			return size - 1 <= chunk->end_addr - addr ? chunk : NULL;
	}
	return NULL;
}

static void give_back(struct gen_pool *pool, struct gen_pool_chunk *chunk, unsigned long addr,
		      unsigned long nbits)
{
	unsigned long start = (addr - chunk->start_addr) >> pool->min_alloc_order;
	unsigned long got = change_bits(chunk->bits, start, start + nbits, false);

	if (WARN(got != start + nbits, "gen_pool: %#lx is free already\n", addr))
		change_bits(chunk->bits, start, got, true);
	else
		atomic_long_add(nbits << pool->min_alloc_order, &chunk->avail);
}

/**
 * gen_pool_free_owner - give back what was allocated
 * @pool: the pool
 * @addr: what allocating returned
 * @size: as it was asked for
 * @owner: gets what was given with the memory, if not NULL
 *
 * What isn't the pool's or isn't in use is reported, and left as it is. Context: any.
 */
void gen_pool_free_owner(struct gen_pool *pool, unsigned long addr, size_t size, void **owner)
{
	struct gen_pool_chunk *chunk;

	if (owner)
		*owner = NULL;
	rcu_read_lock();
	chunk = chunk_of(pool, addr, size);
	if (!WARN(!chunk, "gen_pool: %#lx is of no chunk\n", addr)) {
		give_back(pool, chunk, addr, units(pool, size));
		if (owner)
			*owner = chunk->owner;
	}
	rcu_read_unlock();
}
EXPORT_SYMBOL(gen_pool_free_owner);

/**
 * gen_pool_dma_alloc_algo - allocate memory that a device reads and writes
 * @pool: the pool; its memory came with physical addresses
 * @size: bytes
 * @dma: gets the physical address, if not NULL
 * @algo: who chooses
 * @data: for @algo
 *
 * Context: any. Return: the address, NULL if there is no place.
 */
void *gen_pool_dma_alloc_algo(struct gen_pool *pool, size_t size, dma_addr_t *dma,
			      genpool_algo_t algo, void *data)
{
	unsigned long addr = gen_pool_alloc_algo(pool, size, algo, data);

	if (addr && dma)
		*dma = gen_pool_virt_to_phys(pool, addr);
	return (void *)addr;
}
EXPORT_SYMBOL(gen_pool_dma_alloc_algo);

/** gen_pool_dma_zalloc_algo - the same, and fill it with zeros */
void *gen_pool_dma_zalloc_algo(struct gen_pool *pool, size_t size, dma_addr_t *dma,
			       genpool_algo_t algo, void *data)
{
	void *addr = gen_pool_dma_alloc_algo(pool, size, dma, algo, data);

	if (addr)
		memset(addr, 0, size);
	return addr;
}
EXPORT_SYMBOL(gen_pool_dma_zalloc_algo);

/* ---- algorithms ---- */

/** gen_pool_first_fit - the lowest place */
unsigned long gen_pool_first_fit(unsigned long *map, unsigned long size, unsigned long start,
				 unsigned int nr, void *data, struct gen_pool *pool,
				 unsigned long start_addr)
{
	return bitmap_find_next_zero_area(map, size, start, nr, 0);
}
EXPORT_SYMBOL(gen_pool_first_fit);

/* The lowest place whose address is a multiple of @align units. */
static unsigned long first_aligned(unsigned long *map, unsigned long size, unsigned long start,
				   unsigned int nr, unsigned long align,
				   const struct gen_pool *pool, unsigned long start_addr)
{
	return bitmap_find_next_zero_area_off(map, size, start, nr, align - 1,
					      start_addr >> pool->min_alloc_order);
}

/** gen_pool_first_fit_align - the lowest aligned place; @data: struct genpool_data_align */
unsigned long gen_pool_first_fit_align(unsigned long *map, unsigned long size,
				       unsigned long start, unsigned int nr, void *data,
				       struct gen_pool *pool, unsigned long start_addr)
{
	const struct genpool_data_align *a = data;

	return first_aligned(map, size, start, nr, units(pool, a->align), pool, start_addr);
}
EXPORT_SYMBOL(gen_pool_first_fit_align);

/** gen_pool_first_fit_order_align - the lowest place aligned to @nr, made a power of two */
unsigned long gen_pool_first_fit_order_align(unsigned long *map, unsigned long size,
					     unsigned long start, unsigned int nr, void *data,
					     struct gen_pool *pool, unsigned long start_addr)
{
	return first_aligned(map, size, start, nr, roundup_pow_of_two(nr), pool, start_addr);
}
EXPORT_SYMBOL(gen_pool_first_fit_order_align);

/** gen_pool_best_fit - the lowest of the smallest gaps that hold it */
unsigned long gen_pool_best_fit(unsigned long *map, unsigned long size, unsigned long start,
				unsigned int nr, void *data, struct gen_pool *pool,
				unsigned long start_addr)
{
	unsigned long best = size, best_len = size + 1, at, end;

	for (at = start;; at = end) {
		at = bitmap_find_next_zero_area(map, size, at, nr, 0);
		if (at >= size)
			return best;
		end = find_next_bit(map, size, at + nr);
		if (end - at < best_len) {
			best = at;
			best_len = end - at;
		}
		if (best_len == nr)
			return best;
	}
}
EXPORT_SYMBOL(gen_pool_best_fit);

/** gen_pool_fixed_alloc - this place or none; @data: struct genpool_data_fixed */
unsigned long gen_pool_fixed_alloc(unsigned long *map, unsigned long size, unsigned long start,
				   unsigned int nr, void *data, struct gen_pool *pool,
				   unsigned long start_addr)
{
	const struct genpool_data_fixed *f = data;
	unsigned long wanted = f->offset >> pool->min_alloc_order;

	if (WARN_ON(f->offset & ((1UL << pool->min_alloc_order) - 1)) || wanted < start)
		return size;
	return bitmap_find_next_zero_area(map, size, wanted, nr, 0) == wanted ? wanted : size;
}
EXPORT_SYMBOL(gen_pool_fixed_alloc);

/* ---- questions ---- */

/** gen_pool_for_each_chunk - call @func for each chunk, with rcu_read_lock() held */
void gen_pool_for_each_chunk(struct gen_pool *pool,
			     void (*func)(struct gen_pool *pool, struct gen_pool_chunk *chunk,
					  void *data), void *data)
{
	struct gen_pool_chunk *chunk;

	guard(rcu)();
	list_for_each_entry_rcu(chunk, &pool->chunks, next_chunk)
		func(pool, chunk, data);
}
EXPORT_SYMBOL(gen_pool_for_each_chunk);

/** gen_pool_virt_to_phys - the physical address of @addr; -1 if the pool doesn't know it */
phys_addr_t gen_pool_virt_to_phys(struct gen_pool *pool, unsigned long addr)
{
	struct gen_pool_chunk *chunk;
	phys_addr_t phys = -1;

	rcu_read_lock();
	chunk = chunk_of(pool, addr, 1);
	if (chunk && chunk->phys_addr != (phys_addr_t)-1)
		phys = chunk->phys_addr + (addr - chunk->start_addr);
	rcu_read_unlock();
	return phys;
}
EXPORT_SYMBOL(gen_pool_virt_to_phys);

/** gen_pool_has_addr - are all @size bytes from @start on of one chunk? */
bool gen_pool_has_addr(struct gen_pool *pool, unsigned long start, size_t size)
{
	guard(rcu)();
	return chunk_of(pool, start, size);
}
EXPORT_SYMBOL(gen_pool_has_addr);

static void add_avail(struct gen_pool *pool, struct gen_pool_chunk *chunk, void *sum)
{
	*(size_t *)sum += atomic_long_read(&chunk->avail);
}

/** gen_pool_avail - how many bytes are free */
size_t gen_pool_avail(struct gen_pool *pool)
{
	size_t sum = 0;

	gen_pool_for_each_chunk(pool, add_avail, &sum);
	return sum;
}
EXPORT_SYMBOL_GPL(gen_pool_avail);

static void add_size(struct gen_pool *pool, struct gen_pool_chunk *chunk, void *sum)
{
	*(size_t *)sum += chunk_size(chunk);
}

/** gen_pool_size - how many bytes the pool was given */
size_t gen_pool_size(struct gen_pool *pool)
{
	size_t sum = 0;

	gen_pool_for_each_chunk(pool, add_size, &sum);
	return sum;
}
EXPORT_SYMBOL_GPL(gen_pool_size);
