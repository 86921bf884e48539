// SPDX-License-Identifier: MIT
/*
 * XArray: the normal interface, on top of the advanced one.
 *
 * It hides what the tree needs for itself: zero entries read as NULL, retry entries and errors of
 * states never show, and indices that an array allocates are kept marked.
 */

#include "xarray_internal.h"

#include <linux/export.h>
#include <linux/printk.h>

/* What a function of the normal interface returns: the error, or what was there. */
static void *result(const struct xa_state *xas, void *curr)
{
	return xas_error(xas) ? (void *)xas->xa_node : xa_zero_to_null(curr);
}

/* ---- storing ---- */

/**
 * __xa_store() - store an entry, with xa_lock held
 *
 * As xa_store(). Context: xa_lock held; dropped and retaken if @gfp may sleep and memory is short.
 */
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);
	void *curr;

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return XA_ERROR(-EINVAL);
	if (xa_track_free(xa) && !entry)
		entry = XA_ZERO_ENTRY;		/* still allocated: only xa_erase() frees it */

	do {
		curr = xas_store(&xas, entry);
		if (xa_track_free(xa))
			xas_clear_mark(&xas, XA_FREE_MARK);
	} while (__xas_nomem(&xas, gfp));

	return result(&xas, curr);
}
EXPORT_SYMBOL(__xa_store);

/**
 * xa_store() - store an entry at an index
 * @xa: the array
 * @index: 0 to ULONG_MAX
 * @entry: pointer or value; NULL erases, except in an array that allocates, where the index stays
 *	taken
 * @gfp: how to allocate; may sleep
 *
 * The marks of an entry that is replaced stay. Context: takes xa_lock.
 * Return: what was there before; xa_err() of it is -EINVAL if @entry may not be stored, -ENOMEM.
 */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *curr;

	might_alloc(gfp);
	xa_lock(xa);
	curr = __xa_store(xa, index, entry, gfp);
	xa_unlock(xa);
	return curr;
}
EXPORT_SYMBOL(xa_store);

/** __xa_erase() - erase an entry, with xa_lock held. As xa_erase() */
void *__xa_erase(struct xarray *xa, unsigned long index)
{
	XA_STATE(xas, xa, index);

	return result(&xas, xas_store(&xas, NULL));
}
EXPORT_SYMBOL(__xa_erase);

/**
 * xa_erase() - erase the entry at an index, a reserved one or all of a multi-index one
 *
 * Context: takes xa_lock. Return: what was there.
 */
void *xa_erase(struct xarray *xa, unsigned long index)
{
	void *entry;

	xa_lock(xa);
	entry = __xa_erase(xa, index);
	xa_unlock(xa);
	return entry;
}
EXPORT_SYMBOL(xa_erase);

/* Store @entry over NULL or something else, and say that the index is taken. */
static void store_and_take(struct xa_state *xas, void *entry)
{
	xas_store(xas, entry);
	if (entry && xa_track_free(xas->xa))
		xas_clear_mark(xas, XA_FREE_MARK);
}

/**
 * __xa_cmpxchg() - store an entry if another is there, with xa_lock held
 * @xa: the array
 * @index: 0 to ULONG_MAX
 * @old: what has to be there
 * @entry: what to put in its place
 * @gfp: how to allocate; may sleep
 *
 * Return: what was there: it is @old if @entry was stored. xa_err() of it is -EINVAL or -ENOMEM.
 */
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);
	void *curr;

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return XA_ERROR(-EINVAL);
	do {
		curr = xas_load(&xas);
		if (curr == old)
			store_and_take(&xas, entry);
	} while (__xas_nomem(&xas, gfp));

	return result(&xas, curr);
}
EXPORT_SYMBOL(__xa_cmpxchg);

/**
 * __xa_insert() - store an entry where nothing is, with xa_lock held
 *
 * Inserting NULL reserves the index. Return: 0, -EBUSY if there is an entry or a reservation,
 * -EINVAL, -ENOMEM.
 */
