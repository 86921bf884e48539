/* SPDX-License-Identifier: MIT */
#ifndef _MM_SLAB_H
#define _MM_SLAB_H

/*
 * The slab allocator's private side: what a cache, its per-CPU part and a slab look like, and
 * how slub.c (allocation), slub_debug.c (checks) and slab_common.c (caches, kmalloc) meet.
 */

#include <linux/kasan.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/build_bug.h>

/*
 * One slab: a folio cut into objects. It overlays struct page.
 *
 * state packs, for one 64-bit cmpxchg:
 *
 *	bits  0-15	first free object, as its offset in the slab / 8; SLAB_NONE: none
 *	bits 16-31	objects in use
 *	bit  32		frozen: it belongs to a CPU and is on no list
 */
struct slab {
	unsigned long __page_flags;
	struct kmem_cache *slab_cache;
	union {
		struct list_head slab_list;	/* node.list_lock, while not frozen */
		struct rcu_head rcu_head;	/* SLAB_TYPESAFE_BY_RCU, when it goes */
	};
	u64 state;		/* cmpxchg; of a debug cache: under node.list_lock */
	unsigned int objects;	/* constant */
	unsigned int __pad;
	unsigned int __page_type;
	atomic_t __page_refcount;
	unsigned long __memcg_data;
};

#define SLAB_MATCH(pg, sl)						\
	static_assert(offsetof(struct page, pg) == offsetof(struct slab, sl))
SLAB_MATCH(flags, __page_flags);
SLAB_MATCH(compound_head, slab_cache);	/* its low bit is clear, as a pointer's is */
SLAB_MATCH(page_type, __page_type);
SLAB_MATCH(_refcount, __page_refcount);
#undef SLAB_MATCH
static_assert(sizeof(struct slab) <= sizeof(struct page));

#define SLAB_NONE	0xffffU
#define SLAB_FROZEN	BIT_ULL(32)

static inline u64 slab_state(unsigned int free, unsigned int inuse, bool frozen)
{
	return free | (u64)inuse << 16 | (frozen ? SLAB_FROZEN : 0);
}

static inline unsigned int state_free(u64 state)
{
	return state & 0xffff;
}

static inline unsigned int state_inuse(u64 state)
{
	return (state >> 16) & 0xffff;
}

static inline bool state_frozen(u64 state)
{
	return state & SLAB_FROZEN;
}

/* What a CPU allocates from; interrupts off. */
struct kmem_cache_cpu {
	void *freelist;		/* free objects of ->slab that are ours alone */
	struct slab *slab;	/* frozen, or NULL */
};

struct kmem_cache_node {
	spinlock_t list_lock;		/* guards the lists and their counts */
	unsigned long nr_partial;
	struct list_head partial;	/* slabs with free objects, not frozen */
	struct list_head full;		/* debug caches only: all others */
	atomic_long_t nr_slabs;		/* slabs that exist */
	atomic_long_t total_objects;	/* objects in them */
};

struct kmem_cache {
	struct kmem_cache_cpu __percpu *cpu_slab;
	slab_flags_t flags;
	unsigned int size;		/* of an object with all that goes with it */
	unsigned int object_size;	/* of an object as the user sees it */
	unsigned int offset;		/* where a free object holds its link */
	unsigned int inuse;		/* end of the object and its right red zone */
	unsigned int red_left_pad;	/* left red zone */
	unsigned int align;
	unsigned int order;		/* of a slab */
	unsigned int min_order;		/* of a slab when memory is short */
	unsigned int min_partial;	/* empty slabs beyond so many partial ones are freed */
	unsigned int useroffset;
	unsigned int usersize;
	gfp_t allocflags;
	int refcount;			/* slab_mutex */
	void (*ctor)(void *object);
	const char *name;
	struct list_head list;		/* slab_mutex */
	struct kmem_cache_node node;
#ifdef CONFIG_KASAN
	struct kasan_cache kasan_info;
#endif
};

/* Flags that take a cache off the fast path. */
#define SLAB_DEBUG_FLAGS	(SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER | \
				 SLAB_TRACE | SLAB_CONSISTENCY_CHECKS)
#define DEBUG_DEFAULT_FLAGS	(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | SLAB_POISON | \
				 SLAB_STORE_USER)
/* What a caller of kmem_cache_create() may say. */
#define SLAB_CREATE_FLAGS	(SLAB_DEBUG_FLAGS | SLAB_HWCACHE_ALIGN | SLAB_CACHE_DMA | \
				 SLAB_CACHE_DMA32 | SLAB_PANIC | SLAB_TYPESAFE_BY_RCU | \
				 SLAB_NOLEAKTRACE | SLAB_NO_MERGE | SLAB_ACCOUNT | \
				 SLAB_NO_USER_FLAGS | SLAB_RECLAIM_ACCOUNT | SLAB_FAILSLAB | \
				 SLAB_KMALLOC)

static inline bool kmem_cache_debug_flags(const struct kmem_cache *s, slab_flags_t flags)
{
#ifdef CONFIG_SLUB_DEBUG
	return s->flags & flags;
#else
	(void)s;
	(void)flags;
	return false;
#endif
}

static inline bool kmem_cache_debug(const struct kmem_cache *s)
{
	return kmem_cache_debug_flags(s, SLAB_DEBUG_FLAGS);
}

#define folio_slab(folio)	((struct slab *)(folio))
#define slab_folio(slab)	((struct folio *)(slab))
#define slab_page(slab)		((struct page *)(slab))

