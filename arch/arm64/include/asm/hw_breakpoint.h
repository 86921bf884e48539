/* SPDX-License-Identifier: MIT */
/* Breakpoints and watchpoints of the processor: kernel/hw_breakpoint.c. */
#ifndef _ASM_HW_BREAKPOINT_H
#define _ASM_HW_BREAKPOINT_H

#include <linux/regset.h>

/* What the ABI has room for, of each kind. */
#define HW_DEBUG_MAX	16

void hw_breakpoint_load(struct task_struct *next);
void flush_ptrace_hw_breakpoint(struct task_struct *task);
void hw_breakpoint_release(struct task_struct *task);

user_regset_active_fn hw_debug_active;
user_regset_get2_fn hw_debug_get;
user_regset_set_fn hw_debug_set;

#endif /* _ASM_HW_BREAKPOINT_H */
