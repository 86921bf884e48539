// SPDX-License-Identifier: MIT
/* The clocks as their readers see them: never back, in step with each other, settable. */
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>
#include <linux/sched/clock.h>

#define READINGS	20000

/* One more than any reading so far, on any CPU; 0 as soon as one went back. */
static atomic64_t latest;
static atomic_t went_back;

/*
 * Read the latest known time first, the clock then: the clock must not be behind. CPUs hand the
 * maximum to each other, so a CPU whose clock is behind the others' is found out.
 */
static void read_and_pass_on(struct work_struct *work)
{
	int i;

	for (i = 0; i < READINGS; i++) {
		s64 known = atomic64_read(&latest);
		s64 now;

		smp_rmb();	/* the clock is read after it */
		now = ktime_get();
		if (now < known)
			atomic_inc(&went_back);
		while (known < now && !atomic64_try_cmpxchg(&latest, &known, now))
			;
	}
}

static void monotonic_on_all_cpus_together(struct kunit *test)
{
	atomic64_set(&latest, 0);
	atomic_set(&went_back, 0);
	KUNIT_ASSERT_EQ(test, schedule_on_each_cpu(read_and_pass_on), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&went_back), 0);
	KUNIT_EXPECT_GT(test, atomic64_read(&latest), 0);
}

static void each_clock_never_goes_back(struct kunit *test)
{
	u64 mono = 0, raw = 0, boot = 0, fast = 0, coarse = 0, sched = 0;
	int i;

	for (i = 0; i < READINGS; i++) {
		u64 now;

#define CHECK(var, reading)					\
		now = reading;					\
		KUNIT_ASSERT_GE(test, now, var);		\
		var = now
		CHECK(mono, ktime_get_ns());
		CHECK(raw, ktime_get_raw_ns());
		CHECK(boot, ktime_get_boottime_ns());
		CHECK(coarse, ktime_get_coarse_ns());
		preempt_disable();
		CHECK(fast, ktime_get_mono_fast_ns());
		preempt_enable();
		CHECK(sched, cpu_clock(0));
#undef CHECK
	}
}

static void coarse_clock_is_never_ahead(struct kunit *test)
{
	int i;

	for (i = 0; i < 1000; i++) {
		u64 coarse = ktime_get_coarse_ns();
		u64 fine = ktime_get_ns();

		KUNIT_ASSERT_LE(test, coarse, fine);
	}
}

static void fast_reading_agrees_with_the_plain_one(struct kunit *test)
{
	int i;

	for (i = 0; i < 1000; i++) {
		u64 before = ktime_get_ns();
		u64 fast = ktime_get_mono_fast_ns();
		u64 after = ktime_get_ns();

		/* A rounding error apart. */
		KUNIT_ASSERT_GE(test, fast + 2, before);
		KUNIT_ASSERT_LE(test, fast, after + 2);
	}
}

static void monotonic_advances_with_interrupts_off(struct kunit *test)
{
	ktime_t start, now;
	unsigned long flags;

	local_irq_save(flags);
	start = ktime_get();
	udelay(50);
	now = ktime_get();
	local_irq_restore(flags);
	KUNIT_EXPECT_GE(test, ktime_us_delta(now, start), 50);
}

static void udelay_is_not_short(struct kunit *test)
{
	static const unsigned int delays[] = { 1, 5, 50, 500 };
	int i;

	for (i = 0; i < ARRAY_SIZE(delays); i++) {
		ktime_t start = ktime_get();

		udelay(delays[i]);
		KUNIT_EXPECT_GE(test, ktime_to_ns(ktime_sub(ktime_get(), start)) + 200,
				delays[i] * NSEC_PER_USEC);
	}
}

static void msleep_is_not_short(struct kunit *test)
{
	static const unsigned int delays[] = { 1, 3, 10, 30 };
	int i;

	for (i = 0; i < ARRAY_SIZE(delays); i++) {
		ktime_t start = ktime_get();

		msleep(delays[i]);
		KUNIT_EXPECT_GE(test, ktime_ms_delta(ktime_get(), start), delays[i]);
	}
}

static void usleep_range_keeps_its_minimum(struct kunit *test)
{
	ktime_t start = ktime_get();

	usleep_range(700, 900);
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), start), 700);
	start = ktime_get();
	fsleep(5000);
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), start), 5000);
}

/* Longer than any host holds us up, in seconds; less than a mistake in the sums would give. */
#define AN_HOUR	3600

static void setting_the_wall_clock_leaves_monotonic_alone(struct kunit *test)
{
	struct timespec64 then = { 1000000000, 5 }, now, saved;
	ktime_t mono = ktime_get();

	ktime_get_real_ts64(&saved);
	KUNIT_ASSERT_EQ(test, do_settimeofday64(&then), 0);
	ktime_get_real_ts64(&now);
	KUNIT_EXPECT_GE(test, timespec64_compare(&now, &then), 0);
	KUNIT_EXPECT_LT(test, now.tv_sec, then.tv_sec + AN_HOUR);
	KUNIT_EXPECT_LT(test, ktime_divns(ktime_sub(ktime_get(), mono), NSEC_PER_SEC), AN_HOUR);
	/* The NMI's reading knows of it too. */
	KUNIT_EXPECT_GE(test, ktime_get_real_fast_ns() / NSEC_PER_SEC, then.tv_sec);
	KUNIT_EXPECT_LT(test, ktime_get_real_fast_ns() / NSEC_PER_SEC, then.tv_sec + AN_HOUR);

	saved = timespec64_add(saved, timespec64_sub(now, then));
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&saved), 0);
}

