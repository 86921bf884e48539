// SPDX-License-Identifier: MIT
/*
 * Workqueues: the calls round them. Limits, calls made elsewhere, what a worker tells of itself,
 * lock classes. What is promised of the works themselves is in workqueue_kunit.c.
 */
#include <kunit/test.h>

#include <linux/bottom_half.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/kmsg_dump.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "../workqueue_internal.h"
#include "patience.h"

KUNIT_DEFINE_ACTION_WRAPPER(destroy_wq, destroy_workqueue, struct workqueue_struct *);

static struct workqueue_struct *keep_wq(struct kunit *test, struct workqueue_struct *wq)
{
	KUNIT_ASSERT_NOT_NULL(test, wq);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, destroy_wq, wq), 0);
	return wq;
}

static int limit_of(struct workqueue_struct *wq)
{
	return wq_lane(wq, 0)->limit;
}

static void max_active_of_0_is_256_and_512_the_most(struct kunit *test)
{
	struct workqueue_struct *wq = keep_wq(test, alloc_workqueue("kunit-limits", 0, 0));

	KUNIT_EXPECT_EQ(test, limit_of(wq), 256);
	workqueue_set_max_active(wq, 100000);
	KUNIT_EXPECT_EQ(test, limit_of(wq), 512);
	workqueue_set_max_active(wq, 3);
	KUNIT_EXPECT_EQ(test, limit_of(wq), 3);
	wq = keep_wq(test, alloc_workqueue("kunit-limits", WQ_PERCPU, 1000));
	KUNIT_EXPECT_EQ(test, limit_of(wq), 512);
	KUNIT_EXPECT_NOT_NULL(test, (void __force *)wq->cpu_lanes);
}

static void min_active_is_for_unbound_queues(struct kunit *test)
{
	struct workqueue_struct *wq = keep_wq(test, alloc_workqueue("kunit-min", WQ_UNBOUND, 4));

	workqueue_set_min_active(wq, 2);
	KUNIT_EXPECT_EQ(test, limit_of(wq), 4);
	wq = keep_wq(test, alloc_workqueue("kunit-min", 0, 4));
	kunit_expect_report(test, REPORT_WARN);
	workqueue_set_min_active(wq, 2);
}

static void bh_queues_are_refused(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_NULL(test, alloc_workqueue("kunit-bh", WQ_BH, 0));
}

static long answer(void *arg)
{
	return *(long *)arg + raw_smp_processor_id();
}

static void work_on_cpu_safe_wants_the_cpu_up(struct kunit *test)
{
	int cpu = cpumask_last(cpu_online_mask);
	long arg = 1000;

	KUNIT_EXPECT_EQ(test, work_on_cpu_safe(cpu, answer, &arg), 1000 + cpu);
	if (!cpu)
		kunit_skip(test, "one CPU can't go down");
	KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_EQ(test, work_on_cpu_safe(cpu, answer, &arg), -ENODEV);
	KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
	KUNIT_EXPECT_EQ(test, work_on_cpu_safe(cpu, answer, &arg), 1000 + cpu);
}

struct put_off {
	struct execute_work ew;
	struct task_struct *by;
	struct completion done;
};

static void note_who(struct work_struct *work)
{
	struct put_off *call = container_of(work, struct put_off, ew.work);

	call->by = current;
	complete(&call->done);
}

static void call_in_process_context_is_made_at_once_where_it_may_be(struct kunit *test)
{
	struct put_off *call = kunit_kzalloc(test, sizeof(*call), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, call);
	init_completion(&call->done);
	KUNIT_EXPECT_EQ(test, execute_in_process_context(note_who, &call->ew), 0);
	KUNIT_EXPECT_PTR_EQ(test, call->by, current);

	call->by = NULL;
	reinit_completion(&call->done);
	local_bh_disable();
	KUNIT_EXPECT_EQ(test, execute_in_process_context(note_who, &call->ew), 1);
	KUNIT_EXPECT_PTR_EQ(test, READ_ONCE(call->by), NULL);
	local_bh_enable();
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&call->done, PATIENCE), 0UL);
	flush_work(&call->ew.work);
	KUNIT_EXPECT_NOT_NULL(test, call->by);
	KUNIT_EXPECT_PTR_NE(test, call->by, current);
}

