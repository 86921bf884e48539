/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_WATCHDOG_H
#define _KERNEL_WATCHDOG_H

#include <linux/types.h>

void watchdog_set_thresh_ms(unsigned int ms);
bool watchdog_running(void);
unsigned int watchdog_looks(unsigned int cpu);

#endif /* _KERNEL_WATCHDOG_H */
