// SPDX-License-Identifier: MIT
/* Maple tree: the simple interface, which takes its locks itself, on top of the states. */

#include "maple.h"

#include <linux/export.h>
#include <linux/slab.h>

static void *zero_to_null(void *entry)
{
	return xa_is_zero(entry) ? NULL : entry;
}

/* ---- reading ---- */

/**
 * mtree_load() - read the entry at an index
 *
 * Context: any; takes the RCU read lock, which protects only trees with MT_FLAGS_USE_RCU: hold the
 * lock for others. Return: the entry, NULL if the index is free.
 */
void *mtree_load(struct maple_tree *mt, unsigned long index)
{
	struct maple_node *node;
	void *entry = NULL;
	int i;

	rcu_read_lock();
	node = mt_root(mt);
	if (!node)
		goto out;
	for (;;) {
		i = node_search(node, node_count(node), index);
		if (i < 0)
			goto out;
		if (!node->level)
			break;
		node = node_child(mt, node, i);
	}
	if (index <= node->leaf.last[i])
		entry = zero_to_null(node_entry(mt, node, i));
out:
	rcu_read_unlock();
	return entry;
}
EXPORT_SYMBOL(mtree_load);

/**
 * mt_find() - find the entry at an index, or else the next
 * @mt: the tree
 * @index: where to begin; set to behind the entry's range, 0 if that ends at ULONG_MAX
 * @max: the last index that it may begin at
 *
 * Context: any; takes the RCU read lock. Return: the entry, NULL if there is none.
 */
void *mt_find(struct maple_tree *mt, unsigned long *index, unsigned long max)
{
	MA_STATE(mas, mt, *index, *index);
	void *entry;

	if (*index > max)
		return NULL;
	rcu_read_lock();
	do {
		entry = mas_find(&mas, max);
	} while (xa_is_zero(entry));
	rcu_read_unlock();
	if (entry)
		*index = mas.last + 1;
	return entry;
}
EXPORT_SYMBOL(mt_find);

/** mt_find_after() - mt_find() to go on with: at index 0 the end was reached */
void *mt_find_after(struct maple_tree *mt, unsigned long *index, unsigned long max)
{
	return *index ? mt_find(mt, index, max) : NULL;
}
EXPORT_SYMBOL(mt_find_after);

/** mt_next() - the next entry after that at @index, beginning at @max or before; or NULL */
void *mt_next(struct maple_tree *mt, unsigned long index, unsigned long max)
{
	MA_STATE(mas, mt, index, index);
	void *entry;

	rcu_read_lock();
	do {
		entry = mas_next(&mas, max);
	} while (xa_is_zero(entry));
	rcu_read_unlock();
	return entry;
}
EXPORT_SYMBOL_GPL(mt_next);

/** mt_prev() - the entry before that at @index, ending at @min or after; or NULL */
void *mt_prev(struct maple_tree *mt, unsigned long index, unsigned long min)
{
	MA_STATE(mas, mt, index, index);
	void *entry;

	rcu_read_lock();
	do {
		entry = mas_prev(&mas, min);
	} while (xa_is_zero(entry));
	rcu_read_unlock();
	return entry;
}
EXPORT_SYMBOL_GPL(mt_prev);

/* ---- storing ---- */

/* Check the arguments, then @put the entry under the lock. */
static int put_range(struct maple_tree *mt, unsigned long first, unsigned long last, void *entry,
		     gfp_t gfp, int (*put)(struct ma_state *mas, void *entry, gfp_t gfp))
{
	MA_STATE(mas, mt, first, last);
	int ret;

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return -EINVAL;
	if (first > last)
		return -EINVAL;
	mtree_lock(mt);
	ret = put(&mas, entry, gfp);
	mtree_unlock(mt);
	return ret;
}

/**
 * mtree_store_range() - store an entry at a range
 * @mt: the tree
 * @first: the first index
 * @last: the last index, included
 * @entry: what to store; NULL erases; what it overlaps is cut
 * @gfp: how to allocate; may sleep
 *
 * Context: takes ma_lock. Return: 0; -EINVAL: @last before @first, or not an entry; -ENOMEM.
 */
