/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HRTIMER_H
#define _LINUX_HRTIMER_H

/*
 * High resolution timers: ns on any of the clocks, sorted in a tree per clock and CPU, fired from
 * the event device's interrupt (or, _SOFT, from a softirq). See kernel/time/hrtimer.c.
 */

#include <linux/hrtimer_defs.h>
#include <linux/hrtimer_types.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/percpu-defs.h>
#include <linux/rbtree.h>
#include <linux/timer.h>

/* ABS or REL; PINNED to the CPU that arms it; SOFT or HARD interrupt context. */
enum hrtimer_mode {
	HRTIMER_MODE_ABS = 0x00,
	HRTIMER_MODE_REL = 0x01,
	HRTIMER_MODE_PINNED = 0x02,
	HRTIMER_MODE_SOFT = 0x04,
	HRTIMER_MODE_HARD = 0x08,

	HRTIMER_MODE_ABS_PINNED = HRTIMER_MODE_ABS | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_REL_PINNED = HRTIMER_MODE_REL | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_ABS_SOFT = HRTIMER_MODE_ABS | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_SOFT = HRTIMER_MODE_REL | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_ABS_PINNED_SOFT = HRTIMER_MODE_ABS_PINNED | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_PINNED_SOFT = HRTIMER_MODE_REL_PINNED | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_ABS_HARD = HRTIMER_MODE_ABS | HRTIMER_MODE_HARD,
	HRTIMER_MODE_REL_HARD = HRTIMER_MODE_REL | HRTIMER_MODE_HARD,
	HRTIMER_MODE_ABS_PINNED_HARD = HRTIMER_MODE_ABS_PINNED | HRTIMER_MODE_HARD,
	HRTIMER_MODE_REL_PINNED_HARD = HRTIMER_MODE_REL_PINNED | HRTIMER_MODE_HARD,
};

#define HRTIMER_STATE_INACTIVE	0x00
#define HRTIMER_STATE_ENQUEUED	0x01

/* A sleeping task and the timer that wakes it; task is NULL once that has happened. */
struct hrtimer_sleeper {
	struct hrtimer timer;
	struct task_struct *task;
};

/** hrtimer_set_expires - when a timer that isn't queued is to fire */
static inline void hrtimer_set_expires(struct hrtimer *timer, ktime_t time)
{
	timer->node.expires = time;
	timer->_softexpires = time;
}

/**
 * hrtimer_set_expires_range_ns - when a timer that isn't queued is to fire
 * @timer: the timer
 * @time: not before
 * @delta: not later than so many ns after that
 */
static inline void hrtimer_set_expires_range_ns(struct hrtimer *timer, ktime_t time, u64 delta)
{
	timer->_softexpires = time;
	timer->node.expires = ktime_add_safe(time, ns_to_ktime(delta));
}

/** hrtimer_set_expires_range - the same; @delta is a ktime_t */
static inline void hrtimer_set_expires_range(struct hrtimer *timer, ktime_t time, ktime_t delta)
{
	hrtimer_set_expires_range_ns(timer, time, ktime_to_ns(delta));
}

/** hrtimer_add_expires - let a timer that isn't queued fire so much later */
static inline void hrtimer_add_expires(struct hrtimer *timer, ktime_t time)
{
	timer->node.expires = ktime_add_safe(timer->node.expires, time);
	timer->_softexpires = ktime_add_safe(timer->_softexpires, time);
}

/** hrtimer_add_expires_ns - let a timer that isn't queued fire so many ns later */
static inline void hrtimer_add_expires_ns(struct hrtimer *timer, u64 ns)
{
	hrtimer_add_expires(timer, ns_to_ktime(ns));
}

/** hrtimer_get_expires - when a timer fires at the latest */
static inline ktime_t hrtimer_get_expires(const struct hrtimer *timer)
{
	return timer->node.expires;
}

/** hrtimer_get_softexpires - when a timer fires at the earliest */
static inline ktime_t hrtimer_get_softexpires(const struct hrtimer *timer)
{
	return timer->_softexpires;
}

/** hrtimer_get_expires_ns - hrtimer_get_expires() in ns */
static inline s64 hrtimer_get_expires_ns(const struct hrtimer *timer)
{
	return ktime_to_ns(timer->node.expires);
}

ktime_t hrtimer_cb_get_time(const struct hrtimer *timer);

/** hrtimer_expires_remaining - how long until a timer fires; negative if it is late */
static inline ktime_t hrtimer_expires_remaining(const struct hrtimer *timer)
{
	return ktime_sub(timer->node.expires, hrtimer_cb_get_time(timer));
}

void hrtimer_init(struct hrtimer *timer, clockid_t which_clock, enum hrtimer_mode mode);
void hrtimer_setup(struct hrtimer *timer, enum hrtimer_restart (*function)(struct hrtimer *),
		   clockid_t clock_id, enum hrtimer_mode mode);
