/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_SCHED_TESTS_HOG_H
#define _KERNEL_SCHED_TESTS_HOG_H

/*
 * A hog: a thread that wants all of a CPU until it is stopped. The struct must outlive the case,
 * whose stack is gone when its clean-up runs: make it static.
 */

#include <kunit/test.h>

#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>

#include "../../tests/patience.h"

struct hog {
	struct task_struct *task;
	u64 loops;		/* written by the hog */
};

/* No cpu_relax(): an emulator leaves its fast path for it. */
static inline int hog_fn(void *data)
{
	struct hog *hog = data;
	int i;

	while (!kthread_should_stop()) {
		WRITE_ONCE(hog->loops, hog->loops + 1);
		for (i = 0; i < 500; i++)
			barrier();
	}
	return 0;
}

static inline void hog_stop(void *data)
{
	struct hog *hog = data;

	if (hog->task)
		kthread_stop(hog->task);
	hog->task = NULL;
}

/* Made but not running; stopped when the case ends. @cpu < 0 leaves it unbound. */
static inline void hog_create(struct kunit *test, struct hog *hog, int cpu)
{
	struct task_struct *t = kthread_create(hog_fn, hog, "hog");

	hog->loops = 0;
	hog->task = NULL;
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	if (cpu >= 0)
		set_cpus_allowed_ptr(t, cpumask_of(cpu));
	hog->task = t;
	KUNIT_ASSERT_EQ(test, kunit_add_action(test, hog_stop, hog), 0);
}

static inline void hog_start(struct kunit *test, struct hog *hog, int cpu)
{
	hog_create(test, hog, cpu);
	wake_up_process(hog->task);
}

/* It has run by the time this gives true, and was running a moment ago. */
static inline bool hog_runs(struct hog *hog)
{
	u64 seen = READ_ONCE(hog->loops);

	return eventually(READ_ONCE(hog->loops) != seen);
}

/* A CPU other than the one the case runs on, or this one if there is no other. */
static inline int other_cpu(void)
{
	int this_cpu = raw_smp_processor_id();
	int cpu = cpumask_next(this_cpu, cpu_active_mask);

	if (cpu >= nr_cpu_ids)
		cpu = cpumask_first(cpu_active_mask);
	return cpu;
}

#endif /* _KERNEL_SCHED_TESTS_HOG_H */
