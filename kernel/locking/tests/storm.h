/* SPDX-License-Identifier: MIT */
#ifndef _LOCKING_TESTS_STORM_H
#define _LOCKING_TESTS_STORM_H

/*
 * Several threads at once, for tests of locks: one per CPU that is online (at least two), all
 * released at the same moment, joined at the end. Each does as many rounds as there is time for
 * (for_rounds()) and adds them to the storm's sum.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "../../tests/patience.h"

#define STORM_MAX	8

struct storm;
typedef void (*storm_fn)(struct storm *s, int id);

struct storm {
	storm_fn	fn;
	void		*data;
	int		threads;
	atomic_long_t	rounds;		/* of all threads, if they add theirs */
	struct completion start;
	struct completion done;		/* once for each thread */
	struct storm_thread {
		struct storm	*storm;
		struct task_struct *task;
		int		id;
	} thread[STORM_MAX];
};

static int storm_main(void *data)
{
	struct storm_thread *t = data;

	wait_for_completion(&t->storm->start);
	t->storm->fn(t->storm, t->id);
	complete(&t->storm->done);

	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/*
 * Run @fn in @threads threads, bound to CPUs in turn if @bind; return when all are through, with
 * the sum of their rounds.
 */
static inline unsigned long storm_run_threads(struct kunit *test, storm_fn fn, void *data,
					      int threads, bool bind)
{
	struct storm *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	int cpu = -1, i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->fn = fn;
	s->data = data;
	s->threads = min(threads, STORM_MAX);
	init_completion(&s->start);
	init_completion(&s->done);
	for (i = 0; i < s->threads; i++) {
		struct storm_thread *t = &s->thread[i];

		t->storm = s;
		t->id = i;
		t->task = kthread_create(storm_main, t, "storm/%d", i);
		if (IS_ERR(t->task)) {
			KUNIT_FAIL(test, "no thread %d", i);
			s->threads = i;
			break;
		}
		cpu = cpumask_next(cpu, cpu_online_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_online_mask);
		if (bind)
			kthread_bind(t->task, cpu);
		wake_up_process(t->task);
	}
	complete_all(&s->start);
	/* A thread stopped before it ever ran would never run. */
	for (i = 0; i < s->threads; i++)
		wait_for_completion(&s->done);
	for (i = 0; i < s->threads; i++)
		kthread_stop(s->thread[i].task);
	return atomic_long_read(&s->rounds);
}

static inline int storm_threads(void)
{
	return max(2, (int)num_online_cpus());
}

static inline unsigned long storm_run(struct kunit *test, storm_fn fn, void *data)
{
	return storm_run_threads(test, fn, data, storm_threads(), true);
}

#endif /* _LOCKING_TESTS_STORM_H */
