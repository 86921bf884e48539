// SPDX-License-Identifier: MIT
/*
 * SRCU: what each function promises, one domain and one reader at a time. Storms are in
 * srcu_storm_kunit.c.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/rcupdate_wait.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/srcu.h>

#include "../rcu.h"
#include "wait.h"

DEFINE_STATIC_SRCU(fixed);
DEFINE_SRCU(srcu_test_public);

static struct srcu_struct *new_domain(struct kunit *test)
{
	struct srcu_struct *ssp = kunit_kzalloc(test, sizeof(*ssp), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, ssp);
	KUNIT_ASSERT_EQ(test, init_srcu_struct(ssp), 0);
	return ssp;
}

/* Long enough for a grace period to end that nothing holds up; so that one which does, should. */
static void give_it_a_chance(void)
{
	schedule_timeout_uninterruptible(4);
}

/* ---- readers ---- */

static void a_new_domain_has_no_readers(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);

	KUNIT_EXPECT_FALSE(test, srcu_readers_active(ssp));
	cleanup_srcu_struct(ssp);
	KUNIT_EXPECT_NULL(test, ssp->srcu_sup);
}

static void readers_nest_and_overlap(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int a, b, c;

	a = srcu_read_lock(ssp);
	b = srcu_read_lock(ssp);
	KUNIT_EXPECT_EQ(test, a & ~1, 0);
	KUNIT_EXPECT_TRUE(test, srcu_readers_active(ssp));
	srcu_read_unlock(ssp, b);
	c = srcu_read_lock_notrace(ssp);
	srcu_read_unlock(ssp, a);
	KUNIT_EXPECT_TRUE(test, srcu_readers_active(ssp));
	srcu_read_unlock_notrace(ssp, c);
	KUNIT_EXPECT_FALSE(test, srcu_readers_active(ssp));
	cleanup_srcu_struct(ssp);
}

static void a_guard_is_a_reader(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);

	{
		guard(srcu)(ssp);
		KUNIT_EXPECT_TRUE(test, srcu_readers_active(ssp));
	}
	KUNIT_EXPECT_FALSE(test, srcu_readers_active(ssp));
	cleanup_srcu_struct(ssp);
}

static void a_reader_may_sleep_and_move(struct kunit *test)
{
	int idx = srcu_read_lock(&fixed), cpu;

	for_each_online_cpu(cpu) {
		set_cpus_allowed_ptr(current, cpumask_of(cpu));
		schedule_timeout_uninterruptible(1);
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	KUNIT_EXPECT_TRUE(test, srcu_readers_active(&fixed));
	srcu_read_unlock(&fixed, idx);
	KUNIT_EXPECT_FALSE(test, srcu_readers_active(&fixed));
}

static void held_is_true_inside(struct kunit *test)
{
	int idx = srcu_read_lock(&fixed);

	KUNIT_EXPECT_TRUE(test, srcu_read_lock_held(&fixed));
	srcu_read_unlock(&fixed, idx);
	if (IS_ENABLED(CONFIG_DEBUG_LOCK_ALLOC))
		KUNIT_EXPECT_FALSE(test, srcu_read_lock_held(&fixed));
}

static void dereference_gives_the_pointer(struct kunit *test)
{
	static int value = 5;
	static int __rcu *ptr = RCU_INITIALIZER(&value);
	int idx = srcu_read_lock(&fixed);

	KUNIT_EXPECT_EQ(test, *srcu_dereference(ptr, &fixed), 5);
	KUNIT_EXPECT_EQ(test, *srcu_dereference_check(ptr, &fixed, false), 5);
	KUNIT_EXPECT_EQ(test, *srcu_dereference_notrace(ptr, &fixed), 5);
	srcu_read_unlock(&fixed, idx);
	KUNIT_EXPECT_EQ(test, *srcu_dereference_check(ptr, &fixed, true), 5);
}

static void the_barriers_after_lock_and_unlock_compile_to_something(struct kunit *test)
{
	int idx = srcu_read_lock(&fixed);

	smp_mb__after_srcu_read_lock();
	srcu_read_unlock(&fixed, idx);
	smp_mb__after_srcu_read_unlock();
	KUNIT_EXPECT_FALSE(test, srcu_readers_active(&fixed));
}

static void nmisafe_readers_are_waited_for(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int idx = srcu_read_lock_nmisafe(ssp);
	unsigned long cookie = start_poll_synchronize_srcu(ssp);

	give_it_a_chance();
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_srcu(ssp, cookie));
	srcu_read_unlock_nmisafe(ssp, idx);
	KUNIT_EXPECT_TRUE(test, wait_until(poll_state_synchronize_srcu(ssp, cookie)));
	cleanup_srcu_struct(ssp);
}

