/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H

/*
 * XArray: an array of ULONG_MAX + 1 pointers, most of them NULL, with three marks on each.
 *
 * What an element may be
 *	NULL		nothing is there
 *	a pointer	to anything aligned to 4 bytes
 *	a value		an integer of 63 bits: xa_mk_value(), xa_to_value(), xa_is_value()
 *	a tagged pointer  xa_tag_pointer(); don't mix with values in one array
 * A zero entry (xa_reserve()) reads as NULL but keeps its place, and its memory, for a later store.
 *
 * Rules of use
 *  - xa_load(), xa_find(), xa_for_each() and their like take the RCU read lock themselves and never
 *    sleep. What they return may be removed at once by somebody else: hold the RCU read lock or a
 *    lock of your own for as long as you use it.
 *  - xa_store() and all that changes take xa_lock, a spin lock inside the array. From interrupt or
 *    softirq context use the _irq or _bh forms (or take the lock yourself and call the __xa_ form),
 *    and say so at birth: XA_FLAGS_LOCK_IRQ, XA_FLAGS_LOCK_BH.
 *  - They may allocate with the gfp given, and drop and retake the lock to do so.
 *  - Functions that return an entry report an error as one: xa_is_err(), xa_err().
 *
 *	operation		needs
 *	load find get_mark	RCU read lock (taken inside, except for xas_*)
 *	store erase set_mark	xa_lock       (taken inside, except for __xa_* and xas_*)
 *	init			nobody else knows the array
 *
 * The advanced interface (xas_*) works on a struct xa_state that remembers a place in the tree; its
 * caller locks, sees the internal entries, and retries after -ENOMEM through xas_nomem().
 *
 * How it is stored: lib/xarray.c.
 */

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/kconfig.h>
#include <linux/limits.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/sched/mm.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct list_lru;

/* ---- entries ---- */

/*
 * The low two bits of an entry tell its kind:
 *
 *	00	pointer (or NULL)
 *	x1	value; or a pointer with tag 1 or 3
 *	10	internal: never seen by users of the normal interface
 *
 * and internal entries, shifted right by two:
 *
 *	0 - 62		sibling: this slot belongs to the entry in the slot of that number
 *	256		retry: whoever reads it looked at a dead part of the tree, and starts again
 *	257		zero entry
 *	above 1024	a node of the tree
 *	-4095 - -1	an error, only ever returned, not stored
 */
#define BITS_PER_XA_VALUE	(BITS_PER_LONG - 1)

/** xa_mk_value - the entry that stands for the integer @v (0 to LONG_MAX) */
static inline void *xa_mk_value(unsigned long v)
{
	WARN_ON((long)v < 0);
	return (void *)((v << 1) | 1);
}

/** xa_to_value - the integer that a value entry stands for */
static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

/** xa_is_value - is the entry an integer? */
static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

/** xa_tag_pointer - an entry of pointer @p with @tag 0, 1 or 3 in its low bits */
static inline void *xa_tag_pointer(void *p, unsigned long tag)
{
	return (void *)((unsigned long)p | tag);
}

/** xa_untag_pointer - the pointer in a tagged entry */
static inline void *xa_untag_pointer(void *entry)
{
	return (void *)((unsigned long)entry & ~3UL);
}

/** xa_pointer_tag - the tag (0, 1 or 3) of an entry */
static inline unsigned int xa_pointer_tag(void *entry)
{
	return (unsigned long)entry & 3UL;
}

/** xa_mk_internal - an entry of the array's own with number @v */
static inline void *xa_mk_internal(unsigned long v)
{
	return (void *)((v << 2) | 2);
}

/** xa_to_internal - the number in such an entry */
static inline unsigned long xa_to_internal(const void *entry)
{
	return (unsigned long)entry >> 2;
}

/** xa_is_internal - is the entry one of the array's own? */
static inline bool xa_is_internal(const void *entry)
{
	return ((unsigned long)entry & 3) == 2;
}

#define XA_RETRY_ENTRY		xa_mk_internal(256)
#define XA_ZERO_ENTRY		xa_mk_internal(257)

/** xa_is_zero - is it a zero entry? Only users of the advanced interface meet them */
static inline bool xa_is_zero(const void *entry)
{
	return unlikely(entry == XA_ZERO_ENTRY);
}

/** xa_is_err - did a function of the XArray return an error? */
static inline bool xa_is_err(const void *entry)
{
	return unlikely(xa_is_internal(entry) &&
			(unsigned long)entry >= (unsigned long)xa_mk_internal(-MAX_ERRNO));
}

