// SPDX-License-Identifier: MIT
/*
 * The interface of rcupdate.h: pointers, readers, callbacks, barriers, hurry; and
 * synchronize_rcu().
 */

#include <kunit/test.h>

#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/rcupdate.h>
#include <linux/rcupdate_wait.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

#include "../rcu.h"
#include "../tree.h"
#include "reader.h"

struct thing {
	int value;
	struct rcu_head rcu;
};

static struct thing __rcu *shared;
static struct thing first = { .value = 1 }, second = { .value = 2 };

/* ---- pointers ---- */

static void a_published_pointer_is_found(struct kunit *test)
{
	struct thing *p;

	rcu_assign_pointer(shared, &first);
	rcu_read_lock();
	KUNIT_EXPECT_EQ(test, rcu_dereference(shared)->value, 1);
	KUNIT_EXPECT_EQ(test, rcu_dereference_check(shared, false)->value, 1);
	rcu_read_unlock();
	rcu_read_lock_bh();
	KUNIT_EXPECT_EQ(test, rcu_dereference_bh(shared)->value, 1);
	KUNIT_EXPECT_EQ(test, rcu_dereference_bh_check(shared, false)->value, 1);
	rcu_read_unlock_bh();
	rcu_read_lock_sched();
	KUNIT_EXPECT_EQ(test, rcu_dereference_sched(shared)->value, 1);
	KUNIT_EXPECT_EQ(test, rcu_dereference_sched_check(shared, false)->value, 1);
	rcu_read_unlock_sched();
	KUNIT_EXPECT_EQ(test, rcu_dereference_protected(shared, true)->value, 1);
	KUNIT_EXPECT_EQ(test, rcu_dereference_raw(shared)->value, 1);
	KUNIT_EXPECT_TRUE(test, rcu_access_pointer(shared) == &first);
	p = rcu_replace_pointer(shared, &second, true);
	KUNIT_EXPECT_PTR_EQ(test, p, &first);
	KUNIT_EXPECT_EQ(test, rcu_dereference_protected(shared, true)->value, 2);
	p = unrcu_pointer(xchg(&shared, RCU_INITIALIZER(&first)));
	KUNIT_EXPECT_PTR_EQ(test, p, &second);
	rcu_read_lock();
	p = rcu_pointer_handoff(rcu_dereference(shared));
	rcu_read_unlock();
	KUNIT_EXPECT_PTR_EQ(test, p, &first);
	RCU_INIT_POINTER(shared, NULL);
	KUNIT_EXPECT_TRUE(test, rcu_access_pointer(shared) == NULL);
}

static void arguments_are_evaluated_once(struct kunit *test)
{
	struct thing __rcu *slots[3] = {};
	struct thing *things[3] = { &first, &second, NULL };
	int i = 0, j = 0;

	rcu_assign_pointer(slots[i++], things[j++]);
	rcu_assign_pointer(slots[i++], things[j++]);
	KUNIT_EXPECT_EQ(test, i, 2);
	KUNIT_EXPECT_EQ(test, j, 2);
	KUNIT_EXPECT_TRUE(test, rcu_access_pointer(slots[1]) == &second);
	RCU_INIT_POINTER(slots[i++], NULL);
	KUNIT_EXPECT_EQ(test, i, 3);
}

static void initializers_make_protected_pointers(struct kunit *test)
{
	static struct thing __rcu *global = RCU_INITIALIZER(&first);
	static struct {
		int before;
		struct thing __rcu *p;
	} object = { .before = 7, RCU_POINTER_INITIALIZER(p, &second) };

	KUNIT_EXPECT_TRUE(test, rcu_access_pointer(global) == &first);
	KUNIT_EXPECT_TRUE(test, rcu_access_pointer(object.p) == &second);
	KUNIT_EXPECT_EQ(test, object.before, 7);
}

/* ---- readers ---- */

/* The lock checker follows 48 locks of a task. */
#define DEPTH	40

static void readers_nest(struct kunit *test)
{
	int i;

	KUNIT_EXPECT_EQ(test, rcu_preempt_depth(), 0);
	for (i = 0; i < DEPTH; i++)
		rcu_read_lock();
	KUNIT_EXPECT_EQ(test, rcu_preempt_depth(), DEPTH);
	KUNIT_EXPECT_NE(test, rcu_read_lock_held(), 0);
	for (i = 0; i < DEPTH; i++)
		rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, rcu_preempt_depth(), 0);
}

