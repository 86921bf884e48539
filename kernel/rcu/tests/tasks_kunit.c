// SPDX-License-Identifier: MIT
/*
 * The three Tasks flavours: who is waited for, and who isn't.
 *
 * "Is waited for" is tested with a helper thread in the state in question: a grace period that was
 * asked for doesn't end while it stays, and ends after it has gone. Both are events, no times.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/rcupdate_trace.h>
#include <linux/rcupdate_wait.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "../rcu.h"
#include "../tasks.h"
#include "wait.h"

/* ---- a helper that is in the way until it is told to go on ---- */

struct blocker {
	void (*body)(struct blocker *b);
	struct task_struct *task;
	struct completion in;		/* it is where it should be */
	struct completion go;
	struct completion out;		/* it has left */
	bool leave;			/* for bodies that mustn't sleep */
};

static void leave_cpu(struct task_struct *task, int cpu)
{
	static struct cpumask others;

	cpumask_andnot(&others, cpu_possible_mask, cpumask_of(cpu));
	set_cpus_allowed_ptr(task, &others);
}

static int blocker_fn(void *arg)
{
	struct blocker *b = arg;

	b->body(b);
	complete(&b->out);
	return 0;
}

/* On the last CPU, and we on the others: it may not let go of the CPU. */
static struct blocker *blocker_start(struct kunit *test, void (*body)(struct blocker *b))
{
	struct blocker *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);
	int cpu = cpumask_last(cpu_online_mask);

	KUNIT_ASSERT_NOT_NULL(test, b);
	b->body = body;
	init_completion(&b->in);
	init_completion(&b->go);
	init_completion(&b->out);
	b->task = kthread_create(blocker_fn, b, "tasks-blocker");
	KUNIT_ASSERT_FALSE(test, IS_ERR(b->task));
	if (num_online_cpus() > 1) {
		leave_cpu(current, cpu);
		kthread_bind(b->task, cpu);
	}
	wake_up_process(b->task);
	wait_for_completion(&b->in);
	return b;
}

