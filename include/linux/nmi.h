/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NMI_H
#define _LINUX_NMI_H

/*
 * Watchdogs over CPUs, and asking other CPUs for their backtrace. See kernel/watchdog.c.
 */

#include <linux/cpumask.h>
#include <linux/sched.h>

#include <asm/irq.h>

struct ctl_table;

extern int watchdog_thresh;		/* seconds; soft lockup is twice that */
extern int watchdog_user_enabled;
extern unsigned int softlockup_panic;
extern unsigned int hardlockup_panic;

void lockup_detector_init(void);
int proc_watchdog(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos);
void touch_softlockup_watchdog(void);
void touch_all_softlockup_watchdogs(void);
void touch_nmi_watchdog(void);
void reset_hung_task_detector(void);
void watchdog_hardlockup_check(unsigned int cpu, struct pt_regs *regs);

int lockup_detector_online_cpu(unsigned int cpu);
int lockup_detector_offline_cpu(unsigned int cpu);

#ifdef arch_trigger_cpumask_backtrace
/**
 * trigger_all_cpu_backtrace() - every CPU prints its registers and stack
 *
 * Return: false if the machine has no means for it.
 */
static inline bool trigger_all_cpu_backtrace(void)
{
	arch_trigger_cpumask_backtrace(cpu_online_mask, -1);
	return true;
}

/**
 * trigger_allbutcpu_cpu_backtrace() - have all CPUs but one print where they are
 *
 * Return: false if the machine can't.
 */
static inline bool trigger_allbutcpu_cpu_backtrace(int exclude_cpu)
{
	arch_trigger_cpumask_backtrace(cpu_online_mask, exclude_cpu);
	return true;
}

/**
 * trigger_cpumask_backtrace() - have a set of CPUs print where they are
 *
 * Return: false if the machine can't.
 */
static inline bool trigger_cpumask_backtrace(struct cpumask *mask)
{
	arch_trigger_cpumask_backtrace(mask, -1);
	return true;
}

/**
 * trigger_single_cpu_backtrace() - have a CPU print where it is
 *
 * Return: false if the machine can't.
 */
static inline bool trigger_single_cpu_backtrace(int cpu)
{
	arch_trigger_cpumask_backtrace(cpumask_of(cpu), -1);
	return true;
}
#else
static inline bool trigger_all_cpu_backtrace(void) { return false; }
static inline bool trigger_allbutcpu_cpu_backtrace(int exclude_cpu) { return exclude_cpu < -1; }
static inline bool trigger_cpumask_backtrace(struct cpumask *mask) { return !mask; }
static inline bool trigger_single_cpu_backtrace(int cpu) { return cpu < -1; }
#endif

/*
 * For the machine's arch_trigger_cpumask_backtrace(): @raise sends the interrupts, the handler
 * calls nmi_cpu_backtrace() on each CPU.
 */
void nmi_trigger_cpumask_backtrace(const cpumask_t *mask, int exclude_cpu,
				   void (*raise)(cpumask_t *mask));
bool nmi_cpu_backtrace(struct pt_regs *regs);

#endif /* _LINUX_NMI_H */
