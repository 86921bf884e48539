/* SPDX-License-Identifier: MIT */
/* Switching kernel stacks between tasks: the only way that a task leaves a CPU. */
#ifndef _ASM_SWITCH_TO_H
#define _ASM_SWITCH_TO_H

struct task_struct;

struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next);

#define switch_to(prev, next, last)			\
do {							\
	(last) = __switch_to((prev), (next));		\
} while (0)

#endif /* _ASM_SWITCH_TO_H */
