// SPDX-License-Identifier: MIT
/*
 * The fair class: shares by weight, bounded lag, short waits.
 *
 * Shares are measured as CPU time, which is exact, over a stretch of many slices; a stretch holds
 * about 100 ms, so a share may be off by a slice or a tick: the bounds allow for 15 %.
 */

#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched/clock.h>
#include <linux/wait.h>

#include "../sched.h"
#include "hog.h"

#define STRETCH_MS	120

static u64 runtime_of(struct hog *hog)
{
	return task_sched_runtime(hog->task);
}

/* The share of hog 0 in per cent, of all @n over a stretch. */
static int share_of_first(struct hog *hogs, int n)
{
	u64 before[8], sum = 0, first = 0;
	int i;

	for (i = 0; i < n; i++)
		before[i] = runtime_of(&hogs[i]);
	msleep(STRETCH_MS);
	for (i = 0; i < n; i++) {
		u64 ran = runtime_of(&hogs[i]) - before[i];

		sum += ran;
		if (!i)
			first = ran;
	}
	return sum ? (int)div64_u64(first * 100, sum) : -1;
}

static void equal_tasks_share_equally(struct kunit *test)
{
	static struct hog hogs[4];
	int cpu = other_cpu();
	int i, share;

	for (i = 0; i < 4; i++)
		hog_start(test, &hogs[i], cpu);
	share = share_of_first(hogs, 4);
	KUNIT_EXPECT_GE(test, share, 21);
	KUNIT_EXPECT_LE(test, share, 29);
}

static void nice_decides_the_share(struct kunit *test)
{
	static struct hog hogs[2];
	int cpu = other_cpu();
	int share;

	hog_create(test, &hogs[0], cpu);
	hog_create(test, &hogs[1], cpu);
	set_user_nice(hogs[0].task, 0);
	set_user_nice(hogs[1].task, 5);		/* 1024 : 336, so 75 % : 25 % */
	wake_up_process(hogs[0].task);
	wake_up_process(hogs[1].task);
	share = share_of_first(hogs, 2);
	KUNIT_EXPECT_GE(test, share, 68);
	KUNIT_EXPECT_LE(test, share, 82);
}

static void renice_of_running_tasks_takes_effect(struct kunit *test)
{
	static struct hog hogs[2];
	int cpu = other_cpu();
	int share;

	hog_start(test, &hogs[0], cpu);
	hog_start(test, &hogs[1], cpu);
	msleep(20);
	set_user_nice(hogs[0].task, -5);	/* 3125 : 1024, so 75 % */
	share = share_of_first(hogs, 2);
	KUNIT_EXPECT_GE(test, share, 68);
	KUNIT_EXPECT_LE(test, share, 82);
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
	KUNIT_EXPECT_GE(test, share_of_first(hogs, 2), 90);
}

/* Largest |V - v| of the queue's tasks, as a multiple of a task's own limit in per cent. */
static int worst_lag(struct rq *rq, struct hog *hogs, int n)
{
	int i, worst = 0;
	u64 v;

	raw_spin_rq_lock_irq(rq);
	update_rq_clock(rq);
	fair_sched_class.update_curr(rq);
	v = avg_vruntime(&rq->cfs);
	for (i = 0; i < n; i++) {
		struct sched_entity *se = &hogs[i].task->se;
		s64 limit, lag;

		if (!se->on_rq || task_cpu(hogs[i].task) != rq->cpu)
			continue;
		/* A request, and the tick that may end it late, in the task's virtual time. */
		limit = div64_u64((se->slice + 2 * TICK_NSEC) * NICE_0_LOAD, se->load.weight);
		lag = abs((s64)(v - se->vruntime));
		worst = max_t(int, worst, (int)div64_s64(lag * 100, limit));
	}
	raw_spin_rq_unlock_irq(rq);
	return worst;
}

/*
 * A host that stops the guest in the middle of a slice makes one slice longer than any bound, so
 * the median of the samples is held against it.
 */
