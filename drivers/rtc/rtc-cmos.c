// SPDX-License-Identifier: MIT
/*
 * The PC's clock chip (MC146818), read once at boot.
 *
 * It may count in BCD or binary, in 12 or 24 hours; register B tells.  Once a second it updates
 * its registers, and a reading across an update is garbage.  Rather than wait for the update to
 * end, which can take a second of guest time if the chip is odd, read until two readings in a
 * row agree and no update was in progress.
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mc146818rtc.h>
#include <linux/printk.h>
#include <linux/rtc.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include <asm/io.h>

#define READ_TRIES	2000

/* Index and data port belong together. */
static DEFINE_RAW_SPINLOCK(rtc_lock);

static u8 cmos_read(u8 reg)
{
	outb(reg, RTC_PORT(0));
	return inb(RTC_PORT(1));
}

static void read_raw(struct mc146818_raw *raw)
{
	raw->sec = cmos_read(RTC_SECONDS);
	raw->min = cmos_read(RTC_MINUTES);
	raw->hour = cmos_read(RTC_HOURS);
	raw->mday = cmos_read(RTC_DAY_OF_MONTH);
	raw->mon = cmos_read(RTC_MONTH);
	raw->year = cmos_read(RTC_YEAR);
	raw->century = cmos_read(RTC_CENTURY);
	raw->control = cmos_read(RTC_REG_B);
}

static unsigned int from_bcd(u8 value)
{
	return (value >> 4) * 10 + (value & 0xf);
}

/**
 * mc146818_decode - registers to a date
 * @raw: what the chip holds
 * @tm: result
 * Context: any, pure.
 * Return: 0, or -EINVAL if that is no date.
 */
int mc146818_decode(const struct mc146818_raw *raw, struct rtc_time *tm)
{
	bool binary = raw->control & RTC_DM_BINARY;
	bool pm = raw->hour & RTC_HOUR_PM;
	u8 hour = raw->hour;
	unsigned int century, year;

#define FIELD(x) (binary ? (x) : from_bcd(x))
	if (!(raw->control & RTC_24H)) {
		hour = FIELD(hour & ~RTC_HOUR_PM);
		if (hour < 1 || hour > 12)
			return -EINVAL;
		tm->tm_hour = hour % 12 + (pm ? 12 : 0);
	} else {
		tm->tm_hour = FIELD(hour);
	}
	tm->tm_sec = FIELD(raw->sec);
	tm->tm_min = FIELD(raw->min);
	tm->tm_mday = FIELD(raw->mday);
	tm->tm_mon = (int)FIELD(raw->mon) - 1;
	year = FIELD(raw->year);
	century = FIELD(raw->century);
#undef FIELD

	/* The century's register is a custom, not a rule; where it is empty, guess as all do. */
	if (year > 99)
		return -EINVAL;
	if (century >= 19 && century <= 21)
		tm->tm_year = century * 100 + year - 1900;
	else
		tm->tm_year = year < 70 ? year + 100 : year;
	tm->tm_wday = -1;
	tm->tm_yday = -1;
	tm->tm_isdst = -1;
	return rtc_valid_tm(tm);
}

/**
 * mc146818_get_time - read the clock chip
 * @tm: result, UTC if the chip is set so
 *
 * Context: any.
 * Return: 0; -EIO if no two readings agreed, or nobody answers; -EINVAL if that is no date.
 */
int mc146818_get_time(struct rtc_time *tm)
{
	struct mc146818_raw raw, again;
	unsigned long flags;
	int tries;

	for (tries = READ_TRIES; tries; tries--) {
		raw_spin_lock_irqsave(&rtc_lock, flags);
		read_raw(&raw);
		read_raw(&again);
		if (cmos_read(RTC_REG_A) & RTC_UIP)
			again.sec = ~raw.sec;
		raw_spin_unlock_irqrestore(&rtc_lock, flags);
		if (!memcmp(&raw, &again, sizeof(raw)))
			break;
	}
	if (!tries || raw.control == 0xff)
		return -EIO;
	return mc146818_decode(&raw, tm);
}

/**
 * read_persistent_clock64 - time of day when the kernel starts
 * @ts: result; 0 if the chip can't be read
 * Context: timekeeping_init().
 */
void read_persistent_clock64(struct timespec64 *ts)
{
	struct rtc_time tm;
	int ret = mc146818_get_time(&tm);

	ts->tv_sec = ret ? 0 : rtc_tm_to_time64(&tm);
	ts->tv_nsec = 0;
	if (ret)
		pr_warn("rtc: the CMOS clock can't be read (%d)\n", ret);
}
