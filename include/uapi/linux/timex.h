/* SPDX-License-Identifier: MIT */
/* adjtimex(2): what a time daemon asks and tells. */
#ifndef _UAPI_LINUX_TIMEX_H
#define _UAPI_LINUX_TIMEX_H

#include <linux/time_types.h>
#include <linux/types.h>

struct __kernel_timex_timeval {
	__kernel_time64_t tv_sec;
	long long tv_usec;
};

struct __kernel_timex {
	unsigned int modes;
	int :32;
	long long offset;
	long long freq;
	long long maxerror;
	long long esterror;
	int status;
	int :32;
	long long constant;
	long long precision;
	long long tolerance;
	struct __kernel_timex_timeval time;
	long long tick;
	long long ppsfreq;
	long long jitter;
	int shift;
	int :32;
	long long stabil;
	long long jitcnt;
	long long calcnt;
	long long errcnt;
	long long stbcnt;
	int tai;
	int :32; int :32; int :32; int :32;
	int :32; int :32; int :32; int :32;
	int :32; int :32; int :32;
};

/*
 * modes: what to set. The three at the end are calls of their own: ADJ_OFFSET_SINGLESHOT and
 * ADJ_OFFSET_SS_READ are made of ADJ_ADJTIME and ADJ_OFFSET, the second one of
 * ADJ_OFFSET_READONLY as well, which is ADJ_NANO elsewhere.
 */
#define ADJ_OFFSET		0x0001
#define ADJ_FREQUENCY		0x0002
#define ADJ_MAXERROR		0x0004
#define ADJ_ESTERROR		0x0008
#define ADJ_STATUS		0x0010
#define ADJ_TIMECONST		0x0020
#define ADJ_TAI			0x0080
#define ADJ_SETOFFSET		0x0100
#define ADJ_MICRO		0x1000
#define ADJ_NANO		0x2000
#define ADJ_TICK		0x4000
#define ADJ_OFFSET_SINGLESHOT	0x8001
#define ADJ_OFFSET_SS_READ	0xa001

#ifdef __KERNEL__
#define ADJ_ADJTIME		0x8000
#define ADJ_OFFSET_READONLY	0x2000
#endif

/* The same by the names of ntp_adjtime(3). */
#define MOD_OFFSET		ADJ_OFFSET
#define MOD_FREQUENCY		ADJ_FREQUENCY
#define MOD_MAXERROR		ADJ_MAXERROR
#define MOD_ESTERROR		ADJ_ESTERROR
#define MOD_STATUS		ADJ_STATUS
#define MOD_TIMECONST		ADJ_TIMECONST
#define MOD_TAI			ADJ_TAI
#define MOD_MICRO		ADJ_MICRO
#define MOD_NANO		ADJ_NANO
#define MOD_CLKA		ADJ_OFFSET_SINGLESHOT
#define MOD_CLKB		ADJ_TICK

/* status; the upper byte is the kernel's to set */
#define STA_PLL			0x0001
#define STA_PPSFREQ		0x0002
#define STA_PPSTIME		0x0004
#define STA_FLL			0x0008
#define STA_INS			0x0010
#define STA_DEL			0x0020
#define STA_UNSYNC		0x0040
#define STA_FREQHOLD		0x0080
#define STA_PPSSIGNAL		0x0100
#define STA_PPSJITTER		0x0200
#define STA_PPSWANDER		0x0400
#define STA_PPSERROR		0x0800
#define STA_CLOCKERR		0x1000
#define STA_NANO		0x2000
#define STA_MODE		0x4000
#define STA_CLK			0x8000
#define STA_RONLY		0xff00

/* What adjtimex() returns. */
#define TIME_OK			0	/* no leap second in sight */
#define TIME_INS		1	/* one will be inserted at the end of the day */
#define TIME_DEL		2	/* one will be left out */
#define TIME_OOP		3	/* the inserted second is now */
#define TIME_WAIT		4	/* it is over, but STA_INS or STA_DEL is still set */
#define TIME_ERROR		5	/* not synchronized */
#define TIME_BAD		TIME_ERROR

#endif /* _UAPI_LINUX_TIMEX_H */
