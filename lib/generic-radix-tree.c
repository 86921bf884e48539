// SPDX-License-Identifier: MIT
/*
 * The tree of <linux/generic-radix-tree.h>.
 *
 * Nodes are GENRADIX_NODE_SIZE bytes: a leaf is elements, any other node pointers to nodes. The
 * root's low bits are the tree's depth, the number of levels above the leaves, so that one load
 * gives both. The tree grows at the top: the old root becomes child 0 of a new one. Everything is
 * published with a cmpxchg; who loses frees or reuses its node. Nothing is taken out before the
 * tree is freed.
 */

#include <linux/generic-radix-tree.h>

#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#define ARITY_SHIFT	(GENRADIX_NODE_SHIFT - ilog2(sizeof(void *)))
#define ARITY		(1u << ARITY_SHIFT)
#define MAX_DEPTH	DIV_ROUND_UP(BITS_PER_LONG - GENRADIX_NODE_SHIFT, ARITY_SHIFT)
#define DEPTH_MASK	15ul	/* kmalloc() aligns a power of two to itself */

struct genradix_node {
	union {
		struct genradix_node *child[ARITY];
		u8 data[GENRADIX_NODE_SIZE];
	};
};

static unsigned int depth_of(struct genradix_root *root)
{
	return (unsigned long)root & DEPTH_MASK;
}

static struct genradix_node *node_of(struct genradix_root *root)
{
	return (struct genradix_node *)((unsigned long)root & ~DEPTH_MASK);
}

static struct genradix_root *make_root(struct genradix_node *node, unsigned int depth)
{
	return (struct genradix_root *)((unsigned long)node | depth);
}

/* How many bits of an offset a tree of this depth takes. */
static unsigned int bits_of(unsigned int depth)
{
	return min_t(unsigned int, GENRADIX_NODE_SHIFT + depth * ARITY_SHIFT, BITS_PER_LONG);
}

static bool covers(unsigned int depth, size_t offset)
{
	return bits_of(depth) == BITS_PER_LONG || !(offset >> bits_of(depth));
}

/* Which child of a node at @depth leads to @offset? */
static unsigned int child_index(size_t offset, unsigned int depth)
{
	return offset >> bits_of(depth - 1) & (ARITY - 1);
}

static struct genradix_node *new_node(gfp_t gfp)
{
	return kzalloc(sizeof(struct genradix_node), gfp);
}

/** __genradix_ptr() - the address of a byte offset, or NULL; see genradix_ptr() */
void *__genradix_ptr(struct __genradix *radix, size_t offset)
{
	struct genradix_root *root = READ_ONCE(radix->root);
	unsigned int depth = depth_of(root);
	struct genradix_node *n = node_of(root);

	if (!covers(depth, offset))
		return NULL;
	/* READ_ONCE orders what hangs on the pointer; pairs with the cmpxchg that published it */
	for (; n && depth; depth--)
		n = READ_ONCE(n->child[child_index(offset, depth)]);
	return n ? &n->data[offset & (GENRADIX_NODE_SIZE - 1)] : NULL;
}
EXPORT_SYMBOL(__genradix_ptr);

/* The root of a tree that reaches to @offset, growing it; NULL for lack of memory. */
static struct genradix_root *grow(struct __genradix *radix, size_t offset, gfp_t gfp)
{
	struct genradix_root *root = READ_ONCE(radix->root), *bigger;
	struct genradix_node *spare = NULL;

	while (!root || !covers(depth_of(root), offset)) {
		if (!spare)
			spare = new_node(gfp);
		if (!spare)
			return NULL;
		spare->child[0] = node_of(root);
		bigger = make_root(spare, root ? depth_of(root) + 1 : 0);
		if (try_cmpxchg(&radix->root, &root, bigger)) {
			root = bigger;
			spare = NULL;
		}
		/* else: somebody else was first, and root is what there is now */
	}
	kfree(spare);
	return root;
}

/**
 * __genradix_ptr_alloc() - the address of a byte offset, made if need be; see genradix_ptr_alloc()
 */
void *__genradix_ptr_alloc(struct __genradix *radix, size_t offset, gfp_t gfp)
{
	struct genradix_root *root = grow(radix, offset, gfp);
	struct genradix_node *n, **slot, *next, *fresh;
	unsigned int depth;

	if (!root)
		return NULL;
	n = node_of(root);
	for (depth = depth_of(root); depth; depth--, n = next) {
		slot = &n->child[child_index(offset, depth)];
		next = READ_ONCE(*slot);
		if (next)
			continue;
		fresh = new_node(gfp);
		if (!fresh)
			return NULL;
		if (try_cmpxchg(slot, &next, fresh))
			next = fresh;
		else
			kfree(fresh);
	}
	return &n->data[offset & (GENRADIX_NODE_SIZE - 1)];
}
EXPORT_SYMBOL(__genradix_ptr_alloc);

