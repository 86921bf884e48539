// SPDX-License-Identifier: MIT
/*
 * Expedited grace periods: the caller does it himself, now, and disturbs who is in the way.
 *
 *	begin	number + 1; each leaf, one after the other, under its lock:
 *		expmask = CPUs that are up, but for those in an extended quiescent state and for our
 *		own, which runs us and so no reader; exp_tasks = all preempted readers there
 *	ask	interrupt the CPUs in expmask (rcu_kick_handler(): report, note or reschedule)
 *	wait	until the root's expmask is empty. Each tick without news: look for CPUs that went
 *		idle since, ask the others again. That also serves CPUs that are just coming up
 *		and can't be interrupted yet.
 *	end	number
 *
 * It needs no other thread, so it works as soon as there are tasks at all. Callers that come
 * while one runs queue up for exp_mutex; the first one behind it does the work of all who were
 * there before it began: those see the number they want reached.
 *
 * A leaf is done once per period: when its last bit goes with no task left, or its last task goes
 * with no bit left. Whoever brings that about, and nobody else, goes on to the parent.
 */

#include "tree.h"

#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/workqueue.h>

static struct work_struct poll_work;
static unsigned long poll_wanted;	/* under rcu_state.polled_lock */

/* ---- reports ---- */

/* The leaf @rnp is done: tell the nodes above. No lock held. */
void rcu_exp_leaf_done(struct rcu_node *rnp)
{
	unsigned long flags;
	bool empty = true;

	while (empty && rnp->parent) {
		struct rcu_node *parent = rnp->parent;

		raw_spin_lock_irqsave(&parent->lock, flags);
		WRITE_ONCE(parent->expmask, parent->expmask & ~rnp->grpmask);
		empty = !parent->expmask;
		raw_spin_unlock_irqrestore(&parent->lock, flags);
		rnp = parent;
	}
	if (empty)
		swake_up_one(&rcu_state.exp_wq);
}

/* CPUs of a leaf need not be waited for any more. No lock held. */
static void report_exp_cpus(struct rcu_node *rnp, unsigned long mask)
{
	unsigned long flags;
	bool done = false;

	raw_spin_lock_irqsave(&rnp->lock, flags);
	if (rnp->expmask & mask) {
		WRITE_ONCE(rnp->expmask, rnp->expmask & ~mask);
		done = rcu_exp_done_leaf(rnp);
		rcu_trace(EXP_QS, rcu_state.expedited_sequence, rnp->expmask);
	}
	raw_spin_unlock_irqrestore(&rnp->lock, flags);
	if (done)
		rcu_exp_leaf_done(rnp);
}

/**
 * rcu_report_exp_rdp - this CPU is quiescent, for the expedited period
 * @rdp: its data
 *
 * Context: interrupts off, no node's lock held.
 */
void rcu_report_exp_rdp(struct rcu_data *rdp)
{
	WRITE_ONCE(rdp->exp_needed, false);
	report_exp_cpus(rdp->mynode, rdp->grpmask);
}

/* A CPU has gone down. */
void rcu_exp_cpu_gone(struct rcu_node *rnp, unsigned long mask)
{
	report_exp_cpus(rnp, mask);
}

/* ---- the period ---- */

/* Before the leaves, so that no report comes too early. */
static void init_inner_nodes(void)
{
	struct rcu_node *rnp;

	rcu_for_each_node_breadth_first(rnp) {
		if (rcu_is_leaf_node(rnp))
			break;
		raw_spin_lock_irq(&rnp->lock);
		WRITE_ONCE(rnp->expmask, rnp->childmask);
		raw_spin_unlock_irq(&rnp->lock);
	}
}

/* Must the period wait for this CPU? Its leaf is locked. */
static bool cpu_may_read(int cpu)
{
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

	if (cpu == smp_processor_id() || rcu_cpu_in_eqs(cpu))
		return false;
	rdp->exp_snap = ct_rcu_watching_cpu_acquire(cpu);
	if (!(rdp->exp_snap & CT_RCU_WATCHING))
		return false;
	WRITE_ONCE(rdp->exp_needed, true);
	return true;
}

