/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCULIST_BL_H
#define _LINUX_RCULIST_BL_H

/*
 * Chains whose head hides a lock bit (linux/list_bl.h), walked by RCU readers without that lock.
 *
 * Rules of use: updaters hold hlist_bl_lock(); readers stand in rcu_read_lock(). What
 * linux/rculist.h says of insertion and removal holds here too.
 */

#include <linux/list_bl.h>
#include <linux/rcupdate.h>

/**
 * hlist_bl_set_first_rcu - publish the first entry; the lock bit is stored with the pointer, since
 * the storer has the lock
 */
static inline void hlist_bl_set_first_rcu(struct hlist_bl_head *h, struct hlist_bl_node *n)
{
	WARN_ON_ONCE((unsigned long)n & LIST_BL_LOCKMASK);
	WARN_ON_ONCE(!((unsigned long)READ_ONCE(h->first) & LIST_BL_LOCKMASK));
	rcu_assign_pointer(*(struct hlist_bl_node __rcu **)&h->first,
			   (struct hlist_bl_node *)((unsigned long)n | LIST_BL_LOCKMASK));
}

/** hlist_bl_first_rcu - the first node, for a reader: the lock bit is taken away */
#define hlist_bl_first_rcu(head) \
	((struct hlist_bl_node *)((unsigned long) \
		rcu_dereference_check(*(struct hlist_bl_node __rcu **)&(head)->first, \
				      hlist_bl_is_locked(head)) & ~LIST_BL_LOCKMASK))

/**
 * hlist_bl_del_rcu - take a node off its chain
 * @n: the node; hlist_bl_unhashed() is not true of it afterwards, and its forward pointer stays
 *
 * Context: Any; the caller holds the chain's lock, and frees after a grace period.
 */
static inline void hlist_bl_del_rcu(struct hlist_bl_node *n)
{
	__hlist_bl_del(n);
	n->pprev = LIST_POISON2;
}

/**
 * hlist_bl_del_init_rcu - take a node off its chain, if on one, and mark it as unhashed
 * @n: the node; its forward pointer stays for readers
 *
 * Context: Any; the caller holds the chain's lock.
 */
static inline void hlist_bl_del_init_rcu(struct hlist_bl_node *n)
{
	if (hlist_bl_unhashed(n))
		return;
	__hlist_bl_del(n);
	n->pprev = NULL;
}

/**
 * hlist_bl_add_head_rcu - put a node first
 * @n: the node, its object whole
 * @h: the chain
 *
 * Context: Any; the caller holds the chain's lock.
 */
static inline void hlist_bl_add_head_rcu(struct hlist_bl_node *n, struct hlist_bl_head *h)
{
	struct hlist_bl_node *first = hlist_bl_first(h);

	n->next = first;
	if (first)
		first->pprev = &n->next;
	n->pprev = &h->first;
	hlist_bl_set_first_rcu(h, n);
}

/**
 * hlist_bl_for_each_entry_rcu - walk over the objects of a chain
 * @tpos: the object, a pointer
 * @pos: a node pointer for the walk's own use; NULL at the end
 * @head: the chain
 * @member: the name of the node in the object
 */
#define hlist_bl_for_each_entry_rcu(tpos, pos, head, member)			\
	for (pos = hlist_bl_first_rcu(head);					\
	     pos && ({ tpos = hlist_bl_entry(pos, typeof(*tpos), member); 1; });\
	     pos = rcu_dereference_raw(*(struct hlist_bl_node __rcu **)&(pos)->next))

#endif /* _LINUX_RCULIST_BL_H */
