/* SPDX-License-Identifier: MIT */
/* The ARM generic timer: rate and counter, for delays and early measurements. */
#ifndef _CLOCKSOURCE_ARM_ARCH_TIMER_H
#define _CLOCKSOURCE_ARM_ARCH_TIMER_H

#include <linux/types.h>

u64 arch_timer_read_counter(void);

#endif /* _CLOCKSOURCE_ARM_ARCH_TIMER_H */
