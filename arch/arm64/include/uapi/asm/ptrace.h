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

/* NT_ARM_SVE: a header, then registers by its flags. */
struct user_sve_header {
	__u32 size;		/* of all of it, now */
	__u32 max_size;		/* with the longest vectors */
	__u16 vl;
	__u16 max_vl;
	__u16 flags;
	__u16 __reserved;
};

/* NT_ARM_PAC_MASK: which bits of a pointer are its code. */
struct user_pac_mask {
	__u64 data_mask;
	__u64 insn_mask;
};

/* NT_ARM_PACA_KEYS and NT_ARM_PACG_KEYS */
struct user_pac_address_keys {
	__uint128_t apiakey;
	__uint128_t apibkey;
	__uint128_t apdakey;
	__uint128_t apdbkey;
};

struct user_pac_generic_keys {
	__uint128_t apgakey;
};

#endif /* !__ASSEMBLY__ */

#include <asm/sve_context.h>

#define SVE_PT_REGS_MASK	(1 << 0)
#define SVE_PT_REGS_FPSIMD	0
#define SVE_PT_REGS_SVE		SVE_PT_REGS_MASK
/* PR_SVE_VL_INHERIT and PR_SVE_SET_VL_ONEXEC, in 16 bits */
#define SVE_PT_VL_INHERIT	(1 << 1)
#define SVE_PT_VL_ONEXEC	(1 << 2)

#define SVE_PT_REGS_OFFSET	((sizeof(struct user_sve_header) + 15) / 16 * 16)
#define SVE_PT_FPSIMD_OFFSET	SVE_PT_REGS_OFFSET
#define SVE_PT_FPSIMD_SIZE(vq, flags)	(sizeof(struct user_fpsimd_state))

#define SVE_PT_SVE_OFFSET	SVE_PT_REGS_OFFSET
#define SVE_PT_SVE_FFR_OFFSET(vq)	(SVE_PT_REGS_OFFSET + __SVE_FFR_OFFSET(vq))
#define SVE_PT_SVE_FPSR_OFFSET(vq) \
	((SVE_PT_SVE_FFR_OFFSET(vq) + __SVE_FFR_SIZE(vq) + 15) / 16 * 16)
#define SVE_PT_SVE_FPCR_OFFSET(vq)	(SVE_PT_SVE_FPSR_OFFSET(vq) + 4)
#define SVE_PT_SVE_SIZE(vq, flags) \
	((SVE_PT_SVE_FPCR_OFFSET(vq) + 4 - SVE_PT_SVE_OFFSET + 15) / 16 * 16)

#define SVE_PT_SIZE(vq, flags) \
	(((flags) & SVE_PT_REGS_MASK) == SVE_PT_REGS_SVE ? \
		SVE_PT_SVE_OFFSET + SVE_PT_SVE_SIZE(vq, flags) : \
		SVE_PT_FPSIMD_OFFSET + SVE_PT_FPSIMD_SIZE(vq, flags))

#endif /* _UAPI__ASM_PTRACE_H */
