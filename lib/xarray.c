// SPDX-License-Identifier: MIT
/*
 * XArray: the tree.
 *
 * A radix tree of nodes with 64 slots; each level takes six bits of the index.
 *
 *	xa_head --> node shift 6 --> [0] --> node shift 0 --> [0]  index 0
 *	                             [1] --> node shift 0 --> [1]  index 1
 *	                             ...                      ...
 *
 * It is as high as its greatest index needs:
 *
 *	H1  Empty: xa_head is NULL. Only index 0: xa_head is that entry itself.
 *	H2  A top node has an entry in some slot other than 0, or a multi-index entry in slot 0 that
 *	    no lower level could hold. (A grown tree whose store then failed may break H2; the next
 *	    removal repairs it.)
 *	H3  A node has at least one slot that is not NULL (count says how many), unless
 *	    xas_create_range() made it. The last entry out takes the node along.
 *
 * An entry for 2^n indices lies in a node of shift n - n % 6 and takes 2^(n % 6) slots there: its
 * own, the lowest, and siblings that hold its number. Replacing or erasing it through any of its
 * indices does so for all of them.
 *
 * Marks: the bit of a slot is set if its entry has the mark, or if any below has; the bits of
 * xa_flags are those of the head. In arrays that track free indices XA_FREE_MARK is also set for
 * slots that are NULL, so new nodes are born with it all set, and a search for it finds places.
 *
 * Readers under RCU beside one writer:
 *
 *	R1  A node is filled before a release store publishes it.
 *	R2  A slot changes by one store. Slots of a multi-index entry change one by one, so readers
 *	    may see the old entry here and the new one there.
 *	R3  A node that leaves the tree lives for a grace period, and the entries in it become
 *	    XA_RETRY_ENTRY: a reader who stands in it starts again from the head. If the slot was
 *	    NULL, so is it left: that was true when the reader came.
 *
 * Memory: a store first walks as far as the tree goes, then counts the nodes that it lacks, and
 * gets them all before it links one. With the lock held it may not sleep; if memory is short, the
 * count stays in xa_pad, the state stops with -ENOMEM, and xas_nomem() gets that many without the
 * lock. A failed store has changed nothing.
 */

#include "xarray_internal.h"

#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/math.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/radix-tree.h>
#include <linux/slab.h>
#include <linux/smp.h>

static struct kmem_cache *xa_node_cachep;

/* ---- nodes ---- */

static gfp_t node_gfp(const struct xarray *xa, gfp_t gfp)
{
	if (xa->xa_flags & XA_FLAGS_ACCOUNT)
		gfp |= __GFP_ACCOUNT;
	return gfp | __GFP_ZERO;
}

/*
 * Nodes that radix_tree_preload() put aside for the stores that follow on its CPU. They are used by
 * the task that preloaded, and only until it ends that: preemption is off meanwhile.
 */
struct preload {
	bool		open;
	unsigned int	count;
	struct xa_node	*nodes;		/* chained through their parent */
};

static DEFINE_PER_CPU(struct preload, preloads);

#define PRELOAD_NODES	DIV_ROUND_UP(BITS_PER_LONG, XA_CHUNK_SHIFT)

static struct xa_node *preload_take(void)
{
	struct preload *p = this_cpu_ptr(&preloads);
	struct xa_node *node = p->nodes;

	if (!node)
		return NULL;
	p->nodes = rcu_dereference_raw(node->parent);
	p->count--;
	RCU_INIT_POINTER(node->parent, NULL);
	return node;
}

/* A node for a store that may not sleep: from the cache, else what was preloaded. */
struct xa_node *xa_node_alloc(struct xarray *xa, gfp_t gfp)
{
	struct xa_node *node = kmem_cache_alloc(xa_node_cachep, node_gfp(xa, gfp));

	if (unlikely(!node) && !preemptible() && in_task() && this_cpu_read(preloads.open))
		node = preload_take();
	if (node)
		INIT_LIST_HEAD(&node->private_list);
	return node;
}

/**
 * radix_tree_preload() - put nodes aside on this CPU, for a store that may not sleep
 * @gfp: how to allocate them
 *
 * Context: task. May sleep, if @gfp lets it. With 0, preemption is off until
 * radix_tree_preload_end().
 * Return: 0; -ENOMEM, and then preemption is as it was.
 */
