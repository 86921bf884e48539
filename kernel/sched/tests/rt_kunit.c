// SPDX-License-Identifier: MIT
/*
 * Real time: who runs first, who gives way, who moves.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>

#include "../sched.h"
#include "hog.h"

#define NR_RUNNERS	4

struct order {
	atomic_t next;
	int place[NR_RUNNERS];		/* when the thread of that index ran */
	struct completion done;
	atomic_t todo;
};

struct runner {
	struct order *order;
	int index;
};

static int runner_fn(void *data)
{
	struct runner *r = data;

	r->order->place[r->index] = atomic_inc_return(&r->order->next);
	if (atomic_dec_and_test(&r->order->todo))
		complete(&r->order->done);
	return 0;
}

static void set_fifo(struct kunit *test, struct task_struct *p, int policy, int prio)
{
	struct sched_param param = { .sched_priority = prio };

	KUNIT_ASSERT_EQ(test, sched_setscheduler(p, policy, &param), 0);
}

/* Real time without its limit, for as long as a case takes. */
static int rt_init_case(struct kunit *test)
{
	(void)test;
	WRITE_ONCE(sysctl_sched_rt_runtime, -1);
	return 0;
}

static void rt_exit_case(struct kunit *test)
{
	(void)test;
	WRITE_ONCE(sysctl_sched_rt_runtime, 950000);
}

/*
 * Wakes the runners on one CPU while a more urgent task (this one, moved there) keeps it, so that
 * all are queued before any runs.
 */
static void run_in_order(struct kunit *test, struct order *order, const int *prio)
{
	static struct runner runners[NR_RUNNERS];
	struct task_struct *t[NR_RUNNERS];
	int cpu = other_cpu();
	int i;

	atomic_set(&order->next, 0);
	atomic_set(&order->todo, NR_RUNNERS);
	init_completion(&order->done);
	for (i = 0; i < NR_RUNNERS; i++) {
		runners[i] = (struct runner){ .order = order, .index = i };
		t[i] = kthread_create(runner_fn, &runners[i], "runner%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(t[i]));
		set_cpus_allowed_ptr(t[i], cpumask_of(cpu));
		set_fifo(test, t[i], SCHED_FIFO, prio[i]);
	}
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
	set_fifo(test, current, SCHED_FIFO, 90);
	for (i = 0; i < NR_RUNNERS; i++)
		wake_up_process(t[i]);
	wait_for_completion(&order->done);
	sched_set_normal(current, 0);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void the_most_urgent_runs_first(struct kunit *test)
{
	static const int prio[NR_RUNNERS] = { 10, 40, 20, 30 };
	struct order order = { };

	run_in_order(test, &order, prio);
	KUNIT_EXPECT_EQ(test, order.place[1], 1);
	KUNIT_EXPECT_EQ(test, order.place[3], 2);
	KUNIT_EXPECT_EQ(test, order.place[2], 3);
	KUNIT_EXPECT_EQ(test, order.place[0], 4);
}

static void equals_run_in_order_of_arrival(struct kunit *test)
{
	static const int prio[NR_RUNNERS] = { 7, 7, 7, 7 };
	struct order order = { };
	int i;

	run_in_order(test, &order, prio);
	for (i = 0; i < NR_RUNNERS; i++)
		KUNIT_EXPECT_EQ(test, order.place[i], i + 1);
}

static int note_and_end(void *data)
{
	complete(data);
	return 0;
}

static void real_time_preempts_a_busy_fair_task(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(ran);
	struct task_struct *t;
	static struct hog hog;
	int cpu = other_cpu();

	hog_start(test, &hog, cpu);
	t = kthread_create(note_and_end, &ran, "urgent");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	set_cpus_allowed_ptr(t, cpumask_of(cpu));
	set_fifo(test, t, SCHED_FIFO, 1);
	wake_up_process(t);
	wait_for_completion(&ran);
}

static void a_fifo_task_keeps_its_cpu_from_fair_ones(struct kunit *test)
{
	static struct hog fifo, fair;
	int cpu = other_cpu();
	u64 before, after;

	if (cpu == raw_smp_processor_id()) {
		kunit_skip(test, "needs two CPUs");
		return;
	}
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id())), 0);
	cpu = other_cpu();
	hog_start(test, &fair, cpu);
	hog_create(test, &fifo, cpu);
	set_fifo(test, fifo.task, SCHED_FIFO, 5);
	wake_up_process(fifo.task);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(fifo.loops)));
	before = READ_ONCE(fair.loops);
	msleep(60);
	after = READ_ONCE(fair.loops);
	hog_stop(&fifo);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	KUNIT_EXPECT_EQ(test, after, before);
}

static void round_robin_shares_among_equals(struct kunit *test)
{
	static struct hog rr[2];
	int cpu = other_cpu();
	int i;

	if (cpu == raw_smp_processor_id()) {
		kunit_skip(test, "needs two CPUs");
		return;
	}
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id())), 0);
	cpu = other_cpu();
	for (i = 0; i < 2; i++) {
		hog_create(test, &rr[i], cpu);
		set_fifo(test, rr[i].task, SCHED_RR, 5);
	}
	wake_up_process(rr[0].task);
	wake_up_process(rr[1].task);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(rr[0].loops)));
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(rr[1].loops)));
	for (i = 0; i < 2; i++)
		hog_stop(&rr[i]);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* Two that may run anywhere, woken on one CPU, end up on two. */
