// SPDX-License-Identifier: MIT
/*
 * Workqueues: what is promised about how often, where, in which order and how many at once works
 * run, and that flushing and cancelling wait for exactly what they should.
 */
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

#include "patience.h"

#define WAIT	PATIENCE

struct job {
	struct work_struct work;
	struct delayed_work dwork;
	struct rcu_work rwork;
	struct completion started, may_end, done;
	atomic_t runs, inside, max_inside;
	int cpu;
	unsigned long ran_at;
	bool in_task;
	bool rescued;
	struct work_struct *seen;
};

static void note_run(struct job *job)
{
	job->cpu = raw_smp_processor_id();
	job->ran_at = jiffies;
	job->in_task = in_task() && !irqs_disabled();
	job->rescued = current_is_workqueue_rescuer();
	job->seen = current_work();
	atomic_inc(&job->runs);
}

static void quick_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	note_run(job);
	complete(&job->done);
}

/* Runs until it is told to end. */
static void held_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	atomic_inc(&job->inside);
	complete(&job->started);
	wait_for_completion_timeout(&job->may_end, WAIT);
	note_run(job);
	atomic_dec(&job->inside);
	complete(&job->done);
}

static void delayed_fn(struct work_struct *work)
{
	struct job *job = container_of(to_delayed_work(work), struct job, dwork);

	note_run(job);
	complete(&job->done);
}

static void rcu_fn(struct work_struct *work)
{
	struct job *job = container_of(to_rcu_work(work), struct job, rwork);

	note_run(job);
	complete(&job->done);
}

static struct job *new_jobs(struct kunit *test, int n, work_func_t fn)
{
	struct job *jobs = kunit_kcalloc(test, n, sizeof(*jobs), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, jobs);
	for (i = 0; i < n; i++) {
		INIT_WORK(&jobs[i].work, fn);
		INIT_DELAYED_WORK(&jobs[i].dwork, delayed_fn);
		INIT_RCU_WORK(&jobs[i].rwork, rcu_fn);
		init_completion(&jobs[i].started);
		init_completion(&jobs[i].may_end);
		init_completion(&jobs[i].done);
	}
	return jobs;
}

/* The queue goes with the test, however that ends. */
KUNIT_DEFINE_ACTION_WRAPPER(destroy_wq, destroy_workqueue, struct workqueue_struct *);

static struct workqueue_struct *new_wq(struct kunit *test, unsigned int flags, int max_active)
{
	struct workqueue_struct *wq = alloc_workqueue("kunit", flags, max_active);

	KUNIT_ASSERT_NOT_NULL(test, wq);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, destroy_wq, wq), 0);
	return wq;
}

static void work_runs_once_in_process_context(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);

	KUNIT_EXPECT_TRUE(test, schedule_work(&job->work));
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&job->done, WAIT));
	flush_work(&job->work);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 1);
	KUNIT_EXPECT_TRUE(test, job->in_task);
	KUNIT_EXPECT_PTR_EQ(test, job->seen, &job->work);
	KUNIT_EXPECT_NULL(test, current_work());
	KUNIT_EXPECT_EQ(test, work_busy(&job->work), 0);
}

static void pending_work_is_not_queued_twice(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 1);
	struct job *block = new_jobs(test, 1, held_fn), *job = new_jobs(test, 1, quick_fn);

	queue_work(wq, &block->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&block->started, WAIT));
	/* The queue is full: the work stays pending. */
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &job->work));
	KUNIT_EXPECT_FALSE(test, queue_work(wq, &job->work));
	KUNIT_EXPECT_TRUE(test, work_pending(&job->work));
	KUNIT_EXPECT_EQ(test, work_busy(&job->work), WORK_BUSY_PENDING);
	KUNIT_EXPECT_EQ(test, work_busy(&block->work), WORK_BUSY_RUNNING);
	complete(&block->may_end);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 1);
}

static void running_work_may_be_queued_and_does_not_overlap(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 0);
	struct job *job = new_jobs(test, 1, held_fn);

	queue_work(wq, &job->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&job->started, WAIT));
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &job->work));
	/* There are workers enough, but it may not run twice at once. */
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&job->started, HZ / 20));
	KUNIT_EXPECT_EQ(test, atomic_read(&job->inside), 1);
	complete_all(&job->may_end);
	flush_work(&job->work);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 2);
}

