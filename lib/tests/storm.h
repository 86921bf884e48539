/* SPDX-License-Identifier: MIT */
#ifndef _LIB_TESTS_STORM_H
#define _LIB_TESTS_STORM_H

/*
 * Several CPUs on one thing at once.
 *
 * run_storm() starts a thread for each of STORMERS CPUs (round again if there are fewer), lets
 * them all go at one moment, and comes back when all have ended. Nothing here depends on how long
 * that takes.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>

#define STORMERS	4

struct stormer {
	void (*work)(int which);
	int which;
	struct completion *start;
	struct completion done;
	struct task_struct *thread;
};

static inline int stormer_main(void *arg)
{
	struct stormer *s = arg;

	wait_for_completion(s->start);
	s->work(s->which);
	complete(&s->done);
	return 0;
}

/**
 * run_storm - call a function on several CPUs at once
 * @test: the running test
 * @work: the function; gets the thread's number, 0 to STORMERS - 1
 *
 * Context: sleeps.
 */
static inline void run_storm(struct kunit *test, void (*work)(int which))
{
	struct stormer *stormers = kunit_kcalloc(test, STORMERS, sizeof(*stormers), GFP_KERNEL);
	DECLARE_COMPLETION_ONSTACK(start);
	unsigned int cpu = cpumask_first(cpu_online_mask);
	int i, started;

	KUNIT_ASSERT_NOT_NULL(test, stormers);
	for (started = 0; started < STORMERS; started++) {
		struct stormer *s = &stormers[started];

		*s = (struct stormer) { .work = work, .which = started, .start = &start };
		init_completion(&s->done);
		s->thread = kthread_create(stormer_main, s, "stormer/%d", started);
		if (IS_ERR(s->thread))
			break;
		get_task_struct(s->thread);
		kthread_bind(s->thread, cpu);
		wake_up_process(s->thread);
		cpu = cpumask_next(cpu, cpu_online_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_online_mask);
	}
	complete_all(&start);
	for (i = 0; i < started; i++) {
		wait_for_completion(&stormers[i].done);
		kthread_stop(stormers[i].thread);
		put_task_struct(stormers[i].thread);
	}
	KUNIT_EXPECT_EQ_MSG(test, started, STORMERS, "not all threads could be made");
}

#endif
