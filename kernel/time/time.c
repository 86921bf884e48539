// SPDX-License-Identifier: MIT
/*
 * Arithmetic of time values: no clock is read here.
 *
 * Three kinds of value meet: timespec64 (seconds and nanoseconds), ktime_t (nanoseconds) and
 * jiffies (ticks). Conversions towards ticks round up, since a timeout must not end early;
 * conversions from ticks round down. Values too big for the target saturate.
 */
#include <linux/time.h>

#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>

struct timezone sys_tz;
EXPORT_SYMBOL(sys_tz);

/**
 * set_normalized_timespec64 - build a timespec64 from parts of any size
 * @ts: the result
 * @sec: seconds
 * @nsec: nanoseconds, of either sign
 *
 * Context: any.
 */
void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)
{
	s64 carry = div_s64(nsec, NSEC_PER_SEC);

	nsec -= carry * NSEC_PER_SEC;
	if (nsec < 0) {
		nsec += NSEC_PER_SEC;
		carry--;
	}
	ts->tv_sec = sec + carry;
	ts->tv_nsec = nsec;
}
EXPORT_SYMBOL(set_normalized_timespec64);

/**
 * ns_to_timespec64 - nanoseconds to seconds and nanoseconds
 * @nsec: of either sign
 *
 * Return: the normalised value.
 */
struct timespec64 ns_to_timespec64(s64 nsec)
{
	struct timespec64 ts;

	set_normalized_timespec64(&ts, 0, nsec);
	return ts;
}
EXPORT_SYMBOL(ns_to_timespec64);

/**
 * timespec64_add_safe - add two times of the future, saturating
 * @lhs: a valid time
 * @rhs: a valid time
 *
 * Return: the sum, with tv_sec TIME64_MAX and tv_nsec 0 when it does not fit.
 */
struct timespec64 timespec64_add_safe(const struct timespec64 lhs, const struct timespec64 rhs)
{
	struct timespec64 sum;

	set_normalized_timespec64(&sum, (time64_t)((u64)lhs.tv_sec + (u64)rhs.tv_sec),
				  lhs.tv_nsec + rhs.tv_nsec);
	if (sum.tv_sec < lhs.tv_sec || sum.tv_sec < rhs.tv_sec) {
		sum.tv_sec = TIME64_MAX;
		sum.tv_nsec = 0;
	}
	return sum;
}

/**
 * ktime_add_safe - add two times, saturating at KTIME_MAX
 * @lhs: a time
 * @rhs: a duration
 */
ktime_t ktime_add_safe(const ktime_t lhs, const ktime_t rhs)
{
	ktime_t sum = ktime_add_unsafe(lhs, rhs);

	if (sum < 0 || sum < lhs || sum < rhs)
		return ktime_set(KTIME_SEC_MAX, 0);
	return sum;
}
EXPORT_SYMBOL_GPL(ktime_add_safe);

/**
 * mktime64 - seconds since 1970 of a moment in the Gregorian calendar, UTC
 * @year0: 1970 or later makes sense; all years with four digits work
 * @mon0: 1 to 12
 * @day: 1 to 31
 * @hour: 0 to 23; 24 is midnight at the end of the day
 * @min: 0 to 59
 * @sec: 0 to 60; a leap second counts as the next one
 *
 * The year is taken to begin in March: leap days then fall on its end, and the days of the
 * months before a month are a linear formula (153 days every 5 months).
 */
time64_t mktime64(const unsigned int year0, const unsigned int mon0, const unsigned int day,
		  const unsigned int hour, const unsigned int min, const unsigned int sec)
{
	unsigned int month_from_march = (mon0 + 9) % 12;
	s64 year = (s64)year0 - (mon0 <= 2);
	s64 days = 365 * year + year / 4 - year / 100 + year / 400 +
		   (153 * month_from_march + 2) / 5 + day - 1;

	/* 719468 days lie between 1 March of year 0 and 1 January 1970. */
	days -= 719468;
	return ((days * 24 + hour) * 60 + min) * 60 + sec;
}
EXPORT_SYMBOL(mktime64);

/* ---- jiffies ---- */

/* HZ may not divide 1000 or 1000000: multiply first; both products fit into 64 bits. */

/**
 * jiffies_to_msecs - ticks to milliseconds, rounded down
 * @j: ticks
 */
unsigned int jiffies_to_msecs(const unsigned long j)
{
	return (unsigned int)mul_u64_u32_div(j, MSEC_PER_SEC, HZ);
}
EXPORT_SYMBOL(jiffies_to_msecs);

/**
 * jiffies_to_usecs - ticks to microseconds, rounded down
 * @j: ticks
 */
