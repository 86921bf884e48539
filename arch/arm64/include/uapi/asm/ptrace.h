/* SPDX-License-Identifier: MIT */
/* Registers as user programs see them: Linux's arm64 ABI. */
#ifndef _UAPI__ASM_PTRACE_H
#define _UAPI__ASM_PTRACE_H

#include <linux/types.h>

/* PSTATE / SPSR */
#define PSR_MODE_EL0t	0x00000000
#define PSR_MODE_EL1t	0x00000004
#define PSR_MODE_EL1h	0x00000005
#define PSR_MODE_EL2t	0x00000008
#define PSR_MODE_EL2h	0x00000009
#define PSR_MODE_EL3t	0x0000000c
#define PSR_MODE_EL3h	0x0000000d
#define PSR_MODE_MASK	0x0000000f

#define PSR_MODE32_BIT	0x00000010

#define PSR_F_BIT	0x00000040
#define PSR_I_BIT	0x00000080
#define PSR_A_BIT	0x00000100
#define PSR_D_BIT	0x00000200
#define PSR_BTYPE_MASK	0x00000c00
#define PSR_SSBS_BIT	0x00001000
#define PSR_IL_BIT	0x00100000
#define PSR_SS_BIT	0x00200000
#define PSR_PAN_BIT	0x00400000
#define PSR_UAO_BIT	0x00800000
#define PSR_DIT_BIT	0x01000000
#define PSR_TCO_BIT	0x02000000
#define PSR_V_BIT	0x10000000
#define PSR_C_BIT	0x20000000
#define PSR_Z_BIT	0x40000000
#define PSR_N_BIT	0x80000000
#define PSR_BTYPE_SHIFT	10

/* Groups of the bits above */
#define PSR_f		0xff000000
#define PSR_s		0x00ff0000
#define PSR_x		0x0000ff00
#define PSR_c		0x000000ff

#define PTRACE_SYSEMU			31
#define PTRACE_SYSEMU_SINGLESTEP	32
#define PTRACE_PEEKMTETAGS		33
#define PTRACE_POKEMTETAGS		34

#ifndef __ASSEMBLY__

struct user_pt_regs {
	__u64	regs[31];
	__u64	sp;
	__u64	pc;
	__u64	pstate;
};

struct user_fpsimd_state {
	__uint128_t	vregs[32];
	__u32		fpsr;
	__u32		fpcr;
	__u32		__reserved[2];
};

struct user_hwdebug_state {
	__u32	dbg_info;
	__u32	pad;
	struct {
		__u64	addr;
		__u32	ctrl;
		__u32	pad;
	} dbg_regs[16];
};

#endif /* !__ASSEMBLY__ */
#endif /* _UAPI__ASM_PTRACE_H */
