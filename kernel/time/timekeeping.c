// SPDX-License-Identifier: MIT
/*
 * The clocks: monotonic, real, boottime, TAI and raw, made of one counter.
 *
 * At any moment the timekeeper holds a point (cycle_last, base + frac) of the line that maps the
 * counter to nanoseconds, and the line's slope (mult, shift). A reading is
 *
 *	base + (((now - cycle_last) * mult + frac) >> shift)
 *
 * The tick moves the point along the line so that the difference stays small; the other clocks
 * are the monotonic one plus an offset. frac, in units of 2^-shift ns, carries what does not make
 * a whole nanosecond, so moving the point loses nothing and the clock never steps back.
 *
 * The raw line has the slope of the counter. That of the others is steered: ntp.c says how long a
 * second is to be, here the slope is bent at the point, so that the line stays in one piece. The
 * slope wanted is seldom a whole mult, whose unit is a tenth of a ppm or so. The two around it are
 * used by turns: lag tells how far the line is behind the wanted one and which of the two mends
 * that, so the clock is never further off than one unit makes between two ticks.
 *
 * Readers take no lock. Ordinary ones run under the sequence count tk_core.seq and retry while an
 * update is under way. An NMI that hit the updating CPU would retry for ever; for it there is a
 * latch: two copies of the line, updated one after the other, of which the reader takes the one
 * that is not being changed. It may get the line from just before an update, which is at most a
 * rounding away; while the clock is steered, by as much as the pace changed since.
 *
 *	updater				NMI reader
 *	seq = 1	(readers use [1])
 *	write [0]			reads [1]
 *	seq = 2	(readers use [0])
 *	write [1]			reads [0]
 *
 * Lock order: clocksource_lock, jiffies_lock, then tk_core.lock.
 */
#include <linux/timekeeping.h>

#include <linux/bug.h>
#include <linux/cache.h>
#include <linux/clocksource.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/security.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/tick.h>
#include <linux/time.h>
#include <linux/timex.h>
#include <linux/vdso.h>

#include "ntp_internal.h"
#include "tick-internal.h"
#include "timekeeping_internal.h"

/**
 * struct tk_read_base - one line from cycles to nanoseconds
 * @clock: the counter
 * @mask: its width
 * @cycle_last: cycles at the point
 * @mult: slope, with @shift
 * @shift: see @mult
 * @frac: part of a nanosecond at the point, below 1 << @shift
 * @base: nanoseconds at the point
 */
struct tk_read_base {
	struct clocksource *clock;
	u64 mask;
	u64 cycle_last;
	u32 mult;
	u32 shift;
	u64 frac;
	ktime_t base;
};

/**
 * struct timekeeper - all clocks
 * @mono: the line of CLOCK_MONOTONIC
 * @raw: the line of CLOCK_MONOTONIC_RAW: never steered
 * @offs_real: real minus monotonic, and so on
 * @tai_offset: TAI minus UTC, whole seconds
 * @clock_was_set_seq: changes with the offsets, tells hrtimers to fetch them
 * @ntp: how the lines but @raw are steered
 * @wanted_mult: the slope that @ntp asks of @mono, in units of 2^-WANTED_SHIFT mult
 * @lag: how far @mono is behind it, in units of 2^-(shift + WANTED_SHIFT) ns
 * @max_idle_ns: how long the point may stay where it is
 */
struct timekeeper {
	struct tk_read_base mono;
	struct tk_read_base raw;
	ktime_t offs_real;
	ktime_t offs_boot;
	ktime_t offs_tai;
	s32 tai_offset;
	unsigned int clock_was_set_seq;
	struct ntp_clock ntp;
	u64 wanted_mult;
	s64 lag;
	u64 max_idle_ns;
};

#define WANTED_SHIFT	16

/*
 * Written under the lock and inside the count; alone in its cache lines, it is read all the time.
 */
static struct {
	seqcount_raw_spinlock_t seq;
	raw_spinlock_t lock;
	struct timekeeper tk;
} tk_core ____cacheline_aligned = {
	.lock = __RAW_SPIN_LOCK_UNLOCKED(tk_core.lock),
	.seq = SEQCNT_RAW_SPINLOCK_ZERO(tk_core.seq, &tk_core.lock),
};

