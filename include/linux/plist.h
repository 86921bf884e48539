/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PLIST_H
#define _LINUX_PLIST_H

/*
 * Lists sorted by priority, equal ones in the order of adding.
 *
 * Two rings make insertion O(number of distinct priorities): node_list joins all nodes in order,
 * prio_list only the first node of each priority:
 *
 *	prio_list:	 [10] <-------> [20] <----------------> [40]
 *	node_list: head <-> [10] <-> [20] <-> [20] <-> [20] <-> [40] <-> head
 *
 * The caller locks.
 */

#include <linux/container_of.h>
#include <linux/list.h>
#include <linux/plist_types.h>
#include <asm/bug.h>

#define PLIST_HEAD_INIT(head)	{ .node_list = LIST_HEAD_INIT((head).node_list) }
#define PLIST_HEAD(head)	struct plist_head head = PLIST_HEAD_INIT(head)

#define PLIST_NODE_INIT(node, __prio)						\
{										\
	.prio = (__prio),							\
	.prio_list = LIST_HEAD_INIT((node).prio_list),				\
	.node_list = LIST_HEAD_INIT((node).node_list),				\
}

/** plist_head_init - an empty list */
static inline void plist_head_init(struct plist_head *head)
{
	INIT_LIST_HEAD(&head->node_list);
}

/** plist_node_init - prepare a node of a priority; lower numbers come first */
static inline void plist_node_init(struct plist_node *node, int prio)
{
	node->prio = prio;
	INIT_LIST_HEAD(&node->prio_list);
	INIT_LIST_HEAD(&node->node_list);
}

void plist_add(struct plist_node *node, struct plist_head *head);
void plist_del(struct plist_node *node, struct plist_head *head);
void plist_requeue(struct plist_node *node, struct plist_head *head);

/** plist_for_each - walk over the nodes, the most urgent first */
#define plist_for_each(pos, head)						\
	list_for_each_entry(pos, &(head)->node_list, node_list)

#define plist_for_each_continue(pos, head)					\
	list_for_each_entry_continue(pos, &(head)->node_list, node_list)

#define plist_for_each_safe(pos, n, head)					\
	list_for_each_entry_safe(pos, n, &(head)->node_list, node_list)

/** plist_for_each_entry - walk over the objects, the most urgent first */
#define plist_for_each_entry(pos, head, mem)					\
	list_for_each_entry(pos, &(head)->node_list, mem.node_list)

#define plist_for_each_entry_continue(pos, head, m)				\
	list_for_each_entry_continue(pos, &(head)->node_list, m.node_list)

/** plist_for_each_entry_safe - plist_for_each_entry() whose body may remove @pos */
#define plist_for_each_entry_safe(pos, n, head, m)				\
	list_for_each_entry_safe(pos, n, &(head)->node_list, m.node_list)

/** plist_head_empty - is nobody in the list? */
static inline int plist_head_empty(const struct plist_head *head)
{
	return list_empty(&head->node_list);
}

/** plist_node_empty - is the node in no list? */
static inline int plist_node_empty(const struct plist_node *node)
{
	return list_empty(&node->node_list);
}

/** plist_first_entry - the most urgent object; the list isn't empty */
#define plist_first_entry(head, type, member)					\
	container_of(plist_first(head), type, member)

/** plist_last_entry - the least urgent object; the list isn't empty */
#define plist_last_entry(head, type, member)					\
	container_of(plist_last(head), type, member)

#define plist_next(pos)		list_next_entry(pos, node_list)
#define plist_prev(pos)		list_prev_entry(pos, node_list)

/**
 * plist_first - the node of the highest priority, which is the least number; the list isn't empty
 */
static inline struct plist_node *plist_first(const struct plist_head *head)
{
	return list_entry(head->node_list.next, struct plist_node, node_list);
}

/** plist_last - the node of the lowest priority; the list isn't empty */
static inline struct plist_node *plist_last(const struct plist_head *head)
{
	return list_entry(head->node_list.prev, struct plist_node, node_list);
}

#endif
