// SPDX-License-Identifier: MIT
/*
 * Segmented callback lists: <linux/rcu_segcblist.h> has the picture.
 *
 * A callback enters at the end of NEXT and moves to the left, never by being touched, but by the
 * segments' boundaries moving over it:
 *
 *	enqueue		at the end of NEXT
 *	accelerate	what is in NEXT (and what waits for a later period than it must) gets the
 *			number of a grace period that begins after now
 *	advance		a grace period has ended: segments with a number up to it join DONE
 *	extract		DONE is taken off, to be invoked
 *
 * Invariants, which every function finds and leaves:
 *
 *	S1 tails[] go from left to right; the last one is where the next callback is linked in, and
 *	   what it points at is NULL.
 *	S2 A segment is empty if its tail equals the one before it (DONE: &head).
 *	S3 gp_seq[] of WAIT and NEXT_READY, where not empty, rise from left to right.
 *	S4 seglen[] sums up to len, but for callbacks that were extracted and not yet subtracted.
 */

#include <linux/bottom_half.h>
#include <linux/bug.h>
#include <linux/sched.h>

#include "rcu_segcblist.h"

void rcu_cblist_init(struct rcu_cblist *rclp)
{
	rclp->head = NULL;
	rclp->tail = &rclp->head;
	rclp->len = 0;
}

/* The first one, or NULL. The length stays: it is for the caller to say how many it has done. */
struct rcu_head *rcu_cblist_dequeue(struct rcu_cblist *rclp)
{
	struct rcu_head *rhp = rclp->head;

	if (!rhp)
		return NULL;
	rclp->head = rhp->next;
	if (!rclp->head)
		rclp->tail = &rclp->head;
	return rhp;
}

/*
 * Invoke callbacks in task context, each with softirqs off, as if one did it. Return: how many. For
 * the flavours that have a thread or a work item for it.
 */
long rcu_cblist_invoke(struct rcu_cblist *rclp)
{
	struct rcu_head *rhp;

	while ((rhp = rcu_cblist_dequeue(rclp))) {
		local_bh_disable();
		rhp->func(rhp);
		local_bh_enable();
		cond_resched();
	}
	return rclp->len;
}

static void add_seglen(struct rcu_segcblist *rsclp, int seg, long v)
{
	WRITE_ONCE(rsclp->seglen[seg], rsclp->seglen[seg] + v);
}

static void move_seglen(struct rcu_segcblist *rsclp, int from, int to)
{
	long len = rsclp->seglen[from];

	if (from == to || !len)
		return;
	add_seglen(rsclp, to, len);
	WRITE_ONCE(rsclp->seglen[from], 0);
}

void rcu_segcblist_add_len(struct rcu_segcblist *rsclp, long v)
{
	WRITE_ONCE(rsclp->len, rsclp->len + v);
}

void rcu_segcblist_init(struct rcu_segcblist *rsclp)
{
	int i;

	rsclp->head = NULL;
	rsclp->len = 0;
	for (i = 0; i < RCU_CBLIST_NSEGS; i++) {
		rsclp->tails[i] = &rsclp->head;
		rsclp->gp_seq[i] = 0;
		rsclp->seglen[i] = 0;
	}
	rsclp->enabled = true;
}

void rcu_segcblist_enqueue(struct rcu_segcblist *rsclp, struct rcu_head *rhp)
{
	rcu_segcblist_add_len(rsclp, 1);
	add_seglen(rsclp, RCU_NEXT_TAIL, 1);
	rhp->next = NULL;
	WRITE_ONCE(*rsclp->tails[RCU_NEXT_TAIL], rhp);
	rsclp->tails[RCU_NEXT_TAIL] = &rhp->next;
}

/*
 * Append a callback that has no grace period of its own to wait for. It is invoked after those that
 * were queued before it, and no later than it must be for that: it joins the last segment that
 * isn't empty. Return: false if the list holds nothing; then @rhp isn't queued.
 */
bool rcu_segcblist_entrain(struct rcu_segcblist *rsclp, struct rcu_head *rhp)
{
	int i;

	if (!rcu_segcblist_n_cbs(rsclp))
		return false;
	rcu_segcblist_add_len(rsclp, 1);
	for (i = RCU_NEXT_TAIL; i > RCU_DONE_TAIL; i--) {
		if (!rcu_segcblist_segempty(rsclp, i))
			break;
	}
	add_seglen(rsclp, i, 1);
	rhp->next = NULL;
	WRITE_ONCE(*rsclp->tails[i], rhp);
	for (; i <= RCU_NEXT_TAIL; i++)
		rsclp->tails[i] = &rhp->next;
	return true;
}

/* Take DONE off and append it to @rclp, whose length becomes theirs too; len stays (S4). */
void rcu_segcblist_extract_done_cbs(struct rcu_segcblist *rsclp, struct rcu_cblist *rclp)
{
	int i;

	if (!rcu_segcblist_ready_cbs(rsclp))
		return;
	rclp->len += rsclp->seglen[RCU_DONE_TAIL];
	WRITE_ONCE(rsclp->seglen[RCU_DONE_TAIL], 0);
	*rclp->tail = rsclp->head;
	rclp->tail = rsclp->tails[RCU_DONE_TAIL];
	WRITE_ONCE(rsclp->head, *rsclp->tails[RCU_DONE_TAIL]);
	*rclp->tail = NULL;
	/* What ended where DONE did is empty now and begins at the head. */
	for (i = RCU_CBLIST_NSEGS - 1; i >= RCU_DONE_TAIL; i--) {
		if (rsclp->tails[i] == rclp->tail)
			rsclp->tails[i] = &rsclp->head;
	}
}

