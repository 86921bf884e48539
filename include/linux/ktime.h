/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KTIME_H
#define _LINUX_KTIME_H

/*
 * ktime_t: signed nanoseconds. A time on one of the clocks, or a duration; plain C arithmetic
 * would do, the names say what is meant. 2^63 ns are 292 years.
 */

#include <linux/bug.h>
#include <linux/jiffies.h>
#include <linux/time64.h>
#include <linux/types.h>

/** ktime_set - seconds and ns; saturates: more than 292 years is for ever */
static inline ktime_t ktime_set(const s64 secs, const unsigned long nsecs)
{
	if (unlikely(secs >= KTIME_SEC_MAX))
		return KTIME_MAX;
	return secs * NSEC_PER_SEC + (s64)nsecs;
}

#define ktime_sub(lhs, rhs)		((lhs) - (rhs))
#define ktime_add(lhs, rhs)		((lhs) + (rhs))
#define ktime_add_unsafe(lhs, rhs)	((ktime_t)((u64)(lhs) + (u64)(rhs)))
#define ktime_add_ns(kt, nsval)		((kt) + (nsval))
#define ktime_sub_ns(kt, nsval)		((kt) - (nsval))
#define ktime_to_timespec64(kt)		ns_to_timespec64((kt))

/** timespec64_to_ktime - a timespec64 as ns; saturates */
static inline ktime_t timespec64_to_ktime(struct timespec64 ts)
{
	return ktime_set(ts.tv_sec, ts.tv_nsec);
}

/** ktime_to_ns - as ns */
static inline s64 ktime_to_ns(const ktime_t kt)
{
	return kt;
}

/**
 * ktime_compare - order two times
 *
 * Return: -1, 0 or 1 as @cmp1 is before, equal to or after @cmp2.
 */
static inline int ktime_compare(const ktime_t cmp1, const ktime_t cmp2)
{
	return (cmp1 > cmp2) - (cmp1 < cmp2);
}

/** ktime_after - is @cmp1 later? */
static inline bool ktime_after(const ktime_t cmp1, const ktime_t cmp2)
{
	return cmp1 > cmp2;
}

/** ktime_before - is @cmp1 earlier? */
static inline bool ktime_before(const ktime_t cmp1, const ktime_t cmp2)
{
	return cmp1 < cmp2;
}

/**
 * ktime_divns - divide a duration, rounding towards zero
 * @kt: dividend
 * @div: divisor, positive
 */
static inline s64 ktime_divns(const ktime_t kt, s64 div)
{
	WARN_ON(div < 0);
	return kt / div;
}

/** ktime_to_us - as us, towards zero */
static inline s64 ktime_to_us(const ktime_t kt)
{
	return ktime_divns(kt, NSEC_PER_USEC);
}

/** ktime_to_ms - as ms, towards zero */
static inline s64 ktime_to_ms(const ktime_t kt)
{
	return ktime_divns(kt, NSEC_PER_MSEC);
}

/** ktime_us_delta - us from @earlier to @later */
static inline s64 ktime_us_delta(const ktime_t later, const ktime_t earlier)
{
	return ktime_to_us(ktime_sub(later, earlier));
}

/** ktime_ms_delta - ms from @earlier to @later */
static inline s64 ktime_ms_delta(const ktime_t later, const ktime_t earlier)
{
	return ktime_to_ms(ktime_sub(later, earlier));
}

/** ktime_add_us - @usec us later */
static inline ktime_t ktime_add_us(const ktime_t kt, const u64 usec)
{
	return ktime_add_ns(kt, usec * NSEC_PER_USEC);
}

/** ktime_add_ms - @msec ms later */
static inline ktime_t ktime_add_ms(const ktime_t kt, const u64 msec)
{
	return ktime_add_ns(kt, msec * NSEC_PER_MSEC);
}

/** ktime_sub_us - @usec us earlier */
static inline ktime_t ktime_sub_us(const ktime_t kt, const u64 usec)
{
	return ktime_sub_ns(kt, usec * NSEC_PER_USEC);
}

/** ktime_sub_ms - @msec ms earlier */
static inline ktime_t ktime_sub_ms(const ktime_t kt, const u64 msec)
{
	return ktime_sub_ns(kt, msec * NSEC_PER_MSEC);
}

ktime_t ktime_add_safe(const ktime_t lhs, const ktime_t rhs);

/**
 * ktime_to_timespec64_cond - convert unless the time is 0
 *
 * Return: true if @kt was not zero and @ts is set.
 */
static inline __must_check bool ktime_to_timespec64_cond(const ktime_t kt, struct timespec64 *ts)
{
	if (!kt)
		return false;
	*ts = ktime_to_timespec64(kt);
	return true;
}

#define KTIME_LOW_RES			TICK_NSEC

/** ns_to_ktime - from ns */
static inline ktime_t ns_to_ktime(u64 ns)
{
	return ns;
}

/** us_to_ktime - from us */
static inline ktime_t us_to_ktime(u64 us)
{
	return us * NSEC_PER_USEC;
}

/** ms_to_ktime - from ms */
static inline ktime_t ms_to_ktime(u64 ms)
{
	return ms * NSEC_PER_MSEC;
}

#include <linux/timekeeping.h>

#endif /* _LINUX_KTIME_H */
