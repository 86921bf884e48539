/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_AUXVEC_H
#define _UAPI_LINUX_AUXVEC_H

/* What the kernel tells a new program, above its environment on the stack: pairs of words. */
#include <asm/auxvec.h>

#define AT_NULL			0	/* the end */
#define AT_IGNORE		1
#define AT_EXECFD		2
#define AT_PHDR			3	/* the program headers */
#define AT_PHENT		4
#define AT_PHNUM		5
#define AT_PAGESZ		6
#define AT_BASE			7	/* where the interpreter lies */
#define AT_FLAGS		8
#define AT_ENTRY		9
#define AT_NOTELF		10
#define AT_UID			11
#define AT_EUID			12
#define AT_GID			13
#define AT_EGID			14
#define AT_PLATFORM		15
#define AT_HWCAP		16
#define AT_CLKTCK		17
#define AT_SECURE		23	/* has other rights than who started it */
#define AT_BASE_PLATFORM	24
#define AT_RANDOM		25	/* address of 16 random bytes */
#define AT_HWCAP2		26
#define AT_RSEQ_FEATURE_SIZE	27
#define AT_RSEQ_ALIGN		28
#define AT_HWCAP3		29
#define AT_HWCAP4		30
#define AT_EXECFN		31	/* the name it was started by */

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ		51
#endif

#endif /* _UAPI_LINUX_AUXVEC_H */
