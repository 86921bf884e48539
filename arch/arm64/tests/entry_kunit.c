// SPDX-License-Identifier: MIT
/* The frame that an exception builds: layout, place, contents, and what its change comes to. */
#include <kunit/test.h>
#include <linux/preempt.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/stacktrace.h>
#include <linux/uaccess.h>

#include <asm/cpufeature.h>
#include <asm/esr.h>
#include <asm/insn.h>
#include <asm/ptrace.h>
#include <asm/stack_pointer.h>
#include <asm/stacktrace.h>
#include <asm/traps.h>

void arm64_test_trap(u64 regs[31]);
extern char arm64_test_trap_insn[];

static struct {
	struct pt_regs regs;
	unsigned long frame;		/* where the frame was */
	unsigned long esr;
	u64 new_x5;
	unsigned int preempt_count;
	bool taken;
} seen;

static bool record_trap(struct pt_regs *regs, unsigned long esr)
{
	seen.regs = *regs;
	seen.frame = (unsigned long)regs;
	seen.esr = esr;
	seen.preempt_count = preempt_count();
	seen.taken = true;
	if (seen.new_x5)
		regs->regs[5] = seen.new_x5;
	arm64_skip_faulting_instruction(regs, AARCH64_INSN_SIZE);
	return true;
}

static void trap_with(u64 *values)
{
	int i;

	for (i = 0; i < 29; i++)
		values[i] = 0x1111000000000000ULL * (i % 7) + 0xabc0 + i;
	seen.taken = false;
	arm64_test_trap(values);
}

static int entry_init(struct kunit *test)
{
	memset(&seen, 0, sizeof(seen));
	arm64_test_brk_hook = record_trap;
	return 0;
}

static void entry_exit(struct kunit *test)
{
	arm64_test_brk_hook = NULL;
}

static void pt_regs_has_linux_layout(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, offsetof(struct pt_regs, regs), 0);
	KUNIT_EXPECT_EQ(test, offsetof(struct pt_regs, sp), 248);
	KUNIT_EXPECT_EQ(test, offsetof(struct pt_regs, pc), 256);
	KUNIT_EXPECT_EQ(test, offsetof(struct pt_regs, pstate), 264);
	KUNIT_EXPECT_EQ(test, offsetof(struct pt_regs, orig_x0), 272);
	KUNIT_EXPECT_EQ(test, offsetof(struct pt_regs, syscallno), 280);
	KUNIT_EXPECT_EQ(test, offsetof(struct pt_regs, stackframe), 304);
	KUNIT_EXPECT_EQ(test, sizeof(struct pt_regs), 336);
}

static void user_frame_ends_at_the_top_of_the_stack(struct kunit *test)
{
	unsigned long end = (unsigned long)(task_pt_regs(current) + 1);

	KUNIT_EXPECT_EQ(test, end, (unsigned long)task_stack_page(current) + THREAD_SIZE);
	KUNIT_EXPECT_EQ(test, (unsigned long)end_of_stack(current),
			(unsigned long)task_stack_page(current));
}

static void stack_is_aligned_to_twice_its_size(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, (unsigned long)task_stack_page(current) & (THREAD_ALIGN - 1), 0);
}

static void trap_saves_every_register(struct kunit *test)
{
	u64 values[31], sent[31];
	int i;

	trap_with(values);
	memcpy(sent, values, sizeof(sent));
	KUNIT_ASSERT_TRUE(test, seen.taken);
	for (i = 0; i < 29; i++)
		KUNIT_EXPECT_EQ(test, seen.regs.regs[i], sent[i]);
	KUNIT_EXPECT_EQ(test, seen.regs.pc, (u64)arm64_test_trap_insn);
	KUNIT_EXPECT_EQ(test, seen.regs.pstate & PSR_MODE_MASK, PSR_MODE_EL1h);
	KUNIT_EXPECT_EQ(test, ESR_ELx_EC(seen.esr), ESR_ELx_EC_BRK64);
	KUNIT_EXPECT_FALSE(test, in_syscall(&seen.regs));
}

