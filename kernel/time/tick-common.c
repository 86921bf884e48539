// SPDX-License-Identifier: MIT
/*
 * Which event device gives a CPU its tick, and the periodic tick of early boot.
 *
 * A CPU starts with a periodic tick: from a device that can do that, or from a oneshot device
 * programmed anew each time. Once the clock is fit for it (see tick_check_hres_change()) the CPU
 * moves to high resolution mode: the device is programmed for the next hrtimer, and the tick is
 * just one of these (tick-sched.c).
 *
 * One CPU, tick_do_timer_cpu, counts jiffies and moves the clock's point for all.
 */
#include <linux/tick.h>

#include <kunit/visibility.h>
#include <linux/clockchips.h>
#include <linux/cpu.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/loadavg.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <linux/timekeeping.h>

#include <asm/irq_regs.h>
#include <asm/ptrace.h>

#include "tick-internal.h"
#include "timekeeping_internal.h"

DEFINE_PER_CPU(struct tick_device, tick_cpu_device);

/* When the next jiffy is due; written under jiffies_lock and in the count, by the counting CPU. */
ktime_t tick_next_period;
int tick_do_timer_cpu __read_mostly = TICK_DO_TIMER_BOOT;

/** tick_init - nothing to prepare: per-CPU state is zeroed and devices bring their own */
void __init tick_init(void)
{
}

/** tick_is_oneshot_available - can this CPU's device be programmed per event? */
bool tick_is_oneshot_available(void)
{
	struct clock_event_device *dev = __this_cpu_read(tick_cpu_device.evtdev);

	return dev && (dev->features & CLOCK_EVT_FEAT_ONESHOT);
}

/**
 * tick_next_event - what a CPU's event device was last programmed for
 * @cpu: any
 *
 * Context: any; a snapshot, for a report about a CPU that seems dead.
 * Return: CLOCK_MONOTONIC, KTIME_MAX if nothing is programmed or there is no device.
 */
ktime_t tick_next_event(int cpu)
{
	struct clock_event_device *dev = READ_ONCE(per_cpu(tick_cpu_device, cpu).evtdev);

	return dev ? READ_ONCE(dev->next_event) : KTIME_MAX;
}

/* ---- the periodic tick ---- */

static bool tick_hit_user_mode(void)
{
	struct pt_regs *regs = get_irq_regs();

	return regs && user_mode(regs);
}

static void tick_periodic(int cpu)
{
	if (READ_ONCE(tick_do_timer_cpu) == cpu) {
		raw_spin_lock(&jiffies_lock);
		write_seqcount_begin(&jiffies_seq);
		tick_next_period = ktime_add_ns(tick_next_period, TICK_NSEC);
		jiffies_64 += 1;
		write_seqcount_end(&jiffies_seq);
		calc_global_load();
		raw_spin_unlock(&jiffies_lock);
		update_wall_time();
	}
	update_process_times(tick_hit_user_mode());
}

/**
 * tick_handle_periodic - event handler of a device in periodic use
 * @dev: this CPU's device
 *
 * Context: hard irq.
 */
void tick_handle_periodic(struct clock_event_device *dev)
{
	int cpu = smp_processor_id();
	ktime_t next = dev->next_event;

	tick_periodic(cpu);
	/* It may have switched to high resolution mode just now. */
	if (dev->event_handler != tick_handle_periodic)
		return;
	if (!clockevent_state_oneshot(dev))
		return;
	for (;;) {
		next = ktime_add_ns(next, TICK_NSEC);
		if (!clockevents_program_event(dev, next, false))
			return;
		/*
		 * Late by a whole tick. With a real clock the missed ones are counted here; the
		 * jiffies clock would never catch up with itself.
		 */
		if (timekeeping_valid_for_hres())
			tick_periodic(cpu);
		else
			next = ktime_get();
	}
}

/** tick_setup_periodic - start a device ticking */
void tick_setup_periodic(struct clock_event_device *dev)
{
	ktime_t next;
	unsigned int seq;

	dev->event_handler = tick_handle_periodic;
	if (dev->features & CLOCK_EVT_FEAT_PERIODIC) {
		clockevents_switch_state(dev, CLOCK_EVT_STATE_PERIODIC);
		return;
	}

	do {
		seq = read_seqcount_begin(&jiffies_seq);
		next = tick_next_period;
	} while (read_seqcount_retry(&jiffies_seq, seq));

	clockevents_switch_state(dev, CLOCK_EVT_STATE_ONESHOT);
	while (clockevents_program_event(dev, next, false))
		next = ktime_add_ns(next, TICK_NSEC);
}

/* ---- choosing the device ---- */