static void blocker_leave(struct blocker *b)
{
	WRITE_ONCE(b->leave, true);
	complete(&b->go);
	wait_for_completion(&b->out);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void spin(struct blocker *b)
{
	complete(&b->in);
	while (!READ_ONCE(b->leave))
		cpu_relax();
}

/* ---- a grace period in the background ---- */

struct background {
	void (*wait)(void);
	struct completion started, done;
};

static int background_fn(void *arg)
{
	struct background *g = arg;

	complete(&g->started);
	g->wait();
	complete(&g->done);
	return 0;
}

static struct background *background_start(struct kunit *test, void (*wait)(void))
{
	struct background *g = kunit_kzalloc(test, sizeof(*g), GFP_KERNEL);
	struct task_struct *t;

	KUNIT_ASSERT_NOT_NULL(test, g);
	g->wait = wait;
	init_completion(&g->started);
	init_completion(&g->done);
	t = kthread_create(background_fn, g, "tasks-gp");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	set_cpus_allowed_ptr(t, current->cpus_ptr);
	wake_up_process(t);
	wait_for_completion(&g->started);
	return g;
}

static void expect_still_waiting(struct kunit *test, struct background *g)
{
	schedule_timeout_uninterruptible(HZ / 8);
	KUNIT_EXPECT_FALSE(test, completion_done(&g->done));
}

static bool few_cpus(struct kunit *test)
{
	if (num_online_cpus() > 1)
		return false;
	kunit_skip(test, "the helper would have our only CPU");
	return true;
}

/* ---- Tasks ---- */

static void tasks_grace_periods_end_by_themselves(struct kunit *test)
{
	unsigned long before, after;

	before = rcu_seq_current(&rcu_tasks.tasks_gp_seq);
	synchronize_rcu_tasks();
	after = rcu_seq_current(&rcu_tasks.tasks_gp_seq);
	KUNIT_EXPECT_GT(test, (long)(after - before), 0L);
}

static void tasks_waits_for_a_task_that_only_gets_preempted(struct kunit *test)
{
	struct blocker *b;
	struct background *g;

	if (few_cpus(test))
		return;
	b = blocker_start(test, spin);
	g = background_start(test, synchronize_rcu_tasks);
	expect_still_waiting(test, g);
	blocker_leave(b);
	wait_for_completion(&g->done);
}

static void spin_and_report(struct blocker *b)
{
	complete(&b->in);
	while (!READ_ONCE(b->leave))
		cond_resched_tasks_rcu_qs();
}

static void tasks_is_content_with_cond_resched_tasks_rcu_qs(struct kunit *test)
{
	struct blocker *b;

	if (few_cpus(test))
		return;
	b = blocker_start(test, spin_and_report);
	synchronize_rcu_tasks();
	KUNIT_EXPECT_FALSE(test, completion_done(&b->out));
	blocker_leave(b);
}

static void sleep_there(struct blocker *b)
{
	complete(&b->in);
	wait_for_completion(&b->go);
}

static void tasks_does_not_wait_for_sleepers(struct kunit *test)
{
	struct blocker *b = blocker_start(test, sleep_there);

	synchronize_rcu_tasks();
	KUNIT_EXPECT_FALSE(test, completion_done(&b->out));
	blocker_leave(b);
}

static atomic_t born;

static int short_life(void *unused)
{
	atomic_inc(&born);
	return 0;
}

static int breed(void *arg)
{
	struct background *g = arg;

	while (!completion_done(&g->done)) {
		struct task_struct *t = kthread_run(short_life, NULL, "tasks-mayfly");

		if (IS_ERR(t))
			schedule_timeout_uninterruptible(1);
		cond_resched();
	}
	complete(&g->started);
	return 0;
}

static void tasks_survives_births_and_deaths(struct kunit *test)
{
	struct background *g = kunit_kzalloc(test, sizeof(*g), GFP_KERNEL);
	int i;

	atomic_set(&born, 0);
	init_completion(&g->started);
	init_completion(&g->done);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(breed, g, "tasks-breeder")));
	for (i = 0; i < 5; i++)
		synchronize_rcu_tasks();
	complete(&g->done);
	wait_for_completion(&g->started);
	KUNIT_EXPECT_GT(test, atomic_read(&born), 0);
}

/* ---- Rude ---- */

static void rude_grace_periods_end_by_themselves(struct kunit *test)
{
	unsigned long before, after;

	before = rcu_seq_current(&rcu_tasks_rude.tasks_gp_seq);
	synchronize_rcu_tasks_rude();
	after = rcu_seq_current(&rcu_tasks_rude.tasks_gp_seq);
	KUNIT_EXPECT_GT(test, (long)(after - before), 0L);
}

static void spin_unpreempted(struct blocker *b)
{
	preempt_disable();
	spin(b);
	preempt_enable();
}

static void rude_waits_for_preemption_off(struct kunit *test)
{
	struct blocker *b;
	struct background *g;

	if (few_cpus(test))
		return;
	b = blocker_start(test, spin_unpreempted);
	g = background_start(test, synchronize_rcu_tasks_rude);
	expect_still_waiting(test, g);
	blocker_leave(b);
	wait_for_completion(&g->done);
}

static void rude_does_not_wait_for_the_preemptible(struct kunit *test)
{
	struct blocker *b;

	if (few_cpus(test))
		return;
	b = blocker_start(test, spin);
	synchronize_rcu_tasks_rude();
	KUNIT_EXPECT_FALSE(test, completion_done(&b->out));
	blocker_leave(b);
}

/* ---- Trace ---- */