static void work_runs_on_the_cpu_asked_for(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);
	int cpu;

	cpus_read_lock();
	for_each_online_cpu(cpu) {
		schedule_work_on(cpu, &job->work);
		flush_work(&job->work);
		KUNIT_EXPECT_EQ(test, job->cpu, cpu);
		queue_work_on(cpu, system_highpri_wq, &job->work);
		flush_work(&job->work);
		KUNIT_EXPECT_EQ(test, job->cpu, cpu);
	}
	cpus_read_unlock();
}

/* A work that sleeps must not keep the next one on its CPU from running. */
static void sleeping_work_lets_the_next_one_run(struct kunit *test)
{
	struct job *a = new_jobs(test, 1, held_fn), *b = new_jobs(test, 1, quick_fn);
	int cpu = cpumask_first(cpu_online_mask);

	schedule_work_on(cpu, &a->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&a->started, WAIT));
	schedule_work_on(cpu, &b->work);
	/* It has until the first one gives up waiting. */
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&b->done, WAIT / 2));
	KUNIT_EXPECT_EQ(test, atomic_read(&a->runs), 0);
	complete(&a->may_end);
	flush_work(&a->work);
}

static void hog_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);
	unsigned long end = jiffies + WAIT / 2;

	complete(&job->started);
	while (!completion_done(&job->may_end) && time_before(jiffies, end))
		cpu_relax();
	note_run(job);
}

/* Nor one that computes for long, once a tick has noticed. */
static void hogging_work_lets_the_next_one_run(struct kunit *test)
{
	struct job *a = new_jobs(test, 1, hog_fn), *b = new_jobs(test, 1, quick_fn);
	int cpu = cpumask_last(cpu_online_mask);

	schedule_work_on(cpu, &a->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&a->started, WAIT));
	schedule_work_on(cpu, &b->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&b->done, WAIT / 4));
	KUNIT_EXPECT_EQ(test, atomic_read(&a->runs), 0);
	complete(&a->may_end);
	flush_work(&a->work);
}

static atomic_t order;

static void ordered_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	/* Overlap and order are both noted in the first job's counters. */
	if (atomic_inc_return(&job->inside) > 1)
		atomic_inc(&job->max_inside);
	usleep_range(50, 100);
	job->cpu = atomic_inc_return(&order);
	atomic_dec(&job->inside);
}

static void ordered_queue_keeps_order_one_at_a_time(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("kunit-ordered", 0);
	struct job *jobs;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, destroy_wq, wq), 0);
	jobs = new_jobs(test, 30, ordered_fn);
	atomic_set(&order, 0);
	for (i = 0; i < 30; i++)
		queue_work(wq, &jobs[i].work);
	flush_workqueue(wq);
	for (i = 0; i < 30; i++) {
		KUNIT_EXPECT_EQ(test, jobs[i].cpu, i + 1);
		KUNIT_EXPECT_EQ(test, atomic_read(&jobs[i].max_inside), 0);
	}
}

static void note_order_fn(struct work_struct *work)
{
	container_of(work, struct job, work)->cpu = atomic_inc_return(&order);
}

/* The queues of a CPU take turns. */
static void flooded_queue_does_not_hold_up_another(struct kunit *test)
{
	struct workqueue_struct *flooded = new_wq(test, 0, 0), *quiet = new_wq(test, 0, 0);
	struct job *flood = new_jobs(test, 50, note_order_fn);
	struct job *job = new_jobs(test, 1, note_order_fn);
	unsigned long flags;
	int i;

	atomic_set(&order, 0);
	/* No worker of this CPU runs before all are there. */
	local_irq_save(flags);
	for (i = 0; i < 50; i++)
		queue_work(flooded, &flood[i].work);
	queue_work(quiet, &job->work);
	local_irq_restore(flags);
	flush_workqueue(flooded);
	flush_workqueue(quiet);
	KUNIT_EXPECT_EQ(test, atomic_read(&order), 51);
	KUNIT_EXPECT_LT(test, job->cpu, 10);
	for (i = 1; i < 50; i++)
		KUNIT_EXPECT_LT(test, flood[i - 1].cpu, flood[i].cpu);
}

/* A work that runs and is queued again is handed to its worker, out of the queue's list. */
static void work_that_waits_for_its_own_end_can_be_cancelled(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 2);
	struct job *job = new_jobs(test, 1, held_fn), *other = new_jobs(test, 1, quick_fn);

	queue_work(wq, &job->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&job->started, WAIT));
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &job->work));
	msleep(20);
	KUNIT_EXPECT_EQ(test, work_busy(&job->work), WORK_BUSY_PENDING | WORK_BUSY_RUNNING);
	KUNIT_EXPECT_TRUE(test, cancel_work(&job->work));
	KUNIT_EXPECT_EQ(test, work_busy(&job->work), WORK_BUSY_RUNNING);
	/* It has given its place back. */
	queue_work(wq, &other->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&other->done, WAIT));
	complete_all(&job->may_end);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 1);
}