int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return -EINVAL;
	if (!entry)
		entry = XA_ZERO_ENTRY;
	do {
		if (xas_load(&xas))
			xas_set_err(&xas, -EBUSY);
		else
			store_and_take(&xas, entry);
	} while (__xas_nomem(&xas, gfp));

	return xas_error(&xas);
}
EXPORT_SYMBOL(__xa_insert);

/* ---- allocating indices ---- */

/**
 * __xa_alloc() - store an entry at the lowest free index, with xa_lock held
 * @xa: an array initialised with XA_FLAGS_ALLOC or XA_FLAGS_ALLOC1
 * @id: the index, set before the entry can be found
 * @entry: what to store; NULL keeps the index taken, reading as NULL
 * @limit: lowest and highest index
 * @gfp: how to allocate; may sleep
 *
 * Return: 0, -EBUSY if none is free, -EINVAL, -ENOMEM.
 */
int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	XA_STATE(xas, xa, 0);

	if (WARN_ON_ONCE(xa_is_advanced(entry)) || WARN_ON_ONCE(!xa_track_free(xa)))
		return -EINVAL;
	if (!entry)
		entry = XA_ZERO_ENTRY;
	do {
		xas.xa_index = limit.min;
		xas_find_marked(&xas, limit.max, XA_FREE_MARK);
		if (xas.xa_node == XAS_RESTART)
			xas_set_err(&xas, -EBUSY);
		else
			*id = xas.xa_index;
		store_and_take(&xas, entry);
	} while (__xas_nomem(&xas, gfp));

	return xas_error(&xas);
}
EXPORT_SYMBOL(__xa_alloc);

/**
 * __xa_alloc_cyclic() - store an entry at the next free index, with xa_lock held
 * @xa: an array initialised with XA_FLAGS_ALLOC or XA_FLAGS_ALLOC1
 * @id: the index, set before the entry can be found
 * @entry: what to store
 * @limit: lowest and highest index
 * @next: where to begin; moves to behind @id
 * @gfp: how to allocate; may sleep
 *
 * Return: 0; 1 if the search came round to limit.min since the last call that succeeded; -EBUSY if
 * none is free; -EINVAL, -ENOMEM.
 */
int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		      gfp_t gfp)
{
	u32 lowest = limit.min;
	int ret;

	limit.min = max(lowest, *next);
	ret = __xa_alloc(xa, id, entry, limit, gfp);
	if ((xa->xa_flags & XA_FLAGS_ALLOC_WRAPPED) && ret == 0) {
		/* The call before took the last index and set *next to the beginning. */
		xa->xa_flags &= ~XA_FLAGS_ALLOC_WRAPPED;
		ret = 1;
	}
	if (ret == -EBUSY && limit.min > lowest) {
		limit.min = lowest;
		ret = __xa_alloc(xa, id, entry, limit, gfp);
		if (ret == 0)
			ret = 1;
	}
	if (ret >= 0) {
		*next = *id + 1;
		if (*next == 0)
			xa->xa_flags |= XA_FLAGS_ALLOC_WRAPPED;
	}
	return ret;
}
EXPORT_SYMBOL(__xa_alloc_cyclic);

/* ---- marks ---- */

/**
 * xa_get_mark() - has the entry at an index this mark?
 *
 * Context: any; takes the RCU read lock.
 */
bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	XA_STATE(xas, xa, index);
	void *entry;
	bool marked;

	rcu_read_lock();
	do {
		entry = xas_load(&xas);
	} while (xa_is_retry(entry) && xas_retry(&xas, entry));
	marked = xas_get_mark(&xas, mark);
	rcu_read_unlock();
	/* Nothing has been made at this index yet: its mark is that of a slot above. */
	return marked && (entry || mark == XA_FREE_MARK);
}
EXPORT_SYMBOL(xa_get_mark);

/** __xa_set_mark() - give the entry at an index the mark, with xa_lock held. NULL takes none */
void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	XA_STATE(xas, xa, index);

	if (xas_load(&xas))
		xas_set_mark(&xas, mark);
}
EXPORT_SYMBOL(__xa_set_mark);