/** xa_err - the negative errno in what a function of the XArray returned, 0 if it is no error */
static inline int xa_err(void *entry)
{
	if (xa_is_err(entry))
		return (long)entry >> 2;
	return 0;
}

/* ---- limits of allocated indices, both ends included ---- */

struct xa_limit {
	u32 max;
	u32 min;
};

#define XA_LIMIT(_min, _max)	(struct xa_limit) { .min = _min, .max = _max }

#define xa_limit_32b	XA_LIMIT(0, UINT_MAX)
#define xa_limit_31b	XA_LIMIT(0, INT_MAX)
#define xa_limit_16b	XA_LIMIT(0, USHRT_MAX)

/* ---- marks and flags ---- */

typedef unsigned __bitwise xa_mark_t;
#define XA_MARK_0		((__force xa_mark_t)0U)
#define XA_MARK_1		((__force xa_mark_t)1U)
#define XA_MARK_2		((__force xa_mark_t)2U)
#define XA_PRESENT		((__force xa_mark_t)8U)	/* xa_find(): any entry that is not NULL */
#define XA_MARK_MAX		XA_MARK_2
#define XA_FREE_MARK		XA_MARK_0		/* in arrays that allocate: NULL is here */

enum xa_lock_type {
	XA_LOCK_IRQ = 1,
	XA_LOCK_BH = 2,
};

#define XA_FLAGS_LOCK_IRQ	((__force gfp_t)XA_LOCK_IRQ)
#define XA_FLAGS_LOCK_BH	((__force gfp_t)XA_LOCK_BH)
#define XA_FLAGS_TRACK_FREE	((__force gfp_t)4U)	/* XA_FREE_MARK is kept */
#define XA_FLAGS_ZERO_BUSY	((__force gfp_t)8U)	/* index 0 is never allocated */
#define XA_FLAGS_ALLOC_WRAPPED	((__force gfp_t)16U)	/* a cyclic allocation came round */
#define XA_FLAGS_ACCOUNT	((__force gfp_t)32U)	/* nodes are charged to the memory cgroup */
#define XA_FLAGS_OWN_LOCK	((__force gfp_t)64U)	/* ours: the user excludes writers */
#define XA_FLAGS_MARK(mark) \
	((__force gfp_t)((1U << __GFP_BITS_SHIFT) << (__force unsigned)(mark)))

/* The first free index is 0, or 1. */
#define XA_FLAGS_ALLOC		(XA_FLAGS_TRACK_FREE | XA_FLAGS_MARK(XA_FREE_MARK))
#define XA_FLAGS_ALLOC1		(XA_FLAGS_TRACK_FREE | XA_FLAGS_ZERO_BUSY)

/**
 * struct xarray - the anchor of the tree
 * @xa_lock: excludes writers
 * @xa_flags: XA_FLAGS_*; the marks of the whole array are XA_FLAGS_MARK(); changed under @xa_lock
 * @xa_head: NULL, the entry at index 0 if there is no other, or the top node; changed under
 *	@xa_lock, read under RCU
 */
struct xarray {
	spinlock_t	xa_lock;
	gfp_t		xa_flags;
	void __rcu	*xa_head;
};

#define XARRAY_INIT(name, flags) {					\
	.xa_lock = __SPIN_LOCK_UNLOCKED(name.xa_lock),			\
	.xa_flags = flags,						\
	.xa_head = NULL,						\
}

#define DEFINE_XARRAY_FLAGS(name, flags)	struct xarray name = XARRAY_INIT(name, flags)
/** DEFINE_XARRAY - an empty array */
#define DEFINE_XARRAY(name)			DEFINE_XARRAY_FLAGS(name, 0)
/** DEFINE_XARRAY_ALLOC - an empty array that gives out indices from 0 */
#define DEFINE_XARRAY_ALLOC(name)		DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC)
/** DEFINE_XARRAY_ALLOC1 - an empty array that gives out indices from 1 */
#define DEFINE_XARRAY_ALLOC1(name)		DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC1)

/**
 * xa_init_flags - make an empty array
 * @xa: the array, which nobody else knows yet
 * @flags: XA_FLAGS_*
 */
static inline void xa_init_flags(struct xarray *xa, gfp_t flags)
{
	spin_lock_init(&xa->xa_lock);
	xa->xa_flags = flags;
	xa->xa_head = NULL;
}

/** xa_init - an empty array, locked with interrupts on */
#define xa_init(xa)	xa_init_flags((xa), 0)

/** xa_empty - does the array hold nothing, not even a reserved place? */
static inline bool xa_empty(const struct xarray *xa)
{
	return xa->xa_head == NULL;
}

