/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_CPUSTAT_H
#define _LINUX_IRQ_CPUSTAT_H

/* Per-CPU interrupt state that generic code shares: which softirqs are raised. */

#include <linux/cache.h>
#include <linux/percpu-defs.h>

#include <asm/percpu.h>

typedef struct {
	unsigned int __softirq_pending;
} ____cacheline_aligned irq_cpustat_t;

DECLARE_PER_CPU_ALIGNED(irq_cpustat_t, irq_stat);

#define local_softirq_pending()		(__this_cpu_read(irq_stat.__softirq_pending))
#define set_softirq_pending(x)		(__this_cpu_write(irq_stat.__softirq_pending, (x)))
#define or_softirq_pending(x)		(__this_cpu_or(irq_stat.__softirq_pending, (x)))

#endif /* _LINUX_IRQ_CPUSTAT_H */