/* The lines once more, twice, with the offsets, for NMIs. */
struct tk_fast_copy {
	struct tk_read_base line;
	ktime_t offs_real;
	ktime_t offs_boot;
	ktime_t offs_tai;
};

struct tk_fast {
	seqcount_latch_t seq;
	struct tk_fast_copy copy[2];
};

static struct tk_fast tk_fast_mono ____cacheline_aligned = {
	.seq = SEQCNT_LATCH_ZERO(tk_fast_mono.seq),
};

static struct tk_fast tk_fast_raw ____cacheline_aligned = {
	.seq = SEQCNT_LATCH_ZERO(tk_fast_raw.seq),
};

int __read_mostly timekeeping_suspended;

/* ---- the line ---- */

/*
 * Nanoseconds, less the shift, at counter value @cycles. The product fits into 64 bits if the tick
 * was at work within max_idle_ns; a guest that was stopped longer takes the wide way.
 */
static __always_inline u64 tk_cycles_to_ns(const struct tk_read_base *tkr, u64 cycles)
{
	u64 delta = clocksource_delta(cycles, tkr->cycle_last, tkr->mask);

	if (unlikely(delta > tkr->clock->max_cycles))
		return mul_u64_u32_shr(delta, tkr->mult, tkr->shift);
	return (delta * tkr->mult + tkr->frac) >> tkr->shift;
}

static __always_inline u64 tk_clock_read(const struct tk_read_base *tkr)
{
	struct clocksource *clock = READ_ONCE(tkr->clock);

	return clock->read(clock);
}

/* Nanoseconds since the point. */
static __always_inline u64 tk_get_ns(const struct tk_read_base *tkr)
{
	return tk_cycles_to_ns(tkr, tk_clock_read(tkr));
}

/* Move the point to @cycles. */
static void tk_advance(struct tk_read_base *tkr, u64 cycles)
{
	u64 delta = clocksource_delta(cycles, tkr->cycle_last, tkr->mask);
	u64 ns = tk_cycles_to_ns(tkr, cycles);

	if (!delta)
		return;
	if (delta <= tkr->clock->max_cycles)
		tkr->frac = (delta * tkr->mult + tkr->frac) & ((1ULL << tkr->shift) - 1);
	tkr->base = ktime_add_ns(tkr->base, ns);
	tkr->cycle_last = cycles & tkr->mask;
}

/* Give the line another counter, from now on. */
static void tk_set_clock(struct tk_read_base *tkr, struct clocksource *clock, u64 cycles)
{
	tkr->clock = clock;
	tkr->mask = clock->mask;
	tkr->mult = clock->mult;
	tkr->shift = clock->shift;
	tkr->cycle_last = cycles & clock->mask;
	tkr->frac = 0;
}

/* ---- updates: tk_core.lock held ---- */

static void tk_fast_update(struct tk_fast *tkf, const struct timekeeper *tk,
			   const struct tk_read_base *line)
{
	struct tk_fast_copy now = {
		.line = *line,
		.offs_real = tk->offs_real,
		.offs_boot = tk->offs_boot,
		.offs_tai = tk->offs_tai,
	};

	write_seqcount_latch_begin(&tkf->seq);
	tkf->copy[0] = now;
	write_seqcount_latch(&tkf->seq);
	tkf->copy[1] = now;
	write_seqcount_latch_end(&tkf->seq);
}

static void tk_begin(void)
{
	lockdep_assert_held(&tk_core.lock);
	write_seqcount_begin(&tk_core.seq);
}

static struct vdso_line vdso_line_of(const struct tk_read_base *tkr)
{
	return (struct vdso_line) {
		.frac = tkr->frac,
		.mult = tkr->mult,
		.shift = tkr->shift,
	};
}

