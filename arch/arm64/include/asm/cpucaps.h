/* SPDX-License-Identifier: MIT */
/*
 * CPU features that code is chosen by. A number indexes the bitmap of cpufeature.c and selects
 * alternatives; a feature counts only if every CPU has it.
 */
#ifndef _ASM_CPUCAPS_H
#define _ASM_CPUCAPS_H

#define ARM64_HAS_LSE_ATOMICS	0	/* ldadd, cas, swp: one instruction instead of a loop */
#define ARM64_HAS_PAN		1	/* the kernel's plain accesses fault on user pages */
#define ARM64_HAS_CRC32		2	/* crc32 and crc32c instructions */
#define ARM64_HAS_GICV3_CPUIF	3	/* the GIC's CPU interface is in system registers */
#define ARM64_HAS_AES		4
#define ARM64_HAS_PMULL		5
#define ARM64_HAS_SHA2		6
#define ARM64_ALWAYS		7	/* for tests of the patching itself */
#define ARM64_NEVER		8
#define ARM64_HAS_SVE		9	/* scalable vectors, for user programs */
#define ARM64_HAS_ADDRESS_AUTH	10	/* signed pointers: keys A and B, for code and data */
#define ARM64_HAS_GENERIC_AUTH	11	/* pacga, with a key of its own */
#define ARM64_NCAPS		12

#endif /* _ASM_CPUCAPS_H */
