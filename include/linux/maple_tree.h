/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MAPLE_TREE_H
#define _LINUX_MAPLE_TREE_H

/*
 * Maple tree: ranges of unsigned long that don't overlap, each with an entry that is not NULL.
 *
 * What a range may hold: a pointer aligned to 4 bytes or a value (xa_mk_value()). Storing NULL
 * erases. XA_ZERO_ENTRY keeps a range taken: the mtree_/mt_ functions read it as NULL, mas_ ones
 * see it.
 *
 * Rules of use
 *  - Writers exclude each other by ma_lock, which the mtree_ functions take themselves, or by a
 *    lock of the user's (MT_FLAGS_LOCK_EXTERN, mt_set_external_lock()).
 *  - Readers hold that lock; or only rcu_read_lock(), if the tree has MT_FLAGS_USE_RCU: they then
 *    see each store whole or not at all.
 *  - A struct ma_state remembers a place. It belongs to one thread. Whoever drops the lock, or the
 *    RCU read lock, between two uses calls mas_pause() first.
 *  - The mas_ functions that store may need memory: mas_store_gfp() gets it itself, dropping
 *    ma_lock to do so; mas_preallocate() gets it before, mas_nomem() after.
 *
 *	operation				needs
 *	mtree_load mt_find mt_next mt_prev	RCU (taken inside)
 *	mas_walk mas_find mas_next mas_prev	RCU read lock or the lock
 *	mas_empty_area				the lock
 *	mtree_store mtree_insert mtree_erase	the lock (taken inside)
 *	mas_store mas_erase			the lock
 *
 * How it is stored: lib/maple/README.md.
 */

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/xarray.h>

struct maple_node;
struct maple_enode;		/* a node as states hold it: for comparing only */

/* Ids and such that users ask by, of Linux's nodes; ours have other sizes. */
#define MAPLE_NODE_SLOTS	31
#define MAPLE_RESERVED_RANGE	4096

#define MT_FLAGS_ALLOC_RANGE	0x01	/* gaps may be asked for */
#define MT_FLAGS_USE_RCU	0x02	/* there are readers under RCU */
#define MT_FLAGS_HEIGHT_OFFSET	0x02
#define MT_FLAGS_HEIGHT_MASK	0x7C
#define MT_FLAGS_LOCK_MASK	0x300
#define MT_FLAGS_LOCK_IRQ	0x100
#define MT_FLAGS_LOCK_BH	0x200
#define MT_FLAGS_LOCK_EXTERN	0x300	/* ma_lock isn't used */
#define MT_FLAGS_ALLOC_WRAPPED	0x0800	/* a cyclic allocation came round */

#define MAPLE_HEIGHT_MAX	31

#ifdef CONFIG_LOCKDEP
typedef struct lockdep_map *lockdep_map_p;
#define mt_lock_is_held(mt) \
	(!(mt)->ma_external_lock || lock_is_held((mt)->ma_external_lock))
#define mt_write_lock_is_held(mt) \
	(!(mt)->ma_external_lock || lock_is_held_type((mt)->ma_external_lock, 0))
#define mt_set_external_lock(mt, lock)	((mt)->ma_external_lock = &(lock)->dep_map)
#define mt_on_stack(mt)			((mt).ma_external_lock = NULL)
#else
typedef struct { /* nothing */ } lockdep_map_p;
#define mt_lock_is_held(mt)		1
#define mt_write_lock_is_held(mt)	1
#define mt_set_external_lock(mt, lock)	do { } while (0)
#define mt_on_stack(mt)			do { } while (0)
#endif

/**
 * struct maple_tree - the anchor
 * @ma_lock: excludes writers, unless MT_FLAGS_LOCK_EXTERN
 * @ma_external_lock: then, for lockdep, the user's lock
 * @ma_flags: MT_FLAGS_*; changed under the lock
 * @ma_seq: changes with every change of the tree's shape, after it; see lib/maple/
 * @ma_root: the top node or NULL; changed under the lock, read under RCU
 */
struct maple_tree {
	union {
		spinlock_t	ma_lock;
		lockdep_map_p	ma_external_lock;
	};
	unsigned int	ma_flags;
	unsigned int	ma_seq;
	struct maple_node __rcu *ma_root;
};

#define MTREE_INIT(name, __flags) {					\
	.ma_lock = __SPIN_LOCK_UNLOCKED((name).ma_lock),		\
	.ma_flags = __flags,						\
	.ma_root = NULL,						\
}

#ifdef CONFIG_LOCKDEP
#define MTREE_INIT_EXT(name, __flags, __lock) {				\
	.ma_external_lock = &(__lock).dep_map,				\
	.ma_flags = (__flags),						\
	.ma_root = NULL,						\
}
#else
#define MTREE_INIT_EXT(name, __flags, __lock)	MTREE_INIT(name, __flags)
#endif