int radix_tree_preload(gfp_t gfp)
{
	struct preload *p;

	preempt_disable();
	p = this_cpu_ptr(&preloads);
	while (p->count < PRELOAD_NODES) {
		struct xa_node *node;

		/* It may sleep, and wake up on another CPU. */
		preempt_enable();
		node = kmem_cache_alloc(xa_node_cachep, gfp | __GFP_ZERO);
		if (!node)
			return -ENOMEM;
		preempt_disable();
		p = this_cpu_ptr(&preloads);
		RCU_INIT_POINTER(node->parent, p->nodes);
		p->nodes = node;
		p->count++;
	}
	p->open = true;
	return 0;
}
EXPORT_SYMBOL(radix_tree_preload);

/**
 * radix_tree_maybe_preload() - radix_tree_preload() if @gfp lets it sleep; else nothing is put
 * aside
 * @gfp: how to allocate the nodes
 *
 * Return: 0, and preemption is off until radix_tree_preload_end(); -ENOMEM.
 */
int radix_tree_maybe_preload(gfp_t gfp)
{
	if (gfpflags_allow_blocking(gfp))
		return radix_tree_preload(gfp);
	preempt_disable();
	return 0;
}
EXPORT_SYMBOL(radix_tree_maybe_preload);

/** radix_tree_preload_end() - the store is done: closes this CPU's reserve and allows preemption */
void radix_tree_preload_end(void)
{
	this_cpu_write(preloads.open, false);
	preempt_enable();
}
EXPORT_SYMBOL(radix_tree_preload_end);

/**
 * radix_tree_preload_drain() - free what is put aside on all CPUs. For tests, while nobody preloads
 */
void radix_tree_preload_drain(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct preload *p = per_cpu_ptr(&preloads, cpu);

		while (p->nodes) {
			struct xa_node *node = p->nodes;

			p->nodes = rcu_dereference_raw(node->parent);
			p->count--;
			kmem_cache_free(xa_node_cachep, node);
		}
	}
}

static void node_free_rcu(struct rcu_head *head)
{
	kmem_cache_free(xa_node_cachep, container_of(head, struct xa_node, rcu_head));
}

/* Out of the tree, but perhaps under a reader's eyes. */
static void node_retire(struct xa_node *node)
{
	XA_NODE_BUG_ON(node, !list_empty(&node->private_list));
	call_rcu(&node->rcu_head, node_free_rcu);
}

/**
 * xas_destroy() - free the nodes that a state keeps in reserve
 * @xas: state that is not going to store any more
 *
 * Needed only by those who leave the loop round xas_nomem() early. Context: any.
 */
void xas_destroy(struct xa_state *xas)
{
	struct xa_node *node;

	while ((node = xas->xa_alloc)) {
		xas->xa_alloc = rcu_dereference_raw(node->parent);
		kmem_cache_free(xa_node_cachep, node);
	}
}
EXPORT_SYMBOL(xas_destroy);

/* Get the reserve up to @want nodes. */
static bool reserve_fill(struct xa_state *xas, unsigned int want, gfp_t gfp)
{
	struct xa_node *node;
	unsigned int have = 0;

	for (node = xas->xa_alloc; node; node = rcu_dereference_raw(node->parent))
		have++;
	for (; have < want; have++) {
		node = xa_node_alloc(xas->xa, gfp);
		if (!node)
			return false;
		RCU_INIT_POINTER(node->parent, xas->xa_alloc);
		xas->xa_alloc = node;
	}
	return true;
}

/* Under the lock. A reserve that xas_nomem() has begun is kept, any other is given back at once. */
static bool reserve_nodes(struct xa_state *xas, unsigned int want)
{
	bool begun = xas->xa_alloc;

	if (likely(reserve_fill(xas, want, GFP_NOWAIT | __GFP_NOWARN)))
		return true;
	if (!begun)
		xas_destroy(xas);
	xas->xa_pad = want;
	xas_set_err(xas, -ENOMEM);
	return false;
}

static struct xa_node *reserve_take(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_alloc;

	xas->xa_alloc = rcu_dereference_raw(node->parent);
	node->array = xas->xa;
	return node;
}