/* Both lines advance together, so they have one cycle_last. */
static void tk_update_vsyscall(const struct timekeeper *tk)
{
	struct vdso_update now = {
		.clock = tk->mono.clock,
		.cycle_last = tk->mono.cycle_last,
		.line = vdso_line_of(&tk->mono),
		.raw_line = vdso_line_of(&tk->raw),
		.mono_ns = tk->mono.base,
		.raw_ns = tk->raw.base,
		.offs_real = tk->offs_real,
		.offs_boot = tk->offs_boot,
		.offs_tai = tk->offs_tai,
	};

	update_vsyscall(&now);
}

static void tk_end(void)
{
	struct timekeeper *tk = &tk_core.tk;

	tk->offs_tai = ktime_add(tk->offs_real, ktime_set(tk->tai_offset, 0));
	tk_fast_update(&tk_fast_mono, tk, &tk->mono);
	tk_fast_update(&tk_fast_raw, tk, &tk->raw);
	tk_update_vsyscall(tk);
	write_seqcount_end(&tk_core.seq);
}

/* ---- steering: tk_core.lock held ---- */

/* Of the two whole slopes around the wanted one, that which lessens the lag. */
static void tk_choose_mult(struct timekeeper *tk)
{
	tk->mono.mult = (tk->wanted_mult >> WANTED_SHIFT) + (tk->lag > 0);
}

/* What the slope of now adds to the lag until the counter shows @cycles. */
static void tk_count_lag(struct timekeeper *tk, u64 cycles)
{
	const struct tk_read_base *mono = &tk->mono;
	s64 missing = tk->wanted_mult - ((u64)mono->mult << WANTED_SHIFT);
	u64 delta = clocksource_delta(cycles, mono->cycle_last, mono->mask);

	/* |missing| is at most a unit of mult, delta * mult fits: so does this. */
	if (delta <= mono->clock->max_cycles)
		tk->lag += (s64)delta * missing;
}

/*
 * The pace may have changed, or the counter: a new slope from the point on, which has been moved to
 * now. While there is something to mend or to look for, no second goes by unseen.
 */
static void tk_follow_pace(struct timekeeper *tk)
{
	u64 counted = (u64)tk->raw.mult << WANTED_SHIFT;
	u64 max_idle = tk->mono.clock->max_idle_ns;

	tk->wanted_mult = mul_u64_u64_div_u64(counted, ntp_pace(&tk->ntp), NTP_NOMINAL_PACE);
	tk_choose_mult(tk);
	if (tk->wanted_mult != counted || ntp_is_busy(&tk->ntp))
		max_idle = min(max_idle, (u64)NSEC_PER_SEC);
	WRITE_ONCE(tk->max_idle_ns, max_idle);
}

/* Show the discipline each second of the wall clock. Return: leap seconds: -1, 0 or 1. */
static int tk_pass_seconds(struct timekeeper *tk)
{
	ktime_t real = ktime_add(tk->mono.base, tk->offs_real);
	int jump;

	if (real < ktime_set(tk->ntp.second + 1, 0))
		return 0;
	jump = ntp_pass_seconds(&tk->ntp, ktime_divns(real, NSEC_PER_SEC), tk->raw.base);
	if (jump) {
		tk->offs_real += jump * NSEC_PER_SEC;
		tk->tai_offset -= jump;	/* TAI knows no leap seconds */
		tk->clock_was_set_seq++;
	}
	tk_follow_pace(tk);
	return jump;
}

static void tell_leap_second(int jump)
{
	if (jump < 0)
		pr_notice("Clock: inserted the leap second 23:59:60\n");
	else if (jump > 0)
		pr_notice("Clock: left out the second 23:59:59\n");
}

/* Both lines have the same counter and must advance to the same reading of it. */
static void tk_forward_now(struct timekeeper *tk)
{
	u64 cycles = tk_clock_read(&tk->mono);

	tk_count_lag(tk, cycles);
	tk_advance(&tk->mono, cycles);
	tk_advance(&tk->raw, cycles);
	tk_choose_mult(tk);
}

/**
 * update_wall_time - move the point to now
 *
 * Context: the CPU that counts ticks, interrupts off.
 */
