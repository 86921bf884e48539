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
#include <linux/lockdep.h>
#include <linux/math.h>
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
#define RADIX_TREE_TAG_LONGS	XA_MARK_LONGS
#define RADIX_TREE_INDEX_BITS	BITS_PER_LONG
#define RADIX_TREE_MAX_PATH	DIV_ROUND_UP(RADIX_TREE_INDEX_BITS, RADIX_TREE_MAP_SHIFT)

/*
 * The two low bits of what a slot holds: an item has none, a node (or another entry of the tree's
 * own) this.
 */
#define RADIX_TREE_ENTRY_MASK		3UL
#define RADIX_TREE_INTERNAL_NODE	2UL

/** radix_tree_is_internal_node - is the entry one of the tree's own? */
static inline bool radix_tree_is_internal_node(void *ptr)
{
	return ((unsigned long)ptr & RADIX_TREE_ENTRY_MASK) == RADIX_TREE_INTERNAL_NODE;
}

/* The flags of the array lie where these gfp bits would; they say nothing that the tree needs. */
#define RADIX_TREE_GFP_MASK	((__force gfp_t)~127U)

#define RADIX_TREE_INIT(name, mask) \
	XARRAY_INIT(name, ((mask) & RADIX_TREE_GFP_MASK) | XA_FLAGS_OWN_LOCK)
#define RADIX_TREE(name, mask)	struct radix_tree_root name = RADIX_TREE_INIT(name, mask)
#define INIT_RADIX_TREE(root, mask) \
	xa_init_flags(root, ((mask) & RADIX_TREE_GFP_MASK) | XA_FLAGS_OWN_LOCK)

/** radix_tree_empty - is there no item? */
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

/* ---- slots ---- */

/*
 * A slot is where the tree keeps an item. Its address is good as long as the item may not be moved:
 * under the user's lock, or under the RCU read lock. What a reader finds in it may be an entry of
 * the tree's own: then it looks the slot up again.
 */
void __rcu **radix_tree_lookup_slot(const struct radix_tree_root *root, unsigned long index);
void radix_tree_replace_slot(struct radix_tree_root *root, void __rcu **slot, void *entry);
unsigned int radix_tree_gang_lookup_tag_slot(const struct radix_tree_root *root,
					     void __rcu ***results, unsigned long first_index,
					     unsigned int max_items, unsigned int tag);

/** radix_tree_deref_slot - what is in a slot, for a reader under the RCU read lock */
static inline void *radix_tree_deref_slot(void __rcu **slot)
{
	return rcu_dereference(*slot);
}

/** radix_tree_deref_slot_protected - the same for the one who holds @treelock */
static inline void *radix_tree_deref_slot_protected(void __rcu **slot, spinlock_t *treelock)
{
	return rcu_dereference_protected(*slot, lockdep_is_held(treelock));
}

/** radix_tree_deref_retry - does what a reader found say: look it up again? */
static inline int radix_tree_deref_retry(void *arg)
{
	return unlikely(radix_tree_is_internal_node(arg));
}

/** radix_tree_exception - is it no pointer to an item: a value, or an entry of the tree's own? */
static inline int radix_tree_exception(void *arg)
{
	return unlikely((unsigned long)arg & RADIX_TREE_ENTRY_MASK);
}

/* ---- walking over slots ---- */

/**
 * struct radix_tree_iter - a walk
 * @index: of the slot that it stands at
 * @next_index: where the next chunk begins; 0 behind the last
 * @tags: of a walk over tagged slots: bit n for the slot n behind this one
 * @node: that the slot is in, NULL for the root itself
 *
 * A walk goes by chunks: the slots of one node, among which it steps inline.
 */
struct radix_tree_iter {
	unsigned long index;
	unsigned long next_index;
	unsigned long tags;
	struct radix_tree_node *node;
};

#define RADIX_TREE_ITER_TAG_MASK	0x0f	/* which tag */
#define RADIX_TREE_ITER_TAGGED		0x10	/* only slots that have it */
#define RADIX_TREE_ITER_CONTIG		0x20	/* end at the first empty slot */

void __rcu **radix_tree_next_chunk(const struct radix_tree_root *root,
				   struct radix_tree_iter *iter, unsigned int flags);
void radix_tree_iter_replace(struct radix_tree_root *root, const struct radix_tree_iter *iter,
			     void __rcu **slot, void *entry);
