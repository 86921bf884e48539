// SPDX-License-Identifier: MIT
/*
 * Callbacks: call_rcu(), how they wait and are invoked, rcu_barrier(), and CPUs that go.
 *
 * Each CPU has a list (rcu_segcblist.c) that only it touches, with interrupts off, so that
 * queueing takes no lock. What happens to a callback:
 *
 *	call_rcu()	into NEXT; nothing else if somebody will look after it (cb_mode)
 *	cb_work		an interrupt of the CPU to itself, for the first one: call_rcu() may be
 *			called under any lock, an interrupt comes when they are free. It asks for a
 *			grace period, or for a lazy callback starts lazy_timer.
 *	end of a period	the thread interrupts CPUs with waiting callbacks: cb_work again, which
 *			raises the softirq: segments move to DONE, what came meanwhile asks for
 *			the next period
 *	softirq		invokes DONE, a batch at a time
 *
 * Lazy: most callbacks free memory, and nobody waits for that. They are collected for
 * LAZY_JIFFIES or until there are many, then share one grace period; on an idle machine that
 * saves waking it. Any call_rcu_hurry() on that CPU takes all that came before along. Booting with
 * rcutree.enable_rcu_lazy=0 makes each a hurried one, invoked after a grace period or two.
 *
 *	cb_mode	NONE -> LAZY	the first lazy one: timer
 *		NONE, LAZY -> ASKED	the timer; a hurried one; too many
 *		ASKED -> NONE, LAZY	all that was asked for is done
 */

#include "tree.h"

#include <linux/interrupt.h>
#include <linux/sched/clock.h>

#define LAZY_JIFFIES	(10 * HZ)

/* Callbacks invoked in a row while somebody else wants the CPU. */
static long blimit = 10;
module_param(blimit, long, 0444);
/* So many on one CPU are a flood: invoke without limit, press for grace periods. */
static long qhimark = 10000;
module_param(qhimark, long, 0444);

/*
 * Callbacks without a number get one, and the period is asked for. Lazy ones stay as they are
 * until they must not. Leaf locked. Return: wake the thread.
 */
static bool accelerate(struct rcu_node *rnp, struct rcu_data *rdp)
{
	unsigned long seq;
	bool wake = false;

	if (!rcu_segcblist_pend_cbs(&rdp->cblist)) {
		WRITE_ONCE(rdp->cb_mode, RCU_CB_NONE);
		rdp->hurry = false;
		return false;
	}
	if (!rdp->hurry && rcu_segcblist_segempty(&rdp->cblist, RCU_WAIT_TAIL)) {
		WRITE_ONCE(rdp->cb_mode, RCU_CB_LAZY);
		return false;
	}
	seq = rcu_seq_snap(&rcu_state.gp_seq);		/* O1 */
	if (rcu_broken(RCU_BREAK_EARLY_CALLBACK))
		seq -= RCU_SEQ_STATE_MASK + 1;
	if (rdp->hurry && rcu_segcblist_accelerate(&rdp->cblist, seq))
		wake = rcu_start_this_gp(rnp, seq);
	if (rcu_segcblist_segempty(&rdp->cblist, RCU_NEXT_TAIL))
		rdp->hurry = false;
	WRITE_ONCE(rdp->cb_mode, RCU_CB_ASKED);
	return wake;
}

/* Somebody has to hurry lazy callbacks in the end. */
static void start_lazy_timer(struct rcu_data *rdp)
{
	if (rdp->cb_mode == RCU_CB_LAZY && !timer_pending(&rdp->lazy_timer))
		mod_timer(&rdp->lazy_timer, jiffies + LAZY_JIFFIES);
}

/*
 * This CPU, @rdp, has heard of grace periods that ended or began: its leaf's number is news. Leaf
 * locked. Return: wake the thread.
 */
bool rcu_advance_cbs(struct rcu_node *rnp, struct rcu_data *rdp)
{
	if (!rcu_segcblist_pend_cbs(&rdp->cblist))
		return false;
	rcu_segcblist_advance(&rdp->cblist, rnp->gp_seq);
	return accelerate(rnp, rdp);
}

