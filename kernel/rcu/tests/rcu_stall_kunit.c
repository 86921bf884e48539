// SPDX-License-Identifier: MIT
/*
 * The stall detector, with stalls that are planted: the timeout is set to one second and a reader
 * stays inside until a report has come.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/rcu_notifier.h>
#include <linux/rcupdate.h>

#include "../tree.h"
#include "reader.h"

static atomic_t normal_stalls, exp_stalls;
static unsigned long stall_age;

static int note_stall(struct notifier_block *nb, unsigned long action, void *data)
{
	(void)nb;
	WRITE_ONCE(stall_age, (unsigned long)data);
	if (action == RCU_STALL_NOTIFY_NORM)
		atomic_inc(&normal_stalls);
	else if (action == RCU_STALL_NOTIFY_EXP)
		atomic_inc(&exp_stalls);
	return NOTIFY_OK;
}

static struct notifier_block stall_nb = { .notifier_call = note_stall };

static int short_timeouts(struct kunit *test)
{
	atomic_set(&normal_stalls, 0);
	atomic_set(&exp_stalls, 0);
	rcu_stall_set_timeouts(1, 500);
	return rcu_stall_chain_notifier_register(&stall_nb);
}

static void long_timeouts(struct kunit *test)
{
	rcu_stall_chain_notifier_unregister(&stall_nb);
	rcu_stall_set_timeouts(CONFIG_RCU_CPU_STALL_TIMEOUT, CONFIG_RCU_EXP_CPU_STALL_TIMEOUT);
	/* A period that began with the short one should not be measured by it. */
	synchronize_rcu();
}

/* @kind stays until @stalls has counted; the period then ends as if nothing had been. */
static void plant(struct kunit *test, enum reader_kind kind, void (*wait)(void), atomic_t *stalls)
{
	int cpu = other_cpu();
	struct reader r;
	struct waiter w;

	if (cpu < 0 && kind == READER_SCHED)
		kunit_skip(test, "needs two CPUs");
	kunit_expect_reports(test, REPORT_RCU, 1);
	waiter_make(test, &w, wait);
	reader_start(test, &r, kind, cpu);
	wake_up_process(w.task);
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(stalls)));
	reader_leave(&r);
	waiter_join(&w);
	reader_stop(&r);
	KUNIT_EXPECT_GT(test, READ_ONCE(stall_age), 0UL);
}

static void a_cpu_that_never_switches_is_reported(struct kunit *test)
{
	plant(test, READER_SCHED, synchronize_rcu, &normal_stalls);
}

static void a_preempted_reader_is_reported(struct kunit *test)
{
	plant(test, READER_PREEMPTED, synchronize_rcu, &normal_stalls);
}

static void an_expedited_stall_is_reported(struct kunit *test)
{
	plant(test, READER_PREEMPTED, synchronize_rcu_expedited, &exp_stalls);
}

static void a_cpu_that_stalls_an_expedited_period_is_reported(struct kunit *test)
{
	plant(test, READER_SCHED, synchronize_rcu_expedited, &exp_stalls);
}

static void a_notifier_registers_once(struct kunit *test)
{
	static struct notifier_block other = { .notifier_call = note_stall };

	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_EQ(test, rcu_stall_chain_notifier_register(&stall_nb), -EEXIST);
	KUNIT_EXPECT_EQ(test, rcu_stall_chain_notifier_unregister(&other), -ENOENT);
	KUNIT_EXPECT_EQ(test, rcu_stall_chain_notifier_register(&other), 0);
	KUNIT_EXPECT_EQ(test, rcu_stall_chain_notifier_unregister(&other), 0);
}

static void a_reset_stops_the_clock_for_three_looks(struct kunit *test)
{
	struct reader r;
	struct waiter w;

	reader_start(test, &r, READER_PREEMPTED, -1);
	waiter_start(test, &w, synchronize_rcu);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(rcu_get_root()->wait[RCU_NORM].tasks) ||
					   rcu_gp_in_progress()));
	local_irq_disable();
	rcu_cpu_stall_reset();
	KUNIT_EXPECT_TRUE(test,
			  time_after(READ_ONCE(rcu_state.jiffies_stall), jiffies + 1000 * HZ));
	KUNIT_EXPECT_EQ(test, READ_ONCE(rcu_state.nr_fqs_jiffies_stall), 3);
	local_irq_enable();
	/*
	 * The looks start it again. Whether the period stalls by then is up to the host: report or
	 * not.
	 */
	KUNIT_EXPECT_TRUE(test, eventually(!READ_ONCE(rcu_state.nr_fqs_jiffies_stall)));
	reader_stop(&r);
	waiter_join(&w);
}

static void an_old_period_might_be_stalled(struct kunit *test)
{
	struct reader r;
	struct waiter w;

	synchronize_rcu();
	reader_start(test, &r, READER_PREEMPTED, -1);
	waiter_start(test, &w, synchronize_rcu);
	KUNIT_EXPECT_TRUE(test, eventually(rcu_gp_might_be_stalled()));
	KUNIT_EXPECT_TRUE(test, time_after(jiffies, READ_ONCE(rcu_state.gp_start) + 2 * HZ));
	reader_stop(&r);
	waiter_join(&w);
	/* Others' periods may run, but begin anew. */
	KUNIT_EXPECT_TRUE(test, eventually(!rcu_gp_might_be_stalled()));
}

static void nothing_is_reported_between_periods(struct kunit *test)
{
	synchronize_rcu();
	local_irq_disable();
	rcu_check_gp_stall(this_cpu_ptr(&rcu_data));
	local_irq_enable();
	rcu_check_gp_stall(NULL);
	show_rcu_gp_kthreads();
	KUNIT_EXPECT_EQ(test, atomic_read(&normal_stalls), 0);
}

static struct kunit_case stall_cases[] = {
	KUNIT_CASE(a_cpu_that_never_switches_is_reported),
	KUNIT_CASE(a_preempted_reader_is_reported),
	KUNIT_CASE(an_expedited_stall_is_reported),
	KUNIT_CASE(a_cpu_that_stalls_an_expedited_period_is_reported),
	KUNIT_CASE(a_notifier_registers_once),
	KUNIT_CASE(nothing_is_reported_between_periods),
	{}
};

static struct kunit_suite stall_suite = {
	.name = "rcu_stall",
	.init = short_timeouts,
	.exit = long_timeouts,
	.test_cases = stall_cases,
};

static struct kunit_case reset_cases[] = {
	KUNIT_CASE(a_reset_stops_the_clock_for_three_looks),
	KUNIT_CASE(an_old_period_might_be_stalled),
	{}
};

static struct kunit_suite reset_suite = {
	.name = "rcu_stall_reset",
	.test_cases = reset_cases,
};
kunit_test_suites(&stall_suite, &reset_suite);

MODULE_LICENSE("MIT");
