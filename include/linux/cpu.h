/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

/*
 * Bringing CPUs up and down. The order of the steps is in linux/cpuhotplug.h, the engine in
 * kernel/cpu.c.
 */

#include <linux/compiler.h>
#include <linux/cpuhotplug.h>
#include <linux/cpuhplock.h>
#include <linux/cpumask.h>
#include <linux/types.h>

struct task_struct;

void boot_cpu_init(void);
void boot_cpu_hotplug_init(void);
void cpuhp_threads_init(void);

/**
 * add_cpu - bring a CPU up
 * @cpu: its number
 *
 * Context: may sleep.
 * Return: 0 if it is online now; -EINVAL if it isn't possible, -EBUSY while hot-plug is disabled,
 * or what the failing step returned, after the steps before it were undone.
 */
int add_cpu(unsigned int cpu);
int remove_cpu(unsigned int cpu);
int cpu_up(unsigned int cpu, enum cpuhp_state target);
int cpu_down(unsigned int cpu, enum cpuhp_state target);
void bringup_nonboot_cpus(unsigned int max_cpus);
void smp_shutdown_nonboot_cpus(unsigned int primary_cpu);
int freeze_secondary_cpus(int primary);
void thaw_secondary_cpus(void);

/* The new CPU, on its way through the arch's start-up code, interrupts off. */
void notify_cpu_starting(unsigned int cpu);
/* The idle loop; a secondary CPU's start-up code ends here and never returns. */
void __noreturn cpu_startup_entry(enum cpuhp_state state);
void cpuhp_report_idle_dead(void);

/*
 * The arch's part. __cpu_up() starts @cpu on @tidle's stack and returns once the CPU runs kernel
 * code or with an error; __cpu_disable() runs on the dying CPU, interrupts off, and takes it out
 * of interrupt routing and cpu_online_mask. arch_cpu_idle_dead() stops it; just before, it calls
 * cpuhp_ap_report_dead(), for which the CPU that ordered it down waits.
 */
int __cpu_up(unsigned int cpu, struct task_struct *tidle);
int __cpu_disable(void);
bool arch_cpu_is_hotpluggable(int cpu);
void cpuhp_ap_report_dead(void);
void arch_cpuhp_cleanup_dead_cpu(unsigned int cpu);

#endif /* _LINUX_CPU_H */
