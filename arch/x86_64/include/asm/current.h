/* SPDX-License-Identifier: MIT */
/*
 * What entry and scheduling code needs in nearly every step, in one cache line
 * of the per-CPU area. Reading "current" is one load from gs.
 */
#ifndef _ASM_X86_CURRENT_H
#define _ASM_X86_CURRENT_H

#include <linux/build_bug.h>
#include <linux/compiler.h>

#ifndef __ASSEMBLY__
#include <linux/cache.h>
#include <asm/percpu.h>

struct task_struct;

struct pcpu_hot {
	union {
		struct {
			struct task_struct *current_task;
			int preempt_count;
			int cpu_number;
			/* First byte above current's stack; user entries load it. */
			unsigned long top_of_stack;
			/* First byte above this CPU's interrupt stack. */
			void *hardirq_stack_ptr;
			/* The user's stack pointer, for two instructions of a system call. */
			unsigned long syscall_scratch;
			u16 softirq_pending;
			/* The interrupt stack is occupied: do not switch to it again. */
			bool hardirq_stack_inuse;
		};
		u8 pad[64];
	};
};
static_assert(sizeof(struct pcpu_hot) == 64);

DECLARE_PER_CPU_ALIGNED(struct pcpu_hot, pcpu_hot);

/** get_current - the task that runs here: current */
static __always_inline struct task_struct *get_current(void)
{
	return this_cpu_read_stable(pcpu_hot.current_task);
}

#define current get_current()
#endif /* !__ASSEMBLY__ */

#endif /* _ASM_X86_CURRENT_H */
