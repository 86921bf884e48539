/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INIT_TASK_H
#define _LINUX_INIT_TASK_H

#include <linux/sched.h>
#include <linux/sched/task_stack.h>

#define INIT_TASK_COMM	"swapper"

/* The boot CPU's stack and first task. */
extern unsigned long init_stack[THREAD_SIZE / sizeof(unsigned long)];

#define __init_task_data	__section(".data..page_aligned")

#endif /* _LINUX_INIT_TASK_H */