/* The callbacks that came since: ask for a grace period for them. Interrupts off. */
static void ask_for_callbacks(struct rcu_data *rdp)
{
	bool wake = false;

	scoped_guard(raw_spinlock, &rdp->mynode->lock)
		wake = accelerate(rdp->mynode, rdp);
	if (wake)
		rcu_gp_kthread_wake();
}

/* The CPU's interrupt to itself, or from the thread at the end of a period. */
static void cb_work_handler(struct irq_work *work)
{
	struct rcu_data *rdp = container_of(work, struct rcu_data, cb_work);

	/* A late one: meanwhile that CPU went down, and its callbacks were migrated. */
	if (rdp->cpu != smp_processor_id())
		return;
	if (xchg(&rdp->flush_lazy, false))
		rdp->hurry = true;
	rcu_note_gp_changes(rdp);
	ask_for_callbacks(rdp);
	start_lazy_timer(rdp);
	if (rcu_segcblist_ready_cbs(&rdp->cblist))
		raise_softirq(RCU_SOFTIRQ);
	else if (rdp->cblist.len > qhimark)
		rcu_force_quiescent_state();
}

static void lazy_timeout(struct timer_list *timer)
{
	struct rcu_data *rdp = from_timer(rdp, timer, lazy_timer);

	guard(irqsave)();
	if (rdp->cpu == smp_processor_id()) {
		rdp->hurry = true;
		ask_for_callbacks(rdp);
	}
}

/* Memory is short: lazy callbacks hold some. Have every CPU look at its own, by interrupt. */
void rcu_hurry_lazy(void)
{
	int cpu;

	guard(preempt)();
	for_each_online_cpu(cpu) {
		struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

		if (READ_ONCE(rdp->cb_mode) != RCU_CB_LAZY)
			continue;
		WRITE_ONCE(rdp->flush_lazy, true);
		irq_work_queue_on(&rdp->cb_work, cpu);
	}
}

/*
 * Off the fast path: the first callback, the first in a hurry, many, or steps are traced.
 * Interrupts off; gives the caller's @flags back, so that the fast path needs nothing after it.
 */
static noinline void call_rcu_core(struct rcu_data *rdp, bool hurry, unsigned long flags)
{
	rcu_trace(CB_QUEUE, rdp->gp_seq, rdp->cblist.len);
	if (rdp->cblist.len > rdp->qlen_limit) {
		rdp->qlen_limit = rdp->cblist.len + qhimark;
		rdp->blimit = LONG_MAX;
		rdp->hurry = true;
	}
	rdp->hurry |= hurry;
	if (rdp->cb_mode < (rdp->hurry ? RCU_CB_ASKED : RCU_CB_LAZY) || rdp->blimit == LONG_MAX) {
		WRITE_ONCE(rdp->cb_mode, rdp->hurry ? RCU_CB_ASKED : RCU_CB_LAZY);
		irq_work_queue(&rdp->cb_work);
	}
	local_irq_restore(flags);
}

/* Before rcu_init(): one CPU, and no list yet. */
static noinline void first_use(struct rcu_head *head, rcu_callback_t func)
{
	struct rcu_data *rdp = raw_cpu_ptr(&rcu_data);

	WARN_ON_ONCE(rcu_scheduler_active != RCU_SCHEDULER_INACTIVE);
	rcu_segcblist_init(&rdp->cblist);
	rdp->qlen_limit = LONG_MAX;	/* rcu_callbacks_init() sees to them */
	rdp->cb_mode = RCU_CB_ASKED;
	call_rcu_hurry(head, func);
}

