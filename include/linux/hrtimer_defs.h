/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HRTIMER_DEFS_H
#define _LINUX_HRTIMER_DEFS_H

#include <linux/ktime.h>
#include <linux/seqlock.h>
#include <linux/spinlock_types.h>
#include <linux/timerqueue_types.h>
#include <linux/types.h>

#define HIGH_RES_NSEC		1
#define MONOTONIC_RES_NSEC	HIGH_RES_NSEC
#define KTIME_MONOTONIC_RES	MONOTONIC_RES_NSEC

struct clock_event_device;
struct hrtimer;
struct hrtimer_cpu_base;

/* Four clocks twice: timers that fire in hard irq and those that fire in softirq. */
enum hrtimer_base_type {
	HRTIMER_BASE_MONOTONIC,
	HRTIMER_BASE_REALTIME,
	HRTIMER_BASE_BOOTTIME,
	HRTIMER_BASE_TAI,
	HRTIMER_BASE_MONOTONIC_SOFT,
	HRTIMER_BASE_REALTIME_SOFT,
	HRTIMER_BASE_BOOTTIME_SOFT,
	HRTIMER_BASE_TAI_SOFT,
	HRTIMER_MAX_CLOCK_BASES,
};

/**
 * struct hrtimer_clock_base - the timers of one clock on one CPU
 * @cpu_base: whose CPU
 * @index: which clock
 * @clockid: the same as a CLOCK_*
 * @seq: lets hrtimer_active() see a callback's start and end
 * @running: the timer whose callback runs
 * @active: the queue
 * @get_time: reads the clock
 * @offset: what to subtract for CLOCK_MONOTONIC
 *
 * All under cpu_base->lock.
 */
struct hrtimer_clock_base {
	struct hrtimer_cpu_base *cpu_base;
	unsigned int index;
	clockid_t clockid;
	seqcount_raw_spinlock_t seq;
	struct hrtimer *running;
	struct timerqueue_head active;
	ktime_t (*get_time)(void);
	ktime_t offset;
};

/**
 * struct hrtimer_cpu_base - all high resolution timers of one CPU
 * @lock: guards everything here; interrupts off
 * @cpu: whose
 * @active_bases: bit i: clock_base[i] has timers
 * @clock_was_set_seq: the timekeeper's count when the offsets were last copied
 * @hres_active: the event device is programmed per timer
 * @in_hrtirq: the interrupt is expiring timers; it reprograms at the end
 * @hang_detected: the interrupt took too long and the next event was put off
 * @softirq_activated: the softirq is raised and has not run yet
 * @online: timers may be queued here
 * @expires_next: what the device is programmed for
 * @next_timer: the timer that asked for it
 * @softirq_expires_next: earliest soft timer
 * @softirq_next_timer: the timer behind it
 */
struct hrtimer_cpu_base {
	raw_spinlock_t lock;
	unsigned int cpu;
	unsigned int active_bases;
	unsigned int clock_was_set_seq;
	unsigned int hres_active : 1,
		     in_hrtirq : 1,
		     hang_detected : 1,
		     softirq_activated : 1,
		     online : 1;
	unsigned int nr_events;
	unsigned short nr_retries;
	unsigned short nr_hangs;
	unsigned int max_hang_time;
	ktime_t expires_next;
	struct hrtimer *next_timer;
	ktime_t softirq_expires_next;
	struct hrtimer *softirq_next_timer;
	struct hrtimer_clock_base clock_base[HRTIMER_MAX_CLOCK_BASES];
} ____cacheline_aligned;

#endif /* _LINUX_HRTIMER_DEFS_H */
