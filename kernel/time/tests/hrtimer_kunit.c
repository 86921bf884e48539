// SPDX-License-Identifier: MIT
/* High resolution timers: never early, in order, on every clock, cancelled when told. */
#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>

#include "../../tests/patience.h"

struct hrprobe {
	struct hrtimer timer;
	ktime_t fired_at;
	int order;
	int times;		/* to go */
	bool hard;
	bool softirq;
	struct completion done;
};

static atomic_t fired;

static enum hrtimer_restart hrprobe_fn(struct hrtimer *timer)
{
	struct hrprobe *p = container_of(timer, struct hrprobe, timer);

	p->fired_at = hrtimer_cb_get_time(timer);
	p->order = atomic_inc_return(&fired);
	p->hard = in_hardirq();
	p->softirq = in_serving_softirq() && !in_hardirq();
	if (--p->times > 0) {
		hrtimer_forward_now(timer, 200 * NSEC_PER_USEC);
		return HRTIMER_RESTART;
	}
	complete(&p->done);
	return HRTIMER_NORESTART;
}

static void hrprobe_init(struct hrprobe *p, clockid_t clock, enum hrtimer_mode mode)
{
	memset(p, 0, sizeof(*p));
	p->times = 1;
	init_completion(&p->done);
	hrtimer_setup(&p->timer, hrprobe_fn, clock, mode);
}

static bool hrprobe_wait(struct hrprobe *p)
{
	return wait_for_completion_timeout(&p->done, PATIENCE);
}

static void fires_on_each_clock_and_not_early(struct kunit *test)
{
	static const clockid_t clocks[] = {
		CLOCK_MONOTONIC, CLOCK_REALTIME, CLOCK_BOOTTIME, CLOCK_TAI
	};
	struct hrprobe p;
	ktime_t expires;
	int i;

	for (i = 0; i < ARRAY_SIZE(clocks); i++) {
		hrprobe_init(&p, clocks[i], HRTIMER_MODE_ABS);
		expires = ktime_add_us(hrtimer_cb_get_time(&p.timer), 500);
		hrtimer_start(&p.timer, expires, HRTIMER_MODE_ABS);
		KUNIT_EXPECT_TRUE_MSG(test, hrprobe_wait(&p), "clock %d", clocks[i]);
		KUNIT_EXPECT_GE_MSG(test, p.fired_at, expires, "clock %d", clocks[i]);
		KUNIT_EXPECT_TRUE(test, p.hard);
		KUNIT_EXPECT_FALSE(test, hrtimer_active(&p.timer));
	}
}

static void soft_timers_fire_in_softirq(struct kunit *test)
{
	struct hrprobe p;

	hrprobe_init(&p, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	hrtimer_start(&p.timer, 300 * NSEC_PER_USEC, HRTIMER_MODE_REL_SOFT);
	KUNIT_ASSERT_TRUE(test, hrprobe_wait(&p));
	KUNIT_EXPECT_TRUE(test, p.softirq);
}

static void earlier_expiry_fires_first(struct kunit *test)
{
	struct hrprobe p[5];
	ktime_t base;
	int i;

	atomic_set(&fired, 0);
	for (i = 0; i < 5; i++)
		hrprobe_init(&p[i], CLOCK_MONOTONIC, HRTIMER_MODE_ABS_PINNED);
	/* On one CPU, started in reverse, and none fires before all are. */
	local_irq_disable();
	base = ktime_add_us(ktime_get(), 2000);
	for (i = 4; i >= 0; i--)
		hrtimer_start(&p[i].timer, ktime_add_us(base, 300 * i), HRTIMER_MODE_ABS_PINNED);
	local_irq_enable();
	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_TRUE(test, hrprobe_wait(&p[i]));
	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_EQ(test, p[i].order, i + 1);
}

static void restart_fires_again(struct kunit *test)
{
	struct hrprobe p;

	hrprobe_init(&p, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	p.times = 10;
	hrtimer_start(&p.timer, 200 * NSEC_PER_USEC, HRTIMER_MODE_REL);
	KUNIT_EXPECT_TRUE(test, hrprobe_wait(&p));
	KUNIT_EXPECT_EQ(test, p.times, 0);
}

static void past_expiry_fires_at_once(struct kunit *test)
{
	struct hrprobe p;

	hrprobe_init(&p, CLOCK_MONOTONIC, HRTIMER_MODE_ABS);
	hrtimer_start(&p.timer, 1, HRTIMER_MODE_ABS);
	KUNIT_EXPECT_TRUE(test, hrprobe_wait(&p));
}

static void cancelled_timer_does_not_fire(struct kunit *test)
{
	struct hrprobe p;

	hrprobe_init(&p, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	KUNIT_EXPECT_EQ(test, hrtimer_cancel(&p.timer), 0);
	hrprobe_init(&p, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED);
	local_irq_disable();		/* it can't fire yet */
	hrtimer_start(&p.timer, 20 * NSEC_PER_MSEC, HRTIMER_MODE_REL_PINNED);
	KUNIT_EXPECT_TRUE(test, hrtimer_active(&p.timer));
	KUNIT_EXPECT_TRUE(test, hrtimer_is_queued(&p.timer));
	KUNIT_EXPECT_LE(test, hrtimer_get_remaining(&p.timer), 20 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, hrtimer_cancel(&p.timer), 1);
	KUNIT_EXPECT_FALSE(test, hrtimer_active(&p.timer));
	local_irq_enable();
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&p.done, HZ / 10));
}

static void start_replaces_the_expiry(struct kunit *test)
{
	struct hrprobe p;
	ktime_t start;

	hrprobe_init(&p, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	hrtimer_start(&p.timer, 1000 * NSEC_PER_SEC, HRTIMER_MODE_REL);
	start = ktime_get();
	hrtimer_start(&p.timer, NSEC_PER_MSEC, HRTIMER_MODE_REL);
	KUNIT_ASSERT_TRUE(test, hrprobe_wait(&p));
	KUNIT_EXPECT_GE(test, ktime_us_delta(p.fired_at, start), 1000);
}

static void forward_counts_overruns(struct kunit *test)
{
	struct hrtimer timer;

	hrtimer_setup(&timer, hrprobe_fn, CLOCK_MONOTONIC, HRTIMER_MODE_ABS);
	hrtimer_set_expires(&timer, 1000);
	KUNIT_EXPECT_EQ(test, hrtimer_forward(&timer, 999, 100), 0);
	KUNIT_EXPECT_EQ(test, hrtimer_get_expires(&timer), 1000);
	KUNIT_EXPECT_EQ(test, hrtimer_forward(&timer, 1000, 100), 1);
	KUNIT_EXPECT_EQ(test, hrtimer_get_expires(&timer), 1100);
	KUNIT_EXPECT_EQ(test, hrtimer_forward(&timer, 1550, 100), 5);
	KUNIT_EXPECT_EQ(test, hrtimer_get_expires(&timer), 1600);
	KUNIT_EXPECT_EQ(test, hrtimer_forward(&timer, 1700, 100), 2);
	KUNIT_EXPECT_EQ(test, hrtimer_get_expires(&timer), 1800);
}

static void absolute_realtime_timer_follows_the_clock(struct kunit *test)
{
	struct timespec64 hour = { 3600, 0 }, back = { -3600, 0 };
	struct hrprobe p;

	hrprobe_init(&p, CLOCK_REALTIME, HRTIMER_MODE_ABS);
	hrtimer_start(&p.timer, ktime_add_ms(ktime_get_real(), 1800 * 1000), HRTIMER_MODE_ABS);
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&p.done, 3));
	/* The clock is set an hour ahead: half an hour has passed for the timer. */
	KUNIT_EXPECT_EQ(test, timekeeping_inject_offset(&hour), 0);
	KUNIT_EXPECT_TRUE(test, hrprobe_wait(&p));
	KUNIT_EXPECT_EQ(test, timekeeping_inject_offset(&back), 0);
	hrtimer_cancel(&p.timer);
}

