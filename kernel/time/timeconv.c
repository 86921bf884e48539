// SPDX-License-Identifier: MIT
/*
 * From seconds to the calendar.
 *
 * As in mktime64() the year begins in March. 400 years are one era of 146097 days; within it the
 * year follows from the day by taking out the leap days first: one after 1460 days (four years),
 * none after 36524 (a century), one after 146096 (the era).
 */
#include <linux/time.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/rtc.h>

#define SECS_PER_DAY	86400
#define DAYS_PER_ERA	146097

/* Division that rounds towards minus infinity, so that 1969 works too. */
static s64 floor_div(s64 dividend, s32 divisor, s32 *rest)
{
	s64 quotient = div_s64_rem(dividend, divisor, rest);

	if (*rest < 0) {
		*rest += divisor;
		quotient--;
	}
	return quotient;
}

/* Day number counted from 1970 to year, month (0-11), day of month and day of year (0-365). */
static void days_to_date(s64 days, s64 *year, int *mon, int *mday, int *yday)
{
	s32 day_of_era, year_of_era, day_of_year, month_from_march;
	s64 era = floor_div(days + 719468, DAYS_PER_ERA, &day_of_era);
	bool leap;

	year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
		       day_of_era / 146096) / 365;
	day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month_from_march = (5 * day_of_year + 2) / 153;
	*mday = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*mon = (month_from_march + 2) % 12;
	*year = era * 400 + year_of_era + (*mon < 2);

	/* The year as counted from January: 306 days lie between 1 March and 1 January. */
	leap = *year % 4 == 0 && (*year % 100 != 0 || *year % 400 == 0);
	*yday = day_of_year < 306 ? day_of_year + 59 + leap : day_of_year - 306;
}

/**
 * time64_to_tm - seconds since 1970 to calendar time
 * @totalsecs: seconds, of either sign
 * @offset: seconds east of UTC to add
 * @result: the broken-down time
 */
void time64_to_tm(time64_t totalsecs, int offset, struct tm *result)
{
	s32 rem, weekday;
	s64 year, days = floor_div(totalsecs + offset, SECS_PER_DAY, &rem);

	result->tm_hour = rem / 3600;
	result->tm_min = rem / 60 % 60;
	result->tm_sec = rem % 60;
	floor_div(days + 4, 7, &weekday);	/* 1 January 1970 was a Thursday */
	result->tm_wday = weekday;
	days_to_date(days, &year, &result->tm_mon, &result->tm_mday, &result->tm_yday);
	result->tm_year = year - 1900;
}
EXPORT_SYMBOL(time64_to_tm);

static const unsigned char days_in_month[] = {
	31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
};

/**
 * rtc_month_days - length of a month
 * @month: 0 to 11
 * @year: all digits
 *
 * Return: 28 to 31.
 */
int rtc_month_days(unsigned int month, unsigned int year)
{
	return days_in_month[month] + (is_leap_year(year) && month == 1);
}
EXPORT_SYMBOL(rtc_month_days);

/**
 * rtc_year_days - days of a year before a date
 * @day: 1 to 31
 * @month: 0 to 11
 * @year: all digits
 *
 * Return: 0 to 365.
 */
int rtc_year_days(unsigned int day, unsigned int month, unsigned int year)
{
	unsigned int m, days = day - 1;

	for (m = 0; m < month; m++)
		days += rtc_month_days(m, year);
	return days;
}
EXPORT_SYMBOL(rtc_year_days);

/**
 * rtc_time64_to_tm - seconds since 1970 to the chip's form
 * @time: seconds
 * @tm: gets it
 */
void rtc_time64_to_tm(time64_t time, struct rtc_time *tm)
{
	struct tm t;

	time64_to_tm(time, 0, &t);
	*tm = (struct rtc_time) {
		.tm_sec = t.tm_sec,
		.tm_min = t.tm_min,
		.tm_hour = t.tm_hour,
		.tm_mday = t.tm_mday,
		.tm_mon = t.tm_mon,
		.tm_year = t.tm_year,
		.tm_wday = t.tm_wday,
		.tm_yday = t.tm_yday,
	};
}
EXPORT_SYMBOL(rtc_time64_to_tm);

/**
 * rtc_valid_tm - is this a date from 1970 on?
 * @tm: the date
 *
 * Return: 0, or -EINVAL.
 */
int rtc_valid_tm(struct rtc_time *tm)
{
	if (tm->tm_year < 70 || tm->tm_year > INT_MAX - 1900 ||
	    (unsigned int)tm->tm_mon >= 12 || tm->tm_mday < 1 ||
	    tm->tm_mday > rtc_month_days(tm->tm_mon, (unsigned int)tm->tm_year + 1900) ||
	    (unsigned int)tm->tm_hour >= 24 || (unsigned int)tm->tm_min >= 60 ||
	    (unsigned int)tm->tm_sec >= 60)
		return -EINVAL;
	return 0;
}
EXPORT_SYMBOL(rtc_valid_tm);

/**
 * rtc_tm_to_time64 - the chip's form to seconds since 1970
 * @tm: the date, valid
 */
time64_t rtc_tm_to_time64(struct rtc_time *tm)
{
	return mktime64((unsigned int)tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday,
			tm->tm_hour, tm->tm_min, tm->tm_sec);
}
EXPORT_SYMBOL(rtc_tm_to_time64);
