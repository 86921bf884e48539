/* SPDX-License-Identifier: MIT */
/* Which of a CPU's stacks does an address lie on? */
#ifndef _ASM_X86_STACKTRACE_H
#define _ASM_X86_STACKTRACE_H

#include <linux/types.h>

struct task_struct;
struct pt_regs;

enum stack_type {
	STACK_TYPE_UNKNOWN,
	STACK_TYPE_TASK,
	STACK_TYPE_IRQ,
	STACK_TYPE_EXCEPTION,	/* plus the IST index */
	STACK_TYPE_EXCEPTION_LAST = STACK_TYPE_EXCEPTION + 3,
};

struct stack_info {
	enum stack_type type;
	unsigned long *begin, *end;
};

/**
 * get_stack_info - identify a stack
 * @stack: an address on it
 * @task: the task whose stacks are meant; current for the CPU's own ones
 * @info: filled on success
 *
 * Context: any, NMI included. Return: true if the address lies on a stack.
 */
bool get_stack_info(const void *stack, struct task_struct *task, struct stack_info *info);
const char *stack_type_name(enum stack_type type);

void show_trace_log_lvl(struct task_struct *task, struct pt_regs *regs,
			unsigned long *stack, const char *log_lvl);
void __show_regs(struct pt_regs *regs, const char *log_lvl);
void show_opcodes(struct pt_regs *regs, const char *loglvl);
void show_iret_regs(struct pt_regs *regs, const char *log_lvl);

#endif /* _ASM_X86_STACKTRACE_H */
