/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITOPS_BUILTIN_H
#define _ASM_GENERIC_BITOPS_BUILTIN_H

/*
 * Searching one word. The compiler knows the instruction (bsf, bsr, clz, rbit) and folds
 * constants. Numbering: ffs() and fls() count from 1 and give 0 for 0; __ffs(), __fls() and ffz()
 * count from 0 and are undefined if there is nothing to find.
 */

#include <linux/compiler.h>
#include <linux/types.h>

static __always_inline __attribute_const__ unsigned int __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

static __always_inline __attribute_const__ unsigned int __fls(unsigned long word)
{
	return BITS_PER_LONG - 1 - __builtin_clzl(word);
}

static __always_inline __attribute_const__ int ffs(int x)
{
	return __builtin_ffs(x);
}

static __always_inline __attribute_const__ int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static __always_inline __attribute_const__ int fls64(__u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

/* The lowest zero bit; undefined for ~0UL. */
#define ffz(x)	__ffs(~(x))

#endif