/** xa_marked - is there any entry with @mark? */
static inline bool xa_marked(const struct xarray *xa, xa_mark_t mark)
{
	return READ_ONCE(xa->xa_flags) & XA_FLAGS_MARK(mark);
}

/* ---- the normal interface: xa_lock is taken inside ---- */

void *xa_load(struct xarray *xa, unsigned long index);
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
void *xa_store_range(struct xarray *xa, unsigned long first, unsigned long last, void *entry,
		     gfp_t gfp);
bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
	__attribute__((nonnull(2)));
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
	__attribute__((nonnull(2)));
unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max,
			unsigned int n, xa_mark_t filter);
void xa_destroy(struct xarray *xa);
int xa_get_order(struct xarray *xa, unsigned long index);

/* The body may store and erase. Each step walks from the top: xas_for_each() doesn't. */
#define xa_for_each_range(xa, index, entry, start, last)		\
	for (index = start,						\
	     entry = xa_find(xa, &index, last, XA_PRESENT);		\
	     entry;							\
	     entry = xa_find_after(xa, &index, last, XA_PRESENT))

/** xa_for_each_start - xa_for_each_range() from @start on */
#define xa_for_each_start(xa, index, entry, start)			\
	xa_for_each_range(xa, index, entry, start, ULONG_MAX)

/** xa_for_each - xa_for_each_range() over the whole array */
#define xa_for_each(xa, index, entry)					\
	xa_for_each_start(xa, index, entry, 0)

/** xa_for_each_marked - xa_for_each() of the entries that have a mark */
#define xa_for_each_marked(xa, index, entry, filter)			\
	for (index = 0, entry = xa_find(xa, &index, ULONG_MAX, filter);	\
	     entry;							\
	     entry = xa_find_after(xa, &index, ULONG_MAX, filter))

#define xa_trylock(xa)			spin_trylock(&(xa)->xa_lock)
#define xa_lock(xa)			spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa)			spin_unlock(&(xa)->xa_lock)
#define xa_lock_bh(xa)			spin_lock_bh(&(xa)->xa_lock)
#define xa_unlock_bh(xa)		spin_unlock_bh(&(xa)->xa_lock)
#define xa_lock_irq(xa)			spin_lock_irq(&(xa)->xa_lock)
#define xa_unlock_irq(xa)		spin_unlock_irq(&(xa)->xa_lock)
#define xa_lock_irqsave(xa, flags)	spin_lock_irqsave(&(xa)->xa_lock, flags)
#define xa_unlock_irqrestore(xa, flags)	spin_unlock_irqrestore(&(xa)->xa_lock, flags)
#define xa_lock_nested(xa, subclass)	spin_lock_nested(&(xa)->xa_lock, subclass)
#define xa_lock_bh_nested(xa, subclass)	spin_lock_bh_nested(&(xa)->xa_lock, subclass)
#define xa_lock_irq_nested(xa, subclass) spin_lock_irq_nested(&(xa)->xa_lock, subclass)
#define xa_lock_irqsave_nested(xa, flags, subclass) \
	spin_lock_irqsave_nested(&(xa)->xa_lock, flags, subclass)

/* ---- the same with xa_lock held by the caller; it may be dropped and retaken to allocate ---- */

void *__xa_erase(struct xarray *xa, unsigned long index);
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp);
int __must_check __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int __must_check __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
			    gfp_t gfp);
int __must_check __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
				   u32 *next, gfp_t gfp);
void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);

/* One function for each way to take xa_lock round an __xa_ function. */
#define __XA_LOCKED(check, type, name, suffix, params, args)		\
static inline check type xa_##name##suffix params			\
{									\
	type ret;							\
									\
	might_alloc(gfp);						\
	xa_lock##suffix(xa);						\
	ret = __xa_##name args;						\
	xa_unlock##suffix(xa);						\
	return ret;							\
}

#define __XA_LOCKED_ALL(check, type, name, params, args)		\
	__XA_LOCKED(check, type, name, , params, args)			\
	__XA_LOCKED(check, type, name, _bh, params, args)		\
	__XA_LOCKED(check, type, name, _irq, params, args)

/* xa_store_bh(), xa_store_irq() */
__XA_LOCKED(, void *, store, _bh,
	    (struct xarray *xa, unsigned long index, void *entry, gfp_t gfp),
	    (xa, index, entry, gfp))
__XA_LOCKED(, void *, store, _irq,
	    (struct xarray *xa, unsigned long index, void *entry, gfp_t gfp),
	    (xa, index, entry, gfp))

