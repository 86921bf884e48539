// SPDX-License-Identifier: MIT
/*
 * XArray: entries of more than one index: their order, splitting them, ranges of any length.
 *
 * Splitting needs nodes if the new entries belong to a lower level:
 *
 *	order 9 in a node of shift 6: 8 slots         order 3 below: 8 nodes of shift 0,
 *	[e] [s0] [s0] [s0] [s0] [s0] [s0] [s0]  -->   each with 8 entries of 8 slots
 *
 * xas_split_alloc() makes and fills these nodes without the lock; xas_split() then only hangs them
 * in. Readers meanwhile see the old entry, or the new ones, or are told to retry.
 */

#include "xarray_internal.h"

#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/log2.h>
#include <linux/slab.h>

/**
 * xas_get_order() - order of the entry that the state stands at
 *
 * Context: RCU read lock or xa_lock, right after xas_load(). Return: 0 for a single index, or NULL.
 */
int xas_get_order(struct xa_state *xas)
{
	unsigned int next;

	if (!xas_is_node(xas))
		return 0;
	for (next = xas->xa_offset + 1; next < XA_CHUNK_SIZE; next++) {
		if (!xa_is_sibling(xa_entry(xas->xa, xas->xa_node, next)))
			break;
	}
	return ilog2(next - xas->xa_offset) + xas->xa_node->shift;
}
EXPORT_SYMBOL_GPL(xas_get_order);

/**
 * xa_get_order() - order of the entry at an index
 *
 * Context: any; takes the RCU read lock. Return: 0 for a single index, or NULL.
 */
int xa_get_order(struct xarray *xa, unsigned long index)
{
	XA_STATE(xas, xa, index);
	int order = 0;
	void *entry;

	rcu_read_lock();
	do {
		entry = xas_load(&xas);
	} while (xas_retry(&xas, entry) && !xa_is_zero(entry));
	if (entry)
		order = xas_get_order(&xas);
	rcu_read_unlock();
	return order;
}
EXPORT_SYMBOL(xa_get_order);

/* ---- splitting ---- */

/* Fill slots @first to @last with entries of @sibs + 1 slots each. */
static void fill_slots(struct xa_node *node, void *entry, unsigned int first, unsigned int last,
		       unsigned int sibs)
{
	unsigned int i;

	for (i = first; i <= last; i++) {
		unsigned int begin = i & ~sibs;

		rcu_assign_pointer(node->slots[i], i == begin ? entry : xa_mk_sibling(begin));
	}
}

/**
 * xas_split_alloc() - get the memory that xas_split() is going to need
 * @xas: state with the new order, at the entry's index
 * @entry: what is to be stored in the parts
 * @order: the present order
 * @gfp: how; may sleep
 *
 * The parts may lie at most one level below the entry.
 * Context: without xa_lock. Errors are in the state: -ENOMEM, -EINVAL.
 */
void xas_split_alloc(struct xa_state *xas, void *entry, unsigned int order, gfp_t gfp)
{
	unsigned int sibs = xas->xa_sibs;
	unsigned int nodes;

	if (xas->xa_shift + XA_CHUNK_SHIFT > order)
		return;			/* the parts fit in the entry's own slots */
	if (WARN_ON_ONCE(xas->xa_shift + 2 * XA_CHUNK_SHIFT <= order)) {
		xas_set_err(xas, -EINVAL);
		return;
	}
	for (nodes = 1U << (order % XA_CHUNK_SHIFT); nodes; nodes--) {
		struct xa_node *node = xa_node_alloc(xas->xa, gfp);

		if (!node) {
			xas_destroy(xas);
			xas_set_err(xas, -ENOMEM);
			return;
		}
		node->array = xas->xa;
		node->shift = xas->xa_shift;
		node->count = XA_CHUNK_SIZE;
		node->nr_values = xa_is_value(entry) ? XA_CHUNK_SIZE : 0;
		fill_slots(node, entry, 0, XA_CHUNK_MASK, sibs);
		RCU_INIT_POINTER(node->parent, xas->xa_alloc);
		xas->xa_alloc = node;
	}
}
EXPORT_SYMBOL_GPL(xas_split_alloc);

/* The parts have the marks of the whole: in @node's slots @first, @first + @step, ... to @last. */
static void spread_marks(struct xa_state *xas, struct xa_node *node, unsigned int first,
			 unsigned int last, unsigned int step)
{
	xa_mark_t mark;
	unsigned int i;

	for_each_xa_mark(mark) {
		if (!xas_get_mark(xas, mark))
			continue;
		for (i = first; i <= last; i += step)
			xa_node_mark(node, mark, i, i, true);
	}
}

/* In place of the entry's slots, the nodes that xas_split_alloc() filled. */
static void split_into_nodes(struct xa_state *xas, unsigned int first, unsigned int last)
{
	struct xa_node *parent = xas->xa_node;
	unsigned int i;
	int values = 0;

	spread_marks(xas, parent, first, last, 1);
	for (i = first; i <= last; i++) {
		struct xa_node *node = xas->xa_alloc;

		xas->xa_alloc = rcu_dereference_raw(node->parent);
		node->offset = i;
		RCU_INIT_POINTER(node->parent, parent);
		spread_marks(xas, node, 0, XA_CHUNK_MASK, xas->xa_sibs + 1);
		values -= !!node->nr_values;
		rcu_assign_pointer(parent->slots[i], xa_mk_node(node));
		xas_update(xas, node);
	}
	xas_count_changed(xas, parent, 0, values);
}

