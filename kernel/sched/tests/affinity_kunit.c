// SPDX-License-Identifier: MIT
/*
 * Affinity, pinning and load balance.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/random.h>

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

static int sleeper_fn(void *data)
{
	int *ran_on = data;

	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		schedule();
		WRITE_ONCE(*ran_on, raw_smp_processor_id());
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void a_sleeping_task_wakes_where_it_may(struct kunit *test)
{
	int ran_on, cpu, i;
	struct task_struct *t = kthread_run(sleeper_fn, &ran_on, "sleeper");

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	msleep(2);
	for_each_cpu(cpu, cpu_active_mask) {
		WRITE_ONCE(ran_on, -1);
		set_cpus_allowed_ptr(t, cpumask_of(cpu));
		for (i = 0; i < 200 && READ_ONCE(ran_on) < 0; i++) {
			wake_up_process(t);
			msleep(1);
		}
		KUNIT_EXPECT_EQ(test, READ_ONCE(ran_on), cpu);
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
		msleep(1);
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
	msleep(20);
	KUNIT_EXPECT_EQ(test, (int)task_cpu(t), target);
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
	for (i = 0; i < 300; i++) {
		int n = i % NR_MOVERS;
		int cpu = cpumask_nth(get_random_u32_below(num_active_cpus()), cpu_active_mask);

		KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(hogs[n].task, cpumask_of(cpu)), 0);
		last[n] = cpu;
	}
	for (i = 0; i < NR_MOVERS; i++)
		KUNIT_EXPECT_EQ(test, (int)task_cpu(hogs[i].task), last[i]);
}

static void busy_tasks_spread_over_the_cpus(struct kunit *test)
{
	static struct hog hogs[8];
	int n = min_t(int, num_active_cpus(), 8);
	int i, round, distinct = 0;

	/* All begin on one CPU and may go anywhere. */
	for (i = 0; i < n; i++) {
		hog_start(test, &hogs[i], cpumask_first(cpu_active_mask));
		set_cpus_allowed_ptr(hogs[i].task, cpu_possible_mask);
	}
	for (round = 0; round < 100; round++) {
		struct cpumask used;

		msleep(10);
		cpumask_clear(&used);
		for (i = 0; i < n; i++)
			cpumask_set_cpu(task_cpu(hogs[i].task), &used);
		distinct = cpumask_weight(&used);
		/* This thread needs a CPU now and then, so one may be shared. */
		if (distinct >= n - 1 && distinct > n / 2)
			break;
	}
	KUNIT_EXPECT_GE(test, distinct, n > 1 ? n - 1 : 1);
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
	{}
};

static struct kunit_suite affinity_suite = {
	.name = "sched_affinity",
	.test_cases = affinity_cases,
};
kunit_test_suite(affinity_suite);