static void max_active_limits_how_many_run(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 3);
	struct job *jobs = new_jobs(test, 6, held_fn);
	int i, inside = 0;

	for (i = 0; i < 6; i++)
		queue_work(wq, &jobs[i].work);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&jobs[i].started, WAIT));
	msleep(20);
	for (i = 0; i < 6; i++)
		inside += atomic_read(&jobs[i].inside);
	KUNIT_EXPECT_EQ(test, inside, 3);
	KUNIT_EXPECT_TRUE(test, workqueue_congested(WORK_CPU_UNBOUND, wq));

	workqueue_set_max_active(wq, 4);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&jobs[3].started, WAIT));
	for (i = 0; i < 6; i++)
		complete(&jobs[i].may_end);
	flush_workqueue(wq);
	for (i = 0; i < 6; i++)
		KUNIT_EXPECT_EQ(test, atomic_read(&jobs[i].runs), 1);
}

struct flusher {
	struct work_struct work;
	struct work_struct *target;
	struct workqueue_struct *wq;
	struct completion done;
};

static void flusher_fn(struct work_struct *work)
{
	struct flusher *f = container_of(work, struct flusher, work);

	if (f->wq)
		flush_workqueue(f->wq);
	else
		flush_work(f->target);
	complete(&f->done);
}

static void flush_work_waits_for_it_and_no_longer(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 0);
	struct job *jobs = new_jobs(test, 2, held_fn);
	struct flusher f = { .target = &jobs[0].work };

	INIT_WORK_ONSTACK(&f.work, flusher_fn);
	init_completion(&f.done);
	queue_work(wq, &jobs[0].work);
	queue_work(wq, &jobs[1].work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&jobs[0].started, WAIT));
	queue_work(system_unbound_wq, &f.work);
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&f.done, HZ / 20));
	complete(&jobs[0].may_end);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&f.done, WAIT));
	KUNIT_EXPECT_EQ(test, atomic_read(&jobs[1].runs), 0);
	complete(&jobs[1].may_end);
	flush_work(&f.work);
	flush_workqueue(wq);
	/* An idle work: nothing to wait for. */
	KUNIT_EXPECT_FALSE(test, flush_work(&jobs[0].work));
}

static void flush_work_waits_for_an_inactive_work(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 1);
	struct job *block = new_jobs(test, 1, held_fn), *job = new_jobs(test, 1, quick_fn);
	struct flusher f = { .target = &job->work };

	INIT_WORK_ONSTACK(&f.work, flusher_fn);
	init_completion(&f.done);
	queue_work(wq, &block->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&block->started, WAIT));
	queue_work(wq, &job->work);
	queue_work(system_unbound_wq, &f.work);
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&f.done, HZ / 20));
	complete(&block->may_end);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&f.done, WAIT));
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 1);
	flush_work(&f.work);
	flush_workqueue(wq);
}

static void flush_workqueue_waits_for_what_came_before(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 0);
	struct job *jobs = new_jobs(test, 2, held_fn);
	struct flusher f = { .wq = wq };

	INIT_WORK_ONSTACK(&f.work, flusher_fn);
	init_completion(&f.done);
	queue_work(wq, &jobs[0].work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&jobs[0].started, WAIT));
	queue_work(system_unbound_wq, &f.work);
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&f.done, HZ / 20));
	/* This one comes after the flush began: not waited for. */
	queue_work(wq, &jobs[1].work);
	complete(&jobs[0].may_end);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&f.done, WAIT));
	KUNIT_EXPECT_EQ(test, atomic_read(&jobs[1].runs), 0);
	complete(&jobs[1].may_end);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&jobs[1].runs), 1);
	flush_work(&f.work);
}