static void describe_yourself(struct work_struct *work)
{
	set_worker_desc("the %s of a name that is longer than fits", "desc");
	print_worker_info(KERN_DEBUG, current);
}

static bool log_has(const char *want)
{
	static char line[1200];
	struct kmsg_dump_iter iter;
	bool found = false;
	size_t len;

	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, false, line, sizeof(line) - 1, &len)) {
		line[len] = '\0';
		found |= !!strstr(line, want);
	}
	return found;
}

static void worker_tells_its_queue_function_and_description(struct kunit *test)
{
	struct workqueue_struct *wq = keep_wq(test, alloc_workqueue("kunit-told", 0, 0));
	struct work_struct *work = kunit_kzalloc(test, sizeof(*work), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, work);
	INIT_WORK(work, describe_yourself);
	queue_work(wq, work);
	flush_work(work);
	/* WORKER_DESC_LEN bytes of description, the last one its end. */
	KUNIT_EXPECT_TRUE(test, log_has("Workqueue: kunit-told describe_yourself "
					"(the desc of a name that is long)"));
}

static void print_worker_info_is_silent_about_others(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, current->flags & PF_WQ_WORKER);
	print_worker_info(KERN_DEBUG "kunit-no-worker ", current);
	KUNIT_EXPECT_FALSE(test, log_has("kunit-no-worker"));
}

#ifdef CONFIG_LOCKDEP
static struct lock_class_key shared_key;
static struct lockdep_map shared_map = STATIC_LOCKDEP_MAP_INIT("kunit-shared", &shared_key);

struct class_look {
	struct work_struct work;
	bool held;
};

static void look_at_class(struct work_struct *work)
{
	container_of(work, struct class_look, work)->held = lock_is_held(&shared_map);
}

static void queues_may_share_a_lock_class(struct kunit *test)
{
	struct class_look *look = kunit_kzalloc(test, sizeof(*look), GFP_KERNEL);
	struct workqueue_struct *wq;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, look);
	INIT_WORK(&look->work, look_at_class);
	for (i = 0; i < 3; i++) {
		if (i & 1)
			wq = alloc_workqueue_lockdep_map("kunit-%d", 0, 0, &shared_map, i);
		else
			wq = alloc_ordered_workqueue_lockdep_map("kunit-%d", 0, &shared_map, i);
		KUNIT_ASSERT_NOT_NULL(test, wq);
		look->held = false;
		queue_work(wq, &look->work);
		flush_work(&look->work);
		KUNIT_EXPECT_TRUE(test, look->held);
		destroy_workqueue(wq);
	}
	/* The class is its owner's, and outlives them. */
	lock_map_acquire(&shared_map);
	KUNIT_EXPECT_TRUE(test, lock_is_held(&shared_map));
	lock_map_release(&shared_map);
}
#endif

static struct kunit_case workqueue_call_cases[] = {
	KUNIT_CASE(max_active_of_0_is_256_and_512_the_most),
	KUNIT_CASE(min_active_is_for_unbound_queues),
	KUNIT_CASE(bh_queues_are_refused),
	KUNIT_CASE(work_on_cpu_safe_wants_the_cpu_up),
	KUNIT_CASE(call_in_process_context_is_made_at_once_where_it_may_be),
	KUNIT_CASE(worker_tells_its_queue_function_and_description),
	KUNIT_CASE(print_worker_info_is_silent_about_others),
#ifdef CONFIG_LOCKDEP
	KUNIT_CASE(queues_may_share_a_lock_class),
#endif
	{}
};

static struct kunit_suite workqueue_call_suite = {
	.name = "workqueue_calls",
	.test_cases = workqueue_call_cases,
};
kunit_test_suite(workqueue_call_suite);
MODULE_LICENSE("MIT");
