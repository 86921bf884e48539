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
 *	WAIT	somebody asks: call_rcu() by way of the leaves (rcu_start_this_gp()), or a sleeper
 *	        in synchronize_rcu() directly. The thread wakes.
 *	INIT	gp_seq += 1. From the root down, each node gets the number and its mask, a leaf's
 *		being the CPUs that are up. From here on, a CPU that compares its number with its
 *		leaf's sees that it owes a report, and a reader that is preempted there is listed
 *		as one to wait for. A leaf without CPUs and readers reports at once.
 *	FQS	The thread looks at the CPUs itself: for those that are idle or in user mode it
 *		reports at once, without waking them. On an idle system that is all of them,
 *		and the period ends here. Otherwise it sleeps; CPUs report when they switch. After a
 *		tick it looks again and interrupts those that are left (readers.c).
 *	CLEANUP	The root is empty. Each node, root first, gets the end number; CPUs that have
 *		callbacks waiting are told (callbacks.c), sleepers are woken.
 *
 * An expedited period (exp.c) uses the same tree, with masks of its own and no numbers in the
 * nodes; what is said of a "kind" is true of both.
 *
 * One bit, one witness: a period of a kind can't end while a node has a bit in its parent's mask.
 * So whoever brought a node down to nothing, seen under its lock, may drop that and take the
 * parent's: it is still the same period there.
 *
 * Memory ordering. Each step below is a full barrier on its CPU; together they give what
 * <linux/rcupdate.h> promises. Comments cite them by these names.
 *
 *	O1	updater: rcu_seq_snap(), or llist_add() of a sleeper, after it unlinked the element
 *	O2	thread: rcu_seq_start(), before it looks at any CPU
 *	O3	reader's CPU: rcu_report_quiescent(), after the reader; or the change of its context
 *		word when it enters and leaves an extended quiescent state
 *	O4	thread: rcu_is_idle_cpu(), between O2 and the look at a context word
 *	O5	thread: rcu_seq_end(), after the last report came through the locks of the tree
 *	O6	who is released: before callbacks are invoked, after wait_for_completion(), or in
 *		poll_state_synchronize_rcu()
 *
 *	O1 -> O2 by the request (lock of the node or the list's exchange). A reader's CPU is either
 *	past its O3 when O2 - O4 look, so all of the reader comes before O5 -> O6; or it reports
 *	later by O3, which comes before O5 through the locks. A reader that begins after its CPU's
 *	O3 or after the thread's look sees all that was done before O1.
 *
 * Files: see README.md.
 */

#include "tree.h"

#include <linux/interrupt.h>

struct rcu_state rcu_state = {
	.gp_seq			= RCU_SEQ_INIT,
	.gp_seq_polled		= RCU_SEQ_INIT,
	.gp_seq_polled_wanted	= RCU_SEQ_INIT,
	.expedited_sequence	= RCU_SEQ_INIT,
	.barrier_seq		= RCU_SEQ_INIT,
	.wq[RCU_NORM]		= __SWAIT_QUEUE_HEAD_INITIALIZER(rcu_state.wq[RCU_NORM]),
	.wq[RCU_EXP]		= __SWAIT_QUEUE_HEAD_INITIALIZER(rcu_state.wq[RCU_EXP]),
	.polled_lock		= __RAW_SPIN_LOCK_UNLOCKED(rcu_state.polled_lock),
	.barrier_lock		= __RAW_SPIN_LOCK_UNLOCKED(rcu_state.barrier_lock),
	.exp_mutex		= __MUTEX_INITIALIZER(rcu_state.exp_mutex),
	.barrier_mutex		= __MUTEX_INITIALIZER(rcu_state.barrier_mutex),
};

DEFINE_PER_CPU_SHARED_ALIGNED(struct rcu_data, rcu_data);

/* How long reports may take before the thread looks itself, first and then each time. */
static ulong jiffies_till_first_fqs = 1;
static ulong jiffies_till_next_fqs = 1;
module_param(jiffies_till_first_fqs, ulong, 0644);
module_param(jiffies_till_next_fqs, ulong, 0644);

/* One sleeper in synchronize_rcu(). */
struct rcu_sync_waiter {
	struct llist_node node;
	struct completion done;
};

/* The thread has something to do: wake it. Not with a node's lock held. */
void rcu_gp_kthread_wake(void)
{
	if (READ_ONCE(rcu_state.gp_kthread))
		swake_up_one(&rcu_state.wq[RCU_NORM]);
}

/* Return: must the thread be woken? */
static bool set_gp_flag(int flag)
{
	WRITE_ONCE(rcu_state.gp_req_activity, jiffies);
	return !(atomic_fetch_or(flag, &rcu_state.gp_flags) & flag);
}

/* Ask the thread for a grace period that begins after now, or for a look. Any context but NMI. */
void rcu_request(int flag)
{
	if (set_gp_flag(flag))
		rcu_gp_kthread_wake();
}

/*
 * See to it that a grace period runs: the one that ends with @gp_seq_req, from rcu_seq_snap().
 * Notes the number in all nodes from @leaf, locked, up to the root. It stops early where somebody
 * has been before: who asked for this number or a later one has gone, or is on the way, to the
 * root. A period that runs looks at the root's note when it ends.
 * Return: the caller must call rcu_gp_kthread_wake() when it has dropped the lock.
 */
bool rcu_start_this_gp(struct rcu_node *leaf, unsigned long gp_seq_req)
{
	struct rcu_node *rnp = leaf;
	bool wake = false;

	lockdep_assert_held(&leaf->lock);
	while ((long)(rnp->gp_seq_needed - gp_seq_req) < 0) {
		WRITE_ONCE(rnp->gp_seq_needed, gp_seq_req);
		if (!rnp->parent) {
			/* Under this lock a period begins and ends. */
			wake = !rcu_gp_in_progress() && set_gp_flag(RCU_GP_FLAG_INIT);
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

/* Let the thread look at the CPUs now, if a grace period runs. No lock of the scheduler held. */
void rcu_force_quiescent_state(void)
{
	if (rcu_gp_in_progress())
		rcu_request(RCU_GP_FLAG_FQS);
}

/* ---- reports, from a leaf to the root ---- */

/*
 * Those in @mask, CPUs or children of @rnp, locked, need not be waited for any more.
 * Return: that was the last of it; rcu_report_up() has to follow when the lock is dropped.
 */
bool rcu_clear_wait(struct rcu_node *rnp, enum rcu_gp_kind kind, unsigned long mask)
{
	/* model: gp_report */
	struct rcu_wait *w = &rnp->wait[kind];

	lockdep_assert_held(&rnp->lock);
	if (!(w->mask & mask))
		return false;
	WRITE_ONCE(w->mask, w->mask & ~mask);
	rcu_trace(NODE_QS, kind == RCU_EXP ? rcu_state.expedited_sequence : rnp->gp_seq, w->mask);
	return rcu_node_done(rnp, kind);
}

/* The caller has seen the last of what @rnp waited for go. Tell the nodes above. No lock held. */
void rcu_report_up(struct rcu_node *rnp, enum rcu_gp_kind kind)
{
	bool done = true;

	for (; done && rnp->parent; rnp = rnp->parent) {
		scoped_guard(raw_spinlock_irqsave, &rnp->parent->lock)
			done = rcu_clear_wait(rnp->parent, kind, rnp->grpmask);
	}
	if (done)
		swake_up_one(&rcu_state.wq[kind]);
}

/* Leaf locked. Return: wake the thread. */
static bool note_gp_changes_locked(struct rcu_node *rnp, struct rcu_data *rdp)
{
	unsigned long seq = rnp->gp_seq;

	if (rdp->gp_seq == seq)
		return false;
	WRITE_ONCE(rdp->needs_qs[RCU_NORM], rnp->wait[RCU_NORM].mask & rdp->grpmask);
	if (rcu_seq_new_gp(rdp->gp_seq, seq)) {
		WRITE_ONCE(rdp->ticks_this_gp, 0);
		rcu_trace(CPU_START, seq, rdp->cpu);
	}
	WRITE_ONCE(rdp->gp_seq, seq);
	return rcu_advance_cbs(rnp, rdp);
}

/* This CPU, interrupts off, catches up with its leaf. Return: does it owe a report now? */
bool rcu_note_gp_changes(struct rcu_data *rdp)
{
	struct rcu_node *rnp = rdp->mynode;
	bool wake = false;

	lockdep_assert_irqs_disabled();
	if (rdp->gp_seq != READ_ONCE(rnp->gp_seq)) {
		scoped_guard(raw_spinlock, &rnp->lock)
			wake = note_gp_changes_locked(rnp, rdp);
		if (wake)
			rcu_gp_kthread_wake();
	}
	return rdp->needs_qs[RCU_NORM];
}

/* Is @cpu idle or in user mode? If so, no reader that began before the call is left on it. */
bool rcu_is_idle_cpu(int cpu)
{
	if (rcu_broken(RCU_BREAK_IDLE))
		return true;
	smp_mb();	/* O4; pairs with the barriers of ct_kernel_enter() and _exit() */
	return !(ct_rcu_watching_cpu_acquire(cpu) & CT_RCU_WATCHING);
}

/* Has it been so, since its context word was @snap and it wasn't, whatever it does now? */
bool rcu_watching_snap_stopped_since(struct rcu_data *rdp, int snap)
{
	WARN_ON_ONCE(!(snap & CT_RCU_WATCHING));
	/* Acquire: pairs with O3, the end of the state. */
	return snap != ct_rcu_watching_cpu_acquire(rdp->cpu);
}

/* ---- the steps of either kind ---- */

/* Whom this leaf, locked, has to wait for. Return: nobody. */
static bool init_leaf(struct rcu_node *rnp, enum rcu_gp_kind kind)
{
	/* model: gp_init */
	/* model: gp_exp_select */
	struct rcu_wait *w = &rnp->wait[kind];
	int last = cpumask_last(cpu_online_mask);

	WRITE_ONCE(w->mask, rnp->qsmaskinitnext);
	if (!list_empty(&rnp->blkd_tasks) && !rcu_broken(RCU_BREAK_BLOCKED_READER))
		WRITE_ONCE(w->tasks, rnp->blkd_tasks.next);
	if (kind == RCU_NORM)
		rnp->boost_tasks = NULL;
	if (rcu_broken(RCU_BREAK_LAST_CPU) && last >= rnp->grplo && last <= rnp->grphi)
		w->mask &= ~rcu_leaf_mask(rnp, last);
	if (rcu_broken(RCU_BREAK_SKIP_WAIT))
		*w = (struct rcu_wait){ };
	return rcu_node_done(rnp, kind);
}

/* A period begins: tell the nodes, parents before children, so that no report is too early. */
void rcu_init_nodes(enum rcu_gp_kind kind)
{
	struct rcu_node *rnp;
	bool done;

	rcu_for_each_node_breadth_first(rnp) {
		done = false;
		scoped_guard(raw_spinlock_irqsave, &rnp->lock) {
			WARN_ON_ONCE(!rcu_node_done(rnp, kind));
			if (rcu_is_leaf_node(rnp))
				done = init_leaf(rnp, kind);
			else
				WRITE_ONCE(rnp->wait[kind].mask, rnp->childmask);
			if (kind == RCU_NORM)
				WRITE_ONCE(rnp->gp_seq, rcu_state.gp_seq);
			rcu_trace(GP_INIT, rnp->gp_seq, rnp->wait[kind].mask);
		}
		if (done)
			rcu_report_up(rnp, kind);
	}
}

/*
 * Is a CPU that has not reported quiescent all the same? Leaf locked. Our own is: who runs a period
 * is no reader.
 */
static bool cpu_is_quiescent(struct rcu_data *rdp, enum rcu_gp_kind kind, bool first)
{
	int *snap = &rdp->watching_snap[kind];

	if (rdp->cpu == smp_processor_id() || rcu_is_idle_cpu(rdp->cpu))
		return true;
	if (!first)
		return rcu_watching_snap_stopped_since(rdp, *snap);
	*snap = ct_rcu_watching_cpu_acquire(rdp->cpu);
	/* It may have gone to sleep in between. */
	return !(*snap & CT_RCU_WATCHING);
}

/* One leaf: report for quiescent CPUs. Return: those left. */
static unsigned long look_at_leaf(struct rcu_node *rnp, enum rcu_gp_kind kind, bool first)
{
	unsigned long quiet = 0, left = 0;
	bool done = false;
	int cpu;

	scoped_guard(raw_spinlock_irqsave, &rnp->lock) {
		left = rnp->wait[kind].mask;
		rcu_for_each_leaf_cpu(rnp, cpu, left) {
			struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

			if (cpu_is_quiescent(rdp, kind, first)) {
				quiet |= rdp->grpmask;
				rcu_trace(CPU_EQS, rnp->gp_seq, cpu);
			} else if (kind == RCU_EXP) {
				WRITE_ONCE(rdp->needs_qs[RCU_EXP], true);
			}
		}
		if (IS_ENABLED(CONFIG_RCU_BOOST) && kind == RCU_NORM && !left)
			rcu_initiate_boost(rnp);
		done = rcu_clear_wait(rnp, kind, quiet);
	}
	if (done)
		rcu_report_up(rnp, kind);
	return left & ~quiet;
}

/* Look at all that have to report; a normal period's first look disturbs nobody. */
void rcu_look_at_cpus(enum rcu_gp_kind kind, bool first)
{
	struct rcu_node *rnp;
	unsigned long left;
	int cpu;

	rcu_for_each_leaf_node(rnp) {
		left = look_at_leaf(rnp, kind, first);
		if (first && kind == RCU_NORM)
			continue;
		rcu_for_each_leaf_cpu(rnp, cpu, left)
			rcu_kick_cpu(cpu);
	}
}

/* ---- the thread ---- */

static void set_gp_state(enum rcu_gp_state state)
{
	WRITE_ONCE(rcu_state.gp_state, state);
}

static void gp_init(void)
{
	/* model: gp_start */
	scoped_guard(raw_spinlock_irq, &rcu_get_root()->lock) {
		atomic_set(&rcu_state.gp_flags, 0);
		/* After the flags: who comes too late for this list sets one again. */
		rcu_state.sync_wait = llist_del_all(&rcu_state.sync_next);
		WRITE_ONCE(rcu_state.gp_start, jiffies);
		WRITE_ONCE(rcu_state.n_fqs, 0);
		rcu_stall_gp_begins();
		rcu_seq_start(&rcu_state.gp_seq);	/* O2; the sleepers' O1 came before it */
		rcu_poll_gp_seq_start(RCU_NORM);
		rcu_trace(GP_START, rcu_state.gp_seq, rcu_get_root()->gp_seq_needed);
	}
	set_gp_state(RCU_GP_INIT);
	rcu_init_nodes(RCU_NORM);
}

static bool gp_done(void)
{
	return rcu_node_done(rcu_get_root(), RCU_NORM);
}

static void gp_wait(void)
{
	/* model: gp_wait */
	unsigned long delay = max(READ_ONCE(jiffies_till_first_fqs), 1UL);
	bool first = true;

	for (;; first = false) {
		set_gp_state(RCU_GP_DOING_FQS);
		WRITE_ONCE(rcu_state.n_fqs, rcu_state.n_fqs + 1);
		WRITE_ONCE(rcu_state.n_fqs_gp, rcu_state.n_fqs_gp + 1);
		rcu_trace(GP_FQS, rcu_state.gp_seq, rcu_state.n_fqs);
		rcu_look_at_cpus(RCU_NORM, first);
		if (gp_done())
			return;
		set_gp_state(RCU_GP_WAIT_FQS);
		swait_event_idle_timeout_exclusive(rcu_state.wq[RCU_NORM], gp_done() ||
			(atomic_read(&rcu_state.gp_flags) & RCU_GP_FLAG_FQS), delay);
		WRITE_ONCE(rcu_state.gp_activity, jiffies);
		if (gp_done())
			return;
		atomic_andnot(RCU_GP_FLAG_FQS, &rcu_state.gp_flags);
		rcu_stall_fqs();
		rcu_check_gp_stall(NULL);
		delay = max(READ_ONCE(jiffies_till_next_fqs), 1UL);
	}
}

/*
 * Tell a node of the end. CPUs of a leaf that have callbacks waiting are told by interrupt: the
 * flag is looked at under the same lock under which they set it, so that either we see it or
 * they see the new number.
 */
static void cleanup_node(struct rcu_node *rnp, unsigned long new_gp_seq)
{
	guard(raw_spinlock_irq)(&rnp->lock);
	WARN_ON_ONCE(!rcu_node_done(rnp, RCU_NORM));
	WRITE_ONCE(rnp->gp_seq, new_gp_seq);
	if (rcu_is_leaf_node(rnp))
		rcu_wake_cb_cpus(rnp);
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
	struct rcu_node *root = rcu_get_root(), *rnp;
	unsigned long new_gp_seq = rcu_seq_endval(&rcu_state.gp_seq);
	bool again = false;

	set_gp_state(RCU_GP_CLEANUP);
	/* Reports end under the root's lock: with it we have them all (O3 before O5). */
	scoped_guard(raw_spinlock_irq, &root->lock) {
		rcu_stall_gp_ends();
		again = rcu_poll_gp_seq_end(RCU_NORM);
	}
	smp_mb();	/* O5, for those who read a node's number before the end of all */
	rcu_for_each_node_breadth_first(rnp)
		cleanup_node(rnp, new_gp_seq);

	scoped_guard(raw_spinlock_irq, &root->lock) {
		rcu_seq_end(&rcu_state.gp_seq);		/* O5 */
		rcu_trace(GP_END, rcu_state.gp_seq, rcu_state.n_fqs);
		set_gp_state(RCU_GP_CLEANED);
		WRITE_ONCE(rcu_state.gp_end, jiffies);
		if (again || (long)(root->gp_seq_needed - rcu_state.gp_seq) > 0)
			set_gp_flag(RCU_GP_FLAG_INIT);
	}
	wake_sleepers(rcu_state.sync_wait);
}

static int rcu_gp_kthread(void *unused)
{
	for (;;) {
		set_gp_state(RCU_GP_WAIT_GPS);
		swait_event_idle_exclusive(rcu_state.wq[RCU_NORM],
					   atomic_read(&rcu_state.gp_flags) & RCU_GP_FLAG_INIT);
		set_gp_state(RCU_GP_DONE_GPS);
		WRITE_ONCE(rcu_state.gp_activity, jiffies);
		gp_init();
		gp_wait();
		gp_cleanup();
		cond_resched_tasks_rcu_qs();
	}
	return 0;
}

static void synchronize_rcu_normal(void)
{
	struct rcu_sync_waiter w;

	init_completion(&w.done);
	/* O1. The first one of a batch asks for the period, the others' came before it begins. */
	if (llist_add(&w.node, &rcu_state.sync_next))
		rcu_request(RCU_GP_FLAG_INIT);
	wait_for_completion(&w.done);
	smp_mb();	/* O6; pairs with O3 of the readers' CPUs */
}

/**
 * synchronize_rcu - wait until all readers that have begun are done
 *
 * While there is one task only, on one CPU, there are no readers when it asks.
 * Context: may sleep; not in a reader.
 */
void synchronize_rcu(void)
{
	rcu_check_no_reader("synchronize_rcu()");
	might_sleep();
	if (rcu_scheduler_active == RCU_SCHEDULER_INACTIVE)
		rcu_early_gp();
	else if (rcu_gp_is_expedited())
		synchronize_rcu_expedited();
	else
		synchronize_rcu_normal();
}

/* ---- CPUs come and go ---- */

/**
 * rcutree_report_cpu_starting - this CPU may have readers from here on
 * @cpu: this CPU
 *
 * A grace period that runs began before; it waits for us only if it hasn't been at our leaf yet.
 * Context: on the new CPU, interrupts off, before it is set online.
 */
void rcutree_report_cpu_starting(unsigned int cpu)
{
	/* model: gp_online */
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);
	struct rcu_node *rnp = rdp->mynode;

	scoped_guard(raw_spinlock_irqsave, &rnp->lock) {
		WRITE_ONCE(rnp->qsmaskinitnext, rnp->qsmaskinitnext | rdp->grpmask);
		WRITE_ONCE(rdp->gp_seq, rnp->gp_seq);
		WRITE_ONCE(rdp->needs_qs[RCU_NORM], false);
		WRITE_ONCE(rdp->needs_qs[RCU_EXP], false);
		if (!rdp->cblist.enabled)
			rcu_callbacks_init_cpu(rdp);
		rcu_trace(CPU_UP, rnp->gp_seq, cpu);
	}
	smp_mb();	/* our readers come after the mask: pairs with O2 and init_leaf()'s look */
}

/** rcutree_report_cpu_dead - this CPU, dying, interrupts off, has no readers any more */
void rcutree_report_cpu_dead(void)
{
	/* model: gp_offline */
	struct rcu_data *rdp = this_cpu_ptr(&rcu_data);
	struct rcu_node *rnp = rdp->mynode;

	rcu_report_quiescent(rdp);
	scoped_guard(raw_spinlock_irqsave, &rnp->lock) {
		WRITE_ONCE(rnp->qsmaskinitnext, rnp->qsmaskinitnext & ~rdp->grpmask);
		rcu_trace(CPU_DOWN, rnp->gp_seq, rdp->cpu);
	}
	rcu_report_cpu(rdp, RCU_NORM);
	rcu_report_cpu(rdp, RCU_EXP);
}

/* ---- boot ---- */

/*
 * From a leaf towards the root is the order of locks: a class for each level says so. @span: how
 * many CPUs lie below a node of this level.
 */
static void __init init_node(struct rcu_node *rnp, int level, int nr, int span)
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
	rnp->grplo = nr * span;
	rnp->grphi = min(rnp->grplo + span, (int)nr_cpu_ids) - 1;
	INIT_LIST_HEAD(&rnp->blkd_tasks);
	if (rcu_is_leaf_node(rnp))
		rnp->childmask = GENMASK(rnp->grphi - rnp->grplo, 0);
	if (!level)
		return;
	rnp->parent = rcu_state.level[level - 1] + nr / CONFIG_RCU_FANOUT;
	rnp->grpmask = 1UL << (nr % CONFIG_RCU_FANOUT);
	rnp->parent->childmask |= rnp->grpmask;
}

/* As wide at the leaves as there are CPUs, and each level above as wide as the fan-out demands. */
static void __init init_tree(void)
{
	int n = DIV_ROUND_UP(nr_cpu_ids, CONFIG_RCU_FANOUT_LEAF), span = CONFIG_RCU_FANOUT_LEAF;
	int width[RCU_NUM_LVLS_MAX], lvls = 1, level, nr;

	for (width[0] = n; n > 1; span *= CONFIG_RCU_FANOUT) {
		n = DIV_ROUND_UP(n, CONFIG_RCU_FANOUT);
		BUG_ON(lvls == RCU_NUM_LVLS_MAX);
		width[lvls++] = n;
	}
	rcu_state.num_lvls = lvls;
	rcu_state.level[0] = rcu_state.node;
	for (level = 0; level < lvls; level++, span /= CONFIG_RCU_FANOUT) {
		rcu_state.level[level + 1] = rcu_state.level[level] + width[lvls - 1 - level];
		BUG_ON(rcu_state.level[level + 1] > rcu_state.node + NUM_RCU_NODES);
		for (nr = 0; nr < width[lvls - 1 - level]; nr++)
			init_node(rcu_state.level[level] + nr, level, nr, span);
	}
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

/** rcu_init - build the tree, let the boot CPU in; call_rcu() may have been used before */
void __init rcu_init(void)
{
	int cpu;

	init_tree();
	for_each_possible_cpu(cpu)
		init_cpu(cpu);
	rcu_callbacks_init();
	rcutree_report_cpu_starting(smp_processor_id());
	pr_info("rcu: %d level%s of nodes for %u CPUs, fan-out %d, leaf %d\n", rcu_state.num_lvls,
		rcu_state.num_lvls > 1 ? "s" : "", nr_cpu_ids, CONFIG_RCU_FANOUT,
		CONFIG_RCU_FANOUT_LEAF);
}

static int __init rcu_spawn_gp_kthread(void)
{
	struct task_struct *t = kthread_create(rcu_gp_kthread, NULL, "rcu_preempt");

	if (IS_ERR(t))
		panic("no memory for the RCU thread");
	WRITE_ONCE(rcu_state.gp_activity, jiffies);
	WRITE_ONCE(rcu_state.gp_req_activity, jiffies);
	smp_store_release(&rcu_state.gp_kthread, t);	/* pairs with rcu_gp_kthread_wake() */
	wake_up_process(t);
	if (IS_ENABLED(CONFIG_RCU_BOOST))
		rcu_boost_spawn();
	WRITE_ONCE(rcu_scheduler_active, RCU_SCHEDULER_RUNNING);
	/* Callbacks from before rcu_init(), and cookies from before there were work queues. */
	irq_work_queue(&per_cpu(rcu_data, raw_smp_processor_id()).cb_work);
	start_poll_synchronize_rcu_expedited();
	return 0;
}
early_initcall(rcu_spawn_gp_kthread);
