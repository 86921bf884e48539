/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCU_SEGCBLIST_H
#define _LINUX_RCU_SEGCBLIST_H

/*
 * The data of a segmented callback list; kernel/rcu/rcu_segcblist.c says how it moves.
 *
 * One singly linked list, cut into four segments by pointers to the "next" field in front of
 * which each one ends:
 *
 *	head -> a -> b -> c -> d -> e -> f -> NULL
 *	            ^         ^    ^         ^
 *	            DONE      WAIT NEXT_READY NEXT
 *
 *	DONE		their grace period is over: may be invoked
 *	WAIT		wait for the one that runs now
 *	NEXT_READY	wait for the one after it
 *	NEXT		just arrived; no grace period has been asked for yet
 */

#include <linux/types.h>

/* A plain list with its tail, for callbacks on the move. */
struct rcu_cblist {
	struct rcu_head *head;
	struct rcu_head **tail;
	long len;
};

#define RCU_CBLIST_INITIALIZER(n)	{ .head = NULL, .tail = &n.head }

#define RCU_DONE_TAIL		0
#define RCU_WAIT_TAIL		1
#define RCU_NEXT_READY_TAIL	2
#define RCU_NEXT_TAIL		3
#define RCU_CBLIST_NSEGS	4

/*
 * Guard: the owner's lock, or for RCU's own per-CPU lists "on that CPU with interrupts off". len is
 * read from elsewhere.
 */
struct rcu_segcblist {
	struct rcu_head *head;
	struct rcu_head **tails[RCU_CBLIST_NSEGS];
	unsigned long gp_seq[RCU_CBLIST_NSEGS];	/* what WAIT and NEXT_READY wait for */
	long len;				/* all, and those being invoked */
	long seglen[RCU_CBLIST_NSEGS];		/* by segment */
	bool enabled;				/* the CPU may queue here */
};

#define RCU_SEGCBLIST_INITIALIZER(n) {				\
	.head = NULL,						\
	.tails = { &n.head, &n.head, &n.head, &n.head },	\
	.enabled = true,					\
}

#endif /* _LINUX_RCU_SEGCBLIST_H */
