/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_CPUSTAT_H
#define _LINUX_IRQ_CPUSTAT_H

/* Per-CPU interrupt state that generic code shares: which softirqs are raised. */

#include <linux/cache.h>
#include <linux/percpu-defs.h>

#include <asm/percpu.h>

typedef struct softirq_cpustat {
	unsigned int __softirq_pending;
} irq_cpustat_t;

DECLARE_PER_CPU_ALIGNED(irq_cpustat_t, irq_stat);

#endif /* _LINUX_IRQ_CPUSTAT_H */
