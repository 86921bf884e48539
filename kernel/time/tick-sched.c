// SPDX-License-Identifier: MIT
/*
 * The tick as an hrtimer, and stopping it while a CPU idles.
 *
 * A busy CPU gets an interrupt each TICK_NSEC: it counts jiffies (one CPU does), charges the
 * running task, expires wheel timers. An idle CPU needs none of it. Before it halts it works out
 * when the next timer of any kind is due and programs that instead:
 *
 *	tick_nohz_idle_enter()		from here on idle time is accounted
 *	  tick_nohz_idle_stop_tick()	irqs off, right before the halt; again after each interrupt
 *	    halt
 *	    tick_irq_enter()		an interrupt: jiffies catch up before any handler reads them
 *	tick_nohz_idle_exit()		the tick goes on, on the grid it left
 *
 * Counting jiffies: the CPU that does it drops the duty (TICK_DO_TIMER_NONE) when it stops its
 * tick, and the next CPU that ticks picks it up. When all sleep jiffies stand still; the first one
 * to wake makes them up in tick_do_update_jiffies64().
 *
 *	CPU 0 (counts)			CPU 1 (busy)
 *	stop: tick_do_timer_cpu = NONE
 *					tick: NONE -> 1, counts what was missed
 *	wakes: sees jiffies current
 *
 * Two CPUs may pick the duty up at once: the last store wins, and jiffies_lock with the check of
 * tick_next_period makes the double count impossible.
 *
 * Why no CPU sleeps through a timer of its own: interrupts are off from the look at the timers to
 * the halt, and each round of the idle loop looks again. hrtimers are queued by the CPU itself
 * and program the device. A wheel timer may come from another CPU:
 *
 *	this CPU, going to sleep		another one
 *	lock wheel
 *	next = first timer, is_idle = true
 *	unlock					lock wheel, add an earlier timer
 *	program the device for next		is_idle: set NEED_RESCHED; interrupt, unless polling
 *	clear POLLING				unlock
 *	NEED_RESCHED? then don't halt
 *	halt: a pending interrupt ends it
 *
 * If the other one locks first, next is its timer. An idle loop that can't stop the tick restarts
 * it. So one that halts has its tick on, or has just looked.
 */
#include <linux/tick.h>

#include <kunit/visibility.h>
#include <linux/clockchips.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/math64.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/sched/loadavg.h>
#include <linux/sched/nohz.h>
#include <linux/sched/stat.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/timekeeping.h>

#include <asm/irq_regs.h>
#include <asm/ptrace.h>

#include "tick-internal.h"
#include "timekeeping_internal.h"

/*
 * When the counting CPU is late by so many ticks (a guest's may be off its host CPU), any other
 * one counts.
 */
#define STALLED_TICKS	5

/**
 * struct tick_sched - the tick of one CPU
 * @sched_timer: the tick
 * @check_clocks: bit 0: clock or device changed, see whether high resolution is possible now
 * @hres: @sched_timer is in use
 * @inidle: between idle_enter and idle_exit
 * @tick_stopped: @sched_timer is off, or set for the next real event
 * @idle_active: idle time is running
 * @do_timer_last: this CPU was the last to count jiffies
 * @last_tick: when the tick would have been due as it was stopped
 * @idle_entrytime: when @idle_active was set
 * @idle_sleeptime: sum of idle time in which nobody waited for I/O, with @idle_seq
 * @iowait_sleeptime: sum of the rest, with @idle_seq
 * @idle_seq: for readers on other CPUs
 * @idle_jiffies: jiffies as the tick was stopped
 * @idle_sleeps: how often idling stopped the tick
 *
 * Changed by the CPU itself with interrupts off.
 */
struct tick_sched {
	struct hrtimer sched_timer;
	unsigned long check_clocks;
	bool hres;
	bool inidle;
	bool tick_stopped;
	bool idle_active;
	bool do_timer_last;
	ktime_t last_tick;
	ktime_t idle_entrytime;
	ktime_t idle_sleeptime;
	ktime_t iowait_sleeptime;
	seqcount_t idle_seq;
	unsigned long idle_jiffies;
	unsigned long idle_sleeps;
};

static DEFINE_PER_CPU(struct tick_sched, tick_cpu_sched);

bool tick_nohz_enabled __read_mostly = true;

static int __init setup_tick_nohz(char *str)
{
	return kstrtobool(str, &tick_nohz_enabled) == 0;
}
__setup("nohz=", setup_tick_nohz);

