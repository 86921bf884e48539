// SPDX-License-Identifier: MIT
/*
 * Maple tree: reading with a state.
 *
 * Everything rests on mas_range_at(): to the range, of an entry or of nothing, that holds an index.
 * The next one begins at last + 1, the one before ends at index - 1. A state keeps the leaf it came
 * to, and the indices for which that is the one to look into, so most steps stay there. Whether the
 * leaf is still part of the tree tells ma_seq:
 *
 *	writer				reader, under RCU
 *	publish the new nodes
 *	ma_seq++		(A)	load ma_seq, equal to the state's	(B)
 *	call_rcu(old leaf)		look into the old leaf
 *
 * If the old leaf was freed before the reader came, a grace period lay between A and B, and B would
 * have seen the new value.
 */

#include "maple.h"

#include <linux/export.h>

/* From the root to the leaf for @index. False: the tree is empty. */
static bool descend(struct ma_state *mas, unsigned long index)
{
	struct maple_tree *mt = mas->tree;
	struct maple_node *node;

	/* Pairs with the store-release after a change: a new ma_seq brings the new root. */
	mas->seq = smp_load_acquire(&mt->ma_seq);
	mas->min = 0;
	mas->max = ULONG_MAX;
	mas->node = NULL;
	node = mt_root(mt);
	if (!node)
		return false;

	mas->depth = node->level;
	while (node->level) {
		int i = node_search(node, node->count, index);

		if (i > 0)
			mas->min = READ_ONCE(node->inner.last[i - 1]) + 1;
		if (i < 0)
			i = 0;
		if (i + 1 < node->count)
			mas->max = node->inner.first[i + 1] - 1;
		node = node_child(mt, node, i);
	}
	mas->node = (struct maple_enode *)node;
	mas->end = node_count(node);
	return true;
}

/*
 * Go to the range that holds @index, and return its entry. index and last become its ends: of the
 * entry, or of all that is free between two.
 */
void *mas_range_at(struct ma_state *mas, unsigned long index)
{
	struct maple_node *leaf = mas_leaf(mas);
	int i, count;

	if (!leaf || mas->status == ma_error || mas->seq != READ_ONCE(mas->tree->ma_seq) ||
	    index < mas->min || index > mas->max) {
		if (!descend(mas, index)) {
			mas->index = 0;
			mas->last = ULONG_MAX;
			return NULL;
		}
		leaf = mas_leaf(mas);
	}

	count = node_count(leaf);
	i = node_search(leaf, count, index);
	if (i >= 0 && index <= leaf->leaf.last[i]) {
		mas->offset = i;
		mas->index = leaf->leaf.first[i];
		mas->last = leaf->leaf.last[i];
		return node_entry(mas->tree, leaf, i);
	}
	mas->offset = i + 1;
	mas->index = i >= 0 ? leaf->leaf.last[i] + 1 : mas->min;
	mas->last = i + 1 < count ? leaf->leaf.first[i + 1] - 1 : mas->max;
	return NULL;
}

/* Is the state in a tree whose only entry is at index 0? */
static bool only_zero(const struct ma_state *mas)
{
	return !mas->depth && mas->end == 1 && mas_leaf(mas)->leaf.last[0] == 0;
}

/* The status after coming to a range. */
void *mas_settle(struct ma_state *mas, void *entry)
{
	mas->status = ma_active;
	if (unlikely(!mas->node))
		mas->status = ma_none;
	else if (unlikely(only_zero(mas)))
		mas->status = entry ? ma_root : ma_none;
	return entry;
}

static void *walk_to(struct ma_state *mas, unsigned long index)
{
	return mas_settle(mas, mas_range_at(mas, index));
}

/**
 * mas_walk() - go to the state's index
 * @mas: the state; index and last become the ends of the range there, free or not
 *
 * Context: RCU read lock or the lock. Return: the entry, NULL if the index is free.
 */
void *mas_walk(struct ma_state *mas)
{
	if (mas_is_err(mas))
		return NULL;
	return walk_to(mas, mas->index);
}
EXPORT_SYMBOL_GPL(mas_walk);

/** mas_pause() - get ready to drop the lock in a loop; it then goes on after the present range */
void mas_pause(struct ma_state *mas)
{
	mas->status = ma_pause;
	mas->node = NULL;
}
EXPORT_SYMBOL_GPL(mas_pause);