/** __xa_clear_mark() - take the mark from the entry at an index, with xa_lock held */
void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	XA_STATE(xas, xa, index);

	if (xas_load(&xas))
		xas_clear_mark(&xas, mark);
}
EXPORT_SYMBOL(__xa_clear_mark);

/** xa_set_mark() - give the entry at an index the mark. NULL takes none. Context: takes xa_lock */
void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	xa_lock(xa);
	__xa_set_mark(xa, index, mark);
	xa_unlock(xa);
}
EXPORT_SYMBOL(xa_set_mark);

/** xa_clear_mark() - take the mark from the entry at an index. Context: takes xa_lock */
void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	xa_lock(xa);
	__xa_clear_mark(xa, index, mark);
	xa_unlock(xa);
}
EXPORT_SYMBOL(xa_clear_mark);

/* ---- finding ---- */

static void *find_filtered(struct xa_state *xas, unsigned long max, xa_mark_t filter)
{
	if ((__force unsigned int)filter < XA_MAX_MARKS)
		return xas_find_marked(xas, max, filter);
	return xas_find(xas, max);
}

/* Is the state's entry one that begins before @index, and so was there before? */
static bool begins_before(const struct xa_state *xas, unsigned long index)
{
	const struct xa_node *node = xas->xa_node;
	unsigned long begin;

	if (!xas_is_node(xas))
		return false;
	begin = xas->xa_index & (~XA_CHUNK_MASK << node->shift);
	begin |= (unsigned long)xas->xa_offset << node->shift;
	return begin < index;
}

static void *find_from(struct xa_state *xas, unsigned long max, xa_mark_t filter, bool after)
{
	unsigned long index = xas->xa_index;
	void *entry;

	rcu_read_lock();
	do {
		entry = find_filtered(xas, max, filter);
	} while (xas_retry(xas, entry) || (entry && after && begins_before(xas, index)));
	rcu_read_unlock();
	return entry;
}

/**
 * xa_find() - find an entry at an index or after
 * @xa: the array
 * @indexp: where to begin; set to the index of what is found
 * @max: the last index to look at
 * @filter: XA_PRESENT for any entry, or the mark that it must have
 *
 * Context: any; takes the RCU read lock. Return: the entry, NULL if there is none.
 */
void *xa_find(struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter)
{
	XA_STATE(xas, xa, *indexp);
	void *entry = find_from(&xas, max, filter, false);

	if (entry)
		*indexp = xas.xa_index;
	return entry;
}
EXPORT_SYMBOL(xa_find);

/**
 * xa_find_after() - find the next entry after an index
 *
 * As xa_find(), but neither the index itself nor the multi-index entry that holds it is looked at.
 */
void *xa_find_after(struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter)
{
	XA_STATE(xas, xa, *indexp + 1);
	void *entry;

	if (xas.xa_index == 0)
		return NULL;
	entry = find_from(&xas, max, filter, true);
	if (entry)
		*indexp = xas.xa_index;
	return entry;
}
EXPORT_SYMBOL(xa_find_after);

/**
 * xa_extract() - copy entries into an ordinary array
 * @xa: the array
 * @dst: where to
 * @start: the first index to look at
 * @max: the last one
 * @n: how many to copy at most
 * @filter: XA_PRESENT for any entry, or the mark that they must have
 *
 * Not an atomic picture: entries stored or erased meanwhile may be missed or taken.
 * Context: any; takes the RCU read lock.
 * Return: how many were copied.
 */
unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max,
			unsigned int n, xa_mark_t filter)
{
	XA_STATE(xas, xa, start);
	unsigned int i = 0;
	void *entry;

	if (!n)
		return 0;
	rcu_read_lock();
	while (i < n && (entry = find_filtered(&xas, max, filter))) {
		if (!xas_retry(&xas, entry))
			dst[i++] = entry;
	}
	rcu_read_unlock();
	return i;
}
EXPORT_SYMBOL(xa_extract);