static void wall_clock_refuses_nonsense(struct kunit *test)
{
	struct timespec64 ts = { -1, 0 };

	KUNIT_EXPECT_EQ(test, do_settimeofday64(&ts), -EINVAL);
	ts = (struct timespec64){ 5, NSEC_PER_SEC };
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&ts), -EINVAL);
	ts = (struct timespec64){ TIME_SETTOD_SEC_MAX, 0 };
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&ts), -EINVAL);
	/* Before boot at the epoch: monotonic would have been negative. */
	ts = (struct timespec64){ 0, 0 };
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&ts), -EINVAL);
}

static void injected_offset_moves_the_wall_clock(struct kunit *test)
{
	struct timespec64 day = { 24 * AN_HOUR, 0 }, back = { -24 * AN_HOUR, 0 };
	time64_t before, after;
	struct timespec64 now;

	ktime_get_real_ts64(&now);
	before = now.tv_sec;
	KUNIT_ASSERT_EQ(test, timekeeping_inject_offset(&day), 0);
	ktime_get_real_ts64(&now);
	after = now.tv_sec;
	KUNIT_EXPECT_GE(test, after, before + 24 * AN_HOUR);
	KUNIT_EXPECT_LT(test, after, before + 25 * AN_HOUR);
	KUNIT_EXPECT_EQ(test, timekeeping_inject_offset(&back), 0);
}

static void clocks_differ_by_their_offsets(struct kunit *test)
{
	ktime_t mono = ktime_get();
	ktime_t real = ktime_mono_to_real(mono);
	ktime_t now = ktime_get_real();

	KUNIT_EXPECT_GE(test, now, real);
	KUNIT_EXPECT_LT(test, ktime_divns(ktime_sub(now, real), NSEC_PER_SEC), AN_HOUR);
	KUNIT_EXPECT_GE(test, ktime_get_clocktai(), real);
	KUNIT_EXPECT_GE(test, ktime_get_boottime(), mono);
}

static void wall_clock_was_read_from_the_rtc(struct kunit *test)
{
	/* QEMU's battery clocks run from the host's; this was written in 2026. */
	KUNIT_EXPECT_GT(test, ktime_get_real_seconds(), 1735689600);
}

/* Each form of a clock, between two other readings of it. */
static void seconds_and_coarse_forms_agree_with_their_clock(struct kunit *test)
{
	time64_t tai, raw, boot;
	struct timespec64 ts;
	ktime_t from, to;

	from = ktime_get_coarse_clocktai();
	ktime_get_coarse_clocktai_ts64(&ts);
	tai = ktime_get_clocktai_seconds();
	to = ktime_get_clocktai();
	KUNIT_EXPECT_GE(test, timespec64_to_ktime(ts), from);
	KUNIT_EXPECT_LE(test, timespec64_to_ktime(ts), to);
	KUNIT_EXPECT_LE(test, tai, ktime_divns(to, NSEC_PER_SEC));

	raw = ktime_divns(ktime_get_raw(), NSEC_PER_SEC);
	KUNIT_EXPECT_GE(test, ktime_get_raw_seconds(), raw);
	KUNIT_EXPECT_LE(test, ktime_get_raw_seconds(), ktime_divns(ktime_get_raw(), NSEC_PER_SEC));
	boot = ktime_get_boottime_seconds();
	KUNIT_EXPECT_LE(test, boot, ktime_divns(ktime_get_boottime(), NSEC_PER_SEC));
}

static struct kunit_case timekeeping_cases[] = {
	KUNIT_CASE(monotonic_on_all_cpus_together),
	KUNIT_CASE(each_clock_never_goes_back),
	KUNIT_CASE(coarse_clock_is_never_ahead),
	KUNIT_CASE(fast_reading_agrees_with_the_plain_one),
	KUNIT_CASE(monotonic_advances_with_interrupts_off),
	KUNIT_CASE(udelay_is_not_short),
	KUNIT_CASE(msleep_is_not_short),
	KUNIT_CASE(usleep_range_keeps_its_minimum),
	KUNIT_CASE(wall_clock_was_read_from_the_rtc),
	KUNIT_CASE(setting_the_wall_clock_leaves_monotonic_alone),
	KUNIT_CASE(wall_clock_refuses_nonsense),
	KUNIT_CASE(injected_offset_moves_the_wall_clock),
	KUNIT_CASE(clocks_differ_by_their_offsets),
	KUNIT_CASE(seconds_and_coarse_forms_agree_with_their_clock),
	{}
};

static struct kunit_suite timekeeping_suite = {
	.name = "timekeeping",
	.test_cases = timekeeping_cases,
};
kunit_test_suite(timekeeping_suite);
