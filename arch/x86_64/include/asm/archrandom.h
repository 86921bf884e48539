/* SPDX-License-Identifier: MIT */
/* RDRAND and RDSEED. Each may fail for a while; a caller that gets nothing goes without. */
#ifndef _ASM_X86_ARCHRANDOM_H
#define _ASM_X86_ARCHRANDOM_H

#include <linux/types.h>
#include <asm/cpufeature.h>

#define RDRAND_RETRY_LOOPS	10

/**
 * rdrand_long - a random word of the CPU's generator
 *
 * Return: false if it has none after ten tries.
 */
static inline bool __must_check rdrand_long(unsigned long *v)
{
	unsigned int retry = RDRAND_RETRY_LOOPS;
	bool ok;

	do {
		asm volatile("rdrand %[out]" : "=@ccc" (ok), [out] "=r" (*v));
	} while (!ok && --retry);
	return ok;
}

/** rdseed_long - a word of the CPU's entropy. Return: false if it has none at the moment */
static inline bool __must_check rdseed_long(unsigned long *v)
{
	bool ok;

	asm volatile("rdseed %[out]" : "=@ccc" (ok), [out] "=r" (*v));
	return ok;
}

/** arch_get_random_longs - fill in random words of the CPU. Return: how many: 0 or 1 */
static inline size_t __must_check arch_get_random_longs(unsigned long *v, size_t max_longs)
{
	return max_longs && boot_cpu_has(X86_FEATURE_RDRAND) && rdrand_long(v) ? 1 : 0;
}

/** arch_get_random_seed_longs - fill in words fit to seed with. Return: how many: 0 or 1 */
static inline size_t __must_check arch_get_random_seed_longs(unsigned long *v, size_t max_longs)
{
	return max_longs && boot_cpu_has(X86_FEATURE_RDSEED) && rdseed_long(v) ? 1 : 0;
}

#endif
