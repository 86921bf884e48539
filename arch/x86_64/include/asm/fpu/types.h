/* SPDX-License-Identifier: MIT */
/*
 * The memory image of the x87, SSE and later vector registers.
 *
 * A task that may run user code owns one struct fpstate. The registers hold
 * that state while the task runs, except after kernel_fpu_begin() or a switch
 * has saved them: then TIF_NEED_FPU_LOAD is set and the memory image is the
 * truth until the next return to user mode loads it.
 */
#ifndef _ASM_X86_FPU_TYPES_H
#define _ASM_X86_FPU_TYPES_H

#include <linux/types.h>

/* The 512 bytes that FXSAVE writes. */
struct fxregs_state {
	u16 cwd;
	u16 swd;
	u16 twd;
	u16 fop;
	u64 rip;
	u64 rdp;
	u32 mxcsr;
	u32 mxcsr_mask;
	u32 st_space[32];	/* 8 registers of 16 bytes, 10 used */
	u32 xmm_space[64];	/* 16 registers of 16 bytes */
	u32 padding[12];
	u32 sw_reserved[12];
} __aligned(16);

enum xfeature {
	XFEATURE_FP,
	XFEATURE_SSE,
	XFEATURE_YMM,
	XFEATURE_BNDREGS,
	XFEATURE_BNDCSR,
	XFEATURE_OPMASK,
	XFEATURE_ZMM_Hi256,
	XFEATURE_Hi16_ZMM,
	XFEATURE_PT_UNIMPLEMENTED_SO_FAR,
	XFEATURE_PKRU,
	XFEATURE_MAX,
};

#define XFEATURE_MASK_FP	(1ULL << XFEATURE_FP)
#define XFEATURE_MASK_SSE	(1ULL << XFEATURE_SSE)
#define XFEATURE_MASK_YMM	(1ULL << XFEATURE_YMM)
#define XFEATURE_MASK_AVX512	((1ULL << XFEATURE_OPMASK) | (1ULL << XFEATURE_ZMM_Hi256) | \
				 (1ULL << XFEATURE_Hi16_ZMM))
#define XFEATURE_MASK_PKRU	(1ULL << XFEATURE_PKRU)
#define XFEATURE_MASK_FPSSE	(XFEATURE_MASK_FP | XFEATURE_MASK_SSE)

struct xstate_header {
	u64 xfeatures;		/* components whose state isn't the initial one */
	u64 xcomp_bv;		/* bit 63: compacted format, the others say what is in it */
	u64 reserved[6];
} __packed;

#define XCOMP_BV_COMPACTED_FORMAT	(1ULL << 63)

struct xregs_state {
	struct fxregs_state i387;
	struct xstate_header header;
	u8 extended_state_area[];
} __aligned(64) __packed;

union fpregs_state {
	struct fxregs_state fxsave;
	struct xregs_state xsave;
};

struct fpstate {
	unsigned int size;	/* of the image that follows, bytes */
	u64 xfeatures;
	union fpregs_state regs __aligned(64);
};

struct fpu {
	/* NULL for kernel threads: they have no state to keep. */
	struct fpstate *fpstate;
	/* CPU whose registers last held this state, or -1. */
	int last_cpu;
};

#endif /* _ASM_X86_FPU_TYPES_H */
