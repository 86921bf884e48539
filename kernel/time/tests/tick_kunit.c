// SPDX-License-Identifier: MIT
/* No CPU lacks its tick when it needs it: as it begins, while it works, when it may not stop. */
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/tick.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>

#include "../../tests/patience.h"
#include "../tick-internal.h"
#include "hres.h"

static int wait_for_hres(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, eventually(all_cpus_are_in_hres_mode()));
	return 0;
}

/* ---- when the next one is due ---- */

static void expect_next_tick(struct kunit *test, ktime_t grid, ktime_t now)
{
	ktime_t next = tick_next_on_grid(grid, now);

	KUNIT_EXPECT_GT_MSG(test, next, now, "grid %lld, now %lld", grid, now);
	KUNIT_EXPECT_LE_MSG(test, next, now + TICK_NSEC, "grid %lld, now %lld", grid, now);
	KUNIT_EXPECT_EQ_MSG(test, (next - grid) % TICK_NSEC, 0, "grid %lld, now %lld", grid, now);
}

/*
 * The clock starts at 0, the boot CPU's device some moment later: there the grid begins, and the
 * first tick of all moves it on. Another CPU may set its tick up before that.
 */
static void before_the_first_tick_of_all_the_next_is_a_tick_away_at_most(struct kunit *test)
{
	static const ktime_t starts[] = { 0, 1, TICK_NSEC / 2, TICK_NSEC - 1, TICK_NSEC };
	int i;

	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		expect_next_tick(test, starts[i], starts[i]);
		expect_next_tick(test, starts[i], starts[i] + TICK_NSEC - 1);
		expect_next_tick(test, starts[i], starts[i] + TICK_NSEC);
		expect_next_tick(test, starts[i], starts[i] + TICK_NSEC + 1);
	}
}

static void a_tick_comes_back_to_its_grid(struct kunit *test)
{
	const ktime_t grid = 12345678901LL;

	expect_next_tick(test, grid, grid - TICK_NSEC);
	expect_next_tick(test, grid, grid - 1);
	expect_next_tick(test, grid, grid);
	expect_next_tick(test, grid, grid + 3 * TICK_NSEC - 1);
	expect_next_tick(test, grid, grid + 1000 * (ktime_t)TICK_NSEC);
	expect_next_tick(test, grid, KTIME_MAX / 2);
}

/* ---- on the CPUs ---- */

static atomic_t without_tick;

static void look_at_tick(struct work_struct *unused)
{
	guard(irqsave)();
	if (tick_nohz_tick_stopped() || tick_sched_expires() > ktime_get() + TICK_NSEC)
		atomic_inc(&without_tick);
}

static void each_cpu_that_runs_a_task_has_its_tick_ahead(struct kunit *test)
{
	atomic_set(&without_tick, 0);
	KUNIT_ASSERT_EQ(test, schedule_on_each_cpu(look_at_tick), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&without_tick), 0);
}

struct tick_state {
	bool seen;
	bool stopped;
	ktime_t left;
};

/*
 * What the idle loop does when it is to sleep, twice, with a softirq raised in between.
 * Return: could the tick be stopped? Not if a timer is near or somebody wants the CPU.
 */
static bool stop_tick_twice(struct tick_state *second)
{
	guard(irqsave)();
	tick_nohz_idle_stop_tick();
	if (!tick_nohz_tick_stopped())
		return false;
	__raise_softirq_irqoff(TIMER_SOFTIRQ);
	tick_nohz_idle_stop_tick();
	second->stopped = tick_nohz_tick_stopped();
	second->left = ktime_sub(tick_sched_expires(), ktime_get());
	second->seen = true;
	tick_nohz_idle_restart_tick();
	return true;
}

static void a_stopped_tick_goes_on_while_a_softirq_waits(struct kunit *test)
{
	struct tick_state second = { };

	if (!tick_nohz_enabled)
		kunit_skip(test, "nohz=off");
	KUNIT_ASSERT_TRUE(test, eventually(second.seen || stop_tick_twice(&second)));
	KUNIT_EXPECT_FALSE(test, second.stopped);
	KUNIT_EXPECT_LE(test, second.left, TICK_NSEC);
}

/* ---- who counts ---- */

static void when_a_cpu_goes_another_one_counts(struct kunit *test)
{
	unsigned int last = cpumask_last(cpu_online_mask);
	int heir;

	if (!last)
		kunit_skip(test, "one CPU");
	KUNIT_EXPECT_EQ(test, tick_counter_without(last, 0), 0);
	heir = tick_counter_without(last, last);
	KUNIT_EXPECT_TRUE(test, heir >= 0 && heir < (int)last);
	heir = tick_counter_without(last, TICK_DO_TIMER_NONE);
	KUNIT_EXPECT_TRUE(test, heir >= 0 && heir < (int)last);
}

static struct kunit_case tick_cases[] = {
	KUNIT_CASE(before_the_first_tick_of_all_the_next_is_a_tick_away_at_most),
	KUNIT_CASE(a_tick_comes_back_to_its_grid),
	KUNIT_CASE(each_cpu_that_runs_a_task_has_its_tick_ahead),
	KUNIT_CASE(a_stopped_tick_goes_on_while_a_softirq_waits),
	KUNIT_CASE(when_a_cpu_goes_another_one_counts),
	{}
};

static struct kunit_suite tick_suite = {
	.name = "tick",
	.init = wait_for_hres,
	.test_cases = tick_cases,
};
kunit_test_suite(tick_suite);
