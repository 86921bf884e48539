/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_TIME_NTP_INTERNAL_H
#define _KERNEL_TIME_NTP_INTERNAL_H

/*
 * The discipline of the wall clock, between ntp.c and timekeeping.c: see ntp.c for its model.
 *
 * There is one struct ntp_clock in the timekeeper; tests make their own. Nothing here takes a
 * lock, reads a clock or sleeps: the caller excludes others and tells the time.
 */

#include <linux/time64.h>
#include <linux/types.h>
#include <uapi/linux/timex.h>

/* Rates are nanoseconds gained in a second, amounts are nanoseconds; both in units of 2^-32. */
#define NTP_SCALE_SHIFT		32

/* The length of a second that is as long as the counter says. */
#define NTP_NOMINAL_PACE	((s64)NSEC_PER_SEC << NTP_SCALE_SHIFT)

/**
 * struct ntp_clock - how a clock is steered
 * @status: STA_*
 * @state: TIME_OK to TIME_WAIT
 * @tick_usec: what 1/USER_HZ of a second is to last, us
 * @constant: the loop's time constant, 0 to 10: it halves a phase within some 2^(2 + constant) s
 * @maxerror: bound of the error, us; grows by itself
 * @esterror: what a daemon takes the error for, us
 * @freq: the lasting correction, a rate
 * @offset: the phase that the loop has still to slew, an amount
 * @single: what adjtime(3) has still to slew, whole us
 * @single_frac: with @single, an amount below 1 us of either sign
 * @loop_rate: the part of @offset that each second of now takes on, a rate
 * @single_rate: the same of @single
 * @reftime: second of the wall clock in which @offset was set last
 * @second: the wall clock's current second
 * @leap_at: the second in which the leap is due; only in TIME_INS and TIME_DEL
 * @settled: raw time, ns, up to which @offset and @single are accounted
 */
struct ntp_clock {
	int status;
	int state;
	s64 tick_usec;
	s64 constant;
	s64 maxerror;
	s64 esterror;
	s64 freq;
	s64 offset;
	s64 single;
	s64 single_frac;
	s64 loop_rate;
	s64 single_rate;
	time64_t reftime;
	time64_t second;
	time64_t leap_at;
	u64 settled;
};

void ntp_init(struct ntp_clock *ntp, time64_t second);
void ntp_clear(struct ntp_clock *ntp, time64_t second);
s64 ntp_pace(const struct ntp_clock *ntp);
bool ntp_is_busy(const struct ntp_clock *ntp);
int ntp_pass_seconds(struct ntp_clock *ntp, time64_t now, u64 raw);
int ntp_validate(const struct __kernel_timex *tx);
int ntp_adjust(struct ntp_clock *ntp, struct __kernel_timex *tx, const struct timespec64 *now,
	       u64 raw, s32 *tai);

#endif /* _KERNEL_TIME_NTP_INTERNAL_H */
