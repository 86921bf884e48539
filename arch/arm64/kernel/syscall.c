// SPDX-License-Identifier: MIT
/*
 * System calls: number in x8, arguments in x0 to x5, result in x0. There is no call yet that could
 * be made.
 */
#include <linux/entry-common.h>
#include <linux/errno.h>
#include <linux/ptrace.h>

#include <asm/exception.h>

/**
 * do_el0_svc - an svc instruction
 * @regs: of the caller
 */
noinstr void do_el0_svc(struct pt_regs *regs)
{
	regs->orig_x0 = regs->regs[0];
	regs->syscallno = regs->regs[8];
	regs->regs[0] = -ENOSYS;
}
