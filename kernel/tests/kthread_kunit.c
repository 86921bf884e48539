// SPDX-License-Identifier: MIT
/*
 * Kernel threads from birth to death, their workers, task work and pids.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/pid.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/task_work.h>

#include "../fork.h"
#include "patience.h"

static int return_data(void *data)
{
	return (int)(long)data;
}

static int wait_for_stop(void *data)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return (int)(long)data;
}

static void stop_returns_what_the_thread_returned(struct kunit *test)
{
	struct task_struct *t = kthread_run(wait_for_stop, (void *)42L, "stopme");

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(t->__state) == TASK_INTERRUPTIBLE));
	KUNIT_EXPECT_EQ(test, kthread_stop(t), 42);
}

static void a_thread_may_end_before_it_is_stopped(struct kunit *test)
{
	struct task_struct *t = kthread_create(return_data, (void *)7L, "ends");

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(t->exit_state)));
	KUNIT_EXPECT_EQ(test, kthread_stop_put(t), 7);
}

static void a_thread_that_never_ran_is_stopped_without_running(struct kunit *test)
{
	struct task_struct *t = kthread_create(return_data, (void *)7L, "never");

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	KUNIT_EXPECT_EQ(test, kthread_stop(t), -EINTR);
}

static void threads_have_name_data_and_defaults(struct kunit *test)
{
	struct task_struct *t = kthread_create(wait_for_stop, test, "name-%d", 5);

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	KUNIT_EXPECT_STREQ(test, t->comm, "name-5");
	KUNIT_EXPECT_PTR_EQ(test, kthread_data(t), (void *)test);
	KUNIT_EXPECT_PTR_EQ(test, kthread_func(t), (void *)wait_for_stop);
	KUNIT_EXPECT_EQ(test, t->policy, SCHED_NORMAL);
	KUNIT_EXPECT_EQ(test, task_nice(t), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&t->cpus_mask, cpu_possible_mask));
	KUNIT_EXPECT_TRUE(test, t->flags & PF_KTHREAD);
	KUNIT_EXPECT_PTR_EQ(test, t->mm, NULL);
	kthread_stop(t);
}

static void a_long_name_is_cut(struct kunit *test)
{
	struct task_struct *t = kthread_create(wait_for_stop, NULL, "a-name-of-more-than-fifteen");

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	KUNIT_EXPECT_STREQ(test, t->comm, "a-name-of-more-");
	kthread_stop(t);
}

static int report_cpu(void *data)
{
	*(int *)data = raw_smp_processor_id();
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void a_bound_thread_runs_on_its_cpu(struct kunit *test)
{
	int cpu;

	for_each_online_cpu(cpu) {
		int ran_on = -1;
		struct task_struct *t = kthread_create_on_cpu(report_cpu, &ran_on, cpu, "bound/%u");

		KUNIT_ASSERT_FALSE(test, IS_ERR(t));
		wake_up_process(t);
		KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(ran_on) >= 0));
		KUNIT_EXPECT_EQ(test, sched_setaffinity(t->pid, cpu_possible_mask), -EINVAL);
		kthread_stop(t);
		KUNIT_EXPECT_EQ(test, ran_on, cpu);
	}
}

static int parker(void *data)
{
	int *rounds = data;

	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		WRITE_ONCE(*rounds, *rounds + 1);
		msleep(1);
	}
	return 0;
}

static void a_parked_thread_does_nothing(struct kunit *test)
{
	int rounds = 0, seen, i;
	struct task_struct *t = kthread_run(parker, &rounds, "parker");

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	for (i = 0; i < 10; i++) {
		KUNIT_EXPECT_EQ(test, kthread_park(t), 0);
		KUNIT_EXPECT_EQ(test, READ_ONCE(t->__state), TASK_PARKED);
		seen = READ_ONCE(rounds);
		/* An ordinary wake-up must not unpark it; give it the time to go wrong. */
		KUNIT_EXPECT_EQ(test, wake_up_process(t), 0);
		msleep(3);
		KUNIT_EXPECT_EQ(test, READ_ONCE(rounds), seen);
		kthread_unpark(t);
		KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(rounds) > seen));
	}
	kthread_stop(t);
}

static void a_parked_thread_can_be_stopped(struct kunit *test)
{
	int rounds = 0;
	struct task_struct *t = kthread_run(parker, &rounds, "parker");

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	KUNIT_EXPECT_EQ(test, kthread_park(t), 0);
	KUNIT_EXPECT_EQ(test, kthread_stop(t), 0);
}

static void many_threads_come_and_go(struct kunit *test)
{
	int before = nr_threads, i, ret;

	for (i = 0; i < 100; i++) {
		struct task_struct *t = kthread_run(wait_for_stop, (void *)(long)i, "many%d", i);

		KUNIT_ASSERT_FALSE(test, IS_ERR(t));
		if (!(i % 16))
			msleep(1);
		ret = kthread_stop(t);
		/* Stopped before it first ran, it gives -EINTR. */
		KUNIT_EXPECT_TRUE(test, ret == i || ret == -EINTR);
	}
	/* Kernel threads of others come and go meanwhile, but not a hundred. */
	KUNIT_EXPECT_TRUE(test, eventually(nr_threads <= before + 20));
}

