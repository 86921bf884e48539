/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEM_H
#define _LINUX_SEM_H

/* What fork and exit have to know of System V semaphores: ipc/sem_undo.c. */

#include <uapi/linux/sem.h>

struct task_struct;

int copy_semundo(unsigned long clone_flags, struct task_struct *tsk);
void exit_sem(struct task_struct *tsk);

#endif /* _LINUX_SEM_H */
