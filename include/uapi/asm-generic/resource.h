/* SPDX-License-Identifier: MIT */
/* The limits of getrlimit(2). */
#ifndef _UAPI_ASM_GENERIC_RESOURCE_H
#define _UAPI_ASM_GENERIC_RESOURCE_H

#define RLIMIT_CPU		0	/* seconds */
#define RLIMIT_FSIZE		1	/* bytes */
#define RLIMIT_DATA		2
#define RLIMIT_STACK		3
#define RLIMIT_CORE		4
#define RLIMIT_RSS		5
#define RLIMIT_NPROC		6	/* processes of the user */
#define RLIMIT_NOFILE		7	/* one past the largest descriptor */
#define RLIMIT_MEMLOCK		8
#define RLIMIT_AS		9
#define RLIMIT_LOCKS		10
#define RLIMIT_SIGPENDING	11
#define RLIMIT_MSGQUEUE		12
#define RLIMIT_NICE		13
#define RLIMIT_RTPRIO		14
#define RLIMIT_RTTIME		15	/* microseconds */
#define RLIM_NLIMITS		16

#define RLIM_INFINITY		(~0UL)

#endif /* _UAPI_ASM_GENERIC_RESOURCE_H */