/*
 * xa_cmpxchg(), xa_cmpxchg_bh(), xa_cmpxchg_irq(): store @entry if @old is there; return what was
 */
__XA_LOCKED_ALL(, void *, cmpxchg,
		(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp),
		(xa, index, old, entry, gfp))

/* xa_insert(), xa_insert_bh(), xa_insert_irq(): 0, -EBUSY if anything is there, -ENOMEM */
__XA_LOCKED_ALL(__must_check, int, insert,
		(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp),
		(xa, index, entry, gfp))

/* xa_alloc(), xa_alloc_bh(), xa_alloc_irq(): 0 and *@id, -ENOMEM, -EBUSY if none is free */
__XA_LOCKED_ALL(__must_check, int, alloc,
		(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp),
		(xa, id, entry, limit, gfp))

/* The same from *@next on, which moves; 1 if the search came round since the last call. */
__XA_LOCKED_ALL(__must_check, int, alloc_cyclic,
		(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		 gfp_t gfp),
		(xa, id, entry, limit, next, gfp))

/** xa_erase_bh - xa_erase() with bottom halves off */
static inline void *xa_erase_bh(struct xarray *xa, unsigned long index)
{
	void *entry;

	xa_lock_bh(xa);
	entry = __xa_erase(xa, index);
	xa_unlock_bh(xa);
	return entry;
}

/** xa_erase_irq - xa_erase() with interrupts off; they were on */
static inline void *xa_erase_irq(struct xarray *xa, unsigned long index)
{
	void *entry;

	xa_lock_irq(xa);
	entry = __xa_erase(xa, index);
	xa_unlock_irq(xa);
	return entry;
}

/**
 * xa_reserve - make sure that a later store at @index needs no memory
 *
 * An entry that is there stays. The place reads as NULL but xa_insert() and xa_alloc() keep off.
 * Context: may sleep if @gfp allows; takes xa_lock.
 * Return: 0, -ENOMEM.
 */
static inline __must_check int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	return xa_err(xa_cmpxchg(xa, index, NULL, XA_ZERO_ENTRY, gfp));
}

/** xa_reserve_bh - xa_reserve() with bottom halves off */
static inline __must_check int xa_reserve_bh(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	return xa_err(xa_cmpxchg_bh(xa, index, NULL, XA_ZERO_ENTRY, gfp));
}

/** xa_reserve_irq - xa_reserve() with interrupts off; they were on */
static inline __must_check int xa_reserve_irq(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	return xa_err(xa_cmpxchg_irq(xa, index, NULL, XA_ZERO_ENTRY, gfp));
}

/** xa_release - give a reserved place back if nothing was stored there */
static inline void xa_release(struct xarray *xa, unsigned long index)
{
	xa_cmpxchg(xa, index, XA_ZERO_ENTRY, NULL, 0);
}

/* ---- the advanced interface ---- */

#ifndef XA_CHUNK_SHIFT
#define XA_CHUNK_SHIFT		6
#endif
#define XA_CHUNK_SIZE		(1UL << XA_CHUNK_SHIFT)
#define XA_CHUNK_MASK		(XA_CHUNK_SIZE - 1)
#define XA_MAX_MARKS		3
#define XA_MARK_LONGS		BITS_TO_LONGS(XA_CHUNK_SIZE)

/**
 * struct xa_node - 64 slots of the tree
 * @shift: how far an index is shifted right to get the slot; 0 in the lowest nodes
 * @offset: our slot in @parent
 * @count: slots that are not NULL
 * @nr_values: slots that hold a value, or belong to one
 * @parent: the node above, NULL at the top
 * @array: where we belong
 * @private_list: for the user who has an update function; empty when the node is freed
 * @rcu_head: until the readers are gone
 * @slots: entries, siblings, nodes
 * @marks: a bit for each slot that has the mark, or has it below
 *
 * All changed under xa_lock. Readers under RCU see the node until a grace period after it left the
 * tree, and then with all its slots NULL or retry entries.
 */
struct xa_node {
	unsigned char	shift;
	unsigned char	offset;
	unsigned char	count;
	unsigned char	nr_values;
	struct xa_node __rcu *parent;
	struct xarray	*array;
	union {
		struct list_head private_list;
		struct rcu_head	rcu_head;
	};
	void __rcu	*slots[XA_CHUNK_SIZE];
	union {
		unsigned long	tags[XA_MAX_MARKS][XA_MARK_LONGS];
		unsigned long	marks[XA_MAX_MARKS][XA_MARK_LONGS];
	};
};