static void a_waiting_task_is_pushed_to_another_cpu(struct kunit *test)
{
	static struct hog rt[2];
	int i;

	if (num_active_cpus() < 3) {
		kunit_skip(test, "needs three CPUs");
		return;
	}
	for (i = 0; i < 2; i++) {
		hog_create(test, &rt[i], -1);
		set_fifo(test, rt[i].task, SCHED_FIFO, 20);
	}
	wake_up_process(rt[0].task);
	wake_up_process(rt[1].task);
	/* Neither ever yields, so on one CPU the second would never have run. */
	KUNIT_EXPECT_TRUE(test, hog_runs(&rt[0]));
	KUNIT_EXPECT_TRUE(test, hog_runs(&rt[1]));
	KUNIT_EXPECT_TRUE(test, hog_runs(&rt[0]));
	for (i = 0; i < 2; i++)
		hog_stop(&rt[i]);
}

static void a_policy_can_change_while_the_task_runs(struct kunit *test)
{
	static struct hog hog;
	int cpu = other_cpu();
	int i;

	if (cpu == raw_smp_processor_id()) {
		kunit_skip(test, "needs two CPUs");
		return;
	}
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id())), 0);
	cpu = other_cpu();
	hog_start(test, &hog, cpu);
	for (i = 0; i < 20; i++) {
		set_fifo(test, hog.task, i & 1 ? SCHED_RR : SCHED_FIFO, 1 + i);
		KUNIT_EXPECT_EQ(test, hog.task->prio, MAX_RT_PRIO - 2 - i);
		sched_set_normal(hog.task, i - 10);
		KUNIT_EXPECT_EQ(test, hog.task->prio, NICE_TO_PRIO(i - 10));
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* ---- the limit ---- */

static void a_fair_task_gets_the_rest_of_the_period(struct kunit *test)
{
	static struct hog fifo, fair;
	int cpu = other_cpu();

	if (cpu == raw_smp_processor_id()) {
		kunit_skip(test, "needs two CPUs");
		return;
	}
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id())), 0);
	cpu = other_cpu();
	/*
	 * Both are made before one of them takes the CPU without a limit: making a thread may need
	 * a lock, and its owner may be a worker bound to that CPU.
	 */
	hog_create(test, &fair, cpu);
	hog_create(test, &fifo, cpu);
	set_fifo(test, fifo.task, SCHED_FIFO, 5);
	wake_up_process(fifo.task);
	wake_up_process(fair.task);
	KUNIT_EXPECT_TRUE(test, hog_runs(&fifo));
	/* Both go on, in turn. */
	WRITE_ONCE(sysctl_sched_rt_runtime, 10000);
	WRITE_ONCE(sysctl_sched_rt_period, 30000);
	KUNIT_EXPECT_TRUE(test, hog_runs(&fair));
	KUNIT_EXPECT_TRUE(test, hog_runs(&fifo));
	KUNIT_EXPECT_TRUE(test, hog_runs(&fair));
	KUNIT_EXPECT_GT(test, READ_ONCE(cpu_rq(cpu)->rt.nr_throttled), 0);
	WRITE_ONCE(sysctl_sched_rt_period, 1000000);
	WRITE_ONCE(sysctl_sched_rt_runtime, -1);
	KUNIT_EXPECT_TRUE(test, hog_runs(&fifo));
	hog_stop(&fifo);
	hog_stop(&fair);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void nothing_is_withheld_where_nobody_waits(struct kunit *test)
{
	static struct hog fifo;
	int cpu = other_cpu();
	u64 before;

	if (cpu == raw_smp_processor_id()) {
		kunit_skip(test, "needs two CPUs");
		return;
	}
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id())), 0);
	cpu = other_cpu();
	WRITE_ONCE(sysctl_sched_rt_runtime, 0);
	hog_create(test, &fifo, cpu);
	set_fifo(test, fifo.task, SCHED_FIFO, 5);
	before = task_sched_runtime(fifo.task);
	wake_up_process(fifo.task);
	KUNIT_EXPECT_TRUE(test, eventually(task_sched_runtime(fifo.task) - before >
					   50 * NSEC_PER_MSEC));
	hog_stop(&fifo);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static struct kunit_case rt_cases[] = {
	KUNIT_CASE(the_most_urgent_runs_first),
	KUNIT_CASE(equals_run_in_order_of_arrival),
	KUNIT_CASE(real_time_preempts_a_busy_fair_task),
	KUNIT_CASE(a_fifo_task_keeps_its_cpu_from_fair_ones),
	KUNIT_CASE(round_robin_shares_among_equals),
	KUNIT_CASE(a_waiting_task_is_pushed_to_another_cpu),
	KUNIT_CASE(a_policy_can_change_while_the_task_runs),
	KUNIT_CASE(a_fair_task_gets_the_rest_of_the_period),
	KUNIT_CASE(nothing_is_withheld_where_nobody_waits),
	{}
};

static struct kunit_suite rt_suite = {
	.name = "sched_rt",
	.init = rt_init_case,
	.exit = rt_exit_case,
	.test_cases = rt_cases,
};
kunit_test_suite(rt_suite);