void radix_tree_iter_delete(struct radix_tree_root *root, struct radix_tree_iter *iter,
			    void __rcu **slot);
void radix_tree_iter_tag_clear(struct radix_tree_root *root, const struct radix_tree_iter *iter,
			       unsigned int tag);

/** radix_tree_iter_init - begin at an index; NULL, so that the loop gets its first chunk */
static __always_inline void __rcu **radix_tree_iter_init(struct radix_tree_iter *iter,
							 unsigned long start)
{
	iter->index = 0;
	iter->next_index = start;
	return NULL;
}

/** radix_tree_iter_lookup - the slot at an index, with an iterator at it; NULL if it is empty */
static inline void __rcu **radix_tree_iter_lookup(const struct radix_tree_root *root,
						  struct radix_tree_iter *iter,
						  unsigned long index)
{
	radix_tree_iter_init(iter, index);
	return radix_tree_next_chunk(root, iter, RADIX_TREE_ITER_CONTIG);
}

/** radix_tree_iter_find - the first slot at or behind an index that isn't empty */
static inline void __rcu **radix_tree_iter_find(const struct radix_tree_root *root,
						struct radix_tree_iter *iter, unsigned long index)
{
	radix_tree_iter_init(iter, index);
	return radix_tree_next_chunk(root, iter, 0);
}

/** radix_tree_iter_retry - look the present slot up again: slot = radix_tree_iter_retry(&iter) */
static inline __must_check void __rcu **radix_tree_iter_retry(struct radix_tree_iter *iter)
{
	iter->next_index = iter->index;
	iter->tags = 0;
	return NULL;
}

/** radix_tree_iter_resume - go on behind the present slot after the lock was dropped */
static inline void __rcu **__must_check radix_tree_iter_resume(void __rcu **slot,
							       struct radix_tree_iter *iter)
{
	(void)slot;
	iter->next_index = iter->index + 1;	/* the chunk ends here: 0 behind the last index */
	iter->tags = 0;
	return NULL;
}

/** radix_tree_chunk_size - slots of the chunk from the present one on */
static __always_inline long radix_tree_chunk_size(struct radix_tree_iter *iter)
{
	return iter->next_index - iter->index;
}

/**
 * radix_tree_next_slot - the next slot of the chunk that the walk wants; NULL: get another chunk
 */
static __always_inline void __rcu **radix_tree_next_slot(void __rcu **slot,
							 struct radix_tree_iter *iter,
							 unsigned int flags)
{
	long left = radix_tree_chunk_size(iter), step;

	if (flags & RADIX_TREE_ITER_TAGGED) {
		iter->tags >>= 1;
		if (!iter->tags)
			return NULL;
		step = __ffs(iter->tags) + 1;
		iter->tags >>= step - 1;
		iter->index += step;
		return slot + step;
	}
	while (--left > 0) {
		slot++;
		iter->index++;
		if (likely(rcu_access_pointer(*slot)))
			return slot;
		if (flags & RADIX_TREE_ITER_CONTIG) {
			iter->next_index = 0;
			break;
		}
	}
	return NULL;
}

/** radix_tree_for_each_slot - over all slots that aren't empty, from @start on */
#define radix_tree_for_each_slot(slot, root, iter, start)			\
	for (slot = radix_tree_iter_init(iter, start);				\
	     slot || (slot = radix_tree_next_chunk(root, iter, 0));		\
	     slot = radix_tree_next_slot(slot, iter, 0))

/** radix_tree_for_each_tagged - over those that have a tag */
#define radix_tree_for_each_tagged(slot, root, iter, start, tag)		\
	for (slot = radix_tree_iter_init(iter, start);				\
	     slot || (slot = radix_tree_next_chunk(root, iter,			\
						   RADIX_TREE_ITER_TAGGED | (tag))); \
	     slot = radix_tree_next_slot(slot, iter, RADIX_TREE_ITER_TAGGED | (tag)))

/*
 * radix_tree_preload(): get the memory of one insertion, so that it can be made under a spin lock.
 * On 0 preemption is off until radix_tree_preload_end(); -ENOMEM: it is as it was.
 */
int radix_tree_preload(gfp_t gfp);
int radix_tree_maybe_preload(gfp_t gfp);
void radix_tree_preload_end(void);
void radix_tree_preload_drain(void);

#endif /* _LINUX_RADIX_TREE_H */