static void a_reader_is_preemptible(struct kunit *test)
{
	rcu_read_lock();
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	rcu_read_unlock();
	rcu_read_lock_bh();
	KUNIT_EXPECT_NE(test, in_softirq(), 0);
	KUNIT_EXPECT_NE(test, rcu_read_lock_bh_held(), 0);
	KUNIT_EXPECT_NE(test, rcu_read_lock_any_held(), 0);
	rcu_read_unlock_bh();
	KUNIT_EXPECT_EQ(test, in_softirq(), 0);
	rcu_read_lock_sched();
	KUNIT_EXPECT_NE(test, preempt_count(), 0);
	KUNIT_EXPECT_NE(test, rcu_read_lock_sched_held(), 0);
	rcu_read_unlock_sched();
	rcu_read_lock_sched_notrace();
	KUNIT_EXPECT_NE(test, preempt_count(), 0);
	rcu_read_unlock_sched_notrace();
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	scoped_guard(rcu)
		KUNIT_EXPECT_EQ(test, rcu_preempt_depth(), 1);
	KUNIT_EXPECT_EQ(test, rcu_preempt_depth(), 0);
}

static void asserts_are_silent_inside_readers(struct kunit *test)
{
	rcu_read_lock();
	lockdep_assert_in_rcu_read_lock();
	lockdep_assert_in_rcu_reader();
	rcu_read_unlock();
	rcu_read_lock_bh();
	lockdep_assert_in_rcu_read_lock_bh();
	lockdep_assert_in_rcu_reader();
	rcu_read_unlock_bh();
	rcu_read_lock_sched();
	lockdep_assert_in_rcu_read_lock_sched();
	lockdep_assert_in_rcu_reader();
	rcu_read_unlock_sched();
	preempt_disable();
	lockdep_assert_in_rcu_reader();
	preempt_enable();
	RCU_LOCKDEP_WARN(preempt_count(), "the condition doesn't hold");
	KUNIT_SUCCEED(test);
}

static void rcu_watches_tasks_and_interrupts(struct kunit *test)
{
	bool ret = false;

	KUNIT_EXPECT_TRUE(test, rcu_is_watching());
	local_irq_disable();
	KUNIT_EXPECT_FALSE(test, rcu_is_cpu_rrupt_from_idle());
	rcu_irq_exit_check_preempt();
	local_irq_enable();
	if (rcu_read_lock_held_common(&ret))
		KUNIT_EXPECT_TRUE(test, ret);
}

/* ---- waiting ---- */

static void synchronize_rcu_moves_the_number(struct kunit *test)
{
	unsigned long normal, s = rcu_get_gp_seq(), e = rcu_exp_batches_completed();

	synchronize_rcu_expedited();
	KUNIT_EXPECT_GE(test, rcu_seq_ctr(rcu_exp_batches_completed() - e), 1UL);
	normal = rcu_seq_snap(&s);
	synchronize_rcu();
	KUNIT_EXPECT_TRUE(test, rcu_seq_done(&rcu_state.gp_seq, normal));
}

static void all_cpus_can_wait_at_once(struct kunit *test)
{
	struct waiter w[8];
	int i;

	for (i = 0; i < 8; i++)
		waiter_start(test, &w[i], i & 1 ? synchronize_rcu : synchronize_rcu_expedited);
	for (i = 0; i < 8; i++)
		waiter_join(&w[i]);
}

static void call_elsewhere(struct rcu_head *head, rcu_callback_t func)
{
	call_rcu_hurry(head, func);
}

static void several_flavours_can_be_waited_for(struct kunit *test)
{
	unsigned long s = rcu_get_gp_seq();
	unsigned long want = rcu_seq_snap(&s);

	synchronize_rcu_mult(call_rcu_hurry, call_elsewhere, call_rcu_hurry);
	KUNIT_EXPECT_TRUE(test, rcu_seq_done(&rcu_state.gp_seq, want));
}

static void a_wait_can_be_made_of_a_callback(struct kunit *test)
{
	struct rcu_synchronize rs;

	init_rcu_head_on_stack(&rs.head);
	init_completion(&rs.completion);
	call_rcu_hurry(&rs.head, wakeme_after_rcu);
	wait_for_completion(&rs.completion);
	destroy_rcu_head_on_stack(&rs.head);
}

static void expediting_is_counted(struct kunit *test)
{
	unsigned long e;

	KUNIT_EXPECT_FALSE(test, rcu_gp_is_expedited());
	rcu_expedite_gp();
	rcu_expedite_gp();
	rcu_unexpedite_gp();
	KUNIT_EXPECT_TRUE(test, rcu_gp_is_expedited());
	e = rcu_exp_batches_completed();
	synchronize_rcu();
	KUNIT_EXPECT_NE(test, rcu_exp_batches_completed(), e);
	rcu_unexpedite_gp();
	KUNIT_EXPECT_FALSE(test, rcu_gp_is_expedited());
	KUNIT_EXPECT_TRUE(test, rcu_inkernel_boot_has_ended());
}

