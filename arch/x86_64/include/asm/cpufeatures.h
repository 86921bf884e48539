/* SPDX-License-Identifier: MIT */
/*
 * Processor features by number: word * 32 + bit. The words are CPUID output
 * registers, plus one that the kernel fills itself.
 */
#ifndef _ASM_X86_CPUFEATURES_H
#define _ASM_X86_CPUFEATURES_H

#define NCAPINTS	22

/* CPUID 1, edx */
#define X86_FEATURE_FPU	( 0 * 32 +  0)
#define X86_FEATURE_VME	( 0 * 32 +  1)
#define X86_FEATURE_DE	( 0 * 32 +  2)
#define X86_FEATURE_PSE	( 0 * 32 +  3)
#define X86_FEATURE_TSC	( 0 * 32 +  4)
#define X86_FEATURE_MSR	( 0 * 32 +  5)
#define X86_FEATURE_PAE	( 0 * 32 +  6)
#define X86_FEATURE_MCE	( 0 * 32 +  7)
#define X86_FEATURE_CX8	( 0 * 32 +  8)
#define X86_FEATURE_APIC	( 0 * 32 +  9)
#define X86_FEATURE_SEP	( 0 * 32 + 11)
#define X86_FEATURE_MTRR	( 0 * 32 + 12)
#define X86_FEATURE_PGE	( 0 * 32 + 13)
#define X86_FEATURE_MCA	( 0 * 32 + 14)
#define X86_FEATURE_CMOV	( 0 * 32 + 15)
#define X86_FEATURE_PAT	( 0 * 32 + 16)
#define X86_FEATURE_PSE36	( 0 * 32 + 17)
#define X86_FEATURE_CLFLUSH	( 0 * 32 + 19)
#define X86_FEATURE_DS	( 0 * 32 + 21)
#define X86_FEATURE_ACPI	( 0 * 32 + 22)
#define X86_FEATURE_MMX	( 0 * 32 + 23)
#define X86_FEATURE_FXSR	( 0 * 32 + 24)
#define X86_FEATURE_XMM	( 0 * 32 + 25)
#define X86_FEATURE_XMM2	( 0 * 32 + 26)
#define X86_FEATURE_SELFSNOOP	( 0 * 32 + 27)
#define X86_FEATURE_HT	( 0 * 32 + 28)
#define X86_FEATURE_ACC	( 0 * 32 + 29)

/* CPUID 0x80000001, edx */
#define X86_FEATURE_SYSCALL	( 1 * 32 + 11)
#define X86_FEATURE_NX	( 1 * 32 + 20)
#define X86_FEATURE_GBPAGES	( 1 * 32 + 26)
#define X86_FEATURE_RDTSCP	( 1 * 32 + 27)
#define X86_FEATURE_LM	( 1 * 32 + 29)

/* found out by the kernel */
#define X86_FEATURE_CONSTANT_TSC	( 3 * 32 +  8)
#define X86_FEATURE_REP_GOOD	( 3 * 32 + 16)
#define X86_FEATURE_NOPL	( 3 * 32 + 20)
#define X86_FEATURE_ALWAYS	( 3 * 32 + 21)
#define X86_FEATURE_XTOPOLOGY	( 3 * 32 + 23)
#define X86_FEATURE_NONSTOP_TSC	( 3 * 32 + 24)
#define X86_FEATURE_TSC_RELIABLE	( 3 * 32 + 25)

/* CPUID 1, ecx */
#define X86_FEATURE_XMM3	( 4 * 32 +  0)
#define X86_FEATURE_PCLMULQDQ	( 4 * 32 +  1)
#define X86_FEATURE_MWAIT	( 4 * 32 +  3)
#define X86_FEATURE_VMX	( 4 * 32 +  5)
#define X86_FEATURE_SSSE3	( 4 * 32 +  9)
#define X86_FEATURE_FMA	( 4 * 32 + 12)
#define X86_FEATURE_CX16	( 4 * 32 + 13)
#define X86_FEATURE_PCID	( 4 * 32 + 17)
#define X86_FEATURE_XMM4_1	( 4 * 32 + 19)
#define X86_FEATURE_XMM4_2	( 4 * 32 + 20)
#define X86_FEATURE_X2APIC	( 4 * 32 + 21)
#define X86_FEATURE_MOVBE	( 4 * 32 + 22)
#define X86_FEATURE_POPCNT	( 4 * 32 + 23)
#define X86_FEATURE_TSC_DEADLINE_TIMER	( 4 * 32 + 24)
#define X86_FEATURE_AES	( 4 * 32 + 25)
#define X86_FEATURE_XSAVE	( 4 * 32 + 26)
#define X86_FEATURE_OSXSAVE	( 4 * 32 + 27)
#define X86_FEATURE_AVX	( 4 * 32 + 28)
#define X86_FEATURE_F16C	( 4 * 32 + 29)
#define X86_FEATURE_RDRAND	( 4 * 32 + 30)
#define X86_FEATURE_HYPERVISOR	( 4 * 32 + 31)

/* CPUID 0x80000001, ecx */
#define X86_FEATURE_LAHF_LM	( 6 * 32 +  0)
#define X86_FEATURE_SVM	( 6 * 32 +  2)
#define X86_FEATURE_ABM	( 6 * 32 +  5)
#define X86_FEATURE_SSE4A	( 6 * 32 +  6)
#define X86_FEATURE_TOPOEXT	( 6 * 32 + 22)

/* CPUID 7, ebx */
#define X86_FEATURE_FSGSBASE	( 9 * 32 +  0)
#define X86_FEATURE_TSC_ADJUST	( 9 * 32 +  1)
#define X86_FEATURE_BMI1	( 9 * 32 +  3)
#define X86_FEATURE_AVX2	( 9 * 32 +  5)
#define X86_FEATURE_SMEP	( 9 * 32 +  7)
#define X86_FEATURE_BMI2	( 9 * 32 +  8)
#define X86_FEATURE_ERMS	( 9 * 32 +  9)
#define X86_FEATURE_INVPCID	( 9 * 32 + 10)
#define X86_FEATURE_MPX	( 9 * 32 + 14)
#define X86_FEATURE_AVX512F	( 9 * 32 + 16)
#define X86_FEATURE_RDSEED	( 9 * 32 + 18)
#define X86_FEATURE_ADX	( 9 * 32 + 19)
#define X86_FEATURE_SMAP	( 9 * 32 + 20)
#define X86_FEATURE_CLFLUSHOPT	( 9 * 32 + 23)
#define X86_FEATURE_CLWB	( 9 * 32 + 24)
#define X86_FEATURE_SHA_NI	( 9 * 32 + 29)

/* CPUID 0xd:1, eax */
#define X86_FEATURE_XSAVEOPT	(10 * 32 +  0)
#define X86_FEATURE_XSAVEC	(10 * 32 +  1)
#define X86_FEATURE_XGETBV1	(10 * 32 +  2)
#define X86_FEATURE_XSAVES	(10 * 32 +  3)

/* CPUID 7, ecx */
#define X86_FEATURE_UMIP	(16 * 32 +  2)
#define X86_FEATURE_PKU	(16 * 32 +  3)
#define X86_FEATURE_OSPKE	(16 * 32 +  4)
#define X86_FEATURE_LA57	(16 * 32 + 16)
#define X86_FEATURE_RDPID	(16 * 32 + 22)

/* CPUID 7, edx */
#define X86_FEATURE_FSRM	(18 * 32 +  4)

#endif /* _ASM_X86_CPUFEATURES_H */
