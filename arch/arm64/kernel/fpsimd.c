// SPDX-License-Identifier: MIT
/*
 * Whose are the FPSIMD registers?
 *
 * The kernel does not use them except between kernel_neon_begin() and kernel_neon_end(), so a user
 * task's values can stay in the registers through system calls and switches to kernel threads. Two
 * facts together say that the registers hold task T's state:
 *
 *   fpsimd_last_state of this CPU points to T's saved state, and T->thread.fpsimd_cpu is this CPU.
 *
 * Either is broken when the registers go to somebody else, or the saved state is changed, or T ran
 * elsewhere. The flag TIF_FOREIGN_FPSTATE of a task that runs says "no": it is loaded on the way
 * back to user mode.
 *
 *   switch away from T    save the registers, unless the flag says that they are not T's
 *   switch to T           set or clear T's flag, by the two facts
 *   return to user mode   flag set: load, note the two facts, clear it
 *   kernel_neon_begin     save if they are the current task's; set the flag; forget last_state
 *
 * With SVE the same holds for the long vectors; whether they count is the task's TIF_SVE (sve.c).
 * Two controls go with the registers: ZCR_EL1 has the owner's vector length, and CPACR_EL1 lets
 * user mode use SVE without a trap only if the owner is live.
 *
 * All of it runs with softirqs and preemption off, which also is what makes a kernel section
 * private.
 */
#include <linux/bottom_half.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/thread_info.h>

#include <asm/esr.h>
#include <asm/exception.h>
#include <asm/fpsimd.h>
#include <asm/neon.h>
#include <asm/processor.h>
#include <asm/cpufeature.h>
#include <asm/siginfo.h>
#include <asm/signal.h>
#include <asm/simd.h>
#include <asm/sve.h>
#include <asm/sysreg.h>
#include <asm/system_misc.h>

static DEFINE_PER_CPU(struct user_fpsimd_state *, fpsimd_last_state);
/* Inside a kernel section, or while the bookkeeping above is changed. */
static DEFINE_PER_CPU(bool, fpsimd_context_busy);

static void get_cpu_fpsimd_context(void)
{
	local_bh_disable();
	WARN_ON_ONCE(__this_cpu_read(fpsimd_context_busy));
	__this_cpu_write(fpsimd_context_busy, true);
}

static void put_cpu_fpsimd_context(void)
{
	WARN_ON_ONCE(!__this_cpu_read(fpsimd_context_busy));
	__this_cpu_write(fpsimd_context_busy, false);
	local_bh_enable();
}

/* Only user tasks own state; a kernel thread's registers are nobody's. */
static bool task_has_fpsimd(const struct task_struct *tsk)
{
	return !(tsk->flags & PF_KTHREAD) && tsk->mm;
}

static void fpsimd_save_current(void)
{
	struct thread_struct *thread = &current->thread;

	if (!task_has_fpsimd(current) || test_thread_flag(TIF_FOREIGN_FPSTATE))
		return;
	if (test_thread_flag(TIF_SVE))
		sve_save_state(thread->sve_state, &thread->uw.fpsimd_state);
	else
		fpsimd_save_state(&thread->uw.fpsimd_state);
}

/**
 * sve_load_control - how this CPU is to treat SVE while a task runs
 * @task: the task
 *
 * Context: the CPU's registers are ours.
 */
void sve_load_control(struct task_struct *task)
{
	if (!test_tsk_thread_flag(task, TIF_SVE)) {
		sysreg_clear_set(cpacr_el1, CPACR_EL1_ZEN_EL0, 0);
		return;
	}
	write_sysreg_s(task->thread.sve_vl / 16 - 1, SYS_ZCR_EL1);
	sysreg_clear_set(cpacr_el1, 0, CPACR_EL1_ZEN_EL0);
	/* We are next to use them. */
	isb();
}

static void load_current(void)
{
	struct thread_struct *thread = &current->thread;

	if (system_supports_sve())
		sve_load_control(current);
	if (test_thread_flag(TIF_SVE))
		sve_load_state(thread->sve_state, &thread->uw.fpsimd_state);
	else
		fpsimd_load_state(&thread->uw.fpsimd_state);
}