/* The number has reached @seq: take what may be invoked by now into @rclp, a new list. */
void rcu_segcblist_take(struct rcu_segcblist *rsclp, unsigned long seq, struct rcu_cblist *rclp)
{
	rcu_cblist_init(rclp);
	rcu_segcblist_advance(rsclp, seq);
	rcu_segcblist_extract_done_cbs(rsclp, rclp);
}

/* Put callbacks back at the front, where they came from. @rclp is empty afterwards. */
void rcu_segcblist_insert_done_cbs(struct rcu_segcblist *rsclp, struct rcu_cblist *rclp)
{
	int i;

	if (!rclp->head)
		return;
	add_seglen(rsclp, RCU_DONE_TAIL, rclp->len);
	*rclp->tail = rsclp->head;
	WRITE_ONCE(rsclp->head, rclp->head);
	for (i = RCU_DONE_TAIL; i < RCU_CBLIST_NSEGS; i++) {
		if (rsclp->tails[i] != &rsclp->head)
			break;
		rsclp->tails[i] = rclp->tail;
	}
	rclp->head = NULL;
	rclp->tail = &rclp->head;
}

/*
 * Close the gap that an emptied segment leaves: what is right of it moves left. @i: the first
 * segment that still waits. Only WAIT and NEXT_READY are filled.
 */
static void pack_left(struct rcu_segcblist *rsclp, int i)
{
	int to;

	for (to = RCU_WAIT_TAIL; to < i && i < RCU_NEXT_TAIL; to++, i++) {
		if (rsclp->tails[i] == rsclp->tails[to])
			break;		/* empty, and NEXT with it */
		rsclp->tails[to] = rsclp->tails[i];
		rsclp->gp_seq[to] = rsclp->gp_seq[i];
		move_seglen(rsclp, i, to);
	}
}

/* A grace period has ended: the number has reached @seq. */
void rcu_segcblist_advance(struct rcu_segcblist *rsclp, unsigned long seq)
{
	int i, to;

	if (rcu_segcblist_restempty(rsclp, RCU_DONE_TAIL))
		return;
	for (i = RCU_WAIT_TAIL; i < RCU_NEXT_TAIL; i++) {
		if ((long)(seq - rsclp->gp_seq[i]) < 0)
			break;
		rsclp->tails[RCU_DONE_TAIL] = rsclp->tails[i];
		move_seglen(rsclp, i, RCU_DONE_TAIL);
	}
	if (i == RCU_WAIT_TAIL)
		return;
	/* S1: tails that DONE has overtaken. */
	for (to = RCU_WAIT_TAIL; to < i; to++)
		rsclp->tails[to] = rsclp->tails[RCU_DONE_TAIL];
	pack_left(rsclp, i);
}

/*
 * Give callbacks the number of a grace period to wait for: @seq, the end of one that begins after
 * now. Those in NEXT get it, together with any segment whose number is as late: they may all go in
 * the leftmost of them. Return: did any get one, so that somebody must ask for this period?
 */
bool rcu_segcblist_accelerate(struct rcu_segcblist *rsclp, unsigned long seq)
{
	int i, seg;

	if (rcu_segcblist_restempty(rsclp, RCU_DONE_TAIL))
		return false;
	/* The rightmost segment whose number comes earlier: those must stay apart. */
	for (i = RCU_NEXT_READY_TAIL; i > RCU_DONE_TAIL; i--) {
		if (!rcu_segcblist_segempty(rsclp, i) && (long)(rsclp->gp_seq[i] - seq) < 0)
			break;
	}
	/* All right of it comes into the next one, if there is one before NEXT. */
	if (rcu_segcblist_restempty(rsclp, i) || ++i >= RCU_NEXT_TAIL)
		return false;
	for (seg = i + 1; seg <= RCU_NEXT_TAIL; seg++)
		move_seglen(rsclp, seg, i);
	for (; i < RCU_NEXT_TAIL; i++) {
		WRITE_ONCE(rsclp->tails[i], rsclp->tails[RCU_NEXT_TAIL]);
		rsclp->gp_seq[i] = seq;
	}
	return true;
}

/* Move all of @src to @dst. Done ones stay done; others wait anew. Order is kept within each. */
void rcu_segcblist_merge(struct rcu_segcblist *dst, struct rcu_segcblist *src)
{
	struct rcu_cblist done;
	long rest;

	rcu_cblist_init(&done);
	rcu_segcblist_extract_done_cbs(src, &done);
	rest = src->seglen[RCU_WAIT_TAIL] + src->seglen[RCU_NEXT_READY_TAIL] +
	       src->seglen[RCU_NEXT_TAIL];
	rcu_segcblist_add_len(dst, done.len + rest);
	rcu_segcblist_insert_done_cbs(dst, &done);
	if (rest) {
		add_seglen(dst, RCU_NEXT_TAIL, rest);
		WRITE_ONCE(*dst->tails[RCU_NEXT_TAIL], src->head);
		dst->tails[RCU_NEXT_TAIL] = src->tails[RCU_NEXT_TAIL];
	}
	rcu_segcblist_init(src);
}