/* Empty the array of a state, with the lock that guards it held. */
void xa_empty_locked(struct xa_state *xas)
{
	struct xarray *xa = xas->xa;
	void *entry = xa_head_locked(xa);

	xas->xa_node = NULL;
	RCU_INIT_POINTER(xa->xa_head, NULL);
	xas_init_marks(xas);
	if (xa_zero_busy(xa))
		xa_root_mark_clear(xa, XA_FREE_MARK);
	if (xa_is_node(entry))
		xa_free_subtree(xas, xa_to_node(entry));
}

/**
 * xa_destroy() - empty the array and free its nodes
 *
 * What the entries point to is the caller's. The array can be used again.
 * Context: any; takes xa_lock with interrupts off.
 */
void xa_destroy(struct xarray *xa)
{
	XA_STATE(xas, xa, 0);
	unsigned long flags;

	xas_lock_irqsave(&xas, flags);
	xa_empty_locked(&xas);
	xas_unlock_irqrestore(&xas, flags);
}
EXPORT_SYMBOL(xa_destroy);

/* ---- printing ---- */

/** xa_dump_node() - print what a node's fields hold */
void xa_dump_node(const struct xa_node *node)
{
	unsigned int i;

	if (!node)
		return;
	if ((unsigned long)node & 3) {
		pr_cont("node %px\n", node);
		return;
	}
	pr_cont("node %px %s %d parent %px shift %d count %d values %d array %px "
		"list %px %px marks", node, node->parent ? "offset" : "max", node->offset,
		rcu_dereference_raw(node->parent),
		node->shift, node->count, node->nr_values, node->array, node->private_list.prev,
		node->private_list.next);
	for (i = 0; i < XA_MAX_MARKS; i++)
		pr_cont(" %lx", node->marks[i][0]);
	pr_cont("\n");
}

static void dump_entry(const void *entry, unsigned long index, unsigned int shift)
{
	const struct xa_node *node;
	unsigned long i;

	if (!entry)
		return;
	if (shift < BITS_PER_LONG && shift)
		pr_info("%lu-%lu: ", index, index | ((1UL << shift) - 1));
	else
		pr_info("%lu: ", index);

	if (xa_is_node(entry) && shift) {
		node = xa_to_node(entry);
		xa_dump_node(node);
		for (i = 0; i < XA_CHUNK_SIZE; i++)
			dump_entry(rcu_dereference_raw(node->slots[i]),
				   index + (i << node->shift), node->shift);
	} else if (xa_is_value(entry)) {
		pr_cont("value %ld (0x%lx)\n", xa_to_value(entry), xa_to_value(entry));
	} else if (!xa_is_internal(entry)) {
		pr_cont("%px\n", entry);
	} else if (xa_is_retry(entry)) {
		pr_cont("retry (%ld)\n", xa_to_internal(entry));
	} else if (xa_is_sibling(entry)) {
		pr_cont("sibling (slot %ld)\n", xa_to_sibling(entry));
	} else if (xa_is_zero(entry)) {
		pr_cont("zero (%ld)\n", xa_to_internal(entry));
	} else {
		pr_cont("not an entry: %px\n", entry);
	}
}

/**
 * xa_dump() - print the whole array
 * @xa: it
 *
 * Weak, since test files written for Linux bring an empty one unless XA_DEBUG is defined.
 *
 * Context: xa_lock held, or nobody changes it.
 */
void __weak xa_dump(const struct xarray *xa)
{
	void *entry = rcu_dereference_raw(xa->xa_head);

	pr_info("xarray: %px head %px flags %x marks %d %d %d\n", xa, entry,
		(__force unsigned int)xa->xa_flags, xa_marked(xa, XA_MARK_0),
		xa_marked(xa, XA_MARK_1), xa_marked(xa, XA_MARK_2));
	dump_entry(entry, 0, xa_is_node(entry) ? xa_to_node(entry)->shift + XA_CHUNK_SHIFT : 0);
}