/** __genradix_prealloc() - make everything below @size; 0 or -ENOMEM */
int __genradix_prealloc(struct __genradix *radix, size_t size, gfp_t gfp)
{
	size_t offset;

	for (offset = 0; offset < size; offset += GENRADIX_NODE_SIZE)
		if (!__genradix_ptr_alloc(radix, offset, gfp))
			return -ENOMEM;
	return 0;
}
EXPORT_SYMBOL(__genradix_prealloc);

/*
 * The first leaf that was made at or after *@offset (or the last at or before), whose offset it
 * sets: to the very byte if it is the leaf where the search began, else to the leaf's first byte.
 */
static struct genradix_node *find_leaf(struct __genradix *radix, size_t *offset, bool forward)
{
	struct genradix_root *root = READ_ONCE(radix->root);
	unsigned int top = depth_of(root), depth;
	struct genradix_node *n, *next;
	size_t stretch;

	if (!root)
		return NULL;
	if (!covers(top, *offset)) {
		if (forward)
			return NULL;
		*offset = (1ull << bits_of(top)) - 1;
	}
again:
	n = node_of(root);
	for (depth = top; depth; depth--, n = next) {
		next = READ_ONCE(n->child[child_index(*offset, depth)]);
		if (next)
			continue;
		/* nothing in all that this child covers: to its neighbour */
		stretch = (size_t)1 << bits_of(depth - 1);
		if (forward) {
			*offset = (*offset | (stretch - 1)) + 1;
			if (!*offset || !covers(top, *offset))
				return NULL;
		} else {
			if (*offset < stretch)
				return NULL;
			*offset = (*offset & ~(stretch - 1)) - 1;
		}
		goto again;
	}
	return n;
}

/**
 * __genradix_iter_peek() - the element at the iterator's place, or the first behind it
 * @iter: where to look; moves past leaves that were never made
 * @radix: the array
 * @objs_per_page: elements in a leaf
 *
 * Context: any, while nobody frees the array; leaves are only ever added.
 * Return: the element, zeroed if nobody wrote it; NULL if no leaf follows.
 */
void *__genradix_iter_peek(struct genradix_iter *iter, struct __genradix *radix,
			   size_t objs_per_page)
{
	size_t offset = iter->offset;
	struct genradix_node *leaf;

	if (iter->offset == SIZE_MAX)
		return NULL;
	leaf = find_leaf(radix, &offset, true);
	if (!leaf)
		return NULL;
	if (offset != iter->offset) {
		iter->offset = offset;
		iter->pos = (offset >> GENRADIX_NODE_SHIFT) * objs_per_page;
	}
	return &leaf->data[offset & (GENRADIX_NODE_SIZE - 1)];
}
EXPORT_SYMBOL(__genradix_iter_peek);

/**
 * __genradix_iter_peek_prev() - the element at the iterator's place, or the last before it
 * @iter: where to look; moves back past leaves that were never made
 * @radix: the array
 * @objs_per_page: elements in a leaf
 * @last_back: how far the last element of a leaf begins before the leaf's end, in bytes
 *
 * Return: the element; NULL if no leaf precedes.
 */
void *__genradix_iter_peek_prev(struct genradix_iter *iter, struct __genradix *radix,
				size_t objs_per_page, size_t last_back)
{
	size_t offset = iter->offset;
	struct genradix_node *leaf;

	if (iter->offset == SIZE_MAX)
		return NULL;
	leaf = find_leaf(radix, &offset, false);
	if (!leaf)
		return NULL;
	if (offset != iter->offset) {
		/* the last byte of an earlier leaf: to its last element */
		iter->offset = round_down(offset,
					  GENRADIX_NODE_SIZE) + GENRADIX_NODE_SIZE - last_back;
		iter->pos = ((offset >> GENRADIX_NODE_SHIFT) + 1) * objs_per_page - 1;
	}
	return &leaf->data[iter->offset & (GENRADIX_NODE_SIZE - 1)];
}
EXPORT_SYMBOL(__genradix_iter_peek_prev);

/* At most MAX_DEPTH calls deep. */
static void free_below(struct genradix_node *n, unsigned int depth)
{
	unsigned int i;

	static_assert(MAX_DEPTH <= DEPTH_MASK);
	for (i = 0; depth && i < ARITY; i++)
		if (n->child[i])
			free_below(n->child[i], depth - 1);
	kfree(n);
}

/** __genradix_free() - see genradix_free() */
void __genradix_free(struct __genradix *radix)
{
	struct genradix_root *root = xchg(&radix->root, NULL);

	if (root)
		free_below(node_of(root), depth_of(root));
}
EXPORT_SYMBOL(__genradix_free);
