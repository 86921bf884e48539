/* SPDX-License-Identifier: MIT */
/*
 * RNDR (a generator's output) and RNDRRS (reseeded first). They set Z when they have nothing. The
 * ID register is read each time: it is this CPU's own, and these calls are rare.
 */
#ifndef _ASM_ARCHRANDOM_H
#define _ASM_ARCHRANDOM_H

#include <linux/types.h>
#include <asm/sysreg.h>

#define ID_AA64ISAR0_RNDR_SHIFT	60

/** __cpu_has_rng - has this CPU RNDR? */
static inline bool __cpu_has_rng(void)
{
	return read_sysreg(SYS_ID_AA64ISAR0_EL1) >> ID_AA64ISAR0_RNDR_SHIFT;
}

/**
 * __arm64_rndr - a random word of the CPU's generator
 *
 * Return: false if it has none at the moment.
 */
static inline bool __arm64_rndr(unsigned long *v)
{
	bool ok;

	asm volatile("mrs %0, s3_3_c2_c4_0\n\tcset %w1, ne" : "=r" (*v), "=r" (ok) : : "cc");
	return ok;
}

/** __arm64_rndrrs - the same, reseeded for it */
static inline bool __arm64_rndrrs(unsigned long *v)
{
	bool ok;

	asm volatile("mrs %0, s3_3_c2_c4_1\n\tcset %w1, ne" : "=r" (*v), "=r" (ok) : : "cc");
	return ok;
}

/** arch_get_random_longs - fill in random words of the CPU. Return: how many: 0 or 1 */
static inline size_t __must_check arch_get_random_longs(unsigned long *v, size_t max_longs)
{
	return max_longs && __cpu_has_rng() && __arm64_rndr(v) ? 1 : 0;
}

/** arch_get_random_seed_longs - fill in words fit to seed with. Return: how many: 0 or 1 */
static inline size_t __must_check arch_get_random_seed_longs(unsigned long *v, size_t max_longs)
{
	return max_longs && __cpu_has_rng() && __arm64_rndrrs(v) ? 1 : 0;
}

#endif /* _ASM_ARCHRANDOM_H */
