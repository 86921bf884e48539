// SPDX-License-Identifier: MIT
/*
 * XArray: going from entry to entry.
 *
 * A state that stands at a slot goes on from there: along the node, up through parents at its end,
 * down into the next child. While it does, xa_index is the first index of the slot it is at, or any
 * index within the entry where it was set.
 *
 * Readers may do so under RCU alone. A node that left the tree keeps its parent pointer, and its
 * entries have become retry entries, so a reader in it either sees that it must start anew or goes
 * up to a node that is in the tree, or left it no earlier.
 */

#include "xarray_internal.h"

#include <linux/bitmap.h>
#include <linux/export.h>

/* Go to slot @offset of the state's node. False: that is past ULONG_MAX. */
static bool move_to_slot(struct xa_state *xas, unsigned int offset)
{
	unsigned int shift = xas->xa_node->shift;
	unsigned long index = xas->xa_index & (~XA_CHUNK_MASK << shift);

	index += (unsigned long)offset << shift;
	xas->xa_offset = offset;
	if (index < xas->xa_index && offset > xa_offset_in(xas->xa_node, xas->xa_index)) {
		xas->xa_index = 0;
		return false;
	}
	xas->xa_index = index;
	return true;
}

/* The slot after the state's entry; siblings are skipped by the caller. */
static bool next_slot(struct xa_state *xas)
{
	return move_to_slot(xas, xas->xa_offset + 1);
}

/* From the end of the node to the next slot of the node above. */
static void climb(struct xa_state *xas)
{
	xas->xa_offset = xas->xa_node->offset + 1;
	xas->xa_node = xa_parent(xas->xa, xas->xa_node);
}

/**
 * xas_find() - find the next entry
 * @xas: the state
 * @max: the last index to look at
 *
 * From a state that was set, the first entry at its index or after; from one that stands at an
 * entry, the next after that.
 *
 * Context: RCU read lock or xa_lock.
 * Return: the entry, and the state is there; zero and retry entries are returned too: xas_retry().
 * NULL: none up to @max.
 */
void *xas_find(struct xa_state *xas, unsigned long max)
{
	void *entry;

	if (xas_error(xas) || xas->xa_node == XAS_BOUNDS)
		return NULL;
	if (xas->xa_index > max)
		return xas_out_of_bounds(xas);
	if (!xas->xa_node) {
		xas->xa_index = 1;		/* from the only entry */
		return xas_out_of_bounds(xas);
	}
	if (xas->xa_node == XAS_RESTART) {
		entry = xas_load(xas);
		if (entry || xas_not_node(xas->xa_node))
			return entry;
	}
	if (!next_slot(xas))
		return xas_out_of_bounds(xas);

	while (xas->xa_index <= max) {
		if (xas->xa_offset == XA_CHUNK_SIZE) {
			climb(xas);
			if (!xas->xa_node)
				return xas_out_of_bounds(xas);
			continue;
		}
		entry = xa_entry(xas->xa, xas->xa_node, xas->xa_offset);
		if (xa_is_node(entry)) {
			xas->xa_node = xa_to_node(entry);
			xas->xa_offset = 0;
			continue;
		}
		if (entry && !xa_is_sibling(entry))
			return entry;
		if (!next_slot(xas))
			return xas_out_of_bounds(xas);
	}
	/* The slot at xa_index was not looked at: with a greater @max, begin there. */
	xas->xa_node = XAS_RESTART;
	return NULL;
}
EXPORT_SYMBOL(xas_find);

/*
 * xas_find_marked() from the head. False: there is nothing to search; then *@entry is the answer.
 */
static bool marked_start(struct xa_state *xas, xa_mark_t mark, void **entry)
{
	void *head = xa_head(xas->xa);

	*entry = NULL;
	if (xa_beyond(head, xas->xa_index)) {
		xas_out_of_bounds(xas);
		return false;
	}
	if (!xa_is_node(head)) {
		xas->xa_node = NULL;
		if (xa_marked(xas->xa, mark)) {
			*entry = head;
			return false;
		}
		xas->xa_index = 1;
		xas_out_of_bounds(xas);
		return false;
	}
	xas->xa_node = xa_to_node(head);
	xas->xa_offset = xa_offset_in(xas->xa_node, xas->xa_index);
	return true;
}

/* A multi-index entry has its marks in its first slot. */
static void leave_sibling(struct xa_state *xas)
{
	void *entry = xa_entry(xas->xa, xas->xa_node, xas->xa_offset);

	if (xa_is_sibling(entry))
		move_to_slot(xas, xa_to_sibling(entry));
}

/**
 * xas_find_marked() - find the next entry with a mark
 * @xas: the state
 * @max: the last index to look at
 * @mark: the mark
 *
 * Begins as xas_find() does. XA_FREE_MARK, in arrays that track it, finds places that hold NULL;
 * then the state, which is not XAS_RESTART, tells success, and xa_index the place.
 *
 * Context: RCU read lock or xa_lock.
 * Return: the entry, and the state is there. NULL: none up to @max, and the state is XAS_RESTART;
 * or none in the tree, which ends before @max, and it is XAS_BOUNDS.
 */