static __always_inline void __call_rcu_common(struct rcu_head *head, rcu_callback_t func,
					      bool hurry)
{
	struct rcu_segcblist *cbl;
	struct rcu_data *rdp;
	unsigned long flags;

	head->func = func;
	head->next = NULL;
	local_irq_save(flags);
	rdp = this_cpu_ptr(&rcu_data);
	cbl = &rdp->cblist;
	if (unlikely(!cbl->enabled)) {
		local_irq_restore(flags);
		first_use(head, func);
		return;
	}
	/* rcu_segcblist_enqueue(), in line. */
	WRITE_ONCE(cbl->len, cbl->len + 1);
	WRITE_ONCE(cbl->seglen[RCU_NEXT_TAIL], cbl->seglen[RCU_NEXT_TAIL] + 1);
	WRITE_ONCE(*cbl->tails[RCU_NEXT_TAIL], head);
	cbl->tails[RCU_NEXT_TAIL] = &head->next;
	rdp->hurry |= hurry;
	if (unlikely(rdp->cb_mode < RCU_CB_LAZY + hurry || cbl->len > rdp->qlen_limit ||
		     static_branch_unlikely(&rcu_ring.on)))
		call_rcu_core(rdp, hurry, flags);
	else
		local_irq_restore(flags);
}

/**
 * call_rcu - call a function after a grace period
 * @head: in the object; RCU's until the call
 * @func: called with @head in softirq context
 *
 * When nothing presses, it waits for LAZY_JIFFIES in the company of others: see call_rcu_hurry().
 * Ordering: <linux/rcupdate.h>.
 * Context: any but NMI.
 */
void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	__call_rcu_common(head, func, rcu_async_should_hurry());
}

/* The same for a callback that somebody waits for: <linux/rcupdate.h>. */
void call_rcu_hurry(struct rcu_head *head, rcu_callback_t func)
{
	__call_rcu_common(head, func, true);
}

/*
 * Stop here, with @count done? Others want the CPU; and not even a flood may keep softirqs off for
 * long. Reading the clock costs as much as some callbacks.
 */
static bool batch_is_over(struct rcu_data *rdp, long count, u64 end)
{
	return (count >= rdp->blimit && need_resched()) ||
	       (!(count & 255) && local_clock() >= end);
}

static void invoke(struct rcu_head *rhp)
{
	rcu_callback_t f = rhp->func;

	rcu_trace(CB_INVOKE, 0, f);
	if (rcu_broken_sometimes(RCU_BREAK_DROP_CALLBACK, 200))
		return;
	rcu_lock_acquire(&rcu_callback_map);
	WRITE_ONCE(rhp->func, NULL);	/* rcu_head_after_call_rcu() notices who asks too late */
	f(rhp);
	rcu_lock_release(&rcu_callback_map);
}

/* Callbacks that have not been reached go back to the front. */
static void end_batch(struct rcu_data *rdp, struct rcu_cblist *rcl, long count)
{
	guard(irq)();
	WRITE_ONCE(rdp->n_cbs_invoked, rdp->n_cbs_invoked + count);
	rcl->len -= count;
	rcu_segcblist_insert_done_cbs(&rdp->cblist, rcl);
	/* Only now: rcu_barrier() takes a length of zero for "none left". */
	smp_mb();	/* pairs with the one in barrier_one_cpu() */
	rcu_segcblist_add_len(&rdp->cblist, -count);
	if (rdp->cblist.len < qhimark) {
		rdp->blimit = blimit;
		rdp->qlen_limit = qhimark;
	}
	rcu_trace(CB_DONE, rdp->gp_seq, count);
	if (rcu_segcblist_ready_cbs(&rdp->cblist))
		raise_softirq_irqoff(RCU_SOFTIRQ);
}

/* Softirq, interrupts on. */
static void do_batch(struct rcu_data *rdp)
{
	u64 end = local_clock() + 4 * NSEC_PER_MSEC;
	struct rcu_cblist rcl;
	struct rcu_head *rhp;
	long count = 0;

	rcu_cblist_init(&rcl);
	scoped_guard(irq) {
		rcu_trace(CB_BATCH, rdp->gp_seq, rdp->cblist.len);
		rcu_segcblist_extract_done_cbs(&rdp->cblist, &rcl);
	}
	smp_mb();	/* O6; pairs with O3 of the readers' CPUs */
	while ((rhp = rcu_cblist_dequeue(&rcl))) {
		invoke(rhp);
		if (unlikely(batch_is_over(rdp, ++count, end)))
			break;
	}
	end_batch(rdp, &rcl, count);
}

