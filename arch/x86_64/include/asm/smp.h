/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SMP_H
#define _ASM_X86_SMP_H

#include <linux/cpumask.h>
#include <linux/types.h>
#include <asm/current.h>

struct task_struct;

#define raw_smp_processor_id()	this_cpu_read(pcpu_hot.cpu_number)
#define __smp_processor_id()	__this_cpu_read(pcpu_hot.cpu_number)

/* kernel/smpboot.c */
void __noreturn start_secondary(void);
int __cpu_up(unsigned int cpu, struct task_struct *tidle);
int __cpu_disable(void);
void __noreturn arch_cpu_idle_dead(void);
void arch_cpuhp_cleanup_dead_cpu(unsigned int cpu);

/* IPIs; the senders are the interrupt controller's. */
void arch_smp_send_reschedule(int cpu);
void arch_send_call_function_single_ipi(int cpu);
void arch_send_call_function_ipi_mask(const struct cpumask *mask);
void smp_send_stop(void);
void crash_smp_send_stop(void);

#endif /* _ASM_X86_SMP_H */
