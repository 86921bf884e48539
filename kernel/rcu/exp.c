// SPDX-License-Identifier: MIT
/*
 * Expedited grace periods: the caller does it himself, now, and disturbs who is in the way.
 *
 *	begin	number + 1; each node is told whom to wait for (rcu_init_nodes())
 *	ask	CPUs in an extended quiescent state are reported for, and our own, which runs us
 *		and so no reader; the others are interrupted (rcu_kick_handler(): report, note or
 *		reschedule)
 *	wait	until the root is done. Each tick without news: ask again, in which CPUs that went
 *		idle since are seen. That also serves CPUs that are just coming up and can't be
 *		interrupted yet.
 *	end	number
 *
 * It needs no other thread, so it works as soon as there are tasks at all. Callers that come
 * while one runs queue up for exp_mutex; the first one behind it does the work of all who were
 * there before it began: those see the number they want reached.
 */

#include "tree.h"

#include <linux/workqueue.h>

static bool exp_done(void)
{
	return rcu_node_done(rcu_get_root(), RCU_EXP);
}

static void wait_for_reports(void)
{
	/* model: gp_exp_wait */
	unsigned long limit = rcu_exp_stall_jiffies();
	unsigned long began = jiffies;

	rcu_look_at_cpus(RCU_EXP, true);
	while (!exp_done()) {
		if (swait_event_timeout_exclusive(rcu_state.wq[RCU_EXP], exp_done(), 1))
			break;
		rcu_look_at_cpus(RCU_EXP, false);
		if (time_after(jiffies, began + limit)) {
			rcu_exp_stall(began);
			limit = jiffies - began + 3 * rcu_exp_stall_jiffies();
		}
	}
	/* The last report was made under the root's lock; taking it orders us behind (O3). */
	raw_spin_lock_irq(&rcu_get_root()->lock);
	raw_spin_unlock_irq(&rcu_get_root()->lock);
}

/* exp_mutex held. */
static void exp_gp(void)
{
	rcu_seq_start(&rcu_state.expedited_sequence);	/* O2 */
	rcu_state.exp_start = jiffies;
	rcu_poll_gp_seq_start(RCU_EXP);
	rcu_trace(EXP_START, rcu_state.expedited_sequence, 0);

	rcu_init_nodes(RCU_EXP);
	wait_for_reports();

	rcu_poll_gp_seq_end(RCU_EXP);
	rcu_seq_end(&rcu_state.expedited_sequence);	/* O5 */
	rcu_trace(EXP_END, rcu_state.expedited_sequence, jiffies - rcu_state.exp_start);
}

/**
 * synchronize_rcu_expedited - synchronize_rcu(), at the cost of interrupting busy CPUs
 *
 * For where somebody waits who can't be let wait. Not in a loop: batch the updates instead.
 * Context: may sleep; not in a reader.
 */
void synchronize_rcu_expedited(void)
{
	unsigned long s;

	rcu_check_no_reader("synchronize_rcu_expedited()");
	might_sleep();
	if (rcu_scheduler_active == RCU_SCHEDULER_INACTIVE) {
		rcu_early_gp();
		return;
	}
	if (rcu_gp_is_normal() && rcu_scheduler_active == RCU_SCHEDULER_RUNNING) {
		synchronize_rcu();
		return;
	}
	s = rcu_seq_snap(&rcu_state.expedited_sequence);	/* O1 */
	scoped_guard(mutex, &rcu_state.exp_mutex) {
		if (!rcu_seq_done(&rcu_state.expedited_sequence, s))
			exp_gp();
	}
	smp_mb();	/* O6; pairs with O3 of the readers' CPUs */
}

/* Once, for full cookies; then until those of one word are served too, which may miss a period. */
static void poll_work_fn(struct work_struct *work)
{
	unsigned long s = get_state_synchronize_rcu();	/* no cookie of now asks for more */

	do {
		guard(mutex)(&rcu_state.exp_mutex);
		exp_gp();
	} while (!poll_state_synchronize_rcu(s));
}

static DECLARE_WORK(poll_work, poll_work_fn);

/*
 * A work that is queued already has its period before it, one that runs is queued anew. Before
 * there are work queues nothing happens; the first moment that there are makes up for it.
 */
static void start_expedited(void)
{
	if (rcu_scheduler_active == RCU_SCHEDULER_RUNNING)
		queue_work(system_highpri_wq, &poll_work);
}

/** start_poll_synchronize_rcu_expedited - a cookie, and an expedited grace period for it */
unsigned long start_poll_synchronize_rcu_expedited(void)
{
	unsigned long s = get_state_synchronize_rcu();

	start_expedited();
	return s;
}

/** start_poll_synchronize_rcu_expedited_full - the same, with a cookie @rgosp of both numbers */
void start_poll_synchronize_rcu_expedited_full(struct rcu_gp_oldstate *rgosp)
{
	get_state_synchronize_rcu_full(rgosp);
	start_expedited();
}

unsigned long rcu_exp_batches_completed(void)
{
	return READ_ONCE(rcu_state.expedited_sequence);
}
