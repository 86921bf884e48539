/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LIST_NULLS_H
#define _LINUX_LIST_NULLS_H

/*
 * An hlist whose end marker is not NULL but an odd number that tells which chain ended.
 *
 * A lockless reader may be carried onto another chain when a node is freed and reused under its
 * feet (type-stable memory). It notices by comparing the marker at the end with the chain that it
 * started on, and begins again. The value is (bucket << 1) | 1.
 */

#include <linux/const.h>
#include <linux/container_of.h>
#include <linux/poison.h>
#include <linux/types.h>

struct hlist_nulls_head {
	struct hlist_nulls_node *first;
};

struct hlist_nulls_node {
	struct hlist_nulls_node *next, **pprev;
};

#define NULLS_MARKER(value)	(1UL | (((long)value) << 1))
#define INIT_HLIST_NULLS_HEAD(ptr, nulls)					\
	((ptr)->first = (struct hlist_nulls_node *)NULLS_MARKER(nulls))
#define HLIST_NULLS_HEAD_INIT(nulls)						\
	{ .first = (struct hlist_nulls_node *)NULLS_MARKER(nulls) }

#define hlist_nulls_entry(ptr, type, member)	container_of(ptr, type, member)

#define hlist_nulls_entry_safe(ptr, type, member) ({				\
	typeof(ptr) ____ptr = (ptr);						\
	!is_a_nulls(____ptr) ? hlist_nulls_entry(____ptr, type, member) : NULL;	\
})

/** is_a_nulls - is this pointer an end marker? */
static inline int is_a_nulls(const struct hlist_nulls_node *ptr)
{
	return (unsigned long)ptr & 1;
}

/** get_nulls_value - the number inside an end marker */
static inline unsigned long get_nulls_value(const struct hlist_nulls_node *ptr)
{
	return (unsigned long)ptr >> 1;
}

/** hlist_nulls_unhashed - is the node on no chain? */
static inline int hlist_nulls_unhashed(const struct hlist_nulls_node *h)
{
	return !h->pprev;
}

/** hlist_nulls_unhashed_lockless - the same for a caller without the lock */
static inline int hlist_nulls_unhashed_lockless(const struct hlist_nulls_node *h)
{
	return !READ_ONCE(h->pprev);
}

/** hlist_nulls_empty - has the chain no nodes? */
static inline int hlist_nulls_empty(const struct hlist_nulls_head *h)
{
	return is_a_nulls(READ_ONCE(h->first));
}

/** hlist_nulls_add_head - add a node as the first of a chain */
static inline void hlist_nulls_add_head(struct hlist_nulls_node *n, struct hlist_nulls_head *h)
{
	struct hlist_nulls_node *first = h->first;

	n->next = first;
	WRITE_ONCE(n->pprev, &h->first);
	h->first = n;
	if (!is_a_nulls(first))
		WRITE_ONCE(first->pprev, &n->next);
}

/** __hlist_nulls_del - leave the chain; the node's own links stay as they were */
static inline void __hlist_nulls_del(struct hlist_nulls_node *n)
{
	struct hlist_nulls_node *next = n->next;
	struct hlist_nulls_node **pprev = n->pprev;

	WRITE_ONCE(*pprev, next);
	if (!is_a_nulls(next))
		WRITE_ONCE(next->pprev, pprev);
}

/** hlist_nulls_del - take a node off its chain; its forward pointer stays for lockless readers */
static inline void hlist_nulls_del(struct hlist_nulls_node *n)
{
	__hlist_nulls_del(n);
	WRITE_ONCE(n->pprev, LIST_POISON2);
}

/** hlist_nulls_for_each_entry - walk over the objects of a chain; @pos is the node cursor */
#define hlist_nulls_for_each_entry(tpos, pos, head, member)			\
	for (pos = (head)->first;						\
	     (!is_a_nulls(pos)) &&						\
	     ({ tpos = hlist_nulls_entry(pos, typeof(*tpos), member); 1; });	\
	     pos = pos->next)

/** hlist_nulls_for_each_entry_from - the same, starting at node @pos itself */
#define hlist_nulls_for_each_entry_from(tpos, pos, member)			\
	for (; (!is_a_nulls(pos)) &&						\
	     ({ tpos = hlist_nulls_entry(pos, typeof(*tpos), member); 1; });	\
	     pos = pos->next)

#endif
