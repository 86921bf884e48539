// SPDX-License-Identifier: MIT
/*
 * The checks on context, each with the bug that it must catch; the preempt count; the idle loop.
 */

#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/hardirq.h>
#include <linux/kernel_stat.h>
#include <linux/report.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/tick.h>

#include "../sched.h"
#include "hog.h"

#ifdef CONFIG_DEBUG_ATOMIC_SLEEP

static void sleeping_under_a_spin_lock_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	kunit_expect_report(test, REPORT_ATOMIC);
	spin_lock(&lock);
	might_sleep();
	spin_unlock(&lock);
}

static void sleeping_with_interrupts_off_is_reported(struct kunit *test)
{
	kunit_expect_report(test, REPORT_ATOMIC);
	local_irq_disable();
	might_sleep();
	local_irq_enable();
}

static void might_sleep_is_silent_where_sleeping_is_allowed(struct kunit *test)
{
	might_sleep();
	cond_resched();
	KUNIT_EXPECT_EQ(test, kunit_reports_seen(test, REPORT_ATOMIC), 0);
}

static void cant_sleep_is_reported_where_sleeping_is_allowed(struct kunit *test)
{
	kunit_expect_report(test, REPORT_ATOMIC);
	cant_sleep();
}

#endif

static void schedule_in_atomic_context_is_reported(struct kunit *test)
{
	kunit_expect_report(test, REPORT_ATOMIC);
	preempt_disable();
	schedule();
	/* The report repaired the count. */
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	preempt_count_set(PREEMPT_ENABLED);
}

#ifdef CONFIG_DEBUG_PREEMPT

static void smp_processor_id_in_preemptible_code_is_reported(struct kunit *test)
{
	kunit_expect_report(test, REPORT_ATOMIC);
	(void)smp_processor_id();
}

static void preempt_underflow_is_reported(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	preempt_count_sub(1);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

#endif

/* ---- the count ---- */

static void contexts_are_told_apart(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	KUNIT_EXPECT_TRUE(test, preemptible());
	KUNIT_EXPECT_TRUE(test, in_task());
	KUNIT_EXPECT_FALSE(test, in_interrupt());

	preempt_disable();
	preempt_disable();
	KUNIT_EXPECT_EQ(test, preempt_count(), 2);
	KUNIT_EXPECT_TRUE(test, in_atomic());
	preempt_enable();
	preempt_enable();

	local_bh_disable();
	KUNIT_EXPECT_TRUE(test, in_softirq());
	KUNIT_EXPECT_FALSE(test, in_serving_softirq());
	KUNIT_EXPECT_TRUE(test, in_task());
	local_bh_enable();

	local_irq_disable();
	KUNIT_EXPECT_FALSE(test, preemptible());
	local_irq_enable();
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

static void note_context(void *info)
{
	*(bool *)info = in_hardirq() && !in_task() && irqs_disabled();
}

static void a_cross_call_runs_in_an_interrupt(struct kunit *test)
{
	bool hardirq = false;
	int this_cpu = get_cpu();
	int cpu = cpumask_any_but(cpu_online_mask, this_cpu);

	put_cpu();
	if (cpu >= nr_cpu_ids) {
		kunit_skip(test, "needs two CPUs");
		return;
	}
	KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, note_context, &hardirq, 1), 0);
	KUNIT_EXPECT_TRUE(test, hardirq);
}

/* A hog on this CPU must be preempted by us, and we by it, with no yield anywhere. */
static void kernel_code_is_preempted(struct kunit *test)
{
	static struct hog hog;
	int cpu = raw_smp_processor_id();
	unsigned long end;

	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
	hog_start(test, &hog, cpu);
	end = jiffies + PATIENCE;
	while (!READ_ONCE(hog.loops) && time_before(jiffies, end))
		cpu_relax();
	KUNIT_EXPECT_GT(test, READ_ONCE(hog.loops), 0);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void no_preemption_while_disabled(struct kunit *test)
{
	static struct hog hog;
	int cpu = raw_smp_processor_id();
	u64 begin, loops;

	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
	hog_start(test, &hog, cpu);
	preempt_disable();
	loops = READ_ONCE(hog.loops);
	begin = sched_clock();
	while (sched_clock() - begin < 12 * NSEC_PER_MSEC)
		cpu_relax();
	KUNIT_EXPECT_EQ(test, READ_ONCE(hog.loops), loops);
	preempt_enable();
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* ---- idle ---- */

/* With nothing to do, a CPU stops its tick. How well it sleeps then: sched_timing. */
static void an_idle_cpu_stops_its_tick(struct kunit *test)
{
	int cpu;

	for_each_cpu(cpu, cpu_active_mask) {
		KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
		if (other_cpu() == cpu) {
			kunit_skip(test, "this case keeps the only CPU busy");
			return;
		}
		KUNIT_EXPECT_TRUE(test, eventually(idle_cpu(other_cpu()) &&
						   tick_nohz_tick_stopped_cpu(other_cpu())));
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static struct kunit_case atomic_cases[] = {
#ifdef CONFIG_DEBUG_ATOMIC_SLEEP
	KUNIT_CASE(sleeping_under_a_spin_lock_is_reported),
	KUNIT_CASE(sleeping_with_interrupts_off_is_reported),
	KUNIT_CASE(might_sleep_is_silent_where_sleeping_is_allowed),
	KUNIT_CASE(cant_sleep_is_reported_where_sleeping_is_allowed),
#endif
	KUNIT_CASE(schedule_in_atomic_context_is_reported),
#ifdef CONFIG_DEBUG_PREEMPT
	KUNIT_CASE(smp_processor_id_in_preemptible_code_is_reported),
	KUNIT_CASE(preempt_underflow_is_reported),
#endif
	KUNIT_CASE(contexts_are_told_apart),
	KUNIT_CASE(a_cross_call_runs_in_an_interrupt),
	KUNIT_CASE(kernel_code_is_preempted),
	KUNIT_CASE(no_preemption_while_disabled),
	KUNIT_CASE(an_idle_cpu_stops_its_tick),
	{}
};

static struct kunit_suite atomic_suite = {
	.name = "sched_context",
	.test_cases = atomic_cases,
};
kunit_test_suite(atomic_suite);