void hrtimer_init_sleeper(struct hrtimer_sleeper *sl, clockid_t clock_id, enum hrtimer_mode mode);
#define hrtimer_init_on_stack(t, c, m)		hrtimer_init(t, c, m)
#define hrtimer_setup_on_stack(t, f, c, m)	hrtimer_setup(t, f, c, m)
#define hrtimer_init_sleeper_on_stack(s, c, m)	hrtimer_init_sleeper(s, c, m)
#define hrtimer_setup_sleeper_on_stack(s, c, m)	hrtimer_init_sleeper(s, c, m)

/**
 * destroy_hrtimer_on_stack - the end of hrtimer_init_on_stack(), for a debugger of objects; there
 * is none
 */
static inline void destroy_hrtimer_on_stack(struct hrtimer *timer) { (void)timer; }

void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns,
			    const enum hrtimer_mode mode);

/**
 * hrtimer_start - arm, replacing an earlier expiry
 * @timer: the timer
 * @tim: expiry, absolute or relative by @mode
 * @mode: HRTIMER_MODE_*
 */
static inline void hrtimer_start(struct hrtimer *timer, ktime_t tim, const enum hrtimer_mode mode)
{
	hrtimer_start_range_ns(timer, tim, 0, mode);
}

/** hrtimer_start_expires - queue a timer whose time was set */
static inline void hrtimer_start_expires(struct hrtimer *timer, enum hrtimer_mode mode)
{
	ktime_t soft = hrtimer_get_softexpires(timer);
	u64 delta = ktime_to_ns(ktime_sub(hrtimer_get_expires(timer), soft));

	hrtimer_start_range_ns(timer, soft, delta, mode);
}

/** hrtimer_restart - queue a timer again for the time that it has */
static inline void hrtimer_restart(struct hrtimer *timer)
{
	hrtimer_start_expires(timer, HRTIMER_MODE_ABS);
}

void hrtimer_sleeper_start_expires(struct hrtimer_sleeper *sl, enum hrtimer_mode mode);

int hrtimer_cancel(struct hrtimer *timer);
int hrtimer_try_to_cancel(struct hrtimer *timer);

ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust);

/**
 * hrtimer_get_remaining - how long until a timer fires; negative if it is late. Takes its base's
 * lock
 */
static inline ktime_t hrtimer_get_remaining(const struct hrtimer *timer)
{
	return __hrtimer_get_remaining(timer, false);
}

bool hrtimer_active(const struct hrtimer *timer);

/**
 * hrtimer_is_queued - does a timer wait? Exact under the base's lock, or when nobody else arms or
 * cancels
 */
static inline bool hrtimer_is_queued(struct hrtimer *timer)
{
	return READ_ONCE(timer->state) & HRTIMER_STATE_ENQUEUED;
}

/** hrtimer_callback_running - does its function run just now? */
static inline int hrtimer_callback_running(struct hrtimer *timer)
{
	return timer->base->running == timer;
}

/** hrtimer_update_function - another function for a timer that isn't queued */
static inline void hrtimer_update_function(struct hrtimer *timer,
					   enum hrtimer_restart (*function)(struct hrtimer *))
{
	timer->function = function;
}

u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval);

/** hrtimer_forward_now - move the expiry past the present in steps of @interval */
static inline u64 hrtimer_forward_now(struct hrtimer *timer, ktime_t interval)
{
	return hrtimer_forward(timer, hrtimer_cb_get_time(timer), interval);
}

u64 hrtimer_next_event_without(const struct hrtimer *exclude);
void hrtimer_interrupt(struct clock_event_device *dev);
void hrtimer_run_queues(void);
void hrtimers_init(void);
int hrtimers_prepare_cpu(unsigned int cpu);
int hrtimers_cpu_starting(unsigned int cpu);
int hrtimers_cpu_dying(unsigned int cpu);
void clock_was_set(unsigned int bases);
void clock_was_set_delayed(void);

#define CLOCK_SET_WALL	(BIT(HRTIMER_BASE_REALTIME) | BIT(HRTIMER_BASE_REALTIME_SOFT) | \
			 BIT(HRTIMER_BASE_TAI) | BIT(HRTIMER_BASE_TAI_SOFT))
#define CLOCK_SET_BOOT	(BIT(HRTIMER_BASE_BOOTTIME) | BIT(HRTIMER_BASE_BOOTTIME_SOFT))

extern unsigned int hrtimer_resolution;

int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode);
int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode,
				   clockid_t clock_id);
int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode);

DECLARE_PER_CPU(struct hrtimer_cpu_base, hrtimer_bases);

#endif /* _LINUX_HRTIMER_H */
