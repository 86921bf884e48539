/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_FORK_H
#define _KERNEL_FORK_H

/* Shared by the files that make and unmake processes. */

#include <linux/types.h>

struct completion;
struct kmem_cache;
struct list_head;
struct task_struct;

/* fork_mm.c: its address space */
int copy_mm(unsigned long clone_flags, struct task_struct *tsk);
int wait_for_vfork_done(struct task_struct *child, struct completion *vfork);

/* exit.c, orphans.c: the end of a task */
void add_to_unwanted(struct task_struct *p, struct list_head *unwanted);
void orphan_children(struct task_struct *dying, struct list_head *unwanted);

extern struct kmem_cache *task_struct_cachep;
extern int max_threads;		/* limit of nr_threads; /proc/sys/kernel/threads-max */

#endif /* _KERNEL_FORK_H */
