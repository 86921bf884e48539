/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TICK_H
#define _LINUX_TICK_H

/*
 * The scheduler's tick, and stopping it.
 *
 * The idle loop brackets sleep with tick_nohz_idle_enter() and tick_nohz_idle_exit(); between
 * them it calls tick_nohz_idle_stop_tick() with interrupts off just before it halts, and
 * tick_nohz_irq_exit() runs at the end of each interrupt that did not wake anybody.
 */

#include <linux/clockchips.h>
#include <linux/cpumask.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/types.h>

void tick_init(void);
int tick_cpu_dying(unsigned int dying_cpu);
void tick_assert_timekeeping_handover(void);
void tick_cleanup_dead_cpu(int cpu);
void tick_shutdown(unsigned int cpu);
void tick_irq_enter(void);
bool tick_is_oneshot_available(void);
ktime_t tick_next_event(int cpu);
void tick_clock_notify(void);

/* idle_enter .. idle_exit bracket the idle task's sleep. */
void tick_nohz_idle_enter(void);
void tick_nohz_idle_exit(void);
void tick_nohz_idle_stop_tick(void);
void tick_nohz_idle_restart_tick(void);
void tick_nohz_irq_exit(void);
bool tick_nohz_tick_stopped(void);
bool tick_nohz_tick_stopped_cpu(int cpu);
ktime_t tick_nohz_get_next_hrtimer(void);
u64 get_cpu_idle_time_us(int cpu, u64 *last_update_time);
u64 get_cpu_iowait_time_us(int cpu, u64 *last_update_time);

extern bool tick_nohz_enabled;

/* A CPU with the tick stopped was given something to do: make it look. */
void wake_up_nohz_cpu(int cpu);

/** tick_nohz_task_switch - another task runs; busy CPUs tick in any case */
static inline void tick_nohz_task_switch(void) { }

/** tick_nohz_full_enabled - is there a busy CPU that may do without its tick? */
static inline bool tick_nohz_full_enabled(void) { return false; }

/** tick_nohz_full_cpu - may this busy CPU do without its tick? */
static inline bool tick_nohz_full_cpu(int cpu) { return cpu < 0; }

#endif /* _LINUX_TICK_H */
