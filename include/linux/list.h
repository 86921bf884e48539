/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LIST_H
#define _LINUX_LIST_H

/*
 * Doubly linked lists whose links live inside the objects that they join.
 *
 * A list is a ring of struct list_head. One of them is the *head*: it belongs to the list's owner
 * and to no object. An empty list is a head that points at itself, so no operation ever meets NULL:
 *
 *	   +--------------------------------------+
 *	   v                                      v
 *	[head] <-> [a.link] <-> [b.link] <-> [c.link]
 *
 * An hlist (below) saves a word in the head: it is a chain ended by NULL, for the many buckets of a
 * hash table. Each node knows the address of the pointer that points at it (pprev), so that it can
 * leave without knowing its bucket.
 *
 * Locking is the caller's. Functions may be called from any context. A store that a lockless
 * observer may look at (list_empty(), hlist_unhashed_lockless()) is a WRITE_ONCE().
 */

#include <linux/container_of.h>
#include <linux/types.h>
#include <linux/stddef.h>
#include <linux/poison.h>
#include <linux/const.h>
#include <asm/barrier.h>

/** LIST_HEAD_INIT - static initializer of an empty list */
#define LIST_HEAD_INIT(name)	{ &(name), &(name) }

/** LIST_HEAD - define a variable @name that is an empty list */
#define LIST_HEAD(name)		struct list_head name = LIST_HEAD_INIT(name)

/**
 * INIT_LIST_HEAD - make a list_head an empty list
 * @list: head (or node) to initialise; what it held before is forgotten
 */
static inline void INIT_LIST_HEAD(struct list_head *list)
{
	WRITE_ONCE(list->next, list);
	WRITE_ONCE(list->prev, list);
}

#ifdef CONFIG_LIST_HARDENED
/*
 * The checks compare a node's two neighbours before a link is changed and report the corruption
 * with all the nodes concerned. False means: don't touch the list.
 */
bool __list_add_valid_or_report(struct list_head *new, struct list_head *prev,
				struct list_head *next);
bool __list_del_entry_valid_or_report(struct list_head *entry);

/**
 * __list_add_valid - are the three nodes fit for an insertion? False: reported, don't touch the
 * list
 */
static __always_inline bool __list_add_valid(struct list_head *new, struct list_head *prev,
					     struct list_head *next)
{
	/* A link of NULL (memory cleared under the list) is reported, not followed. */
	if (likely(next && prev && next->prev == prev && prev->next == next && new != prev &&
		   new != next))
		return true;
	return __list_add_valid_or_report(new, prev, next);
}

/** __list_del_entry_valid - is a node fit to be removed? False: reported, don't touch the list */
static __always_inline bool __list_del_entry_valid(struct list_head *entry)
{
	struct list_head *prev = entry->prev;
	struct list_head *next = entry->next;

	/* The poison test comes first: a poisoned pointer must not be followed. */
	if (likely(next != LIST_POISON1 && prev != LIST_POISON2 && next && prev &&
		   prev->next == entry && next->prev == entry))
		return true;
	return __list_del_entry_valid_or_report(entry);
}
#else
static inline bool __list_add_valid(struct list_head *new __always_unused,
				    struct list_head *prev __always_unused,
				    struct list_head *next __always_unused)
{
	return true;
}

static inline bool __list_del_entry_valid(struct list_head *entry __always_unused)
{
	return true;
}
#endif

/** __list_add - insert @new between two nodes that are neighbours */
static inline void __list_add(struct list_head *new, struct list_head *prev,
			      struct list_head *next)
{
	if (!__list_add_valid(new, prev, next))
		return;

	next->prev = new;
	new->next = next;
	new->prev = prev;
	WRITE_ONCE(prev->next, new);
}

/**
 * list_add - add an entry right after the head (a stack's push)
 * @new: entry to add; on no list
 * @head: head, or any node, to add it after
 */
static inline void list_add(struct list_head *new, struct list_head *head)
{
	__list_add(new, head, head->next);
}

/**
 * list_add_tail - add an entry right before the head (a queue's put)
 * @new: entry to add; on no list
 * @head: head, or any node, to add it before
 */
