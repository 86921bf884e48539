// SPDX-License-Identifier: MIT
/* A red-black tree sorted by expiry. Nodes that expire together keep their order of arrival. */
#include <linux/timerqueue.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/rbtree.h>

static bool expires_before(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct timerqueue_node, node)->expires <
	       rb_entry(b, struct timerqueue_node, node)->expires;
}

/**
 * timerqueue_add - queue a node by its expiry
 * @head: the queue
 * @node: in no queue; ->expires is set
 *
 * Context: the caller locks.
 * Return: true if it is the first now.
 */
bool timerqueue_add(struct timerqueue_head *head, struct timerqueue_node *node)
{
	WARN_ON_ONCE(!RB_EMPTY_NODE(&node->node));
	return rb_add_cached(&node->node, &head->rb_root, expires_before);
}
EXPORT_SYMBOL_GPL(timerqueue_add);

/**
 * timerqueue_del - take a node out
 * @head: the queue
 * @node: in it
 *
 * Context: the caller locks.
 * Return: true if nodes are left.
 */
bool timerqueue_del(struct timerqueue_head *head, struct timerqueue_node *node)
{
	WARN_ON_ONCE(RB_EMPTY_NODE(&node->node));
	rb_erase_cached(&node->node, &head->rb_root);
	RB_CLEAR_NODE(&node->node);
	return !RB_EMPTY_ROOT(&head->rb_root.rb_root);
}
EXPORT_SYMBOL_GPL(timerqueue_del);

/**
 * timerqueue_iterate_next - the node that expires next
 * @node: after this one; NULL: none
 *
 * Context: the caller locks.
 * Return: the node, or NULL.
 */
struct timerqueue_node *timerqueue_iterate_next(struct timerqueue_node *node)
{
	struct rb_node *next;

	if (!node)
		return NULL;
	next = rb_next(&node->node);
	return next ? rb_entry(next, struct timerqueue_node, node) : NULL;
}
EXPORT_SYMBOL_GPL(timerqueue_iterate_next);
