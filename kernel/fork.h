/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_FORK_H
#define _KERNEL_FORK_H

/* Shared by the files that make and unmake processes. */

#include <linux/types.h>

struct completion;
struct task_struct;

int copy_mm(unsigned long clone_flags, struct task_struct *tsk);
int wait_for_vfork_done(struct task_struct *child, struct completion *vfork);

extern int max_threads;		/* limit of nr_threads; /proc/sys/kernel/threads-max */

#endif /* _KERNEL_FORK_H */
