// SPDX-License-Identifier: MIT
/* Entries from the kernel: exceptions, interrupts and NMIs, nested, and a stack that ends. */

#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/hardirq.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/asm.h>
#include <asm/fixmap.h>
#include <asm/irq_regs.h>
#include <asm/msr.h>
#include <asm/nmi.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/stacktrace.h>
#include <asm/unwind.h>

/* --- Exceptions ------------------------------------------------------------------------------ */

static void a_foreseen_divide_error_continues(struct kunit *test)
{
	unsigned int quotient = 7;

	asm volatile("1: divl %[zero]\n2:\n" _ASM_EXTABLE(1b, 2b)
		     : "+a" (quotient) : "d" (0), [zero] "r" (0));
	KUNIT_EXPECT_EQ(test, 7U, quotient);
}

static void a_foreseen_invalid_opcode_continues(struct kunit *test)
{
	int reached = 0;

	asm volatile("1: ud2\n2: movl $1, %0\n" _ASM_EXTABLE(1b, 2b) : "+r" (reached));
	KUNIT_EXPECT_EQ(test, 1, reached);
}

/* The trap's address is behind the int3: that is what the row names. */
static void a_foreseen_breakpoint_continues(struct kunit *test)
{
	int reached = 0;

	asm volatile("int3\n1: jmp 3f\n2: movl $1, %0\n3:\n" _ASM_EXTABLE(1b, 2b)
		     : "+r" (reached));
	KUNIT_EXPECT_EQ(test, 1, reached);
}

/* A row that names a register. (TCG answers for every MSR: another #GP has to do.) */
static void a_refused_msr_is_an_error_not_a_crash(struct kunit *test)
{
	unsigned long bad = 1UL << 62;
	int err = 0;
	u64 v = 1;

	asm volatile("1: movq (%[bad]), %[v]\n2:\n"
		     _ASM_EXTABLE_TYPE_REG(1b, 2b, EX_TYPE_MSR_SAFE, %k[err])
		     : [err] "+r" (err), [v] "+r" (v) : [bad] "r" (bad));
	KUNIT_EXPECT_EQ(test, -EIO, err);
	KUNIT_EXPECT_EQ(test, 1ULL, v);
	KUNIT_EXPECT_EQ(test, 0, rdmsrl_safe(MSR_EFER, &v));
	KUNIT_EXPECT_TRUE(test, v & EFER_NX);
}

