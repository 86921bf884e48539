/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LLIST_H
#define _LINUX_LLIST_H

/*
 * A lock-free stack of nodes: anybody pushes, somebody takes all.
 *
 *			add	del_first	del_all
 *	add		-	-		-
 *	del_first		L		L
 *	del_all					-
 *
 * "-": the two may run at once without a lock; "L": they need one. (del_first compares and
 * exchanges the head with a node whose ->next it read before: if another consumer took that node
 * meanwhile and it was pushed again, ->next may have changed: the ABA problem.)
 *
 * The newest node comes first; llist_reverse_order() gives the order of pushing. All operations
 * may be called from any context, NMI included.
 */

#include <linux/atomic.h>
#include <linux/container_of.h>
#include <linux/stddef.h>
#include <linux/types.h>

struct llist_head {
	struct llist_node *first;
};

struct llist_node {
	struct llist_node *next;
};

#define LLIST_HEAD_INIT(name)	{ NULL }
#define LLIST_HEAD(name)	struct llist_head name = LLIST_HEAD_INIT(name)

/** init_llist_head - make a stack empty */
static inline void init_llist_head(struct llist_head *list)
{
	list->first = NULL;
}

/** init_llist_node - mark a node as being on no list (it points at itself) */
static inline void init_llist_node(struct llist_node *node)
{
	WRITE_ONCE(node->next, node);
}

/** llist_on_list - is a node that was initialised on a list? */
static inline bool llist_on_list(const struct llist_node *node)
{
	return READ_ONCE(node->next) != node;
}

#define llist_entry(ptr, type, member)	container_of(ptr, type, member)

/* Is this the address of a member of NULL? Through an integer: a compiler may assume it is not. */
#define member_address_is_nonnull(ptr, member)					\
	((uintptr_t)(ptr) + offsetof(typeof(*(ptr)), member) != 0)

/* The walks below are for a list that was taken off with llist_del_all(). */
#define llist_for_each(pos, node)						\
	for ((pos) = (node); pos; (pos) = (pos)->next)

#define llist_for_each_safe(pos, n, node)					\
	for ((pos) = (node); (pos) && ((n) = (pos)->next, true); (pos) = (n))

#define llist_for_each_entry(pos, node, member)					\
	for ((pos) = llist_entry((node), typeof(*(pos)), member);		\
	     member_address_is_nonnull(pos, member);				\
	     (pos) = llist_entry((pos)->member.next, typeof(*(pos)), member))

#define llist_for_each_entry_safe(pos, n, node, member)				\
	for (pos = llist_entry((node), typeof(*pos), member);			\
	     member_address_is_nonnull(pos, member) &&				\
	     (n = llist_entry(pos->member.next, typeof(*n), member), true);	\
	     pos = n)

/** llist_empty - is the stack empty? Only a hint if others push. */
static inline bool llist_empty(const struct llist_head *head)
{
	return READ_ONCE(head->first) == NULL;
}

/** llist_next - the node behind @node, or NULL */
static inline struct llist_node *llist_next(struct llist_node *node)
{
	return node->next;
}

/**
 * llist_add_batch - push a chain of nodes at once
 * @new_first: first node of the chain
 * @new_last: last node of the chain
 * @head: stack
 *
 * Return: was the stack empty before?
 */
static inline bool llist_add_batch(struct llist_node *new_first, struct llist_node *new_last,
				   struct llist_head *head)
{
	struct llist_node *first = READ_ONCE(head->first);

	do {
		new_last->next = first;
	} while (!try_cmpxchg(&head->first, &first, new_first));

	return !first;
}

/** __llist_add_batch - llist_add_batch() to a list that nobody else sees */
static inline bool __llist_add_batch(struct llist_node *new_first, struct llist_node *new_last,
				     struct llist_head *head)
{
	new_last->next = head->first;
	head->first = new_first;
	return new_last->next == NULL;
}

/** llist_add - push a node; was the stack empty before? */
static inline bool llist_add(struct llist_node *new, struct llist_head *head)
{
	return llist_add_batch(new, new, head);
}

/** __llist_add - llist_add() to a list that nobody else sees. Return: was it empty? */
static inline bool __llist_add(struct llist_node *new, struct llist_head *head)
{
	return __llist_add_batch(new, new, head);
}

/** llist_del_all - take everything: the newest node, chained to the others, or NULL */
static inline struct llist_node *llist_del_all(struct llist_head *head)
{
	return xchg(&head->first, NULL);
}

/** __llist_del_all - llist_del_all() of a list that nobody else sees */
static inline struct llist_node *__llist_del_all(struct llist_head *head)
{
	struct llist_node *first = head->first;

	head->first = NULL;
	return first;
}

struct llist_node *llist_del_first(struct llist_head *head);

/** llist_del_first_init - llist_del_first() that leaves the node marked as on no list */
static inline struct llist_node *llist_del_first_init(struct llist_head *head)
{
	struct llist_node *n = llist_del_first(head);

	if (n)
		init_llist_node(n);
	return n;
}

bool llist_del_first_this(struct llist_head *head, struct llist_node *this);
struct llist_node *llist_reverse_order(struct llist_node *head);

#endif
