// SPDX-License-Identifier: MIT
/*
 * How the read side scales: the same reads by one thread, and by one on each of up to four CPUs, at
 * the same time. Printed as a ratio, beside a read-write lock's; a host with fewer processors than
 * that caps both. No bound on it, since it is host time: what is tested is that all reads were
 * right.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#define READS		200000
#define MAX_READERS	4

struct thing {
	int value;
};

static struct thing fixed = { .value = 42 };
static struct thing __rcu *shared = RCU_INITIALIZER(&fixed);
static DEFINE_RWLOCK(lock);

struct scale_reader {
	struct task_struct *task;
	struct completion *start;
	struct completion done;
	bool by_rcu;
	long right;
};

static int scale_reader_main(void *data)
{
	struct scale_reader *r = data;
	long i, right = 0;

	wait_for_completion(r->start);
	for (i = 0; i < READS; i++) {
		if (r->by_rcu) {
			rcu_read_lock();
			right += rcu_dereference(shared)->value == 42;
			rcu_read_unlock();
		} else {
			read_lock(&lock);
			right += READ_ONCE(fixed.value) == 42;
			read_unlock(&lock);
		}
	}
	r->right = right;
	complete(&r->done);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* Return: nanoseconds until @n readers, each on a CPU of its own, are through. */
static u64 time_of(struct kunit *test, int n, bool by_rcu)
{
	struct scale_reader r[MAX_READERS];
	int i, cpu = cpumask_first(cpu_online_mask);
	DECLARE_COMPLETION_ONSTACK(start);
	u64 began;

	for (i = 0; i < n; i++, cpu = cpumask_next(cpu, cpu_online_mask)) {
		r[i] = (struct scale_reader){ .start = &start, .by_rcu = by_rcu };
		init_completion(&r[i].done);
		r[i].task = kthread_create(scale_reader_main, &r[i], "scale/%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(r[i].task));
		kthread_bind(r[i].task, cpu);
		wake_up_process(r[i].task);
	}
	began = ktime_get_ns();
	complete_all(&start);
	for (i = 0; i < n; i++)
		wait_for_completion(&r[i].done);
	began = ktime_get_ns() - began;
	for (i = 0; i < n; i++) {
		KUNIT_EXPECT_EQ(test, r[i].right, READS);
		kthread_stop(r[i].task);
	}
	return max(began, 1ULL);
}

static u64 percent(struct kunit *test, int n, bool by_rcu)
{
	u64 one = time_of(test, 1, by_rcu);

	return 100ULL * n * one / time_of(test, n, by_rcu);
}

static void readers_on_all_cpus_read_right(struct kunit *test)
{
	int n = min_t(int, num_online_cpus(), MAX_READERS);
	u64 rcu, rwlock;

	if (n < 2)
		kunit_skip(test, "needs two CPUs");
	rcu = percent(test, n, true);
	rwlock = percent(test, n, false);
	kunit_info(test,
		   "reads per second, %d CPUs against 1: RCU %llu.%02llu, rwlock %llu.%02llu\n", n,
		   rcu / 100, rcu % 100, rwlock / 100, rwlock % 100);
}

static struct kunit_case scale_cases[] = {
	KUNIT_CASE(readers_on_all_cpus_read_right),
	{}
};

static struct kunit_suite scale_suite = {
	.name = "rcu_scale",
	.test_cases = scale_cases,
};
kunit_test_suite(scale_suite);

MODULE_LICENSE("MIT");