static void registers_survive_an_exception(struct kunit *test)
{
	unsigned long ok;

	asm volatile("pushq %%rbx; pushq %%r12\n"
		     "movq $0x11, %%rbx; movq $0x22, %%rcx; movq $0x33, %%rdx\n"
		     "movq $0x44, %%rsi; movq $0x55, %%rdi; movq $0x66, %%r8\n"
		     "movq $0x77, %%r9; movq $0x88, %%r10; movq $0x99, %%r11; movq $0xaa, %%r12\n"
		     "1: ud2\n"
		     "2: xorl %%eax, %%eax\n"
		     "cmpq $0x11, %%rbx; jne 3f; cmpq $0x22, %%rcx; jne 3f\n"
		     "cmpq $0x33, %%rdx; jne 3f; cmpq $0x44, %%rsi; jne 3f\n"
		     "cmpq $0x55, %%rdi; jne 3f; cmpq $0x66, %%r8; jne 3f\n"
		     "cmpq $0x77, %%r9; jne 3f; cmpq $0x88, %%r10; jne 3f\n"
		     "cmpq $0x99, %%r11; jne 3f; cmpq $0xaa, %%r12; jne 3f\n"
		     "incl %%eax\n"
		     "3: popq %%r12; popq %%rbx\n"
		     _ASM_EXTABLE(1b, 2b)
		     : "=a" (ok)
		     : : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory", "cc");
	KUNIT_EXPECT_EQ(test, 1UL, ok);
}

static void a_single_step_nobody_asked_for_ends(struct kunit *test)
{
	unsigned long flags;

	asm volatile("pushfq; orq $0x100, (%%rsp); popfq; nop; nop; pushfq; popq %0"
		     : "=r" (flags) : : "memory", "cc");
	KUNIT_EXPECT_FALSE(test, flags & X86_EFLAGS_TF);
}

static void a_warning_comes_back(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	WARN(1, "planted\n");
	KUNIT_EXPECT_EQ(test, 1, kunit_reports_seen(test, REPORT_WARN));
}

/* --- Interrupts ------------------------------------------------------------------------------- */

struct irq_look {
	struct irq_work work;
	bool on_irq_stack;
	bool frame_from_kernel;
	bool in_hardirq;
	bool trace_reaches_task;
};

static bool on_irq_stack(void *p)
{
	void *top = this_cpu_read(pcpu_hot.hardirq_stack_ptr);

	return p < top && p >= top - IRQ_STACK_SIZE;
}

static void look_around(struct irq_work *work)
{
	struct irq_look *look = container_of(work, struct irq_look, work);
	struct unwind_state state;
	int here;

	look->on_irq_stack = on_irq_stack(&here);
	look->in_hardirq = in_hardirq();
	look->frame_from_kernel = get_irq_regs() && !user_mode(get_irq_regs());
	for (unwind_start(&state, current, NULL, NULL); !unwind_done(&state);
	     unwind_next_frame(&state)) {
		if (state.info.type == STACK_TYPE_TASK)
			look->trace_reaches_task = true;
	}
}

static void an_interrupt_runs_on_its_own_stack(struct kunit *test)
{
	struct irq_look look = { };

	init_irq_work(&look.work, look_around);
	irq_work_queue(&look.work);
	irq_work_sync(&look.work);
	KUNIT_EXPECT_TRUE(test, look.on_irq_stack);
	KUNIT_EXPECT_TRUE(test, look.in_hardirq);
	KUNIT_EXPECT_TRUE(test, look.frame_from_kernel);
}

static void a_trace_goes_from_the_irq_stack_to_the_task(struct kunit *test)
{
	struct irq_look look = { };

	init_irq_work(&look.work, look_around);
	irq_work_queue(&look.work);
	irq_work_sync(&look.work);
	KUNIT_EXPECT_TRUE(test, look.trace_reaches_task);
}

static void a_trace_of_a_sleeper_ends_at_its_start(struct kunit *test)
{
	struct unwind_state state;
	unsigned int frames = 0;

	for (unwind_start(&state, current, NULL, NULL); !unwind_done(&state);
	     unwind_next_frame(&state))
		frames++;
	KUNIT_EXPECT_GT(test, frames, 2U);
	KUNIT_EXPECT_FALSE(test, unwind_error(&state));
}

/* --- NMIs ------------------------------------------------------------------------------------- */

static atomic_t nmis_seen, nmis_nested;
static unsigned int nmi_cpu_wanted;

static void send_nmi_to_self(void)
{
	apic_send_nmi(cpu_physical_id(smp_processor_id()));
}

static bool count_nmi(struct pt_regs *regs)
{
	(void)regs;
	if (smp_processor_id() != nmi_cpu_wanted)
		return false;
	atomic_inc(&nmis_seen);
	return true;
}

static void wait_for_nmis(int n)
{
	unsigned int us;

	for (us = 0; us < 1000000 && atomic_read(&nmis_seen) < n; us++)
		udelay(1);
}

static void an_nmi_comes_with_interrupts_off(struct kunit *test)
{
	unsigned long flags;

	atomic_set(&nmis_seen, 0);
	preempt_disable();
	nmi_cpu_wanted = smp_processor_id();
	nmi_set_test_hook(count_nmi);
	local_irq_save(flags);
	send_nmi_to_self();
	wait_for_nmis(1);
	local_irq_restore(flags);
	nmi_set_test_hook(NULL);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, 1, atomic_read(&nmis_seen));
}

/*
 * The first NMI sends itself another, then takes an exception: its iret lets the second
 * in, while the first still has its frame on the one NMI stack.
 */
static bool nest_nmi(struct pt_regs *regs)
{
	unsigned long canary[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	unsigned long ip = regs->ip, sp = regs->sp;
	int n, i;

	if (smp_processor_id() != nmi_cpu_wanted)
		return false;
	n = atomic_inc_return(&nmis_seen);
	if (n >= 3)
		return true;
	send_nmi_to_self();
	for (i = 0; i < 1000 && atomic_read(&nmis_seen) == n; i++) {
		asm volatile("1: ud2\n2:\n" _ASM_EXTABLE(1b, 2b));
		cpu_relax();
	}
	if (atomic_read(&nmis_seen) > n)
		atomic_inc(&nmis_nested);
	for (i = 0; i < 8; i++)
		WARN_ON(canary[i] != (unsigned long)i + 1);
	WARN_ON(regs->ip != ip || regs->sp != sp);
	return true;
}

static void nmis_nest_without_losing_a_frame(struct kunit *test)
{
	atomic_set(&nmis_seen, 0);
	atomic_set(&nmis_nested, 0);
	preempt_disable();
	nmi_cpu_wanted = smp_processor_id();
	nmi_set_test_hook(nest_nmi);
	send_nmi_to_self();
	wait_for_nmis(3);
	nmi_set_test_hook(NULL);
	KUNIT_EXPECT_GE(test, nmi_max_nesting(smp_processor_id()), 3U);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, 3, atomic_read(&nmis_seen));
	KUNIT_EXPECT_EQ(test, 2, atomic_read(&nmis_nested));
}

