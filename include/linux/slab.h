/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

/*
 * Small objects: kmem_cache_*() and the kmalloc() family.
 *
 * Rules of use:
 *  - Allocation follows the gfp rules (gfp_types.h); freeing never sleeps and is allowed in any
 *    context but NMI. kvfree() and vfree() may be called where interrupts are off, not from NMI.
 *  - kfree(NULL) and friends do nothing. kmalloc(0) gives ZERO_SIZE_PTR: not NULL, not to be
 *    dereferenced, to be freed like any other.
 *  - kmalloc() memory is aligned to ARCH_KMALLOC_MINALIGN, and to its size if that is a power
 *    of two.
 *  - A cache is destroyed only when its objects are all back; otherwise it is reported, and stays.
 */

#include <linux/gfp.h>
#include <linux/overflow.h>
#include <linux/types.h>
#include <linux/percpu-defs.h>
#include <linux/percpu-refcount.h>
#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/workqueue.h>

enum _slab_flag_bits {
	_SLAB_CONSISTENCY_CHECKS,
	_SLAB_RED_ZONE,
	_SLAB_POISON,
	_SLAB_KMALLOC,
	_SLAB_HWCACHE_ALIGN,
	_SLAB_CACHE_DMA,
	_SLAB_CACHE_DMA32,
	_SLAB_STORE_USER,
	_SLAB_PANIC,
	_SLAB_TYPESAFE_BY_RCU,
	_SLAB_TRACE,
	_SLAB_NOLEAKTRACE,
	_SLAB_NO_MERGE,
	_SLAB_ACCOUNT,
	_SLAB_KASAN,
	_SLAB_NO_USER_FLAGS,
	_SLAB_RECLAIM_ACCOUNT,
	_SLAB_FAILSLAB,
	_SLAB_FLAGS_LAST_BIT
};

#define __SF_BIT(nr)		((slab_flags_t __force)(1U << (nr)))

#define SLAB_CONSISTENCY_CHECKS	__SF_BIT(_SLAB_CONSISTENCY_CHECKS)	/* check list pointers */
#define SLAB_RED_ZONE		__SF_BIT(_SLAB_RED_ZONE)	/* guard bytes round the object */
#define SLAB_POISON		__SF_BIT(_SLAB_POISON)		/* fill free objects */
#define SLAB_KMALLOC		__SF_BIT(_SLAB_KMALLOC)		/* a kmalloc() size class */
#define SLAB_HWCACHE_ALIGN	__SF_BIT(_SLAB_HWCACHE_ALIGN)	/* align to cache lines */
#define SLAB_CACHE_DMA		__SF_BIT(_SLAB_CACHE_DMA)	/* pages from GFP_DMA */
#define SLAB_CACHE_DMA32	__SF_BIT(_SLAB_CACHE_DMA32)	/* pages from GFP_DMA32 */
#define SLAB_STORE_USER		__SF_BIT(_SLAB_STORE_USER)	/* remember last alloc and free */
#define SLAB_PANIC		__SF_BIT(_SLAB_PANIC)		/* panic if it can't be created */
/*
 * SLAB_TYPESAFE_BY_RCU: pages go back to the page allocator only after a grace period. It does
 * not delay the reuse of an object: a reader under rcu_read_lock() may find another object of
 * the same type at the address, and must check after taking its reference.
 */
#define SLAB_TYPESAFE_BY_RCU	__SF_BIT(_SLAB_TYPESAFE_BY_RCU)
#define SLAB_TRACE		__SF_BIT(_SLAB_TRACE)
#define SLAB_NOLEAKTRACE	__SF_BIT(_SLAB_NOLEAKTRACE)
#define SLAB_NO_MERGE		__SF_BIT(_SLAB_NO_MERGE)
#define SLAB_ACCOUNT		__SF_BIT(_SLAB_ACCOUNT)
#define SLAB_KASAN		__SF_BIT(_SLAB_KASAN)
#define SLAB_NO_USER_FLAGS	__SF_BIT(_SLAB_NO_USER_FLAGS)	/* slab_debug= doesn't apply */
#define SLAB_RECLAIM_ACCOUNT	__SF_BIT(_SLAB_RECLAIM_ACCOUNT)	/* a shrinker can free these */
#define SLAB_FAILSLAB		__SF_BIT(_SLAB_FAILSLAB)
#define SLAB_TEMPORARY		SLAB_RECLAIM_ACCOUNT

