// SPDX-License-Identifier: MIT
/*
 * The machine behind the interface: every kind of reader holds up every kind of grace period,
 * preempted readers are listed and unlisted, CPUs come and go in the middle, the tree adds up.
 *
 * "Holds up" is tested by giving the period every chance to end wrongly and finding that it hasn't;
 * what a test waits for, in contrast, it waits for as long as it takes.
 */

#include <kunit/test.h>

#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "../rcu.h"
#include "../tree.h"
#include "reader.h"

/* ---- readers hold up grace periods ---- */

static void let_time_pass(void)
{
	int i;

	for (i = 0; i < 5; i++) {
		rcu_force_quiescent_state();
		msleep(2);
	}
}

/* A reader of @kind on another CPU, or here where there is one only, against @wait. */
static void holds_up(struct kunit *test, enum reader_kind kind, void (*wait)(void))
{
	struct rcu_gp_oldstate cookie;
	int cpu = other_cpu();
	struct reader r;
	struct waiter w;

	if (cpu < 0 && kind != READER_PLAIN && kind != READER_PREEMPTED && kind != READER_NESTED &&
	    kind != READER_LATE_REPORT)
		kunit_skip(test, "needs two CPUs");
	waiter_make(test, &w, wait);
	reader_start(test, &r, kind, cpu);
	get_state_synchronize_rcu_full(&cookie);
	wake_up_process(w.task);
	let_time_pass();
	KUNIT_EXPECT_FALSE(test, completion_done(&w.done));
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_rcu_full(&cookie));
	reader_leave(&r);
	waiter_join(&w);
	reader_stop(&r);
	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_rcu_full(&cookie));
	if (kind == READER_PREEMPTED || kind == READER_NESTED || kind == READER_LATE_REPORT)
		KUNIT_EXPECT_TRUE(test, r.was_listed);
}

static void each_kind_holds_up(struct kunit *test, enum reader_kind kind)
{
	holds_up(test, kind, synchronize_rcu);
	holds_up(test, kind, synchronize_rcu_expedited);
}

static void a_running_reader_holds_up(struct kunit *test)
{
	each_kind_holds_up(test, READER_PLAIN);
}

static void a_preempted_reader_holds_up(struct kunit *test)
{
	each_kind_holds_up(test, READER_PREEMPTED);
}

static void a_nested_reader_holds_up_to_its_outermost_end(struct kunit *test)
{
	each_kind_holds_up(test, READER_NESTED);
}

static void softirqs_off_hold_up(struct kunit *test)
{
	each_kind_holds_up(test, READER_BH);
}

static void preemption_off_holds_up(struct kunit *test)
{
	each_kind_holds_up(test, READER_SCHED);
}

static void interrupts_off_hold_up(struct kunit *test)
{
	int cpu = other_cpu();
	struct reader r = { };
	struct hold_up h;

	if (cpu < 0)
		kunit_skip(test, "needs two CPUs");
	hold_up_start(&h, &r.is_inside, &r.leave);
	reader_start(test, &r, READER_IRQS_OFF, cpu);
	hold_up_expect(test, &h);
	reader_stop(&r);
}

static void a_reader_that_ends_with_interrupts_off_reports_later(struct kunit *test)
{
	each_kind_holds_up(test, READER_LATE_REPORT);
}

/* ---- preempted readers and their lists ---- */

static int listed_anywhere(void)
{
	struct rcu_node *rnp;
	unsigned long flags;
	struct list_head *p;
	int n = 0;

	rcu_for_each_leaf_node(rnp) {
		raw_spin_lock_irqsave(&rnp->lock, flags);
		list_for_each(p, &rnp->blkd_tasks)
			n++;
		raw_spin_unlock_irqrestore(&rnp->lock, flags);
	}
	return n;
}

static void a_preempted_reader_is_listed_once(struct kunit *test)
{
	int i, before = listed_anywhere();

	rcu_read_lock();
	KUNIT_EXPECT_NULL(test, current->rcu_blocked_node);
	for (i = 0; i < 3; i++) {
		be_preempted();
		KUNIT_EXPECT_NOT_NULL(test, current->rcu_blocked_node);
	}
	KUNIT_EXPECT_EQ(test, listed_anywhere(), before + 1);
	rcu_read_lock();
	rcu_read_unlock();
	KUNIT_EXPECT_NOT_NULL(test, current->rcu_blocked_node);
	rcu_read_unlock();
	KUNIT_EXPECT_NULL(test, current->rcu_blocked_node);
	KUNIT_EXPECT_EQ(test, current->rcu_read_unlock_special.s, 0);
}

