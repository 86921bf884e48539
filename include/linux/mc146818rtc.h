/* SPDX-License-Identifier: MIT */
/*
 * The PC's clock chip: 14 registers of time behind an index port and a data port.
 */
#ifndef _LINUX_MC146818RTC_H
#define _LINUX_MC146818RTC_H

#include <linux/types.h>

struct rtc_time;

#define RTC_PORT(x)		(0x70 + (x))

#define RTC_SECONDS		0
#define RTC_MINUTES		2
#define RTC_HOURS		4
#define RTC_DAY_OF_MONTH	7
#define RTC_MONTH		8
#define RTC_YEAR		9
#define RTC_REG_A		10
#define   RTC_UIP		0x80
#define RTC_REG_B		11
#define   RTC_DM_BINARY		0x04
#define   RTC_24H		0x02
#define RTC_REG_D		13
#define   RTC_VRT		0x80
#define RTC_CENTURY		0x32
#define RTC_HOUR_PM		0x80

/* The raw registers of one reading. */
struct mc146818_raw {
	u8 sec, min, hour, mday, mon, year, century, control;
};

int mc146818_decode(const struct mc146818_raw *raw, struct rtc_time *tm);
int mc146818_get_time(struct rtc_time *tm);

#endif /* _LINUX_MC146818RTC_H */
