/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCULIST_H
#define _LINUX_RCULIST_H

/*
 * Lists that readers walk under rcu_read_lock() while updaters change them.
 *
 * Rules of use:
 *  - Updaters exclude one another by a lock of the caller's; a reader takes none.
 *  - Insertion: the new element is whole before one pointer, stored with release order, makes it
 *    reachable. A reader meets either the old list or the new one.
 *  - Removal: the element's forward pointer stays as it is, so that a reader standing on the
 *    element still finds the way out. It may be freed, or put anywhere else, only after a grace
 *    period.
 *  - Only forward walks: ->prev and ->pprev belong to the updaters, and are not kept for readers.
 *  - An updater that holds the lock may walk too; with the extra argument @cond of the _rcu
 *    walkers (say, lockdep_is_held(&lock)) a checking kernel knows that this is fine.
 *
 *	        head --> a --> b --> head		list_del_rcu(a):
 *
 *	        head ----------> b --> head		new readers
 *	                 a ------^			those that stood on a
 */

#include <linux/list.h>
#include <linux/rcupdate.h>

/* ---- the checks ---- */

#ifdef CONFIG_PROVE_RCU_LIST

#define __list_check_rcu(cond) \
	({ RCU_LOCKDEP_WARN(!(cond) && !rcu_read_lock_any_held(), \
			    "RCU-list traversed in non-reader section"); })
#define __list_check_srcu(cond) \
	({ RCU_LOCKDEP_WARN(!(cond), \
			    "RCU-list traversed without holding the required lock"); })

#else

#define __list_check_rcu(cond)	((void)0)
#define __list_check_srcu(cond)	((void)0)

#endif