static void readers_that_end_with_preemption_off_stay_listed(struct kunit *test)
{
	rcu_read_lock();
	be_preempted();
	preempt_disable();
	rcu_read_unlock();
	/* Preemption off is a reader: the report has to wait for its end. */
	KUNIT_EXPECT_NOT_NULL(test, current->rcu_blocked_node);
	preempt_enable();
	KUNIT_EXPECT_NULL(test, current->rcu_blocked_node);
}

/* One that was preempted before the period began holds it up; one preempted after doesn't. */
static void only_earlier_readers_are_waited_for(struct kunit *test)
{
	struct reader old, young;
	struct waiter w;

	reader_start(test, &old, READER_PREEMPTED, -1);
	waiter_start(test, &w, synchronize_rcu_expedited);
	let_time_pass();
	reader_start(test, &young, READER_PREEMPTED, -1);
	reader_stop(&old);
	waiter_join(&w);
	KUNIT_EXPECT_FALSE(test, completion_done(&young.outside));
	reader_stop(&young);
}

static void many_preempted_readers_leave_in_any_order(struct kunit *test)
{
	struct reader *r = kunit_kcalloc(test, 8, sizeof(*r), GFP_KERNEL);
	struct waiter w[2];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, r);
	for (i = 0; i < 8; i++) {
		reader_start(test, &r[i], READER_PREEMPTED, -1);
		if (i == 3)
			waiter_start(test, &w[0], synchronize_rcu);
		if (i == 5)
			waiter_start(test, &w[1], synchronize_rcu_expedited);
	}
	for (i = 0; i < 8; i++)
		reader_stop(&r[(i * 5 + 2) % 8]);
	waiter_join(&w[0]);
	waiter_join(&w[1]);
}

#ifdef CONFIG_RCU_BOOST
static void a_late_reader_is_boosted_until_it_ends(struct kunit *test)
{
	int cpu = other_cpu();
	struct reader r;
	struct waiter w;

	if (cpu < 0)
		kunit_skip(test, "needs two CPUs: a boosted reader spins");
	reader_start(test, &r, READER_PREEMPTED, cpu);
	KUNIT_EXPECT_GE(test, READ_ONCE(r.task->prio), MAX_RT_PRIO);
	waiter_start(test, &w, synchronize_rcu);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(r.task->prio) < MAX_RT_PRIO));
	KUNIT_EXPECT_FALSE(test, completion_done(&w.done));
	reader_leave(&r);
	waiter_join(&w);
	wait_for_completion(&r.outside);
	KUNIT_EXPECT_GE(test, READ_ONCE(r.task->prio), MAX_RT_PRIO);
	kthread_stop(r.task);
}
#else
static void a_late_reader_is_boosted_until_it_ends(struct kunit *test)
{
	kunit_skip(test, "RCU_BOOST=n");
}
#endif

/* ---- extended quiescent states ---- */

static void hold_cpu(void *release)
{
	while (!smp_load_acquire((int *)release))
		cpu_relax();
}

static void an_idle_cpu_is_not_watched(struct kunit *test)
{
	int cpu = other_cpu();

	if (cpu < 0)
		kunit_skip(test, "needs two CPUs");
	KUNIT_EXPECT_FALSE(test, rcu_is_idle_cpu(raw_smp_processor_id()));
	KUNIT_EXPECT_TRUE(test, eventually(rcu_is_idle_cpu(cpu)));
}

static void a_snapshot_shows_an_idle_spell(struct kunit *test)
{
	int cpu = other_cpu(), release = 0, snap = 0;
	struct rcu_data *rdp;

	if (cpu < 0)
		kunit_skip(test, "needs two CPUs");
	rdp = per_cpu_ptr(&rcu_data, cpu);
	smp_call_function_single(cpu, hold_cpu, &release, 0);
	KUNIT_EXPECT_TRUE(test, eventually(((snap = ct_rcu_watching_cpu_acquire(cpu)) &
					    CT_RCU_WATCHING)));
	if (!READ_ONCE(rdp->needs_qs[RCU_NORM]) && ct_rcu_watching_cpu_acquire(cpu) == snap)
		KUNIT_EXPECT_FALSE(test, rcu_watching_snap_stopped_since(rdp, snap));
	smp_store_release(&release, 1);
	KUNIT_EXPECT_TRUE(test, eventually(rcu_watching_snap_stopped_since(rdp, snap)));
}

