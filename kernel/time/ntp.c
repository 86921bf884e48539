// SPDX-License-Identifier: MIT
/*
 * Steering the wall clock: what adjtimex(2) and adjtime(3) ask for, and how the pace follows.
 *
 * A counter is never exactly as fast as its maker says, and a clock set by hand jumps. A time
 * daemon therefore measures how far the clock is off and has its pace changed a little, so that
 * it drifts to the right time and stays there. Everything here comes down to one number, the
 * pace: how many nanoseconds the clock is to gain in a second of the raw counter (ntp_pace()).
 * timekeeping.c turns it into the slope of its line.
 *
 *	pace = tick + freq + loop_rate + single_rate
 *
 * tick and freq last until they are set again. The other two are the repayment of debts:
 *
 *	offset	a phase given to the loop (ADJ_OFFSET with STA_PLL). Each second pays the same
 *		share of what is left, so the phase dies away exponentially.
 *	single	the amount of adjtime(3). Each second pays 500 us until nothing is left.
 *
 * A rate is fixed when a second begins, from what is owed then. A second can last longer than it
 * should: its end is seen by the next tick, and an idle machine ticks late. So what was paid is
 * counted by raw time that went by, not by seconds (ntp_settle()). A second that paid too much
 * leaves a debt of the other sign, which the next one pays back; nothing is lost or paid twice.
 *
 * The loop (RFC 1589, RFC 5905) also learns from the phases it is given. Its time constant is
 * tau = 2^(SHIFT_PLL + constant) seconds. From phases that come often it corrects the frequency
 * as a phase-locked loop does, by phase * interval / (4 tau)^2; from rare ones, more than
 * NTP_MINSEC apart, as a frequency-locked loop if STA_FLL asks for it, by a quarter of
 * phase / interval; from very rare ones always so, since the phase-locked loop would be unstable.
 *
 * Leap seconds are a small machine that steps when a second of the wall clock begins:
 *
 *	       STA_INS		      midnight: clock back by 1 s	  1 s later
 *	OK ------------> INS ------------------------------> OOP --------------> WAIT
 *	OK ------------> DEL ------------------------------------------------> WAIT
 *	       STA_DEL		      one second before it: forth by 1 s
 *	WAIT ----------> OK when both flags are cleared; INS, DEL likewise, if theirs is
 *
 * Not here: a pulse-per-second signal, and writing the disciplined time back to the battery
 * clock.
 */
#include "ntp_internal.h"

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#define SHIFT_PLL	2
#define SHIFT_FLL	2
#define MAXTC		10		/* greatest time constant */
#define NTP_MINSEC	256		/* s between phases: below it never FLL */
#define NTP_MAXSEC	2048		/* above it always */
#define MAXPHASE	500000000LL	/* ns: the greatest phase for the loop */
#define MAXFREQ		500000LL	/* ns in a second: 500 ppm */
#define SINGLE_MAX	500000LL	/* ns in a second that adjtime() may take */
#define ERROR_LIMIT	16000000LL	/* us: an error that says "unknown" */
#define ERROR_GROWTH	500LL		/* us in a second: MAXFREQ, the worst drift */
#define MAX_TAI_OFFSET	100000

/* No second is made longer or shorter by more than this, in ns: clocksources leave 11 % of room. */
#define PACE_ROOM	109900000LL

#define SCALED(x)	((s64)(x) << NTP_SCALE_SHIFT)
#define SCALED_USEC	SCALED(NSEC_PER_USEC)

/* A unit of adjtimex's frequencies, 2^-16 ppm, as a rate. */
#define FREQ_UNIT	((s64)NSEC_PER_USEC << (NTP_SCALE_SHIFT - 16))
#define FREQ_TOLD_MAX	(LLONG_MAX / FREQ_UNIT)

#define SECS_PER_DAY	86400

/* Debts are counted over this long at most, ns: only a machine that was stopped is away longer. */
#define SETTLE_MAX	(8ULL * NSEC_PER_SEC)

/* x / 2^shift, towards 0 for either sign. */
static s64 shift_down(s64 x, unsigned int shift)
{
	return x < 0 ? -(-x >> shift) : x >> shift;
}

