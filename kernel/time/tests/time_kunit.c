// SPDX-License-Identifier: MIT
/*
 * Time arithmetic against models that are too simple to be wrong: the calendar is walked day by
 * day, divisions are done the long way.
 */
#include <kunit/test.h>

#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/rtc.h>
#include <linux/time.h>
#include <linux/timer.h>

#define SECS_PER_DAY	86400LL

static bool model_leap(long year)
{
	if (year % 400 == 0)
		return true;
	return year % 100 && year % 4 == 0;
}

static int model_month_days(long year, int mon)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return mon == 1 && model_leap(year) ? 29 : days[mon];
}

struct model_date {
	long year;
	int mon, mday, yday, wday;
};

static void model_next_day(struct model_date *d)
{
	d->wday = (d->wday + 1) % 7;
	d->yday++;
	if (++d->mday <= model_month_days(d->year, d->mon))
		return;
	d->mday = 1;
	if (++d->mon < 12)
		return;
	d->mon = 0;
	d->yday = 0;
	d->year++;
}

static void model_previous_day(struct model_date *d)
{
	d->wday = (d->wday + 6) % 7;
	d->yday--;
	if (--d->mday >= 1)
		return;
	if (--d->mon < 0) {
		d->mon = 11;
		d->year--;
		d->yday = model_leap(d->year) ? 365 : 364;
	}
	d->mday = model_month_days(d->year, d->mon);
}

static bool tm_is(const struct tm *tm, const struct model_date *d)
{
	return tm->tm_year + 1900 == d->year && tm->tm_mon == d->mon && tm->tm_mday == d->mday &&
	       tm->tm_yday == d->yday && tm->tm_wday == d->wday;
}

/* A cheap generator with a fixed seed: a failure repeats. */
static u64 next_random(u64 *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state ^ *state >> 29;
}

static const struct model_date epoch = { 1970, 0, 1, 0, 4 };

static void calendar_of_every_day_after_the_epoch(struct kunit *test)
{
	struct model_date d = epoch;
	struct tm tm;
	s64 day;

	/* 700 years: past 2100, 2400 and all their leap rules. */
	for (day = 0; day < 700 * 366; day++) {
		time64_to_tm(day * SECS_PER_DAY + day % SECS_PER_DAY, 0, &tm);
		KUNIT_ASSERT_TRUE_MSG(test, tm_is(&tm, &d), "day %lld", day);
		model_next_day(&d);
	}
}

static void calendar_of_every_day_before_the_epoch(struct kunit *test)
{
	struct model_date d = epoch;
	struct tm tm;
	s64 day;

	for (day = 0; day > -400 * 366; day--) {
		time64_to_tm(day * SECS_PER_DAY, 0, &tm);
		KUNIT_ASSERT_TRUE_MSG(test, tm_is(&tm, &d), "day %lld", day);
		model_previous_day(&d);
	}
}

static void time_of_day_and_offset(struct kunit *test)
{
	struct tm tm;

	time64_to_tm(13 * 3600 + 37 * 60 + 59, 0, &tm);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, 13);
	KUNIT_EXPECT_EQ(test, tm.tm_min, 37);
	KUNIT_EXPECT_EQ(test, tm.tm_sec, 59);

	/* One second before the epoch, seen from an hour further east. */
	time64_to_tm(-1, 3600, &tm);
	KUNIT_EXPECT_EQ(test, tm.tm_year, 70);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, 0);
	KUNIT_EXPECT_EQ(test, tm.tm_min, 59);
	time64_to_tm(-1, 0, &tm);
	KUNIT_EXPECT_EQ(test, tm.tm_year, 69);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, 23);
}

static void mktime64_undoes_time64_to_tm(struct kunit *test)
{
	u64 seed = 1;
	struct tm tm;
	int i;

	for (i = 0; i < 20000; i++) {
		/* From year 0 to about 8700. */
		s64 t = (s64)(next_random(&seed) % 274000000000ULL) - 62000000000LL;

		time64_to_tm(t, 0, &tm);
		KUNIT_ASSERT_EQ(test, mktime64(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
					       tm.tm_hour, tm.tm_min, tm.tm_sec), t);
	}
}

