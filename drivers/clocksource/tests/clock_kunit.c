// SPDX-License-Identifier: MIT
/*
 * The machine's clock and timers, whatever they are: time goes forward, for everybody alike, and
 * every CPU's alarm rings.
 */
#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched/clock.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>

static void clock_never_goes_back_on_one_cpu(struct kunit *test)
{
	ktime_t last = ktime_get(), now;
	int i;

	for (i = 0; i < 10000; i++) {
		now = ktime_get();
		KUNIT_ASSERT_GE(test, now, last);
		last = now;
	}
}

static void read_clock(void *result)
{
	*(ktime_t *)result = ktime_get();
}

/* here, there, here: three readings that one after the other must not fall. */
static void clock_never_goes_back_between_cpus(struct kunit *test)
{
	ktime_t before, there, after;
	unsigned int cpu;
	int i;

	for_each_online_cpu(cpu) {
		for (i = 0; i < 100; i++) {
			before = ktime_get();
			KUNIT_ASSERT_EQ(test, smp_call_function_single(cpu, read_clock, &there,
								       true), 0);
			after = ktime_get();
			KUNIT_ASSERT_LE_MSG(test, before, there, "CPU %u", cpu);
			KUNIT_ASSERT_LE_MSG(test, there, after, "CPU %u", cpu);
		}
	}
}

static void clock_moves_while_we_sleep(struct kunit *test)
{
	ktime_t start = ktime_get();
	s64 slept;

	msleep(20);
	slept = ktime_ms_delta(ktime_get(), start);
	KUNIT_EXPECT_GE(test, slept, 20);
	/* A loaded host may be late, but not by this. */
	KUNIT_EXPECT_LT(test, slept, 5000);
}

static void clock_agrees_with_delays(struct kunit *test)
{
	ktime_t start = ktime_get();

	udelay(500);
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), start), 490);
}

static void clock_agrees_with_sched_clock(struct kunit *test)
{
	u64 sched_start = sched_clock();
	ktime_t start = ktime_get();
	s64 elapsed, sched_elapsed;

	msleep(50);
	sched_elapsed = sched_clock() - sched_start;
	elapsed = ktime_to_ns(ktime_sub(ktime_get(), start));
	/* Half of one within the other: they may be scaled from measurements of their own. */
	KUNIT_EXPECT_GT(test, sched_elapsed, elapsed / 2);
	KUNIT_EXPECT_LT(test, sched_elapsed / 2, elapsed);
}

struct alarm {
	struct hrtimer timer;
	struct completion rang;
	int cpu;
};

static enum hrtimer_restart alarm_rings(struct hrtimer *timer)
{
	struct alarm *a = container_of(timer, struct alarm, timer);

	a->cpu = smp_processor_id();
	complete(&a->rang);
	return HRTIMER_NORESTART;
}

static void set_alarm(void *alarm)
{
	struct alarm *a = alarm;

	hrtimer_start(&a->timer, ms_to_ktime(2), HRTIMER_MODE_REL_PINNED_HARD);
}

static void timer_rings_on_every_cpu(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct alarm a;
		bool rang;

		init_completion(&a.rang);
		hrtimer_init_on_stack(&a.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
		a.timer.function = alarm_rings;
		KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, set_alarm, &a, true), 0);
		rang = wait_for_completion_timeout(&a.rang, 5 * HZ);
		hrtimer_cancel(&a.timer);
		destroy_hrtimer_on_stack(&a.timer);
		KUNIT_ASSERT_TRUE_MSG(test, rang, "CPU %u", cpu);
		KUNIT_EXPECT_EQ(test, a.cpu, (int)cpu);
	}
}

static void wall_clock_is_plausible(struct kunit *test)
{
	time64_t now = ktime_get_real_seconds();

	/* 2023 to 2100: a machine whose battery is flat fails, and should. */
	KUNIT_EXPECT_GT(test, now, 1672531200LL);
	KUNIT_EXPECT_LT(test, now, 4102444800LL);
}

static struct kunit_case clock_cases[] = {
	KUNIT_CASE(clock_never_goes_back_on_one_cpu),
	KUNIT_CASE(clock_never_goes_back_between_cpus),
	KUNIT_CASE(clock_moves_while_we_sleep),
	KUNIT_CASE(clock_agrees_with_delays),
	KUNIT_CASE(clock_agrees_with_sched_clock),
	KUNIT_CASE(timer_rings_on_every_cpu),
	KUNIT_CASE(wall_clock_is_plausible),
	{}
};

static struct kunit_suite clock_suite = {
	.name = "machine_clock",
	.test_cases = clock_cases,
};

kunit_test_suite(clock_suite);