/**
 * xas_nomem() - after a store: get memory if that is what it lacked
 * @xas: the state
 * @gfp: how; may sleep
 *
 * Call it without the lock, in a loop round the locked part:
 *
 *	do {
 *		xas_lock(&xas);
 *		xas_store(&xas, entry);
 *		xas_unlock(&xas);
 *	} while (xas_nomem(&xas, gfp));
 *
 * It also frees what is left of the reserve when it answers false.
 * Return: true if the state had stopped with -ENOMEM and is to try again.
 */
bool xas_nomem(struct xa_state *xas, gfp_t gfp)
{
	if (xas->xa_node == XA_ERROR(-ENOMEM) && 
	    reserve_fill(xas, max_t(unsigned int, xas->xa_pad, 1), gfp)) {
		xas->xa_node = XAS_RESTART;
		return true;
	}
	xas_destroy(xas);
	return false;
}
EXPORT_SYMBOL(xas_nomem);

static void unlock_by_type(struct xarray *xa)
{
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		xa_unlock_irq(xa);
	else if (xa->xa_flags & XA_FLAGS_LOCK_BH)
		xa_unlock_bh(xa);
	else
		xa_unlock(xa);
}

static void lock_by_type(struct xarray *xa)
{
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		xa_lock_irq(xa);
	else if (xa->xa_flags & XA_FLAGS_LOCK_BH)
		xa_lock_bh(xa);
	else
		xa_lock(xa);
}

/* xas_nomem() for a caller who holds the lock, and lets go of it if @gfp may sleep. */
bool __xas_nomem(struct xa_state *xas, gfp_t gfp)
{
	bool again;

	if (likely(xas->xa_node != XA_ERROR(-ENOMEM))) {
		if (unlikely(xas->xa_alloc))
			xas_destroy(xas);
		return false;
	}
	if (!gfpflags_allow_blocking(gfp))
		return xas_nomem(xas, gfp);
	unlock_by_type(xas->xa);
	again = xas_nomem(xas, gfp);
	lock_by_type(xas->xa);
	return again;
}

void xas_update(struct xa_state *xas, struct xa_node *node)
{
	if (xas->xa_update)
		xas->xa_update(node);
	else
		XA_NODE_BUG_ON(node, !list_empty(&node->private_list));
}

/* ---- the walk ---- */

/*
 * Where a walk begins: at the state's own slot, or at the head. xa_node becomes NULL for the head,
 * XAS_BOUNDS if the tree doesn't reach as far as the index.
 */
void *xas_start(struct xa_state *xas)
{
	void *entry;

	if (xas_valid(xas))
		return xas_reload(xas);
	if (xas_error(xas))
		return NULL;
	entry = xa_head(xas->xa);
	if (xa_beyond(entry, xas->xa_index))
		return xas_out_of_bounds(xas);
	xas->xa_node = NULL;
	return entry;
}

/**
 * xas_load() - go to the state's index and read what is there
 * @xas: the state
 *
 * With an order, the walk ends at the node of that order, and what it returns may be a node.
 * Context: RCU read lock or xa_lock.
 * Return: the entry, which may be a zero or a retry entry (see xas_retry()); NULL.
 */
void *xas_load(struct xa_state *xas)
{
	void *entry = xas_start(xas);

	while (xa_is_node(entry)) {
		struct xa_node *node = xa_to_node(entry);

		if (xas->xa_shift > node->shift)
			break;
		entry = xas_descend(xas, node);
		if (!node->shift)
			break;
	}
	return entry;
}
EXPORT_SYMBOL(xas_load);

/**
 * xa_load() - read the entry at an index
 * @xa: the array
 * @index: 0 to ULONG_MAX
 *
 * Context: any; takes the RCU read lock.
 * Return: the entry, NULL if there is none.
 */
