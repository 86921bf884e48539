/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_GENALLOC_H
#define _LINUX_GENALLOC_H

/*
 * Pools: handing out pieces of memory that is not the kernel's own, of a device for one.
 *
 *	pool = gen_pool_create(5, NUMA_NO_NODE);	in units of 32 bytes
 *	gen_pool_add_virt(pool, virt, phys, size, NUMA_NO_NODE);
 *	addr = gen_pool_alloc(pool, 100);		128 of them are taken
 *	gen_pool_free(pool, addr, 100);
 *
 * The pool never touches the memory. Which piece is taken, an algorithm chooses, the pool's or one
 * for a single call.
 *
 * Context: allocating and freeing take no lock, and are allowed everywhere, NMI included. Creating,
 * adding and destroying may sleep. The owner excludes destroying while anything else is done.
 */

#include <linux/atomic.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

struct device;
struct gen_pool;

/**
 * typedef genpool_algo_t - choose a place
 * @map: a set bit for each unit in use
 * @size: how many units
 * @start: where to begin to look
 * @nr: units wanted
 * @data: the caller's, or the pool's
 * @pool: which pool
 * @start_addr: address of the first unit
 *
 * Context: rcu_read_lock() is held; bits may change under its eyes.
 * Return: the first unit of @nr that are free, not below @start; @size or more: there is no place.
 */
typedef unsigned long (*genpool_algo_t)(unsigned long *map, unsigned long size,
					unsigned long start, unsigned int nr, void *data,
					struct gen_pool *pool, unsigned long start_addr);

/**
 * struct gen_pool - a pool
 * @lock: held while a chunk is added
 * @chunks: by next_chunk, read under RCU
 * @min_alloc_order: log2 of the bytes in a unit
 * @algo: who chooses
 * @data: for @algo
 * @name: of a device's pool, or NULL
 */
struct gen_pool {
	spinlock_t lock;
	struct list_head chunks;
	int min_alloc_order;
	genpool_algo_t algo;
	void *data;
	const char *name;
};

/**
 * struct gen_pool_chunk - a piece of memory that was added
 * @next_chunk: among the pool's
 * @avail: bytes that are free
 * @phys_addr: of the first byte; -1: nobody said
 * @owner: what its giver wants to remember
 * @start_addr: first byte
 * @end_addr: last byte
 * @bits: a set bit for each unit in use, changed by cmpxchg alone
 */
struct gen_pool_chunk {
	struct list_head next_chunk;
	atomic_long_t avail;
	phys_addr_t phys_addr;
	void *owner;
	unsigned long start_addr;
	unsigned long end_addr;
	unsigned long bits[];
};

/* For gen_pool_first_fit_align(): bytes, a power of two. */
struct genpool_data_align {
	int align;
};

/* For gen_pool_fixed_alloc(): bytes into the chunk, whole units. */
struct genpool_data_fixed {
	unsigned long offset;
};

struct gen_pool *gen_pool_create(int min_alloc_order, int nid);
void gen_pool_destroy(struct gen_pool *pool);
int gen_pool_add_owner(struct gen_pool *pool, unsigned long virt, phys_addr_t phys, size_t size,
		       int nid, void *owner);

unsigned long gen_pool_alloc_algo_owner(struct gen_pool *pool, size_t size, genpool_algo_t algo,
					void *data, void **owner);
void gen_pool_free_owner(struct gen_pool *pool, unsigned long addr, size_t size, void **owner);
void *gen_pool_dma_alloc_algo(struct gen_pool *pool, size_t size, dma_addr_t *dma,
			      genpool_algo_t algo, void *data);
void *gen_pool_dma_zalloc_algo(struct gen_pool *pool, size_t size, dma_addr_t *dma,
			       genpool_algo_t algo, void *data);

void gen_pool_set_algo(struct gen_pool *pool, genpool_algo_t algo, void *data);
unsigned long gen_pool_first_fit(unsigned long *map, unsigned long size, unsigned long start,
				 unsigned int nr, void *data, struct gen_pool *pool,
				 unsigned long start_addr);
