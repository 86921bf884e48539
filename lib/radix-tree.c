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
 * Context: the user's lock held; sleeps if the tree's gfp flags say so. Return: 0, -EEXIST, -ENOMEM.
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

void *radix_tree_lookup(const struct radix_tree_root *root, unsigned long index)
{
	return xa_load(array_of(root), index);
}
EXPORT_SYMBOL(radix_tree_lookup);

/** radix_tree_delete_item() - erase an item if it is the one expected (NULL: any). Return: it, or NULL */
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

void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
	return radix_tree_delete_item(root, index, NULL);
}
EXPORT_SYMBOL(radix_tree_delete);

unsigned int radix_tree_gang_lookup(const struct radix_tree_root *root, void **results,
				    unsigned long first_index, unsigned int max_items)
{
	return xa_extract(array_of(root), results, first_index, ULONG_MAX, max_items, XA_PRESENT);
}
EXPORT_SYMBOL(radix_tree_gang_lookup);

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

void *radix_tree_tag_clear(struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	XA_STATE(xas, root, index);
	void *entry = xas_load(&xas);

	if (entry)
		xas_clear_mark(&xas, mark_of(tag));
	return entry;
}
EXPORT_SYMBOL(radix_tree_tag_clear);

int radix_tree_tag_get(const struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	return xa_get_mark(array_of(root), index, mark_of(tag));
}
EXPORT_SYMBOL(radix_tree_tag_get);

int radix_tree_tagged(const struct radix_tree_root *root, unsigned int tag)
{
	return xa_marked(root, mark_of(tag));
}
EXPORT_SYMBOL(radix_tree_tagged);
