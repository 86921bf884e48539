// SPDX-License-Identifier: MIT
/*
 * At most so many events in a time: windows that begin with an event, not by the clock.
 */

#include <linux/ratelimit.h>

#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/printk.h>

/* The window is over: say what it held back, and begin anew with this event. */
static void begin_window(struct ratelimit_state *rs, const char *func)
{
	if (rs->missed && !(rs->flags & RATELIMIT_MSG_ON_RELEASE)) {
		printk_deferred(KERN_WARNING "%s: %d callbacks suppressed\n", func, rs->missed);
		rs->missed = 0;
	}
	/* Zero means "none yet". */
	rs->begin = jiffies ? : 1;
	rs->printed = 0;
}

/**
 * ___ratelimit() - may this event through?
 * @rs: the limit
 * @func: named when suppressed events are counted out
 *
 * While another CPU is in here the answer is no, for then there are too many anyway.
 *
 * Context: Any, NMI included.
 * Return: 1 if it may.
 */
int ___ratelimit(struct ratelimit_state *rs, const char *func)
{
	int interval = READ_ONCE(rs->interval);
	int burst = READ_ONCE(rs->burst);
	unsigned long flags;
	int allow = 0;

	if (interval <= 0)
		return 1;
	if (burst <= 0)
		return 0;
	if (!raw_spin_trylock_irqsave(&rs->lock, flags))
		return 0;

	if (!rs->begin || time_is_before_jiffies(rs->begin + interval))
		begin_window(rs, func);
	if (rs->printed < burst) {
		rs->printed++;
		allow = 1;
	} else {
		rs->missed++;
	}
	raw_spin_unlock_irqrestore(&rs->lock, flags);
	return allow;
}
EXPORT_SYMBOL(___ratelimit);
