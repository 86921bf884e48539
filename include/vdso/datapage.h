/* SPDX-License-Identifier: MIT */
#ifndef _VDSO_DATAPAGE_H
#define _VDSO_DATAPAGE_H

/*
 * The page that the kernel writes and every program may read: what is needed to make a time of a
 * counter without a system call. kernel/time/vsyscall.c writes it, vdso/gettimeofday.h reads it.
 */

#include <linux/types.h>

/**
 * struct vdso_line - from counts to nanoseconds: (delta * mult + frac) >> shift
 */
struct vdso_line {
	u64 frac;
	u64 mult;		/* 32 bits, in a word as wide as what it multiplies */
	u32 shift;
};

/**
 * struct vdso_base - what a clock was at cycle_last: its coarse form, which the line is added to.
 * Split here, once a tick, so that a reader need not divide.
 */
struct vdso_base {
	u64 s;
	u64 ns;			/* less than a second */
};

/**
 * struct vdso_data - the page
 * @seq: odd while it is written
 * @clock_mode: how the counter is read; VDSO_CLOCKMODE_NONE: not by programs
 * @cycle_last: the count of the bases
 * @mask: of its bits
 * @max_cycles: a greater distance would overflow, or is one back: at most half of @mask
 * @line: of CLOCK_MONOTONIC, and of all others but
 * @raw_line: of CLOCK_MONOTONIC_RAW
 * @mono: CLOCK_MONOTONIC
 * @real: CLOCK_REALTIME
 * @boot: CLOCK_BOOTTIME
 * @tai: CLOCK_TAI
 * @raw: CLOCK_MONOTONIC_RAW
 * @real_s: the seconds of @real: one word, read without @seq
 * @hrtimer_res: ns
 * @coarse_res: ns
 * @tz_minuteswest: for gettimeofday(2)
 * @tz_dsttime: likewise
 */
struct vdso_data {
	u32 seq;
	s32 clock_mode;
	u64 cycle_last;
	u64 mask;
	u64 max_cycles;
	struct vdso_line line;
	struct vdso_line raw_line;
	struct vdso_base mono;
	struct vdso_base real;
	struct vdso_base boot;
	struct vdso_base tai;
	struct vdso_base raw;
	u64 real_s;
	u32 hrtimer_res;
	u32 coarse_res;
	s32 tz_minuteswest;
	s32 tz_dsttime;
};

#endif /* _VDSO_DATAPAGE_H */
