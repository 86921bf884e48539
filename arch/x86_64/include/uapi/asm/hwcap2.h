/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_X86_HWCAP2_H
#define _UAPI_ASM_X86_HWCAP2_H

/* AT_HWCAP2: monitor/mwait in user mode; rdfsbase and its kin. */
#define HWCAP2_RING3MWAIT	(1 << 0)
#define HWCAP2_FSGSBASE		(1 << 1)

#endif /* _UAPI_ASM_X86_HWCAP2_H */
