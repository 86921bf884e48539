// SPDX-License-Identifier: MIT
/*
 * The readers' side of a grace period: what a CPU reports and when, and readers that are preempted.
 *
 * A CPU reports from the place where it is quiescent, at once and itself: there is no later stage
 * that would have to remember. The places:
 *
 *	context switch		rcu_note_context_switch(), after listing a preempted reader
 *	end of a reader		rcu_read_unlock_special(), if somebody left a note in the task
 *	tick or kick		rcu_sched_clock_irq(), rcu_kick_handler(), if what they interrupted
 *				was no reader
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
 * before the CPU reports, under the same lock. wait[].tasks of either kind points into that list:
 * the pointed-to task and all behind it hold up the grace period.
 *
 *	blkd_tasks -> A -> B -> C -> D	  A came after its CPU had reported: nobody waits for it
 *	                  NORM^    ^EXP	  B, C, D: the normal period; D: the expedited one too
 *
 * A new one must stand behind the pointers of those who wait for it, and should stand before the
 * others. If it can't be had both ways it stands behind: waiting too long is no error.
 *
 * A reader that ends with interrupts, preemption or softirqs off is followed by a reader of that
 * kind. The report is then left to a context switch, which is asked for, at the end of that.
 */

#include "tree.h"

#include <linux/interrupt.h>

/* A CPU, this one with interrupts off and quiescent, or one that is down, has reported. */
void rcu_report_cpu(struct rcu_data *rdp, enum rcu_gp_kind kind)
{
	/* model: gp_qs */
	bool done = false;

	scoped_guard(raw_spinlock_irqsave, &rdp->mynode->lock) {
		WRITE_ONCE(rdp->needs_qs[kind], false);
		rcu_trace(CPU_QS, rdp->gp_seq, rdp->cpu);
		done = rcu_clear_wait(rdp->mynode, kind, rdp->grpmask);
	}
	WRITE_ONCE(rdp->n_qs, rdp->n_qs + 1);
	if (done)
		rcu_report_up(rdp->mynode, kind);
}

/* This CPU is in a quiescent state: tell whoever waits for it. Interrupts off, no node's lock. */
void rcu_report_quiescent(struct rcu_data *rdp)
{
	smp_mb();	/* O3: the readers before, against what those who wait for us do next */
	if (rcu_note_gp_changes(rdp))
		rcu_report_cpu(rdp, RCU_NORM);
	if (READ_ONCE(rdp->needs_qs[RCU_EXP]))
		rcu_report_cpu(rdp, RCU_EXP);
}

static void resched_here(void)
{
	set_tsk_need_resched(current);
	set_preempt_need_resched();
}

/*
 * List the reader @t that is being switched away from on the leaf @rnp, locked. Who waits for this
 * CPU now waits for the reader, too: it stands in front of what such a pointer points at, and the
 * pointer at it. If both kinds wait, it stands behind both.
 */
static void list_reader(struct rcu_node *rnp, struct rcu_data *rdp, struct task_struct *t)
{
	/* model: gp_preempt */
	/* model: gp_exp_preempt */
	struct rcu_wait *norm = &rnp->wait[RCU_NORM], *exp = &rnp->wait[RCU_EXP], *w;
	struct list_head *entry = &t->rcu_node_entry;
	bool norm_waits = norm->mask & rdp->grpmask, exp_waits = exp->mask & rdp->grpmask;

	if (rcu_broken(RCU_BREAK_BLOCKED_READER))
		norm_waits = exp_waits = false;
	if (!norm_waits && !exp_waits) {
		list_add(entry, &rnp->blkd_tasks);
	} else if (norm_waits && exp_waits) {
		list_add_tail(entry, &rnp->blkd_tasks);
		WRITE_ONCE(norm->tasks, norm->tasks ?: entry);
		WRITE_ONCE(exp->tasks, exp->tasks ?: entry);
	} else {
		w = norm_waits ? norm : exp;
		list_add_tail(entry, w->tasks ?: &rnp->blkd_tasks);
		WRITE_ONCE(w->tasks, entry);
	}
}

static void block_reader(struct rcu_data *rdp, struct task_struct *t)
{
	struct rcu_node *rnp = rdp->mynode;

	guard(raw_spinlock)(&rnp->lock);
	t->rcu_read_unlock_special.b.blocked = true;
	t->rcu_blocked_node = rnp;
	list_reader(rnp, rdp, t);
	rcu_trace(TASK_BLOCK, rnp->gp_seq, t->pid);
}

