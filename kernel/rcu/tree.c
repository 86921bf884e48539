// SPDX-License-Identifier: MIT
/*
 * Hierarchical, preemptible RCU: how a grace period moves. Begin to read here.
 *
 * A grace period has to last until every reader that had begun before it is done. It doesn't count
 * readers. It waits until each CPU has been seen once in a quiescent state, a moment that no reader
 * spans: a context switch, idle, user mode, the end of a reader. Only a reader that was preempted
 * escapes that rule, so it is listed on its CPU's leaf, and the leaf waits for it as well.
 *
 *	            root   qsmask: children that owe a report	 the thread rcu_preempt sleeps
 *	           /    \	                                 until root's mask is empty
 *	       node      node
 *	       /  \      /  \	            ^ a node whose mask became empty
 *	   leaf  leaf  leaf  leaf	    | reports to its parent: one bit
 *	   / \   / \   / \   / \	    |
 *	  CPU CPU ...	         	    | CPUs and blocked readers report to their leaf
 *
 * The tree spreads the reports over many locks: a lock has at most RCU_FANOUT CPUs or nodes that
 * want it, and the root hears of each subtree once. One period:
 *
 *	IDLE	somebody asks: call_rcu() by way of the leaves (rcu_start_this_gp()), or a sleeper
 *	        in synchronize_rcu() directly. The thread wakes.
 *	ONOFF	gp_seq += 1. It reads from the leaves which CPUs are up: those take part.
 *	INIT	From the root down, each node gets the number and its mask. From here on, a CPU that
 *		compares its number with its leaf's sees that it owes a report, and a reader that is
 *		preempted there is listed as one to wait for.
 *	FQS	The thread looks at the CPUs itself: for those that are idle or in user mode it
 *		reports at once, without waking them. On an idle system that is all of them,
 *		and the period ends here. Otherwise it sleeps; CPUs report when they switch. After a
 *		tick it looks again and interrupts those that are left (readers.c).
 *	CLEANUP	The root is empty. Each node, root first, gets the end number; CPUs that have
 *		callbacks waiting are told (callbacks.c), sleepers are woken.
 *
 * Memory ordering. Each step below is a full barrier on its CPU; together they give what
 * <linux/rcupdate.h> promises. Comments cite them by these names.
 *
 *	O1	updater: rcu_seq_snap(), or llist_add() of a sleeper, after it unlinked the element
 *	O2	thread: rcu_seq_start(), before it looks at any CPU
 *	O3	reader's CPU: rcu_report_quiescent(), after the reader; or the change of its context
 *		word when it enters and leaves an extended quiescent state
 *	O4	thread: rcu_cpu_in_eqs(), between O2 and the look at a context word
 *	O5	thread: rcu_seq_end(), after the last report came through the locks of the tree
 *	O6	who is released: before callbacks are invoked, after wait_for_completion(), or in
 *		poll_state_synchronize_rcu()
 *
 *	O1 -> O2 by the request (lock of the node or the list's exchange). A reader's CPU is either
 *	past its O3 when O2 - O4 look, so all of the reader comes before O5 -> O6; or it reports
 *	later by O3, which comes before O5 through the locks. A reader that begins after its CPU's
 *	O3 or after the thread's look sees all that was done before O1.
 *
 * Files: tree.c grace periods; readers.c CPUs, preempted readers; callbacks.c call_rcu(), invoking,
 * rcu_barrier(), CPUs that go; exp.c expedited; poll.c cookies; kvfree.c; boost.c; stall.c;
 * stats.c, trace.c to look inside; update.c what all flavours share; rcu_segcblist.c lists.
 */

#include "tree.h"

#include <linux/cpu.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/sched/task.h>

struct rcu_state rcu_state = {
	.gp_seq			= RCU_SEQ_INIT,
	.gp_seq_polled		= RCU_SEQ_INIT,
	.expedited_sequence	= RCU_SEQ_INIT,
	.gp_wq			= __SWAIT_QUEUE_HEAD_INITIALIZER(rcu_state.gp_wq),
	.exp_wq			= __SWAIT_QUEUE_HEAD_INITIALIZER(rcu_state.exp_wq),
	.polled_lock		= __RAW_SPIN_LOCK_UNLOCKED(rcu_state.polled_lock),
	.barrier_lock		= __RAW_SPIN_LOCK_UNLOCKED(rcu_state.barrier_lock),
	.exp_mutex		= __MUTEX_INITIALIZER(rcu_state.exp_mutex),
	.barrier_mutex		= __MUTEX_INITIALIZER(rcu_state.barrier_mutex),
	.barrier_seq		= RCU_SEQ_INIT,
	.gp_state		= RCU_GP_IDLE,
};

