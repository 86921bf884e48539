// SPDX-License-Identifier: MIT
/*
 * Debug exceptions of user programs: single-step, and which of it this CPU has switched on.
 *
 * MDSCR_EL1 has two switches, one for steps (SS) and one for breakpoints and watchpoints (MDE).
 * They are the running task's: TIF_SINGLESTEP and TIF_HW_DEBUG say what it wants, user_mdscr what
 * the CPU has. A switch between tasks that want nothing looks at both and that is all.
 *
 * Single-step is a small machine of the processor's: with SS on, an exception return to user mode
 * takes SPSR.SS as "may execute one instruction":
 *
 *	SPSR.SS = 1	one instruction is executed, then a step exception, in whose frame it is 0
 *	SPSR.SS = 0	a step exception at once
 *
 * So the bit must be set in the frame for each step. What happens on the way:
 *
 *	a fault, an interrupt	the instruction wasn't executed; SPSR.SS is 1 still, and the step
 *				goes on when it is
 *	svc			executed: SPSR.SS is 0. The way out of the call reports the step
 *				(SYSCALL_EXIT_TRAP) and sets it again
 *	a handler's frame	signal_setup_done() reports that the step ended at its first
 *				instruction
 *	ldxr ... stxr		each return to user mode clears the exclusive monitor, so a loop
 *				that is stepped through never ends. Debuggers know: they put a
 *				breakpoint behind it
 *
 * A breakpoint that is on hits again when the task goes on from it, and hits before a step: its
 * tracer switches it off, steps, and switches it on. In the kernel none of these exceptions occur,
 * since MDSCR_EL1.KDE is off; its accesses to watched user memory pass.
 */

#include <asm/debug-monitors.h>

#include <linux/export.h>
#include <linux/ptrace.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <linux/signal.h>

#include <asm/esr.h>
#include <asm/exception.h>
#include <asm/hw_breakpoint.h>
#include <asm/processor.h>
#include <asm/sysreg.h>
#include <asm/system_misc.h>

DEFINE_PER_CPU(u64, user_mdscr);

/* Everything of @task's to this CPU. What is written counts from the next exception return on. */
static void load_debug_state(struct task_struct *task)
{
	unsigned long flags = read_task_thread_flags(task);
	u64 wanted = 0;

	if (flags & _TIF_SINGLESTEP)
		wanted |= MDSCR_EL1_SS;
	if (flags & _TIF_HW_DEBUG) {
		hw_breakpoint_load(task);
		wanted |= MDSCR_EL1_MDE;
	}
	if (wanted == __this_cpu_read(user_mdscr))
		return;
	__this_cpu_write(user_mdscr, wanted);
	write_sysreg(MDSCR_EL1_TDCC | wanted, mdscr_el1);
}

/**
 * __debug_thread_switch - the CPU goes to @next, and something has to be switched on or off
 * @next: the task
 *
 * Context: the scheduler, interrupts off.
 */
void __debug_thread_switch(struct task_struct *next)
{
	load_debug_state(next);
}

/**
 * debug_update_current - current's flags were changed
 *
 * Context: task.
 */
void debug_update_current(void)
{
	preempt_disable();
	load_debug_state(current);
	preempt_enable();
}

/* ---- single-step ---- */

/**
 * user_rewind_single_step - if it steps: one more instruction
 * @task: current, or stopped
 */
void user_rewind_single_step(struct task_struct *task)
{
	if (test_tsk_thread_flag(task, TIF_SINGLESTEP))
		task_pt_regs(task)->pstate |= PSR_SS_BIT;
}

/**
 * user_enable_single_step - stop after the next instruction
 * @task: stopped
 */
void user_enable_single_step(struct task_struct *task)
{
	set_tsk_thread_flag(task, TIF_SINGLESTEP);
	set_task_syscall_work(task, SYSCALL_EXIT_TRAP);
	user_rewind_single_step(task);
}

/**
 * user_disable_single_step - no more
 * @task: stopped, or new
 */
void user_disable_single_step(struct task_struct *task)
{
	clear_tsk_thread_flag(task, TIF_SINGLESTEP);
	clear_task_syscall_work(task, SYSCALL_EXIT_TRAP);
	task_pt_regs(task)->pstate &= ~(u64)PSR_SS_BIT;
}

/** user_single_step_report - SIGTRAP for the step over a system call, on its way out */
void user_single_step_report(struct pt_regs *regs)
{
	struct kernel_siginfo info;

	(void)regs;
	clear_siginfo(&info);
	info.si_signo = SIGTRAP;
	info.si_code = SI_USER;
	force_sig_info(&info);
	user_rewind_single_step(current);
}

/* ---- the exceptions ---- */

/* A step's has no address of its own: @addr is of watchpoints. */
static void report_to_tracer(unsigned long addr, unsigned long esr, struct pt_regs *regs)
{
	switch (ESR_ELx_EC(esr)) {
	case ESR_ELx_EC_SOFTSTP_LOW:
		arm64_force_sig_fault(SIGTRAP, TRAP_TRACE, regs->pc, "single step");
		user_rewind_single_step(current);
		break;
	case ESR_ELx_EC_BREAKPT_LOW:
		arm64_force_sig_fault(SIGTRAP, TRAP_HWBKPT, regs->pc, "hardware breakpoint");
		break;
	default:
		arm64_force_sig_fault(SIGTRAP, TRAP_HWBKPT, addr, "hardware watchpoint");
	}
}

/**
 * do_debug_exception - a step, a breakpoint or a watchpoint
 * @addr: FAR_EL1, which a watchpoint sets
 * @esr: the syndrome
 * @regs: where
 *
 * Context: debug exceptions and interrupts masked.
 */
void do_debug_exception(unsigned long addr, unsigned long esr, struct pt_regs *regs)
{
	unsigned long wanted = ESR_ELx_EC(esr) == ESR_ELx_EC_SOFTSTP_LOW ? _TIF_SINGLESTEP :
									   _TIF_HW_DEBUG;

	if (!user_mode(regs)) {
		die("Oops - unexpected debug exception", regs, esr);
		return;
	}
	if (read_thread_flags() & wanted)
		report_to_tracer(addr, esr, regs);
	else
		/* Of somebody who is gone: the CPU is behind the flags. */
		debug_update_current();
}
