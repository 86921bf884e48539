// SPDX-License-Identifier: MIT
/*
 * Maple tree: looking for free ranges.
 *
 * A free range lies between two entries of one leaf, between the last entry below one child and the
 * first below the next, or outside of all. Parents know the longest of those below each child, so
 * a search looks only into children that have one long enough, and into the two at the ends of the
 * range asked for.
 */

#include "maple.h"

#include <linux/export.h>

struct want {
	unsigned long min, max;		/* the free indices must lie in here */
	unsigned long less_one;		/* how many, less one */
	bool highest;
	unsigned long first, last;	/* the part of a free range that is in min..max */
};

/* Is the free range @first..@last, cut to what is asked for, long enough? */
static bool take_gap(struct want *w, unsigned long first, unsigned long last)
{
	first = max(first, w->min);
	last = min(last, w->max);
	if (first > last || last - first < w->less_one)
		return false;
	w->first = first;
	w->last = last;
	return true;
}

/* The free range before position @i of @node; not the one before its first. */
static bool take_gap_before(struct want *w, const struct maple_node *node, unsigned int i)
{
	unsigned long end = node_last(node, i - 1), begin = node->leaf.first[i];

	return begin - end > 1 && take_gap(w, end + 1, begin - 1);
}

static bool search(struct maple_tree *mt, struct want *w, struct maple_node *node);

static bool search_child(struct maple_tree *mt, struct want *w, struct maple_node *node,
			 unsigned int i)
{
	return node->level && node->inner.gap[i] > w->less_one &&
		node->inner.last[i] >= w->min && node->inner.first[i] <= w->max &&
		search(mt, w, node_child(mt, node, i));
}

/* Between the entries below @node, in the order asked for. Nested as deep as the tree is high. */
static bool search(struct maple_tree *mt, struct want *w, struct maple_node *node)
{
	int i;

	if (w->highest) {
		for (i = node->count - 1; i >= 0; i--) {
			if (search_child(mt, w, node, i) || (i && take_gap_before(w, node, i)))
				return true;
			if (node->leaf.first[i] <= w->min)
				return false;
		}
		return false;
	}
	for (i = 0; i < node->count; i++) {
		if ((i && take_gap_before(w, node, i)) || search_child(mt, w, node, i))
			return true;
		if (node_last(node, i) >= w->max)
			return false;
	}
	return false;
}

static bool before_all(struct want *w, const struct maple_node *root)
{
	return root->leaf.first[0] && take_gap(w, 0, root->leaf.first[0] - 1);
}

static bool after_all(struct want *w, const struct maple_node *root)
{
	unsigned long last = node_last(root, root->count - 1);

	return last != ULONG_MAX && take_gap(w, last + 1, ULONG_MAX);
}

static int find_gap(struct ma_state *mas, struct want *w, unsigned long size)
{
	struct maple_tree *mt = mas->tree;
	struct maple_node *root = mt_root(mt);
	bool found;

	if (w->min > w->max || !size || w->max - w->min < size - 1)
		return -EINVAL;
	w->less_one = size - 1;

	if (!root)
		found = take_gap(w, 0, ULONG_MAX);
	else if (w->highest)
		found = after_all(w, root) || search(mt, w, root) || before_all(w, root);
	else
		found = before_all(w, root) || search(mt, w, root) || after_all(w, root);
	if (!found)
		return -EBUSY;

	mas_reset(mas);
	if (w->highest)
		w->first = w->last - w->less_one;
	mas->index = w->first;
	mas->last = w->first + w->less_one;
	return 0;
}

/**
 * mas_empty_area() - find the lowest free range of a size
 * @mas: state of a tree with MT_FLAGS_ALLOC_RANGE; index and last become what is found
 * @min: the lowest index
 * @max: the highest index, included
 * @size: how many indices
 *
 * Context: the lock held. Return: 0; -EBUSY: there is none; -EINVAL: min..max is shorter than
 * @size.
 */
int mas_empty_area(struct ma_state *mas, unsigned long min, unsigned long max, unsigned long size)
{
	struct want w = { .min = min, .max = max };

	return find_gap(mas, &w, size);
}
EXPORT_SYMBOL_GPL(mas_empty_area);

/** mas_empty_area_rev() - find the highest free range of a size. As mas_empty_area() */
int mas_empty_area_rev(struct ma_state *mas, unsigned long min, unsigned long max,
		       unsigned long size)
{
	struct want w = { .min = min, .max = max, .highest = true };

	return find_gap(mas, &w, size);
}
EXPORT_SYMBOL_GPL(mas_empty_area_rev);
