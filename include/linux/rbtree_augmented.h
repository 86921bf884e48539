/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RBTREE_AUGMENTED_H
#define _LINUX_RBTREE_AUGMENTED_H

/*
 * Red-black trees whose nodes carry a summary of their subtree (the largest end of an interval,
 * say). Rotations and removals tell the owner through three callbacks when a summary must change.
 *
 * Inserting: update the summaries on the way down, link the node, then rb_insert_augmented().
 * Use RB_DECLARE_CALLBACKS() or RB_DECLARE_CALLBACKS_MAX() to make the callbacks.
 */

#include <linux/compiler.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>

/**
 * struct rb_augment_callbacks - how to keep summaries right
 * @propagate: recompute from @node upwards; stop before @stop, or where nothing changes
 * @copy: @new takes @old's place: give it the same summary
 * @rotate: @new became the parent of @old: it gets its summary, and @old's is recomputed
 */
struct rb_augment_callbacks {
	void (*propagate)(struct rb_node *node, struct rb_node *stop);
	void (*copy)(struct rb_node *old, struct rb_node *new);
	void (*rotate)(struct rb_node *old, struct rb_node *new);
};

void __rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			   void (*augment_rotate)(struct rb_node *old, struct rb_node *new));
void __rb_erase_color(struct rb_node *parent, struct rb_root *root,
		      void (*augment_rotate)(struct rb_node *old, struct rb_node *new));
void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment);

/** rb_insert_augmented - balance after a node was linked */
static inline void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
				       const struct rb_augment_callbacks *augment)
{
	__rb_insert_augmented(node, root, augment->rotate);
}

/** rb_insert_augmented_cached - the same; @newleft: the descent only went left */
static inline void rb_insert_augmented_cached(struct rb_node *node, struct rb_root_cached *root,
					      bool newleft,
					      const struct rb_augment_callbacks *augment)
{
	if (newleft)
		root->rb_leftmost = node;
	rb_insert_augmented(node, &root->rb_root, augment);
}

/** rb_add_augmented_cached - insert in order; @node if it is the new leftmost, else NULL */
static __always_inline struct rb_node *
rb_add_augmented_cached(struct rb_node *node, struct rb_root_cached *tree,
			bool (*less)(struct rb_node *, const struct rb_node *),
			const struct rb_augment_callbacks *augment)
{
	struct rb_node **link = &tree->rb_root.rb_node;
	struct rb_node *parent = NULL;
	bool leftmost = true;

	while (*link) {
		parent = *link;
		if (less(node, parent)) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}

	rb_link_node(node, parent, link);
	augment->propagate(parent, NULL);
	rb_insert_augmented_cached(node, tree, leftmost, augment);
	return leftmost ? node : NULL;
}

/** rb_erase_augmented_cached - rb_erase_augmented() for a tree that knows its leftmost node */
static inline void rb_erase_augmented_cached(struct rb_node *node, struct rb_root_cached *root,
					     const struct rb_augment_callbacks *augment)
{
	if (root->rb_leftmost == node)
		root->rb_leftmost = rb_next(node);
	rb_erase_augmented(node, &root->rb_root, augment);
}

/**
 * RB_DECLARE_CALLBACKS - define the callbacks from one "recompute" function
 * @RBSTATIC: static, or empty
 * @RBNAME: name of the struct rb_augment_callbacks
 * @RBSTRUCT: type of the objects
 * @RBFIELD: their rb_node
 * @RBAUGMENTED: their summary
 * @RBCOMPUTE: bool (obj *, bool exit): recompute the summary; with @exit, true if it was right
 */
#define RB_DECLARE_CALLBACKS(RBSTATIC, RBNAME, RBSTRUCT, RBFIELD, RBAUGMENTED, RBCOMPUTE) \
static inline void RBNAME##_propagate(struct rb_node *rb, struct rb_node *stop)	\
{										\
	while (rb != stop) {							\
		RBSTRUCT *node = rb_entry(rb, RBSTRUCT, RBFIELD);		\
										\
		if (RBCOMPUTE(node, true))					\
			break;							\
		rb = rb_parent(&node->RBFIELD);					\
	}									\
}										\
static inline void RBNAME##_copy(struct rb_node *rb_old, struct rb_node *rb_new)\
{										\
	RBSTRUCT *old = rb_entry(rb_old, RBSTRUCT, RBFIELD);			\
	RBSTRUCT *new = rb_entry(rb_new, RBSTRUCT, RBFIELD);			\
										\
	new->RBAUGMENTED = old->RBAUGMENTED;					\
}										\
static void RBNAME##_rotate(struct rb_node *rb_old, struct rb_node *rb_new)	\
{										\
	RBSTRUCT *old = rb_entry(rb_old, RBSTRUCT, RBFIELD);			\
	RBSTRUCT *new = rb_entry(rb_new, RBSTRUCT, RBFIELD);			\
										\
	new->RBAUGMENTED = old->RBAUGMENTED;					\
	RBCOMPUTE(old, false);							\
}										\
RBSTATIC const struct rb_augment_callbacks RBNAME = {				\
	.propagate = RBNAME##_propagate,					\
	.copy = RBNAME##_copy,							\
	.rotate = RBNAME##_rotate						\
};

/**
 * RB_DECLARE_CALLBACKS_MAX - callbacks for "the largest RBCOMPUTE(object) of the subtree"
 * @RBTYPE: type of the summary
 * @RBCOMPUTE: an object's own value
 */
