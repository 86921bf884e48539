// SPDX-License-Identifier: MIT
/* Softirqs, tasklets and irq_work: in which context, how often, and what holds them off. */
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/hrtimer.h>

#include "patience.h"

#define WAIT	PATIENCE

struct lettered {
	struct tasklet_struct tasklet;
	atomic_t runs, inside, overlapped;
	bool in_softirq, irqs_off, preempt_off;
	int cpu, order;
	unsigned int busy_us;
	struct completion done;
};

static atomic_t order;

static void note_tasklet(struct tasklet_struct *t)
{
	struct lettered *l = from_tasklet(l, t, tasklet);

	if (atomic_inc_return(&l->inside) > 1)
		atomic_inc(&l->overlapped);
	l->in_softirq = in_serving_softirq() && !in_hardirq();
	l->irqs_off = irqs_disabled();
	l->preempt_off = preempt_count();
	l->cpu = smp_processor_id();
	l->order = atomic_inc_return(&order);
	if (l->busy_us)
		udelay(l->busy_us);
	atomic_inc(&l->runs);
	atomic_dec(&l->inside);
	complete(&l->done);
}

static void lettered_init(struct lettered *l)
{
	memset(l, 0, sizeof(*l));
	tasklet_setup(&l->tasklet, note_tasklet);
	init_completion(&l->done);
}

static void tasklet_runs_in_softirq_with_interrupts_on(struct kunit *test)
{
	struct lettered l;

	lettered_init(&l);
	tasklet_schedule(&l.tasklet);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&l.done, WAIT));
	tasklet_kill(&l.tasklet);
	KUNIT_EXPECT_TRUE(test, l.in_softirq);
	KUNIT_EXPECT_FALSE(test, l.irqs_off);
	KUNIT_EXPECT_TRUE(test, l.preempt_off);
	KUNIT_EXPECT_EQ(test, atomic_read(&l.runs), 1);
}

static void tasklet_scheduled_twice_runs_once(struct kunit *test)
{
	struct lettered l;

	lettered_init(&l);
	local_bh_disable();
	tasklet_schedule(&l.tasklet);
	tasklet_schedule(&l.tasklet);
	tasklet_hi_schedule(&l.tasklet);
	KUNIT_EXPECT_EQ(test, atomic_read(&l.runs), 0);
	local_bh_enable();
	tasklet_kill(&l.tasklet);
	KUNIT_EXPECT_EQ(test, atomic_read(&l.runs), 1);
}

static void enabling_bottom_halves_runs_what_is_pending(struct kunit *test)
{
	struct lettered l;
	int runs_inside, runs_nested, runs_after;

	lettered_init(&l);
	local_bh_disable();
	tasklet_schedule(&l.tasklet);
	local_bh_disable();
	runs_inside = atomic_read(&l.runs);
	local_bh_enable();
	runs_nested = atomic_read(&l.runs);
	local_bh_enable();
	/* Here at once, unless ksoftirqd was on its way already. */
	tasklet_kill(&l.tasklet);
	runs_after = atomic_read(&l.runs);
	KUNIT_EXPECT_EQ(test, runs_inside, 0);
	KUNIT_EXPECT_EQ(test, runs_nested, 0);
	KUNIT_EXPECT_EQ(test, runs_after, 1);
}

static void preempt_count_tells_the_contexts_apart(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, in_softirq());
	KUNIT_EXPECT_TRUE(test, in_task());
	local_bh_disable();
	KUNIT_EXPECT_TRUE(test, in_softirq());
	KUNIT_EXPECT_FALSE(test, in_serving_softirq());
	KUNIT_EXPECT_TRUE(test, in_task());
	local_bh_enable();
	KUNIT_EXPECT_FALSE(test, in_interrupt());
}

static void hi_tasklets_run_before_others(struct kunit *test)
{
	struct lettered lo, hi;

	lettered_init(&lo);
	lettered_init(&hi);
	atomic_set(&order, 0);
	local_bh_disable();
	tasklet_schedule(&lo.tasklet);
	tasklet_hi_schedule(&hi.tasklet);
	local_bh_enable();
	tasklet_kill(&lo.tasklet);
	tasklet_kill(&hi.tasklet);
	KUNIT_EXPECT_EQ(test, hi.order, 1);
	KUNIT_EXPECT_EQ(test, lo.order, 2);
}

static void disabled_tasklet_waits(struct kunit *test)
{
	struct lettered l;

	lettered_init(&l);
	tasklet_disable(&l.tasklet);
	tasklet_schedule(&l.tasklet);
	/* It can't run, however long we wait; a tick or two show a bug most of the time. */
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&l.done, HZ / 20));
	tasklet_enable(&l.tasklet);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&l.done, WAIT));
	tasklet_kill(&l.tasklet);
	KUNIT_EXPECT_EQ(test, atomic_read(&l.runs), 1);
}

