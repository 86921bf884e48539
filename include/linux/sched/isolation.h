/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_ISOLATION_H
#define _LINUX_SCHED_ISOLATION_H

/* No CPU is isolated in this kernel: every one does housekeeping of every kind. */

#include <linux/cpumask.h>
#include <linux/smp.h>

enum hk_type {
	HK_TYPE_TIMER,
	HK_TYPE_RCU,
	HK_TYPE_MISC,
	HK_TYPE_SCHED,
	HK_TYPE_TICK,
	HK_TYPE_DOMAIN,
	HK_TYPE_WQ,
	HK_TYPE_MANAGED_IRQ,
	HK_TYPE_KTHREAD,
	HK_TYPE_MAX
};

/** housekeeping_cpumask - CPUs that do such work for all: every one, as no CPU is isolated */
static inline const struct cpumask *housekeeping_cpumask(enum hk_type type)
{
	(void)type;
	return cpu_possible_mask;
}

/** housekeeping_enabled - is any CPU spared such work? */
static inline bool housekeeping_enabled(enum hk_type type)
{
	(void)type;
	return false;
}

/** housekeeping_cpu - does a CPU do such work? */
static inline bool housekeeping_cpu(int cpu, enum hk_type type)
{
	(void)cpu;
	(void)type;
	return true;
}

/** housekeeping_any_cpu - some CPU that does such work: this one */
static inline int housekeeping_any_cpu(enum hk_type type)
{
	(void)type;
	return raw_smp_processor_id();
}

#endif /* _LINUX_SCHED_ISOLATION_H */
