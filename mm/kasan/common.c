// SPDX-License-Identifier: MIT
/*
 * KASAN: slab objects.
 *
 *	| object          | red zone                    |
 *	  shadow 0 .. n     fc: struct kasan_meta, rest
 *
 * A cache under KASAN makes room behind each object for a red zone that holds who allocated and
 * freed it. A kmalloc() object is accessible only as far as was asked for. A freed object's shadow
 * is fb until the quarantine lets it go.
 *
 * A cache with slab debugging of its own (red zones, poison) is left alone: one watcher is enough,
 * and the two would find each other.
 */

#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#include "../slab.h"
#include "kasan.h"

/** kasan_enable_current - end one kasan_disable_current() */
void kasan_enable_current(void)
{
	current->kasan_depth--;
}

/**
 * kasan_disable_current - current's accesses aren't reported until kasan_enable_current(); nests
 */
void kasan_disable_current(void)
{
	current->kasan_depth++;
}

/** kasan_save_track - note who allocates or frees, and from where */
void kasan_save_track(struct kasan_track *track, gfp_t gfp)
{
	unsigned long entries[KASAN_STACK_FRAMES];
	unsigned int nr = stack_trace_save(entries, KASAN_STACK_FRAMES, 1);

	track->pid = current->pid;
	track->stack = stack_depot_save(entries, nr, gfp & ~__GFP_DIRECT_RECLAIM);
}

static bool watched(const struct kmem_cache *s)
{
	return s->flags & SLAB_KASAN;
}

/** kasan_get_meta - the record behind an object */
struct kasan_meta *kasan_get_meta(struct kmem_cache *cache, const void *object)
{
	return (void *)object + cache->kasan_info.alloc_meta_offset;
}

/* Larger objects get larger red zones: an overflow tends to grow with what overflows. */
static unsigned int redzone_for(unsigned int size)
{
	return size <= 64 - 16 ? 16 :
	       size <= 128 - 32 ? 32 :
	       size <= 512 - 64 ? 64 :
	       size <= 4096 - 128 ? 128 : 256;
}

/**
 * kasan_cache_create - a new cache: make room for a record and a red zone behind each object
 * @cache: the cache; one with debugging of its own is not watched
 * @size: bytes of an object; grows
 * @flags: SLAB_KASAN is added
 */
void kasan_cache_create(struct kmem_cache *cache, unsigned int *size, slab_flags_t *flags)
{
	if (kmem_cache_debug(cache))
		return;
	*flags |= SLAB_KASAN;
	cache->kasan_info.alloc_meta_offset = ALIGN(*size, sizeof(void *));
	*size = cache->kasan_info.alloc_meta_offset + sizeof(struct kasan_meta);
	*size = max(*size, cache->object_size + redzone_for(cache->object_size));
}

/**
 * kasan_cache_shrink - free what of a cache waits in the quarantine
 * @cache: the cache
 */
void kasan_cache_shrink(struct kmem_cache *cache)
{
	kasan_quarantine_remove_cache(cache);
}

/**
 * kasan_cache_shutdown - free what of a cache waits in the quarantine: it goes
 * @cache: the cache
 */
void kasan_cache_shutdown(struct kmem_cache *cache)
{
	kasan_quarantine_remove_cache(cache);
}

/**
 * kasan_poison_slab - a new slab: nothing in it may be touched
 * @slab: the slab
 */
void kasan_poison_slab(struct slab *slab)
{
	struct page *page = slab_page(slab);

	if (watched(slab->slab_cache))
		kasan_poison(page_address(page), page_size(page), KASAN_SLAB_REDZONE);
}

/**
 * kasan_unpoison_new_object - the constructor may touch an object
 * @cache: its cache
 * @object: the object, not allocated
 */
void kasan_unpoison_new_object(struct kmem_cache *cache, void *object)
{
	if (watched(cache))
		kasan_unpoison(object, cache->object_size);
}

static void poison_object(struct kmem_cache *cache, const void *object, u8 value)
{
	kasan_poison(object, round_up(cache->object_size, KASAN_GRANULE_SIZE), value);
}

/**
 * kasan_poison_new_object - the constructor is done
 * @cache: its cache
 * @object: the object
 */
void kasan_poison_new_object(struct kmem_cache *cache, void *object)
{
	if (watched(cache))
		poison_object(cache, object, KASAN_SLAB_REDZONE);
}

/**
 * kasan_init_slab_obj - clear the record of a new slab's object
 * @cache: its cache
 * @object: the object
 *
 * Return: @object.
 */
