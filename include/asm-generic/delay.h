/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_DELAY_H
#define _ASM_GENERIC_DELAY_H

/* Busy waiting; kernel/time/delay.c spins on sched_clock() unless the machine knows better. */

void __ndelay(unsigned long nsecs);
void __udelay(unsigned long usecs);

#define ndelay(n)	__ndelay(n)
#define udelay(n)	__udelay(n)

#endif /* _ASM_GENERIC_DELAY_H */