#define DEFINE_MTREE(name)	struct maple_tree name = MTREE_INIT(name, 0)

#define mtree_lock(mt)			spin_lock(&(mt)->ma_lock)
#define mtree_lock_nested(mas, subclass) spin_lock_nested(&(mas)->tree->ma_lock, subclass)
#define mtree_unlock(mt)		spin_unlock(&(mt)->ma_lock)

/* ---- the simple interface ---- */

void *mtree_load(struct maple_tree *mt, unsigned long index);
int mtree_insert(struct maple_tree *mt, unsigned long index, void *entry, gfp_t gfp);
int mtree_insert_range(struct maple_tree *mt, unsigned long first, unsigned long last,
		       void *entry, gfp_t gfp);
int mtree_alloc_range(struct maple_tree *mt, unsigned long *startp, void *entry,
		      unsigned long size, unsigned long min, unsigned long max, gfp_t gfp);
int mtree_alloc_rrange(struct maple_tree *mt, unsigned long *startp, void *entry,
		       unsigned long size, unsigned long min, unsigned long max, gfp_t gfp);
int mtree_alloc_cyclic(struct maple_tree *mt, unsigned long *startp, void *entry,
		       unsigned long range_lo, unsigned long range_hi, unsigned long *next,
		       gfp_t gfp);
int mtree_store_range(struct maple_tree *mt, unsigned long first, unsigned long last,
		      void *entry, gfp_t gfp);
int mtree_store(struct maple_tree *mt, unsigned long index, void *entry, gfp_t gfp);
void *mtree_erase(struct maple_tree *mt, unsigned long index);

int mtree_dup(struct maple_tree *mt, struct maple_tree *new, gfp_t gfp);
int __mt_dup(struct maple_tree *mt, struct maple_tree *new, gfp_t gfp);

void mtree_destroy(struct maple_tree *mt);
void __mt_destroy(struct maple_tree *mt);

void *mt_find(struct maple_tree *mt, unsigned long *index, unsigned long max);
void *mt_find_after(struct maple_tree *mt, unsigned long *index, unsigned long max);
void *mt_prev(struct maple_tree *mt, unsigned long index, unsigned long min);
void *mt_next(struct maple_tree *mt, unsigned long index, unsigned long max);

/** mtree_empty - does the tree hold nothing? */
static inline bool mtree_empty(const struct maple_tree *mt)
{
	return rcu_access_pointer(mt->ma_root) == NULL;
}

/* ---- states ---- */

/**
 * enum maple_status - where a state is
 * @ma_active: at the range index..last
 * @ma_start: nowhere yet; index and last say where to go, or what to store
 * @ma_root: at the only entry of a tree that has none but at index 0
 * @ma_none: beside that entry, or in an empty tree
 * @ma_pause: was put aside by mas_pause()
 * @ma_overflow: a search upwards met its limit
 * @ma_underflow: a search downwards met its limit
 * @ma_error: stopped; the error is in @node
 */
enum maple_status {
	ma_active,
	ma_start,
	ma_root,
	ma_none,
	ma_pause,
	ma_overflow,
	ma_underflow,
	ma_error,
};

/**
 * struct ma_state - a place in a tree
 * @tree: the tree
 * @index: first index of the range
 * @last: last index of the range, included
 * @node: the leaf there, as long as @seq is the tree's; or an error
 * @min: the leaf is the one to look into from here ...
 * @max: ... up to here
 * @alloc: nodes in reserve
 * @status: enum maple_status
 * @seq: ma_seq when @node was reached
 * @want: how many nodes the store lacked that failed with -ENOMEM
 * @depth: levels above the leaf
 * @offset: the entry of the leaf, or the one that follows the gap we are in
 * @mas_flags: MA_STATE_*
 * @end: entries of the leaf
 */
struct ma_state {
	struct maple_tree *tree;
	unsigned long index;
	unsigned long last;
	struct maple_enode *node;
	unsigned long min;
	unsigned long max;
	struct maple_node *alloc;
	enum maple_status status;
	unsigned int seq;
	unsigned int want;
	unsigned char depth;
	unsigned char offset;
	unsigned char mas_flags;
	unsigned char end;
};

#define MA_STATE_BULK		1	/* between mas_expected_entries() and mas_destroy() */
#define MA_STATE_REBALANCE	2
#define MA_STATE_PREALLOC	4	/* between mas_preallocate() and mas_store_prealloc() */

#define MA_ERROR(err)	((struct maple_enode *)(((unsigned long)(err) << 2) | 2UL))

#define MA_STATE(name, mt, first, end)		\
	struct ma_state name = {		\
		.tree = mt,			\
		.index = first,			\
		.last = end,			\
		.node = NULL,			\
		.status = ma_start,		\
		.min = 0,			\
		.max = ULONG_MAX,		\
		.alloc = NULL,			\
		.mas_flags = 0,			\
	}