/**
 * fpsimd_thread_switch - what a switch of tasks means for the registers
 * @next: the task that runs next
 *
 * Context: interrupts off.
 */
void fpsimd_thread_switch(struct task_struct *next)
{
	bool loaded;

	fpsimd_save_current();
	if (!task_has_fpsimd(next))
		return;
	loaded = __this_cpu_read(fpsimd_last_state) == &next->thread.uw.fpsimd_state &&
		 next->thread.fpsimd_cpu == smp_processor_id();
	update_tsk_thread_flag(next, TIF_FOREIGN_FPSTATE, !loaded);
}

/**
 * fpsimd_flush_task_state - the saved state was changed: whoever has it loaded has an old one
 * @target: current, or a task that does not run
 */
void fpsimd_flush_task_state(struct task_struct *target)
{
	target->thread.fpsimd_cpu = -1;
	set_tsk_thread_flag(target, TIF_FOREIGN_FPSTATE);
}

/**
 * fpsimd_flush_thread - exec: a new program starts with registers of zero
 */
void fpsimd_flush_thread(void)
{
	get_cpu_fpsimd_context();
	memset(&current->thread.uw.fpsimd_state, 0, sizeof(current->thread.uw.fpsimd_state));
	clear_thread_flag(TIF_SVE);
	fpsimd_flush_task_state(current);
	put_cpu_fpsimd_context();
	sve_flush_thread();
}

/**
 * fpsimd_preserve_current_state - bring the saved state up to date (fork, signal, ptrace)
 */
void fpsimd_preserve_current_state(void)
{
	get_cpu_fpsimd_context();
	fpsimd_save_current();
	put_cpu_fpsimd_context();
}

/**
 * fpsimd_restore_current_state - load the current task's state if it is not in the registers
 */
void fpsimd_restore_current_state(void)
{
	get_cpu_fpsimd_context();
	if (test_and_clear_thread_flag(TIF_FOREIGN_FPSTATE)) {
		load_current();
		__this_cpu_write(fpsimd_last_state, &current->thread.uw.fpsimd_state);
		current->thread.fpsimd_cpu = smp_processor_id();
	}
	put_cpu_fpsimd_context();
}

/**
 * fpsimd_update_current_state - replace the current task's state (signal return)
 * @state: the new one
 *
 * A live task stays so: its thread.sve_state is what the caller has put there, and gets the FPSIMD
 * registers of @state. It was flushed before.
 */
void fpsimd_update_current_state(const struct user_fpsimd_state *state)
{
	get_cpu_fpsimd_context();
	current->thread.uw.fpsimd_state = *state;
	if (test_thread_flag(TIF_SVE))
		sve_from_fpsimd(current);
	fpsimd_flush_task_state(current);
	put_cpu_fpsimd_context();
}

/**
 * sve_make_nonlive - keep the FPSIMD registers, drop the rest; all in memory
 * @task: current, or stopped
 */
void sve_make_nonlive(struct task_struct *task)
{
	get_cpu_fpsimd_context();
	if (task == current)
		fpsimd_save_current();
	if (test_and_clear_tsk_thread_flag(task, TIF_SVE))
		sve_to_fpsimd(task);
	fpsimd_flush_task_state(task);
	put_cpu_fpsimd_context();
}

/**
 * __sve_syscall_enter - a system call drops current's SVE state, as sve_make_nonlive() does
 *
 * The registers are likely still loaded: they may stay, and user mode's next SVE instruction traps.
 */
void __sve_syscall_enter(void)
{
	get_cpu_fpsimd_context();
	if (test_thread_flag(TIF_FOREIGN_FPSTATE))
		sve_to_fpsimd(current);
	clear_thread_flag(TIF_SVE);
	if (!test_thread_flag(TIF_FOREIGN_FPSTATE))
		sve_load_control(current);
	put_cpu_fpsimd_context();
}

