// SPDX-License-Identifier: MIT
/*
 * The watchdogs bark: at a CPU that spins in the kernel without letting other tasks run, and at one
 * that takes no interrupts. And they stay quiet where a CPU says that it is only slow.
 *
 * The thresholds are a fraction of a second here, so that the planted lockups are short. A host
 * that keeps a CPU for as long looks like a lockup, and is one as far as we can tell: hence the
 * emulated clock of a *_timing suite.
 */

#include <kunit/test.h>

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/nmi.h>
#include <linux/preempt.h>
#include <linux/sched/clock.h>
#include <linux/smp.h>

#include "../watchdog.h"

#define THRESH_MS	40

static int watchdog_init_case(struct kunit *test)
{
	if (!watchdog_running())
		kunit_skip(test, "the watchdog is off");
	watchdog_set_thresh_ms(THRESH_MS);
	return 0;
}

static void watchdog_exit_case(struct kunit *test)
{
	if (watchdog_running())
		watchdog_set_thresh_ms(0);
}

/* Spin until @seen says so, but not for ever. */
static void spin_till_reported(struct kunit *test, int ms)
{
	u64 end = local_clock() + (u64)ms * NSEC_PER_MSEC;

	while (local_clock() < end && !kunit_reports_seen(test, REPORT_LOCKUP))
		barrier();
}

static void a_soft_lockup_is_reported(struct kunit *test)
{
	kunit_expect_report(test, REPORT_LOCKUP);
	preempt_disable();
	spin_till_reported(test, THRESH_MS * 20);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, kunit_reports_seen(test, REPORT_LOCKUP), 1);
}

static void touching_keeps_it_quiet(struct kunit *test)
{
	int i;

	preempt_disable();
	for (i = 0; i < 12; i++) {
		mdelay(THRESH_MS / 4);
		touch_softlockup_watchdog();
	}
	preempt_enable();
}

struct hard_lockup {
	struct kunit *test;
	bool done;
};

