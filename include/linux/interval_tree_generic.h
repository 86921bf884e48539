/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INTERVAL_TREE_GENERIC_H
#define _LINUX_INTERVAL_TREE_GENERIC_H

/*
 * Interval trees: which of many intervals [start, last] touch a given one?
 *
 * A red-black tree by start, each node of which knows the largest last of its subtree. A subtree
 * whose largest last is before the query has nothing for it, and right of a node that starts behind
 * the query there is nothing either: so each answer is found in O(log n). Answers come in the order
 * of their starts.
 *
 * INTERVAL_TREE_DEFINE() makes four functions for a type of one's own:
 *
 *	PREFIX_insert(node, root), PREFIX_remove(node, root)
 *	PREFIX_iter_first(root, start, last), PREFIX_iter_next(node, start, last)
 */

#include <linux/rbtree_augmented.h>

/**
 * INTERVAL_TREE_DEFINE - functions for a tree of intervals
 * @ITSTRUCT: type of the nodes
 * @ITRB: their struct rb_node
 * @ITTYPE: type of starts and lasts
 * @ITSUBTREE: their field of that type for the subtree's largest last
 * @ITSTART: start of a node, macro or function
 * @ITLAST: last of a node
 * @ITSTATIC: static, or empty
 * @ITPREFIX: what the functions' names begin with
 */
#define INTERVAL_TREE_DEFINE(ITSTRUCT, ITRB, ITTYPE, ITSUBTREE, ITSTART, ITLAST, ITSTATIC,	\
			     ITPREFIX)						\
RB_DECLARE_CALLBACKS_MAX(static, ITPREFIX##_augment, ITSTRUCT, ITRB, ITTYPE, ITSUBTREE, ITLAST)	\
										\
ITSTATIC void ITPREFIX##_insert(ITSTRUCT *node, struct rb_root_cached *root)	\
{										\
	struct rb_node **link = &root->rb_root.rb_node, *parent = NULL;		\
	ITTYPE start = ITSTART(node), last = ITLAST(node);			\
	bool leftmost = true;							\
										\
	while (*link) {								\
		ITSTRUCT *at = rb_entry(*link, ITSTRUCT, ITRB);			\
										\
		parent = *link;							\
		if (at->ITSUBTREE < last)					\
			at->ITSUBTREE = last;					\
		if (start < ITSTART(at)) {					\
			link = &parent->rb_left;				\
		} else {							\
			link = &parent->rb_right;				\
			leftmost = false;					\
		}								\
	}									\
	node->ITSUBTREE = last;							\
	rb_link_node(&node->ITRB, parent, link);				\
	rb_insert_augmented_cached(&node->ITRB, root, leftmost, &ITPREFIX##_augment); \
}										\
										\
ITSTATIC void ITPREFIX##_remove(ITSTRUCT *node, struct rb_root_cached *root)	\
{										\
	rb_erase_augmented_cached(&node->ITRB, root, &ITPREFIX##_augment);	\
}										\
										\
/* The first in a subtree whose largest last is not before @start. */		\
static ITSTRUCT *ITPREFIX##_subtree_search(ITSTRUCT *node, ITTYPE start, ITTYPE last) \
{										\
	for (;;) {								\
		ITSTRUCT *left = rb_entry_safe(node->ITRB.rb_left, ITSTRUCT, ITRB); \
										\
		if (left && left->ITSUBTREE >= start) {				\
			node = left;						\
			continue;						\
		}								\
		if (ITSTART(node) > last)					\
			return NULL;						\
		if (ITLAST(node) >= start)					\
			return node;						\
		node = rb_entry_safe(node->ITRB.rb_right, ITSTRUCT, ITRB);	\
		if (!node || node->ITSUBTREE < start)				\
			return NULL;						\
	}									\
}										\
										\
ITSTATIC ITSTRUCT *ITPREFIX##_iter_first(struct rb_root_cached *root, ITTYPE start, ITTYPE last) \
{										\
	ITSTRUCT *node = rb_entry_safe(root->rb_root.rb_node, ITSTRUCT, ITRB);	\
	ITSTRUCT *first = rb_entry_safe(root->rb_leftmost, ITSTRUCT, ITRB);	\
										\
	if (!node || node->ITSUBTREE < start || ITSTART(first) > last)		\
		return NULL;							\
	return ITPREFIX##_subtree_search(node, start, last);			\
}										\
										\
ITSTATIC ITSTRUCT *ITPREFIX##_iter_next(ITSTRUCT *node, ITTYPE start, ITTYPE last) \
{										\
	struct rb_node *rb = node->ITRB.rb_right, *prev;			\
										\
	for (;;) {								\
		/* What is right of @node starts no earlier. */			\
		if (rb) {							\
			ITSTRUCT *right = rb_entry(rb, ITSTRUCT, ITRB);		\
										\
			if (right->ITSUBTREE >= start)				\
				return ITPREFIX##_subtree_search(right, start, last); \
		}								\
		/* Up, until we come from the left. */				\
		do {								\
			rb = rb_parent(&node->ITRB);				\
			if (!rb)						\
				return NULL;					\
			prev = &node->ITRB;					\
			node = rb_entry(rb, ITSTRUCT, ITRB);			\
			rb = node->ITRB.rb_right;				\
		} while (prev == rb);						\
		if (ITSTART(node) > last)					\
			return NULL;						\
		if (ITLAST(node) >= start)					\
			return node;						\
	}									\
}

#endif /* _LINUX_INTERVAL_TREE_GENERIC_H */
