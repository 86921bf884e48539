/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_CPUID_H
#define _ASM_X86_CPUID_H

#include <linux/types.h>

/** cpuid_count - what CPUID says for leaf @leaf and subleaf @sub */
static inline void cpuid_count(unsigned int leaf, unsigned int sub, unsigned int *eax,
			       unsigned int *ebx, unsigned int *ecx, unsigned int *edx)
{
	asm volatile("cpuid"
		     : "=a" (*eax), "=b" (*ebx), "=c" (*ecx), "=d" (*edx)
		     : "0" (leaf), "2" (sub) : "memory");
}

/** cpuid - what CPUID says for @leaf, subleaf 0 */
static inline void cpuid(unsigned int leaf, unsigned int *eax, unsigned int *ebx,
			 unsigned int *ecx, unsigned int *edx)
{
	cpuid_count(leaf, 0, eax, ebx, ecx, edx);
}

#define __CPUID_REG_FN(reg)						\
static inline unsigned int cpuid_##reg(unsigned int leaf)		\
{									\
	unsigned int eax, ebx, ecx, edx;				\
									\
	cpuid(leaf, &eax, &ebx, &ecx, &edx);				\
	return reg;							\
}
__CPUID_REG_FN(eax)
__CPUID_REG_FN(ebx)
__CPUID_REG_FN(ecx)
__CPUID_REG_FN(edx)

#endif /* _ASM_X86_CPUID_H */