void xa_dump(const struct xarray *xa);
void xa_dump_node(const struct xa_node *node);

#ifdef XA_DEBUG
#define XA_BUG_ON(xa, x) do {					\
	if (x) {						\
		xa_dump(xa);					\
		BUG();						\
	}							\
} while (0)
#define XA_NODE_BUG_ON(node, x) do {				\
	if (x) {						\
		if (node)					\
			xa_dump_node(node);			\
		BUG();						\
	}							\
} while (0)
#else
#define XA_BUG_ON(xa, x)	do { } while (0)
#define XA_NODE_BUG_ON(node, x)	do { } while (0)
#endif

/* Does the caller exclude writers? For rcu_dereference_*(). */
#define xa_writers_excluded(xa) \
	(lockdep_is_held(&(xa)->xa_lock) || ((xa)->xa_flags & XA_FLAGS_OWN_LOCK))

/** xa_head - the top entry. Context: RCU reader, or xa_lock held */
static inline void *xa_head(const struct xarray *xa)
{
	return rcu_dereference_check(xa->xa_head, xa_writers_excluded(xa));
}

/** xa_head_locked - the top entry. Context: xa_lock held */
static inline void *xa_head_locked(const struct xarray *xa)
{
	return rcu_dereference_protected(xa->xa_head, xa_writers_excluded(xa));
}

/** xa_entry - a node's slot. Context: RCU reader, or xa_lock held */
static inline void *xa_entry(const struct xarray *xa, const struct xa_node *node,
			     unsigned int offset)
{
	XA_NODE_BUG_ON(node, offset >= XA_CHUNK_SIZE);
	return rcu_dereference_check(node->slots[offset], xa_writers_excluded(xa));
}

/** xa_entry_locked - a node's slot. Context: xa_lock held */
static inline void *xa_entry_locked(const struct xarray *xa, const struct xa_node *node,
				    unsigned int offset)
{
	XA_NODE_BUG_ON(node, offset >= XA_CHUNK_SIZE);
	return rcu_dereference_protected(node->slots[offset], xa_writers_excluded(xa));
}

/** xa_parent - the node above. Context: RCU reader, or xa_lock held */
static inline struct xa_node *xa_parent(const struct xarray *xa, const struct xa_node *node)
{
	return rcu_dereference_check(node->parent, xa_writers_excluded(xa));
}

/** xa_parent_locked - the node above. Context: xa_lock held */
static inline struct xa_node *xa_parent_locked(const struct xarray *xa, const struct xa_node *node)
{
	return rcu_dereference_protected(node->parent, xa_writers_excluded(xa));
}

/** xa_mk_node - the entry that leads to a node */
static inline void *xa_mk_node(const struct xa_node *node)
{
	return (void *)((unsigned long)node | 2);
}

/** xa_to_node - the node that an entry leads to */
static inline struct xa_node *xa_to_node(const void *entry)
{
	return (struct xa_node *)((unsigned long)entry - 2);
}

/** xa_is_node - does the entry lead to a node? */
static inline bool xa_is_node(const void *entry)
{
	return xa_is_internal(entry) && (unsigned long)entry > 4096;
}

/** xa_mk_sibling - the entry of slots that share the entry of slot @offset */
static inline void *xa_mk_sibling(unsigned int offset)
{
	return xa_mk_internal(offset);
}

/** xa_to_sibling - the slot that a sibling entry points to */
static inline unsigned long xa_to_sibling(const void *entry)
{
	return xa_to_internal(entry);
}

/** xa_is_sibling - does the slot belong to an entry in another slot? */
static inline bool xa_is_sibling(const void *entry)
{
	return IS_ENABLED(CONFIG_XARRAY_MULTI) && xa_is_internal(entry) &&
		entry < xa_mk_sibling(XA_CHUNK_SIZE - 1);
}

/** xa_is_retry - must a reader begin again, since the node was taken out meanwhile? */
static inline bool xa_is_retry(const void *entry)
{
	return unlikely(entry == XA_RETRY_ENTRY);
}

/** xa_is_advanced - may only the advanced interface store it? */
static inline bool xa_is_advanced(const void *entry)
{
	return xa_is_internal(entry) && entry <= XA_RETRY_ENTRY;
}

/**
 * xa_update_node_t - called whenever the counts of a node changed, under xa_lock
 *
 * It may put the node on a list through private_list, and must take it off when count is 0.
 */
typedef void (*xa_update_node_t)(struct xa_node *node);

void xa_delete_node(struct xa_node *node, xa_update_node_t update);