unsigned int jiffies_to_usecs(const unsigned long j)
{
	return (unsigned int)mul_u64_u32_div(j, USEC_PER_SEC, HZ);
}
EXPORT_SYMBOL(jiffies_to_usecs);

/**
 * jiffies64_to_nsecs - ticks to nanoseconds
 * @j: ticks
 */
u64 jiffies64_to_nsecs(u64 j)
{
	return mul_u64_u32_div(j, NSEC_PER_SEC, HZ);
}
EXPORT_SYMBOL(jiffies64_to_nsecs);

/**
 * jiffies64_to_msecs - ticks to milliseconds
 * @j: ticks
 */
u64 jiffies64_to_msecs(const u64 j)
{
	return mul_u64_u32_div(j, MSEC_PER_SEC, HZ);
}
EXPORT_SYMBOL(jiffies64_to_msecs);

/**
 * __msecs_to_jiffies - the out of line half of msecs_to_jiffies()
 * @m: milliseconds
 *
 * Return: jiffies, rounded up; MAX_JIFFY_OFFSET, forever, if @m is negative as an int.
 */
unsigned long __msecs_to_jiffies(const unsigned int m)
{
	if ((int)m < 0)
		return MAX_JIFFY_OFFSET;
	return DIV_ROUND_UP_ULL((u64)m * HZ, MSEC_PER_SEC);
}
EXPORT_SYMBOL(__msecs_to_jiffies);

/**
 * __usecs_to_jiffies - the out of line half of usecs_to_jiffies()
 * @u: microseconds; 32 bits of them are never too many
 *
 * Return: jiffies, rounded up.
 */
unsigned long __usecs_to_jiffies(const unsigned int u)
{
	return DIV_ROUND_UP_ULL((u64)u * HZ, USEC_PER_SEC);
}
EXPORT_SYMBOL(__usecs_to_jiffies);

/**
 * timespec64_to_jiffies - a duration to ticks, rounded up
 * @value: a valid duration
 */
unsigned long timespec64_to_jiffies(const struct timespec64 *value)
{
	u64 sec = value->tv_sec;
	u64 ticks;

	if (sec >= MAX_JIFFY_OFFSET / HZ)
		return MAX_JIFFY_OFFSET;
	ticks = sec * HZ + DIV_ROUND_UP_ULL((u64)value->tv_nsec * HZ, NSEC_PER_SEC);
	return min_t(u64, ticks, MAX_JIFFY_OFFSET);
}
EXPORT_SYMBOL(timespec64_to_jiffies);

/**
 * jiffies_to_timespec64 - ticks to a duration
 * @j: ticks
 * @value: gets it
 */
void jiffies_to_timespec64(const unsigned long j, struct timespec64 *value)
{
	value->tv_sec = j / HZ;
	value->tv_nsec = (u64)(j % HZ) * NSEC_PER_SEC / HZ;
}
EXPORT_SYMBOL(jiffies_to_timespec64);

/**
 * jiffies_to_clock_t - ticks to USER_HZ ticks
 * @x: ticks
 */
clock_t jiffies_to_clock_t(unsigned long x)
{
	return jiffies_64_to_clock_t(x);
}
EXPORT_SYMBOL(jiffies_to_clock_t);

/**
 * clock_t_to_jiffies - USER_HZ ticks to ticks, saturating
 * @x: USER_HZ ticks
 */
unsigned long clock_t_to_jiffies(unsigned long x)
{
	if (x >= ~0UL / HZ)
		return ~0UL;
	return x * HZ / USER_HZ;
}
EXPORT_SYMBOL(clock_t_to_jiffies);

/**
 * jiffies_64_to_clock_t - ticks to USER_HZ ticks
 * @x: ticks
 */
u64 jiffies_64_to_clock_t(u64 x)
{
	return mul_u64_u32_div(x, USER_HZ, HZ);
}
EXPORT_SYMBOL(jiffies_64_to_clock_t);

/**
 * nsec_to_clock_t - nanoseconds to USER_HZ ticks
 * @x: ns
 */
u64 nsec_to_clock_t(u64 x)
{
	return div_u64(x, NSEC_PER_SEC / USER_HZ);
}

/**
 * nsecs_to_jiffies64 - nanoseconds to ticks, rounded down: for clocks, not for timeouts
 * @n: ns
 */
u64 nsecs_to_jiffies64(u64 n)
{
	return mul_u64_u32_div(n, HZ, NSEC_PER_SEC);
}
EXPORT_SYMBOL(nsecs_to_jiffies64);

/**
 * nsecs_to_jiffies - nsecs_to_jiffies64() as an unsigned long
 * @n: ns
 */
unsigned long nsecs_to_jiffies(u64 n)
{
	return nsecs_to_jiffies64(n);
}
EXPORT_SYMBOL_GPL(nsecs_to_jiffies);
