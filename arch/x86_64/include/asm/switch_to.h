/* SPDX-License-Identifier: MIT */
/* Changing from one task's kernel stack to another's. */
#ifndef _ASM_X86_SWITCH_TO_H
#define _ASM_X86_SWITCH_TO_H

#include <asm/ptrace.h>

struct task_struct;

struct task_struct *__switch_to_asm(struct task_struct *prev, struct task_struct *next);
struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next);
void ret_from_fork_asm(void);
void ret_from_fork(struct task_struct *prev, struct pt_regs *regs, int (*fn)(void *),
		   void *fn_arg);

/* What __switch_to_asm leaves on the stack of a task that doesn't run. */
struct inactive_task_frame {
	unsigned long r15;
	unsigned long r14;
	unsigned long r13;
	unsigned long r12;
	unsigned long bx;
	unsigned long bp;
	unsigned long ret_addr;
};

/* A new task: its first switch "returns" to ret_from_fork_asm. */
struct fork_frame {
	struct inactive_task_frame frame;
	struct pt_regs regs;
};

#define switch_to(prev, next, last)				\
do {								\
	((last) = __switch_to_asm((prev), (next)));		\
} while (0)

#endif /* _ASM_X86_SWITCH_TO_H */