void update_wall_time(void)
{
	unsigned long flags;
	int jump;

	raw_spin_lock_irqsave(&tk_core.lock, flags);
	tk_begin();
	tk_forward_now(&tk_core.tk);
	jump = tk_pass_seconds(&tk_core.tk);
	tk_end();
	raw_spin_unlock_irqrestore(&tk_core.lock, flags);

	/* Only now: who logs reads the clock. */
	tell_leap_second(jump);
	if (jump)
		clock_was_set_delayed();
}

/**
 * timekeeping_notify - use another counter from now on
 * @clock: the counter
 *
 * Context: clocksource_lock held, interrupts off.
 * Return: 0, or what @clock->enable() returned.
 */
int timekeeping_notify(struct clocksource *clock)
{
	struct timekeeper *tk = &tk_core.tk;
	struct clocksource *old;
	unsigned long flags;
	u64 cycles;
	int ret;

	if (clock->enable) {
		ret = clock->enable(clock);
		if (ret)
			return ret;
	}

	raw_spin_lock_irqsave(&tk_core.lock, flags);
	tk_begin();
	old = tk->mono.clock;
	tk_forward_now(tk);
	cycles = clock->read(clock);
	tk_set_clock(&tk->mono, clock, cycles);
	tk_set_clock(&tk->raw, clock, cycles);
	tk->lag = 0;
	tk_follow_pace(tk);
	tk_end();
	raw_spin_unlock_irqrestore(&tk_core.lock, flags);

	if (old && old != clock && old->disable)
		old->disable(old);
	pr_info("clocksource: Switched to clocksource %s\n", clock->name);
	tick_clock_notify();
	return 0;
}

/** timekeeping_valid_for_hres - may event devices be programmed from this clock? */
int timekeeping_valid_for_hres(void)
{
	return READ_ONCE(tk_core.tk.mono.clock)->flags & CLOCK_SOURCE_VALID_FOR_HRES;
}

/** timekeeping_max_deferment - how long the point may stay where it is, in ns */
u64 timekeeping_max_deferment(void)
{
	return READ_ONCE(tk_core.tk.max_idle_ns);
}

/* ---- reading ---- */

static __always_inline ktime_t counter_now(const struct tk_read_base *tkr)
{
	unsigned int seq;
	ktime_t base;
	u64 ns;

	do {
		seq = read_seqcount_begin(&tk_core.seq);
		base = tkr->base;
		ns = tk_get_ns(tkr);
	} while (read_seqcount_retry(&tk_core.seq, seq));
	return ktime_add_ns(base, ns);
}

static __always_inline ktime_t monotonic_now(void)
{
	return counter_now(&tk_core.tk.mono);
}

/**
 * ktime_get - CLOCK_MONOTONIC
 *
 * Context: any but NMI.
 */
ktime_t ktime_get(void)
{
	WARN_ON(timekeeping_suspended);
	return monotonic_now();
}
EXPORT_SYMBOL_GPL(ktime_get);

/** ktime_get_raw - CLOCK_MONOTONIC_RAW */
ktime_t ktime_get_raw(void)
{
	return counter_now(&tk_core.tk.raw);
}
EXPORT_SYMBOL_GPL(ktime_get_raw);

static ktime_t tk_offset(const struct timekeeper *tk, enum tk_offsets offs)
{
	switch (offs) {
	case TK_OFFS_REAL:
		return tk->offs_real;
	case TK_OFFS_BOOT:
		return tk->offs_boot;
	default:
		return tk->offs_tai;
	}
}

/**
 * ktime_get_with_offset - one of the clocks that are monotonic plus an offset
 * @offs: TK_OFFS_REAL, TK_OFFS_BOOT or TK_OFFS_TAI
 *
 * Context: any but NMI.
 */
ktime_t ktime_get_with_offset(enum tk_offsets offs)
{
	struct timekeeper *tk = &tk_core.tk;
	unsigned int seq;
	ktime_t base;
	u64 ns;

	WARN_ON(timekeeping_suspended);
	do {
		seq = read_seqcount_begin(&tk_core.seq);
		base = ktime_add(tk->mono.base, tk_offset(tk, offs));
		ns = tk_get_ns(&tk->mono);
	} while (read_seqcount_retry(&tk_core.seq, seq));
	return ktime_add_ns(base, ns);
}
EXPORT_SYMBOL_GPL(ktime_get_with_offset);

