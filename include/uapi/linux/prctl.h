/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_PRCTL_H
#define _UAPI_LINUX_PRCTL_H

#include <linux/types.h>

/* prctl(2): what a process says about itself. */
#define PR_SET_PDEATHSIG	1
#define PR_GET_PDEATHSIG	2
#define PR_GET_DUMPABLE		3
#define PR_SET_DUMPABLE		4
#define PR_GET_UNALIGN		5
#define PR_SET_UNALIGN		6
#define PR_GET_KEEPCAPS		7
#define PR_SET_KEEPCAPS		8
#define PR_GET_FPEMU		9
#define PR_SET_FPEMU		10
#define PR_GET_FPEXC		11
#define PR_SET_FPEXC		12
#define PR_GET_TIMING		13
#define PR_SET_TIMING		14
#define PR_TIMING_STATISTICAL	0
#define PR_TIMING_TIMESTAMP	1
#define PR_SET_NAME		15
#define PR_GET_NAME		16
#define PR_GET_ENDIAN		19
#define PR_SET_ENDIAN		20
#define PR_GET_SECCOMP		21
#define PR_SET_SECCOMP		22
#define PR_CAPBSET_READ		23
#define PR_CAPBSET_DROP		24
#define PR_GET_TSC		25
#define PR_SET_TSC		26
#define PR_TSC_ENABLE		1
#define PR_TSC_SIGSEGV		2
#define PR_GET_SECUREBITS	27
#define PR_SET_SECUREBITS	28
#define PR_SET_TIMERSLACK	29
#define PR_GET_TIMERSLACK	30
#define PR_MCE_KILL		33
#define PR_MCE_KILL_GET		34
#define PR_SET_MM		35
#define PR_SET_CHILD_SUBREAPER	36
#define PR_GET_CHILD_SUBREAPER	37
#define PR_SET_NO_NEW_PRIVS	38
#define PR_GET_NO_NEW_PRIVS	39
#define PR_GET_TID_ADDRESS	40
#define PR_SET_THP_DISABLE	41
#define PR_GET_THP_DISABLE	42
#define PR_CAP_AMBIENT		47
#define PR_CAP_AMBIENT_IS_SET	1
#define PR_CAP_AMBIENT_RAISE	2
#define PR_CAP_AMBIENT_LOWER	3
#define PR_CAP_AMBIENT_CLEAR_ALL	4

/* arm64 */
#define PR_SVE_SET_VL		50
#define PR_SVE_SET_VL_ONEXEC	(1 << 18)
#define PR_SVE_GET_VL		51
#define PR_SVE_VL_LEN_MASK	0xffff
#define PR_SVE_VL_INHERIT	(1 << 17)
#define PR_PAC_RESET_KEYS	54
#define PR_PAC_APIAKEY		(1UL << 0)
#define PR_PAC_APIBKEY		(1UL << 1)
#define PR_PAC_APDAKEY		(1UL << 2)
#define PR_PAC_APDBKEY		(1UL << 3)
#define PR_PAC_APGAKEY		(1UL << 4)
#define PR_SET_TAGGED_ADDR_CTRL	55
#define PR_GET_TAGGED_ADDR_CTRL	56
#define PR_TAGGED_ADDR_ENABLE	(1UL << 0)
#define PR_PAC_SET_ENABLED_KEYS	60
#define PR_PAC_GET_ENABLED_KEYS	61

#define PR_SET_VMA		0x53564d41
#define PR_SET_VMA_ANON_NAME	0
#define PR_GET_AUXV		0x41555856
/* Yama's: the argument is a process number, 0 or PR_SET_PTRACER_ANY. */
#define PR_SET_PTRACER		0x59616d61
#define PR_SET_PTRACER_ANY	((unsigned long)-1)

#endif /* _UAPI_LINUX_PRCTL_H */
