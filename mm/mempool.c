// SPDX-License-Identifier: MIT
/*
 * Memory pools: allocations that can't fail, from a reserve that is filled beforehand.
 *
 * An allocation first asks the allocator behind the pool, gently; then the reserve; then, if it
 * may sleep, it waits until an element comes back and starts over. A free refills the reserve
 * before anything else, and wakes a waiter.
 *
 * The wait is lost by nobody:
 *
 *	alloc					free
 *	A1 add myself to pool->wait		F1 element is back in the pool (under lock)
 *	A2 reserve empty (under lock)? sleep	F2 wake_up(pool->wait)
 *
 * A1 comes before A2 and F1 before F2, so either A2 sees the element or F2 sees the sleeper.
 */

#include <linux/err.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

static void add_element(mempool_t *pool, void *element)
{
	BUG_ON(pool->curr_nr >= pool->min_nr);
	pool->elements[pool->curr_nr++] = element;
}

static void *remove_element(mempool_t *pool)
{
	BUG_ON(pool->curr_nr <= 0);
	return pool->elements[--pool->curr_nr];
}

/* One element of the reserve or NULL. */
static void *take_reserve(mempool_t *pool)
{
	unsigned long flags;
	void *element = NULL;

	spin_lock_irqsave(&pool->lock, flags);
	if (pool->curr_nr)
		element = remove_element(pool);
	spin_unlock_irqrestore(&pool->lock, flags);
	return element;
}

/**
 * mempool_exit() - empty a pool set up by mempool_init()
 * @pool: zeroed, or set up; all elements are back
 */
void mempool_exit(mempool_t *pool)
{
	while (pool->curr_nr)
		pool->free(remove_element(pool), pool->pool_data);
	kfree(pool->elements);
	pool->elements = NULL;
}

/**
 * mempool_destroy() - free a pool of mempool_create()
 * @pool: all elements are back; or NULL
 *
 * Context: may sleep.
 */
void mempool_destroy(mempool_t *pool)
{
	if (!pool)
		return;
	mempool_exit(pool);
	kfree(pool);
}

/**
 * mempool_init_noprof() - set up a pool that is part of something
 * @pool: zeroed
 * @min_nr: elements of the reserve; 0 is taken as 1
 * @alloc_fn: makes an element
 * @free_fn: frees one
 * @pool_data: passed to both
 *
 * Context: May sleep.
 * Return: 0 or -ENOMEM.
 */
int mempool_init_noprof(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn,
			mempool_free_t *free_fn, void *pool_data)
{
	spin_lock_init(&pool->lock);
	init_waitqueue_head(&pool->wait);
	pool->min_nr = max(min_nr, 1);
	pool->curr_nr = 0;
	pool->pool_data = pool_data;
	pool->alloc = alloc_fn;
	pool->free = free_fn;
	pool->elements = kmalloc_array(pool->min_nr, sizeof(void *), GFP_KERNEL);
	if (!pool->elements)
		return -ENOMEM;
	while (pool->curr_nr < pool->min_nr) {
		void *element = pool->alloc(GFP_KERNEL, pool->pool_data);

		if (!element) {
			mempool_exit(pool);
			return -ENOMEM;
		}
		add_element(pool, element);
	}
	return 0;
}

/**
 * mempool_create_noprof() - make a pool, and its reserve
 * @min_nr: elements in reserve
 * @alloc_fn: gets one
 * @free_fn: frees one
 * @pool_data: for both
 *
 * Context: may sleep.
 * Return: the pool; NULL without memory.
 */
mempool_t *mempool_create_noprof(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
				 void *pool_data)
{
	mempool_t *pool = kzalloc(sizeof(*pool), GFP_KERNEL);

	if (!pool)
		return NULL;
	if (mempool_init_noprof(pool, min_nr, alloc_fn, free_fn, pool_data)) {
		kfree(pool);
		return NULL;
	}
	return pool;
}

