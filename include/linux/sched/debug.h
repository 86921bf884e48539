/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_DEBUG_H
#define _LINUX_SCHED_DEBUG_H

#include <linux/linkage.h>
#include <linux/types.h>

struct task_struct;
struct pid_namespace;

void dump_cpu_task(int cpu);

/**
 * show_state - a table of all tasks, one line each
 *
 * Context: any but NMI; takes tasklist_lock for reading by trying, so that it works in an oops.
 */
void show_state(void);

/**
 * show_state_filter - the same table with backtraces, for tasks whose state has a bit of the mask
 * @state_filter: TASK_* bits; 0 shows all
 */
void show_state_filter(unsigned int state_filter);

/* One line per CPU: what runs, how many wait, switches, idle or not. */
void show_cpus(void);

/* By the machine: registers, and the stack for kernel mode. */
struct pt_regs;
void show_regs(struct pt_regs *regs);

void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl);

/* Code that belongs to the scheduler: a backtrace for "where does it wait" skips it. */
#define __sched		__section(".sched.text")

extern char __sched_text_start[], __sched_text_end[];
int in_sched_functions(unsigned long addr);

/* The first caller of a sleeping @p outside the scheduler, 0 if it isn't asleep. */
unsigned long get_wchan(struct task_struct *p);
unsigned long __get_wchan(struct task_struct *p);

#endif /* _LINUX_SCHED_DEBUG_H */