/* Return: CPUs to ask. */
static unsigned long init_exp_leaf(struct rcu_node *rnp)
{
	/* model: gp_exp_select */
	unsigned long mask = 0;
	bool done;
	int cpu;

	raw_spin_lock_irq(&rnp->lock);
	WARN_ON_ONCE(rnp->expmask || rnp->exp_tasks);
	rcu_for_each_leaf_cpu(rnp, cpu, rnp->qsmaskinitnext) {
		if (cpu_may_read(cpu))
			mask |= rcu_leaf_mask(rnp, cpu);
	}
	if (rcu_broken(RCU_BREAK_LAST_CPU) && cpumask_last(cpu_online_mask) <= rnp->grphi &&
	    cpumask_last(cpu_online_mask) >= rnp->grplo)
		mask &= ~rcu_leaf_mask(rnp, cpumask_last(cpu_online_mask));
	if (rcu_broken(RCU_BREAK_SKIP_WAIT))
		mask = 0;
	WRITE_ONCE(rnp->expmask, mask);
	if (!list_empty(&rnp->blkd_tasks) && !rcu_broken(RCU_BREAK_BLOCKED_READER) &&
	    !rcu_broken(RCU_BREAK_SKIP_WAIT))
		WRITE_ONCE(rnp->exp_tasks, rnp->blkd_tasks.next);
	done = rcu_exp_done_leaf(rnp);
	raw_spin_unlock_irq(&rnp->lock);
	if (done)
		rcu_exp_leaf_done(rnp);
	return mask;
}

static void begin_and_ask(void)
{
	struct rcu_node *rnp;
	unsigned long mask;
	int cpu;

	init_inner_nodes();
	rcu_for_each_leaf_node(rnp) {
		mask = init_exp_leaf(rnp);
		rcu_for_each_leaf_cpu(rnp, cpu, mask)
			rcu_kick_cpu(cpu);
	}
}

static bool exp_done(void)
{
	struct rcu_node *root = rcu_get_root();

	return !READ_ONCE(root->expmask) && !READ_ONCE(root->exp_tasks);
}

/* Those that have been idle since are done; the others hear from us again. */
static void ask_again(void)
{
	struct rcu_node *rnp;
	int cpu;

	rcu_for_each_leaf_node(rnp) {
		rcu_for_each_leaf_cpu(rnp, cpu, READ_ONCE(rnp->expmask)) {
			struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

			/* We run here and are no reader, but must not move before it is said. */
			preempt_disable();
			if (cpu == smp_processor_id() || rcu_cpu_in_eqs(cpu) ||
			    rcu_watching_snap_stopped_since(rdp, rdp->exp_snap))
				report_exp_cpus(rnp, rdp->grpmask);
			else
				rcu_kick_cpu(cpu);
			preempt_enable();
		}
	}
}