static void quiescent_states_can_be_reported_by_hand(struct kunit *test)
{
	unsigned long old_ts = jiffies - HZ;

	cond_resched_tasks_rcu_qs();
	rcu_softirq_qs_periodic(old_ts);
	/* The caller's time moved on, so the next call does nothing. */
	KUNIT_EXPECT_TRUE(test, time_after(old_ts, jiffies - HZ));
	local_bh_disable();
	rcu_softirq_qs();
	local_bh_enable();
	rcu_momentary_eqs();
	rcu_read_lock();
	cond_resched_rcu();
	KUNIT_EXPECT_EQ(test, rcu_preempt_depth(), 1);
	rcu_read_unlock();
}

/* ---- callbacks ---- */

struct called {
	struct rcu_head head;
	struct completion done;
	int count;
	bool in_softirq;
};

static void note_call(struct rcu_head *head)
{
	struct called *c = container_of(head, struct called, head);

	c->count++;
	c->in_softirq = in_serving_softirq();
	complete(&c->done);
}

static struct called *called_of(struct kunit *test)
{
	struct called *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, c);
	init_completion(&c->done);
	return c;
}

static void a_callback_runs_once_in_softirq(struct kunit *test)
{
	struct called *c = called_of(test);

	call_rcu_hurry(&c->head, note_call);
	wait_for_completion(&c->done);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, c->count, 1);
	KUNIT_EXPECT_TRUE(test, c->in_softirq);
}

static struct called *irq_called;

static void call_from_irq(struct irq_work *work)
{
	(void)work;
	call_rcu_hurry(&irq_called->head, note_call);
}

static void call_rcu_works_in_interrupts_and_under_raw_locks(struct kunit *test)
{
	static DEFINE_RAW_SPINLOCK(lock);
	struct irq_work work = IRQ_WORK_INIT_HARD(call_from_irq);
	struct called *c = called_of(test);

	irq_called = c;
	irq_work_queue(&work);
	irq_work_sync(&work);
	wait_for_completion(&c->done);
	raw_spin_lock_irq(&lock);
	call_rcu_hurry(&c->head, note_call);
	raw_spin_unlock_irq(&lock);
	wait_for_completion(&c->done);
	KUNIT_EXPECT_EQ(test, c->count, 2);
	rcu_barrier();
}

static struct called *again_called;
static int again_left;

static void call_again(struct rcu_head *head)
{
	if (--again_left)
		call_rcu_hurry(head, call_again);
	else
		complete(&again_called->done);
}

static void a_callback_may_queue_itself(struct kunit *test)
{
	again_called = called_of(test);
	again_left = 5;
	call_rcu(&again_called->head, call_again);
	rcu_barrier();
	wait_for_completion(&again_called->done);
	KUNIT_EXPECT_EQ(test, again_left, 0);
	rcu_barrier();
}

static void lazy_callbacks_come_along_with_hurried_ones(struct kunit *test)
{
	struct called *lazy = called_of(test), *hurried = called_of(test);

	KUNIT_EXPECT_FALSE(test, rcu_async_should_hurry());
	migrate_disable();
	call_rcu(&lazy->head, note_call);
	call_rcu_hurry(&hurried->head, note_call);
	migrate_enable();
	wait_for_completion(&hurried->done);
	wait_for_completion(&lazy->done);
	rcu_barrier();
}

static void hurry_can_be_asked_for_all(struct kunit *test)
{
	struct called *c = called_of(test);

	rcu_async_hurry();
	KUNIT_EXPECT_TRUE(test, rcu_async_should_hurry());
	call_rcu(&c->head, note_call);
	wait_for_completion(&c->done);
	rcu_async_relax();
	KUNIT_EXPECT_FALSE(test, rcu_async_should_hurry());
	rcu_barrier();
}

static void shortage_of_memory_hurries_lazy_callbacks(struct kunit *test)
{
	struct called *c = called_of(test);

	call_rcu(&c->head, note_call);
	/* A first one is still on its way to being called lazy. */
	while (!try_wait_for_completion(&c->done)) {
		rcu_hurry_lazy();
		msleep(1);
	}
	rcu_barrier();
}

static atomic_t invoked;

static void count_invoked(struct rcu_head *head)
{
	atomic_inc(&invoked);
	kfree(container_of(head, struct thing, rcu));
}

