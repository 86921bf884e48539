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
 * vdso_read_line() - read an exact clock off the page
 * @vd: the page
 * @line: how the counter becomes time
 * @offset: to be added, ns; NULL: none
 * @ns: gets the time
 *
 * Return: false if the kernel has to be asked.
 */
static __always_inline bool vdso_read_line(const volatile struct vdso_data *vd,
					   const volatile struct vdso_line *line,
					   const volatile s64 *offset, u64 *ns)
{
	u64 delta;
	u32 seq;

	do {
		seq = vdso_read_begin(vd);
		if (__builtin_expect(!vd->clock_mode, 0))
			return false;
		delta = (vdso_read_counter() - vd->cycle_last) & vd->mask;
		/* A little behind the last tick, as another CPU read it: "now" is that tick. */
		if (__builtin_expect(delta > vd->mask >> 1, 0))
			delta = 0;
		if (__builtin_expect(delta > vd->max_cycles, 0))
			return false;
		*ns = line->base_ns + ((delta * line->mult + line->frac) >> line->shift);
		if (offset)
			*ns += *offset;
	} while (vdso_read_retry(vd, seq));
	return true;
}

/** vdso_read_coarse() - read a coarse clock off the page: the time of the last tick */
static __always_inline void vdso_read_coarse(const volatile struct vdso_data *vd,
					     const volatile s64 *offset, u64 *ns)
{
	u32 seq;

	do {
		seq = vdso_read_begin(vd);
		*ns = vd->coarse_ns;
		if (offset)
			*ns += *offset;
	} while (vdso_read_retry(vd, seq));
}

/** vdso_clock_ns() - an exact clock, in ns. Return: false if the kernel has to be asked */
static __always_inline bool vdso_clock_ns(clockid_t clock, u64 *ns)
{
	const volatile struct vdso_data *vd = &vdso_data_page;

	switch (clock) {
	case CLOCK_MONOTONIC:
		return vdso_read_line(vd, &vd->mono, NULL, ns);
	case CLOCK_REALTIME:
		return vdso_read_line(vd, &vd->mono, &vd->offs_real, ns);
	case CLOCK_BOOTTIME:
		return vdso_read_line(vd, &vd->mono, &vd->offs_boot, ns);
	case CLOCK_TAI:
		return vdso_read_line(vd, &vd->mono, &vd->offs_tai, ns);
	case CLOCK_MONOTONIC_RAW:
		return vdso_read_line(vd, &vd->raw, NULL, ns);
	default:
		return false;
	}
}

/** vdso_coarse_ns() - a coarse clock, in ns. Return: false if the kernel has to be asked */
static __always_inline bool vdso_coarse_ns(clockid_t clock, u64 *ns)
{
	const volatile struct vdso_data *vd = &vdso_data_page;

	/* The page says nothing before the kernel's clock runs. */
	if (!vd->hrtimer_res)
		return false;
	if (clock == CLOCK_MONOTONIC_COARSE)
		vdso_read_coarse(vd, NULL, ns);
	else if (clock == CLOCK_REALTIME_COARSE)
		vdso_read_coarse(vd, &vd->offs_real, ns);
	else
		return false;
	return true;
}

/** vdso_clock_gettime() - clock_gettime(2): 0, or an errno below 0 */
static __always_inline int vdso_clock_gettime(clockid_t clock, struct __kernel_timespec *ts)
{
	u64 ns;

	if (!vdso_clock_ns(clock, &ns) && !vdso_coarse_ns(clock, &ns))
		return vdso_syscall2(__NR_clock_gettime, clock, (long)ts);
	ts->tv_sec = ns / VDSO_NSEC_PER_SEC;
	ts->tv_nsec = ns % VDSO_NSEC_PER_SEC;
	return 0;
}

/** vdso_gettimeofday() - gettimeofday(2): 0, or an errno below 0 */
static __always_inline int vdso_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)
{
	const volatile struct vdso_data *vd = &vdso_data_page;
	u64 ns;

	if (tv) {
		if (!vdso_clock_ns(CLOCK_REALTIME, &ns))
			return vdso_syscall2(__NR_gettimeofday, (long)tv, (long)tz);
		tv->tv_sec = ns / VDSO_NSEC_PER_SEC;
		tv->tv_usec = ns % VDSO_NSEC_PER_SEC / 1000;
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
