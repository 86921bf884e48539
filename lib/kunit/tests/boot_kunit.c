// SPDX-License-Identifier: MIT
/*
 * What every boot has to have brought about, on whatever machine and by whatever
 * loader: a few quick looks at memory, threads, time and interrupts.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>

static void system_is_running(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, (int)system_state, (int)SYSTEM_RUNNING);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

static void every_present_cpu_is_online(struct kunit *test)
{
	KUNIT_EXPECT_GE(test, num_online_cpus(), 1u);
	if (!strstr(saved_command_line, "nosmp") && !strstr(saved_command_line, "maxcpus="))
		KUNIT_EXPECT_EQ(test, num_online_cpus(), num_present_cpus());
}

static void memory_of_every_kind_can_be_had(struct kunit *test)
{
	void *small = kmalloc(100, GFP_KERNEL);
	void *large = vmalloc(5 * PAGE_SIZE);
	struct page *page = alloc_pages(GFP_KERNEL, 2);

	KUNIT_EXPECT_NOT_NULL(test, small);
	KUNIT_EXPECT_NOT_NULL(test, large);
	KUNIT_EXPECT_NOT_NULL(test, page);
	if (page)
		__free_pages(page, 2);
	vfree(large);
	kfree(small);
}

static void clock_and_jiffies_go_forward(struct kunit *test)
{
	unsigned long before = jiffies;
	ktime_t began = ktime_get();

	msleep(30);
	KUNIT_EXPECT_TRUE(test, time_after(jiffies, before));
	KUNIT_EXPECT_GE(test, ktime_ms_delta(ktime_get(), began), 30LL);
}

static void wall_clock_is_of_this_century(struct kunit *test)
{
	/* 1 January 2020; a machine without a readable clock says 1970. */
	KUNIT_EXPECT_GT(test, ktime_get_real_seconds(), 1577836800LL);
}

static void stack_bottom_is_intact(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, object_is_on_stack(&test));
	KUNIT_EXPECT_FALSE(test, task_stack_end_corrupted(current));
}

static struct kunit_case boot_cases[] = {
	KUNIT_CASE(system_is_running),
	KUNIT_CASE(every_present_cpu_is_online),
	KUNIT_CASE(memory_of_every_kind_can_be_had),
	KUNIT_CASE(clock_and_jiffies_go_forward),
	KUNIT_CASE(wall_clock_is_of_this_century),
	KUNIT_CASE(stack_bottom_is_intact),
	{}
};

static struct kunit_suite boot_suite = {
	.name = "boot",
	.test_cases = boot_cases,
};
kunit_test_suite(boot_suite);