/* x / unit, to the nearest. */
static s64 in_units(s64 x, s64 unit)
{
	return div64_s64(x < 0 ? x - unit / 2 : x + unit / 2, unit);
}

/* What @rate gains in @ns nanoseconds. */
static s64 gained(s64 rate, u64 ns)
{
	u64 amount = mul_u64_u64_div_u64(abs(rate), ns, NSEC_PER_SEC);

	return rate < 0 ? -(s64)amount : (s64)amount;
}

/* ---- the pace ---- */

/* The part of the pace that lasts. */
static s64 lasting_pace(const struct ntp_clock *ntp)
{
	return SCALED(ntp->tick_usec * NSEC_PER_USEC * USER_HZ) + ntp->freq;
}

/**
 * ntp_pace - how long the seconds of now are
 * @ntp: the discipline
 *
 * Context: any; the caller excludes writers of @ntp.
 * Return: nanoseconds, in units of 2^-32, that the clock gains in a second of the raw counter;
 * within 11 % of NTP_NOMINAL_PACE.
 */
s64 ntp_pace(const struct ntp_clock *ntp)
{
	return lasting_pace(ntp) + ntp->loop_rate + ntp->single_rate;
}

/**
 * ntp_is_busy - does something happen with the seconds to come?
 * @ntp: the discipline
 *
 * Context: any.
 * Return: whether the pace is about to change or a leap second to be watched for, so that seconds
 * should not go by unseen.
 */
bool ntp_is_busy(const struct ntp_clock *ntp)
{
	return ntp->loop_rate || ntp->single_rate || ntp->state != TIME_OK ||
	       ntp->status & (STA_INS | STA_DEL);
}

/* Count what was paid from the last time on until @raw. */
static void ntp_settle(struct ntp_clock *ntp, u64 raw)
{
	u64 ns = min(raw - ntp->settled, SETTLE_MAX);
	s64 us, limit = SCALED(MAXPHASE);

	ntp->settled = raw;
	ntp->offset = clamp(ntp->offset - gained(ntp->loop_rate, ns), -limit, limit);
	ntp->single_frac -= gained(ntp->single_rate, ns);
	us = div64_s64(ntp->single_frac, SCALED_USEC);
	ntp->single += us;
	ntp->single_frac -= us * SCALED_USEC;
}

/* Fix what the second that begins now pays. */
static void ntp_plan(struct ntp_clock *ntp)
{
	s64 room = SCALED(PACE_ROOM), lasting, loop, single;

	single = clamp(ntp->single, -SINGLE_MAX / NSEC_PER_USEC, SINGLE_MAX / NSEC_PER_USEC);
	single = clamp(single * SCALED_USEC + ntp->single_frac,
		       -SCALED(SINGLE_MAX), SCALED(SINGLE_MAX));
	ntp->single_rate = single;

	/* A short constant and a long tick together ask for more than there is room for. */
	lasting = lasting_pace(ntp) + single - NTP_NOMINAL_PACE;
	if (abs(ntp->offset) < SCALED(1))
		ntp->offset = 0;	/* so that it ends some day */
	loop = shift_down(ntp->offset, SHIFT_PLL + ntp->constant);
	ntp->loop_rate = clamp(loop, -room - lasting, room - lasting);
}

/* ---- start, and start over ---- */

/**
 * ntp_clear - the clock was set: what was known of its error holds no longer
 * @ntp: the discipline
 * @second: the wall clock's second now
 *
 * The frequency stays: it is a property of the counter.
 * Context: any.
 */
void ntp_clear(struct ntp_clock *ntp, time64_t second)
{
	ntp->status |= STA_UNSYNC;
	/* A leap second that was prepared was one of another day. */
	if (ntp->state == TIME_INS || ntp->state == TIME_DEL)
		ntp->state = TIME_OK;
	ntp->maxerror = ERROR_LIMIT;
	ntp->esterror = ERROR_LIMIT;
	ntp->offset = 0;
	ntp->single = 0;
	ntp->single_frac = 0;
	ntp->second = second;
	ntp_plan(ntp);
}

