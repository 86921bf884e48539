// SPDX-License-Identifier: MIT
/*
 * The readers' side of a grace period: what a CPU reports and when, and readers that are preempted.
 *
 * A CPU reports from the place where it is quiescent, at once and itself: there is no later stage
 * that would have to remember. The places:
 *
 *	context switch		rcu_note_context_switch(), after listing a preempted reader
 *	end of a reader		rcu_read_unlock_special(), if somebody left a note in the task
 *	tick or kick		rcu_sched_clock_irq(), rcu_kick_handler(), if what they interrupted was
 *				no reader
 *	ksoftirqd		rcu_softirq_qs(), between two rounds
 *
 * A kick is an interrupt that the grace-period thread sends to a CPU that hasn't reported for a
 * tick, and an expedited period at once. It finds one of
 *
 *	no reader: preemptible, outside rcu_read_lock()		reports
 *	in rcu_read_lock()			leaves a note: rcu_read_unlock_special() reports
 *	preemption or softirqs off		asks for a reschedule: the switch reports
 *
 * Preempted readers. A reader that is switched away from goes to the list of its CPU's leaf,
 * before the CPU reports, under the same lock. gp_tasks and exp_tasks point into that list: the
 * pointed-to task and all behind it hold up the grace period.
 *
 *	blkd_tasks -> A -> B -> C -> D		A came after its CPU had reported: nobody waits for it
 *	              gp_tasks^    ^exp_tasks	B, C, D: the normal period; D: the expedited one too
 *
 * A new one must stand behind the pointers of those who wait for it, and should stand before the
 * others. If it can't be had both ways it stands behind: waiting too long is no error.
 *
 * A reader that ends with interrupts, preemption or softirqs off is followed by a reader of that
 * kind. The report is then left to a context switch, which is asked for, at the end of that.
 */

#include "tree.h"

#include <linux/context_tracking.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/sched.h>

/* ---- reports of this CPU ---- */

/**
 * rcu_report_quiescent - this CPU is in a quiescent state: tell whoever waits for it
 * @rdp: this CPU's
 *
 * Context: interrupts off, no node's lock held.
 */
void rcu_report_quiescent(struct rcu_data *rdp)
{
	smp_mb();	/* O3: the readers before, against what those who wait for us do next */
	if (rcu_note_gp_changes(rdp))
		rcu_report_qs_rdp(rdp);
	if (READ_ONCE(rdp->exp_needed))
		rcu_report_exp_rdp(rdp);
}

static void resched_here(void)
{
	set_tsk_need_resched(current);
	set_preempt_need_resched();
}

/* ---- preempted readers ---- */

/* @t becomes what @first, gp_tasks or exp_tasks, points at; what comes after it stays behind it. */
static void add_blocking(struct rcu_node *rnp, struct task_struct *t, struct list_head **first)
{
	if (*first)
		list_add_tail(&t->rcu_node_entry, *first);
	else
		list_add_tail(&t->rcu_node_entry, &rnp->blkd_tasks);
	WRITE_ONCE(*first, &t->rcu_node_entry);
}

/*
 * List the reader @t that is being switched away from on the leaf @rnp, locked. Who waits for this
 * CPU now waits for the reader, too.
 */
static void list_reader(struct rcu_node *rnp, struct rcu_data *rdp, struct task_struct *t)
{
	/* model: gp_preempt */
	bool gp = rnp->qsmask & rdp->grpmask;
	bool exp = rnp->expmask & rdp->grpmask;

	if (rcu_broken(RCU_BREAK_BLOCKED_READER))
		gp = exp = false;
	if (!gp && !exp) {
		list_add(&t->rcu_node_entry, &rnp->blkd_tasks);
	} else if (gp && exp) {
		list_add_tail(&t->rcu_node_entry, &rnp->blkd_tasks);
		if (!rnp->gp_tasks)
			WRITE_ONCE(rnp->gp_tasks, &t->rcu_node_entry);
		if (!rnp->exp_tasks)
			WRITE_ONCE(rnp->exp_tasks, &t->rcu_node_entry);
	} else {
		add_blocking(rnp, t, gp ? &rnp->gp_tasks : &rnp->exp_tasks);
	}
}

