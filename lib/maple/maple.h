/* SPDX-License-Identifier: MIT */
#ifndef _LIB_MAPLE_MAPLE_H
#define _LIB_MAPLE_MAPLE_H

/* What the files of the maple tree share. The model is in README.md. */

#include <linux/maple_tree.h>

#define LEAF_ENTRIES	15
#define INNER_CHILDREN	11
#define MAX_LEVELS	24	/* a node has 4 children on average at the very least */

/**
 * struct maple_node - a leaf, or a node above
 * @rcu: when it has left the tree, until its readers have; in reserve, @next chains it
 * @level: 0 in leaves
 * @count: entries, or children
 * @first: first indices, ascending; at the same place in both kinds, so that one search does
 * @last: last indices, included
 * @gap: the longest run of free indices between the entries below each child
 * @slot: entries
 * @child: nodes
 *
 * Readers may look at a node that a tree of theirs holds: see README.md for what may change then.
 * They read @count once, by node_count(), and nothing at or behind it.
 */
struct maple_node {
	union {
		struct rcu_head rcu;
		struct maple_node *next;
	};
	unsigned char	level;
	unsigned char	count;
	union {
		struct {
			unsigned long first[LEAF_ENTRIES];
			unsigned long last[LEAF_ENTRIES];
			void __rcu *slot[LEAF_ENTRIES];
		} leaf;
		struct {
			unsigned long first[INNER_CHILDREN];
			unsigned long last[INNER_CHILDREN];
			unsigned long gap[INNER_CHILDREN];
			struct maple_node __rcu *child[INNER_CHILDREN];
		} inner;
	};
};

static_assert(offsetof(struct maple_node, leaf.first) == offsetof(struct maple_node, inner.first));

/* An entry, or a child with what its parent knows about it. */
struct maple_item {
	unsigned long first;
	unsigned long last;
	unsigned long gap;
	void *ptr;
};

static inline unsigned int node_capacity(unsigned int level)
{
	return level ? INNER_CHILDREN : LEAF_ENTRIES;
}

/* Below this a node is joined with a neighbour. */
static inline unsigned int node_least(unsigned int level)
{
	return node_capacity(level) / 3;
}

/* Items to be seen: whole, by the acquire that pairs with append()'s release. */
static __always_inline int node_count(const struct maple_node *node)
{
	return smp_load_acquire(&node->count);
}

/* Position, of @count, of the last first index that is not above @index; -1: all are. */
static __always_inline int node_search(const struct maple_node *node, int count,
				       unsigned long index)
{
	int low = 0, high = count;

	while (low < high) {
		int middle = (low + high) / 2;

		if (node->leaf.first[middle] <= index)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

static inline unsigned long node_last(const struct maple_node *node, unsigned int i)
{
	return node->level ? node->inner.last[i] : node->leaf.last[i];
}

static inline struct maple_node *mas_leaf(const struct ma_state *mas)
{
	return (struct maple_node *)mas->node;
}

/* May the caller change the tree? For rcu_dereference_*(). */
static inline bool mt_write_locked(const struct maple_tree *mt)
{
	return mt_external_lock(mt) ? mt_write_lock_is_held(mt) : lockdep_is_held(&mt->ma_lock);
}

static inline bool mt_locked(const struct maple_tree *mt)
{
	return mt_external_lock(mt) ? mt_lock_is_held(mt) : lockdep_is_held(&mt->ma_lock);
}

static inline struct maple_node *mt_root(const struct maple_tree *mt)
{
	return rcu_dereference_check(mt->ma_root, mt_locked(mt));
}

static inline struct maple_node *mt_root_locked(const struct maple_tree *mt)
{
	return rcu_dereference_protected(mt->ma_root, mt_write_locked(mt));
}

static inline struct maple_node *node_child(const struct maple_tree *mt,
					    const struct maple_node *node, unsigned int i)
{
	return rcu_dereference_check(node->inner.child[i], mt_locked(mt));
}

static inline void *node_entry(const struct maple_tree *mt, const struct maple_node *leaf,
			       unsigned int i)
{
	return rcu_dereference_check(leaf->leaf.slot[i], mt_locked(mt));
}

/* node.c */
struct maple_node *node_alloc(gfp_t gfp);
void node_free(struct maple_node *node);
void node_retire(struct maple_tree *mt, struct maple_node *node);
void subtree_retire(struct maple_tree *mt, struct maple_node *top);
void node_fill(struct maple_node *node, unsigned int level, const struct maple_item *items,
	       unsigned int n);
void node_summary(const struct maple_tree *mt, struct maple_node *node, struct maple_item *item);
struct maple_item node_item(const struct maple_tree *mt, const struct maple_node *node,
			    unsigned int i);

/* walk.c */
void *mas_range_at(struct ma_state *mas, unsigned long index);
void *mas_settle(struct ma_state *mas, void *entry);

/* store.c */
void mas_set_err(struct ma_state *mas, long err);
void *mas_put(struct ma_state *mas, void *entry, gfp_t gfp);

#endif /* _LIB_MAPLE_MAPLE_H */
