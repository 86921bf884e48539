/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_TIMES_H
#define _UAPI_LINUX_TIMES_H

#include <linux/types.h>

/* times(2): CPU time of the process and of its children that were waited for. */
struct tms {
	__kernel_clock_t tms_utime;
	__kernel_clock_t tms_stime;
	__kernel_clock_t tms_cutime;
	__kernel_clock_t tms_cstime;
};

#endif /* _UAPI_LINUX_TIMES_H */
