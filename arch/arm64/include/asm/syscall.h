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

static inline int syscall_get_nr(struct task_struct *task, const struct pt_regs *regs)
{
	return regs->syscallno;
}

static inline void syscall_set_nr(struct task_struct *task, struct pt_regs *regs, int nr)
{
	(void)task;
	regs->syscallno = nr;
}

static inline void syscall_rollback(struct task_struct *task, struct pt_regs *regs)
{
	regs->regs[0] = regs->orig_x0;
}

static inline long syscall_get_return_value(struct task_struct *task, const struct pt_regs *regs)
{
	return regs->regs[0];
}

static inline long syscall_get_error(struct task_struct *task, const struct pt_regs *regs)
{
	return IS_ERR_VALUE(regs->regs[0]) ? (long)regs->regs[0] : 0;
}

static inline void syscall_set_return_value(struct task_struct *task, struct pt_regs *regs,
					    int error,
					    long val)
{
	regs->regs[0] = error ? error : val;
}

static inline void syscall_get_arguments(struct task_struct *task, const struct pt_regs *regs,
					 unsigned long *args)
{
	int i;

	args[0] = regs->orig_x0;
	for (i = 1; i < 6; i++)
		args[i] = regs->regs[i];
}

static inline void syscall_set_arguments(struct task_struct *task, struct pt_regs *regs,
					 const unsigned long *args)
{
	(void)task;
	regs->orig_x0 = args[0];
	memcpy(regs->regs, args, 6 * sizeof(args[0]));
}

/* The ABI of its calls: there is one. */
static inline int syscall_get_arch(struct task_struct *task)
{
	(void)task;
	return AUDIT_ARCH_AARCH64;
}

/*
 * Before and after a call look the same in the registers, so a tracer is told by x7, for the time
 * of the stop, which it is: 0 or 1.
 */
static inline unsigned long arch_syscall_report_begin(struct pt_regs *regs, bool exit)
{
	unsigned long saved = regs->regs[7];

	regs->regs[7] = exit;
	return saved;
}
#define arch_syscall_report_begin arch_syscall_report_begin

static inline void arch_syscall_report_end(struct pt_regs *regs, unsigned long saved)
{
	regs->regs[7] = saved;
}

#endif /* _ASM_SYSCALL_H */