DEFINE_PER_CPU_SHARED_ALIGNED(struct rcu_data, rcu_data);

/* How long reports may take before the thread looks itself, first and then each time. */
static ulong jiffies_till_first_fqs = 1;
static ulong jiffies_till_next_fqs = 1;
module_param(jiffies_till_first_fqs, ulong, 0644);
module_param(jiffies_till_next_fqs, ulong, 0644);

/* ---- asking for a grace period ---- */

/* The thread has something to do: wake it. Not with a node's lock held. */
void rcu_gp_kthread_wake(void)
{
	if (READ_ONCE(rcu_state.gp_kthread))
		swake_up_one(&rcu_state.gp_wq);
}

/* Root's lock held. Return: must the thread be woken? */
static bool set_gp_flag(unsigned int flag)
{
	unsigned int flags = rcu_state.gp_flags;

	WRITE_ONCE(rcu_state.gp_flags, flags | flag);
	WRITE_ONCE(rcu_state.gp_req_activity, jiffies);
	return !(flags & flag);
}

/**
 * rcu_start_this_gp - see to it that a grace period runs
 * @leaf: a leaf, locked
 * @gp_seq_req: the end of the wanted period, from rcu_seq_snap()
 *
 * Notes the number in all nodes on the way up to the root. It stops early where somebody has been
 * before: who asked for this number or a later one has gone, or is on the way, to the root. A
 * period that runs looks at the root's note when it ends.
 *
 * Return: the caller must call rcu_gp_kthread_wake() when it has dropped the lock.
 */
bool rcu_start_this_gp(struct rcu_node *leaf, unsigned long gp_seq_req)
{
	struct rcu_node *rnp = leaf;
	bool wake = false;

	lockdep_assert_held(&leaf->lock);
	for (;;) {
		if ((long)(rnp->gp_seq_needed - gp_seq_req) >= 0)
			break;
		WRITE_ONCE(rnp->gp_seq_needed, gp_seq_req);
		if (!rnp->parent) {
			/* Under this lock a period begins and ends. */
			if (!rcu_gp_in_progress())
				wake = set_gp_flag(RCU_GP_FLAG_INIT);
			rcu_trace(GP_REQUEST, rcu_state.gp_seq, gp_seq_req);
			break;
		}
		if (rnp != leaf)
			raw_spin_unlock(&rnp->lock);
		rnp = rnp->parent;
		raw_spin_lock(&rnp->lock);
	}
	if (rnp != leaf)
		raw_spin_unlock(&rnp->lock);
	return wake;
}

/* A grace period that begins after now, for somebody who keeps no callback. Interrupts any. */
void rcu_request_gp(void)
{
	struct rcu_node *root = rcu_get_root();
	unsigned long flags;
	bool wake;

	raw_spin_lock_irqsave(&root->lock, flags);
	wake = set_gp_flag(RCU_GP_FLAG_INIT);
	raw_spin_unlock_irqrestore(&root->lock, flags);
	if (wake)
		rcu_gp_kthread_wake();
}

/**
 * rcu_force_quiescent_state - let the thread look at the CPUs now, if a grace period runs
 *
 * Context: any but NMI, and no lock of the scheduler held.
 */
void rcu_force_quiescent_state(void)
{
	struct rcu_node *root = rcu_get_root();
	unsigned long flags;
	bool wake = false;

	raw_spin_lock_irqsave(&root->lock, flags);
	if (rcu_gp_in_progress())
		wake = set_gp_flag(RCU_GP_FLAG_FQS);
	raw_spin_unlock_irqrestore(&root->lock, flags);
	if (wake)
		rcu_gp_kthread_wake();
}

/* ---- reports, from a leaf to the root ---- */

/**
 * rcu_report_qs_rnp - children of a node are quiescent
 * @mask: which ones
 * @rnp: the node, locked; unlocked on return
 * @gps: the grace period they report for: it may be over by now
 * @flags: interrupt state to restore
 *
 * Whoever clears the last bit of a node, with no blocked reader left, goes on to the parent; there
 * the bit of the node is its witness that nobody else has.
 */