/* The optional last argument of a walker, 0 if there is none. */
#define __list_cond(unused, cond, ...)	(cond)
#define __list_check_optional(unused, cond...) \
	__list_check_rcu(__list_cond(unused, ##cond, 0))

/* ---- lists ---- */

/**
 * INIT_LIST_HEAD_RCU - make a list empty that readers may be looking at
 * @list: the head
 */
static inline void INIT_LIST_HEAD_RCU(struct list_head *list)
{
	WRITE_ONCE(list->next, list);
	WRITE_ONCE(list->prev, list);
}

/**
 * list_tail_rcu - the backward pointer of a head, as an __rcu one
 * @head: a list's head, never an element
 *
 * The last element may be removed, and list_del() would poison its pointers; for lists that only
 * grow.
 */
#define list_tail_rcu(head)	(*((struct list_head __rcu **)(&(head)->prev)))

/**
 * __list_add_rcu - put an entry between two neighbours, whole for readers at every moment
 * @new: the entry, whose content is ready
 * @prev: stands before it
 * @next: stands behind it
 */
static inline void __list_add_rcu(struct list_head *new, struct list_head *prev,
				  struct list_head *next)
{
	if (!__list_add_valid(new, prev, next))
		return;
	new->next = next;
	new->prev = prev;
	rcu_assign_pointer(list_next_rcu(prev), new);
	next->prev = new;
}

/**
 * list_add_rcu - put an element first
 * @new: the element, whole but for its links
 * @head: the list
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void list_add_rcu(struct list_head *new, struct list_head *head)
{
	__list_add_rcu(new, head, head->next);
}

/**
 * list_add_tail_rcu - put an element last
 * @new: the element, whole but for its links
 * @head: the list
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void list_add_tail_rcu(struct list_head *new, struct list_head *head)
{
	__list_add_rcu(new, head->prev, head);
}

/**
 * list_del_rcu - take an element off
 * @entry: the element; list_empty() is not true of it afterwards
 *
 * Context: Any; the caller excludes other updaters, and frees after a grace period.
 */
static inline void list_del_rcu(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->prev = LIST_POISON2;
}

/**
 * list_replace_rcu - put one element in another's place
 * @old: on a list; off it afterwards, as after list_del_rcu()
 * @new: the element that readers meet from now on
 *
 * A reader meets one of the two, never both and never neither.
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void list_replace_rcu(struct list_head *old, struct list_head *new)
{
	new->next = old->next;
	new->prev = old->prev;
	rcu_assign_pointer(list_next_rcu(new->prev), new);
	new->next->prev = new;
	old->prev = LIST_POISON2;
}

/**
 * __list_splice_init_rcu - move a whole list in between two elements
 * @list: the list to move, not empty; empty afterwards
 * @prev: goes before it
 * @next: goes behind it
 * @sync: waits for the readers: synchronize_rcu() or the like
 *
 *	1. @list is made empty for new readers	     list -> list	a -> b -> list
 *	2. readers inside it are waited for
 *	3. its end is turned towards @next	     a -> b -> next
 *	4. its beginning is made reachable	     prev -> a -> b -> next
 *
 * Without the wait a reader of @list would run on from b into @next's list and never meet the
 * head by which it knows the end.
 *
 * Context: May sleep (@sync). The caller excludes other updaters of @list until @sync is called,
 * and of the other list until we return.
 */
static inline void __list_splice_init_rcu(struct list_head *list, struct list_head *prev,
					  struct list_head *next, void (*sync)(void))
{
	struct list_head *first = list->next;
	struct list_head *last = list->prev;

	INIT_LIST_HEAD_RCU(list);
	sync();
	ASSERT_EXCLUSIVE_ACCESS(*first);
	ASSERT_EXCLUSIVE_ACCESS(*last);

	last->next = next;
	rcu_assign_pointer(list_next_rcu(prev), first);
	first->prev = prev;
	next->prev = last;
}

/**
 * list_splice_init_rcu - move all elements of a list to the front of another
 * @list: the list to empty
 * @head: the list that gets them
 * @sync: waits for the readers
 *
 * Context: May sleep. See __list_splice_init_rcu().
 */
static inline void list_splice_init_rcu(struct list_head *list, struct list_head *head,
					void (*sync)(void))
{
	if (!list_empty(list))
		__list_splice_init_rcu(list, head, head->next, sync);
}

/**
 * list_splice_tail_init_rcu - move all elements of a list to the end of another
 * @list: the list to empty
 * @head: the list that gets them
 * @sync: waits for the readers
 *
 * Context: May sleep. See __list_splice_init_rcu().
 */
static inline void list_splice_tail_init_rcu(struct list_head *list, struct list_head *head,
					     void (*sync)(void))
{
	if (!list_empty(list))
		__list_splice_init_rcu(list, head->prev, head, sync);
}

/**
 * list_splice_rcu - put a chain that no reader knows to the front of a list, as a stack would
 * @list: the private list; its head is to be initialised before it is used again
 * @head: the list that gets its elements, in their order
 *
 * All but one store is to links that readers can't see yet; that one makes the chain seen whole.
 *
 * Context: any; the caller excludes other updaters of both.
 */
static inline void list_splice_rcu(struct list_head *list, struct list_head *head)
{
	struct list_head *first = list->next, *last = list->prev, *after = head->next;

	if (list_empty(list))
		return;
	last->next = after;
	after->prev = last;
	first->prev = head;
	rcu_assign_pointer(list_next_rcu(head), first);
}

/** list_entry_rcu - the object around a link that an updater may be changing */
#define list_entry_rcu(ptr, type, member)	container_of(READ_ONCE(ptr), type, member)

/*
 * There is no list_empty_rcu() and no list_first_entry_rcu(): a list found to have a first element
 * may have none at the second look. These look once.
 */

/** list_first_or_null_rcu - the first object of the list at @ptr, or NULL */
#define list_first_or_null_rcu(ptr, type, member)				\
({										\
	struct list_head *__list = (ptr);					\
	struct list_head *__first = READ_ONCE(__list->next);			\
										\
	likely(__first != __list) ? list_entry_rcu(__first, type, member) : NULL; \
})

/** list_next_or_null_rcu - the object behind link @ptr, or NULL at the end of the list @head */
#define list_next_or_null_rcu(head, ptr, type, member)				\
({										\
	struct list_head *__list = (head);					\
	struct list_head *__link = (ptr);					\
	struct list_head *__after = READ_ONCE(__link->next);			\
										\
	likely(__after != __list) ? list_entry_rcu(__after, type, member) : NULL; \
})

/**
 * list_for_each_entry_rcu - walk over the objects of a list
 * @pos: the object, a pointer
 * @head: the list
 * @member: the name of the link in the object
 * @cond: optional: what else than an RCU reader makes the walk right
 */
#define list_for_each_entry_rcu(pos, head, member, cond...)			\
	for (__list_check_optional(0, ##cond),					\
	     pos = list_entry_rcu((head)->next, typeof(*pos), member);		\
	     !list_entry_is_head(pos, head, member);				\
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))

/** list_for_each_entry_srcu - the same under SRCU; @cond says so: srcu_read_lock_held(&domain) */
#define list_for_each_entry_srcu(pos, head, member, cond)			\
	for (__list_check_srcu(cond),						\
	     pos = list_entry_rcu((head)->next, typeof(*pos), member);		\
	     !list_entry_is_head(pos, head, member);				\
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))

/** list_entry_lockless - list_entry_rcu() where something else than a reader keeps the object */
#define list_entry_lockless(ptr, type, member) \
	container_of((typeof(ptr))READ_ONCE(ptr), type, member)

/**
 * list_for_each_entry_lockless - walk where something else than a reader keeps the objects
 *
 * For lists that only grow, or in an exception that no updater can outlast. Nothing is checked.
 */
#define list_for_each_entry_lockless(pos, head, member)				\
	for (pos = list_entry_lockless((head)->next, typeof(*pos), member);	\
	     !list_entry_is_head(pos, head, member);				\
	     pos = list_entry_lockless(pos->member.next, typeof(*pos), member))

/**
 * list_for_each_entry_continue_rcu - walk on from the object behind @pos
 *
 * @pos must have been on the list at some time since the reader began: either it is found through
 * the list in the same reader, or it was never removed.
 */
#define list_for_each_entry_continue_rcu(pos, head, member)			\
	for (pos = list_entry_rcu(pos->member.next, typeof(*pos), member);	\
	     !list_entry_is_head(pos, head, member);				\
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))