/**
 * ktime_get_coarse_with_offset - ktime_get_with_offset() as of the last tick
 * @offs: TK_OFFS_*
 *
 * Context: any but NMI.
 */
ktime_t ktime_get_coarse_with_offset(enum tk_offsets offs)
{
	struct timekeeper *tk = &tk_core.tk;
	unsigned int seq;
	ktime_t base;

	do {
		seq = read_seqcount_begin(&tk_core.seq);
		base = ktime_add(tk->mono.base, tk_offset(tk, offs));
	} while (read_seqcount_retry(&tk_core.seq, seq));
	return base;
}
EXPORT_SYMBOL_GPL(ktime_get_coarse_with_offset);

/**
 * ktime_mono_to_any - a monotonic time as another clock would show it
 * @tmono: the time
 * @offs: TK_OFFS_*
 *
 * Context: any but NMI.
 */
ktime_t ktime_mono_to_any(ktime_t tmono, enum tk_offsets offs)
{
	unsigned int seq;
	ktime_t result;

	do {
		seq = read_seqcount_begin(&tk_core.seq);
		result = ktime_add(tmono, tk_offset(&tk_core.tk, offs));
	} while (read_seqcount_retry(&tk_core.seq, seq));
	return result;
}
EXPORT_SYMBOL_GPL(ktime_mono_to_any);

/**
 * ktime_get_ts64 - CLOCK_MONOTONIC as seconds and nanoseconds
 * @ts: gets it
 *
 * Context: any but NMI.
 */
void ktime_get_ts64(struct timespec64 *ts)
{
	u32 nsec;

	WARN_ON(timekeeping_suspended);
	/* It began at 0, so an unsigned division will do. */
	ts->tv_sec = div_u64_rem(monotonic_now(), NSEC_PER_SEC, &nsec);
	ts->tv_nsec = nsec;
}
EXPORT_SYMBOL_GPL(ktime_get_ts64);

/**
 * ktime_get_raw_ts64 - CLOCK_MONOTONIC_RAW as seconds and nanoseconds
 * @ts: gets it
 */
void ktime_get_raw_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_raw());
}
EXPORT_SYMBOL(ktime_get_raw_ts64);

/**
 * ktime_get_real_ts64 - CLOCK_REALTIME as seconds and nanoseconds
 * @ts: gets it
 */
void ktime_get_real_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_real());
}
EXPORT_SYMBOL(ktime_get_real_ts64);

/**
 * ktime_get_coarse_ts64 - CLOCK_MONOTONIC_COARSE as seconds and nanoseconds
 * @ts: gets it
 */
void ktime_get_coarse_ts64(struct timespec64 *ts)
{
	unsigned int seq;
	ktime_t base;

	do {
		seq = read_seqcount_begin(&tk_core.seq);
		base = tk_core.tk.mono.base;
	} while (read_seqcount_retry(&tk_core.seq, seq));
	*ts = ktime_to_timespec64(base);
}
EXPORT_SYMBOL(ktime_get_coarse_ts64);

/**
 * ktime_get_coarse_real_ts64 - CLOCK_REALTIME_COARSE as seconds and nanoseconds
 * @ts: gets it
 */
void ktime_get_coarse_real_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_coarse_with_offset(TK_OFFS_REAL));
}
EXPORT_SYMBOL(ktime_get_coarse_real_ts64);

/** ktime_get_seconds - whole seconds of CLOCK_MONOTONIC at the last tick */
time64_t ktime_get_seconds(void)
{
	struct timespec64 ts;

	ktime_get_coarse_ts64(&ts);
	return ts.tv_sec;
}
EXPORT_SYMBOL_GPL(ktime_get_seconds);

/** ktime_get_real_seconds - whole seconds of the wall clock at the last tick */
time64_t ktime_get_real_seconds(void)
{
	struct timespec64 ts;

	ktime_get_coarse_real_ts64(&ts);
	return ts.tv_sec;
}
EXPORT_SYMBOL_GPL(ktime_get_real_seconds);