static inline void list_add_tail(struct list_head *new, struct list_head *head)
{
	__list_add(new, head->prev, head);
}

/** __list_del - make @prev and @next neighbours; whatever stood between them is out */
static inline void __list_del(struct list_head *prev, struct list_head *next)
{
	next->prev = prev;
	WRITE_ONCE(prev->next, next);
}

/**
 * __list_del_clearprev - leave a list, marking the entry by prev = NULL only
 * @entry: entry of a list whose membership is told by prev alone (as networking does)
 */
static inline void __list_del_clearprev(struct list_head *entry)
{
	__list_del(entry->prev, entry->next);
	entry->prev = NULL;
}

/** __list_del_entry - leave the list; the entry's own links stay as they were */
static inline void __list_del_entry(struct list_head *entry)
{
	if (!__list_del_entry_valid(entry))
		return;

	__list_del(entry->prev, entry->next);
}

/**
 * list_del - take an entry off its list and poison its links
 * @entry: entry on a list
 *
 * list_empty(@entry) is not true afterwards: the entry is on nothing, it is not a list.
 */
static inline void list_del(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->next = LIST_POISON1;
	entry->prev = LIST_POISON2;
}

/**
 * list_replace - let a new entry take an old one's place
 * @old: entry on a list; its links are left stale
 * @new: entry that stands there afterwards
 *
 * An empty @old (a ring of one) makes @new empty.
 */
static inline void list_replace(struct list_head *old, struct list_head *new)
{
	new->next = old->next;
	new->next->prev = new;
	new->prev = old->prev;
	new->prev->next = new;
}

/**
 * list_replace_init - let a new entry take an old one's place, and make the old one empty
 * @old: entry on a list
 * @new: entry that stands there afterwards
 */
static inline void list_replace_init(struct list_head *old, struct list_head *new)
{
	list_replace(old, new);
	INIT_LIST_HEAD(old);
}

/**
 * list_swap - exchange the places of two entries
 * @entry1: goes where @entry2 stood
 * @entry2: goes where @entry1 stood; may be its neighbour or on another list
 */
static inline void list_swap(struct list_head *entry1, struct list_head *entry2)
{
	struct list_head *before = entry2->prev;

	__list_del_entry(entry2);
	list_replace(entry1, entry2);
	/* Neighbours: the place before entry2 was entry1 itself, and entry2 stands there now. */
	if (before == entry1)
		before = entry2;
	list_add(entry1, before);
}

/**
 * list_del_init - take an entry off its list and make it an empty list
 * @entry: entry on a list, or an empty one (then nothing changes)
 */
static inline void list_del_init(struct list_head *entry)
{
	__list_del_entry(entry);
	INIT_LIST_HEAD(entry);
}

/**
 * list_move - take an entry off its list and push it on another
 * @list: entry to move
 * @head: head that it will follow
 */
static inline void list_move(struct list_head *list, struct list_head *head)
{
	__list_del_entry(list);
	list_add(list, head);
}

/**
 * list_move_tail - take an entry off its list and put it at the end of another
 * @list: entry to move
 * @head: head that it will precede
 */
static inline void list_move_tail(struct list_head *list, struct list_head *head)
{
	__list_del_entry(list);
	list_add_tail(list, head);
}

/**
 * list_bulk_move_tail - move a run of entries to the tail
 * @head: head of the list that all of them are on
 * @first: first entry of the run
 * @last: last entry of the run; may be @first
 */
static inline void list_bulk_move_tail(struct list_head *head, struct list_head *first,
				       struct list_head *last)
{
	__list_del(first->prev, last->next);

	first->prev = head->prev;
	head->prev->next = first;
	last->next = head;
	head->prev = last;
}

/**
 * list_is_first - is this the list's first entry?
 * @list: entry to test
 * @head: head of its list
 */
static inline int list_is_first(const struct list_head *list, const struct list_head *head)
{
	return list->prev == head;
}

/**
 * list_is_last - is this the list's last entry?
 * @list: entry to test
 * @head: head of its list
 */
static inline int list_is_last(const struct list_head *list, const struct list_head *head)
{
	return list->next == head;
}

/**
 * list_is_head - is this node the head?
 * @list: node to test
 * @head: head of its list
 */