static void trap_restores_every_register(struct kunit *test)
{
	u64 values[31];
	int i;

	trap_with(values);
	for (i = 0; i < 29; i++)
		KUNIT_EXPECT_EQ(test, values[i], 0x1111000000000000ULL * (i % 7) + 0xabc0 + i);
}

static void handler_can_change_a_register(struct kunit *test)
{
	u64 values[31];

	seen.new_x5 = 0x5eed;
	trap_with(values);
	KUNIT_EXPECT_EQ(test, values[5], 0x5eed);
}

static void kernel_frame_nests_below_the_stack_pointer(struct kunit *test)
{
	u64 values[31];

	trap_with(values);
	/* On the same stack, directly below what was interrupted. */
	KUNIT_EXPECT_EQ(test, seen.frame + sizeof(struct pt_regs), seen.regs.sp);
	KUNIT_EXPECT_GE(test, seen.frame, (unsigned long)task_stack_page(current));
	KUNIT_EXPECT_LT(test, seen.regs.sp, (unsigned long)task_pt_regs(current));
}

static void kernel_frame_links_to_the_interrupted_frames(struct kunit *test)
{
	u64 values[31];

	trap_with(values);
	KUNIT_EXPECT_EQ(test, seen.regs.stackframe[0], seen.regs.regs[29]);
	KUNIT_EXPECT_EQ(test, seen.regs.stackframe[1], seen.regs.pc);
}

static void interrupt_masks_survive_a_trap(struct kunit *test)
{
	u64 values[31];
	unsigned long flags;

	trap_with(values);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	local_irq_save(flags);
	trap_with(values);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	KUNIT_EXPECT_TRUE(test, regs_irqs_disabled(&seen.regs));
	local_irq_restore(flags);
}

static void trap_leaves_preempt_count_alone(struct kunit *test)
{
	u64 values[31];
	unsigned int before = preempt_count();

	trap_with(values);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
	KUNIT_EXPECT_EQ(test, seen.preempt_count, before);
}

/* ---- backtraces ---- */

static struct {
	unsigned long pc[64];
	int nr;
} trace;

static bool collect(void *cookie, unsigned long pc)
{
	if (trace.nr < ARRAY_SIZE(trace.pc))
		trace.pc[trace.nr++] = pc;
	return true;
}

static bool walk_from_trap(struct pt_regs *regs, unsigned long esr)
{
	trace.nr = 0;
	arch_stack_walk(collect, NULL, current, NULL);
	arm64_skip_faulting_instruction(regs, AARCH64_INSN_SIZE);
	return true;
}

static bool trace_has(unsigned long start, unsigned long size)
{
	int i;

	for (i = 0; i < trace.nr; i++)
		if (trace.pc[i] >= start && trace.pc[i] < start + size)
			return true;
	return false;
}

static void backtrace_goes_on_through_an_exception(struct kunit *test)
{
	u64 values[31];

	arm64_test_brk_hook = walk_from_trap;
	trap_with(values);
	/* The handler, the exact instruction, and its caller, us. */
	KUNIT_EXPECT_TRUE(test, trace_has((unsigned long)walk_from_trap, 512));
	KUNIT_EXPECT_TRUE(test, trace_has((unsigned long)arm64_test_trap_insn, 4));
	KUNIT_EXPECT_GT(test, trace.nr, 6);
}

static void backtrace_of_a_broken_chain_ends(struct kunit *test)
{
	struct pt_regs regs = { .pc = (u64)arm64_test_trap_insn, .pstate = PSR_MODE_EL1h };
	unsigned long loop[2] __aligned(16);

	/* A record that points to itself. */
	loop[0] = (unsigned long)loop;
	loop[1] = 0x1234;
	regs.regs[29] = (u64)loop;
	trace.nr = 0;
	arch_stack_walk(collect, NULL, current, &regs);
	KUNIT_EXPECT_EQ(test, trace.nr, 2);

	/* One that is nowhere. */
	regs.regs[29] = 0xdead000000000000;
	trace.nr = 0;
	arch_stack_walk(collect, NULL, current, &regs);
	KUNIT_EXPECT_EQ(test, trace.nr, 1);
}

