/* SPDX-License-Identifier: MIT */
/* Other CPUs: who they are, how they start, and the interrupts we send them. */
#ifndef _ASM_SMP_H
#define _ASM_SMP_H

#include <linux/const.h>

/* What a CPU leaves in its boot record when it does not come up (__cpu_up() reports it). */
#define CPU_STUCK_REASON_NONE		0
#define CPU_STUCK_REASON_NO_GRAN	1

#ifndef __ASSEMBLY__

#include <linux/init.h>
#include <linux/threads.h>
#include <linux/thread_info.h>
#include <linux/types.h>

struct cpumask;
struct task_struct;

#define raw_smp_processor_id()	(READ_ONCE(current_thread_info()->cpu))

#define INVALID_HWID		(~0ULL)

/* The affinity fields of MPIDR_EL1, which name a CPU to PSCI and to the interrupt controller. */
u64 cpu_logical_map(unsigned int cpu);
void set_cpu_logical_map(unsigned int cpu, u64 hwid);

void smp_init_cpus(void);
void smp_setup_processor_id(void);
void set_smp_ipi_range(int ipi_base, int nr_ipi);

void arch_send_call_function_single_ipi(int cpu);
void arch_send_call_function_ipi_mask(const struct cpumask *mask);

asmlinkage void secondary_start_kernel(void);

/**
 * struct secondary_data - what a CPU finds when it starts, MMU off
 * @task: its idle task
 * @status: why it gave up, written with caches off
 */
struct secondary_data {
	struct task_struct *task;
	long status;
};
extern struct secondary_data secondary_data;
void secondary_entry(void);

int __cpu_disable(void);
void __noreturn cpu_park_loop(void);

void arch_irq_work_raise(void);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_SMP_H */