static int lock_up_hard(void *data)
{
	struct hard_lockup *h = data;

	local_irq_disable();
	spin_till_reported(h->test, THRESH_MS * 20);
	/* Interrupts were off for as long as a soft lockup too: that one isn't meant. */
	touch_softlockup_watchdog();
	local_irq_enable();
	WRITE_ONCE(h->done, true);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void a_hard_lockup_is_found_by_the_neighbour(struct kunit *test)
{
	struct hard_lockup h = { .test = test };
	struct task_struct *task;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs a neighbour");
	kunit_expect_report(test, REPORT_LOCKUP);
	task = kthread_create(lock_up_hard, &h, "locked-up");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	kthread_bind(task, cpumask_last(cpu_online_mask));
	wake_up_process(task);
	while (!READ_ONCE(h.done))
		schedule_timeout_uninterruptible(10);
	kthread_stop(task);
	KUNIT_EXPECT_EQ(test, kunit_reports_seen(test, REPORT_LOCKUP), 1);
}

/*
 * A host that stops all CPUs for a while, played by two: a watcher, and whom it watches.
 *
 *	watched				watcher
 *	deaf, excused
 *					deaf; no more excuses
 *	one last excuse; says that it heard
 *					a look that takes down the count
 *					several periods
 *					hears: its tick comes late, and a look is due soon
 *	hears, after that look
 */
struct standstill {
	unsigned int watcher;
	bool deaf, over;	/* the watched one */
	bool hold, held;	/* no more excuses: asked, done */
	unsigned int looks;	/* of the watcher, when it hears again; 0: not yet */
};

static int be_the_watched(void *data)
{
	struct standstill *s = data;
	u64 end = local_clock() + NSEC_PER_SEC;
	unsigned int looks;

	local_irq_disable();
	WRITE_ONCE(s->deaf, true);
	while (!READ_ONCE(s->hold)) {
		touch_nmi_watchdog();
		touch_all_softlockup_watchdogs();
	}
	/* The watcher may have taken the last one just before it went deaf: it can't take this. */
	touch_nmi_watchdog();
	WRITE_ONCE(s->held, true);
	do {
		/* Where a counted clock lets CPUs take turns, the idle ones hardly get any now. */
		touch_all_softlockup_watchdogs();
		looks = READ_ONCE(s->looks);
	} while ((!looks || watchdog_looks(s->watcher) == looks) && local_clock() < end);
	local_irq_enable();
	WRITE_ONCE(s->over, true);
	return 0;
}

static int be_the_watcher(void *data)
{
	struct standstill *s = data;
	u64 end;

	while (!READ_ONCE(s->deaf))
		schedule_timeout_uninterruptible(1);
	local_irq_disable();
	WRITE_ONCE(s->hold, true);
	while (!READ_ONCE(s->held))
		touch_nmi_watchdog();
	/* The last excuse covers this look. */
	watchdog_hardlockup_check(s->watcher + 1, NULL);
	for (end = local_clock() + THRESH_MS * NSEC_PER_MSEC; local_clock() < end;)
		touch_nmi_watchdog();
	WRITE_ONCE(s->looks, watchdog_looks(s->watcher));
	local_irq_enable();
	return 0;
}

static void a_watcher_who_was_late_himself_accuses_nobody(struct kunit *test)
{
	unsigned int last = cpumask_last(cpu_online_mask);
	struct standstill s = { .watcher = last - 1 };
	struct task_struct *task[2];
	int i;

	if (num_online_cpus() < 3 || last != num_online_cpus() - 1U)
		kunit_skip(test, "needs three CPUs");
	task[0] = kthread_create(be_the_watcher, &s, "watcher");
	task[1] = kthread_create(be_the_watched, &s, "watched");
	for (i = 0; i < 2; i++) {
		KUNIT_ASSERT_FALSE(test, IS_ERR(task[i]));
		kthread_bind(task[i], s.watcher + i);
		wake_up_process(task[i]);
	}
	while (!READ_ONCE(s.over))
		schedule_timeout_uninterruptible(10);
	KUNIT_EXPECT_NE(test, watchdog_looks(s.watcher), s.looks);
	KUNIT_EXPECT_EQ(test, kunit_reports_seen(test, REPORT_LOCKUP), 0);
}

static void look_from_here(void *cpu)
{
	watchdog_hardlockup_check((unsigned long)cpu, NULL);
}

/* It went and came back between two looks, over and over: no tick of it need have been counted. */
static void a_cpu_that_comes_and_goes_is_not_stuck(struct kunit *test)
{
	unsigned long cpu = cpumask_last(cpu_online_mask);
	int i;

	if (num_online_cpus() < 2 || cpu != num_online_cpus() - 1UL)
		kunit_skip(test, "needs a neighbour");
	/* Its ticks are rare now. */
	watchdog_set_thresh_ms(0);
	for (i = 0; i < 3; i++) {
		/* The neighbour by whom it is watched anyway. */
		smp_call_function_single(cpu - 1, look_from_here, (void *)cpu, 1);
		KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
		KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
	}
	smp_call_function_single(cpu - 1, look_from_here, (void *)cpu, 1);
	KUNIT_EXPECT_EQ(test, kunit_reports_seen(test, REPORT_LOCKUP), 0);
}

static struct kunit_case watchdog_cases[] = {
	KUNIT_CASE_SLOW(a_soft_lockup_is_reported),
	KUNIT_CASE_SLOW(touching_keeps_it_quiet),
	KUNIT_CASE_SLOW(a_hard_lockup_is_found_by_the_neighbour),
	KUNIT_CASE_SLOW(a_watcher_who_was_late_himself_accuses_nobody),
	KUNIT_CASE_SLOW(a_cpu_that_comes_and_goes_is_not_stuck),
	{}
};

static struct kunit_suite watchdog_suite = {
	.name = "watchdog_timing",
	.init = watchdog_init_case,
	.exit = watchdog_exit_case,
	.test_cases = watchdog_cases,
};
kunit_test_suite(watchdog_suite);

MODULE_LICENSE("MIT");
