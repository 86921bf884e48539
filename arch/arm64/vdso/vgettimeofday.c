// SPDX-License-Identifier: MIT
/*
 * The vDSO's functions, by the names that C libraries look up. This is user-mode code.
 */

#include <vdso/gettimeofday.h>

int __kernel_clock_gettime(clockid_t clock, struct __kernel_timespec *ts);
int __kernel_clock_getres(clockid_t clock, struct __kernel_timespec *res);
int __kernel_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz);

int __kernel_clock_gettime(clockid_t clock, struct __kernel_timespec *ts)
{
	return vdso_clock_gettime(clock, ts);
}

int __kernel_clock_getres(clockid_t clock, struct __kernel_timespec *res)
{
	return vdso_clock_getres(clock, res);
}

int __kernel_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)
{
	return vdso_gettimeofday(tv, tz);
}