/* ---- steps ---- */

/*
 * The next entry, if it is in the same leaf and begins at @max or before: what mas_range_at() would
 * come to in one step or two. NULL: take those.
 */
static void *next_in_leaf(struct ma_state *mas, unsigned long max)
{
	struct maple_node *leaf = mas_leaf(mas);
	unsigned int i = mas->offset, count;

	if (!leaf || mas->seq != READ_ONCE(mas->tree->ma_seq))
		return NULL;
	count = node_count(leaf);
	if (i < count && leaf->leaf.first[i] <= mas->last)
		i++;
	/* A user may have changed the range: is it still the one before the entry? */
	if (i >= count || leaf->leaf.first[i] <= mas->last || leaf->leaf.first[i] > max ||
	    (i ? leaf->leaf.last[i - 1] > mas->last : mas->min > mas->last))
		return NULL;
	mas->offset = i;
	mas->index = leaf->leaf.first[i];
	mas->last = leaf->leaf.last[i];
	return node_entry(mas->tree, leaf, i);
}

/* Up to the next range, or entry, that begins at @max or before. */
static void *step_up(struct ma_state *mas, unsigned long max, bool empty)
{
	void *entry = empty ? NULL : next_in_leaf(mas, max);

	if (likely(entry)) {
		mas->status = ma_active;
		return entry;
	}
	do {
		if (mas->last >= max) {
			mas->status = ma_overflow;
			return NULL;
		}
		entry = mas_range_at(mas, mas->last + 1);
	} while (!entry && !empty);

	mas->status = ma_active;
	return entry;
}

/* Down to the range, or entry, before that ends at @min or after. */
static void *step_down(struct ma_state *mas, unsigned long min, bool empty)
{
	void *entry;

	do {
		if (mas->index <= min) {
			mas->status = ma_underflow;
			return NULL;
		}
		entry = mas_range_at(mas, mas->index - 1);
	} while (!entry && !empty);

	mas->status = ma_active;
	return entry;
}

/*
 * A tree with nothing but index 0 has no ranges to step over: beside the entry there is the rest.
 * True if the state is in such a tree, or in an empty one.
 */
static bool is_tiny(const struct ma_state *mas)
{
	return mas->status == ma_root || mas->status == ma_none;
}

static void *beside_zero(struct ma_state *mas)
{
	mas->index = mas->node ? 1 : 0;
	mas->last = ULONG_MAX;
	mas->status = ma_none;
	return NULL;
}

static void *next_of(struct ma_state *mas, unsigned long max, bool empty)
{
	bool was_none = mas_is_none(mas);
	void *entry;

	if (mas->last >= max) {
		mas->status = ma_overflow;
		return NULL;
	}
	switch (mas->status) {
	case ma_none:
	case ma_pause:
	case ma_start:
		walk_to(mas, mas->index);
		break;
	case ma_underflow:
		/* The search down stopped before the first: that is the next. */
		entry = walk_to(mas, mas->index);
		if (entry)
			return entry;
		break;
	case ma_error:
		return NULL;
	case ma_active:
	case ma_overflow:
	case ma_root:
		break;
	}
	if (mas_is_ptr(mas) && was_none && mas->index == 0)
		return mas_range_at(mas, 0);
	if (is_tiny(mas))
		return beside_zero(mas);
	return step_up(mas, max, empty);
}

static void *prev_of(struct ma_state *mas, unsigned long min, bool empty)
{
	void *entry;

	if (mas->index <= min) {
		mas->status = ma_underflow;
		return NULL;
	}
	switch (mas->status) {
	case ma_none:
	case ma_pause:
	case ma_start:
		walk_to(mas, mas->index);
		break;
	case ma_overflow:
		entry = walk_to(mas, mas->index);
		if (entry)
			return entry;
		break;
	case ma_error:
		return NULL;
	case ma_active:
	case ma_underflow:
	case ma_root:
		break;
	}
	if (is_tiny(mas)) {
		if (!mas->index || !mas->node) {
			mas->status = ma_none;
			return NULL;
		}
		return walk_to(mas, 0);
	}
	return step_down(mas, min, empty);
}

/**
 * mas_next() - go to the next entry
 * @mas: the state; index and last become the ends of its range
 * @max: the last index that it may begin at
 *
 * Context: RCU read lock or the lock. Return: the entry; NULL, and the status is ma_overflow.
 */
