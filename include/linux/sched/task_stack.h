/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_TASK_STACK_H
#define _LINUX_SCHED_TASK_STACK_H

/*
 * A kernel stack is THREAD_SIZE bytes at task->stack, grows down, and has a guard page below.
 * The lowest word holds a magic number that schedule() checks in debug builds; the frame of the
 * last entry from user mode is at the very top (task_pt_regs()).
 */

#include <linux/sched.h>

#define STACK_END_MAGIC	0x57AC6E9D

/** task_stack_page - the lowest byte of a task's stack */
static __always_inline void *task_stack_page(const struct task_struct *task)
{
	return task->stack;
}

/** end_of_stack - the last word that a stack, growing downwards, may reach */
static __always_inline unsigned long *end_of_stack(const struct task_struct *task)
{
	return task->stack;
}

/**
 * setup_thread_stack - what a new stack gets from its parent's: nothing, thread_info is elsewhere
 */
static inline void setup_thread_stack(struct task_struct *p, struct task_struct *org)
{
	(void)p;
	(void)org;
}

#define task_stack_end_corrupted(task) \
	(*(end_of_stack(task)) != STACK_END_MAGIC)

/* For those who look at the stack of a task that may be exiting. */
void *try_get_task_stack(struct task_struct *tsk);
void put_task_stack(struct task_struct *tsk);
void set_task_stack_end_magic(struct task_struct *tsk);

/** object_is_on_stack - is it on current's stack? */
static inline int object_is_on_stack(const void *obj)
{
	const void *stack = task_stack_page(current);

	return obj >= stack && obj < stack + THREAD_SIZE;
}

/** kstack_end - is it the word at the top of some stack? */
static inline int kstack_end(void *addr)
{
	return !(((unsigned long)addr + sizeof(void *) - 1) & (THREAD_SIZE - sizeof(void *)));
}

#endif /* _LINUX_SCHED_TASK_STACK_H */
