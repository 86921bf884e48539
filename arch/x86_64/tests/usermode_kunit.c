// SPDX-License-Identifier: MIT
/*
 * Entries from user mode: where the frame ends up.
 *
 * There is no program loader yet. A kernel thread borrows an address space with one page
 * of code, fills in its pt_regs and returns; so it goes to user mode. The code there runs
 * into a trap, and the hook of user_trap() looks at the frame and ends the thread.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/syscalls.h>

#include <asm/apic.h>
#include <asm/nmi.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/traps.h>

#define CODE_ADDR	0x400000UL
#define USER_SP		0x7000123450UL

struct excursion {
	struct mm_struct *mm;
	struct page *page;
	unsigned int cpu;
	pid_t pid;
	/* What the hook saw. */
	bool at_top;
	bool stack_is_task;
	int trapnr;
	unsigned long error_code;
	struct pt_regs regs;
	unsigned int nmis;
	bool nmi_at_top;
	struct completion done;
};

static struct excursion *trip;
static unsigned long first_flags = X86_EFLAGS_IF;
static unsigned long first_ss = __USER_DS;
static unsigned long first_ip = CODE_ADDR;

static bool frame_is_at_top(struct pt_regs *regs)
{
	return regs == task_pt_regs(current) && user_mode(regs);
}

static bool end_of_trip(struct pt_regs *regs, int trapnr)
{
	int here;

	if (!trip)
		return false;
	trip->at_top = frame_is_at_top(regs);
	trip->stack_is_task = (void *)&here >= task_stack_page(current) &&
			      (void *)&here < task_stack_page(current) + THREAD_SIZE;
	trip->trapnr = trapnr;
	trip->error_code = current->thread.error_code;
	trip->regs = *regs;
	kthread_unuse_mm(trip->mm);
	current->flags |= PF_KTHREAD;
	complete(&trip->done);
	do_exit(0);
}

static bool nmi_on_trip(struct pt_regs *regs)
{
	if (!trip)
		return false;
	/* Too early, or on the wrong CPU: ours all the same. */
	if (smp_processor_id() != trip->cpu || !user_mode(regs))
		return true;
	trip->nmi_at_top = frame_is_at_top(regs);
	trip->nmis++;
	/* Out of the endless loop: over the two bytes of the jump. */
	regs->ip += 2;
	return true;
}

static int traveller(void *arg)
{
	struct pt_regs *regs = task_pt_regs(current);

	(void)arg;
	kthread_use_mm(trip->mm);
	trip->cpu = raw_smp_processor_id();
	memset(regs, 0, sizeof(*regs));
	start_thread(regs, first_ip, USER_SP);
	regs->flags = first_flags;
	regs->ssx = first_ss;
	regs->r15 = 0x1515;
	regs->bx = 0xb0b0;
	regs->di = 0xd1d1;
	regs->bp = 0xbbbb;
	current->flags &= ~PF_KTHREAD;
	return 0;
}

static void travel(struct kunit *test, const void *code, size_t len, bool nmi)
{
	struct excursion *e = kunit_kzalloc(test, sizeof(*e), GFP_KERNEL);
	struct kernel_clone_args args = {
		.flags = CLONE_VM, .fn = traveller, .kthread = 1, .name = "traveller",
	};
	pid_t pid;

	e->mm = mm_alloc();
	e->page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, e->mm);
	KUNIT_ASSERT_NOT_NULL(test, e->page);
	memcpy(page_address(e->page), code, len);
	KUNIT_ASSERT_EQ(test, 0, mm_map_user_page(e->mm, CODE_ADDR, e->page,
						  PAGE_READONLY_EXEC));
	init_completion(&e->done);
	test->priv = e;
	trip = e;
	set_user_trap_hook(end_of_trip);
	if (nmi)
		nmi_set_test_hook(nmi_on_trip);

	pid = kernel_clone(&args);
	KUNIT_ASSERT_GT(test, pid, 0);
	e->pid = pid;
	while (nmi && !READ_ONCE(e->nmis)) {
		msleep(2);
		apic_send_nmi(cpu_physical_id(READ_ONCE(e->cpu)));
	}
	wait_for_completion(&e->done);
	msleep(5);

	nmi_set_test_hook(NULL);
	set_user_trap_hook(NULL);
	trip = NULL;
	__free_page(e->page);
	mmput(e->mm);
}