void *xa_load(struct xarray *xa, unsigned long index)
{
	struct xa_node *node;
	void *entry;

	/* A state of its own would cost more than the walk. */
	rcu_read_lock();
again:
	entry = xa_head(xa);
	if (xa_beyond(entry, index)) {
		entry = NULL;
		goto out;
	}
	while (xa_is_node(entry)) {
		node = xa_to_node(entry);
		entry = xa_entry(xa, node, xa_offset_in(node, index));
		if (likely(!xa_is_sibling(entry)))
			continue;
		do {
			entry = xa_entry(xa, node, xa_to_sibling(entry));
		} while (xa_is_sibling(entry));
		/* An entry being split: see xas_descend(). */
		if (xa_is_node(entry))
			goto again;
	}
	if (unlikely(xa_is_internal(entry))) {
		if (xa_is_retry(entry))
			goto again;
		entry = xa_zero_to_null(entry);
	}
out:
	rcu_read_unlock();
	return entry;
}
EXPORT_SYMBOL(xa_load);

/* ---- growing ---- */

/* Shift of the top node that the state's indices need. */
static unsigned int shift_wanted(const struct xa_state *xas)
{
	unsigned long last = xas->xa_index | (((unsigned long)xas->xa_sibs << xas->xa_shift));
	unsigned int shift = xas->xa_shift;

	while ((last >> shift) > XA_CHUNK_MASK)
		shift += XA_CHUNK_SHIFT;
	return shift;
}

/* Everything below a new node is free, if that is tracked. */
static void node_init_free_mark(struct xarray *xa, struct xa_node *node)
{
	if (xa_track_free(xa))
		bitmap_fill(xa_node_marks(node, XA_FREE_MARK), XA_CHUNK_SIZE);
}

/* A node above @head, which becomes its slot 0. */
static void *grow_once(struct xa_state *xas, void *head)
{
	struct xarray *xa = xas->xa;
	struct xa_node *node = reserve_take(xas);
	xa_mark_t mark;

	node->shift = xa_is_node(head) ? xa_to_node(head)->shift + XA_CHUNK_SHIFT : 0;
	node->offset = 0;
	node->count = 1;
	node->nr_values = xa_is_value(head);
	RCU_INIT_POINTER(node->parent, NULL);
	RCU_INIT_POINTER(node->slots[0], head);

	node_init_free_mark(xa, node);
	for_each_xa_mark(mark)
		xa_node_mark(node, mark, 0, 0, xa_marked(xa, mark));
	if (xa_track_free(xa))
		xa_root_mark_set(xa, XA_FREE_MARK);

	/* R1: all of this before readers find the node */
	if (xa_is_node(head))
		rcu_assign_pointer(xa_to_node(head)->parent, node);
	head = xa_mk_node(node);
	rcu_assign_pointer(xa->xa_head, head);
	xas_update(xas, node);
	return head;
}

/*
 * Make the tree high enough for the state. An empty tree stays empty: nodes are made on the way
 * down. Sets *@level to what a slot at the head covers, as a shift: 0 for a single index.
 */
static bool grow(struct xa_state *xas, bool allow_root, unsigned int *level)
{
	struct xarray *xa = xas->xa;
	void *head = xa_head_locked(xa);
	unsigned int have, want, missing = 0;

	if (!xas->xa_index && !xas->xa_shift && !xas->xa_sibs && allow_root && !xa_is_node(head)) {
		*level = 0;
		return true;
	}
	want = shift_wanted(xas) + XA_CHUNK_SHIFT;
	if (!head) {
		*level = want;
		if (!xa_zero_busy(xa))
			return true;
		head = XA_ZERO_ENTRY;
	}
	have = xa_is_node(head) ? xa_to_node(head)->shift + XA_CHUNK_SHIFT : 0;
	*level = max(have, want);
	if (have >= want)
		return true;

	/*
	 * Those below the new top that the state needs for itself: off slot 0, all down to its
	 * level.
	 */
	if (xas->xa_index >> (want - XA_CHUNK_SHIFT))
		missing = (want - XA_CHUNK_SHIFT - xas->xa_shift) / XA_CHUNK_SHIFT;
	if (!reserve_nodes(xas, (want - have) / XA_CHUNK_SHIFT + missing))
		return false;
	for (; have < want; have += XA_CHUNK_SHIFT)
		head = grow_once(xas, head);
	return true;
}

/* A node in the state's slot, which is NULL. */
static struct xa_node *make_child(struct xa_state *xas, unsigned int shift)
{
	struct xa_node *node = reserve_take(xas), *parent = xas->xa_node;

