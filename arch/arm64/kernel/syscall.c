// SPDX-License-Identifier: MIT
/*
 * System calls: number in x8, arguments in x0 to x5, result in x0.
 *
 * orig_x0 keeps the first argument after the result has taken its place: a call that is restarted
 * and a debugger need it.
 */
#include <linux/entry-common.h>
#include <linux/ptrace.h>
#include <linux/syscalls.h>

#include <asm/exception.h>
#include <asm/sve.h>

/**
 * do_el0_svc - an svc instruction
 * @regs: of the caller
 *
 * Context: process context, interrupts on.
 */
void do_el0_svc(struct pt_regs *regs)
{
	sve_syscall_enter();
	regs->orig_x0 = regs->regs[0];
	regs->syscallno = regs->regs[8];
	if (syscall_enter_has_work())
		syscall_with_work(regs);
	else
		regs->regs[0] = call_syscall(regs, regs->syscallno);
}
