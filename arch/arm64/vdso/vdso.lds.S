/* SPDX-License-Identifier: MIT */
#include <vdso/vdso.lds.h>

/* The header's entry point tells the kernel where handlers return to. */
ENTRY(__kernel_rt_sigreturn)

VDSO_SECTIONS

VERSION
{
	LINUX_2.6.39 {
	global:
		__kernel_rt_sigreturn;
		__kernel_gettimeofday;
		__kernel_clock_gettime;
		__kernel_clock_getres;
	local: *;
	};
}
