// SPDX-License-Identifier: MIT
/*
 * How punctual timers and ticks are, under an emulated clock (see kernel/tests/patience.h). The
 * other suites of this folder say what holds on any host: never early, never lost, in order.
 */
#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>

#include "../../tests/patience.h"
#include "hres.h"

struct late_hrtimer {
	struct hrtimer timer;
	ktime_t fired_at;
	struct completion done;
};

static enum hrtimer_restart note_hrtimer(struct hrtimer *timer)
{
	struct late_hrtimer *l = container_of(timer, struct late_hrtimer, timer);

	l->fired_at = ktime_get();
	complete(&l->done);
	return HRTIMER_NORESTART;
}

/* The event device is programmed for the timer, not for the next tick. */
static void hrtimers_are_finer_than_a_tick(struct kunit *test)
{
	struct late_hrtimer l;
	ktime_t start;
	int i;

	for (i = 0; i < 20; i++) {
		init_completion(&l.done);
		hrtimer_setup(&l.timer, note_hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
		start = ktime_get();
		hrtimer_start(&l.timer, 100 * NSEC_PER_USEC, HRTIMER_MODE_REL);
		wait_for_completion(&l.done);
		hrtimer_cancel(&l.timer);
		KUNIT_EXPECT_GE(test, ktime_us_delta(l.fired_at, start), 100);
		KUNIT_EXPECT_LT(test, ktime_us_delta(l.fired_at, start), TICK_NSEC / 4000);
	}
}

struct late_timer {
	struct timer_list timer;
	unsigned long fired_at;
	struct completion done;
};

static void note_timer(struct timer_list *t)
{
	struct late_timer *l = from_timer(l, t, timer);

	l->fired_at = jiffies;
	complete(&l->done);
}

static long lateness_on(int cpu, unsigned int delay)
{
	struct late_timer l;
	unsigned long expires = jiffies + delay;

	init_completion(&l.done);
	timer_setup_on_stack(&l.timer, note_timer, TIMER_PINNED);
	l.timer.expires = expires;
	add_timer_on(&l.timer, cpu);
	wait_for_completion(&l.done);
	timer_delete_sync(&l.timer);
	destroy_timer_on_stack(&l.timer);
	return (long)(l.fired_at - expires);
}

/* The wheel's levels: one jiffy fine for 63, eight for 511, 64 beyond. */
static void wheel_timers_are_as_late_as_their_level_allows(struct kunit *test)
{
	static const struct { unsigned int delay; long late; } c[] = {
		{ 1, 2 }, { 10, 2 }, { 60, 2 }, { 70, 9 }, { 300, 9 }, { 600, 65 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(c); i++) {
		long late = lateness_on(raw_smp_processor_id(), c[i].delay);

		KUNIT_EXPECT_GE_MSG(test, late, 0, "delay %u", c[i].delay);
		KUNIT_EXPECT_LE_MSG(test, late, c[i].late, "delay %u", c[i].delay);
	}
}

/* A CPU that sleeps for long must be woken for an earlier timer. */
static void an_idle_cpu_hears_of_an_earlier_timer(struct kunit *test)
{
	int cpu;

	msleep(50);
	cpus_read_lock();
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_LE_MSG(test, lateness_on(cpu, HZ / 20), 2, "CPU %d", cpu);
	cpus_read_unlock();
}

static s64 ticks_since(ktime_t start)
{
	return ktime_divns(ktime_sub(ktime_get(), start), TICK_NSEC);
}

static void jiffies_keep_pace_with_the_clock(struct kunit *test)
{
	unsigned long j = jiffies;
	ktime_t start = ktime_get();
	int i;

	for (i = 0; i < 10; i++) {
		msleep(20);
		KUNIT_EXPECT_LE(test, abs((s64)(jiffies - j) - ticks_since(start)), 2);
	}
}

/* Whichever CPU counted them. */
static void jiffies_keep_pace_while_cpus_come_and_go(struct kunit *test)
{
	int cpu, round, last = cpumask_last(cpu_online_mask);
	ktime_t start = ktime_get();
	unsigned long j = jiffies;

	if (!last)
		kunit_skip(test, "one CPU");
	for (round = 0; round < 2; round++) {
		for (cpu = last; cpu > 0; cpu--)
			KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
		msleep(20);
		for (cpu = 1; cpu <= last; cpu++)
			KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
		msleep(20);
	}
	KUNIT_EXPECT_LE(test, abs((s64)(jiffies - j) - ticks_since(start)), 3);
}

static void sleeps_are_not_much_longer_than_asked(struct kunit *test)
{
	ktime_t start = ktime_get();

	usleep_range(2000, 2100);
	KUNIT_EXPECT_LT(test, ktime_us_delta(ktime_get(), start), 2600);
	start = ktime_get();
	msleep(20);
	KUNIT_EXPECT_LT(test, ktime_us_delta(ktime_get(), start), 20000 + 3 * TICK_USEC);
	start = ktime_get();
	udelay(300);
	KUNIT_EXPECT_LT(test, ktime_us_delta(ktime_get(), start), 600);
}

static struct kunit_case timing_cases[] = {
	KUNIT_CASE(hrtimers_are_finer_than_a_tick),
	KUNIT_CASE(wheel_timers_are_as_late_as_their_level_allows),
	KUNIT_CASE(an_idle_cpu_hears_of_an_earlier_timer),
	KUNIT_CASE(jiffies_keep_pace_with_the_clock),
	KUNIT_CASE(jiffies_keep_pace_while_cpus_come_and_go),
	KUNIT_CASE(sleeps_are_not_much_longer_than_asked),
	{}
};

/* A guest whose clock counts its instructions may be here before its first tick. */
static int wait_for_hres(struct kunit_suite *suite)
{
	return eventually(all_cpus_are_in_hres_mode()) ? 0 : -ETIMEDOUT;
}

static struct kunit_suite timing_suite = {
	.name = "timers_timing",
	.suite_init = wait_for_hres,
	.test_cases = timing_cases,
};
kunit_test_suite(timing_suite);
