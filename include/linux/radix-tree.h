/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RADIX_TREE_H
#define _LINUX_RADIX_TREE_H

/*
 * The older names of the XArray, for users written with them. New code uses <linux/xarray.h>.
 *
 * What differs: the user excludes writers by a lock of his own, an index that is taken is not
 * stored over, and the gfp flags are given when the tree is declared. Marks are called tags.
 */

#include <linux/bitops.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/xarray.h>

#define radix_tree_root		xarray
#define radix_tree_node		xa_node

#define RADIX_TREE_MAX_TAGS	XA_MAX_MARKS
#define RADIX_TREE_MAP_SHIFT	XA_CHUNK_SHIFT
#define RADIX_TREE_MAP_SIZE	(1UL << RADIX_TREE_MAP_SHIFT)
#define RADIX_TREE_MAP_MASK	(RADIX_TREE_MAP_SIZE - 1)

/* The flags of the array lie where these gfp bits would; they say nothing that the tree needs. */
#define RADIX_TREE_GFP_MASK	((__force gfp_t)~127U)

#define RADIX_TREE_INIT(name, mask) \
	XARRAY_INIT(name, ((mask) & RADIX_TREE_GFP_MASK) | XA_FLAGS_OWN_LOCK)
#define RADIX_TREE(name, mask)	struct radix_tree_root name = RADIX_TREE_INIT(name, mask)
#define INIT_RADIX_TREE(root, mask) \
	xa_init_flags(root, ((mask) & RADIX_TREE_GFP_MASK) | XA_FLAGS_OWN_LOCK)

static inline bool radix_tree_empty(const struct radix_tree_root *root)
{
	return xa_empty(root);
}

int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item);
void *radix_tree_lookup(const struct radix_tree_root *root, unsigned long index);
void *radix_tree_delete(struct radix_tree_root *root, unsigned long index);
void *radix_tree_delete_item(struct radix_tree_root *root, unsigned long index, void *item);
unsigned int radix_tree_gang_lookup(const struct radix_tree_root *root, void **results,
				    unsigned long first_index, unsigned int max_items);
unsigned int radix_tree_gang_lookup_tag(const struct radix_tree_root *root, void **results,
					unsigned long first_index, unsigned int max_items,
					unsigned int tag);
void *radix_tree_tag_set(struct radix_tree_root *root, unsigned long index, unsigned int tag);
void *radix_tree_tag_clear(struct radix_tree_root *root, unsigned long index, unsigned int tag);
int radix_tree_tag_get(const struct radix_tree_root *root, unsigned long index, unsigned int tag);
int radix_tree_tagged(const struct radix_tree_root *root, unsigned int tag);

/*
 * radix_tree_preload(): get the memory of one insertion, so that it can be made under a spin lock.
 * On 0 preemption is off until radix_tree_preload_end(); -ENOMEM: it is as it was.
 */
int radix_tree_preload(gfp_t gfp);
int radix_tree_maybe_preload(gfp_t gfp);
void radix_tree_preload_end(void);
void radix_tree_preload_drain(void);

#endif /* _LINUX_RADIX_TREE_H */