static void expect_frame(struct kunit *test, int trapnr, unsigned long ip)
{
	struct excursion *e = test->priv;

	KUNIT_EXPECT_TRUE(test, e->at_top);
	KUNIT_EXPECT_TRUE(test, e->stack_is_task);
	KUNIT_EXPECT_EQ(test, trapnr, e->trapnr);
	KUNIT_EXPECT_EQ(test, CODE_ADDR + ip, e->regs.ip);
	KUNIT_EXPECT_EQ(test, USER_SP, e->regs.sp);
	KUNIT_EXPECT_EQ(test, (u16)__USER_CS, e->regs.cs);
	KUNIT_EXPECT_EQ(test, (u16)__USER_DS, e->regs.ss);
	KUNIT_EXPECT_EQ(test, 0x1515UL, e->regs.r15);
	KUNIT_EXPECT_EQ(test, 0xb0b0UL, e->regs.bx);
	KUNIT_EXPECT_EQ(test, 0xd1d1UL, e->regs.di);
	KUNIT_EXPECT_EQ(test, 0xbbbbUL, e->regs.bp);
}

static void an_exception_leaves_its_frame_at_the_top(struct kunit *test)
{
	static const u8 code[] = { 0x0f, 0x0b };		/* ud2 */

	travel(test, code, sizeof(code), false);
	expect_frame(test, X86_TRAP_UD, 0);
}

static void a_breakpoint_leaves_its_frame_at_the_top(struct kunit *test)
{
	static const u8 code[] = { 0x90, 0xcc };		/* nop; int3 */

	travel(test, code, sizeof(code), false);
	expect_frame(test, X86_TRAP_BP, 2);
}

static void a_page_fault_leaves_its_error_code_with_the_task(struct kunit *test)
{
	static const u8 code[] = { 0xa3, 0, 0, 0, 0x10, 0, 0, 0, 0 };	/* mov [0x10000000], eax */
	struct excursion *e;

	travel(test, code, sizeof(code), false);
	expect_frame(test, X86_TRAP_PF, 0);
	e = test->priv;
	KUNIT_EXPECT_EQ(test, (unsigned long)(X86_PF_USER | X86_PF_WRITE), e->error_code);
	/* Its slot in the frame says that no system call is under way. */
	KUNIT_EXPECT_EQ(test, -1UL, e->regs.orig_ax);
}

static void a_privileged_instruction_is_a_protection_fault(struct kunit *test)
{
	static const u8 code[] = { 0xf4 };			/* hlt */

	travel(test, code, sizeof(code), false);
	expect_frame(test, X86_TRAP_GP, 0);
}

/* #DB comes on an IST stack: its frame has been copied across. */
static void a_debug_trap_is_copied_to_the_top(struct kunit *test)
{
	static const u8 code[] = { 0x90, 0x90 };		/* nop, in single steps */

	first_flags = X86_EFLAGS_IF | X86_EFLAGS_TF;
	travel(test, code, sizeof(code), false);
	first_flags = X86_EFLAGS_IF;
	expect_frame(test, X86_TRAP_DB, 1);
}

static void an_nmi_is_copied_to_the_top(struct kunit *test)
{
	static const u8 code[] = { 0xeb, 0xfe, 0x0f, 0x0b };	/* jmp self; ud2 */
	struct excursion *e;

	if (num_online_cpus() < 2)
		kunit_skip(test, "a CPU that sends an NMI to itself is in the kernel then");
	travel(test, code, sizeof(code), true);
	e = test->priv;
	KUNIT_EXPECT_TRUE(test, e->nmi_at_top);
	expect_frame(test, X86_TRAP_UD, 2);
}

static void kernel_memory_is_out_of_reach(struct kunit *test)
{
	/* mov eax, [abs 0xffffffff81000000]: through rax */
	static const u8 code[] = { 0x48, 0xc7, 0xc0, 0, 0, 0, 0x81, 0x8b, 0x00 };
	struct excursion *e;

	travel(test, code, sizeof(code), false);
	expect_frame(test, X86_TRAP_PF, 7);
	e = test->priv;
	KUNIT_EXPECT_TRUE(test, e->error_code & X86_PF_USER);
}

/* --- System calls ------------------------------------------------------------------- */

#define CALL_MISSING	0xb8, 0xff, 0xff, 0, 0, 0x0f, 0x05	/* mov eax, 0xffff; syscall */

static void a_system_call_returns_behind_itself(struct kunit *test)
{
	static const u8 code[] = { CALL_MISSING, 0x0f, 0x0b };
	struct excursion *e;

	travel(test, code, sizeof(code), false);
	expect_frame(test, X86_TRAP_UD, 7);
	e = test->priv;
	KUNIT_EXPECT_EQ(test, -ENOSYS, (long)e->regs.ax);
	/* By sysret: it leaves these two behind. */
	KUNIT_EXPECT_EQ(test, CODE_ADDR + 7, e->regs.cx);
	KUNIT_EXPECT_TRUE(test, e->regs.r11 & X86_EFLAGS_IF);
	KUNIT_EXPECT_TRUE(test, e->regs.flags & X86_EFLAGS_IF);
}

