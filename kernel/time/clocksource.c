// SPDX-License-Identifier: MIT
/*
 * The list of counters, and which one timekeeping reads.
 *
 * Drivers register counters as they find them; the best rated one wins, unless the command line
 * names another (clocksource=). A change is told to timekeeping at once and takes effect between
 * two readings.
 *
 * The arithmetic: ns = (cycles * mult) >> shift. A bigger shift is more exact, a smaller one
 * leaves more room before the product overflows; clocks_calc_mult_shift() takes the biggest shift
 * that leaves room for a given number of seconds.
 */
#include <linux/clocksource.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/tick.h>

#include "tick-internal.h"
#include "timekeeping_internal.h"

/* Guards the list, the choice and every field of a registered clocksource but its counter. */
DEFINE_RAW_SPINLOCK(clocksource_lock);
LIST_HEAD(clocksource_list);
static struct clocksource *curr_clocksource;
static char override_name[32];

/**
 * clocks_calc_mult_shift - factors that turn one clock's units into another's
 * @mult: result
 * @shift: result, 1 to 32
 * @from: Hz of the units given
 * @to: Hz of the units wanted
 * @maxsec: seconds that must be convertible in one go
 *
 * (from * maxsec) * mult must not reach 2^64: that leaves mult so many bits, and at most 32.
 */
void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 maxsec)
{
	unsigned int bits_taken = fls64((u64)maxsec * from);
	unsigned int bits_left = min(32u, 64 - bits_taken);
	unsigned int s;
	u64 m = 0;

	for (s = 32; s > 0; s--) {
		m = div_u64(((u64)to << s) + from / 2, from);
		if (m >> bits_left == 0)
			break;
	}
	*mult = m;
	*shift = s;
}
EXPORT_SYMBOL_GPL(clocks_calc_mult_shift);

/**
 * clocks_calc_max_nsecs - how long a counter may go unread
 * @mult: cycles to ns
 * @shift: see @mult
 * @maxadj: how much @mult may be steered
 * @mask: the counter's width
 * @max_cyc: result: the same in cycles, may be NULL
 *
 * Return: ns, half of what would just fit, as a margin.
 */
u64 clocks_calc_max_nsecs(u32 mult, u32 shift, u32 maxadj, u64 mask, u64 *max_cyc)
{
	u64 max_cycles = min(div_u64(ULLONG_MAX, mult + maxadj), mask);

	if (max_cyc)
		*max_cyc = max_cycles;
	return clocksource_cyc2ns(max_cycles, mult - maxadj, shift) >> 1;
}

/* An eleventh each way is what NTP may ever ask for. */
static u32 clocksource_max_adjustment(struct clocksource *cs)
{
	return (u32)div_u64((u64)cs->mult * 11, 100);
}

static void clocksource_update_limits(struct clocksource *cs)
{
	cs->maxadj = clocksource_max_adjustment(cs);
	while (cs->mult + cs->maxadj < cs->mult || cs->maxadj > cs->mult) {
		cs->mult >>= 1;
		cs->shift--;
		cs->maxadj = clocksource_max_adjustment(cs);
	}
	cs->max_idle_ns = clocks_calc_max_nsecs(cs->mult, cs->shift, cs->maxadj, cs->mask,
						&cs->max_cycles);
}

/**
 * __clocksource_update_freq_scale - compute mult and shift from a rate
 * @cs: the counter, unregistered or held by the caller
 * @scale: 1 if @freq is in Hz, 1000 if in kHz
 * @freq: 0 if mult and shift are right already
 *
 * They are made to hold for ten minutes, or for as long as the counter takes to wrap.
 */
void __clocksource_update_freq_scale(struct clocksource *cs, u32 scale, u32 freq)
{
	u64 sec;

	if (freq) {
		sec = clamp(div_u64(div_u64(cs->mask, freq), scale), 1ULL, 600ULL);
		clocks_calc_mult_shift(&cs->mult, &cs->shift, freq, NSEC_PER_SEC / scale,
				       sec * scale);
		cs->freq_khz = scale == 1000 ? freq : freq / 1000;
	}
	clocksource_update_limits(cs);
}
EXPORT_SYMBOL_GPL(__clocksource_update_freq_scale);

