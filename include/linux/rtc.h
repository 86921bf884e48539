/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RTC_H
#define _LINUX_RTC_H

/* The battery clock's view of time: broken-down UTC. */

#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/seq_file.h>
#include <linux/time64.h>
#include <linux/timerqueue.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#define RTC_TIMESTAMP_BEGIN_1900	-2208988800LL	/* 1900-01-01 00:00:00 */
#define RTC_TIMESTAMP_BEGIN_2000	946684800LL	/* 2000-01-01 00:00:00 */
#define RTC_TIMESTAMP_END_2063		2966371199LL	/* 2063-12-31 23:59:59 */
#define RTC_TIMESTAMP_END_2099		4102444799LL	/* 2099-12-31 23:59:59 */

/* As struct tm: tm_mon from 0, tm_year since 1900. */
struct rtc_time {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	int tm_year;
	int tm_wday;
	int tm_yday;
	int tm_isdst;
};

int rtc_month_days(unsigned int month, unsigned int year);
int rtc_year_days(unsigned int day, unsigned int month, unsigned int year);
int rtc_valid_tm(struct rtc_time *tm);
time64_t rtc_tm_to_time64(struct rtc_time *tm);
void rtc_time64_to_tm(time64_t time, struct rtc_time *tm);

/** is_leap_year() - has the year 366 days? Gregorian calendar */
static inline bool is_leap_year(unsigned int year)
{
	return (!(year % 4) && (year % 100)) || !(year % 400);
}

/** rtc_tm_to_timespec64() - a date as seconds since 1970 */
static inline struct timespec64 rtc_tm_to_timespec64(struct rtc_time *tm)
{
	struct timespec64 ts = { .tv_sec = rtc_tm_to_time64(tm) };

	return ts;
}

#endif /* _LINUX_RTC_H */
