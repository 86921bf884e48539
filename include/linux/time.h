/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

/* Calendar time and 32-bit leftovers; durations live in ktime.h and jiffies.h. */

#include <linux/cache.h>
#include <linux/math64.h>
#include <linux/time64.h>

extern struct timezone sys_tz;

time64_t mktime64(const unsigned int year, const unsigned int mon, const unsigned int day,
		  const unsigned int hour, const unsigned int min, const unsigned int sec);

/**
 * struct tm - a moment in the calendar
 * @tm_sec: 0 to 59, or 60 in a leap second
 * @tm_min: 0 to 59
 * @tm_hour: 0 to 23
 * @tm_mday: 1 to 31
 * @tm_mon: 0 to 11
 * @tm_year: years since 1900
 * @tm_wday: 0, Sunday, to 6
 * @tm_yday: 0 to 365
 */
struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	long tm_year;
	int tm_wday;
	int tm_yday;
};

void time64_to_tm(time64_t totalsecs, int offset, struct tm *result);

/** itimerspec64_valid - may a program pass both of its times? */
static inline bool itimerspec64_valid(const struct itimerspec64 *its)
{
	return timespec64_valid(&its->it_interval) && timespec64_valid(&its->it_value);
}

/* From and to programs: 0 or -EFAULT. What they give isn't checked further. */
int get_timespec64(struct timespec64 *ts, const struct __kernel_timespec __user *uts);
int put_timespec64(const struct timespec64 *ts, struct __kernel_timespec __user *uts);
int get_itimerspec64(struct itimerspec64 *it, const struct __kernel_itimerspec __user *uit);
int put_itimerspec64(const struct itimerspec64 *it, struct __kernel_itimerspec __user *uit);

/* Is @a before / after @b when both count seconds in 32 bits and may have wrapped? */
#define time_after32(a, b)	((s32)((u32)(b) - (u32)(a)) < 0)
#define time_before32(b, a)	time_after32(a, b)
#define time_between32(t, l, h)	((u32)(h) - (u32)(l) >= (u32)(t) - (u32)(l))

#include <linux/timekeeping.h>

#endif /* _LINUX_TIME_H */
