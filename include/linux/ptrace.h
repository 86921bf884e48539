/* SPDX-License-Identifier: MIT */
/* The registers of an interrupted context; tracing of other tasks will be declared here as well. */
#ifndef _LINUX_PTRACE_H
#define _LINUX_PTRACE_H

#include <linux/compiler.h>
#include <linux/sched.h>
#include <asm/ptrace.h>

#ifndef current_pt_regs
#define current_pt_regs()	task_pt_regs(current)
#endif

/* Tracing is entered under a task's own registers. */
#ifndef signal_pt_regs
#define signal_pt_regs()	task_pt_regs(current)
#endif

#endif /* _LINUX_PTRACE_H */