static void tick_setup_device(struct tick_device *td, struct clock_event_device *newdev, int cpu)
{
	void (*handler)(struct clock_event_device *) = NULL;
	ktime_t next_event = 0;

	if (!td->evtdev) {
		/* The first CPU to have a tick counts jiffies. */
		if (READ_ONCE(tick_do_timer_cpu) == TICK_DO_TIMER_BOOT) {
			WRITE_ONCE(tick_do_timer_cpu, cpu);
			tick_next_period = ktime_get();
		}
		td->mode = TICKDEV_MODE_PERIODIC;
	} else {
		handler = td->evtdev->event_handler;
		next_event = td->evtdev->next_event;
		td->evtdev->event_handler = clockevents_handle_noop;
	}

	td->evtdev = newdev;
	if (td->mode == TICKDEV_MODE_PERIODIC) {
		tick_setup_periodic(newdev);
	} else {
		newdev->event_handler = handler;
		clockevents_switch_state(newdev, CLOCK_EVT_STATE_ONESHOT);
		clockevents_program_event(newdev, next_event, true);
	}
}

/* A local device beats a shared one; a oneshot one beats one that isn't; then the rating. */
static bool tick_device_better(struct clock_event_device *old, struct clock_event_device *new,
			       int cpu)
{
	bool new_local = cpumask_equal(new->cpumask, cpumask_of(cpu));
	bool old_local = old && cpumask_equal(old->cpumask, cpumask_of(cpu));

	if (!cpumask_test_cpu(cpu, new->cpumask))
		return false;
	/* A shared device whose interrupt stays elsewhere is of no use here. */
	if (!new_local && cpumask_weight(new->cpumask) > 1 && cpu != 0)
		return false;
	if (!old)
		return true;
	if (new_local != old_local)
		return new_local;
	if ((old->features ^ new->features) & CLOCK_EVT_FEAT_ONESHOT)
		return new->features & CLOCK_EVT_FEAT_ONESHOT;
	return new->rating > old->rating;
}

/**
 * tick_check_new_device - should this CPU adopt a device?
 * @newdev: the device
 *
 * Context: clockevents_lock held, interrupts off.
 */
void tick_check_new_device(struct clock_event_device *newdev)
{
	int cpu = smp_processor_id();
	struct tick_device *td = this_cpu_ptr(&tick_cpu_device);

	if (!tick_device_better(td->evtdev, newdev, cpu))
		return;
	clockevents_exchange_device(td->evtdev, newdev);
	tick_setup_device(td, newdev, cpu);
	if (newdev->features & CLOCK_EVT_FEAT_ONESHOT)
		tick_oneshot_notify();
}

/* ---- CPUs that go ---- */

/*
 * Who counts jiffies when a CPU is gone, if @counter does now. If nobody does, it may be the dying
 * one that did so last and has to wake before the clock's counter is too far ahead
 * (tick_nohz_next_event()): so another one begins. All are awake, with their ticks on, and whoever
 * counts sees to the counter when it sleeps.
 */
VISIBLE_IF_KUNIT int tick_counter_without(unsigned int dying_cpu, int counter)
{
	if (counter != TICK_DO_TIMER_NONE && counter != (int)dying_cpu)
		return counter;
	return cpumask_any_but(cpu_online_mask, dying_cpu);
}

/**
 * tick_cpu_dying - hand the counting of jiffies on, and stop ticking
 * @dying_cpu: this CPU
 *
 * Context: the dying CPU in stop_machine(), interrupts off; the others stand still.
 * Return: 0.
 */
int tick_cpu_dying(unsigned int dying_cpu)
{
	int counter = READ_ONCE(tick_do_timer_cpu);

	WRITE_ONCE(tick_do_timer_cpu, tick_counter_without(dying_cpu, counter));
	tick_sched_cpu_dying();
	return 0;
}

/**
 * tick_assert_timekeeping_handover - complain if a CPU that goes still keeps the time
 *
 * Context: the dying CPU.
 */
void tick_assert_timekeeping_handover(void)
{
	WARN_ON_ONCE(READ_ONCE(tick_do_timer_cpu) == smp_processor_id());
}

/**
 * tick_shutdown - a CPU is dead: forget its tick device
 * @cpu: the CPU
 */
void tick_shutdown(unsigned int cpu)
{
	struct tick_device *td = &per_cpu(tick_cpu_device, cpu);
	struct clock_event_device *dev = td->evtdev;

	td->mode = TICKDEV_MODE_PERIODIC;
	td->evtdev = NULL;
	clockevents_forget_cpu(cpu, dev);
}

/**
 * tick_cleanup_dead_cpu - the CPU is dead: forget all about its tick
 * @cpu: the CPU
 *
 * Context: on another CPU.
 */
void tick_cleanup_dead_cpu(int cpu)
{
	tick_shutdown(cpu);
	tick_sched_cpu_dead(cpu);
}
