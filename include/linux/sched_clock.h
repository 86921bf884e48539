/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_CLOCK_REGISTER_H
#define _LINUX_SCHED_CLOCK_REGISTER_H

/*
 * The scheduler's clock from a plain counter: for machines that have one with a constant rate on
 * all CPUs. sched_clock() of kernel/time/sched_clock.c is used unless the machine has its own.
 */

#include <linux/types.h>

/**
 * sched_clock_register - offer a counter
 * @read: reads it; notrace, any context
 * @bits: its width
 * @rate: Hz
 *
 * Context: early boot, interrupts off, before the other CPUs run. The faster counter wins.
 */
void sched_clock_register(u64 (*read)(void), int bits, unsigned long rate);

/* Called once interrupts work; keeps narrow counters from wrapping unseen. */
void generic_sched_clock_init(void);

#endif /* _LINUX_SCHED_CLOCK_REGISTER_H */
