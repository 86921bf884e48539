/* SPDX-License-Identifier: MIT */
/*
 * The running task: its address is kept in SP_EL0, which the kernel has no other use for while it
 * runs on SP_EL1.
 */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

#include <linux/compiler.h>

#ifndef __ASSEMBLY__

struct task_struct;

/**
 * get_current - the task that runs here: current
 *
 * Not volatile: within one task the answer is always the same, so the compiler may keep it.
 */
static __always_inline struct task_struct *get_current(void)
{
	struct task_struct *task;

	asm("mrs %0, sp_el0" : "=r" (task));
	return task;
}

#define current get_current()

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_CURRENT_H */
