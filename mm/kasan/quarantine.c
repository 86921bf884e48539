// SPDX-License-Identifier: MIT
/*
 * KASAN: the quarantine. A freed object waits here, forbidden, so that an access through a stale
 * pointer hits it and not its next owner. First in, first out; when there is more than the limit,
 * the oldest objects are freed for good.
 *
 * quarantine_lock guards the queue, which goes through the objects' struct kasan_meta.
 */

#include <linux/kasan.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "../slab.h"
#include "kasan.h"

#define MIN_LIMIT	(1UL << 20)
#define MAX_LIMIT	(16UL << 20)

struct queue {
	void *head;
	void *tail;
	size_t bytes;
};

static DEFINE_RAW_SPINLOCK(quarantine_lock);
static struct queue quarantine;
static size_t limit_override;

static void **link_of(void *object)
{
	return &kasan_get_meta(virt_to_cache(object), object)->next;
}

static void queue_add(struct queue *q, void *object)
{
	*link_of(object) = NULL;
	if (q->tail)
		*link_of(q->tail) = object;
	else
		q->head = object;
	q->tail = object;
	q->bytes += virt_to_cache(object)->size;
}

static void *queue_take(struct queue *q)
{
	void *object = q->head;

	if (!object)
		return NULL;
	q->head = *link_of(object);
	if (!q->head)
		q->tail = NULL;
	q->bytes -= virt_to_cache(object)->size;
	return object;
}

static size_t limit(void)
{
	if (limit_override)
		return limit_override;
	return clamp((totalram_pages() << PAGE_SHIFT) / 32, MIN_LIMIT, MAX_LIMIT);
}

static void free_all(struct queue *q)
{
	void *object;

	while ((object = queue_take(q)))
		___cache_free(virt_to_cache(object), object);
}

/* Take an object in. Returns true: it isn't to be freed now. */
bool kasan_quarantine_put(struct kmem_cache *cache, void *object)
{
	struct queue old = { 0 };
	unsigned long flags;

	raw_spin_lock_irqsave(&quarantine_lock, flags);
	queue_add(&quarantine, object);
	if (quarantine.bytes > limit())
		while (quarantine.bytes > limit() / 4 * 3)
			queue_add(&old, queue_take(&quarantine));
	raw_spin_unlock_irqrestore(&quarantine_lock, flags);
	free_all(&old);
	return true;
}

/** kasan_quarantine_drain - free all that waits in the quarantine */
void kasan_quarantine_drain(void)
{
	struct queue old;
	unsigned long flags;

	raw_spin_lock_irqsave(&quarantine_lock, flags);
	old = quarantine;
	quarantine = (struct queue){ 0 };
	raw_spin_unlock_irqrestore(&quarantine_lock, flags);
	free_all(&old);
}

/* Free what waits of one cache, which is about to be looked at or to go. */
void kasan_quarantine_remove_cache(struct kmem_cache *cache)
{
	struct queue keep = { 0 }, old = { 0 };
	unsigned long flags;
	void *object;

	raw_spin_lock_irqsave(&quarantine_lock, flags);
	while ((object = queue_take(&quarantine)))
		queue_add(virt_to_cache(object) == cache ? &old : &keep, object);
	quarantine = keep;
	raw_spin_unlock_irqrestore(&quarantine_lock, flags);
	free_all(&old);
}

/**
 * kasan_set_quarantine_limit - for tests: how much may wait
 * @bytes: so many; 0: the default
 */
void kasan_set_quarantine_limit(size_t bytes)
{
	WRITE_ONCE(limit_override, bytes);
}
