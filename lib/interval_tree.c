// SPDX-License-Identifier: MIT
/* The interval tree of unsigned longs, for all who have no type of their own. */

#include <linux/interval_tree.h>

#include <linux/export.h>
#include <linux/interval_tree_generic.h>
#include <linux/minmax.h>

#define START(node)	((node)->start)
#define LAST(node)	((node)->last)

INTERVAL_TREE_DEFINE(struct interval_tree_node, rb, unsigned long, __subtree_last, START, LAST,,
		     interval_tree)

EXPORT_SYMBOL(interval_tree_insert);
EXPORT_SYMBOL(interval_tree_remove);
EXPORT_SYMBOL(interval_tree_iter_first);
EXPORT_SYMBOL(interval_tree_iter_next);

/* ---- spans ---- */

/* Does @node go on where a span that ends at @last does, or overlap it? */
static bool joins(const struct interval_tree_node *node, unsigned long last)
{
	return last == ULONG_MAX || node->start <= last + 1;
}

/* The span that begins at @start, which state->next doesn't lie before. */
static void span_at(struct interval_tree_span_iter *state, unsigned long start)
{
	struct interval_tree_node *node = state->next;
	unsigned long last = state->last_index;

	state->start_hole = start;
	if (!node || node->start > start) {
		state->is_hole = 1;
		state->last_hole = node ? min(last, node->start - 1) : last;
		return;
	}
	state->is_hole = 0;
	state->last_used = node->last;
	while ((node = interval_tree_iter_next(node, state->first_index, last)) &&
	       joins(node, state->last_used))
		state->last_used = max(state->last_used, node->last);
	state->last_used = min(state->last_used, last);
	state->next = node;
}

/**
 * interval_tree_span_iter_first() - begin a walk over spans
 * @state: the walk
 * @itree: the tree
 * @first_index: first index to look at
 * @last_index: last one
 */
void interval_tree_span_iter_first(struct interval_tree_span_iter *state,
				   struct rb_root_cached *itree, unsigned long first_index,
				   unsigned long last_index)
{
	state->first_index = first_index;
	state->last_index = last_index;
	state->next = interval_tree_iter_first(itree, first_index, last_index);
	span_at(state, first_index);
}
EXPORT_SYMBOL_GPL(interval_tree_span_iter_first);

/** interval_tree_span_iter_next() - the span behind the present one */
void interval_tree_span_iter_next(struct interval_tree_span_iter *state)
{
	if (state->last_hole == state->last_index)
		state->is_hole = -1;
	else
		span_at(state, state->last_hole + 1);
}
EXPORT_SYMBOL_GPL(interval_tree_span_iter_next);

/**
 * interval_tree_span_iter_advance() - let the walk go on at an index
 * @iter: the walk
 * @itree: the tree
 * @new_index: not before the present span; behind last_index ends the walk
 *
 * Then the present span begins at @new_index.
 */
void interval_tree_span_iter_advance(struct interval_tree_span_iter *iter,
				     struct rb_root_cached *itree, unsigned long new_index)
{
	if (interval_tree_span_iter_done(iter))
		return;
	if (new_index > iter->last_index) {
		iter->is_hole = -1;
		return;
	}
	if (new_index <= iter->last_hole) {
		iter->first_index = new_index;
		iter->start_hole = new_index;
		return;
	}
	interval_tree_span_iter_first(iter, itree, new_index, iter->last_index);
}
EXPORT_SYMBOL_GPL(interval_tree_span_iter_advance);
