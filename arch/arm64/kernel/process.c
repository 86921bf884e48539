// SPDX-License-Identifier: MIT
/*
 * Tasks on this machine: how one starts, how the CPU goes from one to the next, what it does when
 * there is none.
 */
#include <linux/compiler.h>
#include <linux/cpu.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/kallsyms.h>
#include <linux/percpu.h>
#include <linux/prctl.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/sched/idle.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/syscalls.h>

#include <asm/debug-monitors.h>
#include <asm/elf.h>
#include <asm/fpsimd.h>
#include <asm/hw_breakpoint.h>
#include <asm/mmu_context.h>
#include <asm/pointer_auth.h>
#include <asm/processor.h>
#include <asm/stacktrace.h>
#include <asm/sve.h>
#include <asm/switch_to.h>
#include <asm/sysreg.h>
#include <asm/system_misc.h>
#include <asm/tagged_addr.h>

/* What an exception from user mode makes current: SP_EL0 is the user's then (entry.S). */
DEFINE_PER_CPU(struct task_struct *, __entry_task);

/**
 * arch_cpu_idle - wait for an interrupt
 *
 * Context: the idle task, interrupts off; wfi ends when one is pending even so, and the caller
 * opens them.
 */
void __cpuidle arch_cpu_idle(void)
{
	dsb(sy);
	wfi();
}

/* ---- registers in words ---- */

static void print_pstate(const struct pt_regs *regs)
{
	u64 p = regs->pstate;

	printk("pstate: %08llx (%c%c%c%c %c%c%c%c %cPAN %cUAO %cTCO %cDIT %cSSBS BTYPE=%c%c)\n", p,
	       p & PSR_N_BIT ? 'N' : 'n', p & PSR_Z_BIT ? 'Z' : 'z', p & PSR_C_BIT ? 'C' : 'c',
	       p & PSR_V_BIT ? 'V' : 'v', p & PSR_D_BIT ? 'D' : 'd', p & PSR_A_BIT ? 'A' : 'a',
	       p & PSR_I_BIT ? 'I' : 'i', p & PSR_F_BIT ? 'F' : 'f', p & PSR_PAN_BIT ? '+' : '-',
	       p & PSR_UAO_BIT ? '+' : '-', p & PSR_TCO_BIT ? '+' : '-', p & PSR_DIT_BIT ? '+'
		       : '-',
	       p & PSR_SSBS_BIT ? '+' : '-', (p >> (PSR_BTYPE_SHIFT + 1)) & 1 ? 'j' : '-',
	       (p >> PSR_BTYPE_SHIFT) & 1 ? 'c' : '-');
}

/**
 * __show_regs - print the registers
 * @regs: taken by an exception
 */
void __show_regs(struct pt_regs *regs)
{
	int i;

	show_regs_print_info(KERN_DEFAULT);
	print_pstate(regs);
	if (!user_mode(regs)) {
		printk("pc : %pS\n", (void *)regs->pc);
		printk("lr : %pS\n", (void *)regs->regs[30]);
	} else {
		printk("pc : %016llx\n", regs->pc);
		printk("lr : %016llx\n", regs->regs[30]);
	}
	printk("sp : %016llx\n", regs->sp);
	printk("x29: %016llx x28: %016llx x27: %016llx\n", regs->regs[29], regs->regs[28],
	       regs->regs[27]);
	for (i = 26; i >= 2; i -= 3)
		printk("x%-2d: %016llx x%-2d: %016llx x%-2d: %016llx\n", i, regs->regs[i], i - 1,
		       regs->regs[i - 1], i - 2, regs->regs[i - 2]);
}

/** show_regs - log registers and the backtrace. Context: any */
void show_regs(struct pt_regs *regs)
{
	__show_regs(regs);
	dump_backtrace(regs, NULL, KERN_DEFAULT);
}

/* ---- the life of a task ---- */

/**
 * copy_thread - make a new task ready for its first switch
 * @p: the task; its stack is there
 * @args: what clone() asked for, or the function of a kernel thread
 *
 * The first cpu_switch_to() to it "returns" to ret_from_fork, with the function and its argument in
 * x19 and x20. The frame at the top of the stack holds what it returns to user mode with.
 *
 * Return: 0
 */
int copy_thread(struct task_struct *p, const struct kernel_clone_args *args)
{
	struct pt_regs *childregs = task_pt_regs(p);

	memset(&p->thread.cpu_context, 0, sizeof(p->thread.cpu_context));
	/* Nobody's registers hold the child's FPSIMD state. */
	fpsimd_flush_task_state(p);

	if (likely(!args->fn)) {
		*childregs = *current_pt_regs();
		childregs->regs[0] = 0;
		*task_user_tls(p) = read_sysreg(tpidr_el0);
		if (args->stack)
			childregs->sp = args->stack;
		if (args->flags & CLONE_SETTLS)
			p->thread.uw.tp_value = args->tls;
	} else {
		memset(childregs, 0, sizeof(*childregs));
		childregs->pstate = PSR_MODE_EL1h | PSR_I_BIT | PSR_F_BIT;
		p->thread.cpu_context.x19 = (unsigned long)args->fn;
		p->thread.cpu_context.x20 = (unsigned long)args->fn_arg;
	}
	/* The end of every backtrace. */
	childregs->stackframe[0] = 0;
	childregs->stackframe[1] = 0;
	p->thread.cpu_context.fp = (unsigned long)childregs->stackframe;
	p->thread.cpu_context.pc = (unsigned long)ret_from_fork;
	p->thread.cpu_context.sp = (unsigned long)childregs;
	return 0;
}