static void lag_stays_within_a_request_and_a_tick(struct kunit *test)
{
	static const int nice[] = { 0, 0, -5, 5, 10 };
	static struct hog hogs[ARRAY_SIZE(nice)];
	int cpu = other_cpu();
	int i, good = 0;

	for (i = 0; i < (int)ARRAY_SIZE(nice); i++) {
		hog_create(test, &hogs[i], cpu);
		set_user_nice(hogs[i].task, nice[i]);
		wake_up_process(hogs[i].task);
	}
	for (i = 0; i < 31; i++) {
		msleep(5);
		if (worst_lag(cpu_rq(cpu), hogs, ARRAY_SIZE(nice)) <= 100)
			good++;
	}
	KUNIT_EXPECT_GE(test, good, 16);
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

/* ---- latency ---- */

struct sleeper {
	struct task_struct *task;
	u64 woken_at;
	u64 waits[32];
	int nr;
	wait_queue_head_t wq;
	bool go;
};

static int sleeper_fn(void *data)
{
	struct sleeper *s = data;

	while (s->nr < (int)ARRAY_SIZE(s->waits)) {
		wait_event(s->wq, READ_ONCE(s->go) || kthread_should_stop());
		if (kthread_should_stop())
			break;
		WRITE_ONCE(s->go, false);
		s->waits[s->nr++] = sched_clock() - READ_ONCE(s->woken_at);
	}
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static u64 median_wait(struct sleeper *s)
{
	int i, j;

	for (i = 1; i < s->nr; i++) {
		u64 w = s->waits[i];

		for (j = i; j > 0 && s->waits[j - 1] > w; j--)
			s->waits[j] = s->waits[j - 1];
		s->waits[j] = w;
	}
	return s->nr ? s->waits[s->nr / 2] : U64_MAX;
}

/* One sleeper, woken every few milliseconds, among @hogs busy tasks. */
static u64 measure_wait(struct kunit *test, struct hog *hogs, int n, u64 slice)
{
	struct sched_attr attr = {
		.size = sizeof(attr),
		.sched_policy = SCHED_NORMAL,
		.sched_runtime = slice,
	};
	struct sleeper *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	int cpu = other_cpu();
	int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	init_waitqueue_head(&s->wq);
	for (i = 0; i < n; i++)
		hog_start(test, &hogs[i], cpu);
	s->task = kthread_create(sleeper_fn, s, "sleeper");
	KUNIT_ASSERT_FALSE(test, IS_ERR(s->task));
	set_cpus_allowed_ptr(s->task, cpumask_of(cpu));
	KUNIT_EXPECT_EQ(test, sched_setattr(s->task, &attr), 0);
	wake_up_process(s->task);
	for (i = 0; i < 20; i++) {
		msleep(6);
		WRITE_ONCE(s->woken_at, sched_clock());
		WRITE_ONCE(s->go, true);
		wake_up(&s->wq);
	}
	msleep(30);
	kthread_stop(s->task);
	return median_wait(s);
}

static void a_woken_task_runs_within_a_round(struct kunit *test)
{
	static struct hog hogs[3];
	u64 wait = measure_wait(test, hogs, 3, 0);

	/* Three others with a slice of 3 ms, each ended by a tick at the latest. */
	KUNIT_EXPECT_LE(test, wait, 3 * (3 * NSEC_PER_MSEC + TICK_NSEC));
}

static void a_short_slice_waits_less_than_a_slice(struct kunit *test)
{
	static struct hog hogs[3];
	u64 wait = measure_wait(test, hogs, 3, 100 * NSEC_PER_USEC);

	KUNIT_EXPECT_LE(test, wait, 3 * NSEC_PER_MSEC + 2 * TICK_NSEC);
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
	u64 polite_ran, busy_ran;

	hog_start(test, &busy, cpu);
	polite.task = kthread_create(yielder_fn, &polite, "polite");
	KUNIT_ASSERT_FALSE(test, IS_ERR(polite.task));
	KUNIT_ASSERT_EQ(test, kunit_add_action(test, hog_stop, &polite), 0);
	set_cpus_allowed_ptr(polite.task, cpumask_of(cpu));
	wake_up_process(polite.task);
	msleep(STRETCH_MS);
	polite_ran = runtime_of(&polite);
	busy_ran = runtime_of(&busy);
	KUNIT_EXPECT_GT(test, polite.loops, 0);
	KUNIT_EXPECT_GT(test, busy_ran, 4 * polite_ran);
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
	KUNIT_CASE(lag_stays_within_a_request_and_a_tick),
	KUNIT_CASE(queue_sums_agree_with_the_tasks),
	KUNIT_CASE(some_task_is_always_eligible),
	KUNIT_CASE(a_woken_task_runs_within_a_round),
	KUNIT_CASE(a_short_slice_waits_less_than_a_slice),
	KUNIT_CASE(yielding_gives_way),
	{}
};

static struct kunit_suite eevdf_suite = {
	.name = "sched_eevdf",
	.test_cases = eevdf_cases,
};
kunit_test_suite(eevdf_suite);