static void cancel_takes_a_pending_work_back(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 1);
	struct job *block = new_jobs(test, 1, held_fn), *jobs = new_jobs(test, 2, quick_fn);

	queue_work(wq, &block->work);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&block->started, WAIT));
	queue_work(wq, &jobs[0].work);
	queue_work(wq, &jobs[1].work);
	KUNIT_EXPECT_TRUE(test, cancel_work(&jobs[0].work));
	KUNIT_EXPECT_FALSE(test, cancel_work(&jobs[0].work));
	KUNIT_EXPECT_FALSE(test, work_pending(&jobs[0].work));
	complete(&block->may_end);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&jobs[0].runs), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&jobs[1].runs), 1);
	/* And it may be queued again. */
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &jobs[0].work));
	flush_work(&jobs[0].work);
	KUNIT_EXPECT_EQ(test, atomic_read(&jobs[0].runs), 1);
}

static void requeue_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	atomic_inc(&job->runs);
	usleep_range(50, 100);
	queue_work(system_unbound_wq, work);
}

static void cancel_sync_ends_a_work_that_queues_itself(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, requeue_fn);
	int runs;

	queue_work(system_unbound_wq, &job->work);
	while (atomic_read(&job->runs) < 5)
		usleep_range(50, 100);
	cancel_work_sync(&job->work);
	runs = atomic_read(&job->runs);
	msleep(5);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), runs);
	KUNIT_EXPECT_EQ(test, work_busy(&job->work), 0);
}

static void disabled_work_can_not_be_queued(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);

	KUNIT_EXPECT_FALSE(test, disable_work_sync(&job->work));
	KUNIT_EXPECT_FALSE(test, disable_work(&job->work));
	KUNIT_EXPECT_FALSE(test, schedule_work(&job->work));
	KUNIT_EXPECT_FALSE(test, enable_work(&job->work));
	KUNIT_EXPECT_FALSE(test, schedule_work(&job->work));
	KUNIT_EXPECT_TRUE(test, enable_work(&job->work));
	KUNIT_EXPECT_TRUE(test, schedule_work(&job->work));
	flush_work(&job->work);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 1);
}

static void delayed_work_is_not_early(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);
	unsigned long due = jiffies + 5;

	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&job->dwork, 5));
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&job->done, WAIT));
	KUNIT_EXPECT_TRUE(test, time_after_eq(job->ran_at, due));
	cancel_delayed_work_sync(&job->dwork);
}

static void pending_delayed_work_keeps_its_delay(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);

	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&job->dwork, 1000 * HZ));
	KUNIT_EXPECT_TRUE(test, delayed_work_pending(&job->dwork));
	KUNIT_EXPECT_FALSE(test, schedule_delayed_work(&job->dwork, 1));
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&job->done, 5));
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(&job->dwork));
}

static void mod_delayed_work_changes_the_delay(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);

	KUNIT_EXPECT_FALSE(test, mod_delayed_work(system_wq, &job->dwork, 1000 * HZ));
	KUNIT_EXPECT_TRUE(test, mod_delayed_work(system_wq, &job->dwork, 2));
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&job->done, WAIT));
	cancel_delayed_work_sync(&job->dwork);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 1);
}

static void flush_delayed_work_does_not_wait_for_the_timer(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);

	schedule_delayed_work(&job->dwork, 1000 * HZ);
	/* What it returns depends on whether the work ends before it is looked for. */
	flush_delayed_work(&job->dwork);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 1);
}

static void cancelled_delayed_work_does_not_run(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);

	bool pending;

	/* The timer may beat us to it, but what it queued is taken back as well. */
	schedule_delayed_work(&job->dwork, 3);
	pending = cancel_delayed_work_sync(&job->dwork);
	KUNIT_EXPECT_FALSE(test, cancel_delayed_work(&job->dwork));
	if (pending)
		KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&job->done, 10));
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), pending ? 0 : 1);
}

static void delayed_work_runs_on_the_cpu_asked_for(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);
	int cpu = cpumask_last(cpu_online_mask);

	schedule_delayed_work_on(cpu, &job->dwork, 2);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&job->done, WAIT));
	flush_delayed_work(&job->dwork);
	KUNIT_EXPECT_EQ(test, job->cpu, cpu);
}

static void rcu_work_runs_after_a_grace_period(struct kunit *test)
{
	struct job *job = new_jobs(test, 1, quick_fn);

	/* While we read, no grace period ends. */
	rcu_read_lock();
	KUNIT_EXPECT_TRUE(test, queue_rcu_work(system_wq, &job->rwork));
	KUNIT_EXPECT_FALSE(test, queue_rcu_work(system_wq, &job->rwork));
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 0);
	rcu_read_unlock();
	flush_rcu_work(&job->rwork);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 1);
}

static DEFINE_PER_CPU(int, visits);

static void visit_fn(struct work_struct *work)
{
	this_cpu_inc(visits);
}