/**
 * struct xa_state - a place in an array
 * @xa: the array
 * @xa_index: the index
 * @xa_shift: shift of the node that is to hold the entry (order rounded down to a multiple of 6)
 * @xa_sibs: how many slots more the entry takes
 * @xa_offset: slot in @xa_node
 * @xa_pad: how many nodes the store lacked that failed with -ENOMEM
 * @xa_node: where we are: a node; NULL: at the only entry, in xa_head; or one of the XAS_ values
 * @xa_alloc: nodes in reserve, chained through their parent
 * @xa_update: called for nodes whose counts change, or NULL
 * @xa_lru: taken and ignored; for users written for Linux
 *
 * Belongs to one thread; usually on its stack.
 */
struct xa_state {
	struct xarray *xa;
	unsigned long xa_index;
	unsigned char xa_shift;
	unsigned char xa_sibs;
	unsigned char xa_offset;
	unsigned char xa_pad;
	struct xa_node *xa_node;
	struct xa_node *xa_alloc;
	xa_update_node_t xa_update;
	struct list_lru *xa_lru;
};

/* Not nodes: an error; off the end of the array; not walked yet. */
#define XA_ERROR(errno)	((struct xa_node *)(((unsigned long)errno << 2) | 2UL))
#define XAS_BOUNDS	((struct xa_node *)1UL)
#define XAS_RESTART	((struct xa_node *)3UL)

#define __XA_STATE(array, index, shift, sibs)  {	\
	.xa = array,					\
	.xa_index = index,				\
	.xa_shift = shift,				\
	.xa_sibs = sibs,				\
	.xa_offset = 0,					\
	.xa_pad = 0,					\
	.xa_node = XAS_RESTART,				\
	.xa_alloc = NULL,				\
	.xa_update = NULL,				\
	.xa_lru = NULL,					\
}

/** XA_STATE - declare a state for one index */
#define XA_STATE(name, array, index)				\
	struct xa_state name = __XA_STATE(array, index, 0, 0)

/** XA_STATE_ORDER - declare a state for the aligned 2^@order indices round @index */
#define XA_STATE_ORDER(name, array, index, order)		\
	struct xa_state name = __XA_STATE(array,		\
			(index >> order) << order,		\
			order - (order % XA_CHUNK_SHIFT),	\
			(1U << (order % XA_CHUNK_SHIFT)) - 1)

#define xas_marked(xas, mark)	xa_marked((xas)->xa, (mark))
#define xas_trylock(xas)	xa_trylock((xas)->xa)
#define xas_lock(xas)		xa_lock((xas)->xa)
#define xas_unlock(xas)		xa_unlock((xas)->xa)
#define xas_lock_bh(xas)	xa_lock_bh((xas)->xa)
#define xas_unlock_bh(xas)	xa_unlock_bh((xas)->xa)
#define xas_lock_irq(xas)	xa_lock_irq((xas)->xa)
#define xas_unlock_irq(xas)	xa_unlock_irq((xas)->xa)
#define xas_lock_irqsave(xas, flags)	xa_lock_irqsave((xas)->xa, flags)
#define xas_unlock_irqrestore(xas, flags) xa_unlock_irqrestore((xas)->xa, flags)

/** xas_error - the negative errno that the state stopped at, or 0 */
static inline int xas_error(const struct xa_state *xas)
{
	return xa_err(xas->xa_node);
}

/** xas_set_err - stop the state: further calls do nothing until it is set anew */
static inline void xas_set_err(struct xa_state *xas, long err)
{
	xas->xa_node = XA_ERROR(err);
}

/** xas_invalid - is there no place: an error, out of bounds, or not walked? */
static inline bool xas_invalid(const struct xa_state *xas)
{
	return (unsigned long)xas->xa_node & 3;
}

/** xas_valid - is the state free of errors and at a place? */
static inline bool xas_valid(const struct xa_state *xas)
{
	return !xas_invalid(xas);
}

/** xas_is_node - does the state point at a node? */
static inline bool xas_is_node(const struct xa_state *xas)
{
	return xas_valid(xas) && xas->xa_node;
}

/** xas_not_node - is that value of xa_node anything but a node? */
static inline bool xas_not_node(struct xa_node *node)
{
	return ((unsigned long)node & 3) || !node;
}

/** xas_frozen - restart, or an error: the index is where the next call begins */
static inline bool xas_frozen(struct xa_node *node)
{
	return (unsigned long)node & 2;
}

/** xas_top - is that value of xa_node above all nodes: nothing yet, or the head? */
static inline bool xas_top(struct xa_node *node)
{
	return node <= XAS_RESTART;
}

