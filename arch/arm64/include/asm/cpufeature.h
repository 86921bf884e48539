/* SPDX-License-Identifier: MIT */
/*
 * What all CPUs can do. Detected once on the boot CPU; a later CPU that lacks a chosen feature does
 * not come up.
 */
#ifndef _ASM_CPUFEATURE_H
#define _ASM_CPUFEATURE_H

#include <asm/cpucaps.h>

#ifndef __ASSEMBLY__

#include <linux/bitops.h>
#include <linux/init.h>
#include <linux/types.h>

#define cpu_feature(x)	(x)

extern unsigned long arm64_cpucaps[BITS_TO_LONGS(ARM64_NCAPS)];
extern unsigned long elf_hwcap, elf_hwcap2;

/**
 * cpus_have_cap - does every CPU have a feature?
 * @num: ARM64_HAS_*
 */
static __always_inline bool cpus_have_cap(unsigned int num)
{
	return num < ARM64_NCAPS && (arm64_cpucaps[num / 64] >> (num % 64)) & 1;
}
#define cpus_have_final_cap	cpus_have_cap
#define alternative_has_cap_likely cpus_have_cap
#define alternative_has_cap_unlikely cpus_have_cap

/** system_uses_lse_atomics - have all CPUs the atomic instructions of LSE? */
static inline bool system_uses_lse_atomics(void)
{
	return cpus_have_cap(ARM64_HAS_LSE_ATOMICS);
}

/** system_supports_sve - may programs use scalable vectors? */
static __always_inline bool system_supports_sve(void)
{
	return cpus_have_cap(ARM64_HAS_SVE);
}

/** system_supports_address_auth - may programs sign pointers? */
static __always_inline bool system_supports_address_auth(void)
{
	return cpus_have_cap(ARM64_HAS_ADDRESS_AUTH);
}

/** system_supports_generic_auth - may programs make codes of any data (PACGA)? */
static __always_inline bool system_supports_generic_auth(void)
{
	return cpus_have_cap(ARM64_HAS_GENERIC_AUTH);
}

/** cpuid_feature_extract_unsigned_field - four bits of an identification register, 0 to 15 */
static inline unsigned int cpuid_feature_extract_unsigned_field(u64 reg, int shift)
{
	return (reg >> shift) & 0xf;
}

/** cpuid_feature_extract_signed_field - four bits of an identification register, -8 to 7 */
static inline int cpuid_feature_extract_signed_field(u64 reg, int shift)
{
	return (s64)(reg << (60 - shift)) >> 60;
}

void __init setup_boot_cpu_features(void);
void __init setup_system_features(void);
/* On each later CPU, early: 0, or -ENODEV if it lacks what the others use. */
int check_local_cpu_capabilities(void);
void cpu_enable_local_features(void);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_CPUFEATURE_H */
