// SPDX-License-Identifier: MIT
/*
 * The timer wheel: no timer early, none lost; arming and cancelling against a function that runs on
 * another CPU. How late a timer is, is a matter of timing_kunit.c.
 */
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include <linux/timer.h>

#include "../../tests/patience.h"

struct probe {
	struct timer_list timer;
	unsigned long fired_at;
	int order;
	int cpu;
	bool in_softirq;
	bool irqs_off;
	struct completion done;
};

static atomic_t fired;

static void probe_fn(struct timer_list *t)
{
	struct probe *p = from_timer(p, t, timer);

	p->fired_at = jiffies;
	p->order = atomic_inc_return(&fired);
	p->cpu = smp_processor_id();
	p->in_softirq = in_serving_softirq();
	p->irqs_off = irqs_disabled();
	complete(&p->done);
}

static void probe_init(struct probe *p, unsigned int flags)
{
	memset(p, 0, sizeof(*p));
	init_completion(&p->done);
	timer_setup(&p->timer, probe_fn, flags);
}

static bool probe_wait(struct probe *p)
{
	return wait_for_completion_timeout(&p->done, PATIENCE);
}

static void fires_in_softirq_and_not_early(struct kunit *test)
{
	unsigned long expires = jiffies + 3;
	struct probe p;

	probe_init(&p, 0);
	KUNIT_EXPECT_EQ(test, mod_timer(&p.timer, expires), 0);
	KUNIT_EXPECT_TRUE(test, timer_pending(&p.timer));
	KUNIT_ASSERT_TRUE(test, probe_wait(&p));
	KUNIT_EXPECT_TRUE(test, time_after_eq(p.fired_at, expires));
	KUNIT_EXPECT_TRUE(test, p.in_softirq);
	KUNIT_EXPECT_FALSE(test, p.irqs_off);
	KUNIT_EXPECT_FALSE(test, timer_pending(&p.timer));
	timer_delete_sync(&p.timer);
}

static void irqsafe_runs_with_interrupts_off(struct kunit *test)
{
	struct probe p;

	probe_init(&p, TIMER_IRQSAFE);
	mod_timer(&p.timer, jiffies + 1);
	KUNIT_ASSERT_TRUE(test, probe_wait(&p));
	KUNIT_EXPECT_TRUE(test, p.irqs_off);
	timer_delete_sync(&p.timer);
}

/* Distances round the boundaries of the first two levels. */
static void no_timer_is_early_or_lost_across_levels(struct kunit *test)
{
	static const unsigned int distances[] = { 0, 1, 2, 7, 8, 61, 62, 63, 64, 65, 71, 100, 130 };
	struct probe *p = kunit_kcalloc(test, ARRAY_SIZE(distances), sizeof(*p), GFP_KERNEL);
	unsigned long base;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < ARRAY_SIZE(distances); i++)
		probe_init(&p[i], 0);
	base = jiffies;
	for (i = 0; i < ARRAY_SIZE(distances); i++)
		mod_timer(&p[i].timer, base + distances[i]);
	for (i = 0; i < ARRAY_SIZE(distances); i++) {
		unsigned long due = base + distances[i];

		KUNIT_EXPECT_TRUE_MSG(test, probe_wait(&p[i]), "distance %u", distances[i]);
		KUNIT_EXPECT_TRUE_MSG(test, time_after_eq(p[i].fired_at, due), "distance %u: %ld",
				      distances[i], (long)(p[i].fired_at - due));
		timer_delete_sync(&p[i].timer);
	}
}

static void earlier_timers_fire_first(struct kunit *test)
{
	struct probe p[4];
	unsigned long base;
	int i;

	atomic_set(&fired, 0);
	for (i = 0; i < 4; i++)
		probe_init(&p[i], TIMER_PINNED);
	/* On one CPU, armed in reverse, and none fires before all are. */
	local_bh_disable();
	base = jiffies + 3;
	for (i = 3; i >= 0; i--)
		mod_timer(&p[i].timer, base + 4 * i);
	local_bh_enable();
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_TRUE(test, probe_wait(&p[i]));
	for (i = 0; i < 4; i++) {
		KUNIT_EXPECT_EQ(test, p[i].order, i + 1);
		timer_delete_sync(&p[i].timer);
	}
}

static void mod_timer_moves_a_pending_timer(struct kunit *test)
{
	struct probe p;
	unsigned long expires;

	probe_init(&p, 0);
	KUNIT_EXPECT_EQ(test, mod_timer(&p.timer, jiffies + 1000 * HZ), 0);
	expires = jiffies + 2;
	KUNIT_EXPECT_EQ(test, mod_timer(&p.timer, expires), 1);
	KUNIT_EXPECT_TRUE(test, probe_wait(&p));
	KUNIT_EXPECT_TRUE(test, time_after_eq(p.fired_at, expires));
	KUNIT_EXPECT_EQ(test, mod_timer_pending(&p.timer, jiffies + 1), 0);
	KUNIT_EXPECT_FALSE(test, timer_pending(&p.timer));
	timer_delete_sync(&p.timer);
}

