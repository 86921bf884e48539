/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LIST_BL_H
#define _LINUX_LIST_BL_H

/*
 * An hlist with a lock hidden in bit 0 of its head pointer: a table of a million buckets gets a
 * million locks for nothing. The head may only be changed while the bit is held; it keeps the bit
 * set in every pointer that it stores.
 */

#include <linux/bit_spinlock.h>
#include <linux/bug.h>
#include <linux/list.h>

#define LIST_BL_LOCKMASK	1UL

struct hlist_bl_head {
	struct hlist_bl_node *first;	/* bit 0: the lock */
};

struct hlist_bl_node {
	struct hlist_bl_node *next, **pprev;
};

#define INIT_HLIST_BL_HEAD(ptr)		((ptr)->first = NULL)

/** INIT_HLIST_BL_NODE - mark a node as being on no chain */
static inline void INIT_HLIST_BL_NODE(struct hlist_bl_node *h)
{
	h->next = NULL;
	h->pprev = NULL;
}

#define hlist_bl_entry(ptr, type, member)	container_of(ptr, type, member)

/** hlist_bl_unhashed - is the node on no chain? */
static inline bool hlist_bl_unhashed(const struct hlist_bl_node *h)
{
	return !h->pprev;
}

/** hlist_bl_first - the first node, lock bit taken away */
static inline struct hlist_bl_node *hlist_bl_first(struct hlist_bl_head *h)
{
	return (struct hlist_bl_node *)((unsigned long)h->first & ~LIST_BL_LOCKMASK);
}

/** hlist_bl_set_first - set the first node; the caller holds the lock bit, and it stays held */
static inline void hlist_bl_set_first(struct hlist_bl_head *h, struct hlist_bl_node *n)
{
	WARN_ON_ONCE((unsigned long)n & LIST_BL_LOCKMASK);
	WARN_ON_ONCE(!((unsigned long)h->first & LIST_BL_LOCKMASK));
	h->first = (struct hlist_bl_node *)((unsigned long)n | LIST_BL_LOCKMASK);
}

/** hlist_bl_empty - has the chain no nodes? */
static inline bool hlist_bl_empty(const struct hlist_bl_head *h)
{
	return !((unsigned long)READ_ONCE(h->first) & ~LIST_BL_LOCKMASK);
}

/** hlist_bl_add_head - add a node as the first; the lock is held */
static inline void hlist_bl_add_head(struct hlist_bl_node *n, struct hlist_bl_head *h)
{
	struct hlist_bl_node *first = hlist_bl_first(h);

	n->next = first;
	if (first)
		first->pprev = &n->next;
	n->pprev = &h->first;
	hlist_bl_set_first(h, n);
}

/** hlist_bl_add_before - add a node before @next; the lock is held */
static inline void hlist_bl_add_before(struct hlist_bl_node *n, struct hlist_bl_node *next)
{
	struct hlist_bl_node **pprev = next->pprev;
	unsigned long lock = (unsigned long)*pprev & LIST_BL_LOCKMASK;

	n->pprev = pprev;
	n->next = next;
	next->pprev = &n->next;
	/* *pprev is the head with its lock bit, or a plain next pointer without */
	WRITE_ONCE(*pprev, (struct hlist_bl_node *)((unsigned long)n | lock));
}

/** hlist_bl_add_behind - add a node behind @prev; the lock is held */
static inline void hlist_bl_add_behind(struct hlist_bl_node *n, struct hlist_bl_node *prev)
{
	n->next = prev->next;
	n->pprev = &prev->next;
	prev->next = n;

	if (n->next)
		n->next->pprev = &n->next;
}

/** __hlist_bl_del - leave the chain, with its lock bit held; the node's own links stay */
static inline void __hlist_bl_del(struct hlist_bl_node *n)
{
	struct hlist_bl_node *next = n->next;
	struct hlist_bl_node **pprev = n->pprev;
	unsigned long lock = (unsigned long)*pprev & LIST_BL_LOCKMASK;

	WRITE_ONCE(*pprev, (struct hlist_bl_node *)((unsigned long)next | lock));
	if (next)
		next->pprev = pprev;
}

/** hlist_bl_del - take a node off its chain and poison it; the lock is held */
static inline void hlist_bl_del(struct hlist_bl_node *n)
{
	__hlist_bl_del(n);
	n->next = LIST_POISON1;
	n->pprev = LIST_POISON2;
}

/** hlist_bl_del_init - take a node off its chain, if on one, and leave it unhashed */
static inline void hlist_bl_del_init(struct hlist_bl_node *n)
{
	if (!hlist_bl_unhashed(n)) {
		__hlist_bl_del(n);
		INIT_HLIST_BL_NODE(n);
	}
}

/** hlist_bl_lock - spin until the chain's lock bit is ours */
static inline void hlist_bl_lock(struct hlist_bl_head *b)
{
	bit_spin_lock(0, (unsigned long *)b);
}

/** hlist_bl_unlock - give the chain's lock bit back */
static inline void hlist_bl_unlock(struct hlist_bl_head *b)
{
	__bit_spin_unlock(0, (unsigned long *)b);
}

/** hlist_bl_is_locked - is the chain's lock bit held by anyone? */
static inline bool hlist_bl_is_locked(struct hlist_bl_head *b)
{
	return bit_spin_is_locked(0, (unsigned long *)b);
}

/** hlist_bl_for_each_entry - walk over the objects; @pos is the node cursor */
#define hlist_bl_for_each_entry(tpos, pos, head, member)			\
	for (pos = hlist_bl_first(head);					\
	     pos && ({ tpos = hlist_bl_entry(pos, typeof(*tpos), member); 1; });\
	     pos = pos->next)

/** hlist_bl_for_each_entry_safe - walk over the objects; the body may remove @tpos */
#define hlist_bl_for_each_entry_safe(tpos, pos, n, head, member)		\
	for (pos = hlist_bl_first(head);					\
	     pos && ({ n = pos->next; 1; }) &&					\
	     ({ tpos = hlist_bl_entry(pos, typeof(*tpos), member); 1; });	\
	     pos = n)

#endif