	node->shift = shift;
	node->offset = parent ? xas->xa_offset : 0;
	RCU_INIT_POINTER(node->parent, parent);
	node_init_free_mark(xas->xa, node);
	if (!parent) {
		rcu_assign_pointer(xas->xa->xa_head, xa_mk_node(node));
		return node;
	}
	rcu_assign_pointer(parent->slots[xas->xa_offset], xa_mk_node(node));
	parent->count++;
	XA_NODE_BUG_ON(parent, parent->count > XA_CHUNK_SIZE);
	xas_update(xas, parent);
	return node;
}

/*
 * Go to the state's slot, and make what is missing on the way. Ends early at an entry that spans
 * more than the state does. @allow_root: may an entry at index 0 live in xa_head?
 *
 * Return: what is in the slot. On error the state says so and the tree holds what it held.
 */
void *xas_create(struct xa_state *xas, bool allow_root)
{
	struct xarray *xa = xas->xa;
	struct xa_node *node = xas->xa_node;
	bool reserved = false;
	unsigned int level;
	void *entry;

	if (xas_top(node)) {
		xas->xa_node = NULL;
		if (!grow(xas, allow_root, &level))
			return NULL;
		entry = xa_head_locked(xa);
	} else if (xas_error(xas)) {
		return NULL;
	} else {
		level = node->shift;
		entry = xa_entry_locked(xa, node, xas->xa_offset);
	}

	while (level > xas->xa_shift) {
		level -= XA_CHUNK_SHIFT;
		if (xa_is_node(entry)) {
			node = xa_to_node(entry);
		} else if (entry) {
			break;
		} else {
			/* Below the first missing node all others are missing too. */
			if (!reserved &&
			    !reserve_nodes(xas, (level - xas->xa_shift) / XA_CHUNK_SHIFT + 1))
				return NULL;
			reserved = true;
			node = make_child(xas, level);
		}
		level = node->shift;
		entry = xas_descend(xas, node);
	}
	return entry;
}

/* ---- shrinking ---- */

/* H2: take away top nodes that hold nothing but slot 0. */
static void shrink(struct xa_state *xas)
{
	struct xarray *xa = xas->xa;
	struct xa_node *node = xas->xa_node;

	for (;;) {
		void *entry;

		if (node->count != 1)
			return;
		entry = xa_entry_locked(xa, node, 0);
		if (!entry || (!xa_is_node(entry) && node->shift))
			return;
		if (xa_zero_busy(xa))
			entry = xa_zero_to_null(entry);

		xas->xa_node = XAS_BOUNDS;
		RCU_INIT_POINTER(xa->xa_head, entry);
		if (xa_track_free(xa) && !test_bit(0, xa_node_marks(node, XA_FREE_MARK)))
			xa_root_mark_clear(xa, XA_FREE_MARK);
		node->count = 0;
		node->nr_values = 0;
		if (!xa_is_node(entry))
			RCU_INIT_POINTER(node->slots[0], XA_RETRY_ENTRY);	/* R3 */
		xas_update(xas, node);
		node_retire(node);
		if (!xa_is_node(entry))
			return;
		node = xa_to_node(entry);
		RCU_INIT_POINTER(node->parent, NULL);
	}
}

/* H3: the state's node may have become empty. */
static void remove_empty(struct xa_state *xas)
{
	struct xarray *xa = xas->xa;
	struct xa_node *node = xas->xa_node;

	while (!node->count) {
		struct xa_node *parent = xa_parent_locked(xa, node);

		xas->xa_node = parent;
		xas->xa_offset = node->offset;
		if (parent) {
			RCU_INIT_POINTER(parent->slots[node->offset], NULL);
			parent->count--;
		} else {
			RCU_INIT_POINTER(xa->xa_head, NULL);
			xas->xa_node = XAS_BOUNDS;
		}
		node_retire(node);
		if (!parent)
			return;
		xas_update(xas, parent);
		node = parent;
	}
	if (!xa_parent_locked(xa, node))
		shrink(xas);
}

