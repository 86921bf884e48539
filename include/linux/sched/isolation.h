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

static inline const struct cpumask *housekeeping_cpumask(enum hk_type type)
{
	(void)type;
	return cpu_possible_mask;
}

static inline bool housekeeping_enabled(enum hk_type type)
{
	(void)type;
	return false;
}

static inline bool housekeeping_cpu(int cpu, enum hk_type type)
{
	(void)cpu;
	(void)type;
	return true;
}

static inline int housekeeping_any_cpu(enum hk_type type)
{
	(void)type;
	return raw_smp_processor_id();
}

#endif /* _LINUX_SCHED_ISOLATION_H */