#define mas_lock(mas)			spin_lock(&((mas)->tree->ma_lock))
#define mas_lock_nested(mas, subclass)	spin_lock_nested(&((mas)->tree->ma_lock), subclass)
#define mas_unlock(mas)			spin_unlock(&((mas)->tree->ma_lock))

/** mas_is_none - did the walk find nothing? */
static inline bool mas_is_none(const struct ma_state *mas)
{
	return mas->status == ma_none;
}

/** mas_is_paused - did mas_pause() end the walk? */
static inline bool mas_is_paused(const struct ma_state *mas)
{
	return mas->status == ma_pause;
}

/** mas_is_active - is the state at an entry of a node? */
static inline bool mas_is_active(const struct ma_state *mas)
{
	return mas->status == ma_active;
}

/** mas_is_start - has the walk not begun? */
static inline bool mas_is_start(const struct ma_state *mas)
{
	return mas->status == ma_start;
}

/** mas_is_ptr - is the tree one entry, at index 0? */
static inline bool mas_is_ptr(const struct ma_state *mas)
{
	return mas->status == ma_root;
}

/** mas_is_overflow - did the walk leave the range at its upper end? */
static inline bool mas_is_overflow(const struct ma_state *mas)
{
	return mas->status == ma_overflow;
}

/** mas_is_underflow - did the walk leave the range at its lower end? */
static inline bool mas_is_underflow(const struct ma_state *mas)
{
	return mas->status == ma_underflow;
}

/** mas_is_err - did the last operation fail? */
static inline bool mas_is_err(const struct ma_state *mas)
{
	return mas->status == ma_error;
}

/** mas_reset - forget the place and any error; index and last stay */
static __always_inline void mas_reset(struct ma_state *mas)
{
	mas->status = ma_start;
	mas->node = NULL;
}

/** mas_init - what MA_STATE() does, for index @addr alone */
static inline void mas_init(struct ma_state *mas, struct maple_tree *tree, unsigned long addr)
{
	*mas = (struct ma_state) {
		.tree = tree,
		.index = addr,
		.last = addr,
		.max = ULONG_MAX,
		.status = ma_start,
	};
}

void *mas_walk(struct ma_state *mas);
void *mas_store(struct ma_state *mas, void *entry);
void *mas_erase(struct ma_state *mas);
int mas_store_gfp(struct ma_state *mas, void *entry, gfp_t gfp);
void mas_store_prealloc(struct ma_state *mas, void *entry);
void *mas_find(struct ma_state *mas, unsigned long max);
void *mas_find_range(struct ma_state *mas, unsigned long max);
void *mas_find_rev(struct ma_state *mas, unsigned long min);
void *mas_find_range_rev(struct ma_state *mas, unsigned long min);
int mas_preallocate(struct ma_state *mas, void *entry, gfp_t gfp);
int mas_alloc_cyclic(struct ma_state *mas, unsigned long *startp, void *entry,
		     unsigned long range_lo, unsigned long range_hi, unsigned long *next,
		     gfp_t gfp);

bool mas_nomem(struct ma_state *mas, gfp_t gfp);
void mas_pause(struct ma_state *mas);
void mas_destroy(struct ma_state *mas);
int mas_expected_entries(struct ma_state *mas, unsigned long nr_entries);

void *mas_prev(struct ma_state *mas, unsigned long min);
void *mas_prev_range(struct ma_state *mas, unsigned long min);
void *mas_next(struct ma_state *mas, unsigned long max);
void *mas_next_range(struct ma_state *mas, unsigned long max);

int mas_empty_area(struct ma_state *mas, unsigned long min, unsigned long max,
		   unsigned long size);
int mas_empty_area_rev(struct ma_state *mas, unsigned long min, unsigned long max,
		       unsigned long size);

/* Every entry from the state's index to @__max; @__entry is NULL after a whole loop. */
#define mas_for_each(__mas, __entry, __max) \
	while (((__entry) = mas_find((__mas), (__max))) != NULL)

/* The same downwards, to @__min. */
#define mas_for_each_rev(__mas, __entry, __min) \
	while (((__entry) = mas_find_rev((__mas), (__min))) != NULL)

/**
 * __mas_set_range - change the range, and stay at the place: it must begin within the present one
 */
static inline void __mas_set_range(struct ma_state *mas, unsigned long start, unsigned long last)
{
	WARN_ON_ONCE(mas_is_active(mas) && (mas->index > start || mas->last < start));
	mas->index = start;
	mas->last = last;
}

/** mas_set_range - set the range to walk to, or to store at */
static inline void mas_set_range(struct ma_state *mas, unsigned long start, unsigned long last)
{
	mas_reset(mas);
	__mas_set_range(mas, start, last);
}

