/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

/*
 * What time is it? One clock source is read and four clocks are made of it:
 *
 *   monotonic	starts at boot, never jumps; ktime_get()
 *   real	wall clock, may be set; ktime_get_real()
 *   boottime	monotonic plus time spent suspended; ktime_get_boottime()
 *   tai	wall clock without leap seconds; ktime_get_clocktai()
 *   raw	monotonic at the hardware's own pace; ktime_get_raw()
 *
 * _coarse forms return the value at the last tick and read no hardware. All may be called from
 * any context but NMI; there use the _fast_ns forms, which may be a hair off while the clock is
 * being updated under them.
 */

#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/time64.h>
#include <linux/types.h>

void timekeeping_init(void);
extern int timekeeping_suspended;
/* Which way the tick calls: */

int do_settimeofday64(const struct timespec64 *ts);
int do_sys_settimeofday64(const struct timespec64 *tv, const struct timezone *tz);
int timekeeping_inject_offset(const struct timespec64 *ts);

void ktime_get_raw_ts64(struct timespec64 *ts);
void ktime_get_ts64(struct timespec64 *ts);
void ktime_get_real_ts64(struct timespec64 *tv);
void ktime_get_coarse_ts64(struct timespec64 *ts);
void ktime_get_coarse_real_ts64(struct timespec64 *ts);
void getboottime64(struct timespec64 *ts);

time64_t ktime_get_seconds(void);
time64_t ktime_get_real_seconds(void);

/* The offsets that ktime_get_with_offset() knows. */
enum tk_offsets {
	TK_OFFS_REAL,
	TK_OFFS_BOOT,
	TK_OFFS_TAI,
	TK_OFFS_MAX,
};

ktime_t ktime_get(void);
ktime_t ktime_get_with_offset(enum tk_offsets offs);
ktime_t ktime_get_coarse_with_offset(enum tk_offsets offs);
ktime_t ktime_mono_to_any(ktime_t tmono, enum tk_offsets offs);
ktime_t ktime_get_raw(void);
u32 ktime_get_resolution_ns(void);

/**
 * ktime_get_real - CLOCK_REALTIME, as all here without "coarse" exact and not in an NMI.
 * clock_gettime(2)
 */
static inline ktime_t ktime_get_real(void)
{
	return ktime_get_with_offset(TK_OFFS_REAL);
}

/** ktime_get_coarse_real - CLOCK_REALTIME_COARSE: as of the last tick */
static inline ktime_t ktime_get_coarse_real(void)
{
	return ktime_get_coarse_with_offset(TK_OFFS_REAL);
}

/** ktime_get_boottime - CLOCK_BOOTTIME: also while asleep */
static inline ktime_t ktime_get_boottime(void)
{
	return ktime_get_with_offset(TK_OFFS_BOOT);
}

/** ktime_get_coarse_boottime - CLOCK_BOOTTIME as of the last tick */
static inline ktime_t ktime_get_coarse_boottime(void)
{
	return ktime_get_coarse_with_offset(TK_OFFS_BOOT);
}

/** ktime_get_clocktai - CLOCK_TAI: without leap seconds */
static inline ktime_t ktime_get_clocktai(void)
{
	return ktime_get_with_offset(TK_OFFS_TAI);
}

/** ktime_get_coarse_clocktai - CLOCK_TAI as of the last tick */
static inline ktime_t ktime_get_coarse_clocktai(void)
{
	return ktime_get_coarse_with_offset(TK_OFFS_TAI);
}

/** ktime_get_coarse - CLOCK_MONOTONIC_COARSE: as of the last tick */
static inline ktime_t ktime_get_coarse(void)
{
	struct timespec64 ts;

	ktime_get_coarse_ts64(&ts);
	return timespec64_to_ktime(ts);
}

/** ktime_get_coarse_ns - ktime_get_coarse() in ns */
static inline u64 ktime_get_coarse_ns(void)
{
	return ktime_get_coarse();
}

/** ktime_get_coarse_real_ns - ktime_get_coarse_real() in ns */
static inline u64 ktime_get_coarse_real_ns(void)
{
	return ktime_get_coarse_real();
}

/** ktime_get_coarse_boottime_ns - ktime_get_coarse_boottime() in ns */
static inline u64 ktime_get_coarse_boottime_ns(void)
{
	return ktime_get_coarse_boottime();
}

/** ktime_get_coarse_clocktai_ns - ktime_get_coarse_clocktai() in ns */
static inline u64 ktime_get_coarse_clocktai_ns(void)
{
	return ktime_get_coarse_clocktai();
}

/** ktime_mono_to_real - a time of CLOCK_MONOTONIC as CLOCK_REALTIME had it, by today's offset */
static inline ktime_t ktime_mono_to_real(ktime_t mono)
{
	return ktime_mono_to_any(mono, TK_OFFS_REAL);
}

/** ktime_get_ns - ktime_get() in ns */
static inline u64 ktime_get_ns(void)
{
	return ktime_get();
}

/** ktime_get_real_ns - ktime_get_real() in ns */
static inline u64 ktime_get_real_ns(void)
{
	return ktime_get_real();
}

/** ktime_get_boottime_ns - ktime_get_boottime() in ns */
static inline u64 ktime_get_boottime_ns(void)
{
	return ktime_get_boottime();
}

/** ktime_get_clocktai_ns - ktime_get_clocktai() in ns */
static inline u64 ktime_get_clocktai_ns(void)
{
	return ktime_get_clocktai();
}

/** ktime_get_raw_ns - ktime_get_raw() in ns */
static inline u64 ktime_get_raw_ns(void)
{
	return ktime_get_raw();
}

/* NMI-safe. */
u64 ktime_get_mono_fast_ns(void);
u64 ktime_get_raw_fast_ns(void);
u64 ktime_get_boot_fast_ns(void);
u64 ktime_get_tai_fast_ns(void);
u64 ktime_get_real_fast_ns(void);

/** ktime_get_boottime_ts64 - ktime_get_boottime() as a timespec64 */
static inline void ktime_get_boottime_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_boottime());
}

/** ktime_get_coarse_boottime_ts64 - ktime_get_coarse_boottime() as a timespec64 */
static inline void ktime_get_coarse_boottime_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_coarse_boottime());
}

/** ktime_get_boottime_seconds - seconds since boot, as of the last tick */
static inline time64_t ktime_get_boottime_seconds(void)
{
	return ktime_divns(ktime_get_coarse_boottime(), NSEC_PER_SEC);
}

static inline void ktime_get_coarse_clocktai_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_coarse_clocktai());
}

static inline time64_t ktime_get_clocktai_seconds(void)
{
	return ktime_divns(ktime_get_coarse_clocktai(), NSEC_PER_SEC);
}

static inline time64_t ktime_get_raw_seconds(void)
{
	return ktime_divns(ktime_get_raw(), NSEC_PER_SEC);
}

static inline void ktime_get_clocktai_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_clocktai());
}

/* The battery clock, when it is slow to read: the machine or the RTC driver has it. */
void read_persistent_clock64(struct timespec64 *ts);
void read_persistent_wall_and_boot_offset(struct timespec64 *wall_clock,
					  struct timespec64 *boot_offset);

/*
 * An RTC whose driver comes up after timekeeping_init() hands its reading over here; it is used
 * only if no better one was known.
 */

#endif /* _LINUX_TIMEKEEPING_H */
