// SPDX-License-Identifier: MIT
/* Lists sorted by priority: see the picture in <linux/plist.h>. The caller locks. */

#include <linux/plist.h>

#include <linux/bug.h>
#include <linux/export.h>

/**
 * plist_add() - put a node behind those of its priority
 * @node: node on no list
 * @head: list
 */
void plist_add(struct plist_node *node, struct plist_head *head)
{
	struct plist_node *first, *iter, *prev = NULL;
	struct list_head *before = &head->node_list;

	WARN_ON(!plist_node_empty(node));
	WARN_ON(!list_empty(&node->prio_list));

	if (plist_head_empty(head))
		goto link;

	/* walk over the first node of each priority; @prev ends as the last one not behind us */
	first = iter = plist_first(head);
	do {
		if (node->prio < iter->prio) {
			before = &iter->node_list;
			break;
		}
		prev = iter;
		iter = list_entry(iter->prio_list.next, struct plist_node, prio_list);
	} while (iter != first);

	/* the first of a priority joins the ring of firsts */
	if (!prev || prev->prio != node->prio)
		list_add_tail(&node->prio_list, &iter->prio_list);
link:
	list_add_tail(&node->node_list, before);
}

/**
 * plist_del() - take a node off
 * @node: node on @head, or on no list
 * @head: list
 */
void plist_del(struct plist_node *node, struct plist_head *head)
{
	if (!list_empty(&node->prio_list)) {
		if (node->node_list.next != &head->node_list) {
			struct plist_node *next = list_entry(node->node_list.next,
							     struct plist_node, node_list);

			/* the next of the same priority becomes its first */
			if (list_empty(&next->prio_list))
				list_add(&next->prio_list, &node->prio_list);
		}
		list_del_init(&node->prio_list);
	}
	list_del_init(&node->node_list);
}

/**
 * plist_requeue() - move a node behind the others of its priority
 * @node: node on @head
 * @head: list
 */
void plist_requeue(struct plist_node *node, struct plist_head *head)
{
	struct list_head *before = &head->node_list;
	struct plist_node *iter;

	WARN_ON(plist_head_empty(head));
	WARN_ON(plist_node_empty(node));

	if (node == plist_last(head))
		return;
	iter = plist_next(node);
	if (node->prio != iter->prio)
		return;

	plist_del(node, head);
	plist_for_each_continue(iter, head) {
		if (node->prio != iter->prio) {
			before = &iter->node_list;
			break;
		}
	}
	list_add_tail(&node->node_list, before);
}
