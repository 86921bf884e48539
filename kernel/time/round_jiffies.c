// SPDX-License-Identifier: MIT
/* Times rounded to whole seconds, for wheel timers that may as well wake the machine together. */
#include <linux/timer.h>

#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/smp.h>

/*
 * Timers that need not be exact round to whole seconds, so that a sleeping machine wakes for many
 * at once; each CPU three jiffies off the next, so that they don't fight for locks.
 */
static unsigned long round_jiffies_common(unsigned long j, int cpu, bool force_up)
{
	unsigned long original = j;
	unsigned int rem;

	j += cpu * 3;
	rem = j % HZ;
	/* Just past a second: going back a little is fine, and keeps the timer from being late. */
	if (rem < HZ / 4 && !force_up)
		j -= rem;
	else
		j += HZ - rem;
	j -= cpu * 3;
	return time_is_after_jiffies(j) ? j : original;
}

/**
 * __round_jiffies - round a time to a whole second, for a timer of some CPU
 * @j: the time, in jiffies
 * @cpu: three jiffies off the next CPU's
 *
 * Return: the second, down if it has just begun; @j itself if that would be past.
 */
unsigned long __round_jiffies(unsigned long j, int cpu)
{
	return round_jiffies_common(j, cpu, false);
}
EXPORT_SYMBOL_GPL(__round_jiffies);

/**
 * __round_jiffies_relative - round a delay so that it ends on a whole second
 * @j: jiffies from now
 * @cpu: as for __round_jiffies()
 *
 * Return: jiffies from now.
 */
unsigned long __round_jiffies_relative(unsigned long j, int cpu)
{
	unsigned long j0 = jiffies;

	return round_jiffies_common(j + j0, cpu, false) - j0;
}
EXPORT_SYMBOL_GPL(__round_jiffies_relative);

/**
 * __round_jiffies_up - __round_jiffies() that never goes down
 * @j: the time, in jiffies
 * @cpu: as for __round_jiffies()
 *
 * Return: the second; at or after @j.
 */
unsigned long __round_jiffies_up(unsigned long j, int cpu)
{
	return round_jiffies_common(j, cpu, true);
}
EXPORT_SYMBOL_GPL(__round_jiffies_up);

/**
 * __round_jiffies_up_relative - __round_jiffies_relative() that never shortens the delay
 * @j: jiffies from now
 * @cpu: as for __round_jiffies()
 *
 * Return: jiffies from now, at least @j.
 */
unsigned long __round_jiffies_up_relative(unsigned long j, int cpu)
{
	unsigned long j0 = jiffies;

	return round_jiffies_common(j + j0, cpu, true) - j0;
}
EXPORT_SYMBOL_GPL(__round_jiffies_up_relative);

/**
 * round_jiffies - __round_jiffies() for this CPU
 * @j: the time, in jiffies
 */
unsigned long round_jiffies(unsigned long j)
{
	return round_jiffies_common(j, raw_smp_processor_id(), false);
}
EXPORT_SYMBOL_GPL(round_jiffies);

/**
 * round_jiffies_relative - __round_jiffies_relative() for this CPU
 * @j: jiffies from now
 */
unsigned long round_jiffies_relative(unsigned long j)
{
	return __round_jiffies_relative(j, raw_smp_processor_id());
}
EXPORT_SYMBOL_GPL(round_jiffies_relative);

/**
 * round_jiffies_up - __round_jiffies_up() for this CPU
 * @j: the time, in jiffies
 */
unsigned long round_jiffies_up(unsigned long j)
{
	return round_jiffies_common(j, raw_smp_processor_id(), true);
}
EXPORT_SYMBOL_GPL(round_jiffies_up);

/**
 * round_jiffies_up_relative - __round_jiffies_up_relative() for this CPU
 * @j: jiffies from now
 */
unsigned long round_jiffies_up_relative(unsigned long j)
{
	return __round_jiffies_up_relative(j, raw_smp_processor_id());
}
EXPORT_SYMBOL_GPL(round_jiffies_up_relative);