/* ---- the event device in oneshot use ---- */

/**
 * tick_program_event - program this CPU's device
 * @expires: CLOCK_MONOTONIC, KTIME_MAX for nothing
 * @force: if that is past, fire as soon as possible
 *
 * Context: interrupts off.
 * Return: 0, or -ETIME if @expires is past and @force is not set.
 */
int tick_program_event(ktime_t expires, bool force)
{
	struct clock_event_device *dev = __this_cpu_read(tick_cpu_device.evtdev);

	if (!dev)
		return 0;
	if (expires == KTIME_MAX) {
		clockevents_switch_state(dev, CLOCK_EVT_STATE_ONESHOT_STOPPED);
		dev->next_event = KTIME_MAX;
		return 0;
	}
	if (clockevent_state_oneshot_stopped(dev))
		clockevents_switch_state(dev, CLOCK_EVT_STATE_ONESHOT);
	return clockevents_program_event(dev, expires, force);
}

/**
 * tick_switch_to_hres - this CPU's device belongs to hrtimers from now on
 *
 * Context: interrupts off.
 * Return: 0; -EINVAL without a device that can be told when to fire.
 */
int tick_switch_to_hres(void)
{
	struct tick_device *td = this_cpu_ptr(&tick_cpu_device);
	struct clock_event_device *dev = td->evtdev;

	if (!dev || !(dev->features & CLOCK_EVT_FEAT_ONESHOT))
		return -EINVAL;
	td->mode = TICKDEV_MODE_ONESHOT;
	dev->event_handler = hrtimer_interrupt;
	clockevents_switch_state(dev, CLOCK_EVT_STATE_ONESHOT);
	return 0;
}

/**
 * tick_clock_notify - all CPUs are to see whether the new clock allows high resolution
 *
 * Context: any.
 */
void tick_clock_notify(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		set_bit(0, &per_cpu(tick_cpu_sched, cpu).check_clocks);
}

/* This CPU has a new device. */
void tick_oneshot_notify(void)
{
	set_bit(0, &this_cpu_ptr(&tick_cpu_sched)->check_clocks);
}

/** tick_check_hres_change - has high resolution mode become possible? From the periodic tick. */
int tick_check_hres_change(void)
{
	struct tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

	if (ts->hres || !test_and_clear_bit(0, &ts->check_clocks))
		return 0;
	return timekeeping_valid_for_hres() && tick_is_oneshot_available();
}

/* ---- jiffies ---- */

/* Count the ticks that are due at @now. Interrupts off. */
static void tick_do_update_jiffies64(ktime_t now)
{
	u64 ticks;

	/*
	 * The quick look: partner is the release below, so that who sees it current sees jiffies.
	 */
	if (ktime_before(now, smp_load_acquire(&tick_next_period)))
		return;

	raw_spin_lock(&jiffies_lock);
	if (ktime_before(now, tick_next_period)) {
		raw_spin_unlock(&jiffies_lock);
		return;
	}
	ticks = 1 + ktime_divns(ktime_sub(now, tick_next_period), TICK_NSEC);
	write_seqcount_begin(&jiffies_seq);
	WRITE_ONCE(jiffies_64, jiffies_64 + ticks);
	smp_store_release(&tick_next_period, ktime_add_ns(tick_next_period, TICK_NSEC * ticks));
	write_seqcount_end(&jiffies_seq);
	calc_global_load();
	raw_spin_unlock(&jiffies_lock);
	update_wall_time();
}

static void tick_sched_do_timer(int cpu, ktime_t now)
{
	int counter = READ_ONCE(tick_do_timer_cpu);

	if (counter == TICK_DO_TIMER_NONE) {
		WRITE_ONCE(tick_do_timer_cpu, cpu);
		counter = cpu;
	}
	if (counter == cpu ||
	    ktime_after(now, ktime_add_ns(READ_ONCE(tick_next_period), STALLED_TICKS * TICK_NSEC)))
		tick_do_update_jiffies64(now);
}

/* ---- the tick ---- */

static enum hrtimer_restart tick_sched_timer(struct hrtimer *timer)
{
	struct tick_sched *ts = container_of(timer, struct tick_sched, sched_timer);
	struct pt_regs *regs = get_irq_regs();
	ktime_t now = ktime_get();

	tick_sched_do_timer(smp_processor_id(), now);
	update_process_times(regs && user_mode(regs));

