// SPDX-License-Identifier: MIT
/*
 * Watching counters that may go wrong.
 *
 * Some counters stop, or change their rate, behind our back: a time-stamp counter in deep idle,
 * say. A driver that can't rule that out registers its counter with CLOCK_SOURCE_MUST_VERIFY. Twice
 * a second each of these is compared with the best counter that needs no proof, the reference: over
 * the same stretch of time both must have advanced by the same, or the one in question is marked
 * unstable and another one is chosen.
 *
 * "The same stretch" is the difficult part. Between reading one counter and reading the other an
 * interrupt, or a host that takes our CPU away, may put any amount of time. So the reference is
 * read before and after:
 *
 *	reference r1 --- counter c --- reference r2	c was read somewhere between r1 and r2
 *
 * and r2 - r1 is how uncertain the moment of c is. A reading that took too long is tried again, and
 * after a few tries the round is given up: no verdict is better than a wrong one. Over a stretch
 * from one round to the next, the counter is wrong if it differs by more than the uncertainties of
 * both ends and what the two rates may be off (one part in MARGIN).
 */
#include <linux/clocksource.h>

#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

#include "tick-internal.h"
#include "timekeeping_internal.h"

#define WATCH_INTERVAL	(HZ / 2)
#define MARGIN		256			/* four per mille */
#define TRIES		4
#define MAX_READ_NS	(100 * NSEC_PER_USEC)	/* a reading that takes longer is tried again */

static void watch_clocksources(struct timer_list *unused);
static DEFINE_TIMER(watch_timer, watch_clocksources);

static u64 ns_between(struct clocksource *cs, u64 from, u64 to)
{
	return clocksource_cyc2ns((to - from) & cs->mask, cs->mult, cs->shift);
}

/* One reading, as drawn above. False if none was quick enough. */
static bool read_both(struct clocksource *cs, struct clocksource *ref,
		      struct clocksource_reading *now)
{
	u64 before, after;
	int i;

	for (i = 0; i < TRIES; i++) {
		before = ref->read(ref);
		now->cs = cs->read(cs);
		after = ref->read(ref);
		now->ref = before;
		now->uncertain_ns = ns_between(ref, before, after);
		if (now->uncertain_ns <= MAX_READ_NS)
			return true;
	}
	return false;
}

/**
 * clocksource_compare - has a counter kept pace with the reference since the last look?
 * @cs: the counter; @cs->watch is the last reading, renewed here
 * @ref: the reference
 *
 * Context: interrupts off.
 * Return: CS_GOOD; CS_UNKNOWN if this was the first look, or a reading failed, or the stretch is
 * too long for one of the two to be told; CS_BAD.
 */
enum clocksource_verdict clocksource_compare(struct clocksource *cs, struct clocksource *ref)
{
	struct clocksource_reading last = cs->watch, now = { .by = ref };
	u64 cs_ns, ref_ns, allowed;

	if (!read_both(cs, ref, &now)) {
		cs->watch.by = NULL;
		return CS_UNKNOWN;
	}
	cs->watch = now;
	if (last.by != ref)
		return CS_UNKNOWN;

	ref_ns = ns_between(ref, last.ref, now.ref);
	cs_ns = ns_between(cs, last.cs, now.cs);
	allowed = last.uncertain_ns + now.uncertain_ns + div_u64(ref_ns, MARGIN);
	if (abs_diff(cs_ns, ref_ns) <= allowed)
		return CS_GOOD;
	pr_warn("clocksource: %s advanced by %llu ns while %s advanced by %llu ns\n", cs->name,
		cs_ns, ref->name, ref_ns);
	return CS_BAD;
}

/* The best that needs no proof and goes on by itself. clocksource_lock is held. */
static struct clocksource *find_reference(void)
{
	struct clocksource *cs;

	list_for_each_entry(cs, &clocksource_list, list) {
		if (cs->flags & CLOCK_SOURCE_IS_CONTINUOUS &&
		    !(cs->flags & (CLOCK_SOURCE_MUST_VERIFY | CLOCK_SOURCE_UNSTABLE)))
			return cs;
	}
	return NULL;
}

/*
 * A stretch after which the counter, or the reference, may have wrapped says nothing: the timer
 * came late by that much. Jiffies are coarse, but all that is asked is the order of magnitude.
 */
static bool stretch_is_too_long(struct clocksource *cs, struct clocksource *ref)
{
	u64 ns = jiffies64_to_nsecs(get_jiffies_64() - cs->watch.at);

	return ns >= min(cs->max_idle_ns, ref->max_idle_ns);
}

/* The first bad one, or NULL. @watched tells whether there is any to watch. */
static struct clocksource *find_bad(struct clocksource *ref, bool *watched)
{
	struct clocksource *cs;

	list_for_each_entry(cs, &clocksource_list, list) {
		if (!(cs->flags & CLOCK_SOURCE_MUST_VERIFY) || cs->flags & CLOCK_SOURCE_UNSTABLE)
			continue;
		*watched = true;
		if (!ref)
			continue;
		if (stretch_is_too_long(cs, ref))
			cs->watch.by = NULL;
		if (clocksource_compare(cs, ref) == CS_BAD)
			return cs;
		cs->watch.at = get_jiffies_64();
	}
	return NULL;
}

static void watch_clocksources(struct timer_list *unused)
{
	struct clocksource *bad;
	bool watched = false;
	unsigned long flags;

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	while ((bad = find_bad(find_reference(), &watched))) {
		pr_warn("clocksource: %s is marked unstable\n", bad->name);
		__clocksource_mark_unstable(bad);
	}
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
	if (watched)
		mod_timer(&watch_timer, jiffies + WATCH_INTERVAL);
}

/**
 * clocksource_start_watchdog - a counter that must be verified has been registered
 *
 * Context: any but NMI. Before timers work nothing happens: the initcall below looks again.
 */
void clocksource_start_watchdog(void)
{
	if (system_state > SYSTEM_BOOTING)
		mod_timer(&watch_timer, jiffies + WATCH_INTERVAL);
}

/**
 * clocksource_touch_watchdog - this CPU was held up: begin the stretch anew
 *
 * Context: any but NMI.
 */
void clocksource_touch_watchdog(void)
{
	struct clocksource *cs;
	unsigned long flags;

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	list_for_each_entry(cs, &clocksource_list, list)
		cs->watch.by = NULL;
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
}

static int __init clocksource_watchdog_init(void)
{
	mod_timer(&watch_timer, jiffies + WATCH_INTERVAL);
	return 0;
}
late_initcall(clocksource_watchdog_init);
