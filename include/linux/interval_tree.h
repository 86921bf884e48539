/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INTERVAL_TREE_H
#define _LINUX_INTERVAL_TREE_H

/* The interval tree of unsigned longs; see <linux/interval_tree_generic.h>. The caller locks. */

#include <linux/rbtree.h>

struct interval_tree_node {
	struct rb_node rb;
	unsigned long start;	/* of the interval */
	unsigned long last;	/* of the interval, included */
	unsigned long __subtree_last;
};

/**
 * interval_tree_insert - put an interval in
 * @node: start and last, both inclusive, are set; in no tree
 * @root: the tree
 *
 * Context: the caller excludes all others, as for the other functions but the iterators, which may
 * run side by side.
 */
void interval_tree_insert(struct interval_tree_node *node, struct rb_root_cached *root);

/**
 * interval_tree_remove - take an interval out
 * @node: the interval
 * @root: its tree
 */
void interval_tree_remove(struct interval_tree_node *node, struct rb_root_cached *root);

/**
 * interval_tree_iter_first - the first interval that overlaps a range
 * @root: the tree
 * @start: of the range
 * @last: of the range, inclusive
 *
 * Return: the one with the lowest start; NULL.
 */
struct interval_tree_node *interval_tree_iter_first(struct rb_root_cached *root,
						    unsigned long start, unsigned long last);

/**
 * interval_tree_iter_next - the next interval that overlaps a range
 * @node: the one before
 * @start: of the range, the same as before
 * @last: of the range, inclusive
 *
 * Return: the next by start; NULL.
 */
struct interval_tree_node *interval_tree_iter_next(struct interval_tree_node *node,
						   unsigned long start, unsigned long last);

/**
 * struct interval_tree_span_iter - a walk over a range of indices: which of them are in some
 * interval?
 * @first_index: where the walk, or what is left of it, begins
 * @last_index: its last index
 * @start_hole: the present span, if @is_hole is 1: in no interval
 * @last_hole: its last index
 * @start_used: the present span, if @is_hole is 0: each index is in an interval
 * @last_used: its last index
 * @is_hole: -1 when the walk is over
 *
 * Spans are as long as can be, so holes and used ones take turns. The tree must not change
 * meanwhile.
 */
struct interval_tree_span_iter {
	/* private: the first interval that begins behind the present span */
	struct interval_tree_node *next;

	/* public */
	unsigned long first_index;
	unsigned long last_index;
	union {
		unsigned long start_hole;
		unsigned long start_used;
	};
	union {
		unsigned long last_hole;
		unsigned long last_used;
	};
	int is_hole;
};

void interval_tree_span_iter_first(struct interval_tree_span_iter *state,
				   struct rb_root_cached *itree, unsigned long first_index,
				   unsigned long last_index);
void interval_tree_span_iter_advance(struct interval_tree_span_iter *iter,
				     struct rb_root_cached *itree, unsigned long new_index);
void interval_tree_span_iter_next(struct interval_tree_span_iter *state);

/** interval_tree_span_iter_done - is the walk over spans at its end? */
static inline bool interval_tree_span_iter_done(struct interval_tree_span_iter *state)
{
	return state->is_hole == -1;
}

/** interval_tree_for_each_span - over the spans of first_index..last_index */
#define interval_tree_for_each_span(span, itree, first_index, last_index)	\
	for (interval_tree_span_iter_first(span, itree, first_index, last_index); \
	     !interval_tree_span_iter_done(span);				\
	     interval_tree_span_iter_next(span))

#endif /* _LINUX_INTERVAL_TREE_H */