static inline int list_is_head(const struct list_head *list, const struct list_head *head)
{
	return list == head;
}

/**
 * list_empty - has the list no entries?
 * @head: head to test
 */
static inline int list_empty(const struct list_head *head)
{
	return READ_ONCE(head->next) == head;
}

/**
 * list_del_init_careful - list_del_init() that a lockless list_empty_careful() may watch
 * @entry: entry on a list
 *
 * What this CPU did before is visible to a CPU whose list_empty_careful(@entry) says true.
 */
static inline void list_del_init_careful(struct list_head *entry)
{
	__list_del_entry(entry);
	WRITE_ONCE(entry->prev, entry);
	/* Pairs with the smp_load_acquire() in list_empty_careful(). */
	smp_store_release(&entry->next, entry);
}

/**
 * list_empty_careful - is the list empty, and nobody in the middle of changing that?
 * @head: head, or entry, to test
 *
 * Usable without the lock only if the sole thing that others do to @head is
 * list_del_init_careful(): a concurrent list_add() can't be told apart.
 */
static inline int list_empty_careful(const struct list_head *head)
{
	/* Pairs with the smp_store_release() in list_del_init_careful(). */
	struct list_head *next = smp_load_acquire(&head->next);

	return list_is_head(next, head) && next == READ_ONCE(head->prev);
}

/**
 * list_rotate_left - make the first entry the last
 * @head: head of the list; may be empty
 */
static inline void list_rotate_left(struct list_head *head)
{
	if (!list_empty(head))
		list_move_tail(head->next, head);
}

/**
 * list_rotate_to_front - rotate until an entry is the first
 * @list: entry to bring to the front
 * @head: head of its list
 */
static inline void list_rotate_to_front(struct list_head *list, struct list_head *head)
{
	/* In a ring, moving the head to just before @list rotates everything else. */
	list_move_tail(head, list);
}

/**
 * list_is_singular - has the list exactly one entry?
 * @head: head to test
 */
static inline int list_is_singular(const struct list_head *head)
{
	return !list_empty(head) && head->next == head->prev;
}

/**
 * __list_cut_position - move head's entries up to and including @entry (not the head) onto @list
 */
static inline void __list_cut_position(struct list_head *list, struct list_head *head,
				       struct list_head *entry)
{
	struct list_head *rest = entry->next;

	list->next = head->next;
	list->next->prev = list;
	list->prev = entry;
	entry->next = list;
	head->next = rest;
	rest->prev = head;
}

/**
 * list_cut_position - cut a list in two after an entry
 * @list: gets the part up to and including @entry; what it held is lost
 * @head: list to cut; keeps the rest
 * @entry: entry of @head, or @head itself: then nothing is cut and @list ends up empty
 */
static inline void list_cut_position(struct list_head *list, struct list_head *head,
				     struct list_head *entry)
{
	if (list_empty(head))
		return;
	if (list_is_singular(head) && !list_is_head(entry, head) && entry != head->next)
		return;
	if (list_is_head(entry, head))
		INIT_LIST_HEAD(list);
	else
		__list_cut_position(list, head, entry);
}

/**
 * list_cut_before - cut a list in two before an entry
 * @list: gets the part before @entry; what it held is lost
 * @head: list to cut; keeps @entry and the rest
 * @entry: entry of @head, or @head itself: then all entries move
 */
static inline void list_cut_before(struct list_head *list, struct list_head *head,
				   struct list_head *entry)
{
	if (head->next == entry) {
		INIT_LIST_HEAD(list);
		return;
	}
	__list_cut_position(list, head, entry->prev);
}

/** __list_splice - link the entries of the non-empty @list between two neighbours */
static inline void __list_splice(const struct list_head *list, struct list_head *prev,
				 struct list_head *next)
{
	struct list_head *first = list->next;
	struct list_head *last = list->prev;

	first->prev = prev;
	prev->next = first;
	last->next = next;
	next->prev = last;
}

/**
 * list_splice - put a list's entries at the start of another
 * @list: list whose entries move; its head is left stale
 * @head: list that they join
 */
static inline void list_splice(const struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_splice(list, head, head->next);
}

/**
 * list_splice_tail - put a list's entries at the end of another
 * @list: list whose entries move; its head is left stale
 * @head: list that they join
 */
