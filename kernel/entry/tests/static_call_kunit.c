// SPDX-License-Identifier: MIT
/* Static calls, alone and while other CPUs make them. */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/static_call.h>

static noinline int plus_one(int x)
{
	return x + 1;
}

static noinline int times_ten(int x)
{
	return x * 10;
}

static int calls_made;

static noinline void count_call(int by)
{
	calls_made += by;
}

DEFINE_STATIC_CALL(test_sc_add, plus_one);
DEFINE_STATIC_CALL_NULL(test_sc_null, count_call);
DEFINE_STATIC_CALL_RET0(test_sc_ret0, plus_one);
DEFINE_STATIC_CALL(test_sc_busy, plus_one);

static void the_call_goes_where_it_was_sent(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 5, static_call(test_sc_add)(4));
	static_call_update(test_sc_add, times_ten);
	KUNIT_EXPECT_EQ(test, 40, static_call(test_sc_add)(4));
	KUNIT_EXPECT_PTR_EQ(test, static_call_query(test_sc_add), (void *)times_ten);
	static_call_update(test_sc_add, plus_one);
	KUNIT_EXPECT_EQ(test, 5, static_call(test_sc_add)(4));
}

static void a_call_without_target_does_nothing(struct kunit *test)
{
	calls_made = 0;
	static_call_cond(test_sc_null)(1);
	KUNIT_EXPECT_EQ(test, 0, calls_made);
	static_call_update(test_sc_null, count_call);
	static_call_cond(test_sc_null)(3);
	KUNIT_EXPECT_EQ(test, 3, calls_made);
	static_call_update(test_sc_null, NULL);
	static_call_cond(test_sc_null)(1);
	KUNIT_EXPECT_EQ(test, 3, calls_made);
}

static void the_default_of_ret0_is_zero(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 0, static_call(test_sc_ret0)(4));
}

static int make_calls(void *arg)
{
	atomic_t *bad = arg;

	while (!kthread_should_stop()) {
		unsigned int i;

		for (i = 1; i < 1000; i++) {
			int v = static_call(test_sc_busy)(i);

			if (v != (int)i + 1 && v != (int)i * 10)
				atomic_inc(bad);
		}
		cond_resched();
	}
	return 0;
}

static void callers_reach_the_old_or_the_new_target(struct kunit *test)
{
	struct task_struct *threads[16];
	atomic_t bad = ATOMIC_INIT(0);
	unsigned int cpu, n = 0, round;

	for_each_online_cpu(cpu) {
		if (n == ARRAY_SIZE(threads))
			break;
		threads[n] = kthread_create_on_cpu(make_calls, &bad, cpu, "static_call/%u");
		if (IS_ERR(threads[n]))
			continue;
		wake_up_process(threads[n++]);
	}
	for (round = 0; round < 10; round++) {
		static_call_update(test_sc_busy, times_ten);
		KUNIT_EXPECT_EQ(test, 70, static_call(test_sc_busy)(7));
		static_call_update(test_sc_busy, plus_one);
		KUNIT_EXPECT_EQ(test, 8, static_call(test_sc_busy)(7));
	}
	while (n--)
		kthread_stop(threads[n]);
	KUNIT_EXPECT_EQ(test, 0, atomic_read(&bad));
}

static struct kunit_case static_call_cases[] = {
	KUNIT_CASE(the_call_goes_where_it_was_sent),
	KUNIT_CASE(a_call_without_target_does_nothing),
	KUNIT_CASE(the_default_of_ret0_is_zero),
	KUNIT_CASE(callers_reach_the_old_or_the_new_target),
	{}
};

static struct kunit_suite static_call_suite = {
	.name = "static_call",
	.test_cases = static_call_cases,
};
kunit_test_suite(static_call_suite);
