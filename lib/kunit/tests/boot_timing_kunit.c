// SPDX-License-Identifier: MIT
/*
 * What every *_timing suite takes for granted: a clock that the load of the host doesn't move.
 *
 * The runner boots these suites in a guest of their own whose clock counts its instructions, one
 * a nanosecond. Run on an ordinary guest the cases below may fail, and so may all suites of
 * that kind.
 */

#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/preempt.h>
#include <linux/timekeeping.h>

static s64 sleep_ns(unsigned int ms)
{
	ktime_t began = ktime_get();

	msleep(ms);
	return ktime_to_ns(ktime_sub(ktime_get(), began));
}

/* msleep() adds up to three ticks by its rounding; a busy host would add far more now and then. */
static void sleep_ends_within_ticks(struct kunit *test)
{
	int i;

	for (i = 0; i < 50; i++) {
		s64 slept = sleep_ns(20);

		KUNIT_EXPECT_GE(test, slept, 20LL * NSEC_PER_MSEC);
		KUNIT_EXPECT_LE(test, slept, 20LL * NSEC_PER_MSEC + 4 * TICK_NSEC);
	}
}

static void busy_loop_takes_the_same_time_each_time(struct kunit *test)
{
	s64 shortest = S64_MAX, longest = 0;
	int round;

	for (round = 0; round < 20; round++) {
		ktime_t began;
		s64 took;
		int i;

		preempt_disable();
		began = ktime_get();
		for (i = 0; i < 100000; i++)
			barrier();
		took = ktime_to_ns(ktime_sub(ktime_get(), began));
		preempt_enable();
		shortest = min(shortest, took);
		longest = max(longest, took);
	}
	/*
	 * An interrupt may come between; with more CPUs, other CPUs' turns, which come round
	 * quickly.
	 */
	KUNIT_EXPECT_LE(test, longest, shortest + 4 * TICK_NSEC);
}

static struct kunit_case boot_timing_cases[] = {
	KUNIT_CASE(sleep_ends_within_ticks),
	KUNIT_CASE(busy_loop_takes_the_same_time_each_time),
	{}
};

static struct kunit_suite boot_timing_suite = {
	.name = "boot_timing",
	.test_cases = boot_timing_cases,
};
kunit_test_suite(boot_timing_suite);