/* Give the surplus elements back; returns with the lock held, as it was called. */
static void shrink_reserve(mempool_t *pool, int new_min_nr, unsigned long *flags)
{
	while (new_min_nr < pool->curr_nr) {
		void *element = remove_element(pool);

		spin_unlock_irqrestore(&pool->lock, *flags);
		pool->free(element, pool->pool_data);
		spin_lock_irqsave(&pool->lock, *flags);
	}
	pool->min_nr = new_min_nr;
}

static void fill_reserve(mempool_t *pool)
{
	unsigned long flags;

	for (;;) {
		void *element = pool->alloc(GFP_KERNEL, pool->pool_data);
		bool added = false;

		if (!element)
			return;		/* frees will fill it up */
		spin_lock_irqsave(&pool->lock, flags);
		if (pool->curr_nr < pool->min_nr) {
			add_element(pool, element);
			added = true;
		}
		spin_unlock_irqrestore(&pool->lock, flags);
		if (!added) {
			pool->free(element, pool->pool_data);
			return;
		}
	}
}

/**
 * mempool_resize() - change the size of the reserve
 * @pool: the pool
 * @new_min_nr: its new size, at least 1
 *
 * The caller keeps others from resizing or destroying the pool meanwhile. If a larger reserve
 * can't be filled at once, elements that are freed fill it.
 *
 * Context: May sleep.
 * Return: 0 or -ENOMEM; the pool is as it was then.
 */
int mempool_resize(mempool_t *pool, int new_min_nr)
{
	void **elements, **old;
	unsigned long flags;

	BUG_ON(new_min_nr <= 0);
	might_sleep();
	elements = kmalloc_array(new_min_nr, sizeof(void *), GFP_KERNEL);
	if (!elements)
		return -ENOMEM;

	spin_lock_irqsave(&pool->lock, flags);
	shrink_reserve(pool, min(new_min_nr, pool->min_nr), &flags);
	memcpy(elements, pool->elements, pool->curr_nr * sizeof(void *));
	old = pool->elements;
	pool->elements = elements;
	pool->min_nr = new_min_nr;
	spin_unlock_irqrestore(&pool->lock, flags);

	kfree(old);
	fill_reserve(pool);
	return 0;
}

/* Sleep until there may be an element. */
static void wait_for_element(mempool_t *pool)
{
	DEFINE_WAIT(wait);
	unsigned long flags;
	bool empty;

	prepare_to_wait(&pool->wait, &wait, TASK_UNINTERRUPTIBLE);	/* A1 */
	spin_lock_irqsave(&pool->lock, flags);
	empty = !pool->curr_nr;						/* A2 */
	spin_unlock_irqrestore(&pool->lock, flags);
	/* The allocator behind the pool may recover without telling: look again after a while. */
	if (empty)
		io_schedule_timeout(5 * HZ);
	finish_wait(&pool->wait, &wait);
}

/**
 * mempool_alloc_noprof() - an element
 * @pool: the pool
 * @gfp_mask: how; not __GFP_ZERO
 *
 * Return: the element; NULL only if @gfp_mask forbids to sleep.
 */
void *mempool_alloc_noprof(mempool_t *pool, gfp_t gfp_mask)
{
	gfp_t gentle;
	void *element;

	WARN_ON_ONCE(gfp_mask & __GFP_ZERO);
	might_alloc(gfp_mask);

	/* Leave the emergency reserves alone, we have our own; and don't wait the first time. */
	gfp_mask |= __GFP_NOMEMALLOC | __GFP_NORETRY | __GFP_NOWARN;
	gentle = gfp_mask & ~(__GFP_DIRECT_RECLAIM | __GFP_IO);
	for (;;) {
		element = pool->alloc(gentle, pool->pool_data);
		if (likely(element))
			return element;
		element = take_reserve(pool);
		if (element)
			return element;
		if (gentle != gfp_mask) {
			gentle = gfp_mask;
			continue;
		}
		if (!(gfp_mask & __GFP_DIRECT_RECLAIM))
			return NULL;
		wait_for_element(pool);
	}
}

