/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STACKTRACE_H
#define _LINUX_STACKTRACE_H

/*
 * Stack traces as arrays of return addresses. The machine walks (arch_stack_walk()) and calls a
 * consumer for each frame, newest first; kernel/stacktrace.c has the consumers.
 */

#include <linux/types.h>

struct pt_regs;
struct task_struct;

/**
 * typedef stack_trace_consume_fn - told about each frame
 * @cookie: the caller's
 * @addr: a return address; the first may be the interrupted instruction itself
 *
 * Return: false ends the walk.
 */
typedef bool (*stack_trace_consume_fn)(void *cookie, unsigned long addr);

/*
 * By the machine: walk from @regs if given, else the sleeping @task, else (NULL or current) the
 * caller's own frames. Any context.
 */
void arch_stack_walk(stack_trace_consume_fn consume_entry, void *cookie, struct task_struct *task,
		     struct pt_regs *regs);

void stack_trace_print(const unsigned long *trace, unsigned int nr_entries, int spaces);
int stack_trace_snprint(char *buf, size_t size, const unsigned long *entries,
			unsigned int nr_entries, int spaces);
unsigned int stack_trace_save(unsigned long *store, unsigned int size, unsigned int skipnr);
unsigned int stack_trace_save_tsk(struct task_struct *task, unsigned long *store,
				  unsigned int size, unsigned int skipnr);
unsigned int stack_trace_save_regs(struct pt_regs *regs, unsigned long *store, unsigned int size,
				   unsigned int skipnr);
unsigned int filter_irq_stacks(unsigned long *entries, unsigned int nr_entries);

#endif /* _LINUX_STACKTRACE_H */