static void sleepers_wake_in_time(struct kunit *test)
{
	ktime_t expires = ktime_add_us(ktime_get(), 800);

	set_current_state(TASK_UNINTERRUPTIBLE);
	KUNIT_EXPECT_EQ(test, schedule_hrtimeout(&expires, HRTIMER_MODE_ABS), 0);
	KUNIT_EXPECT_GE(test, ktime_get(), expires);
	/* Runnable, it is "woken" before. */
	expires = ktime_add_ms(ktime_get(), 100000);
	__set_current_state(TASK_RUNNING);
	KUNIT_EXPECT_EQ(test, schedule_hrtimeout(&expires, HRTIMER_MODE_ABS), -EINTR);
}

static int hrstorm_thread(void *data)
{
	struct hrprobe *p = data;
	u32 x = (unsigned long)current >> 6;

	while (!kthread_should_stop()) {
		x = x * 1664525 + 1013904223;
		if (x >> 31)
			hrtimer_start(&p[(x >> 24) % 4].timer, (x >> 8) & 0x3ffff,
				      HRTIMER_MODE_REL);
		else
			hrtimer_cancel(&p[(x >> 24) % 4].timer);
		if (!((x >> 16) % 64))
			cond_resched();
	}
	return 0;
}

static enum hrtimer_restart hrstorm_fn(struct hrtimer *timer)
{
	return HRTIMER_NORESTART;
}

/* All CPUs start and cancel the same few timers, which wander between them. */
static void storm_of_starting_and_cancelling(struct kunit *test)
{
	struct hrprobe *p = kunit_kcalloc(test, 4, sizeof(*p), GFP_KERNEL);
	struct task_struct *threads[4];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < 4; i++)
		hrtimer_setup(&p[i].timer, hrstorm_fn, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		threads[i] = kthread_run(hrstorm_thread, p, "hrtimer-storm/%d", i);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, threads[i]);
	}
	msleep(200);
	for (i = 0; i < ARRAY_SIZE(threads); i++)
		if (!IS_ERR(threads[i]))
			kthread_stop(threads[i]);
	for (i = 0; i < 4; i++) {
		hrtimer_cancel(&p[i].timer);
		KUNIT_EXPECT_FALSE(test, hrtimer_active(&p[i].timer));
	}
}

static struct kunit_case hrtimer_cases[] = {
	KUNIT_CASE(fires_on_each_clock_and_not_early),
	KUNIT_CASE(soft_timers_fire_in_softirq),
	KUNIT_CASE(earlier_expiry_fires_first),
	KUNIT_CASE(restart_fires_again),
	KUNIT_CASE(past_expiry_fires_at_once),
	KUNIT_CASE(cancelled_timer_does_not_fire),
	KUNIT_CASE(start_replaces_the_expiry),
	KUNIT_CASE(forward_counts_overruns),
	KUNIT_CASE(absolute_realtime_timer_follows_the_clock),
	KUNIT_CASE(sleepers_wake_in_time),
	KUNIT_CASE(storm_of_starting_and_cancelling),
	{}
};

static struct kunit_suite hrtimer_suite = {
	.name = "hrtimer",
	.test_cases = hrtimer_cases,
};
kunit_test_suite(hrtimer_suite);
