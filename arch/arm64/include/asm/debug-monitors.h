/* SPDX-License-Identifier: MIT */
/* Single-step of user programs, and what of pstate a program may be given: kernel/ptrace.c. */
#ifndef _ASM_DEBUG_MONITORS_H
#define _ASM_DEBUG_MONITORS_H

#include <linux/sched.h>
#include <asm/ptrace.h>

int valid_user_regs(struct user_pt_regs *regs, struct task_struct *task);
void user_rewind_single_step(struct task_struct *task);
void __debug_thread_switch(struct task_struct *next);

/* The CPU goes from current to @next. Interrupts off. */
static inline void debug_thread_switch(struct task_struct *next)
{
	if (unlikely((read_thread_flags() | read_task_thread_flags(next)) & _TIF_SINGLESTEP))
		__debug_thread_switch(next);
}

#endif /* _ASM_DEBUG_MONITORS_H */
