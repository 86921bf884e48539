// SPDX-License-Identifier: MIT
/* Maple tree: nodes by themselves; copying and taking apart whole trees. */

#include "maple.h"

#include <linux/export.h>
#include <linux/init.h>
#include <linux/slab.h>

static struct kmem_cache *maple_node_cache;

/**
 * maple_tree_init() - make the cache of nodes; panics without memory. Context: boot, after the slab
 * allocator
 */
void __init maple_tree_init(void)
{
	maple_node_cache = kmem_cache_create("maple_node", sizeof(struct maple_node), 0,
					     SLAB_PANIC | SLAB_HWCACHE_ALIGN, NULL);
}

struct maple_node *node_alloc(gfp_t gfp)
{
	return kmem_cache_alloc(maple_node_cache, gfp);
}

/* One that no reader has seen. */
void node_free(struct maple_node *node)
{
	kmem_cache_free(maple_node_cache, node);
}

static void node_free_rcu(struct rcu_head *rcu)
{
	node_free(container_of(rcu, struct maple_node, rcu));
}

/* One that has left the tree. */
void node_retire(struct maple_tree *mt, struct maple_node *node)
{
	if (mt_in_rcu(mt))
		call_rcu(&node->rcu, node_free_rcu);
	else
		node_free(node);
}

/* A node and all below it. Nested as deep as the tree is high. */
void subtree_retire(struct maple_tree *mt, struct maple_node *top)
{
	unsigned int i;

	if (top->level) {
		for (i = 0; i < top->count; i++)
			subtree_retire(mt, rcu_dereference_raw(top->inner.child[i]));
	}
	node_retire(mt, top);
}

/* Write @n items into a node that no reader can see yet, or that has no readers at all. */
void node_fill(struct maple_node *node, unsigned int level, const struct maple_item *items,
	       unsigned int n)
{
	unsigned int i;

	node->level = level;
	node->count = n;
	for (i = 0; i < n; i++) {
		node->leaf.first[i] = items[i].first;
		if (level) {
			node->inner.last[i] = items[i].last;
			node->inner.gap[i] = items[i].gap;
			RCU_INIT_POINTER(node->inner.child[i], items[i].ptr);
		} else {
			node->leaf.last[i] = items[i].last;
			RCU_INIT_POINTER(node->leaf.slot[i], items[i].ptr);
		}
	}
}

/* What the parent of @node is to know. */
void node_summary(const struct maple_tree *mt, struct maple_node *node, struct maple_item *item)
{
	unsigned long gap = 0;
	unsigned int i;

	for (i = 0; i < node->count; i++) {
		if (i)
			gap = max(gap, node->leaf.first[i] - node_last(node, i - 1) - 1);
		if (node->level)
			gap = max(gap, node->inner.gap[i]);
	}
	item->first = node->leaf.first[0];
	item->last = node_last(node, node->count - 1);
	item->gap = gap;
	item->ptr = node;
}

/* What @node holds at @i. */
struct maple_item node_item(const struct maple_tree *mt, const struct maple_node *node,
			    unsigned int i)
{
	struct maple_item item = {
		.first = node->leaf.first[i],
		.last = node_last(node, i),
		.gap = node->level ? node->inner.gap[i] : 0,
	};

	if (node->level)
		item.ptr = node_child(mt, node, i);
	else
		item.ptr = node_entry(mt, node, i);
	return item;
}

/** mt_height() - levels of nodes; 0: the tree is empty. Context: any; without the lock a guess */
unsigned int mt_height(const struct maple_tree *mt)
{
	struct maple_node *root;
	unsigned int height;

	rcu_read_lock();
	root = mt_root(mt);
	height = root ? root->level + 1 : 0;
	rcu_read_unlock();
	return height;
}
EXPORT_SYMBOL_GPL(mt_height);

/** mt_cache_shrink() - give unused memory of nodes back */
void mt_cache_shrink(void)
{
	kmem_cache_shrink(maple_node_cache);
}
EXPORT_SYMBOL_GPL(mt_cache_shrink);

/* ---- whole trees ---- */

/**
 * __mt_destroy() - empty a tree. Context: the lock held. What the entries lead to is the caller's
 */
void __mt_destroy(struct maple_tree *mt)
{
	struct maple_node *root = mt_root_locked(mt);

	rcu_assign_pointer(mt->ma_root, NULL);
	smp_store_release(&mt->ma_seq, mt->ma_seq + 1);
	if (root)
		subtree_retire(mt, root);
}
EXPORT_SYMBOL_GPL(__mt_destroy);

/** mtree_destroy() - empty a tree. Context: takes ma_lock */
void mtree_destroy(struct maple_tree *mt)
{
	mtree_lock(mt);
	__mt_destroy(mt);
	mtree_unlock(mt);
}
EXPORT_SYMBOL(mtree_destroy);

/* Nobody has seen the copy: free it without waiting. */
static void copy_undo(struct maple_node *copy)
{
	unsigned int i;

	for (i = 0; copy->level && i < copy->count; i++)
		copy_undo(rcu_dereference_raw(copy->inner.child[i]));
	node_free(copy);
}

/* A copy of a subtree, NULL if memory ran out. Nested as deep as the tree is high. */
static struct maple_node *copy_subtree(struct maple_tree *mt, struct maple_node *from, gfp_t gfp)
{
	struct maple_node *copy = node_alloc(gfp);
	unsigned int i;

	if (!copy)
		return NULL;
	*copy = *from;
	for (i = 0; from->level && i < from->count; i++) {
		struct maple_node *child = copy_subtree(mt, node_child(mt, from, i), gfp);

		if (!child) {
			copy->count = i;
			copy_undo(copy);
			return NULL;
		}
		RCU_INIT_POINTER(copy->inner.child[i], child);
	}
	return copy;
}

/**
 * __mt_dup() - copy a tree
 * @mt: the tree to copy
 * @new: an empty tree with the same flags
 * @gfp: how to allocate; @mt stays locked meanwhile, so it may sleep only if that lock allows it
 *
 * Context: both locked by the caller.
 * Return: 0; -EINVAL: @new holds something or has other flags; -ENOMEM: it is still empty.
 */
int __mt_dup(struct maple_tree *mt, struct maple_tree *new, gfp_t gfp)
{
	struct maple_node *root = mt_root(mt);

	if (!mtree_empty(new) || (mt->ma_flags ^ new->ma_flags) & ~MT_FLAGS_ALLOC_WRAPPED)
		return -EINVAL;
	if (!root)
		return 0;
	root = copy_subtree(mt, root, gfp);
	if (!root)
		return -ENOMEM;
	rcu_assign_pointer(new->ma_root, root);
	smp_store_release(&new->ma_seq, new->ma_seq + 1);
	return 0;
}
EXPORT_SYMBOL(__mt_dup);

/** mtree_dup() - copy a tree; locks both. As __mt_dup(), but @gfp may not sleep */
int mtree_dup(struct maple_tree *mt, struct maple_tree *new, gfp_t gfp)
{
	int ret;

	mtree_lock(new);
	spin_lock_nested(&mt->ma_lock, SINGLE_DEPTH_NESTING);
	ret = __mt_dup(mt, new, gfp);
	mtree_unlock(mt);
	mtree_unlock(new);
	return ret;
}
EXPORT_SYMBOL(mtree_dup);
