/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_TIME_H
#define _ASM_X86_TIME_H

void pm_timer_register_clocksource(void);

#endif /* _ASM_X86_TIME_H */
