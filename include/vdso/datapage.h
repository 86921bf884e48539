/* SPDX-License-Identifier: MIT */
#ifndef _VDSO_DATAPAGE_H
#define _VDSO_DATAPAGE_H

/*
 * The page that the kernel writes and every program may read: what is needed to make a time of a
 * counter without a system call. kernel/time/vsyscall.c writes it, vdso/gettimeofday.h reads it.
 */

#include <linux/types.h>

/**
 * struct vdso_line - from counts to nanoseconds: base_ns + ((delta * mult + frac) >> shift)
 */
struct vdso_line {
	u64 base_ns;
	u64 frac;
	u32 mult;
	u32 shift;
};

/**
 * struct vdso_data - the page
 * @seq: odd while it is written
 * @clock_mode: how the counter is read; VDSO_CLOCKMODE_NONE: not by programs
 * @cycle_last: the count at base_ns
 * @mask: of its bits
 * @max_cycles: a greater distance would overflow: ask the kernel
 * @mono: CLOCK_MONOTONIC
 * @raw: CLOCK_MONOTONIC_RAW
 * @offs_real: CLOCK_REALTIME less CLOCK_MONOTONIC, ns; and so on
 * @coarse_ns: CLOCK_MONOTONIC_COARSE
 * @real_s: CLOCK_REALTIME_COARSE in whole seconds: one word, read without @seq
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
	struct vdso_line mono;
	struct vdso_line raw;
	s64 offs_real;
	s64 offs_boot;
	s64 offs_tai;
	u64 coarse_ns;
	u64 real_s;
	u32 hrtimer_res;
	u32 coarse_res;
	s32 tz_minuteswest;
	s32 tz_dsttime;
};

#endif /* _VDSO_DATAPAGE_H */