/**
 * list_for_each_entry_from_rcu - walk on from @pos itself; as list_for_each_entry_continue_rcu()
 */
#define list_for_each_entry_from_rcu(pos, head, member)				\
	for (; !list_entry_is_head(pos, head, member);				\
	     pos = list_entry_rcu(pos->member.next, typeof(*(pos)), member))

/* ---- hash chains ---- */

/** hlist_first_rcu, hlist_next_rcu, hlist_pprev_rcu - the pointers, as __rcu ones */
#define hlist_first_rcu(head)	(*((struct hlist_node __rcu **)(&(head)->first)))
#define hlist_next_rcu(node)	(*((struct hlist_node __rcu **)(&(node)->next)))
#define hlist_pprev_rcu(node)	(*((struct hlist_node __rcu **)((node)->pprev)))

/**
 * hlist_del_rcu - take a node off its chain
 * @n: the node; hlist_unhashed() is not true of it afterwards
 *
 * Context: Any; the caller excludes other updaters, and frees after a grace period.
 */
static inline void hlist_del_rcu(struct hlist_node *n)
{
	__hlist_del(n);
	WRITE_ONCE(n->pprev, LIST_POISON2);
}

/**
 * hlist_del_init_rcu - take a node off its chain, if on one, and mark it as unhashed
 * @n: the node; its forward pointer stays for readers
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_del_init_rcu(struct hlist_node *n)
{
	if (hlist_unhashed(n))
		return;
	__hlist_del(n);
	WRITE_ONCE(n->pprev, NULL);
}

/**
 * hlist_replace_rcu - put one node in another's place
 * @old: on a chain; off it afterwards
 * @new: the node that readers meet from now on
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_replace_rcu(struct hlist_node *old, struct hlist_node *new)
{
	struct hlist_node *next = old->next;

	new->next = next;
	WRITE_ONCE(new->pprev, old->pprev);
	rcu_assign_pointer(hlist_pprev_rcu(new), new);
	if (next)
		WRITE_ONCE(next->pprev, &new->next);
	WRITE_ONCE(old->pprev, LIST_POISON2);
}

/**
 * hlists_swap_heads_rcu - exchange two chains
 * @left: gets @right's nodes
 * @right: gets @left's nodes
 *
 * The two stores are two: a reader of both heads may meet one chain twice. An empty chain is fine.
 *
 * Context: Any; the caller excludes other updaters of both.
 */
static inline void hlists_swap_heads_rcu(struct hlist_head *left, struct hlist_head *right)
{
	struct hlist_node *node1 = left->first;
	struct hlist_node *node2 = right->first;

	rcu_assign_pointer(hlist_first_rcu(left), node2);
	rcu_assign_pointer(hlist_first_rcu(right), node1);
	if (node2)
		WRITE_ONCE(node2->pprev, &left->first);
	if (node1)
		WRITE_ONCE(node1->pprev, &right->first);
}

