/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CLOCKCHIPS_H
#define _LINUX_CLOCKCHIPS_H

/*
 * A clock event device is a per-CPU alarm: program "in that many cycles", get an interrupt,
 * whose handler calls dev->event_handler(dev). It is in one of four states:
 *
 *	DETACHED -> SHUTDOWN <-> ONESHOT or PERIODIC (ONESHOT_STOPPED: alive, nothing programmed)
 *
 * Only kernel/time/clockevents.c changes states; the driver's set_state_*() carry them out.
 */

#include <linux/clocksource.h>
#include <linux/cpumask.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/types.h>

struct clock_event_device;

enum clock_event_state {
	CLOCK_EVT_STATE_DETACHED,
	CLOCK_EVT_STATE_SHUTDOWN,
	CLOCK_EVT_STATE_PERIODIC,
	CLOCK_EVT_STATE_ONESHOT,
	CLOCK_EVT_STATE_ONESHOT_STOPPED,
};

#define CLOCK_EVT_FEAT_PERIODIC		0x000001
#define CLOCK_EVT_FEAT_ONESHOT		0x000002
#define CLOCK_EVT_FEAT_KTIME		0x000004
#define CLOCK_EVT_FEAT_C3STOP		0x000008
#define CLOCK_EVT_FEAT_DUMMY		0x000010
#define CLOCK_EVT_FEAT_DYNIRQ		0x000020
#define CLOCK_EVT_FEAT_PERCPU		0x000040
#define CLOCK_EVT_FEAT_HRTIMER		0x000080

/**
 * struct clock_event_device - one alarm
 * @event_handler: set by the core; the driver's interrupt handler calls it, irqs off
 * @set_next_event: program @evt device cycles from now; -ETIME if that is already past
 * @set_next_ktime: the same for devices that take absolute CLOCK_MONOTONIC ns
 * @next_event: what is programmed, CLOCK_MONOTONIC
 * @max_delta_ns: furthest event that fits into the device
 * @min_delta_ns: nearest event that the device doesn't miss
 * @mult: ns to cycles, with @shift
 * @shift: see @mult
 * @features: CLOCK_EVT_FEAT_*
 * @rating: the highest one wins
 * @irq: for show
 * @cpumask: CPUs it can serve; one CPU for local timers
 */
struct clock_event_device {
	void (*event_handler)(struct clock_event_device *dev);
	int (*set_next_event)(unsigned long evt, struct clock_event_device *dev);
	int (*set_next_ktime)(ktime_t expires, struct clock_event_device *dev);
	ktime_t next_event;
	u64 max_delta_ns;
	u64 min_delta_ns;
	u32 mult;
	u32 shift;
	enum clock_event_state state_use_accessors;
	unsigned int features;
	unsigned long retries;

	int (*set_state_periodic)(struct clock_event_device *dev);
	int (*set_state_oneshot)(struct clock_event_device *dev);
	int (*set_state_oneshot_stopped)(struct clock_event_device *dev);
	int (*set_state_shutdown)(struct clock_event_device *dev);
	int (*tick_resume)(struct clock_event_device *dev);

	void (*broadcast)(const struct cpumask *mask);
	void (*suspend)(struct clock_event_device *dev);
	void (*resume)(struct clock_event_device *dev);
	unsigned long min_delta_ticks;
	unsigned long max_delta_ticks;

	const char *name;
	int rating;
	int irq;
	int bound_on;
	const struct cpumask *cpumask;
	struct list_head list;		/* clockevents_lock */
	struct module *owner;
} ____cacheline_aligned;

/** clockevent_get_state - what the device is doing, CLOCK_EVT_STATE_* */
static inline enum clock_event_state clockevent_get_state(struct clock_event_device *dev)
{
	return dev->state_use_accessors;
}

/** clockevent_state_detached - is it nobody's? */
static inline bool clockevent_state_detached(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_DETACHED;
}

/** clockevent_state_oneshot - does it fire when it is told to? */
static inline bool clockevent_state_oneshot(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_ONESHOT;
}

/** clockevent_state_oneshot_stopped - would it fire if it were told to? */
static inline bool clockevent_state_oneshot_stopped(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_ONESHOT_STOPPED;
}

/** clockevent_state_periodic - does it fire every tick? */
static inline bool clockevent_state_periodic(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_PERIODIC;
}

/** clockevent_state_shutdown - is it off? */
static inline bool clockevent_state_shutdown(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_SHUTDOWN;
}

/** div_sc - a device's mult: cycles = (ns * mult) >> shift, so mult = (freq << shift) / 10^9 */
static inline unsigned long div_sc(unsigned long ticks, unsigned long nsec, int shift)
{
	return div_u64((u64)ticks << shift, nsec);
}

u64 clockevent_delta2ns(unsigned long latch, struct clock_event_device *evt);
void clockevents_register_device(struct clock_event_device *dev);
void clockevents_config_and_register(struct clock_event_device *dev, u32 freq,
				     unsigned long min_delta, unsigned long max_delta);

/**
 * clockevents_calc_mult_shift - mult and shift of a device of @freq Hz that are exact up to @maxsec
 * seconds
 */
static inline void clockevents_calc_mult_shift(struct clock_event_device *ce, u32 freq, u32 maxsec)
{
	clocks_calc_mult_shift(&ce->mult, &ce->shift, NSEC_PER_SEC, freq, maxsec);
}

#endif /* _LINUX_CLOCKCHIPS_H */
