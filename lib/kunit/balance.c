// SPDX-License-Identifier: MIT
/*
 * Did a suite give back what it took?
 *
 * Before and after each suite the executor compares pages, live slab objects,
 * areas of vmalloc space, per-CPU memory and threads, and the preempt count,
 * which has to be exact. Some of what a test frees is freed a little later by
 * somebody else (an RCU callback, the reaper of dead threads, a work item), so
 * the check first asks those to finish and only then counts.
 *
 * An idle CPU goes on borrowing the address space of whoever ran there last; the
 * check makes each CPU let go of it.
 *
 * Worker threads are the exception: a suite may make a pool grow, and the pool
 * keeps its idle workers for minutes. Each new worker excuses what a thread
 * costs, and no more.
 */

#include "kunit_internal.h"

#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/stat.h>
#include <linux/sched/task.h>
#include <linux/workqueue.h>

/* What one idle worker holds: task, stack, bookkeeping. */
#define WORKER_OBJECTS	8
#define WORKER_PAGES	(THREAD_SIZE / PAGE_SIZE + 8)
#define WORKER_AREAS	1

/* How long deferred frees may take: a settled system needs one round. */
#define SETTLE_ROUNDS	100

static void count_tasks(struct kunit_balance *balance)
{
	struct task_struct *leader, *task;

	balance->tasks = 0;
	balance->workers = 0;
	read_lock(&tasklist_lock);
	for_each_process_thread(leader, task) {
		if (task->flags & PF_WQ_WORKER)
			balance->workers++;
		else
			balance->tasks++;
	}
	read_unlock(&tasklist_lock);
}

/**
 * kunit_balance_take() - count what is in use
 * @balance: filled in
 *
 * Context: Process context, sleeps.
 */
void kunit_balance_take(struct kunit_balance *balance)
{
	balance->preempt_count = preempt_count();
	kvfree_rcu_barrier();
	rcu_barrier();
	mm_read_totals(&balance->mm);
	count_tasks(balance);
}

/* Runs on each CPU: the thread that comes after us borrows the kernel's own address space. */
static void let_go_of_borrowed_mm(struct work_struct *unused)
{
	kthread_use_mm(&init_mm);
	kthread_unuse_mm(&init_mm);
}

/* What of @after is beyond @before and what new workers excuse; 0 if nothing. */
static long excess(long before, long after, long excused)
{
	return max(after - before - excused, 0L);
}

struct leak {
	long pages, objects, percpu, areas, tasks;
};

static bool find_leak(const struct kunit_balance *before, const struct kunit_balance *after,
		      struct leak *leak)
{
	long workers = excess(before->workers, after->workers, 0);

	leak->pages = excess(before->mm.pages, after->mm.pages, workers * WORKER_PAGES);
	leak->objects = excess(before->mm.slab_objects, after->mm.slab_objects,
			       workers * WORKER_OBJECTS);
	leak->percpu = excess(before->mm.percpu_bytes, after->mm.percpu_bytes, 0);
	leak->areas = excess(before->mm.vmap_areas, after->mm.vmap_areas,
			     workers * WORKER_AREAS);
	leak->tasks = excess(before->tasks, after->tasks, 0);
	return leak->pages || leak->objects || leak->percpu || leak->areas || leak->tasks;
}

/**
 * kunit_balance_check() - compare with a count from before, and tell of what leaked
 * @before: from kunit_balance_take()
 * @suite: name for the message
 *
 * Context: Process context, sleeps.
 * Return: true if all was given back.
 */
bool kunit_balance_check(const struct kunit_balance *before, const char *suite)
{
	struct kunit_balance after;
	struct leak leak;
	int round;

	if (preempt_count() != before->preempt_count) {
		pr_err("    # %s: preempt count was %#x, is %#x\n", suite,
		       before->preempt_count, preempt_count());
		preempt_count_set(before->preempt_count);
		return false;
	}
	for (round = 0; round < SETTLE_ROUNDS; round++) {
		kunit_balance_take(&after);
		if (!find_leak(before, &after, &leak))
			return true;
		schedule_on_each_cpu(let_go_of_borrowed_mm);
		schedule_timeout_uninterruptible(1);
	}
	pr_err("    # %s: not given back: %ld pages, %ld slab objects, %ld per-CPU bytes, "
	       "%ld vmap areas, %ld tasks\n",
	       suite, leak.pages, leak.objects, leak.percpu, leak.areas, leak.tasks);
	return false;
}
