/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_TIME_TICK_INTERNAL_H
#define _KERNEL_TIME_TICK_INTERNAL_H

/* Event devices and the tick, as the files of this folder see each other. */

#include <linux/clockchips.h>
#include <linux/hrtimer.h>
#include <linux/percpu.h>
#include <linux/tick.h>
#include <linux/types.h>

/* A CPU's event device, and how the tick uses it. The CPU itself changes it, interrupts off. */
enum tick_device_mode {
	TICKDEV_MODE_PERIODIC,
	TICKDEV_MODE_ONESHOT,
};

struct tick_device {
	struct clock_event_device *evtdev;
	enum tick_device_mode mode;
};

DECLARE_PER_CPU(struct tick_device, tick_cpu_device);

/* The CPU that counts jiffies; NONE while all that could are asleep, BOOT before there is one. */
#define TICK_DO_TIMER_NONE	-1
#define TICK_DO_TIMER_BOOT	-2
extern int tick_do_timer_cpu;
extern ktime_t tick_next_period;

/* clockevents.c */
void clockevents_switch_state(struct clock_event_device *dev, enum clock_event_state state);
int clockevents_program_event(struct clock_event_device *dev, ktime_t expires, bool force);
void clockevents_exchange_device(struct clock_event_device *old, struct clock_event_device *new);
void clockevents_handle_noop(struct clock_event_device *dev);
void clockevents_forget_cpu(unsigned int cpu, struct clock_event_device *dev);

/* tick-common.c */
void tick_check_new_device(struct clock_event_device *dev);
void tick_handle_periodic(struct clock_event_device *dev);
void tick_setup_periodic(struct clock_event_device *dev);

/* tick-sched.c */
int tick_program_event(ktime_t expires, bool force);
int tick_switch_to_hres(void);
int tick_check_hres_change(void);
void tick_setup_sched_timer(void);
void tick_oneshot_notify(void);
void tick_sched_cpu_dying(void);
void tick_sched_cpu_dead(unsigned int cpu);
#if IS_ENABLED(CONFIG_KUNIT)
int tick_counter_without(unsigned int dying_cpu, int counter);
ktime_t tick_next_on_grid(ktime_t grid, ktime_t now);
ktime_t tick_sched_expires(void);
#endif

/* timer.c */
u64 get_next_timer_interrupt(unsigned long basej, u64 basem);
void timer_clear_idle(void);

#endif /* _KERNEL_TIME_TICK_INTERNAL_H */