/* The list falls by rating; equals keep the order of registration. */
static void clocksource_enqueue(struct clocksource *cs)
{
	struct clocksource *other;
	struct list_head *after = &clocksource_list;

	list_for_each_entry(other, &clocksource_list, list) {
		if (other->rating < cs->rating)
			break;
		after = &other->list;
	}
	list_add(&cs->list, after);
}

static struct clocksource *clocksource_find_best(void)
{
	struct clocksource *cs;

	if (*override_name) {
		list_for_each_entry(cs, &clocksource_list, list)
			if (!strcmp(cs->name, override_name) &&
			    !(cs->flags & CLOCK_SOURCE_UNSTABLE))
				return cs;
	}
	return list_first_entry_or_null(&clocksource_list, struct clocksource, list);
}

/* clocksource_lock held. */
static void clocksource_select(void)
{
	struct clocksource *best = clocksource_find_best();

	if (!best || best == curr_clocksource)
		return;
	if (timekeeping_notify(best)) {
		pr_warn("clocksource: %s can't be enabled\n", best->name);
		return;
	}
	curr_clocksource = best;
}

/**
 * __clocksource_register_scale - offer a counter
 * @cs: filled in but for mult, shift and what follows from them
 * @scale: 1 if @freq is in Hz, 1000 if in kHz
 * @freq: rate; 0 if mult and shift are right already
 *
 * Context: any but NMI.
 * Return: 0.
 */
int __clocksource_register_scale(struct clocksource *cs, u32 scale, u32 freq)
{
	unsigned long flags;

	if (cs->mask == CLOCKSOURCE_MASK(64) || !cs->max_raw_delta)
		cs->max_raw_delta = cs->mask >> 1;
	__clocksource_update_freq_scale(cs, scale, freq);
	pr_info("clocksource: %s: mask: 0x%llx max_cycles: 0x%llx, max_idle_ns: %llu ns\n",
		cs->name, cs->mask, cs->max_cycles, cs->max_idle_ns);

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	cs->watch.by = NULL;
	clocksource_enqueue(cs);
	clocksource_select();
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
	if (cs->flags & CLOCK_SOURCE_MUST_VERIFY)
		clocksource_start_watchdog();
	return 0;
}
EXPORT_SYMBOL_GPL(__clocksource_register_scale);

/**
 * clocksource_change_rating - rate a registered counter anew
 * @cs: the counter
 * @rating: see struct clocksource
 */
void clocksource_change_rating(struct clocksource *cs, int rating)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	list_del(&cs->list);
	cs->rating = rating;
	clocksource_enqueue(cs);
	clocksource_select();
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
}
EXPORT_SYMBOL(clocksource_change_rating);

/* clocksource_lock is held. */
void __clocksource_mark_unstable(struct clocksource *cs)
{
	if (cs->flags & CLOCK_SOURCE_UNSTABLE)
		return;
	cs->flags &= ~(CLOCK_SOURCE_VALID_FOR_HRES | CLOCK_SOURCE_WATCHDOG);
	cs->flags |= CLOCK_SOURCE_UNSTABLE;
	if (cs->mark_unstable)
		cs->mark_unstable(cs);
	list_del(&cs->list);
	cs->rating = 0;
	clocksource_enqueue(cs);
	clocksource_select();
}

/**
 * clocksource_mark_unstable - its driver has found that a counter can't be trusted
 * @cs: the counter
 */
void clocksource_mark_unstable(struct clocksource *cs)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	__clocksource_mark_unstable(cs);
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
}

/**
 * clocksource_unregister - withdraw a counter
 * @cs: the counter
 *
 * Return: 0, or -EBUSY if it is in use and there is no other.
 */
int clocksource_unregister(struct clocksource *cs)
{
	unsigned long flags;
	int ret = 0;

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	list_del_init(&cs->list);
	clocksource_select();
	if (curr_clocksource == cs) {
		clocksource_enqueue(cs);
		ret = -EBUSY;
	}
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
	return ret;
}
EXPORT_SYMBOL(clocksource_unregister);

static int __init clocksource_override(char *name)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	strscpy(override_name, name, sizeof(override_name));
	clocksource_select();
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
	return 1;
}
__setup("clocksource=", clocksource_override);
