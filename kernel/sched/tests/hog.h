/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_SCHED_TESTS_HOG_H
#define _KERNEL_SCHED_TESTS_HOG_H

/*
 * A hog: a thread that wants all of a CPU until it is stopped. The struct must outlive the case,
 * whose stack is gone when its clean-up runs: make it static.
 */

#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

/* A loaded host may take its time: true as soon as @cond is, false after some seconds. */
#define eventually(cond) \
({ \
	int __n; \
	\
	for (__n = 0; __n < 5000 && !(cond); __n++) \
		msleep(1); \
	!!(cond); \
})

struct hog {
	struct task_struct *task;
	u64 loops;		/* written by the hog */
};

static inline int hog_fn(void *data)
{
	struct hog *hog = data;

	while (!kthread_should_stop()) {
		WRITE_ONCE(hog->loops, hog->loops + 1);
		cpu_relax();
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
