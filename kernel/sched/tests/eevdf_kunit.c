// SPDX-License-Identifier: MIT
/*
 * The fair class on real CPUs: shares by weight. See eevdf_sim_kunit.c for lag and latency, which
 * are held against exact bounds there.
 *
 * A host that stops a guest CPU in the middle of a slice makes that slice long. The fair class
 * makes up for it, so the shares are measured over a stretch that grows until they are right, or
 * until it is so long that they are wrong.
 */

#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched/clock.h>
#include <linux/wait.h>

#include "../sched.h"
#include "hog.h"

#define STRETCH_MS	60
#define MAX_STRETCHES	1000

static u64 runtime_of(struct hog *hog)
{
	return task_sched_runtime(hog->task);
}

/* The share of hog 0 in per cent, of all @n since @before. */
static int share_since(struct hog *hogs, int n, const u64 *before)
{
	u64 sum = 0, first = 0;
	int i;

	for (i = 0; i < n; i++) {
		u64 ran = runtime_of(&hogs[i]) - before[i];

		sum += ran;
		if (!i)
			first = ran;
	}
	return sum ? (int)div64_u64(first * 100, sum) : -1;
}

/* Return: the share once it is within the bounds, or after the longest stretch. */
static int share_of_first(struct hog *hogs, int n, int low, int high)
{
	u64 before[8];
	int i, share = -1;

	for (i = 0; i < n; i++)
		before[i] = runtime_of(&hogs[i]);
	for (i = 0; i < MAX_STRETCHES; i++) {
		msleep(STRETCH_MS);
		share = share_since(hogs, n, before);
		if (share >= low && share <= high)
			break;
	}
	return share;
}

static void expect_share(struct kunit *test, struct hog *hogs, int n, int low, int high)
{
	int share = share_of_first(hogs, n, low, high);

	KUNIT_EXPECT_GE(test, share, low);
	KUNIT_EXPECT_LE(test, share, high);
}

static void equal_tasks_share_equally(struct kunit *test)
{
	static struct hog hogs[4];
	int cpu = other_cpu();
	int i;

	for (i = 0; i < 4; i++)
		hog_start(test, &hogs[i], cpu);
	expect_share(test, hogs, 4, 22, 28);
}

static void nice_decides_the_share(struct kunit *test)
{
	static struct hog hogs[2];
	int cpu = other_cpu();

	hog_create(test, &hogs[0], cpu);
	hog_create(test, &hogs[1], cpu);
	set_user_nice(hogs[0].task, 0);
	set_user_nice(hogs[1].task, 5);		/* 1024 : 336, so 75 % : 25 % */
	wake_up_process(hogs[0].task);
	wake_up_process(hogs[1].task);
	expect_share(test, hogs, 2, 70, 80);
}

static void renice_of_running_tasks_takes_effect(struct kunit *test)
{
	static struct hog hogs[2];
	int cpu = other_cpu();

	hog_start(test, &hogs[0], cpu);
	hog_start(test, &hogs[1], cpu);
	KUNIT_EXPECT_TRUE(test, hog_runs(&hogs[0]) && hog_runs(&hogs[1]));
	set_user_nice(hogs[0].task, -5);	/* 3125 : 1024, so 75 % */
	expect_share(test, hogs, 2, 70, 80);
	KUNIT_EXPECT_EQ(test, task_nice(hogs[0].task), -5);
}

static void idle_policy_gets_the_rest(struct kunit *test)
{
	struct sched_param param = { .sched_priority = 0 };
	static struct hog hogs[2];
	int cpu = other_cpu();

	hog_create(test, &hogs[0], cpu);
	hog_create(test, &hogs[1], cpu);
	KUNIT_EXPECT_EQ(test, sched_setscheduler(hogs[1].task, SCHED_IDLE, &param), 0);
	wake_up_process(hogs[0].task);
	wake_up_process(hogs[1].task);
	expect_share(test, hogs, 2, 95, 100);
}

/* The weighted sum that the queue keeps must be the one that its tasks add up to. */
static void queue_sums_agree_with_the_tasks(struct kunit *test)
{
	static struct hog hogs[4];
	int cpu = other_cpu();
	struct rq *rq = cpu_rq(cpu);
	struct cfs_rq *cfs = &rq->cfs;
	int i, round;

	for (i = 0; i < 4; i++) {
		hog_create(test, &hogs[i], cpu);
		set_user_nice(hogs[i].task, 3 * i);
		wake_up_process(hogs[i].task);
	}
	for (round = 0; round < 20; round++) {
		s64 sum = 0;
		u64 load = 0;
		struct task_struct *p;
		unsigned long total = 0;

		msleep(3);
		raw_spin_rq_lock_irq(rq);
		list_for_each_entry(p, &rq->cfs_tasks, se.group_node) {
			total += p->se.load.weight;
			if (&p->se == cfs->curr)
				continue;
			sum += (s64)(p->se.vruntime - cfs->min_vruntime) *
				(s64)p->se.load.weight;
			load += p->se.load.weight;
		}
		KUNIT_EXPECT_EQ(test, cfs->avg_vruntime, sum);
		KUNIT_EXPECT_EQ(test, cfs->avg_load, load);
		KUNIT_EXPECT_EQ(test, cfs->load, total);
		raw_spin_rq_unlock_irq(rq);
	}
}

