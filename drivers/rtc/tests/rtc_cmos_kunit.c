// SPDX-License-Identifier: MIT
/* The CMOS clock's four ways to say a time. */
#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/mc146818rtc.h>
#include <linux/rtc.h>

static void cmos_decodes_bcd(struct kunit *test)
{
	struct mc146818_raw raw = {
		.sec = 0x59, .min = 0x30, .hour = 0x23, .mday = 0x21, .mon = 0x11, .year = 0x26,
		.century = 0x20, .control = RTC_24H,
	};
	struct rtc_time tm;

	KUNIT_ASSERT_EQ(test, mc146818_decode(&raw, &tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_sec, 59);
	KUNIT_EXPECT_EQ(test, tm.tm_min, 30);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, 23);
	KUNIT_EXPECT_EQ(test, tm.tm_mday, 21);
	KUNIT_EXPECT_EQ(test, tm.tm_mon, 10);
	KUNIT_EXPECT_EQ(test, tm.tm_year, 126);
}

static void cmos_decodes_binary(struct kunit *test)
{
	struct mc146818_raw raw = {
		.sec = 59, .min = 30, .hour = 23, .mday = 21, .mon = 11, .year = 26,
		.century = 20, .control = RTC_24H | RTC_DM_BINARY,
	};
	struct rtc_time tm;

	KUNIT_ASSERT_EQ(test, mc146818_decode(&raw, &tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, 23);
	KUNIT_EXPECT_EQ(test, tm.tm_year, 126);
}

static void cmos_decodes_twelve_hours(struct kunit *test)
{
	struct mc146818_raw raw = { .mday = 1, .mon = 1, .year = 0x24, .century = 0x20 };
	struct rtc_time tm;

	raw.hour = 0x12;	/* midnight */
	KUNIT_ASSERT_EQ(test, mc146818_decode(&raw, &tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, 0);
	raw.hour = 0x12 | RTC_HOUR_PM;	/* noon */
	KUNIT_ASSERT_EQ(test, mc146818_decode(&raw, &tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, 12);
	raw.hour = 0x11 | RTC_HOUR_PM;
	KUNIT_ASSERT_EQ(test, mc146818_decode(&raw, &tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_hour, 23);
	raw.hour = 0x13;
	KUNIT_EXPECT_EQ(test, mc146818_decode(&raw, &tm), -EINVAL);
}

static void cmos_guesses_a_missing_century(struct kunit *test)
{
	struct mc146818_raw raw = { .mday = 1, .mon = 1, .year = 0x69, .control = RTC_24H };
	struct rtc_time tm;

	KUNIT_ASSERT_EQ(test, mc146818_decode(&raw, &tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_year, 169);
	raw.year = 0x70;
	KUNIT_ASSERT_EQ(test, mc146818_decode(&raw, &tm), 0);
	KUNIT_EXPECT_EQ(test, tm.tm_year, 70);
}

static void cmos_refuses_what_is_no_date(struct kunit *test)
{
	struct mc146818_raw raw = { .mday = 0x30, .mon = 0x02, .year = 0x24, .control = RTC_24H };
	struct rtc_time tm;

	KUNIT_EXPECT_NE(test, mc146818_decode(&raw, &tm), 0);
	raw.mday = 1;
	raw.mon = 0;
	KUNIT_EXPECT_NE(test, mc146818_decode(&raw, &tm), 0);
	raw.mon = 1;
	raw.year = 0xff;
	KUNIT_EXPECT_NE(test, mc146818_decode(&raw, &tm), 0);
}

static struct kunit_case rtc_cmos_cases[] = {
	KUNIT_CASE(cmos_decodes_bcd),
	KUNIT_CASE(cmos_decodes_binary),
	KUNIT_CASE(cmos_decodes_twelve_hours),
	KUNIT_CASE(cmos_guesses_a_missing_century),
	KUNIT_CASE(cmos_refuses_what_is_no_date),
	{}
};

static struct kunit_suite rtc_cmos_suite = {
	.name = "rtc_cmos",
	.test_cases = rtc_cmos_cases,
};

kunit_test_suite(rtc_cmos_suite);