static void rcu_core_si(void)
{
	struct rcu_data *rdp = this_cpu_ptr(&rcu_data);

	scoped_guard(irq) {
		rcu_note_gp_changes(rdp);
		start_lazy_timer(rdp);
	}
	if (rcu_segcblist_ready_cbs(&rdp->cblist))
		do_batch(rdp);
}

/*
 * The end of a grace period: have the CPUs of this leaf, locked, look whose callbacks wait. One
 * that goes offline now gives its callbacks to a CPU that asks anew.
 */
void rcu_wake_cb_cpus(struct rcu_node *rnp)
{
	int cpu;

	rcu_for_each_leaf_cpu(rnp, cpu, rnp->qsmaskinitnext) {
		if (READ_ONCE(per_cpu(rcu_data, cpu).cb_mode) == RCU_CB_ASKED && cpu_online(cpu))
			irq_work_queue_on(&per_cpu(rcu_data, cpu).cb_work, cpu);
	}
}

static void barrier_callback(struct rcu_head *rhp)
{
	rcu_trace(BARRIER, rcu_state.barrier_seq, atomic_read(&rcu_state.barrier_count));
	if (atomic_dec_and_test(&rcu_state.barrier_count))
		complete(&rcu_state.barrier_done);
}

/*
 * Put the barrier's callback behind all others of a CPU, this one or one that is down. barrier_lock
 * held. Once per barrier and CPU.
 */
static void entrain(struct rcu_data *rdp)
{
	lockdep_assert_held(&rcu_state.barrier_lock);
	if (rdp->barrier_seq == rcu_state.barrier_seq)
		return;
	rdp->barrier_seq = rcu_state.barrier_seq;
	rdp->barrier_head.func = barrier_callback;
	if (rcu_segcblist_entrain(&rdp->cblist, &rdp->barrier_head)) {
		atomic_inc(&rcu_state.barrier_count);
		rdp->hurry = true;
	}
}

static void entrain_here(void *unused)
{
	struct rcu_data *rdp = this_cpu_ptr(&rcu_data);

	scoped_guard(raw_spinlock, &rcu_state.barrier_lock)
		entrain(rdp);
	ask_for_callbacks(rdp);
}

/* Return: false if the CPU went away before it could be asked: look again. */
static bool barrier_one_cpu(int cpu)
{
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

	smp_mb();	/* pairs with end_batch()'s: an invoked callback's effects are ours */
	scoped_guard(raw_spinlock_irqsave, &rcu_state.barrier_lock) {
		if (rdp->barrier_seq == rcu_state.barrier_seq)
			return true;
		if (!rcu_segcblist_n_cbs(&rdp->cblist)) {
			rdp->barrier_seq = rcu_state.barrier_seq;
			return true;
		}
		if (!(READ_ONCE(rdp->mynode->qsmaskinitnext) & rdp->grpmask)) {
			/* Down: rcutree_migrate_callbacks() is to come, and finds ours too. */
			entrain(rdp);
			return true;
		}
	}
	return !smp_call_function_single(cpu, entrain_here, NULL, 1);
}

/**
 * rcu_barrier - wait until every callback queued by now has been invoked
 *
 * Doesn't wait for a grace period if there is none.
 * Context: may sleep.
 */
void rcu_barrier(void)
{
	unsigned long s = rcu_seq_snap(&rcu_state.barrier_seq);
	int cpu;
	guard(mutex)(&rcu_state.barrier_mutex);
	if (rcu_scheduler_active == RCU_SCHEDULER_INACTIVE)
		return;
	/* One that began after our call has done our work. */
	if (rcu_seq_done(&rcu_state.barrier_seq, s)) {
		smp_mb();	/* pairs with rcu_seq_end() below */
		return;
	}
	scoped_guard(raw_spinlock_irq, &rcu_state.barrier_lock)
		rcu_seq_start(&rcu_state.barrier_seq);
	init_completion(&rcu_state.barrier_done);
	/* One too many, so that it isn't complete before all CPUs were asked. */
	atomic_set(&rcu_state.barrier_count, 1);
	for_each_possible_cpu(cpu)
		while (!barrier_one_cpu(cpu))
			cond_resched();
	if (!atomic_dec_and_test(&rcu_state.barrier_count))
		wait_for_completion(&rcu_state.barrier_done);
	scoped_guard(raw_spinlock_irq, &rcu_state.barrier_lock)
		rcu_seq_end(&rcu_state.barrier_seq);
}

