/* SPDX-License-Identifier: MIT */
#ifndef __ASM_GENERIC_HARDIRQ_H
#define __ASM_GENERIC_HARDIRQ_H

#include <linux/cache.h>
#include <linux/irq_cpustat.h>

/* The pending word is in irq_stat, which kernel/softirq.c then defines. */
#define GENERIC_IRQ_STAT

#endif /* __ASM_GENERIC_HARDIRQ_H */