void rcu_report_qs_rnp(unsigned long mask, struct rcu_node *rnp, unsigned long gps,
		       unsigned long flags)
{
	/* model: gp_report */
	for (;;) {
		if (!(rnp->qsmask & mask) || rnp->gp_seq != gps) {
			raw_spin_unlock_irqrestore(&rnp->lock, flags);
			return;
		}
		WRITE_ONCE(rnp->qsmask, rnp->qsmask & ~mask);
		rcu_trace(NODE_QS, gps, rnp->qsmask);
		if (rnp->qsmask || rcu_preempt_blocked_readers_cgp(rnp)) {
			raw_spin_unlock_irqrestore(&rnp->lock, flags);
			return;
		}
		if (!rnp->parent)
			break;
		mask = rnp->grpmask;
		raw_spin_unlock(&rnp->lock);
		rnp = rnp->parent;
		raw_spin_lock(&rnp->lock);
	}
	raw_spin_unlock_irqrestore(&rnp->lock, flags);
	rcu_gp_kthread_wake();
}

/**
 * rcu_report_unblock_qs_rnp - the last reader that a leaf waited for is done
 * @rnp: the leaf, locked; unlocked on return
 * @flags: interrupt state to restore
 */
void rcu_report_unblock_qs_rnp(struct rcu_node *rnp, unsigned long flags)
{
	struct rcu_node *parent = rnp->parent;
	unsigned long gps = rnp->gp_seq;

	if (rnp->qsmask || rcu_preempt_blocked_readers_cgp(rnp)) {
		raw_spin_unlock_irqrestore(&rnp->lock, flags);
		return;
	}
	raw_spin_unlock(&rnp->lock);
	if (!parent) {
		raw_local_irq_restore(flags);
		rcu_gp_kthread_wake();
		return;
	}
	raw_spin_lock(&parent->lock);
	rcu_report_qs_rnp(rnp->grpmask, parent, gps, flags);
}

/**
 * rcu_report_qs_rdp - this CPU is quiescent, for the grace period that it knows of
 * @rdp: its data
 *
 * Context: interrupts off, no node's lock held.
 */
void rcu_report_qs_rdp(struct rcu_data *rdp)
{
	/* model: gp_qs */
	struct rcu_node *rnp = rdp->mynode;
	unsigned long flags;

	raw_spin_lock_irqsave(&rnp->lock, flags);
	if (!rdp->core_needs_qs || rdp->gp_seq != rnp->gp_seq) {
		raw_spin_unlock_irqrestore(&rnp->lock, flags);
		return;
	}
	WRITE_ONCE(rdp->core_needs_qs, false);
	rdp->n_qs++;
	rcu_trace(CPU_QS, rdp->gp_seq, rdp->cpu);
	rcu_report_qs_rnp(rdp->grpmask, rnp, rnp->gp_seq, flags);
}

/* ---- a CPU hears of grace periods ---- */

/* Leaf locked. Return: wake the thread. */
static bool note_gp_changes_locked(struct rcu_node *rnp, struct rcu_data *rdp)
{
	unsigned long seq = rnp->gp_seq;

	if (rdp->gp_seq == seq)
		return false;
	if (rcu_seq_completed_gp(rdp->gp_seq, seq))
		WRITE_ONCE(rdp->core_needs_qs, false);
	if (rcu_seq_new_gp(rdp->gp_seq, seq)) {
		WRITE_ONCE(rdp->core_needs_qs, !!(rnp->qsmask & rdp->grpmask));
		rdp->ticks_this_gp = 0;
		rcu_trace(CPU_START, seq, rdp->cpu);
	}
	WRITE_ONCE(rdp->gp_seq, seq);
	return rcu_advance_cbs(rnp, rdp);
}

/**
 * rcu_note_gp_changes - catch up with the leaf: periods that ended and began
 * @rdp: this CPU's
 *
 * Context: interrupts off, no node's lock held.
 * Return: does the CPU owe a report now?
 */
bool rcu_note_gp_changes(struct rcu_data *rdp)
{
	struct rcu_node *rnp = rdp->mynode;
	bool wake;

	lockdep_assert_irqs_disabled();
	if (rdp->gp_seq != READ_ONCE(rnp->gp_seq)) {
		raw_spin_lock(&rnp->lock);
		wake = note_gp_changes_locked(rnp, rdp);
		raw_spin_unlock(&rnp->lock);
		if (wake)
			rcu_gp_kthread_wake();
	}
	return rdp->core_needs_qs;
}

