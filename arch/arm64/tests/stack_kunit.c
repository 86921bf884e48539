// SPDX-License-Identifier: MIT
/*
 * A planted bug: recursion without end. The guard page below the stack stops it, the vectors
 * notice, and the report is made on the overflow stack. The test catches it there and leaves the
 * dead frames behind.
 */
#include <kunit/test.h>
#include <linux/kasan.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>

#include <asm/stack_pointer.h>
#include <asm/stacktrace.h>
#include <asm/traps.h>

int arm64_test_call_guarded(void (*fn)(void), u64 save[13]);
void __noreturn arm64_test_leave(u64 save[13]);

static struct {
	u64 save[13];
	unsigned long sp;		/* of the overflowed code */
	unsigned long handler_sp;
	int reports;
} overflow;

static bool overflow_seen(struct pt_regs *regs)
{
	overflow.reports++;
	overflow.sp = regs->sp;
	overflow.handler_sp = current_stack_pointer;
	return true;
}

static void overflow_leave(void)
{
	arm64_test_leave(overflow.save);
}

static noinline int recurse(volatile int depth)
{
	volatile char room[256];

	room[0] = depth;
	if (depth < 0)
		return 0;
	return recurse(depth + 1) + room[0];
}

static void overflow_the_stack(void)
{
	recurse(0);
}

static bool within(unsigned long sp, struct stack_info info)
{
	return sp >= info.low && sp < info.high;
}

static void overflow_hits_the_guard_and_is_reported(struct kunit *test)
{
	struct stack_info task = stackinfo_get_task(current), ovf;
	int left;

	memset(&overflow, 0, sizeof(overflow));
	arm64_test_bad_stack_leave = overflow_leave;
	arm64_test_bad_stack_hook = overflow_seen;
	migrate_disable();
	ovf = stackinfo_get_overflow();
	left = arm64_test_call_guarded(overflow_the_stack, overflow.save);
	migrate_enable();
	arm64_test_bad_stack_hook = NULL;

	KUNIT_EXPECT_EQ(test, left, 1);
	KUNIT_EXPECT_EQ(test, overflow.reports, 1);
	/* It had used its stack to the end, and the report ran elsewhere. */
	KUNIT_EXPECT_LT(test, overflow.sp, task.low + 1024);
	KUNIT_EXPECT_TRUE(test, within(overflow.handler_sp, ovf));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_TRUE(test, within(current_stack_pointer, task));
}

static void second_overflow_is_reported_as_well(struct kunit *test)
{
	overflow_hits_the_guard_and_is_reported(test);
	overflow_hits_the_guard_and_is_reported(test);
}

static struct kunit_case stack_cases[] = {
	KUNIT_CASE(overflow_hits_the_guard_and_is_reported),
	KUNIT_CASE(second_overflow_is_reported_as_well),
	{},
};

static struct kunit_suite stack_suite = {
	.name = "arm64_stack",
	.test_cases = stack_cases,
};
kunit_test_suite(stack_suite);
