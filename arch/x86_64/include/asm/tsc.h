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

/** get_cycles - the time stamp counter */
static inline cycles_t get_cycles(void)
{
	return rdtsc();
}
#define get_cycles get_cycles

void tsc_init(void);
bool tsc_is_reliable(void);
unsigned int x86_apic_timer_khz(void);

/**
 * struct ref_clock - a counter of known rate, to measure others by
 * @name: for messages
 * @freq: ticks a second
 * @mask: its width
 * @start: ready it; returns 0 or -ENODEV
 * @read: its value, counting upwards
 */
struct ref_clock {
	const char *name;
	u64 freq;
	u64 mask;
	int (*start)(struct ref_clock *ref);
	u64 (*read)(void);
};

extern struct ref_clock hpet_ref_clock, pm_timer_ref_clock, pit_ref_clock;

u64 tsc_rate_from_window(u64 tsc_ticks, u64 ref_ticks, u64 ref_freq);

#endif /* _ASM_X86_TSC_H */