	/* Stopped: the idle loop decides about the next one. */
	if (ts->tick_stopped)
		return HRTIMER_NORESTART;
	hrtimer_forward(timer, now, TICK_NSEC);
	return HRTIMER_RESTART;
}

/*
 * The first moment after @now on the grid of ticks, of which @grid is a moment: in the past, or the
 * next one. Counting begins at @grid and not a tick before it: ahead of the first tick of all that
 * is a negative time, and ktime_add_safe() takes a sum with one for an overflow.
 */
VISIBLE_IF_KUNIT ktime_t tick_next_on_grid(ktime_t grid, ktime_t now)
{
	if (ktime_before(now, grid))
		return grid;
	return ktime_add_ns(grid, TICK_NSEC * (1 + ktime_divns(ktime_sub(now, grid), TICK_NSEC)));
}

static void tick_start_on_grid(struct tick_sched *ts, ktime_t grid, ktime_t now)
{
	hrtimer_start(&ts->sched_timer, tick_next_on_grid(grid, now), HRTIMER_MODE_ABS_PINNED_HARD);
}

/** tick_setup_sched_timer - start the tick as an hrtimer on this CPU. Interrupts off. */
void tick_setup_sched_timer(void)
{
	struct tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

	hrtimer_setup(&ts->sched_timer, tick_sched_timer, CLOCK_MONOTONIC,
		      HRTIMER_MODE_ABS_PINNED_HARD);
	tick_start_on_grid(ts, READ_ONCE(tick_next_period), ktime_get());
	ts->hres = true;
}

#ifdef CONFIG_KUNIT
/** tick_sched_expires - when this CPU's tick comes. Interrupts off. Return: KTIME_MAX if never */
ktime_t tick_sched_expires(void)
{
	struct hrtimer *timer = this_cpu_ptr(&tick_cpu_sched.sched_timer);

	return hrtimer_is_queued(timer) ? hrtimer_get_expires(timer) : KTIME_MAX;
}
#endif

/* ---- idle time ---- */

static void tick_nohz_start_idle(struct tick_sched *ts)
{
	write_seqcount_begin(&ts->idle_seq);
	ts->idle_entrytime = ktime_get();
	ts->idle_active = true;
	write_seqcount_end(&ts->idle_seq);
}

/*
 * Which sum the idle time of now belongs to: a task that waits for I/O may come and go while the
 * CPU sleeps.
 */
static ktime_t *idle_sum(struct tick_sched *ts, int cpu)
{
	return nr_iowait_cpu(cpu) ? &ts->iowait_sleeptime : &ts->idle_sleeptime;
}

static void tick_nohz_stop_idle(struct tick_sched *ts, ktime_t now)
{
	ktime_t delta, *sum;

	if (WARN_ON_ONCE(!ts->idle_active))
		return;
	delta = ktime_sub(now, ts->idle_entrytime);
	sum = idle_sum(ts, smp_processor_id());
	write_seqcount_begin(&ts->idle_seq);
	*sum = ktime_add(*sum, delta);
	ts->idle_entrytime = now;
	ts->idle_active = false;
	write_seqcount_end(&ts->idle_seq);
}

/*
 * One of a CPU's two sums, with the idle time that runs if it is going there. us; -1: not measured.
 */
static u64 idle_time_us(int cpu, u64 *last_update_time, bool iowait)
{
	struct tick_sched *ts = &per_cpu(tick_cpu_sched, cpu);
	const ktime_t *sum = iowait ? &ts->iowait_sleeptime : &ts->idle_sleeptime;
	unsigned int seq;
	ktime_t now, idle;

	if (!tick_nohz_enabled)
		return -1;
	now = ktime_get();
	if (last_update_time)
		*last_update_time = ktime_to_us(now);
	do {
		seq = read_seqcount_begin(&ts->idle_seq);
		idle = *sum;
		if (ts->idle_active && idle_sum(ts, cpu) == sum &&
		    ktime_after(now, ts->idle_entrytime))
			idle = ktime_add(idle, ktime_sub(now, ts->idle_entrytime));
	} while (read_seqcount_retry(&ts->idle_seq, seq));
	return ktime_to_us(idle);
}

/**
 * get_cpu_idle_time_us - how long a CPU has idled while nobody waited for I/O
 * @cpu: the CPU
 * @last_update_time: result, may be NULL: now, in us
 *
 * It counts a sleep that still goes on, which the ticks' count (kcpustat_cpu()) does only when it
 * is over.
 *
 * Return: us since boot; -1 if idle time is not measured (nohz=off).
 */