static int scheduler_thread(void *data)
{
	struct lettered *l = data;

	while (!kthread_should_stop()) {
		tasklet_schedule(&l->tasklet);
		cond_resched();
	}
	return 0;
}

/* All CPUs schedule the same tasklet: it runs on one at a time. */
static void tasklet_does_not_run_on_two_cpus_at_once(struct kunit *test)
{
	struct task_struct *threads[4];
	struct lettered l;
	int i;

	lettered_init(&l);
	l.busy_us = 20;
	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		threads[i] = kthread_run(scheduler_thread, &l, "tasklet-storm/%d", i);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, threads[i]);
	}
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&l.runs) > 100));
	for (i = 0; i < ARRAY_SIZE(threads); i++)
		if (!IS_ERR(threads[i]))
			kthread_stop(threads[i]);
	tasklet_kill(&l.tasklet);
	KUNIT_EXPECT_EQ(test, atomic_read(&l.overlapped), 0);
}

static void tasklet_kill_waits_for_the_end(struct kunit *test)
{
	struct lettered l;
	int i;

	for (i = 0; i < 20; i++) {
		lettered_init(&l);
		l.busy_us = 200;
		tasklet_schedule(&l.tasklet);
		tasklet_kill(&l.tasklet);
		KUNIT_EXPECT_EQ(test, atomic_read(&l.inside), 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&l.runs), 1);
		KUNIT_EXPECT_FALSE(test, test_bit(TASKLET_STATE_SCHED, &l.tasklet.state));
	}
}

struct eternal {
	struct tasklet_struct tasklet;
	atomic_t runs;
	atomic_t stop;
};

static void eternal_fn(struct tasklet_struct *t)
{
	struct eternal *e = from_tasklet(e, t, tasklet);

	atomic_inc(&e->runs);
	if (!atomic_read(&e->stop))
		tasklet_schedule(t);
}

/* A softirq that always raises itself must leave the CPU to tasks now and then. */
static void endless_softirq_does_not_starve_tasks(struct kunit *test)
{
	struct eternal e = {};
	int i;

	tasklet_setup(&e.tasklet, eternal_fn);
	migrate_disable();
	tasklet_schedule(&e.tasklet);
	for (i = 0; i < 20; i++)
		schedule_timeout_uninterruptible(1);
	atomic_set(&e.stop, 1);
	migrate_enable();
	tasklet_kill(&e.tasklet);
	/* That we got here is the point. */
	KUNIT_EXPECT_GT(test, atomic_read(&e.runs), 0);
}

/* ---- irq_work ---- */

struct noted_irq_work {
	struct irq_work work;
	atomic_t runs;
	bool in_hardirq, irqs_off;
	int cpu;
};

static void note_irq_work(struct irq_work *work)
{
	struct noted_irq_work *n = container_of(work, struct noted_irq_work, work);

	n->in_hardirq = in_hardirq();
	n->irqs_off = irqs_disabled();
	n->cpu = smp_processor_id();
	atomic_inc(&n->runs);
}

static void irq_work_runs_in_hard_irq(struct kunit *test)
{
	struct noted_irq_work n = {};

	init_irq_work(&n.work, note_irq_work);
	KUNIT_EXPECT_TRUE(test, irq_work_queue(&n.work));
	irq_work_sync(&n.work);
	KUNIT_EXPECT_EQ(test, atomic_read(&n.runs), 1);
	KUNIT_EXPECT_TRUE(test, n.in_hardirq);
	KUNIT_EXPECT_TRUE(test, n.irqs_off);
	KUNIT_EXPECT_FALSE(test, irq_work_is_busy(&n.work));
}

static void irq_work_waits_for_interrupts(struct kunit *test)
{
	struct noted_irq_work n = {};
	unsigned long flags;
	int runs;
	bool again;

	init_irq_work(&n.work, note_irq_work);
	local_irq_save(flags);
	irq_work_queue(&n.work);
	again = irq_work_queue(&n.work);
	udelay(100);
	runs = atomic_read(&n.runs);
	local_irq_restore(flags);
	irq_work_sync(&n.work);
	KUNIT_EXPECT_EQ(test, runs, 0);
	KUNIT_EXPECT_FALSE(test, again);
	KUNIT_EXPECT_EQ(test, atomic_read(&n.runs), 1);
}