/** ktime_get_resolution_ns - how fine the clock is */
u32 ktime_get_resolution_ns(void)
{
	struct tk_read_base *tkr = &tk_core.tk.mono;

	return max(tkr->mult >> tkr->shift, 1U);
}
EXPORT_SYMBOL_GPL(ktime_get_resolution_ns);

/**
 * getboottime64 - what the wall clock showed at boot, or would have
 * @ts: gets it
 */
void getboottime64(struct timespec64 *ts)
{
	unsigned int seq;
	ktime_t boot;

	do {
		seq = read_seqcount_begin(&tk_core.seq);
		boot = ktime_sub(tk_core.tk.offs_real, tk_core.tk.offs_boot);
	} while (read_seqcount_retry(&tk_core.seq, seq));
	*ts = ktime_to_timespec64(boot);
}
EXPORT_SYMBOL_GPL(getboottime64);

/* ---- reading from NMI ---- */

static __always_inline u64 tk_fast_get(struct tk_fast *tkf, size_t offset_at)
{
	const struct tk_fast_copy *copy;
	unsigned int seq;
	u64 now;

	do {
		seq = read_seqcount_latch(&tkf->seq);
		copy = &tkf->copy[seq & 1];
		if (!READ_ONCE(copy->line.clock))
			return 0;	/* before timekeeping_init() */
		now = copy->line.base + tk_get_ns(&copy->line);
		if (offset_at)
			now += *(const ktime_t *)((const char *)copy + offset_at);
	} while (read_seqcount_latch_retry(&tkf->seq, seq));
	return now;
}

/**
 * ktime_get_mono_fast_ns - CLOCK_MONOTONIC from any context
 *
 * Readings on one CPU may step back by a rounding error across an update. 0 before the clocks run.
 */
u64 notrace ktime_get_mono_fast_ns(void)
{
	return tk_fast_get(&tk_fast_mono, 0);
}
EXPORT_SYMBOL_GPL(ktime_get_mono_fast_ns);

/** ktime_get_raw_fast_ns - CLOCK_MONOTONIC_RAW from any context */
u64 notrace ktime_get_raw_fast_ns(void)
{
	return tk_fast_get(&tk_fast_raw, 0);
}
EXPORT_SYMBOL_GPL(ktime_get_raw_fast_ns);

/** ktime_get_boot_fast_ns - CLOCK_BOOTTIME from any context */
u64 notrace ktime_get_boot_fast_ns(void)
{
	return tk_fast_get(&tk_fast_mono, offsetof(struct tk_fast_copy, offs_boot));
}
EXPORT_SYMBOL_GPL(ktime_get_boot_fast_ns);

/** ktime_get_tai_fast_ns - CLOCK_TAI from any context */
u64 notrace ktime_get_tai_fast_ns(void)
{
	return tk_fast_get(&tk_fast_mono, offsetof(struct tk_fast_copy, offs_tai));
}
EXPORT_SYMBOL_GPL(ktime_get_tai_fast_ns);

/** ktime_get_real_fast_ns - CLOCK_REALTIME from any context */
u64 notrace ktime_get_real_fast_ns(void)
{
	return tk_fast_get(&tk_fast_mono, offsetof(struct tk_fast_copy, offs_real));
}
EXPORT_SYMBOL_GPL(ktime_get_real_fast_ns);

/* ---- setting ---- */

/**
 * ktime_get_update_offsets_now - monotonic time, and the offsets if they have changed
 * @cwsseq: the caller's copy of clock_was_set_seq, updated
 * @offs_real: written if changed
 * @offs_boot: written if changed
 * @offs_tai: written if changed
 */