/** xas_reset - forget the place and any error, keep the index: the next call walks from the top */
static inline void xas_reset(struct xa_state *xas)
{
	xas->xa_node = XAS_RESTART;
}

/**
 * xas_retry - is @entry none that a user wants, so that the loop goes on to the next?
 *
 * True for zero entries and retry entries; for the latter the state is reset.
 */
static inline bool xas_retry(struct xa_state *xas, const void *entry)
{
	if (xa_is_zero(entry))
		return true;
	if (!xa_is_retry(entry))
		return false;
	xas_reset(xas);
	return true;
}

void *xas_load(struct xa_state *xas);
void *xas_store(struct xa_state *xas, void *entry);
void *xas_find(struct xa_state *xas, unsigned long max);
void *xas_find_conflict(struct xa_state *xas);

bool xas_get_mark(const struct xa_state *xas, xa_mark_t mark);
void xas_set_mark(const struct xa_state *xas, xa_mark_t mark);
void xas_clear_mark(const struct xa_state *xas, xa_mark_t mark);
void *xas_find_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark);
void xas_init_marks(const struct xa_state *xas);

bool xas_nomem(struct xa_state *xas, gfp_t gfp);
void xas_destroy(struct xa_state *xas);
void xas_pause(struct xa_state *xas);
void xas_create_range(struct xa_state *xas);

#ifdef CONFIG_XARRAY_MULTI
int xas_get_order(struct xa_state *xas);
void xas_split(struct xa_state *xas, void *entry, unsigned int order);
void xas_split_alloc(struct xa_state *xas, void *entry, unsigned int order, gfp_t gfp);
#else
static inline int xas_get_order(struct xa_state *xas)
{
	return 0;
}

static inline void xas_split(struct xa_state *xas, void *entry, unsigned int order)
{
	xas_store(xas, entry);
}

static inline void xas_split_alloc(struct xa_state *xas, void *entry, unsigned int order,
				   gfp_t gfp)
{
}
#endif

/**
 * xas_reload - read the entry at the state's place once more
 *
 * After looking at what xas_load() returned (say, after taking a reference), to see whether it is
 * still there. Context: RCU read lock or xa_lock, without a break since the walk.
 */
static inline void *xas_reload(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;
	void *entry;
	char offset;

	if (!node)
		return xa_head(xas->xa);
	if (!IS_ENABLED(CONFIG_XARRAY_MULTI))
		return xa_entry(xas->xa, node, xas->xa_offset);

	offset = (xas->xa_index >> node->shift) & XA_CHUNK_MASK;
	entry = xa_entry(xas->xa, node, offset);
	if (xa_is_sibling(entry))
		entry = xa_entry(xas->xa, node, xa_to_sibling(entry));
	return entry;
}

/** xas_set - move to @index, without walking there yet */
static inline void xas_set(struct xa_state *xas, unsigned long index)
{
	xas->xa_index = index;
	xas->xa_node = XAS_RESTART;
}

/** xas_advance - say that @index was reached within the present multi-index entry */
static inline void xas_advance(struct xa_state *xas, unsigned long index)
{
	unsigned char shift = xas_is_node(xas) ? xas->xa_node->shift : 0;

	xas->xa_index = index;
	xas->xa_offset = (index >> shift) & XA_CHUNK_MASK;
}

/** xas_set_order - move to the aligned 2^@order indices round @index */
static inline void xas_set_order(struct xa_state *xas, unsigned long index, unsigned int order)
{
#ifdef CONFIG_XARRAY_MULTI
	xas->xa_index = order < BITS_PER_LONG ? (index >> order) << order : 0;
	xas->xa_shift = order - (order % XA_CHUNK_SHIFT);
	xas->xa_sibs = (1 << (order % XA_CHUNK_SHIFT)) - 1;
	xas->xa_node = XAS_RESTART;
#else
	BUG_ON(order > 0);
	xas_set(xas, index);
#endif
}

/** xas_set_update - have @update called for every node whose counts change */
static inline void xas_set_update(struct xa_state *xas, xa_update_node_t update)
{
	xas->xa_update = update;
}

/** xas_set_lru - nodes that a store makes are counted by this list_lru */
static inline void xas_set_lru(struct xa_state *xas, struct list_lru *lru)
{
	xas->xa_lru = lru;
}

/**
 * xas_next_entry - xas_find() for a loop: the common step, to the next slot of a lowest node,
 * inline
 */