void *kasan_init_slab_obj(struct kmem_cache *cache, const void *object)
{
	if (watched(cache))
		__memset(kasan_get_meta(cache, object), 0, sizeof(struct kasan_meta));
	return (void *)object;
}

/* ---- allocation ---- */

/**
 * kasan_slab_alloc - an object is allocated: it may be touched, and who asked for it is noted
 * @s: its cache
 * @object: the object, or NULL
 * @flags: how
 * @init: ignored; the allocator clears memory itself
 *
 * Return: @object.
 */
void *kasan_slab_alloc(struct kmem_cache *s, void *object, gfp_t flags, bool init)
{
	if (!object || !watched(s) || !kasan_ready)
		return object;
	kasan_unpoison(object, s->object_size);
	kasan_save_track(&kasan_get_meta(s, object)->alloc, flags);
	return object;
}

/**
 * kasan_kmalloc - of an object so many bytes were asked for: the rest may not be touched
 * @s: its cache
 * @object: the object, or NULL
 * @size: bytes
 * @flags: how
 *
 * Return: @object.
 */
void *kasan_kmalloc(struct kmem_cache *s, const void *object, size_t size, gfp_t flags)
{
	if (!object || !watched(s))
		return (void *)object;
	poison_object(s, object, KASAN_SLAB_REDZONE);
	kasan_unpoison(object, size);
	return (void *)object;
}

/**
 * kasan_kmalloc_large - kasan_kmalloc() for memory straight from the page allocator
 * @ptr: the memory, or NULL
 * @size: bytes that were asked for
 * @flags: how
 *
 * Return: @ptr.
 */
void *kasan_kmalloc_large(const void *ptr, size_t size, gfp_t flags)
{
	struct folio *folio;

	if (!ptr)
		return NULL;
	folio = virt_to_folio(ptr);
	kasan_poison(ptr, folio_size(folio), KASAN_PAGE_REDZONE);
	kasan_unpoison(ptr, size);
	return (void *)ptr;
}

/**
 * kasan_krealloc - krealloc() leaves an object where it is: other bytes may be touched
 * @object: slab object or pages
 * @new_size: bytes
 * @flags: how
 *
 * Return: @object.
 */
void *kasan_krealloc(const void *object, size_t new_size, gfp_t flags)
{
	struct slab *slab = virt_to_slab(object);

	if (!slab)
		return kasan_kmalloc_large(object, new_size, flags);
	return kasan_kmalloc(slab->slab_cache, object, new_size, flags);
}

/* ---- freeing ---- */

/**
 * kasan_slab_free - look at an object before it is freed
 * @s: the cache it is said to be of
 * @object: the object
 * @init: ignored
 *
 * Return: true: the caller must not go on, since the object is none or is free already (reported),
 * or since it waits in the quarantine now.
 */
bool kasan_slab_free(struct kmem_cache *s, void *object, bool init)
{
	struct kasan_meta *meta;

	if (!watched(s) || !kasan_ready)
		return false;
	if (unlikely(nearest_obj(s, virt_to_slab(object), object) != object)) {
		kasan_report_invalid_free(object, _RET_IP_, KASAN_REPORT_INVALID_FREE);
		return true;
	}
	if (unlikely(!kasan_byte_accessible(object))) {
		kasan_report_invalid_free(object, _RET_IP_, KASAN_REPORT_DOUBLE_FREE);
		return true;
	}
	/* Readers under RCU may still look at it: it is free, but not forbidden. */
	if (s->flags & SLAB_TYPESAFE_BY_RCU)
		return false;
	poison_object(s, object, KASAN_SLAB_FREE);
	meta = kasan_get_meta(s, object);
	kasan_save_track(&meta->free, GFP_NOWAIT);
	return kasan_quarantine_put(s, object);
}

/**
 * kasan_kfree_large - report a second free of pages
 * @ptr: the memory
 */
void kasan_kfree_large(void *ptr)
{
	if (kasan_ready && !kasan_byte_accessible(ptr))
		kasan_report_invalid_free(ptr, _RET_IP_, KASAN_REPORT_DOUBLE_FREE);
}

/**
 * kasan_check_byte - report if a byte may not be touched
 * @address: of the byte
 *
 * Return: whether it may.
 */
bool kasan_check_byte(const void *address)
{
	if (!kasan_ready || kasan_byte_accessible(address))
		return true;
	kasan_report(address, 1, false, _RET_IP_);
	return false;
}
