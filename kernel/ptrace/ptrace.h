/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_PTRACE_PTRACE_H
#define _KERNEL_PTRACE_PTRACE_H

/* What the files of this folder have of each other. */

#include <linux/ptrace.h>

/* access.c: with task_lock(@task); 0 or -EPERM */
int __ptrace_may_access(struct task_struct *task, unsigned int mode);

/* attach.c */
int ptrace_attach(struct task_struct *task, bool seize, unsigned long addr, unsigned long flags);
int ptrace_detach(struct task_struct *child, unsigned int data);
int ptrace_traceme(void);
bool options_are_valid(unsigned long options);

/* stop.c: the tracer's side of a stop */
int ptrace_check_attach(struct task_struct *child, bool ignore_state);
void ptrace_unfreeze(struct task_struct *child);

/* peek.c: what a stopped task has */
int ptrace_peek_siginfo(struct task_struct *child, unsigned long addr, unsigned long data);
int ptrace_regset_request(struct task_struct *child, long request, unsigned long type,
			  unsigned long data);
int ptrace_get_syscall_info(struct task_struct *child, unsigned long size, void __user *data);

#endif /* _KERNEL_PTRACE_PTRACE_H */