static void irq_work_runs_on_the_cpu_asked_for(struct kunit *test)
{
	struct noted_irq_work n = {};
	int cpu;

	init_irq_work(&n.work, note_irq_work);
	cpus_read_lock();
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_TRUE(test, irq_work_queue_on(&n.work, cpu));
		irq_work_sync(&n.work);
		KUNIT_EXPECT_EQ(test, n.cpu, cpu);
	}
	cpus_read_unlock();
}

static void lazy_irq_work_runs_within_a_tick_or_so(struct kunit *test)
{
	struct noted_irq_work n = { .work = IRQ_WORK_INIT_LAZY(note_irq_work) };

	irq_work_queue(&n.work);
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&n.runs) == 1));
	irq_work_sync(&n.work);
}

struct queueing_timer {
	struct hrtimer timer;
	struct noted_irq_work *n;
	bool queued;
	struct completion done;
};

static enum hrtimer_restart queue_from_irq(struct hrtimer *timer)
{
	struct queueing_timer *q = container_of(timer, struct queueing_timer, timer);

	q->queued = irq_work_queue(&q->n->work);
	complete(&q->done);
	return HRTIMER_NORESTART;
}

static void irq_work_may_be_queued_from_hard_irq(struct kunit *test)
{
	struct noted_irq_work n = {};
	struct queueing_timer q = { .n = &n };

	init_irq_work(&n.work, note_irq_work);
	init_completion(&q.done);
	hrtimer_setup(&q.timer, queue_from_irq, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	hrtimer_start(&q.timer, 100 * NSEC_PER_USEC, HRTIMER_MODE_REL_HARD);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&q.done, WAIT));
	hrtimer_cancel(&q.timer);
	irq_work_sync(&n.work);
	KUNIT_EXPECT_TRUE(test, q.queued);
	KUNIT_EXPECT_EQ(test, atomic_read(&n.runs), 1);
}

/* An NMI may queue: that is what irq_work is for. The count is all that an NMI differs in here. */
static void irq_work_may_be_queued_from_nmi(struct kunit *test)
{
	struct noted_irq_work n = {};
	unsigned long flags;
	bool queued;

	init_irq_work(&n.work, note_irq_work);
	local_irq_save(flags);
	__nmi_enter();
	queued = irq_work_queue(&n.work);
	__nmi_exit();
	local_irq_restore(flags);
	irq_work_sync(&n.work);
	KUNIT_EXPECT_TRUE(test, queued);
	KUNIT_EXPECT_EQ(test, atomic_read(&n.runs), 1);
	KUNIT_EXPECT_TRUE(test, n.in_hardirq);
}

static void requeue_irq_work(struct irq_work *work)
{
	struct noted_irq_work *n = container_of(work, struct noted_irq_work, work);

	if (atomic_inc_return(&n->runs) < 50)
		irq_work_queue(work);
}

static void irq_work_may_queue_itself(struct kunit *test)
{
	struct noted_irq_work n = {};

	init_irq_work(&n.work, requeue_irq_work);
	irq_work_queue(&n.work);
	while (atomic_read(&n.runs) < 50)
		cpu_relax();
	irq_work_sync(&n.work);
	KUNIT_EXPECT_EQ(test, atomic_read(&n.runs), 50);
}

static struct kunit_case softirq_cases[] = {
	KUNIT_CASE(tasklet_runs_in_softirq_with_interrupts_on),
	KUNIT_CASE(tasklet_scheduled_twice_runs_once),
	KUNIT_CASE(enabling_bottom_halves_runs_what_is_pending),
	KUNIT_CASE(preempt_count_tells_the_contexts_apart),
	KUNIT_CASE(hi_tasklets_run_before_others),
	KUNIT_CASE(disabled_tasklet_waits),
	KUNIT_CASE(tasklet_does_not_run_on_two_cpus_at_once),
	KUNIT_CASE(tasklet_kill_waits_for_the_end),
	KUNIT_CASE(endless_softirq_does_not_starve_tasks),
	{}
};

static struct kunit_suite softirq_suite = {
	.name = "softirq",
	.test_cases = softirq_cases,
};

static struct kunit_case irq_work_cases[] = {
	KUNIT_CASE(irq_work_runs_in_hard_irq),
	KUNIT_CASE(irq_work_waits_for_interrupts),
	KUNIT_CASE(irq_work_runs_on_the_cpu_asked_for),
	KUNIT_CASE(lazy_irq_work_runs_within_a_tick_or_so),
	KUNIT_CASE(irq_work_may_be_queued_from_hard_irq),
	KUNIT_CASE(irq_work_may_be_queued_from_nmi),
	KUNIT_CASE(irq_work_may_queue_itself),
	{}
};

static struct kunit_suite irq_work_suite = {
	.name = "irq_work",
	.test_cases = irq_work_cases,
};
kunit_test_suites(&softirq_suite, &irq_work_suite);
