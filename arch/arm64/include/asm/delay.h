/* SPDX-License-Identifier: MIT */
/* Busy waiting, against the generic timer's counter: exact without any calibration. */
#ifndef _ASM_DELAY_H
#define _ASM_DELAY_H

void __delay(unsigned long ticks);
void __udelay(unsigned long usecs);
void __ndelay(unsigned long nsecs);
void __const_udelay(unsigned long xloops);

#define udelay(n)	__udelay(n)
#define ndelay(n)	__ndelay(n)

#endif /* _ASM_DELAY_H */
