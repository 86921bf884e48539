/* SPDX-License-Identifier: MIT */
/*
 * A system call's number, arguments and result, as they lie in pt_regs: number in x8, arguments and
 * result in x0 on.
 */
#ifndef _ASM_SYSCALL_H
#define _ASM_SYSCALL_H

#include <linux/err.h>
#include <linux/string.h>
#include <linux/types.h>
#include <uapi/linux/audit.h>
#include <asm/ptrace.h>

struct task_struct;

/**
 * syscall_arg - one argument of the system call that is under way
 * @regs: its frame
 * @n: 0 to 5
 *
 * The first is in x0 until the result is; a tracer that changes x0 at the entry changes it.
 */
static __always_inline unsigned long syscall_arg(const struct pt_regs *regs, unsigned int n)
{
	return regs->regs[n];
}

/** syscall_get_nr - the number of the call in a frame; below 0: none */
static inline int syscall_get_nr(struct task_struct *task, const struct pt_regs *regs)
{
	return regs->syscallno;
}

/** syscall_set_nr - make it another call; -1: none, the result stands */
static inline void syscall_set_nr(struct task_struct *task, struct pt_regs *regs, int nr)
{
	(void)task;
	regs->syscallno = nr;
}

/** syscall_rollback - the first argument, over the result, for the call to start over */
static inline void syscall_rollback(struct task_struct *task, struct pt_regs *regs)
{
	regs->regs[0] = regs->orig_x0;
}

/** syscall_get_return_value - the call's result */
static inline long syscall_get_return_value(struct task_struct *task, const struct pt_regs *regs)
{
	return regs->regs[0];
}

/** syscall_get_error - the call's errno, below 0; 0: it succeeded */
static inline long syscall_get_error(struct task_struct *task, const struct pt_regs *regs)
{
	return IS_ERR_VALUE(regs->regs[0]) ? (long)regs->regs[0] : 0;
}

/** syscall_set_return_value - let the call return @error (below 0), or @val if that is 0 */
static inline void syscall_set_return_value(struct task_struct *task, struct pt_regs *regs,
					    int error,
					    long val)
{
	regs->regs[0] = error ? error : val;
}

/** syscall_get_arguments - the six arguments */
static inline void syscall_get_arguments(struct task_struct *task, const struct pt_regs *regs,
					 unsigned long *args)
{
	int i;

	args[0] = regs->orig_x0;
	for (i = 1; i < 6; i++)
		args[i] = regs->regs[i];
}

/** syscall_set_arguments - change the six arguments */
static inline void syscall_set_arguments(struct task_struct *task, struct pt_regs *regs,
					 const unsigned long *args)
{
	(void)task;
	regs->orig_x0 = args[0];
	memcpy(regs->regs, args, 6 * sizeof(args[0]));
}

/** syscall_get_arch - the ABI of a task's calls, for filters: there is one */
static inline int syscall_get_arch(struct task_struct *task)
{
	(void)task;
	return AUDIT_ARCH_AARCH64;
}

/**
 * arch_syscall_report_begin - tell a tracer which side of the call it is: x7 is 0 or 1
 *
 * Before and after a call look the same in the registers. For the time of the stop only.
 *
 * Return: x7, for arch_syscall_report_end().
 */
static inline unsigned long arch_syscall_report_begin(struct pt_regs *regs, bool exit)
{
	unsigned long saved = regs->regs[7];

	regs->regs[7] = exit;
	return saved;
}
#define arch_syscall_report_begin arch_syscall_report_begin

/** arch_syscall_report_end - x7 is the program's own again */
static inline void arch_syscall_report_end(struct pt_regs *regs, unsigned long saved)
{
	regs->regs[7] = saved;
}

#endif /* _ASM_SYSCALL_H */