/* ---- extended quiescent states, seen from outside ---- */

/**
 * rcu_cpu_in_eqs - is a CPU idle or in user mode?
 * @cpu: the CPU
 *
 * If so, no reader that began before the call is left on it.
 */
bool rcu_cpu_in_eqs(int cpu)
{
	if (rcu_broken(RCU_BREAK_IDLE))
		return true;
	smp_mb();	/* O4; pairs with the barriers of ct_kernel_enter() and _exit() */
	return !(ct_rcu_watching_cpu_acquire(cpu) & CT_RCU_WATCHING);
}

/**
 * rcu_watching_snap_stopped_since - has a CPU been idle or in user mode since?
 * @rdp: the CPU's
 * @snap: its context word when it was last looked at and wasn't
 *
 * Return: true if it was for a while, whatever it does now.
 */
bool rcu_watching_snap_stopped_since(struct rcu_data *rdp, int snap)
{
	WARN_ON_ONCE(!(snap & CT_RCU_WATCHING));
	/* Acquire: pairs with O3, the end of the state. */
	return snap != ct_rcu_watching_cpu_acquire(rdp->cpu);
}

bool rcu_is_idle_cpu(int cpu)
{
	return rcu_cpu_in_eqs(cpu);
}

/* ---- the thread: beginning ---- */

/* Who takes part: what the leaves say now, and upwards every node with somebody below it. */
static void note_cpus(void)
{
	struct rcu_node *rnp;

	WRITE_ONCE(rcu_state.gp_state, RCU_GP_ONOFF);
	rcu_for_each_node_breadth_first(rnp) {
		raw_spin_lock_irq(&rnp->lock);
		if (rcu_is_leaf_node(rnp)) {
			rnp->qsmaskinit = rnp->qsmaskinitnext;
			rnp->wait_blkd = !list_empty(&rnp->blkd_tasks);
		} else {
			rnp->qsmaskinit = 0;
		}
		raw_spin_unlock_irq(&rnp->lock);
	}
	/* From here only the thread looks at these two fields. */
	for (rnp = rcu_state.level[rcu_state.num_lvls] - 1; rnp->parent; rnp--) {
		if (rnp->qsmaskinit || rnp->wait_blkd)
			rnp->parent->qsmaskinit |= rnp->grpmask;
	}
}

/*
 * A leaf learns of the period. A CPU that went down since note_cpus() is left out: nobody would
 * report for it. Return: nothing to wait for here.
 */
static bool init_leaf(struct rcu_node *rnp)
{
	/* model: gp_init */
	rnp->qsmask &= rnp->qsmaskinitnext;
	if (rcu_broken(RCU_BREAK_SKIP_WAIT))
		rnp->qsmask = 0;
	if (rcu_broken(RCU_BREAK_LAST_CPU) && cpumask_last(cpu_online_mask) <= rnp->grphi &&
	    cpumask_last(cpu_online_mask) >= rnp->grplo)
		rnp->qsmask &= ~rcu_leaf_mask(rnp, cpumask_last(cpu_online_mask));
	if (rnp->qsmaskinit || rnp->wait_blkd)
		rcu_preempt_check_blocked_tasks(rnp);
	return !rnp->qsmask && !rcu_preempt_blocked_readers_cgp(rnp);
}

static void init_nodes(void)
{
	struct rcu_node *rnp;

	WRITE_ONCE(rcu_state.gp_state, RCU_GP_INIT);
	rcu_for_each_node_breadth_first(rnp) {
		unsigned long flags;
		bool empty = false;

		raw_spin_lock_irqsave(&rnp->lock, flags);
		rnp->qsmask = rnp->qsmaskinit;
		if (rcu_is_leaf_node(rnp))
			empty = init_leaf(rnp);
		WRITE_ONCE(rnp->gp_seq, rcu_state.gp_seq);
		rcu_trace(GP_INIT, rnp->gp_seq, rnp->qsmask);
		/* Who was counted in above but has gone since is quiescent. */
		if (empty)
			rcu_report_unblock_qs_rnp(rnp, flags);
		else
			raw_spin_unlock_irqrestore(&rnp->lock, flags);
	}
}

