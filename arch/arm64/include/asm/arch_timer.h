/* SPDX-License-Identifier: MIT */
/* The generic timer's registers. The driver is drivers/clocksource/arm_arch_timer.c. */
#ifndef _ASM_ARCH_TIMER_H
#define _ASM_ARCH_TIMER_H

#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/sysreg.h>

#include <clocksource/arm_arch_timer.h>

#define ARCH_TIMER_CTL_ENABLE	(1 << 0)
#define ARCH_TIMER_CTL_IMASK	(1 << 1)
#define ARCH_TIMER_CTL_ISTATUS	(1 << 2)

/** arch_timer_get_cntfrq - the counter's rate in Hz, as the firmware set it */
static inline u32 arch_timer_get_cntfrq(void)
{
	return read_sysreg(cntfrq_el0);
}

/* CNTKCTL_EL1: what user mode may read. */
#define ARCH_TIMER_USR_PCT_ACCESS_EN	(1 << 0)	/* the physical counter */
#define ARCH_TIMER_USR_VCT_ACCESS_EN	(1 << 1)	/* the virtual counter */

/** arch_timer_get_cntkctl - CNTKCTL_EL1: which counters and timers programs may read */
static inline u32 arch_timer_get_cntkctl(void)
{
	return read_sysreg(cntkctl_el1);
}

/** arch_timer_set_cntkctl - set CNTKCTL_EL1 */
static inline void arch_timer_set_cntkctl(u32 val)
{
	write_sysreg(val, cntkctl_el1);
	isb();
}

/**
 * __arch_counter_get_cntvct - the virtual counter, in order with what is before and behind
 *
 * The isb keeps the read from being made early; the false dependency keeps later accesses behind
 * it.
 */
static __always_inline u64 __arch_counter_get_cntvct(void)
{
	u64 cnt, tmp;

	isb();
	cnt = read_sysreg(cntvct_el0);
	asm volatile("eor %0, %1, %1\n\tadd %0, sp, %0\n\tldr xzr, [%0]"
		     : "=&r" (tmp) : "r" (cnt) : "memory");
	return cnt;
}

/** __arch_counter_get_cntpct - the physical counter, likewise */
static __always_inline u64 __arch_counter_get_cntpct(void)
{
	u64 cnt, tmp;

	isb();
	cnt = read_sysreg(cntpct_el0);
	asm volatile("eor %0, %1, %1\n\tadd %0, sp, %0\n\tldr xzr, [%0]"
		     : "=&r" (tmp) : "r" (cnt) : "memory");
	return cnt;
}

#define __arch_counter_get_cntvct_stable	__arch_counter_get_cntvct
#define __arch_counter_get_cntpct_stable	__arch_counter_get_cntpct

#endif /* _ASM_ARCH_TIMER_H */