u64 get_cpu_idle_time_us(int cpu, u64 *last_update_time)
{
	return idle_time_us(cpu, last_update_time, false);
}
EXPORT_SYMBOL_GPL(get_cpu_idle_time_us);

/**
 * get_cpu_iowait_time_us - how long a CPU has idled while somebody waited for I/O
 * @cpu: the CPU
 * @last_update_time: as for get_cpu_idle_time_us()
 *
 * Return: us; as get_cpu_idle_time_us().
 */
u64 get_cpu_iowait_time_us(int cpu, u64 *last_update_time)
{
	return idle_time_us(cpu, last_update_time, true);
}
EXPORT_SYMBOL_GPL(get_cpu_iowait_time_us);

/* ---- stopping the tick ---- */

static bool can_stop_idle_tick(struct tick_sched *ts)
{
	return tick_nohz_enabled && ts->hres && cpu_online(smp_processor_id()) &&
	       !need_resched() && !local_softirq_pending();
}

/*
 * The time of the next event that this CPU must be awake for. @basemono is the last tick's time,
 * to which wheel timers relate.
 */
static ktime_t tick_nohz_next_event(struct tick_sched *ts, ktime_t *basemono)
{
	int cpu = smp_processor_id();
	int counter = READ_ONCE(tick_do_timer_cpu);
	unsigned long basejiff;
	unsigned int seq;
	ktime_t limit, next;

	do {
		seq = read_seqcount_begin(&jiffies_seq);
		*basemono = ktime_sub(tick_next_period, TICK_NSEC);
		basejiff = jiffies;
	} while (read_seqcount_retry(&jiffies_seq, seq));

	if (rcu_needs_cpu() || irq_work_needs_cpu())
		return ktime_add_ns(*basemono, TICK_NSEC);

	next = get_next_timer_interrupt(basejiff, *basemono);
	/* Whoever counted last sees to it that the clock's point does not fall too far behind. */
	if (counter == cpu || (counter == TICK_DO_TIMER_NONE && ts->do_timer_last)) {
		limit = ktime_add_safe(*basemono, timekeeping_max_deferment());
		next = min(next, limit);
	}
	return next;
}

static void tick_nohz_drop_duty(struct tick_sched *ts, int cpu)
{
	int counter = READ_ONCE(tick_do_timer_cpu);

	if (counter == cpu) {
		WRITE_ONCE(tick_do_timer_cpu, TICK_DO_TIMER_NONE);
		ts->do_timer_last = true;
	} else if (counter != TICK_DO_TIMER_NONE) {
		ts->do_timer_last = false;
	}
}

static void tick_nohz_stop_tick(struct tick_sched *ts, ktime_t next)
{
	int cpu = smp_processor_id();

	tick_nohz_drop_duty(ts, cpu);
	if (!ts->tick_stopped) {
		ts->last_tick = hrtimer_get_expires(&ts->sched_timer);
		ts->idle_jiffies = jiffies;
		ts->tick_stopped = true;
		ts->idle_sleeps++;
		nohz_balance_enter_idle(cpu);
	}

	if (next == KTIME_MAX)
		hrtimer_cancel(&ts->sched_timer);
	else
		hrtimer_start(&ts->sched_timer, next, HRTIMER_MODE_ABS_PINNED_HARD);
}

/* The tick, stopped before, goes on, on the grid that it was on. */
static void tick_nohz_restart_sched_tick(struct tick_sched *ts, ktime_t now)
{
	tick_do_update_jiffies64(now);
	account_idle_ticks(jiffies - ts->idle_jiffies);
	timer_clear_idle();
	ts->tick_stopped = false;
	tick_start_on_grid(ts, ts->last_tick, now);
}

/** tick_nohz_idle_restart_tick - the idle loop wants its tick back. Interrupts off. */
void tick_nohz_idle_restart_tick(void)
{
	struct tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

	if (ts->tick_stopped)
		tick_nohz_restart_sched_tick(ts, ktime_get());
}

/**
 * tick_nohz_idle_stop_tick - the CPU is about to halt: no tick until something is due
 *
 * Context: idle task, interrupts off, inside idle_enter/idle_exit.
 */
