/* SPDX-License-Identifier: MIT */
#include <vdso/vdso.lds.h>

VDSO_SECTIONS

VERSION
{
	LINUX_2.6 {
	global:
		clock_gettime;
		__vdso_clock_gettime;
		clock_getres;
		__vdso_clock_getres;
		gettimeofday;
		__vdso_gettimeofday;
		getcpu;
		__vdso_getcpu;
		time;
		__vdso_time;
	local: *;
	};
}