/**
 * ntp_init - a clock that nobody has steered yet
 * @ntp: to be filled
 * @second: the wall clock's second now
 *
 * Context: any. The raw clock shows 0.
 */
void ntp_init(struct ntp_clock *ntp, time64_t second)
{
	*ntp = (struct ntp_clock){
		.tick_usec = USEC_PER_SEC / USER_HZ,
		.constant = 2,
	};
	ntp_clear(ntp, second);
}

/* ---- seconds ---- */

static time64_t next_midnight(time64_t second)
{
	s32 into_day;

	div_s64_rem(second, SECS_PER_DAY, &into_day);
	return second + SECS_PER_DAY - into_day;
}

/* A day ends: who asks for a leap second gets one at the next midnight. */
static void leap_prepare(struct ntp_clock *ntp)
{
	if (ntp->status & STA_INS) {
		ntp->state = TIME_INS;
		ntp->leap_at = next_midnight(ntp->second);
	} else if (ntp->status & STA_DEL) {
		ntp->state = TIME_DEL;
		/* The last second is left out; if that is now, tomorrow's. */
		ntp->leap_at = next_midnight(ntp->second + 1) - 1;
	}
}

/* One step of the machine, as a second begins. Return: seconds by which the clock jumps. */
static int leap_step(struct ntp_clock *ntp)
{
	bool due = ntp->second == ntp->leap_at;

	switch (ntp->state) {
	case TIME_OK:
		leap_prepare(ntp);
		break;
	case TIME_INS:
		if (!(ntp->status & STA_INS)) {
			ntp->state = TIME_OK;
		} else if (due) {
			ntp->state = TIME_OOP;
			return -1;
		}
		break;
	case TIME_DEL:
		if (!(ntp->status & STA_DEL)) {
			ntp->state = TIME_OK;
		} else if (due) {
			ntp->state = TIME_WAIT;
			return 1;
		}
		break;
	case TIME_OOP:
		ntp->state = TIME_WAIT;
		break;
	case TIME_WAIT:
		if (!(ntp->status & (STA_INS | STA_DEL)))
			ntp->state = TIME_OK;
		break;
	}
	return 0;
}

/* Without word from a daemon the clock may have drifted on. */
static void grow_error(struct ntp_clock *ntp)
{
	ntp->maxerror += ERROR_GROWTH;
	if (ntp->maxerror > ERROR_LIMIT) {
		ntp->maxerror = ERROR_LIMIT;
		ntp->status |= STA_UNSYNC;
	}
}

/**
 * ntp_pass_seconds - the wall clock has come to another second
 * @ntp: the discipline
 * @now: that second; one call may pass many
 * @raw: the raw clock, ns
 *
 * Fixes the pace of the second that begins.
 * Context: any; timekeeping: the tick, interrupts off.
 * Return: seconds by which the wall clock has to jump for a leap second: -1, 0 or 1.
 */
int ntp_pass_seconds(struct ntp_clock *ntp, time64_t now, u64 raw)
{
	int leap, jump = 0;

	ntp_settle(ntp, raw);
	while (ntp->second < now) {
		ntp->second++;
		leap = leap_step(ntp);
		ntp->second += leap;
		now += leap;
		jump += leap;
		grow_error(ntp);
	}
	ntp_plan(ntp);
	return jump;
}

/* ---- the loop ---- */

/* What a frequency-locked loop makes of a phase. */
static s64 fll_freq(struct ntp_clock *ntp, s64 phase, s64 interval)
{
	ntp->status &= ~STA_MODE;
	if (interval < NTP_MINSEC)
		return 0;
	if (interval <= NTP_MAXSEC && !(ntp->status & STA_FLL))
		return 0;
	ntp->status |= STA_MODE;
	return shift_down(div64_s64(SCALED(phase), interval), SHIFT_FLL);
}

/* And a phase-locked one: phase * interval / (4 tau)^2, of an interval of 2 tau at most. */
static s64 pll_freq(const struct ntp_clock *ntp, s64 phase, s64 interval)
{
	unsigned int log_tau = SHIFT_PLL + ntp->constant;

	interval = min(interval, (s64)1 << (log_tau + 1));
	return phase * interval * (1LL << (NTP_SCALE_SHIFT - 2 * (log_tau + 2)));
}