void *mas_next(struct ma_state *mas, unsigned long max)
{
	return next_of(mas, max, false);
}
EXPORT_SYMBOL_GPL(mas_next);

/** mas_next_range() - go to the next range, free or not. As mas_next() */
void *mas_next_range(struct ma_state *mas, unsigned long max)
{
	return next_of(mas, max, true);
}
EXPORT_SYMBOL_GPL(mas_next_range);

/** mas_prev() - go to the entry before, which may end at @min at the lowest. As mas_next() */
void *mas_prev(struct ma_state *mas, unsigned long min)
{
	return prev_of(mas, min, false);
}
EXPORT_SYMBOL_GPL(mas_prev);

/** mas_prev_range() - go to the range before, free or not. As mas_prev() */
void *mas_prev_range(struct ma_state *mas, unsigned long min)
{
	return prev_of(mas, min, true);
}
EXPORT_SYMBOL_GPL(mas_prev_range);

/* ---- finding ---- */

static void *find_up(struct ma_state *mas, unsigned long max, bool empty)
{
	void *entry;

	switch (mas->status) {
	case ma_active:
		if (mas->last >= max)
			return NULL;
		return step_up(mas, max, empty);
	case ma_pause:
		if (mas->last >= max)
			return NULL;
		mas->index = ++mas->last;
		break;
	case ma_none:
		if (mas->last >= max)
			return NULL;
		mas->index = mas->last;
		break;
	case ma_root:
		return beside_zero(mas);
	case ma_underflow:
		if (mas->index >= max) {
			mas->status = ma_overflow;
			return NULL;
		}
		break;
	case ma_overflow:
		if (mas->last >= max)
			return NULL;
		break;
	case ma_start:
		break;
	case ma_error:
		return NULL;
	}

	if (mas->index > max)
		return NULL;
	entry = walk_to(mas, mas->index);
	if (entry || is_tiny(mas))
		return entry;
	return step_up(mas, max, empty);
}

static void *find_down(struct ma_state *mas, unsigned long min, bool empty)
{
	void *entry;

	switch (mas->status) {
	case ma_active:
		if (mas->index <= min)
			return NULL;
		return step_down(mas, min, empty);
	case ma_pause:
		if (mas->index <= min)
			return NULL;
		mas->last = --mas->index;
		break;
	case ma_none:
		if (mas->index <= min)
			return NULL;
		mas->last = mas->index;
		break;
	case ma_root:
		mas->index = mas->last = 0;
		mas->status = ma_none;
		return NULL;
	case ma_overflow:
		if (mas->index <= min) {
			mas->status = ma_underflow;
			return NULL;
		}
		break;
	case ma_underflow:
		if (mas->index <= min)
			return NULL;
		break;
	case ma_start:
		break;
	case ma_error:
		return NULL;
	}

	if (mas->index < min)
		return NULL;
	entry = walk_to(mas, mas->index);
	if (entry)
		return entry;
	if (is_tiny(mas))
		return mas->node && mas->index ? walk_to(mas, 0) : NULL;
	return step_down(mas, min, empty);
}

/**
 * mas_find() - find the entry at the state's index, or else the next; then one after the other
 * @mas: the state; index and last become the ends of its range
 * @max: the last index that it may begin at
 *
 * Context: RCU read lock or the lock. Return: the entry, NULL if there is none.
 */
void *mas_find(struct ma_state *mas, unsigned long max)
{
	return find_up(mas, max, false);
}
EXPORT_SYMBOL_GPL(mas_find);

/** mas_find_range() - as mas_find(); but from an entry on, the next range, free or not */
void *mas_find_range(struct ma_state *mas, unsigned long max)
{
	return find_up(mas, max, true);
}
EXPORT_SYMBOL_GPL(mas_find_range);

/** mas_find_rev() - as mas_find(), downwards; the entry may end at @min at the lowest */
void *mas_find_rev(struct ma_state *mas, unsigned long min)
{
	return find_down(mas, min, false);
}
EXPORT_SYMBOL_GPL(mas_find_rev);

/** mas_find_range_rev() - as mas_find_range(), downwards */
void *mas_find_range_rev(struct ma_state *mas, unsigned long min)
{
	return find_down(mas, min, true);
}
EXPORT_SYMBOL_GPL(mas_find_range_rev);