static void lite_readers_are_waited_for(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int idx = srcu_read_lock_lite(ssp);
	unsigned long cookie = start_poll_synchronize_srcu(ssp);

	give_it_a_chance();
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_srcu(ssp, cookie));
	srcu_read_unlock_lite(ssp, idx);
	KUNIT_EXPECT_TRUE(test, wait_until(poll_state_synchronize_srcu(ssp, cookie)));
	synchronize_srcu(ssp);
	synchronize_srcu_expedited(ssp);
	cleanup_srcu_struct(ssp);
}

static void end_reader(struct irq_work *work);

struct handed_over {
	struct irq_work work;
	struct srcu_struct *ssp;
	int idx;
	struct completion done;
};

static void end_reader(struct irq_work *work)
{
	struct handed_over *h = container_of(work, struct handed_over, work);

	srcu_up_read(h->ssp, h->idx);
	complete(&h->done);
}

static void down_here_may_be_up_in_an_interrupt(struct kunit *test)
{
	struct handed_over *h = kunit_kzalloc(test, sizeof(*h), GFP_KERNEL);
	unsigned long cookie;

	h->ssp = new_domain(test);
	init_irq_work(&h->work, end_reader);
	init_completion(&h->done);
	h->idx = srcu_down_read(h->ssp);
	cookie = start_poll_synchronize_srcu(h->ssp);
	give_it_a_chance();
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_srcu(h->ssp, cookie));
	irq_work_queue(&h->work);
	wait_for_completion(&h->done);
	synchronize_srcu(h->ssp);
	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_srcu(h->ssp, cookie));
	cleanup_srcu_struct(h->ssp);
}

/* ---- grace periods ---- */

static void synchronize_returns_when_nobody_reads(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	unsigned long before = srcu_batches_completed(ssp);

	synchronize_srcu(ssp);
	synchronize_srcu_expedited(ssp);
	KUNIT_EXPECT_GE(test, srcu_batches_completed(ssp) - before, 2UL);
	cleanup_srcu_struct(ssp);
}

static void a_static_domain_needs_no_init(struct kunit *test)
{
	int idx = srcu_read_lock(&srcu_test_public);

	srcu_read_unlock(&srcu_test_public, idx);
	synchronize_srcu(&srcu_test_public);
	KUNIT_EXPECT_FALSE(test, srcu_readers_active(&srcu_test_public));
}

struct waiter {
	struct srcu_struct *ssp;
	bool expedited;
	struct completion started, done;
};

static int waiter_fn(void *arg)
{
	struct waiter *w = arg;

	complete(&w->started);
	if (w->expedited)
		synchronize_srcu_expedited(w->ssp);
	else
		synchronize_srcu(w->ssp);
	complete(&w->done);
	return 0;
}

static void check_waits_for_reader(struct kunit *test, bool expedited)
{
	struct waiter *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	int idx;

	w->ssp = new_domain(test);
	w->expedited = expedited;
	init_completion(&w->started);
	init_completion(&w->done);
	idx = srcu_read_lock(w->ssp);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(waiter_fn, w, "srcu-waiter")));
	wait_for_completion(&w->started);
	give_it_a_chance();
	KUNIT_EXPECT_FALSE(test, completion_done(&w->done));
	srcu_read_unlock(w->ssp, idx);
	wait_for_completion(&w->done);
	cleanup_srcu_struct(w->ssp);
}

static void synchronize_waits_for_a_reader(struct kunit *test)
{
	check_waits_for_reader(test, false);
}

static void expedited_waits_for_a_reader(struct kunit *test)
{
	check_waits_for_reader(test, true);
}

static void another_domains_reader_is_not_waited_for(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int idx = srcu_read_lock(&fixed);

	synchronize_srcu(ssp);
	srcu_read_unlock(&fixed, idx);
	cleanup_srcu_struct(ssp);
}