static void wait_for_reports(void)
{
	/* model: gp_exp_wait */
	unsigned long limit = rcu_exp_stall_jiffies();
	unsigned long began = jiffies;

	while (!exp_done()) {
		if (swait_event_timeout_exclusive(rcu_state.exp_wq, exp_done(), 1))
			break;
		ask_again();
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
	unsigned long flags;

	rcu_seq_start(&rcu_state.expedited_sequence);	/* O2 */
	rcu_state.exp_start = jiffies;
	WRITE_ONCE(rcu_state.exp_waiting, true);
	raw_spin_lock_irqsave(&rcu_get_root()->lock, flags);
	rcu_poll_gp_seq_start(&rcu_state.gp_seq_polled_exp_snap);
	raw_spin_unlock_irqrestore(&rcu_get_root()->lock, flags);
	rcu_trace(EXP_START, rcu_state.expedited_sequence, 0);

	begin_and_ask();
	wait_for_reports();

	raw_spin_lock_irqsave(&rcu_get_root()->lock, flags);
	rcu_poll_gp_seq_end(&rcu_state.gp_seq_polled_exp_snap);
	raw_spin_unlock_irqrestore(&rcu_get_root()->lock, flags);
	WRITE_ONCE(rcu_state.exp_waiting, false);
	rcu_seq_end(&rcu_state.expedited_sequence);	/* O5 */
	rcu_trace(EXP_END, rcu_state.expedited_sequence, jiffies - rcu_state.exp_start);
}

/**
 * synchronize_rcu_expedited - synchronize_rcu(), at the cost of interrupting busy CPUs
 *
 * For where somebody waits who can't be let wait. Not in a loop: batch the updates instead.
 *
 * Context: may sleep; not in a reader.
 */
void synchronize_rcu_expedited(void)
{
	unsigned long s;

	RCU_LOCKDEP_WARN(lock_is_held(&rcu_bh_lock_map) || lock_is_held(&rcu_lock_map) ||
			 lock_is_held(&rcu_sched_lock_map),
			 "Illegal synchronize_rcu_expedited() in RCU read-side critical section");
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
	mutex_lock(&rcu_state.exp_mutex);
	if (!rcu_seq_done(&rcu_state.expedited_sequence, s))
		exp_gp();
	mutex_unlock(&rcu_state.exp_mutex);
	smp_mb();	/* O6; pairs with O3 of the readers' CPUs */
}
EXPORT_SYMBOL_GPL(synchronize_rcu_expedited);

/* ---- polled ---- */

static void poll_work_fn(struct work_struct *work)
{
	unsigned long flags, s;

	(void)work;
	raw_spin_lock_irqsave(&rcu_state.polled_lock, flags);
	s = poll_wanted;
	raw_spin_unlock_irqrestore(&rcu_state.polled_lock, flags);
	mutex_lock(&rcu_state.exp_mutex);
	if (!rcu_seq_done(&rcu_state.expedited_sequence, s))
		exp_gp();
	mutex_unlock(&rcu_state.exp_mutex);
}

/* Before there are work queues the cookie waits for any grace period at all; then for this. */
static void start_expedited(void)
{
	unsigned long s = rcu_seq_snap(&rcu_state.expedited_sequence);
	unsigned long flags;
	bool news;

	raw_spin_lock_irqsave(&rcu_state.polled_lock, flags);
	news = (long)(s - poll_wanted) > 0;
	if (news)
		poll_wanted = s;
	raw_spin_unlock_irqrestore(&rcu_state.polled_lock, flags);
	if (news && rcu_scheduler_active == RCU_SCHEDULER_RUNNING)
		queue_work(system_highpri_wq, &poll_work);
}

/**
 * start_poll_synchronize_rcu_expedited - a cookie, and an expedited grace period for it
 *
 * Context: any but NMI.
 * Return: for poll_state_synchronize_rcu() and cond_synchronize_rcu(_expedited)().
 */
unsigned long start_poll_synchronize_rcu_expedited(void)
{
	unsigned long s = get_state_synchronize_rcu();

	start_expedited();
	return s;
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_rcu_expedited);

/**
 * start_poll_synchronize_rcu_expedited_full - the same with a cookie of both numbers
 * @rgosp: where to put it
 */
void start_poll_synchronize_rcu_expedited_full(struct rcu_gp_oldstate *rgosp)
{
	get_state_synchronize_rcu_full(rgosp);
	start_expedited();
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_rcu_expedited_full);

/* Requests made before there was a work queue. */
static int __init exp_poll_catch_up(void)
{
	queue_work(system_highpri_wq, &poll_work);
	return 0;
}
early_initcall(exp_poll_catch_up);

unsigned long rcu_exp_batches_completed(void)
{
	return READ_ONCE(rcu_state.expedited_sequence);
}

void __init rcu_exp_init(void)
{
	INIT_WORK(&poll_work, poll_work_fn);
	poll_wanted = rcu_state.expedited_sequence;
}