/* Somebody is always eligible, or nobody could be picked by the rules. */
static void some_task_is_always_eligible(struct kunit *test)
{
	static struct hog hogs[5];
	int cpu = other_cpu();
	struct rq *rq = cpu_rq(cpu);
	int i, round;

	for (i = 0; i < 5; i++) {
		hog_create(test, &hogs[i], cpu);
		set_user_nice(hogs[i].task, 4 * i - 8);
		wake_up_process(hogs[i].task);
	}
	for (round = 0; round < 20; round++) {
		struct task_struct *p;
		int eligible = 0;

		msleep(3);
		raw_spin_rq_lock_irq(rq);
		list_for_each_entry(p, &rq->cfs_tasks, se.group_node)
			eligible += entity_eligible(&rq->cfs, &p->se);
		KUNIT_EXPECT_TRUE(test, eligible > 0 || !rq->cfs.nr_running);
		raw_spin_rq_unlock_irq(rq);
	}
}

/* ---- yield ---- */

static int yielder_fn(void *data)
{
	struct hog *hog = data;

	while (!kthread_should_stop()) {
		hog->loops++;
		yield();
	}
	return 0;
}

static void yielding_gives_way(struct kunit *test)
{
	static struct hog busy;
	static struct hog polite;
	int cpu = other_cpu();
	int i;

	hog_start(test, &busy, cpu);
	polite.task = kthread_create(yielder_fn, &polite, "polite");
	KUNIT_ASSERT_FALSE(test, IS_ERR(polite.task));
	KUNIT_ASSERT_EQ(test, kunit_add_action(test, hog_stop, &polite), 0);
	set_cpus_allowed_ptr(polite.task, cpumask_of(cpu));
	wake_up_process(polite.task);
	/* A request of the polite one is used up by one yield. */
	for (i = 0; i < MAX_STRETCHES; i++) {
		msleep(STRETCH_MS);
		if (runtime_of(&busy) > 4 * runtime_of(&polite))
			break;
	}
	KUNIT_EXPECT_GT(test, polite.loops, 0);
	KUNIT_EXPECT_LT(test, i, MAX_STRETCHES);
}

static void weights_fall_by_a_quarter_a_step(struct kunit *test)
{
	int i;

	KUNIT_EXPECT_EQ(test, NICE_TO_WEIGHT(0), 1024);
	for (i = 0; i + 1 < NICE_WIDTH; i++) {
		unsigned int ratio = sched_prio_to_weight[i] * 100 / sched_prio_to_weight[i + 1];

		KUNIT_EXPECT_GE(test, ratio, 118);
		KUNIT_EXPECT_LE(test, ratio, 132);
	}
}

static void bad_attributes_are_refused(struct kunit *test)
{
	static const struct sched_attr bad[] = {
		{ .sched_policy = 77 },
		{ .sched_policy = SCHED_NORMAL, .sched_priority = 1 },
		{ .sched_policy = SCHED_FIFO, .sched_priority = 0 },
		{ .sched_policy = SCHED_RR, .sched_priority = MAX_RT_PRIO },
		{ .sched_policy = SCHED_DEADLINE },
		{ .sched_policy = SCHED_NORMAL, .sched_flags = 1ULL << 40 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_EQ(test, sched_setattr(current, &bad[i]), -EINVAL);
}

static struct kunit_case eevdf_cases[] = {
	KUNIT_CASE(weights_fall_by_a_quarter_a_step),
	KUNIT_CASE(bad_attributes_are_refused),
	KUNIT_CASE(equal_tasks_share_equally),
	KUNIT_CASE(nice_decides_the_share),
	KUNIT_CASE(renice_of_running_tasks_takes_effect),
	KUNIT_CASE(idle_policy_gets_the_rest),
	KUNIT_CASE(queue_sums_agree_with_the_tasks),
	KUNIT_CASE(some_task_is_always_eligible),
	KUNIT_CASE(yielding_gives_way),
	{}
};

static struct kunit_suite eevdf_suite = {
	.name = "sched_eevdf",
	.test_cases = eevdf_cases,
};
kunit_test_suite(eevdf_suite);
