// SPDX-License-Identifier: MIT
/*
 * What the scheduler promises about time, on real CPUs under an emulated clock (see
 * kernel/tests/patience.h): how fair, how soon, and how quiet an idle CPU is.
 *
 * The bounds are those of fair.c. A request ends at a tick, so it takes a slice rounded up to
 * ticks; eevdf_sim_kunit.c holds the same rules against exact figures.
 */

#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>

#include "../sched.h"
#include "hog.h"

/* The longest that a task runs in one go while others wait. */
static u64 longest_turn(void)
{
	return roundup(sysctl_sched_base_slice, TICK_NSEC) + TICK_NSEC;
}

/* We stay where we are; the CPU to measure on, or none. */
static int stay_and_pick_cpu(struct kunit *test)
{
	int cpu;

	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current,
						   cpumask_of(raw_smp_processor_id())), 0);
	cpu = other_cpu();
	if (cpu == raw_smp_processor_id()) {
		set_cpus_allowed_ptr(current, cpu_possible_mask);
		kunit_skip(test, "this case keeps the only CPU busy");
	}
	return cpu;
}

/* ---- an idle CPU ---- */

static void an_idle_cpu_takes_no_ticks(struct kunit *test)
{
	int cpu = stay_and_pick_cpu(test);
	struct hrtimer_cpu_base *base = &per_cpu(hrtimer_bases, cpu);
	unsigned int before;

	msleep(20);
	before = READ_ONCE(base->nr_events);
	msleep(1000);
	/* The tick would come HZ times. The watchdog's timer is one of the few that do. */
	KUNIT_EXPECT_LT(test, READ_ONCE(base->nr_events) - before, HZ / 10);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void an_idle_cpu_hardly_switches(struct kunit *test)
{
	int cpu = stay_and_pick_cpu(test);
	u64 before;

	msleep(20);
	before = READ_ONCE(cpu_rq(cpu)->nr_switches);
	msleep(1000);
	KUNIT_EXPECT_LT(test, READ_ONCE(cpu_rq(cpu)->nr_switches) - before, HZ / 4);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/*
 * ---- hogs, and we among them ----
 *
 * One CPU suffices, and the other ones idle: an emulator that lets its CPUs take turns adds up
 * their times. We watch as a real-time task, which runs when its timer says so.
 */

#define NR_HOGS	3

static struct hog hogs[NR_HOGS];

static void start_hogs_here(struct kunit *test)
{
	int cpu = raw_smp_processor_id();
	int i;

	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
	for (i = 0; i < NR_HOGS; i++)
		hog_start(test, &hogs[i], cpu);
	for (i = 0; i < NR_HOGS; i++)
		KUNIT_EXPECT_TRUE(test, hog_runs(&hogs[i]));
}

static void leave_hogs(void)
{
	sched_set_normal(current, 0);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/*
 * Two equals that both have run all the time are apart by what each may be ahead and behind of its
 * due, at any moment: one turn each way.
 */
static void equals_are_never_two_turns_apart(struct kunit *test)
{
	u64 before[NR_HOGS], most, least, ran;
	int i, round;

	start_hogs_here(test);
	sched_set_fifo(current);
	for (i = 0; i < NR_HOGS; i++)
		before[i] = task_sched_runtime(hogs[i].task);
	for (round = 0; round < 12; round++) {
		msleep(7 + 3 * round);
		most = 0;
		least = U64_MAX;
		for (i = 0; i < NR_HOGS; i++) {
			ran = task_sched_runtime(hogs[i].task) - before[i];
			most = max(most, ran);
			least = min(least, ran);
		}
		/* Twice: the first reading may have been at the other end of the range. */
		KUNIT_EXPECT_LE(test, most - least, 2 * 2 * longest_turn());
	}
	leave_hogs();
}

/* How late a nap of 10 ms ends, at the worst. */
static u64 worst_delay(int naps)
{
	u64 worst = 0;

	while (naps--) {
		ktime_t due = ktime_add_ms(ktime_get(), 10), until = due;

		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule_hrtimeout(&until, HRTIMER_MODE_ABS);
		worst = max_t(u64, worst, ktime_to_ns(ktime_sub(ktime_get(), due)));
	}
	return worst;
}

/* It sleeps most of the time, so nothing is ahead of it but turns that have begun. */
static void a_sleeper_waits_one_round_at_most(struct kunit *test)
{
	start_hogs_here(test);
	KUNIT_EXPECT_LE(test, worst_delay(20), NR_HOGS * longest_turn());
	leave_hogs();
}

static void a_real_time_task_does_not_wait_for_fair_ones(struct kunit *test)
{
	start_hogs_here(test);
	sched_set_fifo(current);
	KUNIT_EXPECT_LT(test, worst_delay(20), (u64)sysctl_sched_base_slice);
	leave_hogs();
}

static struct kunit_case timing_cases[] = {
	KUNIT_CASE(an_idle_cpu_takes_no_ticks),
	KUNIT_CASE(an_idle_cpu_hardly_switches),
	KUNIT_CASE(equals_are_never_two_turns_apart),
	KUNIT_CASE(a_sleeper_waits_one_round_at_most),
	KUNIT_CASE(a_real_time_task_does_not_wait_for_fair_ones),
	{}
};

static struct kunit_suite timing_suite = {
	.name = "sched_timing",
	.test_cases = timing_cases,
};
kunit_test_suite(timing_suite);
