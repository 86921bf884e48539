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
 *
 * Tests of time itself are in suites named *_timing. The runner boots these with an emulated
 * clock that counts instructions, to which the host's load makes no difference.
 */

#include <linux/delay.h>
#include <linux/jiffies.h>

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

#endif /* _KERNEL_TESTS_PATIENCE_H */