static void gp_init(void)
{
	/* model: gp_start */
	struct rcu_node *root = rcu_get_root();

	raw_spin_lock_irq(&root->lock);
	WRITE_ONCE(rcu_state.gp_flags, 0);
	/* Before the number moves: these sleepers' O1 comes before O2. */
	rcu_state.sync_wait = llist_del_all(&rcu_state.sync_next);
	rcu_state.gp_start = jiffies;
	rcu_state.n_fqs = 0;
	rcu_stall_gp_begins();
	rcu_seq_start(&rcu_state.gp_seq);	/* O2 */
	rcu_poll_gp_seq_start(&rcu_state.gp_seq_polled_snap);
	rcu_trace(GP_START, rcu_state.gp_seq, root->gp_seq_needed);
	raw_spin_unlock_irq(&root->lock);

	note_cpus();
	init_nodes();
}

/* ---- the thread: waiting ---- */

static bool gp_done(void)
{
	struct rcu_node *root = rcu_get_root();

	return !READ_ONCE(root->qsmask) && !rcu_preempt_blocked_readers_cgp(root);
}

/*
 * Is a CPU that has not reported quiescent all the same? Leaf locked. Our own is: this thread runs
 * there, and is no reader.
 */
static bool cpu_is_quiescent(struct rcu_data *rdp, bool first)
{
	if (rdp->cpu == smp_processor_id() || rcu_cpu_in_eqs(rdp->cpu))
		return true;
	if (!first)
		return rcu_watching_snap_stopped_since(rdp, rdp->watching_snap);
	rdp->watching_snap = ct_rcu_watching_cpu_acquire(rdp->cpu);
	/* It may have gone to sleep in between. */
	return !(rdp->watching_snap & CT_RCU_WATCHING);
}

/* One leaf: report for quiescent CPUs. Return: those left. */
static unsigned long look_at_leaf(struct rcu_node *rnp, bool first)
{
	unsigned long flags, quiet = 0, left;
	int cpu;

	raw_spin_lock_irqsave(&rnp->lock, flags);
	left = rnp->qsmask;
	rcu_for_each_leaf_cpu(rnp, cpu, left) {
		if (cpu_is_quiescent(per_cpu_ptr(&rcu_data, cpu), first)) {
			quiet |= rcu_leaf_mask(rnp, cpu);
			rcu_trace(CPU_EQS, rnp->gp_seq, cpu);
		}
	}
	if (!left)
		rcu_initiate_boost(rnp);
	if (quiet)
		rcu_report_qs_rnp(quiet, rnp, rnp->gp_seq, flags);
	else
		raw_spin_unlock_irqrestore(&rnp->lock, flags);
	return left & ~quiet;
}

/* Look at all; the first time without disturbing anybody. */
static void look_at_cpus(bool first)
{
	struct rcu_node *rnp;
	unsigned long left;
	int cpu;

	WRITE_ONCE(rcu_state.gp_state, RCU_GP_DOING_FQS);
	WRITE_ONCE(rcu_state.n_fqs, rcu_state.n_fqs + 1);
	rcu_state.n_fqs_gp++;
	rcu_trace(GP_FQS, rcu_state.gp_seq, rcu_state.n_fqs);
	rcu_for_each_leaf_node(rnp) {
		left = look_at_leaf(rnp, first);
		if (first)
			continue;
		rcu_for_each_leaf_cpu(rnp, cpu, left)
			rcu_kick_cpu(cpu);
	}
}

static void clear_fqs_flag(void)
{
	struct rcu_node *root = rcu_get_root();

	if (!(READ_ONCE(rcu_state.gp_flags) & RCU_GP_FLAG_FQS))
		return;
	raw_spin_lock_irq(&root->lock);
	WRITE_ONCE(rcu_state.gp_flags, rcu_state.gp_flags & ~RCU_GP_FLAG_FQS);
	raw_spin_unlock_irq(&root->lock);
}

static void gp_wait(void)
{
	/* model: gp_wait */
	unsigned long delay = max(READ_ONCE(jiffies_till_first_fqs), 1UL);
	bool first = true;

	for (;;) {
		look_at_cpus(first);
		first = false;
		if (gp_done())
			return;
		WRITE_ONCE(rcu_state.gp_state, RCU_GP_WAIT_FQS);
		swait_event_idle_timeout_exclusive(rcu_state.gp_wq,
			gp_done() || (READ_ONCE(rcu_state.gp_flags) & RCU_GP_FLAG_FQS), delay);
		WRITE_ONCE(rcu_state.gp_activity, jiffies);
		if (gp_done())
			return;
		clear_fqs_flag();
		rcu_stall_fqs();
		rcu_check_gp_stall(NULL);
		delay = max(READ_ONCE(jiffies_till_next_fqs), 1UL);
	}
}

