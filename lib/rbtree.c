// SPDX-License-Identifier: MIT
/*
 * Red-black trees.
 *
 *   (1) Every node is red or black; a missing child counts as black.
 *   (2) The root is black.
 *   (3) A red node has no red child.
 *   (4) Every path from a node down to a missing child has the same number of black nodes.
 *
 * By (3) and (4) no path is more than twice as long as another, so a search takes O(log n) steps.
 * Inserting adds a red leaf, which can break (3); removing a black node breaks (4). Both are mended
 * by recolouring on the way up and at most three rotations:
 *
 *	      x			       y
 *	     / \	 left ->      / \
 *	    a   y		     x   c	(mirrored for the right)
 *	       / \     <- right	    / \
 *	      b   c		   a   b
 *
 * In the pictures capital letters are black nodes, small ones red. Each case is written once, for a
 * node on one side of its parent, the other side being !side: child() below turns the two
 * links into one expression.
 *
 * A reader may descend without a lock beside the writer: links are changed by WRITE_ONCE() and each
 * rotation keeps every link pointing downwards, so it terminates, though it may miss nodes.
 */

#include <linux/rbtree_augmented.h>

#include <linux/export.h>
#include <linux/rcupdate.h>

enum { RIGHT, LEFT };

/* The child of a node on one side: rb_right and rb_left are neighbours in struct rb_node. */
static inline struct rb_node **child(struct rb_node *node, int side)
{
	return side == LEFT ? &node->rb_left : &node->rb_right;
}

static inline void set_color(struct rb_node *node, int color)
{
	rb_set_parent_color(node, rb_parent(node), color);
}

/* A red node's parent needs no masking. */
static inline struct rb_node *red_parent(const struct rb_node *red)
{
	return (struct rb_node *)red->__rb_parent_color;
}

static inline bool is_red(const struct rb_node *node)
{
	return node && rb_is_red(node);
}

/*
 * Rotate: @top goes down on side @dir, its child on the other side comes up in its place and is
 * returned. Colours stay with the nodes; the caller sets them.
 */
static inline struct rb_node *rotate(struct rb_node *top, int dir, struct rb_root *root)
{
	struct rb_node *up = *child(top, !dir);
	struct rb_node *inner = *child(up, dir);
	struct rb_node *parent = rb_parent(top);

	WRITE_ONCE(*child(top, !dir), inner);
	WRITE_ONCE(*child(up, dir), top);
	if (inner)
		rb_set_parent(inner, top);
	rb_set_parent(up, parent);
	__rb_change_child(top, up, parent, root);
	rb_set_parent(top, up);
	return up;
}

static inline void no_rotate(struct rb_node *old, struct rb_node *new) { }
static inline void no_propagate(struct rb_node *node, struct rb_node *stop) { }
static inline void no_copy(struct rb_node *old, struct rb_node *new) { }

static const struct rb_augment_callbacks no_augment = {
	.propagate = no_propagate,
	.copy = no_copy,
	.rotate = no_rotate,
};

typedef void (*augment_rotate_t)(struct rb_node *old, struct rb_node *new);

/*
 * @node is red and new at its place. Loop invariant: the only violation is (3) between @node and
 * its parent, or (2) if @node is the root.
 */
static __always_inline void insert_fixup(struct rb_node *node, struct rb_root *root,
					 augment_rotate_t augment_rotate)
{
	struct rb_node *parent = red_parent(node);

	for (;;) {
		struct rb_node *gparent, *uncle;
		int side;

		if (!parent) {
			rb_set_parent_color(node, NULL, RB_BLACK);
			return;
		}
		if (rb_is_black(parent))
			return;

		/* a red parent is not the root, so there is a grandparent, and it is black */
		gparent = red_parent(parent);
		side = gparent->rb_left == parent ? LEFT : RIGHT;
		uncle = *child(gparent, !side);

		if (is_red(uncle)) {
			/*
			 *	  G		  g	Recolour; (3) may now break two
			 *	 / \		 / \	levels higher.
			 *	p   u	 -->	P   U
			 *     /	       /
			 *    n		      n
			 */
			rb_set_parent_color(uncle, gparent, RB_BLACK);
			rb_set_parent_color(parent, gparent, RB_BLACK);
			node = gparent;
			parent = rb_parent(node);
			rb_set_parent_color(node, parent, RB_RED);
			continue;
		}

		if (*child(parent, !side) == node) {
			/*
			 *	  G		  G	The inner grandchild: bring it
			 *	 / \		 / \	to the outside first.
			 *	p   U	 -->	n   U
			 *	 \	       /
			 *	  n	      p
			 */
			struct rb_node *old = parent;

			parent = rotate(parent, side, root);
			augment_rotate(old, parent);
		}

		/*
		 *	  G		  P	The paths through P have as many
		 *	 / \		 / \	black nodes as those through G
		 *	p   U	 -->	n   g	had, and P is black: done.
		 *     /		     \
		 *    n			      U
		 */
		rotate(gparent, !side, root);
		set_color(parent, RB_BLACK);
		set_color(gparent, RB_RED);
		augment_rotate(gparent, parent);
		return;
	}
}

