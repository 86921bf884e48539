// SPDX-License-Identifier: MIT
/*
 * Stack traces into arrays: consumers for the machine's walker.
 *
 * The walker calls a consumer with each return address, newest first. A consumer leaves out the
 * first few (the tracing itself), stores the others, and ends the walk when its array is full.
 */

#include <linux/stacktrace.h>

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kallsyms.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task_stack.h>

#include <asm/sections.h>

/**
 * stack_trace_print() - print a stored trace
 * @entries: return addresses
 * @nr_entries: how many
 * @spaces: blanks in front of each
 */
void stack_trace_print(const unsigned long *entries, unsigned int nr_entries, int spaces)
{
	unsigned int i;

	for (i = 0; i < nr_entries; i++)
		printk("%*c%pS\n", 1 + spaces, ' ', (void *)entries[i]);
}
EXPORT_SYMBOL_GPL(stack_trace_print);

/**
 * stack_trace_snprint() - stack_trace_print() into a buffer
 * @buf: gets the lines
 * @size: of @buf
 * @entries: return addresses
 * @nr_entries: how many
 * @spaces: blanks in front of each
 *
 * Return: bytes written, less the terminator.
 */
int stack_trace_snprint(char *buf, size_t size, const unsigned long *entries,
			unsigned int nr_entries, int spaces)
{
	unsigned int i;
	int len = 0;

	for (i = 0; i < nr_entries && len < size; i++)
		len += scnprintf(buf + len, size - len, "%*c%pS\n", 1 + spaces, ' ',
				 (void *)entries[i]);
	return len;
}
EXPORT_SYMBOL_GPL(stack_trace_snprint);

struct stacktrace_cookie {
	unsigned long	*store;
	unsigned int	size;
	unsigned int	skip;
	unsigned int	len;
	bool		leave_out_sched;
};

static bool stack_trace_consume(void *cookie, unsigned long addr)
{
	struct stacktrace_cookie *c = cookie;

	if (c->leave_out_sched && in_sched_functions(addr))
		return true;
	if (c->skip) {
		c->skip--;
		return true;
	}
	if (c->len >= c->size)
		return false;
	c->store[c->len++] = addr;
	return c->len < c->size;
}

/**
 * stack_trace_save() - the calls that led here
 * @store: gets return addresses, the caller's own first
 * @size: how many fit
 * @skipnr: how many to leave out, counted from the caller
 *
 * Context: Any.
 * Return: how many were stored.
 */
noinline unsigned int stack_trace_save(unsigned long *store, unsigned int size,
				       unsigned int skipnr)
{
	struct stacktrace_cookie c = {
		.store	= store,
		.size	= size,
		.skip	= skipnr + 1,	/* this function */
	};

	arch_stack_walk(stack_trace_consume, &c, current, NULL);
	return c.len;
}
EXPORT_SYMBOL_GPL(stack_trace_save);

/**
 * stack_trace_save_tsk() - the calls in which a task sleeps
 * @task: the task; if it runs meanwhile the trace is a guess
 * @store: gets return addresses, those of the scheduler left out
 * @size: how many fit
 * @skipnr: how many to leave out
 *
 * Context: Any; the caller keeps the task.
 * Return: how many were stored; 0 if its stack is gone.
 */
unsigned int stack_trace_save_tsk(struct task_struct *task, unsigned long *store,
				  unsigned int size, unsigned int skipnr)
{
	struct stacktrace_cookie c = {
		.store	= store,
		.size	= size,
		.skip	= skipnr + (task == current),
		.leave_out_sched = true,
	};

	if (!try_get_task_stack(task))
		return 0;
	arch_stack_walk(stack_trace_consume, &c, task, NULL);
	put_task_stack(task);
	return c.len;
}

/**
 * stack_trace_save_regs() - the calls that led to an exception or interrupt
 * @regs: its registers
 * @store: gets return addresses, the interrupted instruction first
 * @size: how many fit
 * @skipnr: how many to leave out
 *
 * Context: Any.
 * Return: how many were stored.
 */
unsigned int stack_trace_save_regs(struct pt_regs *regs, unsigned long *store, unsigned int size,
				   unsigned int skipnr)
{
	struct stacktrace_cookie c = {
		.store	= store,
		.size	= size,
		.skip	= skipnr,
	};

	arch_stack_walk(stack_trace_consume, &c, current, regs);
	return c.len;
}

/**
 * filter_irq_stacks() - cut a trace where an interrupt came in
 * @entries: return addresses, newest first
 * @nr_entries: how many
 *
 * What was interrupted is chance: without it, traces from one handler are equal.
 *
 * Return: how many are left.
 */
unsigned int filter_irq_stacks(unsigned long *entries, unsigned int nr_entries)
{
	unsigned int i;

	for (i = 0; i < nr_entries; i++) {
		if (in_entry_text(entries[i]) ||
		    (entries[i] >= (unsigned long)__softirqentry_text_start &&
		     entries[i] < (unsigned long)__softirqentry_text_end))
			return i + 1;
	}
	return nr_entries;
}
EXPORT_SYMBOL_GPL(filter_irq_stacks);