static void timer_reduce_only_makes_earlier(struct kunit *test)
{
	unsigned long late = jiffies + 1000 * HZ;
	struct probe p;

	probe_init(&p, 0);
	KUNIT_EXPECT_EQ(test, timer_reduce(&p.timer, late), 0);
	KUNIT_EXPECT_EQ(test, timer_reduce(&p.timer, late + 100 * HZ), 1);
	KUNIT_EXPECT_EQ(test, p.timer.expires, late);
	KUNIT_EXPECT_EQ(test, timer_reduce(&p.timer, late - 500 * HZ), 1);
	KUNIT_EXPECT_EQ(test, p.timer.expires, late - 500 * HZ);
	KUNIT_EXPECT_EQ(test, timer_delete_sync(&p.timer), 1);
}

static void deleted_timer_does_not_fire(struct kunit *test)
{
	struct probe p;

	probe_init(&p, TIMER_PINNED);
	local_bh_disable();		/* it can't fire yet */
	mod_timer(&p.timer, jiffies + 3);
	KUNIT_EXPECT_EQ(test, timer_delete(&p.timer), 1);
	KUNIT_EXPECT_EQ(test, timer_delete(&p.timer), 0);
	local_bh_enable();
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&p.done, 10));
}

static void shut_down_timer_can_not_be_armed(struct kunit *test)
{
	struct probe p;

	probe_init(&p, 0);
	mod_timer(&p.timer, jiffies + 1000 * HZ);
	KUNIT_EXPECT_EQ(test, timer_shutdown_sync(&p.timer), 1);
	KUNIT_EXPECT_EQ(test, mod_timer(&p.timer, jiffies + 1), 0);
	KUNIT_EXPECT_FALSE(test, timer_pending(&p.timer));
	add_timer_on(&p.timer, raw_smp_processor_id());
	KUNIT_EXPECT_FALSE(test, timer_pending(&p.timer));
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&p.done, 5));
}

struct moved {
	struct timer_list timer;
	struct timer_list mover;
	unsigned long until;
	unsigned long fired_at;
	struct completion done;
};

static void move_other(struct timer_list *t)
{
	struct moved *m = from_timer(m, t, mover);

	mod_timer(&m->timer, m->until);
}

static void note_moved(struct timer_list *t)
{
	struct moved *m = from_timer(m, t, timer);

	m->fired_at = jiffies;
	complete(&m->done);
}

/*
 * Both are due and off the wheel; the one that runs first (the last to come) moves the other to
 * where the same bucket comes round again. That one must go back there.
 */
static void timer_moved_by_one_that_expires_with_it_is_not_early(struct kunit *test)
{
	struct moved *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);
	unsigned long expires;

	KUNIT_ASSERT_NOT_NULL(test, m);
	init_completion(&m->done);
	timer_setup(&m->timer, note_moved, 0);
	timer_setup(&m->mover, move_other, 0);
	scoped_guard(preempt) {
		expires = jiffies + 3;
		m->until = expires + 64;
		mod_timer(&m->timer, expires);
		mod_timer(&m->mover, expires);
	}
	KUNIT_ASSERT_TRUE(test, wait_for_completion_timeout(&m->done, PATIENCE));
	KUNIT_EXPECT_TRUE(test, time_after_eq(m->fired_at, m->until));
	timer_delete_sync(&m->mover);
	timer_delete_sync(&m->timer);
}

static void add_timer_on_fires_there(struct kunit *test)
{
	struct probe p;
	int cpu;

	cpus_read_lock();
	for_each_online_cpu(cpu) {
		probe_init(&p, TIMER_PINNED);
		p.timer.expires = jiffies + 2;
		add_timer_on(&p.timer, cpu);
		KUNIT_EXPECT_TRUE(test, probe_wait(&p));
		KUNIT_EXPECT_EQ(test, p.cpu, cpu);
		timer_delete_sync(&p.timer);
	}
	cpus_read_unlock();
}

struct rearming {
	struct timer_list timer;
	int left;
	struct completion done;
};

static void rearm_fn(struct timer_list *t)
{
	struct rearming *r = from_timer(r, t, timer);

	if (--r->left)
		mod_timer(&r->timer, jiffies);
	else
		complete(&r->done);
}

static void function_may_rearm_its_timer(struct kunit *test)
{
	struct rearming r = { .left = 10 };

	init_completion(&r.done);
	timer_setup(&r.timer, rearm_fn, 0);
	mod_timer(&r.timer, jiffies + 1);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&r.done, PATIENCE));
	timer_delete_sync(&r.timer);
	KUNIT_EXPECT_EQ(test, r.left, 0);
}

