/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIME64_H
#define _LINUX_TIME64_H

/*
 * Seconds and nanoseconds as two fields, good for 292 billion years.
 *
 * A timespec64 is normalised when 0 <= tv_nsec < NSEC_PER_SEC; a time before the epoch then has
 * a negative tv_sec and still a positive tv_nsec. Every function here returns normalised values.
 */

#include <linux/math64.h>
#include <linux/types.h>
#include <vdso/time64.h>

typedef __u64 timeu64_t;

#include <uapi/linux/time.h>

struct timespec64 {
	time64_t tv_sec;
	long tv_nsec;
};

struct itimerspec64 {
	struct timespec64 it_interval;
	struct timespec64 it_value;
};

#define TIME64_MAX			((s64)~((u64)1 << 63))
#define TIME64_MIN			(-TIME64_MAX - 1)

#define KTIME_MAX			((s64)~((u64)1 << 63))
#define KTIME_MIN			(-KTIME_MAX - 1)
#define KTIME_SEC_MAX			(KTIME_MAX / NSEC_PER_SEC)
#define KTIME_SEC_MIN			(KTIME_MIN / NSEC_PER_SEC)

/*
 * The wall clock may be set to at most this, so that it can run for thirty more years before the
 * nanoseconds in a ktime_t overflow.
 */
#define TIME_UPTIME_SEC_MAX		(30LL * 365 * 24 * 3600)
#define TIME_SETTOD_SEC_MAX		(KTIME_SEC_MAX - TIME_UPTIME_SEC_MAX)

/** timespec64_equal - the same time? */
static inline int timespec64_equal(const struct timespec64 *a, const struct timespec64 *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/**
 * timespec64_compare - order two normalised times
 *
 * Return: negative, 0 or positive as @lhs is before, equal to or after @rhs.
 */
static inline int timespec64_compare(const struct timespec64 *lhs, const struct timespec64 *rhs)
{
	if (lhs->tv_sec != rhs->tv_sec)
		return lhs->tv_sec < rhs->tv_sec ? -1 : 1;
	return lhs->tv_nsec - rhs->tv_nsec;
}

void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec);

/** timespec64_add - @lhs + @rhs */
static inline struct timespec64 timespec64_add(struct timespec64 lhs, struct timespec64 rhs)
{
	struct timespec64 sum;

	set_normalized_timespec64(&sum, lhs.tv_sec + rhs.tv_sec, lhs.tv_nsec + rhs.tv_nsec);
	return sum;
}

/** timespec64_sub - @lhs - @rhs */
static inline struct timespec64 timespec64_sub(struct timespec64 lhs, struct timespec64 rhs)
{
	struct timespec64 difference;

	set_normalized_timespec64(&difference, lhs.tv_sec - rhs.tv_sec, lhs.tv_nsec - rhs.tv_nsec);
	return difference;
}

/** timespec64_valid - may a program pass it for a duration, or a point after the epoch? */
static inline bool timespec64_valid(const struct timespec64 *ts)
{
	return ts->tv_sec >= 0 && (unsigned long)ts->tv_nsec < NSEC_PER_SEC;
}

/** timespec64_valid_strict - timespec64_valid(), and it fits into a ktime_t */
static inline bool timespec64_valid_strict(const struct timespec64 *ts)
{
	return timespec64_valid(ts) && ts->tv_sec < KTIME_SEC_MAX;
}

/** timespec64_valid_settod - timespec64_valid(), and the wall clock may be set to it */
static inline bool timespec64_valid_settod(const struct timespec64 *ts)
{
	return timespec64_valid(ts) && ts->tv_sec < TIME_SETTOD_SEC_MAX;
}

/**
 * timespec64_to_ns - nanoseconds since the epoch, saturating
 * @ts: a normalised time
 *
 * Return: the nanoseconds; KTIME_MAX or KTIME_MIN when they don't fit.
 */
static inline s64 timespec64_to_ns(const struct timespec64 *ts)
{
	if (ts->tv_sec >= KTIME_SEC_MAX)
		return KTIME_MAX;
	if (ts->tv_sec <= KTIME_SEC_MIN)
		return KTIME_MIN;
	return (s64)ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
}

struct timespec64 ns_to_timespec64(s64 nsec);

/**
 * timespec64_add_ns - move a time forward
 * @a: changed in place
 * @ns: how far
 */
static __always_inline void timespec64_add_ns(struct timespec64 *a, u64 ns)
{
	a->tv_sec += __iter_div_u64_rem(a->tv_nsec + ns, NSEC_PER_SEC, &ns);
	a->tv_nsec = ns;
}

struct timespec64 timespec64_add_safe(const struct timespec64 lhs, const struct timespec64 rhs);

#endif /* _LINUX_TIME64_H */
