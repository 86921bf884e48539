/* SPDX-License-Identifier: MIT */
/*
 * The stack canary at gs:40, where the compiler looks for it. It belongs to the
 * task: the context switch copies the next task's one there.
 */
#ifndef _ASM_X86_STACKPROTECTOR_H
#define _ASM_X86_STACKPROTECTOR_H

#include <linux/random.h>
#include <linux/sched.h>
#include <asm/percpu.h>
#include <asm/processor.h>

struct fixed_percpu_data {
	char gs_base[40];
	unsigned long stack_canary;
};

DECLARE_PER_CPU_FIRST(struct fixed_percpu_data, fixed_percpu_data);

/**
 * boot_init_stack_canary - a canary for the boot CPU
 *
 * Only from functions that never return: their own canary changes under them.
 */
static __always_inline void boot_init_stack_canary(void)
{
	unsigned long canary = get_random_canary();

	current->stack_canary = canary;
	this_cpu_write(fixed_percpu_data.stack_canary, canary);
}

/** cpu_init_stack_canary - a CPU that comes up begins with its idle task's canary */
static inline void cpu_init_stack_canary(int cpu, struct task_struct *idle)
{
	per_cpu(fixed_percpu_data.stack_canary, cpu) = idle->stack_canary;
}

#endif /* _ASM_X86_STACKPROTECTOR_H */