/* At most once a second, or somebody's who began after the call: <linux/rcutree.h>. */
void rcu_barrier_throttled(void)
{
	static atomic_long_t last = ATOMIC_LONG_INIT(INITIAL_JIFFIES - HZ);
	unsigned long s = rcu_seq_snap(&rcu_state.barrier_seq);
	long was = atomic_long_read(&last);

	while (time_in_range(jiffies, (unsigned long)was, (unsigned long)was + HZ) ||
	       !atomic_long_try_cmpxchg(&last, &was, (long)jiffies)) {
		schedule_timeout_idle(max(HZ / 16, 1));
		if (rcu_seq_done(&rcu_state.barrier_seq, s)) {
			smp_mb();	/* pairs with rcu_seq_end() in rcu_barrier() */
			return;
		}
		was = atomic_long_read(&last);
	}
	rcu_barrier();
}

/**
 * rcutree_migrate_callbacks - @cpu has died: its callbacks become this one's
 *
 * What waits there waits for a whole grace period anew. A barrier under way that hasn't been here
 * puts its mark behind them first, since it may have been on this CPU already.
 * Context: task context on a living CPU.
 */
void rcutree_migrate_callbacks(int cpu)
{
	struct rcu_data *dead = per_cpu_ptr(&rcu_data, cpu), *rdp;

	scoped_guard(irqsave) {
		rdp = this_cpu_ptr(&rcu_data);
		scoped_guard(raw_spinlock, &rcu_state.barrier_lock) {
			if (rcu_seq_state(rcu_state.barrier_seq))
				entrain(dead);
			if (rcu_segcblist_n_cbs(&dead->cblist)) {
				rcu_segcblist_merge(&rdp->cblist, &dead->cblist);
				rdp->hurry = true;
			}
			WARN_ON_ONCE(!rcu_segcblist_empty(&dead->cblist));
			dead->cblist.enabled = false;
			dead->hurry = false;
			WRITE_ONCE(dead->cb_mode, RCU_CB_NONE);
		}
		if (rdp->hurry)
			ask_for_callbacks(rdp);
		if (rcu_segcblist_ready_cbs(&rdp->cblist))
			raise_softirq_irqoff(RCU_SOFTIRQ);
	}
	timer_delete_sync(&dead->lazy_timer);
}

/* A CPU comes up: its list is usable. Its leaf is locked, or it is the boot CPU in rcu_init(). */
void rcu_callbacks_init_cpu(struct rcu_data *rdp)
{
	rcu_segcblist_init(&rdp->cblist);
	WRITE_ONCE(rdp->cb_mode, RCU_CB_NONE);
	rdp->hurry = false;
}

void __init rcu_callbacks_init(void)
{
	struct rcu_data *rdp;
	int cpu;

	for_each_possible_cpu(cpu) {
		rdp = per_cpu_ptr(&rcu_data, cpu);
		init_irq_work(&rdp->cb_work, cb_work_handler);
		timer_setup(&rdp->lazy_timer, lazy_timeout, TIMER_PINNED);
		rdp->qlen_limit = qhimark;
		rdp->blimit = blimit;
		rdp->cb_mode = RCU_CB_NONE;	/* what was queued early has asked nobody */
		if (rdp->cblist.enabled)
			continue;
		rcu_segcblist_init(&rdp->cblist);
		rdp->cblist.enabled = cpu == smp_processor_id();
	}
	open_softirq(RCU_SOFTIRQ, rcu_core_si);
}