unsigned long gen_pool_first_fit_align(unsigned long *map, unsigned long size,
				       unsigned long start, unsigned int nr, void *data,
				       struct gen_pool *pool, unsigned long start_addr);
unsigned long gen_pool_first_fit_order_align(unsigned long *map, unsigned long size,
					     unsigned long start, unsigned int nr, void *data,
					     struct gen_pool *pool, unsigned long start_addr);
unsigned long gen_pool_best_fit(unsigned long *map, unsigned long size, unsigned long start,
				unsigned int nr, void *data, struct gen_pool *pool,
				unsigned long start_addr);
unsigned long gen_pool_fixed_alloc(unsigned long *map, unsigned long size, unsigned long start,
				   unsigned int nr, void *data, struct gen_pool *pool,
				   unsigned long start_addr);

phys_addr_t gen_pool_virt_to_phys(struct gen_pool *pool, unsigned long addr);
bool gen_pool_has_addr(struct gen_pool *pool, unsigned long start, size_t size);
size_t gen_pool_avail(struct gen_pool *pool);
size_t gen_pool_size(struct gen_pool *pool);
void gen_pool_for_each_chunk(struct gen_pool *pool,
			     void (*func)(struct gen_pool *pool, struct gen_pool_chunk *chunk,
					  void *data), void *data);

/* A device's pools: drivers/base/devm_pool.c. */
struct gen_pool *devm_gen_pool_create(struct device *dev, int min_alloc_order, int nid,
				      const char *name);
struct gen_pool *gen_pool_get(struct device *dev, const char *name);

static inline int gen_pool_add_virt(struct gen_pool *pool, unsigned long addr, phys_addr_t phys,
				    size_t size, int nid)
{
	return gen_pool_add_owner(pool, addr, phys, size, nid, NULL);
}

/* Memory without a physical address: not for gen_pool_dma_alloc(). */
static inline int gen_pool_add(struct gen_pool *pool, unsigned long addr, size_t size, int nid)
{
	return gen_pool_add_virt(pool, addr, -1, size, nid);
}

static inline unsigned long gen_pool_alloc_owner(struct gen_pool *pool, size_t size,
						 void **owner)
{
	return gen_pool_alloc_algo_owner(pool, size, pool->algo, pool->data, owner);
}

static inline unsigned long gen_pool_alloc_algo(struct gen_pool *pool, size_t size,
						genpool_algo_t algo, void *data)
{
	return gen_pool_alloc_algo_owner(pool, size, algo, data, NULL);
}

static inline unsigned long gen_pool_alloc(struct gen_pool *pool, size_t size)
{
	return gen_pool_alloc_algo(pool, size, pool->algo, pool->data);
}

static inline void gen_pool_free(struct gen_pool *pool, unsigned long addr, size_t size)
{
	gen_pool_free_owner(pool, addr, size, NULL);
}

static inline void *gen_pool_dma_alloc(struct gen_pool *pool, size_t size, dma_addr_t *dma)
{
	return gen_pool_dma_alloc_algo(pool, size, dma, pool->algo, pool->data);
}

static inline void *gen_pool_dma_zalloc(struct gen_pool *pool, size_t size, dma_addr_t *dma)
{
	return gen_pool_dma_zalloc_algo(pool, size, dma, pool->algo, pool->data);
}

static inline void *gen_pool_dma_alloc_align(struct gen_pool *pool, size_t size,
					     dma_addr_t *dma, int align)
{
	struct genpool_data_align data = { .align = align };

	return gen_pool_dma_alloc_algo(pool, size, dma, gen_pool_first_fit_align, &data);
}

static inline void *gen_pool_dma_zalloc_align(struct gen_pool *pool, size_t size,
					      dma_addr_t *dma, int align)
{
	struct genpool_data_align data = { .align = align };

	return gen_pool_dma_zalloc_algo(pool, size, dma, gen_pool_first_fit_align, &data);
}

#endif /* _LINUX_GENALLOC_H */
