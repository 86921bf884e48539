/* SPDX-License-Identifier: MIT */
#ifndef _LIB_XARRAY_INTERNAL_H
#define _LIB_XARRAY_INTERNAL_H

/*
 * What the files of the XArray share. The model is in xarray.c.
 *
 *	xarray.c	nodes, the walk, growing, storing, shrinking, marks
 *	xarray_iter.c	finding the next entry, marked entry, neighbour
 *	xarray_multi.c	entries of more than one index
 *	xarray_api.c	the normal interface on top
 */

#include <linux/xarray.h>

static inline unsigned int xa_offset_in(const struct xa_node *node, unsigned long index)
{
	return (index >> node->shift) & XA_CHUNK_MASK;
}

/* Is @index beyond what a tree with this head can hold without growing? */
static inline bool xa_beyond(const void *head, unsigned long index)
{
	if (!xa_is_node(head))
		return index != 0;
	return (index >> xa_to_node(head)->shift) > XA_CHUNK_MASK;
}

static inline void *xas_out_of_bounds(struct xa_state *xas)
{
	xas->xa_node = XAS_BOUNDS;
	return NULL;
}

/* Go to the state's slot of @node, or to the slot that it is a sibling of, and read it. */
static __always_inline void *xas_descend(struct xa_state *xas, struct xa_node *node)
{
	unsigned int offset = xa_offset_in(node, xas->xa_index);
	void *entry = xa_entry(xas->xa, node, offset);

	while (unlikely(xa_is_sibling(entry))) {
		offset = xa_to_sibling(entry);
		entry = xa_entry(xas->xa, node, offset);
		/* An entry being split: the node is there before our sibling is gone. */
		if (node->shift && xa_is_node(entry))
			entry = XA_RETRY_ENTRY;
	}
	xas->xa_node = node;
	xas->xa_offset = offset;
	return entry;
}

static inline bool xa_track_free(const struct xarray *xa)
{
	return xa->xa_flags & XA_FLAGS_TRACK_FREE;
}

static inline bool xa_zero_busy(const struct xarray *xa)
{
	return xa->xa_flags & XA_FLAGS_ZERO_BUSY;
}

static inline void *xa_zero_to_null(void *entry)
{
	return xa_is_zero(entry) ? NULL : entry;
}

static inline void xa_root_mark_set(struct xarray *xa, xa_mark_t mark)
{
	if (!(xa->xa_flags & XA_FLAGS_MARK(mark)))
		WRITE_ONCE(xa->xa_flags, xa->xa_flags | XA_FLAGS_MARK(mark));
}

static inline void xa_root_mark_clear(struct xarray *xa, xa_mark_t mark)
{
	if (xa->xa_flags & XA_FLAGS_MARK(mark))
		WRITE_ONCE(xa->xa_flags, xa->xa_flags & ~XA_FLAGS_MARK(mark));
}

static inline unsigned long *xa_node_marks(struct xa_node *node, xa_mark_t mark)
{
	return node->marks[(__force unsigned int)mark];
}

/*
 * Give slots @first to @last the mark or take it away; xa_lock held. Readers under RCU look at the
 * word meanwhile, so it is changed in one store.
 */
static inline void xa_node_mark(struct xa_node *node, xa_mark_t mark, unsigned int first,
				unsigned int last, bool on)
{
	unsigned long *word = xa_node_marks(node, mark), slots = GENMASK(last, first);

	BUILD_BUG_ON(XA_MARK_LONGS != 1);
	WRITE_ONCE(*word, on ? *word | slots : *word & ~slots);
}

#define for_each_xa_mark(mark)							\
	for (mark = XA_MARK_0;							\
	     (__force unsigned int)mark <= (__force unsigned int)XA_MARK_MAX;	\
	     mark = (__force xa_mark_t)((__force unsigned int)mark + 1))

void *xas_start(struct xa_state *xas);
void *xas_create(struct xa_state *xas, bool allow_root);
bool __xas_nomem(struct xa_state *xas, gfp_t gfp);
struct xa_node *xa_node_alloc(struct xarray *xa, gfp_t gfp);
void xa_free_subtree(struct xa_state *xas, struct xa_node *top);
void xa_empty_locked(struct xa_state *xas);
void xas_update(struct xa_state *xas, struct xa_node *node);
void xas_count_changed(struct xa_state *xas, struct xa_node *node, int count, int values);

#endif /* _LIB_XARRAY_INTERNAL_H */
