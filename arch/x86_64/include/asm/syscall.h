/* SPDX-License-Identifier: MIT */
/*
 * A system call's number, arguments and result, as they lie in pt_regs: number in orig_ax,
 * arguments in di, si, dx, r10, r8, r9 (r10, because the instruction puts the return address in
 * cx), result in ax.
 */
#ifndef _ASM_X86_SYSCALL_H
#define _ASM_X86_SYSCALL_H

#include <linux/err.h>
#include <linux/types.h>
#include <uapi/linux/audit.h>
#include <asm/ptrace.h>

struct task_struct;

/**
 * syscall_arg - one argument of the system call that is under way
 * @regs: its frame
 * @n: 0 to 5, a constant
 */
static __always_inline unsigned long syscall_arg(const struct pt_regs *regs, unsigned int n)
{
	switch (n) {
	case 0: return regs->di;
	case 1: return regs->si;
	case 2: return regs->dx;
	case 3: return regs->r10;
	case 4: return regs->r8;
	default: return regs->r9;
	}
}

/** syscall_get_nr - the number of the call in a frame; below 0: none */
static inline int syscall_get_nr(struct task_struct *task, const struct pt_regs *regs)
{
	(void)task;
	return regs->orig_ax;
}

/** syscall_set_nr - make it another call; -1: none, the result stands */
static inline void syscall_set_nr(struct task_struct *task, struct pt_regs *regs, int nr)
{
	(void)task;
	regs->orig_ax = nr;
}

/** syscall_rollback - the call's number, over the result, for the call to start over */
static inline void syscall_rollback(struct task_struct *task, struct pt_regs *regs)
{
	(void)task;
	regs->ax = regs->orig_ax;
}

/** syscall_get_return_value - the call's result */
static inline long syscall_get_return_value(struct task_struct *task, const struct pt_regs *regs)
{
	(void)task;
	return regs->ax;
}

/** syscall_get_error - the call's errno, below 0; 0: it succeeded */
static inline long syscall_get_error(struct task_struct *task, const struct pt_regs *regs)
{
	(void)task;
	return IS_ERR_VALUE(regs->ax) ? (long)regs->ax : 0;
}

/** syscall_set_return_value - let the call return @error (below 0), or @val if that is 0 */
static inline void syscall_set_return_value(struct task_struct *task, struct pt_regs *regs,
					    int error, long val)
{
	(void)task;
	regs->ax = error ? error : val;
}

/** syscall_get_arguments - the six arguments */
static inline void syscall_get_arguments(struct task_struct *task, const struct pt_regs *regs,
					 unsigned long *args)
{
	unsigned int i;

	(void)task;
	for (i = 0; i < 6; i++)
		args[i] = syscall_arg(regs, i);
}

/** syscall_set_arguments - change the six arguments */
static inline void syscall_set_arguments(struct task_struct *task, struct pt_regs *regs,
					 const unsigned long *args)
{
	(void)task;
	regs->di = args[0];
	regs->si = args[1];
	regs->dx = args[2];
	regs->r10 = args[3];
	regs->r8 = args[4];
	regs->r9 = args[5];
}

/** syscall_get_arch - the ABI of a task's calls, for filters: there is one */
static inline int syscall_get_arch(struct task_struct *task)
{
	(void)task;
	return AUDIT_ARCH_X86_64;
}

#endif /* _ASM_X86_SYSCALL_H */
