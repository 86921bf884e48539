// SPDX-License-Identifier: MIT
/*
 * Affinity, pinning and load balance. A case waits for what it asks for to happen, however long the
 * host takes over it.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/random.h>
#include <linux/wait.h>

#include "../sched.h"
#include "hog.h"

static void a_running_task_moves_at_once(struct kunit *test)
{
	static struct hog hog;
	int cpu;

	hog_start(test, &hog, other_cpu());
	for_each_cpu(cpu, cpu_active_mask) {
		KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(hog.task, cpumask_of(cpu)), 0);
		KUNIT_EXPECT_EQ(test, (int)task_cpu(hog.task), cpu);
	}
}

static void current_moves_itself(struct kunit *test)
{
	int cpu;

	for_each_cpu(cpu, cpu_active_mask) {
		KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
		KUNIT_EXPECT_EQ(test, (int)raw_smp_processor_id(), cpu);
	}
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, cpu_possible_mask), 0);
}

static void a_mask_without_cpus_is_refused(struct kunit *test)
{
	struct cpumask none;

	cpumask_clear(&none);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, &none), -EINVAL);
	KUNIT_EXPECT_EQ(test, sched_setaffinity(0, &none), -EINVAL);
	KUNIT_EXPECT_EQ(test, sched_setaffinity(-5, cpu_possible_mask), -ESRCH);
}

static void affinity_reads_back(struct kunit *test)
{
	struct cpumask mask;
	int cpu = cpumask_first(cpu_active_mask);

	KUNIT_EXPECT_EQ(test, sched_setaffinity(0, cpumask_of(cpu)), 0);
	KUNIT_EXPECT_EQ(test, sched_getaffinity(0, &mask), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&mask, cpumask_of(cpu)));
	KUNIT_EXPECT_EQ(test, sched_setaffinity(0, cpu_possible_mask), 0);
}

/* Answers each question with the CPU on which it woke up, and sleeps again. */
struct sleeper {
	wait_queue_head_t wq;
	int asked, answered;
	int ran_on;
	struct completion answer;
};

static int sleeper_fn(void *data)
{
	struct sleeper *s = data;

	for (;;) {
		wait_event_interruptible(s->wq, READ_ONCE(s->asked) != s->answered ||
					 kthread_should_stop());
		if (kthread_should_stop())
			return 0;
		s->ran_on = raw_smp_processor_id();
		s->answered++;
		complete(&s->answer);
	}
}

static void a_sleeping_task_wakes_where_it_may(struct kunit *test)
{
	struct sleeper s = { };
	struct task_struct *t;
	int cpu;

	init_waitqueue_head(&s.wq);
	init_completion(&s.answer);
	t = kthread_run(sleeper_fn, &s, "sleeper");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	for_each_cpu(cpu, cpu_active_mask) {
		KUNIT_EXPECT_TRUE(test, eventually(wait_task_inactive(t, TASK_INTERRUPTIBLE)));
		set_cpus_allowed_ptr(t, cpumask_of(cpu));
		WRITE_ONCE(s.asked, s.asked + 1);
		wake_up(&s.wq);
		if (!wait_for_completion_timeout(&s.answer, PATIENCE)) {
			KUNIT_FAIL(test, "no answer from CPU %d", cpu);
			break;
		}
		KUNIT_EXPECT_EQ(test, s.ran_on, cpu);
	}
	kthread_stop(t);
}

/* ---- migrate_disable ---- */

static void pinned_task_stays(struct kunit *test)
{
	int cpu, i;

	migrate_disable();
	cpu = raw_smp_processor_id();
	migrate_disable();
	for (i = 0; i < 5; i++) {
		msleep(1);		/* others may take the CPU, and the balancer look at us */
		KUNIT_EXPECT_EQ(test, (int)raw_smp_processor_id(), cpu);
	}
	migrate_enable();
	KUNIT_EXPECT_TRUE(test, task_is_pinned(current));
	migrate_enable();
	KUNIT_EXPECT_FALSE(test, task_is_pinned(current));
	KUNIT_EXPECT_PTR_EQ(test, current->cpus_ptr, (const cpumask_t *)&current->cpus_mask);
}

struct pinner {
	struct completion pinned;
	struct completion go;
	int cpu;
	bool moved_while_pinned;
};

static int pinner_fn(void *data)
{
	struct pinner *p = data;

	migrate_disable();
	p->cpu = raw_smp_processor_id();
	complete(&p->pinned);
	wait_for_completion(&p->go);
	msleep(10);
	p->moved_while_pinned = p->cpu != raw_smp_processor_id();
	migrate_enable();
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void a_new_mask_waits_for_the_end_of_pinning(struct kunit *test)
{
	struct pinner p = { };
	struct task_struct *t;
	int target;

	if (num_active_cpus() < 2) {
		kunit_skip(test, "needs two CPUs");
		return;
	}
	init_completion(&p.pinned);
	init_completion(&p.go);
	t = kthread_run(pinner_fn, &p, "pinner");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	wait_for_completion(&p.pinned);
	target = cpumask_any_but(cpu_active_mask, p.cpu);
	complete(&p.go);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(t, cpumask_of(target)), 0);
	/* If it was asleep then, it moves when it wakes. */
	KUNIT_EXPECT_TRUE(test, eventually((int)task_cpu(t) == target));
	kthread_stop(t);
	KUNIT_EXPECT_FALSE(test, p.moved_while_pinned);
}