static void the_context_word_survives_nesting(struct kunit *test)
{
	struct context_tracking *ct;
	int word;
	long depth;

	preempt_disable();
	local_irq_disable();
	ct = this_cpu_ptr(&context_tracking);
	word = atomic_read(&ct->state);
	depth = ct->depth;
	/* What an NMI in an interrupt does. */
	ct_irq_enter();
	ct_nmi_enter();
	KUNIT_EXPECT_EQ(test, ct->depth, depth + 4);
	ct_nmi_exit();
	ct_irq_exit();
	KUNIT_EXPECT_EQ(test, atomic_read(&ct->state), word);
	/* Idle, an interrupt in it, an NMI in that, and an NMI in idle itself. */
	ct_idle_enter();
	ct_irq_enter();
	KUNIT_EXPECT_TRUE(test, rcu_is_watching());
	KUNIT_EXPECT_EQ(test, ct_state(), CONTEXT_IDLE);
	KUNIT_EXPECT_TRUE(test, rcu_is_cpu_rrupt_from_idle());
	ct_nmi_enter();
	ct_nmi_exit();
	ct_irq_exit();
	ct_nmi_enter();
	ct_nmi_exit();
	ct_idle_exit();
	KUNIT_EXPECT_TRUE(test, rcu_is_watching());
	KUNIT_EXPECT_EQ(test, ct->depth, depth);
	/* Three spells: idle before the interrupt, between it and the NMI, after that. */
	KUNIT_EXPECT_EQ(test, atomic_read(&ct->state), word + 6 * CT_RCU_WATCHING);
	local_irq_enable();
	preempt_enable();
}

static void enter_check(void *entered)
{
	__rcu_irq_enter_check_tick();
	*(bool *)entered = in_hardirq() && rcu_is_watching();
}

/*
 * No CPU goes without its tick while it is busy: entering the kernel there is nothing to switch on.
 */
static void a_busy_cpu_needs_nothing_when_an_interrupt_enters(struct kunit *test)
{
	bool entered = false;
	int cpu = other_cpu();

	if (cpu < 0)
		kunit_skip(test, "needs two CPUs");
	KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, enter_check, &entered, 1), 0);
	KUNIT_EXPECT_TRUE(test, entered);
	KUNIT_EXPECT_EQ(test, rcu_needs_cpu(), 0);
}

/* ---- the tree ---- */

static void nodes_cover_all_cpus_once(struct kunit *test)
{
	struct rcu_node *rnp;
	int cpu, next = 0;

	rcu_for_each_leaf_node(rnp) {
		KUNIT_EXPECT_EQ(test, rnp->grplo, next);
		next = rnp->grphi + 1;
	}
	KUNIT_EXPECT_EQ(test, next, (int)nr_cpu_ids);
	rcu_for_each_node_breadth_first(rnp) {
		if (!rnp->parent)
			continue;
		KUNIT_EXPECT_EQ(test, rnp->parent->level, rnp->level - 1);
		KUNIT_EXPECT_NE(test, rnp->parent->childmask & rnp->grpmask, 0UL);
		KUNIT_EXPECT_LE(test, rnp->parent->grplo, rnp->grplo);
		KUNIT_EXPECT_GE(test, rnp->parent->grphi, rnp->grphi);
	}
	for_each_possible_cpu(cpu) {
		rnp = per_cpu(rcu_data, cpu).mynode;
		KUNIT_EXPECT_TRUE(test, rcu_is_leaf_node(rnp));
		KUNIT_EXPECT_TRUE(test, cpu >= rnp->grplo && cpu <= rnp->grphi);
		KUNIT_EXPECT_EQ(test, !!(rnp->qsmaskinitnext & per_cpu(rcu_data, cpu).grpmask),
				cpu_online(cpu));
	}
	KUNIT_EXPECT_EQ(test, rcu_get_root()->grplo, 0);
	KUNIT_EXPECT_EQ(test, rcu_get_root()->grphi, (int)nr_cpu_ids - 1);
}