/* Free a node that was replaced, and all below it. */
void xa_free_subtree(struct xa_state *xas, struct xa_node *top)
{
	struct xa_node *node = top;
	unsigned int offset = 0;

	for (;;) {
		void *entry = xa_entry_locked(xas->xa, node, offset);

		if (node->shift && xa_is_node(entry)) {
			node = xa_to_node(entry);
			offset = 0;
			continue;
		}
		if (entry)
			RCU_INIT_POINTER(node->slots[offset], XA_RETRY_ENTRY);	/* R3 */
		offset++;
		while (offset == XA_CHUNK_SIZE) {
			struct xa_node *done = node;

			node = xa_parent_locked(xas->xa, done);
			offset = done->offset + 1;
			done->count = 0;
			done->nr_values = 0;
			xas_update(xas, done);
			node_retire(done);
			if (done == top)
				return;
		}
	}
}

/* Account for @count slots more that are not NULL, and @values more that hold values. */
void xas_count_changed(struct xa_state *xas, struct xa_node *node, int count, int values)
{
	if (!count && !values)
		return;
	node->count += count;
	node->nr_values += values;
	XA_NODE_BUG_ON(node, node->count > XA_CHUNK_SIZE);
	XA_NODE_BUG_ON(node, node->nr_values > XA_CHUNK_SIZE);
	xas_update(xas, node);
	if (count < 0)
		remove_empty(xas);
}

/* ---- storing ---- */

/* Slots @first + 1 to @last become siblings of @first, which gets their marks. */
static void gather_marks(struct xa_node *node, unsigned int first, unsigned int last)
{
	xa_mark_t mark;

	for_each_xa_mark(mark) {
		if (find_next_bit(xa_node_marks(node, mark), last + 1, first + 1) > last)
			continue;
		xa_node_mark(node, mark, first, first, true);
		xa_node_mark(node, mark, first + 1, last, false);
	}
}

/* Store in slots @first to @last of the state's node, whatever each holds. */
static void store_slots(struct xa_state *xas, void *entry, unsigned int first, unsigned int last)
{
	struct xa_node *node = xas->xa_node;
	int count = 0, values = 0;
	bool was_value = false;
	unsigned int i;

	if (entry)
		gather_marks(node, first, last);
	for (i = first; i <= last; i++) {
		void *old = xa_entry_locked(xas->xa, node, i);

		if (!xa_is_sibling(old))
			was_value = xa_is_value(old);
		count += !!entry - !!old;
		values += xa_is_value(entry) - was_value;
		rcu_assign_pointer(node->slots[i], entry &&
				   i > first ? xa_mk_sibling(first) : entry);
		if (!entry) {
			xas->xa_offset = i;
			xas_init_marks(xas);
		}
		if (node->shift && xa_is_node(old))
			xa_free_subtree(xas, xa_to_node(old));
	}
	xas->xa_offset = first;
	xas_count_changed(xas, node, count, values);
}

static void store_head(struct xa_state *xas, void *entry, void *old)
{
	if (!entry)
		xas_init_marks(xas);
	rcu_assign_pointer(xas->xa->xa_head, entry);
	if (xa_is_node(old))
		xa_free_subtree(xas, xa_to_node(old));
}

/**
 * xas_store() - store an entry at the state's place
 * @xas: the state; with an order, the entry is stored at all its indices
 * @entry: what to store; NULL erases
 *
 * A multi-index entry that the place touches is replaced, or erased, whole. An entry that replaces
 * another keeps its marks.
 *
 * Context: xa_lock held. Doesn't sleep: see xas_nomem().
 * Return: what was there (with an order, at its first index). Errors are in the state: -ENOMEM.
 */
void *xas_store(struct xa_state *xas, void *entry)
{
	struct xa_node *node;
	unsigned int first, last;
	void *old;

	if (entry)
		old = xas_create(xas, !xa_is_node(entry) && !xa_is_zero(entry));
	else
		old = xas_load(xas);
	if (xas_invalid(xas))
		return old;

	node = xas->xa_node;
	if (!node) {
		if (old != entry)
			store_head(xas, entry, old);
		return old;
	}

	first = xas->xa_offset;
	last = first + xas->xa_sibs;
	if (xas->xa_shift < node->shift)
		last = first;		/* not beside the larger entry, but in its place */
	if (old == entry && first == last)
		return old;
	while (unlikely(xa_is_sibling(xa_entry_locked(xas->xa, node, first))))
		first = xa_to_sibling(xa_entry_locked(xas->xa, node, first));
	while (last < XA_CHUNK_MASK && xa_is_sibling(xa_entry_locked(xas->xa, node, last + 1)))
		last++;
	if (first < last) {
		store_slots(xas, entry, first, last);
		return old;
	}

	rcu_assign_pointer(node->slots[first], entry);
	if (!entry)
		xas_init_marks(xas);
	if (unlikely(node->shift && xa_is_node(old)))
		xa_free_subtree(xas, xa_to_node(old));
	xas_count_changed(xas, node, !!entry - !!old, xa_is_value(entry) - xa_is_value(old));
	return old;
}
EXPORT_SYMBOL(xas_store);