static void trace_readers_nest(struct kunit *test)
{
	rcu_read_lock_trace();
	rcu_read_lock_trace();
	KUNIT_EXPECT_EQ(test, current->trc_reader_nesting, 2);
	rcu_read_unlock_trace();
	KUNIT_EXPECT_EQ(test, current->trc_reader_nesting, 1);
	KUNIT_EXPECT_TRUE(test, rcu_read_lock_trace_held());
	rcu_read_unlock_trace();
	KUNIT_EXPECT_EQ(test, current->trc_reader_nesting, 0);
	if (IS_ENABLED(CONFIG_DEBUG_LOCK_ALLOC))
		KUNIT_EXPECT_FALSE(test, rcu_read_lock_trace_held());
}

static void trace_grace_periods_end_by_themselves(struct kunit *test)
{
	unsigned long before, after;

	before = rcu_seq_current(&rcu_tasks_trace.tasks_gp_seq);
	synchronize_rcu_tasks_trace();
	after = rcu_seq_current(&rcu_tasks_trace.tasks_gp_seq);
	KUNIT_EXPECT_GT(test, (long)(after - before), 0L);
	KUNIT_EXPECT_TRUE(test, rcu_trace_implies_rcu_gp());
}

static void sleep_as_reader(struct blocker *b)
{
	rcu_read_lock_trace();
	sleep_there(b);
	rcu_read_unlock_trace();
	WARN_ON(current->trc_reader_special.s);
}

static void trace_waits_for_a_reader_that_sleeps(struct kunit *test)
{
	struct blocker *b = blocker_start(test, sleep_as_reader);
	struct background *g = background_start(test, synchronize_rcu_tasks_trace);

	expect_still_waiting(test, g);
	KUNIT_EXPECT_TRUE(test, b->task->trc_reader_special.b.blocked);
	blocker_leave(b);
	wait_for_completion(&g->done);
}

static void spin_as_reader(struct blocker *b)
{
	rcu_read_lock_trace();
	spin(b);
	rcu_read_unlock_trace();
	WARN_ON(current->trc_reader_special.s);
}

static void trace_waits_for_a_reader_that_runs(struct kunit *test)
{
	struct blocker *b;
	struct background *g;

	if (few_cpus(test))
		return;
	b = blocker_start(test, spin_as_reader);
	g = background_start(test, synchronize_rcu_tasks_trace);
	expect_still_waiting(test, g);
	blocker_leave(b);
	wait_for_completion(&g->done);
}

static void trace_does_not_wait_for_a_later_reader(struct kunit *test)
{
	struct blocker *first = blocker_start(test, sleep_as_reader), *second;
	struct background *g = background_start(test, synchronize_rcu_tasks_trace);

	KUNIT_ASSERT_TRUE(test, wait_until(READ_ONCE(first->task->trc_reader_special.b.need_qs)));
	second = blocker_start(test, sleep_as_reader);
	expect_still_waiting(test, g);
	blocker_leave(first);
	wait_for_completion(&g->done);
	KUNIT_EXPECT_FALSE(test, completion_done(&second->out));
	blocker_leave(second);
}

static void read_over_and_over(struct blocker *b)
{
	complete(&b->in);
	while (!READ_ONCE(b->leave)) {
		rcu_read_lock_trace();
		cpu_relax();
		rcu_read_unlock_trace();
	}
}

static void trace_is_not_starved_by_busy_readers(struct kunit *test)
{
	struct blocker *b;
	int i;

	if (few_cpus(test))
		return;
	b = blocker_start(test, read_over_and_over);
	for (i = 0; i < 20; i++)
		synchronize_rcu_tasks_trace();
	blocker_leave(b);
}

static void a_guard_is_a_trace_reader(struct kunit *test)
{
	{
		guard(rcu_tasks_trace)();
		KUNIT_EXPECT_EQ(test, current->trc_reader_nesting, 1);
	}
	KUNIT_EXPECT_EQ(test, current->trc_reader_nesting, 0);
}

/* ---- callbacks and barriers, all flavours that have them ---- */

#define MANY	200

static atomic_t nr_called;

static void count_call(struct rcu_head *head)
{
	atomic_inc(&nr_called);
}