ktime_t ktime_get_update_offsets_now(unsigned int *cwsseq, ktime_t *offs_real, ktime_t *offs_boot,
				     ktime_t *offs_tai)
{
	struct timekeeper *tk = &tk_core.tk;
	unsigned int seq;
	ktime_t base;
	u64 ns;

	do {
		seq = read_seqcount_begin(&tk_core.seq);
		base = tk->mono.base;
		ns = tk_get_ns(&tk->mono);
		if (*cwsseq != tk->clock_was_set_seq) {
			*cwsseq = tk->clock_was_set_seq;
			*offs_real = tk->offs_real;
			*offs_boot = tk->offs_boot;
			*offs_tai = tk->offs_tai;
		}
	} while (read_seqcount_retry(&tk_core.seq, seq));
	return ktime_add_ns(base, ns);
}

/* Real time is @real at this moment. -EINVAL would put boot before the epoch. */
static int tk_set_real(struct timekeeper *tk, ktime_t real)
{
	ktime_t offset;

	tk_forward_now(tk);
	offset = ktime_sub(real, tk->mono.base);
	if (offset < 0)
		return -EINVAL;
	tk->offs_real = offset;
	tk->clock_was_set_seq++;
	ntp_clear(&tk->ntp, ktime_divns(real, NSEC_PER_SEC));
	tk_follow_pace(tk);
	return 0;
}

/**
 * do_settimeofday64 - set the wall clock
 * @ts: the time now
 *
 * Context: may sleep: all CPUs are told to look at their timers again.
 * Return: 0, or -EINVAL for a time that is not valid, too far ahead, or before boot at the epoch.
 */
int do_settimeofday64(const struct timespec64 *ts)
{
	unsigned long flags;
	int ret;

	if (!timespec64_valid_settod(ts))
		return -EINVAL;

	raw_spin_lock_irqsave(&tk_core.lock, flags);
	tk_begin();
	ret = tk_set_real(&tk_core.tk, timespec64_to_ktime(*ts));
	tk_end();
	raw_spin_unlock_irqrestore(&tk_core.lock, flags);

	if (!ret)
		clock_was_set(CLOCK_SET_WALL);
	return ret;
}
EXPORT_SYMBOL(do_settimeofday64);

/**
 * timekeeping_inject_offset - move the wall clock by a distance
 * @ts: the distance; tv_nsec is valid, tv_sec of either sign
 *
 * Return: 0, or -EINVAL as do_settimeofday64().
 */
int timekeeping_inject_offset(const struct timespec64 *ts)
{
	struct timekeeper *tk = &tk_core.tk;
	struct timespec64 sum;
	unsigned long flags;
	int ret = -EINVAL;

	if (ts->tv_nsec < 0 || ts->tv_nsec >= NSEC_PER_SEC)
		return -EINVAL;

	raw_spin_lock_irqsave(&tk_core.lock, flags);
	tk_begin();
	tk_forward_now(tk);
	sum = timespec64_add(ktime_to_timespec64(ktime_add(tk->mono.base, tk->offs_real)), *ts);
	if (timespec64_valid_settod(&sum))
		ret = tk_set_real(tk, timespec64_to_ktime(sum));
	tk_end();
	raw_spin_unlock_irqrestore(&tk_core.lock, flags);

	if (!ret)
		clock_was_set(CLOCK_SET_WALL);
	return ret;
}

static int inject_timex(const struct __kernel_timex *tx)
{
	struct timespec64 delta = {
		.tv_sec = tx->time.tv_sec,
		.tv_nsec = tx->time.tv_usec * (tx->modes & ADJ_NANO ? 1 : NSEC_PER_USEC),
	};

	return timekeeping_inject_offset(&delta);
}

/**
 * do_adjtimex - what adjtimex(2) does: steer the wall clock, or ask how it is steered
 * @tx: what is wanted; the answer is written to it
 *
 * A change of pace holds from this moment on. See ntp.c for what is made of it.
 * Context: may sleep: all CPUs may be told to look at their timers again.
 * Return: TIME_OK to TIME_ERROR; or as ntp_validate(), or -EINVAL of timekeeping_inject_offset().
 */