static inline void list_splice_tail(struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_splice(list, head->prev, head);
}

/**
 * list_splice_init - list_splice(), and make the source empty
 * @list: list whose entries move
 * @head: list that they join
 */
static inline void list_splice_init(struct list_head *list, struct list_head *head)
{
	if (!list_empty(list)) {
		__list_splice(list, head, head->next);
		INIT_LIST_HEAD(list);
	}
}

/**
 * list_splice_tail_init - list_splice_tail(), and make the source empty
 * @list: list whose entries move
 * @head: list that they join
 */
static inline void list_splice_tail_init(struct list_head *list, struct list_head *head)
{
	if (!list_empty(list)) {
		__list_splice(list, head->prev, head);
		INIT_LIST_HEAD(list);
	}
}

/**
 * list_entry - the object in which a node is embedded
 * @ptr: the struct list_head
 * @type: type of the object
 * @member: name of the list_head in it
 */
#define list_entry(ptr, type, member)	container_of(ptr, type, member)

/** list_first_entry - the first object of a list that is not empty */
#define list_first_entry(ptr, type, member)	list_entry((ptr)->next, type, member)

/** list_last_entry - the last object of a list that is not empty */
#define list_last_entry(ptr, type, member)	list_entry((ptr)->prev, type, member)

/** list_first_entry_or_null - the first object, or NULL if the list is empty */
#define list_first_entry_or_null(ptr, type, member) ({				\
	struct list_head *head__ = (ptr);					\
	struct list_head *pos__ = READ_ONCE(head__->next);			\
	pos__ != head__ ? list_entry(pos__, type, member) : NULL;		\
})

/** list_last_entry_or_null - the last object, or NULL if the list is empty */
#define list_last_entry_or_null(ptr, type, member) ({				\
	struct list_head *head__ = (ptr);					\
	struct list_head *pos__ = READ_ONCE(head__->prev);			\
	pos__ != head__ ? list_entry(pos__, type, member) : NULL;		\
})

/*
 * The list_head in @pos by arithmetic: a cursor that has reached the head points at no object, and
 * may not even be aligned as one.
 */
#define __list_node_of(pos, member)						\
	((struct list_head *)((char *)(pos) + offsetof(typeof(*(pos)), member)))

/** list_next_entry - the object after @pos */
#define list_next_entry(pos, member)						\
	list_entry(__list_node_of(pos, member)->next, typeof(*(pos)), member)

/** list_next_entry_circular - the object after @pos, or the first if @pos is the last */
#define list_next_entry_circular(pos, head, member)				\
	(list_is_last(&(pos)->member, head) ?					\
	 list_first_entry(head, typeof(*(pos)), member) : list_next_entry(pos, member))

/** list_prev_entry - the object before @pos */
#define list_prev_entry(pos, member)						\
	list_entry(__list_node_of(pos, member)->prev, typeof(*(pos)), member)

/** list_prev_entry_circular - the object before @pos, or the last if @pos is the first */
#define list_prev_entry_circular(pos, head, member)				\
	(list_is_first(&(pos)->member, head) ?					\
	 list_last_entry(head, typeof(*(pos)), member) : list_prev_entry(pos, member))

/*
 * Walking. The _safe forms hold the next node in @n, so that the body may remove @pos (and only
 * @pos); _continue begins after @pos, _from at @pos; _reverse and _prev walk backwards.
 */

/** list_for_each - walk over the nodes of a list */
#define list_for_each(pos, head)						\
	for (pos = (head)->next; !list_is_head(pos, (head)); pos = pos->next)

/** list_next_rcu - the forward pointer, as an __rcu one that can be assigned */
#define list_next_rcu(list)	(*((struct list_head __rcu **)(&(list)->next)))

/** list_for_each_rcu - walk over the nodes inside rcu_read_lock(), writers being RCU-aware */
#define list_for_each_rcu(pos, head)						\
	for (pos = rcu_dereference(list_next_rcu(head)); !list_is_head(pos, (head));	\
	     pos = rcu_dereference(list_next_rcu(pos)))

