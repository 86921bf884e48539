// SPDX-License-Identifier: MIT
/* Floating point in the kernel: right results, also when every CPU does it at once. */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/fpu.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/sched.h>

#include "fpu_sums.h"

static int harmonic(int n)
{
	int sum;

	kernel_fpu_begin();
	sum = fpu_harmonic_millionths(n);
	kernel_fpu_end();
	return sum;
}

static void sums_are_right(struct kunit *test)
{
	int exact, inexact;

	if (!kernel_fpu_available())
		kunit_skip(test, "this CPU has no floating point");
	KUNIT_EXPECT_EQ(test, harmonic(1), 1000000);
	KUNIT_EXPECT_EQ(test, harmonic(2), 1500000);
	KUNIT_EXPECT_EQ(test, harmonic(4), 2083333);
	KUNIT_EXPECT_EQ(test, harmonic(100), 5187377);

	kernel_fpu_begin();
	exact = fpu_root_is_exact(144);
	inexact = fpu_root_is_exact(2);
	kernel_fpu_end();
	KUNIT_EXPECT_EQ(test, exact, 1);
	KUNIT_EXPECT_EQ(test, inexact, 0);
}

static void preemption_is_off_in_between(struct kunit *test)
{
	int before = preempt_count();
	bool may;

	if (!kernel_fpu_available())
		kunit_skip(test, "this CPU has no floating point");
	kernel_fpu_begin();
	may = preemptible();
	kernel_fpu_end();
	KUNIT_EXPECT_FALSE(test, may);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
}

static struct {
	atomic_t running, wrong;
	struct completion done;
} all;

static int sum_thread(void *unused)
{
	int i;

	(void)unused;
	for (i = 0; i < 300; i++) {
		if (harmonic(100) != 5187377)
			atomic_inc(&all.wrong);
		cond_resched();
	}
	if (atomic_dec_and_test(&all.running))
		complete(&all.done);
	return 0;
}

/* Two threads a CPU, so that sections of one follow those of the other. */
static void threads_do_not_mix_their_registers(struct kunit *test)
{
	int n = 2 * num_online_cpus(), i;
	struct task_struct *t;

	if (!kernel_fpu_available())
		kunit_skip(test, "this CPU has no floating point");
	init_completion(&all.done);
	atomic_set(&all.running, n);
	atomic_set(&all.wrong, 0);
	for (i = 0; i < n; i++) {
		t = kthread_run(sum_thread, NULL, "fpu/%d", i);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, t);
		if (IS_ERR(t) && atomic_dec_and_test(&all.running))
			complete(&all.done);
	}
	wait_for_completion(&all.done);
	KUNIT_EXPECT_EQ(test, atomic_read(&all.wrong), 0);
}

static struct kunit_case fpu_cases[] = {
	KUNIT_CASE(sums_are_right),
	KUNIT_CASE(preemption_is_off_in_between),
	KUNIT_CASE(threads_do_not_mix_their_registers),
	{}
};

static struct kunit_suite fpu_suite = {
	.name = "kernel_fpu",
	.test_cases = fpu_cases,
};
kunit_test_suite(fpu_suite);
