// SPDX-License-Identifier: MIT
/*
 * The tick counter, and the clock source of last resort made of it.
 *
 * Until a real counter is registered time advances by whole ticks. That is too coarse for
 * anything but booting, so its rating is 1 and it does not allow high resolution mode.
 */
#include <linux/clocksource.h>

#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>

#include "tick-internal.h"
#include "timekeeping_internal.h"

__cacheline_aligned_in_smp u64 jiffies_64 = INITIAL_JIFFIES;
EXPORT_SYMBOL(jiffies_64);

__cacheline_aligned_in_smp DEFINE_RAW_SPINLOCK(jiffies_lock);
__cacheline_aligned_in_smp seqcount_raw_spinlock_t jiffies_seq =
	SEQCNT_RAW_SPINLOCK_ZERO(jiffies_seq, &jiffies_lock);

#define JIFFIES_SHIFT	8

static u64 jiffies_read(struct clocksource *cs)
{
	return (u64)jiffies;
}

struct clocksource clocksource_jiffies = {
	.name			= "jiffies",
	.rating			= 1,
	.read			= jiffies_read,
	.mask			= CLOCKSOURCE_MASK(32),
	.mult			= TICK_NSEC << JIFFIES_SHIFT,
	.shift			= JIFFIES_SHIFT,
	.max_cycles		= 10,
};

static int __init init_jiffies_clocksource(void)
{
	return __clocksource_register(&clocksource_jiffies);
}
core_initcall(init_jiffies_clocksource);

/**
 * clocksource_default_clock - what timekeeping starts with; a machine may have something better
 * this early
 */
struct clocksource * __init __weak clocksource_default_clock(void)
{
	return &clocksource_jiffies;
}