int do_adjtimex(struct __kernel_timex *tx)
{
	struct timekeeper *tk = &tk_core.tk;
	struct timespec64 now;
	unsigned long flags;
	bool tai_was_set, sleeps_too_long;
	u64 max_idle;
	s32 tai;
	int ret, jump;

	ret = ntp_validate(tx);
	if (!ret && tx->modes & ADJ_SETOFFSET)
		ret = inject_timex(tx);
	if (ret)
		return ret;

	raw_spin_lock_irqsave(&tk_core.lock, flags);
	tk_begin();
	max_idle = tk->max_idle_ns;
	tk_forward_now(tk);
	jump = tk_pass_seconds(tk);
	tai = tk->tai_offset;
	now = ktime_to_timespec64(ktime_add(tk->mono.base, tk->offs_real));
	ret = ntp_adjust(&tk->ntp, tx, &now, tk->raw.base, &tk->tai_offset);
	tai_was_set = tk->tai_offset != tai;
	tk->clock_was_set_seq += tai_was_set;
	tk_follow_pace(tk);
	sleeps_too_long = tk->max_idle_ns < max_idle;
	tk_end();
	raw_spin_unlock_irqrestore(&tk_core.lock, flags);

	tell_leap_second(jump);
	if (jump || tai_was_set)
		clock_was_set(CLOCK_SET_WALL);
	/* Whoever is idle and is to move the point does not know yet that it has to hurry. */
	if (sleeps_too_long)
		wake_up_all_idle_cpus();
	return ret;
}

/**
 * do_sys_settimeofday64 - what settimeofday(2) does, after its permission checks
 * @tv: the time, or NULL
 * @tz: the time zone, or NULL
 *
 * Return: 0, or -EINVAL.
 */
int do_sys_settimeofday64(const struct timespec64 *tv, const struct timezone *tz)
{
	int ret;

	if (tv && !timespec64_valid_settod(tv))
		return -EINVAL;
	ret = security_settime64(tv, tz);
	if (ret)
		return ret;
	if (tz) {
		if (tz->tz_minuteswest > 15 * 60 || tz->tz_minuteswest < -15 * 60)
			return -EINVAL;
		sys_tz = *tz;
		update_vsyscall_tz();
	}
	return tv ? do_settimeofday64(tv) : 0;
}

/* ---- start ---- */

/* The machine's battery clock, if it can be read this early. */
void __weak read_persistent_clock64(struct timespec64 *ts)
{
	ts->tv_sec = 0;
	ts->tv_nsec = 0;
}

/**
 * read_persistent_wall_and_boot_offset - what the machine's clock says at boot; a machine that also
 * knows when it booted says so here
 * @wall_time: since 1970; 0 if there is no such clock
 * @boot_offset: time since the boot; 0 by default
 */
void __weak __init read_persistent_wall_and_boot_offset(struct timespec64 *wall_time,
							 struct timespec64 *boot_offset)
{
	read_persistent_clock64(wall_time);
	*boot_offset = ns_to_timespec64(0);
}

/**
 * timekeeping_init - start the clocks
 *
 * Context: boot CPU, interrupts off. Monotonic time is 0 here.
 */
void __init timekeeping_init(void)
{
	struct clocksource *clock = clocksource_default_clock();
	struct timekeeper *tk = &tk_core.tk;
	struct timespec64 wall, boot_offset;
	unsigned long flags;
	u64 cycles;

	read_persistent_wall_and_boot_offset(&wall, &boot_offset);
	/* No battery clock, or an empty one: 1970 it is. */
	if (!timespec64_valid_settod(&wall) || wall.tv_sec <= 0)
		wall = (struct timespec64){ 0, 0 };

	if (clock->enable)
		clock->enable(clock);
	raw_spin_lock_irqsave(&tk_core.lock, flags);
	tk_begin();
	cycles = clock->read(clock);
	tk_set_clock(&tk->mono, clock, cycles);
	tk_set_clock(&tk->raw, clock, cycles);
	tk->offs_real = timespec64_to_ktime(wall);
	tk->offs_boot = timespec64_to_ktime(boot_offset);
	ntp_init(&tk->ntp, wall.tv_sec);
	tk_follow_pace(tk);
	tk->clock_was_set_seq++;
	tk_end();
	raw_spin_unlock_irqrestore(&tk_core.lock, flags);
}