static void a_reader_that_began_later_is_not_waited_for(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int old = srcu_read_lock(ssp), new;
	unsigned long cookie = start_poll_synchronize_srcu(ssp);

	/* Once new readers use the other counters, the one that is waited for is the old. */
	KUNIT_ASSERT_TRUE(test, wait_until((int)READ_ONCE(ssp->srcu_idx) != old));
	new = srcu_read_lock(ssp);
	KUNIT_EXPECT_NE(test, new, old);
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_srcu(ssp, cookie));
	srcu_read_unlock(ssp, old);
	KUNIT_EXPECT_TRUE(test, wait_until(poll_state_synchronize_srcu(ssp, cookie)));
	srcu_read_unlock(ssp, new);
	cleanup_srcu_struct(ssp);
}

static void a_reader_that_kept_an_old_index_is_waited_for(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	unsigned long cookie;
	int idx = READ_ONCE(ssp->srcu_idx);

	/* As if preempted between reading the index and counting, for a whole grace period. */
	synchronize_srcu(ssp);
	KUNIT_EXPECT_NE(test, (int)READ_ONCE(ssp->srcu_idx), idx);
	this_cpu_inc(ssp->sda->srcu_lock_count[idx].counter);
	smp_mb();
	cookie = start_poll_synchronize_srcu(ssp);
	give_it_a_chance();
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_srcu(ssp, cookie));
	srcu_read_unlock_notrace(ssp, idx);
	KUNIT_EXPECT_TRUE(test, wait_until(poll_state_synchronize_srcu(ssp, cookie)));
	cleanup_srcu_struct(ssp);
}

/* ---- polled ---- */

static void a_completed_cookie_is_complete(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);

	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_srcu(ssp, get_completed_synchronize_srcu()));
	cleanup_srcu_struct(ssp);
}

static void cookies_of_one_state_are_the_same(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	unsigned long a = get_state_synchronize_srcu(ssp), b = get_state_synchronize_srcu(ssp);

	KUNIT_EXPECT_TRUE(test, same_state_synchronize_srcu(a, b));
	synchronize_srcu(ssp);
	KUNIT_EXPECT_FALSE(test, same_state_synchronize_srcu(a, get_state_synchronize_srcu(ssp)));
	cleanup_srcu_struct(ssp);
}

static void get_state_starts_nothing(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	unsigned long cookie = get_state_synchronize_srcu(ssp);

	give_it_a_chance();
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_srcu(ssp, cookie));
	synchronize_srcu(ssp);
	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_srcu(ssp, cookie));
	cleanup_srcu_struct(ssp);
}

static void start_poll_gets_there_by_itself(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	unsigned long cookie = start_poll_synchronize_srcu(ssp);

	KUNIT_EXPECT_TRUE(test, wait_until(poll_state_synchronize_srcu(ssp, cookie)));
	cleanup_srcu_struct(ssp);
}

static void a_cookie_taken_during_a_grace_period_wants_the_next(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int idx = srcu_read_lock(ssp);
	unsigned long first = start_poll_synchronize_srcu(ssp), second;

	KUNIT_ASSERT_TRUE(test, wait_until(rcu_seq_state(READ_ONCE(ssp->srcu_sup->srcu_gp_seq))));
	second = get_state_synchronize_srcu(ssp);
	KUNIT_EXPECT_GT(test, (long)(second - first), 0L);
	srcu_read_unlock(ssp, idx);
	KUNIT_EXPECT_TRUE(test, wait_until(poll_state_synchronize_srcu(ssp, first)));
	KUNIT_EXPECT_FALSE(test, poll_state_synchronize_srcu(ssp, second));
	synchronize_srcu(ssp);
	KUNIT_EXPECT_TRUE(test, poll_state_synchronize_srcu(ssp, second));
	cleanup_srcu_struct(ssp);
}

/* ---- callbacks ---- */

struct called {
	struct rcu_head head;
	struct completion done;
	bool softirqs_off, in_task;
};

static void note_call(struct rcu_head *head)
{
	struct called *c = container_of(head, struct called, head);

	c->softirqs_off = softirq_count() != 0;
	c->in_task = in_task();
	complete(&c->done);
}

static struct called *new_called(struct kunit *test)
{
	struct called *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, c);
	init_completion(&c->done);
	return c;
}