static void schedule_on_each_cpu_visits_each_once(struct kunit *test)
{
	int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(visits, cpu) = 0;
	KUNIT_ASSERT_EQ(test, schedule_on_each_cpu(visit_fn), 0);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, per_cpu(visits, cpu), 1);
}

static long answer(void *arg)
{
	return *(long *)arg + raw_smp_processor_id();
}

static void work_on_cpu_returns_the_answer(struct kunit *test)
{
	long arg = 1000;
	int cpu = cpumask_last(cpu_online_mask);

	KUNIT_EXPECT_EQ(test, work_on_cpu(cpu, answer, &arg), 1000 + cpu);
}

static void chain_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	if (atomic_inc_return(&job->runs) < 20)
		queue_work((void *)job->seen, work);
}

static void drain_lets_chained_works_finish(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, WQ_UNBOUND, 0);
	struct job *job = new_jobs(test, 1, chain_fn);

	job->seen = (void *)wq;
	queue_work(wq, &job->work);
	drain_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 20);
	KUNIT_EXPECT_FALSE(test, work_pending(&job->work));
}

static void draining_queue_refuses_strangers(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("kunit", WQ_UNBOUND | __WQ_DRAINING, 0);
	struct job *job = new_jobs(test, 1, quick_fn);

	KUNIT_ASSERT_NOT_NULL(test, wq);
	kunit_expect_report(test, REPORT_WARN);
	queue_work(wq, &job->work);
	KUNIT_EXPECT_EQ(test, atomic_read(&job->runs), 0);
	/* It may be queued elsewhere. */
	KUNIT_EXPECT_FALSE(test, work_pending(&job->work));
	destroy_workqueue(wq);
}

struct suicidal {
	struct work_struct work;
	atomic_t *count;
};

static void suicidal_fn(struct work_struct *work)
{
	struct suicidal *s = container_of(work, struct suicidal, work);

	atomic_inc(s->count);
	kfree(s);
}

static void works_may_free_themselves(struct kunit *test)
{
	struct workqueue_struct *wq = new_wq(test, 0, 0);
	atomic_t count = ATOMIC_INIT(0);
	int i;

	for (i = 0; i < 100; i++) {
		struct suicidal *s = kmalloc(sizeof(*s), GFP_KERNEL);

		if (!s)
			break;
		INIT_WORK(&s->work, suicidal_fn);
		s->count = &count;
		queue_work(wq, &s->work);
	}
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&count), i);
}

static void nothing_fn(struct work_struct *work)
{
	(void)work;
}

/*
 * The flusher is woken by a barrier, whose worker isn't back from it by then: the queue has to wait
 * for that worker (KASAN sees it if it doesn't).
 */
static void queue_ends_after_the_worker_that_told_the_flusher(struct kunit *test)
{
	struct work_struct work;
	int i;

	INIT_WORK_ONSTACK(&work, nothing_fn);
	for (i = 0; i < 200; i++) {
		struct workqueue_struct *wq = alloc_workqueue("kunit", i & 1 ? WQ_UNBOUND : 0, 0);

		KUNIT_ASSERT_NOT_NULL(test, wq);
		queue_work(wq, &work);
		flush_work(&work);
		destroy_workqueue(wq);
	}
	destroy_work_on_stack(&work);
}

/* ---- many at once ---- */

#define CROWD		16
#define CROWD_ROUNDS	4000

static void crowd_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	if (atomic_inc_return(&job->inside) > 1)
		atomic_inc(&job->max_inside);
	if (atomic_read(&job->runs) % 7 == 0)
		usleep_range(10, 50);
	atomic_inc(&job->runs);
	atomic_dec(&job->inside);
}

struct crowd {
	struct work_struct work;
	struct workqueue_struct *wq;
	struct job *jobs;
	u32 seed;
};

static void crowd_driver_fn(struct work_struct *work)
{
	struct crowd *c = container_of(work, struct crowd, work);
	u32 x = c->seed;
	int i;

	for_rounds(i, CROWD_ROUNDS) {
		struct job *job;

		x = x * 1664525 + 1013904223;
		job = &c->jobs[(x >> 20) % CROWD];
		switch ((x >> 27) % 8) {
		case 0:
			flush_work(&job->work);
			break;
		case 1:
			cancel_work(&job->work);
			break;
		case 2:
			cancel_work_sync(&job->work);
			break;
		case 3:
			mod_delayed_work(c->wq, &job->dwork, (x >> 24) % 2);
			break;
		case 4:
			cancel_delayed_work_sync(&job->dwork);
			break;
		default:
			queue_work_on(x & 1 ? WORK_CPU_UNBOUND : cpumask_first(cpu_online_mask),
				      c->wq, &job->work);
		}
		if (!((x >> 16) % 32))
			flush_workqueue(c->wq);
	}
}

