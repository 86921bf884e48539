/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMERQUEUE_H
#define _LINUX_TIMERQUEUE_H

/* A red-black tree of expiry times with its first node at hand. The caller locks. */

#include <linux/rbtree.h>
#include <linux/timerqueue_types.h>

bool timerqueue_add(struct timerqueue_head *head, struct timerqueue_node *node);
bool timerqueue_del(struct timerqueue_head *head, struct timerqueue_node *node);
struct timerqueue_node *timerqueue_iterate_next(struct timerqueue_node *node);

/** timerqueue_getnext - the node that expires first, or NULL */
static inline struct timerqueue_node *timerqueue_getnext(struct timerqueue_head *head)
{
	return rb_entry_safe(rb_first_cached(&head->rb_root), struct timerqueue_node, node);
}

/** timerqueue_init - a node that is in no queue */
static inline void timerqueue_init(struct timerqueue_node *node)
{
	RB_CLEAR_NODE(&node->node);
}

/** timerqueue_node_queued - is the node in a queue? */
static inline bool timerqueue_node_queued(struct timerqueue_node *node)
{
	return !RB_EMPTY_NODE(&node->node);
}

/** timerqueue_init_head - an empty queue */
static inline void timerqueue_init_head(struct timerqueue_head *head)
{
	head->rb_root = RB_ROOT_CACHED;
}

#endif /* _LINUX_TIMERQUEUE_H */