/* ---- the thread: ending ---- */

/*
 * Tell a node of the end. CPUs of a leaf that have callbacks waiting are told by interrupt: the
 * flag is looked at under the same lock under which they set it, so that either we see it or
 * they see the new number.
 */
static void cleanup_node(struct rcu_node *rnp, unsigned long new_gp_seq)
{
	unsigned long waiters = 0;

	raw_spin_lock_irq(&rnp->lock);
	WARN_ON_ONCE(rcu_preempt_blocked_readers_cgp(rnp));
	WARN_ON_ONCE(rnp->qsmask);
	WRITE_ONCE(rnp->gp_seq, new_gp_seq);
	if (rcu_is_leaf_node(rnp))
		waiters = rcu_cb_waiters(rnp);
	raw_spin_unlock_irq(&rnp->lock);
	if (waiters)
		rcu_wake_cb_cpus(rnp, waiters);
}

static void wake_sleepers(struct llist_node *list)
{
	struct rcu_sync_waiter *w, *next;

	list = llist_reverse_order(list);
	/* A sleeper's entry is on its stack and gone with complete(). */
	llist_for_each_entry_safe(w, next, list, node)
		complete(&w->done);
}

static void gp_cleanup(void)
{
	/* model: gp_end */
	struct rcu_node *root = rcu_get_root();
	unsigned long new_gp_seq = rcu_seq_endval(&rcu_state.gp_seq);
	struct llist_node *sleepers;
	struct rcu_node *rnp;

	WRITE_ONCE(rcu_state.gp_state, RCU_GP_CLEANUP);
	/* Reports end under the root's lock: with it we have them all (O3 before O5). */
	raw_spin_lock_irq(&root->lock);
	rcu_stall_gp_ends();
	rcu_poll_gp_seq_end(&rcu_state.gp_seq_polled_snap);
	raw_spin_unlock_irq(&root->lock);

	smp_mb();	/* O5, for those who read a node's number before the end of all */
	rcu_for_each_node_breadth_first(rnp)
		cleanup_node(rnp, new_gp_seq);

	raw_spin_lock_irq(&root->lock);
	rcu_seq_end(&rcu_state.gp_seq);		/* O5 */
	rcu_trace(GP_END, rcu_state.gp_seq, rcu_state.n_fqs);
	WRITE_ONCE(rcu_state.gp_state, RCU_GP_CLEANED);
	rcu_state.gp_end = jiffies;
	if ((long)(root->gp_seq_needed - rcu_state.gp_seq) > 0)
		set_gp_flag(RCU_GP_FLAG_INIT);
	WRITE_ONCE(rcu_state.gp_flags, rcu_state.gp_flags & ~RCU_GP_FLAG_FQS);
	raw_spin_unlock_irq(&root->lock);

	sleepers = rcu_state.sync_wait;
	rcu_state.sync_wait = NULL;
	wake_sleepers(sleepers);
}

static int rcu_gp_kthread(void *unused)
{
	(void)unused;
	for (;;) {
		WRITE_ONCE(rcu_state.gp_state, RCU_GP_WAIT_GPS);
		swait_event_idle_exclusive(rcu_state.gp_wq,
					   READ_ONCE(rcu_state.gp_flags) & RCU_GP_FLAG_INIT);
		WRITE_ONCE(rcu_state.gp_state, RCU_GP_DONE_GPS);
		WRITE_ONCE(rcu_state.gp_activity, jiffies);
		gp_init();
		gp_wait();
		gp_cleanup();
		cond_resched_tasks_rcu_qs();
	}
	return 0;
}

/* ---- sleeping for a grace period ---- */

static void synchronize_rcu_normal(void)
{
	struct rcu_sync_waiter w;

	init_completion(&w.done);
	/* O1. The first one of a batch asks for the period, the others' came before it begins. */
	if (llist_add(&w.node, &rcu_state.sync_next))
		rcu_request_gp();
	wait_for_completion(&w.done);
	smp_mb();	/* O6; pairs with O3 of the readers' CPUs */
}

