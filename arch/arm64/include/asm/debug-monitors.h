/* SPDX-License-Identifier: MIT */
/* Debug exceptions of user programs: kernel/debug-monitors.c. */
#ifndef _ASM_DEBUG_MONITORS_H
#define _ASM_DEBUG_MONITORS_H

#include <linux/percpu.h>
#include <linux/sched.h>
#include <asm/ptrace.h>

/* Bits of MDSCR_EL1 that this CPU has on for the task that it runs. */
DECLARE_PER_CPU(u64, user_mdscr);

void user_rewind_single_step(struct task_struct *task);
void __debug_thread_switch(struct task_struct *next);
void debug_update_current(void);

/** debug_thread_switch - the CPU goes from current to @next. Context: interrupts off */
static inline void debug_thread_switch(struct task_struct *next)
{
	if (unlikely(__this_cpu_read(user_mdscr) |
		     (read_task_thread_flags(next) & (_TIF_SINGLESTEP | _TIF_HW_DEBUG))))
		__debug_thread_switch(next);
}

#endif /* _ASM_DEBUG_MONITORS_H */
