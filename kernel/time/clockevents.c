// SPDX-License-Identifier: MIT
/*
 * Event devices: registration, states, programming.
 *
 * A driver registers its alarm; tick-common.c decides whether a CPU adopts it. From then on the
 * owner programs absolute times, and this file turns them into device cycles within what the
 * device can do: an event too far away is programmed at the device's limit (the handler finds
 * nothing due and programs again), one that is past already is refused or, with force, made to
 * fire as soon as the device can.
 */
#include <linux/clockchips.h>

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include "tick-internal.h"

/* Guards the lists and the adoption of devices. */
static DEFINE_RAW_SPINLOCK(clockevents_lock);
static LIST_HEAD(clockevent_devices);
static LIST_HEAD(clockevents_released);

/**
 * clockevent_delta2ns - device cycles to nanoseconds
 * @latch: cycles
 * @evt: the device
 *
 * Return: ns, at least 1000.
 */
u64 clockevent_delta2ns(unsigned long latch, struct clock_event_device *evt)
{
	u64 ns;

	if (WARN_ON(!evt->mult))
		evt->mult = 1;
	/* latch << shift may need more than 64 bits: then the division comes first. */
	if (fls64(latch) + evt->shift < 64)
		ns = div_u64((u64)latch << evt->shift, evt->mult);
	else
		ns = div_u64(latch, evt->mult) << evt->shift;
	return clamp_t(u64, ns, 1000, KTIME_MAX);
}
EXPORT_SYMBOL_GPL(clockevent_delta2ns);

static int clockevents_call_state(struct clock_event_device *dev, enum clock_event_state state)
{
	int (*set)(struct clock_event_device *dev) = NULL;

	if (dev->features & CLOCK_EVT_FEAT_DUMMY)
		return 0;

	switch (state) {
	case CLOCK_EVT_STATE_DETACHED:
	case CLOCK_EVT_STATE_SHUTDOWN:
		set = dev->set_state_shutdown;
		break;
	case CLOCK_EVT_STATE_PERIODIC:
		if (!(dev->features & CLOCK_EVT_FEAT_PERIODIC))
			return -ENOSYS;
		set = dev->set_state_periodic;
		break;
	case CLOCK_EVT_STATE_ONESHOT:
		if (!(dev->features & CLOCK_EVT_FEAT_ONESHOT))
			return -ENOSYS;
		set = dev->set_state_oneshot;
		break;
	case CLOCK_EVT_STATE_ONESHOT_STOPPED:
		if (WARN_ON_ONCE(!clockevent_state_oneshot(dev)))
			return -EINVAL;
		if (!dev->set_state_oneshot_stopped)
			return -ENOSYS;
		set = dev->set_state_oneshot_stopped;
		break;
	}
	return set ? set(dev) : 0;
}

/**
 * clockevents_switch_state - bring a device into a state
 * @dev: the device
 * @state: the state
 *
 * Context: interrupts off, on a CPU of the device.
 */
void clockevents_switch_state(struct clock_event_device *dev, enum clock_event_state state)
{
	if (clockevent_get_state(dev) == state)
		return;
	if (clockevents_call_state(dev, state))
		return;
	dev->state_use_accessors = state;

	/* A device that counts nothing at all would divide by zero later. */
	if (clockevent_state_oneshot(dev) && WARN_ON(!dev->mult))
		dev->mult = 1;
}

/* As soon as the device can: min_delta, doubled until the device does not say "too late". */
static int clockevents_program_min_delta(struct clock_event_device *dev)
{
	unsigned long clc;
	u64 delta = dev->min_delta_ns;
	int tries;

	for (tries = 0; tries < 16; tries++) {
		dev->next_event = ktime_add_ns(ktime_get(), delta);
		if (clockevent_state_shutdown(dev))
			return 0;
		dev->retries++;
		clc = ((u64)delta * dev->mult) >> dev->shift;
		if (dev->set_next_event(clc, dev) == 0)
			return 0;
		delta = min(delta * 2, dev->max_delta_ns);
	}
	return -ETIME;
}

/**
 * clockevents_program_event - next interrupt at @expires
 * @dev: the device, in oneshot state
 * @expires: CLOCK_MONOTONIC
 * @force: if that is past, fire as soon as possible
 *
 * Context: interrupts off, on the device's CPU.
 * Return: 0, or -ETIME if @expires is past and @force is not set.
 */