/**
 * synchronize_rcu - wait until all readers that have begun are done
 *
 * While there is one task only, on one CPU, there are no readers when it asks.
 *
 * Context: may sleep; not in a reader.
 */
void synchronize_rcu(void)
{
	RCU_LOCKDEP_WARN(lock_is_held(&rcu_bh_lock_map) || lock_is_held(&rcu_lock_map) ||
			 lock_is_held(&rcu_sched_lock_map),
			 "Illegal synchronize_rcu() in RCU read-side critical section");
	might_sleep();
	if (rcu_scheduler_active == RCU_SCHEDULER_INACTIVE) {
		rcu_early_gp();
		return;
	}
	if (rcu_gp_is_expedited())
		synchronize_rcu_expedited();
	else
		synchronize_rcu_normal();
}
EXPORT_SYMBOL_GPL(synchronize_rcu);

/* ---- CPUs come and go ---- */

/**
 * rcutree_report_cpu_starting - this CPU may have readers from here on
 * @cpu: this CPU
 *
 * A grace period that runs began before and needn't wait for us.
 * Context: on the new CPU, interrupts off, before it is set online.
 */
void rcutree_report_cpu_starting(unsigned int cpu)
{
	/* model: gp_online */
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);
	struct rcu_node *rnp = rdp->mynode;
	unsigned long flags;

	raw_spin_lock_irqsave(&rnp->lock, flags);
	WRITE_ONCE(rnp->qsmaskinitnext, rnp->qsmaskinitnext | rdp->grpmask);
	rdp->gp_seq = rnp->gp_seq;
	rdp->core_needs_qs = false;
	rdp->exp_needed = false;
	if (!rcu_segcblist_is_enabled(&rdp->cblist))
		rcu_callbacks_init_cpu(rdp);
	rcu_trace(CPU_UP, rnp->gp_seq, cpu);
	raw_spin_unlock_irqrestore(&rnp->lock, flags);
	smp_mb();	/* our readers come after the mask: pairs with O2 and note_cpus() */
}

/**
 * rcutree_report_cpu_dead - this CPU has no readers any more
 *
 * Context: on the dying CPU, interrupts off, for good.
 */
void rcutree_report_cpu_dead(void)
{
	/* model: gp_offline */
	struct rcu_data *rdp = this_cpu_ptr(&rcu_data);
	struct rcu_node *rnp = rdp->mynode;
	unsigned long flags;

	rcu_report_quiescent(rdp);
	raw_spin_lock_irqsave(&rnp->lock, flags);
	WRITE_ONCE(rnp->qsmaskinitnext, rnp->qsmaskinitnext & ~rdp->grpmask);
	rcu_trace(CPU_DOWN, rnp->gp_seq, rdp->cpu);
	rcu_report_qs_rnp(rdp->grpmask, rnp, rnp->gp_seq, flags);
	rcu_exp_cpu_gone(rnp, rdp->grpmask);
}

/* ---- boot ---- */

/* As wide at the leaves as there are CPUs, and each level above as wide as the fan-out demands. */
static void __init lay_out_levels(int width[])
{
	int n = DIV_ROUND_UP(nr_cpu_ids, CONFIG_RCU_FANOUT_LEAF);
	int lvls = 1, i;

	for (i = n; i > 1; i = DIV_ROUND_UP(i, CONFIG_RCU_FANOUT))
		lvls++;
	BUG_ON(lvls > RCU_NUM_LVLS_MAX);
	for (i = lvls - 1; i >= 0; i--) {
		width[i] = n;
		n = DIV_ROUND_UP(n, CONFIG_RCU_FANOUT);
	}
	rcu_state.num_lvls = lvls;
	rcu_state.level[0] = rcu_state.node;
	for (i = 0; i < lvls; i++)
		rcu_state.level[i + 1] = rcu_state.level[i] + width[i];
	BUG_ON(rcu_state.level[lvls] > rcu_state.node + NUM_RCU_NODES);
}

