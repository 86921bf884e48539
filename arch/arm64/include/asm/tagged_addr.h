/* SPDX-License-Identifier: MIT */
/* Whether a task may give the kernel addresses with a tag: kernel/tagged_addr.c. */
#ifndef _ASM_TAGGED_ADDR_H
#define _ASM_TAGGED_ADDR_H

struct task_struct;

long get_tagged_addr_ctrl(struct task_struct *task);
long set_tagged_addr_ctrl(struct task_struct *task, unsigned long arg);

#endif /* _ASM_TAGGED_ADDR_H */
