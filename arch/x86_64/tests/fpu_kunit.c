// SPDX-License-Identifier: MIT
/*
 * Vector registers of tasks and of the kernel. A kernel thread has no state; one that
 * takes part gets some with fpu_attach(), and then is switched like a user task.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/hardirq.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/cpufeature.h>
#include <asm/fpu/api.h>
#include <asm/fpu/internal.h>
#include <asm/simd.h>

struct xmm {
	u64 half[2];
};

static void load_xmm(const struct xmm *x)
{
	asm volatile("movups %0, %%xmm0; movups %0, %%xmm7; movups %0, %%xmm15" : : "m" (*x));
}

static void store_xmm(struct xmm *first, struct xmm *last)
{
	asm volatile("movups %%xmm0, %0; movups %%xmm15, %1" : "=m" (*first), "=m" (*last));
}

static bool xmm_is(u64 value)
{
	struct xmm a, b;

	store_xmm(&a, &b);
	return a.half[0] == value && a.half[1] == value && b.half[0] == value &&
	       b.half[1] == value;
}

/* --- The kernel's use ----------------------------------------------------------------------- */

static void a_section_is_known_inside_and_out(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, irq_fpu_usable());
	KUNIT_EXPECT_TRUE(test, may_use_simd());
	kernel_fpu_begin();
	KUNIT_EXPECT_FALSE(test, irq_fpu_usable());
	kernel_fpu_end();
	KUNIT_EXPECT_TRUE(test, irq_fpu_usable());
}

static void a_section_starts_with_the_default_mxcsr(struct kunit *test)
{
	u32 mxcsr;

	kernel_fpu_begin();
	asm volatile("stmxcsr %0" : "=m" (mxcsr));
	kernel_fpu_end();
	KUNIT_EXPECT_EQ(test, 0x1f80U, mxcsr);
}

struct asked {
	struct irq_work work;
	bool usable;
};

static void ask(struct irq_work *work)
{
	container_of(work, struct asked, work)->usable = irq_fpu_usable();
}

static void an_interrupt_of_a_section_keeps_away(struct kunit *test)
{
	struct asked asked = { .usable = true };

	init_irq_work(&asked.work, ask);
	kernel_fpu_begin();
	irq_work_queue(&asked.work);
	while (irq_work_is_busy(&asked.work))
		cpu_relax();
	kernel_fpu_end();
	KUNIT_EXPECT_FALSE(test, asked.usable);
}

/* --- Tasks ------------------------------------------------------------------------------------ */

struct fpu_thread {
	u64 value;
	atomic_t *running;
	unsigned int wrong;
	unsigned int rounds;
	bool disturb;
};

