/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KERNEL_STAT_H
#define _LINUX_KERNEL_STAT_H

#include <linux/interrupt.h>
#include <linux/sched/cputime.h>

/* Context switches of all CPUs since boot. */
unsigned long long nr_context_switches(void);

#endif /* _LINUX_KERNEL_STAT_H */