void *xas_find_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark)
{
	bool advance = true;
	void *entry;

	if (xas_error(xas))
		return NULL;
	if (xas->xa_index > max)
		goto past_max;
	if (!xas->xa_node) {
		xas->xa_index = 1;
		goto past_end;
	}
	if (xas_top(xas->xa_node)) {
		advance = false;
		if (!marked_start(xas, mark, &entry)) {
			if (xas->xa_node == XAS_BOUNDS && xas->xa_index > max)
				goto past_max;
			return entry;
		}
		leave_sibling(xas);
	}

	while (xas->xa_index <= max) {
		unsigned int offset = xas_find_chunk(xas, advance, mark);

		if (offset != xas->xa_offset && !move_to_slot(xas, offset))
			goto past_end;
		if (xas->xa_index > max)
			break;
		while (xas->xa_offset == XA_CHUNK_SIZE) {
			climb(xas);
			if (!xas->xa_node)
				goto past_end;
		}
		if (offset == XA_CHUNK_SIZE) {
			advance = false;
			continue;
		}
		entry = xa_entry(xas->xa, xas->xa_node, offset);
		if (xa_is_node(entry)) {
			xas->xa_node = xa_to_node(entry);
			xas->xa_offset = xa_offset_in(xas->xa_node, xas->xa_index);
			leave_sibling(xas);
			advance = false;
			continue;
		}
		if (entry || (xa_track_free(xas->xa) && mark == XA_FREE_MARK)) {
			if (!xa_is_sibling(entry))
				return entry;
		}
		advance = true;		/* removed since we read its mark */
	}
past_max:
	xas->xa_node = XAS_RESTART;
	return NULL;
past_end:
	if (xas->xa_index > max)
		goto past_max;
	return xas_out_of_bounds(xas);
}
EXPORT_SYMBOL(xas_find_marked);

/**
 * xas_find_conflict() - find the next entry within the state's range
 * @xas: the state, with an order; its xa_index stays
 *
 * Use it through xas_for_each_conflict(). After the last entry the state stands at the beginning
 * of the range, ready for xas_store().
 *
 * Context: xa_lock held.
 * Return: the next entry that an xas_store() would replace, NULL if there is no more.
 */
void *xas_find_conflict(struct xa_state *xas)
{
	void *entry;

	if (xas_error(xas) || !xas->xa_node)
		return NULL;

	if (xas_top(xas->xa_node)) {
		entry = xas_start(xas);
		while (xa_is_node(entry))
			entry = xas_descend(xas, xa_to_node(entry));
		if (entry || xas_not_node(xas->xa_node))
			return entry;
	}
	if (xas->xa_node->shift > xas->xa_shift)
		return NULL;

	for (;;) {
		struct xa_node *node = xas->xa_node;
		unsigned int first = xa_offset_in(node, xas->xa_index);

		if (node->shift == xas->xa_shift && xas->xa_offset >= first + xas->xa_sibs) {
			xas->xa_offset = first;
			return NULL;
		}
		if (xas->xa_offset == XA_CHUNK_MASK) {
			xas->xa_offset = node->offset;
			xas->xa_node = xa_parent_locked(xas->xa, node);
			continue;
		}
		entry = xa_entry_locked(xas->xa, node, ++xas->xa_offset);
		if (xa_is_sibling(entry))
			continue;
		while (xa_is_node(entry)) {
			xas->xa_node = xa_to_node(entry);
			xas->xa_offset = 0;
			entry = xa_entry_locked(xas->xa, xas->xa_node, 0);
		}
		if (entry)
			return entry;
	}
}
EXPORT_SYMBOL(xas_find_conflict);

/**
 * xas_pause() - get ready to drop the lock in a loop
 * @xas: the state, at an entry
 *
 * After it, drop the RCU read lock or xa_lock, take it again and go on with the loop, which then
 * walks anew to the entry after the present one. Not for loops of xas_next() and xas_prev().
 */
void xas_pause(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;
	unsigned int offset;

	if (xas_invalid(xas))
		return;
	if (!node) {
		xas->xa_index++;
		xas->xa_node = XAS_RESTART;
		if (!xas->xa_index)
			xas_out_of_bounds(xas);
		return;
	}
	for (offset = xas->xa_offset + 1; offset < XA_CHUNK_SIZE; offset++) {
		if (!xa_is_sibling(xa_entry(xas->xa, node, offset)))
			break;
	}
	xas->xa_node = move_to_slot(xas, offset) ? XAS_RESTART : XAS_BOUNDS;
}
EXPORT_SYMBOL(xas_pause);

/* The state's index changed from @old: up until the node spans it, then down. */
static void *load_neighbour(struct xa_state *xas, unsigned long old)
{
	struct xa_node *node = xas->xa_node;
	unsigned long changed = old ^ xas->xa_index;
	void *entry;

	while (node->shift + XA_CHUNK_SHIFT < BITS_PER_LONG &&
	       changed >> (node->shift + XA_CHUNK_SHIFT)) {
		node = xa_parent(xas->xa, node);
		if (!node)
			return xas_out_of_bounds(xas);
	}
	do {
		entry = xas_descend(xas, node);
		if (!node->shift || !xa_is_node(entry))
			break;
		node = xa_to_node(entry);
	} while (1);
	return entry;
}

static void *step(struct xa_state *xas, unsigned long by)
{
	if (xas_error(xas))
		return NULL;
	if (xas->xa_node == XAS_RESTART)
		return xas_load(xas);
	xas->xa_index += by;
	if (!xas->xa_node)
		return xas_out_of_bounds(xas);
	if (xas->xa_node == XAS_BOUNDS)
		return xas_load(xas);
	return load_neighbour(xas, xas->xa_index - by);
}

/** __xas_next() - xas_next() where it isn't inline: the entry at the next index, or NULL */
void *__xas_next(struct xa_state *xas)
{
	return step(xas, 1);
}
EXPORT_SYMBOL(__xas_next);

/** __xas_prev() - xas_prev() where it isn't inline: the entry at the index before, or NULL */
void *__xas_prev(struct xa_state *xas)
{
	return step(xas, -1UL);
}
EXPORT_SYMBOL(__xas_prev);