/* Where ADJ_OFFSET's phase goes: @told in us, or ns with STA_NANO, at wall clock second @now. */
static void ntp_take_phase(struct ntp_clock *ntp, s64 told, time64_t now)
{
	s64 phase, interval, freq;

	if (!(ntp->status & STA_PLL))
		return;
	phase = clamp(told, -MAXPHASE, MAXPHASE);
	if (!(ntp->status & STA_NANO))
		phase = clamp(phase * NSEC_PER_USEC, -MAXPHASE, MAXPHASE);

	interval = ntp->status & STA_FREQHOLD ? 0 : max(now - ntp->reftime, 0LL);
	ntp->reftime = now;
	freq = ntp->freq + fll_freq(ntp, phase, interval) + pll_freq(ntp, phase, interval);
	ntp->freq = clamp(freq, -SCALED(MAXFREQ), SCALED(MAXFREQ));
	ntp->offset = SCALED(phase);
}

/* ---- adjtimex(2) ---- */

static int validate_setoffset(const struct __kernel_timex *tx)
{
	s64 limit = tx->modes & ADJ_NANO ? NSEC_PER_SEC : USEC_PER_SEC;

	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	return tx->time.tv_usec < 0 || tx->time.tv_usec >= limit ? -EINVAL : 0;
}

static int validate_modes(const struct __kernel_timex *tx)
{
	if (tx->modes & ADJ_ADJTIME) {
		if (!(tx->modes & ADJ_OFFSET))
			return -EINVAL;
		return tx->modes & ADJ_OFFSET_READONLY || capable(CAP_SYS_TIME) ? 0 : -EPERM;
	}
	if (tx->modes && !capable(CAP_SYS_TIME))
		return -EPERM;
	if (tx->modes & ADJ_TICK && (tx->tick < 900000 / USER_HZ || tx->tick > 1100000 / USER_HZ))
		return -EINVAL;
	return 0;
}

/**
 * ntp_validate - may the caller ask for this, and does it make sense?
 * @tx: what adjtimex(2) was given
 *
 * Asking (modes 0 or ADJ_OFFSET_SS_READ) needs no right. Values that adjtimex(2) clamps pass.
 * Context: system call.
 * Return: 0; -EPERM without CAP_SYS_TIME; -EINVAL for ADJ_OFFSET_SINGLESHOT's bit alone, a tick
 * more than a tenth off, a time to be added that is not normalized, or a frequency that would
 * overflow.
 */
int ntp_validate(const struct __kernel_timex *tx)
{
	int ret = validate_modes(tx);

	if (!ret && tx->modes & ADJ_SETOFFSET)
		ret = validate_setoffset(tx);
	if (ret)
		return ret;
	if (tx->modes & ADJ_FREQUENCY && (tx->freq > FREQ_TOLD_MAX || tx->freq < -FREQ_TOLD_MAX))
		return -EINVAL;
	return 0;
}

static void set_status(struct ntp_clock *ntp, int status, time64_t now)
{
	if (ntp->status & STA_PLL && !(status & STA_PLL)) {
		ntp->state = TIME_OK;
		ntp->status = STA_UNSYNC;
	}
	/* The loop's first interval begins now. */
	if (!(ntp->status & STA_PLL) && status & STA_PLL)
		ntp->reftime = now;
	ntp->status = (ntp->status & STA_RONLY) | (status & ~STA_RONLY);
}

static void set_constant(struct ntp_clock *ntp, s64 constant)
{
	constant = clamp(constant, 0LL, (s64)MAXTC);
	if (!(ntp->status & STA_NANO))
		constant += 4;	/* the older interface counts from 16 s */
	ntp->constant = min(constant, (s64)MAXTC);
}

