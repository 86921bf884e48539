/* SPDX-License-Identifier: MIT */
#ifndef _VDSO_GETTIMEOFDAY_H
#define _VDSO_GETTIMEOFDAY_H

/*
 * Reading the clocks in user mode. This is code of the vDSO, not of the kernel: it may call nothing
 * and has no data but the page before its text.
 *
 *	reader				kernel, at each tick
 *	seq, even			seq odd
 *	barrier				barrier
 *	the rest			the rest
 *	barrier				barrier
 *	seq the same? else again	seq even
 *
 * What the page can't answer (another clock, a counter that programs can't read) goes to the
 * kernel.
 */

#include <linux/types.h>
#include <uapi/linux/time.h>
#include <vdso/datapage.h>

#include <asm/vdso/gettimeofday.h>

/* The page lies before the text; see vdso.lds.S. */
extern const volatile struct vdso_data vdso_data_page __attribute__((visibility("hidden")));

#define VDSO_NSEC_PER_SEC	1000000000ULL

/**
 * vdso_read_begin() - begin to read the page; waits while the kernel writes it
 *
 * Return: for vdso_read_retry().
 */
static __always_inline u32 vdso_read_begin(const volatile struct vdso_data *vd)
{
	u32 seq;

	while ((seq = vd->seq) & 1)
		vdso_relax();
	vdso_rmb();
	return seq;
}

/** vdso_read_retry() - was the page written meanwhile? */
static __always_inline bool vdso_read_retry(const volatile struct vdso_data *vd, u32 seq)
{
	vdso_rmb();
	return vd->seq != seq;
}

/**
 * vdso_page() - the page, as an address in a register: its name would be computed at each access
 */
static __always_inline const volatile struct vdso_data *vdso_page(void)
{
	const volatile struct vdso_data *vd = &vdso_data_page;

	asm("" : "+r" (vd));
	return vd;
}

/**
 * vdso_mend_delta() - a distance greater than @vd allows
 * @vd: the page
 * @delta: now less cycle_last, in 64 bits whatever the counter has
 *
 * Return: false if the kernel has to be asked.
 */
static __always_inline bool vdso_mend_delta(const volatile struct vdso_data *vd, u64 *delta)
{
	u64 mask = vd->mask;

	/* The counter went through zero. */
	*delta &= mask;
	/* A little behind the last tick, as another CPU read it: "now" is that tick. */
	if (*delta > mask >> 1)
		*delta = 0;
	return *delta <= vd->max_cycles;
}

/**
 * vdso_read_clock() - read an exact clock off the page
 * @vd: the page
 * @line: how the counter becomes time
 * @base: of the clock
 * @now: gets the time
 *
 * Return: false if the kernel has to be asked.
 */
static __always_inline bool vdso_read_clock(const volatile struct vdso_data *vd,
					    const volatile struct vdso_line *line,
					    const volatile struct vdso_base *base,
					    struct vdso_base *now)
{
	u64 delta;
	u32 seq;

	do {
		seq = vdso_read_begin(vd);
		if (__builtin_expect(!vd->clock_mode, 0))
			return false;
		delta = vdso_read_counter() - vd->cycle_last;
		if (__builtin_expect(delta > vd->max_cycles, 0) && !vdso_mend_delta(vd, &delta))
			return false;
		now->ns = base->ns + ((delta * line->mult + line->frac) >> line->shift);
		now->s = base->s;
	} while (vdso_read_retry(vd, seq));
	/* The base is of the last tick: most often it is the same second still. */
	if (__builtin_expect(now->ns >= VDSO_NSEC_PER_SEC, 0)) {
		now->s += now->ns / VDSO_NSEC_PER_SEC;
		now->ns %= VDSO_NSEC_PER_SEC;
	}
	return true;
}

/**
 * vdso_read_coarse() - read a coarse clock off the page: the time of the last tick
 *
 * Return: false if the kernel has to be asked: the page says nothing before its clock runs.
 */
static __always_inline bool vdso_read_coarse(const volatile struct vdso_data *vd,
					     const volatile struct vdso_base *base,
					     struct vdso_base *now)
{
	u32 seq;

	if (!vd->hrtimer_res)
		return false;
	do {
		seq = vdso_read_begin(vd);
		now->s = base->s;
		now->ns = base->ns;
	} while (vdso_read_retry(vd, seq));
	return true;
}

/** vdso_read() - the clocks of the page. Return: false if the kernel has to be asked */
static __always_inline bool vdso_read(clockid_t clock, struct vdso_base *now)
{
	const volatile struct vdso_data *vd = vdso_page();
	const volatile struct vdso_base *base;

	/* The two that most programs read have code of their own. */
	if (__builtin_expect(clock == CLOCK_MONOTONIC, 1))
		return vdso_read_clock(vd, &vd->line, &vd->mono, now);
	if (clock == CLOCK_REALTIME)
		return vdso_read_clock(vd, &vd->line, &vd->real, now);
	switch (clock) {
	case CLOCK_MONOTONIC_COARSE:
		return vdso_read_coarse(vd, &vd->mono, now);
	case CLOCK_REALTIME_COARSE:
		return vdso_read_coarse(vd, &vd->real, now);
	case CLOCK_MONOTONIC_RAW:
		return vdso_read_clock(vd, &vd->raw_line, &vd->raw, now);
	case CLOCK_BOOTTIME:
		base = &vd->boot;
		break;
	case CLOCK_TAI:
		base = &vd->tai;
		break;
	default:
		return false;
	}
	return vdso_read_clock(vd, &vd->line, base, now);
}

/** vdso_clock_gettime() - clock_gettime(2): 0, or an errno below 0 */
static __always_inline int vdso_clock_gettime(clockid_t clock, struct __kernel_timespec *ts)
{
	struct vdso_base now;

	if (!vdso_read(clock, &now))
		return vdso_syscall2(__NR_clock_gettime, clock, (long)ts);
	ts->tv_sec = now.s;
	ts->tv_nsec = now.ns;
	return 0;
}

/** vdso_gettimeofday() - gettimeofday(2): 0, or an errno below 0 */
static __always_inline int vdso_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)
{
	const volatile struct vdso_data *vd = vdso_page();
	struct vdso_base now;

	if (tv) {
		if (!vdso_read(CLOCK_REALTIME, &now))
			return vdso_syscall2(__NR_gettimeofday, (long)tv, (long)tz);
		tv->tv_sec = now.s;
		tv->tv_usec = now.ns / 1000;
	}
	if (tz) {
		tz->tz_minuteswest = vd->tz_minuteswest;
		tz->tz_dsttime = vd->tz_dsttime;
	}
	return 0;
}

/** vdso_clock_getres() - clock_getres(2): 0, or an errno below 0 */
static __always_inline int vdso_clock_getres(clockid_t clock, struct __kernel_timespec *res)
{
	const volatile struct vdso_data *vd = &vdso_data_page;
	long ns;

	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
	case CLOCK_TAI:
	case CLOCK_MONOTONIC_RAW:
		ns = vd->hrtimer_res;
		break;
	case CLOCK_REALTIME_COARSE:
	case CLOCK_MONOTONIC_COARSE:
		ns = vd->coarse_res;
		break;
	default:
		ns = 0;
	}
	if (!ns)
		return vdso_syscall2(__NR_clock_getres, clock, (long)res);
	if (res) {
		res->tv_sec = 0;
		res->tv_nsec = ns;
	}
	return 0;
}

#endif /* _VDSO_GETTIMEOFDAY_H */