static void a_system_call_knows_its_caller(struct kunit *test)
{
	static const u8 code[] = { 0xb8, __NR_gettid, 0, 0, 0, 0x0f, 0x05, 0x0f, 0x0b };
	struct excursion *e;

	travel(test, code, sizeof(code), false);
	expect_frame(test, X86_TRAP_UD, 7);
	e = test->priv;
	KUNIT_EXPECT_EQ(test, (unsigned long)e->pid, e->regs.ax);
}

/* The call masks the flag; it is back for the instruction behind, after which it traps. */
static void a_single_step_goes_on_behind_a_system_call(struct kunit *test)
{
	static const u8 code[] = { 0x0f, 0x05, 0x90, 0x0f, 0x0b };
	struct excursion *e;

	first_flags = X86_EFLAGS_IF | X86_EFLAGS_TF;
	travel(test, code, sizeof(code), false);
	first_flags = X86_EFLAGS_IF;
	expect_frame(test, X86_TRAP_DB, 3);
	e = test->priv;
	KUNIT_EXPECT_TRUE(test, e->regs.flags & X86_EFLAGS_TF);
}

static void a_direction_flag_does_not_reach_the_kernel(struct kunit *test)
{
	static const u8 code[] = { 0xfd, CALL_MISSING, 0x0f, 0x0b };	/* std; ... */
	struct excursion *e;

	travel(test, code, sizeof(code), false);
	expect_frame(test, X86_TRAP_UD, 8);
	e = test->priv;
	KUNIT_EXPECT_TRUE(test, e->regs.flags & X86_EFLAGS_DF);
}

/* --- Frames that iret refuses --------------------------------------------------------- */

static void a_bad_stack_selector_is_the_programs_fault(struct kunit *test)
{
	static const u8 code[] = { 0x0f, 0x0b };
	struct excursion *e;

	first_ss = (GDT_ENTRIES + 1) * 8 + 3;
	travel(test, code, sizeof(code), false);
	e = test->priv;
	KUNIT_EXPECT_EQ(test, X86_TRAP_GP, e->trapnr);
	KUNIT_EXPECT_TRUE(test, e->at_top);
	KUNIT_EXPECT_EQ(test, first_ss, (unsigned long)e->regs.ssx);
	KUNIT_EXPECT_EQ(test, first_ss & ~3UL, e->error_code);
	KUNIT_EXPECT_EQ(test, CODE_ADDR, e->regs.ip);
	KUNIT_EXPECT_EQ(test, 0x1515UL, e->regs.r15);
	KUNIT_EXPECT_EQ(test, 0xd1d1UL, e->regs.di);
	first_ss = __USER_DS;
}

static void an_address_that_is_not_canonical_is_the_programs_fault(struct kunit *test)
{
	static const u8 code[] = { 0x0f, 0x0b };
	struct excursion *e;

	first_ip = 1UL << 60;
	travel(test, code, sizeof(code), false);
	e = test->priv;
	KUNIT_EXPECT_EQ(test, X86_TRAP_GP, e->trapnr);
	KUNIT_EXPECT_TRUE(test, e->at_top);
	KUNIT_EXPECT_EQ(test, first_ip, e->regs.ip);
	KUNIT_EXPECT_EQ(test, 0xb0b0UL, e->regs.bx);
	first_ip = CODE_ADDR;
}

static struct kunit_case usermode_cases[] = {
	KUNIT_CASE(an_exception_leaves_its_frame_at_the_top),
	KUNIT_CASE(a_breakpoint_leaves_its_frame_at_the_top),
	KUNIT_CASE(a_page_fault_leaves_its_error_code_with_the_task),
	KUNIT_CASE(a_privileged_instruction_is_a_protection_fault),
	KUNIT_CASE(a_debug_trap_is_copied_to_the_top),
	KUNIT_CASE(an_nmi_is_copied_to_the_top),
	KUNIT_CASE(kernel_memory_is_out_of_reach),
	KUNIT_CASE(a_system_call_returns_behind_itself),
	KUNIT_CASE(a_system_call_knows_its_caller),
	KUNIT_CASE(a_single_step_goes_on_behind_a_system_call),
	KUNIT_CASE(a_direction_flag_does_not_reach_the_kernel),
	KUNIT_CASE(a_bad_stack_selector_is_the_programs_fault),
	KUNIT_CASE(an_address_that_is_not_canonical_is_the_programs_fault),
	{}
};

static struct kunit_suite usermode_suite = {
	.name = "x86_usermode",
	.test_cases = usermode_cases,
};
kunit_test_suite(usermode_suite);
