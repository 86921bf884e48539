/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_TESTS_PATIENCE_H
#define _KERNEL_TESTS_PATIENCE_H

/*
 * Tests that wait, on a host that may be slow.
 *
 * A guest's CPU is a thread of its host, which may take it away for a tenth of a second at any
 * instruction. So how long something took says nothing about this kernel, and a test
 *
 *	- waits for the event itself: a completion, eventually(); PATIENCE only bounds the wait for
 *	  an event that a bug keeps from coming
 *	- never takes "it has had a millisecond" for "it has run"
 *	- does as many rounds of a storm as there is time for (for_rounds()): many on a quick host,
 *	  a few on a slow one; what it then checks holds after any number of rounds
 *	- draws as many random steps as it is for (long_run()): always the same ones, but where each
 *	  is slow less of them if storms are to be short
 *
 * Tests of time itself are in suites named *_timing. The runner boots these with an emulated
 * clock that counts instructions, to which the host's load makes no difference.
 */

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kconfig.h>
#include <linux/minmax.h>

#define PATIENCE	(60 * HZ)	/* jiffies until an event that doesn't come has failed to */

/* Sleeps until @cond holds, for up to PATIENCE. Gives whether it does. */
#define eventually(cond) \
({ \
	unsigned long __end = jiffies + PATIENCE; \
	\
	while (!(cond) && time_before(jiffies, __end)) \
		msleep(1); \
	!!(cond); \
})

#define STORM_MS	2000

extern unsigned int storm_ms;		/* for one storm; on the command line: storm_ms=500 */
#define STORM_TIME	msecs_to_jiffies(storm_ms)

/* Is there time for another round of a storm that began at @start (jiffies)? There is for one. */
static inline bool storm_goes_on(unsigned long start, int round, int rounds)
{
	if (round >= rounds)
		return false;
	return !round || (round % 8) || time_before(jiffies, start + STORM_TIME);
}

/* Up to @rounds times, as long as the storm's time lasts; @i is the number of the round. */
#define for_rounds(i, rounds) \
	for (unsigned long __start = ((i) = 0, jiffies); storm_goes_on(__start, (i), (rounds)); \
	     (i)++)

/* The same for slow rounds: @least of them, and before each further one a look at the time. */
#define for_slow_rounds(i, least, rounds) \
	for (unsigned long __end = ((i) = 0, jiffies + STORM_TIME); \
	     (i) < (least) || ((i) < (rounds) && time_before(jiffies, __end)); (i)++)

/*
 * The steps of a long run by a fixed seed: @n; with KASAN, where each takes several times as long,
 * no greater part of it than storm_ms is of STORM_MS.
 */
static inline unsigned int long_run(unsigned int n)
{
	if (!IS_ENABLED(CONFIG_KASAN) || storm_ms >= STORM_MS)
		return n;
	return max(n * storm_ms / STORM_MS, 1U);
}

#endif /* _KERNEL_TESTS_PATIENCE_H */