/* ---- workers ---- */

struct counted {
	struct kthread_work work;
	struct kthread_delayed_work dwork;
	int runs;
	u64 ran_at;
	struct completion started;
	bool requeue;
	struct kthread_worker *worker;
};

/*
 * The half-made thread is a copy of kthreadd. When it is thrown away, nothing of kthreadd's may go
 * with it: its struct kthread, above all, must not be memory that is free to be had again.
 */
static void a_refused_thread_takes_nothing_of_kthreadd(struct kunit *test)
{
	static const size_t sizes[] = { 32, 64, 96, 128, 192, 256, 512 };
	int limit = READ_ONCE(max_threads), i;
	struct task_struct *t;

	WRITE_ONCE(max_threads, 0);
	t = kthread_create(return_data, NULL, "one too many");
	WRITE_ONCE(max_threads, limit);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(t), -EAGAIN);
	if (!IS_ERR(t))
		kthread_stop(t);

	for (i = 0; i < ARRAY_SIZE(sizes) * 8; i++)
		KUNIT_EXPECT_PTR_NE(test, kunit_kmalloc(test, sizes[i / 8], GFP_KERNEL),
				    kthreadd_task->worker_private);
	t = kthread_run(wait_for_stop, (void *)1L, "one of many");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(t->__state) == TASK_INTERRUPTIBLE));
	KUNIT_EXPECT_EQ(test, kthread_stop(t), 1);
}

static void count_fn(struct kthread_work *work)
{
	struct counted *c = container_of(work, struct counted, work);

	c->runs++;
	complete(&c->started);
	if (c->requeue) {
		msleep(1);
		kthread_queue_work(c->worker, work);
	}
}

static void count_delayed_fn(struct kthread_work *work)
{
	struct counted *c = container_of(work, struct counted, dwork.work);

	c->ran_at = get_jiffies_64();
	c->runs++;
	complete(&c->started);
}

static struct counted *make_worker(struct kunit *test)
{
	struct counted *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, c);
	c->worker = kthread_create_worker(0, "worker");
	KUNIT_ASSERT_FALSE(test, IS_ERR(c->worker));
	kthread_init_work(&c->work, count_fn);
	kthread_init_delayed_work(&c->dwork, count_delayed_fn);
	init_completion(&c->started);
	return c;
}

static void queued_work_runs_once(struct kunit *test)
{
	struct counted *c = make_worker(test);

	KUNIT_EXPECT_TRUE(test, kthread_queue_work(c->worker, &c->work));
	kthread_flush_work(&c->work);
	KUNIT_EXPECT_EQ(test, c->runs, 1);
	KUNIT_EXPECT_TRUE(test, kthread_queue_work(c->worker, &c->work));
	kthread_flush_worker(c->worker);
	KUNIT_EXPECT_EQ(test, c->runs, 2);
	kthread_destroy_worker(c->worker);
}

static void delayed_work_runs_later(struct kunit *test)
{
	struct counted *c = make_worker(test);
	u64 due = get_jiffies_64() + 3;

	KUNIT_EXPECT_TRUE(test, kthread_queue_delayed_work(c->worker, &c->dwork, 3));
	wait_for_completion(&c->started);
	KUNIT_EXPECT_TRUE(test, time_after_eq64(c->ran_at, due));
	KUNIT_EXPECT_EQ(test, c->runs, 1);

	KUNIT_EXPECT_TRUE(test, kthread_queue_delayed_work(c->worker, &c->dwork, 1000 * HZ));
	KUNIT_EXPECT_FALSE(test, kthread_queue_delayed_work(c->worker, &c->dwork, 1));
	KUNIT_EXPECT_TRUE(test, kthread_mod_delayed_work(c->worker, &c->dwork, 1));
	wait_for_completion(&c->started);
	KUNIT_EXPECT_EQ(test, c->runs, 2);

	KUNIT_EXPECT_TRUE(test, kthread_queue_delayed_work(c->worker, &c->dwork, 1000 * HZ));
	KUNIT_EXPECT_TRUE(test, kthread_cancel_delayed_work_sync(&c->dwork));
	KUNIT_EXPECT_FALSE(test, kthread_cancel_delayed_work_sync(&c->dwork));
	KUNIT_EXPECT_EQ(test, c->runs, 2);
	kthread_destroy_worker(c->worker);
}

static void cancel_ends_work_that_requeues_itself(struct kunit *test)
{
	struct counted *c = make_worker(test);
	int runs;

	c->requeue = true;
	kthread_queue_work(c->worker, &c->work);
	wait_for_completion(&c->started);
	wait_for_completion(&c->started);
	kthread_cancel_work_sync(&c->work);
	runs = c->runs;
	msleep(5);
	KUNIT_EXPECT_EQ(test, c->runs, runs);
	kthread_destroy_worker(c->worker);
}

