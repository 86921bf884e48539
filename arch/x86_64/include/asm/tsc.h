/* SPDX-License-Identifier: MIT */
/*
 * The time stamp counter: one read, no lock, the best clock there is when its rate is constant.
 */
#ifndef _ASM_X86_TSC_H
#define _ASM_X86_TSC_H

#include <linux/types.h>

#include <asm/msr.h>

extern unsigned int tsc_khz;	/* 0: no usable TSC */
extern unsigned int cpu_khz;

typedef unsigned long long cycles_t;

static inline cycles_t get_cycles(void)
{
	return rdtsc();
}
#define get_cycles get_cycles

void tsc_early_init(void);
void tsc_init(void);
bool tsc_is_reliable(void);
unsigned int x86_apic_timer_khz(void);

#endif /* _ASM_X86_TSC_H */