static void check_barrier(struct kunit *test, call_rcu_func_t call, void (*wait_for_all)(void))
{
	struct rcu_head *heads = kunit_kcalloc(test, MANY, sizeof(*heads), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, heads);
	atomic_set(&nr_called, 0);
	for (i = 0; i < MANY; i++)
		call(&heads[i], count_call);
	wait_for_all();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_called), MANY);
	wait_for_all();	/* with nothing queued */
}

static void tasks_barrier_waits_for_all_callbacks(struct kunit *test)
{
	check_barrier(test, call_rcu_tasks, rcu_barrier_tasks);
	rcu_barrier_tasks();	/* with nothing queued */
}

static void trace_barrier_waits_for_all_callbacks(struct kunit *test)
{
	check_barrier(test, call_rcu_tasks_trace, rcu_barrier_tasks_trace);
}

static void a_lone_lazy_callback_is_called_at_last(struct kunit *test)
{
	struct rcu_head *head = kunit_kzalloc(test, sizeof(*head), GFP_KERNEL);

	atomic_set(&nr_called, 0);
	call_rcu_tasks(head, count_call);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&nr_called) == 1));
}

static void several_flavours_can_be_waited_for_at_once(struct kunit *test)
{
	unsigned long tasks, trace, now;

	tasks = rcu_seq_current(&rcu_tasks.tasks_gp_seq);
	trace = rcu_seq_current(&rcu_tasks_trace.tasks_gp_seq);
	synchronize_rcu_mult(call_rcu_hurry, call_rcu_tasks, call_rcu_tasks_trace);
	now = rcu_seq_current(&rcu_tasks.tasks_gp_seq);
	KUNIT_EXPECT_GT(test, (long)(now - tasks), 0L);
	now = rcu_seq_current(&rcu_tasks_trace.tasks_gp_seq);
	KUNIT_EXPECT_GT(test, (long)(now - trace), 0L);
}

/* ---- queues ---- */

struct flood {
	atomic_t left;		/* callbacks that have not been called */
	atomic_t running;	/* threads */
	struct completion done;
};

struct flood_cb {
	struct rcu_head head;
	struct flood *flood;
};

static void flood_called(struct rcu_head *head)
{
	struct flood_cb *cb = container_of(head, struct flood_cb, head);

	atomic_dec(&cb->flood->left);
	kfree(cb);
}

static int flood_fn(void *arg)
{
	struct flood *f = arg;
	int i;

	for (i = 0; i < 2000; i++) {
		struct flood_cb *cb = kmalloc(sizeof(*cb), GFP_KERNEL);

		if (!cb)
			continue;
		cb->flood = f;
		atomic_inc(&f->left);
		call_rcu_tasks_trace(&cb->head, flood_called);
	}
	if (atomic_dec_and_test(&f->running))
		complete(&f->done);
	return 0;
}

static void contention_gives_each_cpu_a_queue_and_calm_takes_it_away(struct kunit *test)
{
	struct flood *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	struct rcu_tasks *rtp = &rcu_tasks_trace;
	int limit = rcu_task_contend_lim, i, n = num_online_cpus();

	if (few_cpus(test))
		return;
	init_completion(&f->done);
	atomic_set(&f->running, n);
	WRITE_ONCE(rcu_task_contend_lim, 0);
	for (i = 0; i < n; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(flood_fn, f, "tasks-flood/%d", i)));
	wait_for_completion(&f->done);
	rcu_barrier_tasks_trace();
	KUNIT_EXPECT_EQ(test, atomic_read(&f->left), 0);
	WRITE_ONCE(rcu_task_contend_lim, limit);

	/* Whether two met in a lock is chance: so many queues, or one; one in the end. */
	i = READ_ONCE(rtp->percpu_enqueue_lim);
	KUNIT_EXPECT_TRUE(test, i == 1 || i == (int)nr_cpu_ids);
	KUNIT_EXPECT_TRUE(test, wait_until(({
		synchronize_rcu_tasks_trace();
		READ_ONCE(rtp->percpu_dequeue_lim) == 1;
	})));
	KUNIT_EXPECT_EQ(test, READ_ONCE(rtp->percpu_enqueue_lim), 1);
}

