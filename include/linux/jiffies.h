/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

/*
 * Time in ticks: HZ of them a second.
 *
 * jiffies counts them since boot, from a start value chosen to wrap five minutes later, so that
 * code which compares without time_after() fails early. It stands still while all CPUs sleep and
 * catches up before any of them runs timers.
 *
 * Converting a duration to jiffies rounds up (a timeout must not be short), converting back
 * rounds down; everything saturates at MAX_JIFFY_OFFSET, about half the range.
 */

#include <linux/cache.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>
#include <linux/typecheck.h>
#include <linux/types.h>

#ifndef HZ
#define HZ	CONFIG_HZ
#endif
#ifndef USER_HZ
#define USER_HZ	100		/* what times(2) and /proc count in, whatever HZ is */
#endif
#define CLOCKS_PER_SEC	(USER_HZ)

/* Length of a tick in ns, rounded to nearest. */
#define TICK_NSEC	((NSEC_PER_SEC + HZ / 2) / HZ)
#define TICK_USEC	((USEC_PER_SEC + HZ / 2) / HZ)
#define USER_TICK_USEC	((1000000UL + USER_HZ / 2) / USER_HZ)

#define INITIAL_JIFFIES	((unsigned long)(unsigned int)(-300 * HZ))

/*
 * One 8-byte variable on our 64-bit machines: linker.ld is not asked for an alias, jiffies *is*
 * jiffies_64. Written under jiffies_lock only.
 */
extern u64 __cacheline_aligned_in_smp jiffies_64;
#define jiffies	(*(volatile unsigned long *)&jiffies_64)

/** get_jiffies_64 - jiffies; all 64 bits of them are in one word */
static inline u64 get_jiffies_64(void)
{
	return jiffies;
}

/**
 * time_after - is @a later than @b? Right across an overflow, if they are less than half the range
 * apart
 */
#define time_after(a, b)						\
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) &&	\
	 ((long)((b) - (a)) < 0))

/** time_before - is @a earlier than @b? */
#define time_before(a, b)	time_after(b, a)

/** time_after_eq - is @a not earlier than @b? */
#define time_after_eq(a, b)						\
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) &&	\
	 ((long)((a) - (b)) >= 0))

/** time_before_eq - is @a not later than @b? */
#define time_before_eq(a, b)	time_after_eq(b, a)

/** time_in_range - is @a in [@b, @c]? */
#define time_in_range(a, b, c)	(time_after_eq(a, b) && time_before_eq(a, c))
/** time_in_range_open - is @a in [@b, @c)? */
#define time_in_range_open(a, b, c)	(time_after_eq(a, b) && time_before(a, c))

#define time_after64(a, b)						\
	(typecheck(__u64, a) && typecheck(__u64, b) && ((__s64)((b) - (a)) < 0))
#define time_before64(a, b)	time_after64(b, a)
#define time_after_eq64(a, b)						\
	(typecheck(__u64, a) && typecheck(__u64, b) && ((__s64)((a) - (b)) >= 0))
#define time_before_eq64(a, b)	time_after_eq64(b, a)
#define time_in_range64(a, b, c)	(time_after_eq64(a, b) && time_before_eq64(a, c))

/** time_is_before_jiffies - is @a past? */
#define time_is_before_jiffies(a)	time_after(jiffies, a)
/** time_is_after_jiffies - is @a to come? */
#define time_is_after_jiffies(a)	time_before(jiffies, a)
#define time_is_before_eq_jiffies(a)	time_after_eq(jiffies, a)
#define time_is_after_eq_jiffies(a)	time_before_eq(jiffies, a)
#define time_is_before_jiffies64(a)	time_after64(get_jiffies_64(), a)
#define time_is_after_jiffies64(a)	time_before64(get_jiffies_64(), a)
#define time_is_before_eq_jiffies64(a)	time_after_eq64(get_jiffies_64(), a)
#define time_is_after_eq_jiffies64(a)	time_before_eq64(get_jiffies_64(), a)

#define MAX_JIFFY_OFFSET	((LONG_MAX >> 1) - 1)

unsigned int jiffies_to_msecs(const unsigned long j);
unsigned int jiffies_to_usecs(const unsigned long j);

/** jiffies_to_nsecs - jiffies as ns */
static inline u64 jiffies_to_nsecs(const unsigned long j)
{
	return (u64)jiffies_to_usecs(j) * NSEC_PER_USEC;
}

u64 jiffies64_to_nsecs(u64 j);
u64 jiffies64_to_msecs(u64 j);

unsigned long __msecs_to_jiffies(const unsigned int m);
unsigned long __usecs_to_jiffies(const unsigned int u);

/**
 * msecs_to_jiffies - milliseconds to ticks, rounded up
 * @m: milliseconds; a value with the top bit set means for ever
 *
 * Return: the ticks, MAX_JIFFY_OFFSET for ever.
 */
static __always_inline unsigned long msecs_to_jiffies(const unsigned int m)
{
	return __msecs_to_jiffies(m);
}

/** secs_to_jiffies - seconds as jiffies; a constant stays one */
#define secs_to_jiffies(_secs)	((unsigned long)(_secs) * HZ)

/** usecs_to_jiffies - us as jiffies, rounded up */
static __always_inline unsigned long usecs_to_jiffies(const unsigned int u)
{
	return __usecs_to_jiffies(u);
}

unsigned long timespec64_to_jiffies(const struct timespec64 *value);
void jiffies_to_timespec64(const unsigned long j, struct timespec64 *value);
clock_t jiffies_to_clock_t(unsigned long x);
unsigned long clock_t_to_jiffies(unsigned long x);
u64 jiffies_64_to_clock_t(u64 x);
u64 nsec_to_clock_t(u64 x);
u64 nsecs_to_jiffies64(u64 n);
unsigned long nsecs_to_jiffies(u64 n);

/** jiffies_delta_to_clock_t - jiffies as 1/USER_HZ; 0 for less than none */
static inline clock_t jiffies_delta_to_clock_t(long delta)
{
	return jiffies_to_clock_t(max(0L, delta));
}

/** jiffies_delta_to_msecs - jiffies as ms; 0 for less than none */
static inline unsigned int jiffies_delta_to_msecs(long delta)
{
	return jiffies_to_msecs(max(0L, delta));
}

unsigned long round_jiffies(unsigned long j);
unsigned long round_jiffies_relative(unsigned long j);
unsigned long round_jiffies_up(unsigned long j);
unsigned long round_jiffies_up_relative(unsigned long j);

#define TIMESTAMP_SIZE	30

#endif /* _LINUX_JIFFIES_H */