/* The registers are about to be used by somebody else. */
static void fpsimd_give_up_registers(void)
{
	fpsimd_save_current();
	if (task_has_fpsimd(current))
		set_thread_flag(TIF_FOREIGN_FPSTATE);
	__this_cpu_write(fpsimd_last_state, NULL);
}

/**
 * fpsimd_save_and_flush_cpu_state - before this CPU goes down
 */
void fpsimd_save_and_flush_cpu_state(void)
{
	/* No softirq can come between: interrupts stay off until the CPU is. */
	WARN_ON_ONCE(!irqs_disabled() || __this_cpu_read(fpsimd_context_busy));
	fpsimd_give_up_registers();
}

/**
 * may_use_simd - may this context call kernel_neon_begin()?
 */
bool may_use_simd(void)
{
	return !in_hardirq() && !irqs_disabled() && !in_nmi() &&
	       !this_cpu_read(fpsimd_context_busy);
}

/**
 * kernel_neon_begin - use the FPSIMD registers in the kernel
 *
 * Their values are anything, their modes (FPCR) the architecture's first ones. Until
 * kernel_neon_end() softirqs and preemption are off: do not sleep, be quick.
 * Context: task or softirq, may_use_simd().
 */
void kernel_neon_begin(void)
{
	BUG_ON(!may_use_simd());
	get_cpu_fpsimd_context();
	fpsimd_give_up_registers();
	/* The kernel rounds to nearest, whatever the program before it did. */
	if (read_sysreg(fpcr))
		write_sysreg(0, fpcr);
}
EXPORT_SYMBOL(kernel_neon_begin);

/**
 * kernel_neon_end - done with them
 */
void kernel_neon_end(void)
{
	put_cpu_fpsimd_context();
}
EXPORT_SYMBOL(kernel_neon_end);

/** do_fpsimd_acc - a trapped FPSIMD instruction: SIGILL, for FPSIMD is never off for programs */
void do_fpsimd_acc(unsigned long esr, struct pt_regs *regs)
{
	arm64_notify_die("FPSIMD access trap", regs, SIGILL, ILL_ILLOPC, regs->pc, esr);
}

/**
 * do_sve_acc - the first SVE instruction since the last system call: the state becomes live
 *
 * Zero is what is in the vectors beyond the FPSIMD registers. SIGILL without SVE, SIGKILL without
 * memory.
 *
 * Context: task; may sleep.
 */
void do_sve_acc(unsigned long esr, struct pt_regs *regs)
{
	if (!system_supports_sve()) {
		arm64_notify_die("SVE access trap", regs, SIGILL, ILL_ILLOPC, regs->pc, esr);
		return;
	}
	if (sve_alloc(current)) {
		force_sig(SIGKILL);
		return;
	}
	get_cpu_fpsimd_context();
	WARN_ON_ONCE(test_and_set_thread_flag(TIF_SVE));
	if (test_thread_flag(TIF_FOREIGN_FPSTATE)) {
		sve_from_fpsimd_zeroing(current);
	} else {
		sve_load_control(current);
		sve_flush_live();
	}
	put_cpu_fpsimd_context();
}

/* Which exception it was is in the syndrome, where the processor says so. */
static int fpe_code(unsigned long esr)
{
	if (!(esr & ESR_ELx_FP_EXC_TFV))
		return FPE_FLTUNK;
	if (esr & FPEXC_IOF)
		return FPE_FLTINV;
	if (esr & FPEXC_DZF)
		return FPE_FLTDIV;
	if (esr & FPEXC_OFF)
		return FPE_FLTOVF;
	if (esr & FPEXC_UFF)
		return FPE_FLTUND;
	return esr & FPEXC_IXF ? FPE_FLTRES : FPE_FLTUNK;
}

/** do_fpsimd_exc - a trapped floating-point exception: SIGFPE */
void do_fpsimd_exc(unsigned long esr, struct pt_regs *regs)
{
	arm64_notify_die("floating-point exception", regs, SIGFPE, fpe_code(esr), regs->pc, esr);
}