/** list_for_each_continue - walk on over the nodes after @pos */
#define list_for_each_continue(pos, head)					\
	for (pos = pos->next; !list_is_head(pos, (head)); pos = pos->next)

/** list_for_each_prev - walk over the nodes backwards */
#define list_for_each_prev(pos, head)						\
	for (pos = (head)->prev; !list_is_head(pos, (head)); pos = pos->prev)

/** list_for_each_reverse - list_for_each_prev() by its newer name */
#define list_for_each_reverse(pos, head)	list_for_each_prev(pos, head)

/** list_for_each_safe - walk over the nodes; the body may remove @pos */
#define list_for_each_safe(pos, n, head)					\
	for (pos = (head)->next, n = pos->next; !list_is_head(pos, (head));	\
	     pos = n, n = pos->next)

/** list_for_each_prev_safe - walk backwards; the body may remove @pos */
#define list_for_each_prev_safe(pos, n, head)					\
	for (pos = (head)->prev, n = pos->prev; !list_is_head(pos, (head));	\
	     pos = n, n = pos->prev)

/**
 * list_count_nodes - count a list's entries, in linear time
 * @head: head of the list, which is not counted
 */
static inline size_t list_count_nodes(struct list_head *head)
{
	struct list_head *pos;
	size_t count = 0;

	list_for_each(pos, head)
		count++;
	return count;
}

/** list_entry_is_head - has a typed cursor reached the head (the end of a walk)? */
#define list_entry_is_head(pos, head, member)					\
	list_is_head(__list_node_of(pos, member), (head))

/** list_for_each_entry - walk over the objects of a list */
#define list_for_each_entry(pos, head, member)					\
	for (pos = list_first_entry(head, typeof(*pos), member);		\
	     !list_entry_is_head(pos, head, member);				\
	     pos = list_next_entry(pos, member))

/** list_for_each_entry_reverse - walk over the objects backwards */
#define list_for_each_entry_reverse(pos, head, member)				\
	for (pos = list_last_entry(head, typeof(*pos), member);			\
	     !list_entry_is_head(pos, head, member);				\
	     pos = list_prev_entry(pos, member))

/** list_prepare_entry - a start for _continue walks: @pos, or the head's pseudo object if NULL */
#define list_prepare_entry(pos, head, member)					\
	((pos) ? : list_entry(head, typeof(*pos), member))

/** list_for_each_entry_continue - walk on over the objects after @pos */
#define list_for_each_entry_continue(pos, head, member)				\
	for (pos = list_next_entry(pos, member);				\
	     !list_entry_is_head(pos, head, member);				\
	     pos = list_next_entry(pos, member))

/** list_for_each_entry_continue_reverse - walk backwards over the objects before @pos */
#define list_for_each_entry_continue_reverse(pos, head, member)			\
	for (pos = list_prev_entry(pos, member);				\
	     !list_entry_is_head(pos, head, member);				\
	     pos = list_prev_entry(pos, member))

/** list_for_each_entry_from - walk from @pos itself to the end */
#define list_for_each_entry_from(pos, head, member)				\
	for (; !list_entry_is_head(pos, head, member);				\
	     pos = list_next_entry(pos, member))

/** list_for_each_entry_from_reverse - walk backwards from @pos itself */
#define list_for_each_entry_from_reverse(pos, head, member)			\
	for (; !list_entry_is_head(pos, head, member);				\
	     pos = list_prev_entry(pos, member))

/** list_for_each_entry_safe - walk over the objects; the body may remove @pos */
#define list_for_each_entry_safe(pos, n, head, member)				\
	for (pos = list_first_entry(head, typeof(*pos), member),		\
	     n = list_next_entry(pos, member);					\
	     !list_entry_is_head(pos, head, member);				\
	     pos = n, n = list_next_entry(n, member))

/** list_for_each_entry_safe_continue - removal-safe walk over what follows @pos */
#define list_for_each_entry_safe_continue(pos, n, head, member)			\
	for (pos = list_next_entry(pos, member),				\
	     n = list_next_entry(pos, member);					\
	     !list_entry_is_head(pos, head, member);				\
	     pos = n, n = list_next_entry(n, member))