int clockevents_program_event(struct clock_event_device *dev, ktime_t expires, bool force)
{
	unsigned long long clc;
	s64 delta;
	int ret;

	if (WARN_ON_ONCE(expires < 0))
		return -ETIME;

	dev->next_event = expires;
	if (clockevent_state_shutdown(dev))
		return 0;
	WARN_ONCE(!clockevent_state_oneshot(dev), "event device %s is in state %d\n", dev->name,
		  clockevent_get_state(dev));

	if (dev->features & CLOCK_EVT_FEAT_KTIME)
		return dev->set_next_ktime(expires, dev);

	delta = ktime_to_ns(ktime_sub(expires, ktime_get()));
	if (delta <= 0)
		return force ? clockevents_program_min_delta(dev) : -ETIME;

	delta = clamp_t(s64, delta, dev->min_delta_ns, dev->max_delta_ns);
	clc = mul_u64_u32_shr(delta, dev->mult, dev->shift);
	ret = dev->set_next_event((unsigned long)clc, dev);
	return ret && force ? clockevents_program_min_delta(dev) : ret;
}

/* A device that lost its CPU to a better one may suit another CPU. */
static void clockevents_offer_released(void)
{
	struct clock_event_device *dev;

	while (!list_empty(&clockevents_released)) {
		dev = list_first_entry(&clockevents_released, struct clock_event_device, list);
		list_move(&dev->list, &clockevent_devices);
		tick_check_new_device(dev);
	}
}

/**
 * clockevents_register_device - offer an event device to the CPUs in its mask
 * @dev: complete, with mult and shift
 *
 * Context: on one of these CPUs.
 */
void clockevents_register_device(struct clock_event_device *dev)
{
	unsigned long flags;

	dev->state_use_accessors = CLOCK_EVT_STATE_DETACHED;
	if (!dev->cpumask) {
		WARN_ON(num_possible_cpus() > 1);
		dev->cpumask = cpumask_of(smp_processor_id());
	}

	raw_spin_lock_irqsave(&clockevents_lock, flags);
	list_add(&dev->list, &clockevent_devices);
	tick_check_new_device(dev);
	clockevents_offer_released();
	raw_spin_unlock_irqrestore(&clockevents_lock, flags);
}
EXPORT_SYMBOL_GPL(clockevents_register_device);

static void clockevents_config(struct clock_event_device *dev, u32 freq)
{
	u64 sec;

	if (!(dev->features & CLOCK_EVT_FEAT_ONESHOT))
		return;
	/* Ten minutes of range will do, however wide the counter is. */
	sec = clamp_t(u64, div_u64(dev->max_delta_ticks, freq), 1, 600);
	clockevents_calc_mult_shift(dev, freq, sec);
	dev->min_delta_ns = clockevent_delta2ns(dev->min_delta_ticks, dev);
	dev->max_delta_ns = clockevent_delta2ns(dev->max_delta_ticks, dev);
}

/**
 * clockevents_config_and_register - clockevents_register_device(), computing the factors
 * @dev: the device
 * @freq: Hz
 * @min_delta: fewest cycles that can be programmed
 * @max_delta: most
 */
void clockevents_config_and_register(struct clock_event_device *dev, u32 freq,
				     unsigned long min_delta, unsigned long max_delta)
{
	dev->min_delta_ticks = min_delta;
	dev->max_delta_ticks = max_delta;
	clockevents_config(dev, freq);
	clockevents_register_device(dev);
}
EXPORT_SYMBOL_GPL(clockevents_config_and_register);

/* The handler of a device that nobody uses. */
void clockevents_handle_noop(struct clock_event_device *dev)
{
}

/**
 * clockevents_exchange_device - one device takes over from another
 * @old: released, or NULL
 * @new: shut down and ready, or NULL
 *
 * Context: clockevents_lock held, interrupts off.
 */
void clockevents_exchange_device(struct clock_event_device *old, struct clock_event_device *new)
{
	if (old) {
		clockevents_switch_state(old, CLOCK_EVT_STATE_DETACHED);
		list_move(&old->list, &clockevents_released);
	}
	if (new) {
		BUG_ON(!clockevent_state_detached(new));
		clockevents_switch_state(new, CLOCK_EVT_STATE_SHUTDOWN);
	}
}

/**
 * clockevents_forget_cpu - drop the devices of a CPU that is dead
 * @cpu: the CPU
 * @dev: the device that it used, or NULL
 */
void clockevents_forget_cpu(unsigned int cpu, struct clock_event_device *dev)
{
	struct clock_event_device *d, *n;
	unsigned long flags;

	raw_spin_lock_irqsave(&clockevents_lock, flags);
	if (dev) {
		/* The hardware stopped with its CPU: only the state is left to change. */
		dev->state_use_accessors = CLOCK_EVT_STATE_DETACHED;
		dev->event_handler = clockevents_handle_noop;
		if (!(dev->features & CLOCK_EVT_FEAT_PERCPU) &&
		    cpumask_weight(dev->cpumask) > 1)
			list_move(&dev->list, &clockevents_released);
	}
	list_for_each_entry_safe(d, n, &clockevent_devices, list) {
		if (cpumask_equal(d->cpumask, cpumask_of(cpu)) && clockevent_state_detached(d))
			list_del(&d->list);
	}
	raw_spin_unlock_irqrestore(&clockevents_lock, flags);
}