#define ZERO_SIZE_PTR		((void *)16)

/** ZERO_OR_NULL_PTR - is it no memory: NULL, or what kmalloc(0) gives? */
#define ZERO_OR_NULL_PTR(x)	((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)

#ifndef ARCH_KMALLOC_MINALIGN
#define ARCH_KMALLOC_MINALIGN	8
#endif
#ifndef ARCH_SLAB_MINALIGN
#define ARCH_SLAB_MINALIGN	8
#endif

#define KMALLOC_SHIFT_LOW	3
#define KMALLOC_SHIFT_HIGH	(PAGE_SHIFT + 1)
#define KMALLOC_SHIFT_MAX	(MAX_PAGE_ORDER + PAGE_SHIFT)
#define KMALLOC_MAX_SIZE	(1UL << KMALLOC_SHIFT_MAX)
#define KMALLOC_MAX_CACHE_SIZE	(1UL << KMALLOC_SHIFT_HIGH)
#define KMALLOC_MAX_ORDER	(KMALLOC_SHIFT_MAX - PAGE_SHIFT)
#define KMALLOC_MIN_SIZE	(1 << KMALLOC_SHIFT_LOW)
#define SLAB_OBJ_MIN_SIZE	(KMALLOC_MIN_SIZE < 16 ? KMALLOC_MIN_SIZE : 16)

struct kmem_cache;
struct list_lru;
struct mem_cgroup;
struct seq_file;

/**
 * struct kmem_cache_args - the less common wishes of a new cache
 * @align: least alignment of an object, 0 for the natural one
 * @useroffset: first byte that may be copied to or from user space
 * @usersize: how many bytes from there may; 0: none of the object
 * @freeptr_offset: where in a free object the allocator may keep its link
 * @use_freeptr_offset: whether @freeptr_offset is valid
 * @ctor: called once per object when its slab is made; the object must be back in that state
 *	when it is freed
 */
struct kmem_cache_args {
	unsigned int align;
	unsigned int useroffset;
	unsigned int usersize;
	unsigned int freeptr_offset;
	bool use_freeptr_offset;
	void (*ctor)(void *object);
};

struct kmem_cache *__kmem_cache_create_args(const char *name, unsigned int object_size,
					    struct kmem_cache_args *args, slab_flags_t flags);

/** __kmem_cache_create - kmem_cache_create() with its arguments one by one */
static inline struct kmem_cache *
__kmem_cache_create(const char *name, unsigned int size, unsigned int align, slab_flags_t flags,
		    void (*ctor)(void *))
{
	struct kmem_cache_args args = { .align = align, .ctor = ctor };

	return __kmem_cache_create_args(name, size, &args, flags);
}

/**
 * kmem_cache_create_usercopy - kmem_cache_create() whose objects have a part that goes to programs
 * @name: for slabinfo
 * @size: bytes of an object
 * @align: least alignment, 0 for the natural one
 * @flags: SLAB_*
 * @useroffset: first byte of that part
 * @usersize: its bytes
 * @ctor: called once per object when its slab is made, or NULL
 *
 * Context: may sleep.
 * Return: as __kmem_cache_create_args().
 */
static inline struct kmem_cache *
kmem_cache_create_usercopy(const char *name, unsigned int size, unsigned int align,
			   slab_flags_t flags, unsigned int useroffset, unsigned int usersize,
			   void (*ctor)(void *))
{
	struct kmem_cache_args args = {
		.align = align, .ctor = ctor, .useroffset = useroffset, .usersize = usersize,
	};

	return __kmem_cache_create_args(name, size, &args, flags);
}

/** __kmem_cache_default_args - kmem_cache_create() with a struct of arguments; NULL: none */
static inline struct kmem_cache *
__kmem_cache_default_args(const char *name, unsigned int size, struct kmem_cache_args *args,
			  slab_flags_t flags)
{
	struct kmem_cache_args none = { 0 };

	return __kmem_cache_create_args(name, size, args ? args : &none, flags);
}