/*
 * A black node was taken from below @parent. Loop invariant: paths through @node (which is black,
 * or missing, and a child of @parent) have one black node less than the others.
 */
static __always_inline void erase_fixup(struct rb_node *parent, struct rb_root *root,
					augment_rotate_t augment_rotate)
{
	struct rb_node *node = NULL;

	for (;;) {
		/* a missing left child is not told apart from a missing right one if both are */
		int side = parent->rb_left == node ? LEFT : RIGHT;
		struct rb_node *sibling = *child(parent, !side);
		struct rb_node *outer, *inner;

		if (rb_is_red(sibling)) {
			/*
			 *	 P		 S	Get a black sibling.
			 *	/ \	       / \
			 *     N   s   -->    p   SR
			 *	  / \	     / \
			 *	SL   SR	    N   SL
			 */
			rotate(parent, side, root);
			set_color(sibling, RB_BLACK);
			set_color(parent, RB_RED);
			augment_rotate(parent, sibling);
			sibling = *child(parent, !side);
		}

		outer = *child(sibling, !side);
		inner = *child(sibling, side);
		if (!is_red(outer) && !is_red(inner)) {
			/*
			 *	(p)		(p)	The sibling's paths lose a black
			 *	/ \	       / \	node too. If p was red it becomes
			 *     N   S   -->    N   s	black and all is well; else the
			 *				whole of p is one short: go up.
			 */
			set_color(sibling, RB_RED);
			if (rb_is_red(parent)) {
				set_color(parent, RB_BLACK);
				return;
			}
			node = parent;
			parent = rb_parent(node);
			if (!parent)
				return;
			continue;
		}

		if (!is_red(outer)) {
			/*
			 *	(p)		(p)	Only the inner nephew is red:
			 *	/ \	       / \	bring it to the outside. Its
			 *     N   S   -->    N   SL	colour is set below.
			 *	  / \		   \
			 *	sl   SR		    s
			 */
			rotate(sibling, !side, root);
			augment_rotate(sibling, inner);
			outer = sibling;
			sibling = inner;
		}

		/*
		 *	(p)		(s)	The sibling takes p's place and
		 *	/ \	       / \	colour; p and the outer nephew are
		 *     N   S   -->    P   SR	black: N's side has one more.
		 *	  / \	     / \
		 *	(sl) sr	    N  (sl)
		 */
		rotate(parent, side, root);
		set_color(sibling, rb_color(parent));
		set_color(parent, RB_BLACK);
		set_color(outer, RB_BLACK);
		augment_rotate(parent, sibling);
		return;
	}
}

/**
 * rb_insert_color() - restore the balance after rb_link_node()
 * @node: node that was linked
 * @root: its tree
 */
void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	insert_fixup(node, root, no_rotate);
}
EXPORT_SYMBOL(rb_insert_color);

/**
 * rb_erase() - remove a node
 * @node: node in @root; its own fields are left as they were
 * @root: tree
 */
void rb_erase(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *lighter = __rb_erase_augmented(node, root, &no_augment);

	if (lighter)
		erase_fixup(lighter, root, no_rotate);
}
EXPORT_SYMBOL(rb_erase);

/** __rb_insert_augmented() - rb_insert_color() of a tree with summaries */
void __rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			   void (*augment_rotate)(struct rb_node *old, struct rb_node *new))
{
	insert_fixup(node, root, augment_rotate);
}
EXPORT_SYMBOL(__rb_insert_augmented);