#define RB_DECLARE_CALLBACKS_MAX(RBSTATIC, RBNAME, RBSTRUCT, RBFIELD, RBTYPE,	\
				 RBAUGMENTED, RBCOMPUTE)			\
static inline bool RBNAME##_compute_max(RBSTRUCT *node, bool exit)		\
{										\
	RBSTRUCT *child;							\
	RBTYPE max = RBCOMPUTE(node);						\
										\
	if (node->RBFIELD.rb_left) {						\
		child = rb_entry(node->RBFIELD.rb_left, RBSTRUCT, RBFIELD);	\
		if (child->RBAUGMENTED > max)					\
			max = child->RBAUGMENTED;				\
	}									\
	if (node->RBFIELD.rb_right) {						\
		child = rb_entry(node->RBFIELD.rb_right, RBSTRUCT, RBFIELD);	\
		if (child->RBAUGMENTED > max)					\
			max = child->RBAUGMENTED;				\
	}									\
	if (exit && node->RBAUGMENTED == max)					\
		return true;							\
	node->RBAUGMENTED = max;						\
	return false;								\
}										\
RB_DECLARE_CALLBACKS(RBSTATIC, RBNAME, RBSTRUCT, RBFIELD, RBAUGMENTED,		\
		     RBNAME##_compute_max)

#define RB_RED		0
#define RB_BLACK	1

#define __rb_parent(pc)	((struct rb_node *)((pc) & ~3))
#define __rb_color(pc)	((pc) & 1)
#define __rb_is_black(pc)	__rb_color(pc)
#define __rb_is_red(pc)		(!__rb_color(pc))
#define rb_color(rb)	__rb_color((rb)->__rb_parent_color)
#define rb_is_red(rb)	__rb_is_red((rb)->__rb_parent_color)
#define rb_is_black(rb)	__rb_is_black((rb)->__rb_parent_color)

/** rb_set_parent_color - set a node's parent and colour */
static inline void rb_set_parent_color(struct rb_node *rb, struct rb_node *parent, int color)
{
	rb->__rb_parent_color = (unsigned long)parent + color;
}

/** rb_set_parent - set a node's parent; the colour stays */
static inline void rb_set_parent(struct rb_node *rb, struct rb_node *parent)
{
	rb_set_parent_color(rb, parent, rb_color(rb));
}

/** __rb_change_child - let what points down at @old (@parent, or the root) point at @new */
static inline void __rb_change_child(struct rb_node *old, struct rb_node *new,
				     struct rb_node *parent, struct rb_root *root)
{
	if (!parent)
		WRITE_ONCE(root->rb_node, new);
	else if (parent->rb_left == old)
		WRITE_ONCE(parent->rb_left, new);
	else
		WRITE_ONCE(parent->rb_right, new);
}

/** __rb_change_child_rcu - the same: a reader that finds @new finds what it holds */
static inline void __rb_change_child_rcu(struct rb_node *old, struct rb_node *new,
					 struct rb_node *parent, struct rb_root *root)
{
	smp_wmb();	/* pairs with the address dependency of a descending reader */
	__rb_change_child(old, new, parent, root);
}

/**
 * __rb_erase_augmented - unlink a node without mending the colours
 * @node: the node
 * @root: its tree
 * @augment: callbacks
 *
 * Numbers in brackets are the rules of lib/rbtree.c.
 *
 * Return: the parent below which a black node is missing now, for __rb_erase_color(); NULL if the
 * colours are right.
 */
static __always_inline struct rb_node *
__rb_erase_augmented(struct rb_node *node, struct rb_root *root,
		     const struct rb_augment_callbacks *augment)
{
	struct rb_node *left = node->rb_left, *right = node->rb_right;
	struct rb_node *parent = rb_parent(node);
	struct rb_node *successor, *succ_parent, *succ_right;
	struct rb_node *lighter = NULL;

	if (!left || !right) {
		/*
		 * At most one child. If there is one it is a red leaf by (4), hence node is black
		 * and the child takes its place and colour. If there is none, a black node leaves
		 * a gap.
		 */
		struct rb_node *only = left ? left : right;

		if (only)
			rb_set_parent_color(only, parent, rb_color(node));
		else if (rb_is_black(node))
			lighter = parent;
		__rb_change_child(node, only, parent, root);
		augment->propagate(parent, NULL);
		return lighter;
	}

	/*
	 * Two children: the successor, which has no left child, takes node's place and colour, and
	 * what is missing is the successor at its old place.
	 */
	successor = right;
	while (successor->rb_left)
		successor = successor->rb_left;
	succ_right = successor->rb_right;
	succ_parent = rb_parent(successor);

	if (succ_parent == node) {
		succ_parent = successor;
		augment->copy(node, successor);
	} else {
		WRITE_ONCE(succ_parent->rb_left, succ_right);
		WRITE_ONCE(successor->rb_right, right);
		rb_set_parent(right, successor);
		augment->copy(node, successor);
		augment->propagate(succ_parent, successor);
	}
	if (succ_right)
		rb_set_parent_color(succ_right, succ_parent, RB_BLACK);
	else if (rb_is_black(successor))
		lighter = succ_parent;

	WRITE_ONCE(successor->rb_left, left);
	rb_set_parent(left, successor);
	__rb_change_child(node, successor, parent, root);
	successor->__rb_parent_color = node->__rb_parent_color;
	augment->propagate(successor, NULL);
	return lighter;
}

#endif