/**
 * hlist_add_head_rcu - put a node first
 * @n: the node, its object whole
 * @h: the chain
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_add_head_rcu(struct hlist_node *n, struct hlist_head *h)
{
	struct hlist_node *first = h->first;

	n->next = first;
	WRITE_ONCE(n->pprev, &h->first);
	rcu_assign_pointer(hlist_first_rcu(h), n);
	if (first)
		WRITE_ONCE(first->pprev, &n->next);
}

/**
 * hlist_add_before_rcu - put a node before another
 * @n: the node, its object whole
 * @next: on a chain
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_add_before_rcu(struct hlist_node *n, struct hlist_node *next)
{
	WRITE_ONCE(n->pprev, next->pprev);
	n->next = next;
	rcu_assign_pointer(hlist_pprev_rcu(n), n);
	WRITE_ONCE(next->pprev, &n->next);
}

/**
 * hlist_add_behind_rcu - put a node behind another
 * @n: the node, its object whole
 * @prev: on a chain
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_add_behind_rcu(struct hlist_node *n, struct hlist_node *prev)
{
	n->next = prev->next;
	WRITE_ONCE(n->pprev, &prev->next);
	rcu_assign_pointer(hlist_next_rcu(prev), n);
	if (n->next)
		WRITE_ONCE(n->next->pprev, &n->next);
}

/**
 * hlist_add_tail_rcu - put a node last; walks the chain to find the end
 * @n: the node, its object whole
 * @h: the chain
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_add_tail_rcu(struct hlist_node *n, struct hlist_head *h)
{
	struct hlist_node *last = h->first;

	if (!last) {
		hlist_add_head_rcu(n, h);
		return;
	}
	while (last->next)
		last = last->next;
	hlist_add_behind_rcu(n, last);
}

/** __hlist_for_each_rcu - walk over the nodes of a chain */
#define __hlist_for_each_rcu(pos, head)						\
	for (pos = rcu_dereference_raw(hlist_first_rcu(head)); pos;		\
	     pos = rcu_dereference_raw(hlist_next_rcu(pos)))

#define __hlist_first_entry(head, pos, member) \
	hlist_entry_safe(rcu_dereference_raw(hlist_first_rcu(head)), typeof(*(pos)), member)
#define __hlist_next_entry(pos, member) \
	hlist_entry_safe(rcu_dereference_raw(hlist_next_rcu(&(pos)->member)),	\
			 typeof(*(pos)), member)

/**
 * hlist_for_each_entry_rcu - walk over the objects of a chain
 * @pos: the object, a pointer; NULL at the end
 * @head: the chain
 * @member: the name of the node in the object
 * @cond: optional: what else than an RCU reader makes the walk right
 */
#define hlist_for_each_entry_rcu(pos, head, member, cond...)			\
	for (__list_check_optional(0, ##cond),					\
	     pos = __hlist_first_entry(head, pos, member);			\
	     pos;								\
	     pos = __hlist_next_entry(pos, member))

/** hlist_for_each_entry_srcu - the same under SRCU; @cond says so: srcu_read_lock_held(&domain) */
#define hlist_for_each_entry_srcu(pos, head, member, cond)			\
	for (__list_check_srcu(cond),						\
	     pos = __hlist_first_entry(head, pos, member);			\
	     pos;								\
	     pos = __hlist_next_entry(pos, member))

/** hlist_for_each_entry_rcu_notrace - the same, unchecked: for the checkers themselves */
#define hlist_for_each_entry_rcu_notrace(pos, head, member)			\
	for (pos = hlist_entry_safe(rcu_dereference_raw_check(hlist_first_rcu(head)), \
				    typeof(*(pos)), member);			\
	     pos;								\
	     pos = hlist_entry_safe(rcu_dereference_raw_check(hlist_next_rcu(&(pos)->member)), \
				    typeof(*(pos)), member))

/** hlist_for_each_entry_rcu_bh - the same under rcu_read_lock_bh() */
#define hlist_for_each_entry_rcu_bh(pos, head, member)				\
	for (pos = hlist_entry_safe(rcu_dereference_bh(hlist_first_rcu(head)),	\
				    typeof(*(pos)), member);			\
	     pos;								\
	     pos = hlist_entry_safe(rcu_dereference_bh(hlist_next_rcu(&(pos)->member)), \
				    typeof(*(pos)), member))

/** hlist_for_each_entry_continue_rcu - walk on from the object behind @pos */
#define hlist_for_each_entry_continue_rcu(pos, member)				\
	for (pos = __hlist_next_entry(pos, member); pos;			\
	     pos = __hlist_next_entry(pos, member))

/** hlist_for_each_entry_continue_rcu_bh - the same under rcu_read_lock_bh() */
#define hlist_for_each_entry_continue_rcu_bh(pos, member)			\
	for (pos = hlist_entry_safe(rcu_dereference_bh(hlist_next_rcu(&(pos)->member)), \
				    typeof(*(pos)), member);			\
	     pos;								\
	     pos = hlist_entry_safe(rcu_dereference_bh(hlist_next_rcu(&(pos)->member)), \
				    typeof(*(pos)), member))

/** hlist_for_each_entry_from_rcu - walk on from @pos itself */
#define hlist_for_each_entry_from_rcu(pos, member) \
	for (; pos; pos = __hlist_next_entry(pos, member))

#endif /* _LINUX_RCULIST_H */