static void mktime64_knows_history(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, mktime64(1970, 1, 1, 0, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, mktime64(2000, 1, 1, 0, 0, 0), RTC_TIMESTAMP_BEGIN_2000);
	KUNIT_EXPECT_EQ(test, mktime64(1900, 1, 1, 0, 0, 0), RTC_TIMESTAMP_BEGIN_1900);
	KUNIT_EXPECT_EQ(test, mktime64(2063, 12, 31, 23, 59, 59), RTC_TIMESTAMP_END_2063);
	KUNIT_EXPECT_EQ(test, mktime64(2099, 12, 31, 23, 59, 59), RTC_TIMESTAMP_END_2099);
	/* Midnight by the name of 24:00, and a leap second. */
	KUNIT_EXPECT_EQ(test, mktime64(1999, 12, 31, 24, 0, 0), RTC_TIMESTAMP_BEGIN_2000);
	KUNIT_EXPECT_EQ(test, mktime64(1999, 12, 31, 23, 59, 60), RTC_TIMESTAMP_BEGIN_2000);
}

static void rtc_dates_are_checked(struct kunit *test)
{
	struct rtc_time tm;

	rtc_time64_to_tm(1709164800, &tm);	/* 29 February 2024 */
	KUNIT_EXPECT_EQ(test, rtc_valid_tm(&tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_mday, 29);
	KUNIT_EXPECT_EQ(test, rtc_tm_to_time64(&tm), 1709164800);
	tm.tm_year--;
	KUNIT_EXPECT_EQ(test, rtc_valid_tm(&tm), -EINVAL);
	tm.tm_mday = 28;
	KUNIT_EXPECT_EQ(test, rtc_valid_tm(&tm), 0);
	tm.tm_hour = 24;
	KUNIT_EXPECT_EQ(test, rtc_valid_tm(&tm), -EINVAL);
	KUNIT_EXPECT_EQ(test, rtc_year_days(1, 2, 2024), 60);
	KUNIT_EXPECT_EQ(test, rtc_year_days(1, 2, 2023), 59);
}

static void timespec64_is_normalised(struct kunit *test)
{
	struct timespec64 ts;

	set_normalized_timespec64(&ts, 5, -1);
	KUNIT_EXPECT_EQ(test, ts.tv_sec, 4);
	KUNIT_EXPECT_EQ(test, ts.tv_nsec, 999999999);
	set_normalized_timespec64(&ts, 5, 3 * NSEC_PER_SEC + 7);
	KUNIT_EXPECT_EQ(test, ts.tv_sec, 8);
	KUNIT_EXPECT_EQ(test, ts.tv_nsec, 7);
	set_normalized_timespec64(&ts, 0, -NSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, ts.tv_sec, -1);
	KUNIT_EXPECT_EQ(test, ts.tv_nsec, 0);
}

static void ns_and_timespec64_convert_both_ways(struct kunit *test)
{
	u64 seed = 2;
	int i;

	for (i = 0; i < 20000; i++) {
		s64 ns = (s64)next_random(&seed) >> (i % 60);
		struct timespec64 ts = ns_to_timespec64(ns);

		KUNIT_ASSERT_GE(test, ts.tv_nsec, 0);
		KUNIT_ASSERT_LT(test, ts.tv_nsec, NSEC_PER_SEC);
		/* The extremes saturate by a second's worth. */
		if (ts.tv_sec < KTIME_SEC_MAX && ts.tv_sec > KTIME_SEC_MIN)
			KUNIT_ASSERT_EQ(test, timespec64_to_ns(&ts), ns);
	}
}

static void timespec64_sums_and_saturates(struct kunit *test)
{
	struct timespec64 a = { 1, 600000000 }, b = { 2, 700000000 };
	struct timespec64 huge = { TIME64_MAX, 999999999 };
	struct timespec64 sum = timespec64_add(a, b), difference = timespec64_sub(a, b);

	KUNIT_EXPECT_EQ(test, sum.tv_sec, 4);
	KUNIT_EXPECT_EQ(test, sum.tv_nsec, 300000000);
	KUNIT_EXPECT_EQ(test, difference.tv_sec, -2);
	KUNIT_EXPECT_EQ(test, difference.tv_nsec, 900000000);
	KUNIT_EXPECT_LT(test, timespec64_compare(&a, &b), 0);
	KUNIT_EXPECT_EQ(test, timespec64_compare(&a, &a), 0);

	sum = timespec64_add_safe(huge, a);
	KUNIT_EXPECT_EQ(test, sum.tv_sec, TIME64_MAX);
	KUNIT_EXPECT_EQ(test, sum.tv_nsec, 0);
	KUNIT_EXPECT_EQ(test, timespec64_to_ns(&huge), KTIME_MAX);
	KUNIT_EXPECT_EQ(test, ktime_add_safe(KTIME_MAX - 5, 6), ktime_set(KTIME_SEC_MAX, 0));
	KUNIT_EXPECT_EQ(test, ktime_add_safe(40, 2), 42);
}

static void timespec64_validity(struct kunit *test)
{
	struct timespec64 ts = { 0, 0 };

	KUNIT_EXPECT_TRUE(test, timespec64_valid(&ts));
	ts.tv_nsec = NSEC_PER_SEC;
	KUNIT_EXPECT_FALSE(test, timespec64_valid(&ts));
	ts.tv_nsec = -1;
	KUNIT_EXPECT_FALSE(test, timespec64_valid(&ts));
	ts = (struct timespec64){ -1, 0 };
	KUNIT_EXPECT_FALSE(test, timespec64_valid(&ts));
	ts = (struct timespec64){ KTIME_SEC_MAX, 0 };
	KUNIT_EXPECT_TRUE(test, timespec64_valid(&ts));
	KUNIT_EXPECT_FALSE(test, timespec64_valid_strict(&ts));
	ts.tv_sec = TIME_SETTOD_SEC_MAX;
	KUNIT_EXPECT_TRUE(test, timespec64_valid_strict(&ts));
	KUNIT_EXPECT_FALSE(test, timespec64_valid_settod(&ts));
}

/* ---- jiffies ---- */

static void timeouts_round_up_to_jiffies(struct kunit *test)
{
	u64 seed = 3;
	int i;

	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(0), 0);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(1), DIV_ROUND_UP(HZ, 1000));
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(1000), HZ);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(UINT_MAX), MAX_JIFFY_OFFSET);
	KUNIT_EXPECT_EQ(test, usecs_to_jiffies(1), 1);
	for (i = 0; i < 20000; i++) {
		unsigned int m = next_random(&seed) >> 33;
		u64 j = msecs_to_jiffies(m);

		/* The least number of ticks that is long enough. */
		KUNIT_ASSERT_GE(test, j * 1000, (u64)m * HZ);
		KUNIT_ASSERT_LT(test, (j - 1) * 1000, (u64)m * HZ);
		j = usecs_to_jiffies(m);
		KUNIT_ASSERT_GE(test, j * 1000000, (u64)m * HZ);
		KUNIT_ASSERT_LT(test, (j - 1) * 1000000, (u64)m * HZ);
	}
}

