/* SPDX-License-Identifier: MIT */
/*
 * System registers: how to read and write them, and the fields that we use.
 *
 * Registers that an old assembler does not know go by their encoding, S<op0>_<op1>_C<n>_C<m>_<op2>.
 */
#ifndef _ASM_SYSREG_H
#define _ASM_SYSREG_H

#include <linux/const.h>

#define SYS_ICC_PMR_EL1		S3_0_C4_C6_0
#define SYS_ICC_DIR_EL1		S3_0_C12_C11_1
#define SYS_ICC_RPR_EL1		S3_0_C12_C11_3
#define SYS_ICC_SGI1R_EL1	S3_0_C12_C11_5
#define SYS_ICC_IAR1_EL1	S3_0_C12_C12_0
#define SYS_ICC_EOIR1_EL1	S3_0_C12_C12_1
#define SYS_ICC_BPR1_EL1	S3_0_C12_C12_3
#define SYS_ICC_CTLR_EL1	S3_0_C12_C12_4
#define SYS_ICC_SRE_EL1		S3_0_C12_C12_5
#define SYS_ICC_IGRPEN1_EL1	S3_0_C12_C12_7
#define SYS_ICC_AP0R0_EL1	S3_0_C12_C8_4
#define SYS_ICC_AP1R0_EL1	S3_0_C12_C9_0
#define SYS_ICC_SRE_EL2		S3_4_C12_C9_5
#define SYS_ICH_HCR_EL2		S3_4_C12_C11_0
#define SYS_ID_AA64ISAR0_EL1	S3_0_C0_C6_0
#define SYS_ID_AA64ISAR1_EL1	S3_0_C0_C6_1
#define SYS_ID_AA64MMFR0_EL1	S3_0_C0_C7_0
#define SYS_ID_AA64MMFR1_EL1	S3_0_C0_C7_1
#define SYS_ID_AA64MMFR2_EL1	S3_0_C0_C7_2
#define SYS_ID_AA64PFR0_EL1	S3_0_C0_C4_0
#define SYS_ID_AA64PFR1_EL1	S3_0_C0_C4_1
#define SYS_ID_AA64DFR0_EL1	S3_0_C0_C5_0
#define SYS_ID_AA64ISAR2_EL1	S3_0_C0_C6_2
#define SYS_ID_AA64ZFR0_EL1	S3_0_C0_C4_4
#define SYS_ZCR_EL1		S3_0_C1_C2_0
#define SYS_ZCR_EL2		S3_4_C1_C2_0
#define SYS_APIAKEYLO_EL1	S3_0_C2_C1_0
#define SYS_APIAKEYHI_EL1	S3_0_C2_C1_1
#define SYS_APIBKEYLO_EL1	S3_0_C2_C1_2
#define SYS_APIBKEYHI_EL1	S3_0_C2_C1_3
#define SYS_APDAKEYLO_EL1	S3_0_C2_C2_0
#define SYS_APDAKEYHI_EL1	S3_0_C2_C2_1
#define SYS_APDBKEYLO_EL1	S3_0_C2_C2_2
#define SYS_APDBKEYHI_EL1	S3_0_C2_C2_3
#define SYS_APGAKEYLO_EL1	S3_0_C2_C3_0
#define SYS_APGAKEYHI_EL1	S3_0_C2_C3_1

/* SCTLR_EL1 */
#define SCTLR_ELx_M		(_AC(1, UL) << 0)
#define SCTLR_ELx_A		(_AC(1, UL) << 1)
#define SCTLR_ELx_C		(_AC(1, UL) << 2)
#define SCTLR_ELx_SA		(_AC(1, UL) << 3)
#define SCTLR_EL1_SA0		(_AC(1, UL) << 4)
#define SCTLR_EL1_ITD		(_AC(1, UL) << 7)
#define SCTLR_EL1_SED		(_AC(1, UL) << 8)
#define SCTLR_EL1_EOS		(_AC(1, UL) << 11)
#define SCTLR_ELx_I		(_AC(1, UL) << 12)
#define SCTLR_ELx_ENDB		(_AC(1, UL) << 13)
#define SCTLR_EL1_DZE		(_AC(1, UL) << 14)
#define SCTLR_EL1_UCT		(_AC(1, UL) << 15)
#define SCTLR_EL1_nTWI		(_AC(1, UL) << 16)
#define SCTLR_EL1_nTWE		(_AC(1, UL) << 18)
#define SCTLR_ELx_WXN		(_AC(1, UL) << 19)
#define SCTLR_EL1_TSCXT		(_AC(1, UL) << 20)
#define SCTLR_EL1_EIS		(_AC(1, UL) << 22)
#define SCTLR_EL1_SPAN		(_AC(1, UL) << 23)
#define SCTLR_EL1_UCI		(_AC(1, UL) << 26)
#define SCTLR_ELx_ENDA		(_AC(1, UL) << 27)
#define SCTLR_ELx_ENIB		(_AC(1, UL) << 30)
#define SCTLR_ELx_ENIA		(_AC(1, UL) << 31)
#define SCTLR_EL1_RES1		((_AC(1, UL) << 28) | (_AC(1, UL) << 29))

