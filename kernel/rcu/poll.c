// SPDX-License-Identifier: MIT
/*
 * Polled grace periods: cookies that say when one has passed. <linux/rcutree.h> has the rules.
 *
 * A full cookie holds the end numbers of the next normal and the next expedited period: either will
 * do, and none is missed.
 *
 * A cookie of one word refers to a number of its own, gp_seq_polled, which both kinds of period
 * drive. A period that begins starts the number if it stands still, and remembers its value. A
 * period that ends, and finds the value that it remembers, has begun no earlier than the number
 * was started, so it may end it.
 *
 *	normal		|------------------------|
 *	expedited	     |-----|	     |---------|
 *	polled		+1         +3        +1        +3	the normal one's end is not its
 *	cookie		   C			       true	though one passed already at +3
 *
 * C was taken while the number ran, so it waits for the end after the next: that is the "may miss
 * one".
 */

#include "tree.h"

/* A period begins: the number starts if it stands still, and the kind notes what it owes it. */
void rcu_poll_gp_seq_start(enum rcu_gp_kind kind)
{
	guard(raw_spinlock_irqsave)(&rcu_state.polled_lock);
	if (!rcu_seq_state(rcu_state.gp_seq_polled))
		rcu_seq_start(&rcu_state.gp_seq_polled);
	rcu_state.gp_seq_polled_snap[kind] = rcu_state.gp_seq_polled;
}

/*
 * It ends, and with it the number if that is what it was. Return: a cookie for which a normal
 * period was started, C above, needs another one.
 */
bool rcu_poll_gp_seq_end(enum rcu_gp_kind kind)
{
	unsigned long *snap = &rcu_state.gp_seq_polled_snap[kind];

	guard(raw_spinlock_irqsave)(&rcu_state.polled_lock);
	if (*snap && *snap == rcu_state.gp_seq_polled)
		rcu_seq_end(&rcu_state.gp_seq_polled);
	*snap = 0;
	return (long)(rcu_state.gp_seq_polled_wanted - rcu_state.gp_seq_polled) > 0;
}

/*
 * A grace period while there is one task on one CPU: there are no readers but those that we would
 * be ourselves, so it is over. Cookies have to see it.
 */
void rcu_early_gp(void)
{
	struct rcu_node *rnp;

	guard(irqsave)();
	rcu_seq_start(&rcu_state.gp_seq_polled);
	rcu_seq_end(&rcu_state.gp_seq_polled);
	rcu_seq_start(&rcu_state.gp_seq);
	rcu_seq_end(&rcu_state.gp_seq);
	rcu_for_each_node_breadth_first(rnp)
		WRITE_ONCE(rnp->gp_seq, rcu_state.gp_seq);
}

/** get_completed_synchronize_rcu - a cookie for which a grace period has always passed */
unsigned long get_completed_synchronize_rcu(void)
{
	return RCU_GET_STATE_COMPLETED;
}

/** get_completed_synchronize_rcu_full - the same with both numbers, in @rgosp */
void get_completed_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp)
{
	rgosp->rgos_norm = RCU_GET_STATE_COMPLETED;
	rgosp->rgos_exp = RCU_GET_STATE_COMPLETED;
}

/** get_state_synchronize_rcu - a cookie for the next grace period; starts nothing. Context: any. */
unsigned long get_state_synchronize_rcu(void)
{
	return rcu_seq_snap(&rcu_state.gp_seq_polled);	/* O1; pairs with O2 */
}

/** get_state_synchronize_rcu_full - the same with both numbers, in @rgosp */
void get_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp)
{
	rgosp->rgos_norm = rcu_seq_snap(&rcu_state.gp_seq);	/* O1; pairs with O2 */
	rgosp->rgos_exp = rcu_seq_snap(&rcu_state.expedited_sequence);
}

/* Ask for a normal grace period that begins after now, as if for a callback of this CPU. */
static void start_normal(void)
{
	struct rcu_node *rnp;
	bool wake = false;

	guard(irqsave)();
	rnp = this_cpu_ptr(&rcu_data)->mynode;
	if (!rnp)		/* before rcu_init(): whoever asks later asks for both */
		return;
	scoped_guard(raw_spinlock, &rnp->lock)
		wake = rcu_start_this_gp(rnp, rcu_seq_snap(&rcu_state.gp_seq));
	if (wake)
		rcu_gp_kthread_wake();
}

/**
 * start_poll_synchronize_rcu - a cookie, and the grace period for it if none is under way
 * Context: any but NMI; no lock held that the scheduler takes.
 * Return: for poll_state_synchronize_rcu() and cond_synchronize_rcu().
 */
unsigned long start_poll_synchronize_rcu(void)
{
	unsigned long s = get_state_synchronize_rcu();

	scoped_guard(raw_spinlock_irqsave, &rcu_state.polled_lock) {
		if ((long)(s - rcu_state.gp_seq_polled_wanted) > 0)
			rcu_state.gp_seq_polled_wanted = s;
	}
	start_normal();
	return s;
}

/** start_poll_synchronize_rcu_full - the same with both numbers, in @rgosp */
void start_poll_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp)
{
	get_state_synchronize_rcu_full(rgosp);
	start_normal();
}

/* Has a grace period passed since the cookie? */
bool poll_state_synchronize_rcu(unsigned long oldstate)
{
	if (oldstate != RCU_GET_STATE_COMPLETED &&
	    !rcu_seq_done_exact(&rcu_state.gp_seq_polled, oldstate))
		return false;
	smp_mb();	/* O6; pairs with O5 */
	return true;
}

/*
 * The same for both numbers. The root's number is the one to look at: callbacks of a period may be
 * invoked as soon as the nodes have its end, before rcu_state has.
 */
bool poll_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp)
{
	struct rcu_node *root = rcu_get_root();

	smp_mb();	/* what the caller knows of this period comes before our look; O5 */
	if (rgosp->rgos_norm != RCU_GET_STATE_COMPLETED &&
	    !rcu_seq_done_exact(&root->gp_seq, rgosp->rgos_norm) &&
	    rgosp->rgos_exp != RCU_GET_STATE_COMPLETED &&
	    !rcu_seq_done_exact(&rcu_state.expedited_sequence, rgosp->rgos_exp))
		return false;
	smp_mb();	/* O6; pairs with O5 */
	return true;
}

/**
 * cond_synchronize_rcu - wait for a grace period, unless one has passed since the cookie
 *
 * And the same for cookies of both numbers, and for somebody in a hurry.
 * Context: may sleep; not in a reader.
 */
#define COND_SYNCHRONIZE(suffix, cookie_t, poll, wait)				\
	void cond_synchronize_rcu##suffix(cookie_t oldstate)			\
	{									\
		if (!poll(oldstate))						\
			wait();							\
	}

COND_SYNCHRONIZE(, unsigned long, poll_state_synchronize_rcu, synchronize_rcu)
COND_SYNCHRONIZE(_expedited, unsigned long, poll_state_synchronize_rcu, synchronize_rcu_expedited)
COND_SYNCHRONIZE(_full, struct rcu_gp_oldstate *, poll_state_synchronize_rcu_full, synchronize_rcu)
COND_SYNCHRONIZE(_expedited_full, struct rcu_gp_oldstate *, poll_state_synchronize_rcu_full,
		 synchronize_rcu_expedited)

unsigned long rcu_get_gp_seq(void)
{
	return READ_ONCE(rcu_state.gp_seq);
}