/** list_for_each_entry_safe_from - removal-safe walk from @pos itself */
#define list_for_each_entry_safe_from(pos, n, head, member)			\
	for (n = list_next_entry(pos, member);					\
	     !list_entry_is_head(pos, head, member);				\
	     pos = n, n = list_next_entry(n, member))

/** list_for_each_entry_safe_reverse - removal-safe walk backwards */
#define list_for_each_entry_safe_reverse(pos, n, head, member)			\
	for (pos = list_last_entry(head, typeof(*pos), member),			\
	     n = list_prev_entry(pos, member);					\
	     !list_entry_is_head(pos, head, member);				\
	     pos = n, n = list_prev_entry(n, member))

/**
 * list_safe_reset_next - read the saved next object of a _safe walk again
 *
 * For a body that dropped the list's lock: call it after retaking the lock, with @pos still on
 * the list, as the last thing in the body.
 */
#define list_safe_reset_next(pos, n, member)	n = list_next_entry(pos, member)

/*
 * hlists: chains with a one-word head.
 */

#define HLIST_HEAD_INIT		{ .first = NULL }

/** HLIST_HEAD - a static empty list */
#define HLIST_HEAD(name)	struct hlist_head name = { .first = NULL }
/** INIT_HLIST_HEAD - make an empty list */
#define INIT_HLIST_HEAD(ptr)	((ptr)->first = NULL)

/** INIT_HLIST_NODE - mark a node as being on no hlist */
static inline void INIT_HLIST_NODE(struct hlist_node *h)
{
	h->next = NULL;
	h->pprev = NULL;
}

/**
 * hlist_unhashed - is the node on no hlist?
 * @h: node that was initialised, or removed by a function that leaves it unhashed
 */
static inline int hlist_unhashed(const struct hlist_node *h)
{
	return !h->pprev;
}

/** hlist_unhashed_lockless - hlist_unhashed() for a caller without the lock */
static inline int hlist_unhashed_lockless(const struct hlist_node *h)
{
	return !READ_ONCE(h->pprev);
}

/** hlist_empty - has the hlist no entries? */
static inline int hlist_empty(const struct hlist_head *h)
{
	return !READ_ONCE(h->first);
}

/** __hlist_del - leave the chain; the node's own links stay as they were */
static inline void __hlist_del(struct hlist_node *n)
{
	struct hlist_node *next = n->next;
	struct hlist_node **pprev = n->pprev;

	WRITE_ONCE(*pprev, next);
	if (next)
		WRITE_ONCE(next->pprev, pprev);
}

/**
 * hlist_del - take a node off its hlist and poison its links
 * @n: node on an hlist; it still looks hashed afterwards
 */
static inline void hlist_del(struct hlist_node *n)
{
	__hlist_del(n);
	n->next = LIST_POISON1;
	n->pprev = LIST_POISON2;
}

/**
 * hlist_del_init - take a node off its hlist, if it is on one, and leave it unhashed
 * @n: node
 */
static inline void hlist_del_init(struct hlist_node *n)
{
	if (!hlist_unhashed(n)) {
		__hlist_del(n);
		INIT_HLIST_NODE(n);
	}
}

/**
 * hlist_add_head - add a node as the first
 * @n: node, on no hlist
 * @h: hlist
 */
static inline void hlist_add_head(struct hlist_node *n, struct hlist_head *h)
{
	struct hlist_node *first = h->first;

	WRITE_ONCE(n->next, first);
	if (first)
		WRITE_ONCE(first->pprev, &n->next);
	WRITE_ONCE(h->first, n);
	WRITE_ONCE(n->pprev, &h->first);
}

/**
 * hlist_add_before - add a node before another
 * @n: node, on no hlist
 * @next: node that it will precede
 */
static inline void hlist_add_before(struct hlist_node *n, struct hlist_node *next)
{
	WRITE_ONCE(n->pprev, next->pprev);
	WRITE_ONCE(n->next, next);
	WRITE_ONCE(next->pprev, &n->next);
	WRITE_ONCE(*(n->pprev), n);
}

/**
 * hlist_add_behind - add a node behind another
 * @n: node, on no hlist
 * @prev: node that it will follow
 */
