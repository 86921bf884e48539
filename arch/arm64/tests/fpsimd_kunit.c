// SPDX-License-Identifier: MIT
/*
 * The FPSIMD registers through kernel sections and switches. There are no user tasks yet, so for a
 * few instructions, preemption off, the test's own task plays one: it pretends to have an address
 * space.
 */
#include <kunit/test.h>
#include <linux/interrupt.h>
#include <linux/preempt.h>
#include <linux/sched.h>

#include <asm/fpsimd.h>
#include <asm/neon.h>
#include <asm/simd.h>

static struct user_fpsimd_state in, out, scratch;

static void fill(struct user_fpsimd_state *st, u64 seed)
{
	int i;

	memset(st, 0, sizeof(*st));
	for (i = 0; i < 32; i++)
		st->vregs[i] = ((__uint128_t)(seed * (i + 1)) << 64) | ~(seed + i);
	st->fpcr = 0x00400000;		/* round towards plus infinity */
	st->fpsr = 0x08000010;		/* QC, IXC */
}

static void save_stores_what_load_loaded(struct kunit *test)
{
	fill(&in, 0x0123456789abcdefULL);
	kernel_neon_begin();
	fpsimd_load_state(&in);
	fpsimd_save_state(&out);
	kernel_neon_end();
	KUNIT_EXPECT_MEMEQ(test, out.vregs, in.vregs, sizeof(in.vregs));
	KUNIT_EXPECT_EQ(test, out.fpcr, in.fpcr);
	KUNIT_EXPECT_EQ(test, out.fpsr, in.fpsr);
}

/* Who computes in the kernel doesn't round as some program asked for. */
static void kernel_section_begins_with_modes_of_its_own(struct kunit *test)
{
	fill(&in, 1);
	kernel_neon_begin();
	fpsimd_load_state(&in);
	kernel_neon_end();
	kernel_neon_begin();
	fpsimd_save_state(&out);
	kernel_neon_end();
	KUNIT_EXPECT_EQ(test, out.fpcr, 0);
}

static void kernel_section_excludes_another(struct kunit *test)
{
	bool inside;

	KUNIT_EXPECT_TRUE(test, may_use_simd());
	kernel_neon_begin();
	inside = may_use_simd();
	kernel_neon_end();
	KUNIT_EXPECT_FALSE(test, inside);
	KUNIT_EXPECT_TRUE(test, may_use_simd());
}

static void kernel_section_needs_interrupts_on(struct kunit *test)
{
	unsigned long flags;
	bool may;

	local_irq_save(flags);
	may = may_use_simd();
	local_irq_restore(flags);
	KUNIT_EXPECT_FALSE(test, may);
}

/* Run fn() as if current were a user program whose saved state is @in. Preemption is off. */
static void as_user_task(void (*fn)(void))
{
	unsigned long saved_flags = current->flags & PF_KTHREAD;
	struct mm_struct *saved_mm = current->mm;

	preempt_disable();
	current->flags &= ~PF_KTHREAD;
	current->mm = &init_mm;
	current->thread.uw.fpsimd_state = in;
	fpsimd_flush_task_state(current);
	fn();
	current->mm = saved_mm;
	current->flags |= saved_flags;
	clear_thread_flag(TIF_FOREIGN_FPSTATE);
	current->thread.fpsimd_cpu = -1;
	preempt_enable();
}

static bool foreign_before, foreign_inside, foreign_after;

static void kernel_section_between(void)
{
	fpsimd_restore_current_state();
	foreign_before = test_thread_flag(TIF_FOREIGN_FPSTATE);

	kernel_neon_begin();
	foreign_inside = test_thread_flag(TIF_FOREIGN_FPSTATE);
	fill(&scratch, 0x5555);
	fpsimd_load_state(&scratch);
	kernel_neon_end();

	/* What return to user mode does. */
	fpsimd_restore_current_state();
	foreign_after = test_thread_flag(TIF_FOREIGN_FPSTATE);
	fpsimd_save_state(&out);
}

static void user_registers_survive_a_kernel_section(struct kunit *test)
{
	fill(&in, 0xfeedULL);
	memset(&out, 0, sizeof(out));
	as_user_task(kernel_section_between);
	KUNIT_EXPECT_FALSE(test, foreign_before);
	KUNIT_EXPECT_TRUE(test, foreign_inside);
	KUNIT_EXPECT_FALSE(test, foreign_after);
	KUNIT_EXPECT_MEMEQ(test, out.vregs, in.vregs, sizeof(in.vregs));
	KUNIT_EXPECT_EQ(test, out.fpcr, in.fpcr);
}

static void change_registers_then_preserve(void)
{
	fpsimd_restore_current_state();
	/* The program computes. */
	fill(&scratch, 0x77);
	fpsimd_load_state(&scratch);
	fpsimd_preserve_current_state();
	out = current->thread.uw.fpsimd_state;
}

static void preserve_saves_what_the_program_computed(struct kunit *test)
{
	fill(&in, 0xfeedULL);
	as_user_task(change_registers_then_preserve);
	KUNIT_EXPECT_MEMEQ(test, out.vregs, scratch.vregs, sizeof(out.vregs));
}

static void update_then_restore(void)
{
	fpsimd_restore_current_state();
	fill(&scratch, 0x99);
	fpsimd_update_current_state(&scratch);
	foreign_inside = test_thread_flag(TIF_FOREIGN_FPSTATE);
	fpsimd_restore_current_state();
	fpsimd_save_state(&out);
}

static void replaced_state_is_loaded(struct kunit *test)
{
	fill(&in, 0xfeedULL);
	as_user_task(update_then_restore);
	KUNIT_EXPECT_TRUE(test, foreign_inside);
	KUNIT_EXPECT_MEMEQ(test, out.vregs, scratch.vregs, sizeof(out.vregs));
}

static struct kunit_case fpsimd_cases[] = {
	KUNIT_CASE(save_stores_what_load_loaded),
	KUNIT_CASE(kernel_section_begins_with_modes_of_its_own),
	KUNIT_CASE(kernel_section_excludes_another),
	KUNIT_CASE(kernel_section_needs_interrupts_on),
	KUNIT_CASE(user_registers_survive_a_kernel_section),
	KUNIT_CASE(preserve_saves_what_the_program_computed),
	KUNIT_CASE(replaced_state_is_loaded),
	{},
};

static struct kunit_suite fpsimd_suite = {
	.name = "arm64_fpsimd",
	.test_cases = fpsimd_cases,
};
kunit_test_suite(fpsimd_suite);
