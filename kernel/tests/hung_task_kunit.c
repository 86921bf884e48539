// SPDX-License-Identifier: MIT
/*
 * The watchdog over waiting tasks barks at one that waits in state D and never comes to run, once
 * for each timeout; and at no other.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "../hung_task.h"

struct sleeper {
	unsigned int state;
	bool wake;
};

static int sleep_in_state(void *data)
{
	struct sleeper *s = data;

	for (;;) {
		set_current_state(s->state);
		if (READ_ONCE(s->wake))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* It gets there without anybody's help. */
static void till_asleep(struct task_struct *task, struct sleeper *s)
{
	while (!wait_task_inactive(task, s->state))
		schedule_timeout_uninterruptible(1);
}

static struct task_struct *start_sleeper(struct kunit *test, struct sleeper *s)
{
	struct task_struct *task = kthread_run(sleep_in_state, s, "hung-task-test");

	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	till_asleep(task, s);
	return task;
}

static void stop_sleeper(struct task_struct *task, struct sleeper *s)
{
	WRITE_ONCE(s->wake, true);
	wake_up_process(task);
	kthread_stop(task);
}

/* A second look that believes the first to be ten seconds ago. */
static void look_twice(struct task_struct *task)
{
	check_hung_tasks(3600 * HZ);
	task->last_switch_time = jiffies - 10 * HZ;
	check_hung_tasks(9 * HZ);
}

static void a_wait_without_end_is_reported_once(struct kunit *test)
{
	struct sleeper s = { .state = TASK_UNINTERRUPTIBLE };
	struct task_struct *task = start_sleeper(test, &s);

	kunit_expect_report(test, REPORT_LOCKUP);
	look_twice(task);
	check_hung_tasks(9 * HZ);
	stop_sleeper(task, &s);
	KUNIT_EXPECT_EQ(test, kunit_reports_seen(test, REPORT_LOCKUP), 1);
}

static void a_task_that_runs_now_and_then_is_not(struct kunit *test)
{
	struct sleeper s = { .state = TASK_UNINTERRUPTIBLE };
	struct task_struct *task = start_sleeper(test, &s);
	unsigned long switches = task->nvcsw + task->nivcsw;

	check_hung_tasks(3600 * HZ);
	task->last_switch_time = jiffies - 10 * HZ;
	wake_up_process(task);
	while (task->nvcsw + task->nivcsw == switches)
		schedule_timeout_uninterruptible(1);
	till_asleep(task, &s);
	check_hung_tasks(9 * HZ);
	stop_sleeper(task, &s);
}

static void waits_that_may_last_are_not(struct kunit *test)
{
	static const unsigned int states[] = { TASK_INTERRUPTIBLE, TASK_IDLE, TASK_KILLABLE };
	int i;

	for (i = 0; i < ARRAY_SIZE(states); i++) {
		struct sleeper s = { .state = states[i] };
		struct task_struct *task = start_sleeper(test, &s);

		look_twice(task);
		stop_sleeper(task, &s);
	}
}

static struct kunit_case hung_task_cases[] = {
	KUNIT_CASE(a_wait_without_end_is_reported_once),
	KUNIT_CASE(a_task_that_runs_now_and_then_is_not),
	KUNIT_CASE(waits_that_may_last_are_not),
	{}
};

static struct kunit_suite hung_task_suite = {
	.name = "hung_task",
	.test_cases = hung_task_cases,
};
kunit_test_suite(hung_task_suite);