/** __rb_erase_color() - mend the colours when a black node is missing below @parent */
void __rb_erase_color(struct rb_node *parent, struct rb_root *root,
		      void (*augment_rotate)(struct rb_node *old, struct rb_node *new))
{
	erase_fixup(parent, root, augment_rotate);
}
EXPORT_SYMBOL(__rb_erase_color);

/** rb_erase_augmented() - rb_erase() of a tree with summaries */
void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment)
{
	struct rb_node *lighter = __rb_erase_augmented(node, root, augment);

	if (lighter)
		erase_fixup(lighter, root, augment->rotate);
}
EXPORT_SYMBOL(rb_erase_augmented);

/* --- Walking ---------------------------------------------------------------------------------- */

/* The outermost node on one side of a subtree. */
static struct rb_node *outermost(struct rb_node *node, int side)
{
	if (!node)
		return NULL;
	while (*child(node, side))
		node = *child(node, side);
	return node;
}

/* The neighbour in order: RIGHT is the next node, LEFT the one before. */
static struct rb_node *neighbour(const struct rb_node *const_node, int side)
{
	struct rb_node *node = (struct rb_node *)const_node;
	struct rb_node *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;

	if (*child(node, side))
		return outermost(*child(node, side), !side);

	/* up, until we come from the other side */
	while ((parent = rb_parent(node)) && *child(parent, side) == node)
		node = parent;
	return parent;
}

/** rb_first() - the first node in order, or NULL */
struct rb_node *rb_first(const struct rb_root *root)
{
	return outermost(root->rb_node, LEFT);
}
EXPORT_SYMBOL(rb_first);

/** rb_last() - the last node in order, or NULL */
struct rb_node *rb_last(const struct rb_root *root)
{
	return outermost(root->rb_node, RIGHT);
}
EXPORT_SYMBOL(rb_last);

/** rb_next() - the node after @node, or NULL */
struct rb_node *rb_next(const struct rb_node *node)
{
	return neighbour(node, RIGHT);
}
EXPORT_SYMBOL(rb_next);

/** rb_prev() - the node before @node, or NULL */
struct rb_node *rb_prev(const struct rb_node *node)
{
	return neighbour(node, LEFT);
}
EXPORT_SYMBOL(rb_prev);

/* A leaf of a subtree, leftmost where there is a choice: the first in postorder. */
static struct rb_node *first_leaf(struct rb_node *node)
{
	for (;;) {
		if (node->rb_left)
			node = node->rb_left;
		else if (node->rb_right)
			node = node->rb_right;
		else
			return node;
	}
}

/** rb_first_postorder() - the first node if children come before parents, or NULL */
struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return root->rb_node ? first_leaf(root->rb_node) : NULL;
}
EXPORT_SYMBOL(rb_first_postorder);

/** rb_next_postorder() - the node after @node in that order, or NULL */
struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent;

	if (!node)
		return NULL;
	parent = rb_parent(node);
	if (parent && node == parent->rb_left && parent->rb_right)
		return first_leaf(parent->rb_right);
	return parent;
}
EXPORT_SYMBOL(rb_next_postorder);

/** rb_replace_node() - put @new, which compares the same, in @victim's place */
void rb_replace_node(struct rb_node *victim, struct rb_node *new, struct rb_root *root)
{
	*new = *victim;
	if (victim->rb_left)
		rb_set_parent(victim->rb_left, new);
	if (victim->rb_right)
		rb_set_parent(victim->rb_right, new);
	__rb_change_child(victim, new, rb_parent(victim), root);
}
EXPORT_SYMBOL(rb_replace_node);

/** rb_replace_node_rcu() - the same where lockless readers walk */
void rb_replace_node_rcu(struct rb_node *victim, struct rb_node *new, struct rb_root *root)
{
	*new = *victim;
	if (victim->rb_left)
		rb_set_parent(victim->rb_left, new);
	if (victim->rb_right)
		rb_set_parent(victim->rb_right, new);
	__rb_change_child_rcu(victim, new, rb_parent(victim), root);
}
EXPORT_SYMBOL(rb_replace_node_rcu);
