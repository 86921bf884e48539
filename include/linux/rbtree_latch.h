/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RBTREE_LATCH_H
#define _LINUX_RBTREE_LATCH_H

/*
 * Red-black trees that may be searched from anywhere, NMIs included, while they change.
 *
 * Each object is in two trees of the same content, under a latch (<linux/seqlock.h>): a change is
 * made in one while searches go to the other, then the other way round. A search never waits for
 * the writer, so it may interrupt him. One that overlapped a change can have missed an object, for
 * a rotation may lift a subtree past it; it sees that by the latch's number and begins again.
 * Until then it walks on, over links that are each stored whole and never form a loop.
 *
 *	change		number		tree[0]		tree[1]
 *	                even		searched	same
 *	begin		odd		changes		searched
 *	turn		even		searched	changes
 *	end
 *
 * Rules: the caller excludes other changes. A removed object must stay as it is until all searches
 * that may have met it are over: free it by RCU, and search inside a reader. No comparison may
 * depend on anything that changes while the object is in the tree.
 */

#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/seqlock.h>

/* One object's links, one set for each tree. */
struct latch_tree_node {
	struct rb_node node[2];
};

/**
 * struct latch_tree_root - the two trees; all zero is an empty one
 * @seq: its lowest bit is the tree to search
 * @tree: the trees
 */
struct latch_tree_root {
	seqcount_latch_t seq;
	struct rb_root tree[2];
};

/**
 * struct latch_tree_ops - how objects compare
 * @less: does @a come before @b?
 * @comp: does @key come before (negative), after (positive) or is it at @b (0)?
 */
struct latch_tree_ops {
	bool (*less)(struct latch_tree_node *a, struct latch_tree_node *b);
	int (*comp)(void *key, struct latch_tree_node *b);
};

/** __lt_from_rb() - the object that the link belongs to; @idx: which of the trees it is in */
static __always_inline struct latch_tree_node *__lt_from_rb(struct rb_node *node, int idx)
{
	return container_of(node, struct latch_tree_node, node[idx]);
}

/** __lt_insert() - insert an object into one of the two trees */
static __always_inline void __lt_insert(struct latch_tree_node *ltn, struct latch_tree_root *ltr,
					int idx, const struct latch_tree_ops *ops)
{
	struct rb_node **link = &ltr->tree[idx].rb_node;
	struct rb_node *parent = NULL;

	while (*link) {
		parent = *link;
		link = ops->less(ltn, __lt_from_rb(parent, idx)) ? &parent->rb_left
								 : &parent->rb_right;
	}
	rb_link_node_rcu(&ltn->node[idx], parent, link);
	rb_insert_color(&ltn->node[idx], &ltr->tree[idx]);
}

/** __lt_find() - find a key in one of the two trees, which may change meanwhile: may miss it */
static __always_inline struct latch_tree_node *
__lt_find(void *key, struct latch_tree_root *ltr, int idx, const struct latch_tree_ops *ops)
{
	struct rb_node *node = rcu_dereference_raw(ltr->tree[idx].rb_node);

	while (node) {
		struct latch_tree_node *ltn = __lt_from_rb(node, idx);
		int order = ops->comp(key, ltn);

		if (!order)
			return ltn;
		node = rcu_dereference_raw(*(order < 0 ? &node->rb_left : &node->rb_right));
	}
	return NULL;
}

/**
 * latch_tree_insert() - put an object into both trees
 * @node: its links
 * @root: the trees
 * @ops: how objects compare; equal ones come one after another
 *
 * Context: any; the caller excludes other changes.
 */
static __always_inline void latch_tree_insert(struct latch_tree_node *node,
					      struct latch_tree_root *root,
					      const struct latch_tree_ops *ops)
{
	write_seqcount_latch_begin(&root->seq);
	__lt_insert(node, root, 0, ops);
	write_seqcount_latch(&root->seq);
	__lt_insert(node, root, 1, ops);
	write_seqcount_latch_end(&root->seq);
}

/**
 * latch_tree_erase() - take an object out of both trees; free it after a grace period
 * @node: its links
 * @root: the trees
 * @ops: how objects compare
 *
 * Context: any; the caller excludes other changes.
 */
static __always_inline void latch_tree_erase(struct latch_tree_node *node,
					     struct latch_tree_root *root,
					     const struct latch_tree_ops *ops)
{
	(void)ops;
	write_seqcount_latch_begin(&root->seq);
	rb_erase(&node->node[0], &root->tree[0]);
	write_seqcount_latch(&root->seq);
	rb_erase(&node->node[1], &root->tree[1]);
	write_seqcount_latch_end(&root->seq);
}

/**
 * latch_tree_find() - search
 * @key: what for, as @ops->comp() takes it
 * @root: the trees
 * @ops: how objects compare
 *
 * Context: any, NMIs too; inside an RCU reader if objects are freed.
 * Return: the object, NULL if there is none.
 */
static __always_inline struct latch_tree_node *
latch_tree_find(void *key, struct latch_tree_root *root, const struct latch_tree_ops *ops)
{
	struct latch_tree_node *node;
	unsigned int seq;

	do {
		seq = read_seqcount_latch(&root->seq);
		node = __lt_find(key, root, seq & 1, ops);
	} while (read_seqcount_latch_retry(&root->seq, seq));
	return node;
}

#endif /* _LINUX_RBTREE_LATCH_H */