/**
 * kmem_cache_create - make a cache: (name, size, args or NULL, flags) or (name, size, align, flags,
 * ctor)
 * @name: for slabinfo
 * @size: bytes of an object
 * @args: struct kmem_cache_args, NULL, or the alignment
 *
 * Context: may sleep.
 * Return: the cache, for kmem_cache_destroy(); NULL, unless SLAB_PANIC.
 */
#define kmem_cache_create(name, size, args, ...)			\
	_Generic((args),						\
		 struct kmem_cache_args *: __kmem_cache_create_args,	\
		 void *: __kmem_cache_default_args,			\
		 default: __kmem_cache_create)(name, size, args, __VA_ARGS__)

/**
 * KMEM_CACHE - kmem_cache_create() for a struct, by its name
 * @__struct: tag of the struct
 * @__flags: SLAB_*
 */
#define KMEM_CACHE(__struct, __flags)					\
	__kmem_cache_create_args(#__struct, sizeof(struct __struct),	\
		&(struct kmem_cache_args) { .align = __alignof__(struct __struct) }, (__flags))

/**
 * KMEM_CACHE_USERCOPY - KMEM_CACHE() of which one member goes to programs
 * @__struct: tag of the struct
 * @__flags: SLAB_*
 * @__field: the member
 */
#define KMEM_CACHE_USERCOPY(__struct, __flags, __field)			\
	__kmem_cache_create_args(#__struct, sizeof(struct __struct),	\
		&(struct kmem_cache_args) {				\
			.align = __alignof__(struct __struct),		\
			.useroffset = offsetof(struct __struct, __field), \
			.usersize = sizeof_field(struct __struct, __field), \
		}, (__flags))

void kmem_cache_destroy(struct kmem_cache *s);
int kmem_cache_shrink(struct kmem_cache *s);
unsigned int kmem_cache_size(struct kmem_cache *s);
bool slab_is_available(void);

void *kmem_cache_alloc_noprof(struct kmem_cache *s, gfp_t flags) __attribute__((malloc));
void kmem_cache_free(struct kmem_cache *s, void *objp);
void kmem_cache_free_bulk(struct kmem_cache *s, size_t size, void **p);
int kmem_cache_alloc_bulk_noprof(struct kmem_cache *s, gfp_t flags, size_t size, void **p);

/**
 * kmem_cache_alloc - an object of cache @s, or NULL; @flags: GFP_*, which say whether it may sleep
 */
#define kmem_cache_alloc(s, flags)		kmem_cache_alloc_noprof(s, flags)
/** kmem_cache_alloc_node - kmem_cache_alloc(); there is one node */
#define kmem_cache_alloc_node(s, flags, node)	((void)(node), kmem_cache_alloc_noprof(s, flags))
/** kmem_cache_alloc_lru - kmem_cache_alloc() of what will be on @lru: nothing to prepare */
#define kmem_cache_alloc_lru(s, lru, flags)	((void)(lru), kmem_cache_alloc_noprof(s, flags))
/** kmem_cache_alloc_bulk - @n objects into @p. Return: @n, or 0 and none */
#define kmem_cache_alloc_bulk(s, flags, n, p)	kmem_cache_alloc_bulk_noprof(s, flags, n, p)
/** kmem_cache_zalloc - kmem_cache_alloc(), zeroed; not for caches with a constructor */
#define kmem_cache_zalloc(s, flags)		kmem_cache_alloc(s, (flags) | __GFP_ZERO)

/** kfree_bulk - kfree() @size blocks */
static inline void kfree_bulk(size_t size, void **p)
{
	kmem_cache_free_bulk(NULL, size, p);
}

/* ---- kmalloc ---- */

void *__kmalloc_noprof(size_t size, gfp_t flags) __attribute__((malloc, alloc_size(1)));
void *__kmalloc_cache_noprof(struct kmem_cache *s, gfp_t flags, size_t size)
	__attribute__((malloc, alloc_size(3)));