/**
 * xas_split() - split a multi-index entry into smaller ones
 * @xas: state with the new order; xas_split_alloc() was called on it
 * @entry: what to store in the parts
 * @order: the present order
 *
 * The parts get the marks of the whole. Context: xa_lock held. Doesn't fail unless
 * xas_split_alloc() has.
 */
void xas_split(struct xa_state *xas, void *entry, unsigned int order)
{
	unsigned int shift = order - order % XA_CHUNK_SHIFT;
	unsigned int slots = 1U << (order % XA_CHUNK_SHIFT);
	unsigned char part_shift = xas->xa_shift;
	unsigned int first, last;
	struct xa_node *node;
	void *old;

	/* Walk to the whole entry, not to the level of its parts. */
	xas->xa_shift = shift;
	old = xas_load(xas);
	xas->xa_shift = part_shift;
	node = xas->xa_node;
	if (xas_top(node) || xas_error(xas))
		return;
	first = xas->xa_offset;
	last = first + slots - 1;

	if (part_shift < node->shift) {
		split_into_nodes(xas, first, last);
	} else {
		int was = xa_is_value(old), is = xa_is_value(entry);

		spread_marks(xas, node, first, last, xas->xa_sibs + 1);
		fill_slots(node, entry, first, last, xas->xa_sibs);
		xas_count_changed(xas, node, 0, (is - was) * (int)slots);
	}
	/* The state's own part is one of those below. */
	xas_reset(xas);
}
EXPORT_SYMBOL_GPL(xas_split);

/* ---- ranges ---- */

/**
 * xas_create_range() - make every node that storing in the state's range will need
 * @xas: state with an order
 *
 * Then each index of the range can be stored at without allocating. The state is left at the
 * first index, with order 0; with an error, as it was. The nodes made may be empty, and stay until
 * something is stored in them and erased, or the array is destroyed.
 *
 * Context: xa_lock held. Errors are in the state: -ENOMEM; see xas_nomem().
 */
void xas_create_range(struct xa_state *xas)
{
	unsigned long first = xas->xa_index, index;
	unsigned char shift = xas->xa_shift, sibs = xas->xa_sibs;

	/* From the end, so that the tree grows to its full height at once. */
	index = first | (((sibs + 1UL) << shift) - 1);
	xas->xa_shift = 0;
	xas->xa_sibs = 0;
	for (;;) {
		xas_set(xas, index);
		xas_create(xas, true);
		if (xas_error(xas)) {
			xas->xa_index = first;
			xas->xa_shift = shift;
			xas->xa_sibs = sibs;
			return;
		}
		if (index - first < XA_CHUNK_SIZE)
			break;
		index -= XA_CHUNK_SIZE;
	}
	xas->xa_index = first;
	if (xas->xa_node)
		xas->xa_offset = xa_offset_in(xas->xa_node, first);
}
EXPORT_SYMBOL_GPL(xas_create_range);

/*
 * Set the state to the longest piece of first..last that begins at @first and fits in slots of one
 * node. Returns its last index.
 */
static unsigned long set_piece(struct xa_state *xas, unsigned long first, unsigned long last)
{
	unsigned int shift = 0;
	unsigned long slots, piece;

	xas_set(xas, first);
	while (shift + 2 * XA_CHUNK_SHIFT <= BITS_PER_LONG + 2 &&
	       !((first >> shift) & XA_CHUNK_MASK) &&
	       last - first >= (XA_CHUNK_SIZE << shift) - 1)
		shift += XA_CHUNK_SHIFT;

	slots = XA_CHUNK_SIZE - ((first >> shift) & XA_CHUNK_MASK);
	piece = ((last - first) >> shift) + 1;
	/* An incomplete last slot is another piece's. */
	if (((last - first + 1) & ((1UL << shift) - 1)))
		piece--;
	piece = min(piece, slots);
	xas->xa_shift = shift;
	xas->xa_sibs = piece - 1;
	return first + (piece << shift) - 1;
}

/**
 * xa_store_range() - store one entry at a range of indices
 * @xa: the array
 * @first: the first index
 * @last: the last one, included
 * @entry: what to store; NULL erases
 * @gfp: how to allocate; may sleep
 *
 * The range is made of as few multi-index entries as possible; those it overlaps are replaced
 * whole. On an error, part of it may have been stored.
 *
 * Context: takes xa_lock.
 * Return: NULL, or an error: xa_err() gives -EINVAL (@last before @first, or an entry that may not
 * be stored) or -ENOMEM.
 */
void *xa_store_range(struct xarray *xa, unsigned long first, unsigned long last, void *entry,
		     gfp_t gfp)
{
	XA_STATE(xas, xa, 0);
	unsigned long end;
	bool done = false;

	if (WARN_ON_ONCE(xa_is_internal(entry)))
		return XA_ERROR(-EINVAL);
	if (last < first)
		return XA_ERROR(-EINVAL);

	do {
		xas_lock(&xas);
		while (!done) {
			end = set_piece(&xas, first, last);
			xas_store(&xas, entry);
			if (xas_error(&xas))
				break;
			done = end == last;
			first = end + 1;
		}
		xas_unlock(&xas);
	} while (xas_nomem(&xas, gfp));

	return xas_error(&xas) ? xas.xa_node : NULL;
}
EXPORT_SYMBOL(xa_store_range);