int mtree_store_range(struct maple_tree *mt, unsigned long first, unsigned long last, void *entry,
		      gfp_t gfp)
{
	return put_range(mt, first, last, entry, gfp, mas_store_gfp);
}
EXPORT_SYMBOL(mtree_store_range);

/** mtree_store() - store an entry at one index. As mtree_store_range() */
int mtree_store(struct maple_tree *mt, unsigned long index, void *entry, gfp_t gfp)
{
	return mtree_store_range(mt, index, index, entry, gfp);
}
EXPORT_SYMBOL(mtree_store);

/* Store where nothing is: -EEXIST else. */
static int insert(struct ma_state *mas, void *entry, gfp_t gfp)
{
	unsigned long first = mas->index, last = mas->last;
	int ret;

	do {
		mas->index = first;
		if (mas_walk(mas) || mas->last < last) {
			mas->index = first;
			mas->last = last;
			ret = -EEXIST;
			goto out;
		}
		mas->index = first;
		mas->last = last;
		mas_store(mas, entry);
	} while (mas_nomem(mas, gfp));
	ret = mas_is_err(mas) ? xa_err(mas->node) : 0;
out:
	mas_destroy(mas);
	return ret;
}

/**
 * mtree_insert_range() - store an entry at a range that is free
 *
 * Context: takes ma_lock. Return: 0; -EEXIST: part of it is taken; -EINVAL, -ENOMEM as
 * mtree_store_range().
 */
int mtree_insert_range(struct maple_tree *mt, unsigned long first, unsigned long last,
		       void *entry, gfp_t gfp)
{
	return put_range(mt, first, last, entry, gfp, insert);
}
EXPORT_SYMBOL(mtree_insert_range);

/** mtree_insert() - store an entry at an index that is free. As mtree_insert_range() */
int mtree_insert(struct maple_tree *mt, unsigned long index, void *entry, gfp_t gfp)
{
	return mtree_insert_range(mt, index, index, entry, gfp);
}
EXPORT_SYMBOL(mtree_insert);

/**
 * mtree_erase() - erase the entry at an index, its whole range. Return: it. Context: takes ma_lock
 */
void *mtree_erase(struct maple_tree *mt, unsigned long index)
{
	MA_STATE(mas, mt, index, index);
	void *entry;

	mtree_lock(mt);
	entry = mas_erase(&mas);
	mtree_unlock(mt);
	return entry;
}
EXPORT_SYMBOL(mtree_erase);

/* ---- allocating ranges ---- */

static bool may_allocate(struct maple_tree *mt, void *entry)
{
	if (!(mt->ma_flags & MT_FLAGS_ALLOC_RANGE))
		return false;
	return !WARN_ON_ONCE(xa_is_internal(entry) &&
			     (unsigned long)entry < MAPLE_RESERVED_RANGE);
}

typedef int (*find_area_t)(struct ma_state *mas, unsigned long min, unsigned long max,
			   unsigned long size);

static int alloc_range(struct maple_tree *mt, unsigned long *startp, void *entry,
		       unsigned long size, unsigned long min, unsigned long max, gfp_t gfp,
		       find_area_t find_area)
{
	MA_STATE(mas, mt, 0, 0);
	int ret;

	if (!may_allocate(mt, entry))
		return -EINVAL;
	mtree_lock(mt);
	do {
		/* Anew after each wait for memory: somebody else may have taken the place. */
		ret = find_area(&mas, min, max, size);
		if (ret)
			break;
		*startp = mas.index;
		mas_store(&mas, entry);
		ret = mas_is_err(&mas) ? xa_err(mas.node) : 0;
	} while (mas_nomem(&mas, gfp));
	mtree_unlock(mt);
	mas_destroy(&mas);
	return ret;
}