/** mas_set - set the index to walk to, or to store at */
static inline void mas_set(struct ma_state *mas, unsigned long index)
{
	mas_set_range(mas, index, index);
}

/** mt_external_lock - is the tree guarded by a lock of its user's? */
static inline bool mt_external_lock(const struct maple_tree *mt)
{
	return (mt->ma_flags & MT_FLAGS_LOCK_MASK) == MT_FLAGS_LOCK_EXTERN;
}

/**
 * mt_init_flags - make an empty tree
 * @mt: the tree, which nobody else knows yet
 * @flags: MT_FLAGS_*
 */
static inline void mt_init_flags(struct maple_tree *mt, unsigned int flags)
{
	mt->ma_flags = flags;
	mt->ma_seq = 0;
	if (!mt_external_lock(mt))
		spin_lock_init(&mt->ma_lock);
	RCU_INIT_POINTER(mt->ma_root, NULL);
}

/** mt_init - make an empty tree without options */
static inline void mt_init(struct maple_tree *mt)
{
	mt_init_flags(mt, 0);
}

/** mt_in_rcu - may readers walk the tree under RCU: are nodes freed late? */
static inline bool mt_in_rcu(struct maple_tree *mt)
{
	return READ_ONCE(mt->ma_flags) & MT_FLAGS_USE_RCU;
}

/** mt_clear_in_rcu - there are no readers under RCU any more. Not beside other writers */
static inline void mt_clear_in_rcu(struct maple_tree *mt)
{
	bool lock = mt_in_rcu(mt) && !mt_external_lock(mt);

	if (lock)
		mtree_lock(mt);
	mt->ma_flags &= ~MT_FLAGS_USE_RCU;
	if (lock)
		mtree_unlock(mt);
}

/** mt_set_in_rcu - from now on there may be readers under RCU */
static inline void mt_set_in_rcu(struct maple_tree *mt)
{
	bool lock = !mt_in_rcu(mt) && !mt_external_lock(mt);

	if (lock)
		mtree_lock(mt);
	mt->ma_flags |= MT_FLAGS_USE_RCU;
	if (lock)
		mtree_unlock(mt);
}

unsigned int mt_height(const struct maple_tree *mt);

/* Every entry from @__index to @__max; the body may store and erase. */
#define mt_for_each(__tree, __entry, __index, __max)			\
	for ((__entry) = mt_find((__tree), &(__index), (__max));	\
	     (__entry);							\
	     (__entry) = mt_find_after((__tree), &(__index), (__max)))

/* ---- checks ---- */

enum mt_dump_format {
	mt_dump_dec,
	mt_dump_hex,
};

void mt_dump(const struct maple_tree *mt, enum mt_dump_format format);
void mt_validate(struct maple_tree *mt);
void mt_cache_shrink(void);
void mas_dump(const struct ma_state *mas);

#ifdef CONFIG_DEBUG_MAPLE_TREE
extern atomic_t maple_tree_tests_run;
extern atomic_t maple_tree_tests_passed;

/* Counts; a condition that holds is a bug: print what @__print says, and go on. */
#define __MT_CHECK(__x, __print) ({				\
	int ____cond = !!(__x);					\
								\
	atomic_inc(&maple_tree_tests_run);			\
	if (____cond) {						\
		pr_info("BUG at %s:%d (%u)\n", __func__, __LINE__, ____cond); \
		__print;					\
		pr_info("Pass: %u Run:%u\n", atomic_read(&maple_tree_tests_passed), \
			atomic_read(&maple_tree_tests_run));	\
		dump_stack();					\
	} else {						\
		atomic_inc(&maple_tree_tests_passed);		\
	}							\
	unlikely(____cond);					\
})

#define MT_BUG_ON(__tree, __x)	((void)__MT_CHECK(__x, mt_dump(__tree, mt_dump_hex)))
#define MT_WARN_ON(__tree, __x)	__MT_CHECK(__x, mt_dump(__tree, mt_dump_hex))
#define MAS_BUG_ON(__mas, __x)	\
	((void)__MT_CHECK(__x, ({ mas_dump(__mas); mt_dump((__mas)->tree, mt_dump_hex); })))
#define MAS_WARN_ON(__mas, __x)	\
	__MT_CHECK(__x, ({ mas_dump(__mas); mt_dump((__mas)->tree, mt_dump_hex); }))
#else
#define MT_BUG_ON(__tree, __x)	BUG_ON(__x)
#define MT_WARN_ON(__tree, __x)	WARN_ON(__x)
#define MAS_BUG_ON(__mas, __x)	BUG_ON(__x)
#define MAS_WARN_ON(__mas, __x)	WARN_ON(__x)
#endif

void __init maple_tree_init(void);

#endif /* _LINUX_MAPLE_TREE_H */
