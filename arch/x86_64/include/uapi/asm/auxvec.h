/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_AUXVEC_H
#define _UAPI_ASM_AUXVEC_H

/* The start of the vDSO. */
#define AT_SYSINFO_EHDR		33
#define AT_MINSIGSTKSZ		51

#endif /* _UAPI_ASM_AUXVEC_H */