void *__kmalloc_large_noprof(size_t size, gfp_t flags) __attribute__((malloc, alloc_size(1)));
void *kmalloc_node_track_caller_noprof(size_t size, gfp_t flags, int node, unsigned long caller)
	__attribute__((malloc, alloc_size(1)));
void * __must_check krealloc_noprof(const void *p, size_t new_size, gfp_t flags)
	__realloc_size(2);
void kfree(const void *objp);
void kfree_sensitive(const void *objp);
size_t __ksize(const void *objp);
size_t ksize(const void *objp);
size_t kmalloc_size_roundup(size_t size);

DEFINE_FREE(kfree, void *, if (!IS_ERR_OR_NULL(_T)) kfree(_T))
DEFINE_FREE(kfree_sensitive, void *, if (_T) kfree_sensitive(_T))

/*
 * Size classes: 8 16 32 64 96 128 192 256 ... 8192; the index is the power of two, 1: 96, 2: 192.
 */
#define NR_KMALLOC_CACHES	(KMALLOC_SHIFT_HIGH + 1)
extern struct kmem_cache *kmalloc_caches[NR_KMALLOC_CACHES];

/** __kmalloc_index - which cache of kmalloc() serves @size bytes */
static __always_inline unsigned int __kmalloc_index(size_t size)
{
	unsigned int shift;

	if (size <= KMALLOC_MIN_SIZE)
		return KMALLOC_SHIFT_LOW;
	if (size > 64 && size <= 96)
		return 1;
	if (size > 128 && size <= 192)
		return 2;
	shift = 8 * sizeof(unsigned long) - __builtin_clzl(size - 1);
	return shift;
}

#define kmalloc_index(s)	__kmalloc_index(s)

/**
 * kmalloc_noprof - the function under kmalloc()
 * @size: bytes; if that is known when compiling, so is the cache
 * @flags: GFP_*
 */
static __always_inline __attribute__((malloc, alloc_size(1)))
void *kmalloc_noprof(size_t size, gfp_t flags)
{
	if (__builtin_constant_p(size) && size) {
		if (size > KMALLOC_MAX_CACHE_SIZE)
			return __kmalloc_large_noprof(size, flags);
		return __kmalloc_cache_noprof(kmalloc_caches[__kmalloc_index(size)], flags, size);
	}
	return __kmalloc_noprof(size, flags);
}

/**
 * kmalloc_array_noprof - the function under kmalloc_array()
 * @n: elements
 * @size: bytes of one
 * @flags: GFP_*
 */
static inline __attribute__((malloc, alloc_size(1, 2)))
void *kmalloc_array_noprof(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return kmalloc_noprof(bytes, flags);
}

static inline __realloc_size(2, 3) void * __must_check
krealloc_array_noprof(void *p, size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return krealloc_noprof(p, bytes, flags);
}

/**
 * kmalloc - memory, physically contiguous
 * @size: bytes, up to KMALLOC_MAX_SIZE
 * @flags: GFP_KERNEL where sleeping is allowed, GFP_ATOMIC where it isn't, ...
 *
 * Context: as @flags say; any but NMI.
 * Return: the memory, for kfree(); ZERO_SIZE_PTR for no bytes; NULL if there is none.
 */