/* As after a return to user mode: the registers are ours, then anything may happen. */
static int keep_registers(void *arg)
{
	struct fpu_thread *ft = arg;
	struct xmm x = { { ft->value, ft->value } };
	unsigned int i;

	if (fpu_attach(current, NULL)) {
		ft->wrong = 1000;
		goto out;
	}
	for (i = 0; i < ft->rounds; i++) {
		preempt_disable();
		switch_fpu_return();
		if (i)
			ft->wrong += !xmm_is(ft->value + i - 1);
		x.half[0] = x.half[1] = ft->value + i;
		load_xmm(&x);
		preempt_enable();

		if (ft->disturb) {
			struct xmm junk = { { ~0ULL, ~0ULL } };

			kernel_fpu_begin();
			load_xmm(&junk);
			kernel_fpu_end();
		}
		schedule();
	}
	/* Out of the way before the state goes: the task is a kernel thread again. */
	preempt_disable();
	set_thread_flag(TIF_NEED_FPU_LOAD);
	preempt_enable();
out:
	atomic_dec(ft->running);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void run_threads(struct kunit *test, unsigned int n, bool same_cpu, bool disturb)
{
	struct task_struct *threads[4];
	struct fpu_thread *ft = kunit_kcalloc(test, n, sizeof(*ft), GFP_KERNEL);
	atomic_t running = ATOMIC_INIT(n);
	unsigned int i;

	for (i = 0; i < n; i++) {
		ft[i] = (struct fpu_thread) {
			.value = (u64)(i + 1) << 40,
			.running = &running,
			.rounds = 200,
			.disturb = disturb,
		};
		threads[i] = same_cpu ?
			kthread_create_on_cpu(keep_registers, &ft[i], 0, "fpu/%u") :
			kthread_create(keep_registers, &ft[i], "fpu-%u", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(threads[i]));
		wake_up_process(threads[i]);
	}
	while (atomic_read(&running))
		schedule_timeout_interruptible(1);
	for (i = 0; i < n; i++) {
		kthread_stop(threads[i]);
		KUNIT_EXPECT_EQ(test, 0U, ft[i].wrong);
	}
}

static void registers_survive_switches_on_one_cpu(struct kunit *test)
{
	run_threads(test, 3, true, false);
}

static void registers_survive_switches_on_all_cpus(struct kunit *test)
{
	run_threads(test, 4, false, false);
}

static void registers_survive_the_kernels_own_use(struct kunit *test)
{
	run_threads(test, 3, true, true);
}

/* The image that save writes and restore reads: whole registers, and back. */
static void saving_and_restoring_is_the_identity(struct kunit *test)
{
	struct xmm pattern = { { 0x0123456789abcdefULL, 0x0123456789abcdefULL } };
	struct xmm junk = { { 0, 0 } };
	struct fpu fpu = { };
	void *room = kunit_kzalloc(test, fpu_kernel_size + offsetof(struct fpstate, regs) + 64,
				   GFP_KERNEL);
	bool same;

	KUNIT_ASSERT_NOT_NULL(test, room);
	fpu.fpstate = PTR_ALIGN(room, 64);
	kernel_fpu_begin();
	load_xmm(&pattern);
	save_fpregs_to_fpstate(&fpu);
	load_xmm(&junk);
	restore_fpregs_from_fpstate(fpu.fpstate);
	same = xmm_is(pattern.half[0]);
	kernel_fpu_end();
	KUNIT_EXPECT_TRUE(test, same);
}

static void a_refused_image_becomes_the_initial_state(struct kunit *test)
{
	struct fpu fpu = { };
	void *room = kunit_kzalloc(test, fpu_kernel_size + offsetof(struct fpstate, regs) + 64,
				   GFP_KERNEL);
	u32 mxcsr;

	if (!boot_cpu_has(X86_FEATURE_XSAVE))
		kunit_skip(test, "the emulator takes any FXSAVE image");
	KUNIT_ASSERT_NOT_NULL(test, room);
	kunit_expect_report(test, REPORT_WARN);
	fpu.fpstate = PTR_ALIGN(room, 64);
	kernel_fpu_begin();
	save_fpregs_to_fpstate(&fpu);
	/* A compacted image that isn't marked as such: the processor answers with #GP. */
	fpu.fpstate->regs.xsave.header.xcomp_bv = 1;
	restore_fpregs_from_fpstate(fpu.fpstate);
	asm volatile("stmxcsr %0" : "=m" (mxcsr));
	kernel_fpu_end();
	KUNIT_EXPECT_EQ(test, 0x1f80U, mxcsr);
}

static struct kunit_case fpu_cases[] = {
	KUNIT_CASE(a_section_is_known_inside_and_out),
	KUNIT_CASE(a_section_starts_with_the_default_mxcsr),
	KUNIT_CASE(an_interrupt_of_a_section_keeps_away),
	KUNIT_CASE(saving_and_restoring_is_the_identity),
	KUNIT_CASE(a_refused_image_becomes_the_initial_state),
	KUNIT_CASE(registers_survive_switches_on_one_cpu),
	KUNIT_CASE(registers_survive_switches_on_all_cpus),
	KUNIT_CASE(registers_survive_the_kernels_own_use),
	{}
};

static struct kunit_suite fpu_suite = {
	.name = "x86_fpu",
	.test_cases = fpu_cases,
};
kunit_test_suite(fpu_suite);