/* ---- to be seen ---- */

static void threads_and_states_can_be_seen(struct kunit *test)
{
	struct rcu_tasks_percpu *rtpcp = per_cpu_ptr(rcu_tasks.rtpcpu, 0);

	KUNIT_EXPECT_PTR_EQ(test, rtpcp->rtpp, &rcu_tasks);
	KUNIT_ASSERT_NOT_NULL(test, get_rcu_tasks_gp_kthread());
	KUNIT_ASSERT_NOT_NULL(test, get_rcu_tasks_rude_gp_kthread());
	KUNIT_ASSERT_NOT_NULL(test, get_rcu_tasks_trace_gp_kthread());
	KUNIT_EXPECT_STREQ(test, get_rcu_tasks_gp_kthread()->comm, "rcu_tasks_kthre");
	KUNIT_EXPECT_TRUE(test, wait_until(!strcmp(rcu_tasks_state_name(&rcu_tasks), "WAIT_CBS")));
	rcu_tasks_show(NULL);
}

static void a_stall_is_reported_with_its_tasks(struct kunit *test)
{
	struct blocker *b = blocker_start(test, sleep_as_reader);
	int limit = rcu_task_stall_timeout;
	struct background *g;

	kunit_expect_report(test, REPORT_RCU);
	WRITE_ONCE(rcu_task_stall_timeout, HZ);
	g = background_start(test, synchronize_rcu_tasks_trace);
	KUNIT_EXPECT_TRUE(test, wait_until(kunit_reports_seen(test, REPORT_RCU)));
	WRITE_ONCE(rcu_task_stall_timeout, limit);
	blocker_leave(b);
	wait_for_completion(&g->done);
}

static struct kunit_case tasks_cases[] = {
	KUNIT_CASE(tasks_grace_periods_end_by_themselves),
	KUNIT_CASE(tasks_waits_for_a_task_that_only_gets_preempted),
	KUNIT_CASE(tasks_is_content_with_cond_resched_tasks_rcu_qs),
	KUNIT_CASE(tasks_does_not_wait_for_sleepers),
	KUNIT_CASE(tasks_survives_births_and_deaths),
	KUNIT_CASE(rude_grace_periods_end_by_themselves),
	KUNIT_CASE(rude_waits_for_preemption_off),
	KUNIT_CASE(rude_does_not_wait_for_the_preemptible),
	KUNIT_CASE(trace_readers_nest),
	KUNIT_CASE(trace_grace_periods_end_by_themselves),
	KUNIT_CASE(trace_waits_for_a_reader_that_sleeps),
	KUNIT_CASE(trace_waits_for_a_reader_that_runs),
	KUNIT_CASE(trace_does_not_wait_for_a_later_reader),
	KUNIT_CASE(trace_is_not_starved_by_busy_readers),
	KUNIT_CASE(a_guard_is_a_trace_reader),
	KUNIT_CASE(tasks_barrier_waits_for_all_callbacks),
	KUNIT_CASE(trace_barrier_waits_for_all_callbacks),
	KUNIT_CASE(a_lone_lazy_callback_is_called_at_last),
	KUNIT_CASE(several_flavours_can_be_waited_for_at_once),
	KUNIT_CASE(contention_gives_each_cpu_a_queue_and_calm_takes_it_away),
	KUNIT_CASE(threads_and_states_can_be_seen),
	KUNIT_CASE(a_stall_is_reported_with_its_tasks),
	{}
};

static struct kunit_suite tasks_suite = {
	.name = "rcu_tasks",
	.test_cases = tasks_cases,
};

kunit_test_suite(tasks_suite);