/* ---- under load ---- */

#define NR_MOVERS	6

/* Masks change at random under busy tasks; none is lost, each ends where it was sent last. */
static void migration_storm(struct kunit *test)
{
	static struct hog hogs[NR_MOVERS];
	int last[NR_MOVERS];
	int i;

	for (i = 0; i < NR_MOVERS; i++)
		hog_start(test, &hogs[i], -1);
	for_rounds(i, 300) {
		int n = i % NR_MOVERS;
		int cpu = cpumask_nth(get_random_u32_below(num_active_cpus()), cpu_active_mask);

		KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(hogs[n].task, cpumask_of(cpu)), 0);
		last[n] = cpu;
	}
	for (i = 0; i < NR_MOVERS; i++)
		KUNIT_EXPECT_EQ(test, (int)task_cpu(hogs[i].task), last[i]);
}

/* On how many CPUs the hogs are, at a glance. */
static int cpus_of(struct hog *hogs, int n)
{
	struct cpumask used;
	int i;

	cpumask_clear(&used);
	for (i = 0; i < n; i++)
		cpumask_set_cpu(task_cpu(hogs[i].task), &used);
	return cpumask_weight(&used);
}

static void busy_tasks_spread_over_the_cpus(struct kunit *test)
{
	static struct hog hogs[8];
	int n = min_t(int, num_active_cpus(), 8);
	int i;

	/* All begin on one CPU and may go anywhere. */
	for (i = 0; i < n; i++) {
		hog_start(test, &hogs[i], cpumask_first(cpu_active_mask));
		set_cpus_allowed_ptr(hogs[i].task, cpu_possible_mask);
	}
	/* This thread needs a CPU now and then, so one may be shared. */
	KUNIT_EXPECT_TRUE(test, eventually(cpus_of(hogs, n) >= max(n - 1, 1)));
}

/* Keeps its CPU, with ticks but without preemption, until the other one has run. */
struct blocked_cpu {
	struct completion spinning;
	bool other_ran, go;
};

static int spin_fn(void *data)
{
	struct blocked_cpu *b = data;
	unsigned long end = jiffies + PATIENCE / 4;

	preempt_disable();
	complete(&b->spinning);
	while (!READ_ONCE(b->other_ran) && time_before(jiffies, end))
		cpu_relax();
	preempt_enable();
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static int other_fn(void *data)
{
	struct blocked_cpu *b = data;

	while (!READ_ONCE(b->go))
		cpu_relax();
	WRITE_ONCE(b->other_ran, true);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/*
 * A task waits behind one that can't be preempted, and the hint that there is something to pull has
 * got lost, as it may. An idle CPU must come for it.
 */
static void a_task_behind_a_spinner_is_pulled(struct kunit *test)
{
	struct blocked_cpu b = { };
	struct task_struct *spinner, *other;
	int cpu;

	if (num_active_cpus() < 3) {
		kunit_skip(test, "needs an idle CPU besides the two");
		return;
	}
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id())), 0);
	cpu = other_cpu();
	init_completion(&b.spinning);
	spinner = kthread_create(spin_fn, &b, "spinner");
	KUNIT_ASSERT_FALSE(test, IS_ERR(spinner));
	other = kthread_create(other_fn, &b, "behind");
	KUNIT_ASSERT_FALSE(test, IS_ERR(other));
	set_cpus_allowed_ptr(spinner, cpumask_of(cpu));
	set_cpus_allowed_ptr(other, cpumask_of(cpu));
	wake_up_process(other);
	wake_up_process(spinner);
	wait_for_completion(&b.spinning);
	/* Queued behind the spinner, it may go anywhere now, and is held by nothing else. */
	set_cpus_allowed_ptr(other, cpu_possible_mask);
	WRITE_ONCE(b.go, true);
	WRITE_ONCE(sched_overload, false);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(b.other_ran)));
	KUNIT_EXPECT_NE(test, (int)task_cpu(other), cpu);
	kthread_stop(other);
	kthread_stop(spinner);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static struct kunit_case affinity_cases[] = {
	KUNIT_CASE(a_running_task_moves_at_once),
	KUNIT_CASE(current_moves_itself),
	KUNIT_CASE(a_mask_without_cpus_is_refused),
	KUNIT_CASE(affinity_reads_back),
	KUNIT_CASE(a_sleeping_task_wakes_where_it_may),
	KUNIT_CASE(pinned_task_stays),
	KUNIT_CASE(a_new_mask_waits_for_the_end_of_pinning),
	KUNIT_CASE(migration_storm),
	KUNIT_CASE(busy_tasks_spread_over_the_cpus),
	KUNIT_CASE(a_task_behind_a_spinner_is_pulled),
	{}
};

static struct kunit_suite affinity_suite = {
	.name = "sched_affinity",
	.test_cases = affinity_cases,
};
kunit_test_suite(affinity_suite);
