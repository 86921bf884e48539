// SPDX-License-Identifier: MIT
/*
 * System calls that a tracer watches.
 *
 * Entry code looks at one word of the task, thread_info.syscall_work; while it is zero a call costs
 * that look and no more. What sets bits there (a tracer's PTRACE_SYSCALL, SYSEMU or SINGLESTEP)
 * does so while the task is stopped.
 *
 *	before		the tracer sees the registers as the program set them, and may change the
 *			number and the arguments: they are read anew. Number -1: no call is made,
 *			and the result is what the tracer puts there
 *	after		the result is in its register, and may be changed
 */

#include <linux/entry-common.h>

#include <linux/ptrace.h>
#include <linux/syscalls.h>

#include <asm/syscall.h>

#ifndef arch_syscall_report_begin
static inline unsigned long arch_syscall_report_begin(struct pt_regs *regs, bool exit)
{
	(void)regs;
	(void)exit;
	return 0;
}

static inline void arch_syscall_report_end(struct pt_regs *regs, unsigned long saved)
{
	(void)regs;
	(void)saved;
}
#endif

/* Return: the number of the call to make, -1 for none. */
static int report_entry(struct pt_regs *regs, unsigned long work)
{
	unsigned long saved = arch_syscall_report_begin(regs, false);
	int skip = ptrace_report_syscall_entry(regs);

	arch_syscall_report_end(regs, saved);
	if (skip || (work & SYSCALL_WORK_SYSCALL_EMU))
		return -1;
	return syscall_get_nr(current, regs);
}

/**
 * syscall_with_work - make a system call that is watched
 * @regs: its frame; the result is put there
 *
 * Context: as of the call itself: process context, interrupts on.
 */
void syscall_with_work(struct pt_regs *regs)
{
	unsigned long work = READ_ONCE(current_thread_info()->syscall_work);
	int nr = syscall_get_nr(current, regs);

	/* Nobody made this call; if the tracer leaves it so, the program hears that. */
	if (nr == -1)
		syscall_set_return_value(current, regs, -ENOSYS, 0);
	if (work & (SYSCALL_WORK_SYSCALL_TRACE | SYSCALL_WORK_SYSCALL_EMU))
		nr = report_entry(regs, work);
	if (nr != -1)
		syscall_set_return_value(current, regs, 0, call_syscall(regs, nr));
}

/**
 * syscall_exit_work - a system call, or a new task's birth, is over
 * @regs: the frame
 *
 * Context: process context, interrupts on.
 */
void syscall_exit_work(struct pt_regs *regs)
{
	unsigned long work = READ_ONCE(current_thread_info()->syscall_work);
	bool step = work & SYSCALL_WORK_SYSCALL_EXIT_TRAP;
	unsigned long saved;

	/* A call that SYSEMU has kept from being made has no end either. */
	if (work & SYSCALL_WORK_SYSCALL_EMU)
		return;
	if (step) {
		ptrace_report_syscall_exit(regs, true);
	} else if (work & SYSCALL_WORK_SYSCALL_TRACE) {
		saved = arch_syscall_report_begin(regs, true);
		ptrace_report_syscall_exit(regs, false);
		arch_syscall_report_end(regs, saved);
	}
}
