/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MEMPOOL_H
#define _LINUX_MEMPOOL_H

/*
 * A pool keeps min_nr elements back, so that an allocation that may sleep always succeeds: either
 * the underlying allocator delivers, or the reserve does, or somebody frees an element and wakes
 * us. It only works when elements are freed without waiting for another from the same pool.
 */

#include <linux/compiler.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

typedef void *(mempool_alloc_t)(gfp_t gfp_mask, void *pool_data);
typedef void (mempool_free_t)(void *element, void *pool_data);

typedef struct mempool_s {
	spinlock_t lock;
	int min_nr;		/* lock: size of the reserve */
	int curr_nr;		/* lock: elements in it */
	void **elements;	/* lock */
	void *pool_data;	/* constant, as the next two */
	mempool_alloc_t *alloc;
	mempool_free_t *free;
	wait_queue_head_t wait;	/* those who found it empty */
} mempool_t;

/** mempool_initialized() - has the pool its elements? */
static inline bool mempool_initialized(struct mempool_s *pool)
{
	return pool->elements != NULL;
}

/** mempool_is_saturated() - is the reserve full? A hint */
static inline bool mempool_is_saturated(struct mempool_s *pool)
{
	return READ_ONCE(pool->curr_nr) >= pool->min_nr;
}

int mempool_init_noprof(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn,
			mempool_free_t *free_fn, void *pool_data);
void mempool_exit(mempool_t *pool);
mempool_t *mempool_create_noprof(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
				 void *pool_data);
void mempool_destroy(mempool_t *pool);
int mempool_resize(mempool_t *pool, int new_min_nr);
void *mempool_alloc_noprof(mempool_t *pool, gfp_t gfp_mask);
void *mempool_alloc_preallocated(mempool_t *pool);
void mempool_free(void *element, mempool_t *pool);

#define mempool_init(...)	mempool_init_noprof(__VA_ARGS__)
#define mempool_create(...)	mempool_create_noprof(__VA_ARGS__)
#define mempool_create_node(min_nr, alloc_fn, free_fn, data, gfp, nid) \
	((void)(gfp), (void)(nid), mempool_create_noprof(min_nr, alloc_fn, free_fn, data))
#define mempool_alloc(...)	mempool_alloc_noprof(__VA_ARGS__)

/* Ready-made elements: objects of a cache, kmalloc() of a size, pages of an order. */
void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data);
void mempool_free_slab(void *element, void *pool_data);
void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data);
void mempool_kfree(void *element, void *pool_data);
void *mempool_kvmalloc(gfp_t gfp_mask, void *pool_data);
void mempool_kvfree(void *element, void *pool_data);
void *mempool_alloc_pages(gfp_t gfp_mask, void *pool_data);
void mempool_free_pages(void *element, void *pool_data);

#define mempool_init_slab_pool(pool, min_nr, cache) \
	mempool_init(pool, min_nr, mempool_alloc_slab, mempool_free_slab, (void *)(cache))

/** mempool_create_slab_pool() - a pool of objects of @cache */
#define mempool_create_slab_pool(min_nr, cache) \
	mempool_create(min_nr, mempool_alloc_slab, mempool_free_slab, (void *)(cache))
#define mempool_init_kmalloc_pool(pool, min_nr, size) \
	mempool_init(pool, min_nr, mempool_kmalloc, mempool_kfree, (void *)(unsigned long)(size))

/** mempool_create_kmalloc_pool() - a pool of @size bytes each */
#define mempool_create_kmalloc_pool(min_nr, size) \
	mempool_create(min_nr, mempool_kmalloc, mempool_kfree, (void *)(unsigned long)(size))
#define mempool_init_page_pool(pool, min_nr, order) \
	mempool_init(pool, min_nr, mempool_alloc_pages, mempool_free_pages, (void *)(long)(order))

/** mempool_create_page_pool() - a pool of 2^@order pages each */
#define mempool_create_page_pool(min_nr, order) \
	mempool_create(min_nr, mempool_alloc_pages, mempool_free_pages, (void *)(long)(order))

#endif /* _LINUX_MEMPOOL_H */