/**
 * mtree_alloc_range() - store an entry at the lowest free range of a size
 * @mt: a tree with MT_FLAGS_ALLOC_RANGE
 * @startp: set to the first index
 * @entry: what to store
 * @size: how many indices
 * @min: the lowest index
 * @max: the highest index, included
 * @gfp: how to allocate; may sleep
 *
 * Context: takes ma_lock. Return: 0; -EBUSY: none is free; -EINVAL: not such a tree, not an entry,
 * min..max is shorter than @size; -ENOMEM.
 */
int mtree_alloc_range(struct maple_tree *mt, unsigned long *startp, void *entry,
		      unsigned long size, unsigned long min, unsigned long max, gfp_t gfp)
{
	return alloc_range(mt, startp, entry, size, min, max, gfp, mas_empty_area);
}
EXPORT_SYMBOL(mtree_alloc_range);

/** mtree_alloc_rrange() - store an entry at the highest free range. As mtree_alloc_range() */
int mtree_alloc_rrange(struct maple_tree *mt, unsigned long *startp, void *entry,
		       unsigned long size, unsigned long min, unsigned long max, gfp_t gfp)
{
	return alloc_range(mt, startp, entry, size, min, max, gfp, mas_empty_area_rev);
}
EXPORT_SYMBOL(mtree_alloc_rrange);

/* Where a cyclic allocation is to store: 0, 1 if the search came round, or an error. */
static int find_cyclic(struct ma_state *mas, unsigned long low, unsigned long high,
		       unsigned long next)
{
	unsigned long min = max(low, next);
	int ret = min > high ? -EBUSY : mas_empty_area(mas, min, high, 1);

	if (!ret)
		return !!(mas->tree->ma_flags & MT_FLAGS_ALLOC_WRAPPED);
	if (min == low)
		return ret;
	ret = mas_empty_area(mas, low, high, 1);
	return ret ? ret : 1;
}

/**
 * mas_alloc_cyclic() - store an entry at the next free index
 * @mas: state of a tree with MT_FLAGS_ALLOC_RANGE
 * @startp: set to the index
 * @entry: what to store
 * @range_lo: the lowest index
 * @range_hi: the highest index, included
 * @next: where to begin; moves to behind *@startp
 * @gfp: how to allocate; may sleep
 *
 * Context: the lock held; ma_lock is dropped and retaken if @gfp may sleep and memory is short.
 * Return: 0; 1 if the search came round since the last call that succeeded; -EBUSY, -EINVAL,
 * -ENOMEM.
 */
int mas_alloc_cyclic(struct ma_state *mas, unsigned long *startp, void *entry,
		     unsigned long range_lo, unsigned long range_hi, unsigned long *next, gfp_t gfp)
{
	int ret;

	do {
		ret = find_cyclic(mas, range_lo, range_hi, *next);
		if (ret < 0)
			break;
		*startp = mas->index;
		mas_store(mas, entry);
		if (mas_is_err(mas))
			ret = xa_err(mas->node);
	} while (mas_nomem(mas, gfp));

	if (ret >= 0) {
		*next = *startp + 1;
		if (*next == 0)
			mas->tree->ma_flags |= MT_FLAGS_ALLOC_WRAPPED;
		else
			mas->tree->ma_flags &= ~MT_FLAGS_ALLOC_WRAPPED;
	}
	mas_destroy(mas);
	return ret;
}
EXPORT_SYMBOL(mas_alloc_cyclic);

/** mtree_alloc_cyclic() - mas_alloc_cyclic() that takes ma_lock */
int mtree_alloc_cyclic(struct maple_tree *mt, unsigned long *startp, void *entry,
		       unsigned long range_lo, unsigned long range_hi, unsigned long *next,
		       gfp_t gfp)
{
	MA_STATE(mas, mt, 0, 0);
	int ret;

	if (!may_allocate(mt, entry))
		return -EINVAL;
	mtree_lock(mt);
	ret = mas_alloc_cyclic(&mas, startp, entry, range_lo, range_hi, next, gfp);
	mtree_unlock(mt);
	return ret;
}
EXPORT_SYMBOL(mtree_alloc_cyclic);
