/* SPDX-License-Identifier: MIT */
/* The registers in a signal frame: the ABI of handlers that look at or change them. */
#ifndef _UAPI_ASM_X86_SIGCONTEXT_H
#define _UAPI_ASM_X86_SIGCONTEXT_H

#include <linux/types.h>

/* At the end of the 512 bytes of FXSAVE: more than these follow. */
#define FP_XSTATE_MAGIC1	0x46505853U
#define FP_XSTATE_MAGIC2	0x46505845U
#define FP_XSTATE_MAGIC2_SIZE	sizeof(FP_XSTATE_MAGIC2)

/**
 * struct _fpx_sw_bytes - in bytes 464 to 511 of the floating-point image
 * @magic1: FP_XSTATE_MAGIC1 if there is an extended image
 * @extended_size: of all of it, FP_XSTATE_MAGIC2 at its end included
 * @xfeatures: which components it may hold
 * @xstate_size: without FP_XSTATE_MAGIC2
 */
struct _fpx_sw_bytes {
	__u32 magic1;
	__u32 extended_size;
	__u64 xfeatures;
	__u32 xstate_size;
	__u32 padding[7];
};

struct sigcontext {
	__u64 r8;
	__u64 r9;
	__u64 r10;
	__u64 r11;
	__u64 r12;
	__u64 r13;
	__u64 r14;
	__u64 r15;
	__u64 di;
	__u64 si;
	__u64 bp;
	__u64 bx;
	__u64 dx;
	__u64 ax;
	__u64 cx;
	__u64 sp;
	__u64 ip;
	__u64 flags;
	__u16 cs;
	__u16 gs;
	__u16 fs;
	__u16 ss;
	__u64 err;
	__u64 trapno;
	__u64 oldmask;
	__u64 cr2;
	__u64 fpstate;		/* its address, or 0 */
	__u64 reserved1[8];
};

#endif /* _UAPI_ASM_X86_SIGCONTEXT_H */