/**
 * arch_dup_task_struct - what fork() copies of this machine's part
 * @dst: the child
 * @src: current
 *
 * Return: 0
 */
int arch_dup_task_struct(struct task_struct *dst, struct task_struct *src)
{
	if (src->mm)
		fpsimd_preserve_current_state();
	*dst = *src;
	/*
	 * The vectors that only SVE knows are not inherited. Live in fork(2) is who a tracer made
	 * so.
	 */
	if (test_and_clear_tsk_thread_flag(dst, TIF_SVE))
		sve_to_fpsimd(dst);
	dst->thread.sve_state = NULL;
	/* Nor what is the thread's own. */
	dst->thread.hw_debug = NULL;
	clear_tsk_thread_flag(dst, TIF_HW_DEBUG);
	return 0;
}

/** arch_release_task_struct - free a dead task's breakpoints and SVE state */
void arch_release_task_struct(struct task_struct *tsk)
{
	hw_breakpoint_release(tsk);
	sve_release(tsk);
}

/** flush_thread - exec: nothing of the old program stays in registers. Context: task */
void flush_thread(void)
{
	fpsimd_flush_thread();
	flush_ptrace_hw_breakpoint(current);
	ptrauth_flush_thread();
	clear_thread_flag(TIF_TAGGED_ADDR);
	current->thread.uw.tp_value = 0;
	write_sysreg(0, tpidr_el0);
}

/** exit_thread - a task ends: there is nothing to do */
void exit_thread(struct task_struct *tsk)
{
}

/** arch_setup_new_exec - exec, after the old program is gone: nothing */
void arch_setup_new_exec(void)
{
}

/** arch_randomize_brk - where the heap begins: up to 1 GiB behind the program */
unsigned long arch_randomize_brk(struct mm_struct *mm)
{
	return PAGE_ALIGN(mm->brk) + ((unsigned long)get_random_u32_below(0x40000) << PAGE_SHIFT);
}

/* clone(2), with this machine's order of arguments. */
SYSCALL_DEFINE5(clone, unsigned long, clone_flags, unsigned long, newsp, int __user *,
		parent_tidptr, unsigned long, tls, int __user *, child_tidptr)
{
	return ksys_clone(clone_flags, newsp, parent_tidptr, child_tidptr, tls);
}

/**
 * arch_prctl_option - prctl(2)'s options of this machine
 * @option: PR_*
 * @arg2: its arguments
 * @arg3: likewise
 * @arg4: likewise
 * @arg5: likewise
 *
 * Return: what the option says; -EINVAL for one that isn't ours or that the CPU can't do.
 */
long arch_prctl_option(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4,
		       unsigned long arg5)
{
	switch (option) {
	case PR_SVE_SET_VL:
		return sve_prctl_set(arg2);
	case PR_SVE_GET_VL:
		return sve_prctl_get();
	case PR_PAC_RESET_KEYS:
		return arg3 || arg4 || arg5 ? -EINVAL : ptrauth_reset_keys(arg2);
	case PR_PAC_SET_ENABLED_KEYS:
		return arg4 || arg5 ? -EINVAL : ptrauth_set_enabled_keys(current, arg2, arg3);
	case PR_PAC_GET_ENABLED_KEYS:
		return arg2 || arg3 || arg4 || arg5 ? -EINVAL : ptrauth_get_enabled_keys(current);
	case PR_SET_TAGGED_ADDR_CTRL:
		return arg3 || arg4 || arg5 ? -EINVAL : set_tagged_addr_ctrl(current, arg2);
	case PR_GET_TAGGED_ADDR_CTRL:
		return arg2 || arg3 || arg4 || arg5 ? -EINVAL : get_tagged_addr_ctrl(current);
	default:
		return -EINVAL;
	}
}

static void tls_thread_switch(struct task_struct *next)
{
	current->thread.uw.tp_value = read_sysreg(tpidr_el0);
	write_sysreg(next->thread.uw.tp_value, tpidr_el0);
}

/**
 * __switch_to - give the CPU to another task
 * @prev: current
 * @next: the other
 *
 * Context: the scheduler, run-queue lock held, interrupts off.
 * Return: the task that ran here before, when @prev runs again.
 */
struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next)
{
	fpsimd_thread_switch(next);
	tls_thread_switch(next);
	debug_thread_switch(next);
	ptrauth_thread_switch(next);
	__this_cpu_write(__entry_task, next);
	/*
	 * Maintenance that prev began (TLB, cache) must be complete should it go on elsewhere; also
	 * the scheduler wants a full barrier between the tasks (membarrier).
	 */
	dsb(ish);
	return cpu_switch_to(prev, next);
}

struct wchan_info {
	unsigned long pc;
	int count;
};

static bool get_wchan_cb(void *arg, unsigned long pc)
{
	struct wchan_info *info = arg;

	if (!in_sched_functions(pc)) {
		info->pc = pc;
		return false;
	}
	return info->count++ < 16;
}

/**
 * __get_wchan - where a sleeping task waits
 * @p: not running
 */
unsigned long __get_wchan(struct task_struct *p)
{
	struct wchan_info info = { 0 };

	if (!try_get_task_stack(p))
		return 0;
	arch_stack_walk(get_wchan_cb, &info, p, NULL);
	put_task_stack(p);
	return info.pc;
}