static void queue_some(void *unused)
{
	int i;

	(void)unused;
	for (i = 0; i < 20; i++) {
		struct thing *t = kmalloc(sizeof(*t), GFP_ATOMIC);

		if (t)
			call_rcu(&t->rcu, count_invoked);
		else
			atomic_inc(&invoked);
	}
}

static void a_barrier_waits_for_the_callbacks_of_all_cpus(struct kunit *test)
{
	atomic_set(&invoked, 0);
	on_each_cpu(queue_some, NULL, 1);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&invoked), 20 * (int)num_online_cpus());
	/* With nothing queued by us it still returns. */
	rcu_barrier();
	rcu_barrier_throttled();
}

static void a_flood_is_invoked_without_a_barrier(struct kunit *test)
{
	int i, n = 30000;

	atomic_set(&invoked, 0);
	for (i = 0; i < n; i++) {
		struct thing *t = kmalloc(sizeof(*t), GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, t);
		call_rcu(&t->rcu, count_invoked);
	}
	/* Lazy, but too many for that: the first ten thousand ask by themselves. */
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&invoked) > 0));
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&invoked), n);
}

static void a_head_knows_whether_it_was_queued(struct kunit *test)
{
	struct called *c = called_of(test);

	rcu_head_init(&c->head);
	KUNIT_EXPECT_FALSE(test, rcu_head_after_call_rcu(&c->head, note_call));
	rcu_read_lock();
	call_rcu(&c->head, note_call);
	KUNIT_EXPECT_TRUE(test, rcu_head_after_call_rcu(&c->head, note_call));
	rcu_read_unlock();
	rcu_barrier();
	/* Invoked: whoever asks now asks too late, and is told. */
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_FALSE(test, rcu_head_after_call_rcu(&c->head, note_call));
}

static void note_work(struct work_struct *work)
{
	struct rcu_work *rwork = to_rcu_work(work);

	atomic_inc(&invoked);
	(void)rwork;
}

static void an_rcu_work_waits_for_readers(struct kunit *test)
{
	static struct rcu_work rwork;

	atomic_set(&invoked, 0);
	INIT_RCU_WORK(&rwork, note_work);
	rcu_read_lock();
	KUNIT_EXPECT_TRUE(test, queue_rcu_work(system_wq, &rwork));
	KUNIT_EXPECT_FALSE(test, queue_rcu_work(system_wq, &rwork));
	KUNIT_EXPECT_EQ(test, atomic_read(&invoked), 0);
	rcu_read_unlock();
	KUNIT_EXPECT_TRUE(test, flush_rcu_work(&rwork));
	KUNIT_EXPECT_EQ(test, atomic_read(&invoked), 1);
}

static struct kunit_case rcu_cases[] = {
	KUNIT_CASE(a_published_pointer_is_found),
	KUNIT_CASE(arguments_are_evaluated_once),
	KUNIT_CASE(initializers_make_protected_pointers),
	KUNIT_CASE(readers_nest),
	KUNIT_CASE(a_reader_is_preemptible),
	KUNIT_CASE(asserts_are_silent_inside_readers),
	KUNIT_CASE(rcu_watches_tasks_and_interrupts),
	KUNIT_CASE(synchronize_rcu_moves_the_number),
	KUNIT_CASE(all_cpus_can_wait_at_once),
	KUNIT_CASE(several_flavours_can_be_waited_for),
	KUNIT_CASE(a_wait_can_be_made_of_a_callback),
	KUNIT_CASE(expediting_is_counted),
	KUNIT_CASE(quiescent_states_can_be_reported_by_hand),
	KUNIT_CASE(a_callback_runs_once_in_softirq),
	KUNIT_CASE(call_rcu_works_in_interrupts_and_under_raw_locks),
	KUNIT_CASE(a_callback_may_queue_itself),
	KUNIT_CASE(lazy_callbacks_come_along_with_hurried_ones),
	KUNIT_CASE(hurry_can_be_asked_for_all),
	KUNIT_CASE(shortage_of_memory_hurries_lazy_callbacks),
	KUNIT_CASE(a_barrier_waits_for_the_callbacks_of_all_cpus),
	KUNIT_CASE(a_flood_is_invoked_without_a_barrier),
	KUNIT_CASE(a_head_knows_whether_it_was_queued),
	KUNIT_CASE(an_rcu_work_waits_for_readers),
	{}
};

static struct kunit_suite rcu_suite = {
	.name = "rcu",
	.test_cases = rcu_cases,
};
kunit_test_suite(rcu_suite);

MODULE_LICENSE("MIT");