/* ---- marks ---- */

/**
 * xas_get_mark() - has the entry at the state's place this mark?
 *
 * Context: RCU read lock or xa_lock. Return: false too if the state is nowhere.
 */
bool xas_get_mark(const struct xa_state *xas, xa_mark_t mark)
{
	if (xas_invalid(xas))
		return false;
	if (!xas->xa_node)
		return xa_marked(xas->xa, mark);
	return test_bit(xas->xa_offset, xa_node_marks(xas->xa_node, mark));
}
EXPORT_SYMBOL(xas_get_mark);

/** xas_set_mark() - give the entry at the state's place the mark. Context: xa_lock held */
void xas_set_mark(const struct xa_state *xas, xa_mark_t mark)
{
	struct xa_node *node = xas->xa_node;
	unsigned int offset = xas->xa_offset;

	if (xas_invalid(xas))
		return;
	for (; node; node = xa_parent_locked(xas->xa, node)) {
		if (test_bit(offset, xa_node_marks(node, mark)))
			return;
		xa_node_mark(node, mark, offset, offset, true);
		offset = node->offset;
	}
	xa_root_mark_set(xas->xa, mark);
}
EXPORT_SYMBOL(xas_set_mark);

/** xas_clear_mark() - take the mark from the entry at the state's place. Context: xa_lock held */
void xas_clear_mark(const struct xa_state *xas, xa_mark_t mark)
{
	struct xa_node *node = xas->xa_node;
	unsigned int offset = xas->xa_offset;

	if (xas_invalid(xas))
		return;
	for (; node; node = xa_parent_locked(xas->xa, node)) {
		unsigned long *marks = xa_node_marks(node, mark);

		if (!test_bit(offset, marks))
			return;
		xa_node_mark(node, mark, offset, offset, false);
		if (!bitmap_empty(marks, XA_CHUNK_SIZE))
			return;
		offset = node->offset;
	}
	xa_root_mark_clear(xas->xa, mark);
}
EXPORT_SYMBOL(xas_clear_mark);

/**
 * xas_init_marks() - give the place the marks of a NULL entry
 *
 * That is none, or XA_FREE_MARK where that is tracked. Context: xa_lock held.
 */
void xas_init_marks(const struct xa_state *xas)
{
	xa_mark_t mark;

	for_each_xa_mark(mark) {
		if (mark == XA_FREE_MARK && xa_track_free(xas->xa))
			xas_set_mark(xas, mark);
		else
			xas_clear_mark(xas, mark);
	}
}
EXPORT_SYMBOL(xas_init_marks);

/**
 * xa_delete_node() - remove a node and all in it: for owners of xa_update. Context: xa_lock held
 */
void xa_delete_node(struct xa_node *node, xa_update_node_t update)
{
	struct xa_state xas = {
		.xa = node->array,
		.xa_index = (unsigned long)node->offset << (node->shift + XA_CHUNK_SHIFT),
		.xa_shift = node->shift + XA_CHUNK_SHIFT,
		.xa_offset = node->offset,
		.xa_node = xa_parent_locked(node->array, node),
		.xa_update = update,
	};

	xas_store(&xas, NULL);
}
EXPORT_SYMBOL(xa_delete_node);

/** xarray_init() - at boot, as soon as there are slab caches */
void __init xarray_init(void)
{
	xa_node_cachep = kmem_cache_create("xa_node", sizeof(struct xa_node), 0,
					   SLAB_PANIC | SLAB_RECLAIM_ACCOUNT, NULL);
}