/**
 * mempool_alloc_preallocated() - an element of the reserve, at once
 * @pool: the pool
 *
 * Context: any but NMI.
 * Return: the element; NULL if the reserve is empty.
 */
void *mempool_alloc_preallocated(mempool_t *pool)
{
	return take_reserve(pool);
}

/**
 * mempool_free() - give an element back
 * @element: the element, or NULL
 * @pool: its pool
 *
 * Context: Whatever the pool's free function allows; the reserve's part never sleeps.
 */
void mempool_free(void *element, mempool_t *pool)
{
	unsigned long flags;

	if (unlikely(!element))
		return;
	/*
	 * Pairs with the lock in take_reserve(): who got this element emptied the reserve before,
	 * and that is seen here because it was handed over to us.
	 */
	smp_rmb();
	if (unlikely(READ_ONCE(pool->curr_nr) < pool->min_nr)) {
		spin_lock_irqsave(&pool->lock, flags);
		if (pool->curr_nr < pool->min_nr) {
			add_element(pool, element);			/* F1 */
			spin_unlock_irqrestore(&pool->lock, flags);
			wake_up(&pool->wait);				/* F2 */
			return;
		}
		spin_unlock_irqrestore(&pool->lock, flags);
	}
	pool->free(element, pool->pool_data);
}

/* ---- ready-made elements ---- */

/**
 * mempool_alloc_slab() - for mempool_create(): elements of a cache
 * @gfp_mask: how
 * @pool_data: the cache
 *
 * Return: the object, or NULL.
 */
void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data)
{
	return kmem_cache_alloc((struct kmem_cache *)pool_data, gfp_mask);
}

/**
 * mempool_free_slab() - the opposite of mempool_alloc_slab()
 * @element: the object
 * @pool_data: the cache
 */
void mempool_free_slab(void *element, void *pool_data)
{
	kmem_cache_free(pool_data, element);
}

/**
 * mempool_kmalloc() - for mempool_create(): elements by kmalloc()
 * @gfp_mask: how
 * @pool_data: bytes, as a pointer
 *
 * Return: the memory, or NULL.
 */
void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data)
{
	return kmalloc((size_t)pool_data, gfp_mask);
}

/**
 * mempool_kfree() - the opposite of mempool_kmalloc()
 * @element: the memory
 * @pool_data: ignored
 */
void mempool_kfree(void *element, void *pool_data)
{
	(void)pool_data;
	kfree(element);
}

/**
 * mempool_kvmalloc() - for mempool_create(): elements by kvmalloc()
 * @gfp_mask: how
 * @pool_data: bytes, as a pointer
 *
 * Return: the memory, or NULL.
 */
void *mempool_kvmalloc(gfp_t gfp_mask, void *pool_data)
{
	return kvmalloc((size_t)pool_data, gfp_mask);
}

/**
 * mempool_kvfree() - the opposite of mempool_kvmalloc()
 * @element: the memory
 * @pool_data: ignored
 */
void mempool_kvfree(void *element, void *pool_data)
{
	(void)pool_data;
	kvfree(element);
}

/**
 * mempool_alloc_pages() - for mempool_create(): elements are pages
 * @gfp_mask: how
 * @pool_data: their order, as a pointer
 *
 * Return: the first struct page, or NULL.
 */
void *mempool_alloc_pages(gfp_t gfp_mask, void *pool_data)
{
	return alloc_pages(gfp_mask, (unsigned int)(long)pool_data);
}

/**
 * mempool_free_pages() - the opposite of mempool_alloc_pages()
 * @element: the first struct page
 * @pool_data: their order, as a pointer
 */
void mempool_free_pages(void *element, void *pool_data)
{
	__free_pages(element, (unsigned int)(long)pool_data);
}