#define kmalloc(size, flags)			kmalloc_noprof(size, flags)
/** kmalloc_node - kmalloc(); there is one node */
#define kmalloc_node(size, flags, node)		((void)(node), kmalloc_noprof(size, flags))
/** kzalloc - kmalloc(), zeroed */
#define kzalloc(size, flags)			kmalloc_noprof(size, (flags) | __GFP_ZERO)
#define kzalloc_noprof(size, flags)		kmalloc_noprof(size, (flags) | __GFP_ZERO)
/** kzalloc_node - kzalloc(); there is one node */
#define kzalloc_node(size, flags, node)		((void)(node), kzalloc(size, flags))
#define __kmalloc(size, flags)			__kmalloc_noprof(size, flags)
#define __kmalloc_node(size, flags, node)	((void)(node), __kmalloc_noprof(size, flags))
/** kmalloc_array - kmalloc() of @n elements; NULL, too, if the product overflows */
#define kmalloc_array(n, size, flags)		kmalloc_array_noprof(n, size, flags)
/** kmalloc_array_node - kmalloc_array(); there is one node */
#define kmalloc_array_node(n, size, flags, nd)	((void)(nd), kmalloc_array_noprof(n, size, flags))
/** kcalloc - kmalloc_array(), zeroed */
#define kcalloc(n, size, flags)			kmalloc_array_noprof(n, size, (flags) | __GFP_ZERO)
/** kcalloc_node - kcalloc(); there is one node */
#define kcalloc_node(n, size, flags, node)	((void)(node), kcalloc(n, size, flags))
/** krealloc - another size for what kmalloc() gave, perhaps elsewhere. NULL: the old one stays */
#define krealloc(p, size, flags)		krealloc_noprof(p, size, flags)
/** krealloc_array - krealloc() to @n elements; NULL, too, if the product overflows */
#define krealloc_array(p, n, size, flags)	krealloc_array_noprof(p, n, size, flags)

/** kmalloc_track_caller - kmalloc() on behalf of our caller, who is noted in our place */
#define kmalloc_track_caller(size, flags) \
	kmalloc_node_track_caller_noprof(size, flags, NUMA_NO_NODE, _RET_IP_)
#define kmalloc_track_caller_noprof(size, flags) kmalloc_track_caller(size, flags)
#define kmalloc_node_track_caller(size, flags, node) \
	kmalloc_node_track_caller_noprof(size, flags, node, _RET_IP_)

/* ---- kvmalloc: slab first, vmalloc() when that is too large or too fragmented ---- */

void *kvmalloc_node_noprof(size_t size, gfp_t flags, int node)
	__attribute__((malloc, alloc_size(1)));
void kvfree(const void *addr);
void kvfree_sensitive(const void *addr, size_t len);
void *kvrealloc_noprof(const void *p, size_t size, gfp_t flags) __realloc_size(2);

DEFINE_FREE(kvfree, void *, if (!IS_ERR_OR_NULL(_T)) kvfree(_T))

/**
 * kvmalloc_array_noprof - the function under kvmalloc_array()
 * @n: elements
 * @size: bytes of one
 * @flags: GFP_KERNEL and what else may sleep
 */
static inline __attribute__((malloc, alloc_size(1, 2)))
void *kvmalloc_array_noprof(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return kvmalloc_node_noprof(bytes, flags, NUMA_NO_NODE);
}

/**
 * kvmalloc - memory, contiguous by its addresses at least
 * @size: bytes
 * @flags: GFP_KERNEL and what else may sleep
 *
 * Context: may sleep.
 * Return: the memory, for kvfree(); NULL.
 */
#define kvmalloc(size, flags)		kvmalloc_node_noprof(size, flags, NUMA_NO_NODE)
/** kvmalloc_node - kvmalloc(); there is one node */
#define kvmalloc_node(size, flags, nd)	kvmalloc_node_noprof(size, flags, nd)
/** kvzalloc - kvmalloc(), zeroed */
#define kvzalloc(size, flags)		kvmalloc(size, (flags) | __GFP_ZERO)
/** kvzalloc_node - kvzalloc(); there is one node */
#define kvzalloc_node(size, flags, nd)	kvmalloc_node(size, (flags) | __GFP_ZERO, nd)
/** kvmalloc_array - kvmalloc() of @n elements; NULL, too, if the product overflows */
#define kvmalloc_array(n, size, flags)	kvmalloc_array_noprof(n, size, flags)
/** kvcalloc - kvmalloc_array(), zeroed */
#define kvcalloc(n, size, flags)	kvmalloc_array_noprof(n, size, (flags) | __GFP_ZERO)
/** kvrealloc - another size for what kvmalloc() gave, perhaps elsewhere */
#define kvrealloc(p, size, flags)	kvrealloc_noprof(p, size, flags)

/* ---- by type: the size comes from what is asked for, and the pointer has its type ---- */

/* The flags that stand last among a macro's arguments; GFP_KERNEL if none do. */
#define __obj_gfp_pick(unused, gfp, ...)	(gfp)
#define __obj_gfp(...)		__obj_gfp_pick(unused, ##__VA_ARGS__, GFP_KERNEL, )

