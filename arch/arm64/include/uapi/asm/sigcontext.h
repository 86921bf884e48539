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

#endif /* !__ASSEMBLY__ */
#endif /* _UAPI__ASM_SIGCONTEXT_H */