static void a_period_leaves_the_tree_clean(struct kunit *test)
{
	struct rcu_node *rnp;

	synchronize_rcu();
	synchronize_rcu_expedited();
	mutex_lock(&rcu_state.exp_mutex);
	rcu_for_each_node_breadth_first(rnp) {
		KUNIT_EXPECT_EQ(test, rnp->wait[RCU_EXP].mask, 0UL);
		KUNIT_EXPECT_NULL(test, rnp->wait[RCU_EXP].tasks);
	}
	mutex_unlock(&rcu_state.exp_mutex);
}

static void steps_are_traced_when_asked_for(struct kunit *test)
{
	unsigned long starts;

	KUNIT_ASSERT_EQ(test, rcu_trace_enable(true), 0);
	synchronize_rcu();
	synchronize_rcu_expedited();
	rcu_barrier();
	rcu_trace_enable(false);
	starts = rcu_trace_count(RCU_TRACE_GP_START);
	KUNIT_EXPECT_GE(test, starts, 1UL);
	KUNIT_EXPECT_GE(test, rcu_trace_count(RCU_TRACE_GP_END), 1UL);
	KUNIT_EXPECT_GE(test, rcu_trace_count(RCU_TRACE_EXP_START), 1UL);
	KUNIT_EXPECT_GE(test, rcu_trace_count(RCU_TRACE_EXP_END), 1UL);
	event_ring_show(NULL, &rcu_ring);
	rcu_show("");
	synchronize_rcu();
	KUNIT_EXPECT_EQ(test, rcu_trace_count(RCU_TRACE_GP_START), starts);
	rcu_trace_free();
	KUNIT_EXPECT_EQ(test, rcu_trace_count(RCU_TRACE_GP_START), 0UL);
}

/* ---- CPUs come and go ---- */

static atomic_t invoked;

struct thing {
	struct rcu_head rcu;
};

static void count_and_free(struct rcu_head *head)
{
	atomic_inc(&invoked);
	kfree(container_of(head, struct thing, rcu));
}

static void queue_lazy(void *n)
{
	int i;

	for (i = 0; i < *(int *)n; i++) {
		struct thing *t = kmalloc(sizeof(*t), GFP_ATOMIC);

		if (t)
			call_rcu(&t->rcu, count_and_free);
		else
			atomic_inc(&invoked);
	}
}

/* The last CPU that can be taken down, -1 if none. */
static int last_cpu(void)
{
	int cpu = cpumask_last(cpu_online_mask);

	return num_online_cpus() > 1 && arch_cpu_is_hotpluggable(cpu) ? cpu : -1;
}

static void callbacks_of_a_cpu_that_goes_are_invoked(struct kunit *test)
{
	int cpu = last_cpu(), n = 50, round;

	if (cpu < 0)
		kunit_skip(test, "no CPU can go");
	for_slow_rounds(round, 2, 10) {
		atomic_set(&invoked, 0);
		smp_call_function_single(cpu, queue_lazy, &n, 1);
		KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
		KUNIT_EXPECT_EQ(test, rcu_segcblist_n_cbs(&per_cpu(rcu_data, cpu).cblist), 0);
		if (round & 1)
			rcu_barrier();
		else
			KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&invoked) == n));
		KUNIT_EXPECT_EQ(test, atomic_read(&invoked), n);
		KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
	}
	rcu_barrier();
}

static void periods_pass_without_a_cpu(struct kunit *test)
{
	int cpu = last_cpu();
	struct reader r;
	struct waiter w;

	if (cpu < 0)
		kunit_skip(test, "no CPU can go");
	KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
	synchronize_rcu();
	synchronize_rcu_expedited();
	/* It comes back while a period runs. */
	reader_start(test, &r, READER_PREEMPTED, -1);
	waiter_start(test, &w, synchronize_rcu);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	let_time_pass();
	KUNIT_EXPECT_FALSE(test, completion_done(&w.done));
	reader_stop(&r);
	waiter_join(&w);
}

static void remove_last_cpu(void)
{
	remove_cpu(last_cpu());
}