static void block_reader(struct rcu_data *rdp, struct task_struct *t)
{
	/* model: gp_exp_preempt */
	struct rcu_node *rnp = rdp->mynode;

	raw_spin_lock(&rnp->lock);
	t->rcu_read_unlock_special.b.blocked = true;
	t->rcu_blocked_node = rnp;
	list_reader(rnp, rdp, t);
	rcu_trace(TASK_BLOCK, rnp->gp_seq, t->pid);
	raw_spin_unlock(&rnp->lock);
}

/* A pointer into the list moves on when its task leaves. */
static void pass_on(struct list_head **first, struct list_head *leaving, struct list_head *next)
{
	if (*first == leaving)
		WRITE_ONCE(*first, next);
}

/* The reader @t, once preempted, is done: take it off its leaf. */
static void unblock_reader(struct task_struct *t)
{
	/* model: gp_unlock */
	struct rcu_node *rnp = t->rcu_blocked_node;
	bool held_up_gp, held_up_exp, boosted;
	struct list_head *next;
	unsigned long flags;

	raw_spin_lock_irqsave(&rnp->lock, flags);
	held_up_gp = rcu_preempt_blocked_readers_cgp(rnp);
	held_up_exp = rnp->exp_tasks;
	next = t->rcu_node_entry.next;
	if (next == &rnp->blkd_tasks)
		next = NULL;
	pass_on(&rnp->gp_tasks, &t->rcu_node_entry, next);
	pass_on(&rnp->exp_tasks, &t->rcu_node_entry, next);
	pass_on(&rnp->boost_tasks, &t->rcu_node_entry, next);
	list_del_init(&t->rcu_node_entry);
	boosted = rcu_is_boosted(rnp, t);
	t->rcu_blocked_node = NULL;
	rcu_trace(TASK_UNBLOCK, rnp->gp_seq, t->pid);
	held_up_gp = held_up_gp && !rcu_preempt_blocked_readers_cgp(rnp);
	held_up_exp = held_up_exp && rcu_exp_done_leaf(rnp);
	if (held_up_gp)
		rcu_report_unblock_qs_rnp(rnp, flags);
	else
		raw_spin_unlock_irqrestore(&rnp->lock, flags);
	if (held_up_exp)
		rcu_exp_leaf_done(rnp);
	if (boosted)
		rcu_unboost(rnp);
}

/* The last reader of @t has ended and nothing else makes it one: interrupts off. */
static void reader_is_done(struct task_struct *t)
{
	union rcu_special special = t->rcu_read_unlock_special;

	if (!special.s)
		return;
	t->rcu_read_unlock_special.s = 0;
	smp_mb();	/* O3 for a reader that was preempted: its CPU's was too early for it */
	if (special.b.blocked)
		unblock_reader(t);
	if (special.b.need_qs || special.b.exp_hint)
		rcu_report_quiescent(this_cpu_ptr(&rcu_data));
}

/**
 * rcu_preempt_check_blocked_tasks - a grace period begins: it waits for all that are listed
 * @rnp: a leaf, locked
 */
void rcu_preempt_check_blocked_tasks(struct rcu_node *rnp)
{
	WARN_ON_ONCE(rnp->gp_tasks);
	if (rcu_broken(RCU_BREAK_BLOCKED_READER) || rcu_broken(RCU_BREAK_SKIP_WAIT))
		return;
	if (!list_empty(&rnp->blkd_tasks)) {
		WRITE_ONCE(rnp->gp_tasks, rnp->blkd_tasks.next);
		rnp->boost_tasks = NULL;
	}
}