static void jiffies_round_down_to_time(struct kunit *test)
{
	u64 seed = 4;
	int i;

	KUNIT_EXPECT_EQ(test, jiffies_to_msecs(HZ), 1000);
	KUNIT_EXPECT_EQ(test, jiffies_to_usecs(HZ), 1000000);
	KUNIT_EXPECT_EQ(test, jiffies64_to_nsecs(HZ), NSEC_PER_SEC);
	for (i = 0; i < 20000; i++) {
		unsigned long j = next_random(&seed) >> 43;
		u64 ns = jiffies64_to_nsecs(j);

		KUNIT_ASSERT_LE(test, ns * HZ, j * NSEC_PER_SEC);
		KUNIT_ASSERT_GT(test, (ns + 1) * HZ, j * NSEC_PER_SEC);
		KUNIT_ASSERT_EQ(test, jiffies64_to_msecs(j), j * 1000 / HZ);
		KUNIT_ASSERT_EQ(test, msecs_to_jiffies(jiffies_to_msecs(j)),
				DIV_ROUND_UP(j * 1000 / HZ * HZ, 1000));
	}
}

static void timespec64_and_jiffies(struct kunit *test)
{
	struct timespec64 ts = { 3, 1 };

	KUNIT_EXPECT_EQ(test, timespec64_to_jiffies(&ts), 3 * HZ + 1);
	ts.tv_sec = TIME64_MAX;
	KUNIT_EXPECT_EQ(test, timespec64_to_jiffies(&ts), MAX_JIFFY_OFFSET);
	jiffies_to_timespec64(3 * HZ + 1, &ts);
	KUNIT_EXPECT_EQ(test, ts.tv_sec, 3);
	KUNIT_EXPECT_EQ(test, ts.tv_nsec, NSEC_PER_SEC / HZ);
}

