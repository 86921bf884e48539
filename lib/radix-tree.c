// SPDX-License-Identifier: MIT
/* The older names of the XArray: see <linux/radix-tree.h>. The reserve of preloading: xarray.c. */

#include <linux/radix-tree.h>

#include <linux/err.h>
#include <linux/export.h>

static xa_mark_t mark_of(unsigned int tag)
{
	return (__force xa_mark_t)tag;
}

/* Its readers' functions take a const tree, but those of the array don't. */
static struct xarray *array_of(const struct radix_tree_root *root)
{
	return (struct xarray *)root;
}

/**
 * radix_tree_insert() - store an item where nothing is
 *
 * Context: the user's lock held; sleeps if the tree's gfp flags say so. Return: 0, -EEXIST,
 * -ENOMEM.
 */
int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item)
{
	gfp_t gfp = root->xa_flags & __GFP_BITS_MASK & RADIX_TREE_GFP_MASK;
	XA_STATE(xas, root, index);

	do {
		if (xas_load(&xas))
			xas_set_err(&xas, -EEXIST);
		else
			xas_store(&xas, item);
	} while (xas_nomem(&xas, gfp));
	return xas_error(&xas);
}
EXPORT_SYMBOL(radix_tree_insert);

/** radix_tree_lookup() - the item at @index, or NULL. Context: any; takes the RCU read lock */
void *radix_tree_lookup(const struct radix_tree_root *root, unsigned long index)
{
	return xa_load(array_of(root), index);
}
EXPORT_SYMBOL(radix_tree_lookup);

/**
 * radix_tree_delete_item() - erase an item if it is the one expected (NULL: any). Return: it, or
 * NULL
 */
void *radix_tree_delete_item(struct radix_tree_root *root, unsigned long index, void *item)
{
	XA_STATE(xas, root, index);
	void *entry = xas_load(&xas);

	if (!entry || (item && entry != item))
		return NULL;
	xas_store(&xas, NULL);
	return entry;
}
EXPORT_SYMBOL(radix_tree_delete_item);

/**
 * radix_tree_delete() - erase the item at @index. Return: it, or NULL. Context: the user's lock
 * held
 */
void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
	return radix_tree_delete_item(root, index, NULL);
}
EXPORT_SYMBOL(radix_tree_delete);

/**
 * radix_tree_gang_lookup() - copy the next items from @first_index on
 * @root: the tree
 * @results: gets them, in order of their indices
 * @first_index: where to begin
 * @max_items: room in @results
 *
 * Context: any; takes the RCU read lock.
 * Return: how many were copied.
 */
unsigned int radix_tree_gang_lookup(const struct radix_tree_root *root, void **results,
				    unsigned long first_index, unsigned int max_items)
{
	return xa_extract(array_of(root), results, first_index, ULONG_MAX, max_items, XA_PRESENT);
}
EXPORT_SYMBOL(radix_tree_gang_lookup);

/** radix_tree_gang_lookup_tag() - radix_tree_gang_lookup() of the items that have @tag (0 to 2) */
unsigned int radix_tree_gang_lookup_tag(const struct radix_tree_root *root, void **results,
					unsigned long first_index, unsigned int max_items,
					unsigned int tag)
{
	return xa_extract(array_of(root), results, first_index, ULONG_MAX, max_items, mark_of(tag));
}
EXPORT_SYMBOL(radix_tree_gang_lookup_tag);

/** radix_tree_tag_set() - tag an item. Return: the item, NULL if there is none */
void *radix_tree_tag_set(struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	XA_STATE(xas, root, index);
	void *entry = xas_load(&xas);

	if (entry)
		xas_set_mark(&xas, mark_of(tag));
	return entry;
}
EXPORT_SYMBOL(radix_tree_tag_set);

/** radix_tree_tag_clear() - take a tag off an item. Return: the item, NULL if there is none */
void *radix_tree_tag_clear(struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	XA_STATE(xas, root, index);
	void *entry = xas_load(&xas);

	if (entry)
		xas_clear_mark(&xas, mark_of(tag));
	return entry;
}
EXPORT_SYMBOL(radix_tree_tag_clear);

/** radix_tree_tag_get() - does the item at @index have @tag? */
int radix_tree_tag_get(const struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	return xa_get_mark(array_of(root), index, mark_of(tag));
}
EXPORT_SYMBOL(radix_tree_tag_get);

/** radix_tree_tagged() - has any item of the tree @tag? */
int radix_tree_tagged(const struct radix_tree_root *root, unsigned int tag)
{
	return xa_marked(root, mark_of(tag));
}
EXPORT_SYMBOL(radix_tree_tagged);

/* ---- slots ---- */

/* The slot of the state, and NULL where it doesn't stand at one. */
static void __rcu **slot_of(struct xa_state *xas)
{
	if (xas_is_node(xas))
		return &xas->xa_node->slots[xas->xa_offset];
	return xas->xa_node ? NULL : &xas->xa->xa_head;
}

/**
 * radix_tree_lookup_slot() - where an item is kept
 *
 * Context: the user's lock or the RCU read lock. Return: the slot; NULL if there is no item.
 */