/**
 * __alloc_objs - @COUNT objects from an allocator that takes bytes
 * @KMALLOC: kmalloc, kzalloc, kvmalloc, kvzalloc or another of that form
 * @GFP: its flags
 * @TYPE: a type, or an expression of it, which is not evaluated
 * @COUNT: objects; one that overflows the size gets nothing
 *
 * Return: TYPE *, to the first; NULL.
 */
#define __alloc_objs(KMALLOC, GFP, TYPE, COUNT) \
	((typeof(TYPE) *)KMALLOC(size_mul(sizeof(TYPE), COUNT), GFP))

/**
 * __alloc_flex - a struct with the flexible array at its end
 * @KMALLOC: as __alloc_objs()
 * @GFP: its flags
 * @TYPE: the struct, or an expression of it
 * @FAM: the array's name
 * @COUNT: elements; one that overflows the size gets nothing
 *
 * A counter named by __counted_by() is neither checked nor set: no compiler that builds this kernel
 * tells which it is.
 *
 * Return: TYPE *; NULL.
 */
#define __alloc_flex(KMALLOC, GFP, TYPE, FAM, COUNT)				\
	((typeof(TYPE) *)KMALLOC(size_add(sizeof(TYPE),				\
		size_mul(sizeof(((typeof(TYPE) *)NULL)->FAM[0]), COUNT)), GFP))

/**
 * kmalloc_obj - memory for one object
 * @VAR_OR_TYPE: its type, or an expression of it: p = kmalloc_obj(*p)
 * @...: flags, GFP_KERNEL if there are none
 *
 * kmalloc_objs() makes an array, kmalloc_flex() a struct with its flexible array. With kz they
 * are zeroed, with kv as kvmalloc(), with kvz both.
 *
 * Context: as the flags say.
 * Return: a pointer to the type, for kfree() (kv: kvfree()); NULL.
 */
#define kmalloc_obj(VAR_OR_TYPE, ...) \
	__alloc_objs(kmalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, 1)
#define kmalloc_objs(VAR_OR_TYPE, COUNT, ...) \
	__alloc_objs(kmalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, COUNT)
#define kmalloc_flex(VAR_OR_TYPE, FAM, COUNT, ...) \
	__alloc_flex(kmalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, FAM, COUNT)
#define kzalloc_obj(VAR_OR_TYPE, ...) \
	__alloc_objs(kzalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, 1)
#define kzalloc_objs(VAR_OR_TYPE, COUNT, ...) \
	__alloc_objs(kzalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, COUNT)
#define kzalloc_flex(VAR_OR_TYPE, FAM, COUNT, ...) \
	__alloc_flex(kzalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, FAM, COUNT)
#define kvmalloc_obj(VAR_OR_TYPE, ...) \
	__alloc_objs(kvmalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, 1)
#define kvmalloc_objs(VAR_OR_TYPE, COUNT, ...) \
	__alloc_objs(kvmalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, COUNT)
#define kvmalloc_flex(VAR_OR_TYPE, FAM, COUNT, ...) \
	__alloc_flex(kvmalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, FAM, COUNT)
#define kvzalloc_obj(VAR_OR_TYPE, ...) \
	__alloc_objs(kvzalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, 1)
#define kvzalloc_objs(VAR_OR_TYPE, COUNT, ...) \
	__alloc_objs(kvzalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, COUNT)
#define kvzalloc_flex(VAR_OR_TYPE, FAM, COUNT, ...) \
	__alloc_flex(kvzalloc, __obj_gfp(__VA_ARGS__), VAR_OR_TYPE, FAM, COUNT)

/* ---- boot, figures, hooks ---- */

void __init kmem_cache_init(void);
void __init kmem_cache_init_late(void);
void slabinfo_show(void);
bool kmem_dump_obj(void *object);
bool kmem_valid_obj(void *object);
void __check_heap_object(const void *ptr, unsigned long n, const struct page *page, bool to_user);

#endif /* _LINUX_SLAB_H */