static inline void *xas_next_entry(struct xa_state *xas, unsigned long max)
{
	struct xa_node *node = xas->xa_node;
	void *entry;

	if (unlikely(xas_not_node(node) || node->shift ||
		     xas->xa_offset != (xas->xa_index & XA_CHUNK_MASK)))
		return xas_find(xas, max);

	do {
		if (unlikely(xas->xa_index >= max || xas->xa_offset == XA_CHUNK_MASK))
			return xas_find(xas, max);
		entry = xa_entry(xas->xa, node, xas->xa_offset + 1);
		if (unlikely(xa_is_internal(entry)))
			return xas_find(xas, max);
		xas->xa_offset++;
		xas->xa_index++;
	} while (!entry);

	return entry;
}

/**
 * xas_find_chunk - the next marked slot of a state's node
 * @xas: at a node
 * @advance: look behind the present slot, not at it
 * @mark: which mark
 *
 * Return: the slot, 64 if there is none.
 */
static inline unsigned int xas_find_chunk(struct xa_state *xas, bool advance, xa_mark_t mark)
{
	unsigned long *addr = xas->xa_node->marks[(__force unsigned)mark];
	unsigned int offset = xas->xa_offset + advance;

	if (XA_CHUNK_SIZE == BITS_PER_LONG) {
		if (offset < XA_CHUNK_SIZE) {
			unsigned long data = READ_ONCE(*addr) & (~0UL << offset);

			if (data)
				return __ffs(data);
		}
		return XA_CHUNK_SIZE;
	}
	return find_next_bit(addr, XA_CHUNK_SIZE, offset);
}

/** xas_next_marked - xas_find_marked() for a loop, with the common step inline */
static inline void *xas_next_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark)
{
	struct xa_node *node = xas->xa_node;
	void *entry;
	unsigned int offset;

	if (unlikely(xas_not_node(node) || node->shift))
		return xas_find_marked(xas, max, mark);
	offset = xas_find_chunk(xas, true, mark);
	if (offset == XA_CHUNK_SIZE)
		return xas_find_marked(xas, max, mark);
	xas->xa_offset = offset;
	xas->xa_index = (xas->xa_index & ~XA_CHUNK_MASK) + offset;
	if (xas->xa_index > max)
		return NULL;
	entry = xa_entry(xas->xa, node, offset);
	if (!entry)
		return xas_find_marked(xas, max, mark);
	return entry;
}

/* How many steps a loop under a lock should make before it pauses for others. */
enum {
	XA_CHECK_SCHED = 4096,
};

/* From the state's index to @max. The body sees zero and retry entries: xas_retry(). */
#define xas_for_each(xas, entry, max)					\
	for (entry = xas_find(xas, max); entry;				\
	     entry = xas_next_entry(xas, max))

#define xas_for_each_marked(xas, entry, max, mark)			\
	for (entry = xas_find_marked(xas, max, mark); entry;		\
	     entry = xas_next_marked(xas, max, mark))

/* The entries within the state's range; then the state is at its beginning, ready to store. */
#define xas_for_each_conflict(xas, entry)				\
	while ((entry = xas_find_conflict(xas)))

void *__xas_next(struct xa_state *xas);
void *__xas_prev(struct xa_state *xas);

/**
 * xas_prev - go to the index before, and load
 *
 * NULL entries are returned too. A state that was not walked yet stays at its index. From 0 it goes
 * to ULONG_MAX.
 */
static inline void *xas_prev(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;

	void *entry;

	if (unlikely(xas_not_node(node) || node->shift ||
		     (xas->xa_index & XA_CHUNK_MASK) == 0))
		return __xas_prev(xas);
	entry = xa_entry(xas->xa, node, (xas->xa_index & XA_CHUNK_MASK) - 1);
	if (unlikely(xa_is_internal(entry)))
		return __xas_prev(xas);
	xas->xa_index--;
	xas->xa_offset = xas->xa_index & XA_CHUNK_MASK;
	return entry;
}

/** xas_next - go to the index after, and load; from ULONG_MAX it goes to 0. See xas_prev() */
static inline void *xas_next(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;

	void *entry;

	if (unlikely(xas_not_node(node) || node->shift ||
		     (xas->xa_index & XA_CHUNK_MASK) == XA_CHUNK_MASK))
		return __xas_next(xas);
	entry = xa_entry(xas->xa, node, (xas->xa_index & XA_CHUNK_MASK) + 1);
	if (unlikely(xa_is_internal(entry)))
		return __xas_next(xas);
	xas->xa_index++;
	xas->xa_offset = xas->xa_index & XA_CHUNK_MASK;
	return entry;
}

void __init xarray_init(void);

#endif /* _LINUX_XARRAY_H */
