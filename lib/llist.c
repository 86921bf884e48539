// SPDX-License-Identifier: MIT
/* The lock-free stack of <linux/llist.h>: what is too long to be inline. Any context. */

#include <linux/llist.h>

#include <linux/export.h>
#include <linux/kernel.h>

/**
 * llist_del_first() - pop the newest node
 * @head: stack
 *
 * Only one consumer at a time: see the table in the header.
 *
 * Return: the node, or NULL.
 */
struct llist_node *llist_del_first(struct llist_head *head)
{
	/* pairs with the release of the push: the node's contents are visible */
	struct llist_node *entry = smp_load_acquire(&head->first);
	struct llist_node *next;

	do {
		if (!entry)
			return NULL;
		next = READ_ONCE(entry->next);
	} while (!try_cmpxchg(&head->first, &entry, next));

	return entry;
}
EXPORT_SYMBOL_GPL(llist_del_first);

/**
 * llist_del_first_this() - pop the newest node if it is a given one
 * @head: stack
 * @this: node
 *
 * Only one consumer at a time.
 *
 * Return: was it, and is it popped?
 */
bool llist_del_first_this(struct llist_head *head, struct llist_node *this)
{
	struct llist_node *entry = smp_load_acquire(&head->first);
	struct llist_node *next;

	do {
		if (entry != this)
			return false;
		next = READ_ONCE(entry->next);
	} while (!try_cmpxchg(&head->first, &entry, next));

	return true;
}
EXPORT_SYMBOL_GPL(llist_del_first_this);

/**
 * llist_reverse_order() - turn a chain round
 * @head: first node of a chain that was taken off; may be NULL
 *
 * Return: its new first node: the one that was pushed first.
 */
struct llist_node *llist_reverse_order(struct llist_node *head)
{
	struct llist_node *reversed = NULL;

	while (head) {
		struct llist_node *rest = head->next;

		head->next = reversed;
		reversed = head;
		head = rest;
	}
	return reversed;
}
EXPORT_SYMBOL_GPL(llist_reverse_order);