/* From a leaf towards the root is the order of locks: a class for each level says so. */
static void __init init_node(struct rcu_node *rnp, int level, int nr)
{
	static struct lock_class_key keys[RCU_NUM_LVLS_MAX];
	static const char * const names[RCU_NUM_LVLS_MAX] = {
		"rcu_node_0", "rcu_node_1", "rcu_node_2", "rcu_node_3",
		"rcu_node_4", "rcu_node_5", "rcu_node_6", "rcu_node_7",
	};

	raw_spin_lock_init(&rnp->lock);
	lockdep_set_class_and_name(&rnp->lock, &keys[level], names[level]);
	rnp->gp_seq = rcu_state.gp_seq;
	rnp->gp_seq_needed = rcu_state.gp_seq;
	rnp->level = level;
	INIT_LIST_HEAD(&rnp->blkd_tasks);
	if (!level)
		return;
	rnp->parent = rcu_state.level[level - 1] + nr / CONFIG_RCU_FANOUT;
	rnp->grpmask = 1UL << (nr % CONFIG_RCU_FANOUT);
	rnp->parent->childmask |= rnp->grpmask;
}

/* CPUs below each node: a leaf's are its own, the others' those of their children. */
static void __init set_ranges(void)
{
	struct rcu_node *rnp;

	rcu_for_each_leaf_node(rnp) {
		rnp->grplo = (rnp - rcu_state.level[rcu_state.num_lvls - 1]) *
			     CONFIG_RCU_FANOUT_LEAF;
		rnp->grphi = min(rnp->grplo + CONFIG_RCU_FANOUT_LEAF, (int)nr_cpu_ids) - 1;
		rnp->childmask = GENMASK(rnp->grphi - rnp->grplo, 0);
	}
	rcu_for_each_inner_node_bottom_up(rnp)
		rnp->grplo = INT_MAX;
	for (rnp = rcu_state.level[rcu_state.num_lvls] - 1; rnp->parent; rnp--) {
		rnp->parent->grplo = min(rnp->parent->grplo, rnp->grplo);
		rnp->parent->grphi = max(rnp->parent->grphi, rnp->grphi);
	}
}

static void __init init_tree(void)
{
	int width[RCU_NUM_LVLS_MAX];
	int level, nr;

	lay_out_levels(width);
	for (level = 0; level < rcu_state.num_lvls; level++)
		for (nr = 0; nr < width[level]; nr++)
			init_node(rcu_state.level[level] + nr, level, nr);
	set_ranges();
}

static void __init init_cpu(int cpu)
{
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

	rdp->cpu = cpu;
	rdp->mynode = rcu_state.level[rcu_state.num_lvls - 1] + cpu / CONFIG_RCU_FANOUT_LEAF;
	rdp->grpmask = rcu_leaf_mask(rdp->mynode, cpu);
	rdp->gp_seq = rdp->mynode->gp_seq;
	rdp->barrier_seq = rcu_state.barrier_seq;
	init_irq_work(&rdp->kick, rcu_kick_handler);
	init_irq_work(&rdp->defer, rcu_defer_handler);
}

/**
 * rcu_init - build the tree and let the boot CPU in
 *
 * call_rcu() may have been used before; rcu_read_lock() too.
 */
void __init rcu_init(void)
{
	int cpu;

	init_tree();
	for_each_possible_cpu(cpu)
		init_cpu(cpu);
	rcu_callbacks_init();
	rcu_exp_init();
	rcutree_report_cpu_starting(smp_processor_id());
	pr_info("rcu: %d level%s of nodes for %u CPUs, fan-out %d, leaf %d\n", rcu_state.num_lvls,
		rcu_state.num_lvls > 1 ? "s" : "", nr_cpu_ids, CONFIG_RCU_FANOUT,
		CONFIG_RCU_FANOUT_LEAF);
}

static int __init rcu_spawn_gp_kthread(void)
{
	struct task_struct *t = kthread_create(rcu_gp_kthread, NULL, "rcu_preempt");
	struct rcu_node *root = rcu_get_root();

	if (IS_ERR(t))
		panic("no memory for the RCU thread");
	raw_spin_lock_irq(&root->lock);
	rcu_state.gp_activity = jiffies;
	rcu_state.gp_req_activity = jiffies;
	WRITE_ONCE(rcu_state.gp_kthread, t);
	raw_spin_unlock_irq(&root->lock);
	wake_up_process(t);
	rcu_boost_spawn();
	WRITE_ONCE(rcu_scheduler_active, RCU_SCHEDULER_RUNNING);
	/* Callbacks from before rcu_init(). */
	irq_work_queue(&per_cpu(rcu_data, raw_smp_processor_id()).cb_work);
	return 0;
}
early_initcall(rcu_spawn_gp_kthread);
