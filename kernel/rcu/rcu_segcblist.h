/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_RCU_SEGCBLIST_H
#define _KERNEL_RCU_RCU_SEGCBLIST_H

/* Moving callbacks; rcu_segcblist.c tells how, <linux/rcu_segcblist.h> has the picture. */

#include <linux/compiler.h>
#include <linux/rcu_segcblist.h>

void rcu_cblist_init(struct rcu_cblist *rclp);
struct rcu_head *rcu_cblist_dequeue(struct rcu_cblist *rclp);
long rcu_cblist_invoke(struct rcu_cblist *rclp);

void rcu_segcblist_init(struct rcu_segcblist *rsclp);
void rcu_segcblist_enqueue(struct rcu_segcblist *rsclp, struct rcu_head *rhp);
bool rcu_segcblist_entrain(struct rcu_segcblist *rsclp, struct rcu_head *rhp);
void rcu_segcblist_extract_done_cbs(struct rcu_segcblist *rsclp, struct rcu_cblist *rclp);
void rcu_segcblist_take(struct rcu_segcblist *rsclp, unsigned long seq, struct rcu_cblist *rclp);
void rcu_segcblist_insert_done_cbs(struct rcu_segcblist *rsclp, struct rcu_cblist *rclp);
void rcu_segcblist_advance(struct rcu_segcblist *rsclp, unsigned long seq);
bool rcu_segcblist_accelerate(struct rcu_segcblist *rsclp, unsigned long seq);
void rcu_segcblist_merge(struct rcu_segcblist *dst, struct rcu_segcblist *src);
void rcu_segcblist_add_len(struct rcu_segcblist *rsclp, long v);

static inline bool rcu_segcblist_empty(struct rcu_segcblist *rsclp)
{
	return !READ_ONCE(rsclp->head);
}

static inline long rcu_segcblist_n_cbs(struct rcu_segcblist *rsclp)
{
	return READ_ONCE(rsclp->len);
}

static inline long rcu_segcblist_get_seglen(struct rcu_segcblist *rsclp, int seg)
{
	return READ_ONCE(rsclp->seglen[seg]);
}

static inline bool rcu_segcblist_segempty(struct rcu_segcblist *rsclp, int seg)
{
	if (seg == RCU_DONE_TAIL)
		return rsclp->tails[RCU_DONE_TAIL] == &rsclp->head;
	return rsclp->tails[seg - 1] == rsclp->tails[seg];
}

/* Any that may be invoked? */
static inline bool rcu_segcblist_ready_cbs(struct rcu_segcblist *rsclp)
{
	return rsclp->enabled && rsclp->tails[RCU_DONE_TAIL] != &rsclp->head;
}

/* Any that still have to wait? */
static inline bool rcu_segcblist_pend_cbs(struct rcu_segcblist *rsclp)
{
	return rsclp->enabled && rsclp->tails[RCU_DONE_TAIL] != rsclp->tails[RCU_NEXT_TAIL];
}

/* Is there nothing behind @seg? */
static inline bool rcu_segcblist_restempty(struct rcu_segcblist *rsclp, int seg)
{
	return rsclp->tails[seg] == rsclp->tails[RCU_NEXT_TAIL];
}

#endif /* _KERNEL_RCU_RCU_SEGCBLIST_H */