/*
 * Something waits for this reader's end, but preemption, softirqs or interrupts are off: that is
 * a reader too. Have a context switch follow as soon as it ends. Enabling preemption or softirqs
 * looks for one; enabling interrupts doesn't, so an interrupt of our own will wait there, and the
 * return from it looks.
 */
static void report_later(bool irqs_were_off)
{
	resched_here();
	if (irqs_were_off && !in_hardirq())
		irq_work_queue(&this_cpu_ptr(&rcu_data)->defer);
}

void rcu_defer_handler(struct irq_work *work)
{
	(void)work;
	resched_here();
}

/**
 * rcu_read_unlock_special - the slow half of rcu_read_unlock()
 * @t: current, out of its last reader, with a note in rcu_read_unlock_special
 */
void rcu_read_unlock_special(struct task_struct *t)
{
	unsigned long flags;

	if (in_nmi())
		return;
	local_irq_save(flags);
	if (preempt_count() || irqs_disabled_flags(flags))
		report_later(irqs_disabled_flags(flags));
	else
		reader_is_done(t);
	local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(rcu_read_unlock_special);

/* ---- context switches ---- */

/**
 * rcu_note_context_switch - called by __schedule() before it locks the run queue
 * @preempt: the task was preempted: it may be inside a reader
 *
 * Context: interrupts off.
 */
void rcu_note_context_switch(bool preempt)
{
	struct rcu_data *rdp = this_cpu_ptr(&rcu_data);
	struct task_struct *t = current;

	lockdep_assert_irqs_disabled();
	if (rcu_preempt_depth() > 0) {
		WARN_ONCE(!preempt,
			  "Voluntary context switch within RCU read-side critical section!");
		if (!t->rcu_read_unlock_special.b.blocked)
			block_reader(rdp, t);
	} else {
		reader_is_done(t);
	}
	if (unlikely(rcu_owes_qs(rdp)))
		rcu_report_quiescent(rdp);
	rcu_tasks_qs(t, preempt);
}

/**
 * rcu_softirq_qs - between two rounds of softirqs, in a thread that runs them
 *
 * As if preemption were fully on for a moment. The caller is no reader besides.
 */
void rcu_softirq_qs(void)
{
	struct rcu_data *rdp;
	unsigned long flags;

	RCU_LOCKDEP_WARN(lock_is_held(&rcu_lock_map),
			 "Illegal rcu_softirq_qs() in RCU read-side critical section");
	local_irq_save(flags);
	rdp = this_cpu_ptr(&rcu_data);
	reader_is_done(current);
	if (rcu_owes_qs(rdp))
		rcu_report_quiescent(rdp);
	rcu_tasks_qs(current, false);
	local_irq_restore(flags);
}

/* A task that leaves for ever inside a reader: the bug has been reported, don't hang for it. */
void exit_rcu(void)
{
	struct task_struct *t = current;
	unsigned long flags;

	if (likely(!rcu_preempt_depth() && !t->rcu_read_unlock_special.s))
		return;
	WARN_ONCE(rcu_preempt_depth(), "%s/%d exits inside an RCU reader", t->comm, t->pid);
	t->rcu_read_lock_nesting = 0;
	local_irq_save(flags);
	reader_is_done(t);
	local_irq_restore(flags);
}

/* ---- interrupts: the tick and the kick ---- */

/**
 * rcu_is_cpu_rrupt_from_idle - did this interrupt come straight out of idle?
 *
 * Out of an extended quiescent state, that is, and not out of an interrupt that did.
 * Context: interrupts off.
 */
int rcu_is_cpu_rrupt_from_idle(void)
{
	struct context_tracking *ct = this_cpu_ptr(&context_tracking);

	lockdep_assert_irqs_disabled();
	return __ct_state() == CONTEXT_IDLE && ct->depth == 1 &&
	       hardirq_count() <= HARDIRQ_OFFSET && !in_nmi();
}

/* In a hard irq: was what it interrupted outside of any reader? */
static bool interrupted_no_reader(void)
{
	if (rcu_is_cpu_rrupt_from_idle() && !in_softirq())
		return true;
	return !rcu_preempt_depth() && preempt_count() == HARDIRQ_OFFSET;
}

/* See to a report from what this hard irq interrupted, now or as soon as it can be. */
static void hurry_interrupted(struct rcu_data *rdp)
{
	/* model: gp_tick */
	struct task_struct *t = current;

	if (interrupted_no_reader()) {
		rcu_report_quiescent(rdp);
	} else if (rcu_preempt_depth() > 0) {
		t->rcu_read_unlock_special.b.need_qs = true;
		if (READ_ONCE(rdp->exp_needed))
			t->rcu_read_unlock_special.b.exp_hint = true;
	} else {
		resched_here();
	}
}

/* A kick has arrived. */
void rcu_kick_handler(struct irq_work *work)
{
	/* model: gp_exp_ipi */
	struct rcu_data *rdp = container_of(work, struct rcu_data, kick);

	rdp->n_kicks++;
	/* Late, after this CPU was down or in an idle loop that flushes calls: no interrupt. */
	if (rdp->cpu != smp_processor_id() || !in_hardirq())
		return;
	rcu_note_gp_changes(rdp);
	if (rcu_owes_qs(rdp))
		hurry_interrupted(rdp);
}

/**
 * rcu_kick_cpu - ask a CPU for a quiescent state by interrupt
 * @cpu: the CPU; if it is on the way down or up it will report by itself
 *
 * Context: interrupts on or off, no node's lock held.
 */
void rcu_kick_cpu(int cpu)
{
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

	/* A CPU that goes offline does so while no other CPU has preemption off. */
	preempt_disable();
	if (cpu != smp_processor_id() && cpu_online(cpu)) {
		rcu_trace(CPU_KICK, rcu_state.gp_seq, cpu);
		irq_work_queue_on(&rdp->kick, cpu);
	}
	preempt_enable();
}

/**
 * rcu_sched_clock_irq - the tick
 * @user: it interrupted user mode
 *
 * Context: hard irq.
 */
void rcu_sched_clock_irq(int user)
{
	struct rcu_data *rdp = this_cpu_ptr(&rcu_data);

	rdp->ticks_this_gp++;
	if (rcu_owes_qs(rdp)) {
		if (user)
			rcu_report_quiescent(rdp);
		else if (rcu_note_gp_changes(rdp))
			hurry_interrupted(rdp);
	}
	if (rcu_segcblist_ready_cbs(&rdp->cblist))
		raise_softirq(RCU_SOFTIRQ);
	rcu_check_gp_stall(rdp);
}

/* RCU never needs the tick: interrupts and other CPUs do what has to be done for an idle one. */
int rcu_needs_cpu(void)
{
	return 0;
}

/**
 * rcu_irq_exit_check_preempt - an interrupt is about to preempt: may it?
 *
 * Not out of idle, which RCU believes to be free of readers. Context: interrupts off.
 */
void rcu_irq_exit_check_preempt(void)
{
	lockdep_assert_irqs_disabled();
	RCU_LOCKDEP_WARN(__ct_state() != CONTEXT_KERNEL || !__ct_rcu_watching(),
			 "RCU in extended quiescent state at preemption");
}

/**
 * rcu_is_watching - does RCU watch this CPU, so that readers are allowed?
 */
notrace bool rcu_is_watching(void)
{
	bool ret;

	preempt_disable_notrace();
	ret = __ct_rcu_watching();
	preempt_enable_notrace();
	return ret;
}
EXPORT_SYMBOL_GPL(rcu_is_watching);

/* For a loop with interrupts off that is no reader: an extended quiescent state of no length. */
void rcu_momentary_eqs(void)
{
	unsigned long flags;

	raw_local_irq_save(flags);
	raw_atomic_add_return(2 * CT_RCU_WATCHING, &raw_cpu_ptr(&context_tracking)->state);
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(rcu_momentary_eqs);
