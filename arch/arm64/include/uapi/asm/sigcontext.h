/* SPDX-License-Identifier: MIT */
/* The registers in a signal frame: the ABI of handlers that look at or change them. */
#ifndef _UAPI__ASM_SIGCONTEXT_H
#define _UAPI__ASM_SIGCONTEXT_H

#ifndef __ASSEMBLY__

#include <linux/types.h>

/**
 * struct sigcontext - the general registers, and room for records
 * @__reserved: records, each with an _aarch64_ctx in front; the last one has magic and size 0
 */
struct sigcontext {
	__u64 fault_address;
	__u64 regs[31];
	__u64 sp;
	__u64 pc;
	__u64 pstate;
	__u8 __reserved[4096] __attribute__((__aligned__(16)));
};

struct _aarch64_ctx {
	__u32 magic;
	__u32 size;
};

#define FPSIMD_MAGIC	0x46508001

struct fpsimd_context {
	struct _aarch64_ctx head;
	__u32 fpsr;
	__u32 fpcr;
	__uint128_t vregs[32];
};

/* The syndrome of the fault that the signal is about, if it is about one. */
#define ESR_MAGIC	0x45535201

struct esr_context {
	struct _aarch64_ctx head;
	__u64 esr;
};

/* There are more records than fit: they are there, behind an end mark in __reserved. */
#define EXTRA_MAGIC	0x45585401

struct extra_context {
	struct _aarch64_ctx head;
	__u64 datap;
	__u32 size;
	__u32 __reserved[3];
};

/*
 * SVE: with registers behind it if they were in use, else only this. The low 128 bits of each are
 * also in fpsimd_context, and are taken from there on return.
 */
#define SVE_MAGIC	0x53564501

struct sve_context {
	struct _aarch64_ctx head;
	__u16 vl;
	__u16 flags;
	__u16 __reserved[2];
};

#define SVE_SIG_FLAG_SM	0x1	/* of SME's streaming mode */

#endif /* !__ASSEMBLY__ */

#include <asm/sve_context.h>

#define SVE_VQ_BYTES		__SVE_VQ_BYTES
#define SVE_VQ_MIN		__SVE_VQ_MIN
#define SVE_VQ_MAX		__SVE_VQ_MAX
#define SVE_VL_MIN		__SVE_VL_MIN
#define SVE_VL_MAX		__SVE_VL_MAX
#define SVE_NUM_ZREGS		__SVE_NUM_ZREGS
#define SVE_NUM_PREGS		__SVE_NUM_PREGS

#define sve_vl_valid(vl)	__sve_vl_valid(vl)
#define sve_vq_from_vl(vl)	__sve_vq_from_vl(vl)
#define sve_vl_from_vq(vq)	__sve_vl_from_vq(vq)

/* From the start of struct sve_context. */
#define SVE_SIG_REGS_OFFSET	((sizeof(struct sve_context) + 15) / 16 * 16)
#define SVE_SIG_REGS_SIZE(vq)	(__SVE_FFR_OFFSET(vq) + __SVE_FFR_SIZE(vq))
#define SVE_SIG_CONTEXT_SIZE(vq)	(SVE_SIG_REGS_OFFSET + SVE_SIG_REGS_SIZE(vq))

#endif /* _UAPI__ASM_SIGCONTEXT_H */
