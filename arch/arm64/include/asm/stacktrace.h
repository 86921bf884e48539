/* SPDX-License-Identifier: MIT */
/* Where this CPU's stacks lie, for the unwinder and for the report of an overflow. */
#ifndef _ASM_STACKTRACE_H
#define _ASM_STACKTRACE_H

#include <linux/percpu-defs.h>
#include <linux/types.h>
#include <asm/layout.h>

struct pt_regs;
struct task_struct;

/**
 * struct stack_info - a stack, or the part of it that is still unread
 * @low: lowest address
 * @high: behind the highest
 */
struct stack_info {
	unsigned long low;
	unsigned long high;
};

DECLARE_PER_CPU(unsigned long *, irq_stack_ptr);
DECLARE_PER_CPU(unsigned long [OVERFLOW_STACK_SIZE / sizeof(long)], overflow_stack);

bool on_thread_stack(void);
bool on_irq_stack(unsigned long sp, unsigned long size);
struct stack_info stackinfo_get_irq(void);
struct stack_info stackinfo_get_task(const struct task_struct *tsk);
struct stack_info stackinfo_get_overflow(void);
void dump_backtrace(struct pt_regs *regs, struct task_struct *tsk, const char *loglvl);

#endif /* _ASM_STACKTRACE_H */