/* ---- foreseen faults ---- */

static void probing_an_unmapped_address_fails(struct kunit *test)
{
	u64 val = 7;

	KUNIT_EXPECT_EQ(test, copy_from_kernel_nofault(&val, (void *)(VMEMMAP_END + 0x10000), 8),
			-EFAULT);
}

static void unprivileged_load_of_kernel_memory_fails(struct kunit *test)
{
	static u64 secret = 0x5ec2e7;
	u64 val = 7;

	/* As if access_ok() had been forgotten. */
	KUNIT_EXPECT_NE(test, __arch_copy_from_user(&val, (void __force __user *)&secret, 8), 0);
	KUNIT_EXPECT_NE(test, val, secret);
	KUNIT_EXPECT_NE(test, __arch_copy_to_user((void __force __user *)&secret, &val, 8), 0);
	KUNIT_EXPECT_EQ(test, secret, 0x5ec2e7);
}

static void access_ok_knows_the_border(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, access_ok((void __user *)(TASK_SIZE_MAX - 8), 8));
	KUNIT_EXPECT_FALSE(test, access_ok((void __user *)(TASK_SIZE_MAX - 8), 9));
	KUNIT_EXPECT_FALSE(test, access_ok((void __user *)TASK_SIZE_MAX, 1));
	KUNIT_EXPECT_FALSE(test, access_ok((void __user *)0x1000, ~0UL));
	KUNIT_EXPECT_FALSE(test, access_ok((void __user *)PAGE_OFFSET, 8));
}

static void get_user_of_an_unmapped_address_fails(struct kunit *test)
{
	u32 val = 7;

	KUNIT_EXPECT_EQ(test, get_user(val, (u32 __user *)0x1000), -EFAULT);
	KUNIT_EXPECT_EQ(test, val, 0);
	KUNIT_EXPECT_EQ(test, put_user(1, (u32 __user *)0x1000), -EFAULT);
	KUNIT_EXPECT_EQ(test, get_user(val, (u32 __user *)PAGE_OFFSET), -EFAULT);
}

static void pan_is_on_where_the_cpu_has_it(struct kunit *test)
{
	u64 values[31];

	trap_with(values);
	if (!cpus_have_cap(ARM64_HAS_PAN))
		kunit_skip(test, "CPU has no PAN");
	KUNIT_EXPECT_TRUE(test, !!(seen.regs.pstate & PSR_PAN_BIT));
}

static struct kunit_case entry_cases[] = {
	KUNIT_CASE(pt_regs_has_linux_layout),
	KUNIT_CASE(user_frame_ends_at_the_top_of_the_stack),
	KUNIT_CASE(stack_is_aligned_to_twice_its_size),
	KUNIT_CASE(trap_saves_every_register),
	KUNIT_CASE(trap_restores_every_register),
	KUNIT_CASE(handler_can_change_a_register),
	KUNIT_CASE(kernel_frame_nests_below_the_stack_pointer),
	KUNIT_CASE(kernel_frame_links_to_the_interrupted_frames),
	KUNIT_CASE(interrupt_masks_survive_a_trap),
	KUNIT_CASE(trap_leaves_preempt_count_alone),
	KUNIT_CASE(backtrace_goes_on_through_an_exception),
	KUNIT_CASE(backtrace_of_a_broken_chain_ends),
	KUNIT_CASE(probing_an_unmapped_address_fails),
	KUNIT_CASE(unprivileged_load_of_kernel_memory_fails),
	KUNIT_CASE(access_ok_knows_the_border),
	KUNIT_CASE(get_user_of_an_unmapped_address_fails),
	KUNIT_CASE(pan_is_on_where_the_cpu_has_it),
	{},
};

static struct kunit_suite entry_suite = {
	.name = "arm64_entry",
	.init = entry_init,
	.exit = entry_exit,
	.test_cases = entry_cases,
};
kunit_test_suite(entry_suite);
