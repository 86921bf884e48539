/* SPDX-License-Identifier: MIT */
#ifndef __ASM_GENERIC_HARDIRQ_H
#define __ASM_GENERIC_HARDIRQ_H

#include <linux/cache.h>
#include <linux/irq_cpustat.h>

#endif /* __ASM_GENERIC_HARDIRQ_H */