static void a_callback_waits_for_the_reader_that_queued_it(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	struct called *c = new_called(test);
	int idx = srcu_read_lock(ssp);

	call_srcu(ssp, &c->head, note_call);
	give_it_a_chance();
	KUNIT_EXPECT_FALSE(test, completion_done(&c->done));
	srcu_read_unlock(ssp, idx);
	wait_for_completion(&c->done);
	KUNIT_EXPECT_TRUE(test, c->softirqs_off);
	KUNIT_EXPECT_TRUE(test, c->in_task);
	srcu_barrier(ssp);
	cleanup_srcu_struct(ssp);
}

static void the_waiters_callback_completes(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	struct rcu_synchronize rs;

	init_completion(&rs.completion);
	wakeme_after_rcu(&rs.head);
	KUNIT_EXPECT_TRUE(test, completion_done(&rs.completion));
	reinit_completion(&rs.completion);
	call_srcu(ssp, &rs.head, wakeme_after_rcu);
	wait_for_completion(&rs.completion);
	srcu_barrier(ssp);
	cleanup_srcu_struct(ssp);
}

struct from_irq {
	struct irq_work work;
	struct srcu_struct *ssp;
	struct called *called;
};

static void call_from_irq(struct irq_work *work)
{
	struct from_irq *f = container_of(work, struct from_irq, work);

	call_srcu(f->ssp, &f->called->head, note_call);
}

static void call_srcu_works_in_an_interrupt(struct kunit *test)
{
	struct from_irq *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	f->ssp = new_domain(test);
	f->called = new_called(test);
	init_irq_work(&f->work, call_from_irq);
	irq_work_queue(&f->work);
	wait_for_completion(&f->called->done);
	srcu_barrier(f->ssp);
	cleanup_srcu_struct(f->ssp);
}

#define MANY	500

static atomic_t nr_called;

static void count_call(struct rcu_head *head)
{
	atomic_inc(&nr_called);
}

static void barrier_waits_for_all_callbacks_of_all_cpus(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	struct rcu_head *heads = kunit_kcalloc(test, MANY, sizeof(*heads), GFP_KERNEL);
	int i, cpu = -1;

	KUNIT_ASSERT_NOT_NULL(test, heads);
	atomic_set(&nr_called, 0);
	for (i = 0; i < MANY; i++) {
		if (i % 25 == 0) {
			cpu = cpumask_next(cpu, cpu_online_mask);
			if (cpu >= nr_cpu_ids)
				cpu = cpumask_first(cpu_online_mask);
			set_cpus_allowed_ptr(current, cpumask_of(cpu));
		}
		call_srcu(ssp, &heads[i], count_call);
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	srcu_barrier(ssp);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), MANY);
	cleanup_srcu_struct(ssp);
}

static void barrier_without_callbacks_starts_no_grace_period(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	unsigned long before = srcu_batches_completed(ssp);

	srcu_barrier(ssp);
	KUNIT_EXPECT_EQ(test, srcu_batches_completed(ssp), before);
	cleanup_srcu_struct(ssp);
}

struct chained {
	struct rcu_head head;
	struct srcu_struct *ssp;
	int left;
	struct completion done;
};

static void call_again(struct rcu_head *head)
{
	struct chained *c = container_of(head, struct chained, head);

	if (c->left--)
		call_srcu(c->ssp, &c->head, call_again);
	else
		complete(&c->done);
}

static void a_callback_may_queue_itself_again(struct kunit *test)
{
	struct chained *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	c->ssp = new_domain(test);
	c->left = 10;
	init_completion(&c->done);
	call_srcu(c->ssp, &c->head, call_again);
	wait_for_completion(&c->done);
	srcu_barrier(c->ssp);
	cleanup_srcu_struct(c->ssp);
}

/* ---- before the machine is up ---- */

static struct called early_called;
static bool early_sync_returned;

static int __init use_srcu_early(void)
{
	int idx = srcu_read_lock(&srcu_test_public);

	init_completion(&early_called.done);
	call_srcu(&srcu_test_public, &early_called.head, note_call);
	srcu_read_unlock(&srcu_test_public, idx);
	synchronize_srcu(&fixed);
	early_sync_returned = true;
	return 0;
}
early_initcall(use_srcu_early);

static void early_callbacks_are_called(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, early_sync_returned);
	KUNIT_EXPECT_TRUE(test, wait_until(completion_done(&early_called.done)));
}

