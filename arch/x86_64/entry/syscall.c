// SPDX-License-Identifier: MIT
/*
 * System calls, between entry_SYSCALL_64 and the table.
 *
 * The number came in eax; the upper half of rax is ignored, as a C program leaves there what it
 * likes. The result goes to ax of the frame, where a debugger sees it.
 */

#include <linux/entry-common.h>
#include <linux/linkage.h>
#include <linux/syscalls.h>

#include <asm/processor-flags.h>
#include <asm/segment.h>
#include <asm/traps.h>

/*
 * May this frame go back by sysret? It loads rip from cx, rflags from r11 and fixed selectors, so
 * those must agree; the address must be a user's, since an address that is not canonical would
 * fault with the kernel's privilege; and the single-step flag must take effect only after the
 * instruction that we return to, which only iret gets right.
 */
static __always_inline bool sysret_is_right(const struct pt_regs *regs)
{
	return likely(regs->cx == regs->ip && regs->r11 == regs->flags &&
		      regs->csx == __USER_CS && regs->ssx == __USER_DS &&
		      regs->ip < TASK_SIZE_MAX &&
		      !(regs->flags & (X86_EFLAGS_RF | X86_EFLAGS_TF)));
}

/**
 * do_syscall_64 - the syscall instruction
 * @regs: the frame, at the top of the task's stack
 *
 * Context: from entry assembly, interrupts off, and off on return.
 * Return: whether to leave by sysret; else by iret.
 */
__visible noinstr bool do_syscall_64(struct pt_regs *regs)
{
	syscall_enter_from_user_mode(regs);
	instrumentation_begin();
	if (syscall_enter_has_work())
		syscall_with_work(regs);
	else
		regs->ax = call_syscall(regs, (int)regs->orig_ax);
	instrumentation_end();
	syscall_exit_to_user_mode(regs);
	return sysret_is_right(regs);
}