/* ---- task work ---- */

struct tw {
	struct callback_head head;
	int *order;
	int *next;
};

static void tw_fn(struct callback_head *head)
{
	struct tw *tw = container_of(head, struct tw, head);

	*tw->order = (*tw->next)++;
}

static void task_work_runs_in_the_task(struct kunit *test)
{
	struct tw tw[3];
	int order[3] = { -1, -1, -1 }, next = 0, i;

	for (i = 0; i < 3; i++) {
		tw[i] = (struct tw){ .order = &order[i], .next = &next };
		init_task_work(&tw[i].head, tw_fn);
		KUNIT_EXPECT_EQ(test, task_work_add(current, &tw[i].head, TWA_NONE), 0);
	}
	KUNIT_EXPECT_TRUE(test, task_work_cancel(current, &tw[1].head));
	KUNIT_EXPECT_FALSE(test, task_work_cancel(current, &tw[1].head));
	task_work_run();
	KUNIT_EXPECT_EQ(test, order[2], 0);	/* newest first */
	KUNIT_EXPECT_EQ(test, order[1], -1);
	KUNIT_EXPECT_EQ(test, order[0], 1);
	KUNIT_EXPECT_FALSE(test, task_work_pending(current));
}

static int quick(void *data)
{
	(void)data;
	return 0;
}

static void a_dead_task_takes_no_work(struct kunit *test)
{
	struct task_struct *t = kthread_create(quick, NULL, "quick");
	struct tw tw = { };

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	get_task_struct(t);
	kthread_stop(t);
	init_task_work(&tw.head, tw_fn);
	KUNIT_EXPECT_EQ(test, task_work_add(t, &tw.head, TWA_NONE), -ESRCH);
	put_task_struct(t);
}

/* ---- pids ---- */

static void a_pid_leads_to_its_task(struct kunit *test)
{
	struct task_struct *t = kthread_create(wait_for_stop, NULL, "pid");
	struct task_struct *found;
	struct pid *pid;
	pid_t nr;

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	nr = t->pid;
	found = find_get_task_by_vpid(nr);
	KUNIT_EXPECT_PTR_EQ(test, found, t);
	pid = get_task_pid(t, PIDTYPE_PID);
	KUNIT_EXPECT_EQ(test, pid_nr(pid), nr);
	kthread_stop(t);
	/* It told kthread_stop() of its end a little before it left the lists. */
	while (pid_alive(found))
		msleep(1);
	/* The reference keeps the struct and the pid, but not the way from number to task. */
	KUNIT_EXPECT_PTR_EQ(test, find_get_task_by_vpid(nr), NULL);
	KUNIT_EXPECT_PTR_EQ(test, get_pid_task(pid, PIDTYPE_PID), NULL);
	put_pid(pid);
	put_task_struct(found);
}

static void numbers_are_not_reused_at_once(struct kunit *test)
{
	struct task_struct *t = kthread_create(wait_for_stop, NULL, "a");
	pid_t first;

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	first = t->pid;
	kthread_stop(t);
	t = kthread_create(wait_for_stop, NULL, "b");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	KUNIT_EXPECT_NE(test, t->pid, first);
	kthread_stop(t);
}

static void stacks_have_their_magic_and_size(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, *end_of_stack(current), STACK_END_MAGIC);
	KUNIT_EXPECT_TRUE(test, object_is_on_stack(&test));
	KUNIT_EXPECT_EQ(test, (unsigned long)task_stack_page(current) % THREAD_SIZE, 0);
	KUNIT_EXPECT_NE(test, current->stack_canary, 0);
}

static struct kunit_case kthread_cases[] = {
	KUNIT_CASE(stop_returns_what_the_thread_returned),
	KUNIT_CASE(a_thread_may_end_before_it_is_stopped),
	KUNIT_CASE(a_thread_that_never_ran_is_stopped_without_running),
	KUNIT_CASE(threads_have_name_data_and_defaults),
	KUNIT_CASE(a_long_name_is_cut),
	KUNIT_CASE(a_bound_thread_runs_on_its_cpu),
	KUNIT_CASE(a_parked_thread_does_nothing),
	KUNIT_CASE(a_parked_thread_can_be_stopped),
	KUNIT_CASE(many_threads_come_and_go),
	KUNIT_CASE(a_refused_thread_takes_nothing_of_kthreadd),
	KUNIT_CASE(queued_work_runs_once),
	KUNIT_CASE(delayed_work_runs_later),
	KUNIT_CASE(cancel_ends_work_that_requeues_itself),
	KUNIT_CASE(task_work_runs_in_the_task),
	KUNIT_CASE(a_dead_task_takes_no_work),
	KUNIT_CASE(a_pid_leads_to_its_task),
	KUNIT_CASE(numbers_are_not_reused_at_once),
	KUNIT_CASE(stacks_have_their_magic_and_size),
	{}
};

static struct kunit_suite kthread_suite = {
	.name = "kthread",
	.test_cases = kthread_cases,
};
kunit_test_suite(kthread_suite);