/* A page fault inside an NMI must not change cr2 under an interrupted page fault. */
static bool fault_in_nmi(struct pt_regs *regs)
{
	unsigned long v;

	(void)regs;
	if (smp_processor_id() != nmi_cpu_wanted)
		return false;
	asm volatile("1: movq (%1), %0\n2:\n" _ASM_EXTABLE(1b, 2b)
		     : "=r" (v) : "r" (FIXADDR_TOP));
	atomic_inc(&nmis_seen);
	return true;
}

static void an_nmi_gives_cr2_back(struct kunit *test)
{
	unsigned long cr2;

	atomic_set(&nmis_seen, 0);
	preempt_disable();
	local_irq_disable();
	nmi_cpu_wanted = smp_processor_id();
	write_cr2(0x123456789000);
	nmi_set_test_hook(fault_in_nmi);
	send_nmi_to_self();
	wait_for_nmis(1);
	cr2 = read_cr2();
	nmi_set_test_hook(NULL);
	local_irq_enable();
	preempt_enable();
	KUNIT_EXPECT_EQ(test, 1, atomic_read(&nmis_seen));
	KUNIT_EXPECT_EQ(test, 0x123456789000UL, cr2);
}

/* --- Ends ------------------------------------------------------------------------------------- */

/* Each level uses a good part of a page, so that the guard page isn't jumped over. */
static int deepest = INT_MAX;

static noinline int go_down(int depth)
{
	volatile char room[512];
	int ret;

	room[0] = depth;
	if (depth == READ_ONCE(deepest))
		return 0;
	ret = go_down(depth + 1) + room[0];
	room[1] = ret;
	return room[1];
}

static int overflow_thread(void *unused)
{
	(void)unused;
	return go_down(0);
}

/* Uninstrumented: else KASAN tells before the fault. */
static __no_sanitize_address int null_thread(void *unused)
{
	(void)unused;
	*(volatile int *)0x10 = 1;
	return 0;
}

static int bug_thread(void *unused)
{
	(void)unused;
	BUG();
	return 0;
}

static void run_to_its_end(struct kunit *test, int (*fn)(void *), const char *name)
{
	struct task_struct *t = kthread_create(fn, NULL, "%s", name);

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	while (!READ_ONCE(t->exit_state))
		msleep(1);
	put_task_struct(t);
}

static void a_stack_overflow_ends_the_task_only(struct kunit *test)
{
	kunit_expect_report(test, REPORT_OOPS);
	run_to_its_end(test, overflow_thread, "overflow");
	KUNIT_EXPECT_EQ(test, 1, kunit_reports_seen(test, REPORT_OOPS));
	KUNIT_EXPECT_STREQ(test, report_last_what(), "stack guard page");
}

static void a_null_pointer_ends_the_task_only(struct kunit *test)
{
	kunit_expect_report(test, REPORT_OOPS);
	run_to_its_end(test, null_thread, "null");
	KUNIT_EXPECT_EQ(test, 1, kunit_reports_seen(test, REPORT_OOPS));
}

static void a_bug_ends_the_task_only(struct kunit *test)
{
	kunit_expect_report(test, REPORT_BUG);
	run_to_its_end(test, bug_thread, "bug");
	KUNIT_EXPECT_EQ(test, 1, kunit_reports_seen(test, REPORT_BUG));
}

static struct kunit_case entry_cases[] = {
	KUNIT_CASE(a_foreseen_divide_error_continues),
	KUNIT_CASE(a_foreseen_invalid_opcode_continues),
	KUNIT_CASE(a_foreseen_breakpoint_continues),
	KUNIT_CASE(a_refused_msr_is_an_error_not_a_crash),
	KUNIT_CASE(registers_survive_an_exception),
	KUNIT_CASE(a_single_step_nobody_asked_for_ends),
	KUNIT_CASE(a_warning_comes_back),
	KUNIT_CASE(an_interrupt_runs_on_its_own_stack),
	KUNIT_CASE(a_trace_goes_from_the_irq_stack_to_the_task),
	KUNIT_CASE(a_trace_of_a_sleeper_ends_at_its_start),
	KUNIT_CASE(an_nmi_comes_with_interrupts_off),
	KUNIT_CASE(nmis_nest_without_losing_a_frame),
	KUNIT_CASE(an_nmi_gives_cr2_back),
	KUNIT_CASE(a_stack_overflow_ends_the_task_only),
	KUNIT_CASE(a_null_pointer_ends_the_task_only),
	KUNIT_CASE(a_bug_ends_the_task_only),
	{}
};

static struct kunit_suite entry_suite = {
	.name = "x86_entry",
	.test_cases = entry_cases,
};
kunit_test_suite(entry_suite);