/* ---- misuse ---- */

static void cleanup_with_a_reader_inside_is_reported_and_leaks(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int idx = srcu_read_lock(ssp);

	kunit_expect_report(test, REPORT_WARN);
	cleanup_srcu_struct(ssp);
	KUNIT_EXPECT_NOT_NULL(test, ssp->srcu_sup);
	srcu_read_unlock(ssp, idx);
	cleanup_srcu_struct(ssp);
	KUNIT_EXPECT_NULL(test, ssp->srcu_sup);
}

static void two_kinds_of_readers_are_reported(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int idx, cpu;

	migrate_disable();
	cpu = smp_processor_id();
	idx = srcu_read_lock_lite(ssp);
	srcu_read_unlock_lite(ssp, idx);
	KUNIT_EXPECT_EQ(test, per_cpu_ptr(ssp->sda, cpu)->srcu_reader_flavor,
			SRCU_READ_FLAVOR_LITE);
	kunit_expect_report(test, REPORT_WARN);
	__srcu_check_read_flavor(ssp, SRCU_READ_FLAVOR_NORMAL);
	migrate_enable();
	cleanup_srcu_struct(ssp);
}

static void statistics_can_be_printed_while_readers_are_inside(struct kunit *test)
{
	struct srcu_struct *ssp = new_domain(test);
	int idx = srcu_read_lock(ssp);
	unsigned long cookie = start_poll_synchronize_srcu(ssp);

	srcu_torture_stats_print(ssp, "kunit: ", "srcu");
	srcu_read_unlock(ssp, idx);
	KUNIT_EXPECT_TRUE(test, wait_until(poll_state_synchronize_srcu(ssp, cookie)));
	cleanup_srcu_struct(ssp);
}

static struct kunit_case srcu_cases[] = {
	KUNIT_CASE(a_new_domain_has_no_readers),
	KUNIT_CASE(readers_nest_and_overlap),
	KUNIT_CASE(a_guard_is_a_reader),
	KUNIT_CASE(a_reader_may_sleep_and_move),
	KUNIT_CASE(held_is_true_inside),
	KUNIT_CASE(dereference_gives_the_pointer),
	KUNIT_CASE(the_barriers_after_lock_and_unlock_compile_to_something),
	KUNIT_CASE(nmisafe_readers_are_waited_for),
	KUNIT_CASE(lite_readers_are_waited_for),
	KUNIT_CASE(down_here_may_be_up_in_an_interrupt),
	KUNIT_CASE(synchronize_returns_when_nobody_reads),
	KUNIT_CASE(a_static_domain_needs_no_init),
	KUNIT_CASE(synchronize_waits_for_a_reader),
	KUNIT_CASE(expedited_waits_for_a_reader),
	KUNIT_CASE(another_domains_reader_is_not_waited_for),
	KUNIT_CASE(a_reader_that_began_later_is_not_waited_for),
	KUNIT_CASE(a_reader_that_kept_an_old_index_is_waited_for),
	KUNIT_CASE(a_completed_cookie_is_complete),
	KUNIT_CASE(cookies_of_one_state_are_the_same),
	KUNIT_CASE(get_state_starts_nothing),
	KUNIT_CASE(start_poll_gets_there_by_itself),
	KUNIT_CASE(a_cookie_taken_during_a_grace_period_wants_the_next),
	KUNIT_CASE(a_callback_waits_for_the_reader_that_queued_it),
	KUNIT_CASE(the_waiters_callback_completes),
	KUNIT_CASE(call_srcu_works_in_an_interrupt),
	KUNIT_CASE(barrier_waits_for_all_callbacks_of_all_cpus),
	KUNIT_CASE(barrier_without_callbacks_starts_no_grace_period),
	KUNIT_CASE(a_callback_may_queue_itself_again),
	KUNIT_CASE(early_callbacks_are_called),
	KUNIT_CASE(cleanup_with_a_reader_inside_is_reported_and_leaks),
	KUNIT_CASE(two_kinds_of_readers_are_reported),
	KUNIT_CASE(statistics_can_be_printed_while_readers_are_inside),
	{}
};

static struct kunit_suite srcu_suite = {
	.name = "srcu",
	.test_cases = srcu_cases,
};

kunit_test_suite(srcu_suite);
