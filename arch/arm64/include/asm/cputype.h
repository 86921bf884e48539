/* SPDX-License-Identifier: MIT */
/* Which CPU this is: its model (MIDR_EL1) and its place in the machine (MPIDR_EL1). */
#ifndef _ASM_CPUTYPE_H
#define _ASM_CPUTYPE_H

#include <linux/const.h>

#define MPIDR_HWID_BITMASK	_UL(0xff00ffffff)
#define MPIDR_LEVEL_BITS	8
#define MPIDR_LEVEL_MASK	((1 << MPIDR_LEVEL_BITS) - 1)
#define MPIDR_LEVEL_SHIFT(level) (((1 << (level)) >> 1) << 3)
#define MPIDR_AFFINITY_LEVEL(mpidr, level) \
	(((mpidr) >> MPIDR_LEVEL_SHIFT(level)) & MPIDR_LEVEL_MASK)

#define MIDR_REVISION(midr)	((midr) & 0xf)
#define MIDR_PARTNUM(midr)	(((midr) >> 4) & 0xfff)
#define MIDR_VARIANT(midr)	(((midr) >> 20) & 0xf)
#define MIDR_IMPLEMENTOR(midr)	(((midr) >> 24) & 0xff)

#ifndef __ASSEMBLY__

#include <linux/types.h>
#include <asm/sysreg.h>

/** read_cpuid_id - which CPU it is: MIDR_EL1 */
static inline u32 read_cpuid_id(void)
{
	return read_sysreg(midr_el1);
}

/** read_cpuid_mpidr - where in the machine it is: MPIDR_EL1 */
static inline u64 read_cpuid_mpidr(void)
{
	return read_sysreg(mpidr_el1);
}

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_CPUTYPE_H */