static void run_crowd(struct kunit *test, unsigned int flags, int max_active)
{
	struct workqueue_struct *wq = new_wq(test, flags, max_active);
	struct job *jobs = new_jobs(test, CROWD, crowd_fn);
	struct crowd *c = kunit_kcalloc(test, 4, sizeof(*c), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, c);
	for (i = 0; i < 4; i++) {
		c[i] = (struct crowd){ .wq = wq, .jobs = jobs, .seed = 77 * i + 1 };
		INIT_WORK(&c[i].work, crowd_driver_fn);
		queue_work(system_unbound_wq, &c[i].work);
	}
	for (i = 0; i < 4; i++)
		flush_work(&c[i].work);
	for (i = 0; i < CROWD; i++) {
		cancel_work_sync(&jobs[i].work);
		cancel_delayed_work_sync(&jobs[i].dwork);
		KUNIT_EXPECT_EQ(test, atomic_read(&jobs[i].max_inside), 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&jobs[i].inside), 0);
		KUNIT_EXPECT_EQ(test, work_busy(&jobs[i].work), 0);
	}
}

static void crowd_on_a_bound_queue(struct kunit *test)
{
	run_crowd(test, 0, 0);
}

static void crowd_on_an_unbound_queue(struct kunit *test)
{
	run_crowd(test, WQ_UNBOUND, 3);
}

static void crowd_on_a_reclaim_queue(struct kunit *test)
{
	run_crowd(test, WQ_MEM_RECLAIM | WQ_HIGHPRI, 2);
}

static struct kunit_case workqueue_cases[] = {
	KUNIT_CASE(work_runs_once_in_process_context),
	KUNIT_CASE(pending_work_is_not_queued_twice),
	KUNIT_CASE(running_work_may_be_queued_and_does_not_overlap),
	KUNIT_CASE(work_runs_on_the_cpu_asked_for),
	KUNIT_CASE(sleeping_work_lets_the_next_one_run),
	KUNIT_CASE(hogging_work_lets_the_next_one_run),
	KUNIT_CASE(ordered_queue_keeps_order_one_at_a_time),
	KUNIT_CASE(flooded_queue_does_not_hold_up_another),
	KUNIT_CASE(work_that_waits_for_its_own_end_can_be_cancelled),
	KUNIT_CASE(max_active_limits_how_many_run),
	KUNIT_CASE(flush_work_waits_for_it_and_no_longer),
	KUNIT_CASE(flush_work_waits_for_an_inactive_work),
	KUNIT_CASE(flush_workqueue_waits_for_what_came_before),
	KUNIT_CASE(cancel_takes_a_pending_work_back),
	KUNIT_CASE(cancel_sync_ends_a_work_that_queues_itself),
	KUNIT_CASE(disabled_work_can_not_be_queued),
	KUNIT_CASE(delayed_work_is_not_early),
	KUNIT_CASE(pending_delayed_work_keeps_its_delay),
	KUNIT_CASE(mod_delayed_work_changes_the_delay),
	KUNIT_CASE(flush_delayed_work_does_not_wait_for_the_timer),
	KUNIT_CASE(cancelled_delayed_work_does_not_run),
	KUNIT_CASE(delayed_work_runs_on_the_cpu_asked_for),
	KUNIT_CASE(rcu_work_runs_after_a_grace_period),
	KUNIT_CASE(schedule_on_each_cpu_visits_each_once),
	KUNIT_CASE(work_on_cpu_returns_the_answer),
	KUNIT_CASE(drain_lets_chained_works_finish),
	KUNIT_CASE(draining_queue_refuses_strangers),
	KUNIT_CASE(works_may_free_themselves),
	KUNIT_CASE(queue_ends_after_the_worker_that_told_the_flusher),
	KUNIT_CASE(crowd_on_a_bound_queue),
	KUNIT_CASE(crowd_on_an_unbound_queue),
	KUNIT_CASE(crowd_on_a_reclaim_queue),
	{}
};

static struct kunit_suite workqueue_suite = {
	.name = "workqueue",
	.test_cases = workqueue_cases,
};
kunit_test_suite(workqueue_suite);
