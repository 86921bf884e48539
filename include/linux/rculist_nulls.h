/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCULIST_NULLS_H
#define _LINUX_RCULIST_NULLS_H

/*
 * Chains with a telling end marker (linux/list_nulls.h), walked by RCU readers.
 *
 * They allow what other RCU lists forbid: memory of a removed object may be used again at once for
 * an object of the same type (SLAB_TYPESAFE_BY_RCU), even on another chain. The reader checks
 * after the fact:
 *
 *	begin:
 *		rcu_read_lock();
 *		hlist_nulls_for_each_entry_rcu(obj, node, &table[hash], link) {
 *			if (obj->key != key)
 *				continue;
 *			if (!refcount_inc_not_zero(&obj->ref))
 *				goto again;		// it was being freed
 *			if (obj->key != key) {
 *				put(obj);
 *				goto again;		// it became another object
 *			}
 *			return obj;
 *		}
 *		if (get_nulls_value(node) != hash)
 *			goto again;			// carried off to another chain
 *
 * Updaters exclude one another by a lock of the caller's. A removed node's forward pointer stays.
 */

#include <linux/list_nulls.h>
#include <linux/rcupdate.h>

/** hlist_nulls_first_rcu, hlist_nulls_next_rcu - the pointers, as __rcu ones */
#define hlist_nulls_first_rcu(head) \
	(*((struct hlist_nulls_node __rcu __force **)&(head)->first))
#define hlist_nulls_next_rcu(node) \
	(*((struct hlist_nulls_node __rcu __force **)&(node)->next))
#define hlist_nulls_pprev_rcu(node) \
	(*((struct hlist_nulls_node __rcu __force **)(node)->pprev))

/**
 * hlist_nulls_del_rcu - take a node off its chain
 * @n: the node; hlist_nulls_unhashed() is not true of it afterwards
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_nulls_del_rcu(struct hlist_nulls_node *n)
{
	__hlist_nulls_del(n);
	WRITE_ONCE(n->pprev, LIST_POISON2);
}

/**
 * hlist_nulls_del_init_rcu - take a node off its chain, if on one, and mark it as unhashed
 * @n: the node
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_nulls_del_init_rcu(struct hlist_nulls_node *n)
{
	if (hlist_nulls_unhashed(n))
		return;
	__hlist_nulls_del(n);
	WRITE_ONCE(n->pprev, NULL);
}

/**
 * hlist_nulls_add_head_rcu - put a node first
 * @n: the node, its object whole
 * @h: the chain
 *
 * A reader may be standing on this very node if its memory was used before: hence the store to
 * @n->next is one that cannot be torn.
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_nulls_add_head_rcu(struct hlist_nulls_node *n, struct hlist_nulls_head *h)
{
	struct hlist_nulls_node *first = h->first;

	WRITE_ONCE(n->next, first);
	WRITE_ONCE(n->pprev, &h->first);
	rcu_assign_pointer(hlist_nulls_first_rcu(h), n);
	if (!is_a_nulls(first))
		WRITE_ONCE(first->pprev, &n->next);
}

/**
 * hlist_nulls_add_tail_rcu - put a node last; walks the chain to find the end
 * @n: the node, its object whole
 * @h: the chain
 *
 * With insertion at the end, a reader that stood on a reused node of this same chain reaches the
 * end having missed nothing, and need not begin again.
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_nulls_add_tail_rcu(struct hlist_nulls_node *n, struct hlist_nulls_head *h)
{
	struct hlist_nulls_node **link = &h->first;

	while (!is_a_nulls(*link))
		link = &(*link)->next;
	WRITE_ONCE(n->next, *link);
	WRITE_ONCE(n->pprev, link);
	rcu_assign_pointer(hlist_nulls_pprev_rcu(n), n);
}

/**
 * hlist_nulls_replace_rcu - put a node in another's place
 * @old: the node that leaves, hashed; it keeps the way out, and still looks hashed
 * @new: the node that comes, its object whole
 *
 * A reader meets one of the two.
 *
 * Context: Any; the caller excludes other updaters.
 */
static inline void hlist_nulls_replace_rcu(struct hlist_nulls_node *old,
					   struct hlist_nulls_node *new)
{
	struct hlist_nulls_node *next = old->next;

	WRITE_ONCE(new->next, next);
	WRITE_ONCE(new->pprev, old->pprev);
	rcu_assign_pointer(hlist_nulls_pprev_rcu(new), new);
	if (!is_a_nulls(next))
		WRITE_ONCE(next->pprev, &new->next);
	WRITE_ONCE(old->pprev, LIST_POISON2);
}

/**
 * hlist_nulls_replace_init_rcu - hlist_nulls_replace_rcu(), and @old is marked as unhashed
 * @old: the node that leaves, hashed
 * @new: the node that comes
 */
static inline void hlist_nulls_replace_init_rcu(struct hlist_nulls_node *old,
						struct hlist_nulls_node *new)
{
	hlist_nulls_replace_rcu(old, new);
	WRITE_ONCE(old->pprev, NULL);
}

/** hlist_nulls_add_fake - make a node on no chain look hashed, so that it can be "deleted" */
static inline void hlist_nulls_add_fake(struct hlist_nulls_node *n)
{
	n->pprev = &n->next;
	n->next = (struct hlist_nulls_node *)NULLS_MARKER(NULL);
}

/**
 * hlist_nulls_for_each_entry_rcu - walk over the objects of a chain
 * @tpos: the object, a pointer
 * @pos: a node pointer for the walk's own use; at the end the chain's marker
 * @head: the chain
 * @member: the name of the node in the object
 *
 * The barrier makes a walk that begins again load the head again.
 */
#define hlist_nulls_for_each_entry_rcu(tpos, pos, head, member)			\
	for (({ barrier(); }),							\
	     pos = rcu_dereference_raw(hlist_nulls_first_rcu(head));		\
	     !is_a_nulls(pos) &&						\
	     ({ tpos = hlist_nulls_entry(pos, typeof(*tpos), member); 1; });	\
	     pos = rcu_dereference_raw(hlist_nulls_next_rcu(pos)))

/** hlist_nulls_for_each_entry_safe - the same; the body may remove @tpos from the chain */
#define hlist_nulls_for_each_entry_safe(tpos, pos, head, member)		\
	for (({ barrier(); }),							\
	     pos = rcu_dereference_raw(hlist_nulls_first_rcu(head));		\
	     !is_a_nulls(pos) &&						\
	     ({ tpos = hlist_nulls_entry(pos, typeof(*tpos), member);		\
		pos = rcu_dereference_raw(hlist_nulls_next_rcu(pos)); 1; });)

#endif /* _LINUX_RCULIST_NULLS_H */