/* MMU off, the bits that must be one are one. */
#define INIT_SCTLR_EL1_MMU_OFF	(SCTLR_EL1_EOS | SCTLR_EL1_TSCXT | SCTLR_EL1_EIS | \
				 SCTLR_EL1_SPAN | SCTLR_EL1_RES1)
/*
 * MMU and caches on; the stack pointer is checked for alignment; user programs may clean caches by
 * address, zero blocks, read the cache type and wait for events, as Linux's ABI lets them.
 */
#define INIT_SCTLR_EL1_MMU_ON	(INIT_SCTLR_EL1_MMU_OFF | SCTLR_ELx_M | SCTLR_ELx_C | \
				 SCTLR_ELx_SA | SCTLR_EL1_SA0 | SCTLR_EL1_SED | \
				 SCTLR_EL1_ITD | SCTLR_ELx_I | SCTLR_EL1_DZE | \
				 SCTLR_EL1_UCT | SCTLR_EL1_nTWE | SCTLR_EL1_nTWI | \
				 SCTLR_EL1_UCI)
#define INIT_SCTLR_EL2_MMU_OFF	(_AC(0x30c50830, UL))

/* CPACR_EL1: let EL1 and EL0 use FPSIMD. */
#define CPACR_EL1_FPEN		(_AC(3, UL) << 20)
/* The same for SVE, one by one. */
#define CPACR_EL1_ZEN_EL1	(_AC(1, UL) << 16)
#define CPACR_EL1_ZEN_EL0	(_AC(1, UL) << 17)

/* ZCR_ELx: vector length in 16 bytes, less one. */
#define ZCR_ELx_LEN_MASK	_AC(0xf, UL)

/* CPTR_EL2: trap SVE. */
#define CPTR_EL2_TZ		(_AC(1, UL) << 8)

/* HCR_EL2: EL1 is AArch64. */
#define HCR_RW			(_AC(1, UL) << 31)
/* ... and may use the keys and instructions of pointer authentication. */
#define HCR_APK			(_AC(1, UL) << 40)
#define HCR_API			(_AC(1, UL) << 41)

/* MDSCR_EL1 */
#define MDSCR_EL1_SS		(_AC(1, UL) << 0)
#define MDSCR_EL1_TDCC		(_AC(1, UL) << 12)
#define MDSCR_EL1_MDE		(_AC(1, UL) << 15)

/* Shifts of the 4-bit fields of the identification registers. */
#define ID_AA64ISAR0_AES_SHIFT		4
#define ID_AA64ISAR0_SHA1_SHIFT		8
#define ID_AA64ISAR0_SHA2_SHIFT		12
#define ID_AA64ISAR0_CRC32_SHIFT	16
#define ID_AA64ISAR0_ATOMIC_SHIFT	20
#define ID_AA64PFR0_FP_SHIFT		16
#define ID_AA64PFR0_ASIMD_SHIFT		20
#define ID_AA64PFR0_GIC_SHIFT		24
#define ID_AA64PFR0_SVE_SHIFT		32
#define ID_AA64DFR0_DEBUGVER_SHIFT	0
#define ID_AA64DFR0_BRPS_SHIFT		12
#define ID_AA64DFR0_WRPS_SHIFT		20
#define ID_AA64ISAR1_DPB_SHIFT		0
#define ID_AA64ISAR1_APA_SHIFT		4
#define ID_AA64ISAR1_API_SHIFT		8
#define ID_AA64ISAR1_GPA_SHIFT		24
#define ID_AA64ISAR1_GPI_SHIFT		28
#define ID_AA64ISAR2_GPA3_SHIFT		8
#define ID_AA64ISAR2_APA3_SHIFT		12
#define ID_AA64MMFR0_PARANGE_SHIFT	0
#define ID_AA64MMFR0_ASID_SHIFT		4
#define ID_AA64MMFR0_TGRAN4_SHIFT	28
#define ID_AA64MMFR1_PAN_SHIFT		20

/* PSTATE.PAN by number: assemblers older than Armv8.1 do not know the name. */
#define SET_PSTATE_PAN(x)	.inst (0xd500409f | ((x) & 1) << 8)
#define __SET_PSTATE_PAN_STR(x)	".inst (0xd500409f | ((" #x ") & 1) << 8)"

#ifndef __ASSEMBLY__

#include <linux/stringify.h>
#include <linux/types.h>

#define read_sysreg(r) ({						\
	u64 __srval;							\
	asm volatile("mrs %0, " __stringify(r) : "=r" (__srval));	\
	__srval;							\
})

#define write_sysreg(v, r) do {						\
	u64 __swval = (u64)(v);						\
	asm volatile("msr " __stringify(r) ", %x0" :: "rZ" (__swval));	\
} while (0)

/* The same for registers named by encoding (SYS_*). */
#define read_sysreg_s(r)	read_sysreg(r)
#define write_sysreg_s(v, r)	write_sysreg(v, r)

#define sysreg_clear_set(sysreg, clear, set) do {			\
	u64 __scs_val = read_sysreg(sysreg);				\
	u64 __scs_new = (__scs_val & ~(u64)(clear)) | (set);		\
	if (__scs_new != __scs_val)					\
		write_sysreg(__scs_new, sysreg);			\
} while (0)

#define read_sysreg_par() ({						\
	u64 __par;							\
	asm volatile("mrs %0, par_el1" : "=r" (__par) :: "memory");	\
	__par;								\
})

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_SYSREG_H */