void __rcu **radix_tree_lookup_slot(const struct radix_tree_root *root, unsigned long index)
{
	XA_STATE(xas, array_of(root), index);

	return xas_load(&xas) ? slot_of(&xas) : NULL;
}
EXPORT_SYMBOL(radix_tree_lookup_slot);

/**
 * radix_tree_replace_slot() - put another item in a slot
 * @root: the tree
 * @slot: of radix_tree_lookup_slot()
 * @entry: the item: not NULL, and a value only where a value was; else radix_tree_iter_replace()
 *
 * Context: the user's lock.
 */
void radix_tree_replace_slot(struct radix_tree_root *root, void __rcu **slot, void *entry)
{
	void *old = rcu_dereference_raw(*slot);

	WARN_ON_ONCE(slot != &root->xa_head &&
		     (!entry != !old || xa_is_value(entry) != xa_is_value(old)));
	rcu_assign_pointer(*slot, entry);
}
EXPORT_SYMBOL(radix_tree_replace_slot);

/** radix_tree_iter_replace() - put another item in the slot that a walk stands at; any but NULL */
void radix_tree_iter_replace(struct radix_tree_root *root, const struct radix_tree_iter *iter,
			     void __rcu **slot, void *entry)
{
	XA_STATE(xas, root, iter->index);

	(void)slot;
	xas_store(&xas, entry);
}
EXPORT_SYMBOL(radix_tree_iter_replace);

/**
 * radix_tree_iter_delete() - erase what a walk stands at
 *
 * The walk goes on behind it with a chunk of its own: the node may have gone.
 */
void radix_tree_iter_delete(struct radix_tree_root *root, struct radix_tree_iter *iter,
			    void __rcu **slot)
{
	XA_STATE(xas, root, iter->index);

	xas_store(&xas, NULL);
	slot = radix_tree_iter_resume(slot, iter);
}
EXPORT_SYMBOL(radix_tree_iter_delete);

/** radix_tree_iter_tag_clear() - take a tag off the item where @iter is */
void radix_tree_iter_tag_clear(struct radix_tree_root *root, const struct radix_tree_iter *iter,
			       unsigned int tag)
{
	radix_tree_tag_clear(root, iter->index, tag);
}
EXPORT_SYMBOL(radix_tree_iter_tag_clear);

/* Tags of the slots of a node from @offset on, as bits. */
static unsigned long tags_from(const struct xa_node *node, unsigned int offset, unsigned int tag)
{
	return READ_ONCE(node->marks[tag][0]) >> offset;
}

/**
 * radix_tree_next_chunk() - the next slot that a walk wants, and how far it can step from there
 * @root: the tree
 * @iter: the walk
 * @flags: RADIX_TREE_ITER_TAGGED with a tag, RADIX_TREE_ITER_CONTIG, or 0
 *
 * Context: the user's lock or the RCU read lock. Return: the slot; NULL at the end.
 */
void __rcu **radix_tree_next_chunk(const struct radix_tree_root *root,
				   struct radix_tree_iter *iter, unsigned int flags)
{
	unsigned int tag = flags & RADIX_TREE_ITER_TAG_MASK;
	XA_STATE(xas, array_of(root), iter->next_index);
	unsigned long last;
	void *entry;

	BUILD_BUG_ON(RADIX_TREE_TAG_LONGS != 1);
	if (!iter->next_index && iter->index)
		return NULL;		/* came round */
	if (flags & RADIX_TREE_ITER_CONTIG)
		entry = xas_load(&xas);
	else if (flags & RADIX_TREE_ITER_TAGGED)
		entry = xas_find_marked(&xas, ULONG_MAX, mark_of(tag));
	else
		entry = xas_find(&xas, ULONG_MAX);
	if (!entry)
		return NULL;

	iter->index = xas.xa_index;
	iter->node = xas_is_node(&xas) ? xas.xa_node : NULL;
	if (iter->node && !iter->node->shift) {
		last = iter->index | RADIX_TREE_MAP_MASK;
		iter->tags = tags_from(iter->node, xas.xa_offset, tag);
	} else {
		last = iter->index;	/* the head alone */
		iter->tags = 1;
	}
	iter->next_index = last + 1;
	return slot_of(&xas);
}
EXPORT_SYMBOL(radix_tree_next_chunk);

/**
 * radix_tree_gang_lookup_tag_slot() - slots of up to @max_items tagged items from an index on; how
 * many
 */
unsigned int radix_tree_gang_lookup_tag_slot(const struct radix_tree_root *root,
					     void __rcu ***results, unsigned long first_index,
					     unsigned int max_items, unsigned int tag)
{
	struct radix_tree_iter iter;
	unsigned int found = 0;
	void __rcu **slot;

	if (!max_items)
		return 0;
	radix_tree_for_each_tagged(slot, root, &iter, first_index, tag) {
		results[found] = slot;
		if (++found == max_items)
			break;
	}
	return found;
}
EXPORT_SYMBOL(radix_tree_gang_lookup_tag_slot);