static void user_hz_conversions(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, jiffies_to_clock_t(10 * HZ), 10 * USER_HZ);
	KUNIT_EXPECT_EQ(test, clock_t_to_jiffies(10 * USER_HZ), 10 * HZ);
	KUNIT_EXPECT_EQ(test, clock_t_to_jiffies(~0UL), ~0UL);
	KUNIT_EXPECT_EQ(test, nsec_to_clock_t(NSEC_PER_SEC), USER_HZ);
	KUNIT_EXPECT_EQ(test, nsecs_to_jiffies(NSEC_PER_SEC), HZ);
	KUNIT_EXPECT_EQ(test, nsecs_to_jiffies(NSEC_PER_SEC - 1), HZ - 1);
}

static void jiffies_compare_across_the_wrap(struct kunit *test)
{
	unsigned long before = ULONG_MAX - 3, after = 5;

	KUNIT_EXPECT_TRUE(test, time_after(after, before));
	KUNIT_EXPECT_TRUE(test, time_before(before, after));
	KUNIT_EXPECT_TRUE(test, time_after_eq(before, before));
	KUNIT_EXPECT_FALSE(test, time_after(before, before));
	KUNIT_EXPECT_TRUE(test, time_in_range(ULONG_MAX, before, after));
	KUNIT_EXPECT_FALSE(test, time_in_range_open(after, before, after));
	KUNIT_EXPECT_TRUE(test, time_after32(1, 0xfffffff0u));
}

static void moments_are_told_from_now(struct kunit *test)
{
	u64 past = get_jiffies_64() - HZ, future = get_jiffies_64() + 3600 * HZ;
	u64 now = get_jiffies_64();

	KUNIT_EXPECT_TRUE(test, time_is_before_jiffies64(past));
	KUNIT_EXPECT_TRUE(test, time_is_before_eq_jiffies64(past));
	KUNIT_EXPECT_FALSE(test, time_is_after_eq_jiffies64(past));
	KUNIT_EXPECT_TRUE(test, time_is_after_jiffies64(future));
	KUNIT_EXPECT_TRUE(test, time_is_after_eq_jiffies64(future));
	KUNIT_EXPECT_FALSE(test, time_is_before_eq_jiffies64(future));
	KUNIT_EXPECT_TRUE(test, time_is_before_eq_jiffies64(now));
	KUNIT_EXPECT_TRUE(test, time_is_before_eq_jiffies((unsigned long)now));
	KUNIT_EXPECT_TRUE(test, time_is_after_eq_jiffies((unsigned long)future));
}

static void round_jiffies_gives_whole_seconds(struct kunit *test)
{
	unsigned long j = jiffies + 100 * HZ, up;
	int i;

	for (i = 0; i < HZ; i++) {
		unsigned long r = __round_jiffies(j + i, 0);

		KUNIT_ASSERT_EQ(test, r % HZ, 0);
		KUNIT_ASSERT_TRUE(test, time_in_range(r, j + i - HZ / 4, j + i + HZ));
		up = __round_jiffies_up(j + i, 0);
		KUNIT_ASSERT_EQ(test, up % HZ, 0);
		KUNIT_ASSERT_TRUE(test, time_after_eq(up, j + i));
	}
}

static struct kunit_case time_cases[] = {
	KUNIT_CASE(calendar_of_every_day_after_the_epoch),
	KUNIT_CASE(calendar_of_every_day_before_the_epoch),
	KUNIT_CASE(time_of_day_and_offset),
	KUNIT_CASE(mktime64_undoes_time64_to_tm),
	KUNIT_CASE(mktime64_knows_history),
	KUNIT_CASE(rtc_dates_are_checked),
	KUNIT_CASE(timespec64_is_normalised),
	KUNIT_CASE(ns_and_timespec64_convert_both_ways),
	KUNIT_CASE(timespec64_sums_and_saturates),
	KUNIT_CASE(timespec64_validity),
	KUNIT_CASE(timeouts_round_up_to_jiffies),
	KUNIT_CASE(jiffies_round_down_to_time),
	KUNIT_CASE(timespec64_and_jiffies),
	KUNIT_CASE(user_hz_conversions),
	KUNIT_CASE(jiffies_compare_across_the_wrap),
	KUNIT_CASE(moments_are_told_from_now),
	KUNIT_CASE(round_jiffies_gives_whole_seconds),
	{}
};

static struct kunit_suite time_suite = {
	.name = "time",
	.test_cases = time_cases,
};
kunit_test_suite(time_suite);