/*
 * A reader is preempted on a CPU, which goes, or is on the way at least: taking it down includes
 * waiting for a grace period. The reader lives on elsewhere, listed on that CPU's leaf still.
 */
static void a_preempted_reader_survives_its_cpu(struct kunit *test)
{
	struct waiter down;
	int cpu = last_cpu();
	struct reader r;
	struct waiter w;

	if (cpu < 0)
		kunit_skip(test, "no CPU can go");
	reader_start(test, &r, READER_PREEMPTED, cpu);
	waiter_start(test, &w, synchronize_rcu);
	waiter_start(test, &down, remove_last_cpu);
	let_time_pass();
	KUNIT_EXPECT_FALSE(test, completion_done(&w.done));
	reader_stop(&r);
	waiter_join(&w);
	waiter_join(&down);
	KUNIT_EXPECT_FALSE(test, cpu_online(cpu));
	KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
}

static int stop_storm;

static int storm_main(void *data)
{
	int n = 3, id = (long)data;

	while (!READ_ONCE(stop_storm)) {
		rcu_read_lock();
		be_preempted();
		rcu_read_unlock();
		queue_lazy(&n);
		switch (id % 4) {
		case 0:
			synchronize_rcu();
			break;
		case 1:
			synchronize_rcu_expedited();
			break;
		case 2:
			rcu_barrier();
			break;
		case 3:
			cond_synchronize_rcu(start_poll_synchronize_rcu());
			break;
		}
		cond_resched();
	}
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void a_storm_of_cpus_loses_nothing(struct kunit *test)
{
	struct task_struct *t[8];
	int cpu = last_cpu(), round;
	long i;

	if (cpu < 0)
		kunit_skip(test, "no CPU can go");
	stop_storm = 0;
	for (i = 0; i < 8; i++) {
		t[i] = kthread_run(storm_main, (void *)i, "rcu_storm/%ld", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(t[i]));
	}
	for_slow_rounds(round, 4, 40) {
		KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
		KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
		cpu = cpumask_next(cpumask_first(cpu_online_mask) + round % (num_online_cpus() - 1),
				   cpu_online_mask);
		if (cpu >= nr_cpu_ids || !arch_cpu_is_hotpluggable(cpu))
			cpu = last_cpu();
	}
	WRITE_ONCE(stop_storm, 1);
	for (i = 0; i < 8; i++)
		kthread_stop(t[i]);
	rcu_barrier();
}

static struct kunit_case tree_cases[] = {
	KUNIT_CASE(a_running_reader_holds_up),
	KUNIT_CASE(a_preempted_reader_holds_up),
	KUNIT_CASE(a_nested_reader_holds_up_to_its_outermost_end),
	KUNIT_CASE(softirqs_off_hold_up),
	KUNIT_CASE(preemption_off_holds_up),
	KUNIT_CASE(interrupts_off_hold_up),
	KUNIT_CASE(a_reader_that_ends_with_interrupts_off_reports_later),
	KUNIT_CASE(a_preempted_reader_is_listed_once),
	KUNIT_CASE(readers_that_end_with_preemption_off_stay_listed),
	KUNIT_CASE(only_earlier_readers_are_waited_for),
	KUNIT_CASE(many_preempted_readers_leave_in_any_order),
	KUNIT_CASE(a_late_reader_is_boosted_until_it_ends),
	KUNIT_CASE(an_idle_cpu_is_not_watched),
	KUNIT_CASE(a_snapshot_shows_an_idle_spell),
	KUNIT_CASE(the_context_word_survives_nesting),
	KUNIT_CASE(a_busy_cpu_needs_nothing_when_an_interrupt_enters),
	KUNIT_CASE(nodes_cover_all_cpus_once),
	KUNIT_CASE(a_period_leaves_the_tree_clean),
	KUNIT_CASE(steps_are_traced_when_asked_for),
	KUNIT_CASE(callbacks_of_a_cpu_that_goes_are_invoked),
	KUNIT_CASE(periods_pass_without_a_cpu),
	KUNIT_CASE(a_preempted_reader_survives_its_cpu),
	KUNIT_CASE(a_storm_of_cpus_loses_nothing),
	{}
};

static struct kunit_suite tree_suite = {
	.name = "rcu_tree",
	.test_cases = tree_cases,
};
kunit_test_suite(tree_suite);

MODULE_LICENSE("MIT");