void tick_nohz_idle_stop_tick(void)
{
	struct tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
	ktime_t next, basemono;

	/*
	 * A tick that was stopped before may have fired since, and is off for good. The softirq
	 * that keeps us from stopping may have nobody but the tick to run it (no ksoftirqd yet).
	 */
	if (!can_stop_idle_tick(ts)) {
		tick_nohz_idle_restart_tick();
		return;
	}
	next = tick_nohz_next_event(ts, &basemono);
	/* Due at the next tick anyway: leave it, unless it is stopped already. */
	if (!ts->tick_stopped && next <= ktime_add_ns(basemono, TICK_NSEC)) {
		timer_clear_idle();
		return;
	}
	tick_nohz_stop_tick(ts, next);
}

/**
 * tick_nohz_idle_enter - the idle task begins to wait
 *
 * Context: idle task, interrupts on.
 */
void tick_nohz_idle_enter(void)
{
	struct tick_sched *ts;

	local_irq_disable();
	ts = this_cpu_ptr(&tick_cpu_sched);
	WARN_ON_ONCE(ts->inidle);
	ts->inidle = true;
	tick_nohz_start_idle(ts);
	local_irq_enable();
}

/**
 * tick_nohz_irq_exit - an interrupt of the idle loop is over
 *
 * Context: hard irq exit, interrupts off.
 */
void tick_nohz_irq_exit(void)
{
	struct tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

	if (ts->inidle && !ts->idle_active)
		tick_nohz_start_idle(ts);
}

/**
 * tick_irq_enter - an interrupt hit the idle loop
 *
 * Handlers must find current jiffies.
 * Context: hard irq entry, interrupts off.
 */
void tick_irq_enter(void)
{
	struct tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);
	ktime_t now;

	if (!ts->idle_active && !ts->tick_stopped)
		return;
	now = ktime_get();
	if (ts->idle_active)
		tick_nohz_stop_idle(ts, now);
	if (ts->tick_stopped)
		tick_do_update_jiffies64(now);
}

/**
 * tick_nohz_idle_exit - the idle task ends waiting
 *
 * Context: idle task, interrupts on.
 */
void tick_nohz_idle_exit(void)
{
	struct tick_sched *ts;
	ktime_t now;

	local_irq_disable();
	ts = this_cpu_ptr(&tick_cpu_sched);
	WARN_ON_ONCE(!ts->inidle);
	ts->inidle = false;
	if (ts->idle_active || ts->tick_stopped) {
		now = ktime_get();
		if (ts->idle_active)
			tick_nohz_stop_idle(ts, now);
		if (ts->tick_stopped)
			tick_nohz_restart_sched_tick(ts, now);
	}
	local_irq_enable();
}

/**
 * tick_nohz_tick_stopped - is this CPU's tick off?
 *
 * Context: preemption off.
 */
bool tick_nohz_tick_stopped(void)
{
	return __this_cpu_read(tick_cpu_sched.tick_stopped);
}

/**
 * tick_nohz_tick_stopped_cpu - is a CPU's tick off?
 * @cpu: the CPU
 *
 * Context: any; it may be old news.
 */
bool tick_nohz_tick_stopped_cpu(int cpu)
{
	return READ_ONCE(per_cpu(tick_cpu_sched, cpu).tick_stopped);
}

/** tick_nohz_get_next_hrtimer - what this CPU's device is programmed for */
ktime_t tick_nohz_get_next_hrtimer(void)
{
	struct clock_event_device *dev = __this_cpu_read(tick_cpu_device.evtdev);

	return dev ? dev->next_event : KTIME_MAX;
}

/** tick_sched_cpu_dying - this CPU ticks no more. Interrupts off. */
void tick_sched_cpu_dying(void)
{
	struct tick_sched *ts = this_cpu_ptr(&tick_cpu_sched);

	if (!ts->hres)
		return;
	hrtimer_cancel(&ts->sched_timer);
	ts->hres = false;
}

/** tick_sched_cpu_dead - forget a dead CPU's tick; its sums of idle time stay */
void tick_sched_cpu_dead(unsigned int cpu)
{
	struct tick_sched *ts = &per_cpu(tick_cpu_sched, cpu);

	ts->inidle = false;
	ts->tick_stopped = false;
	ts->idle_active = false;
	ts->do_timer_last = false;
	/* The timer was pinned to the CPU, whose queues are empty now. */
	memset(&ts->sched_timer, 0, sizeof(ts->sched_timer));
}