/* A pointer into the list moves on when its task leaves. Return: to nobody. */
static bool pass_on(struct list_head **first, struct list_head *leaving, struct list_head *next)
{
	if (*first != leaving)
		return false;
	WRITE_ONCE(*first, next);
	return !next;
}

/* The reader @t, once preempted, is done: take it off its leaf. */
static void unblock_reader(struct task_struct *t)
{
	/* model: gp_unlock */
	struct list_head *next, *entry = &t->rcu_node_entry;
	struct rcu_node *rnp = t->rcu_blocked_node;
	bool done[RCU_KINDS] = { }, boosted = false;
	enum rcu_gp_kind kind;

	scoped_guard(raw_spinlock_irqsave, &rnp->lock) {
		next = list_is_last(entry, &rnp->blkd_tasks) ? NULL : entry->next;
		for (kind = 0; kind < RCU_KINDS; kind++)
			done[kind] = pass_on(&rnp->wait[kind].tasks, entry, next) &&
				     rcu_node_done(rnp, kind);
		pass_on(&rnp->boost_tasks, entry, next);
		list_del_init(entry);
		boosted = IS_ENABLED(CONFIG_RCU_BOOST) && rcu_is_boosted(rnp, t);
		t->rcu_blocked_node = NULL;
		rcu_trace(TASK_UNBLOCK, rnp->gp_seq, t->pid);
	}
	for (kind = 0; kind < RCU_KINDS; kind++)
		if (done[kind])
			rcu_report_up(rnp, kind);
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

/**
 * rcu_note_context_switch - called by __schedule() before it locks the run queue, interrupts off
 * @preempt: the task was preempted: it may be inside a reader
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

/* Between two rounds of softirqs, in a thread that runs them and is no reader besides. */
void rcu_softirq_qs(void)
{
	guard(irqsave)();
	RCU_LOCKDEP_WARN(lock_is_held(&rcu_lock_map),
			 "Illegal rcu_softirq_qs() in RCU read-side critical section");
	reader_is_done(current);
	if (rcu_owes_qs(this_cpu_ptr(&rcu_data)))
		rcu_report_quiescent(this_cpu_ptr(&rcu_data));
	rcu_tasks_qs(current, false);
}

/* A task that leaves for ever inside a reader: the bug has been reported, don't hang for it. */
void exit_rcu(void)
{
	struct task_struct *t = current;

	if (likely(!rcu_preempt_depth() && !t->rcu_read_unlock_special.s))
		return;
	WARN_ONCE(rcu_preempt_depth(), "%s/%d exits inside an RCU reader", t->comm, t->pid);
	t->rcu_read_lock_nesting = 0;
	scoped_guard(irqsave)
		reader_is_done(t);
}

/*
 * Did this interrupt, which is off, come straight out of idle: out of an extended quiescent state,
 * and not out of an interrupt that did?
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
		if (READ_ONCE(rdp->needs_qs[RCU_EXP]))
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

	WRITE_ONCE(rdp->n_kicks, rdp->n_kicks + 1);
	/* Late, after this CPU was down or in an idle loop that flushes calls: no interrupt. */
	if (rdp->cpu != smp_processor_id() || !in_hardirq())
		return;
	rcu_note_gp_changes(rdp);
	if (rcu_owes_qs(rdp))
		hurry_interrupted(rdp);
}

/*
 * Ask a CPU for a quiescent state by interrupt. If it is on the way down or up it will report by
 * itself. No node's lock held.
 */
void rcu_kick_cpu(int cpu)
{
	/* A CPU that goes offline does so while no other CPU has preemption off. */
	guard(preempt)();
	if (cpu != smp_processor_id() && cpu_online(cpu)) {
		rcu_trace(CPU_KICK, rcu_state.gp_seq, cpu);
		irq_work_queue_on(&per_cpu_ptr(&rcu_data, cpu)->kick, cpu);
	}
}

/**
 * rcu_sched_clock_irq - the tick
 * @user: it interrupted user mode
 * Context: hard irq.
 */
void rcu_sched_clock_irq(int user)
{
	struct rcu_data *rdp = this_cpu_ptr(&rcu_data);

	WRITE_ONCE(rdp->ticks_this_gp, rdp->ticks_this_gp + 1);
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