static inline void hlist_add_behind(struct hlist_node *n, struct hlist_node *prev)
{
	WRITE_ONCE(n->next, prev->next);
	WRITE_ONCE(prev->next, n);
	WRITE_ONCE(n->pprev, &prev->next);

	if (n->next)
		WRITE_ONCE(n->next->pprev, &n->next);
}

/**
 * hlist_add_fake - make a node look hashed though it is on no list
 * @n: node; hlist_del() works on it afterwards
 */
static inline void hlist_add_fake(struct hlist_node *n)
{
	n->pprev = &n->next;
}

/** hlist_fake - is this a node after hlist_add_fake()? */
static inline bool hlist_fake(struct hlist_node *h)
{
	return h->pprev == &h->next;
}

/**
 * hlist_is_singular_node - is the node alone on its hlist?
 * @n: node on @h
 * @h: hlist, whose cache line is not touched
 */
static inline bool hlist_is_singular_node(struct hlist_node *n, struct hlist_head *h)
{
	return !n->next && n->pprev == &h->first;
}

/**
 * hlist_move_list - give a chain a new head
 * @old: head to empty
 * @new: head that gets the chain; what it held is lost
 */
static inline void hlist_move_list(struct hlist_head *old, struct hlist_head *new)
{
	new->first = old->first;
	if (new->first)
		new->first->pprev = &new->first;
	old->first = NULL;
}

/**
 * hlist_splice_init - put a whole chain in front of another
 * @from: hlist that is emptied; not empty
 * @last: last node of @from
 * @to: hlist that they join; may be empty
 */
static inline void hlist_splice_init(struct hlist_head *from, struct hlist_node *last,
				     struct hlist_head *to)
{
	if (to->first)
		to->first->pprev = &last->next;
	last->next = to->first;
	to->first = from->first;
	from->first->pprev = &to->first;
	from->first = NULL;
}

/** hlist_entry - the object in which an hlist node is embedded */
#define hlist_entry(ptr, type, member)	container_of(ptr, type, member)

/** hlist_entry_safe - hlist_entry() that maps NULL to NULL */
#define hlist_entry_safe(ptr, type, member) ({					\
	typeof(ptr) ____ptr = (ptr);						\
	____ptr ? hlist_entry(____ptr, type, member) : NULL;			\
})

/** hlist_for_each - walk over the nodes of an hlist */
#define hlist_for_each(pos, head)						\
	for (pos = (head)->first; pos; pos = pos->next)

/** hlist_for_each_safe - walk over the nodes; the body may remove @pos */
#define hlist_for_each_safe(pos, n, head)					\
	for (pos = (head)->first; pos && ({ n = pos->next; 1; }); pos = n)

/** hlist_for_each_entry - walk over the objects of an hlist */
#define hlist_for_each_entry(pos, head, member)					\
	for (pos = hlist_entry_safe((head)->first, typeof(*(pos)), member);	\
	     pos;								\
	     pos = hlist_entry_safe((pos)->member.next, typeof(*(pos)), member))

/** hlist_for_each_entry_continue - walk on over the objects after @pos */
#define hlist_for_each_entry_continue(pos, member)				\
	for (pos = hlist_entry_safe((pos)->member.next, typeof(*(pos)), member);\
	     pos;								\
	     pos = hlist_entry_safe((pos)->member.next, typeof(*(pos)), member))

/** hlist_for_each_entry_from - walk from @pos itself to the end */
#define hlist_for_each_entry_from(pos, member)					\
	for (; pos;								\
	     pos = hlist_entry_safe((pos)->member.next, typeof(*(pos)), member))

/** hlist_for_each_entry_safe - walk over the objects; the body may remove @pos; @n is a node */
#define hlist_for_each_entry_safe(pos, n, head, member)				\
	for (pos = hlist_entry_safe((head)->first, typeof(*pos), member);	\
	     pos && ({ n = pos->member.next; 1; });				\
	     pos = hlist_entry_safe(n, typeof(*pos), member))

/**
 * hlist_count_nodes - count an hlist's nodes, in linear time
 * @head: head of the hlist
 */
static inline size_t hlist_count_nodes(struct hlist_head *head)
{
	struct hlist_node *pos;
	size_t count = 0;

	hlist_for_each(pos, head)
		count++;
	return count;
}

#endif
