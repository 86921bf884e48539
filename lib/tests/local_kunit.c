// SPDX-License-Identifier: MIT
/*
 * Counters of one CPU: each operation with its result, and that an interrupt of the same CPU in the
 * middle of a long row of them loses nothing.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#include <asm/local.h>

static void operations_change_and_return(struct kunit *test)
{
	local_t l = LOCAL_INIT(5);

	local_inc(&l);
	local_add(10, &l);
	local_dec(&l);
	local_sub(4, &l);
	KUNIT_EXPECT_EQ(test, local_read(&l), 11L);
	KUNIT_EXPECT_EQ(test, local_add_return(-1, &l), 10L);
	KUNIT_EXPECT_EQ(test, local_sub_return(20, &l), -10L);
	KUNIT_EXPECT_EQ(test, local_inc_return(&l), -9L);
	KUNIT_EXPECT_EQ(test, local_dec_return(&l), -10L);
	KUNIT_EXPECT_EQ(test, local_xchg(&l, 3), -10L);
	KUNIT_EXPECT_EQ(test, local_cmpxchg(&l, 4, 9), 3L);
	KUNIT_EXPECT_EQ(test, local_cmpxchg(&l, 3, 9), 3L);
	KUNIT_EXPECT_EQ(test, local_read(&l), 9L);
	local_set(&l, LONG_MAX);
	local_inc(&l);
	KUNIT_EXPECT_EQ(test, local_read(&l), LONG_MIN);
}

static void questions_are_about_the_new_value(struct kunit *test)
{
	local_t l = LOCAL_INIT(1);
	long old = 7;

	KUNIT_EXPECT_TRUE(test, local_dec_and_test(&l));
	KUNIT_EXPECT_FALSE(test, local_inc_and_test(&l));
	KUNIT_EXPECT_FALSE(test, local_sub_and_test(2, &l));
	KUNIT_EXPECT_TRUE(test, local_inc_and_test(&l));
	KUNIT_EXPECT_FALSE(test, local_add_negative(0, &l));
	KUNIT_EXPECT_TRUE(test, local_add_negative(-1, &l));
	KUNIT_EXPECT_FALSE(test, local_try_cmpxchg(&l, &old, 5));
	KUNIT_EXPECT_EQ(test, old, -1L);
	KUNIT_EXPECT_TRUE(test, local_try_cmpxchg(&l, &old, 0));
	KUNIT_EXPECT_FALSE(test, local_inc_not_zero(&l));
	KUNIT_EXPECT_TRUE(test, local_add_unless(&l, 8, 3));
	KUNIT_EXPECT_TRUE(test, local_inc_not_zero(&l));
	KUNIT_EXPECT_FALSE(test, local_add_unless(&l, 1, 9));
	KUNIT_EXPECT_EQ(test, local_read(&l), 9L);
}

static void plain_forms_do_the_same(struct kunit *test)
{
	local_t l = LOCAL_INIT(0);

	__local_inc(&l);
	__local_add(5, &l);
	__local_dec(&l);
	__local_sub(8, &l);
	KUNIT_EXPECT_EQ(test, local_read(&l), -3L);
}

static DEFINE_PER_CPU(local_t, count);
static unsigned long from_interrupts;

/* On the CPU that counts: pinned. */
static enum hrtimer_restart interrupt(struct hrtimer *timer)
{
	local_inc(this_cpu_ptr(&count));
	local_add(2, this_cpu_ptr(&count));
	from_interrupts++;
	hrtimer_forward_now(timer, us_to_ktime(20));
	return HRTIMER_RESTART;
}

static void an_interrupt_in_between_loses_nothing(struct kunit *test)
{
	struct hrtimer timer;
	ktime_t end = ktime_add_ms(ktime_get(), 50);
	long mine = 0;
	local_t *l;

	from_interrupts = 0;
	hrtimer_init_on_stack(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	timer.function = interrupt;
	preempt_disable();
	l = this_cpu_ptr(&count);
	local_set(l, 0);
	hrtimer_start(&timer, us_to_ktime(20), HRTIMER_MODE_REL_PINNED_HARD);
	while (ktime_before(ktime_get(), end)) {
		int i;

		for (i = 0; i < 100; i++) {
			local_inc(l);
			local_add(3, l);
			local_sub_return(3, l);
			mine++;
		}
	}
	hrtimer_cancel(&timer);
	KUNIT_EXPECT_EQ(test, local_read(l), mine + 3 * (long)from_interrupts);
	preempt_enable();
	destroy_hrtimer_on_stack(&timer);
	KUNIT_EXPECT_GT(test, from_interrupts, 0UL);
}

static void count_here(void *unused)
{
	(void)unused;
	local_set(this_cpu_ptr(&count), 100 + smp_processor_id());
}

static void every_cpu_reads_the_counters_of_all(struct kunit *test)
{
	int cpu;

	on_each_cpu(count_here, NULL, 1);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, local_read(per_cpu_ptr(&count, cpu)), 100L + cpu);
	/* The documented way round in a context that may be preempted. */
	local_inc(&get_cpu_var(count));
	put_cpu_var(count);
}

static struct kunit_case local_cases[] = {
	KUNIT_CASE(operations_change_and_return),
	KUNIT_CASE(questions_are_about_the_new_value),
	KUNIT_CASE(plain_forms_do_the_same),
	KUNIT_CASE(an_interrupt_in_between_loses_nothing),
	KUNIT_CASE(every_cpu_reads_the_counters_of_all),
	{}
};

static struct kunit_suite local_suite = {
	.name = "local",
	.test_cases = local_cases,
};
kunit_test_suite(local_suite);