/* The order matters: resolution and status before what is read by them, the loop last. */
static void set_modes(struct ntp_clock *ntp, const struct __kernel_timex *tx, time64_t now,
		      s32 *tai)
{
	if (tx->modes & ADJ_STATUS)
		set_status(ntp, tx->status, now);
	if (tx->modes & ADJ_NANO)
		ntp->status |= STA_NANO;
	if (tx->modes & ADJ_MICRO)
		ntp->status &= ~STA_NANO;
	if (tx->modes & ADJ_FREQUENCY)
		ntp->freq = clamp(tx->freq * FREQ_UNIT, -SCALED(MAXFREQ), SCALED(MAXFREQ));
	if (tx->modes & ADJ_MAXERROR)
		ntp->maxerror = clamp(tx->maxerror, 0LL, ERROR_LIMIT);
	if (tx->modes & ADJ_ESTERROR)
		ntp->esterror = clamp(tx->esterror, 0LL, ERROR_LIMIT);
	if (tx->modes & ADJ_TIMECONST)
		set_constant(ntp, tx->constant);
	if (tx->modes & ADJ_TAI && tx->constant >= 0 && tx->constant <= MAX_TAI_OFFSET)
		*tai = tx->constant;
	if (tx->modes & ADJ_TICK)
		ntp->tick_usec = tx->tick;
	if (tx->modes & ADJ_OFFSET)
		ntp_take_phase(ntp, tx->offset, now);
}

/* adjtime(3): tell what was left, and unless only asked take the new amount. */
static void exchange_single(struct ntp_clock *ntp, struct __kernel_timex *tx)
{
	s64 left = ntp->single + in_units(ntp->single_frac, SCALED_USEC);

	if (!(tx->modes & ADJ_OFFSET_READONLY)) {
		ntp->single = tx->offset;
		ntp->single_frac = 0;
	}
	tx->offset = left;
}

static s64 told_offset(const struct ntp_clock *ntp)
{
	return in_units(ntp->offset, ntp->status & STA_NANO ? SCALED(1) : SCALED_USEC);
}

static void tell(const struct ntp_clock *ntp, struct __kernel_timex *tx,
		 const struct timespec64 *now, s32 tai)
{
	tx->freq = in_units(ntp->freq, FREQ_UNIT);
	tx->maxerror = ntp->maxerror;
	tx->esterror = ntp->esterror;
	tx->status = ntp->status;
	tx->constant = ntp->constant;
	tx->precision = 1;
	tx->tolerance = SCALED(MAXFREQ) / FREQ_UNIT;
	tx->tick = ntp->tick_usec;
	tx->tai = tai;
	tx->time.tv_sec = now->tv_sec;
	tx->time.tv_usec = ntp->status & STA_NANO ? now->tv_nsec : now->tv_nsec / NSEC_PER_USEC;
	/* No pulse-per-second signal. */
	tx->ppsfreq = 0;
	tx->jitter = 0;
	tx->shift = 0;
	tx->stabil = 0;
	tx->jitcnt = 0;
	tx->calcnt = 0;
	tx->errcnt = 0;
	tx->stbcnt = 0;
}

/**
 * ntp_adjust - what adjtimex(2) does, ADJ_SETOFFSET left out
 * @ntp: the discipline
 * @tx: passed ntp_validate(); the answer is written to it
 * @now: the wall clock
 * @raw: the raw clock, ns
 * @tai: TAI less UTC, s; ADJ_TAI changes it
 *
 * Context: any; the caller excludes others and follows the new pace.
 * Return: TIME_OK to TIME_WAIT, or TIME_ERROR while nobody vouches for the clock.
 */
int ntp_adjust(struct ntp_clock *ntp, struct __kernel_timex *tx, const struct timespec64 *now,
	       u64 raw, s32 *tai)
{
	bool asks_only = !tx->modes || tx->modes == ADJ_OFFSET_SS_READ;

	ntp_settle(ntp, raw);
	if (tx->modes & ADJ_ADJTIME) {
		exchange_single(ntp, tx);
	} else {
		set_modes(ntp, tx, now->tv_sec, tai);
		tx->offset = told_offset(ntp);
	}
	/* A question must not spread what is left over a second that begins now. */
	if (!asks_only)
		ntp_plan(ntp);
	tell(ntp, tx, now, *tai);
	return ntp->status & (STA_UNSYNC | STA_CLOCKERR) ? TIME_ERROR : ntp->state;
}