struct slow {
	struct timer_list timer;
	atomic_t entered, left;
};

static void slow_fn(struct timer_list *t)
{
	struct slow *s = from_timer(s, t, timer);

	atomic_inc(&s->entered);
	mdelay(3);
	atomic_inc(&s->left);
}

/* The function runs on another CPU while we cancel. */
static void delete_sync_waits_for_a_running_function(struct kunit *test)
{
	struct slow s = {};
	int cpu, me, ret;

	timer_setup(&s.timer, slow_fn, TIMER_PINNED);
	migrate_disable();
	me = raw_smp_processor_id();
	cpu = cpumask_any_but(cpu_online_mask, me);
	if (cpu >= nr_cpu_ids) {
		migrate_enable();
		kunit_skip(test, "one CPU");
	}
	s.timer.expires = jiffies;
	add_timer_on(&s.timer, cpu);
	while (!atomic_read(&s.entered))
		cpu_relax();
	ret = try_to_del_timer_sync(&s.timer);
	timer_delete_sync(&s.timer);
	migrate_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&s.left), 1);
	/* -1 if it was seen running; the host may have held us up until it was over. */
	KUNIT_EXPECT_TRUE(test, ret == -1 || ret == 0);
}

static void storm_fn(struct timer_list *t)
{
	struct slow *s = from_timer(s, t, timer);

	atomic_inc(&s->entered);
}

#define STORM_TIMERS	8

static int storm_thread(void *data)
{
	struct slow *timers = data;
	u32 x = (unsigned long)current >> 6;

	while (!kthread_should_stop()) {
		struct slow *s;

		x = x * 1664525 + 1013904223;
		s = &timers[(x >> 20) % STORM_TIMERS];
		switch ((x >> 28) % 4) {
		case 0:
			mod_timer(&s->timer, jiffies + (x >> 24) % 3);
			break;
		case 1:
			timer_delete(&s->timer);
			break;
		case 2:
			timer_reduce(&s->timer, jiffies + (x >> 24) % 100);
			break;
		case 3:
			timer_delete_sync(&s->timer);
			break;
		}
		if (!((x >> 16) % 64))
			cond_resched();
	}
	return 0;
}

/* All CPUs arm and cancel the same few timers; at the end they obey. */
static void storm_of_arming_and_cancelling(struct kunit *test)
{
	struct slow *timers = kunit_kcalloc(test, STORM_TIMERS, sizeof(*timers), GFP_KERNEL);
	struct task_struct *threads[4];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, timers);
	for (i = 0; i < STORM_TIMERS; i++)
		timer_setup(&timers[i].timer, storm_fn, i & 1 ? TIMER_IRQSAFE : 0);
	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		threads[i] = kthread_run(storm_thread, timers, "timer-storm/%d", i);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, threads[i]);
	}
	msleep(300);
	for (i = 0; i < ARRAY_SIZE(threads); i++)
		if (!IS_ERR(threads[i]))
			kthread_stop(threads[i]);
	for (i = 0; i < STORM_TIMERS; i++) {
		timer_shutdown_sync(&timers[i].timer);
		KUNIT_EXPECT_FALSE(test, timer_pending(&timers[i].timer));
	}
}

static void schedule_timeout_returns_what_is_left(struct kunit *test)
{
	long left;

	left = schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, left, 0);
	/* Runnable: it comes back at once. */
	__set_current_state(TASK_RUNNING);
	left = schedule_timeout(1000 * HZ);
	KUNIT_EXPECT_GT(test, left, 0);
	KUNIT_EXPECT_EQ(test, get_current_state(), TASK_RUNNING);
}

static struct kunit_case timer_cases[] = {
	KUNIT_CASE(fires_in_softirq_and_not_early),
	KUNIT_CASE(irqsafe_runs_with_interrupts_off),
	KUNIT_CASE(no_timer_is_early_or_lost_across_levels),
	KUNIT_CASE(earlier_timers_fire_first),
	KUNIT_CASE(mod_timer_moves_a_pending_timer),
	KUNIT_CASE(timer_reduce_only_makes_earlier),
	KUNIT_CASE(deleted_timer_does_not_fire),
	KUNIT_CASE(shut_down_timer_can_not_be_armed),
	KUNIT_CASE(timer_moved_by_one_that_expires_with_it_is_not_early),
	KUNIT_CASE(add_timer_on_fires_there),
	KUNIT_CASE(function_may_rearm_its_timer),
	KUNIT_CASE(delete_sync_waits_for_a_running_function),
	KUNIT_CASE(storm_of_arming_and_cancelling),
	KUNIT_CASE(schedule_timeout_returns_what_is_left),
	{}
};

static struct kunit_suite timer_suite = {
	.name = "timer",
	.test_cases = timer_cases,
};
kunit_test_suite(timer_suite);