static inline void *slab_address(const struct slab *slab)
{
	return page_address((const struct page *)slab);
}

/* The slab that @addr lies in, NULL if its page belongs to no slab. */
static inline struct slab *virt_to_slab(const void *addr)
{
	struct folio *folio = virt_to_folio(addr);

	return folio_test_slab(folio) ? folio_slab(folio) : NULL;
}

static inline struct kmem_cache *virt_to_cache(const void *obj)
{
	struct slab *slab = virt_to_slab(obj);

	return slab ? slab->slab_cache : NULL;
}

/* A token names an object of a slab: its offset / 8; SLAB_NONE is NULL. */
static inline unsigned int obj_to_token(const struct slab *slab, const void *object)
{
	return object ? (object - slab_address(slab)) >> 3 : SLAB_NONE;
}

static inline void *token_to_obj(const struct slab *slab, unsigned int token)
{
	return token == SLAB_NONE ? NULL : slab_address(slab) + ((unsigned long)token << 3);
}

static inline void *nth_object(const struct kmem_cache *s, const struct slab *slab,
			       unsigned int n)
{
	return slab_address(slab) + (size_t)n * s->size + s->red_left_pad;
}

/* The start of the object that @addr points into. */
static inline void *nearest_obj(const struct kmem_cache *s, const struct slab *slab,
				const void *addr)
{
	unsigned int n = (addr - slab_address(slab)) / s->size;

	return nth_object(s, slab, min(n, slab->objects - 1));
}

static inline void *get_freepointer(const struct kmem_cache *s, const void *object)
{
	return *(void **)(object + s->offset);
}

static inline void set_freepointer(const struct kmem_cache *s, void *object, void *fp)
{
	*(void **)(object + s->offset) = fp;
}

/* slab_common.c */
extern struct list_head slab_caches;
extern struct mutex slab_mutex;
extern struct kmem_cache *kmem_cache;
int kmem_cache_setup(struct kmem_cache *s, const char *name, unsigned int object_size,
		     const struct kmem_cache_args *args, slab_flags_t flags);

void kmalloc_large_free(struct folio *folio, void *object);

/* slub.c */
int __kmem_cache_create_layout(struct kmem_cache *s);
int __kmem_cache_open(struct kmem_cache *s);
int __kmem_cache_shutdown(struct kmem_cache *s);
void __kmem_cache_release(struct kmem_cache *s);
int __kmem_cache_shrink(struct kmem_cache *s);
void ___cache_free(struct kmem_cache *s, void *object);
long kmem_cache_active(struct kmem_cache *s);
void slab_flush_all_caches(void);

/* slub_debug.c; all but the first two need node.list_lock */
#ifdef CONFIG_SLUB_DEBUG
slab_flags_t slub_debug_flags(slab_flags_t flags, const char *name);
void slub_debug_layout(struct kmem_cache *s, unsigned int *size);
void slub_debug_init_slab(struct kmem_cache *s, struct slab *slab);
void slub_debug_init_object(struct kmem_cache *s, void *object);
bool slub_debug_alloc(struct kmem_cache *s, struct slab *slab, void *object, size_t orig_size);
void slub_debug_track_alloc(struct kmem_cache *s, void *object, unsigned long addr, gfp_t gfp);
bool slub_debug_free(struct kmem_cache *s, struct slab *slab, void *object, unsigned long addr,
		     depot_stack_handle_t stack);
bool slub_debug_slab_ok(struct kmem_cache *s, struct slab *slab);
depot_stack_handle_t slub_debug_save_stack(gfp_t gfp);
void slub_debug_list_objects(struct kmem_cache *s, struct slab *slab, const char *text);
void slub_debug_print_tracking(struct kmem_cache *s, void *object);
size_t slub_debug_orig_size(struct kmem_cache *s, void *object);
unsigned long slub_debug_validate(struct kmem_cache *s);
#else
static inline slab_flags_t slub_debug_flags(slab_flags_t flags, const char *name)
{
	(void)name;
	return flags & ~SLAB_DEBUG_FLAGS;
}

static inline void slub_debug_layout(struct kmem_cache *s, unsigned int *size) { }
static inline void slub_debug_init_slab(struct kmem_cache *s, struct slab *slab) { }
static inline void slub_debug_init_object(struct kmem_cache *s, void *object) { }

static inline bool slub_debug_alloc(struct kmem_cache *s, struct slab *slab, void *object,
				    size_t orig_size)
{
	return true;
}

static inline void slub_debug_track_alloc(struct kmem_cache *s, void *object,
					  unsigned long addr, gfp_t gfp) { }

static inline bool slub_debug_free(struct kmem_cache *s, struct slab *slab, void *object,
				   unsigned long addr, depot_stack_handle_t stack)
{
	return true;
}

static inline bool slub_debug_slab_ok(struct kmem_cache *s, struct slab *slab)
{
	return true;
}

static inline depot_stack_handle_t slub_debug_save_stack(gfp_t gfp)
{
	return 0;
}

static inline void slub_debug_list_objects(struct kmem_cache *s, struct slab *slab,
					   const char *text) { }
static inline void slub_debug_print_tracking(struct kmem_cache *s, void *object) { }

static inline size_t slub_debug_orig_size(struct kmem_cache *s, void *object)
{
	return s->object_size;
}

static inline unsigned long slub_debug_validate(struct kmem_cache *s)
{
	return 0;
}
#endif

#endif /* _MM_SLAB_H */
